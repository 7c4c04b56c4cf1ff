#include "ui/study/detector/table-question.h"

LimenTableQuestion *
limen_table_question_new (const LimenTableAsked *asked, const char *why, const char *const *table,
                          guint n, const char *const *all, const LimenTableWish *wish,
                          GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (asked && table && n > 0 && all && wish, NULL);
  LimenScoreChoices *choices = limen_score_choices_new (table, n, cancellable, error);
  if (!choices)
    return NULL;
  LimenTableQuestion *question = g_atomic_rc_box_new0 (LimenTableQuestion);
  g_autofree char *base = g_path_get_basename (table[0]);
  *question = (LimenTableQuestion){.asks = asked->asks,
                                   .name = limen_display_name (base),
                                   .why = g_strdup (why),
                                   .column = g_strdup (asked->column),
                                   .paths = g_strdupv ((char **)all),
                                   .wish = limen_table_wish_copy (wish),
                                   .choices = choices};
  return question;
}

LimenTableQuestion *
limen_table_question_ref (LimenTableQuestion *question)
{
  g_return_val_if_fail (question != NULL, NULL);
  return g_atomic_rc_box_acquire (question);
}

static void
clear (gpointer data)
{
  LimenTableQuestion *question = data;
  g_free (question->name);
  g_free (question->why);
  g_free (question->column);
  g_strfreev (question->paths);
  limen_table_wish_clear (&question->wish);
  limen_score_choices_unref (question->choices);
}

void
limen_table_question_unref (LimenTableQuestion *question)
{
  g_return_if_fail (question != NULL);
  g_atomic_rc_box_release_full (question, clear);
}

LimenTableWish
limen_table_question_with_side (const LimenTableQuestion *question, LimenSide side)
{
  g_return_val_if_fail (question != NULL, (LimenTableWish){0});
  LimenTableWish wish = limen_table_wish_copy (&question->wish);
  wish.side_said = TRUE;
  wish.side = side;
  return wish;
}
