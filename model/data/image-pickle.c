#include "model/data/image-pickle.h"
#include "model/data/archive.h"
#include "model/data/torch-file.h"
#include "model/pickle/numpy-array.h"

#include <math.h>
#include <string.h>

#define ADVICE                                                                                     \
  "save the images alone with numpy.save, or, if it is a network, its weights with "               \
  "torch.save(model.state_dict(), …)"
#define MAX_ARRAYS (1 << 17)
#define MAX_DEPTH  2 /* of dictionaries and tuples around images */
#define MAX_NAMED  5 /* arrays, in a message */

/* One array in the file */
typedef struct {
  gsize key;        /* where in its name the last key begins */
  LimenArray shape; /* without data */
  LimenTensor tensor;
  LimenTorchStorage *storage; /* of a tensor; NULL for an array of NumPy: */
  LimenNumpyArray numpy;
} Part;

/* An array as it is offered: one in the file, or many that are one image each */
typedef struct {
  char *name;
  LimenArray shape;
  GArray *parts; /* indices of them, guint */
} Entry;

struct LimenPickledArrays {
  char *path;
  GBytes *bytes; /* nullable: the content of the file, where it is in memory */
  LimenSource source;
  LimenTorchFile file; /* of a plain pickle, only its machine and object */
  GArray *parts;
  GPtrArray *names; /* of each part */
  GArray *entries;
  GBytes *data; /* of the array that was read */
  gboolean is_sequence;
};

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
describe_tensor (LimenPickledArrays *arrays, const LimenPickleValue *value, Part *part,
                 GError **error)
{
  g_autofree char *passed = NULL;
  if (!limen_torch_pickle_tensor (arrays->file.torch, value, &part->tensor, &part->storage, &passed,
                                  error))
    return FALSE;
  if (!part->storage)
    return TRUE;
  part->storage->wanted = FALSE; /* only that of the chosen one will be */
  gboolean widens = part->tensor.dtype == LIMEN_NUMBER_BF16; /* see pack_tensor() */
  part->shape.type = widens ? LIMEN_NUMBER_F32 : part->tensor.dtype;
  part->shape.n_dims = part->tensor.n_dimensions;
  for (guint i = 0; i < part->tensor.n_dimensions; i++)
    part->shape.dims[i] = (guint64)part->tensor.shape[i];
  return TRUE;
}

static gboolean
describe_array (const LimenPickleValue *value, Part *part)
{
  if (limen_numpy_array (value, &part->numpy))
    return FALSE;
  part->shape.type = part->numpy.type;
  part->shape.big_endian = part->numpy.big_endian;
  part->shape.fortran = part->numpy.fortran;
  part->shape.n_dims = part->numpy.n_dims;
  memcpy (part->shape.dims, part->numpy.dims, sizeof part->numpy.dims);
  return TRUE;
}

static gboolean
take (const char *name, gsize key, const LimenPickleValue *value, gpointer user_data,
      GError **error)
{
  LimenPickledArrays *arrays = user_data;
  Part part = {.key = key, .tensor.name = (char *)name};
  if (value->kind == LIMEN_PICKLE_TENSOR && !describe_tensor (arrays, value, &part, error))
    return FALSE;
  if (!part.storage && (value->kind != LIMEN_PICKLE_ARRAY || !describe_array (value, &part)))
    return TRUE;
  if (arrays->parts->len >= MAX_ARRAYS)
    return limen_refuse (error, LIMEN_ERROR_UNSAFE, arrays->path,
                         "holds more than %d arrays; save them as one", MAX_ARRAYS);
  split_planes (&part.shape);
  part.tensor.name = g_strdup (name);
  g_ptr_array_add (arrays->names, part.tensor.name);
  g_array_append_val (arrays->parts, part);
  return TRUE;
}

/* Many arrays of one image each: a list of them, or of pairs of an image and its label, or a
 * dictionary. They are those of one shape and type whose names differ in their first number before
 * the last key, or else in that key. */

static gboolean
may_be_one_image (const LimenArray *shape)
{
  const LimenImageSetOptions options = {0};
  guint n = shape->n_dims;
  gboolean has_channels = n == 3 && (shape->dims[0] == 1 || shape->dims[0] == 3);
  return (has_channels && shape->dims[1] > 3 && shape->dims[2] > 3) ||
         (n == 2 && limen_array_look (shape, "", &options, NULL) == LIMEN_ARRAY_ONE);
}

