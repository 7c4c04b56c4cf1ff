#include "model/game/solution-report.h"
#include "model/game/game-json.h"

#include <math.h>

/* @p: (n, size) */
static void
add_mixes (JsonBuilder *json, const char *key, const double *p, guint n, guint size)
{
  limen_json_begin_array (json, key);
  for (guint i = 0; i < n; i++) {
    json_builder_begin_array (json);
    for (guint j = 0; j < size; j++)
      limen_json_value (json, p[i * size + j]);
    json_builder_end_array (json);
  }
  json_builder_end_array (json);
}

/* (transfer full): with a minus that programs read */
static char *
fraction_text (mpq_srcptr value)
{
  g_autofree char *text = limen_rational_text (value);
  g_autoptr (GString) plain = g_string_new (text);
  g_string_replace (plain, "\u2212", "-", 0);
  return g_string_free (g_steal_pointer (&plain), FALSE);
}

static void
add_fractions (JsonBuilder *json, const char *key, const LimenRationals *p, guint n, guint size)
{
  limen_json_begin_array (json, key);
  for (guint i = 0; i < n; i++) {
    json_builder_begin_array (json);
    for (guint j = 0; j < size; j++) {
      g_autofree char *text = fraction_text (p->at[i * size + j]);
      json_builder_add_string_value (json, text);
    }
    json_builder_end_array (json);
  }
  json_builder_end_array (json);
}

static void
add_value (JsonBuilder *json, const LimenSolution *solution)
{
  g_autofree char *text = solution->exact ? fraction_text (solution->value_exact) : NULL;
  limen_json_number (json, "value", solution->value);
  limen_json_number (json, "value_error", solution->value_error);
  if (text)
    limen_json_text (json, "value_exact", text);
  else
    limen_json_number (json, "value_exact", NAN);
}

static void
add_solutions (JsonBuilder *json, const LimenSolution *solution, const LimenPayoff *game)
{
  limen_json_begin_object (json, "solutions");
  add_mixes (json, "p_a", solution->a, solution->n_a, game->rows);
  add_mixes (json, "p_b", solution->b, solution->n_b, game->columns);
  if (solution->exact) {
    limen_json_begin_object (json, "exact");
    add_fractions (json, "p_a", solution->a_exact, solution->n_a, game->rows);
    add_fractions (json, "p_b", solution->b_exact, solution->n_b, game->columns);
    json_builder_end_object (json);
  } else
    limen_json_number (json, "exact", NAN);
  json_builder_end_object (json);
}

char *
limen_solution_report_json (const LimenSolution *solution, const LimenPayoff *game,
                            const char *payoff, const char *told, GHashTable *sha256)
{
  g_autoptr (JsonBuilder) json = json_builder_new ();
  g_autofree char *certificate = g_strchomp (g_strdup (solution->certificate));
  g_auto (GStrv) line = g_strsplit (certificate, "\n", -1);
  json_builder_begin_object (json);
  limen_json_game (json, game, payoff, told, sha256);
  add_value (json, solution);
  add_solutions (json, solution, game);
  json_builder_set_member_name (json, "unique");
  json_builder_add_boolean_value (json, solution->unique);
  limen_json_begin_array (json, "certificate");
  for (char **l = line; *l; l++)
    json_builder_add_string_value (json, *l);
  json_builder_end_array (json);
  limen_json_text (json, "software", "Limen " LIMEN_VERSION);
  json_builder_end_object (json);
  return limen_json_to_text (json);
}
