/* What of the Game page leaves the window: its pictures as one, its curves as a table. */
#pragma once

#include "ui/export.h"
#include "ui/game/plots.h"

/** limen_game_export: of what is shown now */
LimenExport limen_game_export (LimenGameSession *session);
