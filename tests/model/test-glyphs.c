#include "cpu-time.h"
#include "model/data/glyph-strokes.h"
#include "model/data/glyphs.h"
#include "model/data/image-set.h"

#include <math.h>
#include <string.h>

#define SIDE    LIMEN_GLYPHS_SIDE
#define PIXELS  (SIDE * SIDE)
#define CLASSES LIMEN_GLYPHS_CLASSES

/* The first SCRIPTS of them are ink on black. */
static const LimenGlyphs kinds[] = {LIMEN_GLYPHS_DIGITS, LIMEN_GLYPHS_HIRAGANA, LIMEN_GLYPHS_WOVEN,
                                    LIMEN_GLYPHS_PLAIN};
#define SCRIPTS 2

/* (n, PIXELS): images first to first + n - 1 */
static guint8 *
draw (LimenGlyphs kind, guint first, guint n, guint64 seed)
{
  g_autoptr (GError) error = NULL;
  guint8 *pixels = g_malloc ((gsize)n * PIXELS);
  memset (pixels, 0xA5, (gsize)n * PIXELS);
  g_assert_true (limen_glyphs_fill (kind, first, n, seed, pixels, NULL, &error));
  g_assert_no_error (error);
  return pixels;
}

static void
test_same_seed_same_images (void)
{
  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++) {
    g_autofree guint8 *a = draw (kinds[k], 0, 300, 11), *b = draw (kinds[k], 0, 300, 11);
    g_assert_cmpmem (a, 300 * PIXELS, b, 300 * PIXELS);
  }
}

static void
test_all_images_differ (void)
{
  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++) {
    g_autoptr (GHashTable) seen =
        g_hash_table_new_full (g_bytes_hash, g_bytes_equal, (GDestroyNotify)g_bytes_unref, NULL);
    for (guint seed = 0; seed < 4; seed++) {
      g_autofree guint8 *pixels = draw (kinds[k], 0, 500, seed | (guint64)seed << 40);
      for (guint i = 0; i < 500; i++)
        g_assert_true (g_hash_table_add (seen, g_bytes_new (pixels + i * PIXELS, PIXELS)));
    }
  }
}

static void
test_image_depends_on_its_index_only (void)
{
  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++) {
    g_autofree guint8 *all = draw (kinds[k], 0, 700, 5), *few = draw (kinds[k], 0, 130, 5),
                      *part = draw (kinds[k], 431, 200, 5);
    g_assert_cmpmem (all, 130 * PIXELS, few, 130 * PIXELS);
    g_assert_cmpmem (all + 431 * PIXELS, 200 * PIXELS, part, 200 * PIXELS);
  }
}

static void
test_any_number_of_threads (void)
{
  g_autofree char *before = g_strdup (g_getenv ("LIMEN_THREADS"));
  g_setenv ("LIMEN_THREADS", "1", TRUE);
  g_autofree guint8 *one = draw (LIMEN_GLYPHS_DIGITS, 0, 1500, 3);
  g_setenv ("LIMEN_THREADS", "2", TRUE);
  g_autofree guint8 *two = draw (LIMEN_GLYPHS_DIGITS, 0, 1500, 3);
  if (before)
    g_setenv ("LIMEN_THREADS", before, TRUE);
  else
    g_unsetenv ("LIMEN_THREADS");
  g_assert_cmpmem (one, 1500 * PIXELS, two, 1500 * PIXELS);
}

/* Mean of one image, 0 to 1; its centre of mass in px from the image's upper left corner. */
static double
measure (const guint8 *image, double *x, double *y)
{
  double mass = 0;
  *x = *y = 0;
  for (int i = 0; i < PIXELS; i++) {
    mass += image[i];
    *x += image[i] * (i % SIDE + 0.5);
    *y += image[i] * (i / SIDE + 0.5);
  }
  *x /= mass;
  *y /= mass;
  return mass / 255 / PIXELS;
}

static gboolean
touches_border (const guint8 *image)
{
  for (int i = 0; i < SIDE; i++)
    if (image[i] || image[PIXELS - 1 - i] || image[i * SIDE] || image[i * SIDE + SIDE - 1])
      return TRUE;
  return FALSE;
}

