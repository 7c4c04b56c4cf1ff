#include "model/bound/vae-integral.h"
#include "model/base/parallel.h"
#include "model/bound/polygon.h"
#include "model/latent/vae-affine.h"

#include <math.h>
#include <stdlib.h>

#define LOG_2PI 1.8378770664093453
/* How far below the highest value found a bound must lie for its square to wait, nats: for the
 * integral, and where all that is there is asked for; and how far below anything can lie beyond the
 * first square. */
#define DEPTH     18.0
#define ALL_DEPTH 30.0
#define OUTSIDE   80.0
/* A square is cut into polygons once the integrand rises in it by no more than so many nats above
 * its middle (more where it is low) and no more than so many lines pass, or it is all but flat. */
#define RISE         2.5
#define SLOPE        0.25
#define RISE_ON_LINE 0.2 /* where pieces cost little */
#define LINES        16
#define FLAT         0.1
/* Work: nodes times pixels, and how many nodes that is at least and, as they take memory, at most;
 * rounds; and pieces that one batch does */
#define MOST_WORK   6e8
#define LEAST_NODES 20000
#define MOST_NODES  1000000
#define MOST_ROUNDS 200
#define BATCH       8
/* A density q is nothing beyond so many of its standard deviations; within, a square is no wider,
 * to either side, than so many of its least one. */
#define REACH_OF_Q 9.0
#define WIDTH_OF_Q 1.0
/* Rounding of a sum of so many logarithms of either sign, in parts of its size */
#define ROUNDING 4e-15

static const guint orders[] = {2, 3, 5, 7};

/**
 * Piece: of the latent space
 * @polygon: (nullable): relative to @middle; NULL: a square of which only the middle was looked at
 * @upper, @rise: of a square: above what is in it, absolutely and over its middle, nats
 * @lines: that pass through it; @coarse: whether it is too wide for q
 * @order: of the rule (its index) that @log_value is by
 * @log_value, @log_error: of its integral; @log_q: of that of q
 * @points: (nullable): LimenVaePoint of the last rule and of the one before, where they are wanted
 */
typedef struct {
  double middle[2], half, upper, rise;
  guint lines, order;
  gboolean coarse;
  LimenPolygon *polygon;
  double log_value, log_error, log_q;
  GArray *points[2];
} Piece;

/* @depth: at which squares wait; @keeps: whether points are wanted
 * @q: (nullable): with its least standard deviation @width_of_q; @log_scale: the integral, as far
 * as it is known: what of q counts as much as all of it
 * @peak: the highest value found; @nodes: evaluated so far
 * @piece: Piece; @made: (n_batches): of the round under way, what has become of each piece
 * @chosen: (n_chosen): indices of the pieces to be divided */
typedef struct {
  const LimenVae *vae;
  const float *x;
  const LimenVaeIntegrand *integrand;
  guint latent;
  double depth;
  gboolean keeps;
  const LimenGaussian *q;
  double width_of_q, log_scale;
  LimenVaeAffine **affine;
  GArray *piece, **made;
  guint *chosen, n_chosen;
  double peak, *batch_peak;
  gsize nodes, *batch_nodes;
} Search;

/* What one batch works with. */
typedef struct {
  const Search *search;
  LimenVaeAffine *affine;
  GArray *made;
  double peak;
  gsize nodes;
} Bench;

/* -- the integrand -- */

LimenVaeIntegrand
limen_vae_joint_integrand (const LimenVae *vae, const double *start)
{
  guint latent = limen_vae_shape (vae).latent;
  LimenVaeIntegrand integrand = {.scale = 1, .constant = -0.5 * latent * LOG_2PI};
  for (guint j = 0; j < latent; j++) {
    integrand.precision[j * latent + j] = 1;
    integrand.start[j] = start[j];
  }
  return integrand;
}

/* −½ zᵀPz + bᵀz + constant. @gradient: (nullable) (latent): to be added to */
static double
quadratic (const LimenVaeIntegrand *integrand, guint latent, const double *z, double *gradient)
{
  double sum = integrand->constant;
  for (guint j = 0; j < latent; j++) {
    double row = 0;
    for (guint i = 0; i < latent; i++)
      row += integrand->precision[j * latent + i] * z[i];
    sum += z[j] * (integrand->linear[j] - 0.5 * row);
    if (gradient)
      gradient[j] += integrand->linear[j] - row;
  }
  return sum;
}

