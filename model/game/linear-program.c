/* min over x of max over j of (Mᵀx)_j. With P, the payoffs moved so that all are positive, and
 * u = x / v this is
 *   max Σ u_i  with  Pᵀu ≤ 1, u ≥ 0,
 * which begins at u = 0 (Dantzig, "A proof of the equivalence of the programming problem and the
 * game problem", 1951). */
#include "model/game/linear-program.h"
#include "model/game/tableau.h"

#include <math.h>
#include <string.h>

#define MOST LIMEN_GAME_MOST

/* p = scale M − base + 1, where @fractions; else in a unit that is a power of 2 */
typedef struct {
  gboolean fractions;
  LimenWide base, scale;
  gint64 p[MOST * MOST];
} Integers;

static gboolean
take_fractions (const LimenPayoff *payoff, Integers *to)
{
  LimenWide m[MOST * MOST];
  guint n = payoff->rows * payoff->columns;
  if (!limen_rational_integers (payoff->m, n, m, &to->base, &to->scale))
    return FALSE;
  for (guint k = 0; k < n; k++) {
    if (m[k] + 1 >= (LimenWide)1 << LIMEN_TABLEAU_MOST_BITS)
      return FALSE;
    to->p[k] = (gint64)m[k] + 1;
  }
  return TRUE;
}

static long double
least_of (const LimenPayoff *payoff, long double *range)
{
  long double least = payoff->m[0], most = payoff->m[0];
  for (guint k = 1; k < payoff->rows * payoff->columns; k++) {
    least = fminl (least, payoff->m[k]);
    most = fmaxl (most, payoff->m[k]);
  }
  *range = most - least;
  return least;
}

static void
take_doubles (const LimenPayoff *payoff, Integers *to)
{
  int exponent;
  long double range, least = least_of (payoff, &range);
  frexpl (range, &exponent); /* range < 2^exponent */
  for (guint k = 0; k < payoff->rows * payoff->columns; k++)
    to->p[k] = (gint64)roundl (ldexpl (payoff->m[k] - least, 60 - exponent)) + 1;
}

/* x_i = u_i / Σ u, and the value is (base − 1 + 1 / Σ u) / scale. */
static gboolean
take_exact (LimenProgram *program, const LimenTableau *t, const Integers *integers)
{
  const LimenBig *sum_big = &t->t[t->m][t->n];
  LimenWide sum, determinant, weight, whole, value, divisor;
  if (!integers->fractions || !limen_big_to_wide (sum_big, t->width, &sum) ||
      !limen_big_to_wide (&t->scale, t->width, &determinant))
    return FALSE;
  for (guint i = 0; i < t->n; i++)
    program->p_exact[i] = (LimenRational){0, 1};
  for (guint i = 0; i < t->m; i++)
    if (t->basis[i] < t->n &&
        (!limen_big_to_wide (&t->t[i][t->n], t->width, &weight) ||
         !limen_rational_from_wide (weight, sum, &program->p_exact[t->basis[i]])))
      return FALSE;
  return !__builtin_mul_overflow (integers->base - 1, sum, &whole) &&
         !__builtin_add_overflow (whole, determinant, &value) &&
         !__builtin_mul_overflow (integers->scale, sum, &divisor) &&
         limen_rational_from_wide (value, divisor, &program->value_exact);
}

/* The most that B gets against @p as it was rounded, apart from the least payoff */
static double
most_for_b (const LimenPayoff *payoff, const double *p)
{
  long double most = 0, range, least = least_of (payoff, &range), sum = 0;
  for (guint i = 0; i < payoff->rows; i++)
    sum += p[i];
  for (guint j = 0; j < payoff->columns; j++) {
    long double points = 0;
    for (guint i = 0; i < payoff->rows; i++)
      points += (payoff->m[i * payoff->columns + j] - least) * p[i];
    most = fmaxl (most, points / sum);
  }
  return (double)(least + most);
}

void
limen_program_solve (const LimenPayoff *payoff, LimenProgram *program)
{
  LimenTableau t;
  Integers integers = {0};
  *program = (LimenProgram){0};
  integers.fractions = take_fractions (payoff, &integers);
  if (!integers.fractions)
    take_doubles (payoff, &integers);
  limen_tableau_begin (&t, payoff->rows, payoff->columns, integers.p);
  limen_tableau_maximize (&t);
  for (guint i = 0; i < t.m; i++)
    if (t.basis[i] < t.n)
      program->p[t.basis[i]] = (double)limen_big_ratio (&t.t[i][t.n], &t.t[t.m][t.n], t.width);
  program->exact = take_exact (program, &t, &integers);
  program->value = program->exact ? limen_rational_to_double (program->value_exact)
                                  : most_for_b (payoff, program->p);
  program->unique = limen_tableau_is_alone (&t);
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
