/* limen game */
#include "ui/cli/game.h"
#include "model/base/replace-file.h"
#include "model/game/game-start.h"
#include "model/report/provenance.h"
#include "ui/cli/commands.h"
#include "ui/cli/options.h"
#include "ui/cli/words.h"
#include "ui/study/game/told.h"

#include <math.h>
#include <string.h>

/* -- the game -- */

gboolean
limen_game_load (const char *payoff, LimenTerminal *terminal, LimenPayoff *game, char **told,
                 GError **error)
{
  g_return_val_if_fail (payoff != NULL && terminal != NULL && game != NULL && told != NULL, FALSE);
  *told = NULL;
  g_autofree char *shown = limen_display_name (payoff);
  gboolean like_a_name = !strpbrk (payoff, "./") && !g_file_test (payoff, G_FILE_TEST_EXISTS);
  if (limen_payoff_builtin (payoff, game, NULL))
    return TRUE;
  if (like_a_name)
    return limen_payoff_builtin (shown, game, error);
  if (!limen_payoff_load (payoff, game, told, error))
    return FALSE;
  g_autofree char *words = *told ? g_strconcat (*told, ".", NULL) : NULL;
  if (words)
    limen_terminal_warn (terminal, payoff, words);
  return TRUE;
}

static gboolean
is_file (const char *payoff)
{
  LimenPayoff game;
  return !limen_payoff_builtin (payoff, &game, NULL);
}

gboolean
limen_game_check_outputs (const char *const *outputs, guint n, const char *payoff, GError **error)
{
  g_return_val_if_fail (payoff != NULL, FALSE);
  g_autoptr (GPtrArray) taken = g_ptr_array_new ();
  if (is_file (payoff))
    g_ptr_array_add (taken, (gpointer)payoff);
  return limen_check_outputs (outputs, n, taken, error);
}

GHashTable *
limen_game_hash (const char *payoff, LimenTerminal *terminal, GError **error)
{
  g_return_val_if_fail (payoff != NULL && terminal != NULL, NULL);
  return limen_hash_files (&payoff, is_file (payoff), NULL, 0, terminal->run.cancellable, error);
}

/* -- the run -- */

static gboolean
find_start (const LimenGameOptions *options, LimenTerminal *terminal, const LimenPayoff *game,
            double *p_a, double *p_b, gboolean *projected, GError **error)
{
  const char *start = options->start;
  *projected = FALSE;
  limen_game_start_default (game, p_a, p_b);
  if (start && !limen_game_start_parse (start, game, p_a, p_b, projected, error))
    return FALSE;
  if (*projected)
    limen_terminal_warn (terminal, start,
                         "a start outside the simplices; the nearest strategies take its place.");
  return TRUE;
}

static gboolean
begin (const LimenGameOptions *options, LimenTerminal *terminal, LimenDynamics *start,
       LimenGameReport *report, GError **error)
{
  LimenPayoff game;
  double p_a[LIMEN_GAME_MOST], p_b[LIMEN_GAME_MOST];
  if (!limen_game_load (options->payoff, terminal, &game, &report->told, error) ||
      !find_start (options, terminal, &game, p_a, p_b, &report->projected, error))
    return FALSE;
  double step =
      isnan (options->step) ? limen_method_default_step (options->method, &game) : options->step;
  if (!limen_dynamics_start (start, &game, options->method, step, p_a, p_b, error))
    return FALSE;
  start->projected = !options->unprojected;
  start->integrator = options->integrator;
  return TRUE;
}

/* -- results -- */

static gboolean
write_csv (FILE *stream, gpointer report, GError **error)
{
  return limen_game_report_write_csv (report, stream);
}

static gboolean
write_outputs (const LimenGameOptions *options, LimenTerminal *terminal, LimenGameReport *report,
               const LimenSolution *solution, GError **error)
{
  const char *csv = options->csv;
  g_auto (LimenTold) told = {0};
  g_autofree char *json = options->json ? limen_game_report_json (report) : NULL;
  if (options->plot.path)
    told = limen_game_told (report, solution);
  if ((csv && !limen_is_stdout (csv) && !limen_replace_file (csv, write_csv, report, error)) ||
      !limen_write_outputs (terminal, &options->plot, &told, options->json, json, error))
    return FALSE;
  if (limen_is_stdout (csv))
    limen_game_report_write_csv (report, stdout);
  else if (!limen_is_stdout (options->json))
    limen_game_report_print (report, options);
  return TRUE;
}

