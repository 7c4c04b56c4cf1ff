#include "ui/wrap-layout.h"

struct _LimenWrapLayout {
  GtkLayoutManager parent_instance;

  guint spacing;
};

G_DEFINE_FINAL_TYPE (LimenWrapLayout, limen_wrap_layout, GTK_TYPE_LAYOUT_MANAGER)

/* A line: from its first child to before its last's next sibling */
typedef struct {
  GtkWidget *first, *end; /* end: nullable */
  int width, height;      /* as wide as its children want to be, spacing among them */
  guint expand;           /* how many take what is left */
} Line;

static GtkWidget *
next_shown (GtkWidget *child)
{
  while (child && !gtk_widget_should_layout (child))
    child = gtk_widget_get_next_sibling (child);
  return child;
}

static int
width_of (GtkWidget *child, int most)
{
  int least, natural;
  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, &natural, NULL, NULL);
  return MAX (least, MIN (natural, most));
}

static int
height_of (GtkWidget *child, int width)
{
  int natural;
  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, NULL, &natural, NULL, NULL);
  return natural;
}

/* How much wider each child of @line is that expands */
static int
extra_of (const Line *line, int width)
{
  return line->expand ? MAX (0, width - line->width) / (int)line->expand : 0;
}

static int
width_in (const Line *line, GtkWidget *child, int width)
{
  gboolean expands = gtk_widget_compute_expand (child, GTK_ORIENTATION_HORIZONTAL);
  return width_of (child, width) + (expands ? extra_of (line, width) : 0);
}

/* The line that begins with @first: (nullable). FALSE where there is none. */
static gboolean
take_line (LimenWrapLayout *self, GtkWidget *first, int width, Line *line)
{
  int spacing = (int)self->spacing;
  *line = (Line){.first = next_shown (first)};
  for (line->end = line->first; line->end;
       line->end = next_shown (gtk_widget_get_next_sibling (line->end))) {
    int more = width_of (line->end, width) + (line->end == line->first ? 0 : spacing);
    if (line->end != line->first && line->width + more > width)
      break;
    line->width += more;
    line->expand += gtk_widget_compute_expand (line->end, GTK_ORIENTATION_HORIZONTAL);
  }
  for (GtkWidget *child = line->first; child != line->end;
       child = next_shown (gtk_widget_get_next_sibling (child)))
    line->height = MAX (line->height, height_of (child, width_in (line, child, width)));
  return line->first != NULL;
}

static GtkSizeRequestMode
limen_wrap_layout_get_request_mode (GtkLayoutManager *manager, GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
measure_width (LimenWrapLayout *self, GtkWidget *widget, int *minimum, int *natural)
{
  Line all;
  *minimum = 0;
  for (GtkWidget *child = next_shown (gtk_widget_get_first_child (widget)); child;
       child = next_shown (gtk_widget_get_next_sibling (child)))
    *minimum = MAX (*minimum, width_of (child, 0));
  take_line (self, gtk_widget_get_first_child (widget), G_MAXINT, &all);
  *natural = MAX (*minimum, all.width);
}

static int
height_for (LimenWrapLayout *self, GtkWidget *widget, int width)
{
  int height = 0;
  Line line = {.end = gtk_widget_get_first_child (widget)};
  while (take_line (self, line.end, width, &line))
    height += line.height + (height > 0 ? (int)self->spacing : 0);
  return height;
}

static void
limen_wrap_layout_measure (GtkLayoutManager *manager, GtkWidget *widget, GtkOrientation orientation,
                           int for_size, int *minimum, int *natural, int *minimum_baseline,
                           int *natural_baseline)
{
  LimenWrapLayout *self = LIMEN_WRAP_LAYOUT (manager);
  int least, wanted;
  measure_width (self, widget, &least, &wanted);
  if (orientation == GTK_ORIENTATION_HORIZONTAL) {
    *minimum = least;
    *natural = wanted;
  } else
    *minimum = *natural = height_for (self, widget, for_size < 0 ? wanted : MAX (for_size, least));
}

static void
limen_wrap_layout_allocate (GtkLayoutManager *manager, GtkWidget *widget, int width, int height,
                            int baseline)
{
  LimenWrapLayout *self = LIMEN_WRAP_LAYOUT (manager);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int y = MAX (0, height - height_for (self, widget, width)) / 2;
  Line line = {.end = gtk_widget_get_first_child (widget)};
  while (take_line (self, line.end, width, &line)) {
    int x = 0;
    for (GtkWidget *child = line.first; child != line.end;
         child = next_shown (gtk_widget_get_next_sibling (child))) {
      int wide = width_in (&line, child, width);
      gtk_widget_size_allocate (
          child, &(GtkAllocation){rtl ? width - x - wide : x, y, wide, line.height}, -1);
      x += wide + (int)self->spacing;
    }
    y += line.height + (int)self->spacing;
  }
}

enum { PROP_SPACING = 1 };

static void
limen_wrap_layout_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  LIMEN_WRAP_LAYOUT (object)->spacing = g_value_get_uint (value);
  gtk_layout_manager_layout_changed (GTK_LAYOUT_MANAGER (object));
}

static void
limen_wrap_layout_class_init (LimenWrapLayoutClass *klass)
{
  GtkLayoutManagerClass *manager_class = GTK_LAYOUT_MANAGER_CLASS (klass);
  G_OBJECT_CLASS (klass)->set_property = limen_wrap_layout_set_property;
  manager_class->get_request_mode = limen_wrap_layout_get_request_mode;
  manager_class->measure = limen_wrap_layout_measure;
  manager_class->allocate = limen_wrap_layout_allocate;
  g_object_class_install_property (G_OBJECT_CLASS (klass), PROP_SPACING,
                                   g_param_spec_uint ("spacing", NULL, NULL, 0, 100, 0,
                                                      G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS));
}

static void
limen_wrap_layout_init (LimenWrapLayout *self)
{
}

GtkLayoutManager *
limen_wrap_layout_new (guint spacing)
{
  return g_object_new (LIMEN_TYPE_WRAP_LAYOUT, "spacing", spacing, NULL);
}
