#include "model/base/crew.h"
#include "model/base/random.h"
#include "model/base/replace-file.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <math.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

/* Known answers of Random123's kat_vectors, philox4x32-10. */
static void
test_philox_known_answers (void)
{
  LimenRandom zero = {.used = 4};
  const guint32 expected_zero[4] = {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8};
  for (int i = 0; i < 4; i++)
    g_assert_cmphex (limen_random_u32 (&zero), ==, expected_zero[i]);
  LimenRandom pi = {.key = {0xa4093822, 0x299f31d0},
                    .counter = {0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
                    .used = 4};
  const guint32 expected_pi[4] = {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1};
  for (int i = 0; i < 4; i++)
    g_assert_cmphex (limen_random_u32 (&pi), ==, expected_pi[i]);
}

static void
test_streams_differ (void)
{
  LimenRandom a = limen_random_stream (1, "split", 0), b = limen_random_stream (1, "split", 1),
              c = limen_random_stream (1, "noise", 0), again = limen_random_stream (1, "split", 0);
  guint32 x = limen_random_u32 (&a);
  g_assert_cmphex (x, ==, limen_random_u32 (&again));
  g_assert_cmphex (x, !=, limen_random_u32 (&b));
  g_assert_cmphex (x, !=, limen_random_u32 (&c));
}

static void
test_normal_moments (void)
{
  LimenRandom random = limen_random_stream (7, "normal", 0);
  double sum = 0, squares = 0;
  const int n = 200000;
  for (int i = 0; i < n; i++) {
    double x = limen_random_normal (&random);
    sum += x;
    squares += x * x;
  }
  g_assert_cmpfloat (fabs (sum / n), <, 4 / sqrt (n));
  g_assert_cmpfloat (fabs (squares / n - 1), <, 4 * sqrt (2.0 / n));
}

static void
test_shuffle_is_a_permutation (void)
{
  guint32 values[1000];
  gboolean seen[1000] = {FALSE};
  for (guint32 i = 0; i < 1000; i++)
    values[i] = i;
  LimenRandom random = limen_random_stream (3, "split", 0);
  limen_random_shuffle (&random, values, 1000);
  guint fixed = 0;
  for (guint32 i = 0; i < 1000; i++) {
    g_assert_false (seen[values[i]]);
    seen[values[i]] = TRUE;
    fixed += values[i] == i;
  }
  g_assert_cmpuint (fixed, <, 20);
}

static void
count_batch (guint batch, guint worker, gpointer data)
{
  g_assert_cmpuint (worker, <, limen_n_workers ());
  g_atomic_int_inc (&((gint *)data)[batch]);
}

static void
test_parallel_runs_each_batch_once (void)
{
  gint counts[257] = {0};
  g_assert_true (limen_parallel (257, count_batch, counts, NULL, NULL));
  for (int i = 0; i < 257; i++)
    g_assert_cmpint (counts[i], ==, 1);
}

static void
cancel_at_ten (guint batch, guint worker, gpointer data)
{
  if (batch == 10)
    g_cancellable_cancel (data);
}

static void
test_parallel_cancels (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_assert_false (limen_parallel (100000, cancel_at_ten, cancellable,
                                  &(LimenRun){.cancellable = cancellable}, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

typedef struct {
  guint n_workers;
  gint done[20]; /* atomic */
} Round;

static void
count_task (guint task, guint worker, gpointer data)
{
  Round *round = data;
  g_assert_cmpuint (worker, <, round->n_workers);
  g_atomic_int_inc (&round->done[task]);
}

/* Also rounds of nothing, of one task, and of more tasks than there are members. */
static void
test_crew_runs_each_task_once_a_round (void)
{
  static const char *const threads[] = {"1", "2", "7"};
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++) {
    g_setenv ("LIMEN_THREADS", threads[i], TRUE);
    g_autoptr (LimenCrew) crew = limen_crew_new ();
    g_unsetenv ("LIMEN_THREADS");
    for (guint r = 0; r < 3000; r++) {
      Round round = {limen_crew_n_workers (crew), {0}};
      guint n = r % (G_N_ELEMENTS (round.done) + 1);
      limen_crew_run (crew, n, count_task, &round);
      for (guint t = 0; t < G_N_ELEMENTS (round.done); t++)
        g_assert_cmpint (round.done[t], ==, t < n);
    }
  }
}

static gboolean
give_up (FILE *stream, gpointer data, GError **error)
{
  fputs ("half a file", stream);
  g_set_error_literal (error, LIMEN_ERROR, LIMEN_ERROR_DAMAGED, "given up");
  return FALSE;
}

static void
test_replace_file_is_all_or_nothing (void)
{
  g_autofree char *dir = g_dir_make_tmp ("limen-test-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (dir, "a.txt", NULL), *content = NULL;
  g_autoptr (GError) error = NULL;
  g_assert_true (limen_replace_file_with_bytes (path, "first", 5, &error));
  g_assert_no_error (error);
  g_assert_false (limen_replace_file (path, give_up, NULL, &error));
  g_assert_error (error, LIMEN_ERROR, LIMEN_ERROR_DAMAGED);
  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, "first");
  g_autofree char *sum = limen_sha256_of_file (path, NULL, NULL);
  g_assert_cmpstr (sum, ==, "a7937b64b8caa58f03721bb6bacf5c78cb235febe0e70b1b84cd99541461a08e");
  g_unlink (path);
  g_assert_cmpint (g_rmdir (dir), ==, 0); /* nothing else was left in it */
}

/* A limit on the size of files stands for a full disk. */
static void
test_replace_file_keeps_the_old_on_a_full_disk (void)
{
  g_autofree char *dir = g_dir_make_tmp ("limen-test-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (dir, "a.bin", NULL), *content = NULL;
  g_autofree char *large = g_malloc0 (1 << 20);
  g_autoptr (GError) error = NULL;
  struct rlimit usual, small;
  g_assert_true (limen_replace_file_with_bytes (path, "old", 3, NULL));
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &usual), ==, 0);
  small = usual;
  small.rlim_cur = 1 << 16;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);
  gboolean written = limen_replace_file_with_bytes (path, large, 1 << 20, &error);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &usual), ==, 0);
  g_assert_false (written);
  g_assert_error (error, LIMEN_ERROR, LIMEN_ERROR_UNREADABLE);
  g_assert_nonnull (strstr (error->message, "a.bin"));
  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, "old");
  g_unlink (path);
  g_assert_cmpint (g_rmdir (dir), ==, 0);
}

