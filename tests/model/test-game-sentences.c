/* What is said of games is true: random states, and each sentence that is said of one judged by a
 * computation of the test's own, in long double, by running methods, or by other means than the
 * condition of the sentence has. And the judge has teeth: a sentence whose condition is taken away
 * is caught. */
#include "model/game-judges.h"
#include "model/game-judges-race.h"

/* -- what is said of a state, and whether it is so -- */

/* What @claims say of @s, and whether it holds; @said: (out): which, or none */
typedef struct {
  const LimenClaim *claims;
  guint n, said;
  char *text;
} Saying;

static gboolean
say (Saying *saying, gconstpointer state)
{
  g_clear_pointer (&saying->text, g_free);
  saying->said = limen_claim_first (saying->claims, saying->n, state);
  if (saying->said == saying->n)
    return FALSE;
  saying->text = limen_claim_words (&saying->claims[saying->said], state);
  return TRUE;
}

static gboolean
holds_run (const State *s, Saying *saying)
{
  LimenDynamics start = start_of (s);
  g_autoptr (GError) error = NULL;
  guint64 n = 1 + (guint64)(s->step * 1e6) % 150;
  g_autoptr (LimenGameRecord) record = limen_game_record_new (&start, s->solution, n, NULL, &error);
  g_assert_no_error (error);
  const LimenGameRun run = {&start, limen_game_record_last (record)};
  return !say (saying, &run) || judge_run (s, run.last, saying->text);
}

static gboolean
holds_spectrum (const State *s, Saying *saying)
{
  double re[LIMEN_SPECTRUM_MOST], im[LIMEN_SPECTRUM_MOST], radius = 0;
  guint n = limen_method_spectrum (s->method, s->integrator, &s->payoff, s->step, re, im);
  const LimenSpectrum spectrum = {s->method, s->integrator, re, im, n};
  for (guint i = 0; i < n; i++)
    radius = fmax (radius, hypot (re[i], im[i]));
  return !say (saying, &spectrum) || judge_spectrum (s, radius, saying->text);
}

static gboolean
holds_of_curve (const State *s, LimenGameTopic topic, Saying *saying)
{
  gboolean none = topic <= LIMEN_SAY_KEPT && (guint64)(s->step * 1e6) % 16 == 0;
  g_autofree Run *run = none ? NULL : run_of (s, topic == LIMEN_SAY_PACE ? 800 : 60);
  const LimenGameStrip strip = {run ? &run->curve : NULL, s->kl};
  const LimenGamePace pace = {run ? &run->curve : NULL, s->gap};
  if (!say (saying, topic <= LIMEN_SAY_KEPT ? (gconstpointer)&strip : &pace))
    return TRUE;
  return topic == LIMEN_SAY_NOTHING_KEPT ? judge_nothing_kept (s, run, s->kl, saying->text)
         : topic == LIMEN_SAY_KEPT       ? judge_kept (s, run, s->kl, saying->text)
         : topic == LIMEN_SAY_PACE       ? judge_pace (s, run, saying->text)
                                         : judge_gap (s, run, saying->text);
}

static gboolean
holds (const State *s, LimenGameTopic topic, Saying *saying)
{
  LimenGameHand hand =
      limen_game_hand (&s->payoff, s->solution, s->p_a, s->p_b, s->frozen, s->answered);
  hand.k = s->k;
  double x[LIMEN_GAME_MOST], y[LIMEN_GAME_MOST];
  const LimenGameSteps steps = {s->method,
                                limen_method_threshold (s->method, s->integrator, &s->payoff),
                                limen_payoff_interior (&s->payoff, x, y)};
  const LimenGameReply reply = limen_game_reply (&s->payoff, &hand.exploit, s->gap);
  switch (topic) {
  case LIMEN_SAY_HAND:
    return !say (saying, &hand) || judge_hand (s, saying->text);
  case LIMEN_SAY_ANSWER:
    return !say (saying, &hand) || judge_answer (s, saying->text);
  case LIMEN_SAY_ONLY:
    return !say (saying, &hand) || judge_only (s, saying->text);
  case LIMEN_SAY_UNIQUE:
    return !say (saying, s->solution) || judge_unique (s, saying->text);
  case LIMEN_SAY_REPLY:
    return !say (saying, &reply) || judge_reply (s, s->gap, saying->text);
  case LIMEN_SAY_RUN:
    return holds_run (s, saying);
  case LIMEN_SAY_STEPS:
    return !say (saying, &steps) || judge_steps (s, saying->text);
  case LIMEN_SAY_SPECTRUM:
    return holds_spectrum (s, saying);
  default:
    return holds_of_curve (s, topic, saying);
  }
}

/* -- states that are seldom met by chance -- */

/* From two edges of its own game into corners: there alternating GDA gains what it is said to keep
 */
