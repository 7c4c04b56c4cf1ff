/* What the Bound page says, of random states, judged by plain formulas: no sentence is
 * contradicted, and a sentence without its condition is. */
#include "model/bound-worlds.h"

#define N_STATES 10000

/* -- the judge -- */

/* @word: what is contradicted; NULL: nothing is. Numbers that plain formulas cannot reach are left
 * to those that they can: @n_skipped counts them. */
static guint n_skipped, n_judged;

static const char *
judge_below (const World *world, const char *sentence)
{
  const LimenBoundState *state = &world->state;
  Said k = number_after (sentence, "K = "), gap = number_after (sentence, "stands ");
  double tolerance;
  if (!world->gaussian_case || k.value != state->k)
    return "K";
  if (!(gap.value > 0) || is_surely_posterior (world, state->index))
    return "it is not below";
  double expected = true_gap (world, state->index, state->k, &tolerance);
  n_judged++;
  if (isnan (expected)) {
    n_skipped++;
    return NULL;
  }
  if (is_said (gap, expected, tolerance))
    return NULL;
  g_test_message ("%.10g is not %.10g within %g", gap.value, expected, tolerance);
  return "the gap";
}

static const char *
judge_near (const World *world, const char *sentence)
{
  const LimenBoundState *state = &world->state;
  Said most = number_after (sentence, "within ");
  double tolerance;
  if (!world->gaussian_case)
    return "nothing is known";
  double expected = true_gap (world, state->index, state->k, &tolerance);
  double told = 1e-9 * (1 + fabs ((double)world->posterior.evidence));
  if (!(most.value <= told))
    return "it can be told";
  return expected - tolerance <= most.value + 0.5 * most.unit ? NULL : "it is further away";
}

static const char *
judge_estimate (const World *world, const char *sentence)
{
  const LimenBoundState *state = &world->state;
  double error = 2 * state->estimate.standard_error;
  Said k = number_after (sentence, "K = "), mean = number_after (sentence, "estimated at ");
  Said bar = number_after (sentence, "± ");
  if (k.value != state->estimate_k)
    return "K";
  if (state->estimate.n < 2 || !isfinite (error))
    return "there is no error";
  if (!is_said (mean, state->estimate.mean, 0))
    return "the mean";
  if (error > 0 && (!is_said (bar, error, 0) || fabs (log (mean.unit / bar.unit)) > 1e-9 ||
                    bar.value < 9.4 * bar.unit || (bar.unit < 1 && bar.value > 100 * bar.unit)))
    return "decimals of mean and error"; /* two digits or all, as many places in both */
  return NULL;
}

static const char *
judge_estimate_below (const World *world, const char *sentence)
{
  Said evidence = number_after (sentence, "below log p(x) = ");
  if (!world->gaussian_case || is_surely_posterior (world, world->state.index))
    return "it does not lie below";
  double expected = (double)world->posterior.evidence;
  if (!is_said (evidence, expected, 1e-11 * (1 + fabs (expected))))
    return "log p(x)";
  return judge_estimate (world, sentence);
}

static const char *
judge_many (const World *world, const char *sentence)
{
  if (world->state.n_images == 0 || number_after (sentence, "Over ").value != world->state.n_images)
    return "how many images";
  return judge_estimate (world, sentence);
}

/* What a claim of limen_bound_claims said. Returns: (nullable): what is wrong with it */
static const char *
judge (const World *world, const char *name, const char *sentence)
{
  const LimenBoundState *state = &world->state;
  gboolean posterior = is_posterior (world, state->index);
  if (g_str_equal (name, "nothing"))
    return state->study->n_proposals > 0 ? "there is something" : NULL;
  if (g_str_has_prefix (name, "posterior"))
    return posterior ? NULL : "it is not the posterior";
  if (g_str_equal (name, "below"))
    return judge_below (world, sentence);
  if (g_str_equal (name, "too near"))
    return judge_near (world, sentence);
  if (g_str_equal (name, "estimate below log p(x)"))
    return judge_estimate_below (world, sentence);
  if (g_str_equal (name, "estimate over images"))
    return judge_many (world, sentence);
  if (g_str_equal (name, "estimate"))
    return judge_estimate (world, sentence);
  double moments = state->estimate.mean + state->estimate.standard_error;
  if (g_str_equal (name, "beyond"))
    return state->estimate.n >= 2 && !isfinite (moments) ? NULL : "it can be estimated";
  return state->estimate.n >= 2 || world->study->n_proposals == 0 ? "it does not wait" : NULL;
}

