/* Is any p_A optimal? */
#include "ui/study/game/lesson-private.h"

#include "model/base/number.h"

#include <math.h>

static const double corner[] = {1, 0, 0}, centre[] = {1.0 / 3, 1.0 / 3, 1.0 / 3};

static char *
points_of (double points)
{
  return limen_game_points (points, 1);
}

/* What the best reply of B gets: max (Mᵀp_A) */
static double
worst_of (const LimenExploit *e)
{
  return e->value + e->b_gains;
}

/* Points for B: rounding of 0 is 0 */
static gboolean
is_nothing (double points)
{
  return fabs (points) <= LIMEN_GAME_ROUNDING;
}

/* In our game, a hand holds A against B at the uniform point, whose answer is not shown. */
static gboolean
is_asked (LimenGameSession *session)
{
  const LimenGameState *state = limen_game_session_state (session);
  return limen_game_lesson_is_held (session) && state->frozen && !state->answered;
}

/* -- B is frozen -- */

static gboolean
has_a_moved (gpointer session, const LimenLessonMark *mark)
{
  return is_asked (session) && limen_game_lesson_moved (session, mark, FALSE) &&
         limen_game_lesson_way (session, mark) >= LIMEN_GAME_AWAY;
}

/* Said while B is at the uniform point, where all points of A earn the same. */
static char *
see_a_moved (gpointer session, const LimenLessonMark *mark)
{
  LimenExploit now = limen_game_lesson_exploit (session);
  if (!is_asked (session) || !is_nothing (now.value) || !is_nothing (now.a_saves))
    return NULL;
  g_autofree char *earns = points_of (-now.value), *saves = points_of (now.a_saves);
  return g_strdup_printf ("Against uniform B this point of A earns %s, and a best reply would save "
                          "it %s: there is nothing better to play.",
                          earns, saves);
}

static gboolean
show_a_moved (gpointer session, const LimenLessonMark *mark, double t)
{
  static const double one[] = {0.2, 0.7, 0.1}, other[] = {0.2, 0.1, 0.7};
  gboolean far = mark->number[LIMEN_GAME_MARK_A + 1] < 0.4; /* from the one */
  const LimenGameWay way = {far ? one : other, NULL, TRUE, FALSE};
  limen_game_lesson_show_way (session, mark, &way, t);
  return TRUE;
}

/* -- A in a corner -- */

/* The strategy that A plays nearly always; 3: none */
static guint
corner_of (LimenGameSession *session)
{
  const double *p = limen_game_session_state (session)->point[0];
  guint i = 0;
  while (i < 3 && p[i] < 1 - LIMEN_GAME_THERE)
    i++;
  return i;
}

static gboolean
is_a_in_corner (gpointer session, const LimenLessonMark *mark)
{
  return is_asked (session) && limen_game_lesson_moved (session, mark, FALSE) &&
         corner_of (session) < 3;
}

/* Said where A is in a corner, while B is at the uniform point. */
static char *
see_corner (gpointer session, const LimenLessonMark *mark)
{
  guint i = corner_of (session);
  LimenExploit now = limen_game_lesson_exploit (session);
  if (!is_asked (session) || i == 3 || !is_nothing (now.value))
    return NULL;
  const LimenPayoff *payoff = &limen_game_session_state (session)->payoff;
  g_autofree char *earns = points_of (-now.value);
  return g_strdup_printf ("As good as always %s: against uniform B even that earns %s, as much as "
                          "the centre does.",
                          payoff->row_name[i], earns);
}

static gboolean
show_corner (gpointer session, const LimenLessonMark *mark, double t)
{
  const LimenGameWay way = {corner, NULL, TRUE, FALSE};
  limen_game_lesson_show_way (session, mark, &way, t);
  return TRUE;
}

/* -- B answers -- */

static double
from_centre (LimenGameSession *session)
{
  return limen_game_lesson_from_middle (limen_game_session_state (session)->point[0]);
}

