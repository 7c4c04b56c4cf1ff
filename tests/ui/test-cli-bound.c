/* limen bound on linear Gaussian cases, its files, and what it refuses. */
#include "run-json.h"

#include <cairo.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#define SIDE     4
#define N_IMAGES 8

/* ../shared/reference/bound/iwae_ref_output.txt, case B */
#define CASE_B                                                                                     \
  "{\"lambda1\": [0.5, -0.25], \"lambda2\": [1.5, 0.6],"                                           \
  " \"A\": [[1, 0.8], [0.8, 1], [-0.4, 0.2]], \"b\": [0.1, -0.2, 0.3], \"sigma2\": 0.5,"           \
  " \"x\": [1.2, 0.9, 0.1],"                                                                       \
  " \"proposal\": {\"mean\": [0.9, 0.1], \"covariance\": [[0.5, 0], [0, 0.4]]}}"
#define LOG_EVIDENCE (-3.1719585125043706)
#define N_K          8

static const guint some_k[N_K] = {1, 2, 5, 10, 50, 100, 500, 5000};
#define SOME_K "--k 1,2,5,10,50,100,500,5000 "

#define OWN   "bound --case b.json "
#define PLANE "bound --vae plane.safetensors --images images.idx "

/* -- cases -- */

static const struct {
  const char *name;
  double weight_variance, vlb[N_K];
} published[] = {
    {"elbo",
     INFINITY,
     {-3.4538097005, -3.3605498523, -3.2903656428, -3.2549114033, -3.2069034360, -3.1957271435,
      -3.1815127553, -3.1745177542}},
    {"moments",
     0.7571661617,
     {-3.6472734862, -3.3409434695, -3.2321384407, -3.2028171704, -3.1787371409, -3.1754541357,
      -3.1726898078, -3.1720334937}},
    {"own",
     0.5684993272,
     {-3.8089501938, -3.3744733963, -3.2327806824, -3.2008091618, -3.1776261864, -3.1747939166,
      -3.1725265459, -3.1720153565}},
    {"prior",
     1.623924043,
     {-6.9700948288, -4.4006049344, -3.4325306664, -3.2704316215, -3.1887130044, -3.1802033257,
      -3.1735873365, -3.1721209537}},
    {"posterior",
     0,
     {LOG_EVIDENCE, LOG_EVIDENCE, LOG_EVIDENCE, LOG_EVIDENCE, LOG_EVIDENCE, LOG_EVIDENCE,
      LOG_EVIDENCE, LOG_EVIDENCE}},
};

static void
test_case_has_the_published_values (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (published); i++) {
    g_autofree char *line =
        g_strconcat (OWN SOME_K "--samples 0 --json - --proposal ", published[i].name, NULL);
    g_autoptr (JsonNode) root = run_json (line);
    g_test_message ("%s", published[i].name);
    g_assert_cmpfloat_with_epsilon (number_at (root, "log_evidence"), LOG_EVIDENCE, 1e-10);
    for (guint j = 0; j < N_K; j++)
      g_assert_cmpfloat_with_epsilon (value_at (root, "vlb/%u", some_k[j]), published[i].vlb[j],
                                      1e-8);
    g_assert_cmpuint (n_members (root, "vlb"), ==, N_K);
    g_assert_cmpuint (n_members (root, "monte_carlo"), ==, 0);
    if (published[i].weight_variance == INFINITY)
      g_assert_cmpstr (text_at (root, "variance_of_weight"), ==, "infinite");
    else
      g_assert_cmpfloat_with_epsilon (number_at (root, "variance_of_weight"),
                                      published[i].weight_variance, 1e-8);
  }
}

static void
test_case_tells_its_distributions (void)
{
  static const struct {
    const char *path;
    double value;
  } table[] = {
      {"posterior/mean/0", 0.97143731065},
      {"posterior/mean/1", 0.101491493824},
      {"posterior/covariance/0/0", 0.411835819156},
      {"posterior/covariance/0/1", -0.24906781636},
      {"posterior/covariance/1/0", -0.24906781636},
      {"posterior/covariance/1/1", 0.349568865066},
      {"proposal/mean/0", 0.9},
      {"proposal/mean/1", 0.1},
      {"proposal/covariance/0/0", 0.5},
      {"proposal/covariance/0/1", 0},
      {"proposal/covariance/1/1", 0.4},
  };
  g_autoptr (JsonNode) root = run_json (OWN "--k 1 --samples 0 --json -");
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    g_assert_cmpfloat_with_epsilon (number_at (root, table[i].path), table[i].value, 1e-10);
}

