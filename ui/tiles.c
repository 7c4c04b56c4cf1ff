#include "ui/tiles.h"

#include "ui/appearance.h"
#include "ui/widgets.h"

#include <math.h>

#define WIDE_FROM 640 /* pixels where pictures have their usual size, as */
#define LEAST_ROW 200
#define GAP       14

typedef struct {
  GtkWidget *child;
  guint row;
  double across, down;
  int alone;
} Tile;

struct _LimenTiles {
  GtkWidget parent_instance;
  GArray *tile; /* (element-type Tile): in order of rows */
};

G_DEFINE_FINAL_TYPE (LimenTiles, limen_tiles, GTK_TYPE_WIDGET)

static guint
n_rows (const LimenTiles *self)
{
  return self->tile->len > 0 ? g_array_index (self->tile, Tile, self->tile->len - 1).row + 1 : 0;
}

static double
scale_of (LimenTiles *self)
{
  return limen_appearance_picture_scale (GTK_WIDGET (self));
}

static gboolean
is_narrow (LimenTiles *self, int width)
{
  return width < WIDE_FROM * scale_of (self);
}

static int
height_alone (LimenTiles *self)
{
  double height = 0, scale = scale_of (self);
  for (guint i = 0; i < self->tile->len; i++)
    if (gtk_widget_should_layout (g_array_index (self->tile, Tile, i).child))
      height += g_array_index (self->tile, Tile, i).alone * scale + (height > 0 ? GAP : 0);
  return (int)height;
}

static void
limen_tiles_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                     int *natural, int *minimum_baseline, int *natural_baseline)
{
  LimenTiles *self = LIMEN_TILES (widget);
  if (orientation == GTK_ORIENTATION_HORIZONTAL) {
    *minimum = 260;
    *natural = 900;
  } else {
    int rows = (int)n_rows (self);
    gboolean narrow = for_size >= 0 && is_narrow (self, for_size);
    *minimum =
        narrow ? height_alone (self) : rows * ((int)(LEAST_ROW * scale_of (self)) + GAP) - GAP;
    *natural = narrow ? *minimum : MAX (*minimum, rows * (300 + GAP) - GAP);
  }
}

static int
least_width (const Tile *tile)
{
  int minimum;
  gtk_widget_measure (tile->child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  return minimum;
}

static void
place (const Tile *tile, double x, double y, double width, double height)
{
  GskTransform *transform =
      gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT ((float)floor (x), (float)floor (y)));
  gtk_widget_allocate (tile->child, MAX ((int)(floor (x + width) - floor (x)), least_width (tile)),
                       (int)(floor (y + height) - floor (y)), -1, transform);
}

static void
allocate_narrow (LimenTiles *self, int width, int height)
{
  double y = 0, stretch = height_alone (self) > 0 ? (double)height / height_alone (self) : 1;
  stretch = CLAMP (stretch, 1, 1.4) * scale_of (self);
  for (guint i = 0; i < self->tile->len; i++) {
    const Tile *tile = &g_array_index (self->tile, Tile, i);
    if (!gtk_widget_should_layout (tile->child))
      continue;
    place (tile, 0, y, width, tile->alone * stretch);
    y += tile->alone * stretch + GAP;
  }
}

/* How high a row is, and how many shares its tiles have together. */
static double
row_share (const LimenTiles *self, guint row, double *across, guint *n)
{
  double down = 0;
  *across = 0;
  *n = 0;
  for (guint i = 0; i < self->tile->len; i++) {
    const Tile *tile = &g_array_index (self->tile, Tile, i);
    if (tile->row != row || !gtk_widget_should_layout (tile->child))
      continue;
    down = fmax (down, tile->down);
    *across += tile->across;
    ++*n;
  }
  return down;
}

/* How wide a tile of a share of 1 is, where those that would get less than they need get that, and
 * the others what is left of @room. */
static double
unit_of (const LimenTiles *self, guint row, double room)
{
  double unit = INFINITY, next = G_MAXDOUBLE;
  while (next < unit) {
    double left = room, across = 0;
    unit = next;
    for (guint i = 0; i < self->tile->len; i++) {
      const Tile *tile = &g_array_index (self->tile, Tile, i);
      if (tile->row != row || !gtk_widget_should_layout (tile->child))
        continue;
      if (tile->across * unit < least_width (tile))
        left -= least_width (tile);
      else
        across += tile->across;
    }
    next = across > 0 ? fmax (left, 0) / across : unit;
  }
  return unit;
}

static void
allocate_row (LimenTiles *self, guint row, double y, double width, double height)
{
  double across, x = 0;
  guint n;
  row_share (self, row, &across, &n);
  double unit = unit_of (self, row, width - (n - 1.0) * GAP);
  for (guint i = 0; i < self->tile->len; i++) {
    const Tile *tile = &g_array_index (self->tile, Tile, i);
    if (tile->row != row || !gtk_widget_should_layout (tile->child))
      continue;
    double own = fmax (tile->across * unit, least_width (tile));
    place (tile, x, y, own, height);
    x += own + GAP;
  }
}

static void
limen_tiles_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  LimenTiles *self = LIMEN_TILES (widget);
  double across, all = 0, y = 0;
  guint n, rows = n_rows (self);
  if (is_narrow (self, width)) {
    allocate_narrow (self, width, height);
    return;
  }
  for (guint row = 0; row < rows; row++)
    all += row_share (self, row, &across, &n);
  for (guint row = 0; row < rows; row++) {
    double own = (height - (rows - 1.0) * GAP) * row_share (self, row, &across, &n) / all;
    allocate_row (self, row, y, width, own);
    y += own + GAP;
  }
}

static GtkSizeRequestMode
limen_tiles_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
limen_tiles_dispose (GObject *object)
{
  limen_unparent_children (object);
  G_OBJECT_CLASS (limen_tiles_parent_class)->dispose (object);
}

static void
limen_tiles_finalize (GObject *object)
{
  g_array_unref (LIMEN_TILES (object)->tile);
  G_OBJECT_CLASS (limen_tiles_parent_class)->finalize (object);
}

static void
limen_tiles_class_init (LimenTilesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = limen_tiles_dispose;
  G_OBJECT_CLASS (klass)->finalize = limen_tiles_finalize;
  widget_class->measure = limen_tiles_measure;
  widget_class->size_allocate = limen_tiles_size_allocate;
  widget_class->get_request_mode = limen_tiles_get_request_mode;
  gtk_widget_class_set_css_name (widget_class, "limen-tiles");
}

static void
limen_tiles_init (LimenTiles *self)
{
  self->tile = g_array_new (FALSE, FALSE, sizeof (Tile));
  limen_appearance_connect (GTK_WIDGET (self), (LimenAppearanceFunc)gtk_widget_queue_resize);
}

void
limen_tiles_add (LimenTiles *self, GtkWidget *child, guint row, double across, double down,
                 int alone)
{
  g_return_if_fail (LIMEN_IS_TILES (self));
  Tile tile = {child, row, across, down, alone};
  g_array_append_val (self->tile, tile);
  gtk_widget_set_parent (child, GTK_WIDGET (self));
}
