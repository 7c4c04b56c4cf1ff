/* Shared by the files of the pictures. */
#pragma once

#include "ui/bound/plots.h"

struct LimenBoundPlots {
  LimenBoundSession *session;
  LimenPlotArea *plane, *bound, *gap, *merge;
  LimenBoundPlot *plot;
  LimenEllipseHandles handles;
  gboolean has_handles;
  double hovered[2]; /* on the plane, NaN */
};

/** limen_bound_latent_funcs: of the area that shows the latent space */
extern const LimenPlotAreaFuncs limen_bound_latent_funcs;
