#include "ui/application.h"

#include "ui/appearance.h"
#include "ui/preferences.h"
#include "ui/settings.h"
#include "ui/window.h"

static LimenWindow *
ensure_window (GtkApplication *application, gboolean *is_new)
{
  GtkWindow *window = gtk_application_get_active_window (application);
  while (window && !LIMEN_IS_WINDOW (window)) /* a dialog of it may be active */
    window = gtk_window_get_transient_for (window);
  *is_new = !window;
  if (!window)
    window = GTK_WINDOW (limen_window_new (ADW_APPLICATION (application)));
  return LIMEN_WINDOW (window);
}

static void
activate_cb (GtkApplication *application, gpointer unused)
{
  gboolean is_new;
  LimenWindow *window = ensure_window (application, &is_new);
  gtk_window_present (GTK_WINDOW (window));
  if (is_new)
    limen_window_show_example (window);
}

/* Also what a second start of the program hands over. */
static void
open_cb (GtkApplication *application, GFile **files, int n_files, const char *hint, gpointer unused)
{
  gboolean is_new;
  LimenWindow *window = ensure_window (application, &is_new);
  g_autoptr (GStrvBuilder) paths = g_strv_builder_new ();
  for (int i = 0; i < n_files; i++)
    if (g_file_peek_path (files[i]))
      g_strv_builder_add (paths, g_file_peek_path (files[i]));
  g_auto (GStrv) all = g_strv_builder_end (paths);
  gtk_window_present (GTK_WINDOW (window));
  limen_window_open (window, (const char *const *)all);
}

static void
about_cb (GSimpleAction *action, GVariant *parameter, gpointer application)
{
  static const char *const developers[] = {"The Limen developers", NULL};
  adw_show_about_window (
      gtk_application_get_active_window (application), "application-name", "Limen",
      "application-icon", LIMEN_APP_ID, "version", LIMEN_VERSION, "developer-name",
      "The Limen developers", "developers", developers, "license-type", GTK_LICENSE_GPL_3_0,
      "comments",
      "An explorer for four ideas of deep generative models. Limen is Latin for threshold.", NULL);
}

static void
preferences_cb (GSimpleAction *action, GVariant *parameter, gpointer application)
{
  limen_preferences_present (gtk_application_get_active_window (application));
}

static gboolean
close_windows_cb (gpointer application)
{
  /* other windows belong to one of these, go with it, and may have a reason to ask first */
  g_autolist (GtkWindow) windows = NULL;
  for (GList *w = gtk_application_get_windows (application); w; w = w->next)
    if (LIMEN_IS_WINDOW (w->data))
      windows = g_list_prepend (windows, g_object_ref (w->data));
  for (GList *w = windows; w; w = w->next)
    gtk_window_close (w->data);
  return G_SOURCE_REMOVE;
}

/* Not while the key is under way: the window that has it may belong to the one that closes, and
 * would outlive it until the key is done with, which GTK does not expect. */
static void
quit_cb (GSimpleAction *action, GVariant *parameter, gpointer application)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, close_windows_cb, g_object_ref (application),
                   g_object_unref);
}

static void
set_accelerators (GtkApplication *application)
{
  static const struct {
    const char *action, *keys[4];
  } table[] = {
      {"app.quit", {"<Control>q"}},
      {"app.preferences", {"<Control>comma"}},
      {"window.close", {"<Control>w"}},
      {"win.open", {"<Control>o"}},
      {"win.open-folder", {"<Control><Shift>o"}},
      {"win.export", {"<Control>e"}},
      {"win.presentation", {"F11"}},
      {"win.questions", {"F2"}},
      {"win.copy", {"<Control><Shift>c"}},
      {"win.resample", {"<Control>r"}},
      {"win.train", {"<Control>t"}},
      {"win.samples", {"<Control>g"}},
      {"win.zoom-in", {"<Control>plus", "<Control>equal", "<Control>KP_Add"}},
      {"win.zoom-out", {"<Control>minus", "<Control>KP_Subtract"}},
      {"win.zoom-reset", {"<Control>0", "<Control>KP_0"}},
  };
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    gtk_application_set_accels_for_action (application, table[i].action, table[i].keys);
  for (int nth = 1; nth <= 9; nth++) {
    g_autofree char *action = g_strdup_printf ("win.page(%d)", nth),
                    *key = g_strdup_printf ("<Alt>%d", nth);
    gtk_application_set_accels_for_action (application, action, (const char *const[]){key, NULL});
  }
}

static void
startup_cb (GtkApplication *application, gpointer unused)
{
  static const GActionEntry entries[] = {
      {"about", about_cb},
      {"preferences", preferences_cb},
      {"quit", quit_cb},
  };
  g_action_map_add_action_entries (G_ACTION_MAP (application), entries, G_N_ELEMENTS (entries),
                                   application);
  set_accelerators (application);
  gtk_window_set_default_icon_name (LIMEN_APP_ID);
  limen_appearance_install ();
  if (limen_settings ())
    adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                        g_settings_get_enum (limen_settings (), "color-scheme"));
}

int
limen_application_run (int argc, char **argv)
{
  g_autoptr (AdwApplication) application =
      adw_application_new (LIMEN_APP_ID, G_APPLICATION_HANDLES_OPEN);
  g_set_application_name ("Limen");
  g_signal_connect (application, "startup", G_CALLBACK (startup_cb), NULL);
  g_signal_connect (application, "activate", G_CALLBACK (activate_cb), NULL);
  g_signal_connect (application, "open", G_CALLBACK (open_cb), NULL);
  return g_application_run (G_APPLICATION (application), argc, argv);
}
