/* Scores of any program on the Detector page, without its window: they make an experiment without a
 * flow, with pictures where names lead to some. */
#include "tests/study/detector-world.h"
#include "ui/study/detector/from-scores.h"
#include "ui/study/detector/told.h"

static const char labelled[] = "image,score,label\n"
                               "good/0.png,0.1,0\ngood/1.png,0.3,0\ngood/2.png,0.2,0\n"
                               "good/3.png,0.4,0\ngood/4.png,0.25,0\ngood/5.png,,0\n"
                               "bad/0.png,0.9,1\nbad/1.png,0.35,1\n";

static char *
write_text (const char *folder, const char *name, const char *text)
{
  return write_file (folder, name, text, strlen (text));
}

static void
write_picture (const char *folder, const char *name, guint width, guchar first)
{
  g_autoptr (GBytes) png = make_grey_png (width, 6, first);
  g_autofree char *path = write_bytes (folder, name, png);
}

static LimenExperiment *
load (const char *path, const LimenTableWish *wish, GPtrArray *problems, GError **error)
{
  static const LimenTableWish nothing;
  const char *const paths[] = {path};
  g_auto (LimenTableAsked) asked = {0};
  return limen_experiment_from_scores (paths, 1, wish ? wish : &nothing, NULL, &asked, problems,
                                       NULL, error);
}

static void
test_an_experiment_without_a_flow (void)
{
  g_autofree char *folder = make_folder (), *path = write_text (folder, "s.csv", labelled);
  g_autoptr (GPtrArray) problems = limen_problems_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (LimenExperiment) now = load (path, NULL, problems, &error);
  g_assert_no_error (error);
  g_assert_null (now->flow);
  g_assert_null (now->set[LIMEN_SET_NORMAL]);
  g_assert_cmpuint (now->scores[LIMEN_SET_NORMAL]->n, ==, 5);
  g_assert_cmpuint (now->scores[LIMEN_SET_ANOMALY]->n, ==, 2);
  g_assert_cmpint (now->scores[LIMEN_SET_NORMAL]->measure->side, ==, LIMEN_SIDE_HIGH);
  g_assert_cmpuint (now->table->n_without, ==, 1);
  g_assert_cmpuint (problems->len, ==, 0);
  g_autoptr (LimenExperiment) copy = limen_experiment_copy (now);
  g_assert_true (copy->table == now->table);
  remove_folder (folder);
}

/* The page splits normal images itself: those of a validation are normal ones. */
static void
test_validation_is_joined (void)
{
  g_autofree char *folder = make_folder ();
  g_autofree char *path =
      write_text (folder, "s.csv", "score,set\n1,val\n2,normal\n3,val\n9,anomaly\n4,normal\n");
  g_autoptr (GPtrArray) problems = limen_problems_new ();
  g_autoptr (LimenExperiment) now = load (path, NULL, problems, NULL);
  const LimenTableSet *normal = &now->table->normal;
  g_assert_cmpuint (normal->scores->n, ==, 4);
  for (guint i = 0; i < 4; i++)
    g_assert_cmpfloat (normal->scores->value[i], ==, i + 1);
  g_assert_cmpuint (normal->row[3], ==, 4);
  g_assert_null (now->table->validation.scores);
  remove_folder (folder);
}