static gboolean
run (gconstpointer values, LimenTerminal *terminal, GError **error)
{
  const LimenGameOptions *options = values;
  const char *const outputs[] = {options->json, options->csv, options->plot.path};
  g_auto (LimenGameReport) report = {.payoff = options->payoff};
  LimenDynamics start;
  if (!limen_game_check_outputs (outputs, G_N_ELEMENTS (outputs), report.payoff, error) ||
      !begin (options, terminal, &start, &report, error))
    return FALSE;
  g_autoptr (LimenSolution) solution = limen_solve (&start.payoff, error);
  if (!solution)
    return FALSE;
  limen_terminal_start (terminal, "playing");
  g_autoptr (LimenGameRecord) record =
      limen_game_record_new (&start, solution, options->iterations, &terminal->run, error);
  if (!record)
    return FALSE;
  g_autoptr (GHashTable) hashes = limen_game_hash (report.payoff, terminal, error);
  report.record = record;
  report.sha256 = hashes;
  return hashes && !g_cancellable_set_error_if_cancelled (terminal->run.cancellable, error) &&
         write_outputs (options, terminal, &report, solution, error);
}

/* -- words -- */

static void
init (gpointer values)
{
  *(LimenGameOptions *)values = (LimenGameOptions){.payoff = limen_payoff_names ()[0],
                                                   .step = NAN,
                                                   .iterations = 1000,
                                                   .plot = LIMEN_PLOT_DEFAULTS};
}

static gboolean
check (const LimenOptions *options, GError **error)
{
  const LimenGameOptions *game = options->values;
  const char *word = limen_method_word (game->method);
  if (limen_options_given (options, "--step") && !limen_method_has_step (game->method))
    return limen_option_refuse (error, "--step", "is for methods with steps, which %s has not.",
                                word);
  if (limen_options_given (options, "--integrator") && game->method != LIMEN_REPLICATOR)
    return limen_option_refuse (error, "--integrator", "needs --method replicator.");
  if (game->unprojected && !limen_method_follows_gradients (game->method))
    return limen_option_refuse (error, "--unprojected",
                                "is for methods that follow gradients, which %s does not.", word);
  if (limen_is_stdout (game->json) && limen_is_stdout (game->csv))
    return limen_option_refuse (error, "--csv", "and --json can't both be standard output.");
  return TRUE;
}

static gboolean
read_method (const LimenOption *option, const char *text, gpointer field, GError **error)
{
  int *method = field;
  const char *words[LIMEN_N_METHODS + 1] = {NULL};
  for (guint i = 0; i < LIMEN_N_METHODS; i++)
    words[i] = limen_method_word (i);
  *method = limen_method_from_word (text);
  if (*method < LIMEN_N_METHODS)
    return TRUE;
  const char *meant = limen_closest_word (text, words, LIMEN_N_METHODS);
  g_autofree char *shown = limen_display_name (text), *all = g_strjoinv (", ", (char **)words);
  if (meant)
    return limen_option_refuse (error, option->name, "knows no “%s”; did you mean %s?", shown,
                                meant);
  return limen_option_refuse (error, option->name, "knows no “%s”; choose one of %s.", shown, all);
}

#define FIELD(name) offsetof (LimenGameOptions, name)

/* clang-format off */
static const LimenOption options[] = {
  LIMEN_OPTION_PAYOFF_ROW (LimenGameOptions),
  { "--method", LIMEN_OPTION_OWN, FIELD (method), "NAME", .required = TRUE, .read = read_method },
  { "--step", LIMEN_OPTION_POSITIVE, FIELD (step), "S" },
  { "--start", LIMEN_OPTION_TEXT, FIELD (start), "A,.../B,..." },
  { "--iterations", LIMEN_OPTION_LONG_COUNT, FIELD (iterations), "N", .low = 1, .high = 1e15 },
  { "--integrator", LIMEN_OPTION_CHOICE, FIELD (integrator), "verlet|runge-kutta|euler",
    .words = { [LIMEN_INTEGRATOR_VERLET] = "verlet", [LIMEN_INTEGRATOR_RUNGE_KUTTA] = "runge-kutta", [LIMEN_INTEGRATOR_EULER] = "euler" } },
  { "--unprojected", LIMEN_OPTION_FLAG, FIELD (unprojected) },
  { "--csv", LIMEN_OPTION_TEXT, FIELD (csv), "FILE|-" },
  LIMEN_OPTION_JSON_ROW (LimenGameOptions),
  LIMEN_OPTION_PLOT_ROWS (LimenGameOptions),
  LIMEN_OPTION_HELP_ROW,
};
/* clang-format on */

const LimenCommand limen_command_game = {
    .name = "game",
    .summary = "let two players learn a zero-sum game",
    .instead = "--payoff, --method or --start",
    LIMEN_COMMAND_OPTIONS (options, LimenGameOptions),
    .init = init,
    .check = check,
    .run = run,
};
