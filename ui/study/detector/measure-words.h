/* What the page calls things, by the measure of the scores that it shows. */
#pragma once

#include "model/detect/measure.h"

/**
 * LimenMeasureWords:
 * @histogram: "Histogram of log-likelihoods", @threshold: "Threshold in nats", @validation: "mean ±
 * std, nats": owned
 * @beside: where the threshold is: "Below the mean", @deviations: in full
 * @squeezed: the axis on which everything is readable
 * @auroc: what that is the probability of; @back: what 3 standard deviations are
 * @invitation: to move the threshold
 */
typedef struct {
  char *histogram, *threshold, *validation;
  const char *beside, *deviations, *squeezed, *auroc, *back, *invitation;
} LimenMeasureWords;

/** limen_measure_words: clear it with limen_measure_words_clear() */
LimenMeasureWords limen_measure_words (const LimenMeasure *measure);
void limen_measure_words_clear (LimenMeasureWords *words);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LimenMeasureWords, limen_measure_words_clear)
