/* What torch.load(weights_only=True) lets pass beside the weights passes here, with the weights
 * untouched; what it refuses is refused by its name. */
#include "tests/model/torch-writer.h"
#include "tests/model/weights-asserts.h"

static const float four[] = {1, -2, 3.5f, 4};
static const double four_doubles[] = {1, -2, 3.5, 4};

#define VALUE(name, literal, passed)                                                               \
  {                                                                                                \
    name, literal, sizeof literal - 1, passed                                                      \
  }
/* A storage "1" of two elements of @type; the arguments of a tensor over it follow. */
#define STORAGE(module, type)                                                                      \
  "((U\x07storagec" module "\n" type "\nU\x01"                                                     \
  "1U\x03"                                                                                         \
  "cpuK\x02tQ"
#define OF_TWO                                                                                     \
  "K\x00K\x02\x85K\x01\x85\x89N" /* offset 0, shape (2,), strides (1,), False, None                \
                                  */

/* {"w": the weights, "beside": @value} */
static GByteArray *
pickle_beside (const char *value, gsize n)
{
  GByteArray *pickle = g_byte_array_new ();
  OP (pickle, "\x80\x02}(");
  torch_text (pickle, "w");
  torch_vector (pickle, "0", 4);
  torch_text (pickle, "beside");
  g_byte_array_append (pickle, (const guint8 *)value, (guint)n);
  OP (pickle, "u.");
  return pickle;
}

static void
assert_passed (const LimenCheckpoint *checkpoint, const char *passed)
{
  g_assert_cmpuint (limen_checkpoint_n_tensors (checkpoint), ==, 1);
  assert_tensor (checkpoint, "w", "(4,)", four_doubles);
  g_assert_cmpuint (limen_checkpoint_n_passed (checkpoint), ==, passed != NULL);
  if (passed) {
    g_assert_cmpstr (limen_checkpoint_passed (checkpoint, 0)->name, ==, "beside");
    g_assert_cmpstr (limen_checkpoint_passed (checkpoint, 0)->what, ==, passed);
  }
}

