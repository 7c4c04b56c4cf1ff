/* Out of the window: a page's picture, on disk or on the clipboard, and its numbers as a table. */
#pragma once

#include "ui/study/told.h"

#include <gtk/gtk.h>

/* @told: (transfer full) */

/** limen_export_present: asks for format, size and scale, then for a place. @widget: in the window
 * that is to tell how it went */
void limen_export_present (LimenTold told, GtkWidget *widget);
/** limen_export_table: asks for a place with the ending @extension */
void
limen_export_table (LimenTold told, GtkWidget *widget, const char *title, const char *extension);
/** limen_export_copy: the picture as PNG on the clipboard, at the size last exported */
void limen_export_copy (LimenTold told, GtkWidget *widget);
/** limen_export_tell_saved: @path: (nullable): where a file was written, or why it was not */
void limen_export_tell_saved (GtkWidget *widget, GBytes *path, const GError *error);
