#include "model/base/normals.h"
#include "model/bound/vae-bound.h"
#include "tests/model/data-files.h"
#include "tests/model/random-vae.h"

#include <json-glib/json-glib.h>

static const guint table_k[] = {1, 2, 5, 10, 50, 100, 500, 5000};

static const LimenVaeShape plane = {40, 20, 30, 2}, line = {40, 20, 30, 1}, space = {40, 20, 30, 6};

/* The reference: MNIST, PyTorch, NumPy */

static LimenImageSet *
load_mnist (void)
{
  g_autofree char *path = shared_path ("data/mnist/t10k-images-idx3-ubyte.gz");
  const char *paths[] = {path, NULL};
  LimenImageSetOptions options = {28, 28, 100};
  return path ? limen_image_set_load (paths, &options, NULL, NULL, NULL) : NULL;
}

static LimenVae *
load_reference (const char *name)
{
  g_autofree char *relative = g_strconcat ("reference/bound/vae/", name, NULL);
  g_autofree char *path = shared_path (relative);
  return path ? limen_vae_load (path, 0, NULL, NULL) : NULL;
}

static JsonParser *
load_expected (void)
{
  g_autofree char *path = shared_path ("reference/bound/vae/vae-expected.json");
  JsonParser *parser = path ? json_parser_new () : NULL;
  if (parser)
    g_assert_true (json_parser_load_from_file (parser, path, NULL));
  return parser;
}

/* The expected values are of lattices, and carry how far those were from a mean weight of 1: by so
 * much they are off themselves. */
static void
check_exact (const LimenVaeExact *exact, JsonObject *expected)
{
  JsonObject *vlb = json_object_get_object_member (expected, "vlb");
  double theirs = fabs (log (json_object_get_double_member (expected, "mean_weight_check")));
  g_assert_cmpfloat (exact->log_evidence_error, <=, 1e-6);
  g_assert_cmpfloat_with_epsilon (exact->log_evidence,
                                  json_object_get_double_member (expected, "log_evidence"),
                                  1e-4 + 1.1 * theirs);
  for (guint i = 0; i < G_N_ELEMENTS (table_k); i++) {
    g_autofree char *k = g_strdup_printf ("%u", table_k[i]);
    g_assert_cmpfloat_with_epsilon (
        exact->log_evidence - limen_importance_bound_gap (exact->bound, table_k[i]),
        json_object_get_double_member (vlb, k), 1e-3 + 1.1 * theirs + exact->bound_error);
  }
}

static void
test_plane_of_the_reference (void)
{
  g_autoptr (LimenImageSet) set = load_mnist ();
  g_autoptr (LimenVae) vae = set ? load_reference ("vae-2d.pt") : NULL;
  g_autoptr (JsonParser) parser = vae ? load_expected () : NULL;
  if (!parser)
    return;
  g_autoptr (LimenVaeMap) map = limen_vae_map_new (vae, NULL);
  JsonObject *root = json_node_get_object (json_parser_get_root (parser));
  JsonArray *images = json_object_get_array_member (root, "vae-2d");
  g_assert_cmpuint (json_array_get_length (images), ==, 16);
  for (guint i = 0; i < 16; i++) {
    float x[784];
    g_assert_true (limen_vae_take_image (vae, set, i, x, NULL));
    g_autoptr (LimenVaeExact) exact = limen_vae_exact_new (map, x, NULL, NULL, NULL);
    check_exact (exact, json_array_get_object_element (images, i));
  }
}

static double
member_or_nan (JsonObject *object, const char *name)
{
  return json_object_get_null_member (object, name) ? NAN
                                                    : json_object_get_double_member (object, name);
}

