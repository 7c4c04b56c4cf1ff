#include "ui/study/bound/latent-line.h"
#include "ui/bound/plots-private.h"

#include <math.h>

/* -- the latent plane -- */

static guint
dimension (LimenBoundPlots *self)
{
  return limen_bound_session_proposal (self->session)->dimension;
}

static gboolean
is_plane (LimenBoundPlots *self)
{
  return dimension (self) == 2;
}

static LimenFrame
latent_frame (LimenBoundPlots *self, LimenPlotArea *area, const LimenChartStyle *style)
{
  LimenBoundPlane plane;
  if (dimension (self) == 1) {
    g_autofree LimenLatentLine *line = g_new (LimenLatentLine, 1);
    limen_latent_line_fill (line, limen_bound_session_scene (self->session),
                            limen_bound_session_proposal (self->session));
    return limen_line_plot_frame (&line->plot, style, gtk_widget_get_width (GTK_WIDGET (area)),
                                  gtk_widget_get_height (GTK_WIDGET (area)));
  }
  limen_bound_plane_fill (&plane, limen_bound_session_scene (self->session),
                          limen_bound_session_proposal (self->session),
                          limen_bound_session_state (self->session)->k,
                          limen_bound_session_state (self->session)->implied);
  return limen_plane_plot_frame (&plane.plot, style, gtk_widget_get_width (GTK_WIDGET (area)),
                                 gtk_widget_get_height (GTK_WIDGET (area)));
}

/* Axes of the ellipse go on from where they were while it is turned. */
static const LimenEllipseHandles *
handles_of (LimenBoundPlots *self)
{
  self->handles =
      limen_ellipse_handles (limen_bound_session_proposal (self->session), LIMEN_BOUND_RADIUS,
                             self->has_handles ? &self->handles : NULL);
  self->has_handles = TRUE;
  return &self->handles;
}

/* @pixels: (observed), 0 to 1. Returns: (transfer full) (nullable) */
static cairo_surface_t *
surface_of (LimenVae *vae, const float *pixels)
{
  guint width, height;
  if (!limen_vae_image_size (vae, &width, &height))
    return NULL;
  cairo_surface_t *surface =
      cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int)width, (int)height);
  guchar *data = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);
  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++) {
      guint32 grey = (guint32)lroundf (255 * CLAMP (pixels[y * width + x], 0, 1));
      ((guint32 *)(void *)(data + (gsize)y * stride))[x] = grey << 16 | grey << 8 | grey;
    }
  cairo_surface_mark_dirty (surface);
  return surface;
}

static void
draw_image (LimenVae *vae, const float *pixels, cairo_t *cr, double x, double y, double side)
{
  cairo_surface_t *surface = surface_of (vae, pixels);
  if (!surface)
    return;
  cairo_save (cr);
  cairo_rectangle (cr, x, y, side, side);
  cairo_clip (cr);
  cairo_translate (cr, x, y);
  cairo_scale (cr, side / cairo_image_surface_get_width (surface),
               side / cairo_image_surface_get_height (surface));
  cairo_set_source_surface (cr, surface, 0, 0);
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_NEAREST);
  cairo_paint (cr);
  cairo_restore (cr);
  cairo_surface_destroy (surface);
}

/* Of more than two dimensions: the image, and what the decoder makes of the middle of the proposal.
 */
static void
draw_images (LimenBoundPlots *self, cairo_t *cr, const LimenChartStyle *style, double width,
             double height)
{
  LimenVae *vae = limen_bound_session_vae (self->session);
  double em = style->font_size, side = fmin ((width - 5 * em) / 2, height - 9 * em);
  double x = (width - 2 * side - em) / 2, y = (height - side) / 2;
  LimenText text = {.colour = LIMEN_COLOUR_DIM, .size = 1, .align_x = 0.5};
  g_autofree char *words =
      g_strdup_printf ("%u latent variables: estimates only", dimension (self));
  limen_palette_set (cr, style->scheme, LIMEN_COLOUR_PAPER);
  cairo_paint (cr);
  limen_text_draw (cr, style, &text, words, width / 2, em);
  if (!vae || side < em)
    return;
  g_autofree float *mean = g_new (float, limen_vae_shape (vae).observed);
  limen_vae_decode (vae, limen_bound_session_proposal (self->session)->mean, mean);
  draw_image (vae, limen_bound_session_pixels (self->session), cr, x, y, side);
  draw_image (vae, mean, cr, x + side + em, y, side);
  limen_text_draw (cr, style, &text, "x", x + side / 2, y + side + 0.5 * em);
  limen_text_draw (cr, style, &text, "decoded from q's mean", x + 1.5 * side + em,
                   y + side + 0.5 * em);
}

