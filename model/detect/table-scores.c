#include "model/detect/table-scores.h"

#include <math.h>

/* -- sets -- */

/* Rows of @wanted, as bits of LimenRowsOf, that have a number. @set: of a measure and a name of its
 * own */
static void
take_set (const LimenTableScores *scores, guint wanted, LimenMeasure *measure, const char *name,
          LimenTableSet *set)
{
  const LimenScoreTable *table = scores->table;
  const double *value = table->column[scores->column].value;
  guint n = 0, k = 0;
  for (guint i = 0; i < table->n; i++)
    n += (wanted >> table->of[i] & 1) && !isnan (value[i]);
  if (n == 0)
    return;
  g_autofree double *chosen = g_new (double, n);
  set->row = g_new (guint32, n);
  for (guint i = 0; i < table->n; i++)
    if ((wanted >> table->of[i] & 1) && !isnan (value[i])) {
      set->row[k] = i;
      chosen[k++] = value[i];
    }
  set->scores = limen_scores_new_of (measure, name, chosen, n);
}

/* The same scores as of another measure, whose side is another: their order stays. */
static void
measure_again (LimenTableSet *set, LimenMeasure *measure)
{
  if (!set->scores)
    return;
  LimenScores *scores =
      limen_scores_new_of (measure, set->scores->name, set->scores->value, set->scores->n);
  limen_scores_unref (set->scores);
  set->scores = scores;
}

static void
clear_set (LimenTableSet *set)
{
  g_clear_pointer (&set->scores, limen_scores_unref);
  g_clear_pointer (&set->row, g_free);
}

static gboolean
has_labels (const LimenScoreTable *table)
{
  return table->n_of[LIMEN_ROWS_UNKNOWN] < table->n;
}

static void
take_sets (LimenTableScores *scores, LimenMeasure *measure)
{
  const LimenScoreTable *table = scores->table;
  const double *value = table->column[scores->column].value;
  gboolean labels = has_labels (table);
  take_set (scores, 1u << (labels ? LIMEN_ROWS_NORMAL : LIMEN_ROWS_UNKNOWN), measure,
            "normal images", &scores->normal);
  take_set (scores, 1u << LIMEN_ROWS_ANOMALY, measure, "anomalies", &scores->anomaly);
  take_set (scores, 1u << LIMEN_ROWS_VALIDATION, measure, "validation", &scores->validation);
  for (guint i = 0; i < table->n; i++) {
    gboolean number = !isnan (value[i]);
    scores->n_without += !number;
    scores->n_unknown += number && labels && table->of[i] == LIMEN_ROWS_UNKNOWN;
    scores->n_fit += number && table->of[i] == LIMEN_ROWS_FIT;
  }
}

/* -- sides -- */

/* (transfer full) (nullable): of what Limen writes itself, whose unit and side are known */
static LimenMeasure *
known_measure (const char *column)
{
  LimenMeasure *known = limen_measure_log_likelihood ();
  g_autofree char *name = limen_measure_column (known);
  return g_ascii_strcasecmp (column, name) == 0 ? limen_measure_ref (known) : NULL;
}

static LimenMeasure *
measure_of (const char *column, LimenFlags flags, gboolean high)
{
  LimenMeasure *known = known_measure (column);
  LimenSide side = flags != LIMEN_FLAGS_FOUND_OUT ? (LimenSide)flags
                   : high                         ? LIMEN_SIDE_HIGH
                                                  : LIMEN_SIDE_LOW;
  if (known && (flags == LIMEN_FLAGS_FOUND_OUT || known->side == side))
    return known;
  LimenMeasure *measure = limen_measure_new (column, column, known ? known->unit : "", side);
  g_clear_pointer (&known, limen_measure_unref);
  return measure;
}

static gboolean
refuse_side (const LimenTableScores *scores, GError **error)
{
  const LimenScoreTable *table = scores->table;
  return limen_refuse (error, LIMEN_ERROR_MISMATCH, table->files[0],
                       "does not say whether high or low values of “%s” are unusual, and %s; say "
                       "which are: low, high or both",
                       table->column[scores->column].name,
                       has_labels (table)
                           ? "has not both normal images and anomalies to find it out by"
                           : "has no labels to find it out by");
}

/* By the labels, unless the name of the column or the user says it. @high: what the scores are of
 * so far */
static gboolean
choose_side (LimenTableScores *scores, LimenMeasure *high, LimenFlags flags, GError **error)
{
  const char *column = scores->table->column[scores->column].name;
  g_autoptr (LimenMeasure) known = known_measure (column);
  gboolean asks = flags == LIMEN_FLAGS_FOUND_OUT && !known;
  if (asks && isnan (scores->auroc_high))
    return refuse_side (scores, error);
  scores->side_of_labels = asks;
  g_autoptr (LimenMeasure) measure = measure_of (column, flags, scores->auroc_high >= 0.5);
  scores->measure = limen_measure_ref (limen_measure_same (measure, high) ? high : measure);
  if (scores->measure == high)
    return TRUE;
  measure_again (&scores->normal, measure);
  measure_again (&scores->anomaly, measure);
  measure_again (&scores->validation, measure);
  return TRUE;
}

