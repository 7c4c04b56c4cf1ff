#include "model/data/file-kind.h"
#include "model/data/folder.h"
#include "model/data/image-set.h"
#include "model/data/role-words.h"

#define MAX_DEPTH      6
#define MAX_FOLDERS    5000 /* looked into for all that was dropped together */
#define MOST_ABOVE     3    /* components of a path that may tell, the last included */
#define FILES_TO_PROBE 8    /* to find out whether a folder holds images */

typedef struct {
  char *path;
  LimenRole role;
} Found;

/* Names */

static LimenRole
role_of_says (LimenNameSays says)
{
  if (says == LIMEN_NAME_SAYS_NORMAL)
    return LIMEN_ROLE_NORMAL;
  gboolean anomaly = says == LIMEN_NAME_SAYS_ANOMALY || says == LIMEN_NAME_SAYS_KIND;
  return anomaly ? LIMEN_ROLE_ANOMALY : LIMEN_ROLE_UNKNOWN;
}

static LimenRole
opposite (LimenRole role)
{
  return role == LIMEN_ROLE_UNKNOWN  ? LIMEN_ROLE_UNKNOWN
         : role == LIMEN_ROLE_NORMAL ? LIMEN_ROLE_ANOMALY
                                     : LIMEN_ROLE_NORMAL;
}

/* What stands beside a folder or a file, by its names. @said: as bits of LimenNameSays */
static guint
said_beside (const GPtrArray *names, const char *own)
{
  guint said = 0;
  for (guint i = 0; i < names->len; i++)
    if (!g_str_equal (names->pdata[i], own))
      said |= 1u << limen_name_says (names->pdata[i]);
  return said;
}

static gboolean
is_aside (const char *name)
{
  return limen_name_is_aside (name) && limen_name_says (name) == LIMEN_NAME_SAYS_NOTHING;
}

/* In it, or in its parts for training and testing */
static gboolean
holds_images (const char *path, gboolean is_part)
{
  g_auto (LimenFolder) folder = {NULL};
  if (!limen_folder_list (path, &folder, NULL))
    return FALSE;
  for (guint i = 0; i < folder.folders->len && !is_part; i++) {
    g_autofree char *part = g_build_filename (path, folder.folders->pdata[i], NULL);
    if (limen_name_is_split (folder.folders->pdata[i]) && holds_images (part, TRUE))
      return TRUE;
  }
  for (guint i = 0; i < MIN (folder.files->len, FILES_TO_PROBE); i++) {
    g_autofree char *file = g_build_filename (path, folder.files->pdata[i], NULL);
    LimenFileKind kind = limen_file_kind (file, NULL);
    if (kind != LIMEN_FILE_UNKNOWN && !limen_file_kind_is_weights (kind))
      return TRUE;
  }
  return FALSE;
}

/* The role of @name, in the folder @parent beside @names, by what those say.
 *
 * "positive" beside "negative" is what was looked for: an anomaly. And beside a normal one, folders
 * of names that say nothing are kinds of defects, as in MVTec AD: test/good, test/scratch; below
 * test, train and the like in any case, elsewhere where there are images in them. */
static LimenRole
role_beside (const char *parent, const char *name, const GPtrArray *names)
{
  LimenNameSays own = limen_name_says (name);
  guint said = said_beside (names, name);
  if (own == LIMEN_NAME_SAYS_YES && said & 1u << LIMEN_NAME_SAYS_NO)
    return LIMEN_ROLE_ANOMALY;
  if (own == LIMEN_NAME_SAYS_NO && said & 1u << LIMEN_NAME_SAYS_YES)
    return LIMEN_ROLE_NORMAL;
  if (own != LIMEN_NAME_SAYS_NOTHING || limen_name_is_plain (name) || is_aside (name))
    return LIMEN_ROLE_UNKNOWN;
  if (!(said & 1u << LIMEN_NAME_SAYS_NORMAL) || said & 1u << LIMEN_NAME_SAYS_ANOMALY)
    return LIMEN_ROLE_UNKNOWN;
  g_autofree char *above = g_path_get_basename (parent);
  g_autofree char *path = g_build_filename (parent, name, NULL);
  return limen_name_is_split (above) || holds_images (path, FALSE) ? LIMEN_ROLE_ANOMALY
                                                                   : LIMEN_ROLE_UNKNOWN;
}

/* Of a component whose own words leave it open, by what the disk has beside it. A file is only
 * compared with files: pictures of one folder are not each other's roles. */
static LimenRole
role_on_disk (const char *parent, const char *name)
{
  g_auto (LimenFolder) folder = {NULL};
  g_autofree char *path = g_build_filename (parent, name, NULL);
  if (!g_file_test (path, G_FILE_TEST_IS_DIR) || !limen_folder_list (parent, &folder, NULL))
    return LIMEN_ROLE_UNKNOWN;
  return role_beside (parent, name, folder.folders);
}

