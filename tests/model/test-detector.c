#include "model/detect/detector.h"

#include <math.h>
#include <string.h>

static const LimenSplit ordered = {LIMEN_SPLIT_ORDERED, 0};
static const LimenRule three_sigmas = {LIMEN_RULE_SIGMAS, 3};

/* 0, 1, ..., n − 1 plus @shift */
static LimenScores *
ramp (guint n, double shift)
{
  g_autofree double *value = g_new (double, n);
  for (guint i = 0; i < n; i++)
    value[i] = i + shift;
  return limen_scores_new ("ramp", value, n);
}

static LimenDetector *
at_nats (LimenScores *normal, LimenScores *anomaly, double nats)
{
  return limen_detector_new_with_validation (NULL, normal, anomaly,
                                             (LimenRule){LIMEN_RULE_VALUE, nats});
}

static void
test_ordered_split (void)
{
  g_autoptr (LimenScores) normal = ramp (7, 0);
  g_autoptr (LimenDetector) detector = limen_detector_new (normal, NULL, ordered, three_sigmas);
  g_assert_cmpuint (detector->normal->n, ==, 3);
  g_assert_cmpuint (detector->validation->n, ==, 4);
  for (guint i = 0; i < 7; i++) {
    g_assert_cmpfloat (i < 3 ? detector->normal->value[i] : detector->validation->value[i - 3], ==,
                       i);
    g_assert_cmpuint (i < 3 ? detector->normal_index[i] : detector->validation_index[i - 3], ==, i);
  }
  g_assert_cmpfloat_with_epsilon (detector->mean, 4.5, 1e-15);
  g_assert_cmpfloat_with_epsilon (detector->std, sqrt (5.0 / 3), 1e-15);
  g_assert_cmpfloat_with_epsilon (detector->threshold, 4.5 - 3 * sqrt (5.0 / 3), 1e-14);
  g_assert_cmpfloat_with_epsilon (limen_detector_sigmas (detector), 3, 1e-14);
}

static void
test_random_split_is_a_partition_of_the_seed (void)
{
  g_autoptr (LimenScores) normal = ramp (1001, 0);
  LimenSplit one = {LIMEN_SPLIT_RANDOM, 1}, two = {LIMEN_SPLIT_RANDOM, 2};
  g_autoptr (LimenDetector) a = limen_detector_new (normal, NULL, one, three_sigmas);
  g_autoptr (LimenDetector) b = limen_detector_new (normal, NULL, one, three_sigmas);
  g_autoptr (LimenDetector) c = limen_detector_new (normal, NULL, two, three_sigmas);
  guint seen[1001] = {0}, in_order = 0;
  for (guint i = 0; i < 1001; i++) {
    guint32 k = i < 500 ? a->normal_index[i] : a->validation_index[i - 500];
    g_assert_cmpfloat (i < 500 ? a->normal->value[i] : a->validation->value[i - 500], ==, k);
    seen[k]++;
    in_order += k == i;
  }
  for (guint i = 0; i < 1001; i++)
    g_assert_cmpuint (seen[i], ==, 1);
  g_assert_cmpuint (in_order, <, 20);
  g_assert_cmpmem (a->normal_index, 2000, b->normal_index, 2000);
  g_assert_cmpint (memcmp (a->normal_index, c->normal_index, 2000), !=, 0);
}

static void
test_errors_follow_the_threshold (void)
{
  g_autoptr (LimenScores) normal = ramp (10, 5), anomaly = ramp (8, 0);
  g_autoptr (LimenDetector) detector = at_nats (normal, anomaly, 6);
  g_assert_cmpuint (limen_detector_type_1 (detector).errors, ==,
                    1); /* 5; an image at 6 is not flagged */
  g_assert_cmpuint (limen_detector_type_2 (detector).errors, ==, 2); /* 6 and 7 */
  LimenRule rule = {LIMEN_RULE_VALUE, -INFINITY};
  g_autoptr (LimenDetector) lowest = limen_detector_with_rule (detector, rule);
  g_assert_cmpuint (limen_detector_type_1 (lowest).errors, ==, 0);
  g_assert_cmpuint (limen_detector_type_2 (lowest).errors, ==, 8);
  g_assert_cmpfloat (detector->threshold, ==, 6); /* the old value stands */
}

