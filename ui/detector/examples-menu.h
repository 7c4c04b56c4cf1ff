/* The examples of the Detector page: a menu of them, and what choosing one does. */
#pragma once

#include "ui/study/detector/session.h"

#include <gtk/gtk.h>

/** limen_detector_examples_menu: (transfer full): all of them; an item activates "detector.show"
 * with its name */
GMenuModel *limen_detector_examples_menu (void);
/** limen_detector_examples_show: the files of an example take the place of what there is, and the
 * threshold is that of a first start; where some are missing, nothing changes, and a notice of
 * @session says which, where they were looked for and how to get them */
void limen_detector_examples_show (LimenDetectorSession *session, const char *name);
/** limen_detector_examples_let_go: a menu within a menu keeps the keys when it closes, where nobody
 * sees it: @area gets them then, or the window where it is not seen */
void limen_detector_examples_let_go (GtkWidget *area);
