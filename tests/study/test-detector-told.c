/* What the Detector page tells, and limen detect of the same. */
#include "model/detect/report.h"
#include "ui/study/ending.h"
#include "tests/study/detector-files.h"
#include "tests/study/told-text.h"
#include "ui/study/detector/told.h"

typedef struct {
  LimenDetectorSession *session;
  char *folder, *flow, *normal, *anomaly;
} World;

static gboolean
is_idle (gpointer session)
{
  return !limen_detector_session_busy (session, NULL);
}

static void
begin (World *world)
{
  *world = (World){limen_detector_session_new (), make_folder ()};
  world->flow = write_flow (world->folder, "flow.safetensors", 1);
  world->normal = write_images (world->folder, "normal.npy", 40, 2);
  world->anomaly = write_images (world->folder, "anomaly.npy", 20, 3);
  const char *paths[] = {world->flow, world->normal, world->anomaly, NULL};
  limen_detector_session_open (world->session, paths, LIMEN_N_SETS);
  wait_until (is_idle, world->session);
  g_assert_nonnull (limen_detector_session_analysis (world->session));
}

static void
end (World *world)
{
  g_object_unref (world->session);
  limen_ending_wait ();
  remove_folder (world->folder);
  g_free (world->folder);
  g_free (world->flow);
  g_free (world->normal);
  g_free (world->anomaly);
}

static const LimenDetector *
detector_of (const World *world)
{
  return limen_detector_session_analysis (world->session)->detector;
}

static gboolean
is_hashed (gpointer session)
{
  return limen_detector_session_experiment (session)->flow_from->sha256 != NULL;
}

static void
test_the_threshold_is_three_deviations_below_the_mean (void)
{
  World world;
  begin (&world);
  const LimenScores *validation = detector_of (&world)->validation;
  double mean = 0, squares = 0;
  for (guint i = 0; i < validation->n; i++)
    mean += validation->value[i] / validation->n;
  for (guint i = 0; i < validation->n; i++)
    squares += (validation->value[i] - mean) * (validation->value[i] - mean);
  g_auto (LimenTold) told = limen_detector_session_told (world.session, NULL);
  tell_now (&told);
  double threshold = number_after (told_value (&told, "Threshold"), "");
  g_assert_cmpfloat_with_epsilon (threshold, mean - 3 * sqrt (squares / (validation->n - 1)), 1e-6);
  g_assert_true (g_str_has_suffix (told_value (&told, "Threshold"),
                                   " nats, set at 3 standard deviations below the mean"));
  g_assert_cmpstr (told_value (&told, "Split"), ==, "random, seed 0");
  limen_detector_session_set_rule (world.session, (LimenRule){LIMEN_RULE_VALUE, -1.5});
  g_auto (LimenTold) given = limen_detector_session_told (world.session, NULL);
  tell_now (&given);
  g_assert_cmpstr (told_value (&given, "Threshold"), ==, "-1.500000 nats, as given");
  end (&world);
}

static void
test_errors_are_counted_over_the_scores_of_the_flow (void)
{
  World world;
  begin (&world);
  limen_detector_session_set_rule (world.session, (LimenRule){LIMEN_RULE_SIGMAS, 0.5});
  g_auto (LimenTold) told = limen_detector_session_told (world.session, NULL);
  tell_now (&told);
  guint n, missed = 0, flagged = 0;
  g_autofree double *anomaly = scores_of (world.flow, world.anomaly, &n);
  double threshold = detector_of (&world)->threshold;
  for (guint i = 0; i < n; i++)
    missed += anomaly[i] >= threshold;
  const LimenScores *normal = detector_of (&world)->normal;
  for (guint i = 0; i < normal->n; i++)
    flagged += normal->value[i] < threshold;
  g_assert_cmpuint (normal->n, ==, 20);
  g_assert_cmpfloat (number_after (told_value (&told, "Type I error rate"), ""), ==, flagged);
  g_assert_cmpfloat (number_after (told_value (&told, "Type I error rate"), " of "), ==, 20);
  g_assert_cmpfloat (number_after (told_value (&told, "Type II error rate"), ""), ==, missed);
  g_assert_cmpfloat (number_after (told_value (&told, "Type II error rate"), " of "), ==, n);
  end (&world);
}

static void
test_files_are_told_with_their_hashes_at_once_and_later (void)
{
  World world;
  begin (&world);
  for (int later = 0; later < 2; later++) {
    g_auto (LimenTold) told = limen_detector_session_told (world.session, NULL);
    tell_now (&told);
    assert_file_told (&told, "Model", world.flow);
    assert_file_told (&told, "Normal images", world.normal);
    assert_file_told (&told, "Anomalies", world.anomaly);
    g_assert_null (told_value (&told, "Validation images"));
    wait_until (is_hashed, world.session);
  }
  end (&world);
}

