/* One image of the page, explained, without a window: what is looked at, and what becomes of it
 * when the page changes. */
#include "tests/study/detector-world.h"
#include "ui/study/detector/bench-session.h"
#include "ui/study/detector/explain-session.h"

#include <math.h>

typedef struct {
  World world;
  LimenBenchSession *bench;
  LimenExplainSession *explain;
} Page;

static void
begin_page (Page *page)
{
  begin (&page->world);
  page->bench = limen_bench_session_new (page->world.session);
  page->explain = limen_explain_session_new (page->world.session);
  drop_all (&page->world);
}

static void
end_page (Page *page)
{
  g_object_unref (page->explain);
  g_object_unref (page->bench);
  end (&page->world);
}

static gboolean
is_at_rest (gpointer data)
{
  Page *page = data;
  return !limen_explain_session_busy (page->explain, NULL) &&
         !limen_bench_session_busy (page->bench, NULL) && is_idle (page->world.session);
}

static const LimenExplanation *
explanation_of (Page *page)
{
  wait_until (is_at_rest, page);
  return limen_explain_session_explanation (page->explain);
}

/* Its first score is the page's; a normal image is not ranked among itself. */
static void
test_scores_are_those_of_the_page (void)
{
  Page page;
  begin_page (&page);
  const LimenExperiment *experiment = experiment_of (&page.world);
  for (LimenSetRole role = LIMEN_SET_NORMAL; role <= LIMEN_SET_ANOMALY; role++) {
    limen_explain_session_show (page.explain, role, 7);
    const LimenExplanation *explanation = explanation_of (&page);
    g_autofree char *name = limen_image_set_image_name (experiment->set[role], 7);
    g_autofree char *about = limen_explain_session_about (page.explain);
    double score = experiment->scores[role]->value[7];
    g_assert_nonnull (explanation);
    g_assert_cmpstr (explanation->name, ==, name);
    g_assert_cmpuint (explanation->n_scores, ==, 1);
    g_assert_cmpfloat (explanation->score[0].score, ==, score);
    g_assert_cmpfloat_with_epsilon (explanation->detail->log_likelihood, score,
                                    1e-5 * fabs (score));
    g_assert_cmpuint (explanation->score[0].n, ==, role == LIMEN_SET_NORMAL ? 59 : 60);
    g_assert_cmpuint (explanation->n_near, ==, LIMEN_EXPLAIN_NEAREST);
    for (guint i = 0; i < explanation->n_near; i++)
      g_assert_true (role != LIMEN_SET_NORMAL || explanation->near[i].index != 7);
    g_assert_true (g_str_has_prefix (about, role == LIMEN_SET_NORMAL ? "normal image" : "anomaly"));
  }
  end_page (&page);
}

/* What the bench knows comes along as soon as it is there. */
static void
test_the_bench_adds_its_scores (void)
{
  Page page;
  begin_page (&page);
  limen_explain_session_show (page.explain, LIMEN_SET_ANOMALY, 3);
  g_assert_cmpuint (explanation_of (&page)->n_scores, ==, 1);
  limen_bench_session_set_shown (page.bench, TRUE);
  wait_until (is_at_rest, &page);
  const LimenExplanation *explanation = explanation_of (&page);
  const LimenBenchResult *result = limen_bench_session_result (page.bench);
  guint n = 1;
  for (guint kind = 0; kind < LIMEN_N_SCORES; kind++)
    n +=
        kind != LIMEN_SCORE_LOG_LIKELIHOOD && limen_bench_result_has (result, (LimenScoreKind)kind);
  g_assert_cmpuint (n, >, 3);
  g_assert_cmpuint (explanation->n_scores, ==, n);
  end_page (&page);
}

/* The threshold moves: the verdict follows. */
static void
test_the_verdict_follows_the_line (void)
{
  Page page;
  begin_page (&page);
  limen_explain_session_show (page.explain, LIMEN_SET_ANOMALY, 3);
  double score = explanation_of (&page)->score[0].score;
  limen_detector_session_set_threshold (page.world.session, score - 1);
  g_assert_false (explanation_of (&page)->score[0].flagged);
  limen_detector_session_set_threshold (page.world.session, score + 1);
  g_assert_true (explanation_of (&page)->score[0].flagged);
  g_autofree char *about = limen_explain_session_about (page.explain);
  g_assert_cmpstr (about, ==, "anomaly · flagged");
  end_page (&page);
}

