/* Which of several networks in one file is meant. */
#include "model/weights/checkpoint.h"
#include "model/weights/checkpoint-private.h"

#include <string.h>

#define MAX_NAMED 5 /* parts of a file, in a message */

/* Words in the names of dictionaries that are not the network itself but were made from it: running
 * averages of its weights, copies of an earlier state, a teacher that follows it. */
static gboolean
is_word_of_a_copy (const char *word)
{
  static const char *const words[] = {"ema",      "swa",    "avg",    "average",  "averaged",
                                      "averages", "moving", "shadow", "polyak",   "teacher",
                                      "target",   "old",    "prev",   "previous", "init",
                                      "initial",  "backup", "copy",   NULL};
  return g_strv_contains (words, word);
}

/* "modelEMA_0.999" is the words model and ema. */
static gboolean
is_a_copy (const char *prefix)
{
  g_autoptr (GString) lower = g_string_new (NULL);
  for (const char *c = prefix; *c; c++) {
    if (c > prefix && g_ascii_isupper (*c) && g_ascii_islower (c[-1]))
      g_string_append_c (lower, ' ');
    g_string_append_c (lower, g_ascii_isalpha (*c) ? g_ascii_tolower (*c) : ' ');
  }
  g_auto (GStrv) words = g_strsplit (lower->str, " ", -1);
  for (guint i = 0; words[i]; i++)
    if (is_word_of_a_copy (words[i]))
      return TRUE;
  return FALSE;
}

/* Whether @name ends in @key as a whole word, or is it. */
static gboolean
ends_in_key (const char *name, const char *key)
{
  gsize n = strlen (name), key_n = strlen (key);
  return n >= key_n && strcmp (name + n - key_n, key) == 0 &&
         (n == key_n || name[n - key_n - 1] == '.');
}

/* Networks before copies of them, short names before long ones, and else the order of the file. */
static int
compare_prefixes (gconstpointer a, gconstpointer b)
{
  const char *left = *(char *const *)a, *right = *(char *const *)b;
  gboolean left_copy = is_a_copy (left), right_copy = is_a_copy (right);
  gsize left_n = strlen (left), right_n = strlen (right);
  if (left_copy != right_copy)
    return left_copy ? 1 : -1;
  return left_n == right_n ? 0 : left_n < right_n ? -1 : 1;
}

/* GPtrArray's sort of pointers is stable: it is a merge sort. */
static GPtrArray *
find_prefixes (const LimenCheckpoint *checkpoint, const char *key, const char *part)
{
  GPtrArray *prefixes = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *within = part ? g_strconcat (part, ".", NULL) : g_strdup ("");
  for (guint i = 0; i < limen_checkpoint_n_tensors (checkpoint); i++) {
    const char *name = limen_checkpoint_tensor (checkpoint, i)->name;
    gsize n = strlen (name), key_n = strlen (key);
    if (ends_in_key (name, key) && g_str_has_prefix (name, within) && n - key_n >= strlen (within))
      g_ptr_array_add (prefixes, g_strndup (name, n - key_n));
  }
  g_ptr_array_sort (prefixes, compare_prefixes);
  return prefixes;
}

char *
limen_checkpoint_find_prefix (const LimenCheckpoint *checkpoint, const char *key)
{
  g_autoptr (GPtrArray) found = find_prefixes (checkpoint, key, limen_checkpoint_part (checkpoint));
  return found->len ? g_strdup (found->pdata[0]) : NULL;
}

static char *
name_of (const char *prefix)
{
  gsize n = strlen (prefix);
  return g_strndup (prefix, n > 0 ? n - 1 : 0);
}

char **
limen_checkpoint_networks (const LimenCheckpoint *checkpoint, const char *key)
{
  g_autofree char *taken = limen_checkpoint_find_prefix (checkpoint, key);
  g_autoptr (GPtrArray) all = find_prefixes (checkpoint, key, NULL);
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  if (!taken || all->len < 2)
    return NULL;
  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < all->len; i++) {
      g_autofree char *name = name_of (all->pdata[i]);
      if (g_str_equal (all->pdata[i], taken) == (pass == 0))
        g_strv_builder_add (names, name);
    }
  return g_strv_builder_end (names);
}

/* "model and ema", "a, b, c, d, e and more" */
static char *
join_names (const char *const *names, const char *word)
{
  guint n = g_strv_length ((char **)names);
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < MIN (n, MAX_NAMED); i++) {
    g_autofree char *shown = limen_printable (names[i], strlen (names[i]));
    g_string_append (text, i == 0 ? "" : i == n - 1 ? word : ", ");
    g_string_append (text, *shown ? shown : "one without a name");
  }
  return g_string_free (g_string_append (text, n > MAX_NAMED ? " and more" : ""), FALSE);
}

char *
limen_networks_told (const char *path, const char *const *networks)
{
  guint n = g_strv_length ((char **)networks);
  g_autofree char *file = limen_display_name (path);
  g_autofree char *taken = join_names ((const char *[]){networks[0], NULL}, "");
  g_autofree char *others = join_names (networks + 1, " and ");
  if (n == 2)
    return g_strdup_printf ("%s holds 2 networks, and %s was taken; write %s:%s for the other.",
                            file, taken, file, others);
  return g_strdup_printf ("%s holds %u networks, and %s was taken; the others are %s, and %s:NAME "
                          "takes one of them.",
                          file, n, taken, others, file);
}

/* The names of dictionaries in the file down to the second level, in its order. */
static char **
parts_of (const LimenCheckpoint *checkpoint)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GStrvBuilder) parts = g_strv_builder_new ();
  for (guint i = 0; i < limen_checkpoint_n_tensors (checkpoint); i++) {
    const char *name = limen_checkpoint_tensor (checkpoint, i)->name, *dot = strchr (name, '.');
    g_autofree char *part = dot ? g_strndup (name, (gsize)(dot - name)) : NULL;
    if (!part || g_hash_table_contains (seen, part))
      continue;
    g_strv_builder_add (parts, part);
    g_hash_table_add (seen, g_steal_pointer (&part));
  }
  return g_strv_builder_end (parts);
}

gboolean
limen_checkpoint_check_part (const LimenCheckpoint *checkpoint, GError **error)
{
  const char *part = limen_checkpoint_part (checkpoint);
  g_autofree char *within = part ? g_strconcat (part, ".", NULL) : NULL;
  for (guint i = 0; part && i < limen_checkpoint_n_tensors (checkpoint); i++)
    if (g_str_has_prefix (limen_checkpoint_tensor (checkpoint, i)->name, within))
      return TRUE;
  if (!part)
    return TRUE;
  g_auto (GStrv) parts = parts_of (checkpoint);
  g_autofree char *names = join_names ((const char *const *)parts, " or "),
                  *shown = limen_printable (part, strlen (part));
  return limen_refuse (error, LIMEN_ERROR_MISMATCH, limen_checkpoint_path (checkpoint),
                       *parts ? "has no dictionary %s with tensors in it; choose %s"
                              : "has no dictionary %s, as its tensors are in none; leave it out%s",
                       shown, names);
}
