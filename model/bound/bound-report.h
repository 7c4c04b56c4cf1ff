/* What a study of the bound says, for files: JSON, and the text inside a picture. */
#pragma once

#include "model/bound/sentences.h"
#include "model/bound/vae-bound.h"
#include "model/report/provenance.h"

/**
 * LimenBoundRow: what is known of VLB^(K)
 * @exact: nats, of NaN where only estimates exist; @gap: log p(x) less it
 * @estimate: of no bounds (n = 0) where none was asked for
 * @monte_carlo_error: of a mean over images: the part of its standard error that is due to the
 * draws; else NaN
 */
typedef struct {
  guint k;
  LimenNumber exact, gap;
  LimenEstimate estimate;
  double monte_carlo_error;
} LimenBoundRow;

/**
 * LimenBoundReport:
 * @study: of one observation, or of @n_images, whose mean has neither an evidence nor exact bounds
 * @row: (n_rows), K rising
 * @samples: bounds in each estimate, for each image; @seed: of them
 * @posterior: (nullable): where it is a normal distribution
 * @case_file: (nullable): what a linear Gaussian model was read from
 * @proposal: (nullable): what the first of @study is called in files, where it has another name
 * there
 * @vae: (nullable): the model of images
 * @images: of a VAE; @index: which one; @n_images: 0, or how many from the first on
 * @sha256: (nullable): of limen_hash_files(); without it no hash is told
 *
 * A plain value; everything is borrowed.
 */
typedef struct {
  const LimenBoundStudy *study;
  const LimenBoundRow *row;
  guint n_rows, samples;
  guint64 seed;
  const LimenGaussian *posterior;
  const char *case_file;
  const char *proposal;
  const LimenVae *vae;
  LimenReportSet images;
  guint index, n_images;
  GHashTable *sha256;
} LimenBoundReport;

/** limen_bound_report_k: which K the sentence is about: the largest of the rows up to 50, where
 * exact values exist; else the largest */
guint limen_bound_report_k (const LimenBoundReport *report);
/** limen_bound_report_state: what its sentences are about */
LimenBoundState limen_bound_report_state (const LimenBoundReport *report);
/** limen_bound_report_sentence: (transfer full) (nullable): the result, read aloud; NULL where
 * there are neither exact values nor estimates */
char *limen_bound_report_sentence (const LimenBoundReport *report);

/** limen_bound_report_variance: (transfer full) (nullable): Var (w/p(x)) with the digits that hold:
 * "0.5684993272", "infinite", "10^412.3" */
char *limen_bound_report_variance (const LimenBoundReport *report);

/** limen_bound_report_gaussian: (transfer full): "prior: mean (0, 1), covariance (1, 0; 0, 2)"; of
 * more than a few variables "prior of 20 latent variables". @name: may be empty */
char *limen_bound_report_gaussian (const char *name, const LimenGaussian *gaussian);

/** limen_bound_report_json: (transfer full): one object and a newline; what is not known is null,
 * an infinite variance "infinite" */
char *limen_bound_report_json (const LimenBoundReport *report);

/** limen_bound_report_picture_text: (transfer full): NULL-terminated pairs of key and value for
 * LimenPicture: title, sentence, evidence, bounds, files and their SHA-256 */
char **limen_bound_report_picture_text (const LimenBoundReport *report);
