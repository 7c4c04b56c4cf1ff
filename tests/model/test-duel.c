#include "tests/model/gradient-answers.h"
#include "cpu-time.h"
#include "plain-gradient.h"

#include "model/prior/sentences.h"

/* -- numbers -- */

static void
assert_duel_is_of_its_draws (const LimenGradientCase *c, guint n, guint64 seed)
{
  g_autoptr (LimenDuel) duel = limen_duel_new (c, n, seed);
  guint k = c->model->latent;
  gsize whole = limen_gradient_offset (c->model, LIMEN_N_PARTS);
  gboolean has_theta = whole <= 100;
  LimenGradientPart until = has_theta ? LIMEN_N_PARTS : LIMEN_PART_A;
  gsize shown = has_theta ? whole : 4 * k;
  g_autofree double *exact = g_new (double, whole), *variance = g_new (double, whole);
  g_autofree double *draws = g_new (double, n *shown);
  g_autofree LimenRunningMean *measured = g_new (LimenRunningMean, shown);
  g_assert_cmpuint (duel->k, ==, k);
  g_assert_cmpuint (duel->d, ==, c->model->observed);
  g_assert_cmpuint (duel->n_parameters, ==, shown);
  gradient_exact (c, exact);
  g_assert_cmpmem (duel->exact, shown * sizeof *exact, exact, shown * sizeof *exact);
  for (guint estimator = 0; estimator < LIMEN_N_ESTIMATORS; estimator++) {
    const LimenDuelCloud *cloud = &duel->cloud[estimator];
    limen_gradient_variance (c, estimator, variance);
    gradient_draws (c, estimator, seed, 0, n, until, draws);
    g_assert_true (limen_gradient_measure (c, estimator, seed, n, until, measured, NULL, NULL));
    g_assert_cmpuint (cloud->n, ==, n);
    g_assert_cmpmem (cloud->variance, shown * sizeof (double), variance, shown * sizeof (double));
    g_assert_cmpmem (cloud->measured, shown * sizeof *measured, measured, shown * sizeof *measured);
    for (gsize i = 0; i < n; i++)
      for (gsize j = 0; j < 2; j++)
        g_assert_cmpfloat (cloud->draw[2 * i + j], ==, draws[i * shown + j]);
  }
}

static void
test_duel_is_of_its_draws (void)
{
  const guint shape[][3] = {{1, 1, 300}, {2, 3, 1000}, {3, 2, 1}, {2, 1, 256}, {40, 30, 257}};
  LimenRandom random = limen_random_stream (12, "duel", 0);
  for (gsize i = 0; i < G_N_ELEMENTS (shape); i++) {
    double v[40];
    LimenGradientCase c;
    g_autoptr (LimenGaussianCase) made =
        random_diagonal_case (&random, shape[i][0], shape[i][1], v, &c);
    c.shift = 3;
    assert_duel_is_of_its_draws (&c, shape[i][2], 5 + i);
  }
}

/* The ellipses: by the exact means of the slow reference */
static void
test_covariance (void)
{
  const guint shape[][2] = {{1, 1}, {1, 3}, {2, 1}, {2, 3}, {3, 2}, {4, 5}};
  LimenRandom random = limen_random_stream (11, "ellipse", 0);
  for (gsize i = 0; i < 4 * G_N_ELEMENTS (shape); i++) {
    const guint *own = shape[i % G_N_ELEMENTS (shape)];
    double v[4], mean[64], variance[64], covariance;
    LimenGradientCase c;
    g_autoptr (LimenGaussianCase) made = random_diagonal_case (&random, own[0], own[1], v, &c);
    c.shift = limen_random_normal (&random);
    g_autoptr (LimenDuel) duel = limen_duel_new (&c, 10, 1);
    for (guint estimator = 0; estimator < LIMEN_N_ESTIMATORS; estimator++) {
      const double *closed = duel->cloud[estimator].covariance;
      plain_moments (&c, estimator, mean, variance, &covariance);
      double scale = fabs (mean[0]) + fabs (mean[1]) + sqrt (variance[0]) + sqrt (variance[1]);
      assert_near (closed[0], variance[0], 1e-10 * scale * scale);
      assert_near (closed[1], covariance, 1e-10 * scale * scale);
      assert_near (closed[2], variance[1], 1e-10 * scale * scale);
      g_assert_cmpfloat (closed[1] * closed[1], <=, closed[0] * closed[2] * (1 + 1e-9));
    }
  }
}

/* Whatever is asked for, its own draws are kept: with them that of its neighbour. Ellipses of λ and
 * θ are those of the draws. */
