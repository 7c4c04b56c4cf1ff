/* "Why does it rise with K?" */
#include "model/base/number.h"
#include "model/bound/bound-study.h"
#include "ui/study/bound/lesson-private.h"

#include <math.h>

static double
k_of (gpointer session)
{
  return limen_bound_session_state (session)->k;
}

static double
k_before (const LimenLessonMark *mark)
{
  return mark->number[LIMEN_BOUND_MARK_K];
}

/* -- twice as many -- */

static gboolean
is_doubled (gpointer session, const LimenLessonMark *mark)
{
  return k_of (session) >= 2 * k_before (mark) || 2 * k_of (session) <= k_before (mark);
}

static gboolean
show_double (gpointer session, const LimenLessonMark *mark, double t)
{
  guint k = (guint)k_before (mark);
  limen_bound_lesson_move_k (session, mark, 2 * k <= LIMEN_BOUND_MOST_K ? 2 * k : k / 2, t);
  return TRUE;
}

/* -- the tree -- */

/* All means are finite, and none is below the one before, as written down. */
static char *
say_rows (gpointer session, const LimenLessonMark *mark)
{
  const LimenScene *scene = limen_bound_session_scene (session);
  g_autoptr (GString) rows = g_string_new (NULL);
  double before = -INFINITY;
  guint n = LIMEN_SCENE_LEAVES;
  for (guint level = 0; level < LIMEN_SCENE_LEVELS; level++, n /= 2) {
    double mean = 0, size = 0;
    for (guint i = 0; i < n; i++) {
      mean += scene->merge[level][i] / n;
      size = fmax (size, fabs (scene->merge[level][i]));
    }
    double error = 1e-9 * (1 + size);
    if (!isfinite (mean) || mean < before - error)
      return NULL;
    before = mean;
    gboolean vae = limen_bound_session_vae (session) != NULL;
    g_autofree char *shown = limen_format_known ((LimenNumber){mean, vae ? NAN : error}, 2);
    g_string_append_printf (rows, "%s%s", level > 0 ? ", " : "", shown);
  }
  return g_strdup_printf ("In this draw the means of the rows are, from the lowest up, %s: none is "
                          "below the one before.",
                          rows->str);
}

/* -- one more -- */

static gboolean
is_one_apart (gpointer session, const LimenLessonMark *mark)
{
  return fabs (k_of (session) - k_before (mark)) == 1;
}

static gboolean
show_one_more (gpointer session, const LimenLessonMark *mark, double t)
{
  guint k = (guint)k_before (mark);
  if (t >= 1)
    limen_bound_session_set_k (session, k < LIMEN_BOUND_MOST_K ? k + 1 : k - 1);
  return TRUE;
}

/* The exact bound is known at both, and of the difference a digit holds. */
static char *
say_one_more (gpointer session, const LimenLessonMark *mark)
{
  const LimenBoundStudy *study = limen_bound_session_study (session);
  double few = fmin (k_of (session), k_before (mark));
  LimenNumber above = limen_bound_study_gap (study, 0, few);
  LimenNumber below = limen_bound_study_gap (study, 0, few + 1);
  LimenNumber rise = {above.value - below.value, above.error + below.error};
  if (!limen_bound_lesson_is_current (session) || !(rise.value > 20 * rise.error) ||
      !isfinite (rise.value))
    return NULL;
  g_autofree char *first = limen_format_number (few, 0), *second = limen_format_number (few + 1, 0);
  g_autofree char *digits = limen_format_digits (rise, 2);
  return g_strdup_printf ("From K = %s to K = %s the bound rises by %s nats.", first, second,
                          digits);
}

