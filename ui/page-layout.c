#include "ui/page-layout.h"

#include "ui/appearance.h"

#define PANEL_WIDTH 340  /* pixels at the usual size of text */
#define ASIDE_WIDTH 330  /* the same of what is set aside */
#define LEAST_MAIN  500  /* pixels beside them, however large text is */
#define MOST_ASIDE  0.45 /* of the height, where it is above the main column */

struct _LimenPageLayout {
  GtkWidget parent_instance;

  GtkWidget *scroller; /* of the main column, and in a narrow window of the panel below it */
  GtkWidget *column;   /* main, then the fold */
  GtkWidget *fold;     /* GtkExpander: holds the panel in a narrow window */
  GtkWidget *separator;
  GtkWidget *side; /* scroller that holds the panel in a wide window */
  GtkWidget *panel;
  GtkWidget *aside, *aside_line; /* nullable: at the other side, or above; and what parts them */
  gboolean wide, beside;         /* beside: where the panel is */
  guint rebuild;
};

G_DEFINE_FINAL_TYPE (LimenPageLayout, limen_page_layout, GTK_TYPE_WIDGET)

static void
place_panel (LimenPageLayout *self)
{
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->side), NULL);
  gtk_expander_set_child (GTK_EXPANDER (self->fold), NULL);
  if (self->panel && self->beside)
    gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->side), self->panel);
  else if (self->panel)
    gtk_expander_set_child (GTK_EXPANDER (self->fold), self->panel);
  gtk_widget_set_visible (self->fold, self->panel && !self->beside);
  gtk_widget_set_visible (self->side, self->panel && self->beside);
  gtk_widget_set_visible (self->separator, self->panel && self->beside);
  if (self->wide)
    gtk_widget_remove_css_class (GTK_WIDGET (self), "narrow");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self), "narrow");
}

static gboolean
rebuild_cb (gpointer data)
{
  LimenPageLayout *self = data;
  self->rebuild = 0;
  place_panel (self);
  return G_SOURCE_REMOVE;
}

/* At least as wide as what it holds */
static int
panel_width (LimenPageLayout *self)
{
  int least;
  gtk_widget_measure (self->side, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  return MAX (least, (int)(PANEL_WIDTH * limen_appearance_text_scale (GTK_WIDGET (self))));
}

static void
limen_page_layout_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                           int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  LimenPageLayout *self = LIMEN_PAGE_LAYOUT (widget);
  gtk_widget_measure (self->scroller, orientation, -1, minimum, natural, NULL, NULL);
  if (self->beside && orientation == GTK_ORIENTATION_HORIZONTAL)
    *natural += panel_width (self); /* the minimum stays that of the narrow form */
}

/* @place: in @room, of which x = 0 is where reading begins */
static void
place_at (GtkWidget *child, LimenPageLayout *self, const GdkRectangle *room, GdkRectangle place)
{
  int whole = gtk_widget_get_width (GTK_WIDGET (self));
  place.x += room->x;
  place.y += room->y;
  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    place.x = whole - place.x - place.width;
  gtk_widget_size_allocate (child, &place, -1);
}

/* What is set aside takes its room at the side where reading begins, or, in a window that is not
 * wide enough for all three, above. Returns: what is left of @room, in the order of reading */
static void
allocate_aside (LimenPageLayout *self, GdkRectangle *room, int beside)
{
  double scale = limen_appearance_text_scale (GTK_WIDGET (self));
  int least, natural, width = (int)(ASIDE_WIDTH * scale);
  if (!self->aside)
    return;
  gboolean at_side = room->width >= LEAST_MAIN + beside + width;
  GtkOrientation line = at_side ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL;
  g_object_set (self->aside_line, "orientation", line, NULL);
  gtk_widget_measure (self->aside_line, GTK_ORIENTATION_VERTICAL, -1, &least, &natural, NULL, NULL);
  gtk_widget_measure (self->aside, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  if (at_side) {
    width = MAX (width, least);
    place_at (self->aside, self, room, (GdkRectangle){0, 0, width, room->height});
    place_at (self->aside_line, self, room, (GdkRectangle){width, 0, 1, room->height});
    *room = (GdkRectangle){room->x + width + 1, 0, room->width - width - 1, room->height};
    return;
  }
  int main_width = room->width - beside;
  gtk_widget_measure (self->aside, GTK_ORIENTATION_VERTICAL, main_width, &least, &natural, NULL,
                      NULL);
  int height = MIN (MAX (least, MIN (natural, (int)(MOST_ASIDE * room->height))), room->height);
  place_at (self->aside, self, room, (GdkRectangle){0, 0, main_width, height});
  place_at (self->aside_line, self, room, (GdkRectangle){0, height, main_width, 1});
  *room = (GdkRectangle){room->x, height + 1, room->width, MAX (room->height - height - 1, 0)};
}

static void
limen_page_layout_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  LimenPageLayout *self = LIMEN_PAGE_LAYOUT (widget);
  gboolean wide = width >= LEAST_MAIN + PANEL_WIDTH * limen_appearance_text_scale (widget);
  gboolean wants_beside = wide && !limen_appearance_is_presentation ();
  if (wide != self->wide || wants_beside != self->beside) {
    self->wide = wide;
    self->beside = wants_beside; /* moving the panel now would start another layout inside this */
    if (!self->rebuild)
      self->rebuild = g_idle_add_full (G_PRIORITY_HIGH, rebuild_cb, self, NULL);
  }
  gboolean beside = wants_beside && gtk_widget_get_visible (self->side);
  int panel = beside ? panel_width (self) : 0;
  GdkRectangle room = {0, 0, width, height};
  gtk_widget_set_child_visible (self->side, beside);
  gtk_widget_set_child_visible (self->separator, beside);
  allocate_aside (self, &room, beside ? panel + 1 : 0);
  int main_width = MAX (room.width - (beside ? panel + 1 : 0), 0);
  place_at (self->scroller, self, &room, (GdkRectangle){0, 0, main_width, room.height});
  if (beside) { /* from top to bottom, whatever is above the main column */
    room.y = 0;
    place_at (self->separator, self, &room, (GdkRectangle){main_width, 0, 1, height});
    place_at (self->side, self, &room, (GdkRectangle){main_width + 1, 0, panel, height});
  }
}

