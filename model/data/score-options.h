/* What rows of scores are of, and what the user says of a table of them. */
#pragma once

#include <glib.h>

#define LIMEN_SCORE_TABLE_MOST_COLUMNS 64

/**
 * LimenRowsOf: what images the rows of a table are of
 * @LIMEN_ROWS_UNKNOWN: nothing says so
 * @LIMEN_ROWS_VALIDATION: normal ones, of which a threshold is set
 * @LIMEN_ROWS_FIT: normal ones, to which the detector was fitted
 */
typedef enum {
  LIMEN_ROWS_UNKNOWN,
  LIMEN_ROWS_NORMAL,
  LIMEN_ROWS_ANOMALY,
  LIMEN_ROWS_VALIDATION,
  LIMEN_ROWS_FIT,
  LIMEN_N_ROWS,
} LimenRowsOf;

/**
 * LimenScoreTableOptions: what the user says of a table; all zero: to be found out. A column is
 * called as its header does, or "3" for the third where none is called so
 * @columns: (nullable): NULL-terminated: those of scores
 * @names, @labels: (nullable): those of names and of labels
 * @normal_label: (nullable): the label of normal images; all others are of anomalies
 * @no_labels: nothing is a label
 */
typedef struct {
  const char *const *columns;
  const char *names, *labels, *normal_label;
  gboolean no_labels;
} LimenScoreTableOptions;
