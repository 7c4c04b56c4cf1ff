/* Files made for tests: in a folder of their own, removed at the end. */
#pragma once

#include "model/base/error.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <glib/gstdio.h>
#include <png.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"

static char *
make_folder (void)
{
  char *path = g_dir_make_tmp ("limen-test-XXXXXX", NULL);
  g_assert_nonnull (path);
  return path;
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;
  while (dir && (name = g_dir_read_name (dir))) {
    g_autofree char *child = g_build_filename (path, name, NULL);
    if (g_file_test (child, G_FILE_TEST_IS_DIR) && !g_file_test (child, G_FILE_TEST_IS_SYMLINK))
      remove_folder (child);
    else
      g_unlink (child);
  }
  g_rmdir (path);
}

/* Writes @name, folders on the way included. Returns: (transfer full): its path. */
static char *
write_file (const char *folder, const char *name, gconstpointer data, gsize size)
{
  char *path = g_build_filename (folder, name, NULL);
  g_autofree char *parent = g_path_get_dirname (path);
  g_assert_cmpint (g_mkdir_with_parents (parent, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, data, (gssize)size, NULL));
  return path;
}

static char *
write_bytes (const char *folder, const char *name, GBytes *bytes)
{
  gsize size;
  gconstpointer data = g_bytes_get_data (bytes, &size);
  return write_file (folder, name, data, size);
}

/* Returns: (transfer full): a path in the folder of shared data, or NULL when the test is skipped.
 */
static char *
shared_path (const char *name)
{
  const char *root = g_getenv ("LIMEN_SHARED_DIR");
  g_autofree char *path = root ? g_build_filename (root, name, NULL) : NULL;
  if (path && g_file_test (path, G_FILE_TEST_EXISTS))
    return g_steal_pointer (&path);
  g_test_skip ("the shared data are not there");
  return NULL;
}

/* A message is one sentence that names the file. */
static void
assert_sentence (const GError *error, const char *name)
{
  g_assert_nonnull (error);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  if (!strstr (error->message, name) || !g_str_has_suffix (error->message, ".") ||
      strchr (error->message, '\n'))
    g_error ("not a sentence about %s: %s", name, error->message);
}

typedef struct {
  const char *name;
  GBytes *bytes;
} Member;

static la_ssize_t
append_cb (struct archive *writer, void *array, const void *data, size_t size)
{
  g_byte_array_append (array, data, (guint)size);
  return (la_ssize_t)size;
}

/* Packs @members, the last of which has no name. @format: "zip", "ustar"; @filter: "none", "gzip",
 * ... */
static GBytes *
make_archive (const char *format, const char *filter, const Member *members)
{
  GByteArray *array = g_byte_array_new ();
  struct archive *writer = archive_write_new ();
  struct archive_entry *entry = archive_entry_new ();
  g_assert_cmpint (archive_write_set_format_by_name (writer, format), ==, ARCHIVE_OK);
  if (!g_str_equal (filter, "none"))
    g_assert_cmpint (archive_write_add_filter_by_name (writer, filter), ==, ARCHIVE_OK);
  archive_write_set_bytes_in_last_block (writer, 1);
  g_assert_cmpint (archive_write_open (writer, array, NULL, append_cb, NULL), ==, ARCHIVE_OK);
  for (; members->name; members++) {
    gsize size;
    gconstpointer data = g_bytes_get_data (members->bytes, &size);
    archive_entry_clear (entry);
    archive_entry_set_pathname (entry, members->name);
    archive_entry_set_filetype (entry, AE_IFREG);
    archive_entry_set_perm (entry, 0644);
    archive_entry_set_size (entry, (la_int64_t)size);
    g_assert_cmpint (archive_write_header (writer, entry), ==, ARCHIVE_OK);
    g_assert_cmpint (archive_write_data (writer, data, size), ==, (la_ssize_t)size);
  }
  g_assert_cmpint (archive_write_close (writer), ==, ARCHIVE_OK);
  archive_write_free (writer);
  archive_entry_free (entry);
  return g_byte_array_free_to_bytes (array);
}

static GBytes *
gzip_bytes (gconstpointer data, gsize size)
{
  g_autoptr (GZlibCompressor) deflate = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 6);
  g_autoptr (GInputStream) plain = g_memory_input_stream_new_from_data (data, (gssize)size, NULL);
  g_autoptr (GInputStream) packed = g_converter_input_stream_new (plain, G_CONVERTER (deflate));
  g_autoptr (GOutputStream) out = g_memory_output_stream_new_resizable ();
  g_assert_cmpint (
      g_output_stream_splice (out, packed, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, NULL, NULL), >=, 0);
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (out));
}

/* Called before the pixels are written, for palettes and the like. */
typedef void (*PngSetup) (png_structp png, png_infop info);

static void
append_png_cb (png_structp png, png_bytep data, size_t size)
{
  g_byte_array_append (png_get_io_ptr (png), data, (guint)size);
}

/* @rows: (height, as many bytes as a row of this format takes), 16 bits big-endian, as PNG has them
 */
static GBytes *
make_png (guint width, guint height, int colour, int depth, int interlace, PngSetup setup,
          const guchar *rows)
{
  GByteArray *array = g_byte_array_new ();
  png_structp png = png_create_write_struct (PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
  png_infop info = png_create_info_struct (png);
  g_autofree png_bytepp pointers = g_new (png_bytep, height);
  png_set_write_fn (png, array, append_png_cb, NULL);
  png_set_IHDR (png, info, width, height, depth, colour, interlace, 0, 0);
  if (setup)
    setup (png, info);
  for (guint y = 0; y < height; y++)
    pointers[y] = (png_bytep)rows + y * png_get_rowbytes (png, info);
  png_write_info (png, info);
  png_write_image (png, pointers);
  png_write_end (png, info);
  png_destroy_write_struct (&png, &info);
  return g_byte_array_free_to_bytes (array);
}

/* An 8-bit grey PNG in which pixel i is (first + i) mod 256. */
static GBytes *
make_grey_png (guint width, guint height, guchar first)
{
  g_autofree guchar *rows = g_malloc (width * height);
  for (guint i = 0; i < width * height; i++)
    rows[i] = (guchar)(first + i);
  return make_png (width, height, PNG_COLOR_TYPE_GRAY, 8, PNG_INTERLACE_NONE, NULL, rows);
}

#pragma GCC diagnostic pop
