/* Random states of the Bound page, with what they were made from; how far their bounds are from log
 * p(x), by plain formulas; and how to read numbers from a sentence. */
#pragma once

#include "model/bound/sentences.h"
#include "model/gaussian-random.h"
#include "model/plain-bound.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"

/* -- numbers in a sentence -- */

typedef struct {
  double value, unit; /* of its last digit */
  const char *end;
} Said;

static const char *const raised[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};

/* "·10⁻²⁰", if it stands there */
static int
read_power (const char **at)
{
  int power = 0, sign = 1;
  if (!g_str_has_prefix (*at, "·10"))
    return 0;
  *at += strlen ("·10");
  if (g_str_has_prefix (*at, "⁻")) {
    sign = -1;
    *at += strlen ("⁻");
  }
  for (guint digit = 0; digit < 10;) {
    if (g_str_has_prefix (*at, raised[digit])) {
      power = 10 * power + (int)digit;
      *at += strlen (raised[digit]);
      digit = 0;
    } else
      digit++;
  }
  return sign * power;
}

/* The number that @at begins with: "−1 234.5", "2.5·10⁻²⁰"; NaN where there is none */
static Said
read_number (const char *at)
{
  g_autoptr (GString) digits = g_string_new (NULL);
  int decimals = 0, behind = 0;
  for (;;) {
    if (g_str_has_prefix (at, "\u2212")) {
      g_string_append_c (digits, '-');
      at += strlen ("\u2212");
    } else if (g_str_has_prefix (at, "\u2009"))
      at += strlen ("\u2009");
    else if (g_ascii_isdigit (*at) || (*at == '.' && g_ascii_isdigit (at[1]))) {
      decimals += behind;
      behind = behind || *at == '.';
      g_string_append_c (digits, *at++);
    } else
      break;
  }
  if (digits->len == 0)
    return (Said){NAN, NAN, at};
  int power = read_power (&at);
  return (Said){g_ascii_strtod (digits->str, NULL) * pow (10, power), pow (10, power - decimals),
                at};
}

/* The number behind @word */
static Said
number_after (const char *sentence, const char *word)
{
  const char *at = strstr (sentence, word);
  return at ? read_number (at + strlen (word)) : (Said){NAN, NAN, sentence};
}

/* Whether what is said is @true, rounded, where @true is itself off by @tolerance */
static gboolean
is_said (Said said, double expected, double tolerance)
{
  return fabs (said.value - expected) <= 0.5001 * said.unit + tolerance;
}

/* -- states -- */

typedef struct {
  LimenGaussianCase *gaussian_case; /* NULL: of a model without closed forms */
  LimenBoundStudy *study;
  LimenProposalKind kind[LIMEN_BOUND_MOST_PROPOSALS];
  LimenBoundState state;
  /* by plain formulas */
  PlainPosterior posterior;
  PlainWeights weights[LIMEN_BOUND_MOST_PROPOSALS];
} World;

