/* Around the exact gradient thousands of draws are one blot, and their means one point of it: here
 * they can be told apart. */
#include "viz/prior/duel-plot-private.h"

#include <math.h>

#define FINE  12 /* means are shown together whose distances and errors differ by less than this */
#define LEAST 2  /* it magnifies, or it is none */

typedef struct {
  double mean[2], error[2];
} Mean;

/* Of the two parameters whose draws are seen */
static void
exact_of (const LimenDuel *duel, double exact[2])
{
  for (int i = 0; i < 2; i++)
    exact[i] = duel->exact[duel->pair[i]];
}

/* Where the variance is 0, each draw is the exact gradient, and what is measured beside that is
 * rounding. */
static Mean
mean_of (const LimenDuel *duel, LimenGradientEstimator estimator)
{
  const LimenDuelCloud *cloud = &duel->cloud[estimator];
  Mean mean = {{0}, {0}};
  for (int i = 0; i < 2; i++) {
    guint p = duel->pair[i];
    if (cloud->variance[p] == 0 && cloud->variance_error[p] == 0 && cloud->measured[p].n > 0) {
      mean.mean[i] = duel->exact[p];
      continue;
    }
    LimenEstimate estimate = limen_running_mean_estimate (&cloud->measured[p]);
    mean.mean[i] = estimate.mean;
    mean.error[i] = isfinite (estimate.standard_error) ? estimate.standard_error : 0;
  }
  return mean;
}

/* How far from @centre the arms of a cross reach. */
static double
reach_of (const Mean *mean, const double centre[2])
{
  double x = fabs (mean->mean[0] - centre[0]), y = fabs (mean->mean[1] - centre[1]);
  return fmax (hypot (x + mean->error[0], y), hypot (x, y + mean->error[1]));
}

/* --- What it shows --- */

/* The reach of the means that can be read beside the most exact one: a cloud that is far wider,
 * as that of the log-derivative after a shift, would leave the others a point. */
static double
reach_of_means (const LimenDuelLayout *layout, const double centre[2])
{
  const LimenDuel *duel = layout->plot->duel;
  double least = INFINITY, most = 0, exact[2];
  exact_of (duel, exact);
  for (int pass = 0; pass < 2; pass++)
    for (guint i = 0; i < layout->n_shown; i++) {
      Mean mean = mean_of (duel, layout->order[i]);
      double own = reach_of (&mean, exact);
      if (!isfinite (own) || own <= 0)
        continue;
      if (pass == 0)
        least = fmin (least, own);
      else if (own <= FINE * least)
        most = fmax (most, reach_of (&mean, centre));
    }
  return most;
}

/* The largest of these times a power of ten that is not above @value. */
static double
round_down (double value)
{
  static const double digits[] = {8, 6, 5, 4, 3, 2.5, 2, 1.5, 1};
  double power = pow (10, floor (log10 (value) + 1e-9));
  for (guint i = 0; i < G_N_ELEMENTS (digits); i++)
    if (digits[i] * power <= value * (1 + 1e-9))
      return digits[i] * power;
  return power;
}

/* Lines about a third of the radius apart. */
static double
grid_step (double reach)
{
  static const double digits[] = {5, 2, 1};
  double least = 0.6 * reach, power = pow (10, floor (log10 (least) + 1e-9));
  for (guint i = 0; i < G_N_ELEMENTS (digits); i++)
    if (digits[i] * power <= least * (1 + 1e-9))
      return digits[i] * power;
  return power;
}

LimenDuelLens
limen_duel_lens (const LimenDuelLayout *layout, double x, double y, double radius)
{
  const LimenDuel *duel = layout->plot->duel;
  const LimenFrame *frame = &layout->frame;
  LimenDuelLens lens = {.x = x, .y = y, .radius = radius};
  double scale = frame->plot.width / (frame->x.high - frame->x.low);
  double exact[2];
  exact_of (duel, exact);
  double length = hypot (exact[0], exact[1]), reach = reach_of_means (layout, exact);
  if (!isfinite (length) || !(scale > 0))
    return (LimenDuelLens){0};
  /* with 0, where the arrow begins, as long as the means can be read then */
  gboolean whole = length < 2.5 * reach || reach == 0;
  for (int i = 0; i < 2; i++)
    lens.centre[i] = whole ? exact[i] / 2 : exact[i];
  reach = whole ? fmax (reach_of_means (layout, lens.centre), length / 2) : reach;
  double most = reach > 0 ? 0.92 * radius / (scale * reach) : 1;
  lens.factor = isfinite (most) ? fmax (round_down (most), LEAST) : LEAST;
  lens.unit = lens.factor * scale;
  lens.step = grid_step (radius / lens.unit);
  double at[2];
  const LimenRect *area = &frame->plot;
  if (!limen_line_place (frame, lens.centre[0], lens.centre[1], &at[0], &at[1]) ||
      at[0] < area->x || at[0] > area->x + area->width || at[1] < area->y ||
      at[1] > area->y + area->height)
    return (LimenDuelLens){0};
  return lens;
}

