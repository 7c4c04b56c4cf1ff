/* The names of curves: at the right ends of their lines where there is room beside the plot, below
 * it where there is not. */
#include "viz/game/game-picture-private.h"

#include <math.h>

/* All in em. */
#define WIDE   46  /* a plot with names beside it */
#define KEY    2.5 /* the piece of line before a name, with the space between */
#define LEADER 1.9 /* from the end of a line to its name */
#define ROW    1.35
#define GAP    1.3 /* between names in a row */

static LimenText
text_of (const LimenGameKey *key)
{
  gboolean first = key->line->colour == LIMEN_COLOUR_HAND && key->line->kind == LIMEN_LINE_EXACT;
  return (LimenText){.colour =
                         key->line->kind == LIMEN_LINE_EXACT ? LIMEN_COLOUR_INK : LIMEN_COLOUR_DIM,
                     .bold = first,
                     .size = 1,
                     .align_y = 0.5};
}

/* Thick lines, then what is proven, then thin lines: those that go last are left out first. */
static void
find_keys (LimenGameLayout *layout, gboolean thin)
{
  LimenGameLines *lines = &layout->lines;
  guint n = lines->n_runners;
  layout->n_keys = 0;
  for (guint r = 0; r < n; r++)
    layout->key[layout->n_keys++] =
        (LimenGameKey){&lines->line[r], &lines->dots[r], lines->line[r].name, {0}, NAN};
  for (guint i = 0; i < lines->n_references; i++) {
    const LimenLine *line = &lines->line[2 * n + i];
    layout->key[layout->n_keys++] = (LimenGameKey){line, NULL, line->name, {0}, NAN};
  }
  for (guint r = 0; r < n && thin; r++) {
    guint at = lines->n_references + r;
    if (!lines->name[at])
      lines->name[at] = g_strdup_printf ("%s, average", lines->line[r].name);
    layout->key[layout->n_keys++] =
        (LimenGameKey){&lines->line[n + r], NULL, lines->name[at], {0}, NAN};
  }
}

static double
width_of (const LimenGameLayout *layout, const LimenGameKey *key)
{
  LimenText text = text_of (key);
  return KEY * layout->style->font_size +
         limen_text_rect (layout->style, &text, key->name, 0, 0).width;
}

static void
find_frame (LimenGameLayout *layout, double width, double height)
{
  layout->width = fmax (width, 1);
  layout->height = fmax (height, 1);
  limen_frame_clear (&layout->frame);
  layout->frame =
      limen_line_plot_frame (&layout->plot, layout->style, layout->width, layout->height);
}

/* --- Below --- */

/* From left to right, in rows. Returns: how many rows. */
static guint
place_rows (LimenGameLayout *layout, double left, double right, double top)
{
  double em = layout->style->font_size, x = left;
  guint row = 0;
  for (guint i = 0; i < layout->n_keys; i++) {
    LimenGameKey *key = &layout->key[i];
    double width = fmin (width_of (layout, key), right - left);
    if (x > left && x + width > right) {
      x = left;
      row++;
    }
    key->rect = (LimenRect){x, top + row * ROW * em, width, ROW * em};
    x += width + GAP * em;
  }
  return row + 1;
}

static void
place_below (LimenGameLayout *layout, double width, double height)
{
  double em = layout->style->font_size, left = 1.2 * em, right = width - 1.2 * em;
  layout->beside = FALSE;
  find_keys (layout, FALSE);
  /* at most a third of the height; what is proven goes before names do */
  for (;; layout->n_keys--) {
    guint rows =
        layout->n_keys > 0 && right > left + 6 * em ? place_rows (layout, left, right, 0) : 0;
    double room = rows ? (rows * ROW + 0.7) * em : 0;
    if (rows == 0)
      layout->n_keys = 0;
    if (rows > 0 && room > height / 3)
      continue;
    find_frame (layout, width, height - room);
    if (rows > 0)
      place_rows (layout, left, right, height - room + 0.2 * em);
    return;
  }
}

/* --- Beside --- */

/* The height at which a line reaches the right end. */
static double
end_of (const LimenGameLayout *layout, const LimenLine *line)
{
  const LimenRect *area = &layout->frame.plot;
  double x, y;
  for (guint i = line->n; i-- > 0;)
    if (limen_line_place (&layout->frame, line->x[i], line->y[i], &x, &y))
      return x > area->x + area->width - 6 && y >= area->y && y <= area->y + area->height ? y : NAN;
  return NAN;
}

