/* What only the user knows, asked in dialogs of the Detector page; one that is closed changes
 * nothing. */
#pragma once

#include "ui/study/detector/session.h"

#include <adwaita.h>

/** limen_questions_ask_role: whether the images called @name are normal ones or anomalies */
void limen_questions_ask_role (GtkWidget *page, LimenDetectorSession *session, const char *name);
/** limen_questions_ask_scores: what a table of scores does not tell */
void limen_questions_ask_scores (GtkWidget *page, LimenDetectorSession *session,
                                 LimenTableQuestion *question);
