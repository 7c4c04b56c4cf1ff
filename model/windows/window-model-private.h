/* What the files of windows share about the inside of a model: one judge for each scale. */
#pragma once

#include "model/windows/window-draw.h"
#include "model/windows/window-model.h"

/** LIMEN_WINDOW_BATCH: windows that are judged at once, at most: a batch of a flow */
#define LIMEN_WINDOW_BATCH 304

/**
 * LimenWindowClass: what a kind of model does; a judge is what it knows of one scale, and never
 * changes
 * @room_new: scratch of limen_n_workers() workers
 * @score: @x: (n, D), n ≥ 1 of one @cell; @out: (n): how unusual each is, whatever else is in the
 * batch
 */
typedef struct {
  gpointer (*room_new) (gconstpointer judge);
  void (*room_free) (gpointer room);
  void (*score) (gconstpointer judge, const float *x, guint n, guint cell, guint worker,
                 gpointer room, float *out);
  void (*judge_free) (gpointer judge);
} LimenWindowClass;

extern const LimenWindowClass limen_window_nearest_class, limen_window_mahalanobis_class,
    limen_window_flow_class;

/**
 * LimenWindowModel:
 * @judge, @cells, @unit: (levels): cells of a place along a side, 1 where places do not count; what
 * a score at that scale is divided by
 */
struct LimenWindowModel {
  gatomicrefcount references;
  LimenWindowKind kind;
  const LimenWindowClass *class;
  LimenWindowing windowing;
  LimenMeasure *measure;
  guint n_kept, n_photos;
  LimenNice *nice;
  gpointer judge[LIMEN_WINDOW_MOST_LEVELS];
  guint cells[LIMEN_WINDOW_MOST_LEVELS];
  double unit[LIMEN_WINDOW_MOST_LEVELS];
};

/** limen_window_cell: of a place: 0 to cells² − 1, row by row */
guint limen_window_cell (guint cells, float across, float down);

/** limen_window_rows_score: of @n rows @x: (n, D) at places @cell: (n), on many threads. Returns:
 * FALSE with G_IO_ERROR_CANCELLED */
gboolean limen_window_rows_score (const LimenWindowClass *class, gconstpointer judge,
                                  guint dimension, const float *x, const guint *cell, guint n,
                                  float *out, const LimenRun *run, GError **error);

/**
 * limen_window_nearest_new: a judge
 * @draw: windows, drawn evenly, used up
 * @cells: (inout): wanted, and taken; @n_kept: (out)
 *
 * Of the windows all different ones are kept where they are few enough. Else half of those kept are
 * drawn evenly among the different ones, and half are those of the others that are farthest from
 * them: what is rare, but normal. Returns: NULL with G_IO_ERROR_CANCELLED
 */
gpointer limen_window_nearest_new (LimenWindowDraw *draw, guint *cells, guint64 seed, guint *n_kept,
                                   const LimenRun *run, GError **error);
/** limen_window_mahalanobis_new: a judge, with a mean and a covariance of each cell; the cells
 * are fewer than wanted where one would have fewer than 4 windows for each number of a window.
 * LIMEN_ERROR_ARGUMENT for windows of more than 4,096 numbers */
gpointer limen_window_mahalanobis_new (const LimenWindowDraw *draw, guint *cells, GError **error);
/** limen_window_flow_new: a judge; @dimension: D */
gpointer limen_window_flow_new (LimenNice *nice, guint dimension);
