/* Results in JSON: numbers as RFC 8259 writes them, each the same float64 to whoever reads it. */
#include "model/base/random.h"
#include "model/report/json.h"

#include <gio/gio.h>
#include <float.h>
#include <math.h>
#include <string.h>

/* Returns: (transfer full): an array of @n numbers in a member "all" */
static char *
text_of (const double *value, guint n)
{
  g_autoptr (JsonBuilder) json = json_builder_new ();
  json_builder_begin_object (json);
  limen_json_numbers (json, "all", value, n);
  json_builder_end_object (json);
  return limen_json_to_text (json);
}

static const char *
skip_digits (const char *at)
{
  g_assert_true (g_ascii_isdigit (*at));
  while (g_ascii_isdigit (*at))
    at++;
  return at;
}

/* RFC 8259, section 6, and a point or an exponent, so that it stays a float64. Returns: what
 * follows */
static const char *
skip_number (const char *at)
{
  const char *begin = at += *at == '-';
  at = *at == '0' ? at + 1 : skip_digits (at);
  if (*at == '.')
    at = skip_digits (at + 1);
  if (*at == 'e' || *at == 'E') {
    at += 1;
    at = skip_digits (*at == '+' || *at == '-' ? at + 1 : at);
  }
  g_assert_nonnull (memchr (begin, '.', at - begin) ?: memchr (begin, 'e', at - begin));
  return at;
}

static void
assert_numbers_hold (const double *value, guint n)
{
  g_autofree char *text = text_of (value, n);
  const char *at = strchr (text, '[');
  for (guint i = 0; i < n; i++) {
    at += 1 + strspn (at + 1, " \n");
    double read = g_ascii_strtod (at, NULL);
    g_assert_cmpmem (&read, sizeof read, &value[i], sizeof read);
    at = skip_number (at);
    g_assert_true (*at == ',' || *at == '\n');
  }
}

static const double odd[] = {0,      -0.0,    1,      -3,     1e-10,  -2e-7,   1e22,    -4e300,
                             5e-324, 1e-300,  0.1,    1e15,   1e16,   1e17,    1e18,    0x1p53,
                             0x1p63, 0x1p-50, 1.5e-9, 1 / 3., 1e-308, DBL_MAX, DBL_MIN, 2e21};

static void
test_numbers (void)
{
  LimenRandom random = limen_random_stream (11, "json", 0);
  assert_numbers_hold (odd, G_N_ELEMENTS (odd));
  for (guint i = 0; i < 20000; i++) {
    guint64 bits = (guint64)limen_random_u32 (&random) << 32 | limen_random_u32 (&random);
    char round_text[16];
    double any;
    memcpy (&any, &bits, sizeof any);
    g_snprintf (round_text, sizeof round_text, "%ue%d", 1 + limen_random_below (&random, 9),
                (int)limen_random_below (&random, 600) - 300);
    double round = g_ascii_strtod (round_text, NULL);
    if (isfinite (any))
      assert_numbers_hold (&any, 1);
    assert_numbers_hold (&round, 1);
  }
}

/* What is no number, and what is no float64 */
static void
test_everything_else (void)
{
  g_autoptr (JsonBuilder) json = json_builder_new ();
  json_builder_begin_object (json);
  limen_json_number (json, "none", NAN);
  limen_json_number (json, "infinite", -INFINITY);
  limen_json_count (json, "count", -7);
  limen_json_text (json, "a \"name\"\\", "λ\n\t\x01/");
  limen_json_begin_array (json, "empty");
  json_builder_end_array (json);
  limen_json_begin_object (json, "nothing");
  json_builder_end_object (json);
  json_builder_set_member_name (json, "true");
  json_builder_add_boolean_value (json, TRUE);
  json_builder_end_object (json);
  g_autofree char *text = limen_json_to_text (json);
  g_assert_cmpstr (text, ==,
                   "{\n  \"none\" : null,\n  \"infinite\" : null,\n  \"count\" : -7,\n"
                   "  \"a \\\"name\\\"\\\\\" : \"λ\\n\\t\\u0001/\",\n"
                   "  \"empty\" : [],\n  \"nothing\" : {},\n  \"true\" : true\n}\n");
}

/* Another reader, which takes what the standard allows and nothing else */
static void
test_python_reads_it (void)
{
  static const char script[] = "import json, sys\n"
                               "for value in json.load(sys.stdin)['all']: print(value.hex())";
  g_autoptr (GSubprocess) python =
      g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, NULL,
                        "python3", "-c", script, NULL);
  if (!python) {
    g_test_skip ("no python3");
    return;
  }
  g_autofree char *text = text_of (odd, G_N_ELEMENTS (odd)), *out = NULL;
  g_assert_true (g_subprocess_communicate_utf8 (python, text, NULL, &out, NULL, NULL));
  g_auto (GStrv) line = g_strsplit (out, "\n", 0);
  g_assert_cmpuint (g_strv_length (line), ==, G_N_ELEMENTS (odd) + 1);
  for (guint i = 0; i < G_N_ELEMENTS (odd); i++)
    g_assert_cmpfloat (g_ascii_strtod (line[i], NULL), ==, odd[i]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json-text/numbers", test_numbers);
  g_test_add_func ("/json-text/everything-else", test_everything_else);
  g_test_add_func ("/json-text/python-reads-it", test_python_reads_it);
  return g_test_run ();
}
