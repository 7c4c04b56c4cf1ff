#include "model/report/provenance.h"
#include "model/base/replace-file.h"
#include "model/data/builtin.h"
#include "model/data/file-part.h"
#include "model/weights/builtin-weights.h"

GHashTable *
limen_hashes_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

gboolean
limen_hashes_add_file (GHashTable *hashes, const char *path, GCancellable *cancellable,
                       GError **error)
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

gboolean
limen_hashes_add_set (GHashTable *hashes, const LimenReportSet *set, GCancellable *cancellable,
                      GError **error)
{
  const char *const *path = set->images ? limen_image_set_paths (set->images) : NULL;
  for (; path && *path; path++)
    if (!limen_hashes_add_file (hashes, *path, cancellable, error))
      return FALSE;
  return TRUE;
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
  limen_text_add_files (pairs, key, hashes,
                        set->images ? limen_image_set_paths (set->images) : NULL);
}

char *
limen_decimal (double value, const char *format)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE + 320];
  return g_strdup (g_ascii_formatd (text, sizeof text, format, value));
}