static void
draw_plane_cb (LimenPlotArea *area, cairo_t *cr, const LimenChartStyle *style, double width,
               double height, gpointer data)
{
  LimenBoundPlots *self = data;
  LimenBoundPlane plane;
  if (dimension (self) == 1) {
    g_autofree LimenLatentLine *line = g_new (LimenLatentLine, 1);
    limen_latent_line_fill (line, limen_bound_session_scene (self->session),
                            limen_bound_session_proposal (self->session));
    limen_line_plot_draw (&line->plot, cr, style, width, height);
    return;
  }
  if (!is_plane (self)) {
    draw_images (self, cr, style, width, height);
    return;
  }
  limen_bound_plane_fill (&plane, limen_bound_session_scene (self->session),
                          limen_bound_session_proposal (self->session),
                          limen_bound_session_state (self->session)->k,
                          limen_bound_session_state (self->session)->implied);
  limen_plane_plot_draw (&plane.plot, cr, style, width, height);
}

/* The image that the decoder makes of the point under the pointer, in a corner away from it. */
static void
draw_decoded (LimenBoundPlots *self, const LimenFrame *frame, cairo_t *cr,
              const LimenChartStyle *style)
{
  LimenVae *vae = limen_bound_session_vae (self->session);
  if (!vae || !isfinite (self->hovered[0]))
    return;
  g_autofree float *mean = g_new (float, limen_vae_shape (vae).observed);
  double side = 7 * style->font_size, gap = 0.6 * style->font_size;
  double right = frame->plot.x + frame->plot.width, bottom = frame->plot.y + frame->plot.height;
  gboolean pointer_is_right = self->hovered[0] > (frame->x.low + frame->x.high) / 2;
  double x = pointer_is_right ? frame->plot.x + gap : right - side - gap, y = bottom - side - gap;
  limen_vae_decode (vae, self->hovered, mean);
  draw_image (vae, mean, cr, x, y, side);
  limen_palette_set (cr, style->scheme, LIMEN_COLOUR_HAND);
  cairo_set_line_width (cr, 1.5);
  cairo_rectangle (cr, x, y, side, side);
  cairo_stroke (cr);
}

static void
handle_at (LimenBoundPlots *self, int handle, double z[2])
{
  if (is_plane (self)) {
    const LimenEllipseHandles *handles = handles_of (self);
    const double *at = handle == 0 ? handles->mean : handles->end[handle - 1];
    z[0] = at[0];
    z[1] = at[1];
  } else
    limen_latent_line_handle (limen_bound_session_proposal (self->session), handle, &z[0], &z[1]);
}

static void
handle_pixel (LimenBoundPlots *self, const LimenFrame *frame, int handle, double *x, double *y)
{
  double z[2];
  handle_at (self, handle, z);
  *x = limen_axis_to_pixel (&frame->x, z[0]);
  *y = limen_axis_to_pixel (&frame->y, z[1]);
}

static void
draw_hand_cb (LimenPlotArea *area, cairo_t *cr, const LimenChartStyle *style, double width,
              double height, gpointer data)
{
  LimenBoundPlots *self = data;
  if (dimension (self) > 2)
    return;
  LimenFrame frame = latent_frame (self, area, style);
  LimenHold hold[3];
  for (int i = 0; i < 3; i++)
    hold[i] = limen_plot_area_hold (area, i);
  if (is_plane (self)) {
    limen_plane_draw_hand (&frame, cr, style, limen_bound_session_proposal (self->session),
                           LIMEN_BOUND_RADIUS, handles_of (self), hold);
    draw_decoded (self, &frame, cr, style);
  }
  for (int i = 0; i < 2 && !is_plane (self); i++) {
    double x, y;
    handle_pixel (self, &frame, i, &x, &y);
    limen_chart_draw_handle (cr, style, x, y, hold[i]);
  }
  limen_frame_clear (&frame);
}

