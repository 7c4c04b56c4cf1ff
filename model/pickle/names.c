/* Sources: PyTorch 2.7, torch/_weights_only_unpickler.py, _get_allowed_globals() with what it takes
 * from torch/storage.py; NumPy, numpy/core/src/multiarray/methods.c, array_reduce(), and
 * numpy/core/numeric.py, _frombuffer(). */
#include "model/pickle/names.h"

/* A type of numbers: as a value, and as the classes of storages that hold them. */
#define NUMBERS(name, dtype, size)                                                                 \
  {                                                                                                \
    "torch", name, LIMEN_MEANS_NUMBERS, dtype, size, name                                          \
  }
#define STORAGES(class, dtype, size, what)                                                         \
  {"torch", class "Storage", LIMEN_MEANS_STORAGE, dtype, size, what},                              \
  {                                                                                                \
    "torch.cuda", class "Storage", LIMEN_MEANS_STORAGE, dtype, size, what                          \
  }
#define TENSORS(class)                                                                             \
  {"torch", class "Tensor", LIMEN_MEANS_OTHER}, {"torch.cuda", class "Tensor", LIMEN_MEANS_OTHER}, \
      {"torch.sparse", class "Tensor", LIMEN_MEANS_OTHER},                                         \
  {                                                                                                \
    "torch.cuda.sparse", class "Tensor", LIMEN_MEANS_OTHER                                         \
  }
#define UNREAD LIMEN_N_NUMBER_TYPES

