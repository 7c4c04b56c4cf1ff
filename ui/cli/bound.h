/* Inside of limen bound: what it found, and how that is told. */
#pragma once

#include "model/bound/bound-report.h"
#include "ui/cli/images.h"
#include "ui/cli/option.h"
#include "ui/cli/outputs.h"

/**
 * LimenBoundOptions:
 * @case_file, @vae: (nullable): paths; one of them
 * @images: (element-type filename)
 * @proposal: of a case: a LimenProposalKind
 * @index: which image; @count: 0, or how many instead, from the first on
 * @sigma: of a Gaussian decoder; 0: a Bernoulli decoder
 * @samples: bounds to average for each K; 0: no Monte Carlo
 */
typedef struct {
  const char *case_file, *vae, *json;
  GPtrArray *images;
  int proposal;
  guint index, count, samples;
  guint64 seed;
  double sigma;
  LimenCounts k;
  LimenReading reading;
  LimenPlotOptions plot;
} LimenBoundOptions;

/**
 * LimenBoundRun:
 * @gaussian_case: or @vae, with @images
 * @exact: (nullable): of an image, where the latent space is a line or a plane; its bound has gone
 * to @study
 * @target: what is bounded; nothing of it is set where that is a mean over images
 * @vae_target: (nullable): that it borrows
 * @row: (options->k.n)
 */
typedef struct {
  const LimenBoundOptions *options;
  LimenTerminal *terminal;
  LimenGaussianCase *gaussian_case;
  LimenGaussian *posterior;
  LimenVae *vae;
  LimenVaeExact *exact;
  LimenScoredSet images;
  LimenBoundStudy *study;
  LimenVaeTarget *vae_target;
  LimenTarget target;
  LimenBoundRow row[LIMEN_MOST_COUNTS];
} LimenBoundRun;

void limen_bound_run_print (const LimenBoundRun *run, const LimenBoundReport *report);
