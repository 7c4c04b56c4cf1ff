#include "model/data/archive.h"
#include "model/data/file-kind.h"
#include "model/data-files.h"

static GBytes *
bytes_of (const char *text)
{
  return g_bytes_new (text, strlen (text));
}

static void
assert_member (LimenArchive *archive, const char *name, const char *content)
{
  const char *found = NULL;
  g_autoptr (GError) error = NULL;
  g_assert_true (limen_archive_next (archive, &found, &error));
  g_assert_cmpstr (found, ==, name);
  g_autoptr (GBytes) bytes = limen_archive_read (archive, 1 << 20, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), content,
                   strlen (content));
}

static void
assert_end (LimenArchive *archive)
{
  const char *name;
  g_autoptr (GError) error = NULL;
  g_assert_false (limen_archive_next (archive, &name, &error));
  g_assert_no_error (error);
}

static const char *const formats[][2] = {
    {"zip", "none"},   {"ustar", "none"},  {"ustar", "gzip"}, {"ustar", "xz"},
    {"ustar", "zstd"}, {"ustar", "bzip2"}, {"pax", "gzip"},   {"gnutar", "none"},
};

static void
test_reads_every_format (void)
{
  g_autofree char *folder = make_folder ();
  g_autoptr (GBytes) a = bytes_of ("alpha"), b = bytes_of ("");
  const Member members[] = {{"a.txt", a}, {"folder/b.txt", b}, {NULL}};
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++) {
    g_autoptr (GBytes) packed = make_archive (formats[i][0], formats[i][1], members);
    g_autofree char *path = write_bytes (folder, "file", packed);
    g_autoptr (GError) error = NULL;
    g_assert_cmpint (limen_file_kind (path, &error), ==, LIMEN_FILE_ARCHIVE);
    g_autoptr (LimenArchive) from_file = limen_archive_open (path, &error);
    g_assert_no_error (error);
    g_autoptr (LimenArchive) from_memory = limen_archive_open_bytes (packed, "memory", &error);
    g_assert_no_error (error);
    assert_member (from_file, "a.txt", "alpha");
    assert_member (from_memory, "a.txt", "alpha");
    assert_member (from_file, "folder/b.txt", "");
    assert_member (from_memory, "folder/b.txt", "");
    assert_end (from_file);
    assert_end (from_memory);
    g_assert_cmpfloat (limen_archive_fraction (from_file), <=, 1);
  }
  remove_folder (folder);
}

static void
test_members_may_be_passed_over (void)
{
  g_autoptr (GBytes) a = bytes_of ("alpha"), b = bytes_of ("beta");
  const Member members[] = {{"a", a}, {"b", b}, {NULL}};
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++) {
    g_autoptr (GBytes) packed = make_archive (formats[i][0], formats[i][1], members);
    g_autoptr (LimenArchive) archive = limen_archive_open_bytes (packed, "memory", NULL);
    const char *name;
    g_assert_true (limen_archive_next (archive, &name, NULL));
    assert_member (archive, "b", "beta");
    assert_end (archive);
  }
}

static void
test_plain_gzip_is_one_member (void)
{
  g_autoptr (GBytes) packed = gzip_bytes ("hello", 5);
  g_autoptr (LimenArchive) archive = limen_archive_open_bytes (packed, "hello.gz", NULL);
  assert_member (archive, "data", "hello");
  assert_end (archive);
}

static void
test_joined_gzip_is_read_on (void)
{
  g_autoptr (GBytes) one = gzip_bytes ("one ", 4), two = gzip_bytes ("two", 3);
  GByteArray *joined = g_byte_array_new ();
  g_byte_array_append (joined, g_bytes_get_data (one, NULL), (guint)g_bytes_get_size (one));
  g_byte_array_append (joined, g_bytes_get_data (two, NULL), (guint)g_bytes_get_size (two));
  g_byte_array_append (joined, (const guint8 *)"\0\0\0\0", 4); /* padding, as tapes have it */
  g_autoptr (GBytes) packed = g_byte_array_free_to_bytes (joined);
  g_autoptr (LimenArchive) archive = limen_archive_open_bytes (packed, "joined.gz", NULL);
  assert_member (archive, "data", "one two");
}

