#include "ui/detector/pad.h"

#include "ui/appearance.h"
#include "ui/child-window.h"
#include "ui/widgets.h"

#define MNIST_SIDE 28
#define MNIST_RIM  4 /* black pixels around the box of a digit */

struct _LimenPadWindow {
  AdwWindow parent_instance;

  GtkDrawingArea *area;
  GtkLabel *said, *paper;
  GtkWidget *back, *clear;

  LimenPicturesSession *pictures; /* owned */
  LimenDrawing *drawing;          /* ahead of the one that is scored */
  double start_x, start_y;        /* of the stroke under the pointer */
  double pen_x, pen_y;            /* of the pen that keys move, as in LimenPenPoint */
  gboolean by_keys;               /* it is seen */
};

G_DEFINE_FINAL_TYPE (LimenPadWindow, limen_pad_window, ADW_TYPE_WINDOW)

static gboolean
size_of (LimenPadWindow *self, guint *width, guint *height)
{
  const LimenExperiment *experiment =
      limen_detector_session_experiment (limen_pictures_session_detector (self->pictures));
  return limen_pictures_size (experiment->flow, experiment->set[LIMEN_SET_NORMAL], width, height);
}

/* -- what is shown -- */

static char *
describe_paper (LimenPadWindow *self, guint width, guint height)
{
  gboolean mnist = width == MNIST_SIDE && height == MNIST_SIDE;
  return g_strdup_printf ("%u × %u pixels, white on black, grey 0 to 255%s", width, height,
                          mnist ? ", as in MNIST, whose digits fill the dashed box."
                                : ", as the flow takes them.");
}

static void
show (LimenPadWindow *self)
{
  LimenDetectorSession *session = limen_pictures_session_detector (self->pictures);
  const LimenSinglePicture *drawn =
      limen_pictures_drawn (limen_pictures_session_pictures (self->pictures));
  guint width, height;
  gboolean known = size_of (self, &width, &height);
  g_autofree char *line =
      drawn ? limen_picture_line (drawn, limen_detector_session_detector (session))
            : g_strdup ("Draw with a mouse, a pen, or Shift and the arrow keys.");
  g_autofree char *paper =
      known ? describe_paper (self, width, height)
            : g_strdup ("The flow does not say how wide its images are; open normal images first.");
  gtk_label_set_text (self->said, line);
  gtk_label_set_text (self->paper, paper);
  gtk_widget_set_sensitive (GTK_WIDGET (self->area), known);
  gtk_widget_set_sensitive (self->back, self->drawing->n > 0);
  gtk_widget_set_sensitive (self->clear, self->drawing->n > 0);
  limen_describe (self->area, line);
  gtk_widget_queue_draw (GTK_WIDGET (self->area));
}

/* The list may have let go of it. */
static void
pictures_changed_cb (LimenPadWindow *self)
{
  if (self->drawing->n > 0 &&
      !limen_pictures_drawn (limen_pictures_session_pictures (self->pictures))) {
    limen_drawing_free (self->drawing);
    self->drawing = limen_drawing_new ();
  }
  show (self);
}

/* Takes @next */
static void
change (LimenPadWindow *self, LimenDrawing *next)
{
  g_autoptr (LimenDrawing) old = self->drawing;
  self->drawing = next;
  limen_pictures_session_draw (self->pictures, next);
}

/* The largest rectangle of that shape */
static LimenRect
paper_of (double width, double height, guint columns, guint rows)
{
  double scale = MIN (width / columns, height / rows);
  return (LimenRect){(width - scale * columns) / 2, (height - scale * rows) / 2, scale * columns,
                     scale * rows};
}

static void
draw_pixels (LimenPadWindow *self, cairo_t *cr, guint width, guint height)
{
  g_autofree guint8 *pixels = g_new (guint8, (gsize)width * height);
  cairo_surface_t *surface =
      cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int)width, (int)height);
  guint8 *data = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);
  limen_drawing_pixels (self->drawing, width, height, pixels);
  cairo_surface_flush (surface);
  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++)
      ((guint32 *)(gpointer)(data + (gsize)y * (gsize)stride))[x] =
          0x010101u * pixels[y * width + x];
  cairo_surface_mark_dirty (surface);
  cairo_set_source_surface (cr, surface, 0, 0);
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_NEAREST);
  cairo_paint (cr);
  cairo_surface_destroy (surface);
}

