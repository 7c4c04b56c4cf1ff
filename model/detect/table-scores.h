/* A column of a table of scores becomes what a detector is made of. */
#pragma once

#include "model/data/score-table.h"
#include "model/detect/scores.h"

/** LimenFlags: which of its values are unusual: as the name of the column or, where that tells
 * nothing, the labels say, or as the user does */
typedef enum {
  LIMEN_FLAGS_LOW = LIMEN_SIDE_LOW,
  LIMEN_FLAGS_HIGH = LIMEN_SIDE_HIGH,
  LIMEN_FLAGS_BOTH = LIMEN_SIDE_BOTH,
  LIMEN_FLAGS_FOUND_OUT,
} LimenFlags;

/** LimenTableSet: images of one kind in a table; @row: (scores->n): which rows they are; @scores:
 * (nullable): there are none */
typedef struct {
  LimenScores *scores;
  guint32 *row;
} LimenTableSet;

/**
 * LimenTableScores:
 * @table: a reference it holds; @column: which of its columns
 * @measure: called as the column; of a unit and side that are known for what Limen writes, else
 * without a unit
 * @validation, @normal, @anomaly: without any label all rows are normal
 * @side_of_labels: whether the side was chosen by the labels: then the AUROC is at least ½ by
 * choice; @auroc_high: that of high values, NaN where there are not both kinds
 * @n_without: rows that have no number; @n_unknown: whose label says nothing while others do;
 * @n_fit: of images that the detector was fitted to; none of them is in a set
 *
 * Immutable, reference-counted.
 */
typedef struct {
  gatomicrefcount references;
  LimenScoreTable *table;
  guint column;
  LimenMeasure *measure;
  LimenTableSet validation, normal, anomaly;
  gboolean side_of_labels;
  double auroc_high;
  guint n_without, n_unknown, n_fit;
} LimenTableScores;

/**
 * limen_table_scores_new:
 *
 * Returns: (transfer full): NULL with LIMEN_ERROR_MISMATCH where the side must be said, or
 * LIMEN_ERROR_ARGUMENT where no row is of normal images
 */
LimenTableScores *
limen_table_scores_new (LimenScoreTable *table, guint column, LimenFlags flags, GError **error);
LimenTableScores *limen_table_scores_ref (LimenTableScores *scores);
void limen_table_scores_unref (LimenTableScores *scores);

/** limen_table_scores_joined: (transfer full): the same, where the images of the validation are
 * normal ones like the others: for those who split them themselves */
LimenTableScores *limen_table_scores_joined (LimenTableScores *scores);

/** limen_table_scores_told: (transfer full): what was taken for what: "“score”: high values are
 * flagged, as the labels say (AUROC 0.93; of low values 0.07); 3 rows without a number left out" */
char *limen_table_scores_told (const LimenTableScores *scores);
/** limen_table_set_name: (transfer full): of image @index of @set: its name, or "row 17", counted
 * from 1 on without the header */
char *limen_table_set_name (const LimenTableScores *scores, const LimenTableSet *set, guint index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenTableScores, limen_table_scores_unref)
