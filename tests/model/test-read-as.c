/* What is told of arrays, in 10,000 random ones: each sentence is judged from the numbers of the
 * array and the pixels that came of them, not from what the reader thinks. A condition that were
 * always true would be noticed. */
#include "model/data/sentences.h"
#include "model/read-as-trials.h"

#define N_TRIALS 10000

/* Judging: from the numbers and the pixels */

static gboolean
asks_for_range (const Trial *trial)
{
  return trial->options.reading.black != trial->options.reading.white;
}

static gboolean
asks_for_layout (const Trial *trial)
{
  return trial->options.reading.unit != LIMEN_UNIT_AUTO;
}

/* Which column is no pixel: it is missing among the pixels of the first image */
static int
label_column (const Trial *trial)
{
  const LimenArray *array = &trial->array;
  guint64 pixels = (guint64)trial->images->width * trial->images->height;
  if (array->n_dims != 2 || trial->images->n != array->dims[0] || pixels + 1 != array->dims[1])
    return -1;
  double first = trial->value[0], second = trial->value[1];
  double got = trial->images->u8 ? trial->images->u8[0] / 255.0 : (double)trial->images->f32[0];
  double range = trial->told->done.white - trial->told->done.black, black = trial->told->done.black;
  gboolean is_second = fabs (CLAMP ((second - black) / range, 0, 1) - got) < 1e-6;
  gboolean is_first = fabs (CLAMP ((first - black) / range, 0, 1) - got) < 1e-6;
  if (is_first && is_second)
    return trial->told->done.label == LIMEN_LABEL_FIRST ? 0 : (int)pixels;
  return is_second ? 0 : (int)pixels;
}

typedef struct {
  double low, high;
  guint n, n_outside;
  double beyond;
} Seen;

/* All numbers but labels, against the ends @low and @high */
static Seen
see (const Trial *trial, double low, double high)
{
  Seen seen = {INFINITY, -INFINITY, 0, 0, 0};
  int label = label_column (trial);
  guint n = (guint)(trial->array.size / limen_number_size (trial->array.type));
  guint last = (guint)trial->array.dims[trial->array.n_dims - 1];
  for (guint k = 0; k < n; k++) {
    double value = trial->value[k];
    if (label >= 0 && k % last == (guint)label)
      continue;
    seen.n++;
    seen.low = MIN (seen.low, value);
    seen.high = MAX (seen.high, value);
    seen.n_outside += value < low || value > high;
    seen.beyond = MAX (seen.beyond, MAX (low - value, value - high));
  }
  return seen;
}

/* A number of a sentence: with thin spaces, a real minus sign */
static double
number_behind (const char *sentence, const char *words)
{
  const char *at = strstr (sentence, words);
  if (!at)
    return NAN;
  g_autofree char *rest = g_strdup (at + strlen (words));
  GString *digits = g_string_new (rest);
  g_string_replace (digits, "\u2009", "", 0);
  g_string_replace (digits, "\u2212", "-", 0);
  double value = g_ascii_strtod (digits->str, NULL);
  g_string_free (digits, TRUE);
  return value;
}

static gboolean
near (double a, double b)
{
  return fabs (a - b) <= 1e-8 * MAX (1, fabs (b));
}

static gboolean
judge_outside (const Trial *trial, const char *sentence, Seen *seen)
{
  double low = number_behind (sentence, "outside of "), high = number_behind (sentence, " to ");
  *seen = see (trial, low, high);
  return near (number_behind (sentence, ""), seen->n_outside) &&
         near (number_behind (sentence, " of "), seen->n) && seen->n_outside > 0;
}

static gboolean
judge_rounded (const Trial *trial, const char *sentence)
{
  Seen seen;
  double low = number_behind (sentence, "outside of "), high = number_behind (sentence, " to ");
  return judge_outside (trial, sentence, &seen) && !asks_for_range (trial) &&
         seen.beyond <= 1.0001e-6 * (high - low);
}

static gboolean
judge_cut (const Trial *trial, const char *sentence)
{
  Seen seen;
  const LimenReading *asked = &trial->options.reading;
  return judge_outside (trial, sentence, &seen) && asks_for_range (trial) &&
         near (number_behind (sentence, "outside of "), MIN (asked->black, asked->white)) &&
         near (number_behind (sentence, " to "), MAX (asked->black, asked->white));
}

