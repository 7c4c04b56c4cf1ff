/* A player's strategies as a triangle: what each point earns against the other player's present
 * one, where learning goes, and where it has been. Barycentric: a corner is a pure strategy. */
#pragma once

#include "model/game/dynamics.h"
#include "viz/kit/line-plot.h"

/**
 * LimenSimplexMap: what the triangle is coloured by, blue where A earns and orange where B does
 * @LIMEN_MAP_PAYOFF: the points of each of its points against the other's present one: flat when
 * the other is at a solution of full support
 * @LIMEN_MAP_EXPLOITABILITY: what the other could gain by its best reply to each of its points: one
 * zero, at the solution
 */
typedef enum { LIMEN_MAP_PAYOFF, LIMEN_MAP_EXPLOITABILITY } LimenSimplexMap;

/**
 * LimenTrail: iterates of a method
 * @p: (n, 3): older ones fade
 */
typedef struct {
  const double *p;
  gsize n;
  LimenColour colour;
  LimenLineKind kind;
} LimenTrail;

/**
 * LimenSimplexPlot:
 * @is_b: whether the triangle is B's
 * @p: (3): the point of its player; @other: (3): of the other
 * @arrows: the field of motion over the triangle while the other stays, @streamlines: paths along
 * it, stronger where it is fast; @replicator: of the replicator flow instead of the gradient
 * @average: (3) (nullable): the mean of the iterates, a ghost
 * @solution: (n_solutions, 3): extreme points of the optimal strategies: a point, or the set they
 * span
 * @title: "Player A"
 *
 * A plain value; everything is borrowed. Games of three strategies a player.
 */
typedef struct {
  const LimenPayoff *payoff;
  gboolean is_b;
  const double *p, *other;
  LimenSimplexMap map;
  gboolean arrows, streamlines, replicator;
  const LimenTrail *trail;
  guint n_trails;
  const double *average, *solution;
  guint n_solutions;
  const char *title;
} LimenSimplexPlot;

/** LimenSimplexFrame: where the corners are: (x, y) of strategies 0 (top), 1 (left), 2 (right) */
typedef struct {
  double corner[3][2];
} LimenSimplexFrame;

LimenSimplexFrame limen_simplex_frame (const LimenSimplexPlot *plot, const LimenChartStyle *style,
                                       double width, double height);
void limen_simplex_to_pixel (const LimenSimplexFrame *frame, const double *p, double *x, double *y);
/** limen_simplex_from_pixel: @p: (out) (3): the nearest point of the triangle */
void limen_simplex_from_pixel (const LimenSimplexFrame *frame, double x, double y, double *p);

/** limen_simplex_plot_draw_base: opaque: map, field, corners with a hand drawn for rock, paper or
 * scissors (a name for others), the value of each pure strategy, the best reply glowing, the
 * solution */
void limen_simplex_plot_draw_base (const LimenSimplexPlot *plot, cairo_t *cr,
                                   const LimenChartStyle *style, double width, double height);
/** limen_simplex_plot_draw_top: trails, the ghost, and the point in the hand with its three numbers
 */
void limen_simplex_plot_draw_top (const LimenSimplexPlot *plot, cairo_t *cr,
                                  const LimenChartStyle *style, double width, double height,
                                  LimenHold hold);

/** limen_gap_bar_draw: opaque: the exploitability split between A and B, in words and as a bar from
 * the middle to either side; @scale: the gain that fills a side */
void limen_gap_bar_draw (const LimenExploit *exploit, const LimenPayoff *payoff, double scale,
                         cairo_t *cr, const LimenChartStyle *style, double width, double height);
