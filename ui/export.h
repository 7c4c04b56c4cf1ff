/* Out of the window: a page's picture, on disk or on the clipboard, and its numbers as a table. */
#pragma once

#include "viz/kit/picture.h"
#include "viz/kit/palette.h"

#include <gtk/gtk.h>

/**
 * LimenExport: what a page shows, copied, so that any thread can draw or write it
 * @name: of the file, without ending: "limen-bound"
 * @draw: draws the picture opaquely
 * @text: (nullable): (transfer full): pairs of key and value for LimenPicture, or NULL with @error
 * @write: (nullable): writes the table to a path
 * @data: (transfer full): freed with @free_data
 */
typedef struct {
  const char *name;
  void (*draw) (cairo_t *cr, LimenScheme scheme, double width, double height, gpointer data);
  char **(*text) (gpointer data, GCancellable *cancellable, GError **error);
  gboolean (*write) (const char *path, gpointer data, GError **error);
  gpointer data;
  GDestroyNotify free_data;
} LimenExport;

/** limen_export_present: asks for format, size and scale, then for a place. @widget: in the window
 * that is to tell how it went */
void limen_export_present (LimenExport export, GtkWidget *widget);
/** limen_export_table: asks for a place with the ending @extension, and has @write write it */
void limen_export_table (LimenExport export, GtkWidget *widget, const char *title,
                         const char *extension);
/** limen_export_tell_saved: @path: (nullable): where a file was written, or why it was not */
void limen_export_tell_saved (GtkWidget *widget, GBytes *path, const GError *error);
/** limen_export_add_number: a comma and @value, in full, to a row of a table; nothing behind it
 * where it is not finite */
void limen_export_add_number (GString *row, double value);
/** limen_export_copy: the picture as PNG on the clipboard, at the size last exported */
void limen_export_copy (LimenExport export, GtkWidget *widget);
