/* The Bound page without its window: what a state comes to, for a linear Gaussian model. */
#include "model/bound/bound-study.h"
#include "ui/study/ending.h"
#include "tests/study/bound-files.h"
#include "ui/study/bound/told.h"

#include <math.h>

typedef struct {
  LimenBoundSession *session;
  char *folder, *told; /* the last notice */
} World;

static void
begin (World *world)
{
  *world = (World){limen_bound_session_new (), make_folder (), NULL};
  g_signal_connect (world->session, "notice", G_CALLBACK (keep_notice_cb), &world->told);
}

static void
end (World *world)
{
  let_go (world->session);
  limen_ending_wait ();
  remove_folder (world->folder);
  g_free (world->folder);
  g_free (world->told);
}

static const LimenBoundPageState *
state_of (const World *world)
{
  return limen_bound_session_state (world->session);
}

static double
value_at (const World *world, guint i, double k)
{
  return limen_bound_study_value (limen_bound_session_study (world->session), i, k);
}

static void
assert_same_gaussian (const LimenGaussian *a, const LimenGaussian *b, double far)
{
  g_assert_cmpuint (a->dimension, ==, b->dimension);
  for (guint i = 0; i < a->dimension; i++)
    g_assert_cmpfloat_with_epsilon (a->mean[i], b->mean[i], far);
  for (guint i = 0; i < a->dimension * a->dimension; i++)
    g_assert_cmpfloat_with_epsilon (a->covariance[i], b->covariance[i], far);
}

/* -- what follows from a state -- */

static void
test_values_are_those_of_the_model (void)
{
  static const LimenProposalKind kinds[] = {LIMEN_PROPOSAL_OWN, LIMEN_PROPOSAL_MOMENTS,
                                            LIMEN_PROPOSAL_ELBO};
  World world;
  begin (&world);
  g_autoptr (LimenGaussianCase) example = limen_gaussian_case_example ();
  g_autoptr (LimenBoundStudy) study = limen_bound_study_new_gaussian (example, kinds, 3);
  const LimenBoundStudy *shown = limen_bound_session_study (world.session);
  g_assert_cmpuint (shown->n_proposals, ==, 3);
  g_assert_cmpfloat (shown->log_evidence, ==, study->log_evidence);
  for (guint i = 0; i < 3; i++)
    for (guint k = 1; k <= 5000; k *= 10)
      g_assert_cmpfloat (value_at (&world, i, k), ==, limen_bound_study_value (study, i, k));
  end (&world);
}

static void
test_k_is_told_once_and_kept_within_its_range (void)
{
  World world;
  begin (&world);
  guint *k = count_signal (world.session, "k-changed"),
        *study = count_signal (world.session, "study-changed");
  limen_bound_session_set_k (world.session, 50); /* as it was */
  g_assert_cmpuint (*k, ==, 0);
  limen_bound_session_set_k (world.session, 7);
  g_assert_cmpuint (*k, ==, 1);
  limen_bound_session_set_k (world.session, 1000000);
  g_assert_cmpuint (state_of (&world)->k, ==, LIMEN_BOUND_MOST_K);
  g_assert_cmpuint (*k, ==, 2);
  g_assert_cmpuint (*study, ==, 0);
  end (&world);
}

static void
set_another_k_cb (LimenBoundSession *session)
{
  if (limen_bound_session_state (session)->k != 7)
    return;
  limen_bound_session_set_k (session, 8);
  g_autofree LimenBoundPageState *same_place = g_new (LimenBoundPageState, 1);
  memset (same_place, 0x55, sizeof *same_place); /* what is gone is read by nobody */
}

/* A control that rounds what it is told sets another K while the first is being told. */
static void
test_who_is_told_of_k_may_set_another (void)
{
  World world;
  begin (&world);
  guint *k = count_signal (world.session, "k-changed"),
        *merge = count_signal (world.session, "merge-changed"),
        *view = count_signal (world.session, "view-changed");
  g_signal_connect (world.session, "k-changed", G_CALLBACK (set_another_k_cb), NULL);
  limen_bound_session_set_k (world.session, 7);
  g_assert_cmpuint (state_of (&world)->k, ==, 8);
  g_assert_cmpuint (*k, ==, 2);
  g_assert_cmpuint (*merge + *view, ==, 0);
  end (&world);
}

