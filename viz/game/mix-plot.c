#include "viz/game/mix-plot.h"

#include "model/base/number.h"

#include <math.h>

typedef struct {
  double left, room, top, pitch, bar;
} Layout;

static Layout
lay_out (const LimenMixPlot *plot, const LimenChartStyle *style, double width, double height)
{
  double em = style->font_size, names = 3 * em;
  LimenText text = {.size = 1, .max_width = 0.3 * width};
  for (guint i = 0; i < plot->n; i++)
    names = fmax (names, limen_text_rect (style, &text, plot->name[i], 0, 0).width);
  Layout layout = {.left = 1.6 * em + names,
                   .top = 5.6 * em} /* below the title, and buttons over the plot */;
  layout.room = fmax (width - layout.left - 5.5 * em, em);
  layout.pitch = fmax ((height - layout.top - 1.5 * em) / plot->n, 1);
  layout.bar = fmin (0.6 * layout.pitch, 2 * em);
  return layout;
}

static void
draw_marks (const LimenMixPlot *plot, guint i, const Layout *layout, double y, cairo_t *cr,
            const LimenChartStyle *style)
{
  double em = style->font_size;
  if (plot->average) {
    limen_palette_set (cr, style->scheme, plot->colour);
    cairo_set_line_width (cr, 2);
    cairo_arc (cr, layout->left + layout->room * plot->average[i], y, 0.4 * em, 0, 2 * G_PI);
    cairo_stroke (cr);
  }
  if (plot->solution) {
    double x = layout->left + layout->room * plot->solution[i], arm = 0.45 * em;
    limen_palette_set (cr, style->scheme, LIMEN_COLOUR_INK);
    cairo_set_line_width (cr, 1.6);
    limen_chart_line (cr, x - arm, y, x + arm, y);
    limen_chart_line (cr, x, y - arm, x, y + arm);
    cairo_stroke (cr);
  }
}

static void
draw_row (const LimenMixPlot *plot, guint i, const Layout *layout, cairo_t *cr,
          const LimenChartStyle *style, double width)
{
  double em = style->font_size, y = layout->top + (i + 0.5) * layout->pitch;
  gboolean is_best = (plot->best >> i) & 1;
  LimenText name = {.colour = is_best ? plot->colour : LIMEN_COLOUR_INK,
                    .bold = is_best,
                    .size = 1,
                    .max_width = layout->left - 1.4 * em,
                    .align_x = 1,
                    .align_y = 0.5};
  LimenText points = {.colour = is_best ? plot->colour : LIMEN_COLOUR_DIM,
                      .bold = is_best,
                      .size = 1,
                      .align_x = 1,
                      .align_y = 0.5};
  LimenRgba c = limen_palette_colour (style->scheme, plot->colour);
  g_autofree char *earned = limen_format_number (plot->points[i], 2);
  limen_palette_set (cr, style->scheme, LIMEN_COLOUR_GRID);
  cairo_rectangle (cr, layout->left, y - layout->bar / 2, layout->room, layout->bar);
  cairo_fill (cr);
  cairo_set_source_rgba (cr, c.red, c.green, c.blue, 0.75);
  cairo_rectangle (cr, layout->left, y - layout->bar / 2, layout->room * plot->p[i], layout->bar);
  cairo_fill (cr);
  draw_marks (plot, i, layout, y, cr, style);
  limen_text_draw (cr, style, &name, plot->name[i], layout->left - 0.6 * em, y);
  limen_text_draw (cr, style, &points, earned, width - em, y);
}

void
limen_mix_plot_draw (const LimenMixPlot *plot, cairo_t *cr, const LimenChartStyle *style,
                     double width, double height)
{
  double em = style->font_size;
  Layout layout = lay_out (plot, style, width, height);
  LimenText title = {.colour = plot->colour, .bold = TRUE, .size = 1.05};
  LimenText note = {.colour = LIMEN_COLOUR_DIM, .size = 0.95, .align_x = 1};
  limen_palette_set (cr, style->scheme, LIMEN_COLOUR_PAPER);
  cairo_paint (cr);
  if (plot->title)
    limen_text_draw (cr, style, &title, plot->title, em, 0.8 * em);
  limen_text_draw (cr, style, &note, "bars: now; +: a solution; points earned", width - em,
                   0.9 * em);
  for (guint i = 0; i < plot->n; i++)
    draw_row (plot, i, &layout, cr, style, width);
}
