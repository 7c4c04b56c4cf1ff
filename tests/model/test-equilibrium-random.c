#include "model/game/linear-program.h"
#include "model/solved-game.h"

/* -- all extreme points, against a search that knows nothing of kernels -- */

/* Solves @a: (n, n) x = @b in place; FALSE where singular, of numbers that are integers or nearly
 */
static gboolean
eliminate (double a[3][3], double *b, guint n)
{
  for (guint k = 0; k < n; k++) {
    guint p = k;
    for (guint i = k; i < n; i++)
      p = fabs (a[i][k]) > fabs (a[p][k]) ? i : p;
    if (fabs (a[p][k]) < 1e-9)
      return FALSE;
    for (guint j = 0; j < n; j++) {
      double swap = a[p][j];
      a[p][j] = a[k][j];
      a[k][j] = swap;
    }
    double swap = b[p];
    b[p] = b[k];
    b[k] = swap;
    for (guint i = 0; i < n; i++) {
      double factor = i == k ? 0 : a[i][k] / a[k][k];
      for (guint j = 0; j < n && i != k; j++)
        a[i][j] -= factor * a[k][j];
      b[i] -= factor * b[k];
    }
  }
  for (guint k = 0; k < n; k++)
    b[k] /= a[k][k];
  return TRUE;
}

static gboolean
is_feasible (const LimenPayoff *payoff, double value, const double *x)
{
  double points[MOST];
  limen_payoff_for_b (payoff, x, points);
  for (guint i = 0; i < payoff->rows; i++)
    if (x[i] < -1e-9)
      return FALSE;
  for (guint j = 0; j < payoff->columns; j++)
    if (points[j] > value + 1e-9)
      return FALSE;
  return TRUE;
}

/* Corners of {x ≥ 0, Σ x = 1, Mᵀx ≤ v}: wherever n − 1 of these bounds meet within the rest.
 * @out: (27, rows). Returns: how many */
static guint
find_corners (const LimenPayoff *payoff, double value, double *out)
{
  guint n = payoff->rows, m = payoff->columns, found = 0;
  for (guint set = 0; set < 1u << (n + m); set++) {
    if ((guint)__builtin_popcount (set) != n - 1)
      continue;
    double a[3][3] = {{0}}, b[3] = {0};
    guint row = 0;
    for (guint k = 0; k < n + m; k++) {
      if (!(set & (1u << k)))
        continue;
      for (guint i = 0; i < n; i++)
        a[row][i] = k < n ? (i == k) : payoff->m[i * m + (k - n)];
      b[row++] = k < n ? 0 : value;
    }
    for (guint i = 0; i < n; i++)
      a[n - 1][i] = 1;
    b[n - 1] = 1;
    if (!eliminate (a, b, n) || !is_feasible (payoff, value, b) ||
        has_point (out, found, n, b, 1e-7))
      continue;
    memcpy (out + n * found++, b, n * sizeof *b);
  }
  return found;
}

static void
assert_same_points (const double *p, guint n_p, const double *q, guint n_q, guint size)
{
  g_assert_cmpuint (n_p, ==, n_q);
  for (guint k = 0; k < n_p; k++)
    g_assert_true (has_point (q, n_q, size, p + k * size, 1e-9));
}

static void
assert_corners (const LimenPayoff *payoff, const LimenSolution *s)
{
  LimenPayoff swapped = limen_payoff_swap (payoff);
  double corners[3 * 27];
  guint n = find_corners (payoff, s->value, corners);
  assert_same_points (s->a, s->n_a, corners, n, payoff->rows);
  n = find_corners (&swapped, -s->value, corners);
  assert_same_points (s->b, s->n_b, corners, n, payoff->columns);
}

/* Corners are told in the order of a walk around them: it turns to one side only. Returns: how many
 */
static guint
assert_convex (const double *p, guint n)
{
  for (guint k = 0; n > 3 && k < n; k++) {
    const double *a = p + 3 * k, *b = p + 3 * ((k + 1) % n), *c = p + 3 * ((k + 2) % n);
    g_assert_cmpfloat ((b[0] - a[0]) * (c[1] - b[1]) - (b[1] - a[1]) * (c[0] - b[0]), >, 1e-9);
  }
  return n;
}

/* What is said of uniqueness is said of unique ones only, and each has its proof. */
static void
assert_words (const LimenSolution *s)
{
  gboolean proof = strstr (s->certificate, "Unique for A: ") || strstr (s->certificate, "A has no");
  g_assert_cmpint (proof, ==, s->unique);
  g_assert_cmpint (!!strstr (s->certificate, "all mixtures of"), ==, !s->unique);
}

