/* limen detect --score: by another score than the log-likelihood. */
#include "model/base/number.h"
#include "ui/cli/bench-work.h"
#include "ui/cli/detect.h"

/* (transfer full): which images did what. Scores that are fitted to nothing have the same test
 * images as those that are. */
static char *
division_told (const LimenBenchCounts *counts, LimenScoreKind score)
{
  if (limen_score_is_fitted (score))
    return limen_bench_division_sentence (counts);
  g_autofree char *fit = limen_format_number (counts->n[LIMEN_BENCH_FIT], 0),
                  *validation = limen_format_number (counts->n[LIMEN_BENCH_VALIDATION], 0),
                  *test = limen_format_number (counts->n[LIMEN_BENCH_TEST], 0);
  return g_strdup_printf (
      "The threshold is set by %s normal images%s, errors are counted among %s; "
      "%s are left to scores that are fitted, which %s is not.",
      validation, counts->own[LIMEN_BENCH_VALIDATION] ? " of a set of their own" : "", test, fit,
      limen_score_name (score));
}

static gboolean
tell (const LimenDetectOptions *options, const LimenBenchWork *work, LimenTerminal *terminal,
      GError **error)
{
  const LimenBenchResult *result = work->result;
  const LimenLoadedInputs *in = &work->in;
  const char *files[4];
  limen_models_files (&in->models, files);
  g_autoptr (LimenDetector) detector = limen_detect_promised (
      options, limen_bench_result_detector (result, options->score, options->rule));
  g_autoptr (LimenUnsorted) judged =
      limen_detect_judge (detector, result->unsorted[options->score]);
  g_autofree char *division = division_told (&result->division->counts, options->score);
  LimenReport report = {
      .detector = detector,
      .nice = in->models.flow,
      .others = files + 1,
      .fit = {in->fit.images, in->fit.problems},
      .validation = {in->validation.images, in->validation.problems},
      .normal = {in->normal.images, in->normal.problems},
      .anomaly = {in->anomaly.images, in->anomaly.problems, options->inputs.anomaly_inverted},
      .unsorted = {in->unsorted.images, in->unsorted.problems},
      .judged = judged,
      .division = division};
  if (!limen_detect_check_threshold (detector, error))
    return FALSE;
  g_autoptr (GHashTable) hashes = NULL;
  if (options->json || options->plot.path) {
    hashes = limen_loaded_inputs_hash (in, terminal->run.cancellable, error);
    if (!hashes)
      return FALSE;
  }
  report.sha256 = hashes;
  limen_bench_warn_of_optimism (work, terminal);
  return limen_detect_find_learned (&report, terminal->run.cancellable, error) &&
         limen_detect_find_shared (&report, terminal->run.cancellable, error) &&
         limen_detect_tell (options, &report, terminal, error);
}

gboolean
limen_detect_by_score (const LimenDetectOptions *options, LimenTerminal *terminal, GError **error)
{
  g_return_val_if_fail (options != NULL && terminal != NULL, FALSE);
  g_auto (LimenBenchWork) work = {0};
  return limen_bench_work (&work, &options->inputs, options->sigmas,
                           LIMEN_SCORE_BIT (options->score), terminal, error) &&
         tell (options, &work, terminal, error);
}
