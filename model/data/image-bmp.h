/* A BMP on its way. Only image-bmp*.c need it. */
#pragma once

#include "model/data/image-file-private.h"

typedef enum {
  LIMEN_BMP_PLAIN,
  LIMEN_BMP_RLE8,
  LIMEN_BMP_RLE4,
  LIMEN_BMP_MASKS,
  LIMEN_BMP_JPEG,
  LIMEN_BMP_PNG,
  LIMEN_BMP_MASKS_ALPHA,
  LIMEN_BMP_RLE24 = 1000, /* OS/2's numbers for these two mean others in Windows */
  LIMEN_BMP_HUFFMAN,
} LimenBmpCompression;

/**
 * LimenBmp:
 * @header: where the header stands in @data, @pixels: where the rows begin
 * @palette_entry: bytes of a colour
 * @colours: (n_colours): red, green and blue of the palette
 * @shifts, @maxima: of red, green, blue and alpha in a pixel of 16 or 32 bits; 0 at most: not there
 */
typedef struct {
  LimenDecoder *decoder;
  const guchar *data;
  gsize size;
  guint64 header, pixels;
  guint header_size, width, height, bits, n_colours, palette_entry;
  guint compression; /* LimenBmpCompression */
  gboolean is_top_down, is_icon;
  guint8 colours[256][3];
  guint shifts[4];
  guint32 maxima[4];
} LimenBmp;

/** limen_bmp_unpack: (transfer full): the rows, of which everything is known; on white */
LimenImages *limen_bmp_unpack (LimenBmp *bmp, GError **error);
