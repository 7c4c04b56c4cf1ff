/* Images in pickles: as PyTorch and NumPy write them in each of their protocols, and as nobody
 * should. */
#include "model/data/image-pickle.h"
#include "model/data/file-kind.h"
#include "model/data/image-set.h"
#include "tests/model/torch-writer.h"

#include "tests/model/data-files.h"

#define SIDE  8
#define N     3
#define SIZE  (N * SIDE * SIDE)
#define PLANE (SIDE * SIDE)

static guint8 pixels[3 * SIZE]; /* 0, 7, 14, … modulo 256 */

/* How NumPy's array is written */
typedef enum { PYTHON_2, LATIN_1, BYTES, BUFFER, N_WAYS } Way;

static void
numpy_dtype (GByteArray *pickle, const char *code, const char *order)
{
  torch_global (pickle, "numpy", "dtype");
  OP (pickle, "(");
  torch_text (pickle, code);
  OP (pickle, "K\0K\x01tR(K\x03");
  torch_text (pickle, order);
  OP (pickle, "NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK\0tb");
}

static void
numpy_bytes (GByteArray *pickle, Way way, const guint8 *data, gsize n)
{
  if (way == LATIN_1) {
    g_autofree char *text =
        g_convert ((const char *)data, (gssize)n, "UTF-8", "ISO-8859-1", NULL, &n, NULL);
    torch_global (pickle, "_codecs", "encode");
    OP (pickle, "X");
    torch_number (pickle, n, 4);
    g_byte_array_append (pickle, (const guint8 *)text, (guint)n);
    torch_text (pickle, "latin1");
    OP (pickle, "\x86R");
    return;
  }
  OP (pickle, "q\x09"); /* something that is remembered, as pickle does all the time */
  if (way == PYTHON_2)
    OP (pickle, "T");
  else
    OP (pickle, "B");
  torch_number (pickle, n, 4);
  g_byte_array_append (pickle, data, (guint)n);
}

/* @shape: of @n_dims; @code: "u1", "f4", … */
static void
numpy_array (GByteArray *pickle, Way way, const char *code, const char *order, gboolean fortran,
             const gint64 *shape, guint n_dims, const void *data, gsize n)
{
  if (way == BUFFER) {
    torch_global (pickle, "numpy._core.numeric", "_frombuffer");
    OP (pickle, "(");
    OP (pickle, "\x96");
    torch_number (pickle, n, 8);
    g_byte_array_append (pickle, data, (guint)n);
    numpy_dtype (pickle, code, order);
    torch_integers (pickle, shape, n_dims);
    torch_text (pickle, fortran ? "F" : "C");
    OP (pickle, "tR");
    return;
  }
  torch_global (pickle, way == BYTES ? "numpy._core.multiarray" : "numpy.core.multiarray",
                "_reconstruct");
  OP (pickle, "(");
  torch_global (pickle, "numpy", "ndarray");
  OP (pickle, "K\0\x85U\x01"
              "btR(K\x01");
  torch_integers (pickle, shape, n_dims);
  numpy_dtype (pickle, code, order);
  g_byte_array_append (pickle, (const guint8 *)(fortran ? "\x88" : "\x89"), 1);
  numpy_bytes (pickle, way, data, n);
  OP (pickle, "tb");
}

static GByteArray *
pickle_begin (void)
{
  GByteArray *pickle = g_byte_array_new ();
  OP (pickle, "\x80\x02");
  return pickle;
}

/* @pickle is freed. */
static GBytes *
pickle_end (GByteArray *pickle)
{
  OP (pickle, ".");
  return g_byte_array_free_to_bytes (pickle);
}

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

/* What is read */

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

/* What is refused */

static void
refuse (GBytes *file, LimenError code, const char *said)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LimenPickledArrays) arrays = limen_pickled_arrays_new ("a.pkl", file, NULL, &error);
  LimenArray array;
  if (arrays)
    g_assert_false (limen_pickled_arrays_read (arrays, 0, &array, &error));
  g_assert_error (error, LIMEN_ERROR, (int)code);
  assert_sentence (error, "a.pkl");
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, said));
  g_bytes_unref (file);
}

