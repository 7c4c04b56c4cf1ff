/* Each word of a line plot finds a place of its own. */
#include "viz/kit/line-plot-private.h"

#include <math.h>
#include <string.h>

/* --- Ink --- */

static void
add_line_ink (LimenLineLayout *layout, const LimenLine *line)
{
  double x, y, last_x = NAN, last_y = NAN;
  for (guint i = 0; i < line->n; i++) {
    if (!limen_line_place (&layout->frame, line->x[i], line->y[i], &x, &y)) {
      last_x = NAN;
      continue;
    }
    double p[4] = {last_x, last_y, x, y};
    if (!isnan (last_x) && limen_segment_clip (&layout->frame.plot, p))
      limen_places_add_segment (layout->places, p[0], p[1], p[2], p[3]);
    last_x = x;
    last_y = y;
  }
}

static void
add_dots_ink (LimenLineLayout *layout, const LimenDots *dots)
{
  const LimenFrame *frame = &layout->frame;
  double radius = 0.4 * layout->style->font_size, x, y;
  for (guint i = 0; i < dots->n; i++) {
    if (!limen_line_place (frame, dots->x[i], dots->y[i], &x, &y))
      continue;
    LimenRect dot = {x - radius, y - radius, 2 * radius, 2 * radius};
    limen_places_add_rect (layout->places, &dot);
    if (!limen_dots_has_bar (dots, i))
      continue;
    double top = limen_axis_to_pixel (&frame->y, dots->y[i] + dots->error[i]);
    double bottom = limen_axis_to_pixel (&frame->y, dots->y[i] - dots->error[i]);
    double p[4] = {x, top, x, isfinite (bottom) ? bottom : layout->height};
    if (isfinite (top) && limen_segment_clip (&frame->plot, p))
      limen_places_add_segment (layout->places, p[0], p[1], p[2], p[3]);
  }
}

static void
add_ink (LimenLineLayout *layout)
{
  const LimenLinePlot *plot = layout->plot;
  const LimenRect *area = &layout->frame.plot;
  for (guint i = 0; i < plot->n_lines; i++)
    add_line_ink (layout, &plot->line[i]);
  for (guint i = 0; i < plot->n_dots; i++)
    add_dots_ink (layout, &plot->dots[i]);
  for (guint i = 0; i < plot->n_levels; i++) {
    double y = limen_axis_to_pixel (&layout->frame.y, plot->level[i].y);
    if (isfinite (y))
      limen_places_add_segment (layout->places, area->x, y, area->x + area->width, y);
  }
}

/* --- Captions --- */

double
limen_caption_gap (const LimenFrame *frame, const LimenChartStyle *style, const char *caption)
{
  const LimenText text = {.size = 1};
  double em = style->font_size, widest = 0, middle = NAN, end = NAN;
  double needed = limen_text_rect (style, &text, caption, 0, 0).width + 2 * em;
  for (guint i = 0; i < frame->x_ticks->len; i++) {
    const LimenTick *tick = &g_array_index (frame->x_ticks, LimenTick, i);
    double half = limen_text_rect (style, &text, tick->label, 0, 0).width / 2;
    double gap = tick->pixel - half - end;
    /* of gaps that are as wide to the eye, the last */
    if (gap > needed && gap > 0.8 * widest) {
      widest = fmax (widest, gap);
      middle = end + gap / 2;
    }
    end = tick->pixel + half;
  }
  return middle;
}

static void
place_x_caption (LimenLineLayout *layout)
{
  const LimenFrame *frame = &layout->frame;
  const char *caption = layout->plot->x_caption;
  double em = layout->style->font_size;
  LimenText text = {.colour = LIMEN_COLOUR_DIM, .size = 1, .align_x = 0.5};
  if (!caption || frame->x_ticks->len == 0)
    return;
  double x = limen_caption_gap (frame, layout->style, caption);
  double y = frame->plot.y + frame->plot.height + 0.55 * em;
  if (isnan (x)) { /* a row of its own */
    x = frame->plot.x + frame->plot.width / 2;
    y += 1.5 * em;
  }
  limen_places_add_text (layout->places, &text, caption, x, y);
}

/* --- Names of levels --- */

