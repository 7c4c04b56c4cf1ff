/* limen train on small images of our own making. */
#include "model/flow/nice.h"
#include "run-limen.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define TRAIN "train --data normal.idx --width 20 --depth 2 --batch 16 "

static RunResult
run_well (const char *line)
{
  RunResult result = run_line (line);
  g_assert_cmpstr (result.err, ==, "");
  g_assert_cmpint (result.status, ==, 0);
  return result;
}

static LimenNice *
load (const char *path)
{
  g_autoptr (GError) error = NULL;
  LimenNice *nice = limen_nice_load (path, NULL, &error);
  g_assert_no_error (error);
  return nice;
}

static gboolean
are_the_same_file (const char *a, const char *b)
{
  g_autofree char *first = NULL, *second = NULL;
  gsize n, m;
  g_assert_true (g_file_get_contents (a, &first, &n, NULL));
  g_assert_true (g_file_get_contents (b, &second, &m, NULL));
  return n == m && memcmp (first, second, n) == 0;
}

static void
test_makes_a_flow_of_the_images (void)
{
  g_auto (RunResult) trained = run_well (TRAIN "--couplings 3 --epochs 4 --out flow.pt");
  g_auto (GStrv) lines = lines_of (trained.out);
  g_autoptr (LimenNice) nice = load ("flow.pt");
  LimenNiceShape shape = limen_nice_shape (nice), expected = {36, 20, 2, 3};
  g_assert_cmpuint (g_strv_length (lines), ==, 5);
  g_assert_true (g_str_has_prefix (lines[3], "epoch 4: training "));
  g_assert_true (g_str_has_prefix (lines[4], "flow.pt: held out "));
  g_assert_cmpmem (&shape, sizeof shape, &expected, sizeof expected);
  g_auto (RunResult) detected =
      run_well ("detect --model flow.pt --normal normal.idx --anomaly anomaly.idx");
  g_assert_nonnull (strstr (detected.out, "\n0 type II errors among 50 data\n"));
  g_assert_nonnull (
      strstr (detected.out, "\nThe flow was trained with all of the normal images: "));
  g_assert_null (strstr (detected.out, "all of the anomalies"));
  g_auto (RunResult) inspected = run_well ("inspect flow.pt");
  g_assert_nonnull (strstr (inspected.out, "\n  trained with "));
  g_assert_nonnull (strstr (inspected.out, "normal.idx ("));
  g_assert_nonnull (strstr (inspected.out, " different images)\n"));
}

static void
test_seed_decides_and_threads_do_not (void)
{
  g_setenv ("LIMEN_THREADS", "1", TRUE);
  g_auto (RunResult) one = run_well (TRAIN "--epochs 2 --seed 5 --out one.safetensors");
  g_setenv ("LIMEN_THREADS", "2", TRUE);
  g_auto (RunResult) two = run_well (TRAIN "--epochs 2 --seed 5 --out two.safetensors");
  g_auto (RunResult) other = run_well (TRAIN "--epochs 2 --seed 6 --out other.safetensors");
  g_unsetenv ("LIMEN_THREADS");
  g_assert_true (are_the_same_file ("one.safetensors", "two.safetensors"));
  g_assert_false (are_the_same_file ("one.safetensors", "other.safetensors"));
}

/* What the last line says of the held-out images, nats. */
static double
final_nll (const RunResult *result)
{
  const char *at = strstr (result->out, ": held out ") + strlen (": held out ");
  gboolean negative = g_str_has_prefix (at, "\u2212");
  double size = g_ascii_strtod (negative ? at + strlen ("\u2212") : at, NULL);
  g_assert_cmpfloat (size, >, 0);
  return negative ? -size : size;
}

