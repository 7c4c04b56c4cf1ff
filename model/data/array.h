/* A typed array of any shape, as IDX and npy files hold it, and the grey images in it. */
#pragma once

#include "model/data/image-set.h"
#include "model/data/images.h"

/**
 * LimenArray:
 * @data: (transfer none) (nullable): @size bytes, which hold all that @dims say; unaligned
 * @fd: where @data is NULL: an open file that holds them from @offset on
 * @fortran: the first index runs fastest instead of the last
 */
typedef struct {
  const guchar *data;
  gsize size;
  int fd;
  goffset offset;
  LimenNumberType type;
  gboolean big_endian, fortran;
  guint n_dims;
  guint64 dims[LIMEN_ARRAY_MAX_DIMS];
} LimenArray;

/** limen_array_n_bytes: FALSE where the product of the dimensions and the number's size overflows
 */
gboolean limen_array_n_bytes (const LimenArray *array, gsize *n_bytes);

/** limen_array_to_string: (transfer full): "uint8 (10000, 28, 28)" */
char *limen_array_to_string (const LimenArray *array);

/** limen_array_stride: how many numbers lie between two neighbours along @dim */
gsize limen_array_stride (const LimenArray *array, guint dim);

/**
 * limen_array_read:
 * @buffer: (nullable): room for @n bytes; only used where the array is in a file
 *
 * Returns: (nullable): @n bytes from byte @first on, in memory or in @buffer; NULL with
 * LIMEN_ERROR_DAMAGED where the file ends before
 */
const guchar *limen_array_read (const LimenArray *array, const char *name, gsize first, gsize n,
                                guchar *buffer, GError **error);

/**
 * LimenArrayLook: how sure it is that an array holds images
 * @LIMEN_ARRAY_NONE: it can't be images
 * @LIMEN_ARRAY_ONE: (h, w), one image
 * @LIMEN_ARRAY_ROWS: (n, d) where d is a square
 * @LIMEN_ARRAY_IMAGES: (n, h, w) with or without channels, or (n, d) where d is as asked
 */
typedef enum {
  LIMEN_ARRAY_NONE,
  LIMEN_ARRAY_ONE,
  LIMEN_ARRAY_ROWS,
  LIMEN_ARRAY_IMAGES,
} LimenArrayLook;

/** limen_shape_may_be_one_picture: whether (h, w) has the proportions of one */
gboolean limen_shape_may_be_one_picture (guint64 height, guint64 width);

/** limen_array_look: needs no numbers; LIMEN_ARRAY_NONE comes with LIMEN_ERROR_FORMAT, or
 * LIMEN_ERROR_MISMATCH where the layout must be asked for */
LimenArrayLook limen_array_look (const LimenArray *array, const char *name,
                                 const LimenImageSetOptions *options, GError **error);

/**
 * limen_array_to_images: (transfer full): at most options->max_images of its images, at their own
 * size, with what was done in read_as
 *
 * Layout and scale are decided from the whole array, as options->reading says or as
 * limen_image_set_load() says; where values are whole numbers up to 255 they are kept in 8 bits.
 * Returns: NULL with LIMEN_ERROR_FORMAT, _MISMATCH (layout or scale must be asked for), _DAMAGED,
 * _UNSAFE or G_IO_ERROR_CANCELLED.
 */
LimenImages *limen_array_to_images (const LimenArray *array, const char *name,
                                    const LimenImageSetOptions *options, GCancellable *cancellable,
                                    GError **error);
