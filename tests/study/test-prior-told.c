/* What the Prior page tells, and limen prior of the same. */
#include "model/report/provenance.h"
#include "ui/study/ending.h"
#include "tests/study/heard.h"
#include "tests/study/told-text.h"
#include "ui/study/prior/told.h"

/* By hand: x = 3, z ~ N(1, 1), x|z ~ N(z, 1), q = N(μ, ½) at μ = 1. ∂VLB/∂μ = (x − μ) − (μ − 1)
 * = 2. A draw by reparameterization of the whole integrand is (x − z) − (z − 1) = 4 − 2z, of
 * variance 4 · ½ = 2; when log q does not follow μ it is 4 − 2z + 2 (z − 1) = 2, whatever z is. */
#define CASE_JSON                                                                                  \
  "{\"lambda1\":[1],\"lambda2\":[1],\"A\":[[1]],\"b\":[0],\"sigma2\":1,\"x\":[3],"                 \
  "\"proposal\":{\"mean\":[1],\"covariance\":[[0.5]]}}"

typedef struct {
  LimenPriorSession *session;
  Heard heard;
} Study;

static void
begin (Study *study)
{
  static const char *const signals[] = {"duel-changed", "race-changed", NULL};
  study->session = limen_prior_session_new ();
  heard_begin (&study->heard, study->session, signals);
}

static void
end (Study *study)
{
  g_object_unref (study->session);
  heard_end (&study->heard);
  limen_ending_wait ();
}

static void
open_file (Study *study, const char *path, const char *signal)
{
  g_string_truncate (study->heard.said, 0);
  limen_prior_session_open (study->session, (const char *[]){path, NULL});
  heard_wait (&study->heard, signal);
}

/* Affine maps, @n_steps; plays to the end */
static const LimenRaceView *
play (Study *study, guint64 n_steps)
{
  LimenPriorState next = *limen_prior_session_state (study->session);
  next.race.common.n_steps = n_steps;
  next.race.common.hidden = 0;
  next.race.speed = 0;
  g_assert_true (limen_prior_session_set (study->session, &next));
  limen_prior_session_play (study->session, TRUE);
  while (!limen_prior_session_view (study->session) ||
         limen_prior_session_view (study->session)->step < n_steps) {
    limen_prior_session_look (study->session);
    g_usleep (500);
  }
  return limen_prior_session_view (study->session);
}

/* What is trained alone, beside no other */
static LimenPriorTrainer *
trained_alone (Study *study, LimenGradientEstimator estimator)
{
  g_autoptr (GError) error = NULL;
  LimenPriorSettings settings = limen_prior_session_state (study->session)->race.common;
  settings.estimator = estimator;
  LimenPriorTrainer *trainer =
      limen_prior_trainer_new (&settings, limen_prior_session_points (study->session), &error);
  while (!limen_prior_trainer_is_done (trainer))
    g_assert_true (limen_prior_trainer_step (trainer, &error));
  return trainer;
}

static void
test_gradient_and_variances_are_those_worked_by_hand (void)
{
  Study study;
  begin (&study);
  char *path = write_lone_file ("one.json", CASE_JSON, -1);
  open_file (&study, path, "duel-changed");
  g_auto (LimenTold) told = limen_prior_session_told (study.session);
  const char *exact = told_value (&told, "Exact gradient");
  const char *variance = told_value (&told, "Variance of a draw");
  g_assert_cmpfloat (number_after (exact, ": "), ==, 2);
  g_assert_cmpfloat (number_after (variance, "\nreparameterization: "), ==, 2);
  g_assert_cmpfloat (number_after (variance, "\nsticking-the-landing: "), ==, 0);
  g_assert_nonnull (strstr (variance, "log-derivative-mean: ")); /* measured, though not drawn */
  g_assert_nonnull (
      strstr (told_value (&told, "Estimates"), "300 draws of each estimator, seed 1, 0 "));
  g_assert_true (
      g_str_has_prefix (told_value (&told, "Title"), "Gradient estimates under one.json"));
  assert_file_told (&told, "Case", path);
  end (&study);
  remove_lone_file (path);
}

static void
test_what_is_in_no_file_is_called_by_name (void)
{
  Study study;
  begin (&study);
  g_auto (LimenTold) told = limen_prior_session_told (study.session);
  g_assert_true (
      g_str_has_prefix (told_value (&told, "Title"), "Gradient estimates under the example"));
  g_assert_null (told_value (&told, "Case"));
  LimenPriorState next = *limen_prior_session_state (study.session);
  next.duel.dimension = 5;
  next.duel.shift = 3;
  g_assert_true (limen_prior_session_set (study.session, &next));
  g_auto (LimenTold) other = limen_prior_session_told (study.session);
  g_assert_true (g_str_has_prefix (told_value (&other, "Title"),
                                   "Gradient estimates under 5 independent variables"));
  g_assert_nonnull (strstr (told_value (&other, "Estimates"), ", 3 added to log p"));
  end (&study);
}

