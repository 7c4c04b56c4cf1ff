#include "model/data/score-table-private.h"

#include "model/data/image-set.h"
#include "model/data/role-words.h"

#include <math.h>
#include <string.h>

#define MOST_ROWS     500000000u
#define FIRST_ROOM    4096u
#define MOST_COMPARED 2000000u /* names, so that those which stand in several rows are counted */

/* -- rows -- */

gboolean
limen_score_builder_add (LimenScoreBuilder *builder, const double *value, const char *path,
                         GError **error)
{
  if (builder->n == MOST_ROWS)
    return limen_refuse (error, LIMEN_ERROR_UNSAFE, path,
                         "has more than the %u rows that Limen reads; split it", MOST_ROWS);
  if (builder->n == builder->room) {
    builder->room = MAX (FIRST_ROOM, builder->room + builder->room / 2);
    for (guint k = 0; k < builder->name->len; k++)
      builder->value[k] = g_renew (double, builder->value[k], builder->room);
  }
  for (guint k = 0; k < builder->name->len; k++)
    builder->value[k][builder->n] = value[k];
  builder->n++;
  return TRUE;
}

static void
builder_init (LimenScoreBuilder *builder, const LimenScoreTableOptions *options, guint n_files)
{
  static const LimenScoreTableOptions found_out;
  *builder = (LimenScoreBuilder){.options = options ? options : &found_out,
                                 .n_files = n_files,
                                 .file = g_new0 (LimenScoreFile, n_files),
                                 .name = g_ptr_array_new_with_free_func (g_free),
                                 .index = g_array_new (FALSE, FALSE, sizeof (guint32))};
  for (guint i = 0; i < n_files; i++)
    limen_score_columns_init (&builder->file[i].columns);
  limen_labels_init (&builder->labels);
  limen_labels_init (&builder->folders);
  limen_labels_init (&builder->splits);
}

static void
builder_clear (LimenScoreBuilder *builder)
{
  for (guint i = 0; i < builder->n_files; i++) {
    g_clear_pointer (&builder->file[i].csv, limen_csv_free);
    limen_score_columns_clear (&builder->file[i].columns);
    g_free (builder->file[i].model);
  }
  for (guint k = 0; k < LIMEN_SCORE_TABLE_MOST_COLUMNS; k++)
    g_free (builder->value[k]);
  g_free (builder->file);
  g_ptr_array_unref (builder->name);
  g_array_unref (builder->index);
  limen_labels_clear (&builder->labels);
  limen_labels_clear (&builder->folders);
  limen_labels_clear (&builder->splits);
  g_clear_pointer (&builder->names, limen_name_list_free);
  g_free (builder->label_column);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LimenScoreBuilder, builder_clear)

/* -- columns of all files -- */

/* @bytes: (nullable): instead of the file */
static gboolean
survey (LimenScoreBuilder *builder, LimenScoreFile *file, GBytes *bytes, GError **error)
{
  GCancellable *cancellable = builder->run.cancellable;
  file->is_array = !bytes && limen_score_is_array (file->path);
  if (file->is_array)
    return limen_score_survey_array (builder, file, error);
  file->csv = bytes ? limen_csv_new (bytes, file->path, cancellable, error)
                    : limen_csv_open (file->path, cancellable, error);
  return file->csv &&
         limen_score_columns_find (&file->columns, file->csv, file->path, builder->options, error);
}

/* The columns are those of the first with a header and rows; without one, of the first with either
 */
static guint
find_lead (const LimenScoreBuilder *builder)
{
  guint best = 0, most = 0;
  for (guint i = 0; i < builder->n_files; i++) {
    const LimenScoreFile *file = &builder->file[i];
    guint rank = 2 * (file->is_array || file->columns.n_rows > 0) + (file->columns.header_row > 0);
    if (rank > most) {
      most = rank;
      best = i;
    }
  }
  return best;
}

static gboolean
check_same (const LimenScoreBuilder *builder, GError **error)
{
  const LimenScoreFile *lead = &builder->file[builder->lead];
  for (guint i = 0; i < builder->n_files; i++) {
    const LimenScoreFile *file = &builder->file[i];
    if (file->is_array == lead->is_array &&
        (file->is_array ? file->columns.n == lead->columns.n
                        : limen_score_columns_are_same (&lead->columns, &file->columns)))
      continue;
    g_autofree char *shown = limen_display_name (lead->path);
    return limen_refuse (error, LIMEN_ERROR_FORMAT, file->path,
                         "has other columns than %s; give files of the same columns", shown);
  }
  return TRUE;
}

