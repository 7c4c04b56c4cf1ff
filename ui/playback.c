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

/* Also where nothing of the page has the focus; of pages that are not seen, nothing plays. */
static gboolean
space_cb (GtkWidget *box, GVariant *unused, gpointer button)
{
  if (!gtk_widget_get_mapped (box))
    return FALSE;
  g_signal_emit_by_name (button, "clicked");
  return TRUE;
}

static void
listen_for_space (GtkWidget *box, GtkWidget *play)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();
  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (keys), GTK_SHORTCUT_SCOPE_GLOBAL);
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_space, 0),
                        gtk_callback_action_new (space_cb, play, NULL)));
  gtk_widget_add_controller (box, keys);
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
  listen_for_space (box, first);
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
