#include "tests/model/gaussian-answers.h"
#include "pixels.h"
#include "model/base/random.h"
#include "viz/bound/bound-plot.h"
#include "viz/bound/merge-plot-private.h"

#include <cairo-svg.h>
#include <string.h>

static const LimenChartStyle style = {LIMEN_SCHEME_LIGHT, "sans-serif", 12};
static const int sizes[][2] = {{260, 180}, {430, 300}, {617, 395}, {1600, 1000}};

/* --- Studies: the case of the first start, under three proposals --- */

static const LimenProposalKind usual[] = {LIMEN_PROPOSAL_OWN, LIMEN_PROPOSAL_MOMENTS,
                                          LIMEN_PROPOSAL_ELBO};

/* With estimates around the exact values, as many as @draws. */
static LimenBoundStudy *
study_of (const LimenProposalKind *kind, guint n, guint draws)
{
  g_autoptr (LimenGaussianCase) gaussian_case = limen_gaussian_case_example ();
  LimenBoundStudy *study = limen_bound_study_new_gaussian (gaussian_case, kind, n);
  LimenRandom random = limen_random_stream (8, "dots", 0);
  for (guint i = 0; i < n; i++)
    for (guint d = 0; d < LIMEN_BOUND_N_DOTS; d++)
      for (guint k = 0; k < draws; k++)
        limen_running_mean_add (&study->proposal[i].estimate[d],
                                limen_bound_study_value (study, i, limen_bound_dots[d]) +
                                    0.1 * limen_random_normal (&random));
  return study;
}

/* More than two latent variables: nothing but estimates. */
static LimenBoundStudy *
estimates_only (void)
{
  LimenBoundStudy *study = limen_bound_study_new (NAN);
  limen_bound_study_add (study, "encoder", NULL, NULL, NAN, NAN);
  for (guint d = 0; d < LIMEN_BOUND_N_DOTS; d++)
    for (int k = -1; k <= 1; k++)
      limen_running_mean_add (&study->proposal[0].estimate[d],
                              -90 - 5 / sqrt (limen_bound_dots[d]) + k);
  return study;
}

static cairo_surface_t *
draw (const LimenLinePlot *plot, LimenScheme scheme, int width, int height)
{
  const LimenChartStyle with = {scheme, "sans-serif", 12};
  cairo_t *cr;
  cairo_surface_t *surface = new_picture (width, height, &cr);
  limen_line_plot_draw (plot, cr, &with, width, height);
  finish_picture (surface, cr);
  return surface;
}

/* --- The bound --- */

static void
test_curves_are_the_exact_bound (void)
{
  LimenBoundStudy *study = study_of (usual, 3, 10);
  g_autoptr (LimenBoundPlot) plot = limen_bound_plot_new (study);
  g_assert_cmpuint (plot->bound.n_lines, ==, 3);
  g_assert_cmpfloat (plot->bound.x.low, ==, 1);
  g_assert_cmpfloat (plot->bound.x.high, ==, LIMEN_BOUND_MOST_K);
  g_assert_cmpfloat (plot->bound.level[0].y, ==, study->log_evidence);
  g_assert_cmpstr (plot->bound.level[0].name, ==, "log p(x) = −3.1720");
  for (guint i = 0; i < 3; i++) {
    const LimenLine *line = &plot->bound.line[i];
    g_assert_cmpstr (line->name, ==, study->proposal[i].name);
    g_assert_cmpint (line->colour, ==, limen_bound_colour (i));
    g_assert_cmpint (line->kind, ==, LIMEN_LINE_EXACT);
    g_assert_cmpfloat (line->x[0], ==, 1);
    g_assert_cmpfloat (line->x[line->n - 1], ==, LIMEN_BOUND_MOST_K);
    for (guint k = 0; k < line->n; k++)
      g_assert_cmpfloat_with_epsilon (line->y[k], limen_bound_study_value (study, i, line->x[k]),
                                      1e-9);
    const LimenDots *dots = &plot->bound.dots[i];
    g_assert_cmpuint (dots->n, ==, LIMEN_BOUND_N_DOTS);
    for (guint d = 0; d < dots->n; d++) {
      LimenEstimate estimate = limen_running_mean_estimate (&study->proposal[i].estimate[d]);
      g_assert_cmpfloat (dots->x[d], ==, limen_bound_dots[d]);
      g_assert_cmpfloat (dots->y[d], ==, estimate.mean);
      g_assert_cmpfloat (dots->error[d], ==, 2 * estimate.standard_error);
    }
  }
  /* the plot needs the study no more */
  limen_bound_study_free (study);
  cairo_surface_destroy (draw (&plot->bound, LIMEN_SCHEME_LIGHT, 617, 395));
  cairo_surface_destroy (draw (&plot->gap, LIMEN_SCHEME_DARK, 617, 395));
}

