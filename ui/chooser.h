/* Files, folders and places that the user chooses. */
#pragma once

#include <gtk/gtk.h>

/** LimenChosenFunc: @paths: NULL-terminated, at least one: local files or folders */
typedef void (*LimenChosenFunc) (GtkWidget *owner, const char *const *paths);

/** limen_choose: asks beside the window of @owner, which keeps one dialog at a time, for as many
 * files or folders as the user likes, or for one place to write to; @name: (nullable): what is
 * proposed for it. @chosen is called where there are any */
void limen_choose (GtkWidget *owner, const char *title, GtkFileChooserAction action,
                   const char *name, LimenChosenFunc chosen);
