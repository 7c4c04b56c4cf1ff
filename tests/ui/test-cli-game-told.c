/* limen game and limen game solve: what they tell, their files, and what they refuse. */
#include "model/game/payoff.h"
#include "run-json.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

/* -- what is told -- */

static void
test_json (void)
{
  g_autoptr (JsonNode) root = run_json ("game --method extragradient --json -");
  g_assert_cmpstr (text_at (root, "payoff"), ==, "rock-paper-scissors");
  g_assert_cmpstr (text_at (root, "method"), ==, "extragradient");
  g_assert_cmpstr (text_at (root, "strategies/b/1"), ==, "paper");
  g_assert_cmpfloat (number_at (root, "points_for_b/0/1"), ==, 1);
  g_assert_cmpfloat (number_at (root, "step"), ==, 0.1);
  g_assert_cmpfloat (number_at (root, "final/k"), ==, 1000);
  g_assert_cmpfloat (number_at (root, "start/p_a/0"), ==, 0.75);
  g_assert_cmpfloat (number_at (root, "start/p_b/2"), ==, 0.625);
  g_assert_false (json_node_get_boolean (node_at (root, "start/projected")));
  g_assert_false (json_node_get_boolean (node_at (root, "unprojected")));
  g_assert_cmpfloat_with_epsilon (number_at (root, "threshold"), 1 / sqrt (3), 1e-9);
  g_assert_cmpfloat_with_epsilon (number_at (root, "spectral_radius"), 0.98534258001976, 1e-10);
  g_assert_cmpfloat (number_at (root, "measured_slope"), <, -1);
  g_assert_true (is_null_at (root, "sha256") == FALSE && !node_at (root, "integrator"));
  g_autoptr (JsonNode) play = run_json ("game --method fictitious-play --json -");
  g_assert_true (is_null_at (play, "step") && is_null_at (play, "threshold"));
  g_assert_cmpfloat_with_epsilon (number_at (play, "measured_slope"), -0.5, 0.2);
  g_autoptr (JsonNode) euler = run_json ("game --method replicator --integrator euler --json -");
  g_assert_cmpstr (text_at (euler, "integrator"), ==, "euler");
  g_assert_true (is_null_at (euler, "threshold")); /* they lead away, however short */
  g_assert_cmpfloat_with_epsilon (number_at (euler, "spectral_radius"), sqrt (1 + 0.01 / 3), 1e-12);
}

static void
test_start_outside_is_projected (void)
{
  g_auto (RunResult) result = run_line ("game --method eag-v --start 0.4,0.7,0.6/0,3/2,-1/2 "
                                        "--iterations 1 --json -");
  g_autoptr (JsonNode) root = json_from_string (result.out, NULL);
  g_auto (GStrv) lines = lines_of (result.err);
  g_assert_cmpint (result.status, ==, 0);
  g_assert_cmpuint (g_strv_length (lines), ==, 1);
  g_assert_nonnull (strstr (lines[0], "0.4,0.7,0.6/0,3/2,-1/2"));
  g_assert_true (json_node_get_boolean (node_at (root, "start/projected")));
  g_assert_cmpfloat_with_epsilon (number_at (root, "start/p_a/1"), 7.0 / 15, 1e-15);
  g_assert_cmpfloat (number_at (root, "start/p_b/1"), ==, 1);
  g_autoptr (JsonNode) plain =
      run_json ("game --method eag-v --start 0,0,1/1/1,0,0 --iterations 1 --json -");
  g_assert_cmpfloat (number_at (plain, "start/p_a/2"), ==, 1);
  g_assert_cmpfloat (number_at (plain, "start/p_b/0"), ==, 1);
}

static void
test_beyond_all_numbers (void)
{
  g_autoptr (JsonNode) root =
      run_json ("game --method simultaneous-gda --unprojected --step 1e6 --json -");
  g_auto (RunResult) text = run_well ("game --method simultaneous-gda --unprojected --step 1e6");
  g_assert_true (is_null_at (root, "final/gap") && is_null_at (root, "final/p_a/0"));
  g_assert_true (is_null_at (root, "final/average/gap") && is_null_at (root, "final/kl"));
  g_assert_null (strstr (text.out, "nan"));
  g_assert_true (g_str_has_suffix (text.out, "the iterates are beyond all numbers.\n"));
  g_autoptr (JsonNode) edge =
      run_json ("game --method replicator --start 1,0,0/0,1,0 --iterations 3 --json -");
  g_assert_cmpstr (text_at (edge, "final/kl"), ==, "infinite");
}

