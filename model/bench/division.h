/* Which normal images do what: scores are fitted on some, thresholds set by others, and error rates
 * counted among a third part, for what is judged by the images that it was made of looks better
 * than it is. */
#pragma once

#include "model/base/claim.h"
#include "model/data/image-set.h"
#include "model/detect/detector.h"

/** LimenBenchPart: of the normal images */
typedef enum {
  LIMEN_BENCH_FIT,
  LIMEN_BENCH_VALIDATION,
  LIMEN_BENCH_TEST,
  LIMEN_BENCH_N_PARTS,
} LimenBenchPart;

/**
 * LimenBenchCounts: what is told of a division. A plain value
 * @n: images of each part
 * @own: whether the part is a set of its own, by the user's hand, rather than drawn from the normal
 * images; of the test images: whether all normal images are
 * @n_validation_fitted, @n_test_fitted: images of the part that have the pixels of a fit image
 * @n_test_validated: images of the test part that have those of a validation image
 * (each only counted where one of the two sets is of its own: a set that was divided may hold an
 * image twice)
 */
typedef struct {
  guint n[LIMEN_BENCH_N_PARTS];
  gboolean own[LIMEN_BENCH_N_PARTS];
  guint n_validation_fitted, n_test_fitted, n_test_validated;
} LimenBenchCounts;

/**
 * LimenBenchDivision:
 * @set: (LIMEN_BENCH_N_PARTS): a reference to each part
 * @index: (LIMEN_BENCH_N_PARTS): (nullable elements): which images of the normal set it is, in
 * ascending order; NULL where it is a set of its own
 */
typedef struct {
  LimenImageSet *set[LIMEN_BENCH_N_PARTS];
  guint32 *index[LIMEN_BENCH_N_PARTS];
  LimenBenchCounts counts;
  LimenSplit split;
} LimenBenchDivision;

/**
 * limen_bench_divide: which of the images of one set are of which part, as
 * limen_bench_division_new() divides them
 * @name: of the set of @n_images, for the message
 * @order: (n_images): (nullable): which of them come first, instead of the split
 * @has_own: (LIMEN_BENCH_N_PARTS): parts that get none of them
 * @index: (out) (LIMEN_BENCH_N_PARTS): (transfer full): @n of each part, ascending; NULL where the
 * part has its own
 *
 * Returns: FALSE with LIMEN_ERROR_MISMATCH for too few images, and nothing set
 */
gboolean
limen_bench_divide (const char *name, guint n_images, const guint32 *order, const gboolean *has_own,
                    LimenSplit split, guint32 **index, guint *n, GError **error);

/** LimenBenchSharedFunc: @n: (out): how many images of @part have the pixels of one of the part
 * @of. FALSE with @error */
typedef gboolean (*LimenBenchSharedFunc) (gpointer division, LimenBenchPart part, LimenBenchPart of,
                                          guint *n, GCancellable *cancellable, GError **error);

/** limen_bench_count_shared: of a division whose @counts tell how large the parts are and which of
 * them are sets of their own: what they have in common, as LimenBenchCounts says where */
gboolean limen_bench_count_shared (LimenBenchCounts *counts, LimenBenchSharedFunc shared,
                                   gpointer division, GCancellable *cancellable, GError **error);

/**
 * limen_bench_division_new: what has no set of its own, @normal is divided into, in equal parts:
 * the first images test, the next ones validate, the last ones (and those that are left over) are
 * fitted to; ordered as they come, or a permutation drawn from the seed, as LimenSplit
 * @fit, @validation: (nullable)
 *
 * Returns: (transfer full): NULL with LIMEN_ERROR_MISMATCH for too few images for as many parts,
 * and with G_IO_ERROR_CANCELLED
 */
LimenBenchDivision *
limen_bench_division_new (LimenImageSet *normal, LimenImageSet *fit, LimenImageSet *validation,
                          LimenSplit split, GCancellable *cancellable, GError **error);
/** limen_bench_division_new_in_order: the same, where @order: (n): (nullable) tells which images of
 * @normal come first, instead of the split */
LimenBenchDivision *
limen_bench_division_new_in_order (LimenImageSet *normal, const guint32 *order, LimenImageSet *fit,
                                   LimenImageSet *validation, LimenSplit split,
                                   GCancellable *cancellable, GError **error);
void limen_bench_division_free (LimenBenchDivision *division);

/** limen_bench_counts_are_honest: whether no image does two jobs */
gboolean limen_bench_counts_are_honest (const LimenBenchCounts *counts);
/** limen_bench_division_sentence: (transfer full): which images did what */
char *limen_bench_division_sentence (const LimenBenchCounts *counts);
/** limen_bench_optimism: (transfer full): NULL-terminated sentences on images that do two jobs,
 * each beginning with "Optimistic"; none where none does */
char **limen_bench_optimism (const LimenBenchCounts *counts);
/** limen_bench_optimism_claims: @n: (out): those behind it, about LimenBenchCounts; all that hold
 * are said */
const LimenClaim *limen_bench_optimism_claims (guint *n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenBenchDivision, limen_bench_division_free)
