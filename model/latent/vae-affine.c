#include "model/latent/vae-affine.h"
#include "model/base/vectors.h"
#include "model/latent/vae-private.h"

#include <math.h>
#include <string.h>

#define LOG_2PI 1.8378770664093453
#define LANES   16
/* Runs over all lanes whose factors in [1, 2] a float64 holds the product of: 2^(16·60) */
#define MOST_RUNS 60
/* A pixel that is not there: its softplus is 0. */
#define NOWHERE (-1000.0)

/* @n: pixels, filled up to whole lanes
 * @a, @b: (n), (2, n): l(z) = a + b₁·z₁ + b₂·z₂
 * @x, @residual: (n): the image; φ'(l) */
typedef struct {
  gsize n;
  double *a, *b[2], *x, *residual;
} Rows;

/* @on: (hidden): which units the region has
 * @folded: whether @rows is of a region at all */
struct LimenVaeAffine {
  const LimenVae *vae;
  guint8 *on;
  gboolean folded;
  double inverse_variance, level;
  Rows rows;
};

/* -- loops -- */

/* exp(−a) for a ≥ 0 to 1e-14 of itself: 2^(n + f), with n the nearest whole number, and Taylor's
 * series of e^(f·log 2), |f·log 2| < 0.347. */
LIMEN_VECTOR_BODY double
exp_minus (double a)
{
  const double whole = 0x1.8p52; /* added, it leaves n in the last bits */
  double t = a * -1.4426950408889634, p;
  t = t > -1000 ? t : -1000;
  double shifted = t + whole, f = (t - (shifted - whole)) * 0.69314718055994531;
  guint64 bits, exponent;
  p = 1.0 / 39916800;
  p = p * f + 1.0 / 3628800;
  p = p * f + 1.0 / 362880;
  p = p * f + 1.0 / 40320;
  p = p * f + 1.0 / 5040;
  p = p * f + 1.0 / 720;
  p = p * f + 1.0 / 120;
  p = p * f + 1.0 / 24;
  p = p * f + 1.0 / 6;
  p = p * f + 0.5;
  p = p * f + 1;
  p = p * f + 1;
  memcpy (&exponent, &shifted, sizeof exponent);
  memcpy (&bits, &p, sizeof bits);
  bits += exponent << 52;
  memcpy (&p, &bits, sizeof p);
  return p;
}

/* Σ x·l − softplus(l) */
LIMEN_VECTOR_BODY double
bernoulli_value (const Rows *rows, const double *z)
{
  const double *restrict a = rows->a, *restrict b1 = rows->b[0], *restrict b2 = rows->b[1],
                         *restrict x = rows->x;
  double sum[LANES] = {0}, product[LANES], z1 = z[0], z2 = z[1], total = 0;
  gsize n_runs = rows->n / LANES;
  for (guint i = 0; i < LANES; i++)
    product[i] = 1;
  for (gsize run = 0; run < n_runs; run++) {
    for (guint i = 0; i < LANES; i++) {
      gsize c = run * LANES + i;
      double l = a[c] + b1[c] * z1 + b2[c] * z2;
      sum[i] += x[c] * l - (l > 0 ? l : 0);
      product[i] *= 1 + exp_minus (fabs (l));
    }
    if (run % MOST_RUNS == MOST_RUNS - 1 || run + 1 == n_runs) {
      double factors = 1;
      for (guint i = 0; i < LANES; i++) {
        factors *= product[i];
        product[i] = 1;
      }
      total -= log (factors);
    }
  }
  for (guint i = 0; i < LANES; i++)
    total += sum[i];
  return total;
}

/* Σ (x − l)² */
LIMEN_VECTOR_BODY double
gaussian_value (const Rows *rows, const double *z)
{
  const double *restrict a = rows->a, *restrict b1 = rows->b[0], *restrict b2 = rows->b[1],
                         *restrict x = rows->x;
  double sum[LANES] = {0}, z1 = z[0], z2 = z[1], total = 0;
  for (gsize run = 0; run < rows->n / LANES; run++)
    for (guint i = 0; i < LANES; i++) {
      gsize c = run * LANES + i;
      double d = x[c] - (a[c] + b1[c] * z1 + b2[c] * z2);
      sum[i] += d * d;
    }
  for (guint i = 0; i < LANES; i++)
    total += sum[i];
  return total;
}

