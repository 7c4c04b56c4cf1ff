#include "frame-probe.h"

#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>

#define TURN_MS 500

/* Frames with the work going on, or without */
typedef struct {
  GArray *frames; /* double: milliseconds since the one before */
  double seconds, cpu;
} Half;

typedef struct {
  Half half[2];
  LimenFramesSwitch to;
  gpointer data;
  gboolean on, is_so, asked; /* what is wanted now, and whether it is so */
  gint64 before;             /* the last frame of this turn; 0: none yet */
  double turn, seconds, cpu; /* cpu: at the last frame */
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
print (const char *title, Half *half)
{
  GArray *frames = half->frames;
  const double *ms = (const double *)frames->data;
  g_array_sort (frames, compare);
  printf ("%s: median %.1f 95%% %.1f longest %.1f cores %.2f\n", title, ms[frames->len / 2],
          ms[frames->len * 95 / 100], ms[frames->len - 1], half->cpu / half->seconds);
}

static void
begin_turn (Probe *probe)
{
  probe->is_so = FALSE;
  probe->asked = FALSE;
  probe->before = 0;
}

/* The first frame of a turn is the one from which the next is measured. */
static void
painted_cb (GdkFrameClock *clock, Probe *probe)
{
  gint64 now = g_get_monotonic_time ();
  Half *half = &probe->half[probe->on];
  if (!probe->is_so) {
    probe->is_so = probe->to (probe->on, &probe->asked, probe->data);
    return;
  }
  if (probe->before) {
    double ms = (double)(now - probe->before) / 1000, cpu = cpu_seconds ();
    g_array_append_val (half->frames, ms);
    half->seconds += ms / 1000;
    half->cpu += cpu - probe->cpu;
    probe->turn += ms;
  }
  probe->cpu = cpu_seconds ();
  probe->before = now;
  if (probe->turn < TURN_MS)
    return;
  probe->turn = 0;
  probe->on = !probe->on;
  begin_turn (probe);
  if (MIN (probe->half[0].seconds, probe->half[1].seconds) < probe->seconds / 2)
    return;
  print ("still", &probe->half[0]);
  print ("at work", &probe->half[1]);
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
limen_frames_watch (GtkWidget *widget, double seconds, LimenFramesSwitch to, gpointer data)
{
  Probe *probe = g_new0 (Probe, 1);
  for (guint i = 0; i < 2; i++)
    probe->half[i].frames = g_array_new (FALSE, FALSE, sizeof (double));
  probe->seconds = seconds;
  probe->to = to;
  probe->data = data;
  begin_turn (probe);
  gtk_widget_add_tick_callback (widget, tick_cb, probe, NULL);
  g_signal_connect (gtk_widget_get_frame_clock (widget), "after-paint", G_CALLBACK (painted_cb),
                    probe);
}

gboolean
limen_frames_press (GtkWidget *button, const char *property, gboolean on, gboolean *asked)
{
  g_autofree char *name = NULL;
  g_object_get (button, property, &name, NULL);
  if (g_str_equal (name, "Pause") == on)
    return TRUE;
  if (!*asked)
    g_signal_emit_by_name (button, "clicked");
  *asked = TRUE;
  return FALSE;
}
