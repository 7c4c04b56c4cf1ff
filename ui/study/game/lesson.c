#include "ui/study/game/lesson-private.h"

#include <math.h>
#include <string.h>

#define MOVED   0.005 /* farther than a hand that rests */
#define ALREADY 0.01  /* nearer than this, a way is none */
#define FARTHER 0.02  /* of the way to a corner, instead */

static const double middle[] = {1.0 / 3, 1.0 / 3, 1.0 / 3};

static LimenPayoff
our_game (void)
{
  LimenPayoff payoff;
  limen_payoff_builtin (limen_payoff_names ()[0], &payoff, NULL);
  return payoff;
}

/* -- the page when a step begins, and since -- */

gboolean
limen_game_lesson_is_ours (const LimenGameState *state)
{
  g_return_val_if_fail (state != NULL, FALSE);
  const LimenPayoff ours = our_game ();
  return state->payoff.rows == ours.rows && state->payoff.columns == ours.columns &&
         memcmp (state->payoff.m, ours.m, 9 * sizeof *ours.m) == 0;
}

/* 32 bits of it are a number that a double holds. */
double
limen_game_lesson_game (const LimenGameState *state)
{
  g_return_val_if_fail (state != NULL, 0);
  const LimenPayoff *payoff = &state->payoff;
  g_autoptr (GBytes) bytes =
      g_bytes_new (payoff->m, payoff->rows * payoff->columns * sizeof *payoff->m);
  return (double)g_bytes_hash (bytes) + payoff->rows / 64.0;
}

void
limen_game_lesson_mark (gpointer session, LimenLessonMark *mark)
{
  g_return_if_fail (LIMEN_IS_GAME_SESSION (session) && mark != NULL);
  const LimenGameState *state = limen_game_session_state (session);
  const LimenDynamics *run = limen_game_session_run (session);
  memcpy (mark->number + LIMEN_GAME_MARK_A, state->point[0], 3 * sizeof (double));
  memcpy (mark->number + LIMEN_GAME_MARK_B, state->point[1], 3 * sizeof (double));
  mark->number[LIMEN_GAME_MARK_IS_OURS] = limen_game_lesson_is_ours (state);
  mark->number[LIMEN_GAME_MARK_GAME] = limen_game_lesson_game (state);
  mark->number[LIMEN_GAME_MARK_METHOD] = run->method;
  mark->number[LIMEN_GAME_MARK_STEP] = run->step;
  mark->number[LIMEN_GAME_MARK_K] = (double)run->k;
  mark->number[LIMEN_GAME_MARK_ANSWERED] = state->answered;
}

static double
apart (const double *p, const double *q)
{
  return hypot (hypot (p[0] - q[0], p[1] - q[1]), p[2] - q[2]);
}

double
limen_game_lesson_from_middle (const double *p)
{
  g_return_val_if_fail (p != NULL, 0);
  return apart (p, middle);
}

gboolean
limen_game_lesson_is_held (LimenGameSession *session)
{
  g_return_val_if_fail (LIMEN_IS_GAME_SESSION (session), FALSE);
  return limen_game_lesson_is_ours (limen_game_session_state (session)) &&
         limen_game_session_run (session)->k == 0;
}

static const double *
marked_point (const LimenLessonMark *mark, gboolean is_b)
{
  return mark->number + (is_b ? LIMEN_GAME_MARK_B : LIMEN_GAME_MARK_A);
}

/* Another game brings points along, which no hand has moved. */
gboolean
limen_game_lesson_moved (LimenGameSession *session, const LimenLessonMark *mark, gboolean is_b)
{
  g_return_val_if_fail (LIMEN_IS_GAME_SESSION (session) && mark != NULL, FALSE);
  const double *now = limen_game_session_state (session)->point[is_b];
  g_auto (LimenGameState) fresh = limen_game_state_new ();
  gboolean was_ours = mark->number[LIMEN_GAME_MARK_IS_OURS] != 0;
  return apart (now, marked_point (mark, is_b)) > MOVED &&
         (was_ours || apart (now, fresh.point[is_b]) > MOVED);
}

double
limen_game_lesson_way (LimenGameSession *session, const LimenLessonMark *mark)
{
  g_return_val_if_fail (LIMEN_IS_GAME_SESSION (session) && mark != NULL, 0);
  return apart (limen_game_session_state (session)->point[0], marked_point (mark, FALSE));
}

LimenExploit
limen_game_lesson_exploit (LimenGameSession *session)
{
  g_return_val_if_fail (LIMEN_IS_GAME_SESSION (session), (LimenExploit){0});
  const LimenGameState *state = limen_game_session_state (session);
  return limen_exploit (&state->payoff, state->point[0], state->point[1]);
}

gboolean
limen_game_lesson_marked (LimenGameSession *session, const LimenLessonMark *mark,
                          LimenExploit *exploit)
{
  g_return_val_if_fail (LIMEN_IS_GAME_SESSION (session) && mark && exploit, FALSE);
  const LimenPayoff ours = our_game ();
  *exploit = limen_exploit (&ours, marked_point (mark, FALSE), marked_point (mark, TRUE));
  return mark->number[LIMEN_GAME_MARK_IS_OURS] != 0;
}

/* -- the hand of "Show me" -- */

/* Our game, with its points where they are */
static LimenGameState
with_our_game (const LimenGameState *state)
{
  const char *name = limen_payoff_names ()[0];
  const LimenPayoff ours = our_game ();
  g_autoptr (LimenOrigin) origin = limen_origin_new (NULL, limen_payoff_title (name));
  return limen_game_lesson_is_ours (state) ? limen_game_state_copy (state)
                                           : limen_game_state_with_payoff (state, &ours, origin);
}

