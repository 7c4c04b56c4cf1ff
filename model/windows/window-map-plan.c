#include "model/windows/window-map-plan.h"
#include "model/base/matrix.h"
#include "model/base/parallel.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MOST_COMPARED 1024 /* numbers of a window: of larger ones hardly two are the same */
#define NONE          G_MAXUINT32

/* -- scratch -- */

LimenWindowRooms
limen_window_rooms_new (const LimenWindowModel *model)
{
  gsize dimension = limen_windowing_dimension (&model->windowing);
  return (LimenWindowRooms){model, model->class->room_new (model->judge[0]),
                            limen_floats_new (limen_n_workers () * LIMEN_WINDOW_BATCH * dimension)};
}

void
limen_window_rooms_clear (LimenWindowRooms *rooms)
{
  if (rooms->judge)
    rooms->model->class->room_free (rooms->judge);
  free (rooms->x);
  *rooms = (LimenWindowRooms){0};
}

/* -- windows that look the same are judged once -- */

static void
place_of (const LimenWindowPlan *plan, const LimenWindowLevel *level, guint32 window, guint *x,
          guint *y)
{
  *x = level->origin_x + window % level->columns * plan->model->windowing.stride;
  *y = level->origin_y + window / level->columns * plan->model->windowing.stride;
}

static const float *
row_at (const LimenWindowLevel *level, guint x, guint y)
{
  const LimenPhoto *plane = level->plane;
  return plane->pixels + ((gsize)y * plane->width + x) * plane->n_channels;
}

static guint64
hash_window (const LimenWindowPlan *plan, const LimenWindowLevel *level, guint x, guint y)
{
  guint size = plan->model->windowing.size, n = size * level->plane->n_channels;
  guint64 hash = 1;
  for (guint row = 0; row < size; row++) {
    const float *from = row_at (level, x, y + row);
    for (guint i = 0; i < n; i++) {
      guint32 bits;
      memcpy (&bits, from + i, sizeof bits);
      hash = (hash ^ bits) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
    }
    hash ^= hash >> 31;
  }
  return hash ^ hash >> 29;
}

static gboolean
look_same (const LimenWindowPlan *plan, const LimenWindowLevel *level, guint32 a, guint32 b)
{
  guint size = plan->model->windowing.size, ax, ay, bx, by;
  gsize n = size * level->plane->n_channels * sizeof (float);
  place_of (plan, level, a, &ax, &ay);
  place_of (plan, level, b, &bx, &by);
  for (guint row = 0; row < size; row++)
    if (memcmp (row_at (level, ax, ay + row), row_at (level, bx, by + row), n) != 0)
      return FALSE;
  return TRUE;
}

/* @slot: (mask + 1): places in judged, NONE: free. Returns: where what looks like @window is, or
 * would be */
static guint32 *
find_slot (const LimenWindowPlan *plan, const LimenWindowLevel *level, guint32 window,
           guint32 *slot, gsize mask)
{
  guint x, y;
  place_of (plan, level, window, &x, &y);
  gsize at = hash_window (plan, level, x, y) & mask;
  while (slot[at] != NONE && !look_same (plan, level, level->judged[slot[at]], window))
    at = (at + 1) & mask;
  return &slot[at];
}

/* Of the @n windows @window, all of one cell */
static void
find_twins (const LimenWindowPlan *plan, LimenWindowLevel *level, const guint32 *window, guint n)
{
  if (limen_windowing_dimension (&plan->model->windowing) > MOST_COMPARED) {
    for (guint i = 0; i < n; i++) {
      level->twin[window[i]] = level->n_judged;
      level->judged[level->n_judged++] = window[i];
    }
    return;
  }
  gsize mask = 1;
  while (mask < 2 * (gsize)n)
    mask *= 2;
  g_autofree guint32 *slot = g_new (guint32, mask);
  memset (slot, 0xff, mask * sizeof *slot);
  for (guint i = 0; i < n; i++) {
    guint32 *found = find_slot (plan, level, window[i], slot, mask - 1);
    if (*found == NONE) {
      *found = level->n_judged;
      level->judged[level->n_judged++] = window[i];
    }
    level->twin[window[i]] = *found;
  }
}

/* -- batches -- */

static void
add_batches (LimenWindowPlan *plan, guint level, guint first, guint end, guint cell)
{
  for (; first < end; first += LIMEN_WINDOW_BATCH) {
    LimenWindowBatch batch = {level, first, MIN (end - first, LIMEN_WINDOW_BATCH), cell};
    g_array_append_val (plan->batches, batch);
  }
}

static guint
cell_of (const LimenWindowPlan *plan, const LimenWindowLevel *level, guint cells, guint32 window)
{
  guint x, y;
  float half = 0.5f * (float)plan->model->windowing.size;
  place_of (plan, level, window, &x, &y);
  return limen_window_cell (cells, ((float)x + half) / (float)level->plane->width,
                            ((float)y + half) / (float)level->plane->height);
}

