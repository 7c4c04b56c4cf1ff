#include "viz/kit/dot-stamps.h"

#include "viz/kit/line-plot-private.h"

#include <math.h>

#define PHASES 4

double
limen_pixels_of (cairo_t *cr, double origin[2])
{
  cairo_surface_t *target = cairo_get_group_target (cr);
  cairo_matrix_t matrix;
  double sx, sy;
  cairo_get_matrix (cr, &matrix);
  if (cairo_surface_get_type (target) != CAIRO_SURFACE_TYPE_IMAGE || matrix.xy != 0 ||
      matrix.yx != 0)
    return 0;
  cairo_surface_get_device_scale (target, &sx, &sy);
  cairo_surface_get_device_offset (target, &origin[0], &origin[1]);
  origin[0] += matrix.x0 * sx;
  origin[1] += matrix.y0 * sy;
  return sx * matrix.xx == sy * matrix.yy && sx * matrix.xx > 0 ? sx * matrix.xx : 0;
}

static const cairo_user_data_key_t scale_key;

void
limen_recording_set_scale (cairo_t *cr, int scale)
{
  cairo_surface_t *target = cairo_get_target (cr);
  if (cairo_surface_get_type (target) == CAIRO_SURFACE_TYPE_RECORDING)
    cairo_surface_set_user_data (target, &scale_key, GINT_TO_POINTER (scale), NULL);
}

double
limen_recording_scale (cairo_t *cr)
{
  cairo_surface_t *target = cairo_get_target (cr);
  if (cairo_surface_get_type (target) != CAIRO_SURFACE_TYPE_RECORDING)
    return 0;
  int scale = GPOINTER_TO_INT (cairo_surface_get_user_data (target, &scale_key));
  return MAX (scale, 1);
}

void
limen_stamps_begin (LimenStamps *stamps, cairo_t *cr, const LimenChartStyle *style,
                    LimenDotShape shape, LimenColour colour, double alpha, double radius)
{
  *stamps = (LimenStamps){.cr = cr, .shape = shape, .radius = radius};
  stamps->scale = limen_pixels_of (cr, stamps->origin);
  stamps->colour = limen_palette_colour (style->scheme, colour);
  stamps->colour.alpha =
      style->scheme >= LIMEN_SCHEME_LIGHT_CONTRAST ? fmin (1.7 * alpha, 1) : alpha;
  stamps->half = (int)ceil (1.8 * radius * stamps->scale) + 1; /* a triangle reaches 1.6 radii */
  cairo_set_source_rgba (cr, stamps->colour.red, stamps->colour.green, stamps->colour.blue,
                         stamps->colour.alpha);
}

static cairo_surface_t *
stamp_at (LimenStamps *stamps, int i, int k)
{
  const LimenRgba *c = &stamps->colour;
  if (stamps->stamp[k][i])
    return stamps->stamp[k][i];
  int side = 2 * stamps->half + 1;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, side, side);
  cairo_t *cr = cairo_create (surface);
  limen_dot_path (cr, stamps->shape, stamps->half + (i + 0.5) / PHASES,
                  stamps->half + (k + 0.5) / PHASES, stamps->radius * stamps->scale);
  cairo_set_source_rgba (cr, c->red, c->green, c->blue, c->alpha);
  cairo_fill (cr);
  cairo_destroy (cr);
  cairo_surface_set_device_scale (surface, stamps->scale, stamps->scale);
  return stamps->stamp[k][i] = surface;
}

/* On whole pixels of the target the stamp is laid down pixel on pixel, which is quick. */
static void
put_stamp (LimenStamps *stamps, double x, double y)
{
  const double *origin = stamps->origin;
  double px = x * stamps->scale + origin[0], py = y * stamps->scale + origin[1];
  int i = (int)((px - floor (px)) * PHASES), k = (int)((py - floor (py)) * PHASES);
  cairo_set_source_surface (stamps->cr, stamp_at (stamps, MIN (i, PHASES - 1), MIN (k, PHASES - 1)),
                            (floor (px) - stamps->half - origin[0]) / stamps->scale,
                            (floor (py) - stamps->half - origin[1]) / stamps->scale);
  cairo_paint (stamps->cr);
}

void
limen_stamps_put (LimenStamps *stamps, double x, double y)
{
  if (!(fabs (x) + fabs (y) < 1e5)) /* Cairo has no coordinates for what is far away */
    return;
  if (stamps->scale > 0) {
    put_stamp (stamps, x, y);
    return;
  }
  limen_dot_path (stamps->cr, stamps->shape, x, y, stamps->radius);
  cairo_fill (stamps->cr);
}

void
limen_stamps_end (LimenStamps *stamps)
{
  for (int k = 0; k < PHASES; k++)
    for (int i = 0; i < PHASES; i++)
      g_clear_pointer (&stamps->stamp[k][i], cairo_surface_destroy);
}
