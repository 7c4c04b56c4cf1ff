/* The two files that torch.save has written: a zip (since 1.6), and before it pickles with numbers
 * behind them. */
#pragma once

#include "model/data/source.h"
#include "model/pickle/torch-pickle.h"

/** LIMEN_TORCH_NOTES: the name of the file in the zip that has them */
#define LIMEN_TORCH_NOTES "limen.json"

/**
 * LimenTorchFile:
 * @format: "PyTorch zip" or "PyTorch legacy"
 * @object: what was saved, owned by @torch
 * @pickle: what the values of @torch point into
 * @notes: (nullable): JSON that Limen put beside it, see limen_checkpoint_set_note()
 */
typedef struct {
  const char *format;
  LimenTorchPickle *torch;
  LimenPickleValue *object;
  GBytes *pickle, *notes;
  /*< private >*/
  LimenPickleValue *keys; /* of the older format: in which order its storages follow */
  guint64 end;            /* of its pickles */
  char *folder;           /* of the zip's storages: "NAME/data/" */
  gboolean big_endian;
} LimenTorchFile;

/**
 * limen_torch_file_open: reads what the file says of its numbers, not the numbers; by content
 * @advice: for messages, as of limen_pickle_new()
 *
 * Returns: FALSE with @error, of the code of limen_checkpoint_load(); @file is to be cleared in
 * either case
 */
gboolean limen_torch_file_open (LimenTorchFile *file, const LimenSource *source, const char *advice,
                                GError **error);
/** limen_torch_file_read: the storages that are wanted by now. Memory stays in proportion to the
 * file. */
gboolean limen_torch_file_read (LimenTorchFile *file, const LimenSource *source, GError **error);
void limen_torch_file_clear (LimenTorchFile *file);

/** limen_is_torch_legacy: whether a pickle that starts with @data: (n) is of the older format */
gboolean limen_is_torch_legacy (const guint8 *data, gsize n);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LimenTorchFile, limen_torch_file_clear)
