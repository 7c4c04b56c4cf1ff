/* The Detector page without its window: what its rates promise, by which rule the line was put, and
 * what share of anomalies the user expects. */
#include "tests/study/detector-world.h"

#define SIGMAS(k) ((LimenRule){LIMEN_RULE_SIGMAS, k})
#define COST      ((LimenRule){LIMEN_RULE_COST, 10, 1, 0.05})

static LimenPromise
promise_of (const World *world)
{
  return state_of (world)->promise;
}

/* That page and detector say the same, and the intervals with them. */
static void
assert_promise (const World *world, LimenPromise promise)
{
  const LimenDetector *detector = detector_of (world);
  gboolean looking = promise == LIMEN_PROMISE_LOOKING;
  g_assert_cmpint (promise_of (world), ==, promise);
  g_assert_cmpint (detector->promise, ==, promise);
  g_assert_cmpint (limen_detector_type_1 (detector).band, ==, looking);
  g_assert_cmpint (limen_detector_type_2 (detector).band, ==, looking);
}

/* -- what changes it -- */

static void
test_a_line_that_is_dragged_was_chosen_by_looking (void)
{
  World world;
  begin (&world);
  drop_all (&world);
  assert_promise (&world, LIMEN_PROMISE_FIXED);
  guint *moved = count_signal (world.session, "threshold-changed");
  limen_detector_session_set_threshold (world.session, detector_of (&world)->mean);
  assert_promise (&world, LIMEN_PROMISE_LOOKING);
  g_assert_cmpuint (*moved, ==, 1);
  end (&world);
}

static void
test_the_switch_says_otherwise (void)
{
  World world;
  begin (&world);
  drop_all (&world);
  limen_detector_session_set_threshold (world.session, detector_of (&world)->mean);
  guint *moved = count_signal (world.session, "threshold-changed"),
        *settings = count_signal (world.session, "settings-changed"),
        *data = count_signal (world.session, "data-changed");
  double threshold = detector_of (&world)->threshold;
  limen_detector_session_set_promise (world.session, LIMEN_PROMISE_FIXED);
  assert_promise (&world, LIMEN_PROMISE_FIXED);
  g_assert_cmpfloat (detector_of (&world)->threshold, ==, threshold);
  limen_detector_session_set_promise (world.session, LIMEN_PROMISE_FIXED);
  g_assert_cmpuint (*moved, ==, 1);
  limen_detector_session_set_promise (world.session, LIMEN_PROMISE_LOOKING);
  assert_promise (&world, LIMEN_PROMISE_LOOKING);
  g_assert_cmpuint (*moved + *settings + *data, ==, 2);
  end (&world);
}

