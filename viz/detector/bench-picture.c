#include "viz/detector/bench-picture.h"

#include "viz/kit/line-plot-private.h"
#include "viz/kit/sheet.h"

#include <math.h>

#define MARGIN 16
#define WIDE   700 /* pixels: a line a row; else two */
#define ROW    3.7 /* em */
#define TALL   6.0 /* em: of a row of two lines */
#define HEAD   4.6 /* em: legend and titles of columns */

/* --- Texts --- */

char *
limen_bench_share_text (double share, guint decimals)
{
  double least = pow (10, -(double)decimals);
  if (share < 1 && share > 1 - least / 2) {
    g_autofree char *most = limen_format_number (1 - least, decimals);
    return g_strdup_printf (">\u2009%s", most);
  }
  if (share > 0 && share < least / 2) {
    g_autofree char *few = limen_format_number (least, decimals);
    return g_strdup_printf ("<\u2009%s", few);
  }
  return limen_format_number (share, decimals);
}

char *
limen_bench_percent_text (double share)
{
  double percent = 100 * share;
  if (isnan (share))
    return limen_format_number (share, 0);
  if (percent > 0 && percent < 0.005)
    return g_strdup ("<\u20090.01\u00a0%");
  if (percent < 100 && percent > 99.95)
    return g_strdup (">\u200999.9\u00a0%");
  g_autofree char *number = limen_format_number (percent, percent < 1 && percent > 0 ? 2 : 1);
  return g_strdup_printf ("%s\u00a0%%", number);
}

char *
limen_bench_interval_text (const LimenBenchNumbers *numbers)
{
  g_autofree char *auroc = limen_bench_share_text (numbers->auroc, 4);
  if (isnan (numbers->low) || isnan (numbers->high))
    return g_steal_pointer (&auroc);
  g_autofree char *low = limen_bench_share_text (numbers->low, 4);
  g_autofree char *high = limen_bench_share_text (numbers->high, 4);
  return g_strdup_printf ("%s (%s to %s)", auroc, low, high);
}

LimenAxis
limen_bench_picture_axis (const LimenBenchPictureRow *row, guint n)
{
  double low = 0.5;
  for (guint i = 0; i < n; i++) {
    low = fmin (low, row[i].numbers.auroc); /* fmin passes NaN by */
    low = fmin (low, row[i].numbers.low);
  }
  low = fmax (floor (10 * low) / 10, 0);
  return (LimenAxis){&limen_scale_linear, 0, 1, low, 1, 0, 1};
}

/* --- Columns --- */

/**
 * Table: where columns begin and how wide they are, pixels
 * @wide: all of a row stands in one line
 */
typedef struct {
  const LimenBenchPicture *picture;
  LimenChartStyle style;
  LimenAxis axis;
  LimenRect room;
  gboolean wide;
  double row, title, title_width, histogram, histogram_width, dot, dot_width;
  double auroc, aupr, fpr; /* right edges of numbers */
} Table;

static void
place_columns (Table *table)
{
  double em = table->style.font_size, left = table->room.x, right = left + table->room.width;
  table->title = left;
  table->fpr = right;
  table->aupr = right - (table->wide ? 9.4 : 6.2) * em;
  table->auroc = table->aupr - 5.5 * em;
  if (!table->wide) {
    table->title_width = table->room.width;
    table->histogram = left;
    table->histogram_width = fmax (table->auroc - 6 * em - left, 4 * em);
    table->dot_width = 0;
    return;
  }
  double open = fmax (table->auroc - 16.2 * em - left, 8 * em);
  table->title_width = 0.4 * open;
  table->histogram = left + 0.43 * open;
  table->histogram_width = 0.25 * open;
  table->dot = left + 0.73 * open;
  table->dot_width = 0.27 * open;
  table->axis.start = table->dot;
  table->axis.end = table->dot + table->dot_width;
}

static Table
table_of (const LimenBenchPicture *picture, double font_size, const LimenRect *room)
{
  Table table = {.picture = picture, .style = limen_chart_style (picture->scheme), .room = *room};
  table.style.font_size = font_size;
  table.axis = limen_bench_picture_axis (picture->row, picture->n);
  table.wide = room->width + 2 * MARGIN >= WIDE;
  table.row = (table.wide ? ROW : TALL) * font_size;
  place_columns (&table);
  return table;
}

static double
wanted_height (const Table *table)
{
  double em = table->style.font_size, foot = table->wide ? 1.8 * em : 0;
  return HEAD * em + table->picture->n * table->row + foot;
}

