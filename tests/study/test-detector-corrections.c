/* Images that are left out or moved by hand: sets, scores, rates, selection and undo follow. */
#include "tests/study/detector-world.h"
#include "ui/study/detector/selection-session.h"

#undef ADD
#define ADD(name) g_test_add_func ("/detector-corrections/" #name, test_##name)

/* -- the value -- */

static void
test_a_value_counts_and_is_undone_step_by_step (void)
{
  const LimenImageKey two[] = {{LIMEN_SET_NORMAL, 3}, {LIMEN_SET_NORMAL, 5}};
  const LimenImageKey one = {LIMEN_SET_ANOMALY, 3};
  g_autoptr (LimenCorrections) moved = limen_corrections_with (NULL, two, 2, LIMEN_SET_ANOMALY);
  g_autoptr (LimenCorrections) all = limen_corrections_with (moved, &one, 1, LIMEN_LEFT_OUT);
  g_autofree char *words = limen_corrections_words (all);
  g_assert_cmpstr (words, ==, "2 images moved, 1 left out");
  g_assert_cmpint (limen_corrections_place (all, two[1]), ==, LIMEN_SET_ANOMALY);
  g_assert_cmpint (limen_corrections_place (all, one), ==, LIMEN_LEFT_OUT);
  g_assert_cmpint (limen_corrections_place (all, (LimenImageKey){LIMEN_SET_NORMAL, 4}), ==,
                   LIMEN_SET_NORMAL);
  g_autoptr (LimenCorrections) undone = limen_corrections_undone (all);
  g_assert_true (limen_corrections_equal (undone, moved));
  g_autoptr (LimenCorrections) none = limen_corrections_undone (undone);
  g_assert_null (none);
  g_assert_null (limen_corrections_words (NULL));
}

static void
test_back_where_it_came_is_no_correction (void)
{
  const LimenImageKey key = {LIMEN_SET_NORMAL, 3};
  g_autoptr (LimenCorrections) out = limen_corrections_with (NULL, &key, 1, LIMEN_LEFT_OUT);
  g_autoptr (LimenCorrections) moved = limen_corrections_with (out, &key, 1, LIMEN_SET_ANOMALY);
  g_assert_cmpuint (limen_corrections_n_left_out (moved), ==, 0);
  g_assert_cmpuint (limen_corrections_n_moved (moved), ==, 1);
  g_autoptr (LimenCorrections) same = limen_corrections_with (moved, &key, 1, LIMEN_SET_ANOMALY);
  g_assert_true (same == moved);
  g_autoptr (LimenCorrections) back = limen_corrections_with (moved, &key, 1, LIMEN_SET_NORMAL);
  g_assert_null (limen_corrections_words (back));
  g_assert_true (limen_corrections_equal (back, NULL));
}

static void
test_it_swaps_and_keeps_by_set (void)
{
  const LimenImageKey normal = {LIMEN_SET_NORMAL, 3}, anomaly = {LIMEN_SET_ANOMALY, 7};
  g_autoptr (LimenCorrections) one = limen_corrections_with (NULL, &normal, 1, LIMEN_SET_ANOMALY);
  g_autoptr (LimenCorrections) both = limen_corrections_with (one, &anomaly, 1, LIMEN_LEFT_OUT);
  g_autoptr (LimenCorrections) swapped = limen_corrections_swapped (both);
  g_assert_cmpint (limen_corrections_place (swapped, (LimenImageKey){LIMEN_SET_ANOMALY, 3}), ==,
                   LIMEN_SET_NORMAL);
  g_assert_cmpint (limen_corrections_place (swapped, (LimenImageKey){LIMEN_SET_NORMAL, 7}), ==,
                   LIMEN_LEFT_OUT);
  g_autoptr (LimenCorrections) undone = limen_corrections_undone (swapped);
  g_assert_cmpuint (limen_corrections_n_left_out (undone), ==, 0);
  const gboolean kept[LIMEN_N_SETS] = {TRUE, FALSE, TRUE};
  g_autoptr (LimenCorrections) left = limen_corrections_kept (both, kept);
  g_assert_true (limen_corrections_equal (left, one));
}

