#include "model/bound/importance-table.h"
#include "model/bound/importance-nodes.h"

#include <math.h>

/* A piece begins as many nats before its first fall: for up to K = e^24 samples nothing is lost. */
#define LEAD 64.0
/* Where the first piece ends at the earliest: exp(−K·e^y) is 0 there for any K of interest. */
#define LAST_Y 12.0
/* How far a piece reaches below log v = 0 without a look at its nodes, how far it may reach, and
 * all pieces together; at a distance of GAP between two nodes a piece ends. */
#define NEAR 2048.0
#define FAR  6000.0
#define GAP  80.0
/* L below this is 0, and a difference of L and exp(−r) below that is none. */
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
 * @beyond: the mass of all nodes below them */
typedef struct {
  double low, beyond;
  gsize n;
  double *mass;
} Bins;

static Bins
bins_new (double lowest, double highest)
{
  Bins bins = {.low = lowest - (BEFORE + 1) * LIMEN_BIN_STEP};
  bins.n = (gsize)((highest - bins.low) / LIMEN_BIN_STEP) + LIMEN_POINTS;
  bins.mass = g_new0 (double, bins.n);
  return bins;
}

/* Whatever is smooth in log v has the same mean over the bins as over the nodes: each node hands
 * its mass to its neighbours as a polynomial through them would be read at its place. exp(−r·v) and
 * v itself are smooth enough for all the digits there are. */
static void
bins_add (Bins *bins, double log_v, double mass)
{
  double weight[LIMEN_POINTS];
  double place = (log_v - bins->low) / LIMEN_BIN_STEP;
  place = MAX (place, BEFORE); /* beyond 1e15 nats low and the lowest log v are one number */
  gsize whole = (gsize)place;
  double *bin = bins->mass + whole - BEFORE;
  limen_lagrange_weights (place - (double)whole, weight);
  for (int j = 0; j < LIMEN_POINTS; j++)
    bin[j] += mass * weight[j];
}

/* -- the transform -- */

/* @gone, @left: (N_KERNEL): 1 − exp(−e^x) and exp(−e^x) for x = LOWER·step, …, UPPER·step */
typedef struct {
  double gone[N_KERNEL], left[N_KERNEL];
} Kernel;

static void
kernel_init (Kernel *kernel)
{
  for (int i = 0; i < N_KERNEL; i++) {
    double e_x = exp ((i + LOWER) * LIMEN_BIN_STEP);
    kernel->gone[i] = -expm1 (-e_x);
    kernel->left[i] = exp (-e_x);
  }
}

/* A piece at work. y = shift·step − low, so that x = y + log v is (bin + shift)·step.
 * @below, @above: (n + 1): mass of all that is below bin i, and of the bins from it on
 * @end, @first, @second: the bins that the kernel has not reached: until which, and their sums of
 * mass·e^x and mass·e^2x */
typedef struct {
  const Kernel *kernel;
  const Bins *bins;
  double *below, *above;
  gint64 end;
  double first, second;
} Transform;

static Transform
transform_new (const Kernel *kernel, const Bins *bins)
{
  gsize n = bins->n;
  Transform transform = {.kernel = kernel, .bins = bins};
  transform.below = g_new (double, n + 1);
  transform.above = g_new (double, n + 1);
  transform.below[0] = bins->beyond;
  transform.above[n] = 0;
  for (gsize i = 0; i < n; i++)
    transform.below[i + 1] = transform.below[i] + bins->mass[i];
  for (gsize i = n; i-- > 0;)
    transform.above[i] = transform.above[i + 1] + bins->mass[i];
  return transform;
}

static void
transform_clear (Transform *transform)
{
  g_free (transform->below);
  g_free (transform->above);
}

