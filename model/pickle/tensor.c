#include "model/pickle/tensor.h"

#include <string.h>

#define MAX_REPEATED (1 << 20)
#define AT_ONCE      256 /* numbers */

/* Shape */

gint64
limen_tensor_n_elements (const LimenTensor *tensor)
{
  gint64 n = 1;
  for (guint i = 0; i < tensor->n_dimensions; i++)
    n *= tensor->shape[i];
  return n;
}

char *
limen_tensor_shape_text (const LimenTensor *tensor)
{
  GString *text = g_string_new ("(");
  for (guint i = 0; i < tensor->n_dimensions; i++)
    g_string_append_printf (text, "%s%" G_GINT64_FORMAT, i ? ", " : "", tensor->shape[i]);
  return g_string_free (g_string_append (text, tensor->n_dimensions == 1 ? ",)" : ")"), FALSE);
}

void
limen_tensor_set_contiguous (LimenTensor *tensor)
{
  gint64 stride = 1;
  for (guint i = tensor->n_dimensions; i > 0; i--) {
    tensor->stride[i - 1] = stride;
    if (__builtin_mul_overflow (stride, MAX (tensor->shape[i - 1], 1), &stride))
      stride = 0; /* limen_tensor_flaw() finds the shape too large */
  }
}

gboolean
limen_tensor_is_contiguous (const LimenTensor *tensor)
{
  gint64 stride = 1;
  for (guint i = tensor->n_dimensions; i > 0; stride *= tensor->shape[--i])
    if (tensor->shape[i - 1] > 1 && tensor->stride[i - 1] != stride)
      return FALSE;
  return TRUE;
}

const char *
limen_tensor_flaw (const LimenTensor *tensor, gint64 n_stored)
{
  gint64 room = 1, last = tensor->offset, reach;
  if (tensor->offset < 0)
    return "begins before its storage";
  for (guint i = 0; i < tensor->n_dimensions; i++) {
    if (tensor->shape[i] < 0 || tensor->stride[i] < 0)
      return "has a negative size";
    gint64 size = MAX (tensor->shape[i], 1);
    if (__builtin_mul_overflow (room, size, &room) ||
        __builtin_mul_overflow (size - 1, tensor->stride[i], &reach) ||
        __builtin_add_overflow (last, reach, &last))
      return "is larger than any memory";
  }
  if (limen_tensor_n_elements (tensor) > 0 && last >= n_stored)
    return "reaches beyond the end of its storage";
  return limen_tensor_n_elements (tensor) - MAX_REPEATED > n_stored
             ? "repeats few numbers too often"
             : NULL;
}

/* Goes through the rows (runs of the last dimension) of a tensor that has elements. */
typedef struct {
  const LimenTensor *tensor;
  gint64 index[LIMEN_MAX_DIMENSIONS];
  gint64 first; /* element of the storage that the row begins with */
  gint64 n, stride;
} Row;

static Row
first_row (const LimenTensor *tensor)
{
  guint last = tensor->n_dimensions - 1;
  Row row = {tensor, {0}, tensor->offset, 1, 1};
  if (tensor->n_dimensions > 0) {
    row.n = tensor->shape[last];
    row.stride = tensor->stride[last];
  }
  return row;
}

static gboolean
next_row (Row *row)
{
  const LimenTensor *tensor = row->tensor;
  for (guint i = MAX (tensor->n_dimensions, 1) - 1; i > 0; i--) {
    row->first += tensor->stride[i - 1];
    if (++row->index[i - 1] < tensor->shape[i - 1])
      return TRUE;
    row->first -= tensor->stride[i - 1] * tensor->shape[i - 1];
    row->index[i - 1] = 0;
  }
  return FALSE;
}

void
limen_tensor_copy_floats (const LimenTensor *tensor, float *out)
{
  const guint8 *data = g_bytes_get_data (tensor->storage, NULL);
  gsize size = limen_number_size (tensor->dtype), n = (gsize)limen_tensor_n_elements (tensor);
  double some[AT_ONCE];
  if (n > 0 && tensor->dtype == LIMEN_NUMBER_F32 && limen_tensor_is_contiguous (tensor)) {
    memcpy (out, data + (gsize)tensor->offset * size, n * size);
    return;
  }
  Row row = first_row (tensor);
  do
    for (gint64 i = 0; n > 0 && i < row.n; i += AT_ONCE) {
      gsize m = (gsize)MIN (row.n - i, AT_ONCE);
      limen_numbers_read (tensor->dtype, G_BYTE_ORDER == G_BIG_ENDIAN,
                          data + (gsize)(row.first + i * row.stride) * size, (gsize)row.stride, m,
                          some);
      for (gsize j = 0; j < m; j++)
        *out++ = (float)some[j];
    }
  while (n > 0 && next_row (&row));
}

void
limen_tensor_copy_raw (const LimenTensor *tensor, guint8 *out)
{
  const guint8 *data = g_bytes_get_data (tensor->storage, NULL);
  gsize size = limen_number_size (tensor->dtype), n = (gsize)limen_tensor_n_elements (tensor);
  Row row = first_row (tensor);
  do
    for (gint64 i = 0; n > 0 && i < row.n; i++, out += size)
      memcpy (out, data + (gsize)(row.first + i * row.stride) * size, size);
  while (n > 0 && next_row (&row));
}
