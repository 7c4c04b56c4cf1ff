#include "pixels.h"
#include "model/base/random.h"
#include "model/game/equilibrium.h"
#include "viz/kit/picture.h"
#include "viz/game/simplex-hand.h"
#include "viz/game/simplex-plot-private.h"

#include <string.h>

#define N 10000

static const LimenChartStyle style = {LIMEN_SCHEME_LIGHT, "sans-serif", 12};
static const double uniform[] = {1.0 / 3, 1.0 / 3, 1.0 / 3};
static const int sizes[][2] = {{1, 1},     {3, 40},    {40, 3},    {90, 90},   {216, 180},
                               {300, 320}, {360, 420}, {450, 480}, {800, 520}, {520, 1200}};

/* --- What is drawn --- */

static LimenPayoff
game (const char *name)
{
  LimenPayoff payoff;
  g_assert_true (limen_payoff_builtin (name, &payoff, NULL));
  return payoff;
}

static LimenSimplexPlot
plot_of (const LimenPayoff *payoff, gboolean is_b, const double *p, const double *other)
{
  return (LimenSimplexPlot){.payoff = payoff,
                            .is_b = is_b,
                            .p = p,
                            .other = other,
                            .solution = uniform,
                            .n_solutions = 1,
                            .title = is_b ? "Player B" : "Player A"};
}

static void
random_point (LimenRandom *random, double *p)
{
  double sum = 0;
  for (int i = 0; i < 3; i++)
    sum += p[i] = -log (limen_random_uniform (random) + 1e-300);
  for (int i = 0; i < 3; i++)
    p[i] /= sum;
}

static LimenChartStyle
in_scheme (LimenScheme scheme)
{
  return (LimenChartStyle){scheme, "sans-serif", 12};
}

/* On magenta, which is in no scheme: what is left of it was not drawn on. */
static cairo_surface_t *
draw (const LimenSimplexPlot *plot, LimenScheme scheme, int width, int height, LimenHold hold)
{
  LimenChartStyle with = in_scheme (scheme);
  cairo_t *cr;
  cairo_surface_t *surface = new_picture (width, height, &cr);
  cairo_set_source_rgb (cr, 1, 0, 1);
  cairo_paint (cr);
  limen_simplex_plot_draw_base (plot, cr, &with, width, height);
  limen_simplex_plot_draw_top (plot, cr, &with, width, height, hold);
  finish_picture (surface, cr);
  return surface;
}

static guint32
paper_in (LimenScheme scheme)
{
  return colour_of (scheme, LIMEN_COLOUR_PAPER);
}

/* How far a colour is from paper: 0 to 765. */
static int
depth (guint32 pixel, guint32 paper)
{
  int sum = 0;
  for (int shift = 0; shift < 24; shift += 8)
    sum += abs ((int)(pixel >> shift & 255) - (int)(paper >> shift & 255));
  return sum;
}

/* --- Points and pixels --- */

static void
test_points_survive_the_way_to_pixels_and_back (void)
{
  LimenPayoff payoff = game ("rock-paper-scissors");
  LimenSimplexPlot plot = plot_of (&payoff, FALSE, uniform, uniform);
  LimenRandom random = limen_random_stream (1, "simplex", 0);
  for (guint s = 0; s < G_N_ELEMENTS (sizes); s++) {
    LimenSimplexFrame frame = limen_simplex_frame (&plot, &style, sizes[s][0], sizes[s][1]);
    for (int i = 0; i < 500; i++) {
      double p[3], q[3], x, y;
      random_point (&random, p);
      if (i < 3) { /* the corners */
        memset (p, 0, sizeof p);
        p[i] = 1;
      }
      limen_simplex_to_pixel (&frame, p, &x, &y);
      limen_simplex_from_pixel (&frame, x, y, q);
      for (int c = 0; c < 3; c++)
        g_assert_cmpfloat (fabs (p[c] - q[c]), <, 1e-9);
    }
  }
}

static void
test_pixels_outside_are_the_nearest_point (void)
{
  LimenPayoff payoff = game ("rock-paper-scissors");
  LimenSimplexPlot plot = plot_of (&payoff, TRUE, uniform, uniform);
  LimenSimplexFrame frame = limen_simplex_frame (&plot, &style, 360, 420);
  LimenRandom random = limen_random_stream (2, "simplex", 0);
  for (int i = 0; i < 2000; i++) {
    double x = 1600 * limen_random_uniform (&random) - 600;
    double y = 1600 * limen_random_uniform (&random) - 600, p[3], q[3];
    limen_simplex_from_pixel (&frame, x, y, p);
    limen_simplex_barycentric (&frame, x, y, q);
    limen_simplex_project (q, 3);
    double sum = 0;
    for (int c = 0; c < 3; c++) {
      g_assert_cmpfloat (p[c], >=, 0);
      g_assert_cmpfloat (fabs (p[c] - q[c]), <, 1e-9);
      sum += p[c];
    }
    g_assert_cmpfloat (fabs (sum - 1), <, 1e-12);
  }
}

