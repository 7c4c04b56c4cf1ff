#include "model/game-reference.h"
#include "model/random-game.h"

/* -- games by name -- */

/* Rows are A's, columns B's: rock against paper is a point for B. */
static void
test_builtin_rock_paper_scissors (void)
{
  const double m[] = {0, 1, -1, -1, 0, 1, 1, -1, 0};
  LimenPayoff game = builtin_game ("rock-paper-scissors");
  g_assert_cmpuint (game.rows, ==, 3);
  g_assert_cmpuint (game.columns, ==, 3);
  assert_all_near (game.m, m, 9, 0);
  g_assert_cmpstr (game.row_name[1], ==, "paper");
  g_assert_cmpstr (game.column_name[2], ==, "scissors");
  g_assert_cmpstr (limen_payoff_title ("rock-paper-scissors"), ==, "rock paper scissors");
  g_assert_cmpfloat (limen_payoff_largest (&game), ==, 1);
}

/* What wins is another's loss: whoever plays it, a draw with oneself. */
static void
test_builtin_biased_is_antisymmetric (void)
{
  LimenPayoff game = builtin_game ("biased-rock-paper-scissors");
  for (guint i = 0; i < 3; i++)
    for (guint j = 0; j < 3; j++)
      g_assert_cmpfloat (game.m[3 * i + j], ==, -game.m[3 * j + i]);
  g_assert_cmpfloat (limen_payoff_largest (&game), ==, 50);
}

static void
test_builtin_names (void)
{
  g_autoptr (GError) error = NULL;
  LimenPayoff game;
  guint n = 0;
  for (const char *const *name = limen_payoff_names (); *name; name++, n++) {
    game = builtin_game (*name);
    g_assert_true (limen_payoff_check (&game, NULL));
    g_assert_cmpstr (limen_payoff_title (*name), !=, *name);
  }
  g_assert_cmpuint (n, ==, 4);
  g_assert_cmpstr (limen_payoff_title ("tic-tac-toe"), ==, "tic-tac-toe");
  g_assert_false (limen_payoff_builtin ("tic-tac-toe", &game, &error));
  g_assert_error (error, LIMEN_ERROR, LIMEN_ERROR_ARGUMENT);
  assert_sentence (error, "tic-tac-toe");
  assert_sentence (error, "many-solutions");
}

static void
assert_unfit (LimenPayoff game, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_assert_false (limen_payoff_check (&game, &error));
  g_assert_error (error, LIMEN_ERROR, LIMEN_ERROR_ARGUMENT);
  assert_sentence (error, expected);
}

static void
test_check (void)
{
  LimenPayoff game = {.rows = 2, .columns = 3};
  g_assert_true (limen_payoff_check (&game, NULL));
  g_assert_cmpfloat (limen_payoff_largest (&game), ==, 1);
  game.m[4] = -1e9;
  g_assert_true (limen_payoff_check (&game, NULL));
  const double bad[] = {NAN, INFINITY, -INFINITY, 1.001e9, -1e308};
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    game.m[4] = bad[i];
    assert_unfit (game, "row 2, column 2");
  }
  assert_unfit ((LimenPayoff){.rows = 0, .columns = 3}, "0 × 3");
  assert_unfit ((LimenPayoff){.rows = 3, .columns = 11}, "3 × 11");
}

/* -- points and what a best reply gains -- */

static void
test_points (void)
{
  const double p[] = {0.5, 0.25, 0.25}, for_b[] = {0, 0.25, -0.25};
  double out[3];
  LimenPayoff game = builtin_game ("rock-paper-scissors");
  limen_payoff_for_b (&game, p, out);
  assert_all_near (out, for_b, 3, 0);
  limen_payoff_of_a (&game, p, out); /* M = −Mᵀ */
  for (guint i = 0; i < 3; i++)
    g_assert_cmpfloat (out[i], ==, -for_b[i]);
}

static void
test_points_of_games_that_are_not_square (void)
{
  LimenPayoff game = {.rows = 2, .columns = 4, .m = {1, 2, 3, 4, 5, 6, 7, 8}};
  const double a[] = {0.25, 0.75}, b[] = {0.5, 0, 0, 0.5}, for_b[] = {4, 5, 6, 7};
  double out[4];
  limen_payoff_for_b (&game, a, out);
  assert_all_near (out, for_b, 4, 0);
  limen_payoff_of_a (&game, b, out);
  assert_near (out[0], 2.5, 0);
  assert_near (out[1], 6.5, 0);
  LimenExploit exploit = limen_exploit (&game, a, b);
  assert_near (exploit.value, 5.5, 0);
  assert_near (exploit.a_saves, 3, 0);
  assert_near (exploit.b_gains, 1.5, 0);
  assert_near (exploit.gap, 4.5, 0);
  g_assert_cmpuint (exploit.a_reply, ==, 0);
  g_assert_cmpuint (exploit.b_reply, ==, 3);
}

