#include "ui/study/bound/lesson.h"

#include "model/bound/bound-study.h"
#include "ui/study/bound/lesson-private.h"

#include <math.h>
#include <string.h>

#define TENFOLD 10
#define ASIDE   2 /* standard deviations that "Show me" drags a proposal */

/* -- the page as it was -- */

LimenProposalKind
limen_bound_lesson_preset (const LimenBoundPageState *state)
{
  g_return_val_if_fail (state != NULL, LIMEN_N_PROPOSALS);
  return state->morph > 0 ? LIMEN_N_PROPOSALS : state->preset;
}

gboolean
limen_bound_lesson_at_posterior (LimenBoundSession *session)
{
  g_return_val_if_fail (LIMEN_IS_BOUND_SESSION (session), FALSE);
  const LimenBoundPageState *state = limen_bound_session_state (session);
  const LimenClosedForm *form = limen_bound_session_study (session)->proposal[0].form;
  return state->morph == 1 || state->preset == LIMEN_PROPOSAL_POSTERIOR ||
         (form && form->likeness != LIMEN_LIKENESS_NONE);
}

/* FNV-1a (Fowler, Noll and Vo) */
static guint64
hash_of (guint64 hash, const double *values, gsize n)
{
  const guint8 *bytes = (const guint8 *)values;
  for (gsize i = 0; i < n * sizeof *values; i++)
    hash = (hash ^ bytes[i]) * 1099511628211u;
  return hash;
}

double
limen_bound_lesson_own_hash (const LimenBoundPageState *state)
{
  g_return_val_if_fail (state != NULL, 0);
  const double numbers[] = {state->preset, state->morph};
  gsize k = state->own ? state->own->dimension : 0;
  guint64 hash = hash_of (14695981039346656037u, numbers, G_N_ELEMENTS (numbers));
  if (k > 0) {
    hash = hash_of (hash, state->own->mean, k);
    hash = hash_of (hash, state->own->covariance, k * k);
  }
  return (double)(hash >> 12); /* that many bits a double holds */
}

void
limen_bound_lesson_begin (gpointer session, LimenLessonMark *mark)
{
  g_return_if_fail (LIMEN_IS_BOUND_SESSION (session) && mark != NULL);
  const LimenBoundPageState *state = limen_bound_session_state (session);
  const LimenGaussian *q = limen_bound_session_proposal (session);
  mark->number[LIMEN_BOUND_MARK_K] = state->k;
  mark->number[LIMEN_BOUND_MARK_MERGE] = state->merge_round;
  mark->number[LIMEN_BOUND_MARK_PROPOSAL] = limen_bound_lesson_own_hash (state);
  mark->number[LIMEN_BOUND_MARK_PRESET] = limen_bound_lesson_preset (state);
  mark->number[LIMEN_BOUND_MARK_MORPH] = state->morph;
  mark->number[LIMEN_BOUND_MARK_AT_POSTERIOR] = limen_bound_lesson_at_posterior (session);
  mark->number[LIMEN_BOUND_MARK_MEAN] = q->mean[0];
  mark->number[LIMEN_BOUND_MARK_DEVIATION] = sqrt (q->covariance[0]);
}

gboolean
limen_bound_lesson_is_current (LimenBoundSession *session)
{
  g_return_val_if_fail (LIMEN_IS_BOUND_SESSION (session), FALSE);
  const LimenGaussian *shown = limen_bound_session_proposal (session);
  const LimenGaussian *known = limen_bound_session_study (session)->proposal[0].q;
  gsize k = shown->dimension;
  return known && known->dimension == k &&
         memcmp (shown->mean, known->mean, k * sizeof (double)) == 0 &&
         memcmp (shown->covariance, known->covariance, k * k * sizeof (double)) == 0;
}

/* -- what steps watch for, and show -- */

gboolean
limen_bound_lesson_far (gpointer session, const LimenLessonMark *mark)
{
  g_return_val_if_fail (LIMEN_IS_BOUND_SESSION (session) && mark != NULL, FALSE);
  double k = limen_bound_session_state (session)->k, before = mark->number[LIMEN_BOUND_MARK_K];
  return k >= TENFOLD * before || TENFOLD * k <= before;
}

guint
limen_bound_lesson_far_k (guint k)
{
  return k <= LIMEN_BOUND_MOST_K / TENFOLD ? TENFOLD * k : k / TENFOLD;
}

void
limen_bound_lesson_move_k (LimenBoundSession *session, const LimenLessonMark *mark, guint to,
                           double t)
{
  g_return_if_fail (LIMEN_IS_BOUND_SESSION (session) && mark != NULL && to > 0);
  double from = mark->number[LIMEN_BOUND_MARK_K];
  double k = t < 1 ? from * pow (to / from, t) : to;
  limen_bound_session_set_k (session, (guint)CLAMP (round (k), 1, LIMEN_BOUND_MOST_K));
}