/* -- on the page -- */

static void
correct (World *world, LimenSetRole role, guint32 index, LimenSetRole to)
{
  const LimenImageKey key = {role, index};
  limen_detector_session_correct (world->session, &key, 1, to);
  wait_until (is_idle, world->session);
}

static guint
n_of (const World *world, LimenSetRole role)
{
  const LimenImageSet *set = experiment_of (world)->set[role];
  return set ? limen_image_set_n_images (set) : 0;
}

static void
assert_same_image (const LimenImageSet *a, guint i, const LimenImageSet *b, guint j)
{
  float x[SIDE * SIDE], y[SIDE * SIDE];
  limen_image_set_copy_rows (a, i, 1, x);
  limen_image_set_copy_rows (b, j, 1, y);
  g_assert_cmpmem (x, sizeof x, y, sizeof y);
}

static void
test_what_is_left_out_counts_no_more (void)
{
  World world;
  begin (&world);
  drop_all (&world);
  g_autofree double *all =
      g_memdup2 (experiment_of (&world)->scores[LIMEN_SET_ANOMALY]->value, 40 * sizeof (double));
  correct (&world, LIMEN_SET_ANOMALY, 7, LIMEN_LEFT_OUT);
  const LimenScores *left = experiment_of (&world)->scores[LIMEN_SET_ANOMALY];
  g_assert_cmpuint (n_of (&world, LIMEN_SET_ANOMALY), ==, 39);
  g_assert_cmpuint (left->n, ==, 39);
  for (guint i = 0; i < 39; i++) {
    g_assert_cmpfloat (left->value[i], ==, all[i < 7 ? i : i + 1]);
    assert_same_image (experiment_of (&world)->set[LIMEN_SET_ANOMALY], i,
                       limen_detector_session_whole (world.session)->set[LIMEN_SET_ANOMALY],
                       i < 7 ? i : i + 1);
  }
  g_assert_cmpuint (limen_detector_type_2 (detector_of (&world)).n, ==, 39);
  g_assert_cmpuint (limen_experiment_key (experiment_of (&world), LIMEN_SET_ANOMALY, 7).index, ==,
                    8);
  g_assert_cmpuint (world.n_notices, ==, 0);
  end (&world);
}

static gboolean
is_among (const guint32 *index, guint n, guint32 one)
{
  for (guint i = 0; i < n; i++)
    if (index[i] == one)
      return TRUE;
  return FALSE;
}

/* But for one between them, images stay in the half they are in. */
static void
test_halves_stay_as_they_were (void)
{
  World world;
  begin (&world);
  drop_all (&world);
  const LimenExperiment *now;
  guint n_before = detector_of (&world)->normal->n, n_same = 0;
  g_autofree guint32 *before =
      g_memdup2 (detector_of (&world)->normal_index, n_before * sizeof (guint32));
  correct (&world, LIMEN_SET_NORMAL, before[3], LIMEN_LEFT_OUT);
  correct (&world, LIMEN_SET_ANOMALY, 5, LIMEN_SET_NORMAL);
  now = experiment_of (&world);
  const LimenDetector *detector = detector_of (&world);
  g_assert_cmpuint (detector->normal->n + detector->validation->n, ==, 60);
  for (guint i = 0; i < detector->normal->n; i++) {
    guint32 index = detector->normal_index[i];
    LimenImageKey key = limen_experiment_key (now, LIMEN_SET_NORMAL, index);
    n_same += key.role == LIMEN_SET_NORMAL && is_among (before, n_before, key.index);
    g_assert_false (is_among (detector->validation_index, detector->validation->n, index));
    g_assert_cmpfloat (detector->normal->value[i], ==, now->scores[LIMEN_SET_NORMAL]->value[index]);
  }
  g_assert_cmpuint (n_same, >=, n_before - 2);
  end (&world);
}

