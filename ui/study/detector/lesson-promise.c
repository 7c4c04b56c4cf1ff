/* What can be promised of a line, and what does dragging do to it? */
#include "ui/study/detector/lesson-private.h"

#include "model/base/number.h"
#include "model/detect/band.h"
#include "model/detect/sentences-rule.h"
#include "model/detect/sentences.h"

#include <math.h>

#define A_STEP      0.1 /* standard deviations: the step of the spin button */
#define LOOKED_AWAY 1.5 /* standard deviations from where the line is, for a hand to go */

/* -- standard deviations -- */

static gboolean
has_other_sigmas (gpointer session, const LimenLessonMark *mark)
{
  return limen_detector_lesson_ruled (session, mark, LIMEN_RULE_SIGMAS, LIMEN_OTHER_SIGMAS);
}

/* The most that may lie beyond @k > 0 standard deviations, of any distribution: on one side by
 * Cantelli's inequality, on both by Chebyshev's */
static double
most_beyond (double k, LimenSide side)
{
  return side == LIMEN_SIDE_BOTH ? fmin (1, 1 / (k * k)) : 1 / (1 + k * k);
}

/* (transfer full): @share in percent, rounded up */
static char *
most_text (double share)
{
  double percent = ceil (1e4 * share * (1 - 1e-12)) / 100;
  return limen_format_significant (fmin (percent, 100), 4);
}

static gboolean
are_all_finite (const LimenScores *scores)
{
  return scores->n > 1 && isfinite (scores->sorted[0]) && isfinite (scores->sorted[scores->n - 1]);
}

/* Said of a line that standard deviations have set; of the validation half itself where k is above
 * 0 and all of its scores are finite: then the inequality is one about it. */
static char *
see_sigmas (gpointer session, const LimenLessonMark *mark)
{
  LimenTested tested;
  if (!limen_detector_lesson_tested (session, &tested) ||
      tested.detector->rule.kind != LIMEN_RULE_SIGMAS)
    return NULL;
  const LimenDetector *detector = tested.detector;
  double k = detector->rule.value;
  g_autofree char *promise = limen_rule_promise (detector);
  if (!(k > 0) || !are_all_finite (detector->validation))
    return g_steal_pointer (&promise);
  LimenErrorRate there = limen_detector_lesson_validation (&tested);
  g_autofree char *flagged = limen_detector_lesson_rate_text (&there);
  g_autofree char *most = most_text (most_beyond (k, limen_detector_measure (detector)->side));
  return g_strdup_printf (
      "%s Of the validation half itself it flags %s; more than %s %% it cannot.", promise, flagged,
      most);
}

/* From where k was towards 3, or towards 2 where it was near 3 */
static gboolean
show_sigmas (gpointer session, const LimenLessonMark *mark, double t)
{
  double start = mark->number[LIMEN_DETECTOR_MARK_VALUE];
  gboolean counted = mark->number[LIMEN_DETECTOR_MARK_RULE] == LIMEN_RULE_SIGMAS;
  double end = counted && fabs (start - 3) < LIMEN_OTHER_SIGMAS ? 2 : 3;
  double k = counted && t < 1 ? round ((start + t * (end - start)) / A_STEP) * A_STEP : end;
  if (!limen_detector_lesson_ready (session))
    return FALSE;
  limen_detector_session_set_rule (session, (LimenRule){LIMEN_RULE_SIGMAS, k});
  return TRUE;
}

/* -- a promise of any distribution -- */

static gboolean
is_conformal (gpointer session, const LimenLessonMark *mark)
{
  return limen_detector_lesson_ruled (session, mark, LIMEN_RULE_CONFORMAL, 0);
}

/* Said of a line that conformal p-values have set. */
static char *
see_conformal (gpointer session, const LimenLessonMark *mark)
{
  LimenTested tested;
  if (!limen_detector_lesson_tested (session, &tested) ||
      tested.detector->rule.kind != LIMEN_RULE_CONFORMAL)
    return NULL;
  guint n = tested.detector->validation->n;
  guint rank =
      limen_rule_rank (tested.detector->rule, n, limen_detector_measure (tested.detector)->side);
  g_autofree char *promise = limen_rule_promise (tested.detector);
  g_autofree char *k = limen_format_number (rank, 0), *all = limen_format_number (n + 1.0, 0);
  g_autofree char *most = most_text (rank / (n + 1.0));
  return g_strdup_printf ("%s Here k = %s, and k/(n + 1) = %s/%s is at most %s %%.", promise, k, k,
                          all, most);
}

