/* What could not be used, and why: one line in passing, the whole list on request. */
#pragma once

#include "model/base/error.h"

#include <gtk/gtk.h>

/**
 * limen_problems_tell:
 * @widget: in whose window it is told
 * @message: (nullable): why nothing came of it; without, some of it did
 * @problems: (nullable): (element-type LimenProblem): file by file
 */
void limen_problems_tell (GtkWidget *widget, const char *message, const GPtrArray *problems);
