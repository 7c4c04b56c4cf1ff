#include "model/bound/importance-bound.h"
#include "model/latent/gaussian-model-private.h"

#include <math.h>

/* Nodes along one axis of the coordinates in which q is N(0, 1) and the posterior N(d, 1/γ). Their
 * distance is that of two scales at once, q's and the posterior's, each of which grows slowly with
 * the distance from its centre: t(f) = Σ asinh ((f − centre)/(5·width))·5, at equal steps of t. An
 * analytic map keeps the exactness of the sum (Trefethen and Weideman, "The exponentially
 * convergent trapezoidal rule", 2014). */
#define REACH  9.0 /* standard deviations: what lies beyond is 1e-19 */
#define GROWTH 5.0
/* Steps of t. On a line a node costs nothing, and many are the better where log v is steep. */
static const double steps[] = {0.0125, 0.125};
#define NOTHING 1e-20
/* Above, a weight is there at every r that counts: only its mass under the posterior does. */
#define HIGHEST 200.0

/* @log_v, @q, @p: (n): log v and the masses under q and the posterior */
typedef struct {
  gsize n;
  double *log_v, *q, *p;
} Axis;

typedef struct {
  double centre, width;
} Scale;

/* t at @f; @density: dt/df */
static double
map_place (const Scale scale[2], double f, double *density)
{
  double t = 0;
  *density = 0;
  for (int i = 0; i < 2; i++) {
    double u = (f - scale[i].centre) / (GROWTH * scale[i].width);
    t += GROWTH * asinh (u);
    *density += 1 / (scale[i].width * sqrt (1 + u * u));
  }
  return t;
}

/* The place of @t, by Newton from @f; t(f) is as good as straight over a step. */
static double
find_place (const Scale scale[2], double t, double f, double *density)
{
  double move = INFINITY;
  for (int i = 0; i < 40; i++) {
    double here = map_place (scale, f, density);
    if (fabs (move) <= 1e-13 * (1 + fabs (f)))
      break;
    move = (t - here) / *density;
    f += move;
  }
  return f;
}

static Axis
axis_new (double gamma, double d, double step)
{
  const Scale scale[2] = {{0, 1}, {d, 1 / sqrt (gamma)}};
  double low = MIN (-REACH, d - REACH * scale[1].width), density;
  double high = MAX (REACH, d + REACH * scale[1].width);
  double first = map_place (scale, low, &density), f = low;
  gsize n = (gsize)ceil ((map_place (scale, high, &density) - first) / step) + 1;
  Axis axis = {n, g_new (double, n), g_new (double, n), g_new (double, n)};
  for (gsize i = 0; i < n; i++) {
    f = find_place (scale, first + (double)i * step, f, &density);
    double width = step / density / sqrt (2 * G_PI), apart = (f - d) * (f - d);
    axis.q[i] = width * exp (-0.5 * f * f);
    axis.p[i] = width * sqrt (gamma) * exp (-0.5 * gamma * apart);
    axis.log_v[i] = 0.5 * (log (gamma) + f * f - gamma * apart);
    f += step / density;
  }
  return axis;
}

static void
axis_clear (Axis *axis)
{
  g_free (axis->log_v);
  g_free (axis->q);
  g_free (axis->p);
}

/* Turns the axes e of @whitened into those in which its precision is diagonal (Jacobi): @gamma: (2)
 * its eigenvalues; @offset: (2): of the posterior mean */
static void
diagonalize (const LimenWhitened *whitened, double *gamma, double *offset)
{
  double p[4], cosine, sine;
  const double *root = whitened->root, *d = whitened->offset;
  limen_whitened_precision (whitened, p);
  double angle = 0.5 * atan2 (2 * p[1], p[0] - p[3]), determinant = root[0] * root[3];
  sincos (angle, &sine, &cosine);
  gamma[0] = 0.5 * (p[0] + p[3] + hypot (p[0] - p[3], 2 * p[1]));
  gamma[1] = determinant * determinant / gamma[0]; /* the smaller one, without a difference */
  offset[0] = cosine * d[0] + sine * d[1];
  offset[1] = -sine * d[0] + cosine * d[1];
}

/* Returns: how many of the nodes count */
static gsize
combine (const Axis *a, const Axis *b, double *log_v, double *mass)
{
  gsize n = 0;
  for (gsize i = 0; i < a->n; i++)
    for (gsize j = 0; j < b->n; j++) {
      double q = a->q[i] * b->q[j], p = a->p[i] * b->p[j], log_weight = a->log_v[i] + b->log_v[j];
      if (q < NOTHING && p < NOTHING)
        continue;
      log_v[n] = MIN (log_weight, HIGHEST);
      mass[n++] = log_weight < HIGHEST ? q : p * exp (-HIGHEST);
    }
  return n;
}

LimenImportanceBound *
limen_importance_bound_new_gaussian (const LimenGaussianModel *model, const double *x,
                                     const LimenGaussian *q)
{
  g_return_val_if_fail (model->latent >= 1 && model->latent <= 2, NULL);
  double one = 1, zero = 0, gamma[2], offset[2];
  g_autoptr (LimenGaussian) posterior = limen_gaussian_model_posterior (model, x);
  g_autoptr (LimenWhitened) whitened = limen_whitened_new (posterior, q);
  Axis a, b = {1, &zero, &one, &one};
  if (model->latent == 2) {
    diagonalize (whitened, gamma, offset);
    b = axis_new (gamma[1], offset[1], steps[1]);
  } else {
    gamma[0] = whitened->root[0] * whitened->root[0];
    offset[0] = whitened->offset[0];
  }
  a = axis_new (gamma[0], offset[0], steps[model->latent - 1]);
  g_autofree double *log_v = g_new (double, a.n *b.n), *mass = g_new (double, a.n *b.n);
  gsize n = combine (&a, &b, log_v, mass);
  axis_clear (&a);
  if (model->latent == 2)
    axis_clear (&b);
  return limen_importance_bound_new (log_v, mass, n);
}
