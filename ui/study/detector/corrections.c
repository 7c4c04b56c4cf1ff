#include "ui/study/detector/corrections.h"

#include "model/base/number.h"

/* @place: guint64 key → role + 1, of images that are not where they came
 * @before: (nullable): a step earlier
 * @n: by role they are in, LIMEN_LEFT_OUT among them */
struct LimenCorrections {
  gatomicrefcount references;
  GHashTable *place;
  LimenCorrections *before;
  guint n[LIMEN_N_SETS + 1];
};

/* -- keys -- */

static guint64
packed (LimenImageKey key)
{
  return (guint64)key.role << 32 | key.index;
}

static LimenImageKey
unpacked (guint64 packed_key)
{
  return (LimenImageKey){(LimenSetRole)(packed_key >> 32), (guint32)packed_key};
}

static guint64 *
boxed (LimenImageKey key)
{
  guint64 *box = g_new (guint64, 1);
  *box = packed (key);
  return box;
}

/* -- making -- */

static LimenCorrections *
corrections_new (LimenCorrections *before)
{
  LimenCorrections *corrections = g_new0 (LimenCorrections, 1);
  g_atomic_ref_count_init (&corrections->references);
  corrections->place = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  corrections->before = limen_corrections_ref (before);
  return corrections;
}

LimenCorrections *
limen_corrections_ref (LimenCorrections *corrections)
{
  if (corrections)
    g_atomic_ref_count_inc (&corrections->references);
  return corrections;
}

/* Of many steps, one after the other: not as deep as there are steps. */
void
limen_corrections_unref (LimenCorrections *corrections)
{
  while (corrections && g_atomic_ref_count_dec (&corrections->references)) {
    LimenCorrections *before = corrections->before;
    g_hash_table_unref (corrections->place);
    g_free (corrections);
    corrections = before;
  }
}

static void
put (LimenCorrections *corrections, LimenImageKey key, LimenSetRole to)
{
  LimenSetRole from = limen_corrections_place (corrections, key);
  guint64 home = packed (key);
  if (from != key.role)
    corrections->n[from]--;
  if (to == key.role) {
    g_hash_table_remove (corrections->place, &home);
    return;
  }
  corrections->n[to]++;
  g_hash_table_insert (corrections->place, boxed (key), GUINT_TO_POINTER (to + 1));
}

static void
put_all (LimenCorrections *to, const LimenCorrections *from)
{
  GHashTableIter iter;
  gpointer key, place;
  if (!from)
    return;
  g_hash_table_iter_init (&iter, from->place);
  while (g_hash_table_iter_next (&iter, &key, &place))
    put (to, unpacked (*(guint64 *)key), (LimenSetRole)(GPOINTER_TO_UINT (place) - 1));
}

LimenCorrections *
limen_corrections_with (LimenCorrections *corrections, const LimenImageKey *key, guint n,
                        LimenSetRole to)
{
  g_return_val_if_fail (key != NULL && to <= LIMEN_LEFT_OUT, NULL);
  gboolean same = TRUE;
  for (guint i = 0; i < n && same; i++)
    same = limen_corrections_place (corrections, key[i]) == to;
  if (same)
    return limen_corrections_ref (corrections);
  LimenCorrections *next = corrections_new (corrections);
  put_all (next, corrections);
  for (guint i = 0; i < n; i++)
    put (next, key[i], to);
  return next;
}

LimenCorrections *
limen_corrections_undone (LimenCorrections *corrections)
{
  return corrections ? limen_corrections_ref (corrections->before) : NULL;
}

static LimenSetRole
other (LimenSetRole role)
{
  return role == LIMEN_SET_NORMAL    ? LIMEN_SET_ANOMALY
         : role == LIMEN_SET_ANOMALY ? LIMEN_SET_NORMAL
                                     : role;
}

/* Each step anew, the first one first */
LimenCorrections *
limen_corrections_swapped (LimenCorrections *corrections)
{
  if (!corrections)
    return NULL;
  g_autoptr (GPtrArray) steps = g_ptr_array_new ();
  LimenCorrections *swapped = NULL;
  for (LimenCorrections *step = corrections; step; step = step->before)
    g_ptr_array_add (steps, step);
  for (guint i = steps->len; i-- > 0;) {
    const LimenCorrections *step = steps->pdata[i];
    g_autoptr (LimenCorrections) before = swapped;
    GHashTableIter iter;
    gpointer key, place;
    swapped = corrections_new (before);
    g_hash_table_iter_init (&iter, step->place);
    while (g_hash_table_iter_next (&iter, &key, &place)) {
      LimenImageKey home = unpacked (*(guint64 *)key);
      LimenSetRole to = (LimenSetRole)(GPOINTER_TO_UINT (place) - 1);
      put (swapped, (LimenImageKey){other (home.role), home.index}, other (to));
    }
  }
  return swapped;
}

