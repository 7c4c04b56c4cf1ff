/* Why a validation set? */
#include "ui/study/detector/lesson-private.h"

#include "model/base/number.h"

#include <math.h>

/* -- a line that was chosen by looking -- */

static gboolean
flags_none (gpointer session, const LimenLessonMark *mark)
{
  LimenTested tested;
  return limen_detector_lesson_dragged (session, mark) &&
         limen_detector_lesson_tested (session, &tested) && tested.type_1.errors == 0;
}

/* Said where no normal test image is flagged, and there are validation images. */
static char *
see_none_flagged (gpointer session, const LimenLessonMark *mark)
{
  LimenTested tested;
  if (!limen_detector_lesson_tested (session, &tested) || tested.type_1.errors > 0)
    return NULL;
  LimenErrorRate other = limen_detector_lesson_validation (&tested);
  if (other.n == 0)
    return NULL;
  g_autofree char *n = limen_format_number (tested.type_1.n, 0);
  g_autofree char *flagged = limen_detector_lesson_count_text (other.errors, other.n);
  return g_strdup_printf ("None of the %s images of the test half is flagged. Of the validation "
                          "half, which you did not look at, it flags %s.",
                          n, flagged);
}

static gboolean
show_none_flagged (gpointer session, const LimenLessonMark *mark, double t)
{
  if (!limen_detector_lesson_ready (session))
    return FALSE;
  const LimenScores *normal = limen_detector_session_detector (session)->normal;
  LimenThresholdRange range = limen_detector_session_range (session);
  LimenSide side = normal->measure->side;
  double most = limen_detector_lesson_flagging (session, normal, MIN (1, normal->n));
  double end = limen_detector_lesson_flagging (session, normal, 0);
  limen_detector_lesson_show_drag (session, mark, t < 0.5 ? most : end, t < 0.5 ? 2 * t : 1);
  if (t == 1 && !flags_none (session, mark))
    limen_detector_lesson_show_drag (session, mark, side == LIMEN_SIDE_LOW ? range.low : range.high,
                                     t);
  return TRUE;
}

/* -- the same line for other images -- */

/* Two lines are no more the same with the mean of another half. */
static gboolean
is_same_line (const LimenDetector *detector, const LimenLessonMark *mark)
{
  return mark->number[LIMEN_DETECTOR_MARK_RULE] == LIMEN_RULE_VALUE &&
         mark->number[LIMEN_DETECTOR_MARK_VALUE] == detector->rule.value &&
         limen_detector_measure (detector)->side != LIMEN_SIDE_BOTH;
}

static gboolean
has_split_under_line (gpointer session, const LimenLessonMark *mark)
{
  return limen_detector_session_state (session)->rule.kind == LIMEN_RULE_VALUE &&
         limen_detector_lesson_split_anew (session, mark);
}

/* Said of a line that was put by hand; of what it flagged before where it is the same line, and the
 * same normal set. */
static char *
see_under_line (gpointer session, const LimenLessonMark *mark)
{
  LimenTested tested;
  if (!limen_detector_lesson_tested (session, &tested) ||
      limen_detector_session_state (session)->rule.kind != LIMEN_RULE_VALUE)
    return NULL;
  LimenErrorRate other = limen_detector_lesson_validation (&tested);
  g_autofree char *now = limen_detector_lesson_count_text (tested.type_1.errors, tested.type_1.n);
  g_autofree char *there = limen_detector_lesson_count_text (other.errors, other.n);
  if (!is_same_line (tested.detector, mark) || !limen_detector_lesson_same_sets (session, mark))
    return g_strdup_printf ("The line flags %s images of the test half and %s of the validation "
                            "half.",
                            now, there);
  g_autofree char *before =
      limen_detector_lesson_count_text ((guint)mark->number[LIMEN_DETECTOR_MARK_FLAGGED],
                                        (guint)mark->number[LIMEN_DETECTOR_MARK_N_NORMAL]);
  return g_strdup_printf ("The same line flagged %s images of the test half before. Of the test "
                          "half that was drawn now it flags %s, and of the validation half %s.",
                          before, now, there);
}

static gboolean
show_under_line (gpointer session, const LimenLessonMark *mark, double t)
{
  if (!limen_detector_lesson_ready (session))
    return FALSE;
  if (limen_detector_session_state (session)->rule.kind != LIMEN_RULE_VALUE)
    limen_detector_session_set_threshold (session, limen_detector_session_threshold (session));
  return limen_detector_lesson_show_split (session, mark, t);
}