/* Hiragana fill the image, so those with most of their ink on one side are off its middle. */
static void
test_ink_is_centred_and_off_the_border (void)
{
  const double farthest[] = {3, 4}; /* px */
  const guint far_at_most[] = {40, 1000}, n = 20000;
  for (guint k = 0; k < SCRIPTS; k++) {
    g_autofree guint8 *pixels = draw (kinds[k], 0, n, 1);
    guint n_far = 0;
    for (guint i = 0; i < n; i++) {
      double x, y, ink = measure (pixels + i * PIXELS, &x, &y);
      double off = MAX (fabs (x - SIDE / 2.0), fabs (y - SIDE / 2.0));
      g_assert_cmpfloat (ink, >, 0.02);
      g_assert_cmpfloat (ink, <, 0.37);
      g_assert_cmpfloat (off, <, farthest[k]);
      g_assert_false (touches_border (pixels + i * PIXELS));
      n_far += off > 2;
    }
    g_test_message ("kind %u: %u of %u more than 2 px off the middle", k, n_far, n);
    g_assert_cmpuint (n_far, <=, far_at_most[k]);
  }
}

/* The test images of MNIST and of KMNIST: mean 0.1325 and 0.1846, deviation 0.3105 and 0.3416. */
static void
test_brightness_is_that_of_mnist_and_kmnist (void)
{
  const double means[] = {0.1325, 0.1846}, deviations[] = {0.3105, 0.3416};
  const guint n = 5000 * PIXELS;
  for (guint k = 0; k < SCRIPTS; k++) {
    g_autofree guint8 *pixels = draw (kinds[k], 0, 5000, 2);
    double sum = 0, squares = 0;
    for (guint i = 0; i < n; i++) {
      sum += pixels[i] / 255.0;
      squares += (pixels[i] / 255.0) * (pixels[i] / 255.0);
    }
    double mean = sum / n, deviation = sqrt (squares / n - mean * mean);
    g_test_message ("kind %u: mean %.4f, standard deviation %.4f", k, mean, deviation);
    g_assert_cmpfloat_with_epsilon (mean, means[k], 0.015);
    g_assert_cmpfloat_with_epsilon (deviation, deviations[k], 0.015);
  }
}

static void
test_classes_are_equally_frequent (void)
{
  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++) {
    guint counts[CLASSES] = {0};
    for (guint i = 0; i < 20000; i++)
      counts[limen_glyphs_label (kinds[k], i, 8)]++;
    for (guint c = 0; c < CLASSES; c++) /* 2000 expected, standard deviation 42 */
      g_assert_cmpint (ABS ((int)counts[c] - 2000), <, 210);
  }
}

/* centroids: (CLASSES, PIXELS) */
static void
find_centroids (LimenGlyphs kind, const guint8 *pixels, guint n, guint64 seed, double *centroids)
{
  guint counts[CLASSES] = {0};
  for (guint i = 0; i < n; i++) {
    guint label = limen_glyphs_label (kind, i, seed);
    counts[label]++;
    for (guint p = 0; p < PIXELS; p++)
      centroids[label * PIXELS + p] += pixels[i * PIXELS + p];
  }
  for (guint j = 0; j < CLASSES * PIXELS; j++)
    centroids[j] /= counts[j / PIXELS];
}

static guint
nearest (const guint8 *image, const double *centroids)
{
  guint best = 0;
  double least = G_MAXDOUBLE;
  for (guint c = 0; c < CLASSES; c++) {
    double distance = 0;
    for (guint p = 0; p < PIXELS; p++)
      distance += (image[p] - centroids[c * PIXELS + p]) * (image[p] - centroids[c * PIXELS + p]);
    if (distance < least) {
      least = distance;
      best = c;
    }
  }
  return best;
}

static void
test_nearest_centroid_tells_classes_apart (void)
{
  const guint n = 4000;
  for (guint k = 0; k < SCRIPTS; k++) {
    g_autofree guint8 *known = draw (kinds[k], 0, n, 21), *fresh = draw (kinds[k], 0, n, 22);
    g_autofree double *centroids = g_new0 (double, CLASSES *PIXELS);
    guint right[CLASSES] = {0}, all[CLASSES] = {0}, n_right = 0;
    find_centroids (kinds[k], known, n, 21, centroids);
    for (guint i = 0; i < n; i++) {
      guint label = limen_glyphs_label (kinds[k], i, 22);
      gboolean hit = nearest (fresh + i * PIXELS, centroids) == label;
      all[label]++;
      right[label] += hit;
      n_right += hit;
    }
    for (guint c = 0; c < CLASSES; c++) {
      g_test_message ("kind %u, class %u: %u of %u", k, c, right[c], all[c]);
      g_assert_cmpuint (right[c] * 100, >=, all[c] * 60);
    }
    g_assert_cmpuint (n_right * 100, >=, n * 80);
  }
}

/* A slip in a table would be a wrong stroke. */
static void
assert_well_formed (const char *strokes)
{
#define KNOT   "(100|\\d\\d?),(100|\\d\\d?)!?"
#define STROKE KNOT "( " KNOT ")+"
  guint n_knots = 0;
  for (const char *at = strokes; *at; at++)
    n_knots += *at == ',';
  g_assert_cmpuint (n_knots, <=, LIMEN_GLYPH_MAX_KNOTS);
  g_assert_true (g_regex_match_simple ("^" STROKE "( \\| " STROKE ")*$", strokes, 0, 0));
}

