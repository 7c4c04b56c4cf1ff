/* limen train */
#include "model/base/number.h"
#include "ui/cli/commands.h"

#include <math.h>

/* @saved_step: of the flow in the file; @n_saved: how often it was written; @shown: when the line
 * of progress was, µs */
typedef struct {
  const LimenOptions *options;
  LimenSession *session;
  LimenNiceTrainer *trainer;
  guint64 saved_step;
  guint n_saved;
  gint64 shown;
} Training;

static gboolean
save (Training *training, GError **error)
{
  const LimenOptions *options = training->options;
  g_autoptr (LimenNice) best = limen_nice_trainer_best (training->trainer);
  training->saved_step = limen_nice_trainer_report (training->trainer).best_step;
  training->n_saved++;
  return limen_nice_save (best, options->out, options->half ? LIMEN_DTYPE_F16 : LIMEN_DTYPE_F32,
                          error);
}

static char *
format_time (double seconds)
{
  guint s = (guint)CLAMP (ceil (seconds), 0, 1e9);
  if (s < 60)
    return g_strdup_printf ("%u s", s);
  return s < 3600 ? g_strdup_printf ("%u min %u s", s / 60, s % 60)
                  : g_strdup_printf ("%u h %u min", s / 3600, s / 60 % 60);
}

static void
show (Training *training)
{
  gint64 now = g_get_monotonic_time ();
  if (now - training->shown < G_USEC_PER_SEC / 10)
    return;
  LimenNiceTrainerReport report = limen_nice_trainer_report (training->trainer);
  if (report.step == 0)
    return;
  training->shown = now;
  g_autofree char *train = limen_format_number (report.train_nll, 1);
  g_autofree char *held_out = limen_format_number (report.held_out_nll, 1);
  g_autofree char *left = format_time (report.seconds_left);
  g_autofree char *line =
      g_strdup_printf ("epoch %.1f of %.0f: training %s nats, held out %s nats; %s left",
                       report.epoch, report.n_epochs, train, held_out, left);
  limen_session_show (training->session, line);
}

static gboolean
end_epoch (Training *training, GError **error)
{
  LimenNiceTrainerReport report = limen_nice_trainer_report (training->trainer);
  g_autofree char *held_out = limen_format_number (report.held_out_nll, 1);
  g_autofree char *train = limen_format_number (report.train_nll, 1);
  limen_session_clear (training->session);
  limen_say (stdout, "epoch %.4g: training %s nats, held out %s nats", report.epoch, train,
             held_out);
  return limen_flush_output (error) &&
         (report.best_step == training->saved_step || save (training, error));
}

static gboolean
run (Training *training, GError **error)
{
  guint rounds = 0;
  while (!limen_nice_trainer_is_done (training->trainer)) {
    if (!limen_nice_trainer_step (training->trainer, training->session->cancellable, error))
      return FALSE;
    show (training);
    if (limen_nice_trainer_report (training->trainer).rounds == rounds)
      continue;
    rounds++;
    if (!end_epoch (training, error))
      return FALSE;
  }
  return training->n_saved > 0 || save (training, error);
}

/* What is saved where a training breaks off: what it had, unless that is in the file already. */
static void
save_rest (Training *training)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *shown = limen_display_name (training->options->out);
  LimenNiceTrainerReport report = limen_nice_trainer_report (training->trainer);
  limen_session_clear (training->session);
  if (report.step == 0)
    return;
  gboolean is_saved = training->n_saved > 0 && report.best_step == training->saved_step;
  if (!is_saved && !save (training, &error))
    limen_say (stderr, "limen: %s", error->message);
  else
    limen_say (stderr, "limen: the best flow so far is in %s.", shown);
}

static gboolean
train (Training *training, GError **error)
{
  GError *local = NULL;
  gboolean ok = run (training, &local);
  if (!ok) {
    save_rest (training);
    g_propagate_error (error, local);
    return FALSE;
  }
  LimenNiceTrainerReport report = limen_nice_trainer_report (training->trainer);
  g_autofree char *shown = limen_display_name (training->options->out);
  gboolean judged = !isnan (report.best_nll);
  g_autofree char *nll = limen_format_number (judged ? report.best_nll : report.train_nll, 1);
  g_autofree char *time = format_time (report.seconds);
  limen_session_clear (training->session);
  limen_say (stdout, "%s: %s %s nats, trained for %s", shown, judged ? "held out" : "training", nll,
             time);
  return limen_flush_output (error);
}

static gboolean
check_output (const LimenOptions *options, GError **error)
{
  g_autoptr (GPtrArray) taken = g_ptr_array_copy (options->data, NULL, NULL);
  return limen_check_output (options->out, taken, error);
}

gboolean
limen_command_train (const LimenOptions *options, LimenSession *session, GError **error)
{
  g_auto (LimenScoredSet) set = {0};
  g_autoptr (LimenNice) start = NULL;
  LimenImageSetOptions size = {options->fit[0], options->fit[1], 0, options->reading, TRUE};
  LimenNiceTrainerSettings settings = options->train;
  settings.name = options->out;
  if (!check_output (options, error))
    return FALSE;
  if (options->resume) {
    limen_session_start (session, "reading weights");
    start = limen_nice_load (options->resume, session->cancellable, error);
    if (!start)
      return FALSE;
    limen_nice_image_size (start, &size.width, &size.height);
  }
  if (!limen_load_images (&set, options->data, size, session, error))
    return FALSE;
  limen_tell_guesses (set.images, session);
  g_autoptr (LimenNiceTrainer) trainer =
      limen_nice_trainer_new (&settings, set.images, start, error);
  Training training = {.options = options, .session = session, .trainer = trainer};
  return trainer && train (&training, error);
}
