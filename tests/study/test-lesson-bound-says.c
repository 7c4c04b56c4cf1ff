/* What the questions about the Bound page state, in numbers and in arguments: random states are
 * searched for one of which it is not true, by computations that share nothing with the page. */
#include "tests/model/plain-bound.h"
#include "tests/model/sentence-walk.h"
#include "tests/study/lesson-bound-world.h"
#include "tests/study/lesson-steps.h"
#include "ui/study/bound/lesson.h"

#include <math.h>

#define SHARE 0.5 /* of a scale: the step of plain_gap() */

static PlainWeights
weights_of (const LimenGaussianCase *c, const LimenGaussian *q)
{
  PlainPosterior posterior = plain_posterior (c->model, c->x);
  long double mean[PLAIN_MOST], covariance[PLAIN_MOST][PLAIN_MOST];
  plain_proposal (c->model, &posterior, q, LIMEN_PROPOSAL_OWN, mean, covariance);
  return plain_weights (&posterior, mean, covariance);
}

/* NaN: too far for a plain sum */
static double
plain_gap_of (const PlainWeights *weights, double k)
{
  return k == 1 ? (double)plain_first_gap (weights) : plain_gap (weights, k, SHARE);
}

static double
gap_in_hand (LimenBoundSession *session, double k)
{
  PlainWeights weights =
      weights_of (limen_bound_session_case (session), limen_bound_session_proposal (session));
  return plain_gap_of (&weights, k);
}

/* As far off as two digits are, where a sentence says @said of @exact */
static void
assert_two_digits (const char *sentence, double said, double exact)
{
  if (!(fabs (said - exact) <= 0.051 * exact))
    g_error ("%s: it is %g", sentence, exact);
}

static LimenGaussian *
some_proposal (LimenRandom *random)
{
  double a = exp (0.6 * limen_random_normal (random)), b = exp (0.6 * limen_random_normal (random));
  double c = (1.6 * limen_random_uniform (random) - 0.8) * sqrt (a * b);
  double mean[2] = {0.7 + limen_random_normal (random), 0.1 + limen_random_normal (random)};
  return limen_gaussian_new ("q", 2, mean, (double[]){0.5 * a, 0.5 * c, 0.5 * c, 0.5 * b}, NULL);
}

static guint
some_k (LimenRandom *random)
{
  return (guint)exp (limen_random_uniform (random) * log (LIMEN_BOUND_MOST_K));
}

/* -- the gap, at one K and at two -- */

static guint
judge_gap (LimenBoundSession *session)
{
  const LimenLessonStep *step = find_step (limen_bound_lesson (), "bound.below.break");
  LimenLessonMark mark = {0};
  double unit, exact = gap_in_hand (session, limen_bound_session_state (session)->k);
  step->begin (session, &mark);
  g_autofree char *sentence = step->seen (session, &mark);
  if (!sentence || isnan (exact))
    return 0;
  assert_two_digits (sentence, number_before (sentence, " nats below", &unit), exact);
  return 1;
}

static guint
judge_two (LimenBoundSession *session, guint other)
{
  const LimenLessonStep *step = find_step (limen_bound_lesson (), "bound.below.any-k");
  guint k = limen_bound_session_state (session)->k, few = MIN (k, other), many = MAX (k, other);
  LimenLessonMark mark = {0};
  double unit, first = gap_in_hand (session, few), second = gap_in_hand (session, many);
  step->begin (session, &mark);
  limen_bound_session_set_k (session, other);
  g_autofree char *sentence = step->seen (session, &mark);
  if (!sentence || isnan (first) || isnan (second))
    return 0;
  g_assert_cmpfloat (second, <, first);
  assert_two_digits (sentence, number_before (sentence, " nats below", &unit), first);
  assert_two_digits (sentence, number_before (sentence, " nats.", &unit), second);
  return 1;
}

static guint
judge_one_more (LimenBoundSession *session)
{
  const LimenLessonStep *step = find_step (limen_bound_lesson (), "bound.rising.one-more");
  guint k = limen_bound_session_state (session)->k;
  LimenLessonMark mark = {0};
  double unit, rise = gap_in_hand (session, k) - gap_in_hand (session, k + 1);
  step->begin (session, &mark);
  limen_bound_session_set_k (session, k + 1);
  g_autofree char *sentence = step->seen (session, &mark);
  if (!sentence || isnan (rise) || k > 200) /* what is left of a difference of plain sums */
    return 0;
  assert_two_digits (sentence, number_before (sentence, " nats.", &unit), rise);
  return 1;
}

