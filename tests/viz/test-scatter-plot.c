#include "pixels.h"
#include "scatter-draw.h"
#include "viz/detector/score-axis.h"

static const int sizes[][2] = {{260, 220}, {360, 320}, {900, 520}, {1600, 1000}};

static cairo_surface_t *
draw (const LimenScatterPlot *plot, const Bits *bits, const LimenScatterTop *top)
{
  cairo_t *cr;
  cairo_surface_t *surface = new_picture ((int)plot->width, (int)plot->height, &cr);
  limen_scatter_plot_draw_base (plot, cr, bits ? (const guint64 *const *)bits->of : NULL);
  if (top)
    limen_scatter_plot_draw_top (plot, cr, top);
  finish_picture (surface, cr);
  return surface;
}

static double
lightness (guint32 rgb)
{
  return ((rgb >> 16 & 255) + (rgb >> 8 & 255) + (rgb & 255)) / 3.0;
}

/* --- Made beside a window --- */

/* What was made for a window is what is drawn at once, to the last pixel. */
static void
test_a_shade_is_what_is_drawn (void)
{
  g_autoptr (LimenScatterPoints) points = points_of (3000, 2000, 1);
  g_autoptr (LimenScatterPoints) others = points_of (3000, 2000, 2);
  g_autoptr (LimenScatterPlot) plot = scatter_of (points, LIMEN_SCHEME_LIGHT, 700, 500);
  g_autoptr (LimenScatterPlot) smaller = scatter_of (points, LIMEN_SCHEME_LIGHT, 690, 500);
  g_autoptr (LimenScatterPlot) dark = scatter_of (points, LIMEN_SCHEME_DARK, 700, 500);
  g_autoptr (LimenScatterPlot) other = scatter_of (others, LIMEN_SCHEME_LIGHT, 700, 500);
  Bits bits = bits_for (points);
  bits.of[LIMEN_SCATTER_NORMAL][3] = bits.of[LIMEN_SCATTER_ANOMALY][5] = G_MAXUINT64;
  for (int held = 0; held < 2; held++) {
    const guint64 *const *selected = held ? (const guint64 *const *)bits.of : NULL;
    g_autoptr (LimenScatterShade) shade = limen_scatter_shade_new (plot, 1, selected);
    cairo_surface_t *at_once = draw (plot, held ? &bits : NULL, NULL);
    cairo_t *cr;
    cairo_surface_t *later = new_picture (700, 500, &cr);
    limen_scatter_plot_draw_base_with (plot, cr, selected, shade);
    finish_picture (later, cr);
    for (int y = 0; y < 500; y++)
      for (int x = 0; x < 700; x++)
        g_assert_cmphex (pixel_at (later, x, y), ==, pixel_at (at_once, x, y));
    g_assert_true (limen_scatter_shade_fits (shade, plot, 1));
    g_assert_false (limen_scatter_shade_fits (shade, plot, 2));
    g_assert_false (limen_scatter_shade_fits (shade, smaller, 1));
    g_assert_false (limen_scatter_shade_fits (shade, dark, 1));
    g_assert_false (limen_scatter_shade_fits (shade, other, 1));
    cairo_surface_destroy (at_once);
    cairo_surface_destroy (later);
  }
  free_bits (&bits);
}

/* --- Axes --- */

static void
test_an_axis_holds_all_that_is_finite (void)
{
  g_autoptr (LimenScatterPoints) points = points_of (500, 700, 3);
  for (LimenScatterSet set = 0; set < LIMEN_N_SCATTER_SETS; set++)
    for (int axis = 0; axis < 2; axis++) {
      const LimenAxis *line = &points->axis[axis];
      for (guint i = 0; i < points->n[set]; i++) {
        double value = points->scores[set][axis]->value[i];
        g_assert_cmpfloat (value, >, line->low);
        g_assert_cmpfloat (value, <, line->high);
        g_assert_cmpfloat_with_epsilon (points->at[set][2 * i + axis],
                                        limen_axis_to_pixel (line, value), 1e-6);
      }
    }
}