static void
test_each_runner_has_a_line (void)
{
  Study study;
  begin (&study);
  const LimenRaceView *view = play (&study, 40);
  g_auto (LimenTold) told = limen_prior_session_told (study.session);
  g_auto (GStrv) bound = g_strsplit (told_value (&told, "Bound"), "\n", -1);
  g_auto (GStrv) training = g_strsplit (told_value (&told, "Training"), "\n", -1);
  g_assert_cmpuint (view->n, ==, 2);
  g_assert_cmpuint (g_strv_length (bound), ==, 2);
  g_assert_cmpuint (g_strv_length (training), ==, 2);
  for (guint i = 0; i < 2; i++) {
    g_autoptr (LimenPriorTrainer) alone = trained_alone (&study, view->runner[i].estimator);
    double expected = limen_prior_trainer_report (alone).bound;
    g_assert_cmpfloat_with_epsilon (number_after (bound[i], ""), expected, 1e-7);
    g_assert_true (
        g_str_has_prefix (training[i], limen_estimator_word (view->runner[i].estimator)));
    g_assert_nonnull (strstr (training[i], ", 40 steps of 64 points"));
  }
  g_assert_null (strchr (told_value (&told, "Data"), '\n')); /* all learn the same */
  g_assert_cmpstr (told_value (&told, "Data"), ==, "builtin:two-moons:2000:1");
  g_assert_cmpfloat_with_epsilon (
      number_after (told_value (&told, "Maximum likelihood"), ""),
      limen_ppca_log_likelihood (limen_prior_session_points (study.session), 2, 0.3), 1e-7);
  end (&study);
}

static void
test_a_race_under_way_says_how_far_it_is (void)
{
  Study study;
  begin (&study);
  limen_prior_session_step (study.session);
  while (!limen_prior_session_view (study.session) ||
         limen_prior_session_view (study.session)->last[0].step < 1) {
    limen_prior_session_look (study.session);
    g_usleep (500);
  }
  g_auto (LimenTold) told = limen_prior_session_told (study.session);
  g_assert_nonnull (strstr (told_value (&told, "Training"), ", 1 of 2000 steps of 64 points"));
  g_assert_nonnull (strstr (told_value (&told, "Description"), "After 1 step by "));
  end (&study);
}

/* As limen prior gradients and limen prior train make it of the same, one runner */
static void
test_page_and_commands_tell_the_same (void)
{
  Study study;
  begin (&study);
  LimenPriorState next = *limen_prior_session_state (study.session);
  next.race.estimator[1] = LIMEN_N_ESTIMATORS;
  g_assert_true (limen_prior_session_set (study.session, &next));
  char *path = write_lone_file ("own.csv", "0,1\n2,1\n3,3\n1,0\n-1,2\n0.5,1.5\n", -1);
  open_file (&study, path, "race-changed");
  play (&study, 20);
  g_autoptr (LimenPriorTrainer) alone = trained_alone (&study, LIMEN_REPARAMETERIZATION);
  g_autofree double *nowhere = g_new0 (double, 2);
  double zero = 0;
  const LimenTrainingCurve curve = {1, &zero, &zero, &zero};
  const char *const data[] = {path, NULL};
  g_autoptr (GHashTable) hashes = limen_hash_files (data, 1, NULL, 0, NULL, NULL);
  LimenTrainingReport report = {
      .settings = limen_prior_session_state (study.session)->race.common,
      .points = limen_prior_session_points (study.session),
      .data = data,
      .last = limen_prior_trainer_report (alone),
      .maximum = limen_ppca_maximum (limen_prior_session_points (study.session), 2, 0.3),
      .curve = &curve,
      .sha256 = hashes};
  report.settings.estimator = LIMEN_REPARAMETERIZATION;
  g_auto (LimenTold) page = limen_prior_session_told (study.session);
  g_auto (LimenTold) command = limen_prior_told_training (&report, alone, nowhere);
  for (char **pair = command.text; *pair; pair += 2) {
    if (g_str_equal (pair[0], "Title") || g_str_equal (pair[0], "Description"))
      g_assert_true (g_str_has_suffix (told_value (&page, pair[0]), pair[1]));
    else
      g_assert_cmpstr (told_value (&page, pair[0]), ==, pair[1]);
  }
  assert_file_told (&page, "Data", path);
  g_autofree char *json = limen_training_report_json (&report);
  g_assert_nonnull (strstr (json, g_hash_table_lookup (hashes, path)));
  end (&study);
  remove_lone_file (path);
}

