/* "How does reparameterization get one, written out for Gaussians?" */
#include "model/base/number.h"
#include "ui/study/prior/lesson-private.h"

#include <math.h>

#define LEAST_OMEGA 0.1
#define MOST_OMEGA  12

/* -- with respect to what -- */

static LimenGradientPart
part_of (gpointer session, guint index)
{
  guint k = limen_prior_session_duel (session)->k;
  return index < 4 * k ? (LimenGradientPart)(index / k) : LIMEN_PART_A;
}

/* @wanted, or where that was chosen already, @other */
static LimenGradientPart
part_asked (const LimenLessonMark *mark, LimenGradientPart wanted, LimenGradientPart other)
{
  double k = mark->number[LIMEN_PRIOR_MARK_K], index = mark->number[LIMEN_PRIOR_MARK_PARAMETER];
  return floor (index / k) == wanted ? other : wanted;
}

/* Another parameter than before, of @part. One that only means another for a model of more
 * variables, or that was put back as there are fewer, was not chosen. */
static gboolean
is_of_part (gpointer session, const LimenLessonMark *mark, LimenGradientPart part)
{
  guint index = limen_prior_session_state (session)->view.parameter;
  gboolean put_back =
      index == 0 && limen_prior_session_duel (session)->k != mark->number[LIMEN_PRIOR_MARK_K];
  return index != mark->number[LIMEN_PRIOR_MARK_PARAMETER] && !put_back &&
         part_of (session, index) == part;
}

static gboolean
show_part (gpointer session, const LimenLessonMark *mark, double t, LimenGradientPart part)
{
  LimenPriorView view = limen_prior_session_state (session)->view;
  if (t >= 1 && !is_of_part (session, mark, part)) {
    view.parameter = part * limen_prior_session_duel (session)->k;
    limen_prior_lesson_set_view (session, &view);
  }
  return TRUE;
}

#define PART(name, wanted, other)                                                                  \
  static gboolean is_##name (gpointer session, const LimenLessonMark *mark)                        \
  {                                                                                                \
    return is_of_part (session, mark, part_asked (mark, wanted, other));                           \
  }                                                                                                \
  static gboolean show_##name (gpointer session, const LimenLessonMark *mark, double t)            \
  {                                                                                                \
    return show_part (session, mark, t, part_asked (mark, wanted, other));                         \
  }
PART (mu, LIMEN_PART_MU, LIMEN_PART_LOG_S)
PART (lambda1, LIMEN_PART_LAMBDA1, LIMEN_PART_LAMBDA2)
PART (lambda2, LIMEN_PART_LAMBDA2, LIMEN_PART_LAMBDA1)

/* The exact derivative, with the digits that hold; and what a digit of it costs, which is said of
 * every parameter in one place. */
static char *
say_derivative (gpointer session, const LimenLessonMark *mark)
{
  const LimenDuel *duel = limen_prior_session_duel (session);
  guint index = limen_prior_session_state (session)->view.parameter;
  if (index >= duel->n_parameters || !isfinite (duel->exact[index]))
    return NULL;
  g_autofree char *name = limen_duel_parameter_name (duel, index);
  g_autofree char *exact =
      limen_format_digits ((LimenNumber){duel->exact[index], duel->exact_error[index]}, 5);
  g_autofree char *cost = limen_duel_sentence (duel, index);
  return g_strdup_printf ("The derivative of the bound with respect to %s is %s. %s", name, exact,
                          cost ? cost : "");
}

/* -- a cost that wiggles -- */

static double
omega_of (gpointer session)
{
  return limen_prior_session_state (session)->view.omega;
}

static gboolean
is_overtaken (gpointer session, const LimenLessonMark *mark)
{
  int winner = limen_prior_lesson_winner (omega_of (session));
  return winner != 0 && winner != mark->number[LIMEN_PRIOR_MARK_WINNER];
}

static gboolean
show_omega (gpointer session, const LimenLessonMark *mark, double t)
{
  LimenPriorView view = limen_prior_session_state (session)->view;
  double from = mark->number[LIMEN_PRIOR_MARK_OMEGA];
  double to = mark->number[LIMEN_PRIOR_MARK_WINNER] < 0 ? LEAST_OMEGA : MOST_OMEGA;
  view.omega = t < 1 ? from + (to - from) * t : to;
  limen_prior_lesson_set_view (session, &view);
  return TRUE;
}

