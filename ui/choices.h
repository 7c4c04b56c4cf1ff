/* The entries of a row with a list, whole: none is told apart by letters that are cut off. */
#pragma once

#include <adwaita.h>

/** limen_choices_show_whole: @row: of strings, which are all there. In the list each is whole; what
 * is chosen stands below the title where there is no room for it beside: libadwaita cuts it at 20
 * characters, and in large text before. */
void limen_choices_show_whole (AdwComboRow *row);
/** limen_choices_tell: @note: (nullable): below the title, and below what stands there; such a row
 * has no other subtitle */
void limen_choices_tell (AdwComboRow *row, const char *note);
/** limen_choices_give_way: what is chosen of @list, which is of strings, is shortened in a narrow
 * window, rather than that it widens it; the list itself has the room */
void limen_choices_give_way (GtkDropDown *list);
