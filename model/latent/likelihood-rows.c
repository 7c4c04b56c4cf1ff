#include "model/latent/likelihood-rows.h"
#include "model/base/vectors.h"

#include <math.h>
#include <string.h>

/* exp(−a) for a ≥ 0 to 2e-8 of itself, before rounding: 2^(n + f), with n the nearest whole number
 * and a polynomial for 2^f, −½ ≤ f ≤ ½ (interpolated at Chebyshev's nodes). */
LIMEN_VECTOR_BODY float
exp_minus (float a)
{
  const float whole = 0x1.8p23f; /* added, it leaves n in the last bits */
  float t = MAX (a * -1.44269504f, -126.0f), shifted = t + whole, f = t - (shifted - whole);
  float p = 1.54614447e-4f;
  guint32 bits, exponent;
  p = p * f + 1.34004282e-3f;
  p = p * f + 9.61805668e-3f;
  p = p * f + 5.55032723e-2f;
  p = p * f + 2.40226509e-1f;
  p = p * f + 6.93147207e-1f;
  p = p * f + 1;
  memcpy (&exponent, &shifted, sizeof exponent);
  memcpy (&bits, &p, sizeof bits);
  bits += exponent << 23;
  memcpy (&p, &bits, sizeof p);
  return p;
}

LIMEN_VECTOR_BODY void
bernoulli_rows (const LimenLikelihoodRows *rows, float *restrict sum, float *restrict product)
{
  for (guint r = 0; r < rows->n_rows; r++) {
    const float *y = rows->y + (gsize)r * rows->stride;
    float bias = rows->bias[r], x = rows->x[r];
    for (guint c = 0; c < rows->n; c++) {
      float l = y[c] + bias;
      sum[c] += (l > 0 ? l : 0) - x * l;
      product[c] *= 1 + exp_minus (fabsf (l));
    }
  }
}

static void
plain_bernoulli (const LimenLikelihoodRows *rows, float *sum, float *product)
{
  bernoulli_rows (rows, sum, product);
}

LIMEN_WIDE static void
wide_bernoulli (const LimenLikelihoodRows *rows, float *sum, float *product)
{
  bernoulli_rows (rows, sum, product);
}

LIMEN_WIDEST static void
widest_bernoulli (const LimenLikelihoodRows *rows, float *sum, float *product)
{
  bernoulli_rows (rows, sum, product);
}

void
limen_bernoulli_rows (const LimenLikelihoodRows *rows, float *sum, float *product)
{
  void (*const kinds[]) (const LimenLikelihoodRows *, float *,
                         float *) = {plain_bernoulli, wide_bernoulli, widest_bernoulli};
  kinds[limen_vectors ()](rows, sum, product);
}

void
limen_gaussian_rows (const LimenLikelihoodRows *rows, float *restrict sum)
{
  for (guint r = 0; r < rows->n_rows; r++) {
    const float *y = rows->y + (gsize)r * rows->stride;
    float shift = rows->bias[r] - rows->x[r];
    for (guint c = 0; c < rows->n; c++)
      sum[c] += (y[c] + shift) * (y[c] + shift);
  }
}

/* With t = exp(−|l|): sigmoid(l) is 1/(1 + t) or t/(1 + t). The sum goes on in LANES lanes, which a
 * processor adds at once. */
#define LANES 16

LIMEN_VECTOR_BODY double
bernoulli_slopes (const float *restrict l, const float *restrict x, guint n, float scale,
                  float *restrict d)
{
  float sum[LANES] = {0}, product[LANES];
  double total = 0;
  guint n_runs = n / LANES;
  for (guint i = 0; i < LANES; i++)
    product[i] = 1;
  for (guint run = 0; run < n_runs; run++) {
    for (guint i = 0; i < LANES; i++) {
      guint c = run * LANES + i;
      float positive = l[c] > 0 ? l[c] : 0, t = exp_minus (fabsf (l[c]));
      sum[i] += positive - x[c] * l[c];
      product[i] *= 1 + t;
      d[c] = scale * ((l[c] > 0 ? 1 : t) / (1 + t) - x[c]);
    }
    if (run % LIMEN_LIKELIHOOD_ROWS == LIMEN_LIKELIHOOD_ROWS - 1 || run + 1 == n_runs)
      for (guint i = 0; i < LANES; i++) {
        total += sum[i] + log (product[i]);
        sum[i] = 0;
        product[i] = 1;
      }
  }
  for (guint c = n_runs * LANES; c < n; c++) {
    float t = expf (-fabsf (l[c]));
    total += MAX (l[c], 0) - x[c] * l[c] + log1pf (t);
    d[c] = scale * ((l[c] > 0 ? 1 : t) / (1 + t) - x[c]);
  }
  return total;
}

static double
plain_slopes (const float *l, const float *x, guint n, float scale, float *d)
{
  return bernoulli_slopes (l, x, n, scale, d);
}

LIMEN_WIDE static double
wide_slopes (const float *l, const float *x, guint n, float scale, float *d)
{
  return bernoulli_slopes (l, x, n, scale, d);
}

LIMEN_WIDEST static double
widest_slopes (const float *l, const float *x, guint n, float scale, float *d)
{
  return bernoulli_slopes (l, x, n, scale, d);
}

double
limen_bernoulli_slopes (const float *l, const float *x, guint n, float scale, float *d)
{
  double (*const kinds[]) (const float *, const float *, guint, float,
                           float *) = {plain_slopes, wide_slopes, widest_slopes};
  return kinds[limen_vectors ()](l, x, n, scale, d);
}
