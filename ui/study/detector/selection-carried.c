#include "ui/study/detector/selection-carried.h"

static LimenScatterSet
scatter_of (LimenSetRole role)
{
  return role == LIMEN_SET_NORMAL ? LIMEN_SCATTER_NORMAL : LIMEN_SCATTER_ANOMALY;
}

static guint
n_images (const LimenExperiment *now, LimenSetRole role)
{
  return now->set[role] ? limen_image_set_n_images (now->set[role]) : 0;
}

static guint64
packed (LimenImageKey key)
{
  return (guint64)key.role << 32 | key.index;
}

/* (element-type guint64): as they were read, those that are selected */
static GHashTable *
selected_keys (const LimenSelectionHome *home, const LimenSelection *selection)
{
  GHashTable *keys = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  for (LimenSetRole role = 0; role < LIMEN_N_LABELLED; role++) {
    LimenScatterSet set = scatter_of (role);
    g_autofree guint32 *index = limen_selection_indices (selection, set);
    for (guint i = 0; i < selection->count[set]; i++) {
      LimenImageKey plain = {role, index[i]};
      guint64 key =
          packed (home->homes && index[i] < home->homes->n[role] ? home->homes->key[role][index[i]]
                                                                 : plain);
      g_hash_table_add (keys, g_memdup2 (&key, sizeof key));
    }
  }
  return keys;
}

static LimenSelection *
carry (const LimenSelectionHome *home, const LimenExperiment *now, const LimenSelection *selection)
{
  g_autoptr (GHashTable) keys = selected_keys (home, selection);
  LimenSelection *next =
      limen_selection_new (n_images (now, LIMEN_SET_NORMAL), n_images (now, LIMEN_SET_ANOMALY));
  for (LimenSetRole role = 0; role < LIMEN_N_LABELLED; role++)
    for (guint i = 0; i < n_images (now, role); i++) {
      guint64 key = packed (limen_experiment_key (now, role, i));
      if (g_hash_table_contains (keys, &key))
        limen_selection_add (next, scatter_of (role), i);
    }
  return next;
}

/* Whether it was of the same files before */
static gboolean
put_whole (LimenSelectionHome *home, const LimenExperiment *whole)
{
  gboolean same = !whole->table;
  for (LimenSetRole role = 0; role < LIMEN_N_SETS; role++) {
    LimenImageSet *old = home->whole[role];
    same = same && whole->set[role] == old;
    home->whole[role] = whole->set[role] ? limen_image_set_ref (whole->set[role]) : NULL;
    g_clear_pointer (&old, limen_image_set_unref);
  }
  return same;
}

LimenSelection *
limen_selection_carried (LimenSelectionHome *home, const LimenExperiment *whole,
                         const LimenExperiment *now, const LimenSelection *selection)
{
  g_return_val_if_fail (home != NULL && whole != NULL && now != NULL, NULL);
  gboolean same = put_whole (home, whole);
  LimenSelection *next = same && selection ? carry (home, now, selection) : NULL;
  g_clear_pointer (&home->homes, limen_homes_unref);
  home->homes = now->homes ? limen_homes_ref (now->homes) : NULL;
  return next;
}

void
limen_selection_home_clear (LimenSelectionHome *home)
{
  g_return_if_fail (home != NULL);
  for (LimenSetRole role = 0; role < LIMEN_N_SETS; role++)
    g_clear_pointer (&home->whole[role], limen_image_set_unref);
  g_clear_pointer (&home->homes, limen_homes_unref);
}
