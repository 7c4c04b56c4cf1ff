/* Which images lie within a polygon. */
#include "viz/detector/scatter-points.h"

#include <math.h>
#include <string.h>

#define BANDS 512

/**
 * Bands: the edges of a polygon, by the strips of the plane that they cross, so that a point asks
 * few of them
 * @first: (BANDS + 1): where the edges of each band begin in @edge
 */
typedef struct {
  const double (*corner)[2];
  guint n;
  double low[2], high[2];
  guint first[BANDS + 1];
  guint *edge;
} Bands;

static guint
band_of (const Bands *bands, double y)
{
  double part = (y - bands->low[1]) / (bands->high[1] - bands->low[1]) * BANDS;
  return (guint)CLAMP (part, 0, BANDS - 1);
}

/* The bands that edge @i crosses. */
static void
bands_of_edge (const Bands *bands, guint i, guint *from, guint *to)
{
  double a = bands->corner[i][1], b = bands->corner[(i + 1) % bands->n][1];
  *from = band_of (bands, fmin (a, b));
  *to = band_of (bands, fmax (a, b));
}

static void
sort_edges (Bands *bands)
{
  g_autofree guint *next = g_new0 (guint, BANDS);
  guint from, to;
  for (guint i = 0; i < bands->n; i++) {
    bands_of_edge (bands, i, &from, &to);
    for (guint b = from; b <= to; b++)
      bands->first[b + 1]++;
  }
  for (guint b = 0; b < BANDS; b++) {
    bands->first[b + 1] += bands->first[b];
    next[b] = bands->first[b];
  }
  bands->edge = g_new (guint, bands->first[BANDS] + 1);
  for (guint i = 0; i < bands->n; i++) {
    bands_of_edge (bands, i, &from, &to);
    for (guint b = from; b <= to; b++)
      bands->edge[next[b]++] = i;
  }
}

/* Jordan: a ray to the right meets the outline an odd number of times. An edge has its lower end
 * and not its upper one, so that a corner is met once (Sunday, 2001). */
static gboolean
is_inside (const Bands *bands, double x, double y)
{
  if (!(x >= bands->low[0] && x <= bands->high[0] && y >= bands->low[1] && y <= bands->high[1]))
    return FALSE;
  guint band = band_of (bands, y);
  gboolean inside = FALSE;
  for (guint k = bands->first[band]; k < bands->first[band + 1]; k++) {
    guint i = bands->edge[k];
    const double *a = bands->corner[i], *b = bands->corner[(i + 1) % bands->n];
    if ((a[1] <= y) != (b[1] <= y) && x < a[0] + (y - a[1]) / (b[1] - a[1]) * (b[0] - a[0]))
      inside = !inside;
  }
  return inside;
}

/* --- Cells: most points of a lasso are far from its outline --- */

#define CELLS 64 /* to a side */

typedef enum { CELL_OUTSIDE, CELL_INSIDE, CELL_MIXED } Cell;

static int
cell_of (double part)
{
  return (int)CLAMP (floor (part * CELLS), 0, CELLS - 1);
}

/* A cell that no edge comes near is all inside, or all outside, as its middle is. */
static void
fill_cells (const Bands *bands, guint8 cell[CELLS][CELLS])
{
  memset (cell, CELL_OUTSIDE, CELLS * CELLS);
  for (guint i = 0; i < bands->n; i++) {
    const double *a = bands->corner[i], *b = bands->corner[(i + 1) % bands->n];
    int left = cell_of (fmin (a[0], b[0]) - 1e-6), right = cell_of (fmax (a[0], b[0]) + 1e-6);
    int low = cell_of (fmin (a[1], b[1]) - 1e-6), high = cell_of (fmax (a[1], b[1]) + 1e-6);
    for (int y = low; y <= high; y++)
      memset (&cell[y][left], CELL_MIXED, (gsize)(right - left) + 1);
  }
  for (int y = 0; y < CELLS; y++)
    for (int x = 0; x < CELLS; x++)
      if (cell[y][x] != CELL_MIXED)
        cell[y][x] = is_inside (bands, (x + 0.5) / CELLS, (y + 0.5) / CELLS);
}

static guint
mark_inside (const LimenScatterPoints *points, LimenScatterSet set, const Bands *bands,
             guint8 cell[CELLS][CELLS], guint64 *inside)
{
  const float *at = points->at[set];
  guint found = 0;
  for (guint k = 0; k < points->n[set]; k++, at += 2) {
    guint8 known =
        cell[MIN ((int)(at[1] * CELLS), CELLS - 1)][MIN ((int)(at[0] * CELLS), CELLS - 1)];
    guint bit = known == CELL_MIXED ? (guint)is_inside (bands, at[0], at[1]) : known;
    inside[k / 64] |= (guint64)bit << (k % 64);
    found += bit;
  }
  return found;
}

static void
find_box (Bands *bands)
{
  for (int i = 0; i < 2; i++) {
    bands->low[i] = INFINITY;
    bands->high[i] = -INFINITY;
    for (guint k = 0; k < bands->n; k++) {
      bands->low[i] = fmin (bands->low[i], bands->corner[k][i]);
      bands->high[i] = fmax (bands->high[i], bands->corner[k][i]);
    }
  }
}

guint
limen_scatter_points_inside (const LimenScatterPoints *points, const double (*corner)[2],
                             guint n_corners, guint64 *const inside[LIMEN_N_SCATTER_SETS])
{
  Bands bands = {.corner = corner, .n = n_corners};
  guint8 cell[CELLS][CELLS];
  guint found = 0;
  for (LimenScatterSet set = 0; set < LIMEN_N_SCATTER_SETS; set++)
    memset (inside[set], 0, (points->n[set] + 63) / 64 * sizeof (guint64));
  find_box (&bands);
  if (n_corners < 3 || !(bands.low[1] < bands.high[1]))
    return 0;
  sort_edges (&bands);
  fill_cells (&bands, cell);
  for (LimenScatterSet set = 0; set < LIMEN_N_SCATTER_SETS; set++)
    found += mark_inside (points, set, &bands, cell, inside[set]);
  g_free (bands.edge);
  return found;
}
