/* Guided questions about a page: what to do, whether it was done, and what it shows. */
#pragma once

#include <glib.h>

#define LIMEN_LESSON_MOST_NUMBERS 16

/** LimenLessonMark: what a step keeps of the page as it was when the step began, so that a watcher
 * sees that something was done since, and "Show me" knows where it goes from; @number: 0 at first
 */
typedef struct {
  double number[LIMEN_LESSON_MOST_NUMBERS];
} LimenLessonMark;

/**
 * LimenLessonStep:
 * @id: kept with what was done: "bound.rising.two-samples"; never changes, never used twice
 * @deed: what to do, one or two sentences, in the imperative
 * @begin: (nullable): marks the page as it is when the step becomes the next one
 * @done: watches: whether the deed was really done since @begin. Never true of a page that was only
 * looked at since, even where it was as asked from the start
 * @seen: (transfer full): what is to be seen in the numbers on screen, right after @done: a claim
 * about this state of the page, with its numbers. NULL where it cannot be said of this state: then
 * only @argument stands there
 * @argument: what that stands for: true of every state, or with its condition in the words
 * @formula: (nullable): of it, as limen_formula_new() reads it
 * @show: "Show me": the deed at part @t of the way, 0 < t ≤ 1; at 1 it is done, so that @done sees
 * it. By the same setters as the user's hand. FALSE where it must be called again with the same
 * @t, as the page is not that far
 *
 * @session: the page's, a GObject: LimenBoundSession, ….
 */
typedef struct {
  const char *id, *deed;
  void (*begin) (gpointer session, LimenLessonMark *mark);
  gboolean (*done) (gpointer session, const LimenLessonMark *mark);
  char *(*seen) (gpointer session, const LimenLessonMark *mark);
  const char *argument, *formula;
  gboolean (*show) (gpointer session, const LimenLessonMark *mark, double t);
} LimenLessonStep;

/**
 * LimenLessonLine: one paragraph of a proof
 * @words: (nullable) a paragraph; @formula: (nullable) below it, as limen_formula_new() reads it
 */
typedef struct {
  const char *words, *formula;
} LimenLessonLine;

/**
 * LimenLessonQuestion:
 * @id: "bound.rising"; @title: the question: "Why does it rise with K?"
 * @step: (n_steps): three to six
 * @proof: (n_lines): the derivation, complete and right, for a second-year student
 */
typedef struct {
  const char *id, *title;
  const LimenLessonStep *step;
  guint n_steps;
  const LimenLessonLine *proof;
  guint n_lines;
} LimenLessonQuestion;

/**
 * LimenLesson: of a page
 * @page: its name; @signals: NULL-terminated: of its session, after which a step may be done
 * @question: (n_questions)
 */
typedef struct {
  const char *page;
  const char *const *signals;
  const LimenLessonQuestion *question;
  guint n_questions;
} LimenLesson;
