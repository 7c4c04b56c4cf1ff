/* What the test half says of what a rule promises. */
#include "model/detect/sentences-rule.h"
#include "model/detect/sentences.h"

#include <math.h>

static guint
n_of (const LimenScores *scores)
{
  return scores ? scores->n : 0;
}

static gboolean
is_set (const LimenDetector *detector)
{
  return !isnan (detector->threshold);
}

static gboolean
is_by (LimenRuleKind kind, gconstpointer detector)
{
  return ((const LimenDetector *)detector)->rule.kind == kind;
}

/* What it flags of a Gaussian */
static double
gaussian (const LimenDetector *detector)
{
  return limen_rule_gaussian_rate (detector->rule, limen_detector_measure (detector)->side);
}

/* (transfer full): "of the normal test images it flags 2.6 % (95 %: 2.2–3.1 %)" */
static char *
tested_text (const LimenDetector *detector)
{
  LimenErrorRate rate = limen_detector_type_1 (detector);
  g_autofree char *percent = limen_percent_text (rate.rate), *low = limen_percent_text (rate.low),
                  *high = limen_percent_text (rate.high);
  return g_strdup_printf ("of the normal test images it flags %s %% (95 %%%s: %s–%s %%)", percent,
                          rate.band ? " wherever the line is" : "", low, high);
}

/* A threshold is set, and there are no normal test images. */
static gboolean
is_untested (gconstpointer data)
{
  const LimenDetector *detector = data;
  return is_set (detector) && n_of (detector->normal) == 0;
}

static gboolean
is_tested (const LimenDetector *detector)
{
  return is_set (detector) && n_of (detector->normal) > 0;
}

/* By standard deviations, and the interval of the test images is above the share of a Gaussian. */
static gboolean
is_heavier (gconstpointer data)
{
  const LimenDetector *detector = data;
  return is_tested (detector) && is_by (LIMEN_RULE_SIGMAS, detector) &&
         limen_detector_type_1 (detector).low > gaussian (detector);
}

/* By standard deviations, and it is below. */
static gboolean
is_lighter (gconstpointer data)
{
  const LimenDetector *detector = data;
  return is_tested (detector) && is_by (LIMEN_RULE_SIGMAS, detector) &&
         limen_detector_type_1 (detector).high < gaussian (detector);
}

/* By standard deviations, and that share is in the interval. */
static gboolean
may_be_gaussian (gconstpointer data)
{
  const LimenDetector *detector = data;
  return is_tested (detector) && is_by (LIMEN_RULE_SIGMAS, detector) && !is_heavier (data) &&
         !is_lighter (data);
}

static gboolean
promises_rate (const LimenDetector *detector)
{
  return detector->rule.kind == LIMEN_RULE_FALSE_ALARMS ||
         detector->rule.kind == LIMEN_RULE_CONFORMAL;
}

/* A rate was promised, and the interval is above it. */
static gboolean
is_broken (gconstpointer data)
{
  const LimenDetector *detector = data;
  return is_tested (detector) && promises_rate (detector) &&
         limen_detector_type_1 (detector).low > detector->rule.value;
}

/* A rate was promised, and no part of the interval is above it. */
static gboolean
is_confirmed (gconstpointer data)
{
  const LimenDetector *detector = data;
  return is_tested (detector) && promises_rate (detector) &&
         limen_detector_type_1 (detector).high <= detector->rule.value;
}

/* A rate was promised, and it is in the interval. */
static gboolean
is_open (gconstpointer data)
{
  const LimenDetector *detector = data;
  return is_tested (detector) && promises_rate (detector) && !is_broken (data) &&
         !is_confirmed (data);
}

/* No rate was promised, and the rule has looked at the anomalies. */
static gboolean
is_optimistic (gconstpointer data)
{
  const LimenDetector *detector = data;
  return is_tested (detector) && limen_rule_looks_at_anomalies (detector->rule);
}

/* No rate was promised, and the threshold was given. */
static gboolean
is_given_and_tested (gconstpointer detector)
{
  return is_tested (detector) && is_by (LIMEN_RULE_VALUE, detector);
}

static char *
say_tested (gconstpointer detector, const char *end)
{
  g_autofree char *tested = tested_text (detector);
  return g_strconcat (tested, end, NULL);
}

static char *
say_heavier (gconstpointer detector)
{
  return say_tested (detector, ": their tail is heavier than that of the Gaussian fitted to the "
                               "validation scores");
}

static char *
say_lighter (gconstpointer detector)
{
  return say_tested (detector, ": their tail is lighter than that of the Gaussian fitted to the "
                               "validation scores");
}

static char *
say_gaussian (gconstpointer detector)
{
  return say_tested (detector, ", which is no evidence against a Gaussian");
}

static char *
say_broken (gconstpointer detector)
{
  return say_tested (detector, ", more than that: by bad luck, or since they are not drawn as the "
                               "validation images were");
}

static char *
say_confirmed (gconstpointer detector)
{
  return say_tested (detector, ", which confirms it");
}

static char *
say_open (gconstpointer detector)
{
  return say_tested (detector, ", which is no evidence against it");
}

static char *
say_optimistic (gconstpointer detector)
{
  return say_tested (detector,
                     "; the share of the anomalies that are kept is of those that set the "
                     "line, and too low to be expected of others");
}

static char *
say_alone (gconstpointer detector)
{
  return say_tested (detector, "");
}

const LimenClaim limen_rule_tested_claims[LIMEN_N_RULE_TESTED] = {
    {"untested", is_untested, .words = "there are no normal test images to check it by"},
    {"heavier tail", is_heavier, say_heavier},
    {"lighter tail", is_lighter, say_lighter},
    {"may be Gaussian", may_be_gaussian, say_gaussian},
    {"broken", is_broken, say_broken},
    {"confirmed", is_confirmed, say_confirmed},
    {"open", is_open, say_open},
    {"optimistic", is_optimistic, say_optimistic},
    {"given and tested", is_given_and_tested, say_alone},
};
