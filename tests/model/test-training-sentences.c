/* What the Prior page says of a training and of a race, against computations of its own. */
#include "tests/model/trainer-inside.h"
#include "sentence-walk.h"

/* -- a training -- */

/**
 * TrainingTruth: of a trainer, by other means
 * @bound: mean over the points of VLB^(1); @maximum: the highest log-likelihood; NaN: not known
 * @n: points that the bound is of
 */
typedef struct {
  double bound, maximum;
  guint n, all;
} TrainingTruth;

static gboolean
judge_training (const char *sentence, gconstpointer data, gconstpointer of)
{
  const LimenTrainingReport *report = data;
  const TrainingTruth *truth = of;
  double unit, error_unit, gap = truth->maximum - truth->bound;
  g_autofree char *start =
      g_strdup_printf (" by %s the bound", limen_estimator_word (report->settings.estimator));
  if (!strstr (sentence, start))
    return FALSE;
  if (strstr (sentence, " below the highest")) {
    double said = number_before (sentence, " nats per point below", &unit);
    return !isnan (gap) && fabs (said - gap) <= 0.5 * unit + 1e-9 * (1 + fabs (truth->bound));
  }
  if (strstr (sentence, "is within ")) {
    double said = number_before (sentence, " nats per point of", &unit);
    return !isnan (gap) && gap <= said + 1e-9 * (1 + fabs (truth->bound));
  }
  if (strstr (sentence, "estimated at")) {
    double said = number_before (sentence, " ± ", &unit);
    double bar = number_before (sentence, " nats per point, two", &error_unit);
    const char *among = strstr (sentence, " points among ");
    if (report->settings.hidden == 0 || (among != NULL) != (truth->n < truth->all))
      return FALSE;
    if (among && number_before (sentence, " points among ", &error_unit) != truth->n)
      return FALSE;
    return fabs (said - truth->bound) <= 3.5 * bar / 2 + unit; /* of 10,000, some are far off */
  }
  double said = number_before (sentence, " nats per point; log p(x) is at least that", &unit);
  return report->settings.hidden == 0 && isnan (truth->maximum) &&
         fabs (said - truth->bound) <= 0.5 * unit + 1e-9 * (1 + fabs (said));
}

/* VLB^(1) = E_q log p(x|z) − KL (q ‖ r), both in closed form */
static double
plain_elbo (const LimenGaussianModel *model, const double *x, const double *mean, const double *s)
{
  double sum = model->observed * log (2 * G_PI * model->sigma2);
  for (guint i = 0; i < model->observed; i++) {
    const double *row = model->a + (gsize)i * model->latent;
    double residual = x[i] - model->b[i], explained = 0;
    for (guint j = 0; j < model->latent; j++) {
      residual -= row[j] * mean[j];
      explained += row[j] * row[j] * s[j] * s[j];
    }
    sum += (residual * residual + explained) / model->sigma2;
  }
  for (guint j = 0; j < model->latent; j++) {
    double apart = mean[j] - model->lambda1[j], ratio = s[j] * s[j] / model->lambda2[j];
    sum += apart * apart / model->lambda2[j] + ratio - 1 - log (ratio);
  }
  return -0.5 * sum;
}

/* Its mean, of the affine model a trainer is, a point after the other */
static double
affine_bound (const LimenPriorTrainer *trainer, const LimenPoints *points)
{
  g_autoptr (LimenGaussianModel) model = limen_prior_trainer_model (trainer);
  gsize k = model->latent, n = points->n;
  g_autofree double *mean = g_new (double, n *k), *s = g_new (double, n *k);
  double sum = 0;
  limen_prior_trainer_encode (trainer, points->n, mean, s);
  for (gsize i = 0; i < n; i++)
    sum += plain_elbo (model, points->x + i * points->d, mean + i * k, s + i * k);
  return sum / (double)n;
}

/* The highest log-likelihood of one latent variable and two columns: the eigenvalues of the
 * covariance of two numbers are the roots of a quadratic equation. NaN for others */
