/* The exported picture of a curve: the sentence of its detector over ROC, DET or precision. */
#pragma once

#include "viz/detector/curve-plot.h"

/** LimenCurvePicture: what to draw, with the point where the threshold of @detector is; a plain
 * value that borrows
 * @curve: of @detector
 * @share: as of limen_curve_plot_new() */
typedef struct {
  const LimenDetector *detector;
  LimenCurve *curve;
  LimenCurveKind kind;
  double share;
  LimenScheme scheme;
} LimenCurvePicture;

/** limen_curve_picture_draw: a LimenDrawFunc whose @user_data is a LimenCurvePicture */
void limen_curve_picture_draw (cairo_t *cr, double width, double height, gpointer picture);
