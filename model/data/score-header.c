#include "model/data/score-header.h"

#include "model/data/role-words.h"

#include <string.h>

/* Words between underscores, blanks and the like, in small letters, a blank around each: "yTrue"
 * is " y true " */
static char *
words_of (const char *header)
{
  GString *words = g_string_new (" ");
  for (const char *c = header; *c; c++) {
    gboolean hump = c > header && g_ascii_isupper (*c) && g_ascii_islower (c[-1]);
    if (hump)
      g_string_append_c (words, ' ');
    g_string_append_c (words,
                       g_ascii_isalnum (*c) || (guchar)*c >= 128 ? g_ascii_tolower (*c) : ' ');
  }
  g_string_append_c (words, ' ');
  return g_string_free (words, FALSE);
}

/* @all: words with bars between them */
static gboolean
has_one (const char *words, const char *all)
{
  while (*all) {
    gsize n = strcspn (all, "|");
    for (const char *at = words; (at = strchr (at, ' ')) != NULL; at++)
      if (strncmp (at + 1, all, n) == 0 && at[1 + n] == ' ')
        return TRUE;
    all += n + (all[n] == '|');
  }
  return FALSE;
}

#define SCORE                                                                                      \
  "score|scores|likelihood|loglikelihood|logp|loglik|logprob|nll|elbo|bpd|distance|dist|energy|"   \
  "loss|decision function|decision scores|mahalanobis|typicality|complexity|iwae|entropy|logit|"   \
  "maxlogit|msp|odin|confidence|probability|prob|proba|anomaly map max|surprise|error|mse|"        \
  "outlierness|abnormality|density"
#define TRUTH   "gt|true|truth|ground truth|target|targets|actual"
#define LABEL   "label|labels|class|classes|category|set|role|y|annotation|kind|type"
#define SPLIT   "split|subset|partition|fold"
#define VERDICT "pred|predicted|prediction|predictions|verdict|flagged|decision|hat|detected|listed"
#define NAME                                                                                       \
  "image|image path|path|file|filename|file name|filepath|img|uri|url|name|sample|key|image name"
#define INDEX "index|idx|id|row|no|nr|number|unnamed|i|n"
#define ASIDE "threshold|width|height|epoch|size|mask|seed|time|seconds|ms|channels|batch|device"

#define COORDINATE                                                                                 \
  "x|y|z|u|v|w|f|feature|feat|dim|dimension|coord|coordinate|pc|component|lat|latitude|lon|"       \
  "longitude|px|pixel|attribute|attr"

/* Numbers behind a name count them. */
gboolean
limen_header_is_coordinate (const char *header)
{
  g_autofree char *words = words_of (header);
  for (char *c = words; *c; c++)
    if (g_ascii_isdigit (*c))
      *c = ' ';
  return has_one (words, COORDINATE);
}

guint
limen_header_rank (const char *header)
{
  g_autofree char *words = words_of (header);
  if (!has_one (words, SCORE))
    return 0;
  gboolean anomaly = limen_name_says (header) == LIMEN_NAME_SAYS_ANOMALY;
  return 1 + 2 * has_one (words, "score|scores|likelihood|loglikelihood") +
         (anomaly || has_one (words, "pred|log"));
}

LimenHeaderSays
limen_header_says (const char *header)
{
  g_autofree char *words = words_of (header);
  LimenNameSays role = limen_name_says (header);
  gboolean of_role = role == LIMEN_NAME_SAYS_NORMAL || role == LIMEN_NAME_SAYS_ANOMALY;
  if (has_one (words, ASIDE))
    return LIMEN_HEADER_SAYS_ASIDE;
  if (has_one (words, SCORE))
    return LIMEN_HEADER_SAYS_SCORE;
  if (has_one (words, VERDICT))
    return LIMEN_HEADER_SAYS_VERDICT;
  if (has_one (words, TRUTH))
    return LIMEN_HEADER_SAYS_TRUTH;
  if (has_one (words, SPLIT))
    return LIMEN_HEADER_SAYS_SPLIT;
  if (has_one (words, LABEL) || of_role)
    return LIMEN_HEADER_SAYS_LABEL;
  if (!*header || has_one (words, INDEX))
    return has_one (words, "image|file") ? LIMEN_HEADER_SAYS_NAME : LIMEN_HEADER_SAYS_INDEX;
  return has_one (words, NAME) ? LIMEN_HEADER_SAYS_NAME : LIMEN_HEADER_SAYS_NOTHING;
}