static void
test_colours_are_those_of_the_design (void)
{
  g_assert_cmpint (limen_bound_colour (0), ==, LIMEN_COLOUR_FIRST);
  g_assert_cmpint (limen_bound_colour (1), ==, LIMEN_COLOUR_SECOND);
  g_assert_cmpint (limen_bound_colour (2), ==, LIMEN_COLOUR_REST);
  g_autoptr (LimenBoundStudy) study = study_of (usual, 3, 0);
  g_autoptr (LimenBoundPlot) plot = limen_bound_plot_new (study);
  for (LimenScheme scheme = 0; scheme < LIMEN_N_SCHEMES; scheme++) {
    const LimenChartStyle with = {scheme, "sans-serif", 12};
    LimenFrame frame = limen_line_plot_frame (&plot->bound, &with, 617, 395);
    cairo_surface_t *surface = draw (&plot->bound, scheme, 617, 395);
    for (guint i = 0; i < 3; i++) {
      double x = limen_axis_to_pixel (&frame.x, 1.3);
      double y = limen_axis_to_pixel (&frame.y, limen_bound_study_value (study, i, 1.3));
      g_assert_cmpuint (count_around (surface, x, y, 4, colour_of (scheme, limen_bound_colour (i))),
                        >=, 3);
    }
    cairo_surface_destroy (surface);
    limen_frame_clear (&frame);
  }
}

/* Pixels below the evidence, of 395. */
static double
depth (const LimenBoundStudy *study, guint index, double k)
{
  g_autoptr (LimenBoundPlot) plot = limen_bound_plot_new (study);
  LimenFrame frame = limen_line_plot_frame (&plot->bound, &style, 617, 395);
  double level = limen_axis_to_pixel (&frame.y, study->log_evidence);
  double y = limen_axis_to_pixel (&frame.y, limen_bound_study_value (study, index, k));
  limen_frame_clear (&frame);
  return y - level;
}

/* A bad proposal begins far below; it is all to be seen, and so is what the others do. */
static void
test_a_bad_beginning_does_not_flatten_the_rest (void)
{
  static const LimenProposalKind kinds[] = {LIMEN_PROPOSAL_PRIOR, LIMEN_PROPOSAL_MOMENTS,
                                            LIMEN_PROPOSAL_ELBO};
  g_autoptr (LimenBoundStudy) study = study_of (kinds, 3, 0);
  g_autoptr (LimenBoundStudy) ordinary = study_of (usual, 3, 0);
  g_assert_cmpfloat (study->proposal[0].elbo, <, -6.9);
  g_assert_cmpfloat (depth (study, 0, 1), >, 200);
  g_assert_cmpfloat (depth (study, 0, 1), <, 330);
  g_assert_cmpfloat (depth (study, 1, 1), >, 50);
  g_assert_cmpfloat (depth (study, 0, 10), >, 12);
  g_assert_cmpfloat (depth (study, 2, 10), >, 10);
  /* where there is no need for it, the axis is a plain one */
  g_autoptr (LimenBoundPlot) plot = limen_bound_plot_new (ordinary);
  g_assert_true (plot->bound.y.scale == &limen_scale_linear);
}

