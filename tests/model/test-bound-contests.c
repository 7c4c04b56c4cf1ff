/* What the Bound page says of one proposal against another, of random contests and of cases by
 * hand. */
#include "model/bound-worlds.h"

#define N_CONTESTS 150

/* -- the contest -- */

/* The posterior's, with its variances multiplied by @scale and moved by @far deviations */
static void
add_scaled (World *world, guint i, double scale, double far)
{
  LimenGaussianCase *made = world->gaussian_case;
  guint k = made->model->latent;
  long double mean[PLAIN_MOST], covariance[PLAIN_MOST][PLAIN_MOST];
  g_autofree char *name = g_strdup_printf ("number %u", i);
  g_autoptr (LimenGaussian) q = limen_gaussian_model_posterior (made->model, made->x);
  for (guint j = 0; j < k; j++)
    q->mean[j] += far * sqrt (q->covariance[j * k + j]);
  for (guint j = 0; j < k * k; j++)
    q->covariance[j] *= scale;
  LimenGaussian *scaled = limen_gaussian_new ("q", k, q->mean, q->covariance, NULL);
  plain_proposal (made->model, &world->posterior, scaled, LIMEN_PROPOSAL_OWN, mean, covariance);
  world->weights[i] = plain_weights (&world->posterior, mean, covariance);
  limen_bound_study_add (world->study, name, NULL, NULL, NAN, NAN);
  limen_bound_study_set_gaussian (world->study, i, made, scaled, LIMEN_PROPOSAL_OWN);
}

/* A narrow one, which is good with few samples, and one or two wide ones, of a line or a plane;
 * with names "number 0", … */
static World
random_contest (guint index)
{
  LimenRandom random = limen_random_stream (42, "contest", index);
  World world = {.study = limen_bound_study_new (NAN)};
  guint n = 2 + limen_random_below (&random, 2), narrow = limen_random_below (&random, n);
  fill_gaussian (&world, &random, index % 8 == 0 ? 2 : 1, 0);
  for (guint i = 0; i < n; i++) {
    double u = limen_random_uniform (&random);
    double scale = i == narrow ? 0.15 * exp (1.4 * u) : 1.3 * exp (1.6 * u);
    add_scaled (&world, i, scale, 0.8 * limen_random_uniform (&random));
  }
  return world;
}

/* VLB of @own less that of @other at @k, or NaN */
static double
lead (const World *world, guint own, guint other, double k, double *tolerance)
{
  double mine, its, gap = true_gap (world, own, k, &mine);
  double apart = true_gap (world, other, k, &its) - gap;
  *tolerance = mine + its + 1e-9 * fabs (gap);
  return apart;
}

/* Whether @best is behind @other at @k: 1, 0; −1: cannot be told */
static int
is_behind (const World *world, guint best, guint other, double k)
{
  double tolerance, apart = lead (world, best, other, k, &tolerance);
  return isnan (apart) || fabs (apart) <= tolerance ? -1 : apart < 0;
}

/* "number 2" */
static int
named_after (const char *sentence, const char *word)
{
  const char *at = strstr (sentence, word);
  return at ? atoi (at + strlen (word)) : -1;
}

/* Behind @other from @from on, and not just before */
static const char *
judge_from (const World *world, guint best, guint other, guint from, LimenRandom *random)
{
  if (from < 2 || from > LIMEN_BOUND_MOST_K)
    return "from where";
  if (is_behind (world, best, other, from - 1) == 1)
    return "it is behind before that";
  for (int i = 0; i < 4; i++) {
    double part = i == 0 ? 0 : i == 1 ? 1 : limen_random_uniform (random);
    double k = round (exp (log (from) + part * log ((double)LIMEN_BOUND_MOST_K / from)));
    if (is_behind (world, best, other, k) == 0)
      return "it is not behind";
  }
  return NULL;
}

