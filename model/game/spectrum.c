/* One step of a method near the solution: its eigenvalues, and the step sizes at which they leave
 * the unit disc. Within the simplices, singular vectors of the payoffs split a step into planes,
 * one for each singular value σ, on which it is a method for min over a, max over b of σ a b.
 * Methods that weigh strategies do the same with D_x^½ M D_y^½, D_p = diag(p) − p pᵀ being the
 * derivative of weights by their logarithms. */
#include "model/game/dynamics.h"

#include <complex.h>
#include <math.h>
#include <string.h>

#define MOST LIMEN_GAME_MOST

#ifndef CMPLX /* of C11, which glibc keeps from clang */
#define CMPLX(re, im) __builtin_complex ((double)(re), (double)(im))
#endif

/* Of LAPACK, in OpenBLAS, which comes without a header for it where it is built without LAPACKE.
 * Fortran passes the lengths of the strings behind all else. */
void dgesvd_ (const char *jobu, const char *jobvt, const int *m, const int *n, double *a,
              const int *lda, double *s, double *u, const int *ldu, double *vt, const int *ldvt,
              double *work, const int *n_work, int *info, gsize jobu_length, gsize jobvt_length);
void dgesv_ (const int *n, const int *n_rhs, double *a, const int *lda, int *pivots, double *b,
             const int *ldb, int *info);
void dgeev_ (const char *jobvl, const char *jobvr, const int *n, double *a, const int *lda,
             double *wr, double *wi, double *vl, const int *ldvl, double *vr, const int *ldvr,
             double *work, const int *n_work, int *info, gsize jobvl_length, gsize jobvr_length);

/* -- singular values -- */

/* @a: (rows, columns), lost; @s: (min (rows, columns)), falling */
static gboolean
singular_values (double *a, guint rows, guint columns, double *s)
{
  double work[16 * MOST], none;
  int m = (int)columns, n = (int)rows, one = 1, n_work = 16 * MOST, info; /* Fortran: transposed */
  dgesvd_ ("N", "N", &m, &n, a, &m, s, &none, &one, &none, &one, work, &n_work, &info, 1, 1);
  return info == 0;
}

static void
center_both (const LimenPayoff *payoff, double *out)
{
  guint n = payoff->rows, m = payoff->columns;
  double row[MOST] = {0}, column[MOST] = {0}, all = 0;
  for (guint i = 0; i < n * m; i++) {
    row[i / m] += payoff->m[i] / m;
    column[i % m] += payoff->m[i] / n;
    all += payoff->m[i] / (n * m);
  }
  for (guint i = 0; i < n * m; i++)
    out[i] = payoff->m[i] - row[i / m] - column[i % m] + all;
}

double
limen_payoff_norm (const LimenPayoff *payoff)
{
  double a[MOST * MOST], s[MOST] = {0};
  center_both (payoff, a);
  return singular_values (a, payoff->rows, payoff->columns, s) ? s[0] : NAN;
}

/* -- the solution of full support -- */

/* Solves [M, −1; 1ᵀ, 0] (y, v) = (0, 1), or with @transpose that of Mᵀ: all replies earn v. */
static gboolean
equalize (const LimenPayoff *payoff, gboolean transpose, double *p)
{
  guint n = payoff->rows, size = n + 1;
  double largest = limen_payoff_largest (payoff);
  double a[(MOST + 1) * (MOST + 1)], b[MOST + 1] = {0};
  int order = (int)size, one = 1, pivots[MOST + 1], info;
  for (guint i = 0; i < size; i++)
    for (guint j = 0; j < size; j++) {
      double entry = i == n && j == n ? 0 : i == n ? 1 : -1;
      if (i < n && j < n)
        entry = (transpose ? payoff->m[j * n + i] : payoff->m[i * n + j]) / largest;
      a[j * size + i] = entry;
    }
  b[n] = 1;
  dgesv_ (&order, &one, a, &order, pivots, b, &order, &info);
  for (guint i = 0; i < n; i++) {
    /* A single solution: no pivot is next to nothing. */
    if (info != 0 || !(fabs (a[i * size + i]) > 1e-12) || !(b[i] > 1e-12))
      return FALSE;
    p[i] = b[i];
  }
  return fabs (a[n * size + n]) > 1e-12;
}

