#include "model/prior/duel.h"
#include "model/base/number.h"
#include "model/prior/gradient-private.h"

#include <math.h>
#include <string.h>

#define MOST_PARAMETERS 100 /* of which θ is counted too */

/* -- clouds -- */

static void
add_block (LimenDuel *duel, const LimenGradientBlock *block, guint first, guint n)
{
  double estimate[LIMEN_GRADIENT_BLOCK];
  for (guint estimator = 0; estimator < LIMEN_N_ESTIMATORS; estimator++) {
    LimenDuelCloud *cloud = &duel->cloud[estimator];
    for (gsize index = 0; index < duel->n_parameters; index++) {
      limen_gradient_block_estimate (block, estimator, index, estimate);
      limen_gradient_add_many (&cloud->measured[index], estimate, n);
      for (guint i = 0; index < 2 && i < n; i++)
        cloud->draw[2 * (first + i) + index] = estimate[i];
    }
  }
}

static void
fill_cloud (LimenDuel *duel, const LimenGradientCase *c, const LimenGradientMoments *moments,
            LimenGradientEstimator estimator, guint n)
{
  LimenDuelCloud *cloud = &duel->cloud[estimator];
  cloud->n = n;
  cloud->measured = g_new0 (LimenRunningMean, duel->n_parameters);
  cloud->variance = g_new (double, duel->n_parameters);
  if (duel->n_parameters > 4 * duel->k) {
    limen_gradient_variance (c, estimator, cloud->variance);
  } else {
    limen_gradient_moments_variance (moments, c, estimator, cloud->variance);
    limen_gradient_prior_variance (c, estimator, cloud->variance + 2 * (gsize)duel->k);
  }
  limen_gradient_moments_covariance (moments, c, estimator, cloud->covariance);
}

LimenDuel *
limen_duel_new (const LimenGradientCase *c, guint n, guint64 seed)
{
  g_return_val_if_fail (n >= 1 && n <= LIMEN_DUEL_MOST, NULL);
  g_autoptr (LimenGradientMoments) moments = limen_gradient_moments_new (c);
  g_autoptr (LimenGradientBlock) block = limen_gradient_block_new (c, moments);
  LimenDuel *duel = g_new0 (LimenDuel, 1);
  duel->k = c->model->latent;
  duel->d = c->model->observed;
  gsize all = limen_gradient_offset (c->model, LIMEN_N_PARTS);
  duel->n_parameters = all <= MOST_PARAMETERS ? (guint)all : 4 * duel->k;
  duel->exact = g_new (double, all);
  duel->exact_error = g_new (double, all);
  limen_gradient_exact (c, duel->exact);
  limen_gradient_exact_error (c, duel->exact, duel->exact_error);
  for (guint estimator = 0; estimator < LIMEN_N_ESTIMATORS; estimator++)
    fill_cloud (duel, c, moments, estimator, n);
  for (guint first = 0; first < n; first += LIMEN_GRADIENT_BLOCK) {
    limen_gradient_block_fill (block, seed, first / LIMEN_GRADIENT_BLOCK);
    add_block (duel, block, first, MIN (LIMEN_GRADIENT_BLOCK, n - first));
  }
  return duel;
}

void
limen_duel_free (LimenDuel *duel)
{
  if (!duel)
    return;
  for (guint estimator = 0; estimator < LIMEN_N_ESTIMATORS; estimator++) {
    g_free (duel->cloud[estimator].measured);
    g_free (duel->cloud[estimator].variance);
  }
  g_free (duel->exact);
  g_free (duel->exact_error);
  g_free (duel);
}

/* -- words -- */

/* "38 035", "5.1", "0.3", "0.04" */
static char *
times_text (double ratio)
{
  if (ratio >= 9.95)
    return limen_format_number (ratio, 0);
  guint decimals = 1;
  for (double unit = 0.095; ratio < unit; unit /= 10)
    decimals++;
  return limen_format_number (ratio, decimals);
}

/* "5.1 times the samples of reparameterization"; @samples: what is compared */
static char *
compare (double ratio, const char *samples)
{
  const char *tail = "of reparameterization";
  if (ratio > 1e9)
    return g_strdup_printf ("more than a billion times the %s %s", samples, tail);
  if (ratio < 1e-9)
    return g_strdup_printf ("less than a billionth of the %s %s", samples, tail);
  g_autofree char *times = times_text (ratio);
  return g_strdup_printf ("%s times the %s %s", times, samples, tail);
}

/* Where q is the best one, the gradient is 0 but for rounding: 12 digits below the scatter. */
#define TOO_MANY 1e26

char *
limen_duel_sentence (const LimenDuel *duel, guint index)
{
  double by_density = duel->cloud[LIMEN_LOG_DERIVATIVE].variance[index];
  double by_path = duel->cloud[LIMEN_REPARAMETERIZATION].variance[index];
  double needed = limen_gradient_samples_needed (duel->exact[index], by_path);
  if (index >= 4 * duel->k)
    return g_strdup (
        "With respect to θ all estimators draw the same: the slope of log p(x|z) itself.");
  if (index >= 2 * duel->k) /* of λ */
    return g_strdup ("For one digit, the log-derivative trick and reparameterization need the same "
                     "samples here; with the KL divergence in closed form, none.");
  if (!isfinite (by_density) || !isfinite (by_path) || by_path == 0 || isnan (needed))
    return g_strdup ("The numbers are too far apart to compare the estimators here.");
  if (needed < TOO_MANY) {
    g_autofree char *samples = compare (by_density / by_path, "samples");
    return g_strdup_printf ("For one digit, the log-derivative trick needs %s here.", samples);
  }
  g_autofree char *variance = compare (by_density / by_path, "variance");
  return g_strdup_printf ("The gradient is 0, so no digit is to be had; the log-derivative trick "
                          "has %s here.",
                          variance);
}

static char *
subscript (guint number)
{
  g_autofree char *digits = g_strdup_printf ("%u", number);
  GString *text = g_string_new (NULL);
  for (const char *digit = digits; *digit; digit++)
    g_string_append_unichar (text, 0x2080 + (gunichar)(*digit - '0')); /* ₀ to ₉ */
  return g_string_free (text, FALSE);
}

char *
limen_duel_parameter_name (const LimenDuel *duel, guint index)
{
  static const char *const names[] = {"μ", "log s", "λ1", "λ2"};
  guint k = duel->k, theta = 4 * k;
  g_return_val_if_fail (index < duel->n_parameters, NULL);
  if (index >= theta + duel->d * k) { /* b */
    g_autofree char *row = subscript (index - theta - duel->d * k + 1);
    return g_strconcat ("b", row, NULL);
  }
  if (index >= theta) {
    g_autofree char *row = subscript ((index - theta) / k + 1);
    g_autofree char *column = subscript ((index - theta) % k + 1);
    return g_strconcat ("A", row, column, NULL);
  }
  g_autofree char *which = subscript (index % k + 1);
  return g_strconcat (names[index / k], which, NULL);
}
