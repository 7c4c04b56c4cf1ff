#include "ui/cli/inspect-table.h"
#include "model/data/points.h"
#include "model/game/payoff.h"
#include "model/latent/gaussian-model.h"

gboolean
limen_inspect_case (const char *path, const char *shown, GError **error)
{
  g_return_val_if_fail (path != NULL && shown != NULL, FALSE);
  g_autoptr (LimenGaussianCase) taken = limen_gaussian_case_load (path, error);
  if (taken)
    limen_say (stdout, "%s: a case, latent variables: %u, observed: %u", shown,
               taken->model->latent, taken->model->observed);
  return taken != NULL;
}

static void
print_reading (const char *as, const char *what, const char *told)
{
  limen_say (stdout, "  as %s: %s%s%s", as, what, told ? "; " : "", told ? told : "");
}

/* Points and payoffs are read from the same files, and names stand for other things in them. */
gboolean
limen_inspect_table (const char *path, const char *shown, LimenTerminal *terminal, GError **error)
{
  g_return_val_if_fail (path != NULL && shown != NULL && terminal != NULL, FALSE);
  g_autoptr (GError) no_payoffs = NULL, no_points = NULL;
  g_autofree char *told = NULL;
  LimenPayoff payoff;
  gboolean is_game = limen_payoff_load (path, &payoff, &told, &no_payoffs);
  g_autoptr (LimenPoints) points = limen_points_load (path, terminal->run.cancellable, &no_points);
  if (!is_game && !points) {
    gboolean damaged = g_error_matches (no_points, LIMEN_ERROR, LIMEN_ERROR_DAMAGED);
    GError **reason = damaged ? &no_points : &no_payoffs;
    g_propagate_error (error, g_steal_pointer (reason));
    return FALSE;
  }
  limen_say (stdout, "%s: table of numbers", shown);
  if (points) {
    g_autofree char *what = g_strdup_printf ("%u of %u numbers", points->n, points->d);
    print_reading ("points", what, points->told);
  } else
    limen_say (stdout, "  no points: %s", no_points->message);
  if (is_game) {
    g_autofree char *what = g_strdup_printf ("a game of %u × %u", payoff.rows, payoff.columns);
    print_reading ("payoffs", what, told);
  } else
    limen_say (stdout, "  no payoffs: %s", no_payoffs->message);
  return TRUE;
}
