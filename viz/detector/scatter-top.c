/* What moves over a scatter: regions, lines, lasso, cursor. */
#include "viz/detector/histogram-plot-private.h" /* limen_decimals_for() */
#include "viz/detector/scatter-plot-private.h"

#include <math.h>

/* --- Regions --- */

/* Where a line stands: pixels, at the edge for a value out of view. */
static double
pixel_of (const LimenScatterPlot *plot, int axis, double value)
{
  const LimenAxis *line = axis ? &plot->frame.y : &plot->frame.x;
  double least = fmin (line->start, line->end), most = fmax (line->start, line->end);
  return CLAMP (limen_axis_to_pixel (line, value), least, most);
}

/**
 * Parts: an axis in three parts at most, in pixels from left to right or from the top down
 * @edge: (n + 1); @flagged: (n)
 */
typedef struct {
  int n;
  double edge[4];
  gboolean flagged[3];
} Parts;

static void
sort_two (double *a, double *b)
{
  double least = fmin (*a, *b), most = fmax (*a, *b);
  *a = least;
  *b = most;
}

/* No threshold: one part, which is kept. */
static Parts
parts_of (const LimenScatterPlot *plot, int axis, LimenScoreCut cut)
{
  const LimenRect *area = &plot->frame.plot;
  LimenSide side = plot->points->measure[axis]->side;
  double low = axis ? area->y : area->x, high = low + (axis ? area->height : area->width);
  if (isnan (cut.threshold))
    return (Parts){1, {low, high}, {FALSE}};
  double at = round (pixel_of (plot, axis, cut.threshold));
  double mirror = limen_score_cut_mirror (cut, side);
  gboolean first = (side == LIMEN_SIDE_LOW) != (axis == 1); /* low values are left, or below */
  if (isnan (mirror))
    return (Parts){2, {low, at, high}, {first, !first}};
  double other = round (pixel_of (plot, axis, mirror));
  sort_two (&at, &other);
  return (Parts){3, {low, at, other, high}, {TRUE, FALSE, TRUE}};
}

/* Kept by both: the tint of what is kept; else that of what is flagged, once for each score. */
static void
draw_regions (const LimenScatterPlot *plot, cairo_t *cr, const LimenScoreCut cut[2])
{
  Parts x = parts_of (plot, 0, cut[0]), y = parts_of (plot, 1, cut[1]);
  if (x.n == 1 && y.n == 1)
    return;
  for (int i = 0; i < x.n; i++)
    for (int k = 0; k < y.n; k++) {
      int times = x.flagged[i] + y.flagged[k];
      limen_palette_set (cr, plot->style.scheme, times ? LIMEN_COLOUR_FLAGGED : LIMEN_COLOUR_KEPT);
      for (int t = 0; t < MAX (times, 1); t++) {
        cairo_rectangle (cr, x.edge[i], y.edge[k], x.edge[i + 1] - x.edge[i],
                         y.edge[k + 1] - y.edge[k]);
        cairo_fill (cr);
      }
    }
}

/* --- Lines --- */

static void
add_line (const LimenScatterPlot *plot, cairo_t *cr, int axis, double value)
{
  const LimenRect *area = &plot->frame.plot;
  if (isnan (value))
    return;
  double at = pixel_of (plot, axis, value);
  if (axis == 0)
    limen_chart_line (cr, at, area->y, at, area->y + area->height);
  else
    limen_chart_line (cr, area->x, at, area->x + area->width, at);
}

static void
draw_lines (const LimenScatterPlot *plot, cairo_t *cr, const LimenScoreCut cut[2])
{
  for (int axis = 0; axis < 2; axis++) {
    LimenSide side = plot->points->measure[axis]->side;
    add_line (plot, cr, axis, cut[axis].threshold);
    add_line (plot, cr, axis, limen_score_cut_mirror (cut[axis], side));
  }
  limen_palette_set (cr, plot->style.scheme, LIMEN_COLOUR_HAND);
  cairo_set_line_width (cr, 2);
  cairo_stroke (cr);
}

/* "194 nats": as many decimals as a pixel can show. */
static char *
value_text (const LimenScatterPlot *plot, int axis, double value)
{
  const LimenAxis *line = axis ? &plot->frame.y : &plot->frame.x;
  const char *unit = plot->points->measure[axis]->unit;
  double at = pixel_of (plot, axis, value), step = line->end > line->start ? 1 : -1;
  double pixel =
      fabs (limen_axis_from_pixel (line, at + step) - limen_axis_from_pixel (line, at - step)) / 2;
  g_autofree char *number = limen_format_number (value, limen_decimals_for (pixel));
  return g_strdup_printf ("%s%s%s", number, *unit ? "\u00a0" : "", unit);
}

static gboolean
overlap (const LimenRect *a, const LimenRect *b)
{
  return a->x < b->x + b->width && b->x < a->x + a->width && a->y < b->y + b->height &&
         b->y < a->y + a->height;
}

/* The value of the upright line stands at its top; that of the level one at its right end, or where
 * the other stands there, at its left. */
