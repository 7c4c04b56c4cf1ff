#include "model/pickle/torch-pickle.h"
#include "model/pickle/numpy-array.h"
#include "model/pickle/names.h"

#include <string.h>

#define MAX_KEY    64        /* bytes of a storage's key: PyTorch writes decimal numbers */
#define MAX_NAME   1024      /* bytes of a full name */
#define MAX_DEPTH  64        /* of dictionaries in dictionaries */
#define MAX_VISITS (1 << 18) /* values that may be met on the way to the tensors; but of a */
#define FEW_VISITS 4096      /* short pickle no more than these and MANY_TIMES its instructions */
#define MANY_TIMES 8
#define MAX_COPIED (1 << 22) /* entries of dictionaries made of lists of pairs */

struct LimenTorchPickle {
  const char *path, *advice;
  LimenPickle *pickle;
  GHashTable *storages;    /* char * → LimenTorchStorage */
  LimenPickleValue *other; /* what calls return when Limen has no use for it */
  guint n_copied;
};

static gconstpointer
find_name (gpointer data, const LimenPickleValue *module, const LimenPickleValue *name,
           GError **error)
{
  LimenTorchPickle *torch = data;
  const LimenKnownName *known = limen_known_name (module, name);
  if (!known)
    limen_refuse_name (torch->path, torch->advice, module, name, error);
  return known;
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

/* bytes, as text: protocols before 3 have no bytes */
static LimenPickleValue *
make_encoded (LimenTorchPickle *torch, LimenPickleValue *arguments)
{
  static const char *const latin1[] = {"latin1", "latin-1", "iso-8859-1", NULL};
  if (arguments->n == 2 && arguments->items[0]->kind == LIMEN_PICKLE_TEXT)
    for (guint i = 0; latin1[i]; i++)
      if (limen_pickle_is_text (arguments->items[1], latin1[i])) {
        LimenPickleValue *bytes = limen_pickle_value (torch->pickle, LIMEN_PICKLE_LATIN1);
        bytes->text = arguments->items[0]->text;
        bytes->n = arguments->items[0]->n;
        return bytes;
      }
  return torch->other;
}

static LimenPickleValue *
make_of (LimenTorchPickle *torch, LimenPickleKind kind, LimenPickleValue *of)
{
  LimenPickleValue *value = limen_pickle_value (torch->pickle, kind);
  value->of = of;
  return value;
}

/* (storage, offset, shape, strides, …), looked at when it turns out to have a name */
static LimenPickleValue *
make_tensor (LimenTorchPickle *torch, LimenPickleValue *arguments, GError **error)
{
  if (arguments->n < 4 || arguments->items[0]->kind != LIMEN_PICKLE_STORAGE)
    return fail (torch, "it builds a tensor from what is not a storage", error);
  return make_of (torch, LIMEN_PICKLE_TENSOR, arguments);
}

static LimenPickleValue *
make_array (LimenTorchPickle *torch, LimenPickleValue *state)
{
  /* _frombuffer's (bytes, dtype, shape, order) in the order of a state */
  LimenPickleValue *of = limen_pickle_value (torch->pickle, LIMEN_PICKLE_TUPLE);
  static const guint order[] = {2, 1, 3, 0};
  for (guint i = 0; i < G_N_ELEMENTS (order) && state->n == 4; i++)
    limen_pickle_append (of, state->items[order[i]]);
  return make_of (torch, LIMEN_PICKLE_ARRAY, of);
}

static LimenPickleValue *
make_passed (LimenTorchPickle *torch, const char *what)
{
  LimenPickleValue *value = limen_pickle_value (torch->pickle, LIMEN_PICKLE_PASSED);
  value->what = what;
  return value;
}

static LimenPickleValue *
make_dtype (LimenTorchPickle *torch, LimenPickleValue *arguments)
{
  LimenPickleValue *of = limen_pickle_value (torch->pickle, LIMEN_PICKLE_TUPLE);
  limen_pickle_append (of, arguments);
  return make_of (torch, LIMEN_PICKLE_DTYPE, of);
}

static LimenPickleValue *
call_name (gpointer data, gconstpointer name, LimenPickleValue *arguments, GError **error)
{
  LimenTorchPickle *torch = data;
  const LimenKnownName *known = name;
  LimenPickleValue **items = arguments->items;
  switch (known->meaning) {
  case LIMEN_MEANS_OTHER:
    return torch->other;
  case LIMEN_MEANS_PASSED:
    return make_passed (torch, known->what);
  case LIMEN_MEANS_DICT:
    return make_dict (torch, arguments, error);
  case LIMEN_MEANS_TENSOR:
    return make_tensor (torch, arguments, error);
  case LIMEN_MEANS_FIRST_ARGUMENT:
    return arguments->n > 0 ? items[0] : fail (torch, "it builds a parameter from nothing", error);
  case LIMEN_MEANS_CALL_OF_FIRST: /* (function, class, arguments, state): never of itself */
    if (arguments->n < 3 || items[0]->kind != LIMEN_PICKLE_NAME ||
        items[2]->kind != LIMEN_PICKLE_TUPLE || items[0]->meaning == known)
      break;
    return call_name (data, items[0]->meaning, items[2], error);
  case LIMEN_MEANS_ARRAY:
    return make_of (torch, LIMEN_PICKLE_ARRAY, NULL);
  case LIMEN_MEANS_BUFFER_ARRAY:
    return make_array (torch, arguments);
  case LIMEN_MEANS_DTYPE:
    return make_dtype (torch, arguments);
  case LIMEN_MEANS_ENCODED:
    return make_encoded (torch, arguments);
  case LIMEN_MEANS_STORAGE:
  case LIMEN_MEANS_NUMBERS:
    break;
  }
  return fail (torch, "it calls what can't be called", error);
}

/* What NumPy's objects are is in their states: of an array (version, shape, dtype, order, bytes).
 * Of all others (PyTorch keeps version numbers in them) nothing is needed. */
static void
build_object (gpointer data, LimenPickleValue *object, LimenPickleValue *state)
{
  LimenTorchPickle *torch = data;
  if (state->kind != LIMEN_PICKLE_TUPLE)
    return;
  if (object->kind == LIMEN_PICKLE_DTYPE && object->of->n == 1)
    limen_pickle_append (object->of, state);
  if (object->kind != LIMEN_PICKLE_ARRAY || object->of || state->n != 5)
    return;
  object->of = limen_pickle_value (torch->pickle, LIMEN_PICKLE_TUPLE);
  for (guint i = 1; i < state->n; i++)
    limen_pickle_append (object->of, state->items[i]);
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
  const LimenKnownName *type = items[1]->meaning;
  gint64 n = items[4]->integer;
  if (type->meaning != LIMEN_MEANS_STORAGE || n < 0 || n > G_MAXINT64 / 16)
    return fail (torch, "it refers to a storage of no possible type or size", error);

  g_autofree char *key = g_strndup (items[2]->text, items[2]->n);
  LimenTorchStorage *storage = limen_torch_pickle_storage (torch, key);
  if (!storage) {
    storage = g_new0 (LimenTorchStorage, 1);
    storage->type = type->what;
    storage->dtype = type->dtype;
    storage->width = storage->swap_width = type->size;
    storage->n_elements = n;
    g_hash_table_insert (torch->storages, g_strdup (key), storage);
  }
  if (!g_str_equal (storage->type, type->what) || storage->n_elements != n)
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

/* Of a tensor in a storage without a type, _rebuild_tensor_v3() is told the type as its seventh
 * argument. */
static const LimenKnownName *
own_type (const LimenPickleValue *arguments)
{
  const LimenPickleValue *type = arguments->n > 6 ? arguments->items[6] : NULL;
  const LimenKnownName *known = type && type->kind == LIMEN_PICKLE_NAME ? type->meaning : NULL;
  return known && known->meaning == LIMEN_MEANS_NUMBERS ? known : NULL;
}

/* Numbers of a view may be stored with their sign, or that of their imaginary part, turned: then
 * the last argument is {"neg": True} or {"conj": True}. */
static gboolean
has_turned_sign (const LimenPickleValue *arguments)
{
  const LimenPickleValue *last = arguments->n > 6 ? arguments->items[arguments->n - 1] : NULL;
  for (guint i = 0; last && last->kind == LIMEN_PICKLE_DICT && i + 1 < last->n; i += 2)
    if (last->items[i + 1]->kind == LIMEN_PICKLE_INTEGER && last->items[i + 1]->integer)
      return TRUE;
  return FALSE;
}

static gboolean
decode_view (const LimenPickleValue *arguments, guint scale, LimenTensor *tensor, gint64 *n_stored)
{
  LimenPickleValue **items = arguments->items;
  guint n_strides;
  gint64 start, offset;
  if (!get_view (items[0]->of, &start, n_stored) || !get_integer (items[1], &offset) ||
      offset < 0 || (scale > 1 && start > 0) ||
      __builtin_add_overflow (start, offset, &tensor->offset))
    return FALSE;
  *n_stored /= scale;
  return get_integers (items[2], tensor->shape, &tensor->n_dimensions) &&
         get_integers (items[3], tensor->stride, &n_strides) && n_strides == tensor->n_dimensions;
}

static gboolean
refuse_tensor (LimenTorchPickle *torch, const LimenTensor *tensor, const char *flaw, GError **error)
{
  g_autofree char *shown = limen_printable (tensor->name, strlen (tensor->name));
  return limen_refuse (error, LIMEN_ERROR_DAMAGED, torch->path,
                       "is damaged: its tensor %s %s; fetch or save it again", shown, flaw);
}

gboolean
limen_torch_pickle_tensor (LimenTorchPickle *torch, const LimenPickleValue *value,
                           LimenTensor *tensor, LimenTorchStorage **storage, char **passed,
                           GError **error)
{
  const LimenPickleValue *arguments = value->of, *id = arguments->items[0]->of;
  const LimenKnownName *own = own_type (arguments);
  g_autofree char *key = g_strndup (id->items[2]->text, id->items[2]->n);
  LimenTorchStorage *stored = limen_torch_pickle_storage (torch, key);
  guint width = own ? own->size : stored->width;
  gint64 n_stored;
  *passed = NULL;
  *storage = NULL;
  if (width < stored->width || !decode_view (arguments, width / stored->width, tensor, &n_stored))
    return refuse_tensor (torch, tensor, "has no possible shape", error);
  const char *flaw = limen_tensor_flaw (tensor, n_stored);
  if (flaw)
    return refuse_tensor (torch, tensor, flaw, error);
  tensor->dtype = own ? own->dtype : stored->dtype;
  gboolean turned = has_turned_sign (arguments);
  if (tensor->dtype == LIMEN_N_NUMBER_TYPES || turned) {
    g_autofree char *shape = limen_tensor_shape_text (tensor);
    *passed = g_strdup_printf ("%s %s%s", own ? own->what : stored->type, shape,
                               turned ? ", a view with its sign turned" : "");
    return TRUE;
  }
  stored->wanted = TRUE;
  stored->swap_width = MAX (stored->swap_width, width);
  *storage = stored;
  return TRUE;
}

/* The walk */

typedef struct {
  LimenTorchPickle *torch;
  LimenFoundFunc found;
  gpointer user_data;
  GString *name;
  gsize key; /* where the last key in it begins */
  guint n_visits, n_others, max_visits;
  GError **error;
} Walk;

static gboolean
is_found (const LimenPickleValue *value)
{
  return value->kind == LIMEN_PICKLE_TENSOR || value->kind == LIMEN_PICKLE_ARRAY ||
         value->kind == LIMEN_PICKLE_PASSED;
}

static gboolean
report_found (Walk *walk, const LimenPickleValue *value)
{
  g_autofree char *name = g_utf8_make_valid (walk->name->str, (gssize)walk->name->len);
  gsize key = MIN (walk->key, strlen (name));
  return walk->found (*name ? name : "tensor", key, value, walk->user_data, walk->error);
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
  gboolean is_text = key && (key->kind == LIMEN_PICKLE_TEXT || key->kind == LIMEN_PICKLE_BYTES ||
                             key->kind == LIMEN_PICKLE_LATIN1);
  if (!has_items (value) && !is_found (value)) {
    walk->n_others++;
    return TRUE;
  }
  if (key && !is_text && !get_integer (key, &index))
    return TRUE;
  if (n > 0)
    g_string_append_c (walk->name, '.');
  walk->key = walk->name->len;
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
  if (is_found (value))
    return report_found (walk, value);
  if (!has_items (value))
    return TRUE;
  walk->n_visits += value->n;
  if (depth > MAX_DEPTH || walk->n_visits > walk->max_visits || walk->name->len > MAX_NAME)
    return limen_refuse (walk->error, LIMEN_ERROR_UNSAFE, walk->torch->path,
                         "nests its values deeper than any honest file; %s", walk->torch->advice);
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
limen_torch_pickle_walk (LimenTorchPickle *torch, const LimenPickleValue *value,
                         LimenFoundFunc found, gpointer user_data, guint *n_others, GError **error)
{
  guint64 n_steps = limen_pickle_n_steps (torch->pickle);
  guint max_visits = (guint)MIN (MAX_VISITS, FEW_VISITS + MANY_TIMES * n_steps);
  Walk walk = {torch, found, user_data, g_string_new (NULL), 0, 0, 0, max_visits, error};
  gboolean ok = visit (&walk, value, 0);
  g_string_free (walk.name, TRUE);
  if (n_others)
    *n_others = walk.n_others;
  return ok;
}

/* The numbers */

guint64
limen_torch_pickle_n_wanted (LimenTorchPickle *torch)
{
  GHashTableIter iter;
  LimenTorchStorage *storage;
  guint64 sum = 0;
  g_hash_table_iter_init (&iter, torch->storages);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&storage)) {
    guint64 n = (guint64)storage->n_elements * storage->width;
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
limen_torch_pickle_finish (LimenTorchPickle *torch, gboolean swap, GError **error)
{
  GHashTableIter iter;
  LimenTorchStorage *storage;
  const char *key;
  g_hash_table_iter_init (&iter, torch->storages);
  while (g_hash_table_iter_next (&iter, (gpointer *)&key, (gpointer *)&storage)) {
    if (storage->wanted && !storage->bytes && storage->n_elements == 0)
      storage->bytes = g_bytes_new (NULL, 0);
    if (storage->wanted && (!storage->bytes || g_bytes_get_size (storage->bytes) !=
                                                   (gsize)storage->n_elements * storage->width)) {
      g_autofree char *shown = limen_printable (key, strlen (key));
      return limen_refuse (error, LIMEN_ERROR_DAMAGED, torch->path,
                           "is damaged: its storage %s is %s; fetch or save it again", shown,
                           storage->bytes ? "cut off" : "missing");
    }
    if (swap && storage->bytes)
      storage->bytes = swap_bytes (storage->bytes, storage->swap_width);
  }
  return TRUE;
}

/* Its life */

static const LimenPickleWorld world = {find_name, call_name, build_object, load_storage};

LimenTorchPickle *
limen_torch_pickle_new (const char *path, const char *advice)
{
  LimenTorchPickle *torch = g_new0 (LimenTorchPickle, 1);
  torch->path = path;
  torch->advice = advice;
  torch->pickle = limen_pickle_new (path, advice, &world, torch);
  torch->storages = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, storage_free);
  torch->other = limen_pickle_value (torch->pickle, LIMEN_PICKLE_OTHER);
  return torch;
}

void
limen_torch_pickle_free (LimenTorchPickle *torch)
{
  limen_pickle_free (torch->pickle);
  g_hash_table_unref (torch->storages);
  g_free (torch);
}

LimenPickleValue *
limen_torch_pickle_run (LimenTorchPickle *torch, const guint8 *data, gsize n, gsize *used,
                        GError **error)
{
  return limen_pickle_run (torch->pickle, data, n, used, error);
}

static gboolean
see_array (const char *name, gsize key, const LimenPickleValue *value, gpointer user_data,
           GError **error)
{
  const char **wrong = user_data;
  LimenNumpyArray array;
  if (!*wrong && value->kind == LIMEN_PICKLE_ARRAY)
    *wrong = limen_numpy_array (value, &array);
  return TRUE;
}

const char *
limen_torch_pickle_odd_array (LimenTorchPickle *torch, const LimenPickleValue *value)
{
  const char *wrong = NULL;
  return limen_torch_pickle_walk (torch, value, see_array, &wrong, NULL, NULL) ? wrong : NULL;
}
