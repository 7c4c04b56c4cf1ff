/* The exported picture of a game: its sentence over the triangles, over the race. */
#include "viz/game/game-picture.h"
#include "viz/kit/sheet.h"
#include "viz/game/simplex-plot-private.h"

#include <math.h>

#define MARGIN 16  /* around all */
#define SPACE  12  /* between plots */
#define LEAST  150 /* height of a plot, or there is none */
#define BAR    48  /* height of the bar */

typedef void (*PartFunc) (const LimenGamePicture *picture, cairo_t *cr,
                          const LimenChartStyle *style, double width, double height);

static void
draw_part (const LimenGamePicture *picture, PartFunc draw, cairo_t *cr,
           const LimenChartStyle *style, const LimenRect *rect)
{
  limen_sheet_begin_plot (cr, rect);
  draw (picture, cr, style, rect->width, rect->height);
  limen_sheet_end_plot (cr, style, rect);
}

/* --- Triangles --- */

static void
draw_triangle (const LimenSimplexPlot *plot, cairo_t *cr, const LimenChartStyle *style,
               const LimenRect *rect)
{
  limen_sheet_begin_plot (cr, rect);
  limen_simplex_plot_draw_base (plot, cr, style, rect->width, rect->height);
  limen_simplex_plot_draw_top (plot, cr, style, rect->width, rect->height, LIMEN_HOLD_NONE);
  cairo_restore (cr);
}

/* Side by side, or one below the other where that makes them larger; the bar below. */
static void
draw_triangles (const LimenGamePicture *picture, cairo_t *cr, const LimenChartStyle *style,
                double width, double height)
{
  const LimenSimplexPlot *plots[] = {picture->a, picture->b}, *first;
  guint n = (picture->a != NULL) + (picture->b != NULL), next = 0;
  first = picture->a ? picture->a : picture->b;
  gboolean bar = picture->exploit && first && height > 3 * BAR;
  double room = height - (bar ? BAR : 0);
  gboolean beside = n < 2 || width > 1.1 * room;
  for (int b = 0; b < 2; b++) {
    LimenRect rect = {0, 0, width, room};
    if (!plots[b])
      continue;
    if (n == 2 && beside) {
      rect.x = next * floor (width / 2);
      rect.width = next ? width - rect.x : floor (width / 2);
    } else if (n == 2) {
      rect.y = next * floor (room / 2);
      rect.height = floor (room / 2);
    }
    draw_triangle (plots[b], cr, style, &rect);
    next++;
  }
  if (!bar)
    return;
  cairo_translate (cr, 0, room);
  limen_gap_bar_draw (picture->exploit, first->payoff, 2 * limen_simplex_most (first->payoff), cr,
                      style, width, BAR);
  cairo_translate (cr, 0, -room);
}

/* --- The race and what is kept --- */

static void
draw_race (const LimenGamePicture *picture, cairo_t *cr, const LimenChartStyle *style, double width,
           double height)
{
  limen_game_curves_draw (picture->race, cr, style, width, height);
}

static void
draw_kept (const LimenGamePicture *picture, cairo_t *cr, const LimenChartStyle *style, double width,
           double height)
{
  limen_game_kept_draw (picture->race, picture->kept, cr, style, width, height);
}

/* Side by side as on the page; one below the other where it is narrow, and only the race where it
 * is low too. */
static void
draw_races (const LimenGamePicture *picture, cairo_t *cr, const LimenChartStyle *style,
            const LimenRect *room)
{
  LimenRect race = *room, kept = *room;
  gboolean both = TRUE;
  if (room->width >= 620) {
    race.width = round (0.64 * (room->width - SPACE));
    kept.x += race.width + SPACE;
    kept.width -= race.width + SPACE;
  } else if (room->height >= 2 * LEAST + SPACE) {
    race.height = round (0.58 * (room->height - SPACE));
    kept.y += race.height + SPACE;
    kept.height -= race.height + SPACE;
  } else
    both = FALSE;
  draw_part (picture, draw_race, cr, style, &race);
  if (both)
    draw_part (picture, draw_kept, cr, style, &kept);
}

/* --- The whole --- */

static void
draw_parts (const LimenGamePicture *picture, cairo_t *cr, const LimenChartStyle *style,
            const LimenRect *room)
{
  gboolean triangles = picture->a || picture->b, race = picture->race != NULL;
  LimenRect upper = *room, lower = *room;
  if (triangles && race && room->height >= 2 * LEAST + SPACE) {
    upper.height = round ((room->width >= 620 ? 0.64 : 0.56) * (room->height - SPACE));
    lower.y += upper.height + SPACE;
    lower.height -= upper.height + SPACE;
    draw_races (picture, cr, style, &lower);
  } else if (race && !triangles)
    draw_races (picture, cr, style, room);
  if (triangles)
    draw_part (picture, draw_triangles, cr, style, &upper);
}

void
limen_game_picture_draw (cairo_t *cr, double width, double height, gpointer data)
{
  const LimenGamePicture *picture = data;
  LimenChartStyle style = limen_chart_style (picture->scheme);
  const char *sentence = picture->only_triangles ? NULL : picture->sentence;
  cairo_save (cr);
  LimenRect room = limen_sheet_begin (cr, &style, sentence, width, height, MARGIN, SPACE);
  if (picture->only_triangles)
    draw_triangles (picture, cr, &style, width, height);
  else
    draw_parts (picture, cr, &style, &room);
  cairo_restore (cr);
}
