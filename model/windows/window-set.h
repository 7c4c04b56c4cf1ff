/* Windows of photos as a set of images, for a flow to learn from. */
#pragma once

#include "model/data/photos.h"
#include "model/windows/windowing.h"

/** LIMEN_WINDOW_SET_MOST: windows of a set, fewer where each has more than 320 numbers */
#define LIMEN_WINDOW_SET_MOST 200000

/**
 * limen_window_set_new: (transfer full): windows drawn as by limen_window_draw(), as many of each
 * scale, as images of 8 bits with D pixels in one row; where D is odd, without the last, because a
 * NICE flow needs an even number. Errors as of limen_window_draw()
 */
LimenImageSet *limen_window_set_new (const LimenWindowing *windowing, const LimenPhotos *photos,
                                     guint64 seed, const LimenRun *run, GError **error);
