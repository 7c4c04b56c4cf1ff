#include "model/data/archive.h"
#include "model/data/file.h"
#include "model/data/gunzip.h"

#include <archive.h>
#include <archive_entry.h>
#include <gio/gunixinputstream.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <string.h>
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
  gint64 at;     /* how far it has read */
  guchar *block; /* of @fd */
  GCancellable *cancellable;
  gint64 size;   /* of the archive itself */
  gint64 n_read; /* bytes of its members */
  char *shown;   /* the archive's name for messages */
  char *name;    /* of the current member */
  gboolean is_encrypted;
};

/* Names */

/* libarchive turns names into the characters of the thread's locale, which of a program that is not
 * meant to write any may be ASCII: while it reads headers, that is UTF-8. Returns: the locale to go
 * back to */
static locale_t
enter_utf8 (void)
{
  static locale_t utf8;
  static gsize ready;
  if (g_once_init_enter (&ready)) {
    utf8 = newlocale (LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    g_once_init_leave (&ready, 1);
  }
  return utf8 ? uselocale (utf8) : uselocale ((locale_t)0);
}

/* Zips without a mark for UTF-8 have the characters of DOS. */
static char *
name_of_bytes (LimenArchive *archive, const char *name)
{
  gboolean is_zip =
      (archive_format (archive->reader) & ARCHIVE_FORMAT_BASE_MASK) == ARCHIVE_FORMAT_ZIP;
  char *converted = is_zip && !g_utf8_validate (name, -1, NULL)
                        ? g_convert (name, -1, "UTF-8", "CP437", NULL, NULL, NULL)
                        : NULL;
  return converted ? converted : g_utf8_make_valid (name, -1);
}

static char *
name_of_entry (LimenArchive *archive, struct archive_entry *entry)
{
  locale_t before = enter_utf8 ();
  const char *name = archive_entry_pathname_utf8 (entry);
  if (!name)
    name = archive_entry_pathname (entry);
  char *text = name ? name_of_bytes (archive, name) : g_strdup ("data");
  uselocale (before);
  return text;
}

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

/* A cancelled read ends with the next 64 kB, whatever is unpacked of them. */
static la_ssize_t
read_block_cb (struct archive *reader, void *data, const void **out)
{
  LimenArchive *archive = data;
  gssize n = (gssize)CLAMP (archive->size - archive->at, 0, BLOCK_SIZE);
  if (g_cancellable_set_error_if_cancelled (archive->cancellable,
                                            archive->failure ? NULL : &archive->failure))
    return ARCHIVE_FATAL;
  if (archive->bytes)
    *out = (const guchar *)g_bytes_get_data (archive->bytes, NULL) + archive->at;
  else {
    n = pread (archive->fd, archive->block, BLOCK_SIZE, archive->at);
    *out = archive->block;
  }
  if (n < 0)
    return ARCHIVE_FATAL;
  archive->at += n;
  return n;
}

static la_int64_t
seek_cb (struct archive *reader, void *data, la_int64_t offset, int whence)
{
  LimenArchive *archive = data;
  la_int64_t base = whence == SEEK_CUR ? archive->at : whence == SEEK_END ? archive->size : 0;
  if (offset < -base || offset > archive->size - base)
    return ARCHIVE_FATAL;
  return archive->at = base + offset;
}

static la_int64_t
skip_cb (struct archive *reader, void *data, la_int64_t n)
{
  LimenArchive *archive = data;
  n = CLAMP (n, 0, archive->size - archive->at);
  archive->at += n;
  return n;
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
  if (g_cancellable_set_error_if_cancelled (archive->cancellable, error))
    return;
  if (archive->is_encrypted)
    limen_fail (error, LIMEN_ERROR_FORMAT,
                "%s is encrypted; unpack it with its password and open what comes out.",
                archive->shown);
  else if (g_str_has_prefix (reason, "Unrecognized archive format")) /* raw takes all but nothing */
    limen_fail (error, LIMEN_ERROR_DAMAGED,
                "%s is damaged (it unpacks to nothing); fetch or make it again.", archive->shown);
  else if (strstr (reason, "nsupported"))
    limen_fail (error, LIMEN_ERROR_FORMAT,
                "%s is packed by a method that Limen does not read (%s); unpack it and open what "
                "comes out.",
                archive->shown, reason);
  else
    limen_fail (error, LIMEN_ERROR_DAMAGED, "%s is damaged (%s); fetch or make it again.",
                archive->shown, reason);
}

static gboolean
step (LimenArchive *archive, GError **error)
{
  locale_t before = enter_utf8 ();
  int status =
      archive->at_end ? ARCHIVE_EOF : archive_read_next_header (archive->reader, &archive->entry);
  uselocale (before);
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
      (!is_compressed (archive) && archive_format (archive->reader) == ARCHIVE_FORMAT_RAW))
    return limen_fail (
        error, LIMEN_ERROR_FORMAT,
        "%s is not an archive; choose a zip, a tar, or a file packed with gzip, xz, zstd or "
        "bzip2.",
        archive->shown);
  if (!local)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static int
open_reader (LimenArchive *archive)
{
  if (archive->gunzip)
    return archive_read_open (archive->reader, archive, NULL, read_gunzipped_cb, NULL);
  archive_read_set_callback_data (archive->reader, archive);
  archive_read_set_read_callback (archive->reader, read_block_cb);
  archive_read_set_seek_callback (archive->reader, seek_cb);
  archive_read_set_skip_callback (archive->reader, skip_cb);
  return archive_read_open1 (archive->reader);
}

static GInputStream *
open_bytes (LimenArchive *archive, GBytes *bytes)
{
  archive->bytes = g_bytes_ref (bytes);
  archive->size = (gint64)g_bytes_get_size (bytes);
  return g_memory_input_stream_new_from_bytes (bytes);
}

static GInputStream *
open_file (LimenArchive *archive, const char *path, GError **error)
{
  archive->fd = limen_file_open (path, error);
  if (archive->fd < 0)
    return NULL;
  archive->size = lseek (archive->fd, 0, SEEK_END);
  lseek (archive->fd, 0, SEEK_SET);
  archive->block = g_malloc (BLOCK_SIZE);
  return g_unix_input_stream_new (archive->fd, FALSE);
}

LimenArchive *
limen_archive_open_with (const char *path, GBytes *bytes, GCancellable *cancellable, GError **error)
{
  g_autoptr (LimenArchive) archive = archive_new (path);
  g_autoptr (GInputStream) stream =
      bytes ? open_bytes (archive, bytes) : open_file (archive, path, error);
  if (!stream)
    return NULL;
  limen_archive_set_cancellable (archive, cancellable);
  archive->gunzip = limen_gunzip_new (stream);
  return start (archive, open_reader (archive), error) ? g_steal_pointer (&archive) : NULL;
}

LimenArchive *
limen_archive_open_bytes (GBytes *bytes, const char *name, GError **error)
{
  return limen_archive_open_with (name, bytes, NULL, error);
}

LimenArchive *
limen_archive_open (const char *path, GError **error)
{
  return limen_archive_open_with (path, NULL, NULL, error);
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
  g_free (archive->block);
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
  return limen_fail (error, LIMEN_ERROR_UNSAFE,
                     "%s unpacks to more than 8 GB; unpack it yourself and open a part of it.",
                     archive->shown);
}

double
limen_archive_fraction (LimenArchive *archive)
{
  off_t at = archive->fd < 0 ? 0 : archive->gunzip ? lseek (archive->fd, 0, SEEK_CUR) : archive->at;
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
      archive->is_encrypted = archive_entry_is_data_encrypted (entry) != 0;
      *name = archive->name = name_of_entry (archive, entry);
      return TRUE;
    }
    if (!is_within_bounds (archive, error) || !skip (archive, error))
      return FALSE;
  }
  if (local)
    g_propagate_error (error, local);
  return FALSE;
}

gboolean
limen_archive_is_encrypted (LimenArchive *archive)
{
  return archive->is_encrypted;
}

/* Doubles the room for data, up to one byte more than allowed: what fills that too is too long. */
static gboolean
grow (LimenArchive *archive, guchar **data, gsize *capacity, gsize max_bytes, GError **error)
{
  gsize wanted = *capacity > max_bytes / 2 ? max_bytes + 1 : *capacity * 2;
  guchar *grown = *capacity <= max_bytes ? g_try_realloc (*data, wanted) : NULL;
  if (!grown)
    return limen_fail (error, LIMEN_ERROR_UNSAFE,
                       "%s unpacks to more than the %" G_GSIZE_FORMAT
                       " bytes that Limen reads at once; split it or leave it out.",
                       archive->shown, max_bytes);
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
