#include "viz/detector/scatter-plot-private.h"

#include "viz/detector/score-axis.h"

#include <math.h>

const LimenScatterMark limen_scatter_marks[LIMEN_N_SCATTER_SETS] = {
    [LIMEN_SCATTER_NORMAL] = {LIMEN_DOT_DISC, LIMEN_COLOUR_FIRST, LIMEN_COLOUR_FIRST},
    [LIMEN_SCATTER_ANOMALY] = {LIMEN_DOT_TRIANGLE, LIMEN_COLOUR_SECOND, LIMEN_COLOUR_SECOND},
};

/* --- Making --- */

static void
lay_out (LimenScatterPlot *plot)
{
  static const LimenAxis empty = {&limen_scale_linear, 0, 1, 0, 1, 0, 1};
  const LimenScatterPoints *points = plot->points;
  double em = plot->style.font_size, top = 4.1 * em;
  LimenRect outer = {em, top, plot->width - 2.2 * em, plot->height - top - 2.2 * em};
  plot->legend_y = 1.5 * em;
  plot->frame = limen_frame_layout (&plot->style, &outer, points ? &points->axis[0] : &empty,
                                    points ? &points->axis[1] : &empty, NULL);
  if (points && points->measure[0])
    return;
  g_array_set_size (plot->frame.x_ticks, 0);
  g_array_set_size (plot->frame.y_ticks, 0);
}

LimenScatterPlot *
limen_scatter_plot_new (LimenScatterPoints *points, const LimenChartStyle *style, double width,
                        double height)
{
  LimenScatterPlot *plot = g_new0 (LimenScatterPlot, 1);
  g_atomic_ref_count_init (&plot->references);
  plot->points = points ? limen_scatter_points_ref (points) : NULL;
  plot->style = *style;
  plot->style.font_family = plot->font_family = g_strdup (style->font_family);
  plot->width = width;
  plot->height = height;
  lay_out (plot);
  return plot;
}

LimenScatterPlot *
limen_scatter_plot_ref (LimenScatterPlot *plot)
{
  g_atomic_ref_count_inc (&plot->references);
  return plot;
}

void
limen_scatter_plot_unref (LimenScatterPlot *plot)
{
  if (!g_atomic_ref_count_dec (&plot->references))
    return;
  g_clear_pointer (&plot->points, limen_scatter_points_unref);
  limen_frame_clear (&plot->frame);
  g_free (plot->font_family);
  g_free (plot);
}

/* --- The base --- */

static guint
n_selected (const LimenScatterPlot *plot, const guint64 *bits, LimenScatterSet set)
{
  guint n = 0;
  for (guint i = 0; i < (plot->points->n[set] + 63) / 64; i++)
    n += (guint)__builtin_popcountll (bits[i]);
  return n;
}

/* How much is said in the legend: the most that fits. */
typedef enum { SAY_ALL, SAY_COUNT, SAY_NAME, N_SAY } Say;

static char *
legend_entry (const LimenScatterPlot *plot, LimenScatterSet set,
              const guint64 *const selected[LIMEN_N_SCATTER_SETS], Say say)
{
  const char *name = plot->points->scores[set][0]->name;
  g_autofree char *count = limen_format_number (plot->points->n[set], 0);
  if (say == SAY_NAME)
    return g_strdup (name);
  if (!selected)
    return g_strdup_printf ("%s · %s", name, count);
  g_autofree char *held = limen_format_number (n_selected (plot, selected[set], set), 0);
  return say == SAY_ALL ? g_strdup_printf ("%s · %s of %s selected", name, held, count)
                        : g_strdup_printf ("%s · %s of %s", name, held, count);
}

static const LimenText legend_text = {.bold = TRUE, .size = 1.05, .align_y = 0.5};

