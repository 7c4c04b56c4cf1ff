#include "run-limen.h"
#include "model/base/random.h"

#include <math.h>
#include <string.h>
#include <sys/wait.h>

#define WIDTH     6
#define COUPLINGS 2

const char *
limen_binary (void)
{
  static char *path = NULL;
  if (!path)
    path = g_strdup (g_getenv ("LIMEN_BINARY"));
  if (!path)
    path = g_build_filename (g_getenv ("G_TEST_BUILDDIR"), "..", "ui", "limen", NULL);
  return path;
}

static RunResult
spawn (char **argv)
{
  RunResult result = {0};
  g_autoptr (GError) error = NULL;
  int status;
  g_spawn_sync (NULL, argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &result.out, &result.err,
                &status, &error);
  g_assert_no_error (error);
  result.status = WIFEXITED (status) ? WEXITSTATUS (status) : -1;
  return result;
}

RunResult
run_limen (const char *const *words)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_strv_builder_add (builder, limen_binary ());
  for (; *words; words++)
    g_strv_builder_add (builder, *words);
  g_auto (GStrv) argv = g_strv_builder_end (builder);
  return spawn (argv);
}

RunResult
run_line (const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", 0);
  return run_limen ((const char *const *)words);
}

char **
lines_of (const char *text)
{
  g_assert_true (g_str_has_suffix (text, "\n"));
  g_autofree char *trimmed = g_strndup (text, strlen (text) - 1);
  return g_strsplit (trimmed, "\n", 0);
}

RunResult
run_shell (const char *command)
{
  const char *argv[] = {"sh", "-c", command, limen_binary (), NULL};
  return spawn ((char **)argv);
}

void
run_result_clear (RunResult *result)
{
  g_clear_pointer (&result->out, g_free);
  g_clear_pointer (&result->err, g_free);
}

static void
append_big_endian (GByteArray *bytes, guint32 value)
{
  guint32 swapped = GUINT32_TO_BE (value);
  g_byte_array_append (bytes, (const guint8 *)&swapped, 4);
}

static void
save (const char *path, GByteArray *bytes)
{
  g_autoptr (GError) error = NULL;
  g_file_set_contents (path, (const char *)bytes->data, bytes->len, &error);
  g_assert_no_error (error);
}

void
write_idx (const char *path, guint n, guint side, double brightness, guint64 seed)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  LimenRandom random = limen_random_stream (seed, "pixels", 0);
  append_big_endian (bytes, 0x803);
  append_big_endian (bytes, n);
  append_big_endian (bytes, side);
  append_big_endian (bytes, side);
  for (guint i = 0; i < n * side * side; i++) {
    guint8 pixel = (guint8)(256 * brightness * limen_random_uniform (&random));
    g_byte_array_append (bytes, &pixel, 1);
  }
  save (path, bytes);
}

/* Adds one tensor to the header and its numbers, spread so that the layers stay alive. @columns: 0
 * for a vector */
static void
add_tensor (GString *header, GArray *numbers, const char *name, guint rows, guint columns)
{
  LimenRandom random = limen_random_stream (1, name, 0);
  guint begin = numbers->len * 4;
  for (guint i = 0; i < rows * MAX (columns, 1); i++) {
    float number = (float)(0.5 * limen_random_normal (&random));
    g_array_append_val (numbers, number);
  }
  g_string_append_printf (header, "%s\"%s\":{\"dtype\":\"F32\",\"shape\":[%u",
                          header->len > 1 ? "," : "", name, rows);
  if (columns > 0)
    g_string_append_printf (header, ",%u", columns);
  g_string_append_printf (header, "],\"data_offsets\":[%u,%u]}", begin, numbers->len * 4);
}

/* safetensors: the length of the header, the header, which gets its last brace, the numbers */
static void
save_tensors (const char *path, GString *header, const GArray *numbers)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_string_append_c (header, '}');
  guint64 length = GUINT64_TO_LE (header->len);
  g_byte_array_append (bytes, (const guint8 *)&length, 8);
  g_byte_array_append (bytes, (const guint8 *)header->str, (guint)header->len);
  g_byte_array_append (bytes, (const guint8 *)numbers->data, numbers->len * 4);
  save (path, bytes);
}

