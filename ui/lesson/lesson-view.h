/* The questions of a page beside it: which there are, the steps of one of them, its proof. */
#pragma once

#include "ui/study/lesson-guide.h"

#include <adwaita.h>

#define LIMEN_TYPE_LESSON_VIEW (limen_lesson_view_get_type ())
G_DECLARE_FINAL_TYPE (LimenLessonView, limen_lesson_view, LIMEN, LESSON_VIEW, GtkWidget)

/** limen_lesson_view_new: @guide: (transfer full): awake while a question is seen. What was done is
 * kept in the settings of the program. The action win.questions closes it */
LimenLessonView *limen_lesson_view_new (LimenLessonGuide *guide);
