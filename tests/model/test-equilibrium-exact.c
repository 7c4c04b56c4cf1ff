/* Games of all kinds and sizes are solved exactly, and in steps that can be counted. */
#include "model/game/linear-program.h"
#include "model/solved-game.h"

/* -- payoffs -- */

typedef double (*Draw) (LimenRandom *random);

static double
sign_of (LimenRandom *random)
{
  return limen_random_below (random, 2) ? 1 : -1;
}

static double
draw_few (LimenRandom *random)
{
  return (double)limen_random_below (random, 3) - 1;
}

static double
draw_million (LimenRandom *random)
{
  return sign_of (random) * (double)limen_random_below (random, 1000001);
}

static double
draw_fraction (LimenRandom *random)
{
  double d = 1 + (double)limen_random_below (random, 1000);
  return sign_of (random) * (double)limen_random_below (random, 1000001) / d;
}

/* Denominators that share little: the common one of all of a game has 600 digits */
static double
draw_deep_fraction (LimenRandom *random)
{
  double d = 1 + (double)limen_random_below (random, 1000000);
  return sign_of (random) * (double)limen_random_below (random, 100) / d;
}

static double
draw_decimal (LimenRandom *random)
{
  return sign_of (random) * (double)limen_random_below (random, 1000001) / 1000;
}

static double
draw_real (LimenRandom *random)
{
  return limen_random_normal (random);
}

static double
draw_any_size (LimenRandom *random)
{
  return sign_of (random) * exp (300 * limen_random_uniform (random) - 280);
}

static const struct {
  const char *name;
  Draw draw;
  gboolean fractions;
} kinds[] = {{"few", draw_few, TRUE},           {"million", draw_million, TRUE},
             {"fraction", draw_fraction, TRUE}, {"deep", draw_deep_fraction, TRUE},
             {"decimal", draw_decimal, TRUE},   {"real", draw_real, FALSE},
             {"any size", draw_any_size, FALSE}};

static LimenPayoff
draw_game (LimenRandom *random, guint rows, guint columns, Draw draw)
{
  LimenPayoff payoff = GAME (1, 1, 0);
  payoff.rows = rows;
  payoff.columns = columns;
  for (guint k = 0; k < rows * columns; k++)
    payoff.m[k] = draw (random);
  return payoff;
}

/* -- the largest games -- */

/* Twice what the most difficult of these games take. Bland's rule has no bound that helps. */
#define MOST_PIVOTS 50

static void
assert_duality (const LimenPayoff *game, const LimenSolution *s)
{
  g_auto (LimenProgram) a, b;
  LimenPayoff swapped = limen_payoff_swap (game);
  limen_program_solve (game, &a);
  limen_program_solve (&swapped, &b);
  g_assert_cmpuint (a.pivots, <=, MOST_PIVOTS);
  g_assert_cmpuint (b.pivots, <=, MOST_PIVOTS);
  g_assert_true (mpq_equal (a.value, s->value_exact));
  mpq_neg (b.value, b.value);
  g_assert_true (mpq_equal (b.value, s->value_exact));
  g_assert_cmpint (s->unique, ==, a.unique && b.unique);
}

static void
test_largest (void)
{
  LimenRandom random = limen_random_stream (11, "exact", 0);
  for (guint kind = 0; kind < G_N_ELEMENTS (kinds); kind++)
    for (guint round = 0; round < 20; round++) {
      LimenPayoff game = draw_game (&random, MOST, MOST, kinds[kind].draw);
      g_autoptr (LimenSolution) s = solve (&game);
      g_assert_cmpint (s->exact, ==, kinds[kind].fractions);
      assert_solution (&game, s);
      assert_duality (&game, s);
      g_assert_cmpint (!!strstr (s->certificate, "Not exact"), ==, !kinds[kind].fractions);
    }
}

/* Its determinant has a denominator of 60 digits, which nobody reads; the rest has few. */
static void
test_digits (void)
{
  LimenPayoff game = GAME (1, 1, 0);
  game.rows = game.columns = MOST;
  for (guint i = 0; i < MOST; i++)
    game.m[i * MOST + i] = 1.0 / (999983.0 - i * i);
  g_autoptr (LimenSolution) s = solve (&game);
  assert_solution (&game, s);
  g_assert_true (s->exact && s->unique);
  /* the value is 1 / Σ d, the weights are d / Σ d */
  gulong sum = 0;
  for (gulong i = 0; i < MOST; i++)
    sum += 999983 - i * i;
  assert_fraction (s->value_exact, 1, sum);
  for (guint i = 0; i < MOST; i++) {
    g_assert_cmpint (mpq_cmp_ui (s->a_exact->at[i], 999983 - i * i, sum), ==, 0);
    g_assert_true (mpq_equal (s->b_exact->at[i], s->a_exact->at[i]));
  }
  g_assert_nonnull (strstr (s->certificate, "their determinant is ≈ "));
  g_assert_nonnull (strstr (s->certificate, "Numbers after ≈ are rounded"));
}

