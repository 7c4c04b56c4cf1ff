/* A plane for each runner of a race: what its encoder makes of points and where its prior is, or
 * what its decoder makes of the prior. */
#include "viz/kit/dot-stamps.h"
#include "viz/prior/race-plot-private.h"

#include <math.h>
#include <string.h>

#define LEFT_OUT 0.004 /* of the points, at either end: they do not make the plane larger */
#define MOST_OUT 40    /* nor more than this */
#define NAME_ROW 1.35  /* em */

static const LimenText foot_text = {.colour = LIMEN_COLOUR_DIM, .size = 1, .align_y = 1};

/* --- What is to be seen --- */

static void
take (LimenRaceLayout *layout, int axis, double low, double high)
{
  if (isfinite (low) && isfinite (high) && fmax (fabs (low), fabs (high)) < 1e12) {
    layout->low[axis] = fmin (layout->low[axis], low);
    layout->high[axis] = fmax (layout->high[axis], high);
  }
}

/* The largest of @sign times a coordinate when @k (< MOST_OUT) larger ones are left out. */
static double
outermost (const double *z, guint n, int axis, double sign, guint k)
{
  double largest[MOST_OUT];
  for (guint i = 0; i <= k; i++)
    largest[i] = -INFINITY;
  for (guint i = 0; i < n; i++) {
    double value = sign * z[2 * i + axis];
    if (!isfinite (value) || value <= largest[k])
      continue;
    guint at = k;
    for (; at > 0 && largest[at - 1] < value; at--)
      largest[at] = largest[at - 1];
    largest[at] = value;
  }
  return sign * largest[k];
}

static void
take_points (LimenRaceLayout *layout, const double *z, guint n)
{
  guint out = MIN ((guint)(LEFT_OUT * n + 0.5), MOST_OUT - 1);
  for (int axis = 0; axis < 2; axis++)
    take (layout, axis, outermost (z, n, axis, -1, out), outermost (z, n, axis, 1, out));
}

/* In whole steps: the plane does not crawl while what is on it does. */
static void
round_range (LimenRaceLayout *layout)
{
  for (int axis = 0; axis < 2; axis++) {
    if (!(layout->low[axis] <= layout->high[axis])) {
      layout->low[axis] = -2.5;
      layout->high[axis] = 2.5;
    }
    double size = fmax (layout->high[axis] - layout->low[axis], 1e-6);
    double step = pow (2, round (log2 (size / 8)));
    layout->low[axis] = step * floor (layout->low[axis] / step - 0.25);
    layout->high[axis] = step * ceil (layout->high[axis] / step + 0.25);
  }
}

static void
find_range (LimenRaceLayout *layout)
{
  const LimenRacePlot *plot = layout->plot;
  for (int axis = 0; axis < 2; axis++) {
    layout->low[axis] = INFINITY;
    layout->high[axis] = -INFINITY;
  }
  /* samples that lie far from the data are out of sight: the data stays as large as it was */
  if (plot->decoded && plot->n_data > 0)
    take_points (layout, plot->data, plot->n_data);
  for (guint r = 0; r < layout->n; r++) {
    const LimenRaceRunner *runner = &plot->runner[r];
    if (plot->decoded) {
      if (plot->n_data == 0)
        take_points (layout, runner->sample, runner->n_samples);
      continue;
    }
    take_points (layout, runner->mean, runner->n_points);
    for (int axis = 0; axis < 2; axis++) {
      double half = 2 * sqrt (runner->lambda2[axis]);
      take (layout, axis, runner->lambda1[axis] - half, runner->lambda1[axis] + half);
      take (layout, axis, -2, 2);
    }
  }
  round_range (layout);
}

/* --- Where planes are --- */

/* "log-derivative," and "mean baseline" */
static void
split_name (const char *name, char *part[2])
{
  const char *comma = strstr (name, ", ");
  part[0] = comma ? g_strndup (name, (gsize)(comma + 1 - name)) : g_strdup (name);
  part[1] = comma ? g_strdup (comma + 2) : NULL;
}

static LimenText
name_text (const LimenRaceLayout *layout, guint r)
{
  return (LimenText){.colour = limen_race_colour (r), .bold = TRUE, .size = 1, .align_x = 0.5};
}

/* One row where all names fit into @width; else two where they do in two parts; else one with
 * shortened names, or none on planes that have no room for even that. */
