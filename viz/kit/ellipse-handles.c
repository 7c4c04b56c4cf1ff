/* An ellipse that is held by its middle and the ends of its axes. */
#include "viz/kit/plane-plot.h"

#include <math.h>

#define LEAST_AXIS 0.001
#define ROUND      1e-9 /* an ellipse whose axes differ by less than this part has no directions */

static double
length (const double v[2])
{
  return hypot (v[0], v[1]);
}

/* From the mean to the end @index of @handles, of length 1; along the axis of the plane where it
 * has none. */
static void
direction (const LimenEllipseHandles *handles, int index, double out[2])
{
  const double *end = handles->end[index];
  const double v[2] = {end[0] - handles->mean[0], end[1] - handles->mean[1]};
  double size = length (v);
  gboolean is_there = size > 0 && isfinite (size);
  out[0] = is_there ? v[0] / size : index == 0;
  out[1] = is_there ? v[1] / size : index == 1;
}

/* Variances along the axes of a symmetric (2, 2) matrix, and the direction of the first, larger
 * one. */
static void
principal_axes (const double c[4], double variance[2], double first[2])
{
  double middle = (c[0] + c[3]) / 2, half = hypot ((c[0] - c[3]) / 2, c[1]);
  double angle = atan2 (2 * c[1], c[0] - c[3]) / 2;
  variance[0] = middle + half;
  variance[1] = fmax ((c[0] * c[3] - c[1] * c[1]) / variance[0], 0);
  first[0] = cos (angle);
  first[1] = sin (angle);
}

LimenEllipseHandles
limen_ellipse_handles (const LimenGaussian *gaussian, double radius,
                       const LimenEllipseHandles *before)
{
  const LimenEllipseHandles plain = {{0, 0}, {{1, 0}, {0, 1}}};
  LimenEllipseHandles handles = plain;
  g_return_val_if_fail (gaussian->dimension == 2, handles);
  double variance[2], first[2], was[2][2];
  principal_axes (gaussian->covariance, variance, first);
  direction (before ? before : &plain, 0, was[0]);
  direction (before ? before : &plain, 1, was[1]);
  if (variance[0] - variance[1] < ROUND * variance[0]) {
    first[0] = was[0][0];
    first[1] = was[0][1];
  }
  const double axis[2][2] = {{first[0], first[1]}, {-first[1], first[0]}};
  /* the two axes in the order that turns both ends less: an end that was led far in one step, and
   * is told where it went, keeps its own */
  double straight = 0, crossed = 0;
  for (int i = 0; i < 2; i++) {
    straight += fabs (was[i][0] * axis[i][0] + was[i][1] * axis[i][1]);
    crossed += fabs (was[i][0] * axis[1 - i][0] + was[i][1] * axis[1 - i][1]);
  }
  int which = straight >= crossed ? 0 : 1;
  for (int i = 0; i < 2; i++) {
    const double *a = axis[which ^ i];
    double side = was[i][0] * a[0] + was[i][1] * a[1] < 0 ? -1 : 1;
    double half = side * radius * sqrt (variance[which ^ i]);
    handles.mean[i] = gaussian->mean[i];
    handles.end[i][0] = gaussian->mean[0] + half * a[0];
    handles.end[i][1] = gaussian->mean[1] + half * a[1];
  }
  return handles;
}

/* N(mean, Σ) with half axes @first and at a right angle to it, of @second's length. */
static LimenGaussian *
from_axes (const double mean[2], const double first[2], double first_length, double second_length,
           double radius)
{
  double a = first_length / radius, b = second_length / radius, u = first[0], v = first[1];
  const double covariance[4] = {a * a * u * u + b * b * v * v, (a * a - b * b) * u * v,
                                (a * a - b * b) * u * v, a * a * v * v + b * b * u * u};
  return limen_gaussian_new ("The proposal", 2, mean, covariance, NULL);
}

LimenGaussian *
limen_ellipse_from_handles (const LimenEllipseHandles *handles, double radius, int index,
                            const double z[2])
{
  g_return_val_if_fail (radius > 0 && index >= 0 && index < 3, NULL);
  gboolean moves = index == 0 && isfinite (z[0]) && isfinite (z[1]);
  int held = index == 2 ? 1 : 0;
  double axis[2][2], size[2], way[2];
  LimenEllipseHandles to = *handles;
  if (index > 0 && isfinite (z[0]) && isfinite (z[1])) {
    to.end[held][0] = z[0];
    to.end[held][1] = z[1];
  }
  for (int i = 0; i < 2; i++) {
    axis[i][0] = to.end[i][0] - to.mean[0];
    axis[i][1] = to.end[i][1] - to.mean[1];
    size[i] = length (axis[i]);
  }
  /* an end on the mean keeps the direction it had */
  direction (size[held] > 0 ? &to : handles, held, way);
  /* so long that both variances are told apart from zero */
  double least = fmax (LEAST_AXIS, 1e-6 * fmax (size[0], size[1]));
  return from_axes (moves ? z : handles->mean, way, fmax (size[held], least),
                    fmax (size[1 - held], least), radius);
}
