#include "model/base/random.h"
#include "model/flow/nice.h"

#include <math.h>
#include <string.h>

#define SIDE      6
#define DIMENSION (SIDE * SIDE)
#define HALF      (DIMENSION / 2)
#define WIDTH     17
#define COUPLINGS 3

/* A flow of one hidden layer, as safetensors and as plain arrays. */
typedef struct {
  float in[COUPLINGS][WIDTH][HALF], in_bias[COUPLINGS][WIDTH];
  float out[COUPLINGS][HALF][WIDTH], out_bias[COUPLINGS][HALF];
  float scale[DIMENSION];
} Plain;

typedef struct {
  GString *header;
  GByteArray *body;
} Writer;

static void
fill (float *values, gsize n, LimenRandom *random, double scale)
{
  for (gsize i = 0; i < n; i++)
    values[i] = (float)(scale * limen_random_normal (random));
}

static Plain *
random_flow (guint64 seed)
{
  Plain *plain = g_new0 (Plain, 1);
  LimenRandom random = limen_random_stream (seed, "flow", 0);
  fill (&plain->in[0][0][0], COUPLINGS * WIDTH * HALF, &random, 0.3);
  fill (&plain->in_bias[0][0], COUPLINGS * WIDTH, &random, 0.2);
  fill (&plain->out[0][0][0], COUPLINGS * HALF * WIDTH, &random, 0.3);
  fill (&plain->out_bias[0][0], COUPLINGS * HALF, &random, 0.2);
  fill (plain->scale, DIMENSION, &random, 1);
  return plain;
}

static void
add_tensor (Writer *writer, const char *name, const char *shape, const float *values, gsize n)
{
  g_string_append_printf (writer->header,
                          "%s\"%s\":{\"dtype\":\"F32\",\"shape\":%s,\"data_offsets\":[%u,%u]}",
                          writer->header->len > 1 ? "," : "", name, shape, writer->body->len,
                          writer->body->len + (guint)(n * sizeof (float)));
  g_byte_array_append (writer->body, (const guint8 *)values, (guint)(n * sizeof (float)));
}

static void
add_coupling (Writer *writer, const Plain *plain, guint i)
{
  static const char *const names[] = {"in_block.0.weight", "in_block.0.bias", "out_block.weight",
                                      "out_block.bias"};
  g_autofree char *in = g_strdup_printf ("[%d,%d]", WIDTH, HALF);
  g_autofree char *out = g_strdup_printf ("[%d,%d]", HALF, WIDTH);
  g_autofree char *width = g_strdup_printf ("[%d]", WIDTH), *half = g_strdup_printf ("[%d]", HALF);
  const char *shapes[] = {in, width, out, half};
  const float *values[] = {plain->in[i][0], plain->in_bias[i], plain->out[i][0],
                           plain->out_bias[i]};
  const gsize sizes[] = {WIDTH * HALF, WIDTH, HALF * WIDTH, HALF};
  for (guint j = 0; j < 4; j++) {
    g_autofree char *name = g_strdup_printf ("model.coupling.%u.%s", i, names[j]);
    add_tensor (writer, name, shapes[j], values[j], sizes[j]);
  }
}

/* @couplings: 0, 1, ... of them, so that tests can leave one out */
static LimenCheckpoint *
checkpoint_of (const Plain *plain, const char *couplings, const char *scale_shape, gsize n_scale)
{
  Writer writer = {g_string_new ("{"), g_byte_array_new ()};
  for (const char *c = couplings; *c; c++)
    add_coupling (&writer, plain, (guint)(*c - '0'));
  add_tensor (&writer, "model.scaling.scale", scale_shape, plain->scale, n_scale);
  g_string_append_c (writer.header, '}');
  guint64 length = GUINT64_TO_LE ((guint64)writer.header->len);
  g_byte_array_prepend (writer.body, (const guint8 *)writer.header->str, (guint)writer.header->len);
  g_byte_array_prepend (writer.body, (const guint8 *)&length, sizeof length);
  g_string_free (writer.header, TRUE);
  g_autoptr (GBytes) bytes = g_byte_array_free_to_bytes (writer.body);
  g_autoptr (GError) error = NULL;
  LimenCheckpoint *checkpoint = limen_checkpoint_load_bytes (bytes, "made-up.safetensors", &error);
  g_assert_no_error (error);
  return checkpoint;
}