static void
test_skeletons_are_well_formed (void)
{
  for (guint i = 0; i < SCRIPTS * CLASSES; i++) {
    const LimenGlyphForm *forms = limen_glyph_forms (i / CLASSES, i % CLASSES);
    g_assert_cmpuint (forms[0].weight, >, 0);
    for (guint f = 0; f < LIMEN_GLYPH_FORMS; f++) {
      g_assert_cmpint (forms[f].weight > 0, ==, forms[f].strokes != NULL);
      if (forms[f].strokes)
        assert_well_formed (forms[f].strokes);
    }
  }
}

static void
test_image_set_holds_the_same_pixels (void)
{
  const char *const names[] = {"generated digits", "generated hiragana", "woven digits",
                               "plain digits"};
  const char *const words[] = {"digits", "hiragana", "woven", "plain"};
  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *path = g_strdup_printf ("builtin:%s:150:4", words[k]);
    const char *const paths[] = {path, NULL};
    g_autoptr (LimenImageSet) set = limen_image_set_load (paths, NULL, NULL, NULL, &error);
    g_assert_no_error (error);
    g_assert_cmpstr (limen_image_set_name (set), ==, names[k]);
    g_assert_cmpuint (limen_image_set_n_images (set), ==, 150);
    g_assert_cmpuint (limen_image_set_width (set), ==, SIDE);
    g_assert_cmpuint (limen_image_set_height (set), ==, SIDE);
    g_autofree guint8 *pixels = draw (kinds[k], 0, 150, 4);
    g_autofree float *rows = g_new (float, 150 * PIXELS);
    limen_image_set_copy_rows (set, 0, 150, rows);
    for (guint i = 0; i < 150 * PIXELS; i++)
      g_assert_cmpfloat (rows[i], ==, pixels[i] / 255.0f);
  }
}

static void
test_impossible_numbers_are_refused (void)
{
  const guint wrong[] = {0, LIMEN_GLYPHS_MAX + 1, G_MAXUINT};
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_null (limen_glyphs_new (LIMEN_GLYPHS_DIGITS, wrong[i], 1, NULL, &error));
    g_assert_error (error, LIMEN_ERROR, LIMEN_ERROR_ARGUMENT);
    g_assert_true (g_str_has_suffix (error->message, "."));
  }
}

static void
test_cancelled_work_says_so (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_cancellable_cancel (cancellable);
  g_assert_null (limen_glyphs_new (LIMEN_GLYPHS_HIRAGANA, 10000, 1, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* The aim is 1 s on one or two cores; other cores, and other programs, change nothing. */
#define MOMENT (3 * SANITIZED_TIMES)

static void
test_twenty_thousand_in_a_moment (void)
{
  double start = cpu_seconds ();
  g_autofree guint8 *pixels = draw (LIMEN_GLYPHS_HIRAGANA, 0, 20000, 1);
  double seconds = cpu_seconds () - start;
  g_test_minimized_result (seconds, "20,000 hiragana: %.3f s", seconds);
  g_assert_cmpfloat (seconds, <, MOMENT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/glyphs/same-seed-same-images", test_same_seed_same_images);
  g_test_add_func ("/glyphs/all-images-differ", test_all_images_differ);
  g_test_add_func ("/glyphs/image-depends-on-its-index-only", test_image_depends_on_its_index_only);
  g_test_add_func ("/glyphs/any-number-of-threads", test_any_number_of_threads);
  g_test_add_func ("/glyphs/ink-is-centred-and-off-the-border",
                   test_ink_is_centred_and_off_the_border);
  g_test_add_func ("/glyphs/brightness-is-that-of-mnist-and-kmnist",
                   test_brightness_is_that_of_mnist_and_kmnist);
  g_test_add_func ("/glyphs/classes-are-equally-frequent", test_classes_are_equally_frequent);
  g_test_add_func ("/glyphs/nearest-centroid-tells-classes-apart",
                   test_nearest_centroid_tells_classes_apart);
  g_test_add_func ("/glyphs/skeletons-are-well-formed", test_skeletons_are_well_formed);
  g_test_add_func ("/glyphs/image-set-holds-the-same-pixels", test_image_set_holds_the_same_pixels);
  g_test_add_func ("/glyphs/impossible-numbers-are-refused", test_impossible_numbers_are_refused);
  g_test_add_func ("/glyphs/cancelled-work-says-so", test_cancelled_work_says_so);
  g_test_add_func ("/glyphs/twenty-thousand-in-a-moment", test_twenty_thousand_in_a_moment);
  return g_test_run ();
}
