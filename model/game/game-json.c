#include "model/game/game-json.h"

/* @name: (n) */
static void
add_names (JsonBuilder *json, const char *key, const char (*name)[24], guint n)
{
  limen_json_begin_array (json, key);
  for (guint i = 0; i < n; i++)
    json_builder_add_string_value (json, name[i]);
  json_builder_end_array (json);
}

void
limen_json_game (JsonBuilder *json, const LimenPayoff *game, const char *payoff, const char *told,
                 GHashTable *sha256)
{
  g_autofree char *shown = limen_display_name (payoff);
  const char *hash = limen_hash_of (sha256, payoff);
  limen_json_text (json, "payoff", shown);
  if (hash)
    limen_json_text (json, "sha256", hash);
  if (told)
    limen_json_text (json, "read_as", told);
  limen_json_begin_object (json, "strategies");
  add_names (json, "a", game->row_name, game->rows);
  add_names (json, "b", game->column_name, game->columns);
  json_builder_end_object (json);
  limen_json_begin_array (json, "points_for_b");
  for (guint i = 0; i < game->rows; i++) {
    json_builder_begin_array (json);
    for (guint j = 0; j < game->columns; j++)
      limen_json_value (json, game->m[i * game->columns + j]);
    json_builder_end_array (json);
  }
  json_builder_end_array (json);
}