static void
add_coupling (GString *header, GArray *numbers, guint i, guint half)
{
  static const char *const layers[] = {"in_block.0", "mid_block.0.0", "out_block"};
  for (guint j = 0; j < G_N_ELEMENTS (layers); j++) {
    g_autofree char *weight = g_strdup_printf ("coupling.%u.%s.weight", i, layers[j]);
    g_autofree char *bias = g_strdup_printf ("coupling.%u.%s.bias", i, layers[j]);
    guint rows = j == 2 ? half : WIDTH;
    add_tensor (header, numbers, weight, rows, j == 0 ? half : WIDTH);
    add_tensor (header, numbers, bias, 1, rows);
  }
}

float *
write_flow (const char *path, guint side)
{
  g_autoptr (GString) header = g_string_new ("{");
  GArray *numbers = g_array_new (FALSE, FALSE, sizeof (float));
  for (guint i = 0; i < COUPLINGS; i++)
    add_coupling (header, numbers, i, side * side / 2);
  add_tensor (header, numbers, "scaling.scale", 1, side * side);
  save_tensors (path, header, numbers);
  return (float *)g_array_free (numbers, FALSE);
}

void
write_vae (const char *path, guint side, guint hidden, guint latent)
{
  const struct {
    const char *name;
    guint rows, columns;
  } table[] = {{"fc1", hidden, side * side},
               {"fc21", latent, hidden},
               {"fc22", latent, hidden},
               {"fc3", hidden, latent},
               {"fc4", side * side, hidden}};
  g_autoptr (GString) header = g_string_new ("{");
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (float));
  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autofree char *weight = g_strconcat (table[i].name, ".weight", NULL);
    g_autofree char *bias = g_strconcat (table[i].name, ".bias", NULL);
    add_tensor (header, numbers, weight, table[i].rows, table[i].columns);
    add_tensor (header, numbers, bias, table[i].rows, 0);
  }
  save_tensors (path, header, numbers);
}

/* y = W·x + b, and max (y, 0) where @relu; returns what stands behind W and b */
static const float *
linear (const float *w, const double *x, guint n, double *y, guint m, gboolean relu)
{
  for (guint i = 0; i < m; i++) {
    y[i] = w[m * n + i];
    for (guint j = 0; j < n; j++)
      y[i] += (double)w[i * n + j] * x[j];
    y[i] = relu ? MAX (y[i], 0) : y[i];
  }
  return w + m * n + m;
}

static double
softplus (double x)
{
  return MAX (x, 0) + log1p (exp (-fabs (x)));
}

double
reference_log_likelihood (const float *flow, guint side, const guint8 *pixels)
{
  guint half = side * side / 2;
  g_autofree double *x = g_new (double, 2 * half), *given = g_new (double, half),
                    *shift = g_new (double, half);
  double a[WIDTH], b[WIDTH], sum = 0;
  for (guint i = 0; i < 2 * half; i++)
    x[i] = pixels[i] / 255.0;
  for (guint coupling = 0; coupling < COUPLINGS; coupling++) {
    for (guint i = 0; i < half; i++)
      given[i] = x[2 * i + (coupling + 1) % 2];
    flow = linear (flow, given, half, a, WIDTH, TRUE);
    flow = linear (flow, a, WIDTH, b, WIDTH, TRUE);
    flow = linear (flow, b, WIDTH, shift, half, FALSE);
    for (guint i = 0; i < half; i++)
      x[2 * i + coupling % 2] += shift[i];
  }
  for (guint i = 0; i < 2 * half; i++)
    sum += flow[i] - softplus (exp (flow[i]) * x[i]) - softplus (-exp (flow[i]) * x[i]);
  return sum;
}

void
assert_says (const char *line, int status, const char *says)
{
  g_auto (RunResult) result = run_line (line);
  g_auto (GStrv) words = g_strsplit (says, "|", -1);
  g_assert_cmpint (result.status, ==, status);
  g_assert_cmpstr (result.out, ==, "");
  for (guint i = 0; words[i]; i++)
    if (!strstr (result.err, words[i]))
      g_error ("“%s” does not say “%s”", result.err, words[i]);
}
