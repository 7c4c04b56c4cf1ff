/* η of the uniform band, and the band, against another formula, a plain computation and simulation.
 */
#include "tests/model/band-answers.h"
#include "tests/model/near-asserts.h"
#include "model/base/random.h"
#include "model/detect/band.h"
#include "model/detect/beta.h"
#include "model/detect/detector.h"

#include <string.h>

static const double confidences[2] = {0.95, 0.975};

/* Steck's determinants with 60 digits: band-mpmath.py */
static void
test_another_formula (void)
{
  for (guint n = 1; n <= G_N_ELEMENTS (band_answers); n++)
    for (guint i = 0; i < 2; i++) {
      double expected = band_answers[n - 1][i];
      assert_near (limen_band_eta_exact (n, confidences[i]) / expected, 1, 1e-10);
      assert_near (limen_band_eta (n, confidences[i]) / expected, 1, 1e-10);
      assert_near (limen_band_coverage (n, expected), confidences[i], 1e-12);
    }
}

/* Of one image it is the confidence; of two it leaves both in their intervals with probability
 * 2 ∫ (u₂ − max(l₂, u)) du over l₁ < u < u₁, which is a polynomial. */
static void
test_one_and_two (void)
{
  for (double eta = 1e-12; eta < 1; eta = eta < 0.1 ? eta * 10 : eta + 0.1) {
    assert_near (limen_band_coverage (1, eta), 1 - eta, 1e-14);
    double l1 = -expm1 (0.5 * log1p (-eta / 2)), u1 = 1 - sqrt (eta / 2);
    double l2 = sqrt (eta / 2), u2 = 1 - l1;
    double below = fmin (l2, u1) - l1, above = fmax (u1 - l2, 0);
    double square = above > 0 ? (u1 - l2) * (u2 - (u1 + l2) / 2) : 0;
    assert_near (limen_band_coverage (2, eta), 2 * (below * (u2 - l2) + square), 1e-13);
  }
}

/* -- the plain computation, without strides and vectors; of 25,000 images strides are taken -- */

/* f[j] = P(N(t) = j, no bound crossed), all j, a step to each bound, to t = 1 */
static void
step_plainly (double *f, guint first, guint last, double mean)
{
  double next[4096];
  g_assert_cmpuint (last - first, <, G_N_ELEMENTS (next));
  for (guint j = first; j <= last; j++) {
    double weight = exp (-mean), sum = 0;
    for (guint k = 0; k <= j - first && k < 40; k++) {
      sum += weight * f[j - k];
      weight *= mean / (k + 1);
    }
    next[j - first] = sum;
  }
  memcpy (f + first, next, (last - first + 1) * sizeof (double));
}

static double
coverage_plainly (guint n, double eta)
{
  g_autofree double *f = g_new0 (double, n + 2);
  double now = 0, log_one = lgamma (n + 1.0) - n * log (n) + n;
  guint low = 0, high = 0; /* bounds behind: counts from high to low */
  f[0] = 1;
  while (high < n) {
    double l = low < n ? limen_beta_quantile (low + 1.0, (double)n - low, eta / 2) : 2;
    double u = limen_beta_upper_quantile (high + 1.0, (double)n - high, eta / 2);
    step_plainly (f, high, low, n * (fmin (l, u) - now));
    now = fmin (l, u);
    if (l <= u)
      low++;
    else
      f[high++] = 0;
  }
  step_plainly (f, n, n, n * (1 - now));
  return f[n] * exp (log_one);
}

static void
test_plain_steps (void)
{
  static const guint numbers[] = {3, 10, 47, 200, 1001, 25000};
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    for (double eta = 0.0005; eta < (i < 5 ? 0.5 : 0.001); eta *= 9) {
      double expected = coverage_plainly (numbers[i], eta);
      assert_near (limen_band_coverage (numbers[i], eta), expected, 1e-9);
      g_assert_cmpfloat (expected, <, 1);
    }
}

