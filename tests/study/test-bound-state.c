/* The Bound page's state: a plain value, and its setters. */
#include "model/bound/bound-study.h"
#include "ui/study/bound/state.h"

static LimenGaussian *
gaussian (double mean)
{
  return limen_gaussian_new_diagonal ("q", 1, &mean, &(double){1}, NULL);
}

/* With something in every place */
static LimenBoundPageState *
full_state (void)
{
  g_autoptr (LimenOrigin) file = limen_origin_new_path ("/a/case.json");
  g_autoptr (LimenOrigin) vae = limen_origin_new_path ("/a/vae.pt");
  g_autoptr (LimenOrigin) images = limen_origin_new_path ("/a/images");
  g_autoptr (LimenGaussian) q = gaussian (2);
  g_autoptr (LimenBoundPageState) first = limen_bound_page_state_new ();
  g_autoptr (LimenBoundPageState) with_case = limen_bound_page_state_with_case (first, file);
  g_autoptr (LimenBoundPageState) with_vae =
      limen_bound_page_state_with_vae (with_case, vae, images);
  g_autoptr (LimenBoundPageState) with_image = limen_bound_page_state_with_image (with_vae, 3);
  g_autoptr (LimenBoundPageState) with_q =
      limen_bound_page_state_with_proposal (with_image, q, TRUE);
  return limen_bound_page_state_with_morph (with_q, 0.25);
}

static void
test_first_state_is_the_example_with_its_own_proposal (void)
{
  g_autoptr (LimenBoundPageState) state = limen_bound_page_state_new ();
  g_assert_false (state->uses_vae);
  g_assert_null (state->gaussian_case);
  g_assert_null (state->vae);
  g_assert_cmpint (state->preset, ==, LIMEN_PROPOSAL_OWN);
  g_assert_cmpuint (state->k, ==, 50);
  g_assert_true (state->implied);
}

static void
test_a_copy_is_equal_and_its_own (void)
{
  g_autoptr (LimenBoundPageState) state = full_state ();
  LimenBoundPageState *copy = limen_bound_page_state_copy (state);
  g_assert_true (limen_bound_page_state_equal (state, copy));
  g_assert_true (copy->own != state->own);
  limen_bound_page_state_free (copy);
  g_assert_cmpfloat (state->own->mean[0], ==, 2);
  g_assert_cmpstr (state->vae->paths[0], ==, "/a/vae.pt");
}

static void
test_a_setter_leaves_the_old_state (void)
{
  g_autoptr (LimenBoundPageState) state = full_state ();
  g_autoptr (LimenBoundPageState) before = limen_bound_page_state_copy (state);
  g_autoptr (LimenBoundPageState) preset =
      limen_bound_page_state_with_preset (state, LIMEN_PROPOSAL_PRIOR);
  g_autoptr (LimenBoundPageState) k = limen_bound_page_state_with_k (state, 7);
  g_autoptr (LimenBoundPageState) image = limen_bound_page_state_with_image (state, 9);
  g_assert_true (limen_bound_page_state_equal (state, before));
}

/* Each setter makes another state, and what it does not speak of stays. */
static void
test_every_setting_makes_a_difference (void)
{
  g_autoptr (LimenBoundPageState) state = full_state ();
  g_autoptr (LimenGaussian) q = gaussian (3);
  LimenBoundPageState *others[] = {
      limen_bound_page_state_with_preset (state, LIMEN_PROPOSAL_PRIOR),
      limen_bound_page_state_with_proposal (state, q, TRUE),
      limen_bound_page_state_with_morph (state, 0.5),
      limen_bound_page_state_with_compare (state, LIMEN_COMPARE_NOTHING),
      limen_bound_page_state_with_k (state, 51),
      limen_bound_page_state_with_new_merge (state),
      limen_bound_page_state_with_shade (state, FALSE),
      limen_bound_page_state_with_image (state, 4),
      limen_bound_page_state_with_model (state, FALSE),
  };
  for (guint i = 0; i < G_N_ELEMENTS (others); i++) {
    g_assert_false (limen_bound_page_state_equal (state, others[i]));
    g_assert_true (limen_bound_page_state_same_files (state, others[i]));
    for (guint j = 0; j < i; j++)
      g_assert_false (limen_bound_page_state_equal (others[i], others[j]));
  }
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    limen_bound_page_state_free (others[i]);
}