/* Every pure reply tried in turn, by the points of every pair of strategies. */
static LimenExploit
exploit_slowly (const LimenPayoff *game, const double *a, const double *b)
{
  LimenExploit out = {0};
  double least = INFINITY, most = -INFINITY;
  for (guint i = 0; i < game->rows; i++)
    for (guint j = 0; j < game->columns; j++)
      out.value += a[i] * b[j] * game->m[i * game->columns + j];
  for (guint i = 0; i < game->rows; i++) {
    double points = 0;
    for (guint j = 0; j < game->columns; j++)
      points += b[j] * game->m[i * game->columns + j];
    least = MIN (least, points);
  }
  for (guint j = 0; j < game->columns; j++) {
    double points = 0;
    for (guint i = 0; i < game->rows; i++)
      points += a[i] * game->m[i * game->columns + j];
    most = MAX (most, points);
  }
  out.a_saves = out.value - least;
  out.b_gains = most - out.value;
  out.gap = most - least;
  return out;
}

static void
test_exploitability_of_random_points (void)
{
  LimenRandom random = limen_random_stream (1, "points", 0);
  for (guint round = 0; round < 10000; round++) {
    double a[LIMEN_GAME_MOST], b[LIMEN_GAME_MOST];
    LimenPayoff game = random_game (&random, 1 + limen_random_below (&random, 10),
                                    1 + limen_random_below (&random, 10));
    random_strategy (&random, game.rows, a);
    random_strategy (&random, game.columns, b);
    LimenExploit exploit = limen_exploit (&game, a, b), slow = exploit_slowly (&game, a, b);
    g_assert_cmpfloat (exploit.gap, >=, 0);
    g_assert_cmpfloat (exploit.a_saves, >=, 0);
    g_assert_cmpfloat (exploit.b_gains, >=, 0);
    assert_near (exploit.a_saves + exploit.b_gains, exploit.gap, 1e-13);
    assert_near (exploit.value, slow.value, 1e-13);
    assert_near (exploit.gap, slow.gap, 1e-13);
    assert_near (exploit.a_saves, slow.a_saves, 1e-13);
    assert_near (exploit.b_gains, slow.b_gains, 1e-13);
  }
}

/* Of rock paper scissors, gap ≥ distance / √2 ‖·‖: 0 at the middle, and nowhere else. */
static void
test_exploitability_is_zero_only_at_the_solution (void)
{
  const double third[] = {1 / 3.0, 1 / 3.0, 1 / 3.0};
  LimenPayoff game = builtin_game ("rock-paper-scissors");
  LimenRandom random = limen_random_stream (1, "zero", 0);
  assert_near (limen_exploit (&game, third, third).gap, 0, 1e-16);
  for (guint round = 0; round < 10000; round++) {
    double a[3], b[3], apart_a = 0, apart_b = 0, near = round % 2 ? 1e-6 : 1;
    random_strategy (&random, 3, a);
    random_strategy (&random, 3, b);
    for (guint i = 0; i < 3; i++) {
      a[i] = third[i] + near * (a[i] - third[i]);
      b[i] = third[i] + near * (b[i] - third[i]);
      apart_a += (a[i] - third[i]) * (a[i] - third[i]);
      apart_b += (b[i] - third[i]) * (b[i] - third[i]);
    }
    /* each player's part lies between 1/√2 and √2 times its distance */
    double apart = sqrt (apart_a) + sqrt (apart_b), gap = limen_exploit (&game, a, b).gap;
    g_assert_cmpfloat (gap, >=, apart * G_SQRT2 / 2 - 1e-15);
    g_assert_cmpfloat (gap, <=, apart * G_SQRT2 + 1e-15);
  }
}

/* A run that left all bounds has no gap, and not one of 0. */
static void
test_exploitability_of_nothing_is_nothing (void)
{
  const double a[] = {INFINITY, -INFINITY, 1}, b[] = {NAN, 0, 1};
  LimenPayoff game = builtin_game ("rock-paper-scissors");
  g_assert_false (limen_exploit (&game, a, a).gap <= 0);
  g_assert_true (isnan (limen_exploit (&game, b, b).gap));
}

/* -- projection -- */

static void
test_projection_meets_the_reference (void)
{
  g_autoptr (JsonNode) root = load_reference ("reference/games/games_ref.json");
  if (!root)
    return;
  JsonObject *tests = json_node_get_object (find_member (root, "facts|projection_tests"));
  g_autoptr (GList) keys = json_object_get_members (tests);
  g_assert_cmpuint (g_list_length (keys), ==, 6);
  for (GList *key = keys; key; key = key->next) {
    double p[3], expected[3];
    JsonArray *array = json_object_get_array_member (tests, key->data);
    g_assert_cmpint (sscanf (key->data, "[%lf, %lf, %lf]", &p[0], &p[1], &p[2]), ==, 3);
    for (guint i = 0; i < 3; i++)
      expected[i] = json_array_get_double_element (array, i);
    limen_simplex_project (p, 3);
    assert_all_near (p, expected, 3, 1e-15);
  }
}

