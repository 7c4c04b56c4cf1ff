#include "ui/detector/plot.h"

#include "ui/appearance.h"

#include <math.h>

struct _LimenDetectorPlot {
  GtkWidget parent_instance;

  LimenDetectorSession *session;
  LimenHistogramView view;
  gboolean view_is_own; /* zoomed or panned by the user: new scores do not move it */

  LimenHistogramPlot *plot; /* what does not change while the line is dragged, */
  GdkTexture *base;         /* and its picture at the screen's scale */
  LimenHold hold;
  double grab_offset; /* from the pointer to the line, pixels */
  double last_x, last_scale;
  double pointer_x;
};

G_DEFINE_FINAL_TYPE (LimenDetectorPlot, limen_detector_plot, GTK_TYPE_WIDGET)

static double
threshold (LimenDetectorPlot *self)
{
  const LimenDetector *detector = limen_detector_session_detector (self->session);
  return detector ? detector->threshold : NAN;
}

static void
drop_base (LimenDetectorPlot *self)
{
  g_clear_object (&self->base);
  g_clear_pointer (&self->plot, limen_histogram_plot_free);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
set_view (LimenDetectorPlot *self, LimenHistogramView view, gboolean own)
{
  self->view = view;
  self->view_is_own = own;
  drop_base (self);
}

static void
reset_view (LimenDetectorPlot *self, LimenHistogramScale scale)
{
  LimenHistogramView view =
      limen_histogram_view_new (limen_detector_session_detector (self->session), scale);
  set_view (self, limen_histogram_view_with_heights (&view, self->view.counts, self->view.log),
            FALSE);
}

/* About @about (nats); further out than everything there is nothing to see. */
static void
zoom (LimenDetectorPlot *self, double about, double factor)
{
  LimenHistogramView view = limen_histogram_view_zoom (&self->view, about, factor);
  LimenHistogramView whole =
      limen_histogram_view_new (limen_detector_session_detector (self->session), self->view.scale);
  if (view.low <= whole.low && view.high >= whole.high)
    reset_view (self, self->view.scale);
  else
    set_view (self, view, TRUE);
}

/* -- drawing -- */

static void
ensure_plot (LimenDetectorPlot *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  LimenChartStyle style = limen_appearance_chart_style (widget);
  if (!self->plot)
    self->plot = limen_histogram_plot_new (limen_detector_session_detector (self->session),
                                           &self->view, &style, gtk_widget_get_width (widget),
                                           gtk_widget_get_height (widget));
}

static GdkTexture *
render_base (LimenDetectorPlot *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  int scale = gtk_widget_get_scale_factor (widget);
  int width = gtk_widget_get_width (widget) * scale,
      height = gtk_widget_get_height (widget) * scale;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  cairo_surface_set_device_scale (surface, scale, scale);
  cairo_t *cr = cairo_create (surface);
  limen_histogram_plot_draw_base (self->plot, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  int stride = cairo_image_surface_get_stride (surface);
  g_autoptr (GBytes) bytes =
      g_bytes_new_with_free_func (cairo_image_surface_get_data (surface), (gsize)stride * height,
                                  (GDestroyNotify)cairo_surface_destroy, surface);
  return gdk_memory_texture_new (width, height, GDK_MEMORY_DEFAULT, bytes, stride);
}

static void
limen_detector_plot_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  LimenDetectorPlot *self = LIMEN_DETECTOR_PLOT (widget);
  graphene_rect_t all =
      GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (widget), gtk_widget_get_height (widget));
  if (all.size.width < 1 || all.size.height < 1)
    return;
  ensure_plot (self);
  if (!self->base)
    self->base = render_base (self);
  gtk_snapshot_append_texture (snapshot, self->base, &all);
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &all);
  limen_histogram_plot_draw_threshold (self->plot, cr, threshold (self), self->hold);
  cairo_destroy (cr);
}

/* -- hands -- */

static void
set_hold (LimenDetectorPlot *self, LimenHold flag, gboolean on)
{
  LimenHold hold = on ? self->hold | flag : self->hold & ~flag;
  if (hold == self->hold)
    return;
  self->hold = hold;
  gboolean on_line = hold & (LIMEN_HOLD_HOVERED | LIMEN_HOLD_GRABBED);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), on_line ? "ew-resize" : NULL);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
