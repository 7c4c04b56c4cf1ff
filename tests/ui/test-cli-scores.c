/* limen score --part and limen detect --scores: parts make the whole, and scores that any program
 * wrote make the detector that their images would. */
#include "run-json.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#define SIDE      4
#define N_NORMAL  1003
#define N_ANOMALY 40
#define SCORE     "score --model flow.safetensors normal.idx"

static char *
read_text (const char *path)
{
  char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

static void
write_text (const char *path, const char *text)
{
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

/* -- parts -- */

/* The scores are those that the whole has without parts. */
static void
test_one_part_is_all (void)
{
  g_auto (RunResult) plain = run_line (SCORE), part = run_line (SCORE " --part 1/1");
  g_auto (GStrv) all = lines_of (plain.out), rows = lines_of (part.out);
  g_assert_cmpint (plain.status + part.status, ==, 0);
  g_assert_cmpstr (rows[0], ==, "image,log_likelihood,index,images,model");
  g_assert_cmpuint (g_strv_length (rows), ==, 1 + N_NORMAL);
  for (guint i = 1; rows[i]; i++) {
    g_autofree char *begins = g_strdup_printf ("%s,%u,%u,", all[i], i - 1, N_NORMAL);
    g_assert_true (g_str_has_prefix (rows[i], begins));
  }
}

/* Printed one behind another, parts of any number have the bytes of one run. */
static void
test_parts_are_the_bytes_of_one_run (void)
{
  static const guint numbers[] = {2, 7, 16};
  g_auto (RunResult) whole = run_line (SCORE " --part 1/1");
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++) {
    g_autofree char *command =
        g_strdup_printf ("for i in $(seq %u); do \"$0\" " SCORE " --part $i/%u || exit 1; done",
                         numbers[i], numbers[i]);
    g_auto (RunResult) parts = run_shell (command);
    g_assert_cmpint (parts.status, ==, 0);
    g_assert_cmpstr (parts.out, ==, whole.out);
  }
}

static void
test_parts_under_gnu_parallel (void)
{
  g_auto (RunResult) there = run_shell ("parallel --version");
  if (there.status != 0 || !strstr (there.out, "GNU parallel")) {
    g_test_skip ("GNU parallel is not there: Debian's package is “parallel”");
    return;
  }
  g_auto (RunResult) whole = run_line (SCORE " --part 1/1");
  g_auto (RunResult) parts = run_shell ("HOME=$PWD PARALLEL_HOME=$PWD/parallel parallel -k -j 4 "
                                        "\"$0\" " SCORE " --part {}/16 ::: $(seq 16)");
  g_assert_cmpint (parts.status, ==, 0);
  g_assert_cmpstr (parts.out, ==, whole.out);
  g_auto (RunResult) cleared = run_shell ("rm -rf parallel .parallel");
}

#define DETECT_PARTS "detect --scores part-*.csv --seed 3 --csv joined.csv --json -"

static void
write_parts (void)
{
  g_auto (RunResult) parts = run_shell ("for i in $(seq 16); do \"$0\" " SCORE
                                        " --part $i/16 --out part-$i.csv || exit 1; done");
  g_assert_cmpint (parts.status, ==, 0);
}

/* As files, in the order of the shell: 1, 10, 11, ..., 2, 3 */
static void
test_parts_are_joined (void)
{
  g_auto (RunResult) whole =
      run_shell ("\"$0\" " SCORE " --part 1/1 --out whole.csv && \"$0\" detect "
                 "--scores whole.csv --seed 3 --csv one.csv --json -");
  g_assert_cmpint (whole.status, ==, 0);
  write_parts ();
  g_auto (RunResult) joined = run_shell ("\"$0\" " DETECT_PARTS);
  g_assert_cmpint (joined.status, ==, 0);
  g_autofree char *one = read_text ("one.csv"), *other = read_text ("joined.csv");
  g_assert_cmpstr (other, ==, one);
  const char *table = strstr (whole.out, "\"table\"");
  g_assert_nonnull (table);
  g_assert_cmpint (strncmp (whole.out, joined.out, (gsize)(table - whole.out)), ==, 0);
  g_auto (RunResult) cleared = run_shell ("rm part-*.csv whole.csv one.csv joined.csv");
}

static void
test_parts_that_are_missing_or_there_twice (void)
{
  static const struct {
    const char *before, *says;
  } cases[] = {
      {"rm part-7.csv", "lack images 376 to 437 of 0 to 1002"},
      {"cp part-7.csv part-17.csv", "once more"},
      {"head -n -1 part-16.csv > cut && mv cut part-16.csv", "lack images 1002 to 1002"},
      {"sed -i 's/,1003,[0-9a-f]*$/,1003,abc/' part-3.csv", "another model than"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    write_parts ();
    g_autofree char *command = g_strdup_printf ("%s && \"$0\" " DETECT_PARTS, cases[i].before);
    g_auto (RunResult) result = run_shell (command);
    g_assert_cmpint (result.status, ==, 1);
    if (!strstr (result.err, cases[i].says))
      g_error ("“%s” does not say “%s”", result.err, cases[i].says);
    g_auto (RunResult) cleared = run_shell ("rm part-*.csv; test ! -e joined.csv");
    g_assert_cmpint (cleared.status, ==, 0);
  }
}

/* More parts than images: some have none, and say so by their heading alone. */
static void
test_more_parts_than_images (void)
{
  g_auto (RunResult) all = run_shell (
      "for i in $(seq 100); do \"$0\" score --model flow.safetensors anomaly.idx --part $i/100 "
      "--out part-$i.csv || exit 1; done; wc -l < part-1.csv; \"$0\" detect --scores part-*.csv "
      "--json -; rm part-*.csv");
  g_assert_true (g_str_has_prefix (all.out, "1\n"));
  g_assert_nonnull (strstr (all.out, "\"rows\" : 40"));
}

/* -- scores of others -- */

/* What limen detect wrote comes back as the same detector. */
static void
test_own_scores_come_back (void)
{
  g_autoptr (JsonNode) first = run_json ("detect --model flow.safetensors --normal normal.idx"
                                         " --anomaly anomaly.idx --seed 5 --sigmas 1 --csv s.csv "
                                         "--json -");
  g_autoptr (JsonNode) again = run_json ("detect --scores s.csv --sigmas 1 --json -");
  static const char *const same[] = {"type_1/errors", "type_1/n", "type_2/errors", "type_2/n",
                                     "validation/n"};
  for (gsize i = 0; i < G_N_ELEMENTS (same); i++)
    g_assert_cmpfloat (number_at (again, same[i]), ==, number_at (first, same[i]));
  g_assert_cmpfloat_with_epsilon (number_at (again, "threshold"), number_at (first, "threshold"),
                                  1e-6);
  g_assert_cmpfloat_with_epsilon (number_at (again, "auroc"), number_at (first, "auroc"), 1e-9);
  g_unlink ("s.csv");
}

/* Ten rows by hand: sides, columns, labels */
static const char by_hand[] = "file,distance,density,truth\n"
                              "a,1,-1,ok\nb,2,-2,ok\nc,3,-3,ok\nd,4,-4,ok\n"
                              "e,9,-9,crack\nf,8,-8,crack\n";

static void
test_sides_and_columns (void)
{
  static const struct {
    const char *options;
    double type_1, type_2, auroc;
  } cases[] = {
      {"--column distance --threshold 8.5", 0, 1, 1},
      {"--column density --threshold -7", 0, 0, 1},
      {"--column density --flags high --threshold -3.5", -1, 2, 0},
      {"--column distance --flags low --threshold 2.5", -1, 2, 0},
      {"--column 2 --labels truth --normal-label OK --threshold 0.5", 2, 0, 1},
  };
  write_text ("hand.csv", by_hand);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *line =
        g_strdup_printf ("detect --scores hand.csv --json - %s", cases[i].options);
    g_autoptr (JsonNode) root = run_json (line);
    if (cases[i].type_1 >= 0)
      g_assert_cmpfloat (number_at (root, "type_1/errors"), ==, cases[i].type_1);
    g_assert_cmpfloat (number_at (root, "type_2/errors"), ==, cases[i].type_2);
    g_assert_cmpfloat (number_at (root, "auroc"), ==, cases[i].auroc);
  }
  g_unlink ("hand.csv");
}

static void
test_draws_without_a_model (void)
{
  write_text ("hand.csv", by_hand);
  g_auto (RunResult) result = run_line ("detect --scores hand.csv --column distance --plot p.svg");
  g_assert_cmpint (result.status, ==, 0);
  g_autofree char *picture = read_text ("p.svg");
  g_assert_nonnull (strstr (picture, "hand.csv"));
  g_assert_nonnull (strstr (result.out, "high values are flagged, as the labels say"));
  g_unlink ("p.svg");
  g_unlink ("hand.csv");
}

static void
test_what_must_be_said (void)
{
  static const struct {
    const char *line;
    int status;
    const char *says;
  } cases[] = {
      {"detect", 2, "--model FILE|--scores FILE..."},
      {"detect --scores hand.csv --normal normal.idx", 2, "--normal|needs --model"},
      {"detect --model flow.safetensors --normal normal.idx --scores a.csv b.csv", 2, "--csv"},
      {"detect --model flow.safetensors --normal normal.idx --scores a.csv --csv b.csv", 2,
       "give one"},
      {"detect --model flow.safetensors --normal normal.idx --scores a.csv --flags high", 2,
       "--flags"},
      {"detect --model flow.safetensors --normal normal.idx --column a", 2, "--column"},
      {"detect --scores hand.csv --flags up", 2, "low|high|both"},
      {"detect --scores hand.csv --labels none --column distance", 1, "distance|--flags"},
      {"detect --scores hand.csv --column width", 1, "hand.csv|“width”|“distance”"},
      {"detect --scores hand.csv --labels truth --normal-label none", 1, "“none”|ok, crack"},
      {"detect --scores classes.csv", 1, "classes.csv|cat, dog, bird|--normal-label WORD"},
      {"detect --scores nowhere.csv", 1, "nowhere.csv"},
      {"detect --scores normal.idx", 1, "normal.idx"},
      {"detect --scores hand.csv --csv hand.csv", 1, "hand.csv"},
      {SCORE " --part 17/16", 2, "--part|3/16"},
      {SCORE " --part 0/16", 2, "3/16"},
      {SCORE " --part 3", 2, "3/16"},
      {SCORE " --part 1/2/3", 2, "3/16"},
      {SCORE " --part 1/16 --out a.npy", 2, "needs a .csv"},
  };
  write_text ("hand.csv", by_hand);
  write_text ("classes.csv", "score,class\n1,cat\n2,dog\n3,bird\n");
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_says (cases[i].line, cases[i].status, cases[i].says);
  g_unlink ("hand.csv");
  g_unlink ("classes.csv");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_autofree char *folder = g_dir_make_tmp ("limen-test-XXXXXX", NULL);
  g_assert_cmpint (g_chdir (folder), ==, 0);
  g_autofree float *flow = write_flow ("flow.safetensors", SIDE);
  write_idx ("normal.idx", N_NORMAL, SIDE, 0.5, 1);
  write_idx ("anomaly.idx", N_ANOMALY, SIDE, 1, 2);
  g_test_add_func ("/cli-scores/one-part-is-all", test_one_part_is_all);
  g_test_add_func ("/cli-scores/parts-are-the-bytes-of-one-run",
                   test_parts_are_the_bytes_of_one_run);
  g_test_add_func ("/cli-scores/parts-under-gnu-parallel", test_parts_under_gnu_parallel);
  g_test_add_func ("/cli-scores/parts-are-joined", test_parts_are_joined);
  g_test_add_func ("/cli-scores/parts-that-are-missing-or-there-twice",
                   test_parts_that_are_missing_or_there_twice);
  g_test_add_func ("/cli-scores/more-parts-than-images", test_more_parts_than_images);
  g_test_add_func ("/cli-scores/own-scores-come-back", test_own_scores_come_back);
  g_test_add_func ("/cli-scores/sides-and-columns", test_sides_and_columns);
  g_test_add_func ("/cli-scores/draws-without-a-model", test_draws_without_a_model);
  g_test_add_func ("/cli-scores/what-must-be-said", test_what_must_be_said);
  int status = g_test_run ();
  g_unlink ("flow.safetensors");
  g_unlink ("normal.idx");
  g_unlink ("anomaly.idx");
  g_assert_cmpint (g_chdir ("/"), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0); /* what is left but these is a mistake */
  return status;
}
