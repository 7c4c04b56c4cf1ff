#include "model/data/builtin.h"
#include "model/weights/builtin-weights.h"
#include "model/weights/checkpoint.h"
#include "model/weights/safetensors.h"
#include "model/weights/source.h"
#include "model/weights/table.h"
#include "model/weights/torch-file.h"

#include <string.h>

#define MAX_TENSORS 65536
#define MAX_NAME    1024

struct LimenCheckpoint {
  char *path;
  const char *format;
  GPtrArray *tensors;
  GHashTable *by_name;
};

/* The table */

static void
tensor_free (gpointer data)
{
  LimenTensor *tensor = data;
  g_clear_pointer (&tensor->storage, g_bytes_unref);
  g_free (tensor->name);
  g_free (tensor);
}

LimenCheckpoint *
limen_checkpoint_new (const char *path, const char *format)
{
  LimenCheckpoint *checkpoint = g_new (LimenCheckpoint, 1);
  checkpoint->path = g_strdup (path);
  checkpoint->format = format;
  checkpoint->tensors = g_ptr_array_new_with_free_func (tensor_free);
  checkpoint->by_name = g_hash_table_new (g_str_hash, g_str_equal);
  return checkpoint;
}

void
limen_checkpoint_free (LimenCheckpoint *checkpoint)
{
  g_hash_table_unref (checkpoint->by_name);
  g_ptr_array_unref (checkpoint->tensors);
  g_free (checkpoint->path);
  g_free (checkpoint);
}

gboolean
limen_checkpoint_add (LimenCheckpoint *checkpoint, const LimenTensor *tensor, GError **error)
{
  g_autofree char *shown = limen_printable (tensor->name, strlen (tensor->name));
  if (checkpoint->tensors->len >= MAX_TENSORS || strlen (tensor->name) > MAX_NAME)
    return limen_refuse (
        error, LIMEN_ERROR_UNSAFE, checkpoint->path,
        "holds more tensors, or longer names, than any network that Limen could use; "
        "save only the weights with torch.save(model.state_dict(), …)");
  if (g_hash_table_contains (checkpoint->by_name, tensor->name))
    return limen_refuse (error, LIMEN_ERROR_DAMAGED, checkpoint->path,
                         "holds two tensors named %s; save it again with one of them renamed",
                         shown);
  LimenTensor *added = g_memdup2 (tensor, sizeof *tensor);
  added->name = g_strdup (tensor->name);
  added->storage = tensor->storage ? g_bytes_ref (tensor->storage) : NULL;
  g_ptr_array_add (checkpoint->tensors, added);
  g_hash_table_insert (checkpoint->by_name, added->name, added);
  return TRUE;
}

void
limen_checkpoint_drop (LimenCheckpoint *checkpoint, const char *name)
{
  LimenTensor *tensor = g_hash_table_lookup (checkpoint->by_name, name);
  if (!tensor)
    return;
  g_hash_table_remove (checkpoint->by_name, name);
  g_ptr_array_remove (checkpoint->tensors, tensor);
}

/* Reading */

typedef LimenCheckpoint *(*LoadFunc) (const LimenSource *source, GError **error);

static LimenCheckpoint *
refuse_empty (const LimenSource *source, GError **error)
{
  limen_refuse (error, LIMEN_ERROR_DAMAGED, source->path, "is empty; fetch or save it again");
  return NULL;
}

static LimenCheckpoint *
refuse_unknown (const LimenSource *source, GError **error)
{
  limen_refuse (error, LIMEN_ERROR_FORMAT, source->path,
                "is neither a PyTorch nor a safetensors file; choose one written by "
                "torch.save(model.state_dict(), …)");
  return NULL;
}

