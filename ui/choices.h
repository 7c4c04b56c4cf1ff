/* The entries of a row with a list, whole: none is told apart by letters that are cut off. */
#pragma once

#include <adwaita.h>

/** limen_choices_show_whole: @row: of strings, which are all there. In the list each is whole; what
 * is chosen stands below the title where one of them is longer than the 20 characters that
 * libadwaita shows beside it. */
void limen_choices_show_whole (AdwComboRow *row);
/** limen_choices_tell: @note: (nullable): below the title, and below what stands there; to be told
 * again when another entry is chosen */
void limen_choices_tell (AdwComboRow *row, const char *note);
