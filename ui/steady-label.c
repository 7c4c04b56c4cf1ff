#include "ui/steady-label.h"

#include "ui/appearance.h"
#include "ui/widgets.h"

#define LEAST_WIDTH 260 /* pixels at the usual size of text; where less is, room is dear */

struct _LimenSteadyLabel {
  GtkWidget parent_instance;

  GtkWidget *label;
  char *longest;                /* nullable */
  int width, tallest;           /* since it has had this width: pixels, as */
  int reserved_width, reserved; /* what @longest takes, of which width */
};

G_DEFINE_FINAL_TYPE (LimenSteadyLabel, limen_steady_label, GTK_TYPE_WIDGET)

/* What the longest words would take, in the type of those that are there */
static int
reserved_height (LimenSteadyLabel *self, int width)
{
  if (!self->longest || width < LEAST_WIDTH * limen_appearance_text_scale (GTK_WIDGET (self)))
    return 0;
  if (self->reserved_width == width)
    return self->reserved;
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (self->label, self->longest);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD);
  pango_layout_set_width (layout, width * PANGO_SCALE);
  pango_layout_get_pixel_size (layout, NULL, &self->reserved);
  self->reserved_width = width;
  return self->reserved;
}

static int
height_at (LimenSteadyLabel *self, int width)
{
  int natural;
  gtk_widget_measure (self->label, GTK_ORIENTATION_VERTICAL, width, NULL, &natural, NULL, NULL);
  natural = MAX (natural, reserved_height (self, width));
  return width == self->width ? MAX (natural, self->tallest) : natural;
}

static void
limen_steady_label_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                            int *minimum, int *natural, int *minimum_baseline,
                            int *natural_baseline)
{
  LimenSteadyLabel *self = LIMEN_STEADY_LABEL (widget);
  if (orientation == GTK_ORIENTATION_VERTICAL)
    *minimum = *natural = height_at (self, for_size);
  else
    gtk_widget_measure (self->label, orientation, -1, minimum, natural, NULL, NULL);
}

static void
limen_steady_label_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  LimenSteadyLabel *self = LIMEN_STEADY_LABEL (widget);
  self->tallest = height_at (self, width);
  self->width = width;
  gtk_widget_size_allocate (self->label, &(GtkAllocation){0, 0, width, height}, -1);
}

static GtkSizeRequestMode
limen_steady_label_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* Other type takes other room. */
static void
limen_steady_label_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  LimenSteadyLabel *self = LIMEN_STEADY_LABEL (widget);
  GTK_WIDGET_CLASS (limen_steady_label_parent_class)->css_changed (widget, change);
  self->width = self->tallest = self->reserved_width = 0;
}

static void
limen_steady_label_dispose (GObject *object)
{
  limen_unparent_children (object);
  g_clear_pointer (&LIMEN_STEADY_LABEL (object)->longest, g_free);
  G_OBJECT_CLASS (limen_steady_label_parent_class)->dispose (object);
}

static void
limen_steady_label_class_init (LimenSteadyLabelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = limen_steady_label_dispose;
  widget_class->measure = limen_steady_label_measure;
  widget_class->size_allocate = limen_steady_label_size_allocate;
  widget_class->get_request_mode = limen_steady_label_get_request_mode;
  widget_class->css_changed = limen_steady_label_css_changed;
}

static void
limen_steady_label_init (LimenSteadyLabel *self)
{
  self->label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->label), 0);
  gtk_label_set_wrap (GTK_LABEL (self->label), TRUE);
  gtk_label_set_width_chars (GTK_LABEL (self->label), 10);
  gtk_widget_set_valign (self->label, GTK_ALIGN_START);
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
}

LimenSteadyLabel *
limen_steady_label_new (const char *style)
{
  g_return_val_if_fail (style != NULL, NULL);
  LimenSteadyLabel *self = g_object_new (LIMEN_TYPE_STEADY_LABEL, NULL);
  gtk_widget_add_css_class (GTK_WIDGET (self), style);
  return self;
}

GtkLabel *
limen_steady_label_label (LimenSteadyLabel *self)
{
  g_return_val_if_fail (LIMEN_IS_STEADY_LABEL (self), NULL);
  return GTK_LABEL (self->label);
}

void
limen_steady_label_reserve (LimenSteadyLabel *self, const char *longest)
{
  g_return_if_fail (LIMEN_IS_STEADY_LABEL (self) && longest != NULL);
  if (g_strcmp0 (longest, self->longest) == 0)
    return;
  g_free (self->longest);
  self->longest = g_strdup (longest);
  self->reserved_width = 0;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}
