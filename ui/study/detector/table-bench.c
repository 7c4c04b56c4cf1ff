#include "ui/study/detector/table-bench.h"

#include "model/base/number.h"
#include "ui/study/latest.h"
#include "ui/study/signals.h"

#include <math.h>
#include <stdlib.h>

/* -- columns -- */

static LimenTableScores *
joined (LimenScoreTable *table, guint column, LimenFlags flags, GError **error)
{
  g_autoptr (LimenTableScores) scores = limen_table_scores_new (table, column, flags, error);
  return scores ? limen_table_scores_joined (scores) : NULL;
}

/* The one in hand as the page has it; the others by their names and labels */
static void
fill_column (LimenTableColumn *column, const LimenTableBenchInput *input, guint index)
{
  LimenScoreTable *table = input->now->table;
  g_autoptr (GError) refused = NULL;
  column->scores = index == input->now->column
                       ? limen_table_scores_ref (input->now)
                       : joined (table, index, LIMEN_FLAGS_FOUND_OUT, &refused);
  column->side_known = column->scores != NULL;
  if (g_error_matches (refused, LIMEN_ERROR, LIMEN_ERROR_MISMATCH))
    column->scores = joined (table, index, LIMEN_FLAGS_HIGH, NULL);
  if (!column->scores) {
    column->lacks = g_strdup (refused ? refused->message : "There is no score.");
    return;
  }
  const LimenRule rule = {LIMEN_RULE_SIGMAS, LIMEN_USUAL_SIGMAS};
  LimenScores *anomaly = column->scores->anomaly.scores;
  column->detector =
      limen_detector_new (column->scores->normal.scores, anomaly, input->split, rule);
  g_autoptr (LimenScores) none = limen_scores_new_of (column->scores->measure, "", NULL, 0);
  const LimenDetector *by = column->detector;
  column->row =
      limen_bench_row (by->validation, by->normal, anomaly ? anomaly : none, LIMEN_USUAL_SIGMAS);
}

LimenTableBenchResult *
limen_table_bench_run (const LimenTableBenchInput *input, const LimenRun *watched, GError **error)
{
  g_return_val_if_fail (input != NULL && input->now != NULL, NULL);
  LimenRun run = limen_run_of (watched);
  g_autoptr (LimenTableBenchResult) result = g_new0 (LimenTableBenchResult, 1);
  g_atomic_ref_count_init (&result->references);
  result->table = limen_score_table_ref (input->now->table);
  result->n = result->table->n_columns;
  result->column = g_new0 (LimenTableColumn, result->n);
  for (guint i = 0; i < result->n; i++) {
    if (g_cancellable_set_error_if_cancelled (run.cancellable, error))
      return NULL;
    fill_column (&result->column[i], input, i);
    if (run.progress)
      run.progress ((i + 1.0) / result->n, run.progress_data);
  }
  return g_steal_pointer (&result);
}

LimenTableBenchResult *
limen_table_bench_result_ref (LimenTableBenchResult *result)
{
  g_return_val_if_fail (result != NULL, NULL);
  g_atomic_ref_count_inc (&result->references);
  return result;
}

void
limen_table_bench_result_unref (LimenTableBenchResult *result)
{
  g_return_if_fail (result != NULL);
  if (!g_atomic_ref_count_dec (&result->references))
    return;
  for (guint i = 0; i < result->n; i++) {
    g_clear_pointer (&result->column[i].scores, limen_table_scores_unref);
    g_clear_pointer (&result->column[i].detector, limen_detector_free);
    g_free (result->column[i].lacks);
  }
  g_free (result->column);
  limen_score_table_unref (result->table);
  g_free (result);
}

char *
limen_table_bench_sentence (const LimenTableBenchResult *result, guint now)
{
  g_return_val_if_fail (result != NULL && now < result->n, NULL);
  const LimenDetector *by = result->column[now].detector;
  gboolean chosen = FALSE;
  for (guint i = 0; i < result->n; i++)
    chosen = chosen || (result->column[i].side_known && result->column[i].scores->side_of_labels);
  if (!by)
    return g_strdup ("");
  g_autofree char *validation = limen_format_number (by->validation->n, 0);
  g_autofree char *test = limen_format_number (by->normal->n, 0);
  g_autofree char *anomaly = limen_format_number (by->anomaly ? by->anomaly->n : 0, 0);
  return g_strdup_printf (
      "Of the normal images %s set the threshold, and %s are tested beside %s anomalies.%s",
      validation, test, anomaly,
      chosen ? " Where only the labels say which side is anomalous, it is the one that all images "
               "with a label separate better by: that AUROC is optimistic."
             : "");
}

