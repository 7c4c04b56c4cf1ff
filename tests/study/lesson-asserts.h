/* What holds of the tables of every lesson, and how its steps are found and shown. */
#pragma once

#include "ui/study/lesson.h"
#include "viz/kit/formula.h"

#include <string.h>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"

static void
assert_words (const char *words)
{
  g_assert_nonnull (words);
  g_assert_cmpuint (strlen (words), >, 3);
  g_assert_true (g_utf8_validate (words, -1, NULL));
  g_assert_null (strstr (words, "  ")); /* where two lines of the source meet */
}

/* (nullable) @formula: is read, and has words for a screen reader */
static void
assert_formula (const char *formula)
{
  g_autoptr (GError) error = NULL;
  if (!formula)
    return;
  g_autoptr (LimenFormula) read = limen_formula_new (formula, &error);
  g_assert_no_error (error);
  g_autofree char *spoken = limen_formula_spoken (read);
  g_test_message ("%s: %s", formula, spoken);
  g_assert_cmpuint (strlen (spoken), >, 3);
}

static void
assert_step (const LimenLessonStep *step, const LimenLessonQuestion *question)
{
  g_assert_true (g_str_has_prefix (step->id, question->id));
  g_assert_cmpint (step->id[strlen (question->id)], ==, '.');
  assert_words (step->deed);
  assert_words (step->argument);
  assert_formula (step->formula);
  g_assert_true (step->begin && step->done && step->show);
}

/* Of as many questions as the page has, ids that are never twice the same, and nothing empty */
static void
assert_tables (const LimenLesson *lesson, const char *page, guint n_questions)
{
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  g_assert_cmpstr (lesson->page, ==, page);
  g_assert_cmpuint (lesson->n_questions, ==, n_questions);
  for (guint q = 0; q < n_questions; q++) {
    const LimenLessonQuestion *question = &lesson->question[q];
    assert_words (question->title);
    g_assert_true (g_str_has_prefix (question->id, page));
    g_assert_true (g_hash_table_add (ids, (gpointer)question->id));
    g_assert_cmpuint (question->n_steps, >=, 3);
    g_assert_cmpuint (question->n_steps, <=, 6);
    g_assert_cmpuint (question->n_lines, >=, 3);
    for (guint s = 0; s < question->n_steps; s++) {
      assert_step (&question->step[s], question);
      g_assert_true (g_hash_table_add (ids, (gpointer)question->step[s].id));
    }
    for (guint l = 0; l < question->n_lines; l++) {
      g_assert_true (question->proof[l].words || question->proof[l].formula);
      if (question->proof[l].words)
        assert_words (question->proof[l].words);
      assert_formula (question->proof[l].formula);
    }
  }
}

static const LimenLessonStep *
step_of (const LimenLesson *lesson, const char *id)
{
  for (guint q = 0; q < lesson->n_questions; q++)
    for (guint s = 0; s < lesson->question[q].n_steps; s++)
      if (g_str_equal (lesson->question[q].step[s].id, id))
        return &lesson->question[q].step[s];
  g_error ("There is no step %s.", id);
}

/* "Show me", as often as the page asks for it, from a tenth of the way to the end: then it is done,
 * a moment later at most, and not before it begins. */
static void
assert_shows (const LimenLessonStep *step, gpointer session)
{
  LimenLessonMark mark = {0};
  step->begin (session, &mark);
  g_assert_false (step->done (session, &mark));
  for (guint tenth = 1; tenth <= 10; tenth++)
    while (!step->show (session, &mark, tenth / 10.0)) {
      while (g_main_context_iteration (NULL, FALSE))
        ;
      g_usleep (200);
    }
  while (!step->done (session, &mark)) { /* what follows of it is computed beside the window */
    g_main_context_iteration (NULL, FALSE);
    step->show (session, &mark, 1);
    g_usleep (200);
  }
  g_autofree char *seen = step->seen ? step->seen (session, &mark) : NULL;
  g_test_message ("%s: %s", step->id, seen ? seen : "(nothing is said)");
  if (seen)
    assert_words (seen);
}

#pragma GCC diagnostic pop
