#include "model/weights/torch-pickle.h"
#include "model/weights/source.h"

#include <string.h>

#define MAX_KEY    64        /* bytes of a storage's key: PyTorch writes decimal numbers */
#define MAX_NAME   1024      /* bytes of a full name */
#define MAX_DEPTH  64        /* of dictionaries in dictionaries */
#define MAX_VISITS (1 << 18) /* values that may be met on the way to the tensors */
#define MAX_COPIED (1 << 22) /* entries of dictionaries made of lists of pairs */

struct LimenTorchPickle {
  const char *path;
  LimenPickle *pickle;
  GHashTable *storages;    /* char * → LimenTorchStorage */
  GPtrArray *of_tensors;   /* (n_tensors): the storage of each tensor of the checkpoint */
  LimenPickleValue *other; /* what calls return when Limen has no use for it */
  guint n_copied;
};

/* Names */

typedef enum { MAKES_OTHER, MAKES_DICT, MAKES_TENSOR, MAKES_FIRST_ARGUMENT, IS_STORAGE } Meaning;

/* The fixed list. A call of any of them runs nothing: it makes a plain value, or one to be ignored.
 */
static const struct Known {
  const char *module, *name;
  Meaning meaning;
  LimenDtype dtype; /* of a storage */
} known[] = {
    {"collections", "OrderedDict", MAKES_DICT},
    {"torch._utils", "_rebuild_tensor_v2", MAKES_TENSOR},
    {"torch._utils", "_rebuild_tensor", MAKES_TENSOR},
    {"torch._utils", "_rebuild_parameter", MAKES_FIRST_ARGUMENT},
    {"torch._utils", "_rebuild_parameter_with_state", MAKES_FIRST_ARGUMENT},
    {"torch", "FloatStorage", IS_STORAGE, LIMEN_DTYPE_F32},
    {"torch", "HalfStorage", IS_STORAGE, LIMEN_DTYPE_F16},
    {"torch", "BFloat16Storage", IS_STORAGE, LIMEN_DTYPE_BF16},
    {"torch", "DoubleStorage", IS_STORAGE, LIMEN_DTYPE_F64},
    {"torch", "LongStorage", IS_STORAGE, LIMEN_DTYPE_I64},
    {"torch", "IntStorage", IS_STORAGE, LIMEN_DTYPE_I32},
    {"torch", "ShortStorage", IS_STORAGE, LIMEN_DTYPE_I16},
    {"torch", "CharStorage", IS_STORAGE, LIMEN_DTYPE_I8},
    {"torch", "ByteStorage", IS_STORAGE, LIMEN_DTYPE_U8},
    {"torch", "BoolStorage", IS_STORAGE, LIMEN_DTYPE_BOOL},
    {"torch.storage", "UntypedStorage", IS_STORAGE, LIMEN_DTYPE_U8},
    {"torch.storage", "_UntypedStorage", IS_STORAGE, LIMEN_DTYPE_U8},
    {"torch.storage", "TypedStorage", MAKES_OTHER},
    {"torch", "Size", MAKES_FIRST_ARGUMENT},
    {"torch", "device", MAKES_OTHER},
    {"torch.serialization", "_get_layout", MAKES_OTHER},
    {"torch", "float16", MAKES_OTHER},
    {"torch", "bfloat16", MAKES_OTHER},
    {"torch", "float32", MAKES_OTHER},
    {"torch", "float64", MAKES_OTHER},
    {"torch", "uint8", MAKES_OTHER},
    {"torch", "int8", MAKES_OTHER},
    {"torch", "int16", MAKES_OTHER},
    {"torch", "int32", MAKES_OTHER},
    {"torch", "int64", MAKES_OTHER},
    {"torch", "bool", MAKES_OTHER},
    {"__builtin__", "set", MAKES_OTHER},
    {"builtins", "set", MAKES_OTHER},
    {"_codecs", "encode", MAKES_OTHER},
    {"numpy", "dtype", MAKES_OTHER},
    {"numpy", "ndarray", MAKES_OTHER},
    {"numpy.core.multiarray", "scalar", MAKES_OTHER},
    {"numpy.core.multiarray", "_reconstruct", MAKES_OTHER},
    {"numpy._core.multiarray", "scalar", MAKES_OTHER},
    {"numpy._core.multiarray", "_reconstruct", MAKES_OTHER},
};

