/* Whether a flow is judged on images that it learned from: their rates are no estimate then. */
#pragma once

#include "model/base/claim.h"

/**
 * LimenLearnedSet:
 * @n_images: of the set
 * @n_learned: how many of them have the pixels of an image that the flow was trained with, be it
 * that it learned from it, or that it was held out and chose the best flow
 * @same_files: whether any of its files is one that those images were read from
 */
typedef struct {
  guint n_images, n_learned;
  gboolean same_files;
} LimenLearnedSet;

/** LimenLearned: of the normal images, validation among them, and of the anomalies; all zero:
 * nothing is known. A plain value */
typedef struct {
  LimenLearnedSet normal, anomaly;
} LimenLearned;

/** LimenLearnedClaims: tables of claims about a LimenLearnedSet */
typedef enum {
  LIMEN_CLAIMS_LEARNED_NORMAL,
  LIMEN_CLAIMS_LEARNED_ANOMALY,
  LIMEN_N_LEARNED_CLAIMS,
} LimenLearnedClaims;

/** limen_learned_claims: @n: (out): how many */
const LimenClaim *limen_learned_claims (LimenLearnedClaims table, guint *n);

/** limen_learned_sentence: (transfer full) (nullable): a sentence for each set that there is one
 * to say of; NULL where there is none */
char *limen_learned_sentence (const LimenLearned *learned);