/* 1 % where the validation half is large enough for it, else as little as it is good for; twice as
 * much where it was that */
static gboolean
show_conformal (gpointer session, const LimenLessonMark *mark, double t)
{
  if (!limen_detector_lesson_ready (session))
    return FALSE;
  guint n = limen_detector_session_detector (session)->validation->n;
  double alpha = n >= 99 ? 0.01 : ceil (1000.0 / (n + 1)) / 1000;
  gboolean there = mark->number[LIMEN_DETECTOR_MARK_RULE] == LIMEN_RULE_CONFORMAL &&
                   mark->number[LIMEN_DETECTOR_MARK_VALUE] == alpha;
  if (t == 1)
    limen_detector_session_set_rule (
        session, (LimenRule){LIMEN_RULE_CONFORMAL, fmin (there ? 2 * alpha : alpha, 0.999)});
  return TRUE;
}

/* -- the hand -- */

/* Half a standard deviation is no trembling. */
static gboolean
has_looked (gpointer session, const LimenLessonMark *mark)
{
  LimenTested tested;
  if (!limen_detector_lesson_dragged (session, mark) ||
      !limen_detector_lesson_tested (session, &tested))
    return FALSE;
  double way = fabs (tested.detector->threshold - mark->number[LIMEN_DETECTOR_MARK_THRESHOLD]);
  return limen_detector_session_state (session)->promise == LIMEN_PROMISE_LOOKING &&
         !(way < tested.detector->std / 2); /* NaN: there was no line */
}

/* (transfer full): "1.3–2.5 %" */
static char *
interval_text (const LimenErrorRate *rate)
{
  g_autofree char *low = limen_percent_text (rate->low), *high = limen_percent_text (rate->high);
  return g_strdup_printf ("%s–%s %%", low, high);
}

/* Both intervals of the rate of type I, where the line is now */
static char *
both_text (const LimenTested *tested)
{
  LimenErrorRate fixed = limen_error_rate (tested->type_1.errors, tested->type_1.n);
  LimenErrorRate anywhere = limen_error_rate_anywhere (tested->type_1.errors, tested->type_1.n);
  g_autofree char *narrow = interval_text (&fixed), *wide = interval_text (&anywhere);
  return g_strdup_printf ("%s for a line that was fixed beforehand, and %s for one that was chosen "
                          "by looking",
                          narrow, wide);
}

/* Said where there is a band for so many test images. */
static char *
see_looked (gpointer session, const LimenLessonMark *mark)
{
  LimenTested tested;
  if (!limen_detector_lesson_tested (session, &tested) || tested.type_1.n > LIMEN_BAND_MOST)
    return NULL;
  g_autofree char *flagged = limen_detector_lesson_rate_text (&tested.type_1);
  g_autofree char *both = both_text (&tested);
  return g_strdup_printf ("Of the test half are flagged: %s. That tells, with 95 %% confidence, of "
                          "all normal images: %s.",
                          flagged, both);
}

static gboolean
show_looked (gpointer session, const LimenLessonMark *mark, double t)
{
  if (!limen_detector_lesson_ready (session))
    return FALSE;
  const LimenDetector *detector = limen_detector_session_detector (session);
  double start = mark->number[LIMEN_DETECTOR_MARK_THRESHOLD];
  start = isfinite (start) ? start : limen_detector_session_threshold (session);
  double way = LOOKED_AWAY * (detector->std > 0 ? detector->std : 1);
  limen_detector_lesson_show_drag (session, mark,
                                   start < detector->mean ? start + way : start - way, t);
  return TRUE;
}

/* -- the switch -- */

/* By the switch alone: rule and number are what they were. */
static gboolean
has_switched (gpointer session, const LimenLessonMark *mark)
{
  const LimenDetectorPageState *state = limen_detector_session_state (session);
  return limen_detector_lesson_has_both (session) &&
         state->promise != mark->number[LIMEN_DETECTOR_MARK_PROMISE] &&
         state->rule.kind == mark->number[LIMEN_DETECTOR_MARK_RULE] &&
         state->rule.value == mark->number[LIMEN_DETECTOR_MARK_VALUE];
}

