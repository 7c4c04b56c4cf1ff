#include "ui/bound/plots.h"

#include <math.h>

#define RADIUS 1.5 /* standard deviations at which the hand's ellipse is drawn */

struct LimenBoundPlots {
  LimenBoundSession *session;
  LimenPlotArea *plane, *bound, *gap, *merge;
  LimenBoundPlot *plot;
  LimenEllipseHandles handles;
  gboolean has_handles, implied;
  double hovered[2]; /* on the plane, NaN */
};

/* -- values of pictures -- */

void
limen_bound_plane_fill (LimenBoundPlane *plane, const LimenScene *scene, const LimenGaussian *q,
                        guint k, gboolean implied)
{
  const LimenPlane *shade = implied && scene->implied ? scene->implied : scene->posterior;
  gboolean is_implied = shade && shade == scene->implied;
  *plane = (LimenBoundPlane){
      .points = {scene->z, scene->weight, scene->n_points, LIMEN_COLOUR_FIRST, LIMEN_DOT_DISC}};
  if (scene->n_points < k)
    g_snprintf (plane->foot, sizeof plane->foot, "%u of %u samples, sized by weight",
                scene->n_points, k);
  else
    g_snprintf (plane->foot, sizeof plane->foot,
                k == 1 ? "1 sample" : "%u samples, sized by weight", k);
  plane->label[0] = (LimenPlaneLabel){"proposal", {q->mean[0], 0}, LIMEN_COLOUR_HAND};
  plane->label[0].z[1] = q->mean[1] + RADIUS * sqrt (q->covariance[3]);
  plane->label[1] =
      (LimenPlaneLabel){"posterior", {scene->low[0], scene->low[1]}, LIMEN_COLOUR_DIM};
  plane->plot = (LimenPlanePlot){
      .title = "Latent plane",
      .note = is_implied ? "shade: what K samples make of q" : "shade: posterior",
      .foot = plane->foot,
      .low = {scene->low[0], scene->low[1]},
      .high = {scene->high[0], scene->high[1]},
      .shade = shade,
      .contours = scene->posterior,
      .shade_colour = is_implied ? LIMEN_COLOUR_FIRST : LIMEN_COLOUR_REST,
      .points = &plane->points,
      .n_points = 1,
      .label = plane->label,
      .n_labels = 1,
  };
}

LimenMergePlot
limen_bound_merge_plot (const LimenScene *scene, double log_evidence)
{
  LimenMergePlot plot = {.title = "Why it rises: merge weights two by two",
                         .n_leaves = LIMEN_SCENE_LEAVES,
                         .level = log_evidence,
                         .level_name = "log p(x)"};
  for (guint i = 0; i < LIMEN_MERGE_LEVELS; i++)
    plot.value[i] = scene->merge[i];
  return plot;
}

static const LimenBoundPlot *
ensure_plot (LimenBoundPlots *self)
{
  if (!self->plot)
    self->plot = limen_bound_plot_new (limen_bound_session_study (self->session));
  return self->plot;
}

/* -- the latent plane -- */

static gboolean
is_plane (LimenBoundPlots *self)
{
  return limen_bound_session_proposal (self->session)->dimension == 2;
}

static LimenFrame
plane_frame (LimenBoundPlots *self, LimenPlotArea *area, const LimenChartStyle *style)
{
  LimenBoundPlane plane;
  limen_bound_plane_fill (&plane, limen_bound_session_scene (self->session),
                          limen_bound_session_proposal (self->session),
                          limen_bound_session_k (self->session), self->implied);
  return limen_plane_plot_frame (&plane.plot, style, gtk_widget_get_width (GTK_WIDGET (area)),
                                 gtk_widget_get_height (GTK_WIDGET (area)));
}

