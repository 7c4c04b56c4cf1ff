/* The plot of what a method keeps. */
#include "game-draw.h"

/* --- What is kept --- */

static void
test_what_is_kept_is_flat_and_what_falls_is_on_a_log_axis (void)
{
  g_autofree Curves *curves = usual_curves ();
  LimenGameCurves race = race_of (curves, 1);
  g_autoptr (LimenKeptPlot) flat = limen_kept_plot_new (&race, LIMEN_KEPT_ENERGY, &style, 360, 260);
  g_assert_true (flat->plot.y.scale == &limen_scale_linear);
  g_assert_cmpfloat (flat->plot.y.low, ==, 0);
  g_assert_cmpfloat (flat->plot.y.high, >, 0.4);
  g_assert_cmpuint (flat->n_ticks, ==, 0);
  g_assert_null (flat->plot.badge);
  for (guint i = 0; i < N; i++) {
    curves->curve[0].energy[i] = pow (curves->curve[0].k[i], -1.2);
    curves->curve[0].kl[i] = i % 3 ? -0.2 : 0.3; /* no log axis has it */
  }
  g_autoptr (LimenKeptPlot) steep =
      limen_kept_plot_new (&race, LIMEN_KEPT_ENERGY, &style, 360, 260);
  g_assert_true (steep->plot.y.scale == &limen_scale_log);
  g_autoptr (LimenKeptPlot) negative = limen_kept_plot_new (&race, LIMEN_KEPT_KL, &style, 360, 260);
  g_assert_true (negative->plot.y.scale == &limen_scale_linear);
  g_assert_cmpfloat (negative->plot.y.low, <, -0.2);
  g_assert_cmpfloat (negative->plot.y.high, >, 0.3);
}

static void
test_projections_are_ticks_and_a_note (void)
{
  g_autofree Curves *curves = usual_curves ();
  curves->curve[0].touched[30] = curves->curve[0].touched[120] = TRUE;
  curves->curve[1].touched[60] = TRUE; /* not in the hand */
  LimenGameCurves race = race_of (curves, 2);
  race.k = 0;
  for (LimenScheme scheme = 0; scheme < LIMEN_N_SCHEMES; scheme++) {
    g_autoptr (LimenKeptPlot) plot =
        limen_kept_plot_new (&race, LIMEN_KEPT_ENERGY, &style, 520, 300);
    g_assert_cmpuint (plot->n_ticks, ==, 2);
    g_assert_cmpstr (plot->plot.note, ==, "ticks: projected at an edge"); /* it stays as it is */
    LimenFrame frame = limen_line_plot_frame (&plot->plot, &style, 520, 300);
    cairo_surface_t *surface = draw (&race, ENERGY, scheme, 520, 300);
    for (guint t = 0; t < 2; t++) {
      double x = limen_axis_to_pixel (&frame.x, curves->curve[0].k[t ? 120 : 30]);
      double y = limen_axis_to_pixel (&frame.y, 0.4);
      g_assert_cmpfloat (fabs (plot->tick[t][0] - x), <, 1e-6);
      /* above and below its line */
      LimenRect above = {x - 2, y - 5, 4, 3}, below = {x - 2, y + 3, 4, 3};
      guint32 paper = colour_of (scheme, LIMEN_COLOUR_PAPER);
      g_assert_cmpuint (count_pixels (surface, &above, paper), <, 12);
      g_assert_cmpuint (count_pixels (surface, &below, paper), <, 12);
    }
    limen_frame_clear (&frame);
    cairo_surface_destroy (surface);
  }
  curves->curve[0].touched[30] = curves->curve[0].touched[120] = FALSE;
  g_autoptr (LimenKeptPlot) none = limen_kept_plot_new (&race, LIMEN_KEPT_KL, &style, 520, 300);
  g_assert_cmpuint (none->n_ticks, ==, 0);
  g_assert_null (strstr (none->plot.note, "edge"));
}

/* At an edge alternating GDA may lose what it keeps elsewhere, or gain: as it was in this run. */
static void
test_what_edges_do_is_said_as_it_was (void)
{
  static const struct {
    double at[2]; /* energy after each projection, 0.4 before */
    LimenMethod method;
    gboolean interior;
    const char *note;
  } runs[] = {
      {{0.3, 0.2}, LIMEN_ALTERNATING_GDA, TRUE, "projected at an edge: it loses energy there"},
      {{0.5, 0.6}, LIMEN_ALTERNATING_GDA, TRUE, "projected at an edge: it gains energy there"},
      {{0.3, 0.6}, LIMEN_ALTERNATING_GDA, TRUE, "ticks: projected at an edge"},
      {{0.3, 0.2}, LIMEN_EXTRAGRADIENT, TRUE, "ticks: projected at an edge"},
      {{0.3, 0.2}, LIMEN_ALTERNATING_GDA, FALSE, "ticks: projected at an edge"},
  };
  for (guint r = 0; r < G_N_ELEMENTS (runs); r++) {
    g_autofree Curves *curves = usual_curves ();
    LimenGameCurve *own = &curves->curve[0];
    own->method = runs[r].method;
    own->interior = runs[r].interior;
    own->touched[30] = own->touched[120] = TRUE;
    for (guint i = 30; i < N; i++)
      own->energy[i] = runs[r].at[i >= 120];
    LimenGameCurves race = race_of (curves, 1);
    g_autoptr (LimenKeptPlot) plot =
        limen_kept_plot_new (&race, LIMEN_KEPT_ENERGY, &style, 520, 300);
    g_assert_cmpstr (plot->plot.note, ==, runs[r].note);
  }
}