gboolean
limen_payoff_interior (const LimenPayoff *payoff, double *x, double *y)
{
  return payoff->rows == payoff->columns && payoff->rows > 1 && equalize (payoff, TRUE, x) &&
         equalize (payoff, FALSE, y);
}

/* -- planes -- */

/* The symmetric square root of D_p = diag(p) − p pᵀ has no closed form, but D_p = B Bᵀ with
 * B = diag(√p) (I − √p √pᵀ), and B_xᵀ M B_y has the same singular values. */
static void
weigh_both (const LimenPayoff *payoff, const double *x, const double *y, double *out)
{
  guint n = payoff->rows;
  double rows[MOST] = {0}, columns[MOST] = {0}, all = 0;
  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < n; j++) {
      double entry = sqrt (x[i]) * payoff->m[i * n + j] * sqrt (y[j]);
      out[i * n + j] = entry;
      rows[i] += entry * sqrt (y[j]);
      columns[j] += entry * sqrt (x[i]);
      all += entry * sqrt (x[i]) * sqrt (y[j]);
    }
  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < n; j++)
      out[i * n + j] +=
          all * sqrt (x[i]) * sqrt (y[j]) - rows[i] * sqrt (y[j]) - columns[j] * sqrt (x[i]);
}

/* @sigma: (rows − 1). Returns: how many */
static guint
planes (LimenMethod method, const LimenPayoff *payoff, double *sigma)
{
  double x[MOST], y[MOST], a[MOST * MOST], s[MOST];
  if (!limen_payoff_interior (payoff, x, y))
    return 0;
  if (limen_method_weighs (method))
    weigh_both (payoff, x, y, a);
  else
    center_both (payoff, a);
  if (!singular_values (a, payoff->rows, payoff->columns, s))
    return 0;
  memcpy (sigma, s, (payoff->rows - 1) * sizeof *s);
  return payoff->rows - 1;
}

/* -- one plane: s = ησ -- */

/* Of [1 + b, −s, −b, 0; …]: an alternating step with momentum b on (x, y, x before, y before) */
static guint
momentum (double s, double complex *lambda)
{
  const double b = -0.5;
  double row_x[4] = {1 + b, -s, -b, 0}, a[16], re[4], im[4], none, work[64];
  int n = 4, one = 1, n_work = 64, info;
  for (guint j = 0; j < 4; j++) { /* column j */
    double y = (j == 1 ? 1 + b : j == 3 ? -b : 0) + s * row_x[j];
    memcpy (a + 4 * j, (double[]){row_x[j], y, j == 0, j == 1}, 4 * sizeof *a);
  }
  dgeev_ ("N", "N", &n, a, &n, re, im, &none, &one, &none, &one, work, &n_work, &info, 1, 1);
  for (guint i = 0; i < 4 && info == 0; i++)
    lambda[i] = CMPLX (re[i], im[i]);
  return info == 0 ? 4 : 0;
}

/* λ² − (2 − s²) λ + 1 = 0. Störmer and Verlet's steps are conjugate with alternating ones. */
static guint
alternate (double s, double complex *lambda)
{
  double h = 1 - s * s / 2;
  double complex root = s <= 2 ? CMPLX (0, s * sqrt (1 - s * s / 4)) : sqrt (h * h - 1);
  lambda[0] = h + root;
  lambda[1] = h - root;
  return s <= 2 ? 1 : 2;
}

/* λ² − (1 + 2is) λ + is = 0 */
static guint
extrapolate (double s, double complex *lambda)
{
  double complex root = csqrt (CMPLX (1 - 4 * s * s, 0));
  lambda[0] = (1 + CMPLX (0, 2 * s) + root) / 2;
  lambda[1] = (1 + CMPLX (0, 2 * s) - root) / 2;
  return 2;
}

