#include "ui/study/prior/lesson.h"

#include "ui/study/prior/lesson-private.h"

#include <math.h>

#define STEPS 20 /* of a race, that a step of a lesson asks for */

/* -- the page as it was -- */

LimenWiggle
limen_prior_lesson_wiggle (double omega)
{
  return limen_wiggle (0.3, 0.5, omega);
}

int
limen_prior_lesson_winner (double omega)
{
  LimenWiggle wiggle = limen_prior_lesson_wiggle (omega);
  double path = wiggle.reparameterization, density = wiggle.best_baseline;
  double level = LIMEN_WIGGLE_LEVEL * fmax (path, density);
  return density - path > level ? 1 : path - density > level ? -1 : 0;
}

static void
mark_race (LimenPriorSession *session, LimenLessonMark *mark)
{
  const LimenRaceSettings *race = &limen_prior_session_state (session)->race;
  const LimenRaceView *view = limen_prior_session_view (session);
  mark->number[LIMEN_PRIOR_MARK_STEP] = view ? (double)view->step : 0;
  mark->number[LIMEN_PRIOR_MARK_TRAINABLE] = race->common.trainable;
  mark->number[LIMEN_PRIOR_MARK_HIDDEN] = race->common.hidden;
  mark->number[LIMEN_PRIOR_MARK_OPTIMAL] = limen_prior_session_n_optimal (session);
}

void
limen_prior_lesson_begin (gpointer session, LimenLessonMark *mark)
{
  g_return_if_fail (LIMEN_IS_PRIOR_SESSION (session) && mark != NULL);
  const LimenPriorView *view = &limen_prior_session_state (session)->view;
  const LimenDuelSettings *of_duel = limen_prior_session_of_duel (session);
  const LimenDuel *duel = limen_prior_session_duel (session);
  mark->number[LIMEN_PRIOR_MARK_SEED] = (double)of_duel->seed;
  mark->number[LIMEN_PRIOR_MARK_SHIFT] = of_duel->shift;
  mark->number[LIMEN_PRIOR_MARK_DIMENSION] = of_duel->dimension;
  mark->number[LIMEN_PRIOR_MARK_STANDARD] = of_duel->standard;
  mark->number[LIMEN_PRIOR_MARK_PARAMETER] = view->parameter;
  mark->number[LIMEN_PRIOR_MARK_K] = duel->k;
  mark->number[LIMEN_PRIOR_MARK_OMEGA] = view->omega;
  mark->number[LIMEN_PRIOR_MARK_WINNER] = limen_prior_lesson_winner (view->omega);
  mark->number[LIMEN_PRIOR_MARK_VARIANCE] =
      limen_prior_lesson_variance (session, LIMEN_LOG_DERIVATIVE, view->parameter).value;
  mark_race (session, mark);
}

/* -- as a hand would -- */

#define SETTER(field, Type)                                                                        \
  void limen_prior_lesson_set_##field (LimenPriorSession *session, const Type *field)              \
  {                                                                                                \
    g_return_if_fail (LIMEN_IS_PRIOR_SESSION (session) && field != NULL);                          \
    g_auto (LimenPriorState) next =                                                                \
        limen_prior_state_with_##field (limen_prior_session_state (session), field);               \
    limen_prior_session_set (session, &next);                                                      \
  }
SETTER (duel, LimenDuelSettings)
SETTER (race, LimenRaceSettings)
SETTER (view, LimenPriorView)

/* -- the race -- */

/* Steps done since, and how many are asked for. A race that is behind where it was began anew. */
static guint64
run_since (const LimenRaceView *view, const LimenLessonMark *mark, guint64 *needed)
{
  guint64 before = (guint64)mark->number[LIMEN_PRIOR_MARK_STEP];
  gboolean anew = view->step < before || before >= view->n_steps;
  guint64 from = anew ? 0 : before;
  *needed = MIN (STEPS, view->n_steps - from);
  return view->step == before ? 0 : view->step - from;
}

gboolean
limen_prior_lesson_ran (gpointer session, const LimenLessonMark *mark)
{
  g_return_val_if_fail (LIMEN_IS_PRIOR_SESSION (session) && mark != NULL, FALSE);
  const LimenRaceView *view = limen_prior_session_view (session);
  guint64 needed = 0;
  return view && run_since (view, mark, &needed) >= needed;
}

gboolean
limen_prior_lesson_show_run (gpointer session, const LimenLessonMark *mark, double t)
{
  g_return_val_if_fail (LIMEN_IS_PRIOR_SESSION (session) && mark != NULL, FALSE);
  limen_prior_session_look (session);
  const LimenRaceView *view = limen_prior_session_view (session);
  guint64 needed = 0, run = view ? run_since (view, mark, &needed) : 0;
  if (view && (double)run >= t * (double)needed) {
    if (t >= 1)
      limen_prior_session_play (session, FALSE);
    return TRUE;
  }
  if (view && !view->is_playing)
    limen_prior_session_play (session, TRUE);
  return view && view->error; /* it will come no farther */
}

