/* Source: Hugging Face, transformers, modeling_utils.py, shard_checkpoint() and
 * load_sharded_checkpoint(): {"metadata": {…}, "weight_map": {tensor: file}}. */
#include "model/weights/shards.h"
#include "model/data/file.h"
#include "model/data/json.h"
#include "model/data/shard-names.h"
#include "model/weights/checkpoint-private.h"

#include <glib/gstdio.h>
#include <string.h>

#define MAX_INDEX ((gsize)32 << 20)
#define MAX_FILES 4096
#define MAX_DEPTH 8
#define MAX_TOTAL (G_GUINT64_CONSTANT (4) << 30)

typedef struct {
  const char *path;
  GHashTable *file_of; /* of each tensor: its file; both owned */
  GPtrArray *files;    /* in the order of their first tensor; the keys are @file_of's */
  LimenCheckpoint *joined;
} Join;

/* The index */

/* One word of a path, and no way out of the folder. */
static gboolean
is_plain_name (const char *name)
{
  gsize n = strlen (name);
  for (gsize i = 0; i < n; i++)
    if (g_ascii_iscntrl (name[i]) || name[i] == '/' || name[i] == '\\')
      return FALSE;
  return n > 0 && n < 256 && !g_str_equal (name, ".") && !g_str_equal (name, "..");
}

static gboolean
add_to_index (Join *join, const char *tensor, const char *file, GError **error)
{
  g_autofree char *shown = limen_printable (file, strlen (file));
  if (!is_plain_name (file))
    return limen_refuse (error, LIMEN_ERROR_UNSAFE, join->path,
                         "asks for the file \"%s\", and Limen opens none but those beside the "
                         "index; fetch it again from where it comes from",
                         shown);
  g_hash_table_insert (join->file_of, limen_name_without_wrappers (tensor), g_strdup (file));
  for (guint i = 0; i < join->files->len; i++)
    if (g_str_equal (join->files->pdata[i], file))
      return TRUE;
  g_ptr_array_add (join->files, g_strdup (file));
  return join->files->len <= MAX_FILES ||
         limen_refuse (error, LIMEN_ERROR_UNSAFE, join->path,
                       "lists more than %d files; choose a smaller network", MAX_FILES);
}

static gboolean
read_index (Join *join, GBytes *index, GError **error)
{
  gsize n;
  const char *json = g_bytes_get_data (index, &n);
  g_autoptr (JsonNode) root = limen_json_parse_object (json, n, MAX_DEPTH);
  JsonNode *map = root ? json_object_get_member (json_node_get_object (root), "weight_map") : NULL;
  JsonObjectIter iter;
  const char *tensor;
  JsonNode *file;
  if (!map || !JSON_NODE_HOLDS_OBJECT (map) ||
      json_object_get_size (json_node_get_object (map)) == 0)
    return limen_refuse (error, LIMEN_ERROR_DAMAGED, join->path,
                         "is no index of weights: it has no \"weight_map\" of tensors and files; "
                         "fetch it again, or choose the weights themselves");
  json_object_iter_init (&iter, json_node_get_object (map));
  while (json_object_iter_next (&iter, &tensor, &file)) {
    const char *name =
        json_node_get_value_type (file) == G_TYPE_STRING ? json_node_get_string (file) : "";
    if (!add_to_index (join, tensor, name, error))
      return FALSE;
  }
  return TRUE;
}

/* The files */

static gboolean
take_tensors (Join *join, const LimenCheckpoint *part, const char *file, GError **error)
{
  for (guint i = 0; i < limen_checkpoint_n_tensors (part); i++) {
    const LimenTensor *tensor = limen_checkpoint_tensor (part, i);
    const char *listed = g_hash_table_lookup (join->file_of, tensor->name);
    if (g_strcmp0 (listed, file) != 0) /* of another file, or of no interest */
      continue;
    if (!limen_checkpoint_add (join->joined, tensor, error))
      return FALSE;
    g_hash_table_remove (join->file_of, tensor->name);
  }
  for (guint i = 0; i < limen_checkpoint_n_passed (part); i++) {
    const LimenPassedOver *passed = limen_checkpoint_passed (part, i);
    limen_checkpoint_pass_over (join->joined, passed->name, passed->what);
    g_hash_table_remove (join->file_of, passed->name);
  }
  return TRUE;
}

