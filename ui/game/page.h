/* The Game page: sentence, two triangles, race and strip, panel; its actions are in the group
 * "game".
 */
#pragma once

#include "ui/page-frame.h"

#define LIMEN_TYPE_GAME_PAGE (limen_game_page_get_type ())
G_DECLARE_FINAL_TYPE (LimenGamePage, limen_game_page, LIMEN, GAME_PAGE, LimenPageFrame)
