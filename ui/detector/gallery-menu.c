/* What can be done with the images that are chosen: a menu, and keys. */
#include "ui/detector/gallery-window-private.h"

#include "model/base/number.h"
#include "model/data/image-place.h"
#include "ui/detector/explain-window.h"
#include "ui/show-file.h"
#include "ui/toasts.h"
#include "ui/widgets.h"

/* -- which -- */

/* (nullable): what one image is, where one is chosen */
static const LimenGalleryItem *
one_chosen (LimenGalleryWindow *self, guint *at)
{
  const LimenGallery *gallery = limen_gallery_model_gallery (self->model);
  guint n;
  g_autofree guint *chosen = limen_gallery_window_chosen (self, &n);
  if (!gallery || n != 1 || chosen[0] >= gallery->n)
    return NULL;
  *at = chosen[0];
  return &gallery->item[*at];
}

static LimenImagePlace
place_of (LimenGalleryWindow *self)
{
  guint at, index;
  const LimenGallery *gallery = limen_gallery_model_gallery (self->model);
  LimenImageSet *set = one_chosen (self, &at) ? limen_gallery_set (gallery, at, &index) : NULL;
  return set ? limen_image_place (set, index) : (LimenImagePlace){0};
}

/* -- what is done -- */

/* What the page has, a list that is just being made anew may not know yet. */
static gboolean
explains (LimenGalleryWindow *self, const LimenGalleryItem *item)
{
  const LimenGallery *gallery = limen_gallery_model_gallery (self->model);
  const LimenExperiment *page =
      limen_detector_session_experiment (limen_gallery_session_detector (self->session));
  return item->role < LIMEN_N_SETS && page->flow && page->set[item->role] &&
         page->set[item->role] == gallery->now->set[item->role];
}

void
limen_gallery_menu_explain (LimenGalleryWindow *self, guint at)
{
  g_return_if_fail (LIMEN_IS_GALLERY_WINDOW (self));
  const LimenGallery *gallery = limen_gallery_model_gallery (self->model);
  if (!gallery || at >= gallery->n)
    return;
  const LimenGalleryItem *item = &gallery->item[at];
  LimenDetectorSession *detector = limen_gallery_session_detector (self->session);
  if (item->role == LIMEN_LEFT_OUT)
    limen_toasts_tell (GTK_WIDGET (self->grid),
                       "The image is left out; put it back first to have it explained.");
  else if (explains (self, item))
    limen_explain_window_open (gtk_window_get_transient_for (GTK_WINDOW (self)), detector,
                               item->role, item->index);
}

static void
explain_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  guint at;
  if (one_chosen (data, &at))
    limen_gallery_menu_explain (data, at);
}

static void
open_file_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_auto (LimenImagePlace) place = place_of (data);
  if (place.path)
    limen_open_file (data, place.path);
}

static void
show_file_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_auto (LimenImagePlace) place = place_of (data);
  if (place.path)
    limen_show_in_folder (place.path);
}

static void
move_to_normal_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  limen_gallery_window_put (data, LIMEN_SET_NORMAL);
}

static void
move_to_anomalies_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  limen_gallery_window_put (data, LIMEN_SET_ANOMALY);
}

static void
leave_out_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  limen_gallery_window_put (data, LIMEN_LEFT_OUT);
}

static void
put_back_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  limen_gallery_window_put (data, LIMEN_PUT_BACK);
}

static void
undo_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  LimenGalleryWindow *self = data;
  limen_detector_session_undo_correction (limen_gallery_session_detector (self->session));
}

static void
copy_list_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  limen_gallery_work_copy (data);
}

static void
export_list_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  limen_gallery_work_list (data);
}

static void
export_images_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  limen_gallery_work_images (data);
}

/* -- the menu, as it is for what is chosen -- */

static void
add_entry (GMenu *menu, const char *label, const char *action, gboolean there)
{
  g_autofree char *name = g_strconcat ("gallery.", action, NULL);
  if (there)
    g_menu_append (menu, label, name);
}

static void
add_section (GMenu *menu, GMenu *section)
{
  if (g_menu_model_get_n_items (G_MENU_MODEL (section)) > 0)
    g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
  g_object_unref (section);
}

