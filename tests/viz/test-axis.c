#include "model/base/random.h"
#include "viz/kit/axis.h"

#include <math.h>
#include <string.h>

static const LimenAxis spread = {&limen_scale_spread, 2152, 38, -131062, 2160, 60, 1020};
static const LimenAxis linear = {&limen_scale_linear, 0, 1, -5000, 2200, 60, 1020};
static const LimenAxis upward = {&limen_scale_linear, 0, 1, 0, 4.7, 500, 20};
static const LimenAxis decades = {&limen_scale_log, 0, 1, 3e-4, 5000, 0, 700};
static const LimenAxis both = {&limen_scale_both, 5, 1.2, -500, 490, 60, 1020};
static const LimenAxis *const axes[] = {&spread, &linear, &upward, &decades, &both};

/* Seven pixels a character: as good as a font, and the same everywhere. */
static double
measure (const char *label, gpointer user_data)
{
  return 7.0 * (double)g_utf8_strlen (label, -1);
}

/* A random axis of each scale in turn, over any range a user can reach. */
static LimenAxis
random_axis (LimenRandom *random, guint i)
{
  LimenAxis axis = {.width = 1, .start = 40};
  double size = pow (10, 12 * limen_random_uniform (random) - 5);
  axis.end = axis.start + 60 + 1900 * limen_random_uniform (random);
  axis.scale = (const LimenScale *[]){&limen_scale_linear, &limen_scale_log, &limen_scale_spread,
                                      &limen_scale_both}[i % 4];
  axis.low = (limen_random_uniform (random) - 0.7) * size;
  axis.high = axis.low + size * (0.001 + limen_random_uniform (random));
  if (i % 4 == 1) {
    axis.low = size;
    axis.high = size * pow (10, 0.3 + 9 * limen_random_uniform (random));
  }
  if (i % 4 >= 2) {
    axis.origin = axis.high - (axis.high - axis.low) * 0.1 * limen_random_uniform (random);
    axis.width = size * pow (10, -4 * limen_random_uniform (random));
  }
  return axis;
}

static void
test_pixels_and_back (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (axes); i++) {
    const LimenAxis *axis = axes[i];
    double before = NAN, sign = axis->end > axis->start ? 1 : -1;
    g_assert_cmpfloat_with_epsilon (limen_axis_to_pixel (axis, axis->low), axis->start, 1e-9);
    g_assert_cmpfloat_with_epsilon (limen_axis_to_pixel (axis, axis->high), axis->end, 1e-9);
    for (double pixel = axis->start; sign * (axis->end - pixel) >= 0; pixel += sign * 0.37) {
      double value = limen_axis_from_pixel (axis, pixel);
      double again = limen_axis_from_pixel (axis, limen_axis_to_pixel (axis, value));
      g_assert_cmpfloat (fabs (again - value), <=, 1e-9 * fmax (fabs (value), 1e-3));
      g_assert_false (value <= before);
      before = value;
    }
  }
}

/* A normal distribution about the origin has one peak, the origin, on an axis as wide as it is; on
 * that of one end it would have two. */
static void
test_one_peak_stays_one (void)
{
  const LimenScale *scales[] = {&limen_scale_both, &limen_scale_spread};
  for (guint k = 0; k < G_N_ELEMENTS (scales); k++) {
    double highest = 0, at = 0;
    for (double u = -3; u <= 3; u += 0.01) {
      double x = scales[k]->unmap (u, 5, 1), h = 1e-6;
      double slope = (scales[k]->unmap (u + h, 5, 1) - scales[k]->unmap (u - h, 5, 1)) / (2 * h);
      double density = exp (-0.5 * (x - 5) * (x - 5)) * slope;
      if (density > highest + 1e-9) {
        highest = density;
        at = x;
      }
    }
    g_assert_true ((fabs (at - 5) < 0.3) == (k == 0));
  }
}

static void
test_spread_is_readable_at_both_ends (void)
{
  /* The tail, the threshold and the best each get a fair part of the width. */
  double width = spread.end - spread.start;
  g_assert_cmpfloat (limen_axis_to_pixel (&spread, -3000) - spread.start, >, 0.3 * width);
  g_assert_cmpfloat (limen_axis_to_pixel (&spread, 1500) - limen_axis_to_pixel (&spread, -3000), >,
                     0.15 * width);
  g_assert_cmpfloat (spread.end - limen_axis_to_pixel (&spread, 1500), >, 0.3 * width);
}

static double
parse_label (const char *label)
{
  g_autoptr (GString) plain = g_string_new (label);
  g_string_replace (plain, "\u2009", "", 0);
  g_string_replace (plain, "\u2212", "-", 0);
  char *end;
  double value = g_ascii_strtod (plain->str, &end);
  return *end == '\0' ? value : NAN;
}

