#include "model/data/array.h"

#include <math.h>
#include <string.h>

#define MAX_SIDE 16384 /* of an image that an array is taken for */

/* How image i, row y, column x is found: element i·image + y·row + x·column. */
typedef struct {
  guint n, height, width;
  gsize image, row, column;
} Layout;

static const struct {
  const char *name;
  guint size;
} types[] = {
    [LIMEN_NUMBER_BOOL] = {"bool", 1},   [LIMEN_NUMBER_U8] = {"uint8", 1},
    [LIMEN_NUMBER_I8] = {"int8", 1},     [LIMEN_NUMBER_U16] = {"uint16", 2},
    [LIMEN_NUMBER_I16] = {"int16", 2},   [LIMEN_NUMBER_U32] = {"uint32", 4},
    [LIMEN_NUMBER_I32] = {"int32", 4},   [LIMEN_NUMBER_U64] = {"uint64", 8},
    [LIMEN_NUMBER_I64] = {"int64", 8},   [LIMEN_NUMBER_F16] = {"float16", 2},
    [LIMEN_NUMBER_F32] = {"float32", 4}, [LIMEN_NUMBER_F64] = {"float64", 8},
};

guint
limen_number_size (LimenNumberType type)
{
  return types[type].size;
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
  GString *text = g_string_new (types[array->type].name);
  g_string_append (text, " (");
  for (guint i = 0; i < array->n_dims; i++)
    g_string_append_printf (text, i ? ", %" G_GUINT64_FORMAT : "%" G_GUINT64_FORMAT,
                            array->dims[i]);
  g_string_append_c (text, ')');
  return g_string_free (text, FALSE);
}

/* Shapes */

static gsize
stride_of (const LimenArray *array, guint dim)
{
  gsize stride = 1;
  for (guint i = array->fortran ? 0 : dim + 1; i < (array->fortran ? dim : array->n_dims); i++)
    stride *= array->dims[i];
  return stride;
}

static void
set_axes (const LimenArray *array, int image, guint row, guint column, Layout *layout)
{
  *layout = (Layout){.n = image < 0 ? 1 : (guint)array->dims[image],
                     .height = (guint)array->dims[row],
                     .width = (guint)array->dims[column],
                     .image = image < 0 ? 0 : stride_of (array, (guint)image),
                     .row = stride_of (array, row),
                     .column = stride_of (array, column)};
}

static void
set_rows (const LimenArray *array, guint width, guint height, Layout *layout)
{
  gsize step = stride_of (array, 1);
  *layout = (Layout){
      (guint)array->dims[0], height, width, stride_of (array, 0), step * width, step,
  };
}

static LimenArrayLook
lay_out_2d (const LimenArray *array, const LimenImageSetOptions *options, Layout *layout)
{
  guint64 rows = array->dims[0], d = array->dims[1];
  guint side = (guint)(sqrt ((double)d) + 0.5);
  if (d > 0 && d == (guint64)options->width * options->height) {
    set_rows (array, options->width, options->height, layout);
    return LIMEN_ARRAY_IMAGES;
  }
  if (rows != d && d > 1 && d == (guint64)side * side) {
    set_rows (array, side, side, layout);
    return LIMEN_ARRAY_ROWS;
  }
  set_axes (array, -1, 0, 1, layout);
  return rows <= MAX_SIDE && d <= MAX_SIDE && d > 1 ? LIMEN_ARRAY_ONE : LIMEN_ARRAY_NONE;
}

static gboolean
is_colour (const LimenArray *array)
{
  guint64 last = array->dims[array->n_dims - 1];
  return (last == 3 || last == 4) && array->dims[array->n_dims - 2] > 4 &&
         array->dims[array->n_dims - 3] > 4;
}

static LimenArrayLook
lay_out (const LimenArray *array, const LimenImageSetOptions *options, Layout *layout)
{
  for (guint i = 0; i < array->n_dims; i++)
    if (array->dims[i] > G_MAXUINT32 || (i > 0 && array->dims[i] > MAX_SIDE * MAX_SIDE))
      return LIMEN_ARRAY_NONE;
  if (array->n_dims == 2)
    return lay_out_2d (array, options, layout);
  if (array->n_dims < 3 || array->n_dims > 4 || is_colour (array))
    return LIMEN_ARRAY_NONE;
  if (array->n_dims == 3)
    set_axes (array, 0, 1, 2, layout);
  else if (array->dims[1] == 1)
    set_axes (array, 0, 2, 3, layout);
  else if (array->dims[3] == 1)
    set_axes (array, 0, 1, 2, layout);
  else
    return LIMEN_ARRAY_NONE;
  return LIMEN_ARRAY_IMAGES;
}

static LimenArrayLook
look (const LimenArray *array, const char *name, const LimenImageSetOptions *options,
      Layout *layout, GError **error)
{
  LimenArrayLook found = lay_out (array, options, layout);
  g_autofree char *shape = limen_array_to_string (array);
  if (found != LIMEN_ARRAY_NONE)
    return found;
  if (array->n_dims <= 1)
    g_set_error (
        error, LIMEN_ERROR, LIMEN_ERROR_FORMAT,
        "%s holds labels, not images: it is one row of numbers, %s; choose the file of the "
        "images.",
        name, shape);
  else
    g_set_error (error, LIMEN_ERROR, LIMEN_ERROR_FORMAT,
                 "%s holds no grey images: its array is %s; reshape it to (images, height, width).",
                 name, shape);
  return LIMEN_ARRAY_NONE;
}

