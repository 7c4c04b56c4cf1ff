#include "viz/game/simplex-hand.h"
#include "viz/game/simplex-plot-private.h"

#include <math.h>

/* All in em. */
#define HAND  1.25 /* radius of a hand */
#define RING  1.68 /* of the ring around the best reply's */
#define SIDE  1.15 /* beside the triangle */
#define ABOVE 1.95 /* and above: half of a ring */
#define SMALL 0.1  /* largest payoff of games whose points have other digits than two decimals */
#define BELOW 4.6  /* and below: hands under a handle in the corner */

/* --- Where things are --- */

#define WIDE  18 /* what words at the corners need */
#define HIGH  15
#define LEAST 9.0 /* pixels: of words that can be read */

static gboolean
has_corners (const LimenChartStyle *style, double width, double height)
{
  return width >= WIDE * style->font_size && height >= HIGH * style->font_size;
}

LimenChartStyle
limen_simplex_style (const LimenChartStyle *style, double width, double height)
{
  LimenChartStyle fitted = *style;
  double most = fmin (width / WIDE, height / HIGH) * (1 - 1e-9);
  if (most >= LEAST)
    fitted.font_size = fmin (fitted.font_size, most);
  return fitted;
}

LimenSimplexFrame
limen_simplex_frame (const LimenSimplexPlot *plot, const LimenChartStyle *style, double width,
                     double height)
{
  LimenChartStyle fitted = limen_simplex_style (style, width, height);
  double em = fitted.font_size, ratio = sqrt (3) / 2;
  gboolean roomy = has_corners (&fitted, width, height);
  double top = (roomy ? ABOVE : SIDE) * em, bottom = (roomy ? BELOW : SIDE) * em;
  double side = fmin (width - 2 * SIDE * em, (height - top - bottom) / ratio);
  side = fmax (side, 1);
  double x = width / 2, y = top + fmax (height - top - bottom - side * ratio, 0) / 2;
  return (LimenSimplexFrame){
      {{x, y}, {x - side / 2, y + side * ratio}, {x + side / 2, y + side * ratio}}};
}

void
limen_simplex_to_pixel (const LimenSimplexFrame *frame, const double *p, double *x, double *y)
{
  *x = *y = 0;
  for (int i = 0; i < 3; i++) {
    *x += p[i] * frame->corner[i][0];
    *y += p[i] * frame->corner[i][1];
  }
}

void
limen_simplex_barycentric (const LimenSimplexFrame *frame, double x, double y, double *p)
{
  double height = frame->corner[1][1] - frame->corner[0][1];
  double side = frame->corner[2][0] - frame->corner[1][0];
  p[0] = (frame->corner[1][1] - y) / height;
  p[2] = (x - frame->corner[1][0]) / side - p[0] / 2;
  p[1] = 1 - p[0] - p[2];
}

/* The part of the way from corner @from to corner @to that is nearest to (@x, @y). */
static double
along_edge (const LimenSimplexFrame *frame, int from, int to, double x, double y)
{
  const double *a = frame->corner[from], *b = frame->corner[to];
  double dx = b[0] - a[0], dy = b[1] - a[1];
  return CLAMP (((x - a[0]) * dx + (y - a[1]) * dy) / (dx * dx + dy * dy), 0, 1);
}

void
limen_simplex_from_pixel (const LimenSimplexFrame *frame, double x, double y, double *p)
{
  double least = INFINITY, q[3], qx, qy;
  limen_simplex_barycentric (frame, x, y, p);
  if (p[0] >= 0 && p[1] >= 0 && p[2] >= 0)
    return;
  /* the nearest pixel: in an equilateral triangle the nearest point of the simplex too */
  for (int edge = 0; edge < 3; edge++) {
    int from = edge, to = (edge + 1) % 3;
    double t = along_edge (frame, from, to, x, y);
    q[0] = q[1] = q[2] = 0;
    q[from] = 1 - t;
    q[to] = t;
    limen_simplex_to_pixel (frame, q, &qx, &qy);
    double distance = hypot (qx - x, qy - y);
    if (distance >= least)
      continue;
    least = distance;
    for (int i = 0; i < 3; i++)
      p[i] = q[i];
  }
}

void
limen_simplex_trace (const LimenSimplexFrame *frame, cairo_t *cr)
{
  cairo_new_path (cr);
  for (int i = 0; i < 3; i++)
    cairo_line_to (cr, frame->corner[i][0], frame->corner[i][1]);
  cairo_close_path (cr);
}

