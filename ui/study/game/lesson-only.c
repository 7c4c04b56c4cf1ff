/* Why is the centre the only solution? */
#include "ui/study/game/lesson-private.h"

#include "model/base/number.h"

#include <math.h>

static const double centre[] = {1.0 / 3, 1.0 / 3, 1.0 / 3};

static char *
text_of (double number)
{
  return limen_format_number (number, 3);
}

static char *
points_of (double points)
{
  return limen_game_points (points, 1);
}

/* How far each point in hand is from the centre */
static double
from_centre (LimenGameSession *session, gboolean is_b)
{
  return limen_game_lesson_from_middle (limen_game_session_state (session)->point[is_b]);
}

/* -- both in the centre -- */

static gboolean
is_saddle (gpointer session, const LimenLessonMark *mark)
{
  gboolean moved = limen_game_lesson_moved (session, mark, FALSE) ||
                   limen_game_lesson_moved (session, mark, TRUE);
  return limen_game_lesson_is_held (session) && moved &&
         limen_game_lesson_exploit (session).gap <= LIMEN_GAME_NO_GAIN;
}

/* Said of points in hand, in our game: the gap is what both could gain together. */
static char *
see_saddle (gpointer session, const LimenLessonMark *mark)
{
  if (!limen_game_lesson_is_held (session))
    return NULL;
  LimenExploit e = limen_game_lesson_exploit (session);
  g_autofree char *saves = points_of (e.a_saves), *gains = points_of (e.b_gains);
  g_autofree char *gap = points_of (e.gap);
  return g_strdup_printf ("With the best reply A could save %s points here, and B could gain %s: "
                          "the gap is %s.",
                          saves, gains, gap);
}

static gboolean
show_saddle (gpointer session, const LimenLessonMark *mark, double t)
{
  const LimenGameWay way = {centre, centre, FALSE, -1};
  limen_game_lesson_show_way (session, mark, &way, t);
  return TRUE;
}

/* -- A alone leaves -- */

static gboolean
has_a_left (gpointer session, const LimenLessonMark *mark)
{
  return limen_game_lesson_is_held (session) && limen_game_lesson_moved (session, mark, FALSE) &&
         from_centre (session, FALSE) >= LIMEN_GAME_AWAY &&
         from_centre (session, TRUE) <= LIMEN_GAME_THERE;
}

/* Said of points in hand, in our game, B in the centre: there its points are 0 to 1e-15, and what
 * it gains is max (Mᵀp_A), at least ‖p_A − u‖/√2. */
static char *
see_a_left (gpointer session, const LimenLessonMark *mark)
{
  LimenExploit e = limen_game_lesson_exploit (session);
  const LimenGameState *state = limen_game_session_state (session);
  if (!limen_game_lesson_is_held (session))
    return NULL;
  LimenGameReply reply = limen_game_reply (&state->payoff, &e, TRUE);
  double far = from_centre (session, FALSE);
  g_autofree char *names = limen_game_replies (&reply), *gets = text_of (e.value + e.b_gains);
  g_autofree char *distance = text_of (far), *least = text_of (far / sqrt (2));
  return g_strdup_printf ("A is %s from the centre. B's best reply, %s, gets %s points, and that "
                          "is no less than %s/√2 = %s.",
                          distance, names, gets, distance, least);
}

static gboolean
show_a_left (gpointer session, const LimenLessonMark *mark, double t)
{
  static const double away[] = {0.65, 0.2, 0.15};
  const LimenGameWay way = {away, centre, FALSE, -1};
  limen_game_lesson_show_way (session, mark, &way, t);
  return TRUE;
}

/* -- anywhere else -- */

static gboolean
have_both_left (gpointer session, const LimenLessonMark *mark)
{
  return limen_game_lesson_is_held (session) && limen_game_lesson_moved (session, mark, FALSE) &&
         limen_game_lesson_moved (session, mark, TRUE) &&
         from_centre (session, FALSE) >= LIMEN_GAME_AWAY &&
         from_centre (session, TRUE) >= LIMEN_GAME_AWAY;
}

/* Said of points in hand, in our game: the sum of what holds of each player */
static char *
see_both_left (gpointer session, const LimenLessonMark *mark)
{
  if (!limen_game_lesson_is_held (session))
    return NULL;
  double a = from_centre (session, FALSE), b = from_centre (session, TRUE);
  g_autofree char *gap = text_of (limen_game_lesson_exploit (session).gap);
  g_autofree char *of_a = text_of (a), *of_b = text_of (b), *least = text_of ((a + b) / sqrt (2));
  return g_strdup_printf ("The gap is %s. A is %s from the centre and B %s, so it cannot be below "
                          "%s.",
                          gap, of_a, of_b, least);
}

