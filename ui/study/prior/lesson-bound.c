/* "Why does the bound hold with a trainable prior?" */
#include "model/base/number.h"
#include "ui/study/prior/lesson-private.h"

#include <math.h>

/* -- all exact -- */

/* A race of affine maps; where it had others before, it began anew. */
static gboolean
ran_affine (gpointer session, const LimenLessonMark *mark)
{
  gboolean anew = mark->number[LIMEN_PRIOR_MARK_HIDDEN] > 0;
  LimenLessonMark from = *mark;
  if (anew)
    from.number[LIMEN_PRIOR_MARK_STEP] = 0;
  return limen_prior_session_state (session)->race.common.hidden == 0 &&
         limen_prior_lesson_ran (session, &from);
}

static gboolean
show_affine_run (gpointer session, const LimenLessonMark *mark, double t)
{
  LimenRaceSettings race = limen_prior_session_state (session)->race;
  LimenLessonMark from = *mark;
  if (mark->number[LIMEN_PRIOR_MARK_HIDDEN] > 0)
    from.number[LIMEN_PRIOR_MARK_STEP] = 0;
  if (race.common.hidden > 0) {
    race.common.hidden = 0;
    limen_prior_lesson_set_race (session, &race);
  }
  return limen_prior_lesson_show_run (session, &from, t);
}

/* Bound and log-likelihood are in closed form, over the same points at the same step, and differ by
 * more than both may be off. */
static char *
say_exact (gpointer session, const LimenLessonMark *mark)
{
  const LimenRaceView *view = limen_prior_session_view (session);
  if (!view || view->error || limen_prior_session_state (session)->race.common.hidden > 0)
    return NULL;
  const LimenPriorReport *last = &view->last[0];
  double gap = last->log_likelihood - last->bound,
         error = last->log_likelihood_error + last->bound_error;
  g_autofree char *bound = limen_format_known ((LimenNumber){last->bound, last->bound_error}, 4);
  g_autofree char *likelihood =
      limen_format_known ((LimenNumber){last->log_likelihood, last->log_likelihood_error}, 4);
  if (!isfinite (gap) || !(gap > error) || g_str_equal (bound, likelihood))
    return NULL;
  return g_strdup_printf (
      "By “%s” the bound is %s nats per point; the log-likelihood that it bounds is %s.",
      view->runner[0].name, bound, likelihood);
}

/* -- the best λ -- */

static gboolean
is_optimal (gpointer session, const LimenLessonMark *mark)
{
  return limen_prior_session_n_optimal (session) > mark->number[LIMEN_PRIOR_MARK_OPTIMAL];
}

static gboolean
show_optimal (gpointer session, const LimenLessonMark *mark, double t)
{
  if (!limen_prior_lesson_pause (session))
    return FALSE;
  if (t < 1 || is_optimal (session, mark))
    return TRUE;
  if (limen_prior_session_rests (session))
    limen_prior_session_optimal_lambda (session);
  return FALSE;
}

/* Both bounds are exact, of the same race at the same step, and differ by more than they may be
 * off. */
static char *
say_optimal (gpointer session, const LimenLessonMark *mark)
{
  const LimenRaceView *view = limen_prior_session_view (session);
  const LimenRaceView *before = limen_prior_lesson_before (session);
  if (!before)
    return NULL;
  const LimenNumber was = {before->last[0].bound, before->last[0].bound_error};
  const LimenNumber now = {view->last[0].bound, view->last[0].bound_error};
  g_autofree char *first = limen_format_known (was, 4), *second = limen_format_known (now, 4);
  if (!(now.value - was.value > now.error + was.error) || g_str_equal (first, second))
    return NULL;
  return g_strdup_printf ("By “%s” the bound rose from %s to %s nats per point.",
                          view->runner[0].name, first, second);
}

