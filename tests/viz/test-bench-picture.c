#include "bench-draw.h"
#include "pixels.h"

/* --- Rows --- */

static void
test_bins_hold_all_images (void)
{
  const double value[] = {-INFINITY, -3, -1, 0, 0.5, 1, 2, INFINITY};
  g_autoptr (LimenScores) scores = limen_scores_new ("a", value, G_N_ELEMENTS (value));
  LimenAxis axis = {&limen_scale_linear, 0, 1, -2, 2, 0, 1};
  for (guint n = 1; n < 40; n++) {
    guint count[40], all = 0;
    limen_score_row_bins (scores, &axis, n, count);
    for (guint i = 0; i < n; i++)
      all += count[i];
    g_assert_cmpuint (all, ==, G_N_ELEMENTS (value));
  }
  guint four[4];
  limen_score_row_bins (scores, &axis, 4, four); /* edges at −1, 0, 1 */
  g_assert_cmpuint (four[0], ==, 2);
  g_assert_cmpuint (four[1], ==, 1);
  g_assert_cmpuint (four[2], ==, 2);
  g_assert_cmpuint (four[3], ==, 3);
}

static cairo_surface_t *
draw_row (const LimenScoreRow *row, LimenScheme scheme)
{
  cairo_t *cr;
  LimenChartStyle style = limen_chart_style (scheme);
  LimenRect rect = {10, 10, LIMEN_SCORE_ROW_WIDTH, LIMEN_SCORE_ROW_HEIGHT};
  cairo_surface_t *surface =
      new_picture (LIMEN_SCORE_ROW_WIDTH + 20, LIMEN_SCORE_ROW_HEIGHT + 20, &cr);
  limen_chart_begin (cr, &style, 500, 500);
  limen_score_row_draw (cr, &style, &rect, row);
  cairo_restore (cr);
  finish_picture (surface, cr);
  return surface;
}

static guint
columns_of (cairo_surface_t *surface, guint32 colour)
{
  guint n = 0;
  for (int x = 0; x < cairo_image_surface_get_width (surface); x++)
    n += pixel_at (surface, x, 14) == colour;
  return n;
}

/* One line for a score that flags one side, two for both; the flagged side is tinted as flagged. */
static void
test_a_row_has_its_lines (void)
{
  MadeBench bench;
  make_bench (&bench, 2000);
  for (LimenScheme scheme = 0; scheme < LIMEN_N_SCHEMES; scheme++) {
    guint32 hand = colour_of (scheme, LIMEN_COLOUR_HAND), columns[3];
    const guint rows[] = {0, 1, 2}; /* low, both, high */
    for (guint i = 0; i < 3; i++) {
      cairo_surface_t *surface = draw_row (&bench.row[rows[i]].histogram, scheme);
      columns[i] = columns_of (surface, hand);
      cairo_surface_destroy (surface);
    }
    g_assert_cmpuint (columns[0], ==, 2);
    g_assert_cmpuint (columns[1], >, 2);
    g_assert_cmpuint (columns[2], ==, 2);
  }
  cairo_surface_t *low = draw_row (&bench.row[0].histogram, LIMEN_SCHEME_LIGHT);
  cairo_surface_t *high = draw_row (&bench.row[2].histogram, LIMEN_SCHEME_LIGHT);
  guint32 flagged = pixel_at (low, 12, 12), kept = pixel_at (high, 12, 12);
  g_assert_cmpuint (flagged >> 16, >, flagged & 255); /* orange */
  g_assert_cmpuint (kept >> 16, <, kept & 255);       /* blue */
  cairo_surface_destroy (low);
  cairo_surface_destroy (high);
  drop_bench (&bench);
}

static void
test_a_row_keeps_within_its_place (void)
{
  MadeBench bench;
  make_bench (&bench, 2000);
  LimenScoreRow none = {NULL, NULL, {NAN, NAN}};
  const LimenScoreRow *rows[] = {&bench.row[0].histogram, &bench.row[2].histogram, &none};
  guint32 paper = colour_of (LIMEN_SCHEME_LIGHT, LIMEN_COLOUR_PAPER);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    cairo_surface_t *surface = draw_row (rows[i], LIMEN_SCHEME_LIGHT);
    LimenRect all = {0, 0, LIMEN_SCORE_ROW_WIDTH + 20, LIMEN_SCORE_ROW_HEIGHT + 20};
    LimenRect own = {10, 10, LIMEN_SCORE_ROW_WIDTH, LIMEN_SCORE_ROW_HEIGHT};
    guint inside = LIMEN_SCORE_ROW_WIDTH * LIMEN_SCORE_ROW_HEIGHT;
    guint rim = (guint)(all.width * all.height) - inside;
    g_assert_cmpuint (count_pixels (surface, &all, paper) - count_pixels (surface, &own, paper), ==,
                      rim);
    g_assert_cmpuint (count_pixels (surface, &own, paper), <, inside);
    cairo_surface_destroy (surface);
  }
  drop_bench (&bench);
}

/* --- Texts --- */

static void
check_share (double share, guint decimals, const char *expected)
{
  g_autofree char *text = limen_bench_share_text (share, decimals);
  g_assert_cmpstr (text, ==, expected);
}

static void
check_percent (double share, const char *expected)
{
  g_autofree char *text = limen_bench_percent_text (share);
  g_assert_cmpstr (text, ==, expected);
}