static void
test_the_cloud_is_of_the_parameter_that_is_asked_for (void)
{
  const guint shape[][2] = {{1, 1}, {1, 3}, {2, 3}, {3, 2}};
  LimenRandom random = limen_random_stream (13, "pairs", 0);
  for (gsize s = 0; s < G_N_ELEMENTS (shape); s++) {
    double v[4];
    LimenGradientCase c;
    g_autoptr (LimenGaussianCase) made =
        random_diagonal_case (&random, shape[s][0], shape[s][1], v, &c);
    guint all = (guint)limen_gradient_offset (c.model, LIMEN_N_PARTS);
    for (guint about = 0; about < all + 1; about++) {
      g_autoptr (LimenDuel) duel = limen_duel_new_about (&c, LIMEN_DUEL_MOST, 3, about);
      g_assert_cmpint (limen_duel_place (duel, about < all ? about : 0), >=, 0);
      g_assert_cmpuint (duel->pair[1], <, all);
      for (guint e = 0; e < LIMEN_N_ESTIMATORS; e++) {
        const LimenDuelCloud *cloud = &duel->cloud[e];
        g_autofree double *draws = g_new (double, LIMEN_DUEL_MOST *all);
        double mean[2] = {0}, both = 0, spread = 0;
        gradient_draws (&c, e, 3, 0, LIMEN_DUEL_MOST, LIMEN_N_PARTS, draws);
        for (guint i = 0; i < 2 * LIMEN_DUEL_MOST; i++) {
          g_assert_cmpfloat (cloud->draw[i], ==, draws[i / 2 * all + duel->pair[i % 2]]);
          mean[i % 2] += cloud->draw[i] / LIMEN_DUEL_MOST;
        }
        for (guint i = 0; i < LIMEN_DUEL_MOST; i++) {
          double product = (cloud->draw[2 * i] - mean[0]) * (cloud->draw[2 * i + 1] - mean[1]);
          both += product / LIMEN_DUEL_MOST;
          spread += product * product / LIMEN_DUEL_MOST;
        }
        if (about >= 2 * c.model->latent && about < all) {
          g_assert_cmpfloat (fabs (both - cloud->covariance[1]), <=,
                             6 * sqrt (spread / LIMEN_DUEL_MOST) + 1e-12);
          g_assert_cmpfloat (cloud->covariance[0], ==, cloud->variance[duel->pair[0]]);
        }
      }
    }
  }
}

/* -- words -- */

/* What the headline calls none is none in the tile and on the terminal, which have one function. */
static void
test_what_needs_no_sample_needs_none (void)
{
  g_autoptr (LimenGaussianCase) example = limen_gaussian_case_example ();
  double v[2];
  LimenGradientCase c;
  g_assert_true (limen_gradient_case_of (example, v, &c, NULL));
  g_autoptr (LimenDuel) duel = limen_duel_new (&c, 300, 1);
  for (guint e = 0; e < LIMEN_N_ESTIMATORS; e++)
    for (guint index = 0; index < duel->n_parameters; index++) {
      g_autofree char *needed = limen_duel_needed_text (duel, e, index);
      g_autofree char *sentence = limen_duel_sentence (duel, index);
      gboolean none = strstr (sentence, "in closed form, none.") != NULL;
      g_assert_cmpint (g_str_equal (needed, "none"), ==, none && e == LIMEN_REPARAMETERIZATION_KL);
      g_assert_null (strstr (sentence, "digit"));
    }
  g_autofree char *first = limen_duel_needed_text (duel, LIMEN_LOG_DERIVATIVE, 0);
  g_assert_cmpstr (first, ==, "68\u2009000");
}

static void
assert_sentence_is (const LimenDuel *duel, guint index, const char *expected)
{
  g_autofree char *sentence = limen_duel_sentence (duel, index);
  g_assert_cmpstr (sentence, ==, expected);
}

static LimenDuel *
example_duel (LimenProposalKind kind)
{
  g_autoptr (LimenGaussianCase) example = limen_gaussian_case_example ();
  LimenGaussian *q = limen_gaussian_case_proposal (example, kind);
  double v[2];
  LimenGradientCase c;
  limen_gaussian_free (example->proposal);
  example->proposal = q;
  g_assert_true (limen_gradient_case_of (example, v, &c, NULL));
  return limen_duel_new (&c, 300, 1);
}

#define SAME_SAMPLES                                                                               \
  "For one more correct decimal, the log-derivative trick and reparameterization need the same "   \
  "samples here; "                                                                                 \
  "with the KL divergence in closed form, none."

