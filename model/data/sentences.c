/* What is told of an array that was read as images: one line of what was done, and a sentence for
 * each thing that was guessed, rounded or left out. */
#include "model/base/claim.h"
#include "model/data/sentences.h"

#include "model/base/number.h"
#include "model/data/array-layout-private.h"

#include <math.h>
#include <string.h>

#define MOST_NAMED 8 /* arrays of a file */

/* -- words -- */

static char *
number (double value)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];
  g_ascii_formatd (digits, sizeof digits, "%.9g", fabs (value));
  return g_strconcat (value < 0 ? "\u2212" : "", digits, NULL);
}

static char *
count (guint64 n)
{
  return limen_format_number ((double)n, 0);
}

char *
limen_reading_range_text (const LimenReading *reading)
{
  g_autofree char *black = number (reading->black), *white = number (reading->white);
  if (reading->white < reading->black)
    return g_strdup_printf ("%s (black) to %s (white)", black, white);
  if (reading->black < 0)
    return g_strdup_printf ("%s to %s", black, white);
  return g_strdup_printf ("%s–%s", black, white);
}

static gboolean
is_flat (const LimenReadAs *state)
{
  return state->done.unit == LIMEN_UNIT_ROWS || state->done.unit == LIMEN_UNIT_COLUMNS;
}

/* How many numbers a row or column has: pixels, their colours, a label */
static guint64
numbers_in_row (const LimenReadAs *state)
{
  return (guint64)state->width * state->height * state->n_channels +
         (state->done.label != LIMEN_LABEL_NONE);
}

static const char *
colour_text (const LimenReadAs *state)
{
  static const char *const texts[] = {"", "", ", grey with opacity on white", ", grey from RGB",
                                      ", grey from RGBA on white"};
  static const char *const kept[] = {"", "", ", with opacity on white", ", RGB", ", RGBA on white"};
  const char *const *all = state->done.keeps_colour ? kept : texts;
  return state->n_channels < G_N_ELEMENTS (texts) ? all[state->n_channels] : "";
}

/* Few rows in order may as well have a label each. */
static gboolean
is_index (const LimenReadAs *state)
{
  return state->labels_count && state->label_high > LIMEN_MOST_LABEL;
}

char *
limen_read_as_line (const LimenReadAs *state)
{
  static const char *const sides[] = {
      [LIMEN_LABEL_FIRST] = ", behind a ", [LIMEN_LABEL_LAST] = ", before a "};
  g_autofree char *range = limen_reading_range_text (&state->done);
  GString *line = g_string_new ("read as ");
  g_string_append_printf (line, "%s, %u × %u", range, state->width, state->height);
  if (is_flat (state))
    g_string_append_printf (line, " from %s of %" G_GUINT64_FORMAT,
                            state->done.unit == LIMEN_UNIT_ROWS ? "rows" : "columns",
                            numbers_in_row (state));
  if (state->done.unit == LIMEN_UNIT_LAST)
    g_string_append (line, ", their number last");
  if (state->done.label > LIMEN_LABEL_NONE)
    g_string_append_printf (line, "%s%s", sides[state->done.label],
                            is_index (state) ? "row number" : "label");
  g_string_append (line, colour_text (state));
  if (state->done.transposed)
    g_string_append (line, ", rows for columns");
  if (!state->member)
    return g_string_free (line, FALSE);
  g_autofree char *rest = g_string_free (line, FALSE);
  return g_strdup_printf ("%s %s", state->member, rest);
}

/* -- conditions, and what is said where they hold -- */

static gboolean
range_is_guessed (const LimenReadAs *state)
{
  return state->asked.black == state->asked.white;
}

static gboolean
is_integer (LimenNumberType type)
{
  return type < LIMEN_NUMBER_F16;
}

/* Numbers passed the ends of a scale that was decided on: that happens only within 1e-6 of its
 * length, or one step of half precision. */
static gboolean
rounded_holds (gconstpointer data)
{
  const LimenReadAs *state = data;
  return state->n_clamped > 0 && range_is_guessed (state);
}

static char *
outside_text (const LimenReadAs *state)
{
  g_autofree char *n = count (state->n_clamped), *all = count (state->n_values);
  g_autofree char *low = number (MIN (state->done.black, state->done.white));
  g_autofree char *high = number (MAX (state->done.black, state->done.white));
  return g_strdup_printf ("%s of %s values %s outside of %s to %s", n, all,
                          state->n_clamped == 1 ? "lies" : "lie", low, high);
}

