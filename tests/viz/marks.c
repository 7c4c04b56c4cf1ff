#include "marks.h"

#include "marks-shape.h"
#include "marks-source.h"

#include <cairo-pdf.h>
#include <math.h>
#include <pango/pangocairo.h>
#include <string.h>

#define A_RUN 6 /* so many of a kind in a row are one line */

/* --- What is being drawn. One plot at a time, on one thread --- */

/* @run: (element-type LimenShape): drawn alike one after the other, not written yet; @how: in words
 * @clip: where; @halo: (nullable): what the next text stands on */
static struct {
  cairo_t *cr;
  LimenScheme scheme;
  LimenMarks *marks;
  GArray *run;
  char *how, *halo;
  LimenRect clip;
  gboolean letters; /* the path is a text's */
} heard;

static void
write_line (GString *line)
{
  g_ptr_array_add (heard.marks->line, g_string_free (line, FALSE));
}

static void
append_rect (GString *line, const LimenRect *rect)
{
  g_string_append_printf (line, " %.1f %.1f %.1f × %.1f", rect->x, rect->y, rect->width,
                          rect->height);
}

/* --- Where it can be drawn --- */

static LimenRect
clip_of (cairo_t *cr)
{
  double x0, y0, x1, y1;
  cairo_clip_extents (cr, &x0, &y0, &x1, &y1);
  cairo_user_to_device (cr, &x0, &y0);
  cairo_user_to_device (cr, &x1, &y1);
  return (LimenRect){fmin (x0, x1), fmin (y0, y1), fabs (x1 - x0), fabs (y1 - y0)};
}

static gboolean
is_within (const LimenRect *rect, const LimenRect *outer)
{
  return rect->x >= outer->x - 0.5 && rect->y >= outer->y - 0.5 &&
         rect->x + rect->width <= outer->x + outer->width + 0.5 &&
         rect->y + rect->height <= outer->y + outer->height + 0.5;
}

static void
append_clip (GString *line, const LimenRect *clip, const LimenRect *box)
{
  if (is_within (box, clip))
    return;
  g_string_append (line, ", clipped to");
  append_rect (line, clip);
}

/* --- Paths --- */

static void
append_shape (GString *line, const LimenShape *shape)
{
  if (strcmp (shape->kind, "line") == 0) {
    g_string_append_printf (line, " %.1f %.1f to %.1f %.1f", shape->from[0], shape->from[1],
                            shape->to[0], shape->to[1]);
    return;
  }
  append_rect (line, &shape->box);
  if (strcmp (shape->kind, "rectangle") != 0)
    g_string_append_printf (line, ", centre %.1f %.1f, length %.1f", shape->mass[0], shape->mass[1],
                            shape->length);
}

static void
write_shape (const LimenShape *shape)
{
  GString *line = g_string_new (heard.how);
  g_string_append_printf (line, " %s", shape->kind);
  append_shape (line, shape);
  append_clip (line, &heard.clip, &shape->box);
  write_line (line);
}

static void
write_run (void)
{
  const LimenShape *first = &g_array_index (heard.run, LimenShape, 0);
  LimenShape all = *first;
  for (guint i = 1; i < heard.run->len; i++)
    limen_shape_add (&all, &g_array_index (heard.run, LimenShape, i));
  GString *line = g_string_new (NULL);
  g_string_append_printf (line, "%u × %s %s in", heard.run->len, heard.how, first->kind);
  append_rect (line, &all.box);
  g_string_append_printf (line, ", centre %.1f %.1f, length %.1f, from %.1f %.1f to %.1f %.1f",
                          all.mass[0], all.mass[1], all.length, first->from[0], first->from[1],
                          all.to[0], all.to[1]);
  append_clip (line, &heard.clip, &all.box);
  write_line (line);
}

static void
flush (void)
{
  if (heard.run->len >= A_RUN)
    write_run ();
  else
    for (guint i = 0; i < heard.run->len; i++)
      write_shape (&g_array_index (heard.run, LimenShape, i));
  g_array_set_size (heard.run, 0);
}