static const LimenKnownName known[] = {
    {"collections", "OrderedDict", LIMEN_MEANS_DICT},
    {"collections", "Counter", LIMEN_MEANS_DICT},

    /* tensors */
    {"torch._utils", "_rebuild_tensor_v2", LIMEN_MEANS_TENSOR},
    {"torch._utils", "_rebuild_tensor_v3", LIMEN_MEANS_TENSOR},
    {"torch._utils", "_rebuild_tensor", LIMEN_MEANS_TENSOR},
    {"torch._utils", "_rebuild_parameter", LIMEN_MEANS_FIRST_ARGUMENT},
    {"torch._utils", "_rebuild_parameter_with_state", LIMEN_MEANS_FIRST_ARGUMENT},
    {"torch._utils", "_rebuild_device_tensor_from_cpu_tensor", LIMEN_MEANS_FIRST_ARGUMENT},
    {"torch.nn.parameter", "Parameter", LIMEN_MEANS_FIRST_ARGUMENT},
    {"torch._tensor", "_rebuild_from_type_v2", LIMEN_MEANS_CALL_OF_FIRST},
    {"torch._utils", "_rebuild_qtensor", LIMEN_MEANS_PASSED, .what = "quantized tensor"},
    {"torch._utils", "_rebuild_sparse_tensor", LIMEN_MEANS_PASSED, .what = "sparse tensor"},
    {"torch._utils", "_rebuild_sparse_csr_tensor", LIMEN_MEANS_PASSED, .what = "sparse tensor"},
    {"torch._utils", "_rebuild_meta_tensor_no_storage", LIMEN_MEANS_PASSED,
     .what = "tensor without numbers"},
    {"torch._utils", "_rebuild_wrapper_subclass", LIMEN_MEANS_PASSED,
     .what = "tensor without numbers"},
    {"torch._utils", "_rebuild_device_tensor_from_numpy", LIMEN_MEANS_PASSED,
     .what = "tensor of another device"},
    {"torch", "Tensor", LIMEN_MEANS_OTHER},
    TENSORS ("Float"),
    TENSORS ("Half"),
    TENSORS ("BFloat16"),
    TENSORS ("Double"),
    TENSORS ("Long"),
    TENSORS ("Int"),
    TENSORS ("Short"),
    TENSORS ("Char"),
    TENSORS ("Byte"),
    TENSORS ("Bool"),

    /* storages */
    STORAGES ("Float", LIMEN_NUMBER_F32, 0, "float32"),
    STORAGES ("Half", LIMEN_NUMBER_F16, 0, "float16"),
    STORAGES ("BFloat16", LIMEN_NUMBER_BF16, 0, "bfloat16"),
    STORAGES ("Double", LIMEN_NUMBER_F64, 0, "float64"),
    STORAGES ("Long", LIMEN_NUMBER_I64, 0, "int64"),
    STORAGES ("Int", LIMEN_NUMBER_I32, 0, "int32"),
    STORAGES ("Short", LIMEN_NUMBER_I16, 0, "int16"),
    STORAGES ("Char", LIMEN_NUMBER_I8, 0, "int8"),
    STORAGES ("Byte", LIMEN_NUMBER_U8, 0, "uint8"),
    STORAGES ("Bool", LIMEN_NUMBER_BOOL, 0, "bool"),
    STORAGES ("ComplexDouble", UNREAD, 16, "complex128"),
    STORAGES ("ComplexFloat", UNREAD, 8, "complex64"),
    STORAGES ("QInt8", UNREAD, 1, "qint8"),
    STORAGES ("QUInt8", UNREAD, 1, "quint8"),
    STORAGES ("QInt32", UNREAD, 4, "qint32"),
    STORAGES ("QUInt4x2", UNREAD, 1, "quint4x2"),
    STORAGES ("QUInt2x4", UNREAD, 1, "quint2x4"),
    {"torch.storage", "UntypedStorage", LIMEN_MEANS_STORAGE, LIMEN_NUMBER_U8, 0, "uint8"},
    {"torch.storage", "_UntypedStorage", LIMEN_MEANS_STORAGE, LIMEN_NUMBER_U8, 0, "uint8"},
    {"torch.storage", "TypedStorage", LIMEN_MEANS_OTHER},

    /* types of numbers */
    NUMBERS ("float32", LIMEN_NUMBER_F32, 0),
    NUMBERS ("float16", LIMEN_NUMBER_F16, 0),
    NUMBERS ("bfloat16", LIMEN_NUMBER_BF16, 0),
    NUMBERS ("float64", LIMEN_NUMBER_F64, 0),
    NUMBERS ("int64", LIMEN_NUMBER_I64, 0),
    NUMBERS ("int32", LIMEN_NUMBER_I32, 0),
    NUMBERS ("int16", LIMEN_NUMBER_I16, 0),
    NUMBERS ("int8", LIMEN_NUMBER_I8, 0),
    NUMBERS ("uint8", LIMEN_NUMBER_U8, 0),
    NUMBERS ("uint16", LIMEN_NUMBER_U16, 0),
    NUMBERS ("uint32", LIMEN_NUMBER_U32, 0),
    NUMBERS ("uint64", LIMEN_NUMBER_U64, 0),
    NUMBERS ("bool", LIMEN_NUMBER_BOOL, 0),
    NUMBERS ("complex32", UNREAD, 4),
    NUMBERS ("complex64", UNREAD, 8),
    NUMBERS ("complex128", UNREAD, 16),
    NUMBERS ("float8_e5m2", UNREAD, 1),
    NUMBERS ("float8_e4m3fn", UNREAD, 1),
    NUMBERS ("float8_e5m2fnuz", UNREAD, 1),
    NUMBERS ("float8_e4m3fnuz", UNREAD, 1),
    NUMBERS ("float8_e8m0fnu", UNREAD, 1),
    NUMBERS ("float4_e2m1fn_x2", UNREAD, 1),
    NUMBERS ("bits8", UNREAD, 1),
    NUMBERS ("bits16", UNREAD, 2),
    NUMBERS ("bits1x8", UNREAD, 1),
    NUMBERS ("bits2x4", UNREAD, 1),
    NUMBERS ("bits4x2", UNREAD, 1),
    NUMBERS ("qint8", UNREAD, 1),
    NUMBERS ("quint8", UNREAD, 1),
    NUMBERS ("qint32", UNREAD, 4),
    NUMBERS ("quint4x2", UNREAD, 1),
    NUMBERS ("quint2x4", UNREAD, 1),
    NUMBERS ("uint1", UNREAD, 1),
    NUMBERS ("uint2", UNREAD, 1),
    NUMBERS ("uint3", UNREAD, 1),
    NUMBERS ("uint4", UNREAD, 1),
    NUMBERS ("uint5", UNREAD, 1),
    NUMBERS ("uint6", UNREAD, 1),
    NUMBERS ("uint7", UNREAD, 1),
    NUMBERS ("int1", UNREAD, 1),
    NUMBERS ("int2", UNREAD, 1),
    NUMBERS ("int3", UNREAD, 1),
    NUMBERS ("int4", UNREAD, 1),
    NUMBERS ("int5", UNREAD, 1),
    NUMBERS ("int6", UNREAD, 1),
    NUMBERS ("int7", UNREAD, 1),

    /* small values beside the tensors */
    {"torch", "Size", LIMEN_MEANS_FIRST_ARGUMENT},
    {"torch", "device", LIMEN_MEANS_OTHER},
    {"torch.serialization", "_get_layout", LIMEN_MEANS_OTHER},
    {"torch", "per_tensor_affine", LIMEN_MEANS_OTHER},
    {"torch", "per_tensor_symmetric", LIMEN_MEANS_OTHER},
    {"torch", "per_channel_affine", LIMEN_MEANS_OTHER},
    {"torch", "per_channel_symmetric", LIMEN_MEANS_OTHER},
    {"torch", "per_channel_affine_float_qparams", LIMEN_MEANS_OTHER},
    {"__builtin__", "set", LIMEN_MEANS_OTHER},
    {"builtins", "set", LIMEN_MEANS_OTHER},
    {"__builtin__", "complex", LIMEN_MEANS_OTHER},
    {"builtins", "complex", LIMEN_MEANS_OTHER},
    {"__builtin__", "bytearray", LIMEN_MEANS_OTHER},
    {"builtins", "bytearray", LIMEN_MEANS_OTHER},
    {"_codecs", "encode", LIMEN_MEANS_ENCODED},

    /* NumPy: arrays and single numbers, under the names of its versions 1 and 2 */
    {"numpy", "dtype", LIMEN_MEANS_DTYPE},
    {"numpy", "ndarray", LIMEN_MEANS_OTHER},
    {"numpy.core.multiarray", "scalar", LIMEN_MEANS_OTHER},
    {"numpy._core.multiarray", "scalar", LIMEN_MEANS_OTHER},
    {"numpy.core.multiarray", "_reconstruct", LIMEN_MEANS_ARRAY},
    {"numpy._core.multiarray", "_reconstruct", LIMEN_MEANS_ARRAY},
    {"numpy.core.numeric", "_frombuffer", LIMEN_MEANS_BUFFER_ARRAY},
    {"numpy._core.numeric", "_frombuffer", LIMEN_MEANS_BUFFER_ARRAY},
};

