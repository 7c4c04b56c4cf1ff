/* limen detect */
#include "ui/cli/detect.h"
#include "model/detect/rule.h"
#include "ui/cli/commands.h"
#include "ui/cli/images.h"
#include "ui/study/detector/told.h"

#include <math.h>

static gboolean
write_outputs (const LimenDetectOptions *options, const LimenReport *report,
               LimenTerminal *terminal, GError **error)
{
  g_auto (LimenTold) told = {0};
  g_autofree char *json = options->json ? limen_report_json (report) : NULL;
  if (options->csv || options->plot.path)
    told = limen_detector_told (report);
  if ((options->csv && !limen_told_save_table (&told, options->csv, error)) ||
      !limen_write_outputs (terminal, &options->plot, &told, options->json, json, error))
    return FALSE;
  if (!limen_is_stdout (options->json))
    limen_detect_print (report);
  return TRUE;
}

/* (transfer full): of the flow or the table, and of the images */
static GHashTable *
hash_all (const LimenReport *result, GCancellable *cancellable, GError **error)
{
  const char *model = result->nice ? limen_nice_path (result->nice) : NULL;
  const LimenImageSet *set[] = {result->validation.images, result->normal.images,
                                result->anomaly.images, result->unsorted.images};
  if (result->table)
    return limen_hash_files ((const char *const *)result->table->table->files,
                             g_strv_length (result->table->table->files), NULL, 0, cancellable,
                             error);
  return limen_hash_files (&model, 1, set, G_N_ELEMENTS (set), cancellable, error);
}

gboolean
limen_detect_tell (const LimenDetectOptions *options, LimenReport *result, LimenTerminal *terminal,
                   GError **error)
{
  g_return_val_if_fail (options != NULL && result != NULL && terminal != NULL, FALSE);
  g_autoptr (GHashTable) hashes = NULL;
  if ((options->json || options->plot.path) && !result->sha256) {
    hashes = hash_all (result, terminal->run.cancellable, error);
    if (!hashes)
      return FALSE;
  }
  if (hashes)
    result->sha256 = hashes;
  return !g_cancellable_set_error_if_cancelled (terminal->run.cancellable, error) &&
         write_outputs (options, result, terminal, error);
}

static void
add_all (GPtrArray *all, const GPtrArray *paths)
{
  for (guint i = 0; i < paths->len; i++)
    g_ptr_array_add (all, paths->pdata[i]);
}

gboolean
limen_detect_check_outputs (const LimenDetectOptions *options, GPtrArray *taken, GError **error)
{
  g_return_val_if_fail (options != NULL && taken != NULL, FALSE);
  const char *outputs[] = {options->json, options->csv, options->plot.path};
  return limen_check_outputs (outputs, G_N_ELEMENTS (outputs), taken, error);
}

static gboolean
check_outputs (const LimenDetectOptions *options, GError **error)
{
  g_autoptr (GPtrArray) taken = g_ptr_array_new ();
  limen_models_take (&options->models, taken);
  if (limen_window_options_flow (&options->windows))
    g_ptr_array_add (taken, (gpointer)options->windows.model);
  add_all (taken, options->normal);
  add_all (taken, options->anomaly);
  add_all (taken, options->validation);
  add_all (taken, options->fit);
  add_all (taken, options->unsorted);
  return limen_detect_check_outputs (options, taken, error);
}

gboolean
limen_detect_find_learned (LimenReport *report, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (report != NULL && report->nice != NULL, FALSE);
  const LimenImagePrints *prints = limen_nice_learned_prints (report->nice);
  const LimenImageSet *set[] = {report->validation.images, report->normal.images,
                                report->anomaly.images};
  for (guint i = 0; prints && i < G_N_ELEMENTS (set); i++) {
    LimenLearnedSet *learned = i < 2 ? &report->learned.normal : &report->learned.anomaly;
    guint n = 0;
    if (set[i] && !limen_image_prints_count (prints, set[i], &n, cancellable, error))
      return FALSE;
    learned->n_learned += n;
    learned->n_images += set[i] ? limen_image_set_n_images (set[i]) : 0;
  }
  return TRUE;
}

LimenDetector *
limen_detect_promised (const LimenDetectOptions *options, LimenDetector *detector)
{
  g_return_val_if_fail (options != NULL && detector != NULL, NULL);
  g_autoptr (LimenDetector) owned = detector;
  return limen_detector_with_promise (owned, options->promise);
}

static LimenDetector *
make_detector (const LimenDetectOptions *options, LimenScores *validation, LimenScores *normal,
               LimenScores *anomaly)
{
  LimenRule rule = options->rule;
  return limen_detect_promised (
      options, validation ? limen_detector_new_with_validation (validation, normal, anomaly, rule)
                          : limen_detector_new (normal, anomaly, options->split, rule));
}

LimenUnsorted *
limen_detect_judge (const LimenDetector *detector, LimenScores *unsorted)
{
  g_return_val_if_fail (detector != NULL, NULL);
  return unsorted
             ? limen_unsorted_new (detector, unsorted, LIMEN_USUAL_FALSE_SHARE, LIMEN_USUAL_DELTA)
             : NULL;
}

