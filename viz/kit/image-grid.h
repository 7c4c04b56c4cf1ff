/* Rows of small grey images, enlarged without blur. */
#pragma once

#include "model/data/image-set.h"
#include "model/data/photo.h"
#include "viz/kit/chart.h"

/** limen_grey_surface: (transfer full): @pixels: (height, width), from 0, black, to 1, white, as a
 * CAIRO_FORMAT_RGB24 surface */
cairo_surface_t *limen_grey_surface (const float *pixels, guint width, guint height);
/** limen_photo_surface: (transfer full): a picture at its own size, in colour where it has any */
cairo_surface_t *limen_photo_surface (const LimenPhoto *photo);
/** limen_image_surface: (transfer full): image @index as a CAIRO_FORMAT_RGB24 surface of its own
 * size */
cairo_surface_t *limen_image_surface (const LimenImageSet *set, guint index);

/**
 * LimenImageGrid:
 * @index: (n): which images
 * @columns: images per row
 * @tile: longer side of an image, pixels
 * @gap: between images, pixels
 * @border: colour of the frame of each image
 * @border_width: pixels, 0 for none
 * @caption: (nullable): one line above the images
 *
 * A plain value; everything is borrowed.
 */
typedef struct {
  const LimenImageSet *set;
  const guint32 *index;
  guint n, columns;
  double tile, gap;
  LimenColour border;
  double border_width;
  const char *caption;
} LimenImageGrid;

/** limen_image_grid_size: how much room it takes */
void limen_image_grid_size (const LimenImageGrid *grid, const LimenChartStyle *style, double *width,
                            double *height);
/** limen_image_grid_draw: its top left corner at (0, 0). Paints no background. */
void limen_image_grid_draw (const LimenImageGrid *grid, cairo_t *cr, const LimenChartStyle *style);
/** limen_image_grid_at: returns: the place in the grid, 0 to n − 1, under (@x, @y), or −1 */
int
limen_image_grid_at (const LimenImageGrid *grid, const LimenChartStyle *style, double x, double y);
