/* The distance to the nearest of many windows: found by matrix products, then computed by itself.
 */
#include "model/base/matrix.h"
#include "model/base/parallel.h"
#include "model/base/random.h"
#include "model/base/vectors.h"
#include "model/windows/window-model-private.h"

#include <cblas.h>
#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK 512 /* windows that are compared with at once */
#define LANES 16

/* @x: (n, D), those of a cell one behind the other; @squares: (n): sums of squares
 * @first: (cells² + 1): the first of each cell; @longest: the largest of @squares */
typedef struct {
  guint n, dimension, cells;
  float *x, *squares, longest;
  guint32 *first;
} Nearest;

static void
nearest_free (gpointer judge)
{
  Nearest *nearest = judge;
  free (nearest->x);
  free (nearest->squares);
  g_free (nearest->first);
  g_free (nearest);
}

static float
sum_of_squares (const float *x, guint n)
{
  double sum = 0;
  for (guint i = 0; i < n; i++)
    sum += (double)x[i] * x[i];
  return (float)sum;
}

/* -- distances -- */

/* In float32, always in the same order */
LIMEN_VECTOR_BODY float
sum_apart (const float *a, const float *b, guint n)
{
  float lane[LANES] = {0}, sum = 0;
  guint i = 0;
  for (; i + LANES <= n; i += LANES)
    for (guint l = 0; l < LANES; l++) {
      float apart = a[i + l] - b[i + l];
      lane[l] += apart * apart;
    }
  for (; i < n; i++)
    sum += (a[i] - b[i]) * (a[i] - b[i]);
  for (guint l = 0; l < LANES; l++)
    sum += lane[l];
  return sum;
}

static float
sum_apart_plain (const float *a, const float *b, guint n)
{
  return sum_apart (a, b, n);
}

LIMEN_WIDE static float
sum_apart_wide (const float *a, const float *b, guint n)
{
  return sum_apart (a, b, n);
}

LIMEN_WIDEST static float
sum_apart_widest (const float *a, const float *b, guint n)
{
  return sum_apart (a, b, n);
}

static float
squared_distance (const float *a, const float *b, guint n)
{
  switch (limen_vectors ()) {
  case LIMEN_VECTORS_WIDEST:
    return sum_apart_widest (a, b, n);
  case LIMEN_VECTORS_WIDE:
    return sum_apart_wide (a, b, n);
  default:
    return sum_apart_plain (a, b, n);
  }
}

/* @value: (n): in: −2·products with the rows; out: with their squares added. Returns: the least */
LIMEN_VECTOR_BODY float
add_and_find (float *value, const float *squares, guint n)
{
  float low[LANES], least = INFINITY;
  guint i = 0;
  for (guint l = 0; l < LANES; l++)
    low[l] = INFINITY;
  for (; i + LANES <= n; i += LANES)
    for (guint l = 0; l < LANES; l++) {
      value[i + l] += squares[i + l];
      low[l] = value[i + l] < low[l] ? value[i + l] : low[l];
    }
  for (; i < n; i++) {
    value[i] += squares[i];
    least = MIN (least, value[i]);
  }
  for (guint l = 0; l < LANES; l++)
    least = MIN (least, low[l]);
  return least;
}

static float
add_and_find_plain (float *value, const float *squares, guint n)
{
  return add_and_find (value, squares, n);
}

LIMEN_WIDE static float
add_and_find_wide (float *value, const float *squares, guint n)
{
  return add_and_find (value, squares, n);
}

LIMEN_WIDEST static float
add_and_find_widest (float *value, const float *squares, guint n)
{
  return add_and_find (value, squares, n);
}

static float
least_of (float *value, const float *squares, guint n)
{
  switch (limen_vectors ()) {
  case LIMEN_VECTORS_WIDEST:
    return add_and_find_widest (value, squares, n);
  case LIMEN_VECTORS_WIDE:
    return add_and_find_wide (value, squares, n);
  default:
    return add_and_find_plain (value, squares, n);
  }
}

/* A sum of D products of float32, in any order, is off by at most D·ε·|x|·|y|: whatever may be the
 * nearest by that is tried by its differences, so that the distance depends on the window alone.
 * @best: (inout): the least squared distance so far */
