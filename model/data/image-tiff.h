/* What the files of the TIFF decoder share. Only image-tiff*.c need it. */
#pragma once

#include "model/data/array-values.h"
#include "model/data/image-file-private.h"

#include <tiffio.h>

#define LIMEN_TIFF_MAX_USED 5 /* cyan, magenta, yellow, black, alpha */

typedef enum {
  LIMEN_TIFF_UNSIGNED,
  LIMEN_TIFF_SIGNED,
  LIMEN_TIFF_FLOAT,
} LimenTiffNumber;

typedef enum {
  LIMEN_TIFF_GREY,
  LIMEN_TIFF_RGB,
  LIMEN_TIFF_CMYK,
  LIMEN_TIFF_PALETTE,
  LIMEN_TIFF_BY_LIBTIFF, /* of 8 bits and no more: libtiff makes RGBA of it */
} LimenTiffColour;

/**
 * LimenTiffLayout: how one page is stored
 * @n_samples: of a pixel
 * @used: which of them are read: the colours, then maybe alpha
 * @is_separate: each sample has rows of its own
 * @is_associated: colours were multiplied by alpha
 * @palette: (2^bits) each, or NULL; of 16 bits, where not @palette_is_bytes
 * @full: what an integer means white by, 2^bits − 1
 */
typedef struct {
  guint width, height, bits, orientation;
  guint n_samples, n_used, used[LIMEN_TIFF_MAX_USED];
  gboolean has_alpha, is_associated, is_separate, is_tiled, is_inverted, palette_is_bytes;
  LimenTiffNumber number;
  LimenTiffColour colour;
  guint16 *palette[3];
  double full;
} LimenTiffLayout;

/** LimenTiffRange: what the values of all pages of one type of number span; alpha on its own */
typedef struct {
  LimenValues values;
  double alpha_max;
} LimenTiffRange;

/**
 * LimenTiff: an open file
 * @reason: the first thing that libtiff complained of, in this page
 * @file: its name, without a page
 * @ranges: of integers, and of floats
 * @n_pixels: unpacked so far, of all pages
 * @n_bytes: of all directories read so far
 */
typedef struct {
  LimenDecoder *decoder;
  const char *file;
  TIFF *tiff;
  const guchar *data;
  gsize size, at;
  char reason[160];
  LimenTiffLayout layout;
  LimenTiffRange ranges[2];
  guint64 n_pixels, n_bytes;
} LimenTiff;

/**
 * limen_tiff_read_layout: of the current page
 *
 * Returns: FALSE with LIMEN_ERROR_FORMAT for what is not read, _UNSAFE for what is too large.
 */
gboolean limen_tiff_read_layout (LimenTiff *self, GError **error);

/** limen_tiff_stored_short: what the current directory itself says of @tag, before libtiff mended
 * it: the first number of 16 bits, or −1 */
int limen_tiff_stored_short (const LimenTiff *self, guint tag);
/** limen_tiff_directory_bytes: what the current directory and all it points to take, pixels and
 * where they stand left out */
guint64 limen_tiff_directory_bytes (const LimenTiff *self);

/**
 * LimenTiffRowFunc:
 * @samples: (n, n_used), numbers as they are stored
 * @x, @y: where the first of them stands, @n of one row
 */
typedef void (*LimenTiffRowFunc) (LimenTiff *self, const double *samples, guint x, guint y, guint n,
                                  gpointer data);

/** LimenTiffBytesFunc: the same where samples are bytes side by side: (n, n_samples) */
typedef void (*LimenTiffBytesFunc) (LimenTiff *self, const guchar *samples, guint x, guint y,
                                    guint n, gpointer data);

/**
 * limen_tiff_read_rows: all of the current page, piece by piece
 * @bytes: (nullable): is called instead of @func where it can be: it is faster
 *
 * Returns: FALSE with LIMEN_ERROR_DAMAGED, _UNSAFE or G_IO_ERROR_CANCELLED.
 */
gboolean limen_tiff_read_rows (LimenTiff *self, LimenTiffRowFunc func, LimenTiffBytesFunc bytes,
                               gpointer data, GError **error);

/** limen_tiff_number_type: of an array that holds such numbers */
LimenNumberType limen_tiff_number_type (const LimenTiffLayout *layout);
/** limen_tiff_is_undecided: whether the type of the current page's numbers leaves open which value
 * means white, or that is asked otherwise of more than 8 bits */
gboolean limen_tiff_is_undecided (const LimenTiff *self);

/** limen_tiff_scan: widens the range of the current page's type of number by its values */
gboolean limen_tiff_scan (LimenTiff *self, GError **error);

/** limen_tiff_grey: (transfer full): the current page; ranges of undecided types are known */
LimenImages *limen_tiff_grey (LimenTiff *self, GError **error);