static const char *
judge_contest (const World *world, const char *sentence)
{
  LimenRandom random = limen_random_stream (43, "judge", 0);
  int best = named_after (sentence, "number "), winner = named_after (sentence, "loses to number ");
  guint from = (guint)number_after (sentence, "from K = ").value;
  guint n = world->study->n_proposals;
  const char *all = strstr (sentence, "to all from K = ");
  const char *wrong = NULL;
  if (number_after (sentence, "as far as K = ").value != LIMEN_BOUND_MOST_K)
    return "how far";
  for (guint i = 0; i < n; i++)
    if ((int)i != best && is_behind (world, (guint)best, i, 1) == 1)
      return "it is not best at first";
  for (guint i = 0; i < n && !wrong; i++)
    if ((int)i == winner || (winner < 0 && (int)i != best))
      wrong = judge_from (world, (guint)best, i, from, &random);
  for (guint i = 0; i < n && !wrong && all; i++)
    if ((int)i != best &&
        is_behind (world, (guint)best, i, number_after (all, "to all from K = ").value) == 0)
      wrong = "it is not behind all";
  if (!wrong && all && is_behind (world, (guint)best, (guint)winner, from) == 0)
    wrong = "it is not behind the first";
  return wrong;
}

static void
test_contests (void)
{
  guint said[LIMEN_BOUND_N_CONTEST_CLAIMS + 1] = {0};
  for (guint i = 0; i < N_CONTESTS; i++) {
    g_auto (World) world = random_contest (i);
    LimenBoundContest contest = limen_bound_contest (world.study);
    guint first =
        limen_claim_first (limen_bound_contest_claims, LIMEN_BOUND_N_CONTEST_CLAIMS, &contest);
    said[first]++;
    if (first == LIMEN_BOUND_N_CONTEST_CLAIMS)
      continue;
    g_autofree char *sentence = limen_claim_words (&limen_bound_contest_claims[first], &contest);
    const char *wrong = judge_contest (&world, sentence);
    if (wrong)
      g_error ("contest %u: %s: %s", i, sentence, wrong);
  }
  for (guint c = 0; c < LIMEN_BOUND_N_CONTEST_CLAIMS; c++)
    g_test_message ("%s: %u times", limen_bound_contest_claims[c].name, said[c]);
  for (guint c = 0; c < LIMEN_BOUND_N_CONTEST_CLAIMS; c += 2)
    g_assert_cmpuint (said[c], >, 10);
}

/* With a contest that was made up: an earlier and a later K, and another winner */
static void
test_wrong_contests_are_contradicted (void)
{
  guint contradicted[3] = {0}, n = 0;
  for (guint i = 0; i < N_CONTESTS && n < 25; i++) {
    g_auto (World) world = random_contest (i);
    LimenBoundContest contest = limen_bound_contest (world.study);
    guint behind = 0;
    for (guint p = 0; contest.best >= 0 && p < world.study->n_proposals; p++)
      behind = contest.from[p] > 2 ? p : behind;
    if (contest.best < 0 || contest.from[behind] <= 2)
      continue;
    n++;
    for (guint way = 0; way < 3; way++) {
      LimenBoundContest other = contest;
      memset (other.from, 0, sizeof other.from);
      guint from = contest.from[behind];
      other.best = way == 2 ? (int)behind : contest.best;
      other.from[way == 2 ? (guint)contest.best : behind] =
          way == 0   ? from / 2
          : way == 1 ? MIN (from + from / 2 + 1, LIMEN_BOUND_MOST_K)
                     : from;
      g_autofree char *sentence =
          limen_claim_say (limen_bound_contest_claims, LIMEN_BOUND_N_CONTEST_CLAIMS, &other);
      contradicted[way] += sentence && judge_contest (&world, sentence) != NULL;
    }
  }
  g_test_message ("%u contests; %u, %u and %u of them contradicted", n, contradicted[0],
                  contradicted[1], contradicted[2]);
  for (guint way = 0; way < 3; way++)
    g_assert_cmpuint (contradicted[way], >, n / 2);
}

/* -- cases by hand -- */

static char *
sentence_of (LimenGaussianCase *made, guint k)
{
  const LimenProposalKind kind = LIMEN_PROPOSAL_OWN;
  g_autoptr (LimenBoundStudy) study = limen_bound_study_new_gaussian (made, &kind, 1);
  return limen_bound_study_sentence (study, k);
}

/* z, x|z ~ N(z, 1), x = 1: the posterior is N(1/2, 1/2) */
static LimenGaussianCase *
halves (double mean, double variance)
{
  LimenGaussianCase *made = g_new0 (LimenGaussianCase, 1);
  made->model = limen_gaussian_model_new (1, 1);
  made->model->a[0] = 1;
  made->x = g_new (double, 1);
  made->x[0] = 1;
  made->proposal = limen_gaussian_new_diagonal ("q", 1, &mean, &variance, NULL);
  return made;
}

