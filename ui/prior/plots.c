#include "ui/prior/plots.h"

#include "ui/prior/samples-plot.h"
#include "ui/study/prior/shown.h"

struct LimenPriorPlots {
  LimenPriorSession *session;
  LimenPlotArea *area[LIMEN_PRIOR_N_AREAS];
  LimenPriorShown shown;
  gboolean is_filled;
  gint64 described_at;
};

/* -- values -- */

static const LimenPriorShown *
ensure_shown (LimenPriorPlots *self)
{
  const LimenPriorView *view = &limen_prior_session_state (self->session)->view;
  const LimenRaceState race = limen_prior_session_race_state (self->session);
  if (!self->is_filled)
    limen_prior_shown_fill (&self->shown, limen_prior_session_duel (self->session), view->parameter,
                            limen_prior_session_view (self->session),
                            limen_prior_session_points (self->session), &race, view->decoded);
  self->is_filled = TRUE;
  return &self->shown;
}

static void
drop_shown (LimenPriorPlots *self)
{
  if (self->is_filled)
    limen_prior_shown_clear (&self->shown);
  self->is_filled = FALSE;
}

/* -- drawing -- */

static void
draw_duel_cb (LimenPlotArea *area, cairo_t *cr, const LimenChartStyle *style, double width,
              double height, gpointer data)
{
  limen_duel_plot_draw (&ensure_shown (data)->duel, cr, style, width, height);
}

static void
draw_variance_cb (LimenPlotArea *area, cairo_t *cr, const LimenChartStyle *style, double width,
                  double height, gpointer data)
{
  limen_variance_plot_draw (&ensure_shown (data)->variance, cr, style, width, height);
}

static void
draw_race_cb (LimenPlotArea *area, cairo_t *cr, const LimenChartStyle *style, double width,
              double height, gpointer data)
{
  LimenRacePlot race = ensure_shown (data)->race;
  if (width < 36 * style->font_size) /* the buttons are there */
    race.note = NULL;
  limen_race_plot_draw (&race, cr, style, width, height);
}

static void
draw_planes_cb (LimenPlotArea *area, cairo_t *cr, const LimenChartStyle *style, double width,
                double height, gpointer data)
{
  LimenPriorPlots *self = data;
  LimenRacePlot race = ensure_shown (data)->race;
  const LimenRaceView *view = limen_prior_session_view (self->session);
  guint side = limen_prior_session_image_side (self->session);
  if (view && race.decoded && side > 0) {
    limen_samples_plot_draw (view, side, cr, style, width, height);
    return;
  }
  race.title = race.decoded ? "Data and decoded samples" : "Latent planes";
  race.note = race.decoded ? "the first two columns" : "aggregate posterior and prior";
  limen_race_plot_draw_planes (&race, cr, style, width, height);
}

/* -- what follows what -- */

static void
describe_duel (LimenPriorPlots *self)
{
  const LimenDuel *duel = limen_prior_session_duel (self->session);
  guint parameter = limen_prior_session_state (self->session)->view.parameter;
  g_autofree char *sentence = limen_duel_sentence (duel, parameter);
  limen_plot_area_describe (self->area[LIMEN_PRIOR_DUEL], sentence);
  limen_plot_area_describe (self->area[LIMEN_PRIOR_VARIANCE], sentence);
}

/* Twice a second at most while it goes on: nobody listens faster. */
static void
describe_race (LimenPriorPlots *self)
{
  const LimenRaceView *view = limen_prior_session_view (self->session);
  gint64 now = g_get_monotonic_time ();
  if (!view || (view->is_playing && now - self->described_at < 500000))
    return;
  self->described_at = now;
  g_autoptr (GString) words = g_string_new (NULL);
  g_string_printf (words, "Step %" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT ".", view->step,
                   view->n_steps);
  for (guint i = 0; i < view->n; i++) {
    g_autofree char *bound = limen_race_bound (view, i);
    g_string_append_printf (words, " %s: bound %s nats per point.", view->runner[i].name, bound);
  }
  limen_plot_area_describe (self->area[LIMEN_PRIOR_RACE], words->str);
  limen_plot_area_describe (self->area[LIMEN_PRIOR_PLANES], words->str);
}

static void
duel_changed_cb (LimenPriorPlots *self)
{
  drop_shown (self);
  limen_plot_area_changed (self->area[LIMEN_PRIOR_DUEL]);
  limen_plot_area_changed (self->area[LIMEN_PRIOR_VARIANCE]);
  describe_duel (self);
}

static void
race_moved_cb (LimenPriorPlots *self)
{
  drop_shown (self);
  limen_plot_area_changed (self->area[LIMEN_PRIOR_RACE]);
  limen_plot_area_changed (self->area[LIMEN_PRIOR_PLANES]);
  describe_race (self);
}

/* Other settings of the race do not change its plots before it moves; another view does at once. */
static void
view_changed_cb (LimenPriorPlots *self)
{
  duel_changed_cb (self);
  race_moved_cb (self);
}

LimenPriorPlots *
limen_prior_plots_new (LimenPriorSession *session)
{
  g_return_val_if_fail (LIMEN_IS_PRIOR_SESSION (session), NULL);
  static const LimenPlotAreaFuncs duel = {.draw_base = draw_duel_cb};
  static const LimenPlotAreaFuncs variance = {.draw_base = draw_variance_cb};
  static const LimenPlotAreaFuncs race = {.draw_base = draw_race_cb};
  static const LimenPlotAreaFuncs planes = {.draw_base = draw_planes_cb};
  LimenPriorPlots *self = g_new0 (LimenPriorPlots, 1);
  self->session = session;
  self->area[LIMEN_PRIOR_DUEL] = limen_plot_area_new ("Estimator duel", &duel, self);
  self->area[LIMEN_PRIOR_VARIANCE] = limen_plot_area_new ("Variances", &variance, self);
  self->area[LIMEN_PRIOR_RACE] = limen_plot_area_new ("Training race", &race, self);
  self->area[LIMEN_PRIOR_PLANES] = limen_plot_area_new ("Latent planes", &planes, self);
  g_signal_connect_swapped (session, "duel-changed", G_CALLBACK (duel_changed_cb), self);
  g_signal_connect_swapped (session, "view-changed", G_CALLBACK (view_changed_cb), self);
  g_signal_connect_swapped (session, "race-changed", G_CALLBACK (race_moved_cb), self);
  g_signal_connect_swapped (session, "race-moved", G_CALLBACK (race_moved_cb), self);
  describe_duel (self);
  return self;
}

void
limen_prior_plots_free (LimenPriorPlots *self)
{
  g_return_if_fail (self != NULL);
  g_signal_handlers_disconnect_by_data (self->session, self);
  drop_shown (self);
  g_free (self);
}

LimenPlotArea *
limen_prior_plots_area (LimenPriorPlots *self, LimenPriorArea which)
{
  g_return_val_if_fail (self != NULL && which < LIMEN_PRIOR_N_AREAS, NULL);
  return self->area[which];
}
