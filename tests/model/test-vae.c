#include "model/latent/vae-decoder.h"
#include "model/weights/linear-load.h"
#include "model/weights/checkpoint-write.h"
#include "tests/model/data-files.h"
#include "tests/model/random-vae.h"

#include <stdlib.h>

static char *folder;

static const LimenVaeShape small = {30, 17, 23, 3}, large = {784, 90, 120, 2};

static gboolean
are_equal (const LimenVae *a, const LimenVae *b)
{
  const LimenMlp *x[] = {&a->encoder, &a->decoder}, *y[] = {&b->encoder, &b->decoder};
  gboolean equal = memcmp (&a->shape, &b->shape, sizeof a->shape) == 0;
  for (guint m = 0; equal && m < 2; m++)
    for (guint l = 0; l < 2; l++) {
      const LimenLinear *p = &x[m]->layer[l], *q = &y[m]->layer[l];
      gsize n = (gsize)p->inputs * p->stride;
      equal = equal && memcmp (p->weight, q->weight, n * sizeof (float)) == 0 &&
              memcmp (p->bias, q->bias, p->stride * sizeof (float)) == 0;
    }
  return equal;
}

/* Files */

static const char *const formats[] = {"net.safetensors", "net.pt"};

static void
test_comes_back (void)
{
  g_autoptr (LimenVae) vae = random_vae (small, 0, 1);
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++) {
    g_autofree char *path = g_build_filename (folder, formats[i], NULL);
    g_autoptr (GError) error = NULL;
    g_assert_true (limen_vae_save (vae, path, LIMEN_NUMBER_F32, &error));
    g_autoptr (LimenVae) back = limen_vae_load (path, 0, NULL, &error);
    g_assert_no_error (error);
    g_assert_true (are_equal (vae, back));
    g_assert_cmpstr (limen_vae_path (back), ==, path);
    g_assert_cmpint (limen_vae_likelihood (back), ==, LIMEN_VAE_BERNOULLI);
    g_autoptr (LimenVae) gaussian = limen_vae_load (path, 0.3, NULL, &error);
    g_assert_cmpint (limen_vae_likelihood (gaussian), ==, LIMEN_VAE_GAUSSIAN);
    g_assert_true (limen_vae_save (vae, path, LIMEN_NUMBER_F16, &error));
    g_autoptr (LimenVae) half = limen_vae_load (path, 0, NULL, &error);
    g_assert_false (are_equal (vae, half));
    g_assert_cmpfloat_with_epsilon (half->decoder.layer[1].weight[5],
                                    vae->decoder.layer[1].weight[5], 1e-3);
  }
}

/* As limen_vae_save() would, but with one tensor of another name, shape or content. */
typedef struct {
  const char *name, *replacement;
  gint64 shape[2];
  float value;
} Change;

static LimenCheckpoint *
make_checkpoint (const char *before, const Change *change)
{
  static const struct {
    const char *name;
    guint n;
    gint64 shape[2];
  } table[] = {{"fc1.weight", 2, {17, 30}}, {"fc1.bias", 1, {17}},
               {"fc21.weight", 2, {3, 17}}, {"fc21.bias", 1, {3}},
               {"fc22.weight", 2, {3, 17}}, {"fc22.bias", 1, {3}},
               {"fc3.weight", 2, {23, 3}},  {"fc3.bias", 1, {23}},
               {"fc4.weight", 2, {30, 23}}, {"fc4.bias", 1, {30}}};
  LimenCheckpoint *checkpoint = limen_checkpoint_new ("made up", "");
  g_autofree float *values = g_new (float, 1000);
  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    gboolean changes = change && g_str_equal (change->name, table[i].name);
    const char *last = changes && change->replacement ? change->replacement : table[i].name;
    g_autofree char *name = g_strconcat (before, last, NULL);
    const gint64 *shape = changes && change->shape[0] ? change->shape : table[i].shape;
    for (guint j = 0; j < 1000; j++)
      values[j] = changes ? change->value : 0.25f;
    g_assert_true (limen_checkpoint_add_floats (checkpoint, name, LIMEN_NUMBER_F32, table[i].n,
                                                shape, values, NULL));
  }
  return checkpoint;
}

static LimenVae *
load_changed (const char *before, const Change *change, GError **error)
{
  g_autofree char *path = g_build_filename (folder, "changed.safetensors", NULL);
  g_autoptr (LimenCheckpoint) checkpoint = make_checkpoint (before, change);
  g_assert_true (limen_checkpoint_save (checkpoint, path, NULL));
  return limen_vae_load (path, 0, NULL, error);
}

