/* Images brought to another size: shrunk to means of areas, enlarged between pixels. */
#include "model/data/images.h"

#include <string.h>

/* The definition: pixel (X, Y) is the mean over the area it covers, by fine sampling. */
static double
mean_of_area (const guchar *pixels, guint width, guint height, guint new_width, guint new_height,
              guint x, guint y)
{
  double sum = 0;
  for (guint i = 0; i < new_height * height; i++) /* in units of 1/(height·new_height) */
    for (guint k = 0; k < new_width * width; k++)
      if (i / height == y && k / width == x)
        sum += pixels[i / new_height * width + k / new_width];
  return sum / (width * height) / 255;
}

static void
test_shrinking_averages_areas (void)
{
  guchar pixels[7 * 5];
  for (guint i = 0; i < 35; i++)
    pixels[i] = (guchar)(i * 37);
  const guint sizes[][2] = {{3, 2}, {1, 1}, {7, 4}, {2, 5}};
  for (guint s = 0; s < G_N_ELEMENTS (sizes); s++) {
    LimenImages *images = limen_images_new ("a", 1, 7, 5, LIMEN_PIXELS_U8, NULL);
    memcpy (images->u8, pixels, 35);
    g_autoptr (LimenImages) fitted =
        limen_images_fit (images, sizes[s][0], sizes[s][1], "a", NULL, NULL);
    for (guint y = 0; y < sizes[s][1]; y++)
      for (guint x = 0; x < sizes[s][0]; x++)
        g_assert_cmpfloat_with_epsilon ((double)fitted->f32[y * sizes[s][0] + x],
                                        mean_of_area (pixels, 7, 5, sizes[s][0], sizes[s][1], x, y),
                                        1e-6);
  }
}

static void
test_enlarging_interpolates (void)
{
  LimenImages *images = limen_images_new ("a", 1, 2, 1, LIMEN_PIXELS_F32, NULL);
  images->f32[0] = 0;
  images->f32[1] = 1;
  g_autoptr (LimenImages) fitted = limen_images_fit (images, 4, 2, "a", NULL, NULL);
  const float expected[8] = {0, 0.25f, 0.75f, 1, 0, 0.25f, 0.75f, 1};
  g_assert_cmpmem (fitted->f32, sizeof expected, expected, sizeof expected);
}

static void
test_a_plain_image_stays_plain_at_any_size (void)
{
  for (guint width = 1; width < 40; width += 3) {
    LimenImages *images = limen_images_new ("a", 3, 13, 11, LIMEN_PIXELS_U8, NULL);
    memset (images->u8, 77, 3 * 13 * 11);
    g_autoptr (LimenImages) fitted = limen_images_fit (images, width, 40 - width, "a", NULL, NULL);
    for (guint i = 0; i < 3 * width * (40 - width); i++)
      g_assert_cmpfloat_with_epsilon ((double)fitted->f32[i], 77 / 255.0, 1e-6);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fit/shrinking-averages-areas", test_shrinking_averages_areas);
  g_test_add_func ("/fit/enlarging-interpolates", test_enlarging_interpolates);
  g_test_add_func ("/fit/a-plain-image-stays-plain-at-any-size",
                   test_a_plain_image_stays_plain_at_any_size);
  return g_test_run ();
}
