#include "viz/detector/histogram-marks.h"

#include "viz/detector/histogram-plot-private.h"

#include <math.h>

#define HEAD     0.75 /* its radius, in font sizes */
#define LEVEL    1.9  /* from one level of heads to the next */
#define MOST_OUT 0.7  /* of the height of the plot, that pins may take */

static double
head_radius (const LimenHistogramPlot *plot)
{
  return HEAD * plot->style.font_size;
}

static double
head_y (const LimenHistogramPlot *plot, guint level)
{
  const LimenRect *area = &plot->frame.plot;
  return area->y + area->height - (1.4 + LEVEL * level) * plot->style.font_size;
}

/* At most so many that the pins stay below the threshold's value */
static guint
n_levels (const LimenHistogramPlot *plot)
{
  double room = MOST_OUT * plot->frame.plot.height;
  return (guint)fmax (floor (room / (LEVEL * plot->style.font_size)), 1);
}

/* -- places -- */

static gboolean
overlap (const LimenRect *a, const LimenRect *b)
{
  return a->x < b->x + b->width && b->x < a->x + a->width && a->y < b->y + b->height &&
         b->y < a->y + a->height;
}

static LimenRect
head_rect (const LimenHistogramPlot *plot, const LimenMarkPlace *place)
{
  double radius = head_radius (plot);
  return (LimenRect){place->x - radius, place->y - radius, 2 * radius, 2 * radius};
}

/* From the head down to the axis */
static LimenRect
stem_rect (const LimenHistogramPlot *plot, const LimenMarkPlace *place)
{
  const LimenRect *area = &plot->frame.plot;
  return (LimenRect){place->x - 2, place->y, 4, area->y + area->height - place->y};
}

static gboolean
is_free (const LimenHistogramPlot *plot, const LimenRect *rect, const LimenMarkPlace *place,
         const guint *placed, guint n_placed)
{
  for (guint i = 0; i < n_placed; i++) {
    const LimenMarkPlace *other = &place[placed[i]];
    LimenRect head = head_rect (plot, other), stem = stem_rect (plot, other);
    if (overlap (rect, &head) || overlap (rect, &stem) ||
        (other->label.width > 0 && overlap (rect, &other->label)))
      return FALSE;
  }
  return TRUE;
}

static gboolean
hits_words (const LimenHistogramPlot *plot, const LimenRect *rect)
{
  for (guint i = 0; i < plot->n_labels; i++)
    if (overlap (rect, &plot->label[i].rect))
      return TRUE;
  return FALSE;
}

static LimenText
text_of (double max_width, gboolean left)
{
  return (LimenText){.colour = LIMEN_COLOUR_INK,
                     .halo = TRUE,
                     .size = 1,
                     .max_width = max_width,
                     .align_x = left,
                     .align_y = 0.5};
}

/* Numbers are said whole or not at all; a name may lose its middle. */
typedef struct {
  const char *string;
  double max_width;
} Words;

/* Words on one side of the head, where they keep within the plot and off all else; FALSE: not there
 */
static gboolean
try_words (const LimenHistogramPlot *plot, LimenMarkPlace *place, guint one, const guint *placed,
           guint n_placed, const Words *words, gboolean left)
{
  const LimenRect *area = &plot->frame.plot;
  double gap = head_radius (plot) + 4;
  LimenText text = text_of (words->max_width, left);
  LimenRect rect = limen_text_rect (&plot->style, &text, words->string,
                                    place[one].x + (left ? -gap : gap), place[one].y);
  if (rect.x < area->x + 2 || rect.x + rect.width > area->x + area->width - 2 ||
      hits_words (plot, &rect) || !is_free (plot, &rect, place, placed, n_placed))
    return FALSE;
  place[one].label = rect;
  place[one].text = g_strdup (words->string);
  return TRUE;
}

/* The lowest level where the head, and words if there are any, have room; @over: the head may lie
 * over words of the histogram */
static gboolean
try_levels (const LimenHistogramPlot *plot, LimenMarkPlace *place, guint one, const guint *placed,
            guint n_placed, const Words *words, gboolean over)
{
  for (guint level = 0; level < n_levels (plot); level++) {
    place[one].y = head_y (plot, level);
    LimenRect head = head_rect (plot, &place[one]);
    if (!is_free (plot, &head, place, placed, n_placed) || (!over && hits_words (plot, &head)))
      continue;
    if (!words || try_words (plot, place, one, placed, n_placed, words, FALSE) ||
        try_words (plot, place, one, placed, n_placed, words, TRUE))
      return TRUE;
  }
  return FALSE;
}

