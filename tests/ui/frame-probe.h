/* How evenly frames come: milliseconds between them while something else works hard, beside what
 * they are while it holds still, in turns: whatever else the machine does is in both. */
#pragma once

#include <gtk/gtk.h>

/**
 * LimenFramesSwitch: lets the work go on, or hold still. Called in every frame until it returns
 * TRUE: it is so
 * @asked: (inout): FALSE at first: whether it was told to
 */
typedef gboolean (*LimenFramesSwitch) (gboolean on, gboolean *asked, gpointer data);

/** limen_frames_seconds: the first argument, 10 without one */
double limen_frames_seconds (int argc, char **argv);
/** limen_frames_watch: draws @widget anew in every frame; after @seconds, half of them with the
 * work going on, prints for either the 50th and the 95th percentile of the milliseconds between two
 * frames, the longest, and the cores in use, and ends the program */
void limen_frames_watch (GtkWidget *widget, double seconds, LimenFramesSwitch to, gpointer data);
/** limen_frames_find: the first descendant of that type; with @property, of that value */
GtkWidget *
limen_frames_find (GtkWidget *widget, GType type, const char *property, const char *value);
/** limen_frames_press: for a switch: clicks, once, a @button whose @property is "Pause" while the
 * work goes on */
gboolean limen_frames_press (GtkWidget *button, const char *property, gboolean on, gboolean *asked);
