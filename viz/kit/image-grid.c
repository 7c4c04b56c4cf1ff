#include "viz/kit/image-grid.h"

#include <math.h>

static guint32
eight_bits (float value)
{
  return (guint32)lroundf (CLAMP (value, 0, 1) * 255);
}

/* @pixels: (height, width, n_channels); the same channel thrice where there is one */
static cairo_surface_t *
surface_of (const float *pixels, guint width, guint height, guint n_channels)
{
  guint green = n_channels > 1 ? 1 : 0, blue = n_channels > 2 ? 2 : 0;
  cairo_surface_t *surface =
      cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int)width, (int)height);
  if (cairo_surface_status (surface) != CAIRO_STATUS_SUCCESS)
    return surface;
  guchar *data = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);
  for (guint y = 0; y < height; y++) {
    guint32 *row = (guint32 *)(data + (gsize)y * stride);
    for (guint x = 0; x < width; x++) {
      const float *pixel = pixels + ((gsize)y * width + x) * n_channels;
      row[x] = 0xff000000u | eight_bits (pixel[0]) << 16 | eight_bits (pixel[green]) << 8 |
               eight_bits (pixel[blue]);
    }
  }
  cairo_surface_mark_dirty (surface);
  return surface;
}

cairo_surface_t *
limen_grey_surface (const float *pixels, guint width, guint height)
{
  return surface_of (pixels, width, height, 1);
}

cairo_surface_t *
limen_photo_surface (const LimenPhoto *photo)
{
  return surface_of (photo->pixels, photo->width, photo->height, photo->n_channels);
}

cairo_surface_t *
limen_image_surface (const LimenImageSet *set, guint index)
{
  guint width = limen_image_set_width (set), height = limen_image_set_height (set);
  g_autofree float *pixels = g_new (float, (gsize)width *height);
  limen_image_set_copy_rows (set, index, 1, pixels);
  return limen_grey_surface (pixels, width, height);
}

/* --- Layout --- */

static const LimenText caption_text = {.colour = LIMEN_COLOUR_INK, .bold = TRUE, .size = 1};

/* Room of one image: the tile is its longer side. */
static void
tile_size (const LimenImageGrid *grid, double *width, double *height)
{
  double w = limen_image_set_width (grid->set), h = limen_image_set_height (grid->set);
  *width = round (grid->tile * w / fmax (w, h));
  *height = round (grid->tile * h / fmax (w, h));
}

static double
caption_height (const LimenImageGrid *grid, const LimenChartStyle *style)
{
  if (!grid->caption)
    return 0;
  return ceil (limen_text_rect (style, &caption_text, grid->caption, 0, 0).height + grid->gap);
}

void
limen_image_grid_size (const LimenImageGrid *grid, const LimenChartStyle *style, double *width,
                       double *height)
{
  double tile_width, tile_height;
  guint columns = MAX (grid->columns, 1), rows = (grid->n + columns - 1) / columns;
  tile_size (grid, &tile_width, &tile_height);
  *width = columns * (tile_width + grid->gap) - grid->gap;
  *height =
      caption_height (grid, style) + rows * (tile_height + grid->gap) - grid->gap * (rows > 0);
}

static LimenRect
tile_rect (const LimenImageGrid *grid, const LimenChartStyle *style, guint place)
{
  LimenRect rect = {0};
  guint columns = MAX (grid->columns, 1);
  tile_size (grid, &rect.width, &rect.height);
  rect.x = place % columns * (rect.width + grid->gap);
  rect.y = caption_height (grid, style) + place / columns * (rect.height + grid->gap);
  return rect;
}

int
limen_image_grid_at (const LimenImageGrid *grid, const LimenChartStyle *style, double x, double y)
{
  for (guint i = 0; i < grid->n; i++) {
    LimenRect rect = tile_rect (grid, style, i);
    if (x >= rect.x && x < rect.x + rect.width && y >= rect.y && y < rect.y + rect.height)
      return (int)i;
  }
  return -1;
}

/* --- Drawing --- */

/* Paints @image over (0, 0) to (@width, @height). A pixel is a square when enlarged; what is made
 * smaller is averaged. */
static void
paint_scaled (cairo_t *cr, cairo_surface_t *image, double width, double height)
{
  double x = width / cairo_image_surface_get_width (image);
  double y = height / cairo_image_surface_get_height (image);
  cairo_save (cr);
  cairo_rectangle (cr, 0, 0, width, height);
  cairo_clip (cr);
  cairo_scale (cr, x, y);
  cairo_set_source_surface (cr, image, 0, 0);
  cairo_pattern_set_filter (cairo_get_source (cr),
                            x >= 1 ? CAIRO_FILTER_NEAREST : CAIRO_FILTER_GOOD);
  cairo_paint (cr);
  cairo_restore (cr);
}

/* Cairo 1.16 can't tell a reader of an SVG not to blur: there the pixels are made large before. */
static cairo_surface_t *
enlarge (cairo_surface_t *image)
{
  int width = 8 * cairo_image_surface_get_width (image);
  int height = 8 * cairo_image_surface_get_height (image);
  cairo_surface_t *large = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  cairo_t *cr = cairo_create (large);
  paint_scaled (cr, image, width, height);
  cairo_destroy (cr);
  cairo_surface_destroy (image);
  return large;
}

static void
draw_image (const LimenImageGrid *grid, cairo_t *cr, guint index, const LimenRect *rect)
{
  double inset = grid->border_width;
  double width = fmax (rect->width - 2 * inset, 1), height = fmax (rect->height - 2 * inset, 1);
  cairo_surface_t *image = limen_image_surface (grid->set, index);
  if (cairo_surface_get_type (cairo_get_target (cr)) == CAIRO_SURFACE_TYPE_SVG &&
      cairo_image_surface_get_width (image) < width)
    image = enlarge (image);
  cairo_save (cr);
  cairo_translate (cr, rect->x + inset, rect->y + inset);
  paint_scaled (cr, image, width, height);
  cairo_restore (cr);
  cairo_surface_destroy (image);
}

void
limen_image_grid_draw (const LimenImageGrid *grid, cairo_t *cr, const LimenChartStyle *style)
{
  guint n_images = limen_image_set_n_images (grid->set);
  LimenText text = caption_text;
  limen_image_grid_size (grid, style, &text.max_width, &(double){0});
  if (grid->caption)
    limen_text_draw (cr, style, &text, grid->caption, 0, 0);
  for (guint i = 0; i < grid->n; i++) {
    LimenRect rect = tile_rect (grid, style, i);
    if (grid->border_width > 0) {
      limen_palette_set (cr, style->scheme, grid->border);
      cairo_rectangle (cr, rect.x, rect.y, rect.width, rect.height);
      cairo_fill (cr);
    }
    if (grid->index[i] < n_images)
      draw_image (grid, cr, grid->index[i], &rect);
  }
}
