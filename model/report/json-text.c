#include "model/report/json.h"

#include <string.h>

/* Laid out as json-glib does. Its own numbers are not all JSON: to one without a point it adds
 * ".0", behind an exponent too, which no other reader takes ("1e-10.0"; 1.6.6). */

static void write_node (GString *text, JsonNode *node, guint depth);

static void
begin_line (GString *text, guint depth)
{
  g_string_append_c (text, '\n');
  for (guint i = 0; i < depth; i++)
    g_string_append (text, "  ");
}

/* With all digits; what looks like a whole number is made one with a point */
static void
write_double (GString *text, double value)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];
  g_ascii_dtostr (digits, sizeof digits, value);
  g_string_append (text, digits);
  if (!strpbrk (digits, ".e"))
    g_string_append (text, ".0");
}

static void
write_text (GString *text, const char *value)
{
  g_autoptr (JsonNode) node = json_node_init_string (json_node_alloc (), value);
  g_autofree char *quoted = json_to_string (node, FALSE);
  g_string_append (text, quoted);
}

static void
write_object (GString *text, JsonObject *object, guint depth)
{
  JsonObjectIter iter;
  const char *name, *between = "";
  JsonNode *value;
  g_string_append_c (text, '{');
  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &value)) {
    g_string_append (text, between);
    begin_line (text, depth + 1);
    write_text (text, name);
    g_string_append (text, " : ");
    write_node (text, value, depth + 1);
    between = ",";
  }
  if (*between)
    begin_line (text, depth);
  g_string_append_c (text, '}');
}

static void
write_array (GString *text, JsonArray *array, guint depth)
{
  guint n = json_array_get_length (array);
  g_string_append_c (text, '[');
  for (guint i = 0; i < n; i++) {
    g_string_append (text, i > 0 ? "," : "");
    begin_line (text, depth + 1);
    write_node (text, json_array_get_element (array, i), depth + 1);
  }
  if (n > 0)
    begin_line (text, depth);
  g_string_append_c (text, ']');
}

static void
write_node (GString *text, JsonNode *node, guint depth)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    write_object (text, json_node_get_object (node), depth);
  else if (JSON_NODE_HOLDS_ARRAY (node))
    write_array (text, json_node_get_array (node), depth);
  else if (JSON_NODE_HOLDS_NULL (node))
    g_string_append (text, "null");
  else if (json_node_get_value_type (node) == G_TYPE_DOUBLE)
    write_double (text, json_node_get_double (node));
  else if (json_node_get_value_type (node) == G_TYPE_INT64)
    g_string_append_printf (text, "%" G_GINT64_FORMAT, json_node_get_int (node));
  else if (json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    g_string_append (text, json_node_get_boolean (node) ? "true" : "false");
  else
    write_text (text, json_node_get_string (node));
}

char *
limen_json_to_text (JsonBuilder *json)
{
  g_autoptr (JsonNode) root = json_builder_get_root (json);
  GString *text = g_string_new (NULL);
  write_node (text, root, 0);
  g_string_append_c (text, '\n');
  return g_string_free (text, FALSE);
}
