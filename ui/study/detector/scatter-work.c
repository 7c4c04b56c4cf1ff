#include "ui/study/detector/scatter-work.h"

#include "model/base/number.h"

#include <math.h>

#define DIGITS 4 /* of a score that is said; before the point all */

/* -- points -- */

LimenScatterWish *
limen_scatter_wish_new (LimenScores *const normal[2], LimenScores *const anomaly[2],
                        const LimenLines cut[2])
{
  g_return_val_if_fail (normal != NULL && anomaly != NULL && cut != NULL, NULL);
  LimenScatterWish *wish = g_new0 (LimenScatterWish, 1);
  for (int axis = 0; axis < 2; axis++) {
    wish->normal[axis] = normal[axis] ? limen_scores_ref (normal[axis]) : NULL;
    wish->anomaly[axis] = anomaly[axis] ? limen_scores_ref (anomaly[axis]) : NULL;
    wish->cut[axis] = cut[axis];
  }
  return wish;
}

LimenScatterWish *
limen_scatter_wish_new_of_columns (LimenTableBenchResult *table, LimenTableScores *now,
                                   const guint column[2], const LimenLines cut[2])
{
  g_return_val_if_fail (table != NULL && now != NULL && column != NULL && cut != NULL, NULL);
  LimenScatterWish *wish = g_new0 (LimenScatterWish, 1);
  wish->table = limen_table_bench_result_ref (table);
  wish->now = limen_table_scores_ref (now);
  for (int axis = 0; axis < 2; axis++) {
    wish->column[axis] = column[axis];
    wish->cut[axis] = cut[axis];
  }
  return wish;
}

void
limen_scatter_wish_free (gpointer data)
{
  g_return_if_fail (data != NULL);
  LimenScatterWish *wish = data;
  for (int axis = 0; axis < 2; axis++) {
    g_clear_pointer (&wish->normal[axis], limen_scores_unref);
    g_clear_pointer (&wish->anomaly[axis], limen_scores_unref);
  }
  g_clear_pointer (&wish->table, limen_table_bench_result_unref);
  g_clear_pointer (&wish->now, limen_table_scores_unref);
  g_free (wish);
}

gboolean
limen_scatter_wish_is_long (const LimenScatterWish *wish)
{
  g_return_val_if_fail (wish != NULL, FALSE);
  gsize n = wish->table ? wish->table->table->n : 0;
  n += wish->normal[0] ? wish->normal[0]->n : 0;
  n += wish->anomaly[0] ? wish->anomaly[0]->n : 0;
  return n > LIMEN_SCATTER_MANY;
}

gpointer
limen_scatter_run_points (gpointer data, const LimenRun *run, GError **error)
{
  g_return_val_if_fail (data != NULL, NULL);
  const LimenScatterWish *wish = data;
  LimenScatterMade *made = g_new0 (LimenScatterMade, 1);
  LimenScores *const *normal = wish->normal, *const *anomaly = wish->anomaly;
  if (wish->table) {
    made->pair = limen_table_pair_new (wish->table, wish->column[0], wish->column[1]);
    made->index = limen_table_pair_index (made->pair, wish->now);
    normal = made->pair->scores[LIMEN_SET_NORMAL];
    anomaly = made->pair->scores[LIMEN_SET_ANOMALY];
  }
  made->points = limen_scatter_points_new (normal, anomaly, wish->cut);
  return made;
}

void
limen_scatter_made_free (gpointer data)
{
  g_return_if_fail (data != NULL);
  LimenScatterMade *made = data;
  g_clear_pointer (&made->points, limen_scatter_points_unref);
  g_clear_pointer (&made->pair, limen_table_pair_free);
  g_free (made->index);
  g_free (made);
}

/* -- shades -- */

void
limen_shade_wish_free (gpointer data)
{
  g_return_if_fail (data != NULL);
  LimenShadeWish *wish = data;
  limen_scatter_plot_unref (wish->plot);
  g_clear_pointer (&wish->selection, limen_selection_free);
  g_free (wish);
}

gpointer
limen_scatter_run_shade (gpointer data, const LimenRun *run, GError **error)
{
  g_return_val_if_fail (data != NULL, NULL);
  const LimenShadeWish *wish = data;
  LimenShadeMade *made = g_new (LimenShadeMade, 1);
  made->version = wish->version;
  made->shade =
      limen_scatter_shade_new (wish->plot, wish->scale, limen_selection_bits (wish->selection));
  return made;
}

void
limen_shade_made_free (gpointer data)
{
  g_return_if_fail (data != NULL);
  LimenShadeMade *made = data;
  g_clear_pointer (&made->shade, limen_scatter_shade_free);
  g_free (made);
}

/* -- what a lasso holds -- */

void
limen_lasso_wish_free (gpointer data)
{
  g_return_if_fail (data != NULL);
  LimenLassoWish *wish = data;
  limen_scatter_plot_unref (wish->plot);
  g_array_unref (wish->corners);
  g_clear_pointer (&wish->more, limen_selection_free);
  g_free (wish);
}

gpointer
limen_scatter_run_lasso (gpointer data, const LimenRun *run, GError **error)
{
  g_return_val_if_fail (data != NULL, NULL);
  const LimenLassoWish *wish = data;
  g_autoptr (LimenSelection) inside = limen_selection_new_inside (
      wish->plot, (const double (*)[2])wish->corners->data, wish->corners->len);
  return wish->more ? limen_selection_united (wish->more, inside) : g_steal_pointer (&inside);
}

/* -- words -- */

char *
limen_scatter_score_words (const LimenScatterPoints *points, const LimenScatterHit *image,
                           guint axis)
{
  g_return_val_if_fail (points != NULL && image != NULL && axis < 2, NULL);
  g_return_val_if_fail (image->index < points->n[image->set], NULL);
  const char *unit = points->measure[axis]->unit;
  double score = points->scores[image->set][axis]->value[image->index];
  double whole = isfinite (score) && score != 0 ? floor (log10 (fabs (score))) + 1 : 1;
  g_autofree char *number = limen_format_number (score, (guint)CLAMP (DIGITS - whole, 0, 12));
  return g_strdup_printf ("%s%s%s", number, *unit ? "\u00a0" : "", unit);
}

void
limen_counts_wish_free (gpointer data)
{
  g_return_if_fail (data != NULL);
  LimenCountsWish *wish = data;
  limen_scatter_points_unref (wish->points);
  g_free (wish);
}

gpointer
limen_scatter_run_counts (gpointer data, const LimenRun *run, GError **error)
{
  g_return_val_if_fail (data != NULL, NULL);
  const LimenCountsWish *wish = data;
  return limen_scatter_points_sentence (wish->points, wish->cut);
}
