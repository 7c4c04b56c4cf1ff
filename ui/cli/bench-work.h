/* Images are read, divided, fitted to and scored in all the ways that a command asks for: what
 * limen bench and limen detect --score have in common. */
#pragma once

#include "ui/cli/bench-models.h"
#include "ui/cli/images.h"
#include "ui/study/detector/bench.h"

/**
 * LimenBenchRequest: borrows from a command's options
 * @normal, @anomaly, @validation, @fit: (element-type filename): all but the first may be empty;
 * @unsorted: as well NULL
 * @anomaly_inverted: black for white: they are dark on light, and normal images light on dark
 * @kinds: a set of LIMEN_SCORE_BIT(); 0: all that the models give
 * @split: its seed is that of the bound's draws, too
 */
typedef struct {
  const LimenModelOptions *models;
  const GPtrArray *normal, *anomaly, *validation, *fit, *unsorted;
  LimenReading reading, anomaly_reading;
  gboolean anomaly_inverted;
  LimenSplit split;
  double sigmas;
  guint kinds;
} LimenBenchRequest;

/** LimenBenchWork: what came of it; sets without images where no files were named */
typedef struct {
  LimenBenchModels models;
  LimenScoredSet fit, validation, normal, anomaly, unsorted;
  LimenBenchResult *result;
} LimenBenchWork;

/** limen_bench_work: @work: (out), to be cleared in any case */
gboolean limen_bench_work (LimenBenchWork *work, const LimenBenchRequest *request,
                           LimenTerminal *terminal, GError **error);
void limen_bench_work_clear (LimenBenchWork *work);
/** limen_bench_work_hash: (transfer full): limen_hash_files() of all that was read */
GHashTable *
limen_bench_work_hash (const LimenBenchWork *work, GCancellable *cancellable, GError **error);
/** limen_bench_warn_of_optimism: on standard error, of images that do two jobs */
void limen_bench_warn_of_optimism (const LimenBenchWork *work, LimenTerminal *terminal);
/** limen_bench_take: adds all files that were named to @taken (element-type filename) */
void limen_bench_take (const LimenBenchRequest *request, GPtrArray *taken);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LimenBenchWork, limen_bench_work_clear)