/* What rounding would make perfect is not called so. */
static void
test_numbers_are_not_rounded_to_perfect (void)
{
  check_share (0.98764, 4, "0.9876");
  check_share (0.99996, 4, ">\u20090.9999");
  check_share (0.99994, 4, "0.9999");
  check_share (1, 4, "1.0000");
  check_share (0.00001, 3, "<\u20090.001");
  check_share (0, 3, "0.000");
  check_share (NAN, 3, "–");
  check_percent (0.0213, "2.1\u00a0%");
  check_percent (0.0021, "0.21\u00a0%");
  check_percent (0.00004, "<\u20090.01\u00a0%");
  check_percent (0, "0.0\u00a0%");
  check_percent (0.9999, ">\u200999.9\u00a0%");
  check_percent (1, "100.0\u00a0%");
  check_percent (NAN, "–");
  LimenBenchNumbers numbers = {.auroc = 0.5, .low = 0.4, .high = 0.6};
  g_autofree char *all = limen_bench_interval_text (&numbers);
  g_assert_cmpstr (all, ==, "0.5000 (0.4000 to 0.6000)");
  numbers.low = NAN;
  g_autofree char *alone = limen_bench_interval_text (&numbers);
  g_assert_cmpstr (alone, ==, "0.5000");
}

static void
test_the_axis_holds_all_intervals (void)
{
  LimenBenchPictureRow row[2] = {{.numbers = {0.9, 0.88, 0.92, 0, 0}},
                                 {.numbers = {NAN, NAN, NAN, 0, 0}}};
  g_assert_cmpfloat (limen_bench_picture_axis (row, 2).low, ==, 0.5);
  row[1].numbers = (LimenBenchNumbers){0.33, 0.29, 0.37, 0, 0};
  g_assert_cmpfloat (limen_bench_picture_axis (row, 2).low, ==, 0.2);
  g_assert_cmpfloat (limen_bench_picture_axis (row, 2).high, ==, 1);
  g_assert_cmpfloat (limen_bench_picture_axis (NULL, 0).low, ==, 0.5);
}

/* --- The picture --- */

/* Where the dot of a row is: at its AUROC, on one scale for all. */
static void
test_dots_stand_at_their_auroc (void)
{
  MadeBench bench;
  cairo_t *cr;
  make_bench (&bench, 500);
  bench.picture.sentence = NULL;
  for (guint i = 0; i < BENCH_ROWS; i++) {
    bench.row[i].lacks = NULL;
    bench.row[i].recommended = FALSE;
    bench.row[i].numbers =
        (LimenBenchNumbers){0.5 + 0.1 * i, 0.5 + 0.1 * i, 0.5 + 0.1 * i, 0.5, 0.5};
  }
  double height = limen_bench_picture_height (&bench.picture, 900);
  cairo_surface_t *surface = new_picture (900, (int)height, &cr);
  limen_bench_picture_draw (cr, 900, height, &bench.picture);
  finish_picture (surface, cr);
  guint32 ink = colour_of (LIMEN_SCHEME_LIGHT, LIMEN_COLOUR_INK);
  double middle[BENCH_ROWS];
  for (guint i = 0; i < BENCH_ROWS; i++) {
    double row = 3.7 * 12, y = 16 + 4.6 * 12 + (i + 0.5) * row, sum = 0;
    guint n = 0;
    for (int x = 370; x < 520; x++) /* left of the numbers */
      if (pixel_at (surface, x, y) == ink && pixel_at (surface, x, y - 1) == ink) {
        sum += x;
        n++;
      }
    g_assert_cmpuint (n, >, 2);
    middle[i] = sum / n;
  }
  for (guint i = 2; i < BENCH_ROWS; i++)
    g_assert_cmpfloat_with_epsilon (middle[i] - middle[i - 1], middle[1] - middle[0], 1.5);
  g_assert_cmpfloat (middle[1] - middle[0], >, 8);
  cairo_surface_destroy (surface);
  drop_bench (&bench);
}

static void
test_it_is_drawn_at_any_size (void)
{
  MadeBench bench;
  cairo_t *cr;
  make_bench (&bench, 300);
  for (int width = 20; width < 1800; width += 311)
    for (guint n = 0; n <= BENCH_ROWS; n += 3) {
      bench.picture.n = n;
      double wanted = limen_bench_picture_height (&bench.picture, width);
      g_assert_cmpfloat (wanted, >, 0);
      for (double height = 20; height < 1.5 * wanted; height += wanted / 2) {
        cairo_surface_t *surface = new_picture (width, (int)height, &cr);
        limen_bench_picture_draw (cr, width, height, &bench.picture);
        finish_picture (surface, cr);
        cairo_surface_destroy (surface);
      }
    }
  drop_bench (&bench);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name) g_test_add_func ("/bench-picture/" #name, test_##name)
  ADD (bins_hold_all_images);
  ADD (a_row_has_its_lines);
  ADD (a_row_keeps_within_its_place);
  ADD (numbers_are_not_rounded_to_perfect);
  ADD (the_axis_holds_all_intervals);
  ADD (dots_stand_at_their_auroc);
  ADD (it_is_drawn_at_any_size);
#undef ADD
  return g_test_run ();
}
