/* What the Bound page says, of random states, judged by plain formulas: no sentence is
 * contradicted, and a sentence without its condition is. */
#include "model/bound/sentences.h"
#include "model/gaussian-random.h"
#include "model/plain-bound.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define N_STATES   10000
#define N_CONTESTS 150

/* -- numbers in a sentence -- */

typedef struct {
  double value, unit; /* of its last digit */
  const char *end;
} Said;

static const char *const raised[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};

/* "·10⁻²⁰", if it stands there */
static int
read_power (const char **at)
{
  int power = 0, sign = 1;
  if (!g_str_has_prefix (*at, "·10"))
    return 0;
  *at += strlen ("·10");
  if (g_str_has_prefix (*at, "⁻")) {
    sign = -1;
    *at += strlen ("⁻");
  }
  for (guint digit = 0; digit < 10;) {
    if (g_str_has_prefix (*at, raised[digit])) {
      power = 10 * power + (int)digit;
      *at += strlen (raised[digit]);
      digit = 0;
    } else
      digit++;
  }
  return sign * power;
}

/* The number that @at begins with: "−1 234.5", "2.5·10⁻²⁰"; NaN where there is none */
static Said
read_number (const char *at)
{
  g_autoptr (GString) digits = g_string_new (NULL);
  int decimals = 0, behind = 0;
  for (;;) {
    if (g_str_has_prefix (at, "\u2212")) {
      g_string_append_c (digits, '-');
      at += strlen ("\u2212");
    } else if (g_str_has_prefix (at, "\u2009"))
      at += strlen ("\u2009");
    else if (g_ascii_isdigit (*at) || (*at == '.' && g_ascii_isdigit (at[1]))) {
      decimals += behind;
      behind = behind || *at == '.';
      g_string_append_c (digits, *at++);
    } else
      break;
  }
  if (digits->len == 0)
    return (Said){NAN, NAN, at};
  int power = read_power (&at);
  return (Said){g_ascii_strtod (digits->str, NULL) * pow (10, power), pow (10, power - decimals),
                at};
}

/* The number behind @word */
static Said
number_after (const char *sentence, const char *word)
{
  const char *at = strstr (sentence, word);
  return at ? read_number (at + strlen (word)) : (Said){NAN, NAN, sentence};
}

/* Whether what is said is @true, rounded, where @true is itself off by @tolerance */
static gboolean
is_said (Said said, double expected, double tolerance)
{
  return fabs (said.value - expected) <= 0.5001 * said.unit + tolerance;
}

/* -- states -- */

typedef struct {
  LimenGaussianCase *gaussian_case; /* NULL: of a model without closed forms */
  LimenBoundStudy *study;
  LimenProposalKind kind[LIMEN_BOUND_MOST_PROPOSALS];
  LimenBoundState state;
  /* by plain formulas */
  PlainPosterior posterior;
  PlainWeights weights[LIMEN_BOUND_MOST_PROPOSALS];
} World;

