#include "model/data/array.h"

#include <errno.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

guint
limen_number_size (LimenNumberType type)
{
  static const guint sizes[] = {
      [LIMEN_NUMBER_BOOL] = 1, [LIMEN_NUMBER_U8] = 1,  [LIMEN_NUMBER_I8] = 1,
      [LIMEN_NUMBER_U16] = 2,  [LIMEN_NUMBER_I16] = 2, [LIMEN_NUMBER_U32] = 4,
      [LIMEN_NUMBER_I32] = 4,  [LIMEN_NUMBER_U64] = 8, [LIMEN_NUMBER_I64] = 8,
      [LIMEN_NUMBER_F16] = 2,  [LIMEN_NUMBER_F32] = 4, [LIMEN_NUMBER_F64] = 8,
  };
  return sizes[type];
}

gboolean
limen_array_n_bytes (const LimenArray *array, gsize *n_bytes)
{
  *n_bytes = limen_number_size (array->type);
  for (guint i = 0; i < array->n_dims; i++)
    if (array->dims[i] > G_MAXSIZE || !g_size_checked_mul (n_bytes, *n_bytes, array->dims[i]))
      return FALSE;
  return TRUE;
}

char *
limen_array_to_string (const LimenArray *array)
{
  GString *text = g_string_new (limen_number_name (array->type));
  g_string_append (text, " (");
  for (guint i = 0; i < array->n_dims; i++)
    g_string_append_printf (text, i ? ", %" G_GUINT64_FORMAT : "%" G_GUINT64_FORMAT,
                            array->dims[i]);
  g_string_append_c (text, ')');
  return g_string_free (text, FALSE);
}

gsize
limen_array_stride (const LimenArray *array, guint dim)
{
  gsize stride = 1;
  for (guint i = array->fortran ? 0 : dim + 1; i < (array->fortran ? dim : array->n_dims); i++)
    stride *= array->dims[i];
  return stride;
}

/* Fills @buffer from the file; another program may have cut it short by now. */
static gboolean
read_at (const LimenArray *array, gsize first, gsize n, guchar *buffer)
{
  for (gsize done = 0; done < n;) {
    gssize step =
        pread (array->fd, buffer + done, n - done, array->offset + (goffset)(first + done));
    if (step < 0 && errno == EINTR)
      continue;
    if (step <= 0)
      return FALSE;
    done += (gsize)step;
  }
  return TRUE;
}

const guchar *
limen_array_read (const LimenArray *array, const char *name, gsize first, gsize n, guchar *buffer,
                  GError **error)
{
  if (array->data)
    return array->data + first;
  if (read_at (array, first, n, buffer))
    return buffer;
  limen_fail (error, LIMEN_ERROR_DAMAGED, "%s ended while it was read; save or fetch it again.",
              name);
  return NULL;
}

/* Numbers */

static double
half_to_double (guint16 half)
{
  int exponent = half >> 10 & 31, fraction = half & 1023;
  double value = exponent == 0    ? ldexp (fraction, -24)
                 : exponent == 31 ? (fraction ? NAN : INFINITY)
                                  : ldexp (fraction + 1024, exponent - 25);
  return half & 0x8000 ? -value : value;
}

static inline guint64
load_bits (const guchar *at, guint size, gboolean swap)
{
  guint16 bits16;
  guint32 bits32;
  guint64 bits64;
  switch (size) {
  case 1:
    return *at;
  case 2:
    memcpy (&bits16, at, 2);
    return swap ? GUINT16_SWAP_LE_BE (bits16) : bits16;
  case 4:
    memcpy (&bits32, at, 4);
    return swap ? GUINT32_SWAP_LE_BE (bits32) : bits32;
  default:
    memcpy (&bits64, at, 8);
    return swap ? GUINT64_SWAP_LE_BE (bits64) : bits64;
  }
}

static inline double
f32_of_bits (guint64 bits)
{
  union {
    guint32 bits;
    float value;
  } f32 = {(guint32)bits};
  return f32.value;
}

static inline double
f64_of_bits (guint64 bits)
{
  union {
    guint64 bits;
    double value;
  } f64 = {bits};
  return f64.value;
}

/* One loop for each type, so that nothing is decided inside of it. */
#define GET(size, value)                                                                           \
  for (guint i = 0; i < n; i++, at += stride * (size)) {                                           \
    guint64 bits = load_bits (at, size, swap);                                                     \
    out[i] = (value);                                                                              \
  }                                                                                                \
  break

void
limen_array_get (const LimenArray *array, const guchar *at, gsize stride, guint n, double *out)
{
  gboolean swap = array->big_endian == (G_BYTE_ORDER == G_LITTLE_ENDIAN);
  switch (array->type) {
  case LIMEN_NUMBER_BOOL:
    GET (1, bits != 0);
  case LIMEN_NUMBER_U8:
    GET (1, (double)bits);
  case LIMEN_NUMBER_I8:
    GET (1, (gint8)bits);
  case LIMEN_NUMBER_U16:
    GET (2, (double)bits);
  case LIMEN_NUMBER_I16:
    GET (2, (gint16)bits);
  case LIMEN_NUMBER_U32:
    GET (4, (double)bits);
  case LIMEN_NUMBER_I32:
    GET (4, (gint32)bits);
  case LIMEN_NUMBER_U64:
    GET (8, (double)bits);
  case LIMEN_NUMBER_I64:
    GET (8, (double)(gint64)bits);
  case LIMEN_NUMBER_F16:
    GET (2, half_to_double ((guint16)bits));
  case LIMEN_NUMBER_F32:
    GET (4, f32_of_bits (bits));
  case LIMEN_NUMBER_F64:
    GET (8, f64_of_bits (bits));
  }
}
