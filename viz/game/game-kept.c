/* What a method keeps, or how it grows: energy, or the divergence from the solution. */
#include "viz/game/game-picture-private.h"

#include "viz/kit/line-plot-private.h"

#include <math.h>

#define LONG    300  /* iterations from which the axis is logarithmic: places are */
#define APART   4    /* pixels between ticks */
#define DECADES 1e-6 /* that are shown below the largest */
#define STEEP   30   /* from which factor on the values are on a log axis */

static const double *
values_of (const LimenGameCurve *curve, LimenGameKept kept)
{
  return kept == LIMEN_KEPT_KL ? curve->kl : curve->energy;
}

/* --- Axes --- */

static LimenAxis
x_axis (const LimenGameCurves *curves)
{
  double high = 0;
  for (guint r = 0; r < curves->n_curves; r++)
    if (curves->curve[r].n > 0)
      high = fmax (high, curves->curve[r].k[curves->curve[r].n - 1]);
  if (high > LONG)
    return (LimenAxis){&limen_scale_log, .low = 1, .high = high};
  return (LimenAxis){&limen_scale_linear, .low = 0, .high = fmax (high, 2)};
}

/* From 0, so that what is kept looks flat; on a log scale where it falls by decades. */
static LimenAxis
y_axis (const LimenKeptPlot *plot, guint n_runners)
{
  double low = INFINITY, high = -INFINITY;
  for (guint r = 0; r < n_runners; r++)
    for (guint i = 0; i < plot->line[r].n; i++)
      if (isfinite (plot->y[r][i])) {
        low = fmin (low, plot->y[r][i]);
        high = fmax (high, plot->y[r][i]);
      }
  if (!(low <= high))
    return (LimenAxis){&limen_scale_linear, .low = 0, .high = 1};
  if (low > 0 && high > STEEP * low)
    return (LimenAxis){&limen_scale_log, .low = fmax (low, DECADES * high) / 1.5,
                       .high = high * 1.5};
  double room = fmax (0.08 * (fmax (high, 0) - fmin (low, 0)), 1e-9);
  return (LimenAxis){&limen_scale_linear, .low = low < 0 ? low - room : 0,
                     .high = fmax (high, 0) + room};
}

/* --- The plot --- */

static void
fill_lines (LimenKeptPlot *plot, const LimenGameCurves *curves, LimenGameKept kept, guint n)
{
  for (guint r = 0; r < n; r++) {
    const LimenGameCurve *curve = &curves->curve[r];
    const double *values = values_of (curve, kept);
    LimenColour colour = limen_game_curves_colour (r);
    guint places = MIN (curve->n, LIMEN_GAME_PLACES);
    for (guint i = 0; i < places; i++)
      /* what falls to rounding leaves the log axis, not to be the least of it */
      plot->y[r][i] =
          isfinite (values[i]) && fabs (values[i]) > LIMEN_GAME_LEAST / 10 ? values[i] : NAN;
    plot->line[r] = (LimenLine){limen_method_title (curve->method),
                                colour,
                                r == 0 ? LIMEN_LINE_EXACT : LIMEN_LINE_THIN,
                                curve->k,
                                plot->y[r],
                                places};
    plot->dot[r][0] = curves->k;
    plot->dot[r][1] = limen_game_value_at (curve, plot->y[r], curves->k, TRUE);
    plot->dots[r] =
        (LimenDots){colour, limen_game_shape (r), &plot->dot[r][0], &plot->dot[r][1], NULL, 1};
  }
}

/* On the line of the method in hand, or at the foot where it has no value. */
static void
fill_ticks (LimenKeptPlot *plot, const LimenGameCurve *curve, const LimenFrame *frame)
{
  const LimenRect *area = &frame->plot;
  double last = -INFINITY, x, y;
  for (guint i = 0; i < plot->line[0].n; i++) {
    if (!curve->touched[i] || !isfinite (x = limen_axis_to_pixel (&frame->x, curve->k[i])) ||
        x - last < APART)
      continue;
    if (!limen_line_place (frame, curve->k[i], plot->y[0][i], &x, &y))
      y = area->y + area->height;
    plot->tick[plot->n_ticks][0] = last = x;
    plot->tick[plot->n_ticks++][1] = CLAMP (y, area->y, area->y + area->height);
  }
}

static gboolean
has_values (const LimenKeptPlot *plot, guint n)
{
  for (guint r = 0; r < n; r++)
    for (guint i = 0; i < plot->line[r].n; i++)
      if (isfinite (plot->y[r][i]))
        return TRUE;
  return FALSE;
}

/* Why nothing is drawn. (transfer full) (nullable) */
static char *
badge_of (const LimenKeptPlot *plot, const LimenGameCurves *curves, LimenGameKept kept, guint n)
{
  const LimenGameStrip strip = {n > 0 ? curves->curve : NULL, kept == LIMEN_KEPT_KL};
  return has_values (plot, n) ? NULL : limen_game_say (LIMEN_SAY_NOTHING_KEPT, &strip);
}