static void
test_sentence_of_the_example (void)
{
  g_autoptr (LimenDuel) duel = example_duel (LIMEN_PROPOSAL_OWN);
  assert_sentence_is (duel, 0,
                      "For one more correct decimal, the log-derivative trick without a baseline "
                      "needs 5.1 times the "
                      "samples of reparameterization here.");
  assert_sentence_is (duel, 1,
                      "For one more correct decimal, the log-derivative trick without a baseline "
                      "needs 5.3 times the "
                      "samples of reparameterization here.");
  assert_sentence_is (duel, 3,
                      "For one more correct decimal, the log-derivative trick without a baseline "
                      "needs 9.5 times the "
                      "samples of reparameterization here.");
  for (guint index = 4; index < 8; index++)
    assert_sentence_is (duel, index, SAME_SAMPLES);
}

/* Nothing is a digit of 0, nor of what its own error outweighs; of the best proposal as it is
 * rounded the gradient is next to nothing, and yet known. */
static void
test_sentence_at_the_best_proposal (void)
{
  g_autoptr (LimenDuel) duel = example_duel (LIMEN_PROPOSAL_ELBO);
  g_assert_cmpfloat (fabs (duel->exact[0]), <, 1e-15);
  assert_sentence_is (
      duel, 0,
      "For one more correct decimal, the log-derivative trick without a baseline needs 9.2 times "
      "the samples of reparameterization here.");
  duel->exact_error[0] = 2 * fabs (duel->exact[0]);
  assert_sentence_is (duel, 0,
                      "The gradient is 0, to all digits that hold, so no decimal is to be had; the "
                      "log-derivative trick without a baseline has 9.2 times the variance of "
                      "reparameterization here.");
  duel->exact[0] = duel->exact_error[0] = 0;
  assert_sentence_is (duel, 0,
                      "The gradient is 0, to all digits that hold, so no decimal is to be had; the "
                      "log-derivative trick without a baseline has 9.2 times the variance of "
                      "reparameterization here.");
}

/* Whatever the ratio of the variances */
static void
test_sentence_of_ratios (void)
{
  const struct {
    double log_derivative, reparameterization;
    const char *words;
  } row[] = {{38034.586, 1, "38\u2009035 times"},
             {10, 1, "10 times"},
             {9.96, 1, "10 times"},
             {9.94, 1, "9.9 times"},
             {1, 1, "1.0 times"},
             {0.204, 1, "0.2 times"},
             {0.0961, 1, "0.1 times"},
             {0.0949, 1, "0.09 times"},
             {0.0034, 1, "0.003 times"},
             {0.00096, 1, "0.001 times"},
             {3e-9, 1, "0.000000003 times"},
             {1e-9, 2, "less than a billionth of"},
             {0, 2, "less than a billionth of"},
             {2e9, 1, "more than a billion times"}};
  g_autoptr (LimenDuel) duel = example_duel (LIMEN_PROPOSAL_OWN);
  for (gsize i = 0; i < G_N_ELEMENTS (row); i++) {
    g_autofree char *expected = g_strdup_printf (
        "For one more correct decimal, the log-derivative trick without a baseline needs %s the "
        "samples of reparameterization here.",
        row[i].words);
    duel->cloud[LIMEN_LOG_DERIVATIVE].variance[0] = row[i].log_derivative;
    duel->cloud[LIMEN_REPARAMETERIZATION].variance[0] = row[i].reparameterization;
    assert_sentence_is (duel, 0, expected);
  }
}

static void
test_sentence_without_numbers (void)
{
  const double row[][3] = {
      {INFINITY, 1, 1}, {1, INFINITY, 1}, {NAN, 1, 1}, {1, NAN, 1},
      {1, 1, NAN},      {1, 0, 1},        {0, 0, 0},   {INFINITY, INFINITY, 0}};
  g_autoptr (LimenDuel) duel = example_duel (LIMEN_PROPOSAL_OWN);
  for (gsize i = 0; i < G_N_ELEMENTS (row); i++) {
    duel->cloud[LIMEN_LOG_DERIVATIVE].variance[0] = row[i][0];
    duel->cloud[LIMEN_REPARAMETERIZATION].variance[0] = row[i][1];
    duel->exact[0] = row[i][2];
    assert_sentence_is (duel, 0, "The numbers are too far apart to compare the estimators here.");
  }
}

/* A model whose numbers the check just lets pass */
static void
test_extreme_models (void)
{
  const double far[] = {1e-99, 1e-30, 1e30, 1e99};
  for (gsize i = 0; i < G_N_ELEMENTS (far); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (far); j++) {
      g_autoptr (LimenGaussianCase) example = limen_gaussian_case_example ();
      double v[2];
      LimenGradientCase c;
      example->model->lambda2[0] = far[i];
      example->model->sigma2 = far[j];
      g_assert_true (limen_gradient_case_of (example, v, &c, NULL));
      g_autoptr (LimenDuel) duel = limen_duel_new (&c, 100, 1);
      for (guint index = 0; index < 8; index++) {
        g_autofree char *sentence = limen_duel_sentence (duel, index);
        g_assert_true (g_str_has_suffix (sentence, "."));
        g_assert_null (strstr (sentence, "nan"));
        g_assert_null (strstr (sentence, "–"));
        g_assert_null (strstr (sentence, "∞"));
      }
    }
}