/* One column without a name is called as its file. */
static char *
name_of (const LimenScoreFile *lead, guint column)
{
  if (lead->columns.n > 1 || lead->columns.header_row > 0)
    return limen_score_columns_name (&lead->columns, column);
  g_autofree char *base = g_path_get_basename (lead->path);
  char *dot = strrchr (base, '.');
  if (dot && dot > base)
    *dot = 0;
  return limen_display_name (base);
}

/* Where two are called the same, the second by its place as well, so that both can be named. */
static char *
name_apart (const LimenScoreBuilder *builder, const LimenScoreFile *lead, guint column)
{
  g_autofree char *name = name_of (lead, column);
  for (guint k = 0; k < builder->name->len; k++)
    if (g_ascii_strcasecmp (builder->name->pdata[k], name) == 0)
      return g_strdup_printf ("%s, column %u", name, column + 1);
  return g_steal_pointer (&name);
}

static gboolean
take_columns (LimenScoreBuilder *builder, GError **error)
{
  builder->lead = find_lead (builder);
  const LimenScoreFile *lead = &builder->file[builder->lead];
  const LimenScoreColumns *columns = &lead->columns;
  if (!lead->is_array && columns->n_rows == 0)
    return limen_refuse (error, LIMEN_ERROR_FORMAT, lead->path,
                         "has names of columns and no row below; give it a row for each image");
  for (guint k = 0; k < columns->scores->len; k++)
    g_ptr_array_add (builder->name,
                     name_apart (builder, lead, g_array_index (columns->scores, guint, k)));
  builder->has_labels = columns->labels != LIMEN_NO_COLUMN;
  builder->has_splits = columns->splits != LIMEN_NO_COLUMN;
  if (builder->has_labels)
    builder->label_column = limen_score_columns_name (columns, columns->labels);
  if (columns->names != LIMEN_NO_COLUMN)
    builder->names = limen_name_list_new ();
  return check_same (builder, error);
}

static gboolean
read_all (LimenScoreBuilder *builder, GError **error)
{
  for (guint i = 0; i < builder->n_files; i++) {
    LimenScoreFile *file = &builder->file[i];
    file->first = builder->n;
    if (!(file->is_array ? limen_score_read_array : limen_score_read_rows) (builder, file, error))
      return FALSE;
    file->n = builder->n - file->first;
    g_clear_pointer (&file->csv, limen_csv_free);
  }
  return TRUE;
}

/* -- which rows are of what -- */

/* Of files without labels: where some are called as normal images, and all others as something, too
 */
static gboolean
take_roles_of_files (LimenScoreBuilder *builder, guint8 *of)
{
  gboolean normal = FALSE, unknown = FALSE;
  for (guint i = 0; i < builder->n_files; i++) {
    LimenRole role = limen_role_from_path (builder->file[i].path);
    builder->file[i].of = role == LIMEN_ROLE_NORMAL    ? LIMEN_ROWS_NORMAL
                          : role == LIMEN_ROLE_ANOMALY ? LIMEN_ROWS_ANOMALY
                                                       : LIMEN_ROWS_UNKNOWN;
    normal = normal || role == LIMEN_ROLE_NORMAL;
    unknown = unknown || role == LIMEN_ROLE_UNKNOWN || role == LIMEN_ROLE_UNSORTED;
  }
  gboolean told = builder->n_files > 1 && normal && !unknown;
  for (guint i = 0; i < builder->n_files; i++) {
    LimenScoreFile *file = &builder->file[i];
    file->of = told ? file->of : LIMEN_ROWS_UNKNOWN;
    memset (of + file->first, (int)file->of, file->n);
  }
  return told;
}

/* One that is called as normal images, beside others that are none; numbers tell nothing. */
static gboolean
folders_tell (LimenScoreBuilder *builder, const char *path)
{
  LimenLabels *folders = &builder->folders;
  gboolean normal = FALSE, anomaly = FALSE;
  for (guint i = 0; i < folders->word->len; i++)
    normal = normal || limen_name_says (folders->word->pdata[i]) == LIMEN_NAME_SAYS_NORMAL;
  g_autofree char *how =
      normal ? limen_labels_decide (folders, NULL, NULL, path, "folders", NULL) : NULL;
  for (guint i = 0; how && i < folders->word->len; i++)
    anomaly = anomaly || folders->of[i] == LIMEN_ROWS_ANOMALY;
  return anomaly;
}

