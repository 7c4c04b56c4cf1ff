#include "model/kinds/kinds.h"

#include "model/data/array.h"
#include "model/data/cell-number.h"
#include "model/data/csv.h"
#include "model/data/file-kind.h"
#include "model/data/file.h"
#include "model/data/gunzip.h"
#include "model/data/image-set.h"
#include "model/data/npy.h"
#include "model/data/points.h"
#include "model/data/score-table.h"
#include "model/data/table.h"
#include "model/flow/nice.h"
#include "model/game/payoff.h"
#include "model/latent/gaussian-model.h"
#include "model/latent/vae.h"

#include <float.h>
#include <math.h>
#include <string.h>

#define START        ((gsize)64 << 10) /* of a file, to be looked at */
#define MOST_BESIDE  8                 /* scores of one image in an array */
#define LEAST_PIXELS 64                /* of images that are rows */
#define USUAL_PIXELS 784               /* of which a few rows are images, too */

static gboolean
contains (const char *text, gsize n, const char *word)
{
  return memmem (text, n, word, strlen (word)) != NULL;
}

/* -- weights -- */

/* Names of tensors stand in plain text before the numbers; those that are packed, or far behind
 * others, are found in the whole. */
static LimenKinds
kinds_of_weights (const char *path, GCancellable *cancellable, GError **error)
{
  static const struct {
    LimenKinds kind;
    const char *key;
  } networks[] = {{LIMEN_KIND_FLOW, LIMEN_NICE_KEY}, {LIMEN_KIND_VAE, LIMEN_VAE_KEY}};
  g_autoptr (GBytes) start = limen_file_read_start (path, START, NULL);
  LimenKinds found = 0;
  for (guint i = 0; start && i < G_N_ELEMENTS (networks); i++)
    if (contains (g_bytes_get_data (start, NULL), g_bytes_get_size (start), networks[i].key))
      found |= networks[i].kind;
  if (found)
    return LIMEN_KIND_WEIGHTS | found;
  g_autoptr (LimenCheckpoint) checkpoint = limen_checkpoint_load (path, cancellable, error);
  if (!checkpoint)
    return 0;
  for (guint i = 0; i < G_N_ELEMENTS (networks); i++) {
    g_autofree char *prefix = limen_checkpoint_find_prefix (checkpoint, networks[i].key);
    found |= prefix ? networks[i].kind : 0;
  }
  return LIMEN_KIND_WEIGHTS | found;
}

/* -- text -- */

/* An object that begins with something of a case */
static gboolean
is_case (const char *text, gsize n)
{
  static const char *const keys[] = {"\"lambda1\"", "\"lambda2\"", "\"sigma2\"", "\"proposal\"",
                                     "\"A\""};
  gsize at = n >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
  while (at < n && g_ascii_isspace (text[at]))
    at++;
  for (guint i = 0; at < n && text[at] == '{' && i < G_N_ELEMENTS (keys); i++)
    if (contains (text, n, keys[i]))
      return TRUE;
  return FALSE;
}

/* Of the beginning of a longer file, as many rows as are whole */
static GBytes *
whole_rows (GBytes *start)
{
  gsize n, end;
  const char *text = g_bytes_get_data (start, &n);
  for (end = n; n == START && end > 0 && text[end - 1] != '\n';)
    end--;
  if (end % 2 == 1 && n > end && *text == '\xff') /* UTF-16: the line break has two bytes */
    end++;
  return g_bytes_new_from_bytes (start, 0, end > 0 ? end : n);
}

/* Words before the rows, and over the columns or as many; what is as wide as high has them for
 * both. */
static gboolean
is_named (const LimenPayoff *payoff)
{
  double number;
  gboolean columns = !g_str_equal (payoff->column_name[0], "B1");
  gboolean rows = !g_str_equal (payoff->row_name[0], "A1") &&
                  !limen_payoff_parse_number (payoff->row_name[0], &number);
  return rows && (columns || payoff->rows == payoff->columns);
}