/* -- squares -- */

/* By how much hidden unit @h can lie above its tangent in the middle, in a square. Returns: −1
 * where it does not switch there */
static double
excess_of (const LimenVaeAffine *affine, guint h, const double *middle, double half)
{
  double weight[2], bias = limen_vae_affine_unit (affine, h, weight);
  double value = weight[0] * middle[0] + weight[1] * middle[1] + bias;
  double reach = half * (fabs (weight[0]) + fabs (weight[1])) - fabs (value);
  return reach > 0 ? reach : -1;
}

/* Whether q has mass in a square that is too wide for it. */
static gboolean
is_coarse (const Search *search, const Piece *piece)
{
  const LimenGaussian *q = search->q;
  if (!q || piece->half <= WIDTH_OF_Q * search->width_of_q)
    return FALSE;
  double below =
      limen_gaussian_log_density (q, q->mean) - limen_gaussian_log_density (q, piece->middle);
  double corner = piece->half * sqrt (search->latent) / search->width_of_q;
  return sqrt (2 * below) - corner < REACH_OF_Q;
}

static void
look_at_square (Bench *bench, Piece *piece)
{
  const Search *search = bench->search;
  double gradient[2] = {0}, scale = search->integrand->scale;
  limen_vae_affine_move (bench->affine, piece->middle);
  double value = scale * limen_vae_affine_tangent (bench->affine, piece->middle, gradient);
  for (guint j = 0; j < search->latent; j++)
    gradient[j] *= scale;
  value += quadratic (search->integrand, search->latent, piece->middle, gradient);
  piece->rise = piece->half * (fabs (gradient[0]) + fabs (gradient[1]));
  for (guint h = 0; h < limen_vae_shape (search->vae).hidden_decoder; h++) {
    double excess = excess_of (bench->affine, h, piece->middle, piece->half);
    if (excess < 0)
      continue;
    piece->lines++;
    piece->rise += excess * scale * fmax (limen_vae_affine_gain (bench->affine, h), 0);
  }
  piece->upper = value + piece->rise;
  piece->coarse = is_coarse (search, piece);
  piece->log_value = -INFINITY;
  piece->log_error = piece->upper + search->latent * log (2 * piece->half);
  bench->peak = fmax (bench->peak, value);
  bench->nodes++;
}

static gboolean
is_ready (const Search *search, const Piece *piece)
{
  double most =
      search->latent == 1 ? RISE_ON_LINE : RISE + SLOPE * fmax (search->peak - piece->upper, 0);
  if (piece->coarse)
    return FALSE;
  return piece->rise <= FLAT || (piece->rise <= most && piece->lines <= LINES);
}

static void
quarter (Bench *bench, const Piece *piece)
{
  guint latent = bench->search->latent;
  for (guint corner = 0; corner < (latent == 1 ? 2u : 4u); corner++) {
    Piece part = {.half = 0.5 * piece->half};
    part.middle[0] = piece->middle[0] + (corner % 2 ? part.half : -part.half);
    if (latent == 2)
      part.middle[1] = piece->middle[1] + (corner / 2 ? part.half : -part.half);
    look_at_square (bench, &part);
    g_array_append_val (bench->made, part);
  }
}

/* -- polygons -- */

