/* The simplex method with integer pivots: every entry is a minor of the constraints and the
 * objective (Cramer's rule), so each division below is without remainder (Edmonds, "Systems of
 * distinct representatives and linear algebra", 1967; Azulay and Pique, "A revised simplex method
 * with integer Q-matrices", 2001). Bland's rule, 1977, ends also where vertices coincide, for there
 * is no rounding. */
#include "model/game/tableau.h"

/* A constraint times the least number that makes all of it integers */
static void
begin_row (LimenTableau *t, guint row, const LimenRationals *p)
{
  mpz_t *out = t->t[row];
  mpz_set_ui (out[t->n], 1);
  for (guint i = 0; i < t->n; i++)
    mpz_lcm (out[t->n], out[t->n], mpq_denref (p->at[i * t->m + row]));
  for (guint i = 0; i < t->n; i++) {
    mpz_divexact (out[i], out[t->n], mpq_denref (p->at[i * t->m + row]));
    mpz_mul (out[i], out[i], mpq_numref (p->at[i * t->m + row]));
  }
}

void
limen_tableau_init (LimenTableau *t, guint n, guint m, const LimenRationals *p)
{
  *t = (LimenTableau){.n = n, .m = m};
  mpz_init_set_ui (t->scale, 1);
  for (guint i = 0; i <= m; i++)
    for (guint j = 0; j <= n; j++)
      mpz_init (t->t[i][j]);
  for (guint j = 0; j < m; j++) {
    begin_row (t, j, p);
    t->basis[j] = n + j;
  }
  for (guint i = 0; i < n; i++) {
    mpz_set_si (t->t[m][i], -1);
    t->rest[i] = i;
  }
}

void
limen_tableau_clear (LimenTableau *t)
{
  mpz_clear (t->scale);
  for (guint i = 0; i <= t->m; i++)
    for (guint j = 0; j <= t->n; j++)
      mpz_clear (t->t[i][j]);
}

/* @out = (@out by − a b) / scale */
static void
update (mpz_ptr out, mpz_srcptr by, mpz_srcptr a, mpz_srcptr b, mpz_srcptr scale)
{
  mpz_mul (out, out, by);
  mpz_submul (out, a, b);
  mpz_divexact (out, out, scale);
}

static void
pivot (LimenTableau *t, guint p, guint q)
{
  guint in = t->rest[q];
  for (guint i = 0; i <= t->m; i++)
    for (guint j = 0; j <= t->n; j++)
      if (i != p && j != q)
        update (t->t[i][j], t->t[p][q], t->t[i][q], t->t[p][j], t->scale);
  for (guint i = 0; i <= t->m; i++)
    if (i != p)
      mpz_neg (t->t[i][q], t->t[i][q]);
  mpz_swap (t->t[p][q], t->scale);
  t->rest[q] = t->basis[p];
  t->basis[p] = in;
  t->pivots++;
}

/* The first variable that adds to the objective; n: none */
static guint
entering_column (const LimenTableau *t)
{
  guint best = t->n;
  for (guint j = 0; j < t->n; j++)
    if (!t->barred[t->rest[j]] && mpz_sgn (t->t[t->m][j]) < 0 &&
        (best == t->n || t->rest[j] < t->rest[best]))
      best = j;
  return best;
}

/* Whether row @i reaches 0 before row @k does: −1, at the same time: 0, or after it: 1 */
static int
compare_rows (const LimenTableau *t, guint i, guint k, guint q)
{
  mpz_t apart;
  mpz_init (apart);
  mpz_mul (apart, t->t[i][t->n], t->t[k][q]);
  mpz_submul (apart, t->t[k][t->n], t->t[i][q]);
  int order = mpz_sgn (apart);
  mpz_clear (apart);
  return order;
}

/* The row that first reaches 0; of several, that of the first variable. There is one: u is bounded,
 * for P > 0. */
static guint
leaving_row (const LimenTableau *t, guint q)
{
  guint best = t->m;
  for (guint i = 0; i < t->m; i++) {
    if (mpz_sgn (t->t[i][q]) <= 0)
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
  for (guint j = 0; j < t->n; j++) {
    mpz_ptr cost = t->t[t->m][j];
    gboolean costs = mpz_sgn (cost) > 0;
    t->barred[t->rest[j]] = costs;
    if (costs)
      mpz_set_ui (cost, 0);
    else
      mpz_neg (cost, t->scale);
  }
  mpz_set_ui (t->t[t->m][t->n], 0);
  limen_tableau_maximize (t);
  return mpz_sgn (t->t[t->m][t->n]) == 0;
}