static void
test_the_triangle_is_equilateral_and_within (void)
{
  LimenPayoff payoff = game ("rock-paper-scissors");
  LimenSimplexPlot plot = plot_of (&payoff, FALSE, uniform, uniform);
  for (guint s = 0; s < G_N_ELEMENTS (sizes); s++) {
    LimenSimplexFrame frame = limen_simplex_frame (&plot, &style, sizes[s][0], sizes[s][1]);
    double side[3];
    for (int i = 0; i < 3; i++) {
      const double *a = frame.corner[i], *b = frame.corner[(i + 1) % 3];
      side[i] = hypot (a[0] - b[0], a[1] - b[1]);
      g_assert_cmpfloat (fabs (side[i] - side[0]), <, 1e-9);
      if (sizes[s][0] < 90 || sizes[s][1] < 90)
        continue;
      g_assert_cmpfloat (a[0], >=, 0);
      g_assert_cmpfloat (a[1], >=, 0);
      g_assert_cmpfloat (a[0], <=, sizes[s][0]);
      g_assert_cmpfloat (a[1], <=, sizes[s][1]);
    }
    g_assert_cmpfloat (side[0], >, 0.99);
  }
}

/* --- The map --- */

static cairo_surface_t *
draw_map (const LimenSimplexPlot *plot, LimenScheme scheme, int width, int height,
          gboolean recorded)
{
  LimenChartStyle with = in_scheme (scheme);
  LimenSimplexFrame frame = limen_simplex_frame (plot, &with, width, height);
  cairo_t *cr;
  cairo_surface_t *surface = new_picture (width, height, &cr);
  limen_palette_set (cr, scheme, LIMEN_COLOUR_PAPER);
  cairo_paint (cr);
  if (recorded) { /* as in a vector format */
    cairo_surface_t *recording = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, NULL);
    cairo_t *to = cairo_create (recording);
    limen_simplex_draw_map (plot, &frame, to, &with);
    cairo_destroy (to);
    cairo_set_source_surface (cr, recording, 0, 0);
    cairo_paint (cr);
    cairo_surface_destroy (recording);
  } else
    limen_simplex_draw_map (plot, &frame, cr, &with);
  finish_picture (surface, cr);
  return surface;
}

static void
test_the_map_is_flat_against_the_uniform_strategy (void)
{
  LimenPayoff payoff = game ("rock-paper-scissors");
  const double p[] = {0.7, 0.2, 0.1};
  for (LimenScheme scheme = 0; scheme < LIMEN_N_SCHEMES; scheme++)
    for (int b = 0; b < 2; b++)
      for (int recorded = 0; recorded < 2; recorded++) {
        LimenSimplexPlot plot = plot_of (&payoff, b, p, uniform);
        cairo_surface_t *surface = draw_map (&plot, scheme, 360, 420, recorded);
        LimenRect all = {0, 0, 360, 420};
        g_assert_cmpuint (count_pixels (surface, &all, paper_in (scheme)), ==, 360 * 420);
        cairo_surface_destroy (surface);
      }
}

static void
test_blue_is_where_a_earns_and_orange_where_b_does (void)
{
  LimenPayoff payoff = game ("rock-paper-scissors");
  LimenRandom random = limen_random_stream (3, "simplex", 0);
  for (int i = 0; i < 40; i++)
    for (int b = 0; b < 2; b++) {
      double other[3], p[3], x, y;
      random_point (&random, other);
      LimenSimplexPlot plot = plot_of (&payoff, b, uniform, other);
      LimenSimplexFrame frame = limen_simplex_frame (&plot, &style, 360, 420);
      cairo_surface_t *surface = draw_map (&plot, LIMEN_SCHEME_LIGHT, 360, 420, i % 2);
      for (int k = 0; k < 20; k++) {
        random_point (&random, p);
        limen_simplex_to_pixel (&frame, p, &x, &y);
        guint32 pixel = pixel_at (surface, x, y);
        double value = limen_simplex_map_value (&plot, p);
        double for_b = limen_exploit (&payoff, b ? other : p, b ? p : other).value;
        g_assert_cmpfloat (fabs (value - for_b), <, 1e-12);
        int warm = (int)(pixel >> 16 & 255) - (int)(pixel & 255);
        if (fmin (p[0], fmin (p[1], p[2])) > 0.02 && fabs (value) > 0.04)
          g_assert_true (value > 0 ? warm > 0 : warm < 0);
      }
      cairo_surface_destroy (surface);
    }
}