static void
test_nested_dictionaries (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LimenVae) vae = load_changed ("state_dict.model.", NULL, &error);
  g_assert_no_error (error);
  LimenVaeShape shape = limen_vae_shape (vae);
  g_assert_cmpmem (&shape, sizeof shape, &small, sizeof small);
}

static void
test_bad_files (void)
{
  static const Change changes[] = {
      {"fc1.weight", "fc5.weight"},   {"fc1.bias", "fc5.bias"},
      {"fc21.weight", "fc5.weight"},  {"fc21.bias", "fc5.bias"},
      {"fc22.weight", "fc5.weight"},  {"fc22.bias", "fc5.bias"},
      {"fc3.weight", "fc5.weight"},   {"fc3.bias", "fc5.bias"},
      {"fc4.weight", "fc5.weight"},   {"fc4.bias", "fc5.bias"},
      {"fc1.weight", NULL, {17, 29}}, {"fc1.bias", NULL, {16}},
      {"fc21.weight", NULL, {4, 17}}, {"fc22.weight", NULL, {3, 16}},
      {"fc22.bias", NULL, {4}},       {"fc3.weight", NULL, {23, 2}},
      {"fc3.weight", NULL, {22, 3}},  {"fc4.weight", NULL, {30, 22}},
      {"fc4.weight", NULL, {29, 23}}, {"fc4.bias", NULL, {29}},
  };
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_null (load_changed ("", &changes[i], &error));
    g_assert_error (error, LIMEN_ERROR, LIMEN_ERROR_MISMATCH);
    assert_sentence (error, "changed.safetensors");
    g_assert_null (strstr (error->message, ". "));
    g_test_message ("%s", error->message);
    if (changes[i].replacement)
      g_assert_nonnull (strstr (error->message, changes[i].name));
  }
}

static void
test_values_that_are_no_numbers (void)
{
  g_autoptr (GError) error = NULL;
  Change change = {"fc22.bias", NULL, {0}, NAN};
  g_assert_null (load_changed ("", &change, &error));
  g_assert_error (error, LIMEN_ERROR, LIMEN_ERROR_DAMAGED);
  assert_sentence (error, "changed.safetensors");
}