static void
test_as_many_draws_are_shown_as_k_says (void)
{
  World world;
  begin (&world);
  g_assert_cmpuint (limen_bound_session_scene (world.session)->n_points, ==, 50);
  limen_bound_session_set_k (world.session, 3);
  g_assert_cmpuint (limen_bound_session_scene (world.session)->n_points, ==, 3);
  limen_bound_session_set_k (world.session, 5000);
  g_assert_cmpuint (limen_bound_session_scene (world.session)->n_points, ==, LIMEN_SCENE_POINTS);
  end (&world);
}

static void
test_presets_are_the_models_proposals (void)
{
  World world;
  begin (&world);
  g_autoptr (LimenGaussianCase) example = limen_gaussian_case_example ();
  for (LimenProposalKind kind = 0; kind < LIMEN_N_PROPOSALS; kind++) {
    g_autoptr (LimenGaussian) q = limen_gaussian_case_proposal (example, kind);
    limen_bound_session_set_preset (world.session, kind);
    assert_same_gaussian (limen_bound_session_proposal (world.session), q, 1e-12);
    g_assert_cmpstr (limen_bound_session_study (world.session)->proposal[0].name, ==,
                     limen_proposal_name (kind));
    g_assert_cmpint (state_of (&world)->preset, ==, kind);
  }
  end (&world);
}

static void
test_under_the_posterior_there_is_no_gap (void)
{
  World world;
  begin (&world);
  limen_bound_session_set_preset (world.session, LIMEN_PROPOSAL_POSTERIOR);
  for (guint k = 1; k <= 5000; k *= 10)
    g_assert_cmpfloat (
        limen_bound_study_gap (limen_bound_session_study (world.session), 0, k).value, ==, 0);
  end (&world);
}

static void
test_on_the_way_to_the_posterior_the_gap_closes (void)
{
  World world;
  double before = INFINITY;
  begin (&world);
  for (guint i = 0; i <= 4; i++) {
    limen_bound_session_set_morph (world.session, i / 4.0);
    const LimenBoundStudy *study = limen_bound_session_study (world.session);
    double gap = limen_bound_study_gap (study, 0, 10).value;
    g_assert_cmpfloat (gap, <, before);
    g_assert_cmpstr (study->proposal[0].name, ==, i == 0 ? "offset" : "yours");
    before = gap;
  }
  g_assert_cmpfloat (before, ==, 0);
  end (&world);
}

static void
test_half_way_lies_between (void)
{
  World world;
  begin (&world);
  g_autoptr (LimenGaussianCase) example = limen_gaussian_case_example ();
  g_autoptr (LimenGaussian) from = limen_gaussian_case_proposal (example, LIMEN_PROPOSAL_OWN);
  g_autoptr (LimenGaussian) to = limen_gaussian_model_posterior (example->model, example->x);
  g_autoptr (LimenGaussian) half = limen_gaussian_between (from, to, 0.5);
  limen_bound_session_set_morph (world.session, 0.5);
  assert_same_gaussian (limen_bound_session_proposal (world.session), half, 1e-12);
  limen_bound_session_set_morph (world.session, 0);
  assert_same_gaussian (limen_bound_session_proposal (world.session), from, 1e-12);
  end (&world);
}

static LimenGaussian *
own_proposal (void)
{
  return limen_gaussian_new ("q", 2, (double[]){0.5, -0.25}, (double[]){1, 0.3, 0.3, 0.8}, NULL);
}

