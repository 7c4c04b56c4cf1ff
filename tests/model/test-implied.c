/* The distribution that an importance-weighted bound implies: from the proposal to the posterior.
 */
#include "tests/model/gaussian-answers.h"
#include "tests/model/near-asserts.h"
#include "tests/model/normal-line.h"

#include <math.h>

/* Case A with τ = 1.5: q = N(0, 1), posterior N(1.5, 1). Reference: iwae_ref_grad.py, Q1. */
static void
test_implied_reference (void)
{
  static const struct {
    double k, mean, elbo;
  } cases[] = {{1, 0, -1.12500000},
               {2, 0.438176, -0.57449842},
               {5, 0.846288, -0.23474130},
               {10, 1.060095, -0.11569133},
               {100, 1.407754, -0.00753598}};
  static double e[3000], mass[3000], log_v[3000], log_psi[3000];
  fill_line (14, 3000, e, mass);
  for (int i = 0; i < 3000; i++)
    log_v[i] = 1.5 * e[i] - 1.125;
  g_autoptr (LimenImportanceBound) bound = limen_importance_bound_new (log_v, mass, 3000);
  for (gsize c = 0; c < G_N_ELEMENTS (cases); c++) {
    double total = 0, mean = 0, elbo = 0;
    limen_importance_bound_implied (bound, cases[c].k, log_v, 3000, log_psi);
    for (int i = 0; i < 3000; i++) {
      double implied = mass[i] * exp (log_v[i] + log_psi[i]);
      total += implied;
      mean += implied * e[i];
      elbo -= implied * log_psi[i];
    }
    assert_near (total, 1, 1e-9);
    assert_near (mean, cases[c].mean, 1e-6);
    assert_near (elbo, cases[c].elbo, 1e-8);
  }
}

/* Draws all of which have missed the posterior by @miss nats: VLB^(K) rises as that of case A does,
 * with τ = 1.5, and draws are chosen among each other. One more node has what E v = 1 is made of.
 */
static void
check_far_proposal (double miss)
{
  static const struct {
    double k, bound, mean;
  } cases[] = {{1, -1.125, 0},
               {2, -0.71325981, 0.438176},
               {5, -0.37828438, 0.846288},
               {10, -0.22773499, 1.060095},
               {100, -0.03476540, 1.407754}};
  static double e[3000], mass[3001], log_v[3001], log_psi[3001];
  fill_line (14, 3000, e, mass);
  for (int i = 0; i < 3000; i++)
    log_v[i] = 1.5 * e[i] - 1.125 - miss;
  log_v[3000] = 50;
  mass[3000] = exp (-50);
  g_autoptr (LimenImportanceBound) bound = limen_importance_bound_new (log_v, mass, 3001);
  for (gsize c = 0; c < G_N_ELEMENTS (cases); c++) {
    double total = 0, mean = 0;
    limen_importance_bound_implied (bound, cases[c].k, log_v, 3000, log_psi);
    for (int i = 0; i < 3000; i++) {
      total += mass[i] * exp (log_v[i] + log_psi[i]);
      mean += mass[i] * exp (log_v[i] + log_psi[i]) * e[i];
    }
    assert_near (limen_importance_bound_gap (bound, cases[c].k), miss - cases[c].bound, 1e-8);
    assert_near (total, 1, 1e-9);
    assert_near (mean, cases[c].mean, 1e-6);
  }
}

static void
test_far_proposals (void)
{
  check_far_proposal (300);
  check_far_proposal (1990);
  check_far_proposal (2048);
  check_far_proposal (2120);
  check_far_proposal (24104);
  check_far_proposal (2e6);
}

/* ψ_K (v) for two values of v, by all that the other K − 1 draws can be: each draw is chosen in
 * proportion to its weight, so that p·ψ_K(v) = q·E [K·v / (v + others)], ψ_K(v) = E [K / (v +
 * others)]. */
static void
test_implied_of_two_weights (void)
{
  const double log_weight[] = {log (0.4), log (1.6)}, mass[] = {0.5, 0.5};
  g_autoptr (LimenImportanceBound) bound = limen_importance_bound_new (log_weight, mass, 2);
  const double wanted[] = {-30, log (0.4), 0, log (1.6), 3, 20, 100, -100};
  for (int k = 2; k <= 12; k++) {
    double log_psi[G_N_ELEMENTS (wanted)];
    limen_importance_bound_implied (bound, k, wanted, G_N_ELEMENTS (wanted), log_psi);
    for (int i = 0; i < 7; i++) {
      double sum = 0, ways = 1;
      for (int j = 0; j < k; j++) {
        sum += ways * pow (0.5, k - 1) * k / (exp (wanted[i]) + 1.6 * j + 0.4 * (k - 1 - j));
        ways = ways * (k - 1 - j) / (j + 1);
      }
      assert_near (log_psi[i], log (sum), 1e-9);
    }
    assert_near (log_psi[7], log_psi[0], 1e-9); /* both weights are nothing beside the others */
  }
}

/* From q to the posterior; and a plane of 200 × 200 points, some where no draw ever falls. */
static void
test_implied_goes_from_proposal_to_posterior (void)
{
  static double log_v[40000], log_psi[40000];
  g_autoptr (LimenGaussianCase) example = limen_gaussian_case_example ();
  LimenTarget target = limen_gaussian_case_target (example);
  double evidence = gaussian_log_evidence (example->model, example->x);
  g_autoptr (LimenImportanceBound) bound =
      gaussian_importance_bound (example->model, example->x, example->proposal);
  for (int i = 0; i < 40000; i++) {
    const double z[] = {-6 + 0.07 * (i % 200), -7 + 0.07 * (i / 200)};
    target.log_joint (z, 1, &log_v[i], target.data);
    log_v[i] -= evidence + limen_gaussian_log_density (example->proposal, z);
  }
  const double k[] = {1, 1.5, 2, 10, 1000, 1e7};
  for (gsize c = 0; c < G_N_ELEMENTS (k); c++) {
    double total = 0, apart = 0;
    limen_importance_bound_implied (bound, k[c], log_v, 40000, log_psi);
    for (int i = 0; i < 40000; i++) {
      const double z[] = {-6 + 0.07 * (i % 200), -7 + 0.07 * (i / 200)};
      double log_q = limen_gaussian_log_density (example->proposal, z);
      double implied = 0.0049 * exp (log_q + log_v[i] + log_psi[i]);
      g_assert_true (isfinite (log_psi[i]));
      total += implied;
      apart += fabs (implied - 0.0049 * exp (log_q + log_v[i]));
      if (k[c] == 1)
        assert_near (log_psi[i], -log_v[i], 0);
    }
    assert_near (total, 1, 1e-8);
    if (k[c] == 1e7)
      assert_near (apart, 0, 1e-5);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/implied/reference", test_implied_reference);
  g_test_add_func ("/implied/far-proposals", test_far_proposals);
  g_test_add_func ("/implied/two-weights", test_implied_of_two_weights);
  g_test_add_func ("/implied/from-proposal-to-posterior",
                   test_implied_goes_from_proposal_to_posterior);
  return g_test_run ();
}