static LimenNice *
nice_of (const Plain *plain)
{
  g_autoptr (LimenCheckpoint) checkpoint = checkpoint_of (plain, "012", "[1,36]", DIMENSION);
  g_autoptr (GError) error = NULL;
  LimenNice *nice = limen_nice_new_from_checkpoint (checkpoint, &error);
  g_assert_no_error (error);
  return nice;
}

static LimenImageSet *
random_images (guint n, guint64 seed)
{
  LimenRandom random = limen_random_stream (seed, "images", 0);
  g_autofree guint8 *pixels = g_malloc0 ((gsize)n * DIMENSION);
  for (gsize i = 0; i < (gsize)n * DIMENSION; i++)
    if (limen_random_uniform (&random) < 0.4)
      pixels[i] = (guint8)limen_random_below (&random, 256);
  return limen_image_set_new_from_u8 ("random", pixels, n, SIDE, SIDE);
}

/* The formula as it stands in nice.h, in float64, one image. */
static double
plain_log_likelihood (const Plain *plain, const float *x)
{
  double half[2][HALF], sum = 0;
  for (guint d = 0; d < DIMENSION; d++)
    half[d % 2][d / 2] = x[d];
  for (guint i = 0; i < COUPLINGS; i++) {
    double hidden[WIDTH];
    for (guint u = 0; u < WIDTH; u++) {
      hidden[u] = plain->in_bias[i][u];
      for (guint j = 0; j < HALF; j++)
        hidden[u] += (double)plain->in[i][u][j] * half[(i + 1) % 2][j];
      hidden[u] = fmax (hidden[u], 0);
    }
    for (guint j = 0; j < HALF; j++) {
      half[i % 2][j] += plain->out_bias[i][j];
      for (guint u = 0; u < WIDTH; u++)
        half[i % 2][j] += (double)plain->out[i][j][u] * hidden[u];
    }
  }
  for (guint d = 0; d < DIMENSION; d++) {
    double z = exp (plain->scale[d]) * half[d % 2][d / 2];
    sum += plain->scale[d] - log1p (exp (z)) - log1p (exp (-z));
  }
  return sum;
}

