/* What could not be used, and why: one line, the whole list on request. */
#pragma once

#include "model/base/error.h"

#include <adwaita.h>

/**
 * limen_problems_tell:
 * @widget: in whose window it is told
 * @message: (nullable): why nothing came of it; without, some of it did
 * @problems: (nullable): (element-type LimenProblem): file by file
 *
 * It stays until it is dismissed: however slowly somebody reads, or has it read to him, nothing
 * that was left out goes by unseen.
 *
 * Returns: (transfer full): to be dismissed when it is of the past
 */
AdwToast *limen_problems_tell (GtkWidget *widget, const char *message, const GPtrArray *problems);
/** limen_problems_of: (transfer none) (nullable): what such a toast tells file by file */
GPtrArray *limen_problems_of (AdwToast *toast);
/** limen_problems_joined: (transfer full): those of @a, then those of @b */
GPtrArray *limen_problems_joined (const GPtrArray *a, const GPtrArray *b);
/** limen_problems_line: (transfer full): the one that there is, or how many */
char *limen_problems_line (const GPtrArray *problems);
/** limen_problems_present: the list, beside the window of @widget; @message, @problems: as above */
void limen_problems_present (GtkWidget *widget, const char *message, const GPtrArray *problems);