/* The pixel that came of the number @value: the first of grey images without labels */
static gboolean
becomes (const Trial *trial, double value, double pixel)
{
  gsize n = (gsize)trial->images->n * trial->images->width * trial->images->height;
  double most = 0;
  Seen seen = see (trial, 0, 0);
  if (seen.high != value)
    return FALSE;
  for (gsize k = 0; k < n; k++)
    most = MAX (most,
                trial->images->u8 ? trial->images->u8[k] / 255.0 : (double)trial->images->f32[k]);
  return seen.n != n || fabs (most - pixel) < 1e-6; /* colour is a mean of numbers */
}

static gboolean
judge_zero_one (const Trial *trial, const char *sentence)
{
  Seen seen = see (trial, 0, 1);
  guint n = (guint)(trial->array.size / limen_number_size (trial->array.type));
  guint last = (guint)trial->array.dims[trial->array.n_dims - 1];
  for (guint k = 0; k < n; k++)
    if ((int)(k % last) != label_column (trial) && trial->value[k] != 0 && trial->value[k] != 1)
      return FALSE;
  return seen.high == 1 && becomes (trial, 1, 1) && trial->array.type != LIMEN_NUMBER_BOOL &&
         trial->array.type < LIMEN_NUMBER_F16 && !asks_for_range (trial);
}

static gboolean
judge_dark (const Trial *trial, const char *sentence)
{
  double high = number_behind (sentence, "value is "), white = number_behind (sentence, "half of ");
  Seen seen = see (trial, 0, 0);
  return near (seen.high, high) && high < white / 2 && becomes (trial, seen.high, high / white) &&
         !asks_for_range (trial);
}

static gboolean
judge_below (const Trial *trial, const char *sentence)
{
  double high = number_behind (sentence, "value is "), low = number_behind (sentence, "middle of ");
  double white = number_behind (sentence, " to ");
  Seen seen = see (trial, 0, 0);
  return near (seen.high, high) && low < 0 && near (white, -low) && high <= 0 &&
         becomes (trial, seen.high, CLAMP ((seen.high - low) / (white - low), 0, 1)) &&
         !asks_for_range (trial);
}

static gboolean
judge_narrow (const Trial *trial, const char *sentence)
{
  double high = number_behind (sentence, "above ");
  Seen seen = see (trial, 0, 0);
  return limen_number_size (trial->array.type) == 2 && near (seen.high, high) && high <= 255 &&
         becomes (trial, seen.high, seen.high / 255) && !asks_for_range (trial);
}

static gboolean
judge_half (const Trial *trial, const char *sentence)
{
  Seen seen = see (trial, -0.5, 0.5);
  return seen.beyond <= 1.0001e-6 && seen.low < 0 &&
         becomes (trial, seen.high, CLAMP (seen.high + 0.5, 0, 1)) && !asks_for_range (trial);
}

static gboolean
judge_label (const Trial *trial, const char *sentence)
{
  int column = label_column (trial);
  double low = INFINITY, high = -INFINITY;
  if (column < 0 || trial->options.reading.label)
    return FALSE;
  guint last = (guint)trial->array.dims[1];
  for (guint i = 0; i < trial->array.dims[0]; i++) {
    low = MIN (low, trial->value[i * last + (guint)column]);
    high = MAX (high, trial->value[i * last + (guint)column]);
  }
  return near (number_behind (sentence, "from "), low) &&
         near (number_behind (sentence, " to "), high) &&
         near (number_behind (sentence, " of "), last) &&
         !strstr (sentence, "first") == (column != 0);
}

static gboolean
judge_picture (const Trial *trial, const char *sentence)
{
  double rows = number_behind (sentence, "Each of its "),
         width = number_behind (sentence, "picture of ");
  const guint64 *dims = trial->array.dims;
  return trial->array.n_dims == 2 && rows == dims[0] && trial->images->n == dims[0] &&
         width == dims[1] && trial->images->width * trial->images->height == dims[1] &&
         MIN (dims[0], dims[1]) >= 16 && MAX (dims[0], dims[1]) <= 4 * MIN (dims[0], dims[1]) &&
         !asks_for_layout (trial);
}

