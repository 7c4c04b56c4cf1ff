/* Single pictures that have a score, as pins on the histogram. */
#pragma once

#include "ui/study/detector/pictures.h"
#include "viz/detector/histogram-marks.h"

/** LimenPictureMarks: @mark: (n): borrows @said and the names of the pictures */
typedef struct {
  LimenHistogramMark mark[LIMEN_MOST_MARKS];
  char *said[LIMEN_MOST_MARKS];
  guint n;
} LimenPictureMarks;

/** limen_picture_marks_fill: @detector: (nullable); clear with limen_picture_marks_clear() */
void limen_picture_marks_fill (LimenPictureMarks *marks, const LimenPictures *pictures,
                               const LimenDetector *detector);
void limen_picture_marks_clear (LimenPictureMarks *marks);