/* Axes of the ellipse go on from where they were while it is turned. */
static const LimenEllipseHandles *
handles_of (LimenBoundPlots *self)
{
  self->handles = limen_ellipse_handles (limen_bound_session_proposal (self->session), RADIUS,
                                         self->has_handles ? &self->handles : NULL);
  self->has_handles = TRUE;
  return &self->handles;
}

static void
draw_nothing (cairo_t *cr, const LimenChartStyle *style, double width, double height,
              const char *words)
{
  LimenText text = {.colour = LIMEN_COLOUR_DIM,
                    .size = 1,
                    .max_width = width - 24,
                    .align_x = 0.5,
                    .align_y = 0.5};
  limen_palette_set (cr, style->scheme, LIMEN_COLOUR_PAPER);
  cairo_paint (cr);
  limen_text_draw (cr, style, &text, words, width / 2, height / 2);
}

static void
draw_plane_cb (LimenPlotArea *area, cairo_t *cr, const LimenChartStyle *style, double width,
               double height, gpointer data)
{
  LimenBoundPlots *self = data;
  LimenBoundPlane plane;
  if (!is_plane (self)) {
    draw_nothing (cr, style, width, height, "Only a latent plane can be drawn.");
    return;
  }
  limen_bound_plane_fill (&plane, limen_bound_session_scene (self->session),
                          limen_bound_session_proposal (self->session),
                          limen_bound_session_k (self->session), self->implied);
  limen_plane_plot_draw (&plane.plot, cr, style, width, height);
}

/* The image that the decoder makes of a point of the plane. */
static cairo_surface_t *
decode (LimenVae *vae, const double z[2], guint *width, guint *height)
{
  g_autofree float *mean = g_new (float, limen_vae_shape (vae).observed);
  if (!limen_vae_image_size (vae, width, height))
    return NULL;
  limen_vae_decode (vae, z, mean);
  cairo_surface_t *surface =
      cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int)*width, (int)*height);
  guchar *data = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);
  for (guint y = 0; y < *height; y++)
    for (guint x = 0; x < *width; x++) {
      guint32 grey = (guint32)lroundf (255 * CLAMP (mean[y * *width + x], 0, 1));
      ((guint32 *)(void *)(data + (gsize)y * stride))[x] = grey << 16 | grey << 8 | grey;
    }
  cairo_surface_mark_dirty (surface);
  return surface;
}

static void
draw_decoded (LimenBoundPlots *self, cairo_t *cr, const LimenChartStyle *style, double width)
{
  LimenVae *vae = limen_bound_session_vae (self->session);
  guint columns, rows;
  cairo_surface_t *surface = NULL;
  if (vae && isfinite (self->hovered[0]))
    surface = decode (vae, self->hovered, &columns, &rows);
  if (!surface)
    return;
  double side = 7 * style->font_size, x = width - side - 0.8 * style->font_size;
  double y = 2.6 * style->font_size;
  cairo_save (cr);
  cairo_rectangle (cr, x, y, side, side);
  cairo_clip (cr);
  cairo_translate (cr, x, y);
  cairo_scale (cr, side / columns, side / rows);
  cairo_set_source_surface (cr, surface, 0, 0);
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_NEAREST);
  cairo_paint (cr);
  cairo_restore (cr);
  cairo_surface_destroy (surface);
  limen_palette_set (cr, style->scheme, LIMEN_COLOUR_HAND);
  cairo_set_line_width (cr, 1.5);
  cairo_rectangle (cr, x, y, side, side);
  cairo_stroke (cr);
}

static void
draw_hand_cb (LimenPlotArea *area, cairo_t *cr, const LimenChartStyle *style, double width,
              double height, gpointer data)
{
  LimenBoundPlots *self = data;
  if (!is_plane (self))
    return;
  LimenFrame frame = plane_frame (self, area, style);
  LimenHold hold[3];
  for (int i = 0; i < 3; i++)
    hold[i] = limen_plot_area_hold (area, i);
  limen_plane_draw_hand (&frame, cr, style, limen_bound_session_proposal (self->session), RADIUS,
                         handles_of (self), hold);
  draw_decoded (self, cr, style, width);
  limen_frame_clear (&frame);
}

