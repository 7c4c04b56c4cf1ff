/* What the Prior page says of a duel of estimators, a shift, another prior and a cost that wiggles,
 * against computations of its own. */
#include "tests/model/gradient-answers.h"
#include "sentence-walk.h"

/* -- the duel -- */

/* 34 digits of a sum, and the sizes of its terms */
typedef struct {
  __float128 sum, size;
} Wide;

typedef struct {
  LimenGradientCase c;
  double *mean, *variance[LIMEN_N_ESTIMATORS]; /* by definition, from nodes */
  Wide *wide;                                  /* of fill_wide() */
} DuelTruth;

static gboolean
is_flat (const DuelTruth *truth, guint index)
{
  const Wide *wide = &truth->wide[index];
  __float128 least = 1e-29 * wide->size;
  return wide->sum <= least && wide->sum >= -least;
}

static const char same_lambda[] =
    "need the same samples here; with the KL divergence in closed form";

static gboolean
judge_ratio (const char *sentence, const DuelTruth *truth, guint index)
{
  double density = truth->variance[LIMEN_LOG_DERIVATIVE][index];
  double path = truth->variance[LIMEN_REPARAMETERIZATION][index], unit = 0;
  if (strstr (sentence, "more than a billion times"))
    return density > 1e9 * path * (1 - 1e-6);
  if (strstr (sentence, "less than a billionth"))
    return density < 1e-9 * path * (1 + 1e-6);
  double said = number_before (sentence, " times the ", &unit);
  return fabs (said - density / path) <= 0.5 * unit + 1e-6 * density / path;
}

static gboolean
judge_duel (const char *sentence, gconstpointer data, gconstpointer of)
{
  const LimenDuelState *state = data;
  const DuelTruth *truth = of;
  guint k = state->duel->k, i = state->index;
  const double *density = truth->variance[LIMEN_LOG_DERIVATIVE],
               *path = truth->variance[LIMEN_REPARAMETERIZATION],
               *known = truth->variance[LIMEN_REPARAMETERIZATION_KL];
  double scale = density[i] + path[i];
  if (strstr (sentence, "With respect to θ"))
    for (guint e = 0; e < LIMEN_N_ESTIMATORS; e++)
      if (i < 4 * k || fabs (truth->variance[e][i] - density[i]) > 1e-9 * scale)
        return FALSE;
  if (strstr (sentence, "all estimators draw the same") || strstr (sentence, same_lambda)) {
    if (i < 2 * k || fabs (density[i] - path[i]) > 1e-9 * scale)
      return FALSE;
    if (!strstr (sentence, "With respect to θ") && known[i] > 1e-20 * scale)
      return FALSE;
  }
  if (strstr (sentence, "The gradient is 0") && !is_flat (truth, i))
    return FALSE;
  if (strstr (sentence, "For one more correct decimal") && is_flat (truth, i))
    return FALSE;
  if (strstr (sentence, "too far apart"))
    return i < 2 * k && !(density[i] <= 1e300 && path[i] <= 1e300 && path[i] > 0);
  if (strstr (sentence, "without a baseline"))
    return judge_ratio (sentence, truth, i);
  return TRUE;
}

/* Where the posterior is diagonal, the proposal is it, and the prior the mean of proposals: where
 * gradients are 0 but for what is rounded in the numbers given, or exactly */
static void
make_flat (LimenRandom *random, LimenGaussianCase *made, double *v)
{
  LimenGaussianModel *model = made->model;
  gboolean lambda = limen_random_below (random, 2);
  for (guint j = 0; j < model->latent; j++)
    if (lambda) {
      made->proposal->mean[j] = model->lambda1[j];
      v[j] = model->lambda2[j];
    }
  if (lambda)
    return;
  memset (model->a, 0, (gsize)model->observed * model->latent * sizeof *model->a);
  for (guint j = 0; j < MIN (model->latent, model->observed); j++)
    model->a[(gsize)j * model->latent + j] = limen_random_normal (random);
  g_autoptr (LimenGaussian) posterior = limen_gaussian_model_posterior (model, made->x);
  for (guint j = 0; j < model->latent; j++) {
    made->proposal->mean[j] = posterior->mean[j];
    v[j] = posterior->covariance[j * model->latent + j];
  }
}

