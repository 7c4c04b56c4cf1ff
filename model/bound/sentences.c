#include "model/bound/sentences.h"

#include <math.h>

/* -- words -- */

static const LimenBoundProposal *
proposal_of (const LimenBoundState *state)
{
  return state->index < state->study->n_proposals ? &state->study->proposal[state->index] : NULL;
}

static LimenLikeness
likeness_of (const LimenBoundState *state)
{
  const LimenBoundProposal *proposal = proposal_of (state);
  return proposal && proposal->form ? proposal->form->likeness : LIMEN_LIKENESS_NONE;
}

/* "K = 50 samples" */
static char *
samples (double k)
{
  g_autofree char *number = limen_format_number (k, 0);
  return g_strdup_printf ("K = %s %s", number, k == 1 ? "sample" : "samples");
}

/* "−4.2970 ± 0.0020": two standard errors, as the bars in the picture */
static char *
mean_of (const LimenBoundState *state)
{
  return limen_format_mean (state->estimate.mean, 2 * state->estimate.standard_error, 6);
}

LimenBoundState
limen_bound_state (const LimenBoundStudy *study, guint k)
{
  LimenBoundState state = {.study = study, .k = k, .gap = {NAN, NAN}, .estimate_k = k};
  if (study->n_proposals == 0)
    return state;
  state.gap = limen_bound_study_gap (study, 0, k);
  state.estimate = limen_bound_study_estimate (study, 0, k);
  return state;
}

/* -- the sentence of the page -- */

/* There is no proposal. */
static gboolean
holds_nothing (gconstpointer state)
{
  return !proposal_of (state);
}

/* q and p(z|x) are the same distribution: then every weight is p(x). What is compared are their
 * parameters; a bound near log p(x) proves nothing. */
static gboolean
holds_posterior (gconstpointer state)
{
  return likeness_of (state) == LIMEN_LIKENESS_SAME;
}

/* The numbers of q are those of p(z|x) to the last digit of a float64, and their divergence is
 * below 1e-20 nats: less than a last digit of log p(x) can show. */
static gboolean
holds_rounded (gconstpointer state)
{
  return likeness_of (state) == LIMEN_LIKENESS_ROUNDED;
}

/* log p(x) − VLB^(K) is known, and above 0 by more than it may be off. As the weights are not all
 * the same, it falls with every further sample. */
static gboolean
holds_below (gconstpointer data)
{
  const LimenBoundState *state = data;
  double error = isnan (state->gap.error) ? 0 : state->gap.error;
  return likeness_of (state) == LIMEN_LIKENESS_NONE && isfinite (state->gap.value) &&
         state->gap.value > error;
}

static char *
say_below (gconstpointer data)
{
  const LimenBoundState *state = data;
  g_autofree char *k = samples (state->k);
  g_autofree char *gap = limen_format_digits (state->gap, 2);
  return g_strdup_printf ("With %s the bound stands %s nats below log p(x); it can only rise from "
                          "here.",
                          k, gap);
}

/* log p(x) − VLB^(K) is known, but not to be told from 0: it is at most what was computed and its
 * error together. */
static gboolean
holds_near (gconstpointer data)
{
  const LimenBoundState *state = data;
  return isfinite (state->gap.value) && isfinite (state->gap.error) &&
         state->gap.value <= state->gap.error;
}

static char *
say_near (gconstpointer data)
{
  const LimenBoundState *state = data;
  g_autofree char *k = samples (state->k);
  double most = 1.05 * (fmax (state->gap.value, 0) + state->gap.error); /* not less when rounded */
  g_autofree char *shown = limen_format_digits ((LimenNumber){most, 0}, 2);
  return g_strdup_printf (
      "With %s the bound is within %s nats of log p(x): nearer than can be told.", k, shown);
}

/* There is an estimate with an error, of one observation. */
static gboolean
is_estimated (const LimenBoundState *state)
{
  return state->estimate.n >= 2 && isfinite (state->estimate.mean) &&
         isfinite (state->estimate.standard_error);
}

/* Only an estimate is known of the bound, but log p(x) is; as q is not the posterior, the bound,
 * though not each estimate of it, lies below log p(x). */
static gboolean
holds_estimate_below (gconstpointer data)
{
  const LimenBoundState *state = data;
  return isnan (state->gap.value) && state->n_images == 0 && is_estimated (state) &&
         likeness_of (state) == LIMEN_LIKENESS_NONE && isfinite (state->study->log_evidence);
}

