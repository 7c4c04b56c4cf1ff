/* Where the plane, the lens and the words of a duel find their room. */
#include "viz/prior/duel-plot-private.h"

#include <math.h>
#include <string.h>

#define KEY       2.0 /* em: a mark before a name, with the space between */
#define ROW       1.6 /* em from row to row of the legend */
#define TIGHT_ROW 1.35
#define LEAST     6.5 /* em: diameter of a lens */

static const LimenText name_text = {.colour = LIMEN_COLOUR_INK, .size = 1, .align_y = 0.5};
static const LimenText dim_text = {.colour = LIMEN_COLOUR_DIM, .size = 1, .align_y = 0.5};

static const char *
key_name (LimenGradientEstimator estimator)
{
  return estimator == LIMEN_N_ESTIMATORS ? "Exact gradient" : limen_estimator_title (estimator);
}

static LimenChartHeader
header_of (const LimenDuelLayout *layout)
{
  const LimenDuelPlot *plot = layout->plot;
  LimenChartHeader header = limen_chart_header (layout->style, plot->title, plot->note, NULL,
                                                layout->width, layout->height);
  header.note_right = TRUE;
  return header;
}

/* --- Room --- */

/**
 * Shares: how the room is shared out
 * @plane: with the labels of its axes
 * @lens: the square around it; of no width: there is none
 * @legend: where its rows begin; @rows, @notes: whether there are any; @pitch: from one to the next
 */
typedef struct {
  LimenRect plane, lens, legend;
  gboolean rows, notes;
  double pitch;
} Shares;

static double
legend_width (const LimenDuelLayout *layout)
{
  double wide =
      limen_text_rect (layout->style, &name_text, key_name (LIMEN_N_ESTIMATORS), 0, 0).width;
  for (guint i = 0; i < layout->n_shown; i++)
    wide = fmax (
        wide, limen_text_rect (layout->style, &name_text, key_name (layout->order[i]), 0, 0).width);
  return ceil (wide + KEY * layout->style->font_size);
}

/* The legend in full, or tight, or only notes, or nothing: what leaves the lens its size, which may
 * be up to @lens. Returns: its height */
static double
choose_legend (const LimenDuelLayout *layout, Shares *shares, double width, double height,
               double lens)
{
  static const struct {
    gboolean rows, notes;
    double pitch, lens; /* em; its least size */
  } choices[] = {{TRUE, TRUE, ROW, 13},
                 {TRUE, TRUE, TIGHT_ROW, LEAST},
                 {TRUE, FALSE, TIGHT_ROW, LEAST},
                 {FALSE, TRUE, TIGHT_ROW, LEAST},
                 {FALSE, FALSE, TIGHT_ROW, 0}};
  double em = layout->style->font_size, needed = 0;
  for (guint i = 0; i < G_N_ELEMENTS (choices); i++) {
    shares->rows = choices[i].rows && legend_width (layout) <= width;
    shares->notes = choices[i].notes;
    shares->pitch = choices[i].pitch * em;
    needed = (shares->rows ? (layout->n_shown + 1) * shares->pitch : 0) +
             (shares->notes ? 2 * shares->pitch + 0.3 * em : 0);
    if (needed + fmin (lens, (choices[i].lens + 0.8) * em) <= height)
      break;
  }
  return needed;
}

/* The lens right of the plane, the legend under it. */
static void
share_sideways (const LimenDuelLayout *layout, const LimenRect *room, Shares *shares)
{
  double em = layout->style->font_size, gap = 1.2 * em;
  double column = fmin (fmax (legend_width (layout), 0.36 * room->width), 0.45 * room->width);
  double needed = choose_legend (layout, shares, column, room->height, column);
  double side = fmin (column, room->height - needed - (needed > 0 ? 0.8 * em : 0));
  double left = room->x + room->width - column;
  shares->plane = *room;
  shares->plane.width = room->width - column - gap;
  shares->lens = (LimenRect){left + (column - side) / 2, room->y, side, side};
  shares->legend = (LimenRect){left, room->y + side + 0.8 * em, column, needed};
}

/* Plane, lens and legend in a row. Returns: whether there is the width for it */
static gboolean
share_across (const LimenDuelLayout *layout, const LimenRect *room, Shares *shares)
{
  double em = layout->style->font_size, gap = 1.2 * em, legend = legend_width (layout);
  double side = fmin (room->height, 0.5 * (room->width - legend - 2 * gap));
  double needed = choose_legend (layout, shares, legend, room->height, 0);
  double right = room->x + room->width;
  if (!shares->rows || side < 0.7 * room->height)
    return FALSE;
  shares->plane = *room;
  shares->plane.width = room->width - legend - side - 2 * gap;
  shares->lens =
      (LimenRect){right - legend - gap - side, room->y + (room->height - side) / 2, side, side};
  shares->legend =
      (LimenRect){right - legend, room->y + fmax (room->height - needed, 0) / 2, legend, needed};
  return TRUE;
}