/* Half of the cells or more, which of prose with a number in it are not */
static gboolean
is_mostly_numbers (GBytes *rows, const char *path)
{
  g_autoptr (LimenCsv) csv = limen_csv_new (rows, path, NULL, NULL);
  guint numbers = 0, cells = 0;
  LimenRow row;
  while (csv && limen_csv_next (csv, &row, NULL))
    for (guint i = 0; i < row.used; i++) {
      cells += row.cell[i].n > 0;
      numbers +=
          row.cell[i].n > 0 && limen_cell_kind (row.cell[i].at, row.cell[i].n) == LIMEN_CELL_NUMBER;
    }
  return 2 * numbers >= cells;
}

static LimenKinds
kinds_of_table (GBytes *rows, const char *path, GCancellable *cancellable, GError **error)
{
  static const LimenTableWants wants = {.most_rows = LIMEN_POINTS_MOST_ROWS,
                                        .most_columns = LIMEN_POINTS_MOST_COLUMNS,
                                        .most = DBL_MAX};
  g_autoptr (GError) no_table = NULL, no_payoffs = NULL;
  LimenPayoff payoff;
  LimenKinds kinds = 0;
  g_autoptr (LimenTable) table = limen_table_read (rows, path, &wants, cancellable, &no_table);
  if (limen_payoff_parse (rows, path, &payoff, NULL, &no_payoffs))
    kinds = is_named (&payoff) ? LIMEN_KIND_PAYOFFS | LIMEN_KIND_NAMED : LIMEN_KIND_PAYOFFS;
  if (table && table->columns == 1)
    kinds |= LIMEN_KIND_SCORES;
  else if (table && table->rows > 1)
    kinds |= LIMEN_KIND_POINTS;
  else if (!kinds && g_error_matches (no_table, LIMEN_ERROR, LIMEN_ERROR_DAMAGED) &&
           is_mostly_numbers (rows, path))
    kinds = LIMEN_KIND_POINTS | LIMEN_KIND_PAYOFFS;
  if (!kinds)
    g_propagate_error (error, g_error_copy (no_table ? no_table : no_payoffs));
  return kinds;
}

static LimenKinds
kinds_of_text (const char *path, GCancellable *cancellable, GError **error)
{
  gsize n;
  g_autoptr (GBytes) start = limen_file_read_start (path, START, error);
  if (!start)
    return 0;
  const char *text = g_bytes_get_data (start, &n);
  if (is_case (text, n))
    return LIMEN_KIND_CASE;
  g_autoptr (GBytes) rows = whole_rows (start);
  LimenScoresLook look = limen_score_table_look (rows, path);
  if (look == LIMEN_SCORES_SURELY)
    return LIMEN_KIND_SCORES;
  LimenKinds kinds = kinds_of_table (rows, path, cancellable, error);
  if (look == LIMEN_SCORES_CLASSES && kinds & LIMEN_KIND_POINTS) /* strategies have no classes */
    return LIMEN_KIND_POINTS;
  if (look == LIMEN_SCORES_PERHAPS && kinds & LIMEN_KIND_POINTS)
    return LIMEN_KIND_POINTS | LIMEN_KIND_SCORES | LIMEN_KIND_UNSURE;
  return kinds;
}

/* -- arrays -- */

/* The beginning of the array in a file, which may be packed */
static GBytes *
array_start (const char *path)
{
  const void *data;
  g_autoptr (GBytes) start = limen_file_read_start (path, LIMEN_NPY_MOST_START, NULL);
  const guchar *first = start ? g_bytes_get_data (start, NULL) : NULL;
  if (!start || g_bytes_get_size (start) < 2 || first[0] != 0x1f || first[1] != 0x8b)
    return g_steal_pointer (&start);
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (start);
  g_autoptr (LimenGunzip) gunzip = limen_gunzip_new (stream);
  gssize n = gunzip ? limen_gunzip_read (gunzip, &data, NULL, NULL) : 0;
  return n > 0 ? g_bytes_new (data, (gsize)n) : NULL;
}

/* As many as the pixels of a square image, of which one alone may be a row */
static gboolean
may_be_pixels (guint64 n)
{
  guint64 side = (guint64)(sqrt ((double)n) + 0.5);
  return n >= LEAST_PIXELS && side * side == n;
}

/* Of floats (n, k). As many as the pixels of a picture usually are are one, and rows of pixels are
 * images; a few beside each other are scores. Between them nothing tells: (4, 99) may be a picture,
 * four detectors' scores of 99 images, or 99 scores of four. */