/* The first free place along the level with the least under it: above its line, or below. */
static void
place_level_name (LimenLineLayout *layout, const LimenLevel *level)
{
  const LimenRect *area = &layout->frame.plot;
  double em = layout->style->font_size, least = INFINITY, right = area->x + area->width;
  double y = limen_axis_to_pixel (&layout->frame.y, level->y);
  LimenText text = {.colour = level->colour, .bold = TRUE, .size = 1.04, .max_width = area->width};
  if (!level->name || !isfinite (y) || y < area->y - 1 || y > area->y + area->height + 1)
    return;
  LimenRect best, rect = limen_text_rect (layout->style, &text, level->name, 0, 0);
  double above = y - rect.height - 0.15 * em, outside = area->y - rect.height;
  gboolean at_top = limen_line_is_at_top (&layout->frame, layout->style, y);
  const double tops[] = {at_top ? outside : above, y + 0.25 * em};
  for (int below = 0; below < 2; below++)
    for (rect.x = area->x; rect.x == area->x || rect.x + rect.width <= right; rect.x += 8) {
      rect.y = tops[below];
      double cover = limen_places_cover (layout->places, &rect);
      double cost = (rect.y == outside ? 0 : cover) + 0.1 * (rect.x - area->x) + 100 * below;
      if (cost < least && limen_places_is_free (layout->places, &rect)) {
        least = cost;
        best = rect;
      }
    }
  if (isfinite (least))
    limen_places_add_label (layout->places, &text, level->name, &best);
}

/* --- Names along lines --- */

typedef struct {
  double cost;
  LimenRect rect;
} Best;

/* Above and below a point of a line, centred or to one side of it. */
static void
try_around (LimenLineLayout *layout, double x, double y, double along, LimenRect rect, Best *best)
{
  static const double distances[] = {3, 7, 12, 18}, sides[] = {0, 0.5, -0.5};
  const LimenRect *area = &layout->frame.plot;
  for (guint d = 0; d < 2 * G_N_ELEMENTS (distances); d++)
    for (guint s = 0; s < G_N_ELEMENTS (sides); s++) {
      double away = distances[d / 2];
      rect.x = x + (sides[s] - 0.5) * rect.width;
      rect.y = d % 2 ? y + away : y - away - rect.height;
      if (rect.x < area->x + 2 || rect.x + rect.width > area->x + area->width || rect.y < area->y ||
          rect.y + rect.height > area->y + area->height)
        continue;
      double cost = 0.8 * limen_places_cover (layout->places, &rect) + 0.12 * along + 1.5 * away;
      if (cost < best->cost && limen_places_is_free (layout->places, &rect))
        *best = (Best){cost, rect};
    }
}

/* Every few pixels from the right end of the line; a reference is seen best where it begins, before
 * what it is compared with comes near. */
static void
try_along (LimenLineLayout *layout, const LimenLine *line, const LimenRect *rect, Best *best)
{
  const double step = 10;
  double along = 0, x, y, next_x = NAN, next_y = NAN;
  for (guint k = 0; k < line->n; k++) {
    guint i = line->kind == LIMEN_LINE_REFERENCE ? k : line->n - 1 - k;
    if (!limen_line_place (&layout->frame, line->x[i], line->y[i], &x, &y)) {
      next_x = NAN;
      continue;
    }
    double p[4] = {next_x, next_y, x, y};
    next_x = x;
    next_y = y;
    if (isnan (p[0]) || !limen_segment_clip (&layout->frame.plot, p))
      continue;
    double length = hypot (p[2] - p[0], p[3] - p[1]);
    /* points at whole steps along the whole line */
    for (double at = step * ceil (along / step) - along; at < length; at += step)
      try_around (layout, p[0] + at / length * (p[2] - p[0]), p[1] + at / length * (p[3] - p[1]),
                  along + at, *rect, best);
    along += length;
  }
}

