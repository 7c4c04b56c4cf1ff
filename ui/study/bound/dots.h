/* Estimates of the bound, drawn beside the window round by round, so that dots arrive as they are
 * computed. */
#pragma once

#include "model/bound/bound-study.h"
#include "model/latent/vae.h"
#include "ui/study/job.h"

typedef struct LimenDotsWork LimenDotsWork;

/** limen_dots_work_new: for all proposals of @study and all of limen_bound_dots. One of
 * @gaussian_case and @vae (with @x) is given; all is copied or referenced
 * @aside: another K; 0: none. With it, for the first proposal and that K alone */
LimenDotsWork *
limen_dots_work_new (const LimenBoundStudy *study, const LimenGaussianCase *gaussian_case,
                     LimenVae *vae, const float *x, guint aside);
LimenDotsWork *limen_dots_work_ref (LimenDotsWork *work);
void limen_dots_work_unref (LimenDotsWork *work);
/** limen_dots_work_run: a LimenJobRunFunc whose input is the work; its result is the work itself */
gpointer limen_dots_work_run (gpointer work, const LimenRun *run, GError **error);
/** limen_dots_work_show: puts what there is so far into @study. Returns: whether it is more than
 * before */
gboolean limen_dots_work_show (LimenDotsWork *work, LimenBoundStudy *study);
