/* What was taken as what, with ways back. */
#pragma once

#include <adwaita.h>

/**
 * limen_arrival_toast_tell:
 * @page: the Detector page, whose actions detector.swap and detector.undo its buttons run
 * @sentence: what was taken as what
 * @problems: (nullable): (element-type LimenProblem): what was left out, which stands below
 * @can_swap: whether there are two sets
 *
 * Returns: (transfer full): to be dismissed when it is of the past
 */
AdwToast *limen_arrival_toast_tell (GtkWidget *page, const char *sentence, GPtrArray *problems,
                                    gboolean can_swap);
