/* A table of scores on its way: rows of all its files. Only the readers of scores need it. */
#pragma once

#include "model/data/score-columns.h"
#include "model/data/score-labels.h"
#include "model/data/score-table.h"

/** LimenScoreFile: one of the files: @columns, @csv: of a table; the rest once it is read
 * @first: its first row; @n: how many; @images, @model: (nullable): of a part
 * @n_headers: rows that repeat the header
 * @columns_were_rows: of an array (k, n) of a few rows */
typedef struct {
  const char *path;
  LimenCsv *csv;
  LimenScoreColumns columns;
  gboolean is_array, columns_were_rows;
  guint first, n, n_headers;
  guint64 images;
  char *model;
  LimenRowsOf of;
} LimenScoreFile;

/**
 * LimenScoreBuilder:
 * @name: (element-type utf8): of the columns of scores; @value: as many, (room), of which the first
 * n are there
 * @labels, @folders, @splits: of all rows; empty where there are none
 * @index: (element-type guint32): of rows of parts
 * @lead: the file whose columns are those of all
 */
typedef struct {
  const LimenScoreTableOptions *options;
  LimenRun run;
  LimenScoreFile *file;
  guint n_files, lead;
  GPtrArray *name;
  double *value[LIMEN_SCORE_TABLE_MOST_COLUMNS];
  guint n, room;
  LimenLabels labels, folders, splits;
  gboolean has_labels, has_splits;
  LimenNameList *names;
  GArray *index;
  char *label_column;
} LimenScoreBuilder;

/** limen_score_builder_add: a row of all columns. FALSE with LIMEN_ERROR_UNSAFE for too many */
gboolean limen_score_builder_add (LimenScoreBuilder *builder, const double *value, const char *path,
                                  GError **error);
/** limen_score_read_rows: of a table, after those there are */
gboolean limen_score_read_rows (LimenScoreBuilder *builder, LimenScoreFile *file, GError **error);
/** limen_score_is_array: whether it begins as npy does */
gboolean limen_score_is_array (const char *path);
/** limen_score_survey_array: finds its columns, as limen_score_columns_find() those of a table */
gboolean
limen_score_survey_array (LimenScoreBuilder *builder, LimenScoreFile *file, GError **error);
/** limen_score_read_array: as limen_score_read_rows(), of an array */
gboolean limen_score_read_array (LimenScoreBuilder *builder, LimenScoreFile *file, GError **error);
/**
 * limen_score_order_parts: @place: (out) (transfer full) (nullable): row i of the table is the one
 * that was read as row @place[i]; NULL: they are in order. FALSE with LIMEN_ERROR_DAMAGED where an
 * image is missing or there twice, or files hold the same rows
 */
gboolean
limen_score_order_parts (const LimenScoreBuilder *builder, guint32 **place, GError **error);