static void
test_the_map_is_the_same_as_pixels_and_as_paths (void)
{
  static const char *const names[] = {"rock-paper-scissors", "biased-rock-paper-scissors",
                                      "many-solutions"};
  const double other[] = {0.6, 0.1, 0.3};
  for (guint g = 0; g < G_N_ELEMENTS (names); g++)
    for (int kind = 0; kind < 4; kind++) {
      LimenPayoff payoff = game (names[g]);
      LimenSimplexPlot plot = plot_of (&payoff, kind & 1, uniform, other);
      plot.map = kind & 2 ? LIMEN_MAP_EXPLOITABILITY : LIMEN_MAP_PAYOFF;
      LimenSimplexFrame frame = limen_simplex_frame (&plot, &style, 360, 420);
      cairo_surface_t *a = draw_map (&plot, LIMEN_SCHEME_DARK, 360, 420, FALSE);
      cairo_surface_t *b = draw_map (&plot, LIMEN_SCHEME_DARK, 360, 420, TRUE);
      for (int y = 0; y < 420; y += 3)
        for (int x = 0; x < 360; x += 3) {
          double p[3];
          limen_simplex_barycentric (&frame, x + 0.5, y + 0.5, p);
          if (fmin (p[0], fmin (p[1], p[2])) > 0.01)
            g_assert_cmpint (depth (pixel_at (a, x, y), pixel_at (b, x, y)), <=, 9);
        }
      cairo_surface_destroy (a);
      cairo_surface_destroy (b);
    }
}

static void
test_exploitability_is_least_at_the_solution (void)
{
  static const char *const names[] = {"rock-paper-scissors", "biased-rock-paper-scissors",
                                      "matching-pennies", "many-solutions"};
  for (guint g = 0; g < G_N_ELEMENTS (names); g++)
    for (int b = 0; b < 2; b++) {
      LimenPayoff payoff = game (names[g]);
      g_autoptr (LimenSolution) solution = limen_solve (&payoff, NULL);
      const double *best = b ? solution->b : solution->a;
      LimenSimplexPlot plot = plot_of (&payoff, b, uniform, uniform);
      plot.map = LIMEN_MAP_EXPLOITABILITY;
      LimenSimplexFrame frame = limen_simplex_frame (&plot, &style, 360, 420);
      cairo_surface_t *surface = draw_map (&plot, LIMEN_SCHEME_LIGHT, 360, 420, FALSE);
      double most = limen_payoff_largest (&payoff), x, y;
      for (guint s = 0; s < (b ? solution->n_b : solution->n_a); s++)
        g_assert_cmpfloat (fabs (limen_simplex_map_value (&plot, best + 3 * s)), <, 1e-9 * most);
      limen_simplex_to_pixel (&frame, best, &x, &y);
      /* a pixel within the triangle, of several where the solution is at its edge */
      int least = depth (pixel_at (surface, fmin (x, 358), fmin (y, 418)), 0xffffff);
      for (int v = 0; v < 420; v++)
        for (int u = 0; u < 360; u++) {
          double p[3];
          limen_simplex_barycentric (&frame, u + 0.5, v + 0.5, p);
          if (fmin (p[0], fmin (p[1], p[2])) < 0)
            continue;
          double value = limen_simplex_map_value (&plot, p);
          LimenExploit e = limen_exploit (&payoff, b ? solution->a : p, b ? p : solution->b);
          g_assert_cmpfloat (fabs (value - e.gap), <, 1e-9 * most);
          if (fmin (p[0], fmin (p[1], p[2])) > 0.01)
            g_assert_cmpint (depth (pixel_at (surface, u, v), 0xffffff), >=, least - 8);
        }
      g_assert_cmpint (least, <, 12);
      cairo_surface_destroy (surface);
    }
}

/* --- Trails --- */

/* From the right corner towards the left in as many steps. */
static double *
straight (gsize n)
{
  double *p = g_new (double, 3 * n);
  for (gsize i = 0; i < n; i++) {
    double t = (double)i / (double)(n - 1);
    p[3 * i] = 0.4;
    p[3 * i + 1] = 0.6 * t;
    p[3 * i + 2] = 0.6 * (1 - t);
  }
  return p;
}

static cairo_surface_t *
draw_trail (const LimenTrail *trail, const LimenSimplexFrame *frame, gboolean recorded)
{
  cairo_t *cr;
  cairo_surface_t *surface = new_picture (360, 420, &cr);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  if (recorded) {
    cairo_surface_t *recording = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, NULL);
    cairo_t *to = cairo_create (recording);
    limen_trail_draw (trail, frame, to, &style);
    cairo_destroy (to);
    cairo_set_source_surface (cr, recording, 0, 0);
    cairo_paint (cr);
    cairo_surface_destroy (recording);
  } else
    limen_trail_draw (trail, frame, cr, &style);
  finish_picture (surface, cr);
  return surface;
}

