/* Images in pickles, as PyTorch and NumPy write them in each of their protocols. */
#include "model/data/file-kind.h"
#include "model/data/image-set.h"
#include "tests/model/numpy-pickles.h"

/* Loads @file, which is freed, under @name, or the part of it behind a colon. */
static LimenImageSet *
load_part (GBytes *file, const char *name, const char *part, GError **error)
{
  g_autofree char *folder = make_folder (), *path = write_bytes (folder, name, file);
  g_autofree char *asked = g_strconcat (path, part, NULL);
  LimenImageSet *set =
      limen_image_set_load ((const char *const[]){asked, NULL}, NULL, NULL, NULL, error);
  remove_folder (folder);
  g_bytes_unref (file);
  return set;
}

static LimenImageSet *
load (GBytes *file)
{
  g_autoptr (GError) error = NULL;
  LimenImageSet *set = load_part (file, "images", "", &error);
  g_assert_no_error (error);
  return set;
}

static LimenFileKind
kind_of (GBytes *file)
{
  g_autofree char *folder = make_folder (), *path = write_bytes (folder, "file", file);
  LimenFileKind kind = limen_file_kind (path, NULL);
  remove_folder (folder);
  return kind;
}

/* The images are @expected: (n, height, width), of @white. @set is freed. */
static void
assert_images (LimenImageSet *set, guint n, guint width, guint height, const guint8 *expected)
{
  gsize size = (gsize)width * height;
  g_autofree float *rows = g_new (float, n *size);
  g_assert_cmpuint (limen_image_set_n_images (set), ==, n);
  g_assert_cmpuint (limen_image_set_width (set), ==, width);
  g_assert_cmpuint (limen_image_set_height (set), ==, height);
  limen_image_set_copy_rows (set, 0, n, rows);
  for (gsize i = 0; i < n * size; i++)
    g_assert_cmpfloat_with_epsilon (rows[i], expected[i] / 255.0, 1e-6);
  limen_image_set_unref (set);
}

static void
test_arrays_in_every_protocol (void)
{
  static const gint64 shape[] = {N, SIDE, SIDE};
  for (Way way = 0; way < N_WAYS; way++) {
    GByteArray *pickle = pickle_begin ();
    numpy_array (pickle, way, "u1", "|", FALSE, shape, 3, pixels, SIZE);
    g_autoptr (GBytes) file = pickle_end (pickle);
    g_assert_cmpint (kind_of (file), ==, LIMEN_FILE_PICKLE);
    assert_images (load (g_bytes_ref (file)), N, SIDE, SIDE, pixels);
  }
}

static void
test_numbers_of_every_order (void)
{
  static const gint64 shape[] = {N, SIDE, SIDE};
  float floats[SIZE];
  guint8 swapped[SIZE * 4], transposed[SIZE];
  for (guint i = 0; i < SIZE; i++) {
    floats[i] = pixels[i] / 255.0f;
    for (guint j = 0; j < 4; j++)
      swapped[4 * i + j] = ((const guint8 *)&floats[i])[3 - j];
    guint image = i / PLANE, y = i / SIDE % SIDE, x = i % SIDE;
    transposed[(x * SIDE + y) * N + image] = pixels[i];
  }
  for (Way way = 0; way < N_WAYS; way++) {
    GByteArray *little = pickle_begin (), *big = pickle_begin (), *fortran = pickle_begin ();
    numpy_array (little, way, "f4", "<", FALSE, shape, 3, floats, sizeof floats);
    assert_images (load (pickle_end (little)), N, SIDE, SIDE, pixels);
    numpy_array (big, way, "f4", ">", FALSE, shape, 3, swapped, sizeof swapped);
    assert_images (load (pickle_end (big)), N, SIDE, SIDE, pixels);
    numpy_array (fortran, way, "u1", "|", TRUE, shape, 3, transposed, sizeof transposed);
    assert_images (load (pickle_end (fortran)), N, SIDE, SIDE, pixels);
  }
}

/* ((x, y), (x, y), (x, y)), as in mnist.pkl.gz: the first are taken, or those that are asked for.
 */
