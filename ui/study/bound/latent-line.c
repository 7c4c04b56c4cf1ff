#include "ui/study/bound/latent-line.h"

#include <math.h>

#define LEAST_STD 0.001

/* Between the nodes of @plane its logarithm is taken as straight. */
static void
fill_density (const LimenPlane *plane, const double *z, double *density)
{
  for (guint i = 0; i < LIMEN_LATENT_NODES; i++) {
    density[i] = NAN;
    if (!plane || plane->rows > 1)
      continue;
    double at = (z[i] - plane->low[0]) / (plane->high[0] - plane->low[0]) * (plane->columns - 1);
    guint first = (guint)CLAMP (floor (at), 0, plane->columns - 2.0);
    if (at < -1e-9 || at > plane->columns - 1 + 1e-9)
      continue;
    const double *log_density = plane->log_density + first;
    density[i] = exp (log_density[0] + (at - first) * (log_density[1] - log_density[0]));
  }
}

void
limen_latent_line_fill (LimenLatentLine *line, const LimenScene *scene, const LimenGaussian *q)
{
  g_return_if_fail (line != NULL && scene != NULL && q != NULL && q->dimension == 1);
  double step = (scene->high[0] - scene->low[0]) / (LIMEN_LATENT_NODES - 1);
  for (guint i = 0; i < LIMEN_LATENT_NODES; i++) {
    line->z[i] = scene->low[0] + step * i;
    line->q[i] = exp (limen_gaussian_log_density (q, &line->z[i]));
  }
  fill_density (scene->posterior, line->z, line->posterior);
  fill_density (scene->implied, line->z, line->implied);
  line->line[0] = (LimenLine){"posterior", LIMEN_COLOUR_REST, LIMEN_LINE_EXACT,
                              line->z,     line->posterior,   LIMEN_LATENT_NODES};
  line->line[1] = (LimenLine){"K samples", LIMEN_COLOUR_FIRST, LIMEN_LINE_THIN,
                              line->z,     line->implied,      LIMEN_LATENT_NODES};
  line->line[2] = (LimenLine){"proposal", LIMEN_COLOUR_HAND, LIMEN_LINE_EXACT,
                              line->z,    line->q,           LIMEN_LATENT_NODES};
  line->plot = (LimenLinePlot){
      .title = "Latent line",
      .x_caption = "z",
      .y_caption = "density",
      .x = {&limen_scale_linear, .low = scene->low[0], .high = scene->high[0]},
      .y = {&limen_scale_linear, .low = 0, .high = 1},
      .line = line->line,
      .n_lines = 3,
      .legend = TRUE,
  };
  double low, high;
  if (limen_line_plot_range (&line->plot, scene->low[0], scene->high[0], &low, &high))
    line->plot.y.high = fmax (high, 1e-3);
}

void
limen_latent_line_handle (const LimenGaussian *q, int handle, double *z, double *density)
{
  g_return_if_fail (q != NULL && q->dimension == 1);
  *z = q->mean[0] + (handle == 1 ? sqrt (q->covariance[0]) : 0);
  *density = exp (limen_gaussian_log_density (q, z));
}

LimenGaussian *
limen_latent_line_moved (const LimenGaussian *q, int handle, double z)
{
  g_return_val_if_fail (q != NULL && q->dimension == 1, NULL);
  double std = handle == 1 ? fmax (fabs (z - q->mean[0]), LEAST_STD) : sqrt (q->covariance[0]);
  double mean = handle == 1 ? q->mean[0] : z, variance = std * std;
  return limen_gaussian_new_diagonal ("The proposal", 1, &mean, &variance, NULL);
}
