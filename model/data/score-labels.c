#include "model/data/score-labels.h"

#include "model/data/cell-number.h"
#include "model/data/role-words.h"

#include <math.h>
#include <string.h>

#define MOST_WORDS 200
#define MOST_NAMED 6 /* words in a sentence */

/* What a word says, before it is seen beside others */
typedef enum {
  NOTHING,
  NORMAL,
  ANOMALY,
  KIND,
  YES,
  NO,
  VALIDATION,
  FIT,
  TEST,
  NUMBER,
  UNSORTED,
  UNCLEAR
} Says;

void
limen_labels_init (LimenLabels *labels)
{
  *labels = (LimenLabels){.code = g_byte_array_new (),
                          .word = g_ptr_array_new_with_free_func (g_free),
                          .known = g_hash_table_new (g_str_hash, g_str_equal)};
}

void
limen_labels_clear (LimenLabels *labels)
{
  g_clear_pointer (&labels->code, g_byte_array_unref);
  g_clear_pointer (&labels->known, g_hash_table_unref);
  g_clear_pointer (&labels->word, g_ptr_array_unref);
}

static guint8
code_of (LimenLabels *labels, const char *text, gsize n)
{
  const char *last = labels->last ? labels->word->pdata[labels->last - 1] : NULL;
  if (last && strncmp (last, text, n) == 0 && !last[n])
    return labels->last;
  g_autofree char *word = g_strndup (text, n);
  guint code = GPOINTER_TO_UINT (g_hash_table_lookup (labels->known, word));
  if (code == 0 && labels->word->len == MOST_WORDS) {
    labels->too_many = TRUE;
    return 0;
  }
  if (code == 0) {
    code = labels->word->len + 1;
    g_ptr_array_add (labels->word, word);
    g_hash_table_insert (labels->known, g_steal_pointer (&word), GUINT_TO_POINTER (code));
  }
  return labels->last = (guint8)code;
}

static gboolean
is_one_of (const char *text, gsize n, const char *const *words)
{
  for (; *words; words++)
    if (strlen (*words) == n && g_ascii_strncasecmp (text, *words, n) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
is_missing (const char *text, gsize n)
{
  static const char *const words[] = {"nan", "none", "na", "n/a", "null", "?", "-", NULL};
  return n == 0 || is_one_of (text, n, words);
}

void
limen_labels_add (LimenLabels *labels, const char *text, gsize n)
{
  guint8 code = is_missing (text, n) ? 0 : code_of (labels, text, n);
  g_byte_array_append (labels->code, &code, 1);
}

void
limen_labels_add_folder (LimenLabels *labels, const char *name, gsize n)
{
  while (n > 0 && name[n - 1] != '/' && name[n - 1] != '\\')
    n--;
  gsize end = n > 0 ? n - 1 : 0, begin = end;
  while (begin > 0 && name[begin - 1] != '/' && name[begin - 1] != '\\')
    begin--;
  guint8 code = end > begin ? code_of (labels, name + begin, end - begin) : 0;
  g_byte_array_append (labels->code, &code, 1);
}

/* -- words -- */

static Says
says_of_name (const char *word)
{
  switch (limen_name_says (word)) {
  case LIMEN_NAME_SAYS_NORMAL:
    return NORMAL;
  case LIMEN_NAME_SAYS_ANOMALY:
    return ANOMALY;
  case LIMEN_NAME_SAYS_KIND:
    return KIND;
  case LIMEN_NAME_SAYS_TRAIN:
    return FIT;
  case LIMEN_NAME_SAYS_YES:
    return YES;
  case LIMEN_NAME_SAYS_NO:
    return NO;
  case LIMEN_NAME_SAYS_UNCLEAR:
    return UNCLEAR;
  default:
    return NOTHING;
  }
}

/* "picture" and "fit" are sets in tables of Limen's own. */
static Says
says_of (const char *word)
{
  static const char *const yes[] = {"true", "t", "y", NULL}, *const no[] = {"false", "f", "n",
                                                                            NULL};
  static const char *const unsorted[] = {"unsorted",  "mixed",   "unlabelled",
                                         "unlabeled", "picture", NULL},
                           *const fit[] = {"fit", NULL};
  gsize n = strlen (word);
  double value;
  if (limen_cell_number (word, n, LIMEN_DECIMAL_POINT, &value, NULL))
    return NUMBER;
  if (is_one_of (word, n, yes))
    return YES;
  if (is_one_of (word, n, no))
    return NO;
  if (is_one_of (word, n, unsorted))
    return UNSORTED;
  if (is_one_of (word, n, fit))
    return FIT;
  Says says = says_of_name (word);
  if (says == NOTHING && limen_name_is_split (word))
    return g_ascii_strncasecmp (word, "val", 3) == 0 ? VALIDATION : TEST;
  return says;
}

gboolean
limen_label_may_be (const char *text, gsize n)
{
  g_autofree char *word = g_strndup (text, n);
  double value;
  if (limen_cell_number (text, n, LIMEN_DECIMAL_POINT, &value, NULL))
    return fabs (value) == 1 || value == 0;
  Says says = says_of (word);
  return says != NOTHING && says != UNCLEAR;
}

gboolean
limen_label_is_split (const char *word)
{
  Says says = says_of (word);
  return says == VALIDATION || says == FIT || says == TEST;
}

/* -- what they say together -- */

/* How many words say what; @other: (nullable): the only word that says nothing */
typedef struct {
  guint n[UNCLEAR + 1];
  const char *other, *normal, *anomaly;
} Together;

static Together
look_at_all (const LimenLabels *labels)
{
  Together all = {0};
  for (guint i = 0; i < labels->word->len; i++) {
    const char *word = labels->word->pdata[i];
    Says says = says_of (word);
    all.n[says]++;
    all.other = says == NOTHING ? word : all.other;
    all.normal = says == NORMAL ? word : all.normal;
    all.anomaly = says == ANOMALY || says == KIND ? word : all.anomaly;
  }
  return all;
}

static char *
listed (const LimenLabels *labels)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < MIN (labels->word->len, MOST_NAMED); i++) {
    const char *word = labels->word->pdata[i];
    g_autofree char *shown = limen_printable (word, strlen (word));
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", shown);
  }
  if (labels->word->len > MOST_NAMED)
    g_string_append (text, ", …");
  return g_string_free (text, FALSE);
}

