/* What can be done with the flow that a training made, in the window that it belongs to: the
 * actions win.use-flow, win.save-flow and win.save-flow-as, and the question before it is lost. */
#pragma once

#include "ui/study/detector/session.h"
#include "ui/study/train/trained-flow.h"

#include <adwaita.h>

/** limen_flow_actions_add: to @window, which asks before it closes while @trained is unsaved; what
 * @trained becomes is told in @toasts. All are borrowed for as long as @window is there */
void limen_flow_actions_add (AdwApplicationWindow *window, AdwToastOverlay *toasts,
                             LimenTrainedFlow *trained, LimenDetectorSession *session);

/** LimenThenFunc: what was asked for is done */
typedef void (*LimenThenFunc) (GtkWidget *owner);

/** limen_flow_save: has the user choose where @flow is to go, beside the window of @owner; saves it
 * and says so, also where that fails. @then: (nullable): only called once it is saved */
void
limen_flow_save (GtkWidget *owner, LimenTrainedFlow *trained, LimenNice *flow, LimenThenFunc then);

/** limen_flow_ask: Save, Discard or Cancel; @then comes after the first two, before which @discard
 * is called for the second */
void
limen_flow_ask (GtkWidget *owner, const char *heading, const char *body, LimenTrainedFlow *trained,
                LimenNice *flow, LimenThenFunc discard, LimenThenFunc then);
