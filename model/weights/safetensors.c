#include "model/data/json.h"
#include "model/weights/checkpoint-private.h"

#include <math.h>
#include <string.h>

#define LENGTH_SIZE 8
#define MAX_HEADER  (4 << 20)
#define MAX_DEPTH   16

/* One entry of the header, whose strings are the header's; @begin and @end count from the first
 * number of the file. */
typedef struct {
  LimenTensor tensor; /* of the type LIMEN_N_NUMBER_TYPES where it is to be passed over, */
  const char *type;   /* which is called this in the file */
  gint64 begin, end;
} Entry;

static gboolean
fail (const LimenSource *source, const char *reason, GError **error)
{
  return limen_refuse (error, LIMEN_ERROR_DAMAGED, source->path,
                       "is damaged: %s; fetch or save it again", reason);
}

static gboolean
read_header (const LimenSource *source, JsonNode **root, guint64 *data_start, GError **error)
{
  guint64 n;
  g_autoptr (GBytes) head = limen_source_read (source, 0, LENGTH_SIZE, error);
  if (!head)
    return FALSE;
  memcpy (&n, g_bytes_get_data (head, NULL), sizeof n);
  n = GUINT64_FROM_LE (n);
  if (n > source->size - LENGTH_SIZE)
    return fail (source, "its header is longer than the file", error);
  if (n > MAX_HEADER)
    return limen_refuse (error, LIMEN_ERROR_UNSAFE, source->path,
                         "has a header of more than 4 MiB; choose a smaller network");
  g_autoptr (GBytes) header = limen_source_read (source, LENGTH_SIZE, n, error);
  if (!header)
    return FALSE;
  *root = limen_json_parse_object (g_bytes_get_data (header, NULL), n, MAX_DEPTH);
  if (!*root)
    return fail (source, "its header is not the JSON of safetensors", error);
  *data_start = LENGTH_SIZE + n;
  return TRUE;
}

/* No count and no place is as large as the whole numbers that are read as float64: those are as
 * good as the largest. */
#define HUGE_INTEGER 1e17

static gboolean
get_integer (JsonNode *element, gint64 *integer)
{
  GType type = json_node_get_value_type (element);
  double value = type == G_TYPE_DOUBLE ? json_node_get_double (element) : 0;
  if (type == G_TYPE_INT64)
    *integer = json_node_get_int (element);
  else
    *integer = value > 0 ? G_MAXINT64 : G_MININT64;
  return type == G_TYPE_INT64 || fabs (value) >= HUGE_INTEGER;
}

static gboolean
get_integers (JsonObject *object, const char *member, gint64 *integers, guint max, guint *n)
{
  JsonNode *node = json_object_get_member (object, member);
  JsonArray *array = node && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  *n = array ? json_array_get_length (array) : G_MAXUINT;
  if (*n > max)
    return FALSE;
  for (guint i = 0; i < *n; i++) {
    JsonNode *element = json_array_get_element (array, i);
    if (!get_integer (element, &integers[i]))
      return FALSE;
  }
  return TRUE;
}

