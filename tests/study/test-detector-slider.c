/* The slider of the threshold: along the axis of the histogram, moved by keys, and put back. */
#include "tests/study/detector-world.h"
#include "ui/study/detector/slider.h"

#include <math.h>

/* A tail of −130,000, and all normal scores within a few hundred nats of the best */
static LimenDetector *
long_tail (void)
{
  enum { N = 400 };
  double normal[N], anomaly[N];
  for (guint i = 0; i < N; i++) {
    normal[i] = 300 - 2.0 * i;
    anomaly[i] = 100 - 130100 * pow ((double)i / (N - 1), 4);
  }
  g_autoptr (LimenScores) a = limen_scores_new ("normal", normal, N);
  g_autoptr (LimenScores) b = limen_scores_new ("anomalies", anomaly, N);
  return limen_detector_new (a, b, (LimenSplit){LIMEN_SPLIT_RANDOM, 0},
                             (LimenRule){LIMEN_RULE_SIGMAS, LIMEN_USUAL_SIGMAS});
}

static void
test_the_knob_stands_where_the_line_does (void)
{
  g_autoptr (LimenDetector) detector = long_tail ();
  LimenChartStyle style = limen_chart_style (LIMEN_SCHEME_LIGHT);
  for (LimenHistogramScale scale = 0; scale <= LIMEN_HISTOGRAM_CLIPPED; scale++) {
    LimenHistogramView view = limen_histogram_view_new (detector, scale);
    g_autoptr (LimenHistogramPlot) plot =
        limen_histogram_plot_new (detector, &view, &style, 900, 500);
    LimenRect area = limen_histogram_plot_area (plot);
    for (double nats = view.low; nats <= view.high; nats += (view.high - view.low) / 97) {
      double line = (limen_histogram_plot_x_of_value (plot, nats) - area.x) / area.width;
      double value = limen_slider_value (&view, nats);
      g_assert_cmpfloat_with_epsilon ((value - view.low) / (view.high - view.low), line, 1e-9);
      g_assert_cmpfloat_with_epsilon (limen_slider_threshold (&view, value), nats,
                                      1e-6 * (view.high - view.low));
    }
    g_assert_cmpfloat (limen_slider_threshold (&view, view.low), ==, view.low);
    g_assert_cmpfloat (limen_slider_threshold (&view, view.high), ==, view.high);
    g_assert_cmpfloat (limen_slider_value (&view, view.low - 1), ==, view.low);
    g_assert_cmpfloat_with_epsilon (limen_slider_value (&view, view.high + 1), view.high, 1e-9);
  }
}

/* What a linear slider could not do: the normal images have most of its length. */
static void
test_normal_images_have_room_on_it (void)
{
  g_autoptr (LimenDetector) detector = long_tail ();
  LimenHistogramView view = limen_histogram_view_new (detector, LIMEN_HISTOGRAM_SPREAD);
  double low = limen_histogram_view_place (&view, detector->mean - 3 * detector->std);
  g_assert_cmpfloat (1 - low, >, 0.3);
  g_assert_cmpfloat (800 / (view.high - view.low), <, 0.01);
}

static void
test_keys_move_it_everywhere (void)
{
  g_autoptr (LimenDetector) detector = long_tail ();
  LimenHistogramView view = limen_histogram_view_new (detector, LIMEN_HISTOGRAM_SPREAD);
  LimenThresholdRange range = {view.low, view.high, 2};
  static const double starts[] = {290, 200, -100, -3000, -100000};
  for (guint i = 0; i < G_N_ELEMENTS (starts); i++)
    for (int direction = -1; direction <= 1; direction += 2) {
      double one = limen_slider_moved (&view, &range, starts[i], direction);
      double ten = limen_slider_moved (&view, &range, starts[i], 10 * direction);
      double part = fabs (limen_histogram_view_place (&view, one) -
                          limen_histogram_view_place (&view, starts[i]));
      g_assert_cmpfloat (direction * (one - starts[i]), >=, 2);
      g_assert_cmpfloat (direction * (ten - one), >, 0);
      g_assert_cmpfloat (part, >=, 0.999 / 500);
    }
  g_assert_cmpfloat (limen_slider_moved (&view, &range, -100000, 1), >, -99700);
  g_assert_cmpfloat_with_epsilon (limen_slider_moved (&view, &range, 299, 1), 301, 1);
}

static void
test_it_goes_back_to_three_deviations_once (void)
{
  World world;
  begin (&world);
  g_assert_false (limen_can_go_back (NULL));
  drop_all (&world);
  double usual = detector_of (&world)->threshold;
  g_assert_false (limen_can_go_back (detector_of (&world)));
  limen_detector_session_set_threshold (world.session, usual + 1);
  g_assert_true (limen_can_go_back (detector_of (&world)));
  limen_detector_session_set_rule (world.session, (LimenRule){LIMEN_RULE_VALUE, usual});
  g_assert_false (limen_can_go_back (detector_of (&world)));
  limen_detector_session_set_rule (world.session, (LimenRule){LIMEN_RULE_SIGMAS, 2});
  g_assert_true (limen_can_go_back (detector_of (&world)));
  limen_detector_session_set_rule (world.session,
                                   (LimenRule){LIMEN_RULE_SIGMAS, LIMEN_USUAL_SIGMAS});
  g_assert_false (limen_can_go_back (detector_of (&world)));
  g_assert_cmpfloat (detector_of (&world)->threshold, ==, usual);
  end (&world);
}

static void
test_there_is_no_way_back_without_a_spread (void)
{
  static const double same[] = {5, 5, 5, 5};
  g_autoptr (LimenScores) scores = limen_scores_new ("same", same, 4);
  g_autoptr (LimenDetector) detector = limen_detector_new (
      scores, NULL, (LimenSplit){LIMEN_SPLIT_ORDERED, 0}, (LimenRule){LIMEN_RULE_VALUE, 4});
  g_assert_false (limen_can_go_back (detector));
}

static void
test_a_screen_reader_is_told_the_threshold (void)
{
  g_autoptr (LimenDetector) detector = long_tail ();
  g_autofree char *number = limen_format_number (detector->threshold, 1);
  g_autofree char *expected =
      g_strdup_printf ("%s nats, 3 standard deviations below the mean", number);
  g_autofree char *text = limen_slider_text (detector);
  g_assert_cmpstr (text, ==, expected);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#undef ADD
#define ADD(name) g_test_add_func ("/detector-slider/" #name, test_##name)
  ADD (the_knob_stands_where_the_line_does);
  ADD (normal_images_have_room_on_it);
  ADD (keys_move_it_everywhere);
  ADD (it_goes_back_to_three_deviations_once);
  ADD (there_is_no_way_back_without_a_spread);
  ADD (a_screen_reader_is_told_the_threshold);
  return g_test_run ();
}
