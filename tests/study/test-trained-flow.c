/* What a training made is kept until it is saved; and where it is judged on what it learned from,
 * that is known. */
#include "tests/study/detector-world.h"
#include "tests/study/told-text.h"
#include "ui/study/detector/told.h"
#include "ui/study/train/trained-flow.h"
#include "ui/study/train/training.h"

#include <glib/gstdio.h>

#undef ADD
#define ADD(name) g_test_add_func ("/trained-flow/" #name, test_##name)

typedef struct {
  GObject *owner;
  guint n_changes, n_trained, n_saved;
  char *place, *trouble;
} Told;

static void
count_cb (LimenTrainedFlow *trained, guint *n)
{
  ++*n;
}

static Told *now_told; /* whose owner is told */

static void
saved_cb (const char *place, const char *trouble, gpointer owner)
{
  g_assert_true (owner == now_told->owner);
  now_told->n_saved++;
  now_told->place = g_strdup (place);
  now_told->trouble = g_strdup (trouble);
}

static gboolean
is_saved (gpointer heard)
{
  return ((Told *)heard)->n_saved > 0;
}

static LimenTrainedFlow *
begin_trained (Told *heard)
{
  LimenTrainedFlow *trained = limen_trained_flow_new ();
  *heard = (Told){.owner = g_object_new (G_TYPE_OBJECT, NULL)};
  now_told = heard;
  g_signal_connect (trained, "changed", G_CALLBACK (count_cb), &heard->n_changes);
  g_signal_connect (trained, "trained", G_CALLBACK (count_cb), &heard->n_trained);
  return trained;
}

static void
end_heard (Told *heard)
{
  g_object_unref (heard->owner);
  g_free (heard->place);
  g_free (heard->trouble);
}

static void
test_it_is_unsaved_until_it_is_in_its_file (void)
{
  Told heard;
  g_autoptr (LimenTrainedFlow) trained = begin_trained (&heard);
  g_autoptr (LimenNice) flow = small_flow (1), other = small_flow (2);
  g_autofree char *folder = make_folder (), *path = g_build_filename (folder, "kept", NULL),
                  *full = g_strconcat (path, ".safetensors", NULL);
  g_assert_false (limen_trained_flow_is_unsaved (trained));
  limen_trained_flow_take (trained, flow, NULL);
  g_assert_true (limen_trained_flow_is_unsaved (trained));
  g_assert_cmpuint (heard.n_trained, ==, 1);
  limen_trained_flow_save (trained, flow, path, saved_cb, heard.owner);
  g_assert_true (limen_trained_flow_is_unsaved (trained));
  wait_until (is_saved, &heard);
  g_assert_false (limen_trained_flow_is_unsaved (trained));
  g_assert_cmpstr (limen_trained_flow_place (trained), ==, full);
  g_assert_cmpstr (heard.place, ==, full);
  g_assert_null (heard.trouble);
  g_autoptr (GError) error = NULL;
  g_autoptr (LimenNice) again = limen_nice_load (full, NULL, &error);
  g_assert_no_error (error);
  limen_trained_flow_take (trained, other, NULL); /* the next one is in no file */
  g_assert_true (limen_trained_flow_is_unsaved (trained));
  limen_trained_flow_give_up (trained);
  g_assert_false (limen_trained_flow_is_unsaved (trained));
  g_assert_null (limen_trained_flow_flow (trained));
  g_assert_cmpuint (heard.n_changes, ==, 4);
  end_heard (&heard);
  remove_folder (folder);
}

static void
test_what_can_not_be_written_is_kept_and_told (void)
{
  Told heard;
  g_autoptr (LimenTrainedFlow) trained = begin_trained (&heard);
  g_autoptr (LimenNice) flow = small_flow (1);
  g_autofree char *folder = make_folder (), *path = g_build_filename (folder, "taken.pt", NULL);
  g_assert_cmpint (g_mkdir (path, 0700), ==, 0); /* a folder has the name */
  limen_trained_flow_take (trained, flow, NULL);
  limen_trained_flow_save (trained, flow, path, saved_cb, heard.owner);
  wait_until (is_saved, &heard);
  g_assert_nonnull (heard.trouble);
  g_assert_true (g_str_has_suffix (heard.place, "taken-2.pt"));
  g_assert_true (limen_trained_flow_is_unsaved (trained));
  g_assert_true (limen_trained_flow_flow (trained) == flow);
  end_heard (&heard);
  remove_folder (folder);
}

/* A newer flow came while an older one was written: it is not the one that is in the file. */
static void
test_the_next_flow_is_not_saved_by_the_one_before (void)
{
  Told heard;
  g_autoptr (LimenTrainedFlow) trained = begin_trained (&heard);
  g_autoptr (LimenNice) flow = small_flow (1), next = small_flow (2);
  g_autofree char *folder = make_folder (), *path = g_build_filename (folder, "a.pt", NULL);
  limen_trained_flow_take (trained, flow, NULL);
  limen_trained_flow_save (trained, flow, path, saved_cb, heard.owner);
  limen_trained_flow_take (trained, next, NULL);
  wait_until (is_saved, &heard);
  g_assert_true (limen_trained_flow_is_unsaved (trained));
  end_heard (&heard);
  remove_folder (folder);
}

/* -- judged on what it learned from -- */

