/* Lessons, step by step: what all of them keep to, "Show me" played out, and the numbers that a
 * sentence shows. */
#pragma once

#include "tests/study/heard.h"
#include "ui/study/lesson.h"
#include "viz/kit/formula.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"

#define MOST_SHOWN 24

/** Shown: a number in a sentence; @unit: of its last digit */
typedef struct {
  double value, unit;
} Shown;

/* -- what is there -- */

static const LimenLessonStep *
find_step (const LimenLesson *lesson, const char *id)
{
  for (guint q = 0; q < lesson->n_questions; q++)
    for (guint i = 0; i < lesson->question[q].n_steps; i++)
      if (g_str_equal (lesson->question[q].step[i].id, id))
        return &lesson->question[q].step[i];
  g_error ("there is no step “%s”", id);
}

static void
assert_words (const char *words)
{
  g_assert_nonnull (words);
  g_assert_cmpuint (strlen (words), >, 8);
  g_assert_true (g_utf8_validate (words, -1, NULL));
  g_assert_false (g_ascii_isspace (words[0]) || g_ascii_isspace (words[strlen (words) - 1]));
  g_assert_null (strstr (words, "  "));
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
  g_assert_cmpuint (strlen (spoken), >, 3);
}

static void
assert_new_id (GHashTable *ids, const char *page, const char *id)
{
  g_assert_true (g_str_has_prefix (id, page) && id[strlen (page)] == '.');
  g_assert_true (g_hash_table_add (ids, (gpointer)id));
}

static void
assert_question (const LimenLessonQuestion *question, const char *page, GHashTable *ids)
{
  assert_new_id (ids, page, question->id);
  assert_words (question->title);
  g_assert_true (question->n_steps >= 3 && question->n_steps <= 6);
  g_assert_cmpuint (question->n_lines, >, 2);
  for (guint i = 0; i < question->n_steps; i++) {
    const LimenLessonStep *step = &question->step[i];
    assert_new_id (ids, page, step->id);
    g_assert_true (g_str_has_prefix (step->id, question->id));
    assert_words (step->deed);
    assert_words (step->argument);
    assert_formula (step->formula);
    g_assert_true (step->done && step->seen && step->show);
  }
  for (guint i = 0; i < question->n_lines; i++) {
    g_assert_true (question->proof[i].words || question->proof[i].formula);
    if (question->proof[i].words)
      assert_words (question->proof[i].words);
    assert_formula (question->proof[i].formula);
  }
}

static void
assert_lesson (const LimenLesson *lesson, const char *page, gpointer session)
{
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  g_assert_cmpstr (lesson->page, ==, page);
  g_assert_cmpuint (lesson->n_questions, >, 0);
  for (const char *const *signal = lesson->signals; *signal; signal++)
    g_assert_cmpuint (g_signal_lookup (*signal, G_OBJECT_TYPE (session)), !=, 0);
  for (guint q = 0; q < lesson->n_questions; q++)
    assert_question (&lesson->question[q], page, ids);
}

/* What only a formula is written in stands in no words. */
static void
assert_plain_words (const LimenLesson *lesson)
{
  static const char markup[] = "_\\{}";
  for (guint q = 0; q < lesson->n_questions; q++) {
    const LimenLessonQuestion *question = &lesson->question[q];
    for (guint i = 0; i < question->n_steps; i++) {
      g_assert_null (strpbrk (question->step[i].deed, markup));
      g_assert_null (strpbrk (question->step[i].argument, markup));
    }
    for (guint i = 0; i < question->n_lines; i++)
      g_assert_true (!question->proof[i].words || !strpbrk (question->proof[i].words, markup));
  }
}

/* -- what is done -- */

static LimenLessonMark
begin_step (const LimenLessonStep *step, gpointer session)
{
  LimenLessonMark mark = {{0}};
  if (step->begin)
    step->begin (session, &mark);
  if (step->done (session, &mark))
    g_error ("%s is done before anything is", step->id);
  return mark;
}

