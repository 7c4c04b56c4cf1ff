/* limen game: its numbers against reference values, and long runs. */
#include "run-json.h"

#include <glib/gstdio.h>
#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>

#define START_1 "1/2,1/4,1/4/0.25,0.5,0.25"
#define START_2 "0.75,0.125,0.125/0.125,0.25,0.625"
#define WIDTH   17 /* columns of a table of a 3 × 3 game */

enum { P_A = 1, P_B = 4, GAP = 7, AVERAGE_A = 8, AVERAGE_B = 11, AVERAGE_GAP = 14, KL, ENERGY };

static JsonNode *reference; /* (nullable): of games_ref.json */

/* -- tables -- */

/* (transfer full): lines of a CSV file that @line writes as c.csv, the heading first */
static char **
run_csv (const char *line)
{
  g_autofree char *whole = g_strconcat (line, " --csv c.csv", NULL), *csv = NULL;
  g_auto (RunResult) result = run_well (whole);
  g_assert_true (g_file_get_contents ("c.csv", &csv, NULL, NULL));
  g_unlink ("c.csv");
  return lines_of (csv);
}

/* @cell: (WIDTH): of a row of a 3 × 3 game; empty ones are NaN */
static void
read_row (const char *line, double *cell)
{
  g_auto (GStrv) cells = g_strsplit (line, ",", -1);
  g_assert_cmpuint (g_strv_length (cells), ==, WIDTH);
  for (guint i = 0; i < WIDTH; i++)
    cell[i] = *cells[i] ? g_ascii_strtod (cells[i], NULL) : NAN;
}

/* -- against the reference -- */

static const struct {
  const char *key, *line;
  gboolean leaves_1,
      leaves_2; /* whether it leaves the simplices from the first, the second start */
} methods[] = {
    {"gda_sim_eta0.1", "simultaneous-gda --step 0.1", FALSE, FALSE},
    {"gda_sim_unprojected_eta0.1", "simultaneous-gda --step 0.1", TRUE, TRUE},
    {"gda_alt_eta0.1", "alternating-gda --step 0.1", FALSE, FALSE},
    {"eg_eta0.1", "extragradient --step 0.1", FALSE, FALSE},
    {"eg_etaopt_1/sqrt6", "extragradient --step 0.40824829046386307", FALSE, FALSE},
    {"ogda_eta0.1", "optimistic-gda --step 0.1", FALSE, FALSE},
    {"ogda_etaopt_1/(2sqrt3)", "optimistic-gda --step 0.28867513459481292", FALSE, FALSE},
    {"ppm_eta0.1", "proximal-point --step 0.1", FALSE, TRUE},
    {"mwu_eta0.1", "multiplicative-weights --step 0.1", FALSE, FALSE},
    {"mwu_alt_eta0.1", "alternating-multiplicative-weights --step 0.1", FALSE, FALSE},
    {"omwu_eta0.1", "optimistic-multiplicative-weights --step 0.1", FALSE, FALSE},
    {"mirrorprox_eta0.1", "mirror-prox --step 0.1", FALSE, FALSE},
    {"replicator_euler_h0.1", "replicator --step 0.1 --integrator euler", FALSE, FALSE},
    {"replicator_rk4_h0.1", "replicator --step 0.1 --integrator runge-kutta", FALSE, FALSE},
    {"replicator_verlet_h0.1", "replicator --step 0.1", FALSE, FALSE},
    {"eag_c_alpha_1/(8sqrt3)", "eag-c", FALSE, FALSE},
    {"eag_v_alpha0_0.618/sqrt3", "eag-v", FALSE, FALSE},
    {"simgd_anchor_p0.6_gamma2", "anchored-simultaneous-gda --step 1", FALSE, TRUE},
    {"rm_sim", "regret-matching", FALSE, FALSE},
    {"rm_plus_sim", "regret-matching-plus", FALSE, FALSE},
};

/* The object of @key, which may have slashes in it */
static JsonNode *
reference_of (const char *key)
{
  JsonNode *iterates = node_at (reference, "iterates");
  JsonNode *node = json_object_get_member (json_node_get_object (iterates), key);
  g_assert_nonnull (node);
  return node;
}

/* @name: a number, or three where @n is 3 */
static void
assert_near (JsonNode *rows, guint k, const char *name, const double *cell, guint n,
             double relative)
{
  for (guint i = 0; i < n; i++) {
    g_autofree char *path =
        n > 1 ? g_strdup_printf ("%u/%s/%u", k, name, i) : g_strdup_printf ("%u/%s", k, name);
    double expected = number_at (rows, path);
    double off = fabs (cell[i] - expected), most = fmax (1e-10, relative * fabs (expected));
    if (!(off <= most))
      g_error ("%s: %.17g, not %.17g", path, cell[i], expected);
  }
}