static void
test_an_axis_is_squeezed_only_for_tails (void)
{
  const double near[] = {0, 1, 2, 3, 4, 5, 6, 7}, far[] = {-1000, 1, 2, 3, 4, 5, 6, 7};
  const double same[] = {5, 5, 5};
  g_autoptr (LimenScores) a = limen_scores_new ("a", near, 8);
  g_autoptr (LimenScores) b = limen_scores_new ("b", far, 8);
  g_autoptr (LimenScores) c = limen_scores_new ("c", same, 3);
  const LimenScores *plain[] = {a, NULL}, *tailed[] = {a, b}, *flat[] = {c};
  LimenAxis axis = limen_score_axis (plain, 2, no_cuts[0]);
  g_assert_false (limen_score_axis_is_squeezed (&axis));
  LimenAxis wider = limen_score_axis (plain, 2, (LimenLines){-INFINITY, 9});
  g_assert_cmpfloat (axis.high, <, 9);
  g_assert_cmpfloat (wider.high, >, 9);
  LimenAxis far_off = limen_score_axis (plain, 2, (LimenLines){900, INFINITY});
  g_assert_cmpfloat (far_off.high, ==, axis.high);
  axis = limen_score_axis (tailed, 2, no_cuts[0]);
  g_assert_true (limen_score_axis_is_squeezed (&axis));
  double room = limen_axis_to_pixel (&axis, 7) - limen_axis_to_pixel (&axis, 0);
  g_assert_cmpfloat (room, >, 0.2);
  axis = limen_score_axis (flat, 1, no_cuts[0]);
  g_assert_cmpfloat (axis.low, <, 5);
  g_assert_cmpfloat (axis.high, >, 5);
  axis = limen_score_axis (NULL, 0, no_cuts[0]);
  g_assert_cmpfloat (axis.low, <, axis.high);
}

static void
test_what_is_not_finite_stands_at_the_edge (void)
{
  const double xy[][2] = {{1, 1}, {2, 2}, {3, 1}, {-INFINITY, 2}, {2, INFINITY}};
  g_autoptr (LimenScatterPoints) points = points_at (LIMEN_SIDE_LOW, xy, 5, 3);
  g_assert_cmpuint (points->n_edge, ==, 2);
  g_assert_cmpfloat (points->at[LIMEN_SCATTER_ANOMALY][0], ==, 0);
  g_assert_cmpfloat (points->at[LIMEN_SCATTER_ANOMALY][3], ==, 1);
  g_autofree char *said = limen_scatter_points_sentence (points, no_cuts);
  g_assert_nonnull (strstr (said, "2 without a finite score stand at the edge."));
}

/* --- Points --- */

/* Each image alone leaves a mark in its colour, among few and among many. */
static void
test_single_points_are_seen (void)
{
  for (int many = 0; many < 2; many++) {
    guint n = many ? 60000 : 300;
    double (*xy)[2] = g_malloc_n (n + 1, sizeof *xy);
    LimenRandom random = limen_random_stream (1, "crowd", 0);
    for (guint i = 0; i < n; i++)
      for (int k = 0; k < 2; k++)
        xy[i][k] = 0.05 * limen_random_normal (&random);
    xy[n][0] = xy[n][1] = 0.83; /* an anomaly, alone */
    g_autoptr (LimenScatterPoints) points = points_at (LIMEN_SIDE_LOW, xy, n + 1, n);
    for (LimenScheme scheme = 0; scheme < LIMEN_N_SCHEMES; scheme++) {
      g_autoptr (LimenScatterPlot) plot = scatter_of (points, scheme, 700, 500);
      cairo_surface_t *surface = draw (plot, NULL, NULL);
      double x, y;
      limen_scatter_plot_place (plot, &(LimenScatterHit){LIMEN_SCATTER_ANOMALY, 0}, &x, &y);
      guint32 seen = pixel_at (surface, x, y), paper = colour_of (scheme, LIMEN_COLOUR_PAPER);
      g_assert_cmpfloat (fabs (lightness (seen) - lightness (paper)), >, 35);
      g_assert_cmpuint (seen >> 16 & 255, >, (seen & 255) + 40); /* orange */
      guint32 beside = pixel_at (surface, x - 12, y);
      g_assert_cmphex (beside, ==, paper);
      cairo_surface_destroy (surface);
    }
    g_free (xy);
  }
}

