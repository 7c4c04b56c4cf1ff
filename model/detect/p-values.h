/* How unusual images are beside normal ones, in numbers that can be added up to a promise; and
 * which of a folder without labels are listed as anomalies. */
#pragma once

#include "model/base/claim.h"
#include "model/detect/detector.h"

/** LIMEN_USUAL_DELTA: of limen_p_value_conditional(): it holds with 95 % */
#define LIMEN_USUAL_DELTA 0.05
/** LIMEN_USUAL_FALSE_SHARE: of limen_benjamini_hochberg(): at most 10 % false ones are expected */
#define LIMEN_USUAL_FALSE_SHARE 0.1

/**
 * limen_p_value_marginal: (1 + n_as_unusual) / (n + 1); NaN for n = 0
 * @n_as_unusual: of @n normal images, which neither the model nor the score has learned from
 *
 * Of a new image that was drawn as they were, it is at most α with a probability of at most α, over
 * them and the image (Vovk, Gammerman and Shafer, 2005): for one set of normal images the share of
 * all new ones with p ≤ α may well be above α.
 */
double limen_p_value_marginal (guint n_as_unusual, guint n);

/**
 * limen_p_value_conditional: with a probability of 1 − @delta over the normal images, the share of
 * all new ones with p ≤ α is at most α, for all α at once; NaN for n = 0
 * @delta: in (0, 1)
 *
 * Simes's: 1 − (δ·(n−r)(n−r−1)…(n−r−k+1) / (n(n−1)…(n−k+1)))^{1/k} with r = n_as_unusual and k =
 * n/2, 1 for n = 1. Where scores have no ties that probability is exactly 1 − δ.
 *
 * Source: Bates, Candès, Lei, Romano and Sesia, "Testing for outliers with conformal p-values"
 * (Annals of Statistics, 2023), equations 9 and 12; Sarkar, "Generalizing Simes' test and
 * Hochberg's stepup procedure" (2008).
 */
double limen_p_value_conditional (guint n_as_unusual, guint n, double delta);

/**
 * limen_benjamini_hochberg: the images with the @m smallest of @p, where m is the greatest number
 * for which the mth smallest is at most @q·m/n
 * @p: (n); NaN: it is not judged, and n counts the others
 * @q: of the false ones among those chosen at most this share is expected: where p is
 * limen_p_value_marginal() of the same normal images, which depend positively on one another (Bates
 * et al., 2023, theorem 2)
 * @chosen: (out) (optional): (n): whether it is one of them
 *
 * Source: Benjamini and Hochberg, "Controlling the false discovery rate" (1995).
 *
 * Returns: m
 */
guint limen_benjamini_hochberg (const double *p, guint n, double q, gboolean *chosen);

/**
 * limen_p_values: (transfer full): (n) of @scores: none of them among the normal images of
 * @detector
 * @delta: that of limen_p_value_conditional(); 0: marginal ones
 *
 * Among the same normal images as limen_single_p_value() counts: validation and test half; where
 * both sides are flagged the test half alone, because the mean is of the other. NaN where there are
 * none, or @scores are of another measure.
 */
double *limen_p_values (const LimenDetector *detector, const LimenScores *scores, double delta);

/**
 * LimenUnsorted: images without labels, judged
 * @scores: theirs; @n_ranks: normal images that they are ranked among
 * @p, @p_conditional: (scores->n)
 * @listed: (scores->n): whether it is one of the anomalies by limen_benjamini_hochberg() of @p
 * @n_listed: how many are
 * @q, @delta: which were asked for
 *
 * Immutable, reference-counted. No threshold has a part in it: it stays while the line is dragged.
 */
typedef struct {
  gatomicrefcount references;
  LimenScores *scores;
  guint n_ranks, n_listed;
  double *p, *p_conditional;
  gboolean *listed;
  double q, delta;
} LimenUnsorted;

/** limen_unsorted_new: keeps nothing of @detector; @delta: in (0, 1) */
LimenUnsorted *
limen_unsorted_new (const LimenDetector *detector, LimenScores *scores, double q, double delta);
/** limen_unsorted_n_flagged: how many of them the threshold of @detector flags */
guint limen_unsorted_n_flagged (const LimenUnsorted *unsorted, const LimenDetector *detector);
LimenUnsorted *limen_unsorted_ref (LimenUnsorted *unsorted);
void limen_unsorted_unref (LimenUnsorted *unsorted);

/** limen_unsorted_claims: about a LimenUnsorted; @n: (out): how many */
const LimenClaim *limen_unsorted_claims (guint *n);
/** limen_unsorted_sentence: (transfer full): "12 of 40 unsorted images are listed as anomalies: at
 * most 10 % false ones are expected in such a list." */
char *limen_unsorted_sentence (const LimenUnsorted *unsorted);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenUnsorted, limen_unsorted_unref)
