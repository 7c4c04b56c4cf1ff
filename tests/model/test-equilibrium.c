#include "model/base/random.h"
#include "model/data-files.h"
#include "model/game/linear-program.h"
#include "model/game/uniqueness.h"
#include "model/solved-game.h"

static void
assert_lines (const LimenSolution *solution, const char *const *line, guint n)
{
  g_auto (GStrv) lines = g_strsplit (solution->certificate, "\n", -1);
  for (guint i = 0; i < n && lines[i]; i++)
    g_assert_cmpstr (lines[i], ==, line[i]);
  g_assert_cmpuint (g_strv_length (lines), ==, n);
}

#define assert_certificate(solution, ...)                                                          \
  assert_lines (solution, (const char *const[]){__VA_ARGS__},                                      \
                G_N_ELEMENTS (((const char *const[]){__VA_ARGS__})))

/* -- games whose solution is known -- */

static void
test_rock_paper_scissors (void)
{
  LimenPayoff game = GAME (3, 3, 0, 1, -1, -1, 0, 1, 1, -1, 0);
  g_autoptr (LimenSolution) s = solve (&game);
  assert_solution (&game, s);
  g_assert_true (s->exact && s->unique);
  assert_fraction (s->value_exact, 0, 1);
  for (int i = 0; i < 3; i++) {
    assert_fraction (s->a_exact->at[i], 1, 3);
    assert_fraction (s->b_exact->at[i], 1, 3);
  }
  assert_certificate (
      s,
      "With p_A = (1/3, 1/3, 1/3) A lets B have 0 with rock, 0 with paper, 0 with scissors: at "
      "most 0, whatever B plays.",
      "With p_B = (1/3, 1/3, 1/3) B gets 0 against rock, 0 against paper, 0 against scissors: at "
      "least 0, whatever A plays.",
      "Neither can do better: the value is 0, and all these strategies are optimal (von Neumann, "
      "1928).",
      "Unique for A: B plays rock, paper and scissors, so against an optimal p_A each of these "
      "earns exactly 0 (complementary slackness). These 3 equations, and that the weights of p_A "
      "add up to 1, have one solution in the weights and the value: their determinant is 9, not 0.",
      "Unique for B: A plays rock, paper and scissors, so against an optimal p_B each of these "
      "earns exactly 0 (complementary slackness). These 3 equations, and that the weights of p_B "
      "add up to 1, have one solution in the weights and the value: their determinant is 9, not "
      "0.");
}

/* What a linear program found, outside Limen */
static void
test_reference (void)
{
  g_autofree char *path = shared_path ("reference/games/games_ref.json");
  g_autofree char *text = NULL;
  if (!path)
    return;
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  LimenPayoff game = GAME (3, 3, 0, 1, -1, -1, 0, 1, 1, -1, 0);
  g_autoptr (LimenSolution) s = solve (&game);
  const char *found = strstr (text, "\"lp_min_x\"");
  g_assert_nonnull (found);
  found = strchr (found, '[') + 1;
  for (int i = 0; i < 3; i++) {
    char *end;
    g_assert_cmpfloat (fabs (g_ascii_strtod (found, &end) - s->a[i]), <=, 1e-12);
    found = strchr (end, ',') + 1;
  }
  found = strstr (text, "\"bordered_det\"");
  g_assert_nonnull (found);
  g_assert_cmpfloat (fabs (fabs (g_ascii_strtod (strchr (found, ':') + 1, NULL)) - 9), <=, 1e-9);
}

static void
test_biased (void)
{
  LimenPayoff game = GAME (3, 3, 0, -25, 50, 25, 0, -5, -50, 5, 0);
  for (int turn = 0; turn < 2; turn++) {
    g_autoptr (LimenSolution) s = solve (&game);
    assert_solution (&game, s);
    g_assert_true (s->exact && s->unique);
    assert_fraction (s->value_exact, 0, 1);
    for (int b = 0; b < 2; b++) {
      const mpq_t *p = (b ? s->b_exact : s->a_exact)->at;
      assert_fraction (p[0], 1, 16);
      assert_fraction (p[1], 5, 8);
      assert_fraction (p[2], 5, 16);
    }
    g_assert_nonnull (strstr (s->certificate, "their determinant is 6400, not 0."));
    for (int k = 0; k < 9; k++)
      game.m[k] = -game.m[k];
  }
}

