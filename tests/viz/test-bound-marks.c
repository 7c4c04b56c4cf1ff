#include "references.h"
#include "model/base/random.h"
#include "viz/bound/bound-plot.h"

#include <math.h>
#include <string.h>

/* --- The case of the first start, under three proposals, with estimates near the exact values ---
 */

static LimenBoundStudy *
usual_study (void)
{
  static const LimenProposalKind kinds[] = {LIMEN_PROPOSAL_OWN, LIMEN_PROPOSAL_MOMENTS,
                                            LIMEN_PROPOSAL_ELBO};
  g_autoptr (LimenGaussianCase) gaussian_case = limen_gaussian_case_example ();
  LimenBoundStudy *study = limen_bound_study_new_gaussian (gaussian_case, kinds, 3);
  LimenRandom random = limen_random_stream (8, "dots", 0);
  for (guint i = 0; i < 3; i++)
    for (guint d = 0; d < LIMEN_BOUND_N_DOTS; d++)
      for (guint k = 0; k < 20; k++)
        limen_running_mean_add (&study->proposal[i].estimate[d],
                                limen_bound_study_value (study, i, limen_bound_dots[d]) +
                                    0.1 * limen_random_normal (&random));
  return study;
}

#define LEAVES (1u << (LIMEN_MERGE_LEVELS - 1))
static double merged[LIMEN_MERGE_LEVELS][LEAVES] = {{-3, -2, -4, -3.5, -400, -2.5, -3, -5}};

static LimenMergePlot
usual_merge (void)
{
  static const double exact[LIMEN_MERGE_LEVELS] = {-3.4, -3.05, -2.9, -2.8, -2.75, -2.72};
  LimenMergePlot plot = {"Why it rises", {merged[0]}, LEAVES, -2.7, "log p(x)", exact};
  for (guint i = 8; i < LEAVES; i++)
    merged[0][i] = merged[0][i % 4] + 0.03 * i;
  for (guint level = 1; level < LIMEN_MERGE_LEVELS; level++) {
    plot.value[level] = merged[level];
    memcpy (merged[level], merged[level - 1], sizeof merged[level]);
    limen_merge_pairs (merged[level], LEAVES >> (level - 1));
  }
  return plot;
}

#define SIDE   60
#define POINTS 50

/** Plane: a latent plane with all that there can be on one */
typedef struct {
  LimenGaussian *posterior, *proposal, *prior;
  LimenPlaneEllipse ellipse[3];
  double z[2 * POINTS], weight[POINTS];
  LimenPlanePoints points;
  LimenPlaneLabel label[3];
  LimenPlane *shade;
  LimenPlanePlot plot;
} Plane;

static LimenGaussian *
gaussian_of (double x, double y, double xx, double xy, double yy)
{
  const double mean[] = {x, y}, covariance[] = {xx, xy, xy, yy};
  return limen_gaussian_new ("The distribution", 2, mean, covariance, NULL);
}

static LimenPlane *
density_of (const LimenGaussian *gaussian)
{
  LimenPlane *plane =
      limen_plane_new (SIDE, SIDE, (const double[]){-2.5, -2.5}, (const double[]){3, 2.5});
  for (guint r = 0; r < SIDE; r++)
    for (guint c = 0; c < SIDE; c++) {
      const double z[] = {-2.5 + 5.5 * c / (SIDE - 1), -2.5 + 5.0 * r / (SIDE - 1)};
      plane->log_density[r * SIDE + c] = limen_gaussian_log_density (gaussian, z);
    }
  return plane;
}

static void
fill_plot (Plane *plane)
{
  plane->plot = (LimenPlanePlot){.title = "Latent plane",
                                 .note = "shade: posterior",
                                 .foot = "50 samples, effective 12.4",
                                 .low = {-2.5, -2.5},
                                 .high = {3, 2.5},
                                 .shade = plane->shade,
                                 .contours = plane->shade,
                                 .shade_colour = LIMEN_COLOUR_FIRST,
                                 .ellipse = plane->ellipse,
                                 .n_ellipses = 3,
                                 .points = &plane->points,
                                 .n_points = 1,
                                 .label = plane->label,
                                 .n_labels = 3};
}