/* The format's list of types grows (F8_E4M3, C64, F4, …): one that is not known is no damage. */
static gboolean
get_dtype (JsonObject *object, Entry *entry)
{
  JsonNode *node = json_object_get_member (object, "dtype");
  const char *name =
      node && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : "";
  entry->type = name;
  entry->tensor.dtype = limen_number_of_safetensors (name);
  gsize n = strspn (name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");
  return entry->tensor.dtype != LIMEN_N_NUMBER_TYPES || (n > 0 && n < 32 && name[n] == '\0');
}

/* Of numbers of a type that is not known, nobody knows how many bytes they take. */
static const char *
check_size (Entry *entry)
{
  LimenTensor *tensor = &entry->tensor;
  gint64 n_bytes = entry->end - entry->begin;
  limen_tensor_set_contiguous (tensor);
  if (tensor->dtype == LIMEN_N_NUMBER_TYPES) {
    for (guint i = 0; i < tensor->n_dimensions; i++)
      if (tensor->shape[i] < 0)
        return "has a negative size";
    return NULL;
  }
  gint64 size = (gint64)limen_number_size (tensor->dtype);
  const char *flaw = limen_tensor_flaw (tensor, n_bytes / size);
  if (flaw)
    return flaw;
  return n_bytes % size || limen_tensor_n_elements (tensor) != n_bytes / size
             ? "has a place that does not fit its shape"
             : NULL;
}

/* Returns: (nullable): what is wrong with the entry */
static const char *
decode_entry (JsonNode *node, Entry *entry)
{
  LimenTensor *tensor = &entry->tensor;
  gint64 range[2];
  guint n;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return "is not described";
  JsonObject *object = json_node_get_object (node);
  if (!get_dtype (object, entry))
    return "has a type that is no type of numbers";
  if (!get_integers (object, "shape", tensor->shape, LIMEN_MAX_DIMENSIONS, &tensor->n_dimensions))
    return "has no possible shape";
  if (!get_integers (object, "data_offsets", range, 2, &n) || n != 2 || range[0] < 0 ||
      range[1] < range[0])
    return "has no possible place";
  entry->begin = range[0];
  entry->end = range[1];
  return check_size (entry);
}

static gboolean
read_entries (const LimenSource *source, JsonObject *header, GArray *entries, GError **error)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;
  json_object_iter_init (&iter, header);
  while (json_object_iter_next (&iter, &name, &node)) {
    Entry entry = {.tensor = {.name = (char *)name}};
    if (strcmp (name, "__metadata__") == 0)
      continue;
    const char *flaw = decode_entry (node, &entry);
    g_autofree char *shown = limen_printable (name, strlen (name));
    g_autofree char *reason = g_strdup_printf ("its tensor %s %s", shown, flaw);
    if (flaw)
      return fail (source, reason, error);
    g_array_append_val (entries, entry);
  }
  return TRUE;
}

static int
compare_places (gconstpointer a, gconstpointer b)
{
  const Entry *left = a, *right = b;
  if (left->begin != right->begin)
    return left->begin < right->begin ? -1 : 1;
  return (left->end > right->end) - (left->end < right->end);
}

/* Tensors must cover the numbers without gaps and without sharing any. */
static gboolean
check_places (const LimenSource *source, GArray *entries, guint64 n_data, GError **error)
{
  gint64 end = 0;
  g_array_sort (entries, compare_places);
  for (guint i = 0; i < entries->len; i++) {
    const Entry *entry = &g_array_index (entries, Entry, i);
    if (entry->begin != end)
      return fail (source,
                   entry->begin < end ? "two of its tensors overlap"
                                      : "there is a gap between its tensors",
                   error);
    end = entry->end;
  }
  if ((guint64)end > n_data)
    return fail (source, "its tensors reach beyond its end", error);
  return (guint64)end == n_data ||
         fail (source, "there is something behind its last tensor", error);
}

static void
pass_over (LimenCheckpoint *checkpoint, const Entry *entry)
{
  g_autofree char *type = g_ascii_strdown (entry->type, -1);
  g_autofree char *shape = limen_tensor_shape_text (&entry->tensor);
  g_autofree char *what = g_strdup_printf ("%s %s", type, shape);
  limen_checkpoint_pass_over (checkpoint, entry->tensor.name, what);
}

static void
take_notes (LimenCheckpoint *checkpoint, JsonObject *header)
{
  JsonNode *metadata = json_object_get_member (header, "__metadata__");
  if (metadata && JSON_NODE_HOLDS_OBJECT (metadata))
    limen_notes_take (checkpoint, json_node_get_object (metadata));
}

LimenCheckpoint *
limen_safetensors_load (const LimenSource *source, GError **error)
{
  guint64 start = 0;
  g_autoptr (LimenCheckpoint) checkpoint = limen_checkpoint_new (source->path, "safetensors");
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GArray) entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  if (!read_header (source, &root, &start, error) ||
      !read_entries (source, json_node_get_object (root), entries, error) ||
      !check_places (source, entries, source->size - start, error))
    return NULL;
  take_notes (checkpoint, json_node_get_object (root));
  for (guint i = 0; i < entries->len; i++) {
    Entry *entry = &g_array_index (entries, Entry, i);
    if (entry->tensor.dtype == LIMEN_N_NUMBER_TYPES) {
      pass_over (checkpoint, entry);
      continue;
    }
    g_autoptr (GBytes) bytes = limen_source_read (source, start + (guint64)entry->begin,
                                                  (guint64)(entry->end - entry->begin), error);
    entry->tensor.storage = bytes;
    if (!bytes || !limen_checkpoint_add (checkpoint, &entry->tensor, error))
      return NULL;
  }
  return g_steal_pointer (&checkpoint);
}