/* Σ max (v − share, 0) falls as share rises: the share at which it is 1, halving. */
static void
project_slowly (double *v, guint n)
{
  double low = v[0], high = v[0];
  for (guint i = 1; i < n; i++) {
    low = fmin (low, v[i]);
    high = fmax (high, v[i]);
  }
  low -= 1;
  for (guint round = 0; round < 200; round++) {
    double middle = (low + high) / 2, sum = 0;
    for (guint i = 0; i < n; i++)
      sum += fmax (v[i] - middle, 0);
    if (sum > 1)
      low = middle;
    else
      high = middle;
  }
  for (guint i = 0; i < n; i++)
    v[i] = fmax (v[i] - low, 0);
}

static double
distance_between (const double *a, const double *b, guint n)
{
  double sum = 0;
  for (guint i = 0; i < n; i++)
    sum += (a[i] - b[i]) * (a[i] - b[i]);
  return sqrt (sum);
}

static void
test_projection_of_random_points (void)
{
  LimenRandom random = limen_random_stream (1, "projection", 0);
  for (guint round = 0; round < 10000; round++) {
    guint n = 1 + limen_random_below (&random, LIMEN_GAME_MOST);
    double v[LIMEN_GAME_MOST], p[LIMEN_GAME_MOST], slow[LIMEN_GAME_MOST], other[LIMEN_GAME_MOST];
    double scale = pow (10, 4 * limen_random_uniform (&random) - 2);
    for (guint i = 0; i < n; i++)
      v[i] = p[i] = slow[i] = scale * limen_random_normal (&random) + 1.0 / n;
    limen_simplex_project (p, n);
    project_slowly (slow, n);
    assert_strategy ("projected", p, n, 1e-14);
    assert_all_near (p, slow, n, 1e-13 * (1 + scale));
    memcpy (slow, p, sizeof p);
    g_assert_false (limen_simplex_project (slow, n));
    assert_all_near (slow, p, n, 1e-15);
    random_strategy (&random, n, other); /* none is nearer */
    g_assert_cmpfloat (distance_between (p, v, n), <=, distance_between (other, v, n) + 1e-13);
  }
}

/* What is large takes nothing away from the sum. */
static void
test_projection_of_large_numbers (void)
{
  LimenRandom random = limen_random_stream (1, "large", 0);
  double far[] = {1e17, 0, 0}, same[] = {3e300, 3e300, -1e300}, common[4];
  limen_simplex_project (far, 3);
  assert_all_near (far, (double[]){1, 0, 0}, 3, 0);
  limen_simplex_project (same, 3);
  assert_all_near (same, (double[]){0.5, 0.5, 0}, 3, 0);
  for (guint round = 0; round < 1000; round++) {
    double scale = pow (10, 18 * limen_random_uniform (&random));
    double shift = scale * limen_random_normal (&random);
    for (guint i = 0; i < 4; i++)
      common[i] = shift + limen_random_uniform (&random);
    limen_simplex_project (common, 4);
    assert_strategy ("large", common, 4, 1e-14);
  }
}

static void
test_projection_says_whether_it_was_outside (void)
{
  double inside[] = {0.25, 0.25, 0.5}, rounded[] = {0.1, 0.2, 0.7 + 1e-16};
  double corner[] = {0, 1, 0}, above[] = {0.5, 0.5, 0.1}, below[] = {1.1, -0.1, 0};
  g_assert_false (limen_simplex_project (inside, 3));
  g_assert_false (limen_simplex_project (rounded, 3));
  g_assert_false (limen_simplex_project (corner, 3));
  assert_all_near (corner, (double[]){0, 1, 0}, 3, 0);
  g_assert_true (limen_simplex_project (above, 3));
  assert_all_near (above, (double[]){0.5 - 0.1 / 3, 0.5 - 0.1 / 3, 0.1 - 0.1 / 3}, 3, 1e-16);
  g_assert_true (limen_simplex_project (below, 3));
  assert_all_near (below, (double[]){1, 0, 0}, 3, 1e-15);
}

/* Commas are decimal ones where blanks or semicolons alone part as many weights as there are
 * strategies; else they part weights. */