static gboolean
has_b_answered (gpointer session, const LimenLessonMark *mark)
{
  gboolean before = mark->number[LIMEN_GAME_MARK_ANSWERED] != 0;
  return limen_game_lesson_is_held (session) && limen_game_session_state (session)->answered &&
         (!before || limen_game_lesson_moved (session, mark, FALSE)) &&
         from_centre (session) >= LIMEN_GAME_AWAY;
}

/* Said where B's best reply gets more than rounding. */
static char *
see_answer (gpointer session, const LimenLessonMark *mark)
{
  LimenExploit now = limen_game_lesson_exploit (session);
  if (!limen_game_lesson_is_held (session) || !(worst_of (&now) > LIMEN_GAME_ROUNDING))
    return NULL;
  const LimenPayoff *payoff = &limen_game_session_state (session)->payoff;
  LimenGameReply reply = limen_game_reply (payoff, &now, TRUE);
  g_autofree char *names = limen_game_replies (&reply), *gets = points_of (worst_of (&now));
  return g_strdup_printf ("B answers with %s and gets %s points a game. A uniform B would get 0.",
                          names, gets);
}

static gboolean
show_answer (gpointer session, const LimenLessonMark *mark, double t)
{
  const double *a = mark->number + LIMEN_GAME_MARK_A;
  gboolean near = mark->number[LIMEN_GAME_MARK_IS_OURS] == 0 ||
                  limen_game_lesson_from_middle (a) < LIMEN_GAME_AWAY + LIMEN_GAME_THERE;
  gboolean goes = near || mark->number[LIMEN_GAME_MARK_ANSWERED] != 0;
  const LimenGameWay way = {goes ? corner : NULL, NULL, -1, TRUE};
  limen_game_lesson_show_way (session, mark, &way, t);
  return TRUE;
}

/* -- where B's answer gains nothing -- */

static gboolean
is_found (gpointer session, const LimenLessonMark *mark)
{
  LimenExploit now = limen_game_lesson_exploit (session);
  return limen_game_lesson_is_held (session) && limen_game_session_state (session)->answered &&
         limen_game_lesson_moved (session, mark, FALSE) && worst_of (&now) <= LIMEN_GAME_NO_GAIN;
}

/* Said of the point of A in hand, in our game, and of where it was, where that was in it. */
static char *
see_found (gpointer session, const LimenLessonMark *mark)
{
  LimenExploit now = limen_game_lesson_exploit (session), before;
  if (!limen_game_lesson_is_held (session) || !limen_game_lesson_marked (session, mark, &before))
    return NULL;
  g_autofree char *then = points_of (worst_of (&before)), *gets = points_of (worst_of (&now));
  g_autofree char *far = limen_format_number (from_centre (session), 3);
  return g_strdup_printf ("B's best reply got %s points where A was, and gets %s here, %s from the "
                          "centre.",
                          then, gets, far);
}

static gboolean
show_found (gpointer session, const LimenLessonMark *mark, double t)
{
  const LimenGameWay way = {centre, NULL, -1, TRUE};
  limen_game_lesson_show_way (session, mark, &way, t);
  return TRUE;
}

/* -- the question -- */

