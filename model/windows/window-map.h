/* Where in a photo the unusual is: the score of each window. */
#pragma once

#include "model/detect/scores.h"
#include "model/windows/window-model.h"

/**
 * LimenWindowMap: immutable once made
 * @columns, @rows: windows at the photo's own size
 * @width, @height: of the photo, pixels
 * @origin_x, @origin_y: the centre of the first window, pixels from the photo's left upper corner:
 * a centre of 4.5 is the middle of the fifth pixel
 * @step: pixels from a window's centre to the next
 * @reach: pixels along a side of a window
 * @value: (rows, columns), row-major: how unusual; high is unusual. Of several scales the largest,
 * each in units of what one in a hundred normal windows exceeds at it
 */
typedef struct {
  guint columns, rows, width, height;
  double origin_x, origin_y;
  guint step, reach;
  float *value;
} LimenWindowMap;

/**
 * limen_window_map_new: (transfer full): on many threads
 *
 * Returns: NULL with LIMEN_ERROR_MISMATCH where @photo is smaller than a window, and with
 * G_IO_ERROR_CANCELLED, within 100 ms
 */
LimenWindowMap *limen_window_map_new (const LimenWindowModel *model, const LimenPhoto *photo,
                                      const LimenRun *run, GError **error);
void limen_window_map_free (LimenWindowMap *map);

/** limen_window_map_score: exactly the mean of the @top_k largest values, all where there are
 * fewer; of 1 the largest value itself */
double limen_window_map_score (const LimenWindowMap *map, guint top_k);
/** limen_window_map_range: the least and the largest value */
void limen_window_map_range (const LimenWindowMap *map, double *low, double *high);
/**
 * limen_window_map_resize: the map at pixels of a picture
 * @out: (height, width): bilinear between the centres of windows; beyond the outermost centres, the
 * value at them
 */
void limen_window_map_resize (const LimenWindowMap *map, guint width, guint height, float *out);

/** LimenWindowMapFunc: told of each map, from the thread that called, in the order of the photos */
typedef void (*LimenWindowMapFunc) (guint index, const LimenWindowMap *map, gpointer user_data);

/**
 * limen_window_scores: of all of @photos, read one after the other
 * @name: of the scores, for labels
 * @each: (nullable)
 *
 * Returns: (transfer full): a score for each photo, NULL with the first error: of reading, of a
 * photo that is smaller than a window, by its name, or G_IO_ERROR_CANCELLED
 */
LimenScores *limen_window_scores (const LimenWindowModel *model, const LimenPhotos *photos,
                                  const char *name, LimenWindowMapFunc each, gpointer each_data,
                                  const LimenRun *run, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenWindowMap, limen_window_map_free)