/* Classes are named with a capital letter: such a file holds objects, not only their weights. */
static void
refuse_name (LimenTorchPickle *torch, const LimenPickleValue *module, const LimenPickleValue *name,
             GError **error)
{
  g_autofree char *shown_module = limen_printable (module->text, module->n);
  g_autofree char *shown_name = limen_printable (name->text, name->n);
  if (g_ascii_isupper (shown_name[0]))
    limen_refuse (error, LIMEN_ERROR_UNSAFE, torch->path,
                  "holds a Python object of class %s.%s, which Limen never builds; save only the "
                  "weights with torch.save(model.state_dict(), …)",
                  shown_module, shown_name);
  else
    limen_refuse (error, LIMEN_ERROR_UNSAFE, torch->path,
                  "asks Python to run %s.%s, which Limen never does; save only the weights with "
                  "torch.save(model.state_dict(), …)",
                  shown_module, shown_name);
}

static gconstpointer
find_name (gpointer data, const LimenPickleValue *module, const LimenPickleValue *name,
           GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (limen_pickle_is_text (name, known[i].name) &&
        limen_pickle_is_text (module, known[i].module))
      return &known[i];
  refuse_name (data, module, name, error);
  return NULL;
}

/* Calls */

static LimenPickleValue *
fail (LimenTorchPickle *torch, const char *reason, GError **error)
{
  limen_refuse (error, LIMEN_ERROR_DAMAGED, torch->path, "is damaged: %s; fetch or save it again",
                reason);
  return NULL;
}

static gboolean
is_sequence (const LimenPickleValue *value)
{
  return value->kind == LIMEN_PICKLE_TUPLE || value->kind == LIMEN_PICKLE_LIST;
}

/* OrderedDict(), or as Python 2 pickled it, OrderedDict([[key, value], …]) */
static LimenPickleValue *
make_dict (LimenTorchPickle *torch, LimenPickleValue *arguments, GError **error)
{
  LimenPickleValue *dict = limen_pickle_value (torch->pickle, LIMEN_PICKLE_DICT);
  LimenPickleValue *pairs = arguments->n ? arguments->items[0] : NULL;
  for (guint i = 0; pairs && is_sequence (pairs) && i < pairs->n; i++) {
    LimenPickleValue *pair = pairs->items[i];
    if (!is_sequence (pair) || pair->n != 2 || ++torch->n_copied > MAX_COPIED)
      return fail (torch, "it builds a dictionary from what are not pairs", error);
    limen_pickle_append (dict, pair->items[0]);
    limen_pickle_append (dict, pair->items[1]);
  }
  return dict;
}

static LimenPickleValue *
call_name (gpointer data, gconstpointer meaning, LimenPickleValue *arguments, GError **error)
{
  LimenTorchPickle *torch = data;
  switch (((const struct Known *)meaning)->meaning) {
  case MAKES_OTHER:
    return torch->other;
  case MAKES_DICT:
    return make_dict (torch, arguments, error);
  case MAKES_TENSOR: /* (storage, offset, shape, strides, …), looked at when it turns out to have a
                        name */
    if (arguments->n < 4 || arguments->items[0]->kind != LIMEN_PICKLE_STORAGE)
      return fail (torch, "it builds a tensor from what is not a storage", error);
    LimenPickleValue *tensor = limen_pickle_value (torch->pickle, LIMEN_PICKLE_TENSOR);
    tensor->of = arguments;
    return tensor;
  case MAKES_FIRST_ARGUMENT:
    if (arguments->n > 0)
      return arguments->items[0];
    return fail (torch, "it builds a parameter from nothing", error);
  case IS_STORAGE:
    break;
  }
  return fail (torch, "it calls what can't be called", error);
}

