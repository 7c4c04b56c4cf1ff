/* Files of weights that Limen writes, read again by Limen and by PyTorch. */
#include "model/weights/checkpoint-write.h"
#include "tests/model/data-files.h"
#include "tests/model/random-nice.h"

#include <stdlib.h>

static char *folder;

static const char *const formats[] = {"flow.pt", "flow.safetensors"};

static LimenCheckpoint *
load (const char *path)
{
  g_autoptr (GError) error = NULL;
  LimenCheckpoint *checkpoint = limen_checkpoint_load (path, NULL, &error);
  g_assert_no_error (error);
  return checkpoint;
}

static void
save (const LimenCheckpoint *checkpoint, const char *path)
{
  g_autoptr (GError) error = NULL;
  limen_checkpoint_save (checkpoint, path, &error);
  g_assert_no_error (error);
}

static void
add (LimenCheckpoint *checkpoint, const char *name, LimenNumberType dtype, guint n_dimensions,
     const gint64 *shape, const float *values)
{
  g_autoptr (GError) error = NULL;
  limen_checkpoint_add_floats (checkpoint, name, dtype, n_dimensions, shape, values, &error);
  g_assert_no_error (error);
}

/* Shapes without and with no elements, in the order of the file, bit by bit. */
static void
test_tensors_come_back (void)
{
  static const struct {
    const char *name, *text;
    guint n;
    gint64 shape[3];
  } tensors[] = {
      {"scalar", "()", 0, {0}},
      {"a.weight", "(2, 3)", 2, {2, 3}},
      {"größe \"1\"\n", "(1, 1, 7)", 3, {1, 1, 7}},
      {"none", "(0, 5)", 2, {0, 5}},
  };
  const float values[7] = {1.5f, -0.0f, 3e38f, 1e-44f, -7, 0x1.fffffep0f, 9};
  for (guint f = 0; f < G_N_ELEMENTS (formats); f++) {
    g_autofree char *path = g_build_filename (folder, formats[f], NULL);
    g_autoptr (LimenCheckpoint) written = limen_checkpoint_new ("net", "");
    for (guint i = 0; i < G_N_ELEMENTS (tensors); i++)
      add (written, tensors[i].name, LIMEN_NUMBER_F32, tensors[i].n, tensors[i].shape, values);
    save (written, path);
    g_autoptr (LimenCheckpoint) read = load (path);
    g_assert_cmpuint (limen_checkpoint_n_tensors (read), ==, G_N_ELEMENTS (tensors));
    for (guint i = 0; i < G_N_ELEMENTS (tensors); i++) {
      const LimenTensor *tensor = limen_checkpoint_tensor (read, i);
      g_autofree char *text = limen_tensor_shape_text (tensor);
      gsize n = (gsize)limen_tensor_n_elements (tensor);
      float back[7];
      limen_tensor_copy_floats (tensor, back);
      g_assert_cmpstr (tensor->name, ==, tensors[i].name);
      g_assert_cmpstr (text, ==, tensors[i].text);
      g_assert_cmpmem (back, n * sizeof *back, values, n * sizeof *values);
    }
  }
}

static void
copy_as_halves (const float *values, guint n, float *out)
{
  g_autoptr (LimenCheckpoint) checkpoint = limen_checkpoint_new ("net", "");
  const gint64 shape[] = {n};
  add (checkpoint, "x", LIMEN_NUMBER_F16, 1, shape, values);
  limen_tensor_copy_floats (limen_checkpoint_find (checkpoint, "x"), out);
}

/* The half-precision number of @bits, by definition. */
static float
half (guint bits)
{
  int exponent = (int)(bits >> 10 & 31), fraction = (int)(bits & 1023);
  double size = exponent ? ldexp (1024 + fraction, exponent - 25) : ldexp (fraction, -24);
  return (float)(bits & 0x8000 ? -size : size);
}

