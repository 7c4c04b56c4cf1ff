/* What the Bound page tells, and limen bound of the same. */
#include "ui/study/ending.h"
#include "tests/study/bound-files.h"
#include "tests/study/told-text.h"
#include "ui/study/bound/told.h"

/* OTHER_CASE_JSON by hand: x = 3, p(x) = N(1, 2), posterior N(2, ½), q = N(1, ½): log p(x) =
 * −½[log 4π + 2], and the gap at K = 1 is KL(q ‖ posterior) = (2 − 1)² / (2 · ½) = 1 */
#define LOG_EVIDENCE (-0.5 * (log (4 * G_PI) + 2))
#define GAP          1.0

typedef struct {
  LimenBoundSession *session;
  char *folder, *path;
} World;

static void
begin (World *world, const char *json)
{
  *world = (World){limen_bound_session_new (), make_folder (), NULL};
  world->path = json ? write_case (world->folder, "one.json", json)
                     : write_vae (world->folder, "vae.safetensors", 3, 1);
  open_and_wait (world->session, world->path);
}

static void
end (World *world)
{
  let_go (world->session);
  limen_ending_wait ();
  remove_folder (world->folder);
  g_free (world->folder);
  g_free (world->path);
}

static void
test_bound_and_evidence_are_those_of_a_case_worked_by_hand (void)
{
  World world;
  begin (&world, OTHER_CASE_JSON);
  limen_bound_session_set_k (world.session, 1);
  g_auto (LimenTold) told = limen_bound_session_told (world.session);
  double evidence = number_after (told_value (&told, "Log evidence"), "");
  double bound = number_after (told_value (&told, "Bound"), "K = 1: ");
  g_assert_cmpfloat_with_epsilon (evidence, LOG_EVIDENCE, 1e-8);
  g_assert_cmpfloat_with_epsilon (bound, LOG_EVIDENCE - GAP, 1e-8);
  g_assert_nonnull (strstr (told_value (&told, "Title"), "one.json"));
  assert_file_told (&told, "Case", world.path);
  g_assert_null (told_value (&told, "Model"));
  g_assert_null (told_value (&told, "Images"));
  g_assert_cmpstr (told_value (&told, "Proposal"), ==, "own: mean (1), covariance (0.5)");
  g_assert_null (told_value (&told, "Decoder"));
  limen_bound_session_set_preset (world.session, LIMEN_PROPOSAL_PRIOR);
  g_auto (LimenTold) prior = limen_bound_session_told (world.session);
  g_assert_cmpstr (told_value (&prior, "Proposal"), ==, "prior: mean (1), covariance (1)");
  end (&world);
}

static void
test_the_table_has_a_row_for_each_proposal_and_k (void)
{
  World world;
  begin (&world, OTHER_CASE_JSON);
  g_auto (LimenTold) told = limen_bound_session_told (world.session);
  g_autoptr (GPtrArray) rows = rows_of (told.table);
  guint n = limen_bound_session_study (world.session)->n_proposals;
  g_assert_cmpuint (rows->len, ==, 1 + n * LIMEN_BOUND_N_DOTS);
  for (guint i = 1; i < rows->len; i++) {
    g_assert_cmpfloat (number_in (rows, i, 1), ==, limen_bound_dots[(i - 1) % LIMEN_BOUND_N_DOTS]);
    g_assert_cmpfloat_with_epsilon (number_in (rows, i, 2), LOG_EVIDENCE, 1e-12);
    g_assert_cmpfloat (number_in (rows, i, 3), <=, LOG_EVIDENCE + 1e-12);
  }
  g_assert_cmpfloat_with_epsilon (number_in (rows, 1, 3), LOG_EVIDENCE - GAP, 1e-12);
  g_assert_cmpstr (cell (rows, 0, 0), ==, "proposal");
  end (&world);
}

/* Nothing is known exactly beyond two latent variables: what is told is of the K in the hand, which
 * has no dot, and of no other. */
static void
test_where_only_estimates_exist_that_of_the_same_k_is_told (void)
{
  World world;
  begin (&world, NULL);
  limen_bound_session_set_k (world.session, 60);
  const LimenBoundStudy *study = limen_bound_session_study (world.session);
  while (limen_bound_study_estimate (study, 0, 60).n < 2)
    g_main_context_iteration (NULL, TRUE);
  g_auto (LimenTold) told = limen_bound_session_told (world.session);
  LimenEstimate estimate = limen_bound_study_estimate (study, 0, 60);
  double bound = number_after (told_value (&told, "Bound"), "K = 60: ");
  g_assert_nonnull (strstr (told_value (&told, "Description"), "With K = 60 samples"));
  g_assert_cmpfloat (fabs (bound - estimate.mean), <, estimate.standard_error);
  g_assert_nonnull (strstr (told_value (&told, "Bound"), "standard error"));
  g_assert_null (told_value (&told, "Log evidence"));
  assert_file_told (&told, "Model", world.path);
  g_assert_cmpstr (told_value (&told, "Decoder"), ==, "Bernoulli");
  g_assert_true (g_str_has_prefix (told_value (&told, "Proposal"), "q(z|x): mean ("));
  end (&world);
}

