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
 * LimenScoresLook: whether a table of numbers is scores, or points
 * @LIMEN_SCORES_NOT: nothing in it speaks of scores
 * @LIMEN_SCORES_CLASSES: labels stand under a name of such ("class"), but they are of classes, or
 * beside coordinates ("x1", "feature"): points
 * @LIMEN_SCORES_PERHAPS: several columns of numbers beside labels of two classes (0 and 1, true and
 * false), under names that say nothing: points with labels look the same
 * @LIMEN_SCORES_SURELY: a header speaks of a score, files are named beside numbers, labels are
 * words of roles or stand under one ("is_anomaly"), or one column of numbers stands beside labels
 */
typedef enum {
  LIMEN_SCORES_NOT,
  LIMEN_SCORES_CLASSES,
  LIMEN_SCORES_PERHAPS,
  LIMEN_SCORES_SURELY,
} LimenScoresLook;

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
