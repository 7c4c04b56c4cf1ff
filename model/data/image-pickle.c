#include "model/data/image-pickle.h"
#include "model/data/archive.h"
#include "model/data/torch-file.h"
#include "model/pickle/numpy-array.h"

#include <math.h>
#include <string.h>

#define ADVICE                                                                                     \
  "save the images alone with numpy.save, or, if it is a network, its weights with "               \
  "torch.save(model.state_dict(), …)"
#define MAX_ARRAYS 4096
#define MAX_DEPTH  2 /* of dictionaries and tuples around images */
#define MAX_NAMED  5 /* arrays, in a message */

typedef struct {
  char *name;
  LimenArray shape; /* without data */
  LimenTensor tensor;
  LimenTorchStorage *storage; /* of a tensor; NULL for an array of NumPy: */
  LimenNumpyArray numpy;
} Entry;

struct LimenPickledArrays {
  char *path;
  GBytes *bytes; /* nullable: the content of the file, where it is in memory */
  LimenSource source;
  LimenTorchFile file; /* of a plain pickle, only its machine and object */
  GArray *entries;
  GBytes *data; /* of the array that was read */
  gboolean is_sequence;
};

/* Types */

static LimenNumberType
number_of_dtype (LimenDtype dtype)
{
  static const LimenNumberType types[LIMEN_N_DTYPES] = {
      [LIMEN_DTYPE_F16] = LIMEN_NUMBER_F16,   [LIMEN_DTYPE_BF16] = LIMEN_NUMBER_F32,
      [LIMEN_DTYPE_F32] = LIMEN_NUMBER_F32,   [LIMEN_DTYPE_F64] = LIMEN_NUMBER_F64,
      [LIMEN_DTYPE_U8] = LIMEN_NUMBER_U8,     [LIMEN_DTYPE_I8] = LIMEN_NUMBER_I8,
      [LIMEN_DTYPE_U16] = LIMEN_NUMBER_U16,   [LIMEN_DTYPE_I16] = LIMEN_NUMBER_I16,
      [LIMEN_DTYPE_U32] = LIMEN_NUMBER_U32,   [LIMEN_DTYPE_I32] = LIMEN_NUMBER_I32,
      [LIMEN_DTYPE_U64] = LIMEN_NUMBER_U64,   [LIMEN_DTYPE_I64] = LIMEN_NUMBER_I64,
      [LIMEN_DTYPE_BOOL] = LIMEN_NUMBER_BOOL,
  };
  return types[dtype];
}

static LimenNumberType
number_of_numpy (const LimenNumpyArray *numpy)
{
  static const struct {
    char kind;
    guint width;
    LimenNumberType type;
  } types[] = {
      {'b', 1, LIMEN_NUMBER_BOOL}, {'u', 1, LIMEN_NUMBER_U8},  {'i', 1, LIMEN_NUMBER_I8},
      {'u', 2, LIMEN_NUMBER_U16},  {'i', 2, LIMEN_NUMBER_I16}, {'u', 4, LIMEN_NUMBER_U32},
      {'i', 4, LIMEN_NUMBER_I32},  {'u', 8, LIMEN_NUMBER_U64}, {'i', 8, LIMEN_NUMBER_I64},
      {'f', 2, LIMEN_NUMBER_F16},  {'f', 4, LIMEN_NUMBER_F32}, {'f', 8, LIMEN_NUMBER_F64},
  };
  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    if (types[i].kind == numpy->kind && types[i].width == numpy->width)
      return types[i].type;
  g_assert_not_reached (); /* limen_numpy_array() lets no other pass */
}

/* CIFAR's images, as in all files of its kind: a row has the red plane, the green, and the blue. No
 * number is both 3·s² and a square. */
static void
split_planes (LimenArray *shape)
{
  guint64 d = shape->n_dims == 2 ? shape->dims[1] : 0;
  guint64 side = (guint64)(sqrt ((double)d / 3) + 0.5);
  if (shape->fortran || side < 8 || side > 4096 || d != 3 * side * side)
    return;
  shape->n_dims = 4;
  shape->dims[1] = 3;
  shape->dims[2] = shape->dims[3] = side;
}

/* What is in the file */