static void
test_k_stays_within_its_range (void)
{
  static const guint asked[][2] = {{0, 1}, {1, 1}, {77, 77}, {5000, 5000}, {5001, 5000}};
  g_autoptr (LimenBoundPageState) state = limen_bound_page_state_new ();
  for (guint i = 0; i < G_N_ELEMENTS (asked); i++) {
    g_autoptr (LimenBoundPageState) next = limen_bound_page_state_with_k (state, asked[i][0]);
    g_assert_cmpuint (next->k, ==, asked[i][1]);
  }
}

static void
test_morph_stays_between_nothing_and_all (void)
{
  static const double asked[][2] = {{-1, 0}, {0, 0}, {0.3, 0.3}, {1, 1}, {2, 1}};
  g_autoptr (LimenBoundPageState) state = limen_bound_page_state_new ();
  for (guint i = 0; i < G_N_ELEMENTS (asked); i++) {
    g_autoptr (LimenBoundPageState) next = limen_bound_page_state_with_morph (state, asked[i][0]);
    g_assert_cmpfloat (next->morph, ==, asked[i][1]);
  }
}

static void
test_a_preset_takes_the_place_of_the_users_own (void)
{
  g_autoptr (LimenBoundPageState) state = full_state ();
  g_autoptr (LimenBoundPageState) next =
      limen_bound_page_state_with_preset (state, LIMEN_PROPOSAL_MOMENTS);
  g_assert_cmpint (next->preset, ==, LIMEN_PROPOSAL_MOMENTS);
  g_assert_null (next->own);
  g_assert_false (next->held);
  g_assert_cmpfloat (next->morph, ==, 0);
}

static void
test_a_proposal_of_the_hand_is_no_preset (void)
{
  g_autoptr (LimenBoundPageState) state = limen_bound_page_state_new ();
  g_autoptr (LimenGaussian) q = gaussian (-1);
  g_autoptr (LimenBoundPageState) next = limen_bound_page_state_with_proposal (state, q, TRUE);
  g_assert_cmpint (next->preset, ==, LIMEN_N_PROPOSALS);
  g_assert_cmpfloat (next->own->mean[0], ==, -1);
  g_assert_true (next->own != q);
  g_assert_true (next->held);
}

static void
test_letting_go_is_another_state (void)
{
  g_autoptr (LimenBoundPageState) state = full_state ();
  g_autoptr (LimenBoundPageState) held =
      limen_bound_page_state_with_proposal (state, state->own, TRUE);
  g_autoptr (LimenBoundPageState) let_go =
      limen_bound_page_state_with_proposal (state, state->own, FALSE);
  g_assert_false (limen_bound_page_state_same_proposal (held, let_go));
  g_assert_false (limen_bound_page_state_equal (held, let_go));
}

static void
test_a_case_comes_with_its_own_proposal_and_leaves_the_vae (void)
{
  g_autoptr (LimenBoundPageState) state = full_state ();
  g_autoptr (LimenOrigin) file = limen_origin_new_path ("/b/other.json");
  g_autoptr (LimenBoundPageState) next = limen_bound_page_state_with_case (state, file);
  g_assert_false (next->uses_vae);
  g_assert_cmpint (next->preset, ==, LIMEN_PROPOSAL_OWN);
  g_assert_cmpstr (next->gaussian_case->paths[0], ==, "/b/other.json");
  g_assert_cmpstr (next->vae->paths[0], ==, "/a/vae.pt");
  g_assert_cmpuint (next->index, ==, 3);
}

