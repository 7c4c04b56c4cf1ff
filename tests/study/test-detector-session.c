/* The Detector page without its window: drops become scores, a line is moved, questions are asked.
 */
#include "model/data/builtin.h"
#include "tests/study/detector-files.h"

typedef struct {
  LimenDetectorSession *session;
  char *folder, *flow, *normal, *anomaly;
  char *told, *asked; /* the last notice, and the last question */
  guint n_notices, n_problems;
} World;

static void
notice_cb (LimenDetectorSession *session, const char *message, GPtrArray *problems, World *world)
{
  world->n_notices++;
  world->n_problems = problems ? problems->len : 0;
  g_free (world->told);
  world->told = g_strdup (message);
}

static void
asked_cb (LimenDetectorSession *session, const char *name, World *world)
{
  g_free (world->asked);
  world->asked = g_strdup (name);
}

static void
begin (World *world)
{
  *world = (World){.session = limen_detector_session_new (), .folder = make_folder ()};
  world->flow = write_flow (world->folder, "flow.safetensors", 1);
  world->normal = write_images (world->folder, "normal.npy", 60, 1);
  world->anomaly = write_images (world->folder, "anomaly.npy", 40, 2);
  g_signal_connect (world->session, "notice", G_CALLBACK (notice_cb), world);
  g_signal_connect (world->session, "role-asked", G_CALLBACK (asked_cb), world);
}

static void
end (World *world)
{
  gpointer weak = world->session;
  g_signal_handlers_disconnect_by_data (world->session, world);
  g_object_add_weak_pointer (G_OBJECT (world->session), &weak);
  g_object_unref (world->session);
  wait_until (is_gone, &weak);
  limen_jobs_end ();
  remove_folder (world->folder);
  char *all[] = {world->folder,  world->flow, world->normal,
                 world->anomaly, world->told, world->asked};
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    g_free (all[i]);
}

static gboolean
is_idle (gpointer session)
{
  return !limen_detector_session_busy (session, NULL);
}

static void
drop (World *world, LimenSetRole role, const char *one, const char *two, const char *three)
{
  const char *paths[] = {one, two, two ? three : NULL, NULL};
  limen_detector_session_open (world->session, paths, role);
}

/* Flow and both sets, and their scores */
static void
drop_all (World *world)
{
  drop (world, LIMEN_N_SETS, world->flow, world->normal, world->anomaly);
  wait_until (is_idle, world->session);
  g_assert_cmpuint (world->n_notices, ==, 0);
  g_assert_nonnull (limen_detector_session_analysis (world->session));
}

static const LimenDetectorPageState *
state_of (const World *world)
{
  return limen_detector_session_state (world->session);
}

static const LimenExperiment *
experiment_of (const World *world)
{
  return limen_detector_session_experiment (world->session);
}

static const LimenDetector *
detector_of (const World *world)
{
  return limen_detector_session_detector (world->session);
}

/* -- drops -- */

static void
test_scores_of_a_drop_are_those_of_the_model (void)
{
  World world;
  begin (&world);
  g_assert_null (detector_of (&world));
  drop_all (&world);
  assert_scores (experiment_of (&world)->scores[LIMEN_SET_NORMAL], world.flow, world.normal);
  assert_scores (experiment_of (&world)->scores[LIMEN_SET_ANOMALY], world.flow, world.anomaly);
  end (&world);
}

static void
test_the_detector_is_that_of_the_model (void)
{
  World world;
  begin (&world);
  drop_all (&world);
  LimenScores *const *scores = experiment_of (&world)->scores;
  g_autoptr (LimenDetector) detector =
      limen_detector_new (scores[LIMEN_SET_NORMAL], scores[LIMEN_SET_ANOMALY],
                          state_of (&world)->split, state_of (&world)->rule);
  g_assert_cmpfloat (detector_of (&world)->threshold, ==, detector->threshold);
  g_assert_cmpfloat (detector_of (&world)->auroc, ==, detector->auroc);
  g_assert_cmpuint (limen_detector_type_2 (detector_of (&world)).errors, ==,
                    limen_detector_type_2 (detector).errors);
  end (&world);
}

