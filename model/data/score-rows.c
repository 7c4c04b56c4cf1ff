/* The rows of a table of scores, each once. */
#include "model/data/score-table-private.h"

#include <math.h>
#include <string.h>

#define TOLD 65536 /* rows between two words on how far it is */

static const LimenCell none = {"", 0, FALSE};

static const LimenCell *
cell_at (const LimenRow *row, guint i)
{
  return i < row->n ? &row->cell[i] : &none;
}

/* What is written once more where tables were put one behind another */
static gboolean
repeats_header (const LimenScoreColumns *columns, const LimenRow *row)
{
  for (guint i = 0; i < columns->n; i++) {
    const char *header = g_array_index (columns->look, LimenColumnLook, i).header;
    const LimenCell *cell = cell_at (row, i);
    if (!header || strlen (header) != cell->n || memcmp (header, cell->at, cell->n) != 0)
      return FALSE;
  }
  return TRUE;
}

static gboolean
refuse_length (const LimenScoreFile *file, const LimenRow *row, guint has, GError **error)
{
  return limen_refuse (error, LIMEN_ERROR_DAMAGED, file->path,
                       "has %s cells in row %" G_GUINT64_FORMAT
                       " (%u) than before (%u); give all rows as many",
                       has > file->columns.n ? "more" : "fewer", row->number, has, file->columns.n);
}

static gboolean
refuse_cell (const LimenScoreFile *file, const LimenRow *row, guint i, GError **error)
{
  static const LimenTableWants wants = {.game = FALSE};
  const LimenTableReader reader = {.wants = &wants, .path = file->path};
  return limen_table_refuse_cell (&reader, cell_at (row, i), row->number, i + 1, error);
}

/* A cell that is empty or says that there is no number is NaN. */
static gboolean
read_score (const LimenScoreFile *file, const LimenRow *row, guint i, double *value, GError **error)
{
  const LimenCell *cell = cell_at (row, i);
  if (cell->n > 0 && limen_cell_number (cell->at, cell->n, file->columns.decimal, value, NULL))
    return TRUE;
  LimenCellKind kind = cell->n > 0 ? limen_cell_kind (cell->at, cell->n) : LIMEN_CELL_MISSING;
  *value = NAN;
  return kind == LIMEN_CELL_MISSING || kind == LIMEN_CELL_NOTHING ||
         refuse_cell (file, row, i, error);
}

/* A whole number below @end */
static gboolean
read_whole (const LimenScoreFile *file, const LimenRow *row, guint i, double end, double *value,
            GError **error)
{
  const LimenCell *cell = cell_at (row, i);
  if (limen_cell_number (cell->at, cell->n, LIMEN_DECIMAL_POINT, value, NULL) && *value >= 0 &&
      *value == floor (*value) && *value < end)
    return TRUE;
  g_autofree char *shown = limen_cell_text (cell);
  return limen_refuse (error, LIMEN_ERROR_DAMAGED, file->path,
                       "has “%s” in row %" G_GUINT64_FORMAT
                       " where it counts images, column %u; write it once more with limen score",
                       shown, row->number, i + 1);
}

static gboolean
is_text (const LimenCell *cell, const char *text)
{
  return cell->n == strlen (text) && memcmp (cell->at, text, cell->n) == 0;
}

/* Where in all images the row stands, of how many, by which model: the last two the same in all of
 * a file */
static gboolean
read_part (LimenScoreBuilder *builder, const LimenScoreColumns *lead, LimenScoreFile *file,
           const LimenRow *row, GError **error)
{
  double images, index;
  if (lead->index == LIMEN_NO_COLUMN)
    return TRUE;
  if (!read_whole (file, row, lead->images, 4294967296.0, &images, error) ||
      !read_whole (file, row, lead->index, images, &index, error))
    return FALSE;
  const LimenCell *model = cell_at (row, lead->model);
  if (!file->model) {
    file->model = g_strndup (model->at, model->n);
    file->images = (guint64)images;
  }
  if (file->images != (guint64)images || !is_text (model, file->model))
    return limen_refuse (error, LIMEN_ERROR_DAMAGED, file->path,
                         "holds scores of other images or by another model from row "
                         "%" G_GUINT64_FORMAT " on; keep what belongs together in files of its own",
                         row->number);
  guint32 whole = (guint32)index;
  g_array_append_val (builder->index, whole);
  return TRUE;
}

static void
read_words (LimenScoreBuilder *builder, const LimenScoreColumns *lead, const LimenRow *row)
{
  const LimenCell *name = lead->names == LIMEN_NO_COLUMN ? NULL : cell_at (row, lead->names);
  if (name)
    limen_name_list_add (builder->names, name->at, name->n);
  if (name && !builder->has_labels)
    limen_labels_add_folder (&builder->folders, name->at, name->n);
  if (builder->has_labels) {
    const LimenCell *label = cell_at (row, lead->labels);
    limen_labels_add (&builder->labels, label->at, label->n);
  }
  if (builder->has_splits) {
    const LimenCell *split = cell_at (row, lead->splits);
    limen_labels_add (&builder->splits, split->at, split->n);
  }
}

static gboolean
read_row (LimenScoreBuilder *builder, LimenScoreFile *file, const LimenRow *row, GError **error)
{
  const LimenScoreColumns *lead = &builder->file[builder->lead].columns;
  double value[LIMEN_SCORE_TABLE_MOST_COLUMNS];
  if (row->used > file->columns.n)
    return refuse_length (file, row, row->used, error);
  if (row->n < file->columns.n)
    return refuse_length (file, row, row->n, error);
  for (guint k = 0; k < lead->scores->len; k++)
    if (!read_score (file, row, g_array_index (lead->scores, guint, k), &value[k], error))
      return FALSE;
  if (!read_part (builder, lead, file, row, error) ||
      !limen_score_builder_add (builder, value, file->path, error))
    return FALSE;
  read_words (builder, lead, row);
  return TRUE;
}

static void
tell (const LimenScoreBuilder *builder, const LimenScoreFile *file)
{
  double before = (double)(file - builder->file);
  if (builder->run.progress)
    builder->run.progress ((before + limen_csv_done (file->csv)) / builder->n_files,
                           builder->run.progress_data);
}

gboolean
limen_score_read_rows (LimenScoreBuilder *builder, LimenScoreFile *file, GError **error)
{
  const LimenScoreColumns *lead = &builder->file[builder->lead].columns;
  GError *failed = NULL;
  LimenRow row;
  while (limen_csv_next (file->csv, &row, &failed)) {
    const char *first = row.cell[0].at;
    const char *header = g_array_index (lead->look, LimenColumnLook, 0).header;
    gboolean as_header = row.number == file->columns.header_row;
    if (!as_header && header && row.cell[0].n > 0 && *first == *header &&
        repeats_header (lead, &row)) {
      file->n_headers++;
      as_header = TRUE;
    }
    if (!as_header && !read_row (builder, file, &row, error))
      return FALSE;
    if (row.number % TOLD == 0)
      tell (builder, file);
  }
  if (failed)
    g_propagate_error (error, failed);
  return !failed;
}
