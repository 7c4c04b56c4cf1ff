/* Case files: a model, an observation and a proposal are read as they stand there, or refused with
 * a sentence. */
#include "tests/model/near-asserts.h"
#include "model/data-files.h"
#include "model/latent/gaussian-model-private.h"

#include <string.h>

#define MODEL                                                                                      \
  "\"lambda1\": [0.5, -0.25], \"lambda2\": [1.5, 0.6], \"A\": [[1, 0.8], [0.8, 1], [-0.4, 0.2]],"  \
  "\"b\": [0.1, -0.2, 0.3], \"sigma2\": 0.5, \"x\": [1.2, 0.9, 0.1]"
#define MEAN "\"mean\": [0.9, 0.1]"

static LimenGaussianCase *
load_text (const char *folder, const char *text, gsize size, GError **error)
{
  g_autofree char *path = write_file (folder, "some.json", text, size);
  return limen_gaussian_case_load (path, error);
}

static void
assert_is_example (LimenGaussianCase *loaded)
{
  g_autoptr (LimenGaussianCase) example = limen_gaussian_case_example ();
  g_assert_nonnull (loaded);
  g_assert_cmpuint (loaded->model->latent, ==, 2);
  g_assert_cmpuint (loaded->model->observed, ==, 3);
  assert_all_near (loaded->model->lambda1, example->model->lambda1, 2, 0);
  assert_all_near (loaded->model->lambda2, example->model->lambda2, 2, 0);
  assert_all_near (loaded->model->a, example->model->a, 6, 0);
  assert_all_near (loaded->model->b, example->model->b, 3, 0);
  assert_near (loaded->model->sigma2, 0.5, 0);
  assert_all_near (loaded->x, example->x, 3, 0);
  assert_all_near (loaded->proposal->mean, example->proposal->mean, 2, 0);
  assert_all_near (loaded->proposal->covariance, example->proposal->covariance, 4, 0);
}

static void
test_case_files (void)
{
  static const char *const texts[] = {
      "{" MODEL ", \"proposal\": {" MEAN ", \"covariance\": [[0.5, 0], [0, 0.4]]}}",
      "{" MODEL ", \"proposal\": {" MEAN ", \"covariance\": [0.5, 0.4]}}",
      "\n\t {" MODEL ",\r\n \"proposal\": {" MEAN ", \"covariance\": [5e-1, 0.4]}, "
      "\"note\": \"a / in {words\"}\n\n",
  };
  g_autofree char *folder = make_folder ();
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (LimenGaussianCase) loaded = load_text (folder, texts[i], strlen (texts[i]), &error);
    g_assert_no_error (error);
    assert_is_example (loaded);
    g_autoptr (LimenGaussianCase) copy = limen_gaussian_case_copy (loaded);
    assert_is_example (copy);
  }
  remove_folder (folder);
}

#define COVARIANCE(text) "{" MODEL ", \"proposal\": {" MEAN ", \"covariance\": " text "}}"
/* The example with one member of another text. */
#define WITH(l1, l2, a, b, s2, x)                                                                  \
  "{\"lambda1\": " l1 ", \"lambda2\": " l2 ", \"A\": " a ", \"b\": " b ", \"sigma2\": " s2         \
  ", \"x\": " x ", \"proposal\": {" MEAN ", \"covariance\": [1, 1]}}"
#define L "[1, 2]"
#define A "[[1, 2], [3, 4], [5, 6]]"
#define B "[1, 2, 3]"

