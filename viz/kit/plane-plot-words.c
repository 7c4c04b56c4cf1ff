/* Names on the latent plane give way to edges, lines and each other. */
#include "viz/kit/plane-plot-private.h"

#include <math.h>

#define HANDLE 0.95 /* em: radius of one that is held */

static void
add_contour_ink (LimenPlaneLayout *layout, const LimenContour *line)
{
  const LimenFrame *frame = &layout->frame;
  for (guint i = 0; i + 1 < line->n; i++) {
    const double *z = &line->z[2 * i];
    limen_places_add_segment (layout->places, limen_axis_to_pixel (&frame->x, z[0]),
                              limen_axis_to_pixel (&frame->y, z[1]),
                              limen_axis_to_pixel (&frame->x, z[2]),
                              limen_axis_to_pixel (&frame->y, z[3]));
  }
}

static void
add_ellipse_ink (LimenPlaneLayout *layout, const LimenPlaneEllipse *ellipse)
{
  double centre[2], half[2][2], before[2];
  if (!limen_plane_ellipse_axes (&layout->frame, ellipse->gaussian, ellipse->radius, centre, half))
    return;
  for (int i = 0; i <= 64; i++) {
    double c = cos (2 * G_PI * i / 64), s = sin (2 * G_PI * i / 64);
    double at[2] = {centre[0] + c * half[0][0] + s * half[1][0],
                    centre[1] + c * half[0][1] + s * half[1][1]};
    if (i > 0)
      limen_places_add_segment (layout->places, before[0], before[1], at[0], at[1]);
    before[0] = at[0];
    before[1] = at[1];
  }
}

static void
add_points_ink (LimenPlaneLayout *layout, const LimenPlanePoints *points)
{
  LimenPointScale scale = limen_plane_point_scale (points, &layout->frame, layout->style);
  double x, y;
  for (guint i = 0; i < points->n; i++) {
    double radius = limen_plane_point_radius (points, &scale, i);
    if (!limen_line_place (&layout->frame, points->z[2 * i], points->z[2 * i + 1], &x, &y))
      continue;
    LimenRect dot = {x - radius, y - radius, 2 * radius, 2 * radius};
    limen_places_add_rect (layout->places, &dot);
  }
}

static void
add_ink (LimenPlaneLayout *layout)
{
  const LimenPlanePlot *plot = layout->plot;
  for (int i = 0; i < 2 && layout->contours[i]; i++)
    for (guint k = 0; k < layout->contours[i]->len; k++)
      add_contour_ink (layout, &g_array_index (layout->contours[i], LimenContour, k));
  for (guint i = 0; i < plot->n_ellipses; i++)
    add_ellipse_ink (layout, &plot->ellipse[i]);
  for (guint i = 0; i < plot->n_points; i++)
    add_points_ink (layout, &plot->points[i]);
  for (guint i = 0; i < plot->n_handles; i++) {
    double x, y, reach = HANDLE * layout->style->font_size;
    const double *z = &plot->handle[2 * i];
    if (limen_line_place (&layout->frame, z[0], z[1], &x, &y)) {
      LimenRect disc = {x - reach, y - reach, 2 * reach, 2 * reach};
      limen_places_add_rect (layout->places, &disc);
    }
  }
}

/* Around its place, in rings, that of least cost: pixels away and lines covered. */
static void
place_label (LimenPlaneLayout *layout, const LimenPlaneLabel *label)
{
  const LimenRect *area = &layout->frame.plot;
  double em = layout->style->font_size, x, y, least = INFINITY;
  LimenText text = {.colour = label->colour, .bold = TRUE, .size = 1};
  if (!label->text || !limen_line_place (&layout->frame, label->z[0], label->z[1], &x, &y))
    return;
  LimenRect best, rect = limen_text_rect (layout->style, &text, label->text, 0, 0);
  double right = area->x + area->width - rect.width - 3;
  double bottom = area->y + area->height - rect.height - 2;
  if (right < area->x + 3 || bottom < area->y + 2)
    return;
  for (double away = 0; away < 10 * em && away < least; away += 0.5 * em)
    for (int k = 0; k < (away > 0 ? 16 : 1); k++) {
      rect.x = CLAMP (x - rect.width / 2 + away * cos (G_PI * k / 8), area->x + 3, right);
      rect.y = CLAMP (y - rect.height / 2 - away * sin (G_PI * k / 8), area->y + 2, bottom);
      double moved = hypot (rect.x + rect.width / 2 - x, rect.y + rect.height / 2 - y);
      double cost = moved + 0.35 * limen_places_cover (layout->places, &rect);
      if (cost < least && limen_places_is_free (layout->places, &rect)) {
        least = cost;
        best = rect;
      }
    }
  if (isfinite (least))
    limen_places_add_label (layout->places, &text, label->text, &best);
}

void
limen_plane_layout_place_words (LimenPlaneLayout *layout)
{
  const LimenPlanePlot *plot = layout->plot;
  double em = layout->style->font_size;
  LimenChartHeader header = limen_plane_header (plot, layout->style, layout->width, layout->height);
  limen_chart_header_place (&header, layout->places, layout->style, layout->width);
  if (limen_plane_has_foot (plot, layout->style, layout->height)) {
    LimenText text = {.colour = LIMEN_COLOUR_DIM,
                      .size = 1,
                      .max_width = fmax (layout->width - 2.4 * em, 1),
                      .align_y = 1};
    limen_places_add_text (layout->places, &text, plot->foot, 1.2 * em, layout->height - 0.6 * em);
  }
  add_ink (layout);
  for (guint i = 0; i < plot->n_labels; i++)
    place_label (layout, &plot->label[i]);
}