/* -- a line of the validation half -- */

static gboolean
is_ruled (gpointer session, const LimenLessonMark *mark)
{
  return limen_detector_lesson_ruled (session, mark, LIMEN_RULE_SIGMAS, LIMEN_OTHER_SIGMAS);
}

/* Said of a line that standard deviations of the validation half have set. */
static char *
see_ruled (gpointer session, const LimenLessonMark *mark)
{
  LimenTested tested;
  if (!limen_detector_lesson_tested (session, &tested) ||
      tested.detector->rule.kind != LIMEN_RULE_SIGMAS)
    return NULL;
  LimenErrorRate other = limen_detector_lesson_validation (&tested);
  g_autofree char *at = limen_detector_lesson_at_text (&tested);
  g_autofree char *there = limen_detector_lesson_rate_text (&other);
  g_autofree char *flagged = limen_detector_lesson_rate_text (&tested.type_1);
  return g_strdup_printf ("%s the line flags of the validation half, which has set it, %s, and of "
                          "the test half, which has not, %s.",
                          at, there, flagged);
}

static gboolean
show_ruled (gpointer session, const LimenLessonMark *mark, double t)
{
  gboolean there =
      mark->number[LIMEN_DETECTOR_MARK_RULE] == LIMEN_RULE_SIGMAS &&
      fabs (mark->number[LIMEN_DETECTOR_MARK_VALUE] - LIMEN_USUAL_SIGMAS) < LIMEN_OTHER_SIGMAS;
  LimenRule rule = {LIMEN_RULE_SIGMAS, there ? 2 : LIMEN_USUAL_SIGMAS};
  if (!limen_detector_lesson_ready (session))
    return FALSE;
  if (t == 1)
    limen_detector_session_set_rule (session, rule);
  return TRUE;
}

/* -- and another half -- */

static gboolean
has_split_under_rule (gpointer session, const LimenLessonMark *mark)
{
  return limen_detector_session_state (session)->rule.kind == LIMEN_RULE_SIGMAS &&
         limen_detector_lesson_split_anew (session, mark);
}

/* Said of the same normal set, and of the same standard deviations; of others only what they flag
 * now. */
static char *
see_under_rule (gpointer session, const LimenLessonMark *mark)
{
  LimenTested tested;
  if (!limen_detector_lesson_tested (session, &tested) ||
      tested.detector->rule.kind != LIMEN_RULE_SIGMAS)
    return NULL;
  gboolean same = limen_detector_lesson_same_sets (session, mark) &&
                  mark->number[LIMEN_DETECTOR_MARK_RULE] == LIMEN_RULE_SIGMAS &&
                  mark->number[LIMEN_DETECTOR_MARK_VALUE] == tested.detector->rule.value;
  g_autofree char *now = limen_detector_lesson_rate_text (&tested.type_1);
  LimenErrorRate was = limen_error_rate ((guint)mark->number[LIMEN_DETECTOR_MARK_FLAGGED],
                                         (guint)mark->number[LIMEN_DETECTOR_MARK_N_NORMAL]);
  if (!same)
    return g_strdup_printf ("Of this test half the line flags %s.", now);
  g_autofree char *before = limen_detector_lesson_rate_text (&was);
  return g_strdup_printf (
      "Of the last test half the line flagged %s. Of this one the line that its "
      "own validation half has set flags %s.",
      before, now);
}

static gboolean
show_under_rule (gpointer session, const LimenLessonMark *mark, double t)
{
  static const LimenRule usual = LIMEN_USUAL_RULE;
  if (!limen_detector_lesson_ready (session))
    return FALSE;
  if (limen_detector_session_state (session)->rule.kind != LIMEN_RULE_SIGMAS)
    limen_detector_session_set_rule (session, usual);
  return limen_detector_lesson_show_split (session, mark, t);
}

/* -- the question -- */

