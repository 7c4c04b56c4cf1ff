#include "tests/model/gaussian-answers.h"
#include "model/bound/polygon.h"
#include "model/bound/vae-bound.h"
#include "model/bound/vae-integral.h"
#include "model/latent/gaussian-model.h"
#include "model/latent/vae-affine.h"
#include "tests/model/data-files.h"
#include "tests/model/plain-integral.h"

static const LimenVaeShape plane = {24, 12, 14, 2}, line = {40, 20, 30, 1};

/* -- polygons -- */

static double
area_of (const LimenPolygon *polygon)
{
  double sum = 0;
  for (guint i = 0; i < polygon->n; i++) {
    const double *a = polygon->x[i], *b = polygon->x[(i + 1) % polygon->n];
    sum += 0.5 * (a[0] * b[1] - a[1] * b[0]);
  }
  return polygon->n == 2 ? polygon->x[1][0] - polygon->x[0][0] : sum;
}

static double
integrate (const LimenPolygon *polygon, guint order, guint power_1, guint power_2)
{
  double x[600][2], weight[600], sum = 0;
  gsize n = limen_polygon_n_nodes (polygon, order);
  limen_polygon_nodes (polygon, order, x, weight);
  for (gsize i = 0; i < n; i++) {
    g_assert_cmpfloat (weight[i], >, 0);
    sum += weight[i] * pow (x[i][0], power_1) * pow (x[i][1], power_2);
  }
  return sum;
}

/* A square cut by random lines: the parts have its moments together, by each rule as far as it is
 * exact. */
static void
test_parts_are_the_whole (void)
{
  LimenRandom random = limen_random_stream (1, "polygons", 0);
  for (guint turn = 0; turn < 200; turn++) {
    LimenPolygon part[200] = {limen_polygon_box (2, 1)};
    guint n = 1, n_lines = limen_random_below (&random, 9);
    for (guint i = 0; i < n_lines; i++) {
      double weight[] = {limen_random_normal (&random), limen_random_normal (&random)};
      double bias = 0.7 * limen_random_normal (&random);
      for (guint j = 0, before = n; j < before; j++)
        n += limen_polygon_cut (&part[j], weight, bias, &part[n]);
    }
    for (guint j = 0, before = n; j < before && turn % 2; j++)
      part[n++] = limen_polygon_halve (&part[j]);
    double area = 0, squares = 0, fourth = 0;
    for (guint j = 0; j < n; j++) {
      area += area_of (&part[j]);
      squares += integrate (&part[j], 2, 2, 0);
      fourth += integrate (&part[j], 5, 4, 2);
      g_assert_cmpfloat_with_epsilon (integrate (&part[j], 7, 0, 0), area_of (&part[j]), 1e-14);
    }
    g_assert_cmpfloat_with_epsilon (area, 4, 1e-12);
    g_assert_cmpfloat_with_epsilon (squares, 4.0 / 3, 1e-12);
    g_assert_cmpfloat_with_epsilon (fourth, 4.0 / 15, 1e-12);
  }
}

static void
test_segments (void)
{
  LimenPolygon below = limen_polygon_box (1, 2), above;
  g_assert_true (limen_polygon_cut (&below, (double[]){3, 0}, -1.5, &above));
  g_assert_cmpfloat (below.x[1][0], ==, 0.5);
  g_assert_cmpfloat (above.x[0][0], ==, 0.5);
  g_assert_false (limen_polygon_cut (&below, (double[]){3, 0}, -1.5, &above));
  g_assert_false (limen_polygon_cut (&below, (double[]){0, 0}, 1, &above));
  g_assert_cmpfloat_with_epsilon (integrate (&below, 3, 5, 0), (pow (0.5, 6) - 64) / 6, 1e-12);
  above = limen_polygon_halve (&below);
  g_assert_cmpfloat_with_epsilon (area_of (&below) + area_of (&above), 2.5, 1e-14);
}

/* -- the decoder in float64 -- */

