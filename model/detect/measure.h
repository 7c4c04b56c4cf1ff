/* What a score measures: its name, its unit, and which of its values are unusual. */
#pragma once

#include <glib.h>

/**
 * LimenSide: which images a threshold flags
 * @LIMEN_SIDE_LOW: those that score below it: likelihoods
 * @LIMEN_SIDE_HIGH: those that score above it: distances
 * @LIMEN_SIDE_BOTH: those that score farther from the mean of the validation scores than it does,
 * on either side of the mean
 */
typedef enum { LIMEN_SIDE_LOW, LIMEN_SIDE_HIGH, LIMEN_SIDE_BOTH } LimenSide;

/**
 * LimenMeasure:
 * @name: for command line and files: "log-likelihood"; of a column of somebody's file its own
 * @title: for people: "log-likelihood"
 * @unit: behind numbers: "nats", "bits"; "" for none
 *
 * Immutable, reference-counted.
 */
typedef struct {
  gatomicrefcount references;
  char *name, *title, *unit;
  LimenSide side;
} LimenMeasure;

/** limen_measure_new: (transfer full) */
LimenMeasure *
limen_measure_new (const char *name, const char *title, const char *unit, LimenSide side);
/** limen_measure_log_likelihood: (transfer none): of a flow, in nats, flagged below; always the
 * same one */
LimenMeasure *limen_measure_log_likelihood (void);
/** limen_measure_same: whether scores of both can be compared: name, unit and side are the same */
gboolean limen_measure_same (const LimenMeasure *a, const LimenMeasure *b);
LimenMeasure *limen_measure_ref (LimenMeasure *measure);
void limen_measure_unref (LimenMeasure *measure);

/** LIMEN_MOST_DECIMALS: that people count */
#define LIMEN_MOST_DECIMALS 12

/**
 * limen_measure_decimals: how many a score is told with
 * @std: of scores of @measure, 0 or NaN where it is not known
 * @usual: of log-likelihoods, whose size is known; of others so many at least, and as many as show
 * three digits of @std
 */
guint limen_measure_decimals (const LimenMeasure *measure, double std, guint usual);
/** limen_measure_text: (transfer full): @score with its unit, as people read it: "194 nats",
 * "2.31"; of more decimals than people count six significant digits: "1.25·10⁻²⁰" */
char *limen_measure_text (const LimenMeasure *measure, double score, guint decimals);
/** limen_measure_number: (transfer full): the same without the unit */
char *limen_measure_number (double score, guint decimals);
/** limen_measure_rounded: the number that this text is */
double limen_measure_rounded (double score, guint decimals);
/** limen_measure_heading: (transfer full): its title, as a heading begins: "Log-likelihood" */
char *limen_measure_heading (const LimenMeasure *measure);
/** limen_measure_column: (transfer full): its name at the head of a column: "log_likelihood", and
 * of others the name as it is */
char *limen_measure_column (const LimenMeasure *measure);
/** limen_side_name: for files: "low", "high", "both" */
const char *limen_side_name (LimenSide side);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenMeasure, limen_measure_unref)