static guint
rows_for_names (const LimenRaceLayout *layout, double width)
{
  double whole = 0, halved = 0, em = layout->style->font_size;
  for (guint r = 0; r < layout->n; r++) {
    const char *name = layout->plot->runner[r].name;
    char *part[2];
    LimenText text = name_text (layout, r);
    if (!name)
      continue;
    whole = fmax (whole, limen_text_rect (layout->style, &text, name, 0, 0).width);
    split_name (name, part);
    for (int i = 0; i < 2; i++) {
      if (part[i])
        halved = fmax (halved, limen_text_rect (layout->style, &text, part[i], 0, 0).width);
      g_free (part[i]);
    }
  }
  if (layout->height < 9 * em || whole == 0)
    return 0;
  if (whole <= width)
    return 1;
  return halved <= width ? 2 : width > 8 * em ? 1 : 0;
}

static double
below_of (const LimenRaceLayout *layout)
{
  return layout->name_rows ? (0.35 + NAME_ROW * layout->name_rows) * layout->style->font_size : 0;
}

/* The first plane; the others have the same axes, those to the right without labels. */
static void
lay_out_beside (LimenRaceLayout *layout, const LimenRect *room)
{
  double em = layout->style->font_size, gap = 1.3 * em;
  LimenFrame *first = &layout->frame[0];
  LimenRect outer = *room;
  layout->name_rows = rows_for_names (layout, (room->width - 2.5 * em) / layout->n - gap);
  outer.height = fmax (room->height - below_of (layout), 1);
  /* how wide labels are is known when they are there */
  outer.width = room->width / layout->n;
  for (int round = 0; round < 8; round++) {
    limen_frame_clear (first);
    *first = limen_plane_frame (layout->style, &outer, layout->low, layout->high,
                                outer.x + outer.width + 0.4 * gap);
    double all = room->x + room->width - first->plot.x - gap * (layout->n - 1);
    double spare = all / layout->n - first->plot.width;
    if (spare >= 0 && (spare < 2 || round >= 3))
      break;
    outer.width = fmax (floor (outer.width + spare), 1);
  }
  for (guint r = 1; r < layout->n; r++) {
    double shift = r * (first->plot.width + gap);
    LimenFrame *frame = &layout->frame[r];
    *frame = *first;
    frame->plot.x += shift;
    frame->x.start += shift;
    frame->x.end += shift;
    frame->y_ticks = g_array_ref (first->y_ticks);
    frame->x_ticks = g_array_copy (first->x_ticks);
    for (guint i = 0; i < frame->x_ticks->len; i++)
      g_array_index (frame->x_ticks, LimenTick, i).pixel += shift;
  }
}

static void
lay_out_below (LimenRaceLayout *layout, const LimenRect *room)
{
  double em = layout->style->font_size, gap = 0.4 * em;
  layout->name_rows = rows_for_names (layout, room->width - 3 * em) ? 1 : 0;
  double cell = (room->height - gap * (layout->n - 1)) / layout->n;
  for (guint r = 0; r < layout->n; r++) {
    LimenRect outer = {room->x, room->y + r * (cell + gap), room->width,
                       fmax (cell - below_of (layout), 1)};
    layout->frame[r] =
        limen_plane_frame (layout->style, &outer, layout->low, layout->high, layout->width - 2);
  }
}

static LimenChartHeader
header_of (const LimenRaceLayout *layout)
{
  LimenChartHeader header = limen_chart_header (
      layout->style, layout->plot->title, layout->plot->note, NULL, layout->width, layout->height);
  header.note_right = TRUE;
  return header;
}

static void
lay_out_frames (LimenRaceLayout *layout)
{
  double em = layout->style->font_size, top = header_of (layout).bottom;
  double foot = layout->foot ? 1.9 * em : 0;
  LimenRect room = {em, top, fmax (layout->width - 2.2 * em, 1),
                    fmax (layout->height - top - foot - 0.5 * em, 1)};
  /* whichever gives the larger planes */
  double extra = 3.5 * em; /* labels and name */
  double beside = fmin (room.width / MAX (layout->n, 1), room.height - extra);
  double below = fmin (room.width, room.height / MAX (layout->n, 1) - extra);
  layout->beside = beside >= below;
  if (layout->n == 0)
    return;
  if (layout->beside)
    lay_out_beside (layout, &room);
  else
    lay_out_below (layout, &room);
}

/* --- Words --- */

