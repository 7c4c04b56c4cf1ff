#include "model/game/uniqueness.h"

#define MOST LIMEN_GAME_MOST

/* m = (base + m) / scale of all payoffs; weights of both players times their common denominators */
typedef struct {
  guint rows, columns;
  LimenWide m[MOST * MOST], a[MOST], b[MOST], scale;
} Whole;

static gboolean
scale_weights (const LimenRational *p, guint n, LimenWide *out)
{
  LimenWide scale = 1;
  for (guint i = 0; i < n; i++)
    if (__builtin_mul_overflow (scale, p[i].d / limen_wide_gcd (scale, p[i].d), &scale))
      return FALSE;
  for (guint i = 0; i < n; i++)
    if (__builtin_mul_overflow (scale / p[i].d, (LimenWide)p[i].n, &out[i]))
      return FALSE;
  return TRUE;
}

/* Points for B of A's @index against B's weights, or (@of_b) of B's against A's */
static gboolean
add_points (const Whole *w, gboolean of_b, guint index, LimenWide *points)
{
  *points = 0;
  for (guint k = 0; k < (of_b ? w->rows : w->columns); k++) {
    LimenWide m = of_b ? w->m[k * w->columns + index] : w->m[index * w->columns + k], term;
    if (__builtin_mul_overflow (m, of_b ? w->a[k] : w->b[k], &term) ||
        __builtin_add_overflow (*points, term, points))
      return FALSE;
  }
  return TRUE;
}

/* Whether all strategies in use earn the same, and all others are worse for their player. */
static gboolean
others_are_worse (const Whole *w, gboolean of_b, const gboolean *used)
{
  guint n = of_b ? w->columns : w->rows;
  LimenWide points[MOST], value = 0;
  for (guint i = 0; i < n; i++) {
    if (!add_points (w, of_b, i, &points[i]))
      return FALSE;
    value = used[i] ? points[i] : value;
  }
  for (guint i = 0; i < n; i++)
    if (used[i] ? points[i] != value : of_b ? points[i] >= value : points[i] <= value)
      return FALSE;
  return TRUE;
}

static guint
mark_used (const LimenWide *weights, guint n, gboolean *used)
{
  guint size = 0;
  for (guint i = 0; i < n; i++) {
    used[i] = weights[i] > 0;
    size += used[i];
  }
  return size;
}

/* Determinant by elimination in which each division is without remainder (Bareiss, 1968). @a:
 * (n, n), lost */
static gboolean
find_determinant (LimenWide (*a)[MOST + 1], guint n, LimenWide *out)
{
  LimenWide last = 1;
  int sign = 1;
  for (guint k = 0; k + 1 < n; k++) {
    guint p = k;
    while (p < n && a[p][k] == 0)
      p++;
    *out = 0;
    if (p == n)
      return TRUE;
    for (guint j = 0; j < n && p != k; j++) {
      LimenWide other = a[p][j];
      a[p][j] = a[k][j];
      a[k][j] = other;
    }
    sign = p == k ? sign : -sign;
    for (guint i = k + 1; i < n; i++)
      for (guint j = k + 1; j < n; j++) {
        LimenWide left, right;
        if (__builtin_mul_overflow (a[i][j], a[k][k], &left) ||
            __builtin_mul_overflow (a[i][k], a[k][j], &right) ||
            __builtin_sub_overflow (left, right, &left))
          return FALSE;
        a[i][j] = left / last;
      }
    last = a[k][k];
  }
  *out = sign * a[n - 1][n - 1];
  return TRUE;
}

/* A number added to all payoffs changes nothing; their scale does, size − 1 times. */
static gboolean
find_border (const Whole *w, LimenProof *proof)
{
  LimenWide a[MOST + 1][MOST + 1] = {{0}}, determinant, divisor = 1;
  guint row = 0, size = proof->size;
  for (guint j = 0; j < w->columns; j++) {
    if (!proof->b[j])
      continue;
    for (guint i = 0, column = 0; i < w->rows; i++)
      if (proof->a[i])
        a[row][column++] = w->m[i * w->columns + j];
    a[row++][size] = -1;
  }
  for (guint i = 0; i < size; i++)
    a[size][i] = 1;
  for (guint k = 1; k < size; k++)
    if (__builtin_mul_overflow (divisor, w->scale, &divisor))
      return FALSE;
  return find_determinant (a, size + 1, &determinant) && determinant != 0 &&
         limen_rational_from_wide (determinant, divisor, &proof->determinant);
}

gboolean
limen_prove_unique (const LimenPayoff *payoff, const LimenSolution *solution, LimenProof *proof)
{
  Whole w = {.rows = payoff->rows, .columns = payoff->columns};
  LimenWide base;
  *proof = (LimenProof){0};
  if (!solution->exact || !solution->unique ||
      !limen_rational_integers (payoff->m, w.rows * w.columns, w.m, &base, &w.scale) ||
      !scale_weights (solution->a_exact, w.rows, w.a) ||
      !scale_weights (solution->b_exact, w.columns, w.b))
    return FALSE;
  proof->size = mark_used (w.a, w.rows, proof->a);
  return mark_used (w.b, w.columns, proof->b) == proof->size &&
         others_are_worse (&w, FALSE, proof->a) && others_are_worse (&w, TRUE, proof->b) &&
         find_border (&w, proof);
}