double
limen_bench_picture_height (const LimenBenchPicture *picture, double width)
{
  LimenChartStyle style = limen_chart_style (picture->scheme);
  LimenRect room = {MARGIN, 0, width - 2 * MARGIN, 1};
  Table table = table_of (picture, style.font_size, &room);
  cairo_surface_t *nowhere = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, NULL);
  cairo_t *cr = cairo_create (nowhere);
  double top = limen_sheet_begin (cr, &style, picture->sentence, width, 1e4, MARGIN, MARGIN).y;
  cairo_destroy (cr);
  cairo_surface_destroy (nowhere);
  return ceil (top + wanted_height (&table) + MARGIN);
}

/* --- The head --- */

static void
put (const Table *table, cairo_t *cr, const LimenText *text, const char *string, double x, double y)
{
  limen_text_draw (cr, &table->style, text, string, x, y);
}

static void
draw_legend (const Table *table, cairo_t *cr, double y)
{
  const LimenBenchPicture *picture = table->picture;
  const char *name[] = {picture->normal, picture->anomaly};
  double em = table->style.font_size, x = table->room.x, right = x + table->room.width;
  for (int set = 0; set < 2; set++) {
    LimenColour colour = set ? LIMEN_COLOUR_SECOND : LIMEN_COLOUR_FIRST;
    LimenText text = {.colour = colour, .bold = TRUE, .size = 1.05, .align_y = 0.5};
    if (!name[set] || right - x < 4 * em)
      continue;
    cairo_rectangle (cr, x, y - 0.35 * em, 0.9 * em, 0.7 * em);
    limen_palette_set (cr, table->style.scheme,
                       set ? LIMEN_COLOUR_SECOND_FILL : LIMEN_COLOUR_FIRST_FILL);
    cairo_fill_preserve (cr);
    limen_palette_set (cr, table->style.scheme, colour);
    cairo_set_line_width (cr, 1.2);
    cairo_stroke (cr);
    x += 1.4 * em;
    text.max_width = set || !name[1] ? right - x : 0.5 * table->room.width - 3 * em;
    x += limen_text_draw (cr, &table->style, &text, name[set], x, y).width + 1.6 * em;
  }
}

static void
draw_titles (const Table *table, cairo_t *cr, double y)
{
  LimenText text = {.colour = LIMEN_COLOUR_DIM, .size = 1, .align_y = 0.5};
  LimenText right = text;
  right.align_x = 1;
  if (table->wide) {
    put (table, cr, &text, "score", table->title, y);
    text.max_width = table->auroc - table->dot;
    put (table, cr, &text, "AUROC and its 95 % interval", table->dot, y);
  } else
    put (table, cr, &right, "AUROC", table->auroc, y);
  put (table, cr, &right, "AUPR", table->aupr, y);
  put (table, cr, &right, table->wide ? "FPR at 95 % TPR" : "FPR 95", table->fpr, y);
}

/* --- A row --- */

static void
draw_title (const Table *table, cairo_t *cr, const LimenBenchPictureRow *row, double y)
{
  double em = table->style.font_size;
  LimenText text = {.colour = LIMEN_COLOUR_INK, .bold = row->recommended, .size = 1.1};
  LimenText mark = {.colour = LIMEN_COLOUR_DIM, .size = 1};
  text.max_width = table->title_width;
  if (!row->recommended) {
    text.align_y = 0.5;
    put (table, cr, &text, row->title, table->title, y);
  } else if (table->wide) {
    text.align_y = 1;
    put (table, cr, &text, row->title, table->title, y + 0.1 * em);
    put (table, cr, &mark, "★ recommended", table->title, y + 0.1 * em);
  } else {
    mark.align_x = 1;
    mark.align_y = text.align_y = 0.5;
    LimenRect rect = limen_text_rect (&table->style, &mark, "★ recommended",
                                      table->room.x + table->room.width, y);
    put (table, cr, &mark, "★ recommended", table->room.x + table->room.width, y);
    text.max_width = fmax (rect.x - em - table->title, 1);
    put (table, cr, &text, row->title, table->title, y);
  }
}

/* A dot for what is measured, a bar for its interval. */
static void
draw_dot (const Table *table, cairo_t *cr, const LimenBenchNumbers *numbers, double y)
{
  double em = table->style.font_size, x = limen_axis_to_pixel (&table->axis, numbers->auroc);
  limen_palette_set (cr, table->style.scheme, LIMEN_COLOUR_INK);
  if (!isnan (numbers->low) && !isnan (numbers->high)) {
    double low = limen_axis_to_pixel (&table->axis, fmax (numbers->low, table->axis.low));
    double high = limen_axis_to_pixel (&table->axis, fmin (numbers->high, 1));
    limen_chart_line (cr, low, y, high, y);
    limen_chart_line (cr, low, y - 0.35 * em, low, y + 0.35 * em);
    limen_chart_line (cr, high, y - 0.35 * em, high, y + 0.35 * em);
    cairo_set_line_width (cr, 1.5);
    cairo_stroke (cr);
  }
  limen_dot_path (cr, LIMEN_DOT_DISC, x, y, 0.3 * em);
  cairo_fill (cr);
}