/* To the next lower y. */
static void
transform_move (Transform *transform, gint64 shift)
{
  const Bins *bins = transform->bins;
  gint64 end = CLAMP (LOWER - shift, 0, (gint64)bins->n);
  double fade = exp (-LIMEN_TABLE_STEP);
  transform->first *= fade;
  transform->second *= fade * fade;
  for (gint64 i = transform->end; i < end; i++) {
    double e_x = exp ((double)(i + shift) * LIMEN_BIN_STEP);
    transform->first += bins->mass[i] * e_x;
    transform->second += bins->mass[i] * e_x * e_x;
  }
  transform->end = MAX (transform->end, end);
}

/* 1 − L and L at one y; 1 − L to all its digits where it is small and r below 1. */
static void
transform_read (const Transform *transform, gint64 shift, double rate, double *gone, double *left)
{
  const Bins *bins = transform->bins;
  gint64 from = CLAMP (LOWER - shift, 0, (gint64)bins->n);
  gint64 to = CLAMP (UPPER + 1 - shift, 0, (gint64)bins->n);
  gsize n = (gsize)(to - from);
  gint64 offset = n > 0 ? from + shift - LOWER : 0;
  double soon = transform->first - transform->second / 2;
  *left = transform->below[from] - soon;
  *left += limen_dot (bins->mass + from, transform->kernel->left + offset, n);
  *gone = 1 - *left;
  if (*left > 0.25 && rate < 1e3) {
    *gone = transform->above[to] + soon;
    *gone += limen_dot (bins->mass + from, transform->kernel->gone + offset, n);
  }
}

/* The shift from which on all has gone but what is beyond. */
static gint64
last_shift (const Bins *bins)
{
  double sum = bins->beyond;
  gsize i = 0;
  for (; i < bins->n && sum <= NO_TAIL; i++)
    sum += fabs (bins->mass[i]);
  return UPPER - (gint64)(i > 0 ? i - 1 : 0);
}

/* -- entries -- */

/* @y: where the last weight of all pieces falls */
typedef struct {
  LimenImportanceTable *table;
  double y;
  GArray *piece, *width, *rate, *log_laplace, *excess;
} Builder;

static void
add_entry (Builder *builder, double width, double rate, double log_laplace, double excess)
{
  g_array_append_val (builder->width, width);
  g_array_append_val (builder->rate, rate);
  g_array_append_val (builder->log_laplace, log_laplace);
  g_array_append_val (builder->excess, excess);
}

static void
set_entry (Builder *builder, gsize i, double rate, double gone, double left)
{
  double log_laplace = gone < 0.5 ? log1p (-gone) : log (MAX (left, G_MINDOUBLE));
  double excess = log_laplace + rate, one = rate < 40 ? exp (-rate) : 0;
  if (one > 0 && one * expm1 (excess) < NOISE * MIN (rate, 1)) /* L = e^−r but for rounding */
    excess = 0;
  g_array_index (builder->width, double, i) = LIMEN_TABLE_STEP;
  g_array_index (builder->rate, double, i) = rate;
  g_array_index (builder->log_laplace, double, i) = excess > 0 ? MIN (log_laplace, 0) : -rate;
  g_array_index (builder->excess, double, i) = MAX (excess, 0);
}

static void
set_length (Builder *builder, gsize n)
{
  g_array_set_size (builder->width, (guint)n);
  g_array_set_size (builder->rate, (guint)n);
  g_array_set_size (builder->log_laplace, (guint)n);
  g_array_set_size (builder->excess, (guint)n);
}

/* From the end of the last piece L stands still until @y, half a step before the next. */
static double
add_flat (Builder *builder, double y)
{
  const LimenTablePiece *last =
      &g_array_index (builder->piece, LimenTablePiece, builder->piece->len - 1);
  double end = last->first + ((double)(last->end - last->begin) - 0.5) * LIMEN_TABLE_STEP;
  if (y > end)
    add_entry (builder, y - end, INFINITY, last->log_after, INFINITY);
  return MAX (y, end);
}

