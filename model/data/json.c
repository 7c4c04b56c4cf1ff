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

/* Digits of whole numbers that are sure to be held by 64 bits */
#define MOST_DIGITS 18

/* How many of the @n characters at @json are among @set, from the first on */
static gsize
span (const char *json, gsize n, const char *set)
{
  gsize i = 0;
  while (i < n && json[i] && strchr (set, json[i]))
    i++;
  return i;
}

/* Of longer whole numbers json-glib keeps the last 64 bits, whatever they make; with a point behind
 * them they are read as others are. Returns: (transfer full) */
static GString *
with_points (const char *json, gsize n)
{
  GString *text = g_string_sized_new (n);
  gboolean in_string = FALSE;
  for (gsize i = 0, length; i < n; i += length) {
    length = in_string ? 0 : span (json + i, n - i, "+-.0123456789eE");
    gsize digits = span (json + i, length, "-0123456789");
    gboolean escape = in_string && json[i] == '\\' && i + 1 < n;
    length = escape ? 2 : MAX (length, 1);
    g_string_append_len (text, json + i, (gssize)length);
    if (digits > MOST_DIGITS && digits == length)
      g_string_append (text, ".0");
    if (json[i] == '"')
      in_string = !in_string;
  }
  return text;
}

JsonNode *
limen_json_parse_object (const char *json, gsize n, guint depth)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  gsize begin = n >= 3 && memcmp (json, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
  while (begin < n && g_ascii_isspace (json[begin]))
    begin++;
  gsize size = begin < n && json[begin] == '{' ? value_end (json + begin, n - begin, depth) : 0;
  for (gsize i = begin + size; i < n; i++)
    if (!g_ascii_isspace (json[i]))
      return NULL;
  if (size == 0)
    return NULL;
  GString *text = with_points (json + begin, size);
  gboolean loaded = json_parser_load_from_data (parser, text->str, (gssize)text->len, NULL);
  g_string_free (text, TRUE);
  if (!loaded)
    return NULL;
  JsonNode *root = json_parser_get_root (parser);
  return root && JSON_NODE_HOLDS_OBJECT (root) ? json_parser_steal_root (parser) : NULL;
}