/* Normal images of a part of the data that sets the threshold, or was fitted to */
static LimenRowsOf
with_split (LimenRowsOf of, LimenRowsOf split)
{
  return of != LIMEN_ROWS_ANOMALY && split != LIMEN_ROWS_UNKNOWN ? split : of;
}

/* @of: (n). Returns: (transfer full) (nullable): what told it; NULL with @error, or where nothing
 * does */
static char *
find_roles (LimenScoreBuilder *builder, guint8 *of, GError **error)
{
  const LimenScoreFile *lead = &builder->file[builder->lead];
  const LimenLabels *labels = builder->has_labels ? &builder->labels : &builder->folders;
  char *told = NULL;
  if (builder->has_labels) {
    const char *header = lead->is_array || !lead->columns.header_row ? NULL : builder->label_column;
    g_autofree char *how =
        limen_labels_decide (&builder->labels, header, builder->options->normal_label, lead->path,
                             builder->label_column, error);
    if (!how)
      return NULL;
    told = g_strdup_printf ("labels from “%s”%s%s", builder->label_column, *how ? ", " : "", how);
  } else if (builder->options->no_labels)
    return NULL;
  else if (take_roles_of_files (builder, of))
    return g_strdup ("normal images and anomalies from the names of the files");
  else if (folders_tell (builder, lead->path))
    told = g_strdup ("normal images and anomalies from the folders in names");
  for (guint i = 0; told && i < builder->n; i++)
    of[i] = (guint8)limen_labels_of (labels, i);
  if (builder->has_splits) {
    limen_labels_decide_splits (&builder->splits);
    for (guint i = 0; i < builder->n; i++)
      of[i] = (guint8)with_split (of[i], limen_labels_of (&builder->splits, i));
  }
  return told;
}

/* -- what is told -- */

static void tell (GString *told, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void
tell (GString *told, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_string_append (told, told->len > 0 ? "; " : "");
  g_string_append_vprintf (told, format, arguments);
  va_end (arguments);
}

/* "“a”, “b” and 3 others" */
static char *
quoted (const GPtrArray *names)
{
  GString *text = g_string_new (NULL);
  guint shown = names->len > 4 ? 3 : names->len;
  for (guint i = 0; i < shown; i++)
    g_string_append_printf (text, "%s“%s”",
                            i == 0               ? ""
                            : i + 1 < names->len ? ", "
                                                 : " and ",
                            (const char *)names->pdata[i]);
  if (names->len > shown)
    g_string_append_printf (text, " and %u others", names->len - shown);
  return g_string_free (text, FALSE);
}

/* In how many rows names stand that stand above already */
static guint
count_repeated (const LimenNameList *names)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  guint n = names ? limen_name_list_n (names) : 0, repeated = 0;
  for (guint i = 0; i < n && n <= MOST_COMPARED; i++)
    repeated += !g_hash_table_add (seen, (gpointer)limen_name_list_at (names, i));
  return repeated;
}

static void
tell_numbers (GString *told, const LimenScoreTable *table)
{
  for (guint k = 0; k < table->n_columns; k++) {
    const LimenScoreColumn *column = &table->column[k];
    if (column->n_missing > 0)
      tell (told, "%u row%s without a number in “%s”", column->n_missing,
            column->n_missing == 1 ? "" : "s", column->name);
    if (column->n_infinite > 0)
      tell (told, "%u infinite in “%s”", column->n_infinite, column->name);
  }
}

