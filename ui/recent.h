/* What was opened before: GTK's list of recent files, as far as this program put it there. */
#pragma once

#include <gtk/gtk.h>

/** limen_recent_add: @path: of a file or folder, or of a part of a file; what is built in is in no
 * file */
void limen_recent_add (const char *path);
/** limen_recent_fill: the section @menu becomes the latest files that are still there, looked for
 * beside the window, and an entry to forget them; nothing where there are none. @owner: kept alive
 * meanwhile; @action: its target is a path. Entries run @action and win.forget-recent */
void limen_recent_fill (GMenu *menu, GObject *owner, const char *action);
/** limen_recent_forget: all of them */
void limen_recent_forget (void);
