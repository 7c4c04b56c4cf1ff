/* Payoffs from a CSV file. */
#include "model/data/cell-number.h"
#include "model/data/file.h"
#include "model/data/table.h"
#include "model/game/payoff.h"

#include <string.h>

#define MOST_BYTES ((gsize)16 << 20) /* a sheet whose million rows are empty has about as many */

gboolean
limen_payoff_parse_number (const char *text, double *value)
{
  g_autofree char *plain = g_strstrip (g_strdup (text));
  return limen_plain_number (plain, strlen (plain), value);
}

/* On one line */
static void
set_name (char *to, const char *name)
{
  const char *end;
  g_strlcpy (to, name, 24);
  for (char *c = to; *c; c++)
    if ((guchar)*c < ' ')
      *c = ' ';
  if (!g_utf8_validate (to, -1, &end)) /* cut within a character */
    to[end - to] = 0;
}

/* Those that the table has; a game as wide as high whose columns have names has them for its rows,
 * too; else they have numbers. */
static void
take_names (LimenPayoff *payoff, const LimenTable *table)
{
  gboolean square = payoff->rows == payoff->columns && table->column_name && !table->row_name;
  for (guint j = 0; j < payoff->columns; j++)
    if (table->column_name && *table->column_name[j])
      set_name (payoff->column_name[j], table->column_name[j]);
    else
      g_snprintf (payoff->column_name[j], sizeof payoff->column_name[j], "B%u", j + 1);
  for (guint i = 0; i < payoff->rows; i++)
    if (table->row_name && *table->row_name[i])
      set_name (payoff->row_name[i], table->row_name[i]);
    else if (square)
      g_strlcpy (payoff->row_name[i], payoff->column_name[i], sizeof payoff->row_name[i]);
    else
      g_snprintf (payoff->row_name[i], sizeof payoff->row_name[i], "A%u", i + 1);
}

gboolean
limen_payoff_parse (GBytes *bytes, const char *path, LimenPayoff *payoff, char **told,
                    GError **error)
{
  static const LimenTableWants wants = {
      .game = TRUE, .most_rows = LIMEN_GAME_MOST, .most_columns = LIMEN_GAME_MOST, .most = 1e9};
  g_autoptr (LimenTable) table = limen_table_read (bytes, path, &wants, NULL, error);
  *payoff = (LimenPayoff){0};
  if (told)
    *told = NULL;
  if (!table)
    return FALSE;
  payoff->rows = table->rows;
  payoff->columns = table->columns;
  memcpy (payoff->m, table->value, table->rows * table->columns * sizeof *payoff->m);
  take_names (payoff, table);
  if (told)
    *told = g_steal_pointer (&table->told);
  return TRUE;
}

gboolean
limen_payoff_load (const char *path, LimenPayoff *payoff, char **told, GError **error)
{
  if (told)
    *told = NULL;
  g_autoptr (GBytes) bytes = limen_file_read (path, MOST_BYTES, NULL, error);
  return bytes && limen_payoff_parse (bytes, path, payoff, told, error);
}
