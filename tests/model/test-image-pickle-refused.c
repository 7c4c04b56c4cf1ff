/* Images in pickles as nobody should write them: refused with a sentence, whatever stands there. */
#include "tests/model/numpy-pickles.h"

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
  fill_pixels ();
  g_test_add_func ("/image-pickle/code-is-refused-by-name", test_code_is_refused_by_name);
  g_test_add_func ("/image-pickle/arrays-that-do-not-add-up", test_arrays_that_do_not_add_up);
  g_test_add_func ("/image-pickle/arrays-of-other-things", test_arrays_of_other_things);
  g_test_add_func ("/image-pickle/made-up-pickles", test_made_up_pickles);
  g_test_add_func ("/image-pickle/latin-1-that-is-none", test_latin_1_that_is_none);
  g_test_add_func ("/image-pickle/every-cut-and-every-changed-byte",
                   test_every_cut_and_every_changed_byte);
  return g_test_run ();
}