/* Source: git-lfs, docs/spec.md: lines of a key, a space and a value; "size" counts bytes. */
static LimenCheckpoint *
refuse_lfs_pointer (const LimenSource *source, GError **error)
{
  g_autoptr (GBytes) bytes = limen_source_read (source, 0, MIN (source->size, 1024), error);
  if (!bytes)
    return NULL;
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  const char *line = strstr (text, "\nsize ");
  guint64 size = line ? g_ascii_strtoull (line + strlen ("\nsize "), NULL, 10) : 0;
  g_autofree char *size_text = g_format_size (size);
  limen_refuse (error, LIMEN_ERROR_FORMAT, source->path,
                "is a Git LFS pointer, a note of %" G_GUINT64_FORMAT
                " bytes in place of weights of %s "
                "kept elsewhere; run `git lfs pull` in its repository to fetch them",
                source->size, size ? size_text : "a size");
  return NULL;
}

/* What it is, the content decides. */
static LoadFunc
recognise (const guint8 *start, gsize n)
{
  const char *lfs = "version https://git-lfs.github.com/spec/";
  if (n == 0)
    return refuse_empty;
  if (n >= 4 && memcmp (start, "PK\3\4", 4) == 0)
    return limen_torch_zip_load;
  if (n >= strlen (lfs) && memcmp (start, lfs, strlen (lfs)) == 0)
    return refuse_lfs_pointer;
  if (n >= 9 && start[8] == '{')
    return limen_safetensors_load;
  if (n >= 2 && start[0] == 0x80 && start[1] <= 5)
    return limen_torch_legacy_load;
  return refuse_unknown;
}

static LimenCheckpoint *
load (const char *path, GBytes *bytes, GCancellable *cancellable, GError **error)
{
  LimenSource source;
  if (!limen_source_open (&source, path, bytes, cancellable, error))
    return NULL;
  LimenCheckpoint *checkpoint = NULL;
  g_autoptr (GBytes) start = limen_source_read (&source, 0, MIN (source.size, 64), error);
  if (start)
    checkpoint =
        recognise (g_bytes_get_data (start, NULL), g_bytes_get_size (start)) (&source, error);
  limen_source_close (&source);
  return checkpoint;
}

LimenCheckpoint *
limen_checkpoint_load (const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (GBytes) builtin = limen_is_builtin (path) ? limen_builtin_weights (path, error) : NULL;
  if (limen_is_builtin (path) && !builtin)
    return NULL;
  return load (path, builtin, cancellable, error);
}

LimenCheckpoint *
limen_checkpoint_load_bytes (GBytes *bytes, const char *name, GError **error)
{
  return load (name, bytes, NULL, error);
}

/* Looking up */

const char *
limen_checkpoint_format (const LimenCheckpoint *checkpoint)
{
  return checkpoint->format;
}

const char *
limen_checkpoint_path (const LimenCheckpoint *checkpoint)
{
  return checkpoint->path;
}

guint
limen_checkpoint_n_tensors (const LimenCheckpoint *checkpoint)
{
  return checkpoint->tensors->len;
}

LimenTensor *
limen_checkpoint_nth (LimenCheckpoint *checkpoint, guint index)
{
  return g_ptr_array_index (checkpoint->tensors, index);
}

const LimenTensor *
limen_checkpoint_tensor (const LimenCheckpoint *checkpoint, guint index)
{
  return g_ptr_array_index (checkpoint->tensors, index);
}

const LimenTensor *
limen_checkpoint_find (const LimenCheckpoint *checkpoint, const char *name)
{
  return g_hash_table_lookup (checkpoint->by_name, name);
}

char *
limen_checkpoint_find_prefix (const LimenCheckpoint *checkpoint, const char *key)
{
  const char *found = NULL;
  gsize found_n = G_MAXSIZE, key_n = strlen (key);
  for (guint i = 0; i < checkpoint->tensors->len; i++) {
    const char *name = limen_checkpoint_tensor (checkpoint, i)->name;
    gsize n = strlen (name);
    if (n < key_n || n - key_n >= found_n || strcmp (name + n - key_n, key) != 0)
      continue;
    if (n == key_n || name[n - key_n - 1] == '.') {
      found = name;
      found_n = n - key_n;
    }
  }
  return found ? g_strndup (found, found_n) : NULL;
}