static void
try_block (const Nearest *nearest, const float *x, float squares, guint first, guint n,
           float *value, float *best)
{
  float largest = MAX (squares, nearest->longest);
  float slack = 4 * (float)(nearest->dimension + 4) * FLT_EPSILON * largest;
  float least = least_of (value, nearest->squares + first, n);
  if (least + squares - slack >= *best)
    return;
  for (guint i = 0; i < n; i++) {
    if (value[i] > least + 2 * slack || value[i] + squares - slack >= *best)
      continue;
    const float *other = nearest->x + (gsize)(first + i) * nearest->dimension;
    *best = MIN (*best, squared_distance (x, other, nearest->dimension));
  }
}

static void
search_range (const Nearest *nearest, const float *x, const float *squares, guint n, guint first,
              guint end, float *products, float *best)
{
  int dimension = (int)nearest->dimension;
  for (guint from = first; from < end; from += BLOCK) {
    guint m = MIN (BLOCK, end - from);
    cblas_sgemm (CblasRowMajor, CblasNoTrans, CblasTrans, (int)n, (int)m, dimension, -2, x,
                 dimension, nearest->x + (gsize)from * nearest->dimension, dimension, 0, products,
                 BLOCK);
    for (guint i = 0; i < n; i++)
      try_block (nearest, x + (gsize)i * nearest->dimension, squares[i], from, m,
                 products + (gsize)i * BLOCK, &best[i]);
  }
}

/* (n_workers, LIMEN_WINDOW_BATCH, BLOCK) */
static gpointer
room_new (gconstpointer judge)
{
  return limen_floats_new ((gsize)limen_n_workers () * LIMEN_WINDOW_BATCH * BLOCK);
}

/* In the cell and those around it */
static void
score (gconstpointer judge, const float *x, guint n, guint cell, guint worker, gpointer room,
       float *out)
{
  const Nearest *nearest = judge;
  float *products = (float *)room + (gsize)worker * LIMEN_WINDOW_BATCH * BLOCK;
  float squares[LIMEN_WINDOW_BATCH];
  float best[LIMEN_WINDOW_BATCH];
  guint cells = nearest->cells, column = cell % cells, row = cell / cells;
  guint left = column > 0 ? column - 1 : 0, right = MIN (column + 1, cells - 1);
  for (guint i = 0; i < n; i++) {
    squares[i] = sum_of_squares (x + (gsize)i * nearest->dimension, nearest->dimension);
    best[i] = INFINITY;
  }
  for (guint r = row > 0 ? row - 1 : 0; r <= MIN (row + 1, cells - 1); r++)
    search_range (nearest, x, squares, n, nearest->first[r * cells + left],
                  nearest->first[r * cells + right + 1], products, best);
  if (isinf (best[0])) /* nothing is known of the place */
    search_range (nearest, x, squares, n, 0, nearest->n, products, best);
  for (guint i = 0; i < n; i++)
    out[i] = sqrtf (best[i]);
}

const LimenWindowClass limen_window_nearest_class = {room_new, free, score, nearest_free};

/* -- what is kept -- */

/* The numbers of windows on their way: @index: (n) into those that were drawn */
typedef struct {
  const LimenWindowDraw *draw;
  guint cells, n;
  guint32 *index;
} Chosen;

static guint
cell_of (const Chosen *chosen, guint32 i)
{
  return limen_window_cell (chosen->cells, chosen->draw->place[2 * i],
                            chosen->draw->place[2 * i + 1]);
}

typedef struct {
  const float *x;
  guint dimension, cell;
} Key;

/* Windows of drawings differ by the noise of their files alone: those that look alike to so many
 * greys are one. */
#define GREYS 15

static inline guint8
grey (float pixel)
{
  return (guint8)(CLAMP (pixel, 0, 1) * GREYS + 0.5f);
}

static guint
hash_key (gconstpointer data)
{
  const Key *key = data;
  guint64 hash = key->cell;
  for (guint i = 0; i < key->dimension; i++) {
    hash = (hash ^ grey (key->x[i])) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
    hash ^= hash >> 29;
  }
  return (guint)(hash ^ hash >> 32);
}

static gboolean
keys_equal (gconstpointer a, gconstpointer b)
{
  const Key *x = a, *y = b;
  gboolean equal = x->cell == y->cell;
  for (guint i = 0; equal && i < x->dimension; i++)
    equal = grey (x->x[i]) == grey (y->x[i]);
  return equal;
}

