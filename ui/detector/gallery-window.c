#include "ui/detector/gallery-window-private.h"

#include "ui/appearance.h"
#include "ui/child-window.h"
#include "ui/detector/corrections-bar.h"
#include "ui/detector/gallery-tile.h"
#include "ui/toasts.h"
#include "ui/widgets.h"
#include "ui/wrap-layout.h"

#define WIDTH  900 /* pixels at the usual size of text, as */
#define HEIGHT 700

#define PADDING 6 /* pixels of a cell of the list, as the style sheet has it */

G_DEFINE_FINAL_TYPE (LimenGalleryWindow, limen_gallery_window, ADW_TYPE_WINDOW)

/* -- tiles -- */

static void
show_item (LimenGalleryWindow *self, GtkListItem *item)
{
  limen_gallery_tile_show (LIMEN_GALLERY_TILE (gtk_list_item_get_child (item)),
                           limen_gallery_model_gallery (self->model),
                           gtk_list_item_get_position (item),
                           limen_gallery_session_lines (self->session));
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  gtk_list_item_set_child (item, GTK_WIDGET (limen_gallery_tile_new ()));
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, LimenGalleryWindow *self)
{
  g_ptr_array_add (self->bound, item);
  show_item (self, item);
}

static void
unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, LimenGalleryWindow *self)
{
  g_ptr_array_remove_fast (self->bound, item);
  limen_gallery_tile_show (LIMEN_GALLERY_TILE (gtk_list_item_get_child (item)), NULL, 0,
                           (LimenLines){0});
}

/* Another line, or images before them are others */
static void
show_tiles (LimenGalleryWindow *self)
{
  for (guint i = 0; i < self->bound->len; i++)
    show_item (self, self->bound->pdata[i]);
}

/* -- where the keyboard is -- */

static GtkWidget *
cell_of (LimenGalleryWindow *self, guint at)
{
  for (guint i = 0; i < self->bound->len; i++)
    if (gtk_list_item_get_position (self->bound->pdata[i]) == at)
      return gtk_widget_get_parent (gtk_list_item_get_child (self->bound->pdata[i]));
  return NULL;
}

guint
limen_gallery_window_in_hand (LimenGalleryWindow *self)
{
  g_return_val_if_fail (LIMEN_IS_GALLERY_WINDOW (self), G_MAXUINT);
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  for (guint i = 0; focus && i < self->bound->len; i++) {
    GtkWidget *cell = gtk_widget_get_parent (gtk_list_item_get_child (self->bound->pdata[i]));
    if (focus == cell || gtk_widget_is_ancestor (focus, cell))
      return gtk_list_item_get_position (self->bound->pdata[i]);
  }
  return G_MAXUINT;
}

void
limen_gallery_window_hold (LimenGalleryWindow *self, guint at)
{
  g_return_if_fail (LIMEN_IS_GALLERY_WINDOW (self));
  GtkWidget *cell = cell_of (self, at);
  if (cell)
    gtk_widget_grab_focus (cell);
}

void
limen_gallery_window_go_to (LimenGalleryWindow *self, guint at)
{
  g_return_if_fail (LIMEN_IS_GALLERY_WINDOW (self));
  if (at >= g_list_model_get_n_items (G_LIST_MODEL (self->model)))
    return;
  gtk_selection_model_select_item (self->chosen, at, TRUE);
  gtk_widget_activate_action (GTK_WIDGET (self->grid), "list.scroll-to-item", "u", at);
  limen_gallery_window_hold (self, at);
}

guint *
limen_gallery_window_chosen (LimenGalleryWindow *self, guint *n)
{
  g_return_val_if_fail (LIMEN_IS_GALLERY_WINDOW (self) && n != NULL, NULL);
  g_autoptr (GtkBitset) chosen = gtk_selection_model_get_selection (self->chosen);
  guint64 all = gtk_bitset_get_size (chosen);
  guint *at = g_new (guint, all + 1);
  GtkBitsetIter iter;
  guint one;
  *n = 0;
  if (gtk_bitset_iter_init_first (&iter, chosen, &one))
    do
      at[(*n)++] = one;
    while (gtk_bitset_iter_next (&iter, &one));
  return at;
}

/* What is gone to once the list is made anew */
static void
seek (LimenGalleryWindow *self, LimenImageKey key, guint then)
{
  self->seeks = TRUE;
  self->sought = key;
  self->then = then;
}

