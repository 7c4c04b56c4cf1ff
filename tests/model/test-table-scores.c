/* A column of a table becomes the sets of a detector, and the side that is unusual. */
#include "model/base/random.h"
#include "model/detect/detector.h"
#include "model/detect/table-scores.h"
#include "model/data-files.h"

#include <math.h>

static LimenTableScores *
scores_of (const char *text, LimenFlags flags, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (LimenScoreTable) table = limen_score_table_parse (bytes, "some.csv", NULL, error);
  return table ? limen_table_scores_new (table, table->best, flags, error) : NULL;
}

static void
assert_values (const LimenTableSet *set, const char *values)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; set->scores && i < set->scores->n; i++)
    g_string_append_printf (text, "%s%g@%u", i > 0 ? "," : "", set->scores->value[i], set->row[i]);
  g_assert_cmpstr (text->str, ==, values);
}

static void
test_sets (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LimenTableScores) scores = scores_of ("name,score,set\n"
                                                   "a,1,normal\nb,9,anomaly\nc,2,val\nd,,normal\n"
                                                   "e,3,normal\nf,inf,anomaly\ng,5,\nh,6,train\n",
                                                   LIMEN_FLAGS_FOUND_OUT, &error);
  g_assert_no_error (error);
  assert_values (&scores->normal, "1@0,3@4");
  assert_values (&scores->anomaly, "9@1,inf@5");
  assert_values (&scores->validation, "2@2");
  g_assert_cmpuint (scores->n_without, ==, 1);
  g_assert_cmpuint (scores->n_unknown, ==, 1);
  g_assert_cmpuint (scores->n_fit, ==, 1);
  g_autofree char *name = limen_table_set_name (scores, &scores->anomaly, 1),
                  *told = limen_table_scores_told (scores);
  g_assert_cmpstr (name, ==, "f");
  g_assert_cmpstr (told, ==,
                   "“score”: high values are flagged, as the labels say (AUROC 1.0000; of low ones "
                   "0.0000); 1 row without a number left out; 1 row without a label that says what "
                   "they are left out; 1 row of images that the detector was fitted to left out");
}

/* The probability that an anomaly scores higher, pair by pair */
static double
count_pairs (const LimenTableScores *scores)
{
  const LimenScores *n = scores->normal.scores, *a = scores->anomaly.scores;
  double halves = 0;
  for (guint i = 0; i < n->n; i++)
    for (guint k = 0; k < a->n; k++)
      halves += (a->value[k] > n->value[i]) + (a->value[k] >= n->value[i]);
  return halves / (2.0 * n->n * a->n);
}

/* Random scores, of few different values so that there are ties: the side is that on which the
 * anomalies are, and its AUROC is at least one half. */
static void
test_sides_of_labels (void)
{
  LimenRandom random = limen_random_stream (1, "sides", 0);
  guint high = 0;
  for (int round = 0; round < 200; round++) {
    g_autoptr (GString) text = g_string_new ("score,label\n1,0\n2,1\n");
    double shift = limen_random_uniform (&random) - 0.5;
    for (int i = 0; i < 60; i++)
      g_string_append_printf (text, "%.1f,%d\n",
                              limen_random_uniform (&random) + shift * (i % 3 == 0), i % 3 == 0);
    g_autoptr (LimenTableScores) scores = scores_of (text->str, LIMEN_FLAGS_FOUND_OUT, NULL);
    g_assert_true (scores->side_of_labels);
    g_assert_cmpfloat (scores->auroc_high, ==, count_pairs (scores));
    LimenSide side = scores->auroc_high >= 0.5 ? LIMEN_SIDE_HIGH : LIMEN_SIDE_LOW;
    g_assert_cmpint (scores->measure->side, ==, side);
    g_assert_true (scores->normal.scores->measure == scores->measure);
    g_assert_cmpfloat (limen_auroc (scores->normal.scores, scores->anomaly.scores), >=, 0.5);
    high += side == LIMEN_SIDE_HIGH;
  }
  g_assert_cmpuint (high, >, 40);
  g_assert_cmpuint (high, <, 160);
}

