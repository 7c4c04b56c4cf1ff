#include "ui/game/plots.h"

#include <math.h>

#define RACE_ITERATIONS 10000
#define N_RUNNERS       4

struct LimenGamePlots {
  LimenGameSession *session;
  LimenPlotArea *area[LIMEN_GAME_N_AREAS];
  LimenGameCurves *curves; /* (N_RUNNERS): the method in use first */
  guint settle;
  gboolean arrows;
};

/* -- triangles -- */

typedef struct {
  LimenSimplexPlot plot;
  LimenTrail trail;
  double average[2][LIMEN_GAME_MOST];
} Triangle;

static gboolean
is_b (LimenGamePlots *self, LimenPlotArea *area)
{
  return area == self->area[LIMEN_GAME_B];
}

static void
fill_triangle (LimenGamePlots *self, gboolean b, Triangle *t)
{
  LimenGameSession *session = self->session;
  const LimenSolution *solution = limen_game_session_solution (session);
  gsize n;
  const double *p = limen_game_session_trail (session, b, &n);
  LimenMethod method = limen_game_session_method (session);
  limen_game_session_average (session, t->average[0], t->average[1]);
  t->trail = (LimenTrail){p, n, b ? LIMEN_COLOUR_SECOND : LIMEN_COLOUR_FIRST, LIMEN_LINE_EXACT};
  t->plot = (LimenSimplexPlot){
      .payoff = limen_game_session_payoff (session),
      .is_b = b,
      .p = limen_game_session_point (session, b),
      .other = limen_game_session_point (session, !b),
      .map =
          !b && limen_game_session_answered (session) ? LIMEN_MAP_EXPLOITABILITY : LIMEN_MAP_PAYOFF,
      .arrows = self->arrows,
      .replicator = method == LIMEN_REPLICATOR,
      .trail = &t->trail,
      .n_trails = n > 1,
      .average = limen_game_session_k (session) > 0 ? t->average[b] : NULL,
      .solution = b ? solution->b : solution->a,
      .n_solutions = b ? solution->n_b : solution->n_a,
      .title = b ? "Player B" : "Player A",
  };
}

static void
draw_triangle_cb (LimenPlotArea *area, cairo_t *cr, const LimenChartStyle *style, double width,
                  double height, gpointer data)
{
  Triangle t;
  fill_triangle (data, is_b (data, area), &t);
  limen_simplex_plot_draw_base (&t.plot, cr, style, width, height);
}

static void
draw_moving_cb (LimenPlotArea *area, cairo_t *cr, const LimenChartStyle *style, double width,
                double height, gpointer data)
{
  Triangle t;
  fill_triangle (data, is_b (data, area), &t);
  limen_simplex_plot_draw_top (&t.plot, cr, style, width, height, limen_plot_area_hold (area, 0));
}

static LimenSimplexFrame
frame_of (LimenGamePlots *self, LimenPlotArea *area)
{
  Triangle t;
  LimenChartStyle style = limen_plot_area_style (area);
  fill_triangle (self, is_b (self, area), &t);
  return limen_simplex_frame (&t.plot, &style, gtk_widget_get_width (GTK_WIDGET (area)),
                              gtk_widget_get_height (GTK_WIDGET (area)));
}

static int
one_handle_cb (LimenPlotArea *area, gpointer data)
{
  return 1;
}

static gboolean
place_cb (LimenPlotArea *area, int handle, double *x, double *y, gpointer data)
{
  LimenGamePlots *self = data;
  LimenSimplexFrame frame = frame_of (self, area);
  limen_simplex_to_pixel (&frame, limen_game_session_point (self->session, is_b (self, area)), x,
                          y);
  return TRUE;
}

static void
move_cb (LimenPlotArea *area, int handle, double x, double y, gpointer data)
{
  LimenGamePlots *self = data;
  LimenSimplexFrame frame = frame_of (self, area);
  double p[3];
  limen_simplex_from_pixel (&frame, x, y, p);
  limen_game_session_set_point (self->session, is_b (self, area), p);
}

static gboolean
key_cb (LimenPlotArea *area, int handle, guint key, GdkModifierType state, gpointer data)
{
  LimenGamePlots *self = data;
  double x, y, step = state & GDK_SHIFT_MASK ? 1 : 5;
  place_cb (area, handle, &x, &y, data);
  switch (key) {
  case GDK_KEY_Left:
    x -= step;
    break;
  case GDK_KEY_Right:
    x += step;
    break;
  case GDK_KEY_Up:
    y -= step;
    break;
  case GDK_KEY_Down:
    y += step;
    break;
  case GDK_KEY_Home: {
    static const double uniform[] = {1.0 / 3, 1.0 / 3, 1.0 / 3};
    limen_game_session_set_point (self->session, is_b (self, area), uniform);
    return GDK_EVENT_STOP;
  }
  default:
    return GDK_EVENT_PROPAGATE;
  }
  move_cb (area, handle, x, y, data);
  return GDK_EVENT_STOP;
}