static void
assert_as_reference (guint method, guint start, gboolean official)
{
  gboolean leaves = start == 0 ? methods[method].leaves_1 : methods[method].leaves_2;
  double relative = leaves ? 1e-8 : 0, cell[WIDTH];
  g_autofree char *line =
      g_strconcat (official ? "game --payoff official.csv --start " : "game --start ",
                   start == 0 ? START_1 : START_2, leaves ? " --unprojected" : "", " --method ",
                   methods[method].line, NULL);
  g_autofree char *key = g_strdup_printf ("%s/S%u/%s", official ? "official" : "points_for_B",
                                          start + 1, methods[method].key);
  g_auto (GStrv) lines = run_csv (line);
  JsonNode *rows = reference_of (key);
  g_test_message ("%s", line);
  g_assert_cmpuint (g_strv_length (lines), ==, 1002);
  for (guint k = 1; k <= 1000; k *= 10) {
    read_row (lines[k + 1], cell);
    g_assert_cmpfloat (cell[0], ==, k);
    assert_near (rows, k, "x", cell + P_A, 3, relative);
    assert_near (rows, k, "y", cell + P_B, 3, relative);
    assert_near (rows, k, "gap", cell + GAP, 1, relative);
    assert_near (rows, k, "avg_x", cell + AVERAGE_A, 3, relative);
    assert_near (rows, k, "avg_y", cell + AVERAGE_B, 3, relative);
    assert_near (rows, k, "avg_gap", cell + AVERAGE_GAP, 1, relative);
  }
}

static gboolean
skipped (void)
{
  if (!reference)
    g_test_skip ("the reference data are not here");
  return !reference;
}

static void
test_methods_as_in_reference (void)
{
  if (skipped ())
    return;
  for (guint method = 0; method < G_N_ELEMENTS (methods); method++)
    for (guint start = 0; start < 2; start++) {
      assert_as_reference (method, start, FALSE);
      assert_as_reference (method, start, TRUE);
    }
}

/* Counts of plays, of which the start is one */
static void
test_fictitious_play_as_in_reference (void)
{
  static const struct {
    const char *key, *start;
  } table[] = {{"points_for_B/fictitious_play_rock_vs_rock", "1,0,0/1,0,0"},
               {"points_for_B/fictitious_play_rock_vs_paper", "1,0,0/0,1,0"}};
  double cell[WIDTH];
  if (skipped ())
    return;
  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autofree char *line =
        g_strconcat ("game --method fictitious-play --start ", table[i].start, NULL);
    g_auto (GStrv) lines = run_csv (line);
    JsonNode *rows = reference_of (table[i].key);
    for (guint k = 1; k <= 1000; k *= 10) {
      read_row (lines[k + 1], cell);
      assert_near (rows, k, "gap_float", cell + GAP, 1, 0);
      for (guint j = P_A; j < GAP; j++)
        cell[j] *= k + 1;
      assert_near (rows, k, "counts_A", cell + P_A, 3, 0);
      assert_near (rows, k, "counts_B", cell + P_B, 3, 0);
    }
  }
}

static void
test_kept_as_in_reference (void)
{
  double cell[WIDTH], most = 0, first;
  if (skipped ())
    return;
  g_auto (GStrv) verlet =
      run_csv ("game --payoff official.csv --method replicator --step 0.1 --start " START_1);
  for (guint k = 0; k <= 1000; k++) {
    read_row (verlet[k + 1], cell);
    most = fmax (most, cell[KL]);
  }
  g_assert_cmpfloat_with_epsilon (
      most, number_at (reference, "facts/invariants/S1/replicator_verlet_KL_min_max_end_n1000/1"),
      1e-10);
  g_auto (GStrv) kept =
      run_csv ("game --method alternating-gda --unprojected --step 0.1 --start " START_2);
  read_row (kept[1], cell);
  first = cell[ENERGY];
  for (guint k = 1; k <= 1000; k++) {
    read_row (kept[k + 1], cell);
    g_assert_cmpfloat_with_epsilon (cell[ENERGY], first, 1e-12);
  }
}

/* -- what is recorded -- */

static void
assert_same_numbers (JsonNode *root, const char *path, const double *cell, guint n)
{
  for (guint i = 0; i < n; i++) {
    g_autofree char *whole = g_strdup_printf ("%s/%u", path, i);
    g_assert_cmpfloat (number_at (root, whole), ==, cell[i]);
  }
}

/* Each of the first iterations, evenly on a logarithmic scale after, and the last. */
static void
test_long_table_is_thinned (void)
{
  g_autoptr (JsonNode) root =
      run_json ("game --method optimistic-gda --step 0.3 --iterations 2e5 --csv c.csv --json -");
  g_autofree char *csv = NULL;
  double cell[WIDTH], before = 0;
  g_assert_true (g_file_get_contents ("c.csv", &csv, NULL, NULL));
  g_unlink ("c.csv");
  g_auto (GStrv) lines = lines_of (csv);
  guint n = g_strv_length (lines) - 1;
  g_assert_cmpuint (n, >, 11200);
  g_assert_cmpuint (n, <, 11400); /* 10 001 and 1000 · log10 20 */
  for (guint i = 0; i < n; i++) {
    read_row (lines[i + 1], cell);
    if (i <= 10000)
      g_assert_cmpfloat (cell[0], ==, i);
    else
      g_assert_true (cell[0] > before && cell[0] <= ceil (before * 1.00231));
    before = cell[0];
  }
  g_assert_cmpfloat (before, ==, 200000);
  g_assert_cmpfloat (number_at (root, "final/k"), ==, 200000);
  assert_same_numbers (root, "final/p_a", cell + P_A, 3);
  assert_same_numbers (root, "final/p_b", cell + P_B, 3);
  assert_same_numbers (root, "final/average/p_a", cell + AVERAGE_A, 3);
  assert_same_numbers (root, "final/average/p_b", cell + AVERAGE_B, 3);
  g_assert_cmpfloat (number_at (root, "final/gap"), ==, cell[GAP]);
  g_assert_cmpfloat (number_at (root, "final/average/gap"), ==, cell[AVERAGE_GAP]);
  g_assert_cmpfloat (number_at (root, "final/kl"), ==, cell[KL]);
}

