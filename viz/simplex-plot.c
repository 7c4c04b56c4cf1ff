#include "viz/simplex-plot.h"

#include "viz/simplex-hand.h"

#include <math.h>

#define DEEPEST 0.62 /* opacity of the map where the most is earned */
#define GRID    9    /* arrows along a side */
#define FADES   20   /* steps in which a trail fades */

/* -- where things are -- */

LimenSimplexFrame
limen_simplex_frame (const LimenSimplexPlot *plot, const LimenChartStyle *style, double width,
                     double height)
{
  double em = style->font_size, top = 5.4 * em, bottom = 4.6 * em;
  double side = fmin (width - 6 * em, (height - top - bottom) * 2 / sqrt (3));
  side = fmax (side, em);
  double x = width / 2, y = top + fmax (height - top - bottom - side * sqrt (3) / 2, 0) / 2;
  return (LimenSimplexFrame){
      {{x, y}, {x - side / 2, y + side * sqrt (3) / 2}, {x + side / 2, y + side * sqrt (3) / 2}}};
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

static void
barycentric (const LimenSimplexFrame *frame, double x, double y, double *p)
{
  double height = frame->corner[1][1] - frame->corner[0][1];
  double side = frame->corner[2][0] - frame->corner[1][0];
  p[0] = (frame->corner[1][1] - y) / height;
  p[2] = (x - frame->corner[1][0]) / side - p[0] / 2;
  p[1] = 1 - p[0] - p[2];
}

void
limen_simplex_from_pixel (const LimenSimplexFrame *frame, double x, double y, double *p)
{
  barycentric (frame, x, y, p);
  limen_simplex_project (p, 3);
}

static void
trace_triangle (const LimenSimplexFrame *frame, cairo_t *cr)
{
  cairo_move_to (cr, frame->corner[0][0], frame->corner[0][1]);
  cairo_line_to (cr, frame->corner[1][0], frame->corner[1][1]);
  cairo_line_to (cr, frame->corner[2][0], frame->corner[2][1]);
  cairo_close_path (cr);
}

/* -- the map -- */

/* Points for B of each pure strategy of the player, against the other's present point. */
static void
points_of_corners (const LimenSimplexPlot *plot, double *points)
{
  if (plot->is_b)
    limen_payoff_for_b (plot->payoff, plot->other, points);
  else
    limen_payoff_of_a (plot->payoff, plot->other, points);
}

/* Points for B at @p: of the play against the other, or of the other's best reply to it. */
static double
map_value (const LimenSimplexPlot *plot, const double *corners, const double *p)
{
  double reply[LIMEN_GAME_MOST], value = 0;
  if (plot->map == LIMEN_MAP_PAYOFF) {
    for (int i = 0; i < 3; i++)
      value += p[i] * corners[i];
    return value;
  }
  if (plot->is_b)
    limen_payoff_of_a (plot->payoff, p, reply);
  else
    limen_payoff_for_b (plot->payoff, p, reply);
  value = reply[0];
  for (int i = 1; i < 3; i++)
    value = plot->is_b ? fmin (value, reply[i]) : fmax (value, reply[i]);
  return value;
}

static double
largest_payoff (const LimenPayoff *payoff)
{
  double largest = 0;
  for (guint i = 0; i < payoff->rows * payoff->columns; i++)
    largest = fmax (largest, fabs (payoff->m[i]));
  return largest > 0 ? largest : 1;
}

static guint32
premultiplied (LimenRgba colour, double alpha)
{
  guint32 a = (guint32)lround (255 * alpha), r = (guint32)lround (255 * alpha * colour.red);
  guint32 g = (guint32)lround (255 * alpha * colour.green);
  guint32 b = (guint32)lround (255 * alpha * colour.blue);
  return a << 24 | r << 16 | g << 8 | b;
}

static void
draw_map (const LimenSimplexPlot *plot, const LimenSimplexFrame *frame, cairo_t *cr,
          const LimenChartStyle *style)
{
  double left = frame->corner[1][0], top = frame->corner[0][1];
  int width = (int)ceil (frame->corner[2][0] - left) / 2 + 1;
  int height = (int)ceil (frame->corner[1][1] - top) / 2 + 1;
  LimenRgba first = limen_palette_colour (style->scheme, LIMEN_COLOUR_FIRST);
  LimenRgba second = limen_palette_colour (style->scheme, LIMEN_COLOUR_SECOND);
  double corners[LIMEN_GAME_MOST], scale = largest_payoff (plot->payoff);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  guchar *data = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);
  points_of_corners (plot, corners);
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++) {
      double p[3];
      barycentric (frame, left + 2 * x + 1, top + 2 * y + 1, p);
      double value = CLAMP (map_value (plot, corners, p) / scale, -1, 1);
      ((guint32 *)(void *)(data + (gsize)y * (gsize)stride))[x] =
          premultiplied (value < 0 ? first : second, DEEPEST * fabs (value));
    }
  cairo_surface_mark_dirty (surface);
  cairo_save (cr);
  trace_triangle (frame, cr);
  cairo_clip (cr);
  cairo_translate (cr, left, top);
  cairo_scale (cr, 2, 2);
  cairo_set_source_surface (cr, surface, 0, 0);
  cairo_paint (cr);
  cairo_restore (cr);
  cairo_surface_destroy (surface);
}