static int
n_plane_handles_cb (LimenPlotArea *area, gpointer data)
{
  return dimension (data) <= 2 ? 1 + (int)dimension (data) : 0;
}

static gboolean
place_plane_cb (LimenPlotArea *area, int handle, double *x, double *y, gpointer data)
{
  LimenBoundPlots *self = data;
  LimenChartStyle style = limen_plot_area_style (area);
  LimenFrame frame = latent_frame (self, area, &style);
  handle_pixel (self, &frame, handle, x, y);
  limen_frame_clear (&frame);
  return TRUE;
}

static void
move_to (LimenBoundPlots *self, int handle, const double z[2], gboolean settled)
{
  const LimenGaussian *now = limen_bound_session_proposal (self->session);
  LimenGaussian *q = is_plane (self) ? limen_ellipse_from_handles (handles_of (self),
                                                                   LIMEN_BOUND_RADIUS, handle, z)
                                     : limen_latent_line_moved (now, handle, z[0]);
  for (int i = 0; i < 2 && is_plane (self) && handle > 0;
       i++) /* however far it is turned at once */
    self->handles.end[handle - 1][i] = z[i];
  if (q)
    limen_bound_session_set_proposal (self->session, q, settled);
}

static void
move_plane_cb (LimenPlotArea *area, int handle, double x, double y, gpointer data)
{
  LimenBoundPlots *self = data;
  LimenChartStyle style = limen_plot_area_style (area);
  LimenFrame frame = latent_frame (self, area, &style);
  double z[2] = {limen_axis_from_pixel (&frame.x, x), limen_axis_from_pixel (&frame.y, y)};
  limen_frame_clear (&frame);
  move_to (self, handle, z, FALSE);
}

/* What is to be seen follows once the hand lets go. */
static void
grab_plane_cb (LimenPlotArea *area, int handle, gboolean on, gpointer data)
{
  LimenBoundPlots *self = data;
  if (!on)
    limen_bound_session_set_proposal (
        self->session, limen_gaussian_copy (limen_bound_session_proposal (self->session)), TRUE);
}

static gboolean
key_plane_cb (LimenPlotArea *area, int handle, guint key, GdkModifierType state, gpointer data)
{
  LimenBoundPlots *self = data;
  const LimenScene *scene = limen_bound_session_scene (self->session);
  double step = (scene->high[0] - scene->low[0]) / (state & GDK_SHIFT_MASK ? 400 : 80);
  double z[2];
  handle_at (self, handle, z);
  switch (key) {
  case GDK_KEY_Left:
  case GDK_KEY_KP_Left:
    z[0] -= step;
    break;
  case GDK_KEY_Right:
  case GDK_KEY_KP_Right:
    z[0] += step;
    break;
  case GDK_KEY_Up:
  case GDK_KEY_KP_Up:
    z[1] += step;
    break;
  case GDK_KEY_Down:
  case GDK_KEY_KP_Down:
    z[1] -= step;
    break;
  default:
    return GDK_EVENT_PROPAGATE;
  }
  move_to (self, handle, z, FALSE);
  return GDK_EVENT_STOP;
}

static void
hover_plane_cb (LimenPlotArea *area, double x, double y, gpointer data)
{
  LimenBoundPlots *self = data;
  if (!limen_bound_session_vae (self->session) || !is_plane (self))
    return;
  LimenChartStyle style = limen_plot_area_style (area);
  LimenFrame frame = latent_frame (self, area, &style);
  gboolean inside = x >= frame.plot.x && x <= frame.plot.x + frame.plot.width &&
                    y >= frame.plot.y && y <= frame.plot.y + frame.plot.height;
  self->hovered[0] = inside ? limen_axis_from_pixel (&frame.x, x) : NAN;
  self->hovered[1] = inside ? limen_axis_from_pixel (&frame.y, y) : NAN;
  limen_frame_clear (&frame);
  gtk_widget_queue_draw (GTK_WIDGET (area));
}

const LimenPlotAreaFuncs limen_bound_latent_funcs = {.draw_base = draw_plane_cb,
                                                     .draw_top = draw_hand_cb,
                                                     .n_handles = n_plane_handles_cb,
                                                     .place = place_plane_cb,
                                                     .move = move_plane_cb,
                                                     .key = key_plane_cb,
                                                     .hover = hover_plane_cb,
                                                     .grab = grab_plane_cb};
