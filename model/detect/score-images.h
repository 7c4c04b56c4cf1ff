/* From images to scores, without those that have none. */
#pragma once

#include "model/base/run.h"
#include "model/detect/scores.h"
#include "model/flow/nice.h"

/**
 * limen_score_set:
 * @images: (inout): where the flow has no finite log-likelihood for some of them, the others
 * instead
 * @problems: (element-type LimenProblem): gets the name of each that was left out
 * @n_not_finite: (out): how many
 * @run: (nullable)
 *
 * Returns: (transfer full): a finite score for each of @images, or NULL with LIMEN_ERROR_MISMATCH,
 * where no score is finite, and as limen_nice_log_likelihood()
 */
LimenScores *limen_score_set (const LimenNice *nice, LimenImageSet **images, GPtrArray *problems,
                              guint *n_not_finite, const LimenRun *run, GError **error);

/**
 * limen_keep_finite: the second half of it, for @value: (n) that are there already
 */
LimenScores *limen_keep_finite (const LimenNice *nice, LimenImageSet **images, double *value,
                                GPtrArray *problems, guint *n_not_finite, GError **error);