static void
test_space_of_the_reference (void)
{
  g_autoptr (LimenImageSet) set = load_mnist ();
  g_autoptr (LimenVae) vae = set ? load_reference ("vae-20d.pt") : NULL;
  g_autoptr (JsonParser) parser = vae ? load_expected () : NULL;
  LimenVaeSetBound table[G_N_ELEMENTS (table_k)];
  guint n = G_N_ELEMENTS (table_k);
  if (!parser)
    return;
  JsonObject *root = json_node_get_object (json_parser_get_root (parser));
  JsonObject *expected = json_object_get_object_member (root, "vae-20d mean over MNIST test 0..99");
  g_assert_true (limen_vae_set_bound (
      &(LimenVaeSetPlan){.vae = vae, .set = set, .n = 100, .k = table_k, .n_k = n, .seed = 3},
      table, NULL, NULL));
  for (guint i = 0; i < n; i++) {
    g_autofree char *k = g_strdup_printf ("%u", table_k[i]);
    JsonObject *row = json_object_get_object_member (expected, k);
    double theirs = member_or_nan (row, "mc_standard_error"), ours = table[i].monte_carlo_error;
    double mean = json_object_get_double_member (row, "mean");
    double error = json_object_get_double_member (row, "standard_error");
    /* one bound of 5,000 varies no more than one of 500, of which there were ten */
    if (isnan (ours))
      ours = theirs = sqrt (10) * table[i - 1].monte_carlo_error;
    g_assert_cmpuint (table[i].k, ==, table_k[i]);
    g_assert_cmpfloat_with_epsilon (table[i].bound.mean, mean, 4 * hypot (ours, theirs));
    g_assert_cmpfloat_with_epsilon (table[i].bound.standard_error, error, 0.05 * error);
    g_assert_cmpuint (table[i].bound.n, ==, 100);
  }
}

/* Small VAEs: plain sums over a fine lattice */

/* log p(x), and E_q log w: @moments: (2) */
static void
plain_integrals (const LimenVae *vae, const float *x, const LimenGaussian *q, double *log_evidence,
                 double *elbo)
{
  guint latent = vae->shape.latent, n = latent == 1 ? 4001 : 301, rows = latent == 1 ? 1 : n;
  double evidence = 0, mass = 0, sum = 0, step = 14.0 / (n - 1), e_step = 16.0 / (n - 1);
  double top = plain_log_joint (vae, x, q->mean);
  for (guint r = 0; r < rows; r++)
    for (guint c = 0; c < n; c++) {
      double z[] = {-7 + c * step, rows == 1 ? 0 : -7 + r * step};
      double e[] = {-8 + c * e_step, rows == 1 ? 0 : -8 + r * e_step}, at[2];
      evidence += exp (plain_log_joint (vae, x, z) - top);
      limen_gaussian_place (q, e, at);
      double density = exp (limen_gaussian_log_density (q, at));
      mass += density;
      sum += density * (plain_log_joint (vae, x, at) - limen_gaussian_log_density (q, at));
    }
  *log_evidence = top + log (evidence) + latent * log (step);
  *elbo = sum / mass;
}

static double
value (const LimenVaeExact *exact, double k)
{
  return exact->log_evidence - limen_importance_bound_gap (exact->bound, k);
}

static void
check_integrals (LimenVaeShape shape, double sigma, guint64 seed)
{
  g_autoptr (LimenVae) vae = random_vae (shape, sigma, seed);
  g_autoptr (LimenVaeMap) map = limen_vae_map_new (vae, NULL);
  float x[40];
  double log_evidence, elbo;
  random_pixels (40, seed, x);
  g_autoptr (LimenVaeExact) exact = limen_vae_exact_new (map, x, NULL, NULL, NULL);
  plain_integrals (vae, x, exact->q, &log_evidence, &elbo);
  g_assert_cmpfloat_with_epsilon (exact->log_evidence, log_evidence, 1e-3);
  g_assert_cmpfloat_with_epsilon (value (exact, 1), elbo, 1e-3);
  g_assert_cmpfloat (value (exact, 10), >=, value (exact, 1));
  g_assert_cmpfloat (value (exact, 5000), <=, exact->log_evidence);
  g_assert_cmpfloat_with_epsilon (limen_importance_bound_mean_weight (exact->bound), 1, 1e-6);
}

static void
test_plain_sums (void)
{
  for (guint64 seed = 0; seed < 2; seed++) {
    check_integrals (plane, 0, seed);
    check_integrals (plane, 0.7, seed);
    check_integrals (line, 0, seed);
    check_integrals (line, 0.7, seed);
  }
}

