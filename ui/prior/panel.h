/* The panel of the Prior page: the gradient, the case, a cost that wiggles, the race. */
#pragma once

#include "ui/study/prior/session.h"

#include <adwaita.h>

#define LIMEN_TYPE_PRIOR_PANEL (limen_prior_panel_get_type ())
G_DECLARE_FINAL_TYPE (LimenPriorPanel, limen_prior_panel, LIMEN, PRIOR_PANEL, AdwBin)

/** limen_prior_panel_new: borrows @session, and follows it */
LimenPriorPanel *limen_prior_panel_new (LimenPriorSession *session);
