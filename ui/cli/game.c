/* limen game */
#include "ui/cli/game.h"
#include "model/base/replace-file.h"
#include "model/game/game-start.h"

#include <math.h>
#include <string.h>

/* -- the game -- */

gboolean
limen_game_load (const char *payoff, LimenSession *session, LimenPayoff *game, char **told,
                 GError **error)
{
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
    limen_session_warn (session, payoff, words);
  return TRUE;
}

gboolean
limen_game_check_outputs (const char *const *outputs, guint n, const char *payoff, GError **error)
{
  g_autoptr (GPtrArray) taken = g_ptr_array_new ();
  LimenPayoff game;
  if (!limen_payoff_builtin (payoff, &game, NULL))
    g_ptr_array_add (taken, (gpointer)payoff);
  for (guint i = 0; i < n; i++)
    if (outputs[i] && !g_str_equal (outputs[i], "-") &&
        !limen_check_output (outputs[i], taken, error))
      return FALSE;
  return TRUE;
}

/* -- the run -- */

static gboolean
find_start (const LimenOptions *options, LimenSession *session, const LimenPayoff *game,
            double *p_a, double *p_b, gboolean *projected, GError **error)
{
  const char *start = options->game.start;
  *projected = FALSE;
  limen_game_start_default (game, p_a, p_b);
  if (start && !limen_game_start_parse (start, game, p_a, p_b, projected, error))
    return FALSE;
  if (*projected)
    limen_session_warn (session, start,
                        "a start outside the simplices; the nearest strategies take its place.");
  return TRUE;
}

static gboolean
begin (const LimenOptions *options, LimenSession *session, LimenDynamics *start,
       LimenGameReport *report, GError **error)
{
  const LimenGameOptions *asked = &options->game;
  LimenPayoff game;
  double p_a[LIMEN_GAME_MOST], p_b[LIMEN_GAME_MOST];
  if (!limen_game_load (asked->payoff, session, &game, &report->told, error) ||
      !find_start (options, session, &game, p_a, p_b, &report->projected, error))
    return FALSE;
  double step =
      isnan (asked->step) ? limen_method_default_step (asked->method, &game) : asked->step;
  if (!limen_dynamics_start (start, &game, asked->method, step, p_a, p_b, error))
    return FALSE;
  start->projected = !asked->unprojected;
  start->integrator = asked->integrator;
  return TRUE;
}

/* -- results -- */

static gboolean
write_csv (FILE *stream, gpointer report, GError **error)
{
  return limen_game_report_write_csv (report, stream);
}

static gboolean
is_stdout (const char *path)
{
  return path && g_str_equal (path, "-");
}

static gboolean
write_outputs (const LimenOptions *options, LimenSession *session, LimenGameReport *report,
               const LimenSolution *solution, GError **error)
{
  const char *csv = options->game.csv;
  g_autofree char *json = options->json ? limen_game_report_json (report) : NULL;
  if (options->plot && !limen_game_draw (report, solution, options, error))
    return FALSE;
  if (csv && !is_stdout (csv) && !limen_replace_file (csv, write_csv, report, error))
    return FALSE;
  if (json && !is_stdout (options->json) &&
      !limen_replace_file_with_bytes (options->json, json, strlen (json), error))
    return FALSE;
  limen_session_clear (session);
  if (is_stdout (options->json))
    fputs (json, stdout);
  else if (is_stdout (csv))
    limen_game_report_write_csv (report, stdout);
  else
    limen_game_report_print (report, &options->game);
  return TRUE;
}

gboolean
limen_command_game (const LimenOptions *options, LimenSession *session, GError **error)
{
  const char *const outputs[] = {options->json, options->game.csv, options->plot};
  g_auto (LimenGameReport) report = {.payoff = options->game.payoff};
  LimenDynamics start;
  if (!limen_game_check_outputs (outputs, G_N_ELEMENTS (outputs), report.payoff, error) ||
      !begin (options, session, &start, &report, error))
    return FALSE;
  g_autoptr (LimenSolution) solution = limen_solve (&start.payoff, error);
  if (!solution)
    return FALSE;
  limen_session_start (session, "playing");
  g_autoptr (LimenGameRecord) record =
      limen_game_record_new (&start, solution, options->game.iterations, limen_session_progress,
                             session, session->cancellable, error);
  if (!record)
    return FALSE;
  g_autoptr (GHashTable) hashes =
      limen_game_hash_files (report.payoff, session->cancellable, error);
  report.record = record;
  report.sha256 = hashes;
  return hashes && !g_cancellable_set_error_if_cancelled (session->cancellable, error) &&
         write_outputs (options, session, &report, solution, error);
}
