/* What is said of images that a flow learned from is true of every count of them. */
#include "model/detect/learned.h"

#include <string.h>

#define N_STATES 10000
#define SEED     20261130

static const char *const nouns[LIMEN_N_LEARNED_CLAIMS] = {"normal images", "anomalies"};

static LimenLearnedSet
draw_set (GRand *rand)
{
  static const int most[] = {0, 1, 2, 10, 3000};
  guint n = (guint)g_rand_int_range (rand, 0, most[g_rand_int_range (rand, 0, 5)] + 1);
  guint learned[] = {0, n, (guint)g_rand_int_range (rand, 0, (int)n + 1)};
  return (LimenLearnedSet){n, learned[g_rand_int_range (rand, 0, 3)], g_rand_boolean (rand)};
}

/* Judging */

static gboolean
take (const char **text, const char *words)
{
  if (!g_str_has_prefix (*text, words))
    return FALSE;
  *text += strlen (words);
  return TRUE;
}

static guint
take_count (const char **text)
{
  guint n = 0;
  while (g_ascii_isdigit (**text) || g_str_has_prefix (*text, "\u2009")) {
    if (g_ascii_isdigit (**text))
      n = n * 10 + (guint)(*(*text)++ - '0');
    else
      *text += strlen ("\u2009");
  }
  return n;
}

/* One sentence at the beginning of @text, about @set */
static gboolean
is_true (const char **text, const char *noun, LimenLearnedSet set)
{
  gboolean whole;
  if (!take (text, "The flow was trained with "))
    return FALSE;
  if (take (text, "files of the ")) /* no image is as it was, but a file is */
    return set.same_files && set.n_learned == 0 && set.n_images > 0 && take (text, noun) &&
           take (text, ", which were read in another way or have changed since: their rate may be "
                       "no estimate for new ones.");
  if (take (text, "all of the "))
    whole = set.n_images > 0 && set.n_learned == set.n_images;
  else {
    guint learned = take_count (text);
    if (!take (text, " of the "))
      return FALSE;
    guint n = take_count (text);
    whole = learned == set.n_learned && n == set.n_images && learned > 0 && learned < n &&
            take (text, " ");
  }
  return whole && take (text, noun) && take (text, ": their rate is no estimate for new ones.");
}

/* Whether there is anything to say */
static gboolean
is_known (LimenLearnedSet set)
{
  return set.n_images > 0 && (set.n_learned > 0 || set.same_files);
}

static gboolean
is_true_of_both (const char *text, const LimenLearned *learned)
{
  gboolean normal = is_known (learned->normal), anomaly = is_known (learned->anomaly);
  if (!text)
    return !normal && !anomaly;
  if (normal && !is_true (&text, nouns[0], learned->normal))
    return FALSE;
  if (normal && anomaly && !take (&text, " "))
    return FALSE;
  if (anomaly && !is_true (&text, nouns[1], learned->anomaly))
    return FALSE;
  return (normal || anomaly) && !*text;
}

/* Tests */

static void
test_no_sentence_is_contradicted (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (SEED);
  guint said[LIMEN_N_LEARNED_CLAIMS][8] = {{0}}, silent = 0;
  for (guint s = 0; s < N_STATES; s++) {
    LimenLearned learned = {draw_set (rand), draw_set (rand)};
    const LimenLearnedSet *set[] = {&learned.normal, &learned.anomaly};
    g_autofree char *text = limen_learned_sentence (&learned);
    if (!is_true_of_both (text, &learned))
      g_error ("state %u: “%s” is not true", s, text);
    silent += !text;
    for (guint table = 0; table < LIMEN_N_LEARNED_CLAIMS; table++) {
      guint n;
      const LimenClaim *claims = limen_learned_claims (table, &n);
      said[table][limen_claim_first (claims, n, set[table])]++;
    }
  }
  g_assert_cmpuint (silent, >, 0);
  for (guint table = 0; table < LIMEN_N_LEARNED_CLAIMS; table++) {
    guint n;
    const LimenClaim *claims = limen_learned_claims (table, &n);
    for (guint i = 0; i < n; i++)
      if (said[table][i] == 0)
        g_error ("no state makes “%s” be said", claims[i].name);
  }
}

static gboolean
is_caught (LimenLearnedClaims table, LimenClaim claim)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (SEED);
  claim.holds = limen_claim_always;
  for (guint s = 0; s < N_STATES; s++) {
    LimenLearnedSet set = draw_set (rand);
    g_autofree char *said = limen_claim_say (&claim, 1, &set);
    const char *text = said;
    if (!is_true (&text, nouns[table], set))
      return TRUE;
  }
  return FALSE;
}

static void
test_each_condition_is_needed (void)
{
  for (guint table = 0; table < LIMEN_N_LEARNED_CLAIMS; table++) {
    guint n;
    const LimenClaim *claims = limen_learned_claims (table, &n);
    for (guint i = 0; i < n; i++)
      if (!is_caught (table, claims[i]))
        g_error ("“%s” without its condition: nothing is noticed", claims[i].name);
  }
}

static void
test_of_nothing_nothing_is_said (void)
{
  g_assert_null (limen_learned_sentence (&(LimenLearned){0}));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name) g_test_add_func ("/learned-sentences/" #name, test_##name)
  ADD (no_sentence_is_contradicted);
  ADD (each_condition_is_needed);
  ADD (of_nothing_nothing_is_said);
#undef ADD
  return g_test_run ();
}
