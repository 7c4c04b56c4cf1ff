/* Whether the line was fixed beforehand or chosen by looking, and what the intervals promise then:
 * a row of the Detector's panel. */
#pragma once

#include "ui/study/detector/session.h"

#include <adwaita.h>

/** limen_promise_row_add: at the end of @group; follows @session */
void limen_promise_row_add (AdwPreferencesGroup *group, LimenDetectorSession *session);
