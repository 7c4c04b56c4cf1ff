/* The row of the panel that says which scores of which file the page judges by. */
#pragma once

#include "ui/study/detector/session.h"

#include <adwaita.h>

/** limen_table_row_add: (transfer none): at the end of @group; seen where there is a table. Its
 * menu chooses another column by the action "detector.column" */
AdwActionRow *limen_table_row_add (AdwPreferencesGroup *group, LimenDetectorSession *session);
/** limen_table_row_count: (transfer full): of the set of @role of a table: "41 images" */
char *limen_table_row_count (const LimenExperiment *experiment, LimenSetRole role);
/** limen_table_row_mark: in the menu, by the state of @action, the column that the page judges by
 */
void limen_table_row_mark (GAction *action, const LimenExperiment *experiment);
