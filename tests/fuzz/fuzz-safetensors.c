/* safetensors: any bytes as a header of their own length and numbers behind it, and as a whole
 * file. */
#include "tests/fuzz/read-all.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
read_file (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (LimenCheckpoint) checkpoint =
      limen_checkpoint_load_bytes (bytes, "fuzz.safetensors", &error);
  if (checkpoint)
    read_all_tensors (checkpoint);
}

/* A change of the header's length almost always makes a wrong one: here it always fits. */
static void
read_with_length (const uint8_t *data, size_t size)
{
  const uint8_t *end = memrchr (data, '}', size);
  guint64 length = end ? (guint64)(end + 1 - data) : size, little = GUINT64_TO_LE (length);
  g_autofree uint8_t *file = g_malloc (size + sizeof little);
  memcpy (file, &little, sizeof little);
  memcpy (file + sizeof little, data, size);
  read_file (file, size + sizeof little);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  read_file (data, size);
  if (size > 8)
    read_with_length (data + 8, size - 8);
  return 0;
}
