#include "pixels.h"
#include "viz/kit/heat-map.h"

#define COLUMNS 4
#define ROWS    3

static const float values[COLUMNS * ROWS] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};

static LimenHeatMap
map_of (cairo_surface_t *picture)
{
  return (LimenHeatMap){.picture = picture,
                        .columns = COLUMNS,
                        .rows = ROWS,
                        .value = values,
                        .low = 0,
                        .high = 11,
                        .opacity = 1,
                        .unit = "nats"};
}

static double
luminance (LimenRgba c)
{
  return 0.2126 * c.red + 0.7152 * c.green + 0.0722 * c.blue;
}

/* -- colours -- */

/* Larger values are lighter: the scale is read without hue. */
static void
test_colours_rise_in_lightness (void)
{
  LimenHeatMap map = map_of (NULL);
  double last = -1;
  for (guint i = 0; i <= 100; i++) {
    LimenRgba c = limen_heat_map_colour (&map, LIMEN_SCHEME_LIGHT, 0.11 * i);
    g_assert_cmpfloat (luminance (c), >, last);
    last = luminance (c);
  }
}

static void
test_nothing_lets_the_picture_through (void)
{
  LimenHeatMap map = map_of (NULL);
  g_assert_cmpfloat (limen_heat_map_colour (&map, LIMEN_SCHEME_LIGHT, 0).alpha, ==, 0);
  g_assert_cmpfloat (limen_heat_map_colour (&map, LIMEN_SCHEME_LIGHT, NAN).alpha, ==, 0);
  g_assert_cmpfloat (limen_heat_map_colour (&map, LIMEN_SCHEME_LIGHT, 11).alpha, ==, 1);
  g_assert_cmpfloat (limen_heat_map_colour (&map, LIMEN_SCHEME_LIGHT, INFINITY).alpha, ==, 1);
  map.opacity = 0.25;
  g_assert_cmpfloat (limen_heat_map_colour (&map, LIMEN_SCHEME_LIGHT, 11).alpha, ==, 0.25);
}

static void
test_both_ways_are_two_colours (void)
{
  LimenHeatMap map = map_of (NULL);
  map.low = -11;
  map.both_ways = TRUE;
  for (LimenScheme scheme = 0; scheme < LIMEN_N_SCHEMES; scheme++)
    for (double value = 0.5; value < 13; value += 0.5) {
      LimenRgba above = limen_heat_map_colour (&map, scheme, value);
      LimenRgba below = limen_heat_map_colour (&map, scheme, -value);
      g_assert_cmpfloat (above.red, >, above.blue);
      g_assert_cmpfloat (below.red, <, below.blue);
      g_assert_cmpfloat (above.alpha, ==, below.alpha);
      g_assert_cmpfloat (above.alpha, ==, fmin (value / 11, 1));
    }
}

/* Each tenth is as far from the next one. */
static void
test_a_logarithm_spreads_small_values (void)
{
  LimenHeatMap map = map_of (NULL);
  map.low = 1e-3;
  map.high = 1;
  map.scale = &limen_scale_log;
  LimenRgba middle = limen_heat_map_colour (&map, LIMEN_SCHEME_LIGHT, pow (10, -1.5));
  map.scale = NULL;
  map.low = 0;
  LimenRgba half = limen_heat_map_colour (&map, LIMEN_SCHEME_LIGHT, 0.5);
  g_assert_cmpfloat_with_epsilon (middle.red, half.red, 1e-9);
  g_assert_cmpfloat_with_epsilon (middle.green, half.green, 1e-9);
}

/* -- places -- */

static cairo_surface_t *
grey_picture (int width, int height, double grey)
{
  cairo_t *cr;
  cairo_surface_t *picture = new_picture (width, height, &cr);
  cairo_set_source_rgb (cr, grey, grey, grey);
  cairo_paint (cr);
  finish_picture (picture, cr);
  return picture;
}

static cairo_surface_t *
draw (const LimenHeatMap *map, int width, int height)
{
  cairo_t *cr;
  LimenChartStyle style = limen_chart_style (LIMEN_SCHEME_LIGHT);
  cairo_surface_t *surface = new_picture (width, height, &cr);
  limen_chart_begin (cr, &style, width, height);
  limen_heat_map_draw (map, cr, &style, width, height);
  cairo_restore (cr);
  finish_picture (surface, cr);
  return surface;
}

