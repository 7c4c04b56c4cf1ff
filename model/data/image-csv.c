#include "model/data/image-csv.h"
#include "model/data/image-csv-field.h"
#include "model/data/image-csv-order.h"

#include <math.h>
#include <string.h>

#define MOST_LINE    ((gsize)16 << 20)
#define MOST_COLUMNS (1u << 20)

struct LimenImageCsv {
  char *name;
  gboolean keeps_labels;
  GByteArray *line; /* the part of a line that was pushed so far */
  guint64 line_number;
  char separator;     /* 0: not known yet */
  gboolean has_begun; /* a header, or a row without one */
  GPtrArray *header;  /* names of columns, or NULL */
  guint first, width; /* where the columns of pixels begin, and how many there are */
  guint n_fields;     /* of a row, with those that are left out; 0: not known yet */
  GString *left_out;  /* their names */
  guint *order;       /* (n_ordered): which pixel each column is, or NULL: as they stand */
  guint n_ordered, first_ordered; /* of the columns from @first on */
  float *row;                     /* (n_ordered): room for them */
  guint64 n_rows;
  gsize n, capacity; /* numbers */
  guint8 *u8;
  float *f32; /* instead of @u8, once a number does not fit there */
};

LimenImageCsv *
limen_image_csv_new (const char *name, gboolean keeps_labels)
{
  LimenImageCsv *csv = g_new0 (LimenImageCsv, 1);
  csv->name = g_strdup (name);
  csv->keeps_labels = keeps_labels;
  csv->line = g_byte_array_new ();
  csv->left_out = g_string_new (NULL);
  return csv;
}

void
limen_image_csv_free (LimenImageCsv *csv)
{
  g_byte_array_unref (csv->line);
  g_string_free (csv->left_out, TRUE);
  g_clear_pointer (&csv->header, g_ptr_array_unref);
  g_free (csv->order);
  g_free (csv->row);
  g_free (csv->u8);
  g_free (csv->f32);
  g_free (csv->name);
  g_free (csv);
}

static gboolean
set_format (const LimenImageCsv *csv, GError **error, const char *format, ...) G_GNUC_PRINTF (3, 4);

static gboolean
set_format (const LimenImageCsv *csv, GError **error, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *what = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  return limen_fail (error, LIMEN_ERROR_FORMAT,
                     "%s is no table of images: line %" G_GUINT64_FORMAT " %s", csv->name,
                     csv->line_number, what);
}

/* The first line */

static GPtrArray *
split (const char *at, const char *end, char separator)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  LimenCsvField field;
  while (names->len < MOST_COLUMNS && limen_csv_next_field (&at, end, separator, &field))
    g_ptr_array_add (names, g_strndup (field.at, MIN (field.n, 256)));
  return names;
}

/* Numbers of a first line that count its columns from 0 or 1 on, in any order: pandas calls columns
 * so. */
static gboolean
counts_columns (const GPtrArray *names, char separator, guint *n_numbers)
{
  g_autofree guint *numbers = g_new (guint, MAX (names->len, 1));
  gboolean whole = TRUE;
  guint least;
  double value;
  *n_numbers = 0;
  for (guint i = 0; i < names->len; i++) {
    const char *name = names->pdata[i];
    if (!limen_csv_number ((LimenCsvField){name, strlen (name)}, separator, &value))
      continue;
    whole &= value >= 0 && value <= MOST_COLUMNS && value == trunc (value);
    numbers[(*n_numbers)++] = whole ? (guint)value : 0;
  }
  return whole && *n_numbers >= LIMEN_IMAGE_CSV_LEAST_COLUMNS &&
         limen_csv_counts_once (numbers, *n_numbers, &least);
}

static const char *
find_odd_name (const GPtrArray *names, char separator, guint *column)
{
  double value;
  for (guint i = 0; i < names->len; i++) {
    const char *name = names->pdata[i];
    *column = i + 1;
    if (strpbrk (name, "%$") || strstr (name, "€") || strstr (name, "£"))
      return name;
  }
  for (guint i = 0; i < names->len; i++) {
    const char *name = names->pdata[i];
    *column = i + 1;
    if (!limen_csv_number ((LimenCsvField){name, strlen (name)}, separator, &value))
      return name;
  }
  return NULL;
}