static void
place_line_name (LimenLineLayout *layout, const LimenLine *line)
{
  gboolean exact = line->kind == LIMEN_LINE_EXACT;
  LimenText text = {.colour = line->colour, .bold = exact, .size = 1};
  if (!line->name)
    return;
  LimenRect rect = limen_text_rect (layout->style, &text, line->name, 0, 0);
  Best best = {INFINITY, rect};
  try_along (layout, line, &rect, &best);
  /* where it would have to lie on much else, the colour has to do */
  if (isfinite (best.cost) &&
      limen_places_cover (layout->places, &best.rect) < 0.2 * rect.width * rect.height)
    limen_places_add_label (layout->places, &text, line->name, &best.rect);
}

/* --- Legend and badge --- */

/* In @area the place of least ink, nearest to the corner (@right, @bottom). */
static gboolean
find_corner (LimenLineLayout *layout, const LimenRect *area, gboolean right, gboolean bottom,
             LimenRect *rect)
{
  double room_x = area->width - rect->width, room_y = area->height - rect->height;
  double step = fmax (6, fmax (room_x, room_y) / 60), least = INFINITY;
  LimenRect best = *rect, tried = *rect;
  for (double dy = 0; dy <= room_y; dy += step)
    for (double dx = 0; dx <= room_x; dx += step) {
      tried.x = right ? area->x + room_x - dx : area->x + dx;
      tried.y = bottom ? area->y + room_y - dy : area->y + dy;
      double cost = limen_places_cover (layout->places, &tried) + 0.4 * (dx + dy);
      if (cost < least && limen_places_is_free (layout->places, &tried)) {
        least = cost;
        best = tried;
      }
    }
  *rect = best;
  return isfinite (least);
}

static const LimenDots *
dots_of_line (const LimenLinePlot *plot, const LimenLine *line)
{
  for (guint i = 0; i < plot->n_dots; i++)
    if (plot->dots[i].colour == line->colour)
      return &plot->dots[i];
  return NULL;
}

#define KEY 2.5 /* em: the line before a name, with the space between */

/** Row: of a legend: a name, or the end of one that is broken
 * @key: whether it begins a name */
typedef struct {
  const LimenLine *line;
  char *text;
  gboolean key;
} Row;

static LimenText
legend_text (const LimenLineLayout *layout, const LimenLine *line)
{
  double em = layout->style->font_size;
  return (LimenText){.colour = line->kind == LIMEN_LINE_EXACT ? LIMEN_COLOUR_INK : LIMEN_COLOUR_DIM,
                     .size = 1,
                     .max_width = fmax (layout->frame.plot.width - (1.5 + KEY) * em, 1),
                     .align_x = 1,
                     .align_y = 0.5};
}

/* A name that would take more than three quarters of the plot is broken at its comma: none is told
 * apart by letters that are cut off. @row: (out). Returns: how many */
static guint
break_names (const LimenLineLayout *layout, Row row[2 * LIMEN_LINE_MOST_KEYS])
{
  const LimenLinePlot *plot = layout->plot;
  double most = 0.75 * layout->frame.plot.width - KEY * layout->style->font_size;
  guint n = 0, names = 0;
  for (guint i = 0; i < plot->n_lines && names < LIMEN_LINE_MOST_KEYS; i++) {
    const LimenLine *line = &plot->line[i];
    if (!line->name)
      continue;
    LimenText text = legend_text (layout, line);
    const char *comma = strstr (line->name, ", ");
    gboolean whole =
        !comma || limen_text_rect (layout->style, &text, line->name, 0, 0).width <= most;
    row[n++] = (Row){line,
                     whole ? g_strdup (line->name)
                           : g_strndup (line->name, (gsize)(comma + 1 - line->name)),
                     TRUE};
    if (!whole)
      row[n++] = (Row){line, g_strdup (comma + 2), FALSE};
    names++;
  }
  return n;
}

/* @pitch: from row to row */
static void
place_rows (LimenLineLayout *layout, const Row *row, guint n, const LimenRect *legend, double pitch)
{
  double em = layout->style->font_size;
  for (guint i = 0; i < n; i++) {
    LimenText text = legend_text (layout, row[i].line);
    double y = legend->y + (i + 0.5) * pitch;
    LimenRect rect = limen_text_rect (layout->style, &text, row[i].text, 0, y);
    /* the key belongs to the label; the text is at its right end */
    rect.x = legend->x;
    rect.width += KEY * em;
    limen_places_add_label (layout->places, &text, row[i].text, &rect);
    if (row[i].key)
      layout->key[layout->n_keys++] =
          (LimenLineKey){row[i].line, dots_of_line (layout->plot, row[i].line), legend->x, y};
  }
}

