#include "model/data/torch-file.h"
#include "model/data/archive.h"
#include "model/data/foreign.h"

#include <string.h>

#define MAX_PICKLE ((gsize)16 << 20)
#define MAX_NOTES  ((gsize)4 << 20)
#define MAX_WANTED (G_GUINT64_CONSTANT (4) << 30)

/* The zip: NAME/data.pkl, NAME/data/KEY for each storage, and NAME/byteorder, in any order */

static LimenArchive *
open_archive (const LimenSource *source, GError **error)
{
  LimenArchive *archive = source->bytes
                              ? limen_archive_open_bytes (source->bytes, source->path, error)
                              : limen_archive_open (source->path, error);
  if (archive)
    limen_archive_set_cancellable (archive, source->cancellable);
  return archive;
}

static gboolean
is_member (const char *path, const char *name)
{
  const char *slash = strrchr (path, '/');
  return strcmp (slash ? slash + 1 : path, name) == 0;
}

static gboolean
look_at_member (LimenTorchFile *file, LimenArchive *archive, const char *name, GError **error)
{
  if (!file->pickle && is_member (name, "data.pkl")) {
    g_autofree char *prefix = g_strndup (name, strlen (name) - strlen ("data.pkl"));
    file->pickle = limen_archive_read (archive, MAX_PICKLE, error);
    file->folder = g_strconcat (prefix, "data/", NULL);
    return file->pickle != NULL;
  }
  if (!file->notes && is_member (name, LIMEN_TORCH_NOTES)) {
    file->notes = limen_archive_read (archive, MAX_NOTES, error);
    return file->notes != NULL;
  }
  if (is_member (name, "byteorder")) {
    g_autoptr (GBytes) order = limen_archive_read (archive, 64, error);
    gsize n = order ? g_bytes_get_size (order) : 0;
    file->big_endian = n >= 3 && memcmp (g_bytes_get_data (order, NULL), "big", 3) == 0;
    return order != NULL;
  }
  return TRUE;
}

static gboolean
look_through_zip (LimenTorchFile *file, const LimenSource *source, GError **error)
{
  GError *local = NULL;
  const char *name;
  g_autofree char *shown = limen_display_name (source->path), *whole = NULL;
  g_autoptr (LimenArchive) archive = open_archive (source, error);
  if (!archive)
    return FALSE;
  while (limen_archive_next (archive, &name, &local)) {
    if (!look_at_member (file, archive, name, error))
      return FALSE;
    if (!whole)
      whole = limen_foreign_weights_member_sentence (name, shown);
  }
  if (local) {
    g_propagate_error (error, local);
    return FALSE;
  }
  if (!file->pickle && whole)
    return limen_fail (error, LIMEN_ERROR_FORMAT, "%s", whole);
  return file->pickle ||
         limen_refuse (
             error, LIMEN_ERROR_FORMAT, source->path,
             "is a zip without data.pkl, so it holds no weights of PyTorch; choose a file "
             "written by torch.save(model.state_dict(), …)");
}

static gboolean
open_zip (LimenTorchFile *file, const LimenSource *source, GError **error)
{
  gsize n, used;
  file->format = "PyTorch zip";
  if (!look_through_zip (file, source, error))
    return FALSE;
  const guint8 *data = g_bytes_get_data (file->pickle, &n);
  file->object = limen_torch_pickle_run (file->torch, data, n, &used, error);
  return file->object != NULL;
}

static gboolean
read_zip (LimenTorchFile *file, const LimenSource *source, GError **error)
{
  GError *local = NULL;
  const char *name;
  g_autoptr (LimenArchive) archive = open_archive (source, error);
  while (archive && limen_archive_next (archive, &name, &local)) {
    LimenTorchStorage *storage = NULL;
    if (g_str_has_prefix (name, file->folder))
      storage = limen_torch_pickle_storage (file->torch, name + strlen (file->folder));
    if (!storage || !storage->wanted || storage->bytes)
      continue;
    gsize n = (gsize)storage->n_elements * storage->width;
    storage->bytes = limen_archive_read (archive, n, error);
    if (!storage->bytes)
      return FALSE;
  }
  if (local)
    g_propagate_error (error, local);
  return archive && !local;
}

/* The older format: five pickles (a magic number, a version, a dictionary about the machine that
 * wrote it, the object, a list of storage keys), then for each key the number of its elements, as 8
 * bytes, and the elements. */

static const guint8 magic[] = {0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19};

static gboolean
is_magic (const LimenPickleValue *value)
{
  return value->kind == LIMEN_PICKLE_BYTES && value->n == sizeof magic &&
         memcmp (value->text, magic, sizeof magic) == 0;
}

static gboolean
is_big_endian (const LimenPickleValue *machine)
{
  if (machine->kind == LIMEN_PICKLE_DICT)
    for (guint i = 0; i + 1 < machine->n; i += 2)
      if (limen_pickle_is_text (machine->items[i], "little_endian"))
        return machine->items[i + 1]->kind == LIMEN_PICKLE_INTEGER &&
               !machine->items[i + 1]->integer;
  return FALSE;
}

/* A pickle of anything else: what may have been meant for images is told from weights. */
static gboolean
refuse_other (LimenTorchFile *file, const LimenSource *source, const LimenPickleValue *value,
              GError **error)
{
  const char *wrong = limen_torch_pickle_odd_array (file->torch, value);
  if (wrong)
    return limen_refuse (error, LIMEN_ERROR_FORMAT, source->path,
                         "is a pickle of a NumPy array that %s; save it with numpy.save as an "
                         "array of uint8 or float32",
                         wrong);
  return limen_refuse (error, LIMEN_ERROR_FORMAT, source->path,
                       "is a pickle that torch.save did not write; save the weights with "
                       "torch.save(model.state_dict(), …)");
}

