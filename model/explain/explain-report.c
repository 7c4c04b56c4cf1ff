#include "model/explain/explain-report.h"
#include "model/report/json.h"

#include <math.h>

static void
add_score (JsonBuilder *json, const LimenExplainedScore *score)
{
  limen_json_begin_object (json, score->measure->name);
  limen_json_number (json, "score", score->score);
  limen_json_text (json, "unit", score->measure->unit);
  limen_json_text (json, "unusual", limen_side_name (score->measure->side));
  limen_json_count (json, "normal_images_as_unusual", score->n_as_unusual);
  limen_json_count (json, "normal_images", score->n);
  limen_json_number (json, "p_value", limen_explained_score_p (score));
  json_builder_end_object (json);
}

static void
add_log_likelihood (JsonBuilder *json, const LimenExplanation *explanation)
{
  const LimenNiceDetail *detail = explanation->detail;
  double latents = 0;
  for (guint i = 0; i < detail->dimension; i++)
    latents += detail->contribution[i];
  limen_json_begin_object (json, "log_likelihood");
  limen_json_number (json, "value", detail->log_likelihood);
  limen_json_number (json, "latents", latents);
  limen_json_number (json, "scales", detail->constant);
  limen_json_number (json, "most_of_any_point", limen_explanation_peak (explanation));
  json_builder_end_object (json);
}

static void
add_ascent (JsonBuilder *json, const LimenExplanation *explanation)
{
  const LimenNiceAscent *ascent = explanation->ascent;
  limen_json_begin_object (json, "towards_the_likely");
  limen_json_count (json, "steps", ascent->n_steps);
  limen_json_number (json, "goal", explanation->goal);
  limen_json_flag (json, "reached", ascent->reached);
  limen_json_numbers (json, "log_likelihood", ascent->log_likelihood, ascent->n_steps + 1);
  limen_json_count (json, "pixels_changed_by_more_than_0.1",
                    limen_explanation_n_changed (explanation, LIMEN_EXPLAIN_CHANGED));
  json_builder_end_object (json);
}

static void
add_windows (JsonBuilder *json, const LimenExplanation *explanation)
{
  const LimenWindowMap *map = explanation->windows;
  limen_json_begin_object (json, "windows");
  limen_json_number (json, "score", explanation->window_score);
  limen_json_text (json, "measure", explanation->window_measure->name);
  limen_json_count (json, "width", map->width);
  limen_json_count (json, "height", map->height);
  limen_json_count (json, "columns", map->columns);
  limen_json_count (json, "rows", map->rows);
  json_builder_end_object (json);
}

static void
add_nearest (JsonBuilder *json, const LimenExplanation *explanation)
{
  limen_json_begin_array (json, "nearest_normal_images");
  for (guint i = 0; i < explanation->n_near; i++) {
    const LimenNearImage *near = &explanation->near[i];
    g_autofree char *name = limen_image_set_image_name (explanation->normal, near->index);
    json_builder_begin_object (json);
    limen_json_text (json, "image", name);
    limen_json_count (json, "index", near->index);
    limen_json_number (json, "distance", near->distance);
    json_builder_end_object (json);
  }
  json_builder_end_array (json);
}

static void
add_maps (JsonBuilder *json, const LimenExplainReport *report)
{
  limen_json_begin_object (json, "maps");
  for (guint map = 0; map < LIMEN_N_EXPLAIN_MAPS; map++)
    if (report->map_file[map])
      limen_json_text (json, limen_explain_map_name ((LimenExplainMap)map), report->map_file[map]);
  json_builder_end_object (json);
}

char *
limen_explain_report_json (const LimenExplainReport *report)
{
  g_return_val_if_fail (report != NULL && report->explanation != NULL, NULL);
  const LimenExplanation *explanation = report->explanation;
  g_autoptr (JsonBuilder) json = json_builder_new ();
  json_builder_begin_object (json);
  limen_json_text (json, "image", explanation->name);
  limen_json_count (json, "width", explanation->width);
  limen_json_count (json, "height", explanation->height);
  limen_json_begin_object (json, "scores");
  for (guint i = 0; i < explanation->n_scores; i++)
    add_score (json, &explanation->score[i]);
  json_builder_end_object (json);
  if (explanation->detail) {
    add_log_likelihood (json, explanation);
    add_ascent (json, explanation);
  }
  if (explanation->windows)
    add_windows (json, explanation);
  if (explanation->normal)
    add_nearest (json, explanation);
  add_maps (json, report);
  json_builder_end_object (json);
  return limen_json_to_text (json);
}

char **
limen_explain_report_text (const LimenExplanation *explanation)
{
  g_return_val_if_fail (explanation != NULL, NULL);
  g_autoptr (GStrvBuilder) pairs = g_strv_builder_new ();
  g_autofree char *change = limen_explanation_change (explanation);
  limen_text_add (pairs, "Title", g_strdup_printf ("Limen: %s", explanation->name));
  for (guint i = 0; i < explanation->n_scores; i++) {
    g_autofree char *value = limen_explained_score_text (&explanation->score[i]);
    g_autofree char *rank = limen_explained_score_rank (&explanation->score[i]);
    limen_text_add (
        pairs, "Score",
        g_strdup_printf ("%s: %s; %s", explanation->score[i].measure->title, value, rank));
  }
  limen_text_add (pairs, "Change", g_steal_pointer (&change));
  return g_strv_builder_end (pairs);
}
