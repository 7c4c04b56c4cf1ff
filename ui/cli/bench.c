/* limen bench */
#include "model/bench/bench-report.h"
#include "ui/cli/commands.h"
#include "ui/cli/images.h"
#include "ui/cli/options.h"
#include "ui/cli/outputs.h"

/* @vae, @reference, @json: (nullable): paths
 * @normal, @anomaly, @validation, @fit: (element-type filename)
 * @sigma: of a VAE's Gaussian decoder; 0: black and white pixels */
typedef struct {
  const char *model, *vae, *reference, *json;
  GPtrArray *normal, *anomaly, *validation, *fit;
  LimenSplit split;
  double sigmas, sigma;
  guint k;
  guint64 draws;
  LimenReading reading, anomaly_reading;
} BenchOptions;

typedef struct {
  const BenchOptions *options;
  LimenTerminal *terminal;
  LimenBenchModels models;
  LimenScoredSet fit, validation, normal, anomaly;
  LimenBenchDivision *division;
  LimenScorer *scorer;
  LimenScores *validated[LIMEN_N_SCORES], *tested[LIMEN_N_SCORES], *unusual[LIMEN_N_SCORES];
} Bench;

static void
bench_clear (Bench *bench)
{
  LimenScoredSet *sets[] = {&bench->fit, &bench->validation, &bench->normal, &bench->anomaly};
  g_clear_pointer (&bench->models.flow, limen_nice_unref);
  g_clear_pointer (&bench->models.vae, limen_vae_unref);
  g_clear_pointer (&bench->models.reference, limen_nice_unref);
  for (guint i = 0; i < G_N_ELEMENTS (sets); i++)
    limen_scored_set_clear (sets[i]);
  g_clear_pointer (&bench->division, limen_bench_division_free);
  g_clear_pointer (&bench->scorer, limen_scorer_unref);
  for (guint k = 0; k < LIMEN_N_SCORES; k++) {
    g_clear_pointer (&bench->validated[k], limen_scores_unref);
    g_clear_pointer (&bench->tested[k], limen_scores_unref);
    g_clear_pointer (&bench->unusual[k], limen_scores_unref);
  }
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Bench, bench_clear)

/* -- inputs -- */

static LimenNice *
load_flow (Bench *bench, const char *path, GError **error)
{
  LimenNice *flow = limen_nice_load (path, bench->terminal->run.cancellable, error);
  if (flow)
    limen_tell_network (bench->terminal, path, limen_nice_path (flow), limen_nice_networks (flow));
  return flow;
}

static gboolean
load_models (Bench *bench, GError **error)
{
  const BenchOptions *options = bench->options;
  LimenBenchModels *models = &bench->models;
  limen_terminal_start (bench->terminal, "reading weights");
  models->flow = load_flow (bench, options->model, error);
  if (!models->flow)
    return FALSE;
  if (options->vae) {
    models->vae =
        limen_vae_load (options->vae, options->sigma, bench->terminal->run.cancellable, error);
    if (!models->vae)
      return FALSE;
    limen_tell_network (bench->terminal, options->vae, limen_vae_path (models->vae),
                        limen_vae_networks (models->vae));
  }
  if (options->reference)
    models->reference = load_flow (bench, options->reference, error);
  return !options->reference || models->reference;
}

/* What was named must be of use: a model that does not fit the others is refused. */
static gboolean
check_models (const Bench *bench, GError **error)
{
  const struct {
    const char *path;
    LimenScoreKind kind;
  } named[] = {{bench->options->vae, LIMEN_SCORE_IWAE},
               {bench->options->reference, LIMEN_SCORE_LIKELIHOOD_RATIO}};
  for (guint i = 0; i < G_N_ELEMENTS (named); i++) {
    g_autofree char *lack =
        named[i].path ? limen_bench_needs (named[i].kind, &bench->models) : NULL;
    g_autofree char *shown = lack ? limen_display_name (named[i].path) : NULL;
    if (lack)
      return limen_fail (error, LIMEN_ERROR_MISMATCH, "%s does not fit the flow: %s", shown, lack);
  }
  return TRUE;
}