/* Heads and tails as usual, or no game at all: B, too, may pass, or mix with it. */
static void
test_segments (void)
{
  LimenPayoff game = GAME (3, 3, 1, -1, 0, -1, 1, 0, 0, 0, 0);
  g_autoptr (LimenSolution) s = solve (&game);
  assert_solution (&game, s);
  g_assert_true (s->exact && !s->unique);
  assert_fraction (s->value_exact, 0, 1);
  g_assert_cmpuint (s->n_a, ==, 2);
  g_assert_cmpuint (s->n_b, ==, 2);
  assert_has (s->a, 2, 3, 0.5, 0.5, 0);
  assert_has (s->a, 2, 3, 0, 0, 1);
  assert_has (s->b, 2, 3, 0.5, 0.5, 0);
  assert_has (s->b, 2, 3, 0, 0, 1);
  g_assert_nonnull (strstr (s->certificate, "All 19 were tried."));
  g_assert_nonnull (
      strstr (s->certificate, "(1/2, 1/2, 0) and (0, 0, 1), a segment, and nothing else."));
  g_assert_null (strstr (s->certificate, "Unique"));
}

/* A's third strategy repeats its first; B has one solution. */
static void
test_duplicates (void)
{
  LimenPayoff game = GAME (3, 2, 1, -1, -1, 1, 1, -1);
  g_autoptr (LimenSolution) s = solve (&game);
  assert_solution (&game, s);
  g_assert_false (s->unique);
  g_assert_cmpuint (s->n_a, ==, 2);
  g_assert_cmpuint (s->n_b, ==, 1);
  assert_has (s->a, 2, 3, 0.5, 0.5, 0);
  assert_has (s->a, 2, 3, 0, 0.5, 0.5);
  assert_has (s->b, 1, 2, 0.5, 0.5);
  g_assert_nonnull (strstr (s->certificate, "All 9 were tried."));
  g_assert_nonnull (strstr (s->certificate, "Optimal for B is only (1/2, 1/2), and nothing else."));
  LimenPayoff same = GAME (3, 3, 0, 1, 1, -1, 0, 0, 1, -1, -1);
  g_autoptr (LimenSolution) t = solve (&same);
  assert_solution (&same, t);
}

static void
test_all_zero (void)
{
  for (guint n = 1; n <= MOST; n++) {
    LimenPayoff game = GAME (1, 1, 0);
    game.rows = game.columns = n;
    g_autoptr (LimenSolution) s = solve (&game);
    assert_solution (&game, s);
    assert_fraction (s->value_exact, 0, 1);
    g_assert_cmpint (s->unique, ==, n == 1);
    g_assert_cmpuint (s->n_a, ==, n <= 3 ? n : 1);
    g_assert_cmpuint (s->n_b, ==, n <= 3 ? n : 1);
  }
  LimenPayoff game = GAME (3, 3, 7, 7, 7, 7, 7, 7, 7, 7, 7);
  g_autoptr (LimenSolution) s = solve (&game);
  assert_fraction (s->value_exact, 7, 1);
  assert_has (s->a, 3, 3, 1, 0, 0);
  assert_has (s->a, 3, 3, 0, 1, 0);
  assert_has (s->a, 3, 3, 0, 0, 1);
  g_assert_nonnull (strstr (s->certificate, "a triangle"));
}

