/* For the tests of the merge plot. */
#pragma once

#include "viz/kit/line-plot-private.h"
#include "viz/bound/merge-plot.h"

/** limen_merge_n: values of @level; 0 where there are none */
guint limen_merge_n (const LimenMergePlot *plot, guint level);
/** limen_merge_mean: of @level, nats; not finite where one of its values is not */
double limen_merge_mean (const LimenMergePlot *plot, guint level);
LimenFrame limen_merge_frame (const LimenMergePlot *plot, const LimenChartStyle *style,
                              double width, double height);
/** limen_merge_x: pixel of the middle of a column */
double limen_merge_x (const LimenFrame *frame, guint level);
/** limen_merge_words: (transfer full): all words, at their places */
LimenPlaces *limen_merge_words (const LimenMergePlot *plot, const LimenFrame *frame,
                                const LimenChartStyle *style, double width, double height);
