#include "model/bench/complexity.h"

#include <math.h>
#include <png.h>
#include <stddef.h>
#include <string.h>
#include <zlib.h>

/* Before memory that libpng gets */
typedef union {
  gsize size;
  max_align_t align;
} Block;

/* @pixels: (width·height); @file: what libpng has written so far; @packed: (n_packed): room for
 * zlib's stream
 * @store: what libpng has given back: it asks for the same of each image, and for so much that the
 * system would clear new pages each time */
struct LimenCompressor {
  guint width, height;
  guint8 *pixels, *packed;
  gsize n_packed;
  GByteArray *file;
  GPtrArray *store; /* Block */
  z_stream stream;
};

LimenCompressor *
limen_compressor_new (guint width, guint height)
{
  LimenCompressor *compressor = g_new0 (LimenCompressor, 1);
  gsize n = (gsize)width * height;
  compressor->width = width;
  compressor->height = height;
  compressor->pixels = g_new (guint8, n);
  compressor->file = g_byte_array_new ();
  compressor->store = g_ptr_array_new_with_free_func (g_free);
  if (deflateInit (&compressor->stream, Z_BEST_COMPRESSION) != Z_OK)
    g_error ("zlib cannot begin: %s",
             compressor->stream.msg ? compressor->stream.msg : "no memory");
  compressor->n_packed = deflateBound (&compressor->stream, n);
  compressor->packed = g_new (guint8, compressor->n_packed);
  return compressor;
}

void
limen_compressor_free (LimenCompressor *compressor)
{
  if (!compressor)
    return;
  deflateEnd (&compressor->stream);
  g_byte_array_unref (compressor->file);
  g_ptr_array_unref (compressor->store);
  g_free (compressor->pixels);
  g_free (compressor->packed);
  g_free (compressor);
}

/* -- zlib -- */

static gsize
zlib_bytes (LimenCompressor *compressor)
{
  z_stream *stream = &compressor->stream;
  deflateReset (stream);
  stream->next_in = compressor->pixels;
  stream->avail_in = compressor->width * compressor->height;
  stream->next_out = compressor->packed;
  stream->avail_out = (uInt)compressor->n_packed;
  if (deflate (stream, Z_FINISH) != Z_STREAM_END)
    g_error ("zlib does not end within the room that it asked for");
  return stream->total_out;
}

/* -- PNG -- */

static void
append_cb (png_structp png, png_bytep data, png_size_t n)
{
  g_byte_array_append (png_get_io_ptr (png), data, (guint)n);
}

static void
flush_cb (png_structp png)
{
}

static png_voidp
take_cb (png_structp png, png_alloc_size_t size)
{
  GPtrArray *store = png_get_mem_ptr (png);
  Block *block = NULL;
  for (guint i = 0; i < store->len && !block; i++)
    if (((Block *)store->pdata[i])->size == size)
      block = g_ptr_array_steal_index_fast (store, i);
  if (!block)
    block = g_try_malloc (sizeof (Block) + size);
  if (!block)
    return NULL;
  block->size = size;
  return block + 1;
}

static void
give_back_cb (png_structp png, png_voidp memory)
{
  g_ptr_array_add (png_get_mem_ptr (png), (Block *)memory - 1);
}

static void
write_png (LimenCompressor *compressor)
{
  png_structp png = png_create_write_struct_2 (PNG_LIBPNG_VER_STRING, NULL, NULL, NULL,
                                               compressor->store, take_cb, give_back_cb);
  png_infop info = png ? png_create_info_struct (png) : NULL;
  if (!info || setjmp (png_jmpbuf (png)))
    g_error ("libpng cannot write an image of %u × %u pixels", compressor->width,
             compressor->height);
  g_byte_array_set_size (compressor->file, 0);
  png_set_write_fn (png, compressor->file, append_cb, flush_cb);
  png_set_IHDR (png, info, compressor->width, compressor->height, 8, PNG_COLOR_TYPE_GRAY,
                PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  png_write_info (png, info);
  for (guint row = 0; row < compressor->height; row++)
    png_write_row (png, compressor->pixels + (gsize)row * compressor->width);
  png_write_end (png, NULL);
  png_destroy_write_struct (&png, &info);
}

static guint32
big_endian (const guint8 *bytes)
{
  return (guint32)bytes[0] << 24 | (guint32)bytes[1] << 16 | (guint32)bytes[2] << 8 | bytes[3];
}

/* A chunk is its length, its name, its data and a checksum, behind a signature of 8 bytes. */
static gsize
idat_bytes (const GByteArray *file)
{
  gsize n = 0;
  for (gsize at = 8; at + 12 <= file->len; at += 12 + (gsize)big_endian (file->data + at))
    if (memcmp (file->data + at + 4, "IDAT", 4) == 0)
      n += big_endian (file->data + at);
  return n;
}

/* -- scores -- */

double
limen_compressor_bits (LimenCompressor *compressor, const float *x)
{
  gsize n = (gsize)compressor->width * compressor->height;
  for (gsize i = 0; i < n; i++)
    compressor->pixels[i] = (guint8)(255 * CLAMP (x[i], 0, 1) + 0.5f);
  write_png (compressor);
  return 8.0 * (double)MIN (zlib_bytes (compressor), idat_bytes (compressor->file));
}

double
limen_complexity_score (double log_likelihood, double bits, guint dimension)
{
  return 8.0 * dimension - log_likelihood / G_LN2 - bits;
}

double
limen_bits_per_dimension (double log_likelihood, guint dimension)
{
  return 8 - log_likelihood / (dimension * G_LN2);
}
