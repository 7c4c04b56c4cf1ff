/* The exported picture of a game: its sentence over triangles, bar, race and strip. */
#include "viz/game-plot.h"
#include "viz/sheet.h"

#include <math.h>

#define MARGIN 16  /* around all */
#define SPACE  12  /* between plots */
#define BAR    64  /* height of the bar */
#define LEAST  150 /* height of a plot, or there is none */

typedef enum { TRIANGLE_A, TRIANGLE_B, GAP, RACE, KEPT } Part;

static void
draw_part (const LimenGamePicture *picture, Part part, cairo_t *cr, const LimenChartStyle *style,
           const LimenRect *rect)
{
  const LimenSimplexPlot *triangle = part == TRIANGLE_A ? picture->a : picture->b;
  double width = fmax (rect->width, 1), height = fmax (rect->height, 1);
  cairo_save (cr);
  cairo_translate (cr, rect->x, rect->y);
  cairo_rectangle (cr, 0, 0, width, height);
  cairo_clip (cr);
  if (part == GAP)
    limen_gap_bar_draw (picture->exploit, picture->a->payoff,
                        2 * limen_payoff_largest (picture->a->payoff), cr, style, width, height);
  else if (part == RACE)
    limen_game_race_draw (picture->race, cr, style, width, height);
  else if (part == KEPT)
    limen_game_kept_draw (picture->race, picture->kept, cr, style, width, height);
  else {
    limen_simplex_plot_draw_base (triangle, cr, style, width, height);
    limen_simplex_plot_draw_top (triangle, cr, style, width, height, LIMEN_HOLD_NONE);
  }
  limen_sheet_border (cr, style, width, height);
  cairo_restore (cr);
}

/* Two parts side by side, the first with @share of the width; or one over the other. */
static void
draw_pair (const LimenGamePicture *picture, Part first, Part second, double share, cairo_t *cr,
           const LimenChartStyle *style, const LimenRect *rect)
{
  LimenRect a = *rect, b = *rect;
  if (rect->width >= 560) {
    a.width = round ((rect->width - SPACE) * share);
    b.x += a.width + SPACE;
    b.width -= a.width + SPACE;
  } else {
    a.height = round ((rect->height - SPACE) / 2);
    b.y += a.height + SPACE;
    b.height -= a.height + SPACE;
  }
  draw_part (picture, first, cr, style, &a);
  draw_part (picture, second, cr, style, &b);
}

void
limen_game_picture_draw (cairo_t *cr, double width, double height, gpointer data)
{
  const LimenGamePicture *picture = data;
  LimenChartStyle style = limen_chart_style (picture->scheme);
  LimenText sentence = {.colour = LIMEN_COLOUR_INK, .size = width < 560 ? 1.25 : 1.6};
  gboolean has_triangles = picture->a && picture->b;
  double top = MARGIN, bottom = height - MARGIN;
  cairo_save (cr);
  limen_palette_set (cr, picture->scheme, LIMEN_COLOUR_PAPER);
  cairo_paint (cr);
  if (picture->sentence && *picture->sentence && height >= 240 && width >= 160 + 2 * MARGIN)
    top = SPACE + limen_sheet_paragraph (cr, &style, &sentence, picture->sentence, MARGIN, MARGIN,
                                         width - 2 * MARGIN);
  gboolean has_race = picture->race && !picture->only_triangles &&
                      (!has_triangles || bottom - top > 2 * LEAST + BAR);
  double middle = !has_race ? bottom : has_triangles ? top + 0.62 * (bottom - top) : top;
  LimenRect upper = {MARGIN, top, width - 2 * MARGIN, middle - top};
  if (has_triangles) {
    LimenRect bar = {MARGIN, middle - BAR, upper.width, BAR};
    upper.height -= picture->exploit ? BAR + SPACE : 0;
    draw_pair (picture, TRIANGLE_A, TRIANGLE_B, 0.5, cr, &style, &upper);
    if (picture->exploit)
      draw_part (picture, GAP, cr, &style, &bar);
    middle += SPACE;
  }
  LimenRect lower = {MARGIN, middle, width - 2 * MARGIN, bottom - middle};
  if (has_race)
    draw_pair (picture, RACE, KEPT, 0.58, cr, &style, &lower);
  cairo_restore (cr);
}
