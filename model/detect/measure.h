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
/** limen_measure_log_likelihood: (transfer none): of a flow, in nats, flagged below */
LimenMeasure *limen_measure_log_likelihood (void);
LimenMeasure *limen_measure_ref (LimenMeasure *measure);
void limen_measure_unref (LimenMeasure *measure);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenMeasure, limen_measure_unref)