static char *
say_estimate_below (gconstpointer data)
{
  const LimenBoundState *state = data;
  const LimenBoundStudy *study = state->study;
  g_autofree char *k = samples (state->estimate_k), *mean = mean_of (state);
  g_autofree char *evidence =
      limen_format_known ((LimenNumber){study->log_evidence, study->log_evidence_error}, 6);
  return g_strdup_printf ("With %s the bound is estimated at %s nats, two standard errors; the "
                          "bound itself lies below log p(x) = %s.",
                          k, mean, evidence);
}

/* Only an estimate is known, of the mean over images. */
static gboolean
holds_estimate_of_many (gconstpointer data)
{
  const LimenBoundState *state = data;
  return isnan (state->gap.value) && state->n_images > 0 && is_estimated (state);
}

static char *
say_estimate_of_many (gconstpointer data)
{
  const LimenBoundState *state = data;
  g_autofree char *n = limen_format_number (state->n_images, 0);
  g_autofree char *k = samples (state->estimate_k), *mean = mean_of (state);
  return g_strdup_printf ("Over %s %s the bound with %s is estimated at %s nats on average, two "
                          "standard errors; log p(x) is at least the bound, not its estimate.",
                          n, state->n_images == 1 ? "image" : "images", k, mean);
}

/* Only an estimate is known, and log p(x) is not: VLB^(K) ≤ log p(x) holds of the bound. */
static gboolean
holds_estimate (gconstpointer data)
{
  const LimenBoundState *state = data;
  return isnan (state->gap.value) && state->n_images == 0 && is_estimated (state) &&
         !isfinite (state->study->log_evidence);
}

static char *
say_estimate (gconstpointer data)
{
  const LimenBoundState *state = data;
  g_autofree char *k = samples (state->estimate_k), *mean = mean_of (state);
  return g_strdup_printf (
      "With %s the bound is estimated at %s nats, two standard errors; log p(x) "
      "is at least the bound, not its estimate.",
      k, mean);
}

/* There are draws, but float64 cannot hold their mean or its error. */
static gboolean
holds_beyond (gconstpointer data)
{
  const LimenBoundState *state = data;
  return isnan (state->gap.value) && state->estimate.n >= 2 && !is_estimated (state);
}

static char *
say_beyond (gconstpointer data)
{
  const LimenBoundState *state = data;
  g_autofree char *k = samples (state->estimate_k);
  return g_strdup_printf ("With %s the bound cannot be estimated: the weights are beyond what can "
                          "be computed with.",
                          k);
}

/* Fewer than two draws: their mean has no error yet. */
static gboolean
holds_waiting (gconstpointer data)
{
  const LimenBoundState *state = data;
  return isnan (state->gap.value) && state->estimate.n < 2;
}

static char *
say_waiting (gconstpointer data)
{
  const LimenBoundState *state = data;
  g_autofree char *k = samples (state->estimate_k);
  return g_strdup_printf ("With %s the bound is being estimated.", k);
}

const LimenClaim limen_bound_claims[LIMEN_BOUND_N_CLAIMS] = {
    {"nothing", holds_nothing, .words = ""},
    {"posterior", holds_posterior,
     .words = "The proposal is the posterior: the bound equals log p(x) for every K."},
    {"posterior, rounded", holds_rounded,
     .words = "The proposal is the posterior but for the rounding of its numbers: the bound "
              "equals log p(x), to all digits shown, for every K."},
    {"below", holds_below, say_below},
    {"too near", holds_near, say_near},
    {"estimate below log p(x)", holds_estimate_below, say_estimate_below},
    {"estimate over images", holds_estimate_of_many, say_estimate_of_many},
    {"estimate", holds_estimate, say_estimate},
    {"beyond", holds_beyond, say_beyond},
    {"waiting", holds_waiting, say_waiting},
};

char *
limen_bound_study_sentence (const LimenBoundStudy *study, guint k)
{
  LimenBoundState state = limen_bound_state (study, k);
  char *sentence = limen_claim_say (limen_bound_claims, LIMEN_BOUND_N_CLAIMS, &state);
  return sentence ? sentence : g_strdup ("");
}

/* -- log p(x) -- */

/* It has been computed. */
static gboolean
holds_known_evidence (gconstpointer data)
{
  const LimenBoundState *state = data;
  return isfinite (state->study->log_evidence);
}

