/* Where results go: never over what was read, by whatever name; through links; with long names. */
#include "run-json.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The working directory has flow.safetensors; normal.idx; the folder imgs with a.idx, deep/b.idx,
 * notes.txt and far.idx, a link to far/c.idx; hard.idx, a hard link to imgs/a.idx; link.idx, a link
 * to it; arrays.npz; game.csv; points.csv; case.json */

#define DETECT "detect --model flow.safetensors --normal "

/* A file's bytes and its number */
typedef struct {
  char *bytes;
  gsize n;
  struct stat info;
} Kept;

static Kept
look_at (const char *path)
{
  Kept kept = {0};
  g_assert_true (g_file_get_contents (path, &kept.bytes, &kept.n, NULL));
  g_assert_cmpint (stat (path, &kept.info), ==, 0);
  return kept;
}

static void
assert_untouched (const char *path, Kept *before)
{
  Kept now = look_at (path);
  g_assert_cmpmem (now.bytes, now.n, before->bytes, before->n);
  g_assert_cmpuint (now.info.st_ino, ==, before->info.st_ino);
  g_free (now.bytes);
  g_clear_pointer (&before->bytes, g_free);
}

/* @line is refused in one sentence that names @output, and @file stays. */
static void
assert_spared (const char *line, const char *output, const char *file)
{
  Kept before = look_at (file);
  g_test_message ("%s", line);
  g_auto (RunResult) result = run_line (line);
  g_auto (GStrv) lines = lines_of (result.err);
  g_assert_cmpint (result.status, ==, 1);
  g_assert_cmpstr (result.out, ==, "");
  g_assert_cmpuint (g_strv_length (lines), ==, 1);
  g_assert_nonnull (strstr (result.err, "would overwrite"));
  g_assert_nonnull (strstr (result.err, output));
  assert_untouched (file, &before);
}

static void
test_nothing_read_is_written_over (void)
{
  static const struct {
    const char *line, *output, *file;
  } table[] = {
      /* named */
      {DETECT "normal.idx --json normal.idx", "normal.idx", "normal.idx"},
      {DETECT "normal.idx --json ./normal.idx", "./normal.idx", "normal.idx"},
      {DETECT "normal.idx --json imgs/../normal.idx", "imgs/../normal.idx", "normal.idx"},
      {DETECT "normal.idx --scores flow.safetensors", "flow.safetensors", "flow.safetensors"},
      {DETECT "imgs/a.idx --json hard.idx", "hard.idx", "imgs/a.idx"},
      {DETECT "imgs/a.idx --json link.idx", "link.idx", "imgs/a.idx"},
      {DETECT "link.idx --json imgs/a.idx", "imgs/a.idx", "imgs/a.idx"},
      {DETECT "normal.idx --anomaly imgs/a.idx --json imgs/a.idx", "imgs/a.idx", "imgs/a.idx"},
      {DETECT "normal.idx --validation imgs/a.idx --json hard.idx", "hard.idx", "imgs/a.idx"},
      /* in a folder, at any depth, by any name */
      {DETECT "imgs --json imgs/a.idx", "imgs/a.idx", "imgs/a.idx"},
      {DETECT "imgs --json hard.idx", "hard.idx", "imgs/a.idx"},
      {DETECT "imgs --json link.idx", "link.idx", "imgs/a.idx"},
      {DETECT "imgs/ --json imgs/deep/b.idx", "imgs/deep/b.idx", "imgs/deep/b.idx"},
      {DETECT "imgs --json far/c.idx", "far/c.idx", "far/c.idx"},
      {DETECT "normal.idx --anomaly imgs --json imgs/a.idx", "imgs/a.idx", "imgs/a.idx"},
      {"score --model flow.safetensors imgs --out imgs/s.npy", "imgs/s.npy", "imgs/s.npy"},
      {"train --data imgs --epochs 1 --out imgs/t.pt", "imgs/t.pt", "imgs/t.pt"},
      /* in an archive, or as an array of one */
      {DETECT "arrays.npz --json arrays.npz", "arrays.npz", "arrays.npz"},
      {DETECT "arrays.npz:x --json ./arrays.npz", "./arrays.npz", "arrays.npz"},
      /* other commands */
      {"game --method eag-v --payoff game.csv --json ./game.csv", "./game.csv", "game.csv"},
      {"game solve --payoff game.csv --json ./game.csv", "./game.csv", "game.csv"},
      {"prior train --data points.csv --estimator reparameterization --steps 1 --out ./points.csv",
       "./points.csv", "points.csv"},
      {"prior gradients --case case.json --json ./case.json", "./case.json", "case.json"},
      {"bound --case case.json --json ./case.json", "./case.json", "case.json"},
      {"bound --vae flow.safetensors --images imgs --json imgs/a.idx", "imgs/a.idx", "imgs/a.idx"},
  };
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    assert_spared (table[i].line, table[i].output, table[i].file);
}

/* Of two names for one file, one result would be lost. */
static void
test_results_do_not_overwrite_each_other (void)
{
  static const char *const lines[] = {
      DETECT "normal.idx --json same --scores same",
      DETECT "normal.idx --json same --scores ./same",
      DETECT "normal.idx --json way/same --scores far/same",
      DETECT "normal.idx --json far/to-same --scores same",
      "game --method eag-v --json same --csv ./same",
      "game --method eag-v --json same --csv far/../same",
      "prior train --data builtin:ring --estimator reparameterization --json x.csv --out ./x.csv",
  };
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++) {
    g_test_message ("%s", lines[i]);
    g_auto (RunResult) result = run_line (lines[i]);
    g_assert_cmpint (result.status, ==, 1);
    g_assert_nonnull (strstr (result.err, "would overwrite"));
    g_assert_false (g_file_test ("same", G_FILE_TEST_EXISTS));
    g_assert_false (g_file_test ("far/same", G_FILE_TEST_EXISTS));
  }
}

