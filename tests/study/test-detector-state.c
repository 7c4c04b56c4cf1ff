/* The Detector page's state: a plain value, and its setters. */
#include "tests/study/heard.h"
#include "ui/study/detector/state.h"

static LimenDetectorPageState *
full_state (void)
{
  g_autoptr (LimenOrigin) flow = limen_origin_new_path ("/a/flow.pt");
  g_autoptr (LimenOrigin) normal = limen_origin_new_path ("/a/normal");
  g_autoptr (LimenOrigin) anomaly = limen_origin_new_path ("/a/anomaly");
  LimenOrigin *sets[LIMEN_N_SETS] = {normal, anomaly};
  g_autoptr (LimenDetectorPageState) first = limen_detector_page_state_new ();
  g_autoptr (LimenDetectorPageState) next =
      limen_detector_page_state_with_files (first, flow, sets);
  return limen_detector_page_state_with_range (next, -20, 80);
}

static void
test_first_state_has_no_files_and_three_sigmas (void)
{
  g_autoptr (LimenDetectorPageState) state = limen_detector_page_state_new ();
  g_assert_null (state->flow);
  g_assert_null (state->set[LIMEN_SET_NORMAL]);
  g_assert_cmpint (state->rule.kind, ==, LIMEN_RULE_SIGMAS);
  g_assert_cmpfloat (state->rule.value, ==, 3);
  g_assert_cmpint (state->split.kind, ==, LIMEN_SPLIT_RANDOM);
  g_assert_cmpint (state->scale, ==, LIMEN_HISTOGRAM_SPREAD);
  g_assert_cmpint (state->promise, ==, LIMEN_PROMISE_FIXED);
  g_assert_cmpfloat (state->share, ==, LIMEN_USUAL_SHARE);
  g_assert_cmpint (state->curve, ==, LIMEN_CURVE_ROC);
}

static void
test_a_copy_is_equal_and_outlives_its_model (void)
{
  LimenDetectorPageState *state = full_state ();
  g_autoptr (LimenDetectorPageState) copy = limen_detector_page_state_copy (state);
  g_assert_true (limen_detector_page_state_equal (state, copy));
  limen_detector_page_state_free (state);
  g_assert_cmpstr (copy->flow->paths[0], ==, "/a/flow.pt");
  g_assert_cmpstr (copy->set[LIMEN_SET_ANOMALY]->name, ==, "anomaly");
}

static void
test_every_setting_makes_a_difference (void)
{
  g_autoptr (LimenDetectorPageState) state = full_state ();
  g_autoptr (LimenDetectorPageState) before = limen_detector_page_state_copy (state);
  LimenOrigin *swapped[LIMEN_N_SETS] = {state->set[LIMEN_SET_ANOMALY],
                                        state->set[LIMEN_SET_NORMAL]};
  LimenOrigin *unsorted[LIMEN_N_SETS] = {state->set[LIMEN_SET_NORMAL], NULL,
                                         state->set[LIMEN_SET_ANOMALY]};
  LimenDetectorPageState *others[] = {
      limen_detector_page_state_with_split (state, (LimenSplit){LIMEN_SPLIT_RANDOM, 1}),
      limen_detector_page_state_with_split (state, (LimenSplit){LIMEN_SPLIT_ORDERED, 0}),
      limen_detector_page_state_with_rule (state, (LimenRule){LIMEN_RULE_VALUE, 3}),
      limen_detector_page_state_with_rule (state, (LimenRule){LIMEN_RULE_SIGMAS, 2}),
      limen_detector_page_state_with_scale (state, LIMEN_HISTOGRAM_LINEAR),
      limen_detector_page_state_with_heights (state, TRUE, FALSE),
      limen_detector_page_state_with_heights (state, FALSE, TRUE),
      limen_detector_page_state_with_range (state, -20, 81),
      limen_detector_page_state_with_promise (state, LIMEN_PROMISE_LOOKING),
      limen_detector_page_state_with_share (state, 0.2),
      limen_detector_page_state_with_curve (state, LIMEN_CURVE_DET),
      limen_detector_page_state_with_rule (state, (LimenRule){LIMEN_RULE_COST, 10, 1, 0.01}),
      limen_detector_page_state_with_rule (state, (LimenRule){LIMEN_RULE_COST, 10, 2, 0.01}),
      limen_detector_page_state_with_files (state, state->flow, unsorted),
      limen_detector_page_state_with_files (state, NULL, state->set),
      limen_detector_page_state_with_files (state, state->flow, swapped),
  };
  g_assert_true (limen_detector_page_state_equal (state, before)); /* none was changed itself */
  for (guint i = 0; i < G_N_ELEMENTS (others); i++) {
    g_assert_false (limen_detector_page_state_equal (state, others[i]));
    for (guint j = 0; j < i; j++)
      g_assert_false (limen_detector_page_state_equal (others[i], others[j]));
  }
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    limen_detector_page_state_free (others[i]);
}