static void
place_legend (LimenLineLayout *layout)
{
  const LimenRect *area = &layout->frame.plot;
  gboolean low = area->height < 11 * layout->style->font_size;
  double em = layout->style->font_size, pitch = (low ? 1.35 : 1.6) * em, wide = 0;
  Row row[2 * LIMEN_LINE_MOST_KEYS];
  guint n = break_names (layout, row);
  for (guint i = 0; i < n; i++) {
    LimenText text = legend_text (layout, row[i].line);
    wide = fmax (wide, limen_text_rect (layout->style, &text, row[i].text, 0, 0).width);
  }
  /* above the foot of the plot, where a marker has its value, as long as there is the height */
  LimenRect within = {area->x + em, area->y + 0.5 * em, area->width - 1.5 * em,
                      area->height - (low ? 1 : 3.6) * em};
  LimenRect legend = {0, 0, wide + KEY * em, n * pitch};
  if (n > 0 && legend.width <= within.width && legend.height <= within.height &&
      find_corner (layout, &within, TRUE, TRUE, &legend))
    place_rows (layout, row, n, &legend, pitch);
  for (guint i = 0; i < n; i++)
    g_free (row[i].text);
}

void
limen_line_layout_draw_keys (const LimenLineLayout *layout, cairo_t *cr)
{
  double em = layout->style->font_size;
  for (guint i = 0; i < layout->n_keys; i++) {
    const LimenLineKey *key = &layout->key[i];
    limen_palette_set (cr, layout->style->scheme, key->line->colour);
    if (key->line->n > 0) {
      limen_line_stroke_style (cr, layout->style, key->line->kind);
      limen_chart_line (cr, key->x, key->y, key->x + (KEY - 0.6) * em, key->y);
      cairo_stroke (cr);
    }
    if (key->dots)
      limen_dot_draw (cr, layout->style, key->dots->shape, key->dots->colour,
                      key->x + (KEY - 0.6) / 2 * em, key->y);
  }
}

/* In the middle of an empty plot, else towards the upper right. */
static void
place_badge (LimenLineLayout *layout)
{
  const LimenRect *area = &layout->frame.plot;
  double em = layout->style->font_size;
  LimenText text = {.colour = LIMEN_COLOUR_INK,
                    .size = 1,
                    .max_width = fmax (area->width - 3 * em, 1),
                    .align_x = 0.5,
                    .align_y = 0.5};
  if (!layout->plot->badge || area->height < 3 * em || text.max_width < 5 * em)
    return;
  LimenRect rect = limen_text_rect (layout->style, &text, layout->plot->badge, 0, 0);
  rect.width += 1.4 * em;
  rect.height += 0.6 * em;
  if (limen_places_cover (layout->places, area) == 0) {
    rect.x = round (area->x + (area->width - rect.width) / 2) + 0.5;
    rect.y = round (area->y + (area->height - rect.height) / 2) + 0.5;
  } else {
    LimenRect within = {area->x + 0.5 * em, area->y + 0.3 * em, area->width - em,
                        area->height - 0.8 * em};
    if (!find_corner (layout, &within, TRUE, FALSE, &rect))
      return;
  }
  layout->badge = rect;
  limen_places_add_label (layout->places, &text, layout->plot->badge, &rect);
}

void
limen_line_layout_place_words (LimenLineLayout *layout)
{
  const LimenLinePlot *plot = layout->plot;
  LimenChartHeader header =
      limen_line_plot_header (plot, layout->style, layout->width, layout->height);
  limen_chart_header_place (&header, layout->places, layout->style, layout->width);
  place_x_caption (layout);
  add_ink (layout);
  for (guint i = 0; i < plot->n_levels; i++)
    place_level_name (layout, &plot->level[i]);
  if (plot->legend)
    place_legend (layout);
  for (guint i = 0; i < plot->n_lines && !plot->legend; i++)
    place_line_name (layout, &plot->line[i]);
  place_badge (layout);
}
