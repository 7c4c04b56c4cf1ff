#include "references.h"
#include "game-draw.h"
#include "viz/game/mix-plot.h"

/* --- Rock, paper, scissors in the middle of a game --- */

#define TRAIL 80

typedef struct {
  LimenPayoff payoff;
  double a[3], b[3], trail[3 * TRAIL], average[3], solution[3];
  LimenTrail path[2];
  LimenExploit exploit;
  LimenSimplexPlot plot[2];
} Table;

static void
fill_trail (Table *table)
{
  for (int i = 0; i < TRAIL; i++) {
    double angle = 0.15 * i, radius = 0.05 + 0.2 * i / TRAIL, *p = table->trail + 3 * (gsize)i;
    p[0] = 1.0 / 3 + radius * cos (angle);
    p[1] = 1.0 / 3 + radius * cos (angle + 2 * G_PI / 3);
    p[2] = 1 - p[0] - p[1];
  }
}

static Table *
usual_table (void)
{
  Table *t = g_new0 (Table, 1);
  const double a[] = {0.75, 0.125, 0.125}, b[] = {0.125, 0.25, 0.625};
  g_assert_true (limen_payoff_builtin ("rock-paper-scissors", &t->payoff, NULL));
  fill_trail (t);
  for (int i = 0; i < 3; i++) {
    t->a[i] = a[i];
    t->b[i] = b[i];
    t->average[i] = 0.5 * a[i] + 0.5 / 3;
    t->solution[i] = 1.0 / 3;
  }
  t->path[0] = (LimenTrail){t->trail, TRAIL, LIMEN_COLOUR_HAND, LIMEN_LINE_EXACT};
  t->path[1] = (LimenTrail){t->trail, TRAIL / 2, LIMEN_COLOUR_THIRD, LIMEN_LINE_REFERENCE};
  t->exploit = limen_exploit (&t->payoff, t->a, t->b);
  for (int is_b = 0; is_b < 2; is_b++)
    t->plot[is_b] = (LimenSimplexPlot){.payoff = &t->payoff,
                                       .is_b = is_b,
                                       .p = is_b ? t->b : t->a,
                                       .other = is_b ? t->a : t->b,
                                       .map = is_b ? LIMEN_MAP_EXPLOITABILITY : LIMEN_MAP_PAYOFF,
                                       .arrows = !is_b,
                                       .streamlines = is_b,
                                       .replicator = is_b,
                                       .trail = t->path,
                                       .n_trails = is_b ? 2 : 1,
                                       .average = t->average,
                                       .solution = t->solution,
                                       .n_solutions = 1,
                                       .title = is_b ? "Player B" : "Player A"};
  return t;
}

/* --- Plots --- */

static void
draw_simplex (gboolean is_b, cairo_t *cr, const LimenChartStyle *with, double width, double height)
{
  g_autofree Table *table = usual_table ();
  limen_simplex_plot_draw_base (&table->plot[is_b], cr, with, width, height);
  limen_simplex_plot_draw_top (&table->plot[is_b], cr, with, width, height,
                               is_b ? LIMEN_HOLD_FOCUSED : LIMEN_HOLD_GRABBED);
}

static void
draw_simplex_a (cairo_t *cr, const LimenChartStyle *with, double width, double height)
{
  draw_simplex (FALSE, cr, with, width, height);
}

static void
draw_simplex_b (cairo_t *cr, const LimenChartStyle *with, double width, double height)
{
  draw_simplex (TRUE, cr, with, width, height);
}

static void
draw_gap_bar (cairo_t *cr, const LimenChartStyle *with, double width, double height)
{
  g_autofree Table *table = usual_table ();
  limen_gap_bar_draw (&table->exploit, &table->payoff, 2, cr, with, width, height);
}

static void
draw_race (cairo_t *cr, const LimenChartStyle *with, double width, double height)
{
  g_autofree Curves *curves = usual_curves ();
  LimenGameCurves race = race_of (curves, 6);
  limen_game_curves_draw (&race, cr, with, width, height);
}