static void
check_affine (LimenVaeShape shape, double sigma, guint64 seed)
{
  g_autoptr (LimenVae) vae = random_vae (shape, sigma, seed);
  LimenRandom random = limen_random_stream (seed, "places", 0);
  float x[40];
  random_pixels (40, seed, x);
  g_autoptr (LimenVaeAffine) affine = limen_vae_affine_new (vae, x);
  for (guint turn = 0; turn < 100; turn++) {
    const double h = 1e-6;
    double z[2] = {3 * limen_random_normal (&random), 3 * limen_random_normal (&random)};
    double value, gradient[2];
    limen_vae_affine_move (affine, z);
    limen_vae_affine_values (affine, z, 1, &value);
    double plain = plain_log_likelihood (vae, x, z);
    g_assert_cmpfloat_with_epsilon (value, plain, 1e-12 * fabs (plain));
    g_assert_cmpfloat_with_epsilon (limen_vae_affine_tangent (affine, z, gradient), plain,
                                    1e-12 * fabs (plain));
    for (guint j = 0; j < shape.latent; j++) {
      double low[2] = {z[0], z[1]}, high[2] = {z[0], z[1]}, of_low, of_high;
      low[j] -= h;
      high[j] += h;
      limen_vae_affine_values (affine, low, 1, &of_low);
      limen_vae_affine_values (affine, high, 1, &of_high);
      g_assert_cmpfloat_with_epsilon (gradient[j], (of_high - of_low) / (2 * h),
                                      1e-7 * (1 + fabs (plain)));
    }
  }
}

static void
test_affine_is_the_decoder (void)
{
  for (guint64 seed = 0; seed < 3; seed++) {
    check_affine (plane, 0, seed);
    check_affine (plane, 0.2, seed);
    check_affine (line, 0, seed);
    check_affine (line, 0.2, seed);
  }
}

/* -- integrals -- */

typedef struct {
  const LimenVae *vae;
  const float *x;
} Joint;

static double
log_joint (const double *z, gpointer data)
{
  const Joint *joint = data;
  return plain_log_joint (joint->vae, joint->x, z);
}

static LimenVaeIntegral
evidence_of (const LimenVae *vae, const float *x)
{
  g_autoptr (LimenGaussian) encoder = limen_vae_encode (vae, x);
  LimenVaeIntegrand integrand = limen_vae_joint_integrand (vae, encoder->mean);
  LimenVaeIntegral evidence;
  g_assert_true (limen_vae_integrate (vae, x, &integrand, 2e-7, &evidence, NULL, NULL, NULL));
  return evidence;
}

/* By the plain integral in two resolutions: of the finer, a tenth of the difference is left. */
static void
check_evidence (LimenVaeShape shape, double sigma, guint64 seed)
{
  g_autoptr (LimenVae) vae = random_vae (shape, sigma, seed);
  float x[40];
  random_pixels (40, seed, x);
  Joint joint = {vae, x};
  PlainIntegral plain = {vae, {-9, -9}, {9, 9}, 24, 300, log_joint, &joint};
  plain_shrink (&plain);
  plain_shrink (&plain);
  LimenVaeIntegral evidence = evidence_of (vae, x);
  double coarse = plain_integrate (&plain, evidence.log_value);
  plain.steps = 900;
  double fine = plain_integrate (&plain, evidence.log_value);
  double off = fabs (evidence.log_value - fine), theirs = 0.1 * fabs (fine - coarse) + 1e-11;
  g_test_message ("σ = %g, seed %u: %.10f, stated ±%.1e, off %.1e (reference ±%.1e)", sigma,
                  (guint)seed, evidence.log_value, evidence.error, off, theirs);
  g_assert_cmpfloat (theirs, <, 1e-6);
  g_assert_cmpfloat (off, <=, evidence.error + theirs);
  g_assert_cmpfloat (evidence.error, <=, 1e-6);
}

static void
test_evidence_is_within_its_error (void)
{
  static const double sigmas[] = {0, 0.7, 0.3};
  for (guint64 seed = 0; seed < 4; seed++)
    for (guint i = 0; i < G_N_ELEMENTS (sigmas); i++) {
      check_evidence (line, sigmas[i], seed);
      if (seed < 2)
        check_evidence (plane, sigmas[i], seed);
    }
}

/* A decoder whose units are on wherever the posterior is: a linear Gaussian model, in closed form,
 * however narrow, however far away. */