/* More images, more ink; all of them still leave room to see that. */
static void
test_shade_grows_with_density (void)
{
  enum { N = 40000 };
  double (*xy)[2] = g_malloc_n (N, sizeof *xy);
  for (guint i = 0; i < N; i++) { /* squares of 7, 58, 476 and 10 000 images to a place */
    guint level = i % 4, place = i / 4 % MAX (1369u >> (3 * level), 1);
    xy[i][0] = level + (place % 37) / 60.0;
    xy[i][1] = (place / 37 % 37) / 60.0;
  }
  g_autoptr (LimenScatterPoints) points = points_at (LIMEN_SIDE_LOW, xy, N, N);
  g_autoptr (LimenScatterPlot) plot = scatter_of (points, LIMEN_SCHEME_LIGHT, 900, 500);
  cairo_surface_t *surface = draw (plot, NULL, NULL);
  double before = 256;
  for (guint level = 0; level < 4; level++) {
    double x, y;
    limen_scatter_plot_place (plot, &(LimenScatterHit){LIMEN_SCATTER_NORMAL, level}, &x, &y);
    double now = lightness (pixel_at (surface, x, y));
    g_assert_cmpfloat (now, <, before - 5);
    before = now;
  }
  cairo_surface_destroy (surface);
  g_free (xy);
}

/* The ink of the shade is where the dots would be: nothing off by a pixel, at any scale. */
static void
test_shade_lies_where_points_are (void)
{
  g_autoptr (LimenScatterPoints) points = points_of (3000, 3000, 5);
  g_autoptr (LimenScatterPlot) plot = scatter_of (points, LIMEN_SCHEME_LIGHT, 640, 480);
  for (int scale = 1; scale <= 2; scale++) {
    cairo_surface_t *surface =
        cairo_image_surface_create (CAIRO_FORMAT_RGB24, 640 * scale, 480 * scale);
    cairo_surface_set_device_scale (surface, scale, scale);
    cairo_t *cr = cairo_create (surface);
    limen_scatter_plot_draw_base (plot, cr, NULL);
    finish_picture (surface, cr);
    guint32 paper = colour_of (LIMEN_SCHEME_LIGHT, LIMEN_COLOUR_PAPER);
    for (LimenScatterSet set = 0; set < LIMEN_N_SCATTER_SETS; set++)
      for (guint i = 0; i < points->n[set]; i++) {
        double x, y;
        limen_scatter_plot_place (plot, &(LimenScatterHit){set, i}, &x, &y);
        g_assert_cmphex (pixel_at (surface, x * scale, y * scale), !=, paper);
      }
    cairo_surface_destroy (surface);
  }
}

static void
test_selected_images_stand_out (void)
{
  for (guint n = 400; n <= 4000; n *= 10) {
    g_autoptr (LimenScatterPoints) points = points_of (n, n, 5);
    g_autoptr (LimenScatterPlot) plot = scatter_of (points, LIMEN_SCHEME_LIGHT, 640, 480);
    Bits bits = bits_for (points);
    bits.of[LIMEN_SCATTER_ANOMALY][0] = 1; /* image 0 */
    cairo_surface_t *all = draw (plot, NULL, NULL), *held = draw (plot, &bits, NULL);
    double x, y, faded = 0, kept = 0;
    for (guint i = 0; i < 100; i++) {
      limen_scatter_plot_place (plot, &(LimenScatterHit){LIMEN_SCATTER_NORMAL, i}, &x, &y);
      kept += 255 - lightness (pixel_at (all, x, y));
      faded += 255 - lightness (pixel_at (held, x, y));
    }
    g_assert_cmpfloat (faded, <, 0.6 * kept);
    limen_scatter_plot_place (plot, &(LimenScatterHit){LIMEN_SCATTER_ANOMALY, 0}, &x, &y);
    g_assert_cmpfloat (lightness (pixel_at (held, x, y)), <, 190);
    cairo_surface_destroy (all);
    cairo_surface_destroy (held);
    free_bits (&bits);
  }
}

