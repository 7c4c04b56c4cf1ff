#include "ui/plot-area.h"

#include "ui/appearance.h"
#include "ui/drawn-node.h"
#include "viz/kit/dot-stamps.h"
#include "ui/widgets.h"

#include <math.h>

#define NEAR     16 /* pixels from a handle at which it is taken */
#define PAN_FROM 2  /* pixels that are no tremor of the hand */

struct _LimenPlotArea {
  GtkWidget parent_instance;

  const LimenPlotAreaFuncs *funcs;
  gpointer page;
  GskRenderNode *base; /* the picture behind, at the screen's scale */
  GtkWidget *corner;   /* borrowed, NULL once it is gone */
  int line, least;     /* least: its height at the usual size of text, pixels */
  int hovered, grabbed,
      focused;            /* handles, or −1; @focused stays while the keyboard is elsewhere */
  double offset[2];       /* from the pointer to the grabbed handle */
  double panned, pinched; /* so far in this gesture: pixels, and by which factor */
};

G_DEFINE_FINAL_TYPE (LimenPlotArea, limen_plot_area, GTK_TYPE_WIDGET)

/* -- drawing -- */

static void
draw_base_cb (cairo_t *cr, double width, double height, gpointer data)
{
  LimenPlotArea *self = data;
  LimenChartStyle style = limen_plot_area_style (self);
  self->funcs->draw_base (self, cr, &style, width, height, self->page);
}

static void
limen_plot_area_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  LimenPlotArea *self = LIMEN_PLOT_AREA (widget);
  LimenChartStyle style = limen_plot_area_style (self);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  graphene_rect_t all = GRAPHENE_RECT_INIT (0, 0, width, height);
  if (width < 1 || height < 1)
    return;
  if (!self->base)
    self->base = limen_drawn_node (widget, draw_base_cb, self);
  gtk_snapshot_append_node (snapshot, self->base);
  if (!self->funcs->draw_top)
    return;
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &all);
  limen_recording_set_scale (cr, gtk_widget_get_scale_factor (widget));
  self->funcs->draw_top (self, cr, &style, width, height, self->page);
  cairo_destroy (cr);
}

void
limen_plot_area_changed (LimenPlotArea *self)
{
  g_return_if_fail (LIMEN_IS_PLOT_AREA (self));
  g_clear_pointer (&self->base, gsk_render_node_unref);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* -- handles -- */

static int
n_handles (LimenPlotArea *self)
{
  return self->funcs->n_handles ? self->funcs->n_handles (self, self->page) : 0;
}

static gboolean
is_line (LimenPlotArea *self, int handle)
{
  return handle == self->line || self->line == LIMEN_ALL_LINES;
}

/* The handle under a point: the nearest; of two at one place, that which has the focus. */
static int
pick (LimenPlotArea *self, double x, double y)
{
  int best = -1;
  double nearest = NEAR;
  for (int i = 0; i < n_handles (self); i++) {
    double hx, hy;
    if (!self->funcs->place (self, i, &hx, &hy, self->page))
      continue;
    double distance = is_line (self, i) ? fabs (x - hx) + 4 : hypot (x - hx, y - hy);
    if (self->funcs->hits)
      distance = self->funcs->hits (self, i, x, y, self->page) ? 0 : NEAR;
    if (distance < nearest || (distance == nearest && i == self->focused)) {
      nearest = distance;
      best = i;
    }
  }
  return best;
}

LimenHold
limen_plot_area_hold (LimenPlotArea *self, int handle)
{
  g_return_val_if_fail (LIMEN_IS_PLOT_AREA (self), (LimenHold){0});
  gboolean has_focus = gtk_widget_has_visible_focus (GTK_WIDGET (self));
  return (handle == self->hovered ? LIMEN_HOLD_HOVERED : 0) |
         (handle == self->grabbed ? LIMEN_HOLD_GRABBED : 0) |
         (has_focus && handle == self->focused ? LIMEN_HOLD_FOCUSED : 0);
}

static void
set_hovered (LimenPlotArea *self, int handle)
{
  if (handle == self->hovered)
    return;
  self->hovered = handle;
  const char *cursor = handle < 0 ? NULL : is_line (self, handle) ? "ew-resize" : "grab";
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), cursor);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
pointer_moved_cb (GtkEventControllerMotion *controller, double x, double y, LimenPlotArea *self)
{
  if (self->grabbed < 0)
    set_hovered (self, pick (self, x, y));
  if (self->funcs->hover)
    self->funcs->hover (self, x, y, self->page);
}

static void
pointer_left_cb (GtkEventControllerMotion *controller, LimenPlotArea *self)
{
  if (self->grabbed < 0)
    set_hovered (self, -1);
  if (self->funcs->hover)
    self->funcs->hover (self, NAN, NAN, self->page);
}

