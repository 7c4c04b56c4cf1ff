/* What is selected on the page: the same images in scatter, histogram and gallery, whichever part
 * of the set each of these shows. */
#include "model/base/random.h"
#include "tests/study/detector-world.h"
#include "ui/study/detector/bench-session.h"
#include "ui/study/detector/selection-session.h"

#include <math.h>

#define NORMAL  LIMEN_SCATTER_NORMAL
#define ANOMALY LIMEN_SCATTER_ANOMALY

typedef struct {
  World world;
  LimenBenchSession *bench;
  LimenSelectionSession *selection;
  guint *n_changed;
} Page;

static void
begin_page (Page *page)
{
  begin (&page->world);
  page->bench = limen_bench_session_new (page->world.session);
  page->selection = limen_selection_session_new (page->world.session);
  page->n_changed = count_signal (page->selection, "selection-changed");
  drop_all (&page->world);
}

static void
end_page (Page *page)
{
  g_object_unref (page->bench);
  g_object_unref (page->selection);
  end (&page->world);
}

static gboolean
is_at_rest (gpointer data)
{
  Page *page = data;
  return !limen_bench_session_busy (page->bench, NULL) && is_idle (page->world.session);
}

static const LimenBenchDivision *
division_of (Page *page)
{
  limen_bench_session_set_shown (page->bench, TRUE);
  wait_until (is_at_rest, page);
  return limen_bench_session_result (page->bench)->division;
}

static gboolean
is_selected (const Page *page, LimenScatterSet set, guint index)
{
  return limen_selection_has (limen_selection_session_get (page->selection), set, index);
}

/* -- the histogram -- */

/* By hand: which images have a score in the range */
static void
test_a_range_selects_images_of_the_page (void)
{
  Page page;
  begin_page (&page);
  const LimenDetector *detector = detector_of (&page.world);
  double low = detector->normal->sorted[5], high = detector->normal->sorted[20];
  g_autofree guint8 *is_test = g_new0 (guint8, 60);
  for (guint i = 0; i < 30; i++)
    is_test[detector->normal_index[i]] = 1;
  limen_selection_session_take_range (page.selection, low, high);
  const double *value = experiment_of (&page.world)->scores[LIMEN_SET_NORMAL]->value;
  for (guint i = 0; i < 60; i++)
    g_assert_cmpint (is_selected (&page, NORMAL, i), ==,
                     is_test[i] && value[i] >= low && value[i] <= high);
  value = experiment_of (&page.world)->scores[LIMEN_SET_ANOMALY]->value;
  for (guint i = 0; i < 40; i++)
    g_assert_cmpint (is_selected (&page, ANOMALY, i), ==, value[i] >= low && value[i] <= high);
  g_assert_cmpuint (limen_selection_session_get (page.selection)->count[NORMAL], ==, 16);
  g_assert_cmpuint (*page.n_changed, ==, 1);
  end_page (&page);
}

static void
test_scores_are_those_of_the_selected (void)
{
  Page page;
  LimenScores *scores[LIMEN_N_LABELLED];
  begin_page (&page);
  const LimenDetector *detector = detector_of (&page.world);
  limen_selection_session_scores (page.selection, scores);
  g_assert_true (!scores[LIMEN_SET_NORMAL] && !scores[LIMEN_SET_ANOMALY]);
  limen_selection_session_take_range (page.selection, -INFINITY, detector->normal->sorted[9]);
  limen_selection_session_scores (page.selection, scores);
  g_assert_cmpmem (scores[LIMEN_SET_NORMAL]->sorted, scores[LIMEN_SET_NORMAL]->n * sizeof (double),
                   detector->normal->sorted, 10 * sizeof (double));
  g_assert_cmpuint (scores[LIMEN_SET_ANOMALY]->n, ==,
                    limen_selection_session_get (page.selection)->count[ANOMALY]);
  limen_scores_unref (scores[LIMEN_SET_NORMAL]);
  limen_scores_unref (scores[LIMEN_SET_ANOMALY]);
  end_page (&page);
}

/* -- the scatter -- */

