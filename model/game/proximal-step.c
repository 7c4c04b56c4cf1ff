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

/* -- at an edge: z' = P(z − ηF(z')), F = (M y, −Mᵀx) -- */

#define MOST LIMEN_GAME_MOST
#define BOTH (2 * LIMEN_GAME_MOST)

/** Both: weights of A's strategies, and from MOST on those of B's; sets are bits in the same order.
 */
typedef double Both[BOTH];

static double
coupling (const LimenDynamics *d, guint to, guint from)
{
  guint m = d->payoff.columns;
  if (to < MOST && from >= MOST)
    return d->step * d->payoff.m[to * m + from - MOST];
  if (to >= MOST && from < MOST)
    return -d->step * d->payoff.m[from * m + to - MOST];
  return 0;
}

static guint
all_of (const LimenDynamics *d)
{
  return ((1u << d->payoff.rows) - 1) | ((1u << d->payoff.columns) - 1) << MOST;
}

/* Gauss, with row pivots. @a: (@size, @size), with the right-hand side behind, in its place the
 * solution */
static void
eliminate (double a[BOTH + 2][BOTH + 3], guint size)
{
  for (guint c = 0; c < size; c++) {
    guint best = c;
    for (guint r = c + 1; r < size; r++)
      best = fabs (a[r][c]) > fabs (a[best][c]) ? r : best;
    for (guint j = c; j <= size && best != c; j++) {
      double t = a[best][j];
      a[best][j] = a[c][j];
      a[c][j] = t;
    }
    for (guint r = c + 1; r < size; r++) {
      double factor = a[r][c] / a[c][c];
      for (guint j = c; j <= size && factor != 0; j++)
        a[r][j] -= factor * a[c][j];
    }
  }
  for (guint r = size; r-- > 0;) {
    for (guint j = r + 1; j < size; j++)
      a[r][size] -= a[r][j] * a[j][size];
    a[r][size] /= a[r][r];
  }
}

/* Where just the strategies of @set are played, z' + ηF(z') + (α, β) = z on them, and each player's
 * weights sum to @total: never singular, as ηF is skew. @u: z − ηF(z') − (α, β) of all strategies:
 * weights of those in @set; where others have none above 0 and these none below, P does nothing
 * else. */
static void
solve_on_face (const LimenDynamics *d, guint set, const double *z, double total, double *u)
{
  double a[BOTH + 2][BOTH + 3] = {0};
  guint at[BOTH], n = 0;
  for (guint i = 0; i < BOTH; i++)
    if (set >> i & 1)
      at[n++] = i;
  for (guint r = 0; r < n; r++) {
    guint player = at[r] >= MOST;
    a[r][r] = a[r][n + player] = a[n + player][r] = 1;
    a[r][n + 2] = z[at[r]];
    for (guint c = 0; c < n; c++)
      a[r][c] += coupling (d, at[r], at[c]);
  }
  a[n][n + 2] = a[n + 1][n + 2] = total;
  eliminate (a, n + 2);
  for (guint i = 0; i < BOTH; i++)
    if (all_of (d) >> i & 1) {
      u[i] = z[i] - a[n + (i >= MOST)][n + 2];
      for (guint c = 0; c < n; c++)
        u[i] -= coupling (d, i, at[c]) * a[c][n + 2];
    }
  for (guint c = 0; c < n; c++)
    u[at[c]] = a[c][n + 2];
}

/* Newton's method: whatever is above 0 is played next (Hintermüller, Ito and Kunisch, "The
 * primal-dual active set strategy as a semismooth Newton method", 2002). It ends within a few
 * rounds, or goes round in circles: FALSE. */
static gboolean
guess_face (const LimenDynamics *d, guint set, const double *z, double *u)
{
  const guint a = (1u << MOST) - 1;
  for (guint round = 0; round < 10 && (set & a) && (set & ~a); round++) {
    guint next = 0;
    solve_on_face (d, set, z, 1, u);
    for (guint i = 0; i < BOTH; i++)
      if ((all_of (d) >> i & 1) && u[i] > 0)
        next |= 1u << i;
    if (next == set)
      return TRUE;
    set = next;
  }
  return FALSE;
}

/* The solution for z₀ + t (z − z₀) moves along a line until a weight falls to 0, or that of a
 * strategy not played rises to it, and turns there; z₀ is what the middle is the solution for. As
 * there is one solution for each t, the path from t = 0 leads to t = 1 (Lemke, "Bimatrix
 * equilibrium points and mathematical programming", 1965, is of this kind). */
static void
follow_path (const LimenDynamics *d, const double *z, double *u)
{
  guint set = all_of (d);
  Both start = {0}, way = {0}, at, by;
  double t = 0;
  for (guint i = 0; i < BOTH; i++) {
    if (!(set >> i & 1))
      continue;
    start[i] = i < MOST ? 1.0 / d->payoff.rows : 1.0 / d->payoff.columns;
    for (guint j = 0; j < BOTH; j++)
      if (set >> j & 1)
        start[i] += coupling (d, i, j) / (j < MOST ? d->payoff.rows : d->payoff.columns);
    way[i] = z[i] - start[i];
  }
  for (guint turn = 0; turn < 1000; turn++) {
    guint next = BOTH;
    double first = 1;
    solve_on_face (d, set, start, 1, at);
    solve_on_face (d, set, way, 0, by);
    for (guint i = 0; i < BOTH; i++) {
      if (!(all_of (d) >> i & 1) || (set >> i & 1 ? by[i] >= 0 : by[i] <= 0))
        continue;
      double there = fmax (-at[i] / by[i], t);
      if (there < first) {
        first = there;
        next = i;
      }
    }
    if (next == BOTH)
      break;
    set ^= 1u << next;
    t = first;
  }
  solve_on_face (d, set, z, 1, u);
}

static void
solve_at_edge (LimenDynamics *d, double *x, double *y)
{
  Both z = {0}, u = {0};
  guint set = 0;
  for (guint i = 0; i < d->payoff.rows; i++) {
    z[i] = d->x[i];
    set |= (guint)(x[i] > 0) << i;
  }
  for (guint j = 0; j < d->payoff.columns; j++) {
    z[MOST + j] = d->y[j];
    set |= (guint)(y[j] > 0) << (MOST + j);
  }
  if (!guess_face (d, set, z, u))
    follow_path (d, z, u);
  for (guint i = 0; i < BOTH; i++)
    u[i] = fmax (u[i], 0);
  memcpy (x, u, d->payoff.rows * sizeof *x);
  memcpy (y, u + MOST, d->payoff.columns * sizeof *y);
  limen_simplex_clip (x, d->payoff.rows);
  limen_simplex_clip (y, d->payoff.columns);
  d->touched = TRUE;
}

void
limen_step_proximal_point (LimenDynamics *d)
{
  LimenVector x, y;
  if (!solve_inside (d, x, y) && d->projected)
    solve_at_edge (d, x, y);
  memcpy (d->x, x, d->payoff.rows * sizeof *x);
  memcpy (d->y, y, d->payoff.columns * sizeof *y);
}

/* -- inside -- */

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
