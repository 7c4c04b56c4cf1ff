/* Questions about the Prior page: a step is done by its deed and by nothing else, and "Show me"
 * does it. */
#include "model/base/random.h"
#include "tests/study/lesson-prior-world.h"
#include "tests/study/lesson-steps.h"
#include "ui/study/prior/lesson.h"

#include <math.h>

#define ONE_CASE                                                                                   \
  "{\"lambda1\":[1],\"lambda2\":[1],\"A\":[[1]],\"b\":[0],\"sigma2\":1,\"x\":[3],"                 \
  "\"proposal\":{\"mean\":[1],\"covariance\":[[0.5]]}}"

static void
test_tables (void)
{
  LimenPriorSession *session = begin ();
  assert_lesson (limen_prior_lesson (), "prior", session);
  assert_plain_words (limen_prior_lesson ());
  g_assert_cmpuint (limen_prior_lesson ()->n_questions, ==, 4);
  end (session);
}

/* -- deeds, as a hand does them -- */

typedef enum {
  NOTHING,
  RESEED,
  SHIFT,
  SAMPLES,
  MU_2,
  LOG_S_1,
  LAMBDA1_1,
  LAMBDA2_2,
  THETA,
  DIMENSION_3,
  DIMENSION_20,
  STANDARD,
  OMEGA_UP,
  OMEGA_A_LITTLE,
  DECODED,
  RUN_30,
  RUN_5,
  AFFINE,
  AFFINE_RUN_30,
  OPTIMAL,
  TRAINABLE_OFF,
  TRAINABLE_OFF_RUN_30,
  SPEED,
  RESET,
  CASE,
  N_DEEDS,
} Deed;

static void
do_to_duel (LimenPriorSession *session, Deed deed)
{
  g_auto (LimenPriorState) next = limen_prior_state_copy (limen_prior_session_state (session));
  static const guint parameter[N_DEEDS] = {
      [MU_2] = 1, [LOG_S_1] = 2, [LAMBDA1_1] = 4, [LAMBDA2_2] = 7, [THETA] = 9};
  next.duel.seed += deed == RESEED;
  next.duel.shift = deed == SHIFT ? 100 - next.duel.shift : next.duel.shift;
  next.duel.samples += deed == SAMPLES ? 10 : 0;
  next.duel.standard ^= deed == STANDARD;
  next.duel.dimension = deed == DIMENSION_3 ? 3 : deed == DIMENSION_20 ? 20 : next.duel.dimension;
  next.view.parameter = parameter[deed] > 0 ? parameter[deed] : next.view.parameter;
  next.view.omega = deed == OMEGA_UP ? 12 : deed == OMEGA_A_LITTLE ? 1.9 : next.view.omega;
  next.view.decoded ^= deed == DECODED;
  g_assert_true (limen_prior_session_set (session, &next));
}

static gboolean
has_duel (gpointer session)
{
  return limen_prior_session_of_duel (session)->dimension ==
         limen_prior_session_state (session)->duel.dimension;
}

static void
do_to_race (LimenPriorSession *session, Deed deed)
{
  g_auto (LimenPriorState) next = limen_prior_state_copy (limen_prior_session_state (session));
  guint steps = deed == RUN_30 || deed == AFFINE_RUN_30 || deed == TRAINABLE_OFF_RUN_30 ? 30
                : deed == RUN_5                                                         ? 5
                                                                                        : 0;
  if (deed == AFFINE || deed == AFFINE_RUN_30)
    next.race.common.hidden = 0;
  if (deed == TRAINABLE_OFF || deed == TRAINABLE_OFF_RUN_30)
    next.race.common.trainable = FALSE;
  if (deed == SPEED)
    next.race.speed = 20;
  g_assert_true (limen_prior_session_set (session, &next));
  if (deed == OPTIMAL)
    limen_prior_session_optimal_lambda (session);
  if (deed == RESET)
    limen_prior_session_reset (session);
  for (guint i = 0; i < steps; i++) {
    limen_prior_session_step (session);
    wait_until (has_come_to_rest, session);
  }
}

static gboolean
has_one_variable (gpointer session)
{
  return limen_prior_session_case (session)->model->latent == 1;
}

