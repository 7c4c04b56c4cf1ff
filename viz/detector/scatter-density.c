/* Images as dots, or as many dots laid over each other. */
#include "viz/detector/scatter-plot-private.h"
#include "viz/kit/dot-stamps.h"

#include <math.h>
#include <string.h>

#define DOT       0.22 /* em: radius of a dot */
#define GRAIN     0.18 /* em: where there are many */
#define FADED     0.3  /* of what is not selected */
#define FILE_GRID 2    /* pixels of the shade in a point of an SVG or PDF */

static gboolean
high_contrast (const LimenScatterPlot *plot)
{
  return plot->style.scheme >= LIMEN_SCHEME_LIGHT_CONTRAST;
}

/* --- Few: dots --- */

static void
draw_dots (const LimenScatterPlot *plot, cairo_t *cr, LimenScatterSet set,
           const guint64 *const selected[LIMEN_N_SCATTER_SETS], gboolean held)
{
  const LimenScatterMark *mark = &limen_scatter_marks[set];
  double alpha = !selected ? 0.55 : held ? 0.9 : 0.55 * FADED;
  LimenStamps stamps;
  limen_stamps_begin (&stamps, cr, &plot->style, mark->shape, mark->colour, alpha,
                      DOT * plot->style.font_size);
  for (guint i = 0; i < plot->points->n[set]; i++) {
    double x, y;
    if (limen_scatter_is_selected (selected, set, i) != held)
      continue;
    limen_scatter_plot_place (plot, &(LimenScatterHit){set, i}, &x, &y);
    limen_stamps_put (&stamps, x, y);
  }
  limen_stamps_end (&stamps);
}

/* --- Memory of the last shade --- */

/* The system clears each page that it gives anew, which takes as long as half of the dots: what a
 * shade gives back the next one takes. @size: bytes of each block, 0: none */
#define KEPT      4
#define MOST_KEPT ((gsize)64 << 20)

static struct {
  GMutex lock;
  gsize size[KEPT];
  gpointer block[KEPT];
} kept;

/* All zero */
static gpointer
take_room (gsize size)
{
  gpointer block = NULL;
  g_mutex_lock (&kept.lock);
  for (guint i = 0; i < KEPT && !block; i++)
    if (kept.size[i] == size) {
      block = g_steal_pointer (&kept.block[i]);
      kept.size[i] = 0;
    }
  g_mutex_unlock (&kept.lock);
  return block ? memset (block, 0, size) : g_malloc0 (size);
}

/* Those of another size are of a window that was smaller or larger: they go first. */
static void
give_room_back (gpointer block, gsize size)
{
  guint place = 0;
  g_mutex_lock (&kept.lock);
  for (guint i = 0; i < KEPT; i++)
    if (kept.size[i] == 0 || (kept.size[place] == size && kept.size[i] != size))
      place = i;
  gpointer old = block;
  if (size > 0 && size <= MOST_KEPT) {
    old = kept.block[place];
    kept.block[place] = block;
    kept.size[place] = size;
  }
  g_mutex_unlock (&kept.lock);
  g_free (old);
}

/* --- Many: a shade --- */

/**
 * Shade: a grid of pixels around the plot area
 * @scale: pixels in a unit of user space; @left, @top: user space at its corner
 * @sum: [set] (height, width): dots at each pixel, parts of one at its rim
 */
typedef struct {
  double scale, left, top;
  int width, height, half;
  float *sum[LIMEN_N_SCATTER_SETS];
  float most;
} Shade;

/**
 * Dot: one dot, as parts of pixels covered, with its middle at 1
 * @weight: (side, stride): each row has a few zeros behind it
 * @first, @blocks: (side): where in each row something is covered, in blocks of BLOCK pixels, which
 * compilers add at once
 */
#define BLOCK 4
typedef struct {
  int side, stride, *first, *blocks;
  float *weight;
} Dot;

static void
find_blocks (Dot *dot)
{
  dot->first = g_new (int, dot->side);
  dot->blocks = g_new (int, dot->side);
  for (int y = 0; y < dot->side; y++) {
    const float *row = dot->weight + (gsize)y * (gsize)dot->stride;
    int first = dot->side, end = 0;
    for (int x = 0; x < dot->side; x++)
      if (row[x] > 0) {
        first = MIN (first, x);
        end = x + 1;
      }
    dot->first[y] = first;
    dot->blocks[y] = end > first ? (end - first + BLOCK - 1) / BLOCK : 0;
  }
}

