/* What the questions about the Prior page state, in numbers and in arguments: random states are
 * searched for one of which it is not true, by computations that share nothing with the page. */
#include "tests/model/plain-bound.h"
#include "tests/model/sentence-walk.h"
#include "tests/study/lesson-prior-world.h"
#include "tests/study/lesson-steps.h"
#include "ui/study/prior/lesson.h"

#include <math.h>

/* @sentence has the number before @word, to its last digit */
static void
assert_says (const char *sentence, const char *word, double expected)
{
  double unit, said = number_before (sentence, word, &unit);
  if (!(fabs (said - expected) <= 0.501 * unit + 1e-9 * fabs (expected)))
    g_error ("%s: before “%s” stands %g; it is %g", sentence, word, said, expected);
}

/* -- what is seen of the duel -- */

#define MOST_PARAMETERS 64

typedef struct {
  double mean[MOST_PARAMETERS], variance[LIMEN_N_ESTIMATORS][MOST_PARAMETERS];
} Plain;

static Plain
plain_of (LimenPriorSession *session)
{
  Plain plain;
  double variance[8], covariance;
  LimenGradientCase c;
  g_assert_true (limen_gradient_case_of (limen_prior_session_case (session), variance, &c, NULL));
  c.shift = limen_prior_session_of_duel (session)->shift;
  g_assert_cmpuint (limen_gradient_offset (c.model, LIMEN_N_PARTS), <=, MOST_PARAMETERS);
  for (guint e = 0; e < LIMEN_N_ESTIMATORS; e++) {
    double mean[MOST_PARAMETERS];
    plain_moments (&c, e, mean, plain.variance[e], &covariance);
    if (e == LIMEN_REPARAMETERIZATION)
      memcpy (plain.mean, mean, sizeof mean);
  }
  return plain;
}

/* Of one to three independent variables, or the case, as it is or under another prior */
static void
go_anywhere (LimenPriorSession *session, LimenRandom *random)
{
  g_auto (LimenPriorState) next = limen_prior_state_copy (limen_prior_session_state (session));
  next.duel.dimension = limen_random_below (random, 4);
  next.duel.offset = round (300 * limen_random_normal (random)) / 100;
  next.duel.width = exp (0.5 * limen_random_normal (random));
  next.duel.standard = limen_random_below (random, 2);
  next.duel.shift = limen_random_below (random, 2) * 100;
  next.duel.samples = 2 + limen_random_below (random, 30);
  guint k = next.duel.dimension > 0 ? next.duel.dimension : 2;
  next.view.parameter = limen_random_below (random, 4 * k);
  g_assert_true (limen_prior_session_set (session, &next));
}

static char *
seen_of (LimenPriorSession *session, const char *id, const LimenLessonMark *mark)
{
  return find_step (limen_prior_lesson (), id)->seen (session, mark);
}

static void
judge_of_q (LimenPriorSession *session, const Plain *plain, guint p)
{
  const double (*v)[MOST_PARAMETERS] = plain->variance;
  g_autofree char *draws = seen_of (session, "prior.log-derivative.draws", NULL);
  g_autofree char *baselines = seen_of (session, "prior.log-derivative.baseline", NULL);
  if (draws) {
    g_autofree char *tail = g_strdup (strstr (draws, "derivative is"));
    *strrchr (tail, '.') = '!';
    assert_says (tail, "!", plain->mean[p]);
  }
  g_assert_nonnull (baselines);
  assert_says (baselines, " without", v[LIMEN_LOG_DERIVATIVE][p]);
  assert_says (baselines, " with the mean", v[LIMEN_LOG_DERIVATIVE_MEAN][p]);
  assert_says (baselines, " with the best", v[LIMEN_LOG_DERIVATIVE_OPTIMAL][p]);
}

static void
judge_growth (LimenPriorSession *session, const Plain *plain)
{
  g_autofree char *growth = seen_of (session, "prior.log-derivative.dimension", NULL);
  guint dimension = limen_prior_session_of_duel (session)->dimension;
  g_assert_cmpint (growth != NULL, ==, dimension > 0);
  if (!growth)
    return;
  assert_says (growth, dimension == 1 ? " dimension " : " dimensions ", dimension);
  assert_says (growth, " without", plain->variance[LIMEN_LOG_DERIVATIVE][0]);
  assert_says (growth, " with the mean", plain->variance[LIMEN_LOG_DERIVATIVE_MEAN][0]);
  assert_says (growth, " by reparam", plain->variance[LIMEN_REPARAMETERIZATION][0]);
}

