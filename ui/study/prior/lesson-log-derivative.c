/* "How does the log-derivative trick get a gradient?" */
#include "model/base/number.h"
#include "ui/study/prior/lesson-private.h"

#include <math.h>

#define SHIFT 100
#define MANY  20
#define FEW   2

static const LimenDuelSettings *
duel_of (gpointer session)
{
  return limen_prior_session_of_duel (session);
}

static guint
parameter_of (gpointer session)
{
  return limen_prior_session_state (session)->view.parameter;
}

/* Whether it is one of μ or log s, which the trick is for */
static gboolean
is_of_q (gpointer session, guint index)
{
  return index < 2 * limen_prior_session_duel (session)->k;
}

/* "12.3", with the digits that hold; NULL where there is none */
static char *
variance_text (gpointer session, LimenGradientEstimator estimator, guint index)
{
  LimenNumber variance = limen_prior_lesson_variance (session, estimator, index);
  gboolean known = isfinite (variance.value) && variance.error < 0.05 * variance.value;
  return known ? limen_format_digits (variance, 3) : NULL;
}

/* -- other draws -- */

static gboolean
is_reseeded (gpointer session, const LimenLessonMark *mark)
{
  return (double)duel_of (session)->seed != mark->number[LIMEN_PRIOR_MARK_SEED];
}

static gboolean
show_reseed (gpointer session, const LimenLessonMark *mark, double t)
{
  LimenDuelSettings duel = limen_prior_session_state (session)->duel;
  if (t >= 1 && (double)duel.seed == mark->number[LIMEN_PRIOR_MARK_SEED]) {
    duel.seed++;
    limen_prior_lesson_set_duel (session, &duel);
  }
  return t < 1 || is_reseeded (session, mark);
}

/* The parameter is one of q, two draws or more have come, and their mean has an error. */
static char *
say_mean (gpointer session, const LimenLessonMark *mark)
{
  const LimenDuel *duel = limen_prior_session_duel (session);
  guint index = parameter_of (session);
  if (!is_of_q (session, index))
    return NULL;
  const LimenDuelCloud *cloud = &duel->cloud[LIMEN_LOG_DERIVATIVE];
  LimenEstimate estimate = limen_running_mean_estimate (&cloud->measured[index]);
  if (estimate.n < 2 || !isfinite (estimate.mean) || !isfinite (estimate.standard_error))
    return NULL;
  g_autofree char *name = limen_duel_parameter_name (duel, index);
  g_autofree char *n = limen_format_number ((double)estimate.n, 0);
  g_autofree char *mean = limen_format_mean (estimate.mean, estimate.standard_error, 4);
  g_autofree char *exact =
      limen_format_digits ((LimenNumber){duel->exact[index], duel->exact_error[index]}, 5);
  return g_strdup_printf ("With respect to %s the mean of these %s draws is %s (one standard "
                          "error); the exact derivative is %s.",
                          name, n, mean, exact);
}

/* -- a constant -- */

static gboolean
is_shift_turned (gpointer session, const LimenLessonMark *mark)
{
  return (duel_of (session)->shift != 0) != (mark->number[LIMEN_PRIOR_MARK_SHIFT] != 0);
}

static gboolean
show_shift (gpointer session, const LimenLessonMark *mark, double t)
{
  LimenDuelSettings duel = limen_prior_session_state (session)->duel;
  double wanted = mark->number[LIMEN_PRIOR_MARK_SHIFT] != 0 ? 0 : SHIFT;
  if (t >= 1 && duel.shift != wanted) {
    duel.shift = wanted;
    limen_prior_lesson_set_duel (session, &duel);
  }
  return t < 1 || is_shift_turned (session, mark);
}

/* The parameter is one of q, and the same as before, of as many variables; all variances are
 * known. */
static char *
say_shift (gpointer session, const LimenLessonMark *mark)
{
  const LimenDuel *duel = limen_prior_session_duel (session);
  guint index = parameter_of (session);
  double before = mark->number[LIMEN_PRIOR_MARK_VARIANCE];
  g_autofree char *raw = variance_text (session, LIMEN_LOG_DERIVATIVE, index);
  g_autofree char *path = variance_text (session, LIMEN_REPARAMETERIZATION, index);
  if (!is_of_q (session, index) || index != mark->number[LIMEN_PRIOR_MARK_PARAMETER] ||
      duel->k != mark->number[LIMEN_PRIOR_MARK_K] ||
      duel_of (session)->dimension != mark->number[LIMEN_PRIOR_MARK_DIMENSION] ||
      !isfinite (before) || !raw || !path)
    return NULL;
  g_autofree char *name = limen_duel_parameter_name (duel, index);
  g_autofree char *was = limen_format_digits ((LimenNumber){before, 1e-9 * before}, 3);
  return g_strdup_printf ("With respect to %s the variance of one draw went from %s to %s by the "
                          "log-derivative trick; by reparameterization it is %s, unmoved.",
                          name, was, raw, path);
}

