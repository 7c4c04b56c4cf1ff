/* The questions about the Prior page: the bound with a trainable prior, its gradients by the
 * log-derivative trick and by reparameterization, and what such a prior is good for. */
#pragma once

#include "ui/study/lesson.h"

/** limen_prior_lesson: (transfer none): its sessions are LimenPriorSession */
const LimenLesson *limen_prior_lesson (void);