/* --- Lines and regions --- */

static const LimenLines side_cuts[][2] = {
    {{0.5, INFINITY}, {3.5, INFINITY}},
    {{-INFINITY, 0.5}, {-INFINITY, 3.5}},
    {{0.5, 3.5}, {1.5, 2.5}},
    {{NAN, NAN}, {-INFINITY, 3.5}},
};

/* What is drawn as flagged is what is flagged, for each side: tints are looked at beside each
 * image. */
static void
test_regions_are_what_is_flagged (void)
{
  const double xy[][2] = {{0, 0}, {1, 1}, {2, 2}, {3, 3}, {4, 4}, {0, 4}, {4, 0}, {2, 0}, {0, 2}};
  LimenRgba paper = limen_palette_colour (LIMEN_SCHEME_LIGHT, LIMEN_COLOUR_PAPER);
  LimenRgba tint = limen_palette_colour (LIMEN_SCHEME_LIGHT, LIMEN_COLOUR_FLAGGED);
  g_autoptr (LimenScatterPoints) points = points_at (LIMEN_SIDE_LOW, xy, 9, 9);
  g_autoptr (LimenScatterPlot) plot = scatter_of (points, LIMEN_SCHEME_LIGHT, 500, 500);
  for (guint c = 0; c < G_N_ELEMENTS (side_cuts); c++) {
    LimenScatterTop top = {.cut = {side_cuts[c][0], side_cuts[c][1]}};
    cairo_surface_t *surface = draw (plot, NULL, &top);
    for (guint i = 0; i < 9; i++) {
      double x, y, blue = paper.blue;
      limen_scatter_plot_place (plot, &(LimenScatterHit){LIMEN_SCATTER_NORMAL, i}, &x, &y);
      int times = limen_lines_flag (top.cut[0], xy[i][0]) + limen_lines_flag (top.cut[1], xy[i][1]);
      for (int t = 0; t < times; t++)
        blue += tint.alpha * (tint.blue - blue);
      if (times == 0)
        blue = 1;                                      /* what is kept is tinted bluish, on white */
      guint32 seen = pixel_at (surface, x + 9, y + 9); /* beside the dot */
      g_assert_cmpfloat (fabs ((seen & 255) / 255.0 - blue), <, 0.02);
    }
    cairo_surface_destroy (surface);
  }
}

static void
test_each_end_has_a_line (void)
{
  const double xy[][2] = {{0, 0}, {4, 4}, {2, 3}}, at[] = {0.5, 3.5};
  guint32 hand = colour_of (LIMEN_SCHEME_LIGHT, LIMEN_COLOUR_HAND);
  g_autoptr (LimenScatterPoints) points = points_at (LIMEN_SIDE_LOW, xy, 3, 3);
  g_autoptr (LimenScatterPlot) plot = scatter_of (points, LIMEN_SCHEME_LIGHT, 500, 500);
  LimenRect area = limen_scatter_plot_area (plot);
  for (int ends = 0; ends < 4; ends++) {
    LimenScatterTop top = {
        .cut = {{ends & 1 ? at[0] : -INFINITY, ends & 2 ? at[1] : INFINITY}, {NAN, NAN}}};
    cairo_surface_t *surface = draw (plot, NULL, &top);
    for (int i = 0; i < 2; i++) {
      double x = limen_axis_to_pixel (&plot->frame.x, at[i]);
      guint n = count_around (surface, x, area.y + 0.6 * area.height, 4, hand);
      if (ends & (1 << i))
        g_assert_cmpuint (n, >=, 8);
      else
        g_assert_cmpuint (n, ==, 0);
    }
    cairo_surface_destroy (surface);
  }
}