static LimenSimplexFrame
some_frame (void)
{
  LimenPayoff payoff = game ("rock-paper-scissors");
  LimenSimplexPlot plot = plot_of (&payoff, FALSE, uniform, uniform);
  return limen_simplex_frame (&plot, &style, 360, 420);
}

static void
test_a_trail_fades_with_age (void)
{
  LimenSimplexFrame frame = some_frame ();
  g_autofree double *p = straight (N);
  const LimenTrail trail = {p, N, LIMEN_COLOUR_FIRST, LIMEN_LINE_EXACT};
  for (int recorded = 0; recorded < 2; recorded++) {
    cairo_surface_t *surface = draw_trail (&trail, &frame, recorded);
    int last = 0;
    for (gsize i = 100; i < N - 600; i += 500) {
      double x, y;
      limen_simplex_to_pixel (&frame, p + 3 * i, &x, &y);
      int ink = MAX (depth (pixel_at (surface, x, y), 0xffffff),
                     depth (pixel_at (surface, x, y - 1), 0xffffff));
      g_assert_cmpint (ink, >, last);
      /* two pixels wide, no more */
      g_assert_cmpint (depth (pixel_at (surface, x, y - 3), 0xffffff), ==, 0);
      g_assert_cmpint (depth (pixel_at (surface, x, y + 3), 0xffffff), ==, 0);
      last = ink;
    }
    cairo_surface_destroy (surface);
  }
}

/* Round and round a circle that is the same each time, in steps that do not divide it. */
static void
test_dashes_stay_dashes_when_laps_lie_on_one_another (void)
{
  LimenSimplexFrame frame = some_frame ();
  g_autofree double *p = g_new (double, 3 * N);
  for (int i = 0; i < N; i++) {
    double a = 0.3 * i, x = 0.15 * cos (a), y = 0.15 * sin (a);
    p[3 * i] = 1.0 / 3 + x;
    p[3 * i + 1] = 1.0 / 3 - x / 2 + y * sqrt (3) / 2;
    p[3 * i + 2] = 1.0 / 3 - x / 2 - y * sqrt (3) / 2;
  }
  guint ink[2];
  for (int dashed = 0; dashed < 2; dashed++) {
    const LimenTrail trail = {p, N, LIMEN_COLOUR_REST,
                              dashed ? LIMEN_LINE_REFERENCE : LIMEN_LINE_EXACT};
    cairo_surface_t *surface = draw_trail (&trail, &frame, FALSE);
    ink[dashed] = 0;
    for (int k = 0; k < 720; k++) {
      double a = k * G_PI / 360, x = 0.15 * cos (a), y = 0.15 * sin (a), px, py;
      double q[] = {1.0 / 3 + x, 1.0 / 3 - x / 2 + y * sqrt (3) / 2,
                    1.0 / 3 - x / 2 - y * sqrt (3) / 2};
      limen_simplex_to_pixel (&frame, q, &px, &py);
      ink[dashed] += depth (pixel_at (surface, px, py), 0xffffff) > 60;
    }
    cairo_surface_destroy (surface);
  }
  g_assert_cmpuint (ink[0], >, 640);
  g_assert_cmpuint (ink[1], >, 200);
  g_assert_cmpuint (ink[1], <, 600);
}

static void
test_odd_trails_are_drawn (void)
{
  LimenPayoff payoff = game ("rock-paper-scissors");
  LimenRandom random = limen_random_stream (4, "simplex", 0);
  g_autofree double *p = g_new (double, 3 * N);
  for (int kind = 0; kind < 5; kind++) {
    for (int i = 0; i < N; i++) {
      random_point (&random, p + 3 * i);
      if (kind == 1) /* from corner to corner */
        for (int c = 0; c < 3; c++)
          p[3 * i + c] = c == i % 3;
      if (kind == 2 && i % 5)
        p[3 * i + i % 3] = i % 2 ? NAN : INFINITY;
      if (kind == 3) /* all the same */
        memcpy (p + 3 * i, uniform, sizeof uniform);
    }
    gsize n = kind == 4 ? 0 : N;
    for (gsize count = n; count <= n + 1; count += kind == 4 ? 1 : 2) {
      LimenTrail trail[] = {{p, count, LIMEN_COLOUR_FIRST, LIMEN_LINE_EXACT},
                            {p, count, LIMEN_COLOUR_SECOND, LIMEN_LINE_THIN},
                            {p, count, LIMEN_COLOUR_REST, LIMEN_LINE_REFERENCE}};
      LimenSimplexPlot plot = plot_of (&payoff, FALSE, uniform, uniform);
      plot.trail = trail;
      plot.n_trails = G_N_ELEMENTS (trail);
      plot.average = uniform;
      for (guint s = 0; s < G_N_ELEMENTS (sizes); s += 3)
        cairo_surface_destroy (
            draw (&plot, LIMEN_SCHEME_LIGHT, sizes[s][0], sizes[s][1], LIMEN_HOLD_NONE));
    }
  }
}