static gboolean
judge_rows (const Trial *trial, const char *sentence)
{
  const guint64 *dims = trial->array.dims;
  double side = number_behind (sentence, "image of "), with_label = !!strstr (sentence, "label");
  return trial->array.n_dims == 2 && trial->images->n == 1 && side >= 8 &&
         side * side + with_label == (double)dims[1] && !asks_for_layout (trial) &&
         number_behind (sentence, "each of its ") == (double)dims[0];
}

static gboolean
judge_planes (const Trial *trial, const char *sentence)
{
  return trial->array.n_dims == 3 && trial->array.dims[0] == 3 && trial->images->n == 3 &&
         trial->array.dims[1] > 4 && !asks_for_layout (trial);
}

static gboolean
judge_colour (const Trial *trial, const char *sentence)
{
  return trial->array.n_dims == 3 && trial->images->n == 1 && trial->array.dims[0] > 1 &&
         number_behind (sentence, "Its ") == trial->array.dims[2] && !asks_for_layout (trial);
}

static gboolean
judge_opacity (const Trial *trial, const char *sentence)
{
  const LimenImages *images = trial->images;
  double black = trial->told->done.black, length = trial->told->done.white - black;
  if (trial->array.n_dims != 4 || trial->array.dims[3] != 2)
    return FALSE;
  for (gsize k = 0; k < (gsize)images->n * images->width * images->height; k++) {
    double got = images->u8 ? images->u8[k] / 255.0 : (double)images->f32[k];
    double grey = CLAMP ((trial->value[2 * k] - black) / length, 0, 1);
    double alpha = CLAMP ((trial->value[2 * k + 1] - black) / length, 0, 1);
    if (length < 0)
      alpha = 1 - alpha;
    if (!trial->options.reading.transposed &&
        fabs (got - (grey * alpha + 1 - alpha)) > (images->u8 ? 1.01 / 255 : 1e-6))
      return FALSE;
  }
  return TRUE;
}

/* Less than 16 on a side, or more than four times as long as wide */
static gboolean
judge_shape (const Trial *trial, const char *sentence)
{
  guint64 a = trial->array.dims[0], b = trial->array.dims[1], least = MIN (a, b), most = MAX (a, b);
  return trial->array.n_dims == 2 && trial->images->n == 1 && (least < 16 || most > 4 * least) &&
         number_behind (sentence, "All of (") == a && !asks_for_layout (trial);
}

static gboolean
judge_columns (const Trial *trial, const char *sentence)
{
  return trial->array.n_dims == 2 && trial->images->n == trial->array.dims[1] &&
         number_behind (sentence, "Each of its ") == trial->array.dims[1] &&
         number_behind (sentence, "each has ") == trial->array.dims[0] && !asks_for_layout (trial);
}

static gboolean
judge_emnist (const Trial *trial, const char *sentence)
{
  return !trial->options.reading.transposed &&
         (strstr (trial->told->file, "emnist") || strstr (trial->told->file, "EMNIST"));
}

static gboolean
judge_member (const Trial *trial, const char *sentence)
{
  const LimenReadAs *told = trial->told;
  return told->member && !told->member_asked && strstr (sentence, ":x_train.") &&
         number_behind (sentence, "Of its ") == g_strv_length (told->members);
}

static gboolean
judge_left_out (const Trial *trial, const char *sentence)
{
  return trial->told->left_out && g_str_has_suffix (sentence, ": label.");
}

/* Which tables are so is tested with those. */
static gboolean
judge_order (const Trial *trial, const char *sentence)
{
  return trial->told->reordered;
}

static const struct {
  const char *name;
  gboolean (*is_true) (const Trial *trial, const char *sentence);
} judges[] = {
    {"one of several arrays", judge_member},
    {"rounded", judge_rounded},
    {"cut", judge_cut},
    {"zero and one", judge_zero_one},
    {"dark", judge_dark},
    {"below the middle", judge_below},
    {"narrow", judge_narrow},
    {"half", judge_half},
    {"label", judge_label},
    {"perhaps one picture", judge_picture},
    {"perhaps images", judge_rows},
    {"perhaps scores", judge_shape},
    {"perhaps colours", judge_planes},
    {"perhaps many images", judge_colour},
    {"perhaps no opacity", judge_opacity},
    {"columns", judge_columns},
    {"EMNIST", judge_emnist},
    {"left out", judge_left_out},
    {"order", judge_order},
};