/* Said where there is a band for so many test images. */
static char *
see_switched (gpointer session, const LimenLessonMark *mark)
{
  LimenTested tested;
  if (!limen_detector_lesson_tested (session, &tested) || tested.type_1.n > LIMEN_BAND_MOST)
    return NULL;
  g_autofree char *interval = interval_text (&tested.type_1);
  g_autofree char *both = both_text (&tested);
  return g_strdup_printf ("The panel says %s now. It is %s.", interval, both);
}

static gboolean
show_switched (gpointer session, const LimenLessonMark *mark, double t)
{
  if (!limen_detector_lesson_ready (session))
    return FALSE;
  if (t == 1)
    limen_detector_session_set_promise (session, mark->number[LIMEN_DETECTOR_MARK_PROMISE] ==
                                                         LIMEN_PROMISE_FIXED
                                                     ? LIMEN_PROMISE_LOOKING
                                                     : LIMEN_PROMISE_FIXED);
  return TRUE;
}

/* -- the question -- */

static const LimenLessonStep steps[] = {
    {"detector.promise.sigmas",
     "Set the threshold by standard deviations, and take another number of them than stands there: "
     "3 "
     "in the place of 2, say. Compare what is flagged with what the rule says of a Gaussian.",
     limen_detector_lesson_mark, has_other_sigmas, see_sigmas,
     "Below the mean − 3 standard deviations lies 0.135 % of a Gaussian. Log-likelihoods need not "
     "be "
     "one: their lower tail may be heavier, and then more is flagged. Of any distribution only "
     "this "
     "holds: at most 1/(1 + k²) lies there, which is 10 % for k = 3, and 1/k² where both sides are "
     "flagged.",
     "\\Pr(s ≤ μ - k σ) ≤ \\frac{1}{1 + k^2} \\\\ \\text{for every distribution, } k > 0",
     show_sigmas},
    {"detector.promise.conformal",
     "Take a rule that promises something of every distribution: Choose the rule, Conformal. If it "
     "is chosen already, take another α.",
     limen_detector_lesson_mark, is_conformal, see_conformal,
     "A new normal image is one of n + 1 that are alike, with the n validation images, and the "
     "chance that it is among the k most unusual of them is at most k/(n + 1). So the line stands "
     "at the kth most unusual one, where one side is flagged; k is as large as α allows. No shape "
     "of the distribution is assumed; only that the images are drawn alike.",
     "\\Pr(\\text{new normal image is flagged}) ≤ \\frac{k}{n + 1} ≤ α", show_conformal},
    {"detector.promise.drag",
     "Now drag the line by hand, well away from where it is, while you look at the rates, and "
     "watch the intervals beside them.",
     limen_detector_lesson_mark, has_looked, see_looked,
     "An interval for one line misses the truth in at most 5 % of all test halves. Who looks at "
     "many lines and takes the one that pleases may find just those where it misses. The band is "
     "made so "
     "that it holds for all lines at once in 95 % of all test halves or more. So it holds for the "
     "one that was chosen, too, however it was chosen. The price is that it is never narrower than "
     "the interval for one line.",
     "\\Pr \\left( α(t) ∈ \\text{band}(t) \\text{ for all } t \\right) ≥ 0.95", show_looked},
    {"detector.promise.switch",
     "Press the other of the two buttons “Fixed beforehand” and “By looking”, and leave the line "
     "where it is.",
     limen_detector_lesson_mark, has_switched, see_switched,
     "The line, the images and the count are the same: only the interval is another one. Which of "
     "them is right stands in none of the numbers, but in what you did: whether the line would "
     "stand "
     "elsewhere had the test half been another. “Try it…” draws 200 other test halves and counts "
     "how "
     "often each interval misses.",
     "\\text{fixed: } \\Pr(α(t) ∈ \\text{interval}) ≥ 0.95 \\text{ for this one } t",
     show_switched},
};