/* One strategy is no choice: the other player takes its best reply. */
static void
test_one_strategy (void)
{
  LimenPayoff one = GAME (1, 1, 2.5);
  g_autoptr (LimenSolution) s = solve (&one);
  assert_solution (&one, s);
  assert_fraction (s->value_exact, 5, 2);
  assert_certificate (s,
                      "With p_A = (1) A lets B have 5/2 with rock: at most 5/2, whatever B plays.",
                      "With p_B = (1) B gets 5/2 against rock: at least 5/2, whatever A plays.",
                      "Neither can do better: the value is 5/2, and all these strategies are "
                      "optimal (von Neumann, 1928).",
                      "A has no other strategy.", "B has no other strategy.");
  for (guint n = 2; n <= MOST; n++) {
    LimenPayoff wide = GAME (1, 1, 0), high;
    wide.columns = n;
    for (guint j = 0; j < n; j++)
      wide.m[j] = j == n / 2 ? 3 : -(double)j;
    high = limen_payoff_swap (&wide);
    g_autoptr (LimenSolution) w = solve (&wide), h = solve (&high);
    assert_solution (&wide, w);
    assert_solution (&high, h);
    g_assert_true (w->exact && h->exact && w->unique && h->unique);
    assert_fraction (w->value_exact, 3, 1);
    assert_fraction (h->value_exact, -3, 1);
    g_assert_cmpfloat (w->b[n / 2], ==, 1);
    g_assert_cmpfloat (h->a[n / 2], ==, 1);
  }
}

static void
test_saddle (void)
{
  LimenPayoff game = GAME (2, 2, 3, 1, 4, 9);
  g_autoptr (LimenSolution) s = solve (&game);
  assert_solution (&game, s);
  g_assert_true (s->unique && s->exact);
  assert_certificate (
      s, "With p_A = (1, 0) A lets B have 3 with rock, 1 with paper: at most 3, whatever B plays.",
      "With p_B = (1, 0) B gets 3 against rock, 4 against paper: at least 3, whatever A plays.",
      "Neither can do better: the value is 3, and all these strategies are optimal (von Neumann, "
      "1928).",
      "Unique for A: against p_B, paper would give B more than 3, so an optimal p_A plays only "
      "rock.",
      "Unique for B: against p_A, paper would give B less than 3, so an optimal p_B plays only "
      "rock.");
  /* A saddle that a row shares: nobody may say that it is unique. */
  LimenPayoff shared = GAME (2, 2, 3, 1, 3, 9);
  g_autoptr (LimenSolution) t = solve (&shared);
  assert_solution (&shared, t);
  g_assert_false (t->unique);
  assert_fraction (t->value_exact, 3, 1);
}

/* A proof is not given for the asking. */
static void
test_no_proof (void)
{
  LimenPayoff shared = GAME (2, 2, 3, 1, 3, 9), pennies = GAME (2, 2, -1, 1, 1, -1);
  g_autoptr (LimenSolution) s = solve (&shared), t = solve (&pennies);
  g_auto (LimenProof) none, asked, proof, wrong, more;
  g_assert_false (limen_prove_unique (s, &none));
  s->unique = TRUE;
  g_assert_false (limen_prove_unique (s, &asked));
  g_assert_true (limen_prove_unique (t, &proof));
  g_assert_cmpuint (proof.size, ==, 2);
  assert_fraction (proof.determinant, -4, 1); /* −1 − 1 − 1 − 1, of its cofactors */
  mpq_set_ui (t->b_exact->at[0], 1, 3);
  mpq_set_ui (t->b_exact->at[1], 2, 3);
  g_assert_false (limen_prove_unique (t, &wrong));
  mpq_set_ui (t->b_exact->at[0], 1, 2);
  mpq_set_ui (t->b_exact->at[1], 1, 2);
  mpq_set_si (t->value_exact, -1, 1); /* all strategies in use earn more */
  g_assert_false (limen_prove_unique (t, &more));
}

/* A mixture in fractions: value 1/6 of payoffs in thirds */
static void
test_fractions (void)
{
  LimenPayoff game = GAME (2, 2, 1.0 / 3, 0, 0, 1.0 / 3);
  g_autoptr (LimenSolution) s = solve (&game);
  assert_solution (&game, s);
  g_assert_true (s->exact && s->unique);
  assert_fraction (s->value_exact, 1, 6);
  g_assert_nonnull (strstr (s->certificate, "their determinant is 2/3, not 0."));
  LimenPayoff decimal = GAME (2, 2, 0.1, -0.25, -0.3, 0.7);
  g_autoptr (LimenSolution) t = solve (&decimal);
  assert_solution (&decimal, t);
  g_assert_true (t->exact);
  assert_fraction (t->value_exact, -1, 270); /* (0.07 − 0.075) / 1.35 */
}