static void
test_bad_deviations (void)
{
  static const double sigmas[] = {-1, NAN, INFINITY, 1e-9, 1e9};
  g_autoptr (LimenVae) vae = random_vae (small, 0, 1);
  g_autofree char *path = g_build_filename (folder, "net.pt", NULL);
  g_assert_true (limen_vae_save (vae, path, LIMEN_NUMBER_F32, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (sigmas); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_null (limen_vae_load (path, sigmas[i], NULL, &error));
    g_assert_error (error, LIMEN_ERROR, LIMEN_ERROR_ARGUMENT);
    assert_sentence (error, "net.pt");
  }
}

static void
test_a_flow_is_no_vae (void)
{
  g_autoptr (GError) error = NULL;
  g_assert_null (limen_vae_load ("builtin:glyphs", 0, NULL, &error));
  g_assert_error (error, LIMEN_ERROR, LIMEN_ERROR_MISMATCH);
  assert_sentence (error, "builtin:glyphs");
}

/* Images */

static void
test_images_as_the_likelihood_sees_them (void)
{
  static const guint8 pixels[] = {0, 127, 128, 255};
  static const LimenVaeShape four = {4, 2, 2, 1};
  g_autoptr (LimenImageSet) set = limen_image_set_new_from_u8 ("four", pixels, 1, 2, 2);
  g_autoptr (LimenVae) binary = random_vae (four, 0, 1), grey = random_vae (four, 1, 1);
  float x[4];
  guint width, height;
  g_assert_true (limen_vae_take_image (binary, set, 0, x, NULL));
  g_assert_true (x[0] == 0 && x[1] == 0 && x[2] == 1 && x[3] == 1);
  g_assert_true (limen_vae_take_image (grey, set, 0, x, NULL));
  g_assert_true (x[0] == 0 && x[1] == 127.0f / 255 && x[2] == 128.0f / 255 && x[3] == 1);
  memset (x, 0, sizeof x);
  g_assert_true (limen_vae_take_greys (binary, set, 0, x, NULL));
  g_assert_true (x[0] == 0 && x[1] == 127.0f / 255 && x[2] == 128.0f / 255 && x[3] == 1);
  g_assert_true (limen_vae_image_size (grey, &width, &height));
  g_assert_cmpuint (width, ==, 2);
  g_assert_cmpuint (height, ==, 2);
}

static void
test_images_of_another_size (void)
{
  g_autoptr (LimenImageSet) set = random_images (1, 6, 6, 1);
  g_autoptr (LimenVae) vae = random_vae (small, 0, 1);
  g_autoptr (GError) error = NULL;
  float x[36];
  guint side;
  g_assert_false (limen_vae_take_image (vae, set, 0, x, &error));
  g_assert_error (error, LIMEN_ERROR, LIMEN_ERROR_MISMATCH);
  assert_sentence (error, "random");
  g_assert_false (limen_vae_image_size (vae, &side, &side));
}

/* What it says */

static void
test_encodes_and_decodes (void)
{
  g_autoptr (LimenVae) vae = random_vae (small, 0, 2), grey = random_vae (small, 0.5, 2);
  float x[30], mean[30], mean_of_grey[30];
  double wide[30], y[30], z[] = {0.3, -1.2, 2};
  random_pixels (30, 1, x);
  for (guint i = 0; i < 30; i++)
    wide[i] = x[i];
  plain_mlp (&vae->encoder, wide, y);
  g_autoptr (LimenGaussian) q = limen_vae_encode (vae, x);
  g_assert_cmpuint (q->dimension, ==, 3);
  for (guint j = 0; j < 3; j++) {
    g_assert_cmpfloat_with_epsilon (q->mean[j], y[j], 1e-12);
    g_assert_cmpfloat_with_epsilon (log (q->covariance[j * 3 + j]), y[3 + j], 1e-12);
  }
  plain_mlp (&vae->decoder, z, y);
  limen_vae_decode (vae, z, mean);
  limen_vae_decode (grey, z, mean_of_grey);
  for (guint i = 0; i < 30; i++) {
    g_assert_cmpfloat_with_epsilon (mean[i], 1 / (1 + exp (-y[i])), 1e-6);
    g_assert_cmpfloat_with_epsilon (mean_of_grey[i], y[i], 1e-6);
  }
}

/* Log-variances that no float64 could be the exponential of. */
static void
test_encoders_out_of_bounds (void)
{
  g_autoptr (LimenVae) vae = random_vae (small, 0, 3);
  float x[30];
  random_pixels (30, 1, x);
  vae->encoder.layer[1].bias[3] = 1e6f;
  vae->encoder.layer[1].bias[4] = -1e6f;
  g_autoptr (LimenGaussian) q = limen_vae_encode (vae, x);
  g_assert_nonnull (q);
  g_assert_true (isfinite (q->log_determinant));
}

/* @spread: of the points: few or many units switch among them */
static void
check_log_joint (const LimenVae *vae, gsize n, double spread, double tolerance)
{
  guint latent = vae->shape.latent;
  LimenRandom random = limen_random_stream (4, "points", n);
  g_autofree float *x = g_new (float, vae->shape.observed);
  g_autofree double *z = g_new (double, n *latent), *out = g_new (double, n);
  random_pixels (vae->shape.observed, 5, x);
  for (gsize i = 0; i < n * latent; i++)
    z[i] = 0.7 + spread * limen_random_normal (&random);
  g_autoptr (LimenVaeTarget) target = limen_vae_target_new (vae, x);
  LimenTarget plain = limen_vae_target (target);
  g_assert_cmpuint (plain.dimension, ==, latent);
  plain.log_joint (z, n, out, plain.data);
  for (gsize i = 0; i < n; i += 1 + n / 100)
    g_assert_cmpfloat_with_epsilon (out[i], plain_log_joint (vae, x, z + i * latent), tolerance);
}

static void
test_log_joint (void)
{
  static const double spreads[] = {0, 0.01, 0.3, 3};
  static const LimenVaeShape narrow = {1, 1, 1, 1}, wide = {1000, 10, 60, 5};
  static const LimenVaeShape *const shapes[] = {&small, &large, &narrow, &wide};
  for (guint s = 0; s < G_N_ELEMENTS (shapes); s++) {
    g_autoptr (LimenVae) binary = random_vae (*shapes[s], 0, s);
    g_autoptr (LimenVae) grey = random_vae (*shapes[s], 0.4, s);
    for (guint i = 0; i < G_N_ELEMENTS (spreads); i++) {
      check_log_joint (binary, 1, spreads[i], 1e-3);
      check_log_joint (binary, LIMEN_VAE_COLUMNS + 90, spreads[i], 1e-3);
      check_log_joint (grey, 200, spreads[i], 2e-2);
    }
  }
}

/* Units that are off, or on, wherever one looks; and logits far from 0. */
static void
test_log_joint_of_extreme_weights (void)
{
  for (int i = -1; i <= 1; i += 2) {
    g_autoptr (LimenVae) vae = random_vae (small, 0, 9);
    for (guint h = 0; h < small.hidden_decoder; h++)
      vae->decoder.layer[0].bias[h] = (float)i * 100;
    check_log_joint (vae, 50, 1, 0.05);
  }
}

/* Brought along */

static void
test_builtin (void)
{
  g_autoptr (LimenVae) vae = limen_vae_builtin ();
  const char *paths[] = {"builtin:digits:20:77", NULL};
  g_autoptr (LimenImageSet) set = limen_image_set_load (paths, NULL, NULL, NULL, NULL);
  LimenVaeShape shape = limen_vae_shape (vae);
  double sum = 0;
  g_assert_cmpuint (shape.observed, ==, 784);
  g_assert_cmpuint (shape.latent, ==, 2);
  for (guint i = 0; i < 20; i++) {
    float x[784];
    g_assert_true (limen_vae_take_image (vae, set, i, x, NULL));
    g_autoptr (LimenGaussian) q = limen_vae_encode (vae, x);
    sum += plain_log_likelihood (vae, x, q->mean) / 20;
  }
  g_assert_cmpfloat (sum, >,
                     -120); /* black images cost 784 log 2 = 543 where nothing was learned */
}

/* PyTorch */

static char **
ask_torch (const char *weights, const char *images)
{
  g_autofree char *script = g_test_build_filename (G_TEST_DIST, "model", "vae-with-torch.py", NULL);
  const char *command[] = {"/usr/bin/python3", script, weights, images, "90", "2", NULL};
  g_autofree char *out = NULL, *err = NULL;
  int status;
  if (!g_spawn_sync (NULL, (char **)command, NULL, G_SPAWN_DEFAULT, NULL, NULL, &out, &err, &status,
                     NULL) ||
      !g_spawn_check_wait_status (status, NULL)) {
    g_assert_true (!err || !strstr (err, "Error")); /* a traceback is no reason to skip */
    return NULL;
  }
  return g_strsplit (g_strchomp (out), "\n", 0);
}

static double
divergence (const LimenGaussian *q)
{
  double sum = 0;
  for (guint j = 0; j < q->dimension; j++) {
    double variance = q->covariance[j * q->dimension + j];
    sum += 0.5 * (variance + q->mean[j] * q->mean[j] - 1 - log (variance));
  }
  return sum;
}

static void
test_torch_says_the_same (void)
{
  static const LimenVaeShape shape = {784, 90, 90, 2};
  g_autoptr (LimenVae) vae = random_vae (shape, 0, 6);
  g_autofree float *x = g_new (float, 50 * 784);
  random_pixels (50 * 784, 8, x);
  g_autofree char *images = write_file (folder, "images.raw", x, 50 * 784 * sizeof *x);
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++) {
    g_autofree char *path = g_build_filename (folder, formats[i], NULL);
    g_assert_true (limen_vae_save (vae, path, LIMEN_NUMBER_F32, NULL));
    g_auto (GStrv) lines = ask_torch (path, images);
    if (!lines) {
      g_test_skip ("/usr/bin/python3 has no PyTorch");
      return;
    }
    g_assert_cmpuint (g_strv_length (lines), ==, 50);
    for (guint j = 0; j < 50; j++) {
      char *end;
      double likelihood = g_ascii_strtod (lines[j], &end), kl = g_ascii_strtod (end, NULL);
      g_autoptr (LimenGaussian) q = limen_vae_encode (vae, x + j * 784);
      g_assert_cmpfloat_with_epsilon (plain_log_likelihood (vae, x + j * 784, q->mean), likelihood,
                                      1e-6);
      g_assert_cmpfloat_with_epsilon (divergence (q), kl, 1e-9);
    }
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  folder = make_folder ();
  g_test_add_func ("/vae/comes-back", test_comes_back);
  g_test_add_func ("/vae/nested-dictionaries", test_nested_dictionaries);
  g_test_add_func ("/vae/bad-files", test_bad_files);
  g_test_add_func ("/vae/values-that-are-no-numbers", test_values_that_are_no_numbers);
  g_test_add_func ("/vae/bad-deviations", test_bad_deviations);
  g_test_add_func ("/vae/a-flow-is-no-vae", test_a_flow_is_no_vae);
  g_test_add_func ("/vae/images-as-the-likelihood-sees-them",
                   test_images_as_the_likelihood_sees_them);
  g_test_add_func ("/vae/images-of-another-size", test_images_of_another_size);
  g_test_add_func ("/vae/encodes-and-decodes", test_encodes_and_decodes);
  g_test_add_func ("/vae/encoders-out-of-bounds", test_encoders_out_of_bounds);
  g_test_add_func ("/vae/log-joint", test_log_joint);
  g_test_add_func ("/vae/log-joint-of-extreme-weights", test_log_joint_of_extreme_weights);
  g_test_add_func ("/vae/builtin", test_builtin);
  g_test_add_func ("/vae/torch-says-the-same", test_torch_says_the_same);
  int status = g_test_run ();
  remove_folder (folder);
  g_free (folder);
  return status;
}
