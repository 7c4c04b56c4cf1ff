/* The exported picture of a detector: its sentence over its histogram. */
#pragma once

#include "viz/detector/histogram-marks.h"

/** LimenDetectorPicture: what to draw; a plain value, borrows the detector and @mark: (n_marks):
 * single pictures */
typedef struct {
  const LimenDetector *detector;
  LimenHistogramView view;
  LimenScheme scheme;
  const LimenHistogramMark *mark;
  guint n_marks;
} LimenDetectorPicture;

/** limen_detector_picture_draw: a LimenDrawFunc whose @user_data is a LimenDetectorPicture */
void limen_detector_picture_draw (cairo_t *cr, double width, double height, gpointer picture);
