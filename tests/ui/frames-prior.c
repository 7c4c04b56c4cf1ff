/* How evenly frames come while three estimators train as fast as they go, beside the page that
 * shows them. usage: frames-prior SECONDS */
#include "frame-probe.h"
#include "ui/plot-area.h"
#include "ui/prior/page.h"

static double seconds;

static gboolean
start_cb (gpointer page)
{
  GtkWidget *third = limen_frames_find (page, ADW_TYPE_COMBO_ROW, "title", "Third");
  GtkWidget *speed = limen_frames_find (page, ADW_TYPE_COMBO_ROW, "title", "Steps");
  GtkWidget *steps = limen_frames_find (page, ADW_TYPE_ACTION_ROW, "title", "Steps in all");
  GtkWidget *spin = limen_frames_find (steps, GTK_TYPE_SPIN_BUTTON, NULL, NULL);
  adw_combo_row_set_selected (ADW_COMBO_ROW (third), 5);
  adw_combo_row_set_selected (ADW_COMBO_ROW (speed), 3);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin), 1e6);
  gtk_widget_activate_action (page, "prior.play", NULL);
  limen_frames_watch (limen_frames_find (page, LIMEN_TYPE_PLOT_AREA, NULL, NULL), seconds);
  return G_SOURCE_REMOVE;
}

static void
activate_cb (GtkApplication *application, gpointer unused)
{
  GtkWidget *window = adw_application_window_new (application);
  GtkWidget *page = g_object_new (LIMEN_TYPE_PRIOR_PAGE, NULL);
  gtk_window_set_default_size (GTK_WINDOW (window), 1400, 900);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), page);
  gtk_window_present (GTK_WINDOW (window));
  g_timeout_add (500, start_cb, page);
}

int
main (int argc, char **argv)
{
  seconds = limen_frames_seconds (argc, argv);
  g_autoptr (AdwApplication) application =
      adw_application_new (LIMEN_APP_ID, G_APPLICATION_NON_UNIQUE);
  g_signal_connect (application, "activate", G_CALLBACK (activate_cb), NULL);
  return g_application_run (G_APPLICATION (application), 1, argv);
}
