/* limen score */
#include "model/base/replace-file.h"
#include "model/detect/report.h"
#include "ui/cli/commands.h"
#include "ui/cli/options.h"
#include "ui/cli/outputs.h"
#include "ui/cli/score-part.h"

static gboolean
write_csv (FILE *stream, gpointer user_data, GError **error)
{
  const LimenScoredSet *set = user_data;
  return limen_scores_write_csv (set->scores, &(LimenReportSet){set->images}, stream);
}

static gboolean
write_output (const char *out, LimenScoredSet *set, GError **error)
{
  if (!out) {
    limen_scores_write_csv (set->scores, &(LimenReportSet){set->images}, stdout);
    return limen_flush_output (error);
  }
  if (limen_writes_array (out))
    return limen_score_write_array (set->scores, set->n_not_finite,
                                    set->n_not_finite + set->scores->n, out, error);
  return limen_replace_file (out, write_csv, set, error);
}

static gboolean
check_output (const LimenScoreOptions *options, GError **error)
{
  g_autoptr (GPtrArray) taken = g_ptr_array_new ();
  limen_image_inputs_take (&options->inputs, taken);
  if (limen_window_options_flow (&options->windows))
    g_ptr_array_add (taken, (gpointer)options->windows.model);
  return !options->out || limen_check_output (options->out, taken, error);
}

static gboolean
run (gconstpointer values, LimenTerminal *terminal, GError **error)
{
  const LimenScoreOptions *options = values;
  const char *model = options->inputs.models.model;
  g_auto (LimenScoredSet) set = {0};
  if (!check_output (options, error))
    return FALSE;
  if (options->windows.is_given)
    return limen_score_windows (options, terminal, error);
  if (options->share.n > 0 || options->scores.n > 0)
    return limen_score_columns (options, terminal, error);
  limen_terminal_start (terminal, "reading weights");
  g_autoptr (LimenNice) nice = limen_nice_load (model, terminal->run.cancellable, error);
  if (nice)
    limen_tell_network (terminal, model, limen_nice_path (nice), limen_nice_networks (nice));
  return nice &&
         limen_score_images (&set, nice, options->inputs.unsorted, &options->inputs.reading, FALSE,
                             terminal, error) &&
         write_output (options->out, &set, error);
}

/* -- words -- */

#define FIELD(name) offsetof (LimenScoreOptions, name)

/* clang-format off */
static const LimenOption options[] = {
  { "--model", LIMEN_OPTION_TEXT, FIELD (inputs.models.model), "FILE" },
  { "--out", LIMEN_OPTION_FILE_TYPE, FIELD (out), "FILE.csv|.npy", .words = { ".csv", ".npy" } },
  { "--scores", LIMEN_OPTION_OWN, FIELD (scores), "NAME,...", .read = limen_score_list_read },
  LIMEN_OPTION_MODELS_ROWS (LimenScoreOptions),
  LIMEN_OPTION_WINDOWS_ROWS (LimenScoreOptions),
  { "--maps", LIMEN_OPTION_TEXT, FIELD (maps), "DIR", .needs = "--windows" },
  { "--fit", LIMEN_OPTION_PATHS, FIELD (inputs.fit), "PATH..." },
  { "--seed", LIMEN_OPTION_SEED, FIELD (inputs.split.seed), "N" },
  { "--part", LIMEN_OPTION_OWN, FIELD (share), "I/N", .read = limen_share_read },
  LIMEN_OPTION_INPUT_READING_ROWS (LimenScoreOptions),
  LIMEN_OPTION_HELP_ROW,
};
/* clang-format on */

static void
init (gpointer values)
{
  *(LimenScoreOptions *)values = (LimenScoreOptions){.inputs = LIMEN_IMAGE_INPUTS_DEFAULTS};
  limen_window_options_init (&((LimenScoreOptions *)values)->windows);
}

static gboolean
check_array (const LimenScoreOptions *score, GError **error)
{
  if (!limen_writes_array (score->out))
    return TRUE;
  if (score->share.n > 0)
    return limen_option_refuse (error, "--part",
                                "needs a .csv: rows of an array do not say which "
                                "images they are of.");
  if (score->scores.n > 1)
    return limen_option_refuse (error, "--scores",
                                "needs a .csv for more than one score: columns of an array have "
                                "no names.");
  return TRUE;
}

/* Whether what scores are made of is given, and nothing but that */
static gboolean
check_scores (const LimenOptions *given, GError **error)
{
  static const char *const of_scores[] = {"--vae", "--reference", "--fit"};
  const LimenScoreOptions *score = given->values;
  const char *fitted = NULL;
  for (guint i = 0; score->scores.n == 0 && i < G_N_ELEMENTS (of_scores); i++)
    if (limen_options_given (given, of_scores[i]))
      return limen_option_refuse (error, of_scores[i], "needs --scores NAME,..., which use it.");
  for (guint i = 0; i < score->scores.n && !fitted; i++)
    if (limen_score_is_fitted (score->scores.kind[i]))
      fitted = limen_score_name (score->scores.kind[i]);
  if (fitted && score->inputs.fit->len == 0)
    return limen_option_refuse (error, "--scores",
                                "names %s, which is fitted to normal images; give some that are "
                                "not scored here with --fit PATH....",
                                fitted);
  if (!fitted && score->inputs.fit->len > 0)
    return limen_option_refuse (error, "--fit", "is of no use: no score of --scores is fitted.");
  return TRUE;
}

/* Windows are compared with those of normal photos, or judged by a flow that learned them. */
static gboolean
check_windows (const LimenOptions *given, GError **error)
{
  static const char *const of_whole[] = {"--model", "--scores", "--vae", "--reference"};
  const LimenScoreOptions *score = given->values;
  gboolean is_flow = limen_window_options_flow (&score->windows) != NULL;
  for (guint i = 0; i < G_N_ELEMENTS (of_whole); i++)
    if (limen_options_given (given, of_whole[i]))
      return limen_option_refuse (error, of_whole[i], "%s",
                                  "is of whole images; --windows has --window-model.");
  if (is_flow && score->inputs.fit->len > 0)
    return limen_option_refuse (error, "--fit", "%s",
                                "is of no use: the flow of --window-model has learned already.");
  if (!is_flow && score->inputs.fit->len == 0)
    return limen_option_refuse (error, "--windows", "%s",
                                "needs normal photos to compare windows with; give some that are "
                                "not scored here with --fit PATH....");
  return TRUE;
}

static gboolean
check_images (const LimenOptions *given, GError **error)
{
  if (!limen_options_given (given, "--model"))
    return limen_option_refuse (error, "limen", "score needs --model FILE or --windows SIZE.");
  if (limen_options_given (given, "--seed") && !limen_options_given (given, "--vae"))
    return limen_option_refuse (error, "--seed", "needs --vae or --windows.");
  return check_scores (given, error);
}

static gboolean
check (const LimenOptions *given, GError **error)
{
  return check_array (given->values, error) &&
         (limen_options_given (given, "--windows") ? check_windows : check_images) (given, error);
}

const LimenCommand limen_command_score = {
    .name = "score",
    .summary = "print the scores of each image",
    LIMEN_COMMAND_OPTIONS (options, LimenScoreOptions),
    .paths = offsetof (LimenScoreOptions, inputs.unsorted),
    .init = init,
    .check = check,
    .run = run,
};
