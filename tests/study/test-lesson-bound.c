/* Questions about the Bound page: a step is done by its deed and by nothing else, and "Show me"
 * does it. */
#include "tests/study/lesson-bound-world.h"
#include "tests/study/lesson-steps.h"
#include "ui/study/bound/lesson.h"

#include <math.h>

static void
test_tables (void)
{
  World world;
  begin (&world);
  assert_lesson (limen_bound_lesson (), "bound", world.session);
  assert_plain_words (limen_bound_lesson ());
  g_assert_cmpuint (limen_bound_lesson ()->n_questions, ==, 3);
  end (&world);
}

/* -- deeds, as a hand does them -- */

static LimenGaussian *
some_proposal (LimenRandom *random)
{
  double a = exp (0.5 * limen_random_normal (random)), b = exp (0.5 * limen_random_normal (random));
  double c = (1.6 * limen_random_uniform (random) - 0.8) * sqrt (a * b);
  double mean[2] = {limen_random_normal (random), limen_random_normal (random)};
  return limen_gaussian_new ("q", 2, mean, (double[]){a, c, c, b}, NULL);
}

static void
drag (LimenBoundSession *session, gboolean settled)
{
  LimenRandom random = limen_random_stream (1, "drag", 0);
  limen_bound_session_set_proposal (session, some_proposal (&random), settled);
}

/* @times: of K that there is */
static void
set_k (LimenBoundSession *session, double times, int more)
{
  double k = limen_bound_session_state (session)->k;
  limen_bound_session_set_k (session, (guint)(times * k + more));
}

typedef enum {
  NOTHING,
  MERGE,
  K_TO_1,
  K_TIMES_10,
  K_TIMES_2,
  K_PLUS_1,
  K_PLUS_2,
  K_TO_1000,
  DRAG,
  DRAG_HELD,
  MORPH_HALF,
  MORPH_ALL,
  MORPH_ALL_AND_K,
  PRESET_PRIOR,
  PRESET_ELBO,
  PRESET_MOMENTS,
  PRESET_POSTERIOR,
  COMPARE,
  SHADE,
  CASE,
  N_DEEDS,
} Deed;

static void
do_with_k (LimenBoundSession *session, Deed deed)
{
  if (deed == K_TO_1)
    limen_bound_session_set_k (session, 1);
  else if (deed == K_TIMES_10)
    set_k (session, 10, 0);
  else if (deed == K_TIMES_2)
    set_k (session, 2, 0);
  else if (deed == K_PLUS_1)
    set_k (session, 1, 1);
  else if (deed == K_PLUS_2)
    set_k (session, 1, 2);
  else if (deed == K_TO_1000)
    limen_bound_session_set_k (session, 1000);
}

static void
do_with_q (LimenBoundSession *session, Deed deed)
{
  if (deed == DRAG || deed == DRAG_HELD)
    drag (session, deed == DRAG);
  else if (deed == MORPH_HALF)
    limen_bound_session_set_morph (session, 0.5);
  else if (deed == MORPH_ALL || deed == MORPH_ALL_AND_K)
    limen_bound_session_set_morph (session, 1);
  else if (deed == PRESET_PRIOR)
    limen_bound_session_set_preset (session, LIMEN_PROPOSAL_PRIOR);
  else if (deed == PRESET_ELBO)
    limen_bound_session_set_preset (session, LIMEN_PROPOSAL_ELBO);
  else if (deed == PRESET_MOMENTS)
    limen_bound_session_set_preset (session, LIMEN_PROPOSAL_MOMENTS);
  else if (deed == PRESET_POSTERIOR)
    limen_bound_session_set_preset (session, LIMEN_PROPOSAL_POSTERIOR);
  if (deed == MORPH_ALL_AND_K)
    set_k (session, 10, 0);
}