void
limen_bound_lesson_drag (LimenBoundSession *session, const LimenLessonMark *mark, double t)
{
  g_return_if_fail (LIMEN_IS_BOUND_SESSION (session) && mark != NULL);
  LimenGaussian *q = limen_gaussian_copy (limen_bound_session_proposal (session));
  q->mean[0] =
      mark->number[LIMEN_BOUND_MARK_MEAN] + t * ASIDE * mark->number[LIMEN_BOUND_MARK_DEVIATION];
  limen_bound_session_set_proposal (session, q, t >= 1);
}

gboolean
limen_bound_lesson_redrawn (gpointer session, const LimenLessonMark *mark)
{
  g_return_val_if_fail (LIMEN_IS_BOUND_SESSION (session) && mark != NULL, FALSE);
  return limen_bound_session_state (session)->merge_round != mark->number[LIMEN_BOUND_MARK_MERGE];
}

gboolean
limen_bound_lesson_show_redraw (gpointer session, const LimenLessonMark *mark, double t)
{
  g_return_val_if_fail (LIMEN_IS_BOUND_SESSION (session) && mark != NULL, FALSE);
  if (t >= 1 && !limen_bound_lesson_redrawn (session, mark))
    limen_bound_session_merge_again (session);
  return TRUE;
}

/* -- what is seen -- */

/* It is known of the proposal in the hand, and a digit of it holds; one whose error is not known is
 * written with two. */
static gboolean
is_told (LimenBoundSession *session, LimenNumber gap)
{
  return limen_bound_lesson_is_current (session) && isfinite (gap.value) &&
         gap.value > (isnan (gap.error) ? 0 : 20 * gap.error);
}

char *
limen_bound_lesson_gap (LimenBoundSession *session, guint k)
{
  g_return_val_if_fail (LIMEN_IS_BOUND_SESSION (session) && k > 0, NULL);
  LimenNumber gap = limen_bound_study_gap (limen_bound_session_study (session), 0, k);
  if (!is_told (session, gap))
    return NULL;
  g_autofree char *digits = limen_format_digits (gap, 2);
  return g_strconcat (digits, " nats", NULL);
}

char *
limen_bound_lesson_say_gap (gpointer session, const LimenLessonMark *mark)
{
  g_return_val_if_fail (LIMEN_IS_BOUND_SESSION (session), NULL);
  guint k = limen_bound_session_state (session)->k;
  g_autofree char *gap = limen_bound_lesson_gap (session, k);
  g_autofree char *number = limen_format_number (k, 0);
  return gap ? g_strdup_printf ("At K = %s the bound stands %s below log p(x).", number, gap)
             : NULL;
}

/* The gap at the smaller K is larger by more than both may be off, and the words differ. */
char *
limen_bound_lesson_say_two (gpointer session, const LimenLessonMark *mark)
{
  g_return_val_if_fail (LIMEN_IS_BOUND_SESSION (session) && mark != NULL, NULL);
  const LimenBoundStudy *study = limen_bound_session_study (session);
  guint now = limen_bound_session_state (session)->k;
  guint before = (guint)mark->number[LIMEN_BOUND_MARK_K];
  guint few = MIN (now, before), many = MAX (now, before);
  LimenNumber above = limen_bound_study_gap (study, 0, few);
  LimenNumber below = limen_bound_study_gap (study, 0, many);
  double error = isnan (above.error + below.error) ? 0 : above.error + below.error;
  g_autofree char *first = limen_bound_lesson_gap (session, few);
  g_autofree char *second = limen_bound_lesson_gap (session, many);
  if (!first || !second || !(above.value - below.value > error) || g_str_equal (first, second))
    return NULL;
  g_autofree char *least = limen_format_number (few, 0), *most = limen_format_number (many, 0);
  return g_strdup_printf ("At K = %s the bound stands %s below log p(x), at K = %s only %s.", least,
                          first, most, second);
}

/* -- all of it -- */

const LimenLesson *
limen_bound_lesson (void)
{
  static const char *const signals[] = {"source-changed", "study-changed", "k-changed",
                                        "merge-changed", NULL};
  static LimenLessonQuestion question[3];
  static const LimenLesson lesson = {"bound", signals, question, G_N_ELEMENTS (question)};
  question[0] = limen_bound_question_below;
  question[1] = limen_bound_question_rising;
  question[2] = limen_bound_question_tight;
  return &lesson;
}
