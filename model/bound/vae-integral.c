#include "model/bound/vae-integral.h"
#include "model/base/parallel.h"
#include "model/bound/vae-integral-private.h"

#include <math.h>
#include <stdlib.h>

#define LOG_2PI 1.8378770664093453
/* How far below the highest value found a bound must lie for its square to wait, nats: for the
 * integral, and where all that is there is asked for; and how far below anything can lie beyond the
 * first square. */
#define DEPTH     18.0
#define ALL_DEPTH 30.0
#define OUTSIDE   80.0
/* Work: nodes times pixels, and how many nodes that is at least and, as they take memory, at most;
 * rounds; and pieces that one batch does */
#define MOST_WORK   6e8
#define LEAST_NODES 20000
#define MOST_NODES  1000000
#define MOST_ROUNDS 200
#define BATCH       8
/* Rounding of a sum of so many logarithms of either sign, in parts of its size */
#define ROUNDING 4e-15

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

/* -- rounds -- */

static void
run_batch (guint batch, guint worker, gpointer data)
{
  LimenSearch *search = data;
  if (!search->affine[worker])
    search->affine[worker] = limen_vae_affine_new (search->vae, search->x);
  LimenBench bench = {search, search->affine[worker],
                      g_array_new (FALSE, FALSE, sizeof (LimenPiece)), search->peak, 0};
  limen_vae_affine_reset (bench.affine);
  for (guint i = batch * BATCH; i < MIN ((batch + 1) * BATCH, search->n_chosen); i++)
    limen_piece_divide (&bench, &g_array_index (search->piece, LimenPiece, search->chosen[i]));
  search->made[batch] = bench.made;
  search->batch_peak[batch] = bench.peak;
  search->batch_nodes[batch] = bench.nodes;
}

/* What was made takes the place of what was chosen: the pieces stay in the order of the plane. */
static void
take_made (LimenSearch *search, guint n_batches)
{
  GArray *all = g_array_sized_new (FALSE, FALSE, sizeof (LimenPiece), search->piece->len);
  guint next = 0;
  for (guint i = 0; i < search->piece->len; i++) {
    LimenPiece *piece = &g_array_index (search->piece, LimenPiece, i);
    gboolean divided = next < search->n_chosen && search->chosen[next] == i;
    if (!divided)
      g_array_append_val (all, *piece);
    else
      limen_piece_clear (piece);
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
run_round (LimenSearch *search, GCancellable *cancellable, GError **error)
{
  guint n_batches = (search->n_chosen + BATCH - 1) / BATCH;
  search->made = g_new0 (GArray *, n_batches);
  search->batch_peak = g_new0 (double, n_batches);
  search->batch_nodes = g_new0 (gsize, n_batches);
  gboolean ok =
      limen_parallel (n_batches, run_batch, search, &(LimenRun){.cancellable = cancellable}, error);
  if (ok)
    take_made (search, n_batches);
  for (guint i = 0; i < n_batches && !ok; i++) {
    for (guint j = 0; search->made[i] && j < search->made[i]->len; j++)
      limen_piece_clear (&g_array_index (search->made[i], LimenPiece, j));
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
choose_squares (LimenSearch *search)
{
  search->n_chosen = 0;
  for (guint i = 0; i < search->piece->len; i++) {
    const LimenPiece *piece = &g_array_index (search->piece, LimenPiece, i);
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
choose_worst (LimenSearch *search, double log_allowed)
{
  guint n = search->piece->len;
  g_autofree Rank *rank = g_new (Rank, n);
  double sum = 0;
  search->n_chosen = 0;
  for (guint i = 0; i < n; i++)
    rank[i] = (Rank){g_array_index (search->piece, LimenPiece, i).log_error, i};
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
first_half (const LimenSearch *search, double at_start)
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
begin (LimenSearch *search)
{
  LimenVaeAffine *affine = search->affine[0] = limen_vae_affine_new (search->vae, search->x);
  const double *start = search->integrand->start;
  double value;
  limen_vae_affine_move (affine, start);
  limen_vae_affine_values (affine, start, 1, &value);
  search->peak = search->integrand->scale * value +
                 limen_vae_quadratic (search->integrand, search->latent, start, NULL);
  LimenBench bench = {search, affine, search->piece, search->peak, 0};
  LimenPiece all = {.half = first_half (search, search->peak)};
  limen_piece_look (&bench, &all);
  all.upper = all.log_error = INFINITY; /* to be divided in any case */
  all.rise = INFINITY;
  g_array_append_val (search->piece, all);
}

/* log of the sums of values and of errors */
static void
add_up (const LimenSearch *search, double *log_value, double *log_error)
{
  double value = 0, error = 0;
  for (guint i = 0; i < search->piece->len; i++) {
    const LimenPiece *piece = &g_array_index (search->piece, LimenPiece, i);
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
limen_vae_points_new (const LimenGaussian *q)
{
  return (LimenVaePoints){g_array_new (FALSE, FALSE, sizeof (LimenVaePoint)),
                          g_array_new (FALSE, FALSE, sizeof (LimenVaePoint)), q};
}

void
limen_vae_points_clear (LimenVaePoints *points)
{
  g_clear_pointer (&points->fine, g_array_unref);
  g_clear_pointer (&points->coarse, g_array_unref);
}

static void
take_points (const LimenSearch *search, LimenVaePoints *points)
{
  for (guint i = 0; i < search->piece->len; i++) {
    const LimenPiece *piece = &g_array_index (search->piece, LimenPiece, i);
    if (!piece->polygon)
      continue;
    g_array_append_vals (points->fine, piece->points[0]->data, piece->points[0]->len);
    g_array_append_vals (points->coarse, piece->points[1]->data, piece->points[1]->len);
  }
}

static void
search_clear (LimenSearch *search, guint n_workers)
{
  for (guint i = 0; i < n_workers; i++)
    limen_vae_affine_free (search->affine[i]);
  for (guint i = 0; i < search->piece->len; i++)
    limen_piece_clear (&g_array_index (search->piece, LimenPiece, i));
  g_array_unref (search->piece);
  g_free (search->affine);
  g_free (search->chosen);
}

gboolean
limen_vae_integrate (const LimenVae *vae, const float *x, const LimenVaeIntegrand *integrand,
                     double tolerance, LimenVaeIntegral *out, LimenVaePoints *points,
                     GCancellable *cancellable, GError **error)
{
  LimenVaeShape shape = limen_vae_shape (vae);
  guint n_workers = limen_n_workers ();
  LimenSearch search = {.vae = vae, .x = x, .integrand = integrand, .latent = shape.latent};
  search.depth = points ? ALL_DEPTH : DEPTH;
  search.keeps = points != NULL;
  search.q = points ? points->q : NULL;
  search.width_of_q = search.q ? least_width (search.q) : 0;
  gsize most_nodes = (gsize)CLAMP (MOST_WORK / shape.observed, LEAST_NODES, MOST_NODES);
  double log_value = -INFINITY, log_error = INFINITY;
  gboolean ok = TRUE;
  search.affine = g_new0 (LimenVaeAffine *, n_workers);
  search.piece = g_array_new (FALSE, FALSE, sizeof (LimenPiece));
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