static void
test_what_is_moved_counts_on_the_other_side (void)
{
  World world;
  begin (&world);
  drop_all (&world);
  const LimenExperiment *whole = limen_detector_session_whole (world.session);
  double score = whole->scores[LIMEN_SET_NORMAL]->value[11];
  correct (&world, LIMEN_SET_NORMAL, 11, LIMEN_SET_ANOMALY);
  LimenScores *const *now = experiment_of (&world)->scores;
  g_assert_cmpuint (n_of (&world, LIMEN_SET_NORMAL), ==, 59);
  g_assert_cmpuint (n_of (&world, LIMEN_SET_ANOMALY), ==, 41);
  g_assert_cmpfloat (now[LIMEN_SET_ANOMALY]->value[40], ==, score);
  g_autofree char *name =
      limen_image_set_image_name (experiment_of (&world)->set[LIMEN_SET_ANOMALY], 40);
  g_assert_cmpstr (name, ==, "normal.npy #11");
  g_autoptr (LimenDetector) made = limen_detector_new_with_validation (
      detector_of (&world)->validation, detector_of (&world)->normal, now[LIMEN_SET_ANOMALY],
      state_of (&world)->rule);
  g_assert_cmpfloat (detector_of (&world)->auroc, ==, made->auroc);
  g_assert_cmpfloat (detector_of (&world)->threshold, ==, made->threshold);
  end (&world);
}

static void
test_steps_are_undone_without_reading (void)
{
  World world;
  begin (&world);
  drop_all (&world);
  double auroc = detector_of (&world)->auroc;
  const LimenImageSet *normal = experiment_of (&world)->set[LIMEN_SET_NORMAL];
  const LimenImageKey first = {LIMEN_SET_NORMAL, 1}, second = {LIMEN_SET_ANOMALY, 2};
  limen_detector_session_correct (world.session, &first, 1, LIMEN_SET_ANOMALY);
  limen_detector_session_correct (world.session, &second, 1, LIMEN_LEFT_OUT); /* waits its turn */
  wait_until (is_idle, world.session);
  g_autofree char *words = limen_corrections_words (state_of (&world)->corrections);
  g_assert_cmpstr (words, ==, "1 image moved, 1 left out");
  g_unlink (world.normal);
  g_unlink (world.anomaly);
  limen_detector_session_undo_correction (world.session);
  wait_until (is_idle, world.session);
  g_assert_cmpuint (n_of (&world, LIMEN_SET_ANOMALY), ==, 41);
  limen_detector_session_undo_correction (world.session);
  wait_until (is_idle, world.session);
  g_assert_null (state_of (&world)->corrections);
  g_assert_true (experiment_of (&world)->set[LIMEN_SET_NORMAL] == normal);
  g_assert_cmpfloat (detector_of (&world)->auroc, ==, auroc);
  g_assert_cmpuint (world.n_notices, ==, 0);
  end (&world);
}

static void
test_another_set_clears_those_of_the_old_one (void)
{
  World world;
  begin (&world);
  drop_all (&world);
  correct (&world, LIMEN_SET_NORMAL, 1, LIMEN_LEFT_OUT);
  correct (&world, LIMEN_SET_ANOMALY, 2, LIMEN_LEFT_OUT);
  g_autofree char *other = write_images (world.folder, "other.npy", 30, 5);
  drop (&world, LIMEN_SET_ANOMALY, other, NULL, NULL);
  wait_until (is_idle, world.session);
  g_assert_cmpuint (n_of (&world, LIMEN_SET_ANOMALY), ==, 30);
  g_assert_cmpuint (n_of (&world, LIMEN_SET_NORMAL), ==, 59);
  limen_detector_session_undo (world.session); /* of the drop: both are back */
  wait_until (is_idle, world.session);
  g_assert_cmpuint (n_of (&world, LIMEN_SET_ANOMALY), ==, 39);
  g_assert_cmpuint (limen_corrections_n_left_out (state_of (&world)->corrections), ==, 2);
  end (&world);
}

