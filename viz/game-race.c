/* The race of methods, and the strip of what they keep, as line plots. */
#include "viz/game-plot.h"

#include "model/base/number.h"

#include <math.h>

#define MOST    LIMEN_GAME_MOST_RUNNERS
#define DEPTH   1e-8  /* of a logarithmic axis: its low end over its high one */
#define NOTHING 1e-16 /* what is below is rounding */

LimenColour
limen_game_race_colour (guint index)
{
  static const LimenColour colours[MOST] = {LIMEN_COLOUR_HAND,   LIMEN_COLOUR_FIRST,
                                            LIMEN_COLOUR_SECOND, LIMEN_COLOUR_THIRD,
                                            LIMEN_COLOUR_REST,   LIMEN_COLOUR_INK};
  return colours[index % MOST];
}

/* What the plots borrow. */
typedef struct {
  double x[MOST][LIMEN_GAME_PLACES], y[MOST][LIMEN_GAME_PLACES], thin[MOST][LIMEN_GAME_PLACES];
  double reference[LIMEN_GAME_PLACES];
  LimenLine line[2 * MOST + 1];
  double dot_x[LIMEN_GAME_PLACES], dot_y[LIMEN_GAME_PLACES];
  guint n_lines;
  double longest; /* x of the last place */
} Lines;

static void
add_line (Lines *lines, const LimenLine *line)
{
  lines->line[lines->n_lines++] = *line;
}

static double
drawn (double y)
{
  return y > NOTHING && isfinite (y) ? y : NAN;
}

static Lines *
lines_new (const LimenGameRace *race, gboolean by_gradients)
{
  Lines *lines = g_new0 (Lines, 1);
  for (guint c = 0; c < MIN (race->n_curves, MOST); c++) {
    const LimenGameCurve *curve = &race->curve[c];
    for (guint i = 0; i < curve->n; i++)
      lines->x[c][i] = curve->k[i] * (by_gradients ? curve->gradients : 1);
    if (curve->n > 0)
      lines->longest = fmax (lines->longest, lines->x[c][curve->n - 1]);
  }
  return lines;
}

/* -- the race -- */

/* The modulus through the middle of what is drawn of the method, or the proven slope through its
 * end. Returns: whether there is either. */
static gboolean
fill_reference (const LimenGameCurve *curve, const double *y, double *out)
{
  double floor_of = 1e-12;
  guint at = 0;
  for (guint i = 0; i < curve->n; i++)
    if (y[i] > floor_of)
      at = i;
  gboolean has_rate = isfinite (curve->rate);
  if (curve->n == 0 || !(y[at] > 0) || (!has_rate && !isfinite (curve->slope)))
    return FALSE;
  double anchor = y[at] * 3; /* beside the line, not on it */
  for (guint i = 0; i < curve->n; i++) {
    double past = curve->k[i] - curve->k[at];
    double value = has_rate ? anchor * pow (curve->rate, past)
                            : anchor * pow (curve->k[i] / curve->k[at], curve->slope);
    out[i] = value < 1e3 * y[0] ? drawn (value) : NAN;
  }
  return TRUE;
}

static char *
race_badge (const LimenGameCurve *curve)
{
  g_autofree char *slope = limen_format_number (curve->measured_slope, 2);
  g_autofree char *average = limen_format_number (curve->measured_average_slope, 2);
  g_autofree char *proven = limen_format_number (curve->slope, 1);
  if (isfinite (curve->rate))
    return g_strdup_printf ("Modulus %.6f a step (dashed)", curve->rate);
  if (isfinite (curve->slope) && isfinite (curve->measured_slope))
    return g_strdup_printf ("Slope %s, proven %s (dashed)", slope, proven);
  if (isfinite (curve->measured_average_slope))
    return g_strdup_printf ("Slope of the average %s", average);
  return NULL;
}

