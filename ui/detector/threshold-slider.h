/* The slider of the threshold, and the button that puts it back. */
#pragma once

#include "ui/study/detector/session.h"

#include <adwaita.h>

/** limen_threshold_slider_add: a row of @group with the slider, and at the head of @group the
 * button; both follow @session, and move its threshold */
void limen_threshold_slider_add (AdwPreferencesGroup *group, LimenDetectorSession *session);
