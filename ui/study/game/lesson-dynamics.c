/* Do the players get there by following their gradients? */
#include "ui/study/game/lesson-private.h"

#include "model/base/number.h"

#include <math.h>
#include <string.h>

#define OUTWARDS 100 /* iterations that a step asks for */
#define AROUND   200
#define INWARDS  300
#define AVERAGED 1000

#define KEPT    1e-9 /* of itself: what differs by no more than this is rounding */
#define CHANGED 1e-6 /* and by more than this it is none */

static char *
text_of (double number)
{
  return limen_format_significant (number, 3);
}

static double
distance_of (const double *a, const double *b)
{
  return hypot (limen_game_lesson_from_middle (a), limen_game_lesson_from_middle (b));
}

/* What a run is, whose points both began at @start from the solution and are at @now from it */
typedef struct {
  const LimenDynamics *run;
  double start, now;
} Way;

/* FALSE where there is nothing to say of it: another game, no iteration, or a start in the solution
 */
static gboolean
find_way (LimenGameSession *session, Way *way)
{
  const LimenGameState *state = limen_game_session_state (session);
  const LimenDynamics *run = limen_game_session_run (session);
  *way = (Way){run, distance_of (state->point[0], state->point[1]), distance_of (run->x, run->y)};
  return limen_game_lesson_is_ours (state) && run->k > 0 && way->start > KEPT;
}

/* (transfer full): "After 100 iterations the points are 0.36 from the solution; they began at
 * 0.115": of every run of our game */
static char *
way_text (const Way *way)
{
  g_autofree char *k = limen_format_number ((double)way->run->k, 0);
  g_autofree char *now = text_of (way->now), *start = text_of (way->start);
  return g_strdup_printf ("After %s iterations the points are %s from the solution; they began at "
                          "%s",
                          k, now, start);
}

/* -- simultaneous: outwards -- */

static gboolean
has_spiralled (gpointer session, const LimenLessonMark *mark)
{
  return limen_game_lesson_played (session, mark, LIMEN_SIMULTANEOUS_GDA, OUTWARDS);
}

/* Away from edges each step makes the distance √(1 + 3η²) as large, exactly; where it is not so
 * large in the end, a point was put back at an edge. */
static char *
see_outwards (gpointer session, const LimenLessonMark *mark)
{
  Way way;
  if (!find_way (session, &way) || way.run->method != LIMEN_SIMULTANEOUS_GDA)
    return NULL;
  double factor = sqrt (1 + 3 * way.run->step * way.run->step);
  double free = way.start * pow (factor, (double)way.run->k);
  g_autofree char *text = way_text (&way), *growth = limen_format_significant (factor, 5);
  if (fabs (way.now - free) <= KEPT * free)
    return g_strdup_printf ("%s: √(1 + 3η²) = %s times as far with each one.", text, growth);
  if (way.now < (1 - CHANGED) * free)
    return g_strdup_printf ("%s. Each one took them √(1 + 3η²) = %s times as far until they came "
                            "to an edge, where they are put back into the triangle.",
                            text, growth);
  return g_strdup_printf ("%s.", text);
}

static gboolean
show_outwards (gpointer session, const LimenLessonMark *mark, double t)
{
  static const LimenGamePlay play = {LIMEN_SIMULTANEOUS_GDA, OUTWARDS,          0.04, 0.09,
                                     {0.38, 0.31, 0.31},     {0.31, 0.31, 0.38}};
  return limen_game_lesson_show_play (session, mark, &play, t);
}

/* -- alternating: around -- */

static gboolean
has_circled (gpointer session, const LimenLessonMark *mark)
{
  return limen_game_lesson_played (session, mark, LIMEN_ALTERNATING_GDA, AROUND);
}

