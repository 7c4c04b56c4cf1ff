#include "references.h"
#include "duel-draw.h"
#include "viz/prior/race-plot.h"

#define STEPS  300
#define POINTS 200

/* --- Three runners that come near to −2.5 --- */

typedef struct {
  double step[STEPS], bound[LIMEN_RACE_MOST][STEPS], path[LIMEN_RACE_MOST][2 * STEPS];
  double mean[LIMEN_RACE_MOST][2 * POINTS], sample[LIMEN_RACE_MOST][2 * POINTS];
  double data[2 * POINTS];
  LimenRaceRunner runner[LIMEN_RACE_MOST];
  LimenRacePlot plot;
} Race;

static void
run (Race *race, guint r, LimenRandom *random)
{
  for (guint i = 0; i < STEPS; i++) {
    race->step[i] = i;
    race->bound[r][i] =
        -2.56 - (12 + r) * exp (-0.02 * (r + 1) * i) - 0.02 * fabs (limen_random_normal (random));
    race->path[r][2 * i] = 1.5 - 0.004 * i;
    race->path[r][2 * i + 1] = -1 + 0.002 * (r + 1) * i;
  }
  for (guint i = 0; i < 2 * POINTS; i++) {
    race->mean[r][i] = 0.5 + 0.8 * limen_random_normal (random);
    race->sample[r][i] = race->data[i] + 0.1 * limen_random_normal (random);
  }
}

static LimenRaceRunner
runner_of (const Race *race, guint r)
{
  static const LimenGradientEstimator some[] = {LIMEN_REPARAMETERIZATION,
                                                LIMEN_LOG_DERIVATIVE_OPTIMAL, LIMEN_LOG_DERIVATIVE};
  static const char *const names[] = {"reparameterization", "log-derivative, optimal baseline",
                                      "log-derivative"};
  return (LimenRaceRunner){.estimator = some[r],
                           .name = names[r],
                           .step = race->step,
                           .bound = race->bound[r],
                           .n = STEPS,
                           .mean = race->mean[r],
                           .n_points = POINTS,
                           .lambda1 = {race->path[r][2 * STEPS - 2], race->path[r][2 * STEPS - 1]},
                           .lambda2 = {1 + 0.2 * r, 0.6},
                           .path = race->path[r],
                           .n_path = STEPS,
                           .sample = race->sample[r],
                           .n_samples = POINTS};
}

static Race *
usual_race (void)
{
  Race *race = g_new0 (Race, 1);
  LimenRandom random = limen_random_stream (1, "race", 0);
  for (guint i = 0; i < 2 * POINTS; i++)
    race->data[i] = limen_random_normal (&random);
  for (guint r = 0; r < LIMEN_RACE_MOST; r++) {
    run (race, r, &random);
    race->runner[r] = runner_of (race, r);
  }
  race->plot = (LimenRacePlot){.title = "Training race",
                               .note = "nats per point",
                               .runner = race->runner,
                               .n_runners = LIMEN_RACE_MOST,
                               .best = -2.5,
                               .n_steps = 2 * STEPS,
                               .data = race->data,
                               .n_data = POINTS};
  return race;
}

/* --- Plots --- */

static void
draw_duel (cairo_t *cr, const LimenChartStyle *with, double width, double height)
{
  g_autoptr (LimenDuel) duel = usual_duel (300, 0.1);
  LimenDuelPlot plot = plot_of (duel, ALL);
  limen_duel_plot_draw (&plot, cr, with, width, height);
}

static void
draw_variance (cairo_t *cr, const LimenChartStyle *with, double width, double height)
{
  g_autoptr (LimenDuel) duel = usual_duel (300, 0.1);
  LimenVariancePlot plot = {duel, 0, ALL, "Variance of one draw"};
  limen_variance_plot_draw (&plot, cr, with, width, height);
}

static void
draw_race (cairo_t *cr, const LimenChartStyle *with, double width, double height)
{
  g_autofree Race *race = usual_race ();
  limen_race_plot_draw (&race->plot, cr, with, width, height);
}

static void
draw_planes (cairo_t *cr, const LimenChartStyle *with, double width, double height)
{
  g_autofree Race *race = usual_race ();
  race->plot.title = "Latent planes";
  race->plot.note = "aggregate posterior and prior";
  limen_race_plot_draw_planes (&race->plot, cr, with, width, height);
}

static void
draw_decoded (cairo_t *cr, const LimenChartStyle *with, double width, double height)
{
  g_autofree Race *race = usual_race ();
  race->plot.title = "Data and decoded samples";
  race->plot.note = "the first two columns";
  race->plot.decoded = TRUE;
  limen_race_plot_draw_planes (&race->plot, cr, with, width, height);
}

static void
draw_page (cairo_t *cr, const LimenChartStyle *with, double width, double height)
{
  g_autoptr (LimenDuel) duel = usual_duel (300, 0.1);
  g_autofree Race *race = usual_race ();
  LimenDuelPlot duel_plot = plot_of (duel, ALL);
  LimenVariancePlot variance = {duel, 0, ALL, "Variance of one draw"};
  static const LimenPriorFinding finding[] = {
      {"φ", "The trick with the logarithm needs 41 times the samples of reparameterization here."},
      {"λ", "Both need the same samples here; with the KL divergence in closed form, none."},
      {"θ", "All estimators draw the same."},
      {"The prior", "A linear decoder can do all that a Gaussian prior does: p(x) is the same."}};
  LimenPriorPicture picture = {with->scheme,
                               "The reparameterization trick has 41 times less variance here than "
                               "the log-derivative trick; all of them have the same mean.",
                               &duel_plot,
                               &variance,
                               &race->plot,
                               finding,
                               G_N_ELEMENTS (finding)};
  limen_prior_picture_draw (cr, width, height, &picture);
}

static const LimenReference plots[] = {
    {"duel", draw_duel, {480, 500, 900}},
    {"variance", draw_variance, {300, 300, 400}},
    {"race", draw_race, {300, 450, 800}},
    {"race-planes", draw_planes, {900, 360, 560}},
    {"race-decoded", draw_decoded, {900, 360, 560}},
    {"prior-picture", draw_page, {1600, 1000, 1000}},
};

int
main (int argc, char **argv)
{
  return limen_references_run (argc, argv, plots, G_N_ELEMENTS (plots));
}