/* The evidence does not depend on q, wherever q looks: narrow, wide, tilted, beside. */
static void
test_any_proposal (void)
{
  static const struct {
    double shift, stretch[2], correlation;
  } cases[] = {{0, {1, 1}, 0.9}, {0, {0.1, 0.1}, 0},  {0, {10, 0.3}, 0},
               {2, {1, 1}, 0},   {4, {0.3, 2}, -0.6}, {0, {4, 4}, 0}};
  g_autoptr (LimenVae) vae = random_vae (plane, 0.5, 8);
  g_autoptr (LimenVaeMap) map = limen_vae_map_new (vae, NULL);
  float x[40];
  random_pixels (40, 8, x);
  g_autoptr (LimenVaeTarget) target = limen_vae_target_new (vae, x);
  LimenTarget plain = limen_vae_target (target);
  g_autoptr (LimenVaeExact) usual = limen_vae_exact_new (map, x, NULL, NULL, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    double s[] = {0.2 * cases[i].stretch[0], 0.2 * cases[i].stretch[1]};
    double mean[] = {usual->q->mean[0] + cases[i].shift, usual->q->mean[1]};
    double covariance[] = {s[0] * s[0], cases[i].correlation * s[0] * s[1],
                           cases[i].correlation * s[0] * s[1], s[1] * s[1]};
    g_autoptr (LimenGaussian) q = limen_gaussian_new ("q", 2, mean, covariance, NULL);
    g_autoptr (LimenVaeExact) exact = limen_vae_exact_new (map, x, q, NULL, NULL);
    LimenEstimate estimate;
    g_assert_cmpfloat_with_epsilon (exact->log_evidence, usual->log_evidence, 2e-3);
    g_assert_true (
        limen_monte_carlo_bound (&plain, q, (LimenBoundDraws){4, 2000, i}, &estimate, NULL, NULL));
    g_assert_cmpfloat_with_epsilon (value (exact, 4), estimate.mean,
                                    5 * estimate.standard_error + 2e-3);
  }
}

static void
test_picture_of_the_posterior (void)
{
  const LimenVaeShape *const shapes[] = {&plane, &line};
  for (guint i = 0; i < 2; i++) {
    g_autoptr (LimenVae) vae = random_vae (*shapes[i], 0, 3);
    g_autoptr (LimenVaeMap) map = limen_vae_map_new (vae, NULL);
    float x[40];
    random_pixels (40, 3, x);
    g_autoptr (LimenVaeExact) exact = limen_vae_exact_new (map, x, NULL, NULL, NULL);
    const LimenPlane *p = exact->posterior;
    double area = (p->high[0] - p->low[0]) / (p->columns - 1), sum = 0;
    area *= p->rows > 1 ? (p->high[1] - p->low[1]) / (p->rows - 1) : 1;
    for (guint j = 0; j < p->columns * p->rows; j++)
      sum += area * exp (p->log_density[j]);
    g_assert_cmpuint (p->rows == 1, ==, shapes[i] == &line);
    g_assert_cmpfloat_with_epsilon (sum, 1, 2e-3);
    guint row = p->rows / 3, column = p->columns / 4;
    double z[] = {p->low[0] + column * (p->high[0] - p->low[0]) / (p->columns - 1),
                  p->rows > 1 ? p->low[1] + row * (p->high[1] - p->low[1]) / (p->rows - 1) : 0};
    g_assert_cmpfloat_with_epsilon (p->log_density[row * p->columns + column],
                                    plain_log_joint (vae, x, z) - exact->log_evidence, 1e-3);
  }
}

static void
count_cb (double fraction, gpointer data)
{
  ++*(guint *)data;
}

