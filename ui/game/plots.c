#include "ui/game/plots.h"

#include "model/base/number.h"
#include "ui/study/game/shown.h"

#include <math.h>

#define A_KEY        5   /* pixels that an arrow key moves a point; 1 with Shift */
#define NOW_AND_THEN 300 /* milliseconds between two pictures of the race while a run goes on */

struct LimenGamePlots {
  LimenGameSession *session;
  LimenPlotArea *area[LIMEN_GAME_N_AREAS];
  gboolean held; /* whether the line in the race is being moved */
  guint late;    /* to show the run in the race */
};

static gboolean
is_b (LimenGamePlots *self, LimenPlotArea *area)
{
  return area == self->area[LIMEN_GAME_B];
}

/* -- triangles -- */

static void
draw_player_cb (LimenPlotArea *area, cairo_t *cr, const LimenChartStyle *style, double width,
                double height, gpointer data)
{
  LimenGamePlots *self = data;
  LimenGameShown shown;
  limen_game_shown_fill (&shown, self->session);
  if (shown.has_triangles)
    limen_simplex_plot_draw_base (&shown.triangle[is_b (self, area)], cr, style, width, height);
  else
    limen_mix_plot_draw (&shown.mix[is_b (self, area)], cr, style, width, height);
}

static void
draw_moving_cb (LimenPlotArea *area, cairo_t *cr, const LimenChartStyle *style, double width,
                double height, gpointer data)
{
  LimenGamePlots *self = data;
  LimenGameShown shown;
  limen_game_shown_fill (&shown, self->session);
  if (shown.has_triangles)
    limen_simplex_plot_draw_top (&shown.triangle[is_b (self, area)], cr, style, width, height,
                                 limen_plot_area_hold (area, 0));
}

static LimenSimplexFrame
frame_of (LimenGamePlots *self, LimenPlotArea *area)
{
  LimenGameShown shown;
  LimenChartStyle style = limen_plot_area_style (area);
  limen_game_shown_fill (&shown, self->session);
  return limen_simplex_frame (&shown.triangle[is_b (self, area)], &style,
                              gtk_widget_get_width (GTK_WIDGET (area)),
                              gtk_widget_get_height (GTK_WIDGET (area)));
}

/* A frozen player's point is nobody's to move. */
static int
n_handles_cb (LimenPlotArea *area, gpointer data)
{
  LimenGamePlots *self = data;
  const LimenGameState *state = limen_game_session_state (self->session);
  return limen_game_state_has_triangles (state) && !(is_b (self, area) && state->frozen);
}

static gboolean
place_cb (LimenPlotArea *area, int handle, double *x, double *y, gpointer data)
{
  LimenGamePlots *self = data;
  LimenSimplexFrame frame = frame_of (self, area);
  limen_simplex_to_pixel (&frame,
                          limen_game_session_state (self->session)->point[is_b (self, area)], x, y);
  return TRUE;
}

static void
set_point (LimenGamePlots *self, LimenPlotArea *area, const double *p)
{
  g_auto (LimenGameState) state =
      limen_game_state_with_point (limen_game_session_state (self->session), is_b (self, area), p);
  limen_game_session_set (self->session, &state);
}

static void
move_cb (LimenPlotArea *area, int handle, double x, double y, gpointer data)
{
  LimenGamePlots *self = data;
  LimenSimplexFrame frame = frame_of (self, area);
  double p[3];
  limen_simplex_from_pixel (&frame, x, y, p);
  set_point (self, area, p);
}

/* Arrows; 1, 2, 3: to a corner; Home or 0: to the centre */
static gboolean
key_cb (LimenPlotArea *area, int handle, guint key, GdkModifierType state, gpointer data)
{
  LimenGamePlots *self = data;
  double x, y, step = state & GDK_SHIFT_MASK ? 1 : A_KEY;
  double p[3] = {1.0 / 3, 1.0 / 3, 1.0 / 3};
  int dx = (key == GDK_KEY_Right || key == GDK_KEY_KP_Right) -
           (key == GDK_KEY_Left || key == GDK_KEY_KP_Left);
  int dy =
      (key == GDK_KEY_Down || key == GDK_KEY_KP_Down) - (key == GDK_KEY_Up || key == GDK_KEY_KP_Up);
  if (dx != 0 || dy != 0) {
    place_cb (area, handle, &x, &y, data);
    move_cb (area, handle, x + dx * step, y + dy * step, data);
    return GDK_EVENT_STOP;
  }
  if (key >= GDK_KEY_1 && key <= GDK_KEY_3)
    for (guint i = 0; i < 3; i++)
      p[i] = i == key - GDK_KEY_1;
  else if (key != GDK_KEY_Home && key != GDK_KEY_0)
    return GDK_EVENT_PROPAGATE;
  set_point (self, area, p);
  return GDK_EVENT_STOP;
}

