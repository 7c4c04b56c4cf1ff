/* The slider of the threshold: along the axis of the histogram, so that the line of the plot and
 * the knob move alike. */
#pragma once

#include "ui/study/detector/session.h"

/**
 * limen_slider_moved: where a threshold goes by so many steps of the keys
 * @range: of a step as it is there, but at least a five hundredth of what is seen, so that it moves
 * in the long tail, too
 */
double limen_slider_moved (const LimenHistogramView *view, const LimenThresholdRange *range,
                           double threshold, double steps);
/**
 * limen_slider_value: where the knob of a slider from @view's low to high stands, whose marks are
 * evenly apart: at the same part of its length as the line of the plot
 */
double limen_slider_value (const LimenHistogramView *view, double threshold);
/** limen_slider_threshold: the other way round */
double limen_slider_threshold (const LimenHistogramView *view, double value);
/** limen_slider_text: (transfer full): what a screen reader says of it: "194.2 nats, 3 standard
 * deviations below the mean" */
char *limen_slider_text (const LimenDetector *detector);

/** limen_can_go_back: @detector: (nullable): there is a threshold 3 standard deviations from the
 * mean, and it is not the one that is set */
gboolean limen_can_go_back (const LimenDetector *detector);