static char *
refuse_words (const LimenLabels *labels, const char *path, const char *column, GError **error)
{
  g_autofree char *words = listed (labels);
  limen_refuse (
      error, LIMEN_ERROR_MISMATCH, path,
      "has labels (%s) in “%s” that do not say which images are normal; say which label is "
      "that of normal ones, or that there are no labels",
      words, column);
  return NULL;
}

static char *
decide_given (LimenLabels *labels, const char *normal, const char *path, const char *column,
              GError **error)
{
  gboolean found = FALSE;
  for (guint i = 0; i < labels->word->len; i++) {
    gboolean is = g_ascii_strcasecmp (labels->word->pdata[i], normal) == 0;
    gboolean unsorted = says_of (labels->word->pdata[i]) == UNSORTED;
    labels->of[i] = is ? LIMEN_ROWS_NORMAL : unsorted ? LIMEN_ROWS_UNKNOWN : LIMEN_ROWS_ANOMALY;
    found = found || is;
  }
  if (found)
    return g_strdup_printf ("“%s” being normal", normal);
  g_autofree char *words = listed (labels);
  limen_refuse (error, LIMEN_ERROR_ARGUMENT, path,
                "has no label “%s” in “%s”; choose one of its own: %s", normal, column, words);
  return NULL;
}

/* 0 and 1; numbers below 0 and others; of more kinds nothing is known. */
static char *
decide_numbers (LimenLabels *labels, gboolean turned, const char *path, const char *column,
                GError **error)
{
  gboolean negative = FALSE, binary = TRUE;
  for (guint i = 0; i < labels->word->len; i++) {
    const char *word = labels->word->pdata[i];
    double value = NAN;
    limen_cell_number (word, strlen (word), LIMEN_DECIMAL_POINT, &value, NULL);
    negative = negative || value < 0;
    binary = binary && (value == 0 || value == 1);
  }
  if (!negative && !binary)
    return refuse_words (labels, path, column, error);
  for (guint i = 0; i < labels->word->len; i++) {
    const char *word = labels->word->pdata[i];
    double value = NAN;
    limen_cell_number (word, strlen (word), LIMEN_DECIMAL_POINT, &value, NULL);
    gboolean anomaly = negative ? value < 0 : (value == 1) != turned;
    labels->of[i] = anomaly ? LIMEN_ROWS_ANOMALY : LIMEN_ROWS_NORMAL;
  }
  return g_strdup (negative ? "numbers below 0 being anomalies"
                   : turned ? "1 being normal"
                            : "1 being an anomaly");
}

