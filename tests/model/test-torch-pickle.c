/* Hand-assembled files of torch.save: what they mean, and what a hostile one is answered. */
#include "tests/model/torch-writer.h"
#include "tests/model/weights-asserts.h"

#include <math.h>

static const float four[] = {1, -2, 3.5f, 4};
static const double four_doubles[] = {1, -2, 3.5, 4};

/* What is read */

static void
test_a_state_dict (void)
{
  g_autoptr (LimenCheckpoint) checkpoint =
      assert_loads (torch_zip_of (torch_small_pickle (4), four, sizeof four));
  g_assert_cmpstr (limen_checkpoint_format (checkpoint), ==, "PyTorch zip");
  g_assert_cmpstr (limen_checkpoint_path (checkpoint), ==, "net.pt");
  g_assert_cmpuint (limen_checkpoint_n_tensors (checkpoint), ==, 1);
  assert_tensor (checkpoint, "w", "(4,)", four_doubles);
  g_assert_null (limen_checkpoint_find (checkpoint, "v"));
}

static void
test_members_in_any_order (void)
{
  g_autoptr (GByteArray) pickle = torch_small_pickle (4);
  TorchZip zip = torch_zip_begin (TRUE);
  torch_zip_add (&zip, "a/data/1", "other", 5);
  torch_zip_add (&zip, "a/data/0", four, sizeof four);
  torch_zip_add (&zip, "a/data.pkl", pickle->data, pickle->len);
  g_autoptr (LimenCheckpoint) checkpoint = assert_loads (torch_zip_end (&zip));
  assert_tensor (checkpoint, "w", "(4,)", four_doubles);
}

/* {"model": {"a": [v, (v,)], 7: v}, "epoch": 3, "loss": [0.5, None, True], None: v, "big": 2**70}
 */
static GByteArray *
nested_pickle (void)
{
  GByteArray *pickle = g_byte_array_new ();
  OP (pickle, "\x80\x02}(");
  torch_text (pickle, "model");
  OP (pickle, "}(");
  torch_text (pickle, "a");
  OP (pickle, "](");
  torch_vector (pickle, "0", 4);
  OP (pickle, "q\x05h\x05\x85"
              "eK\x07h\x05u");
  torch_text (pickle, "epoch");
  OP (pickle, "K\x03");
  torch_text (pickle, "loss");
  OP (pickle, "](G\x3f\xe0\0\0\0\0\0\0N\x88"
              "eNh\x05");
  torch_text (pickle, "big");
  OP (pickle, "\x8a\x09\0\0\0\0\0\0\0\0\x40u.");
  return pickle;
}

static void
test_names_are_joined (void)
{
  const char *expected[] = {"model.a.0", "model.a.1.0", "model.7"};
  g_autoptr (LimenCheckpoint) checkpoint =
      assert_loads (torch_zip_of (nested_pickle (), four, sizeof four));
  g_assert_cmpuint (limen_checkpoint_n_tensors (checkpoint), ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++) {
    g_assert_cmpstr (limen_checkpoint_tensor (checkpoint, i)->name, ==, expected[i]);
    assert_tensor (checkpoint, expected[i], "(4,)", four_doubles);
  }
  g_assert_true (limen_checkpoint_tensor (checkpoint, 0)->storage ==
                 limen_checkpoint_tensor (checkpoint, 2)->storage);
}

