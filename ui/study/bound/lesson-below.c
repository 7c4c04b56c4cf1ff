/* "Why is it below log p(x)?" */
#include "model/base/number.h"
#include "model/bound/bound-study.h"
#include "ui/study/bound/lesson-private.h"

#include <math.h>

/* -- weights -- */

/* What a logarithm of weights may be off by: its rounding, and of an image's what its decoder's
 * float32 makes, which is not known */
static double
weight_error (LimenBoundSession *session, double size)
{
  return limen_bound_session_vae (session) ? NAN : 1e-9 * (1 + size);
}

/* log p(x) is known, all weights are finite and none is so near to it that rounding could have put
 * it on the other side; and the mean of their logarithms, written down, differs from the logarithm
 * of their mean. */
static char *
say_weights (gpointer session, const LimenLessonMark *mark)
{
  const LimenScene *scene = limen_bound_session_scene (session);
  const LimenBoundStudy *study = limen_bound_session_study (session);
  double evidence = study->log_evidence, mean = 0, size = fabs (evidence);
  double together = scene->merge[LIMEN_SCENE_LEVELS - 1][0];
  guint above = 0;
  for (guint i = 0; i < LIMEN_SCENE_LEAVES; i++) {
    mean += scene->merge[0][i] / LIMEN_SCENE_LEAVES;
    size = fmax (size, fabs (scene->merge[0][i]));
    above += scene->merge[0][i] > evidence;
  }
  double error = weight_error (session, size);
  double doubt = isnan (error) ? 0.01 : error + study->log_evidence_error;
  gboolean holds = isfinite (size) && isfinite (together);
  for (guint i = 0; i < LIMEN_SCENE_LEAVES; i++)
    holds = holds && fabs (scene->merge[0][i] - evidence) > doubt;
  g_autofree char *of_logs = limen_format_known ((LimenNumber){mean, error}, 2);
  g_autofree char *of_mean = limen_format_known ((LimenNumber){together, error}, 2);
  if (!holds || g_str_equal (of_logs, of_mean))
    return NULL;
  return g_strdup_printf ("Of these 32 weights %u lie above p(x) and %u below. The mean of their "
                          "logarithms is %s, the logarithm of their mean %s.",
                          above, LIMEN_SCENE_LEAVES - above, of_logs, of_mean);
}

/* -- one sample -- */

static guint
one_or_two (const LimenLessonMark *mark)
{
  return mark->number[LIMEN_BOUND_MARK_K] == 1 ? 2 : 1;
}

static gboolean
is_at_one (gpointer session, const LimenLessonMark *mark)
{
  return limen_bound_session_state (session)->k == one_or_two (mark);
}

static gboolean
show_one (gpointer session, const LimenLessonMark *mark, double t)
{
  limen_bound_lesson_move_k (session, mark, one_or_two (mark), t);
  return TRUE;
}

/* -- any K, any proposal -- */

static gboolean
show_far (gpointer session, const LimenLessonMark *mark, double t)
{
  guint to = limen_bound_lesson_far_k ((guint)mark->number[LIMEN_BOUND_MARK_K]);
  limen_bound_lesson_move_k (session, mark, to, t);
  return TRUE;
}

/* A proposal that the user made or moved since, and let go, and its bound is known. One that came
 * with a file is not. */
static gboolean
is_dragged (gpointer session, const LimenLessonMark *mark)
{
  const LimenBoundPageState *state = limen_bound_session_state (session);
  return !state->held && limen_bound_lesson_is_current (session) &&
         limen_bound_lesson_preset (state) == LIMEN_N_PROPOSALS &&
         limen_bound_lesson_own_hash (state) != mark->number[LIMEN_BOUND_MARK_PROPOSAL];
}

static gboolean
show_drag (gpointer session, const LimenLessonMark *mark, double t)
{
  limen_bound_lesson_drag (session, mark, t);
  return TRUE;
}

