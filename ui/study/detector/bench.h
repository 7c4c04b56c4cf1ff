/* All scores of the images of an experiment, on a thread: settings in, a plain result out. */
#pragma once

#include "model/bench/division.h"
#include "model/bench/row.h"
#include "model/bench/scorer.h"
#include "ui/study/detector/analysis.h"

typedef struct _LimenBenchResult LimenBenchResult;

/**
 * LimenBenchTally: how many images each score has been given so far; for any number of threads
 * @n_images: to be scored in all
 * @done: (LIMEN_N_SCORES), atomic
 * @so_far: (nullable), atomic: what comes of it, of which limen_bench_result_has() tells what is
 * there already
 */
typedef struct {
  gatomicrefcount references;
  int n_images;
  int done[LIMEN_N_SCORES];
  LimenBenchResult *so_far;
} LimenBenchTally;

LimenBenchTally *limen_bench_tally_new (void);
LimenBenchTally *limen_bench_tally_ref (LimenBenchTally *tally);
void limen_bench_tally_unref (LimenBenchTally *tally);

/**
 * LimenBenchInput:
 * @models: what there is to score with; @normal: what is divided into as many parts as
 * limen_bench_division_new() says; @anomaly, @unsorted, @fit, @validation: (nullable)
 * @order: (n normal): (nullable): which normal images come first, instead of the split
 * @sigmas: standard deviations from the mean, of thresholds
 * @kinds, @k, @draws: of LimenScorerOptions: which scores, and of the bound K and the seed
 *
 * Owns references.
 */
typedef struct {
  LimenBenchModels models;
  LimenImageSet *normal, *anomaly, *unsorted, *fit, *validation;
  LimenSplit split;
  guint32 *order;
  double sigmas;
  guint kinds, k;
  guint64 draws;
  LimenBenchTally *tally;
} LimenBenchInput;

void limen_bench_input_free (LimenBenchInput *input);

/**
 * LimenBenchResult:
 * @validation, @test, @anomaly, @unsorted: (LIMEN_N_SCORES) (nullable elements): where the models
 * give the score; @anomaly and @unsorted NULL throughout without such images
 * @row: where they do
 * @analysis: where they do: all images ranked by the score, so that a page can judge by it at once
 * @ready: atomic: whether the score, its row and its analysis are there
 * @normal, @anomalies, @unsorted_images: the sets that it is of, references
 */
struct _LimenBenchResult {
  gatomicrefcount references;
  LimenScorer *scorer;
  LimenBenchDivision *division;
  LimenImageSet *normal, *anomalies, *unsorted_images;
  LimenScores *validation[LIMEN_N_SCORES], *test[LIMEN_N_SCORES], *anomaly[LIMEN_N_SCORES],
      *unsorted[LIMEN_N_SCORES];
  LimenBenchRow row[LIMEN_N_SCORES];
  LimenAnalysis *analysis[LIMEN_N_SCORES];
  int ready[LIMEN_N_SCORES];
};

/**
 * limen_bench_result_new: scores the validation images, the test images and the anomalies
 *
 * Returns: (transfer full): NULL with G_IO_ERROR_CANCELLED, or as limen_bench_division_new() and
 * limen_scorer_new() refuse
 */
LimenBenchResult *
limen_bench_result_new (const LimenBenchInput *input, const LimenRun *run, GError **error);
LimenBenchResult *limen_bench_result_ref (LimenBenchResult *result);
void limen_bench_result_unref (LimenBenchResult *result);

/** limen_bench_result_has: whether @result (nullable) has scores of @kind, from any thread */
gboolean limen_bench_result_has (const LimenBenchResult *result, LimenScoreKind kind);
/** limen_bench_result_detector: (transfer full): that judges by @kind, which @result has */
LimenDetector *
limen_bench_result_detector (const LimenBenchResult *result, LimenScoreKind kind, LimenRule rule);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenBenchResult, limen_bench_result_unref)
