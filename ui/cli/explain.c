/* limen explain */
#include "ui/cli/bench-work.h"
#include "ui/cli/commands.h"
#include "ui/cli/explain-files.h"
#include "ui/cli/explain-windows.h"
#include "ui/cli/options.h"
#include "ui/cli/outputs.h"
#include "viz/kit/image-grid.h"

#include <math.h>
#include <string.h>

#define SIGMAS 3 /* of the threshold, where there are normal images */

/* @normal, @fit, @validation: (element-type filename): may be empty */
typedef struct {
  LimenImageInputs inputs;
  const char *out;
  GPtrArray *paths;
  LimenWindowOptions windows;
  guint size[2];
  double scale;
  gboolean dark;
} ExplainOptions;

/* What images are scored with and compared to: without a flow windows alone. @work has results only
 * where there are normal images; @scorer: (nullable); @detector: (LIMEN_N_SCORES) (nullable
 * elements) of them; @goal: their median log-likelihood, NaN without */
typedef struct {
  const ExplainOptions *options;
  LimenTerminal *terminal;
  LimenBenchWork work;
  LimenScorer *scorer;
  LimenDetector *detector[LIMEN_N_SCORES];
  LimenExplainWindows windows;
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
  limen_explain_windows_clear (&explain->windows);
  limen_explain_files_clear (&explain->files);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Explain, explain_clear)

/* -- what images are compared with -- */

static gboolean
make_scorer (Explain *explain, GError **error)
{
  LimenScorerOptions options = {.models = explain->work.in.models,
                                .k = explain->options->inputs.models.k,
                                .seed = explain->options->inputs.split.seed};
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
  if (!limen_bench_work (&explain->work, &options->inputs, SIGMAS, 0, explain->terminal, error))
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
prepare_windows (Explain *explain, GError **error)
{
  const ExplainOptions *options = explain->options;
  LimenExplainWindowsRequest request = {&options->windows,
                                        options->inputs.normal,
                                        options->inputs.fit,
                                        options->inputs.validation,
                                        options->inputs.reading,
                                        options->inputs.split.seed,
                                        SIGMAS};
  return limen_explain_windows_begin (&explain->windows, &request, explain->terminal, error);
}

static gboolean
prepare_scores (Explain *explain, GError **error)
{
  if (!explain->options->inputs.models.model)
    return TRUE;
  if (explain->options->inputs.normal->len > 0)
    return compare_with_normal (explain, error);
  return limen_models_load (&explain->work.in.models, &explain->options->inputs.models,
                            explain->terminal, error) &&
         make_scorer (explain, error);
}

/* -- one image -- */

/* What a path that was named gives: @photos: without any where no windows are looked at */
typedef struct {
  const char *path;
  LimenScoredSet seen;
  LimenPhotosSet photos;
} Named;

static void
named_clear (Named *named)
{
  limen_scored_set_clear (&named->seen);
  limen_photos_set_clear (&named->photos);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Named, named_clear)

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
  g_autofree char *where = limen_explanation_where (explanation);
  limen_say (stdout, "%s (%s.png)", explanation->name, files);
  for (guint i = 0; i < explanation->n_scores; i++) {
    const LimenExplainedScore *score = &explanation->score[i];
    g_autofree char *value = limen_explained_score_text (score);
    g_autofree char *rank = limen_explained_score_rank (score);
    limen_say (stdout, "  %s: %s%s%s%s", score->measure->title, value,
               score->flagged ? ", flagged" : "", score->n > 0 ? "; " : "",
               score->n > 0 ? rank : "");
  }
  if (explanation->detail) {
    limen_say (stdout, "  %s", sum);
    limen_say (stdout, "  %s", change);
  }
  if (where)
    limen_say (stdout, "  %s", where);
}

/* The picture at its own size and in its colours, where it is one alone and has another size than
 * is seen: (nullable) */
static cairo_surface_t *
original_of (const Explain *explain, const char *path, const LimenImageSet *seen)
{
  g_autoptr (LimenPhoto) own =
      limen_image_set_n_images (seen) == 1 && limen_image_set_n_resampled (seen) > 0
          ? limen_photo_load (path, TRUE, &explain->options->inputs.reading,
                              explain->terminal->run.cancellable, NULL)
          : NULL;
  return own ? limen_photo_surface (own) : NULL;
}

static gboolean
explain_image (Explain *explain, const Named *named, LimenScores *const *scores, guint index,
               GError **error)
{
  LimenImageSet *normal = explain->work.in.normal.images;
  LimenNice *flow = explain->work.in.models.flow;
  g_auto (LimenExplainInput) input = {.flow = flow ? limen_nice_ref (flow) : NULL,
                                      .set = limen_image_set_ref (named->seen.images),
                                      .normal = normal ? limen_image_set_ref (normal) : NULL,
                                      .index = index,
                                      .itself = G_MAXUINT,
                                      .goal = explain->goal};
  add_scores (explain, scores, index, &input);
  limen_terminal_start (explain->terminal, "explaining an image");
  g_autoptr (LimenExplanation) explanation =
      limen_explanation_new (&input, &explain->terminal->run, error);
  if (explanation && named->photos.photos)
    explanation = limen_explain_windows_add (&explain->windows, explanation, named->photos.photos,
                                             index, explain->terminal, error);
  if (!explanation)
    return FALSE;
  g_autofree char *name = limen_explain_files_name (&explain->files, explanation->name);
  cairo_surface_t *original = original_of (explain, named->path, named->seen.images);
  gboolean whole = limen_explain_files_write (&explain->files, name, explanation, original, error);
  g_clear_pointer (&original, cairo_surface_destroy);
  limen_terminal_clear (explain->terminal);
  if (whole)
    print_explanation (explanation, name);
  return whole;
}