/* What Limen writes has a side by itself, even where the labels would have another. */
static void
test_log_likelihoods_are_known (void)
{
  static const char text[] = "image,log_likelihood,label\na,1,good\nb,2,good\nc,5,bad\nd,6,bad\n";
  g_autoptr (LimenTableScores) scores = scores_of (text, LIMEN_FLAGS_FOUND_OUT, NULL);
  g_assert_true (scores->measure == limen_measure_log_likelihood ());
  g_assert_true (scores->normal.scores->measure == scores->measure);
  g_assert_false (scores->side_of_labels);
  g_assert_cmpfloat (limen_auroc (scores->normal.scores, scores->anomaly.scores), ==, 0);
  g_autoptr (LimenTableScores) turned = scores_of (text, LIMEN_FLAGS_HIGH, NULL);
  g_assert_cmpint (turned->measure->side, ==, LIMEN_SIDE_HIGH);
  g_assert_cmpstr (turned->measure->unit, ==, "nats");
  g_autoptr (LimenTableScores) alone =
      scores_of ("image,log_likelihood\na,1\nb,2\n", LIMEN_FLAGS_FOUND_OUT, NULL);
  g_assert_true (alone->measure == limen_measure_log_likelihood ());
}

static void
test_what_the_user_says (void)
{
  static const char text[] = "score,label\n1,0\n2,0\n5,1\n6,1\n";
  for (LimenFlags flags = LIMEN_FLAGS_LOW; flags <= LIMEN_FLAGS_BOTH; flags++) {
    g_autoptr (LimenTableScores) scores = scores_of (text, flags, NULL);
    g_assert_cmpint (scores->measure->side, ==, (int)flags);
    g_assert_cmpstr (scores->measure->name, ==, "score");
    g_assert_cmpstr (scores->measure->unit, ==, "");
    g_assert_false (scores->side_of_labels);
    g_assert_true (scores->anomaly.scores->measure == scores->measure);
  }
}

static void
test_what_must_be_said (void)
{
  static const struct {
    const char *text;
    LimenError code;
    const char *says;
  } cases[] = {
      {"score\n1\n2\n", LIMEN_ERROR_MISMATCH, "has no labels to find it out by"},
      {"score,label\n1,0\n2,0\n", LIMEN_ERROR_MISMATCH, "not both normal images and anomalies"},
      {"score,label\n1,1\n2,1\n", LIMEN_ERROR_ARGUMENT, "no number of a normal image in “score”"},
      {"score,label\n,0\n2,1\n", LIMEN_ERROR_ARGUMENT, "no number of a normal image in “score”"},
      {"score,label\n1,0\n,1\n", LIMEN_ERROR_MISMATCH, "not both normal images and anomalies"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_null (scores_of (cases[i].text, LIMEN_FLAGS_FOUND_OUT, &error));
    g_assert_error (error, LIMEN_ERROR, (int)cases[i].code);
    assert_sentence (error, "some.csv");
    assert_sentence (error, cases[i].says);
  }
}

/* Without labels all rows are normal images, and that is said. */
static void
test_without_labels (void)
{
  g_autoptr (LimenTableScores) scores = scores_of ("score\n1\n2\nnan\n3\n", LIMEN_FLAGS_HIGH, NULL);
  assert_values (&scores->normal, "1@0,2@1,3@3");
  g_assert_null (scores->anomaly.scores);
  g_assert_cmpuint (scores->n_unknown, ==, 0);
  g_autofree char *told = limen_table_scores_told (scores),
                  *name = limen_table_set_name (scores, &scores->normal, 2);
  g_assert_nonnull (strstr (told, "all rows are taken for normal images; 1 row without a number"));
  g_assert_cmpstr (name, ==, "row 4");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/table-scores/sets", test_sets);
  g_test_add_func ("/table-scores/sides-of-labels", test_sides_of_labels);
  g_test_add_func ("/table-scores/log-likelihoods-are-known", test_log_likelihoods_are_known);
  g_test_add_func ("/table-scores/what-the-user-says", test_what_the_user_says);
  g_test_add_func ("/table-scores/what-must-be-said", test_what_must_be_said);
  g_test_add_func ("/table-scores/without-labels", test_without_labels);
  return g_test_run ();
}
