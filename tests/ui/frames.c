/* How evenly frames come while a flow trains on all cores: the window to train in, as the program
 * has it, whose plot is drawn anew in every frame. usage: frames SECONDS */
#include "frame-probe.h"
#include "ui/train/train-window.h"
#include "ui/train/training-plot.h"

#define COURSE 1 /* of the sizes: the one with the longest steps */

typedef struct {
  GtkWindow *parent;
  LimenDetectorSession *session;
  double seconds;
} Probe;

/* Once the images are there, which makes the button sensitive. */
static gboolean
start_cb (gpointer data)
{
  Probe *probe = data;
  GtkWidget *window = NULL, *button;
  g_autoptr (GList) all = gtk_window_list_toplevels ();
  for (GList *one = all; one; one = one->next)
    window = LIMEN_IS_TRAIN_WINDOW (one->data) ? one->data : window;
  button = limen_frames_find (window, GTK_TYPE_BUTTON, "label", "_Start");
  if (!gtk_widget_get_sensitive (button))
    return G_SOURCE_CONTINUE;
  adw_combo_row_set_selected (
      ADW_COMBO_ROW (limen_frames_find (window, ADW_TYPE_COMBO_ROW, "title", "Size")), COURSE);
  g_signal_emit_by_name (button, "clicked");
  limen_frames_watch (limen_frames_find (window, LIMEN_TYPE_TRAINING_PLOT, NULL, NULL),
                      probe->seconds);
  return G_SOURCE_REMOVE;
}

static void
activate_cb (GtkApplication *application, Probe *probe)
{
  const char *const digits[] = {"builtin:digits:20000", NULL};
  probe->session = limen_detector_session_new ();
  probe->parent = GTK_WINDOW (gtk_application_window_new (application));
  limen_detector_session_open (probe->session, digits, LIMEN_SET_NORMAL);
  g_autoptr (LimenTrainedFlow) trained = limen_trained_flow_new ();
  limen_train_window_present (probe->parent, probe->session, trained);
  g_timeout_add (50, start_cb, probe);
}

int
main (int argc, char **argv)
{
  Probe probe = {.seconds = limen_frames_seconds (argc, argv)};
  g_autoptr (AdwApplication) application =
      adw_application_new (LIMEN_APP_ID, G_APPLICATION_NON_UNIQUE);
  g_signal_connect (application, "activate", G_CALLBACK (activate_cb), &probe);
  return g_application_run (G_APPLICATION (application), 1, argv);
}
