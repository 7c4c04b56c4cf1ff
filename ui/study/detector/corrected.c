#include "ui/study/detector/corrected.h"

static guint
n_images (const LimenExperiment *experiment, LimenSetRole role)
{
  return experiment->set[role] ? limen_image_set_n_images (experiment->set[role]) : 0;
}

/* -- which images are where -- */

static LimenHomes *
homes_of (const LimenExperiment *whole, const LimenCorrections *corrections)
{
  g_autofree LimenImageKey *moved = NULL;
  guint n_moved, all = 0;
  LimenHomes *homes = limen_homes_new ();
  moved = limen_corrections_keys (corrections, &n_moved);
  for (LimenSetRole role = 0; role < LIMEN_N_SETS; role++)
    all += homes->n_whole[role] = n_images (whole, role);
  for (LimenSetRole role = 0; role < LIMEN_N_SETS; role++) {
    homes->key[role] = g_new (LimenImageKey, MIN (n_images (whole, role) + n_moved, all) + 1);
    for (guint32 i = 0; i < n_images (whole, role); i++) {
      LimenImageKey key = {role, i};
      if (limen_corrections_place (corrections, key) == role)
        homes->key[role][homes->n[role]++] = key;
    }
  }
  for (guint i = 0; i < n_moved; i++) {
    LimenSetRole to = limen_corrections_place (corrections, moved[i]);
    if (to < LIMEN_N_SETS && moved[i].index < n_images (whole, moved[i].role))
      homes->key[to][homes->n[to]++] = moved[i];
  }
  return homes;
}

/* -- sets and scores of these -- */

static gboolean
is_of_one_size (const LimenExperiment *whole, const LimenHomes *homes, LimenSetRole role,
                GError **error)
{
  const LimenImageSet *first = homes->n[role] > 0 ? whole->set[homes->key[role][0].role] : NULL;
  for (guint i = 1; i < homes->n[role]; i++) {
    const LimenImageSet *set = whole->set[homes->key[role][i].role];
    if (limen_image_set_width (set) != limen_image_set_width (first) ||
        limen_image_set_height (set) != limen_image_set_height (first))
      return limen_fail (error, LIMEN_ERROR_ARGUMENT,
                         "Images of %s can't be moved to those of %s, which have another size; "
                         "open both at one size first.",
                         limen_image_set_name (set), limen_image_set_name (first));
  }
  return TRUE;
}

/* Consecutive images of one set are a run. */
static LimenImageSet *
set_of (const LimenExperiment *whole, const LimenHomes *homes, LimenSetRole role)
{
  static const char *const none[] = {NULL}, *const moved[] = {"moved normal images",
                                                              "moved anomalies",
                                                              "moved unsorted images"};
  const LimenImageKey *key = homes->key[role];
  const LimenImageSet *own = whole->set[role];
  g_autoptr (GArray) runs = g_array_new (FALSE, FALSE, sizeof (LimenImageRun));
  for (guint i = 0; i < homes->n[role]; i++) {
    LimenImageSet *set = whole->set[key[i].role];
    LimenImageRun *last =
        runs->len > 0 ? &g_array_index (runs, LimenImageRun, runs->len - 1) : NULL;
    if (last && last->set == set && last->first + last->n == key[i].index)
      last->n++;
    else
      g_array_append_val (runs, ((LimenImageRun){set, key[i].index, 1}));
  }
  return limen_image_set_new_of_runs (own ? own : whole->set[key[0].role], own ? NULL : moved[role],
                                      own ? limen_image_set_paths (own) : none,
                                      (const LimenImageRun *)(gpointer)runs->data, runs->len);
}

static LimenScores *
scores_of (const LimenExperiment *whole, const LimenHomes *homes, LimenSetRole role)
{
  const LimenImageKey *key = homes->key[role];
  const LimenScores *like = whole->scores[key[0].role], *own = whole->scores[role];
  g_autofree double *value = g_new (double, homes->n[role]);
  for (guint i = 0; i < homes->n[role]; i++) {
    const LimenScores *scores = whole->scores[key[i].role];
    if (!scores)
      return NULL;
    value[i] = scores->value[key[i].index];
  }
  return limen_scores_new_of (like->measure, own ? own->name : like->name, value, homes->n[role]);
}

static gboolean
is_as_it_came (const LimenExperiment *whole, const LimenHomes *homes, LimenSetRole role)
{
  if (homes->n[role] != n_images (whole, role))
    return FALSE;
  for (guint i = 0; i < homes->n[role]; i++)
    if (homes->key[role][i].role != role)
      return FALSE;
  return TRUE;
}

static void
put_set (LimenExperiment *next, const LimenExperiment *whole, const LimenHomes *homes,
         LimenSetRole role)
{
  LimenOrigin *from = limen_origin_ref (whole->set_from[role]);
  gboolean seems = whole->seems_inverted[role];
  guint n_not_finite = whole->n_not_finite[role];
  if (is_as_it_came (whole, homes, role)) {
    limen_origin_unref (from);
    return;
  }
  LimenImageSet *set = homes->n[role] > 0 ? set_of (whole, homes, role) : NULL;
  if (set && !from) /* in no file */
    from = limen_origin_new (NULL, limen_image_set_name (set));
  limen_experiment_take_set (next, role, set, from);
  next->scores[role] = set ? scores_of (whole, homes, role) : NULL;
  next->seems_inverted[role] = seems;
  next->n_not_finite[role] = n_not_finite;
}

