/* From dropped files to scores, without a session: what goes where, what stays, what is refused. */
#include "model/data/builtin.h"
#include "tests/study/detector-files.h"
#include "ui/study/detector/loader.h"

typedef struct {
  char *folder, *flow;
  LimenExperiment *now;
  GPtrArray *problems;
  char *unclear;
  GError *error;
  double progress; /* the last */
  guint n_partial; /* of the last set */
} World;

static void
begin (World *world)
{
  *world = (World){.folder = make_folder (), .now = limen_experiment_new ()};
  world->flow = write_flow (world->folder, "flow.safetensors", 1);
  world->problems = limen_problems_new ();
}

static void
end (World *world)
{
  remove_folder (world->folder);
  limen_experiment_free (world->now);
  g_ptr_array_unref (world->problems);
  g_clear_error (&world->error);
  g_free (world->folder);
  g_free (world->flow);
  g_free (world->unclear);
}

static void
progressed_cb (double fraction, gpointer data)
{
  World *world = data;
  g_assert_cmpfloat (fraction, >=, world->progress - 1e-9);
  world->progress = fraction;
}

static void
partial_cb (LimenSetRole role, const char *name, const double *value, guint n, gpointer data)
{
  ((World *)data)->n_partial = n;
}

/* @load: its @before and freeing are done here. Returns: whether something came of it, which is
 * then
 * @now */
static gboolean
run (World *world, LimenLoad load, const char *const *paths, GCancellable *cancellable)
{
  LimenLoad *own = g_memdup2 (&load, sizeof load);
  own->before = limen_experiment_copy (world->now);
  own->paths = g_strdupv ((char **)paths);
  world->progress = 0;
  g_clear_error (&world->error);
  g_clear_pointer (&world->unclear, g_free);
  g_ptr_array_set_size (world->problems, 0);
  LimenExperiment *next =
      limen_load_run (own, partial_cb, world, world->problems, &world->unclear,
                      &(LimenRun){progressed_cb, world, cancellable}, &world->error);
  limen_load_free (own);
  if (!next)
    return FALSE;
  limen_experiment_free (world->now);
  world->now = next;
  return TRUE;
}

static const LimenLoad sorts = {.role = LIMEN_N_SETS};

static gboolean
drop (World *world, const char *one, const char *two, const char *three)
{
  return run (world, sorts, (const char *[]){one, two, two ? three : NULL, NULL}, NULL);
}

static void
test_names_tell_the_roles (void)
{
  static const struct {
    const char *folder;
    LimenSetRole role;
  } names[] = {{"good", LIMEN_SET_NORMAL},
               {"normal", LIMEN_SET_NORMAL},
               {"defect", LIMEN_SET_ANOMALY},
               {"anomalies", LIMEN_SET_ANOMALY}};
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    World world;
    begin (&world);
    g_autofree char *name = g_strconcat (names[i].folder, "/a.npy", NULL);
    g_autofree char *path = write_images (world.folder, name, 10, 1);
    g_autofree char *folder = g_path_get_dirname (path);
    g_assert_true (drop (&world, world.flow, folder, NULL));
    g_assert_nonnull (world.now->scores[names[i].role]);
    g_assert_null (world.now->set[!names[i].role]);
    end (&world);
  }
}

static void
test_scores_are_those_of_the_flow (void)
{
  World world;
  begin (&world);
  g_autofree char *path = write_images (world.folder, "normal.npy", 300, 1);
  g_assert_true (drop (&world, world.flow, path, NULL));
  assert_scores (world.now->scores[LIMEN_SET_NORMAL], world.flow, path);
  g_assert_cmpuint (world.n_partial, ==, 300);
  g_assert_cmpfloat_with_epsilon (world.progress, 1, 1e-9);
  g_assert_cmpuint (world.problems->len, ==, 0);
  end (&world);
}

