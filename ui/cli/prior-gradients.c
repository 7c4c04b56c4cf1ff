/* limen prior gradients */
#include "model/report/provenance.h"
#include "ui/cli/commands.h"
#include "ui/cli/options.h"
#include "ui/cli/prior.h"
#include "ui/study/prior/told.h"

static void
gradient_run_clear (LimenGradientRun *run)
{
  g_clear_pointer (&run->gaussian_case, limen_gaussian_case_free);
  g_clear_pointer (&run->variance, g_free);
  g_clear_pointer (&run->duel, limen_duel_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LimenGradientRun, gradient_run_clear)

static guint
shown_of (const LimenGradientOptions *options)
{
  return options->estimator < LIMEN_N_ESTIMATORS ? 1u << options->estimator
                                                 : (1u << LIMEN_N_ESTIMATORS) - 1;
}

/* Progress over all estimators */
typedef struct {
  LimenTerminal *terminal;
  guint done, all;
} Measuring;

static void
measuring_progressed_cb (double fraction, gpointer data)
{
  const Measuring *measuring = data;
  limen_terminal_progress ((measuring->done + fraction) / measuring->all, measuring->terminal);
}

/* All draws take the place of those of the clouds, which are a first few of them. */
static gboolean
measure (LimenGradientRun *run, const LimenGradientCase *c, GError **error)
{
  const LimenGradientOptions *options = run->options;
  guint shown = shown_of (options);
  Measuring measuring = {run->terminal, 0, 0};
  const LimenRun part = {measuring_progressed_cb, &measuring, run->terminal->run.cancellable};
  for (guint i = 0; i < LIMEN_N_ESTIMATORS; i++)
    measuring.all += shown >> i & 1;
  limen_terminal_start (run->terminal, "drawing samples");
  for (guint i = 0; i < LIMEN_N_ESTIMATORS; i++) {
    if (!(shown >> i & 1))
      continue;
    if (!limen_gradient_measure (c, i, options->seed, options->samples, LIMEN_PART_A,
                                 run->duel->cloud[i].measured, &part, error))
      return FALSE;
    measuring.done++;
  }
  return TRUE;
}

static gboolean
study (LimenGradientRun *run, GError **error)
{
  const LimenGradientOptions *options = run->options;
  LimenGradientCase c;
  guint n_drawn = run->options->plot.path ? MIN (options->samples, LIMEN_DUEL_MOST) : 1;
  run->gaussian_case = limen_gaussian_case_load (options->case_file, error);
  if (!run->gaussian_case)
    return FALSE;
  run->variance = g_new (double, run->gaussian_case->model->latent);
  if (!limen_gradient_case_of (run->gaussian_case, run->variance, &c, error)) {
    g_autofree char *shown = limen_display_name (options->case_file);
    g_prefix_error (error, "%s: ", shown);
    return FALSE;
  }
  c.shift = options->shift;
  run->duel = limen_duel_new (&c, n_drawn, options->seed);
  return measure (run, &c, error);
}

static gboolean
write_outputs (const LimenGradientRun *run, const LimenGradientReport *report, GError **error)
{
  const LimenGradientOptions *options = run->options;
  g_autofree char *json = options->json ? limen_gradient_report_json (report) : NULL;
  g_auto (LimenTold) told = {0};
  if (options->plot.path)
    told = limen_prior_told_gradients (report);
  if (!limen_write_outputs (run->terminal, &options->plot, &told, options->json, json, error))
    return FALSE;
  if (!limen_is_stdout (options->json))
    limen_gradient_run_print (run, report);
  return TRUE;
}

static gboolean
tell (const LimenGradientRun *run, GError **error)
{
  const LimenGradientOptions *options = run->options;
  LimenGradientReport report = {.duel = run->duel,
                                .shown = shown_of (options),
                                .samples = options->samples,
                                .seed = options->seed,
                                .shift = options->shift,
                                .case_file = options->case_file};
  g_autoptr (GHashTable) hashes =
      limen_hash_files (&options->case_file, 1, NULL, 0, run->terminal->run.cancellable, error);
  report.sha256 = hashes;
  return hashes && !g_cancellable_set_error_if_cancelled (run->terminal->run.cancellable, error) &&
         write_outputs (run, &report, error);
}

static gboolean
run (gconstpointer values, LimenTerminal *terminal, GError **error)
{
  const LimenGradientOptions *options = values;
  g_auto (LimenGradientRun) run = {.options = options, .terminal = terminal};
  const char *const outputs[] = {options->json, options->plot.path};
  g_autoptr (GPtrArray) taken = g_ptr_array_new ();
  g_ptr_array_add (taken, (gpointer)options->case_file);
  return limen_check_outputs (outputs, G_N_ELEMENTS (outputs), taken, error) &&
         study (&run, error) && tell (&run, error);
}

/* -- words -- */

static void
init (gpointer values)
{
  *(LimenGradientOptions *)values = (LimenGradientOptions){
      .estimator = LIMEN_N_ESTIMATORS, .samples = 10000, .plot = LIMEN_PLOT_DEFAULTS};
}

#define FIELD(name) offsetof (LimenGradientOptions, name)

/* clang-format off */
static const LimenOption options[] = {
  { "--case", LIMEN_OPTION_TEXT, FIELD (case_file), "FILE.json", .required = TRUE },
  { "--estimator", LIMEN_OPTION_CHOICE, FIELD (estimator), "NAME", .words = LIMEN_ESTIMATOR_WORDS },
  { "--samples", LIMEN_OPTION_COUNT, FIELD (samples), "N", .low = 1, .high = 1e9 },
  { "--seed", LIMEN_OPTION_SEED, FIELD (seed), "N" },
  { "--shift", LIMEN_OPTION_NUMBER, FIELD (shift), "S", .low = -1e6, .high = 1e6 },
  LIMEN_OPTION_JSON_ROW (LimenGradientOptions),
  LIMEN_OPTION_PLOT_ROWS (LimenGradientOptions),
  LIMEN_OPTION_HELP_ROW,
};
/* clang-format on */

const LimenCommand limen_command_prior_gradients = {
    .name = "prior gradients",
    .summary = "how much an estimate of a gradient of the bound varies",
    .instead = "--case",
    LIMEN_COMMAND_OPTIONS (options, LimenGradientOptions),
    .init = init,
    .run = run,
};
