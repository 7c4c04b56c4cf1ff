/* The exported picture of the bench: scores side by side, a row each. */
#pragma once

#include "viz/detector/score-row.h"

/**
 * LimenBenchNumbers: how well a score keeps anomalies from normal images; NaN: not known
 * @auroc, @low, @high: area under the ROC curve and its 95 % interval
 * @aupr: average precision, anomalies being what is sought
 * @fpr: share of the anomalies that pass where at least 95 % of the normal images do (Liang, Li and
 * Srikant, 2018)
 */
typedef struct {
  double auroc, low, high, aupr, fpr;
} LimenBenchNumbers;

/**
 * LimenBenchPictureRow:
 * @title: "log-likelihood (nats)"
 * @lacks: (nullable): what there is instead of numbers: "needs a VAE"
 * @recommended: the one that the program would take; at most one row
 */
typedef struct {
  const char *title, *lacks;
  LimenScoreRow histogram;
  LimenBenchNumbers numbers;
  gboolean recommended;
} LimenBenchPictureRow;

/**
 * LimenBenchPicture:
 * @sentence: (nullable): over the table
 * @normal, @anomaly: (nullable): names of the sets, for the legend
 * @row: (n)
 *
 * A plain value that borrows.
 */
typedef struct {
  const char *sentence, *normal, *anomaly;
  const LimenBenchPictureRow *row;
  guint n;
  LimenScheme scheme;
} LimenBenchPicture;

/** limen_bench_picture_draw: a LimenDrawFunc whose @user_data is a LimenBenchPicture; in less room
 * than it wants all is smaller */
void limen_bench_picture_draw (cairo_t *cr, double width, double height, gpointer picture);
/** limen_bench_picture_height: what it wants at @width pixels */
double limen_bench_picture_height (const LimenBenchPicture *picture, double width);

/** limen_bench_share_text: (transfer full): "0.9934"; "> 0.9999", "< 0.0001" where rounding would
 * make it 1 or 0; "–" for NaN */
char *limen_bench_share_text (double share, guint decimals);
/** limen_bench_percent_text: (transfer full): the same of a share in per cent: "2.1 %" */
char *limen_bench_percent_text (double share);
/** limen_bench_interval_text: (transfer full): "0.9934 (0.9912 to 0.9951)", the first alone where
 * there is no interval */
char *limen_bench_interval_text (const LimenBenchNumbers *numbers);
/** limen_bench_picture_axis: of all intervals, at least from 0.5 to 1, with pixels 0 to 1 */
LimenAxis limen_bench_picture_axis (const LimenBenchPictureRow *row, guint n);