/* A short training on the images of @path, as the window begins it */
static void
train_on (const char *path, gboolean invert, LimenTrainingReport *report)
{
  const char *const paths[] = {path, NULL};
  LimenTrainingPlan plan = {
      .paths = paths, .invert = invert, .settings = limen_nice_trainer_defaults ()};
  plan.settings.width = 16;
  plan.settings.depth = 1;
  plan.settings.epochs = 1;
  plan.settings.batch = 16;
  plan.settings.name = "a flow of images";
  LimenTraining *training = limen_training_start (&plan);
  for (*report = limen_training_poll (training); report->state < LIMEN_TRAINING_ENDED;
       *report = limen_training_poll (training)) {
    limen_training_report_clear (report);
    g_usleep (2000);
  }
  g_assert_cmpint (report->state, ==, LIMEN_TRAINING_ENDED);
  g_assert_nonnull (report->best);
  limen_training_free (training);
}

static void
use (World *world, const LimenTrainingReport *report)
{
  limen_detector_session_use_flow (world->session, report->best, report->learned_from);
  wait_until (is_idle, world->session);
  g_assert_true (experiment_of (world)->flow == report->best);
}

static void
assert_learned (const World *world, guint normal, guint anomaly, gboolean normal_files)
{
  LimenLearned learned = experiment_of (world)->learned;
  g_assert_cmpuint (learned.normal.n_learned, ==, normal);
  g_assert_cmpuint (learned.anomaly.n_learned, ==, anomaly);
  g_assert_cmpint (learned.normal.same_files, ==, normal_files);
}

static void
test_a_flow_knows_the_images_it_learned_from (void)
{
  World world;
  g_auto (LimenTrainingReport) report = {0};
  begin (&world);
  drop_all (&world);
  assert_learned (&world, 0, 0, FALSE); /* of an opened flow nothing is known */
  train_on (world.normal, FALSE, &report);
  use (&world, &report);
  assert_learned (&world, 60, 0, TRUE);
  g_assert_cmpstr (state_of (&world)->flow->learned_from->paths[0], ==, world.normal);
  limen_detector_session_swap (world.session);
  wait_until (is_idle, world.session);
  assert_learned (&world, 0, 60, FALSE);
  limen_detector_session_swap (world.session);
  wait_until (is_idle, world.session);
  drop (&world, LIMEN_N_SETS, world.flow, NULL, NULL);
  wait_until (is_idle, world.session);
  assert_learned (&world, 0, 0, FALSE);
  end (&world);
}

/* Saved and opened again, under another name, it still does. */
static void
test_a_saved_flow_knows_them (void)
{
  static const char *const names[] = {"kept.safetensors", "kept.pt"};
  World world;
  g_auto (LimenTrainingReport) report = {0};
  begin (&world);
  drop_all (&world);
  train_on (world.normal, FALSE, &report);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *path = g_build_filename (world.folder, names[i], NULL);
    g_autoptr (GError) error = NULL;
    drop (&world, LIMEN_N_SETS, world.flow, NULL, NULL);
    wait_until (is_idle, world.session);
    assert_learned (&world, 0, 0, FALSE);
    g_assert_true (limen_nice_save (report.best, path, LIMEN_NUMBER_F32, &error));
    drop (&world, LIMEN_N_SETS, path, NULL, NULL);
    wait_until (is_idle, world.session);
    assert_learned (&world, 60, 0, FALSE);
  }
  end (&world);
}

/* The same images under another name */
static void
test_a_copy_is_known_by_its_content (void)
{
  World world;
  g_auto (LimenTrainingReport) report = {0};
  begin (&world);
  drop_all (&world);
  g_autofree char *bytes = NULL, *copy = NULL;
  gsize size;
  g_assert_true (g_file_get_contents (world.normal, &bytes, &size, NULL));
  copy = write_file (world.folder, "other-name.npy", bytes, size);
  train_on (copy, FALSE, &report);
  use (&world, &report);
  assert_learned (&world, 60, 0, FALSE);
  end (&world);
}

static void
test_files_that_are_read_in_another_way_are_known_by_name (void)
{
  World world;
  g_auto (LimenTrainingReport) report = {0};
  begin (&world);
  drop_all (&world);
  train_on (world.normal, TRUE, &report);
  use (&world, &report);
  assert_learned (&world, 0, 0, TRUE);
  end (&world);
}

static void
test_a_picture_tells_it (void)
{
  World world;
  g_auto (LimenTrainingReport) report = {0};
  begin (&world);
  drop_all (&world);
  g_auto (LimenTold) before = limen_detector_session_told (world.session, NULL);
  tell_now (&before);
  g_assert_null (told_value (&before, "Training images"));
  train_on (world.anomaly, FALSE, &report);
  use (&world, &report);
  g_auto (LimenTold) told = limen_detector_session_told (world.session, NULL);
  tell_now (&told);
  g_assert_cmpstr (told_value (&told, "Training images"), ==,
                   "The flow was trained with all of the anomalies: their rate is no estimate for "
                   "new ones.");
  end (&world);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD (it_is_unsaved_until_it_is_in_its_file);
  ADD (what_can_not_be_written_is_kept_and_told);
  ADD (the_next_flow_is_not_saved_by_the_one_before);
  ADD (a_flow_knows_the_images_it_learned_from);
  ADD (a_saved_flow_knows_them);
  ADD (a_copy_is_known_by_its_content);
  ADD (files_that_are_read_in_another_way_are_known_by_name);
  ADD (a_picture_tells_it);
  return g_test_run ();
}