/* Storages */

static void
storage_free (gpointer data)
{
  LimenTorchStorage *storage = data;
  g_clear_pointer (&storage->bytes, g_bytes_unref);
  g_free (storage);
}

LimenTorchStorage *
limen_torch_pickle_storage (LimenTorchPickle *torch, const char *key)
{
  return g_hash_table_lookup (torch->storages, key);
}

/* The persistent ID ("storage", type, key, device, n_elements, …) stands for a storage that follows
 * in the file. */
static LimenPickleValue *
load_storage (gpointer data, LimenPickleValue *id, GError **error)
{
  LimenTorchPickle *torch = data;
  LimenPickleValue **items = id->items;
  if (id->kind != LIMEN_PICKLE_TUPLE || id->n < 5 || !limen_pickle_is_text (items[0], "storage") ||
      items[1]->kind != LIMEN_PICKLE_NAME || items[2]->kind != LIMEN_PICKLE_TEXT ||
      items[2]->n > MAX_KEY || items[4]->kind != LIMEN_PICKLE_INTEGER)
    return fail (torch, "it refers to a storage in a way that torch.save never writes", error);
  const struct Known *type = items[1]->meaning;
  gint64 n = items[4]->integer;
  if (type->meaning != IS_STORAGE || n < 0 || n > G_MAXINT64 / 8)
    return fail (torch, "it refers to a storage of no possible type or size", error);

  g_autofree char *key = g_strndup (items[2]->text, items[2]->n);
  LimenTorchStorage *storage = limen_torch_pickle_storage (torch, key);
  if (!storage) {
    storage = g_new0 (LimenTorchStorage, 1);
    storage->dtype = type->dtype;
    storage->n_elements = n;
    g_hash_table_insert (torch->storages, g_strdup (key), storage);
  }
  if (storage->dtype != type->dtype || storage->n_elements != n)
    return fail (torch, "it gives one storage two types or sizes", error);
  LimenPickleValue *value = limen_pickle_value (torch->pickle, LIMEN_PICKLE_STORAGE);
  value->of = id;
  return value;
}

/* Tensors */

static gboolean
get_integer (const LimenPickleValue *value, gint64 *integer)
{
  *integer = value->kind == LIMEN_PICKLE_INTEGER ? value->integer : 0;
  return value->kind == LIMEN_PICKLE_INTEGER;
}

static gboolean
get_integers (const LimenPickleValue *value, gint64 *integers, guint *n)
{
  *n = value->n;
  if (!is_sequence (value) || value->n > LIMEN_MAX_DIMENSIONS)
    return FALSE;
  for (guint i = 0; i < value->n; i++)
    if (!get_integer (value->items[i], &integers[i]))
      return FALSE;
  return TRUE;
}

/* The older format has views of storages: a sixth item of the ID, (key, offset, n_elements), or
 * None. */
static gboolean
get_view (const LimenPickleValue *id, gint64 *offset, gint64 *end)
{
  const LimenPickleValue *view = id->n > 5 ? id->items[5] : NULL;
  gint64 n_stored = id->items[4]->integer, n;
  *offset = 0;
  *end = n_stored;
  if (!view || view->kind != LIMEN_PICKLE_TUPLE)
    return TRUE;
  return view->n == 3 && get_integer (view->items[1], offset) && get_integer (view->items[2], &n) &&
         *offset >= 0 && n >= 0 && !__builtin_add_overflow (*offset, n, end) && *end <= n_stored;
}

static gboolean
decode_tensor (const LimenPickleValue *value, LimenTensor *tensor, gint64 *n_stored)
{
  LimenPickleValue **arguments = value->of->items;
  guint n_strides;
  gint64 start, offset;
  if (!get_view (arguments[0]->of, &start, n_stored) || !get_integer (arguments[1], &offset) ||
      offset < 0 || __builtin_add_overflow (start, offset, &tensor->offset))
    return FALSE;
  return get_integers (arguments[2], tensor->shape, &tensor->n_dimensions) &&
         get_integers (arguments[3], tensor->stride, &n_strides) &&
         n_strides == tensor->n_dimensions;
}

