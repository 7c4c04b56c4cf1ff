/* What the user corrects by hand among the images of the Detector page: left out, or moved to
 * another set because it was labelled wrongly. Nothing on the disk changes. */
#pragma once

#include "ui/study/detector/analysis.h"

#include <glib-object.h>

/** LIMEN_LEFT_OUT: where an image is that is in no set any more */
#define LIMEN_LEFT_OUT LIMEN_N_SETS

/** LimenImageKey: an image as it was read: the set it came with, and its number in that */
typedef struct {
  LimenSetRole role;
  guint32 index;
} LimenImageKey;

/**
 * LimenCorrections: where images are now that are not where they came, and how that came step by
 * step
 *
 * Immutable, reference-counted; NULL stands for none in all that follows. What changes it returns
 * another one, (transfer full).
 */
typedef struct LimenCorrections LimenCorrections;

LimenCorrections *limen_corrections_ref (LimenCorrections *corrections);
void limen_corrections_unref (LimenCorrections *corrections);

/**
 * limen_corrections_with: a step more: the images @key: (n) are in @to from now on: LIMEN_LEFT_OUT:
 * in no set; the set that they came with: as if nothing had been done to them. The same again
 * where all of them are there already
 */
LimenCorrections *limen_corrections_with (LimenCorrections *corrections, const LimenImageKey *key,
                                          guint n, LimenSetRole to);
/** limen_corrections_undone: (nullable): before the last step */
LimenCorrections *limen_corrections_undone (LimenCorrections *corrections);
/** limen_corrections_swapped: (nullable): where the normal images and the anomalies change roles */
LimenCorrections *limen_corrections_swapped (LimenCorrections *corrections);
/** limen_corrections_kept: (nullable): those of images that came with a set that is @kept: [role];
 * the steps before are as one where some are not */
LimenCorrections *
limen_corrections_kept (LimenCorrections *corrections, const gboolean kept[LIMEN_N_SETS]);

/** limen_corrections_place: where an image is: LIMEN_LEFT_OUT or the role of a set */
LimenSetRole limen_corrections_place (const LimenCorrections *corrections, LimenImageKey key);
/** limen_corrections_keys: (transfer full): (n): all images that are not where they came, by role
 * and number ascending */
LimenImageKey *limen_corrections_keys (const LimenCorrections *corrections, guint *n);
guint limen_corrections_n_moved (const LimenCorrections *corrections);
guint limen_corrections_n_left_out (const LimenCorrections *corrections);
gboolean limen_corrections_equal (const LimenCorrections *a, const LimenCorrections *b);
/** limen_corrections_words: (transfer full) (nullable): "2 images moved, 1 left out"; NULL where
 * there is none */
char *limen_corrections_words (const LimenCorrections *corrections);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenCorrections, limen_corrections_unref)
