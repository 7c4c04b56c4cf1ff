/* The questions of the Game page: each step is done by its deed and by nothing else, and "Show me"
 * does it. */
#include "tests/study/lesson-game-hands.h"

/* -- deeds: two ways to do each -- */

static void
go_to_saddle (LimenGameSession *session, int way)
{
  freeze (session, FALSE);
  put (session, FALSE, way ? 0.34 : 1.0 / 3, way ? 0.33 : 1.0 / 3);
  put (session, TRUE, way ? 0.33 : 1.0 / 3, way ? 0.335 : 1.0 / 3);
}

static void
let_a_leave (LimenGameSession *session, int way)
{
  freeze (session, FALSE);
  put (session, TRUE, 1.0 / 3, 1.0 / 3);
  put (session, FALSE, way ? 0.1 : 0.6, 0.2);
}

static void
let_both_leave (LimenGameSession *session, int way)
{
  let_a_leave (session, way);
  put (session, TRUE, way ? 0.7 : 0.1, 0.15);
}

static void
certify_another (LimenGameSession *session, int way)
{
  certify (session, TRUE);
  choose (session, way ? "matching-pennies" : "many-solutions");
}

static void
move_a_against_frozen (LimenGameSession *session, int way)
{
  answer (session, FALSE);
  freeze (session, TRUE);
  put (session, FALSE, way ? 0.5 : 0.1, way ? 0.2 : 0.6);
}

static void
go_to_corner (LimenGameSession *session, int way)
{
  move_a_against_frozen (session, way);
  put (session, FALSE, way ? 0.97 : 0, way ? 0.01 : 1);
}

static void
let_b_answer (LimenGameSession *session, int way)
{
  put (session, FALSE, way ? 0.2 : 0.9, 0.05);
  answer (session, TRUE);
}

static void
find_centre (LimenGameSession *session, int way)
{
  answer (session, TRUE);
  put (session, FALSE, way ? 0.35 : 1.0 / 3, way ? 0.33 : 1.0 / 3);
}

static void
play_method (LimenGameSession *session, LimenMethod method, guint n, int way)
{
  choose (session, "rock-paper-scissors");
  freeze (session, FALSE);
  pick (session, method, way ? 0.07 : 0);
  put (session, FALSE, way ? 0.4 : 0.5, 0.3);
  put (session, TRUE, 0.3, 0.3);
  play (session, way ? n + 1 : n);
}

static void
play_outwards (LimenGameSession *session, int way)
{
  play_method (session, LIMEN_SIMULTANEOUS_GDA, way ? 150 : 100, way);
}

static void
play_around (LimenGameSession *session, int way)
{
  play_method (session, LIMEN_ALTERNATING_GDA, way ? 250 : 200, way);
}

static void
play_inwards (LimenGameSession *session, int way)
{
  play_method (session, LIMEN_EXTRAGRADIENT, way ? 350 : 300, way);
}

static void
play_long (LimenGameSession *session, int way)
{
  play_method (session, LIMEN_SIMULTANEOUS_GDA, way ? 1500 : 1000, way);
}

/* -- what is nearly a deed -- */

static void
only_b_leaves (LimenGameSession *session)
{
  put (session, FALSE, 1.0 / 3, 1.0 / 3);
  put (session, TRUE, 0.9, 0.05);
}

static void
leave_b_out (LimenGameSession *session)
{
  put (session, TRUE, 0.1, 0.1);
  put (session, FALSE, 0.8, 0.1);
}

static void
certify_ours (LimenGameSession *session)
{
  certify (session, TRUE);
}

static void
move_a_unfrozen (LimenGameSession *session)
{
  put (session, FALSE, 0.99, 0.005);
}

static void
freeze_alone (LimenGameSession *session)
{
  freeze (session, TRUE);
}

static void
move_a_while_answered (LimenGameSession *session)
{
  freeze (session, TRUE);
  answer (session, TRUE);
  put (session, FALSE, 0.96, 0.01);
}

static void
not_quite_corner (LimenGameSession *session)
{
  freeze (session, TRUE);
  put (session, FALSE, 0.9, 0.05);
}

static void
answer_at_centre (LimenGameSession *session)
{
  put (session, FALSE, 0.34, 0.33);
  answer (session, TRUE);
}