/* A proposal close to the posterior is not the posterior, however many samples there are. */
static void
test_near_is_not_the_same (void)
{
  static const struct {
    double mean, variance;
    guint k;
    const char *begins;
  } table[] = {
      {0.5, 0.5, 1, "The proposal is the posterior: "},
      {0.5, 0.5, 1000000, "The proposal is the posterior: "},
      {0.5005, 0.5, 1, "With K = 1 sample the bound stands 2.5·10⁻⁷ nats below"},
      {0.5005, 0.5, 1000, "With K = 1\u2009000 samples the bound stands 2.5·10⁻¹⁰ nats below"},
      {0.53, 0.5, 1000000, "With K = 1\u2009000\u2009000 samples the bound stands 9.0·10⁻¹⁰ nats"},
      {0.5 + 1e-9, 0.5, 1, "With K = 1 sample the bound stands 1.0·10⁻¹⁸ nats below"},
      {0.5, 0.5 + 1e-8, 1, "With K = 1 sample the bound stands 1.0·10⁻¹⁶ nats below"},
      {0.5 + 2e-16, 0.5, 1, "The proposal is the posterior but for the rounding of its numbers"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autoptr (LimenGaussianCase) made = halves (table[i].mean, table[i].variance);
    g_autofree char *sentence = sentence_of (made, table[i].k);
    g_test_message ("%s", sentence);
    g_assert_true (g_str_has_prefix (sentence, table[i].begins));
  }
}

/* Two lines across the axes: the mean-field proposal is narrow, and the prior overtakes it at K =
 * 173: between two of any grid of round numbers. */
static void
test_a_contest_is_decided_by_search (void)
{
  const LimenProposalKind kinds[] = {LIMEN_PROPOSAL_ELBO, LIMEN_PROPOSAL_PRIOR};
  static const double a[] = {1.1758768033276432, 0.6452170631730535, 0.6452170631730535,
                             1.1758768033276432};
  g_autoptr (LimenGaussianCase) made = g_new0 (LimenGaussianCase, 1);
  const double zero[] = {0, 0}, one[] = {1, 1};
  made->model = limen_gaussian_model_new (2, 2);
  memcpy (made->model->a, a, sizeof a);
  made->model->sigma2 = 0.14268707150622428;
  made->x = g_new (double, 2);
  made->x[0] = 1.7980063490851175;
  made->x[1] = 0.11069003937489941;
  made->proposal = limen_gaussian_new_diagonal ("q", 2, zero, one, NULL);
  g_autoptr (LimenBoundStudy) study = limen_bound_study_new_gaussian (made, kinds, 2);
  g_autofree char *contest = limen_bound_study_contest (study);
  g_assert_cmpstr (contest, ==,
                   "ELBO-optimal is best at K = 1, but loses to prior from K = 173 on, as far as K "
                   "= 5\u2009000.");
}

/* A gap that is smaller than its error is not told from 0. */
static void
test_too_near_to_tell (void)
{
  LimenBoundStudy *study = limen_bound_study_new (-3);
  g_autoptr (LimenBoundStudy) owner = study;
  limen_bound_study_add (study, "encoder", NULL, NULL, -3 - 1e-7, NAN)->bound_error = 1e-6;
  study->log_evidence_error = 1e-6;
  g_autofree char *sentence = limen_bound_study_sentence (study, 1);
  g_assert_cmpstr (sentence, ==,
                   "With K = 1 sample the bound is within 2.2·10⁻⁶ nats of log p(x): nearer than "
                   "can be told.");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/bound-sentences/contests", test_contests);
  g_test_add_func ("/bound-sentences/wrong-contests", test_wrong_contests_are_contradicted);
  g_test_add_func ("/bound-sentences/near-is-not-the-same", test_near_is_not_the_same);
  g_test_add_func ("/bound-sentences/contest-by-search", test_a_contest_is_decided_by_search);
  g_test_add_func ("/bound-sentences/too-near", test_too_near_to_tell);
  return g_test_run ();
}