static const LimenLessonStep steps[] = {
    {.id = "bound.rising.double",
     .deed = "Double K, or more. (There is no room? Halve it.)",
     .begin = limen_bound_lesson_begin,
     .done = is_doubled,
     .seen = limen_bound_lesson_say_two,
     .argument = "More samples never hurt: whatever q is, the bound rises with K. It stands still "
                 "only where it is −∞, or where all weights are the same.",
     .formula = "\\VLB^{(1)}(x) ≤ \\VLB^{(2)}(x) ≤ \\VLB^{(3)}(x) ≤ … ≤ \\log p(x)",
     .show = show_double},
    {.id = "bound.rising.merge",
     .deed = "Press “Draw Again” at the tree, and follow two neighbours of the lowest row up to "
             "where they meet.",
     .begin = limen_bound_lesson_begin,
     .done = limen_bound_lesson_redrawn,
     .seen = say_rows,
     .argument = "They meet at the logarithm of the mean of their weights, and that is never below "
                 "the mean of their logarithms: Jensen’s inequality for two numbers. So in no draw "
                 "do the rows fall. Each dot of the second row is a draw of the bound with 2 "
                 "samples, of the third with 4: what falls in no draw does not fall on average.",
     .formula = "\\log \\frac{w_1 + w_2}{2} ≥ \\frac{\\log w_1 + \\log w_2}{2}",
     .show = limen_bound_lesson_show_redraw},
    {.id = "bound.rising.one-more",
     .deed = "Now raise or lower K by exactly one, in its field in the panel.",
     .begin = limen_bound_lesson_begin,
     .done = is_one_apart,
     .seen = say_one_more,
     .argument = "From K to K\u00a0+\u00a01 take subsets: leave each weight out once. The mean of "
                 "all K\u00a0+\u00a01 weights is the mean of these K\u00a0+\u00a01 means of K "
                 "weights, so its logarithm is at least the mean of their logarithms; and each of "
                 "those is, on average, the bound with K samples.",
     .formula = "\\frac{1}{K+1} \\sum_{k=1}^{K+1} w_k = \\frac{1}{K+1} \\sum_{j=1}^{K+1} \\left( "
                "\\frac{1}{K} \\sum_{k≠j} w_k \\right)",
     .show = show_one_more},
};

static const LimenLessonLine proof[] = {
    {"Draw K\u00a0+\u00a01 samples from q, and weigh each. For each j let the mean without the "
     "j-th be",
     "\\bar{w}_{-j} = \\frac{1}{K} \\sum_{k≠j} w_k"},
    {"The mean of these means is the mean of all weights: each weight is in K of the "
     "K\u00a0+\u00a01 sums, and K of them divided by K are one.",
     "\\frac{1}{K+1} \\sum_{j=1}^{K+1} \\bar{w}_{-j} = \\frac{1}{K+1} \\sum_{k=1}^{K+1} w_k"},
    {"The logarithm of a mean is at least the mean of the logarithms (Jensen’s inequality for "
     "K\u00a0+\u00a01 numbers).",
     "\\log \\frac{1}{K+1} \\sum_{k=1}^{K+1} w_k ≥ \\frac{1}{K+1} \\sum_{j=1}^{K+1} \\log "
     "\\bar{w}_{-j}"},
    {"Take the mean over all draws. On the left that is the bound with K\u00a0+\u00a01 samples. On "
     "the right each of the K\u00a0+\u00a01 terms is the logarithm of a mean of K weights, whose "
     "mean is the bound with K samples.",
     "\\VLB^{(K+1)}(x) ≥ \\frac{1}{K+1} \\sum_{j=1}^{K+1} \\E[\\log \\bar{w}_{-j}] = "
     "\\VLB^{(K)}(x)"},
    {"The same with pairs in the place of leaving one out gives VLB with 2K samples from VLB with "
     "K: that is the tree on the page. Of the draws nothing was used but that any K of them are "
     "distributed as any other K.",
     "\\VLB^{(2K)}(x) = \\E\\left[ \\log \\frac{\\bar{u}_K + \\bar{v}_K}{2} \\right] ≥ \\E\\left[ "
     "\\frac{\\log \\bar{u}_K + \\log \\bar{v}_K}{2} \\right] = \\VLB^{(K)}(x)"},
    {"When does it stand still? Where the bounds are finite, only if almost every draw has "
     "equality in the third line: the logarithm is strictly concave, so all means without one, and "
     "with them all weights, are equal. Independent weights are equal in almost every draw only if "
     "the weight is a constant.",
     NULL},
};

const LimenLessonQuestion limen_bound_question_rising = {
    .id = "bound.rising",
    .title = "Why does it rise with K?",
    .step = steps,
    .n_steps = G_N_ELEMENTS (steps),
    .proof = proof,
    .n_lines = G_N_ELEMENTS (proof),
};