/* -- long runs -- */

static GPid
spawn (const char *line)
{
  GPid pid;
  g_autofree char *whole = g_strconcat (limen_binary (), " ", line, NULL);
  g_auto (GStrv) argv = g_strsplit (whole, " ", 0);
  g_assert_true (g_spawn_async (NULL, argv, NULL,
                                G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL,
                                &pid, NULL));
  return pid;
}

/* Kilobytes at most in memory */
static glong
measure_memory (const char *line)
{
  struct rusage usage;
  int status;
  g_assert_cmpint (wait4 (spawn (line), &status, 0, &usage), >, 0);
  g_assert_true (WIFEXITED (status) && WEXITSTATUS (status) == 0);
  return usage.ru_maxrss;
}

static void
test_memory_is_bounded (void)
{
  glong few = measure_memory ("game --method optimistic-gda --iterations 20000");
  glong many = measure_memory ("game --method optimistic-gda --iterations 1000000");
  g_test_message ("%ld kB, %ld kB", few, many);
  g_assert_cmpint (many - few, <, 20000); /* 350 MB if each had its row */
}

/* On the processor, of a process that has not ended: ticks of it are the 14th and 15th word */
static double
cpu_seconds_of (GPid pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/stat", pid), *text = NULL;
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_auto (GStrv) words = g_strsplit (strrchr (text, ')') + 2, " ", 0);
  return (g_ascii_strtod (words[11], NULL) + g_ascii_strtod (words[12], NULL)) /
         (double)sysconf (_SC_CLK_TCK);
}

static double
seconds_of (struct timeval time)
{
  return (double)time.tv_sec + 1e-6 * (double)time.tv_usec;
}

/* In the midst of its work, whose end takes next to nothing, however long a busy machine has it
 * wait. */
static void
test_interrupt_ends_a_long_run (void)
{
  struct rusage usage;
  int status;
  GPid pid = spawn (
      "game --method extragradient --iterations 1000000000 --json r.json --csv c.csv --plot p.png");
  while (cpu_seconds_of (pid) < 0.4)
    g_usleep (1000);
  g_assert_cmpint (kill (pid, SIGINT), ==, 0);
  double before = cpu_seconds_of (pid);
  g_assert_cmpint (wait4 (pid, &status, 0, &usage), ==, pid);
  g_assert_cmpfloat (seconds_of (usage.ru_utime) + seconds_of (usage.ru_stime) - before, <, 0.5);
  g_assert_true (WIFEXITED (status) && WEXITSTATUS (status) == 130);
  g_assert_false (g_file_test ("r.json", G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test ("c.csv", G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test ("p.png", G_FILE_TEST_EXISTS));
}

/* (nullable) */
static JsonNode *
load_reference (void)
{
  const char *root = g_getenv ("LIMEN_SHARED_DIR");
  g_autofree char *path =
      g_build_filename (root ? root : "", "reference", "games", "games_ref.json", NULL);
  g_autofree char *text = NULL;
  return root && g_file_get_contents (path, &text, NULL, NULL) ? json_from_string (text, NULL)
                                                               : NULL;
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  reference = load_reference ();
  g_autofree char *folder = g_dir_make_tmp ("limen-test-XXXXXX", NULL);
  g_assert_cmpint (g_chdir (folder), ==, 0);
  g_assert_true (g_file_set_contents ("official.csv", "0,-1,1\n1,0,-1\n-1,1,0\n", -1, NULL));
  g_test_add_func ("/cli/game/methods-as-in-reference", test_methods_as_in_reference);
  g_test_add_func ("/cli/game/fictitious-play-as-in-reference",
                   test_fictitious_play_as_in_reference);
  g_test_add_func ("/cli/game/kept-as-in-reference", test_kept_as_in_reference);
  g_test_add_func ("/cli/game/long-table-is-thinned", test_long_table_is_thinned);
  g_test_add_func ("/cli/game/memory-is-bounded", test_memory_is_bounded);
  g_test_add_func ("/cli/game/interrupt-ends-a-long-run", test_interrupt_ends_a_long_run);
  int status = g_test_run ();
  g_clear_pointer (&reference, json_node_unref);
  g_unlink ("official.csv");
  g_assert_cmpint (g_chdir ("/"), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0); /* what is left is a mistake */
  return status;
}
