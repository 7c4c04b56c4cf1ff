/* The rule that sets the threshold, and what it promises beside what the test half says of that:
 * two rows of the Detector's panel. */
#pragma once

#include "ui/study/detector/session.h"

#include <adwaita.h>

/** limen_rule_row_add: at the end of @group; follows @session */
void limen_rule_row_add (AdwPreferencesGroup *group, LimenDetectorSession *session);
