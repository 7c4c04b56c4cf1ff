#include "ui/detector/explain-window.h"

#include "ui/appearance.h"
#include "ui/child-window.h"
#include "ui/detector/explain-panel.h"
#include "ui/export.h"
#include "ui/page-layout.h"
#include "ui/plot-area.h"
#include "ui/steady-label.h"
#include "ui/toasts.h"
#include "ui/widgets.h"
#include "viz/detector/explain-view.h"
#include "viz/kit/image-grid.h"

#define WIDTH  1060 /* pixels at the usual size of text, as */
#define HEIGHT 760

struct _LimenExplainWindow {
  AdwWindow parent_instance;

  AdwWindowTitle *title;
  AdwToastOverlay *toasts;
  LimenPlotArea *area;
  LimenSteadyLabel *sentence;
  GtkLabel *under; /* what the map says where the pointer is */
  GtkProgressBar *progress;
  GtkWidget *menu;

  LimenExplainSession *session;             /* owned */
  GActionGroup *actions;                    /* owned */
  LimenExplanation *shown;                  /* nullable, owned: what the pictures are of */
  cairo_surface_t *original, *seen, *moved; /* nullable, owned */
  double width, height;                     /* of the picture as it was last drawn */
};

G_DEFINE_FINAL_TYPE (LimenExplainWindow, limen_explain_window, ADW_TYPE_WINDOW)

/* -- the picture -- */

static LimenExplainView
view_of (LimenExplainWindow *self)
{
  return (LimenExplainView){self->shown,
                            limen_explain_session_values (self->session),
                            limen_explain_session_map (self->session),
                            self->original,
                            self->seen,
                            self->moved,
                            limen_explain_session_opacity (self->session)};
}

static void
draw_base_cb (LimenPlotArea *area, cairo_t *cr, const LimenChartStyle *style, double width,
              double height, gpointer data)
{
  LimenExplainWindow *self = data;
  self->width = width;
  self->height = height;
  if (self->shown) {
    LimenExplainView view = view_of (self);
    limen_explain_view_draw (&view, cr, style, width, height);
  } else {
    limen_chart_begin (cr, style, width, height);
    cairo_restore (cr);
  }
}

static void
hover_cb (LimenPlotArea *area, double x, double y, gpointer data)
{
  LimenExplainWindow *self = data;
  if (!self->shown)
    return;
  LimenExplainView view = view_of (self);
  LimenChartStyle style = limen_plot_area_style (area);
  g_autofree char *text = limen_explain_view_at (&view, &style, self->width, self->height, x, y);
  gtk_label_set_text (self->under, text ? text : "");
}

static void
drop_pictures (LimenExplainWindow *self)
{
  g_clear_pointer (&self->shown, limen_explanation_unref);
  g_clear_pointer (&self->original, cairo_surface_destroy);
  g_clear_pointer (&self->seen, cairo_surface_destroy);
  g_clear_pointer (&self->moved, cairo_surface_destroy);
}

static void
renew_pictures (LimenExplainWindow *self)
{
  const LimenExplanation *explanation = limen_explain_session_explanation (self->session);
  const LimenPhoto *original = limen_explain_session_original (self->session);
  if (explanation == self->shown)
    return;
  drop_pictures (self);
  if (!explanation)
    return;
  self->shown = limen_explanation_ref ((LimenExplanation *)explanation);
  self->original = original ? limen_photo_surface (original) : NULL;
  self->seen = limen_explained_surface (explanation, FALSE);
  self->moved = explanation->ascent ? limen_explained_surface (explanation, TRUE) : NULL;
}

/* -- what the session says -- */

