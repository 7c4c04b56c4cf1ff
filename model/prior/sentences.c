#include "model/prior/sentences.h"

#include <float.h>
#include <math.h>

/* -- one parameter of the duel -- */

gboolean
limen_duel_is_flat (const LimenDuel *duel, guint index)
{
  return fabs (duel->exact[index]) <= duel->exact_error[index];
}

LimenNumber
limen_duel_needed (const LimenDuel *duel, LimenGradientEstimator estimator, guint index)
{
  double variance = duel->cloud[estimator].variance[index];
  double error = duel->cloud[estimator].variance_error[index], gradient = fabs (duel->exact[index]);
  double needed = limen_gradient_samples_needed (gradient, variance);
  if (limen_duel_is_flat (duel, index))
    return (LimenNumber){INFINITY, 0};
  return (LimenNumber){needed, needed * (error / fmax (variance, DBL_MIN) +
                                         2 * duel->exact_error[index] / gradient)};
}

gboolean
limen_duel_draws_nothing (const LimenDuel *duel, LimenGradientEstimator estimator, guint index)
{
  return estimator == LIMEN_REPARAMETERIZATION_KL && index >= 2 * duel->k && index < 4 * duel->k;
}

#define BEYOND 1e15 /* draws that are written with a power of ten */

char *
limen_duel_needed_text (const LimenDuel *duel, LimenGradientEstimator estimator, guint index)
{
  g_return_val_if_fail (duel != NULL && index < duel->n_parameters, NULL);
  LimenNumber known = limen_duel_needed (duel, estimator, index);
  double needed = known.value;
  if (limen_duel_draws_nothing (duel, estimator, index))
    return g_strdup ("none");
  if (!isfinite (needed) || needed > BEYOND)
    return limen_format_digits (known, 2);
  if (needed <= 1)
    return g_strdup ("1");
  double unit = pow (10, fmax (floor (log10 (needed) + 1e-9) - 1, 0));
  return limen_format_number (ceil (needed / unit - 1e-6) * unit, 0);
}

/* The variance of the log-derivative trick without a baseline over that of reparameterization */
static LimenNumber
ratio_of (const LimenDuelState *state)
{
  const LimenDuelCloud *density = &state->duel->cloud[LIMEN_LOG_DERIVATIVE];
  const LimenDuelCloud *path = &state->duel->cloud[LIMEN_REPARAMETERIZATION];
  double ratio = density->variance[state->index] / path->variance[state->index];
  if (!isfinite (density->variance[state->index]) || !isfinite (path->variance[state->index]))
    return (LimenNumber){NAN, NAN};
  double error = density->variance_error[state->index] / path->variance[state->index] +
                 ratio * path->variance_error[state->index] / path->variance[state->index];
  return (LimenNumber){ratio, error};
}

#define LARGE 1e9 /* what is more than that, or less than one in so many, is told as such */

/* A digit of it, or that it is very large or small */
static gboolean
is_known (LimenNumber ratio)
{
  return isfinite (ratio.value) &&
         (ratio.error <= 0.05 * ratio.value || ratio.value - ratio.error > LARGE ||
          ratio.value + ratio.error < 1 / LARGE);
}

/* "38 035", "5.1", "0.3", "0.04": with the digits that hold */
static char *
times_text (LimenNumber ratio)
{
  guint decimals = ratio.value >= 9.95 ? 0 : 1;
  for (double unit = 0.095; ratio.value < unit; unit /= 10)
    decimals++;
  return limen_format_known (ratio, decimals);
}

/* "5.1 times the samples of reparameterization"; @samples: what is compared */
static char *
compare (LimenNumber ratio, const char *samples)
{
  const char *tail = "of reparameterization";
  if (ratio.value - ratio.error > LARGE)
    return g_strdup_printf ("more than a billion times the %s %s", samples, tail);
  if (ratio.value + ratio.error < 1 / LARGE)
    return g_strdup_printf ("less than a billionth of the %s %s", samples, tail);
  g_autofree char *times = times_text (ratio);
  return g_strdup_printf ("%s times the %s %s", times, samples, tail);
}

/* The parameter is one of θ: with respect to A and b no estimator differs, the term being
 * ∇ log p(x|z) for each. */
static gboolean
holds_theta (gconstpointer data)
{
  const LimenDuelState *state = data;
  return state->index >= 4 * state->duel->k;
}

/* The parameter is one of λ, and no digit of the gradient holds, or it is 0. All but the KL
 * divergence in closed form draw ∇ log r(z); that is exact. */
static gboolean
holds_flat_lambda (gconstpointer data)
{
  const LimenDuelState *state = data;
  return state->index >= 2 * state->duel->k && state->index < 4 * state->duel->k &&
         limen_duel_is_flat (state->duel, state->index);
}

