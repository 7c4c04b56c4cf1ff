#include "viz/detector/scatter-points.h"

#include "model/base/parallel.h"

#include <math.h>

#define BATCH 65536 /* images */

/* --- Making --- */

typedef struct {
  const LimenScatterPoints *points;
  LimenScatterSet set;
  gint edge; /* atomic: images without a finite score */
} Placing;

static double
place (const LimenAxis *axis, double low, double high, double value)
{
  double u = axis->scale->map (value, axis->origin, axis->width);
  return CLAMP ((u - low) / (high - low), 0, 1);
}

static void
place_batch_cb (guint batch, guint worker, gpointer data)
{
  Placing *placing = data;
  const LimenScatterPoints *points = placing->points;
  float *at = points->at[placing->set];
  guint first = batch * BATCH, end = MIN (first + BATCH, points->n[placing->set]);
  const double *value[2];
  double low[2], high[2];
  for (int i = 0; i < 2; i++) {
    const LimenAxis *axis = &points->axis[i];
    value[i] = points->scores[placing->set][i]->value;
    low[i] = axis->scale->map (axis->low, axis->origin, axis->width);
    high[i] = axis->scale->map (axis->high, axis->origin, axis->width);
  }
  gint edge = 0;
  for (guint k = first; k < end; k++) {
    for (int i = 0; i < 2; i++)
      at[2 * (gsize)k + i] = (float)place (&points->axis[i], low[i], high[i], value[i][k]);
    edge += !isfinite (value[0][k]) || !isfinite (value[1][k]);
  }
  g_atomic_int_add (&placing->edge, edge);
}

static void
take_scores (LimenScatterPoints *points, LimenScatterSet set, LimenScores *const scores[2])
{
  if (!scores || !scores[0] || !scores[1])
    return;
  g_return_if_fail (scores[0]->n == scores[1]->n);
  points->n[set] = scores[0]->n;
  for (int i = 0; i < 2; i++) {
    points->scores[set][i] = limen_scores_ref (scores[i]);
    if (!points->measure[i])
      points->measure[i] = limen_measure_ref (scores[i]->measure);
  }
}

LimenScatterPoints *
limen_scatter_points_new (LimenScores *const normal[2], LimenScores *const anomaly[2],
                          const LimenLines cut[2])
{
  LimenScatterPoints *points = g_new0 (LimenScatterPoints, 1);
  g_atomic_ref_count_init (&points->references);
  take_scores (points, LIMEN_SCATTER_NORMAL, normal);
  take_scores (points, LIMEN_SCATTER_ANOMALY, anomaly);
  for (int i = 0; i < 2; i++) {
    const LimenScores *sets[] = {points->scores[LIMEN_SCATTER_NORMAL][i],
                                 points->scores[LIMEN_SCATTER_ANOMALY][i]};
    points->axis[i] = limen_score_axis (sets, G_N_ELEMENTS (sets), cut[i]);
  }
  for (LimenScatterSet set = 0; set < LIMEN_N_SCATTER_SETS; set++) {
    Placing placing = {points, set, 0};
    points->at[set] = g_new (float, 2 * (gsize)points->n[set] + 1);
    limen_parallel ((points->n[set] + BATCH - 1) / BATCH, place_batch_cb, &placing, NULL, NULL);
    points->n_edge += (guint)placing.edge;
  }
  return points;
}

LimenScatterPoints *
limen_scatter_points_ref (LimenScatterPoints *points)
{
  g_atomic_ref_count_inc (&points->references);
  return points;
}

void
limen_scatter_points_unref (LimenScatterPoints *points)
{
  if (!g_atomic_ref_count_dec (&points->references))
    return;
  for (int i = 0; i < 2; i++) {
    for (LimenScatterSet set = 0; set < LIMEN_N_SCATTER_SETS; set++)
      g_clear_pointer (&points->scores[set][i], limen_scores_unref);
    g_clear_pointer (&points->measure[i], limen_measure_unref);
  }
  for (LimenScatterSet set = 0; set < LIMEN_N_SCATTER_SETS; set++)
    g_free (points->at[set]);
  g_free (points);
}

/* --- What the cuts do --- */

LimenScatterCounts
limen_scatter_points_count (const LimenScatterPoints *points, const LimenLines cut[2])
{
  LimenScatterCounts counts = {0};
  for (LimenScatterSet set = 0; set < LIMEN_N_SCATTER_SETS; set++)
    for (guint k = 0; k < points->n[set]; k++) {
      guint by = 0;
      for (int i = 0; i < 2; i++)
        by |= (guint)limen_lines_flag (cut[i], points->scores[set][i]->value[k]) << i;
      counts.by[set][by]++;
    }
  return counts;
}

static void
add_counts (GString *said, const LimenScatterPoints *points, LimenScatterSet set, const guint by[4])
{
  g_autofree char *across = limen_format_number (by[1], 0), *up = limen_format_number (by[2], 0);
  g_autofree char *both = limen_format_number (by[3], 0), *none = limen_format_number (by[0], 0);
  g_autofree char *all = limen_format_number (points->n[set], 0);
  g_string_append_printf (said,
                          "%sOf %s %s of %s, both scores flag %s, %s alone flags %s, %s alone %s, "
                          "and neither flags %s.",
                          said->len > 0 ? " " : "", all,
                          set == LIMEN_SCATTER_NORMAL ? "normal images" : "anomalies",
                          points->scores[set][0]->name, both, points->measure[0]->title, across,
                          points->measure[1]->title, up, none);
}

char *
limen_scatter_points_sentence (const LimenScatterPoints *points, const LimenLines cut[2])
{
  GString *said = g_string_new (NULL);
  LimenScatterCounts counts = limen_scatter_points_count (points, cut);
  for (LimenScatterSet set = 0; set < LIMEN_N_SCATTER_SETS; set++)
    if (points->n[set] > 0)
      add_counts (said, points, set, counts.by[set]);
  if (points->n_edge > 0) {
    g_autofree char *edge = limen_format_number (points->n_edge, 0);
    g_string_append_printf (said, " %s without a finite score stand at the edge.", edge);
  }
  return g_string_free (said, FALSE);
}
