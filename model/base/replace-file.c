#include "model/base/replace-file.h"
#include "model/base/error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#define OWN_FILES "/proc/self/fd"

static void
set_write_error (GError **error, const char *path, int code)
{
  g_autofree char *shown = limen_display_name (path);
  const char *advice = "choose another place";
  if (code == ENOSPC || code == EDQUOT)
    advice = "free some space or choose another disk";
  else if (code == ENOENT || code == ENOTDIR)
    advice = "create the folder first or choose another";
  g_set_error (error, LIMEN_ERROR, LIMEN_ERROR_UNREADABLE, "%s could not be written (%s); %s.",
               shown, g_strerror (code), advice);
}

/* mkstemp gives 0600; a new file gets what the umask grants, a replaced one keeps its own mode. */
static void
copy_mode (int fd, const char *path)
{
  struct stat old;
  mode_t mode;
  if (stat (path, &old) == 0)
    mode = old.st_mode & 0777;
  else {
    mode_t mask = umask (0);
    umask (mask);
    mode = 0666 & ~mask;
  }
  if (fchmod (fd, mode) != 0)
    g_debug ("the mode of %s stays 0600", path);
}

/* A link is followed: what it points to is replaced, the link stays. */
static char *
resolve_target (const char *path)
{
  g_autofree char *real = g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? realpath (path, NULL) : NULL;
  return g_strdup (real ? real : path);
}

/* A file without a name in the folder of @target: gone with its process, even a killed one. Where
 * the file system has no such files, one beside @target, named @temporary. */
static int
open_unfinished (const char *target, char **temporary)
{
  g_autofree char *folder = g_path_get_dirname (target);
  int fd = open (folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (fd >= 0 && g_access (OWN_FILES, X_OK) == 0)
    return fd;
  if (fd >= 0)
    close (fd);
  *temporary = g_strconcat (target, ".XXXXXX", NULL);
  return g_mkstemp_full (*temporary, O_RDWR | O_CLOEXEC, 0600);
}

/* A link never replaces a file, so the name is a @temporary one. */
static gboolean
name_unfinished (int fd, const char *target, char **temporary)
{
  g_autofree char *unnamed = g_strdup_printf (OWN_FILES "/%d", fd);
  for (;;) {
    g_autofree char *name = g_strdup_printf ("%s.%06x", target, g_random_int () & 0xffffff);
    if (linkat (AT_FDCWD, unnamed, AT_FDCWD, name, AT_SYMLINK_FOLLOW) == 0) {
      *temporary = g_steal_pointer (&name);
      return TRUE;
    }
    if (errno != EEXIST)
      return FALSE;
  }
}

/* Writes, and waits until the disk has it. */
static gboolean
fill (FILE *stream, LimenWriteFunc write, gpointer user_data, GError **error)
{
  errno = 0;
  return write (stream, user_data, error) && !ferror (stream) && fflush (stream) == 0 &&
         fsync (fileno (stream)) == 0;
}

gboolean
limen_replace_file (const char *path, LimenWriteFunc write, gpointer user_data, GError **error)
{
  g_autofree char *target = resolve_target (path), *temporary = NULL;
  g_autoptr (GError) reason = NULL;
  struct stat old;
  if (stat (target, &old) == 0 && !S_ISREG (old.st_mode)) {
    set_write_error (error, path, S_ISDIR (old.st_mode) ? EISDIR : EINVAL);
    return FALSE;
  }
  int fd = open_unfinished (target, &temporary);
  FILE *stream = fd >= 0 ? fdopen (fd, "wb") : NULL;
  if (!stream) {
    set_write_error (error, path, errno);
    return FALSE;
  }
  copy_mode (fd, target);
  gboolean ok = fill (stream, write, user_data, &reason) &&
                (temporary || name_unfinished (fd, target, &temporary));
  int code = errno ? errno : EIO;
  if (fclose (stream) != 0 && ok) {
    ok = FALSE;
    code = errno;
  }
  if (ok && g_rename (temporary, target) != 0) {
    ok = FALSE;
    code = errno;
  }
  if (!ok && temporary)
    g_unlink (temporary);
  if (reason)
    g_propagate_error (error, g_steal_pointer (&reason));
  else if (!ok)
    set_write_error (error, path, code);
  return ok;
}

static gboolean
write_bytes (FILE *stream, gpointer user_data, GError **error)
{
  GBytes *bytes = user_data;
  gsize size;
  const void *data = g_bytes_get_data (bytes, &size);
  return size == 0 || fwrite (data, 1, size, stream) == size;
}

gboolean
limen_replace_file_with_bytes (const char *path, const void *data, gsize n_bytes, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, n_bytes);
  return limen_replace_file (path, write_bytes, bytes, error);
}

char *
limen_sha256_of_file (const char *path, GCancellable *cancellable, GError **error)
{
  g_autofree char *shown = limen_display_name (path);
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree guchar *buffer = g_malloc (1 << 18);
  FILE *stream = g_fopen (path, "rbe");
  gsize n = 0;
  if (!stream) {
    g_set_error (error, LIMEN_ERROR, LIMEN_ERROR_UNREADABLE, "%s could not be opened (%s).", shown,
                 g_strerror (errno));
    return NULL;
  }
  while (!g_cancellable_set_error_if_cancelled (cancellable, error) &&
         (n = fread (buffer, 1, 1 << 18, stream)) > 0)
    g_checksum_update (checksum, buffer, n);
  gboolean failed = ferror (stream), cancelled = g_cancellable_is_cancelled (cancellable);
  fclose (stream);
  if (failed && !cancelled)
    g_set_error (error, LIMEN_ERROR, LIMEN_ERROR_UNREADABLE, "%s could not be read to its end.",
                 shown);
  return failed || cancelled ? NULL : g_strdup (g_checksum_get_string (checksum));
}
