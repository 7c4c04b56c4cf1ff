/* Gradients of a VAE, the steps they make, and training as a whole. */
#include "model/latent/vae-pass.h"
#include "model/latent/vae-trainer.h"
#include "tests/model/data-files.h"
#include "tests/model/random-vae.h"

/* With β₁ = 0 and no step, Adam's mean of the gradient is the gradient. */
static const LimenAdam only_look = {.beta1 = 0, .beta2 = 0, .rate = 0, .root = 1};

/* One batch */

typedef struct {
  LimenVae *vae;
  LimenCrew *crew;
  LimenVaePass *pass;
  guint n;
} Fixture;

static Fixture
fixture_new (LimenVaeShape shape, guint n, guint64 seed)
{
  Fixture f = {random_vae (shape, 0, seed), limen_crew_new (), NULL, n};
  LimenRandom random = limen_random_stream (seed, "noise", 0);
  f.pass = limen_vae_pass_new (f.vae, f.crew, n);
  random_pixels (shape.observed * n, seed, f.pass->x);
  for (guint i = 0; i < shape.latent * n; i++)
    f.pass->e[i] = (float)limen_random_normal (&random);
  return f;
}

static void
fixture_clear (Fixture *f)
{
  limen_vae_pass_free (f->pass);
  limen_crew_free (f->crew);
  limen_vae_unref (f->vae);
}

/* The mean ELBO of the batch, in float64. */
static double
plain_elbo (const Fixture *f)
{
  LimenVaeShape s = f->vae->shape;
  g_autofree float *x = g_new (float, s.observed);
  g_autofree double *wide = g_new (double, s.observed), *q = g_new (double, 2 * s.latent);
  g_autofree double *z = g_new (double, s.latent);
  double sum = 0;
  for (guint i = 0; i < f->n; i++) {
    for (guint p = 0; p < s.observed; p++)
      wide[p] = x[p] = f->pass->x[p * f->n + i];
    plain_mlp (&f->vae->encoder, wide, q);
    for (guint j = 0; j < s.latent; j++) {
      double mean = q[j], log_variance = q[s.latent + j];
      z[j] = mean + exp (log_variance / 2) * f->pass->e[j * f->n + i];
      sum -= 0.5 * (exp (log_variance) + mean * mean - 1 - log_variance);
    }
    sum += plain_log_likelihood (f->vae, x, z);
  }
  return sum / f->n;
}

/* d(−ELBO)/d(*weight), by central differences; the weights are float32, so the step is large, and
 * its true length counts. */
static double
central_difference (const Fixture *f, float *weight)
{
  float before = *weight, up = before + 1e-3f, down = before - 1e-3f;
  *weight = up;
  double above = plain_elbo (f);
  *weight = down;
  double below = plain_elbo (f);
  *weight = before;
  return (below - above) / ((double)up - down);
}

static void
check_layer (const Fixture *f, LimenMlpTrainer *trainer, LimenMlp *mlp, guint l, guint every)
{
  LimenLinear *layer = &mlp->layer[l];
  const LimenMoments *weights = limen_mlp_trainer_weight_moments (trainer, l);
  const LimenMoments *biases = limen_mlp_trainer_bias_moments (trainer, l);
  for (guint i = 0; i < layer->inputs * layer->outputs; i += every) {
    gsize at = (gsize)(i / layer->outputs) * layer->stride + i % layer->outputs;
    double expected = central_difference (f, &layer->weight[at]);
    g_assert_cmpfloat_with_epsilon (weights->mean[at], expected, 1e-3 + 2e-3 * fabs (expected));
  }
  for (guint o = 0; o < layer->outputs; o += every) {
    double expected = central_difference (f, &layer->bias[o]);
    g_assert_cmpfloat_with_epsilon (biases->mean[o], expected, 1e-3 + 2e-3 * fabs (expected));
  }
}

static void
check_gradient (LimenVaeShape shape, guint n, guint every, guint64 seed)
{
  Fixture f = fixture_new (shape, n, seed);
  double elbo;
  g_assert_true (limen_vae_pass_forward (f.pass, &elbo));
  g_assert_cmpfloat_with_epsilon (elbo, plain_elbo (&f), 1e-5 * fabs (elbo));
  g_assert_true (limen_vae_pass_backward (f.pass, &only_look));
  for (guint l = 0; l < 2; l++) {
    check_layer (&f, f.pass->encoder, &f.vae->encoder, l, every);
    check_layer (&f, f.pass->decoder, &f.vae->decoder, l, every);
  }
  fixture_clear (&f);
}

static void
test_gradients (void)
{
  check_gradient ((LimenVaeShape){12, 7, 9, 2}, 5, 1, 1);
  check_gradient ((LimenVaeShape){9, 5, 4, 3}, 40, 1, 2);
  check_gradient ((LimenVaeShape){150, 133, 140, 4}, 19, 997, 3);
}

/* Training */

static const LimenVaeTrainerSettings small = {
    .latent = 2, .hidden = 30, .batch = 25, .epochs = 30, .learning_rate = 1e-2, .seed = 4};

static LimenVae *
train (const LimenVaeTrainerSettings *settings, const LimenImageSet *set, double *elbo)
{
  g_autoptr (GError) error = NULL;
  LimenVae *vae = limen_vae_train (settings, set, elbo, NULL, &error);
  g_assert_no_error (error);
  return vae;
}

