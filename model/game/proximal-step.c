/* The proximal point method: the gradient at the point that one arrives at. */
#include "model/game/dynamics-private.h"

#include <math.h>
#include <string.h>

/* -- the proximal point: Martinet, 1970; Rockafellar, 1976 -- */

/* Within the simplices, z' = z − η ΠF(z') is a linear system, whose inverse is at hand. */
static gboolean
solve_inside (LimenDynamics *d, double *x, double *y)
{
  guint n = d->payoff.rows, m = d->payoff.columns;
  double z[2 * LIMEN_GAME_MOST], to[2 * LIMEN_GAME_MOST];
  gboolean inside = TRUE;
  memcpy (z, d->x, n * sizeof *z);
  memcpy (z + n, d->y, m * sizeof *z);
  for (guint i = 0; i < n + m; i++) {
    to[i] = limen_dot (d->matrix + i * (n + m), z, n + m);
    inside = inside && to[i] >= 0;
  }
  memcpy (x, to, n * sizeof *x);
  memcpy (y, to + n, m * sizeof *y);
  return inside;
}

/* At an edge, the fixed point z' = P(z − ηF(z')) is the solution of a strongly monotone problem,
 * w ↦ w − z + ηF(w), which extragradient steps approach at a linear rate. */
static void
solve_at_edge (LimenDynamics *d, double *x, double *y)
{
  guint n = d->payoff.rows, m = d->payoff.columns;
  double bound = d->step * limen_payoff_largest (&d->payoff) * sqrt (n * m);
  double s = 0.5 / (1 + bound), change = 1;
  LimenVector gx, gy, hx, hy;
  for (guint round = 0; change > 1e-15 && round < 20000; round++) {
    const double *at_x = x, *at_y = y;
    double *to_x = hx, *to_y = hy, old_x[LIMEN_GAME_MOST], old_y[LIMEN_GAME_MOST];
    memcpy (old_x, x, sizeof old_x);
    memcpy (old_y, y, sizeof old_y);
    for (guint half = 0; half < 2; half++) {
      limen_payoff_of_a (&d->payoff, at_y, gx);
      limen_payoff_for_b (&d->payoff, at_x, gy);
      for (guint i = 0; i < n; i++)
        to_x[i] = old_x[i] - s * (at_x[i] - d->x[i] + d->step * gx[i]);
      for (guint j = 0; j < m; j++)
        to_y[j] = old_y[j] - s * (at_y[j] - d->y[j] - d->step * gy[j]);
      limen_simplex_clip (to_x, n);
      limen_simplex_clip (to_y, m);
      at_x = hx, at_y = hy, to_x = x, to_y = y;
    }
    change = 0;
    for (guint i = 0; i < n; i++)
      change = fmax (change, fabs (x[i] - old_x[i]));
    for (guint j = 0; j < m; j++)
      change = fmax (change, fabs (y[j] - old_y[j]));
  }
  d->touched = TRUE;
}

void
limen_step_proximal_point (LimenDynamics *d)
{
  LimenVector x, y;
  if (!solve_inside (d, x, y) && d->projected) {
    limen_simplex_clip (x, d->payoff.rows);
    limen_simplex_clip (y, d->payoff.columns);
    solve_at_edge (d, x, y);
  }
  memcpy (d->x, x, d->payoff.rows * sizeof *x);
  memcpy (d->y, y, d->payoff.columns * sizeof *y);
}

/* Gauss–Jordan with row pivots; I + ηK with K skew within the simplices never is singular. */
static void
invert (double *a, guint n, double *out)
{
  memset (out, 0, n * n * sizeof *out);
  for (guint i = 0; i < n; i++)
    out[i * n + i] = 1;
  for (guint c = 0; c < n; c++) {
    guint best = c;
    for (guint r = c + 1; r < n; r++)
      best = fabs (a[r * n + c]) > fabs (a[best * n + c]) ? r : best;
    double pivot = a[best * n + c];
    for (guint j = 0; j < n; j++) {
      double t = a[best * n + j], u = out[best * n + j];
      a[best * n + j] = a[c * n + j];
      out[best * n + j] = out[c * n + j];
      a[c * n + j] = t / pivot;
      out[c * n + j] = u / pivot;
    }
    for (guint r = 0; r < n; r++) {
      double factor = a[r * n + c];
      for (guint j = 0; j < n && r != c; j++) {
        a[r * n + j] -= factor * a[c * n + j];
        out[r * n + j] -= factor * out[c * n + j];
      }
    }
  }
}

/* I + η [0, ΠM; −ΠMᵀ, 0] */
void
limen_step_prepare_proximal_point (LimenDynamics *d)
{
  guint n = d->payoff.rows, m = d->payoff.columns, size = n + m;
  double a[4 * LIMEN_GAME_MOST * LIMEN_GAME_MOST] = {0};
  for (guint i = 0; i < size; i++)
    a[i * size + i] = 1;
  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < m; j++) {
      double row_mean = 0, column_mean = 0;
      for (guint l = 0; l < n; l++)
        column_mean += d->payoff.m[l * m + j] / n;
      for (guint l = 0; l < m; l++)
        row_mean += d->payoff.m[i * m + l] / m;
      a[i * size + n + j] = d->step * (d->payoff.m[i * m + j] - column_mean);
      a[(n + j) * size + i] = -d->step * (d->payoff.m[i * m + j] - row_mean);
    }
  invert (a, size, d->matrix);
}
