#include "model/data/image-csv-order.h"

#include <string.h>

#define MOST_DIGITS 7

gboolean
limen_csv_count_name (const char *name, guint *number, gsize *start)
{
  gsize end = strlen (name), at = end;
  while (at > 0 && g_ascii_isdigit (name[at - 1]))
    at--;
  if (at == end || end - at > MOST_DIGITS)
    return FALSE;
  *number = (guint)strtoul (name + at, NULL, 10);
  *start = at;
  return TRUE;
}

gboolean
limen_csv_counts_once (const guint *numbers, guint n, guint *least)
{
  g_autofree guint8 *seen = g_malloc0 (n + 1);
  *least = 1;
  for (guint i = 0; i < n; i++) {
    if (numbers[i] > n || seen[numbers[i]])
      return FALSE;
    seen[numbers[i]] = 1;
    *least = MIN (*least, numbers[i]);
  }
  return n > 0;
}

/* "pixel" of "pixel12": all begin alike */
static gboolean
take_numbers (const char *const *names, guint n, guint *numbers)
{
  gsize first = 0, start = 0;
  for (guint i = 0; i < n; i++) {
    if (!limen_csv_count_name (names[i], &numbers[i], &start))
      return FALSE;
    if (i == 0)
      first = start;
    if (start != first || strncmp (names[i], names[0], start) != 0)
      return FALSE;
  }
  return TRUE;
}

/* "3x12", "p_3_12": two numbers with a letter or mark between them, behind what all begin with */
static gboolean
take_pairs (const char *const *names, guint n, guint *rows, guint *columns)
{
  gsize first = 0, before = 0, start = 0;
  char mark = 0;
  for (guint i = 0; i < n; i++) {
    if (!limen_csv_count_name (names[i], &columns[i], &start) || start < 2)
      return FALSE;
    g_autofree char *front = g_strndup (names[i], start - 1);
    if (!limen_csv_count_name (front, &rows[i], &before))
      return FALSE;
    if (i == 0) {
      first = before;
      mark = names[0][start - 1];
    }
    if (before != first || names[i][start - 1] != mark || strncmp (front, names[0], before) != 0)
      return FALSE;
  }
  return TRUE;
}

/* Where the names begin to count; @most: (out): where they end */
static guint
span (const guint *numbers, guint n, guint *most)
{
  guint least = numbers[0];
  *most = numbers[0];
  for (guint i = 1; i < n; i++) {
    least = MIN (least, numbers[i]);
    *most = MAX (*most, numbers[i]);
  }
  return least;
}

static gboolean
is_in_order (const guint *order, guint n)
{
  for (guint i = 0; i < n; i++)
    if (order[i] != i)
      return FALSE;
  return TRUE;
}

/* Rows and columns become places in @order. Returns: FALSE where they are no whole image, or where
 * they are one column after the other: then the names rather say column and row */
static gboolean
place_pairs (const guint *rows, const guint *columns, guint n, guint *order)
{
  guint bottom, right, top = span (rows, n, &bottom), left = span (columns, n, &right), least;
  guint64 height = bottom - top + 1, width = right - left + 1;
  g_autofree guint *turned = g_new (guint, n);
  if (top > 1 || left > 1 || height * width != n)
    return FALSE;
  for (guint i = 0; i < n; i++) {
    order[i] = (guint)((rows[i] - top) * width + columns[i] - left);
    turned[i] = (guint)((columns[i] - left) * height + rows[i] - top);
  }
  return limen_csv_counts_once (order, n, &least) && least == 0 && !is_in_order (turned, n);
}

guint *
limen_csv_order (const char *const *names, guint n)
{
  g_autofree guint *order = g_new (guint, n), *rows = g_new (guint, n);
  guint least = 0;
  gboolean told = take_numbers (names, n, order) && limen_csv_counts_once (order, n, &least);
  for (guint i = 0; told && i < n; i++)
    order[i] -= least;
  if (!told) {
    g_autofree guint *columns = g_new (guint, n);
    told = take_pairs (names, n, rows, columns) && place_pairs (rows, columns, n, order);
  }
  return told && !is_in_order (order, n) ? g_steal_pointer (&order) : NULL;
}
