/* limen detect --scores: without a model, of scores that any program wrote. */
#include "ui/cli/commands.h"
#include "ui/cli/detect.h"

#include <math.h>
#include <string.h>

/* -- options that go together -- */

/* Those that say how images become scores */
static const char *const of_images[] = {
    "--normal",          "--anomaly", "--validation",    "--fit",
    "--unsorted",        "--score",   "--vae",           "--reference",
    "--range",           "--layout",  "--anomaly-range", "--anomaly-layout",
    "--anomaly-inverted"};
/* Those that say how a table is read */
static const char *const of_tables[] = {"--column", "--flags", "--labels", "--normal-label",
                                        "--names"};

static const char *const of_files[] = {"--scores"};

static gboolean
check_none (const LimenOptions *options, const char *const *names, guint n, const char *why,
            GError **error)
{
  for (guint i = 0; i < n; i++)
    if (limen_options_given (options, names[i]))
      return limen_option_refuse (error, names[i], "%s", why);
  return TRUE;
}

/* What only other scores than the likelihood are made of */
static gboolean
check_score (const LimenOptions *options, GError **error)
{
  static const char *const of_others[] = {"--vae", "--reference", "--fit"};
  const LimenDetectOptions *detect = options->values;
  if (detect->score != LIMEN_SCORE_LOG_LIKELIHOOD && !limen_score_is_fitted (detect->score) &&
      detect->inputs.fit->len > 0)
    return limen_option_refuse (error, "--fit", "is of no use: %s is not fitted.",
                                limen_score_name (detect->score));
  return detect->score != LIMEN_SCORE_LOG_LIKELIHOOD ||
         check_none (options, of_others, G_N_ELEMENTS (of_others),
                     "is of other scores than the log-likelihood; say which with --score NAME.",
                     error);
}

static gboolean
check_normal (const LimenOptions *options, GError **error)
{
  return limen_options_given (options, "--normal") ||
         limen_option_refuse (error, "limen", "detect needs --normal PATH....");
}

/* With a model --scores is what --csv is called now. */
static gboolean
check_with_model (const LimenOptions *options, GError **error)
{
  LimenDetectOptions *detect = options->values;
  if (!check_normal (options, error))
    return FALSE;
  if (detect->scores->len > 1)
    return limen_option_refuse (
        error, "--scores",
        "reads files without --model only; with it, it writes one, as --csv "
        "does.");
  if (detect->scores->len == 1 && detect->csv)
    return limen_option_refuse (error, "--scores", "and --csv both write the scores; give one.");
  if (detect->scores->len == 1)
    detect->csv = detect->scores->pdata[0];
  return check_score (options, error) &&
         check_none (options, of_tables, G_N_ELEMENTS (of_tables),
                     "is of scores that are read, without --model.", error);
}

static gboolean
check_with_windows (const LimenOptions *options, GError **error)
{
  static const char *const of_whole[] = {"--model", "--score", "--vae", "--reference"};
  const LimenDetectOptions *detect = options->values;
  if (limen_window_options_flow (&detect->windows) && detect->inputs.fit->len > 0)
    return limen_option_refuse (error, "--fit", "%s",
                                "is of no use: the flow of --window-model has learned already.");
  return check_normal (options, error) &&
         check_none (options, of_whole, G_N_ELEMENTS (of_whole),
                     "is of whole images; --windows has --window-model.", error) &&
         check_none (options, of_tables, G_N_ELEMENTS (of_tables),
                     "is of scores that are read, without --windows.", error) &&
         check_none (options, of_files, G_N_ELEMENTS (of_files),
                     "is of scores that are read, without --windows; --csv writes them.", error);
}

gboolean
limen_detect_check (const LimenOptions *options, GError **error)
{
  g_return_val_if_fail (options != NULL, FALSE);
  if (limen_options_given (options, "--windows"))
    return check_with_windows (options, error);
  if (limen_options_given (options, "--model"))
    return check_with_model (options, error);
  if (!limen_options_given (options, "--scores"))
    return limen_option_refuse (error, "limen",
                                "detect needs --model FILE, --windows SIZE, or --scores FILE... of "
                                "a program's scores.");
  return check_none (options, of_images, G_N_ELEMENTS (of_images),
                     "is of images, and needs --model or --windows to score them.", error);
}

/* -- the table -- */

/* What must be said, and by which option */
static void
add_option (GError **error, const char *option)
{
  if (!error || !g_error_matches (*error, LIMEN_ERROR, LIMEN_ERROR_MISMATCH))
    return;
  char *said = g_strndup ((*error)->message, strlen ((*error)->message) - 1);
  g_free ((*error)->message);
  (*error)->message = g_strdup_printf ("%s (%s).", said, option);
  g_free (said);
}

static LimenScoreTable *
load_table (const LimenDetectOptions *options, LimenTerminal *terminal, GError **error)
{
  const char *columns[] = {options->column, NULL};
  gboolean none = options->labels && g_str_equal (options->labels, "none");
  const LimenScoreTableOptions said = {.columns = options->column ? columns : NULL,
                                       .names = options->names,
                                       .labels = none ? NULL : options->labels,
                                       .normal_label = options->normal_label,
                                       .no_labels = none};
  limen_terminal_start (terminal, "reading scores");
  LimenScoreTable *table =
      limen_score_table_load ((const char *const *)options->scores->pdata, options->scores->len,
                              &said, &terminal->run, error);
  if (!table)
    add_option (error, "--normal-label WORD, --labels NAME or --labels none");
  return table;
}

static LimenDetector *
detector_of (const LimenDetectOptions *options, const LimenTableScores *scores)
{
  LimenRule rule = options->rule;
  LimenScores *validation = scores->validation.scores, *normal = scores->normal.scores;
  LimenScores *anomaly = scores->anomaly.scores;
  return limen_detect_promised (
      options, validation ? limen_detector_new_with_validation (validation, normal, anomaly, rule)
                          : limen_detector_new (normal, anomaly, options->inputs.split, rule));
}

gboolean
limen_detect_table (const LimenDetectOptions *options, LimenTerminal *terminal, GError **error)
{
  g_return_val_if_fail (options != NULL && terminal != NULL, FALSE);
  g_autoptr (GPtrArray) taken = g_ptr_array_copy (options->scores, NULL, NULL);
  if (!limen_detect_check_outputs (options, taken, error))
    return FALSE;
  g_autoptr (LimenScoreTable) table = load_table (options, terminal, error);
  if (!table)
    return FALSE;
  g_autoptr (LimenTableScores) scores =
      limen_table_scores_new (table, table->best, options->flags, error);
  if (!scores) {
    add_option (error, "--flags low|high|both");
    return FALSE;
  }
  g_autoptr (LimenDetector) detector = detector_of (options, scores);
  LimenReport report = {.detector = detector, .table = scores};
  return limen_detect_check_threshold (detector, error) &&
         limen_detect_tell (options, &report, terminal, error);
}
