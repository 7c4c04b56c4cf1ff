/* The groups of the panel that are about learning: the method in hand, and the race. */
#pragma once

#include "ui/study/game/session.h"

#include <adwaita.h>

#define LIMEN_TYPE_DYNAMICS_PANEL (limen_dynamics_panel_get_type ())
G_DECLARE_FINAL_TYPE (LimenDynamicsPanel, limen_dynamics_panel, LIMEN, DYNAMICS_PANEL, AdwBin)

/** limen_dynamics_panel_new: borrows @session, and follows it */
LimenDynamicsPanel *limen_dynamics_panel_new (LimenGameSession *session);
