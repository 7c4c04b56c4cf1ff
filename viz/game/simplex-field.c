/* Where learning goes, all over a triangle, while the other player stays. */
#include "viz/kit/line-plot-private.h"
#include "viz/game/simplex-plot-private.h"

#include <math.h>

#define GRID        9    /* arrows along a side */
#define STEP        0.02 /* of a streamline, of a side */
#define APART       0.15 /* streamlines keep this far apart, of a side */
#define LEAST       0.25 /* length of a streamline, of a side: shorter ones are left out */
#define CELLS       8    /* along a side: ceil (1 / APART) + 1 */
#define SPEEDS      4    /* classes of speed that are told apart */
#define MOST        3000 /* points of all streamlines */
#define LIMIT       120  /* points of a half of one */
#define APART_HEADS 12   /* points of a streamline from head to head */
#define NOWHERE     1e-6 /* speed that is rounding */

/* --- The field in pixels --- */

typedef struct {
  const LimenSimplexPlot *plot;
  const LimenSimplexFrame *frame;
  double side, most; /* of a payoff */
} Field;

/* Returns: the speed at @p in units of the largest payoff; (dx, dy): one pixel that way. */
static double
direction (const Field *field, const double *p, double *dx, double *dy)
{
  const LimenSimplexPlot *plot = field->plot;
  double vx[LIMEN_GAME_MOST], vy[LIMEN_GAME_MOST];
  limen_game_field (plot->payoff, plot->replicator, plot->is_b ? plot->other : p,
                    plot->is_b ? p : plot->other, vx, vy);
  const double *v = plot->is_b ? vy : vx;
  const double (*corner)[2] = field->frame->corner;
  *dx = v[0] * corner[0][0] + v[1] * corner[1][0] + v[2] * corner[2][0];
  *dy = v[0] * corner[0][1] + v[1] * corner[1][1] + v[2] * corner[2][1];
  /* the parts of v sum to 0, but for rounding: pixels from the middle of the triangle */
  double sum = v[0] + v[1] + v[2];
  *dx -= sum * corner[0][0];
  *dy -= sum * (corner[0][1] + 2 * corner[1][1]) / 3;
  double length = hypot (*dx, *dy), speed = length / field->side / field->most;
  if (!(speed > NOWHERE) || !isfinite (speed))
    return 0;
  *dx /= length;
  *dy /= length;
  return speed;
}

/* --- Arrows --- */

static void
draw_arrow (cairo_t *cr, double x, double y, double dx, double dy, double length)
{
  double head = CLAMP (0.36 * length, 3.2, 4.5), tip_x = x + dx * length / 2,
         tip_y = y + dy * length / 2;
  limen_chart_line (cr, x - dx * length / 2, y - dy * length / 2, tip_x, tip_y);
  cairo_move_to (cr, tip_x - head * (dx + 0.75 * dy), tip_y - head * (dy - 0.75 * dx));
  cairo_line_to (cr, tip_x, tip_y);
  cairo_line_to (cr, tip_x - head * (dx - 0.75 * dy), tip_y - head * (dy + 0.75 * dx));
}

/* --- Streamlines --- */

/**
 * Streams: lines that keep apart (after Jobard and Lefer, "Creating evenly-spaced streamlines of
 * arbitrary density", 1997)
 * @owner: of each cell of a grid over the triangle: the line that went through it; 0: none
 * @xy: (n, 2), @speed: (n): of all lines; speed 0 ends one
 * @start: of the line in hand, which is @id
 */
typedef struct {
  const Field *field;
  guint owner[CELLS][CELLS], id;
  double xy[MOST][2], speed[MOST];
  int n, start;
} Streams;

static guint *
owner_at (Streams *streams, double x, double y)
{
  const LimenSimplexFrame *frame = streams->field->frame;
  double cell = APART * streams->field->side;
  int i = (int)((x - frame->corner[1][0]) / cell), k = (int)((y - frame->corner[0][1]) / cell);
  return &streams->owner[CLAMP (k, 0, CELLS - 1)][CLAMP (i, 0, CELLS - 1)];
}

