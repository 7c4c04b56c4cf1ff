/* Which integrals ∫ p(x, z)² / q(z) dz converge.
 *
 * E_q w² = ∫ exp E(z) dz, with the precision Λ = Σ⁻¹ of q and
 *   E(z) = 2 log p(x|z) + 2 log p(z) − log q(z) = 2 log p(x|z) − ½ zᵀMz − (Λμ)·z + constant,
 *   M = 2I − Λ:
 * M is positive definite just where all eigenvalues of Σ (variances along the axes of q) are above
 * ½: half of the prior's. From far away the decoder of ReLU units is F (recession.h): l(z) − F(z)
 * is bounded, F is Lipschitz and F(tu) = t·F(u). So:
 *
 * 1. Bernoulli. With x in [0, 1], log p(x|z) = Σ x·l − softplus(l) ≤ 0, and it differs by no more
 *    than a constant from g(z) = Σ x·F(z) − max (F(z), 0), which is linear along each ray:
 *    −C|z| − C′ ≤ log p(x|z) ≤ 0.
 *    a. all variances above ½: E(z) ≤ −½ zᵀMz − (Λμ)·z + constant: finite.
 *    b. one below ½: along its axis u, E(tu + s) ≥ ½|M_u|·t² − C·t − C′ for all s in a ball:
 *       infinite.
 *    c. none below, but some equal to ½, on their space S: for u in S, M·u = 0, and E(tu + s) is,
 *       up to a constant for s in a ball, t·c(u) with c(u) = 2g(u) − 2μ·u (as Λu = 2u). If
 *       c(u) ≥ 0 for one unit vector u of S, the integral over a tube around its ray is infinite.
 *       If c < 0 on all of them, c being continuous, E(z) ≤ −ε|z_S| + C|z_⊥| − ½ z_⊥ᵀMz_⊥ + C′:
 *       finite.
 *    A decoder that is bounded (tanh or sigmoid units) would have log p(x|z) between two constants,
 *    whatever its likelihood: g = 0 in the same three cases. Limen reads none.
 * 2. Gaussian. log p(x|z) = −|x − l(z)|²/2σ² + constant, so E(z) = Q(z) + O(|z|) with
 *    Q(u) = −½ uᵀMu − |F(u)|²/σ², which is continuous, and quadratic along each ray.
 *    a. all variances above ½: finite, as above (p(x|z) is bounded above).
 *    b. Q(u) > 0 for one u: it is so in an open cone around it: infinite.
 *    c. Q < 0 on the whole unit sphere: E(z) ≤ −ε|z|² + C|z|: finite, though q be narrow: the
 *       decoder's squares make up for it.
 *    d. the greatest Q is 0: not decided here.
 *    On a line there are two unit vectors; on a plane Q is a quadratic form on each sector of F,
 *    and its sign is that of a form on a quadrant; in higher dimensions only b is tried, along axes
 *    of q.
 *
 * Everything is in float64: what lies nearer to the border than rounding reaches is not decided.
 * Whether variances are above ½ is decided without rounding for a diagonal q, and on the plane. */
#include "model/bound/weight-variance.h"
#include "model/bound/recession.h"
#include "model/bound/vae-integral.h"
#include "model/latent/cholesky.h"

#include <math.h>

#define LOG_2PI 1.8378770664093453
#define HALF    0.5 /* of the prior's variance */
/* What rounding may make of a sum of terms, in parts of their size */
#define ROUNDING 1e-10
/* Halvings of a sector */
#define MOST_HALVINGS 40
/* M's least eigenvalue for a value of the integral, and the error of its logarithm, nats */
#define LEAST_CURVATURE 1e-9
#define TOLERANCE       1e-7

typedef enum { BELOW, AT, ABOVE, UNCLEAR } Side;
typedef enum { NEGATIVE, POSITIVE, UNDECIDED } Sign;

/* -- variances of q and ½ -- */

static gboolean
is_diagonal (const LimenGaussian *q)
{
  guint k = q->dimension;
  for (guint i = 0; i < k; i++)
    for (guint j = 0; j < i; j++)
      if (q->covariance[i * k + j] != 0)
        return FALSE;
  return TRUE;
}

