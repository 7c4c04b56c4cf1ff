/* The Detector page without its window: images that nobody sorted have verdicts and no truth. */
#include "tests/study/detector-world.h"
#include "tests/study/told-text.h"
#include "ui/study/detector/selection-session.h"
#include "ui/study/detector/told.h"

#include <string.h>

#define N_UNSORTED 30

typedef struct {
  World world;
  char *unsorted;
} Mixed;

static void
begin_mixed (Mixed *mixed)
{
  begin (&mixed->world);
  drop_all (&mixed->world);
  mixed->unsorted = write_images (mixed->world.folder, "mixed/a.npy", N_UNSORTED, 5);
}

static void
end_mixed (Mixed *mixed)
{
  g_free (mixed->unsorted);
  end (&mixed->world);
}

static void
drop_unsorted (Mixed *mixed)
{
  g_autofree char *folder = g_path_get_dirname (mixed->unsorted);
  drop (&mixed->world, LIMEN_N_SETS, folder, NULL, NULL);
  wait_until (is_idle, mixed->world.session);
  g_assert_cmpuint (mixed->world.n_notices, ==, 0);
}

static const LimenAnalysis *
analysis_of (const Mixed *mixed)
{
  return limen_detector_session_analysis (mixed->world.session);
}

/* -- arrival -- */

static void
test_a_name_tells_and_is_told (void)
{
  Mixed mixed;
  begin_mixed (&mixed);
  drop_unsorted (&mixed);
  g_assert_nonnull (strstr (mixed.world.taken, "mixed as 30 unsorted images."));
  g_assert_null (strstr (mixed.world.taken, "swap the sets"));
  assert_scores (experiment_of (&mixed.world)->scores[LIMEN_SET_UNSORTED], mixed.world.flow,
                 mixed.unsorted);
  end_mixed (&mixed);
}

/* By a zone or a row any file comes to be unsorted, and stays so when it is dropped once more. */
static void
test_a_place_says_more_than_a_name (void)
{
  Mixed mixed;
  begin_mixed (&mixed);
  g_autofree char *good = write_images (mixed.world.folder, "good.npy", 7, 9);
  drop (&mixed.world, LIMEN_SET_UNSORTED, good, NULL, NULL);
  wait_until (is_idle, mixed.world.session);
  g_assert_cmpstr (state_of (&mixed.world)->set[LIMEN_SET_UNSORTED]->paths[0], ==, good);
  g_assert_cmpstr (state_of (&mixed.world)->set[LIMEN_SET_NORMAL]->paths[0], ==,
                   mixed.world.normal);
  g_autofree char *plain = write_images (mixed.world.folder, "shapes.npy", 7, 9);
  drop (&mixed.world, LIMEN_SET_UNSORTED, plain, NULL, NULL);
  drop (&mixed.world, LIMEN_N_SETS, plain, NULL, NULL);
  wait_until (is_idle, mixed.world.session);
  g_assert_cmpstr (state_of (&mixed.world)->set[LIMEN_SET_UNSORTED]->paths[0], ==, plain);
  g_assert_cmpstr (state_of (&mixed.world)->set[LIMEN_SET_ANOMALY]->paths[0], ==,
                   mixed.world.anomaly);
  end_mixed (&mixed);
}

/* -- no truth -- */

static void
test_rates_do_not_know_them (void)
{
  Mixed mixed;
  begin_mixed (&mixed);
  g_autoptr (LimenDetector) before =
      limen_detector_with_rule (detector_of (&mixed.world), (LimenRule){LIMEN_RULE_SIGMAS, 3});
  drop_unsorted (&mixed);
  const LimenDetector *now = detector_of (&mixed.world);
  g_assert_cmpfloat (now->threshold, ==, before->threshold);
  g_assert_cmpfloat (now->auroc, ==, before->auroc);
  g_assert_cmpuint (limen_detector_type_1 (now).n, ==, limen_detector_type_1 (before).n);
  g_assert_cmpuint (limen_detector_type_2 (now).n, ==, 40);
  end_mixed (&mixed);
}

/* -- verdicts -- */

