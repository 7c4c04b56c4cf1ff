/* What do a split, a threshold and the two errors say? */
#include "ui/study/detector/lesson-private.h"

#include "model/base/number.h"
#include "model/detect/sentences.h"

#include <math.h>

#define A_STEP 0.1 /* standard deviations: the step of the spin button */

/* -- the data -- */

/* Scores that were not there, and that are not the same files with black for white */
static gboolean
is_new (LimenDetectorSession *session, const LimenLessonMark *mark, const LimenLessonMark *now,
        LimenSetRole role)
{
  double before = mark->number[LIMEN_DETECTOR_MARK_FILES + role];
  double files = now->number[LIMEN_DETECTOR_MARK_FILES + role];
  gboolean inverted = files != before && floor (files / 2) == floor (before / 2);
  double scores = now->number[LIMEN_DETECTOR_MARK_SCORES + role];
  gboolean swapped = scores == mark->number[LIMEN_DETECTOR_MARK_SCORES] ||
                     scores == mark->number[LIMEN_DETECTOR_MARK_SCORES + 1];
  return !inverted && !swapped;
}

static gboolean
has_opened (gpointer session, const LimenLessonMark *mark)
{
  LimenLessonMark now;
  limen_detector_lesson_mark (session, &now);
  return limen_detector_lesson_has_both (session) && !limen_detector_session_busy (session, NULL) &&
         (is_new (session, mark, &now, LIMEN_SET_NORMAL) ||
          is_new (session, mark, &now, LIMEN_SET_ANOMALY));
}

/* Said where both sets have finite scores. */
static char *
see_opened (gpointer session, const LimenLessonMark *mark)
{
  const LimenExperiment *now = limen_detector_session_experiment (session);
  const LimenScores *normal = now->scores[LIMEN_SET_NORMAL];
  const LimenScores *anomaly = now->scores[LIMEN_SET_ANOMALY];
  if (!normal || !anomaly)
    return NULL;
  double of_normal = limen_scores_mean (normal), of_anomaly = limen_scores_mean (anomaly);
  if (!isfinite (of_normal) || !isfinite (of_anomaly))
    return NULL;
  LimenMeasure *measure = normal->measure;
  guint decimals = limen_measure_decimals (measure, limen_scores_std (normal), 1);
  g_autofree char *n = limen_format_number (normal->n, 0);
  g_autofree char *m = limen_format_number (anomaly->n, 0);
  g_autofree char *first = limen_measure_text (measure, of_normal, decimals);
  g_autofree char *second = limen_measure_text (measure, of_anomaly, decimals);
  return g_strdup_printf ("The average %s of the %s normal images is %s, and of the %s anomalies "
                          "%s.",
                          measure->title, n, first, m, second);
}

/* Where MNIST cannot be read, what Limen brings along comes at the end. */
static gboolean
show_opened (gpointer session, const LimenLessonMark *mark, double t)
{
  if (limen_detector_session_busy (session, NULL))
    return FALSE;
  if (has_opened (session, mark))
    return TRUE;
  limen_detector_lesson_open (session, t < 0.3);
  return t < 1;
}

/* -- the split -- */

static gboolean
has_split (gpointer session, const LimenLessonMark *mark)
{
  return limen_detector_lesson_split_anew (session, mark);
}

/* Said of a normal set that is divided. */
static char *
see_split (gpointer session, const LimenLessonMark *mark)
{
  const LimenDetector *d = limen_detector_session_detector (session);
  if (!limen_detector_lesson_has_both (session) || !d->normal_index || !d->validation)
    return NULL;
  guint n = d->validation->n + d->normal->n + d->n_fit;
  g_autofree char *validation = limen_format_number (d->validation->n, 0);
  g_autofree char *test = limen_format_number (d->normal->n, 0);
  g_autofree char *all = limen_format_number (n, 0);
  return g_strdup_printf ("Of the %s normal images %s are the validation half now, and %s are the "
                          "test half.",
                          all, validation, test);
}

static gboolean
show_split (gpointer session, const LimenLessonMark *mark, double t)
{
  return limen_detector_lesson_ready (session) &&
         limen_detector_lesson_show_split (session, mark, t);
}

/* -- the threshold -- */

static gboolean
has_other_sigmas (gpointer session, const LimenLessonMark *mark)
{
  return limen_detector_lesson_ruled (session, mark, LIMEN_RULE_SIGMAS, LIMEN_OTHER_SIGMAS);
}