/* The nodes of the rule of @order over @piece. Returns: (transfer full): LimenVaePoint */
static GArray *
points_of (const Search *search, LimenVaeAffine *affine, const Piece *piece, guint order)
{
  guint latent = search->latent;
  gsize n = limen_polygon_n_nodes (piece->polygon, order);
  GArray *points = g_array_set_size (g_array_new (FALSE, TRUE, sizeof (LimenVaePoint)), (guint)n);
  LimenVaePoint *point = (LimenVaePoint *)points->data;
  g_autofree double (*x)[2] = g_malloc_n (n, sizeof *x);
  g_autofree double *weight = g_new (double, n), *value = g_new (double, n),
                    *z = g_new (double, n *latent);
  limen_polygon_nodes (piece->polygon, order, x, weight);
  for (gsize i = 0; i < n; i++)
    for (guint j = 0; j < latent; j++)
      point[i].z[j] = z[i * latent + j] = piece->middle[j] + x[i][j];
  limen_vae_affine_values (affine, z, n, value);
  for (gsize i = 0; i < n; i++) {
    point[i].log_value = search->integrand->scale * value[i] +
                         quadratic (search->integrand, latent, point[i].z, NULL);
    point[i].log_area = log (weight[i]);
  }
  return points;
}

static void
piece_clear (Piece *piece)
{
  g_clear_pointer (&piece->polygon, g_free);
  g_clear_pointer (&piece->points[0], g_array_unref);
  g_clear_pointer (&piece->points[1], g_array_unref);
}

static double
log_sum (const GArray *points, const double *value)
{
  double top = -INFINITY, sum = 0;
  for (guint i = 0; i < points->len; i++)
    top = fmax (top, value[i]);
  for (guint i = 0; i < points->len && top > -INFINITY; i++)
    sum += exp (value[i] - top + g_array_index (points, LimenVaePoint, i).log_area);
  return top + log (sum);
}

/* log ∫ over @piece by a rule, of the integrand and of q. */
static void
apply_rule (Bench *bench, Piece *piece, guint order)
{
  const Search *search = bench->search;
  g_autoptr (GArray) points = points_of (search, bench->affine, piece, order);
  g_autofree double *value = g_new (double, points->len);
  for (guint i = 0; i < points->len; i++) {
    value[i] = g_array_index (points, LimenVaePoint, i).log_value;
    bench->peak = fmax (bench->peak, value[i]);
  }
  piece->log_value = log_sum (points, value);
  piece->log_q = -INFINITY;
  bench->nodes += points->len;
  if (search->keeps) {
    g_clear_pointer (&piece->points[1], g_array_unref);
    piece->points[1] = piece->points[0];
    piece->points[0] = g_array_ref (points);
  }
  if (!search->q)
    return;
  for (guint i = 0; i < points->len; i++)
    value[i] = limen_gaussian_log_density (search->q, g_array_index (points, LimenVaePoint, i).z);
  piece->log_q = log_sum (points, value);
}

/* log |e^a − e^b| */
static double
log_difference (double a, double b)
{
  double high = fmax (a, b), low = fmin (a, b);
  return high == -INFINITY ? -INFINITY : high + log (-expm1 (low - high));
}

/* The rule of the next order takes the place of the last; what it changes is its error. */
static void
raise_order (Bench *bench, Piece *piece)
{
  double before = piece->log_value, q_before = piece->log_q;
  limen_vae_affine_move (bench->affine, piece->middle);
  apply_rule (bench, piece, orders[++piece->order]);
  piece->log_error = log_difference (piece->log_value, before);
  if (bench->search->q)
    piece->log_error =
        fmax (piece->log_error, log_difference (piece->log_q, q_before) + bench->search->log_scale);
}

/* @polygon: relative to @middle. @order: of the first of two rules */
static void
add_polygon (Bench *bench, const double *middle, const LimenPolygon *polygon, guint order)
{
  Piece piece = {.order = order, .polygon = g_memdup2 (polygon, sizeof *polygon)};
  double shift[2];
  limen_polygon_middle (polygon, shift);
  for (guint j = 0; j < 2; j++) {
    piece.middle[j] = middle[j] + shift[j];
    for (guint i = 0; i < polygon->n; i++)
      piece.polygon->x[i][j] -= shift[j];
  }
  limen_vae_affine_move (bench->affine, piece.middle);
  apply_rule (bench, &piece, orders[order]);
  raise_order (bench, &piece);
  g_array_append_val (bench->made, piece);
}

