/* Scores as NumPy's arrays: (n), or (n, k), a column each; (k, n) of a few rows of many. */
#include "model/data/file.h"
#include "model/data/npy.h"
#include "model/data/score-table-private.h"

#include <math.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define BLOCK     16384 /* rows at once */
#define MOST_ROWS 8     /* that are columns: of more columns than that */
#define MAGIC     "\x93NUMPY"

gboolean
limen_score_is_array (const char *path)
{
  g_autoptr (GBytes) start = limen_file_read_start (path, strlen (MAGIC), NULL);
  return start && g_bytes_get_size (start) == strlen (MAGIC) &&
         memcmp (g_bytes_get_data (start, NULL), MAGIC, strlen (MAGIC)) == 0;
}

/* (k, n): the scores of a few detectors, one behind the other. In memory it is (n, k) in the order
 * of Fortran, and the other way round. */
static void
turn_few_rows (LimenArray *array)
{
  if (array->n_dims != 2 ||
      (array->dims[0] != 1 && (array->dims[0] > MOST_ROWS || array->dims[1] <= MOST_ROWS)))
    return;
  guint64 few = array->dims[0];
  array->dims[0] = array->dims[1];
  array->dims[1] = few;
  array->fortran = !array->fortran;
}

/* (n), (n, 1) or (1, n), (n, k). FALSE for what images or nothing have the shape of */
static gboolean
find_shape (const LimenArray *array, const char *path, guint64 *n, guint *k, GError **error)
{
  guint64 rows = array->n_dims > 0 ? array->dims[0] : 0;
  guint64 columns = array->n_dims == 2 ? array->dims[1] : 1;
  if (array->n_dims < 1 || array->n_dims > 2 || columns > LIMEN_SCORE_TABLE_MOST_COLUMNS ||
      columns == 0) {
    g_autofree char *shape = limen_array_to_string (array);
    return limen_refuse (error, LIMEN_ERROR_FORMAT, path,
                         "holds %s, no scores; save one number for each image, (n), or up to %d of "
                         "them, (n, k)",
                         shape, LIMEN_SCORE_TABLE_MOST_COLUMNS);
  }
  if (rows == 0 || rows > G_MAXINT32)
    return limen_refuse (error, rows ? LIMEN_ERROR_UNSAFE : LIMEN_ERROR_FORMAT, path, "%s",
                         rows ? "has more rows than Limen reads; split it"
                              : "is empty; give it a number for each image");
  *n = rows;
  *k = (guint)columns;
  return TRUE;
}

/* @value: (n, k), row-major: rows @first to @first + @n − 1 */
static gboolean
read_block (const LimenArray *array, const char *path, guint64 rows, guint k, guint64 first,
            guint n, double *value, GError **error)
{
  gsize size = limen_number_size (array->type);
  g_autofree guchar *buffer = g_malloc (MAX ((gsize)n * k * size, 1));
  g_autofree double *column = g_new (double, n);
  if (!array->fortran || k == 1) {
    const guchar *at =
        limen_array_read (array, path, first * k * size, (gsize)n * k * size, buffer, error);
    if (at)
      limen_numbers_read (array->type, array->big_endian, at, 1, (gsize)n * k, value);
    return at != NULL;
  }
  for (guint j = 0; j < k; j++) {
    const guchar *at =
        limen_array_read (array, path, (j * rows + first) * size, (gsize)n * size, buffer, error);
    if (!at)
      return FALSE;
    limen_numbers_read (array->type, array->big_endian, at, 1, n, column);
    for (guint i = 0; i < n; i++)
      value[(gsize)i * k + j] = column[i];
  }
  return TRUE;
}

/* Whether a column has nothing but 0 and 1, or −1 and 1, and both */
typedef struct {
  gboolean zero, one, minus, other;
} Seen;

static void
look_at (Seen *seen, double value)
{
  seen->zero = seen->zero || value == 0;
  seen->one = seen->one || value == 1;
  seen->minus = seen->minus || value == -1;
  seen->other = seen->other || !(value == 0 || value == 1 || value == -1);
}

static gboolean
are_labels (const Seen *seen)
{
  return seen->one && !seen->other && seen->zero != seen->minus;
}

/* The only column that labels can be, beside others that can't */
static gboolean
find_labels (LimenScoreBuilder *builder, LimenScoreFile *file, const LimenArray *array, guint64 n,
             guint k, GError **error)
{
  g_autofree Seen *seen = g_new0 (Seen, k);
  g_autofree double *value = g_new (double, (gsize)BLOCK *k);
  guint found = 0, last = 0;
  for (guint64 first = 0; first < n; first += BLOCK) {
    guint rows = (guint)MIN (BLOCK, n - first);
    if (!read_block (array, file->path, n, k, first, rows, value, error) ||
        g_cancellable_set_error_if_cancelled (builder->run.cancellable, error))
      return FALSE;
    for (gsize i = 0; i < (gsize)rows * k; i++)
      look_at (&seen[i % k], value[i]);
  }
  for (guint j = 0; j < k; j++)
    if (are_labels (&seen[j])) {
      found++;
      last = j;
    }
  if (found == 1 && k > 1 && !builder->options->no_labels)
    file->columns.labels = last;
  return TRUE;
}