static void
test_gaps_are_those_of_the_proposal (void)
{
  LimenRandom random = limen_random_stream (1, "gaps", 0);
  guint said[3] = {0};
  World world;
  begin (&world);
  for (guint i = 0; i < 120; i++) {
    limen_bound_session_set_proposal (world.session, some_proposal (&random), TRUE);
    limen_bound_session_set_k (world.session, i % 3 == 0 ? 1 : some_k (&random));
    said[0] += judge_gap (world.session);
    said[1] += judge_two (world.session, some_k (&random));
    limen_bound_session_set_k (world.session, 1 + some_k (&random) % 200);
    said[2] += judge_one_more (world.session);
  }
  g_test_message ("%u gaps, %u pairs, %u differences", said[0], said[1], said[2]);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpuint (said[i], >, 80);
  end (&world);
}

static void
test_with_one_sample_it_is_the_divergence (void)
{
  LimenRandom random = limen_random_stream (1, "one", 0);
  guint said = 0;
  World world;
  begin (&world);
  limen_bound_session_set_k (world.session, 1);
  for (guint i = 0; i < 500; i++) {
    limen_bound_session_set_proposal (world.session, some_proposal (&random), TRUE);
    said += judge_gap (world.session);
  }
  g_assert_cmpuint (said, ==, 500);
  end (&world);
}

/* Under the posterior there is no gap to be told of, and near it none that cannot be told from 0.
 */
static void
test_where_there_is_no_gap_none_is_told (void)
{
  static const char *const ids[] = {"bound.below.one-sample", "bound.below.any-k",
                                    "bound.below.break",      "bound.rising.double",
                                    "bound.rising.one-more",  "bound.tight.rate"};
  World world;
  begin (&world);
  limen_bound_session_set_morph (world.session, 1);
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++) {
    const LimenLessonStep *step = find_step (limen_bound_lesson (), ids[i]);
    LimenLessonMark mark = {0};
    limen_bound_session_set_k (world.session, 10);
    step->begin (world.session, &mark);
    limen_bound_session_set_k (world.session, 11);
    g_assert_null (step->seen (world.session, &mark));
  }
  end (&world);
}

/* -- the tree -- */

static void
judge_weights (LimenBoundSession *session)
{
  const double *leaf = limen_bound_session_scene (session)->merge[0];
  PlainPosterior posterior = plain_posterior (limen_bound_session_case (session)->model,
                                              limen_bound_session_case (session)->x);
  g_autofree char *sentence =
      find_step (limen_bound_lesson (), "bound.below.weights")->seen (session, NULL);
  double unit, sum = 0, mean = 0, above = 0;
  for (guint i = 0; i < 32; i++) {
    sum += exp (leaf[i] - (double)posterior.evidence) / 32;
    mean += leaf[i] / 32;
    above += leaf[i] > (double)posterior.evidence;
  }
  double together = log (sum) + (double)posterior.evidence;
  if (!sentence)
    return;
  g_assert_cmpfloat (number_before (sentence, " lie above", &unit), ==, above);
  g_assert_cmpfloat (number_before (sentence, " below.", &unit), ==, 32 - above);
  double said = number_before (sentence, ", the logarithm", &unit);
  g_assert_cmpfloat (fabs (said - mean), <=, 0.501 * unit);
  g_autofree char *last = g_strdup (strrchr (sentence, ' ') + 1);
  *strrchr (last, '.') = '!';
  double other = number_before (last, "!", &unit);
  g_assert_cmpfloat (fabs (other - together), <=, 0.501 * unit);
  g_assert_cmpfloat (said, <, other); /* Jensen, as it is seen */
}

