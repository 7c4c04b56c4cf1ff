/* The Detector page without its window: drops become scores, refusals are told, questions are
 * asked.
 */
#include "model/data/builtin.h"
#include "tests/study/detector-world.h"

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
  limen_detector_session_use_flow (world.session, flow, NULL);
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

/* -- what arrived, and back -- */

/* The files are gone when it is taken back: nothing is read again. */
static void
test_a_drop_is_told_and_taken_back_without_reading (void)
{
  World world;
  begin (&world);
  drop_all (&world);
  g_assert_nonnull (strstr (world.taken, "60 normal images"));
  g_assert_nonnull (strstr (world.taken, "40 anomalies"));
  g_autoptr (LimenDetectorPageState) before = limen_detector_page_state_copy (state_of (&world));
  const LimenScores *scores = experiment_of (&world)->scores[LIMEN_SET_NORMAL];
  double threshold = detector_of (&world)->threshold;
  g_autofree char *other = write_images (world.folder, "other.npy", 30, 5);
  drop (&world, LIMEN_SET_NORMAL, other, NULL, NULL);
  wait_until (is_idle, world.session);
  g_assert_nonnull (strstr (world.taken, "30 normal images"));
  limen_detector_session_swap (world.session); /* is part of it */
  wait_until (is_idle, world.session);
  g_assert_nonnull (strstr (world.taken, "30 anomalies"));
  limen_detector_session_set_threshold (world.session, threshold + 1);
  g_unlink (world.normal);
  g_unlink (world.anomaly);
  g_assert_true (limen_detector_session_can_undo (world.session));
  limen_detector_session_undo (world.session);
  g_assert_false (limen_detector_session_busy (world.session, NULL));
  g_assert_true (limen_detector_page_state_equal (before, state_of (&world)));
  g_assert_true (experiment_of (&world)->scores[LIMEN_SET_NORMAL] == scores);
  g_assert_cmpfloat (detector_of (&world)->threshold, ==, threshold);
  g_assert_false (limen_detector_session_can_undo (world.session));
  end (&world);
}

static void
test_what_no_name_says_is_said (void)
{
  World world;
  begin (&world);
  drop_all (&world);
  g_assert_null (strstr (world.taken, "No name says"));
  g_autofree char *unclear = write_images (world.folder, "shapes.npy", 30, 4);
  drop (&world, LIMEN_N_SETS, unclear, NULL, NULL);
  wait_until (is_idle, world.session);
  g_assert_nonnull (strstr (world.taken, "30 anomalies. No name says that these are anomalies"));
  g_assert_null (world.asked);
  end (&world);
}

static void
test_what_is_dropped_once_more_stays_what_it_is (void)
{
  World world;
  g_autofree char *unclear = NULL;
  begin (&world);
  unclear = write_images (world.folder, "shapes.npy", 30, 4);
  drop (&world, LIMEN_SET_NORMAL, world.flow, unclear, NULL);
  drop (&world, LIMEN_N_SETS, unclear, NULL, NULL);
  wait_until (is_idle, world.session);
  g_assert_cmpstr (state_of (&world)->set[LIMEN_SET_NORMAL]->paths[0], ==, unclear);
  g_assert_null (state_of (&world)->set[LIMEN_SET_ANOMALY]);
  end (&world);
}

static void
test_a_start_begins_anew_and_asks_anew (void)
{
  const LimenRule rule = {LIMEN_RULE_SIGMAS, 2};
  World world;
  begin (&world);
  drop_all (&world);
  limen_detector_session_set_threshold (world.session, detector_of (&world)->threshold + 1);
  g_autofree char *unclear = write_images (world.folder, "shapes.npy", 30, 4);
  limen_detector_session_start (world.session, (const char *[]){unclear, world.flow, NULL}, rule);
  wait_until (is_idle, world.session);
  g_assert_nonnull (strstr (world.asked, "shapes.npy"));
  limen_detector_session_answer (world.session, LIMEN_SET_NORMAL);
  wait_until (is_idle, world.session);
  g_assert_null (state_of (&world)->set[LIMEN_SET_ANOMALY]);
  g_assert_cmpfloat (state_of (&world)->rule.value, ==, 2);
  g_assert_nonnull (strstr (world.taken, "What was open before gave way."));
  g_autofree char *broken = write_file (world.folder, "broken.pt", "neither nor", 11);
  limen_detector_session_start (world.session, (const char *[]){broken, NULL}, rule);
  wait_until (is_idle, world.session);
  g_assert_nonnull (state_of (&world)->set[LIMEN_SET_NORMAL]); /* nothing is lost by a refusal */
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
    for (LimenSetRole other = 0; other < LIMEN_N_SETS; other++)
      g_assert_true (other == role || !state_of (&world)->set[other]);
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

static void
test_a_page_that_is_closed_while_it_reads_ends (void)
{
  World world;
  begin (&world);
  drop (&world, LIMEN_N_SETS, world.flow, world.normal, world.anomaly);
  end (&world);
}

/* A flow alone that takes the place of another may be meant beside it, until that is taken back or
 * something else comes. */
static void
test_a_second_flow_is_known (void)
{
  World world;
  begin (&world);
  drop_all (&world);
  g_assert_null (limen_detector_session_second_flow (world.session)); /* came with all the rest */
  g_autofree char *other = write_flow (world.folder, "other.safetensors", 2);
  drop (&world, LIMEN_N_SETS, other, NULL, NULL);
  wait_until (is_idle, world.session);
  g_assert_cmpstr (limen_detector_session_second_flow (world.session), ==, other);
  limen_detector_session_undo (world.session);
  g_assert_null (limen_detector_session_second_flow (world.session));
  g_assert_cmpstr (experiment_of (&world)->flow_from->paths[0], ==, world.flow);
  drop (&world, LIMEN_N_SETS, other, world.anomaly, NULL); /* a flow with images is a fresh start */
  wait_until (is_idle, world.session);
  g_assert_null (limen_detector_session_second_flow (world.session));
  end (&world);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD (scores_of_a_drop_are_those_of_the_model);
  ADD (the_detector_is_that_of_the_model);
  ADD (the_state_names_the_files);
  ADD (hashes_of_all_files_follow);
  ADD (images_wait_for_a_flow);
  ADD (drops_while_it_reads_wait_their_turn);
  ADD (another_flow_scores_anew);
  ADD (a_flow_from_memory_is_in_no_file);
  ADD (inverted_images_are_told_and_come_back);
  ADD (a_drop_is_told_and_taken_back_without_reading);
  ADD (what_no_name_says_is_said);
  ADD (what_is_dropped_once_more_stays_what_it_is);
  ADD (a_start_begins_anew_and_asks_anew);
  ADD (a_refusal_is_one_sentence_and_leaves_what_was);
  ADD (what_can_be_used_is_used_and_the_rest_told);
  ADD (one_image_can_not_be_split);
  ADD (a_cancelled_drop_says_nothing);
  ADD (what_a_name_does_not_tell_is_asked);
  ADD (what_is_dropped_behind_a_question_waits_for_the_answer);
  ADD (no_answer_no_images);
  ADD (an_array_of_an_unclear_range_waits_to_be_told);
  ADD (a_second_flow_is_known);
  ADD (a_page_that_is_closed_while_it_reads_ends);
  return g_test_run ();
}