static void
test_resumes_where_it_was (void)
{
  g_auto (RunResult) first = run_well (TRAIN "--epochs 30 --out a.safetensors");
  g_auto (RunResult) spoiled = run_well ("train --data normal.idx --resume a.safetensors --epochs "
                                         "1 --learning-rate 0.1 --out b.safetensors");
  g_assert_cmpfloat (final_nll (&spoiled), ==, final_nll (&first));
  g_assert_true (are_the_same_file ("a.safetensors", "b.safetensors")); /* the better one is kept */
  g_auto (RunResult) early = run_well (TRAIN "--epochs 1 --out early.pt");
  g_auto (RunResult) later = run_well ("train --data normal.idx --resume early.pt --batch 16 "
                                       "--epochs 30 --out early.pt");
  g_assert_cmpfloat (final_nll (&later), <, final_nll (&early) - 1);
  g_autoptr (LimenNice) nice = load ("early.pt");
  g_assert_cmpuint (limen_nice_shape (nice).width, ==, 20);
}

static void
test_fits_and_halves (void)
{
  GStatBuf single, half;
  g_auto (RunResult) a = run_well (TRAIN "--epochs 1 --size 4x3 --out single.safetensors");
  g_auto (RunResult) b = run_well (TRAIN "--epochs 1 --size 4x3 --half --out half.safetensors");
  g_autoptr (LimenNice) nice = load ("half.safetensors");
  g_assert_cmpuint (limen_nice_shape (nice).dimension, ==, 12);
  g_assert_true (g_stat ("single.safetensors", &single) == 0 &&
                 g_stat ("half.safetensors", &half) == 0);
  g_assert_cmpint (half.st_size, <, single.st_size);
}

static void
test_nothing_held_out (void)
{
  g_auto (RunResult) result = run_well (TRAIN "--epochs 2 --held-out 0 --out all.pt");
  g_auto (GStrv) lines = lines_of (result.out);
  g_autoptr (LimenNice) nice = load ("all.pt");
  g_assert_cmpuint (g_strv_length (lines), ==, 3);
  g_assert_true (g_str_has_prefix (lines[2], "all.pt: training "));
}

static void
test_refusals (void)
{
  static const struct {
    const char *line, *says;
  } table[] = {
      {"train --data odd.idx --out x.pt", "even number of pixels"},
      {"train --data nowhere.idx --out x.pt", "nowhere.idx"},
      {TRAIN "--out nowhere/x.pt", "folder does not exist"},
      {"train --data normal.idx --out normal.pt --resume anomaly.idx", "anomaly.idx"},
      {"train --data anomaly.idx --resume small.pt --out x.pt --width 3", "exclude each other"},
      {TRAIN "--width 65536 --depth 64 --out x.pt", "given twice"},
      {"train --data normal.idx --width 65536 --depth 64 --out x.pt", "memory"},
      {"train --data normal.idx --windows 7 --out x.pt", "less than a window of 7 × 7"},
      {"train --data normal.idx --windows 7 --size 8x8 --out x.pt", "exclude each other"},
  };
  write_idx ("odd.idx", 10, 5, 1, 3);
  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    g_test_message ("%s", table[i].line);
    g_auto (RunResult) result = run_line (table[i].line);
    g_assert_cmpint (result.status, >, 0);
    g_assert_nonnull (strstr (result.err, table[i].says));
    g_assert_false (g_file_test ("x.pt", G_FILE_TEST_EXISTS));
  }
}

/* Reads until the first line's end. */
static void
wait_for_a_line (int fd)
{
  char c = 0;
  while (c != '\n')
    g_assert_cmpint (read (fd, &c, 1), ==, 1);
}

static void
test_interrupt_saves_the_best (void)
{
  const char *argv[] = {limen_binary (), "train",   "--data", "normal.idx", "--width", "20",
                        "--epochs",      "1000000", "--out",  "stopped.pt", NULL};
  g_autoptr (GError) error = NULL;
  GPid pid;
  int status, out, err;
  char said[256] = {0};
  g_spawn_async_with_pipes (NULL, (char **)argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &pid,
                            NULL, &out, &err, &error);
  g_assert_no_error (error);
  wait_for_a_line (out);
  g_assert_cmpint (kill (pid, SIGINT), ==, 0);
  for (guint i = 0; i + 1 < sizeof said && read (err, said + i, 1) == 1; i++)
    ;
  close (out);
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 130);
  g_assert_cmpstr (said, ==, "limen: the best flow so far is in stopped.pt.\n");
  close (err);
  g_autoptr (LimenNice) nice = load ("stopped.pt");
}

