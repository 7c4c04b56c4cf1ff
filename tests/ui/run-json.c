#include "run-json.h"

#include <cairo.h>
#include <glib/gstdio.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

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

void
assert_threads_do_not_matter (const char *line)
{
  g_setenv ("LIMEN_THREADS", "1", TRUE);
  g_auto (RunResult) one = run_well (line);
  g_setenv ("LIMEN_THREADS", "2", TRUE);
  g_auto (RunResult) two = run_well (line);
  g_unsetenv ("LIMEN_THREADS");
  g_assert_cmpstr (one.out, ==, two.out);
}

/* How many of the bytes are not as those of the pixel in the corner */
static gsize
count_ink (cairo_surface_t *image)
{
  const guchar *data = cairo_image_surface_get_data (image);
  gsize stride = (gsize)cairo_image_surface_get_stride (image), ink = 0;
  for (int y = 0; y < cairo_image_surface_get_height (image); y++)
    for (int x = 0; x < cairo_image_surface_get_width (image); x++)
      ink += memcmp (data + (gsize)y * stride + 4 * (gsize)x, data, 4) != 0;
  return ink;
}

void
assert_signed (const char *line, const char *const *told)
{
  g_autofree char *whole = g_strconcat (line, " --plot p.png --size 700x500 --scale 2", NULL);
  g_autofree char *bytes = NULL;
  gsize size;
  g_auto (RunResult) result = run_well (whole);
  cairo_surface_t *surface = cairo_image_surface_create_from_png ("p.png");
  g_assert_cmpint (cairo_image_surface_get_width (surface), ==, 1400);
  g_assert_cmpint (cairo_image_surface_get_height (surface), ==, 1000);
  g_assert_cmpuint (count_ink (surface), >, 10000);
  cairo_surface_destroy (surface);
  g_assert_true (g_file_get_contents ("p.png", &bytes, &size, NULL));
  for (; *told; told++) {
    g_test_message ("%s", *told);
    g_assert_nonnull (memmem (bytes, size, *told, strlen (*told)));
  }
  g_unlink ("p.png");
}

void
assert_refused (const char *line, const char *names)
{
  g_auto (RunResult) result = run_line (line);
  g_test_message ("%s: %s", line, result.err);
  g_assert_cmpint (result.status, ==, 1);
  g_assert_cmpstr (result.out, ==, "");
  g_auto (GStrv) lines = lines_of (result.err);
  g_assert_cmpuint (g_strv_length (lines), ==, 1);
  g_assert_true (g_str_has_suffix (lines[0], "."));
  g_assert_nonnull (strstr (lines[0], names));
  g_assert_false (g_file_test ("r.json", G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test ("p.png", G_FILE_TEST_EXISTS));
}

/* A signal that comes before anybody listens has the same status. */
void
assert_interrupt_leaves_nothing (const char *line)
{
  gint64 begin = g_get_monotonic_time ();
  g_autofree char *command = g_strconcat ("timeout --preserve-status -s INT 0.4 \"$0\" ", line,
                                          " --json r.json --plot p.png", NULL);
  g_auto (RunResult) result = run_shell (command);
  g_assert_cmpint (result.status, ==, 130);
  g_assert_cmpstr (result.out, ==, "");
  g_assert_false (g_file_test ("r.json", G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test ("p.png", G_FILE_TEST_EXISTS));
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 600 * G_USEC_PER_SEC);
}