/* All entries from @y on in which the bins fall; from the last to the first, as masses that the
 * kernel has not reached grow that way. */
static void
add_piece (Builder *builder, const Kernel *kernel, const Bins *bins, double y, double least_end)
{
  gint64 low = (gint64)floor ((y + bins->low) / LIMEN_BIN_STEP);
  gint64 high = MAX (last_shift (bins), (gint64)((least_end + bins->low) / LIMEN_BIN_STEP));
  gsize n = (gsize)(MAX (high - low, 0) + STEP_RATIO - 1) / STEP_RATIO + 1;
  LimenTablePiece piece = {.first = (double)low * LIMEN_BIN_STEP - bins->low,
                           .log_after = bins->beyond > NO_TAIL ? log (bins->beyond) : -INFINITY,
                           .begin = builder->rate->len,
                           .end = builder->rate->len + n};
  Transform transform = transform_new (kernel, bins);
  if (builder->piece->len > 0)
    add_flat (builder, piece.first - LIMEN_TABLE_STEP / 2);
  piece.begin = builder->rate->len;
  piece.end = piece.begin + n;
  set_length (builder, piece.end);
  for (gsize k = n; k-- > 0;) {
    gint64 shift = low + STEP_RATIO * (gint64)k;
    double gone, left, rate = exp (piece.first + (double)k * LIMEN_TABLE_STEP);
    transform_move (&transform, shift);
    transform_read (&transform, shift, rate, &gone, &left);
    set_entry (builder, piece.begin + k, rate, gone, left);
  }
  transform_clear (&transform);
  g_array_append_val (builder->piece, piece);
}

/* -- pieces -- */

/* How many of @deep, from @begin on, follow the one before, at @y, at once, as far as @end. */
static guint
count_followers (GArray *deep, guint begin, double y, double end)
{
  guint i = begin;
  for (; i < deep->len; i++) {
    double next = g_array_index (deep, LimenNode, i).y;
    if (next - y > GAP || next > end)
      break;
    y = next;
  }
  return i - begin;
}

static double
mass_from (GArray *deep, guint begin)
{
  double sum = 0;
  for (guint i = deep->len; i-- > begin;)
    sum += g_array_index (deep, LimenNode, i).mass;
  return sum;
}

/* log v of the lowest node that is not below −NEAR */
static double
lowest_near (const LimenNodes *nodes)
{
  double lowest = nodes->highest, log_v, mass;
  for (gsize i = 0; i < nodes->n && nodes->lowest < -NEAR; i++)
    if (limen_nodes_take (nodes, i, &log_v, &mass) && log_v >= -NEAR)
      lowest = MIN (lowest, log_v);
  return nodes->lowest < -NEAR ? lowest : MIN (nodes->lowest, nodes->highest);
}

/* All near nodes, with those of @deep that follow them. Returns: how many that are */
static guint
add_first_piece (Builder *builder, const Kernel *kernel, const LimenNodes *nodes, GArray *deep)
{
  double lowest = lowest_near (nodes), log_v, mass;
  guint n = count_followers (deep, 0, -lowest, FAR);
  if (n > 0)
    lowest = -g_array_index (deep, LimenNode, n - 1).y;
  Bins bins = bins_new (lowest, nodes->highest);
  for (gsize i = 0; i < nodes->n; i++)
    if (limen_nodes_take (nodes, i, &log_v, &mass) && log_v >= lowest)
      bins_add (&bins, MIN (log_v, LIMEN_HIGHEST_LOG_V), mass);
  bins.beyond = mass_from (deep, n);
  add_piece (builder, kernel, &bins, -LEAD, LAST_Y);
  builder->y = -lowest;
  g_free (bins.mass);
  return n;
}

