/* A run of one method, recorded: each of the first iterations, then some of each decade, so that a
 * record of any length has its place in memory. */
#pragma once

#include "model/base/run.h"
#include "model/game/curve.h"

#define LIMEN_RECORD_ALL        10000 /* iterations of which none is left out */
#define LIMEN_RECORD_PER_DECADE 1000  /* of those after, evenly on a logarithmic scale */

/**
 * LimenGameRow: one iteration
 * @k: 0: the start
 * @p_a, @p_b: the iterate; @average_a, @average_b: the mean of iterates 1 to k; at 0 the start
 * @gap, @average_gap: exploitability of each; NaN where numbers have overflowed
 * @kl, @energy: as LimenInvariant; NaN where the solution is not unique
 */
typedef struct {
  guint64 k;
  double p_a[LIMEN_GAME_MOST], p_b[LIMEN_GAME_MOST];
  double average_a[LIMEN_GAME_MOST], average_b[LIMEN_GAME_MOST];
  double gap, average_gap, kl, energy;
} LimenGameRow;

/**
 * LimenGameRecord:
 * @start: before its first step
 * @row: (n): k = 0 first, the last iteration last
 * @curve: the same for a plot
 */
typedef struct {
  LimenDynamics start;
  LimenGameRow *row;
  guint n;
  LimenGameCurve curve;
} LimenGameRecord;

/**
 * limen_game_record_new:
 * @start: a method before its first step, set up as it should be
 * @solution: of its game
 *
 * Runs @n_iterations. Returns: (transfer full): NULL with G_IO_ERROR_CANCELLED.
 */
LimenGameRecord *limen_game_record_new (const LimenDynamics *start, const LimenSolution *solution,
                                        guint64 n_iterations, const LimenRun *run, GError **error);
void limen_game_record_free (LimenGameRecord *record);
/** limen_game_row: of where @d is now; @solution: of its game */
LimenGameRow limen_game_row (const LimenDynamics *d, const LimenSolution *solution);
/** limen_game_record_last: (transfer none) */
const LimenGameRow *limen_game_record_last (const LimenGameRecord *record);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenGameRecord, limen_game_record_free)
