/* Files, shown by other programs. */
#pragma once

#include <gtk/gtk.h>

/** limen_show_in_folder: the file manager shows the file at @path in its folder; where none answers
 * on the bus, whatever opens folders does */
void limen_show_in_folder (const char *path);
/** limen_open_file: by the program that the desktop has for it; @parent: (nullable) */
void limen_open_file (GtkWindow *parent, const char *path);
