/* A table: any bytes are finite numbers with names that are text, or are refused with a sentence;
 * and what is read is read again from the same numbers written plainly. */
#include "model/data/table.h"

#include <math.h>
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
check_names (char **names, guint n)
{
  for (guint i = 0; names && i < n; i++)
    check (names[i] && g_utf8_validate (names[i], -1, NULL));
  check (!names || names[n] == NULL);
}

/* With names, so that no row or column can be taken for some. */
static void
check_again (const LimenTable *table, const LimenTableWants *wants)
{
  g_autoptr (GString) text = g_string_new ("strategy");
  char number[G_ASCII_DTOSTR_BUF_SIZE];
  for (guint j = 0; j < table->columns; j++)
    g_string_append_printf (text, ";c%u", j);
  for (guint i = 0; i < table->rows; i++) {
    g_string_append_printf (text, "\nr%u", i);
    for (guint j = 0; j < table->columns; j++)
      g_string_append_printf (
          text, ";%s",
          g_ascii_dtostr (number, sizeof number, table->value[(gsize)i * table->columns + j]));
  }
  g_autoptr (GBytes) bytes = g_bytes_new (text->str, text->len);
  g_autoptr (LimenTable) again = limen_table_read (bytes, "again.csv", wants, NULL, NULL);
  check (again && again->rows == table->rows && again->columns == table->columns);
  for (gsize k = 0; k < (gsize)table->rows * table->columns; k++)
    check (again->value[k] == table->value[k]);
  check (!again->told);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const LimenTableWants wants[] = {
      {.game = TRUE, .most_rows = 10, .most_columns = 10, .most = 1e9},
      {.game = FALSE, .most_rows = 100, .most_columns = 20, .most = 1e300}};
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  for (guint w = 0; w < 2; w++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (LimenTable) table = limen_table_read (bytes, "fuzz.csv", &wants[w], NULL, &error);
    check ((table == NULL) == (error != NULL));
    check (!error ||
           (strstr (error->message, "fuzz.csv") && g_str_has_suffix (error->message, ".") &&
            !strchr (error->message, '\n') && g_utf8_validate (error->message, -1, NULL)));
    if (!table)
      continue;
    check (table->rows >= 1 && table->rows <= wants[w].most_rows && table->columns >= 1 &&
           table->columns <= wants[w].most_columns);
    for (gsize k = 0; k < (gsize)table->rows * table->columns; k++)
      check (fabs (table->value[k]) <= wants[w].most);
    check_names (table->row_name, table->rows);
    check_names (table->column_name, table->columns);
    check (!table->told || g_utf8_validate (table->told, -1, NULL));
    if (wants[w].game)
      check_again (table, &wants[w]);
  }
  return 0;
}