/* From the prior to the posterior in small steps: the axis goes with it without a jump, and in the
 * end, when the axis stands still, the curve is seen to rise onto the evidence. */
static void
test_axis_follows_a_drag_without_a_jump (void)
{
  g_autoptr (LimenGaussianCase) gaussian_case = limen_gaussian_case_example ();
  const LimenGaussianModel *model = gaussian_case->model;
  g_autoptr (LimenGaussian) from =
      limen_gaussian_case_proposal (gaussian_case, LIMEN_PROPOSAL_PRIOR);
  g_autoptr (LimenGaussian) to =
      limen_gaussian_case_proposal (gaussian_case, LIMEN_PROPOSAL_POSTERIOR);
  static const double ks[] = {1, 3, 10, 100};
  double last[G_N_ELEMENTS (ks)];
  for (int step = 0; step <= 100; step++) {
    LimenGaussian *q = limen_gaussian_between (from, to, step / 100.0);
    g_autoptr (LimenBoundStudy) study =
        limen_bound_study_new (gaussian_log_evidence (model, gaussian_case->x));
    limen_bound_study_add (study, "proposal", q,
                           gaussian_importance_bound (model, gaussian_case->x, q),
                           gaussian_elbo (model, gaussian_case->x, q),
                           gaussian_weight_variance (model, gaussian_case->x, q));
    for (guint i = 0; i < G_N_ELEMENTS (ks); i++) {
      double now = depth (study, 0, ks[i]);
      if (step > 0)
        g_assert_cmpfloat (fabs (now - last[i]), <, (step < 80 ? 2 : 45));
      last[i] = now;
    }
  }
  g_assert_cmpfloat (fabs (last[0]), <, 0.5);
}

/* --- The gap --- */

static const LimenLine *
find_line (const LimenLinePlot *plot, LimenColour colour, LimenLineKind kind)
{
  for (guint i = 0; i < plot->n_lines; i++)
    if (plot->line[i].colour == colour && plot->line[i].kind == kind)
      return &plot->line[i];
  return NULL;
}

static void
test_gaps_and_their_law (void)
{
  g_autoptr (LimenBoundStudy) study = study_of (usual, 3, 0);
  g_autoptr (LimenBoundPlot) plot = limen_bound_plot_new (study);
  g_assert_true (plot->gap.x.scale == &limen_scale_log && plot->gap.y.scale == &limen_scale_log);
  for (guint i = 0; i < 3; i++) {
    const LimenLine *line = find_line (&plot->gap, limen_bound_colour (i), LIMEN_LINE_EXACT);
    const LimenLine *law = find_line (&plot->gap, limen_bound_colour (i), LIMEN_LINE_REFERENCE);
    for (guint k = 0; k < line->n; k++) {
      double gap = study->log_evidence - limen_bound_study_value (study, i, line->x[k]);
      g_assert_cmpfloat_with_epsilon (line->y[k], gap, 1e-9);
      g_assert_cmpfloat (line->y[k], >=, plot->gap.y.low);
      g_assert_cmpfloat (line->y[k], <=, plot->gap.y.high);
    }
    g_assert_cmpint (law != NULL, ==, i < 2); /* the variance of the third is infinite */
    for (guint k = 0; law && k < law->n; k++)
      g_assert_cmpfloat_with_epsilon (law->y[k],
                                      study->proposal[i].weight_variance / (2 * law->x[k]), 1e-12);
  }
  g_assert_null (find_line (&plot->gap, LIMEN_COLOUR_FIRST, LIMEN_LINE_REFERENCE)->name);
  g_assert_nonnull (strstr (plot->gap.note, "dashed: Var(w) / 2K p²"));
  g_assert_null (find_line (&plot->gap, LIMEN_COLOUR_SECOND, LIMEN_LINE_REFERENCE)->name);
  g_assert_cmpstr (find_line (&plot->gap, LIMEN_COLOUR_REST, LIMEN_LINE_EXACT)->name, ==,
                   "slope −0.57: Var(w) = ∞");
  g_assert_null (plot->gap.badge);
}