/* The parameter is one of λ, and the gradient is not 0. */
static gboolean
holds_lambda (gconstpointer data)
{
  const LimenDuelState *state = data;
  return state->index >= 2 * state->duel->k && state->index < 4 * state->duel->k &&
         !limen_duel_is_flat (state->duel, state->index);
}

/* The parameter is one of q, and of the ratio of the two variances not even one digit is known:
 * one of them is not finite, or 0, or their errors are too large. */
static gboolean
holds_apart (gconstpointer data)
{
  const LimenDuelState *state = data;
  return state->index < 2 * state->duel->k &&
         !(isfinite (state->duel->exact[state->index]) && is_known (ratio_of (state)));
}

/* The parameter is one of q, the ratio of the variances is known, and no digit of the gradient
 * holds, or it is 0. */
static gboolean
holds_flat (gconstpointer data)
{
  const LimenDuelState *state = data;
  return state->index < 2 * state->duel->k && !holds_apart (data) &&
         limen_duel_is_flat (state->duel, state->index);
}

static char *
say_flat (gconstpointer data)
{
  g_autofree char *variance = compare (ratio_of (data), "variance");
  return g_strdup_printf (
      "The gradient is 0, to all digits that hold, so no decimal is to be had; the "
      "log-derivative trick without a baseline has %s here.",
      variance);
}

/* The parameter is one of q, the gradient is not 0, and the ratio of the variances, which is that
 * of the samples needed, is known. */
static gboolean
holds_samples (gconstpointer data)
{
  const LimenDuelState *state = data;
  return state->index < 2 * state->duel->k && !holds_apart (data) &&
         !limen_duel_is_flat (state->duel, state->index);
}

static char *
say_samples (gconstpointer data)
{
  g_autofree char *samples = compare (ratio_of (data), "samples");
  return g_strdup_printf (
      "For one more correct decimal, the log-derivative trick without a baseline needs %s here.",
      samples);
}

const LimenClaim limen_duel_claims[LIMEN_DUEL_N_CLAIMS] = {
    {"θ", holds_theta,
     .words = "With respect to θ all estimators draw the same: the slope of log p(x|z) itself."},
    {"λ, flat", holds_flat_lambda,
     .words = "The gradient is 0, to all digits that hold, so no decimal is to be had; all "
              "estimators draw the same here, but that with the KL divergence in closed form, "
              "which draws nothing."},
    {"λ", holds_lambda,
     .words = "For one more correct decimal, the log-derivative trick and reparameterization need "
              "the same "
              "samples here; with the KL divergence in closed form, none."},
    {"too far apart", holds_apart,
     .words = "The numbers are too far apart to compare the estimators here."},
    {"flat", holds_flat, say_flat},
    {"samples", holds_samples, say_samples},
};

char *
limen_duel_sentence (const LimenDuel *duel, guint index)
{
  const LimenDuelState state = {duel, index};
  return limen_claim_say (limen_duel_claims, LIMEN_DUEL_N_CLAIMS, &state);
}

/* -- a constant in log p -- */

/* A constant was added. A baseline that is made of E L takes it away again, and along a path it has
 * no slope. */
static gboolean
holds_unmoved (gconstpointer state)
{
  return ((const LimenShiftState *)state)->shift != 0;
}

const LimenClaim limen_shift_claims[LIMEN_SHIFT_N_CLAIMS] = {
    {"unmoved", holds_unmoved, .words = "unmoved"},
};

/* -- another prior -- */

/* Of every linear Gaussian model: z = λ1 + √λ2·z' has z' ~ N(0, I), and A·z + b = A·diag √λ2·z' + b
 * + A·λ1 (see limen_standard_prior()). */
const LimenClaim limen_standard_claims[LIMEN_STANDARD_N_CLAIMS] = {
    {"the same p(x)", limen_claim_always,
     .words = "A linear decoder can do all that a Gaussian prior does: p(x) is the same. What λ "
              "changes is the way to it."},
};

/* -- a cost that wiggles -- */

/* By more than what is called level */
static gboolean
is_below (double a, double b)
{
  return b - a > LIMEN_WIGGLE_LEVEL * fmax (a, b);
}

/* Without a baseline and with the mean as one, and so with the best one, the log-derivative trick
 * has less variance. */
static gboolean
holds_any_baseline (gconstpointer data)
{
  const LimenWiggle *wiggle = data;
  return is_below (wiggle->log_derivative, wiggle->reparameterization) &&
         is_below (wiggle->mean_baseline, wiggle->reparameterization) &&
         is_below (wiggle->best_baseline, wiggle->reparameterization);
}

/* The mean is a bad baseline: with it the log-derivative trick has more variance, without it less;
 * and so with the best one. */
