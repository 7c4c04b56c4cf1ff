/* Texts beside the tensors of a file: in both formats the members of an object of JSON. */
#include "model/weights/checkpoint-private.h"
#include "model/weights/checkpoint-write.h"

#include <string.h>

#define OURS "limen."

void
limen_checkpoint_set_note (LimenCheckpoint *checkpoint, const char *name, const char *text)
{
  g_return_if_fail (checkpoint != NULL && g_str_has_prefix (name, OURS) && text != NULL);
  g_hash_table_insert (limen_checkpoint_notes (checkpoint), g_strdup (name), g_strdup (text));
}

const char *
limen_checkpoint_note (const LimenCheckpoint *checkpoint, const char *name)
{
  g_return_val_if_fail (checkpoint != NULL && name != NULL, NULL);
  return g_hash_table_lookup (limen_checkpoint_notes (checkpoint), name);
}

void
limen_notes_build (const LimenCheckpoint *checkpoint, JsonBuilder *builder)
{
  GHashTable *notes = limen_checkpoint_notes (checkpoint);
  GList *names = g_list_sort (g_hash_table_get_keys (notes), (GCompareFunc)strcmp);
  for (GList *name = names; name; name = name->next) {
    json_builder_set_member_name (builder, name->data);
    json_builder_add_string_value (builder, g_hash_table_lookup (notes, name->data));
  }
  g_list_free (names);
}

/* What others wrote there is none of Limen's business. */
void
limen_notes_take (LimenCheckpoint *checkpoint, JsonObject *object)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;
  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, &node))
    if (g_str_has_prefix (name, OURS) && json_node_get_value_type (node) == G_TYPE_STRING)
      limen_checkpoint_set_note (checkpoint, name, json_node_get_string (node));
}