static void
place_name (LimenRaceLayout *layout, guint r)
{
  const LimenRect *area = &layout->frame[r].plot;
  double em = layout->style->font_size, y = area->y + area->height + 1.9 * em;
  LimenText text = name_text (layout, r);
  char *part[2];
  if (layout->name_rows == 0 || !layout->plot->runner[r].name)
    return;
  split_name (layout->plot->runner[r].name, part);
  if (layout->name_rows == 1) { /* in one */
    g_free (part[0]);
    g_clear_pointer (&part[1], g_free);
    part[0] = g_strdup (layout->plot->runner[r].name);
  }
  text.max_width = area->width + 0.4 * em;
  for (int i = 0; i < 2; i++, y += NAME_ROW * em) {
    if (part[i])
      limen_places_add_text (layout->places, &text, part[i], area->x + area->width / 2, y);
    g_free (part[i]);
  }
}

static void
place_words (LimenRaceLayout *layout)
{
  static const char *const latent[] = {
      "Points: means of q(z|x). Ellipse: prior, 2 std, and the path of its mean. Dashed: N(0, I).",
      "Points: means of q(z|x). Ellipse: prior, 2 std. Dashed: N(0, I).",
      "Ellipse: prior, 2 std. Dashed: N(0, I).", "Ellipse: prior, 2 std.", NULL};
  static const char *const decoded[] = {"Grey: data. Colour: decoded samples of the prior.",
                                        "Grey: data. Colour: samples.", NULL};
  double em = layout->style->font_size;
  LimenChartHeader header = header_of (layout);
  limen_chart_header_place (&header, layout->places, layout->style, layout->width);
  const char *foot =
      limen_chart_fitting (layout->style, &foot_text, layout->plot->decoded ? decoded : latent,
                           layout->width - 2.4 * em);
  if (layout->foot && foot)
    limen_places_add_text (layout->places, &foot_text, foot, 1.2 * em, layout->height - 0.6 * em);
  for (guint r = 0; r < layout->n; r++)
    place_name (layout, r);
}

LimenRaceLayout *
limen_race_layout_new (const LimenRacePlot *plot, const LimenChartStyle *style, double width,
                       double height)
{
  LimenRaceLayout *layout = g_new0 (LimenRaceLayout, 1);
  layout->plot = plot;
  layout->style = style;
  layout->width = width;
  layout->height = height;
  layout->n = MIN (plot->n_runners, LIMEN_RACE_MOST);
  layout->foot = height > 17 * style->font_size && layout->n > 0;
  find_range (layout);
  lay_out_frames (layout);
  layout->places = limen_places_new (style, width, height);
  place_words (layout);
  return layout;
}

void
limen_race_layout_free (LimenRaceLayout *layout)
{
  if (!layout)
    return;
  for (guint r = 0; r < layout->n; r++)
    limen_frame_clear (&layout->frame[r]);
  limen_places_free (layout->places);
  g_free (layout);
}

/* --- Drawing --- */

static void
draw_points (const LimenRaceLayout *layout, guint r, cairo_t *cr, const double *z, guint n,
             LimenColour colour, LimenDotShape shape, double alpha)
{
  const LimenFrame *frame = &layout->frame[r];
  LimenStamps stamps;
  double x, y, em = layout->style->font_size;
  /* many on a small plane are smaller */
  double size = fmin (frame->plot.width, frame->plot.height);
  double radius = em * CLAMP (0.15 * sqrt (size / 180) * pow (500.0 / MAX (n, 1), 0.2), 0.1, 0.22);
  limen_stamps_begin (&stamps, cr, layout->style, shape, colour, alpha, radius);
  for (guint i = 0; i < n; i++)
    if (limen_line_place (frame, z[2 * i], z[2 * i + 1], &x, &y))
      limen_stamps_put (&stamps, x, y);
  limen_stamps_end (&stamps);
}

/* Two standard deviations around @mean. */
static void
draw_prior (const LimenFrame *frame, cairo_t *cr, const double mean[2], const double variance[2])
{
  double unit = frame->plot.width / (frame->x.high - frame->x.low), centre[2], half[2][2];
  const double covariance[3] = {variance[0], 0, variance[1]};
  if (limen_line_place (frame, mean[0], mean[1], &centre[0], &centre[1]) &&
      limen_duel_half_axes (covariance, 2, unit, half) &&
      fabs (centre[0]) + fabs (centre[1]) + fabs (half[0][0]) + fabs (half[1][1]) < 1e5) {
    limen_ellipse_path (cr, centre, half);
    cairo_stroke (cr);
  }
}

