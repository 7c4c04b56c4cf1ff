/* limen bench */
#include "model/bench/bench-report.h"
#include "ui/cli/bench-work.h"
#include "ui/cli/commands.h"
#include "ui/cli/options.h"
#include "ui/cli/outputs.h"
#include "ui/study/detector/bench-told.h"

#include <string.h>

/* @json: (nullable): a path
 * @normal, @anomaly, @validation, @fit: (element-type filename) */
typedef struct {
  LimenModelOptions models;
  const char *json;
  GPtrArray *normal, *anomaly, *validation, *fit;
  LimenSplit split;
  double sigmas;
  LimenReading reading, anomaly_reading;
  gboolean anomaly_inverted;
  LimenPlotOptions plot;
} BenchOptions;

static LimenBenchRequest
request_of (const BenchOptions *options)
{
  return (LimenBenchRequest){.models = &options->models,
                             .normal = options->normal,
                             .anomaly = options->anomaly,
                             .validation = options->validation,
                             .fit = options->fit,
                             .reading = options->reading,
                             .anomaly_reading = options->anomaly_reading,
                             .anomaly_inverted = options->anomaly_inverted,
                             .split = options->split,
                             .sigmas = options->sigmas};
}

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
  LimenBenchReport report = {
      .scorer = work->result->scorer,
      .division = work->result->division,
      .sigmas = options->sigmas,
      .fit = {work->fit.images, work->fit.problems},
      .validation = {work->validation.images, work->validation.problems},
      .normal = {work->normal.images, work->normal.problems},
      .anomaly = {work->anomaly.images, work->anomaly.problems, options->anomaly_inverted}};
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
    hashes = limen_bench_work_hash (work, cancellable, error);
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
check_outputs (const BenchOptions *options, const LimenBenchRequest *request, GError **error)
{
  const char *outputs[] = {options->json, options->plot.path};
  g_autoptr (GPtrArray) taken = g_ptr_array_new ();
  limen_bench_take (request, taken);
  return limen_check_outputs (outputs, G_N_ELEMENTS (outputs), taken, error);
}

static gboolean
run (gconstpointer values, LimenTerminal *terminal, GError **error)
{
  const LimenBenchRequest request = request_of (values);
  g_auto (LimenBenchWork) work = {0};
  return check_outputs (values, &request, error) &&
         limen_bench_work (&work, &request, terminal, error) &&
         tell (values, &work, terminal, error);
}

/* -- words -- */

static void
init (gpointer values)
{
  *(BenchOptions *)values = (BenchOptions){.models = {.k = LIMEN_SCORER_K},
                                           .split = {LIMEN_SPLIT_RANDOM, 0},
                                           .sigmas = 3,
                                           .plot = LIMEN_PLOT_DEFAULTS};
}

static gboolean
check (const LimenOptions *options, GError **error)
{
  BenchOptions *bench = options->values;
  LimenReading *own = &bench->anomaly_reading;
  LimenReading range = limen_options_given (options, "--anomaly-range") ? *own : bench->reading;
  if (!limen_options_given (options, "--anomaly-layout"))
    *own = bench->reading;
  own->black = range.black;
  own->white = range.white;
  return TRUE;
}

#define FIELD(name) offsetof (BenchOptions, name)

/* clang-format off */
static const LimenOption options[] = {
  { "--model", LIMEN_OPTION_TEXT, FIELD (models.model), "FILE", .required = TRUE },
  LIMEN_OPTION_MODELS_ROWS (BenchOptions),
  { "--normal", LIMEN_OPTION_PATHS, FIELD (normal), "PATH...", .required = TRUE },
  { "--anomaly", LIMEN_OPTION_PATHS, FIELD (anomaly), "PATH...", .required = TRUE },
  { "--fit", LIMEN_OPTION_PATHS, FIELD (fit), "PATH..." },
  { "--validation", LIMEN_OPTION_PATHS, FIELD (validation), "PATH..." },
  { "--split", LIMEN_OPTION_CHOICE, FIELD (split.kind), "random|ordered",
    .words = { [LIMEN_SPLIT_ORDERED] = "ordered", [LIMEN_SPLIT_RANDOM] = "random" } },
  { "--seed", LIMEN_OPTION_SEED, FIELD (split.seed), "N" },
  { "--sigmas", LIMEN_OPTION_NUMBER, FIELD (sigmas), "K", .low = -1000, .high = 1000 },
  LIMEN_OPTION_JSON_ROW (BenchOptions),
  LIMEN_OPTION_PLOT_ROWS (BenchOptions),
  LIMEN_OPTION_READING_ROWS (BenchOptions),
  { "--anomaly-range", LIMEN_OPTION_RANGE, FIELD (anomaly_reading), "BLACK..WHITE" },
  { "--anomaly-layout", LIMEN_OPTION_LAYOUT, FIELD (anomaly_reading), "WORD,..." },
  { "--anomaly-inverted", LIMEN_OPTION_FLAG, FIELD (anomaly_inverted) },
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
