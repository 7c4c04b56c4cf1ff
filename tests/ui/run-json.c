#include "run-json.h"

#include <math.h>
#include <stdlib.h>

RunResult
run_well (const char *line)
{
  RunResult result = run_line (line);
  g_assert_cmpstr (result.err, ==, "");
  g_assert_cmpint (result.status, ==, 0);
  return result;
}

JsonNode *
run_json (const char *line)
{
  g_auto (RunResult) result = run_well (line);
  g_autoptr (GError) error = NULL;
  JsonNode *root = json_from_string (result.out, &error);
  g_assert_no_error (error);
  return root;
}

JsonNode *
node_at (JsonNode *root, const char *path)
{
  g_auto (GStrv) names = g_strsplit (path, "/", 0);
  JsonNode *node = root;
  for (guint i = 0; names[i] && node; i++)
    node = JSON_NODE_HOLDS_ARRAY (node)
               ? json_array_get_element (json_node_get_array (node), (guint)atoi (names[i]))
               : json_object_get_member (json_node_get_object (node), names[i]);
  return node;
}

double
number_at (JsonNode *root, const char *path)
{
  JsonNode *node = node_at (root, path);
  g_assert_true (node && JSON_NODE_HOLDS_VALUE (node));
  return json_node_get_double (node);
}

double
value_at (JsonNode *root, const char *format, guint k)
{
  g_autofree char *path = g_strdup_printf (format, k);
  return number_at (root, path);
}

const char *
text_at (JsonNode *root, const char *path)
{
  JsonNode *node = node_at (root, path);
  g_assert_true (node && JSON_NODE_HOLDS_VALUE (node));
  return json_node_get_string (node);
}

gboolean
is_null_at (JsonNode *root, const char *path)
{
  JsonNode *node = node_at (root, path);
  return node && JSON_NODE_HOLDS_NULL (node);
}

guint
n_members (JsonNode *root, const char *path)
{
  return json_object_get_size (json_node_get_object (node_at (root, path)));
}

void
assert_estimates_agree (JsonNode *root, const guint *k, guint n)
{
  for (guint i = 0; i < n; i++) {
    double error = value_at (root, "monte_carlo/%u/standard_error", k[i]);
    double mean = value_at (root, "monte_carlo/%u/mean", k[i]);
    double exact = value_at (root, "vlb/%u", k[i]);
    g_test_message ("K = %u: %f ± %f, exactly %f", k[i], mean, error, exact);
    g_assert_cmpfloat (error, >, 0);
    g_assert_cmpfloat (fabs (mean - exact), <, 4.5 * error);
  }
}

char *
hash_of (const char *file)
{
  g_autofree char *bytes = NULL;
  gsize size;
  g_assert_true (g_file_get_contents (file, &bytes, &size, NULL));
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, (guchar *)bytes, size);
}
