#include "model/detect/report.h"
#include "model/base/replace-file.h"
#include "model/data/builtin.h"
#include "model/weights/builtin-weights.h"

#include <json-glib/json-glib.h>
#include <math.h>

static gboolean
hash_file (GHashTable *hashes, const char *path, GCancellable *cancellable, GError **error)
{
  gboolean builtin = limen_builtin_kind (path, NULL) == LIMEN_FILE_SAFETENSORS;
  if (g_hash_table_contains (hashes, path) ||
      (!builtin && !g_file_test (path, G_FILE_TEST_IS_REGULAR)))
    return TRUE;
  g_autoptr (GBytes) weights = builtin ? limen_builtin_weights (path, error) : NULL;
  char *hash = weights ? g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, weights)
                       : limen_sha256_of_file (path, cancellable, error);
  if (hash)
    g_hash_table_insert (hashes, g_strdup (path), hash);
  return hash != NULL;
}

GHashTable *
limen_report_hash_files (const LimenReport *report, GCancellable *cancellable, GError **error)
{
  const LimenReportSet *sets[] = {&report->validation, &report->normal, &report->anomaly};
  g_autoptr (GHashTable) hashes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (!hash_file (hashes, limen_nice_path (report->nice), cancellable, error))
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (sets); i++) {
    const char *const *path = sets[i]->images ? limen_image_set_paths (sets[i]->images) : NULL;
    for (; path && *path; path++)
      if (!hash_file (hashes, *path, cancellable, error))
        return NULL;
  }
  return g_steal_pointer (&hashes);
}

static const char *
hash_of (const LimenReport *report, const char *path)
{
  return report->sha256 ? g_hash_table_lookup (report->sha256, path) : NULL;
}

static void
add_value (JsonBuilder *json, double value)
{
  if (isfinite (value))
    json_builder_add_double_value (json, value);
  else
    json_builder_add_null_value (json);
}

static void
add_number (JsonBuilder *json, const char *key, double value)
{
  json_builder_set_member_name (json, key);
  add_value (json, value);
}

static void
add_count (JsonBuilder *json, const char *key, gint64 count)
{
  json_builder_set_member_name (json, key);
  json_builder_add_int_value (json, count);
}

static void
add_text (JsonBuilder *json, const char *key, const char *text)
{
  json_builder_set_member_name (json, key);
  json_builder_add_string_value (json, text);
}

static void
add_file (JsonBuilder *json, const LimenReport *report, const char *path)
{
  g_autofree char *shown = limen_display_name (path);
  const char *hash = hash_of (report, path);
  add_text (json, "file", shown);
  if (hash)
    add_text (json, "sha256", hash);
}

static void
add_validation (JsonBuilder *json, const LimenDetector *detector)
{
  json_builder_set_member_name (json, "validation");
  json_builder_begin_object (json);
  add_count (json, "n", detector->validation ? detector->validation->n : 0);
  add_number (json, "mean", detector->mean);
  add_number (json, "std", detector->std);
  json_builder_end_object (json);
}

static void
add_rate (JsonBuilder *json, const char *key, LimenErrorRate rate)
{
  json_builder_set_member_name (json, key);
  json_builder_begin_object (json);
  add_count (json, "errors", rate.errors);
  add_count (json, "n", rate.n);
  add_number (json, "rate", rate.rate);
  json_builder_set_member_name (json, "interval");
  json_builder_begin_array (json);
  add_value (json, rate.low);
  add_value (json, rate.high);
  json_builder_end_array (json);
  json_builder_end_object (json);
}

static void
add_model (JsonBuilder *json, const LimenReport *report)
{
  LimenNiceShape shape = limen_nice_shape (report->nice);
  json_builder_set_member_name (json, "model");
  json_builder_begin_object (json);
  add_file (json, report, limen_nice_path (report->nice));
  add_count (json, "dimension", shape.dimension);
  add_count (json, "width", shape.width);
  add_count (json, "depth", shape.depth);
  add_count (json, "couplings", shape.couplings);
  json_builder_end_object (json);
}

static void
add_problems (JsonBuilder *json, const GPtrArray *problems)
{
  json_builder_set_member_name (json, "problems");
  json_builder_begin_array (json);
  for (guint i = 0; problems && i < problems->len; i++) {
    const LimenProblem *problem = problems->pdata[i];
    g_autofree char *path = limen_display_name (problem->path);
    json_builder_begin_object (json);
    add_text (json, "file", path);
    add_text (json, "message", problem->message);
    json_builder_end_object (json);
  }
  json_builder_end_array (json);
}

static void
add_split (JsonBuilder *json, LimenSplit split)
{
  add_text (json, "split", split.kind == LIMEN_SPLIT_RANDOM ? "random" : "ordered");
  if (split.kind == LIMEN_SPLIT_RANDOM)
    add_count (json, "seed", (gint64)split.seed);
}