static void
sort_by_end (LimenGameLayout *layout)
{
  for (guint i = 1; i < layout->n_keys; i++)
    for (guint k = i; k > 0; k--) {
      LimenGameKey *a = &layout->key[k - 1], *b = &layout->key[k];
      if (isnan (b->end) || (!isnan (a->end) && a->end <= b->end))
        break;
      LimenGameKey swap = *a;
      *a = *b;
      *b = swap;
    }
}

/* Rows as near to the ends of their lines as can be, without overlap, in the same order: down from
 * the top, then up from the foot. Lines that end elsewhere are last. */
static void
spread (LimenGameLayout *layout, double top, double bottom)
{
  double row = ROW * layout->style->font_size, next = top;
  for (guint i = 0; i < layout->n_keys; i++) {
    LimenRect *rect = &layout->key[i].rect;
    double end = layout->key[i].end;
    rect->y = fmax (isnan (end) ? next : end - row / 2, next);
    rect->height = row;
    next = rect->y + row;
  }
  next = bottom;
  for (guint i = layout->n_keys; i-- > 0;) {
    LimenRect *rect = &layout->key[i].rect;
    rect->y = fmin (rect->y, next - row);
    next = rect->y;
  }
}

static gboolean
place_beside (LimenGameLayout *layout, double width, double height)
{
  double em = layout->style->font_size, widest = 0;
  find_frame (layout, width, height);
  double room = layout->frame.plot.height;
  find_keys (layout, TRUE);
  while (layout->n_keys > layout->lines.n_runners && layout->n_keys * ROW * em > room)
    layout->n_keys--;
  if (width < WIDE * em || layout->n_keys == 0 || layout->n_keys * ROW * em > room)
    return FALSE;
  for (guint i = 0; i < layout->n_keys; i++)
    widest = fmax (widest, width_of (layout, &layout->key[i]));
  find_frame (layout, width - ceil (widest) - (LEADER - 0.2) * em, height);
  const LimenRect *area = &layout->frame.plot;
  for (guint i = 0; i < layout->n_keys; i++) {
    LimenGameKey *key = &layout->key[i];
    key->end = end_of (layout, key->line);
    key->rect.x = area->x + area->width + LEADER * em;
    key->rect.width = width_of (layout, key);
  }
  sort_by_end (layout);
  spread (layout, area->y, area->y + area->height);
  layout->beside = TRUE;
  return TRUE;
}

void
limen_game_layout_place_keys (LimenGameLayout *layout, double width, double height)
{
  if (!place_beside (layout, width, height))
    place_below (layout, width, height);
}

/* --- Drawing --- */

static void
draw_leader (const LimenGameLayout *layout, const LimenGameKey *key, cairo_t *cr)
{
  double em = layout->style->font_size, right = layout->frame.plot.x + layout->frame.plot.width;
  double y = key->rect.y + key->rect.height / 2;
  if (!layout->beside || isnan (key->end))
    return;
  limen_palette_set (cr, layout->style->scheme, LIMEN_COLOUR_AXIS);
  cairo_set_dash (cr, NULL, 0, 0);
  cairo_set_line_width (cr, 0.8);
  cairo_move_to (cr, right + 0.25 * em, key->end);
  cairo_line_to (cr, right + 0.5 * em, key->end);
  cairo_line_to (cr, key->rect.x - 0.7 * em, y);
  cairo_line_to (cr, key->rect.x - 0.35 * em, y);
  cairo_stroke (cr);
}

void
limen_game_layout_draw_keys (const LimenGameLayout *layout, cairo_t *cr)
{
  double em = layout->style->font_size;
  for (guint i = 0; i < layout->n_keys; i++) {
    const LimenGameKey *key = &layout->key[i];
    double x = key->rect.x, y = key->rect.y + key->rect.height / 2;
    LimenText text = text_of (key);
    text.max_width = fmax (key->rect.width - KEY * em + 1, 1);
    draw_leader (layout, key, cr);
    limen_palette_set (cr, layout->style->scheme, key->line->colour);
    limen_line_stroke_style (cr, layout->style, key->line->kind);
    limen_chart_line (cr, x, y, x + (KEY - 0.6) * em, y);
    cairo_stroke (cr);
    if (key->dots)
      limen_dot_draw (cr, layout->style, key->dots->shape, key->dots->colour,
                      x + (KEY - 0.6) / 2 * em, y);
    limen_text_draw (cr, layout->style, &text, key->name, x + KEY * em, y);
  }
}
