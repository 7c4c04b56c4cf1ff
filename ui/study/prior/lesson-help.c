/* "Does a trainable prior help?" */
#include "model/base/number.h"
#include "ui/study/prior/findings.h"
#include "ui/study/prior/lesson-private.h"

#include <math.h>

#define SAME 1e-6 /* of a bound: what rounding, and no more, may make of it */

/* -- the same p(x) with another prior -- */

static gboolean
is_standard_turned (gpointer session, const LimenLessonMark *mark)
{
  const LimenDuelSettings *duel = limen_prior_session_of_duel (session);
  return duel->dimension == 0 && duel->standard != (mark->number[LIMEN_PRIOR_MARK_STANDARD] != 0);
}

static gboolean
show_standard (gpointer session, const LimenLessonMark *mark, double t)
{
  LimenDuelSettings duel = limen_prior_session_state (session)->duel;
  gboolean wanted = mark->number[LIMEN_PRIOR_MARK_STANDARD] == 0;
  if (t >= 1 && (duel.standard != wanted || duel.dimension > 0)) {
    duel.standard = wanted;
    duel.dimension = 0;
    limen_prior_lesson_set_duel (session, &duel);
  }
  return t < 1 || is_standard_turned (session, mark);
}

/* Of every linear Gaussian model; it stands in one place, with the digits that hold. */
static char *
say_standard (gpointer session, const LimenLessonMark *mark)
{
  return limen_finding_text (session, LIMEN_FINDING_PRIOR);
}

/* -- a prior that is let go, or held -- */

/* Once it was held, λ is that of N(0, I): in all that is seen. */
static gboolean
is_trainable_turned (gpointer session, const LimenLessonMark *mark)
{
  const LimenRaceView *view = limen_prior_session_view (session);
  gboolean now = limen_prior_session_state (session)->race.common.trainable;
  gboolean arrived =
      view && (now || (view->last[0].lambda1[0] == 0 && view->last[0].lambda2[0] == 1));
  return now != (mark->number[LIMEN_PRIOR_MARK_TRAINABLE] != 0) && arrived;
}

static gboolean
show_trainable (gpointer session, const LimenLessonMark *mark, double t)
{
  LimenRaceSettings race = limen_prior_session_state (session)->race;
  gboolean wanted = mark->number[LIMEN_PRIOR_MARK_TRAINABLE] == 0;
  if (!limen_prior_lesson_pause (session))
    return FALSE;
  if (t < 1)
    return TRUE;
  if (race.common.trainable != wanted) {
    race.common.trainable = wanted;
    limen_prior_lesson_set_race (session, &race);
    limen_prior_session_look (session);
  }
  return is_trainable_turned (session, mark);
}

/* It is the same race at the same step, and its bound did not move, but for rounding. */
static char *
say_unmoved (gpointer session, const LimenLessonMark *mark)
{
  const LimenRaceView *view = limen_prior_session_view (session);
  const LimenRaceView *before = limen_prior_lesson_before (session);
  if (!before)
    return NULL;
  double was = before->last[0].bound, now = view->last[0].bound, apart = fabs (now - was);
  if (!(apart <= SAME * (1 + fabs (was))))
    return NULL;
  double error = apart + 1e-9 * (1 + fabs (was));
  g_autofree char *first = limen_format_known ((LimenNumber){was, error}, 4);
  g_autofree char *second = limen_format_known ((LimenNumber){now, error}, 4);
  return g_strdup_printf ("By “%s” the bound was %s nats per point, and is %s.",
                          view->runner[0].name, first, second);
}

