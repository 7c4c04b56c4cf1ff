/* The columns of a table of scores side by side, and two of them against each other: what the bench
 * is to images, for scores of any program. */
#pragma once

#include "model/bench/row.h"
#include "ui/study/detector/session.h"

/**
 * LimenTableColumn:
 * @scores: (nullable): NULL: for the reason @lacks
 * @detector: as the page would judge by it, three standard deviations from the mean
 * @row: its errors and how well it separates
 * @side_known: whether anything says which of its values are unusual; where not, @detector is of
 * high ones for want of it, and only shows where the scores lie
 */
typedef struct {
  LimenTableScores *scores;
  LimenDetector *detector;
  LimenBenchRow row;
  gboolean side_known;
  char *lacks;
} LimenTableColumn;

/** LimenTableBenchResult: @column: (n): in the order of the table, of which it holds a reference.
 * Immutable, reference-counted */
typedef struct {
  gatomicrefcount references;
  LimenScoreTable *table;
  LimenTableColumn *column;
  guint n;
} LimenTableBenchResult;

/**
 * LimenTableBenchInput:
 * @now: the column that the page judges by, whose side it knows
 */
typedef struct {
  LimenTableScores *now;
  LimenSplit split;
} LimenTableBenchInput;

/** limen_table_bench_run: (transfer full): NULL with G_IO_ERROR_CANCELLED */
LimenTableBenchResult *
limen_table_bench_run (const LimenTableBenchInput *input, const LimenRun *run, GError **error);
LimenTableBenchResult *limen_table_bench_result_ref (LimenTableBenchResult *result);
void limen_table_bench_result_unref (LimenTableBenchResult *result);
/** limen_table_bench_sentence: (transfer full): what the numbers are of, by the split of the column
 * @now, and what of them is so by choice */
char *limen_table_bench_sentence (const LimenTableBenchResult *result, guint now);

/**
 * LimenTablePair: images that have a score in two columns: of the normal ones those of the test
 * half of the first
 * @scores: [set][axis] (nullable); @row: [set]: (n): which rows of the table they are
 */
typedef struct {
  LimenScores *scores[LIMEN_N_LABELLED][2];
  guint32 *row[LIMEN_N_LABELLED];
} LimenTablePair;

/** limen_table_pair_new: @x, @y: which columns; both must have scores */
LimenTablePair *limen_table_pair_new (const LimenTableBenchResult *result, guint x, guint y);
void limen_table_pair_free (LimenTablePair *pair);
/** limen_table_pair_index: (transfer full) (nullable): which of the normal set of @now the normal
 * images are; NULL where some of them, or of the anomalies, have no score in one of the columns:
 * the images are others then */
guint32 *limen_table_pair_index (const LimenTablePair *pair, const LimenTableScores *now);

#define LIMEN_TYPE_TABLE_BENCH (limen_table_bench_get_type ())
G_DECLARE_FINAL_TYPE (LimenTableBench, limen_table_bench, LIMEN, TABLE_BENCH, GObject)

/**
 * LimenTableBench: works while it is looked at; anew for another table, column, side or split
 *
 * Signals:
 * - "changed": there is another result, or none
 * - "notice" (message: string): something to tell the user
 */

/** limen_table_bench_new: follows @detector, which it keeps */
LimenTableBench *limen_table_bench_new (LimenDetectorSession *detector);
/** limen_table_bench_set_shown: whether somebody looks at it */
void limen_table_bench_set_shown (LimenTableBench *self, gboolean shown);
/** limen_table_bench_table: (transfer none) (nullable): NULL: the page shows images */
const LimenTableScores *limen_table_bench_table (LimenTableBench *self);
/** limen_table_bench_result: (transfer none) (nullable): of that table */
LimenTableBenchResult *limen_table_bench_result (LimenTableBench *self);
/** limen_table_bench_choose: the column @index becomes the score of the page */
void limen_table_bench_choose (LimenTableBench *self, guint index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenTableBenchResult, limen_table_bench_result_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenTablePair, limen_table_pair_free)