static Dot
dot_of (LimenDotShape shape, double radius, int half)
{
  Dot dot = {.side = 2 * half + 1, .stride = 2 * half + 1 + BLOCK};
  dot.weight = g_new0 (float, (gsize)dot.side *(gsize)dot.stride);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, dot.side, dot.side);
  cairo_t *cr = cairo_create (surface);
  limen_dot_path (cr, shape, half + 0.5, half + 0.5, radius);
  cairo_fill (cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  const guchar *data = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);
  for (int y = 0; y < dot.side; y++)
    for (int x = 0; x < dot.side; x++)
      dot.weight[y * dot.stride + x] = data[y * stride + x] / 255.0f;
  dot.weight[half * dot.stride + half] = 1;
  cairo_surface_destroy (surface);
  find_blocks (&dot);
  return dot;
}

static void
clear_dot (Dot *dot)
{
  g_free (dot->weight);
  g_free (dot->first);
  g_free (dot->blocks);
}

/* The pixel in which each image of a set lies. */
typedef struct {
  const float *at;
  float x, y, dx, dy;
  gsize width;
} Spots;

static Spots
spots_of (const LimenScatterPlot *plot, const Shade *shade, LimenScatterSet set)
{
  const LimenRect *area = &plot->frame.plot;
  float dx = (float)(area->width * shade->scale), dy = (float)(area->height * shade->scale);
  float x = (float)((area->x - shade->left) * shade->scale);
  float y = (float)((area->y - shade->top) * shade->scale) + dy;
  return (Spots){plot->points->at[set], x, y, dx, dy, (gsize)shade->width};
}

static inline gsize
spot (const Spots *spots, guint i)
{
  const float *at = spots->at + 2 * (gsize)i;
  return (gsize)(spots->y - at[1] * spots->dy) * spots->width +
         (gsize)(spots->x + at[0] * spots->dx);
}

static inline void
add_dots (const Shade *shade, float *sum, const Dot *dot, gsize spot, float n)
{
  float *row = sum + spot - (gsize)shade->half * ((gsize)shade->width + 1);
  const float *weight = dot->weight;
  for (int k = 0; k < dot->side; k++, row += shade->width, weight += dot->stride) {
    float *pixel = row + dot->first[k];
    const float *part = weight + dot->first[k];
    for (int i = 0; i < dot->blocks[k]; i++, pixel += BLOCK, part += BLOCK)
      for (int j = 0; j < BLOCK; j++)
        pixel[j] += n * part[j];
  }
}

/* Many images in a pixel are counted first, and laid down at once. */
static void
sum_crowds (const LimenScatterPlot *plot, const Shade *shade, LimenScatterSet set,
            const guint64 *const selected[LIMEN_N_SCATTER_SETS], gboolean held, const Dot *dot)
{
  gsize n_pixels = (gsize)shade->width * shade->height;
  guint32 *count = take_room (n_pixels * sizeof *count);
  Spots spots = spots_of (plot, shade, set);
  for (guint i = 0; i < plot->points->n[set]; i++)
    if (!selected || limen_scatter_is_selected (selected, set, i) == held)
      count[spot (&spots, i)]++;
  for (gsize i = 0; i < n_pixels; i++)
    if (count[i] > 0)
      add_dots (shade, shade->sum[set], dot, i, (float)count[i]);
  give_room_back (count, n_pixels * sizeof *count);
}

/* Numbers that are not negative are in the order of their bits, which compilers compare by fours.
 */
static float
most_of (const float *sum, gsize n)
{
  gint32 most = 0, bits;
  float value;
  for (gsize i = 0; i < n; i++) {
    memcpy (&bits, &sum[i], sizeof bits);
    most = bits > most ? bits : most;
  }
  memcpy (&value, &most, sizeof value);
  return value;
}

static gsize
size_of_sum (const Shade *shade)
{
  return ((gsize)shade->width * shade->height + BLOCK) * sizeof (float);
}

static void
sum_set (const LimenScatterPlot *plot, Shade *shade, LimenScatterSet set,
         const guint64 *const selected[LIMEN_N_SCATTER_SETS], gboolean held, double radius)
{
  gsize n_pixels = (gsize)shade->width * shade->height;
  float *sum = shade->sum[set] = take_room (size_of_sum (shade));
  Dot dot = dot_of (limen_scatter_marks[set].shape, radius, shade->half);
  Spots spots = spots_of (plot, shade, set);
  if (plot->points->n[set] > n_pixels / 4)
    sum_crowds (plot, shade, set, selected, held, &dot);
  else
    for (guint i = 0; i < plot->points->n[set]; i++)
      if (!selected || limen_scatter_is_selected (selected, set, i) == held)
        add_dots (shade, sum, &dot, spot (&spots, i), 1);
  shade->most = fmaxf (shade->most, most_of (sum, n_pixels));
  clear_dot (&dot);
}

/* log₂ of a number ≥ 1, to a tenth: its exponent, and its fraction as if it were linear. */
static inline float
rough_log2 (float value)
{
  guint32 bits;
  memcpy (&bits, &value, sizeof bits);
  return (float)bits * 0x1p-23f - 127;
}