/* x − sigmoid(l), or x − l */
LIMEN_VECTOR_BODY void
fill_residual (const Rows *rows, const double *z, gboolean gaussian)
{
  const double *restrict a = rows->a, *restrict b1 = rows->b[0], *restrict b2 = rows->b[1],
                         *restrict x = rows->x;
  double *restrict residual = rows->residual, z1 = z[0], z2 = z[1];
  for (gsize c = 0; c < rows->n; c++) {
    double l = a[c] + b1[c] * z1 + b2[c] * z2, t = exp_minus (fabs (l));
    double mean = gaussian ? l : (l > 0 ? 1 : t) / (1 + t);
    residual[c] = x[c] - mean;
  }
}

/* Adds @sign times what hidden unit (@weight, @bias) with @out: (n) to the pixels is. */
LIMEN_VECTOR_BODY void
add_unit (const Rows *rows, const float *restrict out, gsize n, const double *weight, double bias,
          double sign)
{
  double *restrict a = rows->a, *restrict b1 = rows->b[0], *restrict b2 = rows->b[1];
  double w1 = sign * weight[0], w2 = sign * weight[1], w = sign * bias;
  for (gsize c = 0; c < n; c++) {
    double o = out[c];
    a[c] += w * o;
    b1[c] += w1 * o;
    b2[c] += w2 * o;
  }
}

typedef struct {
  double (*bernoulli) (const Rows *, const double *);
  double (*gaussian) (const Rows *, const double *);
  void (*residual) (const Rows *, const double *, gboolean);
  void (*add) (const Rows *, const float *, gsize, const double *, double, double);
} Loops;