static void
test_new_rule_shares_the_scores (void)
{
  g_autoptr (LimenScores) normal = ramp (10, 0);
  LimenDetector *first = limen_detector_new (normal, NULL, ordered, three_sigmas);
  g_autoptr (LimenDetector) second =
      limen_detector_with_rule (first, (LimenRule){LIMEN_RULE_SIGMAS, 1});
  g_assert_true (second->normal == first->normal);
  g_assert_true (second->validation_index == first->validation_index);
  limen_detector_free (first);
  g_assert_cmpuint (second->validation_index[0], ==, 5);
  g_assert_cmpfloat_with_epsilon (second->threshold, second->mean - second->std, 1e-15);
}

static void
test_without_normal_images (void)
{
  g_autoptr (LimenScores) anomaly = ramp (8, 0);
  g_autoptr (LimenDetector) detector = limen_detector_new (NULL, anomaly, ordered, three_sigmas);
  g_assert_true (isnan (detector->threshold));
  g_assert_true (isnan (detector->auroc));
  g_assert_true (isnan (limen_detector_sigmas (detector)));
  g_assert_cmpuint (limen_detector_type_1 (detector).n, ==, 0);
  g_autofree char *sentence = limen_detector_sentence (detector);
  g_assert_cmpstr (sentence, ==, "Without normal images there is no mean to set a threshold from.");
}

static void
test_one_normal_image_validates (void)
{
  g_autoptr (LimenScores) normal = ramp (1, 9);
  g_autoptr (LimenDetector) detector = limen_detector_new (normal, NULL, ordered, three_sigmas);
  g_assert_cmpuint (detector->normal->n, ==, 0);
  g_assert_true (isnan (detector->threshold)); /* one score has no standard deviation */
  g_assert_true (isnan (limen_detector_sigmas (detector)));
}

static void
test_sentence_reads_well (void)
{
  static const struct {
    guint n_normal, n_anomaly;
    double nats;
    const char *sentence;
  } table[] = {
      {1000, 1000, 3,
       "At 3.00 nats, 0.30 % of the normal images are flagged, and 99.7 % of the anomalies are "
       "kept."},
      {1000, 1000, 960,
       "At 960 nats, 96 % of the normal images are flagged, and 4.0 % of the anomalies are kept."},
      {10, 10, -12345.6,
       "At −12 346 nats, none of the normal images is flagged, and all anomalies are kept."},
      {10, 10, 99.96,
       "At 100 nats, all normal images are flagged, and none of the anomalies is kept."},
      {20, 0, 1,
       "At 1.00 nats, 5.0 % of the normal images are flagged; there are no anomalies to test."},
      {0, 3, -0.001, "At 0.00 nats, all anomalies are kept; there are no normal images to test."},
      {0, 0, -INFINITY, "At −∞ nats there are no images to test."},
  };
  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autoptr (LimenScores) normal = ramp (table[i].n_normal, 0);
    g_autoptr (LimenScores) anomaly = ramp (table[i].n_anomaly, 0);
    g_autoptr (LimenDetector) detector = at_nats (normal, anomaly, table[i].nats);
    g_autofree char *sentence = limen_detector_sentence (detector);
    g_assert_cmpstr (sentence, ==, table[i].sentence);
    g_autofree char *so_far = limen_detector_sentence_so_far (detector);
    g_auto (GStrv) parts = g_strsplit (sentence, "; there are no ", 2);
    g_autofree char *known = parts[1] ? g_strconcat (parts[0], ".", NULL) : g_strdup (sentence);
    g_assert_cmpstr (so_far, ==, known);
  }
}