/* Completely mixed, all six: 1, 2, 4, … points to B where both play the same */
static void
test_diagonal (void)
{
  for (guint n = 4; n <= MOST; n++) {
    LimenPayoff game = GAME (1, 1, 0);
    game.rows = game.columns = n;
    for (guint i = 0; i < n; i++)
      game.m[i * n + i] = 1u << i;
    g_autoptr (LimenSolution) s = solve (&game);
    assert_solution (&game, s);
    g_assert_true (s->exact && s->unique);
    gint64 sum = (1 << n) - 1; /* Σ 1 / d_i = sum / 2^(n − 1) */
    for (guint i = 0; i < n; i++) {
      g_assert_cmpfloat (fabs (s->a[i] - ldexp (1, (int)(n - 1 - i)) / (double)sum), <=, 1e-15);
      g_assert_cmpfloat (fabs (s->b[i] - s->a[i]), <=, 0);
    }
    g_assert_cmpfloat (fabs (s->value - ldexp (1, (int)n - 1) / (double)sum), <=, 1e-15);
    g_assert_nonnull (strstr (s->certificate, "Unique for A: B plays "));
    g_assert_nonnull (strstr (s->certificate, "strategy 4"));
  }
}

/* -- games that are not solved exactly -- */

static void
test_irrational (void)
{
  LimenPayoff game = GAME (2, 2, sqrt (2), 0, 0, G_PI);
  g_autoptr (LimenSolution) s = solve (&game);
  assert_solution (&game, s);
  g_assert_false (s->exact);
  g_assert_true (s->unique);
  g_assert_cmpfloat (fabs (s->value - sqrt (2) * G_PI / (sqrt (2) + G_PI)), <=, 1e-15);
  g_assert_nonnull (strstr (s->certificate, "Not exact: not all payoffs are fractions"));
  g_assert_nonnull (strstr (s->certificate, "The two bounds"));
  g_assert_null (strstr (s->certificate, "determinant"));
}

/* Numbers that stand before @word in @line, with a real minus */
static guint
numbers_before (const char *line, const char *word, double *out)
{
  guint n = 0;
  g_auto (GStrv) parts = g_strsplit (line, word, -1);
  for (guint i = 0; parts[i] && parts[i + 1]; i++) {
    const char *space = strrchr (parts[i], ' ');
    g_autoptr (GString) number = g_string_new (space ? space + 1 : parts[i]);
    g_string_replace (number, "−", "-", 0);
    out[n++] = g_ascii_strtod (number->str, NULL);
  }
  return n;
}

/* What is listed does not exceed what it is said to be at most, or fall below the least. */
static void
assert_bounds_hold (const char *certificate)
{
  g_auto (GStrv) line = g_strsplit (certificate, "\n", -1);
  for (char **l = line; *l; l++) {
    double listed[LIMEN_GAME_MOST + 1], bound;
    gboolean b = g_str_has_prefix (*l, "With p_B");
    if (!b && !g_str_has_prefix (*l, "With p_A"))
      continue;
    guint n = numbers_before (*l, b ? " against " : " with ", listed);
    g_assert_cmpuint (numbers_before (*l, b ? ", whatever A" : ", whatever B", &bound), ==, 1);
    g_assert_cmpuint (n, >, 0);
    for (guint i = 0; i < n; i++)
      if (!(b ? listed[i] >= bound : listed[i] <= bound))
        g_error ("not so: %s", *l);
  }
}

/* Payoffs of 1 whose sums leave 10⁻¹¹: all digits that are told of it hold: the value is ε/9. */
static void
test_digits_of_small_values (void)
{
  LimenPayoff game = GAME (3, 3, 0, -1, 1, 1, 0, -1, -1, 1, 7e-11);
  g_autoptr (LimenSolution) s = solve (&game);
  double truth = 7e-11 / 9;
  g_assert_false (s->exact);
  g_assert_cmpfloat (fabs (s->value - truth), <=, s->value_error);
  g_assert_cmpfloat (s->value_error, <, 1e-15);
  assert_bounds_hold (s->certificate);
  g_assert_nonnull (strstr (s->certificate, " 7.777777778e−12 with"));
  g_assert_null (strstr (s->certificate, "7.7777777777"));
}