static void
judge_derivative (LimenPriorSession *session, const Plain *plain, guint p)
{
  static const char *const ids[] = {"prior.reparameterization.mu",
                                    "prior.reparameterization.lambda1",
                                    "prior.reparameterization.lambda2"};
  g_autofree char *sentence = seen_of (session, ids[p % 3], NULL);
  g_assert_nonnull (sentence);
  g_autofree char *head = g_strndup (sentence, (gsize)(strstr (sentence, ". ") - sentence));
  g_autofree char *number = g_strconcat (head, "!", NULL);
  assert_says (number, "!", plain->mean[p]);
}

/* The shift is turned, and what it was before is told along with what it is. */
static gboolean
judge_shift (LimenPriorSession *session, guint p)
{
  LimenLessonMark mark = {0};
  Plain before = plain_of (session);
  LimenDuelSettings duel = limen_prior_session_state (session)->duel;
  find_step (limen_prior_lesson (), "prior.log-derivative.shift")->begin (session, &mark);
  duel.shift = 100 - duel.shift;
  g_auto (LimenPriorState) next =
      limen_prior_state_with_duel (limen_prior_session_state (session), &duel);
  g_assert_true (limen_prior_session_set (session, &next));
  Plain after = plain_of (session);
  g_autofree char *sentence = seen_of (session, "prior.log-derivative.shift", &mark);
  g_assert_cmpint (sentence != NULL, ==, p < 2 * limen_prior_session_duel (session)->k);
  if (!sentence)
    return FALSE;
  assert_says (strstr (sentence, "went from"), " to ", before.variance[LIMEN_LOG_DERIVATIVE][p]);
  assert_says (sentence, " by the log", after.variance[LIMEN_LOG_DERIVATIVE][p]);
  assert_says (sentence, ", unmoved", before.variance[LIMEN_REPARAMETERIZATION][p]);
  assert_says (sentence, ", unmoved", after.variance[LIMEN_REPARAMETERIZATION][p]);
  return TRUE;
}

static void
test_variances_and_derivatives_are_those_of_the_model (void)
{
  LimenRandom random = limen_random_stream (1, "duels", 0);
  LimenPriorSession *session = begin ();
  guint shifts = 0;
  for (guint i = 0; i < 400; i++) {
    go_anywhere (session, &random);
    guint p = limen_prior_session_state (session)->view.parameter;
    Plain plain = plain_of (session);
    if (p < 2 * limen_prior_session_duel (session)->k)
      judge_of_q (session, &plain, p);
    else
      g_assert_null (seen_of (session, "prior.log-derivative.baseline", NULL));
    judge_growth (session, &plain);
    judge_derivative (session, &plain, p);
    shifts += judge_shift (session, p);
  }
  g_assert_cmpuint (shifts, >, 100);
  end (session);
}

/* -- what is seen of the race -- */

static void
run (LimenPriorSession *session, guint steps)
{
  for (guint i = 0; i < steps; i++) {
    limen_prior_session_step (session);
    wait_until (has_come_to_rest, session);
  }
}

static double
said_before (const char *sentence, const char *word)
{
  double unit;
  return number_before (sentence, word, &unit);
}

/* The highest log-likelihood of all is above each; setting λ lifts the bound, holding it moves
 * nothing. */
