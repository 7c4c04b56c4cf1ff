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

/** LimenTableAsks: what must be said of a table before it can be read */
typedef enum {
  LIMEN_TABLE_ASKS_NOTHING,
  LIMEN_TABLE_ASKS_LABELS,
  LIMEN_TABLE_ASKS_SIDE,
} LimenTableAsks;

/** LimenTableAsked: @column: (nullable): whose side is not known */
typedef struct {
  LimenTableAsks asks;
  char *column;
} LimenTableAsked;

/**
 * limen_table_wish_load:
 * @paths: (n)
 * @there: (nullable): what was read of them before, to be read only where @wish asks for another
 * table than that; where it does not, only column and side are chosen anew
 * @asked: (out): where it must be asked first
 *
 * Returns: (transfer full): the scores, or NULL with the errors of limen_score_table_load() and
 * limen_table_scores_new()
 */
LimenTableScores *limen_table_wish_load (const LimenTableWish *wish, const char *const *paths,
                                         guint n, LimenScoreTable *there, LimenTableAsked *asked,
                                         const LimenRun *run, GError **error);
void limen_table_asked_clear (LimenTableAsked *asked);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LimenTableAsked, limen_table_asked_clear)
