/* Pins of single images on a histogram: where they stand, and that nothing lies over another. */
#include "histogram-draw.h"
#include "viz/detector/histogram-marks.h"

static const LimenHistogramMark nine[] = {
    {"a.png", "1 900.0 nats · kept · p = 0.31", 1, 1900, FALSE, FALSE},
    {"b.png", "1 890.0 nats · kept · p = 0.30", 2, 1890, FALSE, FALSE},
    {"c.png", "1 880.0 nats · kept · p = 0.29", 3, 1880, FALSE, FALSE},
    {"defect.png", "100.0 nats · flagged · p = 0.0011", 4, 100, TRUE, FALSE},
    {"e.png", "−20 000.0 nats · flagged · p = 0.00010", 5, -20000, TRUE, FALSE},
    {"f.png", "−1×10⁹ nats · flagged · p = 0.00010", 6, -1e9, TRUE, FALSE},
    {"g.png", "5 000.0 nats · kept · p = 1", 7, 5000, FALSE, FALSE},
    {"h.png", "1 700.0 nats · kept · p = 0.2", 8, 1700, FALSE, FALSE},
    {"Drawing", "1 500.0 nats · kept · p = 0.12", 0, 1500, FALSE, TRUE},
};

static gboolean
apart (const LimenRect *a, const LimenRect *b)
{
  return a->x + a->width <= b->x || b->x + b->width <= a->x || a->y + a->height <= b->y ||
         b->y + b->height <= a->y;
}

static void
check_pins (const LimenHistogramPlot *plot, const LimenHistogramMark *mark, guint n)
{
  LimenRect area = limen_histogram_plot_area (plot);
  LimenMarkPlace place[LIMEN_MOST_MARKS];
  limen_histogram_marks_place (plot, mark, n, place);
  for (guint i = 0; i < n; i++) {
    const LimenRect *label = &place[i].label;
    double x = limen_histogram_plot_x_of_value (plot, mark[i].score);
    g_assert_cmpfloat (fabs (place[i].x - x), <=, plot->style.font_size);
    g_assert_cmpfloat (place[i].y, >, area.y);
    g_assert_cmpfloat (place[i].y, <, area.y + area.height);
    g_assert_true ((label->width > 0) == (place[i].text != NULL));
    for (guint k = 0; k < i; k++) {
      if (plot->height > 380)
        g_assert_cmpfloat (hypot (place[i].x - place[k].x, place[i].y - place[k].y), >=,
                           1.4 * plot->style.font_size);
      g_assert_true (label->width == 0 || place[k].label.width == 0 ||
                     apart (label, &place[k].label));
    }
    for (guint k = 0; k < plot->n_labels; k++)
      g_assert_true (label->width == 0 || apart (label, &plot->label[k].rect));
    if (label->width > 0) {
      g_assert_cmpfloat (label->x, >=, area.x);
      g_assert_cmpfloat (label->x + label->width, <=, area.x + area.width);
    }
  }
  limen_mark_places_clear (place, n);
}

static void
test_pins_keep_apart (void)
{
  LimenDetector *detector = usual_detector ();
  for (LimenHistogramScale scale = 0; scale <= LIMEN_HISTOGRAM_CLIPPED; scale++)
    for (int width = 280; width < 1600; width += 113)
      for (int height = 300; height < 900; height += 97) {
        g_autoptr (LimenHistogramPlot) plot =
            plot_of (detector, scale, LIMEN_SCHEME_LIGHT, width, height);
        for (guint n = 0; n <= G_N_ELEMENTS (nine); n++)
          check_pins (plot, nine, n);
      }
  free_detector (detector);
}

/* One alone says all, where there is room for it. */
static void
test_one_pin_says_all (void)
{
  LimenDetector *detector = usual_detector ();
  g_autoptr (LimenHistogramPlot) plot =
      plot_of (detector, LIMEN_HISTOGRAM_SPREAD, LIMEN_SCHEME_LIGHT, 900, 500);
  LimenMarkPlace place;
  limen_histogram_marks_place (plot, &nine[3], 1, &place);
  g_assert_cmpstr (place.text, ==, "defect.png · 100.0 nats · flagged · p = 0.0011");
  limen_mark_places_clear (&place, 1);
  free_detector (detector);
}

/* A full head is flagged, a hollow one is kept. */
static void
test_heads_tell_flagged_from_kept (void)
{
  LimenDetector *detector = usual_detector ();
  g_autoptr (LimenHistogramPlot) plot =
      plot_of (detector, LIMEN_HISTOGRAM_SPREAD, LIMEN_SCHEME_LIGHT, 900, 500);
  for (guint flagged = 0; flagged < 2; flagged++) {
    LimenHistogramMark mark = {"x", NULL, 0, 1000, flagged, TRUE};
    LimenMarkPlace place;
    limen_histogram_marks_place (plot, &mark, 1, &place);
    cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 900, 500);
    cairo_t *cr = cairo_create (surface);
    limen_histogram_plot_draw (plot, cr, 500, LIMEN_HOLD_NONE);
    limen_histogram_marks_draw (plot, cr, &mark, 1);
    cairo_destroy (cr);
    cairo_surface_flush (surface);
    assert_colour (surface, place.x, place.y,
                   limen_palette_colour (LIMEN_SCHEME_LIGHT,
                                         flagged ? LIMEN_COLOUR_HAND : LIMEN_COLOUR_PAPER));
    cairo_surface_destroy (surface);
    limen_mark_places_clear (&place, 1);
  }
  free_detector (detector);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name) g_test_add_func ("/histogram-pins/" #name, test_##name)
  ADD (pins_keep_apart);
  ADD (one_pin_says_all);
  ADD (heads_tell_flagged_from_kept);
  return g_test_run ();
}
