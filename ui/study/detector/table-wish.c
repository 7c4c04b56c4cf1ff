#include "ui/study/detector/table-wish.h"

LimenTableWish
limen_table_wish_copy (const LimenTableWish *wish)
{
  g_return_val_if_fail (wish != NULL, (LimenTableWish){0});
  LimenTableWish copy = *wish;
  copy.column = g_strdup (wish->column);
  copy.labels = g_strdup (wish->labels);
  copy.normal_label = g_strdup (wish->normal_label);
  return copy;
}

void
limen_table_wish_clear (LimenTableWish *wish)
{
  g_return_if_fail (wish != NULL);
  g_free (wish->column);
  g_free (wish->labels);
  g_free (wish->normal_label);
  *wish = (LimenTableWish){0};
}

gboolean
limen_table_wish_equal (const LimenTableWish *a, const LimenTableWish *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);
  return g_strcmp0 (a->column, b->column) == 0 && g_strcmp0 (a->labels, b->labels) == 0 &&
         g_strcmp0 (a->normal_label, b->normal_label) == 0 && !a->no_labels == !b->no_labels &&
         !a->side_said == !b->side_said && (!a->side_said || a->side == b->side);
}

LimenTableScores *
limen_table_wish_load (const LimenTableWish *wish, const char *const *paths, guint n,
                       const LimenRun *run, GError **error)
{
  g_return_val_if_fail (wish != NULL && paths != NULL && n > 0, NULL);
  const char *columns[] = {wish->column, NULL};
  LimenFlags flags = wish->side_said ? (LimenFlags)wish->side : LIMEN_FLAGS_FOUND_OUT;
  const LimenScoreTableOptions options = {.columns = wish->column ? columns : NULL,
                                          .labels = wish->labels,
                                          .normal_label = wish->normal_label,
                                          .no_labels = wish->no_labels};
  g_autoptr (LimenScoreTable) table = limen_score_table_load (paths, n, &options, run, error);
  return table ? limen_table_scores_new (table, table->best, flags, error) : NULL;
}