/* -- a baseline -- */

static gboolean
is_another_of_q (gpointer session, const LimenLessonMark *mark)
{
  guint index = parameter_of (session);
  gboolean put_back =
      index == 0 && limen_prior_session_duel (session)->k != mark->number[LIMEN_PRIOR_MARK_K];
  return is_of_q (session, index) && index != mark->number[LIMEN_PRIOR_MARK_PARAMETER] && !put_back;
}

static gboolean
show_another_of_q (gpointer session, const LimenLessonMark *mark, double t)
{
  LimenPriorView view = limen_prior_session_state (session)->view;
  if (t >= 1) {
    view.parameter = mark->number[LIMEN_PRIOR_MARK_PARAMETER] == 1 ? 0 : 1;
    limen_prior_lesson_set_view (session, &view);
  }
  return TRUE;
}

/* The parameter is one of q, and all three variances are known. */
static char *
say_baselines (gpointer session, const LimenLessonMark *mark)
{
  guint index = parameter_of (session);
  g_autofree char *raw = variance_text (session, LIMEN_LOG_DERIVATIVE, index);
  g_autofree char *mean = variance_text (session, LIMEN_LOG_DERIVATIVE_MEAN, index);
  g_autofree char *best = variance_text (session, LIMEN_LOG_DERIVATIVE_OPTIMAL, index);
  if (!is_of_q (session, index) || !raw || !mean || !best)
    return NULL;
  g_autofree char *name = limen_duel_parameter_name (limen_prior_session_duel (session), index);
  return g_strdup_printf ("With respect to %s the variance of one draw is %s without a baseline, "
                          "%s with the mean of L, %s with the best constant.",
                          name, raw, mean, best);
}

/* -- many dimensions -- */

static gboolean
was_large (const LimenLessonMark *mark)
{
  return mark->number[LIMEN_PRIOR_MARK_DIMENSION] >= MANY;
}

static gboolean
is_grown (gpointer session, const LimenLessonMark *mark)
{
  guint k = duel_of (session)->dimension;
  return was_large (mark) ? k >= 1 && k <= FEW : k >= MANY;
}

static gboolean
show_growth (gpointer session, const LimenLessonMark *mark, double t)
{
  LimenDuelSettings duel = limen_prior_session_state (session)->duel;
  double from = fmax (mark->number[LIMEN_PRIOR_MARK_DIMENSION], 1);
  duel.dimension = (guint)round (from + ((was_large (mark) ? FEW : MANY) - from) * t);
  limen_prior_lesson_set_duel (session, &duel);
  return t < 1 || is_grown (session, mark);
}

/* The duel is over independent variables, and all three variances are known. */
static char *
say_growth (gpointer session, const LimenLessonMark *mark)
{
  guint k = duel_of (session)->dimension;
  g_autofree char *raw = variance_text (session, LIMEN_LOG_DERIVATIVE, 0);
  g_autofree char *mean = variance_text (session, LIMEN_LOG_DERIVATIVE_MEAN, 0);
  g_autofree char *path = variance_text (session, LIMEN_REPARAMETERIZATION, 0);
  if (k == 0 || !raw || !mean || !path)
    return NULL;
  return g_strdup_printf ("With %u %s the variance of one draw, with respect to μ₁, is %s without "
                          "a baseline, %s with the mean of L, and %s by reparameterization.",
                          k, k == 1 ? "dimension" : "dimensions", raw, mean, path);
}

