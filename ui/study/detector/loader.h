/* From dropped files to scores, on a thread: settings in, a plain result out. */
#pragma once

#include "model/flow/nice.h"
#include "ui/study/detector/analysis.h"

/**
 * LimenExperiment: a flow, two sets of images, their scores
 * @set, @scores: (nullable): [role]; @scores only where there is a flow as well
 * @paths: (nullable): [role]: what the set was loaded from, to load it again at another size
 * @reading: [role]: how arrays of the set were asked to be read
 * @inverted: [role]: black was exchanged for white on the user's word
 * @seems_inverted: [role]: the flow finds the images far more likely with black for white
 * @n_not_finite: [role]: images that are not in the set because their scores are not finite
 *
 * A plain value that owns references.
 */
typedef struct {
  LimenNice *flow;
  LimenImageSet *set[LIMEN_N_SETS];
  LimenScores *scores[LIMEN_N_SETS];
  char **paths[LIMEN_N_SETS];
  LimenReading reading[LIMEN_N_SETS];
  gboolean inverted[LIMEN_N_SETS];
  gboolean seems_inverted[LIMEN_N_SETS];
  guint n_not_finite[LIMEN_N_SETS];
} LimenExperiment;

LimenExperiment *limen_experiment_new (void);
LimenExperiment *limen_experiment_copy (const LimenExperiment *experiment);
void limen_experiment_free (LimenExperiment *experiment);

/**
 * LimenPartialFunc: told from worker threads: the first @n images of @role have the scores @value
 */
typedef void (*LimenPartialFunc) (LimenSetRole role, const char *name, const double *value, guint n,
                                  gpointer user_data);

#define LIMEN_MOST_ANSWERS 16 /* of one drop; sets after them are taken for anomalies */

/**
 * LimenLoad: what to do
 * @before: what there is already
 * @paths: NULL-terminated: weights, folders, image sets, by content; may be empty
 * @flow: (nullable): a flow from memory instead of from @paths
 * @role: which set the images are to be, or LIMEN_N_SETS to sort them by name and by what is
 * missing
 * @answers: (n_answers): the roles of sets whose names do not tell, in the order in which they were
 * asked for
 * @reading: how arrays among @paths are to be read; @keeps_inverted: as inverted as what was there
 * @asks: (nullable): [role]: where to put the paths, NULL-terminated and new, of a set that can
 * only be read when a range or a layout is chosen
 * @swap: exchange the two sets; @invert: [role]: exchange black for white
 */
typedef struct {
  LimenExperiment *before;
  char **paths;
  LimenNice *flow;
  LimenSetRole role;
  LimenSetRole answers[LIMEN_MOST_ANSWERS];
  guint n_answers;
  LimenReading reading;
  gboolean keeps_inverted;
  char ***asks;
  gboolean swap;
  gboolean invert[LIMEN_N_SETS];
} LimenLoad;

void limen_load_free (LimenLoad *load);

/**
 * limen_load_run:
 * @problems: LimenProblem for each thing that could not be used while the rest was
 * @unclear: (out) (transfer full): where nothing is done because it must be asked first: the name
 * of a set that may be normal images or anomalies. To be run again with one more of @load's answers
 *
 * Returns: (transfer full): a new experiment, or NULL with @error when nothing of @paths could be
 * used
 */
LimenExperiment *
limen_load_run (const LimenLoad *load, LimenPartialFunc partial, gpointer partial_data,
                LimenProgressFunc progress, gpointer progress_data, GPtrArray *problems,
                char **unclear, GCancellable *cancellable, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenExperiment, limen_experiment_free)