static void
test_who_cancels_while_files_are_hashed_is_told_nothing (void)
{
  World world;
  begin (&world);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  LimenPicture picture = {0};
  g_assert_false (is_hashed (world.session)); /* that is told by the main loop, which rests */
  g_auto (LimenTold) told = limen_detector_session_told (world.session, NULL);
  g_cancellable_cancel (cancellable);
  g_assert_false (
      limen_told_fill_picture (&told, limen_scheme (FALSE, FALSE), &picture, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (told.text);
  end (&world);
}

/* As limen detect makes it of the same files */
static LimenReport
report_of (const World *world)
{
  const LimenExperiment *all = limen_detector_session_experiment (world->session);
  return (LimenReport){.detector = detector_of (world),
                       .nice = all->flow,
                       .normal = {all->set[LIMEN_SET_NORMAL], NULL},
                       .anomaly = {all->set[LIMEN_SET_ANOMALY], NULL}};
}

static void
test_page_and_command_tell_the_same (void)
{
  World world;
  begin (&world);
  g_autoptr (GHashTable) hashes =
      limen_experiment_hash (limen_detector_session_experiment (world.session), NULL, NULL);
  LimenReport report = report_of (&world);
  report.sha256 = hashes;
  g_auto (LimenTold) page = limen_detector_session_told (world.session, NULL);
  g_auto (LimenTold) command = limen_detector_told (&report);
  tell_now (&page);
  tell_now (&command);
  assert_told_alike (&page, &command, NULL);
  g_autofree char *json = limen_report_json (&report);
  g_assert_nonnull (strstr (json, g_hash_table_lookup (hashes, world.flow)));
  g_assert_nonnull (strstr (json, g_hash_table_lookup (hashes, world.normal)));
  g_assert_nonnull (strstr (json, g_hash_table_lookup (hashes, world.anomaly)));
  end (&world);
}

static GBytes *
draw_now (LimenTold *told)
{
  LimenPicture picture = {LIMEN_PICTURE_PNG, 400, 300, 1};
  g_autoptr (GError) error = NULL;
  g_assert_true (
      limen_told_fill_picture (told, limen_scheme (FALSE, FALSE), &picture, NULL, &error));
  GBytes *png = limen_picture_to_bytes (&picture, &error);
  g_assert_no_error (error);
  return png;
}

/* Whoever looks at a curve exports that one, and all that is said of the histogram is said of it.
 */
static void
test_the_curve_is_drawn_where_it_is_seen (void)
{
  World world;
  begin (&world);
  const char *titles[] = {"ROC curve: ", "DET curve: ", "Precision over recall: "};
  g_auto (LimenTold) plain = limen_detector_session_told (world.session, NULL);
  g_autoptr (GBytes) last = draw_now (&plain);
  limen_detector_session_set_share (world.session, 0.02);
  for (LimenCurveKind kind = 0; kind < LIMEN_N_CURVE_KINDS; kind++) {
    limen_detector_session_set_curve (world.session, kind);
    g_auto (LimenTold) told =
        limen_detector_session_told (world.session, limen_seen_curve (world.session));
    g_autoptr (GBytes) png = draw_now (&told);
    g_assert_false (g_bytes_equal (png, last));
    g_bytes_unref (last);
    last = g_steal_pointer (&png);
    g_autofree char *title = g_strconcat (titles[kind], told_value (&plain, "Title"), NULL);
    g_assert_cmpstr (told_value (&told, "Title"), ==, title);
    g_assert_cmpstr (told_value (&told, "Threshold"), ==, told_value (&plain, "Threshold"));
    g_assert_cmpstr (told_value (&told, "Anomalies"), ==, told_value (&plain, "Anomalies"));
    g_assert_cmpstr (told_value (&told, "Anomalies to expect"), ==,
                     kind == LIMEN_CURVE_PRECISION_RECALL ? "0.02" : NULL);
  }
  end (&world);
}

/* The point of the picture is where the line is. */
static void
test_the_point_of_a_drawn_curve_is_where_the_line_is (void)
{
  World world;
  begin (&world);
  limen_detector_session_set_rule (world.session, (LimenRule){LIMEN_RULE_SIGMAS, 0});
  g_auto (LimenTold) here =
      limen_detector_session_told (world.session, limen_seen_curve (world.session));
  limen_detector_session_set_rule (world.session, (LimenRule){LIMEN_RULE_SIGMAS, 1.5});
  g_auto (LimenTold) there =
      limen_detector_session_told (world.session, limen_seen_curve (world.session));
  g_autoptr (GBytes) one = draw_now (&here), other = draw_now (&there), again = draw_now (&here);
  g_assert_false (g_bytes_equal (one, other));
  g_assert_true (g_bytes_equal (one, again));
  end (&world);
}

/* Two scores, by a measure of their own, of the images of the world */
static LimenScatterPoints *
two_scores (const World *world, LimenScores *normal[2], LimenScores *anomaly[2])
{
  static LimenMeasure *other;
  const LimenDetector *detector = detector_of (world);
  const LimenLines none[2] = {{NAN, NAN}, {NAN, NAN}};
  if (!other)
    other = limen_measure_new ("size", "size of the file", "bytes", LIMEN_SIDE_HIGH);
  const LimenScores *sets[] = {detector->normal, detector->anomaly};
  for (guint set = 0; set < 2; set++) {
    LimenScores **scores = set ? anomaly : normal;
    g_autofree double *value = g_new (double, sets[set]->n);
    for (guint i = 0; i < sets[set]->n; i++)
      value[i] = i + 100.0 * set;
    scores[0] = limen_scores_ref ((LimenScores *)sets[set]);
    scores[1] = limen_scores_new_of (other, sets[set]->name, value, sets[set]->n);
  }
  return limen_scatter_points_new (normal, anomaly, none);
}

static void
drop_two (LimenScores *normal[2], LimenScores *anomaly[2])
{
  for (guint i = 0; i < 2; i++) {
    limen_scores_unref (normal[i]);
    limen_scores_unref (anomaly[i]);
  }
}

/* Whoever looks at a scatter exports it, with its lines and what is selected. */
static void
test_the_scatter_is_drawn_where_it_is_seen (void)
{
  World world;
  begin (&world);
  LimenScores *normal[2], *anomaly[2];
  g_autoptr (LimenScatterPoints) points = two_scores (&world, normal, anomaly);
  drop_two (normal, anomaly); /* the points have them */
  const LimenLines cut[2] = {limen_detector_lines (detector_of (&world)), {-INFINITY, 110.5}};
  g_autoptr (LimenSelection) nothing = limen_selection_new (points->n[0], points->n[1]);
  g_autoptr (LimenSelection) one = limen_selection_with (nothing, LIMEN_SCATTER_ANOMALY, 3, TRUE);
  g_auto (LimenTold) plain = limen_detector_session_told (world.session, NULL);
  g_auto (LimenTold) told =
      limen_detector_session_told (world.session, limen_seen_scatter (points, cut, NULL));
  g_auto (LimenTold) held =
      limen_detector_session_told (world.session, limen_seen_scatter (points, cut, one));
  g_autoptr (GBytes) histogram = draw_now (&plain), png = draw_now (&told), with = draw_now (&held);
  g_assert_false (g_bytes_equal (png, histogram));
  g_assert_false (g_bytes_equal (png, with));
  g_autofree char *title = g_strconcat (
      "Scatter of log-likelihood and size of the file: ", told_value (&plain, "Title"), NULL);
  g_assert_cmpstr (told_value (&told, "Title"), ==, title);
  g_assert_cmpstr (told.what, ==, "the scatter of log-likelihood and size of the file");
  g_assert_cmpstr (plain.what, ==, "the histogram");
  g_assert_cmpstr (told_value (&told, "Threshold"), ==, told_value (&plain, "Threshold"));
  g_assert_cmpstr (told_value (&told, "Model"), ==, told_value (&plain, "Model"));
  g_autofree char *counts = limen_scatter_points_sentence (points, cut);
  g_assert_cmpstr (told_value (&told, "Scatter"), ==, counts);
  g_assert_null (told_value (&told, "Selected"));
  g_assert_cmpstr (told_value (&held, "Selected"), ==, "1 image: 0 normal, 1 anomaly");
  end (&world);
}

/* The same of scores side by side, whose rows may go before they are drawn */
static void
test_the_scores_are_drawn_where_they_are_seen (void)
{
  World world;
  begin (&world);
  LimenScores *normal[2], *anomaly[2];
  g_autoptr (LimenScatterPoints) points = two_scores (&world, normal, anomaly);
  g_autofree char *size = g_strdup ("size of the file (bytes)"), *lacks = g_strdup ("needs a VAE");
  LimenBenchPictureRow row[] = {
      {"log-likelihood (nats)",
       NULL,
       {normal[0], anomaly[0], {NAN, NAN}},
       {0.9, 0.8, 0.95, 0.7, 0.2},
       TRUE},
      {size, NULL, {normal[1], anomaly[1], {NAN, 110.5}}, {1, 0.99, 1, 1, 0}, FALSE},
      {"IWAE bound", lacks, {NULL, NULL, {NAN, NAN}}, {NAN, NAN, NAN, NAN, NAN}, FALSE},
  };
  g_auto (LimenTold) plain = limen_detector_session_told (world.session, NULL);
  g_auto (LimenTold) told =
      limen_detector_session_told (world.session, limen_seen_scores (row, 3, "20 are tested."));
  g_auto (LimenTold) fewer =
      limen_detector_session_told (world.session, limen_seen_scores (row, 2, NULL));
  drop_two (normal, anomaly);
  memset (size, '?', strlen (size));
  memset (lacks, '?', strlen (lacks));
  g_autoptr (GBytes) histogram = draw_now (&plain), png = draw_now (&told), two = draw_now (&fewer);
  g_assert_false (g_bytes_equal (png, histogram));
  g_assert_false (g_bytes_equal (png, two));
  g_assert_true (g_str_has_prefix (told_value (&told, "Title"), "Scores side by side: "));
  g_assert_cmpstr (told.what, ==, "the scores side by side");
  g_assert_cmpstr (told_value (&told, "AUROC of each score"), ==,
                   "log-likelihood (nats): 0.9000 (0.8000 to 0.9500)\n"
                   "size of the file (bytes): 1.0000 (0.9900 to 1.0000)\n"
                   "IWAE bound: needs a VAE");
  g_assert_cmpstr (told_value (&told, "Division"), ==, "20 are tested.");
  g_assert_null (told_value (&fewer, "Division"));
  g_assert_cmpstr (told_value (&told, "Anomalies"), ==, told_value (&plain, "Anomalies"));
  end (&world);
}

/* Without anomalies there is none. */
static void
test_without_a_curve_the_histogram_is_drawn (void)
{
  World world;
  begin (&world);
  const char *paths[] = {world.flow, world.normal, NULL};
  limen_detector_session_start (world.session, paths, LIMEN_USUAL_RULE);
  wait_until (is_idle, world.session);
  g_assert_null (limen_detector_session_curve (world.session));
  g_auto (LimenTold) plain = limen_detector_session_told (world.session, NULL);
  g_auto (LimenTold) told =
      limen_detector_session_told (world.session, limen_seen_curve (world.session));
  g_autoptr (GBytes) one = draw_now (&plain), other = draw_now (&told);
  g_assert_true (g_bytes_equal (one, other));
  end (&world);
}

static void
test_the_table_has_each_score (void)
{
  World world;
  begin (&world);
  g_autofree char *path = g_build_filename (world.folder, "scores.csv", NULL), *table = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (LimenTold) told = limen_detector_session_told (world.session, NULL);
  g_assert_true (limen_told_save_table (&told, path, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &table, NULL, NULL));
  g_autoptr (GPtrArray) rows = rows_of (table);
  const char *files[] = {world.normal, world.anomaly};
  guint row = 1;
  for (guint f = 0; f < 2; f++) {
    guint n;
    g_autofree double *value = scores_of (world.flow, files[f], &n);
    for (guint i = 0; i < n; i++, row++) {
      g_assert_cmpfloat_with_epsilon (number_in (rows, row, 2), value[i], 1e-6);
      gboolean flagged = value[i] < detector_of (&world)->threshold;
      if (*cell (rows, row, 3) && f == 1)
        g_assert_cmpint (g_str_equal (cell (rows, row, 3), "flagged"), ==, flagged);
    }
  }
  g_assert_cmpuint (rows->len, ==, row);
  end (&world);
}

static void
test_a_told_outlives_its_session (void)
{
  World world;
  begin (&world);
  LimenTold told = limen_detector_session_told (world.session, NULL);
  LimenPicture picture = {LIMEN_PICTURE_PNG, 400, 300, 1};
  g_autoptr (GError) error = NULL;
  g_autofree char *flow = g_path_get_basename (world.flow);
  end (&world); /* the files are gone, too */
  g_assert_true (
      limen_told_fill_picture (&told, limen_scheme (TRUE, FALSE), &picture, NULL, &error));
  g_autoptr (GBytes) png = limen_picture_to_bytes (&picture, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (png), >, 1000);
  g_assert_nonnull (strstr (told_value (&told, "Title"), flow));
  limen_told_clear (&told);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name) g_test_add_func ("/detector-told/" #name, test_##name)
  ADD (the_threshold_is_three_deviations_below_the_mean);
  ADD (errors_are_counted_over_the_scores_of_the_flow);
  ADD (files_are_told_with_their_hashes_at_once_and_later);
  ADD (who_cancels_while_files_are_hashed_is_told_nothing);
  ADD (page_and_command_tell_the_same);
  ADD (the_curve_is_drawn_where_it_is_seen);
  ADD (the_point_of_a_drawn_curve_is_where_the_line_is);
  ADD (the_scatter_is_drawn_where_it_is_seen);
  ADD (the_scores_are_drawn_where_they_are_seen);
  ADD (without_a_curve_the_histogram_is_drawn);
  ADD (the_table_has_each_score);
  ADD (a_told_outlives_its_session);
#undef ADD
  return g_test_run ();
}
