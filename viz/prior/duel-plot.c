#include "viz/prior/duel-plot-private.h"

#include "viz/kit/dot-stamps.h"

#include <math.h>

#define SEEN    0.965 /* of each cloud, at least, is within what is seen */
#define DOT     0.2   /* em: radius of a draw */
#define MOST_IN 36    /* more than (1 − SEEN) · LIMEN_DUEL_MOST */

/* --- Estimators --- */

LimenColour
limen_estimator_colour (LimenGradientEstimator estimator)
{
  static const LimenColour colours[LIMEN_N_ESTIMATORS] = {
      [LIMEN_LOG_DERIVATIVE] = LIMEN_COLOUR_SECOND,
      [LIMEN_LOG_DERIVATIVE_MEAN] = LIMEN_COLOUR_SECOND_DARK,
      [LIMEN_LOG_DERIVATIVE_OPTIMAL] = LIMEN_COLOUR_SECOND_LIGHT,
      [LIMEN_REPARAMETERIZATION] = LIMEN_COLOUR_FIRST,
      [LIMEN_REPARAMETERIZATION_KL] = LIMEN_COLOUR_FIRST_LIGHT,
      [LIMEN_STICKING_THE_LANDING] = LIMEN_COLOUR_FIRST_DARK,
  };
  return colours[estimator];
}

LimenDotShape
limen_estimator_shape (LimenGradientEstimator estimator)
{
  static const LimenDotShape shapes[LIMEN_N_ESTIMATORS] = {
      [LIMEN_LOG_DERIVATIVE] = LIMEN_DOT_DISC,
      [LIMEN_LOG_DERIVATIVE_MEAN] = LIMEN_DOT_DIAMOND,
      [LIMEN_LOG_DERIVATIVE_OPTIMAL] = LIMEN_DOT_TRIANGLE,
      [LIMEN_REPARAMETERIZATION] = LIMEN_DOT_SQUARE,
      [LIMEN_REPARAMETERIZATION_KL] = LIMEN_DOT_TRIANGLE_DOWN,
      [LIMEN_STICKING_THE_LANDING] = LIMEN_DOT_CROSS,
  };
  return shapes[estimator];
}

gboolean
limen_estimator_is_variant (LimenGradientEstimator estimator)
{
  return estimator != LIMEN_LOG_DERIVATIVE && estimator != LIMEN_REPARAMETERIZATION;
}

/* --- Numbers --- */

void
limen_duel_moments (const LimenDuelCloud *cloud, double mean[2], double covariance[3])
{
  const double *draw = cloud->draw;
  mean[0] = mean[1] = covariance[0] = covariance[1] = covariance[2] = 0;
  for (guint i = 0; i < cloud->n; i++) {
    mean[0] += draw[2 * i] / cloud->n;
    mean[1] += draw[2 * i + 1] / cloud->n;
  }
  for (guint i = 0; i < cloud->n; i++) {
    double x = draw[2 * i] - mean[0], y = draw[2 * i + 1] - mean[1];
    covariance[0] += x * x / (cloud->n - 1.0);
    covariance[1] += x * y / (cloud->n - 1.0);
    covariance[2] += y * y / (cloud->n - 1.0);
  }
}

/* The @k-th largest distance from 0, along the axes, of a draw; @k < MOST_IN. */
static double
kth_largest (const LimenDuelCloud *cloud, guint k)
{
  double largest[MOST_IN + 1];
  for (guint i = 0; i <= k; i++)
    largest[i] = 0;
  for (guint i = 0; i < cloud->n; i++) {
    double size = fmax (fabs (cloud->draw[2 * i]), fabs (cloud->draw[2 * i + 1]));
    if (!isfinite (size) || size <= largest[k])
      continue;
    guint at = k;
    for (; at > 0 && largest[at - 1] < size; at--)
      largest[at] = largest[at - 1];
    largest[at] = size;
  }
  return largest[k];
}

/* How far out a cloud has to be seen: nearly all its draws, and its ellipse. */
static double
cloud_reach (const LimenDuel *duel, LimenGradientEstimator estimator)
{
  const LimenDuelCloud *cloud = &duel->cloud[estimator];
  double reach = kth_largest (cloud, (guint)((1 - SEEN) * MIN (cloud->n, LIMEN_DUEL_MOST)));
  for (int i = 0; i < 2; i++) {
    double edge = fabs (duel->exact[duel->pair[i]]) + 2 * sqrt (cloud->covariance[2 * i]);
    if (isfinite (edge))
      reach = fmax (reach, edge);
  }
  return reach;
}

static gboolean
is_shown (const LimenDuelPlot *plot, LimenGradientEstimator estimator)
{
  return plot->duel && (plot->shown >> estimator & 1) && plot->duel->cloud[estimator].n > 0;
}