pointer_moved_cb (GtkEventControllerMotion *controller, double x, double y, LimenDetectorPlot *self)
{
  self->pointer_x = x;
  ensure_plot (self);
  set_hold (self, LIMEN_HOLD_HOVERED,
            limen_histogram_plot_hits_threshold (self->plot, threshold (self), x, y));
}

static void
pointer_left_cb (GtkEventControllerMotion *controller, LimenDetectorPlot *self)
{
  set_hold (self, LIMEN_HOLD_HOVERED, FALSE);
}

static void
drag_began_cb (GtkGestureDrag *gesture, double x, double y, LimenDetectorPlot *self)
{
  ensure_plot (self);
  gtk_widget_grab_focus (GTK_WIDGET (self));
  self->last_x = 0;
  if (!limen_histogram_plot_hits_threshold (self->plot, threshold (self), x, y))
    return;
  self->grab_offset = limen_histogram_plot_x_of_value (self->plot, threshold (self)) - x;
  set_hold (self, LIMEN_HOLD_GRABBED, TRUE);
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
}

static void
drag_moved_cb (GtkGestureDrag *gesture, double dx, double dy, LimenDetectorPlot *self)
{
  double x, y;
  if (self->hold & LIMEN_HOLD_GRABBED) {
    gtk_gesture_drag_get_start_point (gesture, &x, &y);
    ensure_plot (self);
    limen_detector_session_set_threshold (
        self->session, limen_histogram_plot_value_at_x (self->plot, x + dx + self->grab_offset));
  } else if (fabs (dx) > 2 || self->last_x != 0) {
    double area = limen_histogram_plot_area (self->plot).width;
    set_view (self, limen_histogram_view_pan (&self->view, -(dx - self->last_x) / MAX (area, 1)),
              TRUE);
    self->last_x = dx;
    ensure_plot (self);
  }
}

static void
drag_ended_cb (GtkGestureDrag *gesture, double dx, double dy, LimenDetectorPlot *self)
{
  set_hold (self, LIMEN_HOLD_GRABBED, FALSE);
}

static gboolean
scrolled_cb (GtkEventControllerScroll *controller, double dx, double dy, LimenDetectorPlot *self)
{
  ensure_plot (self);
  if (fabs (dx) > fabs (dy)) {
    set_view (self, limen_histogram_view_pan (&self->view, dx * 0.05), TRUE);
    return GDK_EVENT_STOP;
  }
  /* The wheel alone scrolls a page that is too long for the window; over the plot it zooms. */
  double about = limen_histogram_plot_value_at_x (self->plot, self->pointer_x);
  zoom (self, about, pow (1.15, -dy));
  return GDK_EVENT_STOP;
}

static void
pinch_began_cb (GtkGesture *gesture, GdkEventSequence *sequence, LimenDetectorPlot *self)
{
  self->last_scale = 1;
}

static void
pinched_cb (GtkGestureZoom *gesture, double scale, LimenDetectorPlot *self)
{
  double x, y;
  ensure_plot (self);
  if (!gtk_gesture_get_bounding_box_center (GTK_GESTURE (gesture), &x, &y))
    return;
  double about = limen_histogram_plot_value_at_x (self->plot, x);
  zoom (self, about, scale / self->last_scale);
  self->last_scale = scale;
}

static void
step_threshold (LimenDetectorPlot *self, double steps)
{
  double now = limen_detector_session_threshold (self->session);
  limen_detector_session_set_threshold (
      self->session, now + steps * limen_detector_session_range (self->session).step);
}

static gboolean
key_pressed_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state,
                LimenDetectorPlot *self)
{
  if (state & (GDK_CONTROL_MASK | GDK_ALT_MASK) || !limen_detector_session_detector (self->session))
    return GDK_EVENT_PROPAGATE;
  switch (key) {
  case GDK_KEY_Left:
  case GDK_KEY_KP_Left:
    step_threshold (self, -1);
    return GDK_EVENT_STOP;
  case GDK_KEY_Right:
  case GDK_KEY_KP_Right:
    step_threshold (self, 1);
    return GDK_EVENT_STOP;
  case GDK_KEY_Page_Down:
  case GDK_KEY_KP_Page_Down:
    step_threshold (self, -10);
    return GDK_EVENT_STOP;
  case GDK_KEY_Page_Up:
  case GDK_KEY_KP_Page_Up:
    step_threshold (self, 10);
    return GDK_EVENT_STOP;
  case GDK_KEY_Home:
  case GDK_KEY_KP_Home:
    limen_detector_session_set_threshold (self->session, -G_MAXDOUBLE);
    return GDK_EVENT_STOP;
  case GDK_KEY_End:
  case GDK_KEY_KP_End:
    limen_detector_session_set_threshold (self->session, G_MAXDOUBLE);
    return GDK_EVENT_STOP;
  default:
    return GDK_EVENT_PROPAGATE;
  }
}

