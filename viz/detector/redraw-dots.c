#include "viz/detector/redraw-dots.h"

#include <math.h>

#define MARGIN  1.2 /* em */
#define LEGEND  1.9 /* em */
#define HEADING 1.7 /* em */
#define GAP     1.0 /* em below each group */
#define PITCH   1.0 /* em from dot to dot */
#define RADIUS  0.3 /* em */

#define MOST_COLUMNS  50
#define LEAST_HEADING 32 /* em */

typedef enum { AT_THE_LINE, ANYWHERE, BAND, N_GROUPS } Group;

typedef struct {
  const char *name[2]; /* the longer one first */
} GroupWords;

static const GroupWords words[N_GROUPS] = {
    [AT_THE_LINE] = {{"95\u00a0% interval at your line", "Interval at your line"}},
    [ANYWHERE] = {{"95\u00a0% interval, wherever the line is put", "Interval, line anywhere"}},
    [BAND] = {{"95\u00a0% band, wherever the line is put", "Band, line anywhere"}},
};

/* --- What is counted --- */

static gboolean
missed (const LimenRedrawOne *one, Group group)
{
  switch (group) {
  case AT_THE_LINE:
    return one->fixed_missed;
  case ANYWHERE:
    return one->somewhere_missed;
  default:
    return one->band_left;
  }
}

static guint
n_missed (const LimenRedrawDots *dots, Group group)
{
  guint n = 0;
  for (guint i = 0; i < dots->n; i++)
    n += missed (&dots->one[i], group);
  return n;
}

static char *
count_text (const LimenRedrawDots *dots, Group group, gboolean brief)
{
  g_autofree char *some = limen_format_number (n_missed (dots, group), 0);
  g_autofree char *all = limen_format_number (dots->n, 0);
  return g_strdup_printf (brief ? "%s of %s" : "%s of %s missed the truth", some, all);
}

char *
limen_redraw_dots_text (const LimenRedrawDots *dots)
{
  GString *text = g_string_new (NULL);
  for (Group group = 0; group < N_GROUPS; group++) {
    g_autofree char *count = count_text (dots, group, FALSE);
    g_string_append_printf (text, "%s%s: %s", group ? "\n" : "", words[group].name[0], count);
  }
  return g_string_free (text, FALSE);
}

/* --- Where they are --- */

static guint
n_drawn (const LimenRedrawDots *dots)
{
  return MIN (MAX (dots->n, dots->n_sets), LIMEN_REDRAW_MOST_DOTS);
}

/* Fives in a row, at most ten of them: they can be counted. */
static guint
n_columns (const LimenChartStyle *style, double width)
{
  double em = style->font_size, room = (width - 2 * MARGIN * em) / (PITCH * em);
  guint columns = (guint)CLAMP (floor (room), 1, MOST_COLUMNS);
  return columns > 5 ? columns - columns % 5 : columns;
}

static double
group_height (const LimenRedrawDots *dots, const LimenChartStyle *style, double width)
{
  guint columns = n_columns (style, width), rows = (n_drawn (dots) + columns - 1) / columns;
  return (HEADING + rows * PITCH + GAP) * style->font_size;
}

double
limen_redraw_dots_height (const LimenRedrawDots *dots, const LimenChartStyle *style, double width)
{
  return ceil (N_GROUPS * group_height (dots, style, width) + (MARGIN + LEGEND) * style->font_size);
}

/* --- Drawing --- */

typedef enum { FILLED, HOLLOW, TO_COME } Look;

static void
add_dot (cairo_t *cr, const LimenChartStyle *style, Look look, double x, double y)
{
  double radius = (look == TO_COME ? 0.3 : 1) * RADIUS * style->font_size;
  cairo_new_sub_path (cr);
  cairo_arc (cr, x, y, look == HOLLOW ? radius - 0.5 : radius, 0, 2 * G_PI);
}

static void
paint_dots (cairo_t *cr, const LimenChartStyle *style, Look look)
{
  limen_palette_set (cr, style->scheme, look == FILLED ? LIMEN_COLOUR_INK : LIMEN_COLOUR_REST);
  cairo_set_line_width (cr, 1);
  if (look == HOLLOW)
    cairo_stroke (cr);
  else
    cairo_fill (cr);
}

