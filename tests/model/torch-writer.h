/* Writes the files that torch.save writes, and those it never would, into memory. */
#pragma once

#include <archive.h>
#include <archive_entry.h>
#include <glib.h>
#include <string.h>

typedef GByteArray TorchBytes;

/* Appends instructions given as a literal: zeros in it count. */
#define OP(bytes, literal) g_byte_array_append (bytes, (const guint8 *)literal, sizeof literal - 1)

static inline void
torch_number (GByteArray *bytes, guint64 value, guint width)
{
  for (guint i = 0; i < width; i++) {
    guint8 digit = (guint8)(value >> (8 * i));
    g_byte_array_append (bytes, &digit, 1);
  }
}

static inline void
torch_text (GByteArray *bytes, const char *text)
{
  OP (bytes, "X");
  torch_number (bytes, strlen (text), 4);
  g_byte_array_append (bytes, (const guint8 *)text, (guint)strlen (text));
}

static inline void
torch_integer (GByteArray *bytes, gint64 value)
{
  OP (bytes, "\x8a\x08");
  torch_number (bytes, (guint64)value, 8);
}

static inline void
torch_integers (GByteArray *bytes, const gint64 *values, guint n)
{
  OP (bytes, "(");
  for (guint i = 0; i < n; i++)
    torch_integer (bytes, values[i]);
  OP (bytes, "t");
}

static inline void
torch_global (GByteArray *bytes, const char *module, const char *name)
{
  g_autofree char *text = g_strdup_printf ("c%s\n%s\n", module, name);
  g_byte_array_append (bytes, (const guint8 *)text, (guint)strlen (text));
}

/* A tensor of up to eight dimensions in the storage @key; with @view, in three items of it. */
typedef struct {
  const char *type, *key;
  gint64 n_stored, offset;
  guint n;
  gint64 shape[9], stride[9];
  gint64 view[2]; /* offset, number of elements: 0 for none */
} TorchTensor;

static inline void
torch_tensor (GByteArray *bytes, TorchTensor t)
{
  torch_global (bytes, "torch._utils", "_rebuild_tensor_v2");
  OP (bytes, "((");
  torch_text (bytes, "storage");
  torch_global (bytes, "torch", t.type);
  torch_text (bytes, t.key);
  torch_text (bytes, "cpu");
  torch_integer (bytes, t.n_stored);
  if (t.view[1]) {
    OP (bytes, "(");
    torch_text (bytes, "view");
    torch_integer (bytes, t.view[0]);
    torch_integer (bytes, t.view[1]);
    OP (bytes, "t");
  }
  OP (bytes, "tQ");
  torch_integer (bytes, t.offset);
  torch_integers (bytes, t.shape, t.n);
  torch_integers (bytes, t.stride, t.n);
  OP (bytes, "\x89"
             "ccollections\nOrderedDict\n)RtR");
}

/* A vector of @n floats that fills the storage @key. */
static inline void
torch_vector (GByteArray *bytes, const char *key, gint64 n)
{
  torch_tensor (bytes, (TorchTensor){"FloatStorage", key, n, 0, 1, {n}, {1}});
}

/* A pickle of {"w": vector of n floats}. */
static inline GByteArray *
torch_small_pickle (gint64 n)
{
  GByteArray *pickle = g_byte_array_new ();
  OP (pickle, "\x80\x02}");
  torch_text (pickle, "w");
  torch_vector (pickle, "0", n);
  OP (pickle, "s.");
  return pickle;
}

typedef struct {
  struct archive *writer;
  GByteArray *content;
} TorchZip;

static inline la_ssize_t
torch_zip_write_cb (struct archive *writer, void *data, const void *buffer, size_t n)
{
  g_byte_array_append (data, buffer, (guint)n);
  return (la_ssize_t)n;
}

/* Freed by torch_zip_end(). */
static inline TorchZip
torch_zip_begin (gboolean packed)
{
  TorchZip zip = {archive_write_new (), g_byte_array_new ()};
  archive_write_set_format_zip (zip.writer);
  if (packed)
    archive_write_zip_set_compression_deflate (zip.writer);
  else
    archive_write_zip_set_compression_store (zip.writer);
  archive_write_set_bytes_in_last_block (zip.writer, 1);
  archive_write_open (zip.writer, zip.content, NULL, torch_zip_write_cb, NULL);
  return zip;
}

