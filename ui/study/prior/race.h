/* A training race: up to three trainers that go step by step together, on threads of their own,
 * beside a window that looks at them whenever it draws. Needs no display. */
#pragma once

#include "model/prior/training-record.h"
#include "viz/prior/race-plot.h"

typedef struct LimenRace LimenRace;

#define LIMEN_RACE_POINTS  300 /* shown of the aggregate posterior, and of decoded samples */
#define LIMEN_RACE_ROWS    20  /* decoded samples that are kept whole */
#define LIMEN_RACE_RECORDS 600 /* of a curve, at most twice as many */

/** limen_race_name: of an estimator among others: "log-derivative, mean baseline" */
const char *limen_race_name (LimenGradientEstimator estimator);

/** limen_race_new: @settings: (n): one a runner, n ≤ LIMEN_RACE_MOST; @points is copied. It waits
 */
LimenRace *limen_race_new (const LimenPriorSettings *settings, guint n, const LimenPoints *points,
                           GError **error);
/** limen_race_free: ends the threads within a step */
void limen_race_free (LimenRace *race);

/** limen_race_play: goes on, or waits */
void limen_race_play (LimenRace *race, gboolean on);
/** limen_race_step: one step, and waits then */
void limen_race_step (LimenRace *race);
/** limen_race_set_speed: steps a second; 0: as many as there can be */
void limen_race_set_speed (LimenRace *race, double steps);
/** limen_race_set_estimator etc.: takes effect between two steps, for one runner or for all */
void limen_race_set_estimator (LimenRace *race, guint runner, LimenGradientEstimator estimator);
void limen_race_set_trainable (LimenRace *race, gboolean trainable);
void limen_race_optimal_lambda (LimenRace *race);

/**
 * LimenRaceView: a copy of how it stands
 * @runner: (n): borrows from @memory, which never changes: copies share it
 * @step, @n_steps, @is_playing, @is_done
 * @rows: (n): (LIMEN_RACE_ROWS, @d): decoded samples with all their columns
 * @last: (n): of each runner, a moment ago while it plays
 * @error: (nullable): a runner diverged: one sentence
 */
typedef struct {
  LimenRaceRunner runner[LIMEN_RACE_MOST];
  LimenPriorReport last[LIMEN_RACE_MOST];
  const double *rows[LIMEN_RACE_MOST];
  guint n, d;
  guint64 step, n_steps;
  gboolean is_playing, is_done;
  char *error;
  GPtrArray *memory;
} LimenRaceView;

/** limen_race_look: (transfer full) (nullable): the newest view, or NULL where nothing has changed
 * since the last. Does not wait for a step: a view may be one step old */
LimenRaceView *limen_race_look (LimenRace *race);
/** limen_race_rests: whether limen_race_look() gives nothing more until something is asked of it */
gboolean limen_race_rests (LimenRace *race);
/** limen_race_view_of: (transfer full): the end of a training that ran alone; @path:
 * (report->curve->n, 2): where λ1 has been */
LimenRaceView *limen_race_view_of (const LimenTrainingReport *report,
                                   const LimenPriorTrainer *trainer, const double *path);
LimenRaceView *limen_race_view_copy (const LimenRaceView *view);
void limen_race_view_free (LimenRaceView *view);
/** limen_race_bound: (transfer full): of runner @index: "−1.234", or "−1.23 ± 0.02" */
char *limen_race_bound (const LimenRaceView *view, guint index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenRace, limen_race_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenRaceView, limen_race_view_free)