/* Values as Python's pickle writes them in protocol 2, which is what torch.save uses. */
static void
test_values_beside_the_weights (void)
{
  static const struct {
    const char *name, *value;
    gsize n;
    const char *passed;
  } values[] = {
      VALUE ("Counter", "ccollections\nCounter\n}(K\x0aK\x01K\x14K\x01u\x85R", NULL),
      VALUE ("empty Counter", "ccollections\nCounter\n)R", NULL),
      VALUE ("OrderedDict with state",
             "ccollections\nOrderedDict\n)R(U\x01"
             "aK\x01u}U\x01xK\x01sb",
             NULL),
      VALUE ("set",
             "c__builtin__\nset\n](K\x01K\x02"
             "e\x85R",
             NULL),
      VALUE ("set, Python 3", "cbuiltins\nset\n]\x85R", NULL),
      VALUE ("complex", "c__builtin__\ncomplex\nG?\xf0\0\0\0\0\0\0G@\0\0\0\0\0\0\0\x86R", NULL),
      VALUE ("bytearray", "c__builtin__\nbytearray\nX\x02\0\0\0abX\x07\0\0\0latin-1\x86R", NULL),
      VALUE ("bytes", "c_codecs\nencode\nX\x02\0\0\0abX\x06\0\0\0latin1\x86R", NULL),
      VALUE ("Size", "ctorch\nSize\nK\x02K\x03\x86\x85R", NULL),
      VALUE ("device", "ctorch\ndevice\nX\x04\0\0\0cuda\x85R", NULL),
      VALUE ("device with a number", "ctorch\ndevice\nX\x04\0\0\0cudaK\x01\x86R", NULL),
      VALUE ("dtype", "ctorch\nbfloat16\n", NULL),
      VALUE ("dtype of 8 bits", "ctorch\nfloat8_e4m3fn\n", NULL),
      VALUE ("dtype of 4 bits", "ctorch\nint4\n", NULL),
      VALUE ("dtype, complex", "ctorch\ncomplex64\n", NULL),
      VALUE ("quantization scheme", "ctorch\nper_tensor_affine\n", NULL),
      VALUE ("layout", "ctorch.serialization\n_get_layout\nX\x0d\0\0\0torch.strided\x85R", NULL),
      VALUE ("class of tensors", "ctorch\nFloatTensor\n", NULL),
      VALUE ("class of tensors of a GPU", "ctorch.cuda\nHalfTensor\n", NULL),
      VALUE ("class of sparse tensors", "ctorch.sparse\nDoubleTensor\n", NULL),
      VALUE ("the class Tensor", "ctorch\nTensor\n", NULL),
      VALUE ("the class Parameter", "ctorch.nn.parameter\nParameter\n", NULL),
      VALUE ("class of storages", "ctorch\nQUInt4x2Storage\n", NULL),
      VALUE ("number of NumPy",
             "cnumpy.core.multiarray\nscalar\n(cnumpy\ndtype\n(U\x02"
             "f8K\0K\x01tR(K\x03U\x01<NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK\0tbU\x08\0\0\0\0\0\0"
             "\xf0?tR",
             NULL),
      VALUE ("array of NumPy",
             "cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\nK\0\x85U\x01"
             "btR(K\x01K\x02\x85"
             "cnumpy\ndtype\n(U\x02u1K\0K\x01tR(K\x03U\x01|NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK"
             "\0tb\x89U\x02"
             "abtb",
             "array of NumPy"),
      VALUE ("complex tensor",
             "ctorch._utils\n_rebuild_tensor_v2\n" STORAGE ("torch", "ComplexFloatStorage") OF_TWO
             "tR",
             "complex64 (2,)"),
      VALUE ("complex tensor of 128 bits",
             "ctorch._utils\n_rebuild_tensor_v2\n" STORAGE ("torch", "ComplexDoubleStorage") OF_TWO
             "tR",
             "complex128 (2,)"),
      VALUE ("quantized tensor",
             "ctorch._utils\n_rebuild_qtensor\n" STORAGE ("torch",
                                                          "QInt8Storage") "K\0K\x02\x85K\x01\x85("
                                                                          "ctorch\nper_tensor_"
                                                                          "affine\nG?\xf0\0\0\0\0\0"
                                                                          "\0K\0t\x89NtR",
             "quantized tensor"),
      VALUE ("sparse tensor", "ctorch._utils\n_rebuild_sparse_tensor\nN(NNN)t\x86R",
             "sparse tensor"),
      VALUE ("tensor on no device",
             "ctorch._utils\n_rebuild_meta_tensor_no_storage\n(ctorch\nfloat32\n)"
             ")\x89tR",
             "tensor without numbers"),
      VALUE ("tensor of float8 in an untyped storage",
             "ctorch._utils\n_rebuild_tensor_v3\n" STORAGE ("torch.storage", "UntypedStorage")
                 OF_TWO "ctorch\nfloat8_e5m2\ntR",
             "float8_e5m2 (2,)"),
      VALUE ("tensor with its imaginary part turned",
             "ctorch._utils\n_rebuild_tensor_v2\n" STORAGE ("torch", "FloatStorage") OF_TWO
             "}X\x03\0\0\0neg\x88stR",
             "float32 (2,), a view with its sign turned"),
  };
  for (gsize i = 0; i < G_N_ELEMENTS (values); i++) {
    g_test_message ("%s", values[i].name);
    g_autoptr (LimenCheckpoint) checkpoint = assert_loads (
        torch_zip_of (pickle_beside (values[i].value, values[i].n), four, sizeof four));
    assert_passed (checkpoint, values[i].passed);
  }
}

/* A value with numbers that are not read needs no storage in the file; one that is read does. */
static void
test_what_is_read_must_be_there (void)
{
  static const char value[] =
      "ctorch._utils\n_rebuild_tensor_v2\n" STORAGE ("torch.cuda", "FloatStorage") OF_TWO "tR";
  assert_refused (torch_zip_of (pickle_beside (value, sizeof value - 1), four, sizeof four),
                  LIMEN_ERROR_DAMAGED, "storage 1 is missing");
}

