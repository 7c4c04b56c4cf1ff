#include "model/data/builtin.h"
#include "model/data/file-kind.h"
#include "model/data/image-set.h"
#include "model/flow/nice.h"

#include <string.h>

static LimenImageSet *
load (const char *path)
{
  const char *paths[] = {path, NULL};
  g_autoptr (GError) error = NULL;
  LimenImageSet *set = limen_image_set_load (paths, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  return set;
}

static void
test_names_are_kinds (void)
{
  g_assert_true (limen_is_builtin ("builtin:anything"));
  g_assert_false (limen_is_builtin ("./builtin:mnist"));
  g_assert_cmpint (limen_file_kind ("builtin:mnist", NULL), ==, LIMEN_FILE_SAFETENSORS);
  g_assert_cmpint (limen_file_kind ("builtin:hiragana", NULL), ==, LIMEN_FILE_GLYPHS);
  g_assert_cmpint (limen_file_kind ("builtin:digits:10:3", NULL), ==, LIMEN_FILE_GLYPHS);
}

static void
test_unknown_names_are_refused (void)
{
  const char *const names[] = {
      "builtin:",           "builtin:nothing",      "builtin:mnist:5",
      "builtin:digits:",    "builtin:digits:0",     "builtin:digits:-4",
      "builtin:digits:9:x", "builtin:digits:9:9:9", "builtin:digits:1000001"};
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autoptr (GError) error = NULL;
    g_test_message ("%s", names[i]);
    g_assert_cmpint (limen_file_kind (names[i], &error), ==, LIMEN_FILE_UNKNOWN);
    g_assert_error (error, LIMEN_ERROR, LIMEN_ERROR_UNREADABLE);
    g_assert_true (g_str_has_prefix (error->message, names[i]));
  }
}

static void
test_images_come_by_number_and_seed (void)
{
  g_autoptr (LimenImageSet) usual = load ("builtin:digits"), few = load ("builtin:digits:30:5");
  g_autoptr (LimenImageSet) again = load ("builtin:digits:40:5"),
                            other = load ("builtin:digits:30:6");
  float a[784], b[784], c[784];
  g_assert_cmpuint (limen_image_set_n_images (usual), >=, 1000);
  g_assert_cmpuint (limen_image_set_n_images (few), ==, 30);
  g_assert_cmpstr (limen_image_set_name (few), ==, "generated digits");
  limen_image_set_copy_rows (few, 29, 1, a);
  limen_image_set_copy_rows (again, 29, 1, b);
  limen_image_set_copy_rows (other, 29, 1, c);
  g_assert_cmpmem (a, sizeof a, b, sizeof b);
  g_assert_cmpint (memcmp (a, c, sizeof a), !=, 0);
}

static void
test_flows_load_by_name (void)
{
  const char *const names[] = {LIMEN_BUILTIN_GLYPHS, LIMEN_BUILTIN_MNIST, LIMEN_BUILTIN_FASHION,
                               LIMEN_BUILTIN_CLOTH};
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (LimenNice) nice = limen_nice_load (names[i], NULL, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (limen_nice_shape (nice).dimension, ==, 784);
    g_assert_cmpstr (limen_nice_path (nice), ==, names[i]);
  }
}

/* The area under the ROC curve, were less likely images anomalies; (n) each */
static double
area (const double *normal, const double *anomaly, guint n)
{
  double sum = 0;
  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < n; j++)
      sum += anomaly[i] < normal[j] ? 1 : anomaly[i] == normal[j] ? 0.5 : 0;
  return sum / n / n;
}

/* A flow of woven cloth finds nearly every plain piece more likely than nearly every woven one. */
static void
test_plain_cloth_is_the_more_likely (void)
{
  g_autoptr (LimenNice) nice = limen_nice_load (LIMEN_BUILTIN_CLOTH, NULL, NULL);
  g_autoptr (LimenImageSet) woven = load (LIMEN_BUILTIN_WOVEN ":400");
  g_autoptr (LimenImageSet) plain = load (LIMEN_BUILTIN_PLAIN ":400");
  double normal[400], anomaly[400];
  g_assert_true (limen_nice_log_likelihood (nice, woven, normal, NULL, NULL, NULL, NULL));
  g_assert_true (limen_nice_log_likelihood (nice, plain, anomaly, NULL, NULL, NULL, NULL));
  g_test_message ("AUROC of the likelihood: %.4f", area (normal, anomaly, 400));
  g_assert_cmpfloat (area (normal, anomaly, 400), <, 0.05);
}

/* The words that load images, and which of them are there to be told from others. */
static void
test_anomalies_are_known_by_name (void)
{
  g_assert_true (limen_builtin_is_anomaly ("builtin:plain"));
  g_assert_true (limen_builtin_is_anomaly ("builtin:hiragana:30:5"));
  g_assert_false (limen_builtin_is_anomaly ("builtin:woven:30"));
  g_assert_false (limen_builtin_is_anomaly ("builtin:digits"));
  g_assert_false (limen_builtin_is_anomaly ("builtin:mnist"));
  g_assert_false (limen_builtin_is_anomaly ("builtin:nothing"));
}

static void
test_names_are_listed (void)
{
  g_autofree char *weights = limen_builtin_names (LIMEN_BUILTIN_WEIGHTS);
  g_autofree char *images = limen_builtin_names (LIMEN_BUILTIN_IMAGES);
  g_assert_true (g_str_has_prefix (weights, "builtin:glyphs, builtin:mnist, "));
  g_assert_null (strstr (weights, LIMEN_BUILTIN_WOVEN));
  g_assert_true (g_str_has_suffix (images, "builtin:woven, builtin:plain"));
}

static void
test_images_are_no_weights (void)
{
  g_autoptr (GError) error = NULL;
  g_assert_null (limen_nice_load ("builtin:digits", NULL, &error));
  g_assert_error (error, LIMEN_ERROR, LIMEN_ERROR_FORMAT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/builtin/names-are-kinds", test_names_are_kinds);
  g_test_add_func ("/builtin/unknown-names-are-refused", test_unknown_names_are_refused);
  g_test_add_func ("/builtin/images-come-by-number-and-seed", test_images_come_by_number_and_seed);
  g_test_add_func ("/builtin/flows-load-by-name", test_flows_load_by_name);
  g_test_add_func ("/builtin/plain-cloth-is-the-more-likely", test_plain_cloth_is_the_more_likely);
  g_test_add_func ("/builtin/anomalies-are-known-by-name", test_anomalies_are_known_by_name);
  g_test_add_func ("/builtin/names-are-listed", test_names_are_listed);
  g_test_add_func ("/builtin/images-are-no-weights", test_images_are_no_weights);
  return g_test_run ();
}