static void
judge_race (LimenPriorSession *session)
{
  LimenLessonMark mark = {0};
  g_autofree char *exact = seen_of (session, "prior.bound.exact", &mark);
  g_assert_nonnull (exact);
  double bound = said_before (exact, " nats per point;");
  g_autofree char *tail = g_strdup (strstr (exact, "bounds is"));
  *strrchr (tail, '.') = '!';
  double likelihood = said_before (tail, "!");
  g_assert_cmpfloat (bound, <, likelihood);
  g_assert_cmpfloat (likelihood, <=, limen_prior_session_best (session).value + 1e-4);

  find_step (limen_prior_lesson (), "prior.bound.optimal")->begin (session, &mark);
  limen_prior_session_optimal_lambda (session);
  wait_until (has_come_to_rest, session);
  g_autofree char *optimal = seen_of (session, "prior.bound.optimal", &mark);
  double now = limen_prior_session_view (session)->last[0].bound;
  g_assert_cmpfloat (now, >=, bound - 1e-4);
  if (optimal) {
    assert_says (optimal, " to ", bound);
    assert_says (optimal, " nats per point.", now);
  }
  LimenRaceSettings race = limen_prior_session_state (session)->race;
  race.common.trainable = !race.common.trainable;
  g_auto (LimenPriorState) next =
      limen_prior_state_with_race (limen_prior_session_state (session), &race);
  find_step (limen_prior_lesson (), "prior.help.trainable")->begin (session, &mark);
  g_assert_true (limen_prior_session_set (session, &next));
  wait_until (has_come_to_rest, session);
  g_autofree char *unmoved = seen_of (session, "prior.help.trainable", &mark);
  g_assert_nonnull (unmoved);
  assert_says (unmoved, " nats per point, and", now);
}

static void
test_bounds_of_a_race_are_told_as_they_are (void)
{
  LimenPriorSession *session = begin ();
  for (guint64 seed = 0; seed < 12; seed++) {
    LimenRaceSettings race = limen_prior_session_state (session)->race;
    race.common.hidden = 0;
    race.common.seed = seed;
    race.common.latent = 1 + seed % 3;
    race.estimator[0] = seed % LIMEN_N_ESTIMATORS;
    g_auto (LimenPriorState) next =
        limen_prior_state_with_race (limen_prior_session_state (session), &race);
    g_assert_true (limen_prior_session_set (session, &next));
    wait_until (has_come_to_rest, session);
    run (session, (guint)seed);
    judge_race (session);
  }
  end (session);
}

/* While a race plays, or goes on, what was before is not told as if it were of now. */
static void
test_of_a_race_that_went_on_nothing_is_compared (void)
{
  LimenLessonMark mark = {0};
  LimenPriorSession *session = begin ();
  limen_prior_session_optimal_lambda (session);
  wait_until (has_come_to_rest, session);
  run (session, 1);
  g_assert_null (seen_of (session, "prior.help.trainable", &mark));
  g_assert_null (seen_of (session, "prior.bound.optimal", &mark));
  limen_prior_session_optimal_lambda (session);
  limen_prior_session_reset (session);
  wait_until (has_come_to_rest, session);
  g_assert_null (seen_of (session, "prior.help.trainable", &mark));
  end (session);
}

/* -- arguments: the bound -- */

/* E L, exactly: L is of degree 2 */
static double
plain_elbo (const LimenGradientCase *c)
{
  double sum = 0, e[PLAIN_MOST], z[PLAIN_MOST], mass, logs[3];
  guint k = c->model->latent;
  for (guint n = 0; n < n_nodes (k); n++) {
    node (n, k, e, &mass);
    for (guint j = 0; j < k; j++)
      z[j] = c->mu[j] + sqrt (c->variance[j]) * e[j];
    plain_logs (c, z, logs);
    sum += mass * (logs[0] + logs[1] - logs[2]);
  }
  return sum;
}

/* Whatever λ is, the bound is below the likelihood of that λ; and its derivatives are those that
 * are written out, by differences of it. */