static gboolean
describe_tensor (LimenPickledArrays *arrays, const LimenPickleValue *value, Entry *entry,
                 GError **error)
{
  g_autofree char *passed = NULL;
  if (!limen_torch_pickle_tensor (arrays->file.torch, value, &entry->tensor, &entry->storage,
                                  &passed, error))
    return FALSE;
  if (!entry->storage)
    return TRUE;
  entry->storage->wanted = FALSE; /* only that of the chosen one will be */
  entry->shape.type = number_of_dtype (entry->tensor.dtype);
  entry->shape.n_dims = entry->tensor.n_dimensions;
  for (guint i = 0; i < entry->tensor.n_dimensions; i++)
    entry->shape.dims[i] = (guint64)entry->tensor.shape[i];
  return TRUE;
}

static gboolean
describe_array (const LimenPickleValue *value, Entry *entry)
{
  if (limen_numpy_array (value, &entry->numpy))
    return FALSE;
  entry->shape.type = number_of_numpy (&entry->numpy);
  entry->shape.big_endian = entry->numpy.big_endian;
  entry->shape.fortran = entry->numpy.fortran;
  entry->shape.n_dims = entry->numpy.n_dims;
  memcpy (entry->shape.dims, entry->numpy.dims, sizeof entry->numpy.dims);
  return TRUE;
}

static gboolean
take (const char *name, const LimenPickleValue *value, gpointer user_data, GError **error)
{
  LimenPickledArrays *arrays = user_data;
  Entry entry = {.tensor.name = (char *)name};
  if (arrays->entries->len >= MAX_ARRAYS)
    return TRUE;
  if (value->kind == LIMEN_PICKLE_TENSOR && !describe_tensor (arrays, value, &entry, error))
    return FALSE;
  if (!entry.storage && (value->kind != LIMEN_PICKLE_ARRAY || !describe_array (value, &entry)))
    return TRUE;
  split_planes (&entry.shape);
  entry.name = entry.tensor.name = g_strdup (name);
  g_array_append_val (arrays->entries, entry);
  return TRUE;
}

static void
entry_clear (gpointer entry)
{
  g_free (((Entry *)entry)->name);
}

static GBytes *
unpack (LimenPickledArrays *arrays, GError **error)
{
  const char *name;
  LimenArchive *archive = arrays->bytes
                              ? limen_archive_open_bytes (arrays->bytes, arrays->path, error)
                              : limen_archive_open (arrays->path, error);
  GBytes *bytes = NULL;
  if (!archive)
    return NULL;
  limen_archive_set_cancellable (archive, arrays->source.cancellable);
  if (limen_archive_next (archive, &name, error))
    bytes = limen_archive_read (archive, LIMEN_MAX_BYTES, error);
  limen_archive_free (archive);
  return bytes;
}

/* Of a gzipped file, @source becomes what is in it. */
static gboolean
open_source (LimenPickledArrays *arrays, GCancellable *cancellable, GError **error)
{
  if (!limen_source_open (&arrays->source, arrays->path, arrays->bytes, cancellable, error))
    return FALSE;
  g_autoptr (GBytes) start =
      limen_source_read (&arrays->source, 0, MIN (arrays->source.size, 2), error);
  if (!start)
    return FALSE;
  if (g_bytes_get_size (start) < 2 || memcmp (g_bytes_get_data (start, NULL), "\x1f\x8b", 2) != 0)
    return TRUE;
  GBytes *unpacked = unpack (arrays, error);
  if (!unpacked)
    return FALSE;
  limen_source_close (&arrays->source);
  g_clear_pointer (&arrays->bytes, g_bytes_unref);
  arrays->bytes = unpacked;
  return limen_source_open (&arrays->source, arrays->path, arrays->bytes, cancellable, error);
}

static gboolean
run_plain (LimenPickledArrays *arrays, GError **error)
{
  gsize n, used;
  if (arrays->source.size > LIMEN_MAX_BYTES)
    return limen_refuse (error, LIMEN_ERROR_UNSAFE, arrays->path,
                         "is larger than the 2 GiB that Limen reads of a pickle; save the images "
                         "with numpy.save");
  arrays->file.pickle = limen_source_read (&arrays->source, 0, arrays->source.size, error);
  if (!arrays->file.pickle)
    return FALSE;
  const guint8 *data = g_bytes_get_data (arrays->file.pickle, &n);
  arrays->file.torch = limen_torch_pickle_new (arrays->path, ADVICE);
  arrays->file.object = limen_torch_pickle_run (arrays->file.torch, data, n, &used, error);
  return arrays->file.object != NULL;
}