static void
add_shape (const LimenShape *shape, const char *how, const LimenRect *clip)
{
  if (heard.run->len > 0) {
    const LimenShape *last = &g_array_index (heard.run, LimenShape, heard.run->len - 1);
    if (strcmp (last->kind, shape->kind) != 0 || strcmp (how, heard.how) != 0 ||
        memcmp (clip, &heard.clip, sizeof *clip) != 0)
      flush ();
  }
  g_free (heard.how);
  heard.how = g_strdup (how);
  heard.clip = *clip;
  g_array_append_val (heard.run, *shape);
}

static char *
pen_words (cairo_t *cr)
{
  GString *out = g_string_new (NULL);
  double width = cairo_get_line_width (cr), zero = 0, dash[8], offset;
  cairo_user_to_device_distance (cr, &width, &zero);
  g_string_append_printf (out, " width=%.4g", width);
  if (cairo_get_line_cap (cr) == CAIRO_LINE_CAP_ROUND)
    g_string_append (out, " round");
  int n = cairo_get_dash_count (cr);
  if (n > 0 && n <= (int)G_N_ELEMENTS (dash)) {
    cairo_get_dash (cr, dash, &offset);
    for (int i = 0; i < n; i++)
      g_string_append_printf (out, "%s%.4g", i ? "," : " dash=", dash[i]);
  }
  return g_string_free (out, FALSE);
}

static void
hear_path (cairo_t *cr, const char *verb)
{
  if (cr != heard.cr)
    return;
  g_autofree char *source = limen_source_words (cr, cairo_get_source (cr), heard.scheme);
  g_autofree char *pen = strcmp (verb, "stroke") == 0 ? pen_words (cr) : g_strdup ("");
  g_autofree char *how = g_strdup_printf ("%s %s%s", verb, source, pen);
  if (heard.letters) {
    g_free (heard.halo);
    heard.halo = g_steal_pointer (&how);
    heard.letters = FALSE;
    return;
  }
  g_autoptr (GArray) shapes = limen_shapes (cr);
  LimenRect clip = clip_of (cr);
  for (guint i = 0; i < shapes->len; i++)
    add_shape (&g_array_index (shapes, LimenShape, i), how, &clip);
}

/* --- All that the clip lets through --- */

static void
hear_paint (cairo_t *cr, const char *verb, cairo_pattern_t *mask, double alpha)
{
  if (cr != heard.cr)
    return;
  flush ();
  GString *line = g_string_new (verb);
  g_autofree char *source = limen_source_words (cr, cairo_get_source (cr), heard.scheme);
  g_autofree char *through = mask ? limen_source_words (cr, mask, heard.scheme) : NULL;
  LimenRect clip = clip_of (cr);
  g_string_append_printf (line, " %s", source);
  if (through)
    g_string_append_printf (line, " through %s", through);
  if (alpha < 1)
    g_string_append_printf (line, " alpha=%.2f", alpha);
  g_string_append (line, " in");
  append_rect (line, &clip);
  write_line (line);
}

/* --- Texts --- */

static LimenRect
placed (cairo_t *cr, const PangoRectangle *rect, double x, double y)
{
  LimenRect out = {x + rect->x / (double)PANGO_SCALE, y + rect->y / (double)PANGO_SCALE,
                   rect->width / (double)PANGO_SCALE, rect->height / (double)PANGO_SCALE};
  cairo_user_to_device (cr, &out.x, &out.y);
  cairo_user_to_device_distance (cr, &out.width, &out.height);
  return out;
}