static void
test_maps_that_are_not_made (void)
{
  g_autoptr (LimenVae) flat = random_vae (plane, 0, 1), deep = random_vae (space, 0, 1);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL, cancelled = NULL;
  float x[40] = {0};
  g_assert_null (limen_vae_map_new (deep, &error));
  g_assert_error (error, LIMEN_ERROR, LIMEN_ERROR_MISMATCH);
  assert_sentence (error, "random");
  g_autoptr (LimenVaeMap) map = limen_vae_map_new (flat, NULL);
  for (guint known = 0; known < 2; known++) { /* whether the image was looked at before */
    g_cancellable_cancel (cancellable);
    g_assert_null (limen_vae_exact_new (map, x, NULL, cancellable, &cancelled));
    g_assert_error (cancelled, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    g_clear_error (&cancelled);
    g_cancellable_reset (cancellable);
    g_autoptr (LimenVaeExact) exact = limen_vae_exact_new (map, x, NULL, cancellable, NULL);
    g_assert_nonnull (exact);
  }
}

/* Over a set */

static const guint few_k[] = {1, 7, 50};

static void
bound_over (const LimenVae *vae, const LimenImageSet *set, guint first, guint n, guint samples,
            LimenVaeSetBound *out)
{
  g_autoptr (GError) error = NULL;
  limen_vae_set_bound (&(LimenVaeSetPlan){vae, set, first, n, few_k, 3, samples, 11, NULL, NULL},
                       out, NULL, &error);
  g_assert_no_error (error);
}

static void
test_set_on_any_number_of_threads (void)
{
  static const char *const threads[] = {"1", "2", "5"};
  g_autoptr (LimenVae) vae = random_vae (space, 0, 1);
  g_autoptr (LimenImageSet) set = random_images (30, 8, 5, 1);
  LimenVaeSetBound out[3][3], single[30][3];
  for (guint i = 0; i < 3; i++) {
    g_setenv ("LIMEN_THREADS", threads[i], TRUE);
    bound_over (vae, set, 0, 30, 700, out[i]);
    for (guint j = 0; j < 3; j++) {
      g_assert_cmpfloat (out[i][j].bound.mean, ==, out[0][j].bound.mean);
      g_assert_cmpfloat (out[i][j].bound.standard_error, ==, out[0][j].bound.standard_error);
      g_assert_cmpfloat (out[i][j].monte_carlo_error, ==, out[0][j].monte_carlo_error);
    }
  }
  g_unsetenv ("LIMEN_THREADS");
  LimenRunningMean mean = {0};
  for (guint i = 0; i < 30; i++) {
    bound_over (vae, set, i, 1, 700, single[i]); /* the numbers of an image are its own */
    limen_running_mean_add (&mean, single[i][1].bound.mean);
  }
  g_assert_cmpfloat (limen_running_mean_estimate (&mean).mean, ==, out[0][1].bound.mean);
  g_assert_true (isnan (single[0][1].bound.standard_error));
  g_assert_cmpfloat (single[0][1].monte_carlo_error, >, 0);
}

/* One image, whose bounds have an exact value. */
static void
test_set_agrees_with_the_exact (void)
{
  g_autoptr (LimenVae) vae = random_vae (plane, 0, 5);
  g_autoptr (LimenVaeMap) map = limen_vae_map_new (vae, NULL);
  g_autoptr (LimenImageSet) set = random_images (3, 8, 5, 5);
  LimenVaeSetBound out[3], one_bound[3];
  float x[40];
  bound_over (vae, set, 2, 1, 20000, out);
  limen_vae_take_image (vae, set, 2, x, NULL);
  g_autoptr (LimenVaeExact) exact = limen_vae_exact_new (map, x, NULL, NULL, NULL);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpfloat_with_epsilon (out[i].bound.mean, value (exact, few_k[i]),
                                    4 * out[i].monte_carlo_error);
  bound_over (vae, set, 2, 1, 0, one_bound);
  g_assert_true (isnan (one_bound[2].monte_carlo_error));
  g_assert_false (isnan (one_bound[1].monte_carlo_error));
}

typedef struct {
  guint n_calls, last;
} Seen;

static void
seen_cb (const LimenVaeSetBound *table, guint n_k, guint n_images, gpointer data)
{
  Seen *seen = data;
  g_assert_cmpuint (n_k, ==, 3);
  g_assert_cmpuint (n_images, >, seen->last);
  g_assert_cmpuint (table[0].bound.n, ==, n_images);
  seen->last = n_images;
  seen->n_calls++;
}

static void
test_set_tells_how_far_it_is (void)
{
  g_autoptr (LimenVae) vae = random_vae (plane, 0, 5);
  g_autoptr (LimenImageSet) set = random_images (900, 8, 5, 5);
  LimenVaeSetBound out[3];
  Seen seen = {0};
  guint n_progress = 0;
  LimenVaeSetPlan plan = {vae, set, 0, 900, few_k, 3, 0, 1, seen_cb, &seen};
  LimenRun run = {count_cb, &n_progress, NULL};
  g_assert_true (limen_vae_set_bound (&plan, out, &run, NULL));
  g_assert_cmpuint (seen.last, ==, 900);
  g_assert_cmpuint (seen.n_calls, ==, 200);
  g_assert_cmpuint (n_progress, ==, 200);
}

static void
cancel_cb (double fraction, gpointer data)
{
  g_cancellable_cancel (data);
}

static void
test_set_can_be_cancelled (void)
{
  g_autoptr (LimenVae) vae = random_vae (plane, 0, 5);
  g_autoptr (LimenImageSet) set = random_images (50, 8, 5, 5);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  LimenVaeSetBound out[3];
  LimenVaeSetPlan plan = {vae, set, 0, 50, few_k, 3, 0, 1, NULL, NULL};
  LimenRun run = {cancel_cb, cancellable, cancellable};
  g_assert_false (limen_vae_set_bound (&plan, out, &run, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_set_refuses (void)
{
  static const struct {
    guint first, n, k, samples;
    LimenError code;
  } cases[] = {{0, 5, 0, 0, LIMEN_ERROR_ARGUMENT},  {0, 0, 1, 0, LIMEN_ERROR_ARGUMENT},
               {3, 3, 1, 0, LIMEN_ERROR_ARGUMENT},  {5, 1, 1, 0, LIMEN_ERROR_ARGUMENT},
               {0, 5, 10, 9, LIMEN_ERROR_ARGUMENT}, {2, G_MAXUINT, 1, 0, LIMEN_ERROR_ARGUMENT}};
  g_autoptr (LimenVae) vae = random_vae (plane, 0, 5);
  g_autoptr (LimenImageSet) set = random_images (5, 8, 5, 5), odd = random_images (5, 7, 5, 5);
  g_autoptr (GError) mismatch = NULL;
  LimenVaeSetBound out;
  guint one = 1;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    LimenVaeSetPlan plan = {
        vae, set, cases[i].first, cases[i].n, &cases[i].k, 1, cases[i].samples, 1, NULL, NULL};
    g_assert_false (limen_vae_set_bound (&plan, &out, NULL, &error));
    g_assert_error (error, LIMEN_ERROR, (int)cases[i].code);
    assert_sentence (error, "");
  }
  LimenVaeSetPlan of_odd = {vae, odd, 0, 5, &one, 1, 0, 1, NULL, NULL};
  g_assert_false (limen_vae_set_bound (&of_odd, &out, NULL, &mismatch));
  g_assert_error (mismatch, LIMEN_ERROR, LIMEN_ERROR_MISMATCH);
}

/* Random numbers by the thousand */

static void
test_normals_are_those_of_the_formula (void)
{
  enum { LANES = 64 };
  LimenRandom random = limen_random_stream (5, "normals", 2), plain = random, again = random;
  float out[1000], few[10];
  limen_random_normals (&random, 1000, out);
  for (guint i = 0; i < LANES; i++) {
    guint32 word[4];
    for (guint j = 0; j < 4; j++)
      word[j] = limen_random_u32 (&plain);
    for (guint pair = 0; pair < 2; pair++) {
      double u = (word[2 * pair] / 2 + 0.25) * 0x1p-31, v = word[2 * pair + 1] * 0x1p-32;
      const float *at = out + 2 * LANES * pair + i;
      g_assert_cmpfloat_with_epsilon (at[0], sqrt (-2 * log (u)) * cos (2 * G_PI * v), 1e-6);
      g_assert_cmpfloat_with_epsilon (at[LANES], sqrt (-2 * log (u)) * sin (2 * G_PI * v), 1e-6);
    }
  }
  limen_random_normals (&again, 10, few);
  g_assert_cmpmem (few, sizeof few, out, sizeof few);
}

static void
test_normals_have_the_moments (void)
{
  enum { N = 1 << 20 };
  static const double expected[] = {1, 0, 1, 0, 3, 0, 15}, spread[] = {0, 1, 2, 15, 96, 945, 10170};
  LimenRandom random = limen_random_stream (6, "normals", 0);
  g_autofree float *out = g_new (float, N);
  limen_random_normals (&random, N, out);
  for (guint power = 1; power < G_N_ELEMENTS (expected); power++) {
    double sum = 0;
    for (guint i = 0; i < N; i++)
      sum += pow (out[i], power) / N;
    g_assert_cmpfloat_with_epsilon (sum, expected[power], 4 * sqrt (spread[power] / N));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/vae-bound/plane-of-the-reference", test_plane_of_the_reference);
  g_test_add_func ("/vae-bound/space-of-the-reference", test_space_of_the_reference);
  g_test_add_func ("/vae-bound/plain-sums", test_plain_sums);
  g_test_add_func ("/vae-bound/any-proposal", test_any_proposal);
  g_test_add_func ("/vae-bound/picture-of-the-posterior", test_picture_of_the_posterior);
  g_test_add_func ("/vae-bound/maps-that-are-not-made", test_maps_that_are_not_made);
  g_test_add_func ("/vae-bound/set-on-any-number-of-threads", test_set_on_any_number_of_threads);
  g_test_add_func ("/vae-bound/set-agrees-with-the-exact", test_set_agrees_with_the_exact);
  g_test_add_func ("/vae-bound/set-tells-how-far-it-is", test_set_tells_how_far_it_is);
  g_test_add_func ("/vae-bound/set-can-be-cancelled", test_set_can_be_cancelled);
  g_test_add_func ("/vae-bound/set-refuses", test_set_refuses);
  g_test_add_func ("/vae-bound/normals-are-those-of-the-formula",
                   test_normals_are_those_of_the_formula);
  g_test_add_func ("/vae-bound/normals-have-the-moments", test_normals_have_the_moments);
  return g_test_run ();
}