/* Its points are a third of the normal images; the histogram has another part of them. */
static void
test_points_are_images_of_the_whole_set (void)
{
  Page page;
  begin_page (&page);
  const LimenBenchDivision *division = division_of (&page);
  const guint32 *index = division->index[LIMEN_BENCH_TEST];
  guint n = division->counts.n[LIMEN_BENCH_TEST];
  g_autoptr (LimenSelection) none = limen_selection_new (n, 40);
  g_autoptr (LimenSelection) one = limen_selection_with (none, NORMAL, 13, TRUE);
  limen_selection_session_take (page.selection, limen_selection_with (one, ANOMALY, 39, TRUE),
                                index);
  for (guint i = 0; i < 60; i++)
    g_assert_cmpint (is_selected (&page, NORMAL, i), ==, i == index[13]);
  g_assert_true (is_selected (&page, ANOMALY, 39));
  g_autoptr (LimenSelection) back = limen_selection_session_part (page.selection, index, n);
  g_assert_true (limen_selection_has (back, NORMAL, 13));
  g_assert_cmpuint (limen_selection_count (back), ==, 2);
  limen_bench_session_choose (page.bench, LIMEN_SCORE_COMPLEXITY); /* of the same images */
  g_assert_cmpuint (limen_selection_count (limen_selection_session_get (page.selection)), ==, 2);
  g_autofree char *words = limen_selection_session_words (page.selection);
  g_assert_cmpstr (words, ==, "Selected: 2 images: 1 normal, 1 anomaly");
  end_page (&page);
}

static void
test_a_range_of_the_histogram_shows_in_the_scatter (void)
{
  Page page;
  begin_page (&page);
  const LimenBenchDivision *division = division_of (&page);
  const guint32 *index = division->index[LIMEN_BENCH_TEST];
  guint n = division->counts.n[LIMEN_BENCH_TEST];
  const LimenScores *test =
      limen_bench_session_result (page.bench)->test[LIMEN_SCORE_LOG_LIKELIHOOD];
  double high = detector_of (&page.world)->normal->sorted[14];
  limen_selection_session_take_range (page.selection, -INFINITY, high);
  g_autoptr (LimenSelection) part = limen_selection_session_part (page.selection, index, n);
  for (guint i = 0; i < n; i++) /* its test images are among those of the page */
    g_assert_cmpint (limen_selection_has (part, NORMAL, i), ==, test->value[i] <= high);
  g_assert_cmpuint (part->count[NORMAL], >, 0);
  g_assert_cmpuint (part->count[ANOMALY], ==,
                    limen_selection_session_get (page.selection)->count[ANOMALY]);
  end_page (&page);
}

/* -- the gallery -- */

static void
test_the_most_unusual_come_first (void)
{
  Page page;
  guint32 index[60];
  begin_page (&page);
  const LimenAnalysis *analysis = limen_detector_session_analysis (page.world.session);
  g_autoptr (LimenSelection) none = limen_selection_new (60, 40);
  LimenSelection *all = limen_selection_inverted (none);
  limen_selection_session_take (page.selection, all, NULL);
  g_assert_cmpuint (limen_selection_session_first (page.selection, LIMEN_SET_NORMAL, index, 60), ==,
                    60);
  g_assert_cmpmem (index, 30 * sizeof *index, analysis->order[LIMEN_SET_NORMAL],
                   30 * sizeof *index);
  guint8 seen[60] = {0};
  for (guint i = 0; i < 60; i++) {
    g_assert_true (i < 31 || index[i] > index[i - 1]); /* those that the page does not judge */
    seen[index[i]]++;
  }
  for (guint i = 0; i < 60; i++)
    g_assert_cmpuint (seen[i], ==, 1);
  g_assert_cmpuint (limen_selection_session_first (page.selection, LIMEN_SET_ANOMALY, index, 7), ==,
                    7);
  g_assert_cmpmem (index, 7 * sizeof *index, analysis->order[LIMEN_SET_ANOMALY], 7 * sizeof *index);
  end_page (&page);
}

/* -- other images -- */

static void
test_other_images_are_not_selected (void)
{
  Page page;
  guint32 index[4];
  begin_page (&page);
  limen_selection_session_take_range (page.selection, -INFINITY, INFINITY);
  guint n = *page.n_changed;
  limen_selection_session_take_range (page.selection, -INFINITY, INFINITY);
  g_assert_cmpuint (*page.n_changed, ==, n); /* nothing new */
  g_autofree char *flow = write_flow (page.world.folder, "other.safetensors", 8);
  drop (&page.world, LIMEN_N_SETS, flow, NULL, NULL);
  wait_until (is_at_rest, &page);
  g_assert_nonnull (limen_selection_session_get (page.selection)); /* the same by another flow */
  g_autofree char *images = write_images (page.world.folder, "others.npy", 60, 9);
  drop (&page.world, LIMEN_SET_NORMAL, images, NULL, NULL);
  wait_until (is_at_rest, &page);
  g_assert_null (limen_selection_session_get (page.selection));
  g_assert_null (limen_selection_session_words (page.selection));
  g_assert_cmpuint (*page.n_changed, ==, n + 1);
  g_assert_cmpuint (limen_selection_session_first (page.selection, LIMEN_SET_NORMAL, index, 4), ==,
                    0);
  end_page (&page);
}