static void
test_black_for_white_keeps_them_and_the_same_files_anew_do_not (void)
{
  World world;
  begin (&world);
  drop_all (&world);
  correct (&world, LIMEN_SET_NORMAL, 1, LIMEN_LEFT_OUT);
  correct (&world, LIMEN_SET_ANOMALY, 2, LIMEN_LEFT_OUT);
  limen_detector_session_invert (world.session, LIMEN_SET_NORMAL);
  wait_until (is_idle, world.session);
  g_assert_cmpuint (n_of (&world, LIMEN_SET_NORMAL), ==, 59);
  g_assert_cmpuint (n_of (&world, LIMEN_SET_ANOMALY), ==, 39);
  drop (&world, LIMEN_SET_ANOMALY, world.anomaly, NULL, NULL);
  wait_until (is_idle, world.session);
  g_assert_cmpuint (n_of (&world, LIMEN_SET_NORMAL), ==, 59);
  g_assert_cmpuint (n_of (&world, LIMEN_SET_ANOMALY), ==, 40);
  end (&world);
}

static void
test_unsorted_images_are_sorted_by_hand (void)
{
  World world;
  begin (&world);
  drop_all (&world);
  g_autofree char *mixed = write_images (world.folder, "mixed.npy", 5, 6);
  drop (&world, LIMEN_SET_UNSORTED, mixed, NULL, NULL);
  wait_until (is_idle, world.session);
  correct (&world, LIMEN_SET_UNSORTED, 1, LIMEN_SET_NORMAL);
  correct (&world, LIMEN_SET_UNSORTED, 2, LIMEN_SET_ANOMALY);
  g_assert_cmpuint (n_of (&world, LIMEN_SET_NORMAL), ==, 61);
  g_assert_cmpuint (n_of (&world, LIMEN_SET_ANOMALY), ==, 41);
  const LimenUnsorted *unsorted = limen_detector_session_unsorted (world.session);
  g_assert_cmpuint (unsorted->scores->n, ==, 3);
  const LimenImageKey all[] = {
      {LIMEN_SET_UNSORTED, 0}, {LIMEN_SET_UNSORTED, 3}, {LIMEN_SET_UNSORTED, 4}};
  limen_detector_session_correct (world.session, all, 3, LIMEN_LEFT_OUT);
  wait_until (is_idle, world.session);
  g_assert_null (limen_detector_session_unsorted (world.session));
  g_assert_cmpuint (world.n_notices, ==, 0);
  end (&world);
}

static void
test_another_flow_and_a_swap_keep_them (void)
{
  World world;
  begin (&world);
  drop_all (&world);
  correct (&world, LIMEN_SET_NORMAL, 1, LIMEN_SET_ANOMALY);
  g_autofree char *flow = write_flow (world.folder, "other.safetensors", 2);
  drop (&world, LIMEN_N_SETS, flow, NULL, NULL);
  wait_until (is_idle, world.session);
  g_assert_cmpuint (n_of (&world, LIMEN_SET_NORMAL), ==, 59);
  guint n;
  g_autofree double *value = scores_of (flow, world.normal, &n);
  g_assert_cmpfloat (experiment_of (&world)->scores[LIMEN_SET_ANOMALY]->value[40], ==, value[1]);
  limen_detector_session_swap (world.session);
  wait_until (is_idle, world.session);
  g_assert_cmpuint (n_of (&world, LIMEN_SET_NORMAL), ==, 41);
  g_assert_cmpfloat (experiment_of (&world)->scores[LIMEN_SET_NORMAL]->value[40], ==, value[1]);
  g_assert_nonnull (strstr (world.taken, "60 anomalies")); /* as it came */
  end (&world);
}