static gboolean
is_true (const LimenClaim *claim, const Trial *trial, const char *sentence)
{
  for (guint i = 0; i < G_N_ELEMENTS (judges); i++)
    if (g_str_equal (judges[i].name, claim->name))
      return judges[i].is_true (trial, sentence);
  g_error ("no judge for %s", claim->name);
}

/* Walks random arrays. @forced: the claim that is said whatever its condition, or none. @n_said:
 * (limen_n_read_as_claims): how often each was said. Returns: the first contradiction, or NULL */
static char *
walk (guint n_trials, guint forced, guint *n_said)
{
  g_autofree Trial *trial = g_new (Trial, 1);
  LimenRandom random;
  random = limen_random_stream (11, "read-as", 0);
  for (guint i = 0; i < n_trials; i++) {
    if (!make_trial (trial, &random))
      continue;
    g_autoptr (LimenImages) images = trial->images;
    for (guint k = 0; k < limen_n_read_as_claims; k++) {
      LimenClaim claim = limen_read_as_claims[k];
      if (k == forced)
        claim.holds = limen_claim_always;
      if (!claim.holds (trial->told))
        continue;
      g_autofree char *sentence = limen_claim_words (&claim, trial->told);
      n_said[k]++;
      if (is_true (&claim, trial, sentence))
        continue;
      g_autofree char *shape = limen_array_to_string (&trial->array);
      g_autofree char *line = limen_read_as_line (trial->told);
      return g_strdup_printf ("%s: %s (%s, %s)", claim.name, sentence, shape, line);
    }
  }
  return NULL;
}

static void
test_sentences_are_true (void)
{
  g_autofree guint *n_said = g_new0 (guint, limen_n_read_as_claims);
  g_autofree char *wrong = walk (N_TRIALS, G_MAXUINT, n_said);
  g_assert_cmpstr (wrong, ==, NULL);
  for (guint k = 0; k < limen_n_read_as_claims; k++) {
    g_test_message ("%s: said %u times", limen_read_as_claims[k].name, n_said[k]);
    g_assert_cmpuint (n_said[k], >=, 10);
  }
}

static void
test_a_wrong_condition_would_be_noticed (void)
{
  for (guint k = 0; k < limen_n_read_as_claims; k++) {
    g_autofree guint *n_said = g_new0 (guint, limen_n_read_as_claims);
    g_autofree char *wrong = walk (N_TRIALS / 10, k, n_said);
    g_test_message ("%s", wrong);
    g_assert_nonnull (wrong);
    g_assert_true (g_str_has_prefix (wrong, limen_read_as_claims[k].name));
  }
}

/* Which line stands for which reading. */
static void
test_lines (void)
{
  const struct {
    LimenReadAs read_as;
    const char *line;
  } cases[] = {
      {{.done = {0, 255, LIMEN_UNIT_IMAGES}, .n_channels = 3},
       "read as 0–255, 28 × 28, grey from RGB"},
      {{.done = {-1, 1, LIMEN_UNIT_ROWS, LIMEN_LABEL_NONE}, .n_channels = 1},
       "read as \u22121 to 1, 28 × 28 from rows of 784"},
      {{.done = {0, 1, LIMEN_UNIT_ROWS, LIMEN_LABEL_LAST}, .n_channels = 1},
       "read as 0–1, 28 × 28 from rows of 785, before a label"},
      {{.done = {0, 1, LIMEN_UNIT_COLUMNS, LIMEN_LABEL_NONE}, .n_channels = 1},
       "read as 0–1, 28 × 28 from columns of 784"},
      {{.done = {255, 0, LIMEN_UNIT_ONE}, .n_channels = 4},
       "read as 255 (black) to 0 (white), 28 × 28, grey from RGBA on white"},
      {{.done = {0, 65535, LIMEN_UNIT_LAST, .transposed = TRUE},
        .n_channels = 1,
        .member = (char *)"x"},
       "x read as 0–65535, 28 × 28, their number last, rows for columns"},
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    LimenReadAs read_as = cases[i].read_as;
    read_as.width = read_as.height = 28;
    g_autofree char *line = limen_read_as_line (&read_as);
    g_assert_cmpstr (line, ==, cases[i].line);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/read-as/lines", test_lines);
  g_test_add_func ("/read-as/sentences-are-true", test_sentences_are_true);
  g_test_add_func ("/read-as/a-wrong-condition-would-be-noticed",
                   test_a_wrong_condition_would_be_noticed);
  return g_test_run ();
}
