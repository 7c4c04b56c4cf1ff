#include "model/base/matrix.h"

#include <stdlib.h>
#include <string.h>

float *
limen_floats_new (gsize n)
{
  gsize n_bytes = (MAX (n, 1) * sizeof (float) + 63) / 64 * 64;
  float *data = aligned_alloc (64, n_bytes);
  if (!data)
    g_error ("out of memory: %" G_GSIZE_FORMAT " bytes", n_bytes);
  return memset (data, 0, n_bytes);
}