/* -- the bar -- */

static void
draw_bar_cb (LimenPlotArea *area, cairo_t *cr, const LimenChartStyle *style, double width,
             double height, gpointer data)
{
  LimenGamePlots *self = data;
  const LimenPayoff *payoff = limen_game_session_payoff (self->session);
  LimenExploit exploit = limen_game_session_exploit (self->session);
  double scale = 0;
  for (guint i = 0; i < 9; i++)
    scale = fmax (scale, 2 * fabs (payoff->m[i]));
  limen_gap_bar_draw (&exploit, payoff, scale > 0 ? scale : 1, cr, style, width, height);
}

/* -- curves -- */

static void
fill_curves (LimenGamePlots *self)
{
  static const LimenMethod others[] = {LIMEN_SIMULTANEOUS_GDA, LIMEN_OPTIMISTIC_GDA,
                                       LIMEN_MULTIPLICATIVE_WEIGHTS, LIMEN_EXTRAGRADIENT};
  LimenGameSession *session = self->session;
  LimenMethod own = limen_game_session_method (session), method = own;
  double step = limen_game_session_step_size (session);
  guint next = 0;
  for (guint i = 0; i < N_RUNNERS; i++) {
    limen_game_curves_fill (&self->curves[i], limen_game_session_payoff (session), method, step,
                            limen_game_session_point (session, FALSE),
                            limen_game_session_point (session, TRUE),
                            limen_game_session_solution (session), RACE_ITERATIONS);
    while (next < G_N_ELEMENTS (others) && others[next] == own)
      next++;
    method = others[next < G_N_ELEMENTS (others) ? next++ : 0];
  }
}

static LimenLinePlot
log_plot (const char *title, const char *note, LimenLine *line, guint n, const LimenScale *y_scale)
{
  LimenLinePlot plot = {.title = title,
                        .note = note,
                        .x_caption = "iterations k",
                        .x = {&limen_scale_log, .low = 1, .high = RACE_ITERATIONS},
                        .y = {y_scale, .low = 1e-6, .high = 1},
                        .line = line,
                        .n_lines = n,
                        .legend = TRUE};
  double low, high;
  if (limen_line_plot_range (&plot, 1, RACE_ITERATIONS, &low, &high) && low < high) {
    plot.y.low = y_scale == &limen_scale_log ? fmax (low, high * 1e-9) : low;
    plot.y.high = high;
  }
  return plot;
}

static LimenColour
colour_of (guint runner)
{
  static const LimenColour colours[N_RUNNERS] = {LIMEN_COLOUR_HAND, LIMEN_COLOUR_FIRST,
                                                 LIMEN_COLOUR_SECOND, LIMEN_COLOUR_REST};
  return colours[runner];
}

/* Zeros and edges are not on a log scale. */
static void
drop_zeros (double *y, guint n)
{
  for (guint i = 0; i < n; i++)
    y[i] = y[i] > 1e-15 && isfinite (y[i]) ? y[i] : NAN;
}

static void
draw_race_cb (LimenPlotArea *area, cairo_t *cr, const LimenChartStyle *style, double width,
              double height, gpointer data)
{
  LimenGamePlots *self = data;
  LimenLine line[2 * N_RUNNERS];
  for (guint i = 0; i < N_RUNNERS; i++) {
    LimenGameCurves *c = &self->curves[i];
    drop_zeros (c->gap, c->n);
    drop_zeros (c->average_gap, c->n);
    line[i] = (LimenLine){
        limen_method_title (c->method), colour_of (i), LIMEN_LINE_EXACT, c->k, c->gap, c->n};
    line[N_RUNNERS + i] =
        (LimenLine){NULL, colour_of (i), LIMEN_LINE_THIN, c->k, c->average_gap, c->n};
  }
  LimenLinePlot plot =
      log_plot ("Race", "duality gap; thin: of the average", line, 2 * N_RUNNERS, &limen_scale_log);
  limen_line_plot_draw (&plot, cr, style, width, height);
}

static void
draw_kept_cb (LimenPlotArea *area, cairo_t *cr, const LimenChartStyle *style, double width,
              double height, gpointer data)
{
  LimenGamePlots *self = data;
  LimenLine line[N_RUNNERS];
  for (guint i = 0; i < N_RUNNERS; i++) {
    LimenGameCurves *c = &self->curves[i];
    drop_zeros (c->kl, c->n);
    line[i] = (LimenLine){
        limen_method_title (c->method), colour_of (i), LIMEN_LINE_EXACT, c->k, c->kl, c->n};
  }
  LimenLinePlot plot =
      log_plot ("Distance", "Σ KL(solution‖p), nats", line, N_RUNNERS, &limen_scale_log);
  limen_line_plot_draw (&plot, cr, style, width, height);
}

