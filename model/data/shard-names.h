/* Networks in several files: how those files are named, and which index lists them. */
#pragma once

#include <glib.h>

/**
 * LimenShardName: "model-00001-of-00003.safetensors"
 * @stem: "model"; @suffix: ".safetensors"
 * @number: 1; @of: 3
 */
typedef struct {
  char *stem, *suffix;
  guint number, of;
} LimenShardName;

/** limen_shard_name: FALSE where @name is no such name, without a folder; else to be cleared */
gboolean limen_shard_name (const char *name, LimenShardName *shard);
/** limen_shard_name_nth: (transfer full): the name of file @number of the same network */
char *limen_shard_name_nth (const LimenShardName *shard, guint number);
void limen_shard_name_clear (LimenShardName *shard);

/** limen_is_shard_index: whether a file that starts with @start: (n) is such an index: JSON with a
 * "weight_map", or named like one */
gboolean limen_is_shard_index (const char *path, const guint8 *start, gsize n);

/** limen_shards_in_folder: (transfer full) (nullable): the path of the index in a folder; without
 * one that of the first of several files, or of the one file of weights, as Hugging Face names
 * them. Folders of more than 10,000 entries are not looked through. */
char *limen_shards_in_folder (const char *folder);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LimenShardName, limen_shard_name_clear)
