#include "model/data/file-kind.h"
#include "model/data/archive.h"
#include "model/data/builtin.h"
#include "model/data/file.h"
#include "model/data/file-part.h"
#include "model/data/gunzip.h"
#include "model/data/image-pickle.h"
#include "model/data/shard-names.h"
#include "model/data/torch-file.h"
#include "model/data/image-csv-field.h"

#include <glib/gstdio.h>
#include <string.h>

#define START_SIZE   4096       /* a header of a tar, or a line of a table */
#define GZIP_START   (64 << 10) /* of a gzip file, to be unpacked for a look */
#define MAX_MEMBERS  10000      /* of a zip to be looked at */
#define LARGE_PICKLE (64 << 20) /* too large to be read only to see what it is */

#define MAGIC(offset, string, kind)                                                                \
  {                                                                                                \
    offset, sizeof (string) - 1, string, LIMEN_FILE_##kind                                         \
  }

static const struct {
  guint offset, size;
  const char *bytes;
  LimenFileKind kind;
} magics[] = {
    MAGIC (0, "version https://git-lfs.github.com/spec/", LFS_POINTER),
    MAGIC (0, "\x93NUMPY", NPY),
    MAGIC (0, "\x89PNG\r\n\x1a\n", IMAGE),
    MAGIC (0, "\xff\xd8\xff", IMAGE), /* JPEG */
    MAGIC (0, "GIF8", IMAGE),
    MAGIC (0, "II*\0", IMAGE), /* TIFF */
    MAGIC (0, "MM\0*", IMAGE),
    MAGIC (0, "II+\0", IMAGE), /* BigTIFF */
    MAGIC (0, "MM\0+", IMAGE),
    MAGIC (8, "WEBP", IMAGE),
    MAGIC (4, "ftypavif", IMAGE),
    MAGIC (4, "ftypheic", IMAGE),
    MAGIC (0, "\xff\x0a", IMAGE), /* JPEG XL */
    MAGIC (0, "PK\3\4", ARCHIVE),
    MAGIC (0, "PK\5\6", ARCHIVE), /* a zip without members */
    MAGIC (0, "\x1f\x8b\x08", ARCHIVE),
    MAGIC (0,
           "\xfd"
           "7zXZ\0",
           ARCHIVE),
    MAGIC (0, "\x28\xb5\x2f\xfd", ARCHIVE), /* zstd */
    MAGIC (0, "BZh", ARCHIVE),
};

/* The pickle protocols from 2 on, which all of PyTorch's formats use, say so in their first two
 * bytes. */
static gboolean
is_pickle (const guchar *data, gsize size)
{
  return size > 2 && data[0] == 0x80 && data[1] >= 2 && data[1] <= 5;
}

/* The length of a JSON object, then the object. */
static gboolean
is_safetensors (const guchar *data, gsize size)
{
  return size >= 10 && data[8] == '{' &&
         (data[9] == '"' || data[9] == '}' || g_ascii_isspace (data[9]));
}

/* Two zeros, the type of the numbers, how many dimensions. */
static gboolean
is_idx (const guchar *data, gsize size)
{
  return size >= 8 && data[0] == 0 && data[1] == 0 &&
         (data[2] == 8 || data[2] == 9 || (data[2] >= 0xb && data[2] <= 0xe)) && data[3] >= 1 &&
         data[3] <= 8;
}

/* "BM", the size of the file, two fields, where the pixels begin, and the size of a header that
 * exists; before it a header of an array, where OS/2 wrote it. */
static gboolean
is_bmp (const guchar *data, gsize size)
{
  if (size > 40 && data[0] == 'B' && data[1] == 'A') {
    data += 14;
    size -= 14;
  }
  return size > 26 && data[0] == 'B' && data[1] == 'M' && data[14] >= 12 && data[14] <= 124 &&
         data[15] == 0 && data[16] == 0 && data[17] == 0;
}

/* 0, an icon or a cursor, how many pictures of at least one; each has a field that is 0. */
static gboolean
is_ico (const guchar *data, gsize size)
{
  return size >= 22 && data[0] == 0 && data[1] == 0 && (data[2] == 1 || data[2] == 2) &&
         data[3] == 0 && data[4] > 0 && data[5] == 0 && data[9] == 0 && data[21] == 0;
}

/* "P1" to "P6", then, after blanks, a number or a comment */
static gboolean
is_pnm (const guchar *data, gsize size)
{
  gsize at = 2;
  if (size < 7 || data[0] != 'P' || data[1] < '1' || data[1] > '6')
    return FALSE;
  while (at < size && (g_ascii_isspace (data[at]) || data[at] == '\v'))
    at++;
  return at < size && ((at > 2 && g_ascii_isdigit (data[at])) || data[at] == '#');
}

/* The sum of a header's bytes, its own field counted as blanks, stands in octal at 148. */
static gboolean
is_tar (const guchar *data, gsize size)
{
  guint64 sum = 0, expected;
  char field[9] = {0};
  if (size < 512 || data[0] == 0)
    return FALSE;
  for (gsize i = 0; i < 512; i++)
    sum += i >= 148 && i < 156 ? ' ' : data[i];
  memcpy (field, data + 148, 8);
  expected = g_ascii_strtoull (g_strstrip (field), NULL, 8);
  return sum == expected;
}