/* Along all lines that pass. */
static void
cut_square (Bench *bench, const Piece *piece)
{
  const Search *search = bench->search;
  g_autoptr (GArray) parts = g_array_new (FALSE, FALSE, sizeof (LimenPolygon));
  LimenPolygon whole = limen_polygon_box (search->latent, piece->half), above;
  g_array_append_val (parts, whole);
  for (guint h = 0; h < limen_vae_shape (search->vae).hidden_decoder; h++) {
    double weight[2], bias = limen_vae_affine_unit (bench->affine, h, weight);
    if (excess_of (bench->affine, h, piece->middle, piece->half) < 0)
      continue;
    bias += weight[0] * piece->middle[0] + weight[1] * piece->middle[1];
    for (guint i = 0, n = parts->len; i < n; i++)
      if (limen_polygon_cut (&g_array_index (parts, LimenPolygon, i), weight, bias, &above))
        g_array_append_val (parts, above);
  }
  for (guint i = 0; i < parts->len; i++)
    add_polygon (bench, piece->middle, &g_array_index (parts, LimenPolygon, i), 0);
}

static void
divide (Bench *bench, const Piece *piece)
{
  if (!piece->polygon && is_ready (bench->search, piece)) {
    cut_square (bench, piece);
  } else if (!piece->polygon) {
    quarter (bench, piece);
  } else if (piece->order + 1 < G_N_ELEMENTS (orders)) {
    Piece better = *piece;
    better.polygon = g_memdup2 (piece->polygon, sizeof *piece->polygon);
    for (guint i = 0; i < 2 && piece->points[i]; i++)
      g_array_ref (piece->points[i]);
    raise_order (bench, &better);
    g_array_append_val (bench->made, better);
  } else {
    LimenPolygon one = *piece->polygon, other = limen_polygon_halve (&one);
    add_polygon (bench, piece->middle, &one, 1);
    if (other.n > 0)
      add_polygon (bench, piece->middle, &other, 1);
  }
}

/* -- rounds -- */

static void
run_batch (guint batch, guint worker, gpointer data)
{
  Search *search = data;
  if (!search->affine[worker])
    search->affine[worker] = limen_vae_affine_new (search->vae, search->x);
  Bench bench = {search, search->affine[worker], g_array_new (FALSE, FALSE, sizeof (Piece)),
                 search->peak, 0};
  limen_vae_affine_reset (bench.affine);
  for (guint i = batch * BATCH; i < MIN ((batch + 1) * BATCH, search->n_chosen); i++)
    divide (&bench, &g_array_index (search->piece, Piece, search->chosen[i]));
  search->made[batch] = bench.made;
  search->batch_peak[batch] = bench.peak;
  search->batch_nodes[batch] = bench.nodes;
}

/* What was made takes the place of what was chosen: the pieces stay in the order of the plane. */
static void
take_made (Search *search, guint n_batches)
{
  GArray *all = g_array_sized_new (FALSE, FALSE, sizeof (Piece), search->piece->len);
  guint next = 0;
  for (guint i = 0; i < search->piece->len; i++) {
    Piece *piece = &g_array_index (search->piece, Piece, i);
    gboolean divided = next < search->n_chosen && search->chosen[next] == i;
    if (!divided)
      g_array_append_val (all, *piece);
    else
      piece_clear (piece);
    next += divided;
  }
  for (guint batch = 0; batch < n_batches; batch++) {
    GArray *made = search->made[batch];
    g_array_append_vals (all, made->data, made->len);
    g_array_unref (made);
    search->peak = fmax (search->peak, search->batch_peak[batch]);
    search->nodes += search->batch_nodes[batch];
  }
  g_array_unref (search->piece);
  search->piece = all;
}

static gboolean
run_round (Search *search, GCancellable *cancellable, GError **error)
{
  guint n_batches = (search->n_chosen + BATCH - 1) / BATCH;
  search->made = g_new0 (GArray *, n_batches);
  search->batch_peak = g_new0 (double, n_batches);
  search->batch_nodes = g_new0 (gsize, n_batches);
  gboolean ok = limen_parallel (n_batches, run_batch, search, NULL, NULL, cancellable, error);
  if (ok)
    take_made (search, n_batches);
  for (guint i = 0; i < n_batches && !ok; i++) {
    for (guint j = 0; search->made[i] && j < search->made[i]->len; j++)
      piece_clear (&g_array_index (search->made[i], Piece, j));
    g_clear_pointer (&search->made[i], g_array_unref);
  }
  g_clear_pointer (&search->made, g_free);
  g_clear_pointer (&search->batch_peak, g_free);
  g_clear_pointer (&search->batch_nodes, g_free);
  return ok;
}

