/* What is drawn on a triangle: trails, words, hands, the best reply and the field; and the bar of
 * the gap. */
#include "simplex-draw.h"

/* --- Trails --- */

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

/* A space at least is between the name of a corner, which is bold as the best reply, and its
 * number. */
static void
assert_name_and_number_are_apart (const LimenSimplexCorner *corner)
{
  LimenText text = corner->name_text;
  text.bold = TRUE;
  if (!corner->name)
    return;
  LimenRect name = limen_text_rect (&style, &text, corner->name, corner->name_x, corner->y);
  LimenRect number =
      limen_text_rect (&style, &corner->number_text, corner->number, corner->number_x, corner->y);
  LimenRect space = limen_text_rect (&style, &corner->number_text, " ", 0, 0);
  g_assert_cmpfloat (space.width, >, 1);
  g_assert_cmpfloat (number.x - name.x - name.width, >=, space.width - 0.01);
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
          assert_name_and_number_are_apart (&corner);
          g_assert_true (is_within (&rect[i], width, height));
          for (guint k = 0; k < i; k++)
            g_assert_false (overlap (&rect[i], &rect[k]));
          if (kind < 4)
            g_assert_cmpstr (corner.number, ==, kind & 1 ? "−36.88" : "+36.88");
          g_free (corner.number);
        }
      }
}

/* In a window of 360 pixels with text of twice its size the triangles still say whose they are. */
static void
test_words_stay_in_narrow_pictures_with_large_text (void)
{
  LimenPayoff payoff = game ("rock-paper-scissors");
  for (double em = 12; em < 60; em *= 1.3)
    for (int width = 200; width < 500; width += 20)
      for (int height = 200; height < 500; height += 60) {
        LimenChartStyle large = style;
        large.font_size = em;
        LimenSimplexPlot plot = plot_of (&payoff, FALSE, uniform, uniform);
        LimenChartStyle fitted = limen_simplex_style (&large, width, height);
        LimenSimplexFrame frame = limen_simplex_frame (&plot, &large, width, height);
        LimenSimplexFrame again = limen_simplex_frame (&plot, &fitted, width, height);
        g_assert_cmpmem (&frame, sizeof frame, &again, sizeof again);
        g_assert_cmpfloat (fitted.font_size, <=, em);
        for (guint i = 0; i < 3; i++) {
          LimenSimplexCorner corner;
          g_assert_true (
              limen_simplex_corner (&plot, &frame, &fitted, i, -0.5, width, height, &corner));
          g_assert_true (is_within (&corner.rect, width, height));
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
      {123456789, "+1.23·10⁸"}};
  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autofree char *text = limen_points_signed (table[i].points, 1e9);
    g_assert_cmpstr (text, ==, table[i].text);
  }
  g_autofree char *small = limen_points_signed (-3.84e-9, 1e-8);
  g_assert_cmpstr (small, ==, "−3.8·10⁻⁹");
  g_autofree char *nothing = limen_points_signed (1e-25, 1e-8);
  g_assert_cmpstr (nothing, ==, "0.00");
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

/* The corners that glow are the replies that words name, however little they are apart. */
static void
test_corners_are_the_best_replies (void)
{
  for (double apart = 1e-14; apart < 1e-5; apart *= 10) {
    LimenPayoff game = {.rows = 3, .columns = 3, .m = {1, 1 - apart, 0, 0, 0, 1, 1, 1, 1 - apart}};
    const double p_a[] = {0.5, 0.25, 0.25}, p_b[] = {0.25, 0.5, 0.25};
    double points[3];
    LimenExploit exploit = limen_exploit (&game, p_a, p_b);
    LimenSimplexPlot plot = {.payoff = &game, .is_b = TRUE, .other = p_a};
    limen_payoff_for_b (&game, p_a, points);
    g_assert_cmpuint (limen_simplex_best_corners (&plot, points), ==, exploit.b_replies);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/simplex-trail/a-trail-fades-with-age", test_a_trail_fades_with_age);
  g_test_add_func ("/simplex-trail/dashes-stay-dashes-when-laps-lie-on-one-another",
                   test_dashes_stay_dashes_when_laps_lie_on_one_another);
  g_test_add_func ("/simplex-trail/odd-trails-are-drawn", test_odd_trails_are_drawn);
  g_test_add_func ("/simplex-plot/corners-keep-within-and-apart",
                   test_corners_keep_within_and_apart);
  g_test_add_func ("/simplex-plot/words-stay-in-narrow-pictures",
                   test_words_stay_in_narrow_pictures_with_large_text);
  g_test_add_func ("/simplex-plot/the-pill-keeps-within-and-off-its-handle",
                   test_the_pill_keeps_within_and_off_its_handle);
  g_test_add_func ("/simplex-plot/points-have-their-sign", test_points_have_their_sign);
  g_test_add_func ("/simplex-plot/hands-are-three-and-of-lines", test_hands_are_three_and_of_lines);
  g_test_add_func ("/simplex-plot/the-best-reply-is-in-a-ring", test_the_best_reply_is_in_a_ring);
  g_test_add_func ("/simplex-field/the-field-is-drawn-where-there-is-one",
                   test_the_field_is_drawn_where_there_is_one);
  g_test_add_func ("/gap-bar/the-bar-splits-the-gap", test_the_bar_splits_the_gap);
  g_test_add_func ("/simplex-plot/best-replies", test_corners_are_the_best_replies);
  return g_test_run ();
}