static void
test_a_tight_bound_says_so (void)
{
  static const LimenProposalKind tight[] = {LIMEN_PROPOSAL_POSTERIOR, LIMEN_PROPOSAL_MOMENTS};
  g_autoptr (LimenBoundStudy) alone = study_of (tight, 1, 3);
  g_autoptr (LimenBoundStudy) two = study_of (tight, 2, 3);
  g_autoptr (LimenBoundPlot) plot = limen_bound_plot_new (alone);
  g_assert_cmpstr (plot->gap.badge, ==, "tight for every K");
  for (guint i = 0; i < plot->gap.n_lines; i++)
    for (guint k = 0; k < plot->gap.line[i].n; k++)
      g_assert_true (isnan (plot->gap.line[i].y[k]));
  g_assert_cmpfloat (plot->bound.y.high - plot->bound.y.low, >, 0.1);
  for (guint s = 0; s < G_N_ELEMENTS (sizes); s++) {
    LimenRect all = {0, 0, sizes[s][0], sizes[s][1]};
    cairo_surface_t *surface = draw (&plot->gap, LIMEN_SCHEME_LIGHT, sizes[s][0], sizes[s][1]);
    g_assert_cmpuint (
        count_pixels (surface, &all, colour_of (LIMEN_SCHEME_LIGHT, LIMEN_COLOUR_FIRST)), ==, 0);
    g_assert_cmpuint (
        count_pixels (surface, &all, colour_of (LIMEN_SCHEME_LIGHT, LIMEN_COLOUR_INK)), >, 20);
    cairo_surface_destroy (surface);
  }
  g_autoptr (LimenBoundPlot) beside = limen_bound_plot_new (two);
  g_assert_cmpstr (beside->gap.badge, ==, "exact posterior: tight for every K");
}

static void
test_estimates_alone_are_dots (void)
{
  g_autoptr (LimenBoundStudy) study = estimates_only ();
  g_autoptr (LimenBoundPlot) plot = limen_bound_plot_new (study);
  g_assert_cmpuint (plot->bound.n_levels, ==, 0);
  g_assert_cmpuint (plot->bound.line[0].n, ==, 0);
  g_assert_cmpstr (plot->bound.line[0].name, ==, "encoder");
  g_assert_nonnull (strstr (plot->gap.badge, "not known"));
  LimenFrame frame = limen_line_plot_frame (&plot->bound, &style, 617, 395);
  cairo_surface_t *surface = draw (&plot->bound, LIMEN_SCHEME_LIGHT, 617, 395);
  g_assert_true (plot->bound.y.scale == &limen_scale_linear);
  for (guint d = 0; d < LIMEN_BOUND_N_DOTS; d++) {
    const LimenDots *dots = &plot->bound.dots[0];
    g_assert_cmpfloat (dots->y[d] + dots->error[d], <, plot->bound.y.high);
    g_assert_cmpfloat (dots->y[d] - dots->error[d], >, plot->bound.y.low);
    double y = limen_axis_to_pixel (&frame.y, plot->bound.dots[0].y[d]);
    g_assert_cmpfloat (y, >, frame.plot.y);
    g_assert_cmpfloat (y, <, frame.plot.y + frame.plot.height);
    g_assert_cmpuint (count_around (surface, limen_axis_to_pixel (&frame.x, limen_bound_dots[d]), y,
                                    5, colour_of (LIMEN_SCHEME_LIGHT, LIMEN_COLOUR_FIRST)),
                      >=, 2);
  }
  cairo_surface_destroy (surface);
  limen_frame_clear (&frame);
}

