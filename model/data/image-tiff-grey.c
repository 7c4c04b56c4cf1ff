#include "model/data/image-tiff.h"

#include <math.h>

#define SLACK 1e-6 /* beyond a range, by rounding */

/* What each row of a page is made light by, and what is counted on the way: values outside of
 * @reading, which is known in any case. */
typedef struct {
  LimenImages *images;
  LimenReading reading;
  double low, high, alpha_white; /* the ends of @reading */
  gboolean is_inverted;
  guint64 n_clamped;
} Scale;

/* Ranges */

static LimenTiffRange *
range_of (LimenTiff *self)
{
  return &self->ranges[self->layout.number == LIMEN_TIFF_FLOAT];
}

static guint
n_colours (const LimenTiffLayout *layout)
{
  return layout->n_used - (layout->has_alpha ? 1 : 0);
}

static void
scan_row (LimenTiff *self, const double *samples, guint x, guint y, guint n, gpointer data)
{
  const LimenTiffLayout *layout = &self->layout;
  LimenTiffRange *range = range_of (self);
  LimenValues *values = &range->values;
  for (guint i = 0; i < n; i++)
    for (guint u = 0; u < layout->n_used; u++) {
      double value = *samples++;
      values->finite &= isfinite (value) != 0;
      if (u < n_colours (layout)) {
        values->whole &= value == trunc (value);
        values->low = MIN (values->low, value);
        values->high = MAX (values->high, value);
      } else
        range->alpha_max = MAX (range->alpha_max, value);
    }
}

gboolean
limen_tiff_scan (LimenTiff *self, GError **error)
{
  return limen_tiff_read_rows (self, scan_row, NULL, NULL, error);
}

LimenNumberType
limen_tiff_number_type (const LimenTiffLayout *layout)
{
  guint size = layout->bits <= 8 ? 0 : layout->bits <= 16 ? 1 : layout->bits <= 32 ? 2 : 3;
  static const LimenNumberType types[][4] = {
      [LIMEN_TIFF_UNSIGNED] = {LIMEN_NUMBER_U8, LIMEN_NUMBER_U16, LIMEN_NUMBER_U32,
                               LIMEN_NUMBER_U64},
      [LIMEN_TIFF_SIGNED] = {LIMEN_NUMBER_I8, LIMEN_NUMBER_I16, LIMEN_NUMBER_I32, LIMEN_NUMBER_I64},
      [LIMEN_TIFF_FLOAT] = {LIMEN_NUMBER_F16, LIMEN_NUMBER_F16, LIMEN_NUMBER_F32, LIMEN_NUMBER_F64},
  };
  return types[layout->number][size];
}

/* Of 16 bits and fewer, all that the bits hold goes from black to white, as in PNG; of others the
 * values of all pages of the file decide, as in arrays. */
static gboolean
find_scale (LimenTiff *self, Scale *scale, GError **error)
{
  const LimenTiffLayout *layout = &self->layout;
  const LimenReading *asked = self->decoder->asked;
  const LimenTiffRange *range = range_of (self);
  LimenReading reading = {.white = layout->full, .unit = LIMEN_UNIT_ONE, .label = LIMEN_LABEL_NONE};
  gboolean is_float = layout->number == LIMEN_TIFF_FLOAT,
           is_undecided = limen_tiff_is_undecided (self);
  if (is_undecided) {
    reading.black = asked ? asked->black : 0;
    reading.white = asked ? asked->white : 0;
  }
  gboolean is_asked = is_undecided && reading.black != reading.white;
  if (is_undecided && !limen_array_choose_range (limen_tiff_number_type (layout), &range->values,
                                                 &reading, self->decoder->name, error))
    return FALSE;
  if (layout->is_inverted && !is_asked)
    reading = (LimenReading){reading.white, reading.black, reading.unit, reading.label};
  *scale = (Scale){.reading = reading,
                   .low = MIN (reading.black, reading.white),
                   .high = MAX (reading.black, reading.white),
                   .is_inverted = reading.white < reading.black};
  scale->alpha_white = !is_float ? layout->full : range->alpha_max <= 1 + SLACK ? 1 : scale->high;
  return TRUE;
}