/* Numbers from 1e-7 to 1e3 of σ, and now and then so far apart that float64 is no longer enough */
static LimenGaussianCase *
random_state (LimenRandom *random, double *v, LimenGradientCase *c)
{
  guint k = 1 + limen_random_below (random, 2), d = 1 + limen_random_below (random, 3);
  LimenGaussianCase *made = random_diagonal_case (random, k, d, v, c);
  switch (limen_random_below (random, 8)) {
  case 0:
    made->model->sigma2 = pow (10, -14 + 20 * limen_random_uniform (random));
    break;
  case 1:
    for (guint j = 0; j < k; j++)
      v[j] *= pow (10, -6 + 12 * limen_random_uniform (random));
    break;
  case 2:
    make_flat (random, made, v);
    break;
  case 3:
    c->shift = pow (10, 8 * limen_random_uniform (random));
    break;
  case 4:
    if (limen_random_below (random, 8) == 0)
      made->model->sigma2 = 1e-170;
    break;
  default:
    break;
  }
  return made;
}

static void
add_term (Wide *wide, __float128 term)
{
  wide->sum += term;
  wide->size += term < 0 ? -term : term;
}

/* @wide: (size): the gradient, each term divided on its own */
static void
fill_wide (const LimenGradientCase *c, Wide *wide)
{
  const LimenGaussianModel *model = c->model;
  gsize k = model->latent, d = model->observed;
  Wide *a = wide + 4 * k, *b = a + d * k;
  for (gsize i = 0; i < d; i++) {
    add_term (&b[i], (__float128)c->x[i] / model->sigma2);
    add_term (&b[i], -(__float128)model->b[i] / model->sigma2);
    for (gsize j = 0; j < k; j++)
      add_term (&b[i], -(__float128)model->a[i * k + j] * c->mu[j] / model->sigma2);
    for (gsize j = 0; j < k; j++) {
      __float128 own = model->a[i * k + j], v = c->variance[j];
      add_term (&wide[j], own * b[i].sum);
      wide[j].size += (own < 0 ? -own : own) * b[i].size;
      add_term (&wide[k + j], -own * own * v / model->sigma2);
      add_term (&a[i * k + j], b[i].sum * c->mu[j]);
      add_term (&a[i * k + j], -own * v / model->sigma2);
      a[i * k + j].size += b[i].size * fabs (c->mu[j]);
    }
  }
  for (gsize j = 0; j < k; j++) {
    __float128 l2 = model->lambda2[j], apart = (__float128)c->mu[j] - model->lambda1[j];
    add_term (&wide[j], -apart / l2);
    add_term (&wide[k + j], 1);
    add_term (&wide[k + j], -c->variance[j] / l2);
    add_term (&wide[2 * k + j], apart / l2);
    add_term (&wide[3 * k + j], (c->variance[j] / l2 - 1) / l2 / 2);
    add_term (&wide[3 * k + j], apart * apart / l2 / l2 / 2);
  }
}

static void
test_duel (void)
{
  Walk walk = {limen_duel_claims, LIMEN_DUEL_N_CLAIMS, judge_duel, {0}, {0}};
  LimenRandom random = limen_random_stream (1, "duel-sentences", 0);
  for (guint n = 0; n < N_STATES / 4; n++) { /* four parameters of each */
    double v[2], covariance;
    DuelTruth truth;
    g_autoptr (LimenGaussianCase) made = random_state (&random, v, &truth.c);
    gsize size = limen_gradient_offset (made->model, LIMEN_N_PARTS);
    g_autofree double *memory = g_new (double, (1 + LIMEN_N_ESTIMATORS) * size);
    g_autofree Wide *wide = g_new0 (Wide, size);
    truth.mean = memory;
    truth.wide = wide;
    fill_wide (&truth.c, wide);
    for (guint e = 0; e < LIMEN_N_ESTIMATORS; e++) {
      truth.variance[e] = memory + (1 + e) * size;
      plain_moments (&truth.c, e, truth.mean, truth.variance[e], &covariance);
    }
    gradient_exact (&truth.c, truth.mean);
    g_autoptr (LimenDuel) duel = limen_duel_new (&truth.c, 1, n);
    for (guint i = 0; i < 4; i++) {
      const LimenDuelState state = {duel, limen_random_below (&random, duel->n_parameters)};
      visit (&walk, &state, &truth);
    }
  }
  finish (&walk, 0);
}