static GMenu *
section_of_one (LimenGalleryWindow *self)
{
  GMenu *section = g_menu_new ();
  guint at;
  const LimenGalleryItem *item = one_chosen (self, &at);
  g_auto (LimenImagePlace) place = place_of (self);
  add_entry (section, "_Explain…", "explain", item && explains (self, item));
  add_entry (section, "_Open File", "open-file", place.path && place.is_own);
  add_entry (section, place.is_own ? "_Show in Folder" : "_Show Its Archive in Folder", "show-file",
             place.path != NULL);
  return section;
}

/* What some of the chosen ones are */
typedef struct {
  gboolean in[LIMEN_N_SETS + 1], corrected;
} Chosen;

static Chosen
look (LimenGalleryWindow *self)
{
  Chosen chosen = {0};
  const LimenGallery *gallery = limen_gallery_model_gallery (self->model);
  guint n;
  g_autofree guint *at = limen_gallery_window_chosen (self, &n);
  for (guint i = 0; gallery && i < n && at[i] < gallery->n; i++) {
    const LimenGalleryItem *item = &gallery->item[at[i]];
    chosen.in[item->role] = TRUE;
    chosen.corrected = chosen.corrected || item->role != item->key.role;
  }
  return chosen;
}

static GMenu *
section_of_corrections (LimenGalleryWindow *self)
{
  GMenu *section = g_menu_new ();
  Chosen chosen = look (self);
  const gboolean *in = chosen.in;
  gboolean corrects = limen_gallery_session_corrects (self->session);
  add_entry (section, "Move to _Normal Images", "move-to-normal",
             corrects && (in[LIMEN_SET_ANOMALY] || in[LIMEN_SET_UNSORTED]));
  add_entry (section, "Move to _Anomalies", "move-to-anomalies",
             corrects && (in[LIMEN_SET_NORMAL] || in[LIMEN_SET_UNSORTED]));
  add_entry (section, "_Leave Out", "leave-out",
             corrects && (in[LIMEN_SET_NORMAL] || in[LIMEN_SET_ANOMALY] || in[LIMEN_SET_UNSORTED]));
  add_entry (section, "Put _Back", "put-back", corrects && chosen.corrected);
  return section;
}

static GMenu *
section_of_list (LimenGalleryWindow *self)
{
  GMenu *section = g_menu_new ();
  const LimenGallery *gallery = limen_gallery_model_gallery (self->model);
  guint n, all = gallery ? gallery->n : 0;
  g_autofree guint *at = limen_gallery_window_chosen (self, &n);
  g_autofree char *number = limen_format_number (n > 1 ? n : all, 0);
  g_autofree char *copy = g_strdup_printf ("_Copy List of %s", number);
  g_autofree char *list = g_strdup_printf ("Export _List of %s…", number);
  g_autofree char *images = g_strdup_printf ("Export %s _Images…", number);
  gboolean pictures = gallery && (!gallery->now->table || gallery->now->set[LIMEN_SET_NORMAL]);
  add_entry (section, copy, "copy-list", all > 0);
  add_entry (section, list, "export-list", all > 0);
  add_entry (section, images, "export-images", pictures && all > 0);
  return section;
}

static GMenuModel *
menu_of (LimenGalleryWindow *self)
{
  GMenu *menu = g_menu_new ();
  add_section (menu, section_of_one (self));
  add_section (menu, section_of_corrections (self));
  add_section (menu, section_of_list (self));
  return G_MENU_MODEL (menu);
}

static void
create_menu_cb (GtkMenuButton *button, gpointer self)
{
  g_autoptr (GMenuModel) menu = menu_of (self);
  gtk_menu_button_set_menu_model (button, menu);
}

GtkWidget *
limen_gallery_menu_button (LimenGalleryWindow *self)
{
  g_return_val_if_fail (LIMEN_IS_GALLERY_WINDOW (self), NULL);
  GtkWidget *button = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "open-menu-symbolic");
  gtk_menu_button_set_primary (GTK_MENU_BUTTON (button), TRUE);
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (button), create_menu_cb, self, NULL);
  gtk_widget_set_tooltip_text (button, "What to do with these images");
  limen_name (button, "Images menu");
  limen_keep_menu_clear (GTK_MENU_BUTTON (button));
  return button;
}

static void
menu_closed_cb (LimenGalleryWindow *self)
{
  limen_gallery_window_hold (self, self->menu_at);
}

