#include "model/bound/vae-integral-private.h"

#include <math.h>

/* A square is cut into polygons once the integrand rises in it by no more than so many nats above
 * its middle (more where it is low) and no more than so many lines pass, or it is all but flat. */
#define RISE         2.5
#define SLOPE        0.25
#define RISE_ON_LINE 0.2 /* where pieces cost little */
#define LINES        16
#define FLAT         0.1
/* A density q is nothing beyond so many of its standard deviations; within, a square is no wider,
 * to either side, than so many of its least one. */
#define REACH_OF_Q 9.0
#define WIDTH_OF_Q 1.0

static const guint orders[] = {2, 3, 5, 7};

double
limen_vae_quadratic (const LimenVaeIntegrand *integrand, guint latent, const double *z,
                     double *gradient)
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
is_coarse (const LimenSearch *search, const LimenPiece *piece)
{
  const LimenGaussian *q = search->q;
  if (!q || piece->half <= WIDTH_OF_Q * search->width_of_q)
    return FALSE;
  double below =
      limen_gaussian_log_density (q, q->mean) - limen_gaussian_log_density (q, piece->middle);
  double corner = piece->half * sqrt (search->latent) / search->width_of_q;
  return sqrt (2 * below) - corner < REACH_OF_Q;
}

void
limen_piece_look (LimenBench *bench, LimenPiece *piece)
{
  const LimenSearch *search = bench->search;
  double gradient[2] = {0}, scale = search->integrand->scale;
  limen_vae_affine_move (bench->affine, piece->middle);
  double value = scale * limen_vae_affine_tangent (bench->affine, piece->middle, gradient);
  for (guint j = 0; j < search->latent; j++)
    gradient[j] *= scale;
  value += limen_vae_quadratic (search->integrand, search->latent, piece->middle, gradient);
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
is_ready (const LimenSearch *search, const LimenPiece *piece)
{
  double most =
      search->latent == 1 ? RISE_ON_LINE : RISE + SLOPE * fmax (search->peak - piece->upper, 0);
  if (piece->coarse)
    return FALSE;
  return piece->rise <= FLAT || (piece->rise <= most && piece->lines <= LINES);
}

static void
quarter (LimenBench *bench, const LimenPiece *piece)
{
  guint latent = bench->search->latent;
  for (guint corner = 0; corner < (latent == 1 ? 2u : 4u); corner++) {
    LimenPiece part = {.half = 0.5 * piece->half};
    part.middle[0] = piece->middle[0] + (corner % 2 ? part.half : -part.half);
    if (latent == 2)
      part.middle[1] = piece->middle[1] + (corner / 2 ? part.half : -part.half);
    limen_piece_look (bench, &part);
    g_array_append_val (bench->made, part);
  }
}

/* -- polygons -- */

/* The nodes of the rule of @order over @piece. Returns: (transfer full): LimenVaePoint */
static GArray *
points_of (const LimenSearch *search, LimenVaeAffine *affine, const LimenPiece *piece, guint order)
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
                         limen_vae_quadratic (search->integrand, latent, point[i].z, NULL);
    point[i].log_area = log (weight[i]);
  }
  return points;
}

void
limen_piece_clear (LimenPiece *piece)
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
apply_rule (LimenBench *bench, LimenPiece *piece, guint order)
{
  const LimenSearch *search = bench->search;
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
raise_order (LimenBench *bench, LimenPiece *piece)
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
add_polygon (LimenBench *bench, const double *middle, const LimenPolygon *polygon, guint order)
{
  LimenPiece piece = {.order = order, .polygon = g_memdup2 (polygon, sizeof *polygon)};
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
cut_square (LimenBench *bench, const LimenPiece *piece)
{
  const LimenSearch *search = bench->search;
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

void
limen_piece_divide (LimenBench *bench, const LimenPiece *piece)
{
  if (!piece->polygon && is_ready (bench->search, piece)) {
    cut_square (bench, piece);
  } else if (!piece->polygon) {
    quarter (bench, piece);
  } else if (piece->order + 1 < G_N_ELEMENTS (orders)) {
    LimenPiece better = *piece;
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