static void
test_halves_are_the_nearest (void)
{
  enum { N = 0x7c00 }; /* finite ones of one sign */
  g_autofree float *in = g_new (float, 2 * N), *out = g_new (float, 2 * N);
  for (guint i = 0; i < 2 * N; i++)
    in[i] = half (i < N ? i : 0x8000 | (i - N));
  copy_as_halves (in, 2 * N, out);
  g_assert_cmpmem (in, 2 * N * sizeof *in, out, 2 * N * sizeof *out);
  for (guint i = 0; i + 1 < N; i++) { /* a little off, and right between two */
    float a = half (i), b = half (i + 1), middle = (a + b) / 2;
    float points[3] = {nextafterf (middle, a), middle, nextafterf (middle, b)}, nearest[3];
    copy_as_halves (points, 3, nearest);
    g_assert_cmpfloat (nearest[0], ==, a);
    g_assert_cmpfloat (nearest[1], ==, i % 2 ? b : a);
    g_assert_cmpfloat (nearest[2], ==, b);
  }
}

static void
test_halves_have_an_end (void)
{
  const float bad[] = {65520, -1e30f, INFINITY, NAN};
  const gint64 shape[] = {1};
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (LimenCheckpoint) checkpoint = limen_checkpoint_new ("net.pt", "");
    g_autoptr (GError) error = NULL;
    g_assert_false (limen_checkpoint_add_floats (checkpoint, "a.bias", LIMEN_NUMBER_F16, 1, shape,
                                                 &bad[i], &error));
    g_assert_error (error, LIMEN_ERROR, LIMEN_ERROR_ARGUMENT);
    assert_sentence (error, "net.pt");
    g_assert_nonnull (strstr (error->message, "a.bias"));
  }
}

/* Flows */

static const LimenNiceShape shape = {784, 90, 3, 4};

/* Log-scales as after training: a likelihood of some thousand nats. */
static LimenNice *
make_flow (void)
{
  LimenNice *nice = random_nice (shape, 1);
  for (guint d = 0; d < 784; d++)
    nice->scale[d] += 3;
  return nice;
}

static double *
score (const LimenNice *nice, const LimenImageSet *images)
{
  double *out = g_new (double, limen_image_set_n_images (images));
  g_assert_true (limen_nice_log_likelihood (nice, images, out, NULL, NULL, NULL, NULL));
  return out;
}

static void
test_a_flow_comes_back (void)
{
  static const LimenNiceShape shapes[] = {{784, 90, 3, 4}, {64, 30, 1, 1}, {6, 4, 5, 7}};
  static const guint sizes[][2] = {{28, 28}, {8, 8}, {3, 2}};
  for (guint s = 0; s < G_N_ELEMENTS (shapes); s++)
    for (guint f = 0; f < G_N_ELEMENTS (formats); f++) {
      g_autofree char *path = g_build_filename (folder, formats[f], NULL);
      g_autoptr (LimenNice) nice = random_nice (shapes[s], s);
      g_autoptr (LimenImageSet) images = random_images (30, sizes[s][0], sizes[s][1], 2);
      g_autoptr (GError) error = NULL;
      g_assert_true (limen_nice_save (nice, path, LIMEN_NUMBER_F32, &error));
      g_autoptr (LimenNice) back = limen_nice_load (path, NULL, &error);
      g_assert_no_error (error);
      g_autofree double *expected = score (nice, images), *scores = score (back, images);
      LimenNiceShape a = limen_nice_shape (back);
      g_assert_cmpmem (&a, sizeof a, &shapes[s], sizeof a);
      g_assert_cmpmem (scores, 30 * sizeof *scores, expected, 30 * sizeof *expected);
    }
}