typedef struct {
  LimenTorchPickle *torch;
  LimenCheckpoint *checkpoint;
  GString *name;
  guint n_visits;
  GError **error;
} Walk;

static gboolean
add_tensor (Walk *walk, const LimenPickleValue *value)
{
  LimenTorchPickle *torch = walk->torch;
  const LimenPickleValue *id = value->of->items[0]->of;
  g_autofree char *key = g_strndup (id->items[2]->text, id->items[2]->n);
  g_autofree char *name = g_utf8_make_valid (walk->name->str, (gssize)walk->name->len);
  LimenTorchStorage *storage = limen_torch_pickle_storage (torch, key);
  LimenTensor tensor = {.name = *name ? name : (char *)"tensor", .dtype = storage->dtype};
  gint64 n_stored;
  const char *flaw = "has no possible shape";
  if (decode_tensor (value, &tensor, &n_stored))
    flaw = limen_tensor_flaw (&tensor, n_stored);
  if (flaw) {
    g_autofree char *shown = limen_printable (tensor.name, strlen (tensor.name));
    return limen_refuse (walk->error, LIMEN_ERROR_DAMAGED, torch->path,
                         "is damaged: its tensor %s %s; fetch or save it again", shown, flaw);
  }
  if (!limen_checkpoint_add (walk->checkpoint, &tensor, walk->error))
    return FALSE;
  storage->wanted = TRUE;
  g_ptr_array_add (torch->of_tensors, storage);
  return TRUE;
}

static gboolean visit (Walk *walk, const LimenPickleValue *value, guint depth);

static gboolean
has_items (const LimenPickleValue *value)
{
  return is_sequence (value) || value->kind == LIMEN_PICKLE_DICT;
}

/* Visits what stands under @key, with the key joined to the name: text or an integer; what has
 * another key, no state_dict() would have. */
static gboolean
visit_entry (Walk *walk, const LimenPickleValue *key, gint64 index, const LimenPickleValue *value,
             guint depth)
{
  gsize n = walk->name->len;
  gboolean is_text = key && key->kind == LIMEN_PICKLE_TEXT;
  if (!has_items (value) && value->kind != LIMEN_PICKLE_TENSOR)
    return TRUE;
  if (key && !is_text && !get_integer (key, &index))
    return TRUE;
  if (n > 0)
    g_string_append_c (walk->name, '.');
  if (is_text)
    g_string_append_len (walk->name, key->text, MIN (key->n, MAX_NAME + 1));
  else
    g_string_append_printf (walk->name, "%" G_GINT64_FORMAT, index);
  gboolean ok = visit (walk, value, depth + 1);
  g_string_truncate (walk->name, n);
  return ok;
}

/* Dictionaries may share parts, or contain themselves: without limits, a short pickle is an endless
 * tree. */
static gboolean
visit (Walk *walk, const LimenPickleValue *value, guint depth)
{
  if (value->kind == LIMEN_PICKLE_TENSOR)
    return add_tensor (walk, value);
  if (!has_items (value))
    return TRUE;
  walk->n_visits += value->n;
  if (depth > MAX_DEPTH || walk->n_visits > MAX_VISITS || walk->name->len > MAX_NAME)
    return limen_refuse (walk->error, LIMEN_ERROR_UNSAFE, walk->torch->path,
                         "nests its values deeper than any honest file; save only the weights with "
                         "torch.save(model.state_dict(), …)");
  if (value->kind == LIMEN_PICKLE_DICT) {
    for (guint i = 0; i + 1 < value->n; i += 2)
      if (!visit_entry (walk, value->items[i], 0, value->items[i + 1], depth))
        return FALSE;
    return TRUE;
  }
  for (guint i = 0; i < value->n; i++)
    if (!visit_entry (walk, NULL, i, value->items[i], depth))
      return FALSE;
  return TRUE;
}

