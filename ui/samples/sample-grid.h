/* Images of a flow, side by side, as large as there is room; some can be picked. */
#pragma once

#include "model/data/image-set.h"

#include <gtk/gtk.h>

#define LIMEN_TYPE_SAMPLE_GRID (limen_sample_grid_get_type ())
G_DECLARE_FINAL_TYPE (LimenSampleGrid, limen_sample_grid, LIMEN, SAMPLE_GRID, GtkWidget)

/**
 * LimenSampleGrid:
 *
 * Signals:
 * - "picked" (index: uint): by a click, or with the arrow keys and Enter
 */

/** limen_sample_grid_set_images: @set: (nullable); @columns: 0: as many as rows */
void limen_sample_grid_set_images (LimenSampleGrid *self, LimenImageSet *set, guint columns);
/** limen_sample_grid_set_pickable: from now on images are picked, and the keyboard comes here */
void limen_sample_grid_set_pickable (LimenSampleGrid *self);
/** limen_sample_grid_set_marks: images framed in the colours of the first and the second set; −1:
 * none
 */
void limen_sample_grid_set_marks (LimenSampleGrid *self, int first, int second);