/* From its file it is known which images a flow learned from, in each format. */
static void
test_what_it_learned_from_comes_back (void)
{
  g_autoptr (LimenImageSet) images = random_images (20, 28, 28, 3);
  g_autoptr (LimenImagePrints) prints = limen_image_prints_new (images, NULL, NULL);
  for (guint f = 0; f < G_N_ELEMENTS (formats); f++) {
    g_autofree char *path = g_build_filename (folder, formats[f], NULL);
    g_autoptr (LimenNice) nice = make_flow (), plain = make_flow ();
    g_autoptr (GError) error = NULL;
    guint n = 0;
    limen_nice_set_learned (nice, "boards \"A\" – good", prints);
    g_assert_true (limen_nice_save (nice, path, LIMEN_NUMBER_F32, &error));
    g_autoptr (LimenNice) back = limen_nice_load (path, NULL, &error);
    g_assert_no_error (error);
    g_assert_cmpstr (limen_nice_learned_from (back), ==, "boards \"A\" – good");
    g_assert_nonnull (limen_nice_learned_prints (back));
    limen_image_prints_count (limen_nice_learned_prints (back), images, &n, NULL, NULL);
    g_assert_cmpuint (n, ==, 20);
    g_assert_true (limen_nice_save (plain, path, LIMEN_NUMBER_F32, &error));
    g_autoptr (LimenNice) unknown = limen_nice_load (path, NULL, &error);
    g_assert_null (limen_nice_learned_from (unknown));
    g_assert_null (limen_nice_learned_prints (unknown));
  }
}

static void
test_half_precision_is_half_the_size (void)
{
  g_autofree char *single = g_build_filename (folder, "single.safetensors", NULL);
  g_autofree char *small = g_build_filename (folder, "half.safetensors", NULL);
  g_autoptr (LimenNice) nice = make_flow ();
  GStatBuf large_stat, small_stat;
  g_assert_true (limen_nice_save (nice, single, LIMEN_NUMBER_F32, NULL));
  g_assert_true (limen_nice_save (nice, small, LIMEN_NUMBER_F16, NULL));
  g_assert_cmpint (g_stat (single, &large_stat), ==, 0);
  g_assert_cmpint (g_stat (small, &small_stat), ==, 0);
  g_assert_cmpint (small_stat.st_size, <, 0.51 * (double)large_stat.st_size);
}

/* Source: PKWARE, APPNOTE.TXT, section 4.3.7 */
static void
test_numbers_in_a_zip_are_aligned (void)
{
  g_autofree char *path = g_build_filename (folder, "flow.pt", NULL), *bytes = NULL;
  g_autoptr (LimenNice) nice = make_flow ();
  gsize n, at = 0;
  guint n_entries = 0;
  g_assert_true (limen_nice_save (nice, path, LIMEN_NUMBER_F32, NULL));
  g_assert_true (g_file_get_contents (path, &bytes, &n, NULL));
  while (memcmp (bytes + at, "PK\3\4", 4) == 0) {
    guint16 method, name, extra;
    guint32 size;
    memcpy (&method, bytes + at + 8, 2);
    memcpy (&size, bytes + at + 18, 4);
    memcpy (&name, bytes + at + 26, 2);
    memcpy (&extra, bytes + at + 28, 2);
    at += 30u + name + extra;
    g_assert_cmpuint (method, ==, 0);
    g_assert_cmpuint (at % 64, ==, 0);
    at += size;
    n_entries++;
  }
  g_assert_cmpuint (n_entries, ==, 1 + 4 * 8 + 1 + 1);
  g_assert_cmpmem (bytes + at, 4, "PK\1\2", 4);
}