/* Of all normal images, in both halves, by a plain count */
static double
plain_p_value (const Mixed *mixed, double score)
{
  const LimenScores *normal = experiment_of (&mixed->world)->scores[LIMEN_SET_NORMAL];
  guint as_low = 0;
  for (guint i = 0; i < normal->n; i++)
    as_low += normal->value[i] <= score;
  return (1.0 + as_low) / (1.0 + normal->n);
}

static void
test_p_values_count_normal_images (void)
{
  Mixed mixed;
  begin_mixed (&mixed);
  drop_unsorted (&mixed);
  const LimenUnsorted *unsorted = limen_detector_session_unsorted (mixed.world.session);
  const LimenScores *scores = experiment_of (&mixed.world)->scores[LIMEN_SET_UNSORTED];
  g_assert_cmpuint (unsorted->scores->n, ==, N_UNSORTED);
  for (guint i = 0; i < N_UNSORTED; i++) {
    double score;
    g_assert_cmpfloat_with_epsilon (unsorted->p[i], plain_p_value (&mixed, scores->value[i]),
                                    1e-15);
    g_assert_true (limen_analysis_score (analysis_of (&mixed), LIMEN_SET_UNSORTED, i, &score));
    g_assert_cmpfloat (score, ==, scores->value[i]);
  }
  end_mixed (&mixed);
}

/* The m most unusual, m the greatest with p of the mth at most 0.1·m/n */
static void
test_the_list_is_the_beginning_of_the_order (void)
{
  Mixed mixed;
  begin_mixed (&mixed);
  g_autofree char *far = write_unclear_range (mixed.world.folder, "far.npy", 12);
  LimenReading reading = {.black = -3, .white = 40};
  drop (&mixed.world, LIMEN_SET_UNSORTED, far, NULL, NULL);
  wait_until (is_idle, mixed.world.session);
  g_assert_nonnull (limen_detector_session_asks (mixed.world.session, LIMEN_SET_UNSORTED));
  limen_detector_session_read (mixed.world.session, LIMEN_SET_UNSORTED, &reading, NULL);
  wait_until (is_idle, mixed.world.session);
  const LimenUnsorted *unsorted = analysis_of (&mixed)->unsorted;
  const guint32 *order = analysis_of (&mixed)->order[LIMEN_SET_UNSORTED];
  guint m = 0;
  for (guint i = 0; i < 12; i++) {
    double p = plain_p_value (&mixed, unsorted->scores->value[order[i]]);
    g_assert_true (i == 0 ||
                   unsorted->scores->value[order[i - 1]] <= unsorted->scores->value[order[i]]);
    if (p <= 0.1 * (i + 1) / 12)
      m = i + 1;
  }
  g_assert_cmpuint (m, >, 0);
  g_assert_cmpuint (unsorted->n_listed, ==, m);
  for (guint i = 0; i < 12; i++)
    g_assert_cmpint (unsorted->listed[order[i]], ==, i < m);
  end_mixed (&mixed);
}

static void
test_the_line_moves_and_the_verdicts_stay (void)
{
  Mixed mixed;
  begin_mixed (&mixed);
  drop_unsorted (&mixed);
  const LimenUnsorted *unsorted = limen_detector_session_unsorted (mixed.world.session);
  limen_detector_session_set_threshold (mixed.world.session, detector_of (&mixed.world)->mean);
  g_assert_true (limen_detector_session_unsorted (mixed.world.session) == unsorted);
  guint below = 0;
  for (guint i = 0; i < N_UNSORTED; i++)
    below += unsorted->scores->value[i] < detector_of (&mixed.world)->mean;
  g_assert_cmpuint (limen_unsorted_n_flagged (unsorted, detector_of (&mixed.world)), ==, below);
  end_mixed (&mixed);
}

/* -- what else happens to sets -- */

static void
test_a_swap_leaves_them_where_they_are (void)
{
  Mixed mixed;
  begin_mixed (&mixed);
  drop_unsorted (&mixed);
  const LimenImageSet *set = experiment_of (&mixed.world)->set[LIMEN_SET_UNSORTED];
  const LimenScores *scores = experiment_of (&mixed.world)->scores[LIMEN_SET_UNSORTED];
  limen_detector_session_swap (mixed.world.session);
  wait_until (is_idle, mixed.world.session);
  g_assert_true (experiment_of (&mixed.world)->set[LIMEN_SET_UNSORTED] == set);
  g_assert_true (experiment_of (&mixed.world)->scores[LIMEN_SET_UNSORTED] == scores);
  g_assert_cmpstr (state_of (&mixed.world)->set[LIMEN_SET_NORMAL]->paths[0], ==,
                   mixed.world.anomaly);
  g_assert_cmpuint (analysis_of (&mixed)->unsorted->n_ranks, ==, 40); /* of what is normal now */
  end_mixed (&mixed);
}

