/* Five epochs of training at the size of the course, and PyTorch's steps of the same size on the
 * same cores in turns with them. A number of steps as argument: only so many. */
#include "model/base/parallel.h"
#include "model/flow/nice-trainer.h"

#include <glib/gstdio.h>
#include <math.h>
#include <stdio.h>
#include <unistd.h>

#define OWN_STEPS  40 /* in a turn */
#define PEER_STEPS 4

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

/* Seconds of all own steps, and of as many of each peer's */
typedef struct {
  Peer peer[2];
  guint threads[2];
  double own, of_peer[2];
  guint64 n_steps;
} Race;

static Race
race_new (const char *raw)
{
  Race race = {.threads = {1, g_get_num_processors ()}};
  for (guint i = 0; i < 2; i++) {
    race.peer[i] = peer_new (raw, race.threads[i]);
    peer_step (&race.peer[i], 3); /* warm up */
  }
  return race;
}

/* Steps that measure the held-out images, which the peers have not, do not count. */
static void
race_turn (Race *race, LimenNiceTrainer *trainer)
{
  guint64 n = 0;
  while (n < OWN_STEPS && !limen_nice_trainer_is_done (trainer)) {
    g_autoptr (GError) error = NULL;
    LimenNiceTrainerReport before = limen_nice_trainer_report (trainer);
    if (!limen_nice_trainer_step (trainer, NULL, &error))
      g_error ("%s", error->message);
    LimenNiceTrainerReport after = limen_nice_trainer_report (trainer);
    n += after.step - before.step;
    race->own += after.step > before.step ? after.seconds - before.seconds : 0;
  }
  race->n_steps += n;
  for (guint i = 0; i < 2; i++)
    race->of_peer[i] += (double)n * peer_step (&race->peer[i], PEER_STEPS);
}

/* Returns: the ratio to the faster peer, NaN without PyTorch */
static double
race_end (Race *race, guint n_images)
{
  double per_epoch = (double)n_images / of_course.batch / (double)race->n_steps, best = INFINITY;
  printf ("Limen, %u threads: %.1f s an epoch\n", limen_n_workers (), per_epoch * race->own);
  for (guint i = 0; i < 2; i++) {
    printf ("PyTorch, %u threads: %.1f s an epoch, ratio %.3f\n", race->threads[i],
            per_epoch * race->of_peer[i], race->own / race->of_peer[i]);
    best = fmin (best, race->of_peer[i]);
    peer_clear (&race->peer[i]);
  }
  return isnan (race->of_peer[0]) ? NAN : race->own / best;
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
  g_autoptr (LimenImageSet) set = limen_image_set_load (paths, &options, NULL, NULL, NULL);
  if (!set) {
    puts ("skipped: the training images are not beside the project");
    return 77;
  }
  g_autofree char *raw = write_raw (set);
  guint64 n_steps = argc > 1 ? g_ascii_strtoull (argv[1], NULL, 10) : G_MAXUINT64;
  g_autoptr (LimenNiceTrainer) trainer = limen_nice_trainer_new (&of_course, set, NULL, NULL);
  Race race = race_new (raw);
  for (guint rounds = 0; !limen_nice_trainer_is_done (trainer) && race.n_steps < n_steps;) {
    race_turn (&race, trainer);
    LimenNiceTrainerReport report = limen_nice_trainer_report (trainer);
    if (report.rounds > rounds)
      printf ("epoch %u: held out %.1f nats\n", rounds = report.rounds, report.held_out_nll);
    fflush (stdout);
  }
  g_unlink (raw);
  double ratio = race_end (&race, limen_image_set_n_images (set));
  double nll = limen_nice_trainer_report (trainer).best_nll;
  printf ("ratio at most 0.8: %s; at most \u22121700 nats: %s\n",
          isnan (ratio)  ? "no PyTorch here"
          : ratio <= 0.8 ? "yes"
                         : "NO",
          nll <= -1700 ? "yes" : "NO");
  return ratio > 0.8 || (n_steps == G_MAXUINT64 && !(nll <= -1700));
}
