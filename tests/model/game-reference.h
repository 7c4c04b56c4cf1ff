/* What numpy made of rock paper scissors: reference/games of the shared data. */
#pragma once

#include "model/data-files.h"

#include <json-glib/json-glib.h>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"

/* Returns: (transfer full): NULL when the test is skipped */
static JsonNode *
load_reference (const char *name)
{
  g_autofree char *path = shared_path (name);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  if (!path)
    return NULL;
  json_parser_load_from_file (parser, path, &error);
  g_assert_no_error (error);
  return json_parser_steal_root (parser);
}

/* @path: names of members, with "|" between */
static JsonNode *
find_member (JsonNode *node, const char *path)
{
  g_auto (GStrv) part = g_strsplit (path, "|", -1);
  for (char **name = part; *name; name++) {
    node = json_object_get_member (json_node_get_object (node), *name);
    if (!node)
      g_error ("the reference has no “%s”", path);
  }
  return node;
}

static double
read_number (JsonNode *node, const char *path)
{
  return json_node_get_double (find_member (node, path));
}

/* @out: (n) */
static void
read_vector (JsonNode *node, const char *path, guint n, double *out)
{
  JsonArray *array = json_node_get_array (find_member (node, path));
  g_assert_cmpuint (json_array_get_length (array), ==, n);
  for (guint i = 0; i < n; i++)
    out[i] = json_array_get_double_element (array, i);
}

#pragma GCC diagnostic pop