static void
test_the_users_proposal_has_the_models_bound (void)
{
  static const LimenProposalKind kind = LIMEN_PROPOSAL_OWN;
  World world;
  begin (&world);
  g_autoptr (LimenGaussianCase) example = limen_gaussian_case_example ();
  g_autoptr (LimenBoundStudy) study = limen_bound_study_new_gaussian (example, &kind, 1);
  limen_bound_study_set_gaussian (study, 0, example, own_proposal (), LIMEN_PROPOSAL_OWN);
  limen_bound_session_set_proposal (world.session, own_proposal (), TRUE);
  g_assert_cmpstr (limen_bound_session_study (world.session)->proposal[0].name, ==, "yours");
  for (guint k = 1; k <= 5000; k *= 10)
    g_assert_cmpfloat (value_at (&world, 0, k), ==, limen_bound_study_value (study, 0, k));
  end (&world);
}

static void
test_the_plane_stays_while_a_proposal_is_dragged (void)
{
  World world;
  begin (&world);
  g_autoptr (LimenGaussian) far =
      limen_gaussian_new ("q", 2, (double[]){40, 40}, (double[]){1, 0, 0, 1}, NULL);
  double high = limen_bound_session_scene (world.session)->high[0];
  limen_bound_session_set_proposal (world.session, limen_gaussian_copy (far), FALSE);
  g_assert_cmpfloat (limen_bound_session_scene (world.session)->high[0], ==, high);
  limen_bound_session_set_proposal (world.session, limen_gaussian_copy (far), TRUE);
  g_assert_cmpfloat (limen_bound_session_scene (world.session)->high[0], >, 40);
  end (&world);
}

static void
test_beside_the_proposal_stand_those_asked_for (void)
{
  static const char *const names[][2] = {
      [LIMEN_COMPARE_MOMENTS_ELBO] = {"moment-matched", "ELBO-optimal"},
      [LIMEN_COMPARE_PRIOR_ELBO] = {"prior", "ELBO-optimal"},
      [LIMEN_COMPARE_PRIOR_MOMENTS] = {"prior", "moment-matched"},
  };
  World world;
  begin (&world);
  for (LimenBoundCompare i = 0; i < LIMEN_COMPARE_NOTHING; i++) {
    limen_bound_session_set_compare (world.session, i);
    const LimenBoundStudy *study = limen_bound_session_study (world.session);
    g_assert_cmpuint (study->n_proposals, ==, 3);
    g_assert_cmpstr (study->proposal[1].name, ==, names[i][0]);
    g_assert_cmpstr (study->proposal[2].name, ==, names[i][1]);
  }
  limen_bound_session_set_compare (world.session, LIMEN_COMPARE_NOTHING);
  g_assert_cmpuint (limen_bound_session_study (world.session)->n_proposals, ==, 1);
  end (&world);
}

static void
test_no_proposal_stands_there_twice (void)
{
  World world;
  begin (&world);
  limen_bound_session_set_preset (world.session, LIMEN_PROPOSAL_MOMENTS);
  const LimenBoundStudy *study = limen_bound_session_study (world.session);
  g_assert_cmpuint (study->n_proposals, ==, 2);
  g_assert_cmpstr (study->proposal[1].name, ==, "ELBO-optimal");
  limen_bound_session_set_proposal (world.session, own_proposal (), TRUE);
  g_assert_cmpuint (limen_bound_session_study (world.session)->n_proposals, ==, 3);
  end (&world);
}

static void
test_another_merge_draws_other_weights_and_the_same_again (void)
{
  World world;
  begin (&world);
  g_autoptr (LimenBoundPageState) first = limen_bound_page_state_copy (state_of (&world));
  const LimenScene *scene = limen_bound_session_scene (world.session);
  double before = scene->merge[0][0];
  guint *told = count_signal (world.session, "merge-changed");
  limen_bound_session_merge_again (world.session);
  g_assert_cmpfloat (limen_bound_session_scene (world.session)->merge[0][0], !=, before);
  limen_bound_session_set_state (world.session, first);
  g_assert_cmpfloat (limen_bound_session_scene (world.session)->merge[0][0], ==, before);
  g_assert_cmpuint (*told, ==, 2);
  end (&world);
}

