/* How evenly frames come: milliseconds between them while something else works hard. */
#pragma once

#include <gtk/gtk.h>

/** limen_frames_seconds: the first argument, 10 without one */
double limen_frames_seconds (int argc, char **argv);
/** limen_frames_watch: draws @widget anew in every frame; after two seconds to settle and @seconds
 * more prints the 50th and the 95th percentile of the milliseconds between two frames, the longest,
 * and the cores in use, and ends the program */
void limen_frames_watch (GtkWidget *widget, double seconds);
/** limen_frames_find: the first descendant of that type; with @property, of that value */
GtkWidget *
limen_frames_find (GtkWidget *widget, GType type, const char *property, const char *value);
