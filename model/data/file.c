#include "model/data/file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#define STEP_SIZE ((gsize)8 << 20) /* read at once, between two looks at the cancellable */

static void
set_unreadable (GError **error, const char *path, const char *reason)
{
  limen_refuse (error, LIMEN_ERROR_UNREADABLE, path,
                "can't be opened (%s); check its name and its permissions", reason);
}

int
limen_file_open (const char *path, GError **error)
{
  struct stat info;
  int fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK, 0);
  if (fd < 0) {
    set_unreadable (error, path, g_strerror (errno));
    return -1;
  }
  if (fstat (fd, &info) == 0 && S_ISREG (info.st_mode))
    return fd;
  set_unreadable (error, path, "it is not a file");
  g_close (fd, NULL);
  return -1;
}

/* Fills @data as far as the file goes. Returns how far, or −1. */
static gssize
read_up_to (int fd, guchar *data, gsize n, GCancellable *cancellable)
{
  gsize done = 0;
  while (done < n && !g_cancellable_is_cancelled (cancellable)) {
    gssize step = read (fd, data + done, MIN (n - done, STEP_SIZE));
    if (step < 0 && errno == EINTR)
      continue;
    if (step < 0)
      return -1;
    if (step == 0)
      break;
    done += (gsize)step;
  }
  return (gssize)done;
}

static GBytes *
read_and_close (int fd, const char *path, gsize n, GCancellable *cancellable, GError **error)
{
  g_autofree guchar *data = g_try_malloc (MAX (n, 1));
  gssize size = data ? read_up_to (fd, data, n, cancellable) : -1;
  if (size < 0)
    set_unreadable (error, path, data ? g_strerror (errno) : "there is not enough memory");
  g_close (fd, NULL);
  if (size < 0 || g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  return g_bytes_new_take (g_steal_pointer (&data), (gsize)size);
}

GBytes *
limen_file_read (const char *path, gsize max_bytes, GCancellable *cancellable, GError **error)
{
  struct stat info;
  int fd = limen_file_open (path, error);
  if (fd < 0)
    return NULL;
  if (fstat (fd, &info) == 0 && info.st_size >= 0 && (guint64)info.st_size <= max_bytes)
    return read_and_close (fd, path, (gsize)info.st_size, cancellable, error);
  limen_refuse (error, LIMEN_ERROR_UNSAFE, path,
                "has more than the %" G_GSIZE_FORMAT
                " bytes that Limen reads at once; split it or leave it out",
                max_bytes);
  g_close (fd, NULL);
  return NULL;
}

GBytes *
limen_file_read_start (const char *path, gsize n, GError **error)
{
  int fd = limen_file_open (path, error);
  return fd < 0 ? NULL : read_and_close (fd, path, n, NULL, error);
}