/* --- Corners --- */

char *
limen_points_signed (double points, double most)
{
  double size = fabs (points);
  if (most < SMALL) {
    g_autofree char *digits = limen_format_digits ((LimenNumber){size, NAN}, 2);
    return size <= LIMEN_GAME_ROUNDING * most
               ? g_strdup ("0.00")
               : g_strdup_printf ("%s%s", points < 0 ? "−" : "+", digits);
  }
  /* 0.125 as readers round it, +0.13, not to an even digit */
  double whole = size + 1e-9, unit = size >= 1e5 ? pow (10, floor (log10 (size)) - 2) : 1;
  g_autofree char *number = size >= 1e5 ? limen_axis_format (round (size / unit) * unit)
                                        : limen_format_number (whole, size >= 1000 ? 0 : 2);
  return g_strdup_printf ("%s%s", size < 0.005 - 1e-9 ? "" : points < 0 ? "−" : "+", number);
}

/* From the player's side: A is glad of what B does not get. As bits; 0 where all are the same: then
 * none stands out. */
guint
limen_simplex_best_corners (const LimenSimplexPlot *plot, const double *points)
{
  double sign = plot->is_b ? 1 : -1, most = -INFINITY;
  double rounding = LIMEN_GAME_ROUNDING * limen_simplex_most (plot->payoff);
  guint best = 0;
  for (guint i = 0; i < 3; i++)
    most = fmax (most, sign * points[i]);
  for (guint i = 0; i < 3; i++)
    best |= (guint)(sign * points[i] >= most - rounding) << i;
  return best == 7 ? 0 : best;
}

gboolean
limen_simplex_looks_even (const LimenSimplexPlot *plot, const double *points)
{
  gboolean even = TRUE;
  double most = limen_simplex_most (plot->payoff);
  g_autofree char *first = limen_points_signed (points[0], most);
  for (guint i = 1; i < 3; i++) {
    g_autofree char *other = limen_points_signed (points[i], most);
    even = even && g_str_equal (first, other);
  }
  return even;
}

static const char *
name_of (const LimenSimplexPlot *plot, guint corner)
{
  return plot->is_b ? plot->payoff->column_name[corner] : plot->payoff->row_name[corner];
}

static gboolean
is_hand (const char *name)
{
  return g_str_equal (name, "rock") || g_str_equal (name, "paper") ||
         g_str_equal (name, "scissors");
}

/* The hand beside the upper corner, or below the others; its words towards the middle below, and
 * away from it above. */
static void
place_hand (const LimenSimplexFrame *frame, const LimenChartStyle *style, guint corner,
            double width, LimenSimplexCorner *c)
{
  double em = style->font_size, x = frame->corner[corner][0], y = frame->corner[corner][1];
  double edge = RING * em + 2, out = (1.1 + RING) * em;
  c->radius = is_hand (c->name) ? HAND * em : 0;
  c->hand[0] = corner == 0 ? x + out : CLAMP (x, edge, width - edge);
  c->hand[1] = corner == 0 ? y : y + out;
  if (corner == 0 && c->radius == 0)
    c->hand[0] = x - 0.4 * em;
  c->y = c->hand[1];
}

gboolean
limen_simplex_corner (const LimenSimplexPlot *plot, const LimenSimplexFrame *frame,
                      const LimenChartStyle *style, guint corner, double points, double width,
                      double height, LimenSimplexCorner *c)
{
  double em = style->font_size, gap = 0.4 * em, margin = 0.5 * em;
  gboolean right = corner == 2;
  *c = (LimenSimplexCorner){.name = name_of (plot, corner), .hand_name = name_of (plot, corner)};
  if (!has_corners (style, width, height))
    return FALSE;
  place_hand (frame, style, corner, width, c);
  c->number =
      limen_points_signed (plot->is_b ? points : -points, limen_simplex_most (plot->payoff));
  c->name_text =
      (LimenText){.colour = LIMEN_COLOUR_INK, .size = 1, .align_x = right ? 1 : 0, .align_y = 0.5};
  c->number_text = c->name_text;
  c->number_text.bold = TRUE;
  double beside = c->radius > 0 ? (RING + 0.35) * em : right ? -RING * em : 1.4 * em;
  double start = right ? c->hand[0] - beside : c->hand[0] + beside;
  if (c->radius == 0 && corner == 1)
    start = c->hand[0] - RING * em;
  double end = corner == 0 ? width - margin : width / 2 + (right ? margin : -margin);
  c->number_text.max_width = fmax (fabs (end - start), 1);
  LimenRect number = limen_text_rect (style, &c->number_text, c->number, 0, 0);
  c->name_text.max_width = fmax (fabs (end - start) - number.width - gap, 1);
  LimenText widest = c->name_text; /* as the best reply has it: words stay where they are */
  widest.bold = TRUE;
  LimenRect name = limen_text_rect (style, &widest, c->name, 0, 0);
  const LimenText whole = {.bold = TRUE, .size = 1};
  if (c->radius > 0 &&
      limen_text_rect (style, &whole, c->name, 0, 0).width > c->name_text.max_width) {
    c->name = NULL; /* the hand says it */
    name.width = gap = 0;
  }
  c->name_x = right ? start - number.width - gap : start;
  c->number_x = right ? start : start + name.width + gap;
  double words = name.width + gap + number.width, reach = c->radius > 0 ? RING * em : name.height;
  double left = right ? start - words : start, far = left + words;
  if (c->radius > 0) {
    left = fmin (left, c->hand[0] - reach);
    far = fmax (far, c->hand[0] + reach);
  }
  c->rect = (LimenRect){left, c->y - reach, far - left, 2 * reach};
  return TRUE;
}

