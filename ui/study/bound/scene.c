#include "ui/study/bound/scene.h"

#include <math.h>
#include <string.h>

#define NODES 121 /* along each side of the plane */
#define REACH 3.2 /* standard deviations around what is to be seen */

LimenScene *
limen_scene_new (void)
{
  LimenScene *scene = g_new0 (LimenScene, 1);
  for (int i = 0; i < 2; i++) {
    scene->low[i] = -1;
    scene->high[i] = 1;
  }
  for (int level = 0; level < LIMEN_SCENE_LEVELS; level++)
    scene->merge_exact[level] = NAN;
  return scene;
}

static LimenPlane *
copy_plane (const LimenPlane *plane)
{
  LimenPlane *copy = limen_plane_new (plane->columns, plane->rows, plane->low, plane->high);
  memcpy (copy->log_density, plane->log_density,
          (gsize)plane->rows * plane->columns * sizeof (double));
  return copy;
}

LimenScene *
limen_scene_copy (const LimenScene *scene)
{
  g_return_val_if_fail (scene != NULL, NULL);
  LimenScene *copy = g_memdup2 (scene, sizeof *scene);
  copy->posterior = scene->posterior ? copy_plane (scene->posterior) : NULL;
  copy->implied = scene->implied ? copy_plane (scene->implied) : NULL;
  return copy;
}

void
limen_scene_free (LimenScene *scene)
{
  g_return_if_fail (scene != NULL);
  g_clear_pointer (&scene->posterior, limen_plane_free);
  g_clear_pointer (&scene->implied, limen_plane_free);
  g_free (scene);
}

void
limen_scene_look (LimenScene *scene, const LimenGaussian *const *gaussian, guint n)
{
  g_return_if_fail (scene != NULL && n > 0);
  guint k = gaussian[0]->dimension;
  for (guint i = 0; i < k; i++) {
    scene->low[i] = INFINITY;
    scene->high[i] = -INFINITY;
    for (guint g = 0; g < n; g++) {
      double mean = gaussian[g]->mean[i], std = sqrt (gaussian[g]->covariance[(k + 1) * i]);
      scene->low[i] = fmin (scene->low[i], mean - REACH * std);
      scene->high[i] = fmax (scene->high[i], mean + REACH * std);
    }
  }
  g_clear_pointer (&scene->posterior, limen_plane_free);
  g_clear_pointer (&scene->implied, limen_plane_free);
}

/* Nodes of a plane, row by row, or of a line. Returns: (transfer full): (rows · columns, 2 or 1) */
static double *
nodes_of (const LimenPlane *plane)
{
  double *z = g_new (double, 2 * (gsize)plane->rows * plane->columns), *next = z;
  for (guint r = 0; r < plane->rows; r++)
    for (guint c = 0; c < plane->columns; c++) {
      *next++ = plane->low[0] + (plane->high[0] - plane->low[0]) * c / (plane->columns - 1);
      if (plane->rows > 1)
        *next++ = plane->low[1] + (plane->high[1] - plane->low[1]) * r / (plane->rows - 1);
    }
  return z;
}

void
limen_scene_set_posterior (LimenScene *scene, const LimenTarget *target, double log_evidence)
{
  g_return_if_fail (scene != NULL && target != NULL && target->dimension <= 2);
  guint columns = target->dimension == 1 ? LIMEN_LATENT_NODES : NODES;
  guint rows = target->dimension == 1 ? 1 : NODES, n = columns * rows;
  LimenPlane *plane = limen_plane_new (columns, rows, scene->low, scene->high);
  g_autofree double *z = nodes_of (plane);
  target->log_joint (z, n, plane->log_density, target->data);
  for (guint i = 0; i < n; i++)
    plane->log_density[i] -= log_evidence;
  g_clear_pointer (&scene->posterior, limen_plane_free);
  scene->posterior = plane;
}

void
limen_scene_take_posterior (LimenScene *scene, LimenPlane *plane)
{
  g_return_if_fail (scene != NULL && plane != NULL);
  g_clear_pointer (&scene->posterior, limen_plane_free);
  g_clear_pointer (&scene->implied, limen_plane_free);
  scene->posterior = plane;
  for (guint i = 0; i < (plane->rows > 1 ? 2u : 1u); i++) {
    scene->low[i] = plane->low[i];
    scene->high[i] = plane->high[i];
  }
}

void
limen_scene_imply (LimenScene *scene, const LimenBoundProposal *proposal, double k)
{
  g_return_if_fail (scene != NULL && proposal != NULL && k >= 1);
  const LimenPlane *posterior = scene->posterior;
  g_clear_pointer (&scene->implied, limen_plane_free);
  if (!posterior || !proposal->bound)
    return;
  gsize n = (gsize)posterior->rows * posterior->columns;
  LimenPlane *implied =
      limen_plane_new (posterior->columns, posterior->rows, posterior->low, posterior->high);
  g_autofree double *z = nodes_of (implied), *log_v = g_new (double, n);
  for (gsize i = 0; i < n; i++)
    log_v[i] = posterior->log_density[i] -
               limen_gaussian_log_density (proposal->q, z + (posterior->rows > 1 ? 2 * i : i));
  limen_importance_bound_implied (proposal->bound, k, log_v, n, implied->log_density);
  for (gsize i = 0; i < n; i++)
    implied->log_density[i] += posterior->log_density[i];
  scene->implied = implied;
}

void
limen_scene_draw (LimenScene *scene, const LimenTarget *target, const LimenGaussian *q, guint k,
                  guint64 seed)
{
  g_return_if_fail (scene != NULL && target != NULL && q != NULL && k >= 1);
  guint n = scene->n_points = MIN (k, LIMEN_SCENE_POINTS);
  double largest = -INFINITY;
  limen_log_weights (target, q, seed, 0, n, scene->z, scene->weight);
  for (guint i = 0; i < n; i++)
    largest = fmax (largest, scene->weight[i]);
  for (guint i = 0; i < n; i++)
    scene->weight[i] = isfinite (largest) ? exp (scene->weight[i] - largest) : 1;
}

void
limen_scene_merge (LimenScene *scene, const LimenTarget *target, const LimenGaussian *q,
                   guint64 seed, guint round)
{
  g_return_if_fail (scene != NULL && target != NULL && q != NULL);
  gsize n = LIMEN_SCENE_LEAVES;
  limen_log_weights (target, q, seed, 1 + (guint64)round, n, NULL, scene->merge[0]);
  for (guint level = 1; level < LIMEN_SCENE_LEVELS; level++, n /= 2) {
    memcpy (scene->merge[level], scene->merge[level - 1], n * sizeof (double));
    limen_merge_pairs (scene->merge[level], n);
  }
}

void
limen_scene_fill (LimenScene *scene, const LimenTarget *target, const LimenBoundStudy *study,
                  const LimenGaussian *q, guint k, guint merge_round)
{
  g_return_if_fail (scene != NULL && target != NULL && study != NULL && q != NULL);
  if (q->dimension <= 2) {
    if (!scene->posterior && isfinite (study->log_evidence))
      limen_scene_set_posterior (scene, target, study->log_evidence);
    limen_scene_imply (scene, &study->proposal[0], k);
    limen_scene_draw (scene, target, q, k, LIMEN_SCENE_SEED);
  }
  limen_scene_merge (scene, target, q, LIMEN_SCENE_SEED, merge_round);
  for (guint level = 0; level < LIMEN_SCENE_LEVELS; level++)
    scene->merge_exact[level] = limen_bound_study_value (study, 0, 1u << level);
}