static double
plain_maximum (const LimenPoints *points, const LimenPriorSettings *settings)
{
  double mean[2] = {0}, c[3] = {0}, sigma2 = settings->sigma * settings->sigma;
  for (guint i = 0; i < points->n; i++)
    for (int j = 0; j < 2; j++)
      mean[j] += points->x[2 * i + j] / points->n;
  for (guint i = 0; i < points->n; i++) {
    double x = points->x[2 * i] - mean[0], y = points->x[2 * i + 1] - mean[1];
    c[0] += x * x / points->n;
    c[1] += x * y / points->n;
    c[2] += y * y / points->n;
  }
  double half = 0.5 * (c[0] + c[2]), apart = hypot (0.5 * (c[0] - c[2]), c[1]);
  double value[2] = {half + apart, half - apart}, sum = 2 * log (2 * G_PI);
  for (guint j = 0; j < 2; j++) {
    double variance = j < settings->latent ? fmax (value[j], sigma2) : sigma2;
    sum += log (variance) + value[j] / variance;
  }
  return -0.5 * sum;
}

/* The mean over many more draws than the trainer's own survey, of the same points */
static double
drawn_bound (const LimenPriorTrainer *trainer, const LimenPoints *points, guint n, guint64 seed)
{
  enum { ROUNDS = 30 };
  LimenRandom random = limen_random_stream (seed, "truth", 0);
  guint rows = MIN (n, 100), k = 2;
  g_autofree guint *row = g_new (guint, rows);
  g_autofree double *e = g_new (double, (gsize)rows *k);
  double sum = 0;
  guint blocks = n / rows;
  for (guint round = 0; round < ROUNDS * blocks; round++) {
    for (guint i = 0; i < rows; i++)
      row[i] = (guint)((guint64)(round % blocks * rows + i) * points->n / n);
    for (gsize i = 0; i < (gsize)rows * k; i++)
      e[i] = limen_random_normal (&random);
    sum += trainer_value (trainer, row, rows, e);
  }
  return sum / (ROUNDS * blocks);
}

static LimenPriorSettings
random_settings (LimenRandom *random, guint hidden)
{
  LimenPriorSettings settings = limen_prior_defaults ();
  settings.hidden = hidden;
  settings.latent = hidden ? 2 : 1 + limen_random_below (random, 2);
  settings.estimator = limen_random_below (random, LIMEN_N_ESTIMATORS);
  settings.trainable = limen_random_below (random, 2);
  settings.sigma = exp (-0.7 + 0.5 * limen_random_normal (random));
  settings.n_steps = 1000;
  settings.seed = limen_random_below (random, 1000);
  return settings;
}

static void
test_training (void)
{
  Walk walk = {limen_training_claims, LIMEN_TRAINING_N_CLAIMS, judge_training, {0}, {0}};
  LimenRandom random = limen_random_stream (1, "training-sentences", 0);
  guint n = 0, trainers = 0;
  while (n < N_STATES) {
    guint hidden = trainers++ % 3 == 0 ? 6 : 0,
          rows = hidden && limen_random_below (&random, 2) ? 700 : 40;
    LimenPriorSettings settings = random_settings (&random, hidden);
    g_autoptr (LimenPoints) points = limen_points_builtin ("banana", rows, n, NULL);
    g_autoptr (LimenPriorTrainer) trainer = limen_prior_trainer_new (&settings, points, NULL);
    g_assert_nonnull (trainer);
    for (guint visits = 0; visits < (hidden ? 3 : 50); visits++, n++) {
      guint steps = limen_random_below (&random, 12);
      for (guint i = 0; i < steps; i++)
        g_assert_true (limen_prior_trainer_step (trainer, NULL));
      LimenTrainingReport report = {.settings = settings,
                                    .points = points,
                                    .last = limen_prior_trainer_report (trainer),
                                    .maximum = {NAN, NAN}};
      TrainingTruth truth = {.maximum = NAN, .n = MIN (rows, 500), .all = rows};
      if (hidden == 0 && visits % 5 > 0) {
        report.maximum = limen_ppca_maximum (points, settings.latent, settings.sigma);
        truth.maximum = plain_maximum (points, &settings);
      }
      truth.bound =
          hidden ? drawn_bound (trainer, points, truth.n, n) : affine_bound (trainer, points);
      if (hidden == 0 && visits % 7 == 1) { /* as after so long a training that nothing is left */
        truth.bound = truth.maximum;
        report.last.bound = report.maximum.value;
      }
      visit (&walk, &report, &truth);
    }
  }
  finish (&walk, 0);
}

