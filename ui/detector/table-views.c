#include "ui/detector/table-views.h"

#include <math.h>

/* No name of a score of the bench */
#define NAME "column-%u"

gboolean
limen_table_views_find (const char *name, guint *column)
{
  g_return_val_if_fail (name != NULL && column != NULL, FALSE);
  guint64 number;
  gboolean is_column = g_str_has_prefix (name, "column-") &&
                       g_ascii_string_to_unsigned (name + 7, 10, 0, G_MAXUINT - 1, &number, NULL);
  if (is_column)
    *column = (guint)number;
  return is_column;
}

LimenLines
limen_table_views_cut (LimenTableBench *bench, LimenDetectorSession *detector, guint column)
{
  g_return_val_if_fail (LIMEN_IS_TABLE_BENCH (bench), ((LimenLines){NAN, NAN}));
  const LimenTableScores *now = limen_table_bench_table (bench);
  const LimenTableBenchResult *result = limen_table_bench_result (bench);
  const LimenDetector *in_hand = limen_detector_session_detector (detector);
  if (now && now->column == column && in_hand)
    return limen_detector_lines (in_hand);
  gboolean known = result && column < result->n && result->column[column].side_known;
  return known ? limen_detector_lines (result->column[column].detector) : (LimenLines){NAN, NAN};
}

/* Which side is anomalous, and who says so */
static const char *
about (const LimenTableColumn *column)
{
  static const char *const sides[][2] = {
      [LIMEN_SIDE_LOW] = {"low is anomalous", "low is anomalous, as the labels say"},
      [LIMEN_SIDE_HIGH] = {"high is anomalous", "high is anomalous, as the labels say"},
      [LIMEN_SIDE_BOTH] = {"both ends are anomalous", "both ends are anomalous"}};
  if (!column->scores)
    return NULL;
  return column->side_known
             ? sides[column->scores->measure->side][column->scores->side_of_labels != 0]
             : "high or low? It is asked when you choose it";
}

/* @name: (out): to be freed */
static LimenBenchEntry
entry_of (LimenTableBench *bench, LimenDetectorSession *detector, guint i, char **name)
{
  const LimenScoreTable *table = limen_table_bench_table (bench)->table;
  const LimenTableBenchResult *result = limen_table_bench_result (bench);
  *name = g_strdup_printf (NAME, i);
  LimenBenchEntry entry = {.name = *name,
                           .title = table->column[i].name,
                           .histogram = {.cut = limen_table_views_cut (bench, detector, i)},
                           .numbers = {NAN, NAN, NAN, NAN, NAN},
                           .progress = result ? NAN : 0};
  if (!result)
    return entry;
  const LimenTableColumn *column = &result->column[i];
  const LimenSeparation *apart = &column->row.separation;
  entry.about = about (column);
  entry.lacks = column->lacks;
  if (!column->scores)
    return entry;
  entry.histogram.normal = column->detector->normal;
  entry.histogram.anomaly = column->detector->anomaly;
  if (column->side_known)
    entry.numbers = (LimenBenchNumbers){apart->auroc, apart->auroc_low, apart->auroc_high,
                                        apart->aupr, apart->fpr_at_95_tpr};
  return entry;
}

void
limen_table_views_show_rows (LimenTableBench *bench, LimenDetectorSession *detector,
                             LimenBenchView *rows, GtkLabel *division)
{
  const LimenTableScores *now = limen_table_bench_table (bench);
  g_return_if_fail (now != NULL);
  const LimenTableBenchResult *result = limen_table_bench_result (bench);
  guint n = now->table->n_columns;
  g_autofree LimenBenchEntry *entry = g_new0 (LimenBenchEntry, n);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < n; i++) {
    char *name;
    entry[i] = entry_of (bench, detector, i, &name);
    g_ptr_array_add (names, name);
  }
  g_autofree char *said = result ? limen_table_bench_sentence (result, now->column) : NULL;
  limen_bench_view_set_entries (rows, entry, n);
  limen_bench_view_set_chosen (rows, names->pdata[now->column]);
  gtk_label_set_text (division, said ? said : "");
}

GtkStringList *
limen_table_views_columns (const LimenTableBenchResult *result)
{
  g_return_val_if_fail (result != NULL, NULL);
  GtkStringList *names = gtk_string_list_new (NULL);
  for (guint i = 0; i < result->n; i++)
    gtk_string_list_append (names, result->table->column[i].name);
  return names;
}

char *
limen_table_views_name (LimenTableBench *bench, const LimenTablePair *pair, LimenScatterSet set,
                        guint index)
{
  g_return_val_if_fail (LIMEN_IS_TABLE_BENCH (bench) && pair != NULL, NULL);
  const LimenTableScores *now = limen_table_bench_table (bench);
  LimenSetRole role = set == LIMEN_SCATTER_NORMAL ? LIMEN_SET_NORMAL : LIMEN_SET_ANOMALY;
  const LimenTableSet images = {NULL, pair->row[role]};
  return now && images.row ? limen_table_set_name (now, &images, index) : g_strdup ("");
}
