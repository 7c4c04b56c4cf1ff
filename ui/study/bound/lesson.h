/* The questions about the Bound page: why it is a bound, why it rises with K, when it is tight. */
#pragma once

#include "ui/study/lesson.h"

/** limen_bound_lesson: (transfer none): its sessions are LimenBoundSession */
const LimenLesson *limen_bound_lesson (void);