/* -- a race -- */

static gboolean
judge_note (const char *sentence, gconstpointer data, gconstpointer of)
{
  const LimenRaceState *state = data;
  const LimenPriorReport *report = of; /* of a trainer with such settings */
  double unit;
  if ((strstr (sentence, "estimated") != NULL) != isfinite (report->bound_standard_error))
    return FALSE;
  const char *some =
      strstr (sentence, " of ") ? strstr (strstr (sentence, " of ") + 1, " of ") : NULL;
  double all = number_before (sentence, " points", &unit);
  if (!some)
    return all == report->n_points && all == state->n_points;
  return all == state->n_points && report->n_points < state->n_points &&
         number_before (sentence + strlen ("bound of"), " of ", &unit) == report->n_points;
}

static void
test_note (void)
{
  Walk walk = {limen_race_note_claims, LIMEN_RACE_NOTE_N_CLAIMS, judge_note, {0}, {0}};
  LimenRandom random = limen_random_stream (1, "note-sentences", 0);
  g_autoptr (LimenPoints) points = limen_points_builtin ("ring", 5000, 1, NULL);
  for (guint n = 0; n < N_STATES; n++) {
    LimenPriorSettings settings = random_settings (&random, limen_random_below (&random, 2));
    LimenPoints some = *points;
    some.n = n % 2 ? 2 + limen_random_below (&random, 40) : 480 + limen_random_below (&random, 40);
    if (n % 500 == 0)
      some.n = 5000;
    g_autoptr (LimenPriorTrainer) trainer = limen_prior_trainer_new (&settings, &some, NULL);
    LimenPriorReport report = limen_prior_trainer_report (trainer);
    const LimenRaceState state = {some.n, settings.hidden, NAN};
    visit (&walk, &state, &report);
  }
  finish (&walk, 0);
}

/* A bound of a model of its kind, at random parameters: none of an affine one is above the line;
 * that of others may be, and of a line that is not there nothing is to be said. */
static gboolean
judge_level (const char *sentence, gconstpointer data, gconstpointer of)
{
  const LimenRaceState *state = data;
  double bound = *(const double *)of;
  return state->hidden == 0 && bound <= state->best;
}

static void
test_level (void)
{
  Walk walk = {limen_race_level_claims, LIMEN_RACE_LEVEL_N_CLAIMS, judge_level, {0}, {0}};
  LimenRandom random = limen_random_stream (1, "level-sentences", 0);
  g_autoptr (LimenPoints) points = limen_points_builtin ("banana", 30, 1, NULL);
  for (guint n = 0; n < N_STATES; n++) {
    LimenPriorSettings settings = random_settings (&random, n % 10 ? 0 : 3);
    g_autoptr (LimenPriorTrainer) trainer = limen_prior_trainer_new (&settings, points, NULL);
    for (guint i = limen_random_below (&random, 4); i > 0; i--)
      g_assert_true (limen_prior_trainer_step (trainer, NULL));
    double bound = settings.hidden ? NAN : affine_bound (trainer, points);
    const LimenRaceState state = {points->n, settings.hidden,
                                  n % 7 ? plain_maximum (points, &settings) : NAN};
    visit (&walk, &state, &bound);
  }
  finish (&walk, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/prior-sentences/training", test_training);
  g_test_add_func ("/prior-sentences/note-of-a-race", test_note);
  g_test_add_func ("/prior-sentences/level-of-a-race", test_level);
  return g_test_run ();
}
