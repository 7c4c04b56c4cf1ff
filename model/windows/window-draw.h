/* Windows drawn from many photos, each as likely as any other. */
#pragma once

#include "model/data/photos.h"
#include "model/windows/windowing.h"

/**
 * LimenWindowDraw: of one scale
 * @n, @dimension: D
 * @x: (n, D), row-major, pixels in [0, 1]
 * @place: (n, 2): where the centre of each is: 0 to 1 across, 0 to 1 down
 */
typedef struct {
  guint n, dimension;
  float *x, *place;
} LimenWindowDraw;

/**
 * limen_window_draw:
 * @n: windows of each scale, with replacement among all places in all photos that hold a window; a
 * photo gives as many as its share of places, rounded so that all together are @n
 * @out: (out) (levels): to be cleared where it succeeds
 *
 * Photos are read once, side by side; the same seed gives the same windows on any number of
 * threads. Returns: FALSE with LIMEN_ERROR_MISMATCH where a photo is smaller than a window, by its
 * name, or no photo holds one at the smallest scale; LIMEN_ERROR_ARGUMENT where they would take
 * more memory than half of what the machine has; errors of reading; G_IO_ERROR_CANCELLED
 */
gboolean
limen_window_draw (const LimenWindowing *windowing, const LimenPhotos *photos, guint n,
                   guint64 seed, LimenWindowDraw *out, const LimenRun *run, GError **error);
void limen_window_draw_clear (LimenWindowDraw *draw);

/** limen_window_check_photo: whether @photos' picture @index holds a window; else
 * LIMEN_ERROR_MISMATCH by its name */
gboolean limen_window_check_photo (const LimenWindowing *windowing, const LimenPhotos *photos,
                                   guint index, GError **error);
