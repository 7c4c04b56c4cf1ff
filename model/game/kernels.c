/* Kernels of a game: Shapley and Snow, "Basic solutions of discrete games" (1950): x and y are
 * extreme optimal strategies exactly where a square subgame has them as its only weights that make
 * all of its strategies earn the same, v, and both are optimal in the whole game. */
#include "model/game/kernels.h"
#include "model/game/border.h"

/* Square subgames of a 3 × 3 game: 9 of one strategy, 9 of two, 1 of three */
#define MOST 19

typedef struct {
  guint n;
  LimenRationals *of[MOST];
} Mixes;

/* Whether weights @p are at least 0, and leave the other player no more than @value */
static gboolean
is_optimal (const LimenSolution *s, gboolean b, const LimenRationals *p, mpq_srcptr value)
{
  gboolean optimal = TRUE;
  mpq_t points;
  mpq_init (points);
  for (guint i = 0; i < p->n; i++)
    optimal = optimal && mpq_sgn (p->at[i]) >= 0;
  for (guint j = 0; j < (b ? s->rows : s->columns) && optimal; j++) {
    limen_solution_points (s, b, p->at, j, points);
    optimal = b ? mpq_cmp (points, value) >= 0 : mpq_cmp (points, value) <= 0;
  }
  mpq_clear (points);
  return optimal;
}

static gboolean
are_equal (const LimenRationals *p, const LimenRationals *q)
{
  for (guint i = 0; i < p->n; i++)
    if (!mpq_equal (p->at[i], q->at[i]))
      return FALSE;
  return TRUE;
}

/* @mix: (transfer full) */
static void
add_mix (Mixes *mixes, LimenRationals *mix)
{
  for (guint k = 0; k < mixes->n; k++)
    if (are_equal (mixes->of[k], mix)) {
      limen_rationals_free (mix);
      return;
    }
  mixes->of[mixes->n++] = mix;
}

static guint
members (guint set, guint *out)
{
  guint n = 0;
  for (guint i = 0; i < LIMEN_KERNEL_MOST; i++)
    if (set & (1u << i))
      out[n++] = i;
  return n;
}

/* (transfer full) (nullable): the strategy of A, or (@b) of B, in a subgame, where it is optimal */
static LimenRationals *
solve_kernel (LimenSolution *s, gboolean b, guint own, guint replies, mpq_ptr value)
{
  LimenBorder border = {.m = s->m, .columns = s->columns, .b = b};
  g_autoptr (LimenRationals) p = limen_rationals_new (b ? s->columns : s->rows);
  mpq_t determinant;
  border.size = members (own, border.own);
  members (replies, border.replies);
  mpq_init (determinant);
  gboolean optimal =
      limen_border_solve (&border, p->at, value, determinant) && is_optimal (s, b, p, value);
  mpq_clear (determinant);
  return optimal ? g_steal_pointer (&p) : NULL;
}

/* Whether @c lies left of the way from @a to @b, in their first two weights: 1; right of it: −1 */
static int
turn (const LimenRationals *a, const LimenRationals *b, const LimenRationals *c)
{
  mpq_t side[2], way[2];
  for (guint i = 0; i < 2; i++) {
    mpq_inits (side[i], way[i], NULL);
    mpq_sub (way[i], b->at[i], a->at[i]);
    mpq_sub (side[i], c->at[1 - i], a->at[1 - i]);
    mpq_mul (side[i], way[i], side[i]);
  }
  int order = mpq_cmp (side[0], side[1]);
  for (guint i = 0; i < 2; i++)
    mpq_clears (side[i], way[i], NULL);
  return order;
}

/* Corners of a polygon, in the order in which its edges join them: the next is the one that leaves
 * all others on its left. */
static void
go_round (Mixes *mixes)
{
  for (guint k = 1; k < mixes->n && mixes->n > 3; k++)
    for (guint l = k + 1; l < mixes->n; l++)
      if (turn (mixes->of[k - 1], mixes->of[k], mixes->of[l]) < 0) {
        LimenRationals *mix = mixes->of[k];
        mixes->of[k] = mixes->of[l];
        mixes->of[l] = mix;
      }
}

/* (transfer full): one after the other; @mixes: (transfer full) */
static LimenRationals *
join (Mixes *mixes, guint size)
{
  LimenRationals *out = limen_rationals_new (mixes->n * size);
  go_round (mixes);
  for (guint k = 0; k < mixes->n; k++) {
    for (guint i = 0; i < size; i++)
      mpq_swap (out->at[k * size + i], mixes->of[k]->at[i]);
    limen_rationals_free (mixes->of[k]);
  }
  return out;
}

void
limen_kernels_find (LimenSolution *solution)
{
  Mixes a = {0}, b = {0};
  mpq_t value;
  g_return_if_fail (solution->rows <= LIMEN_KERNEL_MOST && solution->columns <= LIMEN_KERNEL_MOST);
  mpq_init (value);
  for (guint rows = 1; rows < 1u << solution->rows; rows++)
    for (guint columns = 1; columns < 1u << solution->columns; columns++) {
      if (__builtin_popcount (rows) != __builtin_popcount (columns))
        continue;
      g_autoptr (LimenRationals) x = solve_kernel (solution, FALSE, rows, columns, value);
      g_autoptr (LimenRationals) y = x ? solve_kernel (solution, TRUE, columns, rows, value) : NULL;
      if (!y)
        continue;
      add_mix (&a, g_steal_pointer (&x));
      add_mix (&b, g_steal_pointer (&y));
      mpq_set (solution->value_exact, value);
    }
  mpq_clear (value);
  solution->n_a = a.n;
  solution->n_b = b.n;
  solution->a_exact = join (&a, solution->rows);
  solution->b_exact = join (&b, solution->columns);
}