const LimenKnownName *
limen_known_name (const LimenPickleValue *module, const LimenPickleValue *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (known) && name->n > 0; i++)
    if (name->text[0] == known[i].name[0] && limen_pickle_is_text (name, known[i].name) &&
        limen_pickle_is_text (module, known[i].module))
      return &known[i];
  return NULL;
}

/* Classes are named with a capital letter: such a file holds objects, not only their weights. */
gboolean
limen_refuse_name (const char *path, const char *advice, const LimenPickleValue *module,
                   const LimenPickleValue *name, GError **error)
{
  g_autofree char *shown_module = limen_printable (module->text, module->n);
  g_autofree char *shown_name = limen_printable (name->text, name->n);
  if (g_str_has_prefix (shown_module, "__torch__"))
    return limen_refuse (error, LIMEN_ERROR_UNSAFE, path,
                         "holds a program of TorchScript (%s.%s), which Limen never runs; %s",
                         shown_module, shown_name, advice);
  if (g_ascii_isupper (shown_name[0]))
    return limen_refuse (error, LIMEN_ERROR_UNSAFE, path,
                         "holds a Python object of class %s.%s, which Limen never builds; %s",
                         shown_module, shown_name, advice);
  return limen_refuse (error, LIMEN_ERROR_UNSAFE, path,
                       "asks Python to run %s.%s, which Limen never does; %s", shown_module,
                       shown_name, advice);
}