/* All entries, as wide as they are: the width, mark and gap included. @entry: (out) */
static double
try_legend (const LimenScatterPlot *plot, const guint64 *const selected[LIMEN_N_SCATTER_SETS],
            Say say, char *entry[LIMEN_N_SCATTER_SETS])
{
  double em = plot->style.font_size, width = 0;
  for (LimenScatterSet set = 0; set < LIMEN_N_SCATTER_SETS; set++) {
    g_free (entry[set]);
    entry[set] = plot->points->n[set] > 0 ? legend_entry (plot, set, selected, say) : NULL;
    if (entry[set])
      width += limen_text_rect (&plot->style, &legend_text, entry[set], 0, 0).width + 2.8 * em;
  }
  return width;
}

static void
draw_legend (const LimenScatterPlot *plot, cairo_t *cr,
             const guint64 *const selected[LIMEN_N_SCATTER_SETS])
{
  char *entry[LIMEN_N_SCATTER_SETS] = {NULL};
  double em = plot->style.font_size, x = em;
  double room = plot->width - 1.5 * em - plot->style.aside_width, width = 0;
  for (Say say = SAY_ALL; say < N_SAY; say++)
    if ((width = try_legend (plot, selected, say, entry)) <= room)
      break;
  for (LimenScatterSet set = 0; set < LIMEN_N_SCATTER_SETS; set++) {
    LimenText text = legend_text;
    text.colour = limen_scatter_marks[set].text;
    text.max_width = width > room ? fmax (room / 2 - 2.8 * em, 1) : 0;
    if (entry[set]) {
      limen_dot_path (cr, limen_scatter_marks[set].shape, x + 0.4 * em, plot->legend_y, 0.36 * em);
      limen_palette_set (cr, plot->style.scheme, limen_scatter_marks[set].colour);
      cairo_fill (cr);
      x += 1.2 * em;
      x +=
          limen_text_draw (cr, &plot->style, &text, entry[set], x, plot->legend_y).width + 1.6 * em;
    }
    g_free (entry[set]);
  }
}

/* "log-likelihood (nats)"; the squeeze is told, where there is room. */
static void
draw_title (const LimenScatterPlot *plot, cairo_t *cr, int axis, double x, double y, double align)
{
  const LimenMeasure *measure = plot->points->measure[axis];
  gboolean squeezed = limen_score_axis_is_squeezed (&plot->points->axis[axis]);
  LimenText text = {.colour = LIMEN_COLOUR_DIM, .size = 1, .align_x = align, .align_y = 1};
  double room = plot->width - 2 * plot->style.font_size;
  g_autofree char *unit = *measure->unit ? g_strdup_printf (" (%s)", measure->unit) : NULL;
  g_autofree char *all =
      g_strdup_printf ("%s%s%s", measure->title, unit ? unit : "",
                       squeezed ? "; the axis is squeezed far from the normal images" : "");
  g_autofree char *less =
      g_strdup_printf ("%s%s%s", measure->title, unit ? unit : "", squeezed ? ", squeezed" : "");
  const char *variants[] = {all, less, NULL};
  const char *fitting = limen_chart_fitting (&plot->style, &text, variants, room);
  text.max_width = room;
  limen_text_draw (cr, &plot->style, &text, fitting ? fitting : less, x, y);
}

/* @images: whether they are drawn, if there is no @shade (nullable) of them */
static void
draw_base (const LimenScatterPlot *plot, cairo_t *cr,
           const guint64 *const selected[LIMEN_N_SCATTER_SETS], gboolean images,
           const LimenScatterShade *shade)
{
  const LimenRect *area = &plot->frame.plot;
  double em = plot->style.font_size;
  limen_chart_begin (cr, &plot->style, plot->width, plot->height);
  limen_frame_draw_grid (&plot->frame, cr, &plot->style);
  limen_frame_draw_upright_grid (&plot->frame, cr, &plot->style);
  limen_frame_draw_axes (&plot->frame, cr, &plot->style);
  if (plot->points && plot->points->measure[0]) {
    if (shade)
      limen_scatter_paint_shade (shade, cr);
    else if (images)
      limen_scatter_draw_points (plot, cr, selected);
    draw_legend (plot, cr, selected);
    draw_title (plot, cr, 1, em, area->y - 0.3 * em, 0);
    draw_title (plot, cr, 0, area->x + area->width, plot->height - 0.5 * em, 1);
  }
  cairo_restore (cr);
}

