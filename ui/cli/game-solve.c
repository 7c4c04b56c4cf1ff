/* limen game solve */
#include "model/game/equilibrium.h"
#include "model/game/sentences.h"
#include "model/game/solution-report.h"
#include "ui/cli/commands.h"
#include "ui/cli/game.h"

typedef struct {
  const char *payoff, *json;
} SolveOptions;

/* @p: (size) */
static void
print_mix (const char *label, const mpq_t *p, guint size, gboolean exact)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < size; i++) {
    g_autofree char *weight = limen_rational_told (p[i], exact);
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", weight);
  }
  limen_say (stdout, "%-12s%s", label, text->str);
}

/* @p: (n, size) */
static void
print_mixes (const char *label, const LimenRationals *p, guint size, gboolean exact)
{
  for (guint at = 0; at < p->n; at += size)
    print_mix (at == 0 ? label : "  or", p->at + at, size, exact);
}

static void
print_solution (const LimenSolution *solution, const LimenPayoff *game, const char *payoff)
{
  g_autofree char *certificate = g_strchomp (g_strdup (solution->certificate));
  g_autofree char *unique = limen_game_say (LIMEN_SAY_UNIQUE, solution);
  g_autofree char *value = limen_rational_told (solution->value_exact, solution->exact);
  g_auto (GStrv) line = g_strsplit (certificate, "\n", -1);
  limen_game_print_payoff (game, payoff);
  limen_say (stdout, "%-12s%s", "value", value);
  print_mixes ("A plays", solution->a_exact, game->rows, solution->exact);
  print_mixes ("B plays", solution->b_exact, game->columns, solution->exact);
  limen_say (stdout, "%-12s%s", "unique", unique);
  for (char **l = line; *l; l++)
    limen_say (stdout, "%s", *l);
}

static gboolean
write_outputs (const SolveOptions *options, LimenTerminal *terminal, const LimenSolution *solution,
               const LimenPayoff *game, const char *told, GError **error)
{
  const char *payoff = options->payoff;
  g_autoptr (GHashTable) hashes = limen_game_hash (payoff, terminal, error);
  if (!hashes)
    return FALSE;
  g_autofree char *json = limen_solution_report_json (solution, game, payoff, told, hashes);
  if (!limen_write_outputs (terminal, NULL, NULL, options->json, json, error))
    return FALSE;
  if (!limen_is_stdout (options->json))
    print_solution (solution, game, payoff);
  return TRUE;
}

static gboolean
run (gconstpointer values, LimenTerminal *terminal, GError **error)
{
  const SolveOptions *options = values;
  LimenPayoff game;
  g_autofree char *told = NULL;
  const char *payoff = options->payoff;
  if (!limen_game_check_outputs (&options->json, 1, payoff, error) ||
      !limen_game_load (payoff, terminal, &game, &told, error))
    return FALSE;
  g_autoptr (LimenSolution) solution = limen_solve (&game, error);
  return solution && write_outputs (options, terminal, solution, &game, told, error);
}

/* -- words -- */

static void
init (gpointer values)
{
  ((SolveOptions *)values)->payoff = limen_payoff_names ()[0];
}

/* clang-format off */
static const LimenOption options[] = {
  LIMEN_OPTION_PAYOFF_ROW (SolveOptions),
  LIMEN_OPTION_JSON_ROW (SolveOptions),
  LIMEN_OPTION_HELP_ROW,
};
/* clang-format on */

const LimenCommand limen_command_game_solve = {
    .name = "game solve",
    .summary = "the value of a zero-sum game and who should play what",
    .instead = "--payoff",
    LIMEN_COMMAND_OPTIONS (options, SolveOptions),
    .init = init,
    .run = run,
};
