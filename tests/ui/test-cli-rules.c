/* limen detect --rule, --promise and --unsorted: what sets the line, what its rates promise, and
 * images that nobody sorted. */
#include "run-json.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#define SIDE       4
#define N_NORMAL   200
#define N_ANOMALY  25
#define N_UNSORTED 30

#define DETECT "detect --model flow.safetensors --normal normal.idx --split ordered "
#define BOTH   DETECT "--anomaly anomaly.idx "
#define MIXED  BOTH "--unsorted unsorted "

/* -- words -- */

static void
test_what_is_no_rule (void)
{
  static const struct {
    const char *line, *says;
  } table[] = {
      {BOTH "--rule", "--rule"},
      {BOTH "--rule three", "There is no rule “three”|sigmas:3"},
      {BOTH "--rule sigmas:", "“sigmas:”"},
      {BOTH "--rule sigmas:3,4", "“sigmas:3,4”"},
      {BOTH "--rule false-alarms:2", "“false-alarms:2”"},
      {BOTH "--rule conformal:0", "“conformal:0”"},
      {BOTH "--rule cost:10", "“cost:10”"},
      {BOTH "--rule cost:0,0,0.5", "“cost:0,0,0.5”"},
      {BOTH "--rule least-errors:1", "“least-errors:1”"},
      {BOTH "--promise perhaps", "--promise|fixed"},
      {BOTH "--rule sigmas:3 --sigmas 3", "--rule and --sigmas exclude each other."},
      {BOTH "--rule nats:1 --threshold 1", "--rule and --threshold exclude each other."},
      {BOTH "--sigmas 3 --threshold 1", "--sigmas and --threshold exclude each other."},
      {DETECT "--rule least-errors", "--rule|needs --anomaly"},
      {"detect --scores s.csv --unsorted unsorted", "--unsorted|needs --model"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    assert_says (table[i].line, 2, table[i].says);
}

static void
test_too_few_images_are_told_how_many_it_takes (void)
{
  assert_says (BOTH "--rule false-alarms:0.01,0.95", 1,
               "takes 299 validation images|there are 100");
  assert_says (BOTH "--rule conformal:0.001", 1, "takes 999 validation images|there are 100");
  g_auto (RunResult) enough = run_well (BOTH "--rule false-alarms:0.05,0.95");
}

/* -- lines -- */

/* (transfer full): ascending: of the validation half, which is the second one */
static double *
validation_scores (void)
{
  g_autofree char *bytes = NULL;
  g_autofree float *flow = write_flow ("flow.safetensors", SIDE);
  double *score = g_new (double, N_NORMAL / 2);
  g_assert_true (g_file_get_contents ("normal.idx", &bytes, NULL, NULL));
  for (guint i = 0; i < N_NORMAL / 2; i++) {
    double one = reference_log_likelihood (flow, SIDE,
                                           (guint8 *)bytes + 16 + (N_NORMAL / 2 + i) * SIDE * SIDE);
    guint k = i;
    for (; k > 0 && score[k - 1] > one; k--)
      score[k] = score[k - 1];
    score[k] = one;
  }
  return score;
}

/* P(Bin(100, rate) ≤ k), added up */
static double
at_most (guint k, double rate)
{
  double term = pow (1 - rate, 100), sum = term;
  for (guint i = 1; i <= k; i++) {
    term *= (101.0 - i) / i * rate / (1 - rate);
    sum += term;
  }
  return sum;
}

static void
test_a_line_stands_at_its_rank (void)
{
  g_autofree double *score = validation_scores ();
  g_autoptr (JsonNode) safe = run_json (BOTH "--rule false-alarms:0.1,0.9 --json -");
  guint k = 0; /* the greatest with P(Bin ≤ k − 1) ≤ 0.1 */
  while (at_most (k, 0.1) <= 0.1)
    k++;
  g_assert_cmpuint (k, >, 1);
  g_assert_cmpfloat_with_epsilon (number_at (safe, "threshold"), score[k - 1], 1e-4);
  g_autoptr (JsonNode) conformal = run_json (BOTH "--rule conformal:0.1 --json -");
  g_assert_cmpfloat_with_epsilon (number_at (conformal, "threshold"), score[9], 1e-4);
  g_autoptr (JsonNode) default_confidence = run_json (BOTH "--rule false-alarms:0.1 --json -");
  g_assert_cmpstr (text_at (default_confidence, "rule/text"), ==, "false-alarms:0.1,0.95");
}

static void
test_older_options_are_rules (void)
{
  static const char *const same[][2] = {{"--sigmas 2", "--rule sigmas:2"},
                                        {"--threshold 1.5", "--rule nats:1.5"},
                                        {"--threshold 1.5", "--rule value:1.5"},
                                        {"", "--rule sigmas:3"}};
  for (gsize i = 0; i < G_N_ELEMENTS (same); i++) {
    g_autofree char *old = g_strconcat (BOTH "--json - ", same[i][0], NULL),
                    *new = g_strconcat (BOTH "--json - ", same[i][1], NULL);
    g_auto (RunResult) one = run_line (g_strchomp (old)), other = run_line (new);
    g_assert_cmpint (one.status, ==, 0);
    g_assert_cmpstr (one.out, ==, other.out);
  }
}

/* -- promises -- */

static void
test_the_promise_follows_the_rule_unless_it_is_said (void)
{
  static const struct {
    const char *words, *promise;
  } table[] = {
      {"--sigmas 3", "fixed"},
      {"--threshold 1.5", "fixed"},
      {"--rule conformal:0.1", "fixed"},
      {"--rule cost:10,1,0.05", "looking"},
      {"--rule least-errors", "looking"},
      {"--sigmas 3 --promise looking", "looking"},
      {"--rule least-errors --promise fixed", "fixed"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autofree char *line = g_strconcat (BOTH "--json - ", table[i].words, NULL);
    g_autoptr (JsonNode) root = run_json (line);
    gboolean looking = g_str_equal (table[i].promise, "looking");
    g_assert_cmpstr (text_at (root, "promise"), ==, table[i].promise);
    for (guint side = 0; side < 2; side++) {
      const char *bound = side == 0 ? "type_1/interval/1" : "type_2/interval/1";
      const char *band = side == 0 ? "band/type_1/1" : "band/type_2/1";
      if (looking)
        g_assert_cmpfloat (number_at (root, bound), ==, number_at (root, band));
      else
        g_assert_cmpfloat (number_at (root, bound), <=, number_at (root, band));
    }
  }
}

static void
test_the_terminal_names_rule_promise_and_interval (void)
{
  g_auto (RunResult) fixed = run_well (BOTH "--rule false-alarms:0.1,0.9");
  g_assert_nonnull (
      strstr (fixed.out, "\nrule        at most 10 % false alarms with 90 % confidence\n"));
  g_assert_nonnull (strstr (fixed.out, "With 90 % confidence at most 10 % of all normal images"));
  g_assert_nonnull (strstr (fixed.out, "The rule has seen none of the images"));
  g_assert_null (strstr (fixed.out, "wherever"));
  g_auto (RunResult) looking = run_well (BOTH "--rule false-alarms:0.1,0.9 --promise looking");
  g_assert_nonnull (strstr (looking.out, "95 % wherever the line is: "));
  g_assert_nonnull (strstr (looking.out, "wherever you put the line."));
  g_auto (GStrv) lines = lines_of (looking.out);
  guint n = g_strv_length (lines);
  g_assert_true (g_str_has_suffix (lines[n - 2], " type I errors among 100 data"));
  g_assert_true (g_str_has_suffix (lines[n - 1], " type II errors among 25 data"));
}

/* -- unsorted images -- */

static char *
read_text (const char *path)
{
  char *text = NULL;
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

/* p of each by a count over all rows of normal images in the CSV, and the list by hand */
static void
test_the_table_has_p_values (void)
{
  g_auto (RunResult) result = run_well (MIXED "--csv rows.csv");
  g_autofree char *text = read_text ("rows.csv");
  g_auto (GStrv) rows = lines_of (text);
  double normal[N_NORMAL], p[N_UNSORTED];
  gboolean listed[N_UNSORTED];
  guint n_normal = 0, n = 0, m = 0;
  g_assert_cmpstr (rows[0], ==,
                   "set,image,log_likelihood,verdict,p_value,p_value_conditional,listed");
  for (guint i = 1; rows[i]; i++) {
    g_auto (GStrv) fields = g_strsplit (rows[i], ",", -1);
    gboolean is_normal = g_str_equal (fields[0], "normal") || g_str_equal (fields[0], "validation");
    if (is_normal) {
      g_assert_cmpstr (fields[4], ==, "");
      normal[n_normal++] = g_ascii_strtod (fields[2], NULL);
      continue;
    }
    guint as_low = 0;
    for (guint k = 0; k < N_NORMAL; k++)
      as_low += normal[k] <= g_ascii_strtod (fields[2], NULL);
    double marginal = g_ascii_strtod (fields[4], NULL);
    g_assert_cmpfloat_with_epsilon (marginal, (1.0 + as_low) / (1 + N_NORMAL), 1e-9);
    g_assert_cmpfloat (g_ascii_strtod (fields[5], NULL), >=, marginal);
    if (!g_str_equal (fields[0], "unsorted"))
      continue;
    p[n] = marginal;
    listed[n++] = g_str_equal (fields[6], "yes");
  }
  g_assert_cmpuint (n_normal, ==, N_NORMAL);
  g_assert_cmpuint (n, ==, N_UNSORTED);
  for (guint i = 0; i < n; i++) { /* of those at or below p[i] there are enough: it is listed */
    guint rank = 0;
    for (guint k = 0; k < n; k++)
      rank += p[k] <= p[i];
    m = p[i] <= 0.1 * rank / n ? MAX (m, rank) : m;
  }
  guint n_listed = 0;
  for (guint i = 0; i < n; i++)
    n_listed += listed[i];
  g_assert_cmpuint (n_listed, ==, m);
  g_unlink ("rows.csv");
}

static guint
n_images (JsonNode *root)
{
  return json_array_get_length (json_node_get_array (node_at (root, "unsorted/images")));
}

static void
test_json_has_each_of_them (void)
{
  g_autoptr (JsonNode) root = run_json (MIXED "--json -"), without = run_json (BOTH "--json -");
  g_autofree char *hash = hash_of ("unsorted/a.idx");
  g_assert_cmpfloat (number_at (root, "unsorted/n"), ==, N_UNSORTED);
  g_assert_cmpuint (n_images (root), ==, N_UNSORTED);
  g_assert_cmpfloat (number_at (root, "unsorted/normal_images"), ==, N_NORMAL);
  guint flagged = 0, listed = 0;
  for (guint i = 0; i < N_UNSORTED; i++) {
    double score = value_at (root, "unsorted/images/%u/score", i);
    g_autofree char *path = g_strdup_printf ("unsorted/images/%u/flagged", i),
                    *other = g_strdup_printf ("unsorted/images/%u/listed", i);
    gboolean is_flagged = json_node_get_boolean (node_at (root, path));
    g_assert_cmpint (is_flagged, ==, score < number_at (root, "threshold"));
    flagged += is_flagged;
    listed += json_node_get_boolean (node_at (root, other));
  }
  g_assert_cmpfloat (number_at (root, "unsorted/flagged"), ==, flagged);
  g_assert_cmpfloat (number_at (root, "unsorted/listed"), ==, listed);
  g_assert_cmpstr (text_at (root, "sets/2/role"), ==, "unsorted");
  g_assert_null (node_at (without, "unsorted"));
  /* they count in no rate */
  static const char *const same[] = {"threshold",     "auroc",    "type_1/errors",
                                     "type_2/errors", "type_1/n", "type_2/n"};
  for (gsize i = 0; i < G_N_ELEMENTS (same); i++)
    g_assert_cmpfloat (number_at (root, same[i]), ==, number_at (without, same[i]));
}

static void
test_the_terminal_lists_them (void)
{
  g_auto (RunResult) result = run_well (MIXED "--seed 0");
  g_autoptr (JsonNode) root = run_json (MIXED "--json -");
  guint n = (guint)number_at (root, "unsorted/listed"), n_lines = 0;
  g_auto (GStrv) lines = lines_of (result.out);
  for (guint i = 0; lines[i]; i++)
    n_lines += g_str_has_prefix (lines[i], "  ") && strstr (lines[i], ", p = ");
  g_assert_cmpuint (n_lines, ==, MIN (n, 20));
  g_assert_nonnull (strstr (result.out, text_at (root, "unsorted/sentence")));
  g_auto (RunResult) without = run_well (BOTH "--seed 0");
  g_assert_null (strstr (without.out, "unsorted"));
}

/* -- other ways to a score -- */

static void
test_by_another_score (void)
{
  g_autoptr (JsonNode) root = run_json (
      MIXED "--score nearest --rule false-alarms:0.1,0.9 --promise looking --json - --csv n.csv");
  g_assert_cmpstr (text_at (root, "rule/text"), ==, "false-alarms:0.1,0.9");
  g_assert_cmpstr (text_at (root, "promise"), ==, "looking");
  g_assert_cmpuint (n_images (root), ==, N_UNSORTED);
  g_autofree char *csv = read_text ("n.csv");
  g_assert_nonnull (strstr (csv, "\nunsorted,"));
  g_unlink ("n.csv");
}

static void
test_of_scores_that_are_read (void)
{
  g_auto (RunResult) scores = run_well (BOTH "--csv s.csv");
  g_autoptr (JsonNode) whole = run_json (BOTH "--rule conformal:0.1 --json -");
  g_autoptr (JsonNode) root = run_json ("detect --scores s.csv --rule conformal:0.1 --json -");
  g_assert_cmpfloat_with_epsilon (number_at (root, "threshold"), number_at (whole, "threshold"),
                                  1e-6);
  g_assert_cmpfloat (number_at (root, "type_1/errors"), ==, number_at (whole, "type_1/errors"));
  g_autoptr (JsonNode) least = run_json ("detect --scores s.csv --rule least-errors --json -");
  g_assert_cmpstr (text_at (least, "promise"), ==, "looking");
  assert_says ("detect --scores s.csv --labels none --rule least-errors --json r.json", 1,
               "anomalies");
  g_unlink ("s.csv");
}

static const char *const files[] = {"flow.safetensors", "normal.idx", "anomaly.idx",
                                    "unsorted/a.idx"};

static void
set_up (void)
{
  g_free (write_flow ("flow.safetensors", SIDE));
  write_idx ("normal.idx", N_NORMAL, SIDE, 0.5, 1);
  write_idx ("anomaly.idx", N_ANOMALY, SIDE, 1, 2);
  g_mkdir ("unsorted", 0700);
  write_idx ("unsorted/a.idx", N_UNSORTED, SIDE, 1, 3);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_autofree char *folder = g_dir_make_tmp ("limen-test-XXXXXX", NULL);
  g_assert_cmpint (g_chdir (folder), ==, 0);
  set_up ();
#define ADD(name) g_test_add_func ("/cli-rules/" #name, test_##name)
  ADD (what_is_no_rule);
  ADD (too_few_images_are_told_how_many_it_takes);
  ADD (a_line_stands_at_its_rank);
  ADD (older_options_are_rules);
  ADD (the_promise_follows_the_rule_unless_it_is_said);
  ADD (the_terminal_names_rule_promise_and_interval);
  ADD (the_table_has_p_values);
  ADD (json_has_each_of_them);
  ADD (the_terminal_lists_them);
  ADD (by_another_score);
  ADD (of_scores_that_are_read);
#undef ADD
  int status = g_test_run ();
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    g_unlink (files[i]);
  g_rmdir ("unsorted");
  g_assert_cmpint (g_chdir ("/"), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  return status;
}
