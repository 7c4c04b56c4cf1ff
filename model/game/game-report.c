#include "model/game/game-report.h"
#include "model/game/game-json.h"
#include "model/game/sentences.h"

#include <math.h>
#include <string.h>

void
limen_game_report_clear (LimenGameReport *report)
{
  g_clear_pointer (&report->told, g_free);
}

double
limen_game_threshold (const LimenDynamics *d)
{
  return limen_method_threshold (d->method, d->integrator, &d->payoff);
}

double
limen_game_radius (const LimenDynamics *d)
{
  return limen_method_radius (d->method, d->integrator, &d->payoff, d->step);
}

const char *
limen_game_manner (const LimenDynamics *d)
{
  static const char *const names[] = {[LIMEN_INTEGRATOR_VERLET] = " by Störmer and Verlet's steps",
                                      [LIMEN_INTEGRATOR_RUNGE_KUTTA] =
                                          " by Runge and Kutta's steps",
                                      [LIMEN_INTEGRATOR_EULER] = " by Euler's steps"};
  return d->method == LIMEN_REPLICATOR ? names[d->integrator]
         : d->projected                ? ""
                                       : " without projection";
}

char *
limen_game_report_sentence (const LimenGameReport *report)
{
  const LimenGameRun run = {&report->record->start, limen_game_record_last (report->record)};
  return limen_game_say (LIMEN_SAY_RUN, &run);
}

/* -- JSON -- */

static void
add_number (JsonBuilder *json, const char *key, double value)
{
  if (isinf (value) && value > 0)
    limen_json_text (json, key, "infinite");
  else
    limen_json_number (json, key, value);
}

static void
add_method (JsonBuilder *json, const LimenDynamics *d)
{
  static const char *const integrators[] = {[LIMEN_INTEGRATOR_VERLET] = "verlet",
                                            [LIMEN_INTEGRATOR_RUNGE_KUTTA] = "runge-kutta",
                                            [LIMEN_INTEGRATOR_EULER] = "euler"};
  limen_json_text (json, "method", limen_method_word (d->method));
  limen_json_number (json, "step", limen_method_has_step (d->method) ? d->step : NAN);
  if (d->method == LIMEN_REPLICATOR)
    limen_json_text (json, "integrator", integrators[d->integrator]);
  json_builder_set_member_name (json, "unprojected");
  json_builder_add_boolean_value (json, !d->projected);
}

static void
add_points (JsonBuilder *json, const LimenPayoff *game, const double *p_a, const double *p_b)
{
  limen_json_numbers (json, "p_a", p_a, game->rows);
  limen_json_numbers (json, "p_b", p_b, game->columns);
}

/* Where it is true, "gap" is max over p_B − min over p_A, which is no duality gap then. */
static void
add_outside (JsonBuilder *json, const LimenPayoff *game, const double *p_a, const double *p_b)
{
  json_builder_set_member_name (json, "outside");
  json_builder_add_boolean_value (json, !limen_exploit (game, p_a, p_b).inside);
}

static void
add_start (JsonBuilder *json, const LimenGameReport *report)
{
  const LimenDynamics *d = &report->record->start;
  limen_json_begin_object (json, "start");
  add_points (json, &d->payoff, d->x, d->y);
  json_builder_set_member_name (json, "projected");
  json_builder_add_boolean_value (json, report->projected);
  json_builder_end_object (json);
}

static void
add_final (JsonBuilder *json, const LimenPayoff *game, const LimenGameRow *last)
{
  limen_json_begin_object (json, "final");
  limen_json_count (json, "k", (gint64)last->k);
  add_points (json, game, last->p_a, last->p_b);
  limen_json_number (json, "gap", last->gap);
  add_outside (json, game, last->p_a, last->p_b);
  add_number (json, "kl", last->kl);
  limen_json_number (json, "energy", last->energy);
  limen_json_begin_object (json, "average");
  add_points (json, game, last->average_a, last->average_b);
  limen_json_number (json, "gap", last->average_gap);
  add_outside (json, game, last->average_a, last->average_b);
  json_builder_end_object (json);
  json_builder_end_object (json);
}

char *
limen_game_report_json (const LimenGameReport *report)
{
  const LimenDynamics *d = &report->record->start;
  g_autoptr (JsonBuilder) json = json_builder_new ();
  json_builder_begin_object (json);
  limen_json_game (json, &d->payoff, report->payoff, report->told, report->sha256);
  add_method (json, d);
  add_start (json, report);
  add_final (json, &d->payoff, limen_game_record_last (report->record));
  add_number (json, "threshold", limen_game_threshold (d));
  limen_json_number (json, "spectral_radius", limen_game_radius (d));
  limen_json_number (json, "measured_slope", report->record->curve.measured_slope);
  limen_json_number (json, "measured_average_slope", report->record->curve.measured_average_slope);
  limen_json_text (json, "software", "Limen " LIMEN_VERSION);
  json_builder_end_object (json);
  return limen_json_to_text (json);
}

/* -- CSV -- */

