#include "model/data/folder.h"
#include "model/data/image-set.h"

#include <string.h>

#define MAX_DEPTH   6
#define MAX_FOLDERS 5000 /* looked into for all that was dropped together */
#define BOTH        (1u << LIMEN_ROLE_NORMAL | 1u << LIMEN_ROLE_ANOMALY)

typedef struct {
  char *path;
  LimenRole role;
} Found;

/* Names */

/* The next run of letters and digits of *@rest, or NULL; bytes of UTF-8 count as letters. */
static char *
next_word (const char **rest)
{
  const char *begin = *rest, *end;
  while (*begin && !g_ascii_isalnum (*begin) && (guchar)*begin < 128)
    begin++;
  for (end = begin; g_ascii_isalnum (*end) || (guchar)*end >= 128;)
    end++;
  *rest = end;
  return end > begin ? g_ascii_strdown (begin, end - begin) : NULL;
}

static gboolean
has_word (const char *name, const char *const *words)
{
  char *word;
  gboolean found = FALSE;
  while (!found && (word = next_word (&name))) {
    found = g_strv_contains (words, word);
    g_free (word);
  }
  return found;
}

/* A name that speaks of both, "normal-and-defect", speaks of neither. */
static LimenRole
role_from_name (const char *name)
{
  static const char *const normal[] = {"good", "normal", "train", NULL};
  static const char *const anomaly[] = {"defect",    "defects",   "bad",      "anomaly",
                                        "anomalies", "anomalous", "abnormal", NULL};
  gboolean is_normal = has_word (name, normal), is_anomaly = has_word (name, anomaly);
  if (is_normal == is_anomaly)
    return LIMEN_ROLE_UNKNOWN;
  return is_normal ? LIMEN_ROLE_NORMAL : LIMEN_ROLE_ANOMALY;
}

LimenRole
limen_role_from_path (const char *path)
{
  g_autofree char *full = g_canonicalize_filename (path, NULL);
  g_auto (GStrv) names = g_strsplit (full, "/", -1);
  LimenRole role = LIMEN_ROLE_UNKNOWN;
  guint n = g_strv_length (names);
  for (guint i = n; i > 0 && i + 3 > n && role == LIMEN_ROLE_UNKNOWN; i--)
    role = role_from_name (names[i - 1]);
  return role;
}

/* Folders */

static void
found_free (Found *found)
{
  g_free (found->path);
  g_free (found);
}

static void
add_found (GPtrArray *all, const char *path, LimenRole role)
{
  Found *found = g_new (Found, 1);
  *found = (Found){g_strdup (path), role};
  g_ptr_array_add (all, found);
}

static guint
roles_of_names (GPtrArray *names)
{
  guint roles = 0;
  for (guint i = 0; i < names->len; i++)
    roles |= 1u << role_from_name (names->pdata[i]);
  return roles;
}

/* MVTec AD: beside test/good, the other folders of test are named by their defect. */
static LimenRole
role_of_unknown (const char *path, GPtrArray *names)
{
  static const char *const test[] = {"test", NULL};
  g_autofree char *name = g_path_get_basename (path);
  gboolean only_normal = (roles_of_names (names) & BOTH) == 1u << LIMEN_ROLE_NORMAL;
  return only_normal && has_word (name, test) ? LIMEN_ROLE_ANOMALY : LIMEN_ROLE_UNKNOWN;
}

/* Adds the folders with a role at and below @path to @all. Returns: their roles, as bits. */
static guint
find_roles (const char *path, LimenRole own, guint depth, GHashTable *seen, GPtrArray *all)
{
  guint roles = 0, n_before = all->len;
  g_auto (LimenFolder) folder = {NULL};
  if (!limen_folder_enter (seen, path))
    return 0;
  if (depth < MAX_DEPTH && g_hash_table_size (seen) < MAX_FOLDERS &&
      limen_folder_list (path, &folder, NULL)) {
    LimenRole unknown = role_of_unknown (path, folder.folders);
    for (guint i = 0; i < folder.folders->len; i++) {
      g_autofree char *below = g_build_filename (path, folder.folders->pdata[i], NULL);
      LimenRole role = role_from_name (folder.folders->pdata[i]);
      roles |= find_roles (below, role ? role : unknown, depth + 1, seen, all);
    }
  }
  if (own == LIMEN_ROLE_UNKNOWN || (roles & ~(1u << own)))
    return roles;
  g_ptr_array_set_size (all, (gint)n_before);
  add_found (all, path, own);
  return 1u << own;
}

static void
sort_path (const char *path, GHashTable *seen, GPtrArray *all)
{
  g_autofree char *full = g_canonicalize_filename (path, NULL), *name = g_path_get_basename (full);
  guint n_before = all->len, roles = 0;
  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    roles = find_roles (path, role_from_name (name), 0, seen, all);
  if (roles == BOTH)
    return;
  g_ptr_array_set_size (all, (gint)n_before);
  add_found (all, path, limen_role_from_path (path));
}

static char **
paths_of_role (GPtrArray *all, LimenRole role)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  for (guint i = 0; i < all->len; i++) {
    const Found *found = all->pdata[i];
    if (found->role == role)
      g_strv_builder_add (builder, found->path);
  }
  return g_strv_builder_end (builder);
}

void
limen_sort_into_roles (const char *const *paths, char ***normal, char ***anomaly, char ***unknown)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify)found_free);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; paths[i]; i++)
    sort_path (paths[i], seen, all);
  *normal = paths_of_role (all, LIMEN_ROLE_NORMAL);
  *anomaly = paths_of_role (all, LIMEN_ROLE_ANOMALY);
  *unknown = paths_of_role (all, LIMEN_ROLE_UNKNOWN);
}
