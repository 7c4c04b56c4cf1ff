/* What is told of a bound in a picture, with files and hashes, for window and command line alike.
 */
#pragma once

#include "model/bound/bound-report.h"
#include "viz/bound/bound-plot.h"

/**
 * LimenBoundTold:
 * @picture: for limen_bound_picture_draw(), as long as the report it was made of lives
 * @text: pairs of key and value, NULL-terminated
 */
typedef struct {
  LimenBoundPicture picture;
  char **text;
  char *sentence;
  LimenBoundPlot *plot;
  LimenPlanePlot plane;
  LimenPlaneEllipse ellipse[4];
  LimenPlaneLabel label[2];
} LimenBoundTold;

/** limen_bound_told_new: (transfer full): @map: (nullable): log p(z|x) on the latent plane */
LimenBoundTold *
limen_bound_told_new (const LimenBoundReport *report, const LimenPlane *map, LimenScheme scheme);
void limen_bound_told_free (LimenBoundTold *told);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenBoundTold, limen_bound_told_free)