static void
check_linear (guint latent, double sigma, double far)
{
  enum { N = 6 };
  const LimenVaeShape shape = {N, 4, 5, latent};
  g_autoptr (LimenVae) vae = random_vae (shape, sigma, 4);
  LimenLinear *first = &vae->decoder.layer[0], *second = &vae->decoder.layer[1];
  g_autoptr (LimenGaussianModel) model = limen_gaussian_model_new (latent, N);
  double at[2] = {far, -0.7 * far}, wide[N];
  float x[N];
  model->sigma2 = sigma * sigma;
  for (guint h = 0; h < 5; h++)
    first->bias[h] = 4096;
  for (guint i = 0; i < N; i++) {
    model->b[i] = second->bias[i];
    for (guint h = 0; h < 5; h++) {
      double weight = second->weight[h * second->stride + i];
      model->b[i] += weight * first->bias[h];
      for (guint j = 0; j < latent; j++)
        model->a[i * latent + j] += weight * first->weight[j * first->stride + h];
    }
    double seen = model->b[i] + sigma * (i % 3);
    for (guint j = 0; j < latent; j++)
      seen += model->a[i * latent + j] * at[j];
    wide[i] = x[i] = (float)seen;
  }
  LimenVaeIntegral evidence = evidence_of (vae, x);
  double exact = gaussian_log_evidence (model, wide);
  g_test_message ("σ = %g at %g: %.9f ±%.1e, exactly %.9f", sigma, far, evidence.log_value,
                  evidence.error, exact);
  g_assert_cmpfloat_with_epsilon (evidence.log_value, exact,
                                  evidence.error + 1e-9 * (1 + fabs (exact)));
  g_assert_cmpfloat (evidence.error, <, 1e-3);
}

static void
test_narrow_and_far_posteriors (void)
{
  static const double sigmas[] = {1, 0.1, 0.02}, places[] = {0, 3, 40};
  for (guint i = 0; i < G_N_ELEMENTS (sigmas); i++)
    for (guint j = 0; j < G_N_ELEMENTS (places); j++) {
      check_linear (1, sigmas[i], places[j]);
      check_linear (2, sigmas[i], places[j]);
    }
}

/* Where float64 does not reach, the error says so. */
static void
test_what_cannot_be_known_is_not_stated (void)
{
  g_autoptr (LimenVae) vae = random_vae (plane, 1e-6, 2);
  g_autoptr (LimenVaeMap) map = limen_vae_map_new (vae, NULL);
  float x[40];
  random_pixels (40, 2, x);
  g_autoptr (LimenVaeExact) exact = limen_vae_exact_new (map, x, NULL, NULL, NULL);
  double ulp = fabs (plain_log_joint (vae, x, exact->q->mean)) * 1e-17;
  g_assert_true (isnan (exact->log_evidence) || exact->log_evidence_error > ulp);
  g_assert_true (isnan (exact->log_evidence) == (exact->bound == NULL));
}

static void
test_any_number_of_threads (void)
{
  static const char *const threads[] = {"1", "2", "5"};
  g_autoptr (LimenVae) vae = random_vae (plane, 0, 6);
  float x[40];
  random_pixels (40, 6, x);
  LimenVaeIntegral evidence[3];
  for (guint i = 0; i < 3; i++) {
    g_setenv ("LIMEN_THREADS", threads[i], TRUE);
    evidence[i] = evidence_of (vae, x);
    g_assert_cmpfloat (evidence[i].log_value, ==, evidence[0].log_value);
    g_assert_cmpfloat (evidence[i].error, ==, evidence[0].error);
  }
  g_unsetenv ("LIMEN_THREADS");
}