/* The place is tried before anything is read, and with the size of the flow before it is trained.
 */
static void
test_a_place_is_tried_first (void)
{
  g_mkdir ("folder.pt", 0700);
  g_auto (RunResult) folder = run_line ("train --data nowhere.idx --out folder.pt");
  g_assert_cmpint (folder.status, ==, 1);
  g_assert_nonnull (strstr (folder.err, "folder.pt could not be written"));
  g_assert_null (strstr (folder.err, "so far"));
  g_auto (RunResult) circle =
      run_shell ("ln -s b.pt a.pt; ln -s a.pt b.pt; \"$0\" train --data nowhere.idx --out a.pt");
  g_assert_cmpint (circle.status, ==, 1);
  g_assert_nonnull (strstr (circle.err, "a.pt could not be written"));
  /* room for 8 blocks, but not for this flow: a limit on the size of files stands for a full disk
   */
  g_auto (RunResult) full = run_shell (
      "trap '' XFSZ; ulimit -f 16; \"$0\" train --data normal.idx --width 200 --epochs 1 "
      "--out full.pt");
  g_assert_cmpint (full.status, ==, 1);
  g_assert_cmpstr (full.out, ==, "");
  g_assert_nonnull (strstr (full.err, "full.pt could not be written"));
  g_assert_false (g_file_test ("full.pt", G_FILE_TEST_EXISTS));
}

/* The folder goes while the training is under way: what is learned then goes elsewhere, that is
 * told once, and the exit status says so. */
static void
test_a_lost_place_loses_no_flow (void)
{
  const char *argv[] = {
      limen_binary (), "train",   "--data", "normal.idx",    "--width", "20", "--held-out", "0",
      "--epochs",      "1000000", "--out",  "place/kept.pt", NULL};
  g_autofree char *here = g_get_current_dir (), *own = g_build_filename (here, "own", NULL);
  g_autoptr (GError) error = NULL;
  GPid pid;
  int status, out, err;
  char said[1024] = {0};
  guint n = 0, n_lines = 0;
  g_setenv ("XDG_DATA_HOME", own, TRUE);
  g_mkdir ("place", 0700);
  g_spawn_async_with_pipes (NULL, (char **)argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &pid,
                            NULL, &out, &err, &error);
  g_unsetenv ("XDG_DATA_HOME");
  g_assert_no_error (error);
  wait_for_a_line (out);
  g_assert_cmpint (g_rename ("place", "moved"), ==, 0);
  while (n + 1 < sizeof said && read (err, said + n, 1) == 1)
    if (said[n++] == '\n' && n_lines++ == 0)
      close (out); /* an output that can't be written ends it, too */
  close (err);
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 1);
  g_assert_nonnull (strstr (said, "place/kept.pt could not be written"));
  g_assert_nonnull (strstr (said, "own/limen/kept-2.pt"));
  g_assert_null (strstr (said, "best flow so far is in place/kept.pt"));
  g_autoptr (LimenNice) before = load ("moved/kept.pt"), kept = load ("own/limen/kept-2.pt");
}

/* Files in the current folder whose names begin so. */
static guint
count_files (const char *prefix)
{
  g_autoptr (GDir) folder = g_dir_open (".", 0, NULL);
  guint n = 0;
  for (const char *name; (name = g_dir_read_name (folder));)
    n += g_str_has_prefix (name, prefix);
  return n;
}

static GPid
start_quietly (const char *line)
{
  g_autofree char *command = g_strconcat (limen_binary (), " ", line, NULL);
  g_auto (GStrv) argv = g_strsplit (command, " ", 0);
  g_autoptr (GError) error = NULL;
  GPid pid;
  g_spawn_async (NULL, argv, NULL,
                 G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDOUT_TO_DEV_NULL |
                     G_SPAWN_STDERR_TO_DEV_NULL,
                 NULL, NULL, &pid, &error);
  g_assert_no_error (error);
  return pid;
}

static void
train_and_kill (const char *line, gulong microseconds)
{
  int status;
  GPid pid = start_quietly (line);
  g_usleep (microseconds);
  g_assert_cmpint (kill (pid, SIGKILL), ==, 0);
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_true (WIFSIGNALED (status));
}

