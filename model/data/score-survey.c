/* The first rows of a table of scores: what stands in its columns, and whether the first is a
 * header. */
#include "model/data/score-columns.h"
#include "model/data/score-header.h"
#include "model/data/score-labels.h"

#include <math.h>
#include <string.h>

#define MOST_ROWS  2000 /* that are looked at */
#define MOST_WORDS 32   /* different ones of a column that are counted */

/* A row that stays known */
typedef struct {
  guint64 number;
  GPtrArray *text;
} Kept;

static Kept
keep_row (const LimenRow *row)
{
  Kept kept = {row->number, g_ptr_array_new_with_free_func (g_free)};
  for (guint i = 0; i < row->n; i++)
    g_ptr_array_add (kept.text, g_strndup (row->cell[i].at, row->cell[i].n));
  return kept;
}

static LimenCell
cell_of (const Kept *kept, guint i)
{
  const char *text = i < kept->text->len ? kept->text->pdata[i] : "";
  return (LimenCell){text, strlen (text), FALSE};
}

static LimenColumnLook *
look_of (const LimenScoreColumns *columns, guint i)
{
  return &g_array_index (columns->look, LimenColumnLook, i);
}

static void
clear_look (gpointer data)
{
  LimenColumnLook *look = data;
  g_free (look->header);
  g_clear_pointer (&look->words, g_hash_table_unref);
}

/* -- cells -- */

static gboolean
looks_like_path (const char *text, gsize n)
{
  static const char *const endings[] = {".png",  ".jpg", ".jpeg", ".bmp", ".tif",
                                        ".tiff", ".gif", ".webp", ".pgm", ".npy"};
  if (memchr (text, '/', n) || memchr (text, '\\', n))
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++) {
    gsize size = strlen (endings[i]);
    if (n > size && g_ascii_strncasecmp (text + n - size, endings[i], size) == 0)
      return TRUE;
  }
  return FALSE;
}

/* The first two rows come last. */
static void
look_at_number (LimenColumnLook *look, double value)
{
  if (look->numbers == 0) {
    look->counts = look->binary = look->whole = TRUE;
    look->first = look->next = value;
  }
  if (value == look->next)
    look->next++;
  else if (value == look->first - 1)
    look->first--;
  else
    look->counts = FALSE;
  look->binary = look->binary && (value == 0 || value == 1);
  look->whole = look->whole && value == floor (value);
  look->numbers++;
}

static void
look_at_cell (LimenScoreColumns *columns, guint i, const LimenCell *cell, guint64 row)
{
  LimenColumnLook *look = look_of (columns, i);
  LimenCellKind kind = cell->n > 0 ? limen_cell_kind (cell->at, cell->n) : LIMEN_CELL_MISSING;
  double value = NAN;
  if (kind == LIMEN_CELL_NUMBER) {
    limen_table_look_at_marks (&columns->marks, cell, row, i + 1);
    if (!limen_cell_number (cell->at, cell->n, LIMEN_DECIMAL_POINT, &value, NULL))
      limen_cell_number (cell->at, cell->n, LIMEN_DECIMAL_COMMA, &value, NULL);
  }
  gboolean number = kind == LIMEN_CELL_NUMBER && !isnan (value);
  gboolean missing = kind == LIMEN_CELL_MISSING || kind == LIMEN_CELL_NOTHING || isnan (value);
  missing = missing &&
            (kind == LIMEN_CELL_NUMBER || kind == LIMEN_CELL_MISSING || kind == LIMEN_CELL_NOTHING);
  if (number)
    look_at_number (look, value);
  look->missing += !number && missing;
  look->texts += !number && !missing;
  look->slips += !number && !missing && !limen_cell_may_be_word (kind);
  if (!number && missing)
    return;
  look->paths = look->paths || looks_like_path (cell->at, cell->n);
  if (g_hash_table_size (look->words) > MOST_WORDS)
    return;
  g_autofree char *word = g_strndup (cell->at, cell->n);
  if (!g_hash_table_contains (look->words, word)) {
    look->labels = look->labels && limen_label_may_be (cell->at, cell->n);
    g_hash_table_add (look->words, g_steal_pointer (&word));
  }
}

static void
look_at_kept (LimenScoreColumns *columns, const Kept *kept)
{
  for (guint i = 0; i < columns->n; i++) {
    LimenCell cell = cell_of (kept, i);
    look_at_cell (columns, i, &cell, kept->number);
  }
  columns->n_rows++;
}

static void
look_at_row (LimenScoreColumns *columns, const LimenRow *row)
{
  const LimenCell none = {"", 0, FALSE};
  for (guint i = 0; i < columns->n; i++)
    look_at_cell (columns, i, i < row->n ? &row->cell[i] : &none, row->number);
  columns->n_rows++;
}

/* -- header -- */

static gboolean
is_mostly_numbers (const LimenColumnLook *look)
{
  return look->numbers > 0 && look->numbers >= look->texts;
}

static LimenCellKind
kind_at (const Kept *kept, guint i)
{
  LimenCell cell = cell_of (kept, i);
  return cell.n > 0 ? limen_cell_kind (cell.at, cell.n) : LIMEN_CELL_MISSING;
}