/* -- the bar, the race, the strip, the spectrum -- */

static void
draw_bar_cb (LimenPlotArea *area, cairo_t *cr, const LimenChartStyle *style, double width,
             double height, gpointer data)
{
  LimenGameShown shown;
  limen_game_shown_fill (&shown, ((LimenGamePlots *)data)->session);
  limen_gap_bar_draw (&shown.exploit, &shown.payoff, limen_game_shown_bar_scale (&shown), cr, style,
                      width, height);
}

static void
draw_race_cb (LimenPlotArea *area, cairo_t *cr, const LimenChartStyle *style, double width,
              double height, gpointer data)
{
  LimenGameShown shown;
  limen_game_shown_fill (&shown, ((LimenGamePlots *)data)->session);
  limen_game_curves_draw (&shown.race, cr, style, width, height);
}

/* The line at the iteration that the triangles show can be taken, forwards and back. */
static int
n_lines_cb (LimenPlotArea *area, gpointer data)
{
  return limen_game_session_run (((LimenGamePlots *)data)->session)->k > 0;
}

static gboolean
place_line_cb (LimenPlotArea *area, int handle, double *x, double *y, gpointer data)
{
  LimenGameShown shown;
  LimenChartStyle style = limen_plot_area_style (area);
  limen_game_shown_fill (&shown, ((LimenGamePlots *)data)->session);
  return limen_game_curves_place (&shown.race, &style, gtk_widget_get_width (GTK_WIDGET (area)),
                                  gtk_widget_get_height (GTK_WIDGET (area)), x, y);
}

static void
move_line_cb (LimenPlotArea *area, int handle, double x, double y, gpointer data)
{
  LimenGamePlots *self = data;
  LimenGameShown shown;
  LimenChartStyle style = limen_plot_area_style (area);
  limen_game_shown_fill (&shown, self->session);
  double k = limen_game_curves_k (&shown.race, &style, gtk_widget_get_width (GTK_WIDGET (area)),
                                  gtk_widget_get_height (GTK_WIDGET (area)), x);
  self->held = TRUE; /* what is in the hand is seen at once */
  limen_game_session_go_to (self->session, (guint64)k);
}

static gboolean
line_key_cb (LimenPlotArea *area, int handle, guint key, GdkModifierType state, gpointer data)
{
  LimenGamePlots *self = data;
  guint64 k = limen_game_session_run (self->session)->k, by = state & GDK_SHIFT_MASK ? 1 : 10;
  if (key != GDK_KEY_Left && key != GDK_KEY_Right)
    return GDK_EVENT_PROPAGATE;
  self->held = TRUE;
  limen_game_session_go_to (self->session, key == GDK_KEY_Right ? k + by : k > by ? k - by : 1);
  return GDK_EVENT_STOP;
}

static void
draw_kept_cb (LimenPlotArea *area, cairo_t *cr, const LimenChartStyle *style, double width,
              double height, gpointer data)
{
  LimenGameShown shown;
  limen_game_shown_fill (&shown, ((LimenGamePlots *)data)->session);
  limen_game_kept_draw (&shown.race, shown.kept, cr, style, width, height);
}

static void
draw_spectrum_cb (LimenPlotArea *area, cairo_t *cr, const LimenChartStyle *style, double width,
                  double height, gpointer data)
{
  LimenGamePlots *self = data;
  const LimenGameState *state = limen_game_session_state (self->session);
  const LimenGameSettings *settings = &state->settings;
  double re[LIMEN_SPECTRUM_MOST], im[LIMEN_SPECTRUM_MOST];
  guint n = limen_method_spectrum (settings->method, settings->integrator, &state->payoff,
                                   settings->step, re, im);
  const LimenSpectrum spectrum = {settings->method, settings->integrator, re, im, n};
  limen_spectrum_draw (&spectrum, cr, style, width, height);
}

/* -- read aloud -- */

