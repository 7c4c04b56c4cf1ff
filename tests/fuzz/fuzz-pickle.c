/* PyTorch's files: any bytes as a whole file, and as the pickle inside of a zip (whose checksum
 * would otherwise keep most changes out). */
#include "model/weights/torch-pickle.h"
#include "tests/fuzz/read-all.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* Gives zeros to those storages that are named with a digit and are small. */
static void
provide_storages (LimenTorchPickle *torch)
{
  for (char key[] = "0"; key[0] <= '9'; key[0]++) {
    LimenTorchStorage *storage = limen_torch_pickle_storage (torch, key);
    if (!storage || storage->n_elements > 1 << 12)
      continue;
    gsize n = (gsize)storage->n_elements * limen_dtype_size (storage->dtype);
    storage->bytes = g_bytes_new_take (g_malloc0 (n + 1), n);
  }
}

static void
read_pickle (const uint8_t *data, size_t size)
{
  g_autoptr (LimenTorchPickle) torch = limen_torch_pickle_new ("fuzz.pt");
  g_autoptr (LimenCheckpoint) checkpoint = limen_checkpoint_new ("fuzz.pt", "PyTorch zip");
  g_autoptr (GError) error = NULL;
  gsize used;
  LimenPickleValue *value = limen_torch_pickle_run (torch, data, size, &used, &error);
  if (!value || !limen_torch_pickle_collect (torch, value, checkpoint, &error))
    return;
  provide_storages (torch);
  if (limen_torch_pickle_fill (torch, checkpoint, size % 2, &error))
    read_all_tensors (checkpoint);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (LimenCheckpoint) checkpoint = limen_checkpoint_load_bytes (bytes, "fuzz.pt", &error);
  if (checkpoint)
    read_all_tensors (checkpoint);
  read_pickle (data, size);
  return 0;
}