static const struct {
  const char *name, *text;
  LimenError code;
  const char *word;
} bad_cases[] = {
    {"empty", "", LIMEN_ERROR_FORMAT, "not a case file"},
    {"not JSON", "lambda1 = 0.5", LIMEN_ERROR_FORMAT, "not a case file"},
    {"an array", "[1, 2]", LIMEN_ERROR_FORMAT, "not a case file"},
    {"cut off", "{\"lambda1\": [1, 2", LIMEN_ERROR_FORMAT, "not a case file"},
    {"two objects", "{} {}", LIMEN_ERROR_FORMAT, "not a case file"},
    {"NaN is no JSON", WITH ("[NaN, 1]", L, A, B, "1", B), LIMEN_ERROR_FORMAT, "not a case file"},
    {"a comment", "{/* \" */ \"lambda1\": [1, 2]}", LIMEN_ERROR_FORMAT, "not a case file"},
    {"an empty object", "{}", LIMEN_ERROR_FORMAT, "lambda1"},
    {"no proposal", "{" MODEL "}", LIMEN_ERROR_FORMAT, "proposal"},
    {"a proposal of another kind", "{" MODEL ", \"proposal\": [1, 2]}", LIMEN_ERROR_FORMAT,
     "proposal"},
    {"null", "{" MODEL ", \"proposal\": null}", LIMEN_ERROR_FORMAT, "proposal"},
    {"no mean", "{" MODEL ", \"proposal\": {\"covariance\": [1, 1]}}", LIMEN_ERROR_FORMAT, "mean"},
    {"no covariance", "{" MODEL ", \"proposal\": {" MEAN "}}", LIMEN_ERROR_FORMAT, "covariance"},
    {"a string", WITH ("[\"0.5\", 1]", L, A, B, "1", B), LIMEN_ERROR_FORMAT, "lambda1"},
    {"a string for a number", WITH (L, L, A, B, "\"1\"", B), LIMEN_ERROR_FORMAT, "sigma2"},
    {"a truth for a number", WITH (L, L, A, B, "true", B), LIMEN_ERROR_FORMAT, "sigma2"},
    {"an array for a number", WITH (L, L, A, B, "[1]", B), LIMEN_ERROR_FORMAT, "sigma2"},
    {"no latent variable", WITH ("[]", L, A, B, "1", B), LIMEN_ERROR_FORMAT, "lambda1"},
    {"a number for an array", WITH ("1", L, A, B, "1", B), LIMEN_ERROR_FORMAT, "lambda1"},
    {"variances of another number", WITH (L, "[1]", A, B, "1", B), LIMEN_ERROR_FORMAT, "lambda2"},
    {"too few rows", WITH (L, L, "[[1, 2], [3, 4]]", B, "1", B), LIMEN_ERROR_FORMAT,
     "A as an array of 3 rows of 2 numbers"},
    {"a short row", WITH (L, L, "[[1, 2], [3, 4], [5]]", B, "1", B), LIMEN_ERROR_FORMAT,
     "A as an array of 3 rows of 2 numbers"},
    {"no rows", WITH (L, L, "[1, 2, 3]", B, "1", B), LIMEN_ERROR_FORMAT, "A as an array"},
    {"nothing observed", WITH (L, L, A, "[]", "1", B), LIMEN_ERROR_FORMAT, "b as an array"},
    {"x of another size", WITH (L, L, A, B, "1", "[1, 2]"), LIMEN_ERROR_FORMAT,
     "x as an array of 3 numbers"},
    {"an infinite number", WITH ("[1e999, 1]", L, A, B, "1", B), LIMEN_ERROR_ARGUMENT,
     "not finite"},
    {"x infinite", WITH (L, L, A, B, "1", "[1, 2, -1e999]"), LIMEN_ERROR_ARGUMENT, "not finite"},
    {"no variance", WITH (L, "[1, 0]", A, B, "1", B), LIMEN_ERROR_ARGUMENT, "lambda2"},
    {"a negative variance", WITH (L, "[-1, 1]", A, B, "1", B), LIMEN_ERROR_ARGUMENT, "lambda2"},
    {"no noise", WITH (L, L, A, B, "0", B), LIMEN_ERROR_ARGUMENT, "sigma2"},
    {"negative noise", WITH (L, L, A, B, "-0.5", B), LIMEN_ERROR_ARGUMENT, "sigma2"},
    {"numbers too large", WITH (L, L, "[[1e200, 2], [3, 4], [5, 6]]", B, "1", B),
     LIMEN_ERROR_ARGUMENT, "too far apart to compute with: the squares of A times lambda2"},
    {"noise too large", WITH (L, L, A, B, "3e120", B), LIMEN_ERROR_ARGUMENT,
     "with: sigma2 is 1e100"},
    {"noise too small", WITH (L, L, A, B, "3e-307", B), LIMEN_ERROR_ARGUMENT, "sigma2 is 1e-306"},
    {"a variance too large", WITH (L, "[1, 2e130]", A, B, "1", B), LIMEN_ERROR_ARGUMENT,
     "with: a variance in lambda2 is 1e100"},
    {"a variance too small", WITH (L, "[2e-308, 1]", A, B, "1", B), LIMEN_ERROR_ARGUMENT,
     "with: a variance in lambda2 is 1e-306"},
    {"A too large beside the noise",
     WITH (L, "[1e-30, 1e-30]", "[[1e30, 2], [3, 4], [5, 6]]", B, "1e-280", B),
     LIMEN_ERROR_ARGUMENT, "with: the squares of A over sigma2"},
    {"x too far", WITH (L, L, A, B, "1e-300", "[1e100, 2, 3]"), LIMEN_ERROR_ARGUMENT,
     "with: x is so far from b"},
    {"a proposal too far",
     "{" MODEL ", \"proposal\": {\"mean\": [1e200, 0], \"covariance\": [1, 1]}}",
     LIMEN_ERROR_ARGUMENT, "with: the proposal is so far from the posterior"},
    {"a singular covariance", COVARIANCE ("[[1, 1], [1, 1]]"), LIMEN_ERROR_ARGUMENT,
     "not positive definite"},
    {"an indefinite covariance", COVARIANCE ("[[1, 2], [2, 1]]"), LIMEN_ERROR_ARGUMENT,
     "not positive definite"},
    {"not symmetric", COVARIANCE ("[[1, 0.5], [0.4, 1]]"), LIMEN_ERROR_ARGUMENT, "not symmetric"},
    {"variances of 0", COVARIANCE ("[1, 0]"), LIMEN_ERROR_ARGUMENT, "not positive"},
    {"a covariance of another shape", COVARIANCE ("[[1, 0, 0], [0, 1, 0], [0, 0, 1]]"),
     LIMEN_ERROR_FORMAT, "covariance as an array of 2 rows of 2 numbers"},
    {"a covariance that is a number", COVARIANCE ("1"), LIMEN_ERROR_FORMAT, "covariance"},
};