/* @yes: what "true" is; @nothing: what a word is that says nothing */
static LimenRowsOf
rows_of (Says says, LimenRowsOf yes, LimenRowsOf nothing)
{
  switch (says) {
  case NORMAL:
    return LIMEN_ROWS_NORMAL;
  case ANOMALY:
  case KIND:
    return LIMEN_ROWS_ANOMALY;
  case YES:
    return yes;
  case NO:
    return yes == LIMEN_ROWS_ANOMALY ? LIMEN_ROWS_NORMAL : LIMEN_ROWS_ANOMALY;
  case VALIDATION:
    return LIMEN_ROWS_VALIDATION;
  case FIT:
    return LIMEN_ROWS_FIT;
  case UNSORTED:
    return LIMEN_ROWS_UNKNOWN;
  default:
    return nothing;
  }
}

/* As of folders: what says nothing beside normal ones is a kind of anomaly (MVTec AD), and the only
 * such word beside anomalies is normal. */
static char *
decide_words (LimenLabels *labels, gboolean turned, const char *path, const char *column,
              GError **error)
{
  Together all = look_at_all (labels);
  LimenRowsOf yes = turned ? LIMEN_ROWS_NORMAL : LIMEN_ROWS_ANOMALY, nothing = LIMEN_ROWS_UNKNOWN;
  if (all.n[UNCLEAR] > 0 || all.n[NUMBER] > 0 || all.n[TEST] == labels->word->len)
    return refuse_words (labels, path, column, error);
  if (all.n[NOTHING] > 0 && all.normal && all.n[ANOMALY] == 0)
    nothing = LIMEN_ROWS_ANOMALY;
  else if (all.n[NOTHING] == 1 && all.anomaly && !all.normal)
    nothing = LIMEN_ROWS_NORMAL;
  else if (all.n[NOTHING] > 0)
    return refuse_words (labels, path, column, error);
  for (guint i = 0; i < labels->word->len; i++)
    labels->of[i] = rows_of (says_of (labels->word->pdata[i]), yes, nothing);
  if (all.n[YES] + all.n[NO] > 0)
    return g_strdup (turned ? "true being normal" : "true being an anomaly");
  if (all.n[NOTHING] > 0)
    return g_strdup_printf ("“%s” being %s", all.other,
                            nothing == LIMEN_ROWS_ANOMALY ? "an anomaly beside normal ones"
                                                          : "normal beside anomalies");
  return g_strdup ("");
}

char *
limen_labels_decide (LimenLabels *labels, const char *header, const char *normal, const char *path,
                     const char *column, GError **error)
{
  gboolean turned = header && limen_name_says (header) == LIMEN_NAME_SAYS_NORMAL;
  if (labels->too_many) {
    limen_refuse (error, LIMEN_ERROR_MISMATCH, path,
                  "has more than %d different labels in “%s”; name another column, or say that "
                  "there are no labels",
                  MOST_WORDS, column);
    return NULL;
  }
  if (normal)
    return decide_given (labels, normal, path, column, error);
  guint n_numbers = look_at_all (labels).n[NUMBER];
  return n_numbers > 0 && n_numbers == labels->word->len
             ? decide_numbers (labels, turned, path, column, error)
             : decide_words (labels, turned, path, column, error);
}

void
limen_labels_decide_splits (LimenLabels *labels)
{
  for (guint i = 0; i < labels->word->len; i++) {
    Says says = says_of (labels->word->pdata[i]);
    labels->of[i] = says == VALIDATION || says == FIT
                        ? rows_of (says, LIMEN_ROWS_UNKNOWN, LIMEN_ROWS_UNKNOWN)
                        : LIMEN_ROWS_UNKNOWN;
  }
}

LimenRowsOf
limen_labels_of (const LimenLabels *labels, guint index)
{
  guint8 code = labels->code->data[index];
  return code ? (LimenRowsOf)labels->of[code - 1] : LIMEN_ROWS_UNKNOWN;
}