static GBytes *
three_sets (void)
{
  static const gint64 images[] = {N, PLANE}, labels[] = {N};
  static const gint64 digits[] = {5, 0, 4};
  GByteArray *pickle = pickle_begin ();
  OP (pickle, "(");
  for (guint set = 0; set < 3; set++) {
    float floats[SIZE];
    for (guint i = 0; i < SIZE; i++)
      floats[i] = pixels[set * SIZE + i] / 255.0f;
    numpy_array (pickle, PYTHON_2, "f4", "<", FALSE, images, 2, floats, sizeof floats);
    numpy_array (pickle, PYTHON_2, "i8", "<", FALSE, labels, 1, digits, sizeof digits);
    OP (pickle, "\x86");
  }
  OP (pickle, "t");
  return pickle_end (pickle);
}

static GBytes *
gzipped (GBytes *bytes)
{
  g_autoptr (GConverter) packer =
      G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9));
  g_autoptr (GInputStream) in = g_memory_input_stream_new_from_bytes (bytes);
  g_autoptr (GInputStream) packed = g_converter_input_stream_new (in, packer);
  g_autofree guint8 *out = g_malloc (1 << 20);
  gsize n;
  g_assert_true (g_input_stream_read_all (packed, out, 1 << 20, &n, NULL, NULL));
  return g_bytes_new (out, n);
}

static void
test_mnist_pkl_gz (void)
{
  static const char *const parts[] = {"", ":0.0", ":1.0", ":2.0"};
  static const guint sets[] = {0, 0, 1, 2};
  g_autoptr (GBytes) plain = three_sets (), packed = gzipped (plain);
  g_assert_cmpint (kind_of (plain), ==, LIMEN_FILE_PICKLE);
  g_assert_cmpint (kind_of (packed), ==, LIMEN_FILE_PICKLE);
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    for (int is_packed = 0; is_packed < 2; is_packed++) {
      g_autoptr (GError) error = NULL;
      LimenImageSet *set =
          load_part (g_bytes_ref (is_packed ? packed : plain), "mnist.pkl.gz", parts[i], &error);
      g_assert_no_error (error);
      assert_images (set, N, SIDE, SIDE, pixels + sets[i] * SIZE);
    }
}

static void
test_a_part_that_is_not_there (void)
{
  g_autoptr (GError) error = NULL;
  g_assert_null (load_part (three_sets (), "mnist.pkl", ":3.0", &error));
  g_assert_error (error, LIMEN_ERROR, LIMEN_ERROR_ARGUMENT);
  assert_sentence (error, "mnist.pkl");
  g_assert_nonnull (strstr (error->message, "choose 0.0, 0.1, 1.0, 1.1, 2.0 or another"));
}

/* {batch_label, labels, data, filenames}, as in CIFAR's batches: a row has three planes. */
static GBytes *
cifar_batch (guint8 keys_as_bytes)
{
  static const gint64 shape[] = {N, 3 * PLANE};
  static const char *const keys[] = {"batch_label", "labels", "data", "filenames"};
  GByteArray *pickle = pickle_begin ();
  OP (pickle, "}(");
  for (guint i = 0; i < 4; i++) {
    if (keys_as_bytes) {
      OP (pickle, "C");
      torch_number (pickle, strlen (keys[i]), 1);
      g_byte_array_append (pickle, (const guint8 *)keys[i], (guint)strlen (keys[i]));
    } else
      torch_text (pickle, keys[i]);
    if (i == 2)
      numpy_array (pickle, PYTHON_2, "u1", "|", FALSE, shape, 2, pixels, 3 * SIZE);
    else
      OP (pickle, "](K\x06K\x09K\x09"
                  "e");
  }
  OP (pickle, "u");
  return pickle_end (pickle);
}

