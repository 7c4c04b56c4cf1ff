/* What is told of gradients and of a training in a picture, with files and hashes, for window and
 * command line alike. */
#pragma once

#include "model/prior/gradient-report.h"
#include "model/prior/training-report.h"
#include "viz/prior/race-plot.h"

/**
 * LimenPriorTold:
 * @picture: for limen_prior_picture_draw(), as long as the report it was made of lives
 * @text: pairs of key and value, NULL-terminated
 */
typedef struct {
  LimenPriorPicture picture;
  char **text;
  char *sentence, *title, *note;
  LimenDuelPlot duel;
  LimenVariancePlot variance;
  LimenRacePlot race;
  LimenRaceRunner runner;
  double *data, *mean, *sample;
} LimenPriorTold;

/** limen_prior_told_new_gradients: (transfer full) */
LimenPriorTold *
limen_prior_told_new_gradients (const LimenGradientReport *report, LimenScheme scheme);
/** limen_prior_told_new_training: (transfer full): @trainer: where it has arrived
 * @path: (report->curve->n, 2): where λ1 has been, the first two of it */
LimenPriorTold *
limen_prior_told_new_training (const LimenTrainingReport *report, const LimenPriorTrainer *trainer,
                               const double *path, LimenScheme scheme);
void limen_prior_told_free (LimenPriorTold *told);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenPriorTold, limen_prior_told_free)