static void
start_of (const LimenLessonMark *mark, gboolean is_b, double *p)
{
  g_auto (LimenGameState) fresh = limen_game_state_new ();
  gboolean was_ours = mark->number[LIMEN_GAME_MARK_IS_OURS] != 0;
  memcpy (p, was_ours ? marked_point (mark, is_b) : fresh.point[is_b], 3 * sizeof *p);
}

/* At part @t from where the point was to @end, or a little farther */
static LimenGameState
with_point_on_way (const LimenGameState *state, const LimenLessonMark *mark, gboolean is_b,
                   const double *end, double t)
{
  double p[3], to[3];
  start_of (mark, is_b, p);
  memcpy (to, end, sizeof to);
  if (apart (p, to) < ALREADY)
    for (int i = 0; i < 3; i++)
      to[i] += FARTHER * ((i == 1) - to[i]);
  for (int i = 0; i < 3; i++)
    p[i] += t * (to[i] - p[i]);
  return limen_game_state_with_point (state, is_b, p);
}

/* @next takes the place of @state */
static void
take (LimenGameState *state, LimenGameState next)
{
  limen_game_state_clear (state);
  *state = next;
}

/* The iterations of a run, too, end where a hand moves: the points begin anew. */
void
limen_game_lesson_show_way (LimenGameSession *session, const LimenLessonMark *mark,
                            const LimenGameWay *way, double t)
{
  g_return_if_fail (LIMEN_IS_GAME_SESSION (session) && mark != NULL && way != NULL);
  g_auto (LimenGameState) next = with_our_game (limen_game_session_state (session));
  if (way->freezes >= 0)
    take (&next, limen_game_state_with_frozen (&next, way->freezes));
  if (way->answers >= 0)
    take (&next, limen_game_state_with_answered (&next, way->answers));
  if (way->a)
    take (&next, with_point_on_way (&next, mark, FALSE, way->a, t));
  if (way->b)
    take (&next, with_point_on_way (&next, mark, TRUE, way->b, t));
  limen_game_session_set (session, &next);
  if (limen_game_session_run (session)->k > 0)
    limen_game_session_reset (session);
}

/* -- methods -- */

/* A run of another game, method or step, or from another start, is another one: all its iterations
 * are since. */
static gboolean
is_another_run (LimenGameSession *session, const LimenLessonMark *mark)
{
  const LimenGameState *state = limen_game_session_state (session);
  const LimenDynamics *run = limen_game_session_run (session);
  return mark->number[LIMEN_GAME_MARK_IS_OURS] == 0 ||
         mark->number[LIMEN_GAME_MARK_METHOD] != run->method ||
         mark->number[LIMEN_GAME_MARK_STEP] != run->step ||
         memcmp (marked_point (mark, FALSE), state->point[0], 3 * sizeof (double)) != 0 ||
         memcmp (marked_point (mark, TRUE), state->point[1], 3 * sizeof (double)) != 0;
}

gboolean
limen_game_lesson_played (LimenGameSession *session, const LimenLessonMark *mark,
                          LimenMethod method, guint n)
{
  g_return_val_if_fail (LIMEN_IS_GAME_SESSION (session) && mark != NULL, FALSE);
  const LimenDynamics *run = limen_game_session_run (session);
  const double before = mark->number[LIMEN_GAME_MARK_K], k = (double)run->k;
  return limen_game_lesson_is_ours (limen_game_session_state (session)) && run->method == method &&
         k >= n && (is_another_run (session, mark) || k < before || k >= before + n);
}

static LimenGameState
with_play (LimenGameSession *session, const LimenLessonMark *mark, const LimenGamePlay *play)
{
  LimenGameState next = with_our_game (limen_game_session_state (session));
  LimenGameSettings settings = next.settings;
  double a[3], b[3];
  start_of (mark, FALSE, a);
  start_of (mark, TRUE, b);
  double far = hypot (apart (a, middle), apart (b, middle));
  gboolean stays = far >= play->least && far <= play->most;
  settings.method = play->method;
  take (&next, limen_game_state_with_frozen (&next, FALSE));
  take (&next, limen_game_state_with_settings (&next, &settings));
  take (&next, limen_game_state_with_point (&next, FALSE, stays ? a : play->a));
  take (&next, limen_game_state_with_point (&next, TRUE, stays ? b : play->b));
  return next;
}

gboolean
limen_game_lesson_show_play (LimenGameSession *session, const LimenLessonMark *mark,
                             const LimenGamePlay *play, double t)
{
  g_return_val_if_fail (LIMEN_IS_GAME_SESSION (session) && mark != NULL && play != NULL, TRUE);
  gboolean same = mark->number[LIMEN_GAME_MARK_METHOD] == play->method;
  double goal = (same ? mark->number[LIMEN_GAME_MARK_K] : 0) + ceil (t * play->n);
  g_auto (LimenGameState) next = with_play (session, mark, play);
  limen_game_session_set (session, &next);
  if ((double)limen_game_session_run (session)->k < goal)
    limen_game_session_go_to (session, (guint64)goal);
  return (double)limen_game_session_run (session)->k >= goal;
}

/* -- the lesson -- */

const LimenLesson *
limen_game_lesson (void)
{
  static const char *const signals[] = {"game-changed", "points-changed", "settings-changed",
                                        "run-changed", NULL};
  static LimenLessonQuestion questions[3];
  static LimenLesson lesson = {"game", signals, questions, G_N_ELEMENTS (questions)};
  static gsize made;
  if (g_once_init_enter (&made)) {
    questions[0] = limen_game_question_only;
    questions[1] = limen_game_question_any;
    questions[2] = limen_game_question_dynamics;
    g_once_init_leave (&made, 1);
  }
  return &lesson;
}