/* What is claimed, or as much of it as there is room for: (transfer full) (nullable) */
static char *
note_of (const LimenGameCurves *curves, LimenGameKept kept, gboolean touched,
         const LimenChartStyle *style, const char *title, double width)
{
  const LimenGameStrip strip = {curves->n_curves > 0 ? curves->curve : NULL, kept == LIMEN_KEPT_KL};
  const LimenText text = {.size = 1}, bold = {.bold = TRUE, .size = 1.05};
  g_autofree char *claim = limen_game_say (LIMEN_SAY_KEPT, &strip);
  const char *less = touched ? "ticks: projected at an edge" : strip.kl ? "nats" : NULL;
  const char *variants[] = {claim, less, touched ? "at an edge" : NULL, NULL};
  double beside = limen_text_rect (style, &bold, title, 0, 0).width + 3.2 * style->font_size;
  const char *fits = claim ? limen_chart_fitting (style, &text, variants, width - beside) : NULL;
  return g_strdup (fits ? fits : less ? less : claim);
}

/* Under the line in the hand: names keep off it. */
static void
add_marker (LimenKeptPlot *plot, double k)
{
  plot->marker[0][0] = plot->marker[0][1] = k;
  plot->marker[1][0] = plot->plot.y.low;
  plot->marker[1][1] = plot->plot.y.high;
  plot->line[plot->plot.n_lines++] =
      (LimenLine){NULL, LIMEN_COLOUR_HAND, LIMEN_LINE_THIN, plot->marker[0], plot->marker[1], 2};
  plot->has_marker = TRUE;
}

LimenKeptPlot *
limen_kept_plot_new (const LimenGameCurves *curves, LimenGameKept kept,
                     const LimenChartStyle *style, double width, double height)
{
  LimenKeptPlot *plot = g_new0 (LimenKeptPlot, 1);
  guint n = MIN (curves->n_curves, LIMEN_GAME_MOST_RUNNERS);
  gboolean touched = FALSE;
  fill_lines (plot, curves, kept, n);
  for (guint i = 0; n > 0 && i < plot->line[0].n; i++)
    touched |= curves->curve[0].touched[i];
  const char *title = kept == LIMEN_KEPT_KL ? "KL from the solution" : "Energy";
  plot->badge = badge_of (plot, curves, kept, n);
  plot->note = plot->badge ? NULL : note_of (curves, kept, touched, style, title, width);
  plot->plot = (LimenLinePlot){.title = title,
                               .note = plot->note,
                               .x_caption = "iterations k",
                               .badge = plot->badge,
                               .x = x_axis (curves),
                               .y = y_axis (plot, n),
                               .line = plot->line,
                               .n_lines = n,
                               .dots = plot->dots,
                               .n_dots = curves->k > 0 ? n : 0};
  LimenFrame frame = limen_line_plot_frame (&plot->plot, style, width, height);
  if (curves->k > 0 && !plot->plot.badge && n > 0)
    add_marker (plot, curves->k);
  if (touched && !plot->plot.badge)
    fill_ticks (plot, &curves->curve[0], &frame);
  limen_frame_clear (&frame);
  return plot;
}

void
limen_kept_plot_free (LimenKeptPlot *plot)
{
  if (!plot)
    return;
  g_free (plot->badge);
  g_free (plot->note);
  g_free (plot);
}

static void
draw_ticks (const LimenKeptPlot *plot, cairo_t *cr, const LimenChartStyle *style)
{
  double half = 0.45 * style->font_size;
  limen_palette_set (cr, style->scheme, limen_game_curves_colour (0));
  cairo_set_dash (cr, NULL, 0, 0);
  cairo_set_line_width (cr, 1.3);
  for (guint i = 0; i < plot->n_ticks; i++)
    limen_chart_line (cr, plot->tick[i][0], plot->tick[i][1] - half, plot->tick[i][0],
                      plot->tick[i][1] + half);
  cairo_stroke (cr);
}

void
limen_game_kept_draw (const LimenGameCurves *curves, LimenGameKept kept, cairo_t *cr,
                      const LimenChartStyle *style, double width, double height)
{
  g_autoptr (LimenKeptPlot) plot = limen_kept_plot_new (curves, kept, style, width, height);
  cairo_save (cr);
  limen_line_plot_draw (&plot->plot, cr, style, width, height);
  draw_ticks (plot, cr, style);
  if (plot->has_marker) {
    LimenFrame frame = limen_line_plot_frame (&plot->plot, style, width, height);
    limen_line_plot_draw_marker (&frame, cr, style, curves->k, NAN, NULL, LIMEN_HOLD_NONE);
    limen_frame_clear (&frame);
  }
  cairo_restore (cr);
}
