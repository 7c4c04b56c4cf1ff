/* Images as points of a plane: one score across, another up. */
#pragma once

#include "viz/detector/score-axis.h"

/** LimenScatterSet: whose images */
typedef enum {
  LIMEN_SCATTER_NORMAL,
  LIMEN_SCATTER_ANOMALY,
  LIMEN_N_SCATTER_SETS,
} LimenScatterSet;

/**
 * LimenScatterPoints:
 * @scores: [set][axis] (nullable): (n) each, of the same images in the same order; axis 0 is x
 * @measure: by axis; (nullable) where there are no scores
 * @axis: with pixels 0 to 1, low values first
 * @n: images of each set
 * @at: [set] (n, 2): where each image lies, 0 to 1; what is not finite lies at the edge
 * @n_edge: images that have a score which is not finite
 *
 * Immutable, reference-counted; holds references to the scores.
 */
typedef struct {
  gatomicrefcount references;
  LimenScores *scores[LIMEN_N_SCATTER_SETS][2];
  LimenMeasure *measure[2];
  LimenAxis axis[2];
  guint n[LIMEN_N_SCATTER_SETS], n_edge;
  float *at[LIMEN_N_SCATTER_SETS];
} LimenScatterPoints;

/**
 * limen_scatter_points_new:
 * @normal, @anomaly: (nullable): two scores each of the same images
 * @cut: where the scores flag now: in view, unless it is far off
 *
 * Over all cores; 0.1 seconds for five million images, so for many of them call it beside the
 * window.
 */
LimenScatterPoints *
limen_scatter_points_new (LimenScores *const normal[2], LimenScores *const anomaly[2],
                          const LimenLines cut[2]);
LimenScatterPoints *limen_scatter_points_ref (LimenScatterPoints *points);
void limen_scatter_points_unref (LimenScatterPoints *points);

/**
 * LimenScatterCounts: what two thresholds do, by set
 * @by: images flagged by [0] neither, [1] the score across alone, [2] the one up alone, [3] both
 */
typedef struct {
  guint by[LIMEN_N_SCATTER_SETS][4];
} LimenScatterCounts;

/** limen_scatter_points_count: in one pass over all images */
LimenScatterCounts
limen_scatter_points_count (const LimenScatterPoints *points, const LimenLines cut[2]);
/**
 * limen_scatter_points_sentence: (transfer full): "Of 10 000 anomalies of KMNIST test, both scores
 * flag 800, log-likelihood alone flags 120, complexity alone 9 000, and neither flags 80.", and the
 * same of the normal images: for a screen reader
 */
char *limen_scatter_points_sentence (const LimenScatterPoints *points, const LimenLines cut[2]);

/**
 * limen_scatter_points_inside: which images lie within a polygon, by the even-odd rule
 * @corner: (n_corners, 2): as @at of the points, in order around; less than three hold nothing
 * @inside: [set] (out): ((n + 63) / 64): a bit an image, the lowest first
 *
 * Returns: how many
 */
guint limen_scatter_points_inside (const LimenScatterPoints *points, const double (*corner)[2],
                                   guint n_corners, guint64 *const inside[LIMEN_N_SCATTER_SETS]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenScatterPoints, limen_scatter_points_unref)