/* "yes" below "defect" is a defect, "no" is none. */
static LimenRole
role_of_answer (LimenNameSays answer, const char *above)
{
  LimenRole asked = role_of_says (limen_name_says (above));
  return answer == LIMEN_NAME_SAYS_YES ? asked : opposite (asked);
}

/* The nearest component with a word of its own, among those beside it. */
static LimenRole
role_by_neighbours (char **names, guint n, guint end)
{
  guint i = n;
  while (i > end && limen_name_is_plain (names[i - 1]))
    i--;
  if (i <= MAX (end, 1))
    return LIMEN_ROLE_UNKNOWN;
  char *own = g_steal_pointer (&names[i - 1]);
  g_autofree char *parent = g_strjoinv ("/", names); /* ends where the component was taken out */
  names[i - 1] = own;
  return role_on_disk (*parent ? parent : "/", own);
}

/* Whether the nearest of the components from number @n down to number @end that says more than
 * "images" or "train" speaks of anomalies, by its words or by what is beside it. */
static gboolean
is_below_anomaly (char **names, guint n, guint end)
{
  for (guint i = n; i > end; i--) {
    LimenNameSays says = limen_name_says (names[i - 1]);
    if (limen_name_is_plain (names[i - 1]) || limen_name_is_split (names[i - 1]))
      continue;
    if (says != LIMEN_NAME_SAYS_NOTHING)
      return role_of_says (says) == LIMEN_ROLE_ANOMALY;
    return role_by_neighbours (names, i, end) == LIMEN_ROLE_ANOMALY;
  }
  return FALSE;
}

/* The same of images that nobody sorted: "unlabelled/train" */
static gboolean
is_below_unsorted (char **names, guint n, guint end)
{
  guint i = n;
  while (i > end && (limen_name_is_plain (names[i - 1]) || limen_name_is_split (names[i - 1])))
    i--;
  return i > end && limen_name_is_unsorted (names[i - 1]);
}

/* Components from number @n down to number @end: the nearest that says something decides. What
 * trains on defects is no set of normal images, nor surely one of defects: "surface-defects/train"
 */
static LimenRole
role_by_names (char **names, guint n, guint end)
{
  gboolean plain = TRUE; /* whether those before it say nothing at all */
  for (guint i = n; i > end; i--) {
    LimenNameSays says = limen_name_says (names[i - 1]);
    gboolean trains = says == LIMEN_NAME_SAYS_TRAIN;
    if (limen_name_is_unsorted (names[i - 1]) || (trains && is_below_unsorted (names, i - 1, end)))
      return LIMEN_ROLE_UNSORTED;
    if (trains)
      return plain && !is_below_anomaly (names, i - 1, end) ? LIMEN_ROLE_NORMAL
                                                            : LIMEN_ROLE_UNKNOWN;
    if (says == LIMEN_NAME_SAYS_YES || says == LIMEN_NAME_SAYS_NO)
      return i > 1 ? role_of_answer (says, names[i - 2]) : LIMEN_ROLE_UNKNOWN;
    if (says != LIMEN_NAME_SAYS_NOTHING)
      return role_of_says (says);
    plain = plain && limen_name_is_plain (names[i - 1]);
  }
  return LIMEN_ROLE_UNKNOWN;
}

/* Pictures of one folder are named by number, camera or patient: what their names do not say, they
 * do not deny. */
static gboolean
is_picture_name (const char *name)
{
  static const char *const endings[] = {".png",  ".jpg", ".jpeg", ".bmp", ".tif",
                                        ".tiff", ".gif", ".webp", ".pgm", ".ppm"};
  g_autofree char *lower = g_ascii_strdown (name, -1);
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_suffix (lower, endings[i]))
      return TRUE;
  return FALSE;
}

/* How many components of @names: (n) are left without a picture at the end that says nothing */
static guint
without_picture (char **names, guint n)
{
  gboolean silent = n > 1 && is_picture_name (names[n - 1]) &&
                    limen_name_says (names[n - 1]) == LIMEN_NAME_SAYS_NOTHING;
  return silent ? n - 1 : n;
}

LimenRole
limen_role_from_name (const char *name)
{
  LimenNameSays says = limen_name_says (name);
  if (limen_name_is_unsorted (name))
    return LIMEN_ROLE_UNSORTED;
  return says == LIMEN_NAME_SAYS_TRAIN ? LIMEN_ROLE_NORMAL : role_of_says (says);
}