static void
test_the_shade_is_a_matter_of_view_alone (void)
{
  World world;
  begin (&world);
  guint *view = count_signal (world.session, "view-changed"),
        *study = count_signal (world.session, "study-changed");
  limen_bound_session_set_shade (world.session, FALSE);
  limen_bound_session_set_shade (world.session, FALSE);
  g_assert_cmpuint (*view, ==, 1);
  g_assert_cmpuint (*study, ==, 0);
  g_assert_false (state_of (&world)->implied);
  end (&world);
}

static void
test_the_same_state_changes_nothing (void)
{
  static const char *const signals[] = {"source-changed", "study-changed", "k-changed",
                                        "merge-changed",  "view-changed",  "busy-changed"};
  guint *told[G_N_ELEMENTS (signals)];
  World world;
  begin (&world);
  g_autoptr (LimenBoundPageState) same = limen_bound_page_state_copy (state_of (&world));
  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    told[i] = count_signal (world.session, signals[i]);
  limen_bound_session_set_state (world.session, same);
  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    g_assert_cmpuint (*told[i], ==, 0);
  end (&world);
}

/* -- estimates -- */

static gboolean
has_all_dots (gpointer session)
{
  const LimenBoundStudy *study = limen_bound_session_study (session);
  return study->proposal[0].estimate[LIMEN_BOUND_N_DOTS - 1].n > 100;
}

static void
test_dots_come_and_agree_with_the_exact_bound (void)
{
  World world;
  begin (&world);
  guint *told = count_signal (world.session, "dots-changed");
  wait_until (has_all_dots, world.session);
  const LimenBoundStudy *study = limen_bound_session_study (world.session);
  for (guint i = 0; i < LIMEN_BOUND_N_DOTS; i++) {
    LimenEstimate estimate = limen_running_mean_estimate (&study->proposal[0].estimate[i]);
    double exact = limen_bound_study_value (study, 0, limen_bound_dots[i]);
    g_assert_cmpfloat (fabs (estimate.mean - exact), <, 5 * estimate.standard_error);
  }
  g_assert_cmpuint (*told, >, 0);
  end (&world);
}

static void
test_another_proposal_has_no_dots_of_the_old_one (void)
{
  World world;
  begin (&world);
  wait_until (has_all_dots, world.session);
  limen_bound_session_set_preset (world.session, LIMEN_PROPOSAL_PRIOR);
  g_assert_cmpint (limen_bound_session_study (world.session)->proposal[0].estimate[0].n, ==, 0);
  wait_until (has_all_dots, world.session);
  end (&world);
}

/* -- files -- */

static void
test_a_case_is_read_and_named_with_its_hash (void)
{
  World world;
  begin (&world);
  g_autofree char *path = write_case (world.folder, "one.json", CASE_JSON);
  g_autofree char *hash = hash_of_file (path);
  open_and_wait (world.session, path);
  const LimenOrigin *source = state_of (&world)->gaussian_case;
  g_assert_cmpstr (source->paths[0], ==, path);
  g_assert_cmpstr (source->name, ==, "one.json");
  g_assert_cmpstr (g_hash_table_lookup (source->sha256, path), ==, hash);
  g_assert_cmpfloat (limen_bound_session_case (world.session)->x[1], ==, -0.5);
  g_assert_cmpfloat (limen_bound_session_proposal (world.session)->mean[0], ==, 0.5);
  end (&world);
}

static void
test_a_case_is_known_by_its_content (void)
{
  static const char *const names[] = {"case.JSON", "case", "case.csv"};
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    World world;
    begin (&world);
    g_autofree char *path = write_case (world.folder, names[i], OTHER_CASE_JSON);
    open_and_wait (world.session, path);
    g_assert_cmpstr (state_of (&world)->gaussian_case->paths[0], ==, path);
    g_assert_cmpfloat (limen_bound_session_case (world.session)->x[0], ==, 3);
    end (&world);
  }
}

static const char *
text_of (char **pairs, const char *key)
{
  for (guint i = 0; pairs[i]; i += 2)
    if (g_str_equal (pairs[i], key))
      return pairs[i + 1];
  return NULL;
}