/* Opacity of @sum dots: @one of one alone, @all of as many as there are anywhere, even steps for
 * each doubling between. */
static inline float
opacity (float sum, float one, float slope)
{
  return sum <= 1 ? sum * one : one + slope * rough_log2 (sum);
}

static void
paint_row (const LimenRgba colour[LIMEN_N_SCATTER_SETS], const float *a, const float *b, int width,
           float one, float slope, guint32 *pixel)
{
  for (int x = 0; x < width; x++) {
    if (a[x] + b[x] == 0)
      continue;
    float first = opacity (a[x], one, slope), second = opacity (b[x], one, slope);
    float all = 255 * (1 - (1 - first) * (1 - second)), part = all / (first + second);
    float red = part * (first * (float)colour[0].red + second * (float)colour[1].red);
    float green = part * (first * (float)colour[0].green + second * (float)colour[1].green);
    float blue = part * (first * (float)colour[0].blue + second * (float)colour[1].blue);
    pixel[x] = (guint32)(all + 0.5f) << 24 | (guint32)(red + 0.5f) << 16 |
               (guint32)(green + 0.5f) << 8 | (guint32)(blue + 0.5f);
  }
}

/* @surface: of the size of @shade, clear; its own pixels are those of the target */
static void
paint_surface (const LimenScatterPlot *plot, const Shade *shade, double strength,
               cairo_surface_t *surface)
{
  LimenRgba colour[LIMEN_N_SCATTER_SETS];
  float one = (float)(strength * (high_contrast (plot) ? 0.75 : 0.5));
  float most = (float)(strength * 0.96);
  float slope = (most - one) / fmaxf (rough_log2 (shade->most), 3);
  if (cairo_surface_status (surface) != CAIRO_STATUS_SUCCESS)
    return;
  for (LimenScatterSet set = 0; set < LIMEN_N_SCATTER_SETS; set++)
    colour[set] = limen_palette_colour (plot->style.scheme, limen_scatter_marks[set].colour);
  guchar *data = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);
  for (int y = 0; y < shade->height; y++) {
    gsize row = (gsize)y * shade->width;
    paint_row (colour, shade->sum[0] + row, shade->sum[1] + row, shade->width, one, slope,
               (guint32 *)(data + (gsize)y * stride));
  }
  cairo_surface_mark_dirty (surface);
  cairo_surface_set_device_scale (surface, shade->scale, shade->scale);
}

/* On whole pixels of a target with @scale of them in a unit of user space, whose own begin at
 * @origin */
static Shade
shade_over (const LimenScatterPlot *plot, double scale, const double origin[2], double radius)
{
  const LimenRect *area = &plot->frame.plot;
  Shade shade = {.scale = scale, .most = 1};
  shade.half = (int)ceil (1.7 * radius * shade.scale) + 1;
  double x = floor (area->x * shade.scale + origin[0]) - shade.half;
  double y = floor (area->y * shade.scale + origin[1]) - shade.half;
  shade.left = (x - origin[0]) / shade.scale;
  shade.top = (y - origin[1]) / shade.scale;
  shade.width = (int)ceil (area->width * shade.scale) + 2 * shade.half + 2;
  shade.height = (int)ceil (area->height * shade.scale) + 2 * shade.half + 2;
  return shade;
}

/* Images that are selected, or the others: to be cleared with clear_sums() */
static Shade
sums_of (const LimenScatterPlot *plot, double scale, const double origin[2],
         const guint64 *const selected[LIMEN_N_SCATTER_SETS], gboolean held)
{
  double radius = GRAIN * plot->style.font_size;
  Shade shade = shade_over (plot, scale, origin, radius);
  for (LimenScatterSet set = 0; set < LIMEN_N_SCATTER_SETS; set++)
    sum_set (plot, &shade, set, selected, held, radius * shade.scale);
  return shade;
}

static void
clear_sums (Shade *shade)
{
  for (LimenScatterSet set = 0; set < LIMEN_N_SCATTER_SETS; set++)
    give_room_back (shade->sum[set], size_of_sum (shade));
}

/* To be kept. @left, @top: (out): where it is to be painted */
static cairo_surface_t *
shade_of (const LimenScatterPlot *plot, double scale, const double origin[2],
          const guint64 *const selected[LIMEN_N_SCATTER_SETS], gboolean held, double *left,
          double *top)
{
  Shade shade = sums_of (plot, scale, origin, selected, held);
  cairo_surface_t *surface =
      cairo_image_surface_create (CAIRO_FORMAT_ARGB32, shade.width, shade.height);
  paint_surface (plot, &shade, held ? 1 : FADED, surface);
  clear_sums (&shade);
  *left = shade.left;
  *top = shade.top;
  return surface;
}