static void
show_view (LimenExplainWindow *self)
{
  GAction *map = g_action_map_lookup_action (G_ACTION_MAP (self->actions), "map");
  GAction *picture = g_action_map_lookup_action (G_ACTION_MAP (self->actions), "picture");
  g_simple_action_set_enabled (G_SIMPLE_ACTION (picture), self->shown != NULL);
  g_simple_action_set_enabled (G_SIMPLE_ACTION (map),
                               limen_explain_session_values (self->session) != NULL);
  if (self->shown) {
    LimenExplainView view = view_of (self);
    g_autofree char *text = limen_explain_view_text (&view);
    limen_plot_area_describe (self->area, text);
  }
  limen_plot_area_changed (self->area);
}

static void
show (LimenExplainWindow *self)
{
  double fraction = 0;
  gboolean busy = limen_explain_session_busy (self->session, &fraction);
  g_autofree char *about = limen_explain_session_about (self->session);
  renew_pictures (self);
  g_autofree char *sentence = self->shown
                                  ? limen_explanation_sentence (self->shown)
                                  : g_strdup (busy ? "The image is being looked at."
                                                   : "This image is not on the page any more.");
  gtk_label_set_text (limen_steady_label_label (self->sentence), sentence);
  adw_window_title_set_title (self->title, self->shown ? self->shown->name : "Image");
  adw_window_title_set_subtitle (self->title, about ? about : "");
  gtk_progress_bar_set_fraction (self->progress, busy ? fraction : 0);
  gtk_widget_set_opacity (GTK_WIDGET (self->progress), busy); /* it keeps its place */
  show_view (self);
}

static void
notice_cb (LimenExplainWindow *self, const char *message)
{
  limen_toasts_tell (GTK_WIDGET (self->toasts), message);
}

/* -- what the user says -- */

static void
picture_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  LimenExplainWindow *self = data;
  if (limen_explain_session_explanation (self->session))
    limen_export_present (limen_explain_session_told (self->session), GTK_WIDGET (self->toasts));
}

static void
map_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  LimenExplainWindow *self = data;
  if (limen_explain_session_values (self->session))
    limen_export_table (limen_explain_session_told (self->session), GTK_WIDGET (self->toasts),
                        "Save the Map", ".npy");
}

/* -- the object -- */

static void
limen_explain_window_dispose (GObject *object)
{
  LimenExplainWindow *self = LIMEN_EXPLAIN_WINDOW (object);
  if (self->session)
    limen_explain_session_cancel (self->session);
  g_clear_object (&self->session);
  g_clear_object (&self->actions);
  drop_pictures (self);
  G_OBJECT_CLASS (limen_explain_window_parent_class)->dispose (object);
}

static void
limen_explain_window_class_init (LimenExplainWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = limen_explain_window_dispose;
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_w, GDK_CONTROL_MASK, "window.close",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_e, GDK_CONTROL_MASK, "explain.picture",
                                       NULL);
}

static GtkWidget *
bar_of (LimenExplainWindow *self)
{
  GtkWidget *bar = adw_header_bar_new ();
  g_autoptr (GMenu) menu = g_menu_new ();
  g_menu_append (menu, "_Picture…", "explain.picture");
  g_menu_append (menu, "_Map as .npy…", "explain.map");
  self->title = ADW_WINDOW_TITLE (adw_window_title_new ("Image", ""));
  self->menu = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->menu), "document-save-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->menu), G_MENU_MODEL (menu));
  gtk_widget_set_tooltip_text (self->menu, "Export this image");
  limen_name (self->menu, "Export this image");
  limen_keep_menu_clear (GTK_MENU_BUTTON (self->menu));
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (bar), GTK_WIDGET (self->title));
  adw_header_bar_pack_end (ADW_HEADER_BAR (bar), self->menu);
  return bar;
}

