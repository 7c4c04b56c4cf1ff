#include "frame-probe.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#define LONG_MS   20.0
#define SETTLE_US (2 * G_USEC_PER_SEC) /* until the window is there and the work under way */

/* Since the frame before */
typedef enum { COMPUTED, WAITED, CLOCK, N_TIMES } Time;

typedef struct {
  GArray *ms[N_TIMES]; /* double */
  gint64 start, end, before;
  double idle, late, own; /* seconds, at the frame before */
  double seconds, cpu;
} Probe;

static double idle_seconds; /* with nothing to do */

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
cpu_seconds (int of)
{
  struct rusage usage;
  getrusage (of, &usage);
  return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
         1e-6 * (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
}

/* In seconds, as often as it is asked: how long the main thread was ready and had no processor
 * (nanoseconds, the second number of schedstat) */
static double
late_seconds (void)
{
  g_autofree char *text = NULL;
  if (!g_file_get_contents ("/proc/self/schedstat", &text, NULL, NULL))
    return 0;
  char *second = NULL;
  g_ascii_strtoull (text, &second, 10);
  return 1e-9 * (double)g_ascii_strtoull (second, NULL, 10);
}

static int
poll_cb (GPollFD *files, guint n, int timeout)
{
  double late = late_seconds ();
  gint64 begin = g_get_monotonic_time ();
  int result = g_poll (files, n, timeout);
  double waited = 1e-6 * (double)(g_get_monotonic_time () - begin);
  idle_seconds += MAX (waited - (late_seconds () - late), 0);
  return result;
}

/* Of threads but the main one; ticks are the 14th and 15th word of their status, niceness is the
 * 19th. 20: none worked. @seconds: for so long */
static int
least_niceness (double seconds)
{
  g_autoptr (GDir) tasks = g_dir_open ("/proc/self/task", 0, NULL);
  double most = 0.1 * seconds * (double)sysconf (_SC_CLK_TCK);
  int least = 20;
  for (const char *task; (task = g_dir_read_name (tasks));) {
    g_autofree char *path = g_strdup_printf ("/proc/self/task/%s/stat", task), *text = NULL;
    if (atoi (task) == getpid () || !g_file_get_contents (path, &text, NULL, NULL))
      continue;
    g_auto (GStrv) words = g_strsplit (strrchr (text, ')') + 2, " ", 0);
    if (g_ascii_strtod (words[11], NULL) + g_ascii_strtod (words[12], NULL) > most)
      least = MIN (least, atoi (words[16]));
  }
  return least;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double difference = *(const double *)a - *(const double *)b;
  return (difference > 0) - (difference < 0);
}

static double
percentile (GArray *ms, guint percent)
{
  g_array_sort (ms, compare);
  return g_array_index (ms, double, ms->len *percent / 100);
}

/* Percent of the frames that came later than they should */
static double
too_long (GArray *ms)
{
  guint n = 0;
  for (guint i = 0; i < ms->len; i++)
    n += g_array_index (ms, double, i) > LONG_MS;
  return 100.0 * n / MAX (ms->len, 1);
}

static void
print (Probe *probe, gint64 now)
{
  double seconds = 1e-6 * (double)(now - probe->start);
  printf (
      "computed: median %.1f 95%% %.1f; waited: median %.1f; by the clock: median %.1f 95%% %.1f; "
      "cores %.2f, niceness %d; over 20 ms: computed %.2f%%, by the clock %.2f%% of %u\n",
      percentile (probe->ms[COMPUTED], 50), percentile (probe->ms[COMPUTED], 95),
      percentile (probe->ms[WAITED], 50), percentile (probe->ms[CLOCK], 50),
      percentile (probe->ms[CLOCK], 95), (cpu_seconds (RUSAGE_SELF) - probe->cpu) / seconds,
      least_niceness (seconds), too_long (probe->ms[COMPUTED]), too_long (probe->ms[CLOCK]),
      probe->ms[CLOCK]->len);
}

/* What is left of the clock's time where the thread was neither idle, nor late, nor at work */
static void
take (Probe *probe, double by_clock, double idle, double late, double own)
{
  double waited = MAX (by_clock - idle - late - own, 0);
  const double ms[N_TIMES] = {1000 * own, 1000 * waited, 1000 * by_clock};
  for (guint i = 0; i < N_TIMES; i++)
    g_array_append_val (probe->ms[i], ms[i]);
}

static void
painted_cb (GdkFrameClock *clock, Probe *probe)
{
  gint64 now = g_get_monotonic_time ();
  double late = late_seconds (), own = cpu_seconds (RUSAGE_THREAD);
  if (probe->before >= probe->start)
    take (probe, 1e-6 * (double)(now - probe->before), idle_seconds - probe->idle,
          late - probe->late, own - probe->own);
  else
    probe->cpu = cpu_seconds (RUSAGE_SELF);
  probe->before = now;
  probe->idle = idle_seconds;
  probe->late = late;
  probe->own = own;
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
  for (guint i = 0; i < N_TIMES; i++)
    probe->ms[i] = g_array_new (FALSE, FALSE, sizeof (double));
  probe->seconds = seconds;
  probe->start = g_get_monotonic_time () + SETTLE_US;
  probe->end = probe->start + (gint64)(probe->seconds * G_USEC_PER_SEC);
  g_main_context_set_poll_func (NULL, poll_cb);
  gtk_widget_add_tick_callback (widget, tick_cb, probe, NULL);
  g_signal_connect (gtk_widget_get_frame_clock (widget), "after-paint", G_CALLBACK (painted_cb),
                    probe);
}
