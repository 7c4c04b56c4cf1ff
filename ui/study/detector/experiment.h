/* What the Detector page is about: a flow, images and their scores. */
#pragma once

#include "model/data/image-set.h"
#include "model/detect/learned.h"
#include "model/flow/nice.h"
#include "ui/study/detector/analysis.h"
#include "ui/study/detector/corrections.h"
#include "ui/study/detector/table-wish.h"
#include "ui/study/origin.h"

/**
 * LimenHomes: where the images of corrected sets came from
 * @n_whole: images of each set as they were read
 * @n: images of each set; @key: [role]: (n): the set that each came with, and its number there
 *
 * Immutable once it is made, reference-counted.
 */
typedef struct {
  gatomicrefcount references;
  guint n_whole[LIMEN_N_SETS];
  guint n[LIMEN_N_SETS];
  LimenImageKey *key[LIMEN_N_SETS];
} LimenHomes;

/** limen_homes_new: of no image */
LimenHomes *limen_homes_new (void);
LimenHomes *limen_homes_ref (LimenHomes *homes);
void limen_homes_unref (LimenHomes *homes);

/**
 * LimenExperiment: a flow, sets of images, their scores; or scores alone
 * @set, @scores: (nullable): [role]; @scores only where there is a flow or a table as well
 * @table: (nullable): scores of any program, which come without a flow; @scores are those of its
 * sets, @set their pictures where all names lead to some, without a @set_from; @table_from: its
 * files; @wish: what the user said of it
 * @flow_from, @set_from: (nullable): [role]: what they were loaded from, and how: to load a set
 * again at another size; NULL as @flow, @set
 * @seems_inverted: [role]: the flow finds the images far more likely with black for white
 * @learned: of the sets: whether the flow was trained with them, as far as that is known
 * @homes: (nullable): where the images of @set came from, once some were left out or moved
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
  LimenHomes *homes;
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
/** limen_experiment_take_homes: @homes: (nullable): a reference is taken */
void limen_experiment_take_homes (LimenExperiment *experiment, LimenHomes *homes);
/** limen_experiment_key: what image @index of the set of @role was when it was read */
LimenImageKey
limen_experiment_key (const LimenExperiment *experiment, LimenSetRole role, guint index);
/** limen_experiment_order: (transfer full) (nullable): (n normal): which normal images come first
 * where some were left out or moved: all others are dealt out as they were before, and of those
 * that were moved there one half comes first, the other last; NULL where nothing was corrected, and
 * the split says it */
guint32 *limen_experiment_order (const LimenExperiment *experiment, LimenSplit split);
/** limen_experiment_hash: (transfer full) (element-type filename utf8): the SHA-256 of all files.
 * NULL with LIMEN_ERROR_UNREADABLE or G_IO_ERROR_CANCELLED */
GHashTable *limen_experiment_hash (const LimenExperiment *experiment, GCancellable *cancellable,
                                   GError **error);
/** limen_experiment_take_hashes: its sources become such that know @sha256 */
void limen_experiment_take_hashes (LimenExperiment *experiment, GHashTable *sha256);
LimenExperiment *limen_experiment_copy (const LimenExperiment *experiment);
void limen_experiment_free (LimenExperiment *experiment);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenHomes, limen_homes_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenExperiment, limen_experiment_free)
