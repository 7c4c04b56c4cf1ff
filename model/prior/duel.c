#include "model/prior/duel.h"
#include "model/base/number.h"
#include "model/prior/gradient-estimator-private.h"

#include <math.h>

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
      int place = limen_duel_place (duel, (guint)index);
      for (guint i = 0; place >= 0 && i < n; i++)
        cloud->draw[2 * (first + i) + (guint)place] = estimate[i];
    }
  }
}

static void
fill_cloud (LimenDuel *duel, const LimenGradientCase *c, const LimenGradientMoments *moments,
            LimenGradientEstimator estimator, guint n)
{
  LimenDuelCloud *cloud = &duel->cloud[estimator];
  LimenGradientPart until = duel->n_parameters > 4 * duel->k ? LIMEN_N_PARTS : LIMEN_PART_A;
  g_autofree LimenNumber *known = g_new (LimenNumber, duel->n_parameters);
  cloud->n = n;
  cloud->measured = g_new0 (LimenRunningMean, duel->n_parameters);
  cloud->variance = g_new (double, duel->n_parameters);
  cloud->variance_error = g_new (double, duel->n_parameters);
  limen_gradient_moments_variance (moments, c, estimator, known);
  limen_gradient_moments_rest (moments, c, estimator, until, known + 2 * (gsize)duel->k);
  for (guint i = 0; i < duel->n_parameters; i++) {
    cloud->variance[i] = known[i].value;
    cloud->variance_error[i] = known[i].error;
  }
  limen_gradient_moments_pair (moments, c, estimator, duel->pair, cloud->covariance);
  if (isfinite (cloud->covariance[1])) {
    cloud->covariance[0] = cloud->variance[duel->pair[0]];
    cloud->covariance[2] = cloud->variance[duel->pair[1]];
  }
}

/* Two neighbours of a part, @index among them; a part of one has its like beside it: μ and log s,
 * λ1 and λ2, A and b. */
static void
find_pair (LimenDuel *duel, guint index)
{
  guint k = duel->k, a = 4 * k, b = a + duel->d * k;
  index = index < duel->n_parameters ? index : 0;
  guint start = index < a ? index - index % k : index < b ? a : b;
  guint size = index < a ? k : index < b ? duel->d * k : duel->d;
  guint first = size > 1 ? start + MIN ((index - start) / 2 * 2, size - 2) : index - index % 2;
  duel->pair[0] = first;
  duel->pair[1] = first + 1;
}

int
limen_duel_place (const LimenDuel *duel, guint index)
{
  return index == duel->pair[0] ? 0 : index == duel->pair[1] ? 1 : -1;
}

LimenDuel *
limen_duel_new (const LimenGradientCase *c, guint n, guint64 seed)
{
  return limen_duel_new_about (c, n, seed, 0);
}

LimenDuel *
limen_duel_new_about (const LimenGradientCase *c, guint n, guint64 seed, guint about)
{
  g_return_val_if_fail (n >= 1 && n <= LIMEN_DUEL_MOST, NULL);
  g_autoptr (LimenGradientMoments) moments = limen_gradient_moments_new (c);
  g_autoptr (LimenGradientBlock) block = limen_gradient_block_new (c, moments);
  LimenDuel *duel = g_atomic_rc_box_new0 (LimenDuel);
  duel->k = c->model->latent;
  duel->d = c->model->observed;
  gsize all = limen_gradient_offset (c->model, LIMEN_N_PARTS);
  duel->n_parameters = all <= MOST_PARAMETERS ? (guint)all : 4 * duel->k;
  find_pair (duel, about);
  duel->exact = g_memdup2 (moments->exact, all * sizeof (double));
  duel->exact_error = g_memdup2 (moments->exact_error, all * sizeof (double));
  for (guint estimator = 0; estimator < LIMEN_N_ESTIMATORS; estimator++)
    fill_cloud (duel, c, moments, estimator, n);
  for (guint first = 0; first < n; first += LIMEN_GRADIENT_BLOCK) {
    limen_gradient_block_fill (block, seed, first / LIMEN_GRADIENT_BLOCK);
    add_block (duel, block, first, MIN (LIMEN_GRADIENT_BLOCK, n - first));
  }
  return duel;
}

static void
clear (LimenDuel *duel)
{
  for (guint estimator = 0; estimator < LIMEN_N_ESTIMATORS; estimator++) {
    g_free (duel->cloud[estimator].measured);
    g_free (duel->cloud[estimator].variance);
    g_free (duel->cloud[estimator].variance_error);
  }
  g_free (duel->exact);
  g_free (duel->exact_error);
}

LimenDuel *
limen_duel_ref (const LimenDuel *duel)
{
  return g_atomic_rc_box_acquire ((LimenDuel *)duel);
}

void
limen_duel_unref (LimenDuel *duel)
{
  if (duel)
    g_atomic_rc_box_release_full (duel, (GDestroyNotify)clear);
}

/* -- words -- */

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