static const char *
judge_claim (const World *world, const LimenClaim *claim)
{
  g_autofree char *sentence = limen_claim_words (claim, &world->state);
  const char *wrong = judge (world, claim->name, sentence);
  return wrong;
}

/* -- log p(x) -- */

static const char *
judge_evidence (const World *world, const char *name, const char *sentence)
{
  double expected = world->gaussian_case ? (double)world->posterior.evidence : NAN;
  if (g_str_equal (name, "known"))
    return is_said (read_number (sentence), expected, 1e-11 * (1 + fabs (expected))) ? NULL
                                                                                     : "log p(x)";
  const LimenBoundState *state = &world->state;
  if (!isnan (expected) || state->estimate.n < 2 || !isfinite (state->estimate.standard_error))
    return "it is known, or nothing is";
  return is_said (number_after (sentence, "estimated at "), state->estimate.mean, 0) ? NULL
                                                                                     : "the mean";
}

static const char *
judge_evidence_claim (const World *world, const LimenClaim *claim)
{
  g_autofree char *sentence = limen_claim_words (claim, &world->state);
  return judge_evidence (world, claim->name, sentence);
}

/* -- badges and curves -- */

static const char *
judge_badge (const World *world, const char *name)
{
  const LimenBoundState *state = &world->state;
  guint k = world->gaussian_case ? world->gaussian_case->model->latent : 0;
  double tolerance;
  if (g_str_equal (name, "no evidence"))
    return world->gaussian_case || world->study->n_proposals == 0 ? "it is known" : NULL;
  if (g_str_equal (name, "tight"))
    return is_posterior (world, state->index) ? NULL : "it is not the posterior";
  if (g_str_equal (name, "estimates only"))
    return k == 1 || k == 2 || world->study->n_proposals == 0 ? "there are exact values" : NULL;
  if (k == 0)
    return "there is no gap";
  return true_gap (world, state->index, 1, &tolerance) < 1.01e-12 ? NULL : "it is larger";
}

static const char *
judge_curve (const World *world, const char *name, const char *sentence)
{
  guint k = world->gaussian_case ? world->gaussian_case->model->latent : 0;
  if (k != 1 && k != 2)
    return "there is no curve";
  /* where it is hardly finite, or hardly not, both may be said */
  long double variance = plain_variance (&world->weights[world->state.index]);
  if (isfinite (variance) && variance < 1e6L)
    return "the variance is finite";
  return g_str_equal (name, "slope") && isnan (number_after (sentence, "slope ").value)
             ? "there is no slope"
             : NULL;
}

static const char *
judge_picture (const World *world, const LimenClaim *claim, gboolean badge)
{
  gboolean is_curve = !badge;
  if (is_curve && (!world->gaussian_case || world->gaussian_case->model->latent > 2))
    return "there is no curve";
  if (badge && world->study->n_proposals == 0)
    return "there is nothing";
  g_autofree char *sentence = limen_claim_words (claim, &world->state);
  return badge ? judge_badge (world, claim->name) : judge_curve (world, claim->name, sentence);
}

/* The line Var(w)/2Kp² is drawn where a mean of K weights varies by at most itself, and nowhere
 * where there is no variance. Returns: how many lines there are */
static guint
check_law (const World *world)
{
  guint n_drawn = 0;
  for (guint p = 0; p < world->study->n_proposals; p++) {
    double from = limen_bound_law_from (world->study, p);
    long double variance = world->gaussian_case ? plain_variance (&world->weights[p]) : NAN;
    if (!isfinite (from))
      continue;
    n_drawn++;
    g_assert_true (isfinite (variance) && !is_surely_posterior (world, p));
    g_assert_cmpfloat ((double)variance / from, <=, 1 + 1e-9);
    g_assert_cmpfloat (from, >=, 1);
  }
  return n_drawn;
}

/* -- all of it -- */

/* @said: (n + 1): how often each claim was the first that holds, and how often none; @contradicted:
 * (n): how often each would have been, without its condition */