static void
test_other_names_are_refused (void)
{
  static const struct {
    const char *module, *name, *said;
  } names[] = {
      {"collections", "defaultdict", "run collections.defaultdict"},
      {"collections", "deque", "run collections.deque"},
      {"datetime", "datetime", "run datetime.datetime"},
      {"pathlib", "PosixPath", "class pathlib.PosixPath"},
      {"argparse", "Namespace", "class argparse.Namespace"},
      {"functools", "partial", "run functools.partial"},
      {"copyreg", "_reconstructor", "run copyreg._reconstructor"},
      {"copy_reg", "_reconstructor", "run copy_reg._reconstructor"},
      {"torch.storage", "_load_from_bytes", "run torch.storage._load_from_bytes"},
      {"torch.distributed.tensor", "DTensor", "class torch.distributed.tensor.DTensor"},
      {"torch.nn.modules.container", "Sequential", "class torch.nn.modules.container.Sequential"},
      {"__torch__.course.flows", "NICE", "a program of TorchScript (__torch__.course.flows.NICE)"},
      {"builtins", "getattr", "run builtins.getattr"},
      {"builtins", "bytes", "run builtins.bytes"},
      {"numpy", "load", "run numpy.load"},
      {"numpy.core.multiarray", "fromfile", "run numpy.core.multiarray.fromfile"},
      {"torch.cuda", "init", "run torch.cuda.init"},
      {"torch.sparse", "FloatStorage", "class torch.sparse.FloatStorage"},
      {"os", "system", "run os.system"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    GByteArray *value = g_byte_array_new ();
    torch_global (value, names[i].module, names[i].name);
    assert_refused (
        torch_zip_of (pickle_beside ((const char *)value->data, value->len), four, sizeof four),
        LIMEN_ERROR_UNSAFE, names[i].said);
    g_byte_array_unref (value);
  }
}

/* Ways to write the same tensor. */
static void
test_tensors_in_other_words (void)
{
  static const struct {
    const char *name, *value;
    gsize n;
    const char *passed;
  } ways[] = {
      VALUE ("v3 in an untyped storage of 16 bytes",
             "ctorch._utils\n_rebuild_tensor_v3\n((U\x07storagectorch.storage\nUntypedStorage\nU"
             "\x01"
             "0U\x03"
             "cpuK\x10tQK\x00K\x04\x85K\x01\x85\x89Nctorch\nfloat32\ntR",
             NULL),
      VALUE ("a subclass",
             "ctorch._tensor\n_rebuild_from_type_v2\n(ctorch._utils\n_rebuild_tensor_v2\nctorch\n"
             "Tensor\n((U\x07storagectorch\nFloatStorage\nU\x01"
             "0U\x03"
             "cpuK\x04tQK\x00K\x04\x85K\x01\x85\x89Nt}tR",
             NULL),
      VALUE ("Parameter called",
             "ctorch.nn.parameter\nParameter\nctorch._utils\n_rebuild_tensor\n((U\x07storagectorch"
             ".cuda\nFloatStorage\nU\x01"
             "0U\x06"
             "cuda:0K\x04tQK\x00K\x04\x85K\x01\x85tR\x88\x86\x81",
             NULL),
      VALUE (
          "of another device",
          "ctorch._utils\n_rebuild_device_tensor_from_cpu_tensor\n(ctorch._utils\n_rebuild_tensor"
          "\n((U\x07storagectorch\nFloatStorage\nU\x01"
          "0U\x03"
          "cpuK\x04tQK\x00K\x04\x85K\x01\x85tRctorch\nfloat32\nX\x03\0\0\0mps\x89tR",
          NULL),
  };
  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++) {
    GByteArray *pickle = g_byte_array_new ();
    OP (pickle, "\x80\x02}");
    torch_text (pickle, "w");
    g_byte_array_append (pickle, (const guint8 *)ways[i].value, (guint)ways[i].n);
    OP (pickle, "s.");
    g_test_message ("%s", ways[i].name);
    g_autoptr (LimenCheckpoint) checkpoint =
        assert_loads (torch_zip_of (pickle, four, sizeof four));
    assert_passed (checkpoint, ways[i].passed);
  }
}