static void
test_the_bound_holds_for_every_prior (void)
{
  LimenRandom random = limen_random_stream (1, "priors", 0);
  for (guint i = 0; i < 2000; i++) {
    double variance[2];
    LimenGradientCase c;
    g_autoptr (LimenGaussianCase) own = random_diagonal_case (&random, 2, 2, variance, &c);
    double *lambda1 = own->model->lambda1, *lambda2 = own->model->lambda2;
    double h = 1e-5, value = plain_elbo (&c), size = 1 + fabs (value);
    PlainPosterior posterior = plain_posterior (own->model, own->x);
    g_assert_cmpfloat (value, <=, (double)posterior.evidence + 1e-9 * size);
    for (guint j = 0; j < 2; j++) {
      double l1 = lambda1[j], l2 = lambda2[j], apart = c.mu[j] - l1, at[2];
      for (int side = 0; side < 2; side++) {
        lambda1[j] = l1 + (side ? h : -h);
        at[side] = plain_elbo (&c);
      }
      lambda1[j] = l1;
      g_assert_cmpfloat (fabs ((at[1] - at[0]) / (2 * h) - apart / l2), <, 1e-5 * size);
      for (int side = 0; side < 2; side++) {
        lambda2[j] = l2 * exp (side ? h : -h);
        at[side] = plain_elbo (&c);
      }
      lambda2[j] = l2;
      double square = variance[j] + apart * apart, by_log = 0.5 * (square / l2 - 1);
      double written = 0.5 * (square / (l2 * l2) - 1 / l2);
      g_assert_cmpfloat (fabs ((at[1] - at[0]) / (2 * h) - by_log), <, 1e-5 * (size + by_log));
      g_assert_cmpfloat (fabs (written * l2 - by_log), <, 1e-9 * (1 + fabs (by_log)));
    }
  }
}

/* Σ over q_n of KL (q_n ‖ N(λ1, λ2)), one variable */
static double
mean_divergence (const double *mu, const double *variance, guint n, double lambda1, double lambda2)
{
  double sum = 0;
  for (guint i = 0; i < n; i++) {
    double apart = mu[i] - lambda1;
    sum += 0.5 * (log (lambda2 / variance[i]) + (variance[i] + apart * apart) / lambda2 - 1) / n;
  }
  return sum;
}

static void
test_the_best_prior_has_the_moments_of_the_aggregate (void)
{
  LimenRandom random = limen_random_stream (1, "best", 0);
  for (guint i = 0; i < 2000; i++) {
    double mu[6], variance[6], mean = 0, square = 0, spread = i % 2 ? 1 : 1e-3;
    for (guint j = 0; j < 6; j++) {
      mu[j] = 2 * limen_random_normal (&random);
      variance[j] = exp (limen_random_normal (&random));
      mean += mu[j] / 6;
    }
    for (guint j = 0; j < 6; j++)
      square += (variance[j] + (mu[j] - mean) * (mu[j] - mean)) / 6;
    double other1 = mean + spread * limen_random_normal (&random);
    double other2 = square * exp (spread * limen_random_normal (&random));
    g_assert_cmpfloat (mean_divergence (mu, variance, 6, mean, square), <=,
                       mean_divergence (mu, variance, 6, other1, other2));
  }
}

/* -- arguments: the log-derivative trick -- */

/* Var[(L + c) g] = Var[L g] + 2c E[L g²] + c² E[g²]; and no baseline beats E[L g²] / E[g²] */
static void
test_constants_and_baselines (void)
{
  LimenRandom random = limen_random_stream (1, "baselines", 0);
  for (guint i = 0; i < 1000; i++) {
    double variance[2], e[2], z[2], score[4], mass;
    double sum[4][4] = {{0}}; /* of L g, L² g², L g², g²: for each component */
    LimenGradientCase c;
    g_autoptr (LimenGaussianCase) own = random_diagonal_case (&random, 2, 2, variance, &c);
    g_assert_nonnull (own);
    for (guint n = 0; n < n_nodes (2); n++) {
      node (n, 2, e, &mass);
      for (guint j = 0; j < 2; j++)
        z[j] = c.mu[j] + sqrt (variance[j]) * e[j];
      double l = plain_score (&c, e, z, score);
      for (guint p = 0; p < 4; p++) {
        double g = score[p];
        sum[p][0] += mass * l * g;
        sum[p][1] += mass * l * l * g * g;
        sum[p][2] += mass * l * g * g;
        sum[p][3] += mass * g * g;
      }
    }
    double plain_mean[MOST_PARAMETERS], shifted[MOST_PARAMETERS], best[MOST_PARAMETERS], unused;
    c.shift = 10 * limen_random_normal (&random);
    plain_moments (&c, LIMEN_LOG_DERIVATIVE, plain_mean, shifted, &unused);
    plain_moments (&c, LIMEN_LOG_DERIVATIVE_OPTIMAL, plain_mean, best, &unused);
    for (guint p = 0; p < 4; p++) {
      double raw = sum[p][1] - sum[p][0] * sum[p][0];
      double moved = raw + 2 * c.shift * sum[p][2] + c.shift * c.shift * sum[p][3];
      assert_near (shifted[p], moved, 1e-8 * (1 + raw + c.shift * c.shift * sum[p][3]));
      double b = sum[p][2] / sum[p][3], least = raw - 2 * b * sum[p][2] + b * b * sum[p][3];
      assert_near (best[p], least, 1e-8 * (1 + raw));
      g_assert_cmpfloat (least, <=, moved + 1e-8 * (1 + raw));
    }
  }
}