static gboolean
load_set (Bench *bench, LimenScoredSet *set, const GPtrArray *paths, const LimenReading *reading,
          GError **error)
{
  LimenImageSetOptions size = {.reading = *reading};
  if (paths->len == 0)
    return TRUE;
  limen_nice_image_size (bench->models.flow, &size.width, &size.height);
  if (!limen_load_images (set, paths, size, bench->terminal, error))
    return FALSE;
  limen_tell_guesses (set->images, bench->terminal);
  return TRUE;
}

static gboolean
load (Bench *bench, GError **error)
{
  const BenchOptions *options = bench->options;
  return load_models (bench, error) && check_models (bench, error) &&
         load_set (bench, &bench->fit, options->fit, &options->reading, error) &&
         load_set (bench, &bench->validation, options->validation, &options->reading, error) &&
         load_set (bench, &bench->normal, options->normal, &options->reading, error) &&
         load_set (bench, &bench->anomaly, options->anomaly, &options->anomaly_reading, error);
}

/* -- scores -- */

static gboolean
score (Bench *bench, GError **error)
{
  const BenchOptions *options = bench->options;
  const LimenRun *run = &bench->terminal->run;
  LimenScorerOptions scorer = {.models = bench->models, .k = options->k, .seed = options->draws};
  limen_terminal_start (bench->terminal, "comparing images");
  bench->division =
      limen_bench_division_new (bench->normal.images, bench->fit.images, bench->validation.images,
                                options->split, run->cancellable, error);
  if (!bench->division)
    return FALSE;
  LimenImageSet *const *part = bench->division->set;
  limen_terminal_start (bench->terminal, "fitting scores");
  bench->scorer = limen_scorer_new (&scorer, part[LIMEN_BENCH_FIT], run, error);
  if (!bench->scorer)
    return FALSE;
  limen_terminal_start (bench->terminal, "scoring validation images");
  if (!limen_scorer_score (bench->scorer, part[LIMEN_BENCH_VALIDATION], NULL, NULL,
                           bench->validated, run, error))
    return FALSE;
  limen_terminal_start (bench->terminal, "scoring normal images");
  if (!limen_scorer_score (bench->scorer, part[LIMEN_BENCH_TEST], NULL, NULL, bench->tested, run,
                           error))
    return FALSE;
  limen_terminal_start (bench->terminal, "scoring anomalies");
  return limen_scorer_score (bench->scorer, bench->anomaly.images, NULL, NULL, bench->unusual, run,
                             error);
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
  g_autofree char *division = limen_bench_division_sentence (&report->division->counts);
  g_autofree char *combined = limen_bench_report_combined (report);
  print_lines (table);
  limen_say (stdout,
             "%s is recommended, by what there is to score with and before any anomaly is "
             "seen.",
             limen_score_name (limen_scorer_recommended (report->scorer)));
  if (combined)
    limen_say (stdout, "%s", combined);
  limen_say (stdout, "%s", division);
  print_lines (lacking);
}

static void
warn_of_optimism (const Bench *bench)
{
  g_auto (GStrv) optimism = limen_bench_optimism (&bench->division->counts);
  for (char **line = optimism; *line; line++)
    limen_terminal_warn (bench->terminal, limen_image_set_name (bench->normal.images), *line);
}

static LimenBenchReport
report_of (const Bench *bench)
{
  LimenBenchReport report = {.scorer = bench->scorer,
                             .division = bench->division,
                             .sigmas = bench->options->sigmas,
                             .fit = {bench->fit.images, bench->fit.problems},
                             .validation = {bench->validation.images, bench->validation.problems},
                             .normal = {bench->normal.images, bench->normal.problems},
                             .anomaly = {bench->anomaly.images, bench->anomaly.problems}};
  for (guint k = 0; k < LIMEN_N_SCORES; k++)
    if (bench->validated[k])
      report.row[k] =
          limen_bench_row (bench->validated[k], bench->tested[k], bench->unusual[k], report.sigmas);
  return report;
}