/* Nodes of @deep from @begin on, as far as @length. Returns: how many that are */
static guint
add_deep_piece (Builder *builder, const Kernel *kernel, GArray *deep, guint begin, double length)
{
  double y = g_array_index (deep, LimenNode, begin).y;
  guint n = 1 + count_followers (deep, begin + 1, y, y + length);
  builder->y = g_array_index (deep, LimenNode, begin + n - 1).y;
  Bins bins = bins_new (-builder->y, -y);
  for (guint i = begin; i < begin + n; i++) {
    const LimenNode *node = &g_array_index (deep, LimenNode, i);
    bins_add (&bins, -node->y, node->mass);
  }
  bins.beyond = mass_from (deep, begin + n);
  add_piece (builder, kernel, &bins, y - LEAD, y);
  g_free (bins.mass);
  return n;
}

/* Returns: how many of @deep have found a place */
static guint
add_pieces (Builder *builder, const LimenNodes *nodes, GArray *deep)
{
  Kernel kernel;
  double left = FAR;
  kernel_init (&kernel);
  guint done = add_first_piece (builder, &kernel, nodes, deep);
  while (done < deep->len && left > 0) {
    double y = g_array_index (deep, LimenNode, done).y;
    if (y - builder->y <= GAP) /* the piece before was too long for it */
      break;
    done += add_deep_piece (builder, &kernel, deep, done, left);
    left -= builder->y - y + LEAD;
  }
  return done;
}

/* What no piece has taken: thousands of nats wide, where a weight is a step of L at y = −log v. */
static void
add_steps (Builder *builder, GArray *deep, guint begin)
{
  LimenImportanceTable *table = builder->table;
  double end = begin < deep->len ? add_flat (builder, -INFINITY) : 0, height = 0;
  gsize n = table->n_steps = deep->len - begin;
  table->step_width = g_new (double, n);
  table->log_height = g_new (double, n + 1);
  table->log_height[n] = -INFINITY;
  for (gsize i = n; i-- > 0;) {
    const LimenNode *node = &g_array_index (deep, LimenNode, begin + i);
    double before = i > 0 ? MAX (node[-1].y, end) : end;
    height += node->mass;
    table->step_width[i] = MAX (node->y - before, 0);
    table->log_height[i] = MIN (log (height), 0);
  }
}

static void
builder_finish (Builder *builder)
{
  LimenImportanceTable *table = builder->table;
  table->n = builder->rate->len;
  table->n_pieces = builder->piece->len;
  table->piece = (LimenTablePiece *)g_array_free (builder->piece, FALSE);
  table->width = (double *)g_array_free (builder->width, FALSE);
  table->rate = (double *)g_array_free (builder->rate, FALSE);
  table->log_laplace = (double *)g_array_free (builder->log_laplace, FALSE);
  table->excess = (double *)g_array_free (builder->excess, FALSE);
}

void
limen_importance_table_fill (LimenImportanceTable *table, const double *log_weight,
                             const double *mass, gsize n)
{
  LimenNodes nodes = limen_nodes_measure (log_weight, mass, n);
  *table = (LimenImportanceTable){.mean_weight = nodes.mean_weight, .never = nodes.never};
  if (nodes.never)
    return;
  Builder builder = {table,
                     0,
                     g_array_new (FALSE, FALSE, sizeof (LimenTablePiece)),
                     g_array_new (FALSE, FALSE, sizeof (double)),
                     g_array_new (FALSE, FALSE, sizeof (double)),
                     g_array_new (FALSE, FALSE, sizeof (double)),
                     g_array_new (FALSE, FALSE, sizeof (double))};
  g_autoptr (GArray) deep = limen_nodes_below (&nodes, -NEAR);
  add_steps (&builder, deep, add_pieces (&builder, &nodes, deep));
  builder_finish (&builder);
}

void
limen_importance_table_clear (LimenImportanceTable *table)
{
  g_free (table->piece);
  g_free (table->width);
  g_free (table->rate);
  g_free (table->log_laplace);
  g_free (table->excess);
  g_free (table->step_width);
  g_free (table->log_height);
}
