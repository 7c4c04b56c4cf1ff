#include "model/windows/window-map.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void
limen_window_map_free (LimenWindowMap *map)
{
  g_free (map->value);
  g_free (map);
}

/* -- what it says -- */

static int
compare_down (const void *a, const void *b)
{
  float x = *(const float *)a, y = *(const float *)b;
  return (x < y) - (x > y);
}

double
limen_window_map_score (const LimenWindowMap *map, guint top_k)
{
  gsize n = (gsize)map->columns * map->rows, k = MIN (MAX (top_k, 1), n);
  double low, high, sum = 0;
  limen_window_map_range (map, &low, &high);
  if (k == 1)
    return high;
  g_autofree float *value = g_memdup2 (map->value, n * sizeof (float));
  qsort (value, n, sizeof *value, compare_down);
  for (gsize i = 0; i < k; i++)
    sum += value[i];
  return sum / (double)k;
}

void
limen_window_map_range (const LimenWindowMap *map, double *low, double *high)
{
  *low = INFINITY;
  *high = -INFINITY;
  for (gsize i = 0; i < (gsize)map->columns * map->rows; i++) {
    *low = MIN (*low, map->value[i]);
    *high = MAX (*high, map->value[i]);
  }
}

/* Between which two of @n centres pixel @at of @length is: the first of them, and how far from it
 * to the next. @size: of the photo */
static guint
find_between (guint at, guint length, guint size, double origin, guint step, guint n, float *part)
{
  double place = ((at + 0.5) * size / length - origin) / step;
  place = CLAMP (place, 0, n - 1.0);
  guint first = MIN ((guint)place, n > 1 ? n - 2 : 0);
  *part = (float)(place - first);
  return first;
}

/* Nothing comes of what is infinite and 0 of it */
static float
between (float a, float b, float part)
{
  return part == 0 ? a : part == 1 ? b : a + (b - a) * part;
}

void
limen_window_map_resize (const LimenWindowMap *map, guint width, guint height, float *out)
{
  g_autofree guint *column = g_new (guint, width);
  g_autofree float *across = g_new (float, width);
  guint right = map->columns > 1, below = map->rows > 1 ? map->columns : 0;
  for (guint x = 0; x < width; x++)
    column[x] =
        find_between (x, width, map->width, map->origin_x, map->step, map->columns, &across[x]);
  for (guint y = 0; y < height; y++) {
    float down;
    guint row = find_between (y, height, map->height, map->origin_y, map->step, map->rows, &down);
    const float *from = map->value + (gsize)row * map->columns;
    for (guint x = 0; x < width; x++) {
      const float *p = from + column[x];
      float upper = between (p[0], p[right], across[x]);
      float lower = between (p[below], p[below + right], across[x]);
      out[(gsize)y * width + x] = between (upper, lower, down);
    }
  }
}
