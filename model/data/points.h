/* Sets of points of a few numbers each, from a CSV file or made up. */
#pragma once

#include "model/base/error.h"

/**
 * LimenPoints:
 * @x: (n, d), row-major
 * @told: (nullable): what was guessed of a file: "index column left out"
 * @read_as: (nullable): of points that are images: limen_image_set_reading()
 */
typedef struct {
  char *name;
  guint n, d;
  double *x;
  char *told, *read_as;
} LimenPoints;

#define LIMEN_POINTS_MOST_COLUMNS 64
#define LIMEN_POINTS_MOST_ROWS    1000000

/**
 * limen_points_load: CSV as limen_table_read() takes it, at least two columns and two rows of
 * numbers; a first row of words is passed over, a column of names, an index or labels left out.
 * LIMEN_ERROR_DAMAGED names the row that has text, is of another length, or is not finite.
 */
LimenPoints *limen_points_load (const char *path, GCancellable *cancellable, GError **error);

/** limen_points_parse: as limen_points_load(), of @bytes; @path: as named in messages */
LimenPoints *
limen_points_parse (GBytes *bytes, const char *path, GCancellable *cancellable, GError **error);
/** limen_points_builtin: "two-moons", "banana", "ring", "mixture", "linear" (5 columns from a
 * plane); NULL with LIMEN_ERROR_ARGUMENT for another name */
LimenPoints *limen_points_builtin (const char *name, guint n, guint64 seed, GError **error);
/** limen_points_names: (transfer none): NULL-terminated: what limen_points_builtin() knows */
const char *const *limen_points_names (void);
LimenPoints *limen_points_copy (const LimenPoints *points);
void limen_points_free (LimenPoints *points);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenPoints, limen_points_free)
