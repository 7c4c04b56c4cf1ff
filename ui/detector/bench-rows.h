/* The scores of the bench, as the rows of its view tell them. */
#pragma once

#include "ui/detector/bench-view.h"
#include "ui/study/detector/bench-session.h"

/** limen_bench_rows_fill: @entry: (out): to be cleared; borrows scores of @bench. @cut: where the
 * score flags now */
void limen_bench_rows_fill (LimenBenchEntry *entry, LimenBenchSession *bench,
                            LimenDetectorSession *detector, LimenScoreKind kind, LimenLines cut);
void limen_bench_rows_clear (LimenBenchEntry *entry);
