/* Scores of other programs: any bytes are a table whose parts fit each other, or are refused with a
 * sentence. */
#include "model/data/score-table.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
check (gboolean holds)
{
  if (!holds)
    abort ();
}

static void
check_table (const LimenScoreTable *table)
{
  guint n_of[LIMEN_N_ROWS] = {0};
  check (table->n > 0 && table->n_columns > 0 &&
         table->n_columns <= LIMEN_SCORE_TABLE_MOST_COLUMNS && table->best < table->n_columns);
  check (g_utf8_validate (table->told, -1, NULL) && !strchr (table->told, '\n'));
  for (guint k = 0; k < table->n_columns; k++) {
    guint missing = 0;
    for (guint i = 0; i < table->n; i++)
      missing += table->column[k].value[i] != table->column[k].value[i];
    check (missing == table->column[k].n_missing && missing < table->n);
    check (g_utf8_validate (table->column[k].name, -1, NULL));
  }
  for (guint i = 0; i < table->n; i++) {
    check (table->of[i] < LIMEN_N_ROWS);
    n_of[table->of[i]]++;
    check (!table->names || g_utf8_validate (limen_name_list_at (table->names, i), -1, NULL));
  }
  check (memcmp (n_of, table->n_of, sizeof n_of) == 0);
  check (!table->names || limen_name_list_n (table->names) == table->n);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const char *const one[] = {"1", NULL};
  static const LimenScoreTableOptions options[] = {
      {NULL}, {.no_labels = TRUE}, {.columns = one, .labels = "2", .names = "3"}};
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  for (guint i = 0; i < G_N_ELEMENTS (options); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (LimenScoreTable) table =
        limen_score_table_parse (bytes, "fuzz.csv", &options[i], &error);
    check ((table == NULL) == (error != NULL));
    check (!error ||
           (strstr (error->message, "fuzz.csv") && g_str_has_suffix (error->message, ".") &&
            !strchr (error->message, '\n') && g_utf8_validate (error->message, -1, NULL)));
    if (table)
      check_table (table);
  }
  return 0;
}
