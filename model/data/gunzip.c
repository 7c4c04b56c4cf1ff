#include "model/data/gunzip.h"

#define IN_SIZE  (64 << 10)
#define OUT_SIZE (256 << 10)

struct LimenGunzip {
  GInputStream *source;
  GConverter *inflater;
  gboolean inside;  /* of one of the joined gzip files, so that the end of @source is too early */
  gsize begin, end; /* what is left of @in */
  guchar in[IN_SIZE], out[OUT_SIZE];
};

static gboolean
refill (LimenGunzip *gunzip, GCancellable *cancellable, GError **error)
{
  gunzip->begin = gunzip->end = 0;
  return g_input_stream_read_all (gunzip->source, gunzip->in, IN_SIZE, &gunzip->end, cancellable,
                                  error);
}

LimenGunzip *
limen_gunzip_new (GInputStream *source)
{
  g_autoptr (LimenGunzip) gunzip = g_new (LimenGunzip, 1);
  gunzip->source = g_object_ref (source);
  gunzip->inflater = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP));
  gunzip->inside = TRUE;
  if (!refill (gunzip, NULL, NULL) || gunzip->end < 3)
    return NULL;
  gboolean deflated = gunzip->in[0] == 0x1f && gunzip->in[1] == 0x8b && gunzip->in[2] == 8;
  return deflated ? g_steal_pointer (&gunzip) : NULL;
}

void
limen_gunzip_free (LimenGunzip *gunzip)
{
  g_object_unref (gunzip->source);
  g_object_unref (gunzip->inflater);
  g_free (gunzip);
}

/* Whether another gzip file follows the one that just ended; padding and garbage are passed over.
 */
static gboolean
enter_next (LimenGunzip *gunzip)
{
  if (gunzip->begin == gunzip->end || gunzip->in[gunzip->begin] != 0x1f)
    return FALSE;
  g_converter_reset (gunzip->inflater);
  return gunzip->inside = TRUE;
}

gssize
limen_gunzip_read (LimenGunzip *gunzip, const void **out, GCancellable *cancellable, GError **error)
{
  gsize n_read = 0, n_written = 0;
  while (n_written == 0) {
    if (gunzip->begin == gunzip->end && !refill (gunzip, cancellable, error))
      return -1;
    if (!gunzip->inside && !enter_next (gunzip))
      return 0;
    if (gunzip->begin == gunzip->end) {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT, "it is cut off");
      return -1;
    }
    GConverterResult result = g_converter_convert (
        gunzip->inflater, gunzip->in + gunzip->begin, gunzip->end - gunzip->begin, gunzip->out,
        OUT_SIZE, G_CONVERTER_NO_FLAGS, &n_read, &n_written, error);
    if (result == G_CONVERTER_ERROR)
      return -1;
    gunzip->begin += n_read;
    gunzip->inside = result != G_CONVERTER_FINISHED;
  }
  *out = gunzip->out;
  return (gssize)n_written;
}
