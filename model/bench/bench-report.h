/* All scores side by side, for files and for people: JSON and a table of text. */
#pragma once

#include "model/bench/division.h"
#include "model/bench/row.h"
#include "model/bench/scorer.h"
#include "model/report/provenance.h"

/**
 * LimenBenchReport:
 * @row: (LIMEN_N_SCORES): of the scores that the scorer has
 * @sigmas: standard deviations from the mean at which thresholds stand
 * @fit, @validation: what was given as a set of its own, images NULL where nothing was; @normal:
 * the whole normal set
 * @sha256: (nullable): of limen_hash_files()
 *
 * A plain value; everything is borrowed.
 */
typedef struct {
  const LimenScorer *scorer;
  const LimenBenchDivision *division;
  LimenBenchRow row[LIMEN_N_SCORES];
  double sigmas;
  LimenReportSet fit, validation, normal, anomaly;
  GHashTable *sha256;
} LimenBenchReport;

/**
 * limen_bench_report_json: (transfer full): one object and a newline: "recommended", a name;
 * "scores", an object with a member for each score: "auroc", "auroc_interval", "aupr",
 * "fpr_at_95_tpr", "type_1" and "type_2" as those of limen_report_json(), "threshold", "unit",
 * "unusual": "low", "high" or "both", "mean" and "std" of the validation scores; "lacking": what
 * scores that are not there need; "combined": of what; where all came from
 */
char *limen_bench_report_json (const LimenBenchReport *report);
/** limen_bench_report_table: (transfer full): NULL-terminated lines: a head, a row for each score,
 * the recommended one marked with a star */
char **limen_bench_report_table (const LimenBenchReport *report);
/** limen_bench_report_recommended: (transfer full): one sentence: which score, and by what rule */
char *limen_bench_report_recommended (const LimenBenchReport *report);
/** limen_bench_report_picture_text: (transfer full): NULL-terminated pairs of key and value for
 * LimenPicture: title, AUROC of each score, division, files and their SHA-256 */
char **limen_bench_report_picture_text (const LimenBenchReport *report);
/** limen_bench_report_lacking: (transfer full): NULL-terminated: "iwae: This score needs a VAE; …",
 * for each score that is not there */
char **limen_bench_report_lacking (const LimenBenchReport *report);
/** limen_bench_report_combined: (transfer full) (nullable): "combined is the distance …": of which
 * scores, and how it is regularized; NULL where it is not there */
char *limen_bench_report_combined (const LimenBenchReport *report);
