/* The exported picture of a scatter: the sentence of its detector over two scores of each image. */
#pragma once

#include "viz/detector/scatter-plot.h"

/**
 * LimenScatterPicture: what to draw; a plain value that borrows
 * @sentence: (nullable): over the scatter
 * @points: (nullable): an empty frame
 * @cut: by axis: where both scores flag; NaN: not known
 * @selected: (nullable): as limen_scatter_plot_draw_base() takes it
 */
typedef struct {
  const char *sentence;
  LimenScatterPoints *points;
  LimenLines cut[2];
  const guint64 *const *selected;
  LimenScheme scheme;
} LimenScatterPicture;

/** limen_scatter_picture_draw: a LimenDrawFunc whose @user_data is a LimenScatterPicture */
void limen_scatter_picture_draw (cairo_t *cr, double width, double height, gpointer picture);