static int
n_plane_handles_cb (LimenPlotArea *area, gpointer data)
{
  return is_plane (data) ? 3 : 0;
}

static const double *
handle_at (const LimenEllipseHandles *handles, int handle)
{
  return handle == 0 ? handles->mean : handles->end[handle - 1];
}

static gboolean
place_plane_cb (LimenPlotArea *area, int handle, double *x, double *y, gpointer data)
{
  LimenBoundPlots *self = data;
  LimenChartStyle style = limen_plot_area_style (area);
  LimenFrame frame = plane_frame (self, area, &style);
  const double *z = handle_at (handles_of (self), handle);
  *x = limen_axis_to_pixel (&frame.x, z[0]);
  *y = limen_axis_to_pixel (&frame.y, z[1]);
  limen_frame_clear (&frame);
  return TRUE;
}

static void
move_to (LimenBoundPlots *self, int handle, const double z[2], gboolean settled)
{
  LimenGaussian *q = limen_ellipse_from_handles (handles_of (self), RADIUS, handle, z);
  if (q)
    limen_bound_session_set_proposal (self->session, q, settled);
}

static void
move_plane_cb (LimenPlotArea *area, int handle, double x, double y, gpointer data)
{
  LimenBoundPlots *self = data;
  LimenChartStyle style = limen_plot_area_style (area);
  LimenFrame frame = plane_frame (self, area, &style);
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
  const double *at = handle_at (handles_of (self), handle);
  double z[2] = {at[0], at[1]};
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
  LimenFrame frame = plane_frame (self, area, &style);
  gboolean inside = x >= frame.plot.x && x <= frame.plot.x + frame.plot.width &&
                    y >= frame.plot.y && y <= frame.plot.y + frame.plot.height;
  self->hovered[0] = inside ? limen_axis_from_pixel (&frame.x, x) : NAN;
  self->hovered[1] = inside ? limen_axis_from_pixel (&frame.y, y) : NAN;
  limen_frame_clear (&frame);
  gtk_widget_queue_draw (GTK_WIDGET (area));
}

/* -- the bound and its gap: one line for K in both -- */

static const LimenLinePlot *
lines_of (LimenBoundPlots *self, LimenPlotArea *area)
{
  const LimenBoundPlot *plot = ensure_plot (self);
  return area == self->gap ? &plot->gap : &plot->bound;
}

static LimenFrame
lines_frame (LimenBoundPlots *self, LimenPlotArea *area, const LimenChartStyle *style)
{
  return limen_line_plot_frame (lines_of (self, area), style,
                                gtk_widget_get_width (GTK_WIDGET (area)),
                                gtk_widget_get_height (GTK_WIDGET (area)));
}

/* Where on the line for K the handle is: on the curve of the proposal in the hand. */
static double
height_at_k (LimenBoundPlots *self, LimenPlotArea *area)
{
  const LimenBoundStudy *study = limen_bound_session_study (self->session);
  double value = limen_bound_study_value (study, 0, limen_bound_session_k (self->session));
  return area == self->gap ? study->log_evidence - value : value;
}

static void
draw_lines_cb (LimenPlotArea *area, cairo_t *cr, const LimenChartStyle *style, double width,
               double height, gpointer data)
{
  limen_line_plot_draw (lines_of (data, area), cr, style, width, height);
}

static void
draw_k_cb (LimenPlotArea *area, cairo_t *cr, const LimenChartStyle *style, double width,
           double height, gpointer data)
{
  LimenBoundPlots *self = data;
  guint k = limen_bound_session_k (self->session);
  LimenFrame frame = lines_frame (self, area, style);
  g_autofree char *number = limen_format_number (k, 0);
  g_autofree char *text = g_strdup_printf ("K = %s", number);
  limen_line_plot_draw_marker (&frame, cr, style, k, height_at_k (self, area), text,
                               limen_plot_area_hold (area, 0));
  limen_frame_clear (&frame);
}

