#include "model/game/uniqueness.h"
#include "model/game/border.h"

/* Whether all strategies in use earn the value, and all others are worse for their player. */
static gboolean
others_are_worse (const LimenSolution *s, gboolean of_b, const gboolean *used)
{
  const LimenRationals *against = of_b ? s->a_exact : s->b_exact;
  gboolean worse = TRUE;
  mpq_t points;
  mpq_init (points);
  for (guint i = 0; i < (of_b ? s->columns : s->rows) && worse; i++) {
    limen_solution_points (s, !of_b, against->at, i, points);
    int order = mpq_cmp (points, s->value_exact);
    worse = used[i] ? order == 0 : of_b ? order < 0 : order > 0;
  }
  mpq_clear (points);
  return worse;
}

/* Returns: how many are used. @own: (out): which ones */
static guint
mark_used (const LimenRationals *p, gboolean *used, guint *own)
{
  guint size = 0;
  for (guint i = 0; i < p->n; i++) {
    used[i] = mpq_sgn (p->at[i]) > 0;
    if (used[i])
      own[size++] = i;
  }
  return size;
}

gboolean
limen_prove_unique (const LimenSolution *solution, LimenProof *proof)
{
  LimenBorder border = {solution->m, solution->columns};
  *proof = (LimenProof){0};
  mpq_init (proof->determinant);
  if (!solution->exact || !solution->unique)
    return FALSE;
  proof->size = border.size = mark_used (solution->a_exact, proof->a, border.own);
  return mark_used (solution->b_exact, proof->b, border.replies) == proof->size &&
         others_are_worse (solution, FALSE, proof->a) &&
         others_are_worse (solution, TRUE, proof->b) &&
         limen_border_solve (&border, NULL, NULL, proof->determinant);
}

void
limen_proof_clear (LimenProof *proof)
{
  mpq_clear (proof->determinant);
}
