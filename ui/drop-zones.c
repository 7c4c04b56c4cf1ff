#include "ui/drop-zones.h"

#include "ui/news.h"
#include "ui/widgets.h"

#define ROW_FROM  560 /* pixels: places lie beside each other, and each has its hint */
#define HINT_FROM 480 /* pixels high, where they lie below each other */
#define DRAGGED   "dragged-over"
#define OVER      "limen-drop-zones" /* of a page */

typedef struct {
  LimenPageLayout *layout; /* borrowed, as all that follows */
  GtkWidget *page, *zones, *named;
  GPtrArray *hints; /* owned */
  GdkDrop *dropped; /* nullable, owned: over, though it is still told of */
  gboolean holds;   /* news of the panel, whose rows are aimed at */
} Over;

static void
over_free (gpointer data)
{
  Over *over = data;
  if (over->holds)
    limen_news_hold (FALSE);
  g_ptr_array_unref (over->hints);
  g_clear_object (&over->dropped);
  g_free (over);
}

/* -- what is dragged -- */

static gboolean
brings_files (GdkDrop *drop)
{
  g_autoptr (GdkContentFormats) formats = gdk_content_formats_union_deserialize_gtypes (
      gdk_content_formats_ref (gdk_drop_get_formats (drop)));
  return gdk_content_formats_contain_gtype (formats, GDK_TYPE_FILE_LIST);
}

/* Places that lie below each other have room for what belongs there only in a high window. */
static void
fit (Over *over)
{
  GdkRectangle place;
  limen_page_layout_picture (over->layout, &place);
  gboolean beside = place.width >= ROW_FROM;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (over->named),
                                  beside ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL);
  gboolean tight = !beside && place.height < HINT_FROM;
  (tight ? gtk_widget_add_css_class : gtk_widget_remove_css_class) (over->zones, "tight");
  for (guint i = 0; i < over->hints->len; i++)
    gtk_widget_set_visible (over->hints->pdata[i], !tight);
  gtk_box_set_homogeneous (GTK_BOX (over->zones), beside);
}

static void
set_shown (Over *over, gboolean shown)
{
  if (shown == gtk_widget_get_visible (over->zones))
    return;
  if (shown) {
    fit (over);
    gtk_widget_add_css_class (over->page, DRAGGED);
  } else
    gtk_widget_remove_css_class (over->page, DRAGGED);
  gtk_widget_set_visible (over->zones, shown);
  over->holds = shown;
  limen_news_hold (shown);
}

/* As long as files are over the page */
static void
show_dragged (GtkDropControllerMotion *motion, Over *over)
{
  GdkDrop *drop = gtk_drop_controller_motion_get_drop (motion);
  set_shown (over, gtk_drop_controller_motion_contains_pointer (motion) && drop != NULL &&
                       drop != over->dropped && brings_files (drop));
}

/* Of a drag that comes after a drop, nothing else is told. */
static void
moved_cb (GtkDropControllerMotion *motion, double x, double y, Over *over)
{
  show_dragged (motion, over);
}

static void
changed_cb (GtkDropControllerMotion *motion, GParamSpec *property, Over *over)
{
  show_dragged (motion, over);
}

/* A pointer that moves drags nothing: the program it came from broke down, or took its files back
 * without a word. What GDK makes up when the layout changes has no time. */
static void
pointed_cb (GtkEventController *pointer, double x, double y, Over *over)
{
  if (gtk_event_controller_get_current_event_time (pointer) != GDK_CURRENT_TIME)
    set_shown (over, FALSE);
}

/* -- what is dropped -- */

/* The page below @widget that is seen: what falls on the window while the places come up is over it
 * as well. */
static GtkWidget *
page_seen (GtkWidget *widget)
{
  if (!gtk_widget_get_mapped (widget))
    return NULL;
  if (LIMEN_IS_PAGE (widget))
    return widget;
  GtkWidget *page = NULL;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child && !page;
       child = gtk_widget_get_next_sibling (child))
    page = page_seen (child);
  return page;
}

/* GTK does not say that what was dropped is not there any more, and a dialog that comes up has it
 * look as if it came again. */
static void
close_after (GtkWidget *page, GdkDrop *dropped)
{
  Over *over = g_object_get_data (G_OBJECT (page), OVER);
  g_set_object (&over->dropped, dropped);
  set_shown (over, FALSE);
}

static gboolean
dropped_cb (GtkDropTarget *target, const GValue *value, double x, double y, const char *name)
{
  GtkWidget *widget = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (target));
  GtkWidget *page = page_seen (GTK_WIDGET (gtk_widget_get_root (widget)));
  g_autoptr (GStrvBuilder) paths = g_strv_builder_new ();
  for (GSList *file = gdk_file_list_get_files (g_value_get_boxed (value)); file; file = file->next)
    if (g_file_peek_path (file->data))
      g_strv_builder_add (paths, g_file_peek_path (file->data));
  g_auto (GStrv) all = g_strv_builder_end (paths);
  if (page)
    close_after (page, gtk_drop_target_get_current_drop (target));
  gtk_widget_activate_action (widget, "win.drop", "(s^aay)", name, all);
  return all[0] != NULL;
}