LimenArrayLook
limen_array_look (const LimenArray *array, const char *name, const LimenImageSetOptions *options,
                  GError **error)
{
  Layout layout;
  return look (array, name, options, &layout, error);
}

/* Values */

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
bits_to_double (guint64 bits, LimenNumberType type)
{
  union {
    guint32 bits;
    float value;
  } f32 = {(guint32)bits};
  union {
    guint64 bits;
    double value;
  } f64 = {bits};
  switch (type) {
  case LIMEN_NUMBER_BOOL:
    return bits != 0;
  case LIMEN_NUMBER_I8:
    return (gint8)bits;
  case LIMEN_NUMBER_I16:
    return (gint16)bits;
  case LIMEN_NUMBER_I32:
    return (gint32)bits;
  case LIMEN_NUMBER_I64:
    return (double)(gint64)bits;
  case LIMEN_NUMBER_F16:
    return half_to_double ((guint16)bits);
  case LIMEN_NUMBER_F32:
    return f32.value;
  case LIMEN_NUMBER_F64:
    return f64.value;
  default:
    return (double)bits;
  }
}

static void
load_row (const LimenArray *array, const Layout *layout, guint image, guint y, double *out)
{
  guint size = limen_number_size (array->type);
  gboolean swap = array->big_endian == (G_BYTE_ORDER == G_LITTLE_ENDIAN);
  const guchar *at = array->data + (image * layout->image + y * layout->row) * size;
  for (guint x = 0; x < layout->width; x++, at += layout->column * size)
    out[x] = bits_to_double (load_bits (at, size, swap), array->type);
}

typedef struct {
  double min, max;
  gboolean finite, whole;
} Range;

static Range
find_range (const LimenArray *array, const Layout *layout, double *row, GCancellable *cancellable)
{
  Range range = {INFINITY, -INFINITY, TRUE, TRUE};
  for (guint i = 0; i < layout->n; i++)
    for (guint y = 0; y < layout->height && !g_cancellable_is_cancelled (cancellable); y++) {
      load_row (array, layout, i, y, row);
      for (guint x = 0; x < layout->width; x++) {
        range.min = MIN (range.min, row[x]);
        range.max = MAX (range.max, row[x]);
        range.finite &= isfinite (row[x]) != 0;
        range.whole &= row[x] == trunc (row[x]);
      }
    }
  return range;
}

/* The value that means white, or 0 with @error set. */
static double
find_white (const LimenArray *array, Range range, const char *name, GError **error)
{
  if (!range.finite)
    g_set_error (error, LIMEN_ERROR, LIMEN_ERROR_MISMATCH,
                 "%s has values that are not finite; replace them by numbers from 0 to 1.", name);
  else if (range.min < 0 || range.max > 65535)
    g_set_error (error, LIMEN_ERROR, LIMEN_ERROR_MISMATCH,
                 "%s has values from %g to %g; scale them to 0 to 1, 0 to 255 or 0 to 65535.", name,
                 range.min, range.max);
  else if (array->type == LIMEN_NUMBER_I8 || array->type == LIMEN_NUMBER_U8)
    return 255;
  else
    return range.max <= 1 ? 1 : range.max <= 255 ? 255 : 65535;
  return 0;
}

static LimenImages *
convert (const LimenArray *array, const Layout *layout, const char *name, GCancellable *cancellable,
         GError **error)
{
  g_autofree double *row = g_new (double, layout->width);
  Range range = find_range (array, layout, row, cancellable);
  double white = find_white (array, range, name, error);
  gboolean fits_u8 = range.whole && white <= 255;
  if (white == 0)
    return NULL;
  LimenImages *images = limen_images_new (name, layout->n, layout->width, layout->height,
                                          fits_u8 ? LIMEN_PIXELS_U8 : LIMEN_PIXELS_F32, error);
  gsize at = 0;
  for (guint i = 0; images && i < layout->n; i++)
    for (guint y = 0; y < layout->height && !g_cancellable_is_cancelled (cancellable); y++) {
      load_row (array, layout, i, y, row);
      for (guint x = 0; x < layout->width; x++, at++)
        if (fits_u8)
          images->u8[at] = (guint8)(row[x] * (255 / white));
        else
          images->f32[at] = (float)(row[x] / white);
    }
  return images;
}

LimenImages *
limen_array_to_images (const LimenArray *array, const char *name,
                       const LimenImageSetOptions *options, GCancellable *cancellable,
                       GError **error)
{
  Layout layout;
  g_autoptr (LimenImages) images = NULL;
  if (!look (array, name, options, &layout, error))
    return NULL;
  if (options->max_images)
    layout.n = MIN (layout.n, options->max_images);
  if (layout.n == 0 || layout.width == 0 || layout.height == 0 ||
      (array->type == LIMEN_NUMBER_U8 && !array->fortran)) {
    images = limen_images_new (name, layout.n, layout.width, layout.height, LIMEN_PIXELS_U8, error);
    if (images)
      memcpy (images->u8, array->data, (gsize)layout.n * layout.height * layout.width);
  } else
    images = convert (array, &layout, name, cancellable, error);
  if (images && g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  return g_steal_pointer (&images);
}
