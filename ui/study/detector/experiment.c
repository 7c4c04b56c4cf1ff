#include "ui/study/detector/experiment.h"

#include "model/report/provenance.h"

/* -- where images came from -- */

LimenHomes *
limen_homes_new (void)
{
  LimenHomes *homes = g_new0 (LimenHomes, 1);
  g_atomic_ref_count_init (&homes->references);
  return homes;
}

LimenHomes *
limen_homes_ref (LimenHomes *homes)
{
  g_return_val_if_fail (homes != NULL, NULL);
  g_atomic_ref_count_inc (&homes->references);
  return homes;
}

void
limen_homes_unref (LimenHomes *homes)
{
  g_return_if_fail (homes != NULL);
  if (!g_atomic_ref_count_dec (&homes->references))
    return;
  for (int role = 0; role < LIMEN_N_SETS; role++)
    g_free (homes->key[role]);
  g_free (homes);
}

void
limen_experiment_take_homes (LimenExperiment *experiment, LimenHomes *homes)
{
  g_return_if_fail (experiment != NULL);
  LimenHomes *old = experiment->homes;
  experiment->homes = homes ? limen_homes_ref (homes) : NULL;
  g_clear_pointer (&old, limen_homes_unref);
}

LimenImageKey
limen_experiment_key (const LimenExperiment *experiment, LimenSetRole role, guint index)
{
  LimenImageKey key = {role, index};
  g_return_val_if_fail (experiment != NULL && role < LIMEN_N_SETS, key);
  const LimenHomes *homes = experiment->homes;
  g_return_val_if_fail (!homes || index < homes->n[role], key);
  return homes ? homes->key[role][index] : key;
}

/* Which half, its own number says, whatever else was moved. */
static gboolean
comes_first (LimenImageKey key)
{
  return key.index % 2 == 0;
}

static void
add_moved (const LimenHomes *homes, gboolean first, guint32 *order, guint *n)
{
  for (guint32 i = 0; i < homes->n[LIMEN_SET_NORMAL]; i++) {
    LimenImageKey key = homes->key[LIMEN_SET_NORMAL][i];
    if (key.role != LIMEN_SET_NORMAL && !comes_first (key) == !first)
      order[(*n)++] = i;
  }
}

/* (n_whole): where each image of the normal set is now, or G_MAXUINT32 */
static guint32 *
places_of (const LimenHomes *homes)
{
  guint n = homes->n_whole[LIMEN_SET_NORMAL];
  guint32 *place = g_new (guint32, n + 1);
  for (guint i = 0; i < n; i++)
    place[i] = G_MAXUINT32;
  for (guint32 i = 0; i < homes->n[LIMEN_SET_NORMAL]; i++)
    if (homes->key[LIMEN_SET_NORMAL][i].role == LIMEN_SET_NORMAL)
      place[homes->key[LIMEN_SET_NORMAL][i].index] = i;
  return place;
}

guint32 *
limen_experiment_order (const LimenExperiment *experiment, LimenSplit split)
{
  g_return_val_if_fail (experiment != NULL, NULL);
  const LimenHomes *homes = experiment->homes;
  if (!homes)
    return NULL;
  guint n = 0, n_whole = homes->n_whole[LIMEN_SET_NORMAL];
  g_autofree guint32 *place = places_of (homes), *whole = limen_split_order (split, n_whole);
  guint32 *order = g_new (guint32, homes->n[LIMEN_SET_NORMAL] + 1);
  add_moved (homes, TRUE, order, &n);
  for (guint i = 0; i < n_whole; i++)
    if (place[whole[i]] != G_MAXUINT32)
      order[n++] = place[whole[i]];
  add_moved (homes, FALSE, order, &n);
  return order;
}

/* -- the experiment -- */

LimenExperiment *
limen_experiment_new (void)
{
  return g_new0 (LimenExperiment, 1);
}

LimenExperiment *
limen_experiment_copy (const LimenExperiment *experiment)
{
  g_return_val_if_fail (experiment != NULL, NULL);
  LimenExperiment *copy = g_memdup2 (experiment, sizeof *experiment);
  if (copy->flow)
    limen_nice_ref (copy->flow);
  limen_origin_ref (copy->flow_from);
  limen_origin_ref (copy->table_from);
  copy->wish = limen_table_wish_copy (&experiment->wish);
  if (copy->table)
    limen_table_scores_ref (copy->table);
  if (copy->homes)
    limen_homes_ref (copy->homes);
  for (int role = 0; role < LIMEN_N_SETS; role++) {
    limen_origin_ref (copy->set_from[role]);
    if (copy->set[role])
      limen_image_set_ref (copy->set[role]);
    if (copy->scores[role])
      limen_scores_ref (copy->scores[role]);
  }
  return copy;
}

