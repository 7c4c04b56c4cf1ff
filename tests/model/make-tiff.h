/* TIFF files made for tests, by libtiff, in a file of a folder of their own. */
#pragma once

#include "model/data-files.h"

#include <tiffio.h>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"

/* What is 0 is left to libtiff; @rows: (n_planes, height, as many bytes as a row takes) */
typedef struct {
  const char *mode; /* "w", "wb", "w8", "w8b"; NULL: "w" */
  guint width, height, bits, n_samples, format, photometric, compression, tile, predictor;
  guint orientation, subfile;
  gboolean is_separate;
  int extra; /* of the last sample: −1: nothing is said */
  const guint16 *palette;
  gconstpointer rows;
} TiffSpec;

static void
set_tags (TIFF *tiff, const TiffSpec *spec)
{
  guint n = MAX (spec->n_samples, 1);
  guint16 extra = (guint16)spec->extra;
  TIFFSetField (tiff, TIFFTAG_IMAGEWIDTH, spec->width);
  TIFFSetField (tiff, TIFFTAG_IMAGELENGTH, spec->height);
  TIFFSetField (tiff, TIFFTAG_BITSPERSAMPLE, spec->bits);
  TIFFSetField (tiff, TIFFTAG_SAMPLESPERPIXEL, n);
  TIFFSetField (tiff, TIFFTAG_SAMPLEFORMAT, spec->format ? spec->format : SAMPLEFORMAT_UINT);
  TIFFSetField (tiff, TIFFTAG_PHOTOMETRIC, spec->photometric);
  TIFFSetField (tiff, TIFFTAG_COMPRESSION, spec->compression ? spec->compression : 1);
  TIFFSetField (tiff, TIFFTAG_PLANARCONFIG, spec->is_separate ? 2 : 1);
  if (spec->extra > 0)
    TIFFSetField (tiff, TIFFTAG_EXTRASAMPLES, 1, &extra);
  if (spec->predictor)
    TIFFSetField (tiff, TIFFTAG_PREDICTOR, spec->predictor);
  if (spec->orientation)
    TIFFSetField (tiff, TIFFTAG_ORIENTATION, spec->orientation);
  if (spec->subfile)
    TIFFSetField (tiff, TIFFTAG_SUBFILETYPE, spec->subfile);
  if (spec->palette)
    TIFFSetField (tiff, TIFFTAG_COLORMAP, spec->palette, spec->palette + (1 << spec->bits),
                  spec->palette + 2 * (1 << spec->bits));
  if (spec->photometric == PHOTOMETRIC_YCBCR)
    TIFFSetField (tiff, TIFFTAG_YCBCRSUBSAMPLING, 1, 1);
  if (spec->tile) {
    TIFFSetField (tiff, TIFFTAG_TILEWIDTH, spec->tile);
    TIFFSetField (tiff, TIFFTAG_TILELENGTH, spec->tile);
  } else
    TIFFSetField (tiff, TIFFTAG_ROWSPERSTRIP, 3);
}

static gsize
row_size (const TiffSpec *spec)
{
  guint n = spec->is_separate ? 1 : MAX (spec->n_samples, 1);
  return ((gsize)spec->width * n * spec->bits + 7) / 8;
}

/* Rows of a tile are padded with zeros; only of whole bytes a pixel, or one tile across. */
static void
write_tiles (TIFF *tiff, const TiffSpec *spec, guint plane, const guchar *rows)
{
  guint n = spec->is_separate ? 1 : MAX (spec->n_samples, 1), pixel = n * spec->bits / 8;
  gsize stride = (gsize)TIFFTileRowSize (tiff), size = (gsize)TIFFTileSize (tiff);
  g_autofree guchar *tile = g_malloc (size);
  for (guint y = 0; y < spec->height; y += spec->tile)
    for (guint x = 0; x < spec->width; x += spec->tile) {
      memset (tile, 0, size);
      for (guint r = 0; r < MIN (spec->tile, spec->height - y); r++)
        memcpy (tile + r * stride, rows + (y + r) * row_size (spec) + x * pixel,
                MIN (stride, row_size (spec) - x * pixel));
      g_assert_cmpint (TIFFWriteTile (tiff, tile, x, y, 0, (guint16)plane), >, 0);
    }
}

static void
write_page (TIFF *tiff, const TiffSpec *spec)
{
  guint n_planes = spec->is_separate ? MAX (spec->n_samples, 1) : 1;
  set_tags (tiff, spec);
  for (guint plane = 0; plane < n_planes; plane++) {
    const guchar *rows = (const guchar *)spec->rows + plane * spec->height * row_size (spec);
    if (spec->tile)
      write_tiles (tiff, spec, plane, rows);
    else
      for (guint y = 0; y < spec->height; y++) { /* libtiff swaps bytes in place */
        g_autofree guchar *row = g_memdup2 (rows + y * row_size (spec), row_size (spec));
        g_assert_cmpint (TIFFWriteScanline (tiff, row, y, (guint16)plane), ==, 1);
      }
  }
}

/* All pages of @specs, of which there are @n */
static GBytes *
make_tiff_stack (const TiffSpec *specs, guint n)
{
  g_autofree char *folder = make_folder (), *path = g_build_filename (folder, "made.tif", NULL);
  TIFF *tiff = TIFFOpen (path, specs->mode ? specs->mode : "w");
  char *content;
  gsize size;
  g_assert_nonnull (tiff);
  for (guint i = 0; i < n; i++) {
    write_page (tiff, &specs[i]);
    g_assert_cmpint (TIFFWriteDirectory (tiff), ==, 1);
  }
  TIFFClose (tiff);
  g_assert_true (g_file_get_contents (path, &content, &size, NULL));
  remove_folder (folder);
  return g_bytes_new_take (content, size);
}

static GBytes *
make_tiff (const TiffSpec *spec)
{
  return make_tiff_stack (spec, 1);
}

/* A field of a directory without libtiff */
typedef struct {
  guint16 tag, type;
  guint32 count, value;
} TiffField;

/* A little-endian file of one directory with @n fields, whose next is at @next, and @data behind
 * it; values of 0xffffffff are where @data stands. */
static GBytes *
make_raw_tiff (const TiffField *fields, guint n, guint32 next, gconstpointer data, gsize size)
{
  GByteArray *array = g_byte_array_new ();
  guint32 at = 8 + 2 + n * 12 + 4;
  guint16 count = (guint16)n;
  g_byte_array_append (array, (const guint8 *)"II*\0\x08\0\0\0", 8);
  g_byte_array_append (array, (const guint8 *)&count, 2);
  for (guint i = 0; i < n; i++) {
    TiffField field = fields[i];
    if (field.value == G_MAXUINT32)
      field.value = at;
    g_byte_array_append (array, (const guint8 *)&field, 12);
  }
  g_byte_array_append (array, (const guint8 *)&next, 4);
  g_byte_array_append (array, data, (guint)size);
  return g_byte_array_free_to_bytes (array);
}

#pragma GCC diagnostic pop