static void
perform (LimenPriorSession *session, Deed deed)
{
  do_to_duel (session, deed);
  do_to_race (session, deed);
  if (deed == CASE) {
    char *path = write_lone_file ("case.json", ONE_CASE, -1);
    limen_prior_session_open (session, (const char *[]){path, NULL});
    wait_until (has_one_variable, session);
    remove_lone_file (path);
  }
  wait_until (has_duel, session);
  wait_until (has_come_to_rest, session);
}

#define HELD          (1u << TRAINABLE_OFF | 1u << TRAINABLE_OFF_RUN_30)
#define BECAME_AFFINE (1u << AFFINE_RUN_30)

/* @deeds: bits 1 << Deed of all that do it; none of the others does */
static const struct {
  const char *id;
  guint deeds;
} expected[] = {
    {"prior.bound.play", 1u << RUN_30 | 1u << AFFINE_RUN_30},
    {"prior.bound.exact", BECAME_AFFINE},
    {"prior.bound.optimal", 1u << OPTIMAL},
    {"prior.log-derivative.draws", 1u << RESEED},
    {"prior.log-derivative.shift", 1u << SHIFT},
    {"prior.log-derivative.baseline", 1u << MU_2 | 1u << LOG_S_1},
    {"prior.log-derivative.dimension", 1u << DIMENSION_20},
    {"prior.reparameterization.mu", 1u << LOG_S_1},
    {"prior.reparameterization.lambda1", 1u << LAMBDA1_1},
    {"prior.reparameterization.lambda2", 1u << LAMBDA2_2},
    {"prior.reparameterization.wiggle", 1u << OMEGA_UP},
    {"prior.help.standard", 1u << STANDARD},
    {"prior.help.trainable", HELD},
    {"prior.help.aggregate", 1u << RUN_30 | 1u << AFFINE_RUN_30},
};

static void
test_a_step_is_done_by_its_deed_alone (void)
{
  guint n_steps = 0;
  for (guint i = 0; i < limen_prior_lesson ()->n_questions; i++)
    n_steps += limen_prior_lesson ()->question[i].n_steps;
  g_assert_cmpuint (n_steps, ==, G_N_ELEMENTS (expected));
  for (Deed deed = NOTHING; deed < N_DEEDS; deed++) {
    LimenLessonMark mark[G_N_ELEMENTS (expected)] = {0};
    LimenPriorSession *session = begin ();
    for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
      find_step (limen_prior_lesson (), expected[i].id)->begin (session, &mark[i]);
    perform (session, deed);
    for (guint i = 0; i < G_N_ELEMENTS (expected); i++) {
      const LimenLessonStep *step = find_step (limen_prior_lesson (), expected[i].id);
      gboolean done = step->done (session, &mark[i]);
      gboolean wanted = (expected[i].deeds >> deed & 1) != 0;
      if (done != wanted)
        g_error ("%s after deed %u: %s", step->id, deed, done ? "done" : "not done");
    }
    end (session);
  }
}

/* -- where all is as asked from the start -- */

static void
test_a_page_that_is_as_asked_was_not_made_so (void)
{
  static const Deed before[] = {SHIFT,    LOG_S_1,       LAMBDA1_1, LAMBDA2_2, DIMENSION_20,
                                OMEGA_UP, TRAINABLE_OFF, STANDARD,  OPTIMAL,   AFFINE_RUN_30};
  LimenPriorSession *session = begin ();
  for (guint i = 0; i < G_N_ELEMENTS (before); i++) {
    perform (session, before[i]);
    for (guint s = 0; s < G_N_ELEMENTS (expected); s++) {
      const LimenLessonStep *step = find_step (limen_prior_lesson (), expected[s].id);
      LimenLessonMark mark = {0};
      step->begin (session, &mark);
      g_assert_false (step->done (session, &mark));
      perform (session, DECODED);
      perform (session, SPEED);
      g_assert_false (step->done (session, &mark));
    }
  }
  end (session);
}

