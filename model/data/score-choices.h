/* What a user may choose of a table of scores: which columns there are, and which words stand in
 * them. */
#pragma once

#include "model/data/score-options.h"

#include <gio/gio.h>

#define LIMEN_SCORE_CHOICES_MOST_WORDS 32 /* of a column that may tell labels */

/**
 * LimenScoreChoice: a column
 * @name: as the header calls it; "column 3" without one
 * @is_score: whether it would be taken for scores by itself
 * @words: (nullable): NULL-terminated, as they come: the different ones of all rows, where they are
 * few enough to be labels
 */
typedef struct {
  char *name;
  gboolean is_score;
  char **words;
} LimenScoreChoice;

/**
 * LimenScoreChoices:
 * @column: (n): those of the file; none of an array
 * @labels: which of them would be taken for labels by itself; G_MAXUINT: none
 *
 * Immutable, reference-counted.
 */
typedef struct {
  gatomicrefcount references;
  LimenScoreChoice *column;
  guint n, labels;
} LimenScoreChoices;

/**
 * limen_score_choices_new: reads all rows
 * @paths: (n_paths), at least 1: as of limen_score_table_load()
 *
 * Returns: (transfer full): NULL with the errors of limen_csv_open(), or LIMEN_ERROR_FORMAT of what
 * has no scores
 */
LimenScoreChoices *limen_score_choices_new (const char *const *paths, guint n_paths,
                                            GCancellable *cancellable, GError **error);
LimenScoreChoices *limen_score_choices_ref (LimenScoreChoices *choices);
void limen_score_choices_unref (LimenScoreChoices *choices);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenScoreChoices, limen_score_choices_unref)
