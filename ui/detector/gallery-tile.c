#include "ui/detector/gallery-tile.h"

#include "ui/appearance.h"
#include "ui/drawn-node.h"
#include "ui/widgets.h"
#include "viz/kit/image-grid.h"

#include <math.h>

#define WIDTH   120 /* pixels at the usual size of text, as are */
#define PICTURE 96
#define GAP     4
#define LINES   3 /* of text below the picture */

struct _LimenGalleryTile {
  GtkWidget parent_instance;

  LimenGallery *gallery; /* nullable */
  guint at;
  LimenLines lines;
  GskRenderNode *drawn; /* nullable: as it was drawn last */
};

G_DEFINE_FINAL_TYPE (LimenGalleryTile, limen_gallery_tile, GTK_TYPE_WIDGET)

/* -- drawing -- */

static LimenColour
colour_of (LimenSetRole role)
{
  return role == LIMEN_SET_NORMAL    ? LIMEN_COLOUR_FIRST
         : role == LIMEN_SET_ANOMALY ? LIMEN_COLOUR_SECOND
                                     : LIMEN_COLOUR_DIM;
}

/* The picture in a frame of its set's colour; a name alone where there is none */
static void
draw_picture (LimenGalleryTile *self, cairo_t *cr, const LimenChartStyle *style, double x,
              double side)
{
  guint index;
  const LimenImageSet *set = limen_gallery_set (self->gallery, self->at, &index);
  LimenText text = {.colour = LIMEN_COLOUR_DIM, .size = 1, .align_x = 0.5, .align_y = 0.5};
  if (!set) {
    limen_text_draw (cr, style, &text, "no picture", x + side / 2, side / 2);
    return;
  }
  const guint32 shown = index;
  const LimenImageGrid grid = {.set = set,
                               .index = &shown,
                               .n = 1,
                               .columns = 1,
                               .tile = side,
                               .border = colour_of (self->gallery->item[self->at].role),
                               .border_width = 2};
  double width, height;
  limen_image_grid_size (&grid, style, &width, &height);
  cairo_save (cr);
  cairo_translate (cr, x + round ((side - width) / 2), round ((side - height) / 2));
  limen_image_grid_draw (&grid, cr, style);
  cairo_restore (cr);
}

static void
draw_words (LimenGalleryTile *self, cairo_t *cr, const LimenChartStyle *style, double width,
            double top, double line)
{
  const LimenGalleryItem *item = &self->gallery->item[self->at];
  const char *verdict = limen_gallery_verdict (self->gallery, self->at, self->lines);
  g_autofree char *name = limen_gallery_name (self->gallery, self->at);
  g_autofree char *score = limen_gallery_score (self->gallery, self->at);
  gboolean moved = item->role != item->key.role && item->role != LIMEN_LEFT_OUT;
  g_autofree char *set = item->role == LIMEN_LEFT_OUT
                             ? g_strdup (verdict)
                             : g_strconcat (verdict, " · ", limen_set_word (item->role),
                                            moved ? " (moved)" : "", NULL);
  const char *const words[LINES] = {name, score, set};
  for (guint i = 0; i < LINES; i++) {
    LimenText text = {.colour = i == 0 ? LIMEN_COLOUR_INK : LIMEN_COLOUR_DIM,
                      .size = 1,
                      .max_width = width - 2 * GAP,
                      .align_x = 0.5,
                      .bold = i == 2 && g_str_equal (verdict, "flagged")};
    limen_text_draw (cr, style, &text, words[i], width / 2, top + i * line);
  }
}

static double
line_height (const LimenChartStyle *style)
{
  static const LimenText text = {.size = 1};
  return ceil (limen_text_rect (style, &text, "Ag", 0, 0).height);
}

/* Kept until it shows something else: a list that is scrolled draws each image once. */
static void
draw_cb (cairo_t *cr, double width, double height, gpointer data)
{
  LimenGalleryTile *self = data;
  LimenChartStyle style = limen_appearance_chart_style (GTK_WIDGET (self));
  double side = PICTURE * limen_appearance_text_scale (GTK_WIDGET (self));
  draw_picture (self, cr, &style, round ((width - side) / 2), side);
  draw_words (self, cr, &style, width, side + GAP, line_height (&style));
}

