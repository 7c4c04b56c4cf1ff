/* Somebody who is led through the questions of a page: which step is next, what was done, and what
 * was seen when it was. */
#pragma once

#include "ui/study/lesson.h"

#include <glib-object.h>

#define LIMEN_TYPE_LESSON_GUIDE (limen_lesson_guide_get_type ())
G_DECLARE_FINAL_TYPE (LimenLessonGuide, limen_lesson_guide, LIMEN, LESSON_GUIDE, GObject)

/**
 * LimenLessonGuide: of one page
 *
 * It watches the page while it is awake, and marks the next step of the question in hand as done
 * when that was really done.
 *
 * Signals:
 * - "changed": another question, step or sentence; "done" (id: string): a step was done, to be kept
 */
/** limen_lesson_guide_new: @lesson: borrowed; @session: of the page: a reference */
LimenLessonGuide *limen_lesson_guide_new (const LimenLesson *lesson, GObject *session);

/** limen_lesson_guide_set_awake: whether it watches, at first it does not; where it begins to, the
 * next step begins, from the page as it is */
void limen_lesson_guide_set_awake (LimenLessonGuide *self, gboolean awake);
/** limen_lesson_guide_keep: @ids: NULL-terminated: what was done at an earlier start; others than
 * those of the lesson are left alone */
void limen_lesson_guide_keep (LimenLessonGuide *self, const char *const *ids);

const LimenLesson *limen_lesson_guide_lesson (LimenLessonGuide *self);
/** limen_lesson_guide_question: the one in hand: its place in the lesson */
guint limen_lesson_guide_question (LimenLessonGuide *self);
void limen_lesson_guide_set_question (LimenLessonGuide *self, guint question);
/** limen_lesson_guide_step: the next step of the question in hand: its place; n_steps: it is at its
 * end */
guint limen_lesson_guide_step (LimenLessonGuide *self);
/** limen_lesson_guide_go_to: nothing is locked: any step may be the next one */
void limen_lesson_guide_go_to (LimenLessonGuide *self, guint step);
/** limen_lesson_guide_is_done: whether a step was, at this start or an earlier one */
gboolean limen_lesson_guide_is_done (LimenLessonGuide *self, guint question, guint step);
/** limen_lesson_guide_n_done: of a question */
guint limen_lesson_guide_n_done (LimenLessonGuide *self, guint question);
/** limen_lesson_guide_seen: (transfer none) (nullable): what was seen when a step of the question
 * in hand was done, at this start */
const char *limen_lesson_guide_seen (LimenLessonGuide *self, guint step);

/** limen_lesson_guide_show: "Show me": the next step is done slowly, by limen_lesson_guide_tick()
 */
void limen_lesson_guide_show (LimenLessonGuide *self);
void limen_lesson_guide_stop (LimenLessonGuide *self);
gboolean limen_lesson_guide_is_showing (LimenLessonGuide *self);
/** limen_lesson_guide_tick: once a frame; @seconds: since the last. Returns: whether it still shows
 */
gboolean limen_lesson_guide_tick (LimenLessonGuide *self, double seconds);