/* Away from edges the energy stays what it is; where it does not, a point was put back. */
static char *
see_around (gpointer session, const LimenLessonMark *mark)
{
  static const double centre[] = {1.0 / 3, 1.0 / 3, 1.0 / 3};
  Way way;
  if (!find_way (session, &way) || way.run->method != LIMEN_ALTERNATING_GDA)
    return NULL;
  const LimenGameState *state = limen_game_session_state (session);
  LimenDynamics start = *way.run;
  memcpy (start.x, state->point[0], 3 * sizeof (double));
  memcpy (start.y, state->point[1], 3 * sizeof (double));
  double before = limen_dynamics_invariant (&start, centre, centre).energy;
  double now = limen_dynamics_invariant (way.run, centre, centre).energy;
  g_autofree char *text = way_text (&way), *then = text_of (before), *energy = text_of (now);
  if (fabs (now - before) <= KEPT * fabs (before))
    return g_strdup_printf ("%s. The energy is %s, as it was at the start.", text, energy);
  if (fabs (now - before) > CHANGED * fabs (before))
    return g_strdup_printf ("%s. The energy went from %s to %s: an edge was in the way. Begin "
                            "nearer to the centre, and it stays the same.",
                            text, then, energy);
  return g_strdup_printf ("%s.", text);
}

static gboolean
show_around (gpointer session, const LimenLessonMark *mark, double t)
{
  static const LimenGamePlay play = {LIMEN_ALTERNATING_GDA, AROUND,           0.2, 0.3,
                                     {0.55, 0.25, 0.2},     {0.3, 0.45, 0.25}};
  return limen_game_lesson_show_play (session, mark, &play, t);
}

/* -- extragradient: inwards -- */

static gboolean
has_arrived (gpointer session, const LimenLessonMark *mark)
{
  return limen_game_lesson_played (session, mark, LIMEN_EXTRAGRADIENT, INWARDS);
}

/* With steps up to 1/√3 no iteration leads away, edges or not; with longer ones it may. */
static char *
see_inwards (gpointer session, const LimenLessonMark *mark)
{
  Way way;
  if (!find_way (session, &way) || way.run->method != LIMEN_EXTRAGRADIENT)
    return NULL;
  double step = way.run->step, factor = sqrt (1 - 3 * step * step + 9 * pow (step, 4));
  g_autofree char *text = way_text (&way), *shrink = limen_format_significant (factor, 5);
  if (step * sqrt (3) < 1)
    return g_strdup_printf ("%s. Away from edges each one leaves √(1 − 3η² + 9η⁴) = %s of the "
                            "distance.",
                            text, shrink);
  return g_strdup_printf ("%s. The step is above 1/√3 = 0.577: away from edges the distance grows, "
                          "or stays.",
                          text);
}

static gboolean
show_inwards (gpointer session, const LimenLessonMark *mark, double t)
{
  static const LimenGamePlay play = {LIMEN_EXTRAGRADIENT, INWARDS, 0.1, 2, {0.75, 0.125, 0.125},
                                     {0.125, 0.25, 0.625}};
  return limen_game_lesson_show_play (session, mark, &play, t);
}

/* -- averages -- */

static gboolean
has_averaged (gpointer session, const LimenLessonMark *mark)
{
  return limen_game_lesson_played (session, mark, LIMEN_SIMULTANEOUS_GDA, AVERAGED);
}

/* The bound is proven of simultaneous GDA in our game, with projections, from every start. */
static char *
see_averaged (gpointer session, const LimenLessonMark *mark)
{
  Way way;
  if (!find_way (session, &way) || way.run->method != LIMEN_SIMULTANEOUS_GDA)
    return NULL;
  double a[LIMEN_GAME_MOST], b[LIMEN_GAME_MOST], step = way.run->step;
  limen_dynamics_average (way.run, a, b);
  LimenExploit last = limen_exploit (&way.run->payoff, way.run->x, way.run->y);
  LimenExploit mean = limen_exploit (&way.run->payoff, a, b);
  double bound = 2 / (step * (double)way.run->k) + 2 * step;
  g_autofree char *k = limen_format_number ((double)way.run->k, 0);
  g_autofree char *of_last = limen_game_points (last.gap, 1);
  g_autofree char *of_mean = limen_game_points (mean.gap, 1);
  g_autofree char *most = limen_format_number (ceil (1e3 * bound) / 1e3, 3);
  return g_strdup_printf ("After %s iterations the gap is %s at the last point and %s at the "
                          "average of all of them, at most 2/(ηk) + 2η = %s.",
                          k, of_last, of_mean, most);
}

