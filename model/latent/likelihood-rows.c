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