static void
test_can_be_cancelled (void)
{
  g_autoptr (LimenVae) vae = random_vae (plane, 0, 6);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  float x[40] = {0};
  LimenVaeIntegrand integrand = limen_vae_joint_integrand (vae, (double[]){0, 0});
  LimenVaeIntegral evidence;
  g_cancellable_cancel (cancellable);
  g_assert_false (
      limen_vae_integrate (vae, x, &integrand, 1e-7, &evidence, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* -- bounds -- */

/* E_q log w by plain integration: what VLB^(1) is. */
typedef struct {
  Joint joint;
  const LimenGaussian *q;
} Weighted;

static double
log_mass_of_weight (const double *z, gpointer data)
{
  const Weighted *weighted = data;
  double log_q = limen_gaussian_log_density (weighted->q, z);
  double log_w = plain_log_joint (weighted->joint.vae, weighted->joint.x, z) - log_q;
  return log_q + log (1e6 + log_w); /* the integrand is positive; 10⁶ is taken off again */
}

static void
check_bound (const LimenVae *vae, const float *x, const LimenGaussian *q)
{
  g_autoptr (LimenVaeMap) map = limen_vae_map_new ((LimenVae *)vae, NULL);
  g_autoptr (LimenVaeExact) exact = limen_vae_exact_new (map, x, q, NULL, NULL);
  Weighted weighted = {{vae, x}, exact->q};
  PlainIntegral plain = {vae, {0}, {0}, 40, 400, log_mass_of_weight, &weighted};
  for (guint j = 0; j < vae->shape.latent; j++) {
    double reach = 8.5 * sqrt (exact->q->covariance[j * (vae->shape.latent + 1)]);
    plain.low[j] = exact->q->mean[j] - reach;
    plain.high[j] = exact->q->mean[j] + reach;
  }
  double elbo = exp (plain_integrate (&plain, log (1e6))) - 1e6;
  double value = exact->log_evidence - limen_importance_bound_gap (exact->bound, 1);
  g_test_message ("VLB %.8f ±%.1e, plain %.8f", value, exact->bound_error, elbo);
  g_assert_cmpfloat_with_epsilon (value, elbo, exact->bound_error + 2e-7);
}

static void
test_bound_is_within_its_error (void)
{
  static const double stretch[][3] = {{1, 1, 0}, {0.15, 0.2, 0.5}, {2.5, 1, -0.5}, {1, 0.05, 0}};
  for (guint64 seed = 0; seed < 3; seed++) {
    const LimenVaeShape *shape = seed == 2 ? &line : &plane;
    g_autoptr (LimenVae) vae = random_vae (*shape, seed == 1 ? 0.5 : 0, seed);
    float x[40];
    random_pixels (40, seed, x);
    g_autoptr (LimenGaussian) own = limen_vae_encode (vae, x);
    for (guint i = 0; i < G_N_ELEMENTS (stretch); i++) {
      double s[] = {stretch[i][0] * 0.4, stretch[i][1] * 0.4};
      double covariance[] = {s[0] * s[0], stretch[i][2] * s[0] * s[1], stretch[i][2] * s[0] * s[1],
                             s[1] * s[1]};
      g_autoptr (LimenGaussian) q =
          limen_gaussian_new ("q", shape->latent, own->mean, covariance, NULL);
      check_bound (vae, x, q);
    }
  }
}

/* -- the reference -- */

static void
test_images_of_the_reference (void)
{
  static const struct {
    guint index;
    double log_evidence; /* by the plain integral, 1,600 steps */
  } images[] = {{5819, -120.567118993}, {9001, -188.292546934}, {7, -177.675349880}};
  g_autofree char *weights = shared_path ("reference/bound/vae/vae-2d.pt");
  g_autofree char *path = shared_path ("data/mnist/t10k-images-idx3-ubyte.gz");
  if (!weights || !path)
    return;
  const char *paths[] = {path, NULL};
  LimenImageSetOptions options = {28, 28, 0};
  g_autoptr (LimenVae) vae = limen_vae_load (weights, 0, NULL, NULL);
  g_autoptr (LimenImageSet) set = limen_image_set_load (paths, &options, NULL, NULL, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (images); i++) {
    float x[784];
    limen_vae_take_image (vae, set, images[i].index, x, NULL);
    LimenVaeIntegral evidence = evidence_of (vae, x);
    g_assert_cmpfloat (evidence.error, <=, 1e-6);
    g_assert_cmpfloat_with_epsilon (evidence.log_value, images[i].log_evidence,
                                    evidence.error + 2e-7);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/vae-integral/parts-are-the-whole", test_parts_are_the_whole);
  g_test_add_func ("/vae-integral/segments", test_segments);
  g_test_add_func ("/vae-integral/affine-is-the-decoder", test_affine_is_the_decoder);
  g_test_add_func ("/vae-integral/evidence-is-within-its-error", test_evidence_is_within_its_error);
  g_test_add_func ("/vae-integral/narrow-and-far-posteriors", test_narrow_and_far_posteriors);
  g_test_add_func ("/vae-integral/what-cannot-be-known-is-not-stated",
                   test_what_cannot_be_known_is_not_stated);
  g_test_add_func ("/vae-integral/any-number-of-threads", test_any_number_of_threads);
  g_test_add_func ("/vae-integral/can-be-cancelled", test_can_be_cancelled);
  g_test_add_func ("/vae-integral/bound-is-within-its-error", test_bound_is_within_its_error);
  g_test_add_func ("/vae-integral/images-of-the-reference", test_images_of_the_reference);
  return g_test_run ();
}
