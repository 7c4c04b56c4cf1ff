/* Where a method has been: thousands of iterates, sixty times a second. */
#include "viz/kit/dot-stamps.h"
#include "viz/kit/line-plot-private.h"
#include "viz/game/simplex-plot-private.h"

#include <math.h>

#define FAINTEST 0.16 /* opacity of the oldest */
#define SHORTEST 0.7  /* pixels: iterates that are nearer make one step */
#define MOST     3e5  /* pixels of a trail; older ones would lie under it */
#define LEVELS   16   /* of fading, where each is a path of its own */
#define ON       5.0  /* pixels of a dash */
#define OFF      4.0
#define LOOK     6  /* pixels */
#define LAP      16 /* pixels along a trail: within them a step does not cover another */

/**
 * Path: a trail in pixels
 * @xy: (n, 2); @past: (n): pixels on the way from there to the last
 */
typedef struct {
  double *xy, *past;
  gsize n;
  double width;
  gboolean dashed;
} Path;

/* hypot() minds overflow, which pixels have not, and takes ten times as long */
static double
distance (const double *a, const double *b)
{
  return sqrt ((b[0] - a[0]) * (b[0] - a[0]) + (b[1] - a[1]) * (b[1] - a[1]));
}

static void
path_clear (Path *path)
{
  g_free (path->xy);
  g_free (path->past);
}

/* From the last iterate backwards, until what is older would not be seen. */
static Path
path_of (const LimenTrail *trail, const LimenSimplexFrame *frame)
{
  Path path = {g_new (double, 2 * trail->n), g_new (double, trail->n), 0,
               trail->kind == LIMEN_LINE_EXACT ? 2 : 1.3, trail->kind == LIMEN_LINE_REFERENCE};
  double past = 0, x, y;
  for (gsize i = trail->n; i-- > 0 && past < MOST;) {
    limen_simplex_to_pixel (frame, trail->p + 3 * i, &x, &y);
    if (!isfinite (x) || !isfinite (y))
      continue;
    if (path.n > 0) {
      double step = distance (path.xy + 2 * path.n - 2, (const double[]){x, y});
      if (step < SHORTEST && i > 0)
        continue;
      past += step;
    }
    path.xy[2 * path.n] = x;
    path.xy[2 * path.n + 1] = y;
    path.past[path.n++] = past;
  }
  return path;
}

/* Opacity of what lies @past pixels back. A trail that is long in laps fades within a dozen. */
static double
opacity (const Path *path, double past, double side)
{
  double whole = MIN (path->past[path->n - 1], 30 * side), rest = 1 - 0.84 * past / whole;
  return whole > 0 ? MAX (rest, FAINTEST) : 1;
}

/* --- As pixels --- */

/**
 * Mask: coverage of a trail; where it crosses itself the younger counts, not the sum
 * @lap: (height, stride) (nullable): how far back the way is that went through a pixel first, in
 * units of LAP: laps on one another would fill each other's gaps between dashes
 * @x, @y: of its corner, in units of the picture; @scale: pixels in one
 */
typedef struct {
  guchar *data;
  guint16 *lap;
  int width, height, stride;
  double x, y, scale;
} Mask;

/* A step of the trail across columns, or (@turned) rows: in each the pixels near it, by their
 * distance from its middle. */
static void
draw_across (Mask *mask, const double *from, const double *to, double half, double value,
             guint16 lap, gboolean turned)
{
  int major = turned ? 1 : 0, minor = 1 - major;
  gsize along_stride = turned ? (gsize)mask->stride : 1,
        across_stride = turned ? 1 : (gsize)mask->stride;
  int n_along = turned ? mask->height : mask->width, n_across = turned ? mask->width : mask->height;
  double run = to[major] - from[major];
  double slope = run != 0 ? (to[minor] - from[minor]) / run : 0,
         cosine = 1 / sqrt (1 + slope * slope);
  double reach = (half + 0.5) / cosine, low = MIN (from[major], to[major]);
  int first = MAX ((int)floor (low), 0);
  int last = MIN ((int)floor (MAX (from[major], to[major])), n_along - 1);
  for (int i = first; i <= last; i++) {
    double middle = from[minor] + (i + 0.5 - from[major]) * slope - 0.5;
    int bottom = MAX ((int)ceil (middle - reach), 0),
        top = MIN ((int)floor (middle + reach), n_across - 1);
    gsize at = (gsize)i * along_stride + (gsize)bottom * across_stride;
    for (int k = bottom; k <= top; k++, at += across_stride) {
      if (mask->lap && mask->lap[at] && mask->lap[at] + 2 < lap)
        continue;
      double cover = half + 0.5 - fabs (k - middle) * cosine;
      guchar ink = (guchar)(value * MIN (cover, 1));
      mask->data[at] = MAX (mask->data[at], ink);
      if (mask->lap)
        mask->lap[at] = lap;
    }
  }
}