static void
test_first_estimates_and_none (void)
{
  g_autoptr (LimenBoundStudy) empty = limen_bound_study_new (NAN);
  g_autoptr (LimenBoundStudy) one = study_of (usual, 1, 1);
  g_autoptr (LimenBoundPlot) nothing = limen_bound_plot_new (empty);
  g_autoptr (LimenBoundPlot) first = limen_bound_plot_new (one);
  g_assert_true (isnan (first->bound.dots[0].error[0])); /* of one draw there is none */
  for (int size = 1; size < 400; size += 57) {
    cairo_surface_destroy (draw (&nothing->bound, LIMEN_SCHEME_LIGHT, size, size));
    cairo_surface_destroy (draw (&nothing->gap, LIMEN_SCHEME_LIGHT, size, size));
    cairo_surface_destroy (draw (&first->bound, LIMEN_SCHEME_LIGHT, size, size));
  }
}

/* Wherever the line for K stands, no word lies under it. */
static void
test_words_keep_off_the_line_for_k (void)
{
  g_autoptr (LimenBoundStudy) study = study_of (usual, 3, 0);
  g_autoptr (LimenBoundPlot) plot = limen_bound_plot_new (study);
  const LimenLinePlot *const both[] = {&plot->bound, &plot->gap};
  for (guint p = 0; p < 2; p++)
    for (double k = 1; k <= LIMEN_BOUND_MOST_K; k *= 1.25) {
      LimenBoundMarked memory;
      LimenLinePlot marked = limen_bound_marked (both[p], k, &memory);
      g_autoptr (LimenLineLayout) layout = limen_line_layout_new (&marked, &style, 620, 330);
      double x = limen_axis_to_pixel (&layout->frame.x, k);
      const LimenRect *area = &layout->frame.plot;
      for (guint i = 0; i < limen_places_n_labels (layout->places); i++) {
        const LimenRect *word = &limen_places_label (layout->places, i)->rect;
        if (word->y < area->y || word->y + word->height > area->y + area->height)
          continue;
        g_assert_true (x < word->x || x > word->x + word->width);
      }
    }
}

/* --- Merges --- */

#define LEAVES (1u << (LIMEN_MERGE_LEVELS - 1))
static const double leaves[8] = {-3, -2, -4, -3.5, -400, -2.5, -3, -INFINITY};
static double merged[LIMEN_MERGE_LEVELS][LEAVES];

static LimenMergePlot
merge_of (guint n, gboolean infinite)
{
  LimenMergePlot plot = {"Why it rises", {NULL}, n, -2.7, "log p(x)"};
  for (guint i = 0; i < LEAVES; i++)
    merged[0][i] = leaves[i % 8] - (i >= 8 ? 0.1 : 0);
  if (!infinite)
    for (guint i = 7; i < LEAVES; i += 8)
      merged[0][i] = -5;
  for (guint level = 0; level < LIMEN_MERGE_LEVELS; level++) {
    plot.value[level] = merged[level];
    if (level > 0) {
      memcpy (merged[level], merged[level - 1], sizeof merged[level]);
      limen_merge_pairs (merged[level], n >> (level - 1));
    }
  }
  return plot;
}

static cairo_surface_t *
draw_merge (const LimenMergePlot *plot, LimenScheme scheme, int width, int height)
{
  const LimenChartStyle with = {scheme, "sans-serif", 12};
  cairo_t *cr;
  cairo_surface_t *surface = new_picture (width, height, &cr);
  limen_merge_plot_draw (plot, cr, &with, width, height);
  finish_picture (surface, cr);
  return surface;
}