static void
corner_rock_paper_scissors (State *s, LimenRandom *random)
{
  double a = 0.15 + 0.04 * limen_random_uniform (random);
  double b = 0.13 + 0.01 * limen_random_uniform (random);
  limen_solution_free (s->solution);
  limen_payoff_builtin ("rock-paper-scissors", &s->payoff, NULL);
  s->solution = limen_solve (&s->payoff, NULL);
  memcpy (s->p_a, (const double[]){a, 1 - a, 0}, 3 * sizeof (double));
  memcpy (s->p_b, (const double[]){0, b, 1 - b}, 3 * sizeof (double));
  s->step = 1 + 4e-4 * (limen_random_uniform (random) - 0.5);
  s->kl = FALSE;
}

static State
state_number (guint number)
{
  LimenRandom random = limen_random_stream (2024, "sentences", number);
  State s = any_state (&random);
  double threshold = limen_method_threshold (s.method, s.integrator, &s.payoff);
  switch (number % 12) {
  case 0: /* at the threshold, where alternating steps have a double eigenvalue */
    s.step = isfinite (threshold) && threshold > 0 ? threshold : s.step;
    break;
  case 1: /* so small that rounding hides the side of the circle */
    s.step = fmax (limen_method_default_step (s.method, &s.payoff) * 2e-5,
                   2e-6 / limen_payoff_largest (&s.payoff));
    break;
  case 2: /* at the solution */
    memcpy (s.p_a, s.solution->a, s.payoff.rows * sizeof *s.p_a);
    memcpy (s.p_b, s.solution->b, s.payoff.columns * sizeof *s.p_b);
    s.frozen = FALSE;
    break;
  case 3: /* far beyond all bounds */
    s.step = 3e5 / limen_payoff_largest (&s.payoff);
    s.projected = !limen_method_follows_gradients (s.method);
    break;
  case 4: /* into the edges, and from them */
    s.method = LIMEN_ALTERNATING_GDA;
    s.step = 10 * limen_method_default_step (s.method, &s.payoff) * limen_random_uniform (&random);
    s.projected = TRUE;
    s.kl = s.kl && number % 5 == 0;
    random_strategy (&random, s.payoff.rows, s.p_a);
    random_strategy (&random, s.payoff.columns, s.p_b);
    s.p_a[0] = number % 3 ? s.p_a[0] : 0;
    s.p_b[0] = number % 7 ? s.p_b[0] : 0;
    limen_simplex_project (s.p_a, s.payoff.rows);
    limen_simplex_project (s.p_b, s.payoff.columns);
    s.frozen = FALSE;
    if (number % 24 == 4)
      corner_rock_paper_scissors (&s, &random);
    break;
  default:
    break;
  }
  if (!limen_method_has_step (s.method))
    s.step = 1;
  s.step = fmin (s.step, 5e5 / limen_payoff_largest (&s.payoff));
  return s;
}

/* -- the tests -- */

static const char *const topics[LIMEN_SAY_N_TOPICS] = {
    "hand",     "answer",       "only", "unique", "reply", "run", "steps",
    "spectrum", "nothing-kept", "kept", "gap",    "thin",  "pace"};

/* How many states of a topic: those that run methods take longer */
static void
test_topic (gconstpointer data)
{
  LimenGameTopic topic = GPOINTER_TO_UINT (data);
  Saying saying = {0};
  guint counts[16] = {0};
  saying.claims = limen_game_claims (topic, &saying.n);
  for (guint i = 0; i < STATES; i++) {
    State s = state_number (i);
    if (!holds (&s, topic, &saying))
      g_error ("state %u, %s, step %g: “%s” (%s) is not so", i, limen_method_word (s.method),
               s.step, saying.text, saying.claims[saying.said].name);
    counts[saying.said]++;
    limen_solution_free (s.solution);
  }
  for (guint c = 0; c < saying.n; c++) {
    g_test_message ("%s: %u", saying.claims[c].name, counts[c]);
    g_assert_cmpuint (counts[c], >, 0);
  }
  g_free (saying.text);
}

/* Said of every state, whatever else might be said, each claim is caught, but for what is true of
 * all. */
static void
test_teeth (gconstpointer data)
{
  LimenGameTopic topic = GPOINTER_TO_UINT (data);
  LimenClaim claim;
  Saying saying = {&claim, 1, 0, NULL};
  guint n;
  const LimenClaim *table = limen_game_claims (topic, &n);
  for (guint c = 0; c < n; c++) {
    gboolean caught = FALSE;
    if (table[c].holds == limen_claim_always)
      continue;
    claim = table[c];
    claim.holds = limen_claim_always;
    for (guint i = 0; i < STATES && !caught; i++) {
      State s = state_number (i);
      caught = !holds (&s, topic, &saying);
      limen_solution_free (s.solution);
    }
    if (!caught)
      g_error ("“%s” is said always, and nobody notices", table[c].name);
  }
  g_free (saying.text);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < LIMEN_SAY_N_TOPICS; i++) {
    g_autofree char *truth = g_strdup_printf ("/game-sentences/%s", topics[i]);
    g_autofree char *teeth = g_strdup_printf ("/game-sentences/teeth/%s", topics[i]);
    g_test_add_data_func (truth, GUINT_TO_POINTER (i), test_topic);
    g_test_add_data_func (teeth, GUINT_TO_POINTER (i), test_teeth);
  }
  return g_test_run ();
}