/* Sign of a·d − b², exact: the rounding errors of both products are float64 themselves. */
static int
sign_of_determinant (double a, double b, double d)
{
  double product = a * d, square = b * b;
  double rest = fma (a, d, -product) - fma (b, b, -square);
  double determinant = (product - square) + rest;
  return (determinant > 0) - (determinant < 0);
}

/* The eigenvalues of Σ are above ½ where those of Σ − ½I are positive; a − ½ is exact from ¼ on. */
static Side
side_on_plane (const LimenGaussian *q)
{
  double a = q->covariance[0] - HALF, b = q->covariance[2], d = q->covariance[3] - HALF;
  if (a <= 0 || d <= 0) /* and b ≠ 0 */
    return BELOW;
  int sign = sign_of_determinant (a, b, d);
  return sign > 0 ? ABOVE : sign < 0 ? BELOW : AT;
}

static gboolean
is_above (const LimenGaussian *q, double level)
{
  guint k = q->dimension;
  g_autofree double *shifted = g_memdup2 (q->covariance, (gsize)k * k * sizeof (double));
  for (guint i = 0; i < k; i++)
    shifted[i * k + i] -= level;
  return limen_cholesky (shifted, k);
}

/* Where the least variance along an axis of q lies. */
static Side
side_of (const LimenGaussian *q)
{
  guint k = q->dimension;
  double least = INFINITY, most = 0;
  for (guint i = 0; i < k; i++) {
    least = fmin (least, q->covariance[i * k + i]);
    most = fmax (most, q->covariance[i * k + i]);
  }
  if (is_diagonal (q) || least < HALF)
    return least > HALF ? ABOVE : least < HALF ? BELOW : AT;
  if (k == 2)
    return side_on_plane (q);
  double margin = ROUNDING * k * fmax (most, 1);
  return is_above (q, HALF + margin) ? ABOVE : !is_above (q, HALF - margin) ? BELOW : UNCLEAR;
}

/* -- Bernoulli, at ½ -- */

/* The sign of c(u) = 2g(u) − 2μ·u from F(u): (observed); 0 counts as positive. A pixel on whose
 * side F is has no part in g, and no rounding either, unless F is next to nothing. */
static Sign
sign_of_growth (const LimenVae *vae, const float *x, const double *far, const double *mean,
                const double *u)
{
  LimenVaeShape shape = limen_vae_shape (vae);
  double sum = 0, size = 0, most = 0;
  for (guint i = 0; i < shape.observed; i++)
    most = fmax (most, fabs (far[i]));
  for (guint i = 0; i < shape.observed; i++) {
    double term = x[i] * far[i] - fmax (far[i], 0);
    gboolean unclear = far[i] != 0 && fabs (far[i]) < ROUNDING * most;
    sum += term;
    size += unclear ? most : fabs (term);
  }
  for (guint j = 0; j < shape.latent; j++) {
    sum -= mean[j] * u[j];
    size += fabs (mean[j] * u[j]);
  }
  if (sum < -ROUNDING * size)
    return NEGATIVE;
  return size == 0 || sum > ROUNDING * size ? POSITIVE : UNDECIDED;
}

/* Along both directions of @u: (latent). */
static Sign
sign_along (const LimenVae *vae, const float *x, const LimenGaussian *q, const double *u)
{
  LimenVaeShape shape = limen_vae_shape (vae);
  g_autofree double *far = g_new (double, shape.observed), *way = g_new (double, shape.latent);
  Sign worst = NEGATIVE;
  for (int side = -1; side <= 1 && worst != POSITIVE; side += 2) {
    for (guint j = 0; j < shape.latent; j++)
      way[j] = side * u[j];
    limen_vae_recession (vae, way, far);
    Sign sign = sign_of_growth (vae, x, far, q->mean, way);
    worst = sign == NEGATIVE ? worst : sign;
  }
  return worst;
}

/* @far: (observed): scratch; @worst: of all sectors so far */
typedef struct {
  const LimenVae *vae;
  const float *x;
  const LimenGaussian *q;
  double *far;
  Sign worst;
} Growth;