static void
check_pills (const LimenScatterPlot *plot, const LimenLines cuts[2], guint least)
{
  LimenRect area = limen_scatter_plot_area (plot);
  LimenScatterPill pill[LIMEN_SCATTER_MOST_PILLS];
  guint n = limen_scatter_pills (plot, cuts, pill);
  g_assert_cmpuint (n, >=, least);
  for (guint i = 0; i < n; i++) {
    const LimenRect *a = &pill[i].rect;
    g_assert_cmpfloat (a->x, >=, area.x - 1e-9);
    g_assert_cmpfloat (a->x + a->width, <=, area.x + area.width + 1e-9);
    g_assert_cmpfloat (a->y, >=, area.y - 1e-9);
    g_assert_cmpfloat (a->y + a->height, <=, area.y + area.height + 1e-9);
    for (guint k = 0; k < i; k++) {
      const LimenRect *b = &pill[k].rect;
      g_assert_true (a->x + a->width <= b->x || b->x + b->width <= a->x ||
                     a->y + a->height <= b->y || b->y + b->height <= a->y);
    }
    g_free (pill[i].text);
  }
}

static void
test_values_keep_off_each_other (void)
{
  g_autoptr (LimenScatterPoints) points = points_of (500, 500, 5);
  for (guint s = 0; s < G_N_ELEMENTS (sizes); s++) {
    g_autoptr (LimenScatterPlot) plot =
        scatter_of (points, LIMEN_SCHEME_LIGHT, sizes[s][0], sizes[s][1]);
    for (int i = 0; i < 100; i++) {
      double x = limen_axis_from_pixel (&points->axis[0], (i % 10) / 9.0);
      double y = limen_axis_from_pixel (&points->axis[1], (i / 10) / 9.0);
      double more = limen_axis_from_pixel (&points->axis[0], (i % 10) / 9.0 + 0.1);
      check_pills (plot, (const LimenLines[]){{x, INFINITY}, {-INFINITY, y}}, 2);
      check_pills (plot, (const LimenLines[]){{x, more}, {y, y}}, 2);
      check_pills (plot, (const LimenLines[]){{NAN, NAN}, {y, INFINITY}}, 1);
    }
  }
}

static void
test_counts_are_those_of_the_rule (void)
{
  g_autoptr (LimenScatterPoints) points = points_of (1000, 2000, 5);
  LimenScatterCounts counts = limen_scatter_points_count (points, usual_cuts);
  for (LimenScatterSet set = 0; set < LIMEN_N_SCATTER_SETS; set++) {
    guint across = limen_scores_n_below (points->scores[set][0], usual_cuts[0].low);
    guint up = points->n[set] - limen_scores_n_below (points->scores[set][1],
                                                      nextafter (usual_cuts[1].high, INFINITY));
    const guint *by = counts.by[set];
    g_assert_cmpuint (by[1] + by[3], ==, across);
    g_assert_cmpuint (by[2] + by[3], ==, up);
    g_assert_cmpuint (by[0] + by[1] + by[2] + by[3], ==, points->n[set]);
  }
}

/* --- Hits --- */