LimenCorrections *
limen_corrections_kept (LimenCorrections *corrections, const gboolean kept[LIMEN_N_SETS])
{
  g_return_val_if_fail (kept != NULL, NULL);
  guint n;
  g_autofree LimenImageKey *key = limen_corrections_keys (corrections, &n);
  gboolean all = TRUE;
  for (guint i = 0; i < n; i++)
    all = all && kept[key[i].role];
  if (all)
    return limen_corrections_ref (corrections);
  LimenCorrections *left = corrections_new (NULL);
  for (guint i = 0; i < n; i++)
    if (kept[key[i].role])
      put (left, key[i], limen_corrections_place (corrections, key[i]));
  if (g_hash_table_size (left->place) == 0)
    g_clear_pointer (&left, limen_corrections_unref);
  return left;
}

/* -- asking -- */

LimenSetRole
limen_corrections_place (const LimenCorrections *corrections, LimenImageKey key)
{
  guint64 home = packed (key);
  gpointer place = corrections ? g_hash_table_lookup (corrections->place, &home) : NULL;
  return place ? (LimenSetRole)(GPOINTER_TO_UINT (place) - 1) : key.role;
}

static int
compare_keys (gconstpointer a, gconstpointer b)
{
  guint64 x = packed (*(const LimenImageKey *)a), y = packed (*(const LimenImageKey *)b);
  return (x > y) - (x < y);
}

LimenImageKey *
limen_corrections_keys (const LimenCorrections *corrections, guint *n)
{
  g_return_val_if_fail (n != NULL, NULL);
  *n = corrections ? g_hash_table_size (corrections->place) : 0;
  LimenImageKey *keys = g_new (LimenImageKey, *n + 1);
  GHashTableIter iter;
  gpointer key;
  guint i = 0;
  if (corrections)
    g_hash_table_iter_init (&iter, corrections->place);
  while (i < *n && g_hash_table_iter_next (&iter, &key, NULL))
    keys[i++] = unpacked (*(guint64 *)key);
  qsort (keys, *n, sizeof *keys, compare_keys);
  return keys;
}

guint
limen_corrections_n_moved (const LimenCorrections *corrections)
{
  guint n = 0;
  for (LimenSetRole role = 0; corrections && role < LIMEN_N_SETS; role++)
    n += corrections->n[role];
  return n;
}

guint
limen_corrections_n_left_out (const LimenCorrections *corrections)
{
  return corrections ? corrections->n[LIMEN_LEFT_OUT] : 0;
}

gboolean
limen_corrections_equal (const LimenCorrections *a, const LimenCorrections *b)
{
  guint n, m;
  if (!a || !b)
    return limen_corrections_n_moved (a ? a : b) + limen_corrections_n_left_out (a ? a : b) == 0;
  if (a == b)
    return TRUE;
  g_autofree LimenImageKey *key = limen_corrections_keys (a, &n);
  g_autofree LimenImageKey *other_key = limen_corrections_keys (b, &m);
  gboolean same = n == m;
  for (guint i = 0; i < n && same; i++)
    same = packed (key[i]) == packed (other_key[i]) &&
           limen_corrections_place (a, key[i]) == limen_corrections_place (b, key[i]);
  return same;
}

char *
limen_corrections_words (const LimenCorrections *corrections)
{
  if (!corrections)
    return NULL;
  guint moved = limen_corrections_n_moved (corrections);
  guint left_out = limen_corrections_n_left_out (corrections);
  g_autofree char *m = limen_format_number (moved, 0), *l = limen_format_number (left_out, 0);
  if (moved > 0 && left_out > 0)
    return g_strdup_printf ("%s image%s moved, %s left out", m, moved == 1 ? "" : "s", l);
  if (moved > 0)
    return g_strdup_printf ("%s image%s moved", m, moved == 1 ? "" : "s");
  return left_out > 0 ? g_strdup_printf ("%s image%s left out", l, left_out == 1 ? "" : "s") : NULL;
}
