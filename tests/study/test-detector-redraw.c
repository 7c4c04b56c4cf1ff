/* "Try it" without its window: sets are drawn beside it, of the scores and the line of the page. */
#include "tests/study/detector-world.h"
#include "ui/study/detector/redraw-session.h"

typedef struct {
  World world;
  LimenRedrawSession *session;
  char *told;
} Redraw;

static void
begin_redraw (Redraw *redraw)
{
  begin (&redraw->world);
  redraw->session = limen_redraw_session_new (redraw->world.session);
  redraw->told = NULL;
  g_signal_connect (redraw->session, "notice", G_CALLBACK (keep_notice_cb), &redraw->told);
}

static void
end_redraw (Redraw *redraw)
{
  g_assert_null (redraw->told);
  g_object_unref (redraw->session);
  end (&redraw->world);
}

static gboolean
has_drawn (gpointer session)
{
  return !limen_redraw_session_busy (session, NULL);
}

static const LimenRedrawn *
draw (Redraw *redraw, guint n_sets)
{
  limen_redraw_session_draw (redraw->session, n_sets);
  g_assert_true (limen_redraw_session_busy (redraw->session, NULL));
  wait_until (has_drawn, redraw->session);
  return limen_redraw_session_result (redraw->session);
}

static void
test_without_scores_nothing_is_drawn (void)
{
  Redraw redraw;
  begin_redraw (&redraw);
  g_assert_false (limen_redraw_session_can_draw (redraw.session));
  limen_redraw_session_draw (redraw.session, 10);
  g_assert_false (limen_redraw_session_busy (redraw.session, NULL));
  end_redraw (&redraw);
}

/* As limen_redraw() says of all normal images of the page, at its line */
static void
test_sets_are_those_of_the_model (void)
{
  Redraw redraw;
  begin_redraw (&redraw);
  drop_all (&redraw.world);
  limen_detector_session_set_rule (redraw.world.session, (LimenRule){LIMEN_RULE_SIGMAS, 0.5});
  const LimenDetector *detector = detector_of (&redraw.world);
  const LimenRedrawn *drawn = draw (&redraw, 50);
  g_assert_nonnull (drawn);
  g_assert_cmpuint (drawn->n_sets, ==, 50);
  g_assert_cmpuint (drawn->n, ==, detector->normal->n);
  g_assert_cmpuint (drawn->n_population, ==, 60);
  const LimenScores *all = experiment_of (&redraw.world)->scores[LIMEN_SET_NORMAL];
  guint below = 0, missed = 0, somewhere = 0, left = 0;
  for (guint i = 0; i < all->n; i++)
    below += all->value[i] < detector->threshold;
  g_assert_cmpuint (below, >, 0);
  g_assert_cmpfloat_with_epsilon (drawn->truth, below / 60.0, 1e-12);
  g_autoptr (GError) error = NULL;
  LimenRedrawOne one[50];
  g_assert_true (limen_redraw (all, limen_detector_lines (detector), drawn->n, 50, drawn->seed, one,
                               NULL, &error));
  for (guint i = 0; i < 50; i++) {
    g_assert_cmpfloat (drawn->one[i].rate, ==, one[i].rate);
    missed += one[i].fixed_missed;
    somewhere += one[i].somewhere_missed;
    left += one[i].band_left;
  }
  g_assert_cmpuint (drawn->n_fixed_missed, ==, missed);
  g_assert_cmpuint (drawn->n_somewhere_missed, ==, somewhere);
  g_assert_cmpuint (drawn->n_band_left, ==, left);
  end_redraw (&redraw);
}

static void
test_each_time_others_are_drawn (void)
{
  Redraw redraw;
  begin_redraw (&redraw);
  drop_all (&redraw.world);
  guint64 first = draw (&redraw, 5)->seed;
  g_assert_cmpuint (draw (&redraw, 5)->seed, !=, first);
  end_redraw (&redraw);
}

static void
test_what_is_drawn_is_of_the_line (void)
{
  Redraw redraw;
  begin_redraw (&redraw);
  drop_all (&redraw.world);
  draw (&redraw, 5);
  limen_detector_session_set_promise (redraw.world.session, LIMEN_PROMISE_LOOKING);
  g_assert_nonnull (limen_redraw_session_result (redraw.session)); /* the line is where it was */
  guint *changed = count_signal (redraw.session, "changed");
  limen_detector_session_set_threshold (redraw.world.session, detector_of (&redraw.world)->mean);
  g_assert_null (limen_redraw_session_result (redraw.session));
  g_assert_cmpuint (*changed, ==, 1);
  draw (&redraw, 5);
  limen_detector_session_resample (redraw.world.session);
  wait_until (is_idle, redraw.world.session);
  g_assert_null (limen_redraw_session_result (redraw.session));
  end_redraw (&redraw);
}

static void
test_a_cancelled_draw_leaves_the_last (void)
{
  Redraw redraw;
  begin_redraw (&redraw);
  drop_all (&redraw.world);
  const LimenRedrawn *first = draw (&redraw, 5);
  limen_redraw_session_draw (redraw.session, 2000000);
  limen_redraw_session_cancel (redraw.session);
  wait_until (has_drawn, redraw.session);
  g_assert_true (limen_redraw_session_result (redraw.session) == first);
  end_redraw (&redraw);
}

static gboolean
has_progress (gpointer session)
{
  double fraction = 0;
  return limen_redraw_session_busy (session, &fraction) && fraction > 0;
}

/* It is said how far it is; and a line that moves meanwhile ends it. */
static void
test_progress_until_the_line_moves (void)
{
  Redraw redraw;
  begin_redraw (&redraw);
  drop_all (&redraw.world);
  guint *changed = count_signal (redraw.session, "changed");
  limen_redraw_session_draw (redraw.session, 2000000);
  wait_until (has_progress, redraw.session);
  g_assert_cmpuint (*changed, >, 0);
  limen_detector_session_set_threshold (redraw.world.session, detector_of (&redraw.world)->mean);
  wait_until (has_drawn, redraw.session);
  g_assert_null (limen_redraw_session_result (redraw.session));
  end_redraw (&redraw);
}

#undef ADD
#define ADD(name) g_test_add_func ("/detector-redraw/" #name, test_##name)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD (without_scores_nothing_is_drawn);
  ADD (sets_are_those_of_the_model);
  ADD (each_time_others_are_drawn);
  ADD (what_is_drawn_is_of_the_line);
  ADD (a_cancelled_draw_leaves_the_last);
  ADD (progress_until_the_line_moves);
  return g_test_run ();
}