void
limen_scatter_plot_draw_base (const LimenScatterPlot *plot, cairo_t *cr,
                              const guint64 *const selected[LIMEN_N_SCATTER_SETS])
{
  draw_base (plot, cr, selected, TRUE, NULL);
}

void
limen_scatter_plot_draw_base_with (const LimenScatterPlot *plot, cairo_t *cr,
                                   const guint64 *const selected[LIMEN_N_SCATTER_SETS],
                                   const LimenScatterShade *shade)
{
  draw_base (plot, cr, selected, FALSE, shade);
}

/* --- Places --- */

const LimenScatterPoints *
limen_scatter_plot_points (const LimenScatterPlot *plot)
{
  return plot->points;
}

LimenRect
limen_scatter_plot_area (const LimenScatterPlot *plot)
{
  return plot->frame.plot;
}

static void
place (const LimenScatterPlot *plot, LimenScatterSet set, guint index, double *x, double *y)
{
  const LimenRect *area = &plot->frame.plot;
  const float *at = plot->points->at[set] + 2 * (gsize)index;
  *x = area->x + at[0] * area->width;
  *y = area->y + (1 - at[1]) * area->height;
}

void
limen_scatter_plot_place (const LimenScatterPlot *plot, const LimenScatterHit *hit, double *x,
                          double *y)
{
  place (plot, hit->set, hit->index, x, y);
}

gboolean
limen_scatter_plot_nearest (const LimenScatterPlot *plot, double x, double y, double reach,
                            LimenScatterHit *hit)
{
  double least = INFINITY, most = reach * reach;
  for (LimenScatterSet set = 0; plot->points && set < LIMEN_N_SCATTER_SETS; set++)
    for (guint i = 0; i < plot->points->n[set]; i++) {
      double px, py;
      place (plot, set, i, &px, &py);
      double away = (px - x) * (px - x) + (py - y) * (py - y);
      if (away < least && away <= most) {
        least = away;
        *hit = (LimenScatterHit){set, i};
      }
    }
  return least < INFINITY;
}

gboolean
limen_scatter_plot_next (const LimenScatterPlot *plot, const LimenScatterHit *from, int dx, int dy,
                         LimenScatterHit *next)
{
  double x, y, least = INFINITY;
  place (plot, from->set, from->index, &x, &y);
  *next = *from;
  for (LimenScatterSet set = 0; set < LIMEN_N_SCATTER_SETS; set++)
    for (guint i = 0; i < plot->points->n[set]; i++) {
      double px, py;
      place (plot, set, i, &px, &py);
      double along = (px - x) * dx + (py - y) * dy, aside = fabs ((px - x) * dy + (py - y) * dx);
      if (along > 0 && along + 2 * aside < least) {
        least = along + 2 * aside;
        *next = (LimenScatterHit){set, i};
      }
    }
  return least < INFINITY;
}

guint
limen_scatter_plot_inside (const LimenScatterPlot *plot, const double (*corner)[2], guint n_corners,
                           guint64 *const inside[LIMEN_N_SCATTER_SETS])
{
  const LimenRect *area = &plot->frame.plot;
  double (*at)[2] = g_malloc_n (n_corners + 1, sizeof *at);
  for (guint i = 0; i < n_corners; i++) {
    at[i][0] = (corner[i][0] - area->x) / area->width;
    at[i][1] = 1 - (corner[i][1] - area->y) / area->height;
  }
  guint n = limen_scatter_points_inside (plot->points, at, n_corners, inside);
  g_free (at);
  return n;
}