static char *
tell_all (const LimenScoreBuilder *builder, const LimenScoreTable *table, const char *roles)
{
  const LimenScoreColumns *lead = &builder->file[builder->lead].columns;
  g_autofree char *scores = quoted (builder->name);
  g_autofree char *left_out = quoted (lead->left_out);
  GString *told = g_string_new (NULL);
  guint repeated = count_repeated (table->names), headers = 0;
  tell (told, "scores from %s", scores);
  if (builder->file[builder->lead].columns_were_rows)
    tell (told, "each row of the array taken for a column");
  tell (told, "%s", roles ? roles : "no labels");
  if (builder->has_splits) {
    g_autofree char *name = limen_score_columns_name (lead, lead->splits);
    tell (told, "validation and training images from “%s”", name);
  }
  if (lead->names != LIMEN_NO_COLUMN) {
    g_autofree char *name = limen_score_columns_name (lead, lead->names);
    tell (told, "names from “%s”", name);
  }
  if (lead->left_out->len > 0)
    tell (told, "left out: %s", left_out);
  if (lead->look && lead->header_row == 0)
    tell (told, "no names of columns");
  if (lead->decimal == LIMEN_DECIMAL_COMMA)
    tell (told, "decimal commas");
  for (guint i = 0; i < builder->n_files; i++)
    headers += builder->file[i].n_headers;
  if (headers > 0)
    tell (told, "names of columns repeated in %u row%s", headers, headers == 1 ? "" : "s");
  if (repeated > 0)
    tell (told, "%u row%s with a name that another has, too", repeated, repeated == 1 ? "" : "s");
  tell_numbers (told, table);
  return g_string_free (told, FALSE);
}

/* -- the table -- */

static double *
take_values (double *value, guint n, const guint32 *place)
{
  if (!place)
    return g_renew (double, value, MAX (n, 1));
  double *ordered = g_new (double, n);
  for (guint i = 0; i < n; i++)
    ordered[i] = value[place[i]];
  g_free (value);
  return ordered;
}

static gboolean
take_column (LimenScoreBuilder *builder, guint k, const guint32 *place, LimenScoreColumn *column,
             GError **error)
{
  column->name = g_strdup (builder->name->pdata[k]);
  column->value = take_values (g_steal_pointer (&builder->value[k]), builder->n, place);
  for (guint i = 0; i < builder->n; i++) {
    column->n_missing += isnan (column->value[i]) != 0;
    column->n_infinite += isinf (column->value[i]) != 0;
  }
  return column->n_missing < builder->n ||
         limen_refuse (error, LIMEN_ERROR_DAMAGED, builder->file[builder->lead].path,
                       "has no number in “%s”; leave that column out, or choose another",
                       column->name);
}

static void
count_rows (LimenScoreTable *table, const guint32 *place)
{
  if (place) {
    guint8 *ordered = g_malloc (table->n);
    for (guint i = 0; i < table->n; i++)
      ordered[i] = table->of[place[i]];
    g_free (table->of);
    table->of = ordered;
  }
  for (guint i = 0; i < table->n; i++)
    table->n_of[table->of[i]]++;
}

static char *
name_of_table (const LimenScoreBuilder *builder)
{
  g_autofree char *base = g_path_get_basename (builder->file[0].path);
  g_autofree char *shown = limen_display_name (base);
  return builder->n_files == 1 ? g_steal_pointer (&shown)
                               : g_strdup_printf ("%s and %u more", shown, builder->n_files - 1);
}

static LimenScoreTable *
make_table (LimenScoreBuilder *builder, GError **error)
{
  g_autoptr (LimenScoreTable) table = g_new0 (LimenScoreTable, 1);
  g_autoptr (GError) unclear = NULL;
  g_autofree guint32 *place = NULL;
  g_atomic_ref_count_init (&table->references);
  table->n = builder->n;
  table->of = g_malloc0 (MAX (builder->n, 1));
  g_autofree char *roles = find_roles (builder, table->of, &unclear);
  if (unclear) {
    g_propagate_error (error, g_steal_pointer (&unclear));
    return NULL;
  }
  if (!limen_score_order_parts (builder, &place, error))
    return NULL;
  table->name = name_of_table (builder);
  table->files = g_new0 (char *, (gsize)builder->n_files + 1);
  for (guint i = 0; i < builder->n_files; i++)
    table->files[i] = g_strdup (builder->file[i].path);
  table->labels_found = roles != NULL;
  table->column = g_new0 (LimenScoreColumn, builder->name->len);
  table->n_columns = builder->name->len;
  for (guint k = 0; k < table->n_columns; k++)
    if (!take_column (builder, k, place, &table->column[k], error))
      return NULL;
  table->best = builder->file[builder->lead].columns.best;
  table->names = place && builder->names ? limen_name_list_ordered (builder->names, place)
                                         : g_steal_pointer (&builder->names);
  count_rows (table, place);
  table->told = tell_all (builder, table, roles);
  const LimenScoreFile *lead = &builder->file[builder->lead];
  table->perhaps_points =
      !lead->is_array && limen_score_columns_look (&lead->columns) == LIMEN_SCORES_PERHAPS;
  return g_steal_pointer (&table);
}