/* Of the replicator flow, e^is: its series up to the first power, or to the fourth */
static guint
integrate (LimenIntegrator integrator, double s, double complex *lambda)
{
  double complex turn = CMPLX (0, s);
  if (integrator == LIMEN_INTEGRATOR_VERLET)
    return alternate (s, lambda);
  lambda[0] = 1 + turn;
  if (integrator == LIMEN_INTEGRATOR_RUNGE_KUTTA)
    lambda[0] += turn * turn * (1.0 / 2 + turn * (1.0 / 6 + turn / 24));
  return 1;
}

/* Eigenvalues of one step in the plane of which one is @lambda[0], the others to follow; conjugates
 * are added by the caller. @s: ησ; @eta_sigma2: ησ² */
static guint
eigenvalues (LimenMethod method, LimenIntegrator integrator, double s, double eta_sigma2,
             double complex *lambda)
{
  double complex turn = CMPLX (0, s);
  switch (method) {
  case LIMEN_SIMULTANEOUS_GDA:
  case LIMEN_MULTIPLICATIVE_WEIGHTS:
    lambda[0] = 1 + turn;
    return 1;
  case LIMEN_ALTERNATING_GDA:
  case LIMEN_ALTERNATING_MULTIPLICATIVE_WEIGHTS:
    return alternate (s, lambda);
  case LIMEN_REPLICATOR:
    return integrate (integrator, s, lambda);
  case LIMEN_EXTRAGRADIENT:
  case LIMEN_MIRROR_PROX:
    lambda[0] = 1 - s * s + turn;
    return 1;
  case LIMEN_OPTIMISTIC_GDA:
  case LIMEN_OPTIMISTIC_MULTIPLICATIVE_WEIGHTS:
    return extrapolate (s, lambda);
  case LIMEN_PROXIMAL_POINT:
    lambda[0] = 1 / (1 - turn);
    return 1;
  case LIMEN_CONSENSUS: /* γ = 1, in the unit of points */
    lambda[0] = 1 - eta_sigma2 + turn;
    return 1;
  case LIMEN_LOOKAHEAD: { /* 5 ahead, half back */
    double complex ahead = 1;
    for (guint i = 0; i < 5; i++)
      ahead *= 1 + turn;
    lambda[0] = 0.5 + 0.5 * ahead;
    return 1;
  }
  default:
    return 0;
  }
}

static guint
add (double complex lambda, double *re, double *im, guint n)
{
  re[n] = creal (lambda);
  im[n] = cimag (lambda);
  return n + 1;
}

static guint
add_plane (LimenMethod method, LimenIntegrator integrator, double sigma, double step, double *re,
           double *im, guint n)
{
  double complex lambda[4];
  if (method == LIMEN_NEGATIVE_MOMENTUM) {
    guint found = momentum (step * sigma, lambda);
    for (guint i = 0; i < found; i++)
      n = add (lambda[i], re, im, n);
    return n;
  }
  guint found = eigenvalues (method, integrator, step * sigma, step * sigma * sigma, lambda);
  for (guint i = 0; i < found; i++) {
    n = add (lambda[i], re, im, n);
    if (found == 1 || cimag (lambda[i]) != 0)
      n = add (conj (lambda[i]), re, im, n);
  }
  return n;
}

static guint
spectrum_of_planes (LimenMethod method, LimenIntegrator integrator, const double *sigma,
                    guint n_planes, double step, double *re, double *im)
{
  guint n = 0;
  for (guint i = 0; i < n_planes; i++)
    n = add_plane (method, integrator, sigma[i], step, re, im, n);
  return n;
}

/* NaN where there are no eigenvalues */
static double
radius_of_planes (LimenMethod method, LimenIntegrator integrator, const double *sigma,
                  guint n_planes, double step)
{
  double re[LIMEN_SPECTRUM_MOST], im[LIMEN_SPECTRUM_MOST], radius = NAN;
  guint n = spectrum_of_planes (method, integrator, sigma, n_planes, step, re, im);
  for (guint i = 0; i < n; i++)
    radius = fmax (radius, hypot (re[i], im[i]));
  return radius;
}