static double *
scores_of (const LimenNice *nice, const LimenImageSet *set)
{
  double *scores = g_new (double, limen_image_set_n_images (set));
  g_autoptr (GError) error = NULL;
  g_assert_true (limen_nice_log_likelihood (nice, set, scores, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  return scores;
}

static void
test_shape_comes_from_the_tensors (void)
{
  g_autofree Plain *plain = random_flow (1);
  g_autoptr (LimenNice) nice = nice_of (plain);
  LimenNiceShape shape = limen_nice_shape (nice);
  guint width, height;
  g_assert_cmpuint (shape.dimension, ==, DIMENSION);
  g_assert_cmpuint (shape.width, ==, WIDTH);
  g_assert_cmpuint (shape.depth, ==, 1);
  g_assert_cmpuint (shape.couplings, ==, COUPLINGS);
  g_assert_true (limen_nice_image_size (nice, &width, &height));
  g_assert_cmpuint (width, ==, SIDE);
  g_assert_cmpuint (height, ==, SIDE);
}

static void
test_log_likelihood_is_the_formula (void)
{
  g_autofree Plain *plain = random_flow (2);
  g_autoptr (LimenNice) nice = nice_of (plain);
  g_autoptr (LimenImageSet) set = random_images (700, 3);
  g_autofree double *scores = scores_of (nice, set);
  for (guint i = 0; i < 700; i++) {
    float x[DIMENSION];
    limen_image_set_copy_rows (set, i, 1, x);
    g_assert_cmpfloat_with_epsilon (scores[i], plain_log_likelihood (plain, x), 2e-4);
  }
}

static void
test_threads_change_nothing (void)
{
  g_autofree Plain *plain = random_flow (4);
  g_autoptr (LimenNice) nice = nice_of (plain);
  g_autoptr (LimenImageSet) set = random_images (2000, 5);
  g_setenv ("LIMEN_THREADS", "1", TRUE);
  g_autofree double *one = scores_of (nice, set);
  g_setenv ("LIMEN_THREADS", "3", TRUE);
  g_autofree double *three = scores_of (nice, set);
  g_unsetenv ("LIMEN_THREADS");
  g_assert_cmpmem (one, 2000 * sizeof *one, three, 2000 * sizeof *three);
}

static void
test_overflow_scores_minus_infinity (void)
{
  g_autofree Plain *plain = random_flow (6);
  for (guint d = 0; d < DIMENSION; d++)
    plain->scale[d] = 200; /* exp (200) is no float32 */
  g_autoptr (LimenNice) nice = nice_of (plain);
  g_autoptr (LimenImageSet) set = random_images (10, 7);
  g_autofree double *scores = scores_of (nice, set);
  for (guint i = 0; i < 10; i++)
    g_assert_true (scores[i] == -INFINITY);
}

static void
test_inverted_sets_are_noticed (void)
{
  g_autofree Plain *plain = g_new0 (Plain, 1); /* no shifts: the likeliest image is black */
  for (guint d = 0; d < DIMENSION; d++)
    plain->scale[d] = 2;
  g_autoptr (LimenNice) nice = nice_of (plain);
  g_autoptr (LimenImageSet) set = random_images (50, 8);
  g_autoptr (LimenImageSet) negative = limen_image_set_inverted (set);
  gboolean seems = TRUE;
  g_assert_true (limen_nice_prefers_inverted (nice, set, &seems, NULL, NULL));
  g_assert_false (seems);
  g_assert_true (limen_nice_prefers_inverted (nice, negative, &seems, NULL, NULL));
  g_assert_true (seems);
}

static void
test_images_of_another_size_are_refused (void)
{
  g_autofree Plain *plain = random_flow (9);
  g_autoptr (LimenNice) nice = nice_of (plain);
  guint8 pixels[4 * 4 * 2] = {0};
  double scores[2];
  g_autoptr (LimenImageSet) set = limen_image_set_new_from_u8 ("tiny", pixels, 2, 4, 4);
  g_autoptr (GError) error = NULL;
  g_assert_false (limen_nice_log_likelihood (nice, set, scores, NULL, NULL, NULL, &error));
  g_assert_error (error, LIMEN_ERROR, LIMEN_ERROR_MISMATCH);
  g_assert_nonnull (strstr (error->message, "tiny"));
  g_assert_nonnull (strstr (error->message, "made-up.safetensors"));
}

static void
test_cancelled_scoring_says_so (void)
{
  g_autofree Plain *plain = random_flow (10);
  g_autoptr (LimenNice) nice = nice_of (plain);
  g_autoptr (LimenImageSet) set = random_images (1000, 11);
  g_autofree double *scores = g_new (double, 1000);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_cancellable_cancel (cancellable);
  g_assert_false (limen_nice_log_likelihood (nice, set, scores, NULL, NULL,
                                             &(LimenRun){.cancellable = cancellable}, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
assert_refused (LimenCheckpoint *checkpoint, const char *word)
{
  g_autoptr (LimenCheckpoint) owned = checkpoint;
  g_autoptr (GError) error = NULL;
  g_assert_null (limen_nice_new_from_checkpoint (owned, &error));
  g_assert_nonnull (error);
  g_assert_nonnull (strstr (error->message, "made-up.safetensors"));
  g_assert_nonnull (strstr (error->message, word));
  g_assert_true (g_str_has_suffix (error->message, "."));
}

static void
test_tensors_that_make_no_flow_are_refused (void)
{
  g_autofree Plain *plain = random_flow (12);
  assert_refused (checkpoint_of (plain, "", "[1,36]", DIMENSION), "coupling.0.in_block.0.weight");
  assert_refused (checkpoint_of (plain, "02", "[1,36]", DIMENSION), "coupling.1.in_block.0.weight");
  assert_refused (checkpoint_of (plain, "012", "[1,20]", 20), "scaling.scale");
  plain->out[1][3][4] = NAN;
  assert_refused (checkpoint_of (plain, "012", "[36]", DIMENSION), "coupling.1.out_block.weight");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nice/shape-comes-from-the-tensors", test_shape_comes_from_the_tensors);
  g_test_add_func ("/nice/log-likelihood-is-the-formula", test_log_likelihood_is_the_formula);
  g_test_add_func ("/nice/threads-change-nothing", test_threads_change_nothing);
  g_test_add_func ("/nice/overflow-scores-minus-infinity", test_overflow_scores_minus_infinity);
  g_test_add_func ("/nice/inverted-sets-are-noticed", test_inverted_sets_are_noticed);
  g_test_add_func ("/nice/images-of-another-size-are-refused",
                   test_images_of_another_size_are_refused);
  g_test_add_func ("/nice/cancelled-scoring-says-so", test_cancelled_scoring_says_so);
  g_test_add_func ("/nice/tensors-that-make-no-flow-are-refused",
                   test_tensors_that_make_no_flow_are_refused);
  return g_test_run ();
}
