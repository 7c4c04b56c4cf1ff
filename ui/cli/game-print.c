/* What limen game prints. */
#include "model/base/number.h"
#include "model/report/provenance.h"
#include "ui/cli/game.h"

#include <math.h>
#include <string.h>

/* (transfer full): "rock, paper, scissors" */
static char *
join_names (const char (*name)[24], guint n)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", name[i]);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

void
limen_game_print_payoff (const LimenPayoff *game, const char *payoff)
{
  g_return_if_fail (game != NULL && payoff != NULL);
  g_autofree char *shown = limen_display_name (limen_payoff_title (payoff));
  g_autofree char *a = join_names (game->row_name, game->rows);
  g_autofree char *b = join_names (game->column_name, game->columns);
  gboolean same = g_str_equal (a, b);
  limen_say (stdout, "%-12s%s: %u × %u (%s%s%s)", "payoffs", shown, game->rows, game->columns, a,
             same ? "" : " against ", same ? "" : b);
}

static void
print_numbers (const char *label, const double *value, guint n)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < n; i++) {
    g_autofree char *number = limen_decimal (value[i], "%.6g");
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", isnan (value[i]) ? "–" : number);
  }
  limen_say (stdout, "%-12s%s", label, text->str);
}

static void
print_gap (const char *label, const LimenPayoff *game, const double *p_a, const double *p_b)
{
  LimenExploit exploit = limen_exploit (game, p_a, p_b);
  g_autofree char *difference = limen_decimal (exploit.gap, "%.6g");
  if (exploit.inside || isnan (exploit.gap))
    print_numbers (label, &exploit.gap, 1);
  else
    limen_say (stdout, "%-12snone: outside the simplices; max − min is %s", label, difference);
}

/* "step 0.1; converges up to 0.577350": what is known of it */
static char *
describe_step (const LimenDynamics *d)
{
  double threshold = limen_game_threshold (d), radius = limen_game_radius (d);
  g_autoptr (GString) text = g_string_new (NULL);
  if (limen_method_has_step (d->method)) {
    g_autofree char *step = limen_decimal (d->step, "%.6g");
    g_string_append_printf (text, ", step %s", step);
  }
  if (isfinite (threshold)) {
    g_autofree char *most = limen_decimal (threshold, "%.6g");
    g_string_append_printf (text, ", threshold %s", most);
  }
  if (isfinite (radius)) {
    g_autofree char *modulus = limen_decimal (radius, "%.6g");
    g_string_append_printf (text, ", spectral radius %s", modulus);
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Which of the starts this is */
static const char *
describe_start (const LimenGameReport *report, const LimenGameOptions *options)
{
  const LimenPayoff *game = &report->record->start.payoff;
  if (report->projected)
    return "the nearest to the one asked for, which is outside the simplices";
  if (options->start)
    return "as asked for";
  return game->rows == 3 && game->columns == 3
             ? "the default"
             : "the default: A leans to its first strategy, B to its last";
}

static void
print_csv (const LimenGameReport *report, const char *path)
{
  g_autofree char *shown = limen_display_name (path);
  g_autofree char *n = limen_format_number (report->record->n, 0);
  gboolean thinned = limen_game_record_last (report->record)->k > LIMEN_RECORD_ALL;
  g_autofree char *all = limen_format_number (LIMEN_RECORD_ALL, 0);
  g_autofree char *some = limen_format_number (LIMEN_RECORD_PER_DECADE, 0);
  if (thinned)
    limen_say (stdout, "%-12s%s: %s rows, from iteration %s on %s of each decade", "csv", shown, n,
               all, some);
  else
    limen_say (stdout, "%-12s%s: %s rows", "csv", shown, n);
}

void
limen_game_report_print (const LimenGameReport *report, const LimenGameOptions *options)
{
  g_return_if_fail (report != NULL && options != NULL);
  const LimenDynamics *d = &report->record->start;
  const LimenPayoff *game = &d->payoff;
  const LimenGameRow *last = limen_game_record_last (report->record);
  g_autofree char *step = describe_step (d);
  g_autofree char *n = limen_format_number ((double)last->k, 0);
  g_autofree char *sentence = limen_game_report_sentence (report);
  limen_game_print_payoff (game, report->payoff);
  limen_say (stdout, "%-12s%s%s%s", "method", limen_method_title (d->method), limen_game_manner (d),
             step);
  limen_say (stdout, "%-12s%s", "start", describe_start (report, options));
  print_numbers ("  A", d->x, game->rows);
  print_numbers ("  B", d->y, game->columns);
  limen_say (stdout, "%-12s%s", "iterations", n);
  print_gap ("last gap", game, last->p_a, last->p_b);
  print_numbers ("  A", last->p_a, game->rows);
  print_numbers ("  B", last->p_b, game->columns);
  print_gap ("average gap", game, last->average_a, last->average_b);
  print_numbers ("  A", last->average_a, game->rows);
  print_numbers ("  B", last->average_b, game->columns);
  if (options->csv)
    print_csv (report, options->csv);
  limen_say (stdout, "%s", sentence);
}
