#include "ui/study/detector/redraw-session.h"

#include "ui/study/latest.h"
#include "ui/study/signals.h"
#include "ui/study/ticker.h"

#include <math.h>
#include <string.h>

struct _LimenRedrawSession {
  GObject parent_instance;

  LimenDetectorSession *detector;
  LimenRedrawn *result; /* nullable */
  LimenLines lines;     /* that result or work is of */
  guint64 seed;         /* of the next sets */
  LimenLatest *work;
  guint tick;
};

G_DEFINE_FINAL_TYPE (LimenRedrawSession, limen_redraw_session, G_TYPE_OBJECT)

/* -- on the thread -- */

typedef struct {
  LimenScores *test, *validation;
  LimenLines lines;
  guint n_sets;
  guint64 seed;
} Input;

static void
input_free (gpointer data)
{
  Input *input = data;
  limen_scores_unref (input->test);
  limen_scores_unref (input->validation);
  g_free (input);
}

static void
redrawn_free (gpointer data)
{
  LimenRedrawn *redrawn = data;
  g_free (redrawn->one);
  g_free (redrawn);
}

/* Both halves: the more there are, the less the truth is one of few numbers */
static LimenScores *
population_of (const Input *input)
{
  const LimenScores *test = input->test, *validation = input->validation;
  g_autofree double *value = g_new (double, test->n + validation->n);
  memcpy (value, test->value, test->n * sizeof *value);
  memcpy (value + test->n, validation->value, validation->n * sizeof *value);
  return limen_scores_new_of (test->measure, test->name, value, test->n + validation->n);
}

static void
count (LimenRedrawn *redrawn)
{
  for (guint i = 0; i < redrawn->n_sets; i++) {
    redrawn->n_fixed_missed += redrawn->one[i].fixed_missed != 0;
    redrawn->n_somewhere_missed += redrawn->one[i].somewhere_missed != 0;
    redrawn->n_band_left += redrawn->one[i].band_left != 0;
  }
}

static gpointer
run_redraw (gpointer data, const LimenRun *run, GError **error)
{
  const Input *input = data;
  g_autoptr (LimenScores) population = population_of (input);
  LimenRedrawn *redrawn = g_new0 (LimenRedrawn, 1);
  redrawn->one = g_new0 (LimenRedrawOne, input->n_sets);
  redrawn->n_sets = input->n_sets;
  redrawn->n = input->test->n;
  redrawn->n_population = population->n;
  redrawn->lines = input->lines;
  redrawn->truth = (double)limen_lines_n_flagged (input->lines, population) / population->n;
  redrawn->seed = input->seed;
  if (!limen_redraw (population, input->lines, redrawn->n, redrawn->n_sets, redrawn->seed,
                     redrawn->one, run, error)) {
    redrawn_free (redrawn);
    return NULL;
  }
  count (redrawn);
  return redrawn;
}

/* -- on the main thread -- */

static void
tell (LimenRedrawSession *self)
{
  limen_ticker_tell (self, &self->tick, limen_latest_busy (self->work, NULL));
}

static void
redrawn_cb (gpointer result, const GError *error, gpointer owner)
{
  LimenRedrawSession *self = owner;
  if (result) {
    g_clear_pointer (&self->result, redrawn_free);
    self->result = result;
  } else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_signal_emit_by_name (self, "notice", error->message);
  tell (self);
}

/* (nullable): of the page, where all its scores are there and it has a line */
static const LimenDetector *
detector_of (LimenRedrawSession *self)
{
  const LimenAnalysis *analysis = limen_detector_session_analysis (self->detector);
  const LimenDetector *detector = analysis ? analysis->detector : NULL;
  gboolean all = detector && detector->validation && detector->normal->n > 0;
  return all && !isnan (detector->threshold) ? detector : NULL;
}

static void
forget (LimenRedrawSession *self)
{
  gboolean any = self->result || limen_latest_busy (self->work, NULL);
  limen_latest_cancel (self->work);
  g_clear_pointer (&self->result, redrawn_free);
  if (any)
    tell (self);
}

/* A promise that changes leaves the line where it was. */
static void
threshold_changed_cb (LimenRedrawSession *self)
{
  const LimenDetector *detector = detector_of (self);
  LimenLines lines = detector ? limen_detector_lines (detector) : (LimenLines){NAN, NAN};
  if (lines.low != self->lines.low || lines.high != self->lines.high)
    forget (self);
}

/* -- what there is, and what is wanted -- */

gboolean
limen_redraw_session_can_draw (LimenRedrawSession *self)
{
  g_return_val_if_fail (LIMEN_IS_REDRAW_SESSION (self), FALSE);
  return detector_of (self) != NULL;
}

void
limen_redraw_session_draw (LimenRedrawSession *self, guint n_sets)
{
  g_return_if_fail (LIMEN_IS_REDRAW_SESSION (self) && n_sets > 0);
  const LimenDetector *detector = detector_of (self);
  if (!detector)
    return;
  self->lines = limen_detector_lines (detector);
  Input *input = g_new (Input, 1);
  *input = (Input){limen_scores_ref (detector->normal), limen_scores_ref (detector->validation),
                   self->lines, n_sets, self->seed++};
  limen_latest_wish (self->work, input);
  tell (self);
}

void
limen_redraw_session_cancel (LimenRedrawSession *self)
{
  g_return_if_fail (LIMEN_IS_REDRAW_SESSION (self));
  limen_latest_cancel (self->work);
}

const LimenRedrawn *
limen_redraw_session_result (LimenRedrawSession *self)
{
  g_return_val_if_fail (LIMEN_IS_REDRAW_SESSION (self), NULL);
  return self->result;
}

gboolean
limen_redraw_session_busy (LimenRedrawSession *self, double *fraction)
{
  g_return_val_if_fail (LIMEN_IS_REDRAW_SESSION (self), FALSE);
  return limen_latest_busy (self->work, fraction);
}

/* -- the object -- */

static void
limen_redraw_session_dispose (GObject *object)
{
  LimenRedrawSession *self = LIMEN_REDRAW_SESSION (object);
  limen_ticker_stop (&self->tick);
  if (self->detector)
    g_signal_handlers_disconnect_by_data (self->detector, self);
  g_clear_pointer (&self->work, limen_latest_free);
  g_clear_object (&self->detector);
  g_clear_pointer (&self->result, redrawn_free);
  G_OBJECT_CLASS (limen_redraw_session_parent_class)->dispose (object);
}

static void
limen_redraw_session_class_init (LimenRedrawSessionClass *klass)
{
  static const char *const names[] = {"changed", NULL};
  GType type = G_TYPE_FROM_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = limen_redraw_session_dispose;
  limen_signals_new (type, names, TRUE);
}

static void
limen_redraw_session_init (LimenRedrawSession *self)
{
  self->work = limen_latest_new (run_redraw, input_free, redrawn_free, LIMEN_OVERTAKEN_IS_CANCELLED,
                                 redrawn_cb, self);
}

LimenRedrawSession *
limen_redraw_session_new (LimenDetectorSession *detector)
{
  g_return_val_if_fail (LIMEN_IS_DETECTOR_SESSION (detector), NULL);
  LimenRedrawSession *self = g_object_new (LIMEN_TYPE_REDRAW_SESSION, NULL);
  self->detector = g_object_ref (detector);
  g_signal_connect_swapped (detector, "data-changed", G_CALLBACK (forget), self);
  g_signal_connect_swapped (detector, "threshold-changed", G_CALLBACK (threshold_changed_cb), self);
  return self;
}
