/* The exported picture of a bound: its sentence over its plots. */
#include "viz/bound/bound-plot.h"
#include "viz/kit/sheet.h"

#include "model/base/number.h"

#include <math.h>

#define MARGIN 16  /* around all */
#define SPACE  12  /* between plots */
#define LEAST  130 /* height of a plot, or there is none */

/* --- Words --- */

/* The sentence is larger where there is room. Returns: where the plots begin. */
static double
draw_words (const LimenBoundPicture *picture, cairo_t *cr, const LimenChartStyle *style,
            double width, double height)
{
  double y = MARGIN, room = width - 2 * MARGIN;
  LimenText sentence = {.colour = LIMEN_COLOUR_INK, .size = width < 560 ? 1.25 : 1.6};
  LimenText contest = {.colour = LIMEN_COLOUR_DIM, .size = 1.05};
  if (height < 240 || room < 160)
    return SPACE / 2.0;
  if (picture->sentence && *picture->sentence)
    y = limen_sheet_paragraph (cr, style, &sentence, picture->sentence, MARGIN, y, room);
  if (picture->contest && *picture->contest)
    y = limen_sheet_paragraph (cr, style, &contest, picture->contest, MARGIN, y + 3, room);
  return y > MARGIN ? y + SPACE : SPACE;
}

/* --- Plots --- */

typedef enum { PLANE, BOUND, GAP, MERGE, N_PLOTS } Plot;

/* Where the handle stands, NaN: nowhere. */
static double
handle_of (const LimenBoundPicture *picture, Plot which)
{
  const LimenLinePlot *bound = &picture->plot->bound, *gap = &picture->plot->gap;
  if (which == BOUND)
    return picture->value;
  double value = bound->n_levels > 0 ? bound->level[0].y - picture->value : NAN;
  return value >= gap->y.low ? value : NAN;
}

static void
draw_marked (const LimenBoundPicture *picture, Plot which, cairo_t *cr,
             const LimenChartStyle *style, double width, double height)
{
  LimenBoundMarked memory;
  double handle = handle_of (picture, which);
  gboolean marked = picture->k >= 1 && (which == BOUND || isfinite (handle));
  LimenLinePlot plot =
      limen_bound_marked (which == GAP ? &picture->plot->gap : &picture->plot->bound,
                          marked ? picture->k : NAN, &memory);
  limen_line_plot_draw (&plot, cr, style, width, height);
  if (!marked)
    return;
  g_autofree char *k = limen_format_number (picture->k, 0);
  g_autofree char *text = g_strdup_printf ("K = %s", k);
  LimenFrame frame = limen_line_plot_frame (&plot, style, width, height);
  limen_line_plot_draw_handle (&frame, cr, style, picture->k, handle, text, LIMEN_HOLD_NONE);
  limen_frame_clear (&frame);
}

static void
draw_plot (const LimenBoundPicture *picture, Plot which, cairo_t *cr, const LimenChartStyle *style,
           const LimenRect *rect)
{
  double width = rect->width, height = rect->height;
  limen_sheet_begin_plot (cr, rect);
  if (which == PLANE)
    limen_plane_plot_draw (picture->plane, cr, style, width, height);
  else if (which == MERGE)
    limen_merge_plot_draw (picture->merge, cr, style, width, height);
  else
    draw_marked (picture, which, cr, style, width, height);
  limen_sheet_end_plot (cr, style, rect);
}

/* Side by side in @row; @share: (n): parts of the width. */
static void
draw_row (const LimenBoundPicture *picture, cairo_t *cr, const LimenChartStyle *style,
          const LimenRect *row, const Plot *which, const double *share, int n)
{
  double x = row->x, room = row->width - SPACE * (n - 1);
  for (int i = 0; i < n; i++) {
    double width = i + 1 < n ? round (room * share[i]) : row->x + row->width - x;
    LimenRect rect = {x, row->y, fmax (width, 1), fmax (row->height, 1)};
    draw_plot (picture, which[i], cr, style, &rect);
    x += width + SPACE;
  }
}

/* Where log p(x) is not known there is none to show. */
static gboolean
has_gap (const LimenBoundPicture *picture)
{
  return picture->plot->bound.n_levels > 0;
}

static void
draw_wide (const LimenBoundPicture *picture, cairo_t *cr, const LimenChartStyle *style,
           const LimenRect *room)
{
  const Plot upper[] = {PLANE, BOUND};
  Plot lower[2];
  const double upper_share[] = {0.4, 0.6}, lower_share[] = {0.56, 0.44}, whole = 1;
  double first = round ((room->height - SPACE) * 0.56);
  LimenRect row = {room->x, room->y, room->width, first};
  int skip = picture->plane ? 0 : 1;
  int below = 0;
  if (has_gap (picture))
    lower[below++] = GAP;
  if (picture->merge)
    lower[below++] = MERGE;
  if (below == 0 || room->height - first - SPACE < LEAST)
    row.height = room->height;
  draw_row (picture, cr, style, &row, upper + skip, skip ? &whole : upper_share, 2 - skip);
  if (row.height == room->height)
    return;
  row.y += first + SPACE;
  row.height = room->height - first - SPACE;
  draw_row (picture, cr, style, &row, lower, below == 2 ? lower_share : &whole, below);
}

/* One below the other; those that say less give way where the picture is low. */
static void
draw_narrow (const LimenBoundPicture *picture, cairo_t *cr, const LimenChartStyle *style,
             const LimenRect *room)
{
  static const Plot first_to_go[] = {MERGE, GAP, PLANE};
  double share[N_PLOTS] = {[PLANE] = picture->plane ? 1.2 : 0,
                           [BOUND] = 1.2,
                           [GAP] = has_gap (picture) ? 1 : 0,
                           [MERGE] = picture->merge ? 0.9 : 0};
  double y = room->y, height = 0, sum = 0;
  for (guint gone = 0;; gone++) {
    int n = 0;
    sum = 0;
    for (int i = 0; i < N_PLOTS; i++) {
      sum += share[i];
      n += share[i] > 0;
    }
    height = room->height - SPACE * (n - 1);
    if (height >= n * LEAST || gone == G_N_ELEMENTS (first_to_go))
      break;
    share[first_to_go[gone]] = 0;
  }
  for (int i = 0; i < N_PLOTS; i++) {
    if (share[i] <= 0)
      continue;
    double part = round (height * share[i] / sum);
    LimenRect rect = {room->x, y, fmax (room->width, 1), fmax (part, 1)};
    draw_plot (picture, (Plot)i, cr, style, &rect);
    y += part + SPACE;
  }
}

void
limen_bound_picture_draw (cairo_t *cr, double width, double height, gpointer data)
{
  const LimenBoundPicture *picture = data;
  LimenChartStyle style = limen_chart_style (picture->scheme);
  cairo_save (cr);
  limen_palette_set (cr, picture->scheme, LIMEN_COLOUR_PAPER);
  cairo_paint (cr);
  double top = draw_words (picture, cr, &style, width, height);
  LimenRect room = {MARGIN, top, fmax (width - 2 * MARGIN, 1), fmax (height - top - MARGIN, 1)};
  if (room.width >= 620 && room.width > 0.9 * room.height)
    draw_wide (picture, cr, &style, &room);
  else
    draw_narrow (picture, cr, &style, &room);
  cairo_restore (cr);
}
