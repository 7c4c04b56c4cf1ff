/* How the arrays of a set are read, and what can be said against it. */
#pragma once

#include "ui/study/detector/session.h"

#include <gtk/gtk.h>

/** limen_reading_popover_new: (transfer floating): shows the set of @role whenever it is opened,
 * and has it read again as soon as something else is chosen */
GtkWidget *limen_reading_popover_new (LimenDetectorSession *session, LimenSetRole role);
