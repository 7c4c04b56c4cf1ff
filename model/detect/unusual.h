/* How unusual scores are, as numbers of which high ones are, whatever the side. */
#pragma once

#include "model/detect/scores.h"

/**
 * limen_unusual: (transfer full): (n), descending: −score, score, or |score − @mean| where low,
 * high or both ends are flagged
 * @mean: a number where both ends are
 */
double *limen_unusual (const LimenScores *scores, double mean);
