/* An axis is a small table of functions (its scale), a range of values and a range of pixels. */
#pragma once

#include "model/base/number.h"

#include <glib.h>

/**
 * LimenScale:
 * @map: value → u, strictly increasing; @unmap is its inverse. Pixels are linear in u.
 * @candidates: adds round values within the axis, about @spacing pixels apart, ascending
 * @even: the values keep one step: when labels don't fit, all of them move apart
 * @origin, @width: the parameters of the scale; only limen_scale_spread and limen_scale_both have
 * any
 */
typedef struct LimenAxis LimenAxis;
typedef struct {
  double (*map) (double value, double origin, double width);
  double (*unmap) (double u, double origin, double width);
  void (*candidates) (const LimenAxis *axis, double spacing, GArray *values);
  gboolean even;
} LimenScale;

extern const LimenScale limen_scale_linear;
/** limen_scale_log: u = log10 (value); values > 0 */
extern const LimenScale limen_scale_log;
/**
 * limen_scale_spread: by distance from the best, u = sign(d)·log1p (|d| / width), d = value −
 * origin, so that a tail of −100 000 and the last ten nats below the best are both readable. Linear
 * within ±width of @origin.
 */
extern const LimenScale limen_scale_spread;
/**
 * limen_scale_both: by distance from the middle, to both sides, u = asinh ((value − origin) /
 * width). Smooth there: a normal distribution about @origin keeps its one peak where @width is at
 * least its standard deviation, which limen_scale_spread would part in two.
 */
extern const LimenScale limen_scale_both;

/**
 * LimenAxis:
 * @low, @high: values at the ends, low < high
 * @start, @end: pixels of @low and @high; end < start for a vertical axis
 *
 * A plain value: zoom and pan return a new one.
 */
struct LimenAxis {
  const LimenScale *scale;
  double origin, width;
  double low, high;
  double start, end;
};

double limen_axis_to_pixel (const LimenAxis *axis, double value);
double limen_axis_from_pixel (const LimenAxis *axis, double pixel);
/** limen_axis_zoom: @factor > 1 shows less; the value under @pixel stays there. Stops where numbers
 * end. */
LimenAxis limen_axis_zoom (const LimenAxis *axis, double pixel, double factor);
/** limen_axis_pan: what was at pixel 0 is at @pixels then */
LimenAxis limen_axis_pan (const LimenAxis *axis, double pixels);

/** LimenTick: a round value, where it is, and its label (UTF-8) */
typedef struct {
  double value, pixel;
  char label[48];
} LimenTick;

/** limen_axis_format: (transfer full): a round number as the label of a tick: "68 000", "0.05",
 * "3·10⁹" */
char *limen_axis_format (double value);

/** LimenMeasureFunc: returns: how many pixels @label takes along the axis */
typedef double (*LimenMeasureFunc) (const char *label, gpointer user_data);

/**
 * limen_axis_ticks: few round values within the range, ascending; their labels keep @gap pixels
 * between them.
 * @unit: (nullable): put behind each number, " %"
 *
 * Returns: (transfer full) (element-type LimenTick):
 */
GArray *limen_axis_ticks (const LimenAxis *axis, double gap, const char *unit,
                          LimenMeasureFunc measure, gpointer user_data);
