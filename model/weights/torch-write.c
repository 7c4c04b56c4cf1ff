/* What torch.save writes: a zip, nothing packed, of a pickle that names tensors and of their
 * numbers. Sources: PyTorch, torch/serialization.py, _save(); caffe2/serialize/inline_container.cc;
 * PKWARE, APPNOTE.TXT 6.3.3, sections 4.3.7, 4.3.12 and 4.3.16. */
#include "model/weights/checkpoint-write.h"
#include "model/data/torch-file.h"
#include "model/weights/checkpoint-private.h"

#include <string.h>
#include <zlib.h>

#define ALIGNMENT 64 /* of each entry's content, PyTorch's kFieldAlignment */
#define LOCAL     30 /* bytes of a local header without its name */

static void
put_number (GByteArray *bytes, guint64 value, guint width)
{
  for (guint i = 0; i < width; i++) {
    guint8 digit = (guint8)(value >> (8 * i));
    g_byte_array_append (bytes, &digit, 1);
  }
}

static void
put_text (GByteArray *bytes, const char *text)
{
  g_byte_array_append (bytes, (const guint8 *)text, (guint)strlen (text));
}

/* The pickle, of protocol 2. Source: Python, Lib/pickletools.py */

static void
pickle_text (GByteArray *pickle, const char *text)
{
  put_text (pickle, "X"); /* BINUNICODE */
  put_number (pickle, strlen (text), 4);
  put_text (pickle, text);
}

static void
pickle_integer (GByteArray *pickle, gint64 value)
{
  put_text (pickle, "\x8a\x08"); /* LONG1 of 8 bytes */
  put_number (pickle, (guint64)value, 8);
}

static void
pickle_integers (GByteArray *pickle, const gint64 *values, guint n)
{
  put_text (pickle, "("); /* MARK ... TUPLE */
  for (guint i = 0; i < n; i++)
    pickle_integer (pickle, values[i]);
  put_text (pickle, "t");
}

/* torch._utils._rebuild_tensor_v2(storage @key, 0, shape, strides, False, OrderedDict()) */
static void
pickle_tensor (GByteArray *pickle, const LimenTensor *tensor, guint key)
{
  g_autofree char *name = g_strdup_printf ("%u", key);
  put_text (pickle, "ctorch._utils\n_rebuild_tensor_v2\n((");
  pickle_text (pickle, "storage");
  put_text (pickle,
            tensor->dtype == LIMEN_NUMBER_F16 ? "ctorch\nHalfStorage\n" : "ctorch\nFloatStorage\n");
  pickle_text (pickle, name);
  pickle_text (pickle, "cpu");
  pickle_integer (pickle, limen_tensor_n_elements (tensor));
  put_text (pickle, "tQ"); /* TUPLE BINPERSID */
  pickle_integer (pickle, 0);
  pickle_integers (pickle, tensor->shape, tensor->n_dimensions);
  pickle_integers (pickle, tensor->stride, tensor->n_dimensions);
  put_text (pickle, "\x89"
                    "ccollections\nOrderedDict\n)RtR"); /* NEWFALSE ... TUPLE REDUCE */
}

static GByteArray *
make_pickle (const LimenCheckpoint *checkpoint)
{
  GByteArray *pickle = g_byte_array_new ();
  put_text (pickle, "\x80\x02" /* PROTO 2 */
                    "ccollections\nOrderedDict\n)R(");
  for (guint i = 0; i < limen_checkpoint_n_tensors (checkpoint); i++) {
    const LimenTensor *tensor = limen_checkpoint_tensor (checkpoint, i);
    pickle_text (pickle, tensor->name);
    pickle_tensor (pickle, tensor, i);
  }
  put_text (pickle, "u."); /* SETITEMS STOP */
  return pickle;
}

/* The zip */

/* @end: where the next entry begins; @directory: what will be said about all of them */
typedef struct {
  FILE *stream;
  guint64 end;
  guint n_entries;
  GByteArray *directory;
} Zip;