static int
one_handle_cb (LimenPlotArea *area, gpointer data)
{
  return 1;
}

static gboolean
place_k_cb (LimenPlotArea *area, int handle, double *x, double *y, gpointer data)
{
  LimenBoundPlots *self = data;
  LimenChartStyle style = limen_plot_area_style (area);
  LimenFrame frame = lines_frame (self, area, &style);
  *x = limen_axis_to_pixel (&frame.x, limen_bound_session_k (self->session));
  *y = frame.plot.y + frame.plot.height / 2;
  limen_frame_clear (&frame);
  return TRUE;
}

static void
set_k (LimenBoundPlots *self, double k)
{
  gtk_adjustment_set_value (limen_bound_session_adjustment (self->session), round (k));
}

static void
move_k_cb (LimenPlotArea *area, int handle, double x, double y, gpointer data)
{
  LimenBoundPlots *self = data;
  LimenChartStyle style = limen_plot_area_style (area);
  LimenFrame frame = lines_frame (self, area, &style);
  set_k (self, limen_axis_from_pixel (&frame.x, x));
  limen_frame_clear (&frame);
}

static gboolean
key_k_cb (LimenPlotArea *area, int handle, guint key, GdkModifierType state, gpointer data)
{
  LimenBoundPlots *self = data;
  double k = limen_bound_session_k (self->session);
  switch (key) {
  case GDK_KEY_Left:
  case GDK_KEY_KP_Left:
    set_k (self, fmin (k - 1, k / 1.05));
    return GDK_EVENT_STOP;
  case GDK_KEY_Right:
  case GDK_KEY_KP_Right:
    set_k (self, fmax (k + 1, k * 1.05));
    return GDK_EVENT_STOP;
  case GDK_KEY_Page_Down:
  case GDK_KEY_KP_Page_Down:
    set_k (self, k / 2);
    return GDK_EVENT_STOP;
  case GDK_KEY_Page_Up:
  case GDK_KEY_KP_Page_Up:
    set_k (self, k * 2);
    return GDK_EVENT_STOP;
  case GDK_KEY_Home:
  case GDK_KEY_KP_Home:
    set_k (self, 1);
    return GDK_EVENT_STOP;
  case GDK_KEY_End:
  case GDK_KEY_KP_End:
    set_k (self, LIMEN_BOUND_MOST_K);
    return GDK_EVENT_STOP;
  default:
    return GDK_EVENT_PROPAGATE;
  }
}

/* -- the merges -- */

static void
draw_merge_cb (LimenPlotArea *area, cairo_t *cr, const LimenChartStyle *style, double width,
               double height, gpointer data)
{
  LimenBoundPlots *self = data;
  LimenMergePlot plot =
      limen_bound_merge_plot (limen_bound_session_scene (self->session),
                              limen_bound_session_study (self->session)->log_evidence);
  limen_merge_plot_draw (&plot, cr, style, width, height);
}

/* -- what follows what -- */

/* The pictures read aloud. */
static void
describe (LimenBoundPlots *self)
{
  const LimenBoundStudy *study = limen_bound_session_study (self->session);
  const LimenGaussian *q = limen_bound_session_proposal (self->session);
  g_autofree char *sentence =
      limen_bound_study_sentence (study, limen_bound_session_k (self->session));
  limen_plot_area_describe (self->bound, sentence);
  limen_plot_area_describe (self->gap, sentence);
  if (q->dimension != 2)
    return;
  g_autofree char *where =
      g_strdup_printf ("The proposal has mean %.3f, %.3f and variances %.3f, %.3f.", q->mean[0],
                       q->mean[1], q->covariance[0], q->covariance[3]);
  limen_plot_area_describe (self->plane, where);
}

