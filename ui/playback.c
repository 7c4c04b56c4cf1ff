#include "ui/playback.h"

#include "ui/widgets.h"

static GtkWidget *
button (const char *icon, const char *name, const char *group, const char *action)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);
  g_autofree char *full = g_strconcat (group, ".", action, NULL);
  gtk_widget_set_tooltip_text (button, name);
  gtk_widget_add_css_class (button, "small");
  limen_name (button, name);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), full);
  return button;
}

static gboolean
key_cb (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state, GtkWidget *play)
{
  if (key != GDK_KEY_space || state & gtk_accelerator_get_default_mod_mask ())
    return GDK_EVENT_PROPAGATE;
  g_signal_emit_by_name (play, "clicked");
  return GDK_EVENT_STOP;
}

/* While the buttons are seen, of all of the window what nobody there wanted */
static void
mapped_cb (GtkWidget *play)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_cb), play, 0);
  g_object_set_data (G_OBJECT (play), "keys", keys);
  gtk_widget_add_controller (GTK_WIDGET (gtk_widget_get_root (play)), keys);
}

static void
unmapped_cb (GtkWidget *play)
{
  GtkEventController *keys = g_object_steal_data (G_OBJECT (play), "keys");
  if (keys)
    gtk_widget_remove_controller (gtk_event_controller_get_widget (keys), keys);
}

GtkWidget *
limen_playback_new (const LimenPlayback *names, GtkButton **play)
{
  g_return_val_if_fail (names != NULL && play != NULL, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *first = button ("media-playback-start-symbolic", names->play, names->group, "play");
  gtk_widget_add_css_class (box, "linked");
  gtk_box_append (GTK_BOX (box), first);
  gtk_box_append (GTK_BOX (box),
                  button ("media-skip-forward-symbolic", names->step, names->group, "step"));
  gtk_box_append (GTK_BOX (box),
                  button ("view-refresh-symbolic", names->reset, names->group, "reset"));
  g_signal_connect (first, "map", G_CALLBACK (mapped_cb), NULL);
  g_signal_connect (first, "unmap", G_CALLBACK (unmapped_cb), NULL);
  *play = GTK_BUTTON (first);
  return box;
}

void
limen_playback_show (GtkButton *play, const LimenPlayback *names, gboolean playing)
{
  g_return_if_fail (GTK_IS_BUTTON (play) && names != NULL);
  const char *name = playing ? names->pause : names->play;
  gtk_button_set_icon_name (play, playing ? "media-playback-pause-symbolic"
                                          : "media-playback-start-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (play), name);
  limen_name (play, name);
}
