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
/* Steps of t, longer only where the scales are so different that there would be MOST nodes. On a
 * line a node costs nothing, and many are the better where log v is steep. */
#define LINE_STEP  0.0125
#define PLANE_STEP 0.125
#define MOST       120000.0
/* Posteriors that are narrower than numbers near them are apart, or so far that their squares
 * overflow, are taken for ones that are not quite: the bound stands millions of nats below either.
 */
#define NARROWEST 1e-10
#define FAR       1e100
#define NOTHING   1e-20
/* Above, a weight is there at every r that counts: only its mass under the posterior does. */
#define HIGHEST 200.0

typedef struct {
  double centre, width;
} Scale;

/* @first, @length: what the axis covers of t
 * @log_v, @q, @p: (n): log v and the masses under q and the posterior */
typedef struct {
  double gamma, d, low, first, length;
  Scale scale[2];
  gsize n;
  double *log_v, *q, *p;
} Axis;

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
axis_new (double gamma, double d)
{
  Axis axis = {.d = fmin (fmax (d, -FAR), FAR)};
  double width = fmin (1 / sqrt (gamma), FAR), density;
  width = fmax (width, NARROWEST * (1 + fabs (axis.d)));
  axis.gamma = 1 / (width * width);
  axis.scale[0] = (Scale){0, 1};
  axis.scale[1] = (Scale){axis.d, width};
  axis.low = MIN (-REACH, axis.d - REACH * width);
  axis.first = map_place (axis.scale, axis.low, &density);
  axis.length = map_place (axis.scale, MAX (REACH, axis.d + REACH * width), &density) - axis.first;
  return axis;
}

static void
axis_fill (Axis *axis, double step)
{
  double f = axis->low, density;
  axis->n = (gsize)ceil (axis->length / step) + 1;
  axis->log_v = g_new (double, axis->n);
  axis->q = g_new (double, axis->n);
  axis->p = g_new (double, axis->n);
  for (gsize i = 0; i < axis->n; i++) {
    f = find_place (axis->scale, axis->first + (double)i * step, f, &density);
    double width = step / density / sqrt (2 * G_PI), apart = (f - axis->d) * (f - axis->d);
    axis->q[i] = width * exp (-0.5 * f * f);
    axis->p[i] = width * sqrt (axis->gamma) * exp (-0.5 * axis->gamma * apart);
    axis->log_v[i] = 0.5 * (log (axis->gamma) + f * f - axis->gamma * apart);
    f += step / density;
  }
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

/* All pairs of nodes of two axes: log v is a sum, and masses are products. */
static LimenImportanceBound *
bound_over (const Axis *a, const Axis *b)
{
  g_autofree double *log_v = g_new (double, a->n * b->n), *mass = g_new (double, a->n * b->n);
  gsize n = 0;
  for (gsize i = 0; i < a->n; i++)
    for (gsize j = 0; j < b->n; j++) {
      double q = a->q[i] * b->q[j], p = a->p[i] * b->p[j], log_weight = a->log_v[i] + b->log_v[j];
      if (q < NOTHING && p < NOTHING)
        continue;
      log_v[n] = MIN (log_weight, HIGHEST);
      mass[n++] = log_weight < HIGHEST ? q : p * exp (-HIGHEST);
    }
  return limen_importance_bound_new (log_v, mass, n);
}

static LimenImportanceBound *
bound_on_line (const LimenWhitened *whitened)
{
  Axis axis = axis_new (whitened->root[0] * whitened->root[0], whitened->offset[0]);
  double one = 1, zero = 0;
  const Axis point = {.n = 1, .log_v = &zero, .q = &one, .p = &one};
  axis_fill (&axis, LINE_STEP);
  LimenImportanceBound *bound = bound_over (&axis, &point);
  axis_clear (&axis);
  return bound;
}

static LimenImportanceBound *
bound_on_plane (const LimenWhitened *whitened)
{
  double gamma[2], offset[2];
  diagonalize (whitened, gamma, offset);
  Axis a = axis_new (gamma[0], offset[0]), b = axis_new (gamma[1], offset[1]);
  double step = fmax (PLANE_STEP, sqrt (a.length * b.length / MOST));
  axis_fill (&a, step);
  axis_fill (&b, step);
  LimenImportanceBound *bound = bound_over (&a, &b);
  axis_clear (&a);
  axis_clear (&b);
  return bound;
}

LimenImportanceBound *
limen_importance_bound_new_gaussian (const LimenGaussianModel *model, const double *x,
                                     const LimenGaussian *q)
{
  g_return_val_if_fail (model->latent == 1 || model->latent == 2, NULL);
  g_autoptr (LimenGaussian) posterior = limen_gaussian_model_posterior (model, x);
  g_autoptr (LimenWhitened) whitened = limen_whitened_new (posterior, q);
  return model->latent == 1 ? bound_on_line (whitened) : bound_on_plane (whitened);
}
