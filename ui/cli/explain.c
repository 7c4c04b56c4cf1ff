/* limen explain */
#include "ui/cli/bench-work.h"
#include "ui/cli/commands.h"
#include "ui/cli/explain-files.h"
#include "ui/cli/options.h"
#include "ui/cli/outputs.h"
#include "viz/kit/image-grid.h"

#include <math.h>
#include <string.h>

#define SIGMAS 3 /* of the threshold, where there are normal images */

/* @normal, @fit, @validation: (element-type filename): may be empty */
typedef struct {
  LimenModelOptions models;
  const char *out;
  GPtrArray *paths, *normal, *fit, *validation;
  guint64 seed;
  LimenReading reading;
  guint size[2];
  double scale;
  gboolean dark;
} ExplainOptions;

/* What images are scored with and compared to: @work has results only where there are normal
 * images; @detector: (LIMEN_N_SCORES) (nullable elements) of them; @goal: their median
 * log-likelihood, NaN without */
typedef struct {
  const ExplainOptions *options;
  LimenTerminal *terminal;
  LimenBenchWork work;
  LimenScorer *scorer;
  LimenDetector *detector[LIMEN_N_SCORES];
  LimenExplainFiles files;
  double goal;
} Explain;

static void
explain_clear (Explain *explain)
{
  for (guint k = 0; k < LIMEN_N_SCORES; k++)
    g_clear_pointer (&explain->detector[k], limen_detector_free);
  g_clear_pointer (&explain->scorer, limen_scorer_unref);
  limen_bench_work_clear (&explain->work);
  limen_explain_files_clear (&explain->files);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Explain, explain_clear)

/* -- what images are compared with -- */

static gboolean
make_scorer (Explain *explain, GError **error)
{
  LimenScorerOptions options = {.models = explain->work.in.models,
                                .k = explain->options->models.k,
                                .seed = explain->options->seed};
  for (guint k = 0; k < LIMEN_N_SCORES; k++)
    if (!limen_score_is_fitted ((LimenScoreKind)k) &&
        limen_bench_has ((LimenScoreKind)k, &options.models))
      options.kinds |= LIMEN_SCORE_BIT (k);
  explain->scorer = limen_scorer_new (&options, NULL, &explain->terminal->run, error);
  return explain->scorer != NULL;
}

static gboolean
compare_with_normal (Explain *explain, GError **error)
{
  const ExplainOptions *options = explain->options;
  LimenImageInputs inputs = {.models = options->models,
                             .normal = options->normal,
                             .validation = options->validation,
                             .fit = options->fit,
                             .reading = options->reading,
                             .split = {LIMEN_SPLIT_RANDOM, options->seed}};
  if (!limen_bench_work (&explain->work, &inputs, SIGMAS, 0, explain->terminal, error))
    return FALSE;
  const LimenBenchResult *result = explain->work.result;
  explain->scorer = limen_scorer_ref (result->scorer);
  for (guint k = 0; k < LIMEN_N_SCORES; k++)
    if (limen_bench_result_has (result, (LimenScoreKind)k))
      explain->detector[k] = limen_bench_result_detector (result, (LimenScoreKind)k,
                                                          (LimenRule){LIMEN_RULE_SIGMAS, SIGMAS});
  const LimenDetector *by_flow = explain->detector[LIMEN_SCORE_LOG_LIKELIHOOD];
  if (by_flow && by_flow->normal->n > 0)
    explain->goal = by_flow->normal->sorted[by_flow->normal->n / 2];
  limen_bench_warn_of_optimism (&explain->work, explain->terminal);
  return TRUE;
}

static gboolean
prepare (Explain *explain, GError **error)
{
  if (explain->options->normal->len > 0)
    return compare_with_normal (explain, error);
  return limen_models_load (&explain->work.in.models, &explain->options->models, explain->terminal,
                            error) &&
         make_scorer (explain, error);
}

/* -- one image -- */

static void
add_scores (const Explain *explain, LimenScores *const *scores, guint index,
            LimenExplainInput *input)
{
  for (guint k = 0; k < LIMEN_N_SCORES; k++) {
    if (!scores[k])
      continue;
    LimenSingle single = {explain->detector[k], scores[k]->value[index], scores[k]->measure};
    LimenExplainedScore score;
    limen_explained_score_init (&score, &single, FALSE);
    limen_explain_input_add_score (input, &score);
  }
}

static void
print_explanation (const LimenExplanation *explanation, const char *files)
{
  g_autofree char *sum = limen_explanation_sentence (explanation);
  g_autofree char *change = limen_explanation_change (explanation);
  limen_say (stdout, "%s (%s.png)", explanation->name, files);
  for (guint i = 0; i < explanation->n_scores; i++) {
    const LimenExplainedScore *score = &explanation->score[i];
    g_autofree char *value = limen_explained_score_text (score);
    g_autofree char *rank = limen_explained_score_rank (score);
    limen_say (stdout, "  %s: %s%s%s%s", score->measure->title, value,
               score->flagged ? ", flagged" : "", score->n > 0 ? "; " : "",
               score->n > 0 ? rank : "");
  }
  limen_say (stdout, "  %s", sum);
  limen_say (stdout, "  %s", change);
}

