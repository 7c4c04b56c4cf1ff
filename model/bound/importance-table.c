#include "model/bound/importance-table.h"

#include <math.h>
#include <stdlib.h>

/* log v within which the grid reaches. Above, at any y of the table a weight is simply there: its
 * mass is below e^−64. Below are the steps. */
#define HIGHEST 64.0
#define LOWEST  (-4096.0)
/* Where the table begins: L = 1 − e^y there, for up to K = e^24 samples without a loss. */
#define FIRST_Y (-64.0)
#define LAST_Y  12.0
/* Less mass than this is nobody's. */
#define NOTHING 1e-25
#define NO_TAIL 1e-18
#define NOISE   4e-15

/* exp(−e^x) is 0 for x above UPPER·step and 1 − e^x + e^2x/2 below LOWER·step, to rounding. */
#define LOWER      (-288)
#define UPPER      60
#define N_KERNEL   (UPPER - LOWER + 1)
#define BEFORE     (LIMEN_POINTS / 2 - 1)
#define STEP_RATIO 3

/* -- interpolation -- */

/* In eight sums, which the compiler may compute side by side; the same on any machine. */
double
limen_dot (const double *a, const double *b, gsize n)
{
  double sum[8] = {0};
  gsize i = 0;
  for (; i + 8 <= n; i += 8)
    for (gsize j = 0; j < 8; j++)
      sum[j] += a[i + j] * b[i + j];
  for (; i < n; i++)
    sum[0] += a[i] * b[i];
  return ((sum[0] + sum[4]) + (sum[1] + sum[5])) + ((sum[2] + sum[6]) + (sum[3] + sum[7]));
}

void
limen_lagrange_weights (double t, double *weight)
{
  /* 1/Π (j − l) over l ≠ j: (−1)^(15 − j) / (j!·(15 − j)!) */
  static const double scale[LIMEN_POINTS] = {
      -7.6471637318198164e-13, 1.1470745597729725e-11,  -8.0295219184108074e-11,
      3.4794594979780165e-10,  -1.0438378493934050e-09, 2.2964432686654910e-09,
      -3.8274054477758183e-09, 4.9209498614260522e-09,  -4.9209498614260522e-09,
      3.8274054477758183e-09,  -2.2964432686654910e-09, 1.0438378493934050e-09,
      -3.4794594979780165e-10, 8.0295219184108074e-11,  -1.1470745597729725e-11,
      7.6471637318198164e-13};
  double before = 1, after = 1;
  for (int j = 0; j < LIMEN_POINTS; j++) {
    weight[j] = scale[j] * before;
    before *= t - (j - BEFORE);
  }
  for (int j = LIMEN_POINTS - 1; j >= 0; j--) {
    weight[j] *= after;
    after *= t - (j - BEFORE);
  }
}

/* -- masses on a grid of log v -- */

/* @mass: (n): of the bins, whose log v are low + i·LIMEN_BIN_STEP; a share may be negative
 * @tail: what lies below: */
typedef struct {
  double low;
  gsize n;
  double *mass;
  GArray *tail; /* of Step */
} Bins;

typedef struct {
  double y, mass;
} Step;

/* Whatever is smooth in log v has the same mean over the bins as over the nodes: each node hands
 * its mass to its neighbours as a polynomial through them would be read at its place. exp(−r·v) and
 * v itself are smooth enough for all the digits there are. */
static void
bins_add (Bins *bins, double log_v, double mass)
{
  double weight[LIMEN_POINTS], place = (log_v - bins->low) / LIMEN_BIN_STEP;
  gsize whole = (gsize)place;
  double *bin = bins->mass + whole - BEFORE;
  limen_lagrange_weights (place - (double)whole, weight);
  for (int j = 0; j < LIMEN_POINTS; j++)
    bin[j] += mass * weight[j];
}

/* What counts of the nodes, with both of its sums brought to 1. */
typedef struct {
  const double *log_weight, *mass;
  gsize n;
  double total, log_mean, lowest, highest;
} Nodes;

static gboolean
node_counts (const Nodes *nodes, gsize i)
{
  double mass = nodes->mass[i] / nodes->total, log_v = nodes->log_weight[i] - nodes->log_mean;
  return mass > NOTHING || (mass > 0 && log_v > 0 && mass * exp (MIN (log_v, 700)) > NOTHING);
}