static void
go_to_sought (LimenGalleryWindow *self)
{
  const LimenGallery *gallery = limen_gallery_model_gallery (self->model);
  if (!self->seeks || !gallery || gallery->n == 0 ||
      gallery->kind != limen_gallery_session_kind (self->session))
    return;
  guint at = MIN (self->then, gallery->n - 1);
  for (guint i = 0; i < gallery->n; i++)
    if (gallery->item[i].key.role == self->sought.role &&
        gallery->item[i].key.index == self->sought.index) {
      at = i;
      break;
    }
  self->seeks = FALSE;
  limen_gallery_window_go_to (self, at);
}

void
limen_gallery_window_put (LimenGalleryWindow *self, LimenSetRole to)
{
  g_return_if_fail (LIMEN_IS_GALLERY_WINDOW (self) && to <= LIMEN_PUT_BACK);
  const LimenGallery *gallery = limen_gallery_model_gallery (self->model);
  guint n;
  g_autofree guint *at = limen_gallery_window_chosen (self, &n);
  if (!gallery || n == 0 || at[n - 1] >= gallery->n ||
      !limen_gallery_session_corrects (self->session))
    return;
  seek (self, gallery->item[at[0]].key, at[0]);
  self->corrects = TRUE;
  limen_gallery_session_put (self->session, at, n, to);
}

/* -- what the session says -- */

static void
show_words (LimenGalleryWindow *self)
{
  const LimenGallery *gallery = limen_gallery_session_gallery (self->session);
  g_autofree char *words = gallery ? limen_gallery_words (gallery) : g_strdup ("");
  gtk_label_set_text (self->words, words);
  limen_describe (self->grid, words);
}

static void
show_empty (LimenGalleryWindow *self)
{
  static const char *const why[LIMEN_N_GALLERIES] = {
      [LIMEN_GALLERY_SELECTED] = "Drag over a range of the histogram, or around images in the "
                                 "scatter.",
      [LIMEN_GALLERY_ALL] = "Open a flow and images first.",
      [LIMEN_GALLERY_FALSE_ALARMS] = "No normal test image is flagged at this threshold.",
      [LIMEN_GALLERY_MISSED] = "No anomaly is kept at this threshold.",
      [LIMEN_GALLERY_NORMAL] = "There are no normal images.",
      [LIMEN_GALLERY_ANOMALIES] = "There are no anomalies.",
      [LIMEN_GALLERY_UNSORTED] = "There are no unsorted images.",
      [LIMEN_GALLERY_CORRECTED] = "No image was moved or left out."};
  gboolean waits =
      !limen_gallery_session_gallery (self->session) && limen_gallery_session_busy (self->session);
  adw_status_page_set_title (self->empty, waits ? "One Moment" : "No Image");
  adw_status_page_set_description (self->empty,
                                   waits ? "The images are being sorted."
                                         : why[limen_gallery_session_kind (self->session)]);
}

static void
changed_cb (LimenGalleryWindow *self)
{
  LimenGallery *gallery = limen_gallery_session_gallery (self->session);
  limen_gallery_model_take (self->model, gallery);
  show_tiles (self);
  show_words (self);
  show_empty (self);
  gtk_stack_set_visible_child_name (self->stack, gallery && gallery->n > 0 ? "images" : "empty");
  self->corrects = FALSE;
  go_to_sought (self);
}

/* Why a correction is not possible is said where it was asked for. */
static void
notice_cb (LimenDetectorSession *detector, const char *message, GPtrArray *problems,
           LimenGalleryWindow *self)
{
  if (self->corrects && message)
    limen_toasts_tell (GTK_WIDGET (self->grid), message);
  self->corrects = FALSE;
}

static void
kind_chosen_cb (LimenGalleryWindow *self)
{
  guint kind = gtk_drop_down_get_selected (self->kind);
  if (!self->showing && self->session && kind < LIMEN_N_GALLERIES)
    limen_gallery_session_show (self->session, kind);
}

static void
order_chosen_cb (LimenGalleryWindow *self)
{
  guint order = gtk_drop_down_get_selected (self->order);
  if (!self->showing && self->session && order <= LIMEN_GALLERY_BY_NAME)
    limen_gallery_session_sort (self->session, order);
}

static void
activated_cb (LimenGalleryWindow *self, guint at)
{
  limen_gallery_menu_explain (self, at);
}

/* -- as many columns as there is room for: GTK keeps rows of the most there may be -- */

static gboolean
fit_columns_cb (gpointer data)
{
  LimenGalleryWindow *self = data;
  int room = gtk_widget_get_width (self->scroller);
  int tile = limen_gallery_tile_width (GTK_WIDGET (self->grid)) + 2 * PADDING;
  self->columns = 0;
  gtk_grid_view_set_max_columns (self->grid, (guint)CLAMP (room / MAX (tile, 1), 1, 40));
  return G_SOURCE_REMOVE;
}

