/* Whether the same images were given as two things: what is said of them then is not what it seems.
 */
#pragma once

#include "model/base/claim.h"
#include "model/data/image-set.h"

/**
 * LimenSharedPair: whose images are another set's as well, and whose that is
 * @LIMEN_SHARED_ANOMALY: anomalies, normal images
 * @LIMEN_SHARED_UNSORTED: unsorted images, normal images; validation among them
 * @LIMEN_SHARED_SORTED: unsorted images, anomalies
 * @LIMEN_SHARED_VALIDATION: normal images to test with, images for validation alone
 */
typedef enum {
  LIMEN_SHARED_ANOMALY,
  LIMEN_SHARED_UNSORTED,
  LIMEN_SHARED_SORTED,
  LIMEN_SHARED_VALIDATION,
  LIMEN_N_SHARED_PAIRS,
} LimenSharedPair;

/**
 * LimenSharedPart:
 * @n_images: of the first set of the pair
 * @n_shared: how many of them have the pixels of an image of the second
 * @same_files: whether both were read from one path
 */
typedef struct {
  guint n_images, n_shared;
  gboolean same_files;
} LimenSharedPart;

/** LimenShared: by LimenSharedPair; all zero: nothing is known. A plain value */
typedef struct {
  LimenSharedPart part[LIMEN_N_SHARED_PAIRS];
} LimenShared;

/** LimenSharedSets: (nullable): sets that are compared, borrowed */
typedef struct {
  const LimenImageSet *validation, *normal, *anomaly, *unsorted;
} LimenSharedSets;

/** limen_shared_find: @shared: (out). FALSE with G_IO_ERROR_CANCELLED */
gboolean limen_shared_find (LimenShared *shared, const LimenSharedSets *sets,
                            GCancellable *cancellable, GError **error);
/** limen_shared_claims: about a LimenSharedPart of @pair; @n: (out): how many */
const LimenClaim *limen_shared_claims (LimenSharedPair pair, guint *n);
/** limen_shared_sentence: (transfer full) (nullable): a sentence for each pair that there is one to
 * say of, but none of LIMEN_SHARED_SORTED beside both that come before it; NULL where there is none
 */
char *limen_shared_sentence (const LimenShared *shared);
/** limen_shared_first: the first pair that it speaks of; LIMEN_N_SHARED_PAIRS where there is none
 */
LimenSharedPair limen_shared_first (const LimenShared *shared);