/* Every row is made of the one below, from the leaves on: none of its means is below the last. */
static void
judge_rows (LimenBoundSession *session)
{
  const double *leaf = limen_bound_session_scene (session)->merge[0];
  g_autofree char *sentence =
      find_step (limen_bound_lesson (), "bound.rising.merge")->seen (session, NULL);
  g_assert_nonnull (sentence);
  g_auto (GStrv) said = g_strsplit (strstr (sentence, "up, ") + strlen ("up, "), ", ", -1);
  *strchr (said[5], ':') = 0;
  double before = -INFINITY;
  for (guint row = 0; row < 6; row++) {
    guint of = 1u << row;
    double mean = 0, unit;
    for (guint i = 0; i < 32 / of; i++) {
      double sum = 0;
      for (guint l = 0; l < of; l++)
        sum += exp (leaf[i * of + l] - leaf[i * of]) / of;
      mean += (leaf[i * of] + log (sum)) * of / 32;
    }
    g_autofree char *number = g_strconcat (said[row], " !", NULL);
    g_assert_cmpfloat (fabs (number_before (number, " !", &unit) - mean), <=, 0.501 * unit);
    g_assert_cmpfloat (mean, >=, before - 1e-9);
    before = mean;
  }
}

static void
test_the_tree_is_told_as_it_is (void)
{
  LimenRandom random = limen_random_stream (1, "trees", 0);
  World world;
  begin (&world);
  for (guint i = 0; i < 1000; i++) {
    if (i % 10 == 0)
      limen_bound_session_set_proposal (world.session, some_proposal (&random), TRUE);
    limen_bound_session_merge_again (world.session);
    judge_weights (world.session);
    judge_rows (world.session);
  }
  end (&world);
}

/* -- the best diagonal proposal, and the rate -- */

/* (transfer full): as a file has it */
static char *
write_random_case (const char *folder, const LimenGaussianCase *c)
{
  const LimenGaussianModel *m = c->model;
  g_autofree char *json = g_strdup_printf (
      "{\"lambda1\":[%.17g,%.17g],\"lambda2\":[%.17g,%.17g],\"A\":[[%.17g,%.17g],[%.17g,%.17g]],"
      "\"b\":[%.17g,%.17g],\"sigma2\":%.17g,\"x\":[%.17g,%.17g],\"proposal\":{\"mean\":[0,0],"
      "\"covariance\":[1,1]}}",
      m->lambda1[0], m->lambda1[1], m->lambda2[0], m->lambda2[1], m->a[0], m->a[1], m->a[2],
      m->a[3], m->b[0], m->b[1], m->sigma2, c->x[0], c->x[1]);
  return write_case (folder, "case.json", json);
}

static void
judge_family (LimenBoundSession *session)
{
  const LimenGaussianCase *c = limen_bound_session_case (session);
  PlainPosterior posterior = plain_posterior (c->model, c->x);
  long double (*l)[PLAIN_MOST] = posterior.precision;
  double unit,
      best = (double)(logl (l[0][0] * l[1][1]) - logl (l[0][0] * l[1][1] - l[0][1] * l[1][0])) / 2;
  limen_bound_session_set_preset (session, LIMEN_PROPOSAL_ELBO);
  g_autofree char *sentence =
      find_step (limen_bound_lesson (), "bound.tight.family")->seen (session, NULL);
  g_assert_nonnull (strstr (sentence, "best"));
  assert_two_digits (sentence, number_before (sentence, " nats.", &unit), best);
}

/* Returns: whether something was said */
static gboolean
judge_rate (LimenBoundSession *session, LimenProposalKind preset)
{
  double unit[3];
  limen_bound_session_set_preset (session, preset);
  PlainWeights weights =
      weights_of (limen_bound_session_case (session), limen_bound_session_proposal (session));
  double variance = (double)plain_variance (&weights), gap = plain_gap_of (&weights, 5000);
  g_autofree char *sentence =
      find_step (limen_bound_lesson (), "bound.tight.rate")->seen (session, NULL);
  if (!sentence) {
    g_assert_true (!isfinite (variance) || gap < 1e-12 || isnan (gap));
    return FALSE;
  }
  double said = number_before (sentence, ", so that", &unit[0]);
  g_assert_cmpfloat (fabs (said - variance), <=, 0.501 * unit[0] + 1e-9 * variance);
  assert_two_digits (sentence, number_before (sentence, " at K = 5", &unit[1]), variance / 10000);
  if (!isnan (gap) && gap > 1e-9)
    assert_two_digits (sentence, number_before (sentence, " nats.", &unit[2]), gap);
  return TRUE;
}

