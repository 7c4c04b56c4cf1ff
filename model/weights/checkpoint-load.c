#include "model/data/builtin.h"
#include "model/data/file.h"
#include "model/data/file-part.h"
#include "model/data/foreign.h"
#include "model/data/shard-names.h"
#include "model/data/source.h"
#include "model/weights/builtin-weights.h"
#include "model/weights/shards.h"
#include "model/weights/checkpoint-private.h"

#include <string.h>

typedef LimenCheckpoint *(*LoadFunc) (const LimenSource *source, GError **error);

static LimenCheckpoint *
refuse_empty (const LimenSource *source, GError **error)
{
  limen_refuse (error, LIMEN_ERROR_DAMAGED, source->path, "is empty; fetch or save it again");
  return NULL;
}

/* Files of other kinds are named, with the way from them to safetensors. */
static LimenCheckpoint *
refuse_unknown (const LimenSource *source, GError **error)
{
  g_autofree char *shown = limen_display_name (source->path);
  g_autoptr (GBytes) start =
      limen_source_read (source, 0, MIN (source->size, LIMEN_FOREIGN_START), error);
  g_autofree char *sentence = start ? limen_foreign_weights_sentence (start, shown) : NULL;
  if (sentence)
    limen_fail (error, LIMEN_ERROR_FORMAT, "%s", sentence);
  if (sentence || !start)
    return NULL;
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
    return limen_torch_load;
  if (n >= strlen (lfs) && memcmp (start, lfs, strlen (lfs)) == 0)
    return refuse_lfs_pointer;
  if (n >= 9 && start[8] == '{')
    return limen_safetensors_load;
  if (n >= 2 && start[0] == 0x80 && start[1] <= 5)
    return limen_torch_load;
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
limen_checkpoint_load_file (const char *path, GCancellable *cancellable, GError **error)
{
  return load (path, NULL, cancellable, error);
}

/* A file, or what names several of them: their index, one of them, or their folder */
static LimenCheckpoint *
load_any (const char *path, GCancellable *cancellable, GError **error)
{
  g_auto (LimenShardName) shard = {0};
  g_autofree char *in_folder =
      g_file_test (path, G_FILE_TEST_IS_DIR) ? limen_shards_in_folder (path) : NULL;
  const char *file = in_folder ? in_folder : path;
  g_autofree char *name = g_path_get_basename (file);
  if (limen_shard_name (name, &shard) && shard.of > 1)
    return limen_shards_load (file, cancellable, error);
  g_autoptr (GBytes) start = limen_file_read_start (file, 512, error);
  if (!start)
    return NULL;
  if (limen_is_shard_index (file, g_bytes_get_data (start, NULL), g_bytes_get_size (start)))
    return limen_shards_load (file, cancellable, error);
  return load (file, NULL, cancellable, error);
}

LimenCheckpoint *
limen_checkpoint_load (const char *path, GCancellable *cancellable, GError **error)
{
  if (limen_is_builtin (path)) {
    g_autoptr (GBytes) builtin = limen_builtin_weights (path, error);
    return builtin ? load (path, builtin, cancellable, error) : NULL;
  }
  g_autofree char *part = NULL, *file = limen_path_split (path, &part);
  g_autoptr (LimenCheckpoint) checkpoint = load_any (file, cancellable, error);
  if (!checkpoint)
    return NULL;
  limen_checkpoint_set_part (checkpoint, part);
  return limen_checkpoint_check_part (checkpoint, error) ? g_steal_pointer (&checkpoint) : NULL;
}

LimenCheckpoint *
limen_checkpoint_load_bytes (GBytes *bytes, const char *name, GError **error)
{
  return load (name, bytes, NULL, error);
}