static void
test_nothing_is_infinite_at_the_solution (void)
{
  g_autofree Curves *curves = usual_curves ();
  LimenGameCurves race = race_of (curves, 2);
  for (int kept = LIMEN_KEPT_KL; kept <= LIMEN_KEPT_ENERGY; kept++) {
    for (guint i = 0; i < N; i++)
      curves->curve[0].kl[i] = curves->curve[0].energy[i] = curves->curve[0].distance[i] = 0;
    race.n_curves = 1;
    g_autoptr (LimenKeptPlot) plot = limen_kept_plot_new (&race, kept, &style, 520, 300);
    g_assert_cmpstr (plot->plot.badge, ==, "0: at the solution");
  }
  for (guint i = 0; i < N; i++)
    curves->curve[0].kl[i] = INFINITY;
  curves->curve[0].outside[7] = TRUE;
  g_autoptr (LimenKeptPlot) outside = limen_kept_plot_new (&race, LIMEN_KEPT_KL, &style, 520, 300);
  g_assert_cmpstr (outside->plot.badge, ==, "infinite: at an edge, or outside the simplices");
}

/* Of points that are no strategies the difference is no gap, and the plot does not call it one. */
static void
test_gaps_outside_are_none (void)
{
  g_autofree Curves *curves = usual_curves ();
  LimenGameCurves race = race_of (curves, 1);
  for (int kind = 0; kind < 4; kind++) {
    curves->curve[0].outside[50] = kind & 1;
    curves->curve[0].average_outside[60] = kind & 2;
    g_autoptr (LimenGameLayout) layout = limen_game_layout_new (&race, &style, 1500, 420);
    const char *note = layout->plot.note;
    g_assert_cmpint (strstr (note, "outside the simplices no duality gap") != NULL, ==, kind & 1);
    g_assert_cmpint (strstr (note, "gap of the average") != NULL, ==, !(kind & 2));
    g_autoptr (LimenGameLayout) narrow = limen_game_layout_new (&race, &style, 300, 420);
    g_assert_cmpint (strstr (narrow->plot.note, "outside") != NULL, ==, kind & 1);
  }
}

static void
test_why_nothing_is_drawn_is_said (void)
{
  g_autofree Curves *curves = usual_curves ();
  LimenGameCurves race = race_of (curves, 2);
  for (int kind = 0; kind < 3; kind++) {
    for (guint r = 0; r < 2; r++)
      for (guint i = 0; i < N; i++)
        curves->curve[r].kl[i] = kind == 0 ? NAN : INFINITY;
    race.n_curves = kind == 2 ? 0 : 2;
    g_autoptr (LimenKeptPlot) plot = limen_kept_plot_new (&race, LIMEN_KEPT_KL, &style, 520, 300);
    g_assert_cmpstr (plot->plot.badge, ==,
                     kind == 0   ? "no single solution"
                     : kind == 1 ? "infinite: at an edge"
                                 : "the methods are on their way");
    cairo_surface_t *surface = draw (&race, KL, LIMEN_SCHEME_DARK, 520, 300);
    LimenRect middle = {130, 140, 260, 25}; /* but for the grid, 390 of it are words or a frame */
    g_assert_cmpuint (
        count_pixels (surface, &middle, colour_of (LIMEN_SCHEME_DARK, LIMEN_COLOUR_PAPER)), <,
        260 * 25 - 260 - 390);
    cairo_surface_destroy (surface);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/game-kept/what-is-kept-is-flat-and-what-falls-is-on-a-log-axis",
                   test_what_is_kept_is_flat_and_what_falls_is_on_a_log_axis);
  g_test_add_func ("/game-kept/projections-are-ticks-and-a-note",
                   test_projections_are_ticks_and_a_note);
  g_test_add_func ("/game-kept/what-edges-do-is-said-as-it-was",
                   test_what_edges_do_is_said_as_it_was);
  g_test_add_func ("/game-kept/nothing-is-infinite-at-the-solution",
                   test_nothing_is_infinite_at_the_solution);
  g_test_add_func ("/game-race/gaps-outside-are-none", test_gaps_outside_are_none);
  g_test_add_func ("/game-kept/why-nothing-is-drawn-is-said", test_why_nothing_is_drawn_is_said);
  return g_test_run ();
}