/* Names have no numbers between them, save those that count columns: else what is no number is a
 * fault. Returns: FALSE with @error set; @is_header: (out) */
static gboolean
decide_header (const LimenImageCsv *csv, const GPtrArray *names, gboolean *is_header,
               GError **error)
{
  guint n_numbers, column = 0;
  gboolean counts = counts_columns (names, csv->separator, &n_numbers);
  const char *odd = find_odd_name (names, csv->separator, &column);
  gboolean is_price = odd && (strpbrk (odd, "%$") || strstr (odd, "€") || strstr (odd, "£"));
  *is_header = counts || (n_numbers == 0 && !is_price);
  if (*is_header || !odd)
    return TRUE;
  g_autofree char *shown = limen_display_name (odd);
  return set_format (csv, error, "has “%s” in column %u, which is no number; correct it.", shown,
                     column);
}

static gboolean
is_name_among (const char *name, const char *const *words)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);
  for (guint i = 0; words[i]; i++)
    if (g_str_equal (lower, words[i]))
      return TRUE;
  return FALSE;
}

static gboolean
is_named_like_index (const char *name)
{
  static const char *const words[] = {"",        "unnamed: 0", "id",       "index", "idx",
                                      "imageid", "image_id",   "image id", "#",     "row",
                                      "name",    "file",       "filename", "image", NULL};
  return is_name_among (name, words);
}

static gboolean
is_named_like_label (const char *name)
{
  static const char *const words[] = {"label",  "labels",  "class",    "target", "y", "digit",
                                      "letter", "emotion", "category", "lbl",    NULL};
  return is_name_among (name, words);
}

static void
leave_out (LimenImageCsv *csv, const char *name)
{
  g_autofree char *valid = g_utf8_make_valid (*name ? name : "the first, which has no name", -1);
  g_string_append_printf (csv->left_out, "%s%s", csv->left_out->len ? ", " : "", valid);
}

static gboolean
is_left_out (const LimenImageCsv *csv, const char *name)
{
  return is_named_like_index (name) || (!csv->keeps_labels && is_named_like_label (name));
}

/* Labels that are kept stand before the pixels or behind them. */
static void
find_order (LimenImageCsv *csv)
{
  const char *const *names = (const char *const *)csv->header->pdata + csv->first;
  guint n = csv->width, from = n > 1 && is_named_like_label (names[0]);
  n -= from + (n > 1 + from && is_named_like_label (names[n - 1]));
  csv->order = limen_csv_order (names + from, n);
  csv->first_ordered = from;
  csv->n_ordered = n;
  csv->row = csv->order ? g_new (float, n) : NULL;
}

/* Up to two columns at the front and one at the end may be no pixels. */
static void
take_header (LimenImageCsv *csv, GPtrArray *names)
{
  csv->header = names;
  csv->n_fields = csv->width = names->len;
  for (; csv->first < 2 && csv->width > 1 && is_left_out (csv, names->pdata[csv->first]);
       csv->first++, csv->width--)
    leave_out (csv, names->pdata[csv->first]);
  const char *last = names->pdata[names->len - 1];
  if (csv->width > 1 && *last && is_left_out (csv, last)) {
    leave_out (csv, last);
    csv->width--;
  }
  find_order (csv);
}

/* Numbers */

static gboolean
set_too_large (const LimenImageCsv *csv, GError **error)
{
  return limen_fail (
      error, LIMEN_ERROR_UNSAFE,
      "%s holds more numbers than the 2 GB of memory for a table have room for; split it.",
      csv->name);
}

/* From bytes to floats: the numbers so far are kept. */
static gboolean
promote (LimenImageCsv *csv)
{
  float *f32 =
      csv->capacity <= LIMEN_MAX_BYTES / sizeof (float) ? g_try_new (float, csv->capacity) : NULL;
  for (gsize i = 0; f32 && i < csv->n; i++)
    f32[i] = csv->u8[i];
  csv->f32 = f32;
  if (f32)
    g_clear_pointer (&csv->u8, g_free);
  return f32 != NULL;
}