static gboolean
open_legacy (LimenTorchFile *file, const LimenSource *source, GError **error)
{
  LimenPickleValue *values[5];
  gsize n, used;
  file->format = "PyTorch legacy";
  file->pickle = limen_source_read (source, 0, MIN (source->size, MAX_PICKLE), error);
  if (!file->pickle)
    return FALSE;
  const guint8 *data = g_bytes_get_data (file->pickle, &n);
  for (guint i = 0; i < G_N_ELEMENTS (values); i++) {
    values[i] = limen_torch_pickle_run (file->torch, data + file->end, n - file->end, &used, error);
    if (!values[i])
      return FALSE;
    file->end += used;
    if (i == 0 && !is_magic (values[0]))
      return refuse_other (file, source, values[0], error);
  }
  file->big_endian = is_big_endian (values[2]);
  file->object = values[3];
  file->keys = values[4];
  return TRUE;
}

/* Reads one storage at @offset and steps over it. */
static gboolean
read_legacy_storage (const LimenSource *source, LimenTorchStorage *storage, gboolean big_endian,
                     guint64 *offset, GError **error)
{
  guint64 count;
  g_autoptr (GBytes) head = limen_source_read (source, *offset, sizeof count, error);
  if (!head)
    return FALSE;
  memcpy (&count, g_bytes_get_data (head, NULL), sizeof count);
  count = big_endian ? GUINT64_FROM_BE (count) : GUINT64_FROM_LE (count);
  guint64 n = (guint64)storage->n_elements * storage->width;
  if (storage->bytes || count != (guint64)storage->n_elements)
    return limen_refuse (
        error, LIMEN_ERROR_DAMAGED, source->path,
        "is damaged: its storages do not have the sizes that its pickle gives them; "
        "fetch or save it again");
  *offset += sizeof count;
  if (storage->wanted) {
    storage->bytes = limen_source_read (source, *offset, n, error);
    if (!storage->bytes)
      return FALSE;
  }
  *offset += n; /* < 2^63, and beyond the end the next read fails */
  return TRUE;
}

static gboolean
read_legacy (LimenTorchFile *file, const LimenSource *source, GError **error)
{
  guint64 offset = file->end;
  if (!file->keys)
    return limen_refuse (error, LIMEN_ERROR_DAMAGED, source->path,
                         "refers to numbers that are not in it; fetch or save it again");
  guint n = file->keys->kind == LIMEN_PICKLE_LIST ? file->keys->n : 0;
  for (guint i = 0; i < n; i++) {
    LimenPickleValue *key = file->keys->items[i];
    g_autofree char *text =
        key->kind == LIMEN_PICKLE_TEXT ? g_strndup (key->text, key->n) : g_strdup ("");
    LimenTorchStorage *storage = limen_torch_pickle_storage (file->torch, text);
    if (!storage)
      return limen_refuse (
          error, LIMEN_ERROR_DAMAGED, source->path,
          "is damaged: it lists a storage that its pickle does not have; fetch or save "
          "it again");
    if (!read_legacy_storage (source, storage, file->big_endian, &offset, error))
      return FALSE;
  }
  return TRUE;
}

/* Both formats */

static gboolean
is_zip (const LimenSource *source, gboolean *zip, GError **error)
{
  g_autoptr (GBytes) start = limen_source_read (source, 0, MIN (source->size, 4), error);
  gsize n = 0;
  const void *data = start ? g_bytes_get_data (start, &n) : NULL;
  *zip = n == 4 && memcmp (data, "PK\3\4", 4) == 0;
  return start != NULL;
}

gboolean
limen_torch_file_open (LimenTorchFile *file, const LimenSource *source, const char *advice,
                       GError **error)
{
  gboolean zip;
  *file = (LimenTorchFile){.torch = limen_torch_pickle_new (source->path, advice)};
  return is_zip (source, &zip, error) &&
         (zip ? open_zip (file, source, error) : open_legacy (file, source, error));
}

/* A zip may be packed: more than four times its size, weights do not unpack to. */
gboolean
limen_torch_file_read (LimenTorchFile *file, const LimenSource *source, GError **error)
{
  guint64 max_bytes = file->folder ? source->size * 4 + (64 << 20) : source->size;
  if (limen_torch_pickle_n_wanted (file->torch) > MIN (max_bytes, MAX_WANTED))
    return limen_refuse (
        error, LIMEN_ERROR_UNSAFE, source->path,
        "declares far more numbers than a file of its size can hold; fetch it again, or "
        "save only the weights with torch.save(model.state_dict(), …)");
  return (file->folder ? read_zip : read_legacy) (file, source, error) &&
         limen_torch_pickle_finish (file->torch, file->big_endian, error);
}

void
limen_torch_file_clear (LimenTorchFile *file)
{
  g_clear_pointer (&file->torch, limen_torch_pickle_free);
  g_clear_pointer (&file->pickle, g_bytes_unref);
  g_clear_pointer (&file->notes, g_bytes_unref);
  g_clear_pointer (&file->folder, g_free);
}

/* PROTO 2, LONG1 of ten bytes, and the number */
gboolean
limen_is_torch_legacy (const guint8 *data, gsize n)
{
  return n >= 4 + sizeof magic && data[0] == 0x80 && data[2] == 0x8a && data[3] == sizeof magic &&
         memcmp (data + 4, magic, sizeof magic) == 0;
}