static void
test_every_type (void)
{
  static const struct {
    const char *type, *name;
    const char *bytes;
    gsize size;
    double expected;
  } types[] = {
      {"HalfStorage", "float16", "\x00\xc0", 2, -2},
      {"HalfStorage", "float16", "\x01\x00", 2, 0x1p-24},
      {"HalfStorage", "float16", "\xff\x7b", 2, 65504},
      {"HalfStorage", "float16", "\x00\xfc", 2, -INFINITY},
      {"BFloat16Storage", "bfloat16", "\x49\x40", 2, 3.140625},
      {"FloatStorage", "float32", "\x00\x00\x20\xc0", 4, -2.5},
      {"DoubleStorage", "float64", "\x9a\x99\x99\x99\x99\x99\xf1\x3f", 8, 1.1},
      {"ByteStorage", "uint8", "\xff", 1, 255},
      {"CharStorage", "int8", "\xff", 1, -1},
      {"ShortStorage", "int16", "\xfe\xff", 2, -2},
      {"IntStorage", "int32", "\x00\x00\x00\x80", 4, -2147483648.0},
      {"LongStorage", "int64", "\xfd\xff\xff\xff\xff\xff\xff\xff", 8, -3},
      {"BoolStorage", "bool", "\x01", 1, 1},
  };
  for (gsize i = 0; i < G_N_ELEMENTS (types); i++) {
    GByteArray *pickle = g_byte_array_new ();
    OP (pickle, "\x80\x02");
    torch_tensor (pickle, (TorchTensor){types[i].type, "0", 1, 0, 0});
    OP (pickle, ".");
    g_autoptr (LimenCheckpoint) checkpoint =
        assert_loads (torch_zip_of (pickle, types[i].bytes, types[i].size));
    assert_tensor (checkpoint, "tensor", "()", &types[i].expected);
    g_assert_cmpstr (limen_number_name (limen_checkpoint_tensor (checkpoint, 0)->dtype), ==,
                     types[i].name);
  }
}

static void
test_half_nan_stays_nan (void)
{
  GByteArray *pickle = g_byte_array_new ();
  float value = 0;
  OP (pickle, "\x80\x02");
  torch_tensor (pickle, (TorchTensor){"HalfStorage", "0", 1, 0, 0});
  OP (pickle, ".");
  g_autoptr (LimenCheckpoint) checkpoint = assert_loads (torch_zip_of (pickle, "\x01\x7e", 2));
  limen_tensor_copy_floats (limen_checkpoint_tensor (checkpoint, 0), &value);
  g_assert_true (isnan (value));
}

static void
test_views (void)
{
  float stored[24];
  GByteArray *pickle = g_byte_array_new ();
  for (int i = 0; i < 24; i++)
    stored[i] = (float)i;
  OP (pickle, "\x80\x02}(");
  torch_text (pickle, "transposed");
  torch_tensor (pickle, (TorchTensor){"FloatStorage", "0", 24, 0, 3, {2, 2, 3}, {1, 12, 4}});
  torch_text (pickle, "column");
  torch_tensor (pickle, (TorchTensor){"FloatStorage", "0", 24, 3, 2, {3, 1}, {4, 9}});
  torch_text (pickle, "repeated");
  torch_tensor (pickle, (TorchTensor){"FloatStorage", "0", 24, 23, 2, {2, 2}, {0, 0}});
  torch_text (pickle, "piece");
  torch_tensor (pickle, (TorchTensor){"FloatStorage", "0", 24, 20, 2, {2, 2}, {2, 1}});
  torch_text (pickle, "none");
  torch_tensor (pickle, (TorchTensor){"FloatStorage", "0", 24, 24, 2, {3, 0}, {1, 1}});
  OP (pickle, "u.");
  g_autoptr (LimenCheckpoint) checkpoint =
      assert_loads (torch_zip_of (pickle, stored, sizeof stored));
  assert_tensor (checkpoint, "transposed", "(2, 2, 3)",
                 (double[]){0, 4, 8, 12, 16, 20, 1, 5, 9, 13, 17, 21});
  assert_tensor (checkpoint, "column", "(3, 1)", (double[]){3, 7, 11});
  assert_tensor (checkpoint, "repeated", "(2, 2)", (double[]){23, 23, 23, 23});
  assert_tensor (checkpoint, "piece", "(2, 2)", (double[]){20, 21, 22, 23});
  assert_tensor (checkpoint, "none", "(3, 0)", NULL);
}