static void
test_case_estimates (void)
{
  static const guint k[] = {1, 5, 50};
  g_autoptr (JsonNode) root = run_json (OWN "--k 50,5,1 --samples 4000 --seed 3 --json -");
  assert_estimates_agree (root, k, 3);
  g_assert_cmpfloat (number_at (root, "monte_carlo/5/standard_error"), <, 0.02);
  g_assert_cmpfloat (number_at (root, "samples"), ==, 4000);
  g_assert_cmpfloat (number_at (root, "seed"), ==, 3);
}

static void
test_seed_decides_and_threads_do_not (void)
{
  static const char line[] = OWN "--k 1,7 --samples 3000 --json - --seed 5";
  g_setenv ("LIMEN_THREADS", "1", TRUE);
  g_auto (RunResult) one = run_well (line);
  g_setenv ("LIMEN_THREADS", "2", TRUE);
  g_auto (RunResult) two = run_well (line);
  g_unsetenv ("LIMEN_THREADS");
  g_autoptr (JsonNode) a = json_from_string (one.out, NULL);
  g_autoptr (JsonNode) b = run_json (OWN "--k 1,7 --samples 3000 --json - --seed 6");
  g_assert_cmpstr (one.out, ==, two.out);
  g_assert_cmpfloat (number_at (a, "monte_carlo/7/mean"), !=, number_at (b, "monte_carlo/7/mean"));
}

/* One draw has a mean and no error; of three latent variables there are estimates, and what has a
 * closed form. */
static void
test_what_is_not_known_is_null (void)
{
  g_autoptr (JsonNode) one = run_json (OWN "--k 2 --samples 1 --json -");
  g_autoptr (JsonNode) cube = run_json ("bound --case cube.json --k 1,4 --samples 9000 --json -");
  g_assert_true (is_null_at (one, "monte_carlo/2/standard_error"));
  g_assert_true (isfinite (number_at (one, "monte_carlo/2/mean")));
  g_assert_cmpuint (n_members (cube, "vlb"), ==, 1);
  double evidence = number_at (cube, "log_evidence"), elbo = number_at (cube, "vlb/1");
  double error = number_at (cube, "monte_carlo/1/standard_error");
  g_assert_cmpfloat (elbo, <, evidence);
  g_assert_cmpfloat (fabs (number_at (cube, "monte_carlo/1/mean") - elbo), <, 4.5 * error);
  g_assert_cmpfloat (number_at (cube, "monte_carlo/4/mean"), >, elbo);
  g_assert_cmpfloat (number_at (cube, "monte_carlo/4/mean"), <, evidence + 5 * error);
}

/* x = z + noise, z ~ N(0, 1), σ² = 1, x = 0, and q = N(0, 1): log p(0) = −log (4π)/2, VLB^(1) =
 * −log (2π)/2 − 1/2 */
static void
test_line (void)
{
  g_autoptr (JsonNode) root = run_json ("bound --case line.json --k 1,10 --samples 0 --json -");
  g_assert_cmpfloat_with_epsilon (number_at (root, "log_evidence"), -0.5 * log (4 * G_PI), 1e-10);
  g_assert_cmpfloat_with_epsilon (number_at (root, "vlb/1"), -0.5 * log (2 * G_PI) - 0.5, 1e-10);
  g_assert_cmpfloat (number_at (root, "vlb/10"), >, number_at (root, "vlb/1"));
  g_assert_cmpfloat (number_at (root, "vlb/10"), <, number_at (root, "log_evidence"));
  g_auto (RunResult) drawn = run_well ("bound --case line.json --samples 10 --plot p.svg");
  g_assert_cmpint (g_unlink ("p.svg"), ==, 0);
}

