/* The histogram on paper: what stays while the line is dragged, and what moves with it. */
#include "viz/detector/histogram-plot-private.h"

#include <math.h>

typedef struct {
  LimenColour line, fill, strong;
} SetColours;

static const SetColours colours[LIMEN_N_HISTOGRAMS] = {
    [LIMEN_HISTOGRAM_VALIDATION] = {LIMEN_COLOUR_REST, LIMEN_COLOUR_REST, LIMEN_COLOUR_REST},
    [LIMEN_HISTOGRAM_NORMAL] = {LIMEN_COLOUR_FIRST, LIMEN_COLOUR_FIRST_FILL,
                                LIMEN_COLOUR_FIRST_STRONG},
    [LIMEN_HISTOGRAM_ANOMALY] = {LIMEN_COLOUR_SECOND, LIMEN_COLOUR_SECOND_FILL,
                                 LIMEN_COLOUR_SECOND_STRONG},
};

static gboolean
high_contrast (const LimenHistogramPlot *plot)
{
  return plot->style.scheme >= LIMEN_SCHEME_LIGHT_CONTRAST;
}

static double
base_line (const LimenHistogramPlot *plot)
{
  return plot->frame.plot.y + plot->frame.plot.height;
}

/* --- Bars --- */

/* The closed shape of the bars of @set between the pixels @left and @right. */
static void
add_bars (const LimenHistogramPlot *plot, cairo_t *cr, LimenHistogramIndex set, double left,
          double right)
{
  const LimenBins *bins = &plot->set[set];
  double base = base_line (plot);
  for (guint i = 0; i < plot->n_bins; i++) {
    double x = fmax (plot->edge_pixel[i], left), end = fmin (plot->edge_pixel[i + 1], right);
    if (bins->count[i] > 0 && end > x)
      cairo_rectangle (cr, x, bins->top[i], end - x, base - bins->top[i]);
  }
}

/* The upper edge of the bars, down to the base line and up again around each empty stretch. */
static void
add_outline (const LimenHistogramPlot *plot, cairo_t *cr, LimenHistogramIndex set)
{
  const LimenBins *bins = &plot->set[set];
  double base = base_line (plot);
  gboolean down = TRUE;
  for (guint i = 0; i < plot->n_bins; i++) {
    double x = plot->edge_pixel[i], end = plot->edge_pixel[i + 1];
    if (end <= x)
      continue;
    if (bins->count[i] == 0) {
      if (!down)
        cairo_line_to (cr, x, base);
      down = TRUE;
      continue;
    }
    if (down)
      cairo_move_to (cr, x, base);
    cairo_line_to (cr, x, bins->top[i]);
    cairo_line_to (cr, end, bins->top[i]);
    down = FALSE;
    if (i + 1 == plot->n_bins)
      cairo_line_to (cr, end, base);
  }
}

/* Thin diagonals over the anomalies: the sets keep apart without colour. Lines, not a pattern of
 * pixels: sharp in every format. */
static void
draw_hatch (const LimenHistogramPlot *plot, cairo_t *cr)
{
  const LimenRect *area = &plot->frame.plot;
  double step = plot->style.font_size * 0.6, base = base_line (plot);
  LimenRgba c = limen_palette_colour (plot->style.scheme, LIMEN_COLOUR_SECOND);
  cairo_save (cr);
  add_bars (plot, cr, LIMEN_HISTOGRAM_ANOMALY, area->x, area->x + area->width);
  cairo_clip (cr);
  for (double x = area->x - area->height; x < area->x + area->width; x += step)
    limen_chart_line (cr, x, base, x + area->height, area->y);
  cairo_set_source_rgba (cr, c.red, c.green, c.blue, high_contrast (plot) ? 0.7 : 0.2);
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);
  cairo_restore (cr);
}

static void
draw_fill (const LimenHistogramPlot *plot, cairo_t *cr, LimenHistogramIndex set, LimenColour colour,
           double left, double right)
{
  /* Bars stand edge to edge on whole pixels: no seam, and faster than one smoothed shape. */
  add_bars (plot, cr, set, left, right);
  limen_palette_set (cr, plot->style.scheme, colour);
  cairo_fill (cr);
}