/* 30 images of 28 × 28 as NumPy writes them, all black but for @shade */
static char *
write_images (const char *name, guint8 shade)
{
  const char header[] = "{'descr': '|u1', 'fortran_order': False, 'shape': (30, 28, 28), }";
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autofree char *padded = g_strdup_printf ("%-117s\n", header);
  g_byte_array_append (bytes, (const guint8 *)"\x93NUMPY\x01\x00\x76\x00", 10);
  g_byte_array_append (bytes, (const guint8 *)padded, 118);
  for (guint i = 0; i < 30 * 28 * 28; i++)
    g_byte_array_append (bytes, i % 7 ? (const guint8 *)"" : &shade, 1);
  return write_lone_file (name, bytes->data, bytes->len);
}

static void
test_several_files_are_told_with_their_hashes (void)
{
  Study study;
  begin (&study);
  char *path[] = {write_images ("a.npy", 90), write_images ("b.npy", 200), NULL};
  g_string_truncate (study.heard.said, 0);
  limen_prior_session_open (study.session, (const char *const *)path);
  heard_wait (&study.heard, "race-changed");
  play (&study, 1);
  g_auto (LimenTold) told = limen_prior_session_told (study.session);
  g_auto (GStrv) line = g_strsplit (told_value (&told, "Data"), "\n", -1);
  g_assert_cmpuint (g_strv_length (line), ==, 2);
  for (guint i = 0; i < 2; i++) {
    g_autofree char *bytes = NULL, *name = g_path_get_basename (path[i]);
    gsize size;
    g_assert_true (g_file_get_contents (path[i], &bytes, &size, NULL));
    g_autofree char *hash =
        g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *)bytes, size);
    g_assert_true (g_str_has_prefix (line[i], hash));
    g_assert_true (g_str_has_suffix (line[i], name));
  }
  end (&study);
  remove_lone_file (path[0]);
  remove_lone_file (path[1]);
}

static void
test_the_table_has_gradients_and_trainings (void)
{
  Study study;
  begin (&study);
  char *path = write_lone_file ("one.json", CASE_JSON, -1);
  open_file (&study, path, "duel-changed");
  play (&study, 3);
  g_auto (LimenTold) told = limen_prior_session_told (study.session);
  g_autoptr (GPtrArray) rows = rows_of (told.table);
  guint n_gradients = LIMEN_N_ESTIMATORS * limen_prior_session_duel (study.session)->n_parameters;
  g_assert_cmpstr (cell (rows, 1, 0), ==, "gradient");
  g_assert_cmpfloat_with_epsilon (number_in (rows, 1, 3), 2, 1e-12);
  g_assert_cmpstr (cell (rows, n_gradients, 0), ==, "gradient");
  g_assert_cmpuint (rows->len, ==, 1 + n_gradients + 2 * 4); /* from step 0 on */
  g_assert_cmpstr (cell (rows, n_gradients + 4, 0), ==, "training");
  g_assert_cmpfloat (number_in (rows, n_gradients + 4, 2), ==, 3);
  g_autoptr (LimenPriorTrainer) alone = trained_alone (&study, LIMEN_REPARAMETERIZATION);
  g_assert_cmpfloat_with_epsilon (number_in (rows, n_gradients + 4, 8),
                                  limen_prior_trainer_report (alone).bound, 1e-9);
  end (&study);
  remove_lone_file (path);
}

static void
test_a_told_outlives_its_session (void)
{
  Study study;
  begin (&study);
  play (&study, 2);
  LimenTold told = limen_prior_session_told (study.session);
  LimenPicture picture = {LIMEN_PICTURE_PNG, 700, 500, 1};
  g_autoptr (GError) error = NULL;
  end (&study);
  g_assert_true (
      limen_told_fill_picture (&told, limen_scheme (TRUE, FALSE), &picture, NULL, &error));
  g_autoptr (GBytes) png = limen_picture_to_bytes (&picture, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (png), >, 1000);
  limen_told_clear (&told);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name) g_test_add_func ("/prior-told/" #name, test_##name)
  ADD (gradient_and_variances_are_those_worked_by_hand);
  ADD (what_is_in_no_file_is_called_by_name);
  ADD (each_runner_has_a_line);
  ADD (a_race_under_way_says_how_far_it_is);
  ADD (page_and_commands_tell_the_same);
  ADD (several_files_are_told_with_their_hashes);
  ADD (the_table_has_gradients_and_trainings);
  ADD (a_told_outlives_its_session);
#undef ADD
  return g_test_run ();
}
