/* Children side by side as words of a text: where a line is full, the next begins. */
#pragma once

#include <gtk/gtk.h>

#define LIMEN_TYPE_WRAP_LAYOUT (limen_wrap_layout_get_type ())
G_DECLARE_FINAL_TYPE (LimenWrapLayout, limen_wrap_layout, LIMEN, WRAP_LAYOUT, GtkLayoutManager)

/**
 * LimenWrapLayout: each child is as wide as it wants to be, and a line at the most; one with
 * hexpand takes what is left of its line. Where there is more height, lines are in the middle. Its
 * only property is "spacing", in pixels, between children and between lines.
 */

/** limen_wrap_layout_new: (transfer full) */
GtkLayoutManager *limen_wrap_layout_new (guint spacing);
