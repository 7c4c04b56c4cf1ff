#include "model/data/file.h"
#include "model/data/points-private.h"
#include "model/data/table.h"

#include <float.h>

#define MAX_BYTES ((gsize)512 << 20)

static gboolean
check_size (const LimenTable *table, const char *path, GError **error)
{
  if (table->columns < 2)
    return limen_refuse (error, LIMEN_ERROR_FORMAT, path,
                         "has one number in every row; give each two or more, separated by "
                         "commas");
  if (table->rows < 2)
    return limen_refuse (error, LIMEN_ERROR_FORMAT, path,
                         "has one row of numbers; give it two or more");
  return TRUE;
}

LimenPoints *
limen_points_parse (GBytes *bytes, const char *path, GCancellable *cancellable, GError **error)
{
  static const LimenTableWants wants = {.most_rows = LIMEN_POINTS_MOST_ROWS,
                                        .most_columns = LIMEN_POINTS_MOST_COLUMNS,
                                        .most = DBL_MAX};
  g_autoptr (LimenTable) table = limen_table_read (bytes, path, &wants, cancellable, error);
  if (!table || !check_size (table, path, error))
    return NULL;
  LimenPoints *points = g_new (LimenPoints, 1);
  g_autofree char *name = g_path_get_basename (path);
  *points = (LimenPoints){
      limen_display_name (name),      table->rows, table->columns, g_steal_pointer (&table->value),
      g_steal_pointer (&table->told), NULL};
  return points;
}

LimenPoints *
limen_points_load (const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (GBytes) bytes = limen_file_read (path, MAX_BYTES, cancellable, error);
  return bytes ? limen_points_parse (bytes, path, cancellable, error) : NULL;
}

LimenPoints *
limen_points_copy (const LimenPoints *points)
{
  LimenPoints *copy = g_new (LimenPoints, 1);
  *copy = (LimenPoints){.name = g_strdup (points->name),
                        .n = points->n,
                        .d = points->d,
                        .x = g_memdup2 (points->x, (gsize)points->n * points->d * sizeof (double)),
                        .told = g_strdup (points->told),
                        .read_as = g_strdup (points->read_as)};
  return copy;
}

void
limen_points_free (LimenPoints *points)
{
  if (!points)
    return;
  g_free (points->name);
  g_free (points->x);
  g_free (points->told);
  g_free (points->read_as);
  g_free (points);
}
