/* Training as a whole: from settings and images to a flow. */
#include "model/flow/nice-batches.h"
#include "model/flow/nice-trainer.h"
#include "tests/model/data-files.h"
#include "tests/model/random-nice.h"

#include <stdlib.h>

static const LimenNiceTrainerSettings small = {
    .width = 40,
    .depth = 2,
    .couplings = 3,
    .batch = 32,
    .learning_rate = 2e-3,
    .epochs = 4,
    .held_out = 0.2,
    .seed = 7,
    .name = "small",
};

static LimenNiceTrainer *
trainer_new (const LimenNiceTrainerSettings *settings, LimenImageSet *set, const LimenNice *start)
{
  g_autoptr (GError) error = NULL;
  LimenNiceTrainer *trainer = limen_nice_trainer_new (settings, set, start, &error);
  g_assert_no_error (error);
  return trainer;
}

static void
run_to_end (LimenNiceTrainer *trainer)
{
  g_autoptr (GError) error = NULL;
  while (!limen_nice_trainer_is_done (trainer)) {
    limen_nice_trainer_step (trainer, NULL, &error);
    g_assert_no_error (error);
  }
}

static gboolean
are_equal (const LimenNice *a, const LimenNice *b)
{
  gboolean equal = memcmp (a->scale, b->scale, a->shape.dimension * sizeof (float)) == 0;
  for (guint c = 0; c < a->shape.couplings; c++)
    for (guint l = 0; l <= a->shape.depth; l++) {
      const LimenLinear *x = &a->coupling[c].layer[l], *y = &b->coupling[c].layer[l];
      gsize n = (gsize)x->inputs * x->stride;
      equal = equal && memcmp (x->weight, y->weight, n * sizeof (float)) == 0 &&
              memcmp (x->bias, y->bias, x->stride * sizeof (float)) == 0;
    }
  return equal;
}

static LimenNice *
train_on_threads (const LimenNiceTrainerSettings *settings, LimenImageSet *set, const char *threads)
{
  g_setenv ("LIMEN_THREADS", threads, TRUE);
  g_autoptr (LimenNiceTrainer) trainer = trainer_new (settings, set, NULL);
  g_unsetenv ("LIMEN_THREADS");
  run_to_end (trainer);
  return limen_nice_trainer_snapshot (trainer);
}

/* Wide enough for several tiles of either size, the last of them not full. */
static void
test_threads_do_not_matter (void)
{
  LimenNiceTrainerSettings settings = small;
  settings.width = 600;
  settings.batch = 50;
  settings.epochs = 2;
  g_autoptr (LimenImageSet) images = random_images (300, 20, 16, 1);
  g_autoptr (LimenNice) one = train_on_threads (&settings, images, "1");
  g_autoptr (LimenNice) two = train_on_threads (&settings, images, "2");
  g_autoptr (LimenNice) five = train_on_threads (&settings, images, "5");
  settings.seed++;
  g_autoptr (LimenNice) other = train_on_threads (&settings, images, "2");
  g_assert_true (are_equal (one, two));
  g_assert_true (are_equal (one, five));
  g_assert_false (are_equal (one, other));
}

static double
mean_log_likelihood (const LimenNice *nice, const LimenImageSet *set)
{
  guint n = limen_image_set_n_images (set);
  g_autofree double *scores = g_new (double, n);
  double sum = 0;
  g_assert_true (limen_nice_log_likelihood (nice, set, scores, NULL, NULL, NULL, NULL));
  for (guint i = 0; i < n; i++)
    sum += scores[i];
  return sum / n;
}