static void
test_pictures (void)
{
  g_autofree char *folder = make_folder ();
  g_autofree char *path = write_text (folder, "s.csv",
                                      "file,score,label\n"
                                      "p/0.png,1,0\np/1.png,2,0\np/2.png,7,1\np/3.png,,0\n");
  g_autoptr (GPtrArray) problems = limen_problems_new ();
  write_picture (folder, "p/0.png", 9, 10);
  write_picture (folder, "p/1.png", 9, 20);
  g_autoptr (LimenExperiment) some = load (path, NULL, problems, NULL);
  g_assert_nonnull (some->set[LIMEN_SET_NORMAL]);
  g_assert_null (some->set[LIMEN_SET_ANOMALY]);
  g_assert_cmpuint (problems->len, ==, 0); /* no name of an anomaly leads anywhere */
  write_picture (folder, "p/2.png", 9, 30);
  g_autoptr (LimenExperiment) all = load (path, NULL, problems, NULL);
  const LimenImageSet *normal = all->set[LIMEN_SET_NORMAL];
  g_assert_cmpuint (limen_image_set_n_images (normal), ==, 2);
  g_assert_cmpuint (limen_image_set_width (normal), ==, 9);
  g_assert_cmpuint (limen_image_set_height (normal), ==, 6);
  float row[2 * 54];
  limen_image_set_copy_rows (normal, 0, 2, row);
  g_assert_cmpfloat_with_epsilon (row[54], 20 / 255.0f, 1e-6);
  g_autofree char *gone = g_build_filename (folder, "p/1.png", NULL);
  g_unlink (gone);
  g_autoptr (LimenExperiment) fewer = load (path, NULL, problems, NULL);
  g_assert_null (fewer->set[LIMEN_SET_NORMAL]);
  g_assert_cmpuint (problems->len, ==, 1);
  g_assert_nonnull (
      strstr (((LimenProblem *)problems->pdata[0])->message, "s.csv has no pictures"));
  remove_folder (folder);
}

static void
test_wishes (void)
{
  g_autofree char *folder = make_folder ();
  g_autofree char *path =
      write_text (folder, "s.csv", "a,b,kind\n1,-1,cat\n2,-2,dog\n3,-3,cat\n4,-9,bird\n");
  g_autoptr (GPtrArray) problems = limen_problems_new ();
  g_autoptr (GError) labels = NULL, side = NULL;
  static char b[] = "b", cat[] = "cat";
  const LimenTableWish none = {.column = b, .no_labels = TRUE};
  const LimenTableWish high = {
      .column = b, .no_labels = TRUE, .side_said = TRUE, .side = LIMEN_SIDE_HIGH};
  const LimenTableWish normal = {.column = b, .normal_label = cat};
  g_assert_null (load (path, NULL, problems, &labels));
  g_assert_error (labels, LIMEN_ERROR, LIMEN_ERROR_MISMATCH);
  g_assert_null (load (path, &none, problems, &side));
  g_assert_error (side, LIMEN_ERROR, LIMEN_ERROR_MISMATCH);
  g_autoptr (LimenExperiment) by_side = load (path, &high, problems, NULL);
  g_assert_cmpuint (by_side->scores[LIMEN_SET_NORMAL]->n, ==, 4);
  g_assert_cmpint (by_side->table->measure->side, ==, LIMEN_SIDE_HIGH);
  g_autoptr (LimenExperiment) by_label = load (path, &normal, problems, NULL);
  g_assert_cmpuint (by_label->scores[LIMEN_SET_ANOMALY]->n, ==, 2);
  g_assert_cmpint (by_label->table->measure->side, ==, LIMEN_SIDE_LOW);
  g_assert_cmpstr (by_label->table->measure->name, ==, "b");
  g_assert_cmpuint (by_label->table->table->n_columns, ==, 2); /* the other can be chosen, too */
  g_assert_true (limen_table_wish_equal (&by_label->wish, &normal));
  g_assert_false (limen_table_wish_equal (&high, &normal));
  remove_folder (folder);
}

/* -- of the page -- */

static void
test_a_drop_takes_the_place_of_flow_and_images (void)
{
  World world;
  begin (&world);
  drop_all (&world);
  g_autofree char *path = write_text (world.folder, "s.csv", labelled);
  drop (&world, LIMEN_N_SETS, path, NULL, NULL);
  wait_until (is_idle, world.session);
  g_assert_cmpstr (world.told, ==, NULL);
  g_assert_null (experiment_of (&world)->flow);
  g_assert_nonnull (experiment_of (&world)->table);
  g_assert_cmpuint (detector_of (&world)->anomaly->n, ==, 2);
  g_assert_cmpfloat (detector_of (&world)->auroc, >, 0.5);
  g_assert_nonnull (state_of (&world)->table);
  g_assert_null (state_of (&world)->flow);
  drop (&world, LIMEN_N_SETS, world.flow, world.normal, world.anomaly);
  wait_until (is_idle, world.session);
  g_assert_null (experiment_of (&world)->table);
  g_assert_null (state_of (&world)->table);
  assert_scores (experiment_of (&world)->scores[LIMEN_SET_NORMAL], world.flow, world.normal);
  end (&world);
}