static void
test_they_can_be_taken_back (void)
{
  Mixed mixed;
  begin_mixed (&mixed);
  g_assert_true (limen_detector_session_may_have_mixed_up (mixed.world.session));
  drop_unsorted (&mixed); /* which is neither of those that a swap would exchange */
  g_assert_false (limen_detector_session_may_have_mixed_up (mixed.world.session));
  limen_detector_session_undo (mixed.world.session);
  g_assert_null (experiment_of (&mixed.world)->set[LIMEN_SET_UNSORTED]);
  g_assert_null (state_of (&mixed.world)->set[LIMEN_SET_UNSORTED]);
  g_assert_null (limen_detector_session_unsorted (mixed.world.session));
  g_assert_nonnull (experiment_of (&mixed.world)->scores[LIMEN_SET_ANOMALY]);
  end_mixed (&mixed);
}

static void
test_a_state_brings_them_back (void)
{
  Mixed mixed;
  begin_mixed (&mixed);
  g_autoptr (LimenDetectorPageState) without =
      limen_detector_page_state_copy (state_of (&mixed.world));
  drop_unsorted (&mixed);
  g_autoptr (LimenDetectorPageState) with =
      limen_detector_page_state_copy (state_of (&mixed.world));
  limen_detector_session_set_state (mixed.world.session, without);
  wait_until (is_idle, mixed.world.session);
  g_assert_null (experiment_of (&mixed.world)->set[LIMEN_SET_UNSORTED]);
  limen_detector_session_set_state (mixed.world.session, with);
  wait_until (is_idle, mixed.world.session);
  assert_scores (experiment_of (&mixed.world)->scores[LIMEN_SET_UNSORTED], mixed.world.flow,
                 mixed.unsorted);
  end_mixed (&mixed);
}

static void
test_another_flow_scores_them_anew (void)
{
  Mixed mixed;
  begin_mixed (&mixed);
  drop_unsorted (&mixed);
  g_autofree char *other = write_flow (mixed.world.folder, "other.safetensors", 2);
  drop (&mixed.world, LIMEN_N_SETS, other, NULL, NULL);
  wait_until (is_idle, mixed.world.session);
  assert_scores (experiment_of (&mixed.world)->scores[LIMEN_SET_UNSORTED], other, mixed.unsorted);
  end_mixed (&mixed);
}

static void
test_a_selection_of_others_stays (void)
{
  Mixed mixed;
  begin_mixed (&mixed);
  LimenSelectionSession *selection = limen_selection_session_new (mixed.world.session);
  limen_selection_session_take_range (selection, -INFINITY, detector_of (&mixed.world)->mean);
  g_assert_nonnull (limen_selection_session_get (selection));
  drop_unsorted (&mixed);
  g_assert_nonnull (limen_selection_session_get (selection));
  g_object_unref (selection);
  end_mixed (&mixed);
}

/* -- what is told -- */

static gboolean
has_hashes (gpointer session)
{
  const LimenOrigin *from = limen_detector_session_state (session)->set[LIMEN_SET_UNSORTED];
  return from && from->sha256;
}

static void
test_their_files_are_hashed (void)
{
  Mixed mixed;
  begin_mixed (&mixed);
  drop (&mixed.world, LIMEN_N_SETS, mixed.unsorted, NULL, NULL);
  wait_until (is_idle, mixed.world.session);
  wait_until (has_hashes, mixed.world.session);
  g_autofree char *bytes = NULL;
  gsize size;
  g_assert_true (g_file_get_contents (mixed.unsorted, &bytes, &size, NULL));
  g_autofree char *hash =
      g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *)bytes, size);
  g_assert_cmpstr (g_hash_table_lookup (state_of (&mixed.world)->set[LIMEN_SET_UNSORTED]->sha256,
                                        mixed.unsorted),
                   ==, hash);
  end_mixed (&mixed);
}