static void
test_rules_change_it_or_not (void)
{
  static const struct {
    LimenRule before, after;
    LimenPromise promise, becomes;
  } table[] = {
      {{LIMEN_RULE_SIGMAS, 3}, {LIMEN_RULE_SIGMAS, 3}, LIMEN_PROMISE_FIXED, LIMEN_PROMISE_FIXED},
      {{LIMEN_RULE_SIGMAS, 3},
       {LIMEN_RULE_SIGMAS, 2.9},
       LIMEN_PROMISE_FIXED,
       LIMEN_PROMISE_LOOKING},
      {{LIMEN_RULE_SIGMAS, 3},
       {LIMEN_RULE_CONFORMAL, 0.1},
       LIMEN_PROMISE_FIXED,
       LIMEN_PROMISE_FIXED},
      {{LIMEN_RULE_SIGMAS, 3},
       {LIMEN_RULE_CONFORMAL, 0.1},
       LIMEN_PROMISE_LOOKING,
       LIMEN_PROMISE_LOOKING},
      {{LIMEN_RULE_VALUE, 3}, {LIMEN_RULE_SIGMAS, 3}, LIMEN_PROMISE_LOOKING, LIMEN_PROMISE_LOOKING},
      {{LIMEN_RULE_VALUE, 3}, {LIMEN_RULE_SIGMAS, 3}, LIMEN_PROMISE_FIXED, LIMEN_PROMISE_FIXED},
      {{LIMEN_RULE_SIGMAS, 3}, {LIMEN_RULE_VALUE, 3}, LIMEN_PROMISE_FIXED, LIMEN_PROMISE_LOOKING},
      {{LIMEN_RULE_VALUE, 3}, {LIMEN_RULE_VALUE, 3}, LIMEN_PROMISE_FIXED, LIMEN_PROMISE_LOOKING},
      {{LIMEN_RULE_SIGMAS, 3},
       {LIMEN_RULE_COST, 10, 1, 0.05},
       LIMEN_PROMISE_FIXED,
       LIMEN_PROMISE_LOOKING},
      {{LIMEN_RULE_SIGMAS, 3},
       {LIMEN_RULE_LEAST_ERRORS},
       LIMEN_PROMISE_FIXED,
       LIMEN_PROMISE_LOOKING},
      {{LIMEN_RULE_FALSE_ALARMS, 0.1, 0.95},
       {LIMEN_RULE_FALSE_ALARMS, 0.1, 0.9},
       LIMEN_PROMISE_FIXED,
       LIMEN_PROMISE_LOOKING},
  };
  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autoptr (LimenDetectorPageState) none = limen_detector_page_state_new ();
    g_autoptr (LimenDetectorPageState) rule =
        limen_detector_page_state_with_rule (none, table[i].before);
    g_autoptr (LimenDetectorPageState) before =
        limen_detector_page_state_with_promise (rule, table[i].promise);
    g_autoptr (LimenDetectorPageState) after =
        limen_detector_page_state_with_rule (before, table[i].after);
    g_test_message ("%u", i);
    g_assert_cmpint (after->promise, ==, table[i].becomes);
  }
}

/* -- where nobody has looked -- */

static void
test_another_start_is_fixed_beforehand (void)
{
  World world;
  begin (&world);
  drop_all (&world);
  limen_detector_session_set_threshold (world.session, detector_of (&world)->mean);
  const char *paths[] = {world.flow, world.normal, world.anomaly, NULL};
  limen_detector_session_start (world.session, paths, SIGMAS (2));
  wait_until (is_idle, world.session);
  g_assert_cmpfloat (state_of (&world)->rule.value, ==, 2);
  assert_promise (&world, LIMEN_PROMISE_FIXED);
  limen_detector_session_undo (world.session);
  g_assert_cmpint (state_of (&world)->rule.kind, ==, LIMEN_RULE_VALUE);
  assert_promise (&world, LIMEN_PROMISE_LOOKING);
  end (&world);
}

static void
test_first_rules (void)
{
  static const LimenRule rules[] = {{LIMEN_RULE_SIGMAS, 2},
                                    {LIMEN_RULE_VALUE, 5},
                                    {LIMEN_RULE_CONFORMAL, 0.01},
                                    {LIMEN_RULE_COST, 10, 1, 0.05},
                                    {LIMEN_RULE_LEAST_ERRORS}};
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++) {
    g_autoptr (LimenDetectorPageState) none = limen_detector_page_state_new ();
    g_autoptr (LimenDetectorPageState) dragged =
        limen_detector_page_state_with_rule (none, (LimenRule){LIMEN_RULE_VALUE, 1});
    g_autoptr (LimenDetectorPageState) first =
        limen_detector_page_state_with_first_rule (dragged, rules[i]);
    g_assert_cmpint (first->promise == LIMEN_PROMISE_LOOKING, ==, i >= 3);
  }
}

/* A line in nats is none of another score: three standard deviations, which nobody looked for. */
static void
test_another_score (void)
{
  g_autoptr (LimenDetectorPageState) none = limen_detector_page_state_new ();
  g_autoptr (LimenDetectorPageState) dragged =
      limen_detector_page_state_with_rule (none, (LimenRule){LIMEN_RULE_VALUE, 1});
  g_autoptr (LimenDetectorPageState) other =
      limen_detector_page_state_with_score (dragged, LIMEN_SCORE_TYPICALITY);
  g_assert_cmpint (other->promise, ==, LIMEN_PROMISE_FIXED);
  g_autoptr (LimenDetectorPageState) turned =
      limen_detector_page_state_with_rule (none, SIGMAS (2));
  g_autoptr (LimenDetectorPageState) kept =
      limen_detector_page_state_with_score (turned, LIMEN_SCORE_TYPICALITY);
  g_assert_cmpfloat (kept->rule.value, ==, 2);
  g_assert_cmpint (kept->promise, ==, LIMEN_PROMISE_LOOKING);
}

