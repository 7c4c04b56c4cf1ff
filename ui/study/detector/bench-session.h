/* The bench of the Detector page: all scores of its images side by side, and which of them the page
 * judges by. */
#pragma once

#include "ui/study/detector/bench.h"
#include "ui/study/detector/session.h"

/** LimenBenchModel: what is opened beside the flow of the page */
typedef enum { LIMEN_BENCH_VAE, LIMEN_BENCH_REFERENCE, LIMEN_N_BENCH_MODELS } LimenBenchModel;

#define LIMEN_TYPE_BENCH_SESSION (limen_bench_session_get_type ())
G_DECLARE_FINAL_TYPE (LimenBenchSession, limen_bench_session, LIMEN, BENCH_SESSION, GObject)

/**
 * LimenBenchSession:
 *
 * Works while it is looked at, or while the page judges by a score that it made; anew for other
 * images, another flow or another split. Where there is a VAE and no flow, the page judges by what
 * is recommended of what the VAE tells.
 *
 * Signals:
 * - "changed": another result, or more of it is done
 * - "notice" (message: string): something to tell the user
 */

/** limen_bench_session_new: follows @detector, which it keeps */
LimenBenchSession *limen_bench_session_new (LimenDetectorSession *detector);
/** limen_bench_session_of: (transfer none) (nullable): the one that last began to follow @detector
 */
LimenBenchSession *limen_bench_session_of (LimenDetectorSession *detector);
/** limen_bench_session_set_shown: whether somebody looks at it */
void limen_bench_session_set_shown (LimenBenchSession *self, gboolean shown);
/** limen_bench_session_open: the weights of a VAE or a second flow; what there was gives way to it
 * when it has been read */
void limen_bench_session_open (LimenBenchSession *self, LimenBenchModel model, const char *path);
#define LIMEN_BENCH_MOST_K 100000
/** limen_bench_session_set_k, limen_bench_session_k: samples of the VAE's importance-weighted
 * bound, 1 to LIMEN_BENCH_MOST_K; at first LIMEN_SCORER_K: with another one all is worked out anew
 */
void limen_bench_session_set_k (LimenBenchSession *self, guint k);
guint limen_bench_session_k (LimenBenchSession *self);
/** limen_bench_session_cancel: what is computed or read; it begins again when it is looked at anew
 */
void limen_bench_session_cancel (LimenBenchSession *self);

/** limen_bench_session_choose: the score that the page judges by: @kind must be the log-likelihood,
 * which is that of the page, over its two halves, or be among those that there are so far. A
 * threshold that is a number in another unit gives way to three standard deviations; one in this
 * unit is kept while the score is worked out for other images or another split */
void limen_bench_session_choose (LimenBenchSession *self, LimenScoreKind kind);
/** limen_bench_session_chosen: what was chosen, though it may not be worked out yet */
LimenScoreKind limen_bench_session_chosen (LimenBenchSession *self);

/** limen_bench_session_result: (transfer none) (nullable): of the images that the page shows */
const LimenBenchResult *limen_bench_session_result (LimenBenchSession *self);
/** limen_bench_session_so_far: (transfer none) (nullable): that, or what of it is there already, as
 * limen_bench_result_has() tells; until the next "changed" */
const LimenBenchResult *limen_bench_session_so_far (LimenBenchSession *self);
/** limen_bench_session_models: (transfer none): with the flow of the page */
const LimenBenchModels *limen_bench_session_models (LimenBenchSession *self);
/** limen_bench_session_progress: of one score, 0 to 1; NaN: nothing is computed of it */
double limen_bench_session_progress (LimenBenchSession *self, LimenScoreKind kind);
/** limen_bench_session_busy: @fraction: (out) (optional) */
gboolean limen_bench_session_busy (LimenBenchSession *self, double *fraction);