static void
test_images_are_fitted_to_the_flow (void)
{
  World world;
  begin (&world);
  g_assert_true (drop (&world, LIMEN_BUILTIN_DIGITS ":20", NULL, NULL));
  g_assert_cmpuint (limen_image_set_width (world.now->set[LIMEN_SET_NORMAL]), ==, 28);
  g_assert_true (drop (&world, world.flow, NULL, NULL));
  g_assert_cmpuint (limen_image_set_width (world.now->set[LIMEN_SET_NORMAL]), ==, SIDE);
  g_assert_nonnull (world.now->scores[LIMEN_SET_NORMAL]);
  end (&world);
}

/* In whatever order they come. */
static void
test_the_paradox_is_read_in_its_roles (void)
{
  World world;
  begin (&world);
  g_assert_true (
      drop (&world, LIMEN_BUILTIN_PLAIN ":20", LIMEN_BUILTIN_CLOTH, LIMEN_BUILTIN_WOVEN ":30"));
  const LimenImageSet *normal = world.now->set[LIMEN_SET_NORMAL];
  const LimenImageSet *anomaly = world.now->set[LIMEN_SET_ANOMALY];
  g_assert_cmpstr (limen_image_set_name (normal), ==, "woven digits");
  g_assert_cmpuint (limen_image_set_n_images (normal), ==, 30);
  g_assert_cmpstr (limen_image_set_name (anomaly), ==, "plain digits");
  g_assert_cmpuint (limen_image_set_n_images (anomaly), ==, 20);
  end (&world);
}

static void
test_of_an_unclear_name_nothing_is_done (void)
{
  World world;
  begin (&world);
  g_autofree char *path = write_images (world.folder, "shapes.npy", 10, 1);
  g_assert_false (drop (&world, world.flow, path, NULL));
  g_assert_no_error (world.error);
  g_assert_true (g_str_has_suffix (world.unclear, "/shapes.npy"));
  end (&world);
}

static void
test_an_answer_decides (void)
{
  World world;
  begin (&world);
  g_autofree char *path = write_images (world.folder, "shapes.npy", 10, 1);
  LimenLoad load = {.role = LIMEN_N_SETS, .n_answers = 1, .answers = {LIMEN_SET_ANOMALY}};
  g_assert_true (run (&world, load, (const char *[]){path, NULL}, NULL));
  g_assert_nonnull (world.now->set[LIMEN_SET_ANOMALY]);
  g_assert_null (world.unclear);
  end (&world);
}

static void
test_beside_normal_images_an_unclear_name_is_an_anomaly (void)
{
  World world;
  begin (&world);
  g_autofree char *normal = write_images (world.folder, "normal.npy", 10, 1);
  g_autofree char *path = write_images (world.folder, "shapes.npy", 10, 2);
  g_assert_true (drop (&world, normal, NULL, NULL));
  g_assert_true (drop (&world, path, NULL, NULL));
  g_assert_cmpstr (world.now->set_from[LIMEN_SET_ANOMALY]->paths[0], ==, path);
  g_assert_cmpstr (world.now->set_from[LIMEN_SET_NORMAL]->paths[0], ==, normal);
  end (&world);
}

static void
test_a_role_asked_for_is_not_sorted (void)
{
  World world;
  begin (&world);
  g_autofree char *normal = write_images (world.folder, "normal.npy", 10, 1);
  LimenLoad load = {.role = LIMEN_SET_ANOMALY};
  g_assert_true (run (&world, load, (const char *[]){normal, NULL}, NULL));
  g_assert_cmpstr (world.now->set_from[LIMEN_SET_ANOMALY]->paths[0], ==, normal);
  end (&world);
}