/* In an untyped storage offsets count elements, and the storage's end is in bytes. */
static void
test_untyped_storages_are_bounded (void)
{
  static const struct {
    const char *name, *value;
    gsize n;
    const char *said;
  } tensors[] = {
      VALUE ("one too many", "K\x00K\x05\x85K\x01\x85\x89Nctorch\nfloat32\ntR", "beyond the end"),
      VALUE ("one too far", "K\x01K\x04\x85K\x01\x85\x89Nctorch\nfloat32\ntR", "beyond the end"),
      VALUE ("wider", "K\x00K\x03\x85K\x01\x85\x89Nctorch\nfloat64\ntR", "beyond the end"),
  };
  for (gsize i = 0; i < G_N_ELEMENTS (tensors); i++) {
    GByteArray *pickle = g_byte_array_new ();
    OP (pickle, "\x80\x02"
                "ctorch._utils\n_rebuild_tensor_v3\n((U\x07storagectorch.storage\nUntypedStorage\n"
                "U\x01"
                "0U\x03"
                "cpuK\x10tQ");
    g_byte_array_append (pickle, (const guint8 *)tensors[i].value, (guint)tensors[i].n);
    OP (pickle, ".");
    assert_refused (torch_zip_of (pickle, four, sizeof four), LIMEN_ERROR_DAMAGED, tensors[i].said);
  }
}

static void
test_integers_without_a_storage_class (void)
{
  static const struct {
    const char *type;
    const guint8 bytes[8];
    gsize size;
    double expected;
  } types[] = {
      {"uint16", {0xfe, 0xff}, 2, 65534},
      {"uint32", {0xfd, 0xff, 0xff, 0xff}, 4, 4294967293.0},
      {"uint64", {0, 0, 0, 0, 0, 0, 0, 0x80}, 8, 0x1p63},
  };
  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    for (int big_endian = 0; big_endian < 2; big_endian++) {
      g_autoptr (GByteArray) pickle = g_byte_array_new ();
      guint8 bytes[8];
      for (gsize j = 0; j < types[i].size; j++)
        bytes[j] = types[i].bytes[big_endian ? types[i].size - 1 - j : j];
      OP (pickle, "\x80\x02"
                  "ctorch._utils\n_rebuild_tensor_v3\n((U\x07storagectorch.storage\nUntypedStorage"
                  "\nU\x01"
                  "0U\x03"
                  "cpu");
      torch_integer (pickle, (gint64)types[i].size);
      OP (pickle, "tQK\0))\x89N");
      torch_global (pickle, "torch", types[i].type);
      OP (pickle, "tR.");
      TorchZip zip = torch_zip_begin (FALSE);
      torch_zip_add (&zip, "a/data.pkl", pickle->data, pickle->len);
      torch_zip_add (&zip, "a/byteorder", big_endian ? "big" : "little", big_endian ? 3 : 6);
      torch_zip_add (&zip, "a/data/0", bytes, types[i].size);
      g_autoptr (LimenCheckpoint) checkpoint = assert_loads (torch_zip_end (&zip));
      assert_tensor (checkpoint, "tensor", "()", &types[i].expected);
      g_assert_cmpstr (limen_number_name (limen_checkpoint_tensor (checkpoint, 0)->dtype), ==,
                       types[i].type);
    }
}

/* In the older format storages follow each other: one that is not read must be stepped over. */
static void
test_older_format_steps_over_what_is_not_read (void)
{
  GByteArray *file = torch_legacy_begin (TRUE);
  OP (file,
      "\x80\x02}(U\x01"
      "cctorch._utils\n_rebuild_tensor_v2\n" STORAGE ("torch", "ComplexFloatStorage") OF_TWO "tR");
  torch_text (file, "w");
  torch_vector (file, "0", 4);
  OP (file, "u.\x80\x02](U\x01"
            "1U\x01"
            "0e.");
  torch_number (file, 2, 8);
  for (guint i = 0; i < 16; i++)
    OP (file, "?");
  torch_number (file, 4, 8);
  g_byte_array_append (file, (const guint8 *)four, sizeof four);
  g_autoptr (LimenCheckpoint) checkpoint = assert_loads (g_byte_array_free_to_bytes (file));
  assert_tensor (checkpoint, "w", "(4,)", four_doubles);
  g_assert_cmpstr (limen_checkpoint_passed (checkpoint, 0)->what, ==, "complex64 (2,)");
}

