/* How evenly frames come while the line of many scores is dragged, in the page as the program has
 * it, with the curve in view: in each frame the threshold is another one. usage: frames-curve
 * SECONDS SCORES FOLDER, which is to hold the scores */
#include "frame-probe.h"
#include "model/base/random.h"
#include "model/detect/report.h"
#include "ui/detector/page.h"
#include "ui/plot-area.h"

#include <math.h>

typedef struct {
  LimenDetectorPage *page;
  GtkWindow *window;
  const char *folder;
  double seconds;
  guint n, step;
} Probe;

/* (transfer full): the path of an array; the names of both say which images are normal */
static char *
write_scores (const Probe *probe, const char *name, double mean, double std)
{
  LimenRandom random = limen_random_stream (1, name, 0);
  g_autofree double *value = g_new (double, probe->n / 2);
  g_autofree char *file = g_strconcat (name, ".npy", NULL);
  char *path = g_build_filename (probe->folder, file, NULL);
  g_autoptr (GError) error = NULL;
  for (guint i = 0; i < probe->n / 2; i++)
    value[i] = mean + std * limen_random_normal (&random);
  g_autoptr (LimenScores) scores = limen_scores_new (name, value, probe->n / 2);
  if (!limen_scores_save_npy (scores, path, &error))
    g_error ("%s", error->message);
  return path;
}

/* There and back again along the curve */
static gboolean
move_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  Probe *probe = data;
  LimenDetectorSession *session = limen_detector_page_session (probe->page);
  const LimenCurve *curve = limen_detector_session_curve (session);
  guint place = probe->step++ % (2 * curve->n - 1);
  guint i = place < curve->n ? place : 2 * curve->n - 2 - place;
  double threshold = curve->point[i].threshold;
  if (isfinite (threshold))
    limen_detector_session_set_threshold (session, threshold);
  return G_SOURCE_CONTINUE;
}

/* Once all is worked out */
static gboolean
start_cb (gpointer data)
{
  Probe *probe = data;
  LimenDetectorSession *session = limen_detector_page_session (probe->page);
  if (limen_detector_session_busy (session, NULL) || !limen_detector_session_curve (session))
    return G_SOURCE_CONTINUE;
  GtkWidget *stack = limen_frames_find (GTK_WIDGET (probe->page), GTK_TYPE_STACK,
                                        "visible-child-name", "histogram");
  gtk_stack_set_visible_child_name (GTK_STACK (stack), "curve");
  GtkWidget *area = limen_frames_find (gtk_stack_get_visible_child (GTK_STACK (stack)),
                                       LIMEN_TYPE_PLOT_AREA, NULL, NULL);
  gtk_widget_add_tick_callback (area, move_cb, probe, NULL);
  limen_frames_watch (area, probe->seconds);
  return G_SOURCE_REMOVE;
}

static void
activate_cb (GtkApplication *application, Probe *probe)
{
  g_autofree char *good = write_scores (probe, "good", 1700, 300);
  g_autofree char *defect = write_scores (probe, "defect", 500, 900);
  const char *const paths[] = {good, defect, NULL};
  const LimenTableWish wish = {.side_said = TRUE, .side = LIMEN_SIDE_LOW};
  probe->page = g_object_new (LIMEN_TYPE_DETECTOR_PAGE, NULL);
  probe->window = GTK_WINDOW (adw_application_window_new (application));
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (probe->window),
                                      GTK_WIDGET (probe->page));
  gtk_window_set_default_size (probe->window, 1600, 1000);
  gtk_window_present (probe->window);
  limen_detector_session_open_scores (limen_detector_page_session (probe->page), paths, &wish);
  g_timeout_add (100, start_cb, probe);
}

int
main (int argc, char **argv)
{
  Probe probe = {.seconds = limen_frames_seconds (argc, argv),
                 .folder = argc > 3 ? argv[3] : ".",
                 .n = argc > 2 ? (guint)g_ascii_strtoull (argv[2], NULL, 10) : 200000};
  g_autoptr (AdwApplication) application =
      adw_application_new (LIMEN_APP_ID, G_APPLICATION_NON_UNIQUE);
  g_signal_connect (application, "activate", G_CALLBACK (activate_cb), &probe);
  return g_application_run (G_APPLICATION (application), 1, argv);
}