/* --- Words --- */

static gboolean
overlap (const LimenRect *a, const LimenRect *b)
{
  return a->x < b->x + b->width - 0.01 && b->x < a->x + a->width - 0.01 &&
         a->y < b->y + b->height - 0.01 && b->y < a->y + a->height - 0.01;
}

static gboolean
is_within (const LimenRect *a, double width, double height)
{
  return a->x >= 0 && a->y >= 0 && a->x + a->width <= width && a->y + a->height <= height;
}

static void
test_corners_keep_within_and_apart (void)
{
  LimenPayoff payoff = game ("rock-paper-scissors"), named = payoff;
  const double huge[] = {-36.88, -1e9};
  for (int i = 0; i < 3; i++) {
    g_strlcpy (named.row_name[i], "a strategy of many words", sizeof named.row_name[i]);
    named.column_name[i][0] = '\0';
  }
  for (int width = 216; width < 900; width += 24)
    for (int height = 180; height < 700; height += 40)
      for (int kind = 0; kind < 8; kind++) {
        LimenSimplexPlot plot = plot_of (kind & 2 ? &named : &payoff, kind & 1, uniform, uniform);
        LimenSimplexFrame frame = limen_simplex_frame (&plot, &style, width, height);
        LimenRect rect[3];
        for (guint i = 0; i < 3; i++) {
          LimenSimplexCorner corner;
          g_assert_true (limen_simplex_corner (&plot, &frame, &style, i, huge[kind >> 2], width,
                                               height, &corner));
          rect[i] = corner.rect;
          g_assert_true (is_within (&rect[i], width, height));
          for (guint k = 0; k < i; k++)
            g_assert_false (overlap (&rect[i], &rect[k]));
          if (kind < 4)
            g_assert_cmpstr (corner.number, ==, kind & 1 ? "−36.88" : "+36.88");
          g_free (corner.number);
        }
      }
}

static void
test_the_pill_keeps_within_and_off_its_handle (void)
{
  LimenPayoff payoff = game ("rock-paper-scissors");
  LimenRandom random = limen_random_stream (5, "simplex", 0);
  guint found = 0;
  for (int i = 0; i < 4000; i++) {
    int width = 100 + (int)(800 * limen_random_uniform (&random));
    int height = 60 + (int)(700 * limen_random_uniform (&random));
    double p[3], x, y;
    random_point (&random, p);
    if (i % 4 == 0) /* at the corners too */
      for (int c = 0; c < 3; c++)
        p[c] = c == i / 4 % 3;
    LimenSimplexPlot plot = plot_of (&payoff, i % 2, p, uniform);
    LimenSimplexFrame frame = limen_simplex_frame (&plot, &style, width, height);
    limen_simplex_to_pixel (&frame, p, &x, &y);
    LimenRect pill;
    if (!limen_simplex_pill (&plot, &frame, &style, "0.333, 0.333, 0.333", x, y, width, height,
                             &pill))
      continue;
    found++;
    g_assert_true (is_within (&pill, width, height));
    double dx = fmax (fabs (x - pill.x - pill.width / 2) - pill.width / 2, 0);
    double dy = fmax (fabs (y - pill.y - pill.height / 2) - pill.height / 2, 0);
    g_assert_cmpfloat (hypot (dx, dy), >, 1.4 * style.font_size); /* with its focus ring */
  }
  g_assert_cmpuint (found, >, 3000);
}

static void
test_points_have_their_sign (void)
{
  static const struct {
    double points;
    const char *text;
  } table[] = {
      {0.375, "+0.38"},        {0.125, "+0.13"},    {-0.125, "−0.13"},         {0, "0.00"},
      {-0.0, "0.00"},          {0.004, "0.00"},     {-0.004, "0.00"},          {0.006, "+0.01"},
      {25, "+25.00"},          {-36.875, "−36.88"}, {12345.6, "+12\u2009346"}, {-1e9, "−10⁹"},
      {123456789, "+1.23×10⁸"}};
  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autofree char *text = limen_points_signed (table[i].points);
    g_assert_cmpstr (text, ==, table[i].text);
  }
}

/* --- Hands and the best reply --- */

