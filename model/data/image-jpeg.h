/* What can be told of a JPEG before it is unpacked. Only image-jpeg*.c need it. */
#pragma once

#include "model/data/image-file-private.h"

/**
 * LimenJpegLook:
 * @n_scans: how often it goes over its pixels: once or three times plainly, ten times where it is
 * progressive
 * @is_complete: it ends with the marker that it has to end with
 */
typedef struct {
  guint width, height, bits, n_scans;
  gboolean is_lossless, is_complete;
} LimenJpegLook;

LimenJpegLook limen_jpeg_look (const guchar *data, gsize size);