static void
draw_numbers (const Table *table, cairo_t *cr, const LimenBenchPictureRow *row, double y)
{
  LimenText text = {.colour = LIMEN_COLOUR_INK, .size = 1.1, .align_x = 1, .align_y = 0.5};
  const LimenBenchNumbers *numbers = &row->numbers;
  g_autofree char *auroc = table->wide ? limen_bench_interval_text (numbers)
                                       : limen_bench_share_text (numbers->auroc, 4);
  g_autofree char *aupr = limen_bench_share_text (numbers->aupr, 3);
  g_autofree char *fpr = limen_bench_percent_text (numbers->fpr);
  text.bold = row->recommended;
  put (table, cr, &text, auroc, table->auroc, y);
  put (table, cr, &text, aupr, table->aupr, y);
  put (table, cr, &text, fpr, table->fpr, y);
  if (table->wide && !isnan (numbers->auroc))
    draw_dot (table, cr, numbers, y);
}

static void
draw_row (const Table *table, cairo_t *cr, const LimenBenchPictureRow *row, double top)
{
  double em = table->style.font_size, line = floor (top) + 0.5;
  double title = table->wide ? top + table->row / 2 : top + 1.4 * em;
  double middle = table->wide ? title : top + 4 * em, high = 2.4 * em;
  LimenRect rect = {round (table->histogram), round (middle - high / 2),
                    round (table->histogram_width), round (high)};
  limen_chart_line (cr, table->room.x, line, table->room.x + table->room.width, line);
  limen_palette_set (cr, table->style.scheme, LIMEN_COLOUR_GRID);
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);
  draw_title (table, cr, row, title);
  if (row->lacks) {
    LimenText text = {.colour = LIMEN_COLOUR_DIM, .size = 1, .align_y = 0.5};
    text.max_width = table->room.x + table->room.width - rect.x;
    put (table, cr, &text, row->lacks, rect.x, middle);
    return;
  }
  limen_score_row_draw (cr, &table->style, &rect, &row->histogram);
  draw_numbers (table, cr, row, middle);
}

/* --- The scale of the dots --- */

/* Words of what a row lacks go over where its dot would be. */
static void
add_scale_line (const Table *table, cairo_t *cr, double x, double top, double bottom)
{
  double from = top;
  for (guint i = 0; i < table->picture->n; i++, from += table->row)
    if (!table->picture->row[i].lacks)
      limen_chart_line (cr, x, from, x, from + table->row);
  limen_chart_line (cr, x, bottom, x, bottom + 0.3 * table->style.font_size);
}

/* A half is chance: dashed, as references are. */
static void
draw_scale (const Table *table, cairo_t *cr, double top, double bottom)
{
  static const double dash[] = {3, 2.5}, values[] = {0, 0.5, 1};
  double em = table->style.font_size;
  LimenText text = {.colour = LIMEN_COLOUR_DIM, .size = 1, .align_x = 0.5};
  for (guint i = 0; i < G_N_ELEMENTS (values); i++) {
    if (values[i] < table->axis.low)
      continue;
    double x = floor (limen_axis_to_pixel (&table->axis, values[i])) + 0.5;
    g_autofree char *label = limen_axis_format (values[i]);
    add_scale_line (table, cr, x, top, bottom);
    cairo_set_line_width (cr, 1);
    if (values[i] == 0.5)
      cairo_set_dash (cr, dash, 2, 0);
    limen_palette_set (cr, table->style.scheme,
                       values[i] == 0.5 ? LIMEN_COLOUR_DIM : LIMEN_COLOUR_GRID);
    cairo_stroke (cr);
    cairo_set_dash (cr, NULL, 0, 0);
    put (table, cr, &text, values[i] == 0.5 ? "0.5: chance" : label, x, bottom + 0.4 * em);
  }
}

void
limen_bench_picture_draw (cairo_t *cr, double width, double height, gpointer data)
{
  const LimenBenchPicture *picture = data;
  LimenChartStyle style = limen_chart_style (picture->scheme);
  LimenRect room = limen_sheet_begin (cr, &style, picture->sentence, width, height, MARGIN, MARGIN);
  Table table = table_of (picture, style.font_size, &room);
  double smaller = fmin (room.height / wanted_height (&table), 1);
  table = table_of (picture, style.font_size * smaller, &room);
  double em = table.style.font_size, top = room.y + HEAD * em;
  cairo_save (cr);
  cairo_new_path (cr);
  draw_legend (&table, cr, room.y + 0.9 * em);
  draw_titles (&table, cr, room.y + 3.3 * em);
  if (table.wide && picture->n > 0)
    draw_scale (&table, cr, top, top + picture->n * table.row);
  for (guint i = 0; i < picture->n; i++)
    draw_row (&table, cr, &picture->row[i], top + i * table.row);
  cairo_restore (cr);
}