/* "; at iteration 37: 0.31, 0.33, 0.36" */
static void
add_moment (LimenGamePlots *self, int b, GString *words)
{
  LimenGameHand hand = limen_game_session_hand (self->session);
  const double *p = b ? hand.p_b : hand.p_a;
  if (hand.k == 0)
    return;
  g_string_append_printf (words, "; at iteration %" G_GUINT64_FORMAT ": ", hand.k);
  for (guint i = 0; i < (b ? hand.payoff->columns : hand.payoff->rows); i++) {
    g_autofree char *part = limen_format_number (p[i], 3);
    g_string_append_printf (words, "%s%s", i > 0 ? ", " : "", part);
  }
}

static void
describe_players (LimenGamePlots *self)
{
  const LimenGameState *state = limen_game_session_state (self->session);
  const LimenPayoff *payoff = &state->payoff;
  for (int b = 0; b < 2; b++) {
    g_autoptr (GString) words = g_string_new (NULL);
    const double *p = state->point[b];
    for (guint i = 0; i < (b ? payoff->columns : payoff->rows); i++) {
      g_autofree char *part = limen_format_number (p[i], 6);
      g_string_append_printf (words, "%s%s %s", i > 0 ? ", " : "",
                              b ? payoff->column_name[i] : payoff->row_name[i], part);
    }
    add_moment (self, b, words);
    limen_plot_area_describe (self->area[b ? LIMEN_GAME_B : LIMEN_GAME_A], words->str);
  }
}

static void
describe_gap (LimenGamePlots *self)
{
  LimenGameHand hand = limen_game_session_hand (self->session);
  LimenExploit exploit = hand.exploit;
  const LimenPayoff *payoff = &limen_game_session_state (self->session)->payoff;
  const LimenGameReply a = limen_game_reply (payoff, &exploit, FALSE);
  const LimenGameReply b = limen_game_reply (payoff, &exploit, TRUE);
  g_autofree char *of_a = limen_game_replies (&a), *of_b = limen_game_replies (&b);
  const LimenNumber number[] = {{exploit.gap, exploit.error},
                                {exploit.a_saves, exploit.error},
                                {exploit.b_gains, exploit.error}};
  g_autofree char *gap = limen_format_known (number[0], 6);
  g_autofree char *saves = limen_format_known (number[1], 6);
  g_autofree char *gains = limen_format_known (number[2], 6);
  g_autofree char *when =
      hand.k > 0 ? g_strdup_printf (" At iteration %" G_GUINT64_FORMAT ".", hand.k) : g_strdup ("");
  g_autofree char *words =
      g_strdup_printf ("Gap %s: A could save %s with %s, B could gain %s with %s.%s", gap, saves,
                       of_a, gains, of_b, when);
  limen_plot_area_describe (self->area[LIMEN_GAME_BAR], words);
}

static void
describe_race (LimenGamePlots *self)
{
  const LimenPayoff *payoff = &limen_game_session_state (self->session)->payoff;
  g_autoptr (GString) words = g_string_new (NULL);
  guint n;
  const LimenGameCurve *curves = limen_game_session_curves (self->session, &n);
  for (guint i = 0; i < n; i++)
    if (curves[i].n > 0) {
      guint last = curves[i].n - 1;
      g_autofree char *gap = limen_game_gap_text (curves[i].gap[last], payoff, 3);
      g_autofree char *average = limen_game_gap_text (curves[i].average_gap[last], payoff, 3);
      g_string_append_printf (words, "%s: gap %s after %.0f iterations, of the average %s. ",
                              limen_method_title (curves[i].method), gap, curves[i].k[last],
                              average);
    }
  limen_plot_area_describe (self->area[LIMEN_GAME_CURVES], words->str);
}

static void
describe_spectrum (LimenGamePlots *self)
{
  const LimenGameState *state = limen_game_session_state (self->session);
  double radius = limen_method_radius (state->settings.method, state->settings.integrator,
                                       &state->payoff, state->settings.step);
  g_autofree char *number = limen_format_number (radius, 6);
  g_autofree char *words = isnan (radius)
                               ? g_strdup ("One step has no spectrum at a solution here.")
                               : g_strdup_printf ("Spectral radius of one step: %s.", number);
  limen_plot_area_describe (self->area[LIMEN_GAME_SPECTRUM], words);
}

/* -- what follows what -- */

