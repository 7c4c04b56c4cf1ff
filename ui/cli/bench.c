/* limen bench */
#include "model/bench/bench-report.h"
#include "ui/cli/bench-work.h"
#include "ui/cli/commands.h"
#include "ui/cli/options.h"
#include "ui/cli/outputs.h"
#include "ui/study/detector/bench-told.h"

#include <string.h>

/* @json: (nullable): a path */
typedef struct {
  LimenImageInputs inputs;
  const char *json;
  double sigmas;
  LimenPlotOptions plot;
} BenchOptions;

/* -- results -- */

static void
print_lines (char **lines)
{
  for (char **line = lines; *line; line++)
    limen_say (stdout, "%s", *line);
}

static void
print (const LimenBenchReport *report)
{
  g_auto (GStrv) table = limen_bench_report_table (report);
  g_auto (GStrv) lacking = limen_bench_report_lacking (report);
  g_autofree char *recommended = limen_bench_report_recommended (report);
  g_autofree char *division = limen_bench_division_sentence (&report->division->counts);
  g_autofree char *combined = limen_bench_report_combined (report);
  print_lines (table);
  limen_say (stdout, "%s", recommended);
  if (combined)
    limen_say (stdout, "%s", combined);
  limen_say (stdout, "%s", division);
  print_lines (lacking);
}

static LimenBenchReport
report_of (const LimenBenchWork *work, const BenchOptions *options)
{
  const LimenLoadedInputs *in = &work->in;
  LimenBenchReport report = {
      .scorer = work->result->scorer,
      .division = work->result->division,
      .sigmas = options->sigmas,
      .fit = {in->fit.images, in->fit.problems},
      .validation = {in->validation.images, in->validation.problems},
      .normal = {in->normal.images, in->normal.problems},
      .anomaly = {in->anomaly.images, in->anomaly.problems, options->inputs.anomaly_inverted}};
  memcpy (report.row, work->result->row, sizeof report.row);
  return report;
}

static gboolean
tell (const BenchOptions *options, const LimenBenchWork *work, LimenTerminal *terminal,
      GError **error)
{
  LimenBenchReport report = report_of (work, options);
  GCancellable *cancellable = terminal->run.cancellable;
  g_autoptr (GHashTable) hashes = NULL;
  g_auto (LimenTold) told = {0};
  if (options->json || options->plot.path) {
    hashes = limen_loaded_inputs_hash (&work->in, cancellable, error);
    if (!hashes)
      return FALSE;
  }
  report.sha256 = hashes;
  g_autofree char *json = options->json ? limen_bench_report_json (&report) : NULL;
  if (options->plot.path)
    told = limen_bench_told (work->result, &report);
  if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
      !limen_write_outputs (terminal, &options->plot, &told, options->json, json, error))
    return FALSE;
  limen_bench_warn_of_optimism (work, terminal);
  if (!limen_is_stdout (options->json))
    print (&report);
  return TRUE;
}

static gboolean
check_outputs (const BenchOptions *options, GError **error)
{
  const char *outputs[] = {options->json, options->plot.path};
  g_autoptr (GPtrArray) taken = g_ptr_array_new ();
  limen_image_inputs_take (&options->inputs, taken);
  return limen_check_outputs (outputs, G_N_ELEMENTS (outputs), taken, error);
}

static gboolean
run (gconstpointer values, LimenTerminal *terminal, GError **error)
{
  const BenchOptions *options = values;
  g_auto (LimenBenchWork) work = {0};
  return check_outputs (options, error) &&
         limen_bench_work (&work, &options->inputs, options->sigmas, 0, terminal, error) &&
         tell (options, &work, terminal, error);
}

/* -- words -- */

static void
init (gpointer values)
{
  *(BenchOptions *)values = (BenchOptions){
      .inputs = LIMEN_IMAGE_INPUTS_DEFAULTS, .sigmas = 3, .plot = LIMEN_PLOT_DEFAULTS};
}

static gboolean
check (const LimenOptions *options, GError **error)
{
  BenchOptions *bench = options->values;
  limen_image_inputs_follow (&bench->inputs, options);
  if (!bench->inputs.models.model && !bench->inputs.models.vae)
    return limen_option_refuse (error, "limen",
                                "bench needs --model FILE, or --vae FILE for what a VAE tells.");
  return TRUE;
}

#define FIELD(name) offsetof (BenchOptions, name)

/* clang-format off */
static const LimenOption options[] = {
  { "--model", LIMEN_OPTION_TEXT, FIELD (inputs.models.model), "FILE" },
  LIMEN_OPTION_MODELS_ROWS (BenchOptions),
  { "--normal", LIMEN_OPTION_PATHS, FIELD (inputs.normal), "PATH...", .required = TRUE },
  { "--anomaly", LIMEN_OPTION_PATHS, FIELD (inputs.anomaly), "PATH...", .required = TRUE },
  { "--fit", LIMEN_OPTION_PATHS, FIELD (inputs.fit), "PATH..." },
  { "--validation", LIMEN_OPTION_PATHS, FIELD (inputs.validation), "PATH..." },
  LIMEN_OPTION_SPLIT_ROWS (BenchOptions),
  { "--sigmas", LIMEN_OPTION_NUMBER, FIELD (sigmas), "K", .low = -1000, .high = 1000 },
  LIMEN_OPTION_JSON_ROW (BenchOptions),
  LIMEN_OPTION_PLOT_ROWS (BenchOptions),
  LIMEN_OPTION_INPUT_READING_ROWS (BenchOptions),
  LIMEN_OPTION_ANOMALY_READING_ROWS (BenchOptions),
  LIMEN_OPTION_HELP_ROW,
};
/* clang-format on */

const LimenCommand limen_command_bench = {
    .name = "bench",
    .summary = "compare the scores by which anomalies may be told",
    .instead = "--normal, --anomaly or --fit",
    LIMEN_COMMAND_OPTIONS (options, BenchOptions),
    .init = init,
    .check = check,
    .run = run,
};
