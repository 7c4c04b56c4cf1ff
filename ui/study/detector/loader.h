/* From dropped files to scores, on a thread: settings in, a plain result out. */
#pragma once

#include "model/detect/learned.h"
#include "model/flow/nice.h"
#include "ui/study/detector/state.h"

/**
 * LimenExperiment: a flow, two sets of images, their scores; or scores alone
 * @set, @scores: (nullable): [role]; @scores only where there is a flow or a table as well
 * @table: (nullable): scores of any program, which come without a flow; @scores are those of its
 * sets, @set their pictures where all names lead to some, without a @set_from; @table_from: its
 * files; @wish: what the user said of it
 * @flow_from, @set_from: (nullable): [role]: what they were loaded from, and how: to load a set
 * again at another size; NULL as @flow, @set
 * @seems_inverted: [role]: the flow finds the images far more likely with black for white
 * @learned: of the sets: whether the flow was trained with them, as far as that is known
 * @n_not_finite: [role]: images that are not in the set because their scores are not finite
 *
 * A plain value that owns references.
 */
typedef struct {
  LimenNice *flow;
  LimenOrigin *flow_from;
  LimenImageSet *set[LIMEN_N_SETS];
  LimenOrigin *set_from[LIMEN_N_SETS];
  LimenScores *scores[LIMEN_N_SETS];
  gboolean seems_inverted[LIMEN_N_SETS];
  guint n_not_finite[LIMEN_N_SETS];
  LimenLearned learned;
  LimenTableScores *table;
  LimenOrigin *table_from;
  LimenTableWish wish;
} LimenExperiment;

LimenExperiment *limen_experiment_new (void);
/** limen_experiment_take_set: all that there was in @role gives way to @set and @from, both
 * (transfer full) (nullable) */
void limen_experiment_take_set (LimenExperiment *experiment, LimenSetRole role, LimenImageSet *set,
                                LimenOrigin *from);
/** limen_experiment_take_flow: the same of the flow; scores by another are left to the caller */
void limen_experiment_take_flow (LimenExperiment *experiment, LimenNice *flow, LimenOrigin *from);
/** limen_experiment_take_table: flow, images and scores give way to those of @table and @from, both
 * (transfer full) (nullable): NULL: only what a table brought goes. @wish: (nullable): copied */
void limen_experiment_take_table (LimenExperiment *experiment, LimenTableScores *table,
                                  LimenOrigin *from, const LimenTableWish *wish);
/** limen_experiment_hash: (transfer full) (element-type filename utf8): the SHA-256 of all files.
 * NULL with LIMEN_ERROR_UNREADABLE or G_IO_ERROR_CANCELLED */
GHashTable *limen_experiment_hash (const LimenExperiment *experiment, GCancellable *cancellable,
                                   GError **error);
/** limen_experiment_take_hashes: its sources become such that know @sha256 */
void limen_experiment_take_hashes (LimenExperiment *experiment, GHashTable *sha256);
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
 * @flow: (nullable): a flow from memory instead of from @paths; @flow_from: (nullable): what it was
 * trained with
 * @role: which set the images are to be, or LIMEN_N_SETS to sort them by name and by what is
 * missing
 * @answers: (n_answers): the roles of sets whose names do not tell, in the order in which they were
 * asked for
 * @arrives: brought by the user: it is told, and can be taken back
 * @anew: as at a fresh start: nothing of @before stays, nor says what the images are, and the
 * threshold is set by @rule
 * @guessed: (nullable): [role]: where to say of which set neither its name nor the user said what
 * it is: it is taken for anomalies because there are normal images
 * @reading: how arrays among @paths are to be read; @keeps_inverted: as inverted as what was there
 * @asks: (nullable): [role]: where to put the paths, NULL-terminated and new, of a set that can
 * only be read when a range or a layout is chosen
 * @wanted: (nullable): the files of this state are to be there, instead of all that is said above;
 * what is in no file stays as it is
 * @wish: what is said of tables of scores among @paths; where more must be asked for, the error is
 * LIMEN_ERROR_MISMATCH
 * @swap: exchange the two sets; @invert: [role]: exchange black for white
 */
typedef struct {
  LimenExperiment *before;
  char **paths;
  LimenNice *flow;
  LimenOrigin *flow_from;
  LimenSetRole role;
  LimenSetRole answers[LIMEN_MOST_ANSWERS];
  guint n_answers;
  gboolean arrives, anew, *guessed;
  LimenRule rule;
  LimenReading reading;
  gboolean keeps_inverted;
  char ***asks;
  LimenDetectorPageState *wanted;
  LimenTableWish wish;
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
                GPtrArray *problems, char **unclear, const LimenRun *run, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenExperiment, limen_experiment_free)
