/* The pictures of methods that play: the curves, what is kept, the spectrum, and all of it as one.
 */
#pragma once

#include "model/game/sentences.h"
#include "viz/game/simplex-plot.h"

#define LIMEN_GAME_MOST_RUNNERS 6

/** LimenGameMeasure: what the thick lines are */
typedef enum { LIMEN_MEASURE_GAP, LIMEN_MEASURE_DISTANCE } LimenGameMeasure;

/** LimenGameKept: what may stay as it is */
typedef enum { LIMEN_KEPT_KL, LIMEN_KEPT_ENERGY } LimenGameKept;

/**
 * LimenGameCurves:
 * @curve: (n_curves): the method in hand first; all from the same start
 * @measure: of the thick lines; thin ones beside them are the gap of the mean
 * @by_gradients: against gradient evaluations instead of iterations
 * @k: the iteration that the triangles show: a line in the colour of the hand; 0: none
 *
 * A plain value; borrows everything.
 */
typedef struct {
  const LimenGameCurve *curve;
  guint n_curves;
  LimenGameMeasure measure;
  gboolean by_gradients;
  double k;
} LimenGameCurves;

/** limen_game_curves_colour: of runner @index: LIMEN_COLOUR_HAND for the first */
LimenColour limen_game_curves_colour (guint index);
/** limen_game_curves_draw: opaque; log–log, with the theoretical slope or modulus of the method in
 * hand dashed, and the measured slope in words beside it */
void limen_game_curves_draw (const LimenGameCurves *curves, cairo_t *cr,
                             const LimenChartStyle *style, double width, double height);
/** limen_game_curves_place: where the line of the hand stands, and its foot; FALSE where there is
 * none */
gboolean limen_game_curves_place (const LimenGameCurves *curves, const LimenChartStyle *style,
                                  double width, double height, double *x, double *y);
/** limen_game_curves_k: the iteration at a pixel, at least 1 and at most the last one recorded */
double limen_game_curves_k (const LimenGameCurves *curves, const LimenChartStyle *style,
                            double width, double height, double x);
/** limen_game_kept_draw: opaque; of all runners against iterations. Where the method in hand was
 * projected at an edge, its line has a tick */
void limen_game_kept_draw (const LimenGameCurves *curves, LimenGameKept kept, cairo_t *cr,
                           const LimenChartStyle *style, double width, double height);
/** limen_spectrum_draw: opaque; eigenvalues of one step on the complex plane, with the unit circle,
 * and the spectral radius in words. n = 0: says that there is no interior solution, or no linear
 * step
 */
void limen_spectrum_draw (const LimenSpectrum *spectrum, cairo_t *cr, const LimenChartStyle *style,
                          double width, double height);

/**
 * LimenGamePicture: the exported picture
 * @sentence: above all
 * @a, @b, @exploit: the triangles and the bar; NULL for games without triangles
 * @race: (nullable); @kept: what the strip beside it shows
 * @only_triangles: for a frame of an animation: nothing but the triangles and the bar
 */
typedef struct {
  LimenScheme scheme;
  const char *sentence;
  const LimenSimplexPlot *a, *b;
  const LimenExploit *exploit;
  const LimenGameCurves *race;
  LimenGameKept kept;
  gboolean only_triangles;
} LimenGamePicture;
/** limen_game_picture_draw: a LimenDrawFunc whose @user_data is a LimenGamePicture; what is NULL of
 * it is left out */
void limen_game_picture_draw (cairo_t *cr, double width, double height, gpointer picture);
