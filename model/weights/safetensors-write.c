/* Source: Hugging Face, safetensors, README.md, "Format". */
#include "model/weights/checkpoint-write.h"
#include "model/weights/checkpoint-private.h"

#include <json-glib/json-glib.h>
#include <string.h>

static void
describe (JsonBuilder *builder, const LimenTensor *tensor, gsize begin)
{
  json_builder_set_member_name (builder, tensor->name);
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "dtype");
  json_builder_add_string_value (builder, tensor->dtype == LIMEN_NUMBER_F16 ? "F16" : "F32");
  json_builder_set_member_name (builder, "shape");
  json_builder_begin_array (builder);
  for (guint i = 0; i < tensor->n_dimensions; i++)
    json_builder_add_int_value (builder, tensor->shape[i]);
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "data_offsets");
  json_builder_begin_array (builder);
  json_builder_add_int_value (builder, (gint64)begin);
  json_builder_add_int_value (builder, (gint64)(begin + g_bytes_get_size (tensor->storage)));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static char *
make_header (const LimenCheckpoint *checkpoint, gsize *length)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  gsize begin = 0;
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "__metadata__");
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "format");
  json_builder_add_string_value (builder, "pt");
  limen_notes_build (checkpoint, builder);
  json_builder_end_object (builder);
  for (guint i = 0; i < limen_checkpoint_n_tensors (checkpoint); i++) {
    const LimenTensor *tensor = limen_checkpoint_tensor (checkpoint, i);
    describe (builder, tensor, begin);
    begin += g_bytes_get_size (tensor->storage);
  }
  json_builder_end_object (builder);
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  g_autofree char *json = json_to_string (root, FALSE);
  *length = (strlen (json) + 7) / 8 * 8; /* filled up with spaces, so that numbers are aligned */
  return g_strdup_printf ("%-*s", (int)*length, json);
}

gboolean
limen_safetensors_write (const LimenCheckpoint *checkpoint, FILE *stream)
{
  gsize n;
  g_autofree char *header = make_header (checkpoint, &n);
  guint64 length = GUINT64_TO_LE (n);
  if (fwrite (&length, sizeof length, 1, stream) != 1 || fwrite (header, 1, n, stream) != n)
    return FALSE;
  for (guint i = 0; i < limen_checkpoint_n_tensors (checkpoint); i++) {
    const void *data = g_bytes_get_data (limen_checkpoint_tensor (checkpoint, i)->storage, &n);
    if (n > 0 && fwrite (data, 1, n, stream) != n)
      return FALSE;
  }
  return TRUE;
}