static void
test_high_byte_first (void)
{
  const char swapped[] = "\x3f\x80\0\0\xc0\0\0\0";
  g_autoptr (GByteArray) pickle = torch_small_pickle (2);
  TorchZip zip = torch_zip_begin (FALSE);
  torch_zip_add (&zip, "data.pkl", pickle->data, pickle->len);
  torch_zip_add (&zip, "byteorder", "big", 3);
  torch_zip_add (&zip, "data/0", swapped, 8);
  g_autoptr (LimenCheckpoint) zipped = assert_loads (torch_zip_end (&zip));
  assert_tensor (zipped, "w", "(2,)", (double[]){1, -2});

  GByteArray *file = torch_legacy_begin (FALSE);
  g_byte_array_append (file, pickle->data, pickle->len);
  g_autoptr (LimenCheckpoint) legacy =
      assert_loads (torch_legacy_end (file, GUINT64_SWAP_LE_BE (2), 8, swapped, 8));
  assert_tensor (legacy, "w", "(2,)", (double[]){1, -2});
}

static GBytes *
legacy_file (void)
{
  GByteArray *file = torch_legacy_begin (TRUE);
  OP (file, "\x80\x02}(");
  torch_text (file, "w");
  torch_vector (file, "0", 4);
  torch_text (file, "view");
  torch_tensor (file, (TorchTensor){"FloatStorage", "0", 4, 1, 1, {2}, {1}, {1, 3}});
  OP (file, "u.");
  return torch_legacy_end (file, 4, 8, four, sizeof four);
}

static void
test_older_format_and_its_views (void)
{
  g_autoptr (LimenCheckpoint) checkpoint = assert_loads (legacy_file ());
  g_assert_cmpstr (limen_checkpoint_format (checkpoint), ==, "PyTorch legacy");
  assert_tensor (checkpoint, "w", "(4,)", four_doubles);
  assert_tensor (checkpoint, "view", "(2,)", (double[]){3.5, 4});
}

/* OrderedDict([["w", v]]) of Python 2, with a state; nn.Parameter; numpy.float64(1.5); a set. */
static void
test_other_ways_to_write_it (void)
{
  GByteArray *pickle = g_byte_array_new ();
  OP (pickle, "\x80\x04"
              "ccollections\nOrderedDict\n](](U\x01wctorch._utils\n_rebuild_parameter\n(");
  torch_vector (pickle, "0", 4);
  OP (pickle, "\x88NtRee\x85R}\x8c\x09_metadataNsb");
  OP (pickle, "\x8c\x04loss\x8c\x15numpy.core.multiarray\x8c\x06scalar\x93"
              "cnumpy\ndtype\n"
              "\x8c\x02"
              "f8\x89\x88\x87R(K\x03tbC\x08\0\0\0\0\0\0\xf8\x3f\x86Rs");
  OP (pickle, "\x8c\x04seen\x8f\x94(K\x01K\x02\x90s\x8c\x04sizectorch\nSize\nK\x02\x85\x85Rs.");
  g_autoptr (LimenCheckpoint) checkpoint = assert_loads (torch_zip_of (pickle, four, sizeof four));
  g_assert_cmpuint (limen_checkpoint_n_tensors (checkpoint), ==, 1);
  assert_tensor (checkpoint, "w", "(4,)", four_doubles);
}

/* What is refused */