static void
test_other_values_are_counted (void)
{
  static const char value[] = "](K\x01G?\xf0\0\0\0\0\0\0NX\x01\0\0\0ae";
  g_autoptr (LimenCheckpoint) checkpoint =
      assert_loads (torch_zip_of (pickle_beside (value, sizeof value - 1), four, sizeof four));
  g_assert_cmpuint (limen_checkpoint_n_others (checkpoint), ==, 4);
}

/* A file is a zip in a folder of its own name, which may be in any alphabet, in any locale. */
static void
test_names_beyond_ascii (void)
{
  static const char *const stems[] = {"流れ", "größe", "модель v2", "🧪"};
  for (gsize i = 0; i < G_N_ELEMENTS (stems); i++) {
    g_autoptr (GByteArray) pickle = torch_small_pickle (4);
    g_autofree char *data = g_strconcat (stems[i], "/data.pkl", NULL);
    g_autofree char *storage = g_strconcat (stems[i], "/data/0", NULL);
    g_autoptr (GBytes) file = torch_plain_zip ((const TorchMember[]){
        {data, pickle->data, pickle->len}, {storage, four, sizeof four}, {NULL}});
    g_autoptr (LimenCheckpoint) checkpoint = assert_loads (g_steal_pointer (&file));
    assert_tensor (checkpoint, "w", "(4,)", four_doubles);
  }
}

/* What torch.compile and others wrap around parts of a network is no part of its names. */
static void
test_names_without_wrappers (void)
{
  static const struct {
    const char *written, *read;
  } names[] = {
      {"_orig_mod.fc1.weight", "fc1.weight"},
      {"module._orig_mod.fc1.weight", "module.fc1.weight"},
      {"fc1._orig_mod.weight", "fc1.weight"},
      {"a._fsdp_wrapped_module.b._checkpoint_wrapped_module.c", "a.b.c"},
      {"_orig_mod", "_orig_mod"},
      {"not_orig_mod.w", "not_orig_mod.w"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    GByteArray *pickle = g_byte_array_new ();
    OP (pickle, "\x80\x02}");
    torch_text (pickle, names[i].written);
    torch_vector (pickle, "0", 4);
    OP (pickle, "s.");
    g_autoptr (LimenCheckpoint) checkpoint =
        assert_loads (torch_zip_of (pickle, four, sizeof four));
    assert_tensor (checkpoint, names[i].read, "(4,)", four_doubles);
  }
}

static void
test_wrapped_and_bare_beside_each_other (void)
{
  GByteArray *pickle = g_byte_array_new ();
  OP (pickle, "\x80\x02}(");
  torch_text (pickle, "w");
  torch_vector (pickle, "0", 4);
  torch_text (pickle, "_orig_mod.w");
  torch_vector (pickle, "0", 4);
  OP (pickle, "u.");
  g_autoptr (LimenCheckpoint) checkpoint = assert_loads (torch_zip_of (pickle, four, sizeof four));
  g_assert_nonnull (limen_checkpoint_find (checkpoint, "w"));
  g_assert_nonnull (limen_checkpoint_find (checkpoint, "_orig_mod.w"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/weights-only/values-beside-the-weights", test_values_beside_the_weights);
  g_test_add_func ("/weights-only/what-is-read-must-be-there", test_what_is_read_must_be_there);
  g_test_add_func ("/weights-only/other-names-are-refused", test_other_names_are_refused);
  g_test_add_func ("/weights-only/tensors-in-other-words", test_tensors_in_other_words);
  g_test_add_func ("/weights-only/untyped-storages-are-bounded", test_untyped_storages_are_bounded);
  g_test_add_func ("/weights-only/integers-without-a-storage-class",
                   test_integers_without_a_storage_class);
  g_test_add_func ("/weights-only/older-format-steps-over-what-is-not-read",
                   test_older_format_steps_over_what_is_not_read);
  g_test_add_func ("/weights-only/other-values-are-counted", test_other_values_are_counted);
  g_test_add_func ("/weights-only/names-beyond-ascii", test_names_beyond_ascii);
  g_test_add_func ("/weights-only/names-without-wrappers", test_names_without_wrappers);
  g_test_add_func ("/weights-only/wrapped-and-bare-beside-each-other",
                   test_wrapped_and_bare_beside_each_other);
  return g_test_run ();
}
