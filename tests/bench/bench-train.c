/* A step of training at the size of the course, beside PyTorch on the same cores, in turns; and,
 * with a number of epochs as its argument, what they come to. */
#include "model/base/parallel.h"
#include "model/flow/nice-trainer.h"

#include <glib/gstdio.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define STEPS  6 /* in a turn */
#define ROUNDS 7

static const LimenNiceTrainerSettings of_course = {
    .width = 1000,
    .depth = 5,
    .couplings = 4,
    .batch = 256,
    .learning_rate = 1e-3,
    .epochs = 5,
    .held_out = 0.05,
};

typedef struct {
  GSubprocess *process;
  GDataInputStream *answers;
} Peer;

/* @threads: of PyTorch */
static Peer
peer_new (const char *images, guint threads)
{
  g_autofree char *script =
      g_build_filename (g_getenv ("G_TEST_SRCDIR"), "bench", "train-with-torch.py", NULL);
  g_autofree char *count = g_strdup_printf ("%u", threads);
  GSubprocess *process =
      g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, NULL,
                        "/usr/bin/python3", script, images, count, NULL);
  return (Peer){process,
                process ? g_data_input_stream_new (g_subprocess_get_stdout_pipe (process)) : NULL};
}

static void
peer_clear (Peer *peer)
{
  if (peer->process)
    g_output_stream_close (g_subprocess_get_stdin_pipe (peer->process), NULL, NULL);
  g_clear_object (&peer->answers);
  g_clear_object (&peer->process);
}

/* Seconds for a step, NaN where PyTorch is not there. */
static double
peer_step (Peer *peer, guint n)
{
  g_autofree char *question = g_strdup_printf ("%u\n", n), *answer = NULL;
  if (!peer->process || !g_output_stream_write_all (g_subprocess_get_stdin_pipe (peer->process),
                                                    question, strlen (question), NULL, NULL, NULL))
    return NAN;
  answer = g_data_input_stream_read_line (peer->answers, NULL, NULL, NULL);
  return answer ? g_ascii_strtod (answer, NULL) / n : NAN;
}

static double
own_step (LimenNiceTrainer *trainer, guint n)
{
  double before = limen_nice_trainer_report (trainer).seconds;
  for (guint i = 0; i < n; i++)
    limen_nice_trainer_step (trainer, NULL, NULL);
  return (limen_nice_trainer_report (trainer).seconds - before) / n;
}

static int
compare_doubles (const void *a, const void *b)
{
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static double
median (double *values, guint n)
{
  qsort (values, n, sizeof *values, compare_doubles);
  return values[n / 2];
}

/* Returns: the median ratio of seconds for a step, NaN without PyTorch */
static double
compare (LimenImageSet *set, const char *raw, guint threads)
{
  LimenNiceTrainerSettings settings = of_course;
  settings.held_out = 0;
  g_autoptr (LimenNiceTrainer) trainer = limen_nice_trainer_new (&settings, set, NULL, NULL);
  Peer peer = peer_new (raw, threads);
  double own[ROUNDS], others[ROUNDS], ratio[ROUNDS];
  own_step (trainer, 3);
  peer_step (&peer, 3);
  for (guint i = 0; i < ROUNDS; i++) {
    own[i] = own_step (trainer, STEPS);
    others[i] = peer_step (&peer, STEPS);
    ratio[i] = own[i] / others[i];
  }
  peer_clear (&peer);
  double per_epoch = limen_image_set_n_images (set) / (double)settings.batch;
  double seconds = median (own, ROUNDS), of_peer = median (others, ROUNDS);
  double middle = median (ratio, ROUNDS);
  printf ("Limen, %u threads: %.0f ms a step, %.0f s an epoch; PyTorch, %u threads: %.0f ms, "
          "%.0f s; median ratio %.3f\n",
          limen_n_workers (), 1000 * seconds, per_epoch * seconds, threads, 1000 * of_peer,
          per_epoch * of_peer, middle);
  fflush (stdout);
  return middle;
}

/* Returns: the held-out mean negative log-likelihood, nats */
static double
train (LimenImageSet *set, guint epochs)
{
  LimenNiceTrainerSettings settings = of_course;
  settings.epochs = epochs;
  g_autoptr (LimenNiceTrainer) trainer = limen_nice_trainer_new (&settings, set, NULL, NULL);
  for (guint rounds = 0; !limen_nice_trainer_is_done (trainer);) {
    g_autoptr (GError) error = NULL;
    if (!limen_nice_trainer_step (trainer, NULL, &error)) {
      puts (error->message);
      return NAN;
    }
    LimenNiceTrainerReport report = limen_nice_trainer_report (trainer);
    if (report.rounds > rounds) {
      printf ("epoch %u: training %.1f nats, held out %.1f nats, %.0f s\n", report.rounds,
              report.train_nll, report.held_out_nll, report.seconds);
      fflush (stdout);
    }
    rounds = report.rounds;
  }
  return limen_nice_trainer_report (trainer).best_nll;
}

static char *
write_raw (const LimenImageSet *set)
{
  gsize n = (gsize)limen_image_set_n_images (set) * 784;
  g_autofree float *rows = g_new (float, n);
  g_autofree char *pixels = g_malloc (n);
  char *path = NULL;
  int fd = g_file_open_tmp ("limen-bench-XXXXXX", &path, NULL);
  limen_image_set_copy_rows (set, 0, limen_image_set_n_images (set), rows);
  for (gsize i = 0; i < n; i++)
    pixels[i] = (char)(guint8)lroundf (255 * rows[i]);
  close (fd);
  g_file_set_contents (path, pixels, (gssize)n, NULL);
  return path;
}

int
main (int argc, char **argv)
{
  const char *shared = g_getenv ("LIMEN_SHARED_DIR");
  g_autofree char *path =
      g_build_filename (shared ? shared : "", "data/mnist/train-images-idx3-ubyte.gz", NULL);
  const char *paths[] = {path, NULL};
  LimenImageSetOptions options = {0};
  g_autoptr (LimenImageSet) set =
      limen_image_set_load (paths, &options, NULL, NULL, NULL, NULL, NULL);
  if (!set) {
    puts ("skipped: the training images are not beside the project");
    return 77;
  }
  g_autofree char *raw = write_raw (set);
  double one = compare (set, raw, 1), all = compare (set, raw, g_get_num_processors ());
  double worst = fmax (one, all), nll = argc > 1 ? train (set, (guint)atoi (argv[1])) : -INFINITY;
  g_unlink (raw);
  if (isnan (worst))
    puts ("PyTorch is not here to be compared with");
  else
    printf ("at most 0.8: %s\n", worst <= 0.8 ? "yes" : "NO");
  if (argc > 1)
    printf ("%.1f nats, at most \u22121700: %s\n", nll, nll <= -1700 ? "yes" : "NO");
  return worst > 0.8 || !(nll <= -1700);
}
