/* The exported picture of a detector: its sentence over its histogram. */
#pragma once

#include "viz/detector/histogram-plot.h"

/** LimenDetectorPicture: what to draw; a plain value, borrows the detector */
typedef struct {
  const LimenDetector *detector;
  LimenHistogramView view;
  LimenScheme scheme;
} LimenDetectorPicture;

/** limen_detector_picture_draw: a LimenDrawFunc whose @user_data is a LimenDetectorPicture */
void limen_detector_picture_draw (cairo_t *cr, double width, double height, gpointer picture);
