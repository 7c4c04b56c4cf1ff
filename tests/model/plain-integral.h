/* The slow plain reference of an integral over the latent plane of a VAE with ReLU units: along z₂
 * exactly between the kinks, by Gauss and Legendre; along z₁ by the midpoint rule, which errs by
 * the fourth power of the step, for where two kinks cross it is only a third derivative that jumps
 * (a kink along z₂ itself would be no crossing: weights are made up, and have none). */
#pragma once

#include "tests/model/random-vae.h"

#include <stdlib.h>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"

/* log of the integrand at z: (2) */
typedef double (*PlainFunc) (const double *z, gpointer data);

/* The box that is integrated over, and what of. @panels: of the box along z₂, at least; @steps:
 * along z₁; of a latent line, panels along z₁ */
typedef struct {
  const LimenVae *vae;
  double low[2], high[2];
  guint panels, steps;
  PlainFunc log_f;
  gpointer data;
} PlainIntegral;

static int
plain_compare (const void *a, const void *b)
{
  double one = *(const double *)a, other = *(const double *)b;
  return (one > other) - (one < other);
}

/* Where units switch along axis @j, the other coordinate being @z, and the ends of the panels.
 * (transfer full) */
static GArray *
plain_breaks (const PlainIntegral *integral, guint j, double z, guint panels)
{
  const LimenLinear *first = &integral->vae->decoder.layer[0];
  GArray *breaks = g_array_new (FALSE, FALSE, sizeof (double));
  double low = integral->low[j], high = integral->high[j];
  for (guint i = 0; i <= panels; i++) {
    double at = low + (high - low) * i / panels;
    g_array_append_val (breaks, at);
  }
  for (guint h = 0; h < first->outputs; h++) {
    double own = first->weight[j * first->stride + h], level = first->bias[h];
    if (first->inputs > 1)
      level += first->weight[(1 - j) * first->stride + h] * z;
    double at = -level / own;
    if (at > low && at < high)
      g_array_append_val (breaks, at);
  }
  qsort (breaks->data, breaks->len, sizeof (double), plain_compare);
  return breaks;
}

/* ∫ exp (log f − @top) along axis @j at the other coordinate @z */
static double
plain_along (const PlainIntegral *integral, guint j, double z, guint panels, double top)
{
  const double inner = sqrt (3.0 / 7 - 2.0 / 7 * sqrt (6.0 / 5)),
               outer = sqrt (3.0 / 7 + 2.0 / 7 * sqrt (6.0 / 5));
  const double node[] = {-outer, -inner, inner, outer};
  const double weight[] = {(18 - sqrt (30)) / 36, (18 + sqrt (30)) / 36, (18 + sqrt (30)) / 36,
                           (18 - sqrt (30)) / 36};
  g_autoptr (GArray) breaks = plain_breaks (integral, j, z, panels);
  double sum = 0;
  for (guint i = 0; i + 1 < breaks->len; i++) {
    double a = g_array_index (breaks, double, i), b = g_array_index (breaks, double, i + 1);
    for (guint g = 0; g < 4; g++) {
      double at[2] = {z, z};
      at[j] = 0.5 * (a + b) + 0.5 * (b - a) * node[g];
      sum += 0.5 * (b - a) * weight[g] * exp (integral->log_f (at, integral->data) - top);
    }
  }
  return sum;
}

/* Makes the box as small as what lies within 32 nats of the peak, as far as a coarse look tells.
 * Returns: the peak */
static double
plain_shrink (PlainIntegral *integral)
{
  enum { N = 121 };
  guint rows = integral->vae->shape.latent == 1 ? 1 : N;
  double peak = -INFINITY, low[2] = {INFINITY, INFINITY}, high[2] = {-INFINITY, -INFINITY};
  double step[2] = {(integral->high[0] - integral->low[0]) / (N - 1),
                    (integral->high[1] - integral->low[1]) / (N - 1)};
  g_autofree double *value = g_new (double, N *rows);
  for (guint r = 0; r < rows; r++)
    for (guint c = 0; c < N; c++) {
      double z[] = {integral->low[0] + c * step[0], integral->low[1] + r * step[1]};
      value[r * N + c] = integral->log_f (z, integral->data);
      peak = fmax (peak, value[r * N + c]);
    }
  for (guint i = 0; i < N * rows; i++) {
    double z[] = {integral->low[0] + i % N * step[0], integral->low[1] + i / N * step[1]};
    for (guint j = 0; j < 2 && value[i] > peak - 32; j++) {
      low[j] = fmin (low[j], z[j] - step[j]);
      high[j] = fmax (high[j], z[j] + step[j]);
    }
  }
  for (guint j = 0; j < 2; j++) {
    integral->low[j] = low[j];
    integral->high[j] = high[j];
  }
  return peak;
}

/* log ∫ f over the box; @top: near the peak of log f */
static double
plain_integrate (const PlainIntegral *integral, double top)
{
  double sum = 0, step = (integral->high[0] - integral->low[0]) / integral->steps;
  if (integral->vae->shape.latent == 1)
    return top + log (plain_along (integral, 0, 0, integral->steps, top));
  for (guint i = 0; i < integral->steps; i++)
    sum += step *
           plain_along (integral, 1, integral->low[0] + (i + 0.5) * step, integral->panels, top);
  return top + log (sum);
}

#pragma GCC diagnostic pop