static guint
hand_ink (const char *name, guint32 *picture)
{
  const LimenRgba black = {0, 0, 0, 1}, white = {1, 1, 1, 1};
  cairo_t *cr;
  cairo_surface_t *surface = new_picture (60, 60, &cr);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  g_assert_true (limen_hand_draw (cr, name, 30, 30, 14, &black, &white));
  finish_picture (surface, cr);
  guint ink = 0;
  for (int y = 0; y < 60; y++)
    for (int x = 0; x < 60; x++) {
      guint32 pixel = pixel_at (surface, x, y);
      picture[60 * y + x] = pixel;
      ink += pixel < 0x808080;
      if (pixel != 0xffffff)
        g_assert_cmpfloat (hypot (x + 0.5 - 30, y + 0.5 - 30), <, 14 * 1.2);
    }
  cairo_surface_destroy (surface);
  return ink;
}

static void
test_hands_are_three_and_of_lines (void)
{
  static const char *const names[] = {"rock", "paper", "scissors"};
  const LimenRgba black = {0, 0, 0, 1};
  static guint32 picture[3][3600];
  for (int i = 0; i < 3; i++) {
    guint ink = hand_ink (names[i], picture[i]);
    g_assert_cmpuint (ink, >, 60);
    g_assert_cmpuint (ink, <, 330);
    for (int k = 0; k < i; k++) {
      guint differ = 0;
      for (int at = 0; at < 3600; at++)
        differ += (picture[i][at] < 0x808080) != (picture[k][at] < 0x808080);
      g_assert_cmpuint (differ, >, 60);
    }
  }
  cairo_t *cr;
  cairo_surface_t *surface = new_picture (9, 9, &cr);
  g_assert_false (limen_hand_draw (cr, "heads", 4, 4, 4, &black, &black));
  finish_picture (surface, cr);
  cairo_surface_destroy (surface);
}

static void
test_the_best_reply_is_in_a_ring (void)
{
  LimenPayoff payoff = game ("rock-paper-scissors");
  for (LimenScheme scheme = 0; scheme < LIMEN_N_SCHEMES; scheme++)
    for (int b = 0; b < 2; b++)
      for (int k = -1; k < 3; k++) {
        double other[3] = {1.0 / 3, 1.0 / 3, 1.0 / 3};
        for (int i = 0; i < 3 && k >= 0; i++)
          other[i] = i == k;
        LimenSimplexPlot plot = plot_of (&payoff, b, uniform, other);
        LimenExploit e = limen_exploit (&payoff, b ? other : uniform, b ? uniform : other);
        LimenSimplexFrame frame = limen_simplex_frame (&plot, &style, 450, 480);
        cairo_surface_t *surface = draw (&plot, scheme, 450, 480, LIMEN_HOLD_NONE);
        guint32 own = colour_of (scheme, b ? LIMEN_COLOUR_SECOND : LIMEN_COLOUR_FIRST);
        for (guint i = 0; i < 3; i++) {
          LimenSimplexCorner c;
          limen_simplex_corner (&plot, &frame, &style, i, 0, 450, 480, &c);
          g_free (c.number);
          LimenRect hand = {c.hand[0] - 21, c.hand[1] - 21, 42, 42};
          guint n = count_pixels (surface, &hand, own);
          if (k >= 0 && i == (b ? e.b_reply : e.a_reply))
            g_assert_cmpuint (n, >, 60);
          else
            g_assert_cmpuint (n, <, 12);
        }
        cairo_surface_destroy (surface);
      }
}

/* --- The field --- */

static guint
n_different (cairo_surface_t *a, cairo_surface_t *b)
{
  guint n = 0;
  for (int y = 0; y < cairo_image_surface_get_height (a); y++)
    for (int x = 0; x < cairo_image_surface_get_width (a); x++)
      n += pixel_at (a, x, y) != pixel_at (b, x, y);
  return n;
}

static void
test_the_field_is_drawn_where_there_is_one (void)
{
  LimenPayoff payoff = game ("rock-paper-scissors");
  const double other[] = {0.2, 0.7, 0.1};
  for (int kind = 0; kind < 16; kind++) {
    LimenSimplexPlot plot = plot_of (&payoff, kind & 1, uniform, kind & 2 ? other : uniform);
    cairo_surface_t *none = draw (&plot, LIMEN_SCHEME_LIGHT, 360, 420, LIMEN_HOLD_NONE);
    plot.replicator = (kind & 4) != 0;
    plot.arrows = (kind & 8) != 0;
    plot.streamlines = !plot.arrows;
    cairo_surface_t *field = draw (&plot, LIMEN_SCHEME_LIGHT, 360, 420, LIMEN_HOLD_NONE);
    if (kind & 2)
      g_assert_cmpuint (n_different (none, field), >, 500);
    else /* a solution gives no one a reason to move */
      g_assert_cmpuint (n_different (none, field), ==, 0);
    cairo_surface_destroy (none);
    cairo_surface_destroy (field);
  }
}