/* -- uniqueness by another way -- */

/* @a: (n, n + 1): equations, and what they are equal to, in place. FALSE: singular */
static gboolean
eliminate (mpq_t a[6][7], guint n)
{
  mpq_t term;
  mpq_init (term);
  gboolean regular = TRUE;
  for (guint k = 0; k < n && regular; k++) {
    guint p = k;
    while (p < n && mpq_sgn (a[p][k]) == 0)
      p++;
    regular = p < n;
    for (guint j = 0; j <= n && regular && p != k; j++)
      mpq_swap (a[p][j], a[k][j]);
    for (guint j = n + 1; j-- > k && regular;)
      mpq_div (a[k][j], a[k][j], a[k][k]);
    for (guint i = 0; i < n && regular; i++)
      for (guint j = n + 1; j-- > k && i != k;) {
        mpq_mul (term, a[i][k], a[k][j]);
        mpq_sub (a[i][j], a[i][j], term);
      }
  }
  mpq_clear (term);
  return regular;
}

/* Whether @x: (n) is a strategy of A that lets B have no more than the value */
static gboolean
is_optimal (const LimenPayoff *game, const LimenSolution *s, mpq_srcptr value, const mpq_t *x)
{
  gboolean optimal = TRUE;
  mpq_t points;
  mpq_init (points);
  for (guint i = 0; i < game->rows; i++)
    optimal = optimal && mpq_sgn (x[i]) >= 0;
  for (guint j = 0; j < game->columns && optimal; j++) {
    sum_points (game, s, FALSE, x, j, points);
    optimal = mpq_cmp (points, value) <= 0;
  }
  mpq_clear (points);
  return optimal;
}

/* A's strategy where the bounds in @set meet: weights that are 0, and strategies of B that earn the
 * value. FALSE: nowhere, or not in one point */
static gboolean
meet (const LimenPayoff *game, const LimenSolution *s, mpq_srcptr value, guint set, mpq_t a[6][7])
{
  guint n = game->rows, row = 0;
  for (guint k = 0; k < n + game->columns; k++) {
    if (!(set & (1u << k)))
      continue;
    for (guint i = 0; i < n; i++)
      if (k < n)
        mpq_set_ui (a[row][i], i == k, 1);
      else
        set_payoff (a[row][i], s, game->m[i * game->columns + (k - n)]);
    mpq_set_ui (a[row][n], 0, 1);
    if (k >= n)
      mpq_set (a[row][n], value);
    row++;
  }
  for (guint i = 0; i <= n; i++)
    mpq_set_ui (a[row][i], 1, 1);
  return eliminate (a, n);
}

/* Whether {x ≥ 0, Σ x = 1, Mᵀx ≤ v} has one corner only: wherever n − 1 of its bounds meet in it.
 * @s: for what payoffs are */
static gboolean
has_one_corner (const LimenPayoff *game, const LimenSolution *s, mpq_srcptr value)
{
  guint n = game->rows, found = 0;
  mpq_t a[6][7], x[6], first[6];
  for (guint i = 0; i < 6; i++) {
    mpq_inits (x[i], first[i], NULL);
    for (guint j = 0; j < 7; j++)
      mpq_init (a[i][j]);
  }
  for (guint set = 0; set < 1u << (n + game->columns); set++) {
    if ((guint)__builtin_popcount (set) != n - 1 || !meet (game, s, value, set, a))
      continue;
    gboolean same = found > 0;
    for (guint i = 0; i < n; i++) {
      mpq_set (x[i], a[i][n]);
      same = same && mpq_equal (x[i], first[i]);
    }
    if (same || !is_optimal (game, s, value, x))
      continue;
    for (guint i = 0; i < n && found == 0; i++)
      mpq_set (first[i], x[i]);
    found++;
  }
  for (guint i = 0; i < 6; i++) {
    mpq_clears (x[i], first[i], NULL);
    for (guint j = 0; j < 7; j++)
      mpq_clear (a[i][j]);
  }
  g_assert_cmpuint (found, >, 0);
  return found == 1;
}