static void
test_learns_what_it_sees (void)
{
  g_autoptr (LimenImageSet) images = random_images (600, 8, 8, 2),
                            fresh = random_images (200, 8, 8, 3),
                            negative = limen_image_set_inverted (fresh);
  LimenNiceTrainerSettings settings = small;
  settings.epochs = 12;
  g_autoptr (LimenNiceTrainer) trainer = trainer_new (&settings, images, NULL);
  double before = NAN;
  while (limen_nice_trainer_report (trainer).step == 0) {
    before = limen_nice_trainer_report (trainer).held_out_nll;
    g_assert_true (limen_nice_trainer_step (trainer, NULL, NULL));
  }
  run_to_end (trainer);
  LimenNiceTrainerReport report = limen_nice_trainer_report (trainer);
  g_autoptr (LimenNice) nice = limen_nice_trainer_best (trainer);
  g_assert_cmpfloat (report.best_nll, <, before - 20);
  g_assert_cmpfloat (report.train_nll, <, before - 20);
  g_assert_cmpfloat (mean_log_likelihood (nice, fresh), >,
                     mean_log_likelihood (nice, negative) + 50);
  /* fresh images are as likely as the held-out ones, but for the noise */
  g_assert_cmpfloat_with_epsilon (mean_log_likelihood (nice, fresh), -report.best_nll, 15);
  g_assert_cmpstr (limen_nice_path (nice), ==, "small");
}

static void
test_reports_where_it_is (void)
{
  g_autoptr (LimenImageSet) images = random_images (200, 6, 6, 4);
  g_autoptr (LimenNiceTrainer) trainer = trainer_new (&small, images, NULL);
  LimenNiceTrainerReport report = limen_nice_trainer_report (trainer);
  guint n_measured = 0;
  g_assert_true (isnan (report.train_nll) && isnan (report.held_out_nll) &&
                 isnan (report.best_nll));
  g_assert_cmpuint (report.n_steps, ==, 20); /* 160 images: 5 batches of 32, 4 times */
  for (guint64 before; !limen_nice_trainer_is_done (trainer); n_measured += before == report.step) {
    before = report.step;
    g_assert_true (limen_nice_trainer_step (trainer, NULL, NULL));
    report = limen_nice_trainer_report (trainer);
    g_assert_cmpfloat_with_epsilon (report.epoch, report.step / 5.0, 1e-12);
    g_assert_true (report.step >= 5 || isnan (report.best_nll));
  }
  g_assert_cmpuint (n_measured, ==, 5 * 2); /* 40 held-out images: 2 batches, before and 4 times */
  g_assert_cmpuint (report.step, ==, 20);
  g_assert_cmpuint (report.best_step % 5, ==, 0);
  g_assert_cmpuint (report.rounds, ==, 4);
  g_assert_cmpfloat (report.n_epochs, ==, 4);
  g_assert_cmpfloat (report.seconds_left, ==, 0);
  g_assert_true (limen_nice_trainer_step (trainer, NULL, NULL));
  g_assert_cmpuint (limen_nice_trainer_report (trainer).step, ==, 20);
}

/* A learning rate that spoils a good flow: the good one is kept. */
static void
test_keeps_the_best (void)
{
  g_autoptr (LimenImageSet) images = random_images (300, 8, 8, 5);
  LimenNiceTrainerSettings settings = small;
  settings.epochs = 15;
  g_autoptr (LimenNiceTrainer) first = trainer_new (&settings, images, NULL);
  run_to_end (first);
  g_autoptr (LimenNice) good = limen_nice_trainer_best (first);
  settings.learning_rate = 0.03;
  settings.epochs = 1;
  settings.seed = 99; /* the held-out images are the same with another seed */
  g_autoptr (LimenNiceTrainer) second = trainer_new (&settings, images, good);
  run_to_end (second);
  LimenNiceTrainerReport report = limen_nice_trainer_report (second);
  g_autoptr (LimenNice) best = limen_nice_trainer_best (second),
                        last = limen_nice_trainer_snapshot (second);
  g_assert_cmpfloat (report.held_out_nll, >, report.best_nll);
  g_assert_cmpfloat_with_epsilon (report.best_nll, limen_nice_trainer_report (first).best_nll,
                                  1e-6);
  g_assert_cmpuint (report.best_step, ==, 0);
  g_assert_true (are_equal (best, good));
  g_assert_false (are_equal (last, good));
}