static void
hear_text (cairo_t *cr, PangoLayout *layout)
{
  if (cr != heard.cr)
    return;
  flush ();
  double x, y;
  PangoRectangle ink, logical;
  cairo_get_current_point (cr, &x, &y);
  pango_layout_get_extents (layout, &ink, &logical);
  LimenRect rect = placed (cr, &logical, x, y);
  const PangoFontDescription *font = pango_layout_get_font_description (layout);
  g_autofree char *source = limen_source_words (cr, cairo_get_source (cr), heard.scheme);
  GString *line = g_string_new (NULL);
  g_string_append_printf (line, "text %s %.4gpx%s \"%s\" at", source,
                          pango_font_description_get_size (font) / (double)PANGO_SCALE,
                          pango_font_description_get_weight (font) > 400 ? " bold" : "",
                          pango_layout_get_text (layout));
  append_rect (line, &rect);
  if (pango_layout_is_ellipsized (layout))
    g_string_append (line, ", shortened");
  if (heard.halo)
    g_string_append_printf (line, ", on %s", heard.halo);
  g_clear_pointer (&heard.halo, g_free);
  write_line (line);
  LimenMarkedText text = {g_strdup (pango_layout_get_text (layout)), placed (cr, &ink, x, y),
                          clip_of (cr)};
  g_ptr_array_add (heard.marks->text, g_memdup2 (&text, sizeof text));
}

/* --- The calls, as the linker leads them here --- */

#define LISTEN(name, parameters, arguments, before)                                                \
  void __real_##name parameters;                                                                   \
  void __wrap_##name parameters;                                                                   \
  void __wrap_##name parameters                                                                    \
  {                                                                                                \
    before;                                                                                        \
    __real_##name arguments;                                                                       \
  }

LISTEN (cairo_fill, (cairo_t * cr), (cr), hear_path (cr, "fill"))
LISTEN (cairo_fill_preserve, (cairo_t * cr), (cr), hear_path (cr, "fill"))
LISTEN (cairo_stroke, (cairo_t * cr), (cr), hear_path (cr, "stroke"))
LISTEN (cairo_stroke_preserve, (cairo_t * cr), (cr), hear_path (cr, "stroke"))
LISTEN (cairo_paint, (cairo_t * cr), (cr), hear_paint (cr, "paint", NULL, 1))
LISTEN (cairo_paint_with_alpha, (cairo_t * cr, double alpha), (cr, alpha),
        hear_paint (cr, "paint", NULL, alpha))
LISTEN (cairo_mask, (cairo_t * cr, cairo_pattern_t *mask), (cr, mask),
        hear_paint (cr, "mask", mask, 1))
LISTEN (pango_cairo_show_layout, (cairo_t * cr, PangoLayout *layout), (cr, layout),
        hear_text (cr, layout))
LISTEN (pango_cairo_layout_path, (cairo_t * cr, PangoLayout *layout), (cr, layout),
        heard.letters = cr == heard.cr)

/* --- Marks --- */

static void
free_text (gpointer text)
{
  g_free (((LimenMarkedText *)text)->string);
  g_free (text);
}

LimenMarks *
limen_marks_record (LimenDrawFunc draw, gpointer user_data, LimenScheme scheme, double width,
                    double height)
{
  LimenMarks *marks = g_new (LimenMarks, 1);
  marks->line = g_ptr_array_new_with_free_func (g_free);
  marks->text = g_ptr_array_new_with_free_func (free_text);
  /* A page of a PDF that nobody keeps: there all is paths. */
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (NULL, NULL, width, height);
  cairo_t *cr = cairo_create (surface);
  heard.cr = cr;
  heard.scheme = scheme;
  heard.marks = marks;
  heard.run = g_array_new (FALSE, FALSE, sizeof (LimenShape));
  draw (cr, width, height, user_data);
  flush ();
  heard.cr = NULL;
  g_clear_pointer (&heard.run, g_array_unref);
  g_clear_pointer (&heard.how, g_free);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return marks;
}

void
limen_marks_free (LimenMarks *marks)
{
  g_ptr_array_unref (marks->line);
  g_ptr_array_unref (marks->text);
  g_free (marks);
}
