#include "model/bound/importance-bound-private.h"

#include <math.h>

/* Nodes along one axis of the coordinates in which q is N(0, 1) and the posterior N(d, 1/γ). Their
 * distance is that of two scales at once, q's and the posterior's, each of which grows slowly with
 * the distance from its centre: t(f) = Σ asinh ((f − centre)/(5·width))·5, at equal steps of t. An
 * analytic map keeps the exactness of the sum (Trefethen and Weideman, "The exponentially
 * convergent trapezoidal rule", 2014). A node is kept as its distance u = f − d from the posterior,
 * which may be narrower than numbers near d are apart. */
#define REACH  9.0 /* standard deviations: what lies beyond is 1e-19 */
#define GROWTH 5.0
/* Steps of t, longer only where the scales are so different that there would be MOST nodes. On a
 * line a node costs nothing, and many are the better where log v is steep. */
#define LINE_STEP  0.0125
#define PLANE_STEP 0.125
#define MOST       120000.0
/* How much longer the steps are in the second computation, which tells how far off the first is */
#define COARSE 2.0
/* Squares of widths and distances stay in float64. */
#define FAR     1e153
#define NOTHING 1e-20
#define LOWEST  (-1e305) /* of log v: no weight is nothing at all */
/* Above, a weight is there at every r that counts: only its mass under the posterior does. */
#define HIGHEST 200.0

typedef struct {
  double centre, width;
} Scale;

/* @width: 1/√γ; @low, @first, @length: what the axis covers of u and of t
 * @log_v, @q, @p: (n): log v and the masses under q and the posterior */
typedef struct {
  double width, d, low, first, length;
  Scale scale[2];
  gsize n;
  double *log_v, *q, *p;
} Axis;

/* t at @u; @density: dt/du */
static double
map_place (const Scale scale[2], double u, double *density)
{
  double t = 0;
  *density = 0;
  for (int i = 0; i < 2; i++) {
    double along = (u - scale[i].centre) / (GROWTH * scale[i].width);
    t += GROWTH * asinh (along);
    *density += 1 / (scale[i].width * hypot (1, along));
  }
  return t;
}

/* The place of @t, by Newton from @u; t(u) is as good as straight over a step. */
static double
find_place (const Scale scale[2], double t, double u, double *density)
{
  double here = map_place (scale, u, density);
  for (int i = 0; i < 40 && fabs (t - here) > 2e-15 * (1 + fabs (t)); i++) {
    u += (t - here) / *density;
    here = map_place (scale, u, density);
  }
  return u;
}

static Axis
axis_new (double gamma, double d)
{
  Axis axis = {.d = CLAMP (d, -FAR, FAR), .width = CLAMP (1 / sqrt (gamma), 1 / FAR, FAR)};
  double density, high = MAX (REACH - axis.d, REACH * axis.width);
  axis.scale[0] = (Scale){-axis.d, 1};
  axis.scale[1] = (Scale){0, axis.width};
  axis.low = MIN (-REACH - axis.d, -REACH * axis.width);
  axis.first = map_place (axis.scale, axis.low, &density);
  axis.length = map_place (axis.scale, high, &density) - axis.first;
  return axis;
}

static void
axis_fill (Axis *axis, double step)
{
  double u = axis->low, density;
  axis->n = (gsize)ceil (axis->length / step) + 1;
  axis->log_v = g_new (double, axis->n);
  axis->q = g_new (double, axis->n);
  axis->p = g_new (double, axis->n);
  for (gsize i = 0; i < axis->n; i++) {
    u = find_place (axis->scale, axis->first + (double)i * step, u, &density);
    double mass = step / density / sqrt (2 * G_PI), f = u + axis->d, apart = u / axis->width;
    axis->q[i] = mass * exp (-0.5 * f * f);
    axis->p[i] = mass / axis->width * exp (-0.5 * apart * apart);
    axis->log_v[i] = MAX (0.5 * (f - apart) * (f + apart) - log (axis->width), LOWEST);
    u += step / density;
  }
}

static void
axis_clear (Axis *axis)
{
  g_free (axis->log_v);
  g_free (axis->q);
  g_free (axis->p);
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

/* @coarseness: 1, or what the steps are multiplied by */
static LimenImportanceBound *
bound_on_line (const LimenClosedForm *form, double coarseness)
{
  Axis axis = axis_new (form->eigenvalue[0], form->along[0]);
  double one = 1, zero = 0;
  const Axis point = {.n = 1, .log_v = &zero, .q = &one, .p = &one};
  axis_fill (&axis, coarseness * LINE_STEP);
  LimenImportanceBound *bound = bound_over (&axis, &point);
  axis_clear (&axis);
  return bound;
}

static LimenImportanceBound *
bound_on_plane (const LimenClosedForm *form, double coarseness)
{
  Axis a = axis_new (form->eigenvalue[0], form->along[0]);
  Axis b = axis_new (form->eigenvalue[1], form->along[1]);
  double step = coarseness * fmax (PLANE_STEP, sqrt (a.length * b.length / MOST));
  axis_fill (&a, step);
  axis_fill (&b, step);
  LimenImportanceBound *bound = bound_over (&a, &b);
  axis_clear (&a);
  axis_clear (&b);
  return bound;
}

static LimenImportanceBound *
bound_of (const LimenClosedForm *form, double coarseness)
{
  return form->dimension == 1 ? bound_on_line (form, coarseness)
                              : bound_on_plane (form, coarseness);
}

LimenImportanceBound *
limen_importance_bound_new_closed (const LimenClosedForm *form)
{
  gboolean plane = form->dimension <= 2;
  gboolean small = isfinite (form->central[0] + form->central[1] + form->central[2]);
  if (!plane && !small && form->likeness == LIMEN_LIKENESS_NONE)
    return NULL;
  LimenImportanceBound *bound = plane ? bound_of (form, 1) : limen_importance_bound_new_empty ();
  limen_importance_bound_join (bound, plane ? bound_of (form, COARSE) : NULL, form);
  return bound;
}
