/* limen score */
#include "model/base/replace-file.h"
#include "model/detect/report.h"
#include "ui/cli/commands.h"
#include "ui/cli/images.h"
#include "ui/cli/options.h"
#include "ui/cli/outputs.h"
#include "ui/cli/score-part.h"

/* @out: (nullable): a path */
typedef struct {
  const char *model, *out;
  GPtrArray *paths;
  LimenReading reading;
  LimenPart part;
} ScoreOptions;

static gboolean
write_csv (FILE *stream, gpointer user_data, GError **error)
{
  const LimenScoredSet *set = user_data;
  return limen_scores_write_csv (set->scores, set->images, stream);
}

static gboolean
write_output (const char *out, LimenScoredSet *set, GError **error)
{
  g_autofree char *lower = out ? g_ascii_strdown (out, -1) : NULL;
  if (!out) {
    limen_scores_write_csv (set->scores, set->images, stdout);
    return limen_flush_output (error);
  }
  gboolean array = g_str_has_suffix (lower, ".npy");
  if (array && set->n_not_finite > 0) {
    g_autofree char *shown = limen_display_name (out);
    g_set_error (error, LIMEN_ERROR, LIMEN_ERROR_ARGUMENT,
                 "%s was not written: %u of %u scores are not finite, and rows of an array do not "
                 "say which image they are of; choose a .csv.",
                 shown, set->n_not_finite, set->n_not_finite + set->scores->n);
    return FALSE;
  }
  if (array)
    return limen_scores_save_npy (set->scores, out, error);
  return limen_replace_file (out, write_csv, set, error);
}

static gboolean
check_output (const ScoreOptions *options, GError **error)
{
  g_autoptr (GPtrArray) taken = g_ptr_array_copy (options->paths, NULL, NULL);
  g_ptr_array_add (taken, (gpointer)options->model);
  return !options->out || limen_check_output (options->out, taken, error);
}

static gboolean
run (gconstpointer values, LimenTerminal *terminal, GError **error)
{
  const ScoreOptions *options = values;
  g_auto (LimenScoredSet) set = {0};
  if (!check_output (options, error))
    return FALSE;
  limen_terminal_start (terminal, "reading weights");
  g_autoptr (LimenNice) nice = limen_nice_load (options->model, terminal->run.cancellable, error);
  if (nice)
    limen_tell_network (terminal, options->model, limen_nice_path (nice),
                        limen_nice_networks (nice));
  if (nice && options->part.n > 0)
    return limen_load_images_for (&set, nice, options->paths, &options->reading, terminal, error) &&
           limen_part_score (options->part, &set, nice, options->model, options->out, terminal,
                             error);
  return nice &&
         limen_score_images (&set, nice, options->paths, &options->reading, terminal, error) &&
         write_output (options->out, &set, error);
}

/* -- words -- */

#define FIELD(name) offsetof (ScoreOptions, name)

/* clang-format off */
static const LimenOption options[] = {
  { "--model", LIMEN_OPTION_TEXT, FIELD (model), "FILE", .required = TRUE },
  { "--out", LIMEN_OPTION_FILE_TYPE, FIELD (out), "FILE.csv|.npy", .words = { ".csv", ".npy" } },
  { "--part", LIMEN_OPTION_OWN, FIELD (part), "I/N", .read = limen_part_read },
  LIMEN_OPTION_READING_ROWS (ScoreOptions),
  LIMEN_OPTION_HELP_ROW,
};
/* clang-format on */

static gboolean
check (const LimenOptions *given, GError **error)
{
  const ScoreOptions *score = given->values;
  g_autofree char *lower = score->out ? g_ascii_strdown (score->out, -1) : NULL;
  if (score->part.n > 0 && lower && g_str_has_suffix (lower, ".npy"))
    return limen_option_refuse (error, "--part",
                                "needs a .csv: rows of an array do not say which "
                                "images they are of.");
  return TRUE;
}

const LimenCommand limen_command_score = {
    .name = "score",
    .summary = "print the log-likelihood of each image",
    LIMEN_COMMAND_OPTIONS (options, ScoreOptions),
    .paths = offsetof (ScoreOptions, paths),
    .check = check,
    .run = run,
};