static const LimenLessonStep steps[] = {
    {"game.any.frozen",
     "Choose “rock paper scissors” in Payoffs, and switch on Freeze B at uniform. Now drag A "
     "through its triangle: does any point earn more than another?",
     limen_game_lesson_mark, has_a_moved, see_a_moved,
     "Against uniform B every strategy of A loses as often as it wins. So every mixture of them "
     "earns 0: every p_A is a best reply. Is every p_A a solution, then?",
     "L(p_A, u) = p_A^⊤ M u = p_A^⊤ 0 = 0 \\quad \\text{for all } p_A", show_a_moved},
    {"game.any.corner",
     "Go to the end: drag A into a corner, so that it nearly always plays the same.",
     limen_game_lesson_mark, is_a_in_corner, see_corner,
     "That A has nothing to gain is only one half of a saddle point: the half that speaks of A "
     "while B stays. It says nothing of what B does when it sees A always play the same.",
     "L(p_A^*, p_B^*) ≤ L(p_A, p_B^*) \\\\ \\text{holds for } p_B^* = u \\text{, whatever } "
     "p_A^* "
     "\\text{ is}",
     show_corner},
    {"game.any.answer", "With A well away from the centre, switch on Let B answer.",
     limen_game_lesson_mark, has_b_answered, see_answer,
     "B, once it may move, takes the best reply to what A plays. Optimal for A means best in the "
     "worst case, that is, against the answer, and not against one B that stands still. B stood "
     "still only because at u it, too, had no reason to leave while A was in the centre.",
     "f(p_A) = \\max_{p_B} L(p_A, p_B) = \\max_{j} (M^⊤ p_A)_j", show_answer},
    {"game.any.centre",
     "Let B go on answering, and drag A until B's best reply gets less than 0.05 points.",
     limen_game_lesson_mark, is_found, see_found,
     "The solution minimizes f, what B's answer gets. It is at least the distance from the centre "
     "divided by √2, and 0 in the centre: no other p_A is optimal. The trap is to read the minimum "
     "for one fixed p_B as the minimum of the maximum.",
     "f(p_A) ≥ \\frac{‖p_A - u‖}{\\sqrt{2}}, \\quad f(u) = 0", show_found},
};

static const LimenLessonLine proof[] = {
    {"Against uniform B all of A's points are equal. Every row of M adds up to 0, so M u = 0 for u "
     "= (1/3, 1/3, 1/3), and with it L(p_A, u) = p_Aᵀ M u = 0. Every p_A is a best reply to u.",
     "\\min_{p_A} L(p_A, u) = 0, \\quad \\text{and every } p_A \\text{ attains it}"},
    {"What A is asked for is something else: to keep B's points low whatever B plays. Its loss in "
     "the worst case is f, and a solution minimizes f.",
     "f(p_A) = \\max_{p_B} L(p_A, p_B) \\\\ \\min_{p_A} f(p_A) = \\min_{p_A} \\max_{p_B} L(p_A, "
     "p_B)"},
    {"L is linear in p_B, an average of the three numbers (Mᵀp_A)_j, so that its maximum is the "
     "largest of them. These three add up to 0, and the largest is at least 0. It is 0 only where "
     "all are 0, and that is where the weights of A are the same.",
     "f(p_A) = \\max \\left( p_3 - p_2, \\, p_1 - p_3, \\, p_2 - p_1 \\right) ≥ 0"},
    {"So f(u) = 0, and f(p_A) > 0 for every other p_A: B then has a reply that earns it more than "
     "0. "
     "Always rock, for one, loses a point a game to always paper. Only the centre is optimal.",
     "f(1, 0, 0) = \\max (0, 1, -1) = 1"},
    {"Why the centre of B does not help A: in a solution both inequalities of a saddle point hold. "
     "For (p_A, u) the one about A always holds, by the first line. The one about B says that no "
     "p_B gets more than L(p_A, u) = 0 against p_A, that is f(p_A) ≤ 0, and then p_A = u.",
     "L(p_A, p_B) ≤ L(p_A, u) = 0 \\quad \\text{for all } p_B \\quad \\text{only if } p_A = u"},
    {"In words: in a solution every strategy that is played is a best reply, but not every best "
     "reply is a solution. B mixes evenly to make A indifferent; that A is indifferent is what "
     "makes the mixture of B safe, and leaves the choice of A open. It is B's choice that closes "
     "it.",
     NULL},
};

const LimenLessonQuestion limen_game_question_any = {
    "game.any", "Every p_A does equally well against uniform B: is any p_A optimal?",
    steps,      G_N_ELEMENTS (steps),
    proof,      G_N_ELEMENTS (proof)};