static void
test_rows_of_three_planes (void)
{
  for (guint8 keys_as_bytes = 0; keys_as_bytes < 2; keys_as_bytes++) {
    const LimenImageSetOptions options = {0};
    guint index;
    LimenArray array;
    g_autoptr (GBytes) file = cifar_batch (keys_as_bytes);
    g_autoptr (LimenPickledArrays) arrays =
        limen_pickled_arrays_new ("data_batch_1", file, NULL, NULL);
    g_assert_nonnull (arrays);
    g_assert_cmpuint (limen_pickled_arrays_n (arrays), ==, 1);
    g_assert_cmpstr (limen_pickled_arrays_name (arrays, 0), ==, "data");
    g_assert_true (limen_pickled_arrays_look_like_images (arrays));
    g_assert_cmpint (kind_of (file), ==, LIMEN_FILE_PICKLE);
    if (!limen_pickled_arrays_choose (arrays, "data", &options, &index, NULL))
      g_assert_not_reached ();
    g_assert_true (limen_pickled_arrays_read (arrays, index, &array, NULL));
    g_autofree char *shape = limen_array_to_string (&array);
    g_assert_cmpstr (shape, ==, "uint8 (3, 3, 8, 8)");
    g_assert_cmpmem (array.data, array.size, pixels, 3 * SIZE);
  }
}

/* An archive of batches, as CIFAR comes: all of them, in order; what has no array is left out. */
static void
test_an_archive_of_batches (void)
{
  static const gint64 shape[] = {N, SIDE, SIDE};
  g_autofree char *folder = make_folder ();
  g_autoptr (GPtrArray) problems = limen_problems_new ();
  g_autoptr (GError) error = NULL;
  GByteArray *batch[2], *labels = pickle_begin ();
  for (guint i = 0; i < 2; i++) {
    batch[i] = pickle_begin ();
    OP (batch[i], "}U\x04"
                  "data");
    numpy_array (batch[i], PYTHON_2, "u1", "|", FALSE, shape, 3, pixels + i * SIZE, SIZE);
    OP (batch[i], "s");
  }
  OP (labels, "}U\x06"
              "labels](K\x01K\x02"
              "es");
  g_autoptr (GBytes) first = pickle_end (batch[0]), second = pickle_end (batch[1]),
                     meta = pickle_end (labels);
  const Member members[] = {
      {"c/batches.meta", meta}, {"c/data_batch_1", first}, {"c/data_batch_2", second}, {NULL}};
  g_autoptr (GBytes) tar = make_archive ("ustar", "gzip", members);
  g_autofree char *path = write_bytes (folder, "cifar.tar.gz", tar);
  LimenImageSet *set =
      limen_image_set_load ((const char *const[]){path, NULL}, NULL, problems, NULL, &error);
  g_assert_no_error (error);
  assert_images (set, 2 * N, SIDE, SIDE, pixels);
  g_assert_cmpuint (problems->len, ==, 1);
  g_assert_nonnull (strstr (((LimenProblem *)problems->pdata[0])->message, "batches.meta"));
  remove_folder (folder);
}

/* Tensors of torch.save */

static GBytes *
torch_of (GByteArray *pickle, const void *data, gsize n)
{
  OP (pickle, ".");
  return torch_zip_of (pickle, data, n);
}

static TorchTensor
tensor_of_images (const char *type)
{
  return (TorchTensor){type, "0", SIZE, 0, 3, {N, SIDE, SIDE}, {PLANE, SIDE, 1}};
}

/* (images, labels), as torchvision once wrote MNIST's training.pt; a list; a dictionary; alone */
static void
test_tensors_are_images (void)
{
  static const struct {
    const char *before, *after;
    gsize n_after;
  } ways[] = {{"", "K\x05\x86", 3},
              {"]", "a", 1},
              {"](",
               "N\x88"
               "e",
               3},
              {"}U\x04"
               "data",
               "s", 1},
              {"", "", 0}};
  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++) {
    GByteArray *pickle = pickle_begin ();
    g_byte_array_append (pickle, (const guint8 *)ways[i].before, (guint)strlen (ways[i].before));
    torch_tensor (pickle, tensor_of_images ("ByteStorage"));
    g_byte_array_append (pickle, (const guint8 *)ways[i].after, (guint)ways[i].n_after);
    g_autoptr (GBytes) file = torch_of (pickle, pixels, SIZE);
    g_assert_cmpint (kind_of (file), ==, LIMEN_FILE_PICKLE);
    assert_images (load (g_bytes_ref (file)), N, SIDE, SIDE, pixels);
  }
}