/* Where iterates leave the simplices max − min is no gap, whatever its sign, and is not cut to 0.
 */
static void
test_outside_there_is_no_gap (void)
{
  const char *line = "game --payoff matching-pennies --method extragradient --unprojected "
                     "--iterations 5000";
  g_autofree char *as_json = g_strconcat (line, " --json -", NULL);
  g_autoptr (JsonNode) root = run_json (as_json);
  g_auto (RunResult) text = run_well (line);
  g_assert_cmpfloat_with_epsilon (number_at (root, "final/gap"), -665.9166666666, 1e-6);
  g_assert_true (json_node_get_boolean (node_at (root, "final/outside")));
  g_assert_true (json_node_get_boolean (node_at (root, "final/average/outside")));
  g_assert_cmpstr (text_at (root, "final/kl"), ==, "infinite");
  g_assert_nonnull (strstr (text.out, "none: outside the simplices; max − min is -665.917\n"));
  g_assert_nonnull (strstr (text.out, "−665.9 and −332.6 there, is no duality gap.\n"));
  g_autoptr (JsonNode) inside = run_json ("game --method extragradient --iterations 50 --json -");
  g_assert_false (json_node_get_boolean (node_at (inside, "final/outside")));
}

/* What was guessed of a file is said, and is in the JSON. */
static void
test_guesses_are_told (void)
{
  static const struct {
    const char *text, *told;
  } files[] = {{"0,5;-1,25\n1;-1,5\n", "decimal commas"},
               {",0,1\n0,1,2\n1,3,4\n", "first row and column read as names"},
               {"1,2\n3,4\n", NULL}};
  for (guint i = 0; i < G_N_ELEMENTS (files); i++) {
    g_assert_true (g_file_set_contents ("guess.csv", files[i].text, -1, NULL));
    for (int solve = 0; solve < 2; solve++) {
      g_auto (RunResult) result =
          run_line (solve ? "game solve --payoff guess.csv --json -"
                          : "game --method eag-c --payoff guess.csv --iterations 3 --json -");
      g_autoptr (JsonNode) root = json_from_string (result.out, NULL);
      g_assert_cmpint (result.status, ==, 0);
      g_assert_cmpint (node_at (root, "read_as") != NULL, ==, files[i].told != NULL);
      g_assert_cmpint (*result.err != 0, ==, files[i].told != NULL);
      if (files[i].told) {
        g_assert_cmpstr (text_at (root, "read_as"), ==, files[i].told);
        g_assert_nonnull (strstr (result.err, files[i].told));
        g_assert_nonnull (strstr (result.err, "guess.csv"));
      }
    }
  }
  g_assert_true (g_file_set_contents ("guess.csv", ",x,y\n0,1,2\n1,3,4\n", -1, NULL));
  g_auto (RunResult) inspected = run_well ("inspect guess.csv");
  g_assert_nonnull (strstr (inspected.out, "as points: 2 of 2 numbers; index column left out\n"));
  g_assert_nonnull (
      strstr (inspected.out, "as payoffs: a game of 2 × 2; first column read as names\n"));
  g_unlink ("guess.csv");
}

