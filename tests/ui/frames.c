/* How evenly frames come while a flow trains on all cores: the window to train in, as the program
 * has it, whose plot is drawn anew in every frame. usage: frames SECONDS. Prints the 50th and the
 * 95th percentile of the milliseconds between two frames, the longest, and the cores in use. */
#include "ui/train/train-window.h"
#include "ui/train/training-plot.h"

#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>

#define SETTLE_US (2 * G_USEC_PER_SEC) /* until the window is there and the training under way */
#define COURSE    1                    /* of the sizes: the one with the longest steps */

typedef struct {
  GtkWindow *parent;
  LimenDetectorSession *session;
  GtkWidget *plot;
  GArray *frames; /* double: milliseconds since the one before */
  gint64 start, end, before;
  double seconds, cpu;
} Probe;

/* The first descendant of that type; of a button or row, with that label or title. */
static GtkWidget *
find (GtkWidget *widget, GType type, const char *property, const char *value)
{
  g_autofree char *name = NULL;
  if (g_type_is_a (G_OBJECT_TYPE (widget), type)) {
    if (property)
      g_object_get (widget, property, &name, NULL);
    if (!property || g_strcmp0 (name, value) == 0)
      return widget;
  }
  GtkWidget *found = NULL;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child && !found;
       child = gtk_widget_get_next_sibling (child))
    found = find (child, type, property, value);
  return found;
}

static double
cpu_seconds (void)
{
  struct rusage usage;
  getrusage (RUSAGE_SELF, &usage);
  return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
         1e-6 * (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double difference = *(const double *)a - *(const double *)b;
  return (difference > 0) - (difference < 0);
}

static void
print (Probe *probe, gint64 now)
{
  GArray *frames = probe->frames;
  const double *ms = (const double *)frames->data;
  g_array_sort (frames, compare);
  printf ("median %.1f 95%% %.1f longest %.1f cores %.2f\n", ms[frames->len / 2],
          ms[frames->len * 95 / 100], ms[frames->len - 1],
          (cpu_seconds () - probe->cpu) / (1e-6 * (double)(now - probe->start)));
}

static void
painted_cb (GdkFrameClock *clock, Probe *probe)
{
  gint64 now = g_get_monotonic_time ();
  double ms = (double)(now - probe->before) / 1000;
  if (probe->before >= probe->start)
    g_array_append_val (probe->frames, ms);
  else
    probe->cpu = cpu_seconds ();
  probe->before = now;
  if (now < probe->end)
    return;
  print (probe, now);
  fflush (stdout);
  _exit (0); /* the training goes on to the last moment */
}

static gboolean
tick_cb (GtkWidget *plot, GdkFrameClock *clock, gpointer probe)
{
  gtk_widget_queue_draw (plot);
  return G_SOURCE_CONTINUE;
}

static void
watch (Probe *probe)
{
  probe->start = g_get_monotonic_time () + SETTLE_US;
  probe->end = probe->start + (gint64)(probe->seconds * G_USEC_PER_SEC);
  gtk_widget_add_tick_callback (probe->plot, tick_cb, probe, NULL);
  g_signal_connect (gtk_widget_get_frame_clock (probe->plot), "after-paint",
                    G_CALLBACK (painted_cb), probe);
}

/* Once the images are there, which makes the button sensitive. */
static gboolean
start_cb (gpointer data)
{
  Probe *probe = data;
  GtkWidget *window = NULL, *button;
  g_autoptr (GList) all = gtk_window_list_toplevels ();
  for (GList *one = all; one; one = one->next)
    window = LIMEN_IS_TRAIN_WINDOW (one->data) ? one->data : window;
  button = find (window, GTK_TYPE_BUTTON, "label", "_Start");
  if (!gtk_widget_get_sensitive (button))
    return G_SOURCE_CONTINUE;
  adw_combo_row_set_selected (ADW_COMBO_ROW (find (window, ADW_TYPE_COMBO_ROW, "title", "Size")),
                              COURSE);
  g_signal_emit_by_name (button, "clicked");
  probe->plot = find (window, LIMEN_TYPE_TRAINING_PLOT, NULL, NULL);
  watch (probe);
  return G_SOURCE_REMOVE;
}

static void
activate_cb (GtkApplication *application, Probe *probe)
{
  const char *const digits[] = {"builtin:digits:20000", NULL};
  probe->session = limen_detector_session_new ();
  probe->parent = GTK_WINDOW (gtk_application_window_new (application));
  limen_detector_session_open (probe->session, digits, LIMEN_SET_NORMAL);
  limen_train_window_present (probe->parent, probe->session);
  g_timeout_add (50, start_cb, probe);
}

int
main (int argc, char **argv)
{
  Probe probe = {.frames = g_array_new (FALSE, FALSE, sizeof (double)),
                 .seconds = argc > 1 ? g_ascii_strtod (argv[1], NULL) : 10};
  g_autoptr (AdwApplication) application =
      adw_application_new (LIMEN_APP_ID, G_APPLICATION_NON_UNIQUE);
  g_signal_connect (application, "activate", G_CALLBACK (activate_cb), &probe);
  return g_application_run (G_APPLICATION (application), 1, argv);
}
