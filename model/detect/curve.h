/* All that a threshold can do, at once: how many normal images and how many anomalies it flags,
 * wherever it is put. ROC, DET and precision over recall are pictures of it. */
#pragma once

#include "model/detect/detector.h"

/**
 * LimenCurvePoint: what a threshold flags
 * @threshold: half-way between two scores, so that it flags the same when it is rounded a little;
 * infinite where no number does: ends that scores of −∞ or +∞ are beyond, and, of both sides, "all"
 * where an image scores the mean
 * @k1: normal test images flagged; @k2: anomalies flagged
 * @low, @high: (2): the bands of both rates, normal images first, each with confidence 1 − 0.05/2:
 * both hold for all thresholds at once with 95 % (Bonferroni)
 */
typedef struct {
  double threshold;
  guint k1, k2;
  double low[2], high[2];
} LimenCurvePoint;

/**
 * LimenCurve:
 * @side, @mean: of the measure, and of the validation scores
 * @n1, @n2: normal test images, and anomalies; both above 0
 * @point: (n): distinct points from nothing flagged to all flagged, both of which are among them:
 * @k1 and @k2 never fall. All of them where they are few; of many so many that between two that
 * follow each other either rate moves by less than 1/1000, and less than 1/40 of itself or of what
 * it lacks to 1, but where it does so in one step. Exact: what limen_curve_at() says
 * @auroc: the area under straight lines between all points, thinned or not: what
 * limen_auroc_about() says, ties counted half
 *
 * Immutable, reference-counted.
 */
typedef struct LimenCurve LimenCurve;
struct LimenCurve {
  gatomicrefcount references;
  LimenScores *normal, *anomaly;
  LimenSide side;
  double mean;
  guint n1, n2, n;
  LimenCurvePoint *point;
  double auroc;
};

/** LIMEN_CURVE_CONFIDENCE: of the band of one rate of two that are to hold together with 95 % */
#define LIMEN_CURVE_CONFIDENCE 0.975

/**
 * limen_curve_new: of the test half and the anomalies of @detector; its threshold and its rule say
 * nothing, so that one curve is good for a whole drag
 *
 * In O(n1 + n2), and some milliseconds for the bands: to be called once for the same scores, for
 * many of them off the main thread.
 * Returns: (transfer full) (nullable): NULL where one of the sets is empty or not there, and of
 * both sides where there is no mean
 */
LimenCurve *limen_curve_new (const LimenDetector *detector);
LimenCurve *limen_curve_ref (LimenCurve *curve);
void limen_curve_unref (LimenCurve *curve);

/** limen_curve_is_of: whether @detector has the scores and the mean that @curve was made from: a
 * new rule or threshold needs no new curve */
gboolean limen_curve_is_of (const LimenCurve *curve, const LimenDetector *detector);

/** limen_curve_at: what @threshold flags, counted in the scores, in O(log n): @k1, @k2: (out). NaN
 * flags none. Returns: FALSE for NaN */
gboolean limen_curve_at (const LimenCurve *curve, double threshold, guint *k1, guint *k2);
/** limen_curve_index: which point has the counts of @threshold, or is the first to flag more; the
 * last one where none does */
guint limen_curve_index (const LimenCurve *curve, double threshold);
/**
 * limen_curve_step: the threshold so many points further
 * @by: above 0: towards more that is flagged; below 0: less
 *
 * A threshold that is on none of them comes to the next one first.
 * Returns: a finite number; @threshold itself where there is no other point in that direction
 */
double limen_curve_step (const LimenCurve *curve, double threshold, int by);

/**
 * limen_curve_precision: the share of anomalies among what is flagged: π·TPR / (π·TPR + (1 −
 * π)·FPR)
 * @share: π, of anomalies among the images to come, in [0, 1]: not that of the sets, which somebody
 * put together
 * @type_1: FPR: rate of normal images flagged; @hits: TPR: rate of anomalies flagged
 *
 * Returns: NaN where nothing is flagged
 */
double limen_curve_precision (double share, double type_1, double hits);

/** limen_probit: the normal deviate of a probability, −∞ of 0 and ∞ of 1; limen_probit_inverse: the
 * other way round */
double limen_probit (double probability);
double limen_probit_inverse (double deviate);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenCurve, limen_curve_unref)
