/* The curves of a training. */
#pragma once

#include "ui/study/train/training.h"

#include <gtk/gtk.h>

#define LIMEN_TYPE_TRAINING_PLOT (limen_training_plot_get_type ())
G_DECLARE_FINAL_TYPE (LimenTrainingPlot, limen_training_plot, LIMEN, TRAINING_PLOT, GtkWidget)

/** limen_training_plot_show: copies what it needs of @report */
void limen_training_plot_show (LimenTrainingPlot *self, const LimenTrainingReport *report);