gboolean
limen_detect_check_threshold (const LimenDetector *detector, GError **error)
{
  g_return_val_if_fail (detector != NULL, FALSE);
  if (!isnan (detector->threshold))
    return TRUE;
  g_autofree char *sentence = limen_detector_sentence (detector);
  g_set_error_literal (error, LIMEN_ERROR, LIMEN_ERROR_ARGUMENT, sentence);
  return FALSE;
}

static gboolean
run (gconstpointer values, LimenTerminal *terminal, GError **error)
{
  const LimenDetectOptions *options = values;
  g_auto (LimenScoredSet) validation = {0}, normal = {0}, anomaly = {0}, unsorted = {0};
  if (!options->models.model && !options->windows.is_given)
    return limen_detect_table (options, terminal, error);
  if (!check_outputs (options, error))
    return FALSE;
  if (options->windows.is_given)
    return limen_detect_windows (options, terminal, error);
  if (options->score != LIMEN_SCORE_LOG_LIKELIHOOD)
    return limen_detect_by_score (options, terminal, error);
  limen_terminal_start (terminal, "reading weights");
  const char *model = options->models.model;
  g_autoptr (LimenNice) nice = limen_nice_load (model, terminal->run.cancellable, error);
  if (nice)
    limen_tell_network (terminal, model, limen_nice_path (nice), limen_nice_networks (nice));
  if (!nice ||
      !limen_score_images (&validation, nice, options->validation, &options->reading, FALSE,
                           terminal, error) ||
      !limen_score_images (&normal, nice, options->normal, &options->reading, FALSE, terminal,
                           error) ||
      !limen_score_images (&anomaly, nice, options->anomaly, &options->anomaly_reading,
                           options->anomaly_inverted, terminal, error) ||
      !limen_score_images (&unsorted, nice, options->unsorted, &options->reading, FALSE, terminal,
                           error))
    return FALSE;
  g_autoptr (LimenDetector) detector =
      make_detector (options, validation.scores, normal.scores, anomaly.scores);
  if (!limen_detect_check_threshold (detector, error))
    return FALSE;
  g_autoptr (LimenUnsorted) judged = limen_detect_judge (detector, unsorted.scores);
  LimenReport result = {.detector = detector,
                        .nice = nice,
                        .judged = judged,
                        .validation = {validation.images, validation.problems},
                        .normal = {normal.images, normal.problems},
                        .anomaly = {anomaly.images, anomaly.problems, options->anomaly_inverted},
                        .unsorted = {unsorted.images, unsorted.problems},
                        .n_not_finite = {validation.n_not_finite, normal.n_not_finite,
                                         anomaly.n_not_finite, unsorted.n_not_finite}};
  return limen_detect_find_learned (&result, terminal->run.cancellable, error) &&
         limen_detect_tell (options, &result, terminal, error);
}

/* -- words -- */

static void
init (gpointer values)
{
  *(LimenDetectOptions *)values = (LimenDetectOptions){.models = {.k = LIMEN_SCORER_K},
                                                       .score = LIMEN_SCORE_LOG_LIKELIHOOD,
                                                       .split = {LIMEN_SPLIT_RANDOM, 0},
                                                       .sigmas = 3,
                                                       .threshold = NAN,
                                                       .flags = LIMEN_FLAGS_FOUND_OUT,
                                                       .plot = LIMEN_PLOT_DEFAULTS};
  limen_window_options_init (&((LimenDetectOptions *)values)->windows);
}

static gboolean
read_rule (const LimenOption *option, const char *text, gpointer field, GError **error)
{
  g_autoptr (GError) refused = NULL;
  if (limen_rule_parse (text, field, &refused))
    return TRUE;
  g_set_error_literal (error, LIMEN_ERROR, LIMEN_ERROR_ARGUMENT, refused->message);
  return FALSE;
}

/* Each of three options sets the threshold; the promise follows the rule unless it is said. */
static gboolean
check_rule (const LimenOptions *options, GError **error)
{
  static const char *const ways[] = {"--rule", "--sigmas", "--threshold"};
  LimenDetectOptions *detect = options->values;
  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    for (guint k = i + 1; k < G_N_ELEMENTS (ways); k++)
      if (limen_options_given (options, ways[i]) && limen_options_given (options, ways[k]))
        return limen_option_refuse (error, ways[i], "and %s exclude each other.", ways[k]);
  if (!isnan (detect->threshold))
    detect->rule = (LimenRule){LIMEN_RULE_VALUE, detect->threshold};
  else if (!limen_options_given (options, "--rule"))
    detect->rule = (LimenRule){LIMEN_RULE_SIGMAS, detect->sigmas};
  gboolean looks = limen_rule_looks_at_anomalies (detect->rule);
  if (!limen_options_given (options, "--promise"))
    detect->promise = looks ? LIMEN_PROMISE_LOOKING : LIMEN_PROMISE_FIXED;
  gboolean scores_images =
      limen_options_given (options, "--model") || limen_options_given (options, "--windows");
  if (looks && scores_images && !limen_options_given (options, "--anomaly"))
    return limen_option_refuse (error, "--rule", "%s",
                                "weighs errors of both kinds, and needs --anomaly PATH...");
  return TRUE;
}

