#include "model/data/gunzip.h"

#include <zlib.h>

#define IN_SIZE  (64 << 10)
#define OUT_SIZE (256 << 10)
#define GZIP     (16 + MAX_WBITS) /* asks zlib for gzip's header and checksums */

struct LimenGunzip {
  GInputStream *source;
  z_stream stream; /* what is left of @in stands there */
  gboolean inside; /* of one of the joined gzip files, so that the end of @source is too early */
  guchar in[IN_SIZE], out[OUT_SIZE];
};

/* Between two refills lie 64 kB, so that a cancelled read ends soon, whatever they hold. */
static gboolean
refill (LimenGunzip *gunzip, GCancellable *cancellable, GError **error)
{
  gsize n = 0;
  gboolean ok =
      g_input_stream_read_all (gunzip->source, gunzip->in, IN_SIZE, &n, cancellable, error);
  gunzip->stream.next_in = gunzip->in;
  gunzip->stream.avail_in = (uInt)n;
  return ok;
}

LimenGunzip *
limen_gunzip_new (GInputStream *source)
{
  g_autoptr (LimenGunzip) gunzip = g_new (LimenGunzip, 1);
  gunzip->source = g_object_ref (source);
  gunzip->stream = (z_stream){0};
  gunzip->inside = TRUE;
  if (inflateInit2 (&gunzip->stream, GZIP) != Z_OK || !refill (gunzip, NULL, NULL) ||
      gunzip->stream.avail_in < 3)
    return NULL;
  gboolean deflated = gunzip->in[0] == 0x1f && gunzip->in[1] == 0x8b && gunzip->in[2] == 8;
  return deflated ? g_steal_pointer (&gunzip) : NULL;
}

void
limen_gunzip_free (LimenGunzip *gunzip)
{
  g_object_unref (gunzip->source);
  inflateEnd (&gunzip->stream);
  g_free (gunzip);
}

/* Whether another gzip file follows the one that just ended; padding and garbage are passed over.
 */
static gboolean
enter_next (LimenGunzip *gunzip)
{
  if (gunzip->stream.avail_in == 0 || *gunzip->stream.next_in != 0x1f)
    return FALSE;
  gunzip->inside = inflateReset (&gunzip->stream) == Z_OK;
  return gunzip->inside;
}

/* Unpacks as far as @in goes, or @out. Returns: whether it is sound so far. */
static gboolean
inflate_step (LimenGunzip *gunzip, GError **error)
{
  z_stream *stream = &gunzip->stream;
  int status = inflate (stream, Z_NO_FLUSH);
  gunzip->inside = status != Z_STREAM_END;
  if (status == Z_OK || status == Z_STREAM_END || status == Z_BUF_ERROR)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "Invalid compressed data%s%s",
               stream->msg ? ": " : "", stream->msg ? stream->msg : "");
  return FALSE;
}

gssize
limen_gunzip_read (LimenGunzip *gunzip, const void **out, GCancellable *cancellable, GError **error)
{
  z_stream *stream = &gunzip->stream;
  stream->next_out = gunzip->out;
  stream->avail_out = OUT_SIZE;
  while (stream->avail_out == OUT_SIZE) {
    if (stream->avail_in == 0 && !refill (gunzip, cancellable, error))
      return -1;
    if (!gunzip->inside && !enter_next (gunzip))
      return 0;
    if (stream->avail_in == 0) {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT, "it is cut off");
      return -1;
    }
    if (!inflate_step (gunzip, error))
      return -1;
  }
  *out = gunzip->out;
  return OUT_SIZE - (gssize)stream->avail_out;
}