/* --- The bar --- */

static void
test_the_bar_splits_the_gap (void)
{
  LimenPayoff payoff = game ("rock-paper-scissors");
  LimenRandom random = limen_random_stream (6, "simplex", 0);
  for (int i = 0; i < 200; i++) {
    LimenScheme scheme = i % LIMEN_N_SCHEMES;
    LimenChartStyle with = in_scheme (scheme);
    int width = 60 + 12 * i, height = i % 7 == 0 ? 20 : 56;
    double p[3], q[3];
    random_point (&random, p);
    random_point (&random, q);
    LimenExploit e = i == 1 ? (LimenExploit){.gap = 0} : limen_exploit (&payoff, p, q);
    cairo_t *cr;
    cairo_surface_t *surface = new_picture (width, height, &cr);
    limen_gap_bar_draw (&e, &payoff, 2, cr, &with, width, height);
    finish_picture (surface, cr);
    double room = width / 2.0 - 1.2 * 12;
    int row = height == 20 ? 10 : (int)(1.15 * 12 + 1.3 * 12 + 4);
    LimenRect left = {0, row, width / 2, 1}, right = {width / 2, row, width - width / 2, 1};
    double a = count_pixels (surface, &left, colour_of (scheme, LIMEN_COLOUR_FIRST));
    double b = count_pixels (surface, &right, colour_of (scheme, LIMEN_COLOUR_SECOND));
    g_assert_cmpfloat (fabs (a - room * fmin (e.a_saves / 2, 1)), <=, 3.5);
    g_assert_cmpfloat (fabs (b - room * fmin (e.b_gains / 2, 1)), <=, 3.5);
    cairo_surface_destroy (surface);
  }
}

/* --- The whole --- */

