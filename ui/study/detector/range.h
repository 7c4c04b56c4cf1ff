/* Where a threshold can be put. */
#pragma once

#include "model/detect/detector.h"

/** LimenThresholdRange: from @low to @high, in the unit of the scores, and the step of the keys */
typedef struct {
  double low, high, step;
} LimenThresholdRange;

/** limen_threshold_range: @low to @high hold all finite scores and @value, where it is finite, with
 * some room; @step is about a fiftieth of a standard deviation, 1, 2 or 5 times a power of ten.
 * Log-likelihoods are whole numbers of nats apart, scores of which no size is known as they need */
LimenThresholdRange limen_threshold_range (const LimenDetector *detector, double value);