static const LimenLessonStep steps[] = {
    {.id = "prior.log-derivative.draws",
     .deed = "Draw other samples (Ctrl+R, or “Seed” among the variants), and look at the cloud of "
             "the log-derivative trick around the exact gradient.",
     .begin = limen_prior_lesson_begin,
     .done = is_reseeded,
     .seen = say_mean,
     .argument = "The bound is a mean under q, and q is what moves. But ∇q is q ∇log q: so the "
                 "gradient is again a mean under q, and can be drawn. Only the values of L are "
                 "needed, no slope of the decoder.",
     .formula = "∇_φ \\E_{z∼q_φ}[L(z)] = \\E_{z∼q_φ}[L(z) ∇_φ \\log q_φ(z)] , \\quad L(z) = \\log "
                "\\frac{p_θ(x∣z) r_λ(z)}{q_φ(z)}",
     .show = show_reseed},
    {.id = "prior.log-derivative.shift",
     .deed = "Turn “Add 100 to log p” on. (It is on? Turn it off.) Which of the clouds moves?",
     .begin = limen_prior_lesson_begin,
     .done = is_shift_turned,
     .seen = say_shift,
     .argument = "A constant c has no gradient, and its draws c ∇log q have the mean 0; but they "
                 "have a spread. With g for one component of ∇log q, the mean of (L\u00a0+\u00a0c) "
                 "g is that of L g, and the variance is not.",
     .formula = "\\Var[(L + c) g] = \\Var[L g] + 2 c \\E[L g^2] + c^2 \\E[g^2]",
     .show = show_shift},
    {.id = "prior.log-derivative.baseline",
     .deed = "Choose another of μ or log s under “With respect to”, and unfold the variants.",
     .begin = limen_prior_lesson_begin,
     .done = is_another_of_q,
     .seen = say_baselines,
     .argument =
         "So subtract a constant that helps: a baseline b. The mean stays, whatever b is, and the "
         "variance is a parabola in b. The mean of L is a common choice, not the best one.",
     .formula = "b = \\frac{\\E[L g^2]}{\\E[g^2]} \\quad \\text{makes} \\quad \\Var[(L - b) g] "
                "\\quad \\text{least}",
     .show = show_another_of_q},
    {.id = "prior.log-derivative.dimension",
     .deed = "Under More, Model, set “Latent dimensions” to 20 or more. (They are? To 1 or 2.)",
     .begin = limen_prior_lesson_begin,
     .done = is_grown,
     .seen = say_growth,
     .argument =
         "Of k independent coordinates that are all alike, L is a sum of k terms, and only one of "
         "them has to do with μ₁. The others are noise: with the mean as baseline the variance "
         "grows like k, without one like k². The slope along z₁ does not see them.",
     .formula =
         "\\Var[(L - \\E L) g_1] = \\Var[(l_1 - \\E l_1) g_1] + (k - 1) \\Var(l_1) \\Var(g_1)",
     .show = show_growth},
};

static const LimenLessonLine proof[] = {
    {"Wanted is the gradient with respect to φ of a mean under q, of something that has φ in it as "
     "well.",
     "F(φ) = \\int q_φ(z) L_φ(z) dz , \\quad L_φ(z) = \\log p_θ(x∣z) + \\log r_λ(z) - \\log "
     "q_φ(z)"},
    {"Differentiate under the integral, which normal q and a log p(x|z) that grows no faster than "
     "a polynomial allow, and use ∇q = q ∇log q.",
     "∇F = \\int ∇q_φ(z) L_φ(z) dz + \\int q_φ(z) ∇L_φ(z) dz = \\E[L_φ(z) ∇ \\log q_φ(z)] + "
     "\\E[∇L_φ(z)]"},
    {"At a fixed z only log q depends on φ, so the last term is the mean of −∇log q. It is 0, as "
     "every density integrates to 1.",
     "\\E[∇ \\log q_φ(z)] = \\int ∇q_φ(z) dz = ∇ \\int q_φ(z) dz = ∇ 1 = 0"},
    {"What remains can be drawn: z from q, then L(z) ∇log q(z). For q = N(μ, diag s²), in each "
     "coordinate,",
     "\\frac{∂ \\log q}{∂μ} = \\frac{z - μ}{s^2} , \\quad \\frac{∂ \\log q}{∂ \\log s} = \\frac{(z "
     "- μ)^2}{s^2} - 1"},
    {"θ and λ are not in q. Their gradients go under the mean as they are: no trick is needed, and "
     "no sample more.",
     "∇_λ F = \\E[∇_λ \\log r_λ(z)] , \\quad ∇_θ F = \\E[∇_θ \\log p_θ(x∣z)]"},
    {"Let g be one component of ∇log q. Its mean is 0, so b g has the mean 0, too. The mean of "
     "(L\u00a0−\u00a0b) g does not depend on b; of its variance only the mean of the square does, "
     "a parabola in b, whose lowest point is the best baseline.",
     "\\E[(L - b)^2 g^2] = \\E[L^2 g^2] - 2 b \\E[L g^2] + b^2 \\E[g^2]"},
    {"With K samples the function under the mean is the logarithm of the mean of the weights. The "
     "same steps give, with each weight over the sum of all of them,",
     "∇_φ \\VLB^{(K)} = \\E\\left[ \\log \\bar{w}_K \\sum_{k=1}^{K} ∇ \\log q_φ(z_k) \\right] - "
     "\\E\\left[ \\sum_{k=1}^{K} \\frac{w_k}{\\sum_{i} w_i} ∇ \\log q_φ(z_k) \\right]"},
};

const LimenLessonQuestion limen_prior_question_log_derivative = {
    .id = "prior.log-derivative",
    .title = "How does the log-derivative trick get a gradient?",
    .step = steps,
    .n_steps = G_N_ELEMENTS (steps),
    .proof = proof,
    .n_lines = G_N_ELEMENTS (proof),
};
