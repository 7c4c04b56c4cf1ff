#include "model/game/solution.h"

void
limen_solution_points (const LimenSolution *solution, gboolean b, const mpq_t *p, guint reply,
                       mpq_ptr out)
{
  guint columns = solution->columns;
  mpq_t term;
  mpq_init (term);
  mpq_set_ui (out, 0, 1);
  for (guint i = 0; i < (b ? columns : solution->rows); i++) {
    mpq_mul (term, p[i], solution->m->at[b ? reply * columns + i : i * columns + reply]);
    mpq_add (out, out, term);
  }
  mpq_clear (term);
}

void
limen_solution_free (LimenSolution *solution)
{
  if (!solution)
    return;
  mpq_clear (solution->value_exact);
  limen_rationals_free (solution->m);
  limen_rationals_free (solution->a_exact);
  limen_rationals_free (solution->b_exact);
  g_free (solution->a);
  g_free (solution->b);
  g_free (solution->certificate);
  g_free (solution);
}