static void
test_each_part_is_compared_by_itself (void)
{
  g_autoptr (LimenDetectorPageState) state = full_state ();
  g_autoptr (LimenDetectorPageState) split =
      limen_detector_page_state_with_split (state, (LimenSplit){LIMEN_SPLIT_ORDERED, 0});
  g_autoptr (LimenDetectorPageState) rule =
      limen_detector_page_state_with_rule (state, (LimenRule){LIMEN_RULE_VALUE, 1});
  g_autoptr (LimenDetectorPageState) view = limen_detector_page_state_with_range (state, 0, 0);
  g_assert_cmpuint (limen_detector_page_state_changes (split, rule), ==,
                    LIMEN_DETECTOR_CHANGED_SPLIT | LIMEN_DETECTOR_CHANGED_RULE);
  g_assert_cmpuint (limen_detector_page_state_changes (split, view), ==,
                    LIMEN_DETECTOR_CHANGED_SPLIT | LIMEN_DETECTOR_CHANGED_VIEW);
  g_assert_cmpuint (limen_detector_page_state_changes (rule, view), ==,
                    LIMEN_DETECTOR_CHANGED_RULE | LIMEN_DETECTOR_CHANGED_VIEW);
  g_autoptr (LimenDetectorPageState) promise =
      limen_detector_page_state_with_promise (state, LIMEN_PROMISE_LOOKING);
  g_autoptr (LimenDetectorPageState) share = limen_detector_page_state_with_share (state, 0.5);
  g_assert_cmpuint (limen_detector_page_state_changes (promise, share), ==,
                    LIMEN_DETECTOR_CHANGED_RULE | LIMEN_DETECTOR_CHANGED_VIEW);
}

static void
test_another_scale_shows_everything (void)
{
  g_autoptr (LimenDetectorPageState) state = full_state ();
  g_autoptr (LimenDetectorPageState) next =
      limen_detector_page_state_with_scale (state, LIMEN_HISTOGRAM_CLIPPED);
  g_assert_cmpfloat (next->low, ==, next->high);
  g_assert_cmpint (next->scale, ==, LIMEN_HISTOGRAM_CLIPPED);
}

static void
test_everything_is_told_in_one_way (void)
{
  g_autoptr (LimenDetectorPageState) state = full_state ();
  g_autoptr (LimenDetectorPageState) a = limen_detector_page_state_with_range (state, 0, 0);
  g_autoptr (LimenDetectorPageState) b = limen_detector_page_state_with_range (state, 7, 7);
  g_assert_true (limen_detector_page_state_equal (a, b));
}

static LimenDetector *
small_detector (void)
{
  static const double normal[] = {100, 110, 120, 130, 140, 150, 160, 170},
                      anomaly[] = {-300, -200, 10, 20};
  g_autoptr (LimenScores) n = limen_scores_new ("normal", normal, G_N_ELEMENTS (normal));
  g_autoptr (LimenScores) a = limen_scores_new ("anomaly", anomaly, G_N_ELEMENTS (anomaly));
  return limen_detector_new (n, a, (LimenSplit){LIMEN_SPLIT_ORDERED, 0},
                             (LimenRule){LIMEN_RULE_SIGMAS, 3});
}

static void
test_a_view_of_everything_is_the_histograms_own (void)
{
  g_autoptr (LimenDetector) detector = small_detector ();
  g_autoptr (LimenDetectorPageState) state = limen_detector_page_state_new ();
  for (LimenHistogramScale scale = 0; scale <= LIMEN_HISTOGRAM_CLIPPED; scale++) {
    g_autoptr (LimenDetectorPageState) next = limen_detector_page_state_with_scale (state, scale);
    LimenHistogramView own = limen_histogram_view_new (detector, scale);
    LimenHistogramView view = limen_detector_page_state_view (next, detector);
    g_assert_cmpfloat (view.low, ==, own.low);
    g_assert_cmpfloat (view.high, ==, own.high);
    g_assert_cmpint (view.scale, ==, scale);
  }
}

static void
test_a_range_and_heights_are_seen (void)
{
  g_autoptr (LimenDetector) detector = small_detector ();
  g_autoptr (LimenDetectorPageState) state = full_state ();
  g_autoptr (LimenDetectorPageState) next =
      limen_detector_page_state_with_heights (state, TRUE, TRUE);
  LimenHistogramView view = limen_detector_page_state_view (next, detector);
  g_assert_cmpfloat (view.low, ==, -20);
  g_assert_cmpfloat (view.high, ==, 80);
  g_assert_true (view.counts);
  g_assert_true (view.log);
}

static void
test_without_a_detector_there_is_a_view (void)
{
  g_autoptr (LimenDetectorPageState) state = limen_detector_page_state_new ();
  LimenHistogramView view = limen_detector_page_state_view (state, NULL);
  g_assert_cmpfloat (view.low, <, view.high);
}

static void
test_a_range_upside_down_is_a_mistake_of_the_program (void)
{
  g_autoptr (LimenDetectorPageState) state = limen_detector_page_state_new ();
  g_test_expect_message ("limen", G_LOG_LEVEL_CRITICAL, "*low <= high*failed*");
  g_assert_null (limen_detector_page_state_with_range (state, 1, 0));
  g_test_assert_expected_messages ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name) g_test_add_func ("/detector-state/" #name, test_##name)
  ADD (first_state_has_no_files_and_three_sigmas);
  ADD (a_copy_is_equal_and_outlives_its_model);
  ADD (every_setting_makes_a_difference);
  ADD (each_part_is_compared_by_itself);
  ADD (another_scale_shows_everything);
  ADD (everything_is_told_in_one_way);
  ADD (a_view_of_everything_is_the_histograms_own);
  ADD (a_range_and_heights_are_seen);
  ADD (without_a_detector_there_is_a_view);
  ADD (a_range_upside_down_is_a_mistake_of_the_program);
#undef ADD
  return g_test_run ();
}
