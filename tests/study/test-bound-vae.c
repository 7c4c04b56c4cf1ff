/* The Bound page without its window: images under a VAE. */
#include "model/data/builtin.h"
#include "ui/study/ending.h"
#include "tests/study/bound-files.h"
#include "ui/study/bound/told.h"

#include <math.h>

typedef struct {
  LimenBoundSession *session;
  char *folder, *vae, *told;
} World;

/* With a VAE of 64 pixels and @latent variables, on Limen's own digits */
static void
begin (World *world, guint latent)
{
  *world = (World){limen_bound_session_new (), make_folder (), NULL, NULL};
  g_signal_connect (world->session, "notice", G_CALLBACK (keep_notice_cb), &world->told);
  world->vae = write_vae (world->folder, "vae.safetensors", latent, 1);
  open_and_wait (world->session, world->vae);
  g_assert_cmpstr (world->told, ==, NULL);
}

static void
end (World *world)
{
  let_go (world->session);
  limen_ending_wait ();
  remove_folder (world->folder);
  g_free (world->folder);
  g_free (world->vae);
  g_free (world->told);
}

static const LimenBoundPageState *
state_of (const World *world)
{
  return limen_bound_session_state (world->session);
}

static void
test_a_vae_is_named_with_its_hash (void)
{
  World world;
  begin (&world, 2);
  g_autofree char *hash = hash_of_file (world.vae);
  const LimenOrigin *vae = state_of (&world)->vae;
  g_assert_true (state_of (&world)->uses_vae);
  g_assert_cmpstr (vae->paths[0], ==, world.vae);
  g_assert_cmpstr (vae->name, ==, "vae.safetensors");
  g_assert_cmpstr (g_hash_table_lookup (vae->sha256, world.vae), ==, hash);
  g_assert_cmpuint (state_of (&world)->index, ==, 0);
  end (&world);
}

static void
test_images_of_its_size_come_along (void)
{
  World world;
  begin (&world, 2);
  LimenImageSet *images = limen_bound_session_images (world.session);
  g_assert_cmpuint (limen_image_set_width (images), ==, 8);
  g_assert_true (g_str_has_prefix (state_of (&world)->images->paths[0], LIMEN_BUILTIN_DIGITS));
  g_assert_cmpuint (g_hash_table_size (state_of (&world)->images->sha256), ==, 0);
  end (&world);
}

static void
test_pixels_and_proposal_are_those_of_the_image (void)
{
  World world;
  begin (&world, 2);
  LimenVae *vae = limen_bound_session_vae (world.session);
  for (guint index = 0; index < 3; index++) {
    float x[64];
    limen_bound_session_set_image (world.session, index);
    g_assert_true (
        limen_vae_take_image (vae, limen_bound_session_images (world.session), index, x, NULL));
    g_autoptr (LimenGaussian) q = limen_vae_encode (vae, x);
    const LimenGaussian *shown = limen_bound_session_proposal (world.session);
    g_assert_cmpuint (state_of (&world)->index, ==, index);
    g_assert_cmpmem (limen_bound_session_pixels (world.session), sizeof x, x, sizeof x);
    g_assert_cmpmem (shown->mean, 2 * sizeof (double), q->mean, 2 * sizeof (double));
  }
  end (&world);
}

static void
test_the_exact_bound_is_the_models (void)
{
  World world;
  begin (&world, 2);
  g_autoptr (LimenVaeMap) map = limen_vae_map_new (limen_bound_session_vae (world.session), NULL);
  limen_bound_session_set_image (world.session, 2);
  g_assert_false (is_exact (world.session));
  wait_until (is_exact, world.session);
  g_autoptr (LimenVaeExact) exact =
      limen_vae_exact_new (map, limen_bound_session_pixels (world.session), NULL, NULL, NULL);
  const LimenBoundStudy *study = limen_bound_session_study (world.session);
  g_assert_cmpfloat (study->log_evidence, ==, exact->log_evidence);
  for (guint k = 1; k <= 5000; k *= 10)
    g_assert_cmpfloat (limen_bound_study_value (study, 0, k), <=, exact->log_evidence);
  g_assert_cmpstr (study->proposal[0].name, ==, "encoder");
  g_assert_nonnull (limen_bound_session_posterior (world.session));
  end (&world);
}