void
limen_experiment_take_set (LimenExperiment *experiment, LimenSetRole role, LimenImageSet *set,
                           LimenOrigin *from)
{
  g_return_if_fail (experiment != NULL && role < LIMEN_N_SETS);
  g_clear_pointer (&experiment->set[role], limen_image_set_unref);
  g_clear_pointer (&experiment->scores[role], limen_scores_unref);
  limen_origin_unref (experiment->set_from[role]);
  experiment->set[role] = set;
  experiment->set_from[role] = from;
  experiment->seems_inverted[role] = FALSE;
  experiment->n_not_finite[role] = 0;
}

void
limen_experiment_take_flow (LimenExperiment *experiment, LimenNice *flow, LimenOrigin *from)
{
  g_return_if_fail (experiment != NULL);
  g_clear_pointer (&experiment->flow, limen_nice_unref);
  limen_origin_unref (experiment->flow_from);
  experiment->flow = flow;
  experiment->flow_from = from;
}

static LimenScores *
scores_of (const LimenTableScores *table, LimenSetRole role)
{
  const LimenTableSet *set = role == LIMEN_SET_NORMAL    ? &table->normal
                             : role == LIMEN_SET_ANOMALY ? &table->anomaly
                                                         : NULL; /* without a label: in no set */
  return set && set->scores ? limen_scores_ref (set->scores) : NULL;
}

void
limen_experiment_take_table (LimenExperiment *experiment, LimenTableScores *table,
                             LimenOrigin *from, const LimenTableWish *wish)
{
  g_return_if_fail (experiment != NULL);
  gboolean goes = table || experiment->table;
  if (table)
    limen_experiment_take_flow (experiment, NULL, NULL);
  for (int role = 0; goes && role < LIMEN_N_SETS; role++) {
    limen_experiment_take_set (experiment, role, NULL, NULL);
    experiment->scores[role] = table ? scores_of (table, role) : NULL;
  }
  if (goes)
    experiment->learned = (LimenLearned){0};
  g_clear_pointer (&experiment->table, limen_table_scores_unref);
  limen_origin_unref (experiment->table_from);
  limen_table_wish_clear (&experiment->wish);
  if (wish)
    experiment->wish = limen_table_wish_copy (wish);
  experiment->table = table;
  experiment->table_from = from;
}

void
limen_experiment_free (LimenExperiment *experiment)
{
  g_return_if_fail (experiment != NULL);
  limen_experiment_take_table (experiment, NULL, NULL, NULL);
  limen_experiment_take_flow (experiment, NULL, NULL);
  limen_experiment_take_homes (experiment, NULL);
  for (int role = 0; role < LIMEN_N_SETS; role++)
    limen_experiment_take_set (experiment, role, NULL, NULL);
  g_free (experiment);
}

/* -- hashes -- */

GHashTable *
limen_experiment_hash (const LimenExperiment *experiment, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (experiment != NULL, NULL);
  const char *flow = experiment->flow ? limen_nice_path (experiment->flow) : NULL;
  if (experiment->table) {
    char **files = experiment->table->table->files;
    return limen_hash_files ((const char *const *)files, g_strv_length (files), NULL, 0,
                             cancellable, error);
  }
  return limen_hash_files (&flow, 1, (const LimenImageSet *const *)experiment->set, LIMEN_N_SETS,
                           cancellable, error);
}

static void
add_hashes (LimenOrigin **source, GHashTable *sha256)
{
  if (!*source)
    return;
  LimenOrigin *known = limen_origin_with_hashes (*source, sha256);
  limen_origin_unref (*source);
  *source = known;
}

void
limen_experiment_take_hashes (LimenExperiment *experiment, GHashTable *sha256)
{
  g_return_if_fail (experiment != NULL && sha256 != NULL);
  add_hashes (&experiment->flow_from, sha256);
  add_hashes (&experiment->table_from, sha256);
  for (int role = 0; role < LIMEN_N_SETS; role++)
    add_hashes (&experiment->set_from[role], sha256);
}
