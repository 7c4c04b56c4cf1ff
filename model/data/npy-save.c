#include "model/data/npy-save.h"
#include "model/base/replace-file.h"

typedef struct {
  const float *value;
  const guint *shape;
  guint n_dimensions;
} Array;

static gboolean
write_array (FILE *stream, gpointer data, GError **error)
{
  const Array *array = data;
  const char *descr = G_BYTE_ORDER == G_LITTLE_ENDIAN ? "<f4" : ">f4";
  g_autoptr (GString) header = g_string_new (NULL);
  gsize n = 1;
  g_string_append_printf (header, "{'descr': '%s', 'fortran_order': False, 'shape': (", descr);
  for (guint i = 0; i < array->n_dimensions; i++) {
    g_string_append_printf (header, "%u,%s", array->shape[i],
                            i + 1 < array->n_dimensions ? " " : "");
    n *= array->shape[i];
  }
  g_string_append (header, "), }");
  /* magic, version, length and a header that ends in a newline are a multiple of 64 bytes */
  gsize length = (10 + header->len + 1 + 63) / 64 * 64 - 10;
  const guint8 start[10] = {0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, length & 255, length >> 8};
  fwrite (start, 1, sizeof start, stream);
  fprintf (stream, "%-*s\n", (int)(length - 1), header->str);
  return fwrite (array->value, sizeof (float), n, stream) == n;
}

gboolean
limen_npy_save (const float *value, const guint *shape, guint n_dimensions, const char *path,
                GError **error)
{
  g_return_val_if_fail (value != NULL && shape != NULL && n_dimensions <= 8 && path != NULL, FALSE);
  Array array = {value, shape, n_dimensions};
  return limen_replace_file (path, write_array, &array, error);
}