/* -- a constant in log p -- */

/* "unmoved": of another shift, each variance of the others is what it was, and that without a
 * baseline is not, of the gradient with respect to q. */
static gboolean
judge_shift (const char *sentence, gconstpointer data, gconstpointer of)
{
  const LimenShiftState *state = data;
  LimenGradientCase c = *(const LimenGradientCase *)of, shifted = c;
  gsize size = limen_gradient_offset (c.model, LIMEN_N_PARTS);
  g_autofree double *mean = g_new (double, 3 * size);
  double *plain = mean + size, *moved = plain + size;
  double covariance;
  shifted.shift = state->shift;
  for (guint e = 0; e < LIMEN_N_ESTIMATORS; e++) {
    plain_moments (&c, e, mean, plain, &covariance);
    plain_moments (&shifted, e, mean, moved, &covariance);
    gboolean is_same = TRUE;
    for (gsize i = 0; i < 2 * c.model->latent; i++)
      is_same = is_same && fabs (moved[i] - plain[i]) <=
                               1e-9 * (fabs (plain[i]) + 1) + 1e-12 * state->shift * state->shift;
    if (is_same != (e != LIMEN_LOG_DERIVATIVE))
      return FALSE; /* without a shift nothing moves: then it says nothing to say so */
  }
  return g_str_equal (sentence, "unmoved");
}

static void
test_shift (void)
{
  Walk walk = {limen_shift_claims, LIMEN_SHIFT_N_CLAIMS, judge_shift, {0}, {0}};
  LimenRandom random = limen_random_stream (1, "shift-sentences", 0);
  for (guint n = 0; n < N_STATES / 5; n++) {
    double v[2];
    LimenGradientCase c;
    guint k = 1 + limen_random_below (&random, 2), d = 1 + limen_random_below (&random, 2);
    g_autoptr (LimenGaussianCase) made = random_diagonal_case (&random, k, d, v, &c);
    const LimenShiftState state = {n % 3 == 0 ? 0 : 100 * (1 + limen_random_uniform (&random))};
    visit (&walk, &state, &c);
  }
  finish (&walk, 0);
}

/* -- another prior -- */

/* log p(x), from the marginal of one observed variable after the other would do; here x is one
 * number, and p(x) = N(x; a·λ1 + b, Σ a²λ2 + σ²) */
static double
log_marginal (const LimenGaussianModel *model, double x)
{
  double mean = model->b[0], variance = model->sigma2;
  for (guint j = 0; j < model->latent; j++) {
    mean += model->a[j] * model->lambda1[j];
    variance += model->a[j] * model->a[j] * model->lambda2[j];
  }
  return -0.5 * (log (2 * G_PI * variance) + (x - mean) * (x - mean) / variance);
}

static gboolean
judge_standard (const char *sentence, gconstpointer data, gconstpointer of)
{
  const LimenGaussianCase *made = data;
  g_autoptr (LimenGaussianModel) standard = limen_standard_prior (made->model);
  for (guint j = 0; j < standard->latent; j++)
    if (standard->lambda1[j] != 0 || standard->lambda2[j] != 1)
      return FALSE;
  double one = log_marginal (made->model, made->x[0]), other = log_marginal (standard, made->x[0]);
  return strstr (sentence, "p(x) is the same") && fabs (one - other) <= 1e-11 * (1 + fabs (one));
}

static void
test_standard (void)
{
  Walk walk = {limen_standard_claims, LIMEN_STANDARD_N_CLAIMS, judge_standard, {0}, {0}};
  LimenRandom random = limen_random_stream (1, "standard-sentences", 0);
  for (guint n = 0; n < N_STATES; n++) {
    g_autoptr (LimenGaussianCase) made =
        random_case (&random, 1 + limen_random_below (&random, 5), 1);
    visit (&walk, made, NULL);
  }
  finish (&walk, 1);
}

