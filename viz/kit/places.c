#include "viz/kit/places.h"

#include <math.h>

#define CELL 4 /* pixels */

/**
 * @cell: (rows, columns): whether there is ink
 * @sum: (rows + 1, columns + 1) (nullable): inked cells above and left of each corner; made when it
 * is asked for (Crow's summed-area table, 1984)
 */
struct LimenPlaces {
  LimenChartStyle style;
  double width, height;
  int columns, rows;
  guint8 *cell;
  guint32 *sum;
  GArray *labels;
};

static void
clear_label (gpointer label)
{
  g_free (((LimenLabel *)label)->string);
}

LimenPlaces *
limen_places_new (const LimenChartStyle *style, double width, double height)
{
  LimenPlaces *places = g_new0 (LimenPlaces, 1);
  places->style = *style;
  places->width = width;
  places->height = height;
  places->columns = (int)ceil (CLAMP (width, 1, 20000) / CELL);
  places->rows = (int)ceil (CLAMP (height, 1, 20000) / CELL);
  places->cell = g_new0 (guint8, (gsize)places->columns * places->rows);
  places->labels = g_array_new (FALSE, FALSE, sizeof (LimenLabel));
  g_array_set_clear_func (places->labels, clear_label);
  return places;
}

void
limen_places_free (LimenPlaces *places)
{
  if (!places)
    return;
  g_free (places->cell);
  g_free (places->sum);
  g_array_unref (places->labels);
  g_free (places);
}

/* --- Ink --- */

gboolean
limen_segment_clip (const LimenRect *rect, double p[4])
{
  double x = p[0], y = p[1], dx = p[2] - p[0], dy = p[3] - p[1], from = 0, to = 1;
  if (!isfinite (dx) || !isfinite (dy))
    return FALSE;
  const double slope[4] = {-dx, dx, -dy, dy};
  const double room[4] = {x - rect->x, rect->x + rect->width - x, y - rect->y,
                          rect->y + rect->height - y};
  for (int i = 0; i < 4; i++) {
    if (slope[i] < 0)
      from = fmax (from, room[i] / slope[i]);
    else if (slope[i] > 0)
      to = fmin (to, room[i] / slope[i]);
    else if (room[i] < 0)
      return FALSE;
  }
  if (!(from <= to))
    return FALSE;
  p[2] = x + to * dx;
  p[3] = y + to * dy;
  p[0] = x + from * dx;
  p[1] = y + from * dy;
  return TRUE;
}

static void
mark (LimenPlaces *places, int column, int row)
{
  if (column >= 0 && column < places->columns && row >= 0 && row < places->rows)
    places->cell[(gsize)row * places->columns + column] = 1;
}

void
limen_places_add_segment (LimenPlaces *places, double x0, double y0, double x1, double y1)
{
  const LimenRect all = {0, 0, places->width, places->height};
  double p[4] = {x0, y0, x1, y1};
  if (!limen_segment_clip (&all, p))
    return;
  int steps = (int)ceil (2 * fmax (fabs (p[2] - p[0]), fabs (p[3] - p[1])) / CELL);
  for (int i = 0; i <= steps; i++) {
    double t = steps ? (double)i / steps : 0;
    mark (places, (int)((p[0] + t * (p[2] - p[0])) / CELL),
          (int)((p[1] + t * (p[3] - p[1])) / CELL));
  }
  g_clear_pointer (&places->sum, g_free);
}

void
limen_places_add_rect (LimenPlaces *places, const LimenRect *rect)
{
  if (!(rect->x < places->width && rect->x + rect->width > 0) ||
      !(rect->y < places->height && rect->y + rect->height > 0))
    return;
  int right = (int)floor (fmin (rect->x + rect->width, places->width) / CELL);
  int bottom = (int)floor (fmin (rect->y + rect->height, places->height) / CELL);
  for (int row = (int)floor (fmax (rect->y, 0) / CELL); row <= bottom; row++)
    for (int column = (int)floor (fmax (rect->x, 0) / CELL); column <= right; column++)
      mark (places, column, row);
  g_clear_pointer (&places->sum, g_free);
}

static void
sum_up (LimenPlaces *places)
{
  gsize stride = (gsize)places->columns + 1;
  places->sum = g_new0 (guint32, stride * ((gsize)places->rows + 1));
  for (int row = 0; row < places->rows; row++) {
    const guint8 *cell = places->cell + (gsize)row * places->columns;
    guint32 *above = places->sum + row * stride, *below = above + stride, so_far = 0;
    for (int column = 0; column < places->columns; column++) {
      so_far += cell[column];
      below[column + 1] = above[column + 1] + so_far;
    }
  }
}

double
limen_places_cover (LimenPlaces *places, const LimenRect *rect)
{
  if (!places->sum)
    sum_up (places);
  gsize stride = (gsize)places->columns + 1;
  int left = (int)CLAMP (floor (rect->x / CELL), 0, places->columns);
  int top = (int)CLAMP (floor (rect->y / CELL), 0, places->rows);
  int right = (int)CLAMP (ceil ((rect->x + rect->width) / CELL), left, places->columns);
  int bottom = (int)CLAMP (ceil ((rect->y + rect->height) / CELL), top, places->rows);
  const guint32 *sum = places->sum;
  guint32 n = sum[bottom * stride + right] - sum[top * stride + right] -
              sum[bottom * stride + left] + sum[top * stride + left];
  return (double)n * CELL * CELL;
}

/* --- Labels --- */

gboolean
limen_places_is_free (const LimenPlaces *places, const LimenRect *rect)
{
  double gap = 0.6 * places->style.font_size;
  if (rect->x < 1 || rect->y < 1 || rect->x + rect->width > places->width - 1 ||
      rect->y + rect->height > places->height - 1)
    return FALSE;
  for (guint i = 0; i < places->labels->len; i++) {
    const LimenRect *other = &g_array_index (places->labels, LimenLabel, i).rect;
    if (rect->x < other->x + other->width + gap && other->x < rect->x + rect->width + gap &&
        rect->y < other->y + other->height && other->y < rect->y + rect->height)
      return FALSE;
  }
  return TRUE;
}

void
limen_places_add_label (LimenPlaces *places, const LimenText *text, const char *string,
                        const LimenRect *rect)
{
  LimenLabel label = {*text, g_strdup (string), *rect};
  g_array_append_val (places->labels, label);
}

gboolean
limen_places_add_text (LimenPlaces *places, const LimenText *text, const char *string, double x,
                       double y)
{
  LimenRect rect = limen_text_rect (&places->style, text, string, x, y);
  if (!limen_places_is_free (places, &rect))
    return FALSE;
  limen_places_add_label (places, text, string, &rect);
  return TRUE;
}

guint
limen_places_n_labels (const LimenPlaces *places)
{
  return places->labels->len;
}

const LimenLabel *
limen_places_label (const LimenPlaces *places, guint index)
{
  return &g_array_index (places->labels, LimenLabel, index);
}

void
limen_places_draw (LimenPlaces *places, cairo_t *cr)
{
  for (guint i = 0; i < places->labels->len; i++) {
    const LimenLabel *label = limen_places_label (places, i);
    const LimenRect *rect = &label->rect;
    LimenText text = label->text;
    text.halo = limen_places_cover (places, rect) > 0;
    limen_text_draw (cr, &places->style, &text, label->string, rect->x + text.align_x * rect->width,
                     rect->y + text.align_y * rect->height);
  }
}
