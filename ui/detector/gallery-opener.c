#include "ui/detector/gallery-opener.h"

#include "ui/detector/gallery-window.h"
#include "ui/widgets.h"

typedef struct {
  GtkWidget *page; /* borrowed, which has this */
  LimenDetectorSession *detector;
  LimenSelectionSession *selection;
} Opener;

static void
opener_free (gpointer data)
{
  Opener *self = data;
  g_object_unref (self->detector);
  g_object_unref (self->selection);
  g_free (self);
}

static void
present (Opener *self, guint kind, const LimenImageKey *key)
{
  GtkRoot *root = gtk_widget_get_root (self->page);
  if (GTK_IS_WINDOW (root) && kind < LIMEN_N_GALLERIES)
    limen_gallery_window_present (GTK_WINDOW (root), self->detector, self->selection, kind, key);
}

static void
list_cb (GSimpleAction *action, GVariant *kind, gpointer data)
{
  present (data, g_variant_get_uint32 (kind), NULL);
}

/* What is selected, or all */
static void
gallery_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  Opener *self = data;
  present (self,
           limen_selection_session_get (self->selection) ? LIMEN_GALLERY_SELECTED
                                                         : LIMEN_GALLERY_ALL,
           NULL);
}

static void
image_cb (GSimpleAction *action, GVariant *image, gpointer data)
{
  Opener *self = data;
  const LimenExperiment *now = limen_detector_session_experiment (self->detector);
  guint kind, role, index;
  g_variant_get (image, "(uuu)", &kind, &role, &index);
  if (role >= LIMEN_N_SETS || !now->scores[role] || index >= now->scores[role]->n)
    return;
  LimenImageKey key = limen_experiment_key (now, role, index);
  present (self, kind, &key);
}

void
limen_gallery_opener_add (GtkWidget *page, LimenDetectorSession *detector,
                          LimenSelectionSession *selection)
{
  g_return_if_fail (GTK_IS_WIDGET (page) && LIMEN_IS_DETECTOR_SESSION (detector));
  g_return_if_fail (LIMEN_IS_SELECTION_SESSION (selection));
  static const GActionEntry entries[] = {
      {"gallery", gallery_cb}, {"list", list_cb, "u"}, {"image", image_cb, "(uuu)"}};
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  GtkEventController *keys = gtk_shortcut_controller_new ();
  Opener *self = g_new (Opener, 1);
  *self = (Opener){page, g_object_ref (detector), g_object_ref (selection)};
  g_object_set_data_full (G_OBJECT (page), "limen-gallery-opener", self, opener_free);
  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (page, "images", G_ACTION_GROUP (group));
  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (keys), GTK_SHORTCUT_SCOPE_GLOBAL);
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_i, GDK_CONTROL_MASK),
                        gtk_named_action_new ("images.gallery")));
  gtk_widget_add_controller (page, keys);
}

GtkWidget *
limen_gallery_opener_button (const char *label, LimenGalleryKind kind)
{
  g_return_val_if_fail (label != NULL && kind < LIMEN_N_GALLERIES, NULL);
  GtkWidget *button = gtk_button_new_with_label (label);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "images.list");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "u", (guint)kind);
  gtk_widget_set_tooltip_text (button, "Look through images one by one (Ctrl+I)");
  gtk_widget_set_halign (button, GTK_ALIGN_END);
  gtk_widget_add_css_class (button, "flat");
  return button;
}

void
limen_gallery_opener_open (GtkWidget *widget, LimenGalleryKind kind, LimenSetRole role, guint index)
{
  g_return_if_fail (GTK_IS_WIDGET (widget) && kind < LIMEN_N_GALLERIES && role < LIMEN_N_SETS);
  gtk_widget_activate_action (widget, "images.image", "(uuu)", (guint)kind, (guint)role, index);
}
