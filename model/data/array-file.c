#include "model/data/array-file.h"

#include "model/data/archive.h"
#include "model/data/file.h"
#include "model/data/file-part.h"
#include "model/data/idx.h"
#include "model/data/image-csv.h"
#include "model/data/npy.h"

#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#define STEP_SIZE ((gsize)1 << 20) /* of a table, read between two looks at the cancellable */

/* What is asked for, on its way to the readers */
typedef struct {
  LimenFileKind kind;
  const char *path, *shown;
  const LimenImageSetOptions *options;
  GCancellable *cancellable;
} Load;

gboolean
limen_is_array_kind (LimenFileKind kind)
{
  return kind == LIMEN_FILE_IDX || kind == LIMEN_FILE_NPY || kind == LIMEN_FILE_NPZ ||
         kind == LIMEN_FILE_CSV;
}

#define MOST_CLASSES 256 /* of labels that stand in rows of zeros with a one in them */

/* One file of labels, told by its name, where its shape may be that of images */
static gboolean
check_name (const Load *load, const LimenArray *array, GError **error)
{
  const LimenReading *asked = &load->options->reading;
  g_autofree char *base = g_path_get_basename (load->shown);
  guint64 size = (guint64)load->options->width * load->options->height;
  gboolean fits = array->n_dims == 2 && (array->dims[1] == size || array->dims[1] == size + 1);
  if (array->n_dims != 2 || array->dims[1] > MOST_CLASSES || fits || asked->unit || asked->label ||
      asked->channels || !limen_is_named_like_labels (base))
    return TRUE;
  g_autofree char *shape = limen_array_to_string (array);
  return limen_fail (
      error, LIMEN_ERROR_FORMAT,
      "%s is named like labels, and %s may be such; choose the file of the images, or a "
      "layout.",
      load->shown, shape);
}

static LimenImages *
to_images (const Load *load, const LimenArray *array, GError **error)
{
  return check_name (load, array, error)
             ? limen_array_to_images (array, load->shown, load->options, load->cancellable, error)
             : NULL;
}

static LimenImages *
parse_bytes (const Load *load, GBytes *bytes, GError **error)
{
  gboolean is_idx = load->kind == LIMEN_FILE_IDX;
  LimenArray array;
  if (!(is_idx ? limen_idx_parse : limen_npy_parse) (bytes, load->shown, &array, error))
    return NULL;
  return to_images (load, &array, error);
}

/* -- files that are not packed -- */

static GBytes *
read_start (int fd, gsize n)
{
  guchar *data = g_malloc0 (n);
  gssize size = pread (fd, data, n, 0);
  return g_bytes_new_take (data, (gsize)MAX (size, 0));
}

static LimenImages *
parse_file (const Load *load, GError **error)
{
  gboolean is_idx = load->kind == LIMEN_FILE_IDX;
  LimenImages *images = NULL;
  LimenArray array;
  struct stat info;
  int fd = limen_file_open (load->path, error);
  if (fd < 0)
    return NULL;
  g_autoptr (GBytes) start = read_start (fd, LIMEN_NPY_MOST_START);
  guint64 size = fstat (fd, &info) == 0 && info.st_size > 0 ? (guint64)info.st_size : 0;
  if ((is_idx ? limen_idx_parse_start : limen_npy_parse_start) (start, size, load->shown, &array,
                                                                error)) {
    array.fd = fd;
    images = to_images (load, &array, error);
  }
  g_close (fd, NULL);
  return images;
}

/* -- packed files -- */

/* The content of a gzip file. */
static GBytes *
unpack (const Load *load, GError **error)
{
  g_autoptr (LimenArchive) archive = limen_archive_open (load->path, error);
  const char *name;
  if (!archive)
    return NULL;
  limen_archive_set_cancellable (archive, load->cancellable);
  if (!limen_archive_next (archive, &name, error))
    return NULL;
  return limen_archive_read (archive, LIMEN_MAX_BYTES, error);
}

static gboolean
is_packed (const char *path)
{
  g_autoptr (GBytes) start = limen_file_read_start (path, 2, NULL);
  const guchar *data = start ? g_bytes_get_data (start, NULL) : NULL;
  return data && g_bytes_get_size (start) == 2 && data[0] == 0x1f && data[1] == 0x8b;
}