/* Of independent variables that are all alike: like k with the mean as baseline, like k² without,
 * and not at all by reparameterization */
static void
test_variances_grow_with_dimension (void)
{
  LimenRandom random = limen_random_stream (1, "dimension", 0);
  for (guint i = 0; i < 300; i++) {
    double offset = limen_random_normal (&random), width = exp (limen_random_normal (&random));
    double raw[5], mean[5], path[5];
    for (guint k = 1; k <= 4; k++) {
      double variance[4], m[MOST_PARAMETERS], v[MOST_PARAMETERS], unused;
      LimenGradientCase c;
      g_autoptr (LimenGaussianCase) own = limen_isotropic_case (k, offset, width);
      g_assert_true (limen_gradient_case_of (own, variance, &c, NULL));
      plain_moments (&c, LIMEN_LOG_DERIVATIVE, m, v, &unused);
      raw[k] = v[0];
      plain_moments (&c, LIMEN_LOG_DERIVATIVE_MEAN, m, v, &unused);
      mean[k] = v[0];
      plain_moments (&c, LIMEN_REPARAMETERIZATION, m, v, &unused);
      path[k] = v[0];
    }
    double size = 1 + raw[4];
    assert_near (mean[3] - mean[2], mean[2] - mean[1], 1e-8 * size);
    assert_near (mean[4] - mean[3], mean[2] - mean[1], 1e-8 * size);
    assert_near (raw[4] - 3 * raw[3] + 3 * raw[2] - raw[1], 0, 1e-8 * size);
    g_assert_cmpfloat (raw[3] - 2 * raw[2] + raw[1], >, 0); /* E l is not 0: below log p(0) */
    assert_near (path[4], path[1], 1e-9 * size);
    g_assert_cmpfloat (mean[2], >, mean[1]);
  }
}

/* -- arguments: a cost that wiggles -- */

static void
test_heights_stay_and_slopes_grow (void)
{
  LimenRandom random = limen_random_stream (1, "wiggles", 0);
  for (guint i = 0; i < 2000; i++) {
    double mu = limen_random_normal (&random), s = exp (limen_random_normal (&random));
    double omega = exp (1.5 * limen_random_normal (&random)), h = 0.02 / (1 + omega * s);
    double first = 0, second = 0, slope = 0, slopes = 0;
    LimenWiggle wiggle = limen_wiggle (mu, s, omega);
    for (double e = -9; e <= 9; e += h) {
      double mass = h * exp (-e * e / 2) / sqrt (2 * G_PI), z = mu + s * e;
      double draw = sin (omega * z) * e / s, along = omega * cos (omega * z);
      first += mass * draw;
      second += mass * draw * draw;
      slope += mass * along;
      slopes += mass * along * along;
    }
    double size = 1 + omega * omega + 1 / (s * s);
    assert_near (first, slope, 1e-8 * size);
    assert_near (wiggle.log_derivative, second - first * first, 1e-8 * size);
    assert_near (wiggle.reparameterization, slopes - slope * slope, 1e-8 * size);
    g_assert_cmpfloat (wiggle.log_derivative, <=, 1 / (s * s));
    g_assert_cmpfloat (wiggle.best_baseline, <=, 1 / (s * s));
    if (omega * s > 4)
      assert_near (wiggle.reparameterization, omega * omega / 2, 0.01 * omega * omega);
  }
}

/* -- arguments: what a trainable prior is good for -- */