static void
test_black_for_white_is_read_again (void)
{
  World world;
  float before[SIDE * SIDE], after[SIDE * SIDE];
  begin (&world);
  g_autofree char *normal = write_images (world.folder, "normal.npy", 10, 1);
  g_assert_true (drop (&world, world.flow, normal, NULL));
  limen_image_set_copy_rows (world.now->set[LIMEN_SET_NORMAL], 3, 1, before);
  LimenLoad load = {.role = LIMEN_N_SETS, .invert = {[LIMEN_SET_NORMAL] = TRUE}};
  g_assert_true (run (&world, load, (const char *[]){NULL}, NULL));
  limen_image_set_copy_rows (world.now->set[LIMEN_SET_NORMAL], 3, 1, after);
  for (guint i = 0; i < SIDE * SIDE; i++)
    g_assert_cmpfloat_with_epsilon (before[i] + after[i], 1, 1e-6);
  g_assert_true (world.now->set_from[LIMEN_SET_NORMAL]->inverted);
  end (&world);
}

static void
test_a_swap_keeps_scores_with_their_images (void)
{
  World world;
  begin (&world);
  g_autofree char *normal = write_images (world.folder, "normal.npy", 10, 1);
  g_autofree char *anomaly = write_images (world.folder, "anomaly.npy", 20, 2);
  g_assert_true (drop (&world, world.flow, normal, anomaly));
  const LimenScores *of_normal = world.now->scores[LIMEN_SET_NORMAL];
  LimenLoad load = {.role = LIMEN_N_SETS, .swap = TRUE};
  g_assert_true (run (&world, load, (const char *[]){NULL}, NULL));
  g_assert_true (world.now->scores[LIMEN_SET_ANOMALY] == of_normal); /* not scored again */
  g_assert_cmpstr (world.now->set_from[LIMEN_SET_NORMAL]->paths[0], ==, anomaly);
  g_assert_cmpuint (limen_image_set_n_images (world.now->set[LIMEN_SET_NORMAL]), ==, 20);
  end (&world);
}

static void
test_a_range_that_is_asked_for_is_where_the_paths_go (void)
{
  char **asks[LIMEN_N_SETS] = {NULL};
  World world;
  begin (&world);
  g_autofree char *path = write_unclear_range (world.folder, "normal.npy", 10);
  LimenLoad load = {.role = LIMEN_N_SETS, .asks = asks};
  g_assert_false (run (&world, load, (const char *[]){path, NULL}, NULL));
  g_assert_error (world.error, LIMEN_ERROR, LIMEN_ERROR_FORMAT);
  assert_sentence (world.error, "normal.npy");
  g_assert_cmpstr (asks[LIMEN_SET_NORMAL][0], ==, path);
  g_assert_null (asks[LIMEN_SET_ANOMALY]);
  g_strfreev (asks[LIMEN_SET_NORMAL]);
  end (&world);
}

static void
test_several_refusals_are_counted (void)
{
  World world;
  begin (&world);
  g_autofree char *a = write_file (world.folder, "a.pt", "nothing", 7);
  g_autofree char *b = write_file (world.folder, "b.png", "nothing", 7);
  g_assert_false (drop (&world, a, b, NULL));
  g_assert_nonnull (strstr (world.error->message, "None of the 2 files"));
  g_assert_cmpuint (world.problems->len, ==, 2);
  end (&world);
}

static void
test_a_flow_whose_size_no_set_can_have_leaves_all (void)
{
  World world;
  begin (&world);
  g_autofree char *normal = write_images (world.folder, "normal.npy", 10, 1);
  g_assert_true (drop (&world, world.flow, normal, NULL));
  g_unlink (normal); /* so it can't be read again */
  g_autoptr (LimenNice) large = random_nice ((LimenNiceShape){100, 8, 1, 2}, 1);
  g_autofree char *path = g_build_filename (world.folder, "large.safetensors", NULL);
  g_assert_true (limen_nice_save (large, path, LIMEN_NUMBER_F32, NULL));
  g_assert_false (drop (&world, path, NULL, NULL));
  g_assert_error (world.error, LIMEN_ERROR, LIMEN_ERROR_MISMATCH);
  assert_sentence (world.error, "normal.npy");
  g_assert_cmpstr (world.now->flow_from->paths[0], ==, world.flow);
  end (&world);
}

