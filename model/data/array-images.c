/* Numbers of an array become images, grey or in colour. */
#include "model/data/array-values.h"
#include "model/data/image-file-private.h"

#include <math.h>
#include <string.h>

#define HOLD_BYTES  ((gsize)8 << 20) /* read at once, between two looks at the cancellable, */
#define BATCH_BYTES ((gsize)1 << 20) /* or read and turned into images */

/* One array on its way. @value: (n_channels, width): one row of one image */
typedef struct {
  const LimenArray *array;
  const char *name;
  LimenGrid grid;
  LimenReading reading;
  LimenImages *images;
  double *value;
  GCancellable *cancellable;
} Conversion;

/* Arrays in files */

/* Whether image after image stands in the file, so that it can be read in pieces */
static gboolean
is_sequential (const LimenArray *array, const LimenGrid *grid)
{
  return !array->fortran && array->n_dims > 0 && array->dims[0] == grid->n &&
         grid->image == limen_array_stride (array, 0);
}

/* The whole array in memory. Returns: NULL with @error set */
static guchar *
hold (const LimenArray *array, const char *name, GCancellable *cancellable, GError **error)
{
  guchar *bytes = array->size <= LIMEN_MAX_BYTES ? g_try_malloc (MAX (array->size, 1)) : NULL;
  if (!bytes)
    limen_fail (error, LIMEN_ERROR_UNSAFE,
                "%s has more than the 2 GB that Limen reads at once of an array in this order; "
                "split it, or save it with one image after the other.",
                name);
  for (gsize done = 0; bytes && done < array->size; done += HOLD_BYTES) {
    gsize n = MIN (array->size - done, HOLD_BYTES);
    if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
        !limen_array_read (array, name, done, n, bytes + done, error))
      g_clear_pointer (&bytes, g_free);
  }
  return bytes;
}

/* Pixels */

static double
scale (const LimenReading *reading, double value)
{
  return CLAMP ((value - reading->black) / (reading->white - reading->black), 0, 1);
}

/* Black is no opacity only where it is the lower end. */
static double
opacity (const LimenReading *reading, double value)
{
  double scaled = scale (reading, value);
  return reading->white < reading->black ? 1 - scaled : scaled;
}

/* ITU-R BT.601, or channel @k alone, on white where it is not opaque; as limen_grey_u8() has it */
static double
light_of (const Conversion *c, guint x, guint k)
{
  guint width = c->grid.width, n = c->grid.n_channels;
  const double *value = c->value + x;
  double grey = scale (&c->reading, value[n >= 3 && c->images->is_colour ? k * width : 0]);
  if (n >= 3 && !c->images->is_colour)
    grey = (19595 * grey + 38470 * scale (&c->reading, value[width]) +
            7471 * scale (&c->reading, value[2 * width])) /
           65536;
  if (n % 2)
    return grey;
  double alpha = opacity (&c->reading, value[(n - 1) * width]);
  return grey * alpha + 1 - alpha;
}

static guint
to_byte (double scaled)
{
  return (guint)(scaled * 255 + 0.5);
}

static void
put_floats (const Conversion *c, guint x, gsize at)
{
  guint n = c->images->is_colour ? 3 : 1;
  for (guint k = 0; k < n; k++)
    c->images->f32[at * n + k] = (float)light_of (c, x, k);
}

static void
put_bytes (const Conversion *c, guint x, gsize at)
{
  guint width = c->grid.width;
  const double *value = c->value + x;
  guint n = c->grid.n_channels, red = to_byte (scale (&c->reading, value[0]));
  guint green = red, blue = red, alpha = 255;
  if (n >= 3) {
    green = to_byte (scale (&c->reading, value[width]));
    blue = to_byte (scale (&c->reading, value[2 * width]));
  }
  if (n % 2 == 0)
    alpha = to_byte (opacity (&c->reading, value[(n - 1) * width]));
  limen_put_u8 (c->images, at, red, green, blue, alpha);
}

/* @base: where image @i begins */
static void
convert_image (Conversion *c, const guchar *base, guint i)
{
  const LimenGrid *grid = &c->grid;
  guint size = limen_number_size (c->array->type);
  gsize out = (gsize)i * grid->height * grid->width;
  for (guint y = 0; y < grid->height && !g_cancellable_is_cancelled (c->cancellable);
       y++, out += grid->width) {
    for (guint k = 0; k < grid->n_channels; k++)
      limen_numbers_read (c->array->type, c->array->big_endian,
                          base + (grid->first + y * grid->row + k * grid->channel) * size,
                          grid->column, grid->width, c->value + (gsize)k * grid->width);
    for (guint x = 0; x < grid->width; x++)
      if (c->images->u8)
        put_bytes (c, x, out + x);
      else
        put_floats (c, x, out + x);
  }
}

/* Bytes from 0 to 255 in their order are taken as they are. */
static gboolean
is_plain (const Conversion *c)
{
  const LimenGrid *grid = &c->grid;
  return !c->images->is_colour && c->array->type == LIMEN_NUMBER_U8 && c->reading.black == 0 &&
         c->reading.white == 255 && grid->n_channels == 1 && grid->column == 1 &&
         grid->row == grid->width;
}

/* Images @first to @first + @n − 1, the first of which begins at @bytes */
static void
convert_batch (Conversion *c, const guchar *bytes, guint first, guint n)
{
  gsize step = c->grid.image * limen_number_size (c->array->type);
  gsize pixels = (gsize)c->grid.height * c->grid.width;
  for (guint i = 0; i < n; i++)
    if (is_plain (c))
      memcpy (c->images->u8 + (first + i) * pixels, bytes + i * step + c->grid.first, pixels);
    else
      convert_image (c, bytes + i * step, first + i);
}