static void
test_an_empty_range_selects_nothing (void)
{
  Page page;
  begin_page (&page);
  limen_selection_session_take_range (page.selection, 1e300, INFINITY);
  g_assert_null (limen_selection_session_get (page.selection));
  limen_selection_session_take_range (page.selection, -INFINITY, INFINITY);
  limen_selection_session_clear (page.selection);
  g_assert_null (limen_selection_session_get (page.selection));
  g_assert_cmpuint (*page.n_changed, ==, 2);
  end_page (&page);
}

/* -- many -- */

#define N_ROWS 250000 /* more than a frame suffices for */

static gboolean
is_selected_at_last (gpointer selection)
{
  return !limen_selection_session_busy (selection);
}

/* Scores and labels, every fifth an anomaly */
static void
open_many (Page *page)
{
  static const char header[] = "{'descr': '<f8', 'fortran_order': False, 'shape': (250000, 2), }\n";
  const guint8 length[2] = {sizeof header - 1, 0};
  g_autoptr (GByteArray) npy = g_byte_array_new ();
  LimenRandom random = limen_random_stream (1, "many", 0);
  g_byte_array_append (npy, (const guint8 *)"\x93NUMPY\x01\x00", 8);
  g_byte_array_append (npy, length, 2);
  g_byte_array_append (npy, (const guint8 *)header, sizeof header - 1);
  for (guint i = 0; i < N_ROWS; i++) {
    double row[] = {limen_random_normal (&random) + 3 * (i % 5 == 0), i % 5 == 0};
    g_byte_array_append (npy, (const guint8 *)row, sizeof row);
  }
  g_autofree char *path = write_file (page->world.folder, "many.npy", npy->data, npy->len);
  drop (&page->world, LIMEN_N_SETS, path, NULL, NULL);
  wait_until (is_idle, page->world.session);
  g_assert_nonnull (detector_of (&page->world));
}

/* Until it is found out on a thread, what was selected is; then all of it is there at once. */
static void
test_many_are_selected_on_a_thread (void)
{
  Page page;
  LimenScores *scores[LIMEN_N_LABELLED];
  begin_page (&page);
  open_many (&page);
  const LimenDetector *detector = detector_of (&page.world);
  guint n = limen_scores_n_below (detector->normal, 1), index[3], changed = *page.n_changed;
  limen_selection_session_take_range (page.selection, -INFINITY, nextafter (1, 0));
  g_assert_null (limen_selection_session_get (page.selection));
  g_assert_true (limen_selection_session_busy (page.selection));
  wait_until (is_selected_at_last, page.selection);
  g_assert_cmpuint (*page.n_changed, ==, changed + 1);
  g_assert_cmpuint (limen_selection_session_get (page.selection)->count[NORMAL], ==, n);
  limen_selection_session_scores (page.selection, scores);
  g_assert_cmpmem (scores[LIMEN_SET_NORMAL]->sorted, scores[LIMEN_SET_NORMAL]->n * sizeof (double),
                   detector->normal->sorted, n * sizeof (double));
  g_assert_cmpuint (limen_selection_session_first (page.selection, LIMEN_SET_ANOMALY, index, 3), ==,
                    3);
  for (guint i = 0; i < 3; i++)
    g_assert_true (is_selected (&page, ANOMALY, index[i]));
  for (LimenSetRole role = 0; role < LIMEN_N_LABELLED; role++)
    limen_scores_unref (scores[role]);
  end_page (&page);
}

static void
test_the_newest_of_many_wins_and_letting_go_ends_it (void)
{
  Page page;
  begin_page (&page);
  open_many (&page);
  const LimenDetector *detector = detector_of (&page.world);
  limen_selection_session_take_range (page.selection, -INFINITY, INFINITY);
  limen_selection_session_take_range (page.selection, 2, INFINITY);
  wait_until (is_selected_at_last, page.selection);
  g_assert_cmpuint (limen_selection_session_get (page.selection)->count[NORMAL], ==,
                    detector->normal->n - limen_scores_n_below (detector->normal, 2));
  limen_selection_session_take_range (page.selection, 0, INFINITY);
  limen_selection_session_clear (page.selection);
  g_assert_null (limen_selection_session_get (page.selection));
  wait_until (is_selected_at_last, page.selection);
  g_assert_null (limen_selection_session_get (page.selection));
  end_page (&page);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#undef ADD
#define ADD(name) g_test_add_func ("/selection-session/" #name, test_##name)
  ADD (a_range_selects_images_of_the_page);
  ADD (scores_are_those_of_the_selected);
  ADD (points_are_images_of_the_whole_set);
  ADD (a_range_of_the_histogram_shows_in_the_scatter);
  ADD (the_most_unusual_come_first);
  ADD (other_images_are_not_selected);
  ADD (an_empty_range_selects_nothing);
  ADD (many_are_selected_on_a_thread);
  ADD (the_newest_of_many_wins_and_letting_go_ends_it);
  return g_test_run ();
}