static void
test_all_anomalies_may_go_but_not_all_normal_images (void)
{
  World world;
  begin (&world);
  drop_all (&world);
  LimenImageKey key[60];
  for (guint32 i = 0; i < 60; i++)
    key[i] = (LimenImageKey){LIMEN_SET_ANOMALY, i};
  limen_detector_session_correct (world.session, key, 40, LIMEN_LEFT_OUT);
  wait_until (is_idle, world.session);
  g_assert_null (experiment_of (&world)->set[LIMEN_SET_ANOMALY]);
  g_assert_null (detector_of (&world)->anomaly);
  g_assert_cmpuint (world.n_notices, ==, 0);
  for (guint32 i = 0; i < 60; i++)
    key[i] = (LimenImageKey){LIMEN_SET_NORMAL, i};
  limen_detector_session_correct (world.session, key, 60, LIMEN_SET_ANOMALY);
  wait_until (is_idle, world.session);
  g_assert_cmpstr (world.told, ==,
                   "At least 2 normal images must stay; open other ones instead of leaving these "
                   "out.");
  g_assert_cmpuint (n_of (&world, LIMEN_SET_NORMAL), ==, 60);
  limen_detector_session_correct (world.session, key, 20, LIMEN_SET_ANOMALY);
  wait_until (is_idle, world.session);
  g_assert_cmpuint (n_of (&world, LIMEN_SET_ANOMALY), ==, 20);
  g_assert_nonnull (experiment_of (&world)->set_from[LIMEN_SET_ANOMALY]);
  end (&world);
}

static void
test_the_selection_follows (void)
{
  World world;
  begin (&world);
  g_autoptr (LimenSelectionSession) selection = limen_selection_session_new (world.session);
  drop_all (&world);
  g_autoptr (LimenSelection) none = limen_selection_new (60, 40);
  g_autoptr (LimenSelection) one = limen_selection_with (none, LIMEN_SCATTER_NORMAL, 4, TRUE);
  g_autoptr (LimenSelection) two = limen_selection_with (one, LIMEN_SCATTER_NORMAL, 9, TRUE);
  limen_selection_session_take (selection,
                                limen_selection_with (two, LIMEN_SCATTER_ANOMALY, 39, TRUE), NULL);
  correct (&world, LIMEN_SET_NORMAL, 4, LIMEN_SET_ANOMALY);
  correct (&world, LIMEN_SET_ANOMALY, 39, LIMEN_LEFT_OUT);
  const LimenSelection *now = limen_selection_session_get (selection);
  g_assert_cmpuint (now->count[LIMEN_SCATTER_NORMAL], ==, 1);
  g_assert_true (limen_selection_has (now, LIMEN_SCATTER_NORMAL, 8));
  g_assert_cmpuint (now->count[LIMEN_SCATTER_ANOMALY], ==, 1);
  g_assert_true (limen_selection_has (now, LIMEN_SCATTER_ANOMALY, 39)); /* behind the 39 others */
  g_clear_object (&selection);
  end (&world);
}

static void
test_a_state_brings_its_corrections (void)
{
  World world;
  begin (&world);
  drop_all (&world);
  correct (&world, LIMEN_SET_NORMAL, 4, LIMEN_LEFT_OUT);
  g_autoptr (LimenDetectorPageState) corrected = limen_detector_page_state_copy (state_of (&world));
  g_autoptr (LimenDetectorPageState) plain =
      limen_detector_page_state_with_corrections (corrected, NULL);
  g_assert_cmpint (limen_detector_page_state_changes (corrected, plain), ==,
                   LIMEN_DETECTOR_CHANGED_CORRECTIONS);
  limen_detector_session_set_state (world.session, plain);
  wait_until (is_idle, world.session);
  g_assert_cmpuint (n_of (&world, LIMEN_SET_NORMAL), ==, 60);
  limen_detector_session_set_state (world.session, corrected);
  wait_until (is_idle, world.session);
  g_assert_cmpuint (n_of (&world, LIMEN_SET_NORMAL), ==, 59);
  end (&world);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD (a_value_counts_and_is_undone_step_by_step);
  ADD (back_where_it_came_is_no_correction);
  ADD (it_swaps_and_keeps_by_set);
  ADD (what_is_left_out_counts_no_more);
  ADD (what_is_moved_counts_on_the_other_side);
  ADD (halves_stay_as_they_were);
  ADD (steps_are_undone_without_reading);
  ADD (another_set_clears_those_of_the_old_one);
  ADD (black_for_white_keeps_them_and_the_same_files_anew_do_not);
  ADD (unsorted_images_are_sorted_by_hand);
  ADD (another_flow_and_a_swap_keep_them);
  ADD (all_anomalies_may_go_but_not_all_normal_images);
  ADD (the_selection_follows);
  ADD (a_state_brings_its_corrections);
  return g_test_run ();
}