/* On pixels, which take over what is painted at once */
static void
draw_shade_at_once (const LimenScatterPlot *plot, cairo_t *cr, double scale, const double origin[2],
                    const guint64 *const selected[LIMEN_N_SCATTER_SETS], gboolean held)
{
  Shade shade = sums_of (plot, scale, origin, selected, held);
  int stride = cairo_format_stride_for_width (CAIRO_FORMAT_ARGB32, shade.width);
  gsize size = (gsize)stride * (gsize)shade.height;
  gpointer data = take_room (size);
  cairo_surface_t *surface = cairo_image_surface_create_for_data (
      data, CAIRO_FORMAT_ARGB32, shade.width, shade.height, stride);
  paint_surface (plot, &shade, held ? 1 : FADED, surface);
  cairo_set_source_surface (cr, surface, shade.left, shade.top);
  cairo_paint (cr);
  limen_palette_set (cr, plot->style.scheme, LIMEN_COLOUR_INK); /* lets go of the surface */
  cairo_surface_finish (surface);
  cairo_surface_destroy (surface);
  give_room_back (data, size);
  clear_sums (&shade);
}

static void
draw_shade (const LimenScatterPlot *plot, cairo_t *cr,
            const guint64 *const selected[LIMEN_N_SCATTER_SETS], gboolean held)
{
  double origin[2] = {0, 0}, scale = limen_pixels_of (cr, origin), left, top;
  if (scale > 0 && cairo_surface_get_type (cairo_get_target (cr)) == CAIRO_SURFACE_TYPE_IMAGE) {
    draw_shade_at_once (plot, cr, scale, origin, selected, held);
    return;
  }
  cairo_surface_t *surface =
      shade_of (plot, scale > 0 ? scale : FILE_GRID, origin, selected, held, &left, &top);
  cairo_set_source_surface (cr, surface, left, top);
  cairo_paint (cr);
  cairo_surface_destroy (surface);
}

/* --- Made beside a window --- */

/* @surface: (nullable): of what is not selected, if anything is, and of what is or all
 * @points: a reference; @area, @font_size, @scheme: of the plot */
struct LimenScatterShade {
  cairo_surface_t *surface[2];
  double left, top, scale, font_size;
  LimenScatterPoints *points;
  LimenRect area;
  LimenScheme scheme;
};

LimenScatterShade *
limen_scatter_shade_new (const LimenScatterPlot *plot, double scale,
                         const guint64 *const selected[LIMEN_N_SCATTER_SETS])
{
  static const double origin[2] = {0, 0};
  LimenScatterShade *shade = g_new0 (LimenScatterShade, 1);
  for (int held = selected ? FALSE : TRUE; held <= TRUE; held++)
    shade->surface[held] =
        shade_of (plot, scale, origin, selected, held, &shade->left, &shade->top);
  shade->scale = scale;
  shade->font_size = plot->style.font_size;
  shade->scheme = plot->style.scheme;
  shade->points = limen_scatter_points_ref (plot->points);
  shade->area = plot->frame.plot;
  return shade;
}

void
limen_scatter_shade_free (LimenScatterShade *shade)
{
  for (int held = FALSE; held <= TRUE; held++)
    g_clear_pointer (&shade->surface[held], cairo_surface_destroy);
  limen_scatter_points_unref (shade->points);
  g_free (shade);
}

gboolean
limen_scatter_shade_fits (const LimenScatterShade *shade, const LimenScatterPlot *plot,
                          double scale)
{
  const LimenRect *area = &plot->frame.plot;
  return shade->points == plot->points && shade->scale == scale &&
         shade->scheme == plot->style.scheme && shade->font_size == plot->style.font_size &&
         shade->area.x == area->x && shade->area.y == area->y && shade->area.width == area->width &&
         shade->area.height == area->height;
}

void
limen_scatter_paint_shade (const LimenScatterShade *shade, cairo_t *cr)
{
  for (int held = FALSE; held <= TRUE; held++)
    if (shade->surface[held]) {
      cairo_set_source_surface (cr, shade->surface[held], shade->left, shade->top);
      cairo_paint (cr);
    }
}

/* --- Both --- */

/* What is not selected lies behind what is. The smaller set lies over the larger. */
void
limen_scatter_draw_points (const LimenScatterPlot *plot, cairo_t *cr,
                           const guint64 *const selected[LIMEN_N_SCATTER_SETS])
{
  const guint *n = plot->points->n;
  LimenScatterSet first = n[LIMEN_SCATTER_NORMAL] < n[LIMEN_SCATTER_ANOMALY];
  gboolean few = (guint64)n[0] + n[1] <= LIMEN_SCATTER_FEW;
  for (int held = selected ? FALSE : TRUE; held <= TRUE; held++) {
    if (!few) {
      draw_shade (plot, cr, selected, held);
      continue;
    }
    draw_dots (plot, cr, first, selected, held);
    draw_dots (plot, cr, !first, selected, held);
  }
}