/* What is said beside the triangles, in the bar and to a screen reader is of one moment. */
static void
points_changed_cb (LimenGamePlots *self)
{
  for (guint i = 0; i <= LIMEN_GAME_BAR; i++)
    limen_plot_area_changed (self->area[i]);
  describe_players (self);
  describe_gap (self);
}

static void
settings_changed_cb (LimenGamePlots *self)
{
  for (guint i = 0; i < LIMEN_GAME_N_AREAS; i++)
    limen_plot_area_changed (self->area[i]);
  describe_spectrum (self);
}

static void
race_changed_cb (LimenGamePlots *self)
{
  limen_plot_area_changed (self->area[LIMEN_GAME_CURVES]);
  limen_plot_area_changed (self->area[LIMEN_GAME_KEPT]);
  describe_race (self);
}

static gboolean
late_cb (gpointer data)
{
  LimenGamePlots *self = data;
  self->late = 0;
  limen_plot_area_changed (self->area[LIMEN_GAME_CURVES]);
  limen_plot_area_changed (self->area[LIMEN_GAME_KEPT]);
  return G_SOURCE_REMOVE;
}

/* Trails move with each frame, what is read of them with each moment; the lines in race and strip
 * now and then, unless they are in the hand. */
static void
run_changed_cb (LimenGamePlots *self)
{
  for (guint i = LIMEN_GAME_A; i <= LIMEN_GAME_B; i++)
    gtk_widget_queue_draw (GTK_WIDGET (self->area[i]));
  if (self->held || limen_game_session_run (self->session)->k == 0) {
    self->held = FALSE;
    g_clear_handle_id (&self->late, g_source_remove);
    late_cb (self);
  } else if (!self->late)
    self->late = g_timeout_add (NOW_AND_THEN, late_cb, self);
}

static void
follow (LimenGamePlots *self, const char *signal, void (*callback) (LimenGamePlots *self))
{
  g_signal_connect_swapped (self->session, signal, G_CALLBACK (callback), self);
}

LimenGamePlots *
limen_game_plots_new (LimenGameSession *session)
{
  g_return_val_if_fail (LIMEN_IS_GAME_SESSION (session), NULL);
  static const LimenPlotAreaFuncs player = {.draw_base = draw_player_cb,
                                            .draw_top = draw_moving_cb,
                                            .n_handles = n_handles_cb,
                                            .place = place_cb,
                                            .move = move_cb,
                                            .key = key_cb};
  static const LimenPlotAreaFuncs bar = {.draw_base = draw_bar_cb};
  static const LimenPlotAreaFuncs race = {.draw_base = draw_race_cb,
                                          .n_handles = n_lines_cb,
                                          .place = place_line_cb,
                                          .move = move_line_cb,
                                          .key = line_key_cb};
  static const LimenPlotAreaFuncs kept = {.draw_base = draw_kept_cb};
  static const LimenPlotAreaFuncs spectrum = {.draw_base = draw_spectrum_cb};
  LimenGamePlots *self = g_new0 (LimenGamePlots, 1);
  self->session = session;
  self->area[LIMEN_GAME_A] = limen_plot_area_new ("Strategy of A", &player, self);
  self->area[LIMEN_GAME_B] = limen_plot_area_new ("Strategy of B", &player, self);
  self->area[LIMEN_GAME_BAR] = limen_plot_area_new ("Exploitability", &bar, self);
  self->area[LIMEN_GAME_CURVES] = limen_plot_area_new ("Race of methods", &race, self);
  self->area[LIMEN_GAME_KEPT] = limen_plot_area_new ("What is kept", &kept, self);
  self->area[LIMEN_GAME_SPECTRUM] = limen_plot_area_new ("Spectrum of one step", &spectrum, self);
  limen_plot_area_set_line (self->area[LIMEN_GAME_CURVES], 0);
  follow (self, "points-changed", points_changed_cb);
  follow (self, "settings-changed", settings_changed_cb);
  follow (self, "race-changed", race_changed_cb);
  follow (self, "run-changed", run_changed_cb);
  follow (self, "moment-changed", points_changed_cb);
  points_changed_cb (self);
  settings_changed_cb (self);
  return self;
}

void
limen_game_plots_free (LimenGamePlots *self)
{
  g_return_if_fail (self != NULL);
  g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_handle_id (&self->late, g_source_remove);
  g_free (self);
}

LimenPlotArea *
limen_game_plots_area (LimenGamePlots *self, LimenGameArea which)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->area[which];
}