static LimenScoreTable *
load (LimenScoreBuilder *builder, GBytes *bytes, GError **error)
{
  for (guint i = 0; i < builder->n_files; i++)
    if (!survey (builder, &builder->file[i], bytes, error))
      return NULL;
  return take_columns (builder, error) && read_all (builder, error) ? make_table (builder, error)
                                                                    : NULL;
}

LimenScoreTable *
limen_score_table_load (const char *const *paths, guint n_paths,
                        const LimenScoreTableOptions *options, const LimenRun *run, GError **error)
{
  g_return_val_if_fail (paths != NULL && n_paths > 0, NULL);
  g_auto (LimenScoreBuilder) builder;
  builder_init (&builder, options, n_paths);
  builder.run = limen_run_of (run);
  for (guint i = 0; i < n_paths; i++)
    builder.file[i].path = paths[i];
  return load (&builder, NULL, error);
}

LimenScoreTable *
limen_score_table_parse (GBytes *bytes, const char *path, const LimenScoreTableOptions *options,
                         GError **error)
{
  g_return_val_if_fail (bytes != NULL && path != NULL, NULL);
  g_auto (LimenScoreBuilder) builder;
  builder_init (&builder, options, 1);
  builder.file[0].path = path;
  return load (&builder, bytes, error);
}

LimenScoresLook
limen_score_table_look (GBytes *start, const char *path)
{
  g_return_val_if_fail (start != NULL && path != NULL, LIMEN_SCORES_NOT);
  static const LimenScoreTableOptions found_out;
  g_autoptr (LimenCsv) csv = limen_csv_new (start, path, NULL, NULL);
  g_auto (LimenScoreColumns) columns = {NULL};
  limen_score_columns_init (&columns);
  gboolean found = csv && limen_score_columns_find (&columns, csv, path, &found_out, NULL);
  return found ? limen_score_columns_look (&columns) : LIMEN_SCORES_NOT;
}

LimenScoreTable *
limen_score_table_ref (LimenScoreTable *table)
{
  g_return_val_if_fail (table != NULL, NULL);
  g_atomic_ref_count_inc (&table->references);
  return table;
}

void
limen_score_table_unref (LimenScoreTable *table)
{
  g_return_if_fail (table != NULL);
  if (!g_atomic_ref_count_dec (&table->references))
    return;
  for (guint k = 0; k < table->n_columns; k++) {
    g_free (table->column[k].name);
    g_free (table->column[k].value);
  }
  g_free (table->column);
  g_free (table->name);
  g_strfreev (table->files);
  g_free (table->of);
  g_clear_pointer (&table->names, limen_name_list_free);
  g_free (table->told);
  g_free (table);
}

gboolean
limen_score_table_find (const LimenScoreTable *table, const char *name, guint *column,
                        GError **error)
{
  g_return_val_if_fail (table != NULL && name != NULL && column != NULL, FALSE);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  for (*column = 0; *column < table->n_columns; ++*column) {
    if (g_ascii_strcasecmp (table->column[*column].name, name) == 0)
      return TRUE;
    g_ptr_array_add (names, table->column[*column].name);
  }
  g_autofree char *all = quoted (names);
  return limen_refuse (error, LIMEN_ERROR_ARGUMENT, table->files[0],
                       "has no scores “%s”; choose one of its own: %s", name, all);
}

char *
limen_score_table_image_path (const LimenScoreTable *table, guint index)
{
  g_return_val_if_fail (table != NULL && index < table->n, NULL);
  const char *name = table->names ? limen_name_list_at (table->names, index) : "";
  if (!*name)
    return NULL;
  g_autofree char *folder = g_path_get_dirname (table->files[0]);
  g_autofree char *beside =
      g_path_is_absolute (name) ? NULL : g_build_filename (folder, name, NULL);
  if (beside && g_file_test (beside, G_FILE_TEST_IS_REGULAR))
    return g_steal_pointer (&beside);
  return g_file_test (name, G_FILE_TEST_IS_REGULAR) ? g_strdup (name) : NULL;
}