/* Where @rectangle of the grid is */
static void
pop_up (LimenGalleryWindow *self, const GdkRectangle *rectangle)
{
  g_autoptr (GMenuModel) menu = menu_of (self);
  self->menu_at = limen_gallery_window_in_hand (self);
  g_clear_pointer (&self->menu, gtk_widget_unparent);
  self->menu = gtk_popover_menu_new_from_model (menu);
  gtk_widget_set_parent (self->menu, self->host);
  gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
  gtk_widget_set_halign (self->menu, GTK_ALIGN_START);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), rectangle);
  limen_follow (self, self->menu, "closed", G_CALLBACK (menu_closed_cb));
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

/* What is under the pointer is chosen, unless it is already. */
static void
right_clicked_cb (GtkGestureClick *gesture, int n, double x, double y, LimenGalleryWindow *self)
{
  const GdkRectangle at = {(int)x, (int)y, 1, 1};
  GtkWidget *picked = gtk_widget_pick (self->scroller, x, y, GTK_PICK_DEFAULT);
  for (guint i = 0; picked && i < self->bound->len; i++) {
    GtkListItem *item = self->bound->pdata[i];
    GtkWidget *tile = gtk_list_item_get_child (item);
    GtkWidget *cell = gtk_widget_get_parent (tile);
    if (picked != cell && !gtk_widget_is_ancestor (picked, cell))
      continue;
    if (!gtk_selection_model_is_selected (self->chosen, gtk_list_item_get_position (item)))
      limen_gallery_window_go_to (self, gtk_list_item_get_position (item));
    pop_up (self, &at);
    return;
  }
}

static gboolean
menu_key_cb (GtkWidget *grid, GVariant *arguments, gpointer data)
{
  LimenGalleryWindow *self = data;
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  graphene_rect_t box;
  if (limen_gallery_window_in_hand (self) == G_MAXUINT ||
      !gtk_widget_compute_bounds (focus, self->host, &box))
    return GDK_EVENT_PROPAGATE;
  pop_up (self, &(GdkRectangle){(int)(box.origin.x + box.size.width / 2),
                                (int)(box.origin.y + box.size.height / 2), 1, 1});
  return GDK_EVENT_STOP;
}

/* -- actions and keys -- */

static void
add_key (GtkShortcutController *keys, guint key, GdkModifierType state, GtkShortcutAction *action)
{
  gtk_shortcut_controller_add_shortcut (
      keys, gtk_shortcut_new (gtk_keyval_trigger_new (key, state), action));
}

static GtkEventController *
keys_of (LimenGalleryWindow *self)
{
  static const struct {
    guint key;
    GdkModifierType state;
    const char *action;
  } table[] = {{GDK_KEY_Delete, 0, "gallery.leave-out"},
               {GDK_KEY_KP_Delete, 0, "gallery.leave-out"},
               {GDK_KEY_z, GDK_CONTROL_MASK, "gallery.undo"},
               {GDK_KEY_c, GDK_CONTROL_MASK, "gallery.copy-list"}};
  GtkEventController *controller = gtk_shortcut_controller_new ();
  GtkShortcutController *keys = GTK_SHORTCUT_CONTROLLER (controller);
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    add_key (keys, table[i].key, table[i].state, gtk_named_action_new (table[i].action));
  add_key (keys, GDK_KEY_Menu, 0, gtk_callback_action_new (menu_key_cb, self, NULL));
  add_key (keys, GDK_KEY_F10, GDK_SHIFT_MASK, gtk_callback_action_new (menu_key_cb, self, NULL));
  return controller;
}

void
limen_gallery_menu_add (LimenGalleryWindow *self)
{
  g_return_if_fail (LIMEN_IS_GALLERY_WINDOW (self));
  static const GActionEntry entries[] = {
      {"explain", explain_cb},
      {"open-file", open_file_cb},
      {"show-file", show_file_cb},
      {"move-to-normal", move_to_normal_cb},
      {"move-to-anomalies", move_to_anomalies_cb},
      {"leave-out", leave_out_cb},
      {"put-back", put_back_cb},
      {"undo", undo_cb},
      {"copy-list", copy_list_cb},
      {"export-list", export_list_cb},
      {"export-images", export_images_cb},
  };
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  GtkGesture *click = gtk_gesture_click_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "gallery", G_ACTION_GROUP (group));
  gtk_widget_add_controller (GTK_WIDGET (self->grid), keys_of (self));
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  g_signal_connect (click, "pressed", G_CALLBACK (right_clicked_cb), self);
  gtk_widget_add_controller (self->scroller, GTK_EVENT_CONTROLLER (click));
}
