/* The exported picture of a prior: its sentence over its plots. */
#include "viz/prior/race-plot.h"
#include "viz/kit/sheet.h"

#include "model/base/number.h"

#include <math.h>

#define MARGIN   16  /* around all */
#define SPACE    12  /* between plots */
#define LEAST    150 /* height of a plot, or there is none */
#define COLUMN   260 /* width that a finding has at least, */
#define FINDINGS 120 /* and height that they may take */

typedef enum { DUEL, RACE, VARIANCE, PLANES, N_PLOTS } Plot;

static gboolean
has_plot (const LimenPriorPicture *picture, Plot which)
{
  switch (which) {
  case DUEL:
    return picture->duel != NULL;
  case VARIANCE:
    return picture->variance != NULL;
  default:
    return picture->race != NULL;
  }
}

/* The race's own words are over its bounds; the planes say when they are of. */
static void
draw_planes (const LimenRacePlot *race, cairo_t *cr, const LimenChartStyle *style, double width,
             double height)
{
  LimenRacePlot planes = *race;
  const LimenRaceRunner *first = race->n_runners > 0 ? &race->runner[0] : NULL;
  double step = first && first->n > 0 ? first->step[first->n - 1] : 0;
  g_autofree char *number = limen_format_number (step, 0);
  g_autofree char *title =
      g_strdup_printf ("%s at step %s", race->decoded ? "Samples" : "Latent plane", number);
  planes.title = title;
  planes.note = race->decoded ? "data and decoded samples" : "aggregate posterior and prior";
  limen_race_plot_draw_planes (&planes, cr, style, width, height);
}

static void
draw_plot (const LimenPriorPicture *picture, Plot which, cairo_t *cr, const LimenChartStyle *style,
           const LimenRect *rect)
{
  double width = rect->width, height = rect->height;
  limen_sheet_begin_plot (cr, rect);
  if (which == DUEL)
    limen_duel_plot_draw (picture->duel, cr, style, width, height);
  else if (which == RACE)
    limen_race_plot_draw (picture->race, cr, style, width, height);
  else if (which == VARIANCE)
    limen_variance_plot_draw (picture->variance, cr, style, width, height);
  else
    draw_planes (picture->race, cr, style, width, height);
  limen_sheet_end_plot (cr, style, rect);
}

/* Two plots one below the other; only the first where it is low. */
static void
draw_column (const LimenPriorPicture *picture, cairo_t *cr, const LimenChartStyle *style,
             const Plot which[2], const LimenRect *rect)
{
  gboolean upper = has_plot (picture, which[0]), lower = has_plot (picture, which[1]);
  LimenRect first = *rect, second = *rect;
  if (upper && lower && rect->height >= 2 * LEAST + SPACE) {
    first.height = round (0.52 * (rect->height - SPACE));
    second.y += first.height + SPACE;
    second.height -= first.height + SPACE;
    draw_plot (picture, which[1], cr, style, &second);
  }
  draw_plot (picture, which[upper ? 0 : 1], cr, style, &first);
}

/* Columns as on the page: estimators left, training right; where only one of them is, its two plots
 * side by side. */
static void
draw_wide (const LimenPriorPicture *picture, cairo_t *cr, const LimenChartStyle *style,
           const LimenRect *room)
{
  static const Plot columns[2][2] = {{DUEL, VARIANCE}, {RACE, PLANES}};
  double width = round ((room->width - SPACE) / 2);
  LimenRect left = {room->x, room->y, width, room->height};
  LimenRect right = {room->x + width + SPACE, room->y, room->width - width - SPACE, room->height};
  gboolean has[2];
  for (int c = 0; c < 2; c++)
    has[c] = has_plot (picture, columns[c][0]) || has_plot (picture, columns[c][1]);
  if (has[0] && has[1]) {
    draw_column (picture, cr, style, columns[0], &left);
    draw_column (picture, cr, style, columns[1], &right);
  } else if (has[0] || has[1]) {
    const Plot *only = columns[has[0] ? 0 : 1];
    gboolean both = has_plot (picture, only[0]) && has_plot (picture, only[1]);
    if (both && room->width > 1.3 * room->height) {
      draw_plot (picture, only[0], cr, style, &left);
      draw_plot (picture, only[1], cr, style, &right);
    } else
      draw_column (picture, cr, style, only, room);
  }
}

/* One below the other; those that say less give way where the picture is low. */
static void
draw_narrow (const LimenPriorPicture *picture, cairo_t *cr, const LimenChartStyle *style,
             const LimenRect *room)
{
  static const Plot order[] = {DUEL, VARIANCE, RACE, PLANES},
                    first_to_go[] = {PLANES, VARIANCE, RACE};
  double share[N_PLOTS], y = room->y, height = 0, sum = 0;
  for (Plot i = 0; i < N_PLOTS; i++)
    share[i] = !has_plot (picture, i) ? 0 : i == DUEL ? 1.3 : 1;
  for (guint gone = 0;; gone++) {
    int n = 0;
    sum = 0;
    for (Plot i = 0; i < N_PLOTS; i++) {
      sum += share[i];
      n += share[i] > 0;
    }
    height = room->height - SPACE * (n - 1);
    if (n <= 1 || height >= n * LEAST || gone == G_N_ELEMENTS (first_to_go))
      break;
    share[first_to_go[gone]] = 0;
  }
  for (guint i = 0; i < G_N_ELEMENTS (order); i++) {
    if (share[order[i]] <= 0)
      continue;
    double part = round (height * share[order[i]] / sum);
    LimenRect rect = {room->x, y, room->width, fmax (part, 1)};
    draw_plot (picture, order[i], cr, style, &rect);
    y += part + SPACE;
  }
}

/* In columns over the plots, to which the rest of @room is left */
static void
draw_findings (const LimenPriorPicture *picture, cairo_t *cr, const LimenChartStyle *style,
               LimenRect *room)
{
  const LimenText title = {.colour = LIMEN_COLOUR_INK, .bold = TRUE, .size = 1};
  const LimenText text = {.colour = LIMEN_COLOUR_DIM, .size = 1};
  guint n = room->width >= 4 * COLUMN ? 4 : 2;
  double width = floor ((room->width + 2 * SPACE) / n) - 2 * SPACE, y = room->y;
  for (guint i = 0; i < picture->n_findings; i += n) {
    double end = y;
    for (guint k = i; k < MIN (i + n, picture->n_findings); k++) {
      const LimenPriorFinding *one = &picture->finding[k];
      double x = room->x + (k - i) * (width + 2 * SPACE);
      double below = limen_sheet_paragraph (cr, style, &title, one->title, x, y, width);
      end = fmax (end, limen_sheet_paragraph (cr, style, &text, one->text, x, below, width));
    }
    y = end + SPACE;
  }
  room->height -= y - room->y;
  room->y = y;
}

void
limen_prior_picture_draw (cairo_t *cr, double width, double height, gpointer data)
{
  const LimenPriorPicture *picture = data;
  LimenChartStyle style = limen_chart_style (picture->scheme);
  cairo_save (cr);
  LimenRect room = limen_sheet_begin (cr, &style, picture->sentence, width, height, MARGIN, SPACE);
  if (picture->n_findings > 0 && room.height >= 2 * LEAST + FINDINGS && room.width >= 2 * COLUMN)
    draw_findings (picture, cr, &style, &room);
  if (room.width >= 620 && room.width > 0.9 * room.height)
    draw_wide (picture, cr, &style, &room);
  else
    draw_narrow (picture, cr, &style, &room);
  cairo_restore (cr);
}
