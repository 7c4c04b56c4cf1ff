/* Messages over a window that wait to be read. */
#pragma once

#include <adwaita.h>

/** limen_toasts_add: @toast: (transfer full): takes the place of what stands in the nearest overlay
 * that is or holds @widget; goes when it is closed, or with the first key, click or turn of the
 * wheel after there was time to read it: never while nobody looks. Where there is no overlay, as
 * of a widget that is in no window any more, nothing is shown. */
void limen_toasts_add (GtkWidget *widget, AdwToast *toast);
/** limen_toasts_tell: @message, as plain text */
void limen_toasts_tell (GtkWidget *widget, const char *message);
/** limen_toasts_tell_saved: the name of the file at @path, and a button that shows it in its folder
 */
void limen_toasts_tell_saved (GtkWidget *widget, const char *path);
/** limen_toasts_room: pixels that a toast above @widget has for what it holds, without that the
 * window must be wider */
int limen_toasts_room (GtkWidget *widget);
/** limen_toasts_line: (transfer floating): a label for a toast over @widget, of up to so many
 * lines;
 * @taken: pixels beside it, at the usual size of text */
GtkWidget *limen_toasts_line (GtkWidget *widget, const char *text, guint lines, int taken);
/** limen_toasts_set_line: the same numbers of a @line that is there; @widget: as wide as the window
 */
void limen_toasts_set_line (GtkWidget *line, GtkWidget *widget, guint lines, int taken);
/** limen_toasts_fit: has @fit called with a @part of a toast when the window has another width */
void limen_toasts_fit (GtkWidget *part, void (*fit) (GtkWidget *part));
/** limen_toasts_shown: (transfer none) (nullable): what stands there, or comes up next */
AdwToast *limen_toasts_shown (GtkWidget *widget);
/** limen_toasts_dismiss_one: @toast, of limen_toasts_add(), is over, if it is not yet */
void limen_toasts_dismiss_one (AdwToast *toast);
/** limen_toasts_dismiss: what stands there is over */
void limen_toasts_dismiss (GtkWidget *widget);
