/* Pictures in rows where there is room, and one below the other where there is not. */
#pragma once

#include <gtk/gtk.h>

#define LIMEN_TYPE_TILES (limen_tiles_get_type ())
G_DECLARE_FINAL_TYPE (LimenTiles, limen_tiles, LIMEN, TILES, GtkWidget)

/**
 * limen_tiles_add:
 * @row: of the wide form; rows are to be filled in order
 * @across, @down: its share of the width of its row, and (the greatest of a row counts) of the
 * height of all rows
 * @alone: its height in the narrow form, pixels
 */
void limen_tiles_add (LimenTiles *self, GtkWidget *child, guint row, double across, double down,
                      int alone);