static LimenPayoff
whole_game (LimenRandom *random, guint rows, guint columns)
{
  LimenPayoff game = {.rows = rows, .columns = columns};
  for (guint i = 0; i < rows * columns; i++)
    game.m[i] = limen_random_below (random, 19) - 9.0;
  return game;
}

/* Whether @other, whose payoffs are @unit times as large, has the solution of @s */
static void
assert_scaled (const LimenSolution *s, const LimenSolution *other, double unit)
{
  mpq_t value;
  mpq_init (value);
  mpq_set_d (value, unit);
  mpq_mul (value, value, s->value_exact);
  g_assert_true (mpq_equal (value, other->value_exact));
  g_assert_true (s->unique == other->unique && s->n_a == other->n_a && s->n_b == other->n_b);
  for (guint i = 0; i < s->a_exact->n; i++)
    g_assert_true (mpq_equal (s->a_exact->at[i], other->a_exact->at[i]));
  for (guint i = 0; i < s->b_exact->n; i++)
    g_assert_true (mpq_equal (s->b_exact->at[i], other->b_exact->at[i]));
  mpq_clear (value);
}

/* Games with a known solution, all payoffs times a number that is no fraction: what is stated of
 * errors holds, and nothing else changes. */
static void
test_errors_hold (void)
{
  LimenRandom random = limen_random_stream (1, "errors", 0);
  guint told = 0;
  for (guint n = 0; n < 400; n++) {
    guint rows = 2 + limen_random_below (&random, 3), columns = 2 + limen_random_below (&random, 3);
    LimenPayoff game = whole_game (&random, rows, columns), other = game;
    double unit = no_fraction () * ldexp (1, (int)limen_random_below (&random, 60) - 40);
    for (guint i = 0; i < rows * columns; i++)
      other.m[i] *= unit;
    g_autoptr (LimenSolution) exact = solve (&game), s = solve (&other);
    assert_scaled (exact, s, unit);
    assert_bounds_hold (s->certificate);
    if (!exact->exact || s->exact || !exact->unique || !s->unique)
      continue;
    told++;
    g_assert_cmpfloat (fabsl ((long double)s->value - (long double)unit * exact->value), <=,
                       s->value_error + unit * exact->value_error);
    g_assert_cmpfloat (s->value_error, <, 1e-14 * unit * limen_payoff_largest (&game));
    g_assert_cmpfloat (s->weight_error, >, 0);
    for (guint i = 0; i < rows; i++)
      g_assert_cmpfloat (fabs (s->a[i] - exact->a[i]), <=, s->weight_error);
  }
  g_assert_cmpuint (told, >, 100);
}

/* A little worse is worse, well above rounding. */
static void
test_small_difference (void)
{
  LimenPayoff game = GAME (2, 2, sqrt (2), 0, sqrt (2) + 1e-6, G_PI);
  g_autoptr (LimenSolution) s = solve (&game);
  g_assert_true (!s->exact && s->unique);
  g_assert_true (s->a[0] == 1 && s->b[0] == 1);
}

/* Fractions outgrow machine integers on the way, and nothing is lost; what nobody could read is
 * rounded where it is told. */
static void
test_long_fractions (void)
{
  LimenPayoff game = GAME (3, 3, 999999937, 1.0 / 999983, -123456.0 / 999979, 3.0 / 999961,
                           999999893, -5.0 / 999959, -1.0 / 999953, 7.0 / 999931, 999999883);
  g_autoptr (LimenSolution) s = solve (&game);
  assert_solution (&game, s);
  g_assert_true (s->exact);
  g_assert_true (s->unique);
  g_assert_nonnull (s->a_exact);
  g_assert_null (strstr (s->certificate, "Not exact: "));
  g_assert_nonnull (strstr (s->certificate, "the value is ≈ 333333301.4,"));
  g_assert_nonnull (strstr (s->certificate, "Numbers after ≈ are rounded"));
  LimenPayoff primes = GAME (3, 3, 0.5, 1.0 / 999983, 2.0 / 999979, 3.0 / 999961, 0.5, 5.0 / 999959,
                             1.0 / 999953, 7.0 / 999931, 0.5);
  g_autoptr (LimenSolution) t = solve (&primes);
  assert_solution (&primes, t);
  g_assert_true (t->exact);
  g_assert_null (strstr (t->certificate, "Not exact"));
  g_assert_nonnull (strstr (t->certificate, "their determinant is ≈ "));
  LimenPayoff short_ones = GAME (2, 2, 0.123456, -0.5, -0.25, 0.654321);
  g_autoptr (LimenSolution) u = solve (&short_ones);
  assert_solution (&short_ones, u);
  g_assert_null (strstr (u->certificate, "≈"));
}

