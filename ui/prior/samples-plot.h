/* Decoded samples of a race on images, as images. */
#pragma once

#include "ui/study/prior/race.h"

/** limen_samples_plot_draw: opaque: a sheet for each runner; @side: of an image, in pixels of its
 * own
 */
void limen_samples_plot_draw (const LimenRaceView *view, guint side, cairo_t *cr,
                              const LimenChartStyle *style, double width, double height);
