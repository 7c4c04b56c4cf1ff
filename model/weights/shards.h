/* A network in several files and the index that says which tensor is in which. */
#pragma once

#include "model/weights/checkpoint.h"

/** LimenShardLoadFunc: (transfer full): the file @name, which is in the index's own folder */
typedef LimenCheckpoint *(*LimenShardLoadFunc) (const char *name, gpointer user_data,
                                                GError **error);

/**
 * limen_shards_join:
 * @index: the content of the index, JSON
 * @path: of the index, for messages
 *
 * A name of a file that would lead out of the folder is refused (LIMEN_ERROR_UNSAFE), and so is a
 * tensor that is not in the file that the index names (LIMEN_ERROR_DAMAGED). Each file is asked for
 * once, with none but the tensors of the result kept.
 */
LimenCheckpoint *limen_shards_join (GBytes *index, const char *path, LimenShardLoadFunc load,
                                    gpointer user_data, GError **error);

/**
 * limen_shards_load: from an index on disk, or from one of the files where @path is named like one
 * of several; all together at most 4 GiB
 */
LimenCheckpoint *limen_shards_load (const char *path, GCancellable *cancellable, GError **error);
/** limen_checkpoint_load_file: one file, whatever its name, index or not */
LimenCheckpoint *
limen_checkpoint_load_file (const char *path, GCancellable *cancellable, GError **error);