static void
test_of_images_looked_at_in_a_row_the_last_is_shown (void)
{
  World world;
  begin (&world, 2);
  g_autoptr (LimenVaeMap) map = limen_vae_map_new (limen_bound_session_vae (world.session), NULL);
  for (guint index = 1; index <= 5; index++)
    limen_bound_session_set_image (world.session, index);
  wait_until (is_exact, world.session);
  g_autoptr (LimenVaeExact) exact =
      limen_vae_exact_new (map, limen_bound_session_pixels (world.session), NULL, NULL, NULL);
  g_assert_cmpfloat (limen_bound_session_study (world.session)->log_evidence, ==,
                     exact->log_evidence);
  end (&world);
}

static void
test_beyond_the_last_image_nothing_changes (void)
{
  World world;
  begin (&world, 2);
  guint n = limen_image_set_n_images (limen_bound_session_images (world.session));
  limen_bound_session_set_image (world.session, n - 1);
  guint *told = count_signal (world.session, "source-changed");
  limen_bound_session_set_image (world.session, n);
  g_assert_cmpuint (state_of (&world)->index, ==, n - 1);
  g_assert_cmpuint (*told, ==, 0);
  end (&world);
}

static void
test_presets_of_a_vae (void)
{
  World world;
  begin (&world, 2);
  wait_until (is_exact, world.session);
  const LimenGaussian *posterior = limen_bound_session_posterior (world.session);
  limen_bound_session_set_preset (world.session, LIMEN_PROPOSAL_PRIOR);
  const LimenGaussian *prior = limen_bound_session_proposal (world.session);
  g_assert_cmpfloat (prior->mean[0], ==, 0);
  g_assert_cmpfloat (prior->covariance[0], ==, 1);
  g_assert_cmpfloat (prior->covariance[1], ==, 0);
  limen_bound_session_set_preset (world.session, LIMEN_PROPOSAL_MOMENTS);
  const LimenGaussian *diagonal = limen_bound_session_proposal (world.session);
  g_assert_cmpfloat (diagonal->mean[1], ==, posterior->mean[1]);
  g_assert_cmpfloat (diagonal->covariance[3], ==, posterior->covariance[3]);
  g_assert_cmpfloat (diagonal->covariance[1], ==, 0);
  limen_bound_session_set_preset (world.session, LIMEN_PROPOSAL_POSTERIOR);
  g_assert_cmpfloat (limen_bound_session_proposal (world.session)->covariance[1], ==,
                     posterior->covariance[1]);
  end (&world);
}

static gboolean
has_posterior_in_hand (gpointer session)
{
  const LimenGaussian *posterior = limen_bound_session_posterior (session);
  return posterior && is_exact (session) &&
         limen_bound_session_proposal (session)->covariance[1] == posterior->covariance[1];
}

/* A state may ask for moments that are only known once the integral is there. */
static void
test_a_state_with_the_posterior_comes_back (void)
{
  World world;
  begin (&world, 2);
  wait_until (is_exact, world.session);
  limen_bound_session_set_preset (world.session, LIMEN_PROPOSAL_POSTERIOR);
  g_autoptr (LimenBoundPageState) state = limen_bound_page_state_copy (state_of (&world));
  limen_bound_session_set_image (world.session, 3);
  limen_bound_session_set_state (world.session, state);
  wait_until (has_posterior_in_hand, world.session);
  g_assert_true (limen_bound_page_state_equal (state, state_of (&world)));
  end (&world);
}