static void
test_a_snapshot_stays (void)
{
  g_autoptr (LimenImageSet) images = random_images (64, 6, 6, 6);
  LimenNiceTrainerSettings settings = small;
  settings.held_out = 0;
  g_autoptr (LimenNiceTrainer) trainer = trainer_new (&settings, images, NULL);
  g_assert_true (limen_nice_trainer_step (trainer, NULL, NULL));
  g_autoptr (LimenNice) a = limen_nice_trainer_snapshot (trainer),
                        same = limen_nice_trainer_snapshot (trainer);
  g_assert_true (limen_nice_trainer_step (trainer, NULL, NULL));
  g_autoptr (LimenNice) b = limen_nice_trainer_best (trainer);
  g_assert_true (are_equal (a, same));
  g_assert_false (are_equal (a, b));
}

/* A flow on the brink: exp(95) is no float32. */
static void
test_diverging_is_one_sentence (void)
{
  g_autoptr (LimenImageSet) images = random_images (200, 8, 8, 7);
  g_autoptr (LimenNice) start = random_nice ((LimenNiceShape){64, 10, 1, 2}, 1);
  start->scale[3] = 95;
  for (guint i = 0; i < 2; i++) {
    LimenNiceTrainerSettings settings = small;
    g_autoptr (GError) error = NULL;
    settings.held_out = i * 0.2; /* found in training, or before */
    g_autoptr (LimenNiceTrainer) trainer = trainer_new (&settings, images, start);
    g_assert_false (limen_nice_trainer_step (trainer, NULL, &error));
    g_assert_error (error, LIMEN_ERROR, LIMEN_ERROR_ARGUMENT);
    assert_sentence (error, "diverged at step 0");
  }
}

static gpointer
cancel_soon (gpointer cancellable)
{
  g_usleep (5000);
  g_cancellable_cancel (cancellable);
  return NULL;
}

/* Returns: whether the step was over before */
static gboolean
is_cancelled_too_late (LimenNiceTrainer *trainer, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  guint64 step = limen_nice_trainer_report (trainer).step;
  GThread *thread = g_thread_new ("cancel", cancel_soon, cancellable);
  gboolean done = limen_nice_trainer_step (trainer, cancellable, &error);
  g_thread_join (thread);
  if (done)
    return TRUE;
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (limen_nice_trainer_report (trainer).step, ==, step);
  return FALSE;
}

