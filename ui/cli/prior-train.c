/* limen prior train */
#include "model/base/replace-file.h"
#include "model/data/builtin.h"
#include "model/report/provenance.h"
#include "ui/cli/commands.h"
#include "ui/cli/options.h"
#include "ui/cli/prior.h"
#include "ui/study/prior/told.h"

#include <math.h>

#define MOST_RECORDS     1000
#define BUILTIN_POINTS   2000
#define MOST_BUILTIN     LIMEN_POINTS_MOST_ROWS
#define SHOWN_PER_SECOND 10

static void
training_run_clear (LimenTrainingRun *run)
{
  g_clear_pointer (&run->points, limen_points_free);
  g_clear_pointer (&run->trainer, limen_prior_trainer_free);
  g_clear_pointer (&run->curve.step, g_free);
  g_clear_pointer (&run->curve.bound, g_free);
  g_clear_pointer (&run->curve.log_likelihood, g_free);
  g_clear_pointer (&run->path, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LimenTrainingRun, training_run_clear)

/* -- points -- */

/* "builtin:ring", "builtin:ring:5000" or "builtin:ring:5000:7" */
static LimenPoints *
make_points (const char *name, GError **error)
{
  g_auto (GStrv) words = g_strsplit (name, ":", 5);
  guint n_words = g_strv_length (words);
  guint64 n = BUILTIN_POINTS, seed = 0;
  gboolean ok =
      (n_words < 3 || g_ascii_string_to_unsigned (words[2], 10, 2, MOST_BUILTIN, &n, NULL)) &&
      (n_words < 4 || g_ascii_string_to_unsigned (words[3], 10, 0, G_MAXINT64, &seed, NULL)) &&
      n_words < 5;
  if (ok)
    return limen_points_builtin (words[1], (guint)n, seed, error);
  g_autofree char *shown = limen_display_name (name);
  g_set_error (error, LIMEN_ERROR, LIMEN_ERROR_ARGUMENT,
               "%s asks for points that can't be made up; after the name choose :NUMBER from 2 to "
               "%u, or :NUMBER:SEED.",
               shown, MOST_BUILTIN);
  return NULL;
}

static gboolean
load_points (LimenTrainingRun *run, GError **error)
{
  const char *data = run->options->data;
  limen_terminal_start (run->terminal, "reading points");
  run->points = limen_is_builtin (data)
                    ? make_points (data, error)
                    : limen_points_load (data, run->terminal->run.cancellable, error);
  if (!run->points || !run->points->told)
    return run->points != NULL;
  g_autofree char *words = g_strconcat (run->points->told, ".", NULL);
  limen_terminal_warn (run->terminal, data, words);
  return TRUE;
}

/* -- training -- */

static void
record (LimenTrainingRun *run)
{
  LimenPriorReport report = limen_prior_trainer_report (run->trainer);
  guint i = run->curve.n++;
  run->curve.step[i] = (double)report.step;
  run->curve.bound[i] = report.bound;
  run->curve.log_likelihood[i] = report.log_likelihood;
  run->path[2 * i] = report.lambda1[0];
  run->path[2 * i + 1] = run->options->settings.latent > 1 ? report.lambda1[1] : 0;
}

static void
show (const LimenTrainingRun *run, gint64 *shown)
{
  gint64 now = g_get_monotonic_time ();
  guint last = run->curve.n - 1;
  if (now - *shown < G_USEC_PER_SEC / SHOWN_PER_SECOND)
    return;
  *shown = now;
  g_autofree char *line =
      g_strdup_printf ("step %.0f of %u: bound %.4f nats per point", run->curve.step[last],
                       run->options->steps, run->curve.bound[last]);
  limen_terminal_show (run->terminal, line);
}

static gboolean
train (LimenTrainingRun *run, GError **error)
{
  guint64 n_steps = run->options->settings.n_steps;
  gint64 shown = 0;
  record (run);
  for (guint64 step = 1; step <= n_steps; step++) {
    if (g_cancellable_set_error_if_cancelled (run->terminal->run.cancellable, error) ||
        !limen_prior_trainer_step (run->trainer, error))
      return FALSE;
    if (step % run->every != 0 && step != n_steps)
      continue;
    record (run);
    show (run, &shown);
  }
  limen_terminal_clear (run->terminal);
  return TRUE;
}

static gboolean
begin (LimenTrainingRun *run, GError **error)
{
  const LimenPriorSettings *settings = &run->options->settings;
  run->trainer = limen_prior_trainer_new (settings, run->points, error);
  if (!run->trainer)
    return FALSE;
  run->every = MAX ((settings->n_steps + MOST_RECORDS - 1) / MOST_RECORDS, 1);
  gsize n = (gsize)(settings->n_steps / run->every) + 2; /* the start, and a last one */
  run->curve = (LimenTrainingCurve){0, g_new (double, n), g_new (double, n), g_new (double, n)};
  run->path = g_new (double, 2 * n);
  run->maximum = settings->hidden == 0
                     ? limen_ppca_maximum (run->points, settings->latent, settings->sigma)
                     : (LimenNumber){NAN, NAN};
  return TRUE;
}

/* -- results -- */

static gboolean
write_curve (FILE *stream, gpointer report, GError **error)
{
  return limen_training_report_write_csv (report, stream);
}

static gboolean
write_outputs (const LimenTrainingRun *run, LimenTrainingReport *report, GError **error)
{
  const LimenPriorTrainOptions *options = run->options;
  g_autofree char *json = options->json ? limen_training_report_json (report) : NULL;
  g_auto (LimenTold) told = {0};
  if (options->plot.path)
    told = limen_prior_told_training (report, run->trainer, run->path);
  if ((options->out && !limen_replace_file (options->out, write_curve, report, error)) ||
      !limen_write_outputs (run->terminal, &options->plot, &told, options->json, json, error))
    return FALSE;
  if (!limen_is_stdout (options->json))
    limen_training_run_print (report);
  return TRUE;
}

static gboolean
tell (const LimenTrainingRun *run, GError **error)
{
  const char *const data[] = {run->options->data, NULL};
  LimenTrainingReport report = {.settings = run->options->settings,
                                .points = run->points,
                                .data = data,
                                .last = limen_prior_trainer_report (run->trainer),
                                .maximum = run->maximum,
                                .curve = &run->curve};
  g_autoptr (GHashTable) hashes =
      limen_hash_files (data, 1, NULL, 0, run->terminal->run.cancellable, error);
  report.sha256 = hashes;
  return hashes && !g_cancellable_set_error_if_cancelled (run->terminal->run.cancellable, error) &&
         write_outputs (run, &report, error);
}

static gboolean
run (gconstpointer values, LimenTerminal *terminal, GError **error)
{
  const LimenPriorTrainOptions *options = values;
  g_auto (LimenTrainingRun) run = {.options = options, .terminal = terminal};
  const char *const outputs[] = {options->out, options->json, options->plot.path};
  g_autoptr (GPtrArray) taken = g_ptr_array_new ();
  g_ptr_array_add (taken, (gpointer)options->data);
  return limen_check_outputs (outputs, G_N_ELEMENTS (outputs), taken, error) &&
         load_points (&run, error) && begin (&run, error) && train (&run, error) &&
         tell (&run, error);
}

/* -- words -- */

static void
init (gpointer values)
{
  LimenPriorTrainOptions *options = values;
  *options =
      (LimenPriorTrainOptions){.settings = limen_prior_defaults (), .plot = LIMEN_PLOT_DEFAULTS};
  options->steps = (guint)options->settings.n_steps;
}

static gboolean
check (const LimenOptions *options, GError **error)
{
  LimenPriorTrainOptions *train = options->values;
  train->settings.n_steps = train->steps;
  return TRUE;
}

#define FIELD(name) offsetof (LimenPriorTrainOptions, name)

/* clang-format off */
static const LimenOption options[] = {
  { "--data", LIMEN_OPTION_TEXT, FIELD (data), "PATH|builtin:NAME", .required = TRUE },
  { "--estimator", LIMEN_OPTION_CHOICE, FIELD (settings.estimator), "NAME", .required = TRUE,
    .words = LIMEN_ESTIMATOR_WORDS },
  { "--steps", LIMEN_OPTION_COUNT, FIELD (steps), "N", .low = 1, .high = 1e8 },
  { "--batch", LIMEN_OPTION_COUNT, FIELD (settings.batch), "N", .low = 1, .high = 65536 },
  { "--latent", LIMEN_OPTION_COUNT, FIELD (settings.latent), "N", .low = 1, .high = 64 },
  { "--hidden", LIMEN_OPTION_COUNT, FIELD (settings.hidden), "N", .low = 0, .high = 1024 },
  { "--prior", LIMEN_OPTION_CHOICE, FIELD (settings.trainable), "fixed|trainable",
    .words = { [FALSE] = "fixed", [TRUE] = "trainable" } },
  { "--sigma", LIMEN_OPTION_NUMBER, FIELD (settings.sigma), "S", .low = 1e-3, .high = 1e3 },
  { "--learning-rate", LIMEN_OPTION_NUMBER, FIELD (settings.learning_rate), "R", .low = 1e-9,
    .high = 1 },
  { "--seed", LIMEN_OPTION_SEED, FIELD (settings.seed), "N" },
  { "--out", LIMEN_OPTION_FILE_TYPE, FIELD (out), "FILE.csv", .words = { ".csv" } },
  LIMEN_OPTION_JSON_ROW (LimenPriorTrainOptions),
  LIMEN_OPTION_PLOT_ROWS (LimenPriorTrainOptions),
  LIMEN_OPTION_HELP_ROW,
};
/* clang-format on */

const LimenCommand limen_command_prior_train = {
    .name = "prior train",
    .summary = "teach a VAE with a trainable prior a set of points",
    .instead = "--data or --out",
    LIMEN_COMMAND_OPTIONS (options, LimenPriorTrainOptions),
    .init = init,
    .check = check,
    .run = run,
};