static void
test_prints (void)
{
  g_auto (RunResult) plain = run_well ("game --method alternating-gda");
  g_auto (RunResult) long_run =
      run_well ("game --method regret-matching-plus --iterations 20000 --csv c.csv");
  g_auto (RunResult) wide = run_well ("game --method mirror-prox --payoff wide.csv --iterations 1");
  g_assert_nonnull (strstr (plain.out, "rock paper scissors: 3 × 3 (rock, paper, scissors)\n"));
  g_assert_nonnull (strstr (plain.out, "alternating GDA, step 0.1, threshold 1.1547"));
  g_assert_nonnull (strstr (plain.out, "\n  A         0.75, 0.125, 0.125\n"));
  g_assert_nonnull (strstr (plain.out, "\naverage gap "));
  g_assert_nonnull (
      strstr (plain.out, "After 1\u2009000 iterations of alternating GDA the gap is"));
  g_assert_nonnull (
      strstr (long_run.out, "from iteration 10\u2009000 on 1\u2009000 of each decade"));
  g_assert_null (strstr (long_run.out, "step"));
  g_assert_nonnull (strstr (wide.out, "wide.csv: 2 × 4 (up, down, \"left\" against a,1, b, c, d)"));
  g_assert_nonnull (strstr (wide.out, "A leans to its first strategy, B to its last\n"));
  g_assert_nonnull (strstr (wide.out, "\n  A         0.75, 0.25\n"));
  g_assert_nonnull (strstr (wide.out, "\n  B         0.125, 0.125, 0.125, 0.625\n"));
  g_unlink ("c.csv");
}

static void
test_standard_output (void)
{
  g_auto (RunResult) csv = run_well ("game --method eag-c --iterations 3 --csv -");
  g_auto (GStrv) lines = lines_of (csv.out);
  g_assert_cmpuint (g_strv_length (lines), ==, 5);
  g_assert_true (g_str_has_prefix (lines[0], "k,p_a_rock,p_a_paper,p_a_scissors,p_b_rock,"));
  g_assert_true (g_str_has_suffix (lines[0], ",average_p_b_scissors,average_gap,kl,energy"));
  g_assert_true (g_str_has_prefix (lines[1], "0,0.75,0.125,0.125,0.125,0.25,0.625,"));
}

static void
test_files (void)
{
  g_autofree char *hash = hash_of ("wide.csv"), *json = NULL, *csv = NULL;
  g_auto (RunResult) result =
      run_well ("game --method lookahead --payoff wide.csv --json r.json --csv c.csv");
  g_assert_true (g_file_get_contents ("r.json", &json, NULL, NULL));
  g_assert_true (g_file_get_contents ("c.csv", &csv, NULL, NULL));
  g_autoptr (JsonNode) root = json_from_string (json, NULL);
  g_auto (GStrv) lines = lines_of (csv);
  g_assert_cmpstr (text_at (root, "payoff"), ==, "wide.csv");
  g_assert_cmpstr (text_at (root, "sha256"), ==, hash);
  g_assert_true (g_str_has_prefix (text_at (root, "software"), "Limen "));
  g_assert_cmpfloat (number_at (root, "points_for_b/1/3"), ==, 1.0 / 3);
  g_assert_true (g_str_has_prefix (
      lines[0], "k,p_a_up,\"p_a_down, \"\"left\"\"\",\"p_b_a,1\",p_b_b,p_b_c,p_b_d,gap,"));
  g_assert_cmpuint (g_strv_length (lines), ==, 1002);
  g_unlink ("r.json");
  g_unlink ("c.csv");
}

static void
test_draws (void)
{
  static const struct {
    const char *line, *file, *begins;
  } table[] = {
      {"game --method replicator --iterations 20000 --plot p.svg", "p.svg", "<?xml"},
      {"game --method simultaneous-gda --unprojected --plot p.png --dark --size 360x640", "p.png",
       "\x89PNG"},
      {"game --method simultaneous-gda --unprojected --step 1e6 --plot p.png", "p.png", "\x89PNG"},
      {"game --method mirror-prox --payoff wide.csv --plot p.pdf", "p.pdf", "%PDF"},
      {"game --method fictitious-play --payoff many-solutions --iterations 1 --plot p.png", "p.png",
       "\x89PNG"},
  };
  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autofree char *bytes = NULL;
    g_test_message ("%s", table[i].line);
    g_auto (RunResult) result = run_well (table[i].line);
    g_assert_true (g_file_get_contents (table[i].file, &bytes, NULL, NULL));
    g_assert_true (g_str_has_prefix (bytes, table[i].begins));
    g_unlink (table[i].file);
  }
}