/* Plane, lens and legend one below the other. Returns: whether there is the height for it */
static gboolean
share_in_column (const LimenDuelLayout *layout, const LimenRect *room, double strip, Shares *shares)
{
  double em = layout->style->font_size, top = room->y + room->height - strip;
  double needed = (layout->n_shown + 3) * ROW * em + 0.3 * em;
  double side = fmin (strip - needed - 0.8 * em, 0.8 * room->width);
  if (side < 0.6 * room->width || legend_width (layout) > room->width)
    return FALSE;
  choose_legend (layout, shares, room->width, strip, side);
  shares->lens = (LimenRect){room->x + (room->width - side) / 2, top, side, side};
  shares->legend = (LimenRect){room->x, top + side + 0.8 * em, room->width, needed};
  return TRUE;
}

/* The lens under the plane, the legend right of it, or under it. */
static void
share_downwards (const LimenDuelLayout *layout, const LimenRect *room, Shares *shares)
{
  double em = layout->style->font_size, gap = 0.8 * em, legend = legend_width (layout);
  double strip = fmax (room->height - room->width, 0.36 * room->height) - gap;
  shares->plane = *room;
  shares->plane.height = room->height - strip - gap;
  if (share_in_column (layout, room, strip, shares))
    return;
  double side = fmin (strip, 0.5 * room->width), beside = room->width - legend - 1.5 * em;
  if (beside < side && beside > 8 * em)
    side = beside;
  double left = room->x + side + 1.5 * em, top = room->y + room->height - strip;
  double needed = choose_legend (layout, shares, room->x + room->width - left, strip, 0);
  shares->lens = (LimenRect){room->x, top + (strip - side) / 2, side, side};
  shares->legend =
      (LimenRect){left, top + (strip - needed) / 2, room->x + room->width - left, needed};
}

static Shares
share_room (const LimenDuelLayout *layout, const LimenRect *room)
{
  Shares shares = {.plane = *room};
  double em = layout->style->font_size;
  if (layout->n_shown == 0 || fmin (room->width, room->height) < 9 * em ||
      fmax (room->width, room->height) < 14 * em)
    return shares;
  if (room->width < 0.95 * room->height)
    share_downwards (layout, room, &shares);
  else if (room->width < 1.8 * room->height || !share_across (layout, room, &shares))
    share_sideways (layout, room, &shares);
  if (shares.lens.width < 0.99 * LEAST * em)
    return (Shares){.plane = *room};
  return shares;
}

/* --- Words --- */

static void
place_legend (LimenDuelLayout *layout, const Shares *shares)
{
  double em = layout->style->font_size, y = shares->legend.y + shares->pitch / 2;
  /* in the order of their names, whatever lies on top */
  for (guint k = 0; k <= LIMEN_N_ESTIMATORS && shares->rows; k++) {
    LimenGradientEstimator e = k == 0 ? LIMEN_N_ESTIMATORS : k - 1;
    gboolean shown = k == 0;
    for (guint i = 0; i < layout->n_shown; i++)
      shown |= layout->order[i] == e;
    if (!shown || !limen_places_add_text (layout->places, &name_text, key_name (e),
                                          shares->legend.x + KEY * em, y))
      continue;
    layout->key[layout->n_keys++] = (LimenDuelKey){e, shares->legend.x + 0.7 * em, y};
    y += shares->pitch;
  }
  if (!shares->notes || layout->lens.radius == 0)
    return;
  g_autofree char *factor = limen_axis_format (layout->lens.factor);
  g_autofree char *step = limen_axis_format (layout->lens.step);
  g_autofree char *full = g_strdup_printf ("Lens × %s, grid %s", factor, step);
  g_autofree char *middle = g_strdup_printf ("Lens × %s", factor);
  const char *const lens[] = {full, middle, middle + strlen ("Lens "), NULL};
  const char *const crosses[] = {"Crosses: means ± 1 s.e.", "Means ± 1 s.e.", "± 1 s.e.", NULL};
  const char *const *const notes[] = {lens, crosses};
  y += 0.3 * em;
  for (guint i = 0; i < 2; i++, y += shares->pitch) {
    const char *note =
        limen_chart_fitting (layout->style, &dim_text, notes[i], shares->legend.width);
    if (note)
      limen_places_add_text (layout->places, &dim_text, note, shares->legend.x, y);
  }
}

static void
place_foot (LimenDuelLayout *layout)
{
  double em = layout->style->font_size;
  gboolean known = FALSE;
  for (guint i = 0; i < layout->n_shown; i++)
    known |= isfinite (layout->plot->duel->cloud[layout->order[i]].covariance[0]);
  g_autofree char *n = limen_format_number (layout->outside, 0);
  g_autofree char *all = limen_format_number (layout->n_draws, 0);
  g_autofree char *count = layout->outside
                               ? g_strdup_printf ("%s of the %s points %s outside.", n, all,
                                                  layout->outside == 1 ? "lies" : "lie")
                               : g_strdup ("");
  g_autofree char *shorter =
      layout->outside ? g_strdup_printf ("%s of %s outside", n, all) : g_strdup ("");
  const char *ellipses = known ? "Ellipses: exact, 2 std." : "";
  g_autofree char *both =
      g_strdup_printf ("%s%s%s", ellipses, *ellipses && *count ? " " : "", count);
  const char *const variants[] = {both, *count ? count : ellipses, shorter, NULL};
  LimenText text = dim_text;
  text.align_y = 1;
  const char *foot = limen_chart_fitting (layout->style, &text, variants, layout->width - 2.4 * em);
  if (foot && *foot)
    limen_places_add_text (layout->places, &text, foot, 1.2 * em, layout->height - 0.6 * em);
}