static GtkWidget *
main_of (LimenExplainWindow *self)
{
  static const LimenPlotAreaFuncs funcs = {.draw_base = draw_base_cb, .hover = hover_cb};
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->sentence = limen_steady_label_new ("body");
  self->area = limen_plot_area_new ("The image and the map over it", &funcs, self);
  self->under = GTK_LABEL (gtk_label_new (""));
  self->progress = GTK_PROGRESS_BAR (gtk_progress_bar_new ());
  gtk_widget_add_css_class (box, "page");
  limen_plot_area_set_least (self->area, 320);
  gtk_widget_set_vexpand (GTK_WIDGET (self->area), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->under), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->under), "numeric");
  gtk_label_set_xalign (self->under, 0);
  gtk_label_set_ellipsize (self->under, PANGO_ELLIPSIZE_END);
  limen_name (self->progress, "How far the image is looked at");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->sentence));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->area));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->under));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->progress));
  return box;
}

static void
limen_explain_window_init (LimenExplainWindow *self)
{
  static const GActionEntry entries[] = {{"picture", picture_cb}, {"map", map_cb}};
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (actions), entries, G_N_ELEMENTS (entries), self);
  self->actions = G_ACTION_GROUP (g_steal_pointer (&actions));
  gtk_widget_insert_action_group (GTK_WIDGET (self), "explain", self->actions);
  gtk_window_set_title (GTK_WINDOW (self), "Image Explained");
  gtk_widget_set_size_request (GTK_WIDGET (self), 360, 294);
  limen_child_window_part (GTK_WINDOW (self));
}

/* What follows the session, once there is one */
static void
build (LimenExplainWindow *self, LimenDetectorSession *detector)
{
  double scale = limen_appearance_text_scale (GTK_WIDGET (self));
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  LimenPageLayout *layout = g_object_new (LIMEN_TYPE_PAGE_LAYOUT, NULL);
  self->session = limen_explain_session_new (detector);
  self->toasts = ADW_TOAST_OVERLAY (adw_toast_overlay_new ());
  gtk_box_append (GTK_BOX (column), bar_of (self));
  limen_page_layout_set_main (layout, main_of (self));
  limen_page_layout_set_panel (layout, limen_explain_panel_new (self->session));
  adw_toast_overlay_set_child (self->toasts, GTK_WIDGET (layout));
  gtk_widget_set_vexpand (GTK_WIDGET (self->toasts), TRUE);
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (self->toasts));
  adw_window_set_content (ADW_WINDOW (self), column);
  gtk_window_set_default_size (GTK_WINDOW (self), (int)(WIDTH * scale), (int)(HEIGHT * scale));
  limen_follow (self, self->session, "changed", G_CALLBACK (show));
  limen_follow (self, self->session, "view-changed", G_CALLBACK (show_view));
  limen_follow (self, self->session, "notice", G_CALLBACK (notice_cb));
}

static LimenExplainWindow *
window_of (GtkWindow *parent, LimenDetectorSession *detector)
{
  LimenExplainWindow *self =
      LIMEN_EXPLAIN_WINDOW (limen_child_window_of (parent, LIMEN_TYPE_EXPLAIN_WINDOW));
  if (!self->session)
    build (self, detector);
  return self;
}

void
limen_explain_window_open (GtkWindow *parent, LimenDetectorSession *detector, LimenSetRole role,
                           guint index)
{
  g_return_if_fail (GTK_IS_WINDOW (parent) && LIMEN_IS_DETECTOR_SESSION (detector));
  const LimenImageSet *set = limen_detector_session_experiment (detector)->set[role];
  g_return_if_fail (set != NULL && index < limen_image_set_n_images (set));
  LimenExplainWindow *self = window_of (parent, detector);
  limen_explain_session_show (self->session, role, index);
  gtk_window_present (GTK_WINDOW (self));
}

void
limen_explain_window_open_picture (GtkWindow *parent, LimenDetectorSession *detector,
                                   const LimenSinglePicture *picture)
{
  g_return_if_fail (GTK_IS_WINDOW (parent) && LIMEN_IS_DETECTOR_SESSION (detector));
  g_return_if_fail (picture != NULL && picture->image != NULL);
  LimenExplainWindow *self = window_of (parent, detector);
  limen_explain_session_show_picture (self->session, picture);
  gtk_window_present (GTK_WINDOW (self));
}
