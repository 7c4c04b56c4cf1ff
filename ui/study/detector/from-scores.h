/* Scores that any program wrote become an experiment without a flow, with pictures where their
 * names lead to some. */
#pragma once

#include "ui/study/detector/experiment.h"

/**
 * limen_experiment_from_scores:
 * @paths: (n): tables or arrays of scores, with the same columns
 * @problems: (element-type LimenProblem): why there are no pictures, where names lead to some and
 * not all
 * @there, @asked: as of limen_table_wish_load()
 *
 * Images of the validation are normal ones: the page splits these itself. Returns: (transfer full):
 * NULL with the errors of limen_score_table_load() and limen_table_scores_new();
 * LIMEN_ERROR_MISMATCH where @wish must say more
 */
LimenExperiment *
limen_experiment_from_scores (const char *const *paths, guint n, const LimenTableWish *wish,
                              LimenScoreTable *there, LimenTableAsked *asked, GPtrArray *problems,
                              const LimenRun *run, GError **error);

/** limen_scores_leave: says of @paths (element-type filename) that they have no place beside scores
 */
void limen_scores_leave (const GPtrArray *paths, GPtrArray *problems);
/** limen_scores_leave_arrays: of @tables (element-type filename) those that are numbers without a
 * word go: beside images they are rather labels, and that is said */
void limen_scores_leave_arrays (GPtrArray *tables, GPtrArray *problems);