/* The middle of a gap of at least @needed pixels between labels, the one nearest to the positive
 * end; NaN: none. @size: of a label along the axis */
static double
gap_on_axis (const LimenDuelLayout *layout, gboolean vertical, double needed)
{
  const LimenFrame *frame = &layout->frame;
  const LimenRect *area = &frame->plot;
  const GArray *ticks = vertical ? frame->y_ticks : frame->x_ticks;
  double sign = vertical ? -1 : 1;
  double end = sign * (vertical ? area->y : area->x + area->width);
  double start = sign * (vertical ? area->y + area->height : area->x);
  for (guint i = ticks->len; i-- > 0;) {
    const LimenTick *tick = &g_array_index (ticks, LimenTick, i);
    LimenRect rect = limen_text_rect (layout->style, &dim_text, tick->label, 0, 0);
    double half = (vertical ? rect.height : rect.width) / 2, at = sign * tick->pixel;
    if (end - at - half >= needed)
      return sign * (end + at + half) / 2;
    end = at - half;
  }
  return end - start >= needed ? sign * (end + start) / 2 : NAN;
}

/* Between the labels of its axis, or else within the plane, at its end. */
static void
place_axis_name (LimenDuelLayout *layout, gboolean vertical)
{
  const LimenRect *area = &layout->frame.plot;
  double em = layout->style->font_size;
  LimenText text = dim_text;
  const LimenDuel *duel = layout->plot->duel;
  if (!duel || area->width < 4 * em || area->height < 4 * em)
    return;
  g_autofree char *of = limen_duel_parameter_name (duel, duel->pair[vertical ? 1 : 0]);
  g_autofree char *name = g_strconcat ("∂", of, NULL);
  LimenRect rect = limen_text_rect (layout->style, &text, name, 0, 0);
  double needed = vertical ? rect.height + 0.2 * em : rect.width + 1.2 * em;
  double middle = gap_on_axis (layout, vertical, needed);
  double x = vertical ? area->x - 0.9 * em : middle;
  double y = vertical ? middle : area->y + area->height + 0.55 * em + rect.height / 2;
  text.align_x = vertical ? 1 : 0.5;
  if (isnan (middle) || (vertical && x - rect.width < 2)) {
    x = vertical ? area->x + 0.4 * em : area->x + area->width - 0.4 * em;
    y = vertical ? area->y + 0.9 * em : area->y + area->height - 0.9 * em;
    text.align_x = vertical ? 0 : 1;
    limen_places_add_rect (layout->places, &(LimenRect){x - em, y - em, 2 * em, 2 * em});
  }
  limen_places_add_text (layout->places, &text, name, x, y);
}

/* --- The layout --- */

static gboolean
has_foot (const LimenDuelLayout *layout)
{
  return layout->height > 17 * layout->style->font_size && layout->n_shown > 0;
}

LimenDuelLayout *
limen_duel_layout_new (const LimenDuelPlot *plot, const LimenChartStyle *style, double width,
                       double height)
{
  LimenDuelLayout *layout = g_new0 (LimenDuelLayout, 1);
  double em = style->font_size, spread = limen_duel_spread (plot);
  *layout = (LimenDuelLayout){.plot = plot, .style = style, .width = width, .height = height};
  limen_duel_sort_clouds (layout);
  LimenChartHeader header = header_of (layout);
  double foot = has_foot (layout) ? 1.9 * em : 0;
  LimenRect room = {em, header.bottom, fmax (width - 2.2 * em, 1),
                    fmax (height - header.bottom - foot - 0.6 * em, 1)};
  Shares shares = share_room (layout, &room);
  const double low[2] = {-spread, -spread}, high[2] = {spread, spread};
  layout->frame = limen_plane_frame (style, &shares.plane, low, high,
                                     fmin (shares.plane.x + shares.plane.width + em, width - 2));
  limen_duel_count_outside (layout);
  if (shares.lens.width > 0)
    layout->lens =
        limen_duel_lens (layout, shares.lens.x + shares.lens.width / 2,
                         shares.lens.y + shares.lens.height / 2, shares.lens.width / 2 - 1);
  layout->places = limen_places_new (style, width, height);
  limen_chart_header_place (&header, layout->places, style, width);
  place_legend (layout, &shares);
  if (has_foot (layout))
    place_foot (layout);
  place_axis_name (layout, FALSE);
  place_axis_name (layout, TRUE);
  return layout;
}

void
limen_duel_layout_free (LimenDuelLayout *layout)
{
  if (!layout)
    return;
  limen_frame_clear (&layout->frame);
  limen_places_free (layout->places);
  g_free (layout);
}