static void
test_every_size_is_painted_whole (void)
{
  LimenPayoff payoff = game ("biased-rock-paper-scissors");
  static const double points[][3] = {
      {1.0 / 3, 1.0 / 3, 1.0 / 3}, {1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {0.5, 0.5, 0}};
  static const double many[] = {1, 0, 0, 0, 1, 0, 0, 0, 1};
  g_autofree double *trail_points = straight (300);
  LimenTrail trail = {trail_points, 300, LIMEN_COLOUR_FIRST, LIMEN_LINE_EXACT};
  for (guint s = 0; s < G_N_ELEMENTS (sizes); s++)
    for (LimenScheme scheme = 0; scheme < LIMEN_N_SCHEMES; scheme++)
      for (guint i = 0; i < G_N_ELEMENTS (points); i++) {
        LimenSimplexPlot plot =
            plot_of (&payoff, i % 2, points[i], points[(i + scheme) % G_N_ELEMENTS (points)]);
        plot.arrows = plot.streamlines = TRUE;
        plot.map = (i + scheme) % 2 ? LIMEN_MAP_PAYOFF : LIMEN_MAP_EXPLOITABILITY;
        plot.solution = many;
        plot.n_solutions = i % 4;
        plot.trail = &trail;
        plot.n_trails = 1;
        plot.average = points[(i + 1) % G_N_ELEMENTS (points)];
        int width = sizes[s][0], height = sizes[s][1];
        cairo_surface_t *surface =
            draw (&plot, scheme, width, height, (LimenHold)(i | LIMEN_HOLD_FOCUSED));
        LimenRect all = {0, 0, width, height};
        g_assert_cmpuint (count_pixels (surface, &all, 0xff00ff), ==, 0);
        cairo_surface_destroy (surface);
      }
}

static void
test_nothing_is_drawn_beside_the_picture (void)
{
  LimenPayoff payoff = game ("rock-paper-scissors");
  const double other[] = {1, 0, 0};
  for (guint s = 0; s < G_N_ELEMENTS (sizes); s++) {
    int width = sizes[s][0], height = sizes[s][1];
    LimenSimplexPlot plot = plot_of (&payoff, TRUE, other, other);
    cairo_t *cr;
    cairo_surface_t *surface = new_picture (width + 60, height + 60, &cr);
    cairo_set_source_rgb (cr, 1, 0, 1);
    cairo_paint (cr);
    cairo_translate (cr, 30, 30);
    limen_simplex_plot_draw_base (&plot, cr, &style, width, height);
    limen_simplex_plot_draw_top (&plot, cr, &style, width, height, LIMEN_HOLD_GRABBED);
    finish_picture (surface, cr);
    LimenRect all = {0, 0, width + 60, height + 60};
    g_assert_cmpuint (count_pixels (surface, &all, 0xff00ff), ==,
                      (guint)((width + 60) * (height + 60) - width * height));
    cairo_surface_destroy (surface);
  }
}

static void
draw_for_file (cairo_t *cr, double width, double height, gpointer plot)
{
  limen_simplex_plot_draw_base (plot, cr, &style, width, height);
  limen_simplex_plot_draw_top (plot, cr, &style, width, height, LIMEN_HOLD_NONE);
}

/* A trail of 10,000 is paths in a vector format, not thousands of them, and no picture of pixels.
 */
static void
test_vector_formats_have_paths (void)
{
  LimenPayoff payoff = game ("rock-paper-scissors");
  const double other[] = {0.5, 0.3, 0.2};
  g_autofree double *p = straight (N);
  LimenTrail trail = {p, N, LIMEN_COLOUR_SECOND, LIMEN_LINE_EXACT};
  LimenSimplexPlot plot = plot_of (&payoff, TRUE, uniform, other);
  plot.trail = &trail;
  plot.n_trails = 1;
  LimenPicture picture = {LIMEN_PICTURE_SVG, 450, 480, 1, draw_for_file, &plot, NULL};
  for (int map = 0; map < 2; map++) {
    plot.map = map ? LIMEN_MAP_EXPLOITABILITY : LIMEN_MAP_PAYOFF;
    picture.format = LIMEN_PICTURE_SVG;
    g_autoptr (GBytes) svg = limen_picture_to_bytes (&picture, NULL);
    g_autofree char *text = g_strndup (g_bytes_get_data (svg, NULL), g_bytes_get_size (svg));
    g_assert_nonnull (strstr (text, "linearGradient"));
    g_assert_null (strstr (text, "<image"));
    g_assert_cmpuint (g_bytes_get_size (svg), <, 400000);
    picture.format = LIMEN_PICTURE_PDF;
    g_autoptr (GBytes) pdf = limen_picture_to_bytes (&picture, NULL);
    g_assert_nonnull (pdf);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/simplex-plot/points-survive-the-way-to-pixels-and-back",
                   test_points_survive_the_way_to_pixels_and_back);
  g_test_add_func ("/simplex-plot/pixels-outside-are-the-nearest-point",
                   test_pixels_outside_are_the_nearest_point);
  g_test_add_func ("/simplex-plot/the-triangle-is-equilateral-and-within",
                   test_the_triangle_is_equilateral_and_within);
  g_test_add_func ("/simplex-map/the-map-is-flat-against-the-uniform-strategy",
                   test_the_map_is_flat_against_the_uniform_strategy);
  g_test_add_func ("/simplex-map/blue-is-where-a-earns-and-orange-where-b-does",
                   test_blue_is_where_a_earns_and_orange_where_b_does);
  g_test_add_func ("/simplex-map/the-map-is-the-same-as-pixels-and-as-paths",
                   test_the_map_is_the_same_as_pixels_and_as_paths);
  g_test_add_func ("/simplex-map/exploitability-is-least-at-the-solution",
                   test_exploitability_is_least_at_the_solution);
  g_test_add_func ("/simplex-trail/a-trail-fades-with-age", test_a_trail_fades_with_age);
  g_test_add_func ("/simplex-trail/dashes-stay-dashes-when-laps-lie-on-one-another",
                   test_dashes_stay_dashes_when_laps_lie_on_one_another);
  g_test_add_func ("/simplex-trail/odd-trails-are-drawn", test_odd_trails_are_drawn);
  g_test_add_func ("/simplex-plot/corners-keep-within-and-apart",
                   test_corners_keep_within_and_apart);
  g_test_add_func ("/simplex-plot/the-pill-keeps-within-and-off-its-handle",
                   test_the_pill_keeps_within_and_off_its_handle);
  g_test_add_func ("/simplex-plot/points-have-their-sign", test_points_have_their_sign);
  g_test_add_func ("/simplex-plot/hands-are-three-and-of-lines", test_hands_are_three_and_of_lines);
  g_test_add_func ("/simplex-plot/the-best-reply-is-in-a-ring", test_the_best_reply_is_in_a_ring);
  g_test_add_func ("/simplex-field/the-field-is-drawn-where-there-is-one",
                   test_the_field_is_drawn_where_there_is_one);
  g_test_add_func ("/gap-bar/the-bar-splits-the-gap", test_the_bar_splits_the_gap);
  g_test_add_func ("/simplex-plot/every-size-is-painted-whole", test_every_size_is_painted_whole);
  g_test_add_func ("/simplex-plot/nothing-is-drawn-beside-the-picture",
                   test_nothing_is_drawn_beside_the_picture);
  g_test_add_func ("/simplex-plot/vector-formats-have-paths", test_vector_formats_have_paths);
  return g_test_run ();
}