/* A state of the page brings back the scores, and what was said of them. */
static void
test_a_state_comes_back (void)
{
  World world;
  begin (&world);
  static char said[] = "0";
  const LimenTableWish wish = {.normal_label = said};
  g_autofree char *path = write_text (world.folder, "s.csv", "score,label\n1,0\n2,0\n3,2\n1.5,0\n");
  limen_detector_session_open_scores (world.session, (const char *[]){path, NULL}, &wish);
  wait_until (is_idle, world.session);
  g_autoptr (LimenDetectorPageState) scores = limen_detector_page_state_copy (state_of (&world));
  g_assert_cmpstr (scores->wish.normal_label, ==, "0");
  drop_all (&world);
  g_assert_cmpint (limen_detector_page_state_changes (scores, state_of (&world)) &
                       LIMEN_DETECTOR_CHANGED_FILES,
                   !=, 0);
  g_autoptr (LimenDetectorPageState) images = limen_detector_page_state_copy (state_of (&world));
  limen_detector_session_set_state (world.session, scores);
  wait_until (is_idle, world.session);
  g_assert_nonnull (experiment_of (&world)->table);
  g_assert_cmpuint (experiment_of (&world)->scores[LIMEN_SET_ANOMALY]->n, ==, 1);
  g_assert_true (limen_detector_page_state_equal (scores, state_of (&world)));
  limen_detector_session_set_state (world.session, images);
  wait_until (is_idle, world.session);
  g_assert_null (experiment_of (&world)->table);
  g_assert_true (limen_detector_page_state_equal (images, state_of (&world)));
  g_assert_cmpuint (world.n_notices, ==, 0);
  end (&world);
}

static void
test_what_is_refused (void)
{
  World world;
  begin (&world);
  g_autofree char *unclear = write_text (world.folder, "u.csv", "score,label\n1,0\n2,7\n");
  g_autofree char *path = write_text (world.folder, "s.csv", labelled);
  drop_all (&world);
  drop (&world, LIMEN_N_SETS, unclear, NULL, NULL);
  wait_until (is_idle, world.session);
  g_assert_null (world.told);                      /* it is asked: see test-detector-table.c */
  g_assert_nonnull (experiment_of (&world)->flow); /* what was there stays */
  drop (&world, LIMEN_N_SETS, path, world.flow, NULL);
  wait_until (is_idle, world.session);
  g_assert_cmpuint (world.n_problems, ==, 1);
  g_assert_nonnull (experiment_of (&world)->table);
  limen_detector_session_swap (world.session);
  wait_until (is_idle, world.session);
  g_assert_nonnull (strstr (world.told, "s.csv say which images are normal"));
  g_assert_cmpuint (experiment_of (&world)->scores[LIMEN_SET_ANOMALY]->n, ==, 2);
  end (&world);
}

static void
test_what_is_told (void)
{
  World world;
  begin (&world);
  g_autofree char *path = write_text (world.folder, "s.csv", labelled);
  drop (&world, LIMEN_N_SETS, path, NULL, NULL);
  wait_until (is_idle, world.session);
  g_auto (LimenTold) told = limen_detector_session_told (world.session, NULL);
  g_autofree char *csv = g_build_filename (world.folder, "out.csv", NULL), *text = NULL;
  g_assert_true (limen_told_save_table (&told, csv, NULL));
  g_assert_true (g_file_get_contents (csv, &text, NULL, NULL));
  g_assert_true (
      g_str_has_prefix (text, "set,image,score,verdict,p_value,p_value_conditional,listed\n"));
  g_assert_nonnull (strstr (text, "anomaly,bad/0.png,0.9"));
  g_assert_null (strstr (text, "good/5.png"));
  g_auto (GStrv) pairs = told.tell (told.data, NULL, NULL);
  g_autofree char *all = g_strjoinv ("\n", pairs);
  g_assert_nonnull (strstr (all, "“score” of s.csv"));
  end (&world);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD (an_experiment_without_a_flow);
  ADD (validation_is_joined);
  ADD (pictures);
  ADD (wishes);
  ADD (a_drop_takes_the_place_of_flow_and_images);
  ADD (a_state_comes_back);
  ADD (what_is_refused);
  ADD (what_is_told);
  return g_test_run ();
}