static void
perform (World *world, Deed deed)
{
  do_with_k (world->session, deed);
  do_with_q (world->session, deed);
  if (deed == MERGE)
    limen_bound_session_merge_again (world->session);
  else if (deed == COMPARE)
    limen_bound_session_set_compare (world->session, LIMEN_COMPARE_NOTHING);
  else if (deed == SHADE)
    limen_bound_session_set_shade (world->session, FALSE);
  else if (deed == CASE) {
    g_autofree char *path = write_case (world->folder, "case.json", CASE_JSON);
    open_and_wait (world->session, path);
  }
}

/* @deeds: bits 1 << Deed of all that do it; none of the others does */
static const struct {
  const char *id;
  guint deeds;
} expected[] = {
    {"bound.below.weights", 1 << MERGE},
    {"bound.below.one-sample", 1 << K_TO_1},
    {"bound.below.any-k", 1 << K_TO_1 | 1 << K_TIMES_10 | 1 << K_TO_1000 | 1 << MORPH_ALL_AND_K},
    {"bound.below.break", 1 << DRAG | 1 << MORPH_HALF | 1 << MORPH_ALL | 1 << MORPH_ALL_AND_K},
    {"bound.rising.double",
     1 << K_TO_1 | 1 << K_TIMES_10 | 1 << K_TIMES_2 | 1 << K_TO_1000 | 1 << MORPH_ALL_AND_K},
    {"bound.rising.merge", 1 << MERGE},
    {"bound.rising.one-more", 1 << K_PLUS_1},
    {"bound.tight.posterior", 1 << MORPH_ALL | 1 << MORPH_ALL_AND_K | 1 << PRESET_POSTERIOR},
    {"bound.tight.every-k", 1 << MORPH_ALL_AND_K},
    {"bound.tight.family", 1 << PRESET_ELBO},
    {"bound.tight.many", 1 << K_TO_1000},
    {"bound.tight.rate", 1 << PRESET_PRIOR},
};

static void
test_a_step_is_done_by_its_deed_alone (void)
{
  guint n_steps = 0;
  for (guint i = 0; i < limen_bound_lesson ()->n_questions; i++)
    n_steps += limen_bound_lesson ()->question[i].n_steps;
  g_assert_cmpuint (n_steps, ==, G_N_ELEMENTS (expected));
  for (Deed deed = NOTHING; deed < N_DEEDS; deed++) {
    LimenLessonMark mark[G_N_ELEMENTS (expected)] = {0};
    World world;
    begin (&world);
    for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
      find_step (limen_bound_lesson (), expected[i].id)->begin (world.session, &mark[i]);
    perform (&world, deed);
    for (guint i = 0; i < G_N_ELEMENTS (expected); i++) {
      const LimenLessonStep *step = find_step (limen_bound_lesson (), expected[i].id);
      gboolean done = step->done (world.session, &mark[i]);
      gboolean wanted = (expected[i].deeds >> deed & 1) != 0;
      if (done != wanted)
        g_error ("%s after deed %u: %s", step->id, deed, done ? "done" : "not done");
    }
    end (&world);
  }
}

/* -- where all is as asked from the start -- */

static void
test_a_page_that_is_as_asked_was_not_made_so (void)
{
  static const Deed before[] = {K_TO_1,       K_TO_1000,      MORPH_ALL,   MORPH_ALL_AND_K,
                                PRESET_PRIOR, PRESET_MOMENTS, PRESET_ELBO, PRESET_POSTERIOR,
                                DRAG,         MORPH_HALF};
  World world;
  begin (&world);
  for (guint i = 0; i < G_N_ELEMENTS (before); i++)
    for (guint s = 0; s < G_N_ELEMENTS (expected); s++) {
      const LimenLessonStep *step = find_step (limen_bound_lesson (), expected[s].id);
      LimenLessonMark mark = {0};
      perform (&world, before[i]);
      step->begin (world.session, &mark);
      perform (&world, SHADE);
      g_assert_false (step->done (world.session, &mark));
      limen_bound_session_set_shade (world.session, TRUE);
      g_assert_false (step->done (world.session, &mark));
    }
  end (&world);
}