/* -- files come and go -- */

static void
test_the_promise_stays_while_files_come (void)
{
  World world;
  begin (&world);
  drop_all (&world);
  limen_detector_session_set_threshold (world.session, detector_of (&world)->mean);
  g_autofree char *other = write_images (world.folder, "anomaly-2.npy", 30, 8);
  drop (&world, LIMEN_SET_ANOMALY, other, NULL, NULL);
  wait_until (is_idle, world.session);
  assert_promise (&world, LIMEN_PROMISE_LOOKING);
  limen_detector_session_set_promise (world.session, LIMEN_PROMISE_FIXED);
  limen_detector_session_resample (world.session);
  wait_until (is_idle, world.session);
  assert_promise (&world, LIMEN_PROMISE_FIXED);
  end (&world);
}

static void
test_a_state_brings_its_promise (void)
{
  World world;
  begin (&world);
  drop_all (&world);
  g_autoptr (LimenDetectorPageState) before = limen_detector_page_state_copy (state_of (&world));
  limen_detector_session_set_threshold (world.session, detector_of (&world)->mean);
  g_autoptr (LimenDetectorPageState) after = limen_detector_page_state_copy (state_of (&world));
  limen_detector_session_set_state (world.session, before);
  assert_promise (&world, LIMEN_PROMISE_FIXED);
  limen_detector_session_set_state (world.session, after);
  assert_promise (&world, LIMEN_PROMISE_LOOKING);
  end (&world);
}

/* -- rules set lines -- */

static void
test_a_rule_sets_the_line_that_the_model_says (void)
{
  static const LimenRule rules[] = {{LIMEN_RULE_CONFORMAL, 0.1},
                                    {LIMEN_RULE_FALSE_ALARMS, 0.2, 0.9},
                                    {LIMEN_RULE_COST, 10, 1, 0.05},
                                    {LIMEN_RULE_LEAST_ERRORS}};
  World world;
  begin (&world);
  drop_all (&world);
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++) {
    limen_detector_session_set_rule (world.session, rules[i]);
    LimenScores *const *scores = experiment_of (&world)->scores;
    g_autoptr (LimenDetector) plain = limen_detector_new (
        scores[LIMEN_SET_NORMAL], scores[LIMEN_SET_ANOMALY], state_of (&world)->split, rules[i]);
    g_assert_true (isfinite (plain->threshold));
    g_assert_cmpfloat (detector_of (&world)->threshold, ==, plain->threshold);
    limen_detector_session_resample (world.session);
    wait_until (is_idle, world.session);
    g_assert_cmpint (detector_of (&world)->rule.kind, ==, rules[i].kind);
  }
  end (&world);
}

/* A rule for which there are too few images sets no line, and another one does again. */
static void
test_a_rule_that_takes_more_images (void)
{
  World world;
  begin (&world);
  drop_all (&world);
  limen_detector_session_set_rule (world.session, (LimenRule){LIMEN_RULE_FALSE_ALARMS, 0.01, 0.95});
  g_assert_true (isnan (detector_of (&world)->threshold));
  g_assert_cmpfloat (limen_detector_session_threshold (world.session), ==,
                     detector_of (&world)->mean);
  limen_detector_session_set_rule (world.session, SIGMAS (3));
  g_assert_true (isfinite (detector_of (&world)->threshold));
  end (&world);
}

