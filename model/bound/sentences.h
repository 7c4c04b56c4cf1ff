/* All that the Bound page, its pictures and its command line state in words, each sentence with its
 * condition. */
#pragma once

#include "model/base/claim.h"
#include "model/bound/bound-study.h"

/**
 * LimenBoundState: what a sentence is about; a plain value that borrows @study
 * @index: of the proposal that is spoken of
 * @k: of VLB^(K)
 * @gap: log p(x) − VLB^(@k); NaN where only estimates exist
 * @estimate: of VLB^(@estimate_k), which is spoken of where @gap is not known; n = 0: none yet
 * @n_images: 0, or over how many @estimate is a mean
 */
typedef struct {
  const LimenBoundStudy *study;
  guint index;
  double k;
  LimenNumber gap;
  guint estimate_k;
  LimenEstimate estimate;
  guint n_images;
} LimenBoundState;

/** limen_bound_state: of the proposal in the hand at @k, with the estimate of the same K */
LimenBoundState limen_bound_state (const LimenBoundStudy *study, guint k);

/** limen_bound_claims: of a LimenBoundState: what there is to see, read aloud */
#define LIMEN_BOUND_N_CLAIMS 10
extern const LimenClaim limen_bound_claims[LIMEN_BOUND_N_CLAIMS];
/** limen_bound_study_sentence: (transfer full): the first that holds at @k */
char *limen_bound_study_sentence (const LimenBoundStudy *study, guint k);

/** limen_bound_evidence_claims: of a LimenBoundState: what is known of log p(x) */
#define LIMEN_BOUND_N_EVIDENCE_CLAIMS 2
extern const LimenClaim limen_bound_evidence_claims[LIMEN_BOUND_N_EVIDENCE_CLAIMS];

/**
 * LimenBoundContest: who is ahead of whom
 * @best: the proposal with the highest VLB^(1), by more than errors; −1: none is
 * @from: of each other one: the least K from which on, up to LIMEN_BOUND_MOST_K, its bound is
 * higher than that of @best, by more than errors; 0: none
 */
typedef struct {
  const LimenBoundStudy *study;
  int best;
  guint from[LIMEN_BOUND_MOST_PROPOSALS];
} LimenBoundContest;

LimenBoundContest limen_bound_contest (const LimenBoundStudy *study);
/** limen_bound_contest_claims: of a LimenBoundContest */
#define LIMEN_BOUND_N_CONTEST_CLAIMS 3
extern const LimenClaim limen_bound_contest_claims[LIMEN_BOUND_N_CONTEST_CLAIMS];
/** limen_bound_study_contest: (transfer full) (nullable): "ELBO-optimal is best at K = 1, loses to
 * moment-matched from K = 2 on, and to all from K = 3 on, as far as K = 5 000."; NULL where the
 * first stays first. By search over all K, which may take some hundredths of a second */
char *limen_bound_study_contest (const LimenBoundStudy *study);

/** limen_bound_badge_claims: of a LimenBoundState with @k = LIMEN_BOUND_MOST_K: what is said where
 * no gap of its proposal can be drawn */
#define LIMEN_BOUND_N_BADGE_CLAIMS 4
extern const LimenClaim limen_bound_badge_claims[LIMEN_BOUND_N_BADGE_CLAIMS];
/** limen_bound_curve_claims: of a LimenBoundState: what stands on the curve of a gap */
#define LIMEN_BOUND_N_CURVE_CLAIMS 2
extern const LimenClaim limen_bound_curve_claims[LIMEN_BOUND_N_CURVE_CLAIMS];
/** limen_bound_law_from: from which K on the line Var(w) / 2K p² is drawn for proposal @index:
 * where the variance of a mean of K weights is at most 1, for the law is one of many draws;
 * INFINITY where there is none */
double limen_bound_law_from (const LimenBoundStudy *study, guint index);
/** LIMEN_BOUND_LEAST_GAP: nats: what is drawn of a gap at least */
#define LIMEN_BOUND_LEAST_GAP 1e-12