static void
test_prints (void)
{
  g_auto (RunResult) result = run_well (OWN "--k 10,100 --samples 200");
  g_auto (RunResult) tight = run_well (OWN "--proposal posterior --samples 0");
  g_auto (RunResult) infinite = run_well (OWN "--proposal elbo --samples 0");
  g_assert_nonnull (strstr (result.out, "log p(x)    -3.1719585125 nats\n"));
  g_assert_nonnull (strstr (result.out, "posterior   mean (0.971437, 0.101491), covariance "
                                        "(0.411836, -0.249068; -0.249068, 0.349569)\n"));
  g_assert_nonnull (strstr (result.out, "\n10          -3.2008091618      0.02885        -3."));
  g_assert_nonnull (strstr (result.out, " ± "));
  g_assert_true (g_str_has_suffix (result.out, "With K = 10 samples the bound stands 0.029 nats "
                                               "below log p(x); it can only rise from here.\n"));
  g_assert_null (strstr (tight.out, " ± "));
  g_assert_null (strstr (tight.out, " \n"));
  g_assert_true (g_str_has_suffix (tight.out, "for every K.\n"));
  g_assert_nonnull (strstr (infinite.out, "Var(w/p(x)) infinite\n"));
}

/* -- digits that hold, and sentences that are true -- */

/* One observation of two latent variables with next to no noise */
#define THIN(sigma2)                                                                               \
  "{\"lambda1\": [0, 0], \"lambda2\": [1.8, 1.7], \"A\": [[1.3, 0.7]], \"b\": [0],"                \
  " \"sigma2\": " sigma2 ", \"x\": [1.2],"                                                         \
  " \"proposal\": {\"mean\": [0, 0], \"covariance\": [1, 1]}}"
/* The posterior is N(1/2, 1/2). */
#define HALVES(mean, variance)                                                                     \
  "{\"lambda1\": [0], \"lambda2\": [1], \"A\": [[1]], \"b\": [0], \"sigma2\": 1, \"x\": [1],"      \
  " \"proposal\": {\"mean\": [" mean "], \"covariance\": [" variance "]}}"
#define THREE                                                                                      \
  "{\"lambda1\": [0, 0, 0], \"lambda2\": [1, 1, 1], \"A\": [[1, 0, 0], [0, 1, 0], [0, 0, 1]],"     \
  " \"b\": [0, 0, 0], \"sigma2\": 1, \"x\": [1, 0, -1],"                                           \
  " \"proposal\": {\"mean\": [0.53, 0, -0.5], \"covariance\": [0.5, 0.5, 0.5]}}"