static void
test_who_cancels_gets_nothing_and_no_problem (void)
{
  World world;
  begin (&world);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *normal = write_images (world.folder, "normal.npy", 10, 1);
  g_cancellable_cancel (cancellable);
  g_assert_false (run (&world, sorts, (const char *[]){world.flow, normal, NULL}, cancellable));
  g_assert_error (world.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (world.problems->len, ==, 0);
  end (&world);
}

static LimenDetectorPageState *
state_of (const World *world)
{
  g_autoptr (LimenDetectorPageState) first = limen_detector_page_state_new ();
  return limen_detector_page_state_with_files (first, world->now->flow_from, world->now->set_from);
}

static gboolean
want (World *world, const LimenDetectorPageState *state)
{
  LimenLoad load = {.role = LIMEN_N_SETS, .wanted = limen_detector_page_state_copy (state)};
  return run (world, load, (const char *[]){NULL}, NULL);
}

static void
test_wanted_files_are_there_and_no_others (void)
{
  World world;
  begin (&world);
  g_autofree char *normal = write_images (world.folder, "normal.npy", 10, 1);
  g_autofree char *anomaly = write_images (world.folder, "anomaly.npy", 20, 2);
  g_assert_true (drop (&world, world.flow, normal, NULL));
  g_autoptr (LimenDetectorPageState) one = state_of (&world);
  g_assert_true (drop (&world, anomaly, NULL, NULL));
  g_autoptr (LimenDetectorPageState) both = state_of (&world);
  g_assert_true (want (&world, one));
  g_assert_null (world.now->set[LIMEN_SET_ANOMALY]);
  g_assert_nonnull (world.now->scores[LIMEN_SET_NORMAL]);
  g_assert_true (want (&world, both));
  assert_scores (world.now->scores[LIMEN_SET_ANOMALY], world.flow, anomaly);
  end (&world);
}

static void
test_wanted_files_are_read_as_they_were (void)
{
  World world;
  begin (&world);
  const LimenReading reading = {.black = -3, .white = 701};
  g_autofree char *path = write_unclear_range (world.folder, "normal.npy", 10);
  LimenLoad load = {.role = LIMEN_SET_NORMAL, .reading = reading};
  g_assert_true (run (&world, load, (const char *[]){path, NULL}, NULL));
  g_autoptr (LimenDetectorPageState) state = state_of (&world);
  limen_experiment_free (world.now);
  world.now = limen_experiment_new ();
  g_assert_true (want (&world, state));
  g_assert_cmpfloat (world.now->set_from[LIMEN_SET_NORMAL]->reading.white, ==, 701);
  end (&world);
}

static void
test_wanted_files_that_are_there_need_no_reading (void)
{
  World world;
  begin (&world);
  g_autofree char *normal = write_images (world.folder, "normal.npy", 10, 1);
  g_assert_true (drop (&world, world.flow, normal, NULL));
  g_autoptr (LimenDetectorPageState) same = state_of (&world);
  const LimenScores *scores = world.now->scores[LIMEN_SET_NORMAL];
  g_unlink (normal);
  g_assert_true (want (&world, same));
  g_assert_true (world.now->scores[LIMEN_SET_NORMAL] == scores);
  end (&world);
}

static void
test_wanted_files_that_are_gone_are_refused (void)
{
  World world;
  begin (&world);
  g_autofree char *normal = write_images (world.folder, "normal.npy", 10, 1);
  g_assert_true (drop (&world, world.flow, normal, NULL));
  g_autoptr (LimenDetectorPageState) state = state_of (&world);
  g_unlink (normal);
  limen_experiment_take_set (world.now, LIMEN_SET_NORMAL, NULL, NULL);
  g_assert_false (want (&world, state));
  assert_sentence (world.error, "normal.npy");
  end (&world);
}

/* -- the experiment -- */

static void
test_a_copy_of_an_experiment_shares_what_never_changes (void)
{
  World world;
  begin (&world);
  g_autofree char *normal = write_images (world.folder, "normal.npy", 10, 1);
  g_assert_true (drop (&world, world.flow, normal, NULL));
  LimenExperiment *copy = limen_experiment_copy (world.now);
  g_assert_true (copy->set[LIMEN_SET_NORMAL] == world.now->set[LIMEN_SET_NORMAL]);
  limen_experiment_take_set (copy, LIMEN_SET_NORMAL, NULL, NULL);
  limen_experiment_free (copy);
  assert_scores (world.now->scores[LIMEN_SET_NORMAL], world.flow, normal);
  end (&world);
}

static void
test_another_set_has_no_scores_and_no_verdict_of_the_old (void)
{
  g_autoptr (LimenExperiment) experiment = limen_experiment_new ();
  static const double one[] = {1};
  experiment->scores[LIMEN_SET_ANOMALY] = limen_scores_new ("old", one, 1);
  experiment->seems_inverted[LIMEN_SET_ANOMALY] = TRUE;
  experiment->n_not_finite[LIMEN_SET_ANOMALY] = 3;
  limen_experiment_take_set (experiment, LIMEN_SET_ANOMALY, random_images (5, SIDE, SIDE, 1), NULL);
  g_assert_null (experiment->scores[LIMEN_SET_ANOMALY]);
  g_assert_false (experiment->seems_inverted[LIMEN_SET_ANOMALY]);
  g_assert_cmpuint (experiment->n_not_finite[LIMEN_SET_ANOMALY], ==, 0);
}

static void
test_a_file_that_went_has_no_hash (void)
{
  World world;
  begin (&world);
  g_autofree char *normal = write_images (world.folder, "normal.npy", 10, 1);
  g_assert_true (drop (&world, world.flow, normal, NULL));
  g_autoptr (GHashTable) both = limen_experiment_hash (world.now, NULL, NULL);
  g_assert_cmpuint (g_hash_table_size (both), ==, 2);
  g_unlink (normal);
  g_autoptr (GHashTable) one = limen_experiment_hash (world.now, NULL, NULL);
  g_assert_cmpuint (g_hash_table_size (one), ==, 1);
  limen_experiment_take_hashes (world.now, both);
  g_assert_true (world.now->set_from[LIMEN_SET_NORMAL]->sha256 == both);
  end (&world);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name) g_test_add_func ("/detector-loader/" #name, test_##name)
  ADD (names_tell_the_roles);
  ADD (scores_are_those_of_the_flow);
  ADD (images_are_fitted_to_the_flow);
  ADD (the_paradox_is_read_in_its_roles);
  ADD (of_an_unclear_name_nothing_is_done);
  ADD (an_answer_decides);
  ADD (beside_normal_images_an_unclear_name_is_an_anomaly);
  ADD (a_role_asked_for_is_not_sorted);
  ADD (black_for_white_is_read_again);
  ADD (a_swap_keeps_scores_with_their_images);
  ADD (a_range_that_is_asked_for_is_where_the_paths_go);
  ADD (several_refusals_are_counted);
  ADD (a_flow_whose_size_no_set_can_have_leaves_all);
  ADD (who_cancels_gets_nothing_and_no_problem);
  ADD (wanted_files_are_there_and_no_others);
  ADD (wanted_files_are_read_as_they_were);
  ADD (wanted_files_that_are_there_need_no_reading);
  ADD (wanted_files_that_are_gone_are_refused);
  ADD (a_copy_of_an_experiment_shares_what_never_changes);
  ADD (another_set_has_no_scores_and_no_verdict_of_the_old);
  ADD (a_file_that_went_has_no_hash);
#undef ADD
  return g_test_run ();
}
