/* What a file is, its content decides, not its name. */
#pragma once

#include "model/base/error.h"

/**
 * LimenFileKind:
 * @LIMEN_FILE_UNKNOWN: none of those below
 * @LIMEN_FILE_TORCH: PyTorch weights, the zip format or the older one
 * @LIMEN_FILE_SAFETENSORS: safetensors weights
 * @LIMEN_FILE_SHARDS: weights in several files: their index, or the folder of them
 * @LIMEN_FILE_PICKLE: images in a pickle of NumPy's arrays, or in tensors that torch.save wrote
 * @LIMEN_FILE_LFS_POINTER: the text that Git LFS leaves in place of a file it did not fetch
 * @LIMEN_FILE_IDX: MNIST's format, plain or gzipped
 * @LIMEN_FILE_NPY: one NumPy array, plain or gzipped
 * @LIMEN_FILE_NPZ: a zip of NumPy arrays
 * @LIMEN_FILE_CSV: a table of numbers in which rows are images, plain or gzipped
 * @LIMEN_FILE_IMAGE: a picture of a kind that limen_image_decode() knows
 * @LIMEN_FILE_ARCHIVE: a zip or tar, to be looked through for images
 * @LIMEN_FILE_GLYPHS: no file, but the name of generated images, see builtin.h
 * @LIMEN_FILE_FOLDER: a folder, to be looked through for images
 */
typedef enum {
  LIMEN_FILE_UNKNOWN,
  LIMEN_FILE_TORCH,
  LIMEN_FILE_SAFETENSORS,
  LIMEN_FILE_LFS_POINTER,
  LIMEN_FILE_IDX,
  LIMEN_FILE_NPY,
  LIMEN_FILE_NPZ,
  LIMEN_FILE_CSV,
  LIMEN_FILE_IMAGE,
  LIMEN_FILE_ARCHIVE,
  LIMEN_FILE_FOLDER,
  LIMEN_FILE_GLYPHS,
  LIMEN_FILE_SHARDS,
  LIMEN_FILE_PICKLE,
} LimenFileKind;

/** limen_file_kind: reads the beginning of @path, or of the file in "FILE:NAME";
 * LIMEN_FILE_UNKNOWN without @error where nothing fits. Of a zip the members' names decide, of a
 * pickle what is in it. */
LimenFileKind limen_file_kind (const char *path, GError **error);
/** limen_file_kind_of_bytes: the same for bytes in memory, of which the first 4096 are enough; all
 * that is compressed is LIMEN_FILE_ARCHIVE */
LimenFileKind limen_file_kind_of_bytes (GBytes *bytes);
/** limen_file_kind_in_gzip: what is packed in the gzip file that begins with @start, of which 64 kB
 * are enough; LIMEN_FILE_UNKNOWN also where that can't be told */
LimenFileKind limen_file_kind_in_gzip (GBytes *start);
/** limen_file_kind_is_weights: TRUE for what limen_checkpoint_load() is to be asked about, LFS
 * pointers included */
gboolean limen_file_kind_is_weights (LimenFileKind kind);