/* c is concave on a sector, so that it lies below its tangent plane: @slope: (2), of 2g − 2μ·u at
 * @u. Returns: the sign of c(u) */
static Sign
tangent_of_growth (Growth *growth, const LimenVaeSector *sector, const double *u, double slope[2])
{
  slope[0] = -2 * growth->q->mean[0];
  slope[1] = -2 * growth->q->mean[1];
  for (guint i = 0; i < sector->observed; i++) {
    double far = sector->slope[0][i] * u[0] + sector->slope[1][i] * u[1];
    double gain = 2 * (growth->x[i] - (far > 0 ? 1 : 0));
    growth->far[i] = far;
    for (guint j = 0; j < 2; j++)
      slope[j] += gain * sector->slope[j][i];
  }
  return sign_of_growth (growth->vae, growth->x, growth->far, growth->q->mean, u);
}

static Sign
sign_between (Growth *growth, const LimenVaeSector *sector, const double *r1, const double *r2,
              guint left)
{
  double u[] = {r1[0] + r2[0], r1[1] + r2[1]}, slope[2], length = hypot (u[0], u[1]);
  u[0] /= length;
  u[1] /= length;
  Sign sign = tangent_of_growth (growth, sector, u, slope);
  double size = ROUNDING * (fabs (slope[0]) + fabs (slope[1]));
  if (sign != NEGATIVE || left == 0)
    return sign == NEGATIVE ? UNDECIDED : sign;
  if (slope[0] * r1[0] + slope[1] * r1[1] < -size && slope[0] * r2[0] + slope[1] * r2[1] < -size)
    return NEGATIVE;
  Sign first = sign_between (growth, sector, r1, u, left - 1);
  return first != NEGATIVE ? first : sign_between (growth, sector, u, r2, left - 1);
}

static gboolean
growth_of_sector (const LimenVaeSector *sector, gpointer data)
{
  Growth *growth = data;
  Sign sign = sign_between (growth, sector, sector->ray[0], sector->ray[1], MOST_HALVINGS);
  growth->worst = sign == NEGATIVE ? growth->worst : sign;
  return growth->worst != POSITIVE;
}

/* The space S of variances ½: axes of a diagonal q, or one tilted axis on a plane, the null vector
 * of Σ − ½I. */
static Sign
sign_at_half (const LimenVae *vae, const float *x, const LimenGaussian *q)
{
  guint k = q->dimension, n_axes = 0;
  g_autofree double *u = g_new0 (double, k), *far = g_new (double, limen_vae_shape (vae).observed);
  Sign worst = NEGATIVE;
  if (!is_diagonal (q)) {
    double a = q->covariance[0] - HALF, b = q->covariance[2];
    return sign_along (vae, x, q, (double[]){-b / hypot (a, b), a / hypot (a, b)});
  }
  for (guint j = 0; j < k && worst != POSITIVE; j++) {
    if (q->covariance[j * k + j] != HALF)
      continue;
    n_axes++;
    u[j] = 1;
    Sign sign = sign_along (vae, x, q, u);
    worst = sign == NEGATIVE ? worst : sign;
    u[j] = 0;
  }
  if (worst != NEGATIVE || n_axes == 1)
    return worst;
  if (k > 2)
    return UNDECIDED;
  Growth growth = {vae, x, q, far, NEGATIVE};
  limen_vae_each_sector (vae, growth_of_sector, &growth);
  return growth.worst;
}

/* -- Gaussian -- */

/* @m: (k, k): M; @inverse_variance: 1/σ²; @sign: of the greatest Q */
typedef struct {
  const double *m;
  double inverse_variance;
  Sign sign;
} Form;

/* A value beside the size of what it was summed from. */
static Sign
sign_of (double value, double size)
{
  return value > ROUNDING * size ? POSITIVE : value < -ROUNDING * size ? NEGATIVE : UNDECIDED;
}