static void
test_signs_its_picture (void)
{
  g_autofree char *hash = hash_of ("official.csv");
  const char *const told[] = {"EAG-V plays official.csv",
                              "eag-v, step 0.25",
                              "A: 0.5, 0.25, 0.25;",
                              "After 50 iterations of EAG-V",
                              hash,
                              NULL};
  assert_signed ("game --method eag-v --step 0.25 --payoff official.csv --iterations 50 "
                 "--start 1/2,1/4,1/4/0.25,0.5,0.25",
                 told);
}

/* What differs in nothing else but numbers */
static void
test_signs_how_its_method_goes (void)
{
  static const struct {
    const char *line, *told;
  } table[] = {
      {"game --method replicator --integrator euler", "replicator by Euler's steps, step "},
      {"game --method replicator --integrator runge-kutta",
       "replicator by Runge and Kutta's steps, step "},
      {"game --method replicator", "replicator by Störmer and Verlet's steps, step "},
      {"game --method extragradient --unprojected", "extragradient without projection, step "},
      {"game --method extragradient", "extragradient, step "},
  };
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    assert_signed (table[i].line, (const char *const[]){table[i].told, NULL});
}

/* -- solutions -- */

static void
assert_mix (JsonNode *root, const char *player, guint i, const char *weights)
{
  g_auto (GStrv) weight = g_strsplit (weights, " ", -1);
  for (guint j = 0; weight[j]; j++) {
    double value;
    g_autofree char *exact = g_strdup_printf ("solutions/exact/%s/%u/%u", player, i, j);
    g_autofree char *plain = g_strdup_printf ("solutions/%s/%u/%u", player, i, j);
    g_assert_true (limen_payoff_parse_number (weight[j], &value));
    g_assert_cmpstr (text_at (root, exact), ==, weight[j]);
    g_assert_cmpfloat (number_at (root, plain), ==, value);
  }
}

static guint
n_elements (JsonNode *root, const char *path)
{
  return json_array_get_length (json_node_get_array (node_at (root, path)));
}

static void
test_solve (void)
{
  g_autoptr (JsonNode) plain = run_json ("game solve --json -");
  assert_mix (plain, "p_a", 0, "1/3 1/3 1/3");
  assert_mix (plain, "p_b", 0, "1/3 1/3 1/3");
  g_assert_cmpstr (text_at (plain, "payoff"), ==, "rock-paper-scissors");
  g_assert_cmpstr (text_at (plain, "value_exact"), ==, "0");
  g_assert_cmpfloat (number_at (plain, "value"), ==, 0);
  g_assert_true (json_node_get_boolean (node_at (plain, "unique")));
  g_assert_cmpuint (n_elements (plain, "certificate"), >=, 3);
  g_autoptr (JsonNode) biased =
      run_json ("game solve --payoff biased-rock-paper-scissors --json -");
  assert_mix (biased, "p_a", 0, "1/16 5/8 5/16");
  assert_mix (biased, "p_b", 0, "1/16 5/8 5/16");
  g_assert_true (json_node_get_boolean (node_at (biased, "unique")));
  g_autoptr (JsonNode) many = run_json ("game solve --payoff many-solutions --json -");
  g_assert_cmpuint (n_elements (many, "solutions/p_a"), ==, 2);
  g_assert_cmpuint (n_elements (many, "solutions/p_b"), ==, 2);
  assert_mix (many, "p_a", 0, "1/2 1/2 0");
  assert_mix (many, "p_a", 1, "0 0 1");
  g_assert_false (json_node_get_boolean (node_at (many, "unique")));
}

