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

static LimenScoreTable *
load_table (const LimenTableWish *wish, const char *column, const char *const *paths, guint n,
            const LimenRun *run, GError **error)
{
  const char *columns[] = {column, NULL};
  const LimenScoreTableOptions options = {.columns = column ? columns : NULL,
                                          .labels = wish->labels,
                                          .normal_label = wish->normal_label,
                                          .no_labels = wish->no_labels};
  return limen_score_table_load (paths, n, &options, run, error);
}

/* With all columns of scores, so that others can be chosen; alone where the one that is wished is
 * none by itself */
LimenTableScores *
limen_table_wish_load (const LimenTableWish *wish, const char *const *paths, guint n,
                       const LimenRun *run, GError **error)
{
  g_return_val_if_fail (wish != NULL && paths != NULL && n > 0, NULL);
  LimenFlags flags = wish->side_said ? (LimenFlags)wish->side : LIMEN_FLAGS_FOUND_OUT;
  guint column = 0;
  g_autoptr (LimenScoreTable) table =
      load_table (wish, NULL, paths, n, run, wish->column ? NULL : error);
  if (table && !wish->column)
    column = table->best;
  else if (wish->column &&
           (!table || !limen_score_table_find (table, wish->column, &column, NULL))) {
    g_clear_pointer (&table, limen_score_table_unref);
    table = load_table (wish, wish->column, paths, n, run, error);
    column = 0;
  }
  return table ? limen_table_scores_new (table, column, flags, error) : NULL;
}
