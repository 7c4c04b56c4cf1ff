#include "ui/samples/sample-grid.h"

#include "ui/appearance.h"
#include "viz/kit/image-grid.h"

#include <math.h>

#define GAP     4
#define LEAST   12 /* pixels of an image */
#define MOST    128
#define NATURAL 40
#define MARK    3

struct _LimenSampleGrid {
  GtkWidget parent_instance;

  LimenImageSet *set;
  guint32 *index; /* 0, 1, 2, …: all of them */
  guint n, columns;
  int mark[2];
  int cursor; /* of the keyboard */
};

G_DEFINE_FINAL_TYPE (LimenSampleGrid, limen_sample_grid, GTK_TYPE_WIDGET)

static guint picked_signal;

static guint
n_rows (const LimenSampleGrid *self)
{
  return (self->n + self->columns - 1) / self->columns;
}

static double
fit_tile (const LimenSampleGrid *self)
{
  double width = gtk_widget_get_width (GTK_WIDGET ((gpointer)self));
  double height = gtk_widget_get_height (GTK_WIDGET ((gpointer)self));
  double across = (width + GAP) / self->columns - GAP, down = (height + GAP) / n_rows (self) - GAP;
  return CLAMP (floor (fmin (across, down)), 1, MOST);
}

static LimenImageGrid
grid (const LimenSampleGrid *self)
{
  return (LimenImageGrid){.set = self->set,
                          .index = self->index,
                          .n = self->n,
                          .columns = self->columns,
                          .tile = fit_tile (self),
                          .gap = GAP};
}

/* Where the images begin: they lie in the middle. */
static graphene_point_t
origin (const LimenSampleGrid *self, const LimenImageGrid *shown, const LimenChartStyle *style)
{
  double width, height;
  limen_image_grid_size (shown, style, &width, &height);
  double x = (gtk_widget_get_width (GTK_WIDGET ((gpointer)self)) - width) / 2;
  return GRAPHENE_POINT_INIT ((float)floor (fmax (x, 0)), 0);
}

static void
draw_frame (cairo_t *cr, const LimenChartStyle *style, const LimenImageGrid *shown, int place,
            LimenColour colour)
{
  LimenImageGrid one = *shown;
  double width, height;
  one.n = one.columns = 1;
  limen_image_grid_size (&one, style, &width, &height);
  double x = place % (int)shown->columns * (width + GAP);
  double y = place / (int)shown->columns * (height + GAP);
  limen_palette_set (cr, style->scheme, colour);
  cairo_set_line_width (cr, MARK);
  cairo_rectangle (cr, x + MARK / 2.0, y + MARK / 2.0, width - MARK, height - MARK);
  cairo_stroke (cr);
}

static void
limen_sample_grid_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  static const LimenColour colours[] = {LIMEN_COLOUR_FIRST, LIMEN_COLOUR_SECOND};
  LimenSampleGrid *self = LIMEN_SAMPLE_GRID (widget);
  LimenChartStyle style = limen_appearance_chart_style (widget);
  graphene_rect_t all =
      GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (widget), gtk_widget_get_height (widget));
  if (self->n == 0)
    return;
  LimenImageGrid shown = grid (self);
  graphene_point_t start = origin (self, &shown, &style);
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &all);
  cairo_translate (cr, start.x, start.y);
  limen_image_grid_draw (&shown, cr, &style);
  for (int i = 0; i < 2; i++)
    if (self->mark[i] >= 0 && self->mark[i] < (int)self->n)
      draw_frame (cr, &style, &shown, self->mark[i], colours[i]);
  if (gtk_widget_has_visible_focus (widget))
    draw_frame (cr, &style, &shown, self->cursor, LIMEN_COLOUR_HAND);
  cairo_destroy (cr);
}

