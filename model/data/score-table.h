/* Scores that any program wrote: a table (CSV) or an array (npy) of numbers, perhaps with names and
 * labels, perhaps in several files. */
#pragma once

#include "model/base/run.h"
#include "model/data/name-list.h"
#include "model/data/score-options.h"

/**
 * LimenScoreColumn:
 * @name: as the header calls it; "column 3", or the file's name, without one; of two that are
 * called the same the second is "score, column 3"
 * @value: (n): NaN where there is none, perhaps infinite
 * @n_missing, @n_infinite: how many
 */
typedef struct {
  char *name;
  double *value;
  guint n_missing, n_infinite;
} LimenScoreColumn;

/**
 * LimenScoreTable:
 * @name: of its file, for labels; @files: NULL-terminated: paths
 * @column: (n_columns), at least 1
 * @best: which of them a user means who chooses none: the one whose name speaks most of a score
 * @of: (n): LimenRowsOf; @n_of: how many of each
 * @names: (nullable): (n)
 * @told: what was taken for what, in words: "scores from “anomaly_score”; labels from “gt_label”, 1
 * being an anomaly; names from “image_path”; left out: “pred_label”"
 * @labels_found: whether anything says what rows are of
 * @perhaps_points: its rows may as well be points with labels: LIMEN_SCORES_PERHAPS
 *
 * Immutable, reference-counted.
 */
typedef struct {
  gatomicrefcount references;
  char *name, **files;
  guint n, n_columns, best;
  LimenScoreColumn *column;
  guint8 *of;
  guint n_of[LIMEN_N_ROWS];
  LimenNameList *names;
  char *told;
  gboolean labels_found, perhaps_points;
} LimenScoreTable;

/**
 * limen_score_table_load:
 * @paths: (n_paths), at least 1: tables and arrays with the same columns, joined in this order;
 * those that limen score --part wrote in the order of their images, each of which must be there
 * once
 *
 * CSV is what limen_csv_open() reads, of any length: numbers are kept, and names, but no text. A
 * first row of words is the header. Which columns are scores, names and labels, the header and what
 * stands in them say: numbers are scores but for an index, 0 and 1 under the name of a label, and
 * verdicts ("pred_label"); labels are 0 and 1 (1 an anomaly, unless the header says "normal"),
 * numbers below 0 for anomalies, true and false, or words of role-words.h, and without such a
 * column the folders in names; of several files without labels their names. Of an array (n), (n,
 * k): each column; of (k, n), with at most 8 rows of more than 8 numbers, each row.
 *
 * Returns: (transfer full): NULL with LIMEN_ERROR_FORMAT (no numbers; two headers; images; files
 * of other columns),
 * _DAMAGED (a row of another length, or with a word where a number was, with its row and text;
 * parts that are missing or there twice), _MISMATCH (labels that do not tell which are normal: it
 * must be said), _ARGUMENT (no column of such a name), _UNREADABLE, _UNSAFE or G_IO_ERROR_CANCELLED
 */
LimenScoreTable *
limen_score_table_load (const char *const *paths, guint n_paths,
                        const LimenScoreTableOptions *options, const LimenRun *run, GError **error);
/** limen_score_table_parse: of a CSV file in memory; @path: as named in messages */
LimenScoreTable *limen_score_table_parse (GBytes *bytes, const char *path,
                                          const LimenScoreTableOptions *options, GError **error);
/** limen_score_table_look: @start: the first rows of a file */
LimenScoresLook limen_score_table_look (GBytes *start, const char *path);
LimenScoreTable *limen_score_table_ref (LimenScoreTable *table);
void limen_score_table_unref (LimenScoreTable *table);

/** limen_score_table_find: @column: (out): which it is of the columns of scores that @name (as in
 * LimenScoreTableOptions) means. FALSE with LIMEN_ERROR_ARGUMENT, which names those there are */
gboolean limen_score_table_find (const LimenScoreTable *table, const char *name, guint *column,
                                 GError **error);

/** limen_score_table_image_path: (transfer full) (nullable): the file that the name of row @index
 * leads to, from the folder of the table or by itself; NULL where there is none */
char *limen_score_table_image_path (const LimenScoreTable *table, guint index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenScoreTable, limen_score_table_unref)