static void
forget_drawn (LimenGalleryTile *self)
{
  g_clear_pointer (&self->drawn, gsk_render_node_unref);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
limen_gallery_tile_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  LimenGalleryTile *self = LIMEN_GALLERY_TILE (widget);
  if (!self->gallery || gtk_widget_get_width (widget) < 1 || gtk_widget_get_height (widget) < 1)
    return;
  if (!self->drawn)
    self->drawn = limen_drawn_node (widget, draw_cb, self);
  gtk_snapshot_append_node (snapshot, self->drawn);
}

int
limen_gallery_tile_width (GtkWidget *widget)
{
  g_return_val_if_fail (GTK_IS_WIDGET (widget), WIDTH);
  return (int)(WIDTH * limen_appearance_text_scale (widget));
}

/* The same for all of them, so that nothing depends on what a tile shows */
static void
limen_gallery_tile_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                            int *minimum, int *natural, int *minimum_baseline,
                            int *natural_baseline)
{
  if (orientation == GTK_ORIENTATION_HORIZONTAL) {
    *minimum = *natural = limen_gallery_tile_width (widget);
    return;
  }
  LimenChartStyle style = limen_appearance_chart_style (widget);
  *minimum = *natural = (int)ceil (PICTURE * limen_appearance_text_scale (widget) + GAP +
                                   LINES * line_height (&style));
}

/* -- what is shown -- */

/* What has the keyboard is what holds the tile: its name is read. */
static void
say (LimenGalleryTile *self)
{
  GtkWidget *cell = gtk_widget_get_parent (GTK_WIDGET (self));
  g_autofree char *said = limen_gallery_said (self->gallery, self->at, self->lines);
  limen_name (self, said);
  if (cell)
    limen_name (cell, said);
}

void
limen_gallery_tile_show (LimenGalleryTile *self, LimenGallery *gallery, guint at, LimenLines lines)
{
  g_return_if_fail (LIMEN_IS_GALLERY_TILE (self));
  LimenGallery *old = self->gallery;
  self->gallery = gallery && at < gallery->n ? limen_gallery_ref (gallery) : NULL;
  self->at = at;
  self->lines = lines;
  g_clear_pointer (&old, limen_gallery_unref);
  if (self->gallery)
    say (self);
  forget_drawn (self);
}

guint
limen_gallery_tile_at (LimenGalleryTile *self)
{
  g_return_val_if_fail (LIMEN_IS_GALLERY_TILE (self), G_MAXUINT);
  return self->gallery ? self->at : G_MAXUINT;
}

static gboolean
limen_gallery_tile_query_tooltip (GtkWidget *widget, int x, int y, gboolean keyboard,
                                  GtkTooltip *tooltip)
{
  LimenGalleryTile *self = LIMEN_GALLERY_TILE (widget);
  if (!self->gallery)
    return FALSE;
  g_autofree char *said = limen_gallery_said (self->gallery, self->at, self->lines);
  gtk_tooltip_set_text (tooltip, said);
  return TRUE;
}

/* -- the object -- */

static void
limen_gallery_tile_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  LimenGalleryTile *self = LIMEN_GALLERY_TILE (widget);
  graphene_rect_t bounds;
  if (self->drawn)
    gsk_render_node_get_bounds (self->drawn, &bounds);
  if (self->drawn && ((int)bounds.size.width != width || (int)bounds.size.height != height))
    forget_drawn (self);
}

static void
limen_gallery_tile_dispose (GObject *object)
{
  LimenGalleryTile *self = LIMEN_GALLERY_TILE (object);
  g_clear_pointer (&self->gallery, limen_gallery_unref);
  g_clear_pointer (&self->drawn, gsk_render_node_unref);
  G_OBJECT_CLASS (limen_gallery_tile_parent_class)->dispose (object);
}

static void
limen_gallery_tile_class_init (LimenGalleryTileClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = limen_gallery_tile_dispose;
  widget_class->snapshot = limen_gallery_tile_snapshot;
  widget_class->measure = limen_gallery_tile_measure;
  widget_class->size_allocate = limen_gallery_tile_size_allocate;
  widget_class->query_tooltip = limen_gallery_tile_query_tooltip;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
appearance_changed_cb (LimenGalleryTile *self)
{
  forget_drawn (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
limen_gallery_tile_init (LimenGalleryTile *self)
{
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  limen_appearance_connect (GTK_WIDGET (self), (LimenAppearanceFunc)appearance_changed_cb);
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (forget_drawn), NULL);
}

LimenGalleryTile *
limen_gallery_tile_new (void)
{
  return g_object_new (LIMEN_TYPE_GALLERY_TILE, NULL);
}