static void
world_clear (World *world)
{
  limen_bound_study_free (world->study);
  g_clear_pointer (&world->gaussian_case, limen_gaussian_case_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (World, world_clear)

/* Anywhere; or the posterior's numbers, moved by 1e-15 to 1 of a standard deviation, or not */
static LimenGaussian *
random_proposal (const LimenGaussianCase *made, LimenRandom *random)
{
  guint k = made->model->latent, way = limen_random_below (random, 4);
  LimenGaussian *q = limen_gaussian_model_posterior (made->model, made->x);
  if (way == 0) {
    limen_gaussian_free (q);
    return limen_gaussian_copy (made->proposal);
  }
  double far = way == 1 ? 0 : exp (-15 * G_LN10 * limen_random_uniform (random));
  for (guint j = 0; j < k; j++)
    q->mean[j] += far * sqrt (q->covariance[j * k + j]) * limen_random_normal (random);
  if (way == 3)
    for (guint i = 0; i < k * k; i++)
      q->covariance[i] *= 1 + far;
  LimenGaussian *moved = limen_gaussian_new ("q", k, q->mean, q->covariance, NULL);
  g_assert_nonnull (moved);
  limen_gaussian_free (q);
  return moved;
}

static LimenEstimate
random_estimate (LimenRandom *random)
{
  static const guint64 counts[] = {0, 1, 2, 3, 10, 200, 1000000};
  LimenEstimate estimate = {NAN, NAN, counts[limen_random_below (random, 7)]};
  if (estimate.n > 0)
    estimate.mean = 200 * limen_random_normal (random);
  if (estimate.n > 1)
    estimate.standard_error = exp (-12 + 20 * limen_random_uniform (random));
  if (estimate.n > 1 && limen_random_below (random, 20) == 0)
    estimate.standard_error = limen_random_below (random, 2) ? 0 : INFINITY;
  if (limen_random_below (random, 40) == 0)
    estimate.mean = -INFINITY;
  return estimate;
}

static void
add_gaussian (World *world, LimenRandom *random, guint i)
{
  LimenGaussianCase *made = world->gaussian_case;
  gboolean named = limen_random_below (random, made->model->latent == 1 ? 4 : 2) == 0;
  LimenProposalKind kind = world->kind[i] =
      named ? (LimenProposalKind)limen_random_below (random, LIMEN_N_PROPOSALS)
            : LIMEN_PROPOSAL_OWN;
  LimenGaussian *q = kind == LIMEN_PROPOSAL_OWN ? random_proposal (made, random)
                                                : limen_gaussian_case_proposal (made, kind);
  long double mean[PLAIN_MOST], covariance[PLAIN_MOST][PLAIN_MOST];
  g_autofree char *name = g_strdup_printf ("number %u", i);
  plain_proposal (made->model, &world->posterior, q, kind, mean, covariance);
  world->weights[i] = plain_weights (&world->posterior, mean, covariance);
  limen_bound_study_add (world->study, name, NULL, NULL, NAN, NAN);
  limen_bound_study_set_gaussian (world->study, i, made, q, kind);
}

static void
fill_gaussian (World *world, LimenRandom *random, guint k, guint n)
{
  LimenGaussianCase *made = world->gaussian_case =
      random_case (random, k, 1 + limen_random_below (random, 4));
  made->model->sigma2 = exp (-4 + 6 * limen_random_uniform (random));
  if (limen_random_below (random, 12) == 0) /* then the prior is the posterior */
    memset (made->model->a, 0, k * made->model->observed * sizeof (double));
  world->posterior = plain_posterior (made->model, made->x);
  for (guint i = 0; i < n; i++)
    add_gaussian (world, random, i);
}

/* Of more latent variables than two, or before the exact bound is there */
static void
fill_other (World *world, LimenRandom *random, guint n)
{
  for (guint i = 0; i < n; i++) {
    g_autofree char *name = g_strdup_printf ("number %u", i);
    limen_bound_study_add (world->study, name, NULL, NULL, NAN, NAN);
  }
}

static World
random_world (guint index)
{
  LimenRandom random = limen_random_stream (41, "sentences", index);
  World world = {.study = limen_bound_study_new (NAN)};
  guint dimension = index % 25 == 0 ? 0 : index % 20 == 1 ? 2 : index % 5 == 2 ? 3 : 1;
  guint n = index % 50 == 49 ? 0 : 1 + (limen_random_below (&random, 6) == 0) + (index % 60 == 0);
  if (dimension > 0 && n > 0)
    fill_gaussian (&world, &random, dimension, n);
  else
    fill_other (&world, &random, n);
  double most = exp (log (1e6) * limen_random_uniform (&random));
  guint k = limen_random_below (&random, 3) == 0 ? 1 : (guint)most;
  world.state = limen_bound_state (world.study, k);
  world.state.estimate = random_estimate (&random);
  if (isnan (world.state.gap.value)) {
    world.state.estimate_k = k;
    world.state.n_images = dimension == 0 && index % 2 ? 1 + limen_random_below (&random, 9999) : 0;
  }
  return world;
}

/* -- how far they are from log p(x) -- */

/* How far a proposal is from the posterior, in its own standard deviations; INFINITY without one */
static double
distance_of (const World *world, guint i)
{
  const PlainWeights *weights = &world->weights[i];
  long double apart = 0;
  if (!world->gaussian_case || i >= world->study->n_proposals)
    return INFINITY;
  for (guint a = 0; a < weights->k; a++) {
    apart = fmaxl (apart, fabsl (weights->offset[a]));
    for (guint b = 0; b < weights->k; b++)
      apart = fmaxl (apart, fabsl (weights->p[a][b] - (a == b)));
  }
  return (double)apart;
}

/* As far as plain formulas can tell: so it is, or may be */
static gboolean
is_posterior (const World *world, guint i)
{
  return distance_of (world, i) < 1e-13;
}

static gboolean
is_surely_posterior (const World *world, guint i)
{
  return distance_of (world, i) < 1e-18 ||
         (world->gaussian_case && world->kind[i] == LIMEN_PROPOSAL_POSTERIOR);
}

/* log p(x) − VLB^(K); NaN where it cannot be told. @tolerance: (out) */
static double
true_gap (const World *world, guint i, double k, double *tolerance)
{
  const PlainWeights *weights = &world->weights[i];
  long double first = plain_first_gap (weights), variance = plain_variance (weights);
  *tolerance = 1e-12 * (double)first + 2e-17;
  if (k == 1)
    return (double)first;
  *tolerance = 0.02 * fabs ((double)variance) / k + 1e-17;
  if (variance < 1e-5L)
    return (double)variance / (2 * k);
  double gap = weights->k > 2 ? NAN : plain_gap (weights, k, weights->k == 1 ? 0.15 : 0.3);
  *tolerance = 1e-6 * gap + 1e-13;
  return gap;
}

#pragma GCC diagnostic pop