static gboolean
check_complete (const Join *join, GError **error)
{
  GHashTableIter iter;
  const char *tensor, *file;
  g_hash_table_iter_init (&iter, join->file_of);
  if (!g_hash_table_iter_next (&iter, (gpointer *)&tensor, (gpointer *)&file))
    return TRUE;
  g_autofree char *shown_tensor = limen_printable (tensor, strlen (tensor));
  g_autofree char *shown_file = limen_printable (file, strlen (file));
  return limen_refuse (error, LIMEN_ERROR_DAMAGED, join->path,
                       "says that the tensor %s is in %s, where it is not; fetch both again",
                       shown_tensor, shown_file);
}

LimenCheckpoint *
limen_shards_join (GBytes *index, const char *path, LimenShardLoadFunc load, gpointer user_data,
                   GError **error)
{
  g_autoptr (GHashTable) file_of = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (LimenCheckpoint) joined = limen_checkpoint_new (path, "sharded");
  Join join = {path, file_of, files, joined};
  if (!read_index (&join, index, error))
    return NULL;
  for (guint i = 0; i < files->len; i++) {
    g_autoptr (LimenCheckpoint) part = load (files->pdata[i], user_data, error);
    if (!part || !take_tensors (&join, part, files->pdata[i], error))
      return NULL;
    limen_checkpoint_set_format (joined, limen_checkpoint_format (part));
  }
  if (!check_complete (&join, error))
    return NULL;
  limen_checkpoint_set_n_files (joined, files->len);
  return g_steal_pointer (&joined);
}

/* On disk */

typedef struct {
  const char *path; /* of the index, or of the file that was chosen */
  char *folder;
  guint64 n_bytes;
  GCancellable *cancellable;
} Disk;

static LimenCheckpoint *
load_one (const char *name, gpointer user_data, GError **error)
{
  Disk *disk = user_data;
  GStatBuf info;
  g_autofree char *path = g_build_filename (disk->folder, name, NULL);
  if (g_stat (path, &info) != 0) {
    g_autofree char *shown = limen_display_name (name);
    limen_refuse (error, LIMEN_ERROR_UNREADABLE, disk->path,
                  "belongs to a network in several files, and %s is not in its folder; put all of "
                  "them there",
                  shown);
    return NULL;
  }
  disk->n_bytes += (guint64)MAX (info.st_size, 0);
  if (disk->n_bytes > MAX_TOTAL) {
    limen_refuse (error, LIMEN_ERROR_UNSAFE, disk->path,
                  "and the files that belong to it are larger than the 4 GiB that Limen loads; "
                  "choose a smaller network");
    return NULL;
  }
  return limen_checkpoint_load_file (path, disk->cancellable, error);
}

/* Without an index, all files of the name are the network. */
static LimenCheckpoint *
load_by_name (Disk *disk, const LimenShardName *shard, GError **error)
{
  g_autoptr (LimenCheckpoint) joined = limen_checkpoint_new (disk->path, "sharded");
  for (guint i = 1; i <= shard->of; i++) {
    g_autofree char *name = limen_shard_name_nth (shard, i);
    g_autoptr (LimenCheckpoint) part = load_one (name, disk, error);
    if (!part)
      return NULL;
    for (guint j = 0; j < limen_checkpoint_n_tensors (part); j++)
      if (!limen_checkpoint_add (joined, limen_checkpoint_tensor (part, j), error))
        return NULL;
    for (guint j = 0; j < limen_checkpoint_n_passed (part); j++) {
      const LimenPassedOver *passed = limen_checkpoint_passed (part, j);
      limen_checkpoint_pass_over (joined, passed->name, passed->what);
    }
    limen_checkpoint_set_format (joined, limen_checkpoint_format (part));
  }
  limen_checkpoint_set_n_files (joined, shard->of);
  return g_steal_pointer (&joined);
}

LimenCheckpoint *
limen_shards_load (const char *path, GCancellable *cancellable, GError **error)
{
  g_auto (LimenShardName) shard = {0};
  g_autofree char *folder = g_path_get_dirname (path), *name = g_path_get_basename (path);
  g_autofree char *index_path = NULL;
  Disk disk = {path, folder, 0, cancellable};
  if (!limen_shard_name (name, &shard))
    index_path = g_strdup (path);
  else {
    g_autofree char *index = g_strconcat (shard.stem, shard.suffix, ".index.json", NULL);
    index_path = g_build_filename (folder, index, NULL);
    if (!g_file_test (index_path, G_FILE_TEST_EXISTS))
      return load_by_name (&disk, &shard, error);
  }
  disk.path = index_path;
  g_autoptr (GBytes) index = limen_file_read (index_path, MAX_INDEX, cancellable, error);
  return index ? limen_shards_join (index, index_path, load_one, &disk, error) : NULL;
}
