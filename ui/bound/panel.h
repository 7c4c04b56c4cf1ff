/* The panel of the Bound page: what holds at K, the proposal, the source. */
#pragma once

#include "ui/bound/plots.h"

#include <adwaita.h>

#define LIMEN_TYPE_BOUND_PANEL (limen_bound_panel_get_type ())
G_DECLARE_FINAL_TYPE (LimenBoundPanel, limen_bound_panel, LIMEN, BOUND_PANEL, AdwBin)

/** limen_bound_panel_new: borrows both */
LimenBoundPanel *limen_bound_panel_new (LimenBoundSession *session, LimenBoundPlots *plots);
