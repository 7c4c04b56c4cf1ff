/* The Prior page's session, without a window: the duel, the race, and what changes with what. */
#include "ui/study/ending.h"
#include "tests/study/heard.h"
#include "ui/study/job.h"
#include "ui/study/prior/session.h"

#include <math.h>
#include <string.h>

static const char *const signals[] = {"state-changed", "view-changed", "duel-changed",
                                      "race-changed", NULL};

typedef struct {
  LimenPriorSession *session;
  Heard heard;
} Study;

static void
begin (Study *study)
{
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

static LimenPriorState
state_of (Study *study)
{
  return *limen_prior_session_state (study->session);
}

static void
set (Study *study, const LimenPriorState *state)
{
  g_assert_true (limen_prior_session_set (study->session, state));
  heard_assert_no_notice (&study->heard);
}

/* Looks until a view has come as far as @step. */
static const LimenRaceView *
wait_for_step (Study *study, guint64 step)
{
  const LimenRaceView *view = NULL;
  while (!(view = limen_prior_session_view (study->session)) || view->step < step) {
    limen_prior_session_look (study->session);
    g_usleep (500);
  }
  return view;
}

static LimenDuel *
duel_alone (Study *study)
{
  const LimenGaussianCase *shown = limen_prior_session_case (study->session);
  LimenDuelSettings settings = state_of (study).duel;
  g_autofree double *variance = g_new (double, shown->model->latent);
  LimenGradientCase c;
  g_assert_true (limen_gradient_case_of (shown, variance, &c, NULL));
  c.shift = settings.shift;
  return limen_duel_new (&c, settings.samples, settings.seed);
}

static void
assert_same_duel (const LimenDuel *a, const LimenDuel *b)
{
  g_assert_cmpuint (a->n_parameters, ==, b->n_parameters);
  for (guint e = 0; e < LIMEN_N_ESTIMATORS; e++)
    for (guint p = 0; p < a->n_parameters; p++) {
      LimenEstimate one = limen_running_mean_estimate (&a->cloud[e].measured[p]);
      LimenEstimate other = limen_running_mean_estimate (&b->cloud[e].measured[p]);
      g_assert_cmpfloat (one.mean, ==, other.mean);
      g_assert_cmpfloat (one.standard_error, ==, other.standard_error);
      g_assert_cmpfloat (a->cloud[e].variance[p], ==, b->cloud[e].variance[p]);
    }
}

/* -- states -- */

static void
test_it_begins_with_a_new_state (void)
{
  g_auto (LimenPriorState) new = limen_prior_state_new ();
  Study study;
  begin (&study);
  g_assert_true (limen_prior_state_equal (limen_prior_session_state (study.session), &new));
  g_assert_cmpuint (limen_prior_session_points (study.session)->n, ==, 2000);
  g_assert_cmpuint (limen_prior_session_image_side (study.session), ==, 0);
  g_assert_nonnull (limen_prior_session_duel (study.session));
  g_assert_cmpuint (wait_for_step (&study, 0)->n, ==, 2);
  end (&study);
}

static void
test_the_same_state_says_nothing (void)
{
  Study study;
  begin (&study);
  LimenPriorState same = state_of (&study);
  const LimenDuel *duel = limen_prior_session_duel (study.session);
  set (&study, &same);
  heard_assert (&study.heard, "");
  g_assert_true (limen_prior_session_duel (study.session) == duel);
  end (&study);
}

static void
test_a_view_changes_neither_duel_nor_race (void)
{
  Study study;
  begin (&study);
  LimenPriorState next = state_of (&study);
  next.view.decoded = TRUE;
  set (&study, &next);
  heard_assert (&study.heard, "state-changed view-changed");
  next.view.omega = 5;
  set (&study, &next);
  heard_assert (&study.heard, "state-changed");
  g_assert_cmpfloat (state_of (&study).view.omega, ==, 5);
  end (&study);
}

static void
test_what_is_no_session_is_refused (void)
{
  Study study;
  begin (&study);
  LimenPriorState next = state_of (&study);
  for (guint i = 0; i < LIMEN_RACE_MOST; i++)
    next.race.estimator[i] = LIMEN_N_ESTIMATORS;
  g_test_expect_message ("limen", G_LOG_LEVEL_CRITICAL, "*runners*");
  g_assert_false (limen_prior_session_set (study.session, &next)); /* nobody races */
  g_test_expect_message ("limen", G_LOG_LEVEL_CRITICAL, "*assertion*");
  limen_prior_session_open (study.session, (const char *[]){NULL});
  g_test_expect_message ("limen", G_LOG_LEVEL_CRITICAL, "*assertion*");
  g_assert_null (limen_prior_session_duel (NULL));
  g_test_assert_expected_messages ();
  heard_assert (&study.heard, "");
  end (&study);
}

/* -- the duel -- */

static void
test_a_duel_is_that_of_the_model (void)
{
  Study study;
  begin (&study);
  LimenPriorState next = state_of (&study);
  next.duel.samples = 77;
  next.duel.seed = 5;
  set (&study, &next);
  heard_assert (&study.heard, "duel-changed state-changed");
  g_autoptr (LimenDuel) alone = duel_alone (&study);
  const LimenDuel *duel = limen_prior_session_duel (study.session);
  g_assert_cmpuint (duel->cloud[0].n, ==, 77);
  assert_same_duel (duel, alone);
  end (&study);
}

static void
test_seeds_repeat (void)
{
  double mean[3];
  Study study;
  begin (&study);
  for (guint i = 0; i < 3; i++) {
    LimenPriorState next = state_of (&study);
    next.duel.seed = (const guint64[]){8, 9, 8}[i];
    set (&study, &next);
    mean[i] =
        limen_running_mean_estimate (
            &limen_prior_session_duel (study.session)->cloud[LIMEN_LOG_DERIVATIVE].measured[0])
            .mean;
  }
  g_assert_cmpfloat (mean[0], ==, mean[2]);
  g_assert_cmpfloat (mean[0], !=, mean[1]);
  end (&study);
}

static void
test_a_shift_moves_the_plain_log_derivative_alone (void)
{
  Study study;
  begin (&study);
  double before[LIMEN_N_ESTIMATORS];
  LimenPriorState next = state_of (&study);
  for (guint e = 0; e < LIMEN_N_ESTIMATORS; e++)
    before[e] = limen_prior_session_duel (study.session)->cloud[e].variance[0];
  next.duel.shift = 100;
  set (&study, &next);
  for (guint e = 0; e < LIMEN_N_ESTIMATORS; e++) {
    double after = limen_prior_session_duel (study.session)->cloud[e].variance[0];
    if (e == LIMEN_LOG_DERIVATIVE)
      g_assert_cmpfloat (after, >, 100 * before[e]);
    else
      g_assert_cmpfloat_with_epsilon (after, before[e], 1e-9 * before[e]);
  }
  end (&study);
}

/* z = λ1 + √λ2 z': the same p(x), and q moved along. */
static void
test_the_standard_prior_has_the_same_evidence (void)
{
  Study study;
  begin (&study);
  g_autoptr (LimenGaussianCase) own =
      limen_gaussian_case_copy (limen_prior_session_case (study.session));
  LimenPriorState next = state_of (&study);
  next.duel.standard = TRUE;
  set (&study, &next);
  const LimenGaussianCase *shown = limen_prior_session_case (study.session);
  guint k = shown->model->latent;
  for (guint i = 0; i < k; i++) {
    double mean = shown->proposal->mean[i], variance = shown->proposal->covariance[i * k + i];
    double lambda1 = own->model->lambda1[i], lambda2 = own->model->lambda2[i];
    g_assert_cmpfloat (shown->model->lambda1[i], ==, 0);
    g_assert_cmpfloat (shown->model->lambda2[i], ==, 1);
    g_assert_cmpfloat_with_epsilon (lambda1 + sqrt (lambda2) * mean, own->proposal->mean[i], 1e-12);
    g_assert_cmpfloat_with_epsilon (lambda2 * variance, own->proposal->covariance[i * k + i],
                                    1e-12);
  }
  g_assert_cmpfloat_with_epsilon (
      limen_gaussian_model_known_evidence (shown->model, shown->x).value,
      limen_gaussian_model_known_evidence (own->model, own->x).value, 1e-9);
  end (&study);
}

/* A large duel runs beside the window: until it is there, duel and case are the old ones, and fit
 * each other. */
static void
test_a_large_duel_comes_later (void)
{
  Study study;
  begin (&study);
  LimenPriorState next = state_of (&study);
  next.duel.dimension = 60;
  set (&study, &next);
  heard_assert (&study.heard, "state-changed");
  g_assert_cmpuint (state_of (&study).duel.dimension, ==, 60);
  g_assert_cmpuint (limen_prior_session_duel (study.session)->k, ==, 2);
  g_assert_cmpuint (limen_prior_session_case (study.session)->model->latent, ==, 2);
  while (limen_prior_session_duel (study.session)->k != 60)
    g_main_context_iteration (NULL, TRUE);
  heard_assert (&study.heard, "duel-changed");
  g_assert_cmpuint (limen_prior_session_case (study.session)->model->latent, ==, 60);
  g_autoptr (LimenDuel) alone = duel_alone (&study);
  assert_same_duel (limen_prior_session_duel (study.session), alone);
  end (&study);
}

/* The last wish is the last duel, also where it is a small one that could be had at once. */
static void
test_the_last_wish_is_the_last_duel (void)
{
  Study study;
  begin (&study);
  LimenPriorState next = state_of (&study);
  const guint wishes[] = {80, 90, 70, 3};
  for (guint i = 0; i < G_N_ELEMENTS (wishes); i++) {
    next.duel.dimension = wishes[i];
    set (&study, &next);
  }
  g_string_truncate (study.heard.said, 0);
  while (limen_prior_session_duel (study.session)->k != 3)
    g_main_context_iteration (NULL, TRUE);
  heard_assert (&study.heard, "duel-changed duel-changed"); /* that of 80, and that of 3 */
  end (&study);
}

static void
test_a_parameter_that_is_no_more_is_the_first (void)
{
  Study study;
  begin (&study);
  LimenPriorState next = state_of (&study);
  next.duel.dimension = 9;
  set (&study, &next);
  next.view.parameter = limen_prior_session_duel (study.session)->n_parameters - 1;
  set (&study, &next);
  g_assert_cmpuint (state_of (&study).view.parameter, ==, next.view.parameter);
  next.duel.dimension = 1;
  set (&study, &next);
  g_assert_cmpuint (state_of (&study).view.parameter, ==, 0);
  end (&study);
}

/* The clouds are those of "With respect to". */
static void
test_the_duel_is_of_the_parameter_in_view (void)
{
  Study study;
  begin (&study);
  LimenPriorState next = state_of (&study);
  guint n = limen_prior_session_duel (study.session)->n_parameters;
  for (guint parameter = 0; parameter < n; parameter++) {
    next.view.parameter = parameter;
    set (&study, &next);
    g_assert_cmpint (limen_duel_place (limen_prior_session_duel (study.session), parameter), >=, 0);
  }
  end (&study);
}

/* -- the race -- */

static void
test_a_race_is_what_its_trainers_do (void)
{
  Study study;
  begin (&study);
  LimenPriorState next = state_of (&study);
  LimenPriorSettings settings[LIMEN_RACE_MOST];
  next.race.common.n_steps = 40;
  next.race.speed = 0;
  set (&study, &next);
  limen_prior_session_play (study.session, TRUE);
  const LimenRaceView *view = wait_for_step (&study, 40);
  g_assert_true (view->is_done);
  g_assert_cmpuint (limen_prior_state_runners (&next, settings), ==, 2);
  g_autoptr (LimenPriorTrainer) alone =
      limen_prior_trainer_new (&settings[1], limen_prior_session_points (study.session), NULL);
  while (!limen_prior_trainer_is_done (alone))
    g_assert_true (limen_prior_trainer_step (alone, NULL));
  g_assert_cmpfloat (view->runner[1].bound[40], ==, limen_prior_trainer_report (alone).bound);
  end (&study);
}

static void
test_played_at_its_end_it_begins_again (void)
{
  Study study;
  begin (&study);
  LimenPriorState next = state_of (&study);
  next.race.common.n_steps = 10;
  next.race.speed = 0;
  set (&study, &next);
  limen_prior_session_play (study.session, TRUE);
  wait_for_step (&study, 10);
  g_string_truncate (study.heard.said, 0);
  limen_prior_session_play (study.session, TRUE);
  heard_assert (&study.heard, "race-changed");
  g_assert_null (limen_prior_session_view (study.session));
  wait_for_step (&study, 10);
  end (&study);
}

static void
test_one_step_is_one (void)
{
  Study study;
  begin (&study);
  g_assert_cmpuint (wait_for_step (&study, 0)->step, ==, 0);
  for (guint i = 1; i <= 3; i++) {
    limen_prior_session_step (study.session);
    g_assert_cmpuint (wait_for_step (&study, i)->step, ==, i);
  }
  while (!limen_prior_session_rests (study.session))
    limen_prior_session_look (study.session);
  g_assert_cmpuint (limen_prior_session_view (study.session)->step, ==, 3);
  limen_prior_session_reset (study.session);
  g_assert_cmpuint (wait_for_step (&study, 0)->step, ==, 0);
  end (&study);
}

static void
test_a_race_goes_on_with_another_estimator (void)
{
  Study study;
  begin (&study);
  limen_prior_session_step (study.session);
  wait_for_step (&study, 1);
  LimenPriorState next = state_of (&study);
  next.race.estimator[1] = LIMEN_STICKING_THE_LANDING;
  next.race.speed = 1000;
  set (&study, &next);
  heard_assert (&study.heard, "state-changed");
  limen_prior_session_step (study.session);
  const LimenRaceView *view = wait_for_step (&study, 2);
  g_assert_cmpuint (view->step, ==, 2);
  g_assert_cmpint (view->runner[1].estimator, ==, LIMEN_STICKING_THE_LANDING);
  g_assert_cmpint (view->runner[0].estimator, ==, LIMEN_REPARAMETERIZATION);
  end (&study);
}

/* With an empty place before it, the third is the second runner. */
static void
test_estimators_find_their_runner (void)
{
  Study study;
  begin (&study);
  LimenPriorState next = state_of (&study);
  next.race.estimator[1] = LIMEN_N_ESTIMATORS;
  next.race.estimator[2] = LIMEN_LOG_DERIVATIVE;
  set (&study, &next);
  next.race.estimator[2] = LIMEN_REPARAMETERIZATION_KL;
  set (&study, &next);
  limen_prior_session_step (study.session);
  const LimenRaceView *view = wait_for_step (&study, 1);
  g_assert_cmpuint (view->n, ==, 2);
  g_assert_cmpint (view->runner[0].estimator, ==, LIMEN_REPARAMETERIZATION);
  g_assert_cmpint (view->runner[1].estimator, ==, LIMEN_REPARAMETERIZATION_KL);
  end (&study);
}

static void
test_a_fixed_prior_stays_and_the_best_one_is_set (void)
{
  Study study;
  begin (&study);
  LimenPriorState next = state_of (&study);
  next.race.common.trainable = FALSE;
  set (&study, &next);
  heard_assert (&study.heard, "state-changed");
  limen_prior_session_step (study.session);
  g_assert_cmpfloat (wait_for_step (&study, 1)->runner[0].lambda2[0], ==, 1);
  next.race.common.trainable = TRUE;
  set (&study, &next);
  limen_prior_session_optimal_lambda (study.session);
  limen_prior_session_step (study.session);
  g_assert_cmpfloat (wait_for_step (&study, 2)->runner[0].lambda2[0], !=, 1);
  end (&study);
}

static void
test_a_seed_starts_the_race_anew (void)
{
  Study study;
  begin (&study);
  limen_prior_session_step (study.session);
  double first = wait_for_step (&study, 1)->last[0].bound;
  LimenPriorState next = state_of (&study);
  next.race.common.seed++;
  set (&study, &next);
  heard_assert (&study.heard, "race-changed state-changed");
  limen_prior_session_step (study.session);
  g_assert_cmpfloat (wait_for_step (&study, 1)->last[0].bound, !=, first);
  next.race.common.seed--;
  set (&study, &next);
  limen_prior_session_step (study.session);
  g_assert_cmpfloat (wait_for_step (&study, 1)->last[0].bound, ==, first);
  end (&study);
}

static void
test_a_refused_race_leaves_what_was (void)
{
  Study study;
  begin (&study);
  limen_prior_session_step (study.session);
  wait_for_step (&study, 1);
  const LimenPriorState before = state_of (&study);
  LimenPriorState next = before;
  next.race.common.sigma = -1;
  next.duel.seed = 99;
  g_assert_false (limen_prior_session_set (study.session, &next));
  heard_assert (&study.heard, "state-changed"); /* for the row that showed it */
  g_assert_cmpuint (study.heard.notices->len, ==, 1);
  g_assert_true (limen_prior_state_equal (limen_prior_session_state (study.session), &before));
  limen_prior_session_step (study.session);
  g_assert_cmpuint (wait_for_step (&study, 2)->step, ==, 2); /* it goes on */
  end (&study);
}

static void
test_made_up_points_are_learned (void)
{
  g_autoptr (LimenOrigin) linear = limen_origin_new (NULL, "linear");
  Study study;
  begin (&study);
  g_auto (LimenPriorState) next =
      limen_prior_state_with_points (limen_prior_session_state (study.session), linear);
  set (&study, &next);
  heard_assert (&study.heard, "race-changed state-changed");
  g_assert_cmpuint (limen_prior_session_points (study.session)->d, ==, 5);
  g_assert_cmpuint (wait_for_step (&study, 0)->d, ==, 5);
  end (&study);
}

static void
test_unknown_points_are_refused (void)
{
  g_autoptr (LimenOrigin) none = limen_origin_new (NULL, "three-moons");
  Study study;
  begin (&study);
  g_auto (LimenPriorState) next =
      limen_prior_state_with_points (limen_prior_session_state (study.session), none);
  g_assert_false (limen_prior_session_set (study.session, &next));
  heard_assert_notice (&study.heard, (const char *[]){"three-moons", NULL});
  g_assert_cmpstr (state_of (&study).points->name, ==, "two-moons");
  end (&study);
}

/* Of affine maps it is known how far they can come. */
static void
test_the_best_of_affine_maps_is_known (void)
{
  g_autoptr (LimenOrigin) linear = limen_origin_new (NULL, "linear");
  Study study;
  begin (&study);
  g_assert_true (isnan (limen_prior_session_race_state (study.session).best));
  g_auto (LimenPriorState) next =
      limen_prior_state_with_points (limen_prior_session_state (study.session), linear);
  next.race.common.hidden = 0;
  set (&study, &next);
  LimenRaceState race = limen_prior_session_race_state (study.session);
  g_assert_cmpfloat (race.best, ==,
                     limen_ppca_log_likelihood (limen_prior_session_points (study.session),
                                                next.race.common.latent, next.race.common.sigma));
  g_assert_cmpuint (race.hidden, ==, 0);
  g_assert_cmpuint (race.n_points, ==, 2000);
  end (&study);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define TEST(name, function) g_test_add_func ("/prior-session/" name, function)
  TEST ("begins-with-a-new-state", test_it_begins_with_a_new_state);
  TEST ("same-state-says-nothing", test_the_same_state_says_nothing);
  TEST ("a-view", test_a_view_changes_neither_duel_nor_race);
  TEST ("preconditions", test_what_is_no_session_is_refused);
  TEST ("duel-is-that-of-the-model", test_a_duel_is_that_of_the_model);
  TEST ("seeds-repeat", test_seeds_repeat);
  TEST ("shift", test_a_shift_moves_the_plain_log_derivative_alone);
  TEST ("standard-prior", test_the_standard_prior_has_the_same_evidence);
  TEST ("a-large-duel-comes-later", test_a_large_duel_comes_later);
  TEST ("last-wish-is-last-duel", test_the_last_wish_is_the_last_duel);
  TEST ("parameter", test_a_parameter_that_is_no_more_is_the_first);
  TEST ("parameter-of-the-duel", test_the_duel_is_of_the_parameter_in_view);
  TEST ("race-is-what-its-trainers-do", test_a_race_is_what_its_trainers_do);
  TEST ("played-at-its-end", test_played_at_its_end_it_begins_again);
  TEST ("one-step", test_one_step_is_one);
  TEST ("another-estimator", test_a_race_goes_on_with_another_estimator);
  TEST ("estimators-find-their-runner", test_estimators_find_their_runner);
  TEST ("fixed-prior", test_a_fixed_prior_stays_and_the_best_one_is_set);
  TEST ("seed-of-the-race", test_a_seed_starts_the_race_anew);
  TEST ("refused-race", test_a_refused_race_leaves_what_was);
  TEST ("made-up-points", test_made_up_points_are_learned);
  TEST ("unknown-points", test_unknown_points_are_refused);
  TEST ("best-of-affine-maps", test_the_best_of_affine_maps_is_known);
  return g_test_run ();
}