static void
test_means_of_merges_rise_and_are_seen_to (void)
{
  LimenMergePlot plot = merge_of (LEAVES, FALSE);
  for (guint s = 0; s < G_N_ELEMENTS (sizes); s++) {
    LimenFrame frame = limen_merge_frame (&plot, &style, sizes[s][0], sizes[s][1]);
    cairo_surface_t *surface = draw_merge (&plot, LIMEN_SCHEME_LIGHT, sizes[s][0], sizes[s][1]);
    double last = INFINITY;
    for (guint level = 0; level < LIMEN_MERGE_LEVELS; level++) {
      double y = limen_axis_to_pixel (&frame.y, limen_merge_mean (&plot, level));
      g_assert_cmpfloat (y, <=, last);
      g_assert_cmpfloat (y, <, frame.plot.y + frame.plot.height);
      double half = 0.25 * frame.plot.width / LIMEN_MERGE_LEVELS;
      LimenRect bar = {limen_merge_x (&frame, level) - half, y - 3, 2 * half, 6};
      g_assert_cmpuint (
          count_pixels (surface, &bar, colour_of (LIMEN_SCHEME_LIGHT, LIMEN_COLOUR_FIRST)), >,
          0.6 * half); /* less the mark in its middle */
      last = y;
    }
    cairo_surface_destroy (surface);
    limen_frame_clear (&frame);
  }
}

/* Bluish pixels just above the lower edge of the plot area, in the column of @level. */
static guint
at_the_edge (cairo_surface_t *surface, const LimenFrame *frame, guint level)
{
  double half = 0.22 * frame->plot.width / LIMEN_MERGE_LEVELS, x = limen_merge_x (frame, level);
  guint n = 0;
  for (double y = frame->plot.y + frame->plot.height - 6;
       y < frame->plot.y + frame->plot.height - 1; y++)
    for (double at = x - half; at < x + half; at++) {
      guint32 pixel = pixel_at (surface, at, y);
      n += (pixel & 255) > (pixel >> 16) + 90;
    }
  return n;
}

static void
test_what_lies_far_below_is_marked_at_the_edge (void)
{
  LimenMergePlot plot = merge_of (LEAVES, FALSE), calm = plot;
  static double near[LEAVES];
  for (guint i = 0; i < LEAVES; i++)
    near[i] = -3 - 0.25 * (i % 5);
  LimenFrame frame = limen_merge_frame (&plot, &style, 430, 300);
  g_assert_cmpfloat (frame.y.low, >, -399);
  cairo_surface_t *surface = draw_merge (&plot, LIMEN_SCHEME_LIGHT, 430, 300);
  g_assert_cmpuint (at_the_edge (surface, &frame, 0), >, 8);
  cairo_surface_destroy (surface);
  limen_frame_clear (&frame);
  for (guint level = 0; level < LIMEN_MERGE_LEVELS; level++)
    calm.value[level] = near;
  surface = draw_merge (&calm, LIMEN_SCHEME_LIGHT, 430, 300);
  frame = limen_merge_frame (&calm, &style, 430, 300);
  g_assert_cmpuint (at_the_edge (surface, &frame, 0), ==, 0);
  cairo_surface_destroy (surface);
  limen_frame_clear (&frame);
}

static gboolean
says (const LimenMergePlot *plot, double width, double height, const char *words)
{
  LimenFrame frame = limen_merge_frame (plot, &style, width, height);
  g_autoptr (LimenPlaces) places = limen_merge_words (plot, &frame, &style, width, height);
  gboolean found = FALSE;
  for (guint i = 0; i < limen_places_n_labels (places); i++)
    found |= strstr (limen_places_label (places, i)->string, words) != NULL;
  limen_frame_clear (&frame);
  return found;
}

/* The mean of one draw may lie above log p(x): it is called one draw, and the exact value, which
 * does not, is drawn and named beside it. */