static gboolean
are_equal (const LimenVae *a, const LimenVae *b)
{
  const LimenLinear *x = &a->decoder.layer[1], *y = &b->decoder.layer[1];
  const LimenLinear *p = &a->encoder.layer[0], *q = &b->encoder.layer[0];
  return memcmp (x->weight, y->weight, (gsize)x->inputs * x->stride * sizeof (float)) == 0 &&
         memcmp (p->weight, q->weight, (gsize)p->inputs * p->stride * sizeof (float)) == 0 &&
         memcmp (x->bias, y->bias, x->stride * sizeof (float)) == 0;
}

static void
test_threads_do_not_matter (void)
{
  static const char *const threads[] = {"1", "2", "5"};
  g_autoptr (LimenImageSet) set = random_images (120, 20, 16, 1);
  LimenVaeTrainerSettings settings = small;
  LimenVae *vae[4];
  settings.hidden = 300;
  settings.epochs = 2;
  for (guint i = 0; i < 4; i++) {
    g_setenv ("LIMEN_THREADS", threads[i % 3], TRUE);
    settings.seed = i < 3 ? 1 : 2;
    vae[i] = train (&settings, set, NULL);
  }
  g_unsetenv ("LIMEN_THREADS");
  g_assert_true (are_equal (vae[0], vae[1]));
  g_assert_true (are_equal (vae[0], vae[2]));
  g_assert_false (are_equal (vae[0], vae[3]));
  for (guint i = 0; i < 4; i++)
    limen_vae_unref (vae[i]);
}

/* What it tells of itself, fresh images confirm; and their places go where they should: blobs have
 * two coordinates. */
static void
check_learning (gboolean greys)
{
  gboolean (*take) (const LimenVae *, const LimenImageSet *, guint, float *, GError **) =
      greys ? limen_vae_take_greys : limen_vae_take_image;
  g_autoptr (LimenImageSet) set = random_images (500, 8, 8, 2),
                            fresh = random_images (200, 8, 8, 3);
  LimenVaeTrainerSettings settings = small;
  double elbo, first;
  settings.greys = greys;
  g_autoptr (LimenVae) vae = train (&settings, set, &elbo);
  settings.epochs = 1;
  g_autoptr (LimenVae) green = train (&settings, set, &first);
  g_assert_cmpfloat (elbo, >, first + 10);
  double sum = 0;
  for (guint i = 0; i < 200; i++) {
    float x[64];
    g_assert_true (take (vae, fresh, i, x, NULL));
    g_autoptr (LimenGaussian) q = limen_vae_encode (vae, x);
    LimenRandom random = limen_random_stream (1, "z", i);
    double z[] = {q->mean[0] + q->factor[0] * limen_random_normal (&random),
                  q->mean[1] + q->factor[3] * limen_random_normal (&random)};
    sum += (plain_log_joint (vae, x, z) - limen_gaussian_log_density (q, z)) / 200;
  }
  g_assert_cmpfloat_with_epsilon (sum, elbo, 4);
  g_assert_cmpstr (limen_vae_path (vae), ==, "VAE of blobs");
}

static void
test_learns_what_it_sees (void)
{
  check_learning (FALSE);
  check_learning (TRUE);
}

static void
test_bad_settings (void)
{
  g_autoptr (LimenImageSet) set = random_images (5, 8, 8, 2);
  LimenVaeTrainerSettings bad[9];
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    bad[i] = small;
  bad[0].latent = 0;
  bad[1].latent = 2000;
  bad[2].hidden = 0;
  bad[3].hidden = 100000;
  bad[4].batch = 0;
  bad[5].epochs = 0;
  bad[6].learning_rate = 0;
  bad[7].learning_rate = NAN;
  bad[8].learning_rate = 2;
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_null (limen_vae_train (&bad[i], set, NULL, NULL, &error));
    g_assert_error (error, LIMEN_ERROR, LIMEN_ERROR_ARGUMENT);
    assert_sentence (error, "");
  }
}

static void
test_diverging_is_one_sentence (void)
{
  g_autoptr (LimenImageSet) set = random_images (100, 20, 16, 2);
  g_autoptr (GError) error = NULL;
  LimenVaeTrainerSettings settings = small;
  settings.learning_rate = 1;
  settings.hidden = 300;
  settings.batch = 1;
  g_assert_null (limen_vae_train (&settings, set, NULL, NULL, &error));
  g_assert_error (error, LIMEN_ERROR, LIMEN_ERROR_ARGUMENT);
  assert_sentence (error, "diverged");
}

static void
cancel_cb (double fraction, gpointer data)
{
  g_cancellable_cancel (data);
}

static void
test_can_be_cancelled (void)
{
  g_autoptr (LimenImageSet) set = random_images (100, 8, 8, 2);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_assert_null (limen_vae_train (&small, set, NULL,
                                  &(LimenRun){cancel_cb, cancellable, cancellable}, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/vae-trainer/gradients", test_gradients);
  g_test_add_func ("/vae-trainer/threads-do-not-matter", test_threads_do_not_matter);
  g_test_add_func ("/vae-trainer/learns-what-it-sees", test_learns_what_it_sees);
  g_test_add_func ("/vae-trainer/bad-settings", test_bad_settings);
  g_test_add_func ("/vae-trainer/diverging-is-one-sentence", test_diverging_is_one_sentence);
  g_test_add_func ("/vae-trainer/can-be-cancelled", test_can_be_cancelled);
  return g_test_run ();
}