static gboolean
show_averaged (gpointer session, const LimenLessonMark *mark, double t)
{
  static const LimenGamePlay play = {
      LIMEN_SIMULTANEOUS_GDA, AVERAGED, 0.05, 2, {0.75, 0.125, 0.125}, {0.125, 0.25, 0.625}};
  return limen_game_lesson_show_play (session, mark, &play, t);
}

/* -- the question -- */

static const LimenLessonStep steps[] = {
    {"game.dynamics.outwards",
     "Choose “rock paper scissors” in Payoffs and “simultaneous GDA” as the method. Put both rings "
     "near the centre, and not into it, and play at least 100 iterations.",
     limen_game_lesson_mark, has_spiralled, see_outwards,
     "Each player follows its own slope while the other follows its own. Taken together the slopes "
     "are at right angles to the way to the solution, so that every step goes straight past it: by "
     "Pythagoras the distance grows, however small the step is.",
     "‖z_{k+1} - z^*‖^2 = (1 + 3 η^2) \\, ‖z_k - z^*‖^2 \\\\ \\text{away from edges}",
     show_outwards},
    {"game.dynamics.around",
     "Take “alternating GDA”, with both rings within about a third of the way to the edges, and "
     "play at least 200 iterations.",
     limen_game_lesson_mark, has_circled, see_around,
     "Now B sees where A has just gone. That small difference is enough: away from edges the "
     "energy "
     "below never changes. For steps below 2/√3 the points where it is the same form a closed "
     "surface around the solution, and so they run around it for ever and come no nearer.",
     "E(z) = ‖p_A - u‖^2 + ‖p_B - u‖^2 \\\\ - η \\, (p_A - u)^⊤ M (p_B - u)", show_around},
    {"game.dynamics.inwards",
     "Take “extragradient”, with both rings wherever you like but in the centre, and play at least "
     "300 iterations.",
     limen_game_lesson_mark, has_arrived, see_inwards,
     "It takes a step for trial, and then goes from where it was by the slopes that it found "
     "there: "
     "each player answers to what the other is about to do. That turns the step a little inwards. "
     "With a step η below 1/√3 it converges from every start, and away from edges the distance "
     "shrinks by the same factor each time.",
     "‖z_{k+1} - z^*‖^2 = (1 - 3 η^2 + 9 η^4) \\, ‖z_k - z^*‖^2 \\\\ \\text{away from edges}",
     show_inwards},
    {"game.dynamics.average",
     "Go back to “simultaneous GDA” and play at least 1,000 iterations. Look at “Gap of the "
     "average”, under More of the method, beside the gap of the last point.",
     limen_game_lesson_mark, has_averaged, see_averaged,
     "The points themselves are led away, and yet their average is nearly a solution. Each player "
     "regrets little in the long run, and the gap of the average is the sum of both regrets, "
     "divided by the number of iterations. With a fixed step it falls to at most 2η; a step chosen "
     "as 1/√N for N iterations leaves at most 4/√N.",
     "\\text{gap}(\\bar{p}_A, \\bar{p}_B) ≤ \\frac{2}{η k} + 2 η", show_averaged},
};

