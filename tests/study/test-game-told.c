/* What the Game page tells, and limen game of the same. */
#include "model/report/provenance.h"
#include "ui/study/ending.h"
#include "tests/study/heard.h"
#include "tests/study/told-text.h"
#include "ui/study/game/told.h"

#define STEP 0.1

static LimenGameSession *
session_after (guint64 n, const char *path)
{
  LimenGameSession *session = limen_game_session_new ();
  if (path)
    limen_game_session_open (session, path);
  limen_game_session_advance (session, n, 60000);
  return session;
}

static void
end (LimenGameSession *session)
{
  g_object_unref (session);
  limen_ending_wait ();
}

/* Rock paper scissors by hand: A goes down M·y, B up Mᵀ·x, twice from the same place (Korpelevich
 * 1976); sums of each are 0, and nothing is near an edge, so that no projection does anything. */
static void
step_by_hand (double *x, double *y)
{
  double half_x[3], half_y[3], dx[3], dy[3];
  for (int half = 0; half < 2; half++) {
    const double *from_x = half ? half_x : x, *from_y = half ? half_y : y;
    for (int i = 0; i < 3; i++) {
      dx[i] = from_y[(i + 1) % 3] - from_y[(i + 2) % 3];
      dy[i] = from_x[(i + 2) % 3] - from_x[(i + 1) % 3];
    }
    for (int i = 0; i < 3; i++) {
      (half ? x : half_x)[i] = x[i] - STEP * dx[i];
      (half ? y : half_y)[i] = y[i] + STEP * dy[i];
    }
  }
}

static void
assert_points (const char *text, const double *x, const double *y)
{
  g_autofree char *a = g_strdup (strchr (text, ':') + 1), *b = g_strdup (strstr (text, "B:") + 2);
  char *at_a = a, *at_b = b;
  for (int i = 0; i < 3; i++) {
    g_assert_cmpfloat_with_epsilon (g_ascii_strtod (at_a, &at_a), x[i], 1e-9);
    g_assert_cmpfloat_with_epsilon (g_ascii_strtod (at_b, &at_b), y[i], 1e-9);
    at_a++;
    at_b++;
  }
}

static void
test_iterates_are_those_worked_by_hand (void)
{
  double x[] = {0.75, 0.125, 0.125}, y[] = {0.125, 0.25, 0.625}, sum_x[3] = {0}, sum_y[3] = {0};
  LimenGameSession *session = session_after (2, NULL);
  g_auto (LimenTold) told = limen_game_session_told (session);
  assert_points (told_value (&told, "Start"), x, y);
  for (int k = 0; k < 2; k++) {
    step_by_hand (x, y);
    for (int i = 0; i < 3; i++) {
      sum_x[i] += x[i] / 2;
      sum_y[i] += y[i] / 2;
    }
  }
  const LimenDynamics *run = limen_game_session_run (session);
  g_assert_cmpfloat_with_epsilon (run->x[0], x[0], 1e-12);
  assert_points (told_value (&told, "Last iterate"), x, y);
  assert_points (told_value (&told, "Average"), sum_x, sum_y);
  g_assert_cmpstr (told_value (&told, "Title"), ==, "extragradient plays rock paper scissors");
  g_assert_cmpstr (told_value (&told, "Method"), ==, "extragradient, step 0.1");
  g_assert_nonnull (strstr (told_value (&told, "Description"), "After 2 iterations"));
  g_assert_null (told_value (&told, "Payoffs"));
  end (session);
}

static void
test_payoffs_of_a_file_are_told_with_its_hash (void)
{
  char *path = write_lone_file ("own.csv", "0,2,-1\n-1,0,3\n1,-2,0\n", -1);
  LimenGameSession *session = session_after (0, path);
  g_auto (LimenTold) told = limen_game_session_told (session);
  assert_file_told (&told, "Payoffs", path);
  g_assert_cmpstr (told_value (&told, "Title"), ==, "extragradient plays own.csv");
  end (session);
  remove_lone_file (path);
}

static gboolean
has_race (gpointer session)
{
  guint n;
  limen_game_session_curves (session, &n);
  return n == 1 + LIMEN_GAME_BESIDE;
}