static LimenImages *
load_npz (Load *load, GError **error)
{
  g_autofree char *wanted = NULL, *member = NULL, *shown = NULL;
  g_autofree char *path = limen_path_split (load->path, &wanted);
  g_auto (GStrv) members = NULL;
  LimenImages *images;
  g_autoptr (GBytes) bytes =
      limen_npz_choose (path, wanted, load->options, &member, &members, load->cancellable, error);
  if (!bytes)
    return NULL;
  const char *name = wanted ? path : load->shown;
  g_autofree char *shown_file = limen_display_name (name);
  load->shown = shown = g_strdup_printf ("%s: %s", shown_file, member);
  images = parse_bytes (load, bytes, error);
  if (images) {
    LimenReadAs *read_as = images->read_as;
    g_free (read_as->file);
    read_as->file = g_steal_pointer (&shown_file);
    read_as->member = g_steal_pointer (&member);
    read_as->members = g_steal_pointer (&members);
    read_as->member_asked = wanted != NULL;
  }
  return images;
}

/* -- tables -- */

static gboolean
push_bytes (const Load *load, LimenImageCsv *csv, GBytes *bytes, GError **error)
{
  gsize size;
  const guchar *data = g_bytes_get_data (bytes, &size);
  for (gsize done = 0; done < size; done += STEP_SIZE)
    if (g_cancellable_set_error_if_cancelled (load->cancellable, error) ||
        !limen_image_csv_push (csv, data + done, MIN (size - done, STEP_SIZE), error))
      return FALSE;
  return TRUE;
}

static gboolean
push_file (const Load *load, LimenImageCsv *csv, GError **error)
{
  g_autofree guchar *buffer = g_malloc (STEP_SIZE);
  gboolean ok = TRUE;
  int fd = limen_file_open (load->path, error);
  if (fd < 0)
    return FALSE;
  for (gssize n = 1; ok && n > 0;) {
    n = read (fd, buffer, STEP_SIZE);
    ok = !g_cancellable_set_error_if_cancelled (load->cancellable, error) &&
         (n <= 0 || limen_image_csv_push (csv, buffer, (gsize)n, error));
  }
  g_close (fd, NULL);
  return ok;
}

static gboolean
push_all (const Load *load, LimenImageCsv *csv, GBytes *bytes, GError **error)
{
  if (bytes)
    return push_bytes (load, csv, bytes, error);
  if (!is_packed (load->path))
    return push_file (load, csv, error);
  g_autoptr (GBytes) unpacked = unpack (load, error);
  return unpacked && push_bytes (load, csv, unpacked, error);
}

static LimenImages *
load_csv (const Load *load, GBytes *bytes, GError **error)
{
  gboolean keeps_labels = load->options->reading.label > LIMEN_LABEL_NONE;
  g_autoptr (LimenImageCsv) csv = limen_image_csv_new (load->shown, keeps_labels);
  g_autofree char *left_out = NULL;
  LimenArray array;
  if (!push_all (load, csv, bytes, error) || !limen_image_csv_end (csv, &array, &left_out, error))
    return NULL;
  LimenImages *images =
      limen_array_to_images (&array, load->shown, load->options, load->cancellable, error);
  if (images) {
    images->read_as->left_out = g_steal_pointer (&left_out);
    images->read_as->reordered = limen_image_csv_is_reordered (csv);
  }
  return images;
}

LimenImages *
limen_array_file_load (LimenFileKind kind, const char *path, GBytes *bytes, const char *shown,
                       const LimenImageSetOptions *options, GCancellable *cancellable,
                       GError **error)
{
  Load load = {kind, path, shown, options, cancellable};
  if (kind == LIMEN_FILE_CSV)
    return load_csv (&load, bytes, error);
  if (kind == LIMEN_FILE_NPZ)
    return load_npz (&load, error);
  if (bytes)
    return parse_bytes (&load, bytes, error);
  if (!is_packed (path))
    return parse_file (&load, error);
  g_autoptr (GBytes) unpacked = unpack (&load, error);
  return unpacked ? parse_bytes (&load, unpacked, error) : NULL;
}
