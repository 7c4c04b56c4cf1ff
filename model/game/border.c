#include "model/game/border.h"

#define MOST (LIMEN_GAME_MOST + 1)

/* @a: (n, n + 1): n equations, and what they are equal to */
typedef struct {
  guint n;
  mpq_t a[MOST][MOST + 1], term;
} Equations;

static void
begin (Equations *e, const LimenBorder *border)
{
  guint size = border->size;
  e->n = size + 1;
  mpq_init (e->term);
  for (guint i = 0; i <= size; i++)
    for (guint j = 0; j <= size + 1; j++)
      mpq_init (e->a[i][j]);
  for (guint j = 0; j < size; j++) {
    for (guint i = 0; i < size; i++) {
      guint own = border->own[i], reply = border->replies[j];
      guint at = border->b ? reply * border->columns + own : own * border->columns + reply;
      mpq_set (e->a[j][i], border->m->at[at]);
    }
    mpq_set_si (e->a[j][size], -1, 1);
    mpq_set_ui (e->a[size][j], 1, 1);
  }
  mpq_set_ui (e->a[size][size + 1], 1, 1);
}

static void
end (Equations *e)
{
  mpq_clear (e->term);
  for (guint i = 0; i < e->n; i++)
    for (guint j = 0; j <= e->n; j++)
      mpq_clear (e->a[i][j]);
}

/* Brings a row to place @k whose entry there is not 0. FALSE: none is left. */
static gboolean
choose_row (Equations *e, guint k, mpq_ptr determinant)
{
  guint p = k;
  while (p < e->n && mpq_sgn (e->a[p][k]) == 0)
    p++;
  for (guint j = 0; j <= e->n && p < e->n && p != k; j++)
    mpq_swap (e->a[p][j], e->a[k][j]);
  if (p != k)
    mpq_neg (determinant, determinant);
  return p < e->n;
}

/* Row @k times its inverse at @k, and taken away from all others */
static void
clear_column (Equations *e, guint k)
{
  for (guint j = e->n; j > k; j--)
    mpq_div (e->a[k][j], e->a[k][j], e->a[k][k]);
  for (guint i = 0; i < e->n; i++)
    for (guint j = k + 1; j <= e->n && i != k; j++) {
      mpq_mul (e->term, e->a[i][k], e->a[k][j]);
      mpq_sub (e->a[i][j], e->a[i][j], e->term);
    }
}

/* Gauss and Jordan */
static gboolean
eliminate (Equations *e, mpq_ptr determinant)
{
  mpq_set_ui (determinant, 1, 1);
  for (guint k = 0; k < e->n; k++) {
    if (!choose_row (e, k, determinant)) {
      mpq_set_ui (determinant, 0, 1);
      return FALSE;
    }
    mpq_mul (determinant, determinant, e->a[k][k]);
    clear_column (e, k);
  }
  return TRUE;
}

gboolean
limen_border_solve (const LimenBorder *border, mpq_t *p, mpq_ptr value, mpq_ptr determinant)
{
  Equations e;
  begin (&e, border);
  gboolean solved = eliminate (&e, determinant);
  for (guint i = 0; p && solved && i < border->size; i++)
    mpq_set (p[border->own[i]], e.a[i][e.n]);
  if (value && solved)
    mpq_set (value, e.a[border->size][e.n]);
  end (&e);
  return solved;
}