static void
draw_dots (const LimenRedrawDots *dots, cairo_t *cr, const LimenChartStyle *style, Group group,
           double width, double top)
{
  double em = style->font_size;
  guint columns = n_columns (style, width), n = n_drawn (dots);
  for (Look look = FILLED; look <= TO_COME; look++) {
    for (guint i = 0; i < n; i++) {
      Look of_this = i >= dots->n ? TO_COME : missed (&dots->one[i], group) ? FILLED : HOLLOW;
      double x = (MARGIN + (i % columns + 0.5) * PITCH) * em;
      double y = top + (i / columns + 0.5) * PITCH * em;
      if (of_this == look)
        add_dot (cr, style, look, x, y);
    }
    paint_dots (cr, style, look);
  }
}

static const LimenText name_text = {.colour = LIMEN_COLOUR_INK, .size = 1};
static const LimenText number_text = {
    .colour = LIMEN_COLOUR_INK, .size = 1, .bold = TRUE, .align_x = 1};

/* As wide as the dots, but no less than what a heading needs where there is room for it. */
static double
heading_width (const LimenChartStyle *style, double width)
{
  double em = style->font_size;
  return fmin (width - 2 * MARGIN * em,
               fmax (n_columns (style, width) * PITCH, LEAST_HEADING) * em);
}

/* Whether all headings have to be short, so that they are alike. */
static gboolean
are_brief (const LimenRedrawDots *dots, const LimenChartStyle *style, double width)
{
  for (Group group = 0; group < N_GROUPS; group++) {
    g_autofree char *number = count_text (dots, group, FALSE);
    double both = limen_text_rect (style, &name_text, words[group].name[0], 0, 0).width +
                  limen_text_rect (style, &number_text, number, 0, 0).width;
    if (both + style->font_size > heading_width (style, width))
      return TRUE;
  }
  return FALSE;
}

/* The name at the left, the count at the right. */
static void
draw_heading (const LimenRedrawDots *dots, cairo_t *cr, const LimenChartStyle *style, Group group,
              double width, double top)
{
  gboolean brief = are_brief (dots, style, width);
  double em = style->font_size, left = MARGIN * em, room = heading_width (style, width);
  g_autofree char *number = count_text (dots, group, brief);
  double number_width = limen_text_rect (style, &number_text, number, 0, 0).width;
  LimenText name = name_text;
  name.max_width = fmax (room - number_width - em, 1);
  if (dots->n > 0)
    limen_text_draw (cr, style, &number_text, number, left + room, top);
  limen_text_draw (cr, style, &name, words[group].name[brief], left, top);
}

static void
draw_legend (cairo_t *cr, const LimenChartStyle *style, double width, double top)
{
  static const char *const name[2][2] = {{"truth outside", "outside"}, {"inside", "inside"}};
  LimenText text = {.colour = LIMEN_COLOUR_DIM, .size = 1, .align_y = 0.5};
  double em = style->font_size, x = (MARGIN + 0.5) * em, y = top + 0.6 * em;
  for (Look look = FILLED; look <= HOLLOW; look++) {
    add_dot (cr, style, look, x, y);
    paint_dots (cr, style, look);
    text.max_width = fmax (width - x - MARGIN * em - em, 1);
    const char *say = limen_chart_fitting (
        style, &text, (const char *const[]){name[look][0], name[look][1], NULL}, text.max_width);
    if (say)
      x += limen_text_draw (cr, style, &text, say, x + 0.7 * em, y).width + 2.2 * em;
  }
}

void
limen_redraw_dots_draw (const LimenRedrawDots *dots, cairo_t *cr, const LimenChartStyle *style,
                        double width, double height)
{
  double em = style->font_size, top = MARGIN * em;
  double group_is = group_height (dots, style, width);
  limen_chart_begin (cr, style, width, height);
  for (Group group = 0; group < N_GROUPS; group++, top += group_is) {
    draw_heading (dots, cr, style, group, width, top);
    draw_dots (dots, cr, style, group, width, top + HEADING * em);
  }
  draw_legend (cr, style, width, top);
  cairo_restore (cr);
}