static const LimenLessonStep steps[] = {
    {.id = "prior.bound.play",
     .deed = "With “Trainable” on, press Play, and watch λ1 and λ2 for twenty steps or more.",
     .begin = limen_prior_lesson_begin,
     .done = limen_prior_lesson_ran_trainable,
     .seen = limen_prior_lesson_say_race,
     .argument =
         "Each λ is a model of its own, with a likelihood of its own. Jensen’s inequality asks of "
         "the prior only that it is a density over z that does not look at x; r is one for every "
         "λ. So bound and likelihood move together, and the bound stays below.",
     .formula = "\\E_{z∼q_φ}\\left[ \\log \\frac{p_θ(x∣z) r_λ(z)}{q_φ(z∣x)} \\right] ≤ \\log \\int "
                "p_θ(x∣z) r_λ(z) dz = \\log p_{θ,λ}(x)",
     .show = limen_prior_lesson_show_trainable_run},
    {.id = "prior.bound.exact",
     .deed = "Choose “affine” for encoder and decoder, where everything is known exactly, and let "
             "the race go twenty steps.",
     .begin = limen_prior_lesson_begin,
     .done = ran_affine,
     .seen = say_exact,
     .argument = "What rises in training is a lower bound, for every θ, φ and λ. So no prior can "
                 "be learned that lifts it above the highest likelihood of all these models: the "
                 "line in the picture.",
     .formula = "\\max_{θ,φ,λ} \\VLB(x) ≤ \\max_{θ,λ} \\log p_{θ,λ}(x)",
     .show = show_affine_run},
    {.id = "prior.bound.optimal",
     .deed = "Pause, and press “Set” beside “Optimal λ for this encoder”.",
     .begin = limen_prior_lesson_begin,
     .done = is_optimal,
     .seen = say_optimal,
     .argument =
         "In the bound λ stands in one place, the divergence of q(z|x) from r. Its mean over the "
         "data is least where r has the mean and the variances of the aggregate posterior, the "
         "mean of all q(z|x). So the mean bound over the data cannot fall by it.",
     .formula = "λ_1 = \\frac{1}{N} \\sum_{n=1}^{N} μ(x_n) , \\quad λ_2 = \\frac{1}{N} "
                "\\sum_{n=1}^{N} \\left( s(x_n)^2 + (μ(x_n) - λ_1)^2 \\right)",
     .show = show_optimal},
};

static const LimenLessonLine proof[] = {
    {"Fix θ and λ. With r for its prior the model is a joint density of x and z, and this is the "
     "likelihood of x under it.",
     "p_{θ,λ}(x) = \\int p_θ(x∣z) r_λ(z) dz"},
    {"Let q(z|x) be positive wherever p(x|z) r(z) is. The weight of a draw z from it has the mean",
     "\\E_{z∼q_φ}[w] = \\int q_φ(z∣x) \\frac{p_θ(x∣z) r_λ(z)}{q_φ(z∣x)} dz = p_{θ,λ}(x)"},
    {"That is all that the proof on the Bound page needs. By Jensen’s inequality, for every θ, φ, "
     "λ and K,",
     "\\VLB^{(K)}_{θ,φ,λ}(x) = \\E\\left[ \\log \\frac{1}{K} \\sum_{k=1}^{K} w_k \\right] ≤ \\log "
     "\\E\\left[ \\frac{1}{K} \\sum_{k=1}^{K} w_k \\right] = \\log p_{θ,λ}(x)"},
    {"Where would it break? If the prior looked at x. Then the integral is still what the bound is "
     "below, but as a function of x it need not integrate to 1: it is no likelihood.",
     NULL},
    {"With one sample the bound is the reconstruction less a divergence, and only the divergence "
     "has λ in it.",
     "\\VLB^{(1)}(x) = \\E_{z∼q_φ}[\\log p_θ(x∣z)] - \\KL\\left( q_φ(·∣x) ‖ r_λ \\right)"},
    {"For q(z|x) = N(μ, diag s²) and r = N(λ1, diag λ2), coordinate by coordinate, that is",
     "\\KL\\left( q_φ ‖ r_λ \\right) = \\frac{1}{2} \\sum_{j} \\left( \\log \\frac{λ_{2,j}}{s_j^2} "
     "+ \\frac{s_j^2 + (μ_j - λ_{1,j})^2}{λ_{2,j}} - 1 \\right)"},
    {"Take the mean over the data. In λ1 it is a square, least at the mean of μ. Then in λ2 it is "
     "log λ2\u00a0+\u00a0v/λ2 with v the mean of s²\u00a0+\u00a0(μ\u00a0−\u00a0λ1)²; its slope "
     "(λ2\u00a0−\u00a0v)/λ2² is negative below v and positive above, so that it is least at λ2 = "
     "v.",
     NULL},
};

const LimenLessonQuestion limen_prior_question_bound = {
    .id = "prior.bound",
    .title = "Why does the bound hold with a trainable prior?",
    .step = steps,
    .n_steps = G_N_ELEMENTS (steps),
    .proof = proof,
    .n_lines = G_N_ELEMENTS (proof),
};
