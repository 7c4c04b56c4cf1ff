/* What a trainer says about itself between two steps. */
#include "model/base/random.h"
#include "model/latent/cholesky.h"
#include "model/prior/prior-trainer-private.h"

#include <float.h>
#include <math.h>
#include <string.h>

#define LOG_2PI 1.8378770664093453

static guint
n_survey_rows (const LimenPriorTrainer *trainer)
{
  return MIN (LIMEN_PRIOR_ROWS, trainer->points.n);
}

void
limen_prior_survey_start (LimenPriorTrainer *trainer)
{
  gsize d = trainer->layout.d, k = trainer->layout.k;
  gsize n_draws = (gsize)n_survey_rows (trainer) * k * LIMEN_PRIOR_DRAWS / 2;
  LimenRandom random = limen_random_stream (trainer->settings.seed, "prior-survey", 0);
  trainer->lambda2 = g_new (double, k);
  trainer->survey = limen_prior_pass_new (&trainer->layout, LIMEN_PRIOR_ROWS);
  trainer->survey_e = g_new (double, n_draws);
  for (gsize i = 0; i < n_draws; i++)
    trainer->survey_e[i] = limen_random_normal (&random);
  if (trainer->layout.hidden > 0)
    return;
  trainer->x_mean = g_new (double, d);
  trainer->x_covariance = g_new (double, d *d);
  limen_points_moments (&trainer->points, trainer->x_mean, trainer->x_covariance);
}

/* -- exact, of affine maps -- */

static double
dot (const double *a, const double *b, gsize n)
{
  double sum = 0;
  for (gsize i = 0; i < n; i++)
    sum += a[i] * b[i];
  return sum;
}

/* Relative, of each sum below: of as many terms as there are points, and of those of a few rows */
static double
share_of (const LimenPriorTrainer *trainer)
{
  return ((double)trainer->points.n + 4.0 * (double)trainer->layout.d + 16) * DBL_EPSILON;
}

/* Mean and variance of row·x over the points, each with the error of its sum: a share of what it is
 * without signs */
static void
project (const LimenPriorTrainer *trainer, const double *row, LimenNumber *mean,
         LimenNumber *variance)
{
  gsize d = trainer->layout.d;
  double size = 0, spread = 0, share = share_of (trainer);
  *mean = (LimenNumber){dot (row, trainer->x_mean, d), 0};
  *variance = (LimenNumber){0, 0};
  for (gsize i = 0; i < d; i++) {
    variance->value += row[i] * dot (trainer->x_covariance + i * d, row, d);
    spread += fabs (row[i]) * sqrt (trainer->x_covariance[i * d + i]);
    size += fabs (row[i] * trainer->x_mean[i]) +
            fabs (row[i]) * sqrt (trainer->x_covariance[i * d + i]);
  }
  mean->error = share * size;
  variance->error = share * spread * spread;
}

static double
square_error (double value, double error)
{
  return (2 * fabs (value) + error) * error;
}

/* Mean over the points of KL (q ‖ r) = Σ ½[(s² + (μ − λ1)²) / λ2 − 1 − log s² + log λ2], where μ =
 * W·x + c */
static LimenNumber
mean_divergence (const LimenPriorTrainer *trainer)
{
  const LimenPriorLayout *layout = &trainer->layout;
  const double *p = trainer->parameters, *w = p + layout->encoder[0].at;
  const double *c = w + (gsize)layout->k * layout->d;
  LimenNumber sum = {0, 0};
  for (gsize j = 0; j < layout->k; j++) {
    LimenNumber mean, variance;
    double log_s = p[layout->log_s + j], log_lambda2 = p[layout->log_lambda2 + j];
    double precision = exp (-log_lambda2);
    project (trainer, w + j * layout->d, &mean, &variance);
    double apart = mean.value + c[j] - p[layout->lambda1 + j];
    double size = mean.error + DBL_EPSILON * (fabs (mean.value) + fabs (c[j]) + fabs (apart));
    double square = exp (2 * log_s) + variance.value + apart * apart;
    sum.value += 0.5 * (square * precision - 1 - 2 * log_s + log_lambda2);
    sum.error += 0.5 * precision * (variance.error + square_error (apart, size)) +
                 4 * DBL_EPSILON * (square * precision + 1 + fabs (log_s) + fabs (log_lambda2));
  }
  return sum;
}

