#include "model/data/json.h"

#include <string.h>

/* What JSON consists of between its strings. json-glib takes comments too, in which brackets and
 * quotes would be counted wrongly. */
static gboolean
is_plain (char c)
{
  return g_ascii_isalnum (c) || g_ascii_isspace (c) || strchr ("{}[],:+-.", c);
}

/* Returns: where the first value ends; 0 where it does not end or is too deep */
static gsize
value_end (const char *json, gsize n, guint most)
{
  guint depth = 0;
  gboolean in_string = FALSE;
  for (gsize i = 0; i < n; i++) {
    if (in_string && json[i] == '\\')
      i++;
    else if (json[i] == '"')
      in_string = !in_string;
    else if (!in_string && (json[i] == '\0' || !is_plain (json[i])))
      return 0;
    else if (!in_string && (json[i] == '[' || json[i] == '{'))
      depth++;
    else if (!in_string && (json[i] == ']' || json[i] == '}'))
      depth--;
    if (depth > most)
      return 0;
    if (depth == 0)
      return i + 1;
  }
  return 0;
}

JsonNode *
limen_json_parse_object (const char *json, gsize n, guint depth)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  gsize begin = 0;
  while (begin < n && g_ascii_isspace (json[begin]))
    begin++;
  gsize size = begin < n && json[begin] == '{' ? value_end (json + begin, n - begin, depth) : 0;
  for (gsize i = begin + size; i < n; i++)
    if (!g_ascii_isspace (json[i]))
      return NULL;
  if (size == 0 || !json_parser_load_from_data (parser, json + begin, (gssize)size, NULL))
    return NULL;
  JsonNode *root = json_parser_get_root (parser);
  return root && JSON_NODE_HOLDS_OBJECT (root) ? json_parser_steal_root (parser) : NULL;
}