/* -- a cost that wiggles -- */

typedef struct {
  double none, mean, best, path;
} WiggleTruth;

/* By the trapezoidal rule */
static WiggleTruth
wiggle_truth (double mu, double s, double omega)
{
  enum { HALF = 400 };
  WiggleTruth sum = {0};
  double mass[2 * HALF + 1], f[2 * HALF + 1], average = 0, weighted = 0, gradient = 0, step = 0.02;
  for (int i = 0; i <= 2 * HALF; i++) {
    double e = (i - HALF) * step;
    mass[i] = exp (-0.5 * e * e) / sqrt (2 * G_PI) * step;
    f[i] = sin (omega * (mu + s * e));
    average += mass[i] * f[i];
    weighted += mass[i] * f[i] * e * e;
    gradient += mass[i] * omega * cos (omega * (mu + s * e));
  }
  for (int i = 0; i <= 2 * HALF; i++) {
    double e = (i - HALF) * step, score = e / s;
    sum.none += mass[i] * pow (f[i] * score - gradient, 2);
    sum.mean += mass[i] * pow ((f[i] - average) * score - gradient, 2);
    sum.best += mass[i] * pow ((f[i] - weighted) * score - gradient, 2);
    sum.path += mass[i] * pow (omega * cos (omega * (mu + s * e)) - gradient, 2);
  }
  return sum;
}

/* Who wins, by so much that it is a win */
static int
winner (double density, double path)
{
  double apart = (path - density) / fmax (density, path);
  return apart > 0.0004 ? 1 : apart < -0.0004 ? -1 : 0;
}

static gboolean
judge_wiggle (const char *sentence, gconstpointer data, gconstpointer of)
{
  const WiggleTruth *truth = of;
  int none = winner (truth->none, truth->path), mean = winner (truth->mean, truth->path),
      best = winner (truth->best, truth->path);
  if (strstr (sentence, "with a baseline or without"))
    return none == 1 && mean == 1 && best == 1;
  if (strstr (sentence, "without a baseline and with the best one"))
    return none == 1 && mean == -1 && best == 1;
  if (strstr (sentence, "with the best baseline; with the mean as one, or none"))
    return none == -1 && mean == -1 && best == 1;
  if (strstr (sentence, "whatever the baseline"))
    return none == -1 && mean == -1 && best == -1;
  double said = strstr (sentence, "without a baseline are level")          ? truth->none
                : strstr (sentence, "with the mean as baseline are level") ? truth->mean
                                                                           : truth->best;
  return fabs (said - truth->path) <= 0.0006 * fmax (said, truth->path);
}

/* The slider's own example, and any other; now and then a frequency that makes two of them level */
static void
test_wiggle (void)
{
  Walk walk = {limen_wiggle_claims, LIMEN_WIGGLE_N_CLAIMS, judge_wiggle, {0}, {0}};
  LimenRandom random = limen_random_stream (1, "wiggle-sentences", 0);
  for (guint n = 0; n < N_STATES; n++) {
    double mu = n % 2 ? 0.3 : 3 * limen_random_normal (&random);
    double s = n % 2 ? 0.5 : 0.05 + limen_random_uniform (&random);
    double low = 0.1, high = fmin (12, 6 / s),
           omega = low + (high - low) * limen_random_uniform (&random);
    for (int i = 0; i < 60 && n % 10 == 0; i++) { /* where the best baseline is level with paths */
      LimenWiggle at = limen_wiggle (mu, s, (low + high) / 2);
      omega = (low + high) / 2;
      if (at.best_baseline > at.reparameterization)
        low = omega;
      else
        high = omega;
    }
    LimenWiggle wiggle = limen_wiggle (mu, s, omega);
    WiggleTruth truth = wiggle_truth (mu, s, omega);
    visit (&walk, &wiggle, &truth);
  }
  finish (&walk, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/prior-sentences/duel", test_duel);
  g_test_add_func ("/prior-sentences/shift", test_shift);
  g_test_add_func ("/prior-sentences/another-prior", test_standard);
  g_test_add_func ("/prior-sentences/wiggle", test_wiggle);
  return g_test_run ();
}
