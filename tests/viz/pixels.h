/* What a picture's pixels are, for tests. */
#pragma once

#include "viz/kit/chart.h"

#include <math.h>

static inline guint32
pixel_at (cairo_surface_t *surface, double x, double y)
{
  const guchar *data = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);
  return ((const guint32 *)(data + (int)y * stride))[(int)x] & 0xffffff;
}

static inline guint32
colour_of (LimenScheme scheme, LimenColour colour)
{
  LimenRgba c = limen_palette_colour (scheme, colour);
  return (guint32)(c.red * 255 + 0.5) << 16 | (guint32)(c.green * 255 + 0.5) << 8 |
         (guint32)(c.blue * 255 + 0.5);
}

/* Pixels of exactly @colour within the part of @in that lies in the picture. */
static inline guint
count_pixels (cairo_surface_t *surface, const LimenRect *in, guint32 colour)
{
  int right = MIN ((int)(in->x + in->width), cairo_image_surface_get_width (surface));
  int bottom = MIN ((int)(in->y + in->height), cairo_image_surface_get_height (surface));
  guint n = 0;
  for (int y = MAX ((int)in->y, 0); y < bottom; y++)
    for (int x = MAX ((int)in->x, 0); x < right; x++)
      n += pixel_at (surface, x, y) == colour;
  return n;
}

static inline guint
count_around (cairo_surface_t *surface, double x, double y, double reach, guint32 colour)
{
  LimenRect in = {x - reach, y - reach, 2 * reach, 2 * reach};
  return count_pixels (surface, &in, colour);
}

/* A picture of @draw, which has a background of its own. */
static inline cairo_surface_t *
new_picture (int width, int height, cairo_t **cr)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  *cr = cairo_create (surface);
  return surface;
}

static inline void
finish_picture (cairo_surface_t *surface, cairo_t *cr)
{
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
}