static LimenKinds
kinds_of_floats (const LimenArray *array)
{
  const guint64 rows = array->dims[0], columns = array->dims[1];
  static const LimenImageSetOptions decided = {0};
  if (columns <= MOST_BESIDE)
    return limen_is_usual_size (rows) ? LIMEN_KIND_IMAGES : LIMEN_KIND_SCORES;
  LimenArrayLook look = limen_array_look (array, "", &decided, NULL);
  gboolean few = rows <= MOST_BESIDE;
  if (look == LIMEN_ARRAY_ROWS && (columns >= USUAL_PIXELS || (columns >= LEAST_PIXELS && !few)))
    return LIMEN_KIND_IMAGES;
  if (limen_shape_may_be_one_picture (rows, columns))
    return LIMEN_KIND_IMAGES;
  if (look == LIMEN_ARRAY_NONE || (!few && columns > LIMEN_SCORE_TABLE_MOST_COLUMNS))
    return LIMEN_KIND_IMAGES; /* or nothing, of which their reader says why */
  return LIMEN_KIND_IMAGES | LIMEN_KIND_SCORES | LIMEN_KIND_UNSURE;
}

/* One number behind another, in whichever direction, as scores and labels are; as many as the
 * pixels of a picture usually are may be one. */
static LimenKinds
kinds_of_shape (const LimenArray *array)
{
  gboolean floats = array->type >= LIMEN_NUMBER_F16 && array->type < LIMEN_N_NUMBER_TYPES;
  guint64 rows = array->n_dims > 0 ? array->dims[0] : 0;
  guint64 columns = array->n_dims == 2 ? array->dims[1] : 1;
  if (array->n_dims > 2 || rows == 0 || columns == 0)
    return LIMEN_KIND_IMAGES;
  if (columns == 1 || (rows == 1 && !may_be_pixels (columns)))
    return limen_is_usual_size (MAX (rows, columns)) ? LIMEN_KIND_IMAGES : LIMEN_KIND_SCORES;
  return floats ? kinds_of_floats (array) : LIMEN_KIND_IMAGES;
}

LimenKinds
limen_kinds_of_shape (LimenNumberType type, guint n_dims, const guint64 *dims)
{
  g_return_val_if_fail (dims != NULL && n_dims <= LIMEN_ARRAY_MAX_DIMS, 0);
  LimenArray array = {.type = type, .n_dims = n_dims};
  memcpy (array.dims, dims, n_dims * sizeof *dims);
  return kinds_of_shape (&array);
}

/* Whether a number is below all scales that pictures have, or none, as log-likelihoods are; the
 * first ones are looked at. */
static gboolean
leaves_all_scales (GBytes *start, const LimenArray *array)
{
  gsize size = limen_number_size (array->type), length = g_bytes_get_size (start), n;
  const guchar *data = g_bytes_get_data (start, NULL);
  if (!limen_array_n_bytes (array, &n) || (gsize)array->offset >= length)
    return FALSE;
  n = MIN (n, length - (gsize)array->offset) / size;
  g_autofree double *value = g_new (double, MAX (n, 1));
  limen_numbers_read (array->type, array->big_endian, data + array->offset, 1, n, value);
  for (gsize i = 0; i < n; i++)
    if (!(value[i] >= -1) || isinf (value[i]))
      return TRUE;
  return FALSE;
}

static LimenKinds
kinds_of_array (const char *path, LimenFileKind file)
{
  g_autoptr (GBytes) start = array_start (path);
  gsize n = start ? g_bytes_get_size (start) : 0;
  LimenArray array;
  if (file == LIMEN_FILE_IDX && n >= 8) {
    const guchar *header = g_bytes_get_data (start, NULL);
    array = (LimenArray){.n_dims = header[3]};
    array.dims[0] = (guint64)header[4] << 24 | header[5] << 16 | header[6] << 8 | header[7];
    return array.n_dims == 1 ? kinds_of_shape (&array) : LIMEN_KIND_IMAGES;
  }
  if (file != LIMEN_FILE_NPY || n == 0 ||
      !limen_npy_parse_start (start, G_MAXINT64, path, &array, NULL))
    return LIMEN_KIND_IMAGES;
  LimenKinds kinds = kinds_of_shape (&array);
  return kinds & LIMEN_KIND_UNSURE && leaves_all_scales (start, &array) ? LIMEN_KIND_SCORES : kinds;
}