static gboolean
convert (Conversion *c, GError **error)
{
  const LimenGrid *grid = &c->grid;
  gsize step = grid->image * limen_number_size (c->array->type);
  guint most = (guint)CLAMP (BATCH_BYTES / MAX (step, 1), 1, 4096), n = c->images->n;
  g_autofree double *value = g_new (double, (gsize)grid->width * grid->n_channels);
  g_autofree guchar *buffer = c->array->data ? NULL : g_malloc (most * step);
  c->value = value;
  for (guint first = 0; first < n; first += most) {
    guint count = MIN (most, n - first);
    const guchar *bytes =
        limen_array_read (c->array, c->name, first * step, count * step, buffer, error);
    if (!bytes)
      return FALSE;
    convert_batch (c, bytes, first, count);
    if (g_cancellable_set_error_if_cancelled (c->cancellable, error))
      return FALSE;
  }
  return TRUE;
}

/* Whole numbers on a scale of 255 or of 1 need no more than 8 bits. */
static gboolean
fits_u8 (const LimenReading *reading, const LimenValues *values)
{
  double length = fabs (reading->white - reading->black);
  return values->whole && (length == 255 || length == 1) &&
         reading->black == trunc (reading->black);
}

/* What is done, for those who ask */
static LimenReadAs *
read_as_new (const Conversion *c, const LimenImageSetOptions *options, const LimenValues *values,
             guint64 n_clamped)
{
  LimenReadAs *read_as = limen_read_as_new ();
  const LimenGrid *grid = &c->grid;
  read_as->file = g_strdup (c->name);
  read_as->type = c->array->type;
  read_as->n_dims = c->array->n_dims;
  memcpy (read_as->dims, c->array->dims, sizeof read_as->dims);
  read_as->asked = options->reading;
  read_as->done = c->reading;
  read_as->done.keeps_colour = options->reading.keeps_colour;
  read_as->fits = grid->width == options->width && grid->height == options->height;
  read_as->n = grid->n;
  read_as->width = grid->width;
  read_as->height = grid->height;
  read_as->n_channels = grid->n_channels;
  read_as->low = values->low;
  read_as->high = values->high;
  read_as->whole = values->whole;
  read_as->n_values = (guint64)grid->n * grid->width * grid->height * grid->n_channels;
  read_as->n_clamped = n_clamped;
  read_as->label_low = values->label_low;
  read_as->label_high = values->label_high;
  read_as->labels_count = values->labels_count && values->n_labels > 2;
  return read_as;
}

/* Before any number is looked at: there are images, and not too many */
static gboolean
check_size (const Conversion *c, GError **error)
{
  const LimenGrid *grid = &c->grid;
  guint64 pixels = (guint64)grid->width * grid->height;
  if (pixels == 0 || grid->n == 0 || (guint64)grid->n <= LIMEN_MAX_BYTES / pixels)
    return TRUE;
  return limen_fail (
      error, LIMEN_ERROR_UNSAFE,
      "%s holds %u images of %u × %u pixels, more than the 2 GB that Limen reads at once; "
      "choose a part of it.",
      c->name, grid->n, grid->width, grid->height);
}

static LimenImages *
read_images (Conversion *c, const LimenImageSetOptions *options, GError **error)
{
  const LimenGrid *grid = &c->grid;
  guint n = options->max_images ? MIN (grid->n, options->max_images) : grid->n;
  LimenValues values = {0};
  guint64 n_clamped = 0;
  if (grid->n > 0 && grid->width > 0 && grid->height > 0 &&
      (!limen_array_survey (c->array, grid, &c->reading, c->name, &values, c->cancellable, error) ||
       !limen_array_choose_range (c->array->type, &values, &c->reading, c->name, error)))
    return NULL;
  gboolean outside = values.low < MIN (c->reading.black, c->reading.white) ||
                     values.high > MAX (c->reading.black, c->reading.white);
  if (outside && !limen_array_count_outside (c->array, grid, &c->reading, c->name, &n_clamped,
                                             c->cancellable, error))
    return NULL;
  g_autoptr (LimenImages) images =
      limen_images_new_with (c->name, n, grid->width, grid->height,
                             fits_u8 (&c->reading, &values) ? LIMEN_PIXELS_U8 : LIMEN_PIXELS_F32,
                             options->reading.keeps_colour, error);
  c->images = images;
  if (!images || !convert (c, error))
    return NULL;
  images->read_as = read_as_new (c, options, &values, n_clamped);
  return g_steal_pointer (&images);
}

LimenImages *
limen_array_to_images (const LimenArray *array, const char *name,
                       const LimenImageSetOptions *options, GCancellable *cancellable,
                       GError **error)
{
  Conversion c = {.array = array, .name = name, .cancellable = cancellable};
  if (!limen_array_lay_out (array, name, options, &c.reading, &c.grid, cancellable, error) ||
      !check_size (&c, error))
    return NULL;
  if (array->data || is_sequential (array, &c.grid))
    return read_images (&c, options, error);
  g_autofree guchar *bytes = hold (array, name, cancellable, error);
  LimenArray held = *array;
  held.data = bytes;
  c.array = &held;
  return bytes ? read_images (&c, options, error) : NULL;
}
