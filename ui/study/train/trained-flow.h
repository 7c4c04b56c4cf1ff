/* The flow that the last training made: it took its time, and is in no file until it is saved. */
#pragma once

#include "model/flow/nice.h"
#include "ui/study/origin.h"

#include <glib-object.h>

#define LIMEN_TYPE_TRAINED_FLOW (limen_trained_flow_get_type ())
G_DECLARE_FINAL_TYPE (LimenTrainedFlow, limen_trained_flow, LIMEN, TRAINED_FLOW, GObject)

/**
 * LimenTrainedFlow:
 *
 * Signals:
 * - "trained": a training ended: there is another flow, which is not saved
 * - "changed": that, or it was saved or given up
 */
LimenTrainedFlow *limen_trained_flow_new (void);

/** limen_trained_flow_take: the one before is given up. @learned_from: (nullable): its images */
void limen_trained_flow_take (LimenTrainedFlow *self, LimenNice *flow, LimenOrigin *learned_from);
/** limen_trained_flow_give_up: it is lost unless it is in use elsewhere */
void limen_trained_flow_give_up (LimenTrainedFlow *self);

/** limen_trained_flow_flow: (transfer none) (nullable) */
LimenNice *limen_trained_flow_flow (LimenTrainedFlow *self);
/** limen_trained_flow_learned_from: (transfer none) (nullable) */
LimenOrigin *limen_trained_flow_learned_from (LimenTrainedFlow *self);
/** limen_trained_flow_place: (transfer none) (nullable): the file that it was last saved as */
const char *limen_trained_flow_place (LimenTrainedFlow *self);
/** limen_trained_flow_is_unsaved: there is one, and it is in no file of the user's choice */
gboolean limen_trained_flow_is_unsaved (LimenTrainedFlow *self);

/**
 * LimenFlowSavedFunc: on the main thread, once
 * @place: (nullable): where the flow is now, NULL: nowhere
 * @trouble: (nullable): why it is not where it was to be
 */
typedef void (*LimenFlowSavedFunc) (const char *place, const char *trouble, gpointer owner);

/**
 * limen_trained_flow_save:
 * @flow: this one, or one that is not trained to its end
 * @path: .pt, .pth or .ckpt, or else safetensors, which is put behind another name
 * @owner: a GObject, kept alive until @done has been called
 *
 * Saves @flow beside the window, in 32 bits: the file is replaced whole or not at all; what can't
 * be written there goes to another place, as limen_keeper_save() says, and counts as unsaved.
 */
void limen_trained_flow_save (LimenTrainedFlow *self, LimenNice *flow, const char *path,
                              LimenFlowSavedFunc done, gpointer owner);