/* Where misses cost everything all is flagged, by an infinite line: the page shows its end. */
static void
test_a_line_beyond_all_scores (void)
{
  World world;
  begin (&world);
  drop_all (&world);
  g_autofree char *same = write_images (world.folder, "same-anomaly.npy", 60, 1);
  drop (&world, LIMEN_SET_ANOMALY, same, NULL, NULL);
  wait_until (is_idle, world.session);
  limen_detector_session_set_rule (world.session, (LimenRule){LIMEN_RULE_COST, 0, 1, 0.5});
  LimenThresholdRange range = limen_detector_session_range (world.session);
  const LimenDetector *detector = detector_of (&world);
  g_assert_cmpuint (limen_detector_type_2 (detector).errors, ==, 0);
  g_assert_true (isfinite (range.low) && isfinite (range.high));
  double threshold = limen_detector_session_threshold (world.session);
  g_assert_cmpfloat (threshold, >=, range.low);
  g_assert_cmpfloat (threshold, <=, range.high);
  end (&world);
}

/* -- the share of anomalies, and the curve -- */

static void
test_the_share_is_one_number (void)
{
  World world;
  begin (&world);
  drop_all (&world);
  g_assert_cmpfloat (state_of (&world)->share, ==, LIMEN_USUAL_SHARE);
  guint *moved = count_signal (world.session, "threshold-changed"),
        *settings = count_signal (world.session, "settings-changed");
  limen_detector_session_set_share (world.session, 0.2);
  g_assert_cmpfloat (state_of (&world)->share, ==, 0.2);
  g_assert_cmpuint (*moved, ==, 0);
  g_assert_cmpuint (*settings, ==, 1);
  limen_detector_session_set_rule (world.session, COST);
  g_assert_cmpfloat (state_of (&world)->share, ==, 0.05);
  limen_detector_session_set_promise (world.session, LIMEN_PROMISE_FIXED);
  limen_detector_session_set_share (world.session, 0.3);
  g_assert_cmpfloat (detector_of (&world)->rule.third, ==, 0.3);
  g_assert_cmpfloat (state_of (&world)->share, ==, 0.3);
  assert_promise (&world, LIMEN_PROMISE_LOOKING);
  end (&world);
}

static void
test_a_share_of_none_or_all_is_no_share (void)
{
  g_autoptr (LimenDetectorPageState) none = limen_detector_page_state_new ();
  g_autoptr (LimenDetectorPageState) all =
      limen_detector_page_state_with_rule (none, (LimenRule){LIMEN_RULE_COST, 1, 1, 1});
  g_assert_cmpfloat (all->share, ==, LIMEN_USUAL_SHARE);
  g_test_expect_message ("limen", G_LOG_LEVEL_CRITICAL, "*share > 0 && share < 1*failed*");
  g_assert_null (limen_detector_page_state_with_share (none, 1));
  g_test_assert_expected_messages ();
}

static void
test_another_curve_is_another_view (void)
{
  World world;
  begin (&world);
  drop_all (&world);
  guint *moved = count_signal (world.session, "threshold-changed"),
        *settings = count_signal (world.session, "settings-changed");
  limen_detector_session_set_curve (world.session, LIMEN_CURVE_PRECISION_RECALL);
  limen_detector_session_set_curve (world.session, LIMEN_CURVE_PRECISION_RECALL);
  g_assert_cmpint (state_of (&world)->curve, ==, LIMEN_CURVE_PRECISION_RECALL);
  g_assert_cmpuint (*settings, ==, 1);
  g_assert_cmpuint (*moved, ==, 0);
  end (&world);
}

#undef ADD
#define ADD(name) g_test_add_func ("/detector-promise/" #name, test_##name)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD (a_line_that_is_dragged_was_chosen_by_looking);
  ADD (the_switch_says_otherwise);
  ADD (rules_change_it_or_not);
  ADD (another_start_is_fixed_beforehand);
  ADD (first_rules);
  ADD (another_score);
  ADD (the_promise_stays_while_files_come);
  ADD (a_state_brings_its_promise);
  ADD (a_rule_sets_the_line_that_the_model_says);
  ADD (a_rule_that_takes_more_images);
  ADD (a_line_beyond_all_scores);
  ADD (the_share_is_one_number);
  ADD (a_share_of_none_or_all_is_no_share);
  ADD (another_curve_is_another_view);
  return g_test_run ();
}