static gboolean
take_named (LimenScoreFile *file, const char *name, guint k, guint *column, GError **error)
{
  guint64 number;
  const char *digits = g_str_has_prefix (name, "column ") ? name + strlen ("column ") : name;
  if (!g_ascii_string_to_unsigned (digits, 10, 1, k, &number, NULL))
    return limen_refuse (error, LIMEN_ERROR_ARGUMENT, file->path,
                         "has no column “%s”; choose a number from 1 to %u", name, k);
  *column = (guint)number - 1;
  return TRUE;
}

static gboolean
choose_columns (LimenScoreBuilder *builder, LimenScoreFile *file, const LimenArray *array,
                guint64 n, guint k, GError **error)
{
  const LimenScoreTableOptions *options = builder->options;
  LimenScoreColumns *columns = &file->columns;
  guint column;
  if (options->labels ? !take_named (file, options->labels, k, &columns->labels, error)
                      : !find_labels (builder, file, array, n, k, error))
    return FALSE;
  for (guint i = 0; options->columns && options->columns[i]; i++) {
    if (!take_named (file, options->columns[i], k, &column, error))
      return FALSE;
    g_array_append_val (columns->scores, column);
  }
  for (guint j = 0; j < k && !options->columns; j++)
    if (j != columns->labels)
      g_array_append_val (columns->scores, j);
  return TRUE;
}

static void
add_label (LimenScoreBuilder *builder, double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  g_ascii_formatd (text, sizeof text, "%.10g", value);
  limen_labels_add (&builder->labels, text, strlen (text));
}

static gboolean
add_rows (LimenScoreBuilder *builder, LimenScoreFile *file, const LimenArray *array, guint64 n,
          guint k, GError **error)
{
  const LimenScoreColumns *lead = &builder->file[builder->lead].columns;
  g_autofree double *value = g_new (double, (gsize)BLOCK *k);
  double row[LIMEN_SCORE_TABLE_MOST_COLUMNS];
  for (guint64 first = 0; first < n; first += BLOCK) {
    guint rows = (guint)MIN (BLOCK, n - first);
    if (!read_block (array, file->path, n, k, first, rows, value, error) ||
        g_cancellable_set_error_if_cancelled (builder->run.cancellable, error))
      return FALSE;
    for (guint i = 0; i < rows; i++) {
      for (guint s = 0; s < lead->scores->len; s++)
        row[s] = value[(gsize)i * k + g_array_index (lead->scores, guint, s)];
      if (!limen_score_builder_add (builder, row, file->path, error))
        return FALSE;
      if (builder->has_labels)
        add_label (builder, value[(gsize)i * k + lead->labels]);
    }
  }
  return TRUE;
}

typedef gboolean (*ArrayFunc) (LimenScoreBuilder *builder, LimenScoreFile *file,
                               const LimenArray *array, guint64 n, guint k, GError **error);

static gboolean
with_array (LimenScoreBuilder *builder, LimenScoreFile *file, ArrayFunc use, GError **error)
{
  LimenArray array;
  struct stat info;
  guint64 n = 0;
  guint k = 0;
  g_autofree char *name = limen_display_name (file->path);
  g_autoptr (GBytes) start = limen_file_read_start (file->path, LIMEN_NPY_MOST_START, error);
  int fd = start ? limen_file_open (file->path, error) : -1;
  gboolean ok = fd >= 0 && fstat (fd, &info) == 0 &&
                limen_npy_parse_start (start, (guint64)info.st_size, name, &array, error);
  if (ok) {
    guint64 first = array.n_dims == 2 ? array.dims[0] : 0;
    turn_few_rows (&array);
    file->columns_were_rows = first > 1 && array.dims[0] != first;
  }
  ok = ok && find_shape (&array, file->path, &n, &k, error);
  if (ok) {
    array.fd = fd;
    file->columns.n = k;
    ok = use (builder, file, &array, n, k, error);
  }
  if (fd >= 0)
    close (fd);
  return ok;
}

gboolean
limen_score_survey_array (LimenScoreBuilder *builder, LimenScoreFile *file, GError **error)
{
  return with_array (builder, file, choose_columns, error);
}

gboolean
limen_score_read_array (LimenScoreBuilder *builder, LimenScoreFile *file, GError **error)
{
  return with_array (builder, file, add_rows, error);
}