/* Every cell has the colour of its value where it lies. */
static void
test_values_lie_where_they_belong (void)
{
  LimenChartStyle style = limen_chart_style (LIMEN_SCHEME_LIGHT);
  cairo_surface_t *picture = grey_picture (8, 6, 0);
  LimenHeatMap map = map_of (picture);
  cairo_surface_t *surface = draw (&map, 400, 380);
  LimenRect place = limen_heat_map_picture (&map, &style, 400, 380);
  g_assert_cmpfloat_with_epsilon (place.width / place.height, 8.0 / 6, 0.01);
  for (guint row = 0; row < ROWS; row++)
    for (guint column = 0; column < COLUMNS; column++) {
      guint found[2];
      double x = place.x + (column + 0.5) * place.width / COLUMNS;
      double y = place.y + (row + 0.5) * place.height / ROWS;
      LimenRgba c =
          limen_heat_map_colour (&map, LIMEN_SCHEME_LIGHT, values[row * COLUMNS + column]);
      guint32 pixel = pixel_at (surface, x, y);
      g_assert_cmpfloat_with_epsilon ((pixel >> 16) / 255.0, c.red * c.alpha, 0.02);
      g_assert_cmpfloat_with_epsilon ((pixel & 255) / 255.0, c.blue * c.alpha, 0.02);
      g_assert_true (limen_heat_map_at (&map, &style, 400, 380, x, y, &found[0], &found[1]));
      g_assert_cmpuint (found[0], ==, column);
      g_assert_cmpuint (found[1], ==, row);
    }
  guint column, row;
  g_assert_false (
      limen_heat_map_at (&map, &style, 400, 380, place.x - 1, place.y + 5, &column, &row));
  g_assert_false (limen_heat_map_at (&map, &style, 400, 380, NAN, NAN, &column, &row));
  cairo_surface_destroy (surface);
  cairo_surface_destroy (picture);
}

/* A map of a part of the picture leaves the rest as it is. */
static void
test_a_map_may_be_of_a_part (void)
{
  LimenChartStyle style = limen_chart_style (LIMEN_SCHEME_LIGHT);
  cairo_surface_t *picture = grey_picture (8, 8, 1);
  LimenHeatMap map = map_of (picture);
  map.place = (LimenRect){0.25, 0.25, 0.5, 0.5};
  map.low = -1;
  cairo_surface_t *surface = draw (&map, 400, 460);
  LimenRect place = limen_heat_map_picture (&map, &style, 400, 460);
  double x = place.x + place.width / 2, y = place.y + place.height / 2;
  g_assert_cmphex (pixel_at (surface, place.x + 0.1 * place.width, y), ==, 0xffffff);
  g_assert_cmphex (pixel_at (surface, x, place.y + 0.9 * place.height), ==, 0xffffff);
  g_assert_cmphex (pixel_at (surface, x + 10, y + 10), !=, 0xffffff);
  cairo_surface_destroy (surface);
  cairo_surface_destroy (picture);
}

static void
test_pictures_side_by_side_are_of_one_size (void)
{
  LimenChartStyle style = limen_chart_style (LIMEN_SCHEME_LIGHT);
  cairo_surface_t *picture = grey_picture (8, 8, 1);
  LimenHeatMap map = map_of (picture), plain = {.picture = picture, .keeps_room = TRUE};
  LimenHeatMap alone = {.picture = picture};
  LimenRect a = limen_heat_map_picture (&map, &style, 400, 400);
  LimenRect b = limen_heat_map_picture (&plain, &style, 400, 400);
  g_assert_cmpfloat (a.width, ==, b.width);
  g_assert_cmpfloat (limen_heat_map_picture (&alone, &style, 400, 400).width, ==, 400);
  cairo_surface_destroy (picture);
}

static void
test_it_is_drawn_at_any_size (void)
{
  cairo_surface_t *picture = grey_picture (640, 13, 0.5);
  for (int width = 1; width < 700; width += 97)
    for (int height = 1; height < 700; height += 97) {
      LimenHeatMap map = map_of (height % 2 ? picture : NULL);
      map.smooth = width % 2;
      map.high = height % 3 ? 11 : 0; /* no scale at all */
      cairo_surface_destroy (draw (&map, width, height));
    }
  cairo_surface_destroy (picture);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name) g_test_add_func ("/heat-map/" #name, test_##name)
  ADD (colours_rise_in_lightness);
  ADD (nothing_lets_the_picture_through);
  ADD (both_ways_are_two_colours);
  ADD (a_logarithm_spreads_small_values);
  ADD (values_lie_where_they_belong);
  ADD (a_map_may_be_of_a_part);
  ADD (pictures_side_by_side_are_of_one_size);
  ADD (it_is_drawn_at_any_size);
#undef ADD
  return g_test_run ();
}