static void
test_the_nearest_is_hit (void)
{
  g_autoptr (LimenScatterPoints) points = points_of (400, 400, 7);
  g_autoptr (LimenScatterPlot) plot = scatter_of (points, LIMEN_SCHEME_LIGHT, 640, 480);
  LimenScatterHit hit;
  for (guint i = 0; i < 400; i += 7) {
    double x, y, hx, hy;
    limen_scatter_plot_place (plot, &(LimenScatterHit){LIMEN_SCATTER_ANOMALY, i}, &x, &y);
    g_assert_true (limen_scatter_plot_nearest (plot, x + 0.1, y, 1, &hit));
    limen_scatter_plot_place (plot, &hit, &hx, &hy);
    g_assert_cmpfloat (hypot (hx - x - 0.1, hy - y), <=, 0.1 + 1e-9);
  }
  LimenRect area = limen_scatter_plot_area (plot);
  g_assert_false (limen_scatter_plot_nearest (plot, area.x - 50, area.y - 50, 10, &hit));
  g_assert_true (limen_scatter_plot_nearest (plot, area.x - 50, area.y - 50, INFINITY, &hit));
}

/* From the leftmost on, each step goes right, and comes to an end at the rightmost. */
static void
test_steps_go_on_to_the_last (void)
{
  g_autoptr (LimenScatterPoints) points = points_of (60, 60, 7);
  g_autoptr (LimenScatterPlot) plot = scatter_of (points, LIMEN_SCHEME_LIGHT, 640, 480);
  LimenScatterHit at = {LIMEN_SCATTER_NORMAL, 0}, next;
  guint steps = 0;
  double x, y, nx, most = 0;
  while (limen_scatter_plot_next (plot, &at, 1, 0, &next)) {
    limen_scatter_plot_place (plot, &at, &x, &y);
    limen_scatter_plot_place (plot, &next, &nx, &y);
    g_assert_cmpfloat (nx, >, x);
    at = next;
    g_assert_cmpuint (steps++, <, 120);
  }
  for (LimenScatterSet set = 0; set < LIMEN_N_SCATTER_SETS; set++)
    for (guint i = 0; i < 60; i++) {
      limen_scatter_plot_place (plot, &(LimenScatterHit){set, i}, &x, &y);
      most = fmax (most, x);
    }
  g_assert_cmpfloat (nx, ==, most);
  g_assert_cmpuint (steps, >, 0);
}

/* The same without bands: a ray to the right. */
static gboolean
is_inside_slowly (const double (*corner)[2], guint n, double x, double y)
{
  gboolean inside = FALSE;
  for (guint i = 0; i < n; i++) {
    const double *a = corner[i], *b = corner[(i + 1) % n];
    if ((a[1] <= y) != (b[1] <= y) && x < a[0] + (y - a[1]) / (b[1] - a[1]) * (b[0] - a[0]))
      inside = !inside;
  }
  return inside;
}

static void
check_polygon (const LimenScatterPoints *points, const double (*corner)[2], guint n, Bits *bits)
{
  guint found = 0, told = limen_scatter_points_inside (points, corner, n, bits->of);
  for (LimenScatterSet set = 0; set < LIMEN_N_SCATTER_SETS; set++)
    for (guint i = 0; i < points->n[set]; i++) {
      const float *at = points->at[set] + 2 * i;
      gboolean inside = is_inside_slowly (corner, n, at[0], at[1]);
      g_assert_cmpint (has_bit (bits, set, i), ==, inside);
      found += inside;
    }
  g_assert_cmpuint (told, ==, found);
}

static void
test_polygons_hold_what_is_in_them (void)
{
  g_autoptr (LimenScatterPoints) points = points_of (1500, 1500, 7);
  LimenRandom random = limen_random_stream (2, "lasso", 0);
  Bits bits = bits_for (points);
  for (guint trial = 0; trial < 40; trial++) {
    double corner[300][2];
    guint n = 3 + trial * 2;
    for (guint i = 0; i < n; i++) /* tangled ones, most of them */
      for (int k = 0; k < 2; k++)
        corner[i][k] = 1.2 * limen_random_uniform (&random) - 0.1;
    check_polygon (points, (const double (*)[2])corner, n, &bits);
    for (guint i = 0; i < 300; i++) { /* as a hand draws them, from tiny to beyond all edges */
      double turn = 2 * G_PI * i / 300, wide = 0.02 * (trial + 1) * (1 + 0.3 * cos (5 * turn));
      corner[i][0] = 0.8 + wide * cos (turn);
      corner[i][1] = 0.4 + wide * sin (turn);
    }
    check_polygon (points, (const double (*)[2])corner, 300, &bits);
  }
  const double line[2][2] = {{0, 0}, {1, 1}}, level[3][2] = {{0, 0.5}, {1, 0.5}, {0.5, 0.5}};
  g_assert_cmpuint (limen_scatter_points_inside (points, line, 2, bits.of), ==, 0);
  g_assert_cmpuint (limen_scatter_points_inside (points, level, 3, bits.of), ==, 0);
  g_assert_cmpuint (limen_scatter_points_inside (points, NULL, 0, bits.of), ==, 0);
  free_bits (&bits);
}