/* The slow plain reference: sort out the halves by a detector of its own. */
static void
test_split_variation_matches_splits_one_by_one (void)
{
  g_autoptr (LimenScores) normal = ramp (501, 0);
  LimenSplitVariation variation;
  g_autoptr (GError) error = NULL;
  double sum = 0, squares = 0;
  const guint n = 4000;
  g_assert_true (limen_split_variation (normal, 1, n, 5, &variation, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (variation.n_splits, ==, n);
  for (guint seed = 0; seed < n; seed++) {
    LimenSplit split = {LIMEN_SPLIT_RANDOM, seed};
    g_autoptr (LimenDetector) detector =
        limen_detector_new (normal, NULL, split, (LimenRule){LIMEN_RULE_SIGMAS, 1});
    double rate = limen_detector_type_1 (detector).rate;
    sum += rate;
    squares += rate * rate;
  }
  double mean = sum / n, std = sqrt (squares / n - mean * mean);
  g_assert_cmpfloat_with_epsilon (variation.mean, mean, 6 * std / sqrt (n));
  g_assert_cmpfloat_with_epsilon (variation.median, mean, 0.2 * std);
  g_assert_cmpfloat_with_epsilon (variation.low, mean - 1.96 * std, 0.25 * std);
  g_assert_cmpfloat_with_epsilon (variation.high, mean + 1.96 * std, 0.25 * std);
}

static void
assert_same_variation (const LimenScores *normal, const LimenSplitVariation *expected)
{
  LimenSplitVariation variation;
  g_assert_true (limen_split_variation (normal, 1.5, 100, 1, &variation, NULL, NULL));
  g_assert_cmpfloat (variation.low, ==, expected->low);
  g_assert_cmpfloat (variation.median, ==, expected->median);
  g_assert_cmpfloat (variation.high, ==, expected->high);
  g_assert_cmpfloat (variation.mean, ==, expected->mean);
}

static void
test_split_variation_is_the_seeds (void)
{
  g_autoptr (LimenScores) normal = ramp (200, 0);
  LimenSplitVariation one, other;
  g_assert_true (limen_split_variation (normal, 1.5, 100, 1, &one, NULL, NULL));
  g_assert_true (limen_split_variation (normal, 1.5, 100, 2, &other, NULL, NULL));
  g_assert_cmpfloat (one.mean, !=, other.mean);
  assert_same_variation (normal, &one);
  g_assert_true (g_setenv ("LIMEN_THREADS", "1", TRUE));
  assert_same_variation (normal, &one);
  g_unsetenv ("LIMEN_THREADS");
}

static void
test_split_variation_needs_two_and_cancels (void)
{
  g_autoptr (LimenScores) one = ramp (1, 0), two = ramp (2, 0);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) few = NULL, cancelled = NULL;
  LimenSplitVariation variation;
  g_assert_false (limen_split_variation (one, 3, 10, 1, &variation, NULL, &few));
  g_assert_error (few, LIMEN_ERROR, LIMEN_ERROR_ARGUMENT);
  g_assert_true (limen_split_variation (two, 3, 10, 1, &variation, NULL, NULL));
  g_cancellable_cancel (cancellable);
  g_assert_false (limen_split_variation (two, 3, 10, 1, &variation, cancellable, &cancelled));
  g_assert_error (cancelled, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* NumPy's file of 10,000 little-endian float64 values, past its header of 128 bytes */
static LimenScores *
reference_scores (const char *file)
{
  const char *shared = g_getenv ("LIMEN_SHARED_DIR");
  g_autofree char *path =
      g_build_filename (shared ? shared : "", "reference/nice/full", file, NULL);
  g_autofree char *bytes = NULL;
  double value[10000];
  gsize size;
  if (!g_file_get_contents (path, &bytes, &size, NULL))
    return NULL;
  g_assert_cmpuint (size, ==, 128 + sizeof value);
  memcpy (value, bytes + 128, sizeof value);
  return limen_scores_new (file, value, 10000);
}

static void
test_reference_detector (void)
{
  g_autoptr (LimenScores) normal = reference_scores ("mnist-test-log-likelihood.npy");
  g_autoptr (LimenScores) anomaly = reference_scores ("kmnist-test-log-likelihood.npy");
  if (!normal || !anomaly) {
    g_test_skip ("the reference scores are not here");
    return;
  }
  g_autoptr (LimenDetector) detector = limen_detector_new (normal, anomaly, ordered, three_sigmas);
  g_assert_cmpfloat_with_epsilon (detector->mean, 1672.4667259949645, 1e-9);
  g_assert_cmpfloat_with_epsilon (detector->std, 492.72487814839604, 1e-9);
  g_assert_cmpfloat_with_epsilon (detector->threshold, 194.2920915497764, 1e-9);
  g_assert_cmpfloat_with_epsilon (detector->auroc, 0.9996087, 5e-9);
  g_assert_cmpfloat_with_epsilon (limen_auroc (normal, anomaly), 0.99965244, 5e-9);
  g_assert_cmpuint (limen_detector_type_1 (detector).errors, ==, 130);
  g_assert_cmpuint (limen_detector_type_2 (detector).errors, ==, 21);
  g_autofree char *sentence = limen_detector_sentence (detector);
  g_assert_cmpstr (
      sentence, ==,
      "At 194 nats, 2.6 % of the normal images are flagged, and 0.21 % of the anomalies are kept.");
}

/* Nothing is drawn anew, and the numbers of the images are its own. */
static void
test_divided_as_it_is_told (void)
{
  guint32 test[] = {4, 0, 7}, validation[] = {2, 5, 1, 9};
  const LimenSplit split = {LIMEN_SPLIT_RANDOM, 11};
  g_autoptr (LimenScores) normal = ramp (3, 2);
  g_autoptr (LimenScores) others = ramp (4, 10);
  g_autoptr (LimenScores) anomaly = ramp (2, -5);
  const LimenDivided divided = {others, normal, validation, test, 3, split};
  g_autoptr (LimenDetector) detector = limen_detector_new_divided (&divided, anomaly, three_sigmas);
  test[0] = validation[0] = 99;
  g_assert_true (detector->normal == normal && detector->validation == others);
  g_assert_cmpuint (detector->normal_index[0], ==, 4);
  g_assert_cmpuint (detector->validation_index[0], ==, 2);
  g_assert_cmpuint (detector->validation_index[3], ==, 9);
  g_assert_cmpuint (detector->n_fit, ==, 3);
  g_assert_cmpuint (detector->split.seed, ==, 11);
  g_autoptr (LimenDetector) same =
      limen_detector_new_with_validation (others, normal, anomaly, three_sigmas);
  g_assert_cmpfloat (detector->threshold, ==, same->threshold);
  g_assert_cmpfloat (detector->auroc, ==, same->auroc);
  g_autoptr (LimenDetector) moved =
      limen_detector_with_rule (detector, (LimenRule){LIMEN_RULE_VALUE, 3});
  g_clear_pointer (&detector, limen_detector_free);
  g_assert_cmpuint (moved->n_fit, ==, 3);
  g_assert_cmpuint (moved->normal_index[2], ==, 7);
  g_assert_cmpuint (limen_detector_type_1 (moved).errors, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/detector/ordered-split", test_ordered_split);
  g_test_add_func ("/detector/random-split-is-a-partition-of-the-seed",
                   test_random_split_is_a_partition_of_the_seed);
  g_test_add_func ("/detector/errors-follow-the-threshold", test_errors_follow_the_threshold);
  g_test_add_func ("/detector/new-rule-shares-the-scores", test_new_rule_shares_the_scores);
  g_test_add_func ("/detector/without-normal-images", test_without_normal_images);
  g_test_add_func ("/detector/one-normal-image-validates", test_one_normal_image_validates);
  g_test_add_func ("/detector/sentence-reads-well", test_sentence_reads_well);
  g_test_add_func ("/detector/divided-as-it-is-told", test_divided_as_it_is_told);
  g_test_add_func ("/detector/reference", test_reference_detector);
  g_test_add_func ("/split-variation/matches-splits-one-by-one",
                   test_split_variation_matches_splits_one_by_one);
  g_test_add_func ("/split-variation/is-the-seeds", test_split_variation_is_the_seeds);
  g_test_add_func ("/split-variation/needs-two-and-cancels",
                   test_split_variation_needs_two_and_cancels);
  return g_test_run ();
}