static void
place_one (const LimenHistogramPlot *plot, const LimenHistogramMark *mark, LimenMarkPlace *place,
           guint one, const guint *placed, guint n_placed)
{
  const LimenRect *area = &plot->frame.plot;
  double radius = head_radius (plot);
  g_autofree char *all = mark->said ? g_strdup_printf ("%s · %s", mark->name, mark->said) : NULL;
  const Words words[] = {{all, 0}, {mark->said, 0}, {mark->name, 0.5 * area->width}};
  place[one] = (LimenMarkPlace){0};
  place[one].x = CLAMP (limen_histogram_plot_x_of_value (plot, mark->score), area->x + radius,
                        area->x + area->width - radius);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (words[i].string && try_levels (plot, place, one, placed, n_placed, &words[i], FALSE))
      return;
  if (try_levels (plot, place, one, placed, n_placed, NULL, FALSE) ||
      try_levels (plot, place, one, placed, n_placed, NULL, TRUE))
    return;
  place[one].y = head_y (plot, 0); /* no room at all */
}

/* From the right to the left, so that words to the right of a head lie over no stem that comes
 * later. */
void
limen_histogram_marks_place (const LimenHistogramPlot *plot, const LimenHistogramMark *mark,
                             guint n, LimenMarkPlace *place)
{
  g_return_if_fail (plot != NULL && n <= LIMEN_MOST_MARKS);
  guint order[LIMEN_MOST_MARKS];
  for (guint i = 0; i < n; i++) {
    guint at = i;
    for (; at > 0 && mark[order[at - 1]].score < mark[i].score; at--)
      order[at] = order[at - 1];
    order[at] = i;
  }
  for (guint i = 0; i < n; i++)
    place_one (plot, &mark[order[i]], place, order[i], order, i);
}

void
limen_mark_places_clear (LimenMarkPlace *place, guint n)
{
  g_return_if_fail (place != NULL || n == 0);
  for (guint i = 0; i < n; i++)
    g_clear_pointer (&place[i].text, g_free);
}

/* -- drawing -- */

static LimenColour
colour_of (const LimenHistogramMark *mark)
{
  return mark->in_hand ? LIMEN_COLOUR_HAND : LIMEN_COLOUR_INK;
}

static void
draw_stem (const LimenHistogramPlot *plot, cairo_t *cr, const LimenHistogramMark *mark,
           const LimenMarkPlace *place)
{
  double base = plot->frame.plot.y + plot->frame.plot.height, x = round (place->x) + 0.5;
  limen_chart_line (cr, x, place->y, x, base);
  limen_palette_set (cr, plot->style.scheme, LIMEN_COLOUR_PAPER);
  cairo_set_line_width (cr, 4);
  cairo_stroke (cr);
  limen_chart_line (cr, x, place->y, x, base + 5); /* a tick beyond the axis */
  limen_palette_set (cr, plot->style.scheme, colour_of (mark));
  cairo_set_line_width (cr, 2);
  cairo_stroke (cr);
}

static void
draw_head (const LimenHistogramPlot *plot, cairo_t *cr, const LimenHistogramMark *mark,
           const LimenMarkPlace *place)
{
  LimenColour colour = colour_of (mark);
  cairo_new_path (cr);
  cairo_arc (cr, place->x, place->y, head_radius (plot) - 1, 0, 2 * G_PI);
  limen_palette_set (cr, plot->style.scheme, mark->flagged ? colour : LIMEN_COLOUR_PAPER);
  cairo_fill_preserve (cr);
  limen_palette_set (cr, plot->style.scheme, colour);
  cairo_set_line_width (cr, 2);
  cairo_stroke (cr);
  if (mark->number == 0)
    return;
  char number[12];
  g_snprintf (number, sizeof number, "%u", mark->number);
  LimenText text = {.colour = mark->flagged ? LIMEN_COLOUR_PAPER : colour,
                    .bold = TRUE,
                    .size = 0.85,
                    .align_x = 0.5,
                    .align_y = 0.5};
  limen_text_draw (cr, &plot->style, &text, number, place->x, place->y);
}

static void
draw_words (const LimenHistogramPlot *plot, cairo_t *cr, const LimenMarkPlace *place)
{
  gboolean left = place->label.x < place->x;
  LimenText text = text_of (place->label.width + 1, left);
  if (place->text)
    limen_text_draw (cr, &plot->style, &text, place->text,
                     place->label.x + (left ? place->label.width : 0), place->y);
}

void
limen_histogram_marks_draw (const LimenHistogramPlot *plot, cairo_t *cr,
                            const LimenHistogramMark *mark, guint n)
{
  g_return_if_fail (plot != NULL && n <= LIMEN_MOST_MARKS);
  LimenMarkPlace place[LIMEN_MOST_MARKS];
  limen_histogram_marks_place (plot, mark, n, place);
  cairo_save (cr);
  cairo_new_path (cr);
  for (guint i = 0; i < n; i++)
    draw_stem (plot, cr, &mark[i], &place[i]);
  for (guint i = 0; i < n; i++)
    draw_head (plot, cr, &mark[i], &place[i]);
  for (guint i = 0; i < n; i++)
    draw_words (plot, cr, &place[i]);
  cairo_restore (cr);
  limen_mark_places_clear (place, n);
}