/* Without a saddle point in pure strategies: value (ad − bc) / (a + d − b − c) = −1/2 */
static void
test_solve_a_file (void)
{
  g_autofree char *hash = NULL;
  g_assert_true (g_file_set_contents ("two.csv", "-2,1\n1,-2\n", -1, NULL));
  hash = hash_of ("two.csv");
  g_autoptr (JsonNode) root = run_json ("game solve --payoff two.csv --json -");
  g_auto (RunResult) text = run_well ("game solve --payoff two.csv");
  assert_mix (root, "p_a", 0, "1/2 1/2");
  g_assert_cmpstr (text_at (root, "value_exact"), ==, "-1/2");
  g_assert_cmpfloat (number_at (root, "value"), ==, -0.5);
  g_assert_cmpstr (text_at (root, "sha256"), ==, hash);
  g_assert_nonnull (strstr (text.out, "two.csv: 2 × 2 (A1, A2 against B1, B2)\n"));
  g_assert_nonnull (strstr (text.out, "\nvalue       \u22121/2\n"));
  g_assert_nonnull (strstr (text.out, "\nA plays     1/2, 1/2\n"));
  g_assert_nonnull (strstr (text.out, "\nunique      yes\n"));
  g_assert_true (
      g_file_set_contents ("two.csv", "0.12345678901234,1\n1,0.98765432109876\n", -1, NULL));
  g_autoptr (JsonNode) odd = run_json ("game solve --payoff two.csv --json -");
  g_assert_true (is_null_at (odd, "value_exact") && is_null_at (odd, "solutions/exact"));
  g_assert_cmpfloat (number_at (odd, "value"), >, 0.98);
  g_auto (RunResult) stored = run_well ("game solve --payoff two.csv");
  g_assert_nonnull (strstr (stored.out, "\nunique      yes, of payoffs rounded to 53 bits\n"));
  g_unlink ("two.csv");
}

/* -- what is refused -- */

static void
test_refused_payoffs (void)
{
  static const struct {
    const char *text, *says;
    gssize size;
  } table[] = {
      {"0,1,x\n1,0,1\n", "has text in row 1 (“x”)", -1},
      {"0,1\n1,nan\n", "row 2 that is not finite", -1},
      {"0,1\ninf,1\n", "row 2 that is not finite", -1},
      {"0,1\n1e308,1\n", "row 2 beyond 1 000 000 000", -1},
      {"0,1\n1/0,1\n", "row 2 that is not finite", -1},
      {"0,1\n1\n", "another number of payoffs in row 2 (1) than before (2)", -1},
      {"0,1\n1,\n", "nothing in column 2 of row 2", -1},
      {"1,2,3,4,5,6,7,8,9,10,11\n", "more than 10 columns", -1},
      {"1\n1\n1\n1\n1\n1\n1\n1\n1\n1\n1\n", "more than 10 rows", -1},
      {"a,b\n", "no row of numbers", -1},
      {"", "no row of numbers", -1},
      {"\"\"\n", "no row of numbers", -1},
      {"\n\"\" 4x\n\"\"", "in row 2 (“4x”), column 2", -1},
      {"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "not a table of numbers", 16},
  };
  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    g_assert_true (g_file_set_contents ("bad.csv", table[i].text, table[i].size, NULL));
    assert_refused ("game --method eag-v --payoff bad.csv --json r.json", "bad.csv ");
    assert_refused ("game --method eag-v --payoff bad.csv --json r.json", table[i].says);
    assert_refused ("game solve --payoff bad.csv --json r.json", table[i].says);
  }
  g_unlink ("bad.csv");
}

static void
test_refused_input (void)
{
  static const struct {
    const char *line, *says;
  } table[] = {
      {"game --method eag-v --payoff nowhere.csv", "nowhere.csv"},
      {"game --method eag-v --payoff poker", "no game named “poker”; choose one of rock-paper-"},
      {"game solve --payoff empty", "empty"},
      {"game --method eag-v --start 1,0/0,1", "is not 3 weights of A, a slash and 3 of B"},
      {"game --method eag-v --start 1,0,0", "write it like 1,0,0/0,0,1"},
      {"game --method eag-v --start 1,0,0/0,1", "is not 3 weights of A"},
      {"game --method eag-v --start 1,0,0/0,nan,0", "“nan” in the start “1,0,0/0,nan,0”"},
      {"game --method eag-v --start 1,0,0/0,inf,0", "“inf” in the start"},
      {"game --method eag-v --start 1e300,0,0/0,1,0", "“1e300” in the start"},
      {"game --method eag-v --start rock/paper", "“rock” in the start"},
      {"game --method eag-v --start 0,0.5,1/2/4,0,0.5", "can be read in two ways"},
      {"game --method eag-v --payoff wide.csv --start 1,0/0,1", "is not 2 weights of A"},
      {"game --method eag-v --payoff wide.csv --csv wide.csv", "wide.csv would overwrite"},
      {"game --method eag-v --csv r.json --json r.json", "r.json would overwrite"},
      {"game --method eag-v --csv nowhere/c.csv", "nowhere/c.csv"},
      {"game --method eag-v --plot nowhere/p.png", "nowhere/p.png"},
      {"game --method eag-v --step 1e7", "A step size of 1e+07 is too large for this game"},
      {"game --method eag-v --step 1e-300", "A step size of 1e-300 goes nowhere"},
      {"game solve --payoff wide.csv --json wide.csv", "wide.csv would overwrite"},
  };
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    assert_refused (table[i].line, table[i].says);
}