static gboolean
be_killed (FILE *stream, gpointer data, GError **error)
{
  fputs ("half a file", stream);
  fflush (stream);
  raise (SIGKILL);
  return TRUE;
}

static gboolean
has_unnamed_files (const char *folder)
{
  int fd = open (folder, O_TMPFILE | O_RDWR, 0600);
  return fd >= 0 && close (fd) == 0;
}

static void
test_replace_file_leaves_nothing_when_killed (void)
{
  g_autofree char *dir = g_dir_make_tmp ("limen-test-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (dir, "a.txt", NULL), *content = NULL;
  int status;
  g_assert_true (limen_replace_file_with_bytes (path, "old", 3, NULL));
  pid_t child = fork ();
  if (child == 0)
    _exit (limen_replace_file (path, be_killed, NULL, NULL));
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFSIGNALED (status));
  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, "old");
  g_unlink (path);
  if (has_unnamed_files (dir))
    g_assert_cmpint (g_rmdir (dir), ==, 0);
  else
    g_test_skip ("this file system has no files without names");
}

/* Names up to the longest that there are, also of characters of two bytes */
static void
test_replace_file_writes_long_names (void)
{
  g_autofree char *dir = g_dir_make_tmp ("limen-test-XXXXXX", NULL);
  for (guint length = 240; length <= 256; length++)
    for (guint wide = 0; wide < 2; wide++) {
      g_autoptr (GString) name = g_string_new (length % 2 && wide ? "a" : "");
      g_autoptr (GError) error = NULL;
      while (name->len < length)
        g_string_append (name, wide ? "\xc3\xa9" : "n");
      g_autofree char *path = g_build_filename (dir, name->str, NULL), *content = NULL;
      gboolean written = limen_replace_file_with_bytes (path, "whole", 5, &error);
      g_assert_cmpint (written, ==, length <= 255);
      g_assert_cmpint (limen_try_place (path, 10, NULL), ==, length <= 255);
      g_assert_cmpint (g_file_get_contents (path, &content, NULL, NULL), ==, written);
      if (written)
        g_assert_cmpstr (content, ==, "whole");
      else
        g_assert_nonnull (strstr (error->message, "shorter"));
      g_unlink (path);
    }
  g_assert_cmpint (g_rmdir (dir), ==, 0);
}