gboolean
limen_torch_pickle_collect (LimenTorchPickle *torch, const LimenPickleValue *value,
                            LimenCheckpoint *checkpoint, GError **error)
{
  Walk walk = {torch, checkpoint, g_string_new (NULL), 0, error};
  gboolean ok = visit (&walk, value, 0);
  g_string_free (walk.name, TRUE);
  return ok;
}

guint64
limen_torch_pickle_n_wanted (LimenTorchPickle *torch)
{
  GHashTableIter iter;
  LimenTorchStorage *storage;
  guint64 sum = 0;
  g_hash_table_iter_init (&iter, torch->storages);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&storage)) {
    guint64 n = (guint64)storage->n_elements * limen_dtype_size (storage->dtype);
    if (storage->wanted)
      sum = n > G_MAXUINT64 - sum ? G_MAXUINT64 : sum + n;
  }
  return sum;
}

static GBytes *
swap_bytes (GBytes *bytes, gsize width)
{
  gsize n;
  guint8 *data = g_bytes_unref_to_data (bytes, &n);
  for (gsize i = 0; i + width <= n; i += width)
    for (gsize j = 0; j < width / 2; j++) {
      guint8 low = data[i + j];
      data[i + j] = data[i + width - 1 - j];
      data[i + width - 1 - j] = low;
    }
  return g_bytes_new_take (data, n);
}

gboolean
limen_torch_pickle_fill (LimenTorchPickle *torch, LimenCheckpoint *checkpoint, gboolean swap,
                         GError **error)
{
  GHashTableIter iter;
  LimenTorchStorage *storage;
  const char *key;
  g_hash_table_iter_init (&iter, torch->storages);
  while (g_hash_table_iter_next (&iter, (gpointer *)&key, (gpointer *)&storage)) {
    gsize width = limen_dtype_size (storage->dtype);
    if (storage->wanted && !storage->bytes && storage->n_elements == 0)
      storage->bytes = g_bytes_new (NULL, 0);
    if (storage->wanted && (!storage->bytes || g_bytes_get_size (storage->bytes) !=
                                                   (gsize)storage->n_elements * width)) {
      g_autofree char *shown = limen_printable (key, strlen (key));
      return limen_refuse (error, LIMEN_ERROR_DAMAGED, torch->path,
                           "is damaged: its storage %s is %s; fetch or save it again", shown,
                           storage->bytes ? "cut off" : "missing");
    }
    if (swap && storage->bytes)
      storage->bytes = swap_bytes (storage->bytes, width);
  }
  for (guint i = 0; i < torch->of_tensors->len; i++) {
    storage = g_ptr_array_index (torch->of_tensors, i);
    limen_checkpoint_nth (checkpoint, i)->storage = g_bytes_ref (storage->bytes);
  }
  return TRUE;
}

/* Its life */

static const LimenPickleWorld world = {find_name, call_name, load_storage};

LimenTorchPickle *
limen_torch_pickle_new (const char *path)
{
  LimenTorchPickle *torch = g_new0 (LimenTorchPickle, 1);
  torch->path = path;
  torch->pickle = limen_pickle_new (path, &world, torch);
  torch->storages = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, storage_free);
  torch->of_tensors = g_ptr_array_new ();
  torch->other = limen_pickle_value (torch->pickle, LIMEN_PICKLE_OTHER);
  return torch;
}

void
limen_torch_pickle_free (LimenTorchPickle *torch)
{
  limen_pickle_free (torch->pickle);
  g_hash_table_unref (torch->storages);
  g_ptr_array_unref (torch->of_tensors);
  g_free (torch);
}

LimenPickleValue *
limen_torch_pickle_run (LimenTorchPickle *torch, const guint8 *data, gsize n, gsize *used,
                        GError **error)
{
  return limen_pickle_run (torch->pickle, data, n, used, error);
}
