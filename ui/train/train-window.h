/* The window in which a flow is trained: a form, then curves and samples as they come. */
#pragma once

#include "ui/study/detector/session.h"
#include "ui/study/train/trained-flow.h"

#include <adwaita.h>

#define LIMEN_TYPE_TRAIN_WINDOW (limen_train_window_get_type ())
G_DECLARE_FINAL_TYPE (LimenTrainWindow, limen_train_window, LIMEN, TRAIN_WINDOW, AdwWindow)

/** limen_train_window_present: the one of @parent, made if there is none; what it trains becomes
 * @trained, and is used in @session where the user says so. While it trains, @parent does not close
 * unasked */
void limen_train_window_present (GtkWindow *parent, LimenDetectorSession *session,
                                 LimenTrainedFlow *trained);