static gboolean
grow (LimenImageCsv *csv)
{
  gsize size = csv->f32 ? sizeof (float) : 1, most = LIMEN_MAX_BYTES / size;
  gsize wanted = csv->capacity ? MIN (csv->capacity + csv->capacity / 2, most) : 4096;
  if (wanted <= csv->n)
    return FALSE;
  gpointer grown = g_try_realloc (csv->f32 ? (gpointer)csv->f32 : (gpointer)csv->u8, wanted * size);
  if (!grown)
    return FALSE;
  if (csv->f32)
    csv->f32 = grown;
  else
    csv->u8 = grown;
  csv->capacity = wanted;
  return TRUE;
}

static gboolean
add_number (LimenImageCsv *csv, double value)
{
  gboolean fits = value >= 0 && value <= 255 && value == trunc (value);
  if (csv->n == csv->capacity && !grow (csv))
    return FALSE;
  if (!fits && !csv->f32 && !promote (csv))
    return FALSE;
  if (csv->f32)
    csv->f32[csv->n++] = (float)value;
  else
    csv->u8[csv->n++] = (guint8)value;
  return TRUE;
}

static gboolean
set_bad_field (const LimenImageCsv *csv, LimenCsvField field, guint column, GError **error)
{
  g_autofree char *text = g_strndup (field.at, MIN (field.n, 40));
  g_autofree char *shown = limen_display_name (text);
  if (field.n == 0)
    return set_format (csv, error, "has nothing in column %u; write a number there.", column + 1);
  return set_format (csv, error, "has “%s” in column %u, which is no number; correct it.", shown,
                     column + 1);
}

/* Puts the row that was added last in the order that its names tell. */
static void
put_in_order (LimenImageCsv *csv)
{
  gsize from = csv->n - csv->width + csv->first_ordered;
  for (guint i = 0; i < csv->n_ordered; i++)
    csv->row[i] = csv->f32 ? csv->f32[from + i] : (float)csv->u8[from + i];
  for (guint i = 0; i < csv->n_ordered; i++)
    if (csv->f32)
      csv->f32[from + csv->order[i]] = csv->row[i];
    else
      csv->u8[from + csv->order[i]] = (guint8)csv->row[i];
}

/* The first row without a header says how many columns there are. One row name more than the header
 * has names is R's way. */
static void
take_width (LimenImageCsv *csv, guint n_fields, gboolean ends_empty)
{
  if (csv->n_fields == 0)
    csv->n_fields = csv->width = n_fields - ends_empty;
  else if (csv->n_rows == 0 && csv->header && n_fields == csv->n_fields + 1 && !ends_empty) {
    leave_out (csv, "");
    csv->n_fields++;
    csv->first++;
  }
}

static guint
count_fields (const LimenImageCsv *csv, const char *at, const char *end, gboolean *ends_empty)
{
  LimenCsvField field = {0};
  guint n = 0;
  while (n <= MOST_COLUMNS && limen_csv_next_field (&at, end, csv->separator, &field))
    n++;
  *ends_empty = n > 1 && field.n == 0;
  return n;
}

static gboolean
take_row (LimenImageCsv *csv, const char *at, const char *end, GError **error)
{
  gboolean ends_empty;
  guint n = count_fields (csv, at, end, &ends_empty);
  LimenCsvField field;
  double value;
  take_width (csv, n, ends_empty);
  if (n > MOST_COLUMNS)
    return set_format (csv, error, "has more than %u columns; split it.", MOST_COLUMNS);
  if (n != csv->n_fields && !(ends_empty && n == csv->n_fields + 1))
    return set_format (csv, error, "has %u columns where %u were before; make them equal.", n,
                       csv->n_fields);
  for (guint column = 0; column < csv->first + csv->width; column++) {
    limen_csv_next_field (&at, end, csv->separator, &field);
    if (column < csv->first)
      continue;
    if (!limen_csv_number (field, csv->separator, &value))
      return set_bad_field (csv, field, column, error);
    if (!add_number (csv, value))
      return set_too_large (csv, error);
  }
  if (csv->order)
    put_in_order (csv);
  csv->n_rows++;
  return TRUE;
}

