/* What is to be trained on what: the form before a training. */
#pragma once

#include "ui/study/detector/session.h"
#include "ui/study/train/training.h"

#include <adwaita.h>

#define LIMEN_TYPE_TRAIN_FORM (limen_train_form_get_type ())
G_DECLARE_FINAL_TYPE (LimenTrainForm, limen_train_form, LIMEN, TRAIN_FORM, AdwBin)

/**
 * LimenTrainForm:
 *
 * Signals:
 * - "changed": perhaps limen_train_form_is_ready() too
 */

/** limen_train_form_set_session: its normal images are what is trained on, unless the user says
 * otherwise */
void limen_train_form_set_session (LimenTrainForm *self, LimenDetectorSession *session);
/** limen_train_form_take: @paths: NULL-terminated: weights to continue with, or images */
void limen_train_form_take (LimenTrainForm *self, const char *const *paths);
gboolean limen_train_form_is_ready (LimenTrainForm *self);
/** limen_train_form_plan: valid until the form changes */
LimenTrainingPlan limen_train_form_plan (LimenTrainForm *self);
