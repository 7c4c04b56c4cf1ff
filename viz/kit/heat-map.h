/* A map of numbers over a picture, with a scale of colours and its numbers. */
#pragma once

#include "viz/kit/chart.h"

/**
 * LimenHeatMap:
 * @picture: (nullable): what lies below; enlarged without blur
 * @columns, @rows, @value: (rows, columns) (nullable): the map; NULL: the picture alone
 * @place: of the map in the picture, in shares of its sides; all 0: the whole picture
 * @scale: (nullable): of the colours: NULL: linear; limen_scale_log for values of many sizes
 * @low, @high: values at the ends of the scale; what is beyond has the colour of the end, and the
 * scale a point there
 * @both_ways: colours about 0: blue below, orange above; else from dark violet up to yellow, which
 * keep apart by lightness as well as by hue
 * @opacity: of the strongest colours, 0 to 1; what is next to nothing lets the picture through
 * @smooth: between values, and no cells
 * @keeps_room: for a scale, though there is no map, so that pictures side by side are of one size
 * @unit: (nullable): under the numbers of the scale
 *
 * A plain value that borrows.
 */
typedef struct {
  cairo_surface_t *picture;
  guint columns, rows;
  const float *value;
  LimenRect place;
  const LimenScale *scale;
  double low, high;
  gboolean both_ways, smooth, keeps_room;
  double opacity;
  const char *unit;
} LimenHeatMap;

/** limen_heat_map_draw: from (0, 0) to (@width, @height): picture and map as large as they go, from
 * the top on, in the middle, the scale below. Paints no background */
void limen_heat_map_draw (const LimenHeatMap *map, cairo_t *cr, const LimenChartStyle *style,
                          double width, double height);
/** limen_heat_map_picture: where limen_heat_map_draw() puts the picture */
LimenRect limen_heat_map_picture (const LimenHeatMap *map, const LimenChartStyle *style,
                                  double width, double height);
/** limen_heat_map_at: @column, @row: (out): which value lies at (@x, @y); FALSE where none does */
gboolean limen_heat_map_at (const LimenHeatMap *map, const LimenChartStyle *style, double width,
                            double height, double x, double y, guint *column, guint *row);
/** limen_heat_map_scale_height: what the scale takes below the picture, pixels */
double limen_heat_map_scale_height (const LimenHeatMap *map, const LimenChartStyle *style);
/** limen_heat_map_colour: of @value; transparent for NaN */
LimenRgba limen_heat_map_colour (const LimenHeatMap *map, LimenScheme scheme, double value);