static void
world_clear (World *world)
{
  limen_bound_study_free (world->study);
  g_clear_pointer (&world->gaussian_case, limen_gaussian_case_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (World, world_clear)

/* Anywhere; or the posterior's numbers, moved by 1e-15 to 1 of a standard deviation, or not */
static LimenGaussian *
random_proposal (const LimenGaussianCase *made, LimenRandom *random)
{
  guint k = made->model->latent, way = limen_random_below (random, 4);
  LimenGaussian *q = limen_gaussian_model_posterior (made->model, made->x);
  if (way == 0) {
    limen_gaussian_free (q);
    return limen_gaussian_copy (made->proposal);
  }
  double far = way == 1 ? 0 : exp (-15 * G_LN10 * limen_random_uniform (random));
  for (guint j = 0; j < k; j++)
    q->mean[j] += far * sqrt (q->covariance[j * k + j]) * limen_random_normal (random);
  if (way == 3)
    for (guint i = 0; i < k * k; i++)
      q->covariance[i] *= 1 + far;
  LimenGaussian *moved = limen_gaussian_new ("q", k, q->mean, q->covariance, NULL);
  g_assert_nonnull (moved);
  limen_gaussian_free (q);
  return moved;
}

static LimenEstimate
random_estimate (LimenRandom *random)
{
  static const guint64 counts[] = {0, 1, 2, 3, 10, 200, 1000000};
  LimenEstimate estimate = {NAN, NAN, counts[limen_random_below (random, 7)]};
  if (estimate.n > 0)
    estimate.mean = 200 * limen_random_normal (random);
  if (estimate.n > 1)
    estimate.standard_error = exp (-12 + 20 * limen_random_uniform (random));
  if (estimate.n > 1 && limen_random_below (random, 20) == 0)
    estimate.standard_error = limen_random_below (random, 2) ? 0 : INFINITY;
  if (limen_random_below (random, 40) == 0)
    estimate.mean = -INFINITY;
  return estimate;
}

static void
add_gaussian (World *world, LimenRandom *random, guint i)
{
  LimenGaussianCase *made = world->gaussian_case;
  gboolean named = limen_random_below (random, made->model->latent == 1 ? 4 : 2) == 0;
  LimenProposalKind kind = world->kind[i] =
      named ? (LimenProposalKind)limen_random_below (random, LIMEN_N_PROPOSALS)
            : LIMEN_PROPOSAL_OWN;
  LimenGaussian *q = kind == LIMEN_PROPOSAL_OWN ? random_proposal (made, random)
                                                : limen_gaussian_case_proposal (made, kind);
  long double mean[PLAIN_MOST], covariance[PLAIN_MOST][PLAIN_MOST];
  g_autofree char *name = g_strdup_printf ("number %u", i);
  plain_proposal (made->model, &world->posterior, q, kind, mean, covariance);
  world->weights[i] = plain_weights (&world->posterior, mean, covariance);
  limen_bound_study_add (world->study, name, NULL, NULL, NAN, NAN);
  limen_bound_study_set_gaussian (world->study, i, made, q, kind);
}

static void
fill_gaussian (World *world, LimenRandom *random, guint k, guint n)
{
  LimenGaussianCase *made = world->gaussian_case =
      random_case (random, k, 1 + limen_random_below (random, 4));
  made->model->sigma2 = exp (-4 + 6 * limen_random_uniform (random));
  if (limen_random_below (random, 12) == 0) /* then the prior is the posterior */
    memset (made->model->a, 0, k * made->model->observed * sizeof (double));
  world->posterior = plain_posterior (made->model, made->x);
  for (guint i = 0; i < n; i++)
    add_gaussian (world, random, i);
}

/* Of more latent variables than two, or before the exact bound is there */
static void
fill_other (World *world, LimenRandom *random, guint n)
{
  for (guint i = 0; i < n; i++) {
    g_autofree char *name = g_strdup_printf ("number %u", i);
    limen_bound_study_add (world->study, name, NULL, NULL, NAN, NAN);
  }
}

static World
random_world (guint index)
{
  LimenRandom random = limen_random_stream (41, "sentences", index);
  World world = {.study = limen_bound_study_new (NAN)};
  guint dimension = index % 25 == 0 ? 0 : index % 20 == 1 ? 2 : index % 5 == 2 ? 3 : 1;
  guint n = index % 50 == 49 ? 0 : 1 + (limen_random_below (&random, 6) == 0) + (index % 60 == 0);
  if (dimension > 0 && n > 0)
    fill_gaussian (&world, &random, dimension, n);
  else
    fill_other (&world, &random, n);
  double most = exp (log (1e6) * limen_random_uniform (&random));
  guint k = limen_random_below (&random, 3) == 0 ? 1 : (guint)most;
  world.state = limen_bound_state (world.study, k);
  world.state.estimate = random_estimate (&random);
  if (isnan (world.state.gap.value)) {
    world.state.estimate_k = k;
    world.state.n_images = dimension == 0 && index % 2 ? 1 + limen_random_below (&random, 9999) : 0;
  }
  return world;
}

/* -- the judge -- */

/* @word: what is contradicted; NULL: nothing is. Numbers that plain formulas cannot reach are left
 * to those that they can: @n_skipped counts them. */
static guint n_skipped, n_judged;

/* How far a proposal is from the posterior, in its own standard deviations; INFINITY without one */
static double
distance_of (const World *world, guint i)
{
  const PlainWeights *weights = &world->weights[i];
  long double apart = 0;
  if (!world->gaussian_case || i >= world->study->n_proposals)
    return INFINITY;
  for (guint a = 0; a < weights->k; a++) {
    apart = fmaxl (apart, fabsl (weights->offset[a]));
    for (guint b = 0; b < weights->k; b++)
      apart = fmaxl (apart, fabsl (weights->p[a][b] - (a == b)));
  }
  return (double)apart;
}

/* As far as plain formulas can tell: so it is, or may be */
static gboolean
is_posterior (const World *world, guint i)
{
  return distance_of (world, i) < 1e-13;
}

static gboolean
is_surely_posterior (const World *world, guint i)
{
  return distance_of (world, i) < 1e-18 ||
         (world->gaussian_case && world->kind[i] == LIMEN_PROPOSAL_POSTERIOR);
}

/* log p(x) − VLB^(K); NaN where it cannot be told. @tolerance: (out) */
static double
true_gap (const World *world, guint i, double k, double *tolerance)
{
  const PlainWeights *weights = &world->weights[i];
  long double first = plain_first_gap (weights), variance = plain_variance (weights);
  *tolerance = 1e-12 * (double)first + 2e-17;
  if (k == 1)
    return (double)first;
  *tolerance = 0.02 * fabs ((double)variance) / k + 1e-17;
  if (variance < 1e-5L)
    return (double)variance / (2 * k);
  double gap = weights->k > 2 ? NAN : plain_gap (weights, k, weights->k == 1 ? 0.15 : 0.3);
  *tolerance = 1e-6 * gap + 1e-13;
  return gap;
}

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
  g_autofree char *sentence = claim->say (&world->state);
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
  g_autofree char *sentence = claim->say (&world->state);
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
  if (k != 1 && k != 2)
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
  g_autofree char *sentence = claim->say (&world->state);
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
    g_autofree char *sentence = table->claims[first].say (&world->state);
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

/* -- the contest -- */

/* The posterior's, with its variances multiplied by @scale and moved by @far deviations */
static void
add_scaled (World *world, guint i, double scale, double far)
{
  LimenGaussianCase *made = world->gaussian_case;
  guint k = made->model->latent;
  long double mean[PLAIN_MOST], covariance[PLAIN_MOST][PLAIN_MOST];
  g_autofree char *name = g_strdup_printf ("number %u", i);
  g_autoptr (LimenGaussian) q = limen_gaussian_model_posterior (made->model, made->x);
  for (guint j = 0; j < k; j++)
    q->mean[j] += far * sqrt (q->covariance[j * k + j]);
  for (guint j = 0; j < k * k; j++)
    q->covariance[j] *= scale;
  LimenGaussian *scaled = limen_gaussian_new ("q", k, q->mean, q->covariance, NULL);
  plain_proposal (made->model, &world->posterior, scaled, LIMEN_PROPOSAL_OWN, mean, covariance);
  world->weights[i] = plain_weights (&world->posterior, mean, covariance);
  limen_bound_study_add (world->study, name, NULL, NULL, NAN, NAN);
  limen_bound_study_set_gaussian (world->study, i, made, scaled, LIMEN_PROPOSAL_OWN);
}

/* A narrow one, which is good with few samples, and one or two wide ones, of a line or a plane;
 * with names "number 0", … */
static World
random_contest (guint index)
{
  LimenRandom random = limen_random_stream (42, "contest", index);
  World world = {.study = limen_bound_study_new (NAN)};
  guint n = 2 + limen_random_below (&random, 2), narrow = limen_random_below (&random, n);
  fill_gaussian (&world, &random, index % 8 == 0 ? 2 : 1, 0);
  for (guint i = 0; i < n; i++) {
    double u = limen_random_uniform (&random);
    double scale = i == narrow ? 0.15 * exp (1.4 * u) : 1.3 * exp (1.6 * u);
    add_scaled (&world, i, scale, 0.8 * limen_random_uniform (&random));
  }
  return world;
}

/* VLB of @own less that of @other at @k, or NaN */
static double
lead (const World *world, guint own, guint other, double k, double *tolerance)
{
  double mine, its, gap = true_gap (world, own, k, &mine);
  double apart = true_gap (world, other, k, &its) - gap;
  *tolerance = mine + its + 1e-9 * fabs (gap);
  return apart;
}

/* Whether @best is behind @other at @k: 1, 0; −1: cannot be told */
static int
is_behind (const World *world, guint best, guint other, double k)
{
  double tolerance, apart = lead (world, best, other, k, &tolerance);
  return isnan (apart) || fabs (apart) <= tolerance ? -1 : apart < 0;
}

/* "number 2" */
static int
named_after (const char *sentence, const char *word)
{
  const char *at = strstr (sentence, word);
  return at ? atoi (at + strlen (word)) : -1;
}

/* Behind @other from @from on, and not just before */
static const char *
judge_from (const World *world, guint best, guint other, guint from, LimenRandom *random)
{
  if (from < 2 || from > LIMEN_BOUND_MOST_K)
    return "from where";
  if (is_behind (world, best, other, from - 1) == 1)
    return "it is behind before that";
  for (int i = 0; i < 4; i++) {
    double part = i == 0 ? 0 : i == 1 ? 1 : limen_random_uniform (random);
    double k = round (exp (log (from) + part * log ((double)LIMEN_BOUND_MOST_K / from)));
    if (is_behind (world, best, other, k) == 0)
      return "it is not behind";
  }
  return NULL;
}

static const char *
judge_contest (const World *world, const char *sentence)
{
  LimenRandom random = limen_random_stream (43, "judge", 0);
  int best = named_after (sentence, "number "), winner = named_after (sentence, "loses to number ");
  guint from = (guint)number_after (sentence, "from K = ").value;
  guint n = world->study->n_proposals;
  const char *all = strstr (sentence, "to all from K = ");
  const char *wrong = NULL;
  if (number_after (sentence, "as far as K = ").value != LIMEN_BOUND_MOST_K)
    return "how far";
  for (guint i = 0; i < n; i++)
    if ((int)i != best && is_behind (world, (guint)best, i, 1) == 1)
      return "it is not best at first";
  for (guint i = 0; i < n && !wrong; i++)
    if ((int)i == winner || (winner < 0 && (int)i != best))
      wrong = judge_from (world, (guint)best, i, from, &random);
  for (guint i = 0; i < n && !wrong && all; i++)
    if ((int)i != best &&
        is_behind (world, (guint)best, i, number_after (all, "to all from K = ").value) == 0)
      wrong = "it is not behind all";
  if (!wrong && all && is_behind (world, (guint)best, (guint)winner, from) == 0)
    wrong = "it is not behind the first";
  return wrong;
}

static void
test_contests (void)
{
  guint said[LIMEN_BOUND_N_CONTEST_CLAIMS + 1] = {0};
  for (guint i = 0; i < N_CONTESTS; i++) {
    g_auto (World) world = random_contest (i);
    LimenBoundContest contest = limen_bound_contest (world.study);
    guint first =
        limen_claim_first (limen_bound_contest_claims, LIMEN_BOUND_N_CONTEST_CLAIMS, &contest);
    said[first]++;
    if (first == LIMEN_BOUND_N_CONTEST_CLAIMS)
      continue;
    g_autofree char *sentence = limen_bound_contest_claims[first].say (&contest);
    const char *wrong = judge_contest (&world, sentence);
    if (wrong)
      g_error ("contest %u: %s: %s", i, sentence, wrong);
  }
  for (guint c = 0; c < LIMEN_BOUND_N_CONTEST_CLAIMS; c++)
    g_test_message ("%s: %u times", limen_bound_contest_claims[c].name, said[c]);
  for (guint c = 0; c < LIMEN_BOUND_N_CONTEST_CLAIMS; c += 2)
    g_assert_cmpuint (said[c], >, 10);
}

/* With a contest that was made up: an earlier and a later K, and another winner */
static void
test_wrong_contests_are_contradicted (void)
{
  guint contradicted[3] = {0}, n = 0;
  for (guint i = 0; i < N_CONTESTS && n < 25; i++) {
    g_auto (World) world = random_contest (i);
    LimenBoundContest contest = limen_bound_contest (world.study);
    guint behind = 0;
    for (guint p = 0; contest.best >= 0 && p < world.study->n_proposals; p++)
      behind = contest.from[p] > 2 ? p : behind;
    if (contest.best < 0 || contest.from[behind] <= 2)
      continue;
    n++;
    for (guint way = 0; way < 3; way++) {
      LimenBoundContest other = contest;
      memset (other.from, 0, sizeof other.from);
      guint from = contest.from[behind];
      other.best = way == 2 ? (int)behind : contest.best;
      other.from[way == 2 ? (guint)contest.best : behind] =
          way == 0   ? from / 2
          : way == 1 ? MIN (from + from / 2 + 1, LIMEN_BOUND_MOST_K)
                     : from;
      g_autofree char *sentence =
          limen_claim_say (limen_bound_contest_claims, LIMEN_BOUND_N_CONTEST_CLAIMS, &other);
      contradicted[way] += sentence && judge_contest (&world, sentence) != NULL;
    }
  }
  g_test_message ("%u contests; %u, %u and %u of them contradicted", n, contradicted[0],
                  contradicted[1], contradicted[2]);
  for (guint way = 0; way < 3; way++)
    g_assert_cmpuint (contradicted[way], >, n / 2);
}

/* -- cases by hand -- */

static char *
sentence_of (LimenGaussianCase *made, guint k)
{
  const LimenProposalKind kind = LIMEN_PROPOSAL_OWN;
  g_autoptr (LimenBoundStudy) study = limen_bound_study_new_gaussian (made, &kind, 1);
  return limen_bound_study_sentence (study, k);
}

/* z, x|z ~ N(z, 1), x = 1: the posterior is N(1/2, 1/2) */
static LimenGaussianCase *
halves (double mean, double variance)
{
  LimenGaussianCase *made = g_new0 (LimenGaussianCase, 1);
  made->model = limen_gaussian_model_new (1, 1);
  made->model->a[0] = 1;
  made->x = g_new (double, 1);
  made->x[0] = 1;
  made->proposal = limen_gaussian_new_diagonal ("q", 1, &mean, &variance, NULL);
  return made;
}

/* A proposal close to the posterior is not the posterior, however many samples there are. */
static void
test_near_is_not_the_same (void)
{
  static const struct {
    double mean, variance;
    guint k;
    const char *begins;
  } table[] = {
      {0.5, 0.5, 1, "The proposal is the posterior: "},
      {0.5, 0.5, 1000000, "The proposal is the posterior: "},
      {0.5005, 0.5, 1, "With K = 1 sample the bound stands 2.5·10⁻⁷ nats below"},
      {0.5005, 0.5, 1000, "With K = 1\u2009000 samples the bound stands 2.5·10⁻¹⁰ nats below"},
      {0.53, 0.5, 1000000, "With K = 1\u2009000\u2009000 samples the bound stands 9.0·10⁻¹⁰ nats"},
      {0.5 + 1e-9, 0.5, 1, "With K = 1 sample the bound stands 1.0·10⁻¹⁸ nats below"},
      {0.5, 0.5 + 1e-8, 1, "With K = 1 sample the bound stands 1.0·10⁻¹⁶ nats below"},
      {0.5 + 2e-16, 0.5, 1, "The proposal is the posterior but for the rounding of its numbers"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autoptr (LimenGaussianCase) made = halves (table[i].mean, table[i].variance);
    g_autofree char *sentence = sentence_of (made, table[i].k);
    g_test_message ("%s", sentence);
    g_assert_true (g_str_has_prefix (sentence, table[i].begins));
  }
}

/* Two lines across the axes: the mean-field proposal is narrow, and the prior overtakes it at K =
 * 173: between two of any grid of round numbers. */
static void
test_a_contest_is_decided_by_search (void)
{
  const LimenProposalKind kinds[] = {LIMEN_PROPOSAL_ELBO, LIMEN_PROPOSAL_PRIOR};
  static const double a[] = {1.1758768033276432, 0.6452170631730535, 0.6452170631730535,
                             1.1758768033276432};
  g_autoptr (LimenGaussianCase) made = g_new0 (LimenGaussianCase, 1);
  const double zero[] = {0, 0}, one[] = {1, 1};
  made->model = limen_gaussian_model_new (2, 2);
  memcpy (made->model->a, a, sizeof a);
  made->model->sigma2 = 0.14268707150622428;
  made->x = g_new (double, 2);
  made->x[0] = 1.7980063490851175;
  made->x[1] = 0.11069003937489941;
  made->proposal = limen_gaussian_new_diagonal ("q", 2, zero, one, NULL);
  g_autoptr (LimenBoundStudy) study = limen_bound_study_new_gaussian (made, kinds, 2);
  g_autofree char *contest = limen_bound_study_contest (study);
  g_assert_cmpstr (contest, ==,
                   "ELBO-optimal is best at K = 1, but loses to prior from K = 173 on, as far as K "
                   "= 5\u2009000.");
}

/* A gap that is smaller than its error is not told from 0. */
static void
test_too_near_to_tell (void)
{
  LimenBoundStudy *study = limen_bound_study_new (-3);
  g_autoptr (LimenBoundStudy) owner = study;
  limen_bound_study_add (study, "encoder", NULL, NULL, -3 - 1e-7, NAN)->bound_error = 1e-6;
  study->log_evidence_error = 1e-6;
  g_autofree char *sentence = limen_bound_study_sentence (study, 1);
  g_assert_cmpstr (sentence, ==,
                   "With K = 1 sample the bound is within 2.2·10⁻⁶ nats of log p(x): nearer than "
                   "can be told.");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/bound-sentences/none-is-contradicted", test_no_sentence_is_contradicted);
  g_test_add_func ("/bound-sentences/without-its-condition-each-is",
                   test_without_its_condition_each_is);
  g_test_add_func ("/bound-sentences/contests", test_contests);
  g_test_add_func ("/bound-sentences/wrong-contests", test_wrong_contests_are_contradicted);
  g_test_add_func ("/bound-sentences/near-is-not-the-same", test_near_is_not_the_same);
  g_test_add_func ("/bound-sentences/contest-by-search", test_a_contest_is_decided_by_search);
  g_test_add_func ("/bound-sentences/too-near", test_too_near_to_tell);
  return g_test_run ();
}