static void
test_says_the_digits_that_hold (void)
{
  static const struct {
    const char *text, *options, *said;
  } table[] = {
      {THIN ("1e-12"), "--proposal posterior --k 1,10 --samples 200", "log p(x)    -1.7820178162 "},
      {THIN ("1e-12"), "--proposal posterior --k 10 --samples 200",
       "The proposal is the posterior: "},
      {THIN ("1e-300"), "--proposal posterior --k 10 --samples 9", "log p(x)    -1.7820178162 "},
      {THIN ("1e-300"), "--proposal prior --k 1 --samples 0", "\n1           -2.657500000e+300"},
      {THIN ("1e-7"), "--proposal moments --k 1 --samples 0", "Var(w/p(x)) 6539318.541\n"},
      {THIN ("1e-9"), "--proposal moments --k 1 --samples 0", "Var(w/p(x)) 653931870.8\n"},
      {THIN ("1e-300"), "--proposal moments --k 1 --samples 0", "Var(w/p(x)) 6.539318710e+299\n"},
      {THIN ("1e-300"), "--proposal elbo --k 1 --samples 0", "Var(w/p(x)) infinite\n"},
      {HALVES ("0.5", "0.25"), "--k 1 --samples 0", "Var(w/p(x)) infinite\n"},
      {HALVES ("0.5", "0.26"), "--k 1 --samples 0", "Var(w/p(x)) 1.600000000\n"},
      {HALVES ("60", "0.26"), "--k 1 --samples 0", "Var(w/p(x)) 10^76876.0\n"},
      {HALVES ("0.5005", "0.5"), "--k 1000 --samples 0",
       "\nWith K = 1\u2009000 samples the bound stands 2.5·10⁻¹⁰ nats below log p(x); it can "},
      {HALVES ("0.53", "0.5"), "--k 1000000 --samples 0",
       "\nWith K = 1\u2009000\u2009000 samples the bound stands 9.0·10⁻¹⁰ nats below log p(x)"},
      {HALVES ("0.5", "0.5"), "--k 1000000 --samples 0", "\nThe proposal is the posterior: "},
      {HALVES ("0.5000000000000001", "0.5000000000000001"), "--k 1,100 --samples 0",
       "\n1           -1.5155121235      2.465e-32\n100         -1.5155121235      2.465e-34\n"},
      {THREE, "--k 2 --samples 0", "\n2           not known exactly; estimated with --samples"},
      {THREE, "--proposal moments --k 2 --samples 0", "\n2           -4.2965363705      0\n"},
      {THREE, "--k 10 --samples 200 --seed 2", "\n10          -4.2950 ± 0.0010\n"},
      {THREE, "--k 10 --samples 200 --seed 2",
       "\nWith K = 10 samples the bound is estimated at −4.2950 ± 0.0020 nats, two standard "
       "errors; "
       "the bound itself lies below log p(x) = −4.296536.\n"},
  };
  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autofree char *line = g_strconcat ("bound --case own.json ", table[i].options, NULL);
    g_assert_true (g_file_set_contents ("own.json", table[i].text, -1, NULL));
    g_auto (RunResult) result = run_well (line);
    g_test_message ("%s: %s", line, result.out);
    g_assert_nonnull (strstr (result.out, table[i].said));
  }
  g_unlink ("own.json");
}

/* Each number that is called exact has an error beside it, and one that float64 cannot hold has a
 * logarithm. */
static void
test_tells_errors (void)
{
  g_autoptr (JsonNode) root = run_json (OWN "--k 1,10 --samples 0 --json -");
  g_assert_cmpfloat (number_at (root, "log_evidence_error"), >, 0);
  g_assert_cmpfloat (number_at (root, "log_evidence_error"), <, 1e-15);
  g_assert_cmpfloat (number_at (root, "vlb_error/1"), <, 1e-15);
  g_assert_cmpfloat (number_at (root, "vlb_error/10"), >, 0);
  g_assert_cmpfloat (number_at (root, "vlb_error/10"), <, 1e-11);
  g_assert_cmpfloat (number_at (root, "variance_of_weight_error"), <, 1e-15);
  g_assert_cmpfloat_with_epsilon (number_at (root, "log_variance_of_weight"), log (0.5684993272),
                                  1e-9);
  g_assert_true (g_file_set_contents ("own.json", HALVES ("60", "0.26"), -1, NULL));
  g_autoptr (JsonNode) large = run_json ("bound --case own.json --k 1 --samples 0 --json -");
  g_assert_true (is_null_at (large, "variance_of_weight"));
  g_assert_cmpfloat (number_at (large, "log_variance_of_weight"), >, 700);
  g_unlink ("own.json");
}

/* A signal that comes before anybody listens has the same status. */
static void
test_interrupt_leaves_nothing_behind (void)
{
  gint64 begin = g_get_monotonic_time ();
  g_auto (RunResult) result =
      run_shell ("timeout --preserve-status -s INT 0.4 \"$0\" bound --case b.json --json r.json "
                 "--samples 4000 --k 1000000");
  g_assert_cmpint (result.status, ==, 130);
  g_assert_cmpstr (result.out, ==, "");
  g_assert_false (g_file_test ("r.json", G_FILE_TEST_EXISTS));
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 600 * G_USEC_PER_SEC);
}

/* -- files -- */

