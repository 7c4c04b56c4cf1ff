/* What the Prior page, limen prior gradients and limen prior train tell: a picture, what is said in
 * it with files and hashes, and, of the page, a table. */
#pragma once

#include "model/prior/gradient-report.h"
#include "model/prior/training-report.h"
#include "ui/study/prior/session.h"
#include "ui/study/told.h"

/** limen_prior_told_gradients: keeps nothing of @report but a reference to its duel */
LimenTold limen_prior_told_gradients (const LimenGradientReport *report);
/** limen_prior_told_training: keeps nothing of @report; @trainer: where it has arrived
 * @path: (report->curve->n, 2): where λ1 has been, the first two of it */
LimenTold limen_prior_told_training (const LimenTrainingReport *report,
                                     const LimenPriorTrainer *trainer, const double *path);
/** limen_prior_session_told: of what is shown now. The text is that of the gradients and of each
 * training: where several have a key, it has a line for each, or one where all say the same */
LimenTold limen_prior_session_told (LimenPriorSession *session);
