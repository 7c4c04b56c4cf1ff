/* min over x of max over j of (Mᵀx)_j, with all payoffs brought to 1 … 2: with u = x / v,
 *   max Σ u_i  with  Mᵀu ≤ 1, u ≥ 0,
 * which begins at u = 0 (Dantzig, "A proof of the equivalence of the programming problem and the
 * game problem", 1951). Bland's rule, 1977, ends also where vertices coincide. */
#include "model/game/linear-program.h"

#include <math.h>

#define MOST   LIMEN_GAME_MOST
#define WIDTH  (2 * MOST + 1) /* variables, slacks, right-hand side */
#define SMALL  1e-13L
#define ROUNDS 100000

/* Rows of constraints, then the objective: what a variable would add to it, negated. */
typedef struct {
  guint n, m; /* variables, constraints */
  long double a[MOST + 1][WIDTH];
  guint basis[MOST];
  gboolean barred[2 * MOST]; /* variables that stay 0 */
} Tableau;

static void
pivot (Tableau *t, guint row, guint column)
{
  guint width = t->n + t->m + 1;
  long double by = t->a[row][column];
  for (guint j = 0; j < width; j++)
    t->a[row][j] /= by;
  for (guint i = 0; i <= t->m; i++) {
    long double factor = t->a[i][column];
    for (guint j = 0; j < width && i != row; j++)
      t->a[i][j] -= factor * t->a[row][j];
    if (i != row)
      t->a[i][column] = 0;
  }
  t->basis[row] = column;
}

/* The row that first reaches its bound; of several, that of the first variable. m: none. */
static guint
leaving_row (const Tableau *t, guint column)
{
  guint best = t->m, last = t->n + t->m;
  long double least = INFINITY;
  for (guint i = 0; i < t->m; i++) {
    if (t->a[i][column] <= SMALL)
      continue;
    long double ratio = t->a[i][last] / t->a[i][column];
    gboolean same = best < t->m && fabsl (ratio - least) <= SMALL;
    if ((!same && ratio < least) || (same && t->basis[i] < t->basis[best])) {
      best = i;
      least = ratio;
    }
  }
  return best;
}

static void
maximize (Tableau *t)
{
  for (guint round = 0; round < ROUNDS; round++) {
    guint column = 0;
    while (column < t->n + t->m && (t->barred[column] || t->a[t->m][column] >= -SMALL))
      column++;
    guint row = column < t->n + t->m ? leaving_row (t, column) : t->m;
    if (row == t->m)
      return;
    pivot (t, row, column);
  }
}

static gboolean
in_basis (const Tableau *t, guint variable)
{
  for (guint i = 0; i < t->m; i++)
    if (t->basis[i] == variable)
      return TRUE;
  return FALSE;
}

/* On the face of optima all variables are 0 whose growth would cost; the vertex is alone there
 * where none of the other ones outside the basis can grow. */
static gboolean
is_unique (Tableau *t)
{
  const long double large = 1e-9L;
  guint width = t->n + t->m + 1;
  for (guint j = 0; j < t->n + t->m; j++)
    t->barred[j] = !in_basis (t, j) && t->a[t->m][j] > large;
  for (guint j = 0; j < width; j++)
    t->a[t->m][j] = j < width - 1 && !in_basis (t, j) && !t->barred[j] ? -1 : 0;
  maximize (t);
  return t->a[t->m][width - 1] <= large;
}

static void
begin (Tableau *t, const LimenPayoff *payoff)
{
  long double least = payoff->m[0], most = payoff->m[0];
  *t = (Tableau){.n = payoff->rows, .m = payoff->columns};
  for (guint k = 1; k < t->n * t->m; k++) {
    least = fminl (least, payoff->m[k]);
    most = fmaxl (most, payoff->m[k]);
  }
  long double unit = most > least ? most - least : 1;
  for (guint j = 0; j < t->m; j++) {
    for (guint i = 0; i < t->n; i++)
      t->a[j][i] = 1 + (payoff->m[i * t->m + j] - least) / unit;
    t->a[j][t->n + j] = 1;
    t->a[j][t->n + t->m] = 1;
    t->basis[j] = t->n + j;
  }
  for (guint i = 0; i < t->n; i++)
    t->a[t->m][i] = -1;
}

void
limen_program_solve (const LimenPayoff *payoff, LimenProgram *program)
{
  Tableau t;
  double points[MOST];
  long double sum = 0;
  *program = (LimenProgram){0};
  begin (&t, payoff);
  maximize (&t);
  for (guint i = 0; i < t.m; i++)
    sum += t.basis[i] < t.n ? t.a[i][t.n + t.m] : 0;
  for (guint i = 0; i < t.m; i++)
    if (t.basis[i] < t.n)
      program->p[t.basis[i]] = (double)fmaxl (t.a[i][t.n + t.m] / sum, 0);
  limen_payoff_for_b (payoff, program->p, points);
  program->value = points[0];
  for (guint j = 1; j < payoff->columns; j++)
    program->value = fmax (program->value, points[j]);
  program->unique = is_unique (&t);
}

LimenPayoff
limen_payoff_swap (const LimenPayoff *payoff)
{
  LimenPayoff swapped = {.rows = payoff->columns, .columns = payoff->rows};
  for (guint i = 0; i < payoff->rows; i++)
    for (guint j = 0; j < payoff->columns; j++)
      swapped.m[j * payoff->rows + i] = -payoff->m[i * payoff->columns + j];
  return swapped;
}