static void
test_parameter_names (void)
{
  const struct {
    guint index;
    const char *name;
  } row[] = {{0, "μ₁"}, {11, "μ₁₂"}, {12, "log s₁"}, {24, "λ1₁"}, {36, "λ2₁"}, {45, "λ2₁₀"}};
  g_autoptr (LimenGaussianCase) made = limen_isotropic_case (12, 0.1, 1);
  double v[12];
  LimenGradientCase c;
  g_assert_true (limen_gradient_case_of (made, v, &c, NULL));
  g_autoptr (LimenDuel) duel = limen_duel_new (&c, 1, 1);
  for (gsize i = 0; i < G_N_ELEMENTS (row); i++) {
    g_autofree char *name = limen_duel_parameter_name (duel, row[i].index);
    g_assert_cmpstr (name, ==, row[i].name);
  }
}

static void
test_parameter_names_of_theta (void)
{
  g_autoptr (LimenGaussianCase) example = limen_gaussian_case_example ();
  double v[2];
  LimenGradientCase c;
  g_assert_true (limen_gradient_case_of (example, v, &c, NULL));
  g_autoptr (LimenDuel) duel = limen_duel_new (&c, 1, 1);
  g_assert_cmpuint (duel->n_parameters, ==, 8 + 6 + 3);
  const char *const names[] = {"A₁₁", "A₁₂", "A₂₁", "A₂₂", "A₃₁", "A₃₂", "b₁", "b₂", "b₃"};
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *name = limen_duel_parameter_name (duel, 8 + i);
    g_assert_cmpstr (name, ==, names[i]);
  }
}

/* -- refusals -- */

static void
test_number_of_draws (void)
{
  g_autoptr (LimenGaussianCase) example = limen_gaussian_case_example ();
  const guint wrong[] = {0, LIMEN_DUEL_MOST + 1};
  double v[2];
  LimenGradientCase c;
  g_assert_true (limen_gradient_case_of (example, v, &c, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_test_expect_message ("limen", G_LOG_LEVEL_CRITICAL, "*n >= 1*");
    g_assert_null (limen_duel_new (&c, wrong[i], 1));
    g_test_assert_expected_messages ();
  }
}

/* The promise of the header, on the processor, with the best of three rounds */
static void
test_time (void)
{
  g_autoptr (LimenGaussianCase) made = limen_isotropic_case (200, 0.1, 0.8);
  double v[200], least = INFINITY;
  LimenGradientCase c;
  for (gsize i = 0; i < 200 * 200; i++)
    made->model->a[i] += 0.01 * (double)(i % 7); /* not a zero left */
  g_assert_true (limen_gradient_case_of (made, v, &c, NULL));
  for (int round = 0; round < 3; round++) {
    double start = cpu_seconds ();
    g_autoptr (LimenDuel) duel = limen_duel_new (&c, LIMEN_DUEL_MOST, 1);
    least = MIN (least, 1e3 * (cpu_seconds () - start));
  }
  g_test_message ("1,000 draws in 200 dimensions: %.1f ms", least);
  g_assert_cmpfloat (least, <, 250 * SANITIZED_TIMES);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/duel/the-cloud-is-of-the-parameter-that-is-asked-for",
                   test_the_cloud_is_of_the_parameter_that_is_asked_for);
  g_test_add_func ("/duel/what-needs-no-sample-needs-none", test_what_needs_no_sample_needs_none);
  g_test_add_func ("/numbers/draws", test_duel_is_of_its_draws);
  g_test_add_func ("/numbers/covariance", test_covariance);
  g_test_add_func ("/words/example", test_sentence_of_the_example);
  g_test_add_func ("/words/best-proposal", test_sentence_at_the_best_proposal);
  g_test_add_func ("/words/ratios", test_sentence_of_ratios);
  g_test_add_func ("/words/without-numbers", test_sentence_without_numbers);
  g_test_add_func ("/words/extreme-models", test_extreme_models);
  g_test_add_func ("/words/parameter-names", test_parameter_names);
  g_test_add_func ("/words/parameter-names-of-theta", test_parameter_names_of_theta);
  g_test_add_func ("/refusal/number-of-draws", test_number_of_draws);
  g_test_add_func ("/time/two-hundred-dimensions", test_time);
  return g_test_run ();
}