/* Q(a, b), the bilinear form, on a sector. @size: (inout) */
static double
form_between (const Form *form, const LimenVaeSector *sector, const double *a, const double *b,
              double *size)
{
  const double *m = form->m;
  double squares = 0, of_decoder = 0;
  double quadratic = a[0] * (m[0] * b[0] + m[1] * b[1]) + a[1] * (m[2] * b[0] + m[3] * b[1]);
  for (guint i = 0; i < sector->observed; i++) {
    double fa = sector->slope[0][i] * a[0] + sector->slope[1][i] * a[1];
    double fb = sector->slope[0][i] * b[0] + sector->slope[1][i] * b[1];
    squares += fa * fb;
    of_decoder += fabs (fa * fb);
  }
  *size = fmax (*size, fabs (m[0]) + fabs (m[1]) + fabs (m[2]) + fabs (m[3]) +
                           form->inverse_variance * of_decoder);
  return -0.5 * quadratic - form->inverse_variance * squares;
}

/* The greatest value of α²Q₁₁ + 2αβQ₁₂ + β²Q₂₂ for α, β ≥ 0 has the sign of the greatest of Q₁₁,
 * Q₂₂ and, where both are negative, Q₁₂ − √(Q₁₁Q₂₂). */
static gboolean
form_of_sector (const LimenVaeSector *sector, gpointer data)
{
  Form *form = data;
  double size = 0;
  double q11 = form_between (form, sector, sector->ray[0], sector->ray[0], &size);
  double q22 = form_between (form, sector, sector->ray[1], sector->ray[1], &size);
  double q12 = form_between (form, sector, sector->ray[0], sector->ray[1], &size);
  double greatest = fmax (q11, q22);
  if (greatest < 0)
    greatest = fmax (greatest, q12 - sqrt (q11 * q22));
  Sign sign = sign_of (greatest, size);
  form->sign = sign == NEGATIVE ? form->sign : sign;
  return form->sign != POSITIVE;
}

/* Along the axes of a diagonal q, or both ends of a line: the greatest Q of them. */
static Sign
form_along_axes (const LimenVae *vae, const LimenGaussian *q, double inverse_variance)
{
  guint k = q->dimension, observed = limen_vae_shape (vae).observed;
  g_autofree double *u = g_new0 (double, k), *far = g_new (double, observed);
  Sign worst = NEGATIVE;
  for (guint i = 0; i < 2 * k && worst != POSITIVE; i++) {
    double m = 2 - 1 / q->covariance[i / 2 * (k + 1)], squares = 0;
    u[i / 2] = i % 2 ? -1 : 1;
    limen_vae_recession (vae, u, far);
    for (guint j = 0; j < observed; j++)
      squares += inverse_variance * far[j] * far[j];
    Sign sign = sign_of (-0.5 * m - squares, fabs (m) + 2 + squares);
    worst = sign == NEGATIVE ? worst : sign;
    u[i / 2] = 0;
  }
  return worst;
}

static void
curvature (const LimenGaussian *q, double *m)
{
  const double *c = q->covariance;
  if (q->dimension == 1) {
    m[0] = 2 - 1 / c[0];
    return;
  }
  double determinant = exp (q->log_determinant);
  m[0] = 2 - c[3] / determinant;
  m[1] = m[2] = c[2] / determinant;
  m[3] = 2 - c[0] / determinant;
}

static LimenVarianceKind
kind_for_gaussian (const LimenVae *vae, const LimenGaussian *q)
{
  double sigma = limen_vae_sigma (vae), m[4];
  Sign sign;
  if (q->dimension == 2) {
    curvature (q, m);
    Form form = {m, 1 / (sigma * sigma), NEGATIVE};
    limen_vae_each_sector (vae, form_of_sector, &form);
    sign = form.sign;
  } else if (is_diagonal (q)) {
    sign = form_along_axes (vae, q, 1 / (sigma * sigma));
    if (sign == NEGATIVE && q->dimension > 2)
      sign = UNDECIDED; /* other directions were not looked along */
  } else {
    sign = UNDECIDED;
  }
  return sign == POSITIVE   ? LIMEN_VARIANCE_INFINITE
         : sign == NEGATIVE ? LIMEN_VARIANCE_FINITE
                            : LIMEN_VARIANCE_UNKNOWN;
}