/* A list of images, of pairs of an image and its label, and a dictionary of images */
static void
test_single_images_are_joined (void)
{
  static const gint64 shapes[][3] = {{SIDE, SIDE}, {1, SIDE, SIDE}};
  for (guint shape = 0; shape < 2; shape++)
    for (guint form = 0; form < 3; form++) {
      GByteArray *arrays = pickle_begin (), *tensors = pickle_begin ();
      GByteArray *both[] = {arrays, tensors};
      for (guint b = 0; b < 2; b++) {
        if (form == 2)
          OP (both[b], "}(");
        else
          OP (both[b], "](");
        for (guint i = 0; i < N; i++) {
          g_autofree char *key = g_strdup_printf ("image-%u.png", i);
          if (form == 2)
            torch_text (both[b], key);
          if (b == 0)
            numpy_array (arrays, BYTES, "u1", "|", FALSE, shapes[shape], 2 + shape,
                         pixels + i * PLANE, PLANE);
          else
            torch_tensor (tensors, (TorchTensor){"ByteStorage",
                                                 "0",
                                                 SIZE,
                                                 i * PLANE,
                                                 2 + shape,
                                                 {shapes[shape][0], SIDE, SIDE},
                                                 {shape ? PLANE : SIDE, shape ? SIDE : 1, 1}});
          if (form == 1)
            OP (both[b], "K\x07\x86");
        }
        if (form == 2)
          OP (both[b], "u");
        else
          OP (both[b], "e");
      }
      g_autoptr (GBytes) of_arrays = pickle_end (arrays),
                         of_tensors = torch_of (tensors, pixels, SIZE);
      g_assert_cmpint (kind_of (of_arrays), ==, LIMEN_FILE_PICKLE);
      g_assert_cmpint (kind_of (of_tensors), ==, LIMEN_FILE_PICKLE);
      assert_images (load (g_bytes_ref (of_arrays)), N, SIDE, SIDE, pixels);
      assert_images (load (g_bytes_ref (of_tensors)), N, SIDE, SIDE, pixels);
    }
}

/* Of another shape, an image is another array; of several, the greatest number is not asked for but
 * the first. */
static void
test_images_of_another_shape_stay_apart (void)
{
  static const gint64 large[] = {SIDE, SIDE}, small[] = {SIDE / 2, SIDE / 2};
  GByteArray *pickle = pickle_begin ();
  OP (pickle, "](");
  for (guint i = 0; i < 4; i++)
    numpy_array (pickle, BYTES, "u1", "|", FALSE, i % 2 ? small : large, 2, pixels + i * PLANE,
                 i % 2 ? PLANE / 4 : PLANE);
  OP (pickle, "e");
  g_autoptr (GBytes) file = pickle_end (pickle);
  g_autoptr (LimenPickledArrays) arrays = limen_pickled_arrays_new ("a", file, NULL, NULL);
  g_assert_cmpuint (limen_pickled_arrays_n (arrays), ==, 2);
  g_autofree char *first = limen_array_to_string (limen_pickled_arrays_shape (arrays, 0));
  g_autofree char *second = limen_array_to_string (limen_pickled_arrays_shape (arrays, 1));
  g_assert_cmpstr (first, ==, "uint8 (2, 8, 8)");
  g_assert_cmpstr (second, ==, "uint8 (2, 4, 4)");
}

static void
test_tensors_of_the_older_format (void)
{
  g_autoptr (GByteArray) numbers = g_byte_array_new ();
  GByteArray *file = torch_legacy_begin (TRUE);
  OP (file, "\x80\x02");
  torch_tensor (file, tensor_of_images ("ByteStorage"));
  OP (file, "K\x05\x86.");
  g_autoptr (GBytes) bytes = torch_legacy_end (file, SIZE, 8, pixels, SIZE);
  g_assert_cmpint (kind_of (bytes), ==, LIMEN_FILE_PICKLE);
  assert_images (load (g_bytes_ref (bytes)), N, SIDE, SIDE, pixels);
}

