#include "model/data/image-tiff.h"

#include <math.h>

#define PHOTOMETRIC_LINEAR_RAW 34892 /* of DNG, of which libtiff's header does not know */

static guint
get_u16 (LimenTiff *self, guint tag, guint otherwise)
{
  guint16 value;
  return TIFFGetFieldDefaulted (self->tiff, tag, &value) ? value : otherwise;
}

/* Refuses what is read as nothing here: @format names it. */
G_GNUC_PRINTF (3, 4)
static gboolean
refuse (LimenTiff *self, GError **error, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *reason = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  return limen_decoder_set_unread (self->decoder, reason, error);
}

/* Numbers */

static gboolean
read_numbers (LimenTiff *self, GError **error)
{
  LimenTiffLayout *layout = &self->layout;
  guint format = get_u16 (self, TIFFTAG_SAMPLEFORMAT, SAMPLEFORMAT_UINT), bits = layout->bits;
  gboolean is_whole_bytes = bits == 8 || bits == 16 || bits == 32 || bits == 64;
  if (format == SAMPLEFORMAT_COMPLEXINT || format == SAMPLEFORMAT_COMPLEXIEEEFP)
    return refuse (self, error, "its values are complex numbers");
  layout->number = format == SAMPLEFORMAT_IEEEFP ? LIMEN_TIFF_FLOAT
                   : format == SAMPLEFORMAT_INT  ? LIMEN_TIFF_SIGNED
                                                 : LIMEN_TIFF_UNSIGNED;
  if (layout->number == LIMEN_TIFF_FLOAT && (!is_whole_bytes || bits == 8))
    return refuse (self, error, "its values are floats of %u bits", bits);
  if (bits == 0 || (bits > 32 && bits != 64) || (layout->number == LIMEN_TIFF_SIGNED && bits == 1))
    return refuse (self, error, "its values have %u bits", bits);
  layout->full = ldexp (1, (int)bits - (layout->number == LIMEN_TIFF_SIGNED)) - 1;
  return TRUE;
}

gboolean
limen_tiff_is_undecided (const LimenTiff *self)
{
  const LimenTiffLayout *layout = &self->layout;
  const LimenReading *asked = self->decoder->asked;
  guint known = asked && asked->black != asked->white ? 8 : 16;
  return layout->colour != LIMEN_TIFF_BY_LIBTIFF && layout->colour != LIMEN_TIFF_PALETTE &&
         (layout->number != LIMEN_TIFF_UNSIGNED || layout->bits > known);
}

/* Colours */

/* Palettes of 8 bits are kept as multiples of 257 or of 256, by some as they are. */
static gboolean
is_of_bytes (const LimenTiffLayout *layout)
{
  gboolean times_257 = TRUE, times_256 = TRUE;
  for (guint c = 0; c < 3; c++)
    for (guint i = 0; i < 1u << layout->bits; i++) {
      times_257 &= layout->palette[c][i] % 257 == 0;
      times_256 &= layout->palette[c][i] % 256 == 0;
    }
  return times_257 || times_256;
}

static gboolean
read_palette (LimenTiff *self, GError **error)
{
  LimenTiffLayout *layout = &self->layout;
  if (layout->bits > 16 || layout->number == LIMEN_TIFF_FLOAT)
    return refuse (self, error, "its palette has entries of %u bits", layout->bits);
  if (!TIFFGetField (self->tiff, TIFFTAG_COLORMAP, &layout->palette[0], &layout->palette[1],
                     &layout->palette[2]))
    return refuse (self, error, "its palette is missing");
  layout->number = LIMEN_TIFF_UNSIGNED;
  layout->colour = LIMEN_TIFF_PALETTE;
  layout->palette_is_bytes = is_of_bytes (layout);
  return TRUE;
}

static gboolean
set_colour (LimenTiffLayout *layout, LimenTiffColour colour)
{
  layout->colour = colour;
  return TRUE;
}

/* JPEG inside TIFF is asked to give RGB; what else is stored as differences of colour is left to
 * libtiff, which knows 8 bits only. */
static gboolean
read_ycbcr (LimenTiff *self)
{
  if (get_u16 (self, TIFFTAG_COMPRESSION, 0) == COMPRESSION_JPEG && !self->layout.is_separate &&
      TIFFSetField (self->tiff, TIFFTAG_JPEGCOLORMODE, JPEGCOLORMODE_RGB))
    return set_colour (&self->layout, LIMEN_TIFF_RGB);
  return set_colour (&self->layout, LIMEN_TIFF_BY_LIBTIFF);
}

