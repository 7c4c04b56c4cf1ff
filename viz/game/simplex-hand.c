#include "viz/game/simplex-hand.h"
#include "viz/kit/chart.h"

#define LINE 0.105 /* width of an outline, of the radius */

/**
 * Bone: a finger, a thumb or a palm: a line with round ends
 * @width: of the whole shape, outline apart; all in radii, down and to the right of the middle
 */
typedef struct {
  double x0, y0, x1, y1, width;
} Bone;

/* All have the thumb at the left. */
#define PALM_AND_WRIST                                                                             \
  {-0.08, 0.3, 0.08, 0.3, 0.72},                                                                   \
  {                                                                                                \
    0, 0.5, 0, 0.82, 0.42                                                                          \
  }

static const Bone paper_hand[] = {PALM_AND_WRIST,
                                  {-0.24, 0.1, -0.42, -0.6, 0.19},
                                  {-0.08, 0, -0.14, -0.8, 0.19},
                                  {0.1, 0, 0.16, -0.76, 0.19},
                                  {0.27, 0.1, 0.44, -0.5, 0.18},
                                  {-0.22, 0.42, -0.7, -0.02, 0.2}};
static const Bone scissors_hand[] = {
    PALM_AND_WRIST, {-0.17, 0.1, -0.38, -0.78, 0.21}, {0.08, 0.1, 0.32, -0.78, 0.21}};
static const Bone rock_hand[] = {{-0.16, 0.05, 0.16, 0.05, 0.84}, {0, 0.4, 0, 0.82, 0.42}};

/* What is folded lies over the hand, each with an outline of its own, in this order. */
static const Bone scissors_folds[] = {
    {0.36, 0.02, 0.36, 0.24, 0.2}, {0.14, 0.02, 0.14, 0.24, 0.2}, {-0.34, 0.42, 0.12, 0.3, 0.22}};
static const Bone rock_folds[] = {{0.42, -0.34, 0.42, 0.04, 0.24},
                                  {-0.42, -0.38, -0.42, 0.0, 0.24},
                                  {0.15, -0.46, 0.15, 0.04, 0.26},
                                  {-0.14, -0.48, -0.14, 0.04, 0.26},
                                  {-0.5, 0.3, 0.06, 0.2, 0.24}};

typedef struct {
  const char *name;
  const Bone *hand;
  guint n_hand;
  const Bone *folds;
  guint n_folds;
} Hand;

static const Hand hands[] = {
    {"rock", rock_hand, G_N_ELEMENTS (rock_hand), rock_folds, G_N_ELEMENTS (rock_folds)},
    {"paper", paper_hand, G_N_ELEMENTS (paper_hand), NULL, 0},
    {"scissors", scissors_hand, G_N_ELEMENTS (scissors_hand), scissors_folds,
     G_N_ELEMENTS (scissors_folds)}};

static void
stroke_bones (cairo_t *cr, const Bone *bone, guint n, double wider, const LimenRgba *colour)
{
  cairo_set_source_rgba (cr, colour->red, colour->green, colour->blue, colour->alpha);
  for (guint i = 0; i < n; i++) {
    cairo_set_line_width (cr, bone[i].width + wider);
    limen_chart_line (cr, bone[i].x0, bone[i].y0, bone[i].x1, bone[i].y1);
    cairo_stroke (cr);
  }
}

/* The outline of all together: each a little wider in the colour of the line, then all filled. */
static void
draw_bones (cairo_t *cr, const Bone *bone, guint n, const LimenRgba *line, const LimenRgba *fill)
{
  stroke_bones (cr, bone, n, 2 * LINE, line);
  stroke_bones (cr, bone, n, 0, fill);
}

gboolean
limen_hand_draw (cairo_t *cr, const char *name, double x, double y, double radius,
                 const LimenRgba *line, const LimenRgba *fill)
{
  for (guint i = 0; i < G_N_ELEMENTS (hands); i++) {
    const Hand *hand = &hands[i];
    if (!g_str_equal (hand->name, name))
      continue;
    cairo_save (cr);
    cairo_translate (cr, x, y);
    cairo_scale (cr, radius, radius);
    cairo_set_dash (cr, NULL, 0, 0);
    cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
    draw_bones (cr, hand->hand, hand->n_hand, line, fill);
    for (guint k = 0; k < hand->n_folds; k++)
      draw_bones (cr, hand->folds + k, 1, line, fill);
    cairo_restore (cr);
    return TRUE;
  }
  return FALSE;
}