typedef struct {
  const LimenClaim *claims;
  guint n, said[LIMEN_BOUND_N_CLAIMS + 1], contradicted[LIMEN_BOUND_N_CLAIMS];
  const char *(*judge) (const World *world, const LimenClaim *claim);
} Table;

static void
check_table (Table *table, const World *world, guint index)
{
  guint first = limen_claim_first (table->claims, table->n, &world->state);
  table->said[first]++;
  const char *wrong = first < table->n ? table->judge (world, &table->claims[first]) : NULL;
  if (wrong) {
    g_autofree char *sentence = limen_claim_words (&table->claims[first], &world->state);
    g_error ("state %u: %s: %s", index, sentence, wrong);
  }
}

static void
tell_table (const Table *table)
{
  for (guint i = 0; i < table->n; i++)
    g_test_message ("%s: %u times", table->claims[i].name, table->said[i]);
}

static const char *
judge_badge_claim (const World *world, const LimenClaim *claim)
{
  return judge_picture (world, claim, TRUE);
}

static const char *
judge_curve_claim (const World *world, const LimenClaim *claim)
{
  return judge_picture (world, claim, FALSE);
}

static const Table tables[] = {
    {limen_bound_claims, LIMEN_BOUND_N_CLAIMS, {0}, {0}, judge_claim},
    {limen_bound_evidence_claims, LIMEN_BOUND_N_EVIDENCE_CLAIMS, {0}, {0}, judge_evidence_claim},
    {limen_bound_badge_claims, LIMEN_BOUND_N_BADGE_CLAIMS, {0}, {0}, judge_badge_claim},
    {limen_bound_curve_claims, LIMEN_BOUND_N_CURVE_CLAIMS, {0}, {0}, judge_curve_claim},
};

static void
test_no_sentence_is_contradicted (void)
{
  Table own[G_N_ELEMENTS (tables)];
  guint n_lines = 0;
  memcpy (own, tables, sizeof tables);
  n_skipped = n_judged = 0;
  for (guint i = 0; i < N_STATES; i++) {
    g_auto (World) world = random_world (i);
    for (guint t = 0; t < G_N_ELEMENTS (own); t++)
      check_table (&own[t], &world, i);
    n_lines += check_law (&world);
  }
  for (guint t = 0; t < G_N_ELEMENTS (own); t++)
    tell_table (&own[t]);
  g_test_message ("%u of %u gaps were out of reach", n_skipped, n_judged);
  g_assert_cmpuint (n_skipped, <, n_judged / 5);
  g_assert_cmpuint (n_lines, >, 1000);
  g_assert_cmpuint (own[0].said[LIMEN_BOUND_N_CLAIMS], ==, 0); /* something is always said */
  for (guint i = 0; i < LIMEN_BOUND_N_CLAIMS; i++)
    if (!g_str_equal (limen_bound_claims[i].name, "too near")) /* which has a test of its own */
      g_assert_cmpuint (own[0].said[i], >, 20);
}

/* Each sentence alone, whatever its condition says */
static void
test_without_its_condition_each_is (void)
{
  Table own[G_N_ELEMENTS (tables)];
  memcpy (own, tables, sizeof tables);
  for (guint i = 0; i < 400; i++) {
    g_auto (World) world = random_world (i);
    for (guint t = 0; t < G_N_ELEMENTS (own); t++)
      for (guint c = 0; c < own[t].n; c++) {
        LimenClaim claim = own[t].claims[c];
        claim.holds = limen_claim_always;
        if (own[t].contradicted[c] == 0 && claim.holds (&world.state))
          own[t].contradicted[c] += own[t].judge (&world, &claim) != NULL;
      }
  }
  for (guint t = 0; t < G_N_ELEMENTS (own); t++)
    for (guint c = 0; c < own[t].n; c++) {
      g_test_message ("%s", own[t].claims[c].name);
      g_assert_cmpuint (own[t].contradicted[c], >, 0);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/bound-sentences/none-is-contradicted", test_no_sentence_is_contradicted);
  g_test_add_func ("/bound-sentences/without-its-condition-each-is",
                   test_without_its_condition_each_is);
  return g_test_run ();
}