/* Where digits of MNIST lie, and where the keys draw */
static void
draw_guides (LimenPadWindow *self, cairo_t *cr, guint width, guint height)
{
  static const double dash[] = {0.5, 0.5};
  if (width == MNIST_SIDE && height == MNIST_SIDE) {
    cairo_set_source_rgb (cr, 0.45, 0.45, 0.45);
    cairo_set_line_width (cr, 0.1);
    cairo_set_dash (cr, dash, 2, 0);
    cairo_rectangle (cr, MNIST_RIM, MNIST_RIM, MNIST_SIDE - 2 * MNIST_RIM,
                     MNIST_SIDE - 2 * MNIST_RIM);
    cairo_stroke (cr);
    cairo_set_dash (cr, NULL, 0, 0);
  }
  if (!self->by_keys || !gtk_widget_has_focus (GTK_WIDGET (self->area)))
    return;
  limen_palette_set (cr, LIMEN_SCHEME_DARK, LIMEN_COLOUR_HAND);
  cairo_arc (cr, self->pen_x * width, self->pen_y * height, 0.05 * MIN (width, height), 0,
             2 * G_PI);
  cairo_set_line_width (cr, 0.01 * MIN (width, height));
  cairo_stroke (cr);
}

static void
draw_cb (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer data)
{
  LimenPadWindow *self = data;
  guint columns, rows;
  if (!size_of (self, &columns, &rows))
    return;
  LimenRect paper = paper_of (width, height, columns, rows);
  cairo_translate (cr, paper.x, paper.y);
  cairo_scale (cr, paper.width / columns, paper.height / rows);
  cairo_rectangle (cr, 0, 0, columns, rows);
  cairo_clip (cr);
  draw_pixels (self, cr, columns, rows);
  draw_guides (self, cr, columns, rows);
}

/* -- mouse and pen -- */

static void
add_point (LimenPadWindow *self, double x, double y, gboolean begins)
{
  guint columns, rows;
  if (!size_of (self, &columns, &rows))
    return;
  LimenRect paper = paper_of (gtk_widget_get_width (GTK_WIDGET (self->area)),
                              gtk_widget_get_height (GTK_WIDGET (self->area)), columns, rows);
  self->pen_x = CLAMP ((x - paper.x) / paper.width, 0, 1);
  self->pen_y = CLAMP ((y - paper.y) / paper.height, 0, 1);
  change (self, limen_drawing_with_point (self->drawing, self->pen_x, self->pen_y, begins));
}

static void
drag_begin_cb (GtkGestureDrag *drag, double x, double y, LimenPadWindow *self)
{
  self->start_x = x;
  self->start_y = y;
  self->by_keys = FALSE;
  gtk_widget_grab_focus (GTK_WIDGET (self->area));
  add_point (self, x, y, TRUE);
}

static void
drag_update_cb (GtkGestureDrag *drag, double dx, double dy, LimenPadWindow *self)
{
  add_point (self, self->start_x + dx, self->start_y + dy, FALSE);
}

/* -- keys -- */

/* By a pixel; with Shift the pen draws. */
static void
move_pen (LimenPadWindow *self, int dx, int dy, gboolean draws)
{
  guint columns, rows;
  if (!size_of (self, &columns, &rows))
    return;
  gboolean begins = self->drawing->n == 0 || !self->by_keys;
  const LimenPenPoint *last = begins ? NULL : &self->drawing->point[self->drawing->n - 1];
  begins = begins || last->x != self->pen_x || last->y != self->pen_y;
  self->by_keys = TRUE;
  if (draws && begins)
    change (self, limen_drawing_with_point (self->drawing, self->pen_x, self->pen_y, TRUE));
  self->pen_x = CLAMP (self->pen_x + (double)dx / columns, 0, 1);
  self->pen_y = CLAMP (self->pen_y + (double)dy / rows, 0, 1);
  if (draws)
    change (self, limen_drawing_with_point (self->drawing, self->pen_x, self->pen_y, FALSE));
  else
    gtk_widget_queue_draw (GTK_WIDGET (self->area));
}

static void
back_cb (LimenPadWindow *self)
{
  change (self, limen_drawing_without_last (self->drawing));
}

static void
clear_cb (LimenPadWindow *self)
{
  change (self, limen_drawing_new ());
}

static gboolean
key_cb (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state,
        LimenPadWindow *self)
{
  static const struct {
    guint key;
    int dx, dy;
  } moves[] = {{GDK_KEY_Left, -1, 0},  {GDK_KEY_Right, 1, 0},    {GDK_KEY_Up, 0, -1},
               {GDK_KEY_Down, 0, 1},   {GDK_KEY_KP_Left, -1, 0}, {GDK_KEY_KP_Right, 1, 0},
               {GDK_KEY_KP_Up, 0, -1}, {GDK_KEY_KP_Down, 0, 1},  {GDK_KEY_space, 0, 0}};
  gboolean shift = (state & GDK_SHIFT_MASK) != 0;
  for (guint i = 0; i < G_N_ELEMENTS (moves); i++)
    if (key == moves[i].key) {
      move_pen (self, moves[i].dx, moves[i].dy, shift || key == GDK_KEY_space);
      return GDK_EVENT_STOP;
    }
  if (key == GDK_KEY_BackSpace)
    back_cb (self);
  else if (key == GDK_KEY_Delete)
    clear_cb (self);
  else
    return GDK_EVENT_PROPAGATE;
  return GDK_EVENT_STOP;
}