static void
draw_outline (const LimenHistogramPlot *plot, cairo_t *cr, LimenHistogramIndex set)
{
  static const double dash[] = {3, 2.5};
  gboolean reference = set == LIMEN_HISTOGRAM_VALIDATION;
  cairo_save (cr);
  cairo_set_line_width (cr, reference ? 1.1 : high_contrast (plot) ? 2 : 1.4);
  if (reference)
    cairo_set_dash (cr, dash, 2, 0);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_MITER);
  limen_palette_set (cr, plot->style.scheme, colours[set].line);
  add_outline (plot, cr, set);
  cairo_stroke (cr);
  cairo_restore (cr);
}

/* --- The base --- */

void
limen_histogram_plot_draw_base (const LimenHistogramPlot *plot, cairo_t *cr)
{
  const LimenRect *area = &plot->frame.plot;
  double left = area->x, right = area->x + area->width;
  limen_palette_set (cr, plot->style.scheme, LIMEN_COLOUR_PAPER);
  cairo_rectangle (cr, 0, 0, plot->width, plot->height);
  cairo_fill (cr);
  limen_frame_draw_grid (&plot->frame, cr, &plot->style);
  draw_fill (plot, cr, LIMEN_HISTOGRAM_ANOMALY, LIMEN_COLOUR_SECOND_FILL, left, right);
  draw_hatch (plot, cr);
  draw_fill (plot, cr, LIMEN_HISTOGRAM_NORMAL, LIMEN_COLOUR_FIRST_FILL, left, right);
  for (LimenHistogramIndex set = 0; set < LIMEN_N_HISTOGRAMS; set++)
    draw_outline (plot, cr, set);
  limen_frame_draw_axes (&plot->frame, cr, &plot->style);
  for (guint i = 0; i < plot->n_labels; i++) {
    const LimenLabel *label = &plot->label[i];
    const LimenRect *rect = &label->rect;
    limen_text_draw (cr, &plot->style, &label->text, label->string,
                     rect->x + label->text.align_x * rect->width,
                     rect->y + label->text.align_y * rect->height);
  }
}

/* --- The threshold --- */

/* What is flagged and what is kept, from left to right, and the pixels between */
typedef struct {
  guint n;
  gboolean flagged[3];
  double end[4];
} Regions;

static Regions
regions_of (const LimenHistogramPlot *plot, const LimenHistogramLine *line, guint n_lines)
{
  const LimenRect *area = &plot->frame.plot;
  Regions regions = {.n = n_lines + 1, .end = {area->x}};
  for (guint i = 0; i < n_lines; i++)
    regions.end[i + 1] = round (line[i].x);
  regions.end[regions.n] = area->x + area->width;
  /* flagged is the first, of high scores the second, or of two lines both outer ones */
  for (guint i = 0; i < regions.n; i++)
    regions.flagged[i] = (i == 1) == (plot->measure->side == LIMEN_SIDE_HIGH);
  return regions;
}

static void
draw_regions (const LimenHistogramPlot *plot, cairo_t *cr, const Regions *regions)
{
  const LimenRect *area = &plot->frame.plot;
  for (guint i = 0; i < regions->n; i++) {
    limen_palette_set (cr, plot->style.scheme,
                       regions->flagged[i] ? LIMEN_COLOUR_FLAGGED : LIMEN_COLOUR_KEPT);
    cairo_rectangle (cr, regions->end[i], area->y, regions->end[i + 1] - regions->end[i],
                     area->height);
    cairo_fill (cr);
  }
  for (guint i = 0; i < regions->n; i++)
    draw_fill (plot, cr, regions->flagged[i] ? LIMEN_HISTOGRAM_NORMAL : LIMEN_HISTOGRAM_ANOMALY,
               regions->flagged[i] ? LIMEN_COLOUR_FIRST_STRONG : LIMEN_COLOUR_SECOND_STRONG,
               regions->end[i], regions->end[i + 1]);
}

/* In the middle of the line, or below the label that stands there. */
static double
handle_y (const LimenHistogramPlot *plot, double x)
{
  const LimenRect *area = &plot->frame.plot;
  double radius = plot->style.font_size, y = area->y + area->height / 2;
  for (guint i = 0; i < 2 * plot->n_labels; i++) { /* what is below one may be on another */
    const LimenRect *rect = &plot->label[i % plot->n_labels].rect;
    gboolean beside = x + radius < rect->x || x - radius > rect->x + rect->width;
    double below = rect->y + rect->height + radius;
    if (!beside && y > rect->y - radius && y < below && below + radius < area->y + area->height)
      y = below;
  }
  return y;
}