static void
focus_changed_cb (GtkWidget *widget, GParamSpec *pspec, gpointer unused)
{
  set_hold (LIMEN_DETECTOR_PLOT (widget), LIMEN_HOLD_FOCUSED, gtk_widget_has_focus (widget));
}

/* -- the session -- */

static void
data_changed_cb (LimenDetectorSession *session, LimenDetectorPlot *self)
{
  if (self->view_is_own)
    drop_base (self);
  else
    reset_view (self, self->view.scale);
}

static void
limen_detector_plot_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  drop_base (LIMEN_DETECTOR_PLOT (widget));
}

static void
limen_detector_plot_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                             int *minimum, int *natural, int *minimum_baseline,
                             int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 280 : 240;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 900 : 420;
}

static void
limen_detector_plot_dispose (GObject *object)
{
  LimenDetectorPlot *self = LIMEN_DETECTOR_PLOT (object);
  if (self->session)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->session);
  g_clear_object (&self->base);
  g_clear_pointer (&self->plot, limen_histogram_plot_free);
  G_OBJECT_CLASS (limen_detector_plot_parent_class)->dispose (object);
}

static void
limen_detector_plot_class_init (LimenDetectorPlotClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = limen_detector_plot_dispose;
  widget_class->snapshot = limen_detector_plot_snapshot;
  widget_class->size_allocate = limen_detector_plot_size_allocate;
  widget_class->measure = limen_detector_plot_measure;
  gtk_widget_class_set_css_name (widget_class, "limen-plot");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
add_controllers (LimenDetectorPlot *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *scroll =
      gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkGesture *drag = gtk_gesture_drag_new (), *pinch = gtk_gesture_zoom_new ();
  g_signal_connect (motion, "motion", G_CALLBACK (pointer_moved_cb), self);
  g_signal_connect (motion, "leave", G_CALLBACK (pointer_left_cb), self);
  g_signal_connect (scroll, "scroll", G_CALLBACK (scrolled_cb), self);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (drag_began_cb), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (drag_moved_cb), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (drag_ended_cb), self);
  g_signal_connect (pinch, "begin", G_CALLBACK (pinch_began_cb), self);
  g_signal_connect (pinch, "scale-changed", G_CALLBACK (pinched_cb), self);
  gtk_widget_add_controller (widget, motion);
  gtk_widget_add_controller (widget, scroll);
  gtk_widget_add_controller (widget, keys);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (pinch));
}

static void
limen_detector_plot_init (LimenDetectorPlot *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gtk_widget_set_focusable (widget, TRUE);
  add_controllers (self);
  g_signal_connect (self, "notify::has-focus", G_CALLBACK (focus_changed_cb), NULL);
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (drop_base), NULL);
  limen_appearance_connect (widget, (LimenAppearanceFunc)drop_base);
}

void
limen_detector_plot_set_session (LimenDetectorPlot *self, LimenDetectorSession *session)
{
  self->session = g_object_ref (session);
  g_signal_connect (session, "data-changed", G_CALLBACK (data_changed_cb), self);
  g_signal_connect_swapped (session, "threshold-changed", G_CALLBACK (gtk_widget_queue_draw), self);
  reset_view (self, LIMEN_HISTOGRAM_SPREAD);
}

void
limen_detector_plot_set_scale (LimenDetectorPlot *self, LimenHistogramScale scale)
{
  reset_view (self, scale);
}

void
limen_detector_plot_set_heights (LimenDetectorPlot *self, gboolean counts, gboolean log)
{
  set_view (self, limen_histogram_view_with_heights (&self->view, counts, log), self->view_is_own);
}

void
limen_detector_plot_zoom (LimenDetectorPlot *self, double factor)
{
  if (factor == 0 || isnan (threshold (self)))
    reset_view (self, self->view.scale);
  else
    zoom (self, threshold (self), factor);
}

LimenHistogramView
limen_detector_plot_view (LimenDetectorPlot *self)
{
  return self->view;
}