static void
check_ticks (const LimenAxis *axis, double gap)
{
  g_autoptr (GArray) ticks = limen_axis_ticks (axis, gap, NULL, measure, NULL);
  double length = fabs (axis->end - axis->start);
  g_assert_cmpfloat (ticks->len, <=, 2 + length / (3 * gap) * 2);
  for (guint i = 0; i < ticks->len; i++) {
    const LimenTick *tick = &g_array_index (ticks, LimenTick, i);
    g_assert_cmpfloat (tick->value, >=, axis->low);
    g_assert_cmpfloat (tick->value, <=, axis->high);
    g_assert_cmpfloat_with_epsilon (tick->pixel, limen_axis_to_pixel (axis, tick->value), 1e-6);
    g_assert_null (strchr (tick->label, '-'));
    double shown = parse_label (tick->label);
    if (!isnan (shown))
      g_assert_cmpfloat (fabs (shown - tick->value), <=, 1e-6 * fabs (tick->value));
    else
      g_assert_nonnull (strstr (tick->label, "10"));
    if (i == 0)
      continue;
    const LimenTick *last = tick - 1;
    g_assert_cmpfloat (tick->value, >, last->value);
    g_assert_cmpfloat (fabs (tick->pixel - last->pixel), >=,
                       (measure (tick->label, NULL) + measure (last->label, NULL)) / 2 + gap -
                           1e-6);
  }
}

static void
test_labels_never_overlap (void)
{
  LimenRandom random = limen_random_stream (11, "axes", 0);
  for (guint i = 0; i < G_N_ELEMENTS (axes); i++)
    check_ticks (axes[i], 20);
  for (guint i = 0; i < 6000; i++) {
    LimenAxis axis = random_axis (&random, i);
    check_ticks (&axis, 4 + 30 * limen_random_uniform (&random));
  }
}

static void
test_linear_ticks_are_round (void)
{
  LimenRandom random = limen_random_stream (12, "axes", 0);
  for (guint i = 0; i < 900; i += 3) {
    LimenAxis axis = random_axis (&random, 4 * i);
    axis.end = axis.start + 600;
    g_autoptr (GArray) ticks = limen_axis_ticks (&axis, 10, NULL, measure, NULL);
    g_assert_cmpuint (ticks->len, >=, 1);
    for (guint k = 1; k < ticks->len; k++) {
      double step =
          g_array_index (ticks, LimenTick, k).value - g_array_index (ticks, LimenTick, k - 1).value;
      double m = step / pow (10, floor (log10 (step) + 1e-6));
      g_assert_true (fabs (m - 1) < 1e-4 || fabs (m - 2) < 1e-4 || fabs (m - 5) < 1e-4);
    }
  }
}

static char *
join_labels (const LimenAxis *axis, const char *unit)
{
  g_autoptr (GArray) ticks = limen_axis_ticks (axis, 20, unit, measure, NULL);
  GString *all = g_string_new (NULL);
  for (guint i = 0; i < ticks->len; i++)
    g_string_append_printf (all, "%s%s", i ? "|" : "", g_array_index (ticks, LimenTick, i).label);
  return g_string_free (all, FALSE);
}

static void
test_known_ticks (void)
{
  const LimenAxis log = {&limen_scale_log, 0, 1, 0.7, 2000, 500, 0};
  const LimenAxis small = {&limen_scale_log, 0, 1, 0.8e-9, 2, 0, 500};
  g_autofree char *a = join_labels (&linear, NULL), *b = join_labels (&upward, " %");
  g_autofree char *c = join_labels (&log, NULL), *d = join_labels (&small, NULL);
  g_autofree char *e = join_labels (&spread, NULL);
  g_assert_cmpstr (a, ==, "−5 000|−4 000|−3 000|−2 000|−1 000|0|1 000|2 000");
  g_assert_cmpstr (b, ==, "0 %|1 %|2 %|3 %|4 %");
  g_assert_cmpstr (c, ==, "1|10|100|1 000");
  g_assert_cmpstr (d, ==, "10⁻⁸|10⁻⁶|0.0001|0.01|1");
  g_assert_nonnull (strstr (e, "|0|"));
  g_assert_nonnull (strstr (e, "−10 000"));
}

static void
test_round_ends_of_a_log_axis_are_labelled (void)
{
  LimenAxis axis = {&limen_scale_log, 0, 1, 1, 5000, 60, 600};
  g_autofree char *wide = join_labels (&axis, NULL);
  axis.end = 240; /* every second decade, and the end */
  g_autofree char *narrow = join_labels (&axis, NULL);
  axis.end = 600;
  axis.high = 5432.1; /* not round */
  g_autofree char *rough = join_labels (&axis, NULL);
  axis = (LimenAxis){&limen_scale_log, 0, 1, 0.2, 1000, 60, 800};
  g_autofree char *low = join_labels (&axis, NULL);
  g_assert_cmpstr (wide, ==, "1|10|100|1 000|5 000");
  g_assert_cmpstr (narrow, ==, "1|100|5\u2009000");
  g_assert_cmpstr (rough, ==, "1|10|100|1 000");
  g_assert_cmpstr (low, ==, "0.2|1|10|100|1 000");
}

static void
test_less_than_a_decade_has_ticks_too (void)
{
  const LimenAxis axis = {&limen_scale_log, 0, 1, 2.2, 4.7, 60, 600};
  g_autoptr (GArray) ticks = limen_axis_ticks (&axis, 20, NULL, measure, NULL);
  g_assert_cmpuint (ticks->len, >=, 2);
}

