#include "model/bound/bound-study.h"

#include <float.h>
#include <math.h>

const guint limen_bound_dots[LIMEN_BOUND_N_DOTS] = {1,   2,   5,   10,   20,   50,
                                                    100, 200, 500, 1000, 2000, 5000};

LimenBoundStudy *
limen_bound_study_new (double log_evidence)
{
  LimenBoundStudy *study = g_new0 (LimenBoundStudy, 1);
  study->log_evidence = log_evidence;
  study->log_evidence_error = NAN;
  return study;
}

static void
proposal_clear (LimenBoundProposal *proposal)
{
  g_clear_pointer (&proposal->q, limen_gaussian_free);
  g_clear_pointer (&proposal->form, limen_closed_form_free);
  g_clear_pointer (&proposal->bound, limen_importance_bound_free);
}

void
limen_bound_study_free (LimenBoundStudy *study)
{
  if (!study)
    return;
  for (guint i = 0; i < study->n_proposals; i++) {
    LimenBoundProposal *proposal = &study->proposal[i];
    g_free (proposal->name);
    proposal_clear (proposal);
  }
  g_free (study);
}

/* What a value in closed form says. */
static LimenVarianceKind
kind_of (double weight_variance)
{
  return isnan (weight_variance)   ? LIMEN_VARIANCE_UNKNOWN
         : isinf (weight_variance) ? LIMEN_VARIANCE_INFINITE
                                   : LIMEN_VARIANCE_FINITE;
}

LimenBoundProposal *
limen_bound_study_add (LimenBoundStudy *study, const char *name, LimenGaussian *q,
                       LimenImportanceBound *bound, double elbo, double weight_variance)
{
  g_return_val_if_fail (study->n_proposals < LIMEN_BOUND_MOST_PROPOSALS, NULL);
  LimenBoundProposal *proposal = &study->proposal[study->n_proposals++];
  *proposal = (LimenBoundProposal){.name = g_strdup (name),
                                   .q = q,
                                   .bound = bound,
                                   .elbo = elbo,
                                   .weight_variance = weight_variance,
                                   .weight_variance_error = NAN,
                                   .variance_kind = kind_of (weight_variance),
                                   .bound_error = NAN};
  return proposal;
}

void
limen_bound_study_set (LimenBoundStudy *study, guint index, LimenGaussian *q,
                       LimenImportanceBound *bound, double elbo, double weight_variance)
{
  LimenBoundProposal *proposal = &study->proposal[index];
  proposal_clear (proposal);
  if (index == 0)
    study->aside_k = 0;
  *proposal = (LimenBoundProposal){.name = proposal->name,
                                   .q = q,
                                   .bound = bound,
                                   .elbo = elbo,
                                   .weight_variance = weight_variance,
                                   .weight_variance_error = NAN,
                                   .variance_kind = kind_of (weight_variance),
                                   .bound_error = NAN};
}

const char *
limen_proposal_name (LimenProposalKind kind)
{
  static const char *const names[LIMEN_N_PROPOSALS] = {
      [LIMEN_PROPOSAL_PRIOR] = "prior",
      [LIMEN_PROPOSAL_ELBO] = "ELBO-optimal",
      [LIMEN_PROPOSAL_MOMENTS] = "moment-matched",
      [LIMEN_PROPOSAL_OWN] = "offset",
      [LIMEN_PROPOSAL_POSTERIOR] = "exact posterior",
  };
  return names[kind];
}

/* -- under a linear Gaussian model -- */

/* @form: (transfer full) */
static void
take_form (LimenBoundProposal *proposal, LimenClosedForm *form)
{
  proposal->form = form;
  proposal->bound = limen_importance_bound_new_closed (form);
  proposal->elbo = form->elbo.value;
  proposal->weight_variance = form->weight_variance.value;
  proposal->weight_variance_error = form->weight_variance.error;
  proposal->variance_kind =
      isinf (form->weight_variance.value) ? LIMEN_VARIANCE_INFINITE : LIMEN_VARIANCE_FINITE;
}

