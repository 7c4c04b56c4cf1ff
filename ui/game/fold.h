/* Rows of a panel that are seldom wanted, folded into one; and how a gap is written in a row. */
#pragma once

#include "model/game/payoff.h"

#include <adwaita.h>

/** limen_game_fold_new: (transfer none): a folded row at the end of @group */
AdwExpanderRow *limen_game_fold_new (AdwPreferencesGroup *group, const char *title);
/** limen_game_fold_take: @row, or the row that @widget is in, goes from @group to the end of @fold
 */
void limen_game_fold_take (AdwExpanderRow *fold, AdwPreferencesGroup *group, gpointer widget);
/** limen_game_rows_set_gap: six decimals; of a small one two digits, but none that rounding made */
void limen_game_rows_set_gap (GtkLabel *label, const LimenExploit *exploit);