/* Said where a rule that has a mean sets the line, and there are errors to count of both kinds. */
static char *
see_sigmas (gpointer session, const LimenLessonMark *mark)
{
  LimenTested tested;
  if (!limen_detector_lesson_tested (session, &tested) || !(tested.detector->std > 0))
    return NULL;
  g_autofree char *at = limen_detector_lesson_at_text (&tested);
  g_autofree char *place = limen_detector_place (tested.detector);
  g_autofree char *flagged = limen_detector_lesson_rate_text (&tested.type_1);
  g_autofree char *kept = limen_detector_lesson_rate_text (&tested.type_2);
  return g_strdup_printf ("%s, %s of the validation half: type I, normal test images that are "
                          "flagged: %s; type II, anomalies that are kept: %s.",
                          at, place, flagged, kept);
}

/* To k = 2, or to 3 where it was near 2 */
static gboolean
show_sigmas (gpointer session, const LimenLessonMark *mark, double t)
{
  double start = mark->number[LIMEN_DETECTOR_MARK_VALUE];
  gboolean counted = mark->number[LIMEN_DETECTOR_MARK_RULE] == LIMEN_RULE_SIGMAS;
  double end = counted && fabs (start - 2) < LIMEN_OTHER_SIGMAS ? 3 : 2;
  double k = counted ? start + t * (end - start) : end;
  if (!limen_detector_lesson_ready (session))
    return FALSE;
  k = t < 1 ? round (k / A_STEP) * A_STEP : end;
  limen_detector_session_set_rule (session, (LimenRule){LIMEN_RULE_SIGMAS, k});
  return TRUE;
}

/* -- the trade -- */

/* By a twentieth of the test half: that others are flagged is to be seen. */
static gboolean
has_traded (gpointer session, const LimenLessonMark *mark)
{
  LimenTested tested;
  if (!limen_detector_lesson_dragged (session, mark) ||
      !limen_detector_lesson_tested (session, &tested))
    return FALSE;
  double others = fabs (tested.type_1.errors - mark->number[LIMEN_DETECTOR_MARK_FLAGGED]);
  return others >= fmax (1, tested.type_1.n / 20) ||
         tested.type_1.n != mark->number[LIMEN_DETECTOR_MARK_N_NORMAL];
}

/* Said of the images that were there before. */
static char *
see_traded (gpointer session, const LimenLessonMark *mark)
{
  LimenTested tested;
  const double *was = mark->number;
  if (!limen_detector_lesson_tested (session, &tested) ||
      !limen_detector_lesson_same_sets (session, mark) ||
      was[LIMEN_DETECTOR_MARK_N_NORMAL] != tested.type_1.n)
    return NULL;
  g_autofree char *flagged_before =
      limen_detector_lesson_count_text ((guint)was[LIMEN_DETECTOR_MARK_FLAGGED], tested.type_1.n);
  g_autofree char *kept_before =
      limen_detector_lesson_count_text ((guint)was[LIMEN_DETECTOR_MARK_KEPT], tested.type_2.n);
  g_autofree char *flagged = limen_format_number (tested.type_1.errors, 0);
  g_autofree char *kept = limen_format_number (tested.type_2.errors, 0);
  return g_strdup_printf ("Type I went from %s normal test images to %s, and type II from %s "
                          "anomalies to %s.",
                          flagged_before, flagged, kept_before, kept);
}

/* Where a tenth of all is flagged that was not; where half was, half of those */
static gboolean
show_traded (gpointer session, const LimenLessonMark *mark, double t)
{
  if (!limen_detector_lesson_ready (session))
    return FALSE;
  const LimenDetector *detector = limen_detector_session_detector (session);
  guint n = detector->normal->n, before = (guint)mark->number[LIMEN_DETECTOR_MARK_FLAGGED];
  guint count = before <= n / 2 ? MIN (n, before + MAX (1, n / 10)) : before / 2;
  double end = limen_detector_lesson_flagging (session, detector->normal, count);
  limen_detector_lesson_show_drag (session, mark, end, t);
  if (t == 1 && !has_traded (session, mark)) /* all score the same: all or none */
    limen_detector_lesson_show_drag (
        session, mark,
        limen_detector_lesson_flagging (session, detector->normal, before > 0 ? 0 : n), t);
  return TRUE;
}

/* -- no anomaly kept -- */