/* --- Drawing --- */

static void
to_lens (const LimenDuelLens *lens, const double value[2], double at[2])
{
  at[0] = lens->x + lens->unit * (value[0] - lens->centre[0]);
  at[1] = lens->y - lens->unit * (value[1] - lens->centre[1]);
}

/* The circle in the plane that the lens shows; of some size where that is a point. */
static double
source_of (const LimenDuelLayout *layout, double at[2])
{
  const LimenDuelLens *lens = &layout->lens;
  at[0] = limen_axis_to_pixel (&layout->frame.x, lens->centre[0]);
  at[1] = limen_axis_to_pixel (&layout->frame.y, lens->centre[1]);
  return fmax (lens->radius / lens->factor, 0.3 * layout->style->font_size);
}

static gboolean
crosses (const double lead[4], const LimenRect *rect)
{
  double p[4] = {lead[0], lead[1], lead[2], lead[3]};
  return limen_segment_clip (rect, p);
}

/* Whether there are words in the way: labels with the marks before them, and of ticks. */
static gboolean
crosses_words (const LimenDuelLayout *layout, const double lead[4])
{
  const LimenRect *area = &layout->frame.plot;
  double em = layout->style->font_size;
  for (guint i = 0; i < limen_places_n_labels (layout->places); i++) {
    LimenRect rect = limen_places_label (layout->places, i)->rect;
    rect.x -= 2 * em;
    rect.width += 2 * em;
    if (crosses (lead, &rect))
      return TRUE;
  }
  for (guint i = 0; i < layout->frame.x_ticks->len; i++) {
    const LimenTick *tick = &g_array_index (layout->frame.x_ticks, LimenTick, i);
    LimenRect rect = limen_text_rect (layout->style, &(LimenText){.size = 1, .align_x = 0.5},
                                      tick->label, tick->pixel, area->y + area->height + 0.55 * em);
    if (crosses (lead, &rect))
      return TRUE;
  }
  return FALSE;
}

/* The two lines that touch both circles; where there are words in the way, lines that end nearer to
 * the middle. */
guint
limen_duel_leads (const LimenDuelLayout *layout, double leads[2][4])
{
  const LimenDuelLens *lens = &layout->lens;
  double at[2], radius = source_of (layout, at),
                distance = hypot (lens->x - at[0], lens->y - at[1]);
  guint n = 0;
  if (distance <= lens->radius + radius)
    return 0;
  double along = atan2 (lens->y - at[1], lens->x - at[0]);
  double across = acos ((radius - lens->radius) / distance);
  for (int side = -1; side <= 1; side += 2)
    for (int tries = 0; tries < 45; tries++) {
      double from = along + side * (across - 0.5 * (tries % 3));
      double to = along + side * (across + 0.1 * (tries / 3.0));
      double *lead = leads[n];
      lead[0] = at[0] + radius * cos (from);
      lead[1] = at[1] + radius * sin (from);
      lead[2] = lens->x + lens->radius * cos (to);
      lead[3] = lens->y + lens->radius * sin (to);
      if (crosses_words (layout, lead))
        continue;
      n++;
      break;
    }
  return n;
}

static void
draw_leads (const LimenDuelLayout *layout, cairo_t *cr)
{
  double at[2], leads[2][4], radius = source_of (layout, at), em = layout->style->font_size;
  guint n = limen_duel_leads (layout, leads);
  cairo_new_path (cr);
  cairo_arc (cr, at[0], at[1], radius, 0, 2 * G_PI);
  if (radius < 1.2 * em) {
    limen_chart_set_translucent (cr, layout->style, LIMEN_COLOUR_PAPER, 0.55);
    cairo_fill_preserve (cr);
  }
  limen_palette_set (cr, layout->style->scheme, LIMEN_COLOUR_INK);
  cairo_set_line_width (cr, 1.3);
  cairo_stroke (cr);
  for (guint i = 0; i < n; i++)
    limen_chart_line (cr, leads[i][0], leads[i][1], leads[i][2], leads[i][3]);
  limen_palette_set (cr, layout->style->scheme, LIMEN_COLOUR_AXIS);
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);
}