static void
test_degenerate_axes_have_no_ticks (void)
{
  LimenAxis axis = linear;
  axis.end = axis.start;
  g_autoptr (GArray) none = limen_axis_ticks (&axis, 20, NULL, measure, NULL);
  g_assert_cmpuint (none->len, ==, 0);
  axis = linear;
  axis.high = axis.low;
  g_autoptr (GArray) neither = limen_axis_ticks (&axis, 20, NULL, measure, NULL);
  g_assert_cmpuint (neither->len, ==, 0);
}

static void
test_zoom_keeps_what_is_under_the_pointer (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (axes); i++) {
    const LimenAxis *axis = axes[i];
    double pixel = axis->start + 0.3 * (axis->end - axis->start);
    double value = limen_axis_from_pixel (axis, pixel);
    LimenAxis zoomed = limen_axis_zoom (axis, pixel, 1.7);
    g_assert_cmpfloat_with_epsilon (limen_axis_to_pixel (&zoomed, value), pixel, 1e-6);
    g_assert_cmpfloat (zoomed.high, <, axis->high);
    g_assert_cmpfloat (zoomed.low, >, axis->low);
    LimenAxis back = limen_axis_zoom (&zoomed, pixel, 1 / 1.7);
    g_assert_cmpfloat (fabs (back.low - axis->low), <=, 1e-9 * fabs (axis->low) + 1e-12);
    g_assert_cmpfloat (fabs (back.high - axis->high), <=, 1e-9 * fabs (axis->high));
  }
}

static void
test_pan_moves_all_by_the_same_pixels (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (axes); i++) {
    const LimenAxis *axis = axes[i];
    LimenAxis moved = limen_axis_pan (axis, 31);
    for (double part = 0; part <= 1; part += 0.125) {
      double pixel = axis->start + part * (axis->end - axis->start);
      double value = limen_axis_from_pixel (axis, pixel);
      g_assert_cmpfloat_with_epsilon (limen_axis_to_pixel (&moved, value), pixel + 31, 1e-6);
    }
  }
}

static void
test_zoom_ends_before_numbers_do (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (axes); i++) {
    double pixel = 0.4 * axes[i]->start + 0.6 * axes[i]->end;
    LimenAxis in = *axes[i], out = *axes[i];
    for (int k = 0; k < 600; k++) {
      in = limen_axis_zoom (&in, pixel, 3);
      out = limen_axis_zoom (&out, pixel, 1 / 3.0);
      g_assert_true (isfinite (in.low) && isfinite (in.high) && in.low < in.high);
      g_assert_true (isfinite (out.low) && isfinite (out.high) && out.low < out.high);
    }
    check_ticks (&in, 20);
    check_ticks (&out, 20);
  }
}

static void
test_numbers_as_text (void)
{
  static const struct {
    double value;
    guint decimals;
    const char *text;
  } rows[] = {
      {0, 0, "0"},
      {999, 0, "999"},
      {-30000, 0, "−30 000"},
      {1234567, 0, "1 234 567"},
      {0.25, 2, "0.25"},
      {-1672.467, 2, "−1 672.47"},
      {-0.001, 2, "0.00"},
      {-INFINITY, 0, "−∞"},
      {INFINITY, 3, "∞"},
      {NAN, 1, "–"},
      {194.5, 0, "194"},
      {999999.5, 0, "1 000 000"},
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *text = limen_format_number (rows[i].value, rows[i].decimals);
    g_assert_cmpstr (text, ==, rows[i].text);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/axis/pixels-and-back", test_pixels_and_back);
  g_test_add_func ("/axis/one-peak-stays-one", test_one_peak_stays_one);
  g_test_add_func ("/axis/spread-is-readable-at-both-ends", test_spread_is_readable_at_both_ends);
  g_test_add_func ("/axis/labels-never-overlap", test_labels_never_overlap);
  g_test_add_func ("/axis/linear-ticks-are-round", test_linear_ticks_are_round);
  g_test_add_func ("/axis/known-ticks", test_known_ticks);
  g_test_add_func ("/axis/round-ends-of-a-log-axis-are-labelled",
                   test_round_ends_of_a_log_axis_are_labelled);
  g_test_add_func ("/axis/less-than-a-decade-has-ticks-too", test_less_than_a_decade_has_ticks_too);
  g_test_add_func ("/axis/degenerate-axes-have-no-ticks", test_degenerate_axes_have_no_ticks);
  g_test_add_func ("/axis/zoom-keeps-what-is-under-the-pointer",
                   test_zoom_keeps_what_is_under_the_pointer);
  g_test_add_func ("/axis/pan-moves-all-by-the-same-pixels", test_pan_moves_all_by_the_same_pixels);
  g_test_add_func ("/axis/zoom-ends-before-numbers-do", test_zoom_ends_before_numbers_do);
  g_test_add_func ("/axis/numbers-as-text", test_numbers_as_text);
  return g_test_run ();
}
