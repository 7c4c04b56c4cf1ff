#include "model/data/glyphs.h"

#include <math.h>
#include <zlib.h>

#define SIDE   LIMEN_GLYPHS_SIDE
#define PIXELS (SIDE * SIDE)
#define N      1000

static guint8 *
draw (LimenGlyphs kind)
{
  g_autoptr (GError) error = NULL;
  guint8 *pixels = g_malloc (N * PIXELS);
  g_assert_true (limen_glyphs_fill (kind, 0, N, 3, pixels, NULL, &error));
  g_assert_no_error (error);
  return pixels;
}

static double
mean_of (const guint8 *pixels)
{
  double sum = 0;
  for (guint i = 0; i < N * PIXELS; i++)
    sum += pixels[i];
  return sum / (N * PIXELS);
}

static guint
compressed_size (const guint8 *image)
{
  guint8 out[2 * PIXELS];
  uLongf size = sizeof out;
  g_assert_cmpint (compress2 (out, &size, image, PIXELS, 9), ==, Z_OK);
  return (guint)size;
}

/* How much neighbours differ, 0 to 255 */
static double
roughness (const guint8 *image)
{
  double sum = 0;
  for (guint i = 0; i + 1 < PIXELS; i++)
    sum += abs (image[i + 1] - image[i]);
  return sum / (PIXELS - 1);
}

/* The greys have one distribution: the means differ by chance and by the figure's size alone. */
static void
test_greys_are_the_same (void)
{
  g_autofree guint8 *woven = draw (LIMEN_GLYPHS_WOVEN), *plain = draw (LIMEN_GLYPHS_PLAIN);
  g_test_message ("woven %.2f, plain %.2f", mean_of (woven), mean_of (plain));
  /* the mean of 1,000 greys, uniform over 51, twice: a standard deviation of 0.7 */
  g_assert_cmpfloat_with_epsilon (mean_of (woven), mean_of (plain), 3);
}

static void
test_every_woven_piece_is_the_more_complex (void)
{
  g_autofree guint8 *woven = draw (LIMEN_GLYPHS_WOVEN), *plain = draw (LIMEN_GLYPHS_PLAIN);
  guint least = G_MAXUINT, most = 0;
  double smooth = 0, rough = G_MAXDOUBLE;
  for (guint i = 0; i < N; i++) {
    least = MIN (least, compressed_size (woven + i * PIXELS));
    most = MAX (most, compressed_size (plain + i * PIXELS));
    rough = MIN (rough, roughness (woven + i * PIXELS));
    smooth = MAX (smooth, roughness (plain + i * PIXELS));
  }
  g_test_message ("bytes: woven from %u, plain to %u; steps: from %.1f, to %.1f", least, most,
                  rough, smooth);
  g_assert_cmpuint (least, >, 2 * most);
  g_assert_cmpfloat (rough, >, 10);
  g_assert_cmpfloat (smooth, <, 20);
}

/* Plain: ground and figure, and the soft edge between them. */
static void
test_plain_cloth_has_two_greys (void)
{
  g_autofree guint8 *plain = draw (LIMEN_GLYPHS_PLAIN);
  for (guint i = 0; i < N; i++) {
    const guint8 *image = plain + i * PIXELS;
    guint n_ground = 0;
    guint8 least = 255;
    for (guint p = 0; p < PIXELS; p++)
      least = MIN (least, image[p]);
    for (guint p = 0; p < PIXELS; p++)
      n_ground += image[p] == least;
    g_assert_cmpuint (n_ground, >, PIXELS / 2);
    g_assert_cmpuint (least, >=, 63);
    g_assert_cmpuint (least, <=, 115);
  }
}

static void
test_woven_and_plain_show_other_digits (void)
{
  guint n_same = 0;
  for (guint i = 0; i < N; i++)
    n_same += limen_glyphs_label (LIMEN_GLYPHS_WOVEN, i, 3) ==
              limen_glyphs_label (LIMEN_GLYPHS_PLAIN, i, 3);
  g_assert_cmpuint (n_same, <, 160); /* 100 expected, standard deviation 9.5 */
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/glyph-cloth/greys-are-the-same", test_greys_are_the_same);
  g_test_add_func ("/glyph-cloth/every-woven-piece-is-the-more-complex",
                   test_every_woven_piece_is_the_more_complex);
  g_test_add_func ("/glyph-cloth/plain-cloth-has-two-greys", test_plain_cloth_has_two_greys);
  g_test_add_func ("/glyph-cloth/woven-and-plain-show-other-digits",
                   test_woven_and_plain_show_other_digits);
  return g_test_run ();
}