/* What is said of it then is a sentence. */
static void
assert_done (const LimenLessonStep *step, gpointer session, const LimenLessonMark *mark)
{
  if (!step->done (session, mark))
    g_error ("%s is not done", step->id);
  g_autofree char *seen = step->seen (session, mark);
  g_test_message ("%s: %s", step->id, seen ? seen : "–");
  if (seen) {
    assert_words (seen);
    g_assert_true (g_str_has_suffix (seen, "."));
    g_assert_null (strstr (seen, "nan"));
    g_assert_null (strstr (seen, "inf"));
  }
}

static void
assert_not_done (const LimenLessonStep *step, gpointer session, const LimenLessonMark *mark,
                 const char *after)
{
  if (step->done (session, mark))
    g_error ("%s is done after %s", step->id, after);
}

/* "Show me", as the clock of the guide has it: a part of the way may take several calls. */
static void
show_step (const LimenLessonStep *step, gpointer session, const LimenLessonMark *mark)
{
  for (int i = 1; i <= 10; i++) {
    guint calls = 0;
    while (!step->show (session, mark, i / 10.0)) {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (500);
      g_assert_cmpuint (++calls, <, 200000);
    }
  }
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* "Show me", from where the page is to the end: then it is done, or a moment later, where what
 * follows of it is computed beside the window; the clock goes on asking. */
static void
assert_shows (const LimenLessonStep *step, gpointer session)
{
  LimenLessonMark mark = begin_step (step, session);
  show_step (step, session, &mark);
  while (!step->done (session, &mark)) {
    step->show (session, &mark, 1);
    g_main_context_iteration (NULL, FALSE);
    g_usleep (500);
  }
  assert_done (step, session, &mark);
}

/* -- numbers -- */

static const char *
read_power (const char *text, double *factor)
{
  static const char *const raised[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
  int power = 0, sign = 1;
  if (!g_str_has_prefix (text, "·10"))
    return text;
  text += strlen ("·10");
  if (g_str_has_prefix (text, "⁻")) {
    sign = -1;
    text += strlen ("⁻");
  }
  for (int digit = 0; digit < 10; digit++)
    if (g_str_has_prefix (text, raised[digit])) {
      power = 10 * power + digit;
      text += strlen (raised[digit]);
      digit = -1;
    }
  *factor = pow (10, sign * power);
  return text;
}

/* One that begins at @text with a digit */
static const char *
read_number (const char *text, Shown *shown)
{
  g_autoptr (GString) digits = g_string_new (NULL);
  double factor = 1;
  int decimals = 0;
  gboolean point = FALSE;
  for (;;) {
    if (g_str_has_prefix (text, " ") && g_ascii_isdigit (text[strlen (" ")]))
      text += strlen (" ");
    else if (*text == '.' && g_ascii_isdigit (text[1]) && !point)
      point = g_string_append_c (digits, *text++) != NULL;
    else if (g_ascii_isdigit (*text)) {
      g_string_append_c (digits, *text++);
      decimals += point;
    } else
      break;
  }
  text = read_power (text, &factor);
  *shown = (Shown){g_ascii_strtod (digits->str, NULL) * factor, pow (10, -decimals) * factor};
  return text;
}

/* All numbers of @text, with their signs, in order. Returns: how many */
static guint
read_numbers (const char *text, Shown shown[MOST_SHOWN])
{
  guint n = 0;
  gboolean minus = FALSE;
  while (*text) {
    if (g_ascii_isdigit (*text)) {
      g_assert_cmpuint (n, <, MOST_SHOWN);
      text = read_number (text, &shown[n]);
      if (minus)
        shown[n].value = -shown[n].value;
      n++;
      minus = FALSE;
      continue;
    }
    minus = g_str_has_prefix (text, "−");
    text = g_utf8_next_char (text);
  }
  return n;
}

/* That @shown is @truth, as far as its digits go */
static gboolean
is_shown (Shown shown, double truth)
{
  return fabs (shown.value - truth) <= 0.5001 * shown.unit + 1e-12 * fabs (truth);
}

#define assert_shown(text, shown, truth)                                                           \
  G_STMT_START                                                                                     \
  {                                                                                                \
    double truth_ = truth;                                                                         \
    if (!is_shown (shown, truth_))                                                                 \
      g_error ("“%s” shows %g, and it is %.17g", text, (shown).value, truth_);                     \
  }                                                                                                \
  G_STMT_END

#pragma GCC diagnostic pop