/* As they were when it was asked for, though the page has gone on. */
static void
test_the_table_has_a_row_of_each (void)
{
  Mixed mixed;
  begin_mixed (&mixed);
  drop_unsorted (&mixed);
  g_auto (LimenTold) told = limen_detector_session_told (mixed.world.session, NULL);
  double threshold = detector_of (&mixed.world)->threshold;
  const LimenScores *scores = experiment_of (&mixed.world)->scores[LIMEN_SET_UNSORTED];
  g_autofree double *value = g_memdup2 (scores->value, N_UNSORTED * sizeof *value);
  limen_detector_session_undo (mixed.world.session);
  g_autofree char *path = g_build_filename (mixed.world.folder, "told.csv", NULL), *csv = NULL;
  g_autoptr (GError) error = NULL;
  g_assert_true (limen_told_save_table (&told, path, &error));
  g_assert_true (g_file_get_contents (path, &csv, NULL, NULL));
  g_auto (GStrv) rows = g_strsplit (csv, "\n", -1);
  guint n = 0;
  for (guint i = 0; rows[i]; i++) {
    if (!g_str_has_prefix (rows[i], "unsorted,"))
      continue;
    g_auto (GStrv) fields = g_strsplit (rows[i], ",", -1);
    g_assert_cmpfloat_with_epsilon (g_ascii_strtod (fields[2], NULL), value[n], 1e-6);
    g_assert_cmpstr (fields[3], ==, value[n] < threshold ? "flagged" : "kept");
    g_assert_cmpfloat_with_epsilon (g_ascii_strtod (fields[4], NULL),
                                    plain_p_value (&mixed, value[n]), 1e-9);
    n++;
  }
  g_assert_cmpuint (n, ==, N_UNSORTED);
  end_mixed (&mixed);
}

/* -- the curve -- */

static void
test_the_curve_is_of_the_page (void)
{
  Mixed mixed;
  begin_mixed (&mixed);
  LimenDetectorSession *session = mixed.world.session;
  const LimenCurve *curve = limen_detector_session_curve (session);
  limen_detector_session_set_threshold (session, detector_of (&mixed.world)->mean);
  g_assert_true (limen_detector_session_curve (session) == curve);
  guint k1, k2;
  g_assert_true (limen_curve_at (curve, detector_of (&mixed.world)->threshold, &k1, &k2));
  g_assert_cmpuint (k1, ==, limen_detector_type_1 (detector_of (&mixed.world)).errors);
  g_assert_cmpuint (40 - k2, ==, limen_detector_type_2 (detector_of (&mixed.world)).errors);
  limen_detector_session_resample (session);
  wait_until (is_idle, session);
  g_assert_true (
      limen_curve_is_of (limen_detector_session_curve (session), detector_of (&mixed.world)));
  end_mixed (&mixed);
}

static void
test_without_anomalies_there_is_no_curve (void)
{
  World world;
  begin (&world);
  drop (&world, LIMEN_N_SETS, world.flow, world.normal, NULL);
  wait_until (is_idle, world.session);
  g_assert_nonnull (detector_of (&world));
  g_assert_null (limen_detector_session_curve (world.session));
  end (&world);
}

#undef ADD
#define ADD(name) g_test_add_func ("/detector-unsorted/" #name, test_##name)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD (a_name_tells_and_is_told);
  ADD (a_place_says_more_than_a_name);
  ADD (rates_do_not_know_them);
  ADD (p_values_count_normal_images);
  ADD (the_list_is_the_beginning_of_the_order);
  ADD (the_line_moves_and_the_verdicts_stay);
  ADD (a_swap_leaves_them_where_they_are);
  ADD (they_can_be_taken_back);
  ADD (a_state_brings_them_back);
  ADD (another_flow_scores_them_anew);
  ADD (a_selection_of_others_stays);
  ADD (their_files_are_hashed);
  ADD (the_table_has_a_row_of_each);
  ADD (the_curve_is_of_the_page);
  ADD (without_anomalies_there_is_no_curve);
  return g_test_run ();
}
