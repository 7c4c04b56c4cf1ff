#include "ui/study/detector/lesson-private.h"

#include "model/base/number.h"
#include "model/data/builtin.h"
#include "model/data/examples.h"
#include "model/detect/sentences.h"

#include <math.h>

#define MNIST_EXAMPLE "mnist-kmnist"
#define BESIDE        0.01 /* of a step of the keys */

/* -- the page when a step begins, and since -- */

/* 32 bits of the files, and whether black is exchanged for white, as one number; 0: no files */
static double
files_of (const LimenOrigin *from)
{
  if (!from)
    return 0;
  g_autofree char *all = g_strjoinv ("\n", from->paths);
  return 2.0 * g_str_hash (all) + (from->inverted != 0) + 2;
}

/* The address of scores tells them from others; a double holds it. */
static double
scores_of (LimenDetectorSession *session, LimenSetRole role)
{
  return (double)(gsize)limen_detector_session_experiment (session)->scores[role];
}

static double
files_of_set (LimenDetectorSession *session, LimenSetRole role)
{
  const LimenExperiment *now = limen_detector_session_experiment (session);
  return files_of (now->table_from ? now->table_from : now->set_from[role]);
}

void
limen_detector_lesson_mark (gpointer session, LimenLessonMark *mark)
{
  g_return_if_fail (LIMEN_IS_DETECTOR_SESSION (session) && mark != NULL);
  const LimenDetectorPageState *state = limen_detector_session_state (session);
  const LimenAnalysis *analysis = limen_detector_session_analysis (session);
  const LimenDetector *detector = analysis ? analysis->detector : NULL;
  double *number = mark->number;
  LimenTested tested;
  gboolean tests = limen_detector_lesson_tested (session, &tested);
  number[LIMEN_DETECTOR_MARK_RULE] = state->rule.kind;
  number[LIMEN_DETECTOR_MARK_VALUE] = state->rule.value;
  number[LIMEN_DETECTOR_MARK_THRESHOLD] = detector ? detector->threshold : NAN;
  number[LIMEN_DETECTOR_MARK_PROMISE] = state->promise;
  number[LIMEN_DETECTOR_MARK_SEED] = (double)state->split.seed;
  number[LIMEN_DETECTOR_MARK_SPLIT] = state->split.kind;
  number[LIMEN_DETECTOR_MARK_FLAGGED] = tests ? tested.type_1.errors : 0;
  number[LIMEN_DETECTOR_MARK_N_NORMAL] = tests ? tested.type_1.n : 0;
  number[LIMEN_DETECTOR_MARK_KEPT] = tests ? tested.type_2.errors : 0;
  number[LIMEN_DETECTOR_MARK_N_ANOMALY] = tests ? tested.type_2.n : 0;
  for (LimenSetRole role = 0; role < LIMEN_N_LABELLED; role++) {
    number[LIMEN_DETECTOR_MARK_SCORES + role] = scores_of (session, role);
    number[LIMEN_DETECTOR_MARK_FILES + role] = files_of_set (session, role);
  }
}

gboolean
limen_detector_lesson_tested (LimenDetectorSession *session, LimenTested *tested)
{
  g_return_val_if_fail (LIMEN_IS_DETECTOR_SESSION (session) && tested != NULL, FALSE);
  const LimenAnalysis *analysis = limen_detector_session_analysis (session);
  if (!analysis || isnan (analysis->detector->threshold))
    return FALSE;
  *tested = (LimenTested){analysis->detector, limen_detector_type_1 (analysis->detector),
                          limen_detector_type_2 (analysis->detector)};
  return tested->type_1.n > 0 && tested->type_2.n > 0;
}

gboolean
limen_detector_lesson_has_both (LimenDetectorSession *session)
{
  g_return_val_if_fail (LIMEN_IS_DETECTOR_SESSION (session), FALSE);
  const LimenAnalysis *analysis = limen_detector_session_analysis (session);
  const LimenDetector *detector = analysis ? analysis->detector : NULL;
  return detector && detector->normal && detector->normal->n > 0 && detector->anomaly &&
         detector->anomaly->n > 0;
}

gboolean
limen_detector_lesson_same_sets (LimenDetectorSession *session, const LimenLessonMark *mark)
{
  g_return_val_if_fail (LIMEN_IS_DETECTOR_SESSION (session) && mark != NULL, FALSE);
  gboolean same = mark->number[LIMEN_DETECTOR_MARK_N_NORMAL] > 0;
  for (LimenSetRole role = 0; role < LIMEN_N_LABELLED; role++)
    same = same && mark->number[LIMEN_DETECTOR_MARK_SCORES + role] == scores_of (session, role);
  return same;
}