static gboolean
tell (const Bench *bench, GError **error)
{
  LimenBenchReport report = report_of (bench);
  GCancellable *cancellable = bench->terminal->run.cancellable;
  const BenchOptions *options = bench->options;
  const char *files[] = {limen_nice_path (bench->models.flow),
                         bench->models.vae ? limen_vae_path (bench->models.vae) : NULL,
                         bench->models.reference ? limen_nice_path (bench->models.reference)
                                                 : NULL};
  const LimenImageSet *sets[] = {report.fit.images, report.validation.images, report.normal.images,
                                 report.anomaly.images};
  g_autoptr (GHashTable) hashes = NULL;
  if (options->json) {
    hashes = limen_hash_files (files, G_N_ELEMENTS (files), sets, G_N_ELEMENTS (sets), cancellable,
                               error);
    if (!hashes)
      return FALSE;
  }
  report.sha256 = hashes;
  g_autofree char *json = options->json ? limen_bench_report_json (&report) : NULL;
  if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
      !limen_write_outputs (bench->terminal, NULL, NULL, options->json, json, error))
    return FALSE;
  warn_of_optimism (bench);
  if (!limen_is_stdout (options->json))
    print (&report);
  return TRUE;
}

static gboolean
check_outputs (const BenchOptions *options, GError **error)
{
  const GPtrArray *paths[] = {options->normal, options->anomaly, options->validation, options->fit};
  const char *models[] = {options->model, options->vae, options->reference};
  g_autoptr (GPtrArray) taken = g_ptr_array_new ();
  for (guint i = 0; i < G_N_ELEMENTS (models); i++)
    if (models[i])
      g_ptr_array_add (taken, (gpointer)models[i]);
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    for (guint j = 0; j < paths[i]->len; j++)
      g_ptr_array_add (taken, paths[i]->pdata[j]);
  return limen_check_outputs (&options->json, 1, taken, error);
}

static gboolean
run (gconstpointer values, LimenTerminal *terminal, GError **error)
{
  g_auto (Bench) bench = {.options = values, .terminal = terminal};
  return check_outputs (values, error) && load (&bench, error) && score (&bench, error) &&
         tell (&bench, error);
}

/* -- words -- */

static void
init (gpointer values)
{
  *(BenchOptions *)values =
      (BenchOptions){.split = {LIMEN_SPLIT_RANDOM, 0}, .sigmas = 3, .k = LIMEN_SCORER_K};
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
  bench->draws = bench->split.seed;
  return TRUE;
}

#define FIELD(name) offsetof (BenchOptions, name)

/* clang-format off */
static const LimenOption options[] = {
  { "--model", LIMEN_OPTION_TEXT, FIELD (model), "FILE", .required = TRUE },
  { "--vae", LIMEN_OPTION_TEXT, FIELD (vae), "FILE" },
  { "--reference", LIMEN_OPTION_TEXT, FIELD (reference), "FILE" },
  { "--normal", LIMEN_OPTION_PATHS, FIELD (normal), "PATH...", .required = TRUE },
  { "--anomaly", LIMEN_OPTION_PATHS, FIELD (anomaly), "PATH...", .required = TRUE },
  { "--fit", LIMEN_OPTION_PATHS, FIELD (fit), "PATH..." },
  { "--validation", LIMEN_OPTION_PATHS, FIELD (validation), "PATH..." },
  { "--split", LIMEN_OPTION_CHOICE, FIELD (split.kind), "random|ordered",
    .words = { [LIMEN_SPLIT_ORDERED] = "ordered", [LIMEN_SPLIT_RANDOM] = "random" } },
  { "--seed", LIMEN_OPTION_SEED, FIELD (split.seed), "N" },
  { "--sigmas", LIMEN_OPTION_NUMBER, FIELD (sigmas), "K", .low = -1000, .high = 1000 },
  { "--k", LIMEN_OPTION_COUNT, FIELD (k), "N", .needs = "--vae", .low = 1, .high = 1e5 },
  { "--sigma", LIMEN_OPTION_NUMBER, FIELD (sigma), "S", .needs = "--vae", .low = 1e-6,
    .high = 1e6 },
  LIMEN_OPTION_JSON_ROW (BenchOptions),
  LIMEN_OPTION_READING_ROWS (BenchOptions),
  { "--anomaly-range", LIMEN_OPTION_RANGE, FIELD (anomaly_reading), "BLACK..WHITE" },
  { "--anomaly-layout", LIMEN_OPTION_LAYOUT, FIELD (anomaly_reading), "WORD,..." },
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