/* A whole number is the float64 next to it, however many digits it has. */
static void
test_many_digits (void)
{
  static const char *const numbers[] = {
      "9223372036854775807",        "9223372036854775808",
      "-18446744073709551616",      "10000000000000000000",
      "123456789012345678",         "-1234567890123456789012345678901234567890",
      "1234567890123456789.5",      "1234567890123456789e5",
      "1.5e0000000000000000000002", "12345678901234567890E-3"};
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++) {
    g_autofree char *x = g_strdup_printf ("[%s, 2, %s ]", numbers[i], numbers[i]);
    g_autofree char *text = g_strdup_printf ("{\"a 99999999999999999999\\\"\": 0, \"lambda1\": "
                                             "[0], \"lambda2\": [1], \"A\": [[1], [1], [1]], "
                                             "\"b\": [0, 0, 0], \"sigma2\": 1, \"x\": %s, "
                                             "\"proposal\": {\"mean\": [0], \"covariance\": [1]}}",
                                             x);
    g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
    g_autoptr (GError) error = NULL;
    g_autoptr (LimenGaussianCase) made = limen_gaussian_case_parse (bytes, "case.json", &error);
    g_assert_no_error (error);
    g_assert_cmpfloat (made->x[0], ==, g_ascii_strtod (numbers[i], NULL));
    g_assert_cmpfloat (made->x[2], ==, made->x[0]);
  }
}

static void
test_bad_case_files (void)
{
  g_autofree char *folder = make_folder ();
  for (gsize i = 0; i < G_N_ELEMENTS (bad_cases); i++) {
    g_autoptr (GError) error = NULL;
    g_test_message ("%s", bad_cases[i].name);
    g_assert_null (load_text (folder, bad_cases[i].text, strlen (bad_cases[i].text), &error));
    g_test_message ("%s", error->message);
    g_assert_error (error, LIMEN_ERROR, (gint)bad_cases[i].code);
    assert_sentence (error, "some.json");
    assert_sentence (error, bad_cases[i].word);
  }
  remove_folder (folder);
}

static void
assert_text_refused (const char *folder, const char *text, gsize size, LimenError code,
                     const char *word)
{
  g_autoptr (GError) error = NULL;
  g_assert_null (load_text (folder, text, size, &error));
  g_assert_error (error, LIMEN_ERROR, (gint)code);
  assert_sentence (error, "some.json");
  assert_sentence (error, word);
}

static void
test_hostile_case_files (void)
{
  g_autofree char *folder = make_folder (), *brackets = g_strnfill (4 << 20, '[');
  g_autofree char *spaces = g_strnfill (40 << 20, ' ');
  g_autofree char *missing = g_build_filename (folder, "missing.json", NULL);
  g_autofree char *long_array = g_strnfill (9000, '1');
  g_autoptr (GError) absent = NULL, no_file = NULL;
  brackets[0] = '{';
  assert_text_refused (folder, brackets, 4 << 20, LIMEN_ERROR_FORMAT, "not a case file");
  assert_text_refused (folder, spaces, 40 << 20, LIMEN_ERROR_UNSAFE, "more than");
  assert_text_refused (folder, "{\"lambda1\": [1]\0, \"b\": 1}", 26, LIMEN_ERROR_FORMAT,
                       "not a case file");
  assert_text_refused (folder, "{\"\xff\xfe\": 1}", 9, LIMEN_ERROR_FORMAT, "not a case file");
  for (gsize i = 1; i < 9000; i += 2)
    long_array[i] = ',';
  long_array[8999] = ' ';
  g_autofree char *text = g_strdup_printf ("{\"lambda1\": [%s]}", long_array);
  assert_text_refused (folder, text, strlen (text), LIMEN_ERROR_FORMAT, "too large a case");
  g_assert_null (limen_gaussian_case_load (missing, &absent));
  g_assert_error (absent, LIMEN_ERROR, LIMEN_ERROR_UNREADABLE);
  assert_sentence (absent, "missing.json");
  g_assert_null (limen_gaussian_case_load (folder, &no_file));
  g_assert_error (no_file, LIMEN_ERROR, LIMEN_ERROR_UNREADABLE);
  remove_folder (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/case/files", test_case_files);
  g_test_add_func ("/case/many-digits", test_many_digits);
  g_test_add_func ("/case/bad-files", test_bad_case_files);
  g_test_add_func ("/case/hostile-files", test_hostile_case_files);
  return g_test_run ();
}
