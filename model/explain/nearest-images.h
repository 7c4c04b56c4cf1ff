/* Which of many images are nearest to one. */
#pragma once

#include "model/base/run.h"
#include "model/data/image-set.h"

/** LimenNearImage: @index: of the normal images; @distance: Euclidean, of pixels in [0, 1] */
typedef struct {
  guint index;
  double distance;
} LimenNearImage;

/** limen_nearest_images: @x: (D): of the images of @set but @itself, up to @most nearest, the
 * nearest first, of equally near ones the first; distances in float64. @near: (out) (most). @n:
 * (out): how many. FALSE with G_IO_ERROR_CANCELLED */
gboolean limen_nearest_images (const LimenImageSet *set, const double *x, guint itself, guint most,
                               LimenNearImage *near, guint *n, const LimenRun *run, GError **error);