static void
add_runners (Lines *lines, const LimenGameRace *race)
{
  gboolean distance = race->measure == LIMEN_RACE_DISTANCE;
  for (guint c = 0; c < MIN (race->n_curves, MOST); c++) {
    const LimenGameCurve *curve = &race->curve[c];
    for (guint i = 0; i < curve->n; i++) {
      lines->y[c][i] = drawn (distance ? curve->distance[i] : curve->gap[i]);
      lines->thin[c][i] = drawn (curve->average_gap[i]);
    }
  }
  const LimenGameCurve *own = race->curve;
  if (fill_reference (own, lines->y[0], lines->reference))
    add_line (lines, &(LimenLine){NULL, LIMEN_COLOUR_HAND, LIMEN_LINE_REFERENCE, lines->x[0],
                                  lines->reference, own->n});
  for (guint i = MIN (race->n_curves, MOST); i-- > 0;) { /* the one in hand on top */
    LimenColour colour = limen_game_race_colour (i);
    const LimenGameCurve *curve = &race->curve[i];
    if (!distance)
      add_line (lines,
                &(LimenLine){NULL, colour, LIMEN_LINE_THIN, lines->x[i], lines->thin[i], curve->n});
    add_line (lines, &(LimenLine){limen_method_title (curve->method), colour, LIMEN_LINE_EXACT,
                                  lines->x[i], lines->y[i], curve->n});
  }
}

static LimenLinePlot
race_plot (const LimenGameRace *race, Lines *lines, const char *badge)
{
  LimenLinePlot plot = {.title = "Race",
                        .note = race->measure == LIMEN_RACE_DISTANCE
                                    ? "distance to the solution"
                                    : "duality gap; thin: of the average",
                        .x_caption = race->by_gradients ? "gradients" : "iterations",
                        .badge = badge,
                        .x = {&limen_scale_log, .low = 1, .high = fmax (lines->longest, 10)},
                        .y = {&limen_scale_log, .low = 1e-3, .high = 1},
                        .line = lines->line,
                        .n_lines = lines->n_lines,
                        .legend = TRUE};
  double low, high;
  if (limen_line_plot_range (&plot, 1, plot.x.high, &low, &high) && low < high) {
    plot.y.low = fmax (low, DEPTH * high);
    plot.y.high = high;
  }
  return plot;
}

static void
draw_nothing (const char *title, const char *words, cairo_t *cr, const LimenChartStyle *style,
              double width, double height)
{
  LimenText head = {.colour = LIMEN_COLOUR_INK, .bold = TRUE, .size = 1.05};
  LimenText text = {.colour = LIMEN_COLOUR_DIM,
                    .size = 1,
                    .max_width = width - 2 * style->font_size,
                    .align_x = 0.5,
                    .align_y = 0.5};
  limen_palette_set (cr, style->scheme, LIMEN_COLOUR_PAPER);
  cairo_paint (cr);
  limen_text_draw (cr, style, &head, title, 1.1 * style->font_size, 0.9 * style->font_size);
  limen_text_draw (cr, style, &text, words, width / 2, height / 2);
}

void
limen_game_race_draw (const LimenGameRace *race, cairo_t *cr, const LimenChartStyle *style,
                      double width, double height)
{
  if (race->n_curves == 0) {
    draw_nothing ("Race", "The methods are on their way.", cr, style, width, height);
    return;
  }
  g_autofree Lines *lines = lines_new (race, race->by_gradients);
  g_autofree char *badge = race_badge (race->curve);
  add_runners (lines, race);
  LimenLinePlot plot = race_plot (race, lines, badge);
  limen_line_plot_draw (&plot, cr, style, width, height);
  double x = race->k * (race->by_gradients ? race->curve[0].gradients : 1);
  if (x < 1 || x > plot.x.high)
    return;
  LimenFrame frame = limen_line_plot_frame (&plot, style, width, height);
  limen_line_plot_draw_marker (&frame, cr, style, x, NAN, NULL, LIMEN_HOLD_NONE);
  limen_frame_clear (&frame);
}