static gboolean
check (const LimenOptions *options, GError **error)
{
  LimenDetectOptions *detect = options->values;
  LimenReading *own = &detect->anomaly_reading;
  LimenReading range = limen_options_given (options, "--anomaly-range") ? *own : detect->reading;
  if (!limen_options_given (options, "--anomaly-layout"))
    *own = detect->reading;
  own->black = range.black;
  own->white = range.white;
  if (limen_options_given (options, "--sigma") && !limen_options_given (options, "--vae"))
    return limen_option_refuse (error, "--sigma", "needs --vae; did you mean --sigmas?");
  return check_rule (options, error) && limen_detect_check (options, error);
}

#define FIELD(name) offsetof (LimenDetectOptions, name)

/* clang-format off */
static const LimenOption options[] = {
  { "--model", LIMEN_OPTION_TEXT, FIELD (models.model), "FILE" },
  { "--score", LIMEN_OPTION_OWN, FIELD (score), "NAME", .read = limen_score_read },
  LIMEN_OPTION_MODELS_ROWS (LimenDetectOptions),
  LIMEN_OPTION_WINDOWS_ROWS (LimenDetectOptions),
  { "--normal", LIMEN_OPTION_PATHS, FIELD (normal), "PATH..." },
  { "--anomaly", LIMEN_OPTION_PATHS, FIELD (anomaly), "PATH..." },
  { "--validation", LIMEN_OPTION_PATHS, FIELD (validation), "PATH..." },
  { "--unsorted", LIMEN_OPTION_PATHS, FIELD (unsorted), "PATH..." },
  { "--fit", LIMEN_OPTION_PATHS, FIELD (fit), "PATH..." },
  { "--split", LIMEN_OPTION_CHOICE, FIELD (split.kind), "random|ordered",
    .words = { [LIMEN_SPLIT_ORDERED] = "ordered", [LIMEN_SPLIT_RANDOM] = "random" } },
  { "--seed", LIMEN_OPTION_SEED, FIELD (split.seed), "N" },
  { "--sigmas", LIMEN_OPTION_NUMBER, FIELD (sigmas), "K", .low = -1000, .high = 1000 },
  { "--threshold", LIMEN_OPTION_NUMBER, FIELD (threshold), "VALUE", .low = -G_MAXDOUBLE,
    .high = G_MAXDOUBLE },
  { "--rule", LIMEN_OPTION_OWN, FIELD (rule), "RULE", .read = read_rule },
  { "--promise", LIMEN_OPTION_CHOICE, FIELD (promise), "fixed|looking",
    .words = { [LIMEN_PROMISE_FIXED] = "fixed", [LIMEN_PROMISE_LOOKING] = "looking" } },
  LIMEN_OPTION_JSON_ROW (LimenDetectOptions),
  { "--csv", LIMEN_OPTION_TEXT, FIELD (csv), "FILE.csv" },
  { "--scores", LIMEN_OPTION_PATHS, FIELD (scores), "FILE..." },
  { "--column", LIMEN_OPTION_TEXT, FIELD (column), "NAME", .needs = "--scores" },
  { "--flags", LIMEN_OPTION_CHOICE, FIELD (flags), "low|high|both", .needs = "--scores",
    .words = { [LIMEN_FLAGS_LOW] = "low", [LIMEN_FLAGS_HIGH] = "high", [LIMEN_FLAGS_BOTH] = "both" } },
  { "--labels", LIMEN_OPTION_TEXT, FIELD (labels), "NAME|none", .needs = "--scores" },
  { "--normal-label", LIMEN_OPTION_TEXT, FIELD (normal_label), "WORD", .needs = "--scores" },
  { "--names", LIMEN_OPTION_TEXT, FIELD (names), "NAME", .needs = "--scores" },
  LIMEN_OPTION_PLOT_ROWS (LimenDetectOptions),
  LIMEN_OPTION_READING_ROWS (LimenDetectOptions),
  { "--anomaly-range", LIMEN_OPTION_RANGE, FIELD (anomaly_reading), "BLACK..WHITE" },
  { "--anomaly-layout", LIMEN_OPTION_LAYOUT, FIELD (anomaly_reading), "WORD,..." },
  { "--anomaly-inverted", LIMEN_OPTION_FLAG, FIELD (anomaly_inverted) },
  LIMEN_OPTION_HELP_ROW,
};
/* clang-format on */

const LimenCommand limen_command_detect = {
    .name = "detect",
    .summary = "count the errors of a flow that detects anomalies",
    .instead = "--normal, --anomaly or --scores",
    LIMEN_COMMAND_OPTIONS (options, LimenDetectOptions),
    .init = init,
    .check = check,
    .run = run,
};
