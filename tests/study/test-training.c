/* The training beside the window, without the window. */
#include "ui/study/train/training.h"

#include <math.h>
#include <stdlib.h>
#include <unistd.h>

#define SIDE     8
#define N_IMAGES 600

/* Blobs of different brightness at different places. */
static LimenImageSet *
make_blobs (void)
{
  g_autofree guint8 *pixels = g_new (guint8, N_IMAGES * SIDE * SIDE);
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  for (guint i = 0; i < N_IMAGES; i++) {
    double peak = g_rand_double_range (random, 0.3, 0.8), x0 = g_rand_double_range (random, 2, 5);
    for (guint k = 0; k < SIDE * SIDE; k++) {
      double dx = k % SIDE - x0, dy = k / SIDE - 3.5;
      pixels[i * SIDE * SIDE + k] = (guint8)(255 * peak * exp (-(dx * dx + dy * dy) / 4));
    }
  }
  return limen_image_set_new_from_u8 ("blobs", pixels, N_IMAGES, SIDE, SIDE);
}

static LimenTrainingPlan
plan_for (LimenImageSet *set)
{
  LimenTrainingPlan plan = {.set = set, .settings = limen_nice_trainer_defaults ()};
  plan.settings.width = 32;
  plan.settings.depth = 1;
  plan.settings.batch = 64;
  plan.settings.epochs = 8;
  return plan;
}

static guint
count_entries (const char *directory)
{
  g_autoptr (GDir) entries = g_dir_open (directory, 0, NULL);
  guint n = 0;
  while (g_dir_read_name (entries))
    n++;
  return n;
}

static guint64
resident_pages (void)
{
  g_autofree char *text = NULL;
  guint64 size = 0;
  g_assert_true (g_file_get_contents ("/proc/self/statm", &text, NULL, NULL));
  char *second = NULL;
  g_ascii_strtoull (text, &second, 10);
  size = g_ascii_strtoull (second, NULL, 10);
  return size;
}

/* Until @state or the end. */
static void
wait_for (LimenTraining *training, LimenTrainingState state, LimenTrainingReport *report)
{
  gint64 end = g_get_monotonic_time () + 600 * G_USEC_PER_SEC;
  for (;;) {
    *report = limen_training_poll (training);
    if (report->state == state || report->state >= LIMEN_TRAINING_ENDED)
      break;
    g_assert_cmpint (g_get_monotonic_time (), <, end);
    limen_training_report_clear (report);
    g_usleep (2000);
  }
  g_assert_cmpint (report->state, ==, state);
}

static void
test_a_training_ends_with_curves_samples_and_the_best_flow (void)
{
  g_autoptr (LimenImageSet) set = make_blobs ();
  LimenTrainingPlan plan = plan_for (set);
  g_autoptr (LimenTraining) training = limen_training_start (&plan);
  g_auto (LimenTrainingReport) report = {0};
  wait_for (training, LIMEN_TRAINING_ENDED, &report);
  g_assert_cmpuint (report.n_images, ==, N_IMAGES);
  g_assert_cmpuint (report.held_out.n, ==, 9); /* before the first step, and after each epoch */
  g_assert_cmpfloat (report.held_out.y[8], <, report.held_out.y[0] - 10);
  g_assert_cmpuint (report.train.n, ==, report.progress.step);
  g_assert_nonnull (report.best);
  g_assert_cmpuint (limen_nice_shape (report.best).width, ==, 32);
  g_assert_nonnull (report.samples);
  g_assert_cmpuint (limen_image_set_n_images (report.samples), ==, LIMEN_TRAINING_N_SAMPLES);
  g_assert_cmpuint (report.n_samplings, >=, 2);
}

static void
test_a_pause_holds_still_and_a_stop_keeps_the_best (void)
{
  g_autoptr (LimenImageSet) set = make_blobs ();
  LimenTrainingPlan plan = plan_for (set);
  plan.settings.epochs = 0;
  plan.settings.minutes = 10;
  g_autoptr (LimenTraining) training = limen_training_start (&plan);
  g_auto (LimenTrainingReport) report = {0};
  do {
    limen_training_report_clear (&report);
    report = limen_training_poll (training);
  } while (report.held_out.n < 3);
  limen_training_report_clear (&report);
  limen_training_pause (training, TRUE);
  wait_for (training, LIMEN_TRAINING_PAUSES, &report);
  guint64 step = report.progress.step;
  limen_training_report_clear (&report);
  g_usleep (50000);
  report = limen_training_poll (training);
  g_assert_cmpuint (report.progress.step, ==, step);
  limen_training_report_clear (&report);
  limen_training_pause (training, FALSE);
  wait_for (training, LIMEN_TRAINING_RUNS, &report);
  limen_training_report_clear (&report);
  gint64 before = g_get_monotonic_time ();
  limen_training_stop (training);
  wait_for (training, LIMEN_TRAINING_ENDED, &report);
  g_test_message ("stopped within %.1f ms", (double)(g_get_monotonic_time () - before) / 1000);
  g_assert_nonnull (report.best);
  g_assert_no_error (report.error);
}