/* What was done, for those who ask */
static LimenReadAs *
read_as_new (const LimenTiff *self, const Scale *scale)
{
  const LimenTiffLayout *layout = &self->layout;
  const LimenValues *values = &self->ranges[layout->number == LIMEN_TIFF_FLOAT].values;
  LimenReadAs *read_as = limen_read_as_new ();
  read_as->file = g_strdup (self->file);
  read_as->type = limen_tiff_number_type (layout);
  if (self->decoder->asked)
    read_as->asked = *self->decoder->asked;
  read_as->done = scale->reading;
  read_as->done.channels = LIMEN_CHANNELS_NONE;
  read_as->done.keeps_colour = limen_decoder_keeps_colour (self->decoder);
  read_as->n = 1;
  read_as->width = layout->width;
  read_as->height = layout->height;
  read_as->n_channels =
      layout->colour == LIMEN_TIFF_RGB ? n_colours (layout) + layout->has_alpha : 1;
  read_as->low = values->low;
  read_as->high = values->high;
  read_as->whole = values->whole;
  read_as->n_values = (guint64)layout->width * layout->height * n_colours (layout);
  read_as->n_clamped = scale->n_clamped;
  return read_as;
}

/* Grey, or colour: one channel after the other */

#define GREY (-1) /* instead of the number of a channel */

static double
luma (const double *rgb, int channel)
{
  return channel == GREY ? (19595 * rgb[0] + 38470 * rgb[1] + 7471 * rgb[2]) / 65536 : rgb[channel];
}

/* On white, from 0 to 1; @alpha: 1 where there is none */
static double
light_of (const LimenTiffLayout *layout, const Scale *scale, const double *samples, double alpha,
          int channel)
{
  double grey, value[4] = {0};
  for (guint c = 0; c < n_colours (layout); c++)
    value[c] = CLAMP ((samples[c] - scale->low) / (scale->high - scale->low), 0, 1);
  if (layout->colour == LIMEN_TIFF_CMYK)
    grey = (1 - luma (value, channel)) * (1 - value[3]);
  else if (layout->colour == LIMEN_TIFF_RGB)
    grey = luma (value, channel);
  else
    grey = value[0];
  if (scale->is_inverted)
    grey = (layout->is_associated ? alpha : 1) - grey;
  return CLAMP (layout->is_associated ? grey + 1 - alpha : grey * alpha + 1 - alpha, 0, 1);
}

static void
look_up (const LimenTiffLayout *layout, double sample, int channel, guint16 *rgb)
{
  for (guint c = 0; c < 3; c++)
    rgb[c] = layout->palette[channel == GREY ? c : (guint)channel][(guint)sample];
}

static guint8
byte_of (const LimenTiffLayout *layout, const Scale *scale, const double *samples, double alpha,
         int channel)
{
  guint16 rgb[3];
  if (layout->colour != LIMEN_TIFF_PALETTE)
    return (guint8)lround (light_of (layout, scale, samples, alpha, channel) * 255);
  look_up (layout, samples[0], channel, rgb);
  return limen_grey_u8 (rgb[0] >> 8, rgb[1] >> 8, rgb[2] >> 8, (guint)lround (alpha * 255));
}

/* Whether its bytes are those that PNG would have, and so are to be rounded in the same way. */
static gboolean
is_plain (const LimenTiffLayout *layout)
{
  return layout->number == LIMEN_TIFF_UNSIGNED && layout->bits == 8 && !layout->is_inverted &&
         !layout->is_associated &&
         (layout->colour == LIMEN_TIFF_RGB || layout->colour == LIMEN_TIFF_GREY);
}