static void
test_names_are_refused_by_name (void)
{
  static const struct {
    const char *module, *name, *said;
  } names[] = {
      {"posix", "system", "run posix.system, which"},
      {"__builtin__", "eval", "run __builtin__.eval, which"},
      {"builtins", "exec", "run builtins.exec, which"},
      {"torch", "load", "run torch.load, which"},
      {"collections.OrderedDict", "OrderedDict", "class collections.OrderedDict.OrderedDict"},
      {"course.flows", "NICE", "class course.flows.NICE, which Limen never builds; save only"},
      {"torch.nn.modules.linear", "Linear", "class torch.nn.modules.linear.Linear"},
      {"torch._utils", "_rebuild_tensor_v2.__globals__", "_rebuild_tensor_v2.__globals__"},
      {"", "", "run ., which"},
      {"a\rb\x1b[2J", "c", "run a?b?[2J.c"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    GByteArray *by_line = g_byte_array_new (), *by_stack = g_byte_array_new ();
    OP (by_line, "\x80\x02");
    torch_global (by_line, names[i].module, names[i].name);
    OP (by_line, ")R.");
    OP (by_stack, "\x80\x04");
    torch_text (by_stack, names[i].module);
    torch_text (by_stack, names[i].name);
    OP (by_stack, "\x93)\x81.");
    assert_refused (torch_zip_of (by_stack, NULL, 0), LIMEN_ERROR_UNSAFE, names[i].said);
    assert_refused (torch_zip_of (g_byte_array_ref (by_line), NULL, 0), LIMEN_ERROR_UNSAFE,
                    names[i].said);
    assert_refused (g_byte_array_free_to_bytes (by_line), LIMEN_ERROR_UNSAFE, names[i].said);
  }
}

#define PICKLE(said, literal)                                                                      \
  {                                                                                                \
    literal, sizeof literal - 1, said                                                              \
  }

static void
test_damaged_pickles (void)
{
  static const struct {
    const char *pickle;
    gsize n;
    const char *said;
  } pickles[] = {
      PICKLE ("ends in the middle", ""),
      PICKLE ("ends in the middle", "\x80"),
      PICKLE ("ends in the middle", "\x80\x02X\xff\xff\xff\xff"),
      PICKLE ("ends in the middle", "\x8d\xff\xff\xff\xff\xff\xff\xff\xff"
                                    "a."),
      PICKLE ("ends in the middle", "\x8b\xff\xff\xff\xffz."),
      PICKLE ("in the middle of a name", "ctorch\nFloatStorage"),
      PICKLE ("takes more than it has", "."),
      PICKLE ("takes more than it has", "N0."),
      PICKLE ("takes more than it has", "t."),
      PICKLE ("takes more than it has", "N\x86."),
      PICKLE ("takes more than it has", "](a."),
      PICKLE ("takes more than it has", "(NNe."),
      PICKLE ("takes more than it has", "q\0."),
      PICKLE ("a key without a value", "}(Nu."),
      PICKLE ("a key without a value", "}Na."),
      PICKLE ("never remembered", "h\x03."),
      PICKLE ("never remembered", "Nr\x09\0\0\0h\x03."),
      PICKLE ("remembers more than it has", "Nr\xff\xff\xff\xff."),
      PICKLE ("never writes", "S'text'\n."),
      PICKLE ("never writes", "\x82\x01."),
      PICKLE ("never writes", "N\xff."),
      PICKLE ("can't be called", "N)R."),
      PICKLE ("can't be called", "ctorch\nSize\nNR."),
      PICKLE ("can't be called", "ctorch\nFloatStorage\n)R."),
      PICKLE ("not a name", "NN\x93."),
      PICKLE ("not pairs", "ccollections\nOrderedDict\n]Na\x85R."),
      PICKLE ("from nothing", "ctorch._utils\n_rebuild_parameter\n)R."),
      PICKLE ("not a storage", "ctorch._utils\n_rebuild_tensor_v2\n(NNNNtR."),
      PICKLE ("not a storage", "ctorch._utils\n_rebuild_tensor_v2\n)R."),
      PICKLE ("never writes", "(U\x06moduleNNNNtQ."),
      PICKLE ("never writes", "NQ."),
      PICKLE ("no possible type", "(U\x07storagectorch\nSize\nU\0NK\x01tQ."),
      PICKLE ("no possible type", "(U\x07storagectorch\nByteStorage\nU\0NJ\xff\xff\xff\xfftQ."),
  };
  for (gsize i = 0; i < G_N_ELEMENTS (pickles); i++) {
    GByteArray *pickle = g_byte_array_new ();
    g_byte_array_append (pickle, (const guint8 *)pickles[i].pickle, (guint)pickles[i].n);
    assert_refused (torch_zip_of (pickle, four, sizeof four), LIMEN_ERROR_DAMAGED, pickles[i].said);
  }
}

static void
test_impossible_tensors (void)
{
  const gint64 huge = G_GINT64_CONSTANT (1) << 62;
  const struct {
    TorchTensor tensor;
    const char *said;
  } tensors[] = {
      {{"FloatStorage", "0", 4, 1, 1, {4}, {1}}, "beyond the end"},
      {{"FloatStorage", "0", 4, 0, 2, {2, 2}, {3, 1}}, "beyond the end"},
      {{"FloatStorage", "0", 4, 0, 2, {2, 2}, {-1, 1}}, "negative"},
      {{"FloatStorage", "0", 4, 0, 1, {-4}, {1}}, "negative"},
      {{"FloatStorage", "0", 4, -1, 1, {4}, {1}}, "no possible shape"},
      {{"FloatStorage", "0", 4, 0, 2, {huge, 4}, {1, 1}}, "larger than any memory"},
      {{"FloatStorage", "0", 4, 0, 3, {huge, huge, 0}, {0, 0, 0}}, "larger than any memory"},
      {{"FloatStorage", "0", 4, 0, 1, {4}, {huge}}, "larger than any memory"},
      {{"FloatStorage", "0", 4, G_MAXINT64, 1, {2}, {1}}, "larger than any memory"},
      {{"FloatStorage", "0", 4, 0, 1, {huge}, {0}}, "repeats"},
      {{"FloatStorage", "0", 4, 0, 9, {1, 1, 1, 1, 1, 1, 1, 1, 1}}, "no possible shape"},
      {{"FloatStorage", "0", 4, 0, 1, {1}, {1}, {2, 3}}, "no possible shape"},
      {{"FloatStorage", "0", 4, 0, 1, {1}, {1}, {G_MAXINT64, 3}}, "no possible shape"},
      {{"FloatStorage", "0", 5, 0, 1, {4}, {1}}, "storage 0 is cut off"},
      {{"DoubleStorage", "0", 4, 0, 1, {4}, {1}}, "storage 0 is cut off"},
      {{"FloatStorage", "1", 4, 0, 1, {4}, {1}}, "storage 1 is missing"},
      {{"FloatStorage", "../data/0", 4, 0, 1, {4}, {1}}, "is missing"},
      {{"FloatStorage", "0", huge, 0, 1, {4}, {1}}, "no possible type or size"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS (tensors); i++) {
    GByteArray *pickle = g_byte_array_new ();
    OP (pickle, "\x80\x02}");
    torch_text (pickle, "w");
    torch_tensor (pickle, tensors[i].tensor);
    OP (pickle, "s.");
    assert_refused (torch_zip_of (pickle, four, sizeof four), LIMEN_ERROR_DAMAGED, tensors[i].said);
  }
}

static void
test_one_storage_has_one_type (void)
{
  GByteArray *pickle = g_byte_array_new ();
  OP (pickle, "\x80\x02](");
  torch_vector (pickle, "0", 4);
  torch_tensor (pickle, (TorchTensor){"IntStorage", "0", 4, 0, 1, {4}, {1}});
  OP (pickle, "e.");
  assert_refused (torch_zip_of (pickle, four, sizeof four), LIMEN_ERROR_DAMAGED, "two types");
}

static void
test_one_name_has_one_tensor (void)
{
  GByteArray *pickle = g_byte_array_new ();
  OP (pickle, "\x80\x02}(K\x01");
  torch_vector (pickle, "0", 4);
  torch_text (pickle, "1");
  torch_vector (pickle, "0", 4);
  OP (pickle, "u.");
  assert_refused (torch_zip_of (pickle, four, sizeof four), LIMEN_ERROR_DAMAGED,
                  "two tensors named 1");
}

/* Each level holds the one below twice: thirty bytes of levels, a billion tensors. */
static void
test_billion_laughs (void)
{
  for (int with_tensor = 0; with_tensor < 2; with_tensor++) {
    GByteArray *pickle = g_byte_array_new ();
    OP (pickle, "\x80\x02");
    if (with_tensor)
      torch_vector (pickle, "0", 4);
    else
      OP (pickle, "]");
    for (int level = 0; level < 40; level++)
      OP (pickle, "q\0h\0\x86");
    OP (pickle, ".");
    assert_refused (torch_zip_of (pickle, four, sizeof four), LIMEN_ERROR_UNSAFE,
                    "save only the weights");
  }
}

static void
test_endless_and_deep_values (void)
{
  GByteArray *cycle = g_byte_array_new (), *deep = g_byte_array_new ();
  OP (cycle, "\x80\x02]q\0h\0a.");
  assert_refused (torch_zip_of (cycle, NULL, 0), LIMEN_ERROR_UNSAFE, "deeper");
  OP (deep, "\x80\x02N");
  for (int i = 0; i < 1000000; i++)
    OP (deep, "\x85");
  OP (deep, ".");
  assert_refused (torch_zip_of (deep, NULL, 0), LIMEN_ERROR_UNSAFE, "deeper");
}

static void
test_endless_names (void)
{
  GByteArray *pickle = g_byte_array_new ();
  g_autofree char *key = g_strnfill (1000000, 'k');
  OP (pickle, "\x80\x02}");
  torch_text (pickle, key);
  torch_vector (pickle, "0", 4);
  OP (pickle, "s.");
  assert_refused (torch_zip_of (pickle, four, sizeof four), LIMEN_ERROR_UNSAFE, "longer names");
}

static void
test_too_many_instructions (void)
{
  GByteArray *pickle = g_byte_array_new ();
  g_byte_array_set_size (pickle, 5000000);
  memset (pickle->data, ')', pickle->len);
  pickle->data[pickle->len - 1] = '.';
  assert_refused (torch_zip_of (pickle, NULL, 0), LIMEN_ERROR_UNSAFE, "4 million");
}

static void
test_packed_bombs (void)
{
  gsize n = 100 << 20;
  g_autofree guint8 *zeros = g_malloc0 (n);
  g_autoptr (GByteArray) pickle = torch_small_pickle (25 << 20);
  TorchZip weights = torch_zip_begin (TRUE), script = torch_zip_begin (TRUE);
  torch_zip_add (&weights, "net/data.pkl", pickle->data, pickle->len);
  torch_zip_add (&weights, "net/data/0", zeros, n);
  assert_refused (torch_zip_end (&weights), LIMEN_ERROR_UNSAFE, "far more numbers");
  torch_zip_add (&script, "net/data.pkl", zeros, n);
  assert_refused (torch_zip_end (&script), LIMEN_ERROR_UNSAFE, "net.pt");
}

static void
test_older_format_inconsistent (void)
{
  g_autoptr (GByteArray) pickle = torch_small_pickle (4);
  GByteArray *count = torch_legacy_begin (TRUE), *cut = torch_legacy_begin (TRUE),
             *unknown = torch_legacy_begin (TRUE), *missing = torch_legacy_begin (TRUE);
  g_byte_array_append (count, pickle->data, pickle->len);
  assert_refused (torch_legacy_end (count, 5, 8, four, 16), LIMEN_ERROR_DAMAGED, "sizes");
  g_byte_array_append (cut, pickle->data, pickle->len);
  assert_refused (torch_legacy_end (cut, 4, 8, four, 15), LIMEN_ERROR_DAMAGED, "cut off");
  OP (unknown, "\x80\x02}.");
  assert_refused (torch_legacy_end (unknown, 4, 8, four, 16), LIMEN_ERROR_DAMAGED,
                  "lists a storage");
  g_byte_array_append (missing, pickle->data, pickle->len);
  OP (missing, "\x80\x02].");
  torch_number (missing, 4, 8);
  g_byte_array_append (missing, (const guint8 *)four, 16);
  assert_refused (g_byte_array_free_to_bytes (missing), LIMEN_ERROR_DAMAGED, "is missing");
}

static void
test_other_pickles (void)
{
  const char bare[] = "\x80\x02]N\x85"
                      "a.";
  assert_refused (g_bytes_new (bare, sizeof bare - 1), LIMEN_ERROR_FORMAT,
                  "torch.save did not write");
  const char objects[] = "\x80\x02}U\x01xcnumpy.core.multiarray\n_reconstruct\n"
                         "cnumpy\nndarray\nK\x00\x85U\x01"
                         "b\x87R(K\x01K\x02\x85"
                         "cnumpy\ndtype\nU\x02O8K\x00K\x01\x87R(K\x03U\x01|NNNJ\xff\xff\xff\xff"
                         "J\xff\xff\xff\xffK?tb\x89]tbs.";
  assert_refused (g_bytes_new (objects, sizeof objects - 1), LIMEN_ERROR_FORMAT,
                  "a NumPy array that holds Python objects; save it with numpy.save");
}

/* No byte of a file, cut off or changed, does more than to be refused. */
static void
test_every_cut_and_every_changed_byte (void)
{
  GBytes *files[] = {legacy_file (), torch_zip_of (torch_small_pickle (4), four, sizeof four)};
  const guint8 changes[] = {0x01, 0x80, 0xff};
  for (gsize f = 0; f < G_N_ELEMENTS (files); f++) {
    gsize n;
    const guint8 *data = g_bytes_get_data (files[f], &n);
    for (gsize i = 0; i < n; i++) {
      g_autoptr (GBytes) cut = g_bytes_new (data, i);
      assert_loads_or_refused (cut);
      for (gsize c = 0; c < sizeof changes; c++) {
        g_autofree guint8 *copy = g_memdup2 (data, n);
        copy[i] ^= changes[c];
        g_autoptr (GBytes) changed = g_bytes_new (copy, n);
        assert_loads_or_refused (changed);
      }
    }
    g_bytes_unref (files[f]);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/torch/a-state-dict", test_a_state_dict);
  g_test_add_func ("/torch/members-in-any-order", test_members_in_any_order);
  g_test_add_func ("/torch/names-are-joined", test_names_are_joined);
  g_test_add_func ("/torch/every-type", test_every_type);
  g_test_add_func ("/torch/half-nan-stays-nan", test_half_nan_stays_nan);
  g_test_add_func ("/torch/views", test_views);
  g_test_add_func ("/torch/high-byte-first", test_high_byte_first);
  g_test_add_func ("/torch/older-format-and-its-views", test_older_format_and_its_views);
  g_test_add_func ("/torch/other-ways-to-write-it", test_other_ways_to_write_it);
  g_test_add_func ("/torch/names-are-refused-by-name", test_names_are_refused_by_name);
  g_test_add_func ("/torch/damaged-pickles", test_damaged_pickles);
  g_test_add_func ("/torch/impossible-tensors", test_impossible_tensors);
  g_test_add_func ("/torch/one-storage-has-one-type", test_one_storage_has_one_type);
  g_test_add_func ("/torch/one-name-has-one-tensor", test_one_name_has_one_tensor);
  g_test_add_func ("/torch/billion-laughs", test_billion_laughs);
  g_test_add_func ("/torch/endless-and-deep-values", test_endless_and_deep_values);
  g_test_add_func ("/torch/endless-names", test_endless_names);
  g_test_add_func ("/torch/too-many-instructions", test_too_many_instructions);
  g_test_add_func ("/torch/packed-bombs", test_packed_bombs);
  g_test_add_func ("/torch/older-format-inconsistent", test_older_format_inconsistent);
  g_test_add_func ("/torch/other-pickles", test_other_pickles);
  g_test_add_func ("/torch/every-cut-and-every-changed-byte",
                   test_every_cut_and_every_changed_byte);
  return g_test_run ();
}