static char *
say_winner (gpointer session, const LimenLessonMark *mark)
{
  LimenWiggle wiggle = limen_prior_lesson_wiggle (omega_of (session));
  g_autofree char *words = limen_claim_say (limen_wiggle_claims, LIMEN_WIGGLE_N_CLAIMS, &wiggle);
  g_autofree char *omega = limen_format_number (omega_of (session), 1);
  return words ? g_strdup_printf ("At ω = %s: %s", omega, words) : NULL;
}

static const LimenLessonStep steps[] = {
    {.id = "prior.reparameterization.mu",
     .deed = "Under “With respect to” choose one of μ. (It is one already? One of log s.)",
     .begin = limen_prior_lesson_begin,
     .done = is_mu,
     .seen = say_derivative,
     .argument =
         "Write z = μ\u00a0+\u00a0s·ε with ε from N(0, I). Now the randomness has no parameter in "
         "it, the gradient goes under the mean, and follows z by the chain rule: it uses the slope "
         "of L, where the log-derivative trick uses only its height.",
     .formula = "\\frac{∂}{∂μ_j} \\E_{ε}[L(μ + s·ε)] = \\E_{ε}\\left[ \\frac{∂ \\log "
                "p_θ(x∣z)}{∂z_j} - \\frac{z_j - λ_{1,j}}{λ_{2,j}} \\right]",
     .show = show_mu},
    {.id = "prior.reparameterization.lambda1",
     .deed = "Choose one of λ1. (It is one already? One of λ2.)",
     .begin = limen_prior_lesson_begin,
     .done = is_lambda1,
     .seen = say_derivative,
     .argument = "λ is not in q, so both tricks draw the same: the slope of log r(z). For normal q "
                 "and r its mean is known, and no draw is needed: the prior is pulled towards μ, "
                 "the harder the narrower it is.",
     .formula = "\\frac{∂ \\VLB}{∂λ_{1,j}} = \\E\\left[ \\frac{z_j - λ_{1,j}}{λ_{2,j}} \\right] = "
                "\\frac{μ_j - λ_{1,j}}{λ_{2,j}}",
     .show = show_lambda1},
    {.id = "prior.reparameterization.lambda2",
     .deed = "And one of λ2. (It is one already? One of λ1.)",
     .begin = limen_prior_lesson_begin,
     .done = is_lambda2,
     .seen = say_derivative,
     .argument = "The same for the variance of the prior: it is pulled towards "
                 "s²\u00a0+\u00a0(μ\u00a0−\u00a0λ1)², the mean square distance of z from λ1 under "
                 "q, and the derivative is 0 exactly there.",
     .formula = "\\frac{∂ \\VLB}{∂λ_{2,j}} = \\frac{1}{2} \\left( \\frac{s_j^2 + (μ_j - "
                "λ_{1,j})^2}{λ_{2,j}^2} - \\frac{1}{λ_{2,j}} \\right)",
     .show = show_lambda2},
    {.id = "prior.reparameterization.wiggle",
     .deed = "Is it always better? Under More, “A cost that wiggles”, move ω until the other one "
             "has the lower variance.",
     .begin = limen_prior_lesson_begin,
     .done = is_overtaken,
     .seen = say_winner,
     .argument =
         "No. The slope of sin(ωz) grows with ω, its height does not: a cost that is flat on the "
         "whole but rough in detail has slopes that say little. By the log-derivative trick the "
         "variance stays below 1/s², however large ω is; by reparameterization it grows like ω²/2.",
     .formula = "\\Var\\left[ \\text{sin}(ωz) \\frac{z - μ}{s^2} \\right] ≤ \\frac{1}{s^2} , "
                "\\quad \\Var[ω \\text{cos}(ωz)] ≈ \\frac{ω^2}{2}",
     .show = show_omega},
};