static const char *
count_verb (const LimenReadAs *state)
{
  return state->n_clamped == 1 ? "counts" : "count";
}

static char *
rounded_say (gconstpointer data)
{
  g_autofree char *outside = outside_text (data);
  return g_strdup_printf ("%s by a rounding error and %s as its ends.", outside, count_verb (data));
}

/* The user set a range that does not hold all numbers, by more than the digits that were typed. */
static gboolean
cut_holds (gconstpointer data)
{
  const LimenReadAs *state = data;
  double low = MIN (state->done.black, state->done.white);
  double high = MAX (state->done.black, state->done.white);
  double beyond = MAX (low - state->low, state->high - high);
  return state->n_clamped > 0 && !range_is_guessed (state) && beyond > 1e-6 * (high - low);
}

static char *
cut_say (gconstpointer data)
{
  g_autofree char *outside = outside_text (data);
  return g_strdup_printf ("%s, the range that was chosen, and %s as its ends.", outside,
                          count_verb (data));
}

/* Integers that could be larger are all 0 or 1, and there is a 1. */
static gboolean
zero_one_holds (gconstpointer data)
{
  const LimenReadAs *state = data;
  return range_is_guessed (state) && is_integer (state->type) && state->type != LIMEN_NUMBER_BOOL &&
         state->done.black == 0 && state->done.white == 1 && state->high == 1;
}

/* The scale was decided on, and the brightest number is below a quarter of it; of bytes with a
 * sign, that end at 127, below a half. */
static gboolean
dark_holds (gconstpointer data)
{
  const LimenReadAs *state = data;
  double part = state->type == LIMEN_NUMBER_I8 ? 0.5 : 0.25;
  return range_is_guessed (state) && state->done.black == 0 && state->done.white >= 1 &&
         state->high > 0 && state->high < part * state->done.white;
}

static char *
dark_say (gconstpointer data)
{
  const LimenReadAs *state = data;
  g_autofree char *high = number (state->high), *white = number (state->done.white);
  double end = state->type == LIMEN_NUMBER_I8 ? 127 : state->high;
  g_autofree char *meant = number (end), *range = limen_range_text (0, end);
  return g_strdup_printf ("The highest value is %s, not even half of %s, which is white; if %s is, "
                          "choose the range %s.",
                          high, white, meant, range);
}

/* A scale around 0 was decided on, and no number is above the middle of it. */
static gboolean
below_holds (gconstpointer data)
{
  const LimenReadAs *state = data;
  return range_is_guessed (state) && state->done.black < 0 &&
         state->high <= (state->done.black + state->done.white) / 2;
}

static char *
below_say (gconstpointer data)
{
  const LimenReadAs *state = data;
  g_autofree char *high = number (state->high), *scale = limen_reading_range_text (&state->done);
  g_autofree char *range = limen_range_text (state->done.black, state->high);
  return g_strdup_printf ("The highest value is %s, not above the middle of %s; if %s is white, "
                          "choose the range %s.",
                          high, scale, high, range);
}

/* Numbers of 16 bits that do not pass 255, though they could */
static gboolean
narrow_holds (gconstpointer data)
{
  const LimenReadAs *state = data;
  return range_is_guessed (state) && state->done.white == 255 &&
         (state->type == LIMEN_NUMBER_U16 || state->type == LIMEN_NUMBER_I16);
}

static char *
narrow_say (gconstpointer data)
{
  const LimenReadAs *state = data;
  g_autofree char *high = number (state->high);
  return g_strdup_printf (
      "The values have 16 bits, but none is above %s, so 255 is white; if 65535 "
      "is, choose the range 0..65535.",
      high);
}

/* From −0.5 to 0.5: also numbers from −1 to 1 can keep within that. */
static gboolean
half_holds (gconstpointer data)
{
  const LimenReadAs *state = data;
  return range_is_guessed (state) && state->done.white == 0.5;
}

/* A column was decided to be labels. */
static gboolean
label_holds (gconstpointer data)
{
  const LimenReadAs *state = data;
  return state->done.label > LIMEN_LABEL_NONE && state->asked.label == LIMEN_LABEL_AUTO;
}