static void
test_code_is_refused_by_name (void)
{
  static const char *const names[][2] = {{"posix", "system"},
                                         {"builtins", "eval"},
                                         {"numpy.core.multiarray", "fromfile"},
                                         {"numpy", "load"},
                                         {"pandas.core.frame", "DataFrame"},
                                         {"PIL.Image", "Image"},
                                         {"numpy.ma.core", "_mareconstruct"}};
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    static const gint64 shape[] = {N, SIDE, SIDE};
    GByteArray *pickle = pickle_begin ();
    g_autofree char *said = g_strconcat (names[i][0], ".", names[i][1], NULL);
    numpy_array (pickle, PYTHON_2, "u1", "|", FALSE, shape, 3, pixels, SIZE);
    torch_global (pickle, names[i][0], names[i][1]);
    OP (pickle, ")R\x86");
    refuse (pickle_end (pickle), LIMEN_ERROR_UNSAFE, said);
  }
}

static void
test_arrays_that_do_not_add_up (void)
{
  static const struct {
    const char *code;
    gint64 shape[3];
    gsize n;
  } arrays[] = {
      {"u1", {N, SIDE, SIDE}, SIZE - 1},    {"u1", {N, SIDE, SIDE}, SIZE + 1},
      {"u2", {N, SIDE, SIDE}, SIZE},        {"u1", {G_MAXINT64, G_MAXINT64, 4}, SIZE},
      {"f8", {G_MAXINT64 / 8, 1, 1}, SIZE}, {"u1", {N, SIDE, SIDE}, 0},
  };
  for (Way way = 0; way < N_WAYS; way++)
    for (gsize i = 0; i < G_N_ELEMENTS (arrays); i++) {
      GByteArray *pickle = pickle_begin ();
      numpy_array (pickle, way, arrays[i].code, "<", FALSE, arrays[i].shape, 3, pixels,
                   arrays[i].n);
      refuse (pickle_end (pickle), LIMEN_ERROR_DAMAGED, "does not have the numbers");
    }
}

/* Objects, texts, times, complex numbers, and what no NumPy writes: there is no array to read. */
static void
test_arrays_of_other_things (void)
{
  static const char *const codes[] = {"O8",  "S4", "U7", "M8", "m8", "c8", "c16", "V3",  "f1",
                                      "f16", "b8", "u3", "?",  "",   "<u", "u",   "<<u1"};
  static const gint64 shape[] = {N, SIDE, SIDE};
  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++) {
    GByteArray *pickle = pickle_begin ();
    numpy_array (pickle, PYTHON_2, codes[i], "|", FALSE, shape, 3, pixels, SIZE);
    refuse (pickle_end (pickle), LIMEN_ERROR_FORMAT,
            i == 0 ? "its array holds Python objects; save it with numpy.save"
                   : "its array holds numbers of a type that Limen does not read; save");
  }
}

#define PICKLE(code, said, literal)                                                                \
  {                                                                                                \
    literal, sizeof literal - 1, LIMEN_ERROR_##code, said                                          \
  }

static void
test_made_up_pickles (void)
{
  static const struct {
    const char *pickle;
    gsize n;
    LimenError code;
    const char *said;
  } pickles[] = {
      PICKLE (DAMAGED, "ends in the middle", "\x80\x02"),
      PICKLE (FORMAT, "without any array", "\x80\x02N."),
      PICKLE (FORMAT, "without any array",
              "\x80\x02}U\x04"
              "dataU\x04"
              "texts."),
      PICKLE (FORMAT, "without any array",
              "\x80\x02"
              "cnumpy.core.multiarray\n_reconstruct\n)R."),
      PICKLE (FORMAT, "without any array",
              "\x80\x02"
              "cnumpy.core.multiarray\n_reconstruct\n)R(K\x01K\x02K\x03NNtb."),
      PICKLE (FORMAT, "without any array",
              "\x80\x02"
              "cnumpy.core.multiarray\n_reconstruct\n)R(K\x01)cnumpy\ndtype\n)RNNtb."),
      PICKLE (FORMAT, "without any array",
              "\x80\x02"
              "cnumpy.core.numeric\n_frombuffer\n)R."),
      PICKLE (FORMAT, "without any array",
              "\x80\x02"
              "cnumpy.core.numeric\n_frombuffer\n(NNNNtR."),
      /* zeros in the name of a type */
      PICKLE (FORMAT, "without any array",
              "\x80\x02"
              "cnumpy.core.numeric\n_frombuffer\n(U\x04xxxxcnumpy\ndtype\nU\x02"
              "f\0"
              "\x85RK\x02K"
              "\x02\x86U\x01"
              "CtR."),
      PICKLE (FORMAT, "without any array",
              "\x80\x02"
              "cnumpy.core.numeric\n_frombuffer\n(U\x04xxxxcnumpy\ndtype\nU\x02"
              "\0\0"
              "\x85RK\x02K"
              "\x02\x86U\x01"
              "CtR."),
      PICKLE (FORMAT, "without any array",
              "\x80\x02"
              "cnumpy.core.numeric\n_frombuffer\n(U\x04xxxxcnumpy\ndtype\nU\x02"
              "\0"
              "1"
              "\x85RK\x02K"
              "\x02\x86U\x01"
              "CtR."),
      PICKLE (FORMAT, "without any array",
              "\x80\x02"
              "cnumpy.core.numeric\n_frombuffer\n(U\x04xxxxcnumpy\ndtype\nU\x03"
              "<\0\0"
              "\x85RK\x02K"
              "\x02\x86U\x01"
              "CtR."),
      PICKLE (FORMAT, "without any array",
              "\x80\x02"
              "cnumpy.core.numeric\n_frombuffer\n(U\x04xxxxcnumpy\ndtype\nU\x03"
              "\0"
              "f4"
              "\x85RK\x02K"
              "\x02\x86U\x01"
              "CtR."),
      /* a tensor in a file that has no storages */
      PICKLE (DAMAGED, "refers to numbers that are not in it",
              "\x80\x02"
              "ctorch._utils\n_rebuild_tensor_v2\n((U\x07storagectorch\nByteStorage\nU\x01"
              "0U\x03"
              "cpuK\x04tQK\0K\x02K\x02\x86K\x02K\x01\x86\x89NtR."),
  };
  for (gsize i = 0; i < G_N_ELEMENTS (pickles); i++)
    refuse (g_bytes_new (pickles[i].pickle, pickles[i].n), pickles[i].code, pickles[i].said);
}