static void
test_names_its_files (void)
{
  g_autofree char *hash = hash_of ("b.json"), *vae = hash_of ("plane.safetensors"),
                  *images = hash_of ("images.idx"), *json = NULL;
  g_auto (RunResult) result = run_well (OWN "--k 1 --samples 0 --json r.json");
  g_assert_true (g_file_get_contents ("r.json", &json, NULL, NULL));
  g_autoptr (JsonNode) root = json_from_string (json, NULL);
  g_assert_cmpstr (text_at (root, "case/file"), ==, "b.json");
  g_assert_cmpstr (text_at (root, "case/sha256"), ==, hash);
  g_assert_true (g_str_has_prefix (text_at (root, "software"), "Limen "));
  g_autoptr (JsonNode) image = run_json (PLANE "--k 1 --samples 2 --index 3 --json -");
  g_assert_cmpstr (text_at (image, "vae/sha256"), ==, vae);
  g_assert_cmpstr (text_at (image, "images/files/0/sha256"), ==, images);
  g_assert_cmpfloat (number_at (image, "image/index"), ==, 3);
  g_assert_cmpfloat (number_at (image, "vae/latent"), ==, 2);
  g_assert_cmpfloat (number_at (image, "images/n"), ==, N_IMAGES);
  g_unlink ("r.json");
}

static void
test_draws (void)
{
  static const struct {
    const char *line, *file, *begins;
  } table[] = {
      {OWN "--samples 20 --plot p.png --size 640x480 --scale 2 --dark", "p.png", "\x89PNG"},
      {OWN "--samples 20 --plot p.svg --proposal elbo", "p.svg", "<?xml"},
      {PLANE "--k 1,5 --samples 20 --plot p.pdf", "p.pdf", "%PDF"},
      {PLANE "--k 1,5 --count 3 --plot p.png", "p.png", "\x89PNG"},
      {"bound --case cube.json --k 1,5 --samples 20 --plot p.png", "p.png", "\x89PNG"},
  };
  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autofree char *bytes = NULL;
    g_test_message ("%s", table[i].line);
    g_auto (RunResult) result = run_well (table[i].line);
    g_assert_true (g_file_get_contents (table[i].file, &bytes, NULL, NULL));
    g_assert_true (g_str_has_prefix (bytes, table[i].begins));
    g_unlink (table[i].file);
  }
}

/* How many of the @n bytes are not as those of the pixel in the corner */
static gsize
count_ink (const cairo_surface_t *surface)
{
  cairo_surface_t *image = (cairo_surface_t *)surface;
  const guchar *data = cairo_image_surface_get_data (image);
  gsize stride = (gsize)cairo_image_surface_get_stride (image), ink = 0;
  for (int y = 0; y < cairo_image_surface_get_height (image); y++)
    for (int x = 0; x < cairo_image_surface_get_width (image); x++)
      ink += memcmp (data + (gsize)y * stride + 4 * (gsize)x, data, 4) != 0;
  return ink;
}

static void
test_signs_its_picture (void)
{
  static const char *const told[] = {
      "Log evidence",        "-3.1719585125 nats",
      "K = 5: -3.232780682", "Importance-weighted bound under b.json",
      "Variance of w/p(x)",  "seed 9",
      "own: mean ("};
  g_autofree char *bytes = NULL, *hash = hash_of ("b.json");
  gsize size;
  g_auto (RunResult) result =
      run_well (OWN "--k 1,5 --samples 30 --seed 9 --plot p.png --size 700x500 --scale 2");
  cairo_surface_t *surface = cairo_image_surface_create_from_png ("p.png");
  g_assert_cmpint (cairo_image_surface_get_width (surface), ==, 1400);
  g_assert_cmpint (cairo_image_surface_get_height (surface), ==, 1000);
  g_assert_cmpuint (count_ink (surface), >, 10000);
  cairo_surface_destroy (surface);
  g_assert_true (g_file_get_contents ("p.png", &bytes, &size, NULL));
  g_assert_nonnull (memmem (bytes, size, hash, 64));
  for (guint i = 0; i < G_N_ELEMENTS (told); i++)
    g_assert_nonnull (memmem (bytes, size, told[i], strlen (told[i])));
  g_unlink ("p.png");
}