/* Lines */

static gboolean
take_first (LimenImageCsv *csv, const char *at, const char *end, GError **error)
{
  gboolean is_header;
  if (!csv->separator)
    csv->separator = limen_csv_find_separator (at, end);
  GPtrArray *names = split (at, end, csv->separator);
  csv->has_begun = TRUE;
  if (names->len > 1 && !*(const char *)names->pdata[names->len - 1]) /* a separator at the end */
    g_ptr_array_set_size (names, (int)names->len - 1);
  if (!decide_header (csv, names, &is_header, error)) {
    g_ptr_array_unref (names);
    return FALSE;
  }
  if (is_header) {
    take_header (csv, names);
    return TRUE;
  }
  g_ptr_array_unref (names);
  return take_row (csv, at, end, error);
}

static gboolean
take_line (LimenImageCsv *csv, const char *at, gsize n, GError **error)
{
  const char *end = at + n;
  csv->line_number++;
  if (n > 0 && end[-1] == '\r')
    end--;
  if (csv->line_number == 1 && end - at >= 3 && memcmp (at, LIMEN_CSV_BOM, 3) == 0)
    at += 3;
  if (limen_csv_is_empty (at, end) || *at == '#')
    return TRUE;
  if (!csv->separator && end - at == 5 && g_ascii_strncasecmp (at, "sep=", 4) == 0) {
    csv->separator = at[4];
    return TRUE;
  }
  return csv->has_begun ? take_row (csv, at, end, error) : take_first (csv, at, end, error);
}

static gboolean
keep_rest (LimenImageCsv *csv, const guchar *data, gsize n, GError **error)
{
  if (n > MOST_LINE - csv->line->len)
    return limen_fail (
        error, LIMEN_ERROR_UNSAFE,
        "%s has a line of more than the 16 MB that Limen reads as one row; split it.", csv->name);
  g_byte_array_append (csv->line, data, (guint)n);
  return TRUE;
}

/* Ends the line that was begun before. */
static gboolean
take_joined (LimenImageCsv *csv, const guchar *data, gsize n, GError **error)
{
  if (!keep_rest (csv, data, n, error) ||
      !take_line (csv, (const char *)csv->line->data, csv->line->len, error))
    return FALSE;
  g_byte_array_set_size (csv->line, 0);
  return TRUE;
}

gboolean
limen_image_csv_push (LimenImageCsv *csv, const guchar *data, gsize n, GError **error)
{
  while (n > 0) {
    const guchar *stop = memchr (data, '\n', n);
    gsize length = stop ? (gsize)(stop - data) : n;
    if (!stop)
      return keep_rest (csv, data, n, error);
    if (csv->line->len > 0 ? !take_joined (csv, data, length, error)
                           : !take_line (csv, (const char *)data, length, error))
      return FALSE;
    data += length + 1;
    n -= length + 1;
  }
  return TRUE;
}

gboolean
limen_image_csv_is_reordered (const LimenImageCsv *csv)
{
  return csv->order != NULL;
}

gboolean
limen_image_csv_end (LimenImageCsv *csv, LimenArray *array, char **left_out, GError **error)
{
  if (csv->line->len > 0 && !take_joined (csv, NULL, 0, error))
    return FALSE;
  if (csv->n == 0)
    return limen_fail (error, LIMEN_ERROR_FORMAT,
                       "%s is no table of images: it has no row of numbers; choose another file.",
                       csv->name);
  *array = (LimenArray){.data = csv->f32 ? (const guchar *)csv->f32 : csv->u8,
                        .size = csv->n * (csv->f32 ? sizeof (float) : 1),
                        .fd = -1,
                        .type = csv->f32 ? LIMEN_NUMBER_F32 : LIMEN_NUMBER_U8,
                        .big_endian = G_BYTE_ORDER == G_BIG_ENDIAN,
                        .n_dims = 2,
                        .dims = {csv->n_rows, csv->width}};
  *left_out = csv->left_out->len ? g_strdup (csv->left_out->str) : NULL;
  return TRUE;
}
