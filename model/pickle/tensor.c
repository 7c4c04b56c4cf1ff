#include "model/pickle/tensor.h"

#include <string.h>

#define MAX_REPEATED (1 << 20)

static const struct {
  const char *name;
  gsize size;
} dtypes[] = {
    [LIMEN_DTYPE_F16] = {"float16", 2}, [LIMEN_DTYPE_BF16] = {"bfloat16", 2},
    [LIMEN_DTYPE_F32] = {"float32", 4}, [LIMEN_DTYPE_F64] = {"float64", 8},
    [LIMEN_DTYPE_U8] = {"uint8", 1},    [LIMEN_DTYPE_I8] = {"int8", 1},
    [LIMEN_DTYPE_U16] = {"uint16", 2},  [LIMEN_DTYPE_I16] = {"int16", 2},
    [LIMEN_DTYPE_U32] = {"uint32", 4},  [LIMEN_DTYPE_I32] = {"int32", 4},
    [LIMEN_DTYPE_U64] = {"uint64", 8},  [LIMEN_DTYPE_I64] = {"int64", 8},
    [LIMEN_DTYPE_BOOL] = {"bool", 1},
};

gsize
limen_dtype_size (LimenDtype dtype)
{
  return dtypes[dtype].size;
}

const char *
limen_dtype_name (LimenDtype dtype)
{
  return dtypes[dtype].name;
}

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

/* Elements, which may lie at any address */

/* Of a half-precision number, exponent and fraction land in place but for the bias: 127 − 15 = 112.
 */
static float
float_from_half (guint16 half)
{
  guint32 magnitude = half & 0x7fffu, bits = magnitude << 13;
  float value;
  if (magnitude >= 0x7c00)
    bits |= 0x7f800000; /* infinite or NaN */
  memcpy (&value, &bits, sizeof value);
  value = magnitude >= 0x7c00 ? value : value * 0x1p112f;
  return half & 0x8000 ? -value : value;
}

static float
float_from_bfloat (guint16 bfloat)
{
  guint32 bits = (guint32)bfloat << 16;
  float value;
  memcpy (&value, &bits, sizeof value);
  return value;
}

#define LOAD(type) (*(const struct { type value; } __attribute__ ((packed, may_alias)) *)at).value

static inline double
element (LimenDtype dtype, const guint8 *at)
{
  switch (dtype) {
  case LIMEN_DTYPE_F16:
    return float_from_half (LOAD (guint16));
  case LIMEN_DTYPE_BF16:
    return float_from_bfloat (LOAD (guint16));
  case LIMEN_DTYPE_F32:
    return LOAD (float);
  case LIMEN_DTYPE_F64:
    return LOAD (double);
  case LIMEN_DTYPE_U8:
    return LOAD (guint8);
  case LIMEN_DTYPE_I8:
    return LOAD (gint8);
  case LIMEN_DTYPE_U16:
    return LOAD (guint16);
  case LIMEN_DTYPE_I16:
    return LOAD (gint16);
  case LIMEN_DTYPE_U32:
    return LOAD (guint32);
  case LIMEN_DTYPE_I32:
    return LOAD (gint32);
  case LIMEN_DTYPE_U64:
    return (double)LOAD (guint64);
  case LIMEN_DTYPE_I64:
    return (double)LOAD (gint64);
  case LIMEN_DTYPE_BOOL:
    return LOAD (guint8) != 0;
  case LIMEN_N_DTYPES:
    break;
  }
  g_assert_not_reached ();
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

/* One body for both precisions of the copy. */
#define DEFINE_COPY(name, type, same_dtype)                                                        \
  void name (const LimenTensor *tensor, type *out)                                                 \
  {                                                                                                \
    const guint8 *data = g_bytes_get_data (tensor->storage, NULL);                                 \
    gsize size = limen_dtype_size (tensor->dtype), n = (gsize)limen_tensor_n_elements (tensor);    \
    if (n > 0 && tensor->dtype == same_dtype && limen_tensor_is_contiguous (tensor)) {             \
      memcpy (out, data + (gsize)tensor->offset * size, n * size);                                 \
      return;                                                                                      \
    }                                                                                              \
    Row row = first_row (tensor);                                                                  \
    do                                                                                             \
      for (gint64 i = 0; n > 0 && i < row.n; i++)                                                  \
        *out++ = (type)element (tensor->dtype, data + (gsize)(row.first + i * row.stride) * size); \
    while (n > 0 && next_row (&row));                                                              \
  }

DEFINE_COPY (limen_tensor_copy_floats, float, LIMEN_DTYPE_F32)
DEFINE_COPY (limen_tensor_copy_doubles, double, LIMEN_DTYPE_F64)

void
limen_tensor_copy_raw (const LimenTensor *tensor, guint8 *out)
{
  const guint8 *data = g_bytes_get_data (tensor->storage, NULL);
  gsize size = limen_dtype_size (tensor->dtype), n = (gsize)limen_tensor_n_elements (tensor);
  Row row = first_row (tensor);
  do
    for (gint64 i = 0; n > 0 && i < row.n; i++, out += size)
      memcpy (out, data + (gsize)(row.first + i * row.stride) * size, size);
  while (n > 0 && next_row (&row));
}