gboolean
limen_prior_lesson_ran_trainable (gpointer session, const LimenLessonMark *mark)
{
  g_return_val_if_fail (LIMEN_IS_PRIOR_SESSION (session) && mark != NULL, FALSE);
  return limen_prior_session_state (session)->race.common.trainable &&
         limen_prior_lesson_ran (session, mark);
}

gboolean
limen_prior_lesson_show_trainable_run (gpointer session, const LimenLessonMark *mark, double t)
{
  g_return_val_if_fail (LIMEN_IS_PRIOR_SESSION (session) && mark != NULL, FALSE);
  LimenRaceSettings race = limen_prior_session_state (session)->race;
  if (!race.common.trainable) {
    race.common.trainable = TRUE;
    limen_prior_lesson_set_race (session, &race);
  }
  return limen_prior_lesson_show_run (session, mark, t);
}

gboolean
limen_prior_lesson_pause (LimenPriorSession *session)
{
  g_return_val_if_fail (LIMEN_IS_PRIOR_SESSION (session), FALSE);
  limen_prior_session_look (session);
  const LimenRaceView *view = limen_prior_session_view (session);
  if (view && view->is_playing)
    limen_prior_session_play (session, FALSE);
  return view && !view->is_playing;
}

const LimenRaceView *
limen_prior_lesson_before (LimenPriorSession *session)
{
  g_return_val_if_fail (LIMEN_IS_PRIOR_SESSION (session), NULL);
  const LimenRaceView *view = limen_prior_session_view (session);
  const LimenRaceView *before = limen_prior_session_before (session);
  gboolean same = view && before && view->step == before->step && !view->is_playing &&
                  !view->error && !before->error;
  return same ? before : NULL;
}

/* "(0.11, −0.30)": of @n latent variables the first two */
static char *
list (const double *values, guint n)
{
  g_autofree char *a = limen_format_number (values[0], 2);
  g_autofree char *b = n > 1 ? limen_format_number (values[1], 2) : g_strdup ("");
  return g_strdup_printf ("(%s%s%s%s)", a, n > 1 ? ", " : "", b, n > 2 ? ", …" : "");
}

/* There is a bound, of the moment that λ is of. */
char *
limen_prior_lesson_say_race (gpointer session, const LimenLessonMark *mark)
{
  g_return_val_if_fail (LIMEN_IS_PRIOR_SESSION (session), NULL);
  const LimenRaceView *view = limen_prior_session_view (session);
  guint latent = limen_prior_session_state (session)->race.common.latent;
  if (!view || view->error || !isfinite (view->last[0].bound))
    return NULL;
  const LimenPriorReport *last = &view->last[0];
  g_autofree char *bound = limen_race_bound (view, 0);
  g_autofree char *lambda1 = list (last->lambda1, latent), *lambda2 = list (last->lambda2, latent);
  const char *bars = isnan (last->bound_standard_error) ? "" : " (two standard errors)";
  return g_strdup_printf ("By “%s” the bound is %s nats per point%s, under the prior with λ1 = %s "
                          "and λ2 = %s.",
                          view->runner[0].name, bound, bars, lambda1, lambda2);
}

/* -- the duel -- */

LimenNumber
limen_prior_lesson_variance (LimenPriorSession *session, LimenGradientEstimator estimator,
                             guint index)
{
  g_return_val_if_fail (LIMEN_IS_PRIOR_SESSION (session), ((LimenNumber){NAN, NAN}));
  g_return_val_if_fail (estimator < LIMEN_N_ESTIMATORS, ((LimenNumber){NAN, NAN}));
  const LimenDuel *duel = limen_prior_session_duel (session);
  if (index >= duel->n_parameters)
    return (LimenNumber){NAN, NAN};
  const LimenDuelCloud *cloud = &duel->cloud[estimator];
  return (LimenNumber){cloud->variance[index], cloud->variance_error[index]};
}

/* -- all of it -- */

const LimenLesson *
limen_prior_lesson (void)
{
  static const char *const signals[] = {"state-changed", "view-changed", "duel-changed",
                                        "race-moved", NULL};
  static LimenLessonQuestion question[4];
  static const LimenLesson lesson = {"prior", signals, question, G_N_ELEMENTS (question)};
  question[0] = limen_prior_question_bound;
  question[1] = limen_prior_question_log_derivative;
  question[2] = limen_prior_question_reparameterization;
  question[3] = limen_prior_question_help;
  return &lesson;
}