/* In random order, without those that look like one before */
static void
leave_out_alike (Chosen *chosen, guint64 seed)
{
  LimenRandom random = limen_random_stream (seed, "windows kept", 0);
  g_autofree Key *key = g_new (Key, chosen->n);
  g_autoptr (GHashTable) seen = g_hash_table_new (hash_key, keys_equal);
  limen_random_shuffle (&random, chosen->index, chosen->n);
  guint n = 0;
  for (guint i = 0; i < chosen->n; i++) {
    guint32 window = chosen->index[i];
    const LimenWindowDraw *draw = chosen->draw;
    key[n] =
        (Key){draw->x + (gsize)window * draw->dimension, draw->dimension, cell_of (chosen, window)};
    if (g_hash_table_add (seen, &key[n]))
      chosen->index[n++] = window;
  }
  chosen->n = n;
}

/* Of the first @n of @chosen */
static Nearest *
make (const Chosen *chosen, guint n)
{
  Nearest *nearest = g_new0 (Nearest, 1);
  guint dimension = chosen->draw->dimension, n_cells = chosen->cells * chosen->cells;
  *nearest = (Nearest){n,
                       dimension,
                       chosen->cells,
                       limen_floats_new ((gsize)n * dimension),
                       limen_floats_new (n),
                       0,
                       g_new0 (guint32, n_cells + 1)};
  g_autofree guint32 *next = g_new0 (guint32, n_cells + 1);
  for (guint i = 0; i < n; i++)
    next[cell_of (chosen, chosen->index[i]) + 1]++;
  for (guint cell = 0; cell < n_cells; cell++)
    next[cell + 1] += next[cell];
  memcpy (nearest->first, next, (n_cells + 1) * sizeof *next);
  for (guint i = 0; i < n; i++) {
    guint32 at = next[cell_of (chosen, chosen->index[i])]++;
    float *row = nearest->x + (gsize)at * dimension;
    memcpy (row, chosen->draw->x + (gsize)chosen->index[i] * dimension, dimension * sizeof *row);
    nearest->squares[at] = sum_of_squares (row, dimension);
    nearest->longest = MAX (nearest->longest, nearest->squares[at]);
  }
  return nearest;
}

typedef struct {
  float distance;
  guint32 window;
} Far;

static int
compare_far (const void *a, const void *b)
{
  const Far *x = a, *y = b;
  if (x->distance != y->distance)
    return x->distance < y->distance ? 1 : -1;
  return x->window < y->window ? -1 : 1;
}

/* Behind the first @n of @chosen come those of the others that are farthest from them. */
static gboolean
bring_far_ones (Chosen *chosen, guint n, const LimenRun *run, GError **error)
{
  guint m = chosen->n - n, dimension = chosen->draw->dimension;
  Nearest *some = make (chosen, n);
  g_autofree Far *far = g_new (Far, m);
  g_autofree guint *cell = g_new (guint, m);
  g_autofree float *distance = g_new (float, m);
  float *x = limen_floats_new ((gsize)m * dimension);
  for (guint i = 0; i < m; i++) {
    guint32 window = chosen->index[n + i];
    memcpy (x + (gsize)i * dimension, chosen->draw->x + (gsize)window * dimension,
            dimension * sizeof *x);
    cell[i] = cell_of (chosen, window);
  }
  gboolean ok = limen_window_rows_score (&limen_window_nearest_class, some, dimension, x, cell, m,
                                         distance, run, error);
  free (x);
  nearest_free (some);
  for (guint i = 0; ok && i < m; i++)
    far[i] = (Far){distance[i], chosen->index[n + i]};
  if (ok)
    qsort (far, m, sizeof *far, compare_far);
  for (guint i = 0; ok && i < m; i++)
    chosen->index[n + i] = far[i].window;
  return ok;
}

gpointer
limen_window_nearest_new (LimenWindowDraw *draw, guint *cells, guint64 seed, guint *n_kept,
                          const LimenRun *run, GError **error)
{
  g_autofree guint32 *index = g_new (guint32, draw->n);
  Chosen chosen = {draw, *cells, draw->n, index};
  for (guint i = 0; i < draw->n; i++)
    index[i] = i;
  leave_out_alike (&chosen, seed);
  if (chosen.n > LIMEN_WINDOW_MOST_KEPT &&
      !bring_far_ones (&chosen, LIMEN_WINDOW_MOST_KEPT / 2, run, error))
    return NULL;
  *n_kept = MIN (chosen.n, LIMEN_WINDOW_MOST_KEPT);
  return make (&chosen, *n_kept);
}