static void
answer_away (LimenGameSession *session)
{
  answer (session, TRUE);
  put (session, FALSE, 0.5, 0.2);
}

static void
play_others (LimenGameSession *session)
{
  pick (session, LIMEN_OPTIMISTIC_GDA, 0);
  play (session, 2000);
}

static void
play_too_few_outwards (LimenGameSession *session)
{
  pick (session, LIMEN_SIMULTANEOUS_GDA, 0);
  play (session, 99);
}

static void
play_too_few_around (LimenGameSession *session)
{
  pick (session, LIMEN_ALTERNATING_GDA, 0);
  play (session, 199);
}

static void
play_too_few_inwards (LimenGameSession *session)
{
  pick (session, LIMEN_EXTRAGRADIENT, 0.11);
  play (session, 299);
}

static void
play_too_few (LimenGameSession *session)
{
  pick (session, LIMEN_SIMULTANEOUS_GDA, 0);
  play (session, 999);
}

typedef void (*Deed) (LimenGameSession *session, int way);
typedef void (*Other) (LimenGameSession *session);

static const struct {
  const char *id;
  Deed deed;
  Other other[3]; /* nearly */
} cases[] = {
    {"game.only.saddle", go_to_saddle, {only_b_leaves, leave_b_out, play_others}},
    {"game.only.one-leaves", let_a_leave, {only_b_leaves, leave_b_out, play_others}},
    {"game.only.anywhere", let_both_leave, {only_b_leaves, move_a_unfrozen, play_others}},
    {"game.only.certificate", certify_another, {certify_ours, leave_b_out, play_others}},
    {"game.any.frozen",
     move_a_against_frozen,
     {move_a_unfrozen, freeze_alone, move_a_while_answered}},
    {"game.any.corner", go_to_corner, {move_a_unfrozen, not_quite_corner, move_a_while_answered}},
    {"game.any.answer", let_b_answer, {answer_at_centre, move_a_unfrozen, freeze_alone}},
    {"game.any.centre", find_centre, {answer_away, freeze_alone, move_a_unfrozen}},
    {"game.dynamics.outwards",
     play_outwards,
     {play_too_few_outwards, play_others, play_too_few_around}},
    {"game.dynamics.around", play_around, {play_too_few_around, play_others, play_too_few_inwards}},
    {"game.dynamics.inwards",
     play_inwards,
     {play_too_few_inwards, play_others, play_too_few_outwards}},
    {"game.dynamics.average", play_long, {play_too_few, play_others, play_too_few_inwards}},
};

/* -- the tables -- */

static void
test_words (void)
{
  g_autoptr (LimenGameSession) session = limen_game_session_new ();
  guint n = 0;
  assert_lesson (limen_game_lesson (), "game", session);
  for (guint q = 0; q < limen_game_lesson ()->n_questions; q++)
    n += limen_game_lesson ()->question[q].n_steps;
  g_assert_cmpuint (n, ==, G_N_ELEMENTS (cases));
  limen_ending_wait ();
}

/* -- watchers -- */

/* What is none of the deeds: views, speeds, races, looks */
static void
do_something_else (LimenGameSession *session)
{
  LimenGameState next = *state_of (session);
  next.view.field = !next.view.field;
  next.view.by_gradients = !next.view.by_gradients;
  next.settings.speed = 600;
  next.settings.iterations = 300;
  g_assert_true (limen_game_session_set (session, &next));
  limen_game_session_look (session);
  g_assert_true (limen_game_session_set (session, state_of (session)));
}

static void
test_watcher (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  const LimenLessonStep *step = find_step (limen_game_lesson (), cases[i].id);
  g_autoptr (LimenGameSession) session = limen_game_session_new ();
  LimenLessonMark mark = begin_step (step, session);
  do_something_else (session);
  assert_not_done (step, session, &mark, "something else");
  cases[i].deed (session, 0);
  assert_done (step, session, &mark);
  LimenLessonMark again = begin_step (step, session); /* where it is as asked */
  do_something_else (session);
  assert_not_done (step, session, &again, "something else, where it was as asked");
  cases[i].deed (session, 1);
  assert_done (step, session, &again);
  limen_ending_wait ();
}