static gboolean
read_colour (LimenTiff *self, GError **error)
{
  LimenTiffLayout *layout = &self->layout;
  guint16 stored = 0;
  guint otherwise = layout->n_samples >= 3 ? PHOTOMETRIC_RGB : PHOTOMETRIC_MINISBLACK;
  guint photometric = TIFFGetField (self->tiff, TIFFTAG_PHOTOMETRIC, &stored) ? stored : otherwise;
  if (get_u16 (self, TIFFTAG_COMPRESSION, 0) == COMPRESSION_OJPEG)
    return set_colour (layout, LIMEN_TIFF_BY_LIBTIFF);
  if (limen_tiff_stored_short (self, TIFFTAG_PHOTOMETRIC) == PHOTOMETRIC_PALETTE)
    photometric = PHOTOMETRIC_PALETTE; /* without a palette libtiff would take it for grey */
  switch (photometric) {
  case PHOTOMETRIC_MINISWHITE:
    layout->is_inverted = TRUE;
    return set_colour (layout, LIMEN_TIFF_GREY);
  case PHOTOMETRIC_MINISBLACK:
    return set_colour (layout, LIMEN_TIFF_GREY);
  case PHOTOMETRIC_RGB:
    return set_colour (layout, LIMEN_TIFF_RGB);
  case PHOTOMETRIC_PALETTE:
    return read_palette (self, error);
  case PHOTOMETRIC_SEPARATED:
    if (get_u16 (self, TIFFTAG_INKSET, INKSET_CMYK) != INKSET_CMYK)
      return refuse (self, error, "it is separated into inks other than those of CMYK");
    return set_colour (layout, LIMEN_TIFF_CMYK);
  case PHOTOMETRIC_YCBCR:
    return read_ycbcr (self);
  case PHOTOMETRIC_CFA:
  case PHOTOMETRIC_LINEAR_RAW:
    return refuse (self, error, "it is a camera's raw picture, not yet developed");
  default:
    return set_colour (layout, LIMEN_TIFF_BY_LIBTIFF);
  }
}

/* Samples beside the colours */

static gboolean
set_alpha (LimenTiffLayout *layout, guint sample, gboolean is_associated)
{
  layout->has_alpha = TRUE;
  layout->is_associated = is_associated;
  layout->used[layout->n_used++] = sample;
  return TRUE;
}

/* A sample of which nothing is said is no alpha; one that is not even mentioned can only be. */
static gboolean
read_extra (LimenTiff *self, guint n_colours, GError **error)
{
  LimenTiffLayout *layout = &self->layout;
  guint16 n_extra = 0, *kinds = NULL;
  guint n_beside = layout->n_samples - n_colours;
  for (guint i = 0; i < n_colours; i++)
    layout->used[layout->n_used++] = i;
  if (n_beside == 1 && limen_tiff_stored_short (self, TIFFTAG_EXTRASAMPLES) < 0)
    return set_alpha (layout, n_colours, FALSE);
  TIFFGetFieldDefaulted (self->tiff, TIFFTAG_EXTRASAMPLES, &n_extra, &kinds);
  for (guint i = 0; i < MIN (n_extra, n_beside); i++)
    if (kinds[i] == EXTRASAMPLE_ASSOCALPHA || kinds[i] == EXTRASAMPLE_UNASSALPHA)
      return set_alpha (layout, layout->n_samples - n_extra + i,
                        kinds[i] == EXTRASAMPLE_ASSOCALPHA);
  if (layout->colour == LIMEN_TIFF_GREY && n_beside > 0)
    return refuse (self, error, "it has %u channels that are not said to be colours or alpha",
                   layout->n_samples);
  return TRUE;
}

static gboolean
read_samples (LimenTiff *self, GError **error)
{
  static const guint n_colours[] = {
      [LIMEN_TIFF_GREY] = 1, [LIMEN_TIFF_RGB] = 3, [LIMEN_TIFF_CMYK] = 4, [LIMEN_TIFF_PALETTE] = 1};
  LimenTiffLayout *layout = &self->layout;
  if (layout->colour == LIMEN_TIFF_BY_LIBTIFF)
    return TRUE;
  if (layout->n_samples < n_colours[layout->colour])
    return refuse (self, error, "it has %u of the %u channels that its colours need",
                   layout->n_samples, n_colours[layout->colour]);
  return read_extra (self, n_colours[layout->colour], error);
}

static gboolean
read_size (LimenTiff *self, GError **error)
{
  LimenTiffLayout *layout = &self->layout;
  guint32 width = 0, height = 0;
  TIFFGetField (self->tiff, TIFFTAG_IMAGEWIDTH, &width);
  TIFFGetField (self->tiff, TIFFTAG_IMAGELENGTH, &height);
  layout->width = width;
  layout->height = height;
  return limen_decoder_admit (self->decoder, width, height, error);
}

gboolean
limen_tiff_read_layout (LimenTiff *self, GError **error)
{
  LimenTiffLayout *layout = &self->layout;
  guint compression = get_u16 (self, TIFFTAG_COMPRESSION, COMPRESSION_NONE);
  *layout = (LimenTiffLayout){.bits = get_u16 (self, TIFFTAG_BITSPERSAMPLE, 1),
                              .n_samples = get_u16 (self, TIFFTAG_SAMPLESPERPIXEL, 1),
                              .orientation = get_u16 (self, TIFFTAG_ORIENTATION, 1)};
  layout->is_separate =
      get_u16 (self, TIFFTAG_PLANARCONFIG, 1) == PLANARCONFIG_SEPARATE && layout->n_samples > 1;
  layout->is_tiled = TIFFIsTiled (self->tiff) != 0;
  if (!read_size (self, error))
    return FALSE;
  if (!TIFFIsCODECConfigured ((guint16)compression))
    return refuse (self, error, "it is packed by method %u of TIFF", compression);
  return read_numbers (self, error) && read_colour (self, error) && read_samples (self, error);
}