/* Payoffs of 10⁹ and of the least double in one game: no size is too large or too small. */
static void
test_any_double (void)
{
  const double least = 4.9406564584124654e-324;
  LimenPayoff game = GAME (2, 2, least, 1e9, G_PI, 0);
  g_autoptr (LimenSolution) s = solve (&game);
  assert_solution (&game, s);
  g_assert_true (!s->exact && s->unique);
  LimenPayoff tiny = GAME (2, 2, least, 0, 0, 3 * least);
  g_autoptr (LimenSolution) t = solve (&tiny);
  assert_solution (&tiny, t);
  assert_fraction (t->a_exact->at[0], 3, 4);
  assert_fraction (t->b_exact->at[1], 1, 4);
  LimenPayoff large = game;
  large.rows = large.columns = MOST;
  for (guint k = 0; k < MOST * MOST; k++)
    large.m[k] = k % 3 == 0 ? least * (double)k : k % 3 == 1 ? 1e9 / (double)k : sqrt ((double)k);
  g_autoptr (LimenSolution) l = solve (&large);
  assert_solution (&large, l);
}

static void
assert_refused (LimenPayoff *game, const char *part)
{
  g_autoptr (GError) error = NULL;
  g_assert_null (limen_solve (game, &error));
  g_assert_error (error, LIMEN_ERROR, LIMEN_ERROR_ARGUMENT);
  assert_sentence (error, part);
}

static void
test_refusals (void)
{
  const double bad[] = {NAN, INFINITY, -INFINITY};
  for (guint k = 0; k < G_N_ELEMENTS (bad); k++) {
    LimenPayoff game = GAME (2, 2, 1, 2, 3, 4);
    game.m[2] = bad[k];
    assert_refused (&game, "row 2, column 1");
  }
  LimenPayoff none = GAME (1, 1, 0);
  none.rows = 0;
  assert_refused (&none, "0 × 1");
  none.rows = MOST + 1;
  assert_refused (&none, "11 × 1");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/equilibrium/rock-paper-scissors", test_rock_paper_scissors);
  g_test_add_func ("/equilibrium/reference", test_reference);
  g_test_add_func ("/equilibrium/biased", test_biased);
  g_test_add_func ("/equilibrium/segments", test_segments);
  g_test_add_func ("/equilibrium/duplicates", test_duplicates);
  g_test_add_func ("/equilibrium/all-zero", test_all_zero);
  g_test_add_func ("/equilibrium/one-strategy", test_one_strategy);
  g_test_add_func ("/equilibrium/saddle", test_saddle);
  g_test_add_func ("/equilibrium/no-proof", test_no_proof);
  g_test_add_func ("/equilibrium/digits-of-small-values", test_digits_of_small_values);
  g_test_add_func ("/equilibrium/errors-hold", test_errors_hold);
  g_test_add_func ("/equilibrium/small-difference", test_small_difference);
  g_test_add_func ("/equilibrium/fractions", test_fractions);
  g_test_add_func ("/equilibrium/diagonal", test_diagonal);
  g_test_add_func ("/equilibrium/irrational", test_irrational);
  g_test_add_func ("/equilibrium/long-fractions", test_long_fractions);
  g_test_add_func ("/equilibrium/any-double", test_any_double);
  g_test_add_func ("/equilibrium/refusals", test_refusals);
  return g_test_run ();
}