/* Words, and at least one where numbers stand below */
static gboolean
stands_above (const LimenScoreColumns *columns, const Kept *kept, gboolean *has_number)
{
  gboolean word = FALSE;
  *has_number = FALSE;
  for (guint i = 0; i < columns->n; i++) {
    LimenCellKind kind = kind_at (kept, i);
    gboolean numeric = is_mostly_numbers (look_of (columns, i));
    *has_number = *has_number || kind == LIMEN_CELL_NUMBER;
    word = word || (numeric && kind != LIMEN_CELL_NUMBER && kind != LIMEN_CELL_MISSING &&
                    kind != LIMEN_CELL_NOTHING);
  }
  return word;
}

/* Without a number, and with a name that scores have: whatever stands below */
static gboolean
names_scores (const LimenScoreColumns *columns, const Kept *kept)
{
  for (guint i = 0; i < columns->n; i++)
    if (limen_header_rank (cell_of (kept, i).at) > 0)
      return TRUE;
  return FALSE;
}

/* ",0,1" above "0,0.25,0.5": columns that pandas counted, beside an index */
static gboolean
counts_columns (const LimenScoreColumns *columns, const Kept *kept)
{
  if (columns->n < 2 || cell_of (kept, 0).n > 0)
    return FALSE;
  for (guint i = 1; i < columns->n; i++) {
    g_autofree char *number = g_strdup_printf ("%u", i - 1);
    LimenCell cell = cell_of (kept, i);
    if (cell.n != strlen (number) || memcmp (cell.at, number, cell.n) != 0)
      return FALSE;
  }
  return look_of (columns, 0)->numbers + look_of (columns, 0)->texts > 0;
}

static gboolean
refuse_two_headers (const Kept *first, const Kept *second, const char *path, GError **error)
{
  return limen_refuse (error, LIMEN_ERROR_FORMAT, path,
                       "has two rows of words above its numbers (rows %" G_GUINT64_FORMAT
                       " and %" G_GUINT64_FORMAT "); leave one of them, the names of the columns",
                       first->number, second->number);
}

static void
take_header (LimenScoreColumns *columns, const Kept *kept)
{
  columns->header_row = kept->number;
  for (guint i = 0; i < columns->n; i++)
    look_of (columns, i)->header = g_strdup (cell_of (kept, i).at);
}

/* The first two rows, once those behind them are known */
static gboolean
look_at_top (LimenScoreColumns *columns, const Kept *first, const Kept *second, const char *path,
             GError **error)
{
  gboolean number;
  if (second->text && columns->n_rows > 0 && stands_above (columns, second, &number) && !number)
    return refuse_two_headers (first, second, path, error);
  if (second->text)
    look_at_kept (columns, second);
  gboolean above = stands_above (columns, first, &number) || counts_columns (columns, first) ||
                   (!number && names_scores (columns, first));
  if (columns->n_rows == 0) /* alone: words that no row follows, or one row of numbers */
    above = !number;
  if (above)
    take_header (columns, first);
  else
    look_at_kept (columns, first);
  return TRUE;
}

/* The same words, as where tables were put one behind another */
static gboolean
repeats (const Kept *kept, const LimenRow *row)
{
  if (row->n != kept->text->len)
    return FALSE;
  for (guint i = 0; i < row->n; i++) {
    LimenCell cell = cell_of (kept, i);
    if (cell.n != row->cell[i].n || memcmp (cell.at, row->cell[i].at, cell.n) != 0 ||
        kind_at (kept, i) == LIMEN_CELL_NUMBER)
      return FALSE;
  }
  return TRUE;
}

static void
add_columns (LimenScoreColumns *columns, guint n)
{
  for (; columns->n < n; columns->n++) {
    LimenColumnLook look = {
        .labels = TRUE,
        .words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
    };
    g_array_append_val (columns->look, look);
  }
}

gboolean
limen_score_columns_survey (LimenScoreColumns *columns, LimenCsv *csv, const char *path,
                            GError **error)
{
  Kept first = {0}, second = {0};
  GError *failed = NULL;
  LimenRow row;
  columns->look = g_array_new (FALSE, FALSE, sizeof (LimenColumnLook));
  g_array_set_clear_func (columns->look, clear_look);
  for (guint n = 0; n < MOST_ROWS && limen_csv_next (csv, &row, &failed);) {
    if (n > 0 && repeats (&first, &row))
      continue;
    if (n < 2) /* what stands behind a header's last name is found to be too long later */
      add_columns (columns, row.used);
    if (n == 0)
      first = keep_row (&row);
    else if (n == 1)
      second = keep_row (&row);
    else
      look_at_row (columns, &row);
    n++;
  }
  gboolean ok = !failed && (!first.text || look_at_top (columns, &first, &second, path, error));
  if (failed)
    g_propagate_error (error, failed);
  g_clear_pointer (&first.text, g_ptr_array_unref);
  g_clear_pointer (&second.text, g_ptr_array_unref);
  limen_csv_rewind (csv);
  return ok;
}
