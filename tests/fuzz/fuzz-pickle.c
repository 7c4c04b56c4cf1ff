/* PyTorch's files and NumPy's pickles: any bytes as a whole file of weights, as the pickle inside
 * of a zip (whose checksum would otherwise keep most changes out), and as images. */
#include "model/data/image-pickle.h"
#include "model/pickle/numpy-array.h"
#include "model/pickle/torch-pickle.h"
#include "tests/fuzz/read-all.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

#define MAX_BYTES (1 << 16) /* of an array that is looked at */

/* Gives zeros to those storages that are named with a digit and are small. */
static void
provide_storages (LimenTorchPickle *torch)
{
  for (char key[] = "0"; key[0] <= '9'; key[0]++) {
    LimenTorchStorage *storage = limen_torch_pickle_storage (torch, key);
    if (!storage || storage->n_elements > 1 << 12)
      continue;
    gsize n = (gsize)storage->n_elements * storage->width;
    storage->bytes = g_bytes_new_take (g_malloc0 (n + 1), n);
  }
}

typedef struct {
  LimenTorchPickle *torch;
  GArray *tensors, *storages;
} Found;

static void
touch_array (const LimenPickleValue *value)
{
  LimenNumpyArray array;
  if (limen_numpy_array (value, &array))
    return;
  g_autoptr (GBytes) bytes = limen_numpy_array_bytes (&array);
  gsize n = 0;
  const guint8 *data = bytes ? g_bytes_get_data (bytes, &n) : NULL;
  static volatile guint8 sum;
  for (gsize i = 0; i < MIN (n, MAX_BYTES); i++)
    sum ^= data[i];
  (void)sum;
}

static gboolean
take (const char *name, gsize key, const LimenPickleValue *value, gpointer user_data,
      GError **error)
{
  Found *found = user_data;
  LimenTensor tensor = {.name = (char *)name};
  LimenTorchStorage *storage;
  g_autofree char *passed = NULL;
  if (value->kind == LIMEN_PICKLE_ARRAY)
    touch_array (value);
  if (value->kind != LIMEN_PICKLE_TENSOR)
    return TRUE;
  if (!limen_torch_pickle_tensor (found->torch, value, &tensor, &storage, &passed, error))
    return FALSE;
  if (passed)
    return TRUE;
  g_array_append_val (found->tensors, tensor);
  g_array_append_val (found->storages, storage);
  return TRUE;
}

static void
read_pickle (const uint8_t *data, size_t size)
{
  g_autoptr (LimenTorchPickle) torch = limen_torch_pickle_new ("fuzz.pt", "save it again");
  g_autoptr (GArray) tensors = g_array_new (FALSE, FALSE, sizeof (LimenTensor));
  g_autoptr (GArray) storages = g_array_new (FALSE, FALSE, sizeof (LimenTorchStorage *));
  g_autoptr (GError) error = NULL;
  Found found = {torch, tensors, storages};
  gsize used;
  LimenPickleValue *value = limen_torch_pickle_run (torch, data, size, &used, &error);
  if (!value || !limen_torch_pickle_walk (torch, value, take, &found, NULL, &error))
    return;
  provide_storages (torch);
  if (!limen_torch_pickle_finish (torch, size % 2, &error))
    return;
  for (guint i = 0; i < tensors->len; i++) {
    LimenTensor tensor = g_array_index (tensors, LimenTensor, i);
    tensor.storage = g_array_index (storages, LimenTorchStorage *, i)->bytes;
    if (limen_tensor_n_elements (&tensor) > MAX_READ)
      continue;
    g_autofree guint8 *raw = g_malloc (8 * (gsize)limen_tensor_n_elements (&tensor) + 8);
    tensor_to_doubles (&tensor, (double *)raw);
    limen_tensor_copy_raw (&tensor, raw);
  }
}

static void
read_images (GBytes *bytes)
{
  const LimenImageSetOptions options = {.width = 4, .height = 2};
  g_autoptr (GError) error = NULL;
  g_autoptr (LimenPickledArrays) arrays =
      limen_pickled_arrays_new ("fuzz.pkl", bytes, NULL, &error);
  guint index;
  LimenArray array;
  g_assert_true ((arrays == NULL) == (error != NULL));
  if (!arrays)
    return;
  limen_pickled_arrays_look_like_images (arrays);
  if (!limen_pickled_arrays_choose (arrays, NULL, &options, &index, NULL) ||
      !limen_pickled_arrays_read (arrays, index, &array, NULL))
    return;
  g_autoptr (LimenImages) images = limen_array_to_images (&array, "fuzz", &options, NULL, NULL);
  g_assert_true (!images || images->n > 0);
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
  read_images (bytes);
  return 0;
}
