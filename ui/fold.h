/* Rows of a panel that are seldom wanted, folded into one. */
#pragma once

#include <adwaita.h>

/** limen_fold_new: (transfer none): a folded row at the end of @group */
AdwExpanderRow *limen_fold_new (AdwPreferencesGroup *group, const char *title);
/** limen_fold_take: @row, or the row that @widget is in, goes from @group to the end of @fold
 */
void limen_fold_take (AdwExpanderRow *fold, AdwPreferencesGroup *group, gpointer widget);