static gboolean
is_inside (const double *p)
{
  return p[0] > 0 && p[1] > 0 && p[2] > 0;
}

/* From (@x, @y) along the field, or (@way −1) against it, by the midpoint rule, until it leaves the
 * triangle, stands still or comes near another line. */
static void
follow (Streams *streams, double x, double y, double way)
{
  const Field *field = streams->field;
  double step = way * STEP * field->side, p[3], dx, dy;
  for (int i = 0; i < LIMIT && streams->n < MOST - 1; i++) {
    limen_simplex_barycentric (field->frame, x, y, p);
    guint owner = *owner_at (streams, x, y);
    if (!is_inside (p) || (owner && owner != streams->id))
      return;
    double speed = direction (field, p, &dx, &dy);
    if (speed <= 0)
      return;
    streams->xy[streams->n][0] = x;
    streams->xy[streams->n][1] = y;
    streams->speed[streams->n++] = speed;
    limen_simplex_barycentric (field->frame, x + step / 2 * dx, y + step / 2 * dy, p);
    if (!is_inside (p) || direction (field, p, &dx, &dy) <= 0)
      return;
    x += step * dx;
    y += step * dy;
  }
}

/* The points so far of the line in hand, in the other order. */
static void
turn_round (Streams *streams)
{
  for (int i = streams->start, k = streams->n - 1; i < k; i++, k--) {
    double x = streams->xy[i][0], y = streams->xy[i][1], speed = streams->speed[i];
    streams->xy[i][0] = streams->xy[k][0];
    streams->xy[i][1] = streams->xy[k][1];
    streams->speed[i] = streams->speed[k];
    streams->xy[k][0] = x;
    streams->xy[k][1] = y;
    streams->speed[k] = speed;
  }
}

/* The line through (@x, @y), both ways, if it is long enough. */
static void
grow (Streams *streams, double x, double y)
{
  if (*owner_at (streams, x, y))
    return;
  streams->id++;
  streams->start = streams->n;
  follow (streams, x, y, -1);
  turn_round (streams);
  if (streams->n > streams->start)
    streams->n--; /* where both halves begin */
  follow (streams, x, y, 1);
  if ((streams->n - streams->start) * STEP < LEAST) {
    streams->n = streams->start;
    return;
  }
  for (int i = streams->start; i < streams->n; i++)
    *owner_at (streams, streams->xy[i][0], streams->xy[i][1]) = streams->id;
  streams->speed[streams->n - 1] = 0;
}

/* Whether a streamline passes within @reach of (@x, @y). */
static gboolean
is_near (const Streams *streams, double x, double y, double reach)
{
  for (int i = 0; i < streams->n; i++)
    if (hypot (streams->xy[i][0] - x, streams->xy[i][1] - y) < reach)
      return TRUE;
  return FALSE;
}

static int
class_of (double speed)
{
  return (int)CLAMP (SPEEDS * sqrt (speed), 0, SPEEDS - 1);
}

static void
stroke_class (const Streams *streams, int speed_class, cairo_t *cr, const LimenChartStyle *style)
{
  gboolean down = FALSE;
  for (int i = 0; i + 1 < streams->n; i++) {
    gboolean is_in = streams->speed[i] > 0 && class_of (streams->speed[i]) == speed_class;
    if (is_in && !down)
      cairo_move_to (cr, streams->xy[i][0], streams->xy[i][1]);
    if (is_in)
      cairo_line_to (cr, streams->xy[i + 1][0], streams->xy[i + 1][1]);
    down = is_in;
  }
  double part = speed_class / (SPEEDS - 1.0);
  limen_chart_set_translucent (
      cr, style, streams->field->plot->is_b ? LIMEN_COLOUR_SECOND : LIMEN_COLOUR_FIRST,
      0.2 + 0.25 * part);
  cairo_set_line_width (cr, 0.9 + 0.5 * part);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_BUTT);
  cairo_stroke (cr);
}

