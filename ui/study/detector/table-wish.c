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
 * none by itself. @column: (out): which it is */
static LimenScoreTable *
load_all (const LimenTableWish *wish, const char *const *paths, guint n, guint *column,
          const LimenRun *run, GError **error)
{
  g_autoptr (LimenScoreTable) table =
      load_table (wish, NULL, paths, n, run, wish->column ? NULL : error);
  *column = table ? table->best : 0;
  if (!wish->column || (table && limen_score_table_find (table, wish->column, column, NULL)))
    return g_steal_pointer (&table);
  *column = 0;
  return load_table (wish, wish->column, paths, n, run, error);
}

void
limen_table_asked_clear (LimenTableAsked *asked)
{
  g_return_if_fail (asked != NULL);
  g_free (asked->column);
  *asked = (LimenTableAsked){0};
}

LimenTableScores *
limen_table_wish_load (const LimenTableWish *wish, const char *const *paths, guint n,
                       LimenScoreTable *there, LimenTableAsked *asked, const LimenRun *run,
                       GError **error)
{
  g_return_val_if_fail (wish != NULL && paths != NULL && n > 0 && asked != NULL, NULL);
  LimenFlags flags = wish->side_said ? (LimenFlags)wish->side : LIMEN_FLAGS_FOUND_OUT;
  g_autoptr (GError) refused = NULL;
  guint column = there ? there->best : 0;
  gboolean is_there =
      there && (!wish->column || limen_score_table_find (there, wish->column, &column, NULL));
  g_autoptr (LimenScoreTable) table =
      is_there ? limen_score_table_ref (there) : load_all (wish, paths, n, &column, run, &refused);
  LimenTableScores *scores = table ? limen_table_scores_new (table, column, flags, &refused) : NULL;
  if (g_error_matches (refused, LIMEN_ERROR, LIMEN_ERROR_MISMATCH))
    *asked = (LimenTableAsked){table ? LIMEN_TABLE_ASKS_SIDE : LIMEN_TABLE_ASKS_LABELS,
                               table ? g_strdup (table->column[column].name) : NULL};
  if (refused)
    g_propagate_error (error, g_steal_pointer (&refused));
  return scores;
}