static const LimenLessonLine proof[] = {
    {"The Gaussian. If scores have a Gaussian distribution with mean μ and standard deviation σ, "
     "then (s − μ)/σ is a standard normal number, and the share below μ − kσ is Φ(−k): 2.28 % for "
     "k "
     "= 2, and 0.135 % for k = 3. This uses the shape of the distribution, far out in its tail, "
     "where nobody has many images to see it by.",
     "\\Pr(s < μ - k σ) = Φ(-k), \\quad Φ(-3) ≈ 0.00135"},
    {"Any distribution (Cantelli). Let x = μ − s, with mean 0 and variance σ², and let c be above "
     "0. "
     "Where x ≥ kσ, x + c is at least kσ + c, which is above 0, and so its square divided by (kσ + "
     "c)² is at least 1. So the probability is at most the mean of that quotient.",
     "\\Pr(x ≥ k σ) ≤ \\frac{\\E[(x + c)^2]}{(k σ + c)^2} = \\frac{σ^2 + c^2}{(k σ + c)^2}"},
    {"It is smallest for c = σ/k, where it is 1/(1 + k²). It cannot be bettered: a score that is μ "
     "− "
     "kσ with the probability 1/(1 + k²), and else μ + σ/k, has mean μ and standard deviation σ.",
     "\\frac{σ^2 + σ^2 / k^2}{(k σ + σ / k)^2} = \\frac{1}{1 + k^2}"},
    {"The same inequality, read of the n validation scores as a distribution of their own, says "
     "how "
     "many of them can lie below their own mean − k standard deviations. The standard deviation of "
     "the program divides by n − 1, which is a little more than n would give, and keeps it true. "
     "Where both sides are flagged, Chebyshev's 1/k² takes its place.",
     "\\frac{1}{n} \\sum_{i=1}^{n} [s_i ≤ \\hat{μ} - k \\hat{σ}] ≤ \\frac{1}{1 + k^2}"},
    {"Conformal. Let s_1, …, s_n be the validation scores and s_{n+1} that of a new normal image, "
     "all drawn independently from one distribution, and let k be at most α(n + 1). Low scores are "
     "unusual. The line "
     "stands "
     "at the kth lowest of the first n. If the new image is below it, at most k − 1 of these score "
     "as low as the new one or lower, and of all n + 1, itself among them, at most k. At most k of "
     "the n + 1 images can be like that: the highest of those that are has all of them as low as "
     "itself or lower. And each of the n + 1 is as likely to be one of them as any other.",
     "\\Pr(s_{n+1} < s_{(k)}) ≤ \\frac{k}{n + 1} ≤ α"},
    {"Dragging. For one t, fixed before the test half was seen, k(t) is binomial, and the interval "
     "of "
     "Clopper and Pearson holds α(t) with a probability of 95 % or more. If t* is chosen by "
     "looking "
     "at the same k, k(t*) is not binomial any more: the interval at t* misses as soon as those at "
     "some lines do, and the choice falls on them.",
     "\\Pr(\\text{interval misses at } t^*) ≤ \\Pr(\\text{it misses at some } t) \\\\ \\text{which "
     "may be far above } 5 \\, %"},
    {"The band. Without ties u_i = α(s_i) are n independent uniform numbers, as α is the "
     "distribution function of the scores. Sorted, the ith of them has a beta distribution. Choose "
     "η so that, with a probability of 95 %, all n of them are within their own η/2 and 1 − η/2 "
     "quantiles at once. This does not depend on what the distribution is.",
     "u_{(i)} ∼ \\text{Beta}(i, n - i + 1), \\quad \\Pr \\left( \\text{all } u_{(i)} \\text{ "
     "within} "
     "\\right) = 0.95"},
    {"A line t with k(t) = k stands between the kth and the next score, so that α(t) is between "
     "u_{(k)} and u_{(k+1)}. In that event it is between the lower quantile of the first and the "
     "upper one of the second, for every t. For the chosen one as well: no matter how it was "
     "chosen.",
     "B_{η/2}(k, n - k + 1) ≤ α(t) \\\\ ≤ B_{1 - η/2}(k + 1, n - k) \\quad \\text{for all } t"},
    {"These are the bounds of Clopper and Pearson with the confidence 1 − η in the place of 95 %. "
     "As "
     "each single u_{(i)} is within its quantiles with the probability 1 − η, and all at once are "
     "so "
     "no more often, 95 % is at most 1 − η. So η is at most 5 %, and the band is never narrower "
     "than "
     "the interval.",
     "0.95 = \\Pr(\\text{all within}) ≤ \\Pr(\\text{one within}) = 1 - η"},
};

const LimenLessonQuestion limen_detector_question_promise = {
    "detector.promise",
    "What does mean − 3 standard deviations promise, and what does dragging do to a promise?",
    steps,
    G_N_ELEMENTS (steps),
    proof,
    G_N_ELEMENTS (proof)};
