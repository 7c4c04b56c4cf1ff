#include "ui/study/bound/shown.h"

#include <math.h>

static void
fill_handles (LimenBoundPlane *plane, const LimenGaussian *q)
{
  const LimenEllipseHandles handles = limen_ellipse_handles (q, LIMEN_BOUND_RADIUS, NULL);
  for (int axis = 0; axis < 2; axis++) {
    plane->handle[0][axis] = handles.mean[axis];
    for (int end = 0; end < 2; end++) {
      plane->handle[1 + end][axis] = handles.end[end][axis];
      plane->handle[3 + end][axis] = 2 * handles.mean[axis] - handles.end[end][axis];
    }
  }
  plane->plot.handle = plane->handle[0];
  plane->plot.n_handles = G_N_ELEMENTS (plane->handle);
}

void
limen_bound_plane_fill (LimenBoundPlane *plane, const LimenScene *scene, const LimenGaussian *q,
                        guint k, gboolean implied)
{
  g_return_if_fail (plane != NULL && scene != NULL && q != NULL);
  const LimenPlane *shade = implied && scene->implied ? scene->implied : scene->posterior;
  gboolean is_implied = shade && shade == scene->implied;
  *plane = (LimenBoundPlane){
      .points = {scene->z, scene->weight, scene->n_points, LIMEN_COLOUR_FIRST, LIMEN_DOT_DISC}};
  if (scene->n_points < k)
    g_snprintf (plane->foot, sizeof plane->foot, "%u of %u samples, sized by weight",
                scene->n_points, k);
  else
    g_snprintf (plane->foot, sizeof plane->foot,
                k == 1 ? "1 sample" : "%u samples, sized by weight", k);
  plane->label[0] = (LimenPlaneLabel){"proposal", {q->mean[0], 0}, LIMEN_COLOUR_HAND};
  plane->label[0].z[1] = q->mean[1] + LIMEN_BOUND_RADIUS * sqrt (q->covariance[3]);
  plane->label[1] =
      (LimenPlaneLabel){"posterior", {scene->low[0], scene->low[1]}, LIMEN_COLOUR_DIM};
  plane->plot = (LimenPlanePlot){
      .title = "Latent plane",
      .note = is_implied ? "shade: what K samples make of q" : "shade: posterior",
      .foot = plane->foot,
      .low = {scene->low[0], scene->low[1]},
      .high = {scene->high[0], scene->high[1]},
      .shade = shade,
      .contours = scene->posterior,
      .shade_colour = is_implied ? LIMEN_COLOUR_FIRST : LIMEN_COLOUR_REST,
      .points = &plane->points,
      .n_points = 1,
      .label = plane->label,
      .n_labels = 1,
  };
  if (q->dimension == 2)
    fill_handles (plane, q);
}

LimenMergePlot
limen_bound_merge_plot (const LimenScene *scene, double log_evidence)
{
  g_return_val_if_fail (scene != NULL, (LimenMergePlot){0});
  LimenMergePlot plot = {.title = "Why it rises: one draw, merged two by two",
                         .n_leaves = LIMEN_SCENE_LEAVES,
                         .level = log_evidence,
                         .level_name = "log p(x)",
                         .exact = scene->merge_exact};
  for (guint i = 0; i < LIMEN_MERGE_LEVELS; i++)
    plot.value[i] = scene->merge[i];
  return plot;
}