/* Mean over the points of E_q ‖x − A·z − b‖², a column of x after the other: x − A·μ − b = (I −
 * A·W)·x − A·c − b, and A·s·e beside it */
static LimenNumber
mean_errors (const LimenPriorTrainer *trainer)
{
  const LimenPriorLayout *layout = &trainer->layout;
  const double *p = trainer->parameters, *w = p + layout->encoder[0].at;
  const double *a = p + layout->decoder[0].at;
  gsize d = layout->d, k = layout->k;
  const double *c = w + k * d, *b = a + d * k;
  g_autofree double *row = g_new (double, d);
  LimenNumber sum = {0, 0};
  for (gsize i = 0; i < d; i++) {
    LimenNumber mean, variance;
    double offset = -b[i], size = fabs (b[i]), drawn = 0;
    for (gsize l = 0; l < d; l++)
      row[l] = i == l;
    for (gsize j = 0; j < k; j++) {
      double weight = a[i * k + j], s = exp (p[layout->log_s + j]);
      for (gsize l = 0; l < d; l++)
        row[l] -= weight * w[j * d + l];
      offset -= weight * c[j];
      size += fabs (weight * c[j]);
      drawn += weight * weight * s * s;
    }
    project (trainer, row, &mean, &variance);
    double apart = mean.value + offset;
    sum.value += apart * apart + variance.value + drawn;
    sum.error += variance.error + square_error (apart, mean.error + 8 * DBL_EPSILON * size) +
                 8 * DBL_EPSILON * (drawn + variance.value + apart * apart);
  }
  return sum;
}

/* @l: (d, d): lower factor of A·diag λ2·Aᵀ + σ²I */
static void
fill_factor (const LimenPriorTrainer *trainer, double *l)
{
  const LimenPriorLayout *layout = &trainer->layout;
  const double *a = trainer->parameters + layout->decoder[0].at;
  gsize d = layout->d, k = layout->k;
  g_autofree double *u = g_new0 (double, d *d), *row = g_new (double, d);
  for (gsize i = 0; i < d; i++)
    u[i * d + i] = trainer->settings.sigma;
  for (gsize j = 0; j < k; j++) {
    double root = exp (0.5 * trainer->parameters[layout->log_lambda2 + j]);
    for (gsize i = 0; i < d; i++)
      row[i] = a[i * k + j] * root;
    limen_cholesky_add (u, d, row);
  }
  for (gsize i = 0; i < d; i++)
    for (gsize j = 0; j < d; j++)
      l[i * d + j] = u[j * d + i];
}

/* With the covariance M of p(x), its mean m, and the points' C and c:
 * −½[d·log 2π + log |M| + tr (M⁻¹·C) + (c − m)ᵀ·M⁻¹·(c − m)]. What is divided by M is off by a
 * share of the trace of M over its least eigenvalue, σ². */
static LimenNumber
mean_log_likelihood (const LimenPriorTrainer *trainer)
{
  const LimenPriorLayout *layout = &trainer->layout;
  const double *p = trainer->parameters, *a = p + layout->decoder[0].at;
  gsize d = layout->d, k = layout->k;
  double sigma2 = trainer->settings.sigma * trainer->settings.sigma, trace = 0, spread = 0;
  g_autofree double *l = g_new (double, d *d), *column = g_new (double, d);
  fill_factor (trainer, l);
  double determinant = limen_cholesky_log_determinant (l, d),
         sum = (double)d * LOG_2PI + determinant;
  for (gsize i = 0; i < d; i++) {
    memcpy (column, trainer->x_covariance + i * d, d * sizeof *column);
    spread += column[i];
    trace += dot (l + i * d, l + i * d, i + 1);
    limen_cholesky_solve (l, d, column);
    sum += column[i];
  }
  for (gsize i = 0; i < d; i++)
    column[i] = trainer->x_mean[i] - a[d * k + i] - dot (a + i * k, p + layout->lambda1, k);
  double apart = dot (column, column, d);
  limen_cholesky_solve_lower (l, d, column);
  double likelihood = -0.5 * (sum + dot (column, column, d));
  double divided = share_of (trainer) * (spread + apart + 2 * sqrt (apart * spread)) / sigma2;
  double error = divided + 4 * (double)d * DBL_EPSILON *
                               (trace / sigma2 * (1 + fabs (likelihood)) + fabs (determinant));
  return (LimenNumber){likelihood, error};
}

