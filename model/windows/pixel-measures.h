/* How well the unusual pixels are those of the defects, over all photos and thresholds. */
#pragma once

#include <glib.h>

/** LIMEN_PRO_LIMIT: up to this share of false positives the overlap is integrated */
#define LIMEN_PRO_LIMIT 0.3

/**
 * LimenPixelMeasures: a plain value
 * @auroc: the probability that a random pixel of a defect is more unusual than a random other one,
 * ties counted half; NaN where there is none of either
 * @aupro: the area under the mean, over all defects, of the share of a defect's pixels that lie
 * above a threshold, against the share of all other pixels that do, up to LIMEN_PRO_LIMIT, divided
 * by it: 1 is perfect (Bergmann, Batzner, Fauser, Sattlegger and Steger, 2021, section 4.2)
 * @n_defect, @n_other: pixels
 * @n_regions: defects
 */
typedef struct {
  double auroc, aupro;
  guint64 n_defect, n_other;
  guint n_regions;
} LimenPixelMeasures;

/**
 * LimenPixelTally: pixels on their way to the measures
 *
 * First the pixels of all defects are added, then, in a second round, all others: of these only
 * counts are kept, so that photos need not be in memory together. Exact: every value is a
 * threshold.
 */
typedef struct LimenPixelTally LimenPixelTally;

LimenPixelTally *limen_pixel_tally_new (void);
void limen_pixel_tally_free (LimenPixelTally *tally);

/**
 * limen_pixel_tally_add_defects: those of one photo
 * @value: (n): how unusual each pixel is; what is not a number is the most unusual
 * @region: (n): as LimenMask has them
 */
void limen_pixel_tally_add_defects (LimenPixelTally *tally, const float *value,
                                    const guint32 *region, gsize n, guint n_regions);
/** limen_pixel_tally_add_others: those of one photo that are of no defect; @region: (nullable):
 * none of them is. From the first call on no defects are added */
void limen_pixel_tally_add_others (LimenPixelTally *tally, const float *value,
                                   const guint32 *region, gsize n);

/** limen_pixel_tally_measures: of all that was added */
LimenPixelMeasures limen_pixel_tally_measures (LimenPixelTally *tally);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenPixelTally, limen_pixel_tally_free)