static gboolean
show_both_left (gpointer session, const LimenLessonMark *mark, double t)
{
  static const double a[] = {0.15, 0.65, 0.2}, b[] = {0.6, 0.1, 0.3};
  const LimenGameWay way = {a, b, FALSE, -1};
  limen_game_lesson_show_way (session, mark, &way, t);
  return TRUE;
}

/* -- the certificate, of another game -- */

static gboolean
is_another_certified (gpointer session, const LimenLessonMark *mark)
{
  const LimenGameState *state = limen_game_session_state (session);
  return state->view.certificate &&
         limen_game_lesson_game (state) != mark->number[LIMEN_GAME_MARK_GAME];
}

/* (transfer full): "(1/3, 1/3, 1/3)" */
static char *
weights_text (const LimenRationals *exact, guint n)
{
  g_autoptr (GString) text = g_string_new ("(");
  for (guint i = 0; i < n; i++) {
    g_autofree char *weight = limen_rational_told (exact->at[i], TRUE);
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", weight);
  }
  g_string_append_c (text, ')');
  return g_strdup (text->str);
}

/* Said of a solution between fractions, of which it is decided whether it is the only one */
static char *
see_certificate (gpointer session, const LimenLessonMark *mark)
{
  const LimenSolution *s = limen_game_session_solution (session);
  if (!s->exact)
    return NULL;
  g_autofree char *value = limen_rational_told (s->value_exact, TRUE);
  if (!s->unique)
    return g_strdup_printf ("The value of this game is %s, and it has more than one solution.",
                            value);
  g_autofree char *a = weights_text (s->a_exact, s->rows);
  g_autofree char *b = weights_text (s->b_exact, s->columns);
  return g_strdup_printf ("The value of this game is %s. Its only solution is p_A = %s and p_B = "
                          "%s.",
                          value, a, b);
}

/* The payoff in the last column of the first row goes down by one, or up where it would be too
 * small. */
static gboolean
show_certificate (gpointer session, const LimenLessonMark *mark, double t)
{
  const LimenGameState *state = limen_game_session_state (session);
  gboolean changed = limen_game_lesson_game (state) != mark->number[LIMEN_GAME_MARK_GAME];
  LimenGameView view = state->view;
  view.certificate = TRUE;
  g_auto (LimenGameState) shown = limen_game_state_with_view (state, &view);
  if (t < 1 || changed)
    return limen_game_session_set (session, &shown);
  LimenPayoff payoff = state->payoff;
  double *last = &payoff.m[payoff.columns - 1];
  *last += *last > -1e8 ? -1 : 1;
  g_autoptr (LimenOrigin) origin = limen_origin_new (NULL, "your own payoffs");
  g_auto (LimenGameState) next = limen_game_state_with_payoff (&shown, &payoff, origin);
  return limen_game_session_set (session, &next);
}

/* -- the question -- */

static const LimenLessonStep steps[] = {
    {"game.only.saddle",
     "Choose “rock paper scissors” in Payoffs. Drag both rings to the centre of their triangles, "
     "until the gap is below 0.05; or type 1/3, 1/3, 1/3 for p_A and for p_B.",
     limen_game_lesson_mark, is_saddle, see_saddle,
     "The gap is what A could save and B could gain, each by its best reply while the other stays. "
     "Neither is ever negative. Where the gap is 0, no one has a reason to move: that is a saddle "
     "point, and only a saddle point is a solution.",
     "L(p_A^*, p_B) ≤ L(p_A^*, p_B^*) ≤ L(p_A, p_B^*) \\quad \\text{for all } p_A, p_B",
     show_saddle},
    {"game.only.one-leaves",
     "Leave B in the centre and drag A well away from it. What is B's best reply worth now?",
     limen_game_lesson_mark, has_a_left, see_a_left,
     "Rock, paper and scissors get B these three numbers. They add up to 0. So either one of them "
     "is above 0, and B has something to gain, or all three are 0; and that is so only where A "
     "plays all three strategies alike. With the players exchanged the same holds of A.",
     "(M^⊤ p_A)_1 + (M^⊤ p_A)_2 + (M^⊤ p_A)_3 \\\\ = (p_3 - p_2) + (p_1 - p_3) + (p_2 - p_1) = 0",
     show_a_left},
    {"game.only.anywhere",
     "Try to break it: drag both rings away from the centre, wherever you like, and look for "
     "another place where the gap is 0.",
     limen_game_lesson_mark, have_both_left, see_both_left,
     "There is none. Whoever is away from the centre leaves the other a reply that is worth at "
     "least "
     "the distance divided by √2. The gap is the sum of what both replies are worth, so both "
     "distances together bound it from below.",
     "\\text{gap}(p_A, p_B) ≥ \\frac{‖p_A - u‖ + ‖p_B - u‖}{\\sqrt{2}}, \\quad u = "
     "\\left( \\frac{1}{3}, \\frac{1}{3}, \\frac{1}{3} \\right)",
     show_both_left},
    {"game.only.certificate",
     "Press Certificate above the plots and read why the solution is one. Then change one of the "
     "payoffs, such as what B gets for scissors against rock: is the centre still the answer?",
     limen_game_lesson_mark, is_another_certified, see_certificate,
     "A certificate needs no trust in how the solution was found. One strategy of A shows that B "
     "can be held to the value, one of B that it can get as much: together they settle the value. "
     "That the solution is the only one follows where all strategies that are left out are worse "
     "than the value, and the equations “those that are used earn the value, and the weights add "
     "up "
     "to 1” have one solution. In rock paper scissors none is left out, and their determinant is "
     "9, "
     "not 0.",
     "\\min_{p_A} \\max_{p_B} p_A^⊤ M p_B = v = \\max_{p_B} \\min_{p_A} p_A^⊤ M p_B",
     show_certificate},
};

