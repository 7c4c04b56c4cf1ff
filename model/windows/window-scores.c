/* Maps and scores of photos: small ones side by side, a large one on all cores. */
#include "model/base/parallel.h"
#include "model/windows/window-map-plan.h"

#define LARGE        20000 /* windows of a photo that are worth all cores */
#define MOST_AT_ONCE 64    /* photos side by side */

/* -- one photo -- */

typedef struct {
  LimenWindowPlan *plan;
  LimenWindowRooms rooms;
} Job;

static void
judge_batch (guint batch, guint worker, gpointer data)
{
  Job *job = data;
  limen_window_plan_judge (job->plan, batch, worker, &job->rooms);
}

LimenWindowMap *
limen_window_map_new (const LimenWindowModel *model, const LimenPhoto *photo, const LimenRun *run,
                      GError **error)
{
  guint size = model->windowing.size;
  if (MIN (photo->width, photo->height) < size) {
    limen_fail (error, LIMEN_ERROR_MISMATCH,
                "A photo of %u × %u pixels is smaller than a window of %u × %u; choose a larger "
                "photo or smaller windows.",
                photo->width, photo->height, size, size);
    return NULL;
  }
  g_autoptr (LimenWindowPlan) plan = limen_window_plan_new (model, photo, error);
  if (!plan)
    return NULL;
  Job job = {plan, limen_window_rooms_new (model)};
  gboolean ok = limen_parallel (plan->batches->len, judge_batch, &job, run, error);
  limen_window_rooms_clear (&job.rooms);
  return ok ? limen_window_plan_map (plan) : NULL;
}

/* -- many -- */

/* Photos @first to @first + @n − 1, side by side. @map: (n); @failed: (n): (nullable elements) */
typedef struct {
  const LimenWindowModel *model;
  const LimenPhotos *photos;
  LimenWindowRooms rooms;
  guint first, n;
  LimenWindowMap *map[MOST_AT_ONCE];
  GError *failed[MOST_AT_ONCE];
  GCancellable *cancellable;
} Group;

static LimenWindowMap *
map_alone (const Group *group, guint index, guint worker, GError **error)
{
  g_autoptr (LimenPhoto) photo = limen_photos_get (group->photos, index, group->cancellable, error);
  g_autoptr (LimenWindowPlan) plan =
      photo ? limen_window_plan_new (group->model, photo, error) : NULL;
  for (guint i = 0; plan && i < plan->batches->len; i++) {
    if (g_cancellable_set_error_if_cancelled (group->cancellable, error))
      return NULL;
    limen_window_plan_judge (plan, i, worker, &group->rooms);
  }
  return plan ? limen_window_plan_map (plan) : NULL;
}

static void
map_one (guint batch, guint worker, gpointer data)
{
  Group *group = data;
  group->map[batch] = map_alone (group, group->first + batch, worker, &group->failed[batch]);
}

static gboolean
map_large (Group *group, GError **error)
{
  const LimenRun quiet = {.cancellable = group->cancellable};
  g_autoptr (LimenPhoto) photo =
      limen_photos_get (group->photos, group->first, group->cancellable, error);
  group->map[0] = photo ? limen_window_map_new (group->model, photo, &quiet, error) : NULL;
  return group->map[0] != NULL;
}

static gboolean
map_small (Group *group, GError **error)
{
  const LimenRun quiet = {.cancellable = group->cancellable};
  gboolean ok = limen_parallel (group->n, map_one, group, &quiet, error);
  for (guint i = 0; i < group->n; i++) {
    if (ok && group->failed[i]) {
      g_propagate_error (error, g_steal_pointer (&group->failed[i]));
      ok = FALSE;
    }
    g_clear_error (&group->failed[i]);
  }
  return ok;
}

static gboolean
is_large (const Group *group, guint index)
{
  return limen_windowing_n_windows (&group->model->windowing,
                                    limen_photos_width (group->photos, index),
                                    limen_photos_height (group->photos, index)) >= LARGE;
}

/* The next photos: a large one, or small ones */
static void
take_group (Group *group)
{
  guint n_photos = limen_photos_n (group->photos);
  group->first += group->n;
  group->n = 1;
  if (is_large (group, group->first))
    return;
  while (group->n < MOST_AT_ONCE && group->first + group->n < n_photos &&
         !is_large (group, group->first + group->n))
    group->n++;
}

static void
clear_maps (Group *group)
{
  for (guint i = 0; i < group->n; i++)
    g_clear_pointer (&group->map[i], limen_window_map_free);
}

static gboolean
score_all (Group *group, LimenWindowMapFunc each, gpointer each_data, double *value,
           const LimenRun *run, GError **error)
{
  guint n_photos = limen_photos_n (group->photos);
  LimenRun told = limen_run_of (run);
  while (group->first + group->n < n_photos) {
    take_group (group);
    gboolean ok =
        is_large (group, group->first) ? map_large (group, error) : map_small (group, error);
    for (guint i = 0; ok && i < group->n; i++) {
      guint index = group->first + i;
      value[index] = limen_window_map_score (group->map[i], group->model->windowing.top_k);
      if (each)
        each (index, group->map[i], each_data);
    }
    clear_maps (group);
    if (!ok)
      return FALSE;
    if (told.progress)
      told.progress ((double)(group->first + group->n) / n_photos, told.progress_data);
  }
  return TRUE;
}

LimenScores *
limen_window_scores (const LimenWindowModel *model, const LimenPhotos *photos, const char *name,
                     LimenWindowMapFunc each, gpointer each_data, const LimenRun *run,
                     GError **error)
{
  guint n = limen_photos_n (photos);
  for (guint i = 0; i < n; i++)
    if (!limen_window_check_photo (&model->windowing, photos, i, error))
      return NULL;
  g_autofree double *value = g_new (double, n);
  Group group = {.model = model,
                 .photos = photos,
                 .rooms = limen_window_rooms_new (model),
                 .cancellable = limen_run_of (run).cancellable};
  gboolean ok = score_all (&group, each, each_data, value, run, error);
  limen_window_rooms_clear (&group.rooms);
  return ok ? limen_scores_new_of (model->measure, name, value, n) : NULL;
}