static void
test_nearly (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  const LimenLessonStep *step = find_step (limen_game_lesson (), cases[i].id);
  for (guint j = 0; j < 3; j++) {
    g_autoptr (LimenGameSession) session = limen_game_session_new ();
    g_autofree char *after = g_strdup_printf ("deed %u, which is none", j);
    LimenLessonMark mark = begin_step (step, session);
    cases[i].other[j](session);
    assert_not_done (step, session, &mark, after);
  }
  limen_ending_wait ();
}

/* While a method moves both, no hand holds them where the step asks for it. */
static void
test_while_a_method_moves (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    const LimenLessonStep *step = find_step (limen_game_lesson (), cases[i].id);
    if (g_str_has_prefix (step->id, "game.dynamics") || g_str_has_suffix (step->id, "certificate"))
      continue;
    g_autoptr (LimenGameSession) session = limen_game_session_new ();
    LimenLessonMark mark = begin_step (step, session);
    cases[i].deed (session, 0);
    play (session, 5);
    assert_not_done (step, session, &mark, "a method has moved on");
    g_assert_null (step->seen (session, &mark));
    limen_game_session_reset (session);
    assert_done (step, session, &mark);
  }
  limen_ending_wait ();
}

/* In another game nothing is done that is asked of ours. */
static void
test_other_games (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  const LimenLessonStep *step = find_step (limen_game_lesson (), cases[i].id);
  g_autoptr (LimenGameSession) session = limen_game_session_new ();
  if (g_str_has_suffix (step->id, "certificate"))
    return;
  choose (session, "many-solutions");
  LimenLessonMark mark = begin_step (step, session);
  if (!g_str_has_prefix (step->id, "game.dynamics"))
    cases[i].deed (session, 0);
  assert_not_done (step, session, &mark, "a deed in another game");
  choose_pennies (session); /* from where the points are others in ours */
  mark = begin_step (step, session);
  choose (session, "rock-paper-scissors");
  assert_not_done (step, session, &mark, "our game, and no deed");
  cases[i].deed (session, 0);
  assert_done (step, session, &mark);
  limen_ending_wait ();
}

/* -- "Show me" -- */

static void
go_nowhere (LimenGameSession *session)
{
}

static void
be_frozen_and_answered (LimenGameSession *session)
{
  freeze (session, TRUE);
  answer (session, TRUE);
}

static void
be_at_work (LimenGameSession *session)
{
  play (session, 37);
}

static void
be_biased (LimenGameSession *session)
{
  choose (session, "biased-rock-paper-scissors");
}

static void
be_centred (LimenGameSession *session)
{
  put (session, FALSE, 1.0 / 3, 1.0 / 3);
  put (session, TRUE, 1.0 / 3, 1.0 / 3);
}

static void
test_show (gconstpointer data)
{
  static const Other befores[] = {go_nowhere, be_frozen_and_answered, be_at_work,
                                  be_biased,  choose_pennies,         be_centred};
  guint i = GPOINTER_TO_UINT (data);
  const LimenLessonStep *step = find_step (limen_game_lesson (), cases[i].id);
  for (guint j = 0; j <= G_N_ELEMENTS (befores); j++) {
    g_autoptr (LimenGameSession) session = limen_game_session_new ();
    if (j < G_N_ELEMENTS (befores))
      befores[j](session);
    else
      cases[i].deed (session, 0);
    LimenLessonMark mark = begin_step (step, session);
    show_step (step, session, &mark);
    assert_done (step, session, &mark);
    mark = begin_step (step, session); /* and once more */
    show_step (step, session, &mark);
    assert_done (step, session, &mark);
  }
  limen_ending_wait ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lesson-game/words", test_words);
  g_test_add_func ("/lesson-game/while-a-method-moves", test_while_a_method_moves);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    static const struct {
      const char *name;
      void (*test) (gconstpointer);
    } tests[] = {{"watcher", test_watcher},
                 {"nearly", test_nearly},
                 {"other-games", test_other_games},
                 {"show", test_show}};
    for (guint j = 0; j < G_N_ELEMENTS (tests); j++) {
      g_autofree char *path = g_strdup_printf ("/lesson-game/%s/%s", cases[i].id, tests[j].name);
      g_test_add_data_func (path, GUINT_TO_POINTER (i), tests[j].test);
    }
  }
  return g_test_run ();
}