/* From an open dot, where it began, to a full one, where λ1 is. */
static void
draw_path (const LimenFrame *frame, const LimenRaceRunner *runner, cairo_t *cr,
           const LimenChartStyle *style)
{
  double em = style->font_size, x, y;
  gboolean begun = FALSE;
  for (guint i = 0; i < runner->n_path; i++)
    if (limen_line_place (frame, runner->path[2 * i], runner->path[2 * i + 1], &x, &y) &&
        fabs (x) + fabs (y) < 1e5) {
      if (begun)
        cairo_line_to (cr, x, y);
      else
        cairo_move_to (cr, x, y);
      begun = TRUE;
    }
  limen_palette_set (cr, style->scheme, LIMEN_COLOUR_HAND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_BEVEL);
  cairo_set_line_width (cr, 2.1);
  cairo_stroke (cr);
  if (begun && limen_line_place (frame, runner->path[0], runner->path[1], &x, &y) &&
      fabs (x) + fabs (y) < 1e5)
    limen_dot_draw (cr, style, LIMEN_DOT_DISC, LIMEN_COLOUR_HAND, x, y);
  if (!limen_line_place (frame, runner->lambda1[0], runner->lambda1[1], &x, &y) ||
      !(fabs (x) + fabs (y) < 1e5))
    return;
  for (int rim = 1; rim >= 0; rim--) {
    limen_palette_set (cr, style->scheme, rim ? LIMEN_COLOUR_PAPER : LIMEN_COLOUR_HAND);
    cairo_arc (cr, x, y, 0.42 * em + 1.8 * rim, 0, 2 * G_PI);
    cairo_fill (cr);
  }
}

static void
draw_latent (const LimenRaceLayout *layout, guint r, cairo_t *cr)
{
  static const double zero[2] = {0, 0}, one[2] = {1, 1};
  const LimenRaceRunner *runner = &layout->plot->runner[r];
  const LimenFrame *frame = &layout->frame[r];
  draw_points (layout, r, cr, runner->mean, runner->n_points, limen_race_colour (r), LIMEN_DOT_DISC,
               0.5);
  limen_palette_set (cr, layout->style->scheme, LIMEN_COLOUR_HAND);
  limen_line_stroke_style (cr, layout->style, LIMEN_LINE_REFERENCE);
  draw_prior (frame, cr, zero, one);
  limen_line_stroke_style (cr, layout->style, LIMEN_LINE_EXACT);
  draw_prior (frame, cr, runner->lambda1, runner->lambda2);
  draw_path (frame, runner, cr, layout->style);
}

static void
draw_decoded (const LimenRaceLayout *layout, guint r, cairo_t *cr)
{
  const LimenRacePlot *plot = layout->plot;
  const LimenRaceRunner *runner = &plot->runner[r];
  draw_points (layout, r, cr, plot->data, plot->n_data, LIMEN_COLOUR_REST, LIMEN_DOT_SQUARE, 0.3);
  draw_points (layout, r, cr, runner->sample, runner->n_samples, limen_race_colour (r),
               LIMEN_DOT_DISC, 0.7);
}

static void
draw_runner (const LimenRaceLayout *layout, guint r, cairo_t *cr)
{
  const LimenRect *area = &layout->frame[r].plot;
  LimenFrame labels = layout->frame[r];
  g_autoptr (GArray) none = g_array_new (FALSE, FALSE, sizeof (LimenTick));
  cairo_save (cr);
  cairo_rectangle (cr, area->x, area->y, area->width, area->height);
  cairo_clip (cr);
  limen_plane_draw_grid (&layout->frame[r], cr, layout->style);
  if (layout->plot->decoded)
    draw_decoded (layout, r, cr);
  else
    draw_latent (layout, r, cr);
  cairo_restore (cr);
  if (layout->beside && r > 0)
    labels.y_ticks = none;
  limen_frame_draw_labels (&labels, cr, layout->style);
}

void
limen_race_plot_draw_planes (const LimenRacePlot *plot, cairo_t *cr, const LimenChartStyle *style,
                             double width, double height)
{
  g_autoptr (LimenRaceLayout) layout = limen_race_layout_new (plot, style, width, height);
  limen_chart_begin (cr, style, width, height);
  for (guint r = 0; r < layout->n; r++)
    draw_runner (layout, r, cr);
  limen_places_draw (layout->places, cr);
  cairo_restore (cr);
}