static void
draw_kept (cairo_t *cr, const LimenChartStyle *with, double width, double height)
{
  g_autofree Curves *curves = usual_curves ();
  curves->curve[0].touched[30] = curves->curve[0].touched[120] = TRUE;
  LimenGameCurves race = race_of (curves, 3);
  limen_game_kept_draw (&race, LIMEN_KEPT_KL, cr, with, width, height);
}

static void
draw_energy (cairo_t *cr, const LimenChartStyle *with, double width, double height)
{
  g_autofree Curves *curves = usual_curves ();
  for (guint i = 0; i < N; i++)
    curves->curve[0].energy[i] = pow (curves->curve[0].k[i], -1.2);
  LimenGameCurves race = race_of (curves, 2);
  limen_game_kept_draw (&race, LIMEN_KEPT_ENERGY, cr, with, width, height);
}

static void
draw_spectrum (cairo_t *cr, const LimenChartStyle *with, double width, double height)
{
  static const double re[] = {0.8, 0.8, 1.2, 0, -0.6}, im[] = {0.3, -0.3, 0.4, 1, 0.8};
  const LimenSpectrum spectrum = {LIMEN_EXTRAGRADIENT, LIMEN_INTEGRATOR_VERLET, re, im, 5};
  limen_spectrum_draw (&spectrum, cr, with, width, height);
}

static void
draw_no_spectrum (cairo_t *cr, const LimenChartStyle *with, double width, double height)
{
  const LimenSpectrum spectrum = {LIMEN_EAG_C, LIMEN_INTEGRATOR_VERLET, NULL, NULL, 0};
  limen_spectrum_draw (&spectrum, cr, with, width, height);
}

static void
draw_mix (cairo_t *cr, const LimenChartStyle *with, double width, double height)
{
  static const char *const names[] = {"rock", "paper", "scissors", "lizard", "Spock"};
  static const double p[] = {0.4, 0.3, 0.15, 0.15, 0}, average[] = {0.3, 0.25, 0.2, 0.15, 0.1};
  static const double solution[] = {0.2, 0.2, 0.2, 0.2, 0.2}, points[] = {0.1, -0.3, 0.55, 0, -1};
  const LimenMixPlot plot = {
      "Player B", LIMEN_COLOUR_SECOND, names, p, average, solution, points, 5, 1 << 2};
  limen_mix_plot_draw (&plot, cr, with, width, height);
}

static void
draw_page (cairo_t *cr, const LimenChartStyle *with, double width, double height)
{
  g_autofree Table *table = usual_table ();
  g_autofree Curves *curves = usual_curves ();
  LimenGameCurves race = race_of (curves, 4);
  LimenGamePicture picture = {.scheme = with->scheme,
                              .sentence = "Neither has found the middle: A can gain 0.38 by "
                                          "playing rock, and B 0.62 by playing paper.",
                              .a = &table->plot[0],
                              .b = &table->plot[1],
                              .exploit = &table->exploit,
                              .race = &race,
                              .kept = LIMEN_KEPT_KL};
  limen_game_picture_draw (cr, width, height, &picture);
}

static const LimenReference plots[] = {
    {"simplex-a", draw_simplex_a, {400, 520, 900}},
    {"simplex-b", draw_simplex_b, {400, 520, 900}},
    {"simplex-b-screen", draw_simplex_b, {400, 520, 900}, TRUE},
    {"gap-bar", draw_gap_bar, {56, 56, 56}},
    {"game-race", draw_race, {420, 320, 600}},
    {"kept", draw_kept, {260, 260, 400}},
    {"kept-energy", draw_energy, {260, 260, 400}},
    {"spectrum", draw_spectrum, {360, 400, 800}},
    {"spectrum-none", draw_no_spectrum, {260, 260, 400}},
    {"mix", draw_mix, {320, 400, 600}},
    {"game-picture", draw_page, {1400, 1000, 1000}},
};

int
main (int argc, char **argv)
{
  return limen_references_run (argc, argv, plots, G_N_ELEMENTS (plots));
}