static const LimenLessonLine proof[] = {
    {"Write a = p_A − u and b = p_B − u for where the players are as seen from the solution, and z "
     "for both. Since M u = 0 and Mᵀu = 0, the gradients of L are M b for A and Mᵀa for B. The "
     "entries of a add up to 0, and so do those of b.",
     "∇_{p_A} L = M b, \\quad ∇_{p_B} L = M^⊤ a"},
    {"M takes vectors whose entries add up to 0 to such ones again, and makes them √3 times as "
     "long: "
     "(M b)_i is a difference of two entries of b, and the squares of all three differences add up "
     "to 2‖b‖² − 2(b_1 b_2 + b_2 b_3 + b_3 b_1) = 3‖b‖². The same is true of Mᵀ. As M is "
     "antisymmetric, Mᵀ = −M, and M M b = −3b.",
     "‖M b‖ = \\sqrt{3} \\, ‖b‖, \\quad M M b = -3 b"},
    {"Simultaneous steps. As long as no weight would fall below 0, A goes from a to a − ηMb, and B "
     "from b to b + ηMᵀa. In the squares of both lengths the mixed terms −2η aᵀMb and 2η bᵀMᵀa "
     "cancel, and what remains is Pythagoras.",
     "‖z_{k+1}‖^2 = ‖a‖^2 + η^2 ‖M b‖^2 + ‖b‖^2 + η^2 ‖M^⊤ a‖^2 \\\\ = (1 + 3 η^2) ‖z_k‖^2"},
    {"Alternating steps. A goes first, to a' = a − ηMb; then B goes to b' = b + ηMᵀa'. What both "
     "squares change by is a difference times a sum, (a' − a)ᵀ(a' + a), and the same of b.",
     "‖a'‖^2 - ‖a‖^2 = -η \\, (a' + a)^⊤ M b \\\\ ‖b'‖^2 - ‖b‖^2 = η \\, a'^⊤ M (b' + b)"},
    {"The sum of both is η a'ᵀM b' − η aᵀM b. That is just what the last term of the energy "
     "changes "
     "by, with the other sign, so that the energy stays the same.",
     "‖a'‖^2 + ‖b'‖^2 - η \\, a'^⊤ M b' \\\\ = ‖a‖^2 + ‖b‖^2 - η \\, a^⊤ M b"},
    {"By Cauchy and Schwarz |aᵀMb| is at most √3‖a‖‖b‖, and that is at most √3/2 times ‖z‖². For η "
     "below 2/√3 the energy is therefore at least a positive multiple of ‖z‖², and at most "
     "another: "
     "the points can neither leave nor arrive.",
     "\\left( 1 - \\frac{\\sqrt{3}}{2} η \\right) ‖z‖^2 ≤ E(z) ≤ \\left( 1 + \\frac{\\sqrt{3}}{2} "
     "η "
     "\\right) ‖z‖^2"},
    {"Extragradient, away from edges. Write F z = (M b, −Mᵀa) for both slopes, so that a "
     "simultaneous step is z − ηF z. F is antisymmetric, and F F z = (−M Mᵀa, −Mᵀ M b) = −3z. The "
     "trial step is z − ηF z, and the step is z − ηF(z − ηF z) = (1 − 3η²) z − ηF z. F z is at "
     "right "
     "angles to z and √3 times as long.",
     "‖z_{k+1}‖^2 = (1 - 3 η^2)^2 ‖z_k‖^2 + 3 η^2 ‖z_k‖^2 \\\\ = (1 - 3 η^2 + 9 η^4) ‖z_k‖^2"},
    {"That is below 1 where 9η⁴ < 3η², which is where η < 1/√3.", "η < \\frac{1}{\\sqrt{3}}"},
    {"At the edges both steps are projected, that is, put back to the nearest point of the "
     "triangles. Let y be the point of trial, w the next one, and x any pair of strategies. A "
     "projection P(v) onto a convex set makes no acute angle: (v − P(v))ᵀ(x − P(v)) ≤ 0 for every "
     "x "
     "in the set. For w = P(z − ηF y) this says",
     "‖w - x‖^2 ≤ ‖z - x‖^2 - ‖z - w‖^2 \\\\ + 2 η \\, (F y)^⊤ (x - w)"},
    {"Take the solution for x, so that F x = 0 and, as F is antisymmetric, (F y)ᵀ(x − y) = 0. So x "
     "− "
     "w may be replaced by y − w. Then ‖z − w‖² is ‖z − y‖² + ‖y − w‖² + 2(z − y)ᵀ(y − w), and "
     "what "
     "is mixed is 2(z − ηF y − y)ᵀ(w − y).",
     "‖w - x‖^2 ≤ ‖z - x‖^2 - ‖z - y‖^2 - ‖y - w‖^2 \\\\ + 2 (z - η F y - y)^⊤ (w - y)"},
    {"For y = P(z − ηF z) the angle at y says (z − ηF z − y)ᵀ(w − y) ≤ 0. The rest is 2η(F z − F "
     "y)ᵀ(w − y), at most 2η√3‖z − y‖‖w − y‖, and that is at most 3η²‖z − y‖² + ‖w − y‖² "
     "(Korpelevich, 1976).",
     "‖w - x‖^2 ≤ ‖z - x‖^2 - (1 - 3 η^2) \\, ‖z - y‖^2"},
    {"So with η < 1/√3 the distance never grows, and the squares ‖z − y‖² of all trial steps have "
     "a "
     "finite sum: trial steps become as small as you like. The triangles are bounded and closed, "
     "so that a part of the sequence has a limit, and there the trial step is 0, that is P(z − ηF "
     "z) = z. Such a point is one from which no one gains by moving, a saddle point, so it is u "
     "for both; and as the distance to it never grows, the whole sequence converges to it.",
     "z_k → (u, u)"},
    {"Averages. Let x_t and y_t be the strategies of A and B after t iterations, and let bars mean "
     "the average of t = 1 to k. As L is linear in each player, the gap of the averages is a sum "
     "of "
     "what each regrets: how much less a fixed strategy, the best one in hindsight, would have "
     "cost.",
     "\\text{gap} = \\max_{p} \\frac{1}{k} \\sum_{t=1}^{k} (p - y_t)^⊤ M^⊤ x_t \\\\ + \\max_{q} "
     "\\frac{1}{k} \\sum_{t=1}^{k} (x_t - q)^⊤ M y_t"},
    {"With g_t = M y_t, x_{t+1} is x_t − ηg_t, projected. A projection comes no farther from any q "
     "in the triangle. Writing out ‖x_t − ηg_t − q‖² gives the first line, and adding up over t, "
     "where all but the first and the last distance cancel, the second.",
     "‖x_{t+1} - q‖^2 ≤ ‖x_t - q‖^2 - 2 η \\, g_t^⊤ (x_t - q) + η^2 ‖g_t‖^2 \\\\ \\sum_{t=1}^{k} "
     "g_t^⊤ (x_t - q) ≤ \\frac{‖x_1 - q‖^2}{2 η} + \\frac{η}{2} \\sum_{t=1}^{k} ‖g_t‖^2"},
    {"Two points of a triangle are at most √2 apart, so ‖x_1 − q‖² ≤ 2. And ‖g_t‖² is at most 2, "
     "as "
     "it is a convex function of y_t, largest in a corner, where g_t has the entries 0, 1 and −1. "
     "So each player's regret is at most 1/η + ηk. Both together, divided by k, bound the gap "
     "(Zinkevich, 2003).",
     "\\text{gap}(\\bar{p}_A, \\bar{p}_B) ≤ \\frac{1}{k} \\left( \\frac{2}{η} + 2 η k \\right) = "
     "\\frac{2}{η k} + 2 η"},
};

const LimenLessonQuestion limen_game_question_dynamics = {
    "game.dynamics", "Do players who follow their gradients get there?",
    steps,           G_N_ELEMENTS (steps),
    proof,           G_N_ELEMENTS (proof)};
