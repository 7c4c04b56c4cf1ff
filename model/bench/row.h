/* What one score makes of the images: its threshold, its errors, how well it separates. */
#pragma once

#include "model/bench/separation.h"
#include "model/detect/detector.h"

/**
 * LimenBenchRow: a plain value
 * @measure: (transfer none): of the scores
 * @mean, @std: of the validation scores that are finite; as of LimenDetector
 * @threshold: mean − sigmas·std, or + where high scores are unusual or both ends are; NaN where
 * there is no standard deviation above 0
 * @type_1: normal test images flagged; @type_2: anomalies not flagged; n is 0 without a threshold
 */
typedef struct {
  const LimenMeasure *measure;
  double mean, std, threshold;
  LimenErrorRate type_1, type_2;
  LimenSeparation separation;
} LimenBenchRow;

/** limen_bench_row: of the scores of the validation images, the normal test images and the
 * anomalies, by one measure, which must outlive it */
LimenBenchRow limen_bench_row (const LimenScores *validation, const LimenScores *normal,
                               const LimenScores *anomaly, double sigmas);