#define DEFINE_LOOPS(name, attribute)                                                              \
  attribute static double name##_bernoulli (const Rows *rows, const double *z)                     \
  {                                                                                                \
    return bernoulli_value (rows, z);                                                              \
  }                                                                                                \
  attribute static double name##_gaussian (const Rows *rows, const double *z)                      \
  {                                                                                                \
    return gaussian_value (rows, z);                                                               \
  }                                                                                                \
  attribute static void name##_residual (const Rows *rows, const double *z, gboolean gaussian)     \
  {                                                                                                \
    fill_residual (rows, z, gaussian);                                                             \
  }                                                                                                \
  attribute static void name##_add (const Rows *rows, const float *out, gsize n,                   \
                                    const double *weight, double bias, double sign)                \
  {                                                                                                \
    add_unit (rows, out, n, weight, bias, sign);                                                   \
  }                                                                                                \
  static const Loops name = {name##_bernoulli, name##_gaussian, name##_residual, name##_add};

DEFINE_LOOPS (plain, )
DEFINE_LOOPS (wide, LIMEN_WIDE)
DEFINE_LOOPS (widest, LIMEN_WIDEST)

static const Loops *
loops (void)
{
  static const Loops *const kinds[] = {&plain, &wide, &widest};
  return kinds[limen_vectors ()];
}

/* -- its life -- */

LimenVaeAffine *
limen_vae_affine_new (const LimenVae *vae, const float *x)
{
  LimenVaeAffine *affine = g_new0 (LimenVaeAffine, 1);
  guint observed = vae->shape.observed;
  gsize n = ((gsize)observed + LANES - 1) / LANES * LANES;
  double **memory[] = {&affine->rows.a, &affine->rows.b[0], &affine->rows.b[1], &affine->rows.x,
                       &affine->rows.residual};
  affine->vae = vae;
  affine->on = g_new0 (guint8, vae->shape.hidden_decoder);
  affine->rows.n = n;
  for (guint i = 0; i < G_N_ELEMENTS (memory); i++)
    *memory[i] = g_new0 (double, n);
  for (guint i = 0; i < observed; i++)
    affine->rows.x[i] = x[i];
  if (vae->sigma > 0) {
    double variance = vae->sigma * vae->sigma;
    affine->inverse_variance = 1 / variance;
    affine->level = -0.5 * observed * (LOG_2PI + log (variance));
  }
  return affine;
}

void
limen_vae_affine_free (LimenVaeAffine *affine)
{
  if (!affine)
    return;
  double *memory[] = {affine->rows.a, affine->rows.b[0], affine->rows.b[1], affine->rows.x,
                      affine->rows.residual};
  for (guint i = 0; i < G_N_ELEMENTS (memory); i++)
    g_free (memory[i]);
  g_free (affine->on);
  g_free (affine);
}

/* -- from region to region -- */

double
limen_vae_affine_unit (const LimenVaeAffine *affine, guint h, double *weight)
{
  const LimenLinear *first = &affine->vae->decoder.layer[0];
  weight[0] = first->weight[h];
  weight[1] = first->inputs > 1 ? first->weight[first->stride + h] : 0;
  return first->bias[h];
}

static void
switch_unit (LimenVaeAffine *affine, guint h, double sign)
{
  const LimenLinear *second = &affine->vae->decoder.layer[1];
  double weight[2], bias = limen_vae_affine_unit (affine, h, weight);
  loops ()->add (&affine->rows, second->weight + (gsize)h * second->stride, second->outputs, weight,
                 bias, sign);
}

void
limen_vae_affine_reset (LimenVaeAffine *affine)
{
  affine->folded = FALSE;
}

static void
begin_region (LimenVaeAffine *affine)
{
  const LimenLinear *second = &affine->vae->decoder.layer[1];
  Rows *rows = &affine->rows;
  for (gsize i = 0; i < rows->n; i++) {
    double beyond = affine->vae->sigma > 0 ? 0 : NOWHERE;
    rows->a[i] = i < second->outputs ? second->bias[i] : beyond;
    rows->b[0][i] = rows->b[1][i] = 0;
  }
  memset (affine->on, 0, affine->vae->shape.hidden_decoder);
  affine->folded = TRUE;
}

void
limen_vae_affine_move (LimenVaeAffine *affine, const double *z)
{
  double z2 = affine->vae->shape.latent > 1 ? z[1] : 0;
  if (!affine->folded)
    begin_region (affine);
  for (guint h = 0; h < affine->vae->shape.hidden_decoder; h++) {
    double weight[2], bias = limen_vae_affine_unit (affine, h, weight);
    guint8 on = weight[0] * z[0] + weight[1] * z2 + bias > 0;
    if (on == affine->on[h])
      continue;
    switch_unit (affine, h, on ? 1 : -1);
    affine->on[h] = on;
  }
}

/* -- values -- */

static double
value_at (LimenVaeAffine *affine, const double *z)
{
  return affine->vae->sigma > 0 ? affine->level - 0.5 * affine->inverse_variance *
                                                      loops ()->gaussian (&affine->rows, z)
                                : loops ()->bernoulli (&affine->rows, z);
}

void
limen_vae_affine_values (LimenVaeAffine *affine, const double *z, gsize n, double *out)
{
  guint latent = affine->vae->shape.latent;
  for (gsize i = 0; i < n; i++) {
    double at[] = {z[i * latent], latent > 1 ? z[i * latent + 1] : 0};
    out[i] = value_at (affine, at);
  }
}

static double
dot_rows (const double *restrict a, const double *restrict b, gsize n)
{
  double sum[LANES] = {0}, total = 0;
  for (gsize run = 0; run < n / LANES; run++)
    for (guint i = 0; i < LANES; i++)
      sum[i] += a[run * LANES + i] * b[run * LANES + i];
  for (guint i = 0; i < LANES; i++)
    total += sum[i];
  return total;
}

double
limen_vae_affine_tangent (LimenVaeAffine *affine, const double *z, double *gradient)
{
  guint latent = affine->vae->shape.latent;
  const Rows *rows = &affine->rows;
  double at[] = {z[0], latent > 1 ? z[1] : 0};
  double scale = affine->vae->sigma > 0 ? affine->inverse_variance : 1;
  loops ()->residual (rows, at, affine->vae->sigma > 0);
  for (guint j = 0; j < latent; j++)
    gradient[j] = scale * dot_rows (rows->residual, rows->b[j], rows->n);
  return value_at (affine, at);
}

double
limen_vae_affine_gain (const LimenVaeAffine *affine, guint h)
{
  const LimenLinear *second = &affine->vae->decoder.layer[1];
  const float *restrict weight = second->weight + (gsize)h * second->stride;
  const double *restrict residual = affine->rows.residual;
  double sum[LANES] = {0}, total = 0;
  gsize n = second->outputs, whole = n / LANES * LANES;
  for (gsize c = 0; c < whole; c += LANES)
    for (guint i = 0; i < LANES; i++)
      sum[i] += residual[c + i] * weight[c + i];
  for (gsize c = whole; c < n; c++)
    total += residual[c] * weight[c];
  for (guint i = 0; i < LANES; i++)
    total += sum[i];
  return (affine->vae->sigma > 0 ? affine->inverse_variance : 1) * total;
}
