/* The questions of the Detector page: each step is done by its deed and by nothing else, and "Show
 * me" does it. */
#include "tests/study/lesson-detector-hands.h"

/* -- deeds: two ways to do each -- */

static void
open_others (World *world, int way)
{
  g_autofree char *name = g_strdup_printf ("other-%d.npy", way);
  g_autofree char *other = write_images (world->folder, name, 44, 20 + (guint64)way);
  drop (world, way ? LIMEN_SET_NORMAL : LIMEN_SET_ANOMALY, other, NULL, NULL);
  rest (world->session);
}

static void
split (World *world, int way)
{
  if (way)
    limen_detector_session_set_split (world->session, (LimenSplit){LIMEN_SPLIT_ORDERED, 0});
  else
    limen_detector_session_resample (world->session);
  rest (world->session);
}

static void
count_deviations (World *world, int way)
{
  set_rule (world->session, LIMEN_RULE_SIGMAS, way ? 1.5 : 2);
}

/* Below all but the lowest tenths */
static void
trade (World *world, int way)
{
  const LimenScores *normal = detector_of (world)->normal;
  drag (world->session, normal->sorted[normal->n / (way ? 2 : 3)] + 1e-9);
}

static void
keep_none (World *world, int way)
{
  const LimenScores *anomaly = detector_of (world)->anomaly;
  drag (world->session, anomaly->sorted[anomaly->n - 1] + (way ? 2 : 1) * 1e-6);
}

static void
flag_none (World *world, int way)
{
  drag (world->session, detector_of (world)->normal->sorted[0] - (way ? 2 : 1) * 1e-6);
}

static void
split_under_line (World *world, int way)
{
  if (page_of (world->session)->rule.kind != LIMEN_RULE_VALUE)
    drag (world->session, detector_of (world)->mean);
  split (world, way);
}

static void
split_under_rule (World *world, int way)
{
  if (page_of (world->session)->rule.kind != LIMEN_RULE_SIGMAS)
    count_deviations (world, way);
  split (world, way);
}

static void
be_conformal (World *world, int way)
{
  set_rule (world->session, LIMEN_RULE_CONFORMAL, way ? 0.2 : 0.1);
}

static void
look (World *world, int way)
{
  drag (world->session, detector_of (world)->mean + way * detector_of (world)->std);
}

static void
press (World *world, int way)
{
  limen_detector_session_set_promise (world->session,
                                      page_of (world->session)->promise == LIMEN_PROMISE_FIXED
                                          ? LIMEN_PROMISE_LOOKING
                                          : LIMEN_PROMISE_FIXED);
}

/* -- what is nearly a deed -- */

static void
swap (World *world)
{
  limen_detector_session_swap (world->session);
  rest (world->session);
}

static void
invert (World *world)
{
  limen_detector_session_invert (world->session, LIMEN_SET_ANOMALY);
  rest (world->session);
}

static void
split_only (World *world)
{
  split (world, 0);
}

static void
drag_a_hair (World *world)
{
  const LimenDetector *detector = detector_of (world);
  drag (world->session, detector->threshold - 1e-9);
}

static void
flag_by_rule (World *world)
{
  set_rule (world->session, LIMEN_RULE_SIGMAS, -100); /* all are */
}

static void
flag_none_by_rule (World *world)
{
  set_rule (world->session, LIMEN_RULE_SIGMAS, 100);
}

static void
flag_all (World *world)
{
  drag (world->session, limen_detector_session_range (world->session).high);
  g_assert_cmpuint (limen_detector_type_2 (detector_of (world)).errors, ==, 0);
}

static void
count_a_little_less (World *world)
{
  set_rule (world->session, LIMEN_RULE_SIGMAS, 2.9);
}

static void
count_the_same (World *world)
{
  set_rule (world->session, LIMEN_RULE_SIGMAS, 3);
}

static void
only_drag (World *world)
{
  drag (world->session, detector_of (world)->mean);
}

static void
only_conformal (World *world)
{
  set_rule (world->session, LIMEN_RULE_CONFORMAL, 0.1);
}

static void
too_strict (World *world)
{
  set_rule (world->session, LIMEN_RULE_CONFORMAL, 1e-4);
  g_assert_true (isnan (detector_of (world)->threshold));
}

static void
drag_and_press (World *world)
{
  only_drag (world);
  limen_detector_session_set_promise (world->session, LIMEN_PROMISE_FIXED);
}

static void
split_and_back (World *world)
{
  LimenSplit before = page_of (world->session)->split;
  split (world, 0);
  limen_detector_session_set_split (world->session, before);
  rest (world->session);
}

typedef void (*Deed) (World *world, int way);
typedef void (*Other) (World *world);