static gboolean
run (LimenPickledArrays *arrays, GError **error)
{
  g_autoptr (GBytes) start =
      limen_source_read (&arrays->source, 0, MIN (arrays->source.size, 16), error);
  gsize n = 0;
  const guint8 *data = start ? g_bytes_get_data (start, &n) : NULL;
  if (!start)
    return FALSE;
  if ((n >= 4 && memcmp (data, "PK\3\4", 4) == 0) || limen_is_torch_legacy (data, n))
    return limen_torch_file_open (&arrays->file, &arrays->source, ADVICE, error);
  return run_plain (arrays, error);
}

LimenPickledArrays *
limen_pickled_arrays_new (const char *path, GBytes *bytes, GCancellable *cancellable,
                          GError **error)
{
  g_autoptr (LimenPickledArrays) arrays = g_new0 (LimenPickledArrays, 1);
  arrays->path = g_strdup (path);
  arrays->bytes = bytes ? g_bytes_ref (bytes) : NULL;
  arrays->source.file = -1;
  arrays->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  g_array_set_clear_func (arrays->entries, entry_clear);
  if (!open_source (arrays, cancellable, error) || !run (arrays, error) ||
      !limen_torch_pickle_walk (arrays->file.torch, arrays->file.object, take, arrays, NULL, error))
    return NULL;
  arrays->is_sequence = arrays->file.object->kind != LIMEN_PICKLE_DICT;
  if (arrays->entries->len > 0)
    return g_steal_pointer (&arrays);
  limen_refuse (error, LIMEN_ERROR_FORMAT, path,
                "is a pickle without any array of numbers; choose the file of the images");
  return NULL;
}

void
limen_pickled_arrays_free (LimenPickledArrays *arrays)
{
  limen_source_close (&arrays->source);
  limen_torch_file_clear (&arrays->file);
  g_array_unref (arrays->entries);
  g_clear_pointer (&arrays->data, g_bytes_unref);
  g_clear_pointer (&arrays->bytes, g_bytes_unref);
  g_free (arrays->path);
  g_free (arrays);
}

/* Looking at it */

static const Entry *
nth (const LimenPickledArrays *arrays, guint index)
{
  return &g_array_index (arrays->entries, Entry, index);
}

guint
limen_pickled_arrays_n (const LimenPickledArrays *arrays)
{
  return arrays->entries->len;
}

const char *
limen_pickled_arrays_name (const LimenPickledArrays *arrays, guint index)
{
  return nth (arrays, index)->name;
}

const LimenArray *
limen_pickled_arrays_shape (const LimenPickledArrays *arrays, guint index)
{
  return &nth (arrays, index)->shape;
}

static guint
depth_of (const char *name)
{
  guint n = 1;
  for (const char *c = name; *c; c++)
    n += *c == '.';
  return n;
}

/* Tensors called so are a network's, whatever their shapes. */
static gboolean
is_named_like_weights (const char *name)
{
  return g_str_has_suffix (name, "weight") || g_str_has_suffix (name, "bias") ||
         g_str_has_suffix (name, "running_mean") || g_str_has_suffix (name, "exp_avg");
}

/* Bytes of at least two dimensions, or any numbers of three; of two, only those that lie in a list,
 * or are all there is: a dictionary of matrices is rather a network. */
static gboolean
looks_like_images (const LimenPickledArrays *arrays, const Entry *entry)
{
  const LimenImageSetOptions options = {0};
  gboolean bytes = entry->shape.type == LIMEN_NUMBER_U8;
  LimenArrayLook look = limen_array_look (&entry->shape, arrays->path, &options, NULL);
  gboolean colours =
      entry->shape.n_dims == 4 && (entry->shape.dims[1] == 3 || entry->shape.dims[3] == 3);
  if (depth_of (entry->name) > MAX_DEPTH)
    return FALSE;
  if (entry->shape.n_dims >= 3)
    return look == LIMEN_ARRAY_IMAGES || (colours && bytes);
  return look >= LIMEN_ARRAY_ROWS ? bytes || arrays->is_sequence : bytes && look == LIMEN_ARRAY_ONE;
}

gboolean
limen_pickled_arrays_are_weights (const LimenPickledArrays *arrays)
{
  for (guint i = 0; i < arrays->entries->len; i++)
    if (is_named_like_weights (nth (arrays, i)->name))
      return TRUE;
  return FALSE;
}

