#include "ui/prior/samples-plot.h"

#include <math.h>

#define ACROSS 5

static void
draw_image (const double *pixels, guint side, cairo_t *cr, double x, double y, double size)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int)side, (int)side);
  guchar *data = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);
  for (guint row = 0; row < side; row++)
    for (guint column = 0; column < side; column++) {
      guint32 grey = (guint32)lround (255 * CLAMP (pixels[row * side + column], 0, 1));
      ((guint32 *)(void *)(data + (gsize)row * (gsize)stride))[column] =
          grey << 16 | grey << 8 | grey;
    }
  cairo_surface_mark_dirty (surface);
  cairo_save (cr);
  cairo_translate (cr, x, y);
  cairo_scale (cr, size / side, size / side);
  cairo_set_source_surface (cr, surface, 0, 0);
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_NEAREST);
  cairo_rectangle (cr, 0, 0, side, side);
  cairo_fill (cr);
  cairo_restore (cr);
  cairo_surface_destroy (surface);
}

static void
draw_sheet (const LimenRaceView *view, guint runner, guint side, cairo_t *cr,
            const LimenChartStyle *style, const LimenRect *room)
{
  double em = style->font_size, gap = 3;
  guint down = LIMEN_RACE_ROWS / ACROSS;
  LimenText text = {.colour = limen_race_colour (runner),
                    .bold = TRUE,
                    .size = 1,
                    .max_width = room->width - em,
                    .align_x = 0.5};
  double size = floor (fmin ((room->width - em - gap * (ACROSS - 1)) / ACROSS,
                             (room->height - 4 * em - gap * (down - 1)) / down));
  double x = room->x + (room->width - ACROSS * (size + gap) + gap) / 2, y = room->y + 2.6 * em;
  limen_text_draw (cr, style, &text, view->runner[runner].name, room->x + room->width / 2,
                   room->y + 0.8 * em);
  for (guint i = 0; size > 0 && i < LIMEN_RACE_ROWS; i++)
    draw_image (view->rows[runner] + (gsize)i * view->d, side, cr, x + i % ACROSS * (size + gap),
                y + i / ACROSS * (size + gap), size);
}

void
limen_samples_plot_draw (const LimenRaceView *view, guint side, cairo_t *cr,
                         const LimenChartStyle *style, double width, double height)
{
  g_return_if_fail (view != NULL && style != NULL);
  limen_palette_set (cr, style->scheme, LIMEN_COLOUR_PAPER);
  cairo_paint (cr);
  for (guint i = 0; i < view->n; i++)
    draw_sheet (view, i, side, cr, style,
                &(LimenRect){i * width / view->n, 0, width / view->n, height});
}
