/* A selection, carried through corrections: what is moved stays selected, what is left out is not.
 */
#pragma once

#include "ui/study/detector/experiment.h"
#include "ui/study/detector/selection.h"

/**
 * LimenSelectionHome: what a selection is of
 * @whole: [role]: (nullable): the sets as they were read; @homes: (nullable): which of these the
 * images are that are there
 *
 * All zero at first. Owns references.
 */
typedef struct {
  LimenImageSet *whole[LIMEN_N_SETS];
  LimenHomes *homes;
} LimenSelectionHome;

/**
 * limen_selection_carried: (transfer full) (nullable)
 * @home: (inout): becomes that of @now
 * @whole: the experiment as its files came; @now: with its corrections
 * @selection: (nullable): of the images that @home is of
 *
 * The same images, where they are now; NULL where files are others than before, of a table, and of
 * no selection.
 */
LimenSelection *
limen_selection_carried (LimenSelectionHome *home, const LimenExperiment *whole,
                         const LimenExperiment *now, const LimenSelection *selection);
void limen_selection_home_clear (LimenSelectionHome *home);