/* A view that jumps, and numbers that arrays of NumPy do not have */
static void
test_views_and_bfloat16 (void)
{
  guint16 halves[SIZE];
  guint8 expected[SIZE], mirrored[SIZE];
  for (guint i = 0; i < SIZE; i++) {
    float value = (float)(i % 3) / 2;
    guint32 bits;
    memcpy (&bits, &value, sizeof bits);
    halves[i] = (guint16)(bits >> 16);
    expected[i] = (guint8)(255 * value + 0.25f);
    mirrored[i] = pixels[i / PLANE * PLANE + i % SIDE * SIDE + i / SIDE % SIDE];
  }
  GByteArray *view = pickle_begin (), *bfloat = pickle_begin ();
  TorchTensor turned = tensor_of_images ("ByteStorage");
  turned.stride[1] = 1;
  turned.stride[2] = SIDE;
  torch_tensor (view, turned);
  assert_images (load (torch_of (view, pixels, SIZE)), N, SIDE, SIDE, mirrored);
  torch_tensor (bfloat, tensor_of_images ("BFloat16Storage"));
  LimenImageSet *set = load (torch_of (bfloat, halves, sizeof halves));
  float rows[SIZE];
  limen_image_set_copy_rows (set, 0, N, rows);
  for (guint i = 0; i < SIZE; i++)
    g_assert_cmpfloat_with_epsilon (rows[i], expected[i] / 255.0, 0.003);
  limen_image_set_unref (set);
}

/* Files of weights stay weights, whatever the shapes of their tensors. */
static void
test_weights_are_no_images (void)
{
  static const struct {
    const char *key;
    gint64 shape[3];
    guint n;
    const char *type;
  } tensors[] = {
      {"fc1.weight", {N, PLANE}, 2, "FloatStorage"},
      {"conv.weight", {N, SIDE, SIDE}, 3, "FloatStorage"},
      {"mask.bias", {N, SIDE, SIDE}, 3, "ByteStorage"},
      {"w", {N, PLANE}, 2, "FloatStorage"},
      {"w", {SIZE}, 1, "ByteStorage"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS (tensors); i++) {
    TorchTensor tensor = {tensors[i].type, "0", SIZE, 0, tensors[i].n};
    gint64 stride = 1;
    for (guint j = tensors[i].n; j > 0; stride *= tensors[i].shape[--j]) {
      tensor.shape[j - 1] = tensors[i].shape[j - 1];
      tensor.stride[j - 1] = stride;
    }
    GByteArray *pickle = pickle_begin ();
    OP (pickle, "}");
    torch_text (pickle, tensors[i].key);
    torch_tensor (pickle, tensor);
    OP (pickle, "s");
    g_autofree float *numbers = g_new0 (float, SIZE);
    g_autoptr (GBytes) file =
        torch_of (pickle, numbers, g_str_equal (tensors[i].type, "ByteStorage") ? SIZE : 4 * SIZE);
    g_test_message ("%s", tensors[i].key);
    g_assert_cmpint (kind_of (file), ==, LIMEN_FILE_TORCH);
    if (!strchr (tensors[i].key, '.'))
      continue;
    g_autoptr (GError) error = NULL;
    g_assert_null (load_part (g_bytes_ref (file), "net.pt", "", &error));
    g_assert_error (error, LIMEN_ERROR, LIMEN_ERROR_FORMAT);
    g_assert_nonnull (strstr (error->message, "open it as the model"));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  fill_pixels ();
  g_test_add_func ("/image-pickle/arrays-in-every-protocol", test_arrays_in_every_protocol);
  g_test_add_func ("/image-pickle/numbers-of-every-order", test_numbers_of_every_order);
  g_test_add_func ("/image-pickle/mnist-pkl-gz", test_mnist_pkl_gz);
  g_test_add_func ("/image-pickle/a-part-that-is-not-there", test_a_part_that_is_not_there);
  g_test_add_func ("/image-pickle/rows-of-three-planes", test_rows_of_three_planes);
  g_test_add_func ("/image-pickle/an-archive-of-batches", test_an_archive_of_batches);
  g_test_add_func ("/image-pickle/tensors-are-images", test_tensors_are_images);
  g_test_add_func ("/image-pickle/single-images-are-joined", test_single_images_are_joined);
  g_test_add_func ("/image-pickle/images-of-another-shape-stay-apart",
                   test_images_of_another_shape_stay_apart);
  g_test_add_func ("/image-pickle/tensors-of-the-older-format", test_tensors_of_the_older_format);
  g_test_add_func ("/image-pickle/views-and-bfloat16", test_views_and_bfloat16);
  g_test_add_func ("/image-pickle/weights-are-no-images", test_weights_are_no_images);
  return g_test_run ();
}