gboolean
limen_detector_lesson_dragged (LimenDetectorSession *session, const LimenLessonMark *mark)
{
  g_return_val_if_fail (LIMEN_IS_DETECTOR_SESSION (session) && mark != NULL, FALSE);
  LimenRule rule = limen_detector_session_state (session)->rule;
  LimenTested tested;
  return limen_detector_lesson_tested (session, &tested) && rule.kind == LIMEN_RULE_VALUE &&
         (mark->number[LIMEN_DETECTOR_MARK_RULE] != LIMEN_RULE_VALUE ||
          mark->number[LIMEN_DETECTOR_MARK_VALUE] != rule.value);
}

static gboolean
is_marked (LimenSplit split, const LimenLessonMark *mark)
{
  return mark->number[LIMEN_DETECTOR_MARK_SEED] == (double)split.seed &&
         mark->number[LIMEN_DETECTOR_MARK_SPLIT] == (double)split.kind;
}

/* Whether what is asked for is shown */
static gboolean
is_split_shown (LimenDetectorSession *session)
{
  const LimenAnalysis *analysis = limen_detector_session_analysis (session);
  LimenSplit asked = limen_detector_session_state (session)->split;
  return analysis && analysis->detector->split.kind == asked.kind &&
         analysis->detector->split.seed == asked.seed;
}

gboolean
limen_detector_lesson_split_anew (LimenDetectorSession *session, const LimenLessonMark *mark)
{
  g_return_val_if_fail (LIMEN_IS_DETECTOR_SESSION (session) && mark != NULL, FALSE);
  return limen_detector_lesson_has_both (session) && is_split_shown (session) &&
         !is_marked (limen_detector_session_state (session)->split, mark);
}

gboolean
limen_detector_lesson_ruled (LimenDetectorSession *session, const LimenLessonMark *mark,
                             LimenRuleKind kind, double least)
{
  g_return_val_if_fail (LIMEN_IS_DETECTOR_SESSION (session) && mark != NULL, FALSE);
  LimenRule rule = limen_detector_session_state (session)->rule;
  LimenTested tested;
  double other = fabs (mark->number[LIMEN_DETECTOR_MARK_VALUE] - rule.value);
  return limen_detector_lesson_tested (session, &tested) && rule.kind == kind &&
         (mark->number[LIMEN_DETECTOR_MARK_RULE] != kind ||
          (other > 0 && other >= least * (1 - 1e-9)));
}

LimenErrorRate
limen_detector_lesson_validation (const LimenTested *tested)
{
  g_return_val_if_fail (tested != NULL, (LimenErrorRate){0});
  const LimenScores *validation = tested->detector->validation;
  LimenLines lines = limen_detector_lines (tested->detector);
  return limen_error_rate (validation ? limen_lines_n_flagged (lines, validation) : 0,
                           validation ? validation->n : 0);
}

/* -- words -- */

char *
limen_detector_lesson_count_text (guint errors, guint n)
{
  g_autofree char *some = limen_format_number (errors, 0), *all = limen_format_number (n, 0);
  return g_strdup_printf ("%s of %s", some, all);
}

char *
limen_detector_lesson_rate_text (const LimenErrorRate *rate)
{
  g_return_val_if_fail (rate != NULL, NULL);
  g_autofree char *count = limen_detector_lesson_count_text (rate->errors, rate->n);
  g_autofree char *percent = limen_percent_text (rate->rate);
  return g_strdup_printf ("%s, %s %%", count, percent);
}

char *
limen_detector_lesson_at_text (const LimenTested *tested)
{
  g_return_val_if_fail (tested != NULL, NULL);
  guint n;
  const LimenClaim *claims = limen_detector_claims (LIMEN_CLAIMS_AT, &n);
  return limen_claim_say (claims, n, tested->detector);
}

/* -- the hand of "Show me" -- */

/* (transfer full) (nullable): MNIST and KMNIST, near what is open */
static LimenExample *
find_mnist (LimenDetectorSession *session, GPtrArray **all)
{
  const LimenExperiment *now = limen_detector_session_experiment (session);
  g_autoptr (GStrvBuilder) near = g_strv_builder_new ();
  for (guint role = 0; role < LIMEN_N_SETS; role++)
    if (now->set_from[role])
      g_strv_builder_addv (near, (const char **)now->set_from[role]->paths);
  g_auto (GStrv) paths = g_strv_builder_end (near);
  *all = limen_examples ((const char *const *)paths);
  for (guint i = 0; i < (*all)->len; i++) {
    LimenExample *example = (*all)->pdata[i];
    if (g_str_equal (example->name, MNIST_EXAMPLE) && !example->missing)
      return example;
  }
  return NULL;
}

static void
open_one (LimenDetectorSession *session, const char *path, LimenSetRole role)
{
  const char *paths[] = {path, NULL};
  limen_detector_session_open (session, paths, role);
}

