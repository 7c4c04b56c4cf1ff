/* The uniform band: intervals of a rate that hold at every threshold at once, wherever it is put.
 */
#pragma once

#include <glib.h>

/** LIMEN_BAND_MOST: images of which the table knows η */
#define LIMEN_BAND_MOST 10000000
/** LIMEN_BAND_MOST_EXACT: images of which limen_band_eta() solves for η where there is no table */
#define LIMEN_BAND_MOST_EXACT 10000

/**
 * limen_band_coverage: the probability that all of @n uniform order statistics lie between their
 * own @eta/2 and 1 − @eta/2 quantiles: P(η/2 ≤ I_{U(i)}(i, n − i + 1) ≤ 1 − η/2 for all i)
 * @n: ≥ 1
 * @eta: in (0, 1)
 *
 * Exact: the counts of a Poisson process are carried from one of the 2n bounds to the next, and n
 * of them are asked for in the end (Moscovich and Nadler, "Fast calculation of boundary crossing
 * probabilities for Poisson processes", 2017). In O(n^{3/2}).
 */
double limen_band_coverage (guint n, double eta);

/**
 * limen_band_eta_exact: η(n), for which that probability is @confidence
 *
 * To rounding for small n, and to 1e-7 of itself up to 10⁷. Solved anew each time, without the
 * table: some milliseconds for n = 1000, minutes for n = 10⁷.
 */
double limen_band_eta_exact (guint n, double confidence);

/**
 * limen_band_eta: the same, at once
 * @n: ≥ 1
 * @confidence: 0.95 and 0.975 have a table up to n = LIMEN_BAND_MOST, exact for n ≤ 200 and within
 * 1e-6 of η beyond; others are solved up to n = LIMEN_BAND_MOST_EXACT
 *
 * Returns: NaN where neither is so
 */
double limen_band_eta (guint n, double confidence);

/**
 * limen_band: the band where @k of @n images are flagged: [B⁻¹(η/2; k, n − k + 1), B⁻¹(1 − η/2; k +
 * 1, n − k)], B⁻¹ the beta quantile
 * @n: 0: nothing is known
 * @low, @high: (out): 0 and 1 where nothing is known, n above LIMEN_BAND_MOST among it
 *
 * With probability @confidence the rate of all images like these that are flagged lies in it for
 * every threshold at once, on whichever side of it images are flagged, and for two lines that move
 * together about a middle that was fixed beforehand. It is so exactly where scores have no ties;
 * where they have, or there are finitely many images to draw from, with that probability or more.
 */
void limen_band (guint k, guint n, double confidence, double *low, double *high);
