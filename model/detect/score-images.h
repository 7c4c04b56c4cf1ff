/* From images to scores, without those that have none. */
#pragma once

#include "model/base/run.h"
#include "model/detect/scores.h"
#include "model/flow/nice.h"

/** LimenPrefixFunc: told from worker threads, one at a time: the first @n images have the scores
 * @value, so far with those that are not finite */
typedef void (*LimenPrefixFunc) (const double *value, guint n, gpointer user_data);

/**
 * limen_score_set:
 * @images: (inout): where the flow has no finite log-likelihood for some of them, the others
 * instead
 * @partial: (nullable): told of ever longer beginnings of them while the rest is scored
 * @problems: (element-type LimenProblem): gets the name of each that was left out
 * @n_not_finite: (out): how many
 * @run: (nullable)
 *
 * Returns: (transfer full): a finite score for each of @images, or NULL with LIMEN_ERROR_MISMATCH,
 * where no score is finite, and as limen_nice_log_likelihood()
 */
LimenScores *limen_score_set (const LimenNice *nice, LimenImageSet **images,
                              LimenPrefixFunc partial, gpointer partial_data, GPtrArray *problems,
                              guint *n_not_finite, const LimenRun *run, GError **error);