static double
draw_third (LimenRandom *random)
{
  return ((double)limen_random_below (random, 5) - 2) / 3;
}

/* Ties of numbers that are no fractions */
static double
draw_no_fraction (LimenRandom *random)
{
  return ((double)limen_random_below (random, 4) - 1) * no_fraction ();
}

static void
test_unique (void)
{
  static const Draw draws[] = {draw_few, draw_third, draw_no_fraction, draw_real};
  LimenRandom random = limen_random_stream (12, "exact", 0);
  guint n_unique = 0, n_many = 0;
  for (guint round = 0; round < 240; round++) {
    LimenPayoff game = draw_game (&random, 1 + limen_random_below (&random, 5),
                                  1 + limen_random_below (&random, 5), draws[round % 4]);
    LimenPayoff swapped = limen_payoff_swap (&game);
    g_autoptr (LimenSolution) s = solve (&game);
    g_auto (LimenProgram) a, b;
    limen_program_solve (&game, &a);
    limen_program_solve (&swapped, &b);
    g_assert_cmpint (a.unique, ==, has_one_corner (&game, s, s->value_exact));
    g_assert_cmpint (b.unique, ==, has_one_corner (&swapped, s, b.value));
    g_assert_cmpint (s->unique, ==, a.unique && b.unique);
    assert_solution (&game, s);
    n_unique += s->unique;
    n_many += !s->unique;
  }
  g_assert_cmpuint (n_unique, >, 50);
  g_assert_cmpuint (n_many, >, 50);
}

/* A tie that only a last bit decides */
static void
test_last_bit (void)
{
  for (int bit = -1; bit <= 1; bit++) {
    double x = no_fraction (), y = bit == 0 ? x : nextafter (x, bit * INFINITY);
    LimenPayoff game = GAME (2, 2, x, 0, y, 0.1);
    g_autoptr (LimenSolution) s = solve (&game);
    assert_solution (&game, s);
    g_assert_false (s->exact);
    g_assert_cmpint (s->unique, ==, bit != 0);
    g_assert_cmpuint (s->n_a, ==, bit == 0 ? 2 : 1);
    if (bit != 0)
      g_assert_cmpfloat (s->a[0], ==, bit > 0);
  }
}

/* -- the same game in other units -- */

/* Of several optimal strategies the same one is found: the same steps lead there. */
static void
assert_same_way (const LimenPayoff *game, double unit, double shift)
{
  LimenPayoff other = *game;
  g_auto (LimenProgram) p, q;
  for (guint k = 0; k < game->rows * game->columns; k++)
    other.m[k] = unit * game->m[k] + shift;
  limen_program_solve (game, &p);
  limen_program_solve (&other, &q);
  g_assert_cmpint (p.unique, ==, q.unique);
  for (guint i = 0; i < game->rows; i++)
    g_assert_true (mpq_equal (p.p->at[i], q.p->at[i]));
  mpq_t factor;
  mpq_init (factor);
  mpq_set_d (factor, unit);
  mpq_mul (p.value, p.value, factor);
  mpq_set_d (factor, shift);
  mpq_add (p.value, p.value, factor);
  g_assert_true (mpq_equal (p.value, q.value));
  mpq_clear (factor);
}

static void
test_scaling (void)
{
  LimenRandom random = limen_random_stream (13, "exact", 0);
  for (guint round = 0; round < 60; round++) {
    LimenPayoff game = draw_game (&random, 1 + limen_random_below (&random, MOST),
                                  1 + limen_random_below (&random, MOST), draw_few);
    assert_same_way (&game, no_fraction (), 0);
    assert_same_way (&game, ldexp (no_fraction (), -900), 0);
    assert_same_way (&game, 3, -1000);
    assert_same_way (&game, 0x1p-12, 7);
    LimenPayoff large = draw_game (&random, MOST, MOST, draw_million);
    assert_same_way (&large, 0x1p-40, 0);
    assert_same_way (&large, 7, 1e8);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/equilibrium-exact/largest", test_largest);
  g_test_add_func ("/equilibrium-exact/digits", test_digits);
  g_test_add_func ("/equilibrium-exact/unique", test_unique);
  g_test_add_func ("/equilibrium-exact/last-bit", test_last_bit);
  g_test_add_func ("/equilibrium-exact/scaling", test_scaling);
  return g_test_run ();
}