static void
test_a_vae_begins_with_its_first_image (void)
{
  g_autoptr (LimenBoundPageState) state = full_state ();
  g_autoptr (LimenOrigin) vae = limen_origin_new_path ("/b/vae.pt");
  g_autoptr (LimenBoundPageState) next =
      limen_bound_page_state_with_vae (state, vae, state->images);
  g_assert_true (next->uses_vae);
  g_assert_cmpuint (next->index, ==, 0);
  g_assert_null (next->own);
  g_assert_true (next->images == state->images);
  g_assert_false (limen_bound_page_state_same_files (state, next));
}

static void
test_no_vae_no_model_of_images (void)
{
  g_autoptr (LimenBoundPageState) state = limen_bound_page_state_new ();
  g_autoptr (LimenBoundPageState) next = limen_bound_page_state_with_model (state, TRUE);
  g_assert_false (next->uses_vae);
}

static void
test_another_image_is_another_observation_of_the_same_files (void)
{
  g_autoptr (LimenBoundPageState) state = full_state ();
  g_autoptr (LimenBoundPageState) next = limen_bound_page_state_with_image (state, 4);
  g_assert_true (limen_bound_page_state_same_files (state, next));
  g_assert_false (limen_bound_page_state_same_observation (state, next));
  g_assert_cmpint (next->preset, ==, LIMEN_PROPOSAL_OWN);
}

static void
test_settings_are_no_observation (void)
{
  g_autoptr (LimenBoundPageState) state = full_state ();
  g_autoptr (LimenBoundPageState) next = limen_bound_page_state_with_k (state, 2);
  g_assert_true (limen_bound_page_state_same_observation (state, next));
  g_assert_true (limen_bound_page_state_same_proposal (state, next));
}

static void
test_each_merge_is_a_new_one (void)
{
  g_autoptr (LimenBoundPageState) state = limen_bound_page_state_new ();
  g_autoptr (LimenBoundPageState) second = limen_bound_page_state_with_new_merge (state);
  g_autoptr (LimenBoundPageState) third = limen_bound_page_state_with_new_merge (second);
  g_assert_cmpuint (second->merge_round, ==, 1);
  g_assert_cmpuint (third->merge_round, ==, 2);
}

#define REFUSED(call)                                                                              \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_test_expect_message ("limen", G_LOG_LEVEL_CRITICAL, "*assertion*failed*");                   \
    g_assert_null (call);                                                                          \
    g_test_assert_expected_messages ();                                                            \
  }                                                                                                \
  G_STMT_END

static void
test_what_makes_no_sense_is_a_mistake_of_the_program (void)
{
  g_autoptr (LimenBoundPageState) state = limen_bound_page_state_new ();
  REFUSED (limen_bound_page_state_copy (NULL));
  REFUSED (limen_bound_page_state_with_preset (state, LIMEN_N_PROPOSALS));
  REFUSED (limen_bound_page_state_with_compare (state, LIMEN_COMPARE_NOTHING + 1));
  REFUSED (limen_bound_page_state_with_proposal (state, NULL, FALSE));
  REFUSED (limen_bound_page_state_with_case (state, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name) g_test_add_func ("/bound-state/" #name, test_##name)
  ADD (first_state_is_the_example_with_its_own_proposal);
  ADD (a_copy_is_equal_and_its_own);
  ADD (a_setter_leaves_the_old_state);
  ADD (every_setting_makes_a_difference);
  ADD (k_stays_within_its_range);
  ADD (morph_stays_between_nothing_and_all);
  ADD (a_preset_takes_the_place_of_the_users_own);
  ADD (a_proposal_of_the_hand_is_no_preset);
  ADD (letting_go_is_another_state);
  ADD (a_case_comes_with_its_own_proposal_and_leaves_the_vae);
  ADD (a_vae_begins_with_its_first_image);
  ADD (no_vae_no_model_of_images);
  ADD (another_image_is_another_observation_of_the_same_files);
  ADD (settings_are_no_observation);
  ADD (each_merge_is_a_new_one);
  ADD (what_makes_no_sense_is_a_mistake_of_the_program);
#undef ADD
  return g_test_run ();
}
