/* Shared by the files of the curves of methods, and their tests. */
#pragma once

#include "viz/game/game-picture.h"
#include "viz/kit/line-plot-private.h"

#define LIMEN_GAME_LEAST     1e-15 /* of the unit: where the axis of the curves ends at most */
#define LIMEN_GAME_MOST_KEYS (2 * LIMEN_GAME_MOST_RUNNERS + 2)

/**
 * LimenGameLines: what the line plot of the curves borrows
 * @x: iterations or gradient evaluations; @y, @average: NaN where there is nothing to draw
 * @reference: what is proven of the method in hand: of the iterate and of the mean
 * @dots: where each runner is at the iteration in the hand
 * @line: references, then thick lines, then thin ones
 */
typedef struct {
  double x[LIMEN_GAME_MOST_RUNNERS][LIMEN_GAME_PLACES];
  double y[LIMEN_GAME_MOST_RUNNERS][LIMEN_GAME_PLACES];
  double average[LIMEN_GAME_MOST_RUNNERS][LIMEN_GAME_PLACES];
  double reference[2][LIMEN_GAME_PLACES];
  double dot[LIMEN_GAME_MOST_RUNNERS][2];
  LimenLine line[LIMEN_GAME_MOST_KEYS];
  LimenDots dots[LIMEN_GAME_MOST_RUNNERS];
  guint n_runners, n_references;
  char *name[LIMEN_GAME_MOST_KEYS], *note;
} LimenGameLines;

/** LimenGameKey: a line of the legend
 * @rect: of its piece of line and its name
 * @end: pixel at which its line reaches the right end of the plot; NaN: it does not
 */
typedef struct {
  const LimenLine *line;
  const LimenDots *dots;
  const char *name;
  LimenRect rect;
  double end;
} LimenGameKey;

/**
 * LimenGameLayout: the curves with their legend, right of the plot or below it
 * @width, @height: of the plot with its title
 */
typedef struct {
  const LimenChartStyle *style;
  LimenGameLines lines;
  LimenLinePlot plot;
  LimenFrame frame;
  double width, height, marker;
  LimenGameKey key[LIMEN_GAME_MOST_KEYS];
  guint n_keys;
  gboolean beside;
} LimenGameLayout;

LimenGameLayout *limen_game_layout_new (const LimenGameCurves *curves, const LimenChartStyle *style,
                                        double width, double height);
void limen_game_layout_free (LimenGameLayout *layout);
/** limen_game_layout_place_keys: makes room for them: sets the size of the plot, and its frame */
void limen_game_layout_place_keys (LimenGameLayout *layout, double width, double height);
void limen_game_layout_draw_keys (const LimenGameLayout *layout, cairo_t *cr);

/** limen_game_shape: of runner @index, without colour */
LimenDotShape limen_game_shape (guint index);
/** limen_game_value_at: of a curve at iteration @k, between places as a log–log plot shows it, or
 * (@linear) as a linear one does */
double
limen_game_value_at (const LimenGameCurve *curve, const double *values, double k, gboolean linear);

/**
 * LimenKeptPlot: the strip, and what its line plot borrows
 * @tick: (n_ticks, 2): where the method in hand was projected: pixels
 * @marker: (2, 2): x and y of the line at the iteration in the hand, where @has_marker
 */
typedef struct {
  LimenLinePlot plot;
  LimenLine line[LIMEN_GAME_MOST_RUNNERS + 1];
  LimenDots dots[LIMEN_GAME_MOST_RUNNERS];
  double y[LIMEN_GAME_MOST_RUNNERS][LIMEN_GAME_PLACES], dot[LIMEN_GAME_MOST_RUNNERS][2];
  double tick[LIMEN_GAME_PLACES][2];
  double marker[2][2];
  guint n_ticks;
  gboolean has_marker;
  char *badge, *note;
} LimenKeptPlot;
LimenKeptPlot *limen_kept_plot_new (const LimenGameCurves *curves, LimenGameKept kept,
                                    const LimenChartStyle *style, double width, double height);
void limen_kept_plot_free (LimenKeptPlot *plot);

/** limen_spectrum_frame: the disc of radius 1 and all eigenvalues, as wide as high */
LimenFrame limen_spectrum_frame (const double *re, const double *im, guint n,
                                 const LimenChartStyle *style, double width, double height);

/** limen_spectrum_words: (transfer full): "ρ = 0.985343, inside: once near, it comes nearer in the
 * long run", or as much of it as @width has room for */
char *
limen_spectrum_words (const LimenSpectrum *spectrum, const LimenChartStyle *style, double width);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenKeptPlot, limen_kept_plot_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenGameLayout, limen_game_layout_free)