void
limen_bound_study_set_gaussian (LimenBoundStudy *study, guint index,
                                const LimenGaussianCase *gaussian_case, LimenGaussian *q,
                                LimenProposalKind kind)
{
  LimenClosedForm *form = limen_closed_form_new (gaussian_case->model, gaussian_case->x, q, kind);
  limen_bound_study_set (study, index, q, NULL, NAN, NAN);
  study->log_evidence = form->log_evidence.value;
  study->log_evidence_error = form->log_evidence.error;
  take_form (&study->proposal[index], form);
}

LimenBoundStudy *
limen_bound_study_new_gaussian (const LimenGaussianCase *gaussian_case,
                                const LimenProposalKind *kind, guint n)
{
  LimenBoundStudy *study = limen_bound_study_new (NAN);
  for (guint i = 0; i < n; i++) {
    LimenGaussian *q = limen_gaussian_case_proposal (gaussian_case, kind[i]);
    limen_bound_study_add (study, limen_proposal_name (kind[i]), NULL, NULL, NAN, NAN);
    limen_bound_study_set_gaussian (study, i, gaussian_case, q, kind[i]);
  }
  return study;
}

LimenTarget
limen_bound_study_target (const LimenBoundStudy *study, guint index, LimenTarget target)
{
  const LimenClosedForm *form = study->proposal[index].form;
  target.log_weight = form ? limen_closed_form_log_weights : NULL;
  target.weights = form;
  return target;
}

/* -- numbers -- */

int
limen_bound_dot_of (guint k)
{
  for (int dot = 0; dot < LIMEN_BOUND_N_DOTS; dot++)
    if (limen_bound_dots[dot] == k)
      return dot;
  return -1;
}

LimenEstimate
limen_bound_study_estimate (const LimenBoundStudy *study, guint index, guint k)
{
  static const LimenRunningMean none = {0};
  g_return_val_if_fail (study != NULL && index < study->n_proposals, ((LimenEstimate){0}));
  int dot = limen_bound_dot_of (k);
  const LimenRunningMean *known = dot >= 0 ? &study->proposal[index].estimate[dot]
                                  : index == 0 && study->aside_k == k ? &study->aside
                                                                      : &none;
  return limen_running_mean_estimate (known);
}

static double
gap_at (const LimenBoundStudy *study, const LimenBoundProposal *proposal, double k)
{
  if (k == 1 && proposal->form)
    return proposal->form->gap.value;
  if (k == 1 && isfinite (proposal->elbo))
    return study->log_evidence - proposal->elbo;
  return proposal->bound ? limen_importance_bound_gap (proposal->bound, k) : NAN;
}

LimenNumber
limen_bound_study_gap (const LimenBoundStudy *study, guint index, double k)
{
  const LimenBoundProposal *proposal = &study->proposal[index];
  double error = proposal->bound_error + study->log_evidence_error;
  if (k == 1 && proposal->form)
    error = proposal->form->gap.error;
  else if (proposal->form && proposal->bound)
    error = limen_importance_bound_error (proposal->bound, k);
  return (LimenNumber){gap_at (study, proposal, k), error};
}

double
limen_bound_study_value (const LimenBoundStudy *study, guint index, double k)
{
  const LimenBoundProposal *proposal = &study->proposal[index];
  if (k == 1 && isfinite (proposal->elbo))
    return proposal->elbo;
  return study->log_evidence - gap_at (study, proposal, k);
}

LimenNumber
limen_bound_study_known (const LimenBoundStudy *study, guint index, double k)
{
  const LimenBoundProposal *proposal = &study->proposal[index];
  double value = limen_bound_study_value (study, index, k);
  if (k == 1 && proposal->form)
    return proposal->form->elbo;
  if (!proposal->form)
    return (LimenNumber){value, proposal->bound_error};
  double error = limen_bound_study_gap (study, index, k).error + study->log_evidence_error;
  return (LimenNumber){value, error + fabs (value) * DBL_EPSILON / 2};
}

LimenNumber
limen_bound_study_variance (const LimenBoundStudy *study, guint index)
{
  const LimenBoundProposal *proposal = &study->proposal[index];
  if (proposal->form)
    return proposal->form->weight_variance;
  return (LimenNumber){proposal->weight_variance,
                       isinf (proposal->weight_variance) ? 0 : proposal->weight_variance_error};
}