LimenRole
limen_role_from_path (const char *path)
{
  g_autofree char *full = g_canonicalize_filename (path, NULL);
  g_auto (GStrv) names = g_strsplit (full, "/", -1);
  guint all = g_strv_length (names), end = all > MOST_ABOVE ? all - MOST_ABOVE : 0;
  guint n = without_picture (names, all);
  LimenRole role = role_by_names (names, n, end);
  return role ? role : role_by_neighbours (names, n, end);
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

/* The role of the folder @name in @parent, beside @names */
static LimenRole
role_of_child (const char *parent, const char *name, const GPtrArray *names)
{
  LimenNameSays says = limen_name_says (name);
  LimenRole role = limen_role_from_name (name);
  if (role == LIMEN_ROLE_UNKNOWN)
    role = role_beside (parent, name, names);
  if (role != LIMEN_ROLE_UNKNOWN || (says != LIMEN_NAME_SAYS_YES && says != LIMEN_NAME_SAYS_NO))
    return role;
  g_autofree char *above = g_path_get_basename (parent);
  return role_of_answer (says, above);
}

typedef struct {
  GHashTable *seen;
  GPtrArray *all; /* (element-type Found): LIMEN_ROLE_UNKNOWN: for training, below anomalies */
} Search;

static guint
find_roles (Search *search, const char *path, LimenRole own, LimenRole above, guint depth);

/* The folder @name in @path, beside @names. @above: the role of @path or the nearest above it */
static guint
find_roles_of_child (Search *search, const char *path, const char *name, const GPtrArray *names,
                     LimenRole above, guint depth)
{
  g_autofree char *below = g_build_filename (path, name, NULL);
  LimenRole role = role_of_child (path, name, names);
  gboolean trains_on_anomalies =
      above == LIMEN_ROLE_ANOMALY && limen_name_says (name) == LIMEN_NAME_SAYS_TRAIN;
  if (trains_on_anomalies)
    role = LIMEN_ROLE_UNKNOWN;
  guint roles = find_roles (search, below, role, role ? role : above, depth + 1);
  if (trains_on_anomalies && roles == 0)
    add_found (search->all, below, LIMEN_ROLE_UNKNOWN);
  return roles;
}

/* "Defects/train" is normal where "Defects/test" has both: then the name is that of the data. */
static guint
find_training_sets (Search *search, guint n_before)
{
  guint roles = 0;
  for (guint i = n_before; i < search->all->len; i++) {
    Found *found = search->all->pdata[i];
    if (found->role == LIMEN_ROLE_UNKNOWN)
      found->role = LIMEN_ROLE_NORMAL;
    roles |= 1u << found->role;
  }
  return roles;
}

/* Adds the folders with a role at and below @path to those found. @above: its own, or the nearest
 * above it. Returns: their roles, as bits. */
static guint
find_roles (Search *search, const char *path, LimenRole own, LimenRole above, guint depth)
{
  guint roles = 0, n_before = search->all->len;
  g_auto (LimenFolder) folder = {NULL};
  if (!limen_folder_enter (search->seen, path))
    return 0;
  if (depth < MAX_DEPTH && g_hash_table_size (search->seen) < MAX_FOLDERS &&
      limen_folder_list (path, &folder, NULL)) {
    for (guint i = 0; i < folder.folders->len; i++) {
      const char *name = folder.folders->pdata[i];
      if (!is_aside (name)) /* what is in those are masks of defects, not images */
        roles |= find_roles_of_child (search, path, name, folder.folders, above, depth);
    }
  }
  if (own == LIMEN_ROLE_UNKNOWN)
    return roles;
  if (roles & ~(1u << own))
    return find_training_sets (search, n_before);
  g_ptr_array_set_size (search->all, (gint)n_before);
  add_found (search->all, path, own);
  return 1u << own;
}

static void
sort_path (const char *path, GHashTable *seen, GPtrArray *all)
{
  g_autofree char *full = g_canonicalize_filename (path, NULL), *name = g_path_get_basename (full);
  guint n_before = all->len, roles = 0;
  LimenRole own = limen_role_from_name (name);
  Search search = {seen, all};
  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    roles = find_roles (&search, path, own, own, 0);
  if (roles & (roles - 1)) /* several */
    return;
  g_ptr_array_set_size (all, (gint)n_before);
  LimenRole role = limen_role_from_path (path);
  /* anomalies by name, but with normal ones in it and nothing else: it is not said what is what */
  gboolean contradicts = roles && role && roles != 1u << role;
  add_found (all, path, contradicts ? LIMEN_ROLE_UNKNOWN : role);
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
limen_sort_into_roles (const char *const *paths, char ***normal, char ***anomaly, char ***unsorted,
                       char ***unknown)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify)found_free);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; paths[i]; i++)
    sort_path (paths[i], seen, all);
  *normal = paths_of_role (all, LIMEN_ROLE_NORMAL);
  *anomaly = paths_of_role (all, LIMEN_ROLE_ANOMALY);
  *unsorted = paths_of_role (all, LIMEN_ROLE_UNSORTED);
  *unknown = paths_of_role (all, LIMEN_ROLE_UNKNOWN);
}
