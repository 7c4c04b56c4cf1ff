/* The windows of one photo on their way to a map: which are to be judged, in which batches. Only
 * the files of window-map.h need it. */
#pragma once

#include "model/windows/window-map.h"
#include "model/windows/window-model-private.h"

/**
 * LimenWindowLevel: of one scale; without columns where the photo is too small for it
 * @judged: (n_judged): the numbers of windows, row by row, that differ from all before
 * @twin: (columns · rows): where in @judged what each window looks like is
 * @value: (n_judged): how unusual, as the judge says
 */
typedef struct {
  LimenPhoto *plane;
  guint columns, rows, origin_x, origin_y, n_judged;
  guint32 *judged, *twin;
  float *value;
} LimenWindowLevel;

/** LimenWindowBatch: @n windows of one cell, of @level, from @first of those that are judged */
typedef struct {
  guint level, first, n, cell;
} LimenWindowBatch;

/** LimenWindowPlan: @batches: (element-type LimenWindowBatch) */
typedef struct {
  const LimenWindowModel *model;
  guint width, height;
  LimenWindowLevel level[LIMEN_WINDOW_MOST_LEVELS];
  GArray *batches;
} LimenWindowPlan;

/** LimenWindowRooms: scratch of limen_n_workers() workers; @x: (n_workers, LIMEN_WINDOW_BATCH, D)
 */
typedef struct {
  const LimenWindowModel *model;
  gpointer judge;
  float *x;
} LimenWindowRooms;

LimenWindowRooms limen_window_rooms_new (const LimenWindowModel *model);
void limen_window_rooms_clear (LimenWindowRooms *rooms);

/** limen_window_plan_new: (transfer full): NULL as of limen_photo_new(); @photo holds a window */
LimenWindowPlan *
limen_window_plan_new (const LimenWindowModel *model, const LimenPhoto *photo, GError **error);
void limen_window_plan_free (LimenWindowPlan *plan);
/** limen_window_plan_judge: batch @batch, by @worker */
void limen_window_plan_judge (LimenWindowPlan *plan, guint batch, guint worker,
                              const LimenWindowRooms *rooms);
/** limen_window_plan_map: (transfer full): once all batches are judged */
LimenWindowMap *limen_window_plan_map (const LimenWindowPlan *plan);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenWindowPlan, limen_window_plan_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LimenWindowRooms, limen_window_rooms_clear)
