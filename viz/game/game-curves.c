/* The curves of methods, log–log: how near they are after k iterations. */
#include "viz/kit/line-plot-private.h"
#include "viz/game/game-picture-private.h"

#include <math.h>

#define NOTHING   1e-16 /* of the unit: what is less is rounding */
#define ABOVE     2     /* how far a bound is drawn above what it touches */
#define DECADES   1e-4  /* that are shown below what does not fall out of sight */
#define CONVERGED 1e-12 /* of the unit: where a line is no longer compared with what is proven */

LimenColour
limen_game_curves_colour (guint index)
{
  static const LimenColour colours[LIMEN_GAME_MOST_RUNNERS] = {
      LIMEN_COLOUR_HAND,         LIMEN_COLOUR_THIRD, LIMEN_COLOUR_FIRST_LIGHT,
      LIMEN_COLOUR_SECOND_LIGHT, LIMEN_COLOUR_REST,  LIMEN_COLOUR_FIRST_DARK};
  return colours[MIN (index, LIMEN_GAME_MOST_RUNNERS - 1)];
}

LimenDotShape
limen_game_shape (guint index)
{
  static const LimenDotShape shapes[LIMEN_GAME_MOST_RUNNERS] = {
      LIMEN_DOT_DISC,    LIMEN_DOT_SQUARE,        LIMEN_DOT_TRIANGLE,
      LIMEN_DOT_DIAMOND, LIMEN_DOT_TRIANGLE_DOWN, LIMEN_DOT_CROSS};
  return shapes[MIN (index, LIMEN_GAME_MOST_RUNNERS - 1)];
}

/* --- Words --- */

/* "−1", "−0.5", "−2/3" */
static char *
exponent_text (double exponent)
{
  if (fabs (exponent + 2.0 / 3) < 1e-9)
    return g_strdup ("−2/3");
  return limen_axis_format (exponent);
}

/* Of the runners, the one in hand, or the first of those whose iterates left the simplices: what
 * the lines are is true of all. */
static const LimenGameCurve *
least_inside (const LimenGameCurves *curves)
{
  for (guint r = 0; r < curves->n_curves; r++)
    for (guint i = 0; i < curves->curve[r].n; i++)
      if (curves->curve[r].outside[i] || curves->curve[r].average_outside[i])
        return &curves->curve[r];
  return curves->curve;
}

/* Where there is room, what the axis is of, and how fast the method in hand is. */
static char *
note_of (const LimenGameCurves *curves, const LimenChartStyle *style, double width)
{
  const LimenText text = {.size = 1}, title = {.bold = TRUE, .size = 1.05};
  gboolean gap = curves->measure == LIMEN_MEASURE_GAP;
  if (curves->n_curves == 0)
    return g_strdup (gap ? "duality gap" : "distance to the solution");
  const LimenGamePace all = {least_inside (curves), gap}, own = {curves->curve, gap};
  g_autofree char *what = limen_game_say (LIMEN_SAY_GAP, &all);
  g_autofree char *thin = limen_game_say (LIMEN_SAY_THIN, &all);
  g_autofree char *words = limen_game_say (LIMEN_SAY_PACE, &own);
  const char *pace = words ? words : "", *dot = words ? "   " : "";
  g_autofree char *whole = g_strdup_printf ("%s; %s%s%s", what, thin, dot, pace);
  g_autofree char *part = g_strdup_printf ("%s%s%s", what, dot, pace);
  /* that a gap is none is said before how fast it falls */
  gboolean least = words && gap && g_str_equal (what, "duality gap");
  const char *variants[] = {whole, part, least || !gap ? (words ? words : what) : what, NULL};
  double beside = limen_text_rect (style, &title, "Race", 0, 0).width + 3.2 * style->font_size;
  const char *fits = limen_chart_fitting (style, &text, variants, width - beside);
  return g_strdup (fits ? fits : variants[2]);
}

/* --- Lines --- */