static void
test_the_case_waits_behind_the_vae (void)
{
  World world;
  begin (&world, 2);
  limen_bound_session_use_model (world.session, FALSE);
  g_assert_false (state_of (&world)->uses_vae);
  g_assert_null (limen_bound_session_vae (world.session));
  g_assert_null (limen_bound_session_images (world.session));
  g_assert_true (is_exact (world.session));
  g_assert_cmpuint (limen_bound_session_study (world.session)->n_proposals, ==, 3);
  limen_bound_session_use_model (world.session, TRUE);
  g_assert_nonnull (limen_bound_session_vae (world.session));
  g_assert_cmpstr (state_of (&world)->vae->paths[0], ==, world.vae);
  end (&world);
}

static void
test_more_than_two_variables_have_estimates_only (void)
{
  World world;
  begin (&world, 3);
  const LimenBoundStudy *study = limen_bound_session_study (world.session);
  g_assert_null (study->proposal[0].bound);
  g_assert_true (isnan (study->log_evidence));
  g_assert_null (limen_bound_session_posterior (world.session));
  guint *told = count_signal (world.session, "study-changed");
  limen_bound_session_set_morph (world.session, 0.5); /* to where? */
  g_assert_cmpuint (*told, ==, 0);
  g_assert_cmpfloat (state_of (&world)->morph, ==, 0);
  end (&world);
}

static void
test_dropped_images_keep_the_vae (void)
{
  World world;
  begin (&world, 2);
  LimenVae *vae = limen_bound_session_vae (world.session);
  open_and_wait (world.session, LIMEN_BUILTIN_HIRAGANA ":20");
  g_assert_true (limen_bound_session_vae (world.session) == vae);
  g_assert_cmpuint (limen_image_set_n_images (limen_bound_session_images (world.session)), ==, 20);
  g_assert_cmpstr (state_of (&world)->images->paths[0], ==, LIMEN_BUILTIN_HIRAGANA ":20");
  g_assert_cmpstr (state_of (&world)->vae->paths[0], ==, world.vae);
  end (&world);
}

static void
test_another_vae_of_the_same_size_keeps_the_images (void)
{
  World world;
  begin (&world, 2);
  LimenImageSet *images = limen_bound_session_images (world.session);
  limen_bound_session_set_image (world.session, 4);
  g_autofree char *other = write_vae (world.folder, "other.safetensors", 1, 2);
  open_and_wait (world.session, other);
  g_assert_true (limen_bound_session_images (world.session) == images);
  g_assert_cmpuint (state_of (&world)->index, ==, 0);
  g_assert_cmpuint (limen_bound_session_proposal (world.session)->dimension, ==, 1);
  end (&world);
}

static void
test_a_case_and_a_vae_in_one_drop_are_both_there (void)
{
  World world;
  begin (&world, 2);
  g_autofree char *other = write_vae (world.folder, "other.safetensors", 2, 2);
  g_autofree char *file = write_case (world.folder, "one.json", CASE_JSON);
  const char *paths[] = {other, file, NULL};
  limen_bound_session_open (world.session, paths);
  wait_until (is_idle, world.session);
  g_assert_false (state_of (&world)->uses_vae);
  g_assert_cmpstr (state_of (&world)->gaussian_case->paths[0], ==, file);
  g_assert_cmpstr (state_of (&world)->vae->paths[0], ==, other);
  end (&world);
}

static void
test_a_refused_vae_leaves_the_image (void)
{
  World world;
  begin (&world, 2);
  limen_bound_session_set_image (world.session, 6);
  g_autoptr (LimenBoundPageState) before = limen_bound_page_state_copy (state_of (&world));
  g_autofree char *broken = write_file (world.folder, "broken.pt", "not weights", 11);
  open_one (world.session, broken);
  wait_until (is_told, &world.told);
  assert_told (world.told, "broken.pt");
  g_assert_true (limen_bound_page_state_equal (before, state_of (&world)));
  end (&world);
}

/* As an undo asks for it, of files that have fewer images by now: what was in use stays, and not
 * only its name. */
