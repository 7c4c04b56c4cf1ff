#include "ui/detector/bench-rows.h"

#include "model/base/number.h"
#include "model/bench/complexity.h"

#include <math.h>

/* (transfer full) (nullable): @result: (nullable): where it has the score */
static char *
about (LimenScoreKind kind, const LimenBenchModels *models, const LimenBenchResult *result,
       gboolean lacks)
{
  if (kind == LIMEN_SCORE_COMBINED && !lacks) {
    g_autofree char *parts = limen_bench_parts_words (limen_bench_parts (models));
    return g_strdup_printf ("Made of %s", parts);
  }
  if (result && kind == LIMEN_SCORE_LOG_LIKELIHOOD) {
    guint dimension = limen_nice_shape (models->flow).dimension;
    double mean = limen_scores_mean (result->test[kind]);
    g_autofree char *bits = limen_format_number (limen_bits_per_dimension (mean, dimension), 2);
    return g_strdup_printf ("%s bits per dimension, mean of the normal test images", bits);
  }
  return NULL;
}

/* With what the page needs as well */
static void
say_lack (LimenBenchEntry *entry, LimenScoreKind kind, const LimenBenchModels *models,
          gboolean reads)
{
  if (!models->flow && !models->vae) {
    g_free ((char *)entry->lacks);
    entry->lacks = g_strdup (reads ? "The images are being read."
                                   : "Open a flow, or a VAE, and normal images first.");
  } else if (entry->lacks && models->flow && kind == LIMEN_SCORE_LIKELIHOOD_RATIO)
    entry->button = "Open a Second Flow…";
  else if (entry->lacks && !models->vae)
    entry->button = "Open a VAE…";
}

void
limen_bench_rows_fill (LimenBenchEntry *entry, LimenBenchSession *bench,
                       LimenDetectorSession *detector, LimenScoreKind kind, LimenLines cut)
{
  g_return_if_fail (entry != NULL && LIMEN_IS_BENCH_SESSION (bench));
  const LimenBenchResult *result = limen_bench_session_so_far (bench);
  const LimenBenchModels *models = limen_bench_session_models (bench);
  const LimenMeasure *measure = limen_score_measure (kind);
  gboolean has = limen_bench_result_has (result, kind);
  *entry = (LimenBenchEntry){
      .name = limen_score_name (kind),
      .title = measure->unit[0] ? g_strdup_printf ("%s (%s)", measure->title, measure->unit)
                                : g_strdup (measure->title),
      .histogram = {.cut = cut},
      .numbers = {NAN, NAN, NAN, NAN, NAN},
      .progress = limen_bench_session_progress (bench, kind),
      .lacks = limen_bench_needs (kind, models),
      .k = models->vae && kind == LIMEN_SCORE_IWAE ? limen_bench_session_k (bench) : 0,
      .recommended = (models->flow || models->vae) && limen_bench_recommended (models) == kind};
  entry->about = about (kind, models, has ? result : NULL, entry->lacks != NULL);
  if (has) {
    const LimenSeparation *apart = &result->row[kind].separation;
    entry->histogram.normal = result->test[kind];
    entry->histogram.anomaly = result->anomaly[kind];
    entry->numbers = (LimenBenchNumbers){apart->auroc, apart->auroc_low, apart->auroc_high,
                                         apart->aupr, apart->fpr_at_95_tpr};
  }
  say_lack (entry, kind, models, limen_detector_session_busy (detector, NULL));
}

void
limen_bench_rows_clear (LimenBenchEntry *entry)
{
  g_return_if_fail (entry != NULL);
  g_free ((char *)entry->title);
  g_free ((char *)entry->about);
  g_free ((char *)entry->lacks);
}