/* Whatever η is, a probability comes out, and less of it for more η. */
static void
test_any_eta (void)
{
  static const guint numbers[] = {1, 2, 5, 33, 500, 20000};
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++) {
    double last = 1;
    for (double eta = 1e-15; eta < 1; eta *= eta < 0.01 ? 30 : 1.7) {
      double coverage = limen_band_coverage (numbers[i], eta);
      g_assert_cmpfloat (coverage, <=, last + 1e-10);
      g_assert_cmpfloat (coverage, >=, 1 - numbers[i] * eta - 1e-10);
      g_assert_cmpfloat (coverage, >=, 0);
      last = coverage;
    }
    g_assert_cmpfloat (last, <, numbers[i] == 1 ? 0.5 : 0.2);
  }
}

/* -- the table -- */

/* The largest of these is solved for in less than a second; tools/make-band-table --check takes
 * others. */
static void
test_interpolation (void)
{
  static const guint numbers[] = {199, 200, 201, 218, 333, 650, 870, 1340, 2371, 5000, 7499, 23713};
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    for (guint j = 0; j < 2; j++) {
      double exact = limen_band_eta_exact (numbers[i], confidences[j]);
      assert_near (limen_band_eta (numbers[i], confidences[j]) / exact, 1, 1e-6);
    }
}

static void
test_the_table_falls (void)
{
  for (guint j = 0; j < 2; j++) {
    double last = 1;
    for (guint n = 1; n <= LIMEN_BAND_MOST; n += 1 + n / 500) {
      double eta = limen_band_eta (n, confidences[j]);
      g_assert_cmpfloat (eta, <, last);
      g_assert_cmpfloat (eta * (1 + 1e-12), >=, (1 - confidences[j]) / n);
      last = eta;
    }
    g_assert_cmpfloat (limen_band_eta (LIMEN_BAND_MOST, confidences[j]), >, 0.0001);
  }
}

static void
test_other_confidences (void)
{
  assert_near (limen_band_coverage (500, limen_band_eta (500, 0.8)), 0.8, 1e-12);
  assert_near (limen_band_coverage (500, limen_band_eta (500, 0.999)), 0.999, 1e-12);
  assert_near (limen_band_coverage (3, limen_band_eta (3, 1e-6)), 1e-6, 1e-12);
  g_assert_true (isnan (limen_band_eta (LIMEN_BAND_MOST_EXACT + 1, 0.8)));
  g_assert_true (isnan (limen_band_eta (LIMEN_BAND_MOST + 1, 0.95)));
}

/* -- the band -- */

/* In percent. The η are those of limen_band_eta_exact(); simulations of others knew them within 12
 * %
 * (.00082 of 2000, .00060 of 10,000), by which the bands are a little wider: 0.39, 1.98 and 0.305.
 */
static void
test_known_bands (void)
{
  static const struct {
    guint k, n;
    double low, high, eta;
  } table[] = {
      {0, 2000, 0, 0.3839, 0.00091292673},
      {20, 2000, 0.4206, 1.9696, 0.00091292673},
      {66, 5000, 0.8426, 1.9547, 0.00075895757},
      {13, 10000, 0.0409, 0.3030, 0.00067073834},
  };
  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    double low, high;
    limen_band (table[i].k, table[i].n, 0.95, &low, &high);
    g_test_message ("%u of %u: %.4f to %.4f %%, η %.5g", table[i].k, table[i].n, 100 * low,
                    100 * high, limen_band_eta (table[i].n, 0.95));
    assert_near (limen_band_eta (table[i].n, 0.95), table[i].eta, 1e-9);
    assert_near (100 * low, table[i].low, 6e-5);
    assert_near (100 * high, table[i].high, 6e-5);
  }
}

/* It holds the rate, and the interval of a threshold fixed beforehand; more flagged, a higher band;
 * and what is flagged and what is not are told alike. */
