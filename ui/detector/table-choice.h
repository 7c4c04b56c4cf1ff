/* What may be chosen of a table of scores, as rows of a dialog. */
#pragma once

#include "ui/study/detector/table-question.h"

#include <adwaita.h>

#define LIMEN_TYPE_TABLE_CHOICE (limen_table_choice_get_type ())
G_DECLARE_FINAL_TYPE (LimenTableChoice, limen_table_choice, LIMEN, TABLE_CHOICE, AdwBin)

/**
 * LimenTableChoice: the column of scores, the side that is anomalous, the column of labels and the
 * label of normal images
 *
 * Signals: "changed"
 */

/** limen_table_choice_new: (transfer floating): as @question says so far */
LimenTableChoice *limen_table_choice_new (LimenTableQuestion *question);
/** limen_table_choice_is_answer: whether what is asked is said */
gboolean limen_table_choice_is_answer (LimenTableChoice *self);
/** limen_table_choice_wish: what is chosen; to be cleared */
LimenTableWish limen_table_choice_wish (LimenTableChoice *self);
