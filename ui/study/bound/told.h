/* What the Bound page and limen bound tell: a picture, what is said in it with files and hashes,
 * and, of the page, a table. */
#pragma once

#include "model/bound/bound-report.h"
#include "ui/study/bound/session.h"
#include "ui/study/told.h"

/** limen_bound_told: keeps nothing of @report; @target: (nullable): what is bounded, where it is
 * one observation
 * @map: (transfer full) (nullable): log p(z|x) on the latent plane, where it is known already */
LimenTold
limen_bound_told (const LimenBoundReport *report, const LimenTarget *target, LimenPlane *map);
/** limen_bound_session_told: of what is shown now; the text is about the K in the hand */
LimenTold limen_bound_session_told (LimenBoundSession *session);
