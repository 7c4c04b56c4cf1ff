/* Where flow and images of the Detector page come from: a group of its panel. */
#pragma once

#include "ui/study/detector/session.h"

#include <adwaita.h>

/** limen_files_group_add: at the end of @panel; follows @session */
void limen_files_group_add (GtkWidget *panel, LimenDetectorSession *session);
