/* What was taken as what, with ways back. */
#pragma once

#include <adwaita.h>

/**
 * limen_arrival_toast_tell:
 * @page: the Detector page, whose actions detector.swap, detector.undo and detector.second-flow its
 * buttons run
 * @sentence: what was taken as what
 * @problems: (nullable): (element-type LimenProblem): what was left out, which stands below
 * @can_swap: whether there are two sets; @second: whether a flow came that may be meant beside the
 * one that was there: detector.second-flow
 *
 * Returns: (transfer full): to be dismissed when it is of the past
 */
AdwToast *limen_arrival_toast_tell (GtkWidget *page, const char *sentence, GPtrArray *problems,
                                    gboolean can_swap, gboolean second);
