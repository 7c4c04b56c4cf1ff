/* Scores become orders and a variation; scores that are not all there yet become a preview. */
#include "ui/study/detector/analysis.h"
#include "ui/study/detector/preview.h"

static const double normal_values[] = {5, 1, 4, 1, 9, 2, 6, 5}, anomaly_values[] = {-3, 0, -7};

static LimenScores *
normal_scores (void)
{
  return limen_scores_new ("normal", normal_values, G_N_ELEMENTS (normal_values));
}

static LimenAnalysis *
analyse (LimenSplitKind kind, gboolean anomalies, guint n_splits)
{
  g_autoptr (LimenScores) normal = normal_scores ();
  g_autoptr (LimenScores) anomaly =
      anomalies ? limen_scores_new ("anomaly", anomaly_values, G_N_ELEMENTS (anomaly_values))
                : NULL;
  g_autoptr (GError) error = NULL;
  LimenAnalysis *analysis =
      limen_analysis_new ((LimenScores *[LIMEN_N_SETS]){normal, anomaly}, (LimenSplit){kind, 3},
                          (LimenRule){LIMEN_RULE_SIGMAS, 2}, n_splits, NULL, &error);
  g_assert_no_error (error);
  return analysis;
}

static void
test_images_are_ordered_by_score_then_by_number (void)
{
  static const guint32 expected[] = {1, 3, 2, 0}; /* of 5, 1, 4, 1 */
  g_autoptr (LimenAnalysis) analysis = analyse (LIMEN_SPLIT_ORDERED, TRUE, 0);
  g_assert_cmpmem (analysis->order[LIMEN_SET_NORMAL], sizeof expected, expected, sizeof expected);
  static const guint32 anomalies[] = {2, 0, 1};
  g_assert_cmpmem (analysis->order[LIMEN_SET_ANOMALY], sizeof anomalies, anomalies,
                   sizeof anomalies);
}

static void
test_orders_of_a_random_half_name_images_of_the_whole_set (void)
{
  g_autoptr (LimenAnalysis) analysis = analyse (LIMEN_SPLIT_RANDOM, FALSE, 0);
  const guint32 *order = analysis->order[LIMEN_SET_NORMAL];
  const LimenScores *half = analysis->detector->normal;
  g_assert_cmpuint (half->n, ==, 4);
  for (guint i = 0; i < half->n; i++)
    g_assert_cmpfloat (normal_values[order[i]], ==, half->sorted[i]);
}

/* An image has the score that it has in the whole set, whichever half it is in. */
static void
test_an_image_is_found_in_whichever_half (void)
{
  g_autoptr (LimenAnalysis) analysis = analyse (LIMEN_SPLIT_RANDOM, TRUE, 0);
  double score;
  for (guint i = 0; i < G_N_ELEMENTS (normal_values); i++) {
    g_assert_true (limen_analysis_score (analysis, LIMEN_SET_NORMAL, i, &score));
    g_assert_cmpfloat (score, ==, normal_values[i]);
  }
  for (guint i = 0; i < G_N_ELEMENTS (anomaly_values); i++) {
    g_assert_true (limen_analysis_score (analysis, LIMEN_SET_ANOMALY, i, &score));
    g_assert_cmpfloat (score, ==, anomaly_values[i]);
  }
  g_assert_false (
      limen_analysis_score (analysis, LIMEN_SET_NORMAL, G_N_ELEMENTS (normal_values), &score));
}

static void
test_without_anomalies_there_is_no_order_of_them (void)
{
  g_autoptr (LimenAnalysis) analysis = analyse (LIMEN_SPLIT_ORDERED, FALSE, 0);
  g_assert_null (analysis->order[LIMEN_SET_ANOMALY]);
  g_assert_cmpuint (analysis->variation.n_splits, ==, 0);
}

/* Of one made elsewhere, by whichever side its measure flags: images of the whole set, the most
 * unusual first. */
static void
test_of_a_detector_that_was_made_otherwise (void)
{
  static const double test[] = {3, 8, 5}, validation[] = {1, 2, 3};
  static const guint32 test_index[] = {6, 2, 4}, validation_index[] = {0, 1, 3};
  static const struct {
    LimenSide side;
    guint32 normal[3], anomaly[3];
  } expected[] = {{LIMEN_SIDE_LOW, {6, 4, 2}, {2, 0, 1}},
                  {LIMEN_SIDE_HIGH, {2, 4, 6}, {1, 0, 2}},
                  {LIMEN_SIDE_BOTH, {2, 4, 6}, {2, 0, 1}}}; /* about 2 */
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++) {
    g_autoptr (LimenMeasure) measure =
        limen_measure_new ("made-up", "made up", "", expected[i].side);
    g_autoptr (LimenScores) normal = limen_scores_new_of (measure, "normal", test, 3);
    g_autoptr (LimenScores) others = limen_scores_new_of (measure, "normal", validation, 3);
    g_autoptr (LimenScores) anomaly = limen_scores_new_of (measure, "anomaly", anomaly_values, 3);
    const LimenDivided divided = {others, normal, validation_index, test_index, 1, {0}};
    LimenDetector *detector =
        limen_detector_new_divided (&divided, anomaly, (LimenRule){LIMEN_RULE_SIGMAS, 3});
    g_autoptr (LimenAnalysis) analysis = limen_analysis_of (detector, NULL);
    g_assert_true (analysis->detector == detector);
    g_assert_cmpmem (analysis->order[LIMEN_SET_NORMAL], sizeof expected[i].normal,
                     expected[i].normal, sizeof expected[i].normal);
    g_assert_cmpmem (analysis->order[LIMEN_SET_ANOMALY], sizeof expected[i].anomaly,
                     expected[i].anomaly, sizeof expected[i].anomaly);
    g_assert_cmpuint (analysis->variation.n_splits, ==, 0);
  }
}

