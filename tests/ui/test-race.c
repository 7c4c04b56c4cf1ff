/* The race beside the window, without a window. */
#include "ui/study/prior/race.h"

#include <math.h>

static LimenPriorSettings
settings_of (LimenGradientEstimator estimator, guint64 n_steps)
{
  LimenPriorSettings settings = limen_prior_defaults ();
  settings.estimator = estimator;
  settings.n_steps = n_steps;
  settings.trainable = TRUE;
  return settings;
}

static LimenRace *
new_race (guint64 n_steps)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LimenPoints) points = limen_points_builtin ("banana", 300, 1, &error);
  g_assert_no_error (error);
  LimenPriorSettings settings[] = {settings_of (LIMEN_REPARAMETERIZATION, n_steps),
                                   settings_of (LIMEN_LOG_DERIVATIVE_MEAN, n_steps)};
  LimenRace *race = limen_race_new (settings, 2, points, &error);
  g_assert_no_error (error);
  return race;
}

/* The next view for which @step is reached. */
static LimenRaceView *
wait_for_step (LimenRace *race, guint64 step)
{
  gint64 end = g_get_monotonic_time () + 600 * G_USEC_PER_SEC;
  while (g_get_monotonic_time () < end) {
    LimenRaceView *view = limen_race_look (race);
    if (view && view->step >= step)
      return view;
    g_clear_pointer (&view, limen_race_view_free);
    g_usleep (1000);
  }
  g_error ("step %" G_GUINT64_FORMAT " was never seen", step);
}

static void
test_a_race_is_what_its_trainers_do (void)
{
  g_autoptr (LimenRace) race = new_race (150);
  g_autoptr (LimenPoints) points = limen_points_builtin ("banana", 300, 1, NULL);
  LimenPriorSettings settings = settings_of (LIMEN_LOG_DERIVATIVE_MEAN, 150);
  g_autoptr (LimenPriorTrainer) alone = limen_prior_trainer_new (&settings, points, NULL);
  limen_race_play (race, TRUE);
  g_autoptr (LimenRaceView) view = wait_for_step (race, 150);
  g_assert_true (view->is_done);
  g_assert_false (view->is_playing);
  const LimenRaceRunner *runner = &view->runner[1];
  g_assert_cmpuint (runner->n, ==, 151);
  for (guint i = 0; i < runner->n; i++) {
    LimenPriorReport report = limen_prior_trainer_report (alone);
    g_assert_cmpfloat (runner->step[i], ==, i);
    g_assert_cmpfloat (runner->bound[i], ==, report.bound);
    g_assert_cmpfloat (runner->path[2 * i + 1], ==, report.lambda1[1]);
    if (i + 1 < runner->n)
      g_assert_true (limen_prior_trainer_step (alone, NULL));
  }
  g_assert_cmpfloat (view->last[0].bound, >, runner->bound[0]); /* and both learned something */
  g_assert_cmpfloat (view->last[1].bound, >, runner->bound[0]);
}

/* A bound in closed form is written with the decimals that hold, not with three. */
static void
test_an_exact_bound_has_the_digits_that_hold (void)
{
  LimenRaceView view = {.n = 2,
                        .last = {{.bound = -12.3456789, .bound_standard_error = NAN},
                                 {.bound = -12.3456789, .bound_standard_error = 0.01}}};
  const double off[] = {1e-9, 0.004, 0.4, 20};
  const char *const told[] = {"−12.346", "−12.35", "−12"};
  for (guint i = 0; i < 3; i++) {
    view.last[0].bound_error = off[i];
    g_autofree char *words = limen_race_bound (&view, 0);
    g_assert_cmpstr (words, ==, told[i]);
  }
  view.last[0].bound_error = off[3];
  g_autofree char *none = limen_race_bound (&view, 0), *estimate = limen_race_bound (&view, 1);
  g_assert_cmpstr (none, ==, "−1·10¹ ± 2·10¹");
  g_assert_cmpstr (estimate, ==, "−12.346 ± 0.020");
}

/* Affine maps: the race knows by how much its bound may be off. */
static void
test_an_affine_race_has_exact_bounds (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LimenPoints) points = limen_points_builtin ("linear", 300, 1, &error);
  g_assert_no_error (error);
  LimenPriorSettings settings = settings_of (LIMEN_REPARAMETERIZATION, 10);
  settings.hidden = 0;
  LimenRace *race = limen_race_new (&settings, 1, points, &error);
  g_assert_no_error (error);
  limen_race_play (race, FALSE);
  LimenRaceView *view = wait_for_step (race, 0);
  g_assert_true (isnan (view->last[0].bound_standard_error));
  g_assert_cmpfloat (view->last[0].bound_error, >, 0);
  g_assert_cmpfloat (view->last[0].bound_error, <, 1e-6 * fabs (view->last[0].bound));
  limen_race_view_free (view);
  limen_race_free (race);
}

