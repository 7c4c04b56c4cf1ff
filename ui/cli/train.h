/* Inside of limen train: its options. */
#pragma once

#include "model/data/reading.h"
#include "model/flow/nice-trainer.h"
#include "ui/cli/windows.h"

/**
 * LimenTrainOptions:
 * @data: (element-type filename)
 * @out: a path; @resume: (nullable): another
 * @fit: width and height of the images to train on, 0: as the first is
 * @half: whether to write half precision
 * @windows: of photos, to learn instead of whole images
 */
typedef struct {
  GPtrArray *data;
  const char *out, *resume;
  guint fit[2];
  gboolean half;
  LimenReading reading;
  LimenWindowOptions windows;
  LimenNiceTrainerSettings train;
} LimenTrainOptions;