static guint16
lap_of (double past)
{
  return (guint16)MIN (past / LAP + 1, 65535);
}

/* Whether a step from @a to @b lies where younger laps have been, as far as looks every few pixels
 * tell: methods that cycle go the same way a thousand times. */
static gboolean
is_covered (const Mask *mask, const double *a, const double *b, double ink, guint lap)
{
  int looks = 2 + (int)(distance (a, b) / LOOK);
  for (int i = 0; i < looks; i++) {
    double t = i / (looks - 1.0);
    int x = (int)(a[0] + t * (b[0] - a[0])), y = (int)(a[1] + t * (b[1] - a[1]));
    gsize at = (gsize)y * (gsize)mask->stride + (gsize)x;
    if (x < 0 || y < 0 || x >= mask->width || y >= mask->height)
      return FALSE;
    if (mask->lap ? mask->lap[at] == 0 || mask->lap[at] + 2u >= lap : mask->data[at] < ink)
      return FALSE;
  }
  return TRUE;
}

/* @past: at @from; @value: opacity */
static void
draw_step (Mask *mask, const double *from, const double *to, double past, double half, double value)
{
  double a[2] = {(from[0] - mask->x) * mask->scale, (from[1] - mask->y) * mask->scale};
  double b[2] = {(to[0] - mask->x) * mask->scale, (to[1] - mask->y) * mask->scale};
  guint16 lap = lap_of (past);
  if (!is_covered (mask, a, b, 0.9 * 255 * value, lap))
    draw_across (mask, a, b, half * mask->scale, 255 * value, lap,
                 fabs (b[1] - a[1]) > fabs (b[0] - a[0]));
}

/* Dashes of a step, and gaps that stay; the pattern begins at the last iterate. */
static void
draw_dashes (Mask *mask, const double *from, const double *to, double past, double half,
             double value)
{
  double length = distance (from, to), done = 0;
  double start[2] = {(from[0] - mask->x) * mask->scale, (from[1] - mask->y) * mask->scale};
  double end[2] = {(to[0] - mask->x) * mask->scale, (to[1] - mask->y) * mask->scale};
  if (is_covered (mask, start, end, 0, lap_of (past)))
    return;
  while (done < length) {
    double phase = fmod (past + done, ON + OFF);
    double stretch = fmin ((phase < ON ? ON : ON + OFF) - phase, length - done) + 1e-6;
    double t = done / length, u = fmin ((done + stretch) / length, 1);
    double a[2] = {from[0] + t * (to[0] - from[0]), from[1] + t * (to[1] - from[1])};
    double b[2] = {from[0] + u * (to[0] - from[0]), from[1] + u * (to[1] - from[1])};
    draw_step (mask, a, b, past + done, half, phase < ON ? value : 0);
    done += stretch;
  }
}

/* Around the trail, on whole pixels of the target. */
static LimenRect
extents (const Path *path, double scale, const double *origin)
{
  double low[2] = {INFINITY, INFINITY}, high[2] = {-INFINITY, -INFINITY};
  for (gsize i = 0; i < path->n; i++)
    for (int k = 0; k < 2; k++) {
      low[k] = MIN (low[k], path->xy[2 * i + (gsize)k]);
      high[k] = MAX (high[k], path->xy[2 * i + (gsize)k]);
    }
  for (int k = 0; k < 2; k++) {
    low[k] = (floor ((low[k] - 3) * scale + origin[k]) - origin[k]) / scale;
    high[k] += 3;
  }
  return (LimenRect){low[0], low[1], high[0] - low[0], high[1] - low[1]};
}