/* -- estimated, of any maps -- */

/* Every so many points, so that a file sorted by kind is seen whole */
static void
fill_survey_rows (const LimenPriorTrainer *trainer)
{
  gsize d = trainer->layout.d, n = n_survey_rows (trainer);
  for (gsize i = 0; i < n; i++)
    memcpy (trainer->survey->x + i * d, trainer->points.x + i * trainer->points.n / n * d,
            d * sizeof (double));
}

/* Of the whole integrand, which is almost the same at all draws once q is close to the posterior:
 * with the KL divergence in closed form, log p(x|z) alone would vary far more. Draws of a point
 * come in two pairs of opposites; how much their means differ, over all points, tells the standard
 * error. */
static LimenEstimate
survey_bound (const LimenPriorTrainer *trainer)
{
  LimenPriorPass *survey = trainer->survey;
  guint n = n_survey_rows (trainer);
  gsize size = (gsize)n * trainer->layout.k;
  double sigma2 = trainer->settings.sigma * trainer->settings.sigma, sum = 0, squares = 0;
  g_autofree double *apart = g_new0 (double, n);
  fill_survey_rows (trainer);
  limen_prior_encode (&trainer->layout, trainer->parameters, survey, n);
  for (gsize draw = 0; draw < LIMEN_PRIOR_DRAWS; draw++) {
    const double *e = trainer->survey_e + draw / 2 * size;
    for (gsize i = 0; i < size; i++)
      survey->e[i] = draw % 2 ? -e[i] : e[i];
    sum += limen_prior_value (&trainer->layout, trainer->parameters, sigma2, survey, n);
    for (gsize i = 0; i < n; i++)
      apart[i] += (draw < 2 ? 0.5 : -0.5) * survey->l[i];
  }
  for (gsize i = 0; i < n; i++)
    squares += apart[i] * apart[i] / 4;
  return (LimenEstimate){
      .mean = sum / LIMEN_PRIOR_DRAWS, .standard_error = sqrt (squares) / n, .n = n};
}

/* -- the report -- */

static LimenNumber
exact_bound (const LimenPriorTrainer *trainer)
{
  double sigma2 = trainer->settings.sigma * trainer->settings.sigma;
  LimenNumber errors = mean_errors (trainer), divergence = mean_divergence (trainer);
  double volume = trainer->layout.d * (LOG_2PI + log (sigma2));
  double likelihood = -0.5 * (volume + errors.value / sigma2);
  return (LimenNumber){likelihood - divergence.value,
                       0.5 * errors.error / sigma2 + divergence.error +
                           4 * DBL_EPSILON * (fabs (volume) + errors.value / sigma2)};
}

static void
report_exactly (const LimenPriorTrainer *trainer, LimenPriorReport *report)
{
  LimenNumber bound = exact_bound (trainer), likelihood = mean_log_likelihood (trainer);
  report->n_points = trainer->points.n;
  report->bound = bound.value;
  report->bound_error = bound.error;
  report->log_likelihood = likelihood.value;
  report->log_likelihood_error = likelihood.error;
}

static void
report_estimate (const LimenPriorTrainer *trainer, LimenPriorReport *report)
{
  LimenEstimate estimate = survey_bound (trainer);
  report->n_points = n_survey_rows (trainer);
  report->bound = estimate.mean;
  report->bound_standard_error = estimate.standard_error;
}

LimenPriorReport
limen_prior_trainer_report (const LimenPriorTrainer *trainer)
{
  const LimenPriorLayout *layout = &trainer->layout;
  LimenPriorReport report = {.step = trainer->step,
                             .bound_error = NAN,
                             .bound_standard_error = NAN,
                             .log_likelihood = NAN,
                             .log_likelihood_error = NAN,
                             .lambda1 = trainer->parameters + layout->lambda1,
                             .lambda2 = trainer->lambda2};
  for (gsize j = 0; j < layout->k; j++)
    trainer->lambda2[j] = exp (trainer->parameters[layout->log_lambda2 + j]);
  if (layout->hidden > 0)
    report_estimate (trainer, &report);
  else
    report_exactly (trainer, &report);
  return report;
}