/* -- what is nothing known -- */

gboolean
limen_has_images (const char *path, GCancellable *cancellable, GError **error)
{
  const char *const paths[] = {path, NULL};
  LimenImageSetOptions first = {.max_images = 1};
  g_autoptr (LimenImageSet) set =
      limen_image_set_load (paths, &first, NULL, &(LimenRun){.cancellable = cancellable}, error);
  return set != NULL;
}

/* Its name says what was expected in it, and so which refusal helps. */
static LimenKinds
expected_in (const char *path)
{
  static const struct {
    const char *end;
    LimenKinds kind;
  } names[] = {
      {".pt", LIMEN_KIND_WEIGHTS},   {".pth", LIMEN_KIND_WEIGHTS},
      {".ckpt", LIMEN_KIND_WEIGHTS}, {".csv", LIMEN_KINDS_TABLE},
      {".tsv", LIMEN_KINDS_TABLE},   {".txt", LIMEN_KINDS_TABLE},
      {".nfg", LIMEN_KINDS_TABLE},   {".efg", LIMEN_KINDS_TABLE},
      {".json", LIMEN_KIND_CASE},    {".safetensors", LIMEN_KIND_WEIGHTS},
  };
  g_autofree char *lower = g_ascii_strdown (path, -1);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_has_suffix (lower, names[i].end))
      return names[i].kind;
  return LIMEN_KIND_IMAGES;
}

static LimenKinds
kinds_by_reading (const char *path, GCancellable *cancellable, GError **error)
{
  LimenKinds expected = expected_in (path);
  if (expected == LIMEN_KIND_WEIGHTS)
    return kinds_of_weights (path, cancellable, error);
  if (expected == LIMEN_KINDS_TABLE)
    return kinds_of_text (path, cancellable, error);
  if (expected == LIMEN_KIND_IMAGES)
    return limen_has_images (path, cancellable, error) ? LIMEN_KIND_IMAGES : 0;
  g_autoptr (LimenGaussianCase) taken = limen_gaussian_case_load (path, error);
  return taken ? LIMEN_KIND_CASE : 0;
}

/* -- all of it -- */

LimenKinds
limen_kinds_of_file (const char *path, GCancellable *cancellable, GError **error)
{
  GError *local = NULL;
  LimenFileKind file = limen_file_kind (path, &local);
  gboolean tells_little = file == LIMEN_FILE_UNKNOWN || file == LIMEN_FILE_LFS_POINTER;
  if (local) {
    g_propagate_error (error, local);
    return 0;
  }
  if (!tells_little && limen_file_kind_is_weights (file))
    return kinds_of_weights (path, cancellable, error);
  LimenKinds kinds = tells_little ? 0 : kinds_of_array (path, file);
  if (file == LIMEN_FILE_UNKNOWN || file == LIMEN_FILE_CSV)
    kinds |= kinds_of_text (path, cancellable, NULL);
  if (kinds && !g_cancellable_set_error_if_cancelled (cancellable, error))
    return kinds;
  return kinds ? 0 : kinds_by_reading (path, cancellable, error);
}

char *
limen_kinds_text (LimenKinds kinds)
{
  static const struct {
    LimenKinds kind;
    const char *what;
  } names[] = {
      {LIMEN_KIND_IMAGES, "images"},
      {LIMEN_KIND_FLOW, "the weights of a NICE flow"},
      {LIMEN_KIND_CASE, "a case"},
      {LIMEN_KIND_VAE, "the weights of a VAE"},
      {LIMEN_KIND_POINTS, "points"},
      {LIMEN_KIND_PAYOFFS, "payoffs"},
      {LIMEN_KIND_SCORES, "scores or labels, one number or a few for each image"},
  };
  g_autoptr (GStrvBuilder) found = g_strv_builder_new ();
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (kinds & names[i].kind)
      g_strv_builder_add (found, names[i].what);
  g_auto (GStrv) words = g_strv_builder_end (found);
  return *words ? g_strjoinv (" or ", words) : g_strdup ("the weights of another network");
}
