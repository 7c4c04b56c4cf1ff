/* Source: Hugging Face, transformers, utils/hub.py and modeling_utils.py, shard_checkpoint(). */
#include "model/data/shard-names.h"

#include <string.h>

#define DIGITS      5
#define MOST_LOOKED 10000 /* entries: larger folders are of images */

static gboolean
take_digits (const char *at, guint *number)
{
  *number = 0;
  for (guint i = 0; i < DIGITS; i++) {
    if (!g_ascii_isdigit (at[i]))
      return FALSE;
    *number = *number * 10 + (guint)(at[i] - '0');
  }
  return TRUE;
}

gboolean
limen_shard_name (const char *name, LimenShardName *shard)
{
  const char *of = g_strrstr (name, "-of-");
  gsize before = 1 + DIGITS;
  if (!of || of - name < (gssize)before || of[-(gssize)before] != '-' ||
      !take_digits (of - DIGITS, &shard->number) || !take_digits (of + strlen ("-of-"), &shard->of))
    return FALSE;
  const char *suffix = of + strlen ("-of-") + DIGITS;
  if (*suffix != '.' || shard->number < 1 || shard->number > shard->of)
    return FALSE;
  shard->stem = g_strndup (name, (gsize)(of - name) - before);
  shard->suffix = g_strdup (suffix);
  return TRUE;
}

char *
limen_shard_name_nth (const LimenShardName *shard, guint number)
{
  return g_strdup_printf ("%s-%05u-of-%05u%s", shard->stem, number, shard->of, shard->suffix);
}

void
limen_shard_name_clear (LimenShardName *shard)
{
  g_clear_pointer (&shard->stem, g_free);
  g_clear_pointer (&shard->suffix, g_free);
}

gboolean
limen_is_shard_index (const char *path, const guint8 *start, gsize n)
{
  const char *text = (const char *)start;
  gsize i = 0;
  while (i < n && g_ascii_isspace (text[i]))
    i++;
  return i < n && text[i] == '{' &&
         (g_str_has_suffix (path, ".index.json") ||
          g_strstr_len (text, (gssize)n, "\"weight_map\"") != NULL);
}

/* Safetensors before pickles, which take more care; then by name. */
static int
compare_names (gconstpointer a, gconstpointer b)
{
  const char *left = *(char *const *)a, *right = *(char *const *)b;
  gboolean left_safe = strstr (left, ".safetensors") != NULL,
           right_safe = strstr (right, ".safetensors") != NULL;
  return left_safe != right_safe ? (left_safe ? -1 : 1) : strcmp (left, right);
}

/* 3: an index, 2: the first of several files, 1: the one file, 0: anything else */
static int
rank (const char *name)
{
  static const char *const single[] = {"model.safetensors", "diffusion_pytorch_model.safetensors",
                                       "pytorch_model.bin", "diffusion_pytorch_model.bin", NULL};
  g_auto (LimenShardName) shard = {0};
  if (g_str_has_suffix (name, ".index.json"))
    return 3;
  if (limen_shard_name (name, &shard) && shard.number == 1)
    return 2;
  return g_strv_contains (single, name);
}

char *
limen_shards_in_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  int best = 1;
  guint n = 0;
  for (const char *name; dir && (name = g_dir_read_name (dir));) {
    if (++n > MOST_LOOKED)
      return NULL;
    int own = rank (name);
    if (own > best)
      g_ptr_array_set_size (names, 0);
    best = MAX (best, own);
    if (own == best)
      g_ptr_array_add (names, g_strdup (name));
  }
  g_ptr_array_sort (names, compare_names);
  return names->len ? g_build_filename (folder, names->pdata[0], NULL) : NULL;
}
