/* What the user says of a table of scores; what is not said is found out. */
#pragma once

#include "model/detect/table-scores.h"

/**
 * LimenTableWish: a plain value that owns its strings; all zero: nothing is said
 * @column, @labels, @normal_label: (nullable), @no_labels: as in LimenScoreTableOptions
 * @side_said: whether @side is; else the labels say it
 */
typedef struct {
  char *column, *labels, *normal_label;
  gboolean no_labels, side_said;
  LimenSide side;
} LimenTableWish;

LimenTableWish limen_table_wish_copy (const LimenTableWish *wish);
void limen_table_wish_clear (LimenTableWish *wish);
gboolean limen_table_wish_equal (const LimenTableWish *a, const LimenTableWish *b);

/** limen_table_wish_load: (transfer full): the scores of @paths: (n), with the errors of
 * limen_score_table_load() and limen_table_scores_new() */
LimenTableScores *limen_table_wish_load (const LimenTableWish *wish, const char *const *paths,
                                         guint n, const LimenRun *run, GError **error);
