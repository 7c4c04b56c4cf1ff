/* Lines of equal density. */
#include "viz/kit/plane-plot-private.h"

#include <math.h>

#define N_BINS 4096
#define DEPTH  25.0 /* nats below the highest density: exp (−25) of it is as good as nothing */

static double
highest (const LimenPlane *plane)
{
  double most = -INFINITY;
  for (gsize i = 0; i < (gsize)plane->columns * plane->rows; i++)
    if (plane->log_density[i] > most && plane->log_density[i] < INFINITY)
      most = plane->log_density[i];
  return most;
}

double
limen_plane_level (const LimenPlane *plane, double mass)
{
  double top = highest (plane), total = 0, above = 0;
  g_autofree double *bin = g_new0 (double, N_BINS);
  if (!isfinite (top))
    return NAN;
  for (gsize i = 0; i < (gsize)plane->columns * plane->rows; i++) {
    double depth = top - plane->log_density[i];
    if (!(depth >= 0 && depth < DEPTH))
      continue;
    double p = exp (-depth);
    bin[(int)(depth / DEPTH * N_BINS)] += p;
    total += p;
  }
  for (int i = 0; i < N_BINS; i++) {
    if (above + bin[i] >= mass * total && bin[i] > 0)
      return top - DEPTH * (i + (mass * total - above) / bin[i]) / N_BINS;
    above += bin[i];
  }
  return top - DEPTH;
}

/* --- Marching squares --- */

/**
 * March: the crossings of one level
 * @link: (2 · rows · columns, 2): for each edge of the grid the edges that the line goes on to, −1:
 * none. Edge r·columns + c goes right from node (r, c); the same plus rows·columns goes up from it.
 */
typedef struct {
  const LimenPlane *plane;
  double level;
  int *link;
} March;

static double
value (const March *march, guint row, guint column)
{
  double v = march->plane->log_density[(gsize)row * march->plane->columns + column] - march->level;
  return v > -50 ? v : -50; /* −∞ and NaN too */
}

static void
join (March *march, int a, int b)
{
  march->link[2 * a + (march->link[2 * a] >= 0)] = b;
  march->link[2 * b + (march->link[2 * b] >= 0)] = a;
}

static void
march_cell (March *march, guint r, guint c)
{
  int columns = march->plane->columns, up = columns * march->plane->rows;
  int low = r * columns + c;
  /* corners and edges counterclockwise from the lower left */
  const double v[4] = {value (march, r, c), value (march, r, c + 1), value (march, r + 1, c + 1),
                       value (march, r + 1, c)};
  const int edge[4] = {low, up + low + 1, low + columns, up + low};
  int crossed[4], n = 0;
  for (int i = 0; i < 4; i++)
    if ((v[i] >= 0) != (v[(i + 1) % 4] >= 0))
      crossed[n++] = edge[i];
  if (n == 2)
    join (march, crossed[0], crossed[1]);
  if (n != 4)
    return;
  /* a saddle: the middle tells which corners belong together */
  gboolean with_first = (v[0] + v[1] + v[2] + v[3] >= 0) == (v[0] >= 0);
  join (march, edge[0], edge[with_first ? 1 : 3]);
  join (march, edge[2], edge[with_first ? 3 : 1]);
}

static void
crossing (const March *march, int edge, double z[2])
{
  const LimenPlane *plane = march->plane;
  int up = plane->columns * plane->rows, node = edge % up;
  gboolean is_up = edge >= up;
  guint r = node / plane->columns, c = node % plane->columns;
  double a = value (march, r, c), b = value (march, r + is_up, c + !is_up), t = a / (a - b);
  double steps[2] = {plane->columns - 1.0, MAX (plane->rows, 2) - 1.0};
  z[0] = plane->low[0] + (plane->high[0] - plane->low[0]) * (c + (is_up ? 0 : t)) / steps[0];
  z[1] = plane->low[1] + (plane->high[1] - plane->low[1]) * (r + (is_up ? t : 0)) / steps[1];
}

/* The line through @edge, taken out of the links. */
static LimenContour
take_line (March *march, int edge)
{
  LimenContour line = {NULL, 0, FALSE};
  GArray *z = g_array_new (FALSE, FALSE, 2 * sizeof (double));
  int first = edge, before = -1;
  while (edge >= 0) {
    double point[2];
    crossing (march, edge, point);
    g_array_append_vals (z, point, 1);
    int *link = &march->link[2 * edge];
    int next = link[0] >= 0 && link[0] != before ? link[0] : link[1] != before ? link[1] : -1;
    link[0] = link[1] = -1;
    before = edge;
    line.closed = next == first && z->len > 2;
    edge = next == first ? -1 : next;
  }
  line.n = z->len;
  line.z = (double *)g_array_free (z, FALSE);
  return line;
}

static void
clear_contour (gpointer contour)
{
  g_free (((LimenContour *)contour)->z);
}

GArray *
limen_plane_contours (const LimenPlane *plane, double level)
{
  GArray *lines = g_array_new (FALSE, FALSE, sizeof (LimenContour));
  g_array_set_clear_func (lines, clear_contour);
  if (isnan (level) || plane->columns < 2 || plane->rows < 2)
    return lines;
  int n = 2 * (int)(plane->columns * plane->rows);
  g_autofree int *link = g_new (int, 2 * (gsize)n);
  for (int i = 0; i < 2 * n; i++)
    link[i] = -1;
  March march = {plane, level, link};
  for (guint r = 0; r + 1 < plane->rows; r++)
    for (guint c = 0; c + 1 < plane->columns; c++)
      march_cell (&march, r, c);
  /* lines that end at the edge of the grid first, from an end; what is left is closed */
  for (int closed = 0; closed < 2; closed++)
    for (int i = 0; i < n; i++)
      if (link[2 * i] >= 0 && (closed || link[2 * i + 1] < 0)) {
        LimenContour line = take_line (&march, i);
        g_array_append_val (lines, line);
      }
  return lines;
}