static char *
label_say (gconstpointer data)
{
  const LimenReadAs *state = data;
  g_autofree char *low = number (state->label_low), *high = number (state->label_high);
  g_autofree char *what =
      g_strdup_printf (state->labels_count ? "which counts from %s to %s, was left out"
                                           : "with values from %s to %s, was left out as labels",
                       low, high);
  return g_strdup_printf ("The %s of %" G_GUINT64_FORMAT " %s, %s.",
                          state->done.label == LIMEN_LABEL_FIRST ? "first" : "last",
                          numbers_in_row (state),
                          state->done.unit == LIMEN_UNIT_COLUMNS ? "rows" : "columns", what);
}

/* Rows were decided to be images, but rows and columns have the proportions of one picture. Rows of
 * 28 × 28 pixels and those of a size that was asked for leave no doubt. */
static gboolean
picture_holds (gconstpointer data)
{
  const LimenReadAs *state = data;
  return state->done.unit == LIMEN_UNIT_ROWS && state->asked.unit == LIMEN_UNIT_AUTO &&
         !state->fits && state->n_dims == 2 && state->n_channels == 1 &&
         state->done.label == LIMEN_LABEL_NONE && state->width == state->height &&
         state->width != 28 && limen_shape_may_be_one_picture (state->n, state->dims[1]);
}

static char *
picture_say (gconstpointer data)
{
  const LimenReadAs *state = data;
  return g_strdup_printf (
      "Each of its %u rows was taken for an image; if all of it is one picture of "
      "%" G_GUINT64_FORMAT " × %u, choose the layout one.",
      state->n, state->dims[1], state->n);
}

/* All was decided to be one picture, but its rows are long enough for images, perhaps with a label
 * that its values do not show. */
static guint
side_in_row (const LimenReadAs *state, gboolean with_label)
{
  guint64 n = state->n_dims == 2 ? state->dims[1] - with_label : 0;
  guint side = (guint)(sqrt ((double)n) + 0.5);
  return n >= 64 && (guint64)side * side == n ? side : 0;
}

static gboolean
rows_hold (gconstpointer data)
{
  const LimenReadAs *state = data;
  return state->done.unit == LIMEN_UNIT_ONE && state->asked.unit == LIMEN_UNIT_AUTO &&
         (side_in_row (state, FALSE) || side_in_row (state, TRUE));
}

static char *
rows_say (gconstpointer data)
{
  const LimenReadAs *state = data;
  gboolean with_label = !side_in_row (state, FALSE);
  guint side = side_in_row (state, with_label);
  return g_strdup_printf ("All of it was taken for one picture; if each of its %" G_GUINT64_FORMAT
                          " rows is an image of %u × %u%s, choose the layout rows%s.",
                          state->dims[0], side, side, with_label ? " and a label" : "",
                          with_label ? ",label-first or rows,label-last" : "");
}

/* Three planes were decided to be images of their own. */
static gboolean
planes_holds (gconstpointer data)
{
  const LimenReadAs *state = data;
  return state->done.unit == LIMEN_UNIT_IMAGES && state->n_dims == 3 && state->n_channels == 1 &&
         state->n == 3 && state->asked.unit == LIMEN_UNIT_AUTO &&
         state->asked.channels == LIMEN_CHANNELS_AUTO && state->width > 4 && state->height > 4;
}

/* One picture in colour was decided on: the first of three numbers of a shape could count images.
 */
static gboolean
colour_holds (gconstpointer data)
{
  const LimenReadAs *state = data;
  return state->n_dims > 0 && state->done.unit == LIMEN_UNIT_ONE && state->n_channels > 1 &&
         state->asked.unit == LIMEN_UNIT_AUTO && state->asked.channels == LIMEN_CHANNELS_AUTO;
}

static char *
colour_say (gconstpointer data)
{
  const LimenReadAs *state = data;
  return g_strdup_printf (
      "Its %u numbers for each pixel were taken for colours of one picture; if it "
      "is many grey images, choose the layout images.",
      state->n_channels);
}

/* Two numbers for each pixel were decided to be grey and opacity. */
static gboolean
opacity_holds (gconstpointer data)
{
  const LimenReadAs *state = data;
  return state->n_dims > 0 && state->n_channels == 2 &&
         state->asked.channels == LIMEN_CHANNELS_AUTO;
}

/* Columns were decided to be images. */
static gboolean
columns_holds (gconstpointer data)
{
  const LimenReadAs *state = data;
  return state->done.unit == LIMEN_UNIT_COLUMNS && state->asked.unit == LIMEN_UNIT_AUTO;
}