static gboolean
holds_but_the_mean (gconstpointer data)
{
  const LimenWiggle *wiggle = data;
  return is_below (wiggle->log_derivative, wiggle->reparameterization) &&
         is_below (wiggle->reparameterization, wiggle->mean_baseline) &&
         is_below (wiggle->best_baseline, wiggle->reparameterization);
}

/* Only the best baseline leaves the log-derivative trick less variance. (Never the mean alone: it
 * is better than none where ω²s² < ½, and there paths are better yet.) */
static gboolean
holds_best_only (gconstpointer data)
{
  const LimenWiggle *wiggle = data;
  return is_below (wiggle->reparameterization, wiggle->log_derivative) &&
         is_below (wiggle->reparameterization, wiggle->mean_baseline) &&
         is_below (wiggle->best_baseline, wiggle->reparameterization);
}

/* Even the best baseline leaves more variance, and so does every other constant. */
static gboolean
holds_paths (gconstpointer data)
{
  const LimenWiggle *wiggle = data;
  return is_below (wiggle->reparameterization, wiggle->log_derivative) &&
         is_below (wiggle->reparameterization, wiggle->mean_baseline) &&
         is_below (wiggle->reparameterization, wiggle->best_baseline);
}

static gboolean
is_level (double a, double b)
{
  return !is_below (a, b) && !is_below (b, a);
}

/* One of the three is as good as reparameterization, but for what is called level. */
static gboolean
holds_level (gconstpointer data)
{
  const LimenWiggle *wiggle = data;
  return is_level (wiggle->log_derivative, wiggle->reparameterization) ||
         is_level (wiggle->mean_baseline, wiggle->reparameterization) ||
         is_level (wiggle->best_baseline, wiggle->reparameterization);
}

static char *
say_level (gconstpointer data)
{
  const LimenWiggle *wiggle = data;
  double path = wiggle->reparameterization;
  return g_strdup_printf ("Reparameterization and the log-derivative trick %s are level here.",
                          is_level (wiggle->log_derivative, path)  ? "without a baseline"
                          : is_level (wiggle->mean_baseline, path) ? "with the mean as baseline"
                                                                   : "with the best baseline");
}

const LimenClaim limen_wiggle_claims[LIMEN_WIGGLE_N_CLAIMS] = {
    {"any baseline", holds_any_baseline,
     .words =
         "The log-derivative trick wins, with a baseline or without: it never looks at a slope."},
    {"but the mean", holds_but_the_mean,
     .words = "The log-derivative trick wins without a baseline and with the best one; with the "
              "mean as baseline, reparameterization does."},
    {"the best only", holds_best_only,
     .words = "The log-derivative trick wins with the best baseline; with the mean as one, or "
              "none, reparameterization does."},
    {"paths", holds_paths,
     .words = "Reparameterization wins, whatever the baseline: it knows the slope."},
    {"level", holds_level, say_level},
};

/* -- a training -- */

/* "After 2 000 steps by reparameterization" */
static char *
after (const LimenTrainingReport *report)
{
  g_autofree char *steps = limen_format_number ((double)report->last.step, 0);
  return g_strdup_printf ("After %s step%s by %s", steps, report->last.step == 1 ? "" : "s",
                          limen_estimator_word (report->settings.estimator));
}

/* By how much the bound is below what such a model reaches at most; NaN: not known */
static LimenNumber
gap_of (const LimenTrainingReport *report)
{
  return (LimenNumber){report->maximum.value - report->last.bound,
                       report->maximum.error + report->last.bound_error};
}

/* Bound and maximum are exact, and differ by more than they may be off. */
static gboolean
holds_below (gconstpointer data)
{
  LimenNumber gap = gap_of (data);
  return isfinite (gap.value) && gap.value > gap.error;
}

static char *
say_below (gconstpointer data)
{
  LimenNumber gap = gap_of (data);
  g_autofree char *start = after (data), *nats = limen_format_digits (gap, 2);
  return g_strdup_printf ("%s the bound stands %s nats per point below the highest log-likelihood "
                          "that such a model reaches.",
                          start, nats);
}

/* Bound and maximum are exact, and can't be told apart. */
static gboolean
holds_reached (gconstpointer data)
{
  LimenNumber gap = gap_of (data);
  return isfinite (gap.value) && fabs (gap.value) <= gap.error;
}

static char *
say_reached (gconstpointer data)
{
  LimenNumber gap = gap_of (data);
  g_autofree char *start = after (data);
  double most = 1.05 * (fmax (gap.value, 0) + gap.error); /* not less when rounded */
  g_autofree char *nats = limen_format_digits ((LimenNumber){most, 0}, 2);
  return g_strdup_printf ("%s the bound is within %s nats per point of the highest log-likelihood "
                          "that such a model reaches: nearer than can be told.",
                          start, nats);
}