/* How many normal test images are at least as unusual as the anomaly that is least so: a line that
 * flags this one flags them, and one that just does so flags no others */
static guint
least_flagged (const LimenDetector *detector)
{
  const LimenScores *normal = detector->normal, *anomaly = detector->anomaly;
  double least = INFINITY;
  guint n = 0;
  for (guint j = 0; j < anomaly->n; j++)
    least = fmin (least, limen_detector_lesson_unusual (detector, anomaly->value[j]));
  for (guint i = 0; i < normal->n; i++)
    n += limen_detector_lesson_unusual (detector, normal->value[i]) >= least;
  return n;
}

/* To a hundredth of the test half */
static gboolean
keeps_none (gpointer session, const LimenLessonMark *mark)
{
  LimenTested tested;
  return limen_detector_lesson_dragged (session, mark) &&
         limen_detector_lesson_tested (session, &tested) && tested.type_2.errors == 0 &&
         tested.type_1.errors <=
             least_flagged (tested.detector) + fmax (1, floor (tested.type_1.n / 100.0));
}

/* Said where none of the anomalies is kept. */
static char *
see_none_kept (gpointer session, const LimenLessonMark *mark)
{
  LimenTested tested;
  if (!limen_detector_lesson_tested (session, &tested) || tested.type_2.errors > 0)
    return NULL;
  g_autofree char *m = limen_format_number (tested.type_2.n, 0);
  g_autofree char *flagged = limen_detector_lesson_rate_text (&tested.type_1);
  g_autofree char *least = limen_format_number (least_flagged (tested.detector), 0);
  return g_strdup_printf (
      "None of the %s anomalies is kept. Of the normal test images are flagged: "
      "%s. A line that keeps no anomaly flags %s of them at least.",
      m, flagged, least);
}

static gboolean
show_none_kept (gpointer session, const LimenLessonMark *mark, double t)
{
  if (!limen_detector_lesson_ready (session))
    return FALSE;
  const LimenScores *anomaly = limen_detector_session_detector (session)->anomaly;
  double step = limen_detector_session_range (session).step;
  double end = limen_detector_lesson_flagging (session, anomaly, anomaly->n);
  if (fabs (end - mark->number[LIMEN_DETECTOR_MARK_THRESHOLD]) < step / 10)
    end = limen_detector_session_detector (session)->mean; /* a way that is one */
  limen_detector_lesson_show_drag (session, mark, end, t);
  if (t == 1 && !keeps_none (session, mark))
    limen_detector_lesson_show_drag (
        session, mark, limen_detector_lesson_flagging (session, anomaly, anomaly->n), t);
  return TRUE;
}

/* -- the question -- */

static const LimenLessonStep steps[] = {
    {"detector.errors.open",
     "Open the images: in the menu beside Flow choose “MNIST on KMNIST” under Examples, digits as "
     "normal images and Japanese characters as anomalies. Where they are not on this computer, "
     "“Whole example” opens such as Limen draws itself; or drop your own.",
     limen_detector_lesson_mark, has_opened, see_opened,
     "Each image gets one number. A flow that learned from normal images alone gives it its "
     "log-likelihood: how likely such an image is among those it has learned from. What an anomaly "
     "looks like nobody has told it; an image is flagged for being unlike the normal ones.",
     "\\log p(x) = \\log p_Z(f(x)) + \\log \\left| \\text{det} \\, \\frac{∂f}{∂x} \\right|",
     show_opened},
    {"detector.errors.split",
     "Draw another split of the normal images: press the button beside Seed.",
     limen_detector_lesson_mark, has_split, see_split,
     "The normal images are divided in two. With the validation half the threshold is set, and "
     "with "
     "the test half it is tested, on images that had no part in setting it. Of the anomalies none "
     "are needed to set a threshold by mean and standard deviation, so all of them test.",
     NULL, show_split},
    {"detector.errors.threshold",
     "Set the threshold by standard deviations, and take a number of them that is not the one that "
     "stands there: 2 in the place of 3, say.",
     limen_detector_lesson_mark, has_other_sigmas, see_sigmas,
     "What scores beyond the threshold is flagged. Two things can go wrong: a normal image is "
     "flagged (type I, a false alarm), or an anomaly is kept (type II, a miss). Each has a rate of "
     "its own, counted among images of its own. The formulas are for scores of which low ones are "
     "flagged.",
     "t = \\hat{μ} - k \\hat{σ} \\\\ α = \\Pr(s < t ∣ \\text{normal}) \\\\ β = \\Pr(s ≥ t ∣ "
     "\\text{anomaly})",
     show_sigmas},
    {"detector.errors.trade",
     "Drag the line in the histogram to where clearly more normal images are flagged than before, "
     "or clearly fewer. What happens to the anomalies?",
     limen_detector_lesson_mark, has_traded, see_traded,
     "The line moves all errors at once. Whoever flags more flags all that was flagged before, and "
     "something else. So there are as many false alarms or more, and as many misses or fewer: one "
     "error is paid for with the other, and no way of the line makes both of them rarer. The "
     "formula is for scores of which low ones are flagged.",
     "t ≤ t' \\quad ⇒ \\quad α(t) ≤ α(t'), \\quad β(t) ≥ β(t')", show_traded},
    {"detector.errors.none-kept",
     "Drag the line to where no anomaly is kept, and as few normal images as possible are flagged. "
     "What does it cost?",
     limen_detector_lesson_mark, keeps_none, see_none_kept,
     "An error of one kind can always be brought to none, by flagging all or nothing. What it "
     "costs "
     "of the other depends on how far the scores of both sets overlap. The AUROC sums that up: it "
     "is the chance that an anomaly scores as more unusual than a normal image, ties counted half. "
     "It is 1 exactly where one line makes no error at all. The formula is for scores of which low "
     "ones are unusual.",
     "\\text{AUROC} = \\Pr(s_{\\text{anomaly}} < s_{\\text{normal}}) \\\\ + \\frac{1}{2} "
     "\\Pr(s_{\\text{anomaly}} = s_{\\text{normal}})",
     show_none_kept},
};