static void
write_case (const char *name, const char *old, const char *new)
{
  g_auto (GStrv) parts = g_strsplit (CASE_B, old, 2);
  g_autofree char *text = g_strjoin (new, parts[0], parts[1], NULL);
  g_assert_cmpuint (g_strv_length (parts), ==, 2);
  g_assert_true (g_file_set_contents (name, text, -1, NULL));
}

static void
test_refused_cases (void)
{
  static const struct {
    const char *old, *new;
  } table[] = {
      {"0.5, \"x\"", "0, \"x\""}, /* σ² = 0 */
      {"0.5, \"x\"", "-1, \"x\""},
      {"0.5, \"x\"", "\"half\", \"x\""},
      {"0.5, \"x\"", "NaN, \"x\""},
      {"[1.5, 0.6]", "[1.5, -0.6]"},
      {"[1.5, 0.6]", "[1.5]"},
      {"[1, 0.8], ", ""},
      {"[1, 0.8]", "[1, 0.8, 3]"},
      {"[1.2, 0.9, 0.1]", "[1.2, 0.9]"},
      {"[1.2, 0.9, 0.1]", "[1.2, null, 1]"},
      {"\"proposal\"", "\"proposals\""},
      {"[[0.5, 0], [0, 0.4]]", "[[0.5, 0.9], [0.9, 0.4]]"},
      {"[[0.5, 0], [0, 0.4]]", "[[1, 1], [1, 1]]"}, /* singular */
      {"[[0.5, 0], [0, 0.4]]", "[[0.5, 0.1], [0, 0.4]]"},
      {"[[0.5, 0], [0, 0.4]]", "[0.5]"},
      {"[0.9, 0.1]", "[1e999, 0.1]"},
      {"0.5, \"x\"", "1e-306, \"x\""}, /* no float64 has the digits of what follows */
      {"[1.2, 0.9, 0.1]", "[1e160, 0.9, 0.1]"},
      {"[0.9, 0.1]", "[1e160, 0.1]"},
      {"{\"lambda1\"", "[\"lambda1\""},
      {CASE_B, "[]"},
      {CASE_B, "not JSON"},
      {CASE_B, " "},
  };
  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    write_case ("bad.json", table[i].old, table[i].new);
    g_auto (RunResult) result = run_line ("bound --case bad.json --json r.json --plot p.png");
    g_test_message ("%s: %s", table[i].new, result.err);
    g_assert_cmpint (result.status, ==, 1);
    g_assert_cmpstr (result.out, ==, "");
    g_auto (GStrv) lines = lines_of (result.err);
    g_assert_cmpuint (g_strv_length (lines), ==, 1);
    g_assert_true (g_str_has_suffix (lines[0], "."));
    g_assert_nonnull (strstr (lines[0], "bad.json"));
    g_assert_false (g_file_test ("r.json", G_FILE_TEST_EXISTS));
    g_assert_false (g_file_test ("p.png", G_FILE_TEST_EXISTS));
  }
  g_unlink ("bad.json");
}

static void
test_refused_input (void)
{
  static const struct {
    const char *line, *names;
  } table[] = {
      {"bound --case nowhere.json", "nowhere.json"},
      {"bound --case empty", "empty"},
      {"bound --case images.idx", "images.idx"},
      {OWN "--json b.json", "b.json"},
      {OWN "--json r.png --plot r.png", "r.png"},
      {OWN "--plot nowhere/p.png", "nowhere/p.png"},
      {"bound --vae nowhere.pt --images images.idx", "nowhere.pt"},
      {"bound --vae flow.safetensors --images images.idx", "no tensor fc"},
      {"bound --vae images.idx --images images.idx", "images.idx"},
      {"bound --vae builtin:nothing --images images.idx", "builtin:nothing"},
      {"bound --vae plane.safetensors --images nowhere.idx", "nowhere.idx"},
      {"bound --vae plane.safetensors --images small.idx", "3"},
      {"bound --vae plane.safetensors --images small.idx --count 2", "3"},
      {PLANE "--index 8", "--index 8 goes beyond the end of images.idx, which has 8 images"},
      {PLANE "--index 4294967295", "--index 4294967295"},
      {PLANE "--count 9", "--count 9 goes beyond the end"},
      {PLANE "--json plane.safetensors", "plane.safetensors"},
      {"bound --vae cube.safetensors --images images.idx --samples 0", "cube.safetensors"},
  };
  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    g_auto (RunResult) result = run_line (table[i].line);
    g_test_message ("%s: %s", table[i].line, result.err);
    g_assert_cmpint (result.status, ==, 1);
    g_assert_cmpstr (result.out, ==, "");
    g_auto (GStrv) lines = lines_of (result.err);
    g_assert_cmpuint (g_strv_length (lines), ==, 1);
    g_assert_true (g_str_has_suffix (lines[0], "."));
    g_assert_nonnull (strstr (lines[0], table[i].names));
  }
}

