/* The Detector page without its window: the line, the split and the view are moved, states come
 * back.
 */
#include "tests/study/detector-world.h"

static void
test_the_threshold_moves_at_once (void)
{
  World world;
  begin (&world);
  drop_all (&world);
  guint *moved = count_signal (world.session, "threshold-changed"),
        *data = count_signal (world.session, "data-changed");
  double mean = detector_of (&world)->mean;
  limen_detector_session_set_threshold (world.session, mean);
  g_assert_cmpfloat (detector_of (&world)->threshold, ==, mean);
  g_assert_cmpfloat (limen_detector_session_threshold (world.session), ==, mean);
  g_assert_cmpint (state_of (&world)->rule.kind, ==, LIMEN_RULE_VALUE);
  limen_detector_session_set_threshold (world.session, mean);
  g_assert_cmpuint (*moved, ==, 1);
  g_assert_cmpuint (*data, ==, 0);
  end (&world);
}

static void
test_the_threshold_stays_where_scores_are (void)
{
  World world;
  begin (&world);
  drop_all (&world);
  LimenThresholdRange range = limen_detector_session_range (world.session);
  const LimenScores *scores = detector_of (&world)->anomaly;
  g_assert_cmpfloat (range.low, <, scores->sorted[0]);
  g_assert_cmpfloat (range.high, >, scores->sorted[scores->n - 1]);
  g_assert_cmpfloat (range.step, >, 0);
  limen_detector_session_set_threshold (world.session, -INFINITY);
  g_assert_cmpfloat (detector_of (&world)->threshold, ==, range.low);
  g_assert_cmpuint (limen_detector_type_1 (detector_of (&world)).errors, ==, 0);
  limen_detector_session_set_threshold (world.session, INFINITY);
  g_assert_cmpuint (limen_detector_type_2 (detector_of (&world)).errors, ==, 0);
  end (&world);
}

static void
test_a_rule_set_while_it_reads_holds_in_the_end (void)
{
  World world;
  begin (&world);
  drop (&world, LIMEN_N_SETS, world.flow, world.normal, world.anomaly);
  limen_detector_session_set_rule (world.session, (LimenRule){LIMEN_RULE_SIGMAS, 1});
  wait_until (is_idle, world.session);
  const LimenDetector *detector = detector_of (&world);
  g_assert_cmpfloat_with_epsilon (detector->threshold, detector->mean - detector->std, 1e-9);
  end (&world);
}

static void
test_of_splits_asked_for_in_a_row_the_last_is_shown (void)
{
  World world;
  begin (&world);
  drop_all (&world);
  guint *data = count_signal (world.session, "data-changed");
  for (guint i = 0; i < 5; i++)
    limen_detector_session_resample (world.session);
  g_assert_cmpuint (state_of (&world)->split.seed, ==, 5);
  wait_until (is_idle, world.session);
  g_assert_cmpuint (detector_of (&world)->split.seed, ==, 5);
  g_assert_cmpuint (*data, ==, 1);
  end (&world);
}

static void
test_a_split_asked_for_while_it_reads_is_shown (void)
{
  World world;
  begin (&world);
  drop (&world, LIMEN_N_SETS, world.flow, world.normal, world.anomaly);
  limen_detector_session_set_split (world.session, (LimenSplit){LIMEN_SPLIT_ORDERED, 0});
  wait_until (is_idle, world.session);
  g_assert_cmpint (detector_of (&world)->split.kind, ==, LIMEN_SPLIT_ORDERED);
  g_assert_cmpuint (limen_detector_session_analysis (world.session)->variation.n_splits, >, 0);
  end (&world);
}

static void
test_a_drop_while_a_split_is_made_has_that_split (void)
{
  World world;
  begin (&world);
  drop_all (&world);
  limen_detector_session_resample (world.session);
  drop (&world, LIMEN_SET_ANOMALY, world.normal, NULL, NULL);
  wait_until (is_idle, world.session);
  g_assert_cmpuint (detector_of (&world)->split.seed, ==, 1);
  g_assert_cmpstr (state_of (&world)->set[LIMEN_SET_ANOMALY]->paths[0], ==, world.normal);
  end (&world);
}

