/* The panel of the Prior page: the gradient, the case, a cost that wiggles, the race. */
#pragma once

#include "ui/prior/plots.h"

#include <adwaita.h>

#define LIMEN_TYPE_PRIOR_PANEL (limen_prior_panel_get_type ())
G_DECLARE_FINAL_TYPE (LimenPriorPanel, limen_prior_panel, LIMEN, PRIOR_PANEL, AdwBin)

/**
 * LimenPriorPanel:
 *
 * Signals:
 * - "parameter-changed": another parameter is looked at
 */
/** limen_prior_panel_new: borrows both */
LimenPriorPanel *limen_prior_panel_new (LimenPriorSession *session, LimenPriorPlots *plots);