/* -- the whole -- */

LimenTableScores *
limen_table_scores_new (LimenScoreTable *table, guint column, LimenFlags flags, GError **error)
{
  g_return_val_if_fail (table != NULL && column < table->n_columns, NULL);
  g_autoptr (LimenTableScores) scores = g_new0 (LimenTableScores, 1);
  g_autoptr (LimenMeasure) high = measure_of (table->column[column].name, LIMEN_FLAGS_HIGH, TRUE);
  g_atomic_ref_count_init (&scores->references);
  scores->table = limen_score_table_ref (table);
  scores->column = column;
  scores->auroc_high = NAN;
  take_sets (scores, high);
  const LimenScores *normal =
      scores->normal.scores ? scores->normal.scores : scores->validation.scores;
  if (normal && scores->anomaly.scores)
    scores->auroc_high = limen_auroc (normal, scores->anomaly.scores);
  if (!normal) {
    limen_refuse (error, LIMEN_ERROR_ARGUMENT, table->files[0],
                  "has no number of a normal image in “%s”; a threshold is set by those",
                  table->column[column].name);
    return NULL;
  }
  return choose_side (scores, high, flags, error) ? g_steal_pointer (&scores) : NULL;
}

LimenTableScores *
limen_table_scores_joined (LimenTableScores *scores)
{
  g_return_val_if_fail (scores != NULL, NULL);
  if (!scores->validation.scores)
    return limen_table_scores_ref (scores);
  LimenTableScores *joined = g_new0 (LimenTableScores, 1);
  *joined = *scores;
  g_atomic_ref_count_init (&joined->references);
  limen_score_table_ref (joined->table);
  limen_measure_ref (joined->measure);
  joined->validation = joined->normal = joined->anomaly = (LimenTableSet){NULL, NULL};
  take_set (joined, 1u << LIMEN_ROWS_NORMAL | 1u << LIMEN_ROWS_VALIDATION, joined->measure,
            "normal images", &joined->normal);
  take_set (joined, 1u << LIMEN_ROWS_ANOMALY, joined->measure, "anomalies", &joined->anomaly);
  return joined;
}

LimenTableScores *
limen_table_scores_ref (LimenTableScores *scores)
{
  g_return_val_if_fail (scores != NULL, NULL);
  g_atomic_ref_count_inc (&scores->references);
  return scores;
}

void
limen_table_scores_unref (LimenTableScores *scores)
{
  g_return_if_fail (scores != NULL);
  if (!g_atomic_ref_count_dec (&scores->references))
    return;
  limen_score_table_unref (scores->table);
  clear_set (&scores->validation);
  clear_set (&scores->normal);
  clear_set (&scores->anomaly);
  g_clear_pointer (&scores->measure, limen_measure_unref);
  g_free (scores);
}

static void
tell_left_out (GString *told, guint n, const char *what)
{
  if (n > 0)
    g_string_append_printf (told, "; %u row%s %s left out", n, n == 1 ? "" : "s", what);
}

char *
limen_table_scores_told (const LimenTableScores *scores)
{
  g_return_val_if_fail (scores != NULL, NULL);
  static const char *const what[] = {[LIMEN_SIDE_LOW] = "low values are flagged",
                                     [LIMEN_SIDE_HIGH] = "high values are flagged",
                                     [LIMEN_SIDE_BOTH] = "values far from the mean are flagged"};
  LimenSide side = scores->measure->side;
  GString *told = g_string_new (NULL);
  g_string_append_printf (told, "“%s”", scores->table->column[scores->column].name);
  if (scores->table->n_columns > 1)
    g_string_append_printf (told, ", one of %u columns", scores->table->n_columns);
  g_string_append_printf (told, ": %s", what[side]);
  if (scores->side_of_labels) {
    double high = scores->auroc_high;
    g_string_append_printf (told, ", as the labels say (AUROC %.4f; of %s ones %.4f)",
                            MAX (high, 1 - high), side == LIMEN_SIDE_HIGH ? "low" : "high",
                            MIN (high, 1 - high));
  }
  if (!has_labels (scores->table))
    g_string_append (told, "; without labels all rows are taken for normal images");
  tell_left_out (told, scores->n_without, "without a number");
  tell_left_out (told, scores->n_unknown, "without a label that says what they are");
  tell_left_out (told, scores->n_fit, "of images that the detector was fitted to");
  return g_string_free (told, FALSE);
}

char *
limen_table_set_name (const LimenTableScores *scores, const LimenTableSet *set, guint index)
{
  g_return_val_if_fail (scores != NULL && set != NULL && set->row != NULL, NULL);
  const LimenNameList *names = scores->table->names;
  guint32 row = set->row[index];
  return names ? g_strdup (limen_name_list_at (names, row)) : g_strdup_printf ("row %u", row + 1);
}
