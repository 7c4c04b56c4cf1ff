/* What every result in JSON says of the game it is of. */
#pragma once

#include "model/game/payoff.h"
#include "model/report/json.h"

/** limen_json_game: members "payoff", for a file "sha256", where anything of it was guessed
 * "read_as", "strategies" and "points_for_b"; @payoff: the name or the path; @told, @sha256:
 * (nullable) */
void limen_json_game (JsonBuilder *json, const LimenPayoff *game, const char *payoff,
                      const char *told, GHashTable *sha256);