static char *
pattern_of (const char *name, const Part *part)
{
  g_autofree char *before = g_strndup (name, part->key);
  g_auto (GStrv) words = g_strsplit (before, ".", -1);
  g_autofree char *shape = limen_array_to_string (&part->shape);
  gboolean starred = FALSE;
  for (guint i = 0; words[i] && !starred; i++) {
    starred = *words[i] && strspn (words[i], "0123456789") == strlen (words[i]);
    if (starred) {
      g_free (words[i]);
      words[i] = g_strdup ("*");
    }
  }
  g_autofree char *pattern = g_strjoinv (".", words);
  return g_strdup_printf ("%s%s\n%s %d", pattern, starred ? name + part->key : "*", shape,
                          part->shape.big_endian);
}

static void
add_entry (LimenPickledArrays *arrays, guint index, const char *name)
{
  const Part *part = &g_array_index (arrays->parts, Part, index);
  Entry entry = {g_strdup (name), part->shape, g_array_new (FALSE, FALSE, sizeof (guint))};
  g_array_append_val (entry.parts, index);
  g_array_append_val (arrays->entries, entry);
}

/* Becomes (n, h, w) or (n, c, h, w); a file with one array alone keeps it as it is. */
static void
make_stack (Entry *entry)
{
  char *end_of_name = strchr (entry->name, '\n');
  for (guint i = entry->shape.n_dims; i > 0; i--)
    entry->shape.dims[i] = entry->shape.dims[i - 1];
  entry->shape.dims[0] = entry->parts->len;
  entry->shape.n_dims++;
  entry->shape.fortran = FALSE;
  if (end_of_name)
    *end_of_name = '\0';
}

static void
make_entries (LimenPickledArrays *arrays)
{
  g_autoptr (GHashTable) stacks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < arrays->parts->len; i++) {
    const Part *part = &g_array_index (arrays->parts, Part, i);
    const char *name = arrays->names->pdata[i];
    if (!may_be_one_image (&part->shape) || part->shape.fortran) {
      add_entry (arrays, i, name);
      continue;
    }
    g_autofree char *pattern = pattern_of (name, part);
    gpointer known = g_hash_table_lookup (stacks, pattern);
    if (known) {
      Entry *entry = &g_array_index (arrays->entries, Entry, GPOINTER_TO_UINT (known) - 1);
      g_array_append_val (entry->parts, i);
      continue;
    }
    add_entry (arrays, i, pattern);
    g_hash_table_insert (stacks, g_steal_pointer (&pattern),
                         GUINT_TO_POINTER (arrays->entries->len));
  }
  for (guint i = 0; i < arrays->entries->len; i++) {
    Entry *entry = &g_array_index (arrays->entries, Entry, i);
    guint first = g_array_index (entry->parts, guint, 0);
    if (entry->parts->len > 1)
      make_stack (entry);
    else {
      g_free (entry->name);
      entry->name = g_strdup (arrays->names->pdata[first]);
    }
  }
}

