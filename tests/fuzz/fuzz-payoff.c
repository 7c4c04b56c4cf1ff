/* A table of payoffs: any bytes are a game that can be solved, or are refused with a sentence. */
#include "model/game/equilibrium.h"
#include "model/game/game-start.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
check (gboolean holds)
{
  if (!holds)
    abort ();
}

static void
check_names (const char (*name)[24], guint n)
{
  for (guint i = 0; i < n; i++)
    check (*name[i] && memchr (name[i], 0, 24) && g_utf8_validate (name[i], -1, NULL));
}

/* The same bytes as a start of a game: strategies, or a sentence */
static void
check_start (const char *text, const LimenPayoff *payoff)
{
  double p_a[LIMEN_GAME_MOST], p_b[LIMEN_GAME_MOST], sum = 0;
  gboolean projected;
  g_autoptr (GError) error = NULL;
  gboolean ok = limen_game_start_parse (text, payoff, p_a, p_b, &projected, &error);
  check (ok == !error && (ok || g_str_has_suffix (error->message, ".")));
  for (guint i = 0; ok && i < payoff->rows; i++) {
    check (p_a[i] >= 0);
    sum += p_a[i];
  }
  check (!ok || fabs (sum - 1) < 1e-9);
}

/* Nobody gains by a best reply to a solution. */
static void
check_solution (const LimenPayoff *payoff)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LimenSolution) solution = limen_solve (payoff, &error);
  check (solution && !error && solution->n_a > 0 && solution->n_b > 0);
  check (*solution->certificate && g_utf8_validate (solution->certificate, -1, NULL));
  check (!solution->unique || (solution->n_a == 1 && solution->n_b == 1));
  LimenExploit exploit = limen_exploit (payoff, solution->a, solution->b);
  check (exploit.gap <= 1e-9 * limen_payoff_largest (payoff));
  check (fabs (exploit.value - solution->value) <= 1e-9 * limen_payoff_largest (payoff));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  LimenPayoff payoff;
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_strndup (size > 0 ? (const char *)data : "", MIN (size, 300));
  gboolean ok = limen_payoff_parse (bytes, "fuzz.csv", &payoff, NULL, &error);
  check (ok == !error);
  check (ok || (strstr (error->message, "fuzz.csv") && g_str_has_suffix (error->message, ".") &&
                !strchr (error->message, '\n')));
  if (!ok)
    limen_payoff_builtin ("rock-paper-scissors", &payoff, NULL);
  check (limen_payoff_check (&payoff, NULL));
  check_names (payoff.row_name, payoff.rows);
  check_names (payoff.column_name, payoff.columns);
  check_start (text, &payoff);
  if (ok)
    check_solution (&payoff);
  return 0;
}
