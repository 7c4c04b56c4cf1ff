/* What pictures of the Prior page show. */
#include "ui/study/prior/shown.h"

#include <math.h>
#include <string.h>

static LimenPoints *
points_of (guint n, guint d)
{
  LimenPoints *points = g_new0 (LimenPoints, 1);
  points->name = g_strdup ("made up");
  points->n = n;
  points->d = d;
  points->x = g_new (double, n *d);
  for (guint i = 0; i < n * d; i++)
    points->x[i] = i;
  return points;
}

static void
test_without_duel_and_view_there_is_little (void)
{
  g_autoptr (LimenPoints) points = points_of (5, 2);
  const LimenRaceState race = {5, 32, NAN};
  LimenPriorShown shown;
  limen_prior_shown_fill (&shown, NULL, 0, NULL, points, &race, FALSE);
  g_assert_null (shown.duel.duel);
  g_assert_null (shown.variance.duel);
  g_assert_cmpuint (shown.race.n_runners, ==, 0);
  g_assert_cmpfloat (shown.race.n_steps, ==, 1);
  g_assert_cmpuint (shown.race.n_data, ==, 0);
  limen_prior_shown_clear (&shown);
}

static void
test_data_are_the_first_two_columns (void)
{
  g_autoptr (LimenPoints) points = points_of (1000, 3);
  const LimenRaceState race = {1000, 32, NAN};
  LimenPriorShown shown;
  limen_prior_shown_fill (&shown, NULL, 0, NULL, points, &race, TRUE);
  g_assert_true (shown.race.decoded);
  g_assert_cmpuint (shown.race.n_data, ==, 400);
  for (guint i = 0; i < 400; i++) {
    g_assert_cmpfloat (shown.race.data[2 * i], ==, 3 * i);
    g_assert_cmpfloat (shown.race.data[2 * i + 1], ==, 3 * i + 1);
  }
  limen_prior_shown_clear (&shown);
  g_assert_null (shown.data);
}

static void
test_one_column_lies_on_a_line (void)
{
  g_autoptr (LimenPoints) points = points_of (7, 1);
  const LimenRaceState race = {7, 32, NAN};
  LimenPriorShown shown;
  limen_prior_shown_fill (&shown, NULL, 0, NULL, points, &race, TRUE);
  g_assert_cmpuint (shown.race.n_data, ==, 7);
  g_assert_cmpfloat (shown.race.data[12], ==, 6);
  g_assert_cmpfloat (shown.race.data[13], ==, 0);
  limen_prior_shown_clear (&shown);
}

static void
test_titles_name_what_is_shown (void)
{
  g_autoptr (LimenPriorSession) session = limen_prior_session_new ();
  const LimenDuel *duel = limen_prior_session_duel (session);
  const LimenRaceState race = limen_prior_session_race_state (session);
  LimenPriorShown shown;
  for (guint parameter = 0; parameter < 6; parameter++) {
    limen_prior_shown_fill (&shown, duel, parameter, NULL, limen_prior_session_points (session),
                            &race, FALSE);
    g_autofree char *name = limen_duel_parameter_name (duel, parameter);
    g_autofree char *title = g_strdup_printf ("Variance of ∂%s per sample", name);
    g_assert_cmpstr (shown.variance.title, ==, title);
    g_assert_cmpuint (shown.variance.index, ==, parameter);
    g_assert_cmpstr (shown.duel.note, ==, "300 single-sample gradients each");
    limen_prior_shown_clear (&shown);
  }
}

static void
test_the_race_is_that_of_the_view (void)
{
  g_autoptr (LimenPriorSession) session = limen_prior_session_new ();
  while (!limen_prior_session_look (session))
    g_usleep (500);
  const LimenRaceView *view = limen_prior_session_view (session);
  LimenRaceState race = limen_prior_session_race_state (session);
  LimenPriorShown shown;
  race.hidden = 0;
  race.best = -1.5;
  limen_prior_shown_fill (&shown, NULL, 0, view, limen_prior_session_points (session), &race,
                          FALSE);
  g_assert_true (shown.race.runner == view->runner);
  g_assert_cmpuint (shown.race.n_runners, ==, 2);
  g_assert_cmpfloat (shown.race.n_steps, ==, 2000);
  g_assert_cmpfloat (shown.race.best, ==, -1.5);
  g_assert_cmpuint (shown.race.hidden, ==, 0);
  g_autofree char *note = limen_claim_say (limen_race_note_claims, LIMEN_RACE_NOTE_N_CLAIMS, &race);
  g_assert_cmpstr (shown.race.note, ==, note);
  limen_prior_shown_clear (&shown);
}

static void
test_a_race_is_asked_for_what_it_has (void)
{
  LimenPriorSettings settings = limen_prior_defaults ();
  g_autoptr (LimenPoints) points = limen_points_builtin ("ring", 100, 1, NULL);
  g_autoptr (LimenRace) race = limen_race_new (&settings, 1, points, NULL);
  g_test_expect_message ("limen", G_LOG_LEVEL_CRITICAL, "*runner < race->n*");
  limen_race_set_estimator (race, 1, LIMEN_LOG_DERIVATIVE);
  g_test_expect_message ("limen", G_LOG_LEVEL_CRITICAL, "*n > 0*");
  g_assert_null (limen_race_new (&settings, 0, points, NULL));
  g_test_assert_expected_messages ();
}

/* A copy shares what never changes, and outlives what it was made of. */
static void
test_a_copied_view_lives_on (void)
{
  LimenPriorSession *session = limen_prior_session_new ();
  while (!limen_prior_session_look (session))
    g_usleep (500);
  g_autoptr (LimenRaceView) copy = limen_race_view_copy (limen_prior_session_view (session));
  double bound = limen_prior_session_view (session)->runner[0].bound[0];
  g_object_unref (session);
  g_assert_cmpfloat (copy->runner[0].bound[0], ==, bound);
  g_assert_cmpfloat (copy->runner[1].mean[2 * LIMEN_RACE_POINTS - 1], ==,
                     copy->runner[1].mean[2 * LIMEN_RACE_POINTS - 1]); /* a number */
  g_assert_null (limen_race_view_copy (NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define TEST(name, function) g_test_add_func ("/prior-shown/" name, function)
  TEST ("little", test_without_duel_and_view_there_is_little);
  TEST ("first-two-columns", test_data_are_the_first_two_columns);
  TEST ("one-column", test_one_column_lies_on_a_line);
  TEST ("titles", test_titles_name_what_is_shown);
  TEST ("race", test_the_race_is_that_of_the_view);
  TEST ("race-preconditions", test_a_race_is_asked_for_what_it_has);
  TEST ("copied-view", test_a_copied_view_lives_on);
  return g_test_run ();
}