/* Most of the time of so small a training goes into its file, which every epoch replaces at first.
 */
static void
test_a_kill_leaves_the_last_good_file (void)
{
  static const char *const files[] = {"killed.pt", "killed.safetensors"};
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  for (guint f = 0; f < G_N_ELEMENTS (files); f++) {
    g_autofree char *first = g_strconcat (TRAIN "--epochs 1 --out ", files[f], NULL);
    g_autofree char *score = g_strconcat ("score --model ", files[f], " normal.idx", NULL);
    g_autofree char *inspect = g_strconcat ("inspect ", files[f], NULL);
    g_auto (RunResult) made = run_well (first);
    for (guint round = 0; round < 12; round++) {
      g_autofree char *again =
          g_strdup_printf (TRAIN "--epochs 1000000 --seed %u --out %s", round + 1, files[f]);
      train_and_kill (again, (gulong)g_rand_int_range (random, 5000, 120000));
      g_auto (RunResult) inspected = run_well (inspect), scored = run_well (score);
    }
    g_autofree char *resume = g_strdup_printf (
        "train --data normal.idx --epochs 1 --resume %s --out %s", files[f], files[f]);
    g_auto (RunResult) resumed = run_well (resume);
  }
  g_test_message ("%u files where 2 are whole", count_files ("killed."));
}

/* Windows have 49 pixels, of which a flow takes 48; what it learned is told with it. */
static void
test_learns_windows (void)
{
  write_idx ("photos.idx", 5, 20, 0.3, 1);
  g_auto (RunResult) result = run_well ("train --data photos.idx --windows 7x7 --width 4 --depth 1 "
                                        "--batch 4096 --epochs 1 --out windows.safetensors");
  g_autoptr (LimenNice) nice = load ("windows.safetensors");
  g_assert_cmpuint (limen_nice_shape (nice).dimension, ==, 48);
  g_assert_cmpstr (limen_nice_windows (nice), ==, "7x7 grey, 1 scale");
  g_assert_cmpstr (limen_nice_learned_from (nice), ==, "photos.idx");
  g_assert_nonnull (strstr (result.out, "without the last number of each"));
  g_auto (RunResult) judged =
      run_well ("score --windows 7 --window-model windows.safetensors photos.idx");
  g_auto (RunResult) other =
      run_line ("score --windows 9 --window-model windows.safetensors photos.idx");
  g_assert_cmpint (other.status, ==, 1);
  g_assert_nonnull (strstr (other.err, "learned windows of 7 × 7 pixels"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_autofree char *folder = g_dir_make_tmp ("limen-test-XXXXXX", NULL);
  g_assert_cmpint (g_chdir (folder), ==, 0);
  write_idx ("normal.idx", 100, 6, 0.3, 1);
  write_idx ("anomaly.idx", 50, 6, 1, 2);
  g_test_add_func ("/train/makes-a-flow-of-the-images", test_makes_a_flow_of_the_images);
  g_test_add_func ("/train/seed-decides-and-threads-do-not", test_seed_decides_and_threads_do_not);
  g_test_add_func ("/train/resumes-where-it-was", test_resumes_where_it_was);
  g_test_add_func ("/train/fits-and-halves", test_fits_and_halves);
  g_test_add_func ("/train/nothing-held-out", test_nothing_held_out);
  g_test_add_func ("/train/refusals", test_refusals);
  g_test_add_func ("/train/learns-windows", test_learns_windows);
  g_test_add_func ("/train/interrupt-saves-the-best", test_interrupt_saves_the_best);
  g_test_add_func ("/train/a-place-is-tried-first", test_a_place_is_tried_first);
  g_test_add_func ("/train/a-lost-place-loses-no-flow", test_a_lost_place_loses_no_flow);
  g_test_add_func ("/train/a-kill-leaves-the-last-good-file",
                   test_a_kill_leaves_the_last_good_file);
  int status = g_test_run ();
  g_assert_cmpint (g_chdir ("/"), ==, 0);
  const char *remove[] = {"rm", "-r", folder, NULL};
  g_spawn_sync (NULL, (char **)remove, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL,
                NULL);
  return status;
}