static void
test_the_variation_is_the_models (void)
{
  g_autoptr (LimenAnalysis) analysis = analyse (LIMEN_SPLIT_RANDOM, TRUE, 500);
  g_autoptr (LimenScores) normal = normal_scores ();
  LimenSplitVariation expected;
  g_assert_true (limen_split_variation (normal, 2, 500, 3, &expected, NULL, NULL));
  g_assert_cmpuint (analysis->variation.n_splits, ==, expected.n_splits);
  g_assert_cmpfloat (analysis->variation.low, ==, expected.low);
  g_assert_cmpfloat (analysis->variation.high, ==, expected.high);
}

static void
test_of_a_line_in_nats_the_variation_is_of_three_sigmas (void)
{
  g_autoptr (LimenScores) normal = normal_scores ();
  g_autoptr (LimenAnalysis) analysis = limen_analysis_new (
      (LimenScores *[LIMEN_N_SETS]){normal}, (LimenSplit){LIMEN_SPLIT_RANDOM, 3},
      (LimenRule){LIMEN_RULE_VALUE, 2}, 500, NULL, NULL);
  LimenSplitVariation expected;
  g_assert_true (limen_split_variation (normal, 3, 500, 3, &expected, NULL, NULL));
  g_assert_cmpfloat (analysis->variation.mean, ==, expected.mean);
}

static void
test_who_cancels_gets_no_analysis (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (LimenScores) normal = normal_scores ();
  g_autoptr (GError) error = NULL;
  g_cancellable_cancel (cancellable);
  g_assert_null (limen_analysis_new ((LimenScores *[LIMEN_N_SETS]){normal},
                                     (LimenSplit){LIMEN_SPLIT_RANDOM, 3},
                                     (LimenRule){LIMEN_RULE_VALUE, 2}, 500, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* -- the preview -- */

static void
test_a_preview_is_taken_once (void)
{
  LimenPreview *preview = limen_preview_new ();
  LimenScores *scores[LIMEN_N_LABELLED] = {NULL};
  g_assert_false (limen_preview_take (preview, scores));
  limen_preview_keep (LIMEN_SET_ANOMALY, "some", anomaly_values, 2, preview);
  g_assert_true (limen_preview_take (preview, scores));
  g_assert_null (scores[LIMEN_SET_NORMAL]);
  g_assert_cmpuint (scores[LIMEN_SET_ANOMALY]->n, ==, 2);
  g_assert_cmpstr (scores[LIMEN_SET_ANOMALY]->name, ==, "some");
  g_clear_pointer (&scores[LIMEN_SET_ANOMALY], limen_scores_unref);
  g_assert_false (limen_preview_take (preview, scores));
  limen_preview_free (preview);
}

static void
test_a_preview_only_grows (void)
{
  LimenPreview *preview = limen_preview_new ();
  LimenScores *scores[LIMEN_N_LABELLED] = {NULL};
  limen_preview_keep (LIMEN_SET_NORMAL, "all", normal_values, 5, preview);
  limen_preview_keep (LIMEN_SET_NORMAL, "all", normal_values, 3, preview); /* told late */
  limen_preview_keep (LIMEN_SET_NORMAL, "all", normal_values, 6, preview);
  g_assert_true (limen_preview_take (preview, scores));
  g_assert_cmpuint (scores[LIMEN_SET_NORMAL]->n, ==, 6);
  for (guint i = 0; i < 6; i++)
    g_assert_cmpfloat (scores[LIMEN_SET_NORMAL]->value[i], ==, normal_values[i]);
  limen_scores_unref (scores[LIMEN_SET_NORMAL]);
  limen_preview_free (preview);
}

static void
test_a_preview_of_many_is_of_the_first (void)
{
  const guint n = 60000;
  g_autofree double *value = g_new0 (double, n);
  LimenPreview *preview = limen_preview_new ();
  LimenScores *scores[LIMEN_N_LABELLED] = {NULL};
  limen_preview_keep (LIMEN_SET_NORMAL, "all", value, n, preview);
  g_assert_true (limen_preview_take (preview, scores));
  g_assert_cmpuint (scores[LIMEN_SET_NORMAL]->n, ==, 50000);
  limen_scores_unref (scores[LIMEN_SET_NORMAL]);
  limen_preview_free (preview);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name) g_test_add_func ("/detector-analysis/" #name, test_##name)
  ADD (an_image_is_found_in_whichever_half);
  ADD (images_are_ordered_by_score_then_by_number);
  ADD (orders_of_a_random_half_name_images_of_the_whole_set);
  ADD (without_anomalies_there_is_no_order_of_them);
  ADD (of_a_detector_that_was_made_otherwise);
  ADD (the_variation_is_the_models);
  ADD (of_a_line_in_nats_the_variation_is_of_three_sigmas);
  ADD (who_cancels_gets_no_analysis);
  ADD (a_preview_is_taken_once);
  ADD (a_preview_only_grows);
  ADD (a_preview_of_many_is_of_the_first);
#undef ADD
  return g_test_run ();
}