static void
add_set (JsonBuilder *json, const LimenReport *report, const char *role, const LimenReportSet *set)
{
  if (!set->images)
    return;
  json_builder_begin_object (json);
  add_text (json, "role", role);
  json_builder_set_member_name (json, "files");
  json_builder_begin_array (json);
  for (const char *const *path = limen_image_set_paths (set->images); *path; path++) {
    json_builder_begin_object (json);
    add_file (json, report, *path);
    json_builder_end_object (json);
  }
  json_builder_end_array (json);
  add_count (json, "n", limen_image_set_n_images (set->images));
  add_count (json, "width", limen_image_set_width (set->images));
  add_count (json, "height", limen_image_set_height (set->images));
  add_count (json, "resampled", limen_image_set_n_resampled (set->images));
  if (set == &report->normal && report->detector->normal_index)
    add_split (json, report->detector->split);
  add_problems (json, set->problems);
  json_builder_end_object (json);
}

char *
limen_report_json (const LimenReport *report)
{
  const LimenDetector *detector = report->detector;
  g_autoptr (JsonBuilder) json = json_builder_new ();
  json_builder_begin_object (json);
  add_validation (json, detector);
  add_number (json, "threshold", detector->threshold);
  add_rate (json, "type_1", limen_detector_type_1 (detector));
  add_rate (json, "type_2", limen_detector_type_2 (detector));
  add_number (json, "auroc", detector->auroc);
  add_model (json, report);
  json_builder_set_member_name (json, "sets");
  json_builder_begin_array (json);
  add_set (json, report, "validation", &report->validation);
  add_set (json, report, "normal", &report->normal);
  add_set (json, report, "anomaly", &report->anomaly);
  json_builder_end_array (json);
  json_builder_end_object (json);
  g_autoptr (JsonNode) root = json_builder_get_root (json);
  g_autofree char *text = json_to_string (root, TRUE);
  return g_strconcat (text, "\n", NULL);
}

static void
add_pair (GStrvBuilder *pairs, const char *key, char *value)
{
  g_strv_builder_add (pairs, key);
  g_strv_builder_add (pairs, value);
  g_free (value);
}

static char *
decimal (double value, const char *format)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE + 320];
  return g_strdup (g_ascii_formatd (text, sizeof text, format, value));
}

static void
add_rate_pair (GStrvBuilder *pairs, const char *key, LimenErrorRate rate)
{
  g_autofree char *value = decimal (rate.rate, "%.6g"), *low = decimal (rate.low, "%.6g"),
                  *high = decimal (rate.high, "%.6g");
  if (rate.n > 0)
    add_pair (pairs, key,
              g_strdup_printf ("%u of %u = %s, 95 %% interval %s to %s", rate.errors, rate.n, value,
                               low, high));
}

/* One line for each file: its SHA-256, where it has one, and its name */
static void
add_files_pair (GStrvBuilder *pairs, const LimenReport *report, const char *key,
                const LimenReportSet *set)
{
  GString *lines = g_string_new (NULL);
  const char *const *path = set->images ? limen_image_set_paths (set->images) : NULL;
  for (; path && *path; path++) {
    g_autofree char *name = g_filename_display_basename (*path);
    const char *hash = hash_of (report, *path);
    g_string_append_printf (lines, "%s%s%s%s", lines->len ? "\n" : "", hash ? hash : "",
                            hash ? "  " : "", name);
  }
  if (lines->len > 0)
    add_pair (pairs, key, g_strdup (lines->str));
  g_string_free (lines, TRUE);
}

char **
limen_report_picture_text (const LimenReport *report)
{
  const LimenDetector *detector = report->detector;
  g_autoptr (GStrvBuilder) pairs = g_strv_builder_new ();
  g_autofree char *model = g_filename_display_basename (limen_nice_path (report->nice));
  g_autofree char *threshold = decimal (detector->threshold, "%.6f");
  const char *hash = hash_of (report, limen_nice_path (report->nice));
  add_pair (pairs, "Title", g_strdup_printf ("Log-likelihoods under %s", model));
  add_pair (pairs, "Description", limen_detector_sentence (detector));
  add_pair (pairs, "Software", g_strdup ("Limen " LIMEN_VERSION));
  add_pair (pairs, "Threshold", g_strdup_printf ("%s nats", threshold));
  add_rate_pair (pairs, "Type I error rate", limen_detector_type_1 (detector));
  add_rate_pair (pairs, "Type II error rate", limen_detector_type_2 (detector));
  if (isfinite (detector->auroc))
    add_pair (pairs, "AUROC", decimal (detector->auroc, "%.8g"));
  add_pair (pairs, "Model", hash ? g_strdup_printf ("%s  %s", hash, model) : g_strdup (model));
  add_files_pair (pairs, report, "Validation images", &report->validation);
  add_files_pair (pairs, report, "Normal images", &report->normal);
  add_files_pair (pairs, report, "Anomalies", &report->anomaly);
  return g_strv_builder_end (pairs);
}
