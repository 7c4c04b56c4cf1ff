/* The picture of the whole page. */
#include "game-draw.h"

/* --- The whole --- */

typedef struct {
  LimenPayoff payoff;
  double a[3], b[3];
  LimenSimplexPlot plot[2];
  LimenExploit exploit;
  Curves *curves;
  LimenGameCurves race;
} Whole;

static Whole *
usual_whole (void)
{
  Whole *w = g_new0 (Whole, 1);
  const double a[] = {0.75, 0.125, 0.125}, b[] = {0.125, 0.25, 0.625};
  g_assert_true (limen_payoff_builtin ("rock-paper-scissors", &w->payoff, NULL));
  memcpy (w->a, a, sizeof a);
  memcpy (w->b, b, sizeof b);
  w->plot[0] = (LimenSimplexPlot){.payoff = &w->payoff, .p = w->a, .other = w->b};
  w->plot[1] = (LimenSimplexPlot){.payoff = &w->payoff, .is_b = TRUE, .p = w->b, .other = w->a};
  w->exploit = limen_exploit (&w->payoff, w->a, w->b);
  w->curves = usual_curves ();
  w->race = race_of (w->curves, 4);
  return w;
}

static void
whole_free (Whole *whole)
{
  g_free (whole->curves);
  g_free (whole);
}

static cairo_surface_t *
draw_whole (const LimenGamePicture *picture, int width, int height)
{
  cairo_t *cr;
  cairo_surface_t *surface = new_picture (width, height, &cr);
  limen_game_picture_draw (cr, width, height, (gpointer)picture);
  finish_picture (surface, cr);
  return surface;
}

static void
test_pictures_of_parts_are_drawn (void)
{
  static const int wholes[][2] = {{1, 1}, {260, 180}, {360, 800}, {640, 400}, {1200, 900}};
  Whole *w = usual_whole ();
  for (int parts = 0; parts < 32; parts++)
    for (guint i = 0; i < G_N_ELEMENTS (wholes); i++) {
      LimenScheme scheme = parts & 16 ? LIMEN_SCHEME_DARK : LIMEN_SCHEME_LIGHT;
      LimenGamePicture picture = {.scheme = scheme,
                                  .sentence = parts & 1 ? "B can gain 0.86." : NULL,
                                  .a = parts & 2 ? &w->plot[0] : NULL,
                                  .b = parts & 2 ? &w->plot[1] : NULL,
                                  .exploit = parts & 4 ? &w->exploit : NULL,
                                  .race = parts & 8 ? &w->race : NULL};
      cairo_surface_t *surface = draw_whole (&picture, wholes[i][0], wholes[i][1]);
      LimenRect all = {0, 0, wholes[i][0], wholes[i][1]}, top = {0, 12, wholes[i][0], 30};
      guint32 ink = colour_of (scheme, LIMEN_COLOUR_INK);
      guint paper = count_pixels (surface, &all, colour_of (scheme, LIMEN_COLOUR_PAPER));
      if (wholes[i][0] > 1 && parts & 10)
        g_assert_cmpuint (paper, <, (guint)(wholes[i][0] * wholes[i][1]));
      if ((parts & 15) == 0 || (parts & 15) == 4) /* a bar is of triangles */
        g_assert_cmpuint (paper, ==, (guint)(wholes[i][0] * wholes[i][1]));
      if ((parts & 15) == 1 && wholes[i][1] >= 240)
        g_assert_cmpuint (count_pixels (surface, &top, ink), >, 20);
      cairo_surface_destroy (surface);
    }
  whole_free (w);
}

static void
test_a_frame_of_an_animation_has_only_triangles (void)
{
  Whole *w = usual_whole ();
  LimenGamePicture all = {.sentence = "B can gain 0.86.",
                          .a = &w->plot[0],
                          .b = &w->plot[1],
                          .exploit = &w->exploit,
                          .race = &w->race,
                          .only_triangles = TRUE};
  LimenGamePicture few = all;
  few.sentence = NULL;
  few.race = NULL;
  cairo_surface_t *a = draw_whole (&all, 640, 400), *b = draw_whole (&few, 640, 400);
  guint blue = 0, orange = 0;
  for (int y = 0; y < 400; y++)
    for (int x = 0; x < 640; x++) {
      g_assert_cmphex (pixel_at (a, x, y), ==, pixel_at (b, x, y));
      /* outlines at least, each in its half */
      blue += x < 320 && pixel_at (a, x, y) == colour_of (LIMEN_SCHEME_LIGHT, LIMEN_COLOUR_FIRST);
      orange +=
          x >= 320 && pixel_at (a, x, y) == colour_of (LIMEN_SCHEME_LIGHT, LIMEN_COLOUR_SECOND);
    }
  g_assert_cmpuint (blue, >, 150);
  g_assert_cmpuint (orange, >, 150);
  cairo_surface_destroy (a);
  cairo_surface_destroy (b);
  whole_free (w);
}

static void
test_all_formats_have_the_picture (void)
{
  Whole *w = usual_whole ();
  LimenGamePicture picture = {.sentence = "B can gain 0.86.",
                              .a = &w->plot[0],
                              .b = &w->plot[1],
                              .exploit = &w->exploit,
                              .race = &w->race};
  static const char *const begin[] = {"\x89PNG", "<?xml", "%PDF"};
  for (LimenPictureFormat format = LIMEN_PICTURE_PNG; format <= LIMEN_PICTURE_PDF; format++) {
    LimenPicture file = {format, 1200, 900, 1, limen_game_picture_draw, &picture, NULL};
    g_autoptr (GBytes) bytes = limen_picture_to_bytes (&file, NULL);
    g_assert_cmpuint (g_bytes_get_size (bytes), >, 10000);
    g_assert_cmpmem (g_bytes_get_data (bytes, NULL), strlen (begin[format]), begin[format],
                     strlen (begin[format]));
  }
  whole_free (w);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/game-picture/pictures-of-parts-are-drawn", test_pictures_of_parts_are_drawn);
  g_test_add_func ("/game-picture/a-frame-of-an-animation-has-only-triangles",
                   test_a_frame_of_an_animation_has_only_triangles);
  g_test_add_func ("/game-picture/all-formats-have-the-picture", test_all_formats_have_the_picture);
  return g_test_run ();
}
