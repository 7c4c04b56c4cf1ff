/* What of the Detector page is looked at, where it is not the histogram: drawn for an export, and
 * said of it. */
#pragma once

#include "ui/study/detector/selection.h"
#include "ui/study/detector/session.h"
#include "viz/detector/bench-picture.h"

/**
 * LimenDetectorSeen: a copy, so that any thread can draw it
 * @what: for people: "the ROC curve"; @title: over all that is said: "ROC curve"
 * @say: (nullable): adds pairs of key and value to what is said of the detector; on any thread, too
 * @draw: with the detector as it was exported; @data: freed with @free_data
 */
typedef struct {
  char *what, *title;
  void (*say) (GStrvBuilder *pairs, gconstpointer data);
  void (*draw) (cairo_t *cr, const LimenDetector *detector, LimenScheme scheme, double width,
                double height, gconstpointer data);
  gpointer data;
  GDestroyNotify free_data;
} LimenDetectorSeen;

/** limen_seen_curve: (transfer full) (nullable): that of the state, with the point of the
 * threshold; NULL where there is none */
LimenDetectorSeen *limen_seen_curve (LimenDetectorSession *session);
/** limen_seen_scores: (transfer full): scores side by side: @row: (n), copied; @division:
 * (nullable): what their numbers are of */
LimenDetectorSeen *
limen_seen_scores (const LimenBenchPictureRow *row, guint n, const char *division);
/** limen_seen_scatter: (transfer full): two scores of each image; @cut: where they flag;
 * @selection: (nullable), copied */
LimenDetectorSeen *limen_seen_scatter (LimenScatterPoints *points, const LimenLines cut[2],
                                       const LimenSelection *selection);
void limen_seen_free (LimenDetectorSeen *seen);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenDetectorSeen, limen_seen_free)