/* What nobody could read is told as a decimal that says so; files have all of it. */
static void
test_solve_long_fractions (void)
{
  g_assert_true (g_file_set_contents (
      "long.csv", "0,1/999983,-1/7\n-5/999979,0,1/999961\n1/999959,-2/13,0\n", -1, NULL));
  g_autoptr (JsonNode) root = run_json ("game solve --payoff long.csv --json -");
  g_auto (RunResult) text = run_well ("game solve --payoff long.csv");
  const char *value = text_at (root, "value_exact");
  g_auto (GStrv) part = g_strsplit (value, "/", 2);
  g_assert_cmpuint (strlen (value), >, 40);
  g_assert_cmpuint (g_strv_length (part), ==, 2);
  g_assert_cmpfloat (fabs (g_ascii_strtod (part[0], NULL) / g_ascii_strtod (part[1], NULL) -
                           number_at (root, "value")),
                     <=, -1e-15 * number_at (root, "value"));
  g_assert_nonnull (strstr (text.out, "\nvalue       ≈ −4.999700015e−06\n"));
  g_assert_null (strstr (text.out, value));
  g_assert_nonnull (strstr (text.out, "\nunique      yes\n"));
  g_assert_nonnull (strstr (text.out, "each of these earns exactly the value (compl"));
  g_assert_nonnull (strstr (text.out, "limen game solve --json writes the value and all weights"));
  g_unlink ("long.csv");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_autofree char *folder = g_dir_make_tmp ("limen-test-XXXXXX", NULL);
  g_assert_cmpint (g_chdir (folder), ==, 0);
  g_assert_true (g_file_set_contents (
      "wide.csv", ";a,1;b;c;d\nup;1;2;3;-4\ndown, \"left\";0;−1;2.5;1/3\n", -1, NULL));
  g_assert_true (g_file_set_contents ("official.csv", "0,-1,1\n1,0,-1\n-1,1,0\n", -1, NULL));
  g_mkdir ("empty", 0700);
  g_test_add_func ("/cli/game/json", test_json);
  g_test_add_func ("/cli/game/start-outside-is-projected", test_start_outside_is_projected);
  g_test_add_func ("/cli/game/beyond-all-numbers", test_beyond_all_numbers);
  g_test_add_func ("/cli/game/outside-there-is-no-gap", test_outside_there_is_no_gap);
  g_test_add_func ("/cli/game/guesses-are-told", test_guesses_are_told);
  g_test_add_func ("/cli/game/prints", test_prints);
  g_test_add_func ("/cli/game/standard-output", test_standard_output);
  g_test_add_func ("/cli/game/files", test_files);
  g_test_add_func ("/cli/game/draws", test_draws);
  g_test_add_func ("/cli/game/signs-its-picture", test_signs_its_picture);
  g_test_add_func ("/cli/game/signs-how-its-method-goes", test_signs_how_its_method_goes);
  g_test_add_func ("/cli/game/solve", test_solve);
  g_test_add_func ("/cli/game/solve-a-file", test_solve_a_file);
  g_test_add_func ("/cli/game/solve-long-fractions", test_solve_long_fractions);
  g_test_add_func ("/cli/game/refused-payoffs", test_refused_payoffs);
  g_test_add_func ("/cli/game/refused-input", test_refused_input);
  int status = g_test_run ();
  g_unlink ("wide.csv");
  g_unlink ("official.csv");
  g_rmdir ("empty");
  g_assert_cmpint (g_chdir ("/"), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0); /* what is left is a mistake */
  return status;
}