static void
nodes_measure (Nodes *nodes, LimenImportanceTable *table)
{
  double top = -INFINITY, sum = 0, lost = 0;
  for (gsize i = 0; i < nodes->n; i++)
    if (nodes->mass[i] > 0 && nodes->log_weight[i] > top)
      top = nodes->log_weight[i];
  for (gsize i = 0; i < nodes->n; i++) {
    if (!(nodes->mass[i] > 0))
      continue;
    nodes->total += nodes->mass[i];
    if (nodes->log_weight[i] > -INFINITY)
      sum += nodes->mass[i] * exp (nodes->log_weight[i] - top);
    else
      lost += nodes->mass[i];
  }
  nodes->log_mean = top + log (sum / nodes->total);
  table->mean_weight = sum * exp (top);
  table->never = !(sum > 0) || lost > NO_TAIL * nodes->total;
  nodes->lowest = HIGHEST;
  nodes->highest = LOWEST;
  for (gsize i = 0; i < nodes->n; i++) {
    double log_v = nodes->log_weight[i] - nodes->log_mean;
    if (!isfinite (log_v) || !node_counts (nodes, i))
      continue;
    nodes->lowest = MIN (nodes->lowest, log_v);
    nodes->highest = MAX (nodes->highest, log_v);
  }
}

static void
bins_fill (Bins *bins, const Nodes *nodes)
{
  double low = CLAMP (nodes->lowest, LOWEST, HIGHEST);
  double high = CLAMP (nodes->highest, LOWEST, HIGHEST);
  bins->low = low - (BEFORE + 1) * LIMEN_BIN_STEP;
  bins->n = (gsize)((high - bins->low) / LIMEN_BIN_STEP) + LIMEN_POINTS;
  bins->mass = g_new0 (double, bins->n);
  bins->tail = g_array_new (FALSE, FALSE, sizeof (Step));
  for (gsize i = 0; i < nodes->n; i++) {
    double log_v = nodes->log_weight[i] - nodes->log_mean, mass = nodes->mass[i] / nodes->total;
    if (!isfinite (log_v) || !node_counts (nodes, i))
      continue;
    Step step = {-log_v, mass};
    if (log_v < LOWEST)
      g_array_append_val (bins->tail, step);
    else
      bins_add (bins, MIN (log_v, high), mass);
  }
}

static void
bins_clear (Bins *bins)
{
  g_free (bins->mass);
  g_array_unref (bins->tail);
}

/* -- the transform -- */

/* @gone, @left: (N_KERNEL): 1 − exp(−e^x) and exp(−e^x) for x = LOWER·step, …, UPPER·step
 * @below, @above: (n + 1): mass of all bins below bin i, with the tail, and of those from it on */
typedef struct {
  const Bins *bins;
  double gone[N_KERNEL], left[N_KERNEL];
  double *below, *above;
} Transform;

static void
transform_init (Transform *transform, const Bins *bins)
{
  gsize n = bins->n;
  transform->bins = bins;
  for (int i = 0; i < N_KERNEL; i++) {
    double e_x = exp ((i + LOWER) * LIMEN_BIN_STEP);
    transform->gone[i] = -expm1 (-e_x);
    transform->left[i] = exp (-e_x);
  }
  transform->below = g_new (double, n + 1);
  transform->above = g_new (double, n + 1);
  transform->below[0] = transform->above[n] = 0;
  for (guint i = 0; i < bins->tail->len; i++)
    transform->below[0] += g_array_index (bins->tail, Step, i).mass;
  for (gsize i = 0; i < n; i++)
    transform->below[i + 1] = transform->below[i] + bins->mass[i];
  for (gsize i = n; i-- > 0;)
    transform->above[i] = transform->above[i + 1] + bins->mass[i];
}

static void
transform_clear (Transform *transform)
{
  g_free (transform->below);
  g_free (transform->above);
}

/* The y, in bins from −low, from which on all but NO_TAIL has gone. */
static gint64
last_shift (const Transform *transform)
{
  const Bins *bins = transform->bins;
  double sum = transform->below[0];
  gsize i = 0;
  for (; i < bins->n && sum <= NO_TAIL; i++)
    sum += fabs (bins->mass[i]);
  return MAX (UPPER - (gint64)(i > 0 ? i - 1 : 0), (gint64)((LAST_Y + bins->low) / LIMEN_BIN_STEP));
}

/* Sums over the bins that the kernel has not reached: of mass·e^x and mass·e^2x. */
typedef struct {
  gint64 end;
  double first, second;
} Unreached;

static void
unreached_move (Unreached *unreached, const Bins *bins, gint64 shift)
{
  gint64 end = CLAMP (LOWER - shift, 0, (gint64)bins->n);
  double fade = exp (-STEP_RATIO * LIMEN_BIN_STEP);
  unreached->first *= fade;
  unreached->second *= fade * fade;
  for (gint64 i = unreached->end; i < end; i++) {
    double e_x = exp ((double)(i + shift) * LIMEN_BIN_STEP);
    unreached->first += bins->mass[i] * e_x;
    unreached->second += bins->mass[i] * e_x * e_x;
  }
  unreached->end = MAX (unreached->end, end);
}