/* The picture at its own size, where it has another: (nullable) */
static cairo_surface_t *
original_of (const Explain *explain, const char *path, const LimenImageSet *seen)
{
  const char *const paths[] = {path, NULL};
  LimenImageSetOptions options = {.reading = explain->options->reading, .max_images = 2};
  g_autoptr (LimenImageSet) own =
      limen_image_set_n_images (seen) == 1 && g_file_test (path, G_FILE_TEST_IS_REGULAR)
          ? limen_image_set_load (paths, &options, NULL, &explain->terminal->run, NULL)
          : NULL;
  if (!own || limen_image_set_n_images (own) != 1 || limen_image_set_n_resampled (seen) == 0)
    return NULL;
  return limen_image_surface (own, 0);
}

static gboolean
explain_image (Explain *explain, const char *path, LimenImageSet *set, LimenScores *const *scores,
               guint index, GError **error)
{
  const LimenImageSet *normal = explain->work.normal.images;
  g_auto (LimenExplainInput)
      input = {.flow = limen_nice_ref (explain->work.in.models.flow),
               .set = limen_image_set_ref (set),
               .normal = normal ? limen_image_set_ref (explain->work.normal.images) : NULL,
               .index = index,
               .itself = G_MAXUINT,
               .goal = explain->goal};
  add_scores (explain, scores, index, &input);
  limen_terminal_start (explain->terminal, "explaining an image");
  g_autoptr (LimenExplanation) explanation =
      limen_explanation_new (&input, &explain->terminal->run, error);
  if (!explanation)
    return FALSE;
  g_autofree char *name = limen_explain_files_name (&explain->files, explanation->name);
  cairo_surface_t *original = original_of (explain, path, set);
  gboolean whole = limen_explain_files_write (&explain->files, name, explanation, original, error);
  g_clear_pointer (&original, cairo_surface_destroy);
  limen_terminal_clear (explain->terminal);
  if (whole)
    print_explanation (explanation, name);
  return whole;
}

static gboolean
explain_path (Explain *explain, const char *path, GError **error)
{
  g_auto (LimenScoredSet) set = {0};
  LimenScores *scores[LIMEN_N_SCORES] = {NULL};
  g_autoptr (GPtrArray) one = g_ptr_array_new_null_terminated (1, NULL, TRUE);
  g_ptr_array_add (one, (gpointer)path);
  gboolean whole = limen_load_images_for (&set, explain->work.in.models.flow, one,
                                          &explain->options->reading, explain->terminal, error) &&
                   limen_scorer_score (explain->scorer, set.images, NULL, NULL, scores,
                                       &explain->terminal->run, error);
  for (guint i = 0; whole && i < limen_image_set_n_images (set.images); i++)
    whole = explain_image (explain, path, set.images, scores, i, error);
  for (guint k = 0; k < LIMEN_N_SCORES; k++)
    g_clear_pointer (&scores[k], limen_scores_unref);
  return whole;
}

static gboolean
run (gconstpointer values, LimenTerminal *terminal, GError **error)
{
  const ExplainOptions *options = values;
  g_auto (Explain) explain = {
      .options = options,
      .terminal = terminal,
      .goal = NAN,
      .files = {options->out, {options->size[0], options->size[1]}, options->scale, options->dark}};
  gboolean whole = limen_explain_files_begin (&explain.files, error) && prepare (&explain, error);
  for (guint i = 0; whole && i < options->paths->len; i++)
    whole = explain_path (&explain, options->paths->pdata[i], error);
  return whole;
}

/* -- words -- */

#define FIELD(name) offsetof (ExplainOptions, name)

/* clang-format off */
static const LimenOption options[] = {
  { "--model", LIMEN_OPTION_TEXT, FIELD (models.model), "FILE", .required = TRUE },
  { "--out", LIMEN_OPTION_TEXT, FIELD (out), "DIR", .required = TRUE },
  { "--normal", LIMEN_OPTION_PATHS, FIELD (normal), "PATH..." },
  { "--validation", LIMEN_OPTION_PATHS, FIELD (validation), "PATH...", .needs = "--normal" },
  { "--fit", LIMEN_OPTION_PATHS, FIELD (fit), "PATH...", .needs = "--normal" },
  { "--seed", LIMEN_OPTION_SEED, FIELD (seed), "N" },
  LIMEN_OPTION_MODELS_ROWS (ExplainOptions),
  { "--size", LIMEN_OPTION_SIZE, FIELD (size), "WxH", .low = 100, .high = 10000 },
  { "--scale", LIMEN_OPTION_NUMBER, FIELD (scale), "S", .low = 1, .high = 4 },
  { "--dark", LIMEN_OPTION_FLAG, FIELD (dark) },
  LIMEN_OPTION_READING_ROWS (ExplainOptions),
  LIMEN_OPTION_HELP_ROW,
};
/* clang-format on */

static void
init (gpointer values)
{
  *(ExplainOptions *)values =
      (ExplainOptions){.models = {.k = LIMEN_SCORER_K}, .size = {1000, 0}, .scale = 1};
}

const LimenCommand limen_command_explain = {
    .name = "explain",
    .summary = "show why images score as they do",
    LIMEN_COMMAND_OPTIONS (options, ExplainOptions),
    .paths = offsetof (ExplainOptions, paths),
    .init = init,
    .run = run,
};
