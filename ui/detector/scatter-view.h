/* The scatter of two scores, and hands on it: a lasso, a box, a cursor that keys move. */
#pragma once

#include "ui/plot-area.h"
#include "ui/study/detector/selection.h"

/**
 * LimenScatterView: what it shows it is told; what the hand does to it, it tells
 *
 * A drag draws a lasso, with Shift a box; with Ctrl what it holds is added to what is selected. A
 * click takes the image nearest to it, and beside all images lets go of everything. Arrow keys go
 * from image to image, Space selects the one they are at or leaves it out, Escape lets go of the
 * lasso, then of the image, then of the selection.
 *
 * Signals: "selection-changed" () by the hand; "image-changed" () the cursor is at another image
 */
#define LIMEN_TYPE_SCATTER_VIEW (limen_scatter_view_get_type ())
G_DECLARE_FINAL_TYPE (LimenScatterView, limen_scatter_view, LIMEN, SCATTER_VIEW, GtkWidget)

/** LimenImageNamer: (transfer full): what an image is called: "Image 37 of MNIST test" */
typedef char *(*LimenImageNamer) (LimenScatterSet set, guint index, gpointer user_data);

/** limen_scatter_view_new: (transfer floating): with nothing to show */
GtkWidget *limen_scatter_view_new (void);
/** limen_scatter_view_set_points: @points: (nullable): other ones lose selection and cursor, except
 * where they are as many, as of the same images by another score */
void limen_scatter_view_set_points (LimenScatterView *self, LimenScatterPoints *points);
/** limen_scatter_view_set_cuts: where both scores flag: cheap, for each step of a drag */
void limen_scatter_view_set_cuts (LimenScatterView *self, const LimenLines cut[2]);
/** limen_scatter_view_set_selection: from elsewhere; no signal. @selection: (nullable): nothing, or
 * of as many images as the points are */
void limen_scatter_view_set_selection (LimenScatterView *self, const LimenSelection *selection);
/** limen_scatter_view_get_selection: (nullable) (transfer none): nothing where it is NULL */
const LimenSelection *limen_scatter_view_get_selection (LimenScatterView *self);
/** limen_scatter_view_set_image, limen_scatter_view_get_image: where the cursor is; NULL, or FALSE:
 * at no image */
void limen_scatter_view_set_image (LimenScatterView *self, const LimenScatterHit *image);
gboolean limen_scatter_view_get_image (LimenScatterView *self, LimenScatterHit *image);
/** limen_scatter_view_set_namer: else "Image 37 of MNIST test", counted from 1. Borrows @user_data
 */
void
limen_scatter_view_set_namer (LimenScatterView *self, LimenImageNamer namer, gpointer user_data);
/** limen_scatter_view_area: (transfer none): the picture, to be as high as the page wants it */
LimenPlotArea *limen_scatter_view_area (LimenScatterView *self);