/* A field that names a strategy, in quotation marks where it needs them (RFC 4180) */
static void
write_heading (FILE *stream, const char *column, const char *strategy)
{
  g_autoptr (GString) field = g_string_new (strategy);
  gboolean quoted = strpbrk (strategy, ",\"\r\n") != NULL;
  g_string_replace (field, "\"", "\"\"", 0);
  fprintf (stream, quoted ? ",\"%s_%s\"" : ",%s_%s", column, field->str);
}

static void
write_headings (FILE *stream, const LimenPayoff *game, const char *prefix)
{
  g_autofree char *a = g_strconcat (prefix, "p_a", NULL), *b = g_strconcat (prefix, "p_b", NULL);
  for (guint i = 0; i < game->rows; i++)
    write_heading (stream, a, game->row_name[i]);
  for (guint j = 0; j < game->columns; j++)
    write_heading (stream, b, game->column_name[j]);
  fprintf (stream, ",%sgap", prefix);
}

/* Empty where it is not known; an edge is infinitely far for a divergence. */
static void
write_number (FILE *stream, double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  if (isnan (value))
    fputc (',', stream);
  else if (isinf (value))
    fputs (value < 0 ? ",-inf" : ",inf", stream);
  else
    fprintf (stream, ",%s", g_ascii_dtostr (text, sizeof text, value));
}

static void
write_numbers (FILE *stream, const double *value, guint n)
{
  for (guint i = 0; i < n; i++)
    write_number (stream, value[i]);
}

gboolean
limen_game_report_write_csv (const LimenGameReport *report, FILE *stream)
{
  const LimenPayoff *game = &report->record->start.payoff;
  fputs ("k", stream);
  write_headings (stream, game, "");
  write_headings (stream, game, "average_");
  fputs (",kl,energy\n", stream);
  for (guint i = 0; i < report->record->n; i++) {
    const LimenGameRow *row = &report->record->row[i];
    fprintf (stream, "%" G_GUINT64_FORMAT, row->k);
    write_numbers (stream, row->p_a, game->rows);
    write_numbers (stream, row->p_b, game->columns);
    write_number (stream, row->gap);
    write_numbers (stream, row->average_a, game->rows);
    write_numbers (stream, row->average_b, game->columns);
    write_number (stream, row->average_gap);
    write_number (stream, row->kl);
    write_number (stream, row->energy);
    fputc ('\n', stream);
  }
  return !ferror (stream);
}

/* -- the text inside a picture -- */

static void
add_points_text (GStrvBuilder *pairs, const char *key, const LimenPayoff *game, const double *p_a,
                 const double *p_b)
{
  g_autoptr (GString) text = g_string_new ("A:");
  for (guint i = 0; i < game->rows + game->columns; i++) {
    gboolean of_a = i < game->rows;
    g_autofree char *number = limen_decimal (of_a ? p_a[i] : p_b[i - game->rows], "%.10g");
    g_string_append_printf (text, "%s %s", i == game->rows ? "; B:" : i > 0 ? "," : "", number);
  }
  limen_text_add (pairs, key, g_strdup (text->str));
}

static char *
method_text (LimenMethod method, const char *manner, double step)
{
  g_autofree char *size = limen_decimal (step, "%.10g");
  return limen_method_has_step (method)
             ? g_strdup_printf ("%s%s, step %s", limen_method_word (method), manner, size)
             : g_strconcat (limen_method_word (method), manner, NULL);
}

static void
add_beside (GStrvBuilder *pairs, const LimenGameReport *report)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < report->n_beside; i++) {
    const LimenGameCurve *curve = &report->beside[i];
    g_autofree char *method = method_text (curve->method, "", curve->step);
    g_autofree char *gap = curve->n > 0 ? limen_decimal (curve->gap[curve->n - 1], "%.6g") : NULL;
    g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", method);
    if (gap)
      g_string_append_printf (text, ": gap %s after %.0f iterations", gap, curve->k[curve->n - 1]);
  }
  if (text->len > 0)
    limen_text_add (pairs, "Beside", g_strdup (text->str));
}

char **
limen_game_report_picture_text (const LimenGameReport *report)
{
  const LimenDynamics *d = &report->record->start;
  const LimenGameRow *last = limen_game_record_last (report->record);
  const char *const files[] = {
      limen_hash_of (report->sha256, report->payoff) ? report->payoff : NULL, NULL};
  g_autoptr (GStrvBuilder) pairs = g_strv_builder_new ();
  g_autofree char *shown = g_filename_display_basename (limen_payoff_title (report->payoff));
  limen_text_add (pairs, "Title",
                  g_strdup_printf ("%s plays %s", limen_method_title (d->method), shown));
  limen_text_add (pairs, "Description", limen_game_report_sentence (report));
  limen_text_add (pairs, "Software", g_strdup ("Limen " LIMEN_VERSION));
  limen_text_add (pairs, "Method", method_text (d->method, limen_game_manner (d), d->step));
  add_points_text (pairs, "Start", &d->payoff, d->x, d->y);
  add_points_text (pairs, "Last iterate", &d->payoff, last->p_a, last->p_b);
  add_points_text (pairs, "Average", &d->payoff, last->average_a, last->average_b);
  add_beside (pairs, report);
  limen_text_add_files (pairs, "Payoffs", report->sha256, files);
  return g_strv_builder_end (pairs);
}