/* -- two of them -- */

/* Those of the @n rows @row that have a number in both columns */
static void
take_pair (LimenTablePair *pair, LimenSetRole role, const LimenTableColumn *const of[2],
           const guint32 *row, guint n)
{
  g_autofree double *first = g_new (double, MAX (n, 1)), *second = g_new (double, MAX (n, 1));
  const LimenScoreTable *table = of[0]->scores->table;
  const double *x = table->column[of[0]->scores->column].value;
  const double *y = table->column[of[1]->scores->column].value;
  guint k = 0;
  pair->row[role] = g_new (guint32, MAX (n, 1));
  for (guint i = 0; i < n; i++) {
    if (isnan (x[row[i]]) || isnan (y[row[i]]))
      continue;
    pair->row[role][k] = row[i];
    first[k] = x[row[i]];
    second[k++] = y[row[i]];
  }
  const char *name = role == LIMEN_SET_NORMAL ? "normal images" : "anomalies";
  pair->scores[role][0] = limen_scores_new_of (of[0]->scores->measure, name, first, k);
  pair->scores[role][1] = limen_scores_new_of (of[1]->scores->measure, name, second, k);
}

LimenTablePair *
limen_table_pair_new (const LimenTableBenchResult *result, guint x, guint y)
{
  g_return_val_if_fail (result != NULL && x < result->n && y < result->n, NULL);
  const LimenTableColumn *const of[2] = {&result->column[x], &result->column[y]};
  g_return_val_if_fail (of[0]->scores && of[1]->scores, NULL);
  LimenTablePair *pair = g_new0 (LimenTablePair, 1);
  const LimenTableScores *first = of[0]->scores;
  const LimenDetector *by = of[0]->detector;
  g_autofree guint32 *test = g_new (guint32, MAX (by->normal->n, 1));
  for (guint i = 0; i < by->normal->n; i++)
    test[i] = first->normal.row[by->normal_index ? by->normal_index[i] : i];
  take_pair (pair, LIMEN_SET_NORMAL, of, test, by->normal->n);
  if (first->anomaly.scores)
    take_pair (pair, LIMEN_SET_ANOMALY, of, first->anomaly.row, first->anomaly.scores->n);
  return pair;
}

void
limen_table_pair_free (LimenTablePair *pair)
{
  g_return_if_fail (pair != NULL);
  for (int role = 0; role < LIMEN_N_LABELLED; role++) {
    for (int axis = 0; axis < 2; axis++)
      g_clear_pointer (&pair->scores[role][axis], limen_scores_unref);
    g_free (pair->row[role]);
  }
  g_free (pair);
}

static int
compare_rows (const void *a, const void *b)
{
  guint32 x = *(const guint32 *)a, y = *(const guint32 *)b;
  return (x > y) - (x < y);
}

/* Both mostly ascend: each is sought behind the one before it, and anywhere only where they do not.
 * FALSE where one of them is not in @set, whose rows ascend */
static gboolean
find_rows (const guint32 *row, guint n, const LimenTableSet *set, guint32 *index)
{
  guint n_all = set->scores ? set->scores->n : 0, at = 0;
  for (guint i = 0; i < n; i++) {
    if (i > 0 && row[i] < row[i - 1]) {
      const guint32 *found = bsearch (&row[i], set->row, n_all, sizeof row[i], compare_rows);
      at = found ? (guint)(found - set->row) : n_all;
    }
    while (at < n_all && set->row[at] < row[i])
      at++;
    if (at == n_all || set->row[at] != row[i])
      return FALSE;
    index[i] = at;
  }
  return TRUE;
}

guint32 *
limen_table_pair_index (const LimenTablePair *pair, const LimenTableScores *now)
{
  g_return_val_if_fail (pair != NULL && now != NULL, NULL);
  const LimenScores *anomaly = pair->scores[LIMEN_SET_ANOMALY][0];
  guint n = pair->scores[LIMEN_SET_NORMAL][0]->n;
  if ((anomaly ? anomaly->n : 0) != (now->anomaly.scores ? now->anomaly.scores->n : 0))
    return NULL;
  g_autofree guint32 *index = g_new (guint32, MAX (n, 1));
  return find_rows (pair->row[LIMEN_SET_NORMAL], n, &now->normal, index) ? g_steal_pointer (&index)
                                                                         : NULL;
}

/* -- beside the window -- */

struct _LimenTableBench {
  GObject parent_instance;

  LimenDetectorSession *detector;
  gboolean shown;
  LimenTableScores *now; /* nullable: what result or work is of, by */
  LimenSplit split;
  gboolean is_current;           /* a result is there or under way */
  LimenTableBenchResult *result; /* nullable */
  LimenLatest *work;
};