/* Windows cell by cell: those of a cell are judged together. */
static void
fill_level (LimenWindowPlan *plan, guint index)
{
  LimenWindowLevel *level = &plan->level[index];
  guint cells = plan->model->cells[index], n_cells = cells * cells;
  guint n = level->columns * level->rows;
  g_autofree guint32 *next = g_new0 (guint32, n_cells + 1), *window = g_new (guint32, n);
  level->judged = g_new (guint32, n);
  level->twin = g_new (guint32, n);
  for (guint i = 0; i < n; i++)
    next[cell_of (plan, level, cells, i) + 1]++;
  for (guint cell = 0; cell < n_cells; cell++)
    next[cell + 1] += next[cell];
  for (guint i = 0; i < n; i++)
    window[next[cell_of (plan, level, cells, i)]++] = i;
  for (guint cell = 0; cell < n_cells; cell++) { /* each now ends where the next began */
    guint from = cell > 0 ? next[cell - 1] : 0, first = level->n_judged;
    find_twins (plan, level, window + from, next[cell] - from);
    add_batches (plan, index, first, level->n_judged, cell);
  }
  level->value = limen_floats_new (MAX (level->n_judged, 1));
}

/* -- plans -- */

static void
lay_out (LimenWindowPlan *plan, guint index, LimenPhoto *plane)
{
  const LimenWindowing *windowing = &plan->model->windowing;
  LimenWindowLevel *level = &plan->level[index];
  level->plane = plane;
  level->columns = limen_windowing_columns (windowing, plane->width);
  level->rows = limen_windowing_columns (windowing, plane->height);
  level->origin_x = limen_windowing_origin (windowing, plane->width);
  level->origin_y = limen_windowing_origin (windowing, plane->height);
  fill_level (plan, index);
}

LimenWindowPlan *
limen_window_plan_new (const LimenWindowModel *model, const LimenPhoto *photo, GError **error)
{
  const LimenWindowing *windowing = &model->windowing;
  g_autoptr (LimenWindowPlan) plan = g_new0 (LimenWindowPlan, 1);
  plan->model = model;
  plan->width = photo->width;
  plan->height = photo->height;
  plan->batches = g_array_new (FALSE, FALSE, sizeof (LimenWindowBatch));
  for (guint level = 0; level < windowing->levels; level++) {
    if (MIN (photo->width >> level, photo->height >> level) < windowing->size)
      break;
    LimenPhoto *plane = level == 0 ? limen_windowing_plane (windowing, photo, error)
                                   : limen_windowing_halved (plan->level[level - 1].plane, error);
    if (!plane)
      return NULL;
    lay_out (plan, level, plane);
  }
  return g_steal_pointer (&plan);
}

void
limen_window_plan_free (LimenWindowPlan *plan)
{
  for (guint i = 0; i < LIMEN_WINDOW_MOST_LEVELS; i++) {
    LimenWindowLevel *level = &plan->level[i];
    g_clear_pointer (&level->plane, limen_photo_free);
    g_free (level->judged);
    g_free (level->twin);
    free (level->value);
  }
  g_array_unref (plan->batches);
  g_free (plan);
}

void
limen_window_plan_judge (LimenWindowPlan *plan, guint index, guint worker,
                         const LimenWindowRooms *rooms)
{
  const LimenWindowBatch *batch = &g_array_index (plan->batches, LimenWindowBatch, index);
  LimenWindowLevel *level = &plan->level[batch->level];
  const LimenWindowModel *model = plan->model;
  gsize dimension = limen_windowing_dimension (&model->windowing);
  float *x = rooms->x + worker * LIMEN_WINDOW_BATCH * dimension;
  for (guint i = 0; i < batch->n; i++) {
    guint across, down;
    place_of (plan, level, level->judged[batch->first + i], &across, &down);
    limen_windowing_copy (&model->windowing, level->plane, across, down, x + i * dimension);
  }
  model->class->score (model->judge[batch->level], x, batch->n, batch->cell, worker, rooms->judge,
                       level->value + batch->first);
}

/* -- the map -- */

/* @at: the centre of a window at the photo's own size, pixels. Returns: the nearest window at scale
 * @index */
static guint
nearest_at (const LimenWindowPlan *plan, guint index, double at, guint origin, guint n)
{
  const LimenWindowing *windowing = &plan->model->windowing;
  double first = origin + 0.5 * windowing->size, scaled = at / (1 << index);
  double number = floor ((scaled - first) / windowing->stride + 0.5);
  return (guint)CLAMP (number, 0, n - 1.0);
}

static float
value_at (const LimenWindowPlan *plan, guint index, guint column, guint row)
{
  const LimenWindowLevel *level = &plan->level[index];
  double value = level->value[level->twin[row * level->columns + column]];
  return isnan (value) ? INFINITY : (float)(value / plan->model->unit[index]);
}

LimenWindowMap *
limen_window_plan_map (const LimenWindowPlan *plan)
{
  const LimenWindowing *windowing = &plan->model->windowing;
  const LimenWindowLevel *level = plan->level;
  LimenWindowMap *map = g_new (LimenWindowMap, 1);
  *map = (LimenWindowMap){level->columns,
                          level->rows,
                          plan->width,
                          plan->height,
                          level->origin_x + 0.5 * windowing->size,
                          level->origin_y + 0.5 * windowing->size,
                          windowing->stride,
                          windowing->size,
                          g_new (float, (gsize)level->columns * level->rows)};
  for (guint row = 0; row < map->rows; row++)
    for (guint column = 0; column < map->columns; column++) {
      float value = value_at (plan, 0, column, row);
      for (guint i = 1; i < windowing->levels && level[i].columns > 0; i++) {
        guint x = nearest_at (plan, i, map->origin_x + column * map->step, level[i].origin_x,
                              level[i].columns);
        guint y =
            nearest_at (plan, i, map->origin_y + row * map->step, level[i].origin_y, level[i].rows);
        value = MAX (value, value_at (plan, i, x, y));
      }
      map->value[(gsize)row * map->columns + column] = value;
    }
  return map;
}