static void
test_the_best_diagonal_and_the_rate_of_any_case (void)
{
  LimenRandom random = limen_random_stream (1, "cases", 0);
  guint said = 0;
  World world;
  begin (&world);
  for (guint i = 0; i < 40; i++) {
    g_autoptr (LimenGaussianCase) c = random_case (&random, 2, 2);
    g_autofree char *path = write_random_case (world.folder, c);
    open_and_wait (world.session, path);
    judge_family (world.session);
    said += judge_rate (world.session, LIMEN_PROPOSAL_PRIOR);
    said += judge_rate (world.session, LIMEN_PROPOSAL_MOMENTS);
  }
  g_assert_cmpuint (said, >, 40);
  end (&world);
}

/* -- arguments -- */

/* ½ (Σ log Λ_jj − log det Λ) is the least divergence of a diagonal q: no other comes below it. */
static void
test_no_diagonal_proposal_is_better_than_the_best (void)
{
  LimenRandom random = limen_random_stream (1, "diagonal", 0);
  for (guint i = 0; i < 1000; i++) {
    g_autoptr (LimenGaussianCase) c = random_case (&random, 2, 3);
    PlainPosterior p = plain_posterior (c->model, c->x);
    long double determinant =
        p.precision[0][0] * p.precision[1][1] - p.precision[0][1] * p.precision[1][0];
    double best =
        (double)(logl (p.precision[0][0]) + logl (p.precision[1][1]) - logl (determinant)) / 2;
    double spread = i % 2 ? 1 : 1e-3; /* far from it, and close to it */
    double mean[2], variance[2];
    for (guint j = 0; j < 2; j++) {
      double scale = 1 / sqrt ((double)p.precision[j][j]);
      mean[j] = (double)p.mean[j] + spread * scale * limen_random_normal (&random);
      variance[j] = scale * scale * exp (spread * limen_random_normal (&random));
    }
    g_autoptr (LimenGaussian) q = limen_gaussian_new_diagonal ("q", 2, mean, variance, NULL);
    PlainWeights weights = weights_of (c, q);
    g_assert_cmpfloat ((double)plain_first_gap (&weights), >=, best * (1 - 1e-9));
    g_autoptr (LimenGaussian) optimal = limen_gaussian_case_proposal (c, LIMEN_PROPOSAL_ELBO);
    PlainWeights optimal_weights = weights_of (c, optimal);
    assert_near ((double)plain_first_gap (&optimal_weights), best, 1e-9 * (1 + best));
  }
}

static double
log_mean (const double *log_weight, guint n, guint without)
{
  double largest = -INFINITY, sum = 0;
  for (guint i = 0; i < n; i++)
    largest = i == without ? largest : fmax (largest, log_weight[i]);
  for (guint i = 0; i < n; i++)
    sum += i == without ? 0 : exp (log_weight[i] - largest);
  return largest + log (sum / (without < n ? n - 1 : n));
}

/* Of any weights: the mean of all is the mean of the means without one, and its logarithm is at
 * least the mean of theirs; that of two at least the mean of both. */
static void
test_subsets_and_pairs (void)
{
  LimenRandom random = limen_random_stream (1, "subsets", 0);
  for (guint round = 0; round < 5000; round++) {
    double w[12], spread = fmin (exp (2 * limen_random_normal (&random)), 30), all = 0, mean = 0;
    guint n = 2 + limen_random_below (&random, 11);
    for (guint i = 0; i < n; i++)
      w[i] = spread * limen_random_normal (&random);
    for (guint j = 0; j < n; j++) {
      all += exp (log_mean (w, n, j)) / n;
      mean += log_mean (w, n, j) / n;
    }
    double together = log_mean (w, n, n);
    assert_near (log (all), together, 1e-9 * (1 + fabs (together)));
    g_assert_cmpfloat (mean, <=, together + 1e-12 * (1 + fabs (together)));
    g_assert_cmpfloat ((w[0] + w[1]) / 2, <=, log_mean (w, 2, 2) + 1e-12 * (1 + spread));
  }
}