/* -- what it has learned -- */

/* Encodes the points from @first on, up to @n. Returns: how many fitted in. */
static gsize
encode_from (const LimenPriorTrainer *trainer, gsize first, gsize n)
{
  gsize d = trainer->layout.d, rows = MIN (LIMEN_PRIOR_ROWS, n - first);
  memcpy (trainer->survey->x, trainer->points.x + first * d, rows * d * sizeof (double));
  limen_prior_encode (&trainer->layout, trainer->parameters, trainer->survey, (guint)rows);
  return rows;
}

void
limen_prior_trainer_encode (const LimenPriorTrainer *trainer, guint n, double *mean, double *s)
{
  g_return_if_fail (trainer && n <= trainer->points.n);
  gsize k = trainer->layout.k;
  for (gsize first = 0; first < n; first += LIMEN_PRIOR_ROWS) {
    gsize rows = encode_from (trainer, first, n);
    memcpy (s + first * k, trainer->survey->s, rows * k * sizeof *s);
    for (gsize i = 0; i < rows; i++)
      memcpy (mean + (first + i) * k, trainer->survey->code + 2 * i * k, k * sizeof *mean);
  }
}

/* The running mean and variance of Welford (1962), with s² added to each. */
void
limen_prior_aggregate (const LimenPriorTrainer *trainer, double *mean, double *variance)
{
  gsize k = trainer->layout.k, n = trainer->points.n;
  memset (mean, 0, k * sizeof *mean);
  memset (variance, 0, k * sizeof *variance);
  for (gsize first = 0; first < n; first += LIMEN_PRIOR_ROWS) {
    gsize rows = encode_from (trainer, first, n);
    for (gsize i = 0; i < rows; i++)
      for (gsize j = 0; j < k; j++) {
        double s = trainer->survey->s[i * k + j];
        double apart = trainer->survey->code[2 * i * k + j] - mean[j];
        mean[j] += apart / (double)(first + i + 1);
        variance[j] += apart * (trainer->survey->code[2 * i * k + j] - mean[j]) + s * s;
      }
  }
  for (gsize j = 0; j < k; j++)
    variance[j] /= (double)n;
}

void
limen_prior_trainer_sample (const LimenPriorTrainer *trainer, guint n, guint64 seed, double *x)
{
  const LimenPriorLayout *layout = &trainer->layout;
  LimenPriorPass *survey = trainer->survey;
  gsize d = layout->d, k = layout->k;
  LimenRandom random = limen_random_stream (seed, "prior-sample", 0);
  for (gsize first = 0; first < n; first += LIMEN_PRIOR_ROWS) {
    gsize rows = MIN (LIMEN_PRIOR_ROWS, n - first);
    for (gsize i = 0; i < rows * k; i++) {
      double root = exp (0.5 * trainer->parameters[layout->log_lambda2 + i % k]);
      survey->z[i] =
          trainer->parameters[layout->lambda1 + i % k] + root * limen_random_normal (&random);
    }
    limen_prior_decode (layout, trainer->parameters, survey, (guint)rows);
    memcpy (x + first * d, survey->decoded, rows * d * sizeof *x);
  }
}

LimenGaussianModel *
limen_prior_trainer_model (const LimenPriorTrainer *trainer)
{
  const LimenPriorLayout *layout = &trainer->layout;
  const double *p = trainer->parameters, *a = p + layout->decoder[0].at;
  gsize d = layout->d, k = layout->k;
  if (layout->hidden > 0)
    return NULL;
  LimenGaussianModel *model = limen_gaussian_model_new (layout->k, layout->d);
  memcpy (model->lambda1, p + layout->lambda1, k * sizeof *a);
  for (gsize j = 0; j < k; j++)
    model->lambda2[j] = exp (p[layout->log_lambda2 + j]);
  memcpy (model->a, a, d * k * sizeof *a);
  memcpy (model->b, a + d * k, d * sizeof *a);
  model->sigma2 = trainer->settings.sigma * trainer->settings.sigma;
  return model;
}