/* A text that is to be bytes, and is not */
static void
test_latin_1_that_is_none (void)
{
  static const char *const texts[] = {"aé€b", "ab\xc3", "\xffzz", "é\x80"};
  static const gint64 shape[] = {1, 2, 2};
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    GByteArray *pickle = pickle_begin ();
    torch_global (pickle, "numpy.core.numeric", "_frombuffer");
    OP (pickle, "(");
    torch_global (pickle, "_codecs", "encode");
    torch_text (pickle, texts[i]);
    torch_text (pickle, "latin1");
    OP (pickle, "\x86R");
    numpy_dtype (pickle, "u1", "|");
    torch_integers (pickle, shape, 3);
    torch_text (pickle, "C");
    OP (pickle, "tR");
    refuse (pickle_end (pickle), LIMEN_ERROR_DAMAGED, "does not have the numbers");
  }
}

static void
test_every_cut_and_every_changed_byte (void)
{
  static const gint64 shape[] = {1, 2, 2};
  for (Way way = 0; way < N_WAYS; way++) {
    GByteArray *pickle = pickle_begin ();
    numpy_array (pickle, way, "u1", "|", FALSE, shape, 3, pixels, 4);
    g_autoptr (GBytes) file = pickle_end (pickle);
    gsize n;
    const guint8 *data = g_bytes_get_data (file, &n);
    for (gsize i = 0; i < n * 9; i++) {
      g_autofree guint8 *copy = g_memdup2 (data, n);
      copy[i / 9] ^= i % 9 < 8 ? 1 << (i % 9) : 0;
      g_autoptr (GBytes) changed = g_bytes_new (copy, i % 9 < 8 ? n : i / 9);
      g_autoptr (GError) error = NULL;
      g_autoptr (LimenPickledArrays) arrays =
          limen_pickled_arrays_new ("a.pkl", changed, NULL, &error);
      LimenArray array;
      if (arrays)
        limen_pickled_arrays_read (arrays, 0, &array, &error);
      if (error)
        assert_sentence (error, "a.pkl");
    }
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < sizeof pixels; i++)
    pixels[i] = (guint8)(7 * i);
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
  g_test_add_func ("/image-pickle/code-is-refused-by-name", test_code_is_refused_by_name);
  g_test_add_func ("/image-pickle/arrays-that-do-not-add-up", test_arrays_that_do_not_add_up);
  g_test_add_func ("/image-pickle/arrays-of-other-things", test_arrays_of_other_things);
  g_test_add_func ("/image-pickle/made-up-pickles", test_made_up_pickles);
  g_test_add_func ("/image-pickle/latin-1-that-is-none", test_latin_1_that_is_none);
  g_test_add_func ("/image-pickle/every-cut-and-every-changed-byte",
                   test_every_cut_and_every_changed_byte);
  return g_test_run ();
}
