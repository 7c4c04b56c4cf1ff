#include "model/data/archive.h"
#include "model/data/file.h"
#include "model/data/gunzip.h"

#include <archive.h>
#include <archive_entry.h>
#include <gio/gunixinputstream.h>
#include <glib/gstdio.h>
#include <unistd.h>

#define MAX_UNPACKED (G_GINT64_CONSTANT (8) << 30)
#define BLOCK_SIZE   (64 << 10)

struct LimenArchive {
  struct archive *reader;
  struct archive_entry *entry; /* of @reader: the member that limen_archive_next() returns next */
  LimenGunzip *gunzip;         /* nullable: gzip is unpacked before libarchive sees it */
  GError *failure;             /* of @gunzip */
  gboolean at_end;
  GBytes *bytes; /* nullable: what @reader reads from, */
  int fd;        /* or −1 */
  GCancellable *cancellable;
  gint64 size;   /* of the archive itself */
  gint64 n_read; /* bytes of its members */
  char *shown;   /* the archive's name for messages */
  char *name;    /* of the current member */
};

/* Opening */

static la_ssize_t
read_gunzipped_cb (struct archive *reader, void *data, const void **out)
{
  LimenArchive *archive = data;
  gssize n = -1;
  if (!archive->failure)
    n = limen_gunzip_read (archive->gunzip, out, archive->cancellable, &archive->failure);
  return n < 0 ? ARCHIVE_FATAL : n;
}

/* Only formats and filters inside libarchive: the others would start programs. */
static LimenArchive *
archive_new (const char *name)
{
  LimenArchive *archive = g_new0 (LimenArchive, 1);
  archive->shown = limen_display_name (name);
  archive->fd = -1;
  archive->reader = archive_read_new ();
  archive_read_support_format_zip (archive->reader);
  archive_read_support_format_tar (archive->reader);
  archive_read_support_format_raw (archive->reader);
  archive_read_support_filter_xz (archive->reader);
  archive_read_support_filter_zstd (archive->reader);
  archive_read_support_filter_bzip2 (archive->reader);
  return archive;
}

static gboolean
is_compressed (LimenArchive *archive)
{
  return archive->gunzip || archive_filter_count (archive->reader) > 1;
}

static void
set_damaged (LimenArchive *archive, GError **error)
{
  const char *said =
      archive->failure ? archive->failure->message : archive_error_string (archive->reader);
  g_autofree char *reason = g_strchomp (g_utf8_make_valid (said ? said : "unknown reason", -1));
  if (!g_cancellable_set_error_if_cancelled (archive->cancellable, error))
    g_set_error (error, LIMEN_ERROR, LIMEN_ERROR_DAMAGED,
                 "%s is damaged (%s); fetch or make it again.", archive->shown, reason);
}

static gboolean
step (LimenArchive *archive, GError **error)
{
  int status =
      archive->at_end ? ARCHIVE_EOF : archive_read_next_header (archive->reader, &archive->entry);
  if (status == ARCHIVE_OK || status == ARCHIVE_WARN)
    return TRUE;
  archive->entry = NULL;
  archive->at_end = TRUE;
  if (status != ARCHIVE_EOF)
    set_damaged (archive, error);
  return FALSE;
}

/* @status: of opening, which fails for an empty file, and where a compressed stream starts damaged
 */
static gboolean
start (LimenArchive *archive, int status, GError **error)
{
  g_autoptr (GError) local = NULL;
  gboolean is_empty = archive->size == 0;
  if (status != ARCHIVE_OK)
    set_damaged (archive, &local);
  else
    step (archive, &local);
  if (is_empty ||
      (!is_compressed (archive) && archive_format (archive->reader) == ARCHIVE_FORMAT_RAW)) {
    g_set_error (
        error, LIMEN_ERROR, LIMEN_ERROR_FORMAT,
        "%s is not an archive; choose a zip, a tar, or a file packed with gzip, xz, zstd or "
        "bzip2.",
        archive->shown);
    return FALSE;
  }
  if (!local)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static int
open_gunzipped (LimenArchive *archive)
{
  return archive_read_open (archive->reader, archive, NULL, read_gunzipped_cb, NULL);
}

LimenArchive *
limen_archive_open_bytes (GBytes *bytes, const char *name, GError **error)
{
  g_autoptr (LimenArchive) archive = archive_new (name);
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);
  gsize size;
  const void *data = g_bytes_get_data (bytes, &size);
  archive->bytes = g_bytes_ref (bytes);
  archive->size = (gint64)size;
  archive->gunzip = limen_gunzip_new (stream);
  int status = archive->gunzip ? open_gunzipped (archive)
                               : archive_read_open_memory (archive->reader, data, size);
  return start (archive, status, error) ? g_steal_pointer (&archive) : NULL;
}

LimenArchive *
limen_archive_open (const char *path, GError **error)
{
  g_autoptr (LimenArchive) archive = archive_new (path);
  archive->fd = limen_file_open (path, error);
  if (archive->fd < 0)
    return NULL;
  archive->size = lseek (archive->fd, 0, SEEK_END);
  lseek (archive->fd, 0, SEEK_SET);
  g_autoptr (GInputStream) stream = g_unix_input_stream_new (archive->fd, FALSE);
  archive->gunzip = limen_gunzip_new (stream);
  if (!archive->gunzip)
    lseek (archive->fd, 0, SEEK_SET);
  int status = archive->gunzip ? open_gunzipped (archive)
                               : archive_read_open_fd (archive->reader, archive->fd, BLOCK_SIZE);
  return start (archive, status, error) ? g_steal_pointer (&archive) : NULL;
}

