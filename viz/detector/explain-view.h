/* One image, explained, in a window: large, with a map over it; beside it what the flow sees, and
 * what it was moved to. */
#pragma once

#include "viz/detector/explain-picture.h"

/**
 * LimenExplainView:
 * @values: (nullable): of @map, which lies over the picture
 * @original: (nullable): the picture at its own size
 * @seen: as the flow sees it; @moved: (nullable): moved towards the likely
 *
 * A plain value that borrows.
 */
typedef struct {
  const LimenExplanation *explanation;
  const LimenExplainedMap *values;
  LimenExplainMap map;
  cairo_surface_t *original, *seen, *moved;
  double opacity;
} LimenExplainView;

/** limen_explain_view_draw: opaque */
void limen_explain_view_draw (const LimenExplainView *view, cairo_t *cr,
                              const LimenChartStyle *style, double width, double height);
/** limen_explain_view_at: (transfer full) (nullable): what the map says at (@x, @y): "Column 3, row
 * 7: 12.3 nats" */
char *limen_explain_view_at (const LimenExplainView *view, const LimenChartStyle *style,
                             double width, double height, double x, double y);
/** limen_explain_view_text: (transfer full): the picture in words */
char *limen_explain_view_text (const LimenExplainView *view);
