/* What a detector says, for files: JSON, CSV, and the text inside a picture. */
#pragma once

#include "model/detect/detector.h"
#include "model/detect/learned.h"
#include "model/detect/p-values.h"
#include "model/detect/table-scores.h"
#include "model/flow/nice.h"
#include "model/report/provenance.h"

#include <stdio.h>

/** LimenReportSingle: a picture beside the sets; @score: nats */
typedef struct {
  const char *name;
  double score;
} LimenReportSingle;

/**
 * LimenReportWindows: of photos that are scored by their windows
 * @kind: "nearest"; @told: for people: how it was cut, and by what windows are judged
 * @size, @stride: pixels; @levels: scales; @top_k: of the map's values, whose mean is the score
 * @n_kept: windows that those of the photos are compared with
 * @has_pixels: there are masks, and what follows is known:
 * @auroc, @aupro, @n_defect, @n_other, @n_regions: as of LimenPixelMeasures
 * @n_masks, @n_without: anomalies with a mask, and those without, which do not count in it
 */
typedef struct {
  const char *kind, *told;
  guint size, stride, levels, top_k, n_kept;
  gboolean colour, positioned, has_pixels;
  double auroc, aupro;
  guint64 n_defect, n_other;
  guint n_regions, n_masks, n_without;
} LimenReportWindows;

/**
 * LimenReport:
 * @nice: (nullable): the flow; @table: (nullable): without one, the table of scores by another
 * program
 * @others: (nullable): NULL-terminated: files of the models beside the flow that score with it
 * @fit: what the score was fitted to, where that is a set of its own
 * @division: (nullable): which images did what, where the score was fitted to some
 * @validation, @normal, @anomaly: without images where there is a table; @normal: the whole normal
 * set, whether or not the detector split it
 * @unsorted: images without labels, whose scores @judged holds
 * @n_not_finite: of validation, normal images, anomalies and unsorted images: how many were left
 * out because their scores are not finite
 * @judged: (nullable): limen_unsorted_new() of the scores of unsorted images
 * @learned: whether the flow was trained with the normal images and the anomalies
 * @single: (n_singles): pictures that are judged one by one
 * @windows: (nullable): by which photos were scored; @nice is then the flow of them, if any
 * @sha256: (nullable): of limen_hash_files(); without it no hash is told
 *
 * A plain value; everything is borrowed.
 */
typedef struct {
  const LimenDetector *detector;
  const LimenNice *nice;
  const LimenTableScores *table;
  const char *const *others;
  LimenReportSet fit, validation, normal, anomaly, unsorted;
  const char *division;
  guint n_not_finite[4];
  LimenLearned learned;
  const LimenUnsorted *judged;
  const LimenReportSingle *single;
  guint n_singles;
  const LimenReportWindows *windows;
  GHashTable *sha256;
} LimenReport;

/** limen_report_json: (transfer full): one object and a newline; what is not a finite number is
 * null. Of rule, band, curve and unsorted images it has the members of
 * model/detect/report-promise.h */
char *limen_report_json (const LimenReport *report);

/**
 * limen_report_picture_text: (transfer full): NULL-terminated pairs of key and value for
 * LimenPicture: title, threshold, rates, files and their SHA-256
 */
char **limen_report_picture_text (const LimenReport *report);

/**
 * limen_report_save_scores: CSV (RFC 4180): set, image, log_likelihood or the name of another
 * measure, verdict, p_value, p_value_conditional, listed; each set in the order of its images
 * ("fit": normal images that the measure was fitted to, without a score), unsorted images, then
 * single pictures, whose set is "picture". Without a threshold the verdict is empty. P-values are
 * limen_p_value_marginal() and, with LIMEN_USUAL_DELTA, limen_p_value_conditional(), empty for the
 * normal images, which they count; "listed" is yes or no of unsorted images: of the list by
 * Benjamini and Hochberg, and empty for others. Through limen_replace_file().
 */
gboolean limen_report_save_scores (const LimenReport *report, const char *path, GError **error);

/**
 * limen_scores_write_csv: image, and the score as limen_report_save_scores() has it
 * Returns: FALSE where @stream takes no more
 */
gboolean
limen_scores_write_csv (const LimenScores *scores, const LimenReportSet *set, FILE *stream);
/** limen_scores_save_npy: (n) of float64, NumPy's format 1.0, through limen_replace_file() */
gboolean limen_scores_save_npy (const LimenScores *scores, const char *path, GError **error);

/** LimenScoreOfPart: @value: of the images of the part */
typedef struct {
  const LimenMeasure *measure;
  const double *value;
} LimenScoreOfPart;

/**
 * LimenScorePart: scores of some of many images, written by themselves
 * @set: all of them, @n; @begin, @end: those that are scored, the last not included
 * @column: (n_columns)
 * @model: (nullable): what tells scores by another model apart; NULL: they are no part, and nothing
 * stands there by which parts are joined
 */
typedef struct {
  LimenReportSet set;
  guint n, begin, end, n_columns;
  const LimenScoreOfPart *column;
  const char *model;
} LimenScorePart;

/**
 * limen_score_part_write: CSV (RFC 4180): image, a column for each measure, and what
 * limen_score_table_load() joins parts by: the number of the image, how many images there are, the
 * model. Nothing stands where a score is not finite.
 * @heading: whether the names of the columns come first
 *
 * Returns: FALSE where @stream takes no more
 */
gboolean limen_score_part_write (const LimenScorePart *part, gboolean heading, FILE *stream);