/* The line breaks where a label stands: the text stays readable while the line passes. */
static void
draw_line (const LimenHistogramPlot *plot, cairo_t *cr, double x, double top)
{
  double y = top, base = base_line (plot);
  cairo_save (cr);
  cairo_rectangle (cr, x - 2, y, 4, base - y);
  for (guint i = 0; i < plot->n_labels; i++) {
    const LimenRect *rect = &plot->label[i].rect;
    if (x > rect->x - 5 && x < rect->x + rect->width + 5 && rect->y < base)
      cairo_rectangle (cr, x - 2, rect->y - 1, 4, rect->height + 2);
  }
  cairo_set_fill_rule (cr, CAIRO_FILL_RULE_EVEN_ODD);
  cairo_clip (cr);
  limen_palette_set (cr, plot->style.scheme, LIMEN_COLOUR_HAND);
  cairo_set_line_width (cr, 3);
  limen_chart_line (cr, x, y, x, base);
  cairo_stroke (cr);
  cairo_restore (cr);
}

/* A word of a region in the strip of the values, between the pixels @left and @right, where it has
 * room. @align: at the left end, in the middle, at the right end */
static void
draw_word (const LimenHistogramPlot *plot, cairo_t *cr, const char *word, double left, double right,
           double align)
{
  double gap = 0.8 * plot->style.font_size, y = plot->frame.plot.y + plot->strip / 2;
  LimenText text = {.colour = LIMEN_COLOUR_DIM, .size = 1, .align_x = align, .align_y = 0.5};
  double x = align == 0 ? left + gap : align == 1 ? right - gap : (left + right) / 2;
  LimenRect rect = limen_text_rect (&plot->style, &text, word, x, y);
  if (rect.x > left + 4 && rect.x + rect.width < right - 4)
    limen_text_draw (cr, &plot->style, &text, word, x, y);
}

/* "flagged" and "kept" beside the values: on the outer side of each, and between two. */
static void
draw_words (const LimenHistogramPlot *plot, cairo_t *cr, const LimenHistogramLine *line,
            const Regions *regions)
{
  static const double align[] = {1, 0.5, 0};
  const LimenRect *area = &plot->frame.plot;
  for (guint i = 0; i + 1 < regions->n; i++)
    if (line[i].pill.width == 0) /* hardly room for a value */
      return;
  for (guint i = 0; i < regions->n; i++) {
    gboolean is_last = i + 1 == regions->n;
    double left = i == 0 ? area->x : line[i - 1].pill.x + line[i - 1].pill.width;
    double right = is_last ? area->x + area->width : line[i].pill.x;
    draw_word (plot, cr, regions->flagged[i] ? "flagged" : "kept", left, right,
               align[is_last ? 2 : i]);
  }
}

void
limen_histogram_plot_draw_lines (const LimenHistogramPlot *plot, cairo_t *cr, double threshold,
                                 const LimenHold hold[2])
{
  LimenHistogramLine line[2];
  guint n = limen_histogram_place_lines (plot, threshold, line);
  if (n == 0)
    return;
  Regions regions = regions_of (plot, line, n);
  cairo_save (cr);
  cairo_new_path (cr);
  draw_regions (plot, cr, &regions);
  for (guint i = 0; i < n; i++) {
    const LimenRect *pill = &line[i].pill;
    draw_line (plot, cr, line[i].x, pill->y + pill->height / 2);
  }
  for (guint i = 0; i < n; i++)
    if (line[i].pill.width > 0)
      limen_chart_draw_pill (cr, &plot->style, line[i].text, &line[i].pill);
  draw_words (plot, cr, line, &regions);
  for (guint i = 0; i < n; i++)
    limen_chart_draw_handle (cr, &plot->style, line[i].x, handle_y (plot, line[i].x), hold[i]);
  cairo_restore (cr);
  for (guint i = 0; i < n; i++)
    g_free (line[i].text);
}

void
limen_histogram_plot_draw_threshold (const LimenHistogramPlot *plot, cairo_t *cr, double threshold,
                                     LimenHold hold)
{
  double line[2];
  gboolean second = limen_histogram_plot_lines (plot, threshold, line) == 2 && line[1] == threshold;
  LimenHold holds[2] = {second ? LIMEN_HOLD_NONE : hold, second ? hold : LIMEN_HOLD_NONE};
  limen_histogram_plot_draw_lines (plot, cr, threshold, holds);
}

void
limen_histogram_plot_draw (const LimenHistogramPlot *plot, cairo_t *cr, double threshold,
                           LimenHold hold)
{
  limen_histogram_plot_draw_base (plot, cr);
  limen_histogram_plot_draw_threshold (plot, cr, threshold, hold);
}
