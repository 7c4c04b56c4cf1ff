#include "model/game/certificate.h"
#include "model/game/kernels.h"
#include "model/game/linear-program.h"

#include <math.h>
#include <string.h>

/* -- small games: exactly -- */

/* FALSE where a fraction has too many digits. */
static gboolean
copy_exact (const LimenMix *mixes, guint n, guint size, LimenRational *out)
{
  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < size; j++)
      if (!limen_rational_from_wide (mixes[i].w[j], mixes[i].sum, &out[i * size + j]))
        return FALSE;
  return TRUE;
}

static double *
copy_mixes (const LimenMix *mixes, guint n, guint size)
{
  double *p = g_new (double, n *size);
  for (guint i = 0; i < n * size; i++)
    p[i] = (double)mixes[i / size].p[i % size];
  return p;
}

static void
take_kernels (LimenSolution *solution, const LimenPayoff *payoff, const LimenKernels *kernels)
{
  guint n = payoff->rows, m = payoff->columns;
  solution->value = (double)kernels->value;
  solution->weight_error = (double)kernels->error;
  solution->n_a = kernels->n_a;
  solution->n_b = kernels->n_b;
  solution->unique = kernels->n_a == 1 && kernels->n_b == 1;
  solution->a = copy_mixes (kernels->a, kernels->n_a, n);
  solution->b = copy_mixes (kernels->b, kernels->n_b, m);
  solution->a_exact = g_new0 (LimenRational, kernels->n_a * n);
  solution->b_exact = g_new0 (LimenRational, kernels->n_b * m);
  solution->exact =
      kernels->certain &&
      limen_rational_from_wide (kernels->value_n, kernels->value_d, &solution->value_exact) &&
      copy_exact (kernels->a, kernels->n_a, n, solution->a_exact) &&
      copy_exact (kernels->b, kernels->n_b, m, solution->b_exact);
  if (solution->exact)
    return;
  g_clear_pointer (&solution->a_exact, g_free);
  g_clear_pointer (&solution->b_exact, g_free);
}

/* -- larger ones: one optimal strategy each -- */

static void
take_programs (LimenSolution *solution, const LimenPayoff *payoff, const LimenProgram *a,
               const LimenProgram *b)
{
  solution->value = a->exact ? a->value : b->exact ? -b->value : (a->value - b->value) / 2;
  solution->unique = a->unique && b->unique;
  solution->n_a = solution->n_b = 1;
  solution->a = g_memdup2 (a->p, payoff->rows * sizeof *a->p);
  solution->b = g_memdup2 (b->p, payoff->columns * sizeof *b->p);
  solution->exact = a->exact && b->exact;
  if (!solution->exact)
    return;
  solution->value_exact = a->value_exact;
  solution->a_exact = g_memdup2 (a->p_exact, payoff->rows * sizeof *a->p_exact);
  solution->b_exact = g_memdup2 (b->p_exact, payoff->columns * sizeof *b->p_exact);
}

LimenSolution *
limen_solve (const LimenPayoff *payoff, GError **error)
{
  LimenKernels kernels;
  LimenProgram a = {0}, b = {0};
  if (!limen_payoff_check (payoff, error))
    return NULL;
  gboolean small = payoff->rows <= LIMEN_KERNEL_MOST && payoff->columns <= LIMEN_KERNEL_MOST &&
                   limen_kernels_find (payoff, &kernels);
  LimenSolution *solution = g_new0 (LimenSolution, 1);
  if (small)
    take_kernels (solution, payoff, &kernels);
  else {
    LimenPayoff swapped = limen_payoff_swap (payoff);
    limen_program_solve (payoff, &a);
    limen_program_solve (&swapped, &b);
    take_programs (solution, payoff, &a, &b);
  }
  solution->value_error = limen_solution_value_error (payoff, solution);
  solution->certificate = limen_certificate_write (payoff, solution, small, a.unique, b.unique);
  return solution;
}

void
limen_solution_free (LimenSolution *solution)
{
  if (!solution)
    return;
  g_free (solution->a);
  g_free (solution->b);
  g_free (solution->a_exact);
  g_free (solution->b_exact);
  g_free (solution->certificate);
  g_free (solution);
}