/* -- which are to be divided -- */

/* Squares that may hold what matters. */
static guint
choose_squares (Search *search)
{
  search->n_chosen = 0;
  for (guint i = 0; i < search->piece->len; i++) {
    const Piece *piece = &g_array_index (search->piece, Piece, i);
    if (!piece->polygon && piece->upper > search->peak - search->depth)
      search->chosen[search->n_chosen++] = i;
  }
  return search->n_chosen;
}

typedef struct {
  double log_error;
  guint index;
} Rank;

static int
compare_ranks (const void *a, const void *b)
{
  const Rank *one = a, *other = b;
  return one->log_error != other->log_error
             ? (one->log_error > other->log_error) - (one->log_error < other->log_error)
             : (one->index > other->index) - (one->index < other->index);
}

static int
compare_indices (const void *a, const void *b)
{
  guint one = *(const guint *)a, other = *(const guint *)b;
  return (one > other) - (one < other);
}

/* The worst: without them, the error would be half of what it may be. */
static guint
choose_worst (Search *search, double log_allowed)
{
  guint n = search->piece->len;
  g_autofree Rank *rank = g_new (Rank, n);
  double sum = 0;
  search->n_chosen = 0;
  for (guint i = 0; i < n; i++)
    rank[i] = (Rank){g_array_index (search->piece, Piece, i).log_error, i};
  qsort (rank, n, sizeof *rank, compare_ranks);
  for (guint i = 0; i < n; i++) {
    sum += exp (rank[i].log_error - log_allowed);
    if (sum > 0.5)
      search->chosen[search->n_chosen++] = rank[i].index;
  }
  qsort (search->chosen, search->n_chosen, sizeof *search->chosen, compare_indices);
  return search->n_chosen;
}

/* -- all of it -- */

/* Half the side of a square beyond which the integrand is nothing: with |z| = r it is at most
 * exp (scale·sup φ − ½ m r² + |b| r + constant), m the least eigenvalue of P. */
static double
first_half (const Search *search, double at_start)
{
  const LimenVaeIntegrand *f = search->integrand;
  const double *p = f->precision;
  double sigma = limen_vae_sigma (search->vae), observed = limen_vae_shape (search->vae).observed;
  double most = sigma > 0 ? -observed * (0.5 * LOG_2PI + log (sigma)) : 0;
  double least = search->latent == 1 ? p[0] : 0.5 * (p[0] + p[3] - hypot (p[0] - p[3], 2 * p[1]));
  double b = hypot (f->linear[0], f->linear[1]);
  double depth = fmax (f->scale * most + f->constant - at_start + OUTSIDE, OUTSIDE);
  return (b + sqrt (b * b + 2 * least * depth)) / least;
}

/* The least standard deviation along an axis of q. */
static double
least_width (const LimenGaussian *q)
{
  const double *c = q->covariance;
  if (q->dimension == 1)
    return sqrt (c[0]);
  double most = 0.5 * (c[0] + c[3] + hypot (c[0] - c[3], 2 * c[2]));
  return exp (0.5 * (q->log_determinant - log (most)));
}

static void
begin (Search *search)
{
  LimenVaeAffine *affine = search->affine[0] = limen_vae_affine_new (search->vae, search->x);
  const double *start = search->integrand->start;
  double value;
  limen_vae_affine_move (affine, start);
  limen_vae_affine_values (affine, start, 1, &value);
  search->peak =
      search->integrand->scale * value + quadratic (search->integrand, search->latent, start, NULL);
  Bench bench = {search, affine, search->piece, search->peak, 0};
  Piece all = {.half = first_half (search, search->peak)};
  look_at_square (&bench, &all);
  all.upper = all.log_error = INFINITY; /* to be divided in any case */
  all.rise = INFINITY;
  g_array_append_val (search->piece, all);
}