static const struct {
  const char *id;
  Deed deed;
  Other other[3]; /* nearly */
} cases[] = {
    {"detector.errors.open", open_others, {swap, invert, split_only}},
    {"detector.errors.split", split, {split_and_back, only_drag, flag_by_rule}},
    {"detector.errors.threshold", count_deviations, {count_the_same, only_drag, only_conformal}},
    {"detector.errors.trade", trade, {drag_a_hair, flag_by_rule, split_only}},
    {"detector.errors.none-kept", keep_none, {drag_a_hair, flag_by_rule, flag_all}},
    {"detector.validation.looked-at", flag_none, {flag_none_by_rule, only_drag, split_only}},
    {"detector.validation.same-line", split_under_line, {only_drag, split_only, split_and_back}},
    {"detector.validation.rule", count_deviations, {count_the_same, only_drag, split_only}},
    {"detector.validation.again", split_under_rule, {flag_by_rule, only_drag, split_and_back}},
    {"detector.promise.sigmas",
     count_deviations,
     {count_the_same, only_conformal, count_a_little_less}},
    {"detector.promise.conformal", be_conformal, {too_strict, count_the_same, only_drag}},
    {"detector.promise.drag", look, {drag_and_press, drag_a_hair, count_the_same}},
    {"detector.promise.switch", press, {only_drag, split_only, drag_and_press}},
};

/* -- the tables -- */

static void
test_words (void)
{
  g_autoptr (LimenDetectorSession) session = limen_detector_session_new ();
  guint n = 0;
  assert_lesson (limen_detector_lesson (), "detector", session);
  for (guint q = 0; q < limen_detector_lesson ()->n_questions; q++)
    n += limen_detector_lesson ()->question[q].n_steps;
  g_assert_cmpuint (n, ==, G_N_ELEMENTS (cases));
  limen_ending_wait ();
}

/* -- watchers -- */

/* What is none of the deeds: views, shares, curves, the same again */
static void
do_something_else (World *world)
{
  LimenDetectorSession *session = world->session;
  limen_detector_session_set_share (session, 0.2);
  limen_detector_session_set_curve (session, LIMEN_CURVE_DET);
  limen_detector_session_set_heights (session, TRUE, TRUE);
  limen_detector_session_zoom (session, NAN, 2);
  limen_detector_session_pan (session, 0.1);
  limen_detector_session_set_rule (session, page_of (session)->rule);
  limen_detector_session_set_split (session, page_of (session)->split);
  limen_detector_session_set_promise (session, page_of (session)->promise);
}

/* A line by hand is put again by hand where it is: that is no move of it. */
static void
test_watcher (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  const LimenLessonStep *step = find_step (limen_detector_lesson (), cases[i].id);
  World world;
  begin (&world);
  drop_all (&world);
  LimenLessonMark mark = begin_step (step, world.session);
  do_something_else (&world);
  assert_not_done (step, world.session, &mark, "something else");
  cases[i].deed (&world, 0);
  assert_done (step, world.session, &mark);
  LimenLessonMark again = begin_step (step, world.session); /* where it is as asked */
  do_something_else (&world);
  assert_not_done (step, world.session, &again, "something else, where it was as asked");
  cases[i].deed (&world, 1);
  assert_done (step, world.session, &again);
  end (&world);
}

static void
test_nearly (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  const LimenLessonStep *step = find_step (limen_detector_lesson (), cases[i].id);
  for (guint j = 0; j < 3; j++) {
    World world;
    g_autofree char *after = g_strdup_printf ("deed %u, which is none", j);
    begin (&world);
    drop_all (&world);
    LimenLessonMark mark = begin_step (step, world.session);
    cases[i].other[j](&world);
    assert_not_done (step, world.session, &mark, after);
    end (&world);
  }
}

/* Nothing is done, and nothing seen, where there is nothing. */
static void
test_an_empty_page (void)
{
  World world;
  begin (&world);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    const LimenLessonStep *step = find_step (limen_detector_lesson (), cases[i].id);
    LimenLessonMark mark = begin_step (step, world.session);
    do_something_else (&world);
    assert_not_done (step, world.session, &mark, "something else on an empty page");
    g_assert_null (step->seen (world.session, &mark));
  }
  drop (&world, LIMEN_N_SETS, world.flow, world.normal, NULL); /* and no anomalies */
  rest (world.session);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    const LimenLessonStep *step = find_step (limen_detector_lesson (), cases[i].id);
    LimenLessonMark mark = begin_step (step, world.session);
    g_assert_null (step->seen (world.session, &mark));
  }
  end (&world);
}

/* What was put by hand on an empty page was not put by hand on what comes. */
static void
test_files_are_no_deed (void)
{
  World world;
  LimenLessonMark marks[G_N_ELEMENTS (cases)];
  begin (&world);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    marks[i] = begin_step (find_step (limen_detector_lesson (), cases[i].id), world.session);
  drop_all (&world);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    const LimenLessonStep *step = find_step (limen_detector_lesson (), cases[i].id);
    g_assert_true (step->done (world.session, &marks[i]) ==
                   g_str_equal (step->id, "detector.errors.open"));
  }
  end (&world);
}

/* -- "Show me" -- */

