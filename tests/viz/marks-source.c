#include "marks-source.h"

#include <math.h>
#include <string.h>

static const char *const role[LIMEN_N_COLOURS] = {
    "paper",         "ink",          "dim",         "grid",       "axis",        "first",
    "second",        "hand",         "on-hand",     "rest",       "third",       "first-light",
    "first-dark",    "second-light", "second-dark", "first-fill", "second-fill", "first-strong",
    "second-strong", "flagged",      "kept",
};

static gboolean
is_near (double a, double b)
{
  return fabs (a - b) < 0.002;
}

/* The role whose opacity it has too, else the first of its colour. */
static void
append_colour (GString *out, LimenScheme scheme, const LimenRgba *c)
{
  int found = -1;
  for (guint i = 0; i < LIMEN_N_COLOURS; i++) {
    LimenRgba one = limen_palette_colour (scheme, i);
    if (!is_near (one.red, c->red) || !is_near (one.green, c->green) ||
        !is_near (one.blue, c->blue))
      continue;
    if (is_near (one.alpha, c->alpha)) {
      g_string_append (out, role[i]);
      return;
    }
    found = found < 0 ? (int)i : found;
  }
  if (found >= 0)
    g_string_append_printf (out, "%s:%.2f", role[found], c->alpha);
  else
    g_string_append_printf (out, "#%02x%02x%02x%02x", (guint)lround (c->alpha * 255),
                            (guint)lround (c->red * 255), (guint)lround (c->green * 255),
                            (guint)lround (c->blue * 255));
}

/* From the pattern's space to pixels. */
static void
append_point (GString *out, cairo_t *cr, cairo_pattern_t *pattern, double x, double y)
{
  cairo_matrix_t matrix;
  cairo_pattern_get_matrix (pattern, &matrix);
  if (cairo_matrix_invert (&matrix) == CAIRO_STATUS_SUCCESS)
    cairo_matrix_transform_point (&matrix, &x, &y);
  cairo_user_to_device (cr, &x, &y);
  g_string_append_printf (out, " %.1f %.1f", x, y);
}

static void
append_stops (GString *out, cairo_pattern_t *pattern, LimenScheme scheme)
{
  int n = 0;
  cairo_pattern_get_color_stop_count (pattern, &n);
  for (int i = 0; i < n; i++) {
    double offset;
    LimenRgba c;
    cairo_pattern_get_color_stop_rgba (pattern, i, &offset, &c.red, &c.green, &c.blue, &c.alpha);
    g_string_append_printf (out, " %.2f=", offset);
    append_colour (out, scheme, &c);
  }
}

static void
append_gradient (GString *out, cairo_t *cr, cairo_pattern_t *pattern, LimenScheme scheme)
{
  double x0, y0, x1, y1, r0, r1;
  if (cairo_pattern_get_type (pattern) == CAIRO_PATTERN_TYPE_RADIAL) {
    cairo_pattern_get_radial_circles (pattern, &x0, &y0, &r0, &x1, &y1, &r1);
    g_string_append_printf (out, "radial r=%.1f..%.1f", r0, r1);
  } else {
    cairo_pattern_get_linear_points (pattern, &x0, &y0, &x1, &y1);
    g_string_append (out, "linear");
  }
  append_point (out, cr, pattern, x0, y0);
  append_point (out, cr, pattern, x1, y1);
  append_stops (out, pattern, scheme);
}

static guint32
word_at (cairo_surface_t *surface, int x, int y)
{
  const guchar *row = cairo_image_surface_get_data (surface) +
                      (gsize)y * (gsize)cairo_image_surface_get_stride (surface);
  switch (cairo_image_surface_get_format (surface)) {
  case CAIRO_FORMAT_A8:
    return (guint32)row[x] << 24;
  case CAIRO_FORMAT_RGB24:
    return ((const guint32 *)(const void *)row)[x] | 0xff000000;
  default:
    return ((const guint32 *)(const void *)row)[x];
  }
}

/* Mean of a part, premultiplied. */
static void
append_mean (GString *out, cairo_surface_t *surface, const int from[2], const int to[2])
{
  guint64 sum[4] = {0}, n = 0;
  for (int y = from[1]; y < to[1]; y++)
    for (int x = from[0]; x < to[0]; x++, n++)
      for (int k = 0; k < 4; k++)
        sum[k] += word_at (surface, x, y) >> (24 - 8 * k) & 255;
  g_string_append (out, " #");
  for (int k = 0; k < 4; k++)
    g_string_append_printf (out, "%02x", (guint)(n ? (sum[k] + n / 2) / n : 0));
}

static void
append_image (GString *out, cairo_t *cr, cairo_pattern_t *pattern)
{
  cairo_surface_t *surface;
  double sx, sy;
  cairo_pattern_get_surface (pattern, &surface);
  if (cairo_surface_get_type (surface) != CAIRO_SURFACE_TYPE_IMAGE) {
    g_string_append (out, "a surface");
    return;
  }
  int width = cairo_image_surface_get_width (surface);
  int height = cairo_image_surface_get_height (surface);
  cairo_surface_get_device_scale (surface, &sx, &sy);
  g_string_append_printf (out, "image of %dx%d from", width, height);
  append_point (out, cr, pattern, 0, 0);
  g_string_append (out, " to");
  append_point (out, cr, pattern, width / sx, height / sy);
  cairo_surface_flush (surface);
  for (int i = 0; i < 9; i++) {
    int from[2] = {i % 3 * width / 3, i / 3 * height / 3};
    int to[2] = {(i % 3 + 1) * width / 3, (i / 3 + 1) * height / 3};
    append_mean (out, surface, from, to);
  }
}

char *
limen_source_words (cairo_t *cr, cairo_pattern_t *pattern, LimenScheme scheme)
{
  GString *out = g_string_new (NULL);
  LimenRgba c;
  if (cairo_pattern_get_rgba (pattern, &c.red, &c.green, &c.blue, &c.alpha) == CAIRO_STATUS_SUCCESS)
    append_colour (out, scheme, &c);
  else if (cairo_pattern_get_type (pattern) == CAIRO_PATTERN_TYPE_SURFACE)
    append_image (out, cr, pattern);
  else
    append_gradient (out, cr, pattern, scheme);
  return g_string_free (out, FALSE);
}