/* Of what is measured at iterates, or (@mean) at their mean: gaps are points, distances are weights
 */
static double
unit_of (const LimenGameCurves *curves, gboolean mean)
{
  gboolean points = mean || curves->measure == LIMEN_MEASURE_GAP;
  return points && curves->n_curves > 0 ? curves->curve[0].largest : 1;
}

/* What a log axis can show and is more than rounding. */
static double
clean (double value, double unit)
{
  return isfinite (value) && value >= NOTHING * unit ? value : NAN;
}

double
limen_game_value_at (const LimenGameCurve *curve, const double *values, double k, gboolean linear)
{
  guint after = 0;
  while (after < curve->n && curve->k[after] < k)
    after++;
  if (after == curve->n || !(k >= 1))
    return NAN;
  if (curve->k[after] == k || after == 0)
    return curve->k[after] == k ? values[after] : NAN;
  double k0 = curve->k[after - 1], k1 = curve->k[after];
  double from = values[after - 1], to = values[after];
  if (linear)
    return from + (to - from) * (k - k0) / (k1 - k0);
  return exp (log (from) + (log (to) - log (from)) * log (k / k0) / log (k1 / k0));
}

static void
fill_runner (LimenGameLines *lines, const LimenGameCurves *curves, guint r)
{
  const LimenGameCurve *curve = &curves->curve[r];
  const double *measure = curves->measure == LIMEN_MEASURE_GAP ? curve->gap : curve->distance;
  double cost = curves->by_gradients ? curve->gradients : 1;
  double unit = unit_of (curves, FALSE);
  guint n = MIN (curve->n, LIMEN_GAME_PLACES);
  for (guint i = 0; i < n; i++) {
    lines->x[r][i] = cost * curve->k[i];
    lines->y[r][i] = clean (measure[i], unit);
    lines->average[r][i] = clean (curve->average_gap[i], unit_of (curves, TRUE));
  }
  LimenColour colour = limen_game_curves_colour (r);
  /* all have been dealt as many gradients, or iterations, as the method in hand */
  double k = curves->by_gradients && curve->gradients > 0
                 ? floor (curves->k * curves->curve[0].gradients / curve->gradients)
                 : curves->k;
  lines->dot[r][0] = cost * k;
  lines->dot[r][1] = k > 0 ? clean (limen_game_value_at (curve, measure, k, FALSE), unit) : NAN;
  lines->dots[r] =
      (LimenDots){colour, limen_game_shape (r), &lines->dot[r][0], &lines->dot[r][1], NULL, 1};
  lines->line[r] = (LimenLine){
      limen_method_title (curve->method), colour, LIMEN_LINE_EXACT, lines->x[r], lines->y[r], n};
  lines->line[curves->n_curves + r] =
      (LimenLine){NULL, colour, LIMEN_LINE_THIN, lines->x[r], lines->average[r], n};
}

/* What is proven as a line that touches what was measured from above: the constant of a bound is
 * not known, its slope is. log value = log c + @log_bound; of the last two thirds of the decades.
 */
static gboolean
fill_reference (double *out, const LimenGameCurve *curve, const double *y, double unit,
                double slope, double log_rate)
{
  double from = cbrt (curve->k[curve->n - 1]), most = -INFINITY;
  for (guint i = 0; i < curve->n; i++) {
    out[i] = slope * log (curve->k[i]) + log_rate * curve->k[i];
    if (curve->k[i] >= from && y[i] > CONVERGED * unit)
      most = fmax (most, log (y[i]) - out[i]);
  }
  for (guint i = 0; i < curve->n; i++)
    out[i] = clean (exp (out[i] + most + log (ABOVE)), unit);
  return isfinite (most);
}