/* -- the field -- */

static void
draw_arrow (cairo_t *cr, double x, double y, double dx, double dy)
{
  double length = hypot (dx, dy), ux = dx / length, uy = dy / length, head = 0.34 * length;
  double tip_x = x + dx / 2, tip_y = y + dy / 2;
  cairo_move_to (cr, x - dx / 2, y - dy / 2);
  cairo_line_to (cr, tip_x, tip_y);
  cairo_move_to (cr, tip_x - head * (ux + 0.7 * uy), tip_y - head * (uy - 0.7 * ux));
  cairo_line_to (cr, tip_x, tip_y);
  cairo_line_to (cr, tip_x - head * (ux - 0.7 * uy), tip_y - head * (uy + 0.7 * ux));
  cairo_stroke (cr);
}

static void
draw_field (const LimenSimplexPlot *plot, const LimenSimplexFrame *frame, cairo_t *cr,
            const LimenChartStyle *style)
{
  double side = frame->corner[2][0] - frame->corner[1][0], most = largest_payoff (plot->payoff);
  LimenRgba c =
      limen_palette_colour (style->scheme, plot->is_b ? LIMEN_COLOUR_SECOND : LIMEN_COLOUR_FIRST);
  cairo_set_line_width (cr, 1.2);
  for (int i = 0; i < GRID; i++)
    for (int j = 0; i + j < GRID; j++) {
      double p[3] = {(i + 1.0 / 3) / GRID, (j + 1.0 / 3) / GRID, 0}, vx[LIMEN_GAME_MOST];
      double vy[LIMEN_GAME_MOST], x0, y0, x1, y1;
      p[2] = 1 - p[0] - p[1];
      limen_game_field (plot->payoff, plot->replicator, plot->is_b ? plot->other : p,
                        plot->is_b ? p : plot->other, vx, vy);
      const double *v = plot->is_b ? vy : vx;
      double q[3] = {p[0] + v[0], p[1] + v[1], p[2] + v[2]};
      limen_simplex_to_pixel (frame, p, &x0, &y0);
      limen_simplex_to_pixel (frame, q, &x1, &y1);
      double speed = hypot (x1 - x0, y1 - y0) / side / most;
      if (speed < 1e-6)
        continue;
      double length = 0.45 * side / GRID / hypot (x1 - x0, y1 - y0);
      cairo_set_source_rgba (cr, c.red, c.green, c.blue, fmin (0.15 + speed, 0.6));
      draw_arrow (cr, x0, y0, length * (x1 - x0), length * (y1 - y0));
    }
}

/* -- corners -- */

/* From the player's side: A is glad of what B does not get. */
static guint
best_corner (const LimenSimplexPlot *plot, const double *corners, gboolean *is_flat)
{
  guint best = 0;
  double low = corners[0], high = corners[0];
  for (guint i = 1; i < 3; i++) {
    low = fmin (low, corners[i]);
    high = fmax (high, corners[i]);
    if (plot->is_b ? corners[i] > corners[best] : corners[i] < corners[best])
      best = i;
  }
  *is_flat = high - low < 1e-9 * largest_payoff (plot->payoff);
  return best;
}

static void
draw_glow (const LimenSimplexFrame *frame, guint corner, LimenColour colour, cairo_t *cr,
           const LimenChartStyle *style)
{
  double x = frame->corner[corner][0], y = frame->corner[corner][1], radius = 4 * style->font_size;
  LimenRgba c = limen_palette_colour (style->scheme, colour);
  cairo_pattern_t *glow = cairo_pattern_create_radial (x, y, 0, x, y, radius);
  cairo_pattern_add_color_stop_rgba (glow, 0, c.red, c.green, c.blue, 0.75);
  cairo_pattern_add_color_stop_rgba (glow, 1, c.red, c.green, c.blue, 0);
  cairo_set_source (cr, glow);
  cairo_arc (cr, x, y, radius, 0, 2 * G_PI);
  cairo_fill (cr);
  cairo_pattern_destroy (glow);
}