LimenFileKind
limen_file_kind_of_bytes (GBytes *bytes)
{
  gsize size;
  const guchar *data = g_bytes_get_data (bytes, &size);
  for (guint i = 0; i < G_N_ELEMENTS (magics); i++)
    if (size >= magics[i].offset + magics[i].size &&
        memcmp (data + magics[i].offset, magics[i].bytes, magics[i].size) == 0)
      return magics[i].kind;
  if (is_pickle (data, size))
    return LIMEN_FILE_TORCH;
  if (is_bmp (data, size) || is_pnm (data, size) || is_ico (data, size))
    return LIMEN_FILE_IMAGE;
  if (is_tar (data, size))
    return LIMEN_FILE_ARCHIVE;
  if (is_idx (data, size))
    return LIMEN_FILE_IDX;
  if (is_safetensors (data, size))
    return LIMEN_FILE_SAFETENSORS;
  return limen_image_csv_looks_like (data, MIN (size, START_SIZE)) ? LIMEN_FILE_CSV
                                                                   : LIMEN_FILE_UNKNOWN;
}

/* A zip with a pickle named data.pkl, or with its storages only, is PyTorch's; one of .npy files
 * NumPy's. */
static LimenFileKind
kind_of_zip (const char *path)
{
  g_autoptr (LimenArchive) archive = limen_archive_open (path, NULL);
  const char *name;
  guint n_members = 0, n_arrays = 0;
  while (archive && n_members++ < MAX_MEMBERS && limen_archive_next (archive, &name, NULL)) {
    if (g_str_has_suffix (name, "/data.pkl") || g_str_has_suffix (name, "/data/0") ||
        g_str_equal (name, "data.pkl"))
      return LIMEN_FILE_TORCH;
    n_arrays += g_str_has_suffix (name, ".npy");
  }
  return n_arrays > 0 && n_arrays == n_members - 1 ? LIMEN_FILE_NPZ : LIMEN_FILE_ARCHIVE;
}

LimenFileKind
limen_file_kind_in_gzip (GBytes *start)
{
  const void *data;
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (start);
  g_autoptr (LimenGunzip) gunzip = limen_gunzip_new (stream);
  gssize n = gunzip ? limen_gunzip_read (gunzip, &data, NULL, NULL) : 0;
  g_autoptr (GBytes) unpacked = n > 0 ? g_bytes_new (data, MIN (n, START_SIZE)) : NULL;
  return unpacked ? limen_file_kind_of_bytes (unpacked) : LIMEN_FILE_UNKNOWN;
}

/* What a gzip file holds matters where it is one array; all else is looked through later. */
static LimenFileKind
kind_of_gzip (const char *path)
{
  g_autoptr (GBytes) start = limen_file_read_start (path, GZIP_START, NULL);
  LimenFileKind kind = start ? limen_file_kind_in_gzip (start) : LIMEN_FILE_UNKNOWN;
  if (kind == LIMEN_FILE_TORCH || kind == LIMEN_FILE_PICKLE)
    return LIMEN_FILE_PICKLE; /* weights are not read from gzip */
  gboolean is_array = kind == LIMEN_FILE_IDX || kind == LIMEN_FILE_NPY || kind == LIMEN_FILE_CSV;
  return is_array ? kind : LIMEN_FILE_ARCHIVE;
}

/* Tensors and arrays may be a network or images; what can't be read, the reader of weights refuses.
 * A large pickle that is not PyTorch's is no weights. */
static LimenFileKind
kind_of_pickle (const char *path, gboolean may_be_weights)
{
  GStatBuf info;
  if (!may_be_weights && g_stat (path, &info) == 0 && info.st_size > LARGE_PICKLE)
    return LIMEN_FILE_PICKLE;
  g_autoptr (LimenPickledArrays) arrays = limen_pickled_arrays_new (path, NULL, NULL, NULL);
  return arrays && limen_pickled_arrays_look_like_images (arrays) ? LIMEN_FILE_PICKLE
                                                                  : LIMEN_FILE_TORCH;
}

static LimenFileKind
kind_of_folder (const char *path)
{
  g_autofree char *weights = limen_shards_in_folder (path);
  return weights ? LIMEN_FILE_SHARDS : LIMEN_FILE_FOLDER;
}

static LimenFileKind
kind_of_builtin (const char *name, GError **error)
{
  LimenBuiltin what = limen_builtin_what (name, error);
  return what == LIMEN_BUILTIN_WEIGHTS  ? LIMEN_FILE_SAFETENSORS
         : what == LIMEN_BUILTIN_IMAGES ? LIMEN_FILE_GLYPHS
                                        : LIMEN_FILE_UNKNOWN;
}

LimenFileKind
limen_file_kind (const char *name, GError **error)
{
  if (limen_is_builtin (name))
    return kind_of_builtin (name, error);
  g_autofree char *part = NULL, *path = limen_path_split (name, &part);
  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    return kind_of_folder (path);
  g_autoptr (GBytes) start = limen_file_read_start (path, START_SIZE, error);
  if (!start)
    return LIMEN_FILE_UNKNOWN;
  LimenFileKind kind = limen_file_kind_of_bytes (start);
  const guchar *data = g_bytes_get_data (start, NULL);
  if (kind == LIMEN_FILE_ARCHIVE && data[0] == 'P')
    kind = kind_of_zip (path);
  if (kind == LIMEN_FILE_ARCHIVE && data[0] == 0x1f)
    return kind_of_gzip (path);
  if (limen_is_shard_index (path, data, g_bytes_get_size (start)))
    return LIMEN_FILE_SHARDS;
  gsize n = g_bytes_get_size (start);
  return kind == LIMEN_FILE_TORCH
             ? kind_of_pickle (path, data[0] == 'P' || limen_is_torch_legacy (data, n))
             : kind;
}

gboolean
limen_file_kind_is_weights (LimenFileKind kind)
{
  return kind == LIMEN_FILE_TORCH || kind == LIMEN_FILE_SAFETENSORS || kind == LIMEN_FILE_SHARDS ||
         kind == LIMEN_FILE_LFS_POINTER;
}
