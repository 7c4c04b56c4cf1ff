/* Shared by the files of the triangle, and their tests. */
#pragma once

#include "viz/kit/places.h"
#include "viz/game/simplex-plot.h"

/** limen_simplex_style: @style with a font as large as leaves room for the words at the corners,
 * where that can still be read: without them nobody knows whose triangle it is, or which corner */
LimenChartStyle limen_simplex_style (const LimenChartStyle *style, double width, double height);
/** limen_simplex_barycentric: of any pixel; negative outside */
void limen_simplex_barycentric (const LimenSimplexFrame *frame, double x, double y, double *p);
void limen_simplex_trace (const LimenSimplexFrame *frame, cairo_t *cr);
/** limen_simplex_most: the largest payoff; 1 where all are 0 */
double limen_simplex_most (const LimenPayoff *payoff);
/** limen_simplex_best_corners: of @points: (3), as bits: the replies of LimenExploit; 0 where all
 * are */
guint limen_simplex_best_corners (const LimenSimplexPlot *plot, const double *points);
/** limen_simplex_looks_even: whether the three numbers at the corners are written alike */
gboolean limen_simplex_looks_even (const LimenSimplexPlot *plot, const double *points);
/** limen_points_signed: (transfer full): "+0.38", "−0.50", "0.00"; "+3.8·10⁻⁹" where @most, the
 * largest payoff, is that small */
char *limen_points_signed (double points, double most);

/** limen_simplex_draw_map: within the triangle */
void limen_simplex_draw_map (const LimenSimplexPlot *plot, const LimenSimplexFrame *frame,
                             cairo_t *cr, const LimenChartStyle *style);
/** limen_simplex_map_value: what the map shows at @p: points for B; of exploitability what the
 * other could gain over the value of the game, ≥ 0 */
double limen_simplex_map_value (const LimenSimplexPlot *plot, const double *p);
/** limen_simplex_draw_field: arrows and streamlines */
void limen_simplex_draw_field (const LimenSimplexPlot *plot, const LimenSimplexFrame *frame,
                               cairo_t *cr, const LimenChartStyle *style);
void limen_trail_draw (const LimenTrail *trail, const LimenSimplexFrame *frame, cairo_t *cr,
                       const LimenChartStyle *style);

/**
 * LimenSimplexCorner: where the words and the hand of a corner are
 * @hand: middle; @radius: of the hand; 0: none
 * @name: (nullable): where there is room for it, or no hand
 * @rect: of all of it
 */
typedef struct {
  double hand[2], radius;
  double name_x, number_x, y;
  LimenText name_text, number_text;
  const char *hand_name, *name;
  char *number;
  LimenRect rect;
} LimenSimplexCorner;

/** limen_simplex_corner: @points: for B. FALSE where there is no room for it. Free @number */
gboolean limen_simplex_corner (const LimenSimplexPlot *plot, const LimenSimplexFrame *frame,
                               const LimenChartStyle *style, guint corner, double points,
                               double width, double height, LimenSimplexCorner *out);
/** limen_simplex_points: (3): points for B of each pure strategy of the player */
void limen_simplex_points (const LimenSimplexPlot *plot, double *points);
/** limen_simplex_pill: where the three numbers are: within the picture, beside the handle at
 * (@x, @y), off the words at the corners where that can be. FALSE: no room */
gboolean limen_simplex_pill (const LimenSimplexPlot *plot, const LimenSimplexFrame *frame,
                             const LimenChartStyle *style, const char *text, double x, double y,
                             double width, double height, LimenRect *pill);
