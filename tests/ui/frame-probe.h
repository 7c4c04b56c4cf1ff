/* How evenly frames can come while something else works hard: milliseconds between two of them in
 * which the window's thread computed, and in which it waited for another. What it waited for its
 * turn on a processor says how busy the machine is, and does not count; instead, all that works
 * hard beside it has to give way to it. */
#pragma once

#include <gtk/gtk.h>

/** limen_frames_seconds: the first argument, 10 without one */
double limen_frames_seconds (int argc, char **argv);
/** limen_frames_watch: draws @widget anew in every frame; after two seconds to settle and @seconds
 * more prints the 50th and the 95th percentile of the milliseconds that it computed, the 50th of
 * those that it waited for others, and of those by the clock; the cores in use, the least
 * niceness of threads that used a tenth of a core, and how many percent of the frames took more
 * than 20 ms, of what it computed and by the clock; and ends the program */
void limen_frames_watch (GtkWidget *widget, double seconds);
/** limen_frames_find: the first descendant of that type; with @property, of that value */
GtkWidget *
limen_frames_find (GtkWidget *widget, GType type, const char *property, const char *value);