/* A case of fewer variables turns "log s₁" into "λ1": nobody chose that. */
static void
test_a_parameter_that_became_another_was_not_chosen (void)
{
  static const char *const ids[] = {"prior.reparameterization.lambda1",
                                    "prior.reparameterization.lambda2",
                                    "prior.reparameterization.mu", "prior.log-derivative.baseline"};
  static const Deed before[] = {NOTHING, MU_2, LOG_S_1, LAMBDA1_1, LAMBDA2_2, THETA};
  for (guint i = 0; i < G_N_ELEMENTS (before); i++) {
    LimenLessonMark mark[G_N_ELEMENTS (ids)] = {0};
    LimenPriorSession *session = begin ();
    perform (session, before[i]);
    for (guint s = 0; s < G_N_ELEMENTS (ids); s++)
      find_step (limen_prior_lesson (), ids[s])->begin (session, &mark[s]);
    perform (session, CASE);
    for (guint s = 0; s < G_N_ELEMENTS (ids); s++)
      g_assert_false (find_step (limen_prior_lesson (), ids[s])->done (session, &mark[s]));
    end (session);
  }
}

/* -- a race that runs -- */

static gboolean
has_ended (gpointer session)
{
  limen_prior_session_look (session);
  const LimenRaceView *view = limen_prior_session_view (session);
  return view && view->is_done;
}

/* At its end a race begins anew; steps of before do not count. */
static void
test_a_race_that_ended_runs_again (void)
{
  const LimenLessonStep *step = find_step (limen_prior_lesson (), "prior.help.aggregate");
  LimenLessonMark mark = {0};
  LimenPriorSession *session = begin ();
  g_auto (LimenPriorState) next = limen_prior_state_copy (limen_prior_session_state (session));
  next.race.common.n_steps = 30;
  next.race.speed = 0;
  g_assert_true (limen_prior_session_set (session, &next));
  limen_prior_session_play (session, TRUE);
  wait_until (has_ended, session);
  step->begin (session, &mark);
  perform (session, RESET);
  g_assert_false (step->done (session, &mark));
  perform (session, RUN_5);
  g_assert_false (step->done (session, &mark));
  for (guint i = 0; i < 3; i++)
    perform (session, RUN_5);
  g_assert_true (step->done (session, &mark));
  end (session);
}

static void
test_the_best_prior_is_told_of_once_it_is_seen (void)
{
  const LimenLessonStep *step = find_step (limen_prior_lesson (), "prior.bound.optimal");
  LimenLessonMark mark = {0};
  LimenPriorSession *session = begin ();
  perform (session, AFFINE_RUN_30);
  step->begin (session, &mark);
  limen_prior_session_optimal_lambda (session);
  g_assert_false (step->done (session, &mark)); /* what is on screen is still of before */
  wait_until (has_come_to_rest, session);
  g_assert_true (step->done (session, &mark));
  g_autofree char *seen = step->seen (session, &mark);
  g_assert_nonnull (seen);
  end (session);
}

/* -- "Show me" -- */

static void
go_anywhere (LimenPriorSession *session, LimenRandom *random)
{
  guint n = 2 + limen_random_below (random, 3);
  for (guint i = 0; i < n; i++)
    perform (session, limen_random_below (random, CASE));
}

static void
test_show_me_does_it_from_anywhere (void)
{
  LimenRandom random = limen_random_stream (1, "anywhere", 0);
  for (guint round = 0; round < 4; round++) {
    LimenPriorSession *session = begin ();
    for (guint i = 0; i < G_N_ELEMENTS (expected); i++) {
      go_anywhere (session, &random);
      assert_shows (find_step (limen_prior_lesson (), expected[i].id), session);
    }
    end (session);
  }
}

static void
test_show_me_does_it_in_turn (void)
{
  LimenPriorSession *session = begin ();
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    assert_shows (find_step (limen_prior_lesson (), expected[i].id), session);
  end (session);
}

/* While it shows, a race that plays is not in the way. */
static void
test_show_me_does_it_while_a_race_plays (void)
{
  LimenPriorSession *session = begin ();
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++) {
    limen_prior_session_play (session, TRUE);
    assert_shows (find_step (limen_prior_lesson (), expected[i].id), session);
  }
  end (session);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name) g_test_add_func ("/lesson-prior/" #name, test_##name)
  ADD (tables);
  ADD (a_step_is_done_by_its_deed_alone);
  ADD (a_page_that_is_as_asked_was_not_made_so);
  ADD (a_parameter_that_became_another_was_not_chosen);
  ADD (a_race_that_ended_runs_again);
  ADD (the_best_prior_is_told_of_once_it_is_seen);
  ADD (show_me_does_it_from_anywhere);
  ADD (show_me_does_it_in_turn);
  ADD (show_me_does_it_while_a_race_plays);
#undef ADD
  return g_test_run ();
}