static Plane *
usual_plane (void)
{
  Plane *plane = g_new0 (Plane, 1);
  LimenRandom random = limen_random_stream (9, "plane", 0);
  plane->posterior = gaussian_of (1, 0.1, 0.41, -0.25, 0.35);
  plane->proposal = gaussian_of (0.6, 0.3, 0.3, 0.1, 0.2);
  plane->prior = gaussian_of (0, 0, 1, 0, 1);
  plane->shade = density_of (plane->posterior);
  plane->ellipse[0] = (LimenPlaneEllipse){plane->prior, 1, LIMEN_COLOUR_REST, LIMEN_LINE_REFERENCE};
  plane->ellipse[1] = (LimenPlaneEllipse){plane->proposal, 2, LIMEN_COLOUR_HAND, LIMEN_LINE_EXACT};
  plane->ellipse[2] = (LimenPlaneEllipse){plane->posterior, 0, LIMEN_COLOUR_FIRST, LIMEN_LINE_THIN};
  for (guint i = 0; i < POINTS; i++) {
    const double e[] = {limen_random_normal (&random), limen_random_normal (&random)};
    limen_gaussian_place (plane->proposal, e, plane->z + 2 * i);
    plane->weight[i] = limen_random_uniform (&random);
  }
  plane->points =
      (LimenPlanePoints){plane->z, plane->weight, POINTS, LIMEN_COLOUR_SECOND, LIMEN_DOT_DISC};
  plane->label[0] = (LimenPlaneLabel){"proposal", {0.6, 0.3}, LIMEN_COLOUR_HAND};
  plane->label[1] = (LimenPlaneLabel){"posterior", {1, 0.1}, LIMEN_COLOUR_DIM};
  plane->label[2] = (LimenPlaneLabel){"prior", {0, 0}, LIMEN_COLOUR_REST};
  fill_plot (plane);
  return plane;
}

static void
plane_free (Plane *plane)
{
  limen_gaussian_free (plane->posterior);
  limen_gaussian_free (plane->proposal);
  limen_gaussian_free (plane->prior);
  limen_plane_free (plane->shade);
  g_free (plane);
}

/* --- Plots --- */

/* With the line of the hand at K = 50. */
static void
draw_line (const LimenLinePlot *plot, cairo_t *cr, const LimenChartStyle *with, double width,
           double height, double y)
{
  LimenFrame frame = limen_line_plot_frame (plot, with, width, height);
  limen_line_plot_draw (plot, cr, with, width, height);
  limen_line_plot_draw_marker (&frame, cr, with, 50, y, "K = 50", LIMEN_HOLD_HOVERED);
  limen_frame_clear (&frame);
}

static void
draw_bound (cairo_t *cr, const LimenChartStyle *with, double width, double height)
{
  g_autoptr (LimenBoundStudy) study = usual_study ();
  g_autoptr (LimenBoundPlot) plot = limen_bound_plot_new (study);
  draw_line (&plot->bound, cr, with, width, height, limen_bound_study_value (study, 0, 50));
}

static void
draw_gap (cairo_t *cr, const LimenChartStyle *with, double width, double height)
{
  g_autoptr (LimenBoundStudy) study = usual_study ();
  g_autoptr (LimenBoundPlot) plot = limen_bound_plot_new (study);
  draw_line (&plot->gap, cr, with, width, height, NAN);
}

static void
draw_plane (cairo_t *cr, const LimenChartStyle *with, double width, double height)
{
  Plane *plane = usual_plane ();
  const LimenHold hold[] = {LIMEN_HOLD_FOCUSED, LIMEN_HOLD_HOVERED, LIMEN_HOLD_NONE};
  LimenEllipseHandles handles = limen_ellipse_handles (plane->proposal, 2, NULL);
  LimenFrame frame = limen_plane_plot_frame (&plane->plot, with, width, height);
  limen_plane_plot_draw (&plane->plot, cr, with, width, height);
  limen_plane_draw_hand (&frame, cr, with, plane->proposal, 2, &handles, hold);
  limen_frame_clear (&frame);
  plane_free (plane);
}

static void
draw_merge (cairo_t *cr, const LimenChartStyle *with, double width, double height)
{
  LimenMergePlot plot = usual_merge ();
  limen_merge_plot_draw (&plot, cr, with, width, height);
}

static void
draw_page (cairo_t *cr, const LimenChartStyle *with, double width, double height)
{
  g_autoptr (LimenBoundStudy) study = usual_study ();
  g_autoptr (LimenBoundPlot) plot = limen_bound_plot_new (study);
  g_autofree char *sentence = limen_bound_study_sentence (study, 50);
  g_autofree char *contest = limen_bound_study_contest (study);
  Plane *plane = usual_plane ();
  LimenMergePlot merge = usual_merge ();
  LimenBoundPicture picture = {
      with->scheme, sentence, contest, plot,
      &plane->plot, &merge,   50,      limen_bound_study_value (study, 0, 50)};
  limen_bound_picture_draw (cr, width, height, &picture);
  plane_free (plane);
}

static const LimenReference plots[] = {
    {"bound", draw_bound, {300, 450, 800}},          {"gap", draw_gap, {300, 450, 800}},
    {"latent-plane", draw_plane, {360, 600, 1000}},  {"merge", draw_merge, {300, 360, 500}},
    {"bound-picture", draw_page, {1200, 800, 1000}},
};

int
main (int argc, char **argv)
{
  return limen_references_run (argc, argv, plots, G_N_ELEMENTS (plots));
}