static void
test_the_state_names_the_files (void)
{
  World world;
  begin (&world);
  drop_all (&world);
  g_assert_cmpstr (state_of (&world)->flow->paths[0], ==, world.flow);
  g_assert_cmpstr (state_of (&world)->set[LIMEN_SET_NORMAL]->paths[0], ==, world.normal);
  g_assert_cmpstr (state_of (&world)->set[LIMEN_SET_ANOMALY]->name, ==,
                   limen_image_set_name (experiment_of (&world)->set[LIMEN_SET_ANOMALY]));
  end (&world);
}

static gboolean
has_hashes (gpointer session)
{
  return limen_detector_session_state (session)->flow->sha256 != NULL;
}

static void
test_hashes_of_all_files_follow (void)
{
  World world;
  begin (&world);
  drop_all (&world);
  wait_until (has_hashes, world.session);
  const char *files[] = {world.flow, world.normal, world.anomaly};
  for (guint i = 0; i < G_N_ELEMENTS (files); i++) {
    g_autofree char *bytes = NULL;
    gsize size;
    g_assert_true (g_file_get_contents (files[i], &bytes, &size, NULL));
    g_autofree char *hash =
        g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *)bytes, size);
    g_assert_cmpstr (
        g_hash_table_lookup (state_of (&world)->set[LIMEN_SET_NORMAL]->sha256, files[i]), ==, hash);
  }
  end (&world);
}

static void
test_images_wait_for_a_flow (void)
{
  World world;
  begin (&world);
  drop (&world, LIMEN_N_SETS, world.normal, NULL, NULL);
  wait_until (is_idle, world.session);
  g_assert_nonnull (experiment_of (&world)->set[LIMEN_SET_NORMAL]);
  g_assert_null (detector_of (&world));
  drop (&world, LIMEN_N_SETS, world.flow, NULL, NULL);
  wait_until (is_idle, world.session);
  assert_scores (experiment_of (&world)->scores[LIMEN_SET_NORMAL], world.flow, world.normal);
  end (&world);
}

/* No drop is lost, whatever is under way. */
static void
test_drops_while_it_reads_wait_their_turn (void)
{
  World world;
  begin (&world);
  drop (&world, LIMEN_N_SETS, world.flow, NULL, NULL);
  drop (&world, LIMEN_SET_NORMAL, world.normal, NULL, NULL);
  drop (&world, LIMEN_SET_ANOMALY, world.anomaly, NULL, NULL);
  limen_detector_session_swap (world.session);
  wait_until (is_idle, world.session);
  g_assert_cmpuint (world.n_notices, ==, 0);
  assert_scores (experiment_of (&world)->scores[LIMEN_SET_NORMAL], world.flow, world.anomaly);
  assert_scores (experiment_of (&world)->scores[LIMEN_SET_ANOMALY], world.flow, world.normal);
  end (&world);
}

static void
test_another_flow_scores_anew (void)
{
  World world;
  begin (&world);
  drop_all (&world);
  g_autofree char *other = write_flow (world.folder, "other.safetensors", 2);
  drop (&world, LIMEN_N_SETS, other, NULL, NULL);
  wait_until (is_idle, world.session);
  assert_scores (experiment_of (&world)->scores[LIMEN_SET_ANOMALY], other, world.anomaly);
  g_assert_cmpstr (state_of (&world)->flow->paths[0], ==, other);
  end (&world);
}

static void
test_a_flow_from_memory_is_in_no_file (void)
{
  World world;
  begin (&world);
  drop_all (&world);
  g_autoptr (LimenNice) flow = small_flow (3);
  limen_detector_session_use_flow (world.session, flow);
  wait_until (is_idle, world.session);
  g_assert_true (experiment_of (&world)->flow == flow);
  g_assert_null (state_of (&world)->flow->paths[0]);
  g_assert_cmpstr (state_of (&world)->flow->name, ==, "random");
  end (&world);
}

