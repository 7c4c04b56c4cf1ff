#include "model/data/image-tiff.h"

/* A directory of a TIFF ("TIFF, revision 6.0", section 2) or a BigTIFF, whose fields are wider: how
 * many entries, the entries, where the next directory stands. */
typedef struct {
  const guchar *data;
  gsize size;
  gboolean is_big;
  guint64 entries, n; /* where the first stands, how many there are */
  guint entry_size;
} Directory;

static guint64
number_at (const guchar *data, gsize size, guint64 at, guint n)
{
  guint64 value = 0;
  if (at > size || n > size - at)
    return 0;
  for (guint i = 0; i < n; i++)
    value |= (guint64)data[at + i] << 8 * (data[0] == 'M' ? n - 1 - i : i);
  return value;
}

static guint64
field (const Directory *directory, guint64 at, guint n)
{
  return number_at (directory->data, directory->size, at, n);
}

static Directory
directory_at (const guchar *data, gsize size, guint64 offset)
{
  Directory directory = {data, size};
  if (size < 16 || offset == 0 || offset >= size)
    return directory;
  directory.is_big = number_at (data, size, 2, 2) == 43;
  guint count_size = directory.is_big ? 8 : 2;
  directory.entry_size = directory.is_big ? 20 : 12;
  directory.entries = offset + count_size;
  directory.n = field (&directory, offset, count_size);
  if (directory.n > size / directory.entry_size)
    directory.n = 0;
  return directory;
}

gboolean
limen_tiff_is_stack (const guchar *data, gsize size)
{
  if (size < 16)
    return FALSE;
  gboolean is_big = number_at (data, size, 2, 2) == 43;
  Directory first =
      directory_at (data, size, number_at (data, size, is_big ? 8 : 4, is_big ? 8 : 4));
  return field (&first, first.entries + first.n * first.entry_size, is_big ? 8 : 4) != 0;
}

static Directory
current_directory (const LimenTiff *self)
{
  return directory_at (self->data, self->size, TIFFCurrentDirOffset (self->tiff));
}

int
limen_tiff_stored_short (const LimenTiff *self, guint tag)
{
  Directory directory = current_directory (self);
  for (guint64 i = 0; i < directory.n; i++) {
    guint64 at = directory.entries + i * directory.entry_size;
    if (field (&directory, at, 2) == tag)
      return (int)field (&directory, at + (directory.is_big ? 12 : 8), 2);
  }
  return -1;
}

/* An entry is a tag, a type, how many values, and the values or where they stand. */
static guint64
bytes_of_entry (const Directory *directory, guint64 at)
{
  guint tag = (guint)field (directory, at, 2);
  guint64 count = field (directory, at + 4, directory->is_big ? 8 : 4);
  int size = TIFFDataWidth ((TIFFDataType)field (directory, at + 2, 2));
  if (tag == TIFFTAG_STRIPOFFSETS || tag == TIFFTAG_STRIPBYTECOUNTS || tag == TIFFTAG_TILEOFFSETS ||
      tag == TIFFTAG_TILEBYTECOUNTS)
    return 0;
  return MIN (count, directory->size) * (guint64)MAX (size, 0);
}

guint64
limen_tiff_directory_bytes (const LimenTiff *self)
{
  Directory directory = current_directory (self);
  guint64 sum = directory.n * directory.entry_size;
  for (guint64 i = 0; i < directory.n; i++)
    sum += bytes_of_entry (&directory, directory.entries + i * directory.entry_size);
  return sum;
}
