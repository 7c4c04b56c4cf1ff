/* From dropped files to scores, on a thread: settings in, a plain result out. */
#pragma once

#include "ui/study/detector/experiment.h"
#include "ui/study/detector/state.h"
#include "ui/study/detector/table-question.h"

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
 * @keeps_table: @paths are those of the table that is there: it is not read again where @wish
 * chooses another column or side alone
 * @question: (nullable): where to put what must be asked of them instead, (transfer full)
 * @corrects: nothing is read: the images @key: (n_keys) of the sets of @seen are in @to from now
 * on;
 * @undoes: instead, the last step of that is taken back
 * @swap: exchange the normal images and the anomalies; @invert: [role]: exchange black for white
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
  gboolean keeps_table;
  LimenTableQuestion **question;
  gboolean corrects, undoes;
  LimenExperiment *seen;
  LimenImageKey *key;
  guint n_keys;
  LimenSetRole to;
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