/* Opens and reads all. Returns: (transfer full): the first error, which there must be. */
static GError *
error_of (GBytes *packed, gsize max_bytes)
{
  GError *error = NULL;
  const char *name;
  g_autoptr (LimenArchive) archive = limen_archive_open_bytes (packed, "bad.file", &error);
  while (archive && !error && limen_archive_next (archive, &name, &error)) {
    g_autoptr (GBytes) bytes = limen_archive_read (archive, max_bytes, &error);
    g_assert_true (!bytes == !!error);
  }
  assert_sentence (error, "bad.file");
  return error;
}

static GBytes *
with_byte_flipped (GBytes *bytes, gsize at)
{
  gsize size;
  guchar *copy = g_memdup2 (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  size = g_bytes_get_size (bytes);
  copy[at] ^= 0x10;
  return g_bytes_new_take (copy, size);
}

static void
test_gzip_checksum_is_verified (void)
{
  g_autoptr (GBytes) packed = gzip_bytes ("some text, some text", 20);
  gsize size = g_bytes_get_size (packed);
  for (gsize back = 1; back <= 8; back++) { /* CRC, then length */
    g_autoptr (GBytes) altered = with_byte_flipped (packed, size - back);
    g_autoptr (GError) error = error_of (altered, 1000);
    g_assert_error (error, LIMEN_ERROR, LIMEN_ERROR_DAMAGED);
  }
}

static void
test_zip_checksum_is_verified (void)
{
  g_autoptr (GBytes) content = bytes_of ("0123456789");
  const Member members[] = {{"a", content}, {NULL}};
  g_autoptr (GBytes) packed = make_archive ("zip", "none", members);
  gsize size = g_bytes_get_size (packed), n_refused = 0;
  for (gsize at = 30; at < size / 2; at++) {
    g_autoptr (GBytes) altered = with_byte_flipped (packed, at);
    g_autoptr (LimenArchive) archive = limen_archive_open_bytes (altered, "a.zip", NULL);
    const char *name;
    g_autoptr (GError) error = NULL;
    if (!archive || !limen_archive_next (archive, &name, &error))
      continue;
    g_autoptr (GBytes) bytes = limen_archive_read (archive, 1000, &error);
    if (bytes && g_str_equal (name, "a"))
      g_assert_true (g_bytes_equal (bytes, content));
    n_refused += bytes == NULL;
  }
  g_assert_cmpuint (n_refused, >=, 5);
}

static void
test_cut_off_archives_are_refused (void)
{
  g_autofree guchar *noise = g_malloc (5000);
  for (guint i = 0; i < 5000; i++)
    noise[i] = (guchar)g_test_rand_int ();
  g_autoptr (GBytes) content = g_bytes_new (noise, 5000), gz = gzip_bytes (noise, 5000);
  const Member members[] = {{"a", content}, {NULL}};
  for (guint i = 0; i <= G_N_ELEMENTS (formats); i++) {
    g_autoptr (GBytes) packed = i < G_N_ELEMENTS (formats)
                                    ? make_archive (formats[i][0], formats[i][1], members)
                                    : g_bytes_ref (gz);
    for (gsize size = 1000; size < 4900; size += 1300) {
      g_autoptr (GBytes) cut = g_bytes_new_from_bytes (packed, 0, size);
      g_autoptr (GError) error = error_of (cut, 100000);
      g_assert_error (error, LIMEN_ERROR, LIMEN_ERROR_DAMAGED);
    }
  }
}

static void
test_too_long_members_are_refused (void)
{
  g_autofree char *blanks = g_strnfill (1 << 20, ' ');
  g_autoptr (GBytes) packed = gzip_bytes (blanks, 1 << 20);
  g_autoptr (GError) error = error_of (packed, (1 << 20) - 1);
  g_assert_error (error, LIMEN_ERROR, LIMEN_ERROR_UNSAFE);
  g_autoptr (LimenArchive) archive = limen_archive_open_bytes (packed, "blanks.gz", NULL);
  const char *name;
  g_assert_true (limen_archive_next (archive, &name, NULL));
  g_autoptr (GBytes) exact = limen_archive_read (archive, 1 << 20, NULL);
  g_assert_cmpuint (g_bytes_get_size (exact), ==, 1 << 20);
}

/* Tar takes a block of zeros for its end. */
static void
test_zeros_are_an_archive_without_members (void)
{
  g_autofree char *zeros = g_malloc0 (2048);
  g_autoptr (GBytes) packed = gzip_bytes (zeros, 2048);
  g_autoptr (LimenArchive) archive = limen_archive_open_bytes (packed, "zeros.gz", NULL);
  g_assert_nonnull (archive);
  assert_end (archive);
  assert_end (archive);
}

static void
test_folders_and_links_are_passed_over (void)
{
  GByteArray *array = g_byte_array_new ();
  struct archive *writer = archive_write_new ();
  struct archive_entry *entry = archive_entry_new ();
  const struct {
    const char *name;
    unsigned type;
  } entries[] = {{"folder", AE_IFDIR},
                 {"link", AE_IFLNK},
                 {"pipe", AE_IFIFO},
                 {"device", AE_IFCHR},
                 {"file", AE_IFREG}};
  archive_write_set_format_pax_restricted (writer);
  archive_write_open (writer, array, NULL, append_cb, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (entries); i++) {
    archive_entry_clear (entry);
    archive_entry_set_pathname (entry, entries[i].name);
    archive_entry_set_filetype (entry, entries[i].type);
    if (entries[i].type == AE_IFLNK)
      archive_entry_set_symlink (entry, "/etc/passwd");
    archive_entry_set_size (entry, 0);
    g_assert_cmpint (archive_write_header (writer, entry), ==, ARCHIVE_OK);
  }
  archive_write_free (writer);
  archive_entry_free (entry);
  g_autoptr (GBytes) packed = g_byte_array_free_to_bytes (array);
  g_autoptr (LimenArchive) archive = limen_archive_open_bytes (packed, "a.tar", NULL);
  assert_member (archive, "file", "");
  assert_end (archive);
}

static void
test_other_files_are_refused (void)
{
  g_autofree char *folder = make_folder (), *pipe = g_build_filename (folder, "pipe", NULL);
  g_autofree char *text = write_file (folder, "text", "no archive", 10);
  g_autofree char *empty = write_file (folder, "empty", "", 0);
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  const struct {
    const char *path;
    LimenError code;
  } cases[] = {{text, LIMEN_ERROR_FORMAT},
               {empty, LIMEN_ERROR_FORMAT},
               {pipe, LIMEN_ERROR_UNREADABLE}, /* and does not wait for a writer */
               {folder, LIMEN_ERROR_UNREADABLE},
               {"/nonexistent/file", LIMEN_ERROR_UNREADABLE}};
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_null (limen_archive_open (cases[i].path, &error));
    g_assert_error (error, LIMEN_ERROR, (int)cases[i].code);
    assert_sentence (error, cases[i].path);
  }
  remove_folder (folder);
}

