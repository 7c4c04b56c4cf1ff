/* Inside of limen bound: what it found, and how that is told. */
#pragma once

#include "model/bound/bound-report.h"
#include "ui/cli/commands.h"

/**
 * LimenBoundRun:
 * @gaussian_case: or @vae, with @images
 * @exact: (nullable): of an image, where the latent space is a line or a plane; its bound has gone
 * to @study
 * @row: (options->bound.k.n)
 */
typedef struct {
  const LimenOptions *options;
  LimenSession *session;
  LimenGaussianCase *gaussian_case;
  LimenGaussian *posterior;
  LimenVae *vae;
  LimenVaeExact *exact;
  LimenScoredSet images;
  LimenBoundStudy *study;
  LimenBoundRow row[LIMEN_MOST_COUNTS];
} LimenBoundRun;

void limen_bound_run_print (const LimenBoundRun *run, const LimenBoundReport *report);
/** limen_bound_run_draw: to options->plot */
gboolean
limen_bound_run_draw (const LimenBoundRun *run, const LimenBoundReport *report, GError **error);
