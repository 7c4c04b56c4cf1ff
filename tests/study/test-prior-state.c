/* What the Prior page is set to, as a value. */
#include "ui/study/prior/state.h"

/* Where what is called @name comes from, and what it was when it was read */
static LimenOrigin *
hashed (const char *name, const char *path)
{
  g_autoptr (GHashTable) sha256 = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (LimenOrigin) plain = limen_origin_new ((const char *[]){path, NULL}, name);
  g_hash_table_insert (sha256, (gpointer) "a.json", (gpointer) "00");
  return limen_origin_with_hashes (plain, sha256);
}

static void
test_a_new_state_has_two_runners_on_two_moons (void)
{
  g_auto (LimenPriorState) state = limen_prior_state_new ();
  LimenPriorSettings settings[LIMEN_RACE_MOST];
  g_assert_cmpstr (state.points->name, ==, "two-moons");
  g_assert_null (state.points->paths[0]);
  g_assert_null (state.gaussian_case->paths[0]);
  g_assert_cmpuint (state.duel.dimension, ==, 0);
  g_assert_cmpuint (limen_prior_state_runners (&state, settings), ==, 2);
  g_assert_cmpint (settings[1].estimator, ==, LIMEN_LOG_DERIVATIVE_MEAN);
  g_assert_true (settings[0].trainable);
}

static void
test_two_new_states_are_equal (void)
{
  g_auto (LimenPriorState) one = limen_prior_state_new (), other = limen_prior_state_new ();
  g_assert_true (limen_prior_state_equal (&one, &other));
}

static void
test_setters_leave_what_they_are_given (void)
{
  g_auto (LimenPriorState) state = limen_prior_state_new ();
  const LimenPriorState before = state;
  g_autoptr (LimenOrigin) origin = hashed ("a.json", "a.json");
  LimenDuelSettings duel = state.duel;
  LimenRaceSettings race = state.race;
  LimenPriorView view = state.view;
  duel.samples++;
  race.common.seed++;
  view.decoded = TRUE;
  LimenPriorState made[] = {
      limen_prior_state_with_case (&state, origin), limen_prior_state_with_points (&state, origin),
      limen_prior_state_with_duel (&state, &duel), limen_prior_state_with_race (&state, &race),
      limen_prior_state_with_view (&state, &view)};
  for (guint i = 0; i < G_N_ELEMENTS (made); i++) {
    g_assert_true (limen_prior_state_equal (&state, &before));
    g_assert_false (limen_prior_state_equal (&state, &made[i]));
  }
  duel.samples = race.common.batch = 9; /* what was given is no part of what was made */
  g_assert_cmpuint (made[2].duel.samples, ==, state.duel.samples + 1);
  g_assert_cmpuint (made[3].race.common.batch, ==, state.race.common.batch);
  for (guint i = 0; i < G_N_ELEMENTS (made); i++)
    limen_prior_state_clear (&made[i]);
}

static void
test_each_setter_sets_its_part_alone (void)
{
  g_auto (LimenPriorState) state = limen_prior_state_new ();
  g_autoptr (LimenOrigin) ring = limen_origin_new (NULL, "ring");
  g_auto (LimenPriorState) points = limen_prior_state_with_points (&state, ring);
  g_assert_cmpint (limen_prior_state_changes (&state, &points), ==, LIMEN_PRIOR_CHANGED_POINTS);
  g_assert_cmpstr (points.points->name, ==, "ring");
}

static void
test_a_case_is_what_the_duel_is_over (void)
{
  g_auto (LimenPriorState) state = limen_prior_state_new ();
  g_autoptr (LimenOrigin) origin = hashed ("a.json", "a.json");
  state.duel.dimension = 7;
  g_auto (LimenPriorState) next = limen_prior_state_with_case (&state, origin);
  g_assert_cmpuint (next.duel.dimension, ==, 0);
  g_assert_true (limen_origin_equal (next.gaussian_case, origin));
}

static void
test_empty_places_do_not_run (void)
{
  g_auto (LimenPriorState) state = limen_prior_state_new ();
  LimenPriorSettings settings[LIMEN_RACE_MOST];
  state.race.estimator[1] = LIMEN_N_ESTIMATORS;
  state.race.estimator[2] = LIMEN_STICKING_THE_LANDING;
  state.race.common.sigma = 0.7;
  g_assert_cmpuint (limen_prior_state_runners (&state, settings), ==, 2);
  g_assert_cmpint (settings[0].estimator, ==, LIMEN_REPARAMETERIZATION);
  g_assert_cmpint (settings[1].estimator, ==, LIMEN_STICKING_THE_LANDING);
  g_assert_cmpfloat (settings[1].sigma, ==, 0.7);
}

typedef struct {
  LimenPriorState state;
  int changes;
} Made;

static void
assert_changes (const LimenPriorState *state, const Made *made, guint n)
{
  for (guint i = 0; i < n; i++) {
    g_test_message ("field %u", i);
    g_assert_cmpint (limen_prior_state_changes (state, &made[i].state), ==, made[i].changes);
    g_assert_cmpint (limen_prior_state_changes (&made[i].state, state), ==, made[i].changes);
  }
}

#define MADE(change, flags)                                                                        \
  {                                                                                                \
    LimenPriorState s = state;                                                                     \
    change;                                                                                        \
    made[n].state = s;                                                                             \
    made[n++].changes = flags;                                                                     \
  }