static const LimenLessonLine proof[] = {
    {"Let q = N(μ, diag s²) and r = N(λ1, diag λ2). A draw from q is a function of φ = (μ, log s) "
     "and of noise that knows nothing of φ.",
     "z = μ + s·ε , \\quad ε ∼ N(0, I) , \\quad \\VLB(x) = \\E_{ε}[L(μ + s·ε)]"},
    {"At such a z the logarithms of prior and proposal are these. In that of q neither μ nor z is "
     "left.",
     "\\log r_λ(z) = - \\frac{1}{2} \\sum_{j} \\left( \\frac{(z_j - λ_{1,j})^2}{λ_{2,j}} + \\log "
     "2πλ_{2,j} \\right) \\\\ \\log q(z) = - \\frac{1}{2} \\sum_{j} \\left( ε_j^2 + 2 \\log s_j + "
     "\\log 2π \\right)"},
    {"The distribution of ε has no parameter, so the derivative goes under the mean, where log "
     "p(x|z) is locally Lipschitz continuous in z and its slope does not grow too fast: networks "
     "of ReLU or tanh will do. With D for the slope of log p\u00a0+\u00a0log r along z, the chain "
     "rule gives",
     "D_j = \\frac{∂ \\log p_θ(x∣z)}{∂z_j} - \\frac{z_j - λ_{1,j}}{λ_{2,j}} \\\\ \\frac{∂ "
     "\\VLB}{∂μ_j} = \\E_{ε}[D_j] , \\quad \\frac{∂ \\VLB}{∂ \\log s_j} = \\E_{ε}[D_j s_j ε_j] + "
     "1"},
    {"λ1 and λ2 are in log r alone. One draw of their derivatives, and its mean, by E z = μ and E "
     "(z\u00a0−\u00a0λ1)² = s²\u00a0+\u00a0(μ\u00a0−\u00a0λ1)²:",
     "\\frac{∂ \\log r_λ}{∂λ_{1,j}} = \\frac{z_j - λ_{1,j}}{λ_{2,j}} , \\quad \\frac{∂ "
     "\\VLB}{∂λ_{1,j}} = \\frac{μ_j - λ_{1,j}}{λ_{2,j}} \\\\ \\frac{∂ \\log r_λ}{∂λ_{2,j}} = "
     "\\frac{(z_j - λ_{1,j})^2}{2 λ_{2,j}^2} - \\frac{1}{2 λ_{2,j}} , \\quad \\frac{∂ "
     "\\VLB}{∂λ_{2,j}} = \\frac{s_j^2 + (μ_j - λ_{1,j})^2}{2 λ_{2,j}^2} - \\frac{1}{2 λ_{2,j}}"},
    {"So that λ2 stays positive, its logarithm is trained: by the chain rule its derivative is λ2 "
     "times that of λ2.",
     "\\frac{∂ \\VLB}{∂ \\log λ_{2,j}} = \\frac{1}{2} \\left( \\frac{s_j^2 + (μ_j - "
     "λ_{1,j})^2}{λ_{2,j}} - 1 \\right)"},
    {"What r and q have to do with it can be done without a draw: that is the KL divergence in "
     "closed form. Only the slope of log p(x|z) is drawn then.",
     "\\frac{∂ \\VLB}{∂μ_j} = \\E_{ε}\\left[ \\frac{∂ \\log p_θ(x∣z)}{∂z_j} \\right] - \\frac{μ_j "
     "- λ_{1,j}}{λ_{2,j}} \\\\ \\frac{∂ \\VLB}{∂ \\log s_j} = \\E_{ε}\\left[ \\frac{∂ \\log "
     "p_θ(x∣z)}{∂z_j} s_j ε_j \\right] + 1 - \\frac{s_j^2}{λ_{2,j}}"},
    {"For the decoder p(x|z) = N(Az\u00a0+\u00a0b, σ²I) the slope is",
     "\\frac{∂ \\log p_θ(x∣z)}{∂z} = \\frac{1}{σ^2} A^⊤ (x - A z - b)"},
    {"With K samples each path counts by its weight over the sum of all of them, and ∇ stands for "
     "any of the derivatives above, along the path.",
     "∇ \\VLB^{(K)} = \\E\\left[ \\sum_{k=1}^{K} \\frac{w_k}{\\sum_{i} w_i} ∇ \\log w_k \\right]"},
};

const LimenLessonQuestion limen_prior_question_reparameterization = {
    .id = "prior.reparameterization",
    .title = "How does reparameterization get one, written out for Gaussians?",
    .step = steps,
    .n_steps = G_N_ELEMENTS (steps),
    .proof = proof,
    .n_lines = G_N_ELEMENTS (proof),
};
