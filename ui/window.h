/* The window: header bar, pages, drops, toasts. */
#pragma once

#include <adwaita.h>

#define LIMEN_TYPE_WINDOW (limen_window_get_type ())
G_DECLARE_FINAL_TYPE (LimenWindow, limen_window, LIMEN, WINDOW, AdwApplicationWindow)

LimenWindow *limen_window_new (AdwApplication *application);
/** limen_window_open: NULL-terminated paths that a start of the program names; each page takes what
 * it can read. Several take the place of all that the page had, as at a first start; one joins it
 */
void limen_window_open (LimenWindow *self, const char *const *paths);
/** limen_window_show_example: what Limen brings along, so that nobody starts with a blank */
void limen_window_show_example (LimenWindow *self);