static void
test_what_can_not_be_trained_is_refused (void)
{
  static const guint8 one_pixel[3] = {1, 2, 3};
  const char *const nowhere[] = {"/nowhere/at/all", NULL};
  g_autoptr (LimenImageSet) odd = limen_image_set_new_from_u8 ("odd", one_pixel, 3, 1, 1);
  g_autoptr (LimenImageSet) set = make_blobs ();
  LimenTrainingPlan plans[] = {plan_for (odd), plan_for (NULL), plan_for (set)};
  plans[1].paths = nowhere;
  plans[2].start = nowhere[0];
  for (guint i = 0; i < G_N_ELEMENTS (plans); i++) {
    g_autoptr (LimenTraining) training = limen_training_start (&plans[i]);
    g_auto (LimenTrainingReport) report = {0};
    wait_for (training, LIMEN_TRAINING_FAILED, &report);
    g_assert_nonnull (report.error);
    g_assert_true (g_str_has_suffix (report.error->message, "."));
    g_assert_null (report.best);
  }
}

static void
test_another_size_is_read_from_the_paths (void)
{
  const char *const paths[] = {"builtin:digits", NULL};
  LimenTrainingPlan plan = plan_for (NULL);
  plan.paths = paths;
  plan.side = 8;
  plan.settings.epochs = 1;
  g_autoptr (LimenTraining) training = limen_training_start (&plan);
  g_auto (LimenTrainingReport) report = {0};
  wait_for (training, LIMEN_TRAINING_ENDED, &report);
  g_assert_cmpuint (limen_nice_shape (report.best).dimension, ==, 64);
}

/* At any moment: while it reads, measures, learns, draws samples. */
/* Nobody waits for it but the end of the program. */
static LimenTraining *left_alone;

static void
assert_ended_at_exit (void)
{
  g_auto (LimenTrainingReport) report = limen_training_poll (left_alone);
  if (report.state != LIMEN_TRAINING_ENDED)
    _exit (1);
}

static void
test_a_program_ends_after_its_training (void)
{
  if (g_test_subprocess ()) {
    g_autoptr (LimenImageSet) set = make_blobs ();
    LimenTrainingPlan plan = plan_for (set);
    plan.settings.epochs = 0;
    plan.settings.minutes = 10;
    atexit (assert_ended_at_exit); /* comes after what is registered later */
    left_alone = limen_training_start (&plan);
    limen_training_pause (left_alone, TRUE);
    exit (0);
  }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_passed ();
}

static void
test_fifty_rounds_leave_nothing (void)
{
  g_autoptr (LimenImageSet) set = make_blobs ();
  LimenTrainingPlan plan = plan_for (set);
  plan.settings.width = 256;
  plan.settings.epochs = 1000;
  guint n_threads = 0, n_files = 0;
  guint64 pages = 0;
  gint64 slowest = 0;
  for (guint round = 0; round < 60; round++) {
    if (round == 10) { /* what is made once is there now */
      n_threads = count_entries ("/proc/self/task");
      n_files = count_entries ("/proc/self/fd");
      pages = resident_pages ();
    }
    LimenTraining *training = limen_training_start (&plan);
    g_usleep (round % 10 * 4000);
    gint64 before = g_get_monotonic_time ();
    limen_training_free (training);
    slowest = MAX (slowest, g_get_monotonic_time () - before);
  }
  gint64 end = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;
  while (count_entries ("/proc/self/task") > n_threads && g_get_monotonic_time () < end)
    g_usleep (1000); /* a joined thread leaves /proc a moment later */
  g_test_message ("the slowest of 60 cancellations took %.1f ms", (double)slowest / 1000);
  g_assert_cmpuint (count_entries ("/proc/self/task"), <=, n_threads);
  g_assert_cmpuint (count_entries ("/proc/self/fd"), ==, n_files);
  g_test_message ("%" G_GUINT64_FORMAT " pages before, %" G_GUINT64_FORMAT " after", pages,
                  resident_pages ());
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) /* they keep what is freed */
  g_assert_cmpuint (resident_pages (), <, pages + (16 << 20) / 4096);
#endif
}

static void
test_curves_of_any_length_keep_their_means (void)
{
  LimenTrainingCurve curve = {0};
  const guint n = 100 * LIMEN_TRAINING_POINTS;
  for (guint i = 0; i < n; i++)
    limen_training_curve_add (&curve, i, 3.0 * i);
  g_assert_cmpuint (curve.stride, ==, 128);
  g_assert_cmpuint (curve.n, ==, n / 128);
  for (guint i = 0; i < curve.n; i++) {
    g_assert_cmpfloat_with_epsilon (curve.x[i], 128.0 * i + 63.5, 1e-6);
    g_assert_cmpfloat_with_epsilon (curve.y[i], 3 * curve.x[i], 1e-6);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/training/a-training-ends-with-curves-samples-and-the-best-flow",
                   test_a_training_ends_with_curves_samples_and_the_best_flow);
  g_test_add_func ("/training/a-pause-holds-still-and-a-stop-keeps-the-best",
                   test_a_pause_holds_still_and_a_stop_keeps_the_best);
  g_test_add_func ("/training/what-can-not-be-trained-is-refused",
                   test_what_can_not_be_trained_is_refused);
  g_test_add_func ("/training/another-size-is-read-from-the-paths",
                   test_another_size_is_read_from_the_paths);
  g_test_add_func ("/training/a-program-ends-after-its-training",
                   test_a_program_ends_after_its_training);
  g_test_add_func ("/training/fifty-rounds-leave-nothing", test_fifty_rounds_leave_nothing);
  g_test_add_func ("/training/curves-of-any-length-keep-their-means",
                   test_curves_of_any_length_keep_their_means);
  return g_test_run ();
}