static void
study_changed_cb (LimenBoundPlots *self)
{
  g_clear_pointer (&self->plot, limen_bound_plot_free);
  limen_plot_area_changed (self->plane);
  limen_plot_area_changed (self->bound);
  limen_plot_area_changed (self->gap);
  limen_plot_area_changed (self->merge);
  describe (self);
}

static void
source_changed_cb (LimenBoundPlots *self)
{
  self->has_handles = FALSE;
  study_changed_cb (self);
}

static void
dots_changed_cb (LimenBoundPlots *self)
{
  g_clear_pointer (&self->plot, limen_bound_plot_free);
  limen_plot_area_changed (self->bound);
}

static void
k_changed_cb (LimenBoundPlots *self)
{
  limen_plot_area_changed (self->plane);
  gtk_widget_queue_draw (GTK_WIDGET (self->bound));
  gtk_widget_queue_draw (GTK_WIDGET (self->gap));
  describe (self);
}

static void
merge_changed_cb (LimenBoundPlots *self)
{
  limen_plot_area_changed (self->merge);
}

LimenBoundPlots *
limen_bound_plots_new (LimenBoundSession *session)
{
  static const LimenPlotAreaFuncs plane = {.draw_base = draw_plane_cb,
                                           .draw_top = draw_hand_cb,
                                           .n_handles = n_plane_handles_cb,
                                           .place = place_plane_cb,
                                           .move = move_plane_cb,
                                           .key = key_plane_cb,
                                           .hover = hover_plane_cb,
                                           .grab = grab_plane_cb};
  static const LimenPlotAreaFuncs lines = {.draw_base = draw_lines_cb,
                                           .draw_top = draw_k_cb,
                                           .n_handles = one_handle_cb,
                                           .place = place_k_cb,
                                           .move = move_k_cb,
                                           .key = key_k_cb};
  static const LimenPlotAreaFuncs merge = {.draw_base = draw_merge_cb};
  LimenBoundPlots *self = g_new0 (LimenBoundPlots, 1);
  self->session = session;
  self->implied = TRUE;
  self->hovered[0] = self->hovered[1] = NAN;
  self->plane = limen_plot_area_new ("Latent plane", &plane, self);
  self->bound = limen_plot_area_new ("Bound against K", &lines, self);
  self->gap = limen_plot_area_new ("Gap against K", &lines, self);
  self->merge = limen_plot_area_new ("Tree of merged weights", &merge, self);
  limen_plot_area_set_line (self->bound, 0);
  limen_plot_area_set_line (self->gap, 0);
  g_signal_connect_swapped (session, "source-changed", G_CALLBACK (source_changed_cb), self);
  g_signal_connect_swapped (session, "study-changed", G_CALLBACK (study_changed_cb), self);
  g_signal_connect_swapped (session, "dots-changed", G_CALLBACK (dots_changed_cb), self);
  g_signal_connect_swapped (session, "k-changed", G_CALLBACK (k_changed_cb), self);
  g_signal_connect_swapped (session, "merge-changed", G_CALLBACK (merge_changed_cb), self);
  describe (self);
  return self;
}

void
limen_bound_plots_free (LimenBoundPlots *self)
{
  g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_pointer (&self->plot, limen_bound_plot_free);
  g_free (self);
}

LimenPlotArea *
limen_bound_plots_plane (LimenBoundPlots *self)
{
  return self->plane;
}

LimenPlotArea *
limen_bound_plots_bound (LimenBoundPlots *self)
{
  return self->bound;
}

LimenPlotArea *
limen_bound_plots_gap (LimenBoundPlots *self)
{
  return self->gap;
}

LimenPlotArea *
limen_bound_plots_merge (LimenBoundPlots *self)
{
  return self->merge;
}

void
limen_bound_plots_set_shade (LimenBoundPlots *self, gboolean implied)
{
  self->implied = implied;
  limen_plot_area_changed (self->plane);
}