static void
width_changed_cb (LimenGalleryWindow *self)
{
  if (!self->columns)
    self->columns = g_idle_add (fit_columns_cb, self);
}

/* -- the object -- */

static void
limen_gallery_window_dispose (GObject *object)
{
  LimenGalleryWindow *self = LIMEN_GALLERY_WINDOW (object);
  g_clear_handle_id (&self->columns, g_source_remove);
  g_clear_handle_id (&self->tick, g_source_remove);
  g_clear_pointer (&self->menu, gtk_widget_unparent);
  if (self->job)
    limen_job_cancel (self->job);
  g_clear_pointer (&self->job, limen_job_unref);
  G_OBJECT_CLASS (limen_gallery_window_parent_class)->dispose (object);
  g_clear_object (&self->chosen);
  g_clear_object (&self->model);
  g_clear_object (&self->session);
}

static void
limen_gallery_window_finalize (GObject *object)
{
  g_ptr_array_unref (LIMEN_GALLERY_WINDOW (object)->bound);
  G_OBJECT_CLASS (limen_gallery_window_parent_class)->finalize (object);
}

static void
limen_gallery_window_class_init (LimenGalleryWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = limen_gallery_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = limen_gallery_window_finalize;
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_w, GDK_CONTROL_MASK,
                                       "window.close", NULL);
}

static GtkDropDown *
list_of (const char *const *names, const char *name)
{
  GtkWidget *list = gtk_drop_down_new_from_strings (names);
  limen_name (list, name);
  gtk_widget_set_hexpand (list, TRUE);
  return GTK_DROP_DOWN (list);
}

static GtkWidget *
lists_of (LimenGalleryWindow *self)
{
  static const char *const kinds[LIMEN_N_GALLERIES + 1] = {
      [LIMEN_GALLERY_SELECTED] = "Selected",
      [LIMEN_GALLERY_ALL] = "All images",
      [LIMEN_GALLERY_FALSE_ALARMS] = "False alarms",
      [LIMEN_GALLERY_MISSED] = "Missed anomalies",
      [LIMEN_GALLERY_NORMAL] = "Normal images",
      [LIMEN_GALLERY_ANOMALIES] = "Anomalies",
      [LIMEN_GALLERY_UNSORTED] = "Unsorted",
      [LIMEN_GALLERY_CORRECTED] = "Moved or left out"};
  static const char *const orders[] = {"Most unusual first", "By name", NULL};
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_set_layout_manager (box, limen_wrap_layout_new (6));
  self->kind = list_of (kinds, "Images");
  self->order = list_of (orders, "Order");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->kind));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->order));
  limen_follow (self, self->kind, "notify::selected", G_CALLBACK (kind_chosen_cb));
  limen_follow (self, self->order, "notify::selected", G_CALLBACK (order_chosen_cb));
  return box;
}

static GtkWidget *
grid_of (LimenGalleryWindow *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), self);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), self);
  self->model = limen_gallery_model_new ();
  self->chosen =
      GTK_SELECTION_MODEL (gtk_multi_selection_new (g_object_ref (G_LIST_MODEL (self->model))));
  self->grid = GTK_GRID_VIEW (gtk_grid_view_new (g_object_ref (self->chosen), factory));
  gtk_grid_view_set_enable_rubberband (self->grid, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->grid), "gallery");
  limen_name (self->grid, "Images");
  limen_follow (self, self->grid, "activate", G_CALLBACK (activated_cb));
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), GTK_WIDGET (self->grid));
  gtk_widget_set_vexpand (self->scroller, TRUE);
  limen_follow (self, gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (self->scroller)),
                "changed", G_CALLBACK (width_changed_cb));
  return self->scroller;
}

static GtkWidget *
working_of (LimenGalleryWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12), *revealer = gtk_revealer_new ();
  GtkWidget *cancel = gtk_button_new_with_mnemonic ("_Cancel");
  self->progress = GTK_PROGRESS_BAR (gtk_progress_bar_new ());
  self->working = GTK_REVEALER (revealer);
  gtk_widget_set_hexpand (GTK_WIDGET (self->progress), TRUE);
  gtk_widget_set_valign (GTK_WIDGET (self->progress), GTK_ALIGN_CENTER);
  limen_name (self->progress, "Images that are written");
  gtk_widget_set_margin_top (box, 6);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->progress));
  gtk_box_append (GTK_BOX (box), cancel);
  gtk_revealer_set_child (self->working, box);
  gtk_widget_set_visible (revealer, FALSE);
  limen_follow (self, cancel, "clicked", G_CALLBACK (limen_gallery_work_cancel));
  return revealer;
}

