#include "model/game/equilibrium.h"
#include "model/game/certificate.h"
#include "model/game/kernels.h"
#include "model/game/linear-program.h"

#include <float.h>
#include <math.h>

static LimenSolution *
solution_new (const LimenPayoff *payoff)
{
  LimenSolution *solution = g_new0 (LimenSolution, 1);
  solution->rows = payoff->rows;
  solution->columns = payoff->columns;
  solution->m =
      limen_rationals_from_doubles (payoff->m, payoff->rows * payoff->columns, &solution->exact);
  mpq_init (solution->value_exact);
  return solution;
}

static void
round_all (LimenSolution *solution)
{
  solution->value = limen_rational_to_double (solution->value_exact);
  solution->a = limen_rationals_to_doubles (solution->a_exact);
  solution->b = limen_rationals_to_doubles (solution->b_exact);
  solution->value_error = DBL_EPSILON / 2 * fabs (solution->value);
  solution->weight_error = DBL_EPSILON / 2;
}

LimenSolution *
limen_solve (const LimenPayoff *payoff, GError **error)
{
  if (!limen_payoff_check (payoff, error))
    return NULL;
  LimenSolution *solution = solution_new (payoff);
  gboolean small = payoff->rows <= LIMEN_KERNEL_MOST && payoff->columns <= LIMEN_KERNEL_MOST;
  gboolean a_alone = FALSE, b_alone = FALSE;
  if (small) {
    limen_kernels_find (solution);
    a_alone = solution->n_a == 1;
    b_alone = solution->n_b == 1;
  } else {
    g_auto (LimenProgram) a, b;
    LimenPayoff swapped = limen_payoff_swap (payoff);
    limen_program_solve (payoff, &a);
    limen_program_solve (&swapped, &b);
    mpq_set (solution->value_exact, a.value);
    solution->n_a = solution->n_b = 1;
    solution->a_exact = g_steal_pointer (&a.p);
    solution->b_exact = g_steal_pointer (&b.p);
    a_alone = a.unique;
    b_alone = b.unique;
  }
  solution->unique = a_alone && b_alone;
  round_all (solution);
  solution->certificate = limen_certificate_write (payoff, solution, small, a_alone, b_alone);
  return solution;
}