/* log u ≤ log p + (u − p)/p, and u − 1 − log u ≥ 0 with equality at 1 alone */
static void
test_tangents (void)
{
  LimenRandom random = limen_random_stream (1, "tangents", 0);
  for (guint i = 0; i < 10000; i++) {
    double p = exp (5 * limen_random_normal (&random)), u = exp (5 * limen_random_normal (&random));
    g_assert_cmpfloat (log (u), <=, log (p) + (u - p) / p + 1e-12 * (1 + u / p));
    g_assert_cmpfloat (u - 1 - log (u), >, 0);
  }
}

/* Below log p(x), rising with K; and with a variance K times the gap comes to half of it, without
 * one it goes on growing. */
static void
test_the_bound_rises_and_at_that_rate (void)
{
  LimenRandom random = limen_random_stream (1, "rising", 0);
  guint with = 0, without = 0;
  for (guint i = 0; i < 300; i++) {
    g_autoptr (LimenGaussianCase) c = random_case (&random, 1, 2);
    PlainWeights weights = weights_of (c, c->proposal);
    guint k = 1 + limen_random_below (&random, 30);
    double gap[] = {plain_gap_of (&weights, k), plain_gap_of (&weights, k + 1),
                    plain_gap_of (&weights, 2 * k + 1), plain_gap_of (&weights, 1e5),
                    plain_gap_of (&weights, 1e6)};
    double variance = (double)plain_variance (&weights);
    if (isnan (gap[4]))
      continue;
    for (guint j = 1; j < 5; j++)
      g_assert_cmpfloat (gap[j], <, gap[j - 1] + 1e-12);
    g_assert_cmpfloat (gap[4], >, -1e-12);
    if (isfinite (variance) && variance > 1e-3) { /* nearer, and near where all moments help */
      double far = fabs (1e6 * gap[4] / (variance / 2) - 1);
      g_assert_cmpfloat (far, <=, fabs (1e5 * gap[3] / (variance / 2) - 1) + 1e-3);
      g_assert_true (far < 0.05 || variance > 3 || weights.p[0][0] < 0.7);
      with++;
    } else if (isinf (variance) && 1e5 * gap[3] > 0.01) {
      g_assert_cmpfloat (1e6 * gap[4], >, 1e5 * gap[3]);
      without++;
    }
  }
  g_test_message ("%u with a variance, %u without", with, without);
  g_assert_cmpuint (MIN (with, without), >, 20);
}

/* Under the posterior all weights are p(x); under any other they are not. */
static void
test_under_the_posterior_all_weights_are_the_same (void)
{
  LimenRandom random = limen_random_stream (1, "same", 0);
  for (guint i = 0; i < 1000; i++) {
    g_autoptr (LimenGaussianCase) c = random_case (&random, 2, 3);
    g_autoptr (LimenGaussian) posterior = limen_gaussian_model_posterior (c->model, c->x);
    PlainPosterior plain = plain_posterior (c->model, c->x);
    LimenTarget target = limen_gaussian_case_target (c);
    double z[2], log_joint, e[2] = {limen_random_normal (&random), limen_random_normal (&random)};
    limen_gaussian_place (posterior, e, z);
    target.log_joint (z, 1, &log_joint, target.data);
    double apart = log_joint - limen_gaussian_log_density (posterior, z) - (double)plain.evidence;
    g_assert_cmpfloat (fabs (apart), <, 1e-8 * (1 + fabs (log_joint)));
    PlainWeights weights = weights_of (c, c->proposal);
    g_assert_cmpfloat ((double)plain_first_gap (&weights), >, 0);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name) g_test_add_func ("/lesson-bound-says/" #name, test_##name)
  ADD (gaps_are_those_of_the_proposal);
  ADD (with_one_sample_it_is_the_divergence);
  ADD (where_there_is_no_gap_none_is_told);
  ADD (the_tree_is_told_as_it_is);
  ADD (the_best_diagonal_and_the_rate_of_any_case);
  ADD (no_diagonal_proposal_is_better_than_the_best);
  ADD (subsets_and_pairs);
  ADD (tangents);
  ADD (the_bound_rises_and_at_that_rate);
  ADD (under_the_posterior_all_weights_are_the_same);
#undef ADD
  return g_test_run ();
}