/* 1 − L and L at one y: the kernel lies over bins @from to @to. */
static void
transform_at (const Transform *transform, gint64 shift, const Unreached *unreached, double *gone,
              double *left)
{
  const Bins *bins = transform->bins;
  gint64 from = CLAMP (LOWER - shift, 0, (gint64)bins->n);
  gint64 to = CLAMP (UPPER + 1 - shift, 0, (gint64)bins->n);
  gsize n = (gsize)(to - from);
  gint64 offset = n > 0 ? from + shift - LOWER : 0;
  double soon = unreached->first - unreached->second / 2;
  *left = transform->below[from] - soon;
  *gone = transform->above[to] + soon;
  *left += limen_dot (bins->mass + from, transform->left + offset, n);
  if (*left <= 0.25)
    *gone = 1 - *left;
  else
    *gone += limen_dot (bins->mass + from, transform->gone + offset, n);
}

static void
table_compute (LimenImportanceTable *table, const Transform *transform)
{
  const Bins *bins = transform->bins;
  gint64 low = (gint64)floor ((FIRST_Y + bins->low) / LIMEN_BIN_STEP);
  gint64 high = last_shift (transform);
  Unreached unreached = {0};
  table->n = (gsize)((high - low + STEP_RATIO - 1) / STEP_RATIO) + 1;
  table->first = (double)low * LIMEN_BIN_STEP - bins->low;
  table->rate = g_new (double, table->n);
  table->log_laplace = g_new (double, table->n);
  table->excess = g_new (double, table->n);
  for (gsize k = table->n; k-- > 0;) {
    gint64 shift = low + STEP_RATIO * (gint64)k;
    double gone, left, rate = exp (table->first + (double)k * LIMEN_TABLE_STEP);
    unreached_move (&unreached, bins, shift);
    transform_at (transform, shift, &unreached, &gone, &left);
    double log_laplace = gone < 0.5 ? log1p (-gone) : log (MAX (left, G_MINDOUBLE));
    double excess = log_laplace + rate, one = rate < 40 ? exp (-rate) : 0;
    if (one > 0 && one * expm1 (excess) < NOISE * MIN (rate, 1)) /* L = e^−r but for rounding */
      excess = 0;
    table->rate[k] = rate;
    table->log_laplace[k] = excess > 0 ? MIN (log_laplace, 0) : -rate;
    table->excess[k] = MAX (excess, 0);
  }
}

/* -- weights of almost nothing -- */

static int
compare_steps (gconstpointer a, gconstpointer b)
{
  const Step *left = a, *right = b;
  return (left->y > right->y) - (left->y < right->y);
}

/* Beyond thousands of nats a weight is a step of L at y = −log v. */
static void
table_add_steps (LimenImportanceTable *table, GArray *tail)
{
  double end = table->first + ((double)table->n - 0.5) * LIMEN_TABLE_STEP, height = 0;
  g_array_sort (tail, compare_steps);
  table->n_steps = tail->len;
  table->width = g_new (double, tail->len);
  table->log_height = g_new (double, tail->len + 1);
  table->log_height[tail->len] = -INFINITY;
  for (guint i = tail->len; i-- > 0;) {
    double before = i > 0 ? g_array_index (tail, Step, i - 1).y : end;
    const Step *step = &g_array_index (tail, Step, i);
    height += step->mass;
    table->width[i] = MAX (step->y - MAX (before, end), 0);
    table->log_height[i] = MIN (log (height), 0);
  }
}

void
limen_importance_table_fill (LimenImportanceTable *table, const double *log_weight,
                             const double *mass, gsize n)
{
  Nodes nodes = {.log_weight = log_weight, .mass = mass, .n = n};
  Bins bins;
  Transform transform;
  *table = (LimenImportanceTable){0};
  nodes_measure (&nodes, table);
  if (table->never)
    return;
  bins_fill (&bins, &nodes);
  transform_init (&transform, &bins);
  table_compute (table, &transform);
  table_add_steps (table, bins.tail);
  transform_clear (&transform);
  bins_clear (&bins);
}

void
limen_importance_table_clear (LimenImportanceTable *table)
{
  g_free (table->rate);
  g_free (table->log_laplace);
  g_free (table->excess);
  g_free (table->width);
  g_free (table->log_height);
}
