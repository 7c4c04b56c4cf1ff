/* The words over a plot. */
#include "viz/kit/line-plot-private.h"

#include <math.h>

#define TOP 0.85 /* em above the first row */
#define ROW 1.5  /* em from row to row */

static LimenText
title_text (const LimenChartStyle *style, double width)
{
  return (LimenText){.colour = LIMEN_COLOUR_INK,
                     .bold = TRUE,
                     .size = 1.05,
                     .max_width = fmax (width - 2.4 * style->font_size, 1)};
}

static LimenText
dim_text (const LimenChartStyle *style, double width)
{
  return (LimenText){
      .colour = LIMEN_COLOUR_DIM, .size = 1, .max_width = fmax (width - 2.4 * style->font_size, 1)};
}

/* Where the note goes beside the title. */
static double
beside_title (const LimenChartHeader *header, const LimenChartStyle *style, double width)
{
  LimenText text = title_text (style, width);
  LimenRect rect = limen_text_rect (style, &text, header->title ? header->title : "", 0, 0);
  return 1.2 * style->font_size + (header->title ? rect.width + 0.8 * style->font_size : 0);
}

/* Beside what lies in the corner, or below it. */
static void
keep_aside (LimenChartHeader *header, const LimenChartStyle *style, double width)
{
  LimenText text = title_text (style, INFINITY);
  double title = header->title ? limen_text_rect (style, &text, header->title, 0, 0).width : 0;
  gboolean fits = title + 2.4 * style->font_size <= width - style->aside_width;
  header->aside = fits ? style->aside_width : 0;
  header->top = fits || !header->title ? 0 : style->aside_height;
}

/* Where the second row begins: below the corner, which is higher than a row may be. */
static double
second_row (const LimenChartHeader *header, const LimenChartStyle *style)
{
  double y = header->top + (TOP + ROW) * style->font_size;
  return header->aside > 0 ? fmax (y, style->aside_height) : y;
}

LimenChartHeader
limen_chart_header (const LimenChartStyle *style, const char *title, const char *note,
                    const char *caption, double width, double height)
{
  double em = style->font_size;
  LimenChartHeader header = {.title = title, .note = note, .caption = caption};
  if (height < 6 * em || width < 8 * em)
    header.title = header.note = NULL;
  if (height < 10 * em)
    header.caption = NULL;
  keep_aside (&header, style, width);
  double room = width - header.aside;
  LimenText text = {.size = 1};
  double note_width = header.note ? limen_text_rect (style, &text, note, 0, 0).width : 0;
  header.note_below =
      header.note && beside_title (&header, style, room) + note_width > room - 1.2 * em;
  if (header.note_below && height < 18 * em) {
    header.note = NULL;
    header.note_below = FALSE;
  }
  guint rows = (header.title || header.note ? 1 : 0) + (header.note_below ? 1 : 0) +
               (header.caption ? 1 : 0);
  header.bottom = rows ? header.top + (TOP + ROW * rows + 0.35) * em : em;
  if (rows > 1)
    header.bottom = second_row (&header, style) + (ROW * (rows - 1) + 0.35) * em;
  if (rows == 1 && header.aside > 0)
    header.bottom = fmax (header.bottom, style->aside_height);
  return header;
}

void
limen_chart_header_place (const LimenChartHeader *header, LimenPlaces *places,
                          const LimenChartStyle *style, double width)
{
  double em = style->font_size, left = 1.2 * em, y = header->top + TOP * em;
  double room = width - header->aside;
  LimenText title = title_text (style, room), dim = dim_text (style, width);
  /* on the line of the title, whose letters are larger */
  double lower = header->title && !header->note_below ? 0.07 * em : 0;
  if (header->title)
    limen_places_add_text (places, &title, header->title, left, y);
  if (header->note_below)
    y = second_row (header, style);
  gboolean right = header->note_right && !header->note_below;
  double x = header->note_below ? left
             : right            ? room - 1.2 * em
                                : beside_title (header, style, room);
  LimenText note = dim;
  note.align_x = right ? 1 : 0;
  if (header->note)
    limen_places_add_text (places, &note, header->note, x, y + lower);
  if (header->note_below)
    y += ROW * em;
  else if (header->title || header->note)
    y = second_row (header, style);
  if (header->caption)
    limen_places_add_text (places, &dim, header->caption, left, y);
}