static void
plain_row (LimenTiff *self, const guchar *samples, guint x, guint y, guint n, gpointer data)
{
  const LimenTiffLayout *layout = &self->layout;
  const Scale *scale = data;
  gsize at = (gsize)y * layout->width + x;
  guint step = layout->n_samples, green = layout->colour == LIMEN_TIFF_RGB ? 1 : 0;
  guint alpha = layout->has_alpha ? layout->used[layout->n_used - 1] : 0;
  for (guint i = 0; i < n; i++, samples += step)
    limen_put_u8 (scale->images, at + i, samples[0], samples[green], samples[2 * green],
                  alpha ? samples[alpha] : 255);
}

static float
float_of (const LimenTiffLayout *layout, const Scale *scale, const double *samples, double alpha,
          int channel)
{
  guint16 rgb[3];
  if (layout->colour != LIMEN_TIFF_PALETTE)
    return (float)light_of (layout, scale, samples, alpha, channel);
  look_up (layout, samples[0], channel, rgb);
  double grey = (double)limen_grey_u16 (rgb[0], rgb[1], rgb[2], 65535);
  return (float)(grey * alpha + 1 - alpha);
}

/* Pixel @at */
static void
put (const LimenTiffLayout *layout, const Scale *scale, const double *samples, double alpha,
     gsize at)
{
  LimenImages *images = scale->images;
  int first = images->is_colour ? 0 : GREY, n = images->is_colour ? 3 : 1;
  for (int i = 0; i < n; i++) {
    gsize to = at * (gsize)n + (gsize)i;
    if (images->u8)
      images->u8[to] = byte_of (layout, scale, samples, alpha, first + i);
    else
      images->f32[to] = float_of (layout, scale, samples, alpha, first + i);
  }
}

static void
put_row (LimenTiff *self, const double *samples, guint x, guint y, guint n, gpointer data)
{
  const LimenTiffLayout *layout = &self->layout;
  Scale *scale = data;
  gsize at = (gsize)y * layout->width + x;
  for (guint i = 0; i < n; i++, samples += layout->n_used) {
    double alpha = layout->has_alpha ? samples[layout->n_used - 1] / scale->alpha_white : 1;
    alpha = CLAMP (alpha, 0, 1);
    for (guint c = 0; c < n_colours (layout); c++)
      scale->n_clamped += samples[c] < scale->low || samples[c] > scale->high;
    put (layout, scale, samples, alpha, at + i);
  }
}

/* Whether 8 bits hold each of its values: those of 1, 2, 4 and 8 bits are multiples of 1/255. */
static gboolean
fits_bytes (const LimenTiffLayout *layout)
{
  if (layout->colour == LIMEN_TIFF_PALETTE)
    return layout->palette_is_bytes && (!layout->has_alpha || layout->bits == 8);
  return layout->number == LIMEN_TIFF_UNSIGNED && layout->bits <= 8 && 8 % layout->bits == 0;
}

/* What libtiff makes 8 bits of */

typedef struct {
  LimenImages *images;
  guint32 *raster; /* from the lowest row on, colours multiplied by alpha */
  guint raster_width, raster_height;
} Rgba;

static void
put_raster (LimenImages *images, gsize at, guint32 pixel)
{
  guint n = images->is_colour ? 3 : 1;
  guint8 *out = images->u8 + at * n;
  limen_put_u8 (images, at, TIFFGetR (pixel), TIFFGetG (pixel), TIFFGetB (pixel), 255);
  for (guint c = 0; c < n; c++)
    out[c] = (guint8)MIN (out[c] + 255 - TIFFGetA (pixel), 255);
}

static void
take_raster (const Rgba *rgba, guint x, guint y, guint n_rows)
{
  guint n = MIN (rgba->raster_width, rgba->images->width - x);
  for (guint row = 0; row < n_rows; row++) {
    const guint32 *in = rgba->raster + (gsize)(rgba->raster_height - 1 - row) * rgba->raster_width;
    gsize at = (gsize)(y + row) * rgba->images->width + x;
    for (guint i = 0; i < n; i++)
      put_raster (rgba->images, at + i, in[i]);
  }
}

