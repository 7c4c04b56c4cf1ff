#include "model/data/score-choices.h"

#include "model/data/csv.h"
#include "model/data/score-columns.h"
#include "model/data/score-table-private.h"

/* -- words -- */

/* Of one column while rows are read: those seen, in their order; NULL: it is no column of labels */
typedef struct {
  GPtrArray *order;
  GHashTable *seen;
} Words;

static void
words_clear (gpointer data)
{
  Words *words = data;
  g_clear_pointer (&words->seen, g_hash_table_unref); /* it borrows from the other */
  g_clear_pointer (&words->order, g_ptr_array_unref);
}

/* Numbers that are not whole are no labels, nor are many different words. */
static gboolean
may_be_labels (const LimenScoreColumns *columns, guint i)
{
  const LimenColumnLook *look = &g_array_index (columns->look, LimenColumnLook, i);
  guint n = g_hash_table_size (look->words);
  gboolean whole = look->numbers == 0 || look->whole;
  return n > 0 && n <= LIMEN_SCORE_CHOICES_MOST_WORDS && whole && i != columns->names;
}

static GArray *
words_new (const LimenScoreColumns *columns)
{
  GArray *all = g_array_new (FALSE, TRUE, sizeof (Words));
  g_array_set_clear_func (all, words_clear);
  for (guint i = 0; i < columns->n; i++) {
    Words words = {NULL, NULL};
    if (may_be_labels (columns, i)) {
      words.order = g_ptr_array_new_with_free_func (g_free);
      words.seen = g_hash_table_new (g_str_hash, g_str_equal);
    }
    g_array_append_val (all, words);
  }
  return all;
}

static void
add_word (Words *words, const LimenCell *cell)
{
  if (!words->seen || cell->n == 0)
    return;
  g_autofree char *word = g_strndup (cell->at, cell->n);
  if (g_hash_table_contains (words->seen, word))
    return;
  if (words->order->len == LIMEN_SCORE_CHOICES_MOST_WORDS) {
    words_clear (words);
    return;
  }
  g_hash_table_add (words->seen, word);
  g_ptr_array_add (words->order, g_steal_pointer (&word));
}

/* -- files -- */

static gboolean
repeats_header (const LimenScoreColumns *columns, const LimenRow *row)
{
  for (guint i = 0; i < columns->n && i < row->n; i++) {
    const char *header = g_array_index (columns->look, LimenColumnLook, i).header;
    g_autofree char *cell = g_strndup (row->cell[i].at, row->cell[i].n);
    if (g_strcmp0 (header, cell) != 0)
      return FALSE;
  }
  return columns->header_row > 0;
}

static gboolean
read_words (LimenCsv *csv, const LimenScoreColumns *columns, GArray *words, GError **error)
{
  GError *failed = NULL;
  LimenRow row;
  while (limen_csv_next (csv, &row, &failed)) {
    if (repeats_header (columns, &row))
      continue;
    for (guint i = 0; i < words->len && i < row.n; i++)
      add_word (&g_array_index (words, Words, i), &row.cell[i]);
  }
  if (failed)
    g_propagate_error (error, failed);
  return failed == NULL;
}

static gboolean
is_among_scores (const LimenScoreColumns *columns, guint i)
{
  for (guint k = 0; k < columns->scores->len; k++)
    if (g_array_index (columns->scores, guint, k) == i)
      return TRUE;
  return FALSE;
}

static LimenScoreChoices *
choices_of (const LimenScoreColumns *columns, const GArray *words)
{
  LimenScoreChoices *choices = g_new0 (LimenScoreChoices, 1);
  g_atomic_ref_count_init (&choices->references);
  choices->n = columns->n;
  choices->column = g_new0 (LimenScoreChoice, MAX (columns->n, 1));
  choices->labels = columns->labels == LIMEN_NO_COLUMN ? G_MAXUINT : columns->labels;
  for (guint i = 0; i < columns->n; i++) {
    const Words *one = &g_array_index (words, Words, i);
    g_autoptr (GStrvBuilder) all = g_strv_builder_new ();
    for (guint k = 0; one->seen && k < one->order->len; k++)
      g_strv_builder_add (all, one->order->pdata[k]);
    choices->column[i] =
        (LimenScoreChoice){limen_score_columns_name (columns, i), is_among_scores (columns, i),
                           one->seen ? g_strv_builder_end (all) : NULL};
  }
  return choices;
}

static LimenScoreChoices *
choices_of_array (void)
{
  LimenScoreChoices *choices = g_new0 (LimenScoreChoices, 1);
  g_atomic_ref_count_init (&choices->references);
  choices->labels = G_MAXUINT;
  return choices;
}

LimenScoreChoices *
limen_score_choices_new (const char *const *paths, guint n_paths, GCancellable *cancellable,
                         GError **error)
{
  g_return_val_if_fail (paths != NULL && n_paths > 0, NULL);
  static const LimenScoreTableOptions found_out;
  if (limen_score_is_array (paths[0]))
    return choices_of_array ();
  g_autoptr (LimenCsv) first = limen_csv_open (paths[0], cancellable, error);
  g_auto (LimenScoreColumns) columns = {0};
  limen_score_columns_init (&columns);
  if (!first || !limen_score_columns_find (&columns, first, paths[0], &found_out, error))
    return NULL;
  g_autoptr (GArray) words = words_new (&columns);
  if (!read_words (first, &columns, words, error))
    return NULL;
  for (guint i = 1; i < n_paths; i++) {
    g_autoptr (LimenCsv) next = limen_csv_open (paths[i], cancellable, error);
    if (!next || !read_words (next, &columns, words, error))
      return NULL;
  }
  return choices_of (&columns, words);
}

LimenScoreChoices *
limen_score_choices_ref (LimenScoreChoices *choices)
{
  g_return_val_if_fail (choices != NULL, NULL);
  g_atomic_ref_count_inc (&choices->references);
  return choices;
}

void
limen_score_choices_unref (LimenScoreChoices *choices)
{
  g_return_if_fail (choices != NULL);
  if (!g_atomic_ref_count_dec (&choices->references))
    return;
  for (guint i = 0; i < choices->n; i++) {
    g_free (choices->column[i].name);
    g_strfreev (choices->column[i].words);
  }
  g_free (choices->column);
  g_free (choices);
}
