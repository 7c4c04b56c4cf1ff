/* Play, one step, and back to the start: three buttons that belong together. Space plays and
 * pauses, wherever the focus is, as long as what has it does not want the key for itself. */
#pragma once

#include <gtk/gtk.h>

/**
 * LimenPlayback:
 * @play, @pause, @step, @reset: names of what the buttons do, for a tooltip and a screen reader
 * @group: whose actions "play", "step" and "reset" they are
 */
typedef struct {
  const char *play, *pause, *step, *reset, *group;
} LimenPlayback;

/** limen_playback_new: (transfer floating): @play: (out): its first button */
GtkWidget *limen_playback_new (const LimenPlayback *names, GtkButton **play);
/** limen_playback_show: whether the first button pauses, or plays */
void limen_playback_show (GtkButton *play, const LimenPlayback *names, gboolean playing);