/* log of the sums of values and of errors */
static void
add_up (const Search *search, double *log_value, double *log_error)
{
  double value = 0, error = 0;
  for (guint i = 0; i < search->piece->len; i++) {
    const Piece *piece = &g_array_index (search->piece, Piece, i);
    value += exp (piece->log_value - search->peak);
    error += exp (piece->log_error - search->peak);
  }
  *log_value = search->peak + log (value);
  *log_error = search->peak + log (error);
}

/* Of log I, I being within e^@log_error of e^@log_value */
static LimenVaeIntegral
conclude (double log_value, double log_error, double peak)
{
  double part = exp (log_error - log_value);
  double error = part < 1 ? -log1p (-part) : INFINITY;
  return (LimenVaeIntegral){log_value, error + ROUNDING * fabs (peak) + 1e-13};
}

LimenVaePoints
limen_vae_points_new (void)
{
  return (LimenVaePoints){g_array_new (FALSE, FALSE, sizeof (LimenVaePoint)),
                          g_array_new (FALSE, FALSE, sizeof (LimenVaePoint))};
}

void
limen_vae_points_clear (LimenVaePoints *points)
{
  g_clear_pointer (&points->fine, g_array_unref);
  g_clear_pointer (&points->coarse, g_array_unref);
}

static void
take_points (const Search *search, LimenVaePoints *points)
{
  for (guint i = 0; i < search->piece->len; i++) {
    const Piece *piece = &g_array_index (search->piece, Piece, i);
    if (!piece->polygon)
      continue;
    g_array_append_vals (points->fine, piece->points[0]->data, piece->points[0]->len);
    g_array_append_vals (points->coarse, piece->points[1]->data, piece->points[1]->len);
  }
}

static void
search_clear (Search *search, guint n_workers)
{
  for (guint i = 0; i < n_workers; i++)
    limen_vae_affine_free (search->affine[i]);
  for (guint i = 0; i < search->piece->len; i++)
    piece_clear (&g_array_index (search->piece, Piece, i));
  g_array_unref (search->piece);
  g_free (search->affine);
  g_free (search->chosen);
}

gboolean
limen_vae_integrate (const LimenVae *vae, const float *x, const LimenVaeIntegrand *integrand,
                     double tolerance, LimenVaeIntegral *out, LimenVaePoints *points,
                     const LimenGaussian *q, GCancellable *cancellable, GError **error)
{
  LimenVaeShape shape = limen_vae_shape (vae);
  guint n_workers = limen_n_workers ();
  Search search = {.vae = vae, .x = x, .integrand = integrand, .latent = shape.latent};
  search.depth = points ? ALL_DEPTH : DEPTH;
  search.keeps = points != NULL;
  search.q = points ? q : NULL;
  search.width_of_q = q ? least_width (q) : 0;
  gsize most_nodes = (gsize)CLAMP (MOST_WORK / shape.observed, LEAST_NODES, MOST_NODES);
  double log_value = -INFINITY, log_error = INFINITY;
  gboolean ok = TRUE;
  search.affine = g_new0 (LimenVaeAffine *, n_workers);
  search.piece = g_array_new (FALSE, FALSE, sizeof (Piece));
  begin (&search);
  tolerance = fmax (tolerance, 4 * ROUNDING * fabs (search.peak));
  for (guint round = 0; ok && round < MOST_ROUNDS && search.nodes < most_nodes; round++) {
    search.chosen = g_renew (guint, search.chosen, search.piece->len);
    add_up (&search, &log_value, &log_error);
    search.log_scale = fmax (log_value, search.peak - DEPTH);
    if (choose_squares (&search) == 0 && (log_error <= log_value + log (tolerance) ||
                                          choose_worst (&search, log_value + log (tolerance)) == 0))
      break;
    search.n_chosen = MIN (search.n_chosen, 1 + (guint)(most_nodes - search.nodes) / 8);
    ok = run_round (&search, cancellable, error);
  }
  add_up (&search, &log_value, &log_error);
  *out = conclude (log_value, log_error, search.peak);
  if (ok && points)
    take_points (&search, points);
  search_clear (&search, n_workers);
  return ok;
}