static void
drag_began_cb (GtkGestureDrag *gesture, double x, double y, LimenPlotArea *self)
{
  double hx, hy;
  int handle = pick (self, x, y);
  self->panned = 0;
  if (n_handles (self) > 0)
    gtk_widget_grab_focus (GTK_WIDGET (self));
  if (handle < 0 || !self->funcs->place (self, handle, &hx, &hy, self->page))
    return;
  self->grabbed = self->focused = handle;
  self->offset[0] = hx - x;
  self->offset[1] = hy - y;
  set_hovered (self, handle);
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  if (self->funcs->grab)
    self->funcs->grab (self, handle, TRUE, self->page);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
pan (LimenPlotArea *self, double dx)
{
  if (!self->funcs->pan || (fabs (dx) <= PAN_FROM && self->panned == 0))
    return;
  self->funcs->pan (self, dx - self->panned, self->page);
  self->panned = dx;
}

static void
pinch_began_cb (GtkGesture *gesture, GdkEventSequence *sequence, LimenPlotArea *self)
{
  self->pinched = 1;
}

static void
pinched_cb (GtkGestureZoom *gesture, double scale, LimenPlotArea *self)
{
  double x, y;
  if (!gtk_gesture_get_bounding_box_center (GTK_GESTURE (gesture), &x, &y))
    return;
  self->funcs->pinch (self, x, scale / self->pinched, self->page);
  self->pinched = scale;
}

static void
drag_moved_cb (GtkGestureDrag *gesture, double dx, double dy, LimenPlotArea *self)
{
  double x, y;
  if (self->grabbed < 0)
    pan (self, dx);
  if (self->grabbed < 0 || !gtk_gesture_drag_get_start_point (gesture, &x, &y))
    return;
  self->funcs->move (self, self->grabbed, x + dx + self->offset[0], y + dy + self->offset[1],
                     self->page);
}

static void
drag_ended_cb (GtkGestureDrag *gesture, double dx, double dy, LimenPlotArea *self)
{
  int handle = self->grabbed;
  self->grabbed = -1;
  if (handle >= 0 && self->funcs->grab)
    self->funcs->grab (self, handle, FALSE, self->page);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
scrolled_cb (GtkEventControllerScroll *controller, double dx, double dy, LimenPlotArea *self)
{
  GdkEvent *event = gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (controller));
  double x = 0, y = 0, left, top;
  GtkNative *native = gtk_widget_get_native (GTK_WIDGET (self));
  if (!self->funcs->scroll || !event || !gdk_event_get_position (event, &x, &y))
    return GDK_EVENT_PROPAGATE;
  gtk_native_get_surface_transform (native, &left, &top);
  gtk_widget_translate_coordinates (GTK_WIDGET (native), GTK_WIDGET (self), x - left, y - top, &x,
                                    &y);
  return self->funcs->scroll (self, x, y, dx, dy, self->page);
}

static gboolean
key_pressed_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state,
                LimenPlotArea *self)
{
  if (!self->funcs->key || state & (GDK_CONTROL_MASK | GDK_ALT_MASK) || n_handles (self) == 0)
    return GDK_EVENT_PROPAGATE;
  return self->funcs->key (self, CLAMP (self->focused, 0, n_handles (self) - 1), key, state,
                           self->page);
}

/* Tab goes from handle to handle before it leaves. */
static gboolean
limen_plot_area_focus (GtkWidget *widget, GtkDirectionType direction)
{
  LimenPlotArea *self = LIMEN_PLOT_AREA (widget);
  int n = n_handles (self), last = n - 1;
  gboolean forward = direction == GTK_DIR_TAB_FORWARD, back = direction == GTK_DIR_TAB_BACKWARD;
  if (n == 0)
    return FALSE;
  if (!gtk_widget_has_focus (widget)) {
    self->focused = back ? last : 0;
    return gtk_widget_grab_focus (widget);
  }
  int at = CLAMP (self->focused, 0, last); /* as for keys: a click beside all handles is of none */
  if ((forward && at == last) || (back && at == 0) || (!forward && !back))
    return FALSE;
  self->focused = at + (forward ? 1 : -1);
  gtk_widget_queue_draw (widget);
  return TRUE;
}

/* -- the object -- */

static void
limen_plot_area_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  limen_plot_area_changed (LIMEN_PLOT_AREA (widget));
}

static void
limen_plot_area_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                         int *natural, int *minimum_baseline, int *natural_baseline)
{
  int least = (int)(LIMEN_PLOT_AREA (widget)->least * limen_appearance_picture_scale (widget));
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 200 : least;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 400 : 2 * least;
}

