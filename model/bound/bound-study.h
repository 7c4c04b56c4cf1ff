/* What the Bound page shows: one observation, its evidence, and the bound under a few proposals. A
 * value: the page, the command line and the tests use the same. */
#pragma once

#include "model/bound/importance-bound.h"
#include "model/bound/monte-carlo.h"
#include "model/bound/weight-variance.h"
#include "model/latent/gaussian-closed.h"

#define LIMEN_BOUND_N_DOTS 12
#define LIMEN_BOUND_MOST_K 5000
/** limen_bound_dots: the K of the estimates: 1, 2, 5, 10, …, 5,000 */
extern const guint limen_bound_dots[LIMEN_BOUND_N_DOTS];

/**
 * LimenBoundProposal:
 * @name: "ELBO-optimal"
 * @form: (nullable): of a linear Gaussian model: what has a closed form
 * @bound: (nullable): NULL where the latent space has more than two dimensions
 * @bound_error: by how much exact values of VLB^(K), K > 1, may be off, nats; NaN: not known. Where
 * @bound knows its own error, that counts
 * @elbo: VLB^(1): in closed form where there is one
 * @weight_variance: Var_q (w) / p(x)²; INFINITY; NaN where it is not known, or known and too large
 * for float64
 * @weight_variance_error: by how much a finite one may be off; NaN: not known
 * @variance_kind: what is proven of it: it may be finite without its value being known
 * @estimate: of VLB^(K) for each K of limen_bound_dots, as far as draws have come
 */
typedef struct {
  char *name;
  LimenGaussian *q;
  LimenClosedForm *form;
  LimenImportanceBound *bound;
  double elbo, weight_variance, weight_variance_error, bound_error;
  LimenVarianceKind variance_kind;
  LimenRunningMean estimate[LIMEN_BOUND_N_DOTS];
} LimenBoundProposal;

#define LIMEN_BOUND_MOST_PROPOSALS 3

/**
 * LimenBoundStudy:
 * @log_evidence: log p(x), nats; NaN where it is not known
 * @log_evidence_error: by how much it may be off, nats; NaN: not known
 * @proposal: (n_proposals): the first is the one in the hand
 * @aside_k: a K beside limen_bound_dots, 0: none; @aside: the estimate of VLB^(aside_k) of the
 * proposal in the hand, as far as draws have come
 */
typedef struct {
  double log_evidence, log_evidence_error;
  guint n_proposals;
  LimenBoundProposal proposal[LIMEN_BOUND_MOST_PROPOSALS];
  guint aside_k;
  LimenRunningMean aside;
} LimenBoundStudy;

LimenBoundStudy *limen_bound_study_new (double log_evidence);
void limen_bound_study_free (LimenBoundStudy *study);
/** limen_bound_study_add: takes @q and @bound (nullable). Returns: (transfer none) */
LimenBoundProposal *
limen_bound_study_add (LimenBoundStudy *study, const char *name, LimenGaussian *q,
                       LimenImportanceBound *bound, double elbo, double weight_variance);
/** limen_bound_study_set: proposal @index becomes another; takes @q and @bound (nullable), keeps
 * the name; estimates begin anew */
void limen_bound_study_set (LimenBoundStudy *study, guint index, LimenGaussian *q,
                            LimenImportanceBound *bound, double elbo, double weight_variance);
/** limen_bound_study_set_gaussian: the same under a linear Gaussian model, whose log p(x) the study
 * has, too. @kind: what @q is; LIMEN_PROPOSAL_OWN: what its numbers say */
void limen_bound_study_set_gaussian (LimenBoundStudy *study, guint index,
                                     const LimenGaussianCase *gaussian_case, LimenGaussian *q,
                                     LimenProposalKind kind);
/** limen_bound_study_new_gaussian: (transfer full): @kind: (n): which proposals; of 1 or 2 latent
 * variables with the exact bound */
LimenBoundStudy *limen_bound_study_new_gaussian (const LimenGaussianCase *gaussian_case,
                                                 const LimenProposalKind *kind, guint n);
/** limen_proposal_name: "prior", "ELBO-optimal", "moment-matched", "offset", "exact posterior" */
const char *limen_proposal_name (LimenProposalKind kind);
/** limen_bound_study_target: @target, but with the weights of proposal @index where they have a
 * closed form; borrows @study */
LimenTarget
limen_bound_study_target (const LimenBoundStudy *study, guint index, LimenTarget target);

/** limen_bound_study_value: VLB^(@k) under proposal @index, nats; NaN where only estimates exist */
double limen_bound_study_value (const LimenBoundStudy *study, guint index, double k);
/** limen_bound_study_known: the same with how far it may be off; an error of NaN: not known */
LimenNumber limen_bound_study_known (const LimenBoundStudy *study, guint index, double k);
/** limen_bound_study_estimate: of VLB^(@k), and of no other K, under proposal @index; n = 0: none
 * yet */
LimenEstimate limen_bound_study_estimate (const LimenBoundStudy *study, guint index, guint k);
/** limen_bound_dot_of: which of limen_bound_dots @k is; −1: none */
int limen_bound_dot_of (guint k);
/** limen_bound_study_gap: log p(x) − VLB^(@k), not as a difference: to all digits that hold */
LimenNumber limen_bound_study_gap (const LimenBoundStudy *study, guint index, double k);
/** limen_bound_study_variance: Var_q (w) / p(x)² of proposal @index */
LimenNumber limen_bound_study_variance (const LimenBoundStudy *study, guint index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenBoundStudy, limen_bound_study_free)