static void
entry_clear (gpointer data)
{
  Entry *entry = data;
  g_free (entry->name);
  g_array_unref (entry->parts);
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
  arrays->parts = g_array_new (FALSE, FALSE, sizeof (Part));
  arrays->names = g_ptr_array_new_with_free_func (g_free);
  arrays->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  g_array_set_clear_func (arrays->entries, entry_clear);
  if (!open_source (arrays, cancellable, error) || !run (arrays, error) ||
      !limen_torch_pickle_walk (arrays->file.torch, arrays->file.object, take, arrays, NULL, error))
    return NULL;
  make_entries (arrays);
  arrays->is_sequence = arrays->file.object->kind != LIMEN_PICKLE_DICT;
  if (arrays->entries->len > 0)
    return g_steal_pointer (&arrays);
  const char *wrong = limen_torch_pickle_odd_array (arrays->file.torch, arrays->file.object);
  if (wrong)
    limen_refuse (error, LIMEN_ERROR_FORMAT, path,
                  "is a pickle without any array of numbers: its array %s; save it with numpy.save "
                  "as an array of uint8 or float32",
                  wrong);
  else
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
  g_array_unref (arrays->parts);
  g_ptr_array_unref (arrays->names);
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
  if (depth_of (entry->name) > MAX_DEPTH ||
      (entry->parts->len > 1 && !bytes && !arrays->is_sequence))
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

char **
limen_pickled_arrays_members (const LimenPickledArrays *arrays, guint index,
                              const LimenImageSetOptions *options)
{
  LimenArrayLook look = limen_array_look (&nth (arrays, index)->shape, arrays->path, options, NULL);
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  for (guint i = 0; i < arrays->entries->len; i++) {
    const Entry *entry = nth (arrays, i);
    if (i == index || limen_array_look (&entry->shape, arrays->path, options, NULL) >= look)
      g_strv_builder_add (names, entry->name);
  }
  return g_strv_builder_end (names);
}

/* Reading */

/* Row by row, as an array's numbers lie; bfloat16, which arrays do not have, as float32. */
static GBytes *
pack_tensor (const LimenTensor *tensor)
{
  gboolean widen = tensor->dtype == LIMEN_NUMBER_BF16;
  gsize width = widen ? sizeof (float) : limen_number_size (tensor->dtype);
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
read_storages (LimenPickledArrays *arrays, const Entry *entry, GError **error)
{
  gboolean has_tensors = FALSE;
  for (guint i = 0; i < entry->parts->len; i++) {
    Part *part = &g_array_index (arrays->parts, Part, g_array_index (entry->parts, guint, i));
    has_tensors |= part->storage != NULL;
    if (part->storage)
      part->storage->wanted = TRUE;
  }
  return !has_tensors || limen_torch_file_read (&arrays->file, &arrays->source, error);
}

static GBytes *
read_part (Part *part)
{
  if (!part->storage)
    return limen_numpy_array_bytes (&part->numpy);
  part->tensor.storage = part->storage->bytes;
  return pack_tensor (&part->tensor);
}

static gboolean
refuse_part_of (const LimenPickledArrays *arrays, const char *name, GError **error)
{
  g_autofree char *shown = limen_printable (name, strlen (name));
  return limen_refuse (error, LIMEN_ERROR_DAMAGED, arrays->path,
                       "is damaged: its array %s does not have the numbers that its shape asks "
                       "for; fetch or save it again",
                       shown);
}

/* One after the other, where there are several */
static gboolean
read_parts (LimenPickledArrays *arrays, const Entry *entry, gsize n_bytes, GError **error)
{
  guint n = entry->parts->len;
  g_autofree guint8 *joined = n > 1 ? g_try_malloc (n_bytes + 1) : NULL;
  if (n > 1 && !joined)
    return limen_refuse (error, LIMEN_ERROR_UNSAFE, arrays->path,
                         "needs more memory than there is; save a part of it");
  for (guint i = 0; i < n; i++) {
    guint index = g_array_index (entry->parts, guint, i);
    g_autoptr (GBytes) bytes = read_part (&g_array_index (arrays->parts, Part, index));
    if (!bytes || g_bytes_get_size (bytes) != n_bytes / n)
      return refuse_part_of (arrays, arrays->names->pdata[index], error);
    if (n == 1)
      arrays->data = g_steal_pointer (&bytes);
    else
      memcpy (joined + i * (n_bytes / n), g_bytes_get_data (bytes, NULL), n_bytes / n);
  }
  if (n > 1)
    arrays->data = g_bytes_new_take (g_steal_pointer (&joined), n_bytes);
  return TRUE;
}

gboolean
limen_pickled_arrays_read (LimenPickledArrays *arrays, guint index, LimenArray *array,
                           GError **error)
{
  const Entry *entry = nth (arrays, index);
  gsize n_bytes;
  g_clear_pointer (&arrays->data, g_bytes_unref);
  if (!limen_array_n_bytes (&entry->shape, &n_bytes))
    return refuse_part_of (arrays, entry->name, error);
  if (entry->parts->len > 1 && n_bytes > LIMEN_MAX_BYTES)
    return limen_refuse (error, LIMEN_ERROR_UNSAFE, arrays->path,
                         "holds images of more than the 2 GiB that Limen reads; save a part of "
                         "them");
  if (!read_storages (arrays, entry, error) || !read_parts (arrays, entry, n_bytes, error))
    return FALSE;
  *array = entry->shape;
  array->data = g_bytes_get_data (arrays->data, &array->size);
  return TRUE;
}
