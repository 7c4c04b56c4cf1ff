/* Pictures that move: an animated PNG, of frames that are drawn one after the other. */
#pragma once

#include "model/base/run.h"
#include "viz/kit/picture.h"

/** LimenFrameFunc: draws frame @index, 0 to n_frames − 1 */
typedef void (*LimenFrameFunc) (cairo_t *cr, double width, double height, guint index,
                                gpointer user_data);

/**
 * LimenAnimation:
 * @width, @height, @scale, @text: as in LimenPicture
 * @n_frames: 1 to 10 000; @milliseconds: that each is seen
 */
typedef struct {
  guint width, height, n_frames, milliseconds;
  double scale;
  LimenFrameFunc draw;
  gpointer user_data;
  const char *const *text;
} LimenAnimation;

/** limen_animation_save: an animated PNG (W3C, "Portable Network Graphics (PNG) Specification
 * (Third Edition)", section 11.3.6), which programs that know no animation show the first frame of.
 * As limen_picture_save(); and G_IO_ERROR_CANCELLED, after which what was at @path is there still
 */
gboolean limen_animation_save (const LimenAnimation *animation, const char *path,
                               const LimenRun *run, GError **error);