/* -- the object -- */

static void
limen_pad_window_dispose (GObject *object)
{
  LimenPadWindow *self = LIMEN_PAD_WINDOW (object);
  if (self->pictures)
    g_signal_handlers_disconnect_by_data (self->pictures, self);
  if (self->area)
    gtk_drawing_area_set_draw_func (self->area, NULL, NULL, NULL);
  self->area = NULL;
  g_clear_object (&self->pictures);
  g_clear_pointer (&self->drawing, limen_drawing_free);
  G_OBJECT_CLASS (limen_pad_window_parent_class)->dispose (object);
}

static void
limen_pad_window_class_init (LimenPadWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = limen_pad_window_dispose;
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close",
                                       NULL);
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_w, GDK_CONTROL_MASK,
                                       "window.close", NULL);
}

static void
add_area (LimenPadWindow *self, GtkWidget *box)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkGesture *drag = gtk_gesture_drag_new ();
  self->area = g_object_new (GTK_TYPE_DRAWING_AREA, "accessible-role", GTK_ACCESSIBLE_ROLE_IMG,
                             "focusable", TRUE, "hexpand", TRUE, "vexpand", TRUE, NULL);
  gtk_drawing_area_set_content_width (self->area, 280);
  gtk_drawing_area_set_content_height (self->area, 280);
  gtk_drawing_area_set_draw_func (self->area, draw_cb, self, NULL);
  limen_name (self->area, "Paper");
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self->area), "crosshair");
  g_signal_connect (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->area), GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (GTK_WIDGET (self->area), keys);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->area));
}

static GtkWidget *
button (LimenPadWindow *self, const char *label, const char *tooltip, GCallback clicked)
{
  GtkWidget *made = gtk_button_new_with_mnemonic (label);
  gtk_widget_set_tooltip_text (made, tooltip);
  g_signal_connect_swapped (made, "clicked", clicked, self);
  return made;
}

static GtkLabel *
line (GtkWidget *box, const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_lines (GTK_LABEL (label), 2);
  gtk_widget_add_css_class (label, style);
  gtk_box_append (GTK_BOX (box), label);
  return GTK_LABEL (label);
}

static void
limen_pad_window_init (LimenPadWindow *self)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  self->drawing = limen_drawing_new ();
  self->pen_x = self->pen_y = 0.5;
  self->back =
      button (self, "_Back", "Take back the last stroke (Backspace)", G_CALLBACK (back_cb));
  self->clear =
      button (self, "_Clear", "Begin with an empty paper (Delete)", G_CALLBACK (clear_cb));
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), self->clear);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), self->back);
  gtk_widget_set_margin_start (box, 18);
  gtk_widget_set_margin_end (box, 18);
  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_bottom (box, 18);
  add_area (self, box);
  self->said = line (box, "heading");
  gtk_widget_add_css_class (GTK_WIDGET (self->said), "numeric");
  self->paper = line (box, "dim-label");
  gtk_box_append (GTK_BOX (column), header);
  gtk_box_append (GTK_BOX (column), box);
  gtk_window_set_title (GTK_WINDOW (self), "Draw a Picture");
  gtk_window_set_default_size (GTK_WINDOW (self), 400, 540);
  adw_window_set_content (ADW_WINDOW (self), column);
  limen_child_window_part (GTK_WINDOW (self));
}

void
limen_pad_window_present (GtkWindow *parent, LimenPicturesSession *pictures)
{
  g_return_if_fail (GTK_IS_WINDOW (parent) && LIMEN_IS_PICTURES_SESSION (pictures));
  LimenPadWindow *self = LIMEN_PAD_WINDOW (limen_child_window_of (parent, LIMEN_TYPE_PAD_WINDOW));
  if (!self->pictures) {
    const LimenSinglePicture *drawn =
        limen_pictures_drawn (limen_pictures_session_pictures (pictures));
    self->pictures = g_object_ref (pictures);
    if (drawn) {
      limen_drawing_free (self->drawing);
      self->drawing = limen_drawing_copy (drawn->drawing);
    }
    limen_follow (self, pictures, "changed", G_CALLBACK (pictures_changed_cb));
    show (self);
  }
  gtk_widget_grab_focus (GTK_WIDGET (self->area));
  gtk_window_present (GTK_WINDOW (self));
}
