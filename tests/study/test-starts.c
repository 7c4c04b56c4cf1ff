/* A second start of the program, in a window that is open: what it does not name is as at a first
 * start. */
#include "tests/study/bound-files.h"
#include "ui/study/ending.h"
#include "ui/study/prior/session.h"

static void
end (gpointer session)
{
  let_go (session);
  limen_ending_wait ();
}

static void
test_of_bound_nothing_else_stays (void)
{
  LimenBoundSession *session = limen_bound_session_new ();
  g_autofree char *folder = make_folder (), *vae = write_vae (folder, "own.pt", 2, 1);
  g_autofree char *path = write_case (folder, "case.json", CASE_JSON);
  open_and_wait (session, vae);
  open_and_wait (session, path);
  limen_bound_session_set_k (session, 7);
  limen_bound_session_set_preset (session, LIMEN_PROPOSAL_PRIOR);
  limen_bound_session_start (session, (const char *[]){path, NULL});
  wait_until (is_idle, session);
  g_autoptr (LimenBoundPageState) fresh = limen_bound_page_state_new ();
  const LimenBoundPageState *now = limen_bound_session_state (session);
  g_assert_cmpuint (now->k, ==, fresh->k);
  g_assert_cmpint (now->preset, ==, fresh->preset);
  g_assert_cmpstr (now->gaussian_case->name, ==, "case.json");
  g_assert_null (now->vae);
  limen_bound_session_start (session, (const char *[]){vae, NULL});
  wait_until (is_idle, session);
  now = limen_bound_session_state (session);
  g_assert_true (now->uses_vae);
  g_assert_null (now->gaussian_case); /* it is the example */
  limen_bound_session_open (session, (const char *[]){path, NULL});
  wait_until (is_idle, session);
  g_assert_nonnull (limen_bound_session_state (session)->vae); /* what is opened joins the rest */
  end (session);
  remove_folder (folder);
}

static void
test_of_bound_a_refusal_leaves_all (void)
{
  LimenBoundSession *session = limen_bound_session_new ();
  g_autofree char *folder = make_folder (), *bad = write_case (folder, "bad.json", "{}");
  limen_bound_session_set_k (session, 7);
  limen_bound_session_start (session, (const char *[]){bad, NULL});
  wait_until (is_idle, session);
  g_assert_cmpuint (limen_bound_session_state (session)->k, ==, 7);
  end (session);
  remove_folder (folder);
}

static void
test_of_prior_nothing_else_stays (void)
{
  static const char *const signals[] = {"state-changed", NULL};
  LimenPriorSession *session = limen_prior_session_new ();
  Heard heard;
  heard_begin (&heard, session, signals);
  g_autofree char *folder = make_folder ();
  g_autofree char *path = write_case (folder, "points.csv", "1,2\n3,4\n5,7\n");
  LimenPriorState next = *limen_prior_session_state (session);
  next.points = limen_origin_new (NULL, "ring");
  next.duel.shift = 100;
  next.race.common.batch = 20;
  g_assert_true (limen_prior_session_set (session, &next));
  limen_origin_unref (next.points);
  heard_wait (&heard, "state-changed");
  heard_assert (&heard, "state-changed");
  limen_prior_session_start (session, (const char *[]){path, NULL});
  heard_wait (&heard, "state-changed");
  g_auto (LimenPriorState) fresh = limen_prior_state_new ();
  const LimenPriorState *now = limen_prior_session_state (session);
  g_assert_cmpfloat (now->duel.shift, ==, 0);
  g_assert_cmpuint (now->race.common.batch, ==, fresh.race.common.batch);
  g_assert_cmpstr (now->points->paths[0], ==, path);
  g_assert_cmpuint (limen_prior_session_points (session)->n, ==, 3);
  heard_end (&heard);
  end (session);
  remove_folder (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name) g_test_add_func ("/starts/" #name, test_##name)
  ADD (of_bound_nothing_else_stays);
  ADD (of_bound_a_refusal_leaves_all);
  ADD (of_prior_nothing_else_stays);
#undef ADD
  return g_test_run ();
}
