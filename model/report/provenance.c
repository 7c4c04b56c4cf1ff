#include "model/report/provenance.h"
#include "model/base/replace-file.h"
#include "model/data/builtin.h"
#include "model/data/file-part.h"
#include "model/weights/builtin-weights.h"

#include <math.h>

gboolean
limen_report_set_is_there (const LimenReportSet *set)
{
  return set->images || set->photos;
}

const char *const *
limen_report_set_paths (const LimenReportSet *set)
{
  if (set->images)
    return limen_image_set_paths (set->images);
  return set->photos ? limen_photos_paths (set->photos) : NULL;
}

char *
limen_report_set_image_name (const LimenReportSet *set, guint index)
{
  return set->images ? limen_image_set_image_name (set->images, index)
                     : limen_photos_photo_name (set->photos, index);
}

static gboolean
add_file (GHashTable *hashes, const char *path, GCancellable *cancellable, GError **error)
{
  gboolean builtin = limen_builtin_what (path, NULL) == LIMEN_BUILTIN_WEIGHTS;
  g_autofree char *part = NULL, *file = limen_path_split (path, &part);
  if (g_hash_table_contains (hashes, path) ||
      (!builtin && !g_file_test (file, G_FILE_TEST_IS_REGULAR)))
    return TRUE;
  g_autoptr (GBytes) weights = builtin ? limen_builtin_weights (path, error) : NULL;
  char *hash = weights ? g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, weights)
                       : limen_sha256_of_file (file, cancellable, error);
  if (hash)
    g_hash_table_insert (hashes, g_strdup (path), hash);
  return hash != NULL;
}

GHashTable *
limen_hash_files (const char *const *path, guint n, const LimenImageSet *const *set, guint n_sets,
                  GCancellable *cancellable, GError **error)
{
  g_autoptr (GHashTable) hashes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < n; i++)
    if (path[i] && !add_file (hashes, path[i], cancellable, error))
      return NULL;
  for (guint i = 0; i < n_sets; i++)
    for (const char *const *p = set[i] ? limen_image_set_paths (set[i]) : NULL; p && *p; p++)
      if (!add_file (hashes, *p, cancellable, error))
        return NULL;
  return g_steal_pointer (&hashes);
}

const char *
limen_hash_of (GHashTable *hashes, const char *path)
{
  return hashes ? g_hash_table_lookup (hashes, path) : NULL;
}

void
limen_text_add (GStrvBuilder *pairs, const char *key, char *value)
{
  g_strv_builder_add (pairs, key);
  g_strv_builder_add (pairs, value);
  g_free (value);
}

void
limen_text_add_files (GStrvBuilder *pairs, const char *key, GHashTable *hashes,
                      const char *const *paths)
{
  GString *lines = g_string_new (NULL);
  for (; paths && *paths; paths++) {
    g_autofree char *name = g_filename_display_basename (*paths);
    const char *hash = limen_hash_of (hashes, *paths);
    g_string_append_printf (lines, "%s%s%s%s", lines->len ? "\n" : "", hash ? hash : "",
                            hash ? "  " : "", name);
  }
  if (lines->len > 0)
    limen_text_add (pairs, key, g_strdup (lines->str));
  g_string_free (lines, TRUE);
}

void
limen_text_add_set (GStrvBuilder *pairs, const char *key, GHashTable *hashes,
                    const LimenReportSet *set)
{
  limen_text_add_files (pairs, key, hashes, limen_report_set_paths (set));
}

void
limen_table_add (GString *row, double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  g_string_append_printf (row, ",%s",
                          isfinite (value) ? g_ascii_dtostr (text, sizeof text, value) : "");
}

char *
limen_decimal (double value, const char *format)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE + 320];
  return g_strdup (g_ascii_formatd (text, sizeof text, format, value));
}
