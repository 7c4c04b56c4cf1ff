#include "ui/page-frame.h"

#include "ui/drop-zones.h"
#include "ui/lesson/lesson-view.h"
#include "ui/page-layout.h"

typedef struct {
  LimenPageHead *head; /* borrowed, as */
  GtkWidget *column;
  LimenPageLayout *layout;
  const LimenLesson *lesson; /* nullable */
  gboolean asks;
  GObject *session; /* owned, as all that follows */
  gpointer plots;
  GDestroyNotify free_plots;
  GActionMap *actions;
  guint tick;  /* 0: nothing moves */
  gint64 last; /* frame time, microseconds */
} LimenPageFramePrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (LimenPageFrame, limen_page_frame, ADW_TYPE_BIN)

static LimenPageFramePrivate *
private_of (LimenPageFrame *self)
{
  return limen_page_frame_get_instance_private (self);
}

static void
limen_page_frame_dispose (GObject *object)
{
  LimenPageFramePrivate *own = private_of (LIMEN_PAGE_FRAME (object));
  if (own->session)
    g_signal_handlers_disconnect_by_data (own->session, object);
  adw_bin_set_child (ADW_BIN (object), NULL); /* before what it borrows */
  own->head = NULL;
  own->column = NULL;
  own->layout = NULL;
  if (own->plots)
    g_clear_pointer (&own->plots, own->free_plots);
  g_clear_object (&own->session);
  g_clear_object (&own->actions);
  G_OBJECT_CLASS (limen_page_frame_parent_class)->dispose (object);
}

/* -- frames -- */

static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer unused)
{
  LimenPageFrame *self = LIMEN_PAGE_FRAME (widget);
  LimenPageFramePrivate *own = private_of (self);
  gint64 now = gdk_frame_clock_get_frame_time (clock);
  gint64 passed = own->last > 0 ? MIN (now - own->last, G_USEC_PER_SEC / 4) : 0;
  own->last = now;
  if (LIMEN_PAGE_FRAME_GET_CLASS (self)->tick (self, (double)passed / G_USEC_PER_SEC))
    return G_SOURCE_CONTINUE;
  own->tick = 0;
  return G_SOURCE_REMOVE;
}

void
limen_page_frame_wake (LimenPageFrame *self)
{
  g_return_if_fail (LIMEN_IS_PAGE_FRAME (self));
  LimenPageFramePrivate *own = private_of (self);
  if (own->tick || !LIMEN_PAGE_FRAME_GET_CLASS (self)->tick ||
      !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  own->last = 0;
  own->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), tick_cb, NULL, NULL);
}

static void
limen_page_frame_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (limen_page_frame_parent_class)->map (widget);
  limen_page_frame_wake (LIMEN_PAGE_FRAME (widget));
}

static void
limen_page_frame_unmap (GtkWidget *widget)
{
  LimenPageFramePrivate *own = private_of (LIMEN_PAGE_FRAME (widget));
  GTK_WIDGET_CLASS (limen_page_frame_parent_class)->unmap (widget);
  if (own->tick)
    gtk_widget_remove_tick_callback (widget, own->tick);
  own->tick = 0;
}

/* -- the object -- */

static void
limen_page_frame_class_init (LimenPageFrameClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = limen_page_frame_dispose;
  GTK_WIDGET_CLASS (klass)->map = limen_page_frame_map;
  GTK_WIDGET_CLASS (klass)->unmap = limen_page_frame_unmap;
}

static void
limen_page_frame_init (LimenPageFrame *self)
{
  LimenPageFramePrivate *own = private_of (self);
  own->head = limen_page_head_new ();
  own->column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_add_css_class (own->column, "page");
  gtk_box_append (GTK_BOX (own->column), GTK_WIDGET (own->head));
}

void
limen_page_frame_begin (LimenPageFrame *self, const char *name, const GActionEntry *entries,
                        guint n, gpointer session, gpointer plots, GDestroyNotify free_plots)
{
  g_return_if_fail (LIMEN_IS_PAGE_FRAME (self) && G_IS_OBJECT (session));
  LimenPageFramePrivate *own = private_of (self);
  own->session = session;
  own->plots = plots;
  own->free_plots = free_plots;
  own->actions = limen_page_add_actions (LIMEN_PAGE (self), name, entries, n);
}

void
limen_page_frame_append (LimenPageFrame *self, GtkWidget *child)
{
  g_return_if_fail (LIMEN_IS_PAGE_FRAME (self));
  gtk_box_append (GTK_BOX (private_of (self)->column), child);
}

void
limen_page_frame_finish (LimenPageFrame *self, GtkWidget *content, const char *cancel,
                         GtkWidget *panel)
{
  g_return_if_fail (LIMEN_IS_PAGE_FRAME (self));
  LimenPageFramePrivate *own = private_of (self);
  LimenPageLayout *layout = own->layout = g_object_new (LIMEN_TYPE_PAGE_LAYOUT, NULL);
  content = content ? content : own->column;
  limen_page_layout_set_main (layout, cancel ? limen_page_head_overlay (own->head, content, cancel)
                                             : content);
  limen_page_layout_set_panel (layout, panel);
  adw_bin_set_child (ADW_BIN (self), limen_drop_zones_over (layout, LIMEN_PAGE (self)));
}

/* -- questions -- */

/* Its view is made when it is first asked for, and again after it was closed: what was done is kept
 * in the settings. */
static void
show_lesson (LimenPageFrame *self)
{
  LimenPageFramePrivate *own = private_of (self);
  if (!own->layout || !own->lesson)
    return;
  GtkWidget *view =
      own->asks
          ? GTK_WIDGET (limen_lesson_view_new (limen_lesson_guide_new (own->lesson, own->session)))
          : NULL;
  limen_page_layout_set_aside (own->layout, view);
}

void
limen_page_frame_set_lesson (LimenPageFrame *self, const LimenLesson *lesson)
{
  g_return_if_fail (LIMEN_IS_PAGE_FRAME (self) && lesson != NULL);
  private_of (self)->lesson = lesson;
  show_lesson (self);
}

void
limen_page_frame_ask (LimenPageFrame *self, gboolean on)
{
  g_return_if_fail (LIMEN_IS_PAGE_FRAME (self));
  LimenPageFramePrivate *own = private_of (self);
  if (on == own->asks)
    return;
  own->asks = on;
  show_lesson (self);
}

LimenPageHead *
limen_page_frame_head (LimenPageFrame *self)
{
  g_return_val_if_fail (LIMEN_IS_PAGE_FRAME (self), NULL);
  return private_of (self)->head;
}

GtkWidget *
limen_page_frame_column (LimenPageFrame *self)
{
  g_return_val_if_fail (LIMEN_IS_PAGE_FRAME (self), NULL);
  return private_of (self)->column;
}

GAction *
limen_page_frame_action (LimenPageFrame *self, const char *name)
{
  g_return_val_if_fail (LIMEN_IS_PAGE_FRAME (self), NULL);
  return g_action_map_lookup_action (private_of (self)->actions, name);
}