static void
test_one_draw_is_called_one_and_exact_means_are_lines (void)
{
  static const double exact[LIMEN_MERGE_LEVELS] = {-3.4, -3.1, -2.95, -2.85, -2.8, -2.75};
  LimenMergePlot plot = merge_of (LEAVES, FALSE);
  g_assert_false (says (&plot, 520, 300, "exact"));
  plot.level = -3.3; /* below the last means of this draw */
  plot.exact = exact;
  g_assert_cmpfloat (limen_merge_mean (&plot, LIMEN_MERGE_LEVELS - 1), >, plot.level);
  g_assert_true (says (&plot, 330, 300, "one draw"));
  g_assert_true (says (&plot, 330, 300, "exact"));
  g_assert_true (says (&plot, 330, 300, "mean"));
  g_assert_true (says (&plot, 520, 300, "K = 32"));
  cairo_surface_t *surface = draw_merge (&plot, LIMEN_SCHEME_LIGHT, 520, 300);
  LimenFrame frame = limen_merge_frame (&plot, &style, 520, 300);
  for (guint level = 0; level < LIMEN_MERGE_LEVELS; level++) {
    double half = 0.38 * frame.plot.width / LIMEN_MERGE_LEVELS;
    LimenRect line = {limen_merge_x (&frame, level) - half,
                      limen_axis_to_pixel (&frame.y, exact[level]) - 3, 2 * half, 6};
    g_assert_cmpuint (
        count_pixels (surface, &line, colour_of (LIMEN_SCHEME_LIGHT, LIMEN_COLOUR_FIRST)), >,
        3 * half);
  }
  cairo_surface_destroy (surface);
  limen_frame_clear (&frame);
}

static void
test_merges_of_nothing_and_in_no_room (void)
{
  LimenMergePlot infinite = merge_of (LEAVES, TRUE), none = {NULL, {NULL}, 0, NAN, NULL};
  for (LimenScheme scheme = 0; scheme < LIMEN_N_SCHEMES; scheme++)
    for (int size = 1; size < 500; size += 53) {
      cairo_surface_destroy (draw_merge (&infinite, scheme, size, 500 - size));
      cairo_surface_destroy (draw_merge (&none, scheme, size, size));
    }
  for (int width = 60; width < 900; width += 70)
    for (int height = 40; height < 500; height += 46) {
      LimenFrame frame = limen_merge_frame (&infinite, &style, width, height);
      g_autoptr (LimenPlaces) places = limen_merge_words (&infinite, &frame, &style, width, height);
      for (guint i = 0; i < limen_places_n_labels (places); i++) {
        const LimenRect *rect = &limen_places_label (places, i)->rect;
        g_assert_true (rect->x >= 0 && rect->y >= 0 && rect->x + rect->width <= width &&
                       rect->y + rect->height <= height);
      }
      if (width >= 200 && height >= 132) /* title, columns */
        g_assert_cmpuint (limen_places_n_labels (places), >=, 1 + LIMEN_MERGE_LEVELS);
      limen_frame_clear (&frame);
    }
}

/* --- The picture --- */

static void
draw_picture (LimenBoundPicture *picture, int width, int height, guint *hand)
{
  cairo_t *cr;
  cairo_surface_t *surface = new_picture (width, height, &cr);
  LimenRect all = {0, 0, width, height};
  limen_bound_picture_draw (cr, width, height, picture);
  finish_picture (surface, cr);
  *hand = count_pixels (surface, &all, colour_of (picture->scheme, LIMEN_COLOUR_HAND));
  g_assert_cmphex (pixel_at (surface, width - 1, 0), ==,
                   colour_of (picture->scheme, LIMEN_COLOUR_PAPER));
  cairo_surface_destroy (surface);
}