static LimenRgba
mixed (LimenScheme scheme, LimenColour colour, double part)
{
  LimenRgba c = limen_palette_colour (scheme, colour),
            paper = limen_palette_colour (scheme, LIMEN_COLOUR_PAPER);
  return (LimenRgba){paper.red + part * (c.red - paper.red),
                     paper.green + part * (c.green - paper.green),
                     paper.blue + part * (c.blue - paper.blue), 1};
}

static void
draw_corner (const LimenSimplexPlot *plot, LimenSimplexCorner *c, gboolean is_best, cairo_t *cr,
             const LimenChartStyle *style)
{
  double em = style->font_size;
  LimenColour own = plot->is_b ? LIMEN_COLOUR_SECOND : LIMEN_COLOUR_FIRST;
  LimenColour colour = is_best ? own : LIMEN_COLOUR_INK;
  LimenRgba line = limen_palette_colour (style->scheme, colour);
  LimenRgba fill = limen_palette_colour (style->scheme, LIMEN_COLOUR_PAPER);
  if (is_best && c->radius > 0) {
    fill = mixed (style->scheme, own, 0.16);
    cairo_new_path (cr);
    cairo_arc (cr, c->hand[0], c->hand[1], RING * em, 0, 2 * G_PI);
    cairo_set_source_rgb (cr, fill.red, fill.green, fill.blue);
    cairo_fill_preserve (cr);
    limen_palette_set (cr, style->scheme, own);
    cairo_set_line_width (cr, 1.6);
    cairo_stroke (cr);
    fill = limen_palette_colour (style->scheme, LIMEN_COLOUR_PAPER);
  }
  limen_hand_draw (cr, c->hand_name, c->hand[0], c->hand[1], c->radius, &line, &fill);
  c->name_text.colour = c->number_text.colour = colour;
  c->name_text.bold = is_best;
  if (c->name)
    limen_text_draw (cr, style, &c->name_text, c->name, c->name_x, c->y);
  limen_text_draw (cr, style, &c->number_text, c->number, c->number_x, c->y);
}

/* --- The base --- */

static void
draw_glow (const LimenSimplexFrame *frame, guint corner, LimenColour colour, cairo_t *cr,
           const LimenChartStyle *style)
{
  double x = frame->corner[corner][0], y = frame->corner[corner][1];
  double radius = fmin (3.2 * style->font_size, 0.5 * (frame->corner[2][0] - frame->corner[1][0]));
  LimenRgba c = limen_palette_colour (style->scheme, colour);
  cairo_pattern_t *glow = cairo_pattern_create_radial (x, y, 0, x, y, radius);
  cairo_pattern_add_color_stop_rgba (glow, 0, c.red, c.green, c.blue, 0.7);
  cairo_pattern_add_color_stop_rgba (glow, 0.35, c.red, c.green, c.blue, 0.3);
  cairo_pattern_add_color_stop_rgba (glow, 1, c.red, c.green, c.blue, 0);
  cairo_set_source (cr, glow);
  cairo_arc (cr, x, y, radius, 0, 2 * G_PI);
  cairo_fill (cr);
  cairo_pattern_destroy (glow);
}