/* Sets change places: the image is found again in the other one. */
static void
test_an_image_is_found_again (void)
{
  Page page;
  begin_page (&page);
  limen_explain_session_show (page.explain, LIMEN_SET_ANOMALY, 3);
  g_autofree char *name = g_strdup (explanation_of (&page)->name);
  limen_detector_session_swap (page.world.session);
  const LimenExplanation *explanation = explanation_of (&page);
  g_autofree char *about = limen_explain_session_about (page.explain);
  g_assert_cmpstr (explanation->name, ==, name);
  g_assert_true (g_str_has_prefix (about, "normal image"));
  end_page (&page);
}

/* -- maps -- */

static void
test_maps_follow_what_is_chosen (void)
{
  Page page;
  begin_page (&page);
  guint *n_views = count_signal (page.explain, "view-changed");
  limen_explain_session_show (page.explain, LIMEN_SET_ANOMALY, 3);
  const LimenExplanation *explanation = explanation_of (&page);
  for (LimenExplainMap map = LIMEN_EXPLAIN_NONE; map < LIMEN_N_EXPLAIN_MAPS; map++) {
    limen_explain_session_set_map (page.explain, map);
    explanation = explanation_of (&page);
    const LimenExplainedMap *values = limen_explain_session_values (page.explain);
    g_assert_cmpint (values != NULL, ==, map != LIMEN_EXPLAIN_NONE);
    if (!values)
      continue;
    g_autoptr (LimenExplainedMap) same = limen_explanation_map (explanation, map);
    g_assert_cmpmem (values->value, values->columns * values->rows * sizeof (float), same->value,
                     same->columns * same->rows * sizeof (float));
  }
  g_assert_cmpuint (*n_views, ==, LIMEN_N_EXPLAIN_MAPS);
  g_assert_nonnull (limen_explain_session_windows_line (page.explain));
  limen_explain_session_set_opacity (page.explain, 7);
  g_assert_cmpfloat (limen_explain_session_opacity (page.explain), ==, 1);
  end_page (&page);
}

/* A normal image is not compared with its own windows. */
static void
test_no_image_is_compared_with_itself (void)
{
  Page page;
  begin_page (&page);
  limen_explain_session_set_map (page.explain, LIMEN_EXPLAIN_WINDOWS);
  for (guint i = 6; i < 8; i++) {
    limen_explain_session_show (page.explain, LIMEN_SET_NORMAL, i);
    const LimenExplanation *explanation = explanation_of (&page);
    g_assert_nonnull (explanation->windows);
    g_assert_cmpfloat (explanation->window_score, >, 0);
  }
  end_page (&page);
}

static void
test_what_is_exported (void)
{
  Page page;
  begin_page (&page);
  limen_explain_session_show (page.explain, LIMEN_SET_ANOMALY, 3);
  g_assert_nonnull (explanation_of (&page));
  g_auto (LimenTold) told = limen_explain_session_told (page.explain);
  g_assert_cmpstr (told.name, ==, "limen-explain");
  g_assert_nonnull (told.draw);
  g_assert_nonnull (told.write);
  g_assert_cmpstr (told.text[0], ==, "Title");
  limen_explain_session_set_map (page.explain, LIMEN_EXPLAIN_NONE);
  g_auto (LimenTold) plain = limen_explain_session_told (page.explain);
  g_assert_null (plain.write);
  end_page (&page);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD (scores_are_those_of_the_page);
  ADD (the_bench_adds_its_scores);
  ADD (the_verdict_follows_the_line);
  ADD (an_image_is_found_again);
  ADD (maps_follow_what_is_chosen);
  ADD (no_image_is_compared_with_itself);
  ADD (what_is_exported);
  return g_test_run ();
}
