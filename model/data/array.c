#include "model/data/array.h"

#include <errno.h>
#include <unistd.h>

gboolean
limen_array_n_bytes (const LimenArray *array, gsize *n_bytes)
{
  *n_bytes = limen_number_size (array->type);
  for (guint i = 0; i < array->n_dims; i++)
    if (array->dims[i] > G_MAXSIZE || !g_size_checked_mul (n_bytes, *n_bytes, array->dims[i]))
      return FALSE;
  return TRUE;
}

char *
limen_array_to_string (const LimenArray *array)
{
  GString *text = g_string_new (limen_number_name (array->type));
  g_string_append (text, " (");
  for (guint i = 0; i < array->n_dims; i++)
    g_string_append_printf (text, i ? ", %" G_GUINT64_FORMAT : "%" G_GUINT64_FORMAT,
                            array->dims[i]);
  g_string_append_c (text, ')');
  return g_string_free (text, FALSE);
}

gsize
limen_array_stride (const LimenArray *array, guint dim)
{
  gsize stride = 1;
  for (guint i = array->fortran ? 0 : dim + 1; i < (array->fortran ? dim : array->n_dims); i++)
    stride *= array->dims[i];
  return stride;
}

/* Fills @buffer from the file; another program may have cut it short by now. */
static gboolean
read_at (const LimenArray *array, gsize first, gsize n, guchar *buffer)
{
  for (gsize done = 0; done < n;) {
    gssize step =
        pread (array->fd, buffer + done, n - done, array->offset + (goffset)(first + done));
    if (step < 0 && errno == EINTR)
      continue;
    if (step <= 0)
      return FALSE;
    done += (gsize)step;
  }
  return TRUE;
}

const guchar *
limen_array_read (const LimenArray *array, const char *name, gsize first, gsize n, guchar *buffer,
                  GError **error)
{
  if (array->data)
    return array->data + first;
  if (read_at (array, first, n, buffer))
    return buffer;
  limen_fail (error, LIMEN_ERROR_DAMAGED, "%s ended while it was read; save or fetch it again.",
              name);
  return NULL;
}