static void
test_random_small (void)
{
  LimenRandom random = limen_random_stream (1, "games", 0);
  guint n_unique = 0, n_polygons = 0;
  for (guint round = 0; round < 3000; round++) {
    guint rows = round < 1000 ? 3 : 1 + limen_random_below (&random, 3);
    guint columns = round < 1000 ? 3 : 1 + limen_random_below (&random, 3);
    LimenPayoff game = integer_game (&random, rows, columns, round % 3 == 0 ? 20 : 1 + round % 3);
    LimenPayoff swapped = limen_payoff_swap (&game);
    g_auto (LimenProgram) a, b;
    g_autoptr (LimenSolution) s = solve (&game);
    g_assert_true (s->exact);
    assert_solution (&game, s);
    assert_corners (&game, s);
    assert_words (s);
    limen_program_solve (&game, &a);
    limen_program_solve (&swapped, &b);
    g_assert_true (mpq_equal (a.value, s->value_exact));
    mpq_neg (b.value, b.value);
    g_assert_true (mpq_equal (b.value, s->value_exact));
    g_assert_cmpint (a.unique, ==, s->n_a == 1);
    g_assert_cmpint (b.unique, ==, s->n_b == 1);
    g_autofree double *p = limen_rationals_to_doubles (a.p), *q = limen_rationals_to_doubles (b.p);
    g_assert_true (has_point (s->a, s->n_a, rows, p, 0) || !a.unique);
    g_assert_cmpfloat (gap_of (&game, p, q), <=, 1e-12 * 40);
    n_unique += s->unique;
    n_polygons += assert_convex (s->a, s->n_a) > 3;
    assert_convex (s->b, s->n_b);
  }
  g_assert_cmpuint (n_unique, >, 500); /* both kinds were met */
  g_assert_cmpuint (n_unique, <, 2500);
  g_assert_cmpuint (n_polygons, >, 0);
}

/* The same corners where no payoff is a fraction */
static void
test_small_rounded (void)
{
  LimenRandom random = limen_random_stream (2, "games", 0);
  for (guint round = 0; round < 500; round++) {
    LimenPayoff game = integer_game (&random, 3, 3, 3);
    for (guint k = 0; k < 9; k++)
      game.m[k] *= no_fraction ();
    g_autoptr (LimenSolution) s = solve (&game);
    g_assert_cmpint (s->exact, ==, range_of (&game) == 0 && game.m[0] == 0);
    assert_solution (&game, s);
    assert_corners (&game, s);
  }
}

/* Payoffs of all sizes, 10⁻⁹ to 10⁹, in one game: cofactors that nearly cancel */
static void
test_spread (void)
{
  LimenRandom random = limen_random_stream (9, "games", 0);
  for (guint round = 0; round < 3000; round++) {
    LimenPayoff game = integer_game (&random, 3, 3, 1);
    game.rows = round % 10 == 0 ? 4 : 3;
    for (guint k = 0; k < game.rows * 3; k++)
      game.m[k] = (limen_random_below (&random, 2) ? 1 : -1) *
                  pow (10, 18 * limen_random_uniform (&random) - 9);
    g_autoptr (LimenSolution) s = solve (&game);
    assert_solution (&game, s);
  }
}

/* -- larger games -- */

static void
test_large_real (void)
{
  LimenRandom random = limen_random_stream (3, "games", 0);
  for (guint round = 0; round < 300; round++) {
    LimenPayoff game = GAME (1, 1, 0);
    game.rows = 4 + limen_random_below (&random, 7);
    game.columns = 4 + limen_random_below (&random, 7);
    double unit = pow (10, 18 * limen_random_uniform (&random) - 10);
    double shift = round % 2 ? 0 : unit * limen_random_normal (&random);
    for (guint k = 0; k < game.rows * game.columns; k++)
      game.m[k] = shift + unit * limen_random_uniform (&random);
    g_autoptr (LimenSolution) s = solve (&game);
    assert_solution (&game, s);
    g_assert_true (!s->exact && s->unique); /* but with probability 0 */
    g_assert_nonnull (strstr (s->certificate, "Unique for A: in its linear program"));
    g_assert_nonnull (strstr (s->certificate, "Not exact: not all"));
  }
}

/* Uniqueness, once more, by other means. Unique: the players use equally many strategies, and all
 * that they leave out are worse (Bohnenblust, Karlin and Shapley, "Solutions of discrete,
 * two-person games", 1950). */
static void
assert_weights_left (const LimenPayoff *game, const LimenSolution *s)
{
  double for_b[MOST], of_a[MOST], nearest = INFINITY;
  guint a = 0, b = 0;
  limen_payoff_for_b (game, s->a, for_b);
  limen_payoff_of_a (game, s->b, of_a);
  for (guint i = 0; i < game->rows; i++) {
    a += s->a[i] > 0;
    nearest = fmin (nearest, s->a[i] > 0 ? INFINITY : of_a[i] - s->value);
  }
  for (guint j = 0; j < game->columns; j++) {
    b += s->b[j] > 0;
    nearest = fmin (nearest, s->b[j] > 0 ? INFINITY : s->value - for_b[j]);
  }
  g_assert_cmpint (s->unique, ==, a == b && nearest > 1e-9);
}

