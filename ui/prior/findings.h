/* What the duel comes to for each kind of parameter, and for the prior: in sight beside the
 * pictures, whichever parameter is looked at. */
#pragma once

#include "ui/study/prior/session.h"

#include <adwaita.h>

#define LIMEN_TYPE_PRIOR_FINDINGS (limen_prior_findings_get_type ())
G_DECLARE_FINAL_TYPE (LimenPriorFindings, limen_prior_findings, LIMEN, PRIOR_FINDINGS, GtkWidget)

LimenPriorFindings *limen_prior_findings_new (LimenPriorSession *session);
