/* Images are read, divided, fitted to and scored in all the ways that a command asks for: what
 * limen bench and limen detect --score have in common. */
#pragma once

#include "ui/cli/image-inputs.h"
#include "ui/study/detector/bench.h"

/** LimenBenchWork: what was read, and what came of it */
typedef struct {
  LimenLoadedInputs in;
  LimenBenchResult *result;
} LimenBenchWork;

/** limen_bench_work: @kinds: a set of LIMEN_SCORE_BIT(); 0: all that the models give; @work: (out),
 * to be cleared in any case */
gboolean limen_bench_work (LimenBenchWork *work, const LimenImageInputs *inputs, double sigmas,
                           guint kinds, LimenTerminal *terminal, GError **error);
void limen_bench_work_clear (LimenBenchWork *work);
/** limen_bench_warn_of_optimism: on standard error, of images that do two jobs */
void limen_bench_warn_of_optimism (const LimenBenchWork *work, LimenTerminal *terminal);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LimenBenchWork, limen_bench_work_clear)
