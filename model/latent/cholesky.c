#include "model/latent/cholesky.h"

#include <float.h>
#include <math.h>

gboolean
limen_cholesky (double *a, gsize k)
{
  for (gsize i = 0; i < k; i++) {
    double *row = a + i * k, smallest = 4 * (double)k * DBL_EPSILON * row[i];
    for (gsize j = 0; j <= i; j++) {
      const double *above = a + j * k;
      double rest = row[j];
      for (gsize l = 0; l < j; l++)
        rest -= row[l] * above[l];
      if (j < i)
        row[j] = rest / above[j];
      else if (rest > smallest && isfinite (rest))
        row[j] = sqrt (rest);
      else
        return FALSE;
    }
    for (gsize j = i + 1; j < k; j++)
      row[j] = 0;
  }
  return TRUE;
}

double
limen_cholesky_log_determinant (const double *l, gsize k)
{
  double sum = 0;
  for (gsize i = 0; i < k; i++)
    sum += log (l[i * k + i]);
  return 2 * sum;
}

void
limen_cholesky_solve_lower (const double *l, gsize k, double *b)
{
  for (gsize i = 0; i < k; i++) {
    const double *row = l + i * k;
    for (gsize j = 0; j < i; j++)
      b[i] -= row[j] * b[j];
    b[i] /= row[i];
  }
}

void
limen_cholesky_solve (const double *l, gsize k, double *b)
{
  limen_cholesky_solve_lower (l, k, b);
  for (gsize i = k; i-- > 0;) {
    b[i] /= l[i * k + i];
    for (gsize j = 0; j < i; j++)
      b[j] -= l[i * k + j] * b[i];
  }
}

void
limen_cholesky_add (double *u, gsize k, double *row)
{
  for (gsize j = 0; j < k; j++) {
    double *own = u + j * k, length = hypot (own[j], row[j]);
    double cosine = own[j] / length, sine = row[j] / length;
    own[j] = length;
    for (gsize i = j + 1; i < k; i++) {
      double above = own[i], below = row[i];
      own[i] = cosine * above + sine * below;
      row[i] = cosine * below - sine * above;
    }
  }
}