static void
limen_plot_area_dispose (GObject *object)
{
  g_clear_pointer (&LIMEN_PLOT_AREA (object)->base, gsk_render_node_unref);
  g_clear_weak_pointer (&LIMEN_PLOT_AREA (object)->corner);
  G_OBJECT_CLASS (limen_plot_area_parent_class)->dispose (object);
}

static void
limen_plot_area_class_init (LimenPlotAreaClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = limen_plot_area_dispose;
  widget_class->snapshot = limen_plot_area_snapshot;
  widget_class->size_allocate = limen_plot_area_size_allocate;
  widget_class->measure = limen_plot_area_measure;
  widget_class->focus = limen_plot_area_focus;
  gtk_widget_class_set_css_name (widget_class, "limen-plot");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
appearance_changed_cb (LimenPlotArea *self)
{
  limen_plot_area_changed (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
limen_plot_area_init (LimenPlotArea *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *scroll =
      gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);
  GtkGesture *drag = gtk_gesture_drag_new ();
  self->least = 120;
  self->line = self->hovered = self->grabbed = self->focused = -1;
  g_signal_connect (motion, "motion", G_CALLBACK (pointer_moved_cb), self);
  g_signal_connect (motion, "leave", G_CALLBACK (pointer_left_cb), self);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  g_signal_connect (scroll, "scroll", G_CALLBACK (scrolled_cb), self);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (drag_began_cb), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (drag_moved_cb), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (drag_ended_cb), self);
  gtk_widget_add_controller (widget, motion);
  gtk_widget_add_controller (widget, keys);
  gtk_widget_add_controller (widget, scroll);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (drag));
  gtk_widget_set_overflow (widget, GTK_OVERFLOW_HIDDEN);
  gtk_widget_add_css_class (widget, "plot");
  g_signal_connect (self, "notify::has-focus", G_CALLBACK (gtk_widget_queue_draw), NULL);
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (limen_plot_area_changed), NULL);
  limen_appearance_connect (widget, (LimenAppearanceFunc)appearance_changed_cb);
}

LimenPlotArea *
limen_plot_area_new (const char *name, const LimenPlotAreaFuncs *funcs, gpointer page)
{
  g_return_val_if_fail (name != NULL && funcs != NULL, NULL);
  LimenPlotArea *self = g_object_new (LIMEN_TYPE_PLOT_AREA, NULL);
  self->funcs = funcs;
  self->page = page;
  if (funcs->pinch) {
    GtkGesture *pinch = gtk_gesture_zoom_new ();
    g_signal_connect (pinch, "begin", G_CALLBACK (pinch_began_cb), self);
    g_signal_connect (pinch, "scale-changed", G_CALLBACK (pinched_cb), self);
    gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (pinch));
  }
  gtk_widget_set_focusable (GTK_WIDGET (self), funcs->n_handles != NULL);
  limen_name (self, name);
  return self;
}

void
limen_plot_area_describe (LimenPlotArea *self, const char *text)
{
  g_return_if_fail (LIMEN_IS_PLOT_AREA (self));
  limen_describe (self, text);
}

void
limen_plot_area_set_line (LimenPlotArea *self, int handle)
{
  g_return_if_fail (LIMEN_IS_PLOT_AREA (self));
  self->line = handle;
}

void
limen_plot_area_set_least (LimenPlotArea *self, int height)
{
  g_return_if_fail (LIMEN_IS_PLOT_AREA (self) && height > 0);
  self->least = height;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

GtkWidget *
limen_plot_area_with_corner (LimenPlotArea *self, GtkWidget *widget)
{
  g_return_val_if_fail (LIMEN_IS_PLOT_AREA (self) && GTK_IS_WIDGET (widget), NULL);
  GtkWidget *overlay = gtk_overlay_new ();
  gtk_widget_set_halign (widget, GTK_ALIGN_END);
  gtk_widget_set_valign (widget, GTK_ALIGN_START);
  gtk_widget_set_margin_top (widget, 6);
  gtk_widget_set_margin_end (widget, 6);
  gtk_overlay_set_child (GTK_OVERLAY (overlay), GTK_WIDGET (self));
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), widget);
  g_set_weak_pointer (&self->corner, widget);
  return overlay;
}

LimenChartStyle
limen_plot_area_style (LimenPlotArea *self)
{
  g_return_val_if_fail (LIMEN_IS_PLOT_AREA (self), (LimenChartStyle){0});
  LimenChartStyle style = limen_appearance_chart_style (GTK_WIDGET (self));
  if (self->corner) { /* as wide and high as it wants to be, which an overlay gives it */
    GtkRequisition size;
    gtk_widget_get_preferred_size (self->corner, &size, NULL);
    style.aside_width = size.width;
    style.aside_height = size.height;
  }
  return style;
}
