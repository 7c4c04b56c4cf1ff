/* Where a picture still has room: words keep off what is drawn, off each other, and off the edge.
 */
#pragma once

#include "viz/kit/chart.h"

/**
 * LimenLabel: a text that has found its place
 */
typedef struct {
  LimenText text;
  char *string;
  LimenRect rect;
} LimenLabel;

/** LimenPlaces: a picture's ink, in cells of a few pixels, and the labels that have their place */
typedef struct LimenPlaces LimenPlaces;

LimenPlaces *limen_places_new (const LimenChartStyle *style, double width, double height);
void limen_places_free (LimenPlaces *places);

/** limen_places_add_segment: a line between two points, wherever they are */
void limen_places_add_segment (LimenPlaces *places, double x0, double y0, double x1, double y1);
/** limen_places_add_rect: a thing, or a strip to be kept free */
void limen_places_add_rect (LimenPlaces *places, const LimenRect *rect);
/** limen_places_cover: square pixels of ink under @rect */
double limen_places_cover (LimenPlaces *places, const LimenRect *rect);
/** limen_places_is_free: within the picture, and not over another label */
gboolean limen_places_is_free (const LimenPlaces *places, const LimenRect *rect);

/** limen_places_add_label: @rect is its place from now on */
void limen_places_add_label (LimenPlaces *places, const LimenText *text, const char *string,
                             const LimenRect *rect);
/** limen_places_add_text: at the point where limen_text_draw() would put it, if it is free there.
 * Returns: whether it was */
gboolean limen_places_add_text (LimenPlaces *places, const LimenText *text, const char *string,
                                double x, double y);
guint limen_places_n_labels (const LimenPlaces *places);
const LimenLabel *limen_places_label (const LimenPlaces *places, guint index);
/** limen_places_draw: all labels; with a halo where there is ink behind */
void limen_places_draw (LimenPlaces *places, cairo_t *cr);

/** limen_segment_clip: the part of a line between @p: (x0, y0, x1, y1) that lies in @rect. Returns:
 * FALSE where there is none (Liang and Barsky, 1984) */
gboolean limen_segment_clip (const LimenRect *rect, double p[4]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenPlaces, limen_places_free)