static void
test_a_picture_tells_file_hash_and_bound (void)
{
  World world;
  begin (&world);
  g_autofree char *path = write_case (world.folder, "one.json", CASE_JSON);
  g_autofree char *hash = hash_of_file (path);
  g_autofree char *line = g_strconcat (hash, "  one.json", NULL);
  open_and_wait (world.session, path);
  g_auto (LimenTold) told = limen_bound_session_told (world.session);
  g_assert_cmpstr (text_of (told.text, "Case"), ==, line);
  g_assert_nonnull (strstr (text_of (told.text, "Bound"), "K = 50"));
  g_assert_nonnull (text_of (told.text, "Log evidence"));
  end (&world);
}

static void
test_the_example_is_in_no_file (void)
{
  World world;
  begin (&world);
  g_auto (LimenTold) told = limen_bound_session_told (world.session);
  g_assert_null (text_of (told.text, "Case"));
  g_assert_nonnull (text_of (told.text, "Description"));
  end (&world);
}

/* @name: (nullable): of a file that is to be made of @text */
static const struct {
  const char *name, *text;
} refused[] = {
    {"broken.json", "{\"lambda1\":"},
    {"other.json", "[1,2,3]"},
    {"negative.json", "{\"lambda1\":[0],\"lambda2\":[-1],\"A\":[[1]],\"b\":[0],\"sigma2\":1,"
                      "\"x\":[0],\"proposal\":{\"mean\":[0],\"covariance\":[[1]]}}"},
    {"missing.json", NULL},
    {"missing.pt", NULL},
};

static void
test_a_refusal_is_one_sentence_and_leaves_what_was (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++) {
    World world;
    begin (&world);
    limen_bound_session_set_preset (world.session, LIMEN_PROPOSAL_PRIOR);
    g_autoptr (LimenBoundPageState) before = limen_bound_page_state_copy (state_of (&world));
    g_autofree char *path = g_build_filename (world.folder, refused[i].name, NULL);
    if (refused[i].text)
      g_assert_true (g_file_set_contents (path, refused[i].text, -1, NULL));
    open_one (world.session, path);
    wait_until (is_told, &world.told);
    assert_told (world.told, refused[i].name);
    g_assert_true (limen_bound_page_state_equal (before, state_of (&world)));
    g_assert_false (limen_bound_session_busy (world.session, NULL));
    end (&world);
  }
}

static void
test_of_two_drops_the_newest_wins (void)
{
  World world;
  begin (&world);
  g_autofree char *one = write_case (world.folder, "one.json", CASE_JSON),
                  *two = write_case (world.folder, "two.json", OTHER_CASE_JSON);
  guint *told = count_signal (world.session, "source-changed");
  open_one (world.session, one);
  open_one (world.session, two);
  wait_until (is_idle, world.session);
  g_assert_cmpstr (state_of (&world)->gaussian_case->paths[0], ==, two);
  g_assert_cmpuint (limen_bound_session_proposal (world.session)->dimension, ==, 1);
  g_assert_cmpuint (*told, ==, 1);
  g_assert_null (world.told);
  end (&world);
}

static void
test_a_cancelled_drop_says_nothing (void)
{
  World world;
  begin (&world);
  g_autofree char *path = write_case (world.folder, "one.json", CASE_JSON);
  guint *told = count_signal (world.session, "source-changed");
  open_one (world.session, path);
  g_assert_true (limen_bound_session_busy (world.session, NULL));
  limen_bound_session_cancel (world.session);
  wait_until (is_idle, world.session);
  g_assert_null (world.told);
  g_assert_null (state_of (&world)->gaussian_case);
  g_assert_cmpuint (*told, ==, 0);
  end (&world);
}

static void
test_the_same_file_again_is_read_again (void)
{
  World world;
  begin (&world);
  g_autofree char *path = write_case (world.folder, "one.json", CASE_JSON);
  open_and_wait (world.session, path);
  g_autofree char *again = write_case (world.folder, "one.json", OTHER_CASE_JSON);
  open_and_wait (world.session, again);
  g_assert_cmpuint (limen_bound_session_proposal (world.session)->dimension, ==, 1);
  end (&world);
}

