#include "viz/kit/image-grid.h"

#include <cairo-svg.h>
#include <string.h>

/* Two images of 3 × 2: all values differ. */
static const guint8 pixels[2 * 2 * 3] = {0, 51, 102, 153, 204, 255, 10, 20, 30, 40, 50, 60};

static guint32
pixel_at (cairo_surface_t *surface, int x, int y)
{
  const guchar *data = cairo_image_surface_get_data (surface);
  const guint32 *row = (const guint32 *)(data + y * cairo_image_surface_get_stride (surface));
  return row[x] & 0xffffff;
}

static guint32
colour_of (LimenScheme scheme, LimenColour colour)
{
  LimenRgba c = limen_palette_colour (scheme, colour);
  return (guint32)(c.red * 255 + 0.5) << 16 | (guint32)(c.green * 255 + 0.5) << 8 |
         (guint32)(c.blue * 255 + 0.5);
}

static void
test_surface_has_the_pixels (void)
{
  g_autoptr (LimenImageSet) set = limen_image_set_new_from_u8 ("two", pixels, 2, 3, 2);
  for (guint i = 0; i < 2; i++) {
    cairo_surface_t *surface = limen_image_surface (set, i);
    g_assert_cmpint (cairo_image_surface_get_width (surface), ==, 3);
    g_assert_cmpint (cairo_image_surface_get_height (surface), ==, 2);
    for (int k = 0; k < 6; k++)
      g_assert_cmphex (pixel_at (surface, k % 3, k / 3), ==, pixels[6 * i + k] * 0x010101u);
    cairo_surface_destroy (surface);
  }
}

static cairo_surface_t *
draw_grid (const LimenImageGrid *grid, const LimenChartStyle *style)
{
  double width, height;
  limen_image_grid_size (grid, style, &width, &height);
  cairo_surface_t *surface =
      cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int)width, (int)height);
  cairo_t *cr = cairo_create (surface);
  limen_image_grid_draw (grid, cr, style);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

static void
test_images_are_enlarged_without_blur (void)
{
  g_autoptr (LimenImageSet) set = limen_image_set_new_from_u8 ("two", pixels, 2, 3, 2);
  const guint32 index[] = {1, 0, 1};
  LimenChartStyle style = limen_chart_style (LIMEN_SCHEME_LIGHT);
  LimenImageGrid grid = {set, index, 3, 2, 30, 4, LIMEN_COLOUR_FIRST, 0, NULL};
  cairo_surface_t *surface = draw_grid (&grid, &style);
  g_assert_cmpint (cairo_image_surface_get_width (surface), ==, 2 * 30 + 4);
  g_assert_cmpint (cairo_image_surface_get_height (surface), ==, 2 * 20 + 4);
  for (int y = 0; y < 20; y++)
    for (int x = 0; x < 30; x++) {
      int k = y / 10 * 3 + x / 10;
      g_assert_cmphex (pixel_at (surface, x, y), ==, pixels[6 + k] * 0x010101u);
      g_assert_cmphex (pixel_at (surface, x + 34, y), ==, pixels[k] * 0x010101u);
      g_assert_cmphex (pixel_at (surface, x, y + 24), ==, pixels[6 + k] * 0x010101u);
    }
  cairo_surface_destroy (surface);
}

static cairo_status_t
append (void *out, const guchar *data, unsigned int n)
{
  g_string_append_len (out, (const char *)data, n);
  return CAIRO_STATUS_SUCCESS;
}

/* A reader of an SVG smooths what it enlarges: the image in the file has to be large already. */
static void
test_svg_images_are_large (void)
{
  g_autoptr (LimenImageSet) set = limen_image_set_new_from_u8 ("two", pixels, 2, 3, 2);
  const guint32 index[] = {0};
  LimenChartStyle style = limen_chart_style (LIMEN_SCHEME_LIGHT);
  LimenImageGrid grid = {set, index, 1, 1, 30, 0, LIMEN_COLOUR_FIRST, 0, NULL};
  g_autoptr (GString) svg = g_string_new (NULL);
  cairo_surface_t *surface = cairo_svg_surface_create_for_stream (append, svg, 30, 20);
  cairo_t *cr = cairo_create (surface);
  limen_image_grid_draw (&grid, cr, &style);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  g_assert_nonnull (strstr (svg->str, "width=\"24\" height=\"16\""));
}

static void
test_border_caption_and_bad_index (void)
{
  g_autoptr (LimenImageSet) set = limen_image_set_new_from_u8 ("two", pixels, 2, 3, 2);
  const guint32 index[] = {0, 99};
  LimenChartStyle style = limen_chart_style (LIMEN_SCHEME_DARK);
  LimenImageGrid grid = {set, index, 2, 5, 34, 6, LIMEN_COLOUR_SECOND, 2, "Most convincing"};
  double width, height;
  limen_image_grid_size (&grid, &style, &width, &height);
  int top = (int)height - 23;
  cairo_surface_t *surface = draw_grid (&grid, &style);
  guint32 border = colour_of (LIMEN_SCHEME_DARK, LIMEN_COLOUR_SECOND);
  g_assert_cmpint (top, >, 12);
  g_assert_cmphex (pixel_at (surface, 0, top), ==, border);
  g_assert_cmphex (pixel_at (surface, 33, top + 22), ==, border);
  g_assert_cmphex (pixel_at (surface, 3, top + 3), ==, 0);
  /* An image that is not there is a blank frame. */
  g_assert_cmphex (pixel_at (surface, 40 + 17, top + 11), ==, border);
  cairo_surface_destroy (surface);
}

static void
test_the_image_under_the_pointer (void)
{
  g_autoptr (LimenImageSet) set = limen_image_set_new_from_u8 ("two", pixels, 2, 3, 2);
  const guint32 index[] = {0, 1, 0};
  LimenChartStyle style = limen_chart_style (LIMEN_SCHEME_LIGHT);
  LimenImageGrid grid = {set, index, 3, 2, 30, 4, LIMEN_COLOUR_FIRST, 0, NULL};
  g_assert_cmpint (limen_image_grid_at (&grid, &style, 0, 0), ==, 0);
  g_assert_cmpint (limen_image_grid_at (&grid, &style, 32, 5), ==, -1);
  g_assert_cmpint (limen_image_grid_at (&grid, &style, 35, 19), ==, 1);
  g_assert_cmpint (limen_image_grid_at (&grid, &style, 10, 30), ==, 2);
  g_assert_cmpint (limen_image_grid_at (&grid, &style, 40, 30), ==, -1);
  g_assert_cmpint (limen_image_grid_at (&grid, &style, -1, 5), ==, -1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/image-grid/surface-has-the-pixels", test_surface_has_the_pixels);
  g_test_add_func ("/image-grid/images-are-enlarged-without-blur",
                   test_images_are_enlarged_without_blur);
  g_test_add_func ("/image-grid/svg-images-are-large", test_svg_images_are_large);
  g_test_add_func ("/image-grid/border-caption-and-bad-index", test_border_caption_and_bad_index);
  g_test_add_func ("/image-grid/the-image-under-the-pointer", test_the_image_under_the_pointer);
  return g_test_run ();
}
