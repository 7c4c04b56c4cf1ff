#include "model/data/idx.h"

#include <string.h>

static gboolean
find_type (guchar code, LimenNumberType *type)
{
  static const struct {
    guchar code;
    LimenNumberType type;
  } codes[] = {
      {0x08, LIMEN_NUMBER_U8},  {0x09, LIMEN_NUMBER_I8},  {0x0b, LIMEN_NUMBER_I16},
      {0x0c, LIMEN_NUMBER_I32}, {0x0d, LIMEN_NUMBER_F32}, {0x0e, LIMEN_NUMBER_F64},
  };
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if (codes[i].code == code) {
      *type = codes[i].type;
      return TRUE;
    }
  return FALSE;
}

gboolean
limen_idx_parse_start (GBytes *start, guint64 file_size, const char *name, LimenArray *array,
                       GError **error)
{
  gsize size, n_bytes;
  const guchar *data = g_bytes_get_data (start, &size);
  *array = (LimenArray){.big_endian = TRUE};
  if (size < 4 || data[0] || data[1] || !find_type (data[2], &array->type) || data[3] < 1 ||
      data[3] > LIMEN_ARRAY_MAX_DIMS)
    return limen_fail (error, LIMEN_ERROR_FORMAT,
                       "%s is not an IDX file of numbers; choose a file in MNIST's format.", name);
  gsize header = 4 + 4 * (gsize)data[3];
  for (guint i = 0; i < data[3] && size >= header; i++) {
    guint32 dim;
    memcpy (&dim, data + 4 + 4 * (gsize)i, 4);
    array->dims[array->n_dims++] = GUINT32_FROM_BE (dim);
  }
  if (size < header || !limen_array_n_bytes (array, &n_bytes) || n_bytes != file_size - header) {
    g_autofree char *shape = limen_array_to_string (array);
    return limen_fail (
        error, LIMEN_ERROR_DAMAGED,
        "%s is damaged: its header announces %s, which is not what %" G_GUINT64_FORMAT
        " bytes hold; fetch it again.",
        name, shape, file_size);
  }
  array->offset = (goffset)header;
  array->size = n_bytes;
  return TRUE;
}

gboolean
limen_idx_parse (GBytes *bytes, const char *name, LimenArray *array, GError **error)
{
  if (!limen_idx_parse_start (bytes, g_bytes_get_size (bytes), name, array, error))
    return FALSE;
  array->data = (const guchar *)g_bytes_get_data (bytes, NULL) + array->offset;
  return TRUE;
}
