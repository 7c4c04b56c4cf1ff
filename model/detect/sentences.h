/* All that is stated of a detector, on screen, in pictures and on the command line. */
#pragma once

#include "model/base/claim.h"
#include "model/detect/detector.h"

/**
 * LimenDetectorClaims: tables of claims about a LimenDetector
 * @LIMEN_CLAIMS_HEADLINE: the sentence of limen_detector_sentence()
 * @LIMEN_CLAIMS_SO_FAR: of limen_detector_sentence_so_far(), where it says less
 * @LIMEN_CLAIMS_AT: its beginning: "At 194 nats", "At 2.31", "At −3.0 and 5.2 nats"
 * @LIMEN_CLAIMS_FLAGGED, @LIMEN_CLAIMS_PASSED: what it says of each set: about its LimenErrorRate
 * @LIMEN_CLAIMS_PLACE: "3 standard deviations below the mean", "above the mean", "on either side of
 * the mean"
 */
typedef enum {
  LIMEN_CLAIMS_HEADLINE,
  LIMEN_CLAIMS_SO_FAR,
  LIMEN_CLAIMS_AT,
  LIMEN_CLAIMS_FLAGGED,
  LIMEN_CLAIMS_PASSED,
  LIMEN_CLAIMS_PLACE,
  LIMEN_N_DETECTOR_CLAIMS,
} LimenDetectorClaims;

/** limen_detector_claims: @n: (out): how many */
const LimenClaim *limen_detector_claims (LimenDetectorClaims table, guint *n);

/** limen_detector_place: (transfer full): where the threshold stands beside the mean of the
 * validation scores: "3 standard deviations below the mean" */
char *limen_detector_place (const LimenDetector *detector);
/** limen_detector_lines_text: (transfer full): the threshold with its unit, and its mirror image
 * where there are two lines, as people read them: "194 nats", "−3 and 5 nats" */
char *limen_detector_lines_text (const LimenDetector *detector, guint decimals);

/** limen_percent_text: (transfer full): @rate as a number of percent, without the sign, as
 * headline, cards, pictures and terminal write it: of two significant digits, halves up (37 of 2
 * 000 are "1.9"); more where a rate below 1 would read as 100, so that "0" and "100" are exact */
char *limen_percent_text (double rate);
/** limen_error_rate_text: (transfer full): "1.9 %, 95 %: 1.3–2.5 %"; of a band "1.9 %, 95 %
 * wherever the line is: 0.9–3.4 %" */
char *limen_error_rate_text (const LimenErrorRate *rate);
