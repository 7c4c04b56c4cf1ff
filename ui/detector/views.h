/* Four ways to look at the images of the Detector page: the histogram of the score it judges by,
 * what each threshold would cost as a curve, all scores side by side, and two of them against each
 * other. */
#pragma once

#include "ui/study/detector/bench-session.h"
#include "ui/study/detector/selection-session.h"
#include "ui/study/detector/told.h"

#include "ui/plot-area.h"

#define LIMEN_TYPE_DETECTOR_VIEWS (limen_detector_views_get_type ())
G_DECLARE_FINAL_TYPE (LimenDetectorViews, limen_detector_views, LIMEN, DETECTOR_VIEWS, GtkBox)

/**
 * limen_detector_views_new: (transfer floating): @histogram: what is seen first; @beside: the
 * same, for beside the curve. What a score lacks is opened by the actions "detector.open-vae" and
 * "detector.open-reference"
 */
LimenDetectorViews *
limen_detector_views_new (LimenBenchSession *bench, LimenDetectorSession *detector,
                          LimenSelectionSession *selection, GtkWidget *histogram,
                          LimenPlotArea *beside);

/** limen_detector_views_seen: (transfer full) (nullable): what an export of the page draws, and is
 * looked at: NULL: the histogram */
LimenDetectorSeen *limen_detector_views_seen (LimenDetectorViews *self);
