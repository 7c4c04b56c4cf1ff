/* Labels are told from pixels by what they are, and by how often they differ from the pixel beside
 * them: the corner of an image is of the same background as its neighbour. */
#include "model/data/array-layout-private.h"

#include <math.h>

#define LEAST_INDEX 3 /* rows: fewer are not counted by what stands in them */
#define LEAST_ROWS  4 /* in which a pixel is not a small whole number by chance */
#define LEAST_APART                                                                                \
  (1 / 50.0) /* of the rows: rarely do labels differ from black, corners never                     \
              */

/* The first or the last numbers of all rows. @labels: whole, not below 0, few; @index: they count
 * the rows from 0 or 1 on; @n_apart: how often they differ from the pixel beside them */
typedef struct {
  gboolean labels, index, varied;
  double first;
  guint n, n_apart;
} Column;

static void
see (Column *column, double value, double beside)
{
  if (column->n == 0)
    *column = (Column){TRUE, value == 0 || value == 1, FALSE, value, 0, 0};
  column->labels &= value >= 0 && value <= LIMEN_MOST_LABEL && value == trunc (value);
  column->index &= value == column->first + column->n;
  column->varied |= value != column->first;
  column->n_apart += value != beside;
  column->n++;
}

static gboolean
get_number (const LimenArray *array, const char *name, gsize at, double *value, GError **error)
{
  guint size = limen_number_size (array->type);
  guchar buffer[8];
  const guchar *bytes = limen_array_read (array, name, at * size, size, buffer, error);
  if (bytes)
    limen_numbers_read (array->type, array->big_endian, bytes, 1, 1, value);
  return bytes != NULL;
}

static gboolean
see_columns (const LimenArray *array, const char *name, const LimenGrid *grid, Column columns[2],
             GCancellable *cancellable, GError **error)
{
  gsize step = grid->label / ((gsize)grid->width * grid->height * grid->n_channels);
  const gsize at[2] = {0, grid->label}, beside[2] = {step, grid->label - step};
  for (guint i = 0; i < grid->n; i++)
    for (guint k = 0; k < 2; k++) {
      double value, next;
      if (((i & 1023) == 0 && g_cancellable_set_error_if_cancelled (cancellable, error)) ||
          !get_number (array, name, i * grid->image + at[k], &value, error) ||
          !get_number (array, name, i * grid->image + beside[k], &next, error))
        return FALSE;
      see (&columns[k], value, next);
    }
  return TRUE;
}

static double
share_apart (const Column *column)
{
  return column->n_apart / (double)column->n;
}

static gboolean
is_index (const Column *column)
{
  return column->index && column->n >= LEAST_INDEX;
}

/* How much speaks for labels: the share of rows in which they differ from the pixel beside them.
 * What is constant must differ in most of them; what is 0 throughout says nothing. */
static double
evidence (const Column *column)
{
  double share = share_apart (column);
  if (!column->labels || (!column->varied && column->first == 0))
    return 0;
  return share >= (column->varied ? LEAST_APART : 0.5) ? share : 0;
}

/* Whether labels at the one end leave room for pixels at the other: in a few rows a pixel may look
 * like a label where the true labels, at its end, are none that are known. */
static gboolean
is_clear (const Column *other)
{
  return other->n >= LEAST_ROWS || other->labels || share_apart (other) < 0.5;
}

static LimenLabelSide
choose_side (const Column *front, const Column *back)
{
  double before = evidence (front), behind = evidence (back);
  if (is_index (front) != is_index (back))
    return is_index (front) ? LIMEN_LABEL_FIRST : LIMEN_LABEL_LAST;
  if (before > 0 && behind > 0) {
    gboolean is_front = before > behind;
    double more = MAX (before, behind), less = MIN (before, behind);
    if (more < 0.4 || more < 3 * less)
      return LIMEN_LABEL_AUTO;
    return is_front ? LIMEN_LABEL_FIRST : LIMEN_LABEL_LAST;
  }
  if (before > 0 && is_clear (back))
    return LIMEN_LABEL_FIRST;
  return behind > 0 && is_clear (front) ? LIMEN_LABEL_LAST : LIMEN_LABEL_NONE;
}

gboolean
limen_array_find_label (const LimenArray *array, const char *name, const LimenGrid *grid,
                        LimenLabelSide *side, GCancellable *cancellable, GError **error)
{
  Column columns[2] = {0};
  if (!see_columns (array, name, grid, columns, cancellable, error))
    return FALSE;
  *side = choose_side (&columns[0], &columns[1]);
  return TRUE;
}
