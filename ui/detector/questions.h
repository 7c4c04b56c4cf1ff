/* What only the user knows, asked in dialogs of the Detector page; one that is closed changes
 * nothing. */
#pragma once

#include "ui/study/detector/session.h"

#include <adwaita.h>

/** limen_questions_follow: whenever @session asks, over the window of @page, as long as that is
 * there */
void limen_questions_follow (GtkWidget *page, LimenDetectorSession *session);