/* The set that several solutions span. */
static void
draw_span (const LimenSimplexPlot *plot, const LimenSimplexFrame *frame, cairo_t *cr)
{
  cairo_set_line_width (cr, 3);
  for (guint i = 0; i < plot->n_solutions; i++) {
    double x, y;
    limen_simplex_to_pixel (frame, plot->solution + 3 * i, &x, &y);
    cairo_line_to (cr, x, y);
  }
  if (plot->n_solutions > 2) {
    cairo_close_path (cr);
    cairo_save (cr);
    cairo_clip_preserve (cr);
    cairo_paint_with_alpha (cr, 0.18);
    cairo_restore (cr);
  }
  cairo_stroke (cr);
}

static void
trace_crosses (const LimenSimplexPlot *plot, const LimenSimplexFrame *frame, cairo_t *cr,
               double arm)
{
  for (guint i = 0; i < plot->n_solutions; i++) {
    double x, y;
    limen_simplex_to_pixel (frame, plot->solution + 3 * i, &x, &y);
    limen_chart_line (cr, x - arm, y, x + arm, y);
    limen_chart_line (cr, x, y - arm, x, y + arm);
  }
}

static void
draw_solution (const LimenSimplexPlot *plot, const LimenSimplexFrame *frame, cairo_t *cr,
               const LimenChartStyle *style)
{
  double em = style->font_size;
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_BUTT);
  limen_palette_set (cr, style->scheme, LIMEN_COLOUR_INK);
  if (plot->n_solutions > 1)
    draw_span (plot, frame, cr);
  limen_palette_set (cr, style->scheme, LIMEN_COLOUR_PAPER);
  cairo_set_line_width (cr, 4);
  trace_crosses (plot, frame, cr, 0.5 * em + 1.2);
  cairo_stroke (cr);
  limen_palette_set (cr, style->scheme, LIMEN_COLOUR_INK);
  cairo_set_line_width (cr, 1.7);
  trace_crosses (plot, frame, cr, 0.5 * em);
  cairo_stroke (cr);
}

static void
draw_words (const LimenSimplexPlot *plot, const LimenSimplexFrame *frame, const double *points,
            guint best, cairo_t *cr, const LimenChartStyle *style, double width, double height)
{
  double em = style->font_size;
  LimenText title = {.colour = plot->is_b ? LIMEN_COLOUR_SECOND : LIMEN_COLOUR_FIRST,
                     .bold = TRUE,
                     .size = 1.05,
                     .max_width = frame->corner[0][0] - 2.6 * em};
  for (guint i = 0; i < 3; i++) {
    LimenSimplexCorner corner;
    if (limen_simplex_corner (plot, frame, style, i, points[i], width, height, &corner))
      draw_corner (plot, &corner, (best >> i) & 1, cr, style);
    g_free (corner.number);
  }
  if (plot->title && has_corners (style, width, height))
    limen_text_draw (cr, style, &title, plot->title, em, 0.8 * em);
}

void
limen_simplex_plot_draw_base (const LimenSimplexPlot *plot, cairo_t *cr,
                              const LimenChartStyle *usual, double width, double height)
{
  const LimenChartStyle fitted = limen_simplex_style (usual, width, height), *style = &fitted;
  LimenSimplexFrame frame = limen_simplex_frame (plot, style, width, height);
  LimenColour colour = plot->is_b ? LIMEN_COLOUR_SECOND : LIMEN_COLOUR_FIRST;
  double points[3];
  limen_simplex_points (plot, points);
  gboolean even = limen_simplex_looks_even (plot, points); /* what is not seen does not glow */
  guint best = even ? 0 : limen_simplex_best_corners (plot, points);
  cairo_save (cr);
  cairo_new_path (cr);
  cairo_set_dash (cr, NULL, 0, 0);
  limen_palette_set (cr, style->scheme, LIMEN_COLOUR_PAPER);
  cairo_rectangle (cr, 0, 0, width, height);
  cairo_fill_preserve (cr);
  cairo_clip (cr);
  limen_simplex_draw_map (plot, &frame, cr, style);
  if (plot->arrows || plot->streamlines)
    limen_simplex_draw_field (plot, &frame, cr, style);
  for (guint i = 0; i < 3; i++)
    if ((best >> i) & 1)
      draw_glow (&frame, i, colour, cr, style);
  limen_palette_set (cr, style->scheme, colour);
  cairo_set_line_width (cr, 1.4);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  limen_simplex_trace (&frame, cr);
  cairo_stroke (cr);
  draw_solution (plot, &frame, cr, style);
  draw_words (plot, &frame, points, best, cr, style, width, height);
  cairo_restore (cr);
}
