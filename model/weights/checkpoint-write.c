#include "model/weights/checkpoint-write.h"
#include "model/base/replace-file.h"
#include "model/weights/checkpoint-private.h"

#include <math.h>
#include <string.h>

#define MAX_HALF  65504.0f
#define MAX_BYTES (G_MAXUINT32 - (G_GUINT64_CONSTANT (64) << 20)) /* a zip counts to 4 GiB */

/* Rounds to the nearest, of two to the even one; |value| ≤ MAX_HALF. Below 2^-14 the numbers are
 * 2^-24 apart: adding 1/2, whose neighbours in float32 are as far apart, rounds to them. */
static guint16
half_from_float (float value)
{
  const float half = 0.5f;
  guint32 bits, of_half;
  float magnitude = fabsf (value);
  memcpy (&of_half, &half, sizeof half);
  if (magnitude < 0x1p-14f) {
    magnitude += half;
    memcpy (&bits, &magnitude, sizeof bits);
    bits -= of_half;
  } else {
    memcpy (&bits, &magnitude, sizeof bits);
    bits = (bits + 0xfff + (bits >> 13 & 1) - (112u << 23)) >> 13;
  }
  return (guint16)(bits | (signbit (value) ? 0x8000u : 0));
}

static GBytes *
pack_halves (const float *values, gsize n)
{
  guint16 *halves = g_new (guint16, n);
  for (gsize i = 0; i < n; i++) {
    if (!(fabsf (values[i]) <= MAX_HALF)) {
      g_free (halves);
      return NULL;
    }
    halves[i] = half_from_float (values[i]);
  }
  return g_bytes_new_take (halves, n * sizeof *halves);
}

gboolean
limen_checkpoint_add_floats (LimenCheckpoint *checkpoint, const char *name, LimenNumberType dtype,
                             guint n_dimensions, const gint64 *shape, const float *values,
                             GError **error)
{
  LimenTensor tensor = {.name = (char *)name, .dtype = dtype, .n_dimensions = n_dimensions};
  memcpy (tensor.shape, shape, n_dimensions * sizeof *shape);
  limen_tensor_set_contiguous (&tensor);
  gsize n = (gsize)limen_tensor_n_elements (&tensor);
  g_autoptr (GBytes) storage = dtype == LIMEN_NUMBER_F16 ? pack_halves (values, n)
                                                         : g_bytes_new (values, n * sizeof (float));
  if (!storage)
    return limen_refuse (error, LIMEN_ERROR_ARGUMENT, limen_checkpoint_path (checkpoint),
                         "cannot be written in half precision, as %s has values beyond 65,504; "
                         "choose single precision",
                         name);
  tensor.storage = storage;
  return limen_checkpoint_add (checkpoint, &tensor, error);
}

static gboolean
is_torch_name (const char *path)
{
  g_autofree char *lower = g_ascii_strdown (path, -1);
  return g_str_has_suffix (lower, ".pt") || g_str_has_suffix (lower, ".pth") ||
         g_str_has_suffix (lower, ".ckpt");
}

static gboolean
write_torch (FILE *stream, gpointer checkpoint, GError **error)
{
  return limen_torch_write (checkpoint, stream);
}

static gboolean
write_safetensors (FILE *stream, gpointer checkpoint, GError **error)
{
  return limen_safetensors_write (checkpoint, stream);
}

gboolean
limen_checkpoint_save (const LimenCheckpoint *checkpoint, const char *path, GError **error)
{
  guint64 n_bytes = 0;
  for (guint i = 0; i < limen_checkpoint_n_tensors (checkpoint); i++)
    n_bytes += g_bytes_get_size (limen_checkpoint_tensor (checkpoint, i)->storage);
  if (n_bytes > MAX_BYTES)
    return limen_refuse (error, LIMEN_ERROR_ARGUMENT, path,
                         "would be larger than 4 GB, more than Limen reads; choose a smaller "
                         "network");
  return limen_replace_file (path, is_torch_name (path) ? write_torch : write_safetensors,
                             (gpointer)checkpoint, error);
}
