/* By what the threshold is set: the rules and the numbers that each of them has. */
#pragma once

#include "ui/study/detector/session.h"

#include <gtk/gtk.h>

/** limen_rule_popover_new: (transfer floating): follows @session, and changes its rule at once */
GtkWidget *limen_rule_popover_new (LimenDetectorSession *session);
