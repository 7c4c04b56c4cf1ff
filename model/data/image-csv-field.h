/* The fields of a line of a table of images. Only this room needs it. */
#pragma once

#include "model/base/error.h"

#define LIMEN_CSV_BOM "\xef\xbb\xbf"

/** LIMEN_IMAGE_CSV_LEAST_COLUMNS: a narrower table holds points or payoffs */
#define LIMEN_IMAGE_CSV_LEAST_COLUMNS 16

/** LimenCsvField: (transfer none): text without the blanks and the quotes around it */
typedef struct {
  const char *at;
  gsize n;
} LimenCsvField;

/**
 * limen_csv_next_field: takes the next field off @text, which ends at @end
 *
 * A separator at the very end begins one more field, which is empty. Blanks as separators may be
 * many. Returns: FALSE at the end
 */
gboolean
limen_csv_next_field (const char **text, const char *end, char separator, LimenCsvField *field);

/** limen_csv_number: a decimal number, perhaps with an exponent: nothing else that strtod() would
 * take. A comma is a decimal point where it is no separator */
gboolean limen_csv_number (LimenCsvField field, char separator, double *value);

/** limen_csv_find_separator: a semicolon or a tabulator separates even where there are commas:
 * those are decimal ones */
char limen_csv_find_separator (const char *at, const char *end);

/** limen_csv_is_empty: a line of separators and quotes only is an empty row of a spreadsheet */
gboolean limen_csv_is_empty (const char *at, const char *end);

/** limen_image_csv_looks_like: whether @data, the beginning of a file, is text in rows of numbers
 */
gboolean limen_image_csv_looks_like (const guchar *data, gsize size);
