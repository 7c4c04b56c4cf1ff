#include "frame-probe.h"

#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>

#define SETTLE_US (2 * G_USEC_PER_SEC) /* until the window is there and the work under way */

typedef struct {
  GArray *frames; /* double: milliseconds since the one before */
  gint64 start, end, before;
  double seconds, cpu;
} Probe;

double
limen_frames_seconds (int argc, char **argv)
{
  return argc > 1 ? g_ascii_strtod (argv[1], NULL) : 10;
}

GtkWidget *
limen_frames_find (GtkWidget *widget, GType type, const char *property, const char *value)
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
    found = limen_frames_find (child, type, property, value);
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
  _exit (0); /* the work goes on to the last moment */
}

static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer probe)
{
  gtk_widget_queue_draw (widget);
  return G_SOURCE_CONTINUE;
}

void
limen_frames_watch (GtkWidget *widget, double seconds)
{
  Probe *probe = g_new0 (Probe, 1);
  probe->frames = g_array_new (FALSE, FALSE, sizeof (double));
  probe->seconds = seconds;
  probe->start = g_get_monotonic_time () + SETTLE_US;
  probe->end = probe->start + (gint64)(probe->seconds * G_USEC_PER_SEC);
  gtk_widget_add_tick_callback (widget, tick_cb, probe, NULL);
  g_signal_connect (gtk_widget_get_frame_clock (widget), "after-paint", G_CALLBACK (painted_cb),
                    probe);
}
