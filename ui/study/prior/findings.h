/* What the duel comes to for each kind of parameter, and for the prior, in words. */
#pragma once

#include "ui/study/prior/session.h"

typedef enum {
  LIMEN_FINDING_PHI,
  LIMEN_FINDING_LAMBDA,
  LIMEN_FINDING_THETA,
  LIMEN_FINDING_PRIOR,
  LIMEN_N_FINDINGS,
} LimenFinding;

/** limen_finding_title: what it is about */
const char *limen_finding_title (LimenFinding which);
/** limen_finding_text: (transfer full): what the duel of @session comes to there */
char *limen_finding_text (LimenPriorSession *session, LimenFinding which);
