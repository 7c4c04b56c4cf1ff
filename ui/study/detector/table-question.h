/* What must be asked of scores that any program wrote, before they mean anything. */
#pragma once

#include "model/data/score-choices.h"
#include "ui/study/detector/table-wish.h"

/**
 * LimenTableQuestion: a plain value, shared by references
 * @asks: LIMEN_TABLE_ASKS_SIDE: whether high or low values of @column are anomalous, which nothing
 * tells; LIMEN_TABLE_ASKS_LABELS: which label is that of normal images; LIMEN_TABLE_ASKS_NOTHING:
 * the user wants to choose
 * @name: of the file, for people; @why: what is not told, or how it was read, in a
 * sentence
 * @paths: NULL-terminated: all that was opened together, to be opened again with the answer
 * @wish: what was said so far
 * @column: (nullable)
 * @choices: (nullable): the columns
 */
typedef struct {
  LimenTableAsks asks;
  char *name, *why, *column, **paths;
  LimenTableWish wish;
  LimenScoreChoices *choices;
} LimenTableQuestion;

/**
 * limen_table_question_new:
 * @table: (n): the paths that are scores; @all: NULL-terminated: those that were opened with them
 *
 * Reads the tables for what there is to choose from. Returns: (transfer full): NULL with the errors
 * of limen_score_choices_new()
 */
LimenTableQuestion *
limen_table_question_new (const LimenTableAsked *asked, const char *why, const char *const *table,
                          guint n, const char *const *all, const LimenTableWish *wish,
                          GCancellable *cancellable, GError **error);
LimenTableQuestion *limen_table_question_ref (LimenTableQuestion *question);
void limen_table_question_unref (LimenTableQuestion *question);

/** limen_table_question_with_side: the wish that answers it, to be cleared */
LimenTableWish limen_table_question_with_side (const LimenTableQuestion *question, LimenSide side);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenTableQuestion, limen_table_question_unref)
