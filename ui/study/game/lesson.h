/* Guided questions of the Game page: rock paper scissors, its solution, and who gets there. */
#pragma once

#include "ui/study/lesson.h"

/** limen_game_lesson: (transfer none): steps take a LimenGameSession */
const LimenLesson *limen_game_lesson (void);