static void
test_every_field_of_the_duel_counts (void)
{
  g_auto (LimenPriorState) state = limen_prior_state_new ();
  g_autoptr (LimenOrigin) known = hashed ("the example", NULL);
  Made made[8];
  guint n = 0;
  MADE (s.duel.dimension = 3, LIMEN_PRIOR_CHANGED_DUEL)
  MADE (s.duel.offset += 1, LIMEN_PRIOR_CHANGED_DUEL)
  MADE (s.duel.width += 1, LIMEN_PRIOR_CHANGED_DUEL)
  MADE (s.duel.standard = TRUE, LIMEN_PRIOR_CHANGED_DUEL)
  MADE (s.duel.shift = 100, LIMEN_PRIOR_CHANGED_DUEL)
  MADE (s.duel.samples++, LIMEN_PRIOR_CHANGED_DUEL)
  MADE (s.duel.seed++, LIMEN_PRIOR_CHANGED_DUEL)
  MADE (s.gaussian_case = known, LIMEN_PRIOR_CHANGED_CASE | LIMEN_PRIOR_CHANGED_DUEL)
  assert_changes (&state, made, n);
}

static void
test_what_starts_a_race_anew (void)
{
  g_auto (LimenPriorState) state = limen_prior_state_new ();
  g_autoptr (LimenOrigin) other = limen_origin_new (NULL, "other");
  Made made[10];
  guint n = 0;
  MADE (s.race.estimator[1] = LIMEN_N_ESTIMATORS, LIMEN_PRIOR_CHANGED_RACE)
  MADE (s.race.estimator[2] = LIMEN_LOG_DERIVATIVE, LIMEN_PRIOR_CHANGED_RACE)
  MADE (s.race.common.latent++, LIMEN_PRIOR_CHANGED_RACE)
  MADE (s.race.common.hidden = 0, LIMEN_PRIOR_CHANGED_RACE)
  MADE (s.race.common.sigma += 1, LIMEN_PRIOR_CHANGED_RACE)
  MADE (s.race.common.batch++, LIMEN_PRIOR_CHANGED_RACE)
  MADE (s.race.common.n_steps++, LIMEN_PRIOR_CHANGED_RACE)
  MADE (s.race.common.learning_rate *= 2, LIMEN_PRIOR_CHANGED_RACE)
  MADE (s.race.common.seed++, LIMEN_PRIOR_CHANGED_RACE)
  MADE (s.points = other, LIMEN_PRIOR_CHANGED_POINTS)
  assert_changes (&state, made, n);
}

static void
test_what_a_race_goes_on_with (void)
{
  g_auto (LimenPriorState) state = limen_prior_state_new ();
  Made made[4];
  guint n = 0;
  MADE (s.race.speed = 0, LIMEN_PRIOR_CHANGED_GENTLY)
  MADE (s.race.common.trainable = FALSE, LIMEN_PRIOR_CHANGED_GENTLY)
  MADE (s.race.estimator[0] = LIMEN_LOG_DERIVATIVE, LIMEN_PRIOR_CHANGED_GENTLY)
  MADE (s.race.estimator[1] = LIMEN_REPARAMETERIZATION, LIMEN_PRIOR_CHANGED_GENTLY)
  assert_changes (&state, made, n);
}

static void
test_a_view_is_seen_alone (void)
{
  g_auto (LimenPriorState) state = limen_prior_state_new ();
  Made made[3];
  guint n = 0;
  MADE (s.view.parameter = 3, LIMEN_PRIOR_CHANGED_VIEW)
  MADE (s.view.decoded = TRUE, LIMEN_PRIOR_CHANGED_VIEW)
  MADE (s.view.omega += 1, LIMEN_PRIOR_CHANGED_WIGGLE)
  assert_changes (&state, made, n);
}

static void
test_what_is_no_state_is_refused (void)
{
  g_test_expect_message ("limen", G_LOG_LEVEL_CRITICAL, "*assertion*");
  g_auto (LimenPriorState) state = limen_prior_state_new ();
  g_auto (LimenPriorState) none = limen_prior_state_with_view (&state, NULL);
  g_test_assert_expected_messages ();
  g_assert_null (none.points);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define TEST(name, function) g_test_add_func ("/prior-state/" name, function)
  TEST ("new", test_a_new_state_has_two_runners_on_two_moons);
  TEST ("two-new-are-equal", test_two_new_states_are_equal);
  TEST ("setters-leave-what-they-are-given", test_setters_leave_what_they_are_given);
  TEST ("each-setter-sets-its-part", test_each_setter_sets_its_part_alone);
  TEST ("a-case-is-what-the-duel-is-over", test_a_case_is_what_the_duel_is_over);
  TEST ("empty-places-do-not-run", test_empty_places_do_not_run);
  TEST ("every-field-of-the-duel", test_every_field_of_the_duel_counts);
  TEST ("what-starts-a-race-anew", test_what_starts_a_race_anew);
  TEST ("what-a-race-goes-on-with", test_what_a_race_goes_on_with);
  TEST ("a-view-is-seen-alone", test_a_view_is_seen_alone);
  TEST ("preconditions", test_what_is_no_state_is_refused);
  return g_test_run ();
}
