/* The pictures of a training race: the bound over steps, and the latent planes side by side. */
#pragma once

#include "model/prior/prior-trainer.h"
#include "viz/prior/duel-plot.h"
#include "viz/kit/plane-plot.h"

#define LIMEN_RACE_MOST 3

/**
 * LimenRaceRunner: one estimator in the race
 * @step, @bound: (n): as recorded
 * @mean: (n_points, 2): what the encoder makes of points (the first two latent variables; one: 0)
 * @lambda1, @lambda2: (2): now; @path: (n_path, 2): where λ1 has been
 * @sample: (n_samples, 2), @data: (n_data, 2): decoded samples and data: the first two columns
 */
typedef struct {
  LimenGradientEstimator estimator;
  const char *name;
  const double *step, *bound;
  guint n;
  const double *mean;
  guint n_points;
  double lambda1[2], lambda2[2];
  const double *path;
  guint n_path;
  const double *sample;
  guint n_samples;
} LimenRaceRunner;

/**
 * LimenRacePlot:
 * @best: the highest log-likelihood, which no bound can pass; NaN: not known
 * @data: (n_data, 2): what is learned
 * @n_steps: where the horizontal axis ends
 * @hidden: units of the maps; 0: affine, of which alone @best is known
 * @decoded: whether the planes show data and decoded samples instead of the latent space
 *
 * A plain value; borrows everything.
 */
typedef struct {
  const char *title, *note;
  const LimenRaceRunner *runner;
  guint n_runners;
  double best, n_steps;
  const double *data;
  guint n_data, hidden;
  gboolean decoded;
} LimenRacePlot;

/** limen_race_colour: of runner @index */
LimenColour limen_race_colour (guint index);
/** limen_race_plot_draw: bounds against steps, on an axis squeezed far below the best */
void limen_race_plot_draw (const LimenRacePlot *plot, cairo_t *cr, const LimenChartStyle *style,
                           double width, double height);
/** limen_race_plot_draw_planes: a plane for each runner: points, the prior as an ellipse of 2
 * standard deviations in the colour of the hand, N(0, I) dashed, and the path of λ1 */
void limen_race_plot_draw_planes (const LimenRacePlot *plot, cairo_t *cr,
                                  const LimenChartStyle *style, double width, double height);

/** LimenPriorFinding: a plain value; borrows its words */
typedef struct {
  const char *title, *text;
} LimenPriorFinding;

/**
 * LimenPriorPicture: the exported picture: sentence, findings, duel, race, variances, planes
 * @finding: (n_findings): a title and what was found, side by side where there is room
 */
typedef struct {
  LimenScheme scheme;
  const char *sentence;
  const LimenDuelPlot *duel;
  const LimenVariancePlot *variance;
  const LimenRacePlot *race;
  const LimenPriorFinding *finding;
  guint n_findings;
} LimenPriorPicture;
/** limen_prior_picture_draw: a LimenDrawFunc whose @user_data is a LimenPriorPicture; what is NULL
 * of it is left out */
void limen_prior_picture_draw (cairo_t *cr, double width, double height, gpointer picture);