static void
test_a_file_is_replaced_whole (void)
{
  g_autofree char *inside = write_file (folder, "plain", "x", 1);
  g_autofree char *path = g_build_filename (inside, "flow.pt", NULL);
  g_autofree char *kept = write_file (folder, "kept.safetensors", "old", 3), *content = NULL;
  g_autoptr (LimenNice) nice = make_flow ();
  g_autoptr (GError) error = NULL, large = NULL;
  g_assert_false (limen_nice_save (nice, path, LIMEN_NUMBER_F32, &error));
  assert_sentence (error, "flow.pt");
  nice->coupling[1].layer[0].bias[2] = 1e6f;
  g_assert_false (limen_nice_save (nice, kept, LIMEN_NUMBER_F16, &large));
  assert_sentence (large, "kept.safetensors");
  g_assert_true (g_file_get_contents (kept, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, "old");
}

/* PyTorch */

static char *
write_images (const LimenImageSet *images)
{
  guint n = limen_image_set_n_images (images);
  g_autofree float *rows = g_new (float, n * 784);
  limen_image_set_copy_rows (images, 0, n, rows);
  return write_file (folder, "images.raw", rows, n * 784 * sizeof *rows);
}

/* NULL where Debian's Python has no PyTorch. */
static char **
score_with_torch (const char *weights, const char *images)
{
  g_autofree char *script =
      g_test_build_filename (G_TEST_DIST, "model", "load-with-torch.py", NULL);
  const char *command[] = {"/usr/bin/python3", script, weights, images, "90", "3", "4", NULL};
  g_autofree char *out = NULL, *err = NULL;
  int status;
  if (!g_spawn_sync (NULL, (char **)command, NULL, G_SPAWN_DEFAULT, NULL, NULL, &out, &err, &status,
                     NULL) ||
      g_spawn_check_wait_status (status, NULL) == FALSE) {
    g_assert_true (!err || !strstr (err, "Error")); /* a traceback is no reason to skip */
    return NULL;
  }
  return g_strsplit (g_strchomp (out), "\n", 0);
}

static void
test_torch_gives_the_same_likelihoods (void)
{
  g_autoptr (LimenNice) nice = make_flow ();
  g_autoptr (LimenImageSet) images = random_images (1000, 28, 28, 3);
  g_autoptr (LimenImagePrints) prints = limen_image_prints_new (images, NULL, NULL);
  g_autofree char *raw = write_images (images);
  limen_nice_set_learned (nice, "images", prints); /* PyTorch passes that over */
  static const LimenNumberType dtypes[] = {LIMEN_NUMBER_F32, LIMEN_NUMBER_F16};
  for (guint i = 0; i < 4; i++) {
    g_autofree char *path = g_build_filename (folder, formats[i % 2], NULL);
    g_autoptr (GError) error = NULL;
    g_assert_true (limen_nice_save (nice, path, dtypes[i / 2], &error));
    g_autoptr (LimenNice) back = limen_nice_load (path, NULL, &error);
    g_assert_no_error (error);
    g_autofree double *expected = score (back, images);
    g_auto (GStrv) lines = score_with_torch (path, raw);
    if (!lines) {
      g_test_skip ("/usr/bin/python3 has no PyTorch");
      return;
    }
    g_assert_cmpuint (g_strv_length (lines), ==, 1000);
    for (guint j = 0; j < 1000; j++)
      g_assert_cmpfloat_with_epsilon (g_ascii_strtod (lines[j], NULL), expected[j], 0.01);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  folder = make_folder ();
  g_test_add_func ("/checkpoint-write/tensors-come-back", test_tensors_come_back);
  g_test_add_func ("/checkpoint-write/halves-are-the-nearest", test_halves_are_the_nearest);
  g_test_add_func ("/checkpoint-write/halves-have-an-end", test_halves_have_an_end);
  g_test_add_func ("/checkpoint-write/a-flow-comes-back", test_a_flow_comes_back);
  g_test_add_func ("/checkpoint-write/what-it-learned-from-comes-back",
                   test_what_it_learned_from_comes_back);
  g_test_add_func ("/checkpoint-write/half-precision-is-half-the-size",
                   test_half_precision_is_half_the_size);
  g_test_add_func ("/checkpoint-write/numbers-in-a-zip-are-aligned",
                   test_numbers_in_a_zip_are_aligned);
  g_test_add_func ("/checkpoint-write/a-file-is-replaced-whole", test_a_file_is_replaced_whole);
  g_test_add_func ("/checkpoint-write/torch-gives-the-same-likelihoods",
                   test_torch_gives_the_same_likelihoods);
  int status = g_test_run ();
  remove_folder (folder);
  g_free (folder);
  return status;
}
