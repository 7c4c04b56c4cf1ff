/* "When is it tight, and what must “powerful enough” mean?" */
#include "model/base/number.h"
#include "model/bound/sentences.h"
#include "ui/study/bound/lesson-private.h"

#include <math.h>

#define MANY 1000
#define FEW  10

/* -- the posterior -- */

/* Where it is not known, and will not be: a linear Gaussian model comes instead. Returns: whether
 * it is known now */
static gboolean
have_posterior (LimenBoundSession *session)
{
  gboolean can = limen_bound_session_proposal (session)->dimension == 2;
  if (limen_bound_session_posterior (session))
    return TRUE;
  if (!can)
    limen_bound_session_use_model (session, FALSE);
  return limen_bound_session_posterior (session) != NULL;
}

/* The proposal that came with a file may be the posterior, or not: that is no deed. */
static gboolean
is_at_posterior (gpointer session, const LimenLessonMark *mark)
{
  const LimenBoundPageState *state = limen_bound_session_state (session);
  gboolean was = mark->number[LIMEN_BOUND_MARK_AT_POSTERIOR] != 0;
  return !state->held && limen_bound_lesson_is_current (session) &&
         limen_bound_lesson_preset (state) != LIMEN_PROPOSAL_OWN &&
         limen_bound_lesson_at_posterior (session) != was;
}

static void
morph_on (LimenBoundSession *session, const LimenLessonMark *mark, double t)
{
  double from = mark->number[LIMEN_BOUND_MARK_MORPH];
  if (!limen_bound_lesson_at_posterior (session))
    limen_bound_session_set_morph (session, t < 1 ? from + (1 - from) * t : 1);
}

static gboolean
show_posterior (gpointer session, const LimenLessonMark *mark, double t)
{
  if (!have_posterior (session))
    return FALSE;
  if (mark->number[LIMEN_BOUND_MARK_AT_POSTERIOR] != 0)
    limen_bound_lesson_drag (session, mark, t);
  else
    morph_on (session, mark, t);
  return TRUE;
}

/* The numbers of q are those of the posterior: what is said of it stands in one place. Else the gap
 * that is left. */
static char *
say_posterior (gpointer session, const LimenLessonMark *mark)
{
  const LimenBoundStudy *study = limen_bound_session_study (session);
  const LimenClosedForm *form = study->proposal[0].form;
  if (form && form->likeness != LIMEN_LIKENESS_NONE)
    return limen_bound_study_sentence (study, limen_bound_session_state (session)->k);
  return limen_bound_lesson_say_gap (session, mark);
}

/* -- there, at another K -- */

static gboolean
is_far_at_posterior (gpointer session, const LimenLessonMark *mark)
{
  return limen_bound_lesson_at_posterior (session) && limen_bound_lesson_is_current (session) &&
         limen_bound_lesson_far (session, mark);
}

static gboolean
show_far_at_posterior (gpointer session, const LimenLessonMark *mark, double t)
{
  guint to = limen_bound_lesson_far_k ((guint)mark->number[LIMEN_BOUND_MARK_K]);
  if (!have_posterior (session))
    return FALSE;
  morph_on (session, mark, fmin (2 * t, 1));
  if (t > 0.5)
    limen_bound_lesson_move_k (session, mark, to, 2 * t - 1);
  return TRUE;
}

/* -- the best of a family, and another preset -- */

static gboolean
was_preset (const LimenLessonMark *mark, LimenProposalKind kind)
{
  return mark->number[LIMEN_BOUND_MARK_PRESET] == kind;
}

static LimenProposalKind
other_preset (const LimenLessonMark *mark, LimenProposalKind wanted)
{
  return was_preset (mark, wanted) ? LIMEN_PROPOSAL_MOMENTS : wanted;
}

static gboolean
has_preset (gpointer session, LimenProposalKind kind)
{
  return limen_bound_lesson_preset (limen_bound_session_state (session)) == kind;
}

static gboolean
is_best_diagonal (gpointer session, const LimenLessonMark *mark)
{
  return !limen_bound_session_state (session)->uses_vae &&
         has_preset (session, other_preset (mark, LIMEN_PROPOSAL_ELBO));
}

static gboolean
show_best_diagonal (gpointer session, const LimenLessonMark *mark, double t)
{
  if (limen_bound_session_state (session)->uses_vae)
    limen_bound_session_use_model (session, FALSE);
  if (t >= 1)
    limen_bound_session_set_preset (session, other_preset (mark, LIMEN_PROPOSAL_ELBO));
  return TRUE;
}

