#include "ui/cli/terminal.h"

#include "model/base/number.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#define MAX_WARNINGS 10 /* lines in a row about files that were left out */

static gint received_signal;      /* atomic; 0: none */
static GCancellable *interrupted; /* what a signal cancels */

static gboolean
signal_received_cb (gpointer number)
{
  if (!g_atomic_int_compare_and_exchange (&received_signal, 0, GPOINTER_TO_INT (number)))
    _exit (128 + GPOINTER_TO_INT (number));
  g_cancellable_cancel (interrupted);
  return G_SOURCE_CONTINUE;
}

static gpointer
wait_for_signals (gpointer context)
{
  for (;;)
    g_main_context_iteration (context, TRUE);
  return NULL;
}

/* A thread of its own cancels, which no signal handler may. Signals that the parent ignores stay
 * ignored. */
static void
cancel_on_signals (void)
{
  static const int signals[] = {SIGINT, SIGTERM, SIGHUP};
  GMainContext *context = g_main_context_new ();
  for (guint i = 0; i < G_N_ELEMENTS (signals); i++) {
    struct sigaction action;
    if (sigaction (signals[i], NULL, &action) != 0 || action.sa_handler == SIG_IGN)
      continue;
    g_autoptr (GSource) source = g_unix_signal_source_new (signals[i]);
    g_source_set_callback (source, signal_received_cb, GINT_TO_POINTER (signals[i]), NULL);
    g_source_attach (source, context);
  }
  g_thread_unref (g_thread_new ("limen-signals", wait_for_signals, context));
}

/* A closed standard stream would lend its number to the next file that is opened. */
static void
occupy_standard_streams (void)
{
  for (int fd = 0; fd <= 2; fd++)
    if (fcntl (fd, F_GETFD) < 0 && open ("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY) < 0)
      return;
}

void
limen_terminal_begin (LimenTerminal *terminal)
{
  g_return_if_fail (terminal != NULL);
  occupy_standard_streams ();
  signal (SIGPIPE, SIG_IGN); /* a closed pipe is an output that can't be written */
  *terminal = (LimenTerminal){.run = {limen_terminal_progress, terminal, g_cancellable_new ()},
                              .percent = -1};
  terminal->shows_progress = isatty (STDERR_FILENO);
  interrupted = terminal->run.cancellable;
  cancel_on_signals ();
}

GCancellable *
limen_terminal_cancellable (void)
{
  return interrupted;
}

void
limen_terminal_clear (LimenTerminal *terminal)
{
  g_return_if_fail (terminal != NULL);
  if (terminal->shows_progress && terminal->percent >= 0)
    fputs ("\r\033[K", stderr);
  terminal->percent = -1;
}

void
limen_terminal_start (LimenTerminal *terminal, const char *task)
{
  limen_terminal_clear (terminal);
  terminal->task = task;
}

void
limen_terminal_progress (double fraction, gpointer user_data)
{
  LimenTerminal *terminal = user_data;
  int percent = (int)(100 * fraction);
  if (!terminal->shows_progress || percent == terminal->percent)
    return;
  terminal->percent = percent;
  fprintf (stderr, "\r%s: %d %%\033[K", terminal->task, percent);
  if (percent >= 100)
    limen_terminal_clear (terminal);
}

void
limen_terminal_show (LimenTerminal *terminal, const char *line)
{
  g_return_if_fail (terminal != NULL);
  if (terminal->shows_progress)
    fprintf (stderr, "\r%s\033[K", line);
  terminal->percent = 0;
}

void
limen_terminal_warn (LimenTerminal *terminal, const char *path, const char *message)
{
  g_return_if_fail (terminal != NULL);
  g_autofree char *shown = limen_display_name (path);
  g_autofree char *base = g_filename_display_basename (path);
  limen_terminal_clear (terminal);
  if (strstr (message, base))
    limen_say (stderr, "limen: %s", message);
  else
    limen_say (stderr, "limen: %s: %s", shown, message);
}

void
limen_terminal_warn_from (LimenTerminal *terminal, const GPtrArray *problems, guint first)
{
  g_return_if_fail (terminal != NULL);
  guint n = problems->len - first, n_shown = MIN (n, MAX_WARNINGS);
  for (guint i = 0; i < n_shown; i++) {
    const LimenProblem *problem = problems->pdata[first + i];
    limen_terminal_warn (terminal, problem->path, problem->message);
  }
  g_autofree char *more = limen_format_number (n - n_shown, 0);
  if (n > n_shown)
    limen_say (stderr, "limen: %s more %s left out.", more,
               n - n_shown == 1 ? "file was" : "files were");
}

int
limen_terminal_fail (LimenTerminal *terminal, const GError *error)
{
  g_return_val_if_fail (terminal != NULL && error != NULL, 1);
  gint number = g_atomic_int_get (&received_signal);
  limen_terminal_clear (terminal);
  if (number)
    return 128 + number;
  limen_say (stderr, "limen: %s", error->message);
  return 1;
}

void
limen_say (FILE *stream, const char *format, ...)
{
  g_return_if_fail (stream != NULL && format != NULL);
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *bytes = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_autofree char *text = g_utf8_make_valid (bytes, -1);
  for (const char *c = text; *c; c = g_utf8_next_char (c)) {
    gboolean control = g_unichar_iscntrl (g_utf8_get_char (c));
    fwrite (control ? "\ufffd" : c, 1, control ? 3 : (gsize)(g_utf8_next_char (c) - c), stream);
  }
  fputc ('\n', stream);
}

gboolean
limen_flush_output (GError **error)
{
  errno = 0;
  if (fflush (stdout) == 0 && !ferror (stdout))
    return TRUE;
  g_set_error (error, LIMEN_ERROR, LIMEN_ERROR_UNREADABLE,
               "Standard output could not be written%s%s%s.", errno ? " (" : "",
               errno ? g_strerror (errno) : "", errno ? ")" : "");
  return FALSE;
}