static void
draw_corner (const LimenSimplexPlot *plot, const LimenSimplexFrame *frame, guint corner,
             double points, gboolean is_best, cairo_t *cr, const LimenChartStyle *style)
{
  double em = style->font_size, own = plot->is_b ? points : -points;
  double x = frame->corner[corner][0], y = frame->corner[corner][1];
  const char *name =
      plot->is_b ? plot->payoff->column_name[corner] : plot->payoff->row_name[corner];
  LimenColour colour = !is_best     ? LIMEN_COLOUR_INK
                       : plot->is_b ? LIMEN_COLOUR_SECOND
                                    : LIMEN_COLOUR_FIRST;
  LimenText text = {.colour = colour, .bold = is_best, .size = 1, .align_x = 0.5, .align_y = 0.5};
  g_autofree char *number = limen_format_number (own, 2);
  g_autofree char *label = g_strdup_printf ("%s %s%s", name, own > 0 ? "+" : "", number);
  double hand_y = corner == 0 ? y - 1.9 * em : y + 1.9 * em;
  double hand_x = corner == 0 ? x : corner == 1 ? x - 0.4 * em : x + 0.4 * em;
  limen_palette_set (cr, style->scheme, colour);
  gboolean has_hand = limen_hand_draw (cr, name, hand_x, hand_y, 1.25 * em);
  double label_y = corner == 0 ? y - (has_hand ? 3.9 : 1.4) * em : y + (has_hand ? 3.9 : 1.4) * em;
  limen_text_draw (cr, style, &text, label, hand_x, label_y);
}

static void
draw_solution (const LimenSimplexPlot *plot, const LimenSimplexFrame *frame, cairo_t *cr,
               const LimenChartStyle *style)
{
  double em = style->font_size, arm = 0.5 * em;
  limen_palette_set (cr, style->scheme, LIMEN_COLOUR_INK);
  if (plot->n_solutions > 1) { /* the set that they span */
    cairo_set_line_width (cr, 3);
    for (guint i = 0; i < plot->n_solutions; i++) {
      double x, y;
      limen_simplex_to_pixel (frame, plot->solution + 3 * i, &x, &y);
      cairo_line_to (cr, x, y);
    }
    if (plot->n_solutions > 2)
      cairo_close_path (cr);
    cairo_stroke (cr);
  }
  cairo_set_line_width (cr, 1.6);
  for (guint i = 0; i < plot->n_solutions; i++) {
    double x, y;
    limen_simplex_to_pixel (frame, plot->solution + 3 * i, &x, &y);
    cairo_move_to (cr, x - arm, y);
    cairo_line_to (cr, x + arm, y);
    cairo_move_to (cr, x, y - arm);
    cairo_line_to (cr, x, y + arm);
    cairo_stroke (cr);
  }
}

void
limen_simplex_plot_draw_base (const LimenSimplexPlot *plot, cairo_t *cr,
                              const LimenChartStyle *style, double width, double height)
{
  LimenSimplexFrame frame = limen_simplex_frame (plot, style, width, height);
  LimenColour colour = plot->is_b ? LIMEN_COLOUR_SECOND : LIMEN_COLOUR_FIRST;
  LimenText title = {.colour = colour, .bold = TRUE, .size = 1.05};
  double corners[LIMEN_GAME_MOST], em = style->font_size;
  gboolean is_flat;
  points_of_corners (plot, corners);
  guint best = best_corner (plot, corners, &is_flat);
  limen_palette_set (cr, style->scheme, LIMEN_COLOUR_PAPER);
  cairo_paint (cr);
  draw_map (plot, &frame, cr, style);
  if (plot->arrows)
    draw_field (plot, &frame, cr, style);
  if (!is_flat)
    draw_glow (&frame, best, colour, cr, style);
  limen_palette_set (cr, style->scheme, colour);
  cairo_set_line_width (cr, 1.4);
  trace_triangle (&frame, cr);
  cairo_stroke (cr);
  draw_solution (plot, &frame, cr, style);
  for (guint i = 0; i < 3; i++)
    draw_corner (plot, &frame, i, corners[i], !is_flat && i == best, cr, style);
  if (plot->title)
    limen_text_draw (cr, style, &title, plot->title, em, 0.8 * em);
}

/* -- what moves -- */