/* Without a flow at the size of the first of them; at their own sizes where windows are looked at
 */
static gboolean
load_named (Explain *explain, Named *named, GError **error)
{
  const ExplainOptions *options = explain->options;
  const LimenNice *flow = explain->work.in.models.flow;
  g_autoptr (GPtrArray) one = g_ptr_array_new_null_terminated (1, NULL, TRUE);
  g_ptr_array_add (one, (gpointer)named->path);
  if (flow ? !limen_load_images_for (&named->seen, flow, one, &options->inputs.reading,
                                     explain->terminal, error)
           : !limen_load_images (&named->seen, one,
                                 (LimenImageSetOptions){.reading = options->inputs.reading},
                                 explain->terminal, error))
    return FALSE;
  if (!explain->windows.model)
    return TRUE;
  if (!limen_load_photos (&named->photos, one, &options->windows, &options->inputs.reading, FALSE,
                          explain->terminal, error))
    return FALSE;
  return limen_photos_n (named->photos.photos) == limen_image_set_n_images (named->seen.images) ||
         limen_refuse (error, LIMEN_ERROR_MISMATCH, named->path,
                       "gives another number of photos than of images; name its pictures one by "
                       "one");
}

static gboolean
explain_path (Explain *explain, const char *path, GError **error)
{
  g_auto (Named) named = {.path = path};
  LimenScores *scores[LIMEN_N_SCORES] = {NULL};
  gboolean whole =
      load_named (explain, &named, error) &&
      (!explain->scorer || limen_scorer_score (explain->scorer, named.seen.images, NULL, NULL,
                                               scores, &explain->terminal->run, error));
  for (guint i = 0; whole && i < limen_image_set_n_images (named.seen.images); i++)
    whole = explain_image (explain, &named, scores, i, error);
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
  gboolean whole = limen_explain_files_begin (&explain.files, error) &&
                   prepare_scores (&explain, error) && prepare_windows (&explain, error);
  for (guint i = 0; whole && i < options->paths->len; i++)
    whole = explain_path (&explain, options->paths->pdata[i], error);
  return whole;
}

/* -- words -- */

#define FIELD(name) offsetof (ExplainOptions, name)

/* clang-format off */
static const LimenOption options[] = {
  { "--model", LIMEN_OPTION_TEXT, FIELD (inputs.models.model), "FILE" },
  { "--out", LIMEN_OPTION_TEXT, FIELD (out), "DIR", .required = TRUE },
  { "--normal", LIMEN_OPTION_PATHS, FIELD (inputs.normal), "PATH..." },
  { "--validation", LIMEN_OPTION_PATHS, FIELD (inputs.validation), "PATH...", .needs = "--normal" },
  { "--fit", LIMEN_OPTION_PATHS, FIELD (inputs.fit), "PATH...", .needs = "--normal" },
  { "--seed", LIMEN_OPTION_SEED, FIELD (inputs.split.seed), "N" },
  LIMEN_OPTION_WINDOWS_ROWS (ExplainOptions),
  LIMEN_OPTION_MODELS_ROWS (ExplainOptions),
  { "--size", LIMEN_OPTION_SIZE, FIELD (size), "WxH", .low = 100, .high = 10000 },
  { "--scale", LIMEN_OPTION_NUMBER, FIELD (scale), "S", .low = 1, .high = 4 },
  { "--dark", LIMEN_OPTION_FLAG, FIELD (dark) },
  LIMEN_OPTION_INPUT_READING_ROWS (ExplainOptions),
  LIMEN_OPTION_HELP_ROW,
};
/* clang-format on */

static void
init (gpointer values)
{
  *(ExplainOptions *)values =
      (ExplainOptions){.inputs = LIMEN_IMAGE_INPUTS_DEFAULTS, .size = {1000, 0}, .scale = 1};
  limen_window_options_init (&((ExplainOptions *)values)->windows);
}

static gboolean
check (const LimenOptions *given, GError **error)
{
  const ExplainOptions *explain = given->values;
  const LimenWindowOptions *windows = &explain->windows;
  static const char *const of_flow[] = {"--vae", "--reference"};
  if (!explain->inputs.models.model && !windows->is_given)
    return limen_option_refuse (error, "--model",
                                "FILE is missing; or give --windows SIZE for windows alone.");
  for (guint i = 0; !explain->inputs.models.model && i < G_N_ELEMENTS (of_flow); i++)
    if (limen_options_given (given, of_flow[i]))
      return limen_option_refuse (error, of_flow[i], "needs --model FILE, beside which it scores.");
  if (windows->is_given && !limen_window_options_flow (windows) && explain->inputs.normal->len == 0)
    return limen_option_refuse (error, "--windows",
                                "needs --normal PATH..., whose windows it compares with, or "
                                "--window-model FILE.");
  return TRUE;
}

const LimenCommand limen_command_explain = {
    .name = "explain",
    .summary = "show why images score as they do",
    LIMEN_COMMAND_OPTIONS (options, ExplainOptions),
    .paths = offsetof (ExplainOptions, paths),
    .init = init,
    .check = check,
    .run = run,
};