static void
test_order (void)
{
  static const guint numbers[] = {1, 2, 3, 17, 200, 201, 999, 4321};
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    for (guint n = numbers[i], k = 0, last_k = 0; k <= n; last_k = k, k += 1 + k / 7) {
      double low, high, last_low, last_high, other_low, other_high;
      limen_band (k, n, 0.95, &low, &high);
      limen_band (last_k, n, 0.95, &last_low, &last_high);
      limen_band (n - k, n, 0.95, &other_low, &other_high);
      LimenErrorRate fixed = limen_error_rate (k, n);
      g_assert_cmpfloat (low, <=, fixed.low + (n == 1 ? 1e-15 : 0));
      g_assert_cmpfloat (high, >=, fixed.high - (n == 1 ? 1e-15 : 0));
      g_assert_true (k == last_k || (low > last_low && high > last_high) || k == n);
      assert_near (low, 1 - other_high, 1e-14);
      assert_near (high, 1 - other_low, 1e-14);
      g_assert_true ((k == 0) == (low == 0) && (k == n) == (high == 1));
    }
}

static void
test_nothing_known (void)
{
  double low = 7, high = 7;
  limen_band (0, 0, 0.95, &low, &high);
  g_assert_true (low == 0 && high == 1);
  limen_band (5, LIMEN_BAND_MOST + 1, 0.95, &low, &high);
  g_assert_true (low == 0 && high == 1);
  limen_band (LIMEN_BAND_MOST / 2, LIMEN_BAND_MOST, 0.95, &low, &high);
  g_assert_true (0.499 < low && low < 0.5 && 0.5 < high && high < 0.501);
}

/* -- simulated validation sets -- */

#define N_SETS 10000

typedef struct {
  double low, high;
} Interval;

/* Whether each threshold's true rate lies in the interval of what it flags: with k flagged, rates
 * go from the k-th smallest score to the next. */
static gboolean
holds_everywhere (const Interval *interval, const double *sum, guint n)
{
  for (guint k = 0; k <= n; k++)
    if ((k > 0 && sum[k - 1] / sum[n] < interval[k].low) ||
        (k < n && sum[k] / sum[n] > interval[k].high))
      return FALSE;
  return TRUE;
}

static void
check_simulated (guint n)
{
  g_autofree Interval *fixed = g_new (Interval, n + 1), *band = g_new (Interval, n + 1);
  g_autofree double *sum = g_new (double, n + 1);
  guint fixed_hold = 0, band_holds = 0;
  for (guint k = 0; k <= n; k++) {
    LimenErrorRate rate = limen_error_rate (k, n);
    fixed[k] = (Interval){rate.low, rate.high};
    limen_band (k, n, 0.95, &band[k].low, &band[k].high);
  }
  for (guint set = 0; set < N_SETS; set++) {
    LimenRandom random = limen_random_stream (n, "simulated-band", set);
    for (guint i = 0; i <= n; i++) /* uniform scores, ascending: shares of exponential numbers */
      sum[i] = (i > 0 ? sum[i - 1] : 0) - log1p (-limen_random_uniform (&random));
    fixed_hold += holds_everywhere (fixed, sum, n);
    band_holds += holds_everywhere (band, sum, n);
  }
  g_test_message ("%u images, %d sets: the whole curve inside the band in %.2f %%, inside the "
                  "intervals of Clopper and Pearson in %.2f %%",
                  n, N_SETS, 100.0 * band_holds / N_SETS, 100.0 * fixed_hold / N_SETS);
  g_assert_cmpfloat (band_holds, >=, 0.945 * N_SETS);
  g_assert_cmpfloat (band_holds, <=, 0.955 * N_SETS);
  g_assert_cmpfloat (fixed_hold, <, 0.5 * N_SETS);
}

static void
test_simulated_sets (void)
{
  check_simulated (100);
  check_simulated (2000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/band/another-formula", test_another_formula);
  g_test_add_func ("/band/one-and-two", test_one_and_two);
  g_test_add_func ("/band/plain-steps", test_plain_steps);
  g_test_add_func ("/band/any-eta", test_any_eta);
  g_test_add_func ("/band/interpolation", test_interpolation);
  g_test_add_func ("/band/the-table-falls", test_the_table_falls);
  g_test_add_func ("/band/other-confidences", test_other_confidences);
  g_test_add_func ("/band/known-bands", test_known_bands);
  g_test_add_func ("/band/order", test_order);
  g_test_add_func ("/band/nothing-known", test_nothing_known);
  g_test_add_func ("/band/simulated-sets", test_simulated_sets);
  return g_test_run ();
}