/* The bound is estimated from draws, with a standard error, over points that are counted. An
 * estimate may be above log p(x); the bound is not (Jensen's inequality). */
static gboolean
holds_estimated (gconstpointer data)
{
  const LimenTrainingReport *report = data;
  return isfinite (report->last.bound) && isfinite (report->last.bound_standard_error);
}

static char *
say_estimated (gconstpointer data)
{
  const LimenTrainingReport *report = data;
  g_autofree char *start = after (report);
  g_autofree char *mean =
      limen_format_mean (report->last.bound, 2 * report->last.bound_standard_error, 6);
  g_autofree char *seen = limen_format_number (report->last.n_points, 0);
  g_autofree char *all = limen_format_number (report->points->n, 0);
  g_autofree char *of = report->last.n_points < report->points->n
                            ? g_strdup_printf (" of %s points among %s", seen, all)
                            : g_strdup ("");
  return g_strdup_printf ("%s the bound%s is estimated at %s nats per point, two standard errors; "
                          "log p(x) is at least the bound, not its estimate, on average.",
                          start, of, mean);
}

/* The bound is exact, but what it could be at most is not known. */
static gboolean
holds_bound (gconstpointer data)
{
  const LimenTrainingReport *report = data;
  return isfinite (report->last.bound) && isnan (report->last.bound_standard_error) &&
         !isfinite (gap_of (report).value);
}

static char *
say_bound (gconstpointer data)
{
  const LimenTrainingReport *report = data;
  g_autofree char *start = after (report);
  g_autofree char *bound =
      limen_format_known ((LimenNumber){report->last.bound, report->last.bound_error}, 2);
  return g_strdup_printf (
      "%s the bound is %s nats per point; log p(x) is at least that on average.", start, bound);
}

const LimenClaim limen_training_claims[LIMEN_TRAINING_N_CLAIMS] = {
    {"below", holds_below, say_below},
    {"reached", holds_reached, say_reached},
    {"estimated", holds_estimated, say_estimated},
    {"bound", holds_bound, say_bound},
};

char *
limen_training_report_sentence (const LimenTrainingReport *report)
{
  char *sentence = limen_claim_say (limen_training_claims, LIMEN_TRAINING_N_CLAIMS, report);
  return sentence ? sentence : g_strdup ("");
}

/* -- a race -- */

/* Maps are affine: bounds are in closed form, over all points. */
static gboolean
holds_exact_note (gconstpointer data)
{
  return ((const LimenRaceState *)data)->hidden == 0;
}

static char *
say_exact_note (gconstpointer data)
{
  g_autofree char *n = limen_format_number (((const LimenRaceState *)data)->n_points, 0);
  return g_strdup_printf ("bound of %s points, nats per point", n);
}

/* Maps have hidden units: bounds are estimated, of all points where those are few. */
static gboolean
holds_estimate_note (gconstpointer data)
{
  const LimenRaceState *state = data;
  return state->hidden > 0 && state->n_points <= LIMEN_PRIOR_SURVEY;
}

static char *
say_estimate_note (gconstpointer data)
{
  g_autofree char *n = limen_format_number (((const LimenRaceState *)data)->n_points, 0);
  return g_strdup_printf ("bound of %s points, estimated, nats per point", n);
}

/* The same, of so many of them that it does not take longer than a step. */
static gboolean
holds_survey_note (gconstpointer data)
{
  const LimenRaceState *state = data;
  return state->hidden > 0 && state->n_points > LIMEN_PRIOR_SURVEY;
}

static char *
say_survey_note (gconstpointer data)
{
  g_autofree char *n = limen_format_number (((const LimenRaceState *)data)->n_points, 0);
  return g_strdup_printf ("bound of %u of %s points, estimated, nats per point", LIMEN_PRIOR_SURVEY,
                          n);
}

const LimenClaim limen_race_note_claims[LIMEN_RACE_NOTE_N_CLAIMS] = {
    {"exact", holds_exact_note, say_exact_note},
    {"estimated", holds_estimate_note, say_estimate_note},
    {"some, estimated", holds_survey_note, say_survey_note},
};

/* Maps are affine, so that the bound is one of a linear Gaussian model, and the highest
 * log-likelihood of those is known (Tipping and Bishop, 1999). */
static gboolean
holds_level_of_race (gconstpointer data)
{
  const LimenRaceState *state = data;
  return state->hidden == 0 && isfinite (state->best);
}

const LimenClaim limen_race_level_claims[LIMEN_RACE_LEVEL_N_CLAIMS] = {
    {"maximum likelihood", holds_level_of_race, .words = "maximum likelihood: no bound can pass"},
};