double
limen_duel_spread (const LimenDuelPlot *plot)
{
  double spread = 0;
  if (plot->spread > 0 && isfinite (plot->spread))
    return plot->spread;
  for (guint e = 0; e < LIMEN_N_ESTIMATORS; e++)
    if (is_shown (plot, e))
      spread = fmax (spread, cloud_reach (plot->duel, e));
  for (int i = 0; i < 2 && plot->duel; i++)
    if (isfinite (plot->duel->exact[plot->duel->pair[i]]))
      spread = fmax (spread, fabs (plot->duel->exact[plot->duel->pair[i]]));
  return spread > 1e-100 && spread < 1e100 ? 1.06 * spread : 1;
}

gboolean
limen_duel_half_axes (const double covariance[3], double radius, double unit, double half[2][2])
{
  double a = covariance[0], b = covariance[1], c = covariance[2];
  if (!(a >= 0) || !(c >= 0) || !isfinite (a + b + c))
    return FALSE;
  /* the columns of its Cholesky factor; pixels grow downwards */
  double l = sqrt (a), m = l > 0 ? b / l : 0, n = sqrt (fmax (c - m * m, 0));
  half[0][0] = radius * unit * l;
  half[0][1] = -radius * unit * m;
  half[1][0] = 0;
  half[1][1] = -radius * unit * n;
  return TRUE;
}

void
limen_duel_sort_clouds (LimenDuelLayout *layout)
{
  double size[LIMEN_N_ESTIMATORS];
  for (guint e = 0; e < LIMEN_N_ESTIMATORS; e++) {
    if (!is_shown (layout->plot, e))
      continue;
    const LimenDuelCloud *cloud = &layout->plot->duel->cloud[e];
    size[e] = cloud->covariance[0] + cloud->covariance[2];
    if (!isfinite (size[e])) {
      double mean[2], covariance[3];
      limen_duel_moments (cloud, mean, covariance);
      size[e] = isfinite (covariance[0] + covariance[2]) ? covariance[0] + covariance[2] : 0;
    }
    guint at = layout->n_shown++;
    for (; at > 0 && size[layout->order[at - 1]] < size[e]; at--)
      layout->order[at] = layout->order[at - 1];
    layout->order[at] = e;
  }
}

void
limen_duel_count_outside (LimenDuelLayout *layout)
{
  const LimenAxis *x = &layout->frame.x, *y = &layout->frame.y;
  for (guint i = 0; i < layout->n_shown; i++) {
    const LimenDuelCloud *cloud = &layout->plot->duel->cloud[layout->order[i]];
    layout->n_draws += cloud->n;
    for (guint k = 0; k < cloud->n; k++) {
      const double *draw = &cloud->draw[2 * k];
      if (!(draw[0] >= x->low && draw[0] <= x->high && draw[1] >= y->low && draw[1] <= y->high))
        layout->outside++;
    }
  }
}

/* --- Drawing --- */

void
limen_duel_draw_arrow (cairo_t *cr, const LimenChartStyle *style, double x0, double y0, double x1,
                       double y1)
{
  double em = style->font_size, length = hypot (x1 - x0, y1 - y0), head = 0.8 * em;
  limen_palette_set (cr, style->scheme, LIMEN_COLOUR_INK);
  cairo_new_path (cr);
  if (length < 0.4 * em) {
    cairo_arc (cr, x1, y1, 0.28 * em, 0, 2 * G_PI);
    cairo_fill (cr);
    return;
  }
  double c = (x1 - x0) / length, s = (y1 - y0) / length;
  head = fmin (head, length);
  cairo_set_line_width (cr, 0.19 * em);
  limen_chart_line (cr, x0, y0, x1 - 0.8 * head * c, y1 - 0.8 * head * s);
  cairo_stroke (cr);
  cairo_move_to (cr, x1, y1);
  cairo_line_to (cr, x1 - head * c - 0.42 * head * s, y1 - head * s + 0.42 * head * c);
  cairo_line_to (cr, x1 - head * c + 0.42 * head * s, y1 - head * s - 0.42 * head * c);
  cairo_close_path (cr);
  cairo_fill (cr);
}

static void
draw_clouds (const LimenDuelLayout *layout, cairo_t *cr)
{
  const LimenFrame *frame = &layout->frame;
  for (guint i = 0; i < layout->n_shown; i++) {
    LimenGradientEstimator e = layout->order[i];
    const LimenDuelCloud *cloud = &layout->plot->duel->cloud[e];
    LimenStamps stamps;
    double x, y;
    limen_stamps_begin (&stamps, cr, layout->style, limen_estimator_shape (e),
                        limen_estimator_colour (e), 0.5, DOT * layout->style->font_size);
    for (guint k = 0; k < cloud->n; k++)
      if (limen_line_place (frame, cloud->draw[2 * k], cloud->draw[2 * k + 1], &x, &y))
        limen_stamps_put (&stamps, x, y);
    limen_stamps_end (&stamps);
  }
}