static char *
say_known_evidence (gconstpointer data)
{
  const LimenBoundStudy *study = ((const LimenBoundState *)data)->study;
  return limen_format_known ((LimenNumber){study->log_evidence, study->log_evidence_error}, 6);
}

/* It has not, but the bound, which it is not below, has an estimate with an error. */
static gboolean
holds_evidence_from_below (gconstpointer data)
{
  const LimenBoundState *state = data;
  return !isfinite (state->study->log_evidence) && is_estimated (state);
}

static char *
say_evidence_from_below (gconstpointer data)
{
  const LimenBoundState *state = data;
  g_autofree char *mean = mean_of (state), *k = limen_format_number (state->estimate_k, 0);
  return g_strdup_printf ("at least the bound at K = %s, estimated at %s", k, mean);
}

const LimenClaim limen_bound_evidence_claims[LIMEN_BOUND_N_EVIDENCE_CLAIMS] = {
    {"known", holds_known_evidence, say_known_evidence},
    {"from below", holds_evidence_from_below, say_evidence_from_below},
};

/* -- the plot of the gap -- */

/* log p(x) is not known. */
static gboolean
holds_no_evidence (gconstpointer data)
{
  const LimenBoundState *state = data;
  return proposal_of (state) && !isfinite (state->study->log_evidence);
}

/* q is the posterior, or has its numbers to the last digit. */
static gboolean
holds_tight (gconstpointer state)
{
  return likeness_of (state) != LIMEN_LIKENESS_NONE;
}

static char *
say_tight (gconstpointer data)
{
  const LimenBoundState *state = data;
  return state->study->n_proposals > 1
             ? g_strdup_printf ("%s: tight for every K", proposal_of (state)->name)
             : g_strdup ("tight for every K");
}

/* There are no exact values for more than one sample. */
static gboolean
holds_estimates_only (gconstpointer data)
{
  const LimenBoundProposal *proposal = proposal_of (data);
  return proposal && !proposal->bound;
}

/* There are exact values, and the highest gap, that at K = 1, is below what is drawn. */
static gboolean
holds_too_small (gconstpointer data)
{
  const LimenBoundState *state = data;
  const LimenBoundProposal *proposal = proposal_of (state);
  return proposal && proposal->bound &&
         limen_bound_study_gap (state->study, state->index, 1).value < LIMEN_BOUND_LEAST_GAP;
}

const LimenClaim limen_bound_badge_claims[LIMEN_BOUND_N_BADGE_CLAIMS] = {
    {"no evidence", holds_no_evidence, .words = "log p(x) is not known: no gap to show"},
    {"tight", holds_tight, say_tight},
    {"estimates only", holds_estimates_only, .words = "only estimates: no exact gap to show"},
    {"too small to draw", holds_too_small, .words = "the gap is below 10⁻¹² nats"},
};

/* The variance of w is infinite: that is decided by the sign of an eigenvalue or by proof, not by a
 * large number. */
static gboolean
has_infinite_variance (const LimenBoundState *state)
{
  const LimenBoundProposal *proposal = proposal_of (state);
  return proposal && proposal->bound &&
         limen_bound_study_variance (state->study, state->index).value == INFINITY;
}

static double
slope_at_most (const LimenBoundState *state)
{
  return limen_importance_bound_slope (proposal_of (state)->bound, LIMEN_BOUND_MOST_K);
}

/* The same, and the gap has a slope at the largest K. */
static gboolean
holds_slope (gconstpointer state)
{
  return has_infinite_variance (state) && isfinite (slope_at_most (state));
}

static char *
say_slope (gconstpointer state)
{
  g_autofree char *slope = limen_format_number (slope_at_most (state), 2);
  return g_strdup_printf ("slope %s: Var(w) = ∞", slope);
}

/* The same, without a slope. */
static gboolean
holds_infinite (gconstpointer state)
{
  return has_infinite_variance (state);
}

const LimenClaim limen_bound_curve_claims[LIMEN_BOUND_N_CURVE_CLAIMS] = {
    {"slope", holds_slope, say_slope},
    {"infinite variance", holds_infinite, .words = "Var(w) = ∞"},
};

double
limen_bound_law_from (const LimenBoundStudy *study, guint index)
{
  double variance = limen_bound_study_variance (study, index).value;
  gboolean drawn = study->proposal[index].bound && isfinite (variance) && variance > 0;
  return drawn ? fmax (variance, 1) : INFINITY;
}
