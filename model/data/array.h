/* A typed array of any shape, as IDX and npy files hold it, and the grey images in it. */
#pragma once

#include "model/data/image-set.h"
#include "model/data/images.h"

#define LIMEN_ARRAY_MAX_DIMS 8

typedef enum {
  LIMEN_NUMBER_BOOL,
  LIMEN_NUMBER_U8,
  LIMEN_NUMBER_I8,
  LIMEN_NUMBER_U16,
  LIMEN_NUMBER_I16,
  LIMEN_NUMBER_U32,
  LIMEN_NUMBER_I32,
  LIMEN_NUMBER_U64,
  LIMEN_NUMBER_I64,
  LIMEN_NUMBER_F16,
  LIMEN_NUMBER_F32,
  LIMEN_NUMBER_F64,
} LimenNumberType;

/**
 * LimenArray:
 * @data: (transfer none): @size bytes, which hold all that @dims say; unaligned
 * @fortran: the first index runs fastest instead of the last
 */
typedef struct {
  const guchar *data;
  gsize size;
  LimenNumberType type;
  gboolean big_endian, fortran;
  guint n_dims;
  guint64 dims[LIMEN_ARRAY_MAX_DIMS];
} LimenArray;

/** limen_number_size: how many bytes one number takes */
guint limen_number_size (LimenNumberType type);

/** limen_array_n_bytes: FALSE where the product of the dimensions and the number's size overflows
 */
gboolean limen_array_n_bytes (const LimenArray *array, gsize *n_bytes);

/** limen_array_to_string: (transfer full): "uint8 (10000, 28, 28)" */
char *limen_array_to_string (const LimenArray *array);

/**
 * LimenArrayLook: how sure it is that an array holds images
 * @LIMEN_ARRAY_NONE: it can't be images
 * @LIMEN_ARRAY_ONE: (h, w), one image
 * @LIMEN_ARRAY_ROWS: (n, d) where d is a square
 * @LIMEN_ARRAY_IMAGES: (n, h, w) with or without one channel, or (n, d) where d is as asked
 */
typedef enum {
  LIMEN_ARRAY_NONE,
  LIMEN_ARRAY_ONE,
  LIMEN_ARRAY_ROWS,
  LIMEN_ARRAY_IMAGES,
} LimenArrayLook;

/** limen_array_look: LIMEN_ARRAY_NONE comes with LIMEN_ERROR_FORMAT */
LimenArrayLook limen_array_look (const LimenArray *array, const char *name,
                                 const LimenImageSetOptions *options, GError **error);

/**
 * limen_array_to_images: (transfer full): at most options->max_images of its images, at their own
 * size
 *
 * Values are scaled as limen_image_set_load() says; where they are whole numbers up to 255 they are
 * kept in 8 bits. Returns: NULL with LIMEN_ERROR_FORMAT, _MISMATCH (values of another range),
 * _UNSAFE or G_IO_ERROR_CANCELLED.
 */
LimenImages *limen_array_to_images (const LimenArray *array, const char *name,
                                    const LimenImageSetOptions *options, GCancellable *cancellable,
                                    GError **error);
