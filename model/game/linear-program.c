/* min over x of max over j of (Mᵀx)_j. With P, the payoffs moved so that all are positive, and
 * u = x / v this is
 *   max Σ u_i  with  Pᵀu ≤ 1, u ≥ 0,
 * which begins at u = 0 (Dantzig, "A proof of the equivalence of the programming problem and the
 * game problem", 1951). */
#include "model/game/linear-program.h"
#include "model/game/tableau.h"

#include <string.h>

/* Moves payoffs @m so that the least is their range, or 1 where that is 0: the same steps are taken
 * in every unit. @base: (out): by how much */
static void
make_positive (LimenRationals *m, mpq_ptr base)
{
  mpq_srcptr least = m->at[0], most = m->at[0];
  for (guint k = 1; k < m->n; k++) {
    least = mpq_cmp (m->at[k], least) < 0 ? m->at[k] : least;
    most = mpq_cmp (m->at[k], most) > 0 ? m->at[k] : most;
  }
  mpq_sub (base, most, least);
  if (mpq_sgn (base) == 0)
    mpq_set_ui (base, 1, 1);
  mpq_sub (base, least, base);
  for (guint k = 0; k < m->n; k++)
    mpq_sub (m->at[k], m->at[k], base);
}

static void
set_ratio (mpq_ptr out, mpz_srcptr n, mpz_srcptr d)
{
  mpz_set (mpq_numref (out), n);
  mpz_set (mpq_denref (out), d);
  mpq_canonicalize (out);
}

void
limen_program_solve (const LimenPayoff *payoff, LimenProgram *program)
{
  guint rows = payoff->rows, columns = payoff->columns;
  g_autoptr (LimenRationals) m = limen_rationals_from_doubles (payoff->m, rows * columns, NULL);
  LimenTableau t;
  mpq_t base;
  mpq_inits (base, program->value, NULL);
  program->p = limen_rationals_new (rows);
  make_positive (m, base);
  limen_tableau_init (&t, rows, columns, m);
  limen_tableau_maximize (&t);
  mpz_srcptr sum = t.t[t.m][t.n];
  for (guint i = 0; i < t.m; i++)
    if (t.basis[i] < t.n)
      set_ratio (program->p->at[t.basis[i]], t.t[i][t.n], sum);
  set_ratio (program->value, t.scale, sum);
  mpq_add (program->value, program->value, base);
  program->unique = limen_tableau_is_alone (&t);
  program->pivots = t.pivots;
  limen_tableau_clear (&t);
  mpq_clear (base);
}

void
limen_program_clear (LimenProgram *program)
{
  g_clear_pointer (&program->p, limen_rationals_free);
  mpq_clear (program->value);
}

LimenPayoff
limen_payoff_swap (const LimenPayoff *payoff)
{
  LimenPayoff swapped = {.rows = payoff->columns, .columns = payoff->rows};
  memcpy (swapped.row_name, payoff->column_name, sizeof swapped.row_name);
  memcpy (swapped.column_name, payoff->row_name, sizeof swapped.column_name);
  for (guint i = 0; i < payoff->rows; i++)
    for (guint j = 0; j < payoff->columns; j++)
      swapped.m[j * payoff->rows + i] = -payoff->m[i * payoff->columns + j];
  return swapped;
}