static GtkWidget *
content_of (LimenGalleryWindow *self)
{
  GtkWidget *overlay = adw_toast_overlay_new ();
  self->stack = GTK_STACK (gtk_stack_new ());
  self->empty = ADW_STATUS_PAGE (adw_status_page_new ());
  adw_status_page_set_icon_name (self->empty, "image-x-generic-symbolic");
  gtk_stack_set_hhomogeneous (self->stack, FALSE);
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->empty), "empty");
  self->host = adw_bin_new (); /* a list gives a menu no room */
  adw_bin_set_child (ADW_BIN (self->host), grid_of (self));
  gtk_stack_add_named (self->stack, self->host, "images");
  limen_tell_seen (self->stack);
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (overlay), GTK_WIDGET (self->stack));
  gtk_widget_set_vexpand (overlay, TRUE);
  return overlay;
}

static GtkWidget *
above_of (LimenGalleryWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->words = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->words, 0);
  gtk_label_set_wrap (self->words, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->words), "caption-heading");
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_widget_set_margin_bottom (box, 6);
  gtk_widget_set_margin_top (box, 6);
  gtk_box_append (GTK_BOX (box), lists_of (self));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->words));
  gtk_box_append (GTK_BOX (box), working_of (self));
  return box;
}

static void
limen_gallery_window_init (LimenGalleryWindow *self)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *bar = adw_header_bar_new ();
  GtkWidget *above = above_of (self), *content = content_of (self);
  self->bound = g_ptr_array_new ();
  adw_header_bar_pack_end (ADW_HEADER_BAR (bar), limen_gallery_menu_button (self));
  gtk_box_append (GTK_BOX (column), bar);
  gtk_box_append (GTK_BOX (column), above);
  gtk_box_append (GTK_BOX (column), content);
  gtk_window_set_title (GTK_WINDOW (self), "Gallery");
  adw_window_set_content (ADW_WINDOW (self), column);
  limen_child_window_part (GTK_WINDOW (self));
  limen_gallery_menu_add (self);
}

static void
begin (LimenGalleryWindow *self, LimenDetectorSession *detector, LimenSelectionSession *selection,
       LimenGalleryKind kind)
{
  double scale = limen_appearance_text_scale (GTK_WIDGET (self));
  GtkWidget *above = gtk_widget_get_parent (GTK_WIDGET (self->words));
  gtk_window_set_default_size (GTK_WINDOW (self), (int)(WIDTH * scale), (int)(HEIGHT * scale));
  gtk_box_append (GTK_BOX (above), limen_corrections_bar_new (detector));
  self->session = limen_gallery_session_new (detector, selection);
  limen_gallery_session_show (self->session, kind);
  limen_follow (self, self->session, "changed", G_CALLBACK (changed_cb));
  limen_follow (self, self->session, "verdicts-changed", G_CALLBACK (show_tiles));
  limen_follow (self, self->session, "busy-changed", G_CALLBACK (show_empty));
  g_signal_connect_object (detector, "notice", G_CALLBACK (notice_cb), self, 0);
}

void
limen_gallery_window_present (GtkWindow *parent, LimenDetectorSession *detector,
                              LimenSelectionSession *selection, LimenGalleryKind kind,
                              const LimenImageKey *key)
{
  g_return_if_fail (GTK_IS_WINDOW (parent) && LIMEN_IS_DETECTOR_SESSION (detector));
  g_return_if_fail (LIMEN_IS_SELECTION_SESSION (selection) && kind < LIMEN_N_GALLERIES);
  LimenGalleryWindow *self =
      LIMEN_GALLERY_WINDOW (limen_child_window_of (parent, LIMEN_TYPE_GALLERY_WINDOW));
  gboolean same = self->session && limen_gallery_session_kind (self->session) == kind;
  seek (self, key ? *key : (LimenImageKey){LIMEN_N_SETS, 0}, 0);
  if (!self->session)
    begin (self, detector, selection, kind);
  self->showing = TRUE;
  gtk_drop_down_set_selected (self->kind, kind);
  self->showing = FALSE;
  limen_gallery_session_show (self->session, kind);
  gtk_window_present (GTK_WINDOW (self));
  if (same)
    go_to_sought (self);
  else
    changed_cb (self);
}