void
limen_scatter_pills (const LimenScatterPlot *plot, const LimenScoreCut cut[2], char *string[2],
                     LimenRect pill[2])
{
  const LimenRect *area = &plot->frame.plot;
  double em = plot->style.font_size, middle = 1.3 * em;
  pill[0] = pill[1] = (LimenRect){0};
  for (int axis = 0; axis < 2; axis++)
    string[axis] =
        isnan (cut[axis].threshold) ? NULL : value_text (plot, axis, cut[axis].threshold);
  if (string[0])
    pill[0] = limen_chart_pill_rect (&plot->style, string[0], pixel_of (plot, 0, cut[0].threshold),
                                     area->y + middle, area);
  if (!string[1])
    return;
  double y = pixel_of (plot, 1, cut[1].threshold);
  y = CLAMP (y, area->y + middle, fmax (area->y + area->height - middle, area->y + middle));
  pill[1] = limen_chart_pill_rect (&plot->style, string[1], area->x + area->width, y, area);
  if (overlap (&pill[0], &pill[1]))
    pill[1].x = area->x;
  if (overlap (&pill[0], &pill[1])) /* hardly any room: one below the other */
    pill[1].y = pill[0].y + pill[0].height + 2;
}

/* --- The hand --- */

static void
draw_lasso (const LimenScatterPlot *plot, cairo_t *cr, const LimenScatterTop *top)
{
  LimenRgba hand = limen_palette_colour (plot->style.scheme, LIMEN_COLOUR_HAND);
  if (top->n_corners < 2)
    return;
  cairo_new_path (cr);
  for (guint i = 0; i < top->n_corners; i++)
    cairo_line_to (cr, top->corner[i][0], top->corner[i][1]);
  cairo_close_path (cr);
  cairo_set_source_rgba (cr, hand.red, hand.green, hand.blue, 0.1);
  cairo_set_fill_rule (cr, CAIRO_FILL_RULE_EVEN_ODD);
  cairo_fill_preserve (cr);
  limen_palette_set (cr, plot->style.scheme, LIMEN_COLOUR_PAPER);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_width (cr, 3.5);
  cairo_stroke_preserve (cr);
  limen_palette_set (cr, plot->style.scheme, LIMEN_COLOUR_HAND);
  cairo_set_line_width (cr, 1.5);
  cairo_stroke (cr);
}

static void
draw_ring (const LimenScatterPlot *plot, cairo_t *cr, double x, double y)
{
  double radius = 0.6 * plot->style.font_size;
  cairo_new_path (cr);
  cairo_arc (cr, x, y, radius, 0, 2 * G_PI);
  limen_palette_set (cr, plot->style.scheme, LIMEN_COLOUR_PAPER);
  cairo_set_line_width (cr, 5);
  cairo_stroke_preserve (cr);
  limen_palette_set (cr, plot->style.scheme, LIMEN_COLOUR_HAND);
  cairo_set_line_width (cr, 2.5);
  cairo_stroke (cr);
}

/* Beside the ring, within the plot, off the values of the lines. */
static void
draw_said (const LimenScatterPlot *plot, cairo_t *cr, const char *said, double x, double y,
           const LimenRect pill[2])
{
  const LimenRect *area = &plot->frame.plot;
  double em = plot->style.font_size;
  LimenText text = {.colour = LIMEN_COLOUR_INK, .halo = TRUE, .size = 1, .align_y = 0.5};
  text.max_width = area->width - 2 * em;
  const double at[][3] = {{x + em, y, 0},
                          {x - em, y, 1},
                          {x, y - 1.6 * em, 0.5},
                          {x, y + 1.6 * em, 0.5},
                          {x + em, y - 1.6 * em, 0},
                          {x - em, y - 1.6 * em, 1},
                          {x + em, y + 1.6 * em, 0},
                          {x - em, y + 1.6 * em, 1},
                          {x, y + 3.2 * em, 0.5},
                          {area->x + em, y + 3.2 * em, 0},
                          {area->x + em, y - 3.2 * em, 0}};
  for (guint i = 0; i < G_N_ELEMENTS (at); i++) {
    text.align_x = at[i][2];
    LimenRect rect = limen_text_rect (&plot->style, &text, said, at[i][0], at[i][1]);
    if (rect.x < area->x + 2 || rect.x + rect.width > area->x + area->width - 2 ||
        rect.y < area->y + 2 || rect.y + rect.height > area->y + area->height - 2 ||
        overlap (&rect, &pill[0]) || overlap (&rect, &pill[1]))
      continue;
    limen_text_draw (cr, &plot->style, &text, said, at[i][0], at[i][1]);
    return;
  }
}

void
limen_scatter_plot_draw_top (const LimenScatterPlot *plot, cairo_t *cr, const LimenScatterTop *top)
{
  if (!plot->points || !plot->points->measure[0])
    return;
  char *string[2];
  LimenRect pill[2];
  limen_scatter_pills (plot, top->cut, string, pill);
  cairo_save (cr);
  cairo_new_path (cr);
  draw_regions (plot, cr, top->cut);
  draw_lines (plot, cr, top->cut);
  draw_lasso (plot, cr, top);
  for (int axis = 0; axis < 2; axis++)
    if (string[axis])
      limen_chart_draw_pill (cr, &plot->style, string[axis], &pill[axis]);
  if (top->cursor) {
    double x, y;
    limen_scatter_plot_place (plot, top->cursor, &x, &y);
    draw_ring (plot, cr, x, y);
    if (top->said)
      draw_said (plot, cr, top->said, x, y, pill);
  }
  cairo_restore (cr);
  for (int axis = 0; axis < 2; axis++)
    g_free (string[axis]);
}