void
limen_archive_free (LimenArchive *archive)
{
  archive_read_free (archive->reader);
  g_clear_pointer (&archive->gunzip, limen_gunzip_free);
  g_clear_error (&archive->failure);
  g_clear_pointer (&archive->bytes, g_bytes_unref);
  if (archive->fd >= 0)
    g_close (archive->fd, NULL);
  g_clear_object (&archive->cancellable);
  g_free (archive->shown);
  g_free (archive->name);
  g_free (archive);
}

void
limen_archive_set_cancellable (LimenArchive *archive, GCancellable *cancellable)
{
  g_set_object (&archive->cancellable, cancellable);
}

/* Members */

static gint64
unpacked_size (LimenArchive *archive)
{
  gint64 filtered = is_compressed (archive) ? archive_filter_bytes (archive->reader, 0) : 0;
  return MAX (filtered, archive->n_read);
}

static gboolean
is_within_bounds (LimenArchive *archive, GError **error)
{
  if (g_cancellable_set_error_if_cancelled (archive->cancellable, error))
    return FALSE;
  if (unpacked_size (archive) <= MAX (MAX_UNPACKED, 4 * archive->size))
    return TRUE;
  g_set_error (error, LIMEN_ERROR, LIMEN_ERROR_UNSAFE,
               "%s unpacks to more than 8 GB; unpack it yourself and open a part of it.",
               archive->shown);
  return FALSE;
}

double
limen_archive_fraction (LimenArchive *archive)
{
  off_t at = archive->fd >= 0 ? lseek (archive->fd, 0, SEEK_CUR) : 0;
  return archive->size > 0 && at > 0 ? MIN ((double)at / (double)archive->size, 1) : 0;
}

/* Passing over a compressed member means unpacking it: in blocks, so that it can be stopped. */
static gboolean
skip (LimenArchive *archive, GError **error)
{
  const void *block;
  size_t size;
  la_int64_t offset;
  int status = is_compressed (archive) ? ARCHIVE_OK : ARCHIVE_EOF;
  while (status == ARCHIVE_OK && is_within_bounds (archive, error))
    status = archive_read_data_block (archive->reader, &block, &size, &offset);
  return status != ARCHIVE_OK;
}

static char *
name_of_entry (struct archive_entry *entry)
{
  const char *name = archive_entry_pathname_utf8 (entry);
  if (!name)
    name = archive_entry_pathname (entry);
  return g_utf8_make_valid (name ? name : "data", -1);
}

gboolean
limen_archive_next (LimenArchive *archive, const char **name, GError **error)
{
  GError *local = NULL;
  if (!is_within_bounds (archive, error) || (archive->name && !skip (archive, error)))
    return FALSE;
  while (archive->entry || step (archive, &local)) {
    struct archive_entry *entry = g_steal_pointer (&archive->entry);
    if (archive_entry_filetype (entry) == AE_IFREG && !archive_entry_hardlink (entry)) {
      g_free (archive->name);
      *name = archive->name = name_of_entry (entry);
      return TRUE;
    }
    if (!is_within_bounds (archive, error) || !skip (archive, error))
      return FALSE;
  }
  if (local)
    g_propagate_error (error, local);
  return FALSE;
}

/* Doubles the room for data, up to one byte more than allowed: what fills that too is too long. */
static gboolean
grow (LimenArchive *archive, guchar **data, gsize *capacity, gsize max_bytes, GError **error)
{
  gsize wanted = *capacity > max_bytes / 2 ? max_bytes + 1 : *capacity * 2;
  guchar *grown = *capacity <= max_bytes ? g_try_realloc (*data, wanted) : NULL;
  if (!grown) {
    g_set_error (error, LIMEN_ERROR, LIMEN_ERROR_UNSAFE,
                 "%s unpacks to more than the %" G_GSIZE_FORMAT
                 " bytes that Limen reads at once; split it or leave it out.",
                 archive->shown, max_bytes);
    return FALSE;
  }
  *data = grown;
  *capacity = wanted;
  return TRUE;
}

GBytes *
limen_archive_read (LimenArchive *archive, gsize max_bytes, GError **error)
{
  max_bytes = MIN (max_bytes, G_MAXSSIZE - 1);
  gsize capacity = MIN (max_bytes + 1, BLOCK_SIZE), size = 0;
  g_autofree guchar *data = g_malloc (capacity);
  la_ssize_t n;
  while ((n = archive_read_data (archive->reader, data + size, MIN (capacity - size, 1 << 20))) >
         0) {
    size += (gsize)n;
    archive->n_read += n;
    if (!is_within_bounds (archive, error) ||
        (size == capacity && !grow (archive, &data, &capacity, max_bytes, error)))
      return NULL;
  }
  if (n < 0) {
    set_damaged (archive, error);
    return NULL;
  }
  data = g_realloc (data, MAX (size, 1));
  return g_bytes_new_take (g_steal_pointer (&data), size);
}

GBytes *
limen_archive_read_start (LimenArchive *archive, gsize n, GError **error)
{
  g_autofree guchar *data = g_malloc (MAX (n, 1));
  gsize size = 0;
  la_ssize_t step = 1;
  while (step > 0 && size < n) {
    step = archive_read_data (archive->reader, data + size, n - size);
    size += (gsize)MAX (step, 0);
    archive->n_read += MAX (step, 0);
    if (!is_within_bounds (archive, error))
      return NULL;
  }
  if (step >= 0)
    return g_bytes_new_take (g_steal_pointer (&data), size);
  set_damaged (archive, error);
  return NULL;
}