gboolean
limen_pickled_arrays_look_like_images (const LimenPickledArrays *arrays)
{
  for (guint i = 0; i < arrays->entries->len; i++)
    if (looks_like_images (arrays, nth (arrays, i)))
      return !limen_pickled_arrays_are_weights (arrays);
  return FALSE;
}

/* Choosing */

static gboolean
refuse_part (const LimenPickledArrays *arrays, const char *part, GError **error)
{
  g_autoptr (GString) names = g_string_new (NULL);
  g_autofree char *shown = limen_printable (part, strlen (part));
  guint n = arrays->entries->len;
  for (guint i = 0; i < MIN (n, MAX_NAMED); i++) {
    const char *name = nth (arrays, i)->name;
    g_autofree char *own = limen_printable (name, strlen (name));
    g_string_append_printf (names, "%s%s", i == 0 ? "" : i == n - 1 ? " or " : ", ", own);
  }
  return limen_refuse (error, LIMEN_ERROR_ARGUMENT, arrays->path, "has no array %s; choose %s%s",
                       shown, names->str, n > MAX_NAMED ? " or another" : "");
}

gboolean
limen_pickled_arrays_choose (const LimenPickledArrays *arrays, const char *name,
                             const LimenImageSetOptions *options, guint *index, GError **error)
{
  LimenArrayLook best = LIMEN_ARRAY_NONE;
  g_autoptr (GError) first = NULL;
  for (guint i = 0; i < arrays->entries->len; i++) {
    const Entry *entry = nth (arrays, i);
    if (name && g_str_equal (entry->name, name)) {
      *index = i;
      return TRUE;
    }
    LimenArrayLook look =
        limen_array_look (&entry->shape, arrays->path, options, first ? NULL : &first);
    if (look > best)
      *index = i;
    best = MAX (best, look);
  }
  if (name)
    return refuse_part (arrays, name, error);
  if (best == LIMEN_ARRAY_NONE)
    g_propagate_error (error, g_steal_pointer (&first));
  return best != LIMEN_ARRAY_NONE;
}

/* Reading */

/* Row by row, as an array's numbers lie; bfloat16, which arrays do not have, as float32. */
static GBytes *
pack_tensor (const LimenTensor *tensor)
{
  gboolean widen = tensor->dtype == LIMEN_DTYPE_BF16;
  gsize width = widen ? sizeof (float) : limen_dtype_size (tensor->dtype);
  gsize n = (gsize)limen_tensor_n_elements (tensor);
  if (!widen && limen_tensor_is_contiguous (tensor))
    return g_bytes_new_from_bytes (tensor->storage, n ? (gsize)tensor->offset * width : 0,
                                   n * width);
  g_autofree guint8 *packed = g_try_malloc (n * width + 1);
  if (!packed)
    return NULL;
  if (widen)
    limen_tensor_copy_floats (tensor, (float *)packed);
  else
    limen_tensor_copy_raw (tensor, packed);
  return g_bytes_new_take (g_steal_pointer (&packed), n * width);
}

static gboolean
read_tensor (LimenPickledArrays *arrays, Entry *entry, GError **error)
{
  entry->storage->wanted = TRUE;
  if (!limen_torch_file_read (&arrays->file, &arrays->source, error))
    return FALSE;
  entry->tensor.storage = entry->storage->bytes;
  arrays->data = pack_tensor (&entry->tensor);
  return arrays->data || limen_refuse (error, LIMEN_ERROR_UNSAFE, arrays->path,
                                       "needs more memory than there is; save a part of it");
}

gboolean
limen_pickled_arrays_read (LimenPickledArrays *arrays, guint index, LimenArray *array,
                           GError **error)
{
  Entry *entry = &g_array_index (arrays->entries, Entry, index);
  g_clear_pointer (&arrays->data, g_bytes_unref);
  if (entry->storage) {
    if (!read_tensor (arrays, entry, error))
      return FALSE;
  } else
    arrays->data = limen_numpy_array_bytes (&entry->numpy);
  if (!arrays->data)
    return limen_refuse (error, LIMEN_ERROR_DAMAGED, arrays->path,
                         "is damaged: its array %s does not have the numbers that its shape asks "
                         "for; fetch or save it again",
                         entry->name);
  *array = entry->shape;
  array->data = g_bytes_get_data (arrays->data, &array->size);
  return TRUE;
}