static const LimenLessonStep steps[] = {
    {.id = "bound.below.weights",
     .deed = "Press “Draw Again” at the tree, and look at its lowest row: 32 draws from q, each "
             "with its weight w.",
     .begin = limen_bound_lesson_begin,
     .done = limen_bound_lesson_redrawn,
     .seen = say_weights,
     .argument = "One weight may lie far above p(x), or far below. On average they are right: the "
                 "mean of w is p(x) under every q that is positive wherever p(x, z) is.",
     .formula = "\\E_{z∼q}[w] = \\int q(z) \\frac{p(x∣z) p(z)}{q(z)} dz = p(x)",
     .show = limen_bound_lesson_show_redraw},
    {.id = "bound.below.one-sample",
     .deed =
         "Take K down to 1: drag the line for K to the left end. (It is 1 already? Take it to 2.)",
     .begin = limen_bound_lesson_begin,
     .done = is_at_one,
     .seen = limen_bound_lesson_say_gap,
     .argument = "Here Jensen’s inequality enters. The logarithm is concave, so the mean of "
                 "logarithms is never above the logarithm of the mean; and with one sample the "
                 "bound is a mean of logarithms.",
     .formula = "\\VLB^{(1)}(x) = \\E_{z∼q}[\\log w] ≤ \\log \\E_{z∼q}[w] = \\log p(x)",
     .show = show_one},
    {.id = "bound.below.any-k",
     .deed = "Make K ten times as large, or a tenth of it: drag its line. Does the curve meet log "
             "p(x) anywhere?",
     .begin = limen_bound_lesson_begin,
     .done = limen_bound_lesson_far,
     .seen = limen_bound_lesson_say_two,
     .argument = "The mean of K weights is p(x) on average, too. So Jensen’s inequality holds at "
                 "every K, word for word.",
     .formula = "\\E\\left[ \\log \\frac{1}{K} \\sum_{k=1}^{K} w_k \\right] ≤ \\log \\E\\left[ "
                "\\frac{1}{K} \\sum_{k=1}^{K} w_k \\right] = \\log p(x)",
     .show = show_far},
    {.id = "bound.below.break",
     .deed = "Now try to break it: drag q wherever you like, turn it, stretch it, and let go.",
     .begin = limen_bound_lesson_begin,
     .done = is_dragged,
     .seen = limen_bound_lesson_say_gap,
     .argument = "With one sample the gap has a name: it is the Kullback–Leibler divergence of q "
                 "from the posterior. A divergence is never negative, and 0 only between equals.",
     .formula = "\\log p(x) - \\VLB^{(1)}(x) = \\E_{z∼q}\\left[ \\log \\frac{q(z)}{p(z∣x)} "
                "\\right] = \\KL\\left( q(z) ‖ p(z∣x) \\right) ≥ 0",
     .show = show_drag},
};

static const LimenLessonLine proof[] = {
    {"Let q be a density over z that is positive wherever p(x, z) is. Draw K samples z from it, "
     "independently, and weigh each.",
     "w_k = \\frac{p(x∣z_k) p(z_k)}{q(z_k)} , \\quad \\bar{w}_K = \\frac{1}{K} \\sum_{k=1}^{K} w_k "
     ", \\quad \\VLB^{(K)}(x) = \\E[\\log \\bar{w}_K]"},
    {"In the mean of a weight q cancels. A mean of K weights has the same mean.",
     "\\E[\\bar{w}_K] = \\E[w_1] = \\int q(z) \\frac{p(x,z)}{q(z)} dz = \\int p(x,z) dz = p(x)"},
    {"The logarithm is concave: it lies below each of its tangents. Take the one at p(x); for "
     "every u > 0",
     "\\log u ≤ \\log p(x) + \\frac{u - p(x)}{p(x)}"},
    {"Put the mean of the weights in the place of u, and take the mean on both sides. The fraction "
     "has the mean 0, by the line before. That is Jensen’s inequality.",
     "\\VLB^{(K)}(x) = \\E[\\log \\bar{w}_K] ≤ \\log p(x)"},
    {"Nothing was asked of q but where it is positive, and nothing of K. Where q is 0 on a part of "
     "the plane although p(x, z) is not, the mean of a weight is even below p(x), and the "
     "inequality holds all the more.",
     NULL},
    {"With one sample the gap can be written out, by p(x, z) = p(x) p(z|x).",
     "\\log p(x) - \\E_{z∼q}\\left[ \\log \\frac{p(x,z)}{q(z)} \\right] = \\E_{z∼q}\\left[ \\log "
     "\\frac{q(z)}{p(z∣x)} \\right] = \\KL\\left( q(z) ‖ p(z∣x) \\right)"},
    {"It is the bound that is below log p(x): a mean over all draws. An estimate of it, from some "
     "draws, may come out above.",
     NULL},
};

const LimenLessonQuestion limen_bound_question_below = {
    .id = "bound.below",
    .title = "Why is it below log p(x)?",
    .step = steps,
    .n_steps = G_N_ELEMENTS (steps),
    .proof = proof,
    .n_lines = G_N_ELEMENTS (proof),
};
