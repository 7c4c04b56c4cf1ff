/* What windows of normal photos look like, and how unusual another window is. */
#pragma once

#include "model/data/photos.h"
#include "model/detect/measure.h"
#include "model/flow/nice.h"
#include "model/windows/windowing.h"

/**
 * LimenWindowKind:
 * @LIMEN_WINDOW_NEAREST: distance to the nearest of up to LIMEN_WINDOW_MOST_KEPT different windows
 * @LIMEN_WINDOW_MAHALANOBIS: distance from their mean, in standard deviations of each direction
 * @LIMEN_WINDOW_FLOW: −log p of a flow that learned windows, nats
 */
typedef enum {
  LIMEN_WINDOW_NEAREST,
  LIMEN_WINDOW_MAHALANOBIS,
  LIMEN_WINDOW_FLOW,
  LIMEN_N_WINDOW_KINDS
} LimenWindowKind;

#define LIMEN_WINDOW_MOST_KEPT 20000

/** LimenWindowModel: immutable, reference-counted; any number of threads may score with it */
typedef struct LimenWindowModel LimenWindowModel;

/** LIMEN_WINDOW_DEFAULT: what judges where nobody says otherwise. Of defects of circuit boards it
 * finds at few false alarms as many as the nearest window does, in a hundredth of the time, and
 * both textures of the tests it tells apart */
#define LIMEN_WINDOW_DEFAULT LIMEN_WINDOW_MAHALANOBIS

/** limen_window_kind_name: "nearest", "mahalanobis", "flow" */
const char *limen_window_kind_name (LimenWindowKind kind);

/**
 * limen_window_model_new:
 * @kind: nearest or Mahalanobis
 * @fit: normal photos that neither set a threshold nor count in a rate; windows are drawn evenly
 * from all of them
 *
 * Returns: (transfer full): NULL with LIMEN_ERROR_MISMATCH where photos are smaller than a window,
 * LIMEN_ERROR_ARGUMENT for a windowing that is out of range, errors of reading, or
 * G_IO_ERROR_CANCELLED
 */
LimenWindowModel *
limen_window_model_new (LimenWindowKind kind, const LimenWindowing *windowing,
                        const LimenPhotos *fit, guint64 seed, const LimenRun *run, GError **error);
/**
 * limen_window_model_new_flow:
 * @nice: that learned windows: its dimension is D, or D − 1 where D is odd: then the last number of
 * a window is left out. LIMEN_ERROR_MISMATCH otherwise, where it learned windows of another kind,
 * and where @windowing is positioned
 */
LimenWindowModel *
limen_window_model_new_flow (LimenNice *nice, const LimenWindowing *windowing, GError **error);

LimenWindowModel *limen_window_model_ref (LimenWindowModel *model);
void limen_window_model_unref (LimenWindowModel *model);

LimenWindowKind limen_window_model_kind (const LimenWindowModel *model);
const LimenWindowing *limen_window_model_windowing (const LimenWindowModel *model);
/** limen_window_model_measure: (transfer none): of photos: its name, its unit; high ones are
 * flagged */
LimenMeasure *limen_window_model_measure (const LimenWindowModel *model);
/** limen_window_model_n_kept: windows that it was made of; 0 of a flow */
guint limen_window_model_n_kept (const LimenWindowModel *model);
/** limen_window_model_line: (transfer full): for people: what it is and of what it was made */
char *limen_window_model_line (const LimenWindowModel *model);
/** limen_window_model_flow: (transfer none) (nullable) */
LimenNice *limen_window_model_flow (const LimenWindowModel *model);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenWindowModel, limen_window_model_unref)
