/* Shared by the tables of sentences of this room. */
#pragma once

#include "model/game/sentences.h"

/** LimenClaimTable: of one topic */
typedef struct {
  const LimenClaim *claims;
  guint n;
} LimenClaimTable;

#define LIMEN_CLAIM_TABLE(claims)                                                                  \
  {                                                                                                \
    claims, G_N_ELEMENTS (claims)                                                                  \
  }

/** limen_game_run_table: of a topic about methods and their runs */
LimenClaimTable limen_game_run_table (LimenGameTopic topic);
/** limen_game_curve_table: of a topic about curves */
LimenClaimTable limen_game_curve_table (LimenGameTopic topic);