/* Beside what is read, results may be written, and written again. */
static void
test_notes_in_a_folder_are_free (void)
{
  for (guint again = 0; again < 2; again++) {
    g_auto (RunResult) beside = run_well (DETECT "imgs/a.idx --json imgs/r.json");
    g_auto (RunResult) within = run_line (DETECT "imgs/deep --json imgs/deep/notes.txt");
    g_assert_cmpint (within.status, ==, 0);
  }
  g_auto (RunResult) elsewhere = run_well (DETECT "imgs/a.idx --json far/c.idx");
  write_idx ("far/c.idx", 6, 4, 1, 3);
}

static void
test_links_are_followed (void)
{
  g_assert_cmpint (symlink ("far/end.json", "dangling.json"), ==, 0);
  g_assert_cmpint (symlink ("circle-b", "circle-a"), ==, 0);
  g_assert_cmpint (symlink ("circle-a", "circle-b"), ==, 0);
  g_auto (RunResult) written = run_well (DETECT "normal.idx --json dangling.json");
  g_assert_true (g_file_test ("dangling.json", G_FILE_TEST_IS_SYMLINK));
  g_assert_true (g_file_test ("far/end.json", G_FILE_TEST_IS_REGULAR));
  g_auto (RunResult) refused = run_line (DETECT "normal.idx --json circle-a");
  g_assert_cmpint (refused.status, ==, 1);
  g_assert_nonnull (strstr (refused.err, "circle-a"));
  g_assert_true (g_file_test ("circle-a", G_FILE_TEST_IS_SYMLINK));
}

static void
test_long_names_are_written (void)
{
  for (guint length = 248; length <= 256; length++) {
    g_autofree char *stem = g_strnfill (length - 5, 'n');
    g_autofree char *name = g_strconcat (stem, ".json", NULL);
    g_autofree char *line = g_strconcat ("game solve --json ", name, NULL);
    g_auto (RunResult) result = run_line (line);
    g_assert_cmpint (result.status, ==, length <= 255 ? 0 : 1);
    g_assert_cmpint (g_file_test (name, G_FILE_TEST_EXISTS), ==, length <= 255);
    g_unlink (name);
  }
}

/* A place that takes nothing is found before anything is read. */
static void
test_places_are_tried_first (void)
{
  static const char *const lines[] = {
      "score --model nowhere.pt nowhere.idx --out far.csv",
      "detect --model nowhere.pt --normal nowhere.idx --json far",
      "game solve --payoff nowhere.csv --json far",
  };
  g_mkdir ("far.csv", 0700);
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++) {
    g_auto (RunResult) result = run_line (lines[i]);
    g_assert_cmpint (result.status, ==, 1);
    g_assert_nonnull (strstr (result.err, "could not be written"));
    g_assert_null (strstr (result.err, "nowhere"));
  }
}

static void
write_text (const char *path, const char *text)
{
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
make_files (void)
{
  static const char npz[] = "PK\x03\x04 only its name is looked at";
  g_autofree float *flow = write_flow ("flow.safetensors", 4), *other = NULL;
  write_idx ("normal.idx", 40, 4, 1, 1);
  g_mkdir_with_parents ("imgs/deep", 0700);
  g_mkdir ("far", 0700);
  write_idx ("imgs/a.idx", 6, 4, 1, 1);
  write_idx ("imgs/deep/b.idx", 6, 4, 1, 2);
  write_idx ("far/c.idx", 6, 4, 1, 3);
  write_idx ("imgs/s.npy", 6, 4, 1, 4);
  other = write_flow ("imgs/t.pt", 4);
  g_assert_true (g_file_set_contents ("arrays.npz", npz, sizeof npz, NULL));
  write_text ("imgs/deep/notes.txt", "notes\n");
  write_text ("game.csv", "1,2\n3,4\n");
  write_text ("points.csv", "1,2\n3,4\n");
  write_text ("case.json", "{}\n");
  g_assert_cmpint (symlink ("../far/c.idx", "imgs/far.idx"), ==, 0);
  g_assert_cmpint (symlink ("imgs/a.idx", "link.idx"), ==, 0);
  g_assert_cmpint (symlink ("far", "way"), ==, 0);
  g_assert_cmpint (symlink ("../same", "far/to-same"), ==, 0);
  g_assert_cmpint (link ("imgs/a.idx", "hard.idx"), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_autofree char *folder = g_dir_make_tmp ("limen-test-XXXXXX", NULL);
  g_assert_cmpint (g_chdir (folder), ==, 0);
  make_files ();
  g_test_add_func ("/outputs/nothing-read-is-written-over", test_nothing_read_is_written_over);
  g_test_add_func ("/outputs/not-over-each-other", test_results_do_not_overwrite_each_other);
  g_test_add_func ("/outputs/notes-in-a-folder-are-free", test_notes_in_a_folder_are_free);
  g_test_add_func ("/outputs/links-are-followed", test_links_are_followed);
  g_test_add_func ("/outputs/long-names", test_long_names_are_written);
  g_test_add_func ("/outputs/places-are-tried-first", test_places_are_tried_first);
  int status = g_test_run ();
  g_autofree char *remove = g_strdup_printf ("cd / && rm -r '%s'", folder);
  g_auto (RunResult) removed = run_shell (remove);
  return status;
}
