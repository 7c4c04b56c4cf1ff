#include "ui/study/detector/arrival.h"

#include "model/base/number.h"
#include "model/data/builtin.h"

static char *
flow_text (const LimenNice *flow)
{
  const char *path = limen_nice_path (flow);
  g_autofree char *base =
      limen_is_builtin (path) ? g_strdup (limen_builtin_title (path)) : g_path_get_basename (path);
  g_autofree char *shown = limen_display_name (base);
  return g_strdup_printf ("%s as the flow", shown);
}

static char *
set_text (const LimenImageSet *set, LimenSetRole role)
{
  static const char *const one[] = {"normal image", "anomaly", "unsorted image"};
  static const char *const many[] = {"normal images", "anomalies", "unsorted images"};
  guint n = limen_image_set_n_images (set);
  g_autofree char *shown = limen_format_number (n, 0);
  return g_strdup_printf ("%s as %s %s", limen_image_set_name (set), shown,
                          n == 1 ? one[role] : many[role]);
}

/* Images that are only read again, at the size of another flow, did not come. */
static gboolean
came (const LimenExperiment *before, const LimenExperiment *now, LimenSetRole role)
{
  if (!now->set[role] || now->set[role] == before->set[role])
    return FALSE;
  return now->flow == before->flow ||
         !limen_origin_same_files (before->set_from[role], now->set_from[role]);
}

/* "a, b and c" */
static char *
joined (const GPtrArray *parts)
{
  GString *text = g_string_new (parts->pdata[0]);
  for (guint i = 1; i < parts->len; i++)
    g_string_append_printf (text, "%s%s", i + 1 < parts->len ? ", " : " and ",
                            (char *)parts->pdata[i]);
  return g_string_free (text, FALSE);
}

/* What of a table was taken as what: all of it was guessed, or said. */
static char *
table_sentence (const LimenTableScores *before, const LimenTableScores *now)
{
  if (before && before->table == now->table)
    return NULL; /* another of its columns was chosen */
  g_autofree char *told = limen_table_scores_told (now);
  return g_strdup_printf ("Taken from %s: %s; %s.%s", now->table->name, told, now->table->told,
                          now->table->perhaps_points
                              ? " If its rows are points with labels, open it on the Prior page."
                              : "");
}

static gboolean
went (const LimenExperiment *before, const LimenExperiment *now)
{
  gboolean any = before->flow && !now->flow;
  for (int role = 0; role < LIMEN_N_SETS; role++)
    any = any || (before->set[role] && !now->set[role]);
  return any;
}

char *
limen_arrival_sentence (const LimenExperiment *before, const LimenExperiment *now,
                        const gboolean guessed[LIMEN_N_SETS], gboolean anew)
{
  g_return_val_if_fail (before && now && guessed, NULL);
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  gboolean unsure = FALSE;
  if (now->table)
    return table_sentence (before->table, now->table);
  if (now->flow && now->flow != before->flow)
    g_ptr_array_add (parts, flow_text (now->flow));
  for (LimenSetRole role = 0; role < LIMEN_N_SETS; role++)
    if (came (before, now, role)) {
      g_ptr_array_add (parts, set_text (now->set[role], role));
      unsure = unsure || guessed[role];
    }
  if (parts->len == 0)
    return NULL;
  g_autofree char *all = joined (parts);
  return g_strconcat (
      "Taken: ", all, ".",
      unsure
          ? " No name says that these are anomalies; swap the sets if they are the normal images."
          : "",
      anew && went (before, now) ? " What was open before gave way." : "", NULL);
}
