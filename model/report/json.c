#include "model/report/json.h"

#include <math.h>

void
limen_json_value (JsonBuilder *json, double value)
{
  if (isfinite (value))
    json_builder_add_double_value (json, value);
  else
    json_builder_add_null_value (json);
}

void
limen_json_number (JsonBuilder *json, const char *key, double value)
{
  json_builder_set_member_name (json, key);
  limen_json_value (json, value);
}

void
limen_json_count (JsonBuilder *json, const char *key, gint64 count)
{
  json_builder_set_member_name (json, key);
  json_builder_add_int_value (json, count);
}

void
limen_json_text (JsonBuilder *json, const char *key, const char *text)
{
  json_builder_set_member_name (json, key);
  json_builder_add_string_value (json, text);
}

void
limen_json_flag (JsonBuilder *json, const char *key, gboolean flag)
{
  json_builder_set_member_name (json, key);
  json_builder_add_boolean_value (json, flag);
}

void
limen_json_begin_object (JsonBuilder *json, const char *key)
{
  json_builder_set_member_name (json, key);
  json_builder_begin_object (json);
}

void
limen_json_begin_array (JsonBuilder *json, const char *key)
{
  json_builder_set_member_name (json, key);
  json_builder_begin_array (json);
}

void
limen_json_numbers (JsonBuilder *json, const char *key, const double *value, guint n)
{
  limen_json_begin_array (json, key);
  for (guint i = 0; i < n; i++)
    limen_json_value (json, value[i]);
  json_builder_end_array (json);
}

void
limen_json_file (JsonBuilder *json, GHashTable *hashes, const char *path)
{
  g_autofree char *shown = limen_display_name (path);
  const char *hash = limen_hash_of (hashes, path);
  limen_json_text (json, "file", shown);
  if (hash)
    limen_json_text (json, "sha256", hash);
}

void
limen_json_networks (JsonBuilder *json, const char *const *networks)
{
  if (!networks)
    return;
  limen_json_text (json, "network", networks[0]);
  limen_json_begin_array (json, "other_networks");
  for (guint i = 1; networks[i]; i++)
    json_builder_add_string_value (json, networks[i]);
  json_builder_end_array (json);
}

static void
add_problems (JsonBuilder *json, const GPtrArray *problems)
{
  limen_json_begin_array (json, "problems");
  for (guint i = 0; problems && i < problems->len; i++) {
    const LimenProblem *problem = problems->pdata[i];
    g_autofree char *path = limen_display_name (problem->path);
    json_builder_begin_object (json);
    limen_json_text (json, "file", path);
    limen_json_text (json, "message", problem->message);
    json_builder_end_object (json);
  }
  json_builder_end_array (json);
}

/* How arrays were read, and what was guessed */
static void
add_readings (JsonBuilder *json, const LimenImageSet *set)
{
  guint n = limen_image_set_n_read_as (set);
  if (n > 0)
    limen_json_begin_array (json, "read_as");
  for (guint i = 0; i < n; i++) {
    const LimenReadAs *read_as = limen_image_set_read_as (set, i);
    g_autofree char *line = limen_read_as_line (read_as);
    g_auto (GStrv) notes = limen_read_as_notes (read_as);
    json_builder_begin_object (json);
    limen_json_text (json, "file", read_as->file);
    limen_json_text (json, "as", line);
    limen_json_begin_array (json, "notes");
    for (guint k = 0; notes[k]; k++)
      json_builder_add_string_value (json, notes[k]);
    json_builder_end_array (json);
    json_builder_end_object (json);
  }
  if (n > 0)
    json_builder_end_array (json);
}

/* @get: a side of a photo, in pixels */
static void
add_side (JsonBuilder *json, const char *key, const LimenPhotos *photos,
          guint (*get) (const LimenPhotos *photos, guint index))
{
  guint side = get (photos, 0);
  gboolean is_of_all = TRUE;
  for (guint i = 1; i < limen_photos_n (photos) && is_of_all; i++)
    is_of_all = get (photos, i) == side;
  if (is_of_all)
    limen_json_count (json, key, side);
  else
    limen_json_number (json, key, NAN);
}

static void
add_photos (JsonBuilder *json, const LimenPhotos *photos)
{
  limen_json_count (json, "n", limen_photos_n (photos));
  add_side (json, "width", photos, limen_photos_width);
  add_side (json, "height", photos, limen_photos_height);
}

static void
add_images (JsonBuilder *json, const LimenImageSet *images)
{
  limen_json_count (json, "n", limen_image_set_n_images (images));
  limen_json_count (json, "width", limen_image_set_width (images));
  limen_json_count (json, "height", limen_image_set_height (images));
  limen_json_count (json, "resampled", limen_image_set_n_resampled (images));
}

void
limen_json_set (JsonBuilder *json, GHashTable *hashes, const LimenReportSet *set)
{
  limen_json_begin_array (json, "files");
  for (const char *const *path = limen_report_set_paths (set); *path; path++) {
    json_builder_begin_object (json);
    limen_json_file (json, hashes, *path);
    json_builder_end_object (json);
  }
  json_builder_end_array (json);
  if (set->images)
    add_images (json, set->images);
  else
    add_photos (json, set->photos);
  if (set->inverted)
    limen_json_flag (json, "inverted", TRUE);
  add_readings (json, set->images ? set->images : limen_photos_told (set->photos));
  add_problems (json, set->problems);
}