static gboolean
zip_write (Zip *zip, const void *data, gsize n)
{
  zip->end += n;
  return n == 0 || fwrite (data, 1, n, zip->stream) == n;
}

/* What a local header and a record of the directory have in common. */
static void
put_entry (GByteArray *bytes, const char *name, guint32 crc, gsize n, guint n_extra)
{
  put_number (bytes, 20, 2);       /* version 2.0 reads it */
  put_number (bytes, 1 << 11, 2);  /* names are UTF-8 */
  put_number (bytes, 0, 2);        /* stored */
  put_number (bytes, 33 << 16, 4); /* 1 January 1980: the same weights make the same file */
  put_number (bytes, crc, 4);
  put_number (bytes, n, 4);
  put_number (bytes, n, 4);
  put_number (bytes, strlen (name), 2);
  put_number (bytes, n_extra, 2);
}

/* The content is aligned by an extra field, "FB" as in PyTorch's own files, as long as it takes. */
static gboolean
zip_add (Zip *zip, const char *name, const void *data, gsize n)
{
  g_autoptr (GByteArray) header = g_byte_array_new ();
  guint32 crc = n > 0 ? (guint32)crc32_z (0, data, n) : 0;
  guint64 start = zip->end, unaligned = start + LOCAL + strlen (name) + 4;
  guint n_padding = (guint)(-unaligned % ALIGNMENT);
  put_text (header, "PK\3\4");
  put_entry (header, name, crc, n, 4 + n_padding);
  put_text (header, name);
  put_text (header, "FB");
  put_number (header, n_padding, 2);
  for (guint i = 0; i < n_padding; i++)
    put_text (header, "Z");
  put_text (zip->directory, "PK\1\2");
  put_number (zip->directory, 20, 2);
  put_entry (zip->directory, name, crc, n, 0);
  put_number (zip->directory, 0, 6); /* no comment, first disk, no attributes */
  put_number (zip->directory, 0, 4);
  put_number (zip->directory, start, 4);
  put_text (zip->directory, name);
  zip->n_entries++;
  return zip_write (zip, header->data, header->len) && zip_write (zip, data, n);
}

static gboolean
zip_end (Zip *zip)
{
  guint n_directory = zip->directory->len;
  guint64 start = zip->end;
  put_text (zip->directory, "PK\5\6");
  put_number (zip->directory, 0, 4);
  put_number (zip->directory, zip->n_entries, 2);
  put_number (zip->directory, zip->n_entries, 2);
  put_number (zip->directory, n_directory, 4);
  put_number (zip->directory, start, 4);
  put_number (zip->directory, 0, 2);
  return zip_write (zip, zip->directory->data, zip->directory->len);
}

/* (transfer full) (nullable) */
static char *
make_notes (const LimenCheckpoint *checkpoint)
{
  if (g_hash_table_size (limen_checkpoint_notes (checkpoint)) == 0)
    return NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  limen_notes_build (checkpoint, builder);
  json_builder_end_object (builder);
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  return json_to_string (root, FALSE);
}

gboolean
limen_torch_write (const LimenCheckpoint *checkpoint, FILE *stream)
{
  g_autoptr (GByteArray) pickle = make_pickle (checkpoint), directory = g_byte_array_new ();
  Zip zip = {.stream = stream, .directory = directory};
  gboolean ok = zip_add (&zip, "archive/data.pkl", pickle->data, pickle->len);
  for (guint i = 0; ok && i < limen_checkpoint_n_tensors (checkpoint); i++) {
    gsize n;
    const void *data = g_bytes_get_data (limen_checkpoint_tensor (checkpoint, i)->storage, &n);
    g_autofree char *name = g_strdup_printf ("archive/data/%u", i);
    ok = zip_add (&zip, name, data, n);
  }
  g_autofree char *notes = make_notes (checkpoint);
  ok = ok && (!notes || zip_add (&zip, "archive/" LIMEN_TORCH_NOTES, notes, strlen (notes)));
  return ok && zip_add (&zip, "archive/version", "3\n", 2) && zip_end (&zip);
}
