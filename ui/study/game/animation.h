/* The method at work, as an animated PNG, a GIF or a WebM. */
#pragma once

#include "ui/study/game/session.h"
#include "ui/study/job.h"
#include "viz/kit/animation.h"

/**
 * LimenGameAnimation: how it is to be written
 * @width: pixels; the height follows
 * @seconds: how long it is seen
 * @most_bytes: of the file, see LimenAnimation
 *
 * A plain value.
 */
typedef struct {
  LimenAnimationFormat format;
  guint width, seconds;
  gsize most_bytes;
} LimenGameAnimation;

/** limen_game_animation_usual: a GIF of at most 3 MB */
LimenGameAnimation limen_game_animation_usual (void);
/** limen_game_animate: draws and writes beside the window: what the run has done so far, or, where
 * it has done less, its first few hundred iterations. @done gets the path as GBytes */
LimenJob *
limen_game_animate (LimenGameSession *session, const LimenGameAnimation *how, LimenScheme scheme,
                    const char *path, LimenJobDoneFunc done, gpointer owner);