static void
draw_pixels (const Path *path, cairo_t *cr, double side, double scale, const double *origin)
{
  LimenRect room = extents (path, scale, origin);
  cairo_surface_t *surface = cairo_image_surface_create (
      CAIRO_FORMAT_A8, (int)ceil (room.width * scale), (int)ceil (room.height * scale));
  Mask mask = {cairo_image_surface_get_data (surface),
               NULL,
               cairo_image_surface_get_width (surface),
               cairo_image_surface_get_height (surface),
               cairo_image_surface_get_stride (surface),
               room.x,
               room.y,
               scale};
  if (path->dashed)
    mask.lap = g_new0 (guint16, (gsize)mask.height * (gsize)mask.stride);
  for (gsize i = 0; i + 1 < path->n && mask.data; i++) {
    const double *from = path->xy + 2 * i, *to = from + 2;
    double value = opacity (path, path->past[i], side);
    if (path->dashed)
      draw_dashes (&mask, from, to, path->past[i], path->width / 2, value);
    else
      draw_step (&mask, from, to, path->past[i], path->width / 2, value);
  }
  g_free (mask.lap);
  cairo_surface_mark_dirty (surface);
  cairo_surface_set_device_scale (surface, scale, scale);
  cairo_pattern_t *pattern = cairo_pattern_create_for_surface (surface);
  cairo_matrix_t matrix;
  cairo_matrix_init_translate (&matrix, -room.x, -room.y);
  cairo_pattern_set_matrix (pattern, &matrix);
  cairo_pattern_set_filter (pattern, CAIRO_FILTER_BILINEAR);
  cairo_mask (cr, pattern);
  cairo_pattern_destroy (pattern);
  cairo_surface_destroy (surface);
}

/* --- As paths --- */

static void
draw_paths (const Path *path, cairo_t *cr, double side, const LimenRgba *c)
{
  static const double dash[] = {ON, OFF};
  cairo_set_line_width (cr, path->width);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_BUTT);
  for (gsize i = path->n - 1; i > 0;) { /* the oldest first */
    double faint = opacity (path, path->past[i], side);
    int level = (int)(LEVELS * faint);
    cairo_set_dash (cr, dash, path->dashed ? 2 : 0, path->past[i]);
    cairo_move_to (cr, path->xy[2 * i], path->xy[2 * i + 1]);
    do {
      i--;
      cairo_line_to (cr, path->xy[2 * i], path->xy[2 * i + 1]);
    } while (i > 0 && (int)(LEVELS * opacity (path, path->past[i], side)) == level);
    cairo_set_source_rgba (cr, c->red, c->green, c->blue, c->alpha * faint);
    cairo_stroke (cr);
  }
  cairo_set_dash (cr, NULL, 0, 0);
}

static void
draw_last (const Path *path, cairo_t *cr, const LimenChartStyle *style, LimenColour colour)
{
  double radius = 0.4 * style->font_size;
  cairo_new_path (cr);
  cairo_arc (cr, path->xy[0], path->xy[1], radius + 1.5, 0, 2 * G_PI);
  limen_palette_set (cr, style->scheme, LIMEN_COLOUR_PAPER);
  cairo_fill (cr);
  cairo_arc (cr, path->xy[0], path->xy[1], radius, 0, 2 * G_PI);
  limen_palette_set (cr, style->scheme, colour);
  cairo_fill (cr);
}

void
limen_trail_draw (const LimenTrail *trail, const LimenSimplexFrame *frame, cairo_t *cr,
                  const LimenChartStyle *style)
{
  double side = frame->corner[2][0] - frame->corner[1][0], origin[2] = {0, 0};
  LimenRgba c = limen_palette_colour (style->scheme, trail->colour);
  double scale = limen_pixels_of (cr, origin);
  if (scale == 0)
    scale = limen_recording_scale (cr);
  Path path = path_of (trail, frame);
  if (path.n > 1 && scale > 0) {
    cairo_set_source_rgba (cr, c.red, c.green, c.blue, c.alpha);
    draw_pixels (&path, cr, side, scale, origin);
  } else if (path.n > 1)
    draw_paths (&path, cr, side, &c);
  if (path.n > 0)
    draw_last (&path, cr, style, trail->colour);
  path_clear (&path);
}
