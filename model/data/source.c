#include "model/data/source.h"
#include "model/data/file.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAX_SIZE  (G_GUINT64_CONSTANT (4) << 30)
#define STEP_SIZE ((gsize)8 << 20)

gboolean
limen_source_open (LimenSource *source, const char *path, GBytes *bytes, GCancellable *cancellable,
                   GError **error)
{
  struct stat info = {0};
  *source = (LimenSource){path, bytes, -1, bytes ? g_bytes_get_size (bytes) : 0, cancellable};
  if (!bytes) {
    source->file = limen_file_open (path, error);
    if (source->file < 0)
      return FALSE;
    if (fstat (source->file, &info) == 0 && info.st_size > 0)
      source->size = (guint64)info.st_size;
  }
  if (source->size <= MAX_SIZE)
    return TRUE;
  limen_source_close (source);
  return limen_refuse (error, LIMEN_ERROR_UNSAFE, path,
                       "is larger than the 4 GiB that Limen loads; choose a smaller network");
}

void
limen_source_close (LimenSource *source)
{
  if (source->file >= 0)
    g_close (source->file, NULL);
  source->file = -1;
}

/* In steps, between which it can be cancelled */
static gboolean
read_at (const LimenSource *source, guint64 offset, guint8 *out, gsize n)
{
  while (n > 0 && !g_cancellable_is_cancelled (source->cancellable)) {
    gssize step = pread (source->file, out, MIN (n, STEP_SIZE), (off_t)offset);
    if (step < 0 && errno == EINTR)
      continue;
    if (step <= 0)
      return FALSE;
    out += step;
    offset += (guint64)step;
    n -= (gsize)step;
  }
  return n == 0;
}

GBytes *
limen_source_read (const LimenSource *source, guint64 offset, guint64 n, GError **error)
{
  if (g_cancellable_set_error_if_cancelled (source->cancellable, error))
    return NULL;
  gboolean inside = offset <= source->size && n <= source->size - offset;
  if (inside && source->bytes)
    return g_bytes_new_from_bytes (source->bytes, offset, n);
  g_autofree guint8 *data = inside ? g_try_malloc (MAX (n, 1)) : NULL;
  if (data && read_at (source, offset, data, n))
    return g_bytes_new_take (g_steal_pointer (&data), n);
  if (g_cancellable_set_error_if_cancelled (source->cancellable, error))
    return NULL;
  limen_refuse (error, LIMEN_ERROR_DAMAGED, source->path, "is cut off; fetch or save it again");
  return NULL;
}