static void
test_inverted_images_are_told_and_come_back (void)
{
  World world;
  begin (&world);
  drop_all (&world);
  double before = experiment_of (&world)->scores[LIMEN_SET_NORMAL]->value[0];
  limen_detector_session_invert (world.session, LIMEN_SET_NORMAL);
  wait_until (is_idle, world.session);
  g_assert_true (state_of (&world)->set[LIMEN_SET_NORMAL]->inverted);
  g_assert_cmpfloat (experiment_of (&world)->scores[LIMEN_SET_NORMAL]->value[0], !=, before);
  limen_detector_session_invert (world.session, LIMEN_SET_NORMAL);
  wait_until (is_idle, world.session);
  g_assert_false (state_of (&world)->set[LIMEN_SET_NORMAL]->inverted);
  g_assert_cmpfloat (experiment_of (&world)->scores[LIMEN_SET_NORMAL]->value[0], ==, before);
  end (&world);
}

/* -- refusals -- */

static void
test_a_refusal_is_one_sentence_and_leaves_what_was (void)
{
  static const char *const names[] = {"broken.pt", "text.png", "missing.npy"};
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    World world;
    begin (&world);
    drop_all (&world);
    g_autoptr (LimenDetectorPageState) before = limen_detector_page_state_copy (state_of (&world));
    double threshold = detector_of (&world)->threshold;
    g_autofree char *path = i < 2 ? write_file (world.folder, names[i], "neither nor", 11)
                                  : g_build_filename (world.folder, names[i], NULL);
    drop (&world, LIMEN_N_SETS, path, NULL, NULL);
    wait_until (is_idle, world.session);
    g_assert_cmpuint (world.n_notices, ==, 1);
    assert_told (world.told, names[i]);
    g_assert_true (limen_detector_page_state_equal (before, state_of (&world)));
    g_assert_cmpfloat (detector_of (&world)->threshold, ==, threshold);
    end (&world);
  }
}

static void
test_what_can_be_used_is_used_and_the_rest_told (void)
{
  World world;
  begin (&world);
  g_autofree char *broken = write_file (world.folder, "broken.pt", "neither nor", 11);
  drop (&world, LIMEN_N_SETS, world.flow, world.normal, broken);
  wait_until (is_idle, world.session);
  g_assert_cmpuint (world.n_notices, ==, 1);
  g_assert_null (world.told); /* something came of it */
  g_assert_cmpuint (world.n_problems, ==, 1);
  g_assert_nonnull (detector_of (&world));
  end (&world);
}

static void
test_one_image_can_not_be_split (void)
{
  World world;
  begin (&world);
  g_autofree char *one = write_images (world.folder, "one.npy", 1, 3);
  drop (&world, LIMEN_SET_NORMAL, world.flow, one, NULL);
  wait_until (is_idle, world.session);
  assert_told (world.told, "one.npy");
  g_assert_null (experiment_of (&world)->set[LIMEN_SET_NORMAL]);
  end (&world);
}

static void
test_a_cancelled_drop_says_nothing (void)
{
  World world;
  begin (&world);
  drop_all (&world);
  g_autoptr (LimenDetectorPageState) before = limen_detector_page_state_copy (state_of (&world));
  drop (&world, LIMEN_SET_NORMAL, LIMEN_BUILTIN_DIGITS ":60000", NULL, NULL);
  drop (&world, LIMEN_SET_ANOMALY, world.normal, NULL, NULL); /* goes, too */
  g_assert_true (limen_detector_session_busy (world.session, NULL));
  limen_detector_session_cancel (world.session);
  wait_until (is_idle, world.session);
  g_assert_cmpuint (world.n_notices, ==, 0);
  g_assert_true (limen_detector_page_state_equal (before, state_of (&world)));
  end (&world);
}

/* -- questions -- */

static void
ask (World *world, char **unclear)
{
  *unclear = write_images (world->folder, "shapes.npy", 30, 4);
  drop (world, LIMEN_N_SETS, world->flow, *unclear, NULL);
  wait_until (is_idle, world->session);
  g_assert_nonnull (strstr (world->asked, "shapes.npy"));
  g_assert_null (experiment_of (world)->set[LIMEN_SET_NORMAL]);
}

static void
test_what_a_name_does_not_tell_is_asked (void)
{
  for (LimenSetRole role = 0; role < LIMEN_N_SETS; role++) {
    World world;
    g_autofree char *unclear = NULL;
    begin (&world);
    ask (&world, &unclear);
    limen_detector_session_answer (world.session, role);
    wait_until (is_idle, world.session);
    g_assert_cmpstr (state_of (&world)->set[role]->paths[0], ==, unclear);
    g_assert_null (state_of (&world)->set[!role]);
    end (&world);
  }
}