static void
test_a_cancelled_split_leaves_the_one_that_is_shown (void)
{
  World world;
  begin (&world);
  drop_all (&world);
  limen_detector_session_resample (world.session);
  limen_detector_session_cancel (world.session);
  wait_until (is_idle, world.session);
  g_assert_cmpuint (state_of (&world)->split.seed, ==, detector_of (&world)->split.seed);
  end (&world);
}

static void
test_zoom_and_pan_are_told_and_end (void)
{
  World world;
  begin (&world);
  drop_all (&world);
  guint *told = count_signal (world.session, "settings-changed");
  LimenHistogramView whole = limen_detector_session_view (world.session);
  limen_detector_session_zoom (world.session, NAN, 4);
  LimenHistogramView near = limen_detector_session_view (world.session);
  g_assert_cmpfloat (near.high - near.low, <, whole.high - whole.low);
  limen_detector_session_pan (world.session, 0.25);
  LimenHistogramView moved = limen_detector_session_view (world.session);
  g_assert_cmpfloat (moved.low, >, near.low);
  g_assert_cmpuint (*told, ==, 2);
  limen_detector_session_zoom (world.session, (moved.low + moved.high) / 2, 0.1);
  LimenHistogramView back = limen_detector_session_view (world.session);
  g_assert_cmpfloat (back.low, ==, whole.low);
  g_assert_cmpfloat (state_of (&world)->low, ==, state_of (&world)->high);
  end (&world);
}

/* As an undo will do it */
static void
test_a_state_of_before_comes_back_with_its_files (void)
{
  World world;
  begin (&world);
  g_autoptr (LimenDetectorPageState) empty = limen_detector_page_state_copy (state_of (&world));
  drop_all (&world);
  limen_detector_session_set_threshold (world.session, detector_of (&world)->mean);
  g_autoptr (LimenDetectorPageState) full = limen_detector_page_state_copy (state_of (&world));
  limen_detector_session_set_state (world.session, empty);
  wait_until (is_idle, world.session);
  g_assert_true (limen_detector_page_state_equal (state_of (&world), empty));
  g_assert_null (detector_of (&world));
  g_assert_null (experiment_of (&world)->set[LIMEN_SET_NORMAL]);
  limen_detector_session_set_state (world.session, full);
  wait_until (is_idle, world.session);
  g_assert_true (limen_detector_page_state_equal (state_of (&world), full));
  g_assert_cmpfloat (detector_of (&world)->threshold, ==, full->rule.value);
  assert_scores (experiment_of (&world)->scores[LIMEN_SET_ANOMALY], world.flow, world.anomaly);
  g_assert_cmpuint (world.n_notices, ==, 0);
  end (&world);
}

static void
test_the_same_state_changes_nothing (void)
{
  static const char *const names[] = {"data-changed", "threshold-changed", "settings-changed",
                                      "busy-changed"};
  guint *told[G_N_ELEMENTS (names)];
  World world;
  begin (&world);
  drop_all (&world);
  g_autoptr (LimenDetectorPageState) same = limen_detector_page_state_copy (state_of (&world));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    told[i] = count_signal (world.session, names[i]);
  limen_detector_session_set_state (world.session, same);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_cmpuint (*told[i], ==, 0);
  end (&world);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD (the_threshold_moves_at_once);
  ADD (the_threshold_stays_where_scores_are);
  ADD (a_rule_set_while_it_reads_holds_in_the_end);
  ADD (of_splits_asked_for_in_a_row_the_last_is_shown);
  ADD (a_split_asked_for_while_it_reads_is_shown);
  ADD (a_drop_while_a_split_is_made_has_that_split);
  ADD (a_cancelled_split_leaves_the_one_that_is_shown);
  ADD (zoom_and_pan_are_told_and_end);
  ADD (a_state_of_before_comes_back_with_its_files);
  ADD (the_same_state_changes_nothing);
  return g_test_run ();
}