/* Whole steps, those through 0 twice. */
static void
draw_grid (const LimenDuelLens *lens, cairo_t *cr, const LimenChartStyle *style)
{
  double reach = lens->radius / lens->unit;
  limen_palette_set (cr, style->scheme, LIMEN_COLOUR_GRID);
  cairo_set_line_width (cr, 1);
  for (int axis = 0; axis < 2; axis++) {
    double first = ceil ((lens->centre[axis] - reach) / lens->step);
    double last = floor ((lens->centre[axis] + reach) / lens->step);
    for (double k = first; k <= last && k < first + 20; k++) {
      const double value[2] = {k * lens->step, k * lens->step};
      double at[2];
      to_lens (lens, value, at);
      double p = floor (at[axis]) + 0.5;
      for (int twice = 0; twice < (k == 0 ? 2 : 1); twice++) {
        limen_chart_line (cr, axis ? lens->x - lens->radius : p, axis ? p : lens->y - lens->radius,
                          axis ? lens->x + lens->radius : p, axis ? p : lens->y + lens->radius);
        cairo_stroke (cr);
      }
    }
  }
}

/* One standard error of a mean, both ways: as the draws are spread. */
static void
draw_error_ellipse (const LimenDuelLayout *layout, cairo_t *cr, LimenGradientEstimator e)
{
  const LimenDuelLens *lens = &layout->lens;
  const LimenDuelCloud *cloud = &layout->plot->duel->cloud[e];
  double mean[2], covariance[3], at[2], half[2][2];
  limen_duel_moments (cloud, mean, covariance);
  to_lens (lens, mean, at);
  if (cloud->n < 2 || !limen_duel_half_axes (covariance, 1 / sqrt (cloud->n), lens->unit, half) ||
      !(fabs (at[0]) + fabs (at[1]) + fabs (half[0][0]) + fabs (half[1][1]) < 1e5))
    return;
  limen_ellipse_path (cr, at, half);
  limen_chart_set_translucent (cr, layout->style, limen_estimator_colour (e), 0.13);
  cairo_fill_preserve (cr);
  limen_palette_set (cr, layout->style->scheme, limen_estimator_colour (e));
  cairo_set_line_width (cr, 1.1);
  cairo_stroke (cr);
}

static void
draw_cross (const LimenDuelLayout *layout, cairo_t *cr, LimenGradientEstimator e)
{
  const LimenDuelLens *lens = &layout->lens;
  Mean mean = mean_of (layout->plot->duel, e);
  double at[2], least = 0.25 * layout->style->font_size;
  to_lens (lens, mean.mean, at);
  double across = fmin (fmax (lens->unit * mean.error[0], least), 1e4);
  double up = fmin (fmax (lens->unit * mean.error[1], least), 1e4);
  if (!(fabs (at[0]) + fabs (at[1]) < 1e5))
    return;
  limen_palette_set (cr, layout->style->scheme, limen_estimator_colour (e));
  cairo_set_line_width (cr, 1.8);
  limen_chart_line (cr, at[0] - across, at[1], at[0] + across, at[1]);
  limen_chart_line (cr, at[0], at[1] - up, at[0], at[1] + up);
  cairo_stroke (cr);
}

/* From 0, or where that is far outside, from the rim. */
static void
draw_arrow (const LimenDuelLayout *layout, cairo_t *cr)
{
  const LimenDuelLens *lens = &layout->lens;
  const double zero[2] = {0, 0};
  double from[2], to[2], exact[2], em = layout->style->font_size;
  exact_of (layout->plot->duel, exact);
  to_lens (lens, zero, from);
  to_lens (lens, exact, to);
  double length = hypot (to[0] - from[0], to[1] - from[1]);
  if (length < 3 * lens->radius) {
    limen_palette_set (cr, layout->style->scheme, LIMEN_COLOUR_INK);
    cairo_arc (cr, from[0], from[1], 0.22 * em, 0, 2 * G_PI);
    cairo_fill (cr);
  } else
    for (int i = 0; i < 2; i++)
      from[i] = to[i] + (from[i] - to[i]) / length * 3 * lens->radius;
  limen_duel_draw_arrow (cr, layout->style, from[0], from[1], to[0], to[1]);
}

void
limen_duel_lens_draw (const LimenDuelLayout *layout, cairo_t *cr)
{
  const LimenDuelLens *lens = &layout->lens;
  if (lens->radius <= 0)
    return;
  cairo_save (cr);
  draw_leads (layout, cr);
  cairo_arc (cr, lens->x, lens->y, lens->radius, 0, 2 * G_PI);
  limen_palette_set (cr, layout->style->scheme, LIMEN_COLOUR_PAPER);
  cairo_fill_preserve (cr);
  cairo_clip (cr);
  draw_grid (lens, cr, layout->style);
  for (guint i = 0; i < layout->n_shown; i++)
    draw_error_ellipse (layout, cr, layout->order[i]);
  for (guint i = 0; i < layout->n_shown; i++)
    draw_cross (layout, cr, layout->order[i]);
  draw_arrow (layout, cr);
  cairo_restore (cr);
  cairo_new_path (cr);
  cairo_arc (cr, lens->x, lens->y, lens->radius, 0, 2 * G_PI);
  limen_palette_set (cr, layout->style->scheme, LIMEN_COLOUR_INK);
  cairo_set_line_width (cr, 1.5);
  cairo_stroke (cr);
}