LimenExperiment *
limen_experiment_corrected (const LimenExperiment *whole, LimenCorrections *corrections,
                            GError **error)
{
  g_return_val_if_fail (whole != NULL, NULL);
  g_autoptr (LimenExperiment) next = limen_experiment_copy (whole);
  gboolean any =
      limen_corrections_n_moved (corrections) + limen_corrections_n_left_out (corrections);
  if (!any || whole->table) /* of a table its labels say which images are normal */
    return g_steal_pointer (&next);
  g_autoptr (LimenHomes) homes = homes_of (whole, corrections);
  if (whole->set[LIMEN_SET_NORMAL] && homes->n[LIMEN_SET_NORMAL] < LIMEN_LEAST_NORMAL) {
    limen_fail (
        error, LIMEN_ERROR_ARGUMENT,
        "At least %u normal images must stay; open other ones instead of leaving these out.",
        LIMEN_LEAST_NORMAL);
    return NULL;
  }
  for (LimenSetRole role = 0; role < LIMEN_N_SETS; role++)
    if (!is_of_one_size (whole, homes, role, error))
      return NULL;
  for (LimenSetRole role = 0; role < LIMEN_N_SETS; role++)
    put_set (next, whole, homes, role);
  limen_experiment_take_homes (next, homes);
  return g_steal_pointer (&next);
}

/* -- after files were read -- */

/* At another size, for another flow, or black for white: what is dropped anew is none of these. */
static gboolean
is_only_read_again (const LimenImageSet *old, const LimenOrigin *from, const LimenImageSet *set,
                    const LimenOrigin *now)
{
  return limen_image_set_width (old) != limen_image_set_width (set) ||
         limen_image_set_height (old) != limen_image_set_height (set) ||
         !from->inverted != !now->inverted;
}

/* What has no finite score by one flow may have one by another, which numbers images anew. */
static gboolean
is_same_set (const LimenExperiment *before, LimenSetRole was, const LimenExperiment *now,
             LimenSetRole role)
{
  const LimenImageSet *old = before->set[was], *set = now->set[role];
  const LimenOrigin *from = before->set_from[was];
  if (!old || !set)
    return FALSE;
  if (old == set)
    return TRUE;
  g_autoptr (LimenOrigin) read_as_now =
      from && now->set_from[role]
          ? limen_origin_read_as (from, &from->reading, now->set_from[role]->inverted)
          : NULL;
  return read_as_now && is_only_read_again (old, from, set, now->set_from[role]) &&
         limen_origin_same_files (read_as_now, now->set_from[role]) &&
         limen_image_set_n_images (old) == limen_image_set_n_images (set) &&
         before->n_not_finite[was] == 0 && now->n_not_finite[role] == 0;
}

LimenCorrections *
limen_corrections_after (LimenCorrections *corrections, const LimenExperiment *before,
                         const LimenExperiment *now, gboolean swapped)
{
  g_return_val_if_fail (before != NULL && now != NULL, NULL);
  g_autoptr (LimenCorrections) turned =
      swapped ? limen_corrections_swapped (corrections) : limen_corrections_ref (corrections);
  gboolean kept[LIMEN_N_SETS];
  for (LimenSetRole role = 0; role < LIMEN_N_SETS; role++) {
    LimenSetRole was = swapped && role < LIMEN_N_LABELLED ? !role : role;
    kept[role] = is_same_set (before, was, now, role);
  }
  return limen_corrections_kept (turned, kept);
}

/* -- a load -- */

/* Of sets that are still there */
static LimenCorrections *
corrected_by (const LimenLoad *load, LimenCorrections *old)
{
  g_autofree LimenImageKey *key = g_new (LimenImageKey, load->n_keys + 1);
  guint n = 0;
  if (load->undoes)
    return limen_corrections_undone (old);
  for (guint i = 0; i < load->n_keys; i++)
    if (load->seen->set[load->key[i].role] == load->before->set[load->key[i].role])
      key[n++] = load->key[i];
  return limen_corrections_with (old, key, n, load->to);
}

LimenExperiment *
limen_corrected_load (const LimenLoad *load, const LimenExperiment *whole, LimenCorrections *old,
                      LimenCorrections **corrections, GError **error)
{
  g_return_val_if_fail (load != NULL && whole != NULL && corrections != NULL, NULL);
  *corrections = load->corrects ? corrected_by (load, old)
                 : load->wanted ? limen_corrections_ref (load->wanted->corrections)
                 : load->anew || whole->table
                     ? NULL
                     : limen_corrections_after (old, load->before, whole, load->swap);
  LimenExperiment *next =
      limen_experiment_corrected (whole, *corrections, load->corrects ? error : NULL);
  if (next || load->corrects)
    return next;
  g_clear_pointer (corrections, limen_corrections_unref);
  return limen_experiment_copy (whole);
}