static const LimenLessonLine proof[] = {
    {"The game. Strategies are rock, paper and scissors, in this order. M holds the points for B: "
     "row i is what A plays, column j what B plays. A and B choose at random, with probabilities "
     "p_A and p_B; A wants few points for B, and B wants many.",
     "L(p_A, p_B) = \\E_{i∼p_A, j∼p_B} M_{ij} = p_A^⊤ M p_B"},
    {"What A's choice leaves to each strategy of B, with p = p_A, read off the columns of M (0, "
     "−1, 1), (1, 0, −1) and (−1, 1, 0):",
     "M^⊤ p = (p_3 - p_2, \\, p_1 - p_3, \\, p_2 - p_1)"},
    {"The centre is a solution. With u = (1/3, 1/3, 1/3) both Mᵀu and M u are 0, since every row "
     "and every column of M adds up to 0. So L(u, p_B) = 0 for every p_B, and L(p_A, u) = 0 for "
     "every p_A: no one gains by moving, and the value of the game is 0.",
     "L(u, p_B) = 0 = L(u, u) = L(p_A, u)"},
    {"It is the only one. Let (p_A, p_B) be any solution, a saddle point. A best reply may be a "
     "single strategy, as an average is never above its largest term. So being a saddle point "
     "means that B's best strategy against p_A and A's best against p_B meet the same number:",
     "\\max_{j} (M^⊤ p_A)_j = L(p_A, p_B) = \\min_{i} (M p_B)_i"},
    {"The three numbers (Mᵀp_A)_j add up to 0, so their largest is at least 0. The three numbers "
     "(M p_B)_i add up to 0 as well, so their smallest is at most 0. Both are the same: both are "
     "0.",
     "0 ≤ \\max_{j} (M^⊤ p_A)_j = \\min_{i} (M p_B)_i ≤ 0"},
    {"So no (Mᵀp_A)_j is above 0, and they add up to 0: each of them is 0. By the second line p_3 "
     "= p_2, p_1 = p_3 and p_2 = p_1: all weights of A are the same, and as they add up to 1 they "
     "are 1/3. In the same way no (M p_B)_i is below 0, so all are 0, and p_B = u.",
     "p_A = p_B = u"},
    {"How much a player away from the centre gives away. Write d = p_A − u, whose entries add up "
     "to 0, and m = Mᵀp_A = Mᵀd. Then ‖m‖² = 3‖d‖²: in the sum below all squares appear twice, and "
     "2(d_1 d_2 + d_2 d_3 + d_3 d_1) = (d_1 + d_2 + d_3)² − ‖d‖² = −‖d‖².",
     "‖m‖^2 = (d_3 - d_2)^2 + (d_1 - d_3)^2 + (d_2 - d_1)^2 \\\\ = 2‖d‖^2 + ‖d‖^2"},
    {"Let h be the largest entry of m, and let the other two be −a and a − h, as all add up to 0. "
     "None is above h, so a is between −h and 2h. Then ‖m‖² = h² + a² + (h − a)² is largest at an "
     "end of this interval, where it is 6h². So 3‖d‖² ≤ 6h², and h is at least ‖d‖/√2.",
     "\\max_{j} (M^⊤ p_A)_j ≥ \\frac{‖p_A - u‖}{\\sqrt{2}}"},
    {"The same holds of B, with −min (M p_B) in the place of the maximum. The gap is the sum of "
     "both, which is the inequality of the third step. It says once more that the gap is 0 at the "
     "centre only.",
     "\\text{gap}(p_A, p_B) = \\max_{j} (M^⊤ p_A)_j - \\min_{i} (M p_B)_i"},
};

const LimenLessonQuestion limen_game_question_only = {
    "game.only",         "Why is the centre the only solution?", steps, G_N_ELEMENTS (steps), proof,
    G_N_ELEMENTS (proof)};
