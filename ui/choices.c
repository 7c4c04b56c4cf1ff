#include "ui/choices.h"

#include "ui/appearance.h"

#define WIDE   20  /* characters: what libadwaita shows of a name */
#define BESIDE 22  /* of title and name, as have room beside each other in large text */
#define LARGE  1.4 /* times the usual size of text, in windows that do not grow with it */
#define NOTE   "limen-note"

static const char *
text_of (GtkStringObject *name)
{
  return gtk_string_object_get_string (name);
}

/* -- an entry of the list: its name, and a mark where it is the one that is chosen -- */

static void
setup_entry_cb (GtkListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6), *label = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("object-select-symbolic"));
  gtk_list_item_set_child (item, box);
}

static void
show_mark (GtkListItem *item, GParamSpec *property, AdwComboRow *row)
{
  GtkWidget *mark = gtk_widget_get_last_child (gtk_list_item_get_child (item));
  gboolean chosen = gtk_list_item_get_position (item) == adw_combo_row_get_selected (row);
  gtk_widget_set_opacity (mark, chosen ? 1 : 0);
}

static void
bind_entry_cb (GtkListItemFactory *factory, GtkListItem *item, AdwComboRow *row)
{
  GtkWidget *label = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  gtk_label_set_text (GTK_LABEL (label), text_of (gtk_list_item_get_item (item)));
  g_signal_connect_object (row, "notify::selected", G_CALLBACK (show_mark), item,
                           G_CONNECT_SWAPPED);
  show_mark (item, NULL, row);
}

static void
unbind_entry_cb (GtkListItemFactory *factory, GtkListItem *item, AdwComboRow *row)
{
  g_signal_handlers_disconnect_by_func (row, show_mark, item);
}

/* -- the row -- */

static glong
longest_name (AdwComboRow *row)
{
  GListModel *names = adw_combo_row_get_model (row);
  glong longest = 0;
  for (guint i = 0; i < g_list_model_get_n_items (names); i++) {
    g_autoptr (GtkStringObject) name = g_list_model_get_item (names, i);
    longest = MAX (longest, g_utf8_strlen (text_of (name), -1));
  }
  return longest;
}

static void
show_below (AdwComboRow *row)
{
  const char *note = g_object_get_data (G_OBJECT (row), NOTE);
  GtkStringObject *chosen = adw_combo_row_get_selected_item (row);
  g_autofree char *both = adw_combo_row_get_use_subtitle (row) && chosen
                              ? g_strconcat (text_of (chosen), note ? "\n" : NULL, note, NULL)
                              : g_strdup (note);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), both ? both : "");
}

/* What is chosen stands beside the title where there is room for both. */
static void
place (AdwComboRow *row)
{
  glong name = longest_name (row);
  glong both = name + g_utf8_strlen (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), -1);
  gboolean large = limen_appearance_text_scale (GTK_WIDGET (row)) > LARGE;
  adw_combo_row_set_use_subtitle (row, name > WIDE || (large && both > BESIDE));
  show_below (row);
}

void
limen_choices_show_whole (AdwComboRow *row)
{
  g_return_if_fail (ADW_IS_COMBO_ROW (row));
  g_autoptr (GtkListItemFactory) entry = gtk_signal_list_item_factory_new ();
  g_signal_connect (entry, "setup", G_CALLBACK (setup_entry_cb), NULL);
  g_signal_connect_object (entry, "bind", G_CALLBACK (bind_entry_cb), row, 0);
  g_signal_connect_object (entry, "unbind", G_CALLBACK (unbind_entry_cb), row, 0);
  adw_combo_row_set_list_factory (row, entry);
  g_signal_connect (row, "notify::selected", G_CALLBACK (show_below), NULL);
  g_signal_connect (row, "map", G_CALLBACK (place), NULL);
  limen_appearance_connect (GTK_WIDGET (row), (LimenAppearanceFunc)place);
  place (row);
}

void
limen_choices_tell (AdwComboRow *row, const char *note)
{
  g_return_if_fail (ADW_IS_COMBO_ROW (row));
  g_object_set_data_full (G_OBJECT (row), NOTE, note && *note ? g_strdup (note) : NULL, g_free);
  show_below (row);
}

static void
setup_name_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_list_item_set_child (item, label);
}

static void
bind_name_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  const char *name = gtk_string_object_get_string (gtk_list_item_get_item (item));
  gtk_label_set_text (GTK_LABEL (gtk_list_item_get_child (item)), name);
}

void
limen_choices_give_way (GtkDropDown *list)
{
  g_return_if_fail (GTK_IS_DROP_DOWN (list));
  g_autoptr (GtkListItemFactory) whole = NULL, short_one = gtk_signal_list_item_factory_new ();
  g_signal_connect (short_one, "setup", G_CALLBACK (setup_name_cb), NULL);
  g_signal_connect (short_one, "bind", G_CALLBACK (bind_name_cb), NULL);
  g_set_object (&whole, gtk_drop_down_get_factory (list));
  gtk_drop_down_set_factory (list, short_one);
  gtk_drop_down_set_list_factory (list, whole);
}