/* A box in pixels holds what is drawn in it, and one beyond all edges holds all. */
static void
test_boxes_in_pixels_hold_what_is_seen_there (void)
{
  g_autoptr (LimenScatterPoints) points = points_of (300, 300, 7);
  g_autoptr (LimenScatterPlot) plot = scatter_of (points, LIMEN_SCHEME_LIGHT, 640, 480);
  const double box[4][2] = {{300, 100}, {500, 100}, {500, 300}, {300, 300}};
  const double all[4][2] = {{-9, -9}, {700, -9}, {700, 500}, {-9, 500}};
  Bits bits = bits_for (points);
  guint n = limen_scatter_plot_inside (plot, box, 4, bits.of), seen = 0;
  for (LimenScatterSet set = 0; set < LIMEN_N_SCATTER_SETS; set++)
    for (guint i = 0; i < 300; i++) {
      double x, y;
      limen_scatter_plot_place (plot, &(LimenScatterHit){set, i}, &x, &y);
      gboolean inside = x > 300 && x < 500 && y > 100 && y < 300;
      g_assert_cmpint (has_bit (&bits, set, i), ==, inside);
      seen += inside;
    }
  g_assert_cmpuint (n, ==, seen);
  g_assert_cmpuint (n, >, 0);
  g_assert_cmpuint (limen_scatter_plot_inside (plot, all, 4, bits.of), ==, 600);
  free_bits (&bits);
}

static void
test_without_scores_there_is_a_frame (void)
{
  g_autoptr (LimenScatterPoints) none = limen_scatter_points_new (NULL, NULL, no_cuts);
  LimenScatterTop top = {.cut = {usual_cuts[0], usual_cuts[1]}};
  LimenScatterHit hit;
  for (int i = 0; i < 2; i++) {
    g_autoptr (LimenScatterPlot) plot = scatter_of (i ? none : NULL, LIMEN_SCHEME_LIGHT, 400, 300);
    cairo_surface_t *surface = draw (plot, NULL, &top);
    g_assert_false (limen_scatter_plot_nearest (plot, 200, 150, INFINITY, &hit));
    cairo_surface_destroy (surface);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name) g_test_add_func ("/scatter/" #name, test_##name)
  ADD (an_axis_holds_all_that_is_finite);
  ADD (an_axis_is_squeezed_only_for_tails);
  ADD (what_is_not_finite_stands_at_the_edge);
  ADD (single_points_are_seen);
  ADD (shade_grows_with_density);
  ADD (shade_lies_where_points_are);
  ADD (selected_images_stand_out);
  ADD (a_shade_is_what_is_drawn);
  ADD (regions_are_what_is_flagged);
  ADD (each_end_has_a_line);
  ADD (values_keep_off_each_other);
  ADD (counts_are_those_of_the_rule);
  ADD (the_nearest_is_hit);
  ADD (steps_go_on_to_the_last);
  ADD (polygons_hold_what_is_in_them);
  ADD (boxes_in_pixels_hold_what_is_seen_there);
  ADD (without_scores_there_is_a_frame);
#undef ADD
  return g_test_run ();
}