static inline void
torch_zip_add (TorchZip *zip, const char *name, const void *data, gsize n)
{
  struct archive_entry *entry = archive_entry_new ();
  archive_entry_set_pathname (entry, name);
  archive_entry_set_filetype (entry, AE_IFREG);
  archive_entry_set_perm (entry, 0644);
  archive_entry_set_size (entry, (la_int64_t)n);
  g_assert_cmpint (archive_write_header (zip->writer, entry), ==, ARCHIVE_OK);
  g_assert_cmpint (archive_write_data (zip->writer, data, n), ==, (la_ssize_t)n);
  archive_entry_free (entry);
}

static inline GBytes *
torch_zip_end (TorchZip *zip)
{
  g_assert_cmpint (archive_write_close (zip->writer), ==, ARCHIVE_OK);
  archive_write_free (zip->writer);
  return g_byte_array_free_to_bytes (zip->content);
}

/* A zip of @pickle (freed) and one storage "0" of @n bytes. */
static inline GBytes *
torch_zip_of (GByteArray *pickle, const void *data, gsize n)
{
  TorchZip zip = torch_zip_begin (FALSE);
  torch_zip_add (&zip, "net/data.pkl", pickle->data, pickle->len);
  torch_zip_add (&zip, "net/data/0", data, n);
  torch_zip_add (&zip, "net/version", "3\n", 2);
  g_byte_array_unref (pickle);
  return torch_zip_end (&zip);
}

/* What stands before the object in a file of the older format. */
static inline GByteArray *
torch_legacy_begin (gboolean little_endian)
{
  GByteArray *file = g_byte_array_new ();
  OP (file, "\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.\x80\x02M\xe9\x03.\x80\x02}");
  torch_text (file, "little_endian");
  g_byte_array_append (file, (const guint8 *)(little_endian ? "\x88s." : "\x89s."), 3);
  return file;
}

/* What stands behind it: the key "0", and its storage. */
static inline GBytes *
torch_legacy_end (GByteArray *file, guint64 count, guint count_width, const void *data, gsize n)
{
  OP (file, "\x80\x02]");
  torch_text (file, "0");
  OP (file, "a.");
  torch_number (file, count, count_width);
  g_byte_array_append (file, data, (guint)n);
  return g_byte_array_free_to_bytes (file);
}

/* A member of a zip; of an array of them, the last has no name. */
typedef struct {
  const char *name;
  const void *data;
  gsize n;
} TorchMember;

static inline void
torch_plain_entry (GByteArray *bytes, const TorchMember *member)
{
  guint32 crc = 0xffffffff;
  for (gsize i = 0; i < member->n; i++) {
    crc ^= ((const guint8 *)member->data)[i];
    for (int bit = 0; bit < 8; bit++)
      crc = crc & 1 ? crc >> 1 ^ 0xedb88320 : crc >> 1;
  }
  torch_number (bytes, 20, 2);
  torch_number (bytes, 1 << 11, 2);  /* its name is UTF-8 */
  torch_number (bytes, 0, 2);        /* stored */
  torch_number (bytes, 33 << 16, 4); /* 1 January 1980 */
  torch_number (bytes, (guint32)~crc, 4);
  torch_number (bytes, member->n, 4);
  torch_number (bytes, member->n, 4);
  torch_number (bytes, strlen (member->name), 2);
  torch_number (bytes, 0, 2);
}

/* A zip as torch.save writes it, with names in UTF-8 that say so: libarchive writes such names only
 * where the locale lets it. */
static inline GBytes *
torch_plain_zip (const TorchMember *members)
{
  GByteArray *file = g_byte_array_new ();
  g_autoptr (GByteArray) directory = g_byte_array_new ();
  guint n = 0;
  for (; members[n].name; n++) {
    guint start = file->len;
    OP (file, "PK\3\4");
    torch_plain_entry (file, &members[n]);
    g_byte_array_append (file, (const guint8 *)members[n].name, (guint)strlen (members[n].name));
    g_byte_array_append (file, members[n].data, (guint)members[n].n);
    OP (directory, "PK\1\2\x14\0");
    torch_plain_entry (directory, &members[n]);
    torch_number (directory, 0, 6);
    torch_number (directory, 0, 4);
    torch_number (directory, start, 4);
    g_byte_array_append (directory, (const guint8 *)members[n].name,
                         (guint)strlen (members[n].name));
  }
  guint start = file->len;
  g_byte_array_append (file, directory->data, directory->len);
  OP (file, "PK\5\6\0\0\0\0");
  torch_number (file, n, 2);
  torch_number (file, n, 2);
  torch_number (file, directory->len, 4);
  torch_number (file, start, 4);
  torch_number (file, 0, 2);
  return g_byte_array_free_to_bytes (file);
}
