#include "references.h"
#include "tests/model/random-nice.h"
#include "viz/detector/explain-view.h"

#define SIDE 12

/* The third of some blobs, explained by a flow that is made up */
static LimenExplanation *
explanation_of (gboolean with_flow)
{
  LimenNiceShape shape = {SIDE * SIDE, 16, 2, 3};
  LimenImageSet *set = random_images (30, SIDE, SIDE, 4);
  g_auto (LimenExplainInput) input = {.flow = with_flow ? random_nice (shape, 2) : NULL,
                                      .set = set,
                                      .normal = limen_image_set_ref (set),
                                      .index = 2,
                                      .itself = 2,
                                      .goal = with_flow ? -300 : NAN};
  for (guint i = 0; i < 3; i++) {
    LimenExplainedScore score = {limen_measure_ref (limen_measure_log_likelihood ()),
                                 -1234.5 / (i + 1),
                                 7 * i,
                                 999,
                                 1,
                                 TRUE,
                                 i == 0};
    limen_explain_input_add_score (&input, &score);
  }
  return limen_explanation_new (&input, NULL, NULL);
}

static void
draw_sheet (cairo_t *cr, const LimenChartStyle *with, double width, double height)
{
  g_autoptr (LimenExplanation) explanation = explanation_of (TRUE);
  cairo_surface_t *original = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 40, 30);
  LimenExplainPicture picture = {explanation, original, 0.8, with->scheme};
  limen_explain_picture_draw (cr, width, height, &picture);
  cairo_surface_destroy (original);
}

static void
draw_without_flow (cairo_t *cr, const LimenChartStyle *with, double width, double height)
{
  g_autoptr (LimenExplanation) explanation = explanation_of (FALSE);
  LimenExplainPicture picture = {explanation, NULL, 0.8, with->scheme};
  limen_explain_picture_draw (cr, width, height, &picture);
}

static void
draw_view (cairo_t *cr, const LimenChartStyle *with, double width, double height)
{
  g_autoptr (LimenExplanation) explanation = explanation_of (TRUE);
  g_autoptr (LimenExplainedMap) map = limen_explanation_map (explanation, LIMEN_EXPLAIN_LIKELY);
  cairo_surface_t *seen = limen_explained_surface (explanation, FALSE);
  cairo_surface_t *moved = limen_explained_surface (explanation, TRUE);
  LimenExplainView view = {explanation, map, LIMEN_EXPLAIN_LIKELY, NULL, seen, moved, 0.8};
  limen_explain_view_draw (&view, cr, with, width, height);
  cairo_surface_destroy (seen);
  cairo_surface_destroy (moved);
}

static const LimenReference plots[] = {
    {"explain-picture", draw_sheet, {1700, 950, 1000}},
    {"explain-picture-plain", draw_without_flow, {900, 640, 900}},
    {"explain-view", draw_view, {460, 560, 900}},
};

int
main (int argc, char **argv)
{
  return limen_references_run (argc, argv, plots, G_N_ELEMENTS (plots));
}
