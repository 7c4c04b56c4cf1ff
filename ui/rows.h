/* The rows of a panel: a title, and what belongs to it. */
#pragma once

#include "ui/steady-label.h"

#include <adwaita.h>

/** limen_rows_panel: (transfer floating): a column of groups, as all pages have it */
GtkWidget *limen_rows_panel (void);
/** limen_rows_group: (transfer none): a new group at the end of @panel */
AdwPreferencesGroup *limen_rows_group (GtkWidget *panel, const char *title);
/** limen_rows_row: (transfer none): a new row at the end of @group; @suffix: (nullable) */
AdwActionRow *limen_rows_row (AdwPreferencesGroup *group, const char *title, GtkWidget *suffix);
/** limen_rows_value: (transfer none): a row that shows a number. @style: (nullable): "first",
 * "second", "hand" */
GtkLabel *limen_rows_value (AdwPreferencesGroup *group, const char *title, const char *style);
/** limen_rows_spin: (transfer none): a row with a number to change. @adjustment: shared */
GtkSpinButton *limen_rows_spin (AdwPreferencesGroup *group, const char *title,
                                GtkAdjustment *adjustment, guint digits);
/** limen_rows_combo: (transfer none): @names: NULL-terminated */
AdwComboRow *
limen_rows_combo (AdwPreferencesGroup *group, const char *title, const char *const *names);
GtkSwitch *limen_rows_switch (AdwPreferencesGroup *group, const char *title, const char *subtitle);
/** limen_rows_scale: (transfer none): a slider over the whole row; @title is for a screen reader
 * too
 */
GtkScale *
limen_rows_scale (AdwPreferencesGroup *group, const char *title, GtkAdjustment *adjustment);
/** limen_rows_words: (transfer none): a row of words that change, whose number of lines moves
 * nothing below. @longest: that there is always room for */
GtkLabel *limen_rows_words (AdwPreferencesGroup *group, const char *longest);
/** limen_rows_whole_words: of all rows in @widget; lines of their titles end between words only:
 * for windows that can be wider than the longest */
void limen_rows_whole_words (GtkWidget *widget);
/** limen_rows_give_way: of all rows in @widget, but those with a list: in large text their suffixes
 * go below the words where there is no room beside them */
void limen_rows_give_way (GtkWidget *widget);
/** limen_rows_row_of: (transfer none): that @widget, one of its suffixes, is in */
AdwActionRow *limen_rows_row_of (gpointer widget);
/** limen_rows_tell: @subtitle below the title, and @notes: NULL-terminated sentences, as a tooltip
 * and for a screen reader */
void limen_rows_tell (AdwActionRow *row, const char *subtitle, const char *const *notes);
/** limen_rows_button: (transfer none): a flat button with an icon at the end of @row; it runs
 * @action */
GtkWidget *
limen_rows_button (AdwActionRow *row, const char *icon, const char *name, const char *action);
/** limen_rows_menu: (transfer none): the same with a menu or popover, to be set */
GtkMenuButton *limen_rows_menu (AdwActionRow *row, const char *icon, const char *name);