/* -- together -- */

LimenVarianceKind
limen_vae_variance_kind (const LimenVae *vae, const float *x, const LimenGaussian *q)
{
  Side side = side_of (q);
  if (side == ABOVE)
    return LIMEN_VARIANCE_FINITE;
  if (side == UNCLEAR)
    return LIMEN_VARIANCE_UNKNOWN;
  if (limen_vae_likelihood (vae) == LIMEN_VAE_GAUSSIAN)
    return kind_for_gaussian (vae, q);
  if (side == BELOW)
    return LIMEN_VARIANCE_INFINITE;
  switch (sign_at_half (vae, x, q)) {
  case NEGATIVE:
    return LIMEN_VARIANCE_FINITE;
  case POSITIVE:
    return LIMEN_VARIANCE_INFINITE;
  default:
    return LIMEN_VARIANCE_UNKNOWN;
  }
}

/* exp E(z): FALSE where M is not positive definite enough for it to be found its way over. */
static gboolean
second_moment (const LimenVae *vae, const float *x, const LimenGaussian *q,
               LimenVaeIntegrand *integrand)
{
  guint k = q->dimension;
  const double *m = integrand->precision, *mean = q->mean;
  *integrand = (LimenVaeIntegrand){.scale = 2};
  curvature (q, integrand->precision);
  double least = k == 1 ? m[0] : 0.5 * (m[0] + m[3] - hypot (m[0] - m[3], 2 * m[1])), squares = 0;
  for (guint i = 0; i < k; i++) { /* −Λμ = (M − 2I)·μ */
    integrand->linear[i] = -2 * mean[i];
    for (guint j = 0; j < k; j++)
      integrand->linear[i] += m[i * k + j] * mean[j];
    squares -= integrand->linear[i] * mean[i];
  }
  integrand->constant = 0.5 * (squares + q->log_determinant - k * LOG_2PI);
  g_autoptr (LimenGaussian) encoder = limen_vae_encode (vae, x);
  for (guint j = 0; j < k; j++)
    integrand->start[j] = encoder->mean[j];
  return least > LEAST_CURVATURE;
}

gboolean
limen_vae_weight_variance (const LimenVae *vae, const float *x, const LimenGaussian *q,
                           double log_evidence, double evidence_error, LimenWeightVariance *out,
                           GCancellable *cancellable, GError **error)
{
  LimenVarianceKind kind = limen_vae_variance_kind (vae, x, q);
  LimenVaeIntegrand integrand;
  LimenVaeIntegral integral;
  *out = (LimenWeightVariance){kind, kind == LIMEN_VARIANCE_INFINITE ? INFINITY : NAN, NAN};
  if (kind != LIMEN_VARIANCE_FINITE || q->dimension > 2 || !isfinite (log_evidence) ||
      !second_moment (vae, x, q, &integrand))
    return TRUE;
  if (!limen_vae_integrate (vae, x, &integrand, TOLERANCE, &integral, NULL, cancellable, error))
    return FALSE;
  double square = exp (integral.log_value - 2 * log_evidence);
  double off = square * expm1 (integral.error + 2 * evidence_error);
  if (isfinite (square) && isfinite (off)) {
    out->value = fmax (square - 1, 0); /* by Jensen */
    out->error = off;
  }
  return TRUE;
}

char *
limen_variance_reason (LimenVarianceKind kind, const LimenGaussian *q, gboolean bernoulli)
{
  if (kind == LIMEN_VARIANCE_FINITE)
    return NULL;
  if (kind == LIMEN_VARIANCE_UNKNOWN)
    return g_strdup ("whether it is finite is not decided");
  if (!bernoulli)
    return g_strdup ("far out, q falls faster than prior and decoder make up for");
  if (side_of (q) == AT)
    return g_strdup ("a variance of q is 1/2, and nothing far out makes up for it");
  return g_strdup (q->dimension == 1 ? "the standard deviation of q is below 0.71"
                                     : "at least one standard deviation of q is below 0.71");
}