static void
test_cancels_in_the_middle_of_a_step (void)
{
  g_autoptr (LimenImageSet) images = random_images (600, 28, 28, 8);
  LimenNiceTrainerSettings settings = small;
  g_autoptr (GCancellable) cancellable = NULL;
  g_autoptr (GError) again = NULL;
  settings.width = 700;
  settings.depth = 6;
  settings.batch = 500;
  settings.held_out = 0;
  g_autoptr (LimenNiceTrainer) trainer = trainer_new (&settings, images, NULL);
  do { /* a busy machine may wake the thread late */
    g_clear_object (&cancellable);
    cancellable = g_cancellable_new ();
  } while (is_cancelled_too_late (trainer, cancellable));
  g_assert_false (limen_nice_trainer_step (trainer, cancellable, &again));
  g_assert_error (again, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_true (limen_nice_trainer_step (trainer, NULL, NULL));
}

static void
test_time_ends_a_training (void)
{
  g_autoptr (LimenImageSet) images = random_images (100, 6, 6, 9);
  LimenNiceTrainerSettings settings = small;
  settings.epochs = 0;
  settings.minutes = 0.2 / 60;
  g_autoptr (LimenNiceTrainer) trainer = trainer_new (&settings, images, NULL);
  run_to_end (trainer);
  LimenNiceTrainerReport report = limen_nice_trainer_report (trainer);
  g_assert_cmpfloat (report.seconds, >=, 0.2);
  g_assert_cmpuint (report.step, >, 0);
  g_assert_cmpuint (report.step, ==, report.n_steps);
  g_assert_cmpuint (report.rounds, >=, 1); /* the last part of an epoch is measured, too */
}

/* Settings and images that cannot be trained with */

static void
check_refused (LimenNiceTrainerSettings settings, LimenImageSet *set, const LimenNice *start,
               LimenError code, const char *part)
{
  g_autoptr (GError) error = NULL;
  g_assert_null (limen_nice_trainer_new (&settings, set, start, &error));
  g_assert_error (error, LIMEN_ERROR, (int)code);
  assert_sentence (error, part);
}

static void
test_refuses_settings (void)
{
  g_autoptr (LimenImageSet) images = random_images (10, 6, 6, 10);
  LimenNiceTrainerSettings bad[12];
  const char *parts[] = {"learning rate", "learning rate", "learning rate", "needs an end",
                         "needs an end",  "one image",     "held-out",      "width",
                         "width",         "width",         "width",         "memory"};
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    bad[i] = small;
  bad[0].learning_rate = 0;
  bad[1].learning_rate = NAN;
  bad[2].learning_rate = 1.5;
  bad[3].epochs = 0;
  bad[4].epochs = 0, bad[4].minutes = -1;
  bad[5].batch = 0;
  bad[6].held_out = 1;
  bad[7].width = 0;
  bad[8].depth = 0;
  bad[9].couplings = 65;
  bad[10].width = 70000;
  bad[11].width = 65536, bad[11].depth = 64;
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    check_refused (bad[i], images, NULL, LIMEN_ERROR_ARGUMENT, parts[i]);
}

static void
test_refuses_images (void)
{
  g_autoptr (LimenImageSet) odd = random_images (10, 5, 5, 11), one = random_images (1, 6, 6, 12),
                            other = random_images (10, 8, 8, 13);
  g_autoptr (LimenNice) start = random_nice ((LimenNiceShape){36, 10, 1, 2}, 1);
  check_refused (small, odd, NULL, LIMEN_ERROR_MISMATCH, "even number of pixels");
  check_refused (small, one, NULL, LIMEN_ERROR_MISMATCH, "single one");
  check_refused (small, other, start, LIMEN_ERROR_MISMATCH, "another number of pixels");
}

/* Few images: a batch is what there is. */
static void
test_trains_on_two_images (void)
{
  g_autoptr (LimenImageSet) two = random_images (2, 6, 6, 14);
  LimenNiceTrainerSettings settings = small;
  settings.held_out = 0.5;
  g_autoptr (LimenNiceTrainer) trainer = trainer_new (&settings, two, NULL);
  run_to_end (trainer);
  g_assert_cmpuint (limen_nice_trainer_report (trainer).step, ==, 4);
}

/* Batches */

static int
compare_floats (const void *a, const void *b)
{
  float x = *(const float *)a, y = *(const float *)b;
  return (x > y) - (x < y);
}

/* Image i of 50 has only pixels of value 4·i: each value comes once an epoch, in another order. */
static void
test_an_epoch_shows_every_image_once (void)
{
  enum { N = 50, D = 4 };
  guint8 pixels[N * D];
  for (guint i = 0; i < N * D; i++)
    pixels[i] = (guint8)(4 * (i / D));
  g_autoptr (LimenImageSet) set = limen_image_set_new_from_u8 ("flat", pixels, N, 2, 2);
  g_autoptr (LimenNiceBatches) batches = limen_nice_batches_new (set, 0.2, 8, 3);
  g_autoptr (LimenCrew) crew = limen_crew_new ();
  float even[2 * 8], odd[2 * 8], *half[2] = {even, odd}, seen[2][N], order[2][N];
  guint n_held_out = 0;
  g_assert_cmpuint (limen_nice_batches_per_epoch (batches), ==, 5);
  for (guint i = 0; i < 10; i += 8) {
    guint n = limen_nice_batches_fill_held_out (batches, crew, i, half);
    for (guint c = 0; c < n; c++)
      seen[0][n_held_out] = seen[1][n_held_out] = floorf (64 * odd[c]), n_held_out++;
  }
  g_assert_cmpuint (n_held_out, ==, 10);
  for (guint epoch = 0; epoch < 2; epoch++) {
    limen_nice_batches_shuffle (batches, epoch);
    for (guint b = 0; b < 5; b++) {
      limen_nice_batches_fill (batches, crew, epoch, b, half);
      for (guint c = 0; c < 8; c++) {
        seen[epoch][10 + 8 * b + c] = floorf (64 * even[c]);
        for (guint i = c; i < 16; i += 8) { /* dequantized: in [v, v + 1)/256 */
          g_assert_cmpfloat (floorf (256 * even[i]), ==, 4 * floorf (64 * odd[c]));
          g_assert_cmpfloat (even[i], !=, odd[i]);
        }
      }
    }
    memcpy (order[epoch], seen[epoch], sizeof order[epoch]);
    qsort (seen[epoch], N, sizeof (float), compare_floats);
    for (guint i = 0; i < N; i++)
      g_assert_cmpfloat (seen[epoch][i], ==, i);
  }
  g_assert_cmpint (memcmp (order[0], order[1], sizeof order[0]), !=, 0);
}

static void
test_scales_start_from_the_data (void)
{
  enum { N = 1000 };
  guint8 pixels[N * 2];
  for (guint i = 0; i < N; i++) {
    pixels[2 * i] = 17;                       /* only noise: 1/(256 √12) */
    pixels[2 * i + 1] = i % 2 == 0 ? 255 : 0; /* ± 255/512, and the noise */
  }
  g_autoptr (LimenImageSet) set = limen_image_set_new_from_u8 ("two", pixels, N, 2, 1);
  g_autoptr (LimenNiceBatches) batches = limen_nice_batches_new (set, 0, 8, 3);
  float scale[2];
  limen_nice_batches_log_scales (batches, scale);
  g_assert_cmpfloat_with_epsilon (scale[0], log (256 * sqrt (12)), 1e-3);
  g_assert_cmpfloat_with_epsilon (scale[1], -log (255.0 / 512), 1e-3);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nice-trainer/threads-do-not-matter", test_threads_do_not_matter);
  g_test_add_func ("/nice-trainer/learns-what-it-sees", test_learns_what_it_sees);
  g_test_add_func ("/nice-trainer/reports-where-it-is", test_reports_where_it_is);
  g_test_add_func ("/nice-trainer/keeps-the-best", test_keeps_the_best);
  g_test_add_func ("/nice-trainer/a-snapshot-stays", test_a_snapshot_stays);
  g_test_add_func ("/nice-trainer/diverging-is-one-sentence", test_diverging_is_one_sentence);
  g_test_add_func ("/nice-trainer/cancels-in-the-middle-of-a-step",
                   test_cancels_in_the_middle_of_a_step);
  g_test_add_func ("/nice-trainer/time-ends-a-training", test_time_ends_a_training);
  g_test_add_func ("/nice-trainer/refuses-settings", test_refuses_settings);
  g_test_add_func ("/nice-trainer/refuses-images", test_refuses_images);
  g_test_add_func ("/nice-trainer/trains-on-two-images", test_trains_on_two_images);
  g_test_add_func ("/nice-batches/an-epoch-shows-every-image-once",
                   test_an_epoch_shows_every_image_once);
  g_test_add_func ("/nice-batches/scales-start-from-the-data", test_scales_start_from_the_data);
  return g_test_run ();
}