static void
test_a_refused_image_leaves_vae_and_case (void)
{
  World world;
  begin (&world, 2);
  g_autofree char *file = write_case (world.folder, "one.json", CASE_JSON);
  g_autofree char *other = write_vae (world.folder, "other.safetensors", 2, 2);
  open_and_wait (world.session, file);
  limen_bound_session_use_model (world.session, TRUE);
  wait_until (is_exact, world.session);
  LimenVae *vae = limen_bound_session_vae (world.session);
  g_autoptr (LimenBoundPageState) before = limen_bound_page_state_copy (state_of (&world));
  g_autoptr (LimenOrigin) weights = limen_origin_new_path (other);
  g_autoptr (LimenOrigin) images = limen_origin_new_path (LIMEN_BUILTIN_HIRAGANA ":5");
  g_autoptr (LimenBoundPageState) first = limen_bound_page_state_with_vae (before, weights, images);
  g_autoptr (LimenBoundPageState) sixth = limen_bound_page_state_with_image (first, 5);
  limen_origin_put (&sixth->gaussian_case, NULL);
  limen_bound_session_set_state (world.session, sixth);
  wait_until (is_told, &world.told);
  assert_told (world.told, "no image 6, only 5");
  g_assert_true (limen_bound_page_state_equal (before, state_of (&world)));
  g_assert_true (limen_bound_session_vae (world.session) == vae);
  g_assert_cmpuint (limen_image_set_n_images (limen_bound_session_images (world.session)), >, 5);
  limen_bound_session_use_model (world.session, FALSE);
  g_assert_cmpfloat (limen_bound_session_case (world.session)->x[1], ==, -0.5); /* the file's */
  end (&world);
}

static void
test_a_picture_tells_vae_images_and_which (void)
{
  World world;
  begin (&world, 2);
  g_autofree char *hash = hash_of_file (world.vae);
  g_autofree char *line = g_strconcat (hash, "  vae.safetensors", NULL);
  limen_bound_session_set_image (world.session, 5);
  wait_until (is_exact, world.session);
  g_auto (LimenTold) told = limen_bound_session_told (world.session);
  g_autofree char *all = g_strjoinv ("\n", told.text);
  g_autofree char *name =
      limen_image_set_image_name (limen_bound_session_images (world.session), 5);
  g_assert_nonnull (strstr (all, line));
  g_assert_nonnull (strstr (all, name));
  g_assert_null (strstr (all, "Case"));
  end (&world);
}

static void
test_limens_own_vae_comes_when_it_is_asked_for (void)
{
  g_autoptr (LimenBoundSession) session = limen_bound_session_new ();
  limen_bound_session_use_model (session, TRUE);
  g_assert_false (limen_bound_session_state (session)->uses_vae); /* not yet */
  wait_until (is_idle, session);
  const LimenBoundPageState *state = limen_bound_session_state (session);
  g_assert_true (state->uses_vae);
  g_assert_cmpstr (state->vae->paths[0], ==, LIMEN_BUILTIN_VAE);
  g_assert_cmpuint (g_hash_table_size (state->vae->sha256), ==, 1);
  limen_ending_wait ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name) g_test_add_func ("/bound-vae/" #name, test_##name)
  ADD (a_vae_is_named_with_its_hash);
  ADD (images_of_its_size_come_along);
  ADD (pixels_and_proposal_are_those_of_the_image);
  ADD (the_exact_bound_is_the_models);
  ADD (of_images_looked_at_in_a_row_the_last_is_shown);
  ADD (beyond_the_last_image_nothing_changes);
  ADD (presets_of_a_vae);
  ADD (a_state_with_the_posterior_comes_back);
  ADD (the_case_waits_behind_the_vae);
  ADD (more_than_two_variables_have_estimates_only);
  ADD (dropped_images_keep_the_vae);
  ADD (another_vae_of_the_same_size_keeps_the_images);
  ADD (a_case_and_a_vae_in_one_drop_are_both_there);
  ADD (a_refused_vae_leaves_the_image);
  ADD (a_refused_image_leaves_vae_and_case);
  ADD (a_picture_tells_vae_images_and_which);
  ADD (limens_own_vae_comes_when_it_is_asked_for);
#undef ADD
  return g_test_run ();
}