/* -- the strip -- */

static double
kept_value (const LimenGameCurve *curve, guint i, LimenGameKept kept)
{
  double value = kept == LIMEN_KEPT_KL ? curve->kl[i] : curve->energy[i];
  return isfinite (value) && fabs (value) > NOTHING ? value : NAN;
}

/* Where the method in hand was brought back from outside since the place before. */
static guint
find_edges (Lines *lines, const LimenGameCurve *curve)
{
  guint n = 0;
  for (guint i = 0; i < curve->n; i++)
    if (curve->touched[i] && isfinite (lines->y[0][i])) {
      lines->dot_x[n] = lines->x[0][i];
      lines->dot_y[n++] = lines->y[0][i];
    }
  return n;
}

/* Logarithmic where all is above 0 and spreads over more than a power of ten. */
static LimenAxis
kept_axis (const Lines *lines, const LimenGameRace *race)
{
  double low = INFINITY, high = -INFINITY;
  for (guint c = 0; c < MIN (race->n_curves, MOST); c++)
    for (guint i = 0; i < race->curve[c].n; i++)
      if (isfinite (lines->y[c][i])) {
        low = fmin (low, lines->y[c][i]);
        high = fmax (high, lines->y[c][i]);
      }
  if (!(low <= high))
    return (LimenAxis){&limen_scale_linear, .low = 0, .high = 1};
  if (low > 0 && high > 10 * low)
    return (LimenAxis){&limen_scale_log, .low = fmax (low / 1.3, DEPTH * high), .high = high * 1.3};
  double room = fmax (0.08 * (high - low), 0.02 * fmax (fabs (high), 1e-9));
  return (LimenAxis){&limen_scale_linear, .low = fmin (low - room, 0), .high = high + room};
}

void
limen_game_kept_draw (const LimenGameRace *race, LimenGameKept kept, cairo_t *cr,
                      const LimenChartStyle *style, double width, double height)
{
  const char *title = kept == LIMEN_KEPT_KL ? "Σ KL(solution‖p)" : "Energy";
  guint n_curves = MIN (race->n_curves, MOST);
  gboolean has_any = FALSE;
  g_autofree Lines *lines = lines_new (race, FALSE);
  for (guint c = 0; c < n_curves; c++)
    for (guint i = 0; i < race->curve[c].n; i++) {
      lines->y[c][i] = kept_value (&race->curve[c], i, kept);
      has_any = has_any || isfinite (lines->y[c][i]);
    }
  if (!has_any) {
    draw_nothing (title, "no single solution", cr, style, width,
                  height);
    return;
  }
  gboolean has_names = width >= 32 * style->font_size; /* else those of the race have to do */
  for (guint i = n_curves; i-- > 0;)
    add_line (lines, &(LimenLine){has_names ? limen_method_title (race->curve[i].method) : NULL,
                                  limen_game_race_colour (i), LIMEN_LINE_EXACT, lines->x[i],
                                  lines->y[i], race->curve[i].n});
  guint n_edges = find_edges (lines, race->curve);
  LimenDots edges = {
      LIMEN_COLOUR_HAND, LIMEN_DOT_TRIANGLE_DOWN, lines->dot_x, lines->dot_y, NULL, n_edges};
  LimenLinePlot plot = {.title = title,
                        .note = n_edges > 0             ? "▼ projected at an edge: not kept there"
                                : kept == LIMEN_KEPT_KL ? "nats; the replicator flow keeps it"
                                                        : "alternating GDA keeps it",
                        .x_caption = "iterations",
                        .x = {&limen_scale_log, .low = 1, .high = fmax (lines->longest, 10)},
                        .y = kept_axis (lines, race),
                        .line = lines->line,
                        .n_lines = lines->n_lines,
                        .dots = &edges,
                        .n_dots = n_edges > 0,
                        .legend = TRUE};
  limen_line_plot_draw (&plot, cr, style, width, height);
}