/* -- what follows what -- */

static void
describe (LimenGamePlots *self)
{
  LimenExploit exploit = limen_game_session_exploit (self->session);
  const LimenPayoff *payoff = limen_game_session_payoff (self->session);
  for (int b = 0; b < 2; b++) {
    const double *p = limen_game_session_point (self->session, b);
    g_autofree char *words = g_strdup_printf (
        "%s %.6f, %s %.6f, %s %.6f", b ? payoff->column_name[0] : payoff->row_name[0], p[0],
        b ? payoff->column_name[1] : payoff->row_name[1], p[1],
        b ? payoff->column_name[2] : payoff->row_name[2], p[2]);
    limen_plot_area_describe (self->area[b ? LIMEN_GAME_B : LIMEN_GAME_A], words);
  }
  g_autofree char *gap = g_strdup_printf ("Gap %.6f: A could save %.6f, B could gain %.6f.",
                                          exploit.gap, exploit.a_saves, exploit.b_gains);
  limen_plot_area_describe (self->area[LIMEN_GAME_BAR], gap);
}

/* Ten thousand iterations of four methods take longer than a frame: once the hand rests. */
static gboolean
settled_cb (gpointer data)
{
  LimenGamePlots *self = data;
  self->settle = 0;
  fill_curves (self);
  limen_plot_area_changed (self->area[LIMEN_GAME_RACE]);
  limen_plot_area_changed (self->area[LIMEN_GAME_KEPT]);
  return G_SOURCE_REMOVE;
}

static void
points_changed_cb (LimenGamePlots *self)
{
  for (guint i = 0; i <= LIMEN_GAME_BAR; i++)
    limen_plot_area_changed (self->area[i]);
  describe (self);
  g_clear_handle_id (&self->settle, g_source_remove);
  self->settle = g_timeout_add (120, settled_cb, self);
}

static void
run_changed_cb (LimenGamePlots *self)
{
  gtk_widget_queue_draw (GTK_WIDGET (self->area[LIMEN_GAME_A]));
  gtk_widget_queue_draw (GTK_WIDGET (self->area[LIMEN_GAME_B]));
}

LimenGamePlots *
limen_game_plots_new (LimenGameSession *session)
{
  static const LimenPlotAreaFuncs triangle = {.draw_base = draw_triangle_cb,
                                              .draw_top = draw_moving_cb,
                                              .n_handles = one_handle_cb,
                                              .place = place_cb,
                                              .move = move_cb,
                                              .key = key_cb};
  static const LimenPlotAreaFuncs bar = {.draw_base = draw_bar_cb};
  static const LimenPlotAreaFuncs race = {.draw_base = draw_race_cb};
  static const LimenPlotAreaFuncs kept = {.draw_base = draw_kept_cb};
  LimenGamePlots *self = g_new0 (LimenGamePlots, 1);
  self->session = session;
  self->arrows = TRUE;
  self->curves = g_new0 (LimenGameCurves, N_RUNNERS);
  self->area[LIMEN_GAME_A] = limen_plot_area_new ("Triangle of A", &triangle, self);
  self->area[LIMEN_GAME_B] = limen_plot_area_new ("Triangle of B", &triangle, self);
  self->area[LIMEN_GAME_BAR] = limen_plot_area_new ("Exploitability", &bar, self);
  self->area[LIMEN_GAME_RACE] = limen_plot_area_new ("Race of methods", &race, self);
  self->area[LIMEN_GAME_KEPT] = limen_plot_area_new ("Distance to the solution", &kept, self);
  fill_curves (self);
  g_signal_connect_swapped (session, "points-changed", G_CALLBACK (points_changed_cb), self);
  g_signal_connect_swapped (session, "settings-changed", G_CALLBACK (points_changed_cb), self);
  g_signal_connect_swapped (session, "run-changed", G_CALLBACK (run_changed_cb), self);
  describe (self);
  return self;
}

void
limen_game_plots_free (LimenGamePlots *self)
{
  g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_handle_id (&self->settle, g_source_remove);
  g_free (self->curves);
  g_free (self);
}

LimenPlotArea *
limen_game_plots_area (LimenGamePlots *self, LimenGameArea which)
{
  return self->area[which];
}

void
limen_game_plots_set_arrows (LimenGamePlots *self, gboolean arrows)
{
  self->arrows = arrows;
  points_changed_cb (self);
}