/* q is the diagonal one of least divergence, in closed form, and not the posterior. */
static char *
say_best_diagonal (gpointer session, const LimenLessonMark *mark)
{
  const LimenClosedForm *form = limen_bound_session_study (session)->proposal[0].form;
  g_autofree char *gap = limen_bound_lesson_gap (session, 1);
  if (!form || form->likeness != LIMEN_LIKENESS_NONE || !gap ||
      !has_preset (session, LIMEN_PROPOSAL_ELBO))
    return limen_bound_lesson_say_gap (session, mark);
  return g_strdup_printf ("With one sample even the best q with independent coordinates leaves %s.",
                          gap);
}

/* -- many samples -- */

static gboolean
is_many (gpointer session, const LimenLessonMark *mark)
{
  guint k = limen_bound_session_state (session)->k;
  return mark->number[LIMEN_BOUND_MARK_K] < MANY ? k >= MANY : k <= FEW;
}

static gboolean
show_many (gpointer session, const LimenLessonMark *mark, double t)
{
  guint to = mark->number[LIMEN_BOUND_MARK_K] < MANY ? MANY : FEW;
  limen_bound_lesson_move_k (session, mark, to, t);
  return TRUE;
}

/* -- how many -- */

static gboolean
is_prior (gpointer session, const LimenLessonMark *mark)
{
  return limen_bound_lesson_is_current (session) &&
         has_preset (session, other_preset (mark, LIMEN_PROPOSAL_PRIOR));
}

static gboolean
show_prior (gpointer session, const LimenLessonMark *mark, double t)
{
  if (t >= 1)
    limen_bound_session_set_preset (session, other_preset (mark, LIMEN_PROPOSAL_PRIOR));
  return TRUE;
}

/* A linear Gaussian model, whose weights have a variance that is known; and the gap at the largest
 * K is known, too. That the two agree is not said: they are shown. */
static char *
say_rate (gpointer session, const LimenLessonMark *mark)
{
  const LimenBoundStudy *study = limen_bound_session_study (session);
  LimenNumber variance = limen_bound_study_variance (study, 0);
  double k = LIMEN_BOUND_MOST_K;
  g_autofree char *gap = limen_bound_lesson_gap (session, LIMEN_BOUND_MOST_K);
  if (!study->proposal[0].form || !gap || !isfinite (variance.value) ||
      !(variance.value > variance.error))
    return NULL;
  g_autofree char *number = limen_format_number (k, 0);
  g_autofree char *digits = limen_format_digits (variance, 3);
  g_autofree char *law =
      limen_format_digits ((LimenNumber){variance.value / (2 * k), variance.error / (2 * k)}, 2);
  return g_strdup_printf (
      "Here Var(w)/p(x)² is %s, so that Var(w)/(2K p(x)²) is %s at K = %s; the gap there is %s.",
      digits, law, number, gap);
}

static const LimenLessonStep steps[] = {
    {.id = "bound.tight.posterior",
     .deed = "Slide “Towards the posterior” to 100 %. (q is there already? Drag it away.)",
     .begin = limen_bound_lesson_begin,
     .done = is_at_posterior,
     .seen = say_posterior,
     .argument = "If q is the posterior, every z has the same weight, p(x), and of equal numbers "
                 "the mean of the logarithms is the logarithm of the mean. And only then: the "
                 "logarithm is strictly concave, so any spread of the weights costs something.",
     .formula = "w = \\frac{p(x,z)}{q(z)} = \\frac{p(x,z)}{p(z∣x)} = p(x)",
     .show = show_posterior},
    {.id = "bound.tight.every-k",
     .deed = "With q on the posterior, drag K ten times as far, or to a tenth.",
     .begin = limen_bound_lesson_begin,
     .done = is_far_at_posterior,
     .seen = say_posterior,
     .argument = "So “powerful enough” means this, for any K that is fixed: q(z|x) equals p(z|x) "
                 "for almost every z. For a data set: for almost every x, with one and the same φ. "
                 "No less will do.",
     .formula =
         "\\VLB^{(K)}(x) = \\log p(x) \\quad ⇔ \\quad q(z∣x) = p(z∣x) \\text{ for almost every } z",
     .show = show_far_at_posterior},
    {.id = "bound.tight.family",
     .deed = "Under the linear Gaussian model choose the preset “ELBO-optimal”: of all q with "
             "independent coordinates the best at K = 1. (Chosen already? “Moment-matched”.)",
     .begin = limen_bound_lesson_begin,
     .done = is_best_diagonal,
     .seen = say_best_diagonal,
     .argument =
         "A larger network is not a larger family. An encoder that says a mean and a variance for "
         "each coordinate has no other q to offer. Where the posterior is normal with precision Λ, "
         "the best of them leaves this gap at K = 1: 0 only if Λ is diagonal.",
     .formula = "\\min_{q} \\KL\\left( q(z) ‖ p(z∣x) \\right) = \\frac{1}{2} \\left( \\sum_{j} "
                "\\log Λ_{jj} - \\log \\text{det} Λ \\right)",
     .show = show_best_diagonal},
    {.id = "bound.tight.many",
     .deed =
         "Leave q as it is and take K to 1\u2009000 or more. (It is there already? To 10 or less.)",
     .begin = limen_bound_lesson_begin,
     .done = is_many,
     .seen = limen_bound_lesson_say_two,
     .argument = "The other way to be powerful enough: ever more samples. By the law of large "
                 "numbers the mean of the weights goes to p(x), and the bound to log p(x), for "
                 "every q that is positive wherever p(x, z) is and whose bound is not −∞. The "
                 "weights need no variance for it.",
     .formula = "\\lim_{K→∞} \\VLB^{(K)}(x) = \\log p(x)",
     .show = show_many},
    {.id = "bound.tight.rate",
     .deed = "How many samples, then? Choose the preset “Prior” and look at Var(w)/p² in the "
             "panel. (Chosen already? “Moment-matched”.)",
     .begin = limen_bound_lesson_begin,
     .done = is_prior,
     .seen = say_rate,
     .argument = "Under a linear Gaussian model whose weights have a variance, the gap comes to "
                 "Var(w)/(2K p²) as K grows: ten times the samples, a tenth of the gap. Where they "
                 "have none, no constant over K stays above the gap.",
     .formula = "K \\left( \\log p(x) - \\VLB^{(K)}(x) \\right) → \\frac{\\Var(w)}{2 p(x)^2}",
     .show = show_prior},
};