static void
draw_trail (const LimenTrail *trail, const LimenSimplexFrame *frame, cairo_t *cr,
            const LimenChartStyle *style)
{
  static const double dash[] = {5, 4};
  LimenRgba c = limen_palette_colour (style->scheme, trail->colour);
  cairo_set_line_width (cr, trail->kind == LIMEN_LINE_EXACT ? 2 : 1.2);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_dash (cr, dash, trail->kind == LIMEN_LINE_REFERENCE ? 2 : 0, 0);
  gsize stride = MAX (trail->n / 4000, 1); /* more points than pixels tell nothing */
  for (int fade = 0; fade < FADES && trail->n > 1; fade++) {
    gsize from = (trail->n - 1) * (gsize)fade / FADES,
          to = (trail->n - 1) * (gsize)(fade + 1) / FADES;
    double x, y;
    for (gsize i = from; i < to; i += stride) {
      limen_simplex_to_pixel (frame, trail->p + 3 * i, &x, &y);
      cairo_line_to (cr, x, y);
    }
    limen_simplex_to_pixel (frame, trail->p + 3 * to, &x, &y);
    cairo_line_to (cr, x, y);
    cairo_set_source_rgba (cr, c.red, c.green, c.blue,
                           c.alpha * (0.15 + 0.85 * fade / (FADES - 1)));
    cairo_stroke (cr);
  }
  cairo_set_dash (cr, dash, 0, 0);
  if (trail->n > 0) {
    double x, y;
    limen_simplex_to_pixel (frame, trail->p + 3 * (trail->n - 1), &x, &y);
    cairo_set_source_rgba (cr, c.red, c.green, c.blue, c.alpha);
    cairo_arc (cr, x, y, 0.36 * style->font_size, 0, 2 * G_PI);
    cairo_fill (cr);
  }
}

void
limen_simplex_plot_draw_top (const LimenSimplexPlot *plot, cairo_t *cr,
                             const LimenChartStyle *style, double width, double height,
                             LimenHold hold)
{
  LimenSimplexFrame frame = limen_simplex_frame (plot, style, width, height);
  double x, y, em = style->font_size;
  for (guint i = 0; i < plot->n_trails; i++)
    draw_trail (&plot->trail[i], &frame, cr, style);
  if (plot->average) {
    limen_simplex_to_pixel (&frame, plot->average, &x, &y);
    limen_palette_set (cr, style->scheme, plot->is_b ? LIMEN_COLOUR_SECOND : LIMEN_COLOUR_FIRST);
    cairo_set_line_width (cr, 2);
    cairo_arc (cr, x, y, 0.6 * em, 0, 2 * G_PI);
    cairo_stroke (cr);
  }
  limen_simplex_to_pixel (&frame, plot->p, &x, &y);
  limen_chart_draw_handle (cr, style, x, y, hold);
  g_autofree char *text = g_strdup_printf ("%.3f, %.3f, %.3f", plot->p[0], plot->p[1], plot->p[2]);
  LimenRect inside = {4, 0, width - 8, height};
  LimenRect pill = limen_chart_pill_rect (style, text, x, y + 2.3 * em, &inside);
  limen_chart_draw_pill (cr, style, text, &pill);
}

/* -- the bar -- */

void
limen_gap_bar_draw (const LimenExploit *exploit, const LimenPayoff *payoff, double scale,
                    cairo_t *cr, const LimenChartStyle *style, double width, double height)
{
  double em = style->font_size, x = 1.2 * em, room = width - 2.4 * em, y = height - 1.5 * em;
  double a = room * fmin (exploit->a_saves / scale, 1),
         b = room * fmin (exploit->b_gains / scale, 1);
  LimenText text = {.colour = LIMEN_COLOUR_HAND, .bold = TRUE, .size = 1.05, .align_x = 0.5};
  LimenText left = {.colour = LIMEN_COLOUR_FIRST, .size = 1, .align_x = 0};
  LimenText right = {.colour = LIMEN_COLOUR_SECOND, .size = 1, .align_x = 1};
  g_autofree char *gap =
      g_strdup_printf ("gap %.2f = %.2f + %.2f", exploit->gap, exploit->a_saves, exploit->b_gains);
  g_autofree char *of_a = g_strdup_printf ("A could save %.2f with %s", exploit->a_saves,
                                           payoff->row_name[exploit->a_reply]);
  g_autofree char *of_b = g_strdup_printf ("B could gain %.2f with %s", exploit->b_gains,
                                           payoff->column_name[exploit->b_reply]);
  limen_palette_set (cr, style->scheme, LIMEN_COLOUR_PAPER);
  cairo_paint (cr);
  gboolean is_wide = width > 46 * em;
  limen_text_draw (cr, style, &text, gap, width / 2, 0.6 * em);
  if (is_wide) {
    limen_text_draw (cr, style, &left, of_a, x, 0.6 * em);
    limen_text_draw (cr, style, &right, of_b, x + room, 0.6 * em);
  }
  limen_palette_set (cr, style->scheme, LIMEN_COLOUR_GRID);
  cairo_rectangle (cr, x, y, room, 0.7 * em);
  cairo_fill (cr);
  double middle = x + room / 2 + (a - b) / 2; /* both sides meet where their sum is centred */
  limen_palette_set (cr, style->scheme, LIMEN_COLOUR_FIRST);
  cairo_rectangle (cr, middle - a, y, a, 0.7 * em);
  cairo_fill (cr);
  limen_palette_set (cr, style->scheme, LIMEN_COLOUR_SECOND);
  cairo_rectangle (cr, middle, y, b, 0.7 * em);
  cairo_fill (cr);
}