static void
test_picture_has_all_that_there_is (void)
{
  g_autoptr (LimenBoundStudy) study = study_of (usual, 3, 20);
  g_autoptr (LimenBoundPlot) plot = limen_bound_plot_new (study);
  const LimenPlaneEllipse ellipse = {study->proposal[0].q, 1, LIMEN_COLOUR_SECOND,
                                     LIMEN_LINE_EXACT};
  LimenPlanePlot plane = {.title = "Latent plane",
                          .low = {-1, -2},
                          .high = {3, 2},
                          .ellipse = &ellipse,
                          .n_ellipses = 1};
  LimenMergePlot merge = merge_of (LEAVES, FALSE);
  g_autofree char *sentence = limen_bound_study_sentence (study, 50);
  g_autofree char *contest = limen_bound_study_contest (study);
  static const int pictures[][2] = {{1040, 800}, {360, 1100}, {1600, 1000}, {420, 300}, {900, 300}};
  for (guint i = 0; i < 4 * G_N_ELEMENTS (pictures); i++) {
    guint marked, unmarked;
    LimenBoundPicture picture = {(LimenScheme)(i % LIMEN_N_SCHEMES),
                                 i % 2 ? sentence : NULL,
                                 i % 3 ? contest : NULL,
                                 plot,
                                 i & 1 ? &plane : NULL,
                                 i & 2 ? &merge : NULL,
                                 50,
                                 limen_bound_study_value (study, 0, 50)};
    draw_picture (&picture, pictures[i / 4][0], pictures[i / 4][1], &marked);
    picture.k = NAN;
    draw_picture (&picture, pictures[i / 4][0], pictures[i / 4][1], &unmarked);
    g_assert_cmpuint (marked, >, unmarked + 500);
    picture.k = 50;
    picture.value = NAN; /* no handle: the line alone, and none in the plot of the gap */
    draw_picture (&picture, pictures[i / 4][0], pictures[i / 4][1], &unmarked);
    g_assert_cmpuint (unmarked, >, 500);
  }
}

static void
test_picture_can_be_a_vector_and_tiny (void)
{
  g_autoptr (LimenBoundStudy) study = estimates_only ();
  g_autoptr (LimenBoundPlot) plot = limen_bound_plot_new (study);
  LimenBoundPicture picture = {LIMEN_SCHEME_LIGHT, "A sentence.", NULL, plot, NULL, NULL, 50, NAN};
  cairo_surface_t *svg = cairo_svg_surface_create (NULL, 900, 700);
  cairo_t *cr = cairo_create (svg);
  limen_bound_picture_draw (cr, 900, 700, &picture);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_destroy (svg);
  for (int size = 1; size < 300; size += 37) {
    guint hand;
    draw_picture (&picture, size, size, &hand);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/bound-plot/curves-are-the-exact-bound", test_curves_are_the_exact_bound);
  g_test_add_func ("/bound-plot/colours-are-those-of-the-design",
                   test_colours_are_those_of_the_design);
  g_test_add_func ("/bound-plot/a-bad-beginning-does-not-flatten-the-rest",
                   test_a_bad_beginning_does_not_flatten_the_rest);
  g_test_add_func ("/bound-plot/axis-follows-a-drag-without-a-jump",
                   test_axis_follows_a_drag_without_a_jump);
  g_test_add_func ("/bound-plot/gaps-and-their-law", test_gaps_and_their_law);
  g_test_add_func ("/bound-plot/a-tight-bound-says-so", test_a_tight_bound_says_so);
  g_test_add_func ("/bound-plot/estimates-alone-are-dots", test_estimates_alone_are_dots);
  g_test_add_func ("/bound-plot/first-estimates-and-none", test_first_estimates_and_none);
  g_test_add_func ("/bound-plot/means-of-merges-rise-and-are-seen-to",
                   test_means_of_merges_rise_and_are_seen_to);
  g_test_add_func ("/bound-plot/what-lies-far-below-is-marked-at-the-edge",
                   test_what_lies_far_below_is_marked_at_the_edge);
  g_test_add_func ("/bound-plot/words-keep-off-the-line-for-k", test_words_keep_off_the_line_for_k);
  g_test_add_func ("/bound-plot/one-draw-is-called-one-and-exact-means-are-lines",
                   test_one_draw_is_called_one_and_exact_means_are_lines);
  g_test_add_func ("/bound-plot/merges-of-nothing-and-in-no-room",
                   test_merges_of_nothing_and_in_no_room);
  g_test_add_func ("/bound-plot/picture-has-all-that-there-is", test_picture_has_all_that_there_is);
  g_test_add_func ("/bound-plot/picture-can-be-a-vector-and-tiny",
                   test_picture_can_be_a_vector_and_tiny);
  return g_test_run ();
}
