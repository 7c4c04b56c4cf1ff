/* How a duality gap is written in a row. */
#pragma once

#include "model/game/payoff.h"

#include <gtk/gtk.h>

/** limen_gap_row_set: six decimals; of a small one two digits, but none that rounding made */
void limen_gap_row_set (GtkLabel *label, const LimenExploit *exploit);