static const LimenLessonStep steps[] = {
    {"detector.validation.looked-at",
     "Drag the line just so far that no normal test image is flagged, as if the test half had to "
     "set the threshold.",
     limen_detector_lesson_mark, flags_none, see_none_flagged,
     "A rate of 0, and it is no estimate: the line was put where it is because these images are as "
     "they are. If it stands at the most unusual of n test images, the next image like them is "
     "beyond it with a probability of 1/(n + 1), where no two score the same: each of the n + 1 is "
     "as likely to be the most unusual of all.",
     "\\Pr \\left( s_{n+1} < \\min_{i ≤ n} s_i \\right) = \\frac{1}{n + 1}", show_none_flagged},
    {"detector.validation.same-line",
     "Leave the line where your hand has put it, and draw another split: press the button beside "
     "Seed.",
     limen_detector_lesson_mark, has_split_under_line, see_under_line,
     "A new split deals out anew, by chance, the images that one line flags (two lines move with "
     "the mean of the validation half). That the old test "
     "half had none of them was no chance: you chose the line for it. Of independent images a half "
     "that had no part in the choice is as good as new ones, and what it says is right on average.",
     "\\E \\left[ \\frac{k}{n} ∣ t \\right] = α(t) \\quad \\text{if } t \\text{ was set without "
     "the "
     "} n \\text{ images}",
     show_under_line},
    {"detector.validation.rule",
     "Let the validation half set the line: choose the rule of standard deviations again. If it is "
     "chosen already, take another number of them.",
     limen_detector_lesson_mark, is_ruled, see_ruled,
     "Mean and standard deviation are those of the validation half. The test half had no part in "
     "them, so that its images are as good as new ones. That is what a validation set is for: to "
     "make all choices with, and to leave the test images for a verdict that can be believed.",
     "t = t(\\text{validation half}), \\quad k ∣ t ∼ \\text{Binomial}(n, α(t))", show_ruled},
    {"detector.validation.again",
     "Draw another split under this rule. Now both the line and the test half are others.",
     limen_detector_lesson_mark, has_split_under_rule, see_under_rule,
     "The rate is right on average, and still it varies: the test half is a sample, with a "
     "standard "
     "error, and the validation half moves the line a little, too. That is why the panel shows an "
     "interval beside each rate, and how much type I varies over random splits.",
     "\\sqrt{\\Var \\left[ \\frac{k}{n} ∣ t \\right]} = \\sqrt{\\frac{α(t) \\, (1 - α(t))}{n}}",
     show_under_rule},
};

static const LimenLessonLine proof[] = {
    {"Let the scores s_1, …, s_n of the test half be independent draws from the distribution of "
     "normal images, and let the threshold t be a function of the validation half, which was drawn "
     "independently of them. Low scores are unusual. Given t, each test image is flagged with the "
     "probability α(t), and independently of the others.",
     "k = \\sum_{i=1}^{n} [s_i < t], \\quad k ∣ t ∼ \\text{Binomial}(n, α(t))"},
    {"So the rate that is counted is right on average, whatever t is, and its variance is that of "
     "a "
     "binomial rate.",
     "\\E \\left[ \\frac{k}{n} ∣ t \\right] = α(t), \\quad \\Var \\left[ \\frac{k}{n} ∣ t \\right] "
     "= "
     "\\frac{α(t) \\, (1 - α(t))}{n}"},
    {"Now let the same images set the threshold. In the extreme, t is the lowest of their scores. "
     "None of them is below it, so that k is 0, always. A new image s_{n+1} is below it where it "
     "is "
     "the lowest of n + 1. All orders of n + 1 independent draws from one distribution are equally "
     "likely, and without ties just one of them is the lowest.",
     "\\frac{k}{n} = 0, \\quad \\text{but} \\quad \\E[α(t)] = \\Pr \\left( s_{n+1} < \\min_{i ≤ n} "
     "s_i \\right) = \\frac{1}{n + 1}"},
    {"In general a choice among lines by what k is at them makes k too small: let T be a set of "
     "lines, and let t* be the one of them with the smallest k. The smallest is no larger than "
     "any, "
     "so its average is no larger than the smallest average.",
     "\\E \\left[ \\min_{t ∈ T} \\frac{k(t)}{n} \\right] ≤ \\min_{t ∈ T} α(t) ≤ \\E[α(t^*)]"},
    {"The last step holds as α(t*) is the rate of some line in T, and never below the smallest. So "
     "what was counted at the line that was chosen is below its true rate on average. With a "
     "validation half of its own the choice is made there, and the first two lines hold again.",
     "\\E \\left[ \\frac{k(t^*)}{n} \\right] ≤ \\E[α(t^*)]"},
};

const LimenLessonQuestion limen_detector_question_validation = {
    "detector.validation", "Why a validation set?", steps, G_N_ELEMENTS (steps), proof,
    G_N_ELEMENTS (proof)};
