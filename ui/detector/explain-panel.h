/* Beside one image that is explained: which map lies over it, what it scores, what would have to
 * change, the nearest normal images. */
#pragma once

#include "ui/study/detector/explain-session.h"

#include <gtk/gtk.h>

/** limen_explain_panel_new: (transfer floating): follows @session, which it keeps */
GtkWidget *limen_explain_panel_new (LimenExplainSession *session);
