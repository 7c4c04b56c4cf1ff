#include "model/windows/pixel-judge.h"

#include "model/windows/masks.h"

/* @mask: (nullable): a path; @is_left_out: it could not be used */
typedef struct {
  LimenWindowMap map;
  char *mask;
  gboolean is_left_out;
} Kept;

struct LimenPixelJudge {
  GArray *kept; /* of Kept */
  gsize n_bytes;
};

static void
clear_kept (gpointer data)
{
  Kept *kept = data;
  g_free (kept->map.value);
  g_free (kept->mask);
}

LimenPixelJudge *
limen_pixel_judge_new (void)
{
  LimenPixelJudge *judge = g_new0 (LimenPixelJudge, 1);
  judge->kept = g_array_new (FALSE, FALSE, sizeof (Kept));
  g_array_set_clear_func (judge->kept, clear_kept);
  return judge;
}

void
limen_pixel_judge_free (LimenPixelJudge *judge)
{
  g_array_unref (judge->kept);
  g_free (judge);
}

gboolean
limen_pixel_judge_keep (LimenPixelJudge *judge, const LimenWindowMap *map, const char *mask,
                        GError **error)
{
  gsize size = (gsize)map->columns * map->rows * sizeof (float);
  if (size > LIMEN_MAX_BYTES - judge->n_bytes)
    return limen_fail (error, LIMEN_ERROR_UNSAFE, "%s",
                       "Pixels are not judged by the masks: the maps of all photos take more than "
                       "2 GB; choose fewer, or a larger stride.");
  judge->n_bytes += size;
  Kept kept = {*map, g_strdup (mask), FALSE};
  kept.map.value = g_memdup2 (map->value, size);
  g_array_append_val (judge->kept, kept);
  return TRUE;
}

/* (transfer full): at the pixels of the photo */
static float *
resize (const LimenWindowMap *map)
{
  float *value = g_new (float, (gsize)map->width * map->height);
  limen_window_map_resize (map, map->width, map->height, value);
  return value;
}

static gsize
n_pixels (const LimenWindowMap *map)
{
  return (gsize)map->width * map->height;
}

static void
report (GPtrArray *problems, const Kept *kept, const GError *reason)
{
  g_autofree char *shown = limen_display_name (kept->mask);
  g_ptr_array_add (problems, limen_problem_new (shown, reason->message));
}

static gboolean
add_defects (Kept *kept, LimenPixelTally *tally, GPtrArray *problems, GCancellable *cancellable,
             GError **error)
{
  const LimenWindowMap *map = &kept->map;
  g_autoptr (GError) local = NULL;
  g_autoptr (LimenMask) mask =
      limen_mask_load (kept->mask, map->width, map->height, cancellable, &local);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  kept->is_left_out = !mask;
  if (!mask) {
    report (problems, kept, local);
    return TRUE;
  }
  g_autofree float *value = resize (map);
  limen_pixel_tally_add_defects (tally, value, mask->region, n_pixels (map), mask->n_regions);
  return TRUE;
}

static gboolean
add_others (const Kept *kept, LimenPixelTally *tally, GCancellable *cancellable, GError **error)
{
  const LimenWindowMap *map = &kept->map;
  g_autoptr (LimenMask) mask =
      kept->mask ? limen_mask_load (kept->mask, map->width, map->height, cancellable, error) : NULL;
  if (kept->mask && !mask)
    return FALSE;
  g_autofree float *value = resize (map);
  limen_pixel_tally_add_others (tally, value, mask ? mask->region : NULL, n_pixels (map));
  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

static void
show (const LimenRun *run, guint done, guint all)
{
  if (run->progress && done % MAX (all / 100, 1) == 0)
    run->progress ((double)done / all, run->progress_data);
}

gboolean
limen_pixel_judge_measures (LimenPixelJudge *judge, GPtrArray *problems,
                            LimenPixelMeasures *measures, guint *n_masks, const LimenRun *run,
                            GError **error)
{
  LimenRun whole = limen_run_of (run);
  g_autoptr (LimenPixelTally) tally = limen_pixel_tally_new ();
  guint n = judge->kept->len;
  *n_masks = 0;
  for (guint i = 0; i < n; i++) {
    Kept *kept = &g_array_index (judge->kept, Kept, i);
    if (kept->mask && !add_defects (kept, tally, problems, whole.cancellable, error))
      return FALSE;
    *n_masks += kept->mask && !kept->is_left_out;
    show (&whole, i, 2 * n);
  }
  for (guint i = 0; i < n; i++) {
    const Kept *kept = &g_array_index (judge->kept, Kept, i);
    if (!kept->is_left_out && !add_others (kept, tally, whole.cancellable, error))
      return FALSE;
    show (&whole, n + i, 2 * n);
  }
  *measures = limen_pixel_tally_measures (tally);
  return TRUE;
}