static void
limen_sample_grid_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                           int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  LimenSampleGrid *self = LIMEN_SAMPLE_GRID (widget);
  gboolean across = orientation == GTK_ORIENTATION_HORIZONTAL;
  int n = (int)(across ? self->columns : n_rows (self));
  *minimum = MAX (n, 1) * (LEAST + GAP) - GAP;
  *natural = MAX (n, 1) * (NATURAL + GAP) - GAP;
  if (!across && for_size > 0) /* square tiles as wide as there is room */
    *natural = CLAMP (n * ((for_size + GAP) / (int)self->columns), *minimum, n * (MOST + GAP));
}

static GtkSizeRequestMode
limen_sample_grid_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* -- picking -- */

static void
pressed_cb (GtkGestureClick *click, int n_press, double x, double y, LimenSampleGrid *self)
{
  if (self->n == 0)
    return;
  LimenChartStyle style = limen_appearance_chart_style (GTK_WIDGET (self));
  LimenImageGrid shown = grid (self);
  graphene_point_t start = origin (self, &shown, &style);
  int place = limen_image_grid_at (&shown, &style, x - start.x, y - start.y);
  if (place < 0)
    return;
  self->cursor = place;
  g_signal_emit (self, picked_signal, 0, (guint)place);
}

static gboolean
key_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType modifiers,
        LimenSampleGrid *self)
{
  int step = key == GDK_KEY_Left    ? -1
             : key == GDK_KEY_Right ? 1
             : key == GDK_KEY_Up    ? -(int)self->columns
             : key == GDK_KEY_Down  ? (int)self->columns
                                    : 0;
  gboolean picks = key == GDK_KEY_Return || key == GDK_KEY_KP_Enter || key == GDK_KEY_space;
  if ((step == 0 && !picks) || self->n == 0)
    return FALSE;
  int next = self->cursor + step;
  if (next >= 0 && next < (int)self->n)
    self->cursor = next;
  if (picks)
    g_signal_emit (self, picked_signal, 0, (guint)self->cursor);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  return TRUE;
}

void
limen_sample_grid_set_pickable (LimenSampleGrid *self)
{
  g_return_if_fail (LIMEN_IS_SAMPLE_GRID (self));
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), self);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "pointer");
}

/* -- the object -- */

void
limen_sample_grid_set_images (LimenSampleGrid *self, LimenImageSet *set, guint columns)
{
  g_return_if_fail (LIMEN_IS_SAMPLE_GRID (self));
  guint n = set ? limen_image_set_n_images (set) : 0;
  columns = columns ? columns : MAX ((guint)ceil (sqrt (n)), 1);
  gboolean resized = n != self->n || columns != self->columns;
  LimenImageSet *old = self->set;
  self->set = set ? limen_image_set_ref (set) : NULL;
  g_clear_pointer (&old, limen_image_set_unref);
  self->columns = columns;
  if (n != self->n) {
    self->index = g_renew (guint32, self->index, n);
    for (guint i = 0; i < n; i++)
      self->index[i] = i;
    self->n = n;
    self->cursor = 0;
  }
  if (resized)
    gtk_widget_queue_resize (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
limen_sample_grid_set_marks (LimenSampleGrid *self, int first, int second)
{
  g_return_if_fail (LIMEN_IS_SAMPLE_GRID (self));
  self->mark[0] = first;
  self->mark[1] = second;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
limen_sample_grid_finalize (GObject *object)
{
  LimenSampleGrid *self = LIMEN_SAMPLE_GRID (object);
  g_clear_pointer (&self->set, limen_image_set_unref);
  g_free (self->index);
  G_OBJECT_CLASS (limen_sample_grid_parent_class)->finalize (object);
}

static void
limen_sample_grid_class_init (LimenSampleGridClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = limen_sample_grid_finalize;
  widget_class->snapshot = limen_sample_grid_snapshot;
  widget_class->measure = limen_sample_grid_measure;
  widget_class->get_request_mode = limen_sample_grid_get_request_mode;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  picked_signal = g_signal_new ("picked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
limen_sample_grid_init (LimenSampleGrid *self)
{
  self->columns = 1;
  self->mark[0] = self->mark[1] = -1;
  limen_appearance_connect (GTK_WIDGET (self), (LimenAppearanceFunc)gtk_widget_queue_draw);
}
