/* What is said of other sets of normal images, drawn from those of the page. */
#pragma once

#include "model/base/claim.h"
#include "ui/study/detector/redraw-session.h"

/** limen_redrawn_claims: about a LimenRedrawn; @n: (out): how many */
const LimenClaim *limen_redrawn_claims (guint *n);
/** limen_redrawn_sentence: (transfer full): how many sets miss the truth at a line that was fixed
 * beforehand, how many at some line, how many leave the band: "Fixed beforehand, 11 of 200 lines
 * have an interval that misses the truth; …" */
char *limen_redrawn_sentence (const LimenRedrawn *redrawn);
/** limen_redrawn_truth: (transfer full): what was drawn: "Each set: 2 000 images drawn from all 4
 * 000 normal ones, of which the line flags 1.9 %: that is the truth here." */
char *limen_redrawn_truth (const LimenRedrawn *redrawn);