static const LimenLessonLine proof[] = {
    {"Let s be the score of an image, its log-likelihood, and let low scores be unusual. A "
     "detector "
     "flags an image where s < t. (Where high scores are unusual, take −s for s; where both are, "
     "minus the distance from the mean.) The two errors are two probabilities.",
     "α(t) = \\Pr(s < t ∣ \\text{normal}), \\quad β(t) = \\Pr(s ≥ t ∣ \\text{anomaly})"},
    {"They are estimated by counting: among n normal test images and m anomalies.",
     "\\hat{α}(t) = \\frac{1}{n} \\sum_{i=1}^{n} [s_i < t], \\quad \\hat{β}(t) = \\frac{1}{m} "
     "\\sum_{j=1}^{m} [a_j ≥ t]"},
    {"One pays for the other. For t ≤ t' the images with s < t are among those with s < t'. So the "
     "first count can only grow from t to t', and the second one only fall. The same is true of "
     "the probabilities.",
     "t ≤ t' \\quad ⇒ \\quad \\hat{α}(t) ≤ \\hat{α}(t'), \\quad \\hat{β}(t) ≥ \\hat{β}(t')"},
    {"Both ends are there: below all scores nothing is flagged, and above all of them everything. "
     "From the one to the other the pair of rates draws the ROC curve, false alarms to the right, "
     "anomalies that are found upwards.",
     "(\\hat{α}, 1 - \\hat{β}) \\quad \\text{from } (0, 0) \\text{ to } (1, 1)"},
    {"The area below it. Let the line rise past the normal images one by one. Passing one with "
     "score s_i goes 1/n to the right, at the height of the anomalies that are flagged by then: "
     "those that score below s_i. Where anomalies score the same, the curve goes up while it goes "
     "to the right, and half of the step lies below it.",
     "\\text{AUROC} = \\frac{1}{n m} \\sum_{i=1}^{n} \\sum_{j=1}^{m} \\left( [a_j < s_i] + "
     "\\frac{1}{2} [a_j = s_i] \\right)"},
    {"No term is above 1, and so the area is 1 exactly where every anomaly scores below every "
     "normal "
     "image. Then a line between the highest anomaly and the lowest normal image errs on none. "
     "Where "
     "one anomaly scores as high as a normal image or higher, every line errs on one of both at "
     "least.",
     "\\text{AUROC} = 1 \\quad ⇔ \\quad \\max_{j} a_j < \\min_{i} s_i"},
};

const LimenLessonQuestion limen_detector_question_errors = {
    "detector.errors",
    "What do a split, a threshold and the two errors say?",
    steps,
    G_N_ELEMENTS (steps),
    proof,
    G_N_ELEMENTS (proof)};
