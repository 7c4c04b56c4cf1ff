/* Somebody is led through questions: each step is done when it was done, never before. */
#include "ui/study/lesson-guide.h"

#include <math.h>

/* A session of a page that is one number */
#define DIAL_TYPE (dial_get_type ())
G_DECLARE_FINAL_TYPE (Dial, dial, TEST, DIAL, GObject)
struct _Dial {
  GObject parent_instance;
  double value;
  gboolean is_stuck; /* it is not where it is told to go */
};
G_DEFINE_FINAL_TYPE (Dial, dial, G_TYPE_OBJECT)

static void
dial_class_init (DialClass *klass)
{
  g_signal_new ("turned", DIAL_TYPE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_signal_new ("looked-at", DIAL_TYPE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
dial_init (Dial *dial)
{
}

static void
turn (gpointer dial, double value)
{
  TEST_DIAL (dial)->value = value;
  g_signal_emit_by_name (dial, "turned");
}

static void
begin (gpointer dial, LimenLessonMark *mark)
{
  mark->number[0] = TEST_DIAL (dial)->value;
}

static gboolean
rose (gpointer dial, const LimenLessonMark *mark)
{
  return TEST_DIAL (dial)->value >= mark->number[0] + 1;
}

static char *
say (gpointer dial, const LimenLessonMark *mark)
{
  return g_strdup_printf ("%g after %g", TEST_DIAL (dial)->value, mark->number[0]);
}

static gboolean
show (gpointer dial, const LimenLessonMark *mark, double t)
{
  if (TEST_DIAL (dial)->is_stuck)
    return FALSE;
  turn (dial, mark->number[0] + t);
  return TRUE;
}

static const LimenLessonStep first[] = {
    {"dial.a.1", "Turn it up.", begin, rose, say, "It is higher.", NULL, show},
    {"dial.a.2", "And again.", begin, rose, say, "Higher still.", NULL, show},
    {"dial.a.3", "Once more.", begin, rose, NULL, "As high as that.", NULL, show},
};
static const LimenLessonStep second[] = {
    {"dial.b.1", "Turn it up.", begin, rose, say, "It is higher.", NULL, show},
};
static const LimenLessonQuestion question[] = {
    {"dial.a", "How high?", first, G_N_ELEMENTS (first), NULL, 0},
    {"dial.b", "Is it?", second, G_N_ELEMENTS (second), NULL, 0},
};
static const char *const told[] = {"turned", "looked-at", NULL};
static const LimenLesson lesson = {"dial", told, question, G_N_ELEMENTS (question)};

typedef struct {
  Dial *dial;
  LimenLessonGuide *guide;
  guint n_changed;
  GString *done;
} World;

static void
changed_cb (World *world)
{
  world->n_changed++;
}

static void
done_cb (World *world, const char *id)
{
  g_string_append_printf (world->done, "%s ", id);
}

static void
set_up (World *world, gconstpointer unused)
{
  world->dial = g_object_new (DIAL_TYPE, NULL);
  world->guide = limen_lesson_guide_new (&lesson, G_OBJECT (world->dial));
  world->done = g_string_new (NULL);
  g_signal_connect_swapped (world->guide, "changed", G_CALLBACK (changed_cb), world);
  g_signal_connect_swapped (world->guide, "done", G_CALLBACK (done_cb), world);
}

static void
tear_down (World *world, gconstpointer unused)
{
  g_assert_finalize_object (world->guide);
  g_assert_finalize_object (world->dial);
  g_string_free (world->done, TRUE);
}

/* Whoever does not ask for a lesson is not watched. */
static void
test_asleep (World *world, gconstpointer unused)
{
  turn (world->dial, 5);
  g_assert_cmpuint (limen_lesson_guide_step (world->guide), ==, 0);
  limen_lesson_guide_set_awake (world->guide, TRUE);
  g_signal_emit_by_name (world->dial, "looked-at");
  g_assert_cmpuint (limen_lesson_guide_step (world->guide), ==,
                    0); /* since then, nothing was done */
  turn (world->dial, 6);
  g_assert_cmpuint (limen_lesson_guide_step (world->guide), ==, 1);
  limen_lesson_guide_set_awake (world->guide, FALSE);
  turn (world->dial, 9);
  g_assert_cmpuint (limen_lesson_guide_step (world->guide), ==, 1);
  g_assert_cmpstr (world->done->str, ==, "dial.a.1 ");
}

/* One deed is one step, and each step begins where the last one ended. */
static void
test_steps (World *world, gconstpointer unused)
{
  limen_lesson_guide_set_awake (world->guide, TRUE);
  turn (world->dial, 10); /* as far as three steps ask for, in one go */
  g_assert_cmpuint (limen_lesson_guide_step (world->guide), ==, 1);
  g_assert_cmpstr (limen_lesson_guide_seen (world->guide, 0), ==, "10 after 0");
  g_signal_emit_by_name (world->dial, "looked-at");
  g_assert_cmpuint (limen_lesson_guide_step (world->guide), ==, 1);
  turn (world->dial, 10.5);
  g_assert_cmpuint (limen_lesson_guide_step (world->guide), ==, 1);
  turn (world->dial, 11);
  g_assert_cmpstr (limen_lesson_guide_seen (world->guide, 1), ==, "11 after 10");
  turn (world->dial, 12);
  g_assert_cmpuint (limen_lesson_guide_step (world->guide), ==, 3);
  g_assert_null (limen_lesson_guide_seen (world->guide, 2));
  g_assert_cmpuint (limen_lesson_guide_n_done (world->guide, 0), ==, 3);
  turn (world->dial, 20); /* there is nothing left to do */
  g_assert_cmpstr (world->done->str, ==, "dial.a.1 dial.a.2 dial.a.3 ");
}

/* Nothing is locked: what was skipped is not done, and can be done later. */
static void
test_skip (World *world, gconstpointer unused)
{
  limen_lesson_guide_set_awake (world->guide, TRUE);
  limen_lesson_guide_go_to (world->guide, 2);
  turn (world->dial, 1);
  g_assert_false (limen_lesson_guide_is_done (world->guide, 0, 0));
  g_assert_true (limen_lesson_guide_is_done (world->guide, 0, 2));
  limen_lesson_guide_set_question (world->guide, 1);
  g_assert_cmpuint (limen_lesson_guide_step (world->guide), ==, 0);
  turn (world->dial, 2);
  g_assert_true (limen_lesson_guide_is_done (world->guide, 1, 0));
  limen_lesson_guide_set_question (world->guide, 0);
  g_assert_cmpuint (limen_lesson_guide_step (world->guide), ==, 3);
  limen_lesson_guide_go_to (world->guide, 0);
  turn (world->dial, 3);
  g_assert_true (limen_lesson_guide_is_done (world->guide, 0, 0));
}

/* What was done at an earlier start is known; names that are gone are left alone. */
static void
test_kept (World *world, gconstpointer unused)
{
  static const char *const ids[] = {"dial.a.1", "game.old", "dial.a.3", NULL};
  limen_lesson_guide_keep (world->guide, ids);
  g_assert_cmpuint (limen_lesson_guide_step (world->guide), ==, 1);
  g_assert_cmpuint (limen_lesson_guide_n_done (world->guide, 0), ==, 2);
  g_assert_cmpuint (world->done->len, ==, 0);
}

/* "Show me" takes its time, and what it does is a deed as any other. */
static void
test_show (World *world, gconstpointer unused)
{
  guint frames = 0;
  double last = 0;
  limen_lesson_guide_set_awake (world->guide, TRUE);
  limen_lesson_guide_show (world->guide);
  g_assert_true (limen_lesson_guide_is_showing (world->guide));
  while (limen_lesson_guide_tick (world->guide, 1 / 60.0)) {
    g_assert_cmpfloat (world->dial->value, >=, last);
    g_assert_cmpfloat (world->dial->value - last, <, 0.05);
    last = world->dial->value;
    g_assert_cmpuint (frames++, <, 1000);
  }
  g_assert_cmpuint (frames, >, 60);
  g_assert_cmpuint (limen_lesson_guide_step (world->guide), ==, 1);
  g_assert_false (limen_lesson_guide_is_showing (world->guide));
  g_assert_cmpstr (world->done->str, ==, "dial.a.1 ");
}

/* It can be stopped; where the page is not as far it waits, but not for ever. */
static void
test_show_ends (World *world, gconstpointer unused)
{
  double waited = 0;
  limen_lesson_guide_set_awake (world->guide, TRUE);
  limen_lesson_guide_show (world->guide);
  limen_lesson_guide_tick (world->guide, 0.5);
  limen_lesson_guide_stop (world->guide);
  g_assert_false (limen_lesson_guide_tick (world->guide, 0.5));
  g_assert_cmpuint (limen_lesson_guide_step (world->guide), ==, 0);
  world->dial->is_stuck = TRUE;
  limen_lesson_guide_show (world->guide);
  while (limen_lesson_guide_tick (world->guide, 0.25))
    g_assert_cmpfloat (waited += 0.25, <, 120);
  g_assert_cmpfloat (waited, >, 5);
  g_assert_cmpuint (limen_lesson_guide_step (world->guide), ==, 0);
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *path;
    void (*test) (World *world, gconstpointer unused);
  } tests[] = {
      {"/lesson-guide/asleep", test_asleep}, {"/lesson-guide/steps", test_steps},
      {"/lesson-guide/skip", test_skip},     {"/lesson-guide/kept", test_kept},
      {"/lesson-guide/show", test_show},     {"/lesson-guide/show-ends", test_show_ends},
  };
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, World, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