/* --- The field --- */

static void
stroke_arrows (const Field *field, cairo_t *cr, const LimenChartStyle *style, double opacity)
{
  limen_chart_set_translucent (
      cr, style, field->plot->is_b ? LIMEN_COLOUR_SECOND : LIMEN_COLOUR_FIRST, opacity);
  cairo_set_line_width (cr, 1.2);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_stroke (cr);
}

/* Long where learning is fast; not where a streamline says it already. */
static void
draw_arrows (const Field *field, const Streams *streams, cairo_t *cr, const LimenChartStyle *style)
{
  double cell = field->side / GRID, x, y, dx, dy;
  for (int i = 0; i < GRID; i++)
    for (int j = 0; i + j < GRID; j++) {
      double p[3] = {(i + 1.0 / 3) / GRID, (j + 1.0 / 3) / GRID, 0};
      p[2] = 1 - p[0] - p[1];
      double speed = direction (field, p, &dx, &dy);
      limen_simplex_to_pixel (field->frame, p, &x, &y);
      if (speed > 0 && !is_near (streams, x, y, 0.5 * cell))
        draw_arrow (cr, x, y, dx, dy, cell * CLAMP (0.75 * sqrt (speed), 0.12, 0.62));
    }
  stroke_arrows (field, cr, style, 0.5);
}

/* Heads along streamlines, on the middle of each stretch. */
static void
draw_heads (const Streams *streams, cairo_t *cr, const LimenChartStyle *style)
{
  for (int start = 0, end; start < streams->n; start = end) {
    for (end = start; streams->speed[end] > 0; end++)
      ;
    int n = end - start, heads = MAX (n / APART_HEADS, 1);
    for (int i = 0; i < heads; i++) {
      int k = start + (2 * i + 1) * n / (2 * heads);
      const double *a = streams->xy[MAX (k - 1, start)], *b = streams->xy[k];
      double length = hypot (b[0] - a[0], b[1] - a[1]);
      if (length > 0)
        draw_arrow (cr, b[0], b[1], (b[0] - a[0]) / length, (b[1] - a[1]) / length, 1.5);
    }
    end++;
  }
  stroke_arrows (streams->field, cr, style, 0.6);
}

/* Begun in the middle of the triangle, where lines are long, then further and further out. */
static void
grow_all (Streams *streams)
{
  static const int order[GRID] = {4, 3, 5, 2, 6, 1, 7, 0, 8};
  for (int i = 0; i < GRID; i++)
    for (int j = 0; j < GRID; j++) {
      double p[3] = {(order[i] + 0.4) / GRID, (order[j] + 0.4) / GRID, 0}, x, y;
      p[2] = 1 - p[0] - p[1];
      limen_simplex_to_pixel (streams->field->frame, p, &x, &y);
      if (is_inside (p))
        grow (streams, x, y);
    }
}

void
limen_simplex_draw_field (const LimenSimplexPlot *plot, const LimenSimplexFrame *frame, cairo_t *cr,
                          const LimenChartStyle *style)
{
  Field field = {plot, frame, frame->corner[2][0] - frame->corner[1][0],
                 limen_simplex_most (plot->payoff)};
  g_autofree Streams *streams = g_new0 (Streams, 1);
  streams->field = &field;
  cairo_save (cr);
  cairo_set_dash (cr, NULL, 0, 0);
  if (plot->streamlines)
    grow_all (streams);
  for (int c = 0; c < SPEEDS; c++)
    stroke_class (streams, c, cr, style);
  draw_heads (streams, cr, style);
  if (plot->arrows)
    draw_arrows (&field, streams, cr, style);
  cairo_restore (cr);
}