static GtkSizeRequestMode
limen_page_layout_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

static void
limen_page_layout_dispose (GObject *object)
{
  LimenPageLayout *self = LIMEN_PAGE_LAYOUT (object);
  g_clear_handle_id (&self->rebuild, g_source_remove);
  g_clear_object (&self->panel);
  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_pointer (&self->separator, gtk_widget_unparent);
  g_clear_pointer (&self->side, gtk_widget_unparent);
  limen_page_layout_set_aside (self, NULL);
  G_OBJECT_CLASS (limen_page_layout_parent_class)->dispose (object);
}

static void
limen_page_layout_class_init (LimenPageLayoutClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = limen_page_layout_dispose;
  widget_class->measure = limen_page_layout_measure;
  widget_class->size_allocate = limen_page_layout_size_allocate;
  widget_class->get_request_mode = limen_page_layout_get_request_mode;
}

static GtkWidget *
new_scroller (void)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  return scroller;
}

/* In a presentation, settings are out of sight until they are asked for. */
static void
appearance_changed_cb (LimenPageLayout *self)
{
  if (limen_appearance_is_presentation () && self->beside)
    gtk_expander_set_expanded (GTK_EXPANDER (self->fold), FALSE);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
limen_page_layout_init (LimenPageLayout *self)
{
  self->wide = self->beside = TRUE;
  self->scroller = new_scroller ();
  self->side = new_scroller ();
  self->separator = gtk_separator_new (GTK_ORIENTATION_VERTICAL);
  self->column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->fold = gtk_expander_new ("Results and settings");
  gtk_widget_add_css_class (self->fold, "limen-fold");
  gtk_box_append (GTK_BOX (self->column), self->fold);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), self->column);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
  gtk_widget_set_parent (self->separator, GTK_WIDGET (self));
  gtk_widget_set_parent (self->side, GTK_WIDGET (self));
  place_panel (self);
  limen_appearance_connect (GTK_WIDGET (self), (LimenAppearanceFunc)appearance_changed_cb);
}

void
limen_page_layout_set_main (LimenPageLayout *self, GtkWidget *main)
{
  g_return_if_fail (LIMEN_IS_PAGE_LAYOUT (self));
  gtk_widget_set_vexpand (main, TRUE);
  gtk_box_prepend (GTK_BOX (self->column), main);
}

void
limen_page_layout_set_panel (LimenPageLayout *self, GtkWidget *panel)
{
  g_return_if_fail (LIMEN_IS_PAGE_LAYOUT (self));
  g_set_object (&self->panel, panel);
  place_panel (self);
}

void
limen_page_layout_set_aside (LimenPageLayout *self, GtkWidget *aside)
{
  g_return_if_fail (LIMEN_IS_PAGE_LAYOUT (self));
  g_clear_pointer (&self->aside, gtk_widget_unparent);
  g_clear_pointer (&self->aside_line, gtk_widget_unparent);
  if (!aside)
    return;
  self->aside = aside;
  self->aside_line = gtk_separator_new (GTK_ORIENTATION_VERTICAL);
  gtk_widget_insert_after (aside, GTK_WIDGET (self), NULL); /* and first of Tab */
  gtk_widget_insert_after (self->aside_line, GTK_WIDGET (self), aside);
}

void
limen_page_layout_picture (LimenPageLayout *self, GdkRectangle *place)
{
  g_return_if_fail (LIMEN_IS_PAGE_LAYOUT (self) && place != NULL);
  graphene_rect_t box = GRAPHENE_RECT_INIT (0, 0, 0, 0);
  if (!gtk_widget_compute_bounds (self->scroller, GTK_WIDGET (self), &box))
    g_warn_if_reached (); /* it is a child */
  *place = (GdkRectangle){(int)box.origin.x, (int)box.origin.y, (int)box.size.width,
                          (int)box.size.height};
}
