/* What the scores side by side tell as a picture: a row for each there is, and where all came from.
 */
#pragma once

#include "model/bench/bench-report.h"
#include "ui/study/detector/bench.h"
#include "ui/study/told.h"

/** limen_bench_told: borrows @result, with anomalies, and what @report borrows */
LimenTold limen_bench_told (const LimenBenchResult *result, const LimenBenchReport *report);