static void
test_what_is_dropped_behind_a_question_waits_for_the_answer (void)
{
  World world;
  g_autofree char *unclear = NULL;
  begin (&world);
  ask (&world, &unclear);
  drop (&world, LIMEN_SET_ANOMALY, world.anomaly, NULL, NULL);
  g_assert_false (limen_detector_session_busy (world.session, NULL));
  limen_detector_session_answer (world.session, LIMEN_SET_NORMAL);
  wait_until (is_idle, world.session);
  g_assert_nonnull (state_of (&world)->set[LIMEN_SET_NORMAL]);
  g_assert_nonnull (state_of (&world)->set[LIMEN_SET_ANOMALY]);
  end (&world);
}

static void
test_no_answer_no_images (void)
{
  World world;
  g_autofree char *unclear = NULL;
  begin (&world);
  ask (&world, &unclear);
  limen_detector_session_cancel (world.session);
  limen_detector_session_answer (world.session, LIMEN_SET_NORMAL); /* too late */
  wait_until (is_idle, world.session);
  g_assert_null (state_of (&world)->set[LIMEN_SET_NORMAL]);
  end (&world);
}

static void
test_an_array_of_an_unclear_range_waits_to_be_told (void)
{
  const LimenReading reading = {.black = -3, .white = 701};
  World world;
  begin (&world);
  drop_all (&world);
  g_autofree char *path = write_unclear_range (world.folder, "range.npy", 20);
  drop (&world, LIMEN_SET_ANOMALY, path, NULL, NULL);
  wait_until (is_idle, world.session);
  g_assert_cmpuint (world.n_notices, ==, 1);
  const char *const *asks = limen_detector_session_asks (world.session, LIMEN_SET_ANOMALY);
  g_assert_cmpstr (asks[0], ==, path);
  g_assert_null (limen_detector_session_asks (world.session, LIMEN_SET_NORMAL));
  g_assert_cmpstr (state_of (&world)->set[LIMEN_SET_ANOMALY]->paths[0], ==, world.anomaly);
  limen_detector_session_read (world.session, LIMEN_SET_ANOMALY, &reading, NULL);
  wait_until (is_idle, world.session);
  g_assert_null (limen_detector_session_asks (world.session, LIMEN_SET_ANOMALY));
  g_assert_cmpstr (state_of (&world)->set[LIMEN_SET_ANOMALY]->paths[0], ==, path);
  g_assert_cmpfloat (state_of (&world)->set[LIMEN_SET_ANOMALY]->reading.white, ==, 701);
  end (&world);
}

/* -- line, split and view -- */

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
  g_assert_cmpint (state_of (&world)->rule.kind, ==, LIMEN_RULE_NATS);
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

static void
test_a_page_that_is_closed_while_it_reads_ends (void)
{
  World world;
  begin (&world);
  drop (&world, LIMEN_N_SETS, world.flow, world.normal, world.anomaly);
  end (&world);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name) g_test_add_func ("/detector-session/" #name, test_##name)
  ADD (scores_of_a_drop_are_those_of_the_model);
  ADD (the_detector_is_that_of_the_model);
  ADD (the_state_names_the_files);
  ADD (hashes_of_all_files_follow);
  ADD (images_wait_for_a_flow);
  ADD (drops_while_it_reads_wait_their_turn);
  ADD (another_flow_scores_anew);
  ADD (a_flow_from_memory_is_in_no_file);
  ADD (inverted_images_are_told_and_come_back);
  ADD (a_refusal_is_one_sentence_and_leaves_what_was);
  ADD (what_can_be_used_is_used_and_the_rest_told);
  ADD (one_image_can_not_be_split);
  ADD (a_cancelled_drop_says_nothing);
  ADD (what_a_name_does_not_tell_is_asked);
  ADD (what_is_dropped_behind_a_question_waits_for_the_answer);
  ADD (no_answer_no_images);
  ADD (an_array_of_an_unclear_range_waits_to_be_told);
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
  ADD (a_page_that_is_closed_while_it_reads_ends);
#undef ADD
  return g_test_run ();
}