/* As an undo will do it */
static void
test_a_state_of_before_comes_back_with_its_files (void)
{
  World world;
  begin (&world);
  g_autofree char *path = write_case (world.folder, "one.json", CASE_JSON);
  g_autoptr (LimenBoundPageState) first = limen_bound_page_state_copy (state_of (&world));
  double of_the_example = value_at (&world, 0, 50);
  open_and_wait (world.session, path);
  limen_bound_session_set_proposal (world.session, own_proposal (), TRUE);
  limen_bound_session_set_k (world.session, 9);
  g_autoptr (LimenBoundPageState) second = limen_bound_page_state_copy (state_of (&world));
  double of_the_file = value_at (&world, 0, 9);

  limen_bound_session_set_state (world.session, first);
  wait_until (is_idle, world.session);
  g_assert_true (limen_bound_page_state_equal (first, state_of (&world)));
  g_assert_cmpfloat (value_at (&world, 0, 50), ==, of_the_example);

  limen_bound_session_set_state (world.session, second);
  wait_until (is_idle, world.session);
  g_assert_true (limen_bound_page_state_equal (second, state_of (&world)));
  g_assert_cmpfloat (value_at (&world, 0, 9), ==, of_the_file);
  end (&world);
}

static void
test_a_state_whose_file_is_gone_leaves_what_is (void)
{
  World world;
  begin (&world);
  g_autoptr (LimenOrigin) gone = limen_origin_new_path ("/nowhere/gone.json");
  g_autoptr (LimenBoundPageState) before = limen_bound_page_state_copy (state_of (&world));
  g_autoptr (LimenBoundPageState) next = limen_bound_page_state_with_case (before, gone);
  limen_bound_session_set_state (world.session, next);
  wait_until (is_told, &world.told);
  assert_told (world.told, "gone.json");
  g_assert_true (limen_bound_page_state_equal (before, state_of (&world)));
  end (&world);
}

static void
test_a_page_that_is_closed_while_it_reads_ends (void)
{
  World world;
  begin (&world);
  g_autofree char *path = write_vae (world.folder, "vae.safetensors", 2, 1);
  open_one (world.session, path);
  end (&world); /* waits until nothing holds it any more */
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name) g_test_add_func ("/bound-session/" #name, test_##name)
  ADD (values_are_those_of_the_model);
  ADD (k_is_told_once_and_kept_within_its_range);
  ADD (who_is_told_of_k_may_set_another);
  ADD (as_many_draws_are_shown_as_k_says);
  ADD (presets_are_the_models_proposals);
  ADD (under_the_posterior_there_is_no_gap);
  ADD (on_the_way_to_the_posterior_the_gap_closes);
  ADD (half_way_lies_between);
  ADD (the_users_proposal_has_the_models_bound);
  ADD (the_plane_stays_while_a_proposal_is_dragged);
  ADD (beside_the_proposal_stand_those_asked_for);
  ADD (no_proposal_stands_there_twice);
  ADD (another_merge_draws_other_weights_and_the_same_again);
  ADD (the_shade_is_a_matter_of_view_alone);
  ADD (the_same_state_changes_nothing);
  ADD (dots_come_and_agree_with_the_exact_bound);
  ADD (another_proposal_has_no_dots_of_the_old_one);
  ADD (a_case_is_read_and_named_with_its_hash);
  ADD (a_case_is_known_by_its_content);
  ADD (a_picture_tells_file_hash_and_bound);
  ADD (the_example_is_in_no_file);
  ADD (a_refusal_is_one_sentence_and_leaves_what_was);
  ADD (of_two_drops_the_newest_wins);
  ADD (a_cancelled_drop_says_nothing);
  ADD (the_same_file_again_is_read_again);
  ADD (a_state_of_before_comes_back_with_its_files);
  ADD (a_state_whose_file_is_gone_leaves_what_is);
  ADD (a_page_that_is_closed_while_it_reads_ends);
#undef ADD
  return g_test_run ();
}