static const LimenLessonStep steps[] = {
    {.id = "prior.help.standard",
     .deed = "Under More, Model, with “Latent dimensions” at 0, turn “Prior N(0, I) instead” on. "
             "(It is on? Turn it off.)",
     .begin = limen_prior_lesson_begin,
     .done = is_standard_turned,
     .seen = say_standard,
     .argument = "Every draw from N(λ1, diag λ2) is a draw from N(0, I), stretched and moved. A "
                 "decoder that begins with an affine map can do the stretching itself: the same "
                 "p(x), the same weights, the same bound for every K.",
     .formula = "z = λ_1 + \\sqrt{λ_2}·z_0 , \\quad A z + b = A \\text{diag}(\\sqrt{λ_2}) z_0 + (b "
                "+ A λ_1)",
     .show = show_standard},
    {.id = "prior.help.trainable",
     .deed =
         "Pause the race, then turn “Trainable” off. (It is off? Turn it on.) Does a bound jump?",
     .begin = limen_prior_lesson_begin,
     .done = is_trainable_turned,
     .seen = say_unmoved,
     .argument =
         "The encoder ends with an affine map and the decoder begins with one, so both take over "
         "what λ did, and nothing is lost: the best bound is the same with this prior and without. "
         "What λ changes is the way there: the steps are taken in other coordinates.",
     .formula = "\\max_{θ,φ,λ} \\VLB_{θ,φ,λ}(x) = \\max_{θ,φ} \\VLB_{θ,φ}(x) \\quad \\text{with} "
                "\\quad r = N(0, I)",
     .show = show_trainable},
    {.id = "prior.help.aggregate",
     .deed = "With “Trainable” on, let the race go twenty steps, and look at the latent planes: "
             "the points are means of q(z|x), the ellipse is the prior.",
     .begin = limen_prior_lesson_begin,
     .done = limen_prior_lesson_ran_trainable,
     .seen = limen_prior_lesson_say_race,
     .argument = "So when does a trainable prior help? When it can take a shape that the decoder "
                 "cannot make of N(0, I), or is too small to, or is not trained to. For an encoder "
                 "as it is, the best prior of all is the aggregate posterior itself; a normal one "
                 "matches its mean and variances, and what is left costs the divergence below.",
     .formula =
         "\\frac{1}{N} \\sum_{n=1}^{N} \\KL\\left( q_n ‖ r \\right) = \\frac{1}{N} \\sum_{n=1}^{N} "
         "\\KL\\left( q_n ‖ \\bar{q} \\right) + \\KL\\left( \\bar{q} ‖ r \\right)",
     .show = limen_prior_lesson_show_trainable_run},
};

static const LimenLessonLine proof[] = {
    {"Let the decoder’s mean be f(z), and r = N(λ1, diag λ2). Give another model the prior N(0, I) "
     "and the decoder f₀. Both have the same p(x), as z is distributed as λ1\u00a0+\u00a0√λ2·z₀.",
     "f_0(z_0) = f(λ_1 + \\sqrt{λ_2}·z_0) , \\quad \\int p(x∣z) r_λ(z) dz = \\int p_0(x∣z_0) "
     "N(z_0; 0, I) dz_0"},
    {"Give it the encoder of the moved variable, too. Then numerator and denominator of a weight "
     "are multiplied by the same number, the volume that the map stretches by.",
     "q_0 = N\\left( \\frac{μ - λ_1}{\\sqrt{λ_2}} , \\text{diag} \\frac{s^2}{λ_2} \\right) , "
     "\\quad \\frac{p_0(x∣z_0) N(z_0; 0, I)}{q_0(z_0)} = \\frac{p(x∣z) r_λ(z)}{q(z)}"},
    {"So every bound has the same value for both, whatever K is. If f begins with an affine map, "
     "as networks do, f₀ is a network of the same shape; and so is the encoder, which ends with "
     "one, for μ and for log s. The two sets of models are the same, and so are their best bounds.",
     "A (λ_1 + \\sqrt{λ_2}·z_0) + b = A \\text{diag}(\\sqrt{λ_2}) z_0 + (b + A λ_1)"},
    {"Gradient descent is not blind to coordinates: it takes other steps when μ, s and A are "
     "measured in other units. That is why two races come along different ways, and may be apart "
     "when they stop.",
     NULL},
    {"Where the prior has a family of its own it can do more. Let qₙ be q(z|xₙ) and let the "
     "aggregate posterior be their mean. What the bound pays to the prior r falls in two parts.",
     "\\bar{q} = \\frac{1}{N} \\sum_{n=1}^{N} q_n , \\quad \\frac{1}{N} \\sum_{n=1}^{N} "
     "\\E_{q_n}\\left[ \\log \\frac{q_n}{r} \\right] = \\frac{1}{N} \\sum_{n=1}^{N} "
     "\\E_{q_n}\\left[ \\log \\frac{q_n}{\\bar{q}} \\right] + \\E_{\\bar{q}}\\left[ \\log "
     "\\frac{\\bar{q}}{r} \\right]"},
    {"The first part has no r in it: it is how much z tells of which x it came from. The second is "
     "a divergence, 0 only for r = q̄. A mixture of normal distributions can come near it, as the "
     "VampPrior does (Tomczak and Welling, 2018); a single one matches mean and variances.",
     "\\min_{r} \\frac{1}{N} \\sum_{n=1}^{N} \\KL\\left( q_n ‖ r \\right) = \\frac{1}{N} "
     "\\sum_{n=1}^{N} \\KL\\left( q_n ‖ \\bar{q} \\right)"},
};

const LimenLessonQuestion limen_prior_question_help = {
    .id = "prior.help",
    .title = "Does a trainable prior help?",
    .step = steps,
    .n_steps = G_N_ELEMENTS (steps),
    .proof = proof,
    .n_lines = G_N_ELEMENTS (proof),
};