static void
draw_ellipses (const LimenDuelLayout *layout, cairo_t *cr)
{
  const LimenFrame *frame = &layout->frame;
  const LimenDuel *duel = layout->plot->duel;
  double unit = frame->plot.width / (frame->x.high - frame->x.low), centre[2], half[2][2];
  for (guint i = 0; i < layout->n_shown; i++) {
    LimenGradientEstimator e = layout->order[i];
    if (!limen_line_place (frame, duel->exact[duel->pair[0]], duel->exact[duel->pair[1]],
                           &centre[0], &centre[1]) ||
        !limen_duel_half_axes (duel->cloud[e].covariance, 2, unit, half) ||
        !(fabs (half[0][0]) + fabs (half[0][1]) + fabs (half[1][1]) < 1e5) ||
        !(fabs (centre[0]) + fabs (centre[1]) < 1e5))
      continue;
    /* on a rim of paper: a line among its own dots */
    limen_ellipse_path (cr, centre, half);
    limen_chart_set_translucent (cr, layout->style, LIMEN_COLOUR_PAPER, 0.6);
    cairo_set_line_width (cr, 4);
    cairo_stroke_preserve (cr);
    limen_palette_set (cr, layout->style->scheme, limen_estimator_colour (e));
    limen_line_stroke_style (cr, layout->style, LIMEN_LINE_EXACT);
    cairo_stroke (cr);
  }
}

/* The lines through 0 once more. */
static void
draw_zero (const LimenFrame *frame, cairo_t *cr, const LimenChartStyle *style)
{
  const LimenRect *area = &frame->plot;
  double x = floor (limen_axis_to_pixel (&frame->x, 0)) + 0.5;
  double y = floor (limen_axis_to_pixel (&frame->y, 0)) + 0.5;
  limen_palette_set (cr, style->scheme, LIMEN_COLOUR_GRID);
  limen_chart_line (cr, x, area->y, x, area->y + area->height);
  limen_chart_line (cr, area->x, y, area->x + area->width, y);
  cairo_stroke (cr);
}

static void
draw_plane (const LimenDuelLayout *layout, cairo_t *cr)
{
  const LimenRect *area = &layout->frame.plot;
  double zero[2], exact[2], em = layout->style->font_size;
  cairo_save (cr);
  cairo_rectangle (cr, area->x, area->y, area->width, area->height);
  cairo_clip (cr);
  limen_plane_draw_grid (&layout->frame, cr, layout->style);
  draw_zero (&layout->frame, cr, layout->style);
  draw_clouds (layout, cr);
  draw_ellipses (layout, cr);
  if (layout->plot->duel &&
      limen_line_place (&layout->frame, layout->plot->duel->exact[layout->plot->duel->pair[0]],
                        layout->plot->duel->exact[layout->plot->duel->pair[1]], &exact[0],
                        &exact[1]) &&
      limen_line_place (&layout->frame, 0, 0, &zero[0], &zero[1]) &&
      hypot (exact[0] - zero[0], exact[1] - zero[1]) < 1e5 &&
      (layout->lens.radius == 0 || hypot (exact[0] - zero[0], exact[1] - zero[1]) > 1.2 * em))
    limen_duel_draw_arrow (cr, layout->style, zero[0], zero[1], exact[0], exact[1]);
  cairo_restore (cr);
}

static void
draw_keys (const LimenDuelLayout *layout, cairo_t *cr)
{
  double em = layout->style->font_size;
  for (guint i = 0; i < layout->n_keys; i++) {
    const LimenDuelKey *key = &layout->key[i];
    if (key->estimator == LIMEN_N_ESTIMATORS) {
      limen_duel_draw_arrow (cr, layout->style, key->x - 0.7 * em, key->y, key->x + 0.7 * em,
                             key->y);
      continue;
    }
    limen_palette_set (cr, layout->style->scheme, limen_estimator_colour (key->estimator));
    limen_dot_path (cr, limen_estimator_shape (key->estimator), key->x, key->y, 0.36 * em);
    cairo_fill (cr);
  }
}

void
limen_duel_plot_draw (const LimenDuelPlot *plot, cairo_t *cr, const LimenChartStyle *style,
                      double width, double height)
{
  g_autoptr (LimenDuelLayout) layout = limen_duel_layout_new (plot, style, width, height);
  limen_chart_begin (cr, style, width, height);
  draw_plane (layout, cr);
  limen_frame_draw_labels (&layout->frame, cr, style);
  limen_duel_lens_draw (layout, cr);
  draw_keys (layout, cr);
  limen_places_draw (layout->places, cr);
  cairo_restore (cr);
}