/* From {−1, 0, 1} most games have many solutions and their vertices coincide: where methods that
 * are not careful go round in circles. */
static void
test_large_integers (void)
{
  LimenRandom random = limen_random_stream (4, "games", 0);
  guint n_unique = 0, n_many = 0, n_long = 0;
  for (guint round = 0; round < 600; round++) {
    guint rows = 4 + limen_random_below (&random, 7), columns = 2 + limen_random_below (&random, 9);
    guint32 most = round % 3 == 0 ? 1 : round % 3 == 1 ? 3 : 10000;
    LimenPayoff game = integer_game (&random, rows, columns, most);
    for (guint j = 0; j < columns && round % 4 == 0; j++) /* two rows alike, and two columns */
      game.m[columns + j] = game.m[j];
    for (guint i = 0; i < rows && round % 4 == 0; i++)
      game.m[i * columns + 1] = game.m[i * columns];
    g_autoptr (LimenSolution) s = solve (&game);
    assert_solution (&game, s);
    g_assert_true (s->exact);
    assert_weights_left (&game, s);
    n_long += limen_rational_is_readable (s->value_exact) ? 0 : 1;
    n_unique += s->unique;
    n_many += !s->unique;
  }
  g_assert_cmpuint (n_unique, >, 100);
  g_assert_cmpuint (n_many, >, 100);
  g_assert_cmpuint (n_long, >, 0);
}

/* Games of a few points with corrections of a billionth: in floating-point numbers their pivots
 * lose what decides them. */
static void
test_near_degenerate (void)
{
  LimenRandom random = limen_random_stream (5, "games", 0);
  for (guint round = 0; round < 300; round++) {
    LimenPayoff game = integer_game (&random, MOST, MOST, 1);
    for (guint k = 0; k < MOST * MOST; k++)
      game.m[k] = 1e8 * game.m[k] + (double)limen_random_below (&random, 3) - 1;
    g_autoptr (LimenSolution) s = solve (&game);
    assert_solution (&game, s);
  }
}

/* -- the same game seen otherwise -- */

static void
test_symmetry (void)
{
  LimenRandom random = limen_random_stream (6, "games", 0);
  for (guint round = 0; round < 400; round++) {
    gboolean small = round % 2;
    guint rows = 1 + limen_random_below (&random, small ? 3 : MOST);
    guint columns = 1 + limen_random_below (&random, small ? 3 : MOST);
    LimenPayoff game = integer_game (&random, rows, columns, small ? 2 : 50), mixed = game;
    LimenPayoff swapped = limen_payoff_swap (&game);
    guint32 row[MOST], column[MOST];
    for (guint i = 0; i < MOST; i++)
      row[i] = column[i] = i;
    limen_random_shuffle (&random, row, rows);
    limen_random_shuffle (&random, column, columns);
    for (guint i = 0; i < rows; i++)
      for (guint j = 0; j < columns; j++)
        mixed.m[i * columns + j] = 2 * game.m[row[i] * columns + column[j]] + 3;
    g_autoptr (LimenSolution) s = solve (&game), t = solve (&swapped), u = solve (&mixed);
    g_assert_cmpfloat (fabs (s->value + t->value), <=, 1e-12);
    g_assert_cmpfloat (fabs (2 * s->value + 3 - u->value), <=, 1e-12);
    g_assert_true (s->unique == t->unique && s->unique == u->unique);
    if (small || s->unique) {
      assert_same_points (s->a, s->n_a, t->b, t->n_b, rows);
      assert_same_points (s->b, s->n_b, t->a, t->n_a, columns);
      g_assert_cmpuint (s->n_a, ==, u->n_a);
    }
    for (guint k = 0; (small || s->unique) && k < u->n_a; k++) {
      double back[MOST];
      for (guint i = 0; i < rows; i++)
        back[row[i]] = u->a[k * rows + i];
      g_assert_true (has_point (s->a, s->n_a, rows, back, 1e-9));
    }
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/equilibrium-random/random-small", test_random_small);
  g_test_add_func ("/equilibrium-random/small-rounded", test_small_rounded);
  g_test_add_func ("/equilibrium-random/spread", test_spread);
  g_test_add_func ("/equilibrium-random/large-real", test_large_real);
  g_test_add_func ("/equilibrium-random/large-integers", test_large_integers);
  g_test_add_func ("/equilibrium-random/near-degenerate", test_near_degenerate);
  g_test_add_func ("/equilibrium-random/symmetry", test_symmetry);
  return g_test_run ();
}
