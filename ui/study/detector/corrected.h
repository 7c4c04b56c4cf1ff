/* Corrections, applied: the sets and scores of an experiment as they are once images are left out
 * or moved. Nothing is read or scored again. */
#pragma once

#include "ui/study/detector/corrections.h"
#include "ui/study/detector/loader.h"

/**
 * limen_experiment_corrected:
 * @whole: as its files came; @corrections: (nullable): of its images; those of images that it does
 * not have are passed over
 *
 * In each set the images that came with it stand first, in their order, then those that were moved
 * there, by the set they came with and their numbers. Pixels are not copied.
 *
 * Returns: (transfer full): whose limen_experiment_key() tells where images came from; NULL with
 * LIMEN_ERROR_ARGUMENT where a set of normal images would have fewer than LIMEN_LEAST_NORMAL, or
 * where images of several sizes would come together
 */
LimenExperiment *limen_experiment_corrected (const LimenExperiment *whole,
                                             LimenCorrections *corrections, GError **error);

/** LIMEN_LEAST_NORMAL: images that a normal set keeps: one to test and one to validate with */
#define LIMEN_LEAST_NORMAL 2

/**
 * limen_corrected_load: what a load comes to
 * @whole: what files came to, or was there before; @old: (nullable): the corrections before
 * @corrections: (out) (transfer full) (nullable): those that hold now
 *
 * Where @load only corrects, what is not possible is refused as limen_experiment_corrected() does;
 * corrections that other files make impossible are given up.
 */
LimenExperiment *
limen_corrected_load (const LimenLoad *load, const LimenExperiment *whole, LimenCorrections *old,
                      LimenCorrections **corrections, GError **error);

/** limen_corrections_after: (transfer full) (nullable): those that still hold once files were read:
 * of images whose set is the same as in @before, the roles of both labelled sets exchanged where
 * they were @swapped */
LimenCorrections *
limen_corrections_after (LimenCorrections *corrections, const LimenExperiment *before,
                         const LimenExperiment *now, gboolean swapped);