GtkEventController *
limen_drop_zones_target (const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);
  g_signal_connect (target, "drop", G_CALLBACK (dropped_cb), (gpointer)name);
  return GTK_EVENT_CONTROLLER (target);
}

void
limen_drop_zones_add_row (gpointer row, const char *name)
{
  g_return_if_fail (GTK_IS_WIDGET (row) && name != NULL);
  gtk_widget_add_css_class (row, "drop-row");
  gtk_widget_add_controller (row, limen_drop_zones_target (name));
}

/* -- what is shown -- */

static GtkWidget *
line (const char *text, const char *css_class, const char *style)
{
  GtkWidget *label = gtk_label_new (text);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_lines (GTK_LABEL (label), 3);
  gtk_widget_add_css_class (label, css_class);
  if (style)
    gtk_widget_add_css_class (label, style);
  return label;
}

static GtkWidget *
place_new (const LimenZone *zone, GPtrArray *hints)
{
  GtkWidget *place = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  gtk_widget_add_css_class (place, "drop-zone");
  gtk_widget_set_hexpand (place, TRUE);
  gtk_widget_set_vexpand (place, TRUE);
  gtk_widget_set_vexpand (words, TRUE);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (words), line (zone->title, "title-3", zone->style));
  g_ptr_array_add (hints, line (zone->hint, "hint", NULL));
  gtk_box_append (GTK_BOX (words), hints->pdata[hints->len - 1]);
  gtk_widget_set_can_target (words, FALSE); /* for a moment GTK wants no files that move from one
                                               widget to another, though both are in the place */
  gtk_box_append (GTK_BOX (place), words);
  gtk_widget_add_controller (place, limen_drop_zones_target (zone->name));
  return place;
}

static GtkWidget *
zones_new (LimenPage *page, GtkWidget **named, GPtrArray *hints)
{
  static const LimenZone any = {
      .name = "",
      .title = "Anything",
      .hint = "Content and names say where it goes; what they leave open is asked"};
  GtkWidget *zones = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  *named = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  gtk_box_set_homogeneous (GTK_BOX (*named), TRUE);
  gtk_widget_set_vexpand (*named, TRUE);
  for (const LimenZone *zone = limen_page_zones (page); zone && zone->name; zone++)
    if (zone->hint)
      gtk_box_append (GTK_BOX (*named), place_new (zone, hints));
  gtk_box_append (GTK_BOX (zones), place_new (&any, hints));
  gtk_box_append (GTK_BOX (zones), *named);
  gtk_widget_add_css_class (zones, "drop-zones");
  gtk_widget_set_visible (zones, FALSE);
  limen_name (zones, "Where files may be dropped");
  return zones;
}

static gboolean
place_zones_cb (GtkOverlay *overlay, GtkWidget *child, GdkRectangle *place, Over *over)
{
  limen_page_layout_picture (over->layout, place);
  return TRUE;
}

GtkWidget *
limen_drop_zones_over (LimenPageLayout *layout, LimenPage *page)
{
  g_return_val_if_fail (LIMEN_IS_PAGE_LAYOUT (layout) && LIMEN_IS_PAGE (page), NULL);
  GtkWidget *overlay = gtk_overlay_new ();
  GtkEventController *motion = gtk_drop_controller_motion_new ();
  GtkEventController *pointer = gtk_event_controller_motion_new ();
  Over *over = g_new0 (Over, 1);
  over->layout = layout;
  over->page = GTK_WIDGET (page);
  over->hints = g_ptr_array_new ();
  over->zones = zones_new (page, &over->named, over->hints);
  gtk_overlay_set_child (GTK_OVERLAY (overlay), GTK_WIDGET (layout));
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), over->zones);
  g_signal_connect (overlay, "get-child-position", G_CALLBACK (place_zones_cb), over);
  g_signal_connect (motion, "notify::contains-pointer", G_CALLBACK (changed_cb), over);
  g_signal_connect (motion, "motion", G_CALLBACK (moved_cb), over);
  gtk_widget_add_controller (overlay, motion);
  gtk_event_controller_set_propagation_phase (pointer, GTK_PHASE_CAPTURE);
  g_signal_connect (pointer, "motion", G_CALLBACK (pointed_cb), over);
  gtk_widget_add_controller (overlay, pointer);
  g_object_set_data_full (G_OBJECT (page), OVER, over, over_free);
  return overlay;
}