static const LimenLessonLine proof[] = {
    {"Let q be positive wherever p(x, z) is, and u the mean of the K weights over p(x). Its mean "
     "is 1, so that u − 1 may be added to the gap without changing it.",
     "\\log p(x) - \\VLB^{(K)}(x) = \\E[u - 1 - \\log u] , \\quad u = \\frac{\\bar{w}_K}{p(x)}"},
    {"In the brackets stands how far the logarithm lies below its tangent at 1: above 0, except at "
     "u = 1. So the gap is 0 exactly if u = 1 in almost every draw.",
     "u - 1 - \\log u ≥ 0 , \\quad \\text{and} = 0 \\text{ only for} \\quad u = 1"},
    {"Then the first weight is what the others leave of K p(x), though it is independent of them: "
     "it is a constant, p(x). That says p(x, z) = p(x) q(z) wherever q is positive, so that q is "
     "the posterior. The other way round all weights of the posterior are p(x).",
     "\\VLB^{(K)}(x) = \\log p(x) \\quad ⇔ \\quad q(z) = p(z∣x) \\text{ for almost every } z"},
    {"Where q is 0 on a part of the posterior, the mean of a weight is below p(x), and the bound "
     "stays below the logarithm of that, however large K is.",
     NULL},
    {"Now K grows, and VLB with one sample is finite. Write v for the weights over p(x). The "
     "logarithm of their mean lies between the mean of the logarithms and u − 1.",
     "\\frac{1}{K} \\sum_{k=1}^{K} \\log v_k ≤ \\log u ≤ u - 1"},
    {"By the law of large numbers u goes to 1, hence log u to 0, in almost every draw; the left "
     "and the right go to E log v and 0, and their means are E log v and 0 at every K. Between two "
     "such the means converge along with what they are of (Pratt’s lemma, which is dominated "
     "convergence with bounds that move).",
     "\\VLB^{(K)}(x) - \\log p(x) = \\E[\\log u] → 0"},
    {"The same holds if only VLB with some M samples is finite: take means of M weights in the "
     "place of weights; what lies between two multiples of M follows, as the bound rises.",
     NULL},
    {"The rate: near 1 the brackets are about (u − 1)²/2, whose mean is Var(w)/(2K p(x)²). That "
     "nothing else counts as K grows holds where a moment of the weights a little above the second "
     "is finite and E 1/u stays bounded (Domke and Sheldon, 2018, theorem 3). Under a linear "
     "Gaussian model both follow if the variance is finite: log w is a polynomial of degree 2, and "
     "an integral of its exponential that is finite remains so after a small change.",
     "\\E[u - 1 - \\log u] ≈ \\frac{1}{2} \\Var(u) = \\frac{\\Var(w)}{2 K p(x)^2}"},
};

const LimenLessonQuestion limen_bound_question_tight = {
    .id = "bound.tight",
    .title = "When is it tight, and what must “powerful enough” mean?",
    .step = steps,
    .n_steps = G_N_ELEMENTS (steps),
    .proof = proof,
    .n_lines = G_N_ELEMENTS (proof),
};