static void
show_and_again (const LimenLessonStep *step, LimenDetectorSession *session)
{
  for (int round = 0; round < 2; round++) {
    LimenLessonMark mark = begin_step (step, session);
    show_step (step, session, &mark);
    assert_done (step, session, &mark);
  }
}

static void
test_show (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  const LimenLessonStep *step = find_step (limen_detector_lesson (), cases[i].id);
  static const Other befores[] = {split_only, only_drag, only_conformal, too_strict, flag_by_rule};
  gboolean reads = g_str_equal (step->id, "detector.errors.open"); /* a large flow */
  for (guint j = reads ? 3 : 0; j <= (reads ? 3 : G_N_ELEMENTS (befores)); j++) {
    World world;
    begin (&world);
    drop_all (&world);
    if (j < G_N_ELEMENTS (befores))
      befores[j](&world);
    else
      cases[i].deed (&world, 0);
    show_and_again (step, world.session);
    end (&world);
  }
}

static void
test_show_by_each_side (void)
{
  for (LimenSide side = 0; side <= LIMEN_SIDE_BOTH; side++) {
    World world;
    begin (&world);
    g_autofree char *table = write_scores (world.folder, "scores.csv", side, 1);
    open_scores (world.session, table, side);
    for (guint i = 1; i < G_N_ELEMENTS (cases); i++)
      show_and_again (find_step (limen_detector_lesson (), cases[i].id), world.session);
    end (&world);
  }
}

/* From nothing on, with what Limen brings along */
static void
test_show_on_an_empty_page (void)
{
  static const char *const ids[] = {"detector.errors.open", "detector.promise.drag"};
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++) {
    World world;
    begin (&world);
    show_and_again (find_step (limen_detector_lesson (), ids[i]), world.session);
    g_assert_cmpuint (world.n_notices, ==, 0);
    end (&world);
  }
}

/* A few images where MNIST or KMNIST is looked for, in the user's data folder */
static void
write_idx (const char *data, const char *set, guint64 seed)
{
  enum { N = 40, WIDE = 28 };
  const guint8 head[] = {0, 0, 8, 3, 0, 0, 0, N, 0, 0, 0, WIDE, 0, 0, 0, WIDE};
  g_autoptr (LimenImageSet) images = random_images (N, WIDE, WIDE, seed);
  g_autofree float *rows = g_new (float, N *WIDE *WIDE);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autofree char *name = g_build_filename ("datasets", set, "t10k-images-idx3-ubyte", NULL);
  limen_image_set_copy_rows (images, 0, N, rows);
  g_byte_array_append (bytes, head, sizeof head);
  for (guint i = 0; i < N * WIDE * WIDE; i++) {
    const guint8 pixel = (guint8)lroundf (255 * rows[i]);
    g_byte_array_append (bytes, &pixel, 1);
  }
  g_free (write_file (data, name, bytes->data, bytes->len));
}

/* Where MNIST and KMNIST are on this computer, these are shown. */
static void
test_show_opens_mnist (void)
{
  const LimenLessonStep *step = find_step (limen_detector_lesson (), "detector.errors.open");
  World world;
  begin (&world);
  LimenLessonMark mark = begin_step (step, world.session);
  show_step (step, world.session, &mark);
  assert_done (step, world.session, &mark);
  const LimenDetectorPageState *state = page_of (world.session);
  g_assert_nonnull (strstr (state->set[LIMEN_SET_NORMAL]->paths[0], "datasets/mnist/t10k"));
  g_assert_nonnull (strstr (state->set[LIMEN_SET_ANOMALY]->paths[0], "datasets/kmnist/t10k"));
  g_assert_cmpuint (detector_of (&world)->anomaly->n, ==, 40);
  g_assert_cmpuint (world.n_notices, ==, 0);
  end (&world);
}

int
main (int argc, char **argv)
{
  g_autofree char *data = make_folder ();
  g_setenv ("XDG_DATA_HOME", data, TRUE);
  write_idx (data, "mnist", 5);
  write_idx (data, "kmnist", 6);
  g_test_init (&argc, &argv, NULL);
#undef TEST
#define TEST(name, function) g_test_add_func ("/lesson-detector/" name, function)
  TEST ("words", test_words);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    static const struct {
      const char *name;
      void (*test) (gconstpointer);
    } tests[] = {{"watcher", test_watcher}, {"nearly", test_nearly}, {"show", test_show}};
    for (guint j = 0; j < G_N_ELEMENTS (tests); j++) {
      g_autofree char *path =
          g_strdup_printf ("/lesson-detector/%s/%s", cases[i].id, tests[j].name);
      g_test_add_data_func (path, GUINT_TO_POINTER (i), tests[j].test);
    }
  }
  TEST ("empty-page", test_an_empty_page);
  TEST ("files-are-no-deed", test_files_are_no_deed);
  TEST ("show-by-each-side", test_show_by_each_side);
  TEST ("show-on-an-empty-page", test_show_on_an_empty_page);
  TEST ("show-opens-mnist", test_show_opens_mnist);
  int failed = g_test_run ();
  remove_folder (data);
  return failed;
}