static gboolean
read_rgba (LimenTiff *self, Rgba *rgba)
{
  const LimenTiffLayout *layout = &self->layout;
  guint width = rgba->raster_width, height = rgba->raster_height;
  for (guint y = 0; y < layout->height; y += height)
    for (guint x = 0; x < layout->width; x += width) {
      guint n_rows = MIN (height, layout->height - y);
      if (g_cancellable_is_cancelled (self->decoder->cancellable))
        return FALSE;
      if (!(layout->is_tiled ? TIFFReadRGBATileExt (self->tiff, x, y, rgba->raster, 1)
                             : TIFFReadRGBAStripExt (self->tiff, y, rgba->raster, 1)))
        return FALSE;
      if (!layout->is_tiled)
        rgba->raster_height = n_rows; /* the last strip is shorter */
      take_raster (rgba, x, y, n_rows);
    }
  return TRUE;
}

static gboolean
size_of_pieces (LimenTiff *self, Rgba *rgba)
{
  const LimenTiffLayout *layout = &self->layout;
  guint32 width = layout->width, height = layout->height;
  if (layout->is_tiled) {
    TIFFGetField (self->tiff, TIFFTAG_TILEWIDTH, &width);
    TIFFGetField (self->tiff, TIFFTAG_TILELENGTH, &height);
  } else
    TIFFGetFieldDefaulted (self->tiff, TIFFTAG_ROWSPERSTRIP, &height);
  rgba->raster_width = width;
  rgba->raster_height = layout->is_tiled ? height : MIN (height, layout->height);
  return width > 0 && height > 0 && (guint64)width * rgba->raster_height <= LIMEN_MAX_PIXELS;
}

static LimenImages *
grey_by_libtiff (LimenTiff *self, GError **error)
{
  const LimenTiffLayout *layout = &self->layout;
  char reason[1024] = "";
  Rgba rgba = {NULL};
  if (!TIFFRGBAImageOK (self->tiff, reason) || !size_of_pieces (self, &rgba)) {
    limen_decoder_set_unread (self->decoder, "its colours are of a kind that is rare", error);
    return NULL;
  }
  g_autoptr (LimenImages) images =
      limen_decoder_images (self->decoder, layout->width, layout->height, LIMEN_PIXELS_U8, error);
  g_autofree guint32 *raster =
      g_try_malloc0 ((gsize)rgba.raster_width * rgba.raster_height * sizeof (guint32));
  rgba.images = images;
  rgba.raster = raster;
  if (images && raster && read_rgba (self, &rgba) && !*self->reason)
    return g_steal_pointer (&images);
  if (images)
    limen_decoder_set_damaged (self->decoder, *self->reason ? self->reason : "it is cut off",
                               error);
  return NULL;
}

LimenImages *
limen_tiff_grey (LimenTiff *self, GError **error)
{
  const LimenTiffLayout *layout = &self->layout;
  Scale scale;
  if (layout->colour == LIMEN_TIFF_BY_LIBTIFF)
    return grey_by_libtiff (self, error);
  if (!find_scale (self, &scale, error))
    return NULL;
  g_autoptr (LimenImages) images =
      limen_decoder_images (self->decoder, layout->width, layout->height,
                            fits_bytes (layout) ? LIMEN_PIXELS_U8 : LIMEN_PIXELS_F32, error);
  scale.images = images;
  if (!images ||
      !limen_tiff_read_rows (self, put_row, is_plain (layout) ? plain_row : NULL, &scale, error))
    return NULL;
  if (limen_tiff_is_undecided (self))
    images->read_as = read_as_new (self, &scale);
  return g_steal_pointer (&images);
}
