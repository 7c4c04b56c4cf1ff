#include "ui/study/prior/findings.h"

#include "model/prior/sentences.h"

#include <math.h>

#define EVIDENCE_DIGITS 10 /* enough to see that two are the same */

const char *
limen_finding_title (LimenFinding which)
{
  static const char *const titles[LIMEN_N_FINDINGS] = {
      [LIMEN_FINDING_PHI] = "φ = (μ, log s), here μ₁",
      [LIMEN_FINDING_LAMBDA] = "λ = (λ1, λ2), here λ1₁",
      [LIMEN_FINDING_THETA] = "θ = (A, b)",
      [LIMEN_FINDING_PRIOR] = "Does a trainable prior help?"};
  g_return_val_if_fail (which < LIMEN_N_FINDINGS, NULL);
  return titles[which];
}

/* The same p(x) with another prior, in the digits that hold. The numbers of the other model are
 * rounded, by which the two are apart beside what either may be off: no digit that only that makes
 * is shown. */
static char *
prior_text (const LimenGaussianCase *c)
{
  g_autoptr (LimenGaussianModel) standard = limen_standard_prior (c->model);
  LimenNumber one = limen_gaussian_model_known_evidence (c->model, c->x);
  LimenNumber other = limen_gaussian_model_known_evidence (standard, c->x);
  double error = fabs (one.value - other.value) + one.error + other.error;
  g_autofree char *same = limen_claim_say (limen_standard_claims, LIMEN_STANDARD_N_CLAIMS, c);
  g_autofree char *its = limen_format_digits ((LimenNumber){one.value, error}, EVIDENCE_DIGITS);
  g_autofree char *standards =
      limen_format_digits ((LimenNumber){other.value, error}, EVIDENCE_DIGITS);
  return g_strdup_printf ("log p(x) = %s, with the prior N(0, I) %s. %s", its, standards, same);
}

char *
limen_finding_text (LimenPriorSession *session, LimenFinding which)
{
  g_return_val_if_fail (LIMEN_IS_PRIOR_SESSION (session) && which < LIMEN_N_FINDINGS, NULL);
  const LimenDuel *duel = limen_prior_session_duel (session);
  if (which == LIMEN_FINDING_PRIOR)
    return prior_text (limen_prior_session_case (session));
  guint index = which == LIMEN_FINDING_PHI ? 0 : (which == LIMEN_FINDING_LAMBDA ? 2 : 4) * duel->k;
  return limen_duel_sentence (duel, index);
}