static void
test_cancelling_stops_a_read (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GBytes) packed = gzip_bytes ("hello", 5);
  g_autoptr (LimenArchive) archive = limen_archive_open_bytes (packed, "hello.gz", NULL);
  g_autoptr (GError) step = NULL, read = NULL;
  const char *name;
  limen_archive_set_cancellable (archive, cancellable);
  g_assert_true (limen_archive_next (archive, &name, NULL));
  g_cancellable_cancel (cancellable);
  g_assert_null (limen_archive_read (archive, 100, &read));
  g_assert_error (read, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (limen_archive_next (archive, &name, &step));
  g_assert_error (step, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_content_decides_the_kind (void)
{
  g_autofree char *folder = make_folder ();
  g_autoptr (GBytes) pickle = g_bytes_new_static ("\x80\x02}q\0.", 6),
                     png = make_grey_png (3, 3, 0);
  g_autoptr (GBytes) npy = bytes_of ("\x93NUMPY"), text = bytes_of ("text"),
                     idx = g_bytes_new_static ("\0\0\x08\x01\0\0\0\0", 8);
  const Member torch[] = {{"m/data.pkl", pickle}, {"m/data/0", text}, {NULL}};
  const Member storages[] = {{"m/data/0", text}, {NULL}};
  const Member arrays[] = {{"a.npy", npy}, {"b.npy", npy}, {NULL}};
  const Member pictures[] = {{"a.npy", npy}, {"b.png", png}, {NULL}};
  const struct {
    GBytes *bytes;
    LimenFileKind kind;
  } cases[] = {
      {make_archive ("zip", "none", torch), LIMEN_FILE_TORCH},
      {make_archive ("zip", "none", storages), LIMEN_FILE_TORCH},
      {make_archive ("zip", "none", arrays), LIMEN_FILE_NPZ},
      {make_archive ("zip", "none", pictures), LIMEN_FILE_ARCHIVE},
      {make_archive ("ustar", "gzip", arrays), LIMEN_FILE_ARCHIVE},
      {g_bytes_ref (pickle), LIMEN_FILE_TORCH},
      {g_bytes_ref (png), LIMEN_FILE_IMAGE},
      {g_bytes_ref (npy), LIMEN_FILE_NPY},
      {g_bytes_ref (idx), LIMEN_FILE_IDX},
      {gzip_bytes (g_bytes_get_data (idx, NULL), 8), LIMEN_FILE_IDX},
      {gzip_bytes ("text", 4), LIMEN_FILE_ARCHIVE},
      {g_bytes_new_static ("\x10\0\0\0\0\0\0\0{\"a\":0}", 15), LIMEN_FILE_SAFETENSORS},
      {bytes_of ("version https://git-lfs.github.com/spec/v1\n"), LIMEN_FILE_LFS_POINTER},
      {bytes_of ("P5 3 3 255 ........."), LIMEN_FILE_IMAGE},
      {bytes_of ("P5 is not a picture"), LIMEN_FILE_UNKNOWN},
      {bytes_of ("BMW, a car, and not a bitmap picture"), LIMEN_FILE_UNKNOWN},
      {bytes_of ("text"), LIMEN_FILE_UNKNOWN},
      {bytes_of (""), LIMEN_FILE_UNKNOWN},
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = write_bytes (folder, "misleading-name.png", cases[i].bytes);
    g_autoptr (GError) error = NULL;
    LimenFileKind kind = limen_file_kind (path, &error);
    g_assert_no_error (error);
    if (kind != cases[i].kind)
      g_error ("case %u: kind %d instead of %d", i, kind, cases[i].kind);
    g_bytes_unref (cases[i].bytes);
  }
  g_assert_cmpint (limen_file_kind (folder, NULL), ==, LIMEN_FILE_FOLDER);
  g_autoptr (GError) error = NULL;
  g_assert_cmpint (limen_file_kind ("/nonexistent/a.png", &error), ==, LIMEN_FILE_UNKNOWN);
  g_assert_error (error, LIMEN_ERROR, LIMEN_ERROR_UNREADABLE);
  remove_folder (folder);
}

static void
test_weights_are_told_from_images (void)
{
  g_assert_true (limen_file_kind_is_weights (LIMEN_FILE_TORCH));
  g_assert_true (limen_file_kind_is_weights (LIMEN_FILE_SAFETENSORS));
  g_assert_true (limen_file_kind_is_weights (LIMEN_FILE_LFS_POINTER));
  g_assert_false (limen_file_kind_is_weights (LIMEN_FILE_NPZ));
  g_assert_false (limen_file_kind_is_weights (LIMEN_FILE_UNKNOWN));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/archive/reads-every-format", test_reads_every_format);
  g_test_add_func ("/archive/members-may-be-passed-over", test_members_may_be_passed_over);
  g_test_add_func ("/archive/plain-gzip-is-one-member", test_plain_gzip_is_one_member);
  g_test_add_func ("/archive/joined-gzip-is-read-on", test_joined_gzip_is_read_on);
  g_test_add_func ("/archive/gzip-checksum-is-verified", test_gzip_checksum_is_verified);
  g_test_add_func ("/archive/zip-checksum-is-verified", test_zip_checksum_is_verified);
  g_test_add_func ("/archive/cut-off-archives-are-refused", test_cut_off_archives_are_refused);
  g_test_add_func ("/archive/too-long-members-are-refused", test_too_long_members_are_refused);
  g_test_add_func ("/archive/zeros-are-an-archive-without-members",
                   test_zeros_are_an_archive_without_members);
  g_test_add_func ("/archive/folders-and-links-are-passed-over",
                   test_folders_and_links_are_passed_over);
  g_test_add_func ("/archive/other-files-are-refused", test_other_files_are_refused);
  g_test_add_func ("/archive/cancelling-stops-a-read", test_cancelling_stops_a_read);
  g_test_add_func ("/file-kind/content-decides", test_content_decides_the_kind);
  g_test_add_func ("/file-kind/weights-are-told-from-images", test_weights_are_told_from_images);
  return g_test_run ();
}
