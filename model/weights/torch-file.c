#include "model/weights/torch-file.h"
#include "model/data/archive.h"
#include "model/weights/torch-pickle.h"

#include <string.h>

#define MAX_PICKLE ((gsize)16 << 20)
#define MAX_WANTED (G_GUINT64_CONSTANT (4) << 30)

/* Both formats */

static gboolean
read_tensors (LimenTorchPickle *torch, const LimenPickleValue *value, guint64 max_bytes,
              LimenCheckpoint *checkpoint, GError **error)
{
  if (!limen_torch_pickle_collect (torch, value, checkpoint, error))
    return FALSE;
  if (limen_torch_pickle_n_wanted (torch) <= MIN (max_bytes, MAX_WANTED))
    return TRUE;
  return limen_refuse (
      error, LIMEN_ERROR_UNSAFE, limen_checkpoint_path (checkpoint),
      "declares far more numbers than a file of its size can hold; fetch it again, or "
      "save only the weights with torch.save(model.state_dict(), …)");
}

/* The zip: NAME/data.pkl, NAME/data/KEY for each storage, and NAME/byteorder, in any order */

typedef struct {
  char *prefix; /* "NAME/" */
  GBytes *pickle;
  gboolean big_endian;
} Index;

static void
index_clear (Index *index)
{
  g_free (index->prefix);
  g_clear_pointer (&index->pickle, g_bytes_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Index, index_clear)

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
index_member (Index *index, LimenArchive *archive, const char *name, GError **error)
{
  if (!index->pickle && is_member (name, "data.pkl")) {
    index->pickle = limen_archive_read (archive, MAX_PICKLE, error);
    index->prefix = g_strndup (name, strlen (name) - strlen ("data.pkl"));
    return index->pickle != NULL;
  }
  if (is_member (name, "byteorder")) {
    g_autoptr (GBytes) order = limen_archive_read (archive, 64, error);
    gsize n = order ? g_bytes_get_size (order) : 0;
    index->big_endian = n >= 3 && memcmp (g_bytes_get_data (order, NULL), "big", 3) == 0;
    return order != NULL;
  }
  return TRUE;
}

static gboolean
read_index (const LimenSource *source, Index *index, GError **error)
{
  GError *local = NULL;
  const char *name;
  g_autoptr (LimenArchive) archive = open_archive (source, error);
  if (!archive)
    return FALSE;
  while (limen_archive_next (archive, &name, &local))
    if (!index_member (index, archive, name, error))
      return FALSE;
  if (local) {
    g_propagate_error (error, local);
    return FALSE;
  }
  return index->pickle ||
         limen_refuse (
             error, LIMEN_ERROR_FORMAT, source->path,
             "is a zip without data.pkl, so it holds no weights of PyTorch; choose a file "
             "written by torch.save(model.state_dict(), …)");
}

static gboolean
read_storages (const LimenSource *source, const Index *index, LimenTorchPickle *torch,
               GError **error)
{
  GError *local = NULL;
  const char *name;
  g_autofree char *folder = g_strconcat (index->prefix, "data/", NULL);
  g_autoptr (LimenArchive) archive = open_archive (source, error);
  while (archive && limen_archive_next (archive, &name, &local)) {
    LimenTorchStorage *storage = NULL;
    if (g_str_has_prefix (name, folder))
      storage = limen_torch_pickle_storage (torch, name + strlen (folder));
    if (!storage || !storage->wanted || storage->bytes)
      continue;
    gsize n = (gsize)storage->n_elements * limen_dtype_size (storage->dtype);
    storage->bytes = limen_archive_read (archive, n, error);
    if (!storage->bytes)
      return FALSE;
  }
  if (local)
    g_propagate_error (error, local);
  return archive && !local;
}

LimenCheckpoint *
limen_torch_zip_load (const LimenSource *source, GError **error)
{
  g_auto (Index) index = {0};
  g_autoptr (LimenTorchPickle) torch = limen_torch_pickle_new (source->path);
  g_autoptr (LimenCheckpoint) checkpoint = limen_checkpoint_new (source->path, "PyTorch zip");
  gsize n, used;
  if (!read_index (source, &index, error))
    return NULL;
  const guint8 *data = g_bytes_get_data (index.pickle, &n);
  LimenPickleValue *value = limen_torch_pickle_run (torch, data, n, &used, error);
  /* A zip may be packed: more than four times its size, weights do not unpack to. */
  guint64 max_bytes = source->size * 4 + (64 << 20);
  if (value && read_tensors (torch, value, max_bytes, checkpoint, error) &&
      read_storages (source, &index, torch, error) &&
      limen_torch_pickle_fill (torch, checkpoint, index.big_endian, error))
    return g_steal_pointer (&checkpoint);
  return NULL;
}

/* The older format: five pickles (a magic number, a version, a dictionary about the machine that
 * wrote it, the object, a list of storage keys), then for each key the number of its elements, as 8
 * bytes, and the elements. */

typedef struct {
  LimenPickleValue *machine, *object, *keys;
  guint64 end; /* where the pickles end in the file */
} Pickles;

static const guint8 magic[] = {0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19};

static gboolean
is_magic (const LimenPickleValue *value)
{
  return value->kind == LIMEN_PICKLE_BYTES && value->n == sizeof magic &&
         memcmp (value->text, magic, sizeof magic) == 0;
}

static gboolean
read_pickles (const LimenSource *source, GBytes *start, LimenTorchPickle *torch, Pickles *pickles,
              GError **error)
{
  LimenPickleValue *values[5];
  gsize n, used;
  const guint8 *data = g_bytes_get_data (start, &n);
  for (guint i = 0; i < G_N_ELEMENTS (values); i++) {
    values[i] = limen_torch_pickle_run (torch, data + pickles->end, n - pickles->end, &used, error);
    if (!values[i])
      return FALSE;
    pickles->end += used;
    if (i == 0 && !is_magic (values[0]))
      return limen_refuse (error, LIMEN_ERROR_FORMAT, source->path,
                           "is a pickle that torch.save did not write; save the weights with "
                           "torch.save(model.state_dict(), …)");
  }
  pickles->machine = values[2];
  pickles->object = values[3];
  pickles->keys = values[4];
  return TRUE;
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
  guint64 n = (guint64)storage->n_elements * limen_dtype_size (storage->dtype);
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
read_legacy_storages (const LimenSource *source, const Pickles *pickles, LimenTorchPickle *torch,
                      gboolean big_endian, GError **error)
{
  guint64 offset = pickles->end;
  guint n = pickles->keys->kind == LIMEN_PICKLE_LIST ? pickles->keys->n : 0;
  for (guint i = 0; i < n; i++) {
    LimenPickleValue *key = pickles->keys->items[i];
    g_autofree char *text =
        key->kind == LIMEN_PICKLE_TEXT ? g_strndup (key->text, key->n) : g_strdup ("");
    LimenTorchStorage *storage = limen_torch_pickle_storage (torch, text);
    if (!storage)
      return limen_refuse (
          error, LIMEN_ERROR_DAMAGED, source->path,
          "is damaged: it lists a storage that its pickle does not have; fetch or save "
          "it again");
    if (!read_legacy_storage (source, storage, big_endian, &offset, error))
      return FALSE;
  }
  return TRUE;
}

LimenCheckpoint *
limen_torch_legacy_load (const LimenSource *source, GError **error)
{
  Pickles pickles = {0};
  g_autoptr (LimenTorchPickle) torch = limen_torch_pickle_new (source->path);
  g_autoptr (LimenCheckpoint) checkpoint = limen_checkpoint_new (source->path, "PyTorch legacy");
  g_autoptr (GBytes) start = limen_source_read (source, 0, MIN (source->size, MAX_PICKLE), error);
  if (!start || !read_pickles (source, start, torch, &pickles, error))
    return NULL;
  gboolean big_endian = is_big_endian (pickles.machine);
  if (read_tensors (torch, pickles.object, source->size, checkpoint, error) &&
      read_legacy_storages (source, &pickles, torch, big_endian, error) &&
      limen_torch_pickle_fill (torch, checkpoint, big_endian, error))
    return g_steal_pointer (&checkpoint);
  return NULL;
}
