/* The entries of a row with a list, whole: none is told apart by letters that are cut off. */
#pragma once

#include <adwaita.h>

/** limen_choices_show_whole: @row: of strings. What is chosen, and each entry of the list, takes
 * another line where it is too long for one; libadwaita's own cuts it at 20 characters. */
void limen_choices_show_whole (AdwComboRow *row);
