#include "model/bound/bound-study.h"
#include "model/base/number.h"

#include <math.h>

const guint limen_bound_dots[LIMEN_BOUND_N_DOTS] = {1,   2,   5,   10,   20,   50,
                                                    100, 200, 500, 1000, 2000, 5000};

/* Below, a gap is what rounding leaves of zero. */
#define TIGHT 1e-9

LimenBoundStudy *
limen_bound_study_new (double log_evidence)
{
  LimenBoundStudy *study = g_new0 (LimenBoundStudy, 1);
  study->log_evidence = log_evidence;
  study->log_evidence_error = NAN;
  return study;
}

void
limen_bound_study_free (LimenBoundStudy *study)
{
  if (!study)
    return;
  for (guint i = 0; i < study->n_proposals; i++) {
    LimenBoundProposal *proposal = &study->proposal[i];
    g_free (proposal->name);
    limen_gaussian_free (proposal->q);
    g_clear_pointer (&proposal->bound, limen_importance_bound_free);
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
  limen_gaussian_free (proposal->q);
  g_clear_pointer (&proposal->bound, limen_importance_bound_free);
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

LimenBoundStudy *
limen_bound_study_new_gaussian (const LimenGaussianCase *gaussian_case,
                                const LimenProposalKind *kind, guint n)
{
  const LimenGaussianModel *model = gaussian_case->model;
  const double *x = gaussian_case->x;
  LimenBoundStudy *study = limen_bound_study_new (limen_gaussian_model_log_evidence (model, x));
  for (guint i = 0; i < n; i++) {
    LimenGaussian *q = limen_gaussian_case_proposal (gaussian_case, kind[i]);
    LimenImportanceBound *bound =
        model->latent <= 2 ? limen_importance_bound_new_gaussian (model, x, q) : NULL;
    limen_bound_study_add (study, limen_proposal_name (kind[i]), q, bound,
                           limen_gaussian_model_elbo (model, x, q),
                           limen_gaussian_model_weight_variance (model, x, q));
  }
  return study;
}

double
limen_bound_study_value (const LimenBoundStudy *study, guint index, double k)
{
  const LimenBoundProposal *proposal = &study->proposal[index];
  if (k == 1 && isfinite (proposal->elbo))
    return proposal->elbo;
  return proposal->bound ? study->log_evidence - limen_importance_bound_gap (proposal->bound, k)
                         : NAN;
}

/* -- words -- */

/* A gap as it is said: as many decimals as two digits need. */
static char *
format_gap (double gap)
{
  int decimals = gap > 0 ? 1 - (int)floor (log10 (gap)) : 0;
  return limen_format_number (gap, (guint)CLAMP (decimals, 0, 12));
}

char *
limen_bound_estimate_sentence (guint k, LimenEstimate estimate)
{
  g_autofree char *shown_k = limen_format_number (k, 0);
  const char *samples = k == 1 ? "sample" : "samples";
  if (estimate.n < 2)
    return g_strdup_printf ("With K = %s %s the bound is being estimated.", shown_k, samples);
  g_autofree char *mean = limen_format_number (estimate.mean, 2);
  g_autofree char *error = format_gap (2 * estimate.standard_error);
  return g_strdup_printf (
      "With K = %s %s the bound is estimated at %s ± %s nats; log p(x) is at least that.", shown_k,
      samples, mean, error);
}

/* The estimate for the K nearest to @k, where no exact value is known. */
static char *
estimate_sentence (const LimenBoundProposal *proposal, guint k)
{
  guint best = 0;
  for (guint i = 1; i < LIMEN_BOUND_N_DOTS; i++)
    if (fabs (log ((double)limen_bound_dots[i] / k)) <
        fabs (log ((double)limen_bound_dots[best] / k)))
      best = i;
  return limen_bound_estimate_sentence (limen_bound_dots[best],
                                        limen_running_mean_estimate (&proposal->estimate[best]));
}

char *
limen_bound_study_sentence (const LimenBoundStudy *study, guint k)
{
  const LimenBoundProposal *proposal = &study->proposal[0];
  g_autofree char *shown_k = limen_format_number (k, 0);
  if (study->n_proposals == 0)
    return g_strdup ("");
  if (!proposal->bound)
    return estimate_sentence (proposal, k);
  double gap = study->log_evidence - limen_bound_study_value (study, 0, k);
  if (gap < TIGHT)
    return g_strdup ("The proposal is the posterior: the bound equals log p(x) for every K.");
  g_autofree char *shown = format_gap (gap);
  return g_strdup_printf ("With K = %s %s the bound stands %s nats below log p(x); "
                          "it can only rise from here.",
                          shown_k, k == 1 ? "sample" : "samples", shown);
}

/* From which K on the proposal @index lies below @other for good, up to the most; 0: never. */
static guint
loses_from (const LimenBoundStudy *study, guint index, guint other)
{
  static const guint later[] = {12, 20, 50, 100, 500, LIMEN_BOUND_MOST_K};
  guint from = 0;
  for (guint i = 0; i < 10 + G_N_ELEMENTS (later); i++) {
    guint k = i < 10 ? i + 1 : later[i - 10];
    double lead =
        limen_bound_study_value (study, index, k) - limen_bound_study_value (study, other, k);
    if (lead < -TIGHT && from == 0)
      from = k;
    else if (lead >= -TIGHT)
      from = 0;
  }
  return from;
}

/* The proposal that is best at K = 1; −1 where one has no exact bound. */
static int
best_at_first (const LimenBoundStudy *study)
{
  int best = 0;
  for (guint i = 0; i < study->n_proposals; i++) {
    if (!study->proposal[i].bound)
      return -1;
    if (limen_bound_study_value (study, i, 1) > limen_bound_study_value (study, (guint)best, 1))
      best = (int)i;
  }
  return best;
}

char *
limen_bound_study_contest (const LimenBoundStudy *study)
{
  int best = study->n_proposals > 1 ? best_at_first (study) : -1;
  guint first = 0, last = 0, winner = 0;
  gboolean loses_to_all = TRUE;
  for (guint i = 0; best >= 0 && i < study->n_proposals; i++) {
    guint from = i == (guint)best ? 0 : loses_from (study, (guint)best, i);
    if (i == (guint)best)
      continue;
    loses_to_all = loses_to_all && from > 0;
    if (from > 0 && (first == 0 || from < first)) {
      first = from;
      winner = i;
    }
    last = MAX (last, from);
  }
  if (first == 0)
    return NULL;
  const char *name = study->proposal[best].name;
  if (loses_to_all && study->n_proposals > 2 && last > first)
    return g_strdup_printf (
        "%s is best at K = 1, loses to %s from K = %u on, and to all from K = %u on.", name,
        study->proposal[winner].name, first, last);
  return g_strdup_printf (
      "%s is best at K = 1, but loses to %s from K = %u on.", name,
      loses_to_all && study->n_proposals > 2 ? "the others" : study->proposal[winner].name, first);
}