static void
test_pause_and_step (void)
{
  g_autoptr (LimenRace) race = new_race (1000000);
  limen_race_play (race, TRUE);
  limen_race_view_free (wait_for_step (race, 20));
  limen_race_play (race, FALSE);
  g_autoptr (LimenRaceView) before = wait_for_step (race, 20), after = NULL;
  while (before->is_playing) { /* from before it was to pause */
    g_clear_pointer (&before, limen_race_view_free);
    before = wait_for_step (race, 20);
  }
  g_usleep (50000);
  limen_race_play (race, FALSE);
  g_autoptr (LimenRaceView) held = wait_for_step (race, before->step);
  g_assert_cmpuint (held->step, ==, before->step);
  limen_race_step (race);
  after = wait_for_step (race, before->step + 1);
  g_assert_cmpuint (after->step, ==, before->step + 1);
}

/* However long it goes, a curve stays short, and its records at even distances. */
static void
test_curves_are_thinned (void)
{
  g_autoptr (LimenRace) race = new_race (5 * LIMEN_RACE_RECORDS);
  limen_race_play (race, TRUE);
  g_autoptr (LimenRaceView) view = wait_for_step (race, 5 * LIMEN_RACE_RECORDS);
  const LimenRaceRunner *runner = &view->runner[0];
  g_assert_cmpuint (runner->n, <=, 2 * LIMEN_RACE_RECORDS);
  g_assert_cmpuint (runner->n, >=, LIMEN_RACE_RECORDS / 2);
  g_assert_cmpuint (runner->n, ==, runner->n_path);
  double distance = runner->step[1] - runner->step[0];
  for (guint i = 1; i < runner->n; i++)
    g_assert_cmpfloat (runner->step[i] - runner->step[i - 1], ==, distance);
}

static void
test_wishes_are_taken_between_steps (void)
{
  g_autoptr (LimenRace) race = new_race (1000000);
  limen_race_set_trainable (race, FALSE);
  limen_race_set_estimator (race, 1, LIMEN_STICKING_THE_LANDING);
  limen_race_play (race, TRUE);
  g_autoptr (LimenRaceView) first = wait_for_step (race, 30);
  g_autoptr (LimenRaceView) later = wait_for_step (race, first->step + 30);
  g_assert_cmpint (later->runner[1].estimator, ==, LIMEN_STICKING_THE_LANDING);
  g_assert_cmpfloat (first->runner[0].lambda1[0], ==, later->runner[0].lambda1[0]);
  limen_race_set_trainable (race, TRUE);
  limen_race_optimal_lambda (race);
  g_autoptr (LimenRaceView) moved = wait_for_step (race, later->step + 2);
  g_assert_cmpfloat (moved->runner[0].lambda1[0], !=, later->runner[0].lambda1[0]);
}

static guint
count_threads (void)
{
  guint n = 0;
  g_autoptr (GDir) tasks = g_dir_open ("/proc/self/task", 0, NULL);
  while (tasks && g_dir_read_name (tasks))
    n++;
  return n;
}

static void
test_fifty_races_leave_no_thread (void)
{
  limen_race_free (new_race (1000));
  guint before = count_threads ();
  for (int i = 0; i < 50; i++) {
    LimenRace *race = new_race (1000000);
    limen_race_play (race, i % 2 == 0);
    g_usleep (1000);
    limen_race_free (race);
  }
  for (int i = 0; i < 60000 && count_threads () > before; i++)
    g_usleep (1000); /* a joined thread leaves /proc a moment later */
  g_assert_cmpuint (count_threads (), <=, before);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/race/same-as-alone", test_a_race_is_what_its_trainers_do);
  g_test_add_func ("/race/exact-digits", test_an_exact_bound_has_the_digits_that_hold);
  g_test_add_func ("/race/affine", test_an_affine_race_has_exact_bounds);
  g_test_add_func ("/race/pause-and-step", test_pause_and_step);
  g_test_add_func ("/race/thinned", test_curves_are_thinned);
  g_test_add_func ("/race/wishes", test_wishes_are_taken_between_steps);
  g_test_add_func ("/race/threads", test_fifty_races_leave_no_thread);
  return g_test_run ();
}
