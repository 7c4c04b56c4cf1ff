/* The part of the panel that is about the training race. */
#pragma once

#include "ui/study/prior/session.h"

#include <adwaita.h>

#define LIMEN_TYPE_RACE_PANEL (limen_race_panel_get_type ())
G_DECLARE_FINAL_TYPE (LimenRacePanel, limen_race_panel, LIMEN, RACE_PANEL, AdwBin)

/** limen_race_panel_new: borrows @session, and follows it */
LimenRacePanel *limen_race_panel_new (LimenPriorSession *session);