void
limen_detector_lesson_open (LimenDetectorSession *session, gboolean looks_for_mnist)
{
  g_return_if_fail (LIMEN_IS_DETECTOR_SESSION (session));
  static const char *const brought[] = {LIMEN_BUILTIN_GLYPHS, LIMEN_BUILTIN_DIGITS,
                                        LIMEN_BUILTIN_HIRAGANA, NULL};
  g_autoptr (GPtrArray) examples = NULL;
  const LimenExample *mnist = looks_for_mnist ? find_mnist (session, &examples) : NULL;
  limen_detector_session_cancel (session);
  if (!mnist) {
    limen_detector_session_open (session, brought, LIMEN_N_SETS);
    return;
  }
  open_one (session, mnist->flow, LIMEN_N_SETS);
  open_one (session, mnist->normal, LIMEN_SET_NORMAL);
  open_one (session, mnist->anomaly, LIMEN_SET_ANOMALY);
}

gboolean
limen_detector_lesson_ready (LimenDetectorSession *session)
{
  g_return_val_if_fail (LIMEN_IS_DETECTOR_SESSION (session), FALSE);
  if (limen_detector_session_busy (session, NULL))
    return FALSE;
  if (limen_detector_lesson_has_both (session))
    return TRUE;
  limen_detector_lesson_open (session, FALSE);
  return FALSE;
}

void
limen_detector_lesson_show_drag (LimenDetectorSession *session, const LimenLessonMark *mark,
                                 double end, double t)
{
  g_return_if_fail (LIMEN_IS_DETECTOR_SESSION (session) && mark != NULL);
  LimenThresholdRange range = limen_detector_session_range (session);
  double start = mark->number[LIMEN_DETECTOR_MARK_THRESHOLD], beside = BESIDE * range.step;
  start = isfinite (start) ? CLAMP (start, range.low, range.high)
                           : limen_detector_session_threshold (session);
  end = CLAMP (end, range.low, range.high);
  if (fabs (end - start) < beside / 2)
    end += end + beside <= range.high ? beside : -beside;
  limen_detector_session_set_threshold (session, start + t * (end - start));
}

gboolean
limen_detector_lesson_show_split (LimenDetectorSession *session, const LimenLessonMark *mark,
                                  double t)
{
  g_return_val_if_fail (LIMEN_IS_DETECTOR_SESSION (session) && mark != NULL, TRUE);
  if (t < 1)
    return TRUE;
  if (is_marked (limen_detector_session_state (session)->split, mark))
    limen_detector_session_resample (session);
  return is_split_shown (session) || !limen_detector_session_busy (session, NULL);
}

double
limen_detector_lesson_unusual (const LimenDetector *detector, double score)
{
  g_return_val_if_fail (detector != NULL, NAN);
  LimenSide side = limen_detector_measure (detector)->side;
  return side == LIMEN_SIDE_LOW    ? -score
         : side == LIMEN_SIDE_HIGH ? score
                                   : fabs (score - detector->mean);
}

static int
compare_unusual (gconstpointer a, gconstpointer b)
{
  double x = *(const double *)a, y = *(const double *)b;
  return x < y ? 1 : x > y ? -1 : 0;
}

/* Half way between the last that is flagged and the first that is not; beyond all of them where
 * there is none */
double
limen_detector_lesson_flagging (LimenDetectorSession *session, const LimenScores *scores,
                                guint count)
{
  g_return_val_if_fail (LIMEN_IS_DETECTOR_SESSION (session) && scores, NAN);
  g_return_val_if_fail (scores->n > 0 && count <= scores->n, NAN);
  const LimenDetector *detector = limen_detector_session_detector (session);
  double beside = limen_detector_session_range (session).step;
  g_autofree double *rank = g_new (double, scores->n);
  for (guint i = 0; i < scores->n; i++)
    rank[i] = limen_detector_lesson_unusual (detector, scores->value[i]);
  qsort (rank, scores->n, sizeof *rank, compare_unusual);
  double inner = count < scores->n ? rank[count] : rank[scores->n - 1] - beside;
  double outer = count > 0 ? rank[count - 1] : rank[0] + beside;
  double line = isfinite (outer - inner) ? inner + (outer - inner) / 2 : inner;
  LimenSide side = limen_detector_measure (detector)->side;
  return side == LIMEN_SIDE_LOW    ? -line
         : side == LIMEN_SIDE_HIGH ? line
                                   : detector->mean + fmax (line, 0);
}

/* -- the lesson -- */

const LimenLesson *
limen_detector_lesson (void)
{
  static const char *const signals[] = {"data-changed", "threshold-changed", "settings-changed",
                                        "busy-changed", NULL};
  static LimenLessonQuestion questions[3];
  static LimenLesson lesson = {"detector", signals, questions, G_N_ELEMENTS (questions)};
  static gsize made;
  if (g_once_init_enter (&made)) {
    questions[0] = limen_detector_question_errors;
    questions[1] = limen_detector_question_validation;
    questions[2] = limen_detector_question_promise;
    g_once_init_leave (&made, 1);
  }
  return &lesson;
}