/* The panel, the sentence and the table tell of one K: also where it has no dot. */
static void
test_every_k_in_the_hand_has_its_own_estimate (void)
{
  static const guint ks[] = {8, 3, 4999};
  World world;
  begin (&world, OTHER_CASE_JSON);
  const LimenBoundStudy *study = limen_bound_session_study (world.session);
  for (guint i = 0; i < G_N_ELEMENTS (ks); i++) {
    limen_bound_session_set_k (world.session, ks[i]);
    g_assert_cmpuint (limen_bound_state (study, ks[i]).estimate_k, ==, ks[i]);
    g_assert_cmpuint (limen_bound_study_estimate (study, 0, ks[i]).n, ==, 0); /* not of another */
    while (limen_bound_study_estimate (study, 0, ks[i]).n < 20)
      g_main_context_iteration (NULL, TRUE);
    LimenEstimate estimate = limen_bound_study_estimate (study, 0, ks[i]);
    double exact = limen_bound_study_value (study, 0, ks[i]);
    g_assert_cmpfloat (fabs (estimate.mean - exact), <, 5 * estimate.standard_error);
    g_auto (LimenTold) told = limen_bound_session_told (world.session);
    g_autoptr (GPtrArray) rows = rows_of (told.table);
    g_assert_cmpfloat (number_in (rows, rows->len - 1, 1), ==, ks[i]);
    g_assert_cmpfloat_with_epsilon (number_in (rows, rows->len - 1, 4), estimate.mean, 1e-12);
  }
  end (&world);
}

/* As limen bound --k 50 --samples 0 makes it of the same file */
static LimenTold
told_by_command (const World *world, LimenBoundStudy *study, const char **json)
{
  LimenBoundRow row = {.k = 50,
                       .exact = limen_bound_study_known (study, 0, 50),
                       .gap = limen_bound_study_gap (study, 0, 50),
                       .monte_carlo_error = NAN};
  const char *path = world->path;
  g_free (study->proposal[0].name);
  study->proposal[0].name = g_strdup ("own");
  g_autoptr (GHashTable) hashes = limen_hash_files (&path, 1, NULL, 0, NULL, NULL);
  const LimenBoundReport report = {
      .study = study, .row = &row, .n_rows = 1, .case_file = path, .sha256 = hashes};
  *json = limen_bound_report_json (&report);
  return limen_bound_told (&report, NULL, NULL);
}

static void
test_page_and_command_tell_the_same (void)
{
  World world;
  begin (&world, CASE_JSON);
  const LimenProposalKind own = LIMEN_PROPOSAL_OWN;
  g_autoptr (LimenBoundStudy) study =
      limen_bound_study_new_gaussian (limen_bound_session_case (world.session), &own, 1);
  g_autofree char *json = NULL, *hash = hash_of_file (world.path);
  g_auto (LimenTold) page = limen_bound_session_told (world.session);
  g_auto (LimenTold) command = told_by_command (&world, study, (const char **)&json);
  assert_told_alike (&page, &command, NULL);
  assert_file_told (&page, "Case", world.path);
  g_assert_nonnull (strstr (json, hash));
  g_assert_cmpfloat_with_epsilon (number_after (json, "\"log_evidence\" : "),
                                  number_after (told_value (&page, "Log evidence"), ""), 1e-8);
  end (&world);
}

static void
test_a_told_outlives_its_session (void)
{
  World world;
  begin (&world, CASE_JSON);
  LimenTold told = limen_bound_session_told (world.session);
  LimenPicture picture = {LIMEN_PICTURE_PNG, 700, 500, 1};
  g_autoptr (GError) error = NULL;
  end (&world);
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
#define ADD(name) g_test_add_func ("/bound-told/" #name, test_##name)
  ADD (bound_and_evidence_are_those_of_a_case_worked_by_hand);
  ADD (the_table_has_a_row_for_each_proposal_and_k);
  ADD (where_only_estimates_exist_that_of_the_same_k_is_told);
  ADD (every_k_in_the_hand_has_its_own_estimate);
  ADD (page_and_command_tell_the_same);
  ADD (a_told_outlives_its_session);
#undef ADD
  return g_test_run ();
}
