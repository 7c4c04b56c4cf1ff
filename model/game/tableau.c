/* The simplex method with integer pivots: every entry is a minor of the constraints and the
 * objective (Cramer's rule), so each division below is without remainder (Edmonds, "Systems of
 * distinct representatives and linear algebra", 1967; Azulay and Pique, "A revised simplex method
 * with integer Q-matrices", 2001), and Hadamard's inequality says beforehand how large they can
 * grow. Bland's rule, 1977, ends also where vertices coincide, for there is no rounding. */
#include "model/game/tableau.h"

/* Minors of up to min (n, m) + 1 rows, of up to 11 entries each: √11 < 2². The objective of
 * limen_tableau_is_alone() adds up to 10 rows. Then a difference of two products, and a sign. */
static guint
width_for (guint n, guint m, const gint64 *p)
{
  guint bits = 1;
  for (guint k = 0; k < n * m; k++)
    while (p[k] >> bits != 0)
      bits++;
  return (2 * ((MIN (n, m) + 1) * (bits + 2) + 4) + 2) / 64 + 1;
}

void
limen_tableau_begin (LimenTableau *t, guint n, guint m, const gint64 *p)
{
  const LimenBig one = limen_big_from_int (1), less = limen_big_from_int (-1);
  *t = (LimenTableau){.n = n, .m = m, .width = width_for (n, m, p), .scale = one};
  for (guint k = 0; k < n * m; k++)
    t->t[k % m][k / m] = limen_big_from_int (p[k]);
  for (guint j = 0; j < m; j++) {
    t->t[j][n] = one;
    t->basis[j] = n + j;
  }
  for (guint i = 0; i < n; i++) {
    t->t[m][i] = less;
    t->rest[i] = i;
  }
}

static void
pivot (LimenTableau *t, guint p, guint q)
{
  LimenBig by = t->t[p][q];
  guint in = t->rest[q];
  for (guint i = 0; i <= t->m; i++)
    for (guint j = 0; j <= t->n; j++) {
      if (i == p || j == q)
        continue;
      t->t[i][j] = limen_big_cross (&t->t[i][j], &t->t[i][q], &t->t[p][j], &by, t->width);
      limen_big_divide (&t->t[i][j], &t->scale, t->width);
    }
  for (guint i = 0; i <= t->m; i++)
    limen_big_negate (&t->t[i][q], t->width);
  t->t[p][q] = t->scale;
  t->scale = by;
  t->rest[q] = t->basis[p];
  t->basis[p] = in;
}

/* The first variable that adds to the objective; n: none */
static guint
entering_column (const LimenTableau *t)
{
  guint best = t->n;
  for (guint j = 0; j < t->n; j++)
    if (!t->barred[t->rest[j]] && limen_big_sign (&t->t[t->m][j], t->width) < 0 &&
        (best == t->n || t->rest[j] < t->rest[best]))
      best = j;
  return best;
}

/* Whether row @i reaches 0 before row @k does: −1, at the same time: 0, or after it: 1 */
static int
compare_rows (const LimenTableau *t, guint i, guint k, guint q)
{
  LimenBig apart =
      limen_big_cross (&t->t[i][t->n], &t->t[k][t->n], &t->t[i][q], &t->t[k][q], t->width);
  return limen_big_sign (&apart, t->width);
}

/* The row that first reaches 0; of several, that of the first variable. There is one: u is bounded,
 * for P > 0. */
static guint
leaving_row (const LimenTableau *t, guint q)
{
  guint best = t->m;
  for (guint i = 0; i < t->m; i++) {
    if (limen_big_sign (&t->t[i][q], t->width) <= 0)
      continue;
    int order = best == t->m ? -1 : compare_rows (t, i, best, q);
    if (order < 0 || (order == 0 && t->basis[i] < t->basis[best]))
      best = i;
  }
  return best;
}

void
limen_tableau_maximize (LimenTableau *t)
{
  for (;;) {
    guint q = entering_column (t);
    if (q == t->n)
      return;
    guint p = leaving_row (t, q);
    g_return_if_fail (p < t->m);
    pivot (t, p, q);
  }
}

/* On the face of optima all variables are 0 whose growth would cost; the vertex is alone there
 * where no other one outside the basis can grow. */
gboolean
limen_tableau_is_alone (LimenTableau *t)
{
  LimenBig gain = t->scale;
  limen_big_negate (&gain, t->width);
  for (guint j = 0; j < t->n; j++) {
    LimenBig *cost = &t->t[t->m][j];
    gboolean costs = limen_big_sign (cost, t->width) > 0;
    t->barred[t->rest[j]] = costs;
    *cost = costs ? limen_big_from_int (0) : gain;
  }
  t->t[t->m][t->n] = limen_big_from_int (0);
  limen_tableau_maximize (t);
  return limen_big_sign (&t->t[t->m][t->n], t->width) == 0;
}