/* @links: pairs of a name and what it points to; writes to the first, which must make or replace
 * @target, or fail where that is NULL. */
static void
assert_links_followed (const char *const *links, const char *target)
{
  g_autofree char *dir = g_dir_make_tmp ("limen-test-XXXXXX", NULL);
  g_autofree char *sub = g_build_filename (dir, "sub", NULL);
  g_autofree char *path = g_build_filename (dir, links[0], NULL), *content = NULL;
  g_autofree char *end = target ? g_build_filename (dir, target, NULL) : NULL;
  g_autofree char *real = realpath (dir, NULL);
  g_autofree char *real_end = target ? g_build_filename (real, target, NULL) : NULL;
  g_autoptr (GError) error = NULL;
  g_mkdir (sub, 0700);
  for (guint i = 0; links[i]; i += 2) {
    g_autofree char *link = g_build_filename (dir, links[i], NULL);
    g_assert_cmpint (symlink (links[i + 1], link), ==, 0);
  }
  g_autofree char *output = limen_output_path (path, NULL);
  g_assert_cmpstr (output, ==, real_end);
  g_assert_cmpint (limen_try_place (path, 1, NULL), ==, target != NULL);
  for (guint again = 0; again < 2; again++)
    g_assert_cmpint (limen_replace_file_with_bytes (path, "new", 3, again ? NULL : &error), ==,
                     target != NULL);
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_SYMLINK));
  if (target) {
    g_assert_true (g_file_get_contents (end, &content, NULL, NULL));
    g_assert_cmpstr (content, ==, "new");
    g_assert_false (g_file_test (end, G_FILE_TEST_IS_SYMLINK));
    g_unlink (end);
  } else
    g_assert_nonnull (strstr (error->message, links[0]));
  for (guint i = 0; links[i]; i += 2) {
    g_autofree char *link = g_build_filename (dir, links[i], NULL);
    g_assert_cmpint (g_unlink (link), ==, 0);
  }
  g_assert_cmpint (g_rmdir (sub), ==, 0);
  g_assert_cmpint (g_rmdir (dir), ==, 0);
}

static void
test_replace_file_follows_links (void)
{
  const char *const dangling[] = {"a", "b", NULL};
  const char *const chain[] = {"a", "sub/l", "sub/l", "../m", "m", "sub/end", NULL};
  const char *const nowhere[] = {"a", "gone/b", NULL};
  const char *const itself[] = {"a", "a", NULL};
  const char *const circle[] = {"a", "b", "b", "sub/c", "sub/c", "../a", NULL};
  const char *const folder[] = {"a", "sub", NULL};
  assert_links_followed (dangling, "b");
  assert_links_followed (chain, "sub/end");
  assert_links_followed (itself, NULL);
  assert_links_followed (circle, NULL);
  g_autofree char *dir = g_dir_make_tmp ("limen-test-XXXXXX", NULL);
  const char *const *const refused[] = {nowhere, folder};
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++) {
    g_autofree char *path = g_build_filename (dir, refused[i][0], NULL);
    g_autofree char *sub = g_build_filename (dir, "sub", NULL);
    g_mkdir (sub, 0700);
    g_assert_cmpint (symlink (refused[i][1], path), ==, 0);
    g_assert_false (limen_replace_file_with_bytes (path, "new", 3, NULL));
    g_assert_false (limen_try_place (path, 1, NULL));
    g_assert_true (g_file_test (path, G_FILE_TEST_IS_SYMLINK));
    g_unlink (path);
    g_assert_cmpint (g_rmdir (sub), ==, 0);
  }
  g_assert_cmpint (g_rmdir (dir), ==, 0);
}