static void
test_who_races_beside_is_named_with_its_gap (void)
{
  LimenGameSession *session = session_after (0, NULL);
  wait_until (has_race, session);
  g_auto (LimenTold) told = limen_game_session_told (session);
  g_auto (GStrv) line = g_strsplit (told_value (&told, "Beside"), "\n", -1);
  g_assert_cmpuint (g_strv_length (line), ==, LIMEN_GAME_BESIDE);
  /* by hand: without projection it would be led away from the middle; with, to the edges */
  g_assert_true (g_str_has_prefix (line[0], "simultaneous-gda, step 0.1: gap "));
  g_assert_cmpfloat (number_after (line[0], "gap "), >, 0.1);
  g_assert_true (g_str_has_suffix (line[1], " after 10000 iterations"));
  for (guint i = 0; i < LIMEN_GAME_BESIDE; i++) {
    guint n;
    const LimenGameCurve *curve = &limen_game_session_curves (session, &n)[i + 1];
    double gap = curve->gap[curve->n - 1];
    g_assert_cmpfloat (fabs (number_after (line[i], "gap ") - gap), <=, 1e-5 * gap);
  }
  end (session);
}

/* As limen game --iterations 5 makes it of the same file */
static void
test_page_and_command_tell_the_same (void)
{
  char *path = write_lone_file ("own.csv", "0,2,-1\n-1,0,3\n1,-2,0\n", -1);
  LimenGameSession *session = session_after (5, path);
  g_autoptr (GError) error = NULL;
  LimenPayoff payoff;
  g_autofree char *guessed = NULL;
  g_assert_true (limen_payoff_load (path, &payoff, &guessed, &error));
  g_autoptr (LimenSolution) solution = limen_solve (&payoff, &error);
  const double x[] = {0.75, 0.125, 0.125}, y[] = {0.125, 0.25, 0.625};
  LimenDynamics start;
  double step = limen_method_default_step (LIMEN_EXTRAGRADIENT, &payoff);
  g_assert_true (limen_dynamics_start (&start, &payoff, LIMEN_EXTRAGRADIENT, step, x, y, &error));
  g_autoptr (LimenGameRecord) record = limen_game_record_new (&start, solution, 5, NULL, &error);
  const char *file = path;
  g_autoptr (GHashTable) hashes = limen_hash_files (&file, 1, NULL, 0, NULL, &error);
  g_assert_no_error (error);
  const LimenGameReport report = {.record = record, .payoff = path, .sha256 = hashes};
  g_auto (LimenTold) page = limen_game_session_told (session);
  g_auto (LimenTold) command = limen_game_told (&report, solution);
  assert_told_alike (&page, &command, "Beside");
  g_autofree char *json = limen_game_report_json (&report);
  g_assert_nonnull (strstr (json, g_hash_table_lookup (hashes, path)));
  end (session);
  remove_lone_file (path);
}

static void
test_the_table_is_the_race (void)
{
  double x[] = {0.75, 0.125, 0.125}, y[] = {0.125, 0.25, 0.625};
  LimenGameSession *session = session_after (0, NULL);
  wait_until (has_race, session);
  g_auto (LimenTold) told = limen_game_session_told (session);
  g_autoptr (GPtrArray) rows = rows_of (told.table);
  g_assert_cmpstr (cell (rows, 0, 0), ==, "method");
  step_by_hand (x, y);
  double best = -INFINITY, worst = INFINITY; /* what B could have, and A */
  for (int i = 0; i < 3; i++) {
    best = fmax (best, x[(i + 2) % 3] - x[(i + 1) % 3]);
    worst = fmin (worst, y[(i + 1) % 3] - y[(i + 2) % 3]);
  }
  g_assert_cmpstr (cell (rows, 1, 0), ==, "extragradient");
  g_assert_cmpfloat (number_in (rows, 1, 1), ==, STEP);
  g_assert_cmpfloat (number_in (rows, 1, 2), ==, 1);
  g_assert_cmpfloat_with_epsilon (number_in (rows, 1, 3), best - worst, 1e-12);
  end (session);
}

static void
test_a_told_outlives_its_session (void)
{
  LimenGameSession *session = session_after (3, NULL);
  LimenTold told = limen_game_session_told (session);
  LimenPicture picture = {LIMEN_PICTURE_PNG, 700, 500, 1};
  g_autoptr (GError) error = NULL;
  end (session);
  g_assert_true (
      limen_told_fill_picture (&told, limen_scheme (TRUE, FALSE), &picture, NULL, &error));
  g_autoptr (GBytes) png = limen_picture_to_bytes (&picture, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (png), >, 1000);
  limen_told_clear (&told);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name) g_test_add_func ("/game-told/" #name, test_##name)
  ADD (iterates_are_those_worked_by_hand);
  ADD (payoffs_of_a_file_are_told_with_its_hash);
  ADD (who_races_beside_is_named_with_its_gap);
  ADD (page_and_command_tell_the_same);
  ADD (the_table_is_the_race);
  ADD (a_told_outlives_its_session);
#undef ADD
  return g_test_run ();
}
