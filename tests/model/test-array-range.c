/* Black and white of an array: what is suggested can be chosen, and leaves nothing outside. */
#include "model/data/array.h"
#include "model/data-files.h"

#include <math.h>

#define N 4

static LimenImages *
load (const double *value, gboolean is_f32, const char *range, GError **error)
{
  float f32[N] = {(float)value[0], (float)value[1], (float)value[2], (float)value[3]};
  LimenImageSetOptions options = {0};
  LimenArray array = {.data = is_f32 ? (const guchar *)f32 : (const guchar *)value,
                      .size = N * (is_f32 ? 4 : 8),
                      .fd = -1,
                      .type = is_f32 ? LIMEN_NUMBER_F32 : LIMEN_NUMBER_F64,
                      .big_endian = G_BYTE_ORDER == G_BIG_ENDIAN,
                      .n_dims = 3,
                      .dims = {1, 2, 2}};
  if (range)
    g_assert_true (limen_reading_set_range (&options.reading, range, NULL));
  return limen_array_to_images (&array, "some.npy", &options, NULL, error);
}

static char *
notes_of (const LimenImages *images)
{
  g_auto (GStrv) notes = limen_read_as_notes (images->read_as);
  return g_strjoinv ("\n", notes);
}

/* The range that a sentence suggests, or NULL */
static char *
range_in (const char *sentence)
{
  const char *at = strstr (sentence, "choose the range");
  at = at ? strstr (at, "range") + strlen ("range") : NULL;
  if (at && g_str_has_prefix (at, ", such as"))
    at += strlen (", such as");
  return at ? g_strndup (at + 1, strspn (at + 1, "0123456789.e+-") - 1) : NULL;
}

/* Whatever is suggested, of a refusal or in a note, is taken and holds all numbers. */
static void
test_what_is_suggested_holds_all_numbers (void)
{
  static const double cases[][N] = {
      {-2.5 / 255, 258.5 / 255, 0.1, 0.2},
      {-0.1307 / 0.3081, 0.8693 / 0.3081, 0, 1},
      {-1 / 3.0, 4 / 3.0, 0, 1},
      {-255, 0, -1, -3},
      {-255, -0.0, -1, -3},
      {0, 1 / 255.0, 0, 1e-3},
      {1e-9, 1.0 / 7e8, 0, 0},
      {0, 22.0 / 7, 1, 3},
      {1.5, 1.5, 1.5, 1.5},
      {-3, -3, -3, -3},
      {-1, 0, -0.5, -0.25},
      {-1, -0.1, -0.5, -0.25},
      {-0.5, -0.1, -0.3, -0.25},
      {1e7 / 3, 2e7 / 3, 0.5, 1.5},
      {-1e-300, 2e29, 0.5, 1.5},
  };
  for (guint i = 0; i < 2 * G_N_ELEMENTS (cases); i++) {
    const double *value = cases[i / 2];
    g_autoptr (GError) error = NULL;
    g_autoptr (LimenImages) images = load (value, i & 1, NULL, &error);
    g_autofree char *told = images ? notes_of (images) : g_strdup (error->message);
    g_autofree char *range = range_in (told);
    g_test_message ("%s", told);
    g_assert_nonnull (range);
    g_clear_error (&error);
    g_autoptr (LimenImages) chosen = load (value, i & 1, range, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (chosen->read_as->n_clamped, ==, 0);
    g_autofree char *notes = notes_of (chosen);
    g_assert_cmpstr (notes, ==, "");
  }
}

static void
test_round_numbers_stay_short (void)
{
  g_autofree char *a = limen_range_text (0, 300), *b = limen_range_text (-0.1, 1e5);
  g_assert_cmpstr (a, ==, "0..300");
  g_assert_cmpstr (b, ==, "-0.1..100000");
}

/* Numbers that no range holds are not answered with one. */
static void
test_no_range_is_suggested_that_is_refused (void)
{
  const double value[N] = {0, 1e200, 3, 4};
  g_autoptr (GError) error = NULL;
  g_assert_null (load (value, FALSE, NULL, &error));
  assert_sentence (error, "some.npy");
  g_assert_null (strstr (error->message, "choose the range"));
}

/* Nine digits are what people copy: what they leave out is no number outside. */
static void
test_digits_that_were_not_typed_are_not_counted (void)
{
  const double value[N] = {-2.5 / 255, 258.5 / 255, 0.1, 0.2};
  g_autoptr (LimenImages) rounded = load (value, FALSE, "-0.00980392157..1.01372549", NULL);
  g_autoptr (LimenImages) cut = load (value, FALSE, "-0.0098..1.0137", NULL);
  g_autofree char *a = notes_of (rounded), *b = notes_of (cut);
  g_assert_cmpstr (a, ==, "");
  g_assert_nonnull (strstr (b, "2 of 4 values lie outside"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/array-range/what-is-suggested-holds-all-numbers",
                   test_what_is_suggested_holds_all_numbers);
  g_test_add_func ("/array-range/round-numbers-stay-short", test_round_numbers_stay_short);
  g_test_add_func ("/array-range/no-range-is-suggested-that-is-refused",
                   test_no_range_is_suggested_that_is_refused);
  g_test_add_func ("/array-range/digits-that-were-not-typed-are-not-counted",
                   test_digits_that_were_not_typed_are_not_counted);
  return g_test_run ();
}
