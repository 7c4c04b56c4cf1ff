#include "model/game/game-record.h"

#include <math.h>
#include <string.h>

#define LOOK             256 /* iterations between two looks at the cancellable: up to 0.1 ms each */
#define TELL             4096 /* and between two words of progress */
#define CURVE_PER_DECADE 30

/* Of iterates that left all bounds the gap is no number, and nothing else is known. */
LimenGameRow
limen_game_row (const LimenDynamics *d, const LimenSolution *solution)
{
  LimenGameRow row = {.k = d->k, .kl = NAN, .energy = NAN};
  memcpy (row.p_a, d->x, sizeof row.p_a);
  memcpy (row.p_b, d->y, sizeof row.p_b);
  limen_dynamics_average (d, row.average_a, row.average_b);
  row.gap = limen_exploit (&d->payoff, row.p_a, row.p_b).gap;
  row.average_gap = limen_exploit (&d->payoff, row.average_a, row.average_b).gap;
  if (solution->unique && isfinite (row.gap)) {
    LimenInvariant kept = limen_dynamics_invariant (d, solution->a, solution->b);
    row.kl = kept.kl;
    row.energy = kept.energy;
  }
  return row;
}

/* What is due at an iteration: a row, a place on the curve */
typedef struct {
  LimenGameRecord *record;
  const LimenSolution *solution;
  GArray *rows;
  LimenRun run;
  guint64 n_iterations, next_row, next_place;
  gboolean touched;
} Recorder;

static void
add_row (Recorder *recorder, const LimenDynamics *d)
{
  LimenGameRow row = limen_game_row (d, recorder->solution);
  g_array_append_val (recorder->rows, row);
  recorder->next_row =
      d->k < LIMEN_RECORD_ALL ? d->k + 1 : limen_game_curve_next (d->k, LIMEN_RECORD_PER_DECADE);
}

static void
add_place (Recorder *recorder, const LimenDynamics *d)
{
  limen_game_curve_add (&recorder->record->curve, d, recorder->solution, recorder->touched);
  recorder->next_place = limen_game_curve_next (d->k, CURVE_PER_DECADE);
  recorder->touched = FALSE;
}

/* Whoever waits may stop it, and is told how far it is. */
static gboolean
look (const Recorder *recorder, guint64 k, GError **error)
{
  const LimenRun *run = &recorder->run;
  if (k % LOOK == 0 && g_cancellable_set_error_if_cancelled (run->cancellable, error))
    return FALSE;
  if (k % TELL == 0 && run->progress)
    run->progress ((double)k / (double)recorder->n_iterations, run->progress_data);
  return TRUE;
}

static gboolean
record_all (Recorder *recorder, GError **error)
{
  LimenDynamics d = recorder->record->start;
  add_row (recorder, &d);
  while (d.k < recorder->n_iterations) {
    limen_dynamics_step (&d);
    gboolean last = d.k == recorder->n_iterations;
    recorder->touched = recorder->touched || d.touched;
    if (!look (recorder, d.k, error))
      return FALSE;
    if (d.k >= recorder->next_row || last)
      add_row (recorder, &d);
    if (d.k >= recorder->next_place || last)
      add_place (recorder, &d);
  }
  return TRUE;
}

LimenGameRecord *
limen_game_record_new (const LimenDynamics *start, const LimenSolution *solution,
                       guint64 n_iterations, const LimenRun *run, GError **error)
{
  g_autoptr (LimenGameRecord) record = g_new0 (LimenGameRecord, 1);
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (LimenGameRow));
  Recorder recorder = {.record = record,
                       .solution = solution,
                       .rows = rows,
                       .run = limen_run_of (run),
                       .n_iterations = n_iterations,
                       .next_place = 1};
  record->start = *start;
  limen_game_curve_begin (&record->curve, start, solution);
  if (!record_all (&recorder, error))
    return NULL;
  limen_game_curve_end (&record->curve);
  record->n = rows->len;
  record->row = g_array_steal (rows, NULL);
  return g_steal_pointer (&record);
}

void
limen_game_record_free (LimenGameRecord *record)
{
  if (!record)
    return;
  g_free (record->row);
  g_free (record);
}

const LimenGameRow *
limen_game_record_last (const LimenGameRecord *record)
{
  return &record->row[record->n - 1];
}