static void
add_reference (LimenGameLines *lines, const LimenGameCurves *curves, const double *y, double slope,
               double rate, char *name)
{
  const LimenGameCurve *curve = &curves->curve[0];
  guint i = lines->n_references;
  double unit = unit_of (curves, y == lines->average[0]);
  if (!fill_reference (lines->reference[i], curve, y, unit, isfinite (slope) ? slope : 0,
                       isfinite (rate) ? log (rate) : 0)) {
    g_free (name);
    return;
  }
  lines->name[i] = name;
  lines->line[2 * lines->n_runners + i] = (LimenLine){
      name, LIMEN_COLOUR_DIM, LIMEN_LINE_REFERENCE, lines->x[0], lines->reference[i], curve->n};
  lines->n_references++;
}

/* Of the method in hand: the modulus of the iterate where there is one, or its exponent; and that
 * of the mean. */
static void
add_references (LimenGameLines *lines, const LimenGameCurves *curves)
{
  const LimenGameCurve *curve = &curves->curve[0];
  if (curves->n_curves == 0 || curve->n == 0)
    return;
  if (isfinite (curve->rate)) {
    g_autofree char *rate = limen_format_number (curve->rate, 4);
    add_reference (lines, curves, lines->y[0], NAN, curve->rate,
                   g_strdup_printf ("ρᵏ, ρ = %s", rate));
  } else if (isfinite (curve->slope) && curves->measure == LIMEN_MEASURE_GAP) {
    g_autofree char *exponent = exponent_text (curve->slope);
    add_reference (lines, curves, lines->y[0], curve->slope, NAN,
                   g_strdup_printf ("proven: slope %s", exponent));
  }
  if (isfinite (curve->average_slope)) {
    g_autofree char *exponent = exponent_text (curve->average_slope);
    add_reference (lines, curves, lines->average[0], curve->average_slope, NAN,
                   g_strdup_printf ("proven of the average: slope %s", exponent));
  }
}

/* --- Axes --- */

static LimenAxis
x_axis (const LimenGameLines *lines)
{
  double low = INFINITY, high = 0;
  for (guint r = 0; r < lines->n_runners; r++) {
    guint n = lines->line[r].n;
    if (n == 0)
      continue;
    low = fmin (low, lines->x[r][0]);
    high = fmax (high, lines->x[r][n - 1]);
  }
  if (!(low > 0 && high > low))
    return (LimenAxis){&limen_scale_log, .low = 1, .high = 10};
  return (LimenAxis){&limen_scale_log, .low = low, .high = high};
}

/* The least and the largest of a line. Returns: whether it ends in sight, and not in rounding. */
static gboolean
range_of (const LimenLine *line, double unit, double *low, double *high)
{
  *low = INFINITY;
  *high = 0;
  for (guint i = 0; i < line->n; i++)
    if (!isnan (line->y[i])) {
      *low = fmin (*low, line->y[i]);
      *high = fmax (*high, line->y[i]);
    }
  return line->n > 0 && line->y[line->n - 1] >= LIMEN_GAME_LEAST * unit;
}

/* Down to the least, but where some lines fall out of sight anyway, not so far that all others lie
 * on one another. */
static LimenAxis
y_axis (const LimenGameLines *lines, const LimenGameCurves *curves)
{
  double units[] = {unit_of (curves, FALSE), unit_of (curves, TRUE)};
  double least = INFINITY, lasting = INFINITY, most = 0, low, high;
  for (guint i = 0; i < 2 * lines->n_runners; i++) {
    if (range_of (&lines->line[i], units[i >= lines->n_runners], &low, &high))
      lasting = fmin (lasting, low);
    least = fmin (least, low);
    most = fmax (most, high);
  }
  if (!(least <= most))
    return (LimenAxis){&limen_scale_log, .low = 1e-3, .high = 2};
  if (isfinite (lasting))
    least = fmax (least, DECADES * lasting);
  most *= 1.5;
  least = fmax (least / 1.5, LIMEN_GAME_LEAST * fmin (units[0], units[1]));
  if (most < 20 * least) /* at least a decade and a bit: what is flat looks flat */
    least = most / 20;
  return (LimenAxis){&limen_scale_log, .low = least, .high = most};
}