/* A file may bring a proposal that is the posterior: x = 1 under z ~ N(0, 1), x|z ~ N(z, 1). */
static void
test_what_comes_with_a_file_is_no_deed (void)
{
  static const char posterior[] =
      "{\"lambda1\":[0],\"lambda2\":[1],\"A\":[[1]],\"b\":[0],\"sigma2\":1,\"x\":[1],"
      "\"proposal\":{\"mean\":[0.5],\"covariance\":[[0.5]]}}";
  LimenLessonMark to = {0}, away = {0}, drag_mark = {0};
  const LimenLessonStep *step = find_step (limen_bound_lesson (), "bound.tight.posterior");
  const LimenLessonStep *dragged = find_step (limen_bound_lesson (), "bound.below.break");
  World world;
  begin (&world);
  g_autofree char *path = write_case (world.folder, "posterior.json", posterior);
  g_autofree char *other = write_case (world.folder, "other.json", CASE_JSON);
  step->begin (world.session, &to);
  dragged->begin (world.session, &drag_mark);
  open_and_wait (world.session, path);
  g_assert_false (step->done (world.session, &to));
  g_assert_false (dragged->done (world.session, &drag_mark));
  step->begin (world.session, &away);
  open_and_wait (world.session, other);
  g_assert_false (step->done (world.session, &away));
  limen_bound_session_set_morph (world.session, 1);
  g_assert_true (step->done (world.session, &to));
  end (&world);
}

/* -- "Show me" -- */

static void
go_anywhere (LimenBoundSession *session, LimenRandom *random)
{
  guint kind = limen_random_below (random, LIMEN_N_PROPOSALS + 1);
  guint k = (guint)exp (limen_random_uniform (random) * log (LIMEN_BOUND_MOST_K + 0.5));
  limen_bound_session_set_k (session, limen_random_below (random, 8) == 0 ? LIMEN_BOUND_MOST_K : k);
  if (kind < LIMEN_N_PROPOSALS)
    limen_bound_session_set_preset (session, kind);
  else
    limen_bound_session_set_proposal (session, some_proposal (random), TRUE);
  if (limen_random_below (random, 3) == 0)
    limen_bound_session_set_morph (session, limen_random_below (random, 3) / 2.0);
}

static void
test_show_me_does_it_from_anywhere (void)
{
  LimenRandom random = limen_random_stream (1, "anywhere", 0);
  World world;
  begin (&world);
  for (guint round = 0; round < 8; round++)
    for (guint i = 0; i < G_N_ELEMENTS (expected); i++) {
      go_anywhere (world.session, &random);
      assert_shows (find_step (limen_bound_lesson (), expected[i].id), world.session);
    }
  end (&world);
}

static void
test_show_me_does_it_with_one_latent_variable (void)
{
  World world;
  begin (&world);
  g_autofree char *path = write_case (world.folder, "case.json", OTHER_CASE_JSON);
  open_and_wait (world.session, path);
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    assert_shows (find_step (limen_bound_lesson (), expected[i].id), world.session);
  end (&world);
}

/* Under a VAE of @latent variables; where its posterior is not known, a model comes whose is. */
static void
show_with_vae (guint latent)
{
  World world;
  begin (&world);
  g_autofree char *path = write_vae (world.folder, "vae.safetensors", latent, 1);
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++) {
    open_and_wait (world.session, path);
    g_assert_true (limen_bound_session_state (world.session)->uses_vae);
    assert_shows (find_step (limen_bound_lesson (), expected[i].id), world.session);
  }
  end (&world);
}

static void
test_show_me_does_it_with_a_vae (void)
{
  show_with_vae (2);
}

static void
test_show_me_does_it_where_no_posterior_is_known (void)
{
  show_with_vae (3);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name) g_test_add_func ("/lesson-bound/" #name, test_##name)
  ADD (tables);
  ADD (a_step_is_done_by_its_deed_alone);
  ADD (a_page_that_is_as_asked_was_not_made_so);
  ADD (what_comes_with_a_file_is_no_deed);
  ADD (show_me_does_it_from_anywhere);
  ADD (show_me_does_it_with_one_latent_variable);
  ADD (show_me_does_it_with_a_vae);
  ADD (show_me_does_it_where_no_posterior_is_known);
#undef ADD
  return g_test_run ();
}