/* Different names of one file that is not there yet */
static void
test_output_paths_are_compared_by_place (void)
{
  g_autofree char *dir = g_dir_make_tmp ("limen-test-XXXXXX", NULL);
  g_autofree char *sub = g_build_filename (dir, "sub", NULL);
  g_autofree char *way = g_build_filename (dir, "way", NULL);
  const char *const names[] = {"same", "./same", "sub/../same", "way/../same", ".//same"};
  g_autofree char *first = NULL;
  g_mkdir (sub, 0700);
  g_assert_cmpint (symlink ("sub", way), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *path = g_strconcat (dir, "/", names[i], NULL);
    g_autofree char *output = limen_output_path (path, NULL);
    g_assert_nonnull (output);
    if (!first)
      first = g_strdup (output);
    g_assert_cmpstr (output, ==, first);
  }
  g_unlink (way);
  g_assert_cmpint (g_rmdir (sub), ==, 0);
  g_assert_cmpint (g_rmdir (dir), ==, 0);
}

/* A place is tried with as many bytes as will be written, and nothing stays of it. */
static void
test_a_place_is_tried (void)
{
  g_autofree char *dir = g_dir_make_tmp ("limen-test-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (dir, "a.bin", NULL);
  g_autofree char *missing = g_build_filename (dir, "gone", "a.bin", NULL);
  g_autoptr (GError) full = NULL, folder = NULL, nowhere = NULL;
  struct rlimit usual, small;
  g_assert_true (limen_try_place (path, 1 << 20, NULL));
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &usual), ==, 0);
  small = usual;
  small.rlim_cur = 1 << 16;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);
  gboolean fits = limen_try_place (path, 1 << 15, NULL);
  gboolean too_large = limen_try_place (path, 1 << 20, &full);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &usual), ==, 0);
  g_assert_true (fits);
  g_assert_false (too_large);
  g_assert_error (full, LIMEN_ERROR, LIMEN_ERROR_UNREADABLE);
  g_assert_nonnull (strstr (full->message, "a.bin"));
  g_assert_false (limen_try_place (dir, 1, &folder));
  g_assert_error (folder, LIMEN_ERROR, LIMEN_ERROR_UNREADABLE);
  g_assert_false (limen_try_place (missing, 1, &nowhere));
  g_assert_nonnull (strstr (nowhere->message, "create the folder"));
  g_assert_cmpint (g_rmdir (dir), ==, 0);
}

static void
test_replace_file_says_why_not (void)
{
  g_autoptr (GError) missing = NULL, full = NULL;
  g_assert_false (limen_replace_file_with_bytes ("/nonexistent/a.txt", "x", 1, &missing));
  g_assert_error (missing, LIMEN_ERROR, LIMEN_ERROR_UNREADABLE);
  g_assert_nonnull (strstr (missing->message, "/nonexistent/a.txt"));
  g_assert_nonnull (strstr (missing->message, "create the folder"));
  g_assert_false (limen_replace_file_with_bytes ("/tmp", "x", 1, &full));
  g_assert_error (full, LIMEN_ERROR, LIMEN_ERROR_UNREADABLE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/random/philox-known-answers", test_philox_known_answers);
  g_test_add_func ("/random/streams-differ", test_streams_differ);
  g_test_add_func ("/random/normal-moments", test_normal_moments);
  g_test_add_func ("/random/shuffle-is-a-permutation", test_shuffle_is_a_permutation);
  g_test_add_func ("/parallel/runs-each-batch-once", test_parallel_runs_each_batch_once);
  g_test_add_func ("/parallel/cancels", test_parallel_cancels);
  g_test_add_func ("/crew/runs-each-task-once-a-round", test_crew_runs_each_task_once_a_round);
  g_test_add_func ("/replace-file/all-or-nothing", test_replace_file_is_all_or_nothing);
  g_test_add_func ("/replace-file/keeps-the-old-on-a-full-disk",
                   test_replace_file_keeps_the_old_on_a_full_disk);
  g_test_add_func ("/replace-file/leaves-nothing-when-killed",
                   test_replace_file_leaves_nothing_when_killed);
  g_test_add_func ("/replace-file/long-names", test_replace_file_writes_long_names);
  g_test_add_func ("/replace-file/follows-links", test_replace_file_follows_links);
  g_test_add_func ("/replace-file/compared-by-place", test_output_paths_are_compared_by_place);
  g_test_add_func ("/replace-file/a-place-is-tried", test_a_place_is_tried);
  g_test_add_func ("/replace-file/says-why-not", test_replace_file_says_why_not);
  return g_test_run ();
}
