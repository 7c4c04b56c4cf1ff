/* A window that belongs to another one. */
#pragma once

#include <adwaita.h>

/** limen_child_window_part: has Escape close @window, which asks first where there is something to
 * lose, and has it take leave of its parent when it is destroyed. A job, or
 * the key under way, may keep it longer than that, and longer than the parent, of which GTK would
 * take leave at its very end. */
void limen_child_window_part (GtkWindow *window);
/** limen_child_window_title: @title is whole in the middle of @bar, or is not there: buttons do not
 * cover it */
void limen_child_window_title (AdwHeaderBar *bar, GtkWidget *title);
/** limen_child_window_titles: the same of @whole, or of @less where there is room for that alone */
void limen_child_window_titles (AdwHeaderBar *bar, const char *whole, const char *less);
/** limen_child_window_of: (transfer none): the window of @type that belongs to @parent, or a new
 * one
 */
GtkWindow *limen_child_window_of (GtkWindow *parent, GType type);
