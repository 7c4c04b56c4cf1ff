/* Single images on the histogram: each a pin at its score, with a word where there is room. */
#pragma once

#include "viz/detector/histogram-plot.h"

#define LIMEN_MOST_MARKS 12

/**
 * LimenHistogramMark:
 * @name: of the image; @said: (nullable): about it: "flagged · p = 0.012"
 * @number: in the list, on the pin's head; 0: none
 * @score: in the unit of the plot
 * @flagged: a full head, else it is hollow
 * @in_hand: the user draws it
 *
 * A plain value; strings are borrowed.
 */
typedef struct {
  const char *name, *said;
  guint number;
  double score;
  gboolean flagged, in_hand;
} LimenHistogramMark;

/** LimenMarkPlace: @x, @y: of the pin's head; @label: of the words, no width: there are none */
typedef struct {
  double x, y;
  LimenRect label;
  char *text; /* nullable, owned */
} LimenMarkPlace;

/**
 * limen_histogram_marks_place:
 * @mark: (n), at most LIMEN_MOST_MARKS
 * @place: (out): (n): heads never lie over each other, where the plot is high enough for that;
 * words lie over nothing that stays while the line is dragged. Clear with limen_mark_places_clear()
 */
void limen_histogram_marks_place (const LimenHistogramPlot *plot, const LimenHistogramMark *mark,
                                  guint n, LimenMarkPlace *place);
void limen_mark_places_clear (LimenMarkPlace *place, guint n);
/** limen_histogram_marks_draw: over base and threshold */
void limen_histogram_marks_draw (const LimenHistogramPlot *plot, cairo_t *cr,
                                 const LimenHistogramMark *mark, guint n);
