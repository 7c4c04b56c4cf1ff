/* All scores of the images of an experiment, on a thread: settings in, a plain result out. */
#pragma once

#include "model/bench/division.h"
#include "model/bench/row.h"
#include "model/bench/scorer.h"
#include "ui/study/detector/analysis.h"

/**
 * LimenBenchTally: how many images each score has been given so far; for any number of threads
 * @n_images: to be scored in all
 * @done: (LIMEN_N_SCORES), atomic
 */
typedef struct {
  gatomicrefcount references;
  int n_images;
  int done[LIMEN_N_SCORES];
} LimenBenchTally;

LimenBenchTally *limen_bench_tally_new (void);
LimenBenchTally *limen_bench_tally_ref (LimenBenchTally *tally);
void limen_bench_tally_unref (LimenBenchTally *tally);

/**
 * LimenBenchInput:
 * @models: what there is to score with; @normal: what is divided into as many parts as
 * limen_bench_division_new() says; @anomaly, @unsorted, @fit, @validation: (nullable)
 * @sigmas: standard deviations from the mean, of thresholds
 * @kinds, @k, @draws: of LimenScorerOptions: which scores, and of the bound K and the seed
 *
 * Owns references.
 */
typedef struct {
  LimenBenchModels models;
  LimenImageSet *normal, *anomaly, *unsorted, *fit, *validation;
  LimenSplit split;
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
 * @analysis: (LIMEN_N_SCORES) (nullable elements): after limen_bench_result_analyse()
 * @normal, @anomalies, @unsorted_images: the sets that it is of, references
 */
typedef struct {
  LimenScorer *scorer;
  LimenBenchDivision *division;
  LimenImageSet *normal, *anomalies, *unsorted_images;
  LimenScores *validation[LIMEN_N_SCORES], *test[LIMEN_N_SCORES], *anomaly[LIMEN_N_SCORES],
      *unsorted[LIMEN_N_SCORES];
  LimenBenchRow row[LIMEN_N_SCORES];
  LimenAnalysis *analysis[LIMEN_N_SCORES];
} LimenBenchResult;

/**
 * limen_bench_result_new: scores the validation images, the test images and the anomalies
 *
 * Returns: (transfer full): NULL with G_IO_ERROR_CANCELLED, or as limen_bench_division_new() and
 * limen_scorer_new() refuse
 */
LimenBenchResult *
limen_bench_result_new (const LimenBenchInput *input, const LimenRun *run, GError **error);
void limen_bench_result_free (LimenBenchResult *result);

/** limen_bench_result_analyse: ranks all images by each score, so that a page can judge by any of
 * them at once; on a thread: a tenth of a second for a score of 70 000 images of each set */
void limen_bench_result_analyse (LimenBenchResult *result, LimenRule rule);
/** limen_bench_result_has: whether @result (nullable) has scores of @kind */
gboolean limen_bench_result_has (const LimenBenchResult *result, LimenScoreKind kind);
/** limen_bench_result_detector: (transfer full): that judges by @kind, which @result has */
LimenDetector *
limen_bench_result_detector (const LimenBenchResult *result, LimenScoreKind kind, LimenRule rule);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenBenchResult, limen_bench_result_free)
