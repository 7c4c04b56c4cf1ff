/* One image, explained, as a picture: itself, what the flow sees, its maps, the nearest normal
 * images, what it scores. */
#pragma once

#include "model/explain/maps.h"
#include "viz/kit/heat-map.h"

/**
 * LimenExplainPicture:
 * @original: (nullable): the picture at its own size
 * @opacity: of maps, 0 to 1
 *
 * A plain value that borrows.
 */
typedef struct {
  const LimenExplanation *explanation;
  cairo_surface_t *original;
  double opacity;
  LimenScheme scheme;
} LimenExplainPicture;

#define LIMEN_EXPLAIN_OPACITY 0.85 /* at first */

/** limen_explain_picture_draw: a LimenDrawFunc whose @user_data is a LimenExplainPicture; opaque */
void limen_explain_picture_draw (cairo_t *cr, double width, double height, gpointer picture);
/** limen_explain_picture_height: what it wants at @width pixels */
double limen_explain_picture_height (const LimenExplainPicture *picture, double width);

/** limen_explained_surface: (transfer full): the image as the flow sees it; @moved: and as it was
 * moved towards the likely, which it was */
cairo_surface_t *limen_explained_surface (const LimenExplanation *explanation, gboolean moved);
/** limen_explained_heat_map: @map over @picture (nullable): borrows both */
LimenHeatMap limen_explained_heat_map (const LimenExplainedMap *map, LimenExplainMap kind,
                                       cairo_surface_t *picture, double opacity);
/** limen_near_image_text: (transfer full): how far it is: "3.2 apart" */
char *limen_near_image_text (const LimenNearImage *near);