static char *
columns_say (gconstpointer data)
{
  const LimenReadAs *state = data;
  return g_strdup_printf (
      "Each of its %u columns was taken for an image, for each has %" G_GUINT64_FORMAT
      " numbers; if all of it is one picture, choose the layout one.",
      state->n, numbers_in_row (state));
}

/* The name of an array says EMNIST, and the images were not turned. */
static gboolean
emnist_holds (gconstpointer data)
{
  const LimenReadAs *state = data;
  g_autofree char *lower = g_ascii_strdown (state->file, -1);
  return state->n_dims > 0 && strstr (lower, "emnist") != NULL && !state->done.transposed;
}

/* One of several arrays was taken that was not named. */
static gboolean
member_holds (gconstpointer data)
{
  const LimenReadAs *state = data;
  return state->member && !state->member_asked && state->members &&
         g_strv_length (state->members) > 1;
}

static char *
member_say (gconstpointer data)
{
  const LimenReadAs *state = data;
  GString *others = g_string_new (NULL);
  g_autofree char *base = g_path_get_basename (state->file);
  guint n = 0;
  for (guint i = 0; state->members && state->members[i]; i++)
    if (!g_str_equal (state->members[i], state->member) && ++n <= MOST_NAMED)
      g_string_append_printf (others, "%s%s:%s", n > 1 ? ", " : "", base, state->members[i]);
  g_autofree char *names = g_string_free (others, FALSE);
  return g_strdup_printf ("Of its %u arrays of images %s was taken; the other%s named %s%s.", n + 1,
                          state->member, n == 1 ? " is" : "s are", names,
                          n > MOST_NAMED ? " and so on" : "");
}

/* By its first line, a table has columns that are no pixels. */
static gboolean
left_out_holds (gconstpointer data)
{
  return ((const LimenReadAs *)data)->left_out != NULL;
}

static char *
left_out_say (gconstpointer data)
{
  return g_strdup_printf ("By its first line some columns are no pixels and were left out: %s.",
                          ((const LimenReadAs *)data)->left_out);
}

/* By its first line, the columns of a table were in another order than pixels. */
static gboolean
order_holds (gconstpointer data)
{
  return ((const LimenReadAs *)data)->reordered;
}

const LimenClaim limen_read_as_claims[] = {
    {"one of several arrays", member_holds, member_say},
    {"rounded", rounded_holds, rounded_say},
    {"cut", cut_holds, cut_say},
    {"zero and one", zero_one_holds,
     .words = "All values are 0 or 1, so 1 is white; if 255 is, choose the range 0..255."},
    {"dark", dark_holds, dark_say},
    {"below the middle", below_holds, below_say},
    {"narrow", narrow_holds, narrow_say},
    {"half", half_holds,
     .words = "No value is beyond −0.5 to 0.5, so 0.5 is white; if 1 is, choose the range "
              "-1..1."},
    {"label", label_holds, label_say},
    {"perhaps one picture", picture_holds, picture_say},
    {"perhaps images", rows_hold, rows_say},
    {"perhaps colours", planes_holds,
     .words = "Its 3 planes were taken for 3 images; if they are the colours of one, choose the "
              "layout channels-first."},
    {"perhaps many images", colour_holds, colour_say},
    {"perhaps no opacity", opacity_holds,
     .words = "The second of the 2 numbers for each pixel was taken for its opacity, on white; "
              "if it is not, save the first alone."},
    {"columns", columns_holds, columns_say},
    {"EMNIST", emnist_holds,
     .words = "Its name says EMNIST, whose files have rows for columns; if letters lie on their "
              "side, choose the layout transposed."},
    {"left out", left_out_holds, left_out_say},
    {"order", order_holds,
     .words = "By its first line the columns are not in the order of the pixels and were put in "
              "it."},
};
const guint limen_n_read_as_claims = G_N_ELEMENTS (limen_read_as_claims);

char **
limen_read_as_notes (const LimenReadAs *read_as)
{
  g_autoptr (GStrvBuilder) notes = g_strv_builder_new ();
  for (guint i = 0; i < limen_n_read_as_claims; i++) {
    const LimenClaim *claim = &limen_read_as_claims[i];
    g_autofree char *note = claim->holds (read_as) ? limen_claim_words (claim, read_as) : NULL;
    if (note)
      g_strv_builder_add (notes, note);
  }
  return g_strv_builder_end (notes);
}