G_DEFINE_FINAL_TYPE (LimenTableBench, limen_table_bench, G_TYPE_OBJECT)

static void
input_free (gpointer data)
{
  LimenTableBenchInput *input = data;
  limen_table_scores_unref (input->now);
  g_free (input);
}

static gpointer
run_bench (gpointer input, const LimenRun *run, GError **error)
{
  return limen_table_bench_run (input, run, error);
}

static void
work (LimenTableBench *self)
{
  if (!self->shown || self->is_current || !self->now)
    return;
  LimenTableBenchInput *input = g_new (LimenTableBenchInput, 1);
  *input = (LimenTableBenchInput){limen_table_scores_ref (self->now), self->split};
  self->is_current = TRUE;
  limen_latest_wish (self->work, input);
}

static void
worked_cb (gpointer result, const GError *error, gpointer owner)
{
  LimenTableBench *self = owner;
  g_clear_pointer (&self->result, limen_table_bench_result_unref);
  self->result = result;
  if (!result && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_signal_emit_by_name (self, "notice", error->message);
  g_signal_emit_by_name (self, "changed");
}

/* While other columns of the same table are worked out, those before them are seen. */
static void
data_changed_cb (LimenTableBench *self)
{
  LimenTableScores *now = limen_detector_session_experiment (self->detector)->table;
  LimenSplit split = limen_detector_session_state (self->detector)->split;
  if (now == self->now && split.kind == self->split.kind && split.seed == self->split.seed)
    return;
  gboolean same_table = now && self->now && now->table == self->now->table;
  limen_latest_cancel (self->work);
  g_clear_pointer (&self->now, limen_table_scores_unref);
  self->now = now ? limen_table_scores_ref (now) : NULL;
  self->split = split;
  self->is_current = FALSE;
  if (!same_table)
    g_clear_pointer (&self->result, limen_table_bench_result_unref);
  work (self);
  g_signal_emit_by_name (self, "changed");
}

void
limen_table_bench_set_shown (LimenTableBench *self, gboolean shown)
{
  g_return_if_fail (LIMEN_IS_TABLE_BENCH (self));
  self->shown = shown;
  work (self);
}

const LimenTableScores *
limen_table_bench_table (LimenTableBench *self)
{
  g_return_val_if_fail (LIMEN_IS_TABLE_BENCH (self), NULL);
  return self->now;
}

LimenTableBenchResult *
limen_table_bench_result (LimenTableBench *self)
{
  g_return_val_if_fail (LIMEN_IS_TABLE_BENCH (self), NULL);
  return self->result;
}

void
limen_table_bench_choose (LimenTableBench *self, guint index)
{
  g_return_if_fail (LIMEN_IS_TABLE_BENCH (self));
  if (self->now && index < self->now->table->n_columns)
    limen_detector_session_choose_column (self->detector, self->now->table->column[index].name);
}

static void
limen_table_bench_dispose (GObject *object)
{
  LimenTableBench *self = LIMEN_TABLE_BENCH (object);
  if (self->detector)
    g_signal_handlers_disconnect_by_data (self->detector, self);
  g_clear_pointer (&self->work, limen_latest_free);
  g_clear_pointer (&self->now, limen_table_scores_unref);
  g_clear_pointer (&self->result, limen_table_bench_result_unref);
  g_clear_object (&self->detector);
  G_OBJECT_CLASS (limen_table_bench_parent_class)->dispose (object);
}

static void
limen_table_bench_class_init (LimenTableBenchClass *klass)
{
  static const char *const names[] = {"changed", NULL};
  G_OBJECT_CLASS (klass)->dispose = limen_table_bench_dispose;
  limen_signals_new (G_TYPE_FROM_CLASS (klass), names, TRUE);
}

static void
limen_table_bench_init (LimenTableBench *self)
{
  self->work =
      limen_latest_new (run_bench, input_free, (GDestroyNotify)limen_table_bench_result_unref,
                        LIMEN_OVERTAKEN_IS_CANCELLED, worked_cb, self);
}

LimenTableBench *
limen_table_bench_new (LimenDetectorSession *detector)
{
  g_return_val_if_fail (LIMEN_IS_DETECTOR_SESSION (detector), NULL);
  LimenTableBench *self = g_object_new (LIMEN_TYPE_TABLE_BENCH, NULL);
  self->detector = g_object_ref (detector);
  data_changed_cb (self);
  g_signal_connect_swapped (detector, "data-changed", G_CALLBACK (data_changed_cb), self);
  return self;
}