/* --- The plot --- */

LimenGameLayout *
limen_game_layout_new (const LimenGameCurves *curves, const LimenChartStyle *style, double width,
                       double height)
{
  LimenGameLayout *layout = g_new0 (LimenGameLayout, 1);
  LimenGameLines *lines = &layout->lines;
  LimenGameCurves few = *curves;
  few.n_curves = MIN (curves->n_curves, LIMEN_GAME_MOST_RUNNERS);
  layout->style = style;
  lines->n_runners = few.n_curves;
  for (guint r = 0; r < few.n_curves; r++)
    fill_runner (lines, &few, r);
  add_references (lines, &few);
  layout->marker =
      few.k > 0 && few.n_curves > 0 ? few.k * (few.by_gradients ? few.curve[0].gradients : 1) : NAN;
  layout->plot =
      (LimenLinePlot){.title = "Race",
                      .x_caption = curves->by_gradients ? "gradient evaluations" : "iterations k",
                      .x = x_axis (lines),
                      .y = y_axis (lines, &few),
                      .line = lines->line,
                      .n_lines = 2 * lines->n_runners + lines->n_references,
                      .dots = lines->dots,
                      .n_dots = few.k > 0 ? lines->n_runners : 0};
  /* how wide the plot is decides the words, and they may need a row of their own */
  limen_game_layout_place_keys (layout, width, height);
  lines->note = note_of (&few, style, layout->width);
  layout->plot.note = lines->note;
  limen_game_layout_place_keys (layout, width, height);
  return layout;
}

void
limen_game_layout_free (LimenGameLayout *layout)
{
  if (!layout)
    return;
  for (guint i = 0; i < LIMEN_GAME_MOST_KEYS; i++)
    g_free (layout->lines.name[i]);
  g_free (layout->lines.note);
  limen_frame_clear (&layout->frame);
  g_free (layout);
}

void
limen_game_curves_draw (const LimenGameCurves *curves, cairo_t *cr, const LimenChartStyle *style,
                        double width, double height)
{
  g_autoptr (LimenGameLayout) layout = limen_game_layout_new (curves, style, width, height);
  /* the names are in the legend */
  for (guint i = 0; i < layout->plot.n_lines; i++)
    layout->lines.line[i].name = NULL;
  limen_chart_begin (cr, style, width, height);
  limen_line_plot_draw (&layout->plot, cr, style, layout->width, layout->height);
  if (isfinite (layout->marker))
    limen_line_plot_draw_marker (&layout->frame, cr, style, layout->marker, NAN, NULL,
                                 LIMEN_HOLD_NONE);
  limen_game_layout_draw_keys (layout, cr);
  cairo_restore (cr);
}

gboolean
limen_game_curves_place (const LimenGameCurves *curves, const LimenChartStyle *style, double width,
                         double height, double *x, double *y)
{
  g_autoptr (LimenGameLayout) layout = limen_game_layout_new (curves, style, width, height);
  const LimenAxis *axis = &layout->frame.x;
  if (!isfinite (layout->marker) || layout->marker < axis->low || layout->marker > axis->high)
    return FALSE;
  *x = limen_axis_to_pixel (axis, layout->marker);
  *y = layout->frame.plot.y + layout->frame.plot.height;
  return TRUE;
}

double
limen_game_curves_k (const LimenGameCurves *curves, const LimenChartStyle *style, double width,
                     double height, double x)
{
  g_autoptr (LimenGameLayout) layout = limen_game_layout_new (curves, style, width, height);
  const LimenGameCurve *own = curves->curve;
  if (curves->n_curves == 0 || own->n == 0)
    return 1;
  double k =
      limen_axis_from_pixel (&layout->frame.x, x) / (curves->by_gradients ? own->gradients : 1);
  return CLAMP (round (k), 1, own->k[own->n - 1]);
}