static void
test_weights_are_read_with_points_and_commas (void)
{
  static const struct {
    const char *text;
    guint n;
    double p[3];
  } cases[] = {
      {"0.5, 0.25, 0.25", 3, {0.5, 0.25, 0.25}},
      {"0,5; 0,25; 0,25", 3, {0.5, 0.25, 0.25}},
      {"0,5 0,25 0,25", 3, {0.5, 0.25, 0.25}},
      {"0,5, 0,25, 0,25", 3, {0.5, 0.25, 0.25}},
      {"(0,5, 0.25, 1/4)", 3, {0.5, 0.25, 0.25}},
      {"1,0,0", 3, {1, 0, 0}},
      {"1, 0, 0", 3, {1, 0, 0}},
      {"1,0, 0", 3, {1, 0, 0}},
      {"0 1 0", 3, {0, 1, 0}},
      {"1/2,1/2", 2, {0.5, 0.5}},
      {"0,5;0,5", 2, {0.5, 0.5}},
      {"1,0", 2, {1, 0}},
      {"\t0,125 0,875 ", 2, {0.125, 0.875}},
  };
  static const char *const bad[] = {"0,5,0,5", "0,5 0,5",  "0,5; 0,2,5; 0", "0,5; x; 0",
                                    "1;0;0;0", ",5; 0; 0", "1.000,5; 0; 0", ""};
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    gboolean projected;
    double p[3];
    limen_simplex_parse (cases[i].text, cases[i].n, p, &projected, &error);
    g_assert_no_error (error);
    g_assert_false (projected);
    assert_all_near (p, cases[i].p, cases[i].n, 1e-15);
  }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;
    gboolean projected;
    double p[3];
    g_assert_false (limen_simplex_parse (bad[i], 3, p, &projected, &error));
    g_assert_error (error, LIMEN_ERROR, LIMEN_ERROR_ARGUMENT);
  }
}

/* The same in higher precision, for payoffs of any size */
static void
test_error_covers_rounding (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);
  guint off = 0;
  for (guint trial = 0; trial < 2000; trial++) {
    LimenPayoff payoff = {.rows = 10, .columns = 10};
    double scale = pow (10, g_rand_double_range (rand, -9, 9)), a[10], b[10], sum[2] = {0, 0};
    long double least = INFINITY, most = -INFINITY;
    for (guint i = 0; i < 100; i++)
      payoff.m[i] = scale * g_rand_double_range (rand, -1, 1);
    for (guint i = 0; i < 10; i++) {
      sum[0] += a[i] = g_rand_double (rand);
      sum[1] += b[i] = g_rand_double (rand);
    }
    for (guint i = 0; i < 10; i++) {
      a[i] /= sum[0];
      b[i] /= sum[1];
    }
    for (guint i = 0; i < 10; i++) {
      long double of_a = 0, for_b = 0;
      for (guint j = 0; j < 10; j++) {
        of_a += (long double)payoff.m[10 * i + j] * b[j];
        for_b += (long double)payoff.m[10 * j + i] * a[j];
      }
      least = fminl (least, of_a);
      most = fmaxl (most, for_b);
    }
    LimenExploit exploit = limen_exploit (&payoff, a, b);
    double apart = fabs ((double)(most - least - (long double)exploit.gap));
    g_assert_cmpfloat (apart, <=, exploit.error);
    g_assert_cmpfloat (exploit.error, <=, 1e-13 * scale);
    off += apart > 0;
  }
  g_assert_cmpuint (off, >, 100); /* there is rounding to be covered */
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/payoff/builtin/rock-paper-scissors", test_builtin_rock_paper_scissors);
  g_test_add_func ("/payoff/builtin/biased-is-antisymmetric", test_builtin_biased_is_antisymmetric);
  g_test_add_func ("/payoff/builtin/names", test_builtin_names);
  g_test_add_func ("/payoff/check", test_check);
  g_test_add_func ("/payoff/points", test_points);
  g_test_add_func ("/payoff/points/not-square", test_points_of_games_that_are_not_square);
  g_test_add_func ("/payoff/exploitability/random-points", test_exploitability_of_random_points);
  g_test_add_func ("/payoff/exploitability/zero-only-at-the-solution",
                   test_exploitability_is_zero_only_at_the_solution);
  g_test_add_func ("/payoff/exploitability/of-nothing", test_exploitability_of_nothing_is_nothing);
  g_test_add_func ("/simplex/meets-the-reference", test_projection_meets_the_reference);
  g_test_add_func ("/simplex/random-points", test_projection_of_random_points);
  g_test_add_func ("/payoff/rounding-is-covered", test_error_covers_rounding);
  g_test_add_func ("/simplex/large-numbers", test_projection_of_large_numbers);
  g_test_add_func ("/simplex/weights-are-read-with-points-and-commas",
                   test_weights_are_read_with_points_and_commas);
  g_test_add_func ("/simplex/says-whether-outside", test_projection_says_whether_it_was_outside);
  return g_test_run ();
}