/* The same p(x) and the same weights, under N(0, I) */
static void
test_another_prior_has_the_same_model (void)
{
  LimenRandom random = limen_random_stream (1, "standard", 0);
  for (guint i = 0; i < 1000; i++) {
    double variance[2], moved_mu[2], moved_variance[2], z[2], z0[2], one[3], other[3];
    LimenGradientCase c;
    g_autoptr (LimenGaussianCase) own = random_diagonal_case (&random, 2, 3, variance, &c);
    g_autoptr (LimenGaussianModel) standard = limen_standard_prior (own->model);
    double log_stretch = 0;
    for (guint j = 0; j < 2; j++) {
      double root = sqrt (own->model->lambda2[j]);
      moved_mu[j] = (c.mu[j] - own->model->lambda1[j]) / root;
      moved_variance[j] = variance[j] / own->model->lambda2[j];
      z0[j] = 2 * limen_random_normal (&random);
      z[j] = own->model->lambda1[j] + root * z0[j];
      log_stretch += log (root);
    }
    LimenGradientCase moved = {standard, own->x, moved_mu, moved_variance, 0};
    plain_logs (&c, z, one);
    plain_logs (&moved, z0, other);
    double size = 1 + fabs (one[0]) + fabs (one[1]) + fabs (one[2]);
    assert_near (other[0] + other[1] - other[2], one[0] + one[1] - one[2], 1e-9 * size);
    assert_near (other[1] - one[1], log_stretch, 1e-9 * size);
    double before = (double)plain_posterior (own->model, own->x).evidence;
    double after = (double)plain_posterior (standard, own->x).evidence;
    assert_near (after, before, 1e-8 * (1 + fabs (before)));
  }
}

static double
normal (double z, double mean, double variance)
{
  return exp (-(z - mean) * (z - mean) / (2 * variance)) / sqrt (2 * G_PI * variance);
}

/* Mean of KL(q_n ‖ r) = mean of KL(q_n ‖ q̄) + KL(q̄ ‖ r), whatever r is; the best r is q̄. */
static void
test_what_a_bound_pays_to_its_prior (void)
{
  LimenRandom random = limen_random_stream (1, "aggregate", 0);
  for (guint i = 0; i < 300; i++) {
    double mu[4], variance[4], l1 = limen_random_normal (&random);
    double l2 = exp (limen_random_normal (&random)), own = 0, rest = 0, h = 0.01;
    for (guint n = 0; n < 4; n++) {
      mu[n] = 2 * limen_random_normal (&random);
      variance[n] = exp (limen_random_normal (&random));
    }
    for (double z = -40; z <= 40; z += h) {
      double aggregate = 0;
      for (guint n = 0; n < 4; n++)
        aggregate += normal (z, mu[n], variance[n]) / 4;
      for (guint n = 0; n < 4; n++) {
        double q = normal (z, mu[n], variance[n]);
        own += q > 1e-290 ? h * q * log (q / aggregate) / 4 : 0;
      }
      double log_prior = -(z - l1) * (z - l1) / (2 * l2) - 0.5 * log (2 * G_PI * l2);
      rest += aggregate > 1e-290 ? h * aggregate * (log (aggregate) - log_prior) : 0;
    }
    double all = mean_divergence (mu, variance, 4, l1, l2);
    assert_near (own + rest, all, 1e-6 * (1 + all));
    g_assert_cmpfloat (rest, >, 0);
    g_assert_cmpfloat (own, >, 0);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name) g_test_add_func ("/lesson-prior-says/" #name, test_##name)
  ADD (variances_and_derivatives_are_those_of_the_model);
  ADD (bounds_of_a_race_are_told_as_they_are);
  ADD (of_a_race_that_went_on_nothing_is_compared);
  ADD (the_bound_holds_for_every_prior);
  ADD (the_best_prior_has_the_moments_of_the_aggregate);
  ADD (constants_and_baselines);
  ADD (variances_grow_with_dimension);
  ADD (heights_stay_and_slopes_grow);
  ADD (another_prior_has_the_same_model);
  ADD (what_a_bound_pays_to_its_prior);
#undef ADD
  return g_test_run ();
}
