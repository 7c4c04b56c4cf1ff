#include "model/base/replace-file.h"
#include "model/base/error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define OWN_FILES  "/proc/self/fd"
#define MOST_LINKS 40 /* that lead on to each other, as the kernel counts them */

static void
set_write_error (GError **error, const char *path, int code)
{
  const char *advice = "choose another place";
  if (code == ENOSPC || code == EDQUOT)
    advice = "free some space or choose another disk";
  else if (code == ENOENT || code == ENOTDIR)
    advice = "create the folder first or choose another";
  else if (code == ENAMETOOLONG)
    advice = "choose a shorter one";
  else if (code == ELOOP)
    advice = "its links lead in a circle; choose another place";
  limen_refuse (error, LIMEN_ERROR_UNREADABLE, path, "could not be written (%s); %s",
                g_strerror (code), advice);
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

/* What the link @path says, seen from where it lies; NULL where it is no link */
static char *
follow_link (const char *path)
{
  g_autofree char *said = g_file_read_link (path, NULL);
  if (!said || g_path_is_absolute (said))
    return g_steal_pointer (&said);
  g_autofree char *folder = g_path_get_dirname (path);
  return g_build_filename (folder, said, NULL);
}

/* A link is followed: what it points to is replaced, or made, and the link stays. NULL where links
 * lead in a circle. */
static char *
resolve_target (const char *path)
{
  char *target = g_strdup (path);
  for (guint i = 0; i < MOST_LINKS; i++) {
    char *next = follow_link (target);
    if (!next)
      return target;
    g_free (target);
    target = next;
  }
  g_free (target);
  return NULL;
}

/* What is not yet whole has the beginning of its target's name, as much of it as leaves room. */
static char *
name_beside (const char *target, const char *ending)
{
  g_autofree char *folder = g_path_get_dirname (target), *base = g_path_get_basename (target);
  gsize length = strlen (base), room = NAME_MAX - strlen (ending);
  if (length > room) {
    length = room;
    while (length > 0 && ((guchar)base[length] & 0xc0) == 0x80) /* not inside of a character */
      length--;
  }
  base[length] = '\0';
  g_autofree char *name = g_strconcat (base, ending, NULL);
  return g_build_filename (folder, name, NULL);
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
  *temporary = name_beside (target, ".XXXXXX");
  return g_mkstemp_full (*temporary, O_RDWR | O_CLOEXEC, 0600);
}

/* A link never replaces a file, so the name is a @temporary one. */
static gboolean
name_unfinished (int fd, const char *target, char **temporary)
{
  g_autofree char *unnamed = g_strdup_printf (OWN_FILES "/%d", fd);
  for (;;) {
    g_autofree char *ending = g_strdup_printf (".%06x", g_random_int () & 0xffffff);
    g_autofree char *name = name_beside (target, ending);
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

/* Opens what will replace @path. @target: (out): its place, links followed; @temporary: (out): its
 * name, where it has one. Returns: -1 with @error */
static int
open_for (const char *path, char **target, char **temporary, GError **error)
{
  struct stat old;
  *target = resolve_target (path);
  if (!*target) {
    set_write_error (error, path, ELOOP);
    return -1;
  }
  if (stat (path, &old) == 0 && !S_ISREG (old.st_mode)) {
    set_write_error (error, path, S_ISDIR (old.st_mode) ? EISDIR : EINVAL);
    return -1;
  }
  g_autofree char *base = g_path_get_basename (*target);
  if (strlen (base) > NAME_MAX) {
    set_write_error (error, path, ENAMETOOLONG);
    return -1;
  }
  int fd = open_unfinished (*target, temporary);
  if (fd < 0)
    set_write_error (error, path, errno);
  return fd;
}

gboolean
limen_replace_file (const char *path, LimenWriteFunc write, gpointer user_data, GError **error)
{
  g_autofree char *target = NULL, *temporary = NULL;
  g_autoptr (GError) reason = NULL;
  int fd = open_for (path, &target, &temporary, error);
  if (fd < 0)
    return FALSE;
  FILE *stream = fdopen (fd, "wb");
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

/* Where a name ends that may not exist yet: the real path of its folder, and the name in it */
char *
limen_output_path (const char *path, GError **error)
{
  g_autofree char *target = resolve_target (path);
  if (!target) {
    set_write_error (error, path, ELOOP);
    return NULL;
  }
  g_autofree char *folder = g_path_get_dirname (target), *base = g_path_get_basename (target);
  char real[PATH_MAX];
  if (!realpath (folder, real)) {
    set_write_error (error, path, errno);
    return NULL;
  }
  return g_build_filename (real, base, NULL);
}

gboolean
limen_try_place (const char *path, gsize n_bytes, GError **error)
{
  g_autofree char *target = NULL, *temporary = NULL;
  int fd = open_for (path, &target, &temporary, error);
  if (fd < 0)
    return FALSE;
  int code = posix_fallocate (fd, 0, (off_t)MAX (n_bytes, 1));
  if (temporary)
    g_unlink (temporary);
  close (fd);
  if (code != 0)
    set_write_error (error, path, code);
  return code == 0;
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
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree guchar *buffer = g_malloc (1 << 18);
  FILE *stream = g_fopen (path, "rbe");
  gsize n = 0;
  if (!stream) {
    limen_refuse (error, LIMEN_ERROR_UNREADABLE, path, "could not be opened (%s)",
                  g_strerror (errno));
    return NULL;
  }
  gboolean cancelled; /* and told so: who cancels later comes too late */
  while (!(cancelled = g_cancellable_set_error_if_cancelled (cancellable, error)) &&
         (n = fread (buffer, 1, 1 << 18, stream)) > 0)
    g_checksum_update (checksum, buffer, n);
  gboolean failed = ferror (stream);
  fclose (stream);
  if (failed && !cancelled)
    limen_refuse (error, LIMEN_ERROR_UNREADABLE, path, "could not be read to its end");
  return failed || cancelled ? NULL : g_strdup (g_checksum_get_string (checksum));
}