static void
set_up (void)
{
  g_assert_true (g_file_set_contents ("b.json", CASE_B, -1, NULL));
  g_assert_true (g_file_set_contents (
      "line.json",
      "{\"lambda1\": [0], \"lambda2\": [1], \"A\": [[1]], \"b\": [0], \"sigma2\": 1, \"x\": [0],"
      " \"proposal\": {\"mean\": [0], \"covariance\": [[1]]}}",
      -1, NULL));
  g_assert_true (g_file_set_contents (
      "cube.json",
      "{\"lambda1\": [0, 0, 1], \"lambda2\": [1, 2, 1], \"A\": [[1, 0.5, 0], [0, 1, 1]],"
      " \"b\": [0, 1], \"sigma2\": 0.5, \"x\": [1, 2], \"proposal\": {\"mean\": [0.3, 0.2, 0.9],"
      " \"covariance\": [[0.6, 0, 0], [0, 0.8, 0], [0, 0, 0.7]]}}",
      -1, NULL));
  write_vae ("plane.safetensors", SIDE, 6, 2);
  write_vae ("cube.safetensors", SIDE, 6, 3);
  g_free (write_flow ("flow.safetensors", SIDE));
  write_idx ("images.idx", N_IMAGES, SIDE, 1, 1);
  write_idx ("small.idx", 3, 3, 1, 1);
  g_mkdir ("empty", 0700);
}

/* What is left but these is a mistake, and makes the last line fail. */
static void
tear_down (const char *folder)
{
  static const char *const files[] = {
      "b.json",           "line.json",        "cube.json",  "plane.safetensors",
      "cube.safetensors", "flow.safetensors", "images.idx", "small.idx"};
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    g_unlink (files[i]);
  g_rmdir ("empty");
  g_assert_cmpint (g_chdir ("/"), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_autofree char *folder = g_dir_make_tmp ("limen-test-XXXXXX", NULL);
  g_assert_cmpint (g_chdir (folder), ==, 0);
  set_up ();
  g_test_add_func ("/cli/bound/case/has-the-published-values", test_case_has_the_published_values);
  g_test_add_func ("/cli/bound/case/tells-its-distributions", test_case_tells_its_distributions);
  g_test_add_func ("/cli/bound/case/estimates", test_case_estimates);
  g_test_add_func ("/cli/bound/case/line", test_line);
  g_test_add_func ("/cli/bound/seed-decides-and-threads-do-not",
                   test_seed_decides_and_threads_do_not);
  g_test_add_func ("/cli/bound/what-is-not-known-is-null", test_what_is_not_known_is_null);
  g_test_add_func ("/cli/bound/prints", test_prints);
  g_test_add_func ("/cli/bound/digits-that-hold", test_says_the_digits_that_hold);
  g_test_add_func ("/cli/bound/errors", test_tells_errors);
  g_test_add_func ("/cli/bound/interrupt-leaves-nothing-behind",
                   test_interrupt_leaves_nothing_behind);
  g_test_add_func ("/cli/bound/names-its-files", test_names_its_files);
  g_test_add_func ("/cli/bound/draws", test_draws);
  g_test_add_func ("/cli/bound/signs-its-picture", test_signs_its_picture);
  g_test_add_func ("/cli/bound/refused-cases", test_refused_cases);
  g_test_add_func ("/cli/bound/refused-input", test_refused_input);
  int status = g_test_run ();
  tear_down (folder);
  return status;
}
