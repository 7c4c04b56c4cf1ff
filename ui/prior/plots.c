#include "ui/prior/plots.h"

#include "ui/prior/samples-plot.h"

#include <math.h>

#define DATA 400 /* points shown of what is learned */
/* In the duel: all but the mean baseline, which is close to the optimal one here */
#define SHOWN (((1u << LIMEN_N_ESTIMATORS) - 1) & ~(1u << LIMEN_LOG_DERIVATIVE_MEAN))

struct LimenPriorPlots {
  LimenPriorSession *session;
  LimenPlotArea *duel, *race, *variance, *planes;
  guint parameter;
  gboolean decoded;
  LimenPriorShown shown;
  gboolean is_filled;
  gint64 described_at;
};

/* -- values -- */

void
limen_prior_shown_fill (LimenPriorShown *shown, const LimenDuel *duel, guint parameter,
                        const LimenRaceView *view, const LimenPoints *points,
                        const LimenRaceState *race, gboolean decoded)
{
  *shown = (LimenPriorShown){.duel = {duel, SHOWN, "Estimator duel", shown->duel_note, 0},
                             .variance = {duel, parameter, SHOWN, shown->variance_title}};
  if (duel) {
    g_autofree char *name = limen_duel_parameter_name (duel, parameter);
    g_snprintf (shown->duel_note, sizeof shown->duel_note, "%u single-sample gradients each",
                duel->cloud[0].n);
    g_snprintf (shown->variance_title, sizeof shown->variance_title, "Variance of ∂%s per sample",
                name);
  }
  guint n_data = decoded ? MIN (points->n, DATA) : 0;
  shown->data = g_new0 (double, 2 * MAX (n_data, 1));
  for (guint i = 0; i < n_data; i++)
    for (guint c = 0; c < MIN (points->d, 2); c++)
      shown->data[2 * i + c] = points->x[(gsize)i * points->d + c];
  g_autofree char *note = limen_claim_say (limen_race_note_claims, LIMEN_RACE_NOTE_N_CLAIMS, race);
  g_strlcpy (shown->race_note, note, sizeof shown->race_note);
  g_snprintf (shown->race_title, sizeof shown->race_title, "Training race");
  shown->race = (LimenRacePlot){.title = shown->race_title,
                                .note = shown->race_note,
                                .runner = view ? view->runner : NULL,
                                .n_runners = view ? view->n : 0,
                                .best = race->best,
                                .hidden = race->hidden,
                                .n_steps = view ? (double)view->n_steps : 1,
                                .data = shown->data,
                                .n_data = n_data,
                                .decoded = decoded};
}

void
limen_prior_shown_clear (LimenPriorShown *shown)
{
  g_clear_pointer (&shown->data, g_free);
}

static const LimenPriorShown *
ensure_shown (LimenPriorPlots *self)
{
  const LimenRaceState race = limen_prior_session_race_state (self->session);
  if (!self->is_filled)
    limen_prior_shown_fill (&self->shown, limen_prior_session_duel (self->session), self->parameter,
                            limen_prior_session_view (self->session),
                            limen_prior_session_points (self->session), &race, self->decoded);
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
  const LimenPriorShown *shown = ensure_shown (data);
  limen_palette_set (cr, style->scheme, LIMEN_COLOUR_PAPER);
  cairo_paint (cr);
  if (shown->duel.duel)
    limen_duel_plot_draw (&shown->duel, cr, style, width, height);
}

static void
draw_variance_cb (LimenPlotArea *area, cairo_t *cr, const LimenChartStyle *style, double width,
                  double height, gpointer data)
{
  const LimenPriorShown *shown = ensure_shown (data);
  limen_palette_set (cr, style->scheme, LIMEN_COLOUR_PAPER);
  cairo_paint (cr);
  if (shown->variance.duel)
    limen_variance_plot_draw (&shown->variance, cr, style, width, height);
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
  if (!duel)
    return;
  g_autofree char *sentence = limen_duel_sentence (duel, self->parameter);
  limen_plot_area_describe (self->duel, sentence);
  limen_plot_area_describe (self->variance, sentence);
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
  limen_plot_area_describe (self->race, words->str);
  limen_plot_area_describe (self->planes, words->str);
}

static void
duel_changed_cb (LimenPriorPlots *self)
{
  const LimenDuel *duel = limen_prior_session_duel (self->session);
  if (duel && self->parameter >= duel->n_parameters)
    self->parameter = 0;
  drop_shown (self);
  limen_plot_area_changed (self->duel);
  limen_plot_area_changed (self->variance);
  describe_duel (self);
}

static void
race_moved_cb (LimenPriorPlots *self)
{
  drop_shown (self);
  limen_plot_area_changed (self->race);
  limen_plot_area_changed (self->planes);
  describe_race (self);
}

LimenPriorPlots *
limen_prior_plots_new (LimenPriorSession *session)
{
  static const LimenPlotAreaFuncs duel = {.draw_base = draw_duel_cb};
  static const LimenPlotAreaFuncs variance = {.draw_base = draw_variance_cb};
  static const LimenPlotAreaFuncs race = {.draw_base = draw_race_cb};
  static const LimenPlotAreaFuncs planes = {.draw_base = draw_planes_cb};
  LimenPriorPlots *self = g_new0 (LimenPriorPlots, 1);
  self->session = session;
  self->duel = limen_plot_area_new ("Estimator duel", &duel, self);
  self->variance = limen_plot_area_new ("Variances", &variance, self);
  self->race = limen_plot_area_new ("Training race", &race, self);
  self->planes = limen_plot_area_new ("Latent planes", &planes, self);
  g_signal_connect_swapped (session, "duel-changed", G_CALLBACK (duel_changed_cb), self);
  g_signal_connect_swapped (session, "race-changed", G_CALLBACK (race_moved_cb), self);
  g_signal_connect_swapped (session, "race-moved", G_CALLBACK (race_moved_cb), self);
  describe_duel (self);
  return self;
}

void
limen_prior_plots_free (LimenPriorPlots *self)
{
  g_signal_handlers_disconnect_by_data (self->session, self);
  drop_shown (self);
  g_free (self);
}

LimenPlotArea *
limen_prior_plots_duel (LimenPriorPlots *self)
{
  return self->duel;
}

LimenPlotArea *
limen_prior_plots_race (LimenPriorPlots *self)
{
  return self->race;
}

LimenPlotArea *
limen_prior_plots_variance (LimenPriorPlots *self)
{
  return self->variance;
}

LimenPlotArea *
limen_prior_plots_planes (LimenPriorPlots *self)
{
  return self->planes;
}

void
limen_prior_plots_set_parameter (LimenPriorPlots *self, guint index)
{
  self->parameter = index;
  duel_changed_cb (self);
}

guint
limen_prior_plots_parameter (LimenPriorPlots *self)
{
  return self->parameter;
}

void
limen_prior_plots_set_decoded (LimenPriorPlots *self, gboolean decoded)
{
  self->decoded = decoded;
  race_moved_cb (self);
}