/* What a unit of points is to a method: consensus optimization alone adds their squares to them. */
static double
unit_of (LimenMethod method, const LimenPayoff *payoff)
{
  return method == LIMEN_CONSENSUS ? limen_payoff_half_range (payoff) : 1;
}

static guint
planes_in_unit (LimenMethod method, const LimenPayoff *payoff, double *sigma)
{
  guint n = planes (method, payoff, sigma);
  for (guint i = 0; i < n; i++)
    sigma[i] /= unit_of (method, payoff);
  return n;
}

guint
limen_method_spectrum (LimenMethod method, LimenIntegrator integrator, const LimenPayoff *payoff,
                       double step, double *re, double *im)
{
  double sigma[MOST];
  guint n_planes = planes_in_unit (method, payoff, sigma);
  step *= unit_of (method, payoff);
  return spectrum_of_planes (method, integrator, sigma, n_planes, step, re, im);
}

double
limen_method_radius (LimenMethod method, LimenIntegrator integrator, const LimenPayoff *payoff,
                     double step)
{
  double sigma[MOST];
  guint n_planes = planes_in_unit (method, payoff, sigma);
  step *= unit_of (method, payoff);
  return radius_of_planes (method, integrator, sigma, n_planes, step);
}

/* -- thresholds -- */

/* The first step size, from small ones on, at which an eigenvalue leaves the unit disc. */
static double
find_threshold (LimenMethod method, LimenIntegrator integrator, const double *sigma, guint n_planes)
{
  const double allowed = 1 + 1e-12;
  double low = 0.01 / sigma[0], high = low;
  if (radius_of_planes (method, integrator, sigma, n_planes, low) > allowed)
    return NAN;
  while (radius_of_planes (method, integrator, sigma, n_planes, high) <= allowed) {
    low = high;
    high *= 1.02;
    if (high * sigma[0] > 100)
      return INFINITY;
  }
  for (guint i = 0; i < 60; i++) {
    double middle = (low + high) / 2;
    if (radius_of_planes (method, integrator, sigma, n_planes, middle) <= allowed)
      low = middle;
    else
      high = middle;
  }
  return low;
}

double
limen_method_threshold (LimenMethod method, LimenIntegrator integrator, const LimenPayoff *payoff)
{
  double sigma[MOST], norm = limen_payoff_norm (payoff);
  if (norm <= 1e-14 * limen_payoff_largest (payoff)) /* gradients are always 0, but for rounding */
    norm = 0;
  guint n = planes_in_unit (method, payoff, sigma);
  switch (method) {
  case LIMEN_EAG_C: /* Yoon and Ryu, 2021, theorem 1 */
    return 1 / (8 * norm);
  case LIMEN_EAG_V: /* theorem 2 */
    return 3 / (4 * norm);
  case LIMEN_ANCHORED_SIMULTANEOUS_GDA:
    return INFINITY; /* its steps shrink */
  case LIMEN_ALTERNATING_GDA:
  case LIMEN_ALTERNATING_MULTIPLICATIVE_WEIGHTS: /* a double eigenvalue: rounding makes anything of
                                                    it */
    return n > 0 ? 2 / sigma[0] : NAN;
  case LIMEN_REPLICATOR:
    if (n > 0 && integrator == LIMEN_INTEGRATOR_VERLET)
      return 2 / sigma[0];
    return n > 0 ? find_threshold (method, integrator, sigma, n) : NAN;
  case LIMEN_CONSENSUS: /* |1 − ησ² + iησ| ≤ 1: not a matter of ησ, as the others are */
    return n > 0 ? 2 / (1 + sigma[0] * sigma[0]) / unit_of (method, payoff) : NAN;
  default:
    return n > 0 && limen_method_has_step (method) ? find_threshold (method, integrator, sigma, n)
                                                   : NAN;
  }
}
